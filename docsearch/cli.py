"""The command line: ``docsearch build``, ``ask``, ``search`` and the others."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional, cast

import typer
from rich.markup import escape
from rich.table import Table

import docsearch
from docsearch.cite import CITE_FORMATS, bibliography
from docsearch.errors import DocsearchError, QueryError
from docsearch.generate.limits import Limits
from docsearch.library import CORPUS, INDEX, Obligations, Targets
from docsearch.parse.relations import RELATIONS
from docsearch.payloads import document_payload
from docsearch.progress import progress_bar
from docsearch.records import Span
from docsearch.register.query import read_kind, read_period
from docsearch.register.times import ACCEPTED, read_day, read_window
from docsearch.registers import (
    OBLIGATION_COLUMNS,
    OBLIGATION_KEYS,
    TARGET_COLUMNS,
    TARGET_KEYS,
    flat_obligations,
    obligations_html,
    page,
    readable_obligations,
    readable_targets,
    targets_html,
)
from docsearch.search.query import Filters
from docsearch.search.retrieve import Mode
from docsearch.tables import (
    FORMATS,
    Column,
    Format,
    Row,
    as_csv,
    as_markdown,
    render,
    write_workbook,
    write_xlsx,
)
from docsearch.terminal import (
    err,
    out,
    print_answer,
    print_documents,
    print_hits,
    print_missing,
    print_model,
    print_obligations,
    print_reading,
    print_relations,
    print_table,
    print_targets,
    print_unit,
)

if TYPE_CHECKING:
    from docsearch.compare.reuse_figure import Picture
    from docsearch.compare.reuse_result import Reuse
    from docsearch.index.build import BuildReport

app = typer.Typer(
    name="docsearch",
    help="Answers with verbatim citations over Vietnamese administrative documents.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

IndexOption = Annotated[
    Path, typer.Option("--index", envvar="DOCSEARCH_INDEX", help="Folder of the index.")
]
EncoderOption = Annotated[
    Optional[str],
    typer.Option(
        "--encoder",
        help="Name or folder of a sentence-transformers model; default: the offline encoder, "
        "or what DOCSEARCH_ENCODER says.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]
PICTURE_FORMATS = (*FORMATS, "png", "svg")
FormatOption = Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")]
OutputOption = Annotated[
    Optional[Path], typer.Option("--output", help="Write to this file instead of the terminal.")
]
PlaceOption = Annotated[Optional[str], typer.Option("--place", help='Place: "huyện Chi Lăng".')]
TypeOption = Annotated[Optional[str], typer.Option("--type", help='Document type: "kế hoạch".')]
IssuerOption = Annotated[Optional[str], typer.Option("--issuer", help="Issuing body.")]
NumberOption = Annotated[Optional[str], typer.Option("--number", help='Number: "141/KH-UBND".')]
FromOption = Annotated[
    Optional[str], typer.Option("--from", help="Issued on or after: 2022-01-31.")
]
ToOption = Annotated[Optional[str], typer.Option("--to", help="Issued on or before: 2022-12-31.")]
ModelOption = Annotated[
    Optional[str],
    typer.Option(
        "--model",
        help="A language model that words the answer; only verified sentences come out. "
        '"openai:gpt-5", "ollama:qwen3", or an address: "http://127.0.0.1:8080/v1". The question '
        "and passages are sent to it.",
    ),
]
DocumentOption = Annotated[Optional[str], typer.Option("--document", help="Id or file name.")]


COLLECTIONS = ".collections"
"""Folder inside the index folder that keeps the collections of ``evaluate --retrieval``."""


def _print_json(value: object) -> None:
    unicode = "utf" in (sys.stdout.encoding or "").lower()
    sys.stdout.write(json.dumps(value, ensure_ascii=not unicode, indent=2) + "\n")


def _filters(
    place: str | None,
    kind: str | None,
    issuer: str | None,
    number: str | None,
    dates: tuple[str | None, str | None],
    document: str | None,
) -> Filters:
    for given in dates:
        if given is not None and not _is_date(given):
            raise typer.BadParameter(f"{given!r}: give a date as 2022-12-31, 2022-12 or 2022")
    return Filters(
        place=place,
        type=kind,
        issuer=issuer,
        number=number,
        issued_from=dates[0],
        issued_to=dates[1],
        document=document,
    )


def _is_date(given: str) -> bool:
    """Return whether a date, month or year is written in ISO 8601 and exists."""
    try:
        date.fromisoformat(given + "0000-01-01"[len(given) :] if len(given) in (4, 7) else given)
    except ValueError:
        return False
    return len(given) in (4, 7, 10)


@app.command()
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
        _print_json(_report_payload(result))
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


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question.")],
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    place: PlaceOption = None,
    type_: TypeOption = None,
    issuer: IssuerOption = None,
    number: NumberOption = None,
    from_: FromOption = None,
    to: ToOption = None,
    document: DocumentOption = None,
    model: ModelOption = None,
    stream: Annotated[
        bool, typer.Option("--stream", help="With --model: print each sentence once verified.")
    ] = False,
    timeout: Annotated[
        float, typer.Option("--timeout", help="With --model: seconds for the whole answer.")
    ] = 60.0,
    budget: Annotated[
        int, typer.Option("--budget", help="With --model: tokens of the request.", min=1)
    ] = 6_000,
    price: Annotated[
        Optional[str],
        typer.Option("--price", help='With --model: of a million tokens in and out: "0.25/2".'),
    ] = None,
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="With --model: reuse replies had before.")
    ] = True,
    as_json: JsonOption = False,
) -> None:
    """Answer a question with citations, or say why there is no answer."""
    filters = _filters(place, type_, issuer, number, (from_, to), document)
    if model is None and (stream or price):
        raise typer.BadParameter("--stream and --price go with --model")
    opened = docsearch.open(index, encoder=encoder)
    if model is None:
        reply = opened.ask(question, filters=filters)
    else:
        from docsearch.asking import ask_model, read_prices

        with _wrong_usage():
            prices = read_prices(price)
        reply = ask_model(
            opened.ask_stream(
                question,
                filters=filters,
                model=model,
                limits=Limits(timeout=timeout, input_tokens=budget, prices=prices, cache=cache),
            ),
            show=stream and not as_json,
        )
    if as_json:
        _print_json(reply.to_dict())
    else:
        print_answer(reply.result)
        if reply.model:
            print_model(reply.model)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words or a question.")],
    k: Annotated[int, typer.Option("-k", "--k", help="How many passages.", min=0)] = 10,
    mode: Annotated[str, typer.Option("--mode", help="fused, lexical or dense.")] = "fused",
    rerank: Annotated[
        Optional[str],
        typer.Option("--rerank", help="Cross-encoder that orders the best hits again."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell what each score is made of.")
    ] = False,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    place: PlaceOption = None,
    type_: TypeOption = None,
    issuer: IssuerOption = None,
    number: NumberOption = None,
    from_: FromOption = None,
    to: ToOption = None,
    document: DocumentOption = None,
    form: FormatOption = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the passages that fit best, ranked."""
    chosen = _checked(form)
    if mode not in ("fused", "lexical", "dense"):
        raise typer.BadParameter(f"{mode!r}: --mode is one of fused, lexical, dense")
    filters = _filters(place, type_, issuer, number, (from_, to), document)
    opened = docsearch.open(index, encoder=encoder)
    hits = opened.search(
        query, k=k, filters=filters, mode=cast("Mode", mode), rerank=rerank, explain=explain
    )
    if not as_json and chosen == "table" and output is None:
        print_reading(hits.understood)
        print_hits(hits.to_list())
        return
    chosen = "json" if as_json else chosen
    _emit(hits.to_list(), chosen, output)
    _sign(opened, chosen, output)


