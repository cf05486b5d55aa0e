"""Tables that a text gives one cell a line: the heads of the columns, then row after row.

    TT
    Nội dung công việc
    Cơ quan chủ trì
    Thời gian
    1
    Hoàn thiện phương án
    Sở Nội vụ
    Trước ngày 05/4

A line that is the next number begins a row. A row with a line for each column is read as it
stands; one with fewer has blank cells, where the words of the next column tell; one with more has
cells that go on in lines which begin small or with a dash.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from docsearch.records import Span

MAX_COLUMNS: Final = 9  # arbitrary
MAX_LINES: Final = 40  # of one row, arbitrary

ORDINAL: Final = re.compile(r"(?i)(?:stt|tt|số tt|số thứ tự)\.?")
_LINE: Final = re.compile(r"[^\n]+")
ROMAN: Final = re.compile(r"[IVXL]{1,5}|[A-ZĐ]")  # the number of a part of the table
COUNTS: Final = re.compile(r"\(?[0-9]{1,2}\)?")  # "(1)", "(2)": a row that counts the columns
_BEGINS: Final = re.compile(r"(?i)(?:[ivxl]{1,5}|[0-9]{1,2}|[a-zđ])[./)]\s|điều [0-9]|nơi nhận")
_WHEN: Final = re.compile(
    r"(?i)(?:(?:trước|đến|hết|trong|từ|ngày|xong|chậm nhất|cuối|đầu|giữa) )*"
    r"(?:[0-9]{1,2} ?[/-] ?[0-9]|(?:năm )?20[0-9]{2}|ngày [0-9]|(?:tháng|quý|quí|tuần) [0-9iv]"
    r"|(?:h[ằà]ng|mỗi) (?:năm|quý|quí|tháng|tuần|ngày)|thường xuyên|đột xuất|định kỳ)"
)
_GOES_ON: Final = re.compile(r"[-–+•(]\s?\S")


@dataclass(frozen=True, slots=True)
class StackedRow:
    """A row: its words after the number, and each cell with the head of its column."""

    span: Span
    cells: tuple[tuple[str, tuple[Span, ...]], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text that is not blank, without white space around it."""

    span: Span
    words: str
    apart: bool  # whether a blank line stands before it


def find_stacked_rows(
    text: str, kind: Callable[[str], str | None]
) -> tuple[tuple[Span, ...], tuple[StackedRow, ...]]:
    """Return the words of a text that are tables with one cell a line, and their rows.

    Args:
        text: ``Document.text``.
        kind: what the head of a column announces (``fields.field_kind``), None for nothing.

    Returns:
        The spans of the heads, of titles of parts and of rows, and the rows. A row whose lines do
        not fit the columns is left out of both.
    """
    if not any(ORDINAL.fullmatch(line.strip()) for line in text.split("\n")):
        return (), ()
    lines = text_lines(text)
    spans: list[Span] = []
    rows: list[StackedRow] = []
    position = 0
    while position < len(lines):
        heads = _heads(lines, position, kind)
        begin = position + len(heads)
        if not heads:
            position += 1
            continue
        groups = list(_groups(lines, begin, len(heads) - 1))
        parts = [group for group in groups if ROMAN.fullmatch(group[0].words)]
        read = [row for group in groups if (row := _row(heads[1:], group, kind))]
        end = groups[-1][-1].span.end if groups else lines[begin - 1].span.end
        if read:
            spans.append(Span(lines[position].span.start, lines[begin - 1].span.end))
            spans += (Span(group[0].span.start, group[-1].span.end) for group in parts)
            spans += (row.span for row in read)
            rows += read
        position = begin
        while position < len(lines) and lines[position].span.start < end:
            position += 1
    return tuple(spans), tuple(rows)


def text_lines(text: str) -> list[Line]:
    """Return the lines of a text that are not blank, in order."""
    lines: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        words = match[0].strip()
        if not words:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        apart = text.count("\n", last, match.start()) > 1
        last = start + len(words)
        lines.append(Line(Span(start, last), words, apart))
    return lines


