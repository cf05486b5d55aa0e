"""Errors as RFC 9457 problem details: one handler a kind, never a traceback."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from docsearch.errors import DocsearchError
from docsearch.service.schemas import Problem

MEDIA_TYPE: Final = "application/problem+json"
MAX_BODY: Final = 64 * 1024
"""Bytes of the largest request body; arbitrary, a question of 2,000 characters needs 24 KB."""

RETRY_AFTER: Final = "5"
"""Seconds after which a retryable error is worth another try; arbitrary."""


def add_problem_handlers(app: FastAPI) -> None:
    """Make every error of ``app`` a problem document."""
    app.add_exception_handler(DocsearchError, _docsearch_problem)
    app.add_exception_handler(RequestValidationError, _validation_problem)
    app.add_exception_handler(HTTPException, _http_problem)
    app.add_exception_handler(Exception, _unexpected_problem)
    app.add_middleware(BodyLimit)


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what the OpenAPI document says of problems with these statuses."""
    schema = Problem.model_json_schema()
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


def problem(
    status: int,
    *,
    path: str,
    detail: str,
    title: str | None = None,
    type_: str = "about:blank",
    headers: dict[str, str] | None = None,
    **more: Any,  # noqa: ANN401  # members that RFC 9457 lets a problem add, any JSON
) -> JSONResponse:
    """Return a problem document.

    Args:
        status: of HTTP.
        path: the path that was asked for.
        detail: what was found and what to do.
        title: the kind of problem; None means the phrase of the status.
        type_: a URI of the kind of problem; "about:blank" has no other meaning than its status.
        headers: further headers.
        **more: further members of the document.

    Returns:
        The response, ``application/problem+json``.
    """
    body = Problem(
        type=type_,
        title=title or HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=path,
        **more,
    )
    return JSONResponse(
        body.model_dump(exclude_unset=True),
        status_code=status,
        headers=headers,
        media_type=MEDIA_TYPE,
    )


def problem_type(error: type[DocsearchError]) -> str:
    """Return the URI of a class of errors: ``urn:docsearch:error:document-not-found``."""
    words = re.findall("[A-Z][a-z]+", error.__name__.removesuffix("Error"))
    return "urn:docsearch:error:" + "-".join(words).lower()


def _docsearch_problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DocsearchError)  # as registered
    return problem(
        error.http_status,
        path=request.url.path,
        detail=str(error),
        title=error.title,
        type_=problem_type(type(error)),
        headers={"Retry-After": RETRY_AFTER} if error.retryable else None,
        retryable=error.retryable,
    )


def _validation_problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # as registered
    found = [
        {"where": ".".join(map(str, fault["loc"])), "detail": str(fault["msg"])}
        for fault in error.errors()
    ]
    detail = "; ".join(f"{fault['where']}: {fault['detail']}" for fault in found)
    return problem(
        422,
        path=request.url.path,
        detail=detail,
        title="The request is not valid",
        type_="urn:docsearch:error:request",
        errors=found,
    )


def _http_problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # as registered
    path = request.url.path
    headers = dict(error.headers or {})
    detail = error.detail
    if error.status_code == 404:
        detail = f"there is nothing at {path}; /openapi.json lists what there is"
    elif error.status_code == 405:
        detail = f"{path} takes {headers.get('Allow', 'another method')}, not {request.method}"
    return problem(error.status_code, path=path, detail=detail, headers=headers)


def _unexpected_problem(request: Request, error: Exception) -> JSONResponse:
    return problem(
        500,
        path=request.url.path,
        detail="something that was not foreseen; the log of the service has the cause",
    )


class BodyLimit:
    """ASGI middleware: a request body above ``limit`` bytes is refused with 413."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting its body as it comes in."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.limit:
                raise HTTPException(
                    413, f"the body is larger than {self.limit // 1024} KiB; shorten the question"
                )
            return message

        await self.app(scope, counted, send)
