"""Answers to "Văn bản nào nói về …?": the documents that speak of a matter, each with its words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docsearch.answer.by_passage import in_its_document, is_enough
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft
from docsearch.answer.kind_words import kinds_pattern
from docsearch.orthography import canonical
from docsearch.records import Hit

AS_GOOD: Final = 0.75
"""Share of the score of the best document up to which another speaks of the matter, too."""
MOST: Final = 8

_SPEAKS: Final = re.compile(
    rf"(?<!\w)(?:{kinds_pattern(english=False)}|huyện|xã|tỉnh|nơi|địa phương)"
    r" (?:nào|gì)(?: (?:có|đã|cũng|ban hành|ra))*"
    r" (?:(?:nói|nêu|bàn) (?:về|đến|tới)|đề cập|nhắc (?:đến|tới)|có nội dung(?: về)?"
    r"|(?:văn bản|kế hoạch|công văn|chỉ thị|quy định|nghị quyết|thông báo) (?:về|nói về|để|nhằm)"
    r"|liên quan (?:đến|tới))(?!\w)"
    rf"|\bwhich (?:{kinds_pattern(verbs=False)}|districts?|communes?)"
    r" (?:mentions?|speaks? of|talks? about|deals? with|covers?|discuss(?:es)?|address(?:es)?)\b"
)


def answer_by_matter(context: Context) -> Draft | None:
    """Return the documents that speak of a matter, the best sentence of each.

    Args:
        context: the question and the index.

    Returns:
        One item a document, best first; None when the question asks otherwise, names the number
        of a document, or no sentence accounts for enough of it.
    """
    query = context.query
    if query.numbers or not _SPEAKS.search(f"{canonical(query.spelled)} {query.text.lower()}"):
        return None
    best: dict[str, Candidate[Hit]] = {}
    for candidate in context.sentences():
        if is_enough(context, candidate):
            best.setdefault(candidate.document, candidate)
    found = sorted(best.values(), key=lambda each: (-each.score, each.document))
    chosen = [each for each in found if each.score >= AS_GOOD * found[0].score][:MOST]
    if not chosen:
        return None
    items = (in_its_document(context, each) for each in chosen)
    named = tuple(
        replace(item, text=f"{item.fields.place}: {item.text}") if item.fields.place else item
        for item in items
    )
    return Draft(items=named, confidence=chosen[0].coverage)