def _heads(
    lines: Sequence[Line], position: int, kind: Callable[[str], str | None]
) -> tuple[str, ...]:
    """Return the heads that begin at a line: "TT", a task, who does it or by when, then "1"."""
    if not ORDINAL.fullmatch(lines[position].words):
        return ()
    heads = [lines[position].words]
    for line in lines[position + 1 : position + 1 + MAX_COLUMNS]:
        if kind(line.words) is None:
            break
        heads.append(line.words)
    kinds = [kind(head) for head in heads]
    known = "task" in kinds and ("actor" in kinds or "time" in kinds) and len(heads) > 2
    begins = position + len(heads) < len(lines) and (
        number_of(lines[position + len(heads)].words) == 1
        or ROMAN.fullmatch(lines[position + len(heads)].words)
    )
    return tuple(heads) if known and begins else ()


def number_of(words: str) -> int | None:
    """Return the number that a line is and nothing else: "1", "(2)"."""
    bare = words.strip("(). ")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 4 else None


def _groups(lines: Sequence[Line], begin: int, columns: int) -> Iterator[Sequence[Line]]:
    """Yield the lines of each row, without its number, and of each title of a part, with it."""
    position = begin
    counted = [line.words for line in lines[begin : begin + columns + 1]]
    if all(map(COUNTS.fullmatch, counted)):
        position += columns + 1
    expected = 1
    while position < len(lines):
        words = lines[position].words
        if ROMAN.fullmatch(words) and _starts(lines, position + 2, expected):
            expected = number_of(lines[position + 2].words) or expected
            yield lines[position : position + 2]
            position += 2
            continue
        if number_of(words) != expected:
            return
        expected += 1
        first = position + 1
        limit = min(len(lines), first + MAX_LINES)
        following = next(
            (
                at
                for at in range(first + 1, limit)
                if number_of(lines[at].words) == expected
                or (ROMAN.fullmatch(lines[at].words) and _starts(lines, at + 2, expected))
            ),
            None,
        )
        end = _last(lines, first, columns) if following is None else following
        if any(_BEGINS.match(line.words) for line in lines[first:end]):
            end = following = _last(lines, first, columns)
        if end > first:
            yield lines[first:end]
        position = end


def _starts(lines: Sequence[Line], position: int, expected: int) -> bool:
    return position < len(lines) and number_of(lines[position].words) in (1, expected)


def _last(lines: Sequence[Line], first: int, columns: int) -> int:
    """Return where the last row ends: at the next heading or blank line, or with its columns."""
    spaced = first < len(lines) and lines[first].apart
    end = first
    while end < min(len(lines), first + columns):
        line = lines[end]
        if _BEGINS.match(line.words) or (line.apart and not spaced):
            break
        end += 1
    return end


def _row(
    heads: Sequence[str], group: Sequence[Line], kind: Callable[[str], str | None]
) -> StackedRow | None:
    """Give each column of a row its lines; None where they do not fit."""
    if len(group) < 2 or ROMAN.fullmatch(group[0].words):
        return None
    cells: list[list[Line]] = [[line] for line in group]
    at = 1
    while len(cells) > len(heads) and at < len(cells):
        words = cells[at][0].words
        if (_GOES_ON.match(words) or words[0].islower()) and not _WHEN.match(words):
            cells[at - 1] += cells.pop(at)
        else:
            at += 1
    blank = len(heads) - len(cells)
    if blank < 0:
        return None
    placed: list[tuple[str, tuple[Span, ...]]] = []
    taken = 0
    for head in heads:
        left = cells[taken:]
        if not left:
            break
        if blank and (kind(head) == "time") != bool(_WHEN.match(left[0][0].words)):
            blank -= 1
            continue
        placed.append((head, tuple(line.span for line in left[0])))
        taken += 1
    if taken < len(cells) or taken < 2:
        return None
    return StackedRow(Span(group[0].span.start, group[-1].span.end), tuple(placed))
