"""The routes for programs; bodies are those of ``docsearch … --json``."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

import docsearch
from docsearch.payloads import document_payload
from docsearch.service.problems import problem_responses
from docsearch.service.running import IndexDep, Json, SourceDep, note_question, run
from docsearch.service.schemas import (
    DocumentBody,
    DocumentRowBody,
    FilterFields,
    HealthBody,
    HitBody,
    ObligationBody,
    ObligationParameters,
    ReadyBody,
    SearchParameters,
    TargetBody,
    TargetParameters,
)

router = APIRouter()

COMMON = (401, 408, 413, 421, 422, 429, 503, 504)
"""Statuses of problems that every route can have."""

DocumentName = Annotated[
    str,
    Path(
        alias="id",
        description="its id, or the name of its file",
        max_length=300,
        examples=["141-kh-ubnd-chi-lang-2022"],
    ),
]


@router.get("/search", response_model=list[HitBody], responses=problem_responses(*COMMON))
async def search(
    request: Request, parameters: Annotated[SearchParameters, Query()], index: IndexDep
) -> Response:
    """Return the passages that fit a query best, best first."""
    note_question(request, parameters.q)
    filters = parameters.to_filters()
    return await run(
        request,
        index,
        lambda asked: Json(
            asked.search(
                parameters.q, k=parameters.k, mode=parameters.mode, filters=filters
            ).to_list()
        ),
    )


@router.get(
    "/obligations", response_model=list[ObligationBody], responses=problem_responses(*COMMON)
)
async def obligations(
    request: Request, parameters: Annotated[ObligationParameters, Query()], index: IndexDep
) -> Response:
    """Return what has to be done, by whom and by when, by due day."""
    return await run(
        request, index, lambda asked: Json(asked.obligations(**parameters.criteria()).to_list())
    )


@router.get("/targets", response_model=list[TargetBody], responses=problem_responses(*COMMON))
async def targets(
    request: Request, parameters: Annotated[TargetParameters, Query()], index: IndexDep
) -> Response:
    """Return the figures that documents set as targets or report as reached."""
    return await run(
        request, index, lambda asked: Json(asked.targets(**parameters.criteria()).to_list())
    )


@router.get(
    "/documents", response_model=list[DocumentRowBody], responses=problem_responses(*COMMON)
)
async def documents(
    request: Request, filters: Annotated[FilterFields, Query()], index: IndexDep
) -> Response:
    """List the documents of the index with what their headers state, by file name."""
    return await run(
        request,
        index,
        lambda asked: Json(asked.documents(filters=filters.to_filters()).to_list()),
    )


@router.get(
    "/documents/{id}",
    response_model=DocumentBody,
    responses={304: {"description": "Not changed"}, **problem_responses(404, *COMMON)},
)
async def document(request: Request, name: DocumentName, index: IndexDep) -> Response:
    """Return a document: its text, header and outline. Send its ETag as If-None-Match again."""

    def make(asked: docsearch.Index) -> Response:
        found = asked.document(name)
        return Json(document_payload(found, asked.header(found.id), asked.outline(found.id)))

    response = await run(request, index, make)
    tag = f'W/"{hashlib.sha256(bytes(response.body)).hexdigest()[:32]}"'
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or tag in (part.strip() for part in known.split(",")):
        response = Response(status_code=304)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@router.get("/health")
async def health(source: SourceDep) -> HealthBody:
    """Tell that the process is up; opens nothing, and needs no key."""
    index = source.opened
    return HealthBody(
        version=docsearch.__version__,
        documents=index.snapshot.manifest.documents if index else None,
        passages=index.snapshot.manifest.passages if index else None,
    )


@router.get("/ready", responses=problem_responses(*COMMON))
async def ready(index: IndexDep) -> ReadyBody:
    """Tell that questions can be answered; 503 says what is missing."""
    manifest = index.snapshot.manifest
    return ReadyBody(
        documents=manifest.documents, passages=manifest.passages, encoder=manifest.encoder
    )


@router.get(
    "/metrics",
    response_class=Response,
    responses={
        200: {"content": {"text/plain": {"schema": {"type": "string"}}}},
        **problem_responses(401, 421, 429),
    },
)
async def metrics(request: Request, source: SourceDep) -> Response:
    """Return the figures of the service in Prometheus' text format."""
    figures = request.app.state.metrics
    state = request.app.state
    works = {state.work, state.asking}
    figures.running.set(sum(work.running for work in works))
    figures.reloads.set(source.reloads)
    if source.opened:
        figures.documents.set(source.opened.snapshot.manifest.documents)
        figures.passages.set(source.opened.snapshot.manifest.passages)
    return Response(figures.render(), media_type="text/plain; version=0.0.4")
