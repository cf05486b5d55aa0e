"""Running the service with uvicorn: one process or several, until it is stopped."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
import sys
from contextlib import ExitStack, suppress
from multiprocessing import reduction
from tempfile import TemporaryDirectory
from typing import Any, Final

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.supervisors import Multiprocess

from docsearch.errors import DocsearchError
from docsearch.service.app import create_app
from docsearch.service.keys import KeyFile
from docsearch.service.logs import set_up_log
from docsearch.service.metrics import SHARED
from docsearch.service.settings import PREFIX, Settings

HEADER_SECONDS: Final = 15.0
"""Seconds in which the first line and headers of a request must have come in; arbitrary."""

STOP_SECONDS: Final = 30
"""Seconds that requests have to end in when the service is stopped; arbitrary."""

CONNECTIONS: Final = 512
"""Connections at once in a process, more get 503. Arbitrary: a browser opens up to six."""

QUEUE: Final = 1024
"""Connections that wait until a process takes them."""

ONE_AT_A_TIME: Final = 1
"""Connections that a process takes at once, where several do."""

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")

WORKER: Final = "docsearch.service.app:from_environment"
"""What makes the application in each of several processes."""


def serve(settings: Settings, worker: str = WORKER) -> None:
    """Run the service until it is interrupted; its address is printed on stderr.

    Args:
        settings: how; where they name no key, only this machine reaches the service.
        worker: "module:function" that makes the application where there are several processes.

    Raises:
        DocsearchError: the address cannot be listened on, or others would reach a service
            without keys.
    """
    settings = guarded(settings)
    set_up_log(settings.log)
    with _listen(settings.host, settings.port) as listening, suppress(KeyboardInterrupt):
        if settings.workers == 1:
            _Server(_config(create_app(settings=settings))).run(sockets=[listening])
        else:
            _run_workers(settings, listening, worker)


def guarded(settings: Settings) -> Settings:
    """Return the settings, narrowed to this machine's names where there are no keys.

    Args:
        settings: as they were given.

    Returns:
        The settings to run with.

    Raises:
        DocsearchError: the host is reached from other machines and there are no keys.
    """
    if KeyFile(settings.keys_file).ring().keys:
        return settings
    if not is_loopback(settings.host):
        raise DocsearchError(
            f"{settings.host} is reached from other machines, and no key is needed; make one with "
            "`docsearch key create --role read`, or use --host 127.0.0.1"
        )
    _tell("docsearch has no keys: only this machine reaches it, and nothing can be written")
    hosts = settings.hosts or tuple(dict.fromkeys((*LOOPBACK, settings.host)))
    return settings.model_copy(update={"hosts": hosts})


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches ``host``."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _config(app: Any, **more: Any) -> uvicorn.Config:  # noqa: ANN401  # as uvicorn takes them
    return uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=STOP_SECONDS,
        **more,
    )


def _run_workers(settings: Settings, listening: socket.socket, worker: str) -> None:
    """Run several processes that share the socket; each opens the same index."""
    with ExitStack() as stack:
        if not os.environ.get(SHARED):
            os.environ[SHARED] = stack.enter_context(TemporaryDirectory(prefix="docsearch-"))
        for name, value in settings.model_dump(exclude_none=True).items():
            shown = ",".join(value) if isinstance(value, tuple) else value
            os.environ[f"{PREFIX}{name.upper()}"] = str(shown)
        config = _config(worker, factory=True, workers=settings.workers, backlog=ONE_AT_A_TIME)
        _tell_address([listening])
        Multiprocess(config, sockets=[listening]).run()


class Listening(socket.socket):
    """A socket that processes share fairly.

    asyncio takes as many connections at once as its queue is said to hold, so that one process
    would get all that come together. It is told that one fits, and the queue is made long anyway.
    """

    def listen(self, backlog: int = QUEUE, /) -> None:
        """Listen with a long queue."""
        super().listen(max(backlog, QUEUE))

    def __reduce__(self) -> tuple[object, ...]:
        shared = reduction.DupFd(self.fileno())
        return _listening, (shared, self.family, self.type, self.proto)


def _listening(shared: Any, *kind: int) -> Listening:  # noqa: ANN401  # as multiprocessing has it
    family, type_, protocol = kind
    return Listening(family, type_, protocol, fileno=shared.detach())


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        made = socket.create_server((host, port), family=family, backlog=QUEUE)
        return Listening(made.family, made.type, made.proto, fileno=made.detach())
    except (OSError, OverflowError) as error:
        raise DocsearchError(
            f"{host}:{port}: cannot listen here ({error}); choose another --host or --port"
        ) from error


class PatientProtocol(H11Protocol):
    """uvicorn's protocol with an end to its patience: headers must come in within some time."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the headers of the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait from the first bytes of a request to the end of its headers."""
        if self._waiting is None and self.conn.their_state is h11.IDLE:
            self._wait()
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(HEADER_SECONDS, self._too_late)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _too_late(self) -> None:
        self._waiting = None
        if not self.transport.is_closing():
            self.transport.close()


class _Server(uvicorn.Server):
    """A server that prints where it is as soon as it answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the address; the port is the one that the system gave."""
        await super().startup(sockets)
        if self.started:
            _tell_address(sockets or [])


def _tell_address(sockets: list[socket.socket]) -> None:
    for listening in sockets:
        host, port = listening.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        _tell(f"docsearch is at http://{shown}:{port}/ (Ctrl+C stops it)")


def _tell(message: str) -> None:
    sys.stderr.write(message + "\n")
    sys.stderr.flush()
