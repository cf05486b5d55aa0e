"""Document.text → the tree of its units.

The tree is read line by line: a mark opens a unit, a unit ends where one of the same or a smaller
rank begins, and lines without a mark continue the open sentence or begin a paragraph. Whether a
mark opens a unit is told by the series that are open (5 follows 4) and by the sentence before it.
Footnotes, page breaks and quotations that run over lines do not end what they stand in.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from docsearch.orthography import LOWER, UPPER
from docsearch.parse.folding import flatten
from docsearch.parse.markers import (
    INTRODUCTION_RANK,
    RANK,
    Marker,
    find_marker,
    find_serial_marker,
    follows,
    is_first,
)
from docsearch.parse.parts import find_attachments, find_copies
from docsearch.parse.quotations import closing_lines, unclosed
from docsearch.parse.sentences import sentences
from docsearch.parse.view import view
from docsearch.records import Heading, Level, Span, Unit
from docsearch.vocabulary import bodies

# A heading longer than this before its colon is a sentence. Arbitrary; the longest of our
# corpus has 145 code points.
MAX_INLINE_HEADING: Final = 180

# A numbered line longer than this without a full stop is a sentence that lost it, unless
# something stands under it. Arbitrary.
MAX_HEADING: Final = 400

# A point shorter than this without a full stop is a heading ("a) Sở Tài chính"). Arbitrary.
MAX_POINT_HEADING: Final = 120

# A bold line longer than this is emphasis, not a heading. Arbitrary.
MAX_BOLD_HEADING: Final = 150

TITLED: Final = ("annex", "part", "chapter", "section", "roman")
"""Levels whose own words are a title, whether something stands under it or not."""

# A line shorter than this is not broken off at the edge of a page, so the next one is new.
WRAPPED: Final = 60

# Fewer lines do not tell whether a text was broken at the edge of a page.
LEAST_BROKEN_LINES: Final = 12

# A line longer than this is a paragraph that was never broken. Both arbitrary: pages of these
# documents hold 60 to 110 code points in a line.
UNBROKEN: Final = 200

# Lines that a quotation of another text may run over, and any other quotation. Arbitrary; an
# article has at most some hundred lines.
MAX_QUOTED_LINES: Final = 400
MAX_PLAIN_QUOTED_LINES: Final = 3

_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u3000"), " ")
_LINE = re.compile(r"[^\n]*\n?")
_RECIPIENTS = re.compile(r"[\s*_#|]*(?i:nơi nhận)\b")
_AUTHORITY = re.compile(
    rf"[\s*_#|]*(?:(?:TM|T/M|KT|TL|TUQ|T\.M|K\.T)\s?[./]?\s*[{UPPER}]{{2}}"
    r"|tm\s?\.\s{0,2}(?:ubnd|ủy ban|uỷ ban|hội đồng|ban ))"
)
_MOTTO = re.compile(r"CỘNG H[OÒÕ][AÀ] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM")
_TERMINAL = re.compile(r"[.:;!?…/][\"”’)\]*_]*$")
_COMMA = re.compile(r",[\"”’)\]*_]*$")
_SEMICOLON = re.compile(r";[\"”’)\]*_]*$")
_FINAL = re.compile(r"\./\.[\"”*_]*$")
_DATED = re.compile(r", ?ngay\b|\bngay[\s.…]{1,9}(?:\d{1,2}[\s.…]{1,9})?thang\b")
_ADDRESSED = re.compile(r"[\s*_#|]*(?i:kính\s+g[ửở]i)\b")
_TITLE = re.compile(rf"[^{LOWER}]*[{UPPER}]{{2}}[^{LOWER}]*$")
_ENACTING = re.compile(
    r"[\s*_#|]*(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT|CHỈ THỊ|THÔNG BÁO|YÊU CẦU)\s?:[\s*_|]*$"
)
# Words that take the number on the next line ("trước ngày", "tại khoản"), not those that end in
# the same syllable and a heading may end with ("dân tộc thiểu số", "quan điểm", "6 tháng").
_TAKES_NUMBER = re.compile(
    r"(?i)(?:^|[\s(“\"])(?:(?<!hằng )(?<!hàng )(?<!mỗi )ngày|ngày \d{1,2} tháng|tháng \d{1,2} năm"
    r"|(?:từ|đến|trong|trước|sau|cuối|đầu) (?:năm|tháng|quý|lớp|tuần)|giai đoạn|thời kỳ"
    r"|(?<!tài )khoản|điều|(?:tại|theo|các|và|hoặc|của|,) (?:điểm|mục|phần|chương|phụ lục|biểu)"
    r"|(?:định|lệnh|quyết|luật|thị|tư|hoạch|văn|báo|cáo|trình|dẫn|luận|bản|án|chế|tin) số:?)$"
)
_PART_YEAR = re.compile(r"(?i)\stháng (?:đầu|cuối) năm$")  # "… 6 tháng đầu năm", "1. Về kinh tế"
_CITES = re.compile(r"(?i)\s(?:khoản|điểm|tiết|điều|mục|chương) (?:\d{1,2}|[a-zđ]|[IVX]{1,4}),?$")
# Words that link a sentence to its next line.
_LINKS = re.compile(
    r"(?i)[\s(](?:tại|theo|của|và|với|hoặc|(?<!trực )thuộc|các|những|trong|ở|từ|đến)$"
)
# Words that a broken line of full length may end with besides.
_BROKEN_OFF = re.compile(
    r"(?i)\s(?:là|cho|do|bằng|vào|để|được|bị|trước|sau|trên|dưới|khoảng|lớp|cấp|mức|năm|tháng|số)$"
)
_DIGITS = re.compile(r"(?<!\d)(\d{1,4})[\"”’)\]*_]*$")  # may be the first of two: "2021", "- 2025"
# Page numbers and running heads: "2", "- 2 -", "Trang 2/5", "PAGE 2", "CÔNG BÁO/Số 15/…"
_FURNITURE = re.compile(
    r"(?i)[\s\-–—|(*_]*(?:\d{1,3}|(?:trang|page|tr\.)(?:\s*\\\*\s*mergeformat)?\s*\d{0,3}"
    r"(?:\s*/\s*\d{1,3})?|\d{1,3}\s*/\s*\d{1,3})[\s\-–—|)*_]*$|CÔNG BÁO/Số\b.{0,80}$"
)
_AMENDS = re.compile(
    r"\s*(?i:sửa đổi|bổ sung|thay thế|bãi bỏ|bỏ |huỷ bỏ|hủy bỏ|thay (?:cụm )?từ|đính chính)"
)
_QUOTES = re.compile(r":(?:\s*[“\"«„]|\s*$)")
_TYPES = (
    "quyết định|kế hoạch|chỉ thị|nghị quyết|thông báo|công văn|chương trình|đề án|hướng dẫn"
    "|quy chế|quy định|kết luận|thông tri|công điện|phương án|văn bản"
)
# A paragraph that ends the whole document and not its last point.
_CONCLUSION = re.compile(
    r"(?i)[\s*_]*(?:yêu cầu|đề nghị|giao|trên đây là|nay|nhận được|trong quá trình|căn cứ"
    rf"|(?:các|những) (?:cơ quan|đơn vị|địa phương)|ubnd|u[ỷỳ] ban|[uủ][ỷy] ban|(?:{_TYPES}) này)"
)
_THIS_DOCUMENT = re.compile(rf"(?i)\b(?:{_TYPES})(?: \w+)? này\b|trên đây là|\bbiết\b|thực hiện")


@dataclass(slots=True)
class _Draft:
    level: Level
    label: str
    rank: int
    start: int
    words: int  # where the words after the mark begin
    scheme: str = ""  # how its series is numbered
    pieces: list[Span] = field(default_factory=list)
    children: list[_Draft] = field(default_factory=list)
    heading: bool = True  # whether the words can be a heading; signatures cannot
    title: Span | None = None  # what the heading is, where it is known
    quoted: int | None = None  # how many of the pieces stand before a quotation
    hashes: int = 0  # of a Markdown heading


@dataclass(frozen=True, slots=True)
class _Line:
    """One line with what the rules ask about it."""

    start: int
    text: str  # with its line end
    body: str  # without white space at its ends
    piece: Span
    bold: bool


@dataclass(frozen=True, slots=True)
class _Region:
    """Lines that are one unit's words, whatever they look like: a copy, or the head of a part."""

    level: Level
    span: Span
    title: Span | None