@app.command()
def documents(
    index: IndexOption = Path(INDEX),
    place: PlaceOption = None,
    type_: TypeOption = None,
    issuer: IssuerOption = None,
    number: NumberOption = None,
    from_: FromOption = None,
    to: ToOption = None,
    document: DocumentOption = None,
    form: FormatOption = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
    encoder: EncoderOption = None,
) -> None:
    """Print what is in the index, with what each document says of itself."""
    chosen = _checked(form)
    filters = _filters(place, type_, issuer, number, (from_, to), document)
    opened = docsearch.open(index, encoder=encoder)
    rows = opened.documents(filters=filters).to_list()
    if not as_json and chosen == "table" and output is None:
        print_documents(rows)
        out().print(escape(str(opened.provenance)), style="dim")
        return
    chosen = "json" if as_json else chosen
    _emit(rows, chosen, output)
    _sign(opened, chosen, output)


@app.command()
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
    place: PlaceOption = None,
    type_: TypeOption = None,
    issuer: IssuerOption = None,
    number: NumberOption = None,
    from_: FromOption = None,
    to: ToOption = None,
    form: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(PICTURE_FORMATS)}.")
    ] = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print what documents are based on, implement, amend, replace, cite."""
    picture = form in ("png", "svg")
    if picture and missing:
        raise typer.BadParameter(f"--format {form} draws relations; leave out --missing")
    chosen = "table" if picture else _checked(form)
    if relation is not None and relation not in RELATIONS:
        raise typer.BadParameter(f"{relation!r}: --relation is one of {', '.join(RELATIONS)}")
    if relation is not None and missing:
        raise typer.BadParameter("give --relation or --missing, not both")
    filters = _filters(place, type_, issuer, number, (from_, to), None)
    if document is not None and filters != Filters():
        raise typer.BadParameter("give a document or filters, not both")
    opened = docsearch.open(index, encoder=encoder)
    if picture:
        _emit_plot(
            opened.relations(document, relation=relation, filters=filters).plot(), form, output
        )
        return
    if missing:
        rows = opened.missing_documents(document, filters=filters).to_list()
    else:
        rows = opened.relations(document, relation=relation, filters=filters).to_list()
    if not as_json and chosen == "table" and output is None:
        print_missing(rows) if missing else print_relations(rows)
        return
    chosen = "json" if as_json else chosen
    _emit(rows, chosen, output)
    _sign(opened, chosen, output)


OBLIGATION_FORMATS = (*FORMATS, "ics", "png", "svg")


@app.command()
def obligations(
    before: Annotated[
        Optional[str], typer.Option("--before", help=f"Due by then: {ACCEPTED}.")
    ] = None,
    after: Annotated[Optional[str], typer.Option("--after", help="Due then or later.")] = None,
    on: Annotated[Optional[str], typer.Option("--on", help="Due on this day.")] = None,
    in_: Annotated[
        Optional[str], typer.Option("--in", help="Due in this month, quarter, year or period.")
    ] = None,
    year: Annotated[
        Optional[int], typer.Option("--year", help="Due in this year; the year of a picture.")
    ] = None,
    overdue_at: Annotated[
        Optional[str], typer.Option("--overdue-at", help="Was due before this day.")
    ] = None,
    actor: Annotated[
        Optional[str], typer.Option("--actor", help='Who has to do it: "UBND xã"; groups too.')
    ] = None,
    recipient: Annotated[Optional[str], typer.Option("--recipient", help="Who gets it.")] = None,
    action: Annotated[
        Optional[str], typer.Option("--action", help='Words of what has to be done: "báo cáo".')
    ] = None,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    place: PlaceOption = None,
    type_: TypeOption = None,
    issuer: IssuerOption = None,
    number: NumberOption = None,
    from_: FromOption = None,
    to: ToOption = None,
    document: DocumentOption = None,
    form: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(OBLIGATION_FORMATS)}.")
    ] = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print what has to be done, by whom and by when."""
    if form not in OBLIGATION_FORMATS:
        raise typer.BadParameter(f"{form!r}: --format is one of {', '.join(OBLIGATION_FORMATS)}")
    if form in ("png", "svg") and year is None:
        raise typer.BadParameter(f"--format {form} is the picture of a year; give --year 2024")
    if year is not None and in_ is not None:
        raise typer.BadParameter("give --year or --in, not both")
    within = str(year) if year is not None else in_
    with _wrong_usage():
        read_window(before=before, after=after, on=on, within=within)
        if overdue_at is not None:
            read_day(overdue_at)
    filters = _filters(place, type_, issuer, number, (from_, to), document)
    opened = docsearch.open(index, encoder=encoder)
    found = opened.obligations(
        before=before,
        after=after,
        on=on,
        within=within,
        overdue_at=overdue_at,
        actor=actor,
        recipient=recipient,
        action=action,
        filters=filters,
    )
    form = "json" if as_json else form
    if form == "ics":
        _emit_calendar(found, output)
    elif form in ("png", "svg"):
        _emit_picture(found, year or 0, form, output)
    elif form == "table" and output is None:
        print_obligations(found.to_list(), found.nothing)
    else:
        _emit_register(found, cast("Format", form), output)
    _sign(opened, form, output)


