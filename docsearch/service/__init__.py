"""The HTTP service and the web page; FastAPI and uvicorn are imported only in here.

Importing this package imports neither: the two functions do when they are called.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from typing import TYPE_CHECKING, Final

from docsearch.errors import MissingDependencyError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from docsearch.library import Index

__all__ = ["create_app", "serve"]

PACKAGES: Final = frozenset({"fastapi", "pydantic", "starlette", "uvicorn"})


def create_app(
    index: Index | None = None,
    *,
    folder: str | PathLike[str] | None = None,
    encoder: str | None = None,
) -> FastAPI:
    """Return the service as an ASGI application.

    Args:
        index: what is asked; None means the index in ``folder``, opened at the start and again
            after it was built again.
        folder: None means DOCSEARCH_INDEX, or ``index`` where that is not set.
        encoder: as for ``docsearch.open``.

    Returns:
        An application that starts without an index too, and then answers 503.

    Raises:
        MissingDependencyError: FastAPI is not installed.
    """
    with _service_packages():
        from docsearch.service.app import create_app as create
    return create(index, folder=folder, encoder=encoder)


def serve(
    folder: str | PathLike[str] | None = None,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    encoder: str | None = None,
) -> None:
    """Run the service until it is interrupted; its address is printed on stderr.

    Args:
        folder: the index; as for ``create_app``.
        host: the address to listen on. There is no log-in: one that other machines reach gets
            a warning.
        port: 0 lets the system choose one.
        encoder: as for ``docsearch.open``.

    Raises:
        MissingDependencyError: FastAPI or uvicorn is not installed.
        DocsearchError: the address cannot be listened on.
    """
    with _service_packages():
        from docsearch.service.run import serve as run
    run(folder, host, port, encoder=encoder)


@contextmanager
def _service_packages() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in PACKAGES:
            raise
        raise MissingDependencyError(
            f"the HTTP service needs {package}, which is not installed; "
            "run: pip install 'docsearch[service]'"
        ) from error
