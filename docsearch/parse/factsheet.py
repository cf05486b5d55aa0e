"""The table about a document that web pages put beside it ("Số hiệu", "Ngày ban hành")."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

from docsearch.orthography import LOWER, UPPER
from docsearch.parse import confidence
from docsearch.parse.bodies import body_at, normalise_body
from docsearch.parse.dates import find_dates
from docsearch.parse.document_types import type_named, type_pattern
from docsearch.parse.folding import flatten
from docsearch.parse.numbers import NumberMention, find_numbers, number_key, symbol_of
from docsearch.records import Header, Signatory, Span, Stated

_LIMIT: Final = 6000  # code points: such tables stand at the top of the page
# Labels on folded text; a colon may be missing, and then the value is glued on.
_LABELS: Final = {
    "number": r"so (?:ky )?hieu(?: van ban)?",
    "type": r"loai van ban",
    "date": r"ngay ban hanh",
    "issuer": r"(?:co quan|noi) ban hanh",
    "signer": r"nguoi ky",
    "office": r"chuc danh",
}


def _facts(text: str) -> dict[str, Span]:
    """Return where the value of each label stands, up to the end of its line."""
    flat = flatten(text[:_LIMIT])
    found: dict[str, Span] = {}
    for field, label in _LABELS.items():
        match = re.search(
            rf"(?m)(?:^|[\s|]){label}\s{{0,3}}[:|]?[^\S\n]{{0,3}}(\w[^\n|]{{0,200}})", flat
        )
        if match:
            found[field] = Span(*match.span(1))
    return found


def read_factsheet(text: str, header: Header, *, dated: bool) -> Header:
    """Fill what a header lacks from the table, or the page's title, about the same document.

    Args:
        text: the document.
        header: as the letterhead states it. What it states stays, and a number or date that it
            leaves blank stays blank.
        dated: the letterhead has a line for the date.

    Returns:
        The header with number, type, date and issuer of the table; with the number of the page's
        title ("Thông tư số 22/2025/TT-BNNMT …") where there is a title of that type in the text.
    """
    facts = _facts(text)
    if "number" not in facts and "type" not in facts:
        return _read_page_title(text, header)
    kind = _fact_type(text, facts.get("type"))
    number = _first_number(text, facts.get("number"))
    issued = facts.get("date")
    dates = find_dates(issued.of(text)) if issued else ()
    if header.symbol is None and number:
        header = _with_number(text, header, number, confidence.FACTSHEET)
    if kind and (header.type is None or header.type.inferred):
        header = replace(header, type=kind)
    if issued and dates and header.issued_on is None and not dated:
        day = dates[0].span
        span = Span(issued.start + day.start, issued.start + day.end)
        header = replace(header, issued_on=_stated(dates[0].value, span))
    header = _with_signatory(text, header, facts)
    header = _with_subject(text, header)
    by = facts.get("issuer")
    if by and header.issuer is None:
        entry = body_at(by.of(text))
        if entry and entry.kind == "body":
            header = replace(header, issuer=_stated(normalise_body(by.of(text)), by))
    return header


_WORD: Final = rf"[{UPPER}][{LOWER}'’]*"
_PERSON: Final = re.compile(
    rf"{_WORD}(?: {_WORD}){{1,4}}(?=\s*(?:$|[|,;(]|{_WORD} [{LOWER}]))"  # or the next label
)


def _with_signatory(text: str, header: Header, facts: dict[str, Span]) -> Header:
    """Add who signed, where the document itself does not show it."""
    by, office = facts.get("signer"), facts.get("office")
    person = _PERSON.match(by.of(text)) if by and not header.signatories else None
    if by is None or person is None:
        return header
    span = Span(by.start, by.start + person.end())
    title = office.of(text).strip() if office else None
    return replace(
        header,
        signatories=(Signatory(name=person[0], title=title, authority=None, span=span),),
    )


_TITLE_SUBJECT: Final = re.compile(r"[^\n]{0,20}?(?<!\w)(?:v/v|ve viec|ve)\s{1,3}(?=\w)")


def _with_subject(text: str, header: Header) -> Header:
    """Add the subject of the page's title: "Quyết định số 867/QĐ-QLTA Về việc phân bổ …"."""
    if header.subject is not None or header.number is None:
        return header
    top = text[:_LIMIT]
    flat = flatten(top)
    for match in _page_title().finditer(flat):
        line = top[match.end() : match.end() + 400].split("\n")[0]
        number = next(iter(find_numbers(line[:60])), None)
        if number is None or number_key(number.value) != number_key(header.number.value):
            continue
        lead = _TITLE_SUBJECT.match(flat, match.end() + number.span.end)
        end = match.end() + len(line.rstrip(" .|"))
        if lead and lead.end() < end:
            span = Span(lead.end(), end)
            subject = Stated(value=span.of(text), span=span, confidence=confidence.PAGE_TITLE)
            return replace(header, subject=subject)
    return header


def _fact_type(text: str, span: Span | None) -> Stated | None:
    name = type_named(span.of(text)) if span else None
    return _stated(name, span) if name and span else None


def _stated(value: str, span: Span) -> Stated:
    return Stated(value=value, span=span, confidence=confidence.FACTSHEET)


def _first_number(text: str, span: Span | None) -> NumberMention | None:
    if span is None:
        return None
    found = find_numbers(span.of(text))
    if not found:
        return None
    at = found[0].span
    return NumberMention(
        value=found[0].value, span=Span(span.start + at.start, span.start + at.end)
    )


def _with_number(text: str, header: Header, number: NumberMention, sure: float) -> Header:
    symbol = symbol_of(number.value)
    printed = number.span.of(text)
    at = max(printed.rfind(symbol), 0) if symbol else 0
    span = Span(number.span.start + at, number.span.end)
    return replace(
        header,
        number=Stated(value=number.value, span=number.span, confidence=sure),
        symbol=Stated(value=symbol, span=span, confidence=sure) if symbol else None,
    )


@cache
def _page_title() -> re.Pattern[str]:
    return re.compile(
        rf"(?m)^[ \t#*]*(?P<type>{type_pattern()})\s{{1,3}}(?:so\s{{0,3}}:?\s{{0,3}})?(?=\d)"
    )


def _read_page_title(text: str, header: Header) -> Header:
    """Take the number of a title line above the document that names the document's own type."""
    if header.type is None or header.type.inferred or header.symbol is not None:
        return header
    above = text[: min(header.type.span.start, _LIMIT)]
    found: list[NumberMention] = []
    for match in _page_title().finditer(flatten(above)):
        line = above[match.end() : match.end() + 60]
        numbers = find_numbers(line)
        if (
            type_named(match["type"]) == header.type.value
            and numbers
            and numbers[0].span.start == 0
        ):
            at = numbers[0].span
            span = Span(match.end() + at.start, match.end() + at.end)
            found.append(NumberMention(value=numbers[0].value, span=span))
    if len({number_key(mention.value) for mention in found}) != 1:
        return header
    return _with_number(text, header, found[0], confidence.PAGE_TITLE)
