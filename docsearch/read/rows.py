"""Tables as lines: each row on one line, each cell with the head of its column.

A cell alone ("15/12/2024") says nothing; "STT: 3 | Nội dung: Báo cáo | Thời gian: 15/12/2024" can
be found and quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from docsearch.orthography import fold

MAX_HEAD: Final = 160  # code points of a head that are repeated in each row; arbitrary

FRAME_ROWS: Final = 8
"""Rows of a table that lays out a letterhead or a signature block, at most. Arbitrary."""

_FRAME: Final = re.compile(
    r"\W{0,6}(?:cong\s{1,3}hoa\s{1,3}xa\s{1,3}hoi|dang\s{1,3}cong\s{1,3}san\s{1,3}viet|doc\s{1,3}lap\W"
    r"|noi\s{1,3}nhan\s{0,3}(?::|$)|(?:tm|kt|tl|tuq)\s?[./]\s{0,3}[a-z]|kinh\s{1,3}gui|so\s{0,3}:)"
)
_HEAD_LIMIT: Final = 120  # code points of a cell that can still be a head
_ORDINAL: Final = re.compile(r"(?i)^\W*(?:stt|tt|số tt|số thứ tự|thứ tự|no\.?)\W*$")
_INDEX: Final = re.compile(r"\(?(\d{1,2}|[A-Z])\)?(?:\s?=.{1,30})?$")  # "(1)", "A", "(5)=(3)+(4)"
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?")
_NUMBER: Final = re.compile(r"[\d\s.,%/+()-]+$")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table, where it begins."""

    text: str  # on one line
    bold: bool = False
    columns: int = 1  # that it covers
    continued: bool = False  # True for the rest of a cell that began in a row above


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells from left to right, as many columns as they cover together."""

    cells: tuple[GridCell, ...]
    head: bool = False  # True where the file says that the row is a head


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line that a table reads as."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    cell: GridCell
    start: int  # the first column it covers


def is_frame(line: str) -> bool:
    """Return whether a line is one of a letterhead's or a signature block's formulas."""
    return _FRAME.match(fold(line)) is not None


def one_line(lines: Sequence[str]) -> str:
    """Join the lines of a cell: by "; ", or by a blank where a line already ends in a sign."""
    joined = ""
    for line in lines:
        words = " ".join(line.split())
        if not words:
            continue
        if joined:
            wraps = joined[-1] in ".;:,/-–(" or words[0].islower()
            joined += " " if wraps else "; "
        joined += words
    return joined


def head_rows(rows: Sequence[Row]) -> int:
    """Return how many rows at the top are the head of the columns, 0 where none is.

    Args:
        rows: the table, without titles that cover all its columns.

    Returns:
        The rows that the file marks as a head; else the first row, with those into which its
        merged cells reach, if it looks like one: short texts, no numbers, nearly no blanks.
    """
    if len(rows) < 2:
        return 0
    marked = next((i for i, row in enumerate(rows) if not row.head), len(rows))
    if 0 < marked < len(rows):
        return max(marked, _depth(rows))
    return _depth(rows) if _is_head(rows) else 0


def _depth(rows: Sequence[Row]) -> int:
    """Return into how many rows the merged cells of the first row reach, within reason."""
    depth = 1
    while depth < min(len(rows) - 1, 4) and any(c.continued for c in rows[depth].cells):
        if all(c.columns == 1 for c in rows[depth - 1].cells):
            break  # a group title in the first column, not a head of two levels
        depth += 1
    return depth


def _is_head(rows: Sequence[Row]) -> bool:
    first = [cell for cell in rows[0].cells if not cell.continued]
    named = [cell for cell in first if cell.text]
    if len(named) < 2 or len(named) < 0.6 * len(first):
        return False
    if any(len(cell.text) > _HEAD_LIMIT or _is_figure(cell.text) for cell in named):
        return False
    if _ORDINAL.match(named[0].text):
        return True
    if all(cell.bold for cell in named):
        below = [cell for row in rows[1:] for cell in row.cells if cell.text]
        if not all(cell.bold for cell in below):
            return True
    if any(cell.text.endswith((".", ";", ":", ",")) for cell in named):
        return False
    sums = any(_NUMBER.match(cell.text) for row in rows[1:] for cell in row.cells if cell.text)
    columns = sum(cell.columns for cell in first)
    return len(named) == len(first) and columns > 2 and (sums or len(rows) > 2)


def _is_figure(text: str) -> bool:
    """Return whether a text is a number and no year, which may stand over a column."""
    return bool(_NUMBER.match(text)) and not _YEAR.fullmatch(text)


def table_lines(rows: Sequence[Row], heads: int | None = None) -> list[TableLine]:
    """Return the lines that a table reads as.

    Args:
        rows: the table from top to bottom; blank rows are left out.
        heads: how many rows are the head of the columns; None to find out.

    Returns:
        A line for each row below the head: its cells, each with the head of its column (heads of
        several levels joined by " / "), joined by " | ". Blank cells are left out, merged cells
        are repeated in each row that they cover. The head is a line of its own only where a
        column below it is blank throughout, as in a form to be filled in. A row of one cell over
        all columns is a line as it stands. A row that only counts the columns, "(1) (2) (3)", is
        left out.
    """
    kept = [row for row in rows if any(cell.text or cell.continued for cell in row.cells)]
    lines: list[TableLine] = []
    while kept and heads is None and _is_title(kept[0]):
        lines.append(_title(kept.pop(0)))
    count = head_rows(kept) if heads is None else min(heads, len(kept))
    names = _names(kept[:count])
    if not set(names.values()) <= _named_columns(kept[count:], names):
        lines.append(TableLine(" | ".join(dict.fromkeys(names.values()))))
    above: list[_Placed] = []
    for i, row in enumerate(kept):
        placed = _place(row, above)
        above = placed
        if i < count or (count and i == count and _is_index(row)):
            continue
        if _is_title(row):
            lines.append(_title(row))
            continue
        line = _line(placed, names)
        if line.text:
            lines.append(line)
    return lines


def _named_columns(rows: Sequence[Row], names: dict[int, str]) -> set[str]:
    """Return the heads of the columns that have a cell with text below them."""
    return {
        names[item.start]
        for row in rows
        for item in _place(row, ())
        if item.cell.text and item.start in names
    }


def _is_title(row: Row) -> bool:
    """Return whether a row is one cell over all columns of a table of several."""
    named = [cell for cell in row.cells if cell.text]
    if len(named) != 1 or any(cell.continued for cell in row.cells):
        return False
    columns = sum(cell.columns for cell in row.cells)
    return columns > 1 and named[0].columns == columns


def _title(row: Row) -> TableLine:
    cell = next(cell for cell in row.cells if cell.text)
    return TableLine(cell.text, cell.bold)


def _is_index(row: Row) -> bool:
    """Return whether a row counts the columns: "(1) (2) (3)", "A B 1 2"."""
    named = [match for cell in row.cells if (match := _INDEX.match(cell.text))]
    if len(named) < 3 or len(named) < len([cell for cell in row.cells if cell.text]):
        return False
    counted = [int(match[1]) for match in named if match[1].isdecimal()]
    return counted == list(range(1, len(counted) + 1))


def _place(row: Row, above: Sequence[_Placed]) -> list[_Placed]:
    """Give each cell its column; a continued cell gets the text of the one above it."""
    placed: list[_Placed] = []
    texts = {over.start: over.cell for over in above}
    column = 0
    for cell in row.cells:
        shown = cell
        if cell.continued and not cell.text and column in texts:
            over = texts[column]
            shown = GridCell(over.text, over.bold, cell.columns, continued=True)
        placed.append(_Placed(shown, column))
        column += cell.columns
    return placed


def _names(rows: Sequence[Row]) -> dict[int, str]:
    """Return the head of each column, from the top level down."""
    parts: dict[int, list[str]] = {}
    above: list[_Placed] = []
    for row in rows:
        placed = _place(row, above)
        above = placed
        for item in placed:
            for column in range(item.start, item.start + min(item.cell.columns, 1024)):
                levels = parts.setdefault(column, [])
                if item.cell.text and item.cell.text not in levels:
                    levels.append(item.cell.text)
    return {column: _shorten(" / ".join(levels)) for column, levels in parts.items() if levels}


def _shorten(head: str) -> str:
    head = head.rstrip(" :")
    if len(head) <= MAX_HEAD:
        return head
    return head[: head.rfind(" ", 0, MAX_HEAD)] + "…"


def _line(placed: Sequence[_Placed], names: dict[int, str]) -> TableLine:
    parts: list[str] = []
    for item in placed:
        if item.cell.text:
            name = names.get(item.start)
            parts.append(f"{name}: {item.cell.text}" if name else item.cell.text)
    named = [item.cell for item in placed if item.cell.text]
    return TableLine(" | ".join(parts), bool(named) and all(cell.bold for cell in named))
