"""The HTTP service and the web page; FastAPI and uvicorn are imported only in here.

Importing this package imports neither: the two functions do when they are called.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docsearch.errors import MissingDependencyError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from docsearch.library import Index
    from docsearch.service.settings import Settings

__all__ = ["create_app", "serve"]

PACKAGES: Final = frozenset(
    {
        *("fastapi", "h11", "jinja2", "multipart", "prometheus_client", "pydantic"),
        *("pydantic_settings", "python_multipart", "starlette", "uvicorn"),
    }
)


def create_app(
    index: Index | None = None,
    *,
    folder: str | PathLike[str] | None = None,
    encoder: str | None = None,
    settings: Settings | None = None,
) -> FastAPI:
    """Return the service as an ASGI application.

    Args:
        index: what is asked; None means the index in ``folder``, opened at the start and again
            after it was built again.
        folder: None means DOCSEARCH_INDEX, or ``index`` where that is not set.
        encoder: as for ``docsearch.open``.
        settings: everything else; None means those of the environment.

    Returns:
        An application that starts without an index too, and then answers 503.

    Raises:
        MissingDependencyError: FastAPI or another package of the service is not installed.
    """
    with service_packages():
        from docsearch.service.app import create_app as create
    return create(index, folder=folder, encoder=encoder, settings=settings)


def serve(
    folder: str | PathLike[str] | None = None,
    host: str | None = None,
    port: int | None = None,
    *,
    encoder: str | None = None,
    workers: int | None = None,
) -> None:
    """Run the service until it is interrupted; its address is printed on stderr.

    What is None is taken from the environment: ``docsearch doctor`` lists the variables.

    Args:
        folder: the index; as for ``create_app``.
        host: the address to listen on; one that other machines reach needs keys.
        port: 0 lets the system choose one.
        encoder: as for ``docsearch.open``.
        workers: processes that answer.

    Raises:
        MissingDependencyError: FastAPI, uvicorn or another package of it is not installed.
        DocsearchError: the address cannot be listened on, a setting cannot be, or other machines
            would reach a service without keys.
    """
    with service_packages():
        from docsearch.service.run import serve as run
        from docsearch.service.settings import load_settings
    index = Path(folder) if folder else None
    run(load_settings(index=index, host=host, port=port, encoder=encoder, workers=workers))


@contextmanager
def service_packages() -> Iterator[None]:
    """Say what to install where a package of the service is missing."""
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
