"""When something is due, and which days a query asks for.

A time limit gives a ``Schedule``: one day, or the days of a series. The day is the last one on
which the limit is met:

| value | due |
|---|---|
| ``2024-06-28`` | that day, whether the words are "trước ngày", "vào ngày" or "chậm nhất" |
| ``2024-06``, ``2004-Q2``, ``2025`` | its last day; "trước tháng 6/2024": the day before |
| ``2021/2025``, ``2024-03/2024-05`` | the last day of the second part |
| ``2023/2024`` of a school year | 31 May 2024 (it begins on 1 September) |
| ``--12-15``, ``--12``, ``--06-01/--06-15`` | that day, last day of the month, second day, yearly |
| ``---25`` | the 25th of every month; the last day of a month that is shorter |
| ``P1Y``, ``P6M``, ``P3M``, ``P1M`` that recur | the last day of each of them |
| ``P1W`` that recurs | every Sunday |
| ``P1D`` that recurs, ``P30D`` after an event, ``P2Y``, "khẩn trương", None | no day |

A limit whose bound is "from" says when work begins, not by when it is done: it has no day. A day
without a year that does not recur (the document has no date) is known only within its year: it
is found by windows without a year. A series begins with the document's date of issue.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from docsearch.errors import QueryError
from docsearch.orthography import fold
from docsearch.records import Deadline

ACCEPTED: Final = (
    "15/12/2024, 15/12, 2024-12-15, 6/2024, 2024-06, 2024, quý II/2024, 2021-2025, "
    "năm học 2023-2024 or 2024-06-01/2024-06-15"
)
"""The forms of a typed time, for messages."""

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
_CYCLE: Final = 40
"""Years within which every day of the week falls on every day of the year, 29 February too."""

MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Yearly:
    """Days of every year, from month and day to month and day; may run over the new year."""

    first: MonthDay
    last: MonthDay

    def __contains__(self, day: date) -> bool:
        on = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= on <= self.last
        return on >= self.first or on <= self.last


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a query asks for: in all of its parts; None is open."""

    first: date | None = None
    last: date | None = None
    yearly: tuple[Yearly, ...] = ()

    def __contains__(self, day: date) -> bool:
        if (self.first and day < self.first) or (self.last and day > self.last):
            return False
        return all(day in part for part in self.yearly)

    def since(self, day: date | None) -> Window:
        """Return the window without the days before ``day``."""
        if day is None or (self.first and self.first >= day):
            return self
        return replace(self, first=day)

    def until(self, day: date) -> Window:
        """Return the window without the days after ``day``."""
        return self if self.last and self.last <= day else replace(self, last=day)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The day or days on which something is due.

    Exactly one of ``day``, ``yearless``, ``months`` and ``weekly`` is set.
    """

    day: date | None = None
    opens: date | None = None  # when the period of ``day`` begins
    yearless: MonthDay | None = None  # one day of a year that is not known
    months: tuple[int, ...] = ()  # evenly spread over the year
    month_day: int = 31  # of ``months``; a shorter month has its last day
    weekly: bool = False  # on Sundays

    @property
    def recurs(self) -> bool:
        """Whether it is due more than once."""
        return bool(self.months) or self.weekly

    def days(self, first: date, last: date) -> Iterator[date]:
        """Yield the days on which it is due from ``first`` to ``last``, in order."""
        if self.day is not None:
            if first <= self.day <= last:
                yield self.day
        elif self.weekly:
            day = first + timedelta(days=(6 - first.weekday()) % 7)
            while day <= last:
                yield day
                day += timedelta(days=7)
        else:
            for year in range(first.year, last.year + 1):
                for month in self.months:
                    day = date(year, month, min(self.month_day, monthrange(year, month)[1]))
                    if first <= day <= last:
                        yield day

    def find(self, window: Window, near: date, *, issued: date | None = None) -> date | None:
        """Return the day in a window on which it is due.

        Args:
            window: the days that are asked for.
            near: usually today; of a series the first day from it on is returned, else the last
                before it.
            issued: when the document was issued; a series does not begin before.

        Returns:
            The day; None when it is due on none of them. A day without a year is returned in the
            year of ``near`` when the window has no years.
        """
        return _found(self, window, near, issued if self.recurs else None)

    def _find(self, window: Window, near: date) -> date | None:
        if self.yearless:
            return self._yearless(window, near)
        near = max(near, window.first or near)
        near = min(near, window.last or near)
        if self.day is not None:
            return self.day if self.day in window else None
        years = _CYCLE if window.yearly else 1
        end = min(window.last or date.max, _moved(near, years))
        ahead = next((day for day in self.days(near, end) if day in window), None)
        if ahead is not None:
            return ahead
        begin = max(window.first or date.min, _moved(near, -years))
        past = [day for day in self.days(begin, near) if day in window]
        return past[-1] if past else None

    def _yearless(self, window: Window, near: date) -> date | None:
        month, day = self.yearless or (1, 1)
        shown = date(near.year, month, min(day, monthrange(near.year, month)[1]))
        if window.first or window.last or not all(shown in part for part in window.yearly):
            return None
        return shown if window.yearly else None


@lru_cache(maxsize=16_384)
def _found(schedule: Schedule, window: Window, near: date, issued: date | None) -> date | None:
    """Look for a day once: thousands of obligations have the same few limits."""
    return schedule._find(window.since(issued), near)


def _moved(day: date, years: int) -> date:
    year = min(max(day.year + years, 1), 9999)
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def issued_day(issued_on: str | None) -> date | None:
    """Return the first day of a date of issue in ISO 8601 that may lack day and month."""
    if not issued_on:
        return None
    period = _iso_period(issued_on)
    return period.first if period else None


_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)")
_QUARTER: Final = re.compile(r"(\d{4})-[Qq]([1-4])")
_YEAR: Final = re.compile(r"\d{4}")
_MONTH_DAY: Final = re.compile(r"--(\d\d)(?:-(\d\d))?")
_EVERY: Final = re.compile(r"P(\d{1,4})([YMW])")
_STRICTLY: Final = re.compile(r"(?<!\w)truoc (?:thoi diem )?(?:thang|quy|nam)(?!\w)")
_SCHOOL_YEAR: Final = re.compile(r"(?<!\w)nam hoc(?!\w)")


def schedule_of(deadline: Deadline | None) -> Schedule | None:
    """Return when a time limit has to be met; None where the words give no day.

    Args:
        deadline: the time limit; None has no day.

    Returns:
        The schedule as the head of this module defines it.
    """
    if deadline is None or deadline.value is None or deadline.bound == "from":
        return None
    recurs = deadline.kind == "recurring"
    return _schedule(deadline.value, deadline.text, recurs, deadline.bound == "before")


@lru_cache(maxsize=16_384)
def _schedule(value: str, text: str, recurs: bool, before: bool) -> Schedule | None:
    words = fold(" ".join(text.split()))
    strictly = before and bool(_STRICTLY.search(words))
    if value.startswith("P"):
        return _every(value) if recurs else None
    if value.startswith("---"):
        known = re.fullmatch(r"---(\d\d)", value)
        fits = known and 1 <= int(known[1]) <= 31
        return (
            Schedule(months=tuple(range(1, 13)), month_day=int(known[1]))
            if fits and known
            else None
        )
    if value.startswith("--"):
        return _in_every_year(value, recurs=recurs, strictly=strictly)
    period = period_of(value, school=bool(_SCHOOL_YEAR.search(words)))
    if period is None:
        return None
    if strictly and not _DAY.fullmatch(value):
        return Schedule(day=period.first - timedelta(days=1))
    return Schedule(day=period.last, opens=period.first if period.first < period.last else None)


def period_of(value: str, *, school: bool = False) -> Period | None:
    """Return the days that an ISO 8601 value of a record covers.

    Args:
        value: ``2024-06-28``, ``2024-06``, ``2004-Q2``, ``2025``, ``2021/2025`` and the like.
        school: two years in a row are a school year, from 1 September to 31 May.

    Returns:
        The days; None for what has no year, does not exist or runs backwards.
    """
    if "/" not in value:
        return _iso_period(value)
    begin, end = value.split("/", 1)
    first, last = _iso_period(begin), _iso_period(end)
    if first is None or last is None or last.last < first.first:
        return None
    if school and _YEAR.fullmatch(begin) and last.first.year == first.first.year + 1:
        return Period(date(first.first.year, 9, 1), date(last.first.year, 5, 31))
    return Period(first.first, last.last)


def _iso_period(value: str) -> Period | None:
    if match := _DAY.fullmatch(value):
        return _period(
            int(match[1]), (int(match[2]), int(match[3])), (int(match[2]), int(match[3]))
        )
    if match := _MONTH.fullmatch(value):
        return _period(int(match[1]), (int(match[2]), 1), (int(match[2]), 0))
    if match := _QUARTER.fullmatch(value):
        end = 3 * int(match[2])
        return _period(int(match[1]), (end - 2, 1), (end, 0))
    if _YEAR.fullmatch(value):
        return _period(int(value), (1, 1), (12, 31))
    return None


def _period(year: int, first: MonthDay, last: MonthDay) -> Period | None:
    """Return days of one year; day 0 is the last of its month."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= first[0] <= 12 or not 1 <= last[0] <= 12:
        return None
    days = [day or monthrange(year, month)[1] for month, day in (first, last)]
    if days[0] > monthrange(year, first[0])[1] or days[1] > monthrange(year, last[0])[1]:
        return None
    return Period(date(year, first[0], days[0]), date(year, last[0], days[1]))


