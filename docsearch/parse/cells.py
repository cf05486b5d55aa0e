"""The parts that the lines of a letterhead fall into, with where they stand.

A letterhead has two columns. Files give it as lines in turn, as table cells, with tabs or blanks
between the columns, or glued on one line. Its fixed formulas are cut out first, wherever they
stand; what is left between them is cut at column boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from docsearch.orthography import UPPER
from docsearch.parse.dates import iso_date
from docsearch.parse.folding import flatten, is_upper
from docsearch.parse.numbers import NumberLine, read_number_line
from docsearch.parse.view import View, view
from docsearch.records import Span

ADDRESS: Final = re.compile(
    r"\W*(?:kinh\s{1,2}g(?:ui|oi)\b\s*:?"
    r"|(?:t/?m\W+)?(?:chu tich|uy ban|ban chi|bo truong|giam doc|thu tuong|bi thu)\b[^.;:]{0,90}"
    r"\b(?:dien|gui)\s*:\W*$)"
)
"""How a folded line begins to say whom it is for: "Kính gửi:", in a telegram "Chủ tịch … điện:"."""

CellKind = Literal["nation", "number", "date", "about", "address", "rule", "text"]

_LINE_LIMIT: Final = 4000  # code points of a line that are looked at; real letterheads are shorter
_COLUMN: Final = re.compile(r"\t+|\|| {4,}")
# A narrow column breaks the formula before "VIỆT NAM" or before "NAM".
_NATION: Final = re.compile(
    r"cong\s{0,3}hoa\s{0,3}xa\s{0,3}hoi\s{0,3}chu\s{0,3}nghia(?:\s{0,3}viet(?:\s{0,3}nam)?)?"
    r"|dang\s{0,3}cong\s{0,3}san\s{0,3}viet\s{0,3}nam"
)
# Scans get a letter of "Độc lập" or "phúc" wrong; the middle holds.
_MOTTO: Final = re.compile(r"d\w{1,2} ?l\wp\W{1,7}t\w ?do\W{1,7}h\wnh ?ph\w{2}")
_FILL: Final = r"[\s.|_/]{0,24}"  # what stands where a day or month is left blank
_DATE: Final = re.compile(
    rf"ngay{_FILL}(?P<d>\d{{0,2}}){_FILL}thang{_FILL}(?P<m>\d{{0,2}}){_FILL}nam"
    r"(?:[\s._]{0,12}(?P<y>(?:19|20)\d\d)(?!\d)|[\s._]{0,12}(?:20\d?(?!\d))?)"
    r"|ngay\s{0,3}(?P<d2>\d{1,2})\s{0,2}[/.-]\s{0,2}(?P<m2>\d{1,2})\s{0,2}[/.-]\s{0,2}"
    r"(?P<y2>(?:19|20)\d\d)(?!\d)"
)
# The town before ", ngày": capitalised syllables, at most six, maybe with "TP." before.
_TOWN: Final = re.compile(
    rf"(?:(?:TP|Tp|TX|TT)\s?\.\s?|(?:Thành phố|Thị xã|Thị trấn|Đặc khu)\s{{1,2}})?"
    rf"[{UPPER}][\w'’]*(?:[ -]{{1,3}}[{UPPER}\d][\w'’]*){{0,5}}"
    r"\s{0,3},?\s{0,3}(?:hồi \d{1,2} ?(?:giờ|h|g)(?: ?\d{1,2})?(?: phút)?,? {1,3})?$"
)
_HOUR: Final = re.compile(r",? hồi \d[^,]{1,20},?$")  # a telegram: "Hà Nội, hồi 16 giờ ngày …"
_NOT_A_TOWN: Final = re.compile(r"thu (?:hai|ba|tu|nam|sau|bay)|chu nhat|hom |sang|chieu|toi|vao")
_NUMBER: Final = re.compile(
    r"(?<![^\W_])(?:(?:luat|phap lenh|nghi quyet)\s{1,2})?"
    r"(?:so(?:\s{1,2}van\s{1,2}ban)?\s{0,3}[:.\d/]|so\s{1,12}[-\d/])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A stretch of one line, without markup."""

    kind: CellKind
    view: View
    flat: str  # ``view.text`` folded, position for position
    row: int  # which line of the text, blank ones counted
    start: int  # where it begins in the text
    column: int  # how many parts of the line stand before it


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDate:
    """What "Chi Lăng, ngày 29 tháng 4 năm 2022" states; None for what is left blank."""

    town: Span | None
    value: str | None
    span: Span  # of the date, from "ngày" on


