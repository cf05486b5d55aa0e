"""The command line: ``docsearch build``, ``ask``, ``search`` and the others."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Optional, cast

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

import docsearch
from docsearch.errors import DocsearchError, QueryError
from docsearch.index.build import BuildReport
from docsearch.library import CORPUS, INDEX
from docsearch.payloads import document_payload
from docsearch.records import Abstention, Answer, Citation, Item, Span, Unit
from docsearch.render import citation_title, marked, one_line
from docsearch.search.query import Filters
from docsearch.search.retrieve import Mode
from docsearch.tables import FORMATS, Format, Row, cell, render, write_xlsx

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
DocumentOption = Annotated[Optional[str], typer.Option("--document", help="Id or file name.")]


def out() -> Console:
    """Return the console of the command's result."""
    return Console(file=sys.stdout, highlight=False, soft_wrap=not sys.stdout.isatty())


def err() -> Console:
    """Return the console of messages and progress."""
    return Console(file=sys.stderr, highlight=False, soft_wrap=not sys.stderr.isatty())


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


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
    with _progress(console) as report:
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


class _progress:  # noqa: N801  # used as a function: with _progress(console) as report
    """A progress bar on stderr; ``report(step, done, total)`` moves it."""

    _steps = {
        "reading": "đọc / reading",
        "parsing": "phân tích / parsing",
        "encoding": "mã hóa / encoding",
        "indexing": "lập chỉ mục / indexing",
    }

    def __init__(self, console: Console) -> None:
        self._bar = Progress(
            TextColumn("{task.description:<24}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Callable[[str, int, int], None]:
        self._bar.start()
        return self._report

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def _report(self, step: str, done: int, total: int) -> None:
        if step not in self._tasks:
            self._tasks[step] = self._bar.add_task(self._steps.get(step, step), total=total)
        self._bar.update(self._tasks[step], completed=done, total=total)


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
    as_json: JsonOption = False,
) -> None:
    """Answer a question with citations, or say why there is no answer."""
    filters = _filters(place, type_, issuer, number, (from_, to), document)
    reply = docsearch.open(index, encoder=encoder).ask(question, filters=filters)
    if as_json:
        _print_json(reply.to_dict())
    else:
        _print_answer(reply.result)


def _print_answer(result: Answer | Abstention) -> None:
    console = out()
    english = not any(character > "\u00bf" for character in result.text[:40])
    if isinstance(result, Abstention):
        console.print(Text(result.text, style="bold yellow"))
        if result.nearest:
            console.print("\nNearest:" if english else "\nGần nhất:", style="dim")
            _print_citations(console, result.nearest)
        return
    for item in result.items:
        _print_item(console, item)
    _print_citations(console, result.citations)


def _print_item(console: Console, item: Item) -> None:
    """Print one item: who on a line of its own, then what, by when, to whom."""
    parts = item.text.split(" — ")
    action = item.fields.action
    if item.fields.actors and action and parts[0].endswith(f": {action}"):
        parts[:1] = [parts[0].removesuffix(f": {action}"), action]
    references = "".join(f"[{number + 1}]" for number in item.citations)
    console.print(Text(f"{parts[0]} {references}", style="bold"))
    for part in parts[1:]:
        console.print(Text(f"  → {part}"))


def _print_citations(console: Console, citations: Sequence[Citation]) -> None:
    for number, citation in enumerate(citations, start=1):
        console.print()
        title = Text(f"[{number}] {citation_title(citation)}", style="cyan")
        console.print(title)
        quote = Text("    “")
        for part, mark in marked(citation):
            words = f"‹{_flat(part)}›" if mark and not console.is_terminal else _flat(part)
            quote.append(words, style="bold black on yellow" if mark else "")
        quote.append("”")
        console.print(quote)
        where = f"    {citation.source} [{citation.span.start}:{citation.span.end}]"
        console.print(Text(where, style="dim"))


def _flat(text: str) -> str:
    """Return words on one line, with the blanks at their ends that keep them apart."""
    flat = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and flat else ""
    return f"{before}{flat}{after}"


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words or a question.")],
    k: Annotated[int, typer.Option("-k", "--k", help="How many passages.", min=0)] = 10,
    mode: Annotated[str, typer.Option("--mode", help="fused, lexical or dense.")] = "fused",
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
    if mode not in ("fused", "lexical", "dense"):
        raise typer.BadParameter(f"{mode!r}: --mode is one of fused, lexical, dense")
    filters = _filters(place, type_, issuer, number, (from_, to), document)
    opened = docsearch.open(index, encoder=encoder)
    hits = opened.search(query, k=k, filters=filters, mode=cast("Mode", mode))
    if not as_json and form == "table" and output is None:
        _print_hits(hits.to_list())
        return
    _emit(hits.to_list(), "json" if as_json else form, output)


def _print_hits(hits: Sequence[Row]) -> None:
    console = out()
    if not hits:
        console.print(Text("Không có đoạn nào khớp. / No passage matches.", style="yellow"))
    for hit in hits:
        head = f"{hit['rank']:>3}. {hit['score']:.3f}  {hit['place'] or ''}  {hit['source']}"
        console.print(Text(head, style="cyan"))
        if hit["path"]:
            console.print(Text("     " + " › ".join(hit["path"]), style="dim"))
        console.print(Text("     " + one_line(hit["text"])))


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
    filters = _filters(place, type_, issuer, number, (from_, to), document)
    rows = docsearch.open(index, encoder=encoder).documents(filters=filters).to_list()
    if not as_json and form == "table" and output is None:
        _print_documents(rows)
        return
    _emit(rows, "json" if as_json else form, output)


def _print_documents(rows: Sequence[Row]) -> None:
    console = out()
    for row in rows:
        known = [row["type"], row["number"], row["issued_on"], row["place"]]
        console.print(
            Text(f"{row['document']:<28}", style="cyan"),
            Text(" · ".join(part for part in known if part), style="bold"),
        )
        console.print(Text(f"    {row['subject'] or '–'}"))
        console.print(Text(f"    {row['issuer'] or '–'}; {row['source']}", style="dim"))


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
            _print_unit(out(), unit, found.text, 0)
    else:
        sys.stdout.write((part.of(found.text) if part else found.text) + "\n")


def _span(given: str, length: int) -> Span:
    start, colon, end = given.partition(":")
    if not (colon and start.isdigit() and end.isdigit() and int(start) < int(end) <= length):
        raise typer.BadParameter(f"{given!r}: give --span A:B with 0 <= A < B <= {length}")
    return Span(int(start), int(end))


def _print_unit(console: Console, unit: Unit, text: str, depth: int) -> None:
    own = unit.heading.text if unit.heading else one_line(unit.pieces[0].of(text))
    line = own if len(own) <= 100 else own[:97] + "…"
    console.print(Text(f"{'  ' * depth}{line}", style="bold" if unit.heading else ""))
    for child in unit.children:
        _print_unit(console, child, text, depth + 1)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Question set, JSON Lines.")],
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure the answers to a question set."""
    from docsearch.evaluate import evaluate as measure
    from docsearch.evaluate import read_gold

    questions = read_gold(gold)
    opened = docsearch.open(index, encoder=encoder)
    with _progress(err()) as report:
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


@app.command()
def serve(
    index: IndexOption = Path(INDEX),
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", help="Port to listen on.", min=0, max=65535)
    ] = 8000,
    encoder: EncoderOption = None,
) -> None:
    """Start the HTTP service and its web page."""
    from docsearch.service import serve as run

    run(str(index), host=host, port=port, encoder=encoder)


@app.command()
def doctor(
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell what is installed, which models there are, and whether the index is sound."""
    from docsearch.doctor import diagnose

    findings = diagnose(index, encoder)
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


def _emit(rows: Sequence[Row], form: str, output: Path | None) -> None:
    if form not in FORMATS:
        raise typer.BadParameter(f"{form!r}: --format is one of {', '.join(FORMATS)}")
    chosen = cast("Format", form)
    if chosen == "xlsx":
        if output is None:
            raise QueryError("--format xlsx needs a file; name one with --output FILE.xlsx")
        write_xlsx(rows, output)
        err().print(f"{output}: {len(rows)} rows")
    elif chosen == "table" and output is None:
        _print_table(rows)
    else:
        text = render(rows, "md" if chosen == "table" else chosen)
        if output is None:
            sys.stdout.write(text if text.endswith("\n") else text + "\n")
        else:
            output.write_text(
                text, encoding="utf-8-sig" if chosen == "csv" else "utf-8", newline=""
            )
            err().print(f"{output}: {len(rows)} rows")


def _print_table(rows: Sequence[Row]) -> None:
    if not rows:
        out().print(Text("Không có gì. / Nothing.", style="yellow"))
        return
    table = Table(show_lines=False)
    for name in rows[0]:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell(row[name])) for name in rows[0]))
    out().print(table)


def main() -> None:
    """Run the command line; a ``DocsearchError`` is one line on stderr and exit status 1."""
    try:
        app()
    except DocsearchError as error:
        err().print(f"[red]docsearch:[/] {escape(str(error))}", soft_wrap=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