def _every(value: str) -> Schedule | None:
    match = _EVERY.fullmatch(value)
    if match is None:
        return None
    count, unit = int(match[1]), match[2]
    if unit == "W":
        return Schedule(weekly=True) if count == 1 else None
    between = count * 12 if unit == "Y" else count
    if not 1 <= between <= 12 or 12 % between:
        return None  # every two years: the document would have to say from which
    return Schedule(months=tuple(range(between, 13, between)))


def _in_every_year(value: str, *, recurs: bool, strictly: bool) -> Schedule | None:
    match = _MONTH_DAY.fullmatch(value.rsplit("/", 1)[-1])
    if match is None or not 1 <= int(match[1]) <= 12:
        return None
    month, day = int(match[1]), int(match[2] or 31)
    if match[2] and not 1 <= day <= monthrange(2000, month)[1]:
        return None
    if strictly and not match[2]:
        month, day = (month - 2) % 12 + 1, 31
    if recurs:
        return Schedule(months=(month,), month_day=day)
    return Schedule(yearless=(month, min(day, monthrange(2000, month)[1])))


# What people type


_TYPED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
        r"(?:ngay )?(?P<d>\d{1,2}) ?(?P<s>[/.-]) ?(?P<m>\d{1,2}) ?(?P=s) ?(?P<y>\d{4})",
        r"(?:ngay )?(?P<d>\d{1,2}) thang (?P<m>\d{1,2})(?:,? nam (?P<y>\d{4}))?",
        r"(?:ngay )?(?P<d>\d{1,2}) ?[/.-] ?(?P<m>\d{1,2})",
        r"--(?P<m>\d\d)(?:-(?P<d>\d\d))?",
        r"(?:thang )?(?P<m>\d{1,2}) ?(?:[/-]| nam ) ?(?P<y>\d{4})",
        r"thang (?P<m>\d{1,2})",
        r"(?P<y>\d{4})[-/](?P<m>\d{1,2})",
        r"(?P<y>\d{4}) ?[-/]? ?q(?P<q>[1-4])",
        r"(?:quy|q) ?(?P<q>[1-4]|iv|i{1,3})(?: ?[-/]? ?(?:nam )?(?P<y>\d{4}))?",
        r"(?:nam )?(?P<y>\d{4})",
    )
)
_TYPED_YEARS: Final = re.compile(r"(?P<school>nam hoc )?(?:giai doan )?(\d{4}) ?[-–/] ?(\d{4})")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

