"""What a way of answering returns: items with their quotations, or why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from docsearch.records import AbstentionReason, Citation, Item, ItemFields


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItem:
    """One item before its citations are numbered."""

    text: str
    fields: ItemFields
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Items, best first, and how much of the question they account for."""

    items: tuple[DraftItem, ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a way of answering gives no answer, and what stands nearest."""

    reason: AbstentionReason
    detail: str = ""
    confidence: float = 0.0
    nearest: tuple[Citation, ...] = ()


def number_citations(
    items: Sequence[DraftItem],
) -> tuple[tuple[Item, ...], tuple[Citation, ...]]:
    """Return the items with their citations numbered, and the citations.

    The first citation of every item comes before the second of any, so that the best evidence of
    each stands first. Citations of the same words are one; their marks are joined.
    """
    order: list[Citation] = []
    places: dict[tuple[str, int, int], int] = {}
    longest = max((len(item.citations) for item in items), default=0)
    for level in range(longest):
        for item in items:
            if level >= len(item.citations):
                continue
            citation = item.citations[level]
            key = (citation.document, citation.span.start, citation.span.end)
            if key in places:
                known = order[places[key]]
                marks = tuple(sorted({*known.marks, *citation.marks}))
                order[places[key]] = replace(known, marks=marks)
            else:
                places[key] = len(order)
                order.append(citation)
    numbered = tuple(
        Item(
            text=item.text,
            fields=item.fields,
            citations=tuple(
                dict.fromkeys(
                    places[(c.document, c.span.start, c.span.end)] for c in item.citations
                )
            ),
        )
        for item in items
    )
    return numbered, tuple(order)
