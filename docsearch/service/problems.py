"""Errors as RFC 9457 problem details, or as a page for a browser; never a traceback or a path."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from docsearch.errors import DocsearchError, IndexFileError
from docsearch.service.schemas import Problem

MEDIA_TYPE: Final = "application/problem+json"

RETRY_AFTER: Final = "5"
"""Seconds after which a retryable error is worth another try; arbitrary."""

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

ErrorPage = Callable[[Request, dict[str, Any]], Response]
"""Makes the page of a problem, given its members."""

_PATH: Final = re.compile(r"(?<![\w:/.])(?:~|\.{1,2})?/(?:[^\s/'\"():;,]+/)+([^\s/'\"():;,]*)")


class Refusal(HTTPException):
    """A request that is not carried out, and the kind of problem that it is."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        kind: str,
        title: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, headers)
        self.type = f"urn:docsearch:error:{kind}"
        self.title = title


def add_problem_handlers(app: FastAPI) -> None:
    """Make every error of ``app`` a problem document."""
    app.add_exception_handler(DocsearchError, _docsearch_problem)
    app.add_exception_handler(RequestValidationError, _validation_problem)
    app.add_exception_handler(HTTPException, _http_problem)


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what the OpenAPI document says of problems with these statuses."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


def problem(
    request: Request,
    status: int,
    *,
    detail: str,
    title: str | None = None,
    type_: str = "about:blank",
    headers: Mapping[str, str] | None = None,
    **more: Any,  # noqa: ANN401  # members that RFC 9457 lets a problem add, any JSON
) -> Response:
    """Return a problem document, or its page where a browser asks for one.

    Args:
        request: what was asked.
        status: of HTTP.
        detail: what was found and what to do.
        title: the kind of problem; None means the phrase of the status.
        type_: a URI of the kind of problem; "about:blank" has no other meaning than its status.
        headers: further headers.
        **more: further members of the document.

    Returns:
        The response, ``application/problem+json`` or ``text/html``.
    """
    body = Problem(
        type=type_,
        title=title or HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=request.url.path,
        **more,
    ).model_dump(exclude_unset=True)
    if identifier := request_id.get():
        body["request_id"] = identifier
    page: ErrorPage | None = getattr(request.app.state, "error_page", None)
    if page is not None and _is_browser(request):
        response = page(request, body)
        response.headers.update(headers or {})
        return response
    return JSONResponse(body, status_code=status, headers=headers, media_type=MEDIA_TYPE)


def refused(request: Request, refusal: Refusal) -> Response:
    """Return the problem document of a refusal."""
    return problem(
        request,
        refusal.status_code,
        detail=refusal.detail,
        title=refusal.title,
        type_=refusal.type,
        headers=refusal.headers,
        retryable="Retry-After" in (refusal.headers or {}),
    )


def problem_type(error: type[DocsearchError]) -> str:
    """Return the URI of a class of errors: ``urn:docsearch:error:document-not-found``."""
    words = re.findall("[A-Z][a-z]+", error.__name__.removesuffix("Error"))
    return "urn:docsearch:error:" + "-".join(words).lower()


def without_paths(text: str, folder: Path | None = None) -> str:
    """Return a message without paths of the server: of each its last part is left.

    Args:
        text: the message.
        folder: the index; named "index" wherever it stands.

    Returns:
        The message.
    """
    for known in (str(folder.resolve()), str(folder)) if folder else ():
        text = re.sub(rf"(?<!\w){re.escape(known)}(?=[/:\s])", "index", text)
    return _PATH.sub(lambda found: found[1] or "…", text)


def _is_browser(request: Request) -> bool:
    return request.method in ("GET", "POST") and "text/html" in request.headers.get("accept", "")


def _docsearch_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, DocsearchError)  # as registered
    folder = request.app.state.source.folder
    if isinstance(error, IndexFileError):
        request.app.state.log.warning("%s", error)  # whoever runs the service needs the path
    return problem(
        request,
        error.http_status,
        detail=without_paths(str(error), folder),
        title=error.title,
        type_=problem_type(type(error)),
        headers={"Retry-After": RETRY_AFTER} if error.retryable else None,
        retryable=error.retryable,
    )


def _validation_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # as registered
    found = [
        {"where": ".".join(map(str, fault["loc"])), "detail": str(fault["msg"])}
        for fault in error.errors()
    ]
    detail = "; ".join(f"{fault['where']}: {fault['detail']}" for fault in found)
    return problem(
        request,
        422,
        detail=detail,
        title="The request is not valid",
        type_="urn:docsearch:error:request",
        errors=found,
    )


def _http_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # as registered
    if isinstance(error, Refusal):
        return refused(request, error)
    path = request.url.path
    headers = dict(error.headers or {})
    detail = error.detail
    if error.status_code == 404:
        detail = f"there is nothing at {path}; /openapi.json lists what there is"
    elif error.status_code == 405:
        detail = f"{path} takes {headers.get('Allow', 'another method')}, not {request.method}"
    return problem(request, error.status_code, detail=detail, headers=headers)


def unexpected_problem(request: Request, error: Exception) -> Response:
    """Return the problem of an error that was not foreseen; the log has the error itself."""
    return problem(
        request,
        500,
        detail="something that was not foreseen; the log of the service has the cause",
    )
