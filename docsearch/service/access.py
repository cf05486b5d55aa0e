"""ASGI middleware that lets in whom it may: keys and roles, sessions, names of the service."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from docsearch.errors import DocsearchError
from docsearch.service.keys import Key, KeyFile, Ring, Role
from docsearch.service.problems import Refusal, refused

COOKIE: Final = "docsearch_session"
LOGIN: Final = "/dang-nhap"
LOGOUT: Final = "/dang-xuat"

_OPEN: Final = re.compile(rf"/health|/static/[^/]+|{LOGIN}")
"""What needs no key: the page on which a browser gives its key, and what it is made of."""

READING_POSTS: Final = frozenset({"/ask", LOGIN, LOGOUT})
"""Routes that are not GET and change nothing in the index; all others are for writers."""

_SAFE: Final = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a request is from."""

    role: Role
    key: str | None = None  # its id; None where no key is needed
    by_cookie: bool = False


class Access:
    """Refuses requests without a key where there are keys, and writing without a write key.

    Without any key everything can be read and nothing be written.
    """

    def __init__(self, app: ASGIApp, *, keys: KeyFile, hosts: tuple[str, ...]) -> None:
        self.app = app
        self.keys = keys
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its caller in the state, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            self._check_host(scope)
            caller = self._caller(scope)
            scope["state"]["caller"] = caller
            self._check(scope, caller)
        except Refusal as refusal:
            response = self._refuse(Request(scope), refusal)
            await response(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _refuse(self, request: Request, refusal: Refusal) -> Response:
        browser = "text/html" in request.headers.get("accept", "")
        if refusal.status_code == 401 and browser and request.method == "GET":
            from starlette.responses import RedirectResponse

            wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            login = request.url.replace(path=LOGIN, query="").include_query_params(next=wanted)
            return RedirectResponse(f"{LOGIN}?{login.query}", 303)
        return refused(request, refusal)

    def _check_host(self, scope: Scope) -> None:
        host = urlsplit(f"//{Headers(scope=scope).get('host', '')}").hostname
        if self.hosts and host not in self.hosts:
            raise Refusal(
                421,
                "the service is not called by this name; DOCSEARCH_HOSTS lists its names",
                kind="host",
                title="Not a name of this service",
            )

    def _caller(self, scope: Scope) -> Caller | None:
        try:
            ring = self.keys.ring()
        except DocsearchError as error:
            scope["state"]["log"]["keys"] = str(error)
            raise Refusal(
                503,
                "the keys cannot be read; whoever runs the service finds the cause in its log",
                kind="keys",
                title="The keys cannot be read",
            ) from error
        if not ring.keys:
            return Caller("read")
        connection = HTTPConnection(scope)
        if found := _bearer(connection, ring):
            return Caller(found.role, found.id)
        cookie = connection.cookies.get(COOKIE)
        if cookie and (found := ring.of_session(cookie)):
            return Caller(found.role, found.id, by_cookie=True)
        return None

    def _check(self, scope: Scope, caller: Caller | None) -> None:
        path, method = scope["path"], scope["method"]
        if _OPEN.fullmatch(path) or (path == LOGOUT and method == "POST"):
            if method not in _SAFE and not _same_origin(scope):
                raise _elsewhere()
            return
        if caller is None:
            raise Refusal(
                401,
                "give a key as `Authorization: Bearer …`; `docsearch key create` makes one",
                kind="key-missing",
                title="A key is needed",
                headers={"WWW-Authenticate": 'Bearer realm="docsearch"'},
            )
        if method in _SAFE or path in READING_POSTS:
            return
        if not is_write(path):
            return  # there is nothing: the router says so
        if caller.role != "write":
            raise Refusal(
                403,
                "this changes the index and needs a key of the role write; "
                "`docsearch key create --role write` makes one",
                kind="key-role",
                title="A write key is needed",
            )
        if caller.by_cookie and not _same_origin(scope):
            raise _elsewhere()


def is_write(path: str) -> bool:
    """Return whether requests to ``path`` that are not GET change the index."""
    return re.match(r"/(documents|van-ban)(/|$)", path) is not None


def _bearer(connection: HTTPConnection, ring: Ring) -> Key | None:
    scheme, _, given = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not given:
        return None
    return ring.find(given.strip())


def _same_origin(scope: Scope) -> bool:
    """Return whether a browser says that a page of this service sent the request.

    Programs say nothing and are let through: they have no cookie that somebody could misuse.
    """
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def _elsewhere() -> Refusal:
    return Refusal(
        403,
        "the request comes from a page of another site; open the service and repeat it there",
        kind="other-site",
        title="From another site",
    )
