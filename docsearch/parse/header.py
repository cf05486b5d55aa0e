"""What a document says of itself: type, number, issuer, place, date, subject, signature."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docsearch.parse import confidence
from docsearch.parse.bodies import territory_of
from docsearch.parse.cells import ADDRESS, Cell, PlaceDate, cells, read_number, read_place_date
from docsearch.parse.closing import read_closing
from docsearch.parse.dates import find_dates
from docsearch.parse.document_types import type_of_symbol
from docsearch.parse.factsheet import read_factsheet
from docsearch.parse.folding import flatten
from docsearch.parse.issuers import Issuers, find_place, find_site_place, infer_issuer, read_issuers
from docsearch.parse.letterhead import Frame, find_frame, letter_subject
from docsearch.parse.places import resolve
from docsearch.parse.view import View
from docsearch.records import Header, Mention, ResolvedPlace, Span, Stated

_ADDRESSEE_LIMIT: Final = 200  # code points of one addressee; longer lines are sentences
_AFTER_TITLE: Final = 4  # cells below the title in which a number or date may stand


def parse_header(text: str) -> Header:
    """Read the header of a document of the State or the Party.

    1. Find the letterhead and the title, past whatever a web page puts before them.
    2. Read what they state: number, place and date, issuer and parent, type, subject.
    3. Read the closing: signatures and recipients; older forms have the date there.
    4. Fill what the letterhead lacks: the issuer from the preamble, the type from the symbol
       (both ``inferred``), the rest from a web page's table about the document.
    5. Find the administrative unit that the place is.

    Each field has the ``confidence`` of the way it was read (``parse/confidence.py``).

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
    date = _place_date(frame)
    dated_by = confidence.PRINTED
    if date is None and is_document:
        date, dated_by = _closing_date(text, closing.start), confidence.UNANCHORED
        date = date or _passed_on(text, closing.start)
    issued_on = None
    if date and date.value:
        issued_on = Stated(value=date.value, span=date.span, confidence=dated_by)
    header = replace(
        head,
        issuer=issuers.issuer,
        parent_body=issuers.parent,
        place=find_place(text, issuers, date, head.subject) if is_document else None,
        issued_on=issued_on,
        signatories=closing.signatories if is_document else (),
        addressees=_addressees(frame),
        recipients=closing.recipients if is_document else (),
    )
    header = read_factsheet(text, header, dated=date is not None)
    if header.place is None and header.issuer is None:
        header = replace(header, place=find_site_place(text))
    return replace(header, unit=find_unit(text, header))


def find_unit(text: str, header: Header) -> ResolvedPlace | None:
    """Return the administrative unit that a header's place is.

    Args:
        text: the document; its mentions of provinces and districts tell units of one name apart
            where the header does not.
        header: its header.

    Returns:
        None where the header has no place, or not exactly one unit fits. ``inferred`` as the
        place is.
    """
    place = header.place
    if place is None:
        return None
    fields = (header.parent_body, header.issuer, header.subject)
    stated = [
        *(field.value for field in fields if field),
        *(recipient.name for recipient in header.recipients),
        *(addressee.text for addressee in header.addressees),
    ]
    over = territory_of(header.parent_body.value) if header.parent_body else None
    return resolve(
        place.value,
        above=str(over) if over else None,
        stated=stated,
        text=text,
        issued_on=header.issued_on.value if header.issued_on else None,
        inferred=place.inferred,
    )


def _read_head(frame: Frame) -> Header:
    line = next((read_number(cell) for cell in _stated(frame, "number")), None)
    number = symbol = None
    if line is not None:
        cell = _stated(frame, "number")[0]
        if line.number:
            number = _printed(line.number.value, _span(cell, line.number.span))
        if line.symbol:
            symbol = _printed(line.symbol.value, _span(cell, line.symbol.span))
    subject = frame.title.subject if frame.title else letter_subject(frame)
    kind = _type(frame, symbol)
    return Header(
        type=kind,
        number=number,
        symbol=symbol,
        subject=_stated_view(subject, frame) if subject and kind else None,
    )


def _printed(value: str, span: Span) -> Stated:
    return Stated(value=value, span=span, confidence=confidence.PRINTED)


def _stated_view(words: View, frame: Frame) -> Stated:
    sure = confidence.PRINTED if frame.anchored else confidence.UNANCHORED
    return Stated(value=words.text.strip(), span=words.span(0, len(words.text)), confidence=sure)


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
        sure = confidence.PRINTED if frame.anchored else confidence.UNANCHORED
        return Stated(value=frame.title.type, span=frame.title.span, confidence=sure)
    named = type_of_symbol(symbol.value) if symbol else None
    if named and symbol:
        return Stated(value=named, span=symbol.span, inferred=True, confidence=confidence.BY_SYMBOL)
    # A letter has no title: "V/v" and "Kính gửi" make it one.
    about = frame.about if symbol or frame.address is not None else None
    for index in (about, frame.address):
        if index is not None:
            words = frame.cells[index].view
            return _letter(words.span(0, len(words.text)), confidence.BY_FORM)
    return _letter(symbol.span, confidence.BY_FORM) if symbol else None


def _letter(span: Span, sure: float) -> Stated:
    return Stated(value="công văn", span=span, inferred=True, confidence=sure)


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


_PASSED: Final = re.compile(
    r"(?:luat|phap lenh|nghi quyet|hien phap)\s(?:nay\s)?(?:da\s)?(?:duoc|do)\s[^.;]{4,240}?"
    r"\sthong\s{1,3}qua\s{1,3}(?=ngay\s)"
)


def _passed_on(text: str, closing: int | None) -> PlaceDate | None:
    """Return the day on which a law was passed, from the sentence above its signature.

    "Luật này đã được Quốc hội … khóa X, kỳ họp thứ 9 thông qua ngày 29 tháng 6 năm 2001."
    """
    end = len(text) if closing is None else closing
    start = max(0, end - 1200)
    found = list(_PASSED.finditer(flatten(text[start:end])))
    if not found:
        return None
    at = start + found[-1].end()
    day = next(iter(find_dates(text[at : at + 60])), None)
    if day is None or len(day.value) != 10:
        return None
    return PlaceDate(town=None, value=day.value, span=Span(at, at + day.span.end))


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
    label = ADDRESS.match(opening.flat)
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
