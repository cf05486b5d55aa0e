"""What several test files share: one index of the repository's corpus."""

from __future__ import annotations

import asyncio
import inspect
import os
from pathlib import Path

import pytest
from hypothesis import settings

import docsearch
from tests.factories import CORPUS, HashEncoder

# CI draws the same examples each time, so that a change is judged by what it changed; elsewhere
# each run draws new ones, and what it finds becomes an @example.
settings.register_profile("ci", derandomize=True)
if os.environ.get("DOCSEARCH_REQUIRE_PROGRAMS"):
    settings.load_profile("ci")

ENCODER = "multilingual-e5-small"
"""The encoder that the package carries, whatever DOCSEARCH_ENCODER says."""


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine: LangChain's standard tests have some."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the index of the corpus: building it loads the encoder."""
    for item in items:
        if isinstance(item, pytest.Function) and "corpus_folder" in item.fixturenames:
            item.add_marker(pytest.mark.model)


@pytest.fixture(scope="session")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an index of the five documents, made with the carried encoder."""
    folder = tmp_path_factory.mktemp("corpus") / "index"
    docsearch.build(CORPUS, folder, encoder=ENCODER)
    return folder


@pytest.fixture(scope="session")
def corpus_index(corpus_folder: Path) -> docsearch.Index:
    """Return the index of the five documents, opened once."""
    return docsearch.open(corpus_folder, encoder=ENCODER)


@pytest.fixture(scope="session")
def hashed_index(tmp_path_factory: pytest.TempPathFactory) -> docsearch.Index:
    """Return an index of the five documents made without a model."""
    folder = tmp_path_factory.mktemp("hashed") / "index"
    return docsearch.build(CORPUS, folder, encoder=HashEncoder())
