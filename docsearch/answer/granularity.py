"""What kind of time a question wants: a day, a year, a school year, a period."""

from __future__ import annotations

import re
from typing import Final, Literal, cast

from docsearch.records import Deadline
from docsearch.search.patterns import Question, names
from docsearch.search.query import Query

Granularity = Literal[
    "hour",
    "day",
    "school year",
    "year",
    "month",
    "quarter",
    "recurrence",
    "period",
    "duration",
    "any",
]


def wanted_time(query: Query) -> Granularity:
    """Return what kind of time a question asks for; "any" when it does not say."""
    question = Question.of(query.text, query.spelled)
    return cast("Granularity", next(names("times_asked", "time", question), "any"))


def gives(deadline: Deadline, wanted: Granularity) -> bool:
    """Return whether a time limit is of the kind that is wanted.

    "Khẩn trương" gives no time at all; "hằng năm" gives no day.
    """
    value = deadline.value
    if wanted == "hour":
        return bool(re.search(r"\d ?(?:giờ|h\b|h\d)", deadline.text))
    if wanted == "recurrence":
        return deadline.kind == "recurring"
    if wanted == "duration":
        return (
            deadline.kind in ("relative", "event")
            or (value or "").startswith(("P", "T"))
            or (
                "/" in (value or "")
                or bool(re.search(r"\d ?(?:ngày|giờ|tháng|tuần)", deadline.text.lower()))
            )
        )
    if value is None:
        return wanted == "any" and deadline.kind in ("relative", "event")
    if wanted == "day":
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d|--\d\d-\d\d|---\d\d|P\d+D", value)) or (
            "ngày" in deadline.text.lower()
        )
    if wanted == "school year":
        return "năm học" in deadline.text.lower()
    if wanted == "period":
        return "/" in value
    if wanted == "month":
        return bool(re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?|--\d\d(?:-\d\d)?", value))
    if wanted == "quarter":
        return "Q" in value
    if wanted == "year":
        return value[:4].isdigit()
    return True


_LONG: Final = re.compile(r"\d{4}(?:-(?:Q\d|\d\d))?")
_DAYS: Final = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")


def is_of_event(deadline: Deadline) -> bool:
    """Return whether a time can be that of an event: a day, or the month or year it is in.

    "Trong năm 2005, tổ chức kỳ thi nâng ngạch": not "trước ngày 15/3".
    """
    if deadline.bound == "on":
        return True
    value = deadline.value or ""
    return deadline.bound == "during" and bool(_LONG.fullmatch(value) or _DAYS.fullmatch(value))