Asked = Period | Yearly


def read_time(given: str) -> Asked:
    """Return the days that a typed time covers.

    Args:
        given: one of the forms in ``ACCEPTED``, with or without diacritics.

    Returns:
        A period; where no year is given, days of every year.

    Raises:
        QueryError: it is none of these, no such day exists, or it runs backwards.
    """
    words = " ".join(fold(given).split())
    asked = _read_period(words)
    if asked is None:
        raise QueryError(f"{given!r} is not a time that is understood; give {ACCEPTED}")
    return asked


def _read_period(words: str) -> Asked | None:
    if years := _TYPED_YEARS.fullmatch(words):
        return period_of(f"{years[2]}/{years[3]}", school=bool(years["school"]))
    if words.count("/") == 1 and "-" in words:
        return period_of(words.upper())
    for pattern in _TYPED:
        if match := pattern.fullmatch(words):
            return _typed({name: part for name, part in match.groupdict().items() if part})
    return None


def _typed(parts: dict[str, str]) -> Asked | None:
    if "q" in parts:
        end = 3 * (_ROMAN.get(parts["q"]) or int(parts["q"]))
        first, last = (end - 2, 1), (end, 0)
    elif "m" in parts:
        first = (int(parts["m"]), int(parts.get("d", 1)))
        last = (first[0], int(parts.get("d", 0)))
    else:
        first, last = (1, 1), (12, 31)
    if "d" in parts and first[1] == 0:
        return None
    if "y" in parts:
        return _period(int(parts["y"]), first, last)
    period = _period(2000, first, last)  # 2000 has a 29 February
    if period is None:
        return None
    return Yearly((period.first.month, period.first.day), (period.last.month, period.last.day))