def parse_outline(text: str, *, bold: Sequence[Span] = ()) -> Unit:
    """Return the tree of a document's units.

    Args:
        text: ``Document.text``; any text has a tree, an empty one a tree without children.
        bold: the lines that are printed bold throughout, in order, where the format tells;
            Markdown in the text ("**…**") is seen without.

    Returns:
        The root (level "document"). Children are in order and do not overlap; every line that
        is not blank lies in the ``pieces`` of exactly one unit. A part that the document issues
        is a unit "attached" below the root with units of its own; where the text holds the
        document once more, that is a unit "copy" without children.
    """
    root = _Draft("document", "", 0, 0, 0)
    text = text.translate(_BLANKS)  # position for position
    regions = [
        *(_Region("copy", span, None) for span in find_copies(text)),
        *(_Region(head.level, head.span, head.title) for head in find_attachments(text)),
    ]
    bounds = [match.span() for match in _LINE.finditer(text) if match.end() > match.start()]
    printed = sorted(bold)
    balances = _balances(text, bounds)
    width = _line_width(text, bounds)
    reader = _Reader(text, [root], _apart(regions), balances, closing_lines(balances), width)
    for number, (start, end) in enumerate(bounds):
        reader.take(number, start, text[start:end], printed)
    reader.finish()
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
        Units outside the closing ("Nơi nhận", signatures) and outside copies of the document,
        each with its headings.
    """
    if unit.level not in ("closing", "copy"):
        headings = (*above, unit.heading) if unit.heading else above
        if unit.pieces:
            yield unit, headings
        for child in unit.children:
            yield from walk(child, headings)


def _balances(text: str, bounds: list[tuple[int, int]]) -> list[int]:
    return [unclosed(text[start:end])[0] for start, end in bounds]


def _line_width(text: str, bounds: list[tuple[int, int]]) -> int | None:
    """Return how long the lines of a text are that was broken at the edge of a page, else None."""
    lengths = sorted(length for a, b in bounds if (length := len(text[a:b].rstrip())) > 1)
    if len(lengths) < LEAST_BROKEN_LINES:
        return None
    width = lengths[int(0.97 * len(lengths))]
    full = sum(length >= width - 12 for length in lengths)
    return width if WRAPPED <= width <= UNBROKEN and full >= 0.3 * len(lengths) else None


def _apart(regions: list[_Region]) -> list[_Region]:
    """Return the regions in reverse order, without those inside a copy."""
    copies = [region.span for region in regions if region.level == "copy"]
    kept = [
        region
        for region in regions
        if region.level == "copy" or not any(copy.overlaps(region.span) for copy in copies)
    ]
    return sorted(kept, key=lambda region: region.span, reverse=True)


@dataclass(slots=True)
class _Reader:
    text: str
    stack: list[_Draft]
    regions: list[_Region]  # still to come, the next one last
    balances: list[int]  # of the quotation marks in every line
    closings: list[int | None]  # the line that closes what a line leaves open
    width: int | None  # of the lines, where the text was broken at the edge of a page
    open: _Draft | None = None  # the unit whose sentence may go on
    note: _Draft | None = None  # the footnote whose sentence may go on
    blank: bool = False  # whether a blank line came since
    broken: bool = False  # whether a page break came since
    closing: bool = False  # inside "Nơi nhận" and the signatures
    quoted: tuple[int, bool] | None = None  # last line of the quotation; whether it is closed
    prose: bool = False  # whether the body of the document has begun

    def take(self, number: int, start: int, text: str, printed: Sequence[Span]) -> None:
        """Add one line to the tree."""
        body = text.strip()
        if not body:
            self.blank = True
            return
        piece = Span(start + text.index(body[0]), start + len(text.rstrip()))
        line = _Line(start, text, body, piece, _is_bold(body, piece, printed))
        if not self._takes_region(line):
            self._takes(number, line)
            self.blank = False

    def finish(self) -> None:
        """Put the last paragraph of a document without a signature where it belongs."""
        if not self.closing:
            self._conclude()

    # What stands apart from the outline

    def _takes_region(self, line: _Line) -> bool:
        while self.regions and self.regions[-1].span.end <= line.piece.start:
            self.regions.pop()
        region = self.regions[-1] if self.regions else None
        if region is None or line.piece.start < region.span.start:
            if self.stack[-1].level == "copy":
                self._reset("document")
                self.open = None
            return False
        if self.open is None or self.open.title is not region.title or not self._inside(region):
            if not self.closing:
                self._conclude()
            self._reset("attached" if region.level == "annex" else "document")
            marker = Marker(region.level, "", RANK[region.level], 0, region.level)
            self._open(marker, line.piece, line.piece.start)
            self.stack[-1].title = region.title
            self.stack[-1].heading = region.title is not None
        else:
            self.open.pieces.append(line.piece)
        self.closing, self.quoted, self.note, self.blank = False, None, None, True
        return True

    def _inside(self, region: _Region) -> bool:
        return self.open is not None and self.open.start >= region.span.start

    def _takes(self, number: int, line: _Line) -> None:
        if self._takes_quoted(number, line) or self._takes_furniture(line):
            return
        marker, inside = self._marker(line)
        if self.closing and self._leaves_closing(line, marker):
            self.closing = False
            self._reset()
        if marker and marker.level == "footnote":
            self._footnote(marker.label, line.piece, line.start + marker.end)
        elif self._continues_note(line, marker):
            assert self.note is not None
            self.note.pieces.append(line.piece)
        else:
            self.note = None
            self._takes_words(line, marker, inside=inside)
            self._begins_quotation(number, line)
        self.broken = False

    def _takes_words(self, line: _Line, marker: Marker | None, *, inside: bool) -> None:
        if _RECIPIENTS.match(line.text):
            self._begin_closing()
            self._open(Marker("closing", "", RANK["closing"], 0), line.piece, line.piece.start)
        elif self._signs(line) or (self.closing and marker is None):
            self._signature(line)
        elif inside or self._continues(line, marker):
            self._extend(line)
        elif marker:
            self._open(self._ranked(marker, line), line.piece, line.start + marker.end)
            self.prose = True
        else:
            self._paragraph(line)

    def _extend(self, line: _Line) -> None:
        """Add a line to the open unit; a paragraph that now ends in ":" introduces a list."""
        assert self.open is not None
        self.open.pieces.append(line.piece)
        if self.open.level == "paragraph" and self.open.rank >= INTRODUCTION_RANK:
            introduces = line.body.rstrip("*_").endswith(":")
            self.open.rank = INTRODUCTION_RANK if introduces else RANK["paragraph"]

    def _signs(self, line: _Line) -> bool:
        """Whether a line begins a signature: "TM. …", or an office alone after the last words."""
        if _AUTHORITY.match(line.text):
            return True
        words = line.body.strip("*_| ")
        if self.open is None or not self.prose or len(words) > 60 or not words.isupper():
            return False
        ended = self._last().rstrip('*_”"').endswith((".", "/"))
        return ended and bool(_offices().fullmatch(flatten(words)))

    def _takes_furniture(self, line: _Line) -> bool:
        """Whether a line is a page number or running head, which interrupts the open unit."""
        if self.open is None or len(line.body) > 100 or not _FURNITURE.match(line.body):
            return False
        if not self.blank and _TAKES_NUMBER.search(self._last()):  # "trước ngày", "15"
            return False
        self._footnote("", line.piece, line.piece.start)
        self.note, self.broken = None, True
        return True

    def _footnote(self, label: str, piece: Span, words: int) -> None:
        note = _Draft("footnote", label, RANK["footnote"], piece.start, words, pieces=[piece])
        (self.open or self.stack[-1]).children.append(note)
        self.note = note

    def _continues_note(self, line: _Line, marker: Marker | None) -> bool:
        if self.note is None or marker is not None or self.blank:
            return False
        last = self.note.pieces[-1].of(self.text)
        return len(last) >= WRAPPED and not _TERMINAL.search(last) and len(line.body) <= UNBROKEN

    # Quotations

    def _takes_quoted(self, number: int, line: _Line) -> bool:
        if self.quoted is None or self.open is None:
            return False
        last, closed = self.quoted
        if number > last or self._breaks_out(line, closed=closed):
            self.quoted = None
            return False
        if self._takes_furniture(line):
            return True
        self.open.pieces.append(line.piece)
        self.broken = False
        if number == last:
            self.quoted = None
        return True

    def _breaks_out(self, line: _Line, *, closed: bool) -> bool:
        """Whether a line in a quotation is one of the document's own after all."""
        if _RECIPIENTS.match(line.text) or _AUTHORITY.match(line.text):
            return True
        marker = find_marker(line.text)
        if marker is None or self._before(marker) is None or not marker.scheme[:1].isalnum():
            return False
        if not closed and marker.level == "article":
            return True
        return bool(_AMENDS.match(line.text, marker.end))

    def _begins_quotation(self, number: int, line: _Line) -> None:
        if self.balances[number] <= 0 or self.open is None or self.closing:
            return
        _, at = unclosed(line.text)
        if at is None:
            return
        before = line.text[: at - 1].rstrip(" *_")
        opened = before or self._before_last_piece()
        marker = find_marker(line.text[at:])
        series = marker is not None and marker.scheme[:1].isalnum() and marker.level != "footnote"
        quotes = series or opened.endswith(":")
        limit = number + (MAX_QUOTED_LINES if quotes else MAX_PLAIN_QUOTED_LINES)
        last = self.closings[number]
        if last is not None and last <= limit:
            self.quoted = (last, True)
        elif quotes:
            self.quoted = (limit, False)
        if quotes and self.open.quoted is None:
            self.open.quoted = len(self.open.pieces) - (0 if before else 1)

    def _before_last_piece(self) -> str:
        if self.open is None or len(self.open.pieces) < 2:
            return ""
        return self.open.pieces[-2].of(self.text).rstrip(" *_")

    # Marks

    def _marker(self, line: _Line) -> tuple[Marker | None, bool]:
        """Return the mark of a line where it opens a unit, and whether it is part of a sentence."""
        marker = find_marker(line.text)
        if marker is None:
            serial = find_serial_marker(line.text)
            known = serial and self._before(serial) is not None
            return (serial if known and not self._is_open_sentence() else None), False
        if marker.level == "footnote":
            return marker, False
        if marker.scheme == "*" and not self.prose and _DATED.search(flatten(line.body)):
            return None, False  # the rule of a Party letterhead, beside place and date
        marker = self._read_label(marker)
        inside = self._inside_sentence(marker, line)
        return (None if inside else marker), inside

    def _read_label(self, marker: Marker) -> Marker:
        """Return the mark as its series reads it: "l." after a heading is 1, "i)" may be Roman."""
        if marker.scheme != "a" or self._before(marker):
            return marker
        if marker.label == "l":
            return replace(marker, level="number", label="1", rank=RANK["number"], scheme="1.")
        roman = replace(marker, rank=RANK["letter"] + 8, scheme="i")
        if marker.label in "ivx" and (marker.label == "i" or self._before(roman)):
            return roman
        return marker

    def _before(self, marker: Marker) -> _Draft | None:
        """Return the open unit that ``marker`` comes next after in its series."""
        for unit in reversed(self.stack):
            if unit.scheme == marker.scheme and follows(marker.label, unit.label, marker.scheme):
                return unit
        return None

    def _is_open_sentence(self) -> bool:
        """Whether the last line is broken off: no stop at its end, nothing blank since."""
        if self.open is None or self.closing or (self.blank and not self.broken):
            return False
        return not _TERMINAL.search(self._last())

    def _last(self) -> str:
        return self.open.pieces[-1].of(self.text).rstrip() if self.open else ""

    def _inside_sentence(self, marker: Marker, line: _Line) -> bool:
        """Whether what looks like a mark is a number or dash of the sentence that goes on."""
        if not self._is_open_sentence() or self.open is None:
            return False
        last = self._last()
        own = self.text[self.open.words : self.open.pieces[-1].end]
        follow = line.text[marker.end : marker.end + 12].lstrip('*_“"(')
        listed = follow[:1].isupper() and _PART_YEAR.search(last) and self._expects(marker)
        takes = _TAKES_NUMBER.search(last) or _LINKS.search(last)
        if len(own.split()) > 2 and takes and not listed:
            return True
        if marker.level in ("dash", "plus"):
            return self._wrapped_dash(last, follow) or _splits_a_name(last, line.body)
        if marker.level in ("article", "section", "chapter", "part") and _CITES.search(last):
            return True
        if not _COMMA.search(last) and len(last) < WRAPPED:
            return False
        return not self._expects(marker) or (follow[:1].islower() and marker.level == "number")

    def _expects(self, marker: Marker) -> bool:
        """Whether a mark begins a series or continues one that is open."""
        if is_first(marker.label, marker.scheme) or self._before(marker) is not None:
            return True
        alone = all(unit.scheme != marker.scheme for unit in self.stack)
        return alone and marker.level == "article"

    def _wrapped_dash(self, last: str, follow: str) -> bool:
        """Whether a dash at a line's start belongs to the sentence ("2021", "- 2025")."""
        before, after = _DIGITS.search(last), re.match(r"\d{1,4}(?!\d)", follow)
        if before and after and len(before[1]) == len(after[0]) and before[1] < after[0]:
            return True
        assert self.open is not None
        listed = self.open.level in ("dash", "plus")
        begins = self.text[self.open.words : self.open.words + 1]
        return len(last) >= WRAPPED and follow[:1].islower() and not (listed and begins.islower())

    def _ranked(self, marker: Marker, line: _Line) -> Marker:
        """Return the mark with the rank that it has among the open units."""
        same = self._before(marker) or next(
            (unit for unit in reversed(self.stack) if unit.scheme == marker.scheme), None
        )
        if same is not None and marker.scheme:
            return replace(marker, rank=same.rank)
        rank = marker.rank
        schemes = {unit.scheme for unit in self.stack}
        letter = self.stack[-1] if self.stack[-1].scheme == "a" else None
        if marker.scheme == "A" and "I" in schemes:
            rank = RANK["roman"] + 5
        elif marker.scheme == "1)" and schemes & {"1.", "1.1", "1.1.1"}:
            rank = RANK["letter"] + 6 if letter else RANK["letter"] - 4
        elif marker.scheme == "(1)" and letter:
            rank = RANK["letter"] + 7
        elif marker.scheme == "*" and _heads(line.body):
            rank = INTRODUCTION_RANK
        elif marker.level in ("dash", "plus"):
            rank = self._bullet_rank(marker)
        return replace(marker, rank=rank)

    def _bullet_rank(self, marker: Marker) -> int:
        """A bullet of another kind stands under the one that introduces it with a colon."""
        top = self.stack[-1]
        if top.level not in ("dash", "plus") or top.rank < RANK["dash"]:
            return marker.rank
        introduces = top.pieces[-1].of(self.text).rstrip("*_ ").endswith(":")
        return min(top.rank + 1, RANK["paragraph"] - 1) if introduces else marker.rank

    # The closing

    def _leaves_closing(self, line: _Line, marker: Marker | None) -> bool:
        if marker is not None:
            return marker.rank <= RANK["article"]
        words = re.sub(r"[\s|_]{2,}", " ", line.body)
        return len(words) > WRAPPED or bool(_MOTTO.search(words))

    def _begin_closing(self) -> None:
        if not self.closing:
            self._conclude()
        self.closing = True

    def _signature(self, line: _Line) -> None:
        self._begin_closing()
        last = self.open
        goes_on = line.body[0].islower() and not _AUTHORITY.match(line.text)
        signs = last is not None and last.level == "closing" and not last.heading
        listed = last is not None and last.level == "dash" and goes_on
        table = last is not None and last.level == "closing" and line.body.startswith("|")
        if last is not None and (signs or listed or table):
            last.pieces.append(line.piece)
        else:
            self._open(Marker("closing", "", RANK["closing"], 0), line.piece, line.piece.start)
            self.stack[-1].heading = False

    def _conclude(self) -> None:
        """Take the document's last paragraph out of the last point that it stands under."""
        last, base = self.open, self._base()
        if last is None or last.level != "paragraph" or last.children or self.stack[-1] is not last:
            return
        above = self.stack[-2]
        if above is base:
            return
        said = bool(_TERMINAL.search(above.pieces[-1].of(self.text).rstrip(":")))
        alone = not said and len([c for c in above.children if c.level != "footnote"]) < 2
        if alone or any(unit.level == "article" for unit in self.stack):
            return
        words = view(self.text, last.pieces).text
        if _CONCLUSION.match(words) and _THIS_DOCUMENT.search(words):
            above.children.pop()
            base.children.append(last)

    # Paragraphs

    def _continues(self, line: _Line, marker: Marker | None) -> bool:
        if self.open is None or marker is not None or self.closing:
            return False
        if line.text.lstrip().startswith("#") or _ENACTING.match(line.body):
            return False
        if _ADDRESSED.match(line.body):
            return False
        last = self._last()
        words = line.body.lstrip('*_#"“(')
        first = words[:1]
        small = first.islower() and not words[1:2].isupper()  # "ủY BAN": a capital lost by a font
        if small or _COMMA.search(last) or self._lacks_title(line):
            return True
        if self.open.scheme != "bold" and self._is_bold_heading(line):
            return False
        joined = not self.blank or self.broken
        if joined and first.isdigit() and self._takes_digits(last):
            return True
        if joined and len(last) >= WRAPPED and (_LINKS.search(last) or _BROKEN_OFF.search(last)):
            return True
        if _SEMICOLON.search(last):
            return first.isdigit()
        if not joined or _ENACTING.match(last):
            return False
        if _TERMINAL.search(last):
            return self._fills_the_line(line, last)
        if _TITLE.match(last) or _TITLE.match(line.body):
            return bool(_TITLE.match(last)) == bool(_TITLE.match(line.body))
        return len(last) >= WRAPPED and len(line.body) <= UNBROKEN

    def _takes_digits(self, last: str) -> bool:
        """Whether a line that ends like this goes on with a number ("Nghị định", "97/2008/…")."""
        return bool(_TAKES_NUMBER.search(last)) or (len(last) >= 40 and not _TERMINAL.search(last))

    def _fills_the_line(self, line: _Line, last: str) -> bool:
        """Whether a sentence ended just where the page's edge broke its paragraph."""
        if self.width is None or not last.endswith(".") or _TITLE.match(line.body):
            return False
        assert self.open is not None
        start = self.text.rfind("\n", 0, self.open.pieces[-1].start) + 1
        before = self.text[start : self.open.pieces[-1].end]
        indented = _indent(line.text) >= _indent(before) + 2
        word = line.body.split(maxsplit=1)[0]
        return not indented and len(before) + 1 + len(word) > self.width

    def _lacks_title(self, line: _Line) -> bool:
        """Whether the open unit is "Chương I" and its title stands on this line."""
        unit = self.open
        return (
            unit is not None
            and unit.level in (*TITLED[:-1], "article")
            and len(unit.pieces) == 1
            and unit.title is None
            and unit.words >= unit.pieces[0].end
            and not line.body.startswith("(")
            and not _MOTTO.search(line.body)
        )

    def _paragraph(self, line: _Line) -> None:
        hashes = len(line.body) - len(line.body.lstrip("#"))
        if hashes and line.body[hashes : hashes + 1].isspace():
            self._markdown_heading(line, hashes)
            return
        if self._is_bold_heading(line):
            self._bold_heading(line)
            return
        introduces = line.body.rstrip("*_").endswith(":")
        rank = INTRODUCTION_RANK if introduces else RANK["paragraph"]
        ended = self.open is not None and bool(_FINAL.search(self._last()))
        # a paragraph does not stand under a bullet, but under the heading above it
        while self.stack[-1].rank >= INTRODUCTION_RANK or self._is_full_point():
            self.stack.pop()
        # the last sentence of a document ("./.") stands under none, nor does what follows it
        if ended or (_FINAL.search(line.body) and self._is_complete()):
            self._reset()
        self._open(Marker("paragraph", "", rank, 0), line.piece, line.piece.start)
        self.prose = self.prose or (len(line.body) > 80 and bool(_TERMINAL.search(line.body)))

    def _is_complete(self) -> bool:
        """Whether the open unit needs no more words: it has some below it, and is no article."""
        if any(unit.level == "article" for unit in self.stack):
            return False
        top = self.stack[-1]
        said = bool(_TERMINAL.search(top.pieces[-1].of(self.text))) if top.pieces else True
        return bool(top.children) or said or top.level not in ("number", "letter", "roman")

    def _is_bold_heading(self, line: _Line) -> bool:
        words = line.body.strip("*_ \t")
        return (
            line.bold
            and self.prose
            and len(words) <= MAX_BOLD_HEADING
            and any(character.isalpha() for character in words)
            and not any(edge in words for edge in "|\t")  # the heads of a table
            and not words.endswith((".", ";", ",", "!", "?"))
            and not _ENACTING.match(line.body)
        )

    def _bold_heading(self, line: _Line) -> None:
        schemes = [unit.scheme for unit in self.stack]
        if "bold" in schemes:
            del self.stack[schemes.index("bold") :]
        while self.stack[-1].rank >= RANK["letter"] - 4:
            self.stack.pop()
        rank = min(self.stack[-1].rank + 1, RANK["letter"] - 5)
        rank = max(rank, RANK["closing"] + 1)
        marker = Marker("paragraph", "", rank, 0, "bold")
        self._open(marker, line.piece, line.piece.start)

    def _markdown_heading(self, line: _Line, hashes: int) -> None:
        base = self._base()
        while self.stack[-1] is not base and not 0 < self.stack[-1].hashes < hashes:
            self.stack.pop()
        rank = max(RANK["part"] + 2 * hashes, self.stack[-1].rank + 1)
        marker = Marker("section", "", min(rank, RANK["roman"] - 3), 0, "#")
        self._open(marker, line.piece, line.piece.start)
        self.stack[-1].hashes = hashes

    def _is_full_point(self) -> bool:
        """Whether the open unit is a point ("a) …") that says something itself."""
        unit = self.stack[-1]
        if unit.rank < RANK["letter"] - 4:
            return False
        words = view(self.text, unit.pieces[:8]).text
        return len(words) > MAX_POINT_HEADING or words.endswith((".", ";"))

    # The stack

    def _base(self) -> _Draft:
        bases = ("document", "attached", "annex")
        return next(unit for unit in reversed(self.stack) if unit.level in bases)

    def _reset(self, level: Level | None = None) -> None:
        """Close the open units down to the document, attached part or annex they stand in."""
        keep = {"document": ("document",), "attached": ("document", "attached")}.get(
            level or "", ("document", "attached", "annex")
        )
        while self.stack[-1].level not in keep:
            self.stack.pop()

    def _open(self, marker: Marker, piece: Span, words: int) -> None:
        while self.stack[-1].rank >= marker.rank:
            self.stack.pop()
        unit = _Draft(
            marker.level, marker.label, marker.rank, piece.start, words, marker.scheme, [piece]
        )
        self.stack[-1].children.append(unit)
        self.stack.append(unit)
        self.open = unit


