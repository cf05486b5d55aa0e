"""ASGI middleware that limits requests: how many of one client, how large and slow a body."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from docsearch.service.access import is_write
from docsearch.service.problems import Refusal, refused

CLIENTS: Final = 10_000
"""Clients whose rates are remembered; the ones not seen for longest are forgotten. Arbitrary."""

SPREAD_EVERY: Final = 32
"""Responses of a process after which one connection is closed; arbitrary: opening another costs
little, and a load that came to one process is spread over two after a few seconds."""

BODY_SECONDS: Final = 20.0
"""Seconds in which the body of a request must have come in, uploads aside; arbitrary."""


class Rate:
    """A bucket of requests for each client that fills again over a minute."""

    def __init__(
        self, app: ASGIApp, *, a_minute: int, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.app = app
        self.a_minute = a_minute
        self.now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # left, when

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with 429."""
        if scope["type"] == "http" and self.a_minute and not _is_free(scope["path"]):
            wait = self._take(_client(scope))
            if wait > 0:
                refusal = Refusal(
                    429,
                    f"more than {self.a_minute} requests a minute; wait {int(wait) + 1} s",
                    kind="rate",
                    title="Too many requests",
                    headers={"Retry-After": str(int(wait) + 1)},
                )
                await refused(Request(scope), refusal)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _take(self, client: str) -> float:
        """Take one request out of a bucket; return the seconds to wait where it is empty."""
        now, a_second = self.now(), self.a_minute / 60
        left, when = self._buckets.pop(client, (float(self.a_minute), now))
        left = min(self.a_minute, left + (now - when) * a_second)
        wait = 0.0 if left >= 1 else (1 - left) / a_second
        self._buckets[client] = (left if wait else left - 1, now)
        if len(self._buckets) > CLIENTS:
            self._buckets.popitem(last=False)
        return wait


class Body:
    """A request body that is too large is refused with 413, one that is too slow with 408."""

    def __init__(self, app: ASGIApp, *, most: int, most_upload: int, upload_seconds: float) -> None:
        self.app = app
        self.most = most
        self.most_upload = most_upload
        self.upload_seconds = upload_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting its body and the time as it comes in."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        upload = scope["method"] == "POST" and is_write(scope["path"])
        most = self.most_upload if upload else self.most
        seconds = self.upload_seconds if upload else BODY_SECONDS
        said = Headers(scope=scope).get("content-length", "")
        if said.isdecimal() and int(said) > most:
            await refused(Request(scope), _too_large(most))(scope, receive, send)
            return
        received, whole = 0, False
        end = asyncio.get_running_loop().time() + seconds

        async def counted() -> Message:
            nonlocal received, whole
            if whole:
                return await receive()  # waits for the client to go away
            try:
                async with asyncio.timeout_at(end):
                    message = await receive()
            except TimeoutError:
                raise Refusal(
                    408,
                    f"the body did not come in within {seconds:g} s",
                    kind="slow",
                    title="The request came in too slowly",
                    headers={"Connection": "close"},
                ) from None
            received += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if received > most:
                raise _too_large(most)
            return message

        await self.app(scope, counted, send)


class Spread:
    """Closes a kept connection now and then, so that another process may get it when it is back.

    A process that is idle takes connections sooner than one that works. Those that are kept would
    stay where they were once taken.
    """

    def __init__(self, app: ASGIApp, *, every: int = SPREAD_EVERY) -> None:
        self.app = app
        self.every = every
        self._answered = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; every so many responses say that their connection is closed."""

        async def spread(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._answered += 1
                if self._answered % self.every == 0:
                    MutableHeaders(scope=message).setdefault("Connection", "close")
            await send(message)

        await self.app(scope, receive, spread)


def _too_large(most: int) -> Refusal:
    shown = f"{most // 1024**2} MiB" if most >= 1024**2 else f"{most // 1024} KiB"
    return Refusal(
        413,
        f"the body is larger than {shown}; send less",
        kind="too-large",
        title="The request is too large",
    )


def _is_free(path: str) -> bool:
    return path == "/health" or path.startswith("/static/")


def _client(scope: Scope) -> str:
    """Return whom a request is counted for: the key, else the address."""
    caller = scope["state"].get("caller")
    if caller is not None and caller.key:
        return f"key {caller.key}"
    return str((scope.get("client") or ("",))[0])