def read_window(
    *,
    before: str | None = None,
    after: str | None = None,
    on: str | None = None,
    within: str | None = None,
) -> Window | None:
    """Return the days that a query asks for.

    Args:
        before: due by the end of this: "15/12/2024" and "6/2024" include the day, the month.
        after: due on its first day or later.
        on: due on this day.
        within: due in this day, month, quarter, year or period.

    Returns:
        The days that all of them cover; None when none is given. A time without a year is meant in
        every year: ``before="15/12"`` are the days from 1 January to 15 December, ``after`` those
        from it to 31 December, and both together run over the new year where they have to.

    Raises:
        QueryError: a time is not understood, ``on`` is no day, or no day is left.
    """
    if before is None and after is None and on is None and within is None:
        return None
    window = Window()
    for given, is_day in ((on, True), (within, False)):
        if given is None:
            continue
        asked = read_time(given)
        if is_day and asked.first != asked.last:
            raise QueryError(f"{given!r} is not one day; give a day, or the time with --in")
        window = _both(window, asked)
    start = read_time(after) if after is not None else None
    end = read_time(before) if before is not None else None
    if isinstance(start, Yearly) and isinstance(end, Yearly):
        return _some(_both(window, Yearly(start.first, end.last)))
    if start is not None:
        window = _both(window, _onwards(start))
    if end is not None:
        window = _both(window, _up_to(end))
    return _some(window)


def _onwards(asked: Asked) -> Asked:
    if isinstance(asked, Yearly):
        return Yearly(asked.first, (12, 31))
    return Period(asked.first, date.max)


def _up_to(asked: Asked) -> Asked:
    if isinstance(asked, Yearly):
        return Yearly((1, 1), asked.last)
    return Period(date.min, asked.last)


def _both(window: Window, asked: Asked) -> Window:
    if isinstance(asked, Yearly):
        return replace(window, yearly=(*window.yearly, asked))
    if asked.first > date.min:
        window = window.since(asked.first)
    return window.until(asked.last) if asked.last < date.max else window


def _some(window: Window) -> Window:
    if window.first and window.last and window.first > window.last:
        raise QueryError(
            f"no day is from {window.first} to {window.last}; give the earlier time with --after"
        )
    return window


def read_day(given: str) -> date:
    """Return a typed day with its year.

    Args:
        given: "15/12/2024" or "2024-12-15".

    Returns:
        The day.

    Raises:
        QueryError: it is no day, or has no year.
    """
    asked = read_time(given)
    if not isinstance(asked, Period) or asked.first != asked.last:
        raise QueryError(f"{given!r} is not one day of one year; give 15/12/2024 or 2024-12-15")
    return asked.first
