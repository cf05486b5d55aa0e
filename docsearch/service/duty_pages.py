"""Obligations as a table, as a calendar of a month, and as files to take along."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from docsearch.library import Index
from docsearch.payloads import obligation_row
from docsearch.records import Citation, Span
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
from docsearch.service.facets import facets_of
from docsearch.service.forms import CalendarForm, DutiesForm, read_form, sent
from docsearch.service.pages import SiteDep
from docsearch.service.problems import problem_responses
from docsearch.service.running import IndexDep, run
from docsearch.service.schemas import ObligationParameters
from docsearch.service.site import CALENDAR, OBLIGATIONS
from docsearch.tables import as_csv, write_workbook

router = APIRouter()

PAGE_ROWS: Final = 50
"""Obligations on a page of the table; arbitrary, ten screens."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a calendar: its weeks from Monday on, and what is due on each of its days."""

    first: date
    weeks: tuple[tuple[date, ...], ...]
    due: dict[date, list[Row]]


@router.get(OBLIGATIONS, include_in_schema=False)
async def duties_page(request: Request, site: SiteDep, index: IndexDep) -> Response:
    """Show obligations as a table, those of a month together."""
    form, faults = read_form(DutiesForm, request)

    def find(asked: Index) -> dict[str, object]:
        found = asked.obligations(**form.criteria())
        first = (form.page - 1) * PAGE_ROWS
        rows = rows_of(asked, found[first : first + PAGE_ROWS])
        return {
            "months": [(key, list(group)) for key, group in groupby(rows, key=_month_of)],
            "count": len(found),
            "pages_count": max(1, -(-len(found) // PAGE_ROWS)),
            "nothing": len(found) == 0,
            "facets": facets_of(asked),
        }

    shown = await run(request, index, find)
    return site.page(
        request,
        "duties.html",
        422 if faults else 200,
        given=sent(request),
        faults=faults,
        page=form.page,
        today=date.today(),
        criteria=form.model_dump(by_alias=True, exclude={"page"}, exclude_none=True),
        **shown,
    )


@router.get(CALENDAR, include_in_schema=False)
async def calendar_page(request: Request, site: SiteDep, index: IndexDep) -> Response:
    """Show the obligations of a month on their days."""
    form, faults = read_form(CalendarForm, request)
    today = date.today()
    first = date.fromisoformat(f"{form.month}-01") if form.month else today.replace(day=1)

    def find(asked: Index) -> dict[str, object]:
        found = asked.obligations(
            within=str(first.year), actor=form.actor, filters=form.to_filters()
        )
        days = [(due, day) for due in found for day in _days(asked, due, first.year)]
        counts = [sum(day.month == month for _, day in days) for month in range(1, 13)]
        return {
            "month": _month(asked, first, days),
            "counts": counts,
            "facets": facets_of(asked),
        }

    shown = await run(request, index, find)
    return site.page(
        request,
        "calendar.html",
        422 if faults else 200,
        given=sent(request),
        faults=faults,
        today=today,
        criteria=form.model_dump(by_alias=True, exclude={"month"}, exclude_none=True),
        **shown,
    )


@router.get(
    "/obligations.{form}",
    response_class=Response,
    responses={
        200: {
            "content": {
                "text/calendar": {"schema": {"type": "string"}},
                "text/csv": {"schema": {"type": "string"}},
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                    "schema": {"type": "string", "format": "binary"}
                },
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
    return Response(
        content,
        media_type=_MEDIA_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="nhiem-vu.{form}"'},
    )


_MEDIA_TYPES: Final = {
    "ics": "text/calendar; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _file(index: Index, form: str, criteria: dict[str, Any]) -> bytes:
    found = index.obligations(**criteria)
    if form == "ics":
        return found.to_ics().content
    rows = found.to_list()
    if form == "csv":
        return as_csv(flat_obligations(rows), OBLIGATION_KEYS).encode("utf-8-sig")
    columns = [replace(column, kind=_sheet_kind(column.kind)) for column in OBLIGATION_COLUMNS]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "nhiem-vu.xlsx"
        write_workbook(readable_obligations(rows), columns, path, title="Nhiệm vụ")
        return path.read_bytes()


def _sheet_kind(kind: Literal["text", "date", "file"]) -> Literal["text", "date", "file"]:
    return "text" if kind == "file" else kind  # there is no file beside a download


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
        span = Span(piece["start"], piece["end"])
        inside = [
            Span(max(mark.start, span.start), min(mark.end, span.end))
            for mark in _marks(row)
            if mark.start < span.end and span.start < mark.end
        ]
        citation = Citation(
            **{name: row[name] for name in ("document", "source", "number", "type", "place")},
            issued_on=row["issued_on"],
            path=tuple(row["path"]),
            page=None,
            span=span,
            quote=piece["quote"],
            marks=tuple(inside),
        )
        yield list(marked(citation))


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
    within = [(due, day) for due, day in days if (day.year, day.month) == (first.year, first.month)]
    rows = rows_of(index, [due for due, _ in within])
    found: dict[date, list[Row]] = {}
    for row, (_, day) in zip(rows, within, strict=True):
        found.setdefault(day, []).append(row)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    return Month(first, tuple(tuple(week) for week in weeks), found)
