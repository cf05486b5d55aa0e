"""Answers to "cụm từ “A” được thay bằng gì?": the words that an amendment puts in others' place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.orthography import fold
from docsearch.records import ItemFields, Span

MOST: Final = 4
MOST_READ: Final = 8  # documents that are looked through, those with the best hits
LONGEST: Final = 160  # code points of the words that are replaced

_ASKS: Final = re.compile(
    r"\b(?:thay(?: the| doi)?|doi(?: ten)?|sua(?: doi)?)\b.{0,160}?\b(?:bang|thanh|cho|boi)\b"
    r"|\b(?:replac|renam|substitut)\w*|\bchanged? (?:in)?to\b|\binstead of\b"
)
_OPEN: Final = '[“"‘«]'
_CLOSE: Final = '[”"’»]'
_QUOTED: Final = rf"[^“”\"‘’«»\n]{{1,{LONGEST}}}"
_TERM: Final = r"(?:(?:các )?(?:cụm )?từ(?: ngữ)?|tên)?\s{0,3}"
_CHANGE: Final = re.compile(
    rf"(?:(?:thay thế|thay đổi|thay|sửa đổi|sửa|đổi)\s{{1,3}}{_TERM})?"
    rf"{_OPEN}(?P<old>{_QUOTED}){_CLOSE}"
    r"\s{0,3}(?:được\s{1,3})?(?:(?:thay thế|thay|sửa đổi|sửa|đổi)\s{1,3})?"
    rf"(?:bằng|thành|bởi)\s{{1,3}}{_TERM}{_OPEN}(?P<new>{_QUOTED}){_CLOSE}"
    r"(?:[^.;\n]|\.(?=\d)){0,400}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Change:
    """Words that a document puts in the place of others, and where it says so."""

    document: str
    span: Span
    old: str
    new: str


def answer_by_rewording(context: Context) -> Draft | Refusal | None:
    """Return the amendments that replace the words that a question names, or put them in.

    Args:
        context: the question and the index.

    Returns:
        One item an amendment, in the order of the text; a refusal when the documents that the
        question means replace others than the words that it quotes; None when it asks for no
        words that replace others, or quotes none that are replaced.
    """
    query = context.query
    asked = " ".join(re.findall(r"\w+", fold(query.text)))
    if not _ASKS.search(fold(f"{query.text} {query.spelled}")):
        return None
    changes = list(_changes(context))
    named = [
        (len(words), change)
        for change in changes
        for words in (_plain(change.old), _plain(change.new))
        if f" {words} " in f" {asked} "
    ]
    if not named:
        missed = changes and query.phrases and query.numbers
        return Refusal(reason="not_stated") if missed else None
    longest = max(length for length, _ in named)
    chosen = list(dict.fromkeys(change for length, change in named if length == longest))
    return Draft(items=tuple(_item(context, change) for change in chosen[:MOST]), confidence=1.0)


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", fold(words)))


def _changes(context: Context) -> Iterator[_Change]:
    near = [each for each in context.hits_by_document if each in context.allowed][:MOST_READ]
    context.quoter.read_texts(near)
    for document in near:
        for match in _CHANGE.finditer(context.quoter.text(document)):
            yield _Change(document, Span(*match.span()), match["old"], match["new"])


def _item(context: Context, change: _Change) -> DraftItem:
    place = context.snapshot.entries[change.document].header.place
    hits = context.hits_by_document.get(change.document, ())
    around = next((hit.passage for hit in hits if hit.passage.span.overlaps(change.span)), None)
    headings = around.headings if around else ()
    return DraftItem(
        text=context.quoter.line(change.document, change.span),
        fields=ItemFields(place=place.value if place else None),
        citations=(context.quoter.cite(change.document, change.span, headings, [change.span]),),
    )
