"""docsearch as an MCP server: the tools of ``tools`` and the documents as resources.

``docsearch mcp`` runs it over stdin and stdout; ``docsearch mcp --http`` over streamable HTTP.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from os import PathLike
from typing import Any, Final

import docsearch
from docsearch.errors import DocsearchError, MissingDependencyError
from docsearch.integrations.tools import IndexTools
from docsearch.library import INDEX, Index, open_index

try:
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.server.mcpserver.resources import FunctionResource
except ModuleNotFoundError as error:
    raise MissingDependencyError(
        f"docsearch.integrations.mcp needs the package mcp ({error}); "
        "run: pip install 'docsearch[mcp]'"
    ) from error

LISTED: Final = 1_000
"""Documents that are listed as resources; every document can be read by its address."""

INSTRUCTIONS: Final = (
    "Vietnamese administrative documents with verbatim citations. Ask with ask_documents first; "
    "quote only what it or search_documents returns, with the document's number and position. "
    'When a status is "abstained", say that the documents do not state it.'
)


def create_server(
    index: Index | str | PathLike[str] = INDEX, *, encoder: str | None = None
) -> MCPServer:
    """Return an MCP server over an index.

    Args:
        index: the index, or its folder.
        encoder: as for ``docsearch.open``, where a folder is given.

    Returns:
        The server; ``run("stdio")`` or ``run("streamable-http", host=…, port=…)`` starts it.

    Raises:
        IndexFileError: there is no index, it is damaged, or the encoder is another one.
    """
    opened = index if isinstance(index, Index) else open_index(index, encoder=encoder)
    server = MCPServer(
        "docsearch",
        version=docsearch.__version__,
        instructions=INSTRUCTIONS,
        log_level="WARNING",
    )
    for function in IndexTools(opened).functions:
        server.add_tool(
            _told(function),
            description=" ".join((function.__doc__ or "").split()),
            structured_output=True,
        )
    for entry in opened.documents()[:LISTED]:
        header = entry.header
        named = [stated.value for stated in (header.type, header.number, header.place) if stated]
        server.add_resource(
            FunctionResource(
                uri=f"docsearch://documents/{entry.id}",
                name=entry.id,
                title=" · ".join(named) or entry.source,
                description=header.subject.value if header.subject else entry.source,
                mime_type="text/plain",
                fn=_reader(opened, entry.id),
            )
        )

    @server.resource(
        "docsearch://documents/{document}",
        name="document",
        description="The text of a document, by its id or file name.",
        mime_type="text/plain",
    )
    def read_document(document: str) -> str:
        return opened.document(document).text

    return server


def _told(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make an error of docsearch one that the client is told; others are hidden from it."""

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  # checked by the tool's schema
        try:
            return function(*arguments, **named)
        except DocsearchError as error:
            raise ToolError(f"{error.title}: {error}") from error

    return call


class _reader:  # noqa: N801  # used as a function
    """Returns a document's text when it is called."""

    def __init__(self, index: Index, document: str) -> None:
        self._index, self._document = index, document

    def __call__(self) -> str:
        return self._index.document(self._document).text


def serve_mcp(
    folder: str | PathLike[str],
    *,
    http: bool,
    host: str = "127.0.0.1",
    port: int = 8001,
    encoder: str | None = None,
) -> None:
    """Run the server until its client or the user ends it.

    Args:
        folder: the folder of the index.
        http: over streamable HTTP at ``/mcp``; otherwise over stdin and stdout.
        host: the address to listen on.
        port: the port to listen on.
        encoder: as for ``docsearch.open``.

    Raises:
        DocsearchError: there is no usable index, or the port is taken.
    """
    server = create_server(folder, encoder=encoder)
    if not http:
        server.run("stdio")
        return
    try:
        server.run("streamable-http", host=host, port=port)
    except OSError as error:
        raise DocsearchError(
            f"{host}:{port}: cannot listen here ({error}); choose another --host or --port"
        ) from error