@app.command()
def targets(
    topic: Annotated[
        Optional[str], typer.Option("--topic", help='Words of what is counted: "mầm non".')
    ] = None,
    period: Annotated[
        Optional[str], typer.Option("--period", help="Year or period: 2025, 2021-2025.")
    ] = None,
    kind: Annotated[Optional[str], typer.Option("--kind", help="target or achieved.")] = None,
    unit: Annotated[Optional[str], typer.Option("--unit", help='Unit: "%", "trường".')] = None,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    place: PlaceOption = None,
    type_: TypeOption = None,
    issuer: IssuerOption = None,
    number: NumberOption = None,
    from_: FromOption = None,
    to: ToOption = None,
    document: DocumentOption = None,
    form: FormatOption = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the figures that documents set as targets or report as reached."""
    chosen = _checked(form)
    with _wrong_usage():
        if period is not None:
            read_period(period)
        if kind is not None:
            read_kind(kind)
    filters = _filters(place, type_, issuer, number, (from_, to), document)
    opened = docsearch.open(index, encoder=encoder)
    found = opened.targets(topic=topic, period=period, kind=kind, unit=unit, filters=filters)
    if not as_json and chosen == "table" and output is None:
        print_targets(found.to_list(), found.nothing)
        return
    chosen = "json" if as_json else chosen
    _emit_register(found, chosen, output)
    _sign(opened, chosen, output)


@app.command()
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
    place: PlaceOption = None,
    type_: TypeOption = None,
    issuer: IssuerOption = None,
    number: NumberOption = None,
    from_: FromOption = None,
    to: ToOption = None,
    form: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(PICTURE_FORMATS)}.")
    ] = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the text that documents share, who had it first, and what was changed in it."""
    if form not in PICTURE_FORMATS:
        raise typer.BadParameter(f"{form!r}: --format is one of {', '.join(PICTURE_FORMATS)}")
    filters = _filters(place, type_, issuer, number, (from_, to), None)
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
    _sign(opened, form, output)


def _emit_reuse(found: Reuse, form: str, output: Path | None) -> None:
    """Write shared text: the whole object in JSON, flat rows in CSV, words in the others."""
    from docsearch.compare.reuse_result import REUSE_COLUMNS, REUSE_KEYS

    if form in ("png", "svg"):
        _emit_plot(found.plot(), form, output)
    elif form == "json":
        _emit_text(json.dumps(found.to_dict(), ensure_ascii=False, indent=2), output, len(found))
    elif form == "csv":
        _emit_text(as_csv(found.flat(), REUSE_KEYS), output, len(found), encoding="utf-8-sig")
    elif form == "html":
        _emit_text(found.to_html(), output, len(found))
    elif form == "md":
        lines = [{c.title: row[c.key] for c in REUSE_COLUMNS} for row in found.flat()]
        _emit_text(as_markdown(lines), output, len(found))
    elif form == "table":
        _emit_text(str(found), output, len(found))
    elif output is None:
        render([], "xlsx")  # says that it needs a file
    else:
        with _writing(output):
            write_workbook(found.flat(), REUSE_COLUMNS, output, title="Văn bản chung")
        err().print(f"{output}: {len(found)} rows")


def _sign(opened: docsearch.Index, form: str, output: Path | None) -> None:
    """Write into a file, or beside it, what it was made from."""
    if output is not None:
        from docsearch.signing import sign

        with _writing(output):
            sign(output, form, opened.provenance)


def _emit_plot(picture: Picture, form: str, output: Path | None) -> None:
    if output is None and sys.stdout.isatty():
        raise QueryError(f"--format {form} needs a file; name one with --output FILE")
    _emit_bytes(picture.to_bytes("svg" if form == "svg" else "png"), output)
    err().print(f"{f'{output}: ' if output else ''}{picture.items} documents")


@app.command()
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
    type_: TypeOption = None,
    issuer: IssuerOption = None,
    number: NumberOption = None,
    from_: FromOption = None,
    to: ToOption = None,
    document: DocumentOption = None,
    form: FormatOption = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print what the documents of each place say of a topic, side by side."""
    chosen = "json" if as_json else _checked(form)
    filters = _filters(None, type_, issuer, number, (from_, to), document)
    opened = docsearch.open(index, encoder=encoder)
    found = opened.compare(topic, place or None, aspect or None, filters=filters)
    if output is not None:
        with _writing(output):
            found.write(chosen, output)
        err().print(f"{output}: {len(found.matrix.rows)} rows, {len(found.matrix.places)} places")
    elif chosen == "table" and sys.stdout.isatty():
        from docsearch.compare.matrix_text import print_matrix

        print_matrix(found.matrix, out())
    else:
        _emit_text(found.render(chosen), None, len(found.matrix.rows))


COVERAGE_FORMATS = (*FORMATS, "png", "svg")


@app.command()
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
    place: PlaceOption = None,
    type_: TypeOption = None,
    issuer: IssuerOption = None,
    number: NumberOption = None,
    from_: FromOption = None,
    to: ToOption = None,
    document: DocumentOption = None,
    form: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(COVERAGE_FORMATS)}.")
    ] = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print which subjects the documents of each place speak of, and which not."""
    if form not in COVERAGE_FORMATS:
        raise typer.BadParameter(f"{form!r}: --format is one of {', '.join(COVERAGE_FORMATS)}")
    form = "json" if as_json else form
    filters = _filters(place, type_, issuer, number, (from_, to), document)
    opened = docsearch.open(index, encoder=encoder)
    found = opened.coverage(topic or None, most=most, filters=filters)
    if output is not None:
        with _writing(output):
            found.write(form, output)
        _sign(opened, form, output)
        err().print(f"{output}: {len(found.topics)} topics, {len(found.matrix.places)} places")
    else:
        _emit_text(found.render(form), None, len(found.topics))


@contextmanager
def _wrong_usage() -> Iterator[None]:
    """Make a time or kind that is not understood wrong usage: exit status 2."""
    try:
        yield
    except QueryError as error:
        raise typer.BadParameter(str(error)) from error


def _emit_register(found: Obligations | Targets, form: Format, output: Path | None) -> None:
    """Write obligations or targets: keys in JSON and CSV, words for people in the other formats."""
    if found.nothing:
        err().print(escape(found.nothing))
    rows = found.to_list()
    if form == "json":
        _emit_text(render(rows, "json"), output, len(rows))
    elif form == "csv":
        flat = flat_obligations(rows) if isinstance(found, Obligations) else rows
        keys = OBLIGATION_KEYS if isinstance(found, Obligations) else TARGET_KEYS
        _emit_text(as_csv(flat, keys), output, len(rows), encoding="utf-8-sig")
    elif form == "html":
        _emit_text(_page(found, rows), output, len(rows))
    else:
        _emit_columns(found, rows, form, output)


def _page(found: Obligations | Targets, rows: Sequence[Row]) -> str:
    if isinstance(found, Obligations):
        return page("Nhiệm vụ và thời hạn", obligations_html(rows))
    return page("Chỉ tiêu và kết quả", targets_html(rows))


def _emit_columns(
    found: Obligations | Targets, rows: Sequence[Row], form: Format, output: Path | None
) -> None:
    columns: Sequence[Column]
    if isinstance(found, Obligations):
        columns, readable, title = OBLIGATION_COLUMNS, readable_obligations(rows), "Nhiệm vụ"
    else:
        columns, readable, title = TARGET_COLUMNS, readable_targets(rows), "Chỉ tiêu"
    if form != "xlsx":
        lines = [{column.title: row[column.key] for column in columns} for row in readable]
        _emit_text(as_markdown(lines), output, len(rows))
    elif output is None:
        render(readable, form)  # says that it needs a file
    else:
        with _writing(output):
            write_workbook(readable, columns, output, title=title)
        err().print(f"{output}: {len(rows)} rows")


def _emit_calendar(found: Obligations, output: Path | None) -> None:
    made = found.to_ics()
    _emit_bytes(made.content, output)
    to = f"{output}: " if output else ""
    without = f"; {made.without_day} obligations name no day and are not in it"
    err().print(f"{to}{made.events} events{without if made.without_day else ''}")


def _emit_picture(found: Obligations, year: int, form: str, output: Path | None) -> None:
    if output is None and sys.stdout.isatty():
        raise QueryError(f"--format {form} needs a file; name one with --output FILE")
    picture = found.plot(year=year)
    _emit_bytes(picture.to_bytes("svg" if form == "svg" else "png"), output)
    err().print(f"{f'{output}: ' if output else ''}{picture.items} rows")


def _emit_text(text: str, output: Path | None, rows: int, *, encoding: str = "utf-8") -> None:
    if output is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    with _writing(output):
        output.write_text(text, encoding=encoding, newline="")
    err().print(f"{output}: {rows} rows")


def _emit_bytes(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        return
    with _writing(output):
        output.write_bytes(content)


@app.command()
def show(
    document: Annotated[str, typer.Argument(help="Id or file name of a document.")],
    span: Annotated[
        Optional[str], typer.Option("--span", help="Only the code points A:B of the text.")
    ] = None,
    outline: Annotated[bool, typer.Option("--outline", help="Print the outline.")] = False,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the text of a document, a part of it, or its outline."""
    opened = docsearch.open(index, encoder=encoder)
    found = opened.document(document)
    part = _span(span, len(found.text)) if span else None
    if as_json:
        payload = document_payload(found, opened.header(found.id), opened.outline(found.id))
        if part:
            payload |= {"start": part.start, "end": part.end, "text": part.of(found.text)}
        _print_json(payload)
    elif outline:
        for unit in opened.outline(found.id).children:
            print_unit(out(), unit, found.text, 0)
    else:
        sys.stdout.write((part.of(found.text) if part else found.text) + "\n")


def _span(given: str, length: int) -> Span:
    start, _, end = given.partition(":")
    digits = re.fullmatch(r"[0-9]+:[0-9]+", given)
    if not (digits and int(start) < int(end) <= length):
        raise typer.BadParameter(f"{given!r}: give --span A:B with 0 <= A < B <= {length}")
    return Span(int(start), int(end))


@app.command()
def cite(
    document: Annotated[Optional[str], typer.Argument(help="Id or file name.")] = None,
    span: Annotated[
        Optional[str], typer.Option("--span", help="Only the code points A:B of the text.")
    ] = None,
    question: Annotated[
        Optional[str], typer.Option("--ask", help="Cite what the answer to a question rests on.")
    ] = None,
    query: Annotated[
        Optional[str], typer.Option("--search", help="Cite the passage that fits best.")
    ] = None,
    checked: Annotated[
        Optional[Path],
        typer.Option("--check", help="Tell whether the citations of a CSL-JSON file still match."),
    ] = None,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    form: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(CITE_FORMATS)}.")
    ] = "text",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the citation of a passage for a paper, or check one that was printed before."""
    if form not in CITE_FORMATS:
        raise typer.BadParameter(f"{form!r}: --format is one of {', '.join(CITE_FORMATS)}")
    given = [each for each in (document, question, query, checked) if each is not None]
    if len(given) != 1 or (span is not None and document is None):
        raise typer.BadParameter("give a DOCUMENT (with --span A:B), --ask, --search or --check")
    opened = docsearch.open(index, encoder=encoder)
    if checked is not None:
        _check_citations(opened, checked, as_json=as_json)
        return
    if question is not None:
        result = opened.ask(question).result
        found = [opened.cite(each) for each in getattr(result, "citations", ())]
    elif query is not None:
        found = [opened.cite(each) for each in opened.search(query, k=1)]
    else:
        name = str(document)
        part = _span(span, len(opened.document(name).text)) if span else None
        found = [opened.cite(name, part)]
    if form == "bibtex" and not as_json:
        text = bibliography(found)
    elif form == "csl" or as_json:
        text = json.dumps([each.to_csl() for each in found], ensure_ascii=False, indent=2)
    else:
        text = "\n\n".join(each.to_text() for each in found)
    _emit_text(text, output, len(found))


def _check_citations(opened: docsearch.Index, path: Path, *, as_json: bool) -> None:
    """Print whether citations still match; exit status 1 where one does not."""
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise QueryError(f"{path}: this is no CSL-JSON file ({error})") from error
    items = items if isinstance(items, list) else [items]
    found = [opened.check_citation(item) for item in items]
    if as_json:
        _print_json([each.to_dict() for each in found])
    else:
        for each in found:
            out().print(escape(str(each)))
    if any(each.status != "matches" for each in found):
        raise typer.Exit(1)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Question set, JSON Lines.")],
    retrieval: Annotated[
        Optional[Path],
        typer.Option(
            "--retrieval",
            metavar="CORPUS.jsonl",
            help="Measure how well the units of this collection are found by its questions.",
        ),
    ] = None,
    qrels: Annotated[
        Optional[Path], typer.Option("--qrels", help="Which units answer, tab-separated.")
    ] = None,
    split: Annotated[
        Optional[str], typer.Option("--split", help="Only questions of this split.")
    ] = None,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure the answers to a question set, or retrieval over a collection."""
    if retrieval is not None:
        _evaluate_retrieval(retrieval, gold, qrels, split, index / COLLECTIONS, encoder, as_json)
        return
    if qrels or split:
        raise typer.BadParameter("--qrels and --split go with --retrieval")
    from docsearch.evaluate import evaluate as measure
    from docsearch.evaluate import read_gold

    questions = read_gold(gold)
    opened = docsearch.open(index, encoder=encoder)
    with progress_bar(err()) as report:
        result = measure(
            opened, questions, progress=lambda done, total: report("asking", done, total)
        )
    if as_json:
        _print_json(result.to_dict())
        return
    rows = [("all", result.overall)]
    rows += [(name, part) for name, part in result.by_kind.items()]
    rows += [(name, part) for name, part in result.by_language.items()]
    table = Table(title=str(gold.name))
    for title in ("", "n", "ev@1", "ev@5", "right", "abst–", "abst+", "quotes", "ms"):
        table.add_column(title, justify="left" if not title else "right", no_wrap=True)
    table.caption = (
        "ev@k: one of the first k citations is right; abst–, abst+: share of abstentions on "
        "the unanswerable and on the other questions; quotes: verbatim; ms: median a question"
    )
    for name, part in rows:
        shares = (
            part.evidence_at_1,
            part.evidence_at_5,
            part.right,
            part.abstained_unanswerable,
            part.abstained_answerable,
            part.quotes_verbatim,
        )
        cells = ["–" if share is None else f"{share:.3f}" for share in shares]
        table.add_row(name, str(part.questions), *cells, f"{part.milliseconds:.0f}")
    out().print(table)


def _evaluate_retrieval(
    corpus: Path,
    queries: Path,
    qrels: Path | None,
    split: str | None,
    folder: Path,
    encoder: str | None,
    as_json: bool,
) -> None:
    from docsearch.encode import load_encoder
    from docsearch.evaluate.collection import read_collection
    from docsearch.evaluate.retrieval import evaluate_retrieval
    from docsearch.evaluate.show import retrieval_table

    collection = read_collection(corpus, queries, qrels, split=split)
    with progress_bar(err()) as report:
        result = evaluate_retrieval(
            collection, encoder=load_encoder(encoder), folder=folder, progress=report
        )
    if as_json:
        _print_json(result.to_dict())
    else:
        out().print(retrieval_table(result, f"{corpus.name}, {queries.name}"))


@app.command()
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


@app.command()
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
        _print_json(result.rows)
    else:
        for line in result.lines:
            sys.stdout.write(line + "\n")


@app.command()
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


@app.command()
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
        _print_json([finding.to_dict() for finding in findings])
    else:
        console = out()
        for finding in findings:
            sign = {"ok": "[green]✓[/]", "warning": "[yellow]![/]", "error": "[red]✗[/]"}
            console.print(
                f"{sign[finding.level]} {escape(finding.subject)}: {escape(finding.found)}"
            )
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(1)


def _checked(form: str) -> Format:
    """Return a format that there is; any other is wrong usage."""
    if form not in FORMATS:
        raise typer.BadParameter(f"{form!r}: --format is one of {', '.join(FORMATS)}")
    return cast("Format", form)


def _emit(rows: Sequence[Row], form: Format, output: Path | None) -> None:
    if form == "table" and output is None:
        print_table(rows)
    elif output is None:
        text = render(rows, form)
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
    else:
        with _writing(output):
            _write(rows, form, output)
        err().print(f"{output}: {len(rows)} rows")


@contextmanager
def _writing(output: Path) -> Iterator[None]:
    """Make a file that cannot be written an error that says so."""
    try:
        yield
    except OSError as error:
        raise QueryError(
            f"{output}: cannot be written ({error.strerror or error}); name another file"
        ) from error


def _write(rows: Sequence[Row], form: Format, output: Path) -> None:
    if form == "xlsx":
        write_xlsx(rows, output)
        return
    text = render(rows, "md" if form == "table" else form)
    encoding = "utf-8-sig" if form == "csv" else "utf-8"  # spreadsheets look for the mark
    output.write_text(text, encoding=encoding, newline="")


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


if __name__ == "__main__":
    main()
