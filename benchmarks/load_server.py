"""The service on an index of ``load_corpus``: what ``docsearch serve`` starts, without a model."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from fastapi import FastAPI

from benchmarks.index_size import AskingEncoder
from docsearch.service.app import from_environment
from docsearch.service.run import serve
from docsearch.service.settings import load_settings
from docsearch.service.source import IndexSource

HERE: Final = "benchmarks.load_server:application"


def application() -> FastAPI:
    """Return the service of one worker: vectors of clusters, in the time of a model."""
    app = from_environment()
    app.state.source = IndexSource(folder=app.state.settings.index, encoder=AskingEncoder())
    return app


if __name__ == "__main__":
    serve(load_settings(index=Path(sys.argv[1]), port=0, workers=int(sys.argv[2]), rate=0), HERE)
