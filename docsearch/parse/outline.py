"""Document.text → the tree of its units.

The tree is read line by line: a mark opens a unit, a unit ends where one of the same or a smaller
rank begins, and lines without a mark continue the open sentence or begin a paragraph. Footnotes
and page breaks in mid-sentence do not end the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from docsearch.orthography import LOWER, UPPER
from docsearch.parse.markers import INTRODUCTION_RANK, RANK, Marker, find_marker
from docsearch.parse.sentences import sentences
from docsearch.parse.view import view
from docsearch.records import Heading, Level, Span, Unit

# A heading longer than this before its colon is a sentence. Arbitrary; the longest of our
# corpus has 145 code points.
MAX_INLINE_HEADING: Final = 180

# A numbered line longer than this without a full stop is a sentence that lost it, unless
# something stands under it. Arbitrary.
MAX_HEADING: Final = 400

_LINE = re.compile(r"[^\n]*\n?")
# A point shorter than this without a full stop is a heading ("a) Sở Tài chính"). Arbitrary.
MAX_POINT_HEADING: Final = 120

TITLED: Final = ("annex", "part", "chapter", "section", "roman")
"""Levels whose own words are a title, whether something stands under it or not."""

# A line shorter than this is not broken off at the edge of a page, so the next one is new.
WRAPPED: Final = 60

# A line longer than this is a paragraph that was never broken. Both arbitrary: pages of these
# documents hold 60 to 110 code points in a line.
UNBROKEN: Final = 200

_RECIPIENTS = re.compile(r"[\s*_#|]*(?i:nơi nhận)\b")
_AUTHORITY = re.compile(rf"[\s*_#|]*(?:TM|T/M|KT|TL|TUQ|T\.M|K\.T)\s?[./]?\s*[{UPPER}]{{2}}")
_MOTTO = re.compile(r"CỘNG H[OÒÕ][AÀ] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM")
_TERMINAL = re.compile(r"[.:;!?…/][\"”’)\]*_]*$")
_COMMA = re.compile(r",[\"”’)\]*_]*$")
_SEMICOLON = re.compile(r";[\"”’)\]*_]*$")
_FINAL = re.compile(r"\./\.[\"”*_]*$")
_TITLE = re.compile(rf"[^{LOWER}]*[{UPPER}]{{2}}[^{LOWER}]*$")


@dataclass(slots=True)
class _Draft:
    level: Level
    label: str
    rank: int
    start: int
    words: int  # where the words after the mark begin
    pieces: list[Span] = field(default_factory=list)
    children: list[_Draft] = field(default_factory=list)
    heading: bool = True  # whether the words can be a heading; signatures cannot


def parse_outline(text: str) -> Unit:
    """Return the tree of a document's units.

    Args:
        text: ``Document.text``; any text has a tree, an empty one a tree without children.

    Returns:
        The root (level "document"). Children are in order and do not overlap; every line that
        is not blank lies in the ``pieces`` of exactly one unit.
    """
    root = _Draft("document", "", 0, 0, 0)
    reader = _Reader(text, [root])
    for start, end in _lines(text):
        reader.take(start, end)
    return _freeze(root, text, end=max(len(text), 1))


def is_heading(unit: Unit) -> bool:
    """Return whether a unit's own words are its heading and nothing else."""
    if unit.heading is None or not any(child.level != "footnote" for child in unit.children):
        return False
    return unit.pieces[-1].end - unit.heading.span.end <= 6  # ":**" and the like


def walk(unit: Unit, above: tuple[Heading, ...] = ()) -> Iterator[tuple[Unit, tuple[Heading, ...]]]:
    """Return every unit that has words, with the headings above it and its own, in order.

    Args:
        unit: where to begin; the root for a whole document.
        above: the headings above it, outermost first.

    Yields:
        Units outside the closing ("Nơi nhận", signatures), each with its headings.
    """
    if unit.level != "closing":
        headings = (*above, unit.heading) if unit.heading else above
        if unit.pieces:
            yield unit, headings
        for child in unit.children:
            yield from walk(child, headings)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text):
        if match.end() > match.start():
            yield match.start(), match.end()


