"""The time limits of a register as a calendar (RFC 5545): one event a deadline, on its day.

Nothing in the file depends on when it is made: the stamp of an event is the date of its document,
its identifier is made of the document's id and the place of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from docsearch.register.query import Due
from docsearch.register.times import Schedule, Window, issued_day
from docsearch.registers import origin_words, pieces_of, shortened
from docsearch.render import one_line
from docsearch.tables import Row

if TYPE_CHECKING:
    from icalendar import Event

SINCE: Final = date(2000, 1, 1)
"""From when something recurs where the document has no date; arbitrary."""

UNDATED: Final = date(1970, 1, 1)
"""The stamp of events of documents without a date."""

MAX_TITLE: Final = 120
"""Characters of a title; arbitrary, a month view shows 20 to 40."""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar, and how many obligations are not in it because they name no day."""

    content: bytes
    events: int
    without_day: int


def calendar_of(found: Sequence[Due], rows: Sequence[Row]) -> CalendarFile:
    """Return the calendar of obligations.

    Args:
        found: the obligations.
        rows: the same as JSON values, in the same order.

    Returns:
        The file: UTF-8, lines of at most 75 bytes that end in CRLF; events by their first day.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//docsearch//obligations//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Thời hạn công việc")
    events = {}
    without = 0
    for due, row in zip(found, rows, strict=True):
        day = first_day(due, row)
        if day is None or due.schedule is None:
            without += 1
            continue
        identifier = _identifier(due)
        events[day, identifier] = _event(due.schedule, row, day, identifier)
    for key in sorted(events):
        calendar.add_component(events[key])
    return CalendarFile(calendar.to_ical(), len(events), without)


def first_day(due: Due, row: Row) -> date | None:
    """Return the day of the first event: the only one, or the first after the issue."""
    if due.schedule is None:
        return None
    if not due.schedule.recurs:
        return due.schedule.day
    issued = issued_day(row["issued_on"]) or SINCE
    return due.schedule.find(Window(first=issued), issued)


def recurrence(schedule: Schedule) -> dict[str, object] | None:
    """Return the RRULE of a schedule; None for a single day.

    Args:
        schedule: when something is due.

    Returns:
        The parts of the rule. The 29th to 31st of a month is its last day where it is shorter.
    """
    if schedule.weekly:
        return {"freq": "WEEKLY"}
    if not schedule.months:
        return None
    rule: dict[str, object]
    if len(schedule.months) == 1:
        rule = {"freq": "YEARLY"}
        if schedule.month_day <= 28 or schedule.months[0] != 2:
            return rule
        return rule | {"bymonth": 2, "bymonthday": -1}
    rule = {"freq": "MONTHLY", "interval": 12 // len(schedule.months)}
    if schedule.month_day <= 28:
        return rule
    if schedule.month_day == 31:
        return rule | {"bymonthday": -1}
    return rule | {"bymonthday": list(range(28, schedule.month_day + 1)), "bysetpos": -1}


def _event(schedule: Schedule, row: Row, day: date, identifier: str) -> Event:
    from icalendar import Event

    event = Event()
    stamp = issued_day(row["issued_on"]) or UNDATED
    event.add("uid", identifier)
    event.add("dtstamp", datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    rule = recurrence(schedule)
    if rule:
        event.add("rrule", rule)
    event.add("summary", shortened(_title(row), MAX_TITLE))
    event.add("description", _description(row))
    event.add("categories", [name for name in ("docsearch", row["place"], row["type"]) if name])
    event.add("transp", "TRANSPARENT")  # the day stays free for meetings
    return event


def _title(row: Row) -> str:
    who, what = "; ".join(row["actors"]), one_line(row["action"])
    return f"{who}: {what}" if who else what


def _description(row: Row) -> str:
    lines = [f"Thời hạn: {one_line(row['deadline']['text'])}"]
    if row["recipient"]:
        lines.append(f"Gửi: {row['recipient']}")
    if row["forwarded_to"]:
        lines.append(f"Để báo cáo tiếp: {'; '.join(row['forwarded_to'])}")
    if row["with"]:
        lines.append(f"Phối hợp: {'; '.join(row['with'])}")
    lines += [f"“{one_line(piece['quote'])}”" for piece in pieces_of(row)]
    lines.append(" › ".join((origin_words(row), *row["path"])))
    lines.append(f"{row['source']} [{row['start']}:{row['end']}]")
    return "\n".join(lines)


def _identifier(due: Due) -> str:
    fact = due.obligation
    limit = fact.deadline.span.start if fact.deadline else 0
    place = f"{due.document}#{fact.action.span.start}-{fact.action.span.end}@{limit}"
    return f"{sha256(place.encode()).hexdigest()[:32]}@docsearch"
