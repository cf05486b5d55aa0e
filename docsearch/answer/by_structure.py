"""Answers to "gồm mấy chương?" and "gồm những nội dung gì?": how a document is divided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from docsearch.answer.by_obligation import MOST_LISTED
from docsearch.answer.by_section import documents_meant, says_nothing_else
from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.answer.which import Meant
from docsearch.orthography import canonical
from docsearch.records import ItemFields, Span, Unit

_PARTS: Final = {
    "chương": ("chapter",),
    "điều": ("article",),
    "phần": ("part", "roman"),
    "mục": ("section", "roman"),
    "nội dung": ("roman", "article", "number"),
}
"""What the parts of a document are called, and the levels of the outline that they are."""
_COUNTED: Final = re.compile(
    r"(?<!\w)(?:có|gồm|chia (?:làm|thành)|được chia thành)(?: tất cả| cả thảy)? (?:mấy|bao nhiêu)"
    rf" (?P<part>{'|'.join(_PARTS)})(?: lớn| chính)?"
    rf"(?:(?:,| và|, và) (?:mấy|bao nhiêu) (?P<other>{'|'.join(_PARTS)}))?\W*$"
)
_NAMED: Final = re.compile(
    r"(?<!\w)(?:gồm|có|nêu|chia thành|kết luận|đề cập|quy định)(?: về)? (?:những|các) "
    r"(?P<part>phần|mục|chương|điều|nội dung)(?: lớn| chính| chủ yếu| cơ bản| trọng tâm)?"
    r" (?:gì|nào)\W*$"
    r"|(?<!\w)(?:nội dung|bố cục)(?: chính| chủ yếu| cơ bản)? của .{4,160}"
    r" (?:là gì|gồm những gì)\W*$"
)
_ENGLISH: Final = {
    "chapter": "chương",
    "article": "điều",
    "part": "phần",
    "section": "mục",
}
_COUNTED_ENGLISH: Final = re.compile(
    rf"\bhow many (?P<part>{'|'.join(_ENGLISH)})s?"
    rf"(?: and (?:how many )?(?P<other>{'|'.join(_ENGLISH)})s?)?"
    r" (?:does|do|has|have|is|are|make|in|of)\b"
)
_WITHIN: Final = frozenset(("document", "attached", "part", "chapter"))
"""What a part of a document may stand in; in others it is a point of something."""


def answer_by_structure(context: Context, meant: Meant) -> Draft | None:
    """Return the headings of a document's parts, with their number where that is asked for.

    Args:
        context: the question and the index.
        meant: the documents that the question means.

    Returns:
        One item a part, in the order of the text, the first with the number; None when the
        question asks otherwise, means no one document, or that has no such parts.
    """
    query = context.query
    text = query.text.lower() if query.language == "en" else canonical(query.spelled)
    counted, named = _COUNTED.search(text), _NAMED.search(text)
    if query.language == "en":
        counted, named = _COUNTED_ENGLISH.search(text), None
    match = counted or named
    if match is None:
        return None
    part = _ENGLISH.get(match["part"], match["part"]) or "nội dung"
    for document in documents_meant(context, meant)[:1]:
        if not says_nothing_else(context, document, f"{match[0]} {part} bố cục nội dung"):
            return None
        other = counted["other"] if counted else None
        asked = [part, *([_ENGLISH.get(other, other)] if other else [])]
        divided = {each: _parts(context, document, _PARTS[each]) for each in asked}
        if not all(len(units) > 1 for units in divided.values()):
            return None
        items = [
            item
            for each, units in divided.items()
            for item in _items(context, document, units, each if counted else None)
        ]
        return Draft(items=tuple(items), confidence=0.8)
    return None


def _parts(context: Context, document: str, levels: Sequence[str]) -> list[Unit]:
    """Return the parts of the first level that there is.

    What a decision puts into force is meant ("Quy định … gồm mấy chương?"), unless the question
    names the decision itself.
    """
    outline = context.snapshot.store.outline(document)
    kind = context.snapshot.entries[document].header.type
    attached = [unit for unit in outline.children if unit.level == "attached"]
    own = [unit for unit in outline.children if unit.level != "attached"]
    named = kind is not None and kind.value in context.query.types
    for level in levels:
        for among in (own, attached) if named else (attached, own):
            if units := list(_units(among, level)):
                return units
    return []


def _units(among: Sequence[Unit], level: str) -> Iterator[Unit]:
    for unit in among:
        if unit.level == level:
            yield unit
        elif unit.level in _WITHIN:
            yield from _units(unit.children, level)


def _items(
    context: Context, document: str, units: Sequence[Unit], counted: str | None
) -> list[DraftItem]:
    """Return one item a part; the first says how many there are where that is asked for."""
    items = [_item(context, document, unit) for unit in units[:MOST_LISTED]]
    if counted:
        items[0] = replace(
            items[0],
            text=f"{len(units)} {counted}: {items[0].text}",
            fields=replace(items[0].fields, value=len(units), unit=counted),
        )
    return items


def _item(context: Context, document: str, unit: Unit) -> DraftItem:
    """Return a part by its heading, or by the beginning of its text where it has none."""
    header = context.snapshot.entries[document].header
    span = unit.heading.span if unit.heading else unit.pieces[0] if unit.pieces else unit.span
    if span.end - span.start > LONGEST:
        text = context.quoter.document(document).text[span.start : span.start + LONGEST]
        span = Span(span.start, span.start + max(text.rfind(" "), 1))
    return DraftItem(
        text=context.quoter.line(document, span),
        fields=ItemFields(
            place=header.place.value if header.place else None,
            number=header.number.value if header.number else None,
        ),
        citations=(context.quoter.cite(document, span),),
    )


LONGEST: Final = 200
"""Code points of a part without a heading that are quoted."""
