"""Answers to "Bảng tiến độ có mấy công trình?": the rows of a table, counted and listed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docsearch.answer.by_obligation import MOST_LISTED
from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.answer.relevance import Layer
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import canonical
from docsearch.records import ItemFields, Span
from docsearch.search.query import Query

ENOUGH: Final = 0.5
_ASKS: Final = re.compile(
    r"(?<!\w)(?:bảng|biểu|phụ lục|danh mục)(?!\w).{3,160}?(?<!\w)(?:có|gồm|nêu|liệt kê)"
    r" (?:tất cả |cả thảy )?(?:mấy|bao nhiêu) (\w+(?: \w+)?)"
)
_TABLE: Final = re.compile(r"(?m)(?:^[^\n]*\S \| [^\n]*(?:\n|\Z)){3,}")
_ROW: Final = re.compile(r"(?m)^[^\n]*\S \| [^\n]*\S")
_SUM: Final = re.compile(r"(?i)^\W*(?:tổng(?: số| cộng)?|cộng)\s*(?=\||$)")
BEFORE: Final = 200
"""Code points before a table that may say what it is."""


def asks_for_rows(query: Query) -> bool:
    """Return whether a question asks how many rows a table has."""
    return bool(_ASKS.search(canonical(query.spelled)))


def answer_by_table(context: Context) -> Draft | None:
    """Return the rows of the table that a question asks to count, with their number.

    Args:
        context: the question and the index.

    Returns:
        One item a row, the first with the number; None when the question asks otherwise, or no
        table of the documents with hits is the one that it speaks of.
    """
    asked = _ASKS.search(canonical(context.query.spelled))
    if asked is None:
        return None
    said = set(alike_syllables(asked[0]))
    about = replace(context.query, topic=tuple(w for w in context.query.topic if w in said))
    context = replace(context, query=about)
    best: tuple[float, str, list[Span]] | None = None
    for document in sorted(context.hits_by_document.keys() & context.allowed):
        text = context.quoter.text(document)
        for table in _TABLE.finditer(text):
            words = text[max(0, table.start() - BEFORE) : table.end()]
            layers = [Layer.of(words, 1.0), context.about(document)]
            covered = context.relevance.coverage(layers)
            if best is None or covered > best[0]:
                best = (covered, document, _rows(text, Span(*table.span())))
    if best is None or best[0] < ENOUGH or not best[2]:
        return None
    covered, document, rows = best
    items = [_item(context, document, row) for row in rows[:MOST_LISTED]]
    items[0] = replace(
        items[0],
        text=f"{len(rows)} {asked[1]}: {items[0].text}",
        fields=replace(items[0].fields, value=len(rows), unit=asked[1]),
    )
    return Draft(items=tuple(items), confidence=min(covered, 1.0))


def _item(context: Context, document: str, row: Span) -> DraftItem:
    """Return a row, with who acts and by when as far as the register has it."""
    facts = context.snapshot.facts[document].obligations
    duty = next((fact for fact in facts if fact.evidence[0].overlaps(row)), None)
    limit = duty.deadline if duty else None
    return DraftItem(
        text=context.quoter.line(document, row),
        fields=ItemFields(
            actors=tuple(actor.text for actor in duty.actors) if duty else (),
            deadline=(limit.value or limit.text) if limit else None,
        ),
        citations=(context.quoter.cite(document, row),),
    )


def _rows(text: str, table: Span) -> list[Span]:
    """Return the rows of a table without the names of its columns and without sums."""
    rows = [
        Span(table.start + match.start(), table.start + match.end())
        for match in _ROW.finditer(table.of(text))
    ]
    if rows and not re.search(r"\d", rows[0].of(text)):
        rows = rows[1:]
    return [row for row in rows if not _SUM.search(row.of(text))]
