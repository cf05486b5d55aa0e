"""The commands in the order of the help, and how errors end the program."""

from __future__ import annotations

import io
import sys

import typer
from rich.markup import escape

from docsearch.cli.citing import cite
from docsearch.cli.comparing import compare, coverage, relations, reuse
from docsearch.cli.corpus import build, documents, show
from docsearch.cli.measuring import evaluate
from docsearch.cli.questions import ask, search
from docsearch.cli.registers import obligations, targets
from docsearch.cli.serving import doctor, key, mcp, serve
from docsearch.errors import DocsearchError
from docsearch.terminal import err

app = typer.Typer(
    name="docsearch",
    help="Answers with verbatim citations over Vietnamese administrative documents.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (
    *(build, ask, search, documents, relations, obligations, targets, reuse, compare, coverage),
    *(show, cite, evaluate, serve, key, mcp, doctor),
):
    app.command()(command)


def main() -> None:
    """Run the command line; a ``DocsearchError`` is one line on stderr and exit status 1."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks Vietnamese letters
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except SystemExit:
        if type(sys.stdout).__name__ == "PacifyFlushWrapper":
            sys.exit(0)  # the reader of a pipe has gone, and has what it wanted
        raise
    except DocsearchError as error:
        err().print(f"[red]docsearch:[/] {escape(str(error))}", soft_wrap=True)
        sys.exit(1)
