"""What a document says of itself: type, number, issuer, place, date, subject, signature."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docsearch.parse.cells import Cell, PlaceDate, cells, read_number, read_place_date
from docsearch.parse.closing import read_closing
from docsearch.parse.document_types import type_of_symbol
from docsearch.parse.factsheet import read_factsheet
from docsearch.parse.issuers import Issuers, find_place, infer_issuer, read_issuers
from docsearch.parse.letterhead import Frame, find_frame, letter_subject
from docsearch.parse.view import View
from docsearch.records import Header, Mention, Span, Stated

_ADDRESSEE_LIMIT: Final = 200  # code points of one addressee; longer lines are sentences
_AFTER_TITLE: Final = 4  # cells below the title in which a number or date may stand


def parse_header(text: str) -> Header:
    """Read the header of a document of the State or the Party.

    1. Find the letterhead and the title, past whatever a web page puts before them.
    2. Read what they state: number, place and date, issuer and parent, type, subject.
    3. Read the closing: signatures and recipients; older forms have the date there.
    4. Fill what the letterhead lacks: the issuer from the preamble, the type from the symbol
       (both ``inferred``), the rest from a web page's table about the document.

    Args:
        text: ``Document.text``. Any text: one without a header gives an empty ``Header``.

    Returns:
        The header of the first document in ``text``. A field is None where the document leaves
        it blank or lacks it; it is never taken from a document that this one cites.
    """
    frame = find_frame(text)
    head = _read_head(frame)
    body = _body_start(text, frame)
    is_document = bool(head.type or head.number or head.symbol or frame.address is not None)
    closing = read_closing(text, body)
    issuers = read_issuers(frame)
    if issuers.issuer is None and is_document:
        issuers = Issuers(issuer=infer_issuer(text, body, head.subject), parent=None)
    date = _place_date(frame) or (_closing_date(text, closing.start) if is_document else None)
    header = replace(
        head,
        issuer=issuers.issuer,
        parent_body=issuers.parent,
        place=find_place(text, issuers, date, head.subject) if is_document else None,
        issued_on=Stated(value=date.value, span=date.span) if date and date.value else None,
        signatories=closing.signatories if is_document else (),
        addressees=_addressees(frame),
        recipients=closing.recipients if is_document else (),
    )
    return read_factsheet(text, header, dated=date is not None)


def _read_head(frame: Frame) -> Header:
    line = next((read_number(cell) for cell in _stated(frame, "number")), None)
    number = symbol = None
    if line is not None:
        cell = _stated(frame, "number")[0]
        if line.number:
            number = Stated(value=line.number.value, span=_span(cell, line.number.span))
        if line.symbol:
            symbol = Stated(value=line.symbol.value, span=_span(cell, line.symbol.span))
    subject = frame.title.subject if frame.title else letter_subject(frame)
    kind = _type(frame, symbol)
    return Header(
        type=kind,
        number=number,
        symbol=symbol,
        subject=_stated_view(subject) if subject and kind else None,
    )


def _stated_view(words: View) -> Stated:
    return Stated(value=words.text.strip(), span=words.span(0, len(words.text)))


def _span(cell: Cell, part: Span) -> Span:
    return cell.view.span(part.start, part.end)


def _stated(frame: Frame, kind: str) -> list[Cell]:
    """Return the letterhead's cells of a kind: above the title, or just below it."""
    stop = frame.title.index + _AFTER_TITLE if frame.title else frame.end
    if frame.title is None and frame.address is not None:
        stop = frame.address
    return [cell for cell in frame.cells[frame.first : stop] if cell.kind == kind]


def _type(frame: Frame, symbol: Stated | None) -> Stated | None:
    if frame.title:
        return Stated(value=frame.title.type, span=frame.title.span)
    named = type_of_symbol(symbol.value) if symbol else None
    if named and symbol:
        return Stated(value=named, span=symbol.span, inferred=True)
    # A letter has no title: "V/v" and "Kính gửi" make it one.
    about = frame.about if symbol or frame.address is not None else None
    for index in (about, frame.address):
        if index is not None:
            words = frame.cells[index].view
            return Stated(value="công văn", span=words.span(0, len(words.text)), inferred=True)
    return Stated(value="công văn", span=symbol.span, inferred=True) if symbol else None


def _place_date(frame: Frame) -> PlaceDate | None:
    return next(filter(None, map(read_place_date, _stated(frame, "date"))), None)


def _closing_date(text: str, closing: int | None) -> PlaceDate | None:
    """Return the place and date just above the signature, where some forms have them."""
    if closing is None:
        return None
    start = text.rfind("\n", 0, max(0, closing - 200)) + 1
    found = [cell for cell in cells(text, start, closing + 400) if cell.kind == "date"]
    dates = [date for date in map(read_place_date, found) if date and date.town]
    return dates[0] if dates else None


def _body_start(text: str, frame: Frame) -> int:
    """Return where the preamble begins: behind the subject, or behind the addressees."""
    index = frame.end if frame.title or frame.address is None else frame.address + 1
    if index < len(frame.cells):
        return frame.cells[index].start
    return frame.cells[-1].view.offsets[-1] + 1 if frame.cells and index else 0


def _addressees(frame: Frame) -> tuple[Mention, ...]:
    """Return whom a letter is addressed to (kính gửi): on its line, or listed below it."""
    if frame.address is None:
        return ()
    opening = frame.cells[frame.address]
    label = re.match(r"\W*kinh\s+g(?:ui|oi)\s*:?", opening.flat)
    found = list(_split(opening.view, label.end() if label else 0))
    before, row = opening.view.text.rstrip(" *_"), opening.row
    for cell in frame.cells[frame.address + 1 :]:
        words = cell.view.text.strip(" *_")
        bullet = re.match(r"[-+•·]", words)
        listing = before.endswith((":", ";", ",")) and cell.row - row <= 3
        if cell.kind != "text" or len(words) > _ADDRESSEE_LIMIT or not (bullet or listing):
            break
        if not bullet and not words.endswith((";", ".", ",")) and len(found) > 0:
            break
        found += _split(cell.view, 0)
        before, row = words, cell.row
        if words.endswith("."):
            break
    return tuple(found)


def _split(words: View, start: int) -> list[Mention]:
    found = []
    for part in re.finditer(r"[^;]+", words.text[start:]):
        name = re.search(r"[^\W_].*[^\s;.,:*_-]|[^\W_]", part[0])
        if name:
            at = start + part.start()
            found.append(words.mention(at + name.start(), at + name.end()))
    return found