@cache
def _hyphenated() -> tuple[tuple[str, str], ...]:
    """Return the two halves of every name of a body with a dash ("Tài chính - Kế hoạch")."""
    names = {
        name
        for entry in bodies()
        for name in (entry.name, *entry.variants)
        if " - " in name or " – " in name
    }
    halves = (re.split(r" [-–] ", flatten(name), maxsplit=1) for name in sorted(names))
    return tuple((left, right) for left, right in halves)


def _splits_a_name(last: str, body: str) -> bool:
    """Return whether a line break stands at the dash of a name ("Tài chính", "- Kế hoạch")."""
    if len(last) < 40:  # a heading: "2. Sở Tài chính"
        return False
    end, begin = flatten(last[-40:]), flatten(body[:40]).lstrip("-–— ")
    return any(end.endswith(left) and begin.startswith(right) for left, right in _hyphenated())


@cache
def _offices() -> re.Pattern[str]:
    names = {flatten(entry.name) for entry in bodies() if entry.kind == "office"}
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


def _is_bold(body: str, piece: Span, printed: Sequence[Span]) -> bool:
    if len(body) > 4 and body.startswith("**") and body.rstrip(" :").endswith("**"):
        return body.count("**") == 2
    at = bisect_right(printed, piece.start, key=lambda span: span.start) - 1
    return at >= 0 and printed[at].covers(piece)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _heads(body: str) -> bool:
    """Return whether a starred line is the heading of the list below it."""
    words = body.rstrip("*_ ")
    return words.endswith(":") or (len(words) <= 80 and words[-1:].isalnum())


