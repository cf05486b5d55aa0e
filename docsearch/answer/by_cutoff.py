"""Answers to up to which day figures count: "Số liệu báo cáo tính đến ngày nào?"."""

from __future__ import annotations

import re
from typing import Final

from docsearch.answer.by_obligation import is_enough
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.answer.duty_item import limit_value
from docsearch.orthography import canonical
from docsearch.records import Deadline, ItemFields, Span

_ASKS: Final = re.compile(
    r"(?<!\w)(?:số liệu|(?:tính|chốt|lấy) (?:số liệu )?)(?!\w)?.{0,60}?(?:đến|tới) (?:hết )?"
    r"(?:ngày|thời điểm|lúc|khi|tháng|hôm) (?:nào|mấy)(?!\w)"
)
_COUNTED: Final = re.compile(
    r"(?<!\w)(?:số liệu|chốt|tính|lấy)(?!\w)[^.;()\n]{0,40}?(?:đến|tới)(?: hết)?(?: ngày)?"
)
NEAR: Final = 16
"""Code points of "đến hết ngày", with which a time may begin."""
BEFORE: Final = 60
"""Code points before a day that say that figures count up to it; arbitrary."""


def answer_by_cutoff(context: Context) -> Draft | None:
    """Return the day up to which the figures of a report count.

    Args:
        context: the question and the index.

    Returns:
        The clause with that day, not the limit of the report; None when the question asks
        otherwise, or no clause says it of what it speaks of.
    """
    if not _ASKS.search(canonical(context.query.spelled)):
        return None
    found = next((each for each in context.timed() if _is_cutoff(context, each)), None)
    if found is None or not is_enough(context, found):
        return None
    place = context.snapshot.entries[found.document].header.place
    item = DraftItem(
        text=context.quoter.line(found.document, found.span),
        fields=ItemFields(deadline=limit_value(found.fact), place=place.value if place else None),
        citations=(
            context.quoter.cite(found.document, found.span, found.headings, [found.fact.span]),
        ),
    )
    return Draft(items=(item,), confidence=found.coverage)


def _is_cutoff(context: Context, candidate: Candidate[Deadline]) -> bool:
    start = candidate.fact.span.start
    before = context.quoter.words(candidate.document, Span(max(0, start - BEFORE), start))
    words = canonical(before + candidate.fact.text)
    begins = len(before)
    return any(
        not words[match.end() : begins].strip() and match.end() - begins <= NEAR
        for match in _COUNTED.finditer(words)
    )
