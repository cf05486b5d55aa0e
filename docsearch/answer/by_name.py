"""Answers to "Bà … có mặt trong những văn bản nào?": the documents that name a person."""

from __future__ import annotations

import re
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.answer.kind_words import kinds_pattern
from docsearch.index.lexical import WeightedField
from docsearch.index.tokens import alike_syllables, with_bigrams
from docsearch.orthography import LOWER, UPPER, canonical
from docsearch.records import ItemFields, Span
from docsearch.search.query import Query

MOST: Final = 12
"""Documents that are shown; arbitrary."""
MOST_READ: Final = 60
"""Passages that are read for a name; arbitrary."""
EACH: Final = 2  # sentences of a document

_KINDS: Final = kinds_pattern(verbs=False)
_PERSON: Final = re.compile(
    rf"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|Mrs?\.?|Ms\.?)\s+(?P<name>[{UPPER}][{LOWER}]+"
    rf"(?: [{UPPER}][{LOWER}]+){{1,4}})"
)
_WHERE: Final = re.compile(
    rf"(?<!\w)(?:có (?:mặt|tên)|xuất hiện|được (?:nhắc|nêu|đề cập)(?: đến| tới| tên)?|có liên quan"
    rf"|ký) (?:trong |ở |tại )?(?:những |các |mấy )?{_KINDS} nào(?!\w)"
    rf"|{_KINDS} nào (?:có )?(?:nhắc|nêu|đề cập|ghi)(?: đến| tới| tên)?(?!\w)"
    r"|(?<!\w)(?:chủ trì|dự|ký|giữ) (?:những |các )?(?:cuộc họp|buổi|hội nghị|chức vụ|chức)"
    r" (?:nào|gì)"
    rf"|which {_KINDS} (?:mention|name|does .* appear)"
)


_STARTS: Final = re.compile(r"\n|(?<=\w)[.;] ")
"""What a sentence begins behind."""


def asks_where_named(query: Query) -> bool:
    """Return whether a question asks in which documents, or at which meetings, a person is."""
    said = f"{canonical(query.spelled)} {query.text.lower()}"
    return bool(_WHERE.search(said) and _PERSON.search(query.text))


def answer_by_name(context: Context) -> Draft | None:
    """Return the sentences that name the people of a question, by document.

    Args:
        context: the question and the index.

    Returns:
        For each person up to ``EACH`` places of each document, those with more words than the
        name first; None when the question asks otherwise or no document names one.
    """
    if not asks_where_named(context.query):
        return None
    items: list[DraftItem] = []
    for match in _PERSON.finditer(context.query.text):
        items += _of_person(context, match["name"])[: MOST * EACH]
    return Draft(items=tuple(items), confidence=0.9) if items else None


def _of_person(context: Context, name: str) -> list[DraftItem]:
    phrase = [WeightedField("body", tuple(with_bigrams(alike_syllables(name))), 1.0)]
    rows = context.snapshot.lexical.holding([phrase], context.documents)[:MOST_READ]
    written = re.compile(r"\s+".join(map(re.escape, name.split())))
    found: dict[str, list[tuple[int, Span]]] = {}
    for passage in context.snapshot.store.passages(rows).values():
        for match in written.finditer(passage.text):
            line = _around(passage.text, match.start(), match.end())
            span = Span(passage.span.start + line.start, passage.span.start + line.end)
            found.setdefault(passage.document_id, []).append((-(line.end - line.start), span))
    return [
        _item(context, document, span)
        for document in sorted(found)[:MOST]
        for span in _apart([span for _, span in sorted(found[document])])[:EACH]
    ]


def _apart(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if not any(span.overlaps(each) for each in kept):
            kept.append(span)
    return kept


def _around(text: str, start: int, end: int) -> Span:
    """Return the sentence around a name; for one that stands alone, the office above it."""
    first = max((each.end() for each in _STARTS.finditer(text, 0, start)), default=0)
    stop = re.compile(r"\.(?=\s|$)|\n").search(text, end)
    last = stop.start() if stop else len(text)
    if not text[first:start].strip() and not text[end:last].strip():
        above = re.search(r"(?:[^\n]*\S[^\n]*\n\s*){1,2}$", text[:first])
        first = above.start() if above else first
    while first < start and text[first].isspace():
        first += 1
    return Span(first, last)


def _item(context: Context, document: str, span: Span) -> DraftItem:
    place = context.snapshot.entries[document].header.place
    line = context.quoter.line(document, span)
    label = f"{place.value}: " if place else ""
    return DraftItem(
        text=f"{label}{line}",
        fields=ItemFields(place=place.value if place else None),
        citations=(context.quoter.cite(document, span, (), [span]),),
    )