def cells(text: str, start: int, end: int) -> Iterator[Cell]:
    """Cut the lines of ``text[start:end]`` into cells, in order.

    Args:
        text: the document.
        start: where a line begins.
        end: where to stop; a line that it cuts is cut.

    Yields:
        Cell: parts with at least one character that is not blank; "rule" when none is a letter or
        digit ("-----", "*").
    """
    position = start
    rest = _Rest()
    for row, line in enumerate(text[start:end].split("\n")):
        if line.strip():
            part = line[:_LINE_LIMIT]
            for column, (kind, first, last) in enumerate(_parts(part)):
                piece = view(text, [Span(position + first, position + last)])
                if not piece.text.strip():  # "*" between the lines of a Party letterhead
                    offsets = tuple(range(position + first, position + last))
                    piece = View(line[first:last], offsets)
                if piece.text.strip():
                    flat = flatten(piece.text)
                    empty = len(re.findall(r"\|(?=\s*\|)", part[:first]))  # of a table's row
                    yield Cell(
                        kind=rest.kind(_kind(kind, flat), flat, row),
                        view=piece,
                        flat=flat,
                        row=row,
                        start=piece.offsets[0],
                        column=column + empty,
                    )
        position += len(line) + 1


@dataclass(slots=True)
class _Rest:
    """What the next lines may hold of the nation's formula, where its own line breaks it off."""

    words: str = ""
    row: int = 0

    def kind(self, kind: CellKind, flat: str, row: int) -> CellKind:
        """Return the kind of a cell: "nation" where it is the rest of the formula."""
        if kind == "nation":
            ends = flat.rstrip(" *_")
            self.words = {"nghia": "viet nam", "viet": "nam"}.get(ends.split()[-1], "")
            self.row = row
        elif (
            self.words and row <= self.row + 3 and " ".join(flat.split()).strip(" *_") == self.words
        ):
            self.words = ""
            return "nation"
        return kind


def _kind(kind: CellKind, flat: str) -> CellKind:
    if kind != "text":
        return kind
    if not any(character.isalnum() for character in flat):
        return "rule"
    if re.match(r"\W*v\s?/\s?v\b", flat):
        return "about"
    return "address" if ADDRESS.match(flat) else "text"


def _parts(line: str) -> Iterator[tuple[CellKind, int, int]]:
    position = 0
    for kind, start, end in _formulas(line):
        yield from _columns(line, position, start)
        yield kind, start, end
        position = end
    yield from _columns(line, position, len(line))


def _columns(line: str, start: int, end: int) -> Iterator[tuple[CellKind, int, int]]:
    position = start
    for match in _COLUMN.finditer(line, start, end):
        if line[position : match.start()].strip():
            yield "text", position, match.start()
        position = match.end()
    if line[position:end].strip():
        yield "text", position, end


def _formulas(line: str) -> list[tuple[CellKind, int, int]]:
    flat = flatten(line)
    found: list[tuple[CellKind, int, int]] = []
    for match in _NATION.finditer(flat):
        if not match[0].endswith("nam") and line[match.end() :].split("\t")[0].strip(" |*_"):
            continue
        alone = _opens(line, match.start()) and _closes(line, match.end())
        if is_upper(line[slice(*match.span())]) or alone:
            found.append(("nation", *match.span()))
    found += [("nation", *match.span()) for match in _MOTTO.finditer(flat)]
    for match in _NUMBER.finditer(flat):
        stated = _number_at(line, match.start(), [end for _, _, end in found])
        ends = [span.end for span in stated] if stated else []
        if ends:
            found.append(("number", match.start(), match.start() + max(ends)))
    for match in _DATE.finditer(flat):
        start = _date_start(line, match.start(), [end for _, _, end in found])
        if start is not None and _closes(line, match.end()):
            found.append(("date", start, match.end()))
    found.sort(key=lambda item: item[1])
    return [item for i, item in enumerate(found) if i == 0 or item[1] >= found[i - 1][2]]


