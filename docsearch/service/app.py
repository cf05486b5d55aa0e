"""The HTTP service: schemas ↔ records, one dependency, one set of problem handlers.

Bodies are those of ``docsearch … --json``; they are sent as ``docsearch.payloads`` makes them and
described by ``schemas``. Routes are plain functions, so FastAPI runs them in its thread pool and
the event loop stays free.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from os import PathLike
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse

import docsearch
from docsearch.errors import DocsearchError
from docsearch.library import Index
from docsearch.payloads import document_payload
from docsearch.service.problems import add_problem_handlers, problem_responses
from docsearch.service.schemas import (
    AskRequest,
    DocumentBody,
    DocumentRowBody,
    FilterFields,
    HealthBody,
    HitBody,
    ObligationBody,
    ObligationParameters,
    ReadyBody,
    ReplyBody,
    SearchParameters,
    TargetBody,
    TargetParameters,
)
from docsearch.service.source import IndexSource

_log = logging.getLogger(__name__)

router = APIRouter()

PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
        "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_app(
    index: Index | None = None,
    *,
    folder: str | PathLike[str] | None = None,
    encoder: str | None = None,
) -> FastAPI:
    """Return the service; ``docsearch.service.create_app`` says what the arguments are."""
    app = FastAPI(
        title="docsearch",
        version=docsearch.__version__,
        description="Answers with verbatim citations over Vietnamese administrative documents.",
        lifespan=_lifespan,
        docs_url=None,  # they load scripts from a CDN; /openapi.json is there
        redoc_url=None,
    )
    app.state.source = IndexSource(index, folder=folder, encoder=encoder)
    app.include_router(router)
    add_problem_handlers(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    try:
        await run_in_threadpool(app.state.source.current)
    except DocsearchError as error:
        _log.warning("no index yet: %s", error)
    yield


def get_source(request: Request) -> IndexSource:
    """Return where the index comes from."""
    source: IndexSource = request.app.state.source
    return source


def get_index(source: Annotated[IndexSource, Depends(get_source)]) -> Index:
    """Return the index that a request is answered from; tests override this."""
    return source.current()


SourceDep = Annotated[IndexSource, Depends(get_source)]
IndexDep = Annotated[Index, Depends(get_index)]


@router.post("/ask", response_model=ReplyBody, responses=problem_responses(413, 422, 503))
def ask(request: AskRequest, index: IndexDep) -> JSONResponse:
    """Answer a question with verbatim citations, or abstain with a reason."""
    reply = index.ask(request.question, filters=request.to_filters())
    return JSONResponse(reply.to_dict())


@router.get("/search", response_model=list[HitBody], responses=problem_responses(422, 503))
def search(parameters: Annotated[SearchParameters, Query()], index: IndexDep) -> JSONResponse:
    """Return the passages that fit a query best, best first."""
    hits = index.search(
        parameters.q, k=parameters.k, mode=parameters.mode, filters=parameters.to_filters()
    )
    return JSONResponse(hits.to_list())


@router.get(
    "/obligations", response_model=list[ObligationBody], responses=problem_responses(422, 503)
)
def obligations(
    parameters: Annotated[ObligationParameters, Query()], index: IndexDep
) -> JSONResponse:
    """Return what has to be done, by whom and by when, by due day."""
    found = index.obligations(
        before=parameters.before,
        after=parameters.after,
        on=parameters.on,
        within=parameters.within,
        overdue_at=parameters.overdue_at,
        actor=parameters.actor,
        recipient=parameters.recipient,
        action=parameters.action,
        filters=parameters.to_filters(),
    )
    return JSONResponse(found.to_list())


@router.get("/targets", response_model=list[TargetBody], responses=problem_responses(422, 503))
def targets(parameters: Annotated[TargetParameters, Query()], index: IndexDep) -> JSONResponse:
    """Return the figures that documents set as targets or report as reached."""
    found = index.targets(
        topic=parameters.topic,
        period=parameters.period,
        kind=parameters.kind,
        unit=parameters.unit,
        filters=parameters.to_filters(),
    )
    return JSONResponse(found.to_list())


@router.get(
    "/documents", response_model=list[DocumentRowBody], responses=problem_responses(422, 503)
)
def documents(filters: Annotated[FilterFields, Query()], index: IndexDep) -> JSONResponse:
    """List the documents of the index with what their headers state, by file name."""
    return JSONResponse(index.documents(filters=filters.to_filters()).to_list())


@router.get(
    "/documents/{id}", response_model=DocumentBody, responses=problem_responses(404, 422, 503)
)
def document(
    name: Annotated[
        str,
        Path(
            alias="id",
            description="its id, or the name of its file",
            examples=["141-kh-ubnd-chi-lang-2022"],
        ),
    ],
    index: IndexDep,
) -> JSONResponse:
    """Return a document: its text, header and outline."""
    found = index.document(name)
    return JSONResponse(document_payload(found, index.header(found.id), index.outline(found.id)))


@router.get("/health")
def health(source: SourceDep) -> HealthBody:
    """Tell that the process is up; opens nothing."""
    index = source.opened
    return HealthBody(
        version=docsearch.__version__,
        documents=index.snapshot.manifest.documents if index else None,
        passages=index.snapshot.manifest.passages if index else None,
    )


@router.get("/ready", responses=problem_responses(503))
def ready(index: IndexDep) -> ReadyBody:
    """Tell that questions can be answered; 503 says what is missing."""
    manifest = index.snapshot.manifest
    return ReadyBody(
        documents=manifest.documents, passages=manifest.passages, encoder=manifest.encoder
    )


@router.get("/", include_in_schema=False)
def page() -> HTMLResponse:
    """Return the web page."""
    html = files("docsearch.service").joinpath("templates/index.html").read_text("utf-8")
    return HTMLResponse(html, headers=PAGE_HEADERS)
