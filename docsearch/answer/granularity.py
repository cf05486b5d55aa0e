"""What kind of time a question wants: a day, a year, a school year, a period."""

from __future__ import annotations

import re
from typing import Literal, cast

from docsearch.orthography import fold
from docsearch.records import Deadline
from docsearch.search.patterns import patterns

Granularity = Literal[
    "day", "school year", "year", "month", "quarter", "recurrence", "period", "any"
]


def wanted_time(text: str) -> Granularity:
    """Return what kind of time a question asks for; "any" when it does not say."""
    folded = fold(text)
    for kind, pattern in patterns("times_asked", "time"):
        if pattern.search(folded):
            return cast("Granularity", kind)
    return "any"


def gives(deadline: Deadline, wanted: Granularity) -> bool:
    """Return whether a time limit is of the kind that is wanted.

    "Khẩn trương" gives no time at all; "hằng năm" gives no day.
    """
    value = deadline.value
    if wanted == "recurrence":
        return deadline.kind == "recurring"
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