def _number_at(line: str, start: int, ends: list[int]) -> list[Span] | None:
    """Return the spans that a "Số: …" of a letterhead states, None in running text."""
    before = len(line[:start].rstrip(" \u00a0*_-"))
    glued = line[start] == "S" and (before in ends or _shouted_before(line[:before], before))
    opens = glued or _opens(line, start)
    stated = read_number_line(line[start : start + 120]) if opens else None
    return [m.span for m in (stated.number, stated.symbol) if m] if stated else None


def _opens(line: str, start: int) -> bool:
    """Return whether a cell begins here: at the line's beginning or after a column boundary."""
    before = line[:start]
    return not re.search(r"\w", before) or bool(
        re.search(r"(?:[\t|]|\s{2})[\s*#_]*$", before[-40:])
    )


def _closes(line: str, end: int) -> bool:
    """Return whether a cell ends here: nothing, a boundary, or the capitals of what is glued on."""
    after = line[end : end + 60]
    if not re.search(r"\w", after.split("\t")[0].split("|")[0]):
        return True
    if re.match(r"\s*(?:[Vv]\s?/\s?[Vv]|Về việc)\b", after):
        return True
    word = re.match(r"[\s*_]*([^\W\d_]{2,})", after)
    return after.startswith("  ") or bool(word and word[1].isupper())


def _shouted_before(line: str, start: int) -> bool:
    words = line[max(0, start - 40) : start].split()
    return bool(words) and words[-1].isupper() and len(words[-1]) > 1


def _date_start(line: str, ngay: int, ends: list[int]) -> int | None:
    """Return where the place before "ngày" begins, or None where this is running text."""
    before = line[:ngay]
    town = _TOWN.search(before, max(ngay - 60, *ends, 0))
    if town and not _NOT_A_TOWN.match(flatten(town[0])):
        start = _first_small(line, town.start(), ngay)
        # A scan leaves a sign between the columns: "Số: 51/2025/TT-BCA „ Hà Nội, ngày …".
        last = max((end for end in ends if end <= start), default=None)
        follows = last is not None and not re.search(r"\w", line[last:start])
        glued = "," in town[0] and _shouted_before(line, start)
        if start < ngay and (_opens(line, start) or follows or glued):
            return start
    # Without a place: "Ngày 29 tháng 4 năm 2022" alone, not the wrapped line of a sentence.
    spelled_out = line[ngay] == "N" and "th" in flatten(line[ngay : ngay + 60])
    return ngay if spelled_out and (_opens(line, ngay) or ngay - 1 in ends) else None


def _first_small(line: str, start: int, end: int) -> int:
    """Skip words in capitals that are glued to a town's name ("HUYỆN CHI LĂNG Chi Lăng").

    A town in capitals throughout ("CHI LĂNG, ngày …") is kept.
    """
    words = list(re.finditer(r"[^\s,]+", line[start:end]))
    shouted = [word[0].isupper() and len(word[0]) > 2 and "." not in word[0] for word in words]
    if all(shouted) or not shouted[0]:
        return start
    return start + words[shouted.index(False)].start()


def read_number(cell: Cell) -> NumberLine | None:
    """Return what a "number" cell states, with spans of the cell's view."""
    return read_number_line(cell.view.text)


def read_place_date(cell: Cell) -> PlaceDate | None:
    """Return what a "date" cell states.

    Args:
        cell: a cell of kind "date".

    Returns:
        The value is a day, a month where the day is blank ("2011-12"), a year where both are;
        None where the year is blank, whatever else is there. Spans are of the document.
    """
    match = _DATE.search(cell.flat)
    if match is None:
        return None
    year = match["y"] or match["y2"]
    month, day = match["m"] or match["m2"], match["d"] or match["d2"]
    value = None
    if year and month:
        value = iso_date(int(year), int(month), int(day) if day else None)
    elif year and not day:
        value = year
    before = _HOUR.sub("", cell.view.text[: match.start()].rstrip(" ,*_"))
    town = cell.view.span(0, len(before)) if re.search(r"\w", before) else None
    return PlaceDate(town=town, value=value, span=cell.view.span(match.start(), match.end()))
