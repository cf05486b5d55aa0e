"""``serve``, ``key``, ``mcp``, ``doctor``: running it for others, and looking after it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.markup import escape

from docsearch.cli.options import EncoderOption, IndexOption, JsonOption
from docsearch.cli.output import print_json
from docsearch.library import INDEX
from docsearch.progress import progress_bar
from docsearch.terminal import err, out


def serve(
    index: IndexOption = Path(INDEX),
    host: Annotated[
        Optional[str],
        typer.Option("--host", help="Address to listen on; DOCSEARCH_HOST, or 127.0.0.1."),
    ] = None,
    port: Annotated[
        Optional[int],
        typer.Option("--port", help="Port; DOCSEARCH_PORT, or 8000.", min=0, max=65535),
    ] = None,
    workers: Annotated[
        Optional[int], typer.Option("--workers", help="Processes that answer.", min=1, max=64)
    ] = None,
    encoder: EncoderOption = None,
) -> None:
    """Start the HTTP service and its web page."""
    from docsearch.service import serve as run

    run(str(index), host=host, port=port, encoder=encoder, workers=workers)


def key(
    what: Annotated[str, typer.Argument(help="create, list or revoke.")],
    identifier: Annotated[
        Optional[str], typer.Argument(metavar="[ID]", help="Which key to revoke.")
    ] = None,
    role: Annotated[
        str, typer.Option("--role", help="read, or write: may add and remove documents too.")
    ] = "read",
    name: Annotated[str, typer.Option("--name", help="Whom the key is for.")] = "",
    index: IndexOption = Path(INDEX),
    as_json: JsonOption = False,
) -> None:
    """Make, list and revoke the keys of the HTTP service."""
    from docsearch.service.key_command import run_key

    result = run_key(what, identifier, role=role, name=name, index=index)
    if as_json:
        print_json(result.rows)
    else:
        for line in result.lines:
            sys.stdout.write(line + "\n")


def mcp(
    index: IndexOption = Path(INDEX),
    http: Annotated[
        bool, typer.Option("--http", help="Streamable HTTP at /mcp instead of stdin and stdout.")
    ] = False,
    host: Annotated[str, typer.Option(help="With --http: address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="With --http: port.", min=0, max=65535)] = 8001,
    encoder: EncoderOption = None,
) -> None:
    """Run an MCP server: the tools and documents of the index, for agents."""
    from docsearch.integrations.mcp import serve_mcp

    serve_mcp(index, http=http, host=host, port=port, encoder=encoder)


def doctor(
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Make damaged parts of the index again first.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Tell what is installed, which models there are, and whether the index is sound."""
    from docsearch import doctor as checks

    if repair:
        with progress_bar(err()) as report:
            for wrong in checks.repair(index, encoder, report):
                err().print(f"[yellow]made again:[/] {escape(wrong)}")
    findings = checks.diagnose(index, encoder)
    if as_json:
        print_json([finding.to_dict() for finding in findings])
    else:
        console = out()
        for finding in findings:
            sign = {"ok": "[green]✓[/]", "warning": "[yellow]![/]", "error": "[red]✗[/]"}
            console.print(
                f"{sign[finding.level]} {escape(finding.subject)}: {escape(finding.found)}"
            )
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(1)
