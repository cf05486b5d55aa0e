"""What kind of time a question wants: a day, a year, a school year, a period."""

from __future__ import annotations

import re
from typing import Final, Literal

from docsearch.orthography import fold
from docsearch.records import Deadline

Granularity = Literal["day", "school year", "year", "month", "quarter", "recurrence", "period", "any"]

_WANTED: Final[tuple[tuple[Granularity, re.Pattern[str]], ...]] = (
    ("school year", re.compile(r"nam hoc (?:nao|may)|(?:which|what) school year")),
    ("period", re.compile(r"giai doan (?:nao|may)|(?:which|what) period|thoi ky nao")),
    (
        "recurrence",
        re.compile(
            r"(?:dinh ky|chu ky|\bky) (?:bao cao )?(?:nao|the nao|bao lau|may)|bao lau (?:mot|1) lan|how often|theo ky nao|ky bao cao nao"
        ),
    ),
    ("quarter", re.compile(r"quy (?:nao|may)\b|which quarter")),
    ("month", re.compile(r"thang (?:nao|may)\b|which month")),
    ("day", re.compile(r"ngay (?:nao|may|bao nhieu)|ngay thang nao|truoc ngay|(?:what|which) (?:date|day)|by what date")),
    ("year", re.compile(r"nam (?:nao|bao nhieu|may)\b|(?:what|which) year")),
)


def wanted_time(text: str) -> Granularity:
    """Return what kind of time a question asks for; "any" when it does not say."""
    folded = fold(text)
    return next((kind for kind, pattern in _WANTED if pattern.search(folded)), "any")


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
