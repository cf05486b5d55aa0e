"""``obligations`` and ``targets``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Optional, cast

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
    checked,
    narrowed,
    wrong_usage,
)
from docsearch.cli.output import (
    emit_bytes,
    emit_json,
    emit_picture,
    emit_text,
    needs_file,
    say_rows,
    sign,
    writing,
)
from docsearch.library import INDEX, Obligations, Targets
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
from docsearch.render import short_day
from docsearch.search.query import Filters
from docsearch.tables import (
    FORMATS,
    Column,
    Format,
    Row,
    as_csv,
    as_markdown,
    write_workbook,
)
from docsearch.terminal import err, print_obligations, print_targets

OBLIGATION_FORMATS = (*FORMATS, "ics", "png", "svg")


@narrowed()
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
    filters: Filters = EVERYTHING,
    form: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(OBLIGATION_FORMATS)}.")
    ] = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print what has to be done, by whom and by when."""
    _check_form(form, year)
    if year is not None and in_ is not None:
        raise typer.BadParameter("give --year or --in, not both")
    within = str(year) if year is not None else in_
    with wrong_usage():
        read_window(before=before, after=after, on=on, within=within)
        if overdue_at is not None:
            read_day(overdue_at)
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
        emit_picture(found.plot(year=year or 0), form, output, of="rows")
    elif form == "table" and output is None:
        print_obligations(found.to_list(), found.nothing)
    else:
        _emit_register(found, cast("Format", form), output)
    sign(opened, form, output)


def _check_form(form: str, year: int | None) -> None:
    if form not in OBLIGATION_FORMATS:
        raise typer.BadParameter(f"{form!r}: --format is one of {', '.join(OBLIGATION_FORMATS)}")
    if form in ("png", "svg") and year is None:
        raise typer.BadParameter(f"--format {form} is the picture of a year; give --year 2024")


@narrowed()
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
    filters: Filters = EVERYTHING,
    form: FormatOption = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the figures that documents set as targets or report as reached."""
    chosen = checked(form)
    with wrong_usage():
        if period is not None:
            read_period(period)
        if kind is not None:
            read_kind(kind)
    opened = docsearch.open(index, encoder=encoder)
    found = opened.targets(topic=topic, period=period, kind=kind, unit=unit, filters=filters)
    if not as_json and chosen == "table" and output is None:
        print_targets(found.to_list(), found.nothing)
        return
    chosen = "json" if as_json else chosen
    _emit_register(found, chosen, output)
    sign(opened, chosen, output)


def _emit_register(found: Obligations | Targets, form: Format, output: Path | None) -> None:
    """Write obligations or targets: keys in JSON and CSV, words for people in the other formats."""
    if found.nothing:
        err().print(escape(found.nothing))
    rows = found.to_list()
    if form == "json":
        emit_json(rows, output, len(rows))
    elif form == "csv":
        flat = flat_obligations(rows) if isinstance(found, Obligations) else rows
        keys = OBLIGATION_KEYS if isinstance(found, Obligations) else TARGET_KEYS
        emit_text(as_csv(flat, keys), form, output, len(rows))
    elif form == "html":
        emit_text(_page(found, rows), form, output, len(rows))
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
        lines = [{each.title: _words(row[each.key], each) for each in columns} for row in readable]
        emit_text(as_markdown(lines, [column.title for column in columns]), form, output, len(rows))
    elif output is None:
        needs_file(form)
    else:
        with writing(output):
            write_workbook(readable, columns, output, title=title)
        say_rows(output, len(rows))


def _words(value: object, column: Column) -> object:
    return short_day(value) if column.kind == "date" and isinstance(value, str) else value


def _emit_calendar(found: Obligations, output: Path | None) -> None:
    made = found.to_ics()
    emit_bytes(made.content, output)
    to = f"{output}: " if output else ""
    without = f"; {made.without_day} obligations name no day and are not in it"
    err().print(f"{to}{made.events} events{without if made.without_day else ''}")
