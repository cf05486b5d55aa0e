"""Answers to "thành phần dự họp gồm những ai?": the sentence that says who was there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docsearch.answer.by_passage import is_enough
from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.orthography import canonical, fold
from docsearch.parse.sentences import sentences
from docsearch.parse.view import view
from docsearch.records import ItemFields, Span

NEAR: Final = 1500
"""Code points from what is said of a meeting to who was there; arbitrary."""
_MEETING: Final = r"(?:hop|hoi nghi|buoi|cuoc|le|hoi thao|lop|doan)\b"
_ASKS: Final = re.compile(
    rf"\b(?:thanh phan|nhung ai|ai|(?:don vi|co quan|phong) nao)\b[^?]{{0,40}}?\b(?:du|tham du)\b"
    rf"[^?]{{0,30}}?\b{_MEETING}|\bthanh phan\b[^?]{{0,20}}?\b{_MEETING}"
    rf"|\b{_MEETING}[^?]{{0,120}}?\b(?:gom|co) (?:su tham du cua )?"
    r"(?:nhung )?(?:ai|thanh phan nao)\b"
    rf"|\bai (?:da )?(?:du|tham du)\b|\bwho (?:attended|took part in|was at)\b"
)
_SAYS: Final = re.compile(
    r"^\W*(?:(?:cùng |cùng tham )?dự|tham dự|thành phần(?: tham dự| dự(?: họp)?)?)"
    r"(?: (?:họp|hội nghị|buổi làm việc|cuộc họp))?(?: còn)?(?: có|:| gồm)"
    r"|(?<!\w)(?:tham dự|cùng dự|dự họp)(?: \w+){0,6}? (?:có|gồm)(?!\w)"
)
_IDLE: Final = frozenset(("thành", "phần", "dự", "tham", "gồm", "đại", "biểu"))
"""Syllables of such a question that do not say which meeting is meant."""


def answer_by_attendance(context: Context) -> Draft | None:
    """Return the sentence that says who was at the meeting of a question.

    Args:
        context: the question and the index.

    Returns:
        The sentence nearest to what is said of that meeting; None when the question asks
        otherwise, or no sentence near says it.
    """
    if not _ASKS.search(fold(context.query.text)):
        return None
    topic = tuple(word for word in context.query.topic if word not in _IDLE)
    asked = replace(context, query=replace(context.query, topic=topic or context.query.topic))
    base = next((c for c in asked.sentences() if is_enough(asked, c)), None)
    if base is None:
        return None
    text = context.quoter.document(base.document).text
    start = max(0, base.span.start - NEAR)
    within = Span(start, min(len(text), base.span.end + NEAR))
    found = [
        Span(first, last)
        for line in _lines(text, within)
        for first, last in _sentences(text, line)
        if _SAYS.search(canonical(text[first:last]))
    ]
    if not found:
        return None
    span = min(found, key=lambda each: abs(each.start - base.span.start))
    place = context.snapshot.entries[base.document].header.place
    return Draft(
        items=(
            DraftItem(
                text=context.quoter.line(base.document, span),
                fields=ItemFields(place=place.value if place else None),
                citations=(context.quoter.cite(base.document, span),),
            ),
        ),
        confidence=base.coverage,
    )


def _lines(text: str, within: Span) -> list[Span]:
    return [
        Span(within.start + match.start(), within.start + match.end())
        for match in re.finditer(r"[^\n]+", text[within.start : within.end])
    ]


def _sentences(text: str, line: Span) -> list[tuple[int, int]]:
    """Return the sentences of a line as positions in the text."""
    read = view(text, [line])
    return [(read.offsets[first], read.offsets[last - 1] + 1) for first, last in sentences(read)]