def _freeze(draft: _Draft, text: str, end: int) -> Unit:
    children = tuple(_freeze(child, text, _end(child)) for child in draft.children)
    return Unit(
        level=draft.level,
        label=draft.label,
        span=Span(draft.start, end),
        pieces=tuple(draft.pieces),
        heading=_heading(draft, text),
        children=children,
    )


def _end(draft: _Draft) -> int:
    ends = [piece.end for piece in draft.pieces[-1:]] + [_end(c) for c in draft.children[-1:]]
    return max(ends)


def _heading(draft: _Draft, text: str) -> Heading | None:
    if not draft.pieces or not draft.heading or draft.level in ("footnote", "document"):
        return None
    if draft.title:
        words = view(text, [draft.title]).text.rstrip(" :")
        return Heading(text=words, span=draft.title) if words else None
    if draft.quoted is not None:
        return _heading_before_quotation(draft, text)
    line = view(text, draft.pieces)
    if not line.text.strip(" :"):
        return None  # nothing but markup
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


def _heading_before_quotation(draft: _Draft, text: str) -> Heading | None:
    """Return what a unit says before the text that it quotes ("1. Sửa đổi Điều 5 như sau")."""
    if not draft.quoted:
        return None
    line = view(text, draft.pieces[: draft.quoted])
    match = _QUOTES.search(line.text, bisect_left(line.offsets, draft.words))
    if match is None or match.start() > MAX_HEADING or match.start() == 0:
        return None
    return Heading(text=line.text[: match.start()].strip(), span=line.span(0, match.start()))


def _inline_colon(text: str, label: int) -> int | None:
    """Return where the first colon after the label stands, when it ends a heading."""
    position = text.find(": ", label)
    if 0 < position <= MAX_INLINE_HEADING and not re.search(r"[.;]\s+\S", text[4:position]):
        return position
    return None
