"""Asking: one answer, or the passages first and then the answer as server-sent events."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from docsearch.errors import DocsearchError
from docsearch.library import Index
from docsearch.service.api import COMMON
from docsearch.service.model import get_model, sentences
from docsearch.service.problems import Refusal, problem_type, request_id, without_paths
from docsearch.service.problems import problem_responses as responses
from docsearch.service.running import IndexDep, Json, note_reply, run, run_asking
from docsearch.service.schemas import AskRequest, Problem, ReplyBody

router = APIRouter()

_EVENT: Final = {
    "type": "object",
    "properties": {
        "event": {"type": "string", "enum": ["hits", "sentence", "answer", "done", "problem"]},
        "data": {
            "type": "string",
            "description": "JSON: a list of hits, a sentence, a reply, a problem",
        },
    },
}
_EVENTS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The answer; with stream=true the events hits, sentence (a model's, "
        "verified), answer, done (or problem)",
        "content": {"text/event-stream": {"schema": _EVENT}},
    }
}


@router.post(
    "/ask", response_model=ReplyBody, responses={**_EVENTS, **responses(400, 415, *COMMON)}
)
async def ask(
    request: Request,
    question: AskRequest,
    index: IndexDep,
    stream: Annotated[bool, Query(description="server-sent events")] = False,
) -> Response:
    """Answer a question with verbatim citations, or abstain with a reason."""
    filters = question.to_filters()
    if stream:
        events = _events(request, question, index)
        first = await anext(events)  # an error before the first event has its own status
        return StreamingResponse(
            _chain(first, events),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
    model = get_model(request)
    reply, body = await run_asking(
        request, index, lambda asked: model.ask(asked, question.question, filters)
    )
    note_reply(request, reply)
    return Json(body)


async def _chain(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for event in rest:
        yield event


async def _events(request: Request, question: AskRequest, index: Index) -> AsyncIterator[bytes]:
    filters = question.to_filters()
    hits = await run(
        request,
        index,
        lambda asked: asked.search(question.question, filters=filters).to_list(),
    )
    yield _event("hits", hits)
    try:
        async for told in sentences(request, index, question.question, filters):
            if isinstance(told, dict):
                yield _event("sentence", told)
            else:
                reply, body = told
                note_reply(request, reply)
                yield _event("answer", body)
                yield _event("done", {})
    except Refusal as refusal:
        yield _event("problem", _problem(request, refusal.status_code, refusal))
    except DocsearchError as error:
        yield _event("problem", _problem(request, error.http_status, error))


def _event(name: str, data: object) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), msgspec.json.encode(data))


def _problem(request: Request, status: int, error: Refusal | DocsearchError) -> dict[str, Any]:
    if isinstance(error, Refusal):
        kind, detail = error.type, error.detail
    else:
        folder = request.app.state.source.folder
        kind, detail = problem_type(type(error)), without_paths(str(error), folder)
    body = Problem(
        type=kind, title=error.title, status=status, detail=detail, instance=request.url.path
    ).model_dump(exclude_unset=True)
    return body | {"request_id": request_id.get()}
