"""A comparison as JSON values and as flat rows."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from docsearch.compare.aspects import titles
from docsearch.compare.matrix import Cell, ComparedPlace, Matrix, Quotation, Status
from docsearch.compare.matrix_aligned import Aligned, aligned
from docsearch.payloads import citation_payload
from docsearch.records import Citation

Json = dict[str, Any]

STATUS_WORDS: Final[dict[Status, str]] = {
    "stated": "có quy định",
    "not_stipulated": "không quy định",
    "no_document": "chưa có văn bản",
}


class _Citations:
    """The citations of a comparison, each once, by number."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, int, int], tuple[int, Citation]] = {}

    def number(self, citation: Citation) -> int:
        key = (citation.document, citation.span.start, citation.span.end)
        return self.found.setdefault(key, (len(self.found), citation))[0]

    def payload(self) -> list[Json]:
        return [citation_payload(citation) for _, citation in self.found.values()]


def matrix_payload(matrix: Matrix) -> Json:
    """Return a comparison as ``docsearch compare --json`` prints it.

    Args:
        matrix: the comparison.

    Returns:
        JSON values; numbers of citations are positions in ``citations``.
    """
    citations = _Citations()
    rows = [
        {
            "topic": row.topic,
            "aspect": row.aspect,
            "title": titles()[row.aspect],
            "cells": [
                _cell(place, cell, citations)
                for place, cell in zip(matrix.places, row.cells, strict=True)
            ],
        }
        for row in matrix.rows
    ]
    indicators = [_aligned(each, citations) for each in aligned(matrix)]
    return {
        "topics": list(matrix.topics),
        "aspects": [{"aspect": each, "title": titles()[each]} for each in matrix.aspects],
        "places": [_place(place) for place in matrix.places],
        "rows": rows,
        "aligned": indicators,
        "citations": citations.payload(),
        "without_place": list(matrix.without_place),
        "origin": asdict(matrix.origin),
    }


def _place(place: ComparedPlace) -> Json:
    return asdict(place) | {"within": list(place.within), "documents": list(place.documents)}


def _cell(place: ComparedPlace, cell: Cell, citations: _Citations) -> Json:
    nearest = cell.nearest
    return {
        "place": place.label,
        "status": cell.status,
        "text": cell_text(cell),
        "searched": cell.searched,
        "quotations": [_quotation(quotation, citations) for quotation in cell.quotations],
        "nearest": {"citation": citations.number(nearest.citation), "score": nearest.score}
        if nearest
        else None,
    }


def cell_text(cell: Cell) -> str:
    """Return what a cell says in words: what is quoted, line by line, or why nothing is."""
    if cell.status == "stated":
        return "\n".join(quotation.gist for quotation in cell.quotations)
    return STATUS_WORDS[cell.status]


def _quotation(quotation: Quotation, citations: _Citations) -> Json:
    return {
        "gist": quotation.gist,
        "score": quotation.score,
        "figure": asdict(quotation.figure) if quotation.figure else None,
        "citations": [citations.number(citation) for citation in quotation.citations],
    }


def _aligned(found: Aligned, citations: _Citations) -> Json:
    return {
        "subject": found.subject,
        "indicator": found.indicator,
        "unit": found.unit,
        "direction": found.direction,
        "kind": found.kind,
        "values": [
            {
                "place": value.place,
                "comparator": value.comparator,
                "value": value.value,
                "value_to": value.value_to,
                "period": value.period,
                "citation": citations.number(value.citation),
            }
            for value in found.values
        ],
    }


FLAT: Final = (
    *("topic", "aspect", "place", "tier", "status", "gist", "score"),
    *("subject", "indicator", "comparator", "value", "value_to", "unit", "period", "kind"),
    *("document", "source", "type", "number", "issued_on", "path", "page", "start", "end", "quote"),
    *("searched", "corpus", "version"),
)
"""Columns of the flat rows."""


def flat_rows(matrix: Matrix) -> list[Json]:
    """Return one row a quotation, and one for every cell without any.

    Of a cell that says "không quy định" the row's quote is that of the nearest passage.
    """
    rows = []
    origin = {"corpus": matrix.origin.corpus, "version": matrix.origin.version}
    for row in matrix.rows:
        for place, cell in zip(matrix.places, row.cells, strict=True):
            head: Json = dict.fromkeys(FLAT)
            head |= {"topic": row.topic, "aspect": row.aspect, "place": place.label}
            head |= {"tier": place.tier, "status": cell.status, "searched": cell.searched} | origin
            if cell.quotations:
                rows += [head | _flat_quotation(quotation) for quotation in cell.quotations]
            elif cell.nearest:
                nearest = {"score": cell.nearest.score} | _flat_citation(cell.nearest.citation)
                rows.append(head | nearest)
            else:
                rows.append(head)
    return rows


def _flat_quotation(quotation: Quotation) -> Json:
    figure = asdict(quotation.figure) if quotation.figure else {}
    words = {"gist": quotation.gist, "score": quotation.score}
    return words | figure | _flat_citation(quotation.citations[0])


def _flat_citation(citation: Citation) -> Json:
    payload = citation_payload(citation)
    names = ("document", "source", "type", "number", "issued_on", "page", "start", "end", "quote")
    return {name: payload[name] for name in names} | {"path": " › ".join(citation.path)}
