"""Whether a time limit falls on the day, or within the time, that a question names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from docsearch.orthography import canonical, fold
from docsearch.records import Deadline
from docsearch.register.times import (
    Period,
    Window,
    Yearly,
    period_of,
    read_time,
    schedule_of,
)
from docsearch.search.query import AskedDate, Query


def is_due_on(deadline: Deadline | None, asked: AskedDate, issued: date | None) -> bool:
    """Return whether a limit is met, or begins, on the day or in the month that is asked for.

    Args:
        deadline: the limit.
        asked: the day; without a year it is meant in any.
        issued: when the document was issued; what recurs does not begin before.

    Returns:
        Whether it is that day: "trước ngày 15/12" and a report due every year by 15/12 both
        agree with 15/12/2024. A limit that begins then agrees only with "from", and what is due
        at the end of every month or quarter with no day.
    """
    if deadline is None or deadline.value is None:
        return False
    if deadline.bound == "from" or asked.bound == "from":
        return deadline.bound == asked.bound and _alike(deadline.value, asked.value)
    if deadline.value == asked.value:
        return True
    schedule = schedule_of(deadline)
    if schedule is None or asked.value.startswith("---") or deadline.value.startswith("P"):
        return False
    time = read_time(asked.value)
    day = time.first if time.first == time.last else None
    if day is None:  # a month
        return False
    window = _window(time)
    return schedule.find(window, window.last or date.today(), issued=issued) is not None


def _alike(value: str, asked: str) -> bool:
    if asked.startswith("--"):
        return value == asked or (len(value) == 10 and value[4:] == asked[1:])
    return value == asked or (value.startswith("--") and value[1:] == asked[4:])


def _window(time: Period | Yearly) -> Window:
    if isinstance(time, Yearly):
        return Window(yearly=(time,))
    return Window(time.first, time.last)


_QUARTER: Final = re.compile(
    r"(?<!\w)(trước |đến hết |hết |đến |cuối )?quý (iv|i{1,3}|[1-4])(?: năm |/| )"
    r"((?:19|20)\d\d)(?!\d)"
)
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def asked_quarters(query: Query) -> Iterator[AskedDate]:
    """Yield the quarters by or in which a question asks for work: "trong quý II năm 2018"."""
    for match in _QUARTER.finditer(canonical(query.spelled)):
        number = _QUARTERS.get(match[2]) or int(match[2])
        yield AskedDate(value=f"{match[3]}-Q{number}", bound="before" if match[1] else "on")


def is_due_within(deadline: Deadline | None, asked: AskedDate, issued: date | None) -> bool:
    """Return whether a limit ends in the time up to a day, or from it on, in the day's year.

    Args:
        deadline: the limit.
        asked: the day and its side; a month, quarter or year that is asked for with "in" is that
            time alone.
        issued: when the document was issued; nothing is due before.

    Returns:
        Whether it is due then. What only begins has no end, and what is due every month, week or
        quarter is no work that is finished by a day.
    """
    deadline = _counted(deadline, issued)
    if deadline is None or deadline.value is None or asked.value.startswith("---"):
        return False
    if deadline.value == "P1Y" and "Q" in asked.value:
        return False  # every year, in no quarter of it
    schedule = schedule_of(deadline)
    if schedule is None or len(schedule.months) > 1 or schedule.weekly:
        return False
    window = _side(read_time(asked.value), asked)
    return schedule.find(window, window.last or date.today(), issued=issued) is not None


# "trong 7 ngày kể từ ngày ban hành Thông báo này"; folded
_FROM_ISSUE: Final = re.compile(
    r"\b(?:ke )?tu (?:khi |ngay )?(?:ban hanh|ky)\b|\bsau khi (?:ky|ban hanh)"
)


def _counted(deadline: Deadline | None, issued: date | None) -> Deadline | None:
    """Return a limit of some days from the document's own date as the day that it ends on."""
    days = re.fullmatch(r"P(\d{1,3})D", deadline.value or "") if deadline else None
    if deadline is None or days is None or issued is None:
        return deadline
    if not _FROM_ISSUE.search(fold(deadline.text)):
        return deadline
    last = issued + timedelta(days=int(days[1]))
    return replace(deadline, value=last.isoformat(), kind="date")


def _side(time: Period | Yearly, asked: AskedDate) -> Window:
    if isinstance(time, Yearly):
        first, last = time.first, time.last
        if asked.bound == "before":
            first = (1, 1)
        elif asked.bound == "from":
            last = (12, 31)
        return Window(yearly=(Yearly(first, last),))
    year = period_of(str(time.first.year)) or time
    if asked.bound == "before":
        return Window(year.first, time.last)
    if asked.bound == "from":
        return Window(time.first, year.last)
    return Window(time.first, time.last)
