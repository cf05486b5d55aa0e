"""Tables of indicators that a text gives one cell a line: the heads, then row after row.

    TT
    Chỉ tiêu
    Đơn vị tính
    Thực hiện 2023
    Kế hoạch 2024
    1
    Tỷ lệ hộ nghèo
    %
    3,1
    dưới 2,5

Rows are read only where each has a line for every column, but for notes at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docsearch.facts.indicator_tables import (
    Cell,
    Column,
    Row,
    line_above,
    read_heads,
    read_row,
    unit_of,
    year_of,
)
from docsearch.facts.quantities import lower, read_figure
from docsearch.facts.stacked_tables import COUNTS, ROMAN, Line, number_of, text_lines
from docsearch.records import Span

MAX_COLUMNS: Final = 12  # arbitrary
_LONGEST_HEAD: Final = 80  # code points: arbitrary
_ORDINAL: Final = re.compile(r"(?im)^[^\S\n]*(?:s?tt|số tt|số thứ tự)\.?[^\S\n]*$")
_NO_FIGURE: Final = re.compile(r"[-–—.…x]{1,4}|không|0", re.IGNORECASE)


def find_stacked_indicators(
    text: str, *, issued_on: str | None, period: str | None, reports: bool
) -> tuple[Row, ...]:
    """Return the rows of the tables of indicators that have one cell a line.

    Args:
        text: ``Document.text``.
        issued_on: the document's date of issue, ISO 8601.
        period: of the document as a whole, for columns that name none.
        reports: whether the document looks back.

    Returns:
        The rows in order, and before those of a table its heads, without targets; none for
        tables whose lines do not fit their columns.
    """
    if not _ORDINAL.search(text):
        return ()
    lines = text_lines(text)
    rows: list[Row] = []
    position = 0
    while position < len(lines):
        heads = _heads(lines, position) if _ORDINAL.fullmatch(lines[position].words) else []
        position += 1
        if not heads:
            continue
        above = line_above(text, lines[position - 1].span.start)
        labels = [head.words for head in heads]
        said = year_of(above) or period
        columns = read_heads(labels, issued_on=issued_on, period=said, reports=reports)
        if not columns:
            continue
        begin = position
        position += len(heads)
        unit, of_all = "", unit_of(above)
        read: list[Row] = []
        for row in _rows(lines, position, columns):
            cells = [Cell(line.words, line.span.start, line.span.end) for line in row]
            unit, targets = read_row(cells, columns, unit, of_all)
            read.append(Row(Span(row[0].span.start, row[-1].span.end), targets))
        if read:
            rows.append(Row(Span(lines[begin].span.start, lines[position - 1].span.end), ()))
            rows += read
            last = read[-1].span.end
            while position < len(lines) and lines[position].span.start < last:
                position += 1
    return tuple(rows)


def _heads(lines: Sequence[Line], position: int) -> Sequence[Line]:
    """Return the lines between "TT" and the first number, where they may be heads."""
    for at in range(position + 1, min(len(lines), position + 2 + MAX_COLUMNS)):
        words = lines[at].words
        if number_of(words) == 1 or ROMAN.fullmatch(words):
            return lines[position + 1 : at] if at > position + 2 else []
        if len(words) > _LONGEST_HEAD:
            break
    return []


def _rows(lines: Sequence[Line], begin: int, columns: Sequence[Column]) -> Iterator[Sequence[Line]]:
    """Yield the lines of each row, without its number, up to one that does not fit."""
    position = begin
    counted = [line.words for line in lines[begin : begin + len(columns) + 1]]
    if all(map(COUNTS.fullmatch, counted)):
        position += len(counted)
    expected = 1
    while position < len(lines):
        if _is_part(lines, position, expected):
            expected = number_of(lines[position + 2].words) or expected
            position += 2
            continue
        if number_of(lines[position].words) != expected:
            return
        expected += 1
        position += 1
        row = _row(lines, position, columns, expected)
        if row is None:
            return
        yield row
        position += len(row)


def _is_part(lines: Sequence[Line], position: int, expected: int) -> bool:
    """Return whether the title of a part stands at a line: "II", "Giáo dục phổ thông"."""
    first = lines[position + 2] if position + 2 < len(lines) else None
    begins = first is not None and number_of(first.words) in (1, expected)
    return begins and ROMAN.fullmatch(lines[position].words) is not None


def _row(
    lines: Sequence[Line], position: int, columns: Sequence[Column], expected: int
) -> Sequence[Line] | None:
    """Return the lines of a row that fit the columns; notes at its end may be missing."""
    needed = len(columns)
    while needed > 1 and columns[needed - 1].role == "":
        needed -= 1
    for size in range(len(columns), needed - 1, -1):
        row = lines[position : position + size]
        after = position + size
        ends = size == len(columns) or after >= len(lines)
        follows = after < len(lines) and number_of(lines[after].words) == expected
        if len(row) == size and (ends or follows or _is_part(lines, after, expected)):
            fits = all(
                column.role != "value"
                or _NO_FIGURE.fullmatch(line.words)
                or read_figure(lower(line.words))
                for line, column in zip(row, columns, strict=False)
            )
            if fits and (follows or _closes(lines, after, expected)):
                return row
    return None


def _closes(lines: Sequence[Line], after: int, expected: int) -> bool:
    """Return whether a table may end at a line: no figure of another column stands there."""
    if after >= len(lines) or _is_part(lines, after, expected):
        return True
    return read_figure(lower(lines[after].words)) is None
