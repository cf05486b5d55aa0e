"""Running the service with uvicorn."""

from __future__ import annotations

import ipaddress
import socket
import sys
from contextlib import suppress
from os import PathLike

import uvicorn

from docsearch.errors import DocsearchError
from docsearch.service.app import create_app


def serve(
    folder: str | PathLike[str] | None = None,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    encoder: str | None = None,
) -> None:
    """Run the service; ``docsearch.service.serve`` says what the arguments are."""
    app = create_app(folder=folder, encoder=encoder)
    if not is_loopback(host):
        _tell(
            f"warning: {host} is reached from other machines and the service has no log-in; "
            "put it behind something that has, or use 127.0.0.1"
        )
    with _listen(host, port) as listening, suppress(KeyboardInterrupt):
        server = _Server(uvicorn.Config(app, log_level="warning"))
        server.run(sockets=[listening])


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches ``host``."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise DocsearchError(
            f"{host}:{port}: cannot listen here ({error}); choose another --host or --port"
        ) from error


class _Server(uvicorn.Server):
    """A server that prints where it is as soon as it answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the address; the port is the one that the system gave."""
        await super().startup(sockets)
        for listening in (sockets or []) if self.started else []:
            host, port = listening.getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            _tell(f"docsearch is at http://{shown}:{port}/ (Ctrl+C stops it)")


def _tell(message: str) -> None:
    sys.stderr.write(message + "\n")
    sys.stderr.flush()
