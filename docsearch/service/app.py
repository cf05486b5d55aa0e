"""The application: routes, middleware and what they share, put together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

import docsearch
from docsearch.errors import DocsearchError
from docsearch.library import Index
from docsearch.service import (
    api,
    ask,
    compare_pages,
    document_pages,
    duty_pages,
    missing_pages,
    pages,
    reuse_pages,
    sessions,
    target_pages,
    uploads,
)
from docsearch.service.access import Access
from docsearch.service.context import Context
from docsearch.service.keys import KeyFile
from docsearch.service.limits import Body, Rate, Spread
from docsearch.service.logs import NAME
from docsearch.service.metrics import Metrics
from docsearch.service.model import ServiceModel
from docsearch.service.problems import add_problem_handlers
from docsearch.service.schemas import Problem
from docsearch.service.settings import Settings, load_settings
from docsearch.service.site import Site
from docsearch.service.source import IndexSource
from docsearch.service.work import Work

CHECK_SECONDS: Final = 2.0
"""Seconds between two looks at the index folder while nobody asks; arbitrary."""

GZIP_LEVEL: Final = 4
"""Of zlib: a third of the time of level 9 for a tenth more bytes on a JSON list of passages."""

DESCRIPTION: Final = """Answers with verbatim citations over Vietnamese administrative documents.

Every quotation can be checked: `text[start:end]` of `GET /documents/{id}` is the quote. Errors are
RFC 9457 problem details. Where the service has keys, send one as `Authorization: Bearer …`."""


_PAGES: Final = (
    pages,
    duty_pages,
    target_pages,
    compare_pages,
    document_pages,
    reuse_pages,
    missing_pages,
)


def create_app(
    index: Index | None = None,
    *,
    folder: str | PathLike[str] | None = None,
    encoder: str | None = None,
    settings: Settings | None = None,
) -> FastAPI:
    """Return the service; ``docsearch.service.create_app`` says what the arguments are."""
    if settings is None:
        given = index.snapshot.folder if index is not None and folder is None else folder
        settings = load_settings(index=Path(given) if given else None, encoder=encoder)
    app = FastAPI(
        title="docsearch",
        version=docsearch.__version__,
        description=DESCRIPTION,
        lifespan=_lifespan,
        docs_url=None,  # they load scripts from a CDN; /api shows the same
        redoc_url=None,
    )
    state = app.state
    state.settings = settings
    state.log = logging.getLogger(NAME)
    state.metrics = Metrics()
    state.keys = KeyFile(settings.keys_file)
    state.model = ServiceModel(settings)
    state.source = IndexSource(index, folder=settings.index, encoder=settings.encoder)
    state.work = Work(at_once=settings.questions, seconds=settings.seconds, name="ask")
    state.asking = state.work if state.model.generator is None else _waiting(settings)
    state.writing = Work(at_once=4, seconds=settings.upload_seconds, name="write")
    state.site = Site(app)
    state.error_page = state.site.error
    for part in (api, ask, uploads, *_PAGES, sessions):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=str(files("docsearch.service") / "static")))
    add_problem_handlers(app)
    _describe_problems(app)
    _add_middleware(app, settings)
    return app


def _waiting(settings: Settings) -> Work:
    """Return the threads of questions that wait for a language model."""
    most = settings.questions
    return Work(at_once=most, seconds=settings.seconds, name="model", threads=most)


def from_environment() -> FastAPI:
    """Return the service as the environment sets it: what every worker process starts."""
    return create_app(settings=load_settings())


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """Put the middleware around the routes; the last that is added is the outermost."""
    app.add_middleware(
        Body,
        most=settings.max_body,
        most_upload=settings.max_upload,
        upload_seconds=settings.upload_seconds,
    )
    app.add_middleware(Rate, a_minute=settings.rate)
    app.add_middleware(Access, keys=app.state.keys, hosts=settings.hosts)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=GZIP_LEVEL)
    if settings.cors:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["authorization", "content-type", "x-request-id"],
            expose_headers=["etag", "retry-after", "x-request-id"],
        )
    if settings.workers > 1:
        app.add_middleware(Spread)
    app.add_middleware(Context, metrics=app.state.metrics, log=app.state.log)


def _describe_problems(app: FastAPI) -> None:
    """Put the schema of problems into the OpenAPI document, where the responses point to it."""
    make = app.openapi

    def described() -> dict[str, object]:
        document = make()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema()
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        return document

    app.openapi = described  # type: ignore[method-assign]  # as FastAPI's documentation has it


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    try:
        await run_in_threadpool(app.state.source.current)
    except DocsearchError as error:
        app.state.log.warning("no index yet: %s", error)
    watching = asyncio.create_task(_watch(app.state.source))
    yield
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    await run_in_threadpool(app.state.work.close)
    await run_in_threadpool(app.state.asking.close)
    await run_in_threadpool(app.state.writing.close)


async def _watch(source: IndexSource) -> None:
    """Load a newer index as soon as it is there, not when the next request comes."""
    while True:
        await asyncio.sleep(CHECK_SECONDS)
        source.at_hand()
