"""How exactly a time limit says by when."""

from __future__ import annotations

import re
from typing import Final

from docsearch.records import Deadline

PROGRAMME: Final = 2  # the rank of a period
DATED: Final = 5  # the rank of a time limit with a day, or counted in days
_NO_COUNT: Final = re.compile(
    r"(?<!ngày )(?<!ngày [0-9])[0-9]+ (?:năm|tháng|tuần|lần|quý|đợt|kỳ|buổi|phiên|số)(?!\w)"
    r"|lần|/ ?0?1\b|0?1 ?lần"
)


def is_over(limit: Deadline, issued_on: str | None) -> bool:
    """Return whether a time was over when the document was issued: then it tells what was."""
    value = (limit.value or "").rpartition("/")[2]
    if not issued_on or limit.bound == "from" or not re.match(r"\d{4}", value) or "Q" in value:
        return False
    shortest = min(len(value), len(issued_on))
    return value[:shortest] < issued_on[:shortest]


def rank(limit: Deadline) -> int:
    """Return how exactly a time limit says by when: a day before a month before a programme."""
    value = limit.value or ""
    if limit.kind == "vague":
        return 0
    if limit.kind == "event":
        return 3 if limit.bound == "before" or "họp" in limit.text.lower() else 1
    if limit.kind == "period":
        return DATED if len(value) > 9 else 2 if limit.bound == "during" else 3
    if limit.kind == "recurring":
        told = _NO_COUNT.sub("", limit.text.lower())
        dated = value.startswith("--") or bool(re.search(r"\d|qu[ýí] [iv]", told))
        return DATED + 1 if dated else 4
    if limit.kind == "relative" or not value:
        return DATED
    if limit.bound == "from":
        return 3
    return {4: 3, 7: 4}.get(len(value), DATED)
