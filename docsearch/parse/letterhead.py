"""The frame of a document: where its letterhead, its title and its body begin.

Form of the State: Nghị định 30/2020/NĐ-CP, appendix I; of the Party: Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from docsearch.parse.bodies import body_at
from docsearch.parse.cells import Cell, cells
from docsearch.parse.document_types import type_named, type_pattern
from docsearch.parse.folding import flatten, is_upper
from docsearch.parse.view import View
from docsearch.records import Span
from docsearch.vocabulary import bodies

HEAD_LIMIT: Final = 25_000
"""Code points in which a letterhead must begin: room for a web page's menus before it."""

_BODY: Final = 6000
"""Code points behind the first formula after which no title comes: the longest subject and list of
addressees have about 2,000."""

_ABOVE: Final = 8  # cells from a title to a number that stands below it, at most
_NEAR: Final = 60  # cells between the letterhead's first line and the title, at most
_SUBJECT_LIMIT: Final = 1200  # code points; the longest real ones have about 600
_TITLE: Final = re.compile(rf"\W*(?:du thao\s+)?(?P<type>{type_pattern()})(?!\w)")
_ABOUT: Final = re.compile(r"\W*(?:v\s?/\s?v|ve viec|ve)(?!\w)[\s:]*")
# "CỦA BAN THƯỜNG VỤ …", "HỘI NGHỊ BAN CHẤP HÀNH …": who decided, under the type.
_ORGAN: Final = re.compile(r"\W*(?:cua|hoi nghi) [a-z]")
# What opens the preamble or the outline, so that the subject stands before it.
_PREAMBLE: Final = re.compile(
    r"\W*(?:can cu|xet (?:de nghi|to trinh|thay|bao cao)|theo de nghi|hom nay|kinh gui|dieu \d"
    r"|phan (?:thu|i+)\b|chuong [ivx\d]|muc [ivx\d]|[ivx]{1,4}\s?[./-] |\d{1,2}\s?[./] |a\s?\. "
    r")"
)
# How a notice, directive or report begins to tell; a subject does not go on with it.
_PROSE: Final = re.compile(
    r"\W*(?:thoi gian|dia diem|thanh phan|trong (?:thoi gian|nhung nam|cac ngay|\w+ nam qua)"
    r"|ngay \d{1,2}(?:[/.-]| thang)|hoi \d|hien nay|hien tai|vua qua|nhung nam (?:qua|gan)"
    r"|tu (?:dau nam|ngay \d)|sau khi|de (?:\w+ ){1,8}|nham "
    r"|qua (?:kiem tra|theo doi|ra soat|cong tac)"
    r"|tren co so|nam \d{4},|tai cuoc hop|kinh thua|uy ban nhan dan \w+ (?:nhan duoc|bao cao))"
)
# What a plan rests on, in its preamble; directly under the title it is the subject.
_BASIS: Final = re.compile(r"\W*(?:thuc hien|trien khai|tiep theo)(?: theo)? (?:\w+ ){1,4}so:? ?\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The line that names the type, with what follows it."""

    index: int  # of its cell
    type: str
    span: Span  # of the type's words
    organ: View | None  # "BAN THƯỜNG VỤ ĐẢNG ỦY" of "NGHỊ QUYẾT CỦA BAN THƯỜNG VỤ ĐẢNG ỦY"
    subject: View | None
    end: int  # index of the first cell after the subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The cells of the document's beginning and which of them are what."""

    cells: tuple[Cell, ...]
    first: int  # index of the first formula of the letterhead, or of the title
    title: Title | None
    about: int | None  # index of "V/v …" of a letter
    address: int | None  # index of "Kính gửi"
    end: int  # index of the first cell that does not belong to the letterhead
    anchored: bool = False  # formulas of a letterhead stand before the title


def find_frame(text: str) -> Frame:
    """Find the letterhead and the title in the beginning of a text.

    The formulas of a letterhead (nation or Party, "Số:", place and date) come first; the title
    is the first one after them, before "Kính gửi". Without formulas, the first title in capitals
    counts. What a web page puts before them is passed over.

    Args:
        text: the document.

    Returns:
        The frame; of a text without any of these parts, an empty one that ends at once.
    """
    found = tuple(_beginning(text))
    formula = next((i for i, c in enumerate(found) if c.kind in ("nation", "number", "date")), None)
    address = next((i for i, cell in enumerate(found) if cell.kind == "address"), None)
    title = None
    if formula is not None:
        stop = min(len(found), formula + _NEAR, len(found) if address is None else address)
        title = _first_title(found, formula, stop, relaxed=True)
    is_letter = formula is not None and address is not None and 0 < address - formula < _NEAR
    if title is None and not is_letter:
        stop = len(found) if address is None else address
        start = 0
        if formula is not None:
            stop = min(stop, formula)
            # A menu's entry stands far above a letterhead; a date may be all that is below.
            start = 0 if found[formula].kind == "date" else max(0, formula - _ABOVE)
        title = _first_title(found, start, stop, relaxed=False)
    firsts = [i for i in (formula, title.index if title else None, address) if i is not None]
    first = min(firsts, default=0)
    about = _find_about(found, first, title, address)
    if about is not None:
        first = min(first, about)
    if title:
        end = title.end
    elif address is not None and (formula is None or address - formula < _NEAR):
        end = address
    else:
        address = address if formula is None else None
        end = _end_without_title(found, formula, about)
    anchored = formula is not None and (title is None or formula < title.index)
    return Frame(
        cells=found,
        first=first,
        title=title,
        about=about,
        address=address,
        end=end,
        anchored=anchored,
    )


def _beginning(text: str) -> Iterator[Cell]:
    """Yield the cells that can hold a letterhead, a title, a subject and addressees."""
    formula: Cell | None = None
    last = 0
    for count, cell in enumerate(cells(text, 0, min(len(text), HEAD_LIMIT))):
        yield cell
        if formula is None and cell.kind in ("nation", "number", "date"):
            formula, last = cell, count
        if formula and count > last + 16 and cell.start > formula.start + _BODY:
            return


def _end_without_title(found: tuple[Cell, ...], formula: int | None, about: int | None) -> int:
    if about is not None:
        return about + 1
    if formula is None:
        return 0
    last = formula
    for i in range(formula, min(len(found), formula + 12)):
        if found[i].kind in ("nation", "number", "date"):
            last = i
    return last + 1


def _find_about(
    found: tuple[Cell, ...], first: int, title: Title | None, address: int | None
) -> int | None:
    """Return the "V/v" of a letter: it stands above "Kính gửi", and there is no title."""
    if title is not None or not found:
        return None
    stop = min(len(found), first + _NEAR) if address is None else address
    index = next((i for i in range(stop) if found[i].kind == "about"), None)
    if index is None and address is not None:  # "Về việc …" stands there as well
        above = range(first, stop)
        index = next((i for i in above if re.match(r"\W*ve viec\b", found[i].flat)), None)
    return index


def _first_title(found: tuple[Cell, ...], start: int, stop: int, *, relaxed: bool) -> Title | None:
    for i in range(start, stop):
        if found[i].kind == "text":
            match = _title_at(found[i], relaxed=relaxed)
            if match and (relaxed or _prose_follows(found, i)):
                return _read_title(found, i, match)
    return None


def _prose_follows(found: tuple[Cell, ...], index: int) -> bool:
    """Tell a title from a menu's entry: sentences follow it soon."""
    return any(len(cell.view.text) > 80 for cell in found[index + 1 : index + 12])


def _title_at(cell: Cell, *, relaxed: bool) -> re.Match[str] | None:
    """Return the match of the type where the cell is a title.

    "QUYẾT ĐỊNH:" with its colon is the enacting formula, not a title.
    """
    match = _TITLE.match(cell.flat)
    if match is None:
        return None
    printed = cell.view.text[match.start("type") : match.end()]
    rest = cell.view.text[match.end() :].strip(" .*_")
    if rest.startswith(":"):
        return None
    if not rest:
        return match if relaxed or is_upper(printed) else None
    if not is_upper(printed):
        return None
    first = rest.split()[0]
    follows = cell.flat[match.end() :].lstrip().startswith("cua ")
    return match if follows or (first.isupper() and len(first) > 1) else None


def _read_title(found: tuple[Cell, ...], index: int, match: re.Match[str]) -> Title:
    cell = found[index]
    words = cell.view.text[match.start("type") : match.end()]
    rest = cut(cell.view, match.end(), len(cell.view.text))
    organ = None
    pieces: list[View] = []
    if re.match(r"\W*cua ", cell.flat[match.end() :]):
        organ = rest
    elif rest.text.strip():
        pieces = [_shouted_part(rest)]
    next_index = index + 1
    if not pieces and organ is None and next_index < len(found):
        following = found[next_index]
        if (
            following.kind == "text"
            and _ORGAN.match(following.flat)
            and is_upper(following.view.text)
        ):
            organ, next_index = following.view, next_index + 1
    if organ is not None:
        organ, pieces = _split_organ(organ)
    collected, end = _collect_subject(found, next_index, pieces, row=found[next_index - 1].row)
    return Title(
        index=index,
        type=type_named(words) or "",
        span=cell.view.span(match.start("type"), match.end()),
        organ=organ,
        subject=subject_of(collected),
        end=end,
    )


def _split_organ(organ: View) -> tuple[View, list[View]]:
    """Split "CỦA BAN THƯỜNG VỤ HUYỆN ỦY VỀ …" into the organ and the beginning of the subject."""
    about = re.search(r"\s(?:ve|v/v)\s", flatten(organ.text))
    if about is None:
        return organ, []
    rest = cut(organ, about.start(), len(organ.text))
    return cut(organ, 0, about.start()), [rest]


def _collect_subject(
    found: tuple[Cell, ...], index: int, pieces: list[View], *, row: int
) -> tuple[list[View], int]:
    """Take the lines of the subject (trích yếu) under the title, and say where they end."""
    pieces = list(pieces)
    short = sum(len(piece.text.split()) for piece in pieces) in (1, 2)  # "CHƯƠNG TRÌNH HÀNH ĐỘNG"
    while index < len(found):
        cell = found[index]
        opening = not pieces or short
        if opening and cell.kind in ("rule", "number", "date"):
            index += 1
            continue
        if cell.kind not in (("text", "about") if opening else ("text",)):
            break
        goes_on = opening and index + 1 < len(found) and _is_small(found[index + 1], cell)
        if (
            _ends_subject(cell, opening=opening, goes_on=goes_on)
            or sum(len(p.text) for p in pieces) > _SUBJECT_LIMIT
        ):
            break
        if not opening and not _continues(pieces[-1].text, cell, cell.row - row):
            break
        pieces.append(cell.view)
        short = False
        row = cell.row
        index += 1
    return pieces, index


def _is_small(following: Cell, cell: Cell) -> bool:
    """Tell a line that goes on in small letters right below: a broken line, not a list."""
    return following.row - cell.row <= 1 and following.view.text.lstrip()[:1].islower()


def _ends_subject(cell: Cell, *, opening: bool, goes_on: bool = False) -> bool:
    text = cell.view.text.rstrip(" *_")
    if not opening and _PROSE.match(cell.flat) and text[:1].isupper():
        return True
    if (
        opening
        and _BASIS.match(cell.flat)
        and len(text) <= 200
        and not text.endswith((",", ";", ":"))
    ):
        return False  # "KẾ HOẠCH / thực hiện Nghị quyết số …" is a subject
    if (
        _PREAMBLE.match(cell.flat)
        or _BASIS.match(cell.flat)
        or text.startswith("(")
        or (text.endswith((";", ":")) and not goes_on)
    ):
        return True
    # The authority's own line ("ỦY BAN NHÂN DÂN TỈNH") stands between subject and preamble.
    if is_upper(text) or re.match(
        r"\W*(?:chu tich )?(?:uy ban|hoi dong) nhan dan|\W*ubnd", cell.flat
    ):
        named = body_at(text.lstrip("*_ "))
        if named and named.kind in ("body", "organ"):
            return True
        # "HIỆU TRƯỞNG TRƯỜNG …", "GIÁM ĐỐC SỞ …" decides; only behind the subject.
        office = None if opening else _office().match(cell.flat)
        if office and body_at(cell.view.text, office.end()):
            return True
    return len(text) > 600 or (opening and len(text) > 200 and text.endswith("."))


@cache
def _office() -> re.Pattern[str]:
    names = sorted((flatten(e.name) for e in bodies() if e.kind == "office"), key=len, reverse=True)
    return re.compile(r"\W*(?:" + "|".join(map(re.escape, names)) + r")\s+(?=\w)")


def _continues(before: str, cell: Cell, rows: int) -> bool:
    text = cell.view.text.lstrip()
    if before.rstrip().endswith(",") or text[0].islower():
        return rows <= 4
    return rows <= 1 and not (len(text) > 200 and text[0].isupper())


def _shouted_part(words: View) -> View:
    """Return the beginning in capitals of what stands after the type on its line."""
    end = 0
    for word in re.finditer(r"\S+", words.text):
        if any(character.islower() for character in word[0]):
            break
        end = word.end()
    return cut(words, 0, end)


def subject_of(pieces: list[View]) -> View | None:
    """Join the lines of a subject, without "V/v", "Về việc" or "Về" before it."""
    joined = join(pieces)
    flat_start = _ABOUT.match(flatten(joined.text))
    start = flat_start.end() if flat_start else 0
    text = joined.text.rstrip(" .;*_")
    return cut(joined, start, len(text)) if text[start:].strip() else None


def cut(words: View, start: int, end: int) -> View:
    """Return a part of a view."""
    return View(words.text[start:end], words.offsets[start:end])


def join(pieces: list[View]) -> View:
    """Join views in the order of the text into one, with a blank between them."""
    text: list[str] = []
    offsets: list[int] = []
    for piece in pieces:
        if text and piece.text:
            text.append(" ")
            offsets.append(offsets[-1])
        text.extend(piece.text)
        offsets.extend(piece.offsets)
    return View("".join(text), tuple(offsets))


def letter_subject(frame: Frame) -> View | None:
    """Return the subject of a letter: "V/v …" and the lines that continue it in its column."""
    if frame.about is None:
        return None
    opening = frame.cells[frame.about]
    pieces = [opening.view]
    row = opening.row
    for cell in frame.cells[frame.about + 1 :]:
        near = row + 2 if cell.view.text.lstrip()[:1].islower() else row + 1
        if cell.row > near or cell.kind in ("address", "rule"):
            break
        if cell.kind == "text" and cell.column == opening.column and not is_upper(cell.view.text):
            pieces.append(cell.view)
            row = cell.row
    return subject_of(pieces)
