"""A cell of the coverage as a score and as a word."""

from __future__ import annotations

from docsearch.compare.matrix import Cell
from docsearch.compare.matrix_payload import STATUS_WORDS


def score_of(cell: Cell) -> float | None:
    """Return the score of a cell's best passage; None where nothing comes near."""
    if cell.quotations:
        return max(quotation.score for quotation in cell.quotations)
    return cell.nearest.score if cell.nearest else None


def shown(cell: Cell) -> str:
    """Return a cell in a word: its score where the subject is spoken of, else why not."""
    score = score_of(cell)
    if cell.status == "stated" and score is not None:
        return f"{score:.2f}".replace(".", ",")
    return "–" if cell.status == "not_stipulated" else STATUS_WORDS[cell.status]
