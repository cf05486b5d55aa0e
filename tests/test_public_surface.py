"""What the package shows: its names, its errors, its layers, and what importing it does."""

from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import docsearch
from docsearch import errors

PACKAGE = Path(docsearch.__file__).parent
HEAVY = [
    *("torch", "transformers", "sentence_transformers", "fastapi", "starlette", "langchain"),
    *("langchain_core", "underthesea", "pandas", "typer", "uvicorn"),
    *("langchain_openai", "openai", "mcp", "docsearch.generate.answering"),
    *(
        "icalendar",
        "matplotlib",
        "openpyxl",
        "lxml",
        "trafilatura",
        "pypdfium2",
        "viparse",
        "rensa",
        "Bio",
        "networkx",
    ),
    "scipy",
    "docsearch.compare.matrix_build",
    "docsearch.index.build",  # and with it the readers, the parsers and the extraction
]

# A module imports from its own layer and those before it.
LAYERS = [
    "records",
    "errors",
    "orthography",
    "vocabulary",
    "read",
    "parse",
    "encode",
    "facts",
    "index",
    "register",
    "search",
    "answer",
    "provenance",
    "signing",
    "generate",
    "payloads",
    "tables",
    "render",
    "cite",
    "registers",
    "ics",
    "picture",
    "timeline",
    "progress",
    "terminal",
    "compare",
    "library",
    "__init__",
    "asking",
    "evaluate",
    "integrations",
    "service",
    "doctor",
    "cli",
    "__main__",
]


# Names


def test_all_is_sorted_and_complete() -> None:
    assert docsearch.__all__ == sorted(docsearch.__all__)
    assert len(set(docsearch.__all__)) == len(docsearch.__all__)
    public = {
        name
        for name, value in vars(docsearch).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    assert set(docsearch.__all__) == public | {"__version__"}


def test_everything_public_is_documented() -> None:
    for name in docsearch.__all__:
        value = getattr(docsearch, name)
        if not isinstance(value, str):
            assert inspect.getdoc(value), name
            assert value.__module__.startswith("docsearch."), name


def test_the_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


# Errors


def drawn_tree() -> dict[str, str]:
    """Return the parent of each error in the drawing of errors.py."""
    assert errors.__doc__
    drawing = errors.__doc__.split("```")[1]
    parents: dict[str, str] = {}
    stack: list[tuple[int, str]] = []
    for line in drawing.splitlines():
        match = re.match(r"^([│├└─ ]*)(\w+Error)\b", line)
        if match:
            depth = len(match[1])
            while stack and stack[-1][0] >= depth:
                stack.pop()
            parents[match[2]] = stack[-1][1] if stack else "Exception"
            stack.append((depth, match[2]))
    return parents


def classes() -> dict[str, type[Exception]]:
    return {
        name: value
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, Exception)
    }


def test_the_drawing_shows_the_errors() -> None:
    actual = {name: value.__bases__[0].__name__ for name, value in classes().items()}
    assert drawn_tree() == actual
    assert actual["DocsearchError"] == "Exception"


def test_every_error_says_what_it_is() -> None:
    for name, value in classes().items():
        assert inspect.getdoc(value), name
        if issubclass(value, errors.DocsearchError):
            assert 400 <= value.http_status < 600, name
            assert value.title, name
            assert isinstance(value.retryable, bool)
    titles = [
        value.title for value in classes().values() if issubclass(value, errors.DocsearchError)
    ]
    assert len(set(titles)) == len(titles)


def test_only_what_may_work_later_is_retryable() -> None:
    retryable = {
        name
        for name, value in classes().items()
        if issubclass(value, errors.DocsearchError) and value.retryable
    }
    assert retryable == {"IndexBusyError"}


def test_a_source_error_knows_its_file() -> None:
    error = errors.SourceError("a.txt", "empty")
    assert (str(error), error.path, error.found) == ("a.txt: empty", "a.txt", "empty")
    alignment = errors.AlignmentError(7, "a", "b")
    assert (str(alignment), alignment.position) == ("position 7: found 'a', expected 'b'", 7)


# Layers


def layer(module: str) -> str:
    """Return the layer of a module: "docsearch.parse.view" is of parse."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def modules() -> list[Path]:
    return sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Yield the modules of the package that a file imports, wherever the import stands."""
    for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names = [str(node.module)]
            if node.module == "docsearch":
                names = [
                    f"docsearch.{a.name}"
                    if (PACKAGE / a.name).exists() or (PACKAGE / f"{a.name}.py").exists()
                    else "docsearch"
                    for a in node.names
                ]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] == "docsearch")


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.as_posix())
def test_no_stage_imports_a_later_one(path: Path) -> None:
    own = path.parts[0].removesuffix(".py")
    assert own in LAYERS, f"{own} has no place in LAYERS"
    for name in imported(path):
        assert LAYERS.index(layer(name)) <= LAYERS.index(own), f"{path} imports {name}"


def test_modules_of_one_stage_do_not_import_each_other_in_a_circle() -> None:
    graph = {
        "docsearch." + ".".join(path.with_suffix("").parts).removesuffix(".__init__"): set(
            imported(path)
        )
        for path in modules()
        if path.name != "__init__.py"
    }

    def reach(module: str, seen: frozenset[str]) -> None:
        assert module not in seen, f"{module} imports itself by way of {sorted(seen)}"
        for name in graph.get(module, ()):
            reach(name, seen | {module})

    for module in graph:
        reach(module, frozenset())


# What importing does


def run(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *arguments],
        cwd=PACKAGE.parent,
        env=os.environ | {"PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.strip()


def test_importing_the_package_imports_no_heavy_library() -> None:
    program = f"import sys, docsearch; print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    assert run(program) == "[]"


def test_importing_the_package_changes_nothing() -> None:
    program = """
import logging, os, sys
before = (dict(os.environ), list(logging.root.handlers), list(sys.path))
import docsearch
assert before == (dict(os.environ), list(logging.root.handlers), list(sys.path))
assert not logging.getLogger("docsearch").handlers
"""
    assert run(program) == ""


def test_answering_a_question_imports_no_heavy_library(corpus_folder: Path) -> None:
    program = f"""
import sys, docsearch
index = docsearch.open(sys.argv[1], encoder="multilingual-e5-small")
reply = index.ask("Đơn vị nào phải báo cáo trước ngày 15/12?")
assert reply.answered and "15/12" in str(reply)
print(sorted(set({HEAVY!r}) & set(sys.modules)))
"""
    assert run(program, str(corpus_folder)) == "[]"
