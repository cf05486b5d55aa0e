"""Dates as documents and questions write them, with their ISO 8601 value."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from docsearch.parse.folding import flatten
from docsearch.records import Span

_S: Final = r"\s{0,6}"  # blanks and line breaks inside a date, a bounded number of them
_YEAR: Final = r"(?P<y>(?:19|20)\d\d)(?!\d)"
# All on folded text, in order of preference: an earlier pattern takes its place first.
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # ngày 29 tháng 4 năm 2022; "14 tháng5 năm 2008"; "ngày 06 tháng 5 năm 2021"
        rf"(?<![\d/.,-])(?P<d>\d{{1,2}}){_S}thang{_S}(?P<m>\d{{1,2}}){_S}[,.]?{_S}nam{_S}{_YEAR}",
        # 5 tháng 10, 2021: how a web page dates what it posts
        rf"(?<![\d/.,-])(?P<d>\d{{1,2}}) thang (?P<m>\d{{1,2}}), {_YEAR}",
        # 29/4/2022, 22/ 12/ 2011, 01.7.2025, 29-4-2022; "10-15/12/2024" is the 15th
        rf"(?<![\d/.,])(?P<d>\d{{1,2}}){_S}(?P<sep>[/.]){_S}(?P<m>\d{{1,2}}){_S}(?P=sep){_S}{_YEAR}(?!/)",
        rf"(?<![\d/.,-])(?P<d>\d{{1,2}})-(?P<m>\d{{1,2}})-{_YEAR}(?!-)",
        # ngày 15 tháng 12: without a year "ngày" must be there ("6 tháng 1 lần" is no date)
        rf"(?:ngay|mung|mong){_S}(?P<d>\d{{1,2}}){_S}thang{_S}(?P<m>\d{{1,2}})(?![\d/.]*\d)",
        rf"thang{_S}(?P<m>\d{{1,2}}){_S}(?:nam|/|-){_S}{_YEAR}",
        # 12/2011, not part of a document number such as 05/2008/TT-BTTTT
        rf"(?<![\w/.,-])(?P<m>\d{{1,2}})/{_YEAR}(?![\w/-])",
        # 15/12: a date or a fraction, for the caller to judge; not "15/12/…", "3/4%", "12/15,5"
        r"(?<![\d/.,])(?P<d>\d{1,2}) ?/ ?(?P<m>\d{1,2})(?![\w%]| ?[/-] ?\w|[.,]\d)",
    )
)
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH: Final = (
    r"(?P<name>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\.?(?!\w)"
)
_DAY: Final = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_ENGLISH: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w){_DAY} {{1,3}}(?:of {{1,3}})?{_MONTH}(?:,? {{1,3}}{_YEAR})?",
        rf"(?<!\w){_MONTH} {{1,3}}{_DAY}(?!\d)(?:,? {{1,3}}{_YEAR})?",
        rf"(?<!\w){_MONTH},? {{1,3}}{_YEAR}",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date and where it stands: "2024-06-28", "--12-15" without a year, "2024-06" a month."""

    value: str
    span: Span


def find_dates(text: str, *, english: bool = False) -> tuple[DateMention, ...]:
    """Find the dates of a text, with or without diacritics.

    Args:
        text: any text; a date may hold blanks and line breaks.
        english: also look for dates with the name of a month in English ("July 26, 2024").

    Returns:
        Mentions in order, not overlapping, only of days that the calendar has: "31/2" and
        "29/2/2023" are left out. A bare "15/12" may be a fraction; only the words around it
        can tell. The span begins at the day (or month), without "ngày" where the day follows.
    """
    folded = flatten(text)
    found: list[DateMention] = []
    taken: set[int] = set()
    for pattern in (*_PATTERNS, *(_ENGLISH if english else ())):
        for match in pattern.finditer(folded):
            fields = match.groupdict()
            named = bool(fields.get("name"))  # "July 26, 2024" begins at the month
            start = match.start("d") if fields.get("d") and not named else match.start()
            if taken.isdisjoint(range(start, match.end())):
                taken.update(range(start, match.end()))
                value = _value(fields)
                if value:
                    found.append(DateMention(value=value, span=Span(start, match.end())))
    return tuple(sorted(found, key=lambda mention: mention.span))


def _value(fields: dict[str, str | None]) -> str | None:
    day, year, name = fields.get("d"), fields.get("y"), fields.get("name")
    month = _MONTHS.index(next(_named(name))) + 1 if name else int(fields.get("m") or 0)
    return iso_date(int(year) if year else None, month, int(day) if day else None)


def _named(abbreviation: str) -> Iterator[str]:
    return (month for month in _MONTHS if month.startswith(abbreviation[:3]))


def iso_date(year: int | None, month: int, day: int | None) -> str | None:
    """Return the ISO 8601 value of a date whose year or day may be missing.

    Args:
        year: None where it is not stated; then 29 February is a day.
        month: 1 to 12.
        day: None where only the month is stated.

    Returns:
        "2024-06-28", "--12-15" or "2024-06"; None where the calendar has no such day, and for
        a month without day and year.
    """
    if not 1 <= month <= 12 or (year is None and day is None):
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    # 2000 is a leap year: without a year, every day that some year has is one.
    if not 1 <= day <= calendar.monthrange(year or 2000, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"
