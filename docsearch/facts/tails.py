"""The time that ends a clause behind a colon or in brackets: "Khởi công: quý III/2024"."""

from __future__ import annotations

import re
from typing import Final

from docsearch.facts.deadlines import find_labelled_deadlines
from docsearch.facts.heads import small
from docsearch.facts.ranks import is_over
from docsearch.parse.view import View
from docsearch.records import Deadline

# "tập huấn cho cán bộ xã (tháng 4/2024)", "họp phụ huynh (dự kiến ngày 10/9/2024)"
_TAIL: Final = re.compile(
    r"(?:: |\((?:dự kiến:? |hoàn thành |trong )?|, dự kiến )(?P<time>(?:trong )?"
    r"(?:tháng [0-9]{1,2}|qu[ýí] (?:i{1,3}|iv|[1-4]))(?: ?/ ?20[0-9]{2}| năm 20[0-9]{2})?"
    r"(?:(?:,| và) tháng [0-9]{1,2})?"
    r"|(?:(?<=: )|(?<=dự kiến ))(?:ngày )?[0-9]{1,2} ?/ ?[0-9]{1,2}(?: ?/ ?20[0-9]{2})?)"
    r"\)?[ .;]*$"
)
MAX_TAIL: Final = 60  # code points from the colon or bracket to the end of a clause


def limits_of_tail(line: View, start: int, end: int, issued_on: str | None) -> list[Deadline]:
    """Return the times that end a clause, without those that were over at the issue.

    Args:
        line: the words of a unit.
        start: where the clause begins.
        end: one past its last character.
        issued_on: the document's date of issue, ISO 8601; None if unknown.

    Returns:
        The limits in order; empty where the clause doesn't end so.
    """
    tail = _TAIL.search(small(line.text), max(start, end - MAX_TAIL), end)
    if tail is None:
        return []
    a, b = tail.span("time")
    words = View(line.text[a:b], line.offsets[a:b])
    found = find_labelled_deadlines(words, label="", issued_on=issued_on)
    return [limit for limit in found if limit.value and not is_over(limit, issued_on)]
