"""ASGI middleware around every request: its id, its line in the log, its figures, its headers."""

from __future__ import annotations

import logging
import re
import secrets
import time
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from docsearch.service.metrics import Metrics
from docsearch.service.problems import request_id, unexpected_problem

_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
UNKNOWN: Final = "unknown"
"""The route of what no route takes: paths that were only tried do not fill the figures."""

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Context:
    """Gives every request an id, and the response headers; logs it and counts it."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, log: logging.Logger) -> None:
        self.app = app
        self.metrics = metrics
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; an error that nobody took becomes a problem document."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        identifier = given if _ID.fullmatch(given) else secrets.token_hex(8)
        token = request_id.set(identifier)
        scope.setdefault("state", {})["log"] = {}
        started = time.perf_counter()
        status, size = 0, 0

        async def noted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = identifier
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as error:
            self.log.exception("an error that was not foreseen")
            if status:
                raise  # the response has begun: the connection is cut
            await unexpected_problem(Request(scope), error)(scope, receive, noted)
        finally:
            self._note(scope, status, size, time.perf_counter() - started)
            request_id.reset(token)

    def _note(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", UNKNOWN)
        self.metrics.requests.labels(route, scope["method"], str(status)).inc()
        self.metrics.seconds.labels(route).observe(seconds)
        caller = scope["state"].get("caller")
        self.log.info(
            "request",
            extra={
                "fields": {
                    "request_id": request_id.get(),
                    "method": scope["method"],
                    "route": route,
                    "status": status,
                    "ms": round(seconds * 1000, 1),
                    "bytes": size,
                    "client": (scope.get("client") or ("",))[0],
                    "key": caller.key if caller else None,
                    **scope["state"]["log"],
                }
            },
        )
