"""``build``, ``documents``, ``show``: what is in the index."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer
from rich.markup import escape

import docsearch
from docsearch.cli.options import (
    EVERYTHING,
    EncoderOption,
    FormatOption,
    IndexOption,
    JsonOption,
    OutputOption,
    SpanOption,
    checked,
    narrowed,
    span_of,
)
from docsearch.cli.output import emit, print_json, sign
from docsearch.library import CORPUS, INDEX
from docsearch.payloads import document_payload
from docsearch.progress import progress_bar
from docsearch.search.query import Filters
from docsearch.tables import Row
from docsearch.terminal import err, out, print_documents, print_unit

if TYPE_CHECKING:
    from docsearch.index.build import BuildReport


def build(
    paths: Annotated[
        Optional[list[Path]], typer.Argument(help="Files and folders; default: corpus/.")
    ] = None,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove documents that are not under PATHS.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Read documents into the index; only what changed is done again."""
    console = err()
    with progress_bar(console) as report:
        result = docsearch.build_report(
            [str(path) for path in paths or [Path(CORPUS)]],
            index,
            encoder=encoder,
            prune=prune,
            progress=report,
        )
    for error in result.failed:
        console.print(f"[yellow]not read:[/] {escape(str(error))}")
    if as_json:
        print_json(_report_payload(result))
    else:
        console.print(_report_line(result, index))


def _report_line(result: BuildReport, index: Path) -> str:
    changes = [
        f"{len(names)} {verb}"
        for names, verb in (
            (result.added, "added"),
            (result.replaced, "replaced"),
            (result.removed, "removed"),
            (result.failed, "not read"),
        )
        if names
    ]
    what = ", ".join([*changes, f"{result.unchanged} unchanged"])
    return (
        f"{index}: {result.documents} documents, {result.passages} passages ({what}) "
        f"in {result.seconds:.1f} s"
    )


def _report_payload(result: BuildReport) -> Row:
    return {
        "added": list(result.added),
        "replaced": list(result.replaced),
        "removed": list(result.removed),
        "unchanged": result.unchanged,
        "failed": [{"path": error.path, "found": error.found} for error in result.failed],
        "documents": result.documents,
        "passages": result.passages,
        "seconds": round(result.seconds, 3),
    }


@narrowed()
def documents(
    index: IndexOption = Path(INDEX),
    filters: Filters = EVERYTHING,
    form: FormatOption = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
    encoder: EncoderOption = None,
) -> None:
    """Print what is in the index, with what each document says of itself."""
    chosen = checked(form)
    opened = docsearch.open(index, encoder=encoder)
    rows = opened.documents(filters=filters).to_list()
    if not as_json and chosen == "table" and output is None:
        print_documents(rows)
        out().print(escape(str(opened.provenance)), style="dim")
        return
    chosen = "json" if as_json else chosen
    emit(rows, chosen, output)
    sign(opened, chosen, output)


def show(
    document: Annotated[str, typer.Argument(help="Id or file name of a document.")],
    span: SpanOption = None,
    outline: Annotated[bool, typer.Option("--outline", help="Print the outline.")] = False,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the text of a document, a part of it, or its outline."""
    if span and outline:
        raise typer.BadParameter("give --span or --outline, not both")
    opened = docsearch.open(index, encoder=encoder)
    found = opened.document(document)
    part = span_of(span, len(found.text)) if span else None
    if as_json:
        payload = document_payload(found, opened.header(found.id), opened.outline(found.id))
        if part:
            payload |= {"start": part.start, "end": part.end, "text": part.of(found.text)}
        print_json(payload)
    elif outline:
        for unit in opened.outline(found.id).children:
            print_unit(out(), unit, found.text, 0)
    else:
        sys.stdout.write((part.of(found.text) if part else found.text) + "\n")