@dataclass(slots=True)
class _Reader:
    text: str
    stack: list[_Draft]
    open: _Draft | None = None  # the unit whose sentence may go on
    blank: bool = False  # whether a blank line came since
    closing: bool = False  # inside "Nơi nhận" and the signatures

    def take(self, start: int, end: int) -> None:
        """Add one line to the tree."""
        line = self.text[start:end]
        body = line.strip()
        if not body:
            self.blank = True
            return
        piece = Span(start + line.index(body[0]), start + len(line.rstrip()))
        marker = find_marker(line)
        if self.closing and (len(body) > WRAPPED or _MOTTO.search(body)) and marker is None:
            self.closing = False
            del self.stack[1:]
        if marker and marker.level == "footnote":
            self._footnote(marker.label, piece, start + marker.end)
        elif body.isdigit() and len(body) <= 3 and self.open:
            self._footnote("", piece, piece.start)  # a page number
        elif _RECIPIENTS.match(line):
            self.closing = True
            self._open(Marker("closing", "", RANK["closing"], 0), piece, piece.start)
        elif self._signs(line, marker):
            self._signature(piece)
        elif self._continues(body, marker):
            self._continue(piece)
        elif marker:
            self.closing = self.closing and marker.rank > RANK["article"]
            self._open(marker, piece, start + marker.end)
        else:
            self._paragraph(body, piece)
        self.blank = False

    def _signs(self, line: str, marker: Marker | None) -> bool:
        return bool(_AUTHORITY.match(line)) or (self.closing and marker is None)

    def _signature(self, piece: Span) -> None:
        self.closing = True
        if self.open and self.open.level == "closing" and self.open.heading is False:
            self.open.pieces.append(piece)
            return
        self._open(Marker("closing", "", RANK["closing"], 0), piece, piece.start)
        self.stack[-1].heading = False

    def _continues(self, body: str, marker: Marker | None) -> bool:
        if self.open is None or marker is not None or self.closing:
            return False
        last = self.open.pieces[-1].of(self.text).rstrip()
        first = body.lstrip('*_#"“(')[:1]
        if first.islower() or _COMMA.search(last) or self._lacks_title():
            return True
        if _SEMICOLON.search(last):
            return first.isdigit()
        if self.blank or _TERMINAL.search(last):
            return False
        if _TITLE.match(last) or _TITLE.match(body):
            return bool(_TITLE.match(last)) == bool(_TITLE.match(body))
        return len(last) >= WRAPPED and len(body) <= UNBROKEN

    def _lacks_title(self) -> bool:
        """Whether the open unit is "Chương I" and its title stands on this line."""
        unit = self.open
        return (
            unit is not None
            and unit.level in TITLED[:-1]
            and len(unit.pieces) == 1
            and unit.words >= unit.pieces[0].end
        )

    def _continue(self, piece: Span) -> None:
        assert self.open is not None
        self.open.pieces.append(piece)

    def _paragraph(self, body: str, piece: Span) -> None:
        introduces = body.rstrip("*_").endswith(":")
        rank = INTRODUCTION_RANK if introduces else RANK["paragraph"]
        # a paragraph does not stand under a bullet, but under the heading above it;
        # the last sentence of a document ("./.") stands under none
        while self.stack[-1].rank >= INTRODUCTION_RANK or self._is_full_point():
            self.stack.pop()
        if _FINAL.search(body):
            del self.stack[1:]
        self._open(Marker("paragraph", "", rank, 0), piece, piece.start)

    def _is_full_point(self) -> bool:
        """Whether the open unit is a point ("a) …") that says something itself."""
        unit = self.stack[-1]
        if unit.level != "letter":
            return False
        words = view(self.text, unit.pieces).text
        return len(words) > MAX_POINT_HEADING or words.endswith((".", ";"))

    def _open(self, marker: Marker, piece: Span, words: int) -> None:
        while self.stack[-1].rank >= marker.rank:
            self.stack.pop()
        unit = _Draft(marker.level, marker.label, marker.rank, piece.start, words, [piece])
        self.stack[-1].children.append(unit)
        self.stack.append(unit)
        self.open = unit

    def _footnote(self, label: str, piece: Span, words: int) -> None:
        note = _Draft("footnote", label, RANK["footnote"], piece.start, words, [piece])
        (self.open or self.stack[-1]).children.append(note)


def _freeze(draft: _Draft, text: str, end: int) -> Unit:
    children = tuple(_freeze(child, text, _end(child)) for child in draft.children)
    heading = _heading(draft, text)
    return Unit(
        level=draft.level,
        label=draft.label,
        span=Span(draft.start, end),
        pieces=tuple(draft.pieces),
        heading=heading,
        children=children,
    )


def _end(draft: _Draft) -> int:
    ends = [piece.end for piece in draft.pieces] + [_end(child) for child in draft.children]
    return max(ends)


def _heading(draft: _Draft, text: str) -> Heading | None:
    if not draft.pieces or not draft.heading or draft.level in ("footnote", "document"):
        return None
    line = view(text, draft.pieces)
    below = [child for child in draft.children if child.level != "footnote"]
    label = bisect_left(line.offsets, draft.words)
    colon = _inline_colon(line.text, label)
    if colon is not None and draft.level not in ("paragraph", "dash", "plus"):
        span = line.span(0, colon)
        return Heading(text=line.text[:colon].strip(), span=span)
    whole = line.text.rstrip(" :")
    closed = line.text.endswith((".", ";")) or len(sentences(line)) > 2
    if below and (line.text.endswith(":") or (not closed and len(whole) <= MAX_HEADING)):
        return Heading(text=whole, span=line.span(0, len(line.text)))
    if draft.level in TITLED and len(whole) <= MAX_HEADING:
        return Heading(text=whole, span=line.span(0, len(line.text)))
    return None


def _inline_colon(text: str, label: int) -> int | None:
    """Return where the first colon after the label stands, when it ends a heading."""
    position = text.find(": ", label)
    if 0 < position <= MAX_INLINE_HEADING and not re.search(r"[.;]\s+\S", text[4:position]):
        return position
    return None
