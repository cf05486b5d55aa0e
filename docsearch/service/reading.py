"""A document as it is read in a browser: lines, headings and tables, with marked words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from docsearch.records import Document, Span, Unit

Kind = Literal["heading", "text", "item", "table", "page"]

_LINE: Final = re.compile(r"[^\n\r\x85\u2028\u2029\x0b\x0c]+")
_MARKUP: Final = re.compile(r"\*+(?=\S)|(?<=\S)\*+")
_BOLD: Final = re.compile(r"\*\*(?=\S)((?:(?!\n\s*\n)[^*]){1,2000})\*\*")
_HASHES: Final = re.compile(r"[ \t]*#{1,6}[ \t]+")
_RULE: Final = re.compile(r"[ \t]*\|?[ \t:|-]*-{3,}[ \t:|-]*")
_ITEM: Final = re.compile(r"\s*(?:[-–+•*]\s|[a-zđ]\)\s|\d{1,2}(?:\.\d{1,2})*[.)]\s)")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a line: plain, in bold letters, or marked as what was asked for."""

    text: str
    bold: bool
    mark: bool
    cited: bool  # within the quotation


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a document, or a table of several."""

    kind: Kind
    anchor: int  # position in the text, 0-based
    depth: int = 0  # of a heading
    parts: tuple[Part, ...] = ()
    rows: tuple[tuple[tuple[Part, ...], ...], ...] = ()  # of a table
    target: bool = False  # whether the quotation begins here


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the outline."""

    anchor: int
    text: str
    depth: int  # 0-based
    within: bool = False  # whether the quotation stands below it


class _Marks:
    """Where in a text the quotation, the answer's words and bold letters begin and end."""

    def __init__(self, text: str, quotation: Span | None, marks: Sequence[Span]) -> None:
        self._quotation = (quotation,) if quotation else ()
        self._marks = tuple(marks)
        self._bold = [Span(*found.span(1)) for found in _BOLD.finditer(text)]
        self._bold_starts = [span.start for span in self._bold]
        spans = (*self._quotation, *self._marks, *self._bold)
        self._cuts = sorted({edge for span in spans for edge in (span.start, span.end)})

    def cut(self, start: int, end: int) -> int:
        """Return where the words from ``start`` on change, ``end`` at the latest."""
        at = bisect_right(self._cuts, start)
        return min(end, self._cuts[at]) if at < len(self._cuts) else end

    def part(self, text: str, start: int, end: int) -> Part:
        """Return the words between two cuts."""
        near = bisect_right(self._bold_starts, start) - 1
        bold = near >= 0 and start < self._bold[near].end
        mark = any(span.start <= start < span.end for span in self._marks)
        cited = any(span.start <= start < span.end for span in self._quotation)
        return Part(text[start:end], bold, mark, cited)


def blocks_of(
    document: Document, outline: Unit, quotation: Span | None = None, marks: Sequence[Span] = ()
) -> list[Block]:
    """Return a document line by line.

    Args:
        document: the document.
        outline: its tree; headings begin where its units do.
        quotation: what is shown in the document; the block in which it begins is the target.
        marks: the words of the answer in it.

    Returns:
        Blocks in the order of the text; signs of Markdown are left out, nothing else is.
    """
    headings = {heading.anchor: heading for heading in outline_of(outline, None)}
    marked = _Marks(document.text, quotation, marks)
    pages = {page.start: document.first_page + n for n, page in enumerate(document.pages)}
    found: list[Block] = []
    for is_table, lines in groupby(_lines(document.text), key=lambda line: line[2]):
        if is_table:
            found.append(_table(document.text, [line[:2] for line in lines], marked))
            continue
        for start, end, _ in lines:
            for at in [at for at in pages if at <= start]:
                number = pages.pop(at)
                if len(document.pages) > 1:
                    found.append(Block("page", at, depth=number))
            found.append(_line(document.text, start, end, headings.get(start), marked))
    return _with_target(found, quotation)


def outline_of(outline: Unit, quotation: Span | None, *, deepest: int = 3) -> list[Heading]:
    """Return the headings of a document, in order.

    Args:
        outline: its tree.
        quotation: the heading nearest above it is told from the others.
        deepest: how many levels are shown.

    Returns:
        Headings without the signs of Markdown; parts without a heading are left out.
    """
    found: list[Heading] = []

    def walk(unit: Unit, depth: int) -> None:
        for child in unit.children:
            below = depth
            if child.heading is not None and depth < deepest:
                words = " ".join(_MARKUP.sub("", child.heading.text).split())
                within = quotation is not None and (
                    child.span.start <= quotation.start < child.span.end
                )
                found.append(Heading(child.span.start, words, depth, within))
                below = depth + 1
            walk(child, below)

    walk(outline, 0)
    return found


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the lines that are not blank, and whether each is of a table."""
    for line in _LINE.finditer(text):
        words = line[0].strip()
        if words:
            yield line.start(), line.end(), words.startswith("|") and words.count("|") > 1


def _line(text: str, start: int, end: int, heading: Heading | None, marks: _Marks) -> Block:
    words = text[start:end]
    skip = len(match[0]) if (match := _HASHES.match(words)) else 0
    parts = tuple(_parts(text, start + skip, end, marks))
    if heading is not None:
        return Block("heading", start, heading.depth, parts)
    return Block("item" if _ITEM.match(words) else "text", start, 0, parts)


def _table(text: str, lines: Sequence[tuple[int, int]], marks: _Marks) -> Block:
    rows = []
    for start, end in lines:
        if _RULE.fullmatch(text[start:end]):
            continue
        cells = []
        cursor = start + text[start:end].index("|") + 1
        while cursor < end:
            bar = text.find("|", cursor, end)
            stop = end if bar < 0 else bar
            if bar >= 0 or text[cursor:stop].strip():
                cells.append(tuple(_parts(text, cursor, stop, marks)))
            cursor = stop + 1
        rows.append(tuple(cells))
    return Block("table", lines[0][0], rows=tuple(rows))


def _parts(text: str, start: int, end: int, marks: _Marks) -> Iterator[Part]:
    cursor = start
    for sign in [*_MARKUP.finditer(text, start, end), None]:
        stop = sign.start() if sign else end
        while cursor < stop:
            cut = marks.cut(cursor, stop)
            yield marks.part(text, cursor, cut)
            cursor = cut
        cursor = sign.end() if sign else end


def _with_target(blocks: Sequence[Block], quotation: Span | None) -> list[Block]:
    """Return the blocks with the one told in which the quotation begins."""
    if quotation is None:
        return list(blocks)
    starts = [n for n, b in enumerate(blocks) if b.anchor <= quotation.start and b.kind != "page"]
    at = starts[-1] if starts else 0
    return [
        Block(b.kind, b.anchor, b.depth, b.parts, b.rows, target=n == at)
        for n, b in enumerate(blocks)
    ]
