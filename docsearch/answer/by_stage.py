"""Answers to "đạt chuẩn trong giai đoạn nào?": the period that a heading gives."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docsearch.answer.by_passage import LABEL, is_enough
from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.orthography import canonical, fold
from docsearch.records import Heading, ItemFields

MOST_MISSING: Final = 0.2
"""Share of the question that may stand nowhere near the sentence."""
_ASKS: Final = re.compile(
    r"\b(?:giai doan|nhiem ky|thoi ky) nao\b|\bwhich (?:period|phase|stage)\b"
)
_STAGE: Final = re.compile(
    r"(?:(?:một số|các|những|mục tiêu|chỉ tiêu|chủ yếu|cụ thể|nhiệm vụ|kế hoạch)\s+)*"
    r"(?:giai đoạn|thời kỳ|nhiệm kỳ|năm học|năm|từ|đến)\b[^;:]{0,40}$"
)


def answer_by_stage(context: Context) -> Draft | None:
    """Return the heading that gives the time of what a question is about.

    Args:
        context: the question and the index.

    Returns:
        The best sentence with the period in the heading above it; None when the question asks for
        no period, or no heading gives one.
    """
    if not _ASKS.search(fold(context.query.text)):
        return None
    topic = tuple(word for word in context.query.topic if word not in ("giai", "đoạn", "nào"))
    asked = replace(context, query=replace(context.query, topic=topic))
    best = next((c for c in asked.sentences() if is_enough(asked, c)), None)
    if best is None or best.missing > MOST_MISSING:
        return None
    stage = next((each for each in reversed(best.headings) if _names_stage(each)), None)
    if stage is None or re.search(r"(?:19|20)\d\d", context.quoter.line(best.document, best.span)):
        return None
    name = LABEL.sub("", stage.text).strip(" :.*")
    place = context.snapshot.entries[best.document].header.place
    line = context.quoter.line(best.document, best.span)
    item = DraftItem(
        text=f"{name}: {line}",
        fields=ItemFields(place=place.value if place else None, period=name),
        citations=(
            context.quoter.cite(best.document, best.span, best.headings),
            context.quoter.cite(best.document, stage.span),
        ),
    )
    return Draft(items=(item,), confidence=best.coverage)


def _names_stage(heading: Heading) -> bool:
    name = canonical(LABEL.sub("", heading.text).strip(" :.*"))
    return bool(_STAGE.match(name) and re.search(r"(?:19|20)\d\d", name))
