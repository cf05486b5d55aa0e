"""What routes share: the index of a request, and running a call on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

import msgspec
from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from docsearch.errors import IndexFileError
from docsearch.library import Index, Reply
from docsearch.service.source import IndexSource
from docsearch.service.work import Work

_Result = TypeVar("_Result")


class Json(Response):
    """A body that ``docsearch.payloads`` made, as JSON."""

    media_type = "application/json"

    def render(self, content: object) -> bytes:
        """Return the JSON in UTF-8."""
        return msgspec.json.encode(content)


async def get_source(request: Request) -> IndexSource:
    """Return where the index comes from; async, as others are called in a thread each time."""
    source: IndexSource = request.app.state.source
    return source


async def get_index(source: Annotated[IndexSource, Depends(get_source)]) -> Index:
    """Return the index that a request is answered from; tests override this."""
    at_hand: Index | None = source.at_hand()
    return at_hand if at_hand is not None else await run_in_threadpool(source.newest)


SourceDep = Annotated[IndexSource, Depends(get_source)]
IndexDep = Annotated[Index, Depends(get_index)]


async def run(request: Request, index: Index, call: Callable[[Index], _Result]) -> _Result:
    """Return what ``call`` makes of the index, off the event loop and within the limits.

    Args:
        request: the request that it is for.
        index: the index of the request; all of an answer comes from one state of it.
        call: what is asked of it.

    Returns:
        Its result. Where the files of an old state are gone, the newest is asked instead.

    Raises:
        Refusal: too much is asked at once, or it takes too long.
    """
    return await _run(request.app.state.work, request, index, call)


async def run_asking(request: Request, index: Index, call: Callable[[Index], _Result]) -> _Result:
    """Do the same for a question, which a language model may answer.

    Those wait for the model and not for the processor: they take no place of other requests.
    """
    return await _run(request.app.state.asking, request, index, call)


async def _run(
    work: Work, request: Request, index: Index, call: Callable[[Index], _Result]
) -> _Result:
    source: IndexSource = request.app.state.source

    def ask() -> _Result:
        try:
            return call(index)
        except IndexFileError:
            newest = source.newest()
            if newest is index:
                raise
            return call(newest)

    return await work.run(ask)


def note_reply(request: Request, reply: Reply) -> None:
    """Count what became of a question, and put it into the line of the log."""
    result = reply.to_dict()
    outcome = str(result["reason"] or result["status"])
    request.app.state.metrics.replies.labels(outcome).inc()
    line: dict[str, object] = request.scope["state"]["log"]
    line["outcome"] = outcome
    note_question(request, reply.result.question)


def note_question(request: Request, question: str) -> None:
    """Put the text of a question into the log where that is asked for."""
    if request.app.state.settings.log_questions:
        request.scope["state"]["log"]["question"] = question
