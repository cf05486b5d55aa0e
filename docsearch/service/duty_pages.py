"""Obligations as a table, as a calendar of a month, and as files to take along."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from docsearch.library import Index
from docsearch.payloads import obligation_row
from docsearch.records import Span
from docsearch.register.query import Due
from docsearch.register.times import issued_day
from docsearch.registers import (
    OBLIGATION_COLUMNS,
    OBLIGATION_KEYS,
    flat_obligations,
    pieces_of,
    readable_obligations,
)
from docsearch.render import marked
from docsearch.service.api import COMMON
from docsearch.service.downloads import MEDIA_TYPES, attachment, sheet_columns
from docsearch.service.forms import CalendarForm, DutiesForm
from docsearch.service.pages import SiteDep
from docsearch.service.problems import problem_responses
from docsearch.service.quotations import citation_of
from docsearch.service.running import IndexDep, run
from docsearch.service.schemas import ObligationParameters
from docsearch.service.site import CALENDAR, OBLIGATIONS
from docsearch.service.tables import Part, kept, table_page
from docsearch.tables import as_csv, write_workbook

router = APIRouter()

NAME: Final = "nhiem-vu"

SHOWN_A_DAY: Final = 4
"""Obligations that a day of the calendar shows; a link leads to the others. Arbitrary."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a calendar: its weeks from Monday on, and what is due on each of its days."""

    first: date
    weeks: tuple[tuple[date, ...], ...]
    due: dict[date, list[Row]]  # the first of each day
    more: dict[date, int]  # how many others each day has


@router.get(OBLIGATIONS, include_in_schema=False)
async def duties_page(request: Request, site: SiteDep, index: IndexDep) -> Response:
    """Show obligations as a table, those of a month together."""
    return await table_page(request, site, index, "duties.html", DutiesForm, _found)


def _found(index: Index, form: DutiesForm) -> dict[str, object]:
    criteria, today = form.criteria(), date.today()
    found = kept(
        index, ("duties", repr(criteria), today), lambda: index.obligations(**criteria, today=today)
    )
    part = Part.of(found, form.page)
    months = groupby(rows_of(index, part.rows), key=_month_of)
    return {
        "months": [(key, list(group)) for key, group in months],
        "count": part.count,
        "pages_count": part.pages,
        "today": today,
    }


@router.get(CALENDAR, include_in_schema=False)
async def calendar_page(request: Request, site: SiteDep, index: IndexDep) -> Response:
    """Show the obligations of a month on their days."""
    return await table_page(request, site, index, "calendar.html", CalendarForm, _month_found)


def _month_found(index: Index, form: CalendarForm) -> dict[str, object]:
    today = date.today()
    first = date.fromisoformat(f"{form.month}-01") if form.month else today.replace(day=1)
    filters = form.to_filters()

    def find() -> list[tuple[Due, date]]:
        found = index.obligations(within=str(first.year), actor=form.actor, filters=filters)
        return [(due, day) for due in found for day in _days(index, due, first.year)]

    days = kept(index, ("days", first.year, form.actor, filters), find)
    return {
        "month": _month(index, first, days),
        "counts": [sum(day.month == month for _, day in days) for month in range(1, 13)],
        "today": today,
    }


@router.get(
    "/obligations.{form}",
    response_class=Response,
    responses={
        200: {
            "content": {
                "text/calendar": {"schema": {"type": "string"}},
                "text/csv": {"schema": {"type": "string"}},
                MEDIA_TYPES["xlsx"]: {"schema": {"type": "string", "format": "binary"}},
            }
        },
        **problem_responses(*COMMON),
    },
)
async def download(
    request: Request,
    form: Literal["ics", "xlsx", "csv"],
    parameters: Annotated[ObligationParameters, Query()],
    index: IndexDep,
) -> Response:
    """Return obligations as a calendar, an Excel file or CSV."""
    content = await run(request, index, lambda asked: _file(asked, form, parameters.criteria()))
    return attachment(content, NAME, form)


def _file(index: Index, form: str, criteria: dict[str, Any]) -> bytes:
    found = index.obligations(**criteria)
    if form == "ics":
        return found.to_ics().content
    rows = found.to_list()
    if form == "csv":
        return as_csv(flat_obligations(rows), OBLIGATION_KEYS).encode("utf-8-sig")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{NAME}.xlsx"
        columns = sheet_columns(OBLIGATION_COLUMNS)
        write_workbook(readable_obligations(rows), columns, path, title="Nhiệm vụ")
        return path.read_bytes()


def rows_of(index: Index, found: Sequence[Due]) -> list[Row]:
    """Return obligations as JSON values, with ``pieces``: their quotations, marked."""
    texts = index.snapshot.store.texts({due.document for due in found})
    rows = []
    for due in found:
        entry = index.snapshot.entries[due.document]
        row = obligation_row(due, entry, texts[due.document], index.snapshot.others(entry.id))
        rows.append(row | {"pieces": list(_pieces(row)), "marks": _marks(row)})
    return rows


def _marks(row: Row) -> list[Span]:
    spans = row["spans"]
    places = [*spans["actors"], *(spans[n] for n in ("deadline", "recipient") if spans[n])]
    return [Span(start, end) for start, end in places]


def _pieces(row: Row) -> Iterator[list[tuple[str, bool]]]:
    """Yield the quotations of an obligation in the order of the text, in marked parts."""
    for piece in pieces_of(row):
        yield list(marked(citation_of(row, _marks(row), piece)))


def _month_of(row: Row) -> str | None:
    return str(row["due"])[:7] if row["due"] else None


def _days(index: Index, due: Due, year: int) -> Iterator[date]:
    """Yield every day of a year on which something is due, not before its document."""
    if due.schedule is None:
        return
    first, last = date(year, 1, 1), date(year, 12, 31)
    stated = index.snapshot.entries[due.document].header.issued_on
    issued = issued_day(stated.value) if stated and due.schedule.recurs else None
    yield from due.schedule.days(max(first, issued or first), last)


def _month(index: Index, first: date, days: Sequence[tuple[Due, date]]) -> Month:
    within: dict[date, list[Due]] = {}
    for due, day in days:
        if (day.year, day.month) == (first.year, first.month):
            within.setdefault(day, []).append(due)
    shown = [(day, due) for day, listed in within.items() for due in listed[:SHOWN_A_DAY]]
    found: dict[date, list[Row]] = {}
    for row, (day, _) in zip(rows_of(index, [due for _, due in shown]), shown, strict=True):
        found.setdefault(day, []).append(row)
    more = {day: len(listed) - len(found[day]) for day, listed in within.items()}
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    return Month(first, tuple(tuple(week) for week in weeks), found, more)
