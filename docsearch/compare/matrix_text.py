"""A comparison as text: a table for a terminal, and Markdown."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Final

from rich.box import SQUARE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from docsearch.compare.aspects import titles
from docsearch.compare.matrix import Cell, Matrix, MatrixRow
from docsearch.compare.matrix_payload import STATUS_WORDS
from docsearch.records import Citation
from docsearch.registers import shortened
from docsearch.render import citation_title, one_line

WIDTH: Final = 110
"""Columns where there is no terminal to ask."""
LONGEST: Final = 100
"""Characters of a quotation in a cell."""
SHOWN: Final = 3
"""Quotations of a cell; how many more there are is said."""
ABREAST: Final = 5
"""Places of one table; more go into further tables below it."""


class _Numbers:
    """Numbers of the citations in the order in which they are shown, from 1."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self._numbers: dict[tuple[str, int, int], int] = {}

    def of(self, citation: Citation) -> int:
        key = (citation.document, citation.span.start, citation.span.end)
        if key not in self._numbers:
            self.citations.append(citation)
            self._numbers[key] = len(self.citations)
        return self._numbers[key]


def print_matrix(matrix: Matrix, console: Console) -> None:
    """Print a comparison: one table a topic, or one of all topics, then where the words stand."""
    numbers = _Numbers()
    if len(matrix.aspects) == 1:
        parts = [(titles()[matrix.aspects[0]], matrix.rows)]
    else:
        parts = [(t, tuple(r for r in matrix.rows if r.topic == t)) for t in matrix.topics]
    for title, rows in parts:
        for first in range(0, len(matrix.places), ABREAST):
            columns = range(first, min(first + ABREAST, len(matrix.places)))
            console.print(_table(matrix, rows, columns, numbers, title))
    for number, citation in enumerate(numbers.citations, start=1):
        console.print(Text(f"[{number}] {citation_title(citation)}", style="cyan"))
        where = f"    {citation.source} [{citation.span.start}:{citation.span.end}]"
        console.print(Text(where, style="dim"))
    for line in notes(matrix):
        console.print(Text(line, style="dim"))


def _table(
    matrix: Matrix, rows: Sequence[MatrixRow], columns: range, numbers: _Numbers, title: str
) -> Table:
    by_topic = len(matrix.aspects) == 1
    table = Table(
        title=Text(title, style="bold"),
        title_justify="left",
        box=SQUARE,
        show_lines=True,
        expand=True,
        pad_edge=False,
    )
    table.add_column("Chủ đề" if by_topic else "", ratio=3, style="bold", overflow="fold")
    for column in columns:
        table.add_column(Text(matrix.places[column].label), ratio=6, overflow="fold")
    for row in rows:
        head = row.topic if by_topic else titles()[row.aspect]
        table.add_row(Text(head), *(_shown(row.cells[column], numbers) for column in columns))
    return table


def _shown(cell: Cell, numbers: _Numbers) -> Text:
    if not cell.quotations:
        style = "yellow" if cell.status == "not_stipulated" else "dim italic"
        return Text(STATUS_WORDS[cell.status], style=style)
    text = Text()
    for position, quotation in enumerate(cell.quotations[:SHOWN]):
        number = numbers.of(quotation.citations[0])
        text.append("\n" if position else "")
        text.append(f"• {shortened(quotation.gist, LONGEST)} ")
        text.append(f"[{number}]", style="cyan")
    if len(cell.quotations) > SHOWN:
        text.append(f"\n… còn {len(cell.quotations) - SHOWN}", style="dim")
    return text


def notes(matrix: Matrix) -> Iterator[str]:
    """Yield what a reader has to know beside the table."""
    if len(matrix.places) == 1:
        yield "Chỉ có một nơi, nên chưa có gì để so sánh."
    if matrix.without_place:
        count = len(matrix.without_place)
        names = ", ".join(matrix.without_place[:5]) + (", …" if count > 5 else "")
        yield f"{count} văn bản không nêu nơi ban hành, không có trong bảng: {names}"


def matrix_text(matrix: Matrix, *, width: int = WIDTH) -> str:
    """Return a comparison as ``docsearch compare`` prints it, without colours."""
    out = io.StringIO()
    print_matrix(matrix, Console(file=out, width=width, highlight=False, color_system=None))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def matrix_markdown(matrix: Matrix) -> str:
    """Return a comparison as a Markdown table and its numbered quotations."""
    numbers = _Numbers()
    several = len(matrix.topics) > 1
    lines = [f"# {'So sánh' if several else _inline(matrix.topics[0])}", ""]
    heads = ["Chủ đề", ""] if several and len(matrix.aspects) > 1 else [""]
    lines.append("| " + " | ".join([*heads, *(_inline(p.label) for p in matrix.places)]) + " |")
    lines.append("|" + "---|" * (len(heads) + len(matrix.places)))
    for row in matrix.rows:
        title = titles()[row.aspect]
        names = [row.topic, title] if len(heads) > 1 else [row.topic if several else title]
        cells = [_markdown_cell(cell, numbers) for cell in row.cells]
        lines.append(
            "| " + " | ".join([*(f"**{_inline(name)}**" for name in names), *cells]) + " |"
        )
    lines += ["", "## Trích dẫn", ""]
    for number, citation in enumerate(numbers.citations, start=1):
        where = f"{citation.source} [{citation.span.start}:{citation.span.end}]"
        lines.append(f"{number}. {_inline(citation_title(citation))} — {_inline(where)}")
        lines += ["", f"   > {_inline(one_line(citation.quote))}", ""]
    origin = matrix.origin
    lines += [*(f"{note}\n" for note in notes(matrix))]
    lines.append(
        f"Kho văn bản {origin.corpus[:16]} ({origin.documents} văn bản), docsearch {origin.version}"
    )
    return "\n".join(lines) + "\n"


def _markdown_cell(cell: Cell, numbers: _Numbers) -> str:
    if not cell.quotations:
        return f"*{STATUS_WORDS[cell.status]}*"
    return "<br>".join(
        f"{_inline(quotation.gist)} [{numbers.of(quotation.citations[0])}]"
        for quotation in cell.quotations
    )


_WRITTEN: Final = str.maketrans(
    {sign: f"\\{sign}" for sign in "\\|*_`[]#"} | {"<": "&lt;", ">": "&gt;"}
)


def _inline(words: str) -> str:
    """Return words for one line of Markdown: what would mark or break it is written as text."""
    return " ".join(words.split()).translate(_WRITTEN)
