"""Periods that a question puts side by side: two years, a result and a goal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from docsearch.orthography import canonical
from docsearch.search.query import Query

_YEARS: Final = r"(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?"
_TWO: Final = re.compile(
    rf"(?<![\d/])(?P<first>{_YEARS})(?![\d/])(?P<between>[^?;.]{{1,120}}?)(?<![\d/])(?P<then>{_YEARS})(?![\d/])"
)
_TOGETHER: Final = re.compile(
    r"(?<!\w)(?:và|với|so với|so|hay|hoặc|còn|thì|hơn|and|or|than|versus|vs|with|to)(?!\w)|,"
)
_SPAN: Final = re.compile(r"^\s*(?:đến|tới|to|until)(?: (?:hết |cuối )?năm)?\s*$")
_SET: Final = r"mục tiêu|chỉ tiêu|phấn đấu|kế hoạch|định hướng|targets?|goals?"
_REACHED: Final = r"kết quả|đã đạt|đạt được|thực hiện|hiện nay|results?|achieved|reached"
_BEFORE: Final = re.compile(
    rf"(?:(?P<set>{_SET})|(?P<reached>{_REACHED}))(?!.*(?:{_SET}|{_REACHED}))"
)
_IDLE: Final = frozenset(
    (
        *(
            "kết",
            "quả",
            "mục",
            "tiêu",
            "chỉ",
            "định",
            "hướng",
            "chênh",
            "lệch",
            "nhau",
            "so",
            "thì",
        ),
        *("tăng", "giảm", "giai", "đoạn", "năm", "học", "đạt", "thực", "hiện", "hơn", "đặt"),
    )
)
"""Syllables of a question about periods that say nothing of its matter."""


def puts_periods_together(query: Query) -> bool:
    """Return whether a question asks the same of two periods: "năm 2022 và năm 2025"."""
    if len(query.years) < 2 or query.dates:
        return False
    text = query.text.lower() if query.language == "en" else canonical(query.spelled)
    match = _TWO.search(text)
    return bool(
        match
        and _TOGETHER.search(match["between"])
        and not _SPAN.match(match["between"])
        and match["first"] != match["then"]
    )


def of_each_period(query: Query) -> Iterator[Query]:
    """Yield a question for each of its periods, with whether a goal or a result is asked there.

    Args:
        query: a question with several years.

    Yields:
        The question with one period, in its order; its topic without the years, and without
        words for goals and results where others are left.
    """
    text = query.text.lower() if query.language == "en" else canonical(query.spelled)
    years = {part for period in query.years for part in period.split("/")}
    topic = tuple(word for word in query.topic if word not in years)
    start = 0
    for period in query.years:
        at = text.find(period.split("/")[0], start)
        said = _BEFORE.search(text[max(start, at - 60) : at]) if at >= 0 else None
        kind = query.text
        if said:
            kind = "mục tiêu" if said["set"] else "đã đạt"
        start = max(at, start)
        rest = tuple(word for word in topic if word not in _IDLE)
        yield replace(query, text=kind, years=(period,), topic=rest or topic)
