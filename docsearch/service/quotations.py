"""Rows of JSON values as citations again, for pages that mark words in their quotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docsearch.records import Citation, Span


def citation_of(
    row: Mapping[str, Any], marks: Iterable[Span], piece: Mapping[str, Any] | None = None
) -> Citation:
    """Return the citation that a row stands for.

    Args:
        row: has the document with its source, number, type, place, date and path.
        marks: words to be marked; those outside the quotation are cut off.
        piece: what of the document is quoted: start, end, quote; None means the row's own.

    Returns:
        The citation.
    """
    quoted = row if piece is None else piece
    span = Span(quoted["start"], quoted["end"])
    inside = [
        Span(max(mark.start, span.start), min(mark.end, span.end))
        for mark in marks
        if mark.start < span.end and span.start < mark.end
    ]
    return Citation(
        **{name: row[name] for name in ("document", "source", "number", "type", "place")},
        issued_on=row["issued_on"],
        path=tuple(row["path"]),
        page=row.get("page"),
        span=span,
        quote=quoted["quote"],
        marks=tuple(inside),
    )
