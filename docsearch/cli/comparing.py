"""``relations``, ``reuse``, ``compare``, ``coverage``: documents beside each other."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

import docsearch
from docsearch.cli.options import (
    EVERYTHING,
    PICTURE_FORMATS,
    EncoderOption,
    FormatOption,
    IndexOption,
    JsonOption,
    OutputOption,
    PictureFormatOption,
    checked,
    narrowed,
)
from docsearch.cli.output import (
    emit,
    emit_json,
    emit_picture,
    emit_text,
    needs_file,
    print_json,
    say_rows,
    sign,
    writing,
)
from docsearch.library import INDEX
from docsearch.parse.relations import RELATIONS
from docsearch.search.query import Filters
from docsearch.tables import as_csv, as_markdown, write_workbook
from docsearch.terminal import err, out, print_missing, print_relations

if TYPE_CHECKING:
    from docsearch.compare.reuse_result import Reuse


@narrowed(without="document")
def relations(
    document: Annotated[
        Optional[str], typer.Argument(help="Id or file name of the document that cites.")
    ] = None,
    missing: Annotated[
        bool, typer.Option("--missing", help="Print what is cited and not in the index.")
    ] = False,
    relation: Annotated[
        Optional[str], typer.Option("--relation", help=f"One of {', '.join(RELATIONS)}.")
    ] = None,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    filters: Filters = EVERYTHING,
    form: PictureFormatOption = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print what documents are based on, implement, amend, replace, cite."""
    picture = form in ("png", "svg") and not as_json
    if picture and missing:
        raise typer.BadParameter(f"--format {form} draws relations; leave out --missing")
    chosen = "json" if as_json else "table" if picture else checked(form)
    if relation is not None and relation not in RELATIONS:
        raise typer.BadParameter(f"{relation!r}: --relation is one of {', '.join(RELATIONS)}")
    if relation is not None and missing:
        raise typer.BadParameter("give --relation or --missing, not both")
    if document is not None and filters != Filters():
        raise typer.BadParameter("give a document or filters, not both")
    opened = docsearch.open(index, encoder=encoder)
    if picture:
        found = opened.relations(document, relation=relation, filters=filters)
        emit_picture(found.plot(), form, output, of="documents")
        sign(opened, form, output)
        return
    if missing:
        rows = opened.missing_documents(document, filters=filters).to_list()
    else:
        rows = opened.relations(document, relation=relation, filters=filters).to_list()
    if chosen == "table" and output is None:
        print_missing(rows) if missing else print_relations(rows)
        return
    emit(rows, chosen, output)
    sign(opened, chosen, output)


@narrowed(without="document")
def reuse(
    document: Annotated[
        Optional[str], typer.Argument(help="Id or file name: only what it shares.")
    ] = None,
    with_document: Annotated[
        Optional[str], typer.Option("--with", help="Only what it shares with this document.")
    ] = None,
    min_words: Annotated[
        int, typer.Option("--min-words", help="Words that agree, formulas not counted.", min=8)
    ] = 15,
    min_share: Annotated[
        float, typer.Option("--min-share", help="Share of the words that agree.", min=0.01, max=1)
    ] = 0.75,
    within: Annotated[
        bool, typer.Option("--within/--no-within", help="What one document has twice, too.")
    ] = True,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    filters: Filters = EVERYTHING,
    form: PictureFormatOption = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the text that documents share, who had it first, and what was changed in it."""
    if form not in PICTURE_FORMATS:
        raise typer.BadParameter(f"{form!r}: --format is one of {', '.join(PICTURE_FORMATS)}")
    opened = docsearch.open(index, encoder=encoder)
    found = opened.reuse(
        document,
        with_document=with_document,
        min_words=min_words,
        min_share=min_share,
        within=within,
        filters=filters,
    )
    form = "json" if as_json else form
    _emit_reuse(found, form, output)
    sign(opened, form, output)


def _emit_reuse(found: Reuse, form: str, output: Path | None) -> None:
    """Write shared text: the whole object in JSON, flat rows in CSV, words in the others."""
    from docsearch.compare.reuse_result import REUSE_COLUMNS, REUSE_KEYS

    if form in ("png", "svg"):
        emit_picture(found.plot(), form, output, of="documents")
    elif form == "json":
        emit_json(found.to_dict(), output, len(found))
    elif form == "csv":
        emit_text(as_csv(found.flat(), REUSE_KEYS), form, output, len(found))
    elif form == "html":
        emit_text(found.to_html(), form, output, len(found))
    elif form == "md":
        lines = [{c.title: row[c.key] for c in REUSE_COLUMNS} for row in found.flat()]
        emit_text(as_markdown(lines, [c.title for c in REUSE_COLUMNS]), form, output, len(found))
    elif form == "table":
        emit_text(str(found), form, output, len(found))
    elif output is None:
        needs_file(form)
    else:
        with writing(output):
            write_workbook(found.flat(), REUSE_COLUMNS, output, title="Văn bản chung")
        say_rows(output, len(found))


@narrowed(without="place")
def compare(
    topic: Annotated[
        list[str], typer.Option("--topic", help="What is compared; give it again for more.")
    ],
    place: Annotated[
        Optional[list[str]],
        typer.Option("--place", help='A column: "huyện Chi Lăng"; default: every place.'),
    ] = None,
    aspect: Annotated[
        Optional[list[str]],
        typer.Option(
            "--aspect",
            help="A row: targets, lead, cooperating, deadlines, reporting, budget, measures, gist.",
        ),
    ] = None,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    filters: Filters = EVERYTHING,
    form: FormatOption = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print what the documents of each place say of a topic, side by side."""
    chosen = "json" if as_json else checked(form)
    opened = docsearch.open(index, encoder=encoder)
    found = opened.compare(topic, place or None, aspect or None, filters=filters)
    if output is not None:
        with writing(output):
            found.write(chosen, output)
        if chosen == "csv":  # the others say it themselves
            sign(opened, chosen, output)
        err().print(f"{output}: {len(found.matrix.rows)} rows, {len(found.matrix.places)} places")
    elif chosen == "table" and sys.stdout.isatty():
        from docsearch.compare.matrix_text import print_matrix

        print_matrix(found.matrix, out())
    elif chosen == "json":
        print_json(found.to_dict())
    else:
        emit_text(found.render(chosen), chosen, None, len(found.matrix.rows))


@narrowed()
def coverage(
    topic: Annotated[
        Optional[list[str]],
        typer.Option("--topic", help="A subject; default: those of the documents' headings."),
    ] = None,
    most: Annotated[
        int, typer.Option("--most", help="How many subjects of the headings.", min=1, max=100)
    ] = 15,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    filters: Filters = EVERYTHING,
    form: PictureFormatOption = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print which subjects the documents of each place speak of, and which not."""
    if form not in PICTURE_FORMATS:
        raise typer.BadParameter(f"{form!r}: --format is one of {', '.join(PICTURE_FORMATS)}")
    form = "json" if as_json else form
    opened = docsearch.open(index, encoder=encoder)
    found = opened.coverage(topic or None, most=most, filters=filters)
    if output is not None:
        with writing(output):
            found.write(form, output)
        sign(opened, form, output)
        err().print(f"{output}: {len(found.topics)} topics, {len(found.matrix.places)} places")
    elif form == "json":
        print_json(found.to_list())
    else:
        emit_text(found.render(form), form, None, len(found.topics))
