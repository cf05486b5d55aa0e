"""Answers to "Huyện X có những văn bản nào?": the documents themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from docsearch.answer.by_header import header_items
from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.answer.which import Meant
from docsearch.index.store import Entry
from docsearch.orthography import canonical, fold
from docsearch.parse.document_types import type_pattern

MOST: Final = 20
"""Documents that are listed."""
_COUNTS: Final = re.compile(r"\b(?:bao nhieu|may|how many)\b")
_LEVEL: Final = re.compile(r"\bcap (tinh|huyen|xa|trung uong)\b")
_IDLE: Final = frozenset(
    re.findall(
        r"\w+",
        """
        co nhung cac nao gi cua moi noi trong o tai va liet ke tat ca bao nhieu may hien duoc do ban
        hanh van tai lieu hay cho biet xem ten kho du dang day ve tung la loai cap tinh huyen xa
        thanh pho thi tran quan phuong da luu gom ra nam thuoc
        which what documents document are there from of in the list all do you have does has
        issued by district province commune city town ward how many and corpus index each
        decisions plans notices letters resolutions directives circulars is held
        """,
    )
)
"""Words that a question for documents as such may have beside places, kinds and issuers."""


def answer_by_holdings(context: Context, meant: Meant) -> Draft | None:
    """Return the documents of the places and kinds that a question names, when it asks no more.

    Args:
        context: the question and the index.
        meant: the documents that the question means.

    Returns:
        One item a document: number, date and subject, by place and date; the first says how many
        there are where that is asked for. None when the question asks for anything else, or there
        is no such document.
    """
    query = context.query
    if query.numbers or query.dates or query.years or meant.own or not _asks_nothing_else(context):
        return None
    entries = [context.snapshot.entries[each] for each in sorted(context.allowed)]
    kept = [each for each in entries if _fits(each, context)]
    kept.sort(key=lambda each: (_place(each), _issued_on(each), each.id))
    items = [item for each in kept[:MOST] if (item := _item(context, each))]
    if not items:
        return None
    if _COUNTS.search(fold(query.text)):
        unit = query.free_types[0] if query.free_types else "văn bản"
        items[0] = replace(
            items[0],
            text=f"{len(kept)} {unit}: {items[0].text}",
            fields=replace(items[0].fields, value=len(kept), unit=unit),
        )
    return Draft(items=tuple(items), confidence=0.9)


_DOCUMENTS: Final = re.compile(r"\b(?:van ban|tai lieu|documents?)\b")


def _asks_nothing_else(context: Context) -> bool:
    """Return whether a question names documents, and beside them only places and kinds."""
    query = context.query
    asked = fold(query.text)
    if not (_DOCUMENTS.search(asked) or query.free_types):
        return False
    if not (query.places or _LEVEL.search(asked) or re.search(r"\bkho\b|\bindex\b", asked)):
        return False
    for place in query.places:
        asked = re.sub(rf"\b{re.escape(fold(place).split(' ', 1)[-1])}\b", " ", asked)
    asked = re.sub(rf"\b{type_pattern()}\b", " ", asked)
    return all(word in _IDLE for word in re.findall(r"[^\W\d_]+", asked))


def _fits(entry: Entry, context: Context) -> bool:
    kinds = set(context.query.free_types) - {"văn bản"}
    kind, place = entry.header.type, entry.header.place
    level = _LEVEL.search(fold(context.query.text))
    return (not kinds or (kind is not None and kind.value in kinds)) and (
        level is None or (place is not None and fold(place.value).startswith(f"{level[1]} "))
    )


def _place(entry: Entry) -> str:
    return canonical(entry.header.place.value) if entry.header.place else ""


def _issued_on(entry: Entry) -> str:
    return entry.header.issued_on.value if entry.header.issued_on else ""


_FIELDS: Final[Sequence[str]] = ("number", "date", "subject")


def _item(context: Context, entry: Entry) -> DraftItem | None:
    """Return what a document says of itself on one line, with its place before it."""
    stated = list(header_items(context, entry.id, _FIELDS))
    if not stated:
        return None
    cited = {citation.span: citation for item in stated for citation in item.citations}
    kind, place = entry.header.type, entry.header.place
    named = " ".join(each.value for each in (kind, place) if each)
    said = " — ".join(item.text.partition(": ")[2] or item.text for item in stated)
    return replace(
        stated[0], text=f"{named}: {said}" if named else said, citations=tuple(cited.values())
    )
