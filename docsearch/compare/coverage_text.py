"""The coverage of subjects as a table for a terminal."""

from __future__ import annotations

import io
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from docsearch.compare.coverage_cell import shown
from docsearch.compare.matrix import Matrix
from docsearch.compare.matrix_text import WIDTH, notes

ABREAST: Final = 6
"""Places of one table; more go into further tables below it."""


def print_coverage(matrix: Matrix, console: Console) -> None:
    """Print subjects × places, a block for how near the best passage comes, "–" for none."""
    for first in range(0, len(matrix.places), ABREAST):
        columns = range(first, min(first + ABREAST, len(matrix.places)))
        table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
        table.add_column("Chủ đề", ratio=4, overflow="fold")
        for column in columns:
            table.add_column(Text(matrix.places[column].label), ratio=2, overflow="fold")
        for row in matrix.rows:
            cells = []
            for column in columns:
                cell = row.cells[column]
                words = shown(cell)
                stated = cell.status == "stated"
                cells.append(Text(words, style="bold" if stated else "dim"))
            table.add_row(Text(row.topic), *cells)
        console.print(table)
    for line in notes(matrix):
        console.print(Text(line, style="dim"))


def coverage_text(matrix: Matrix, *, width: int = WIDTH) -> str:
    """Return the table without colours."""
    out = io.StringIO()
    print_coverage(matrix, Console(file=out, width=width, highlight=False, color_system=None))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
