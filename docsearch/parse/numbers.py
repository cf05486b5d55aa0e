"""Document numbers (số, ký hiệu): where they stand, and one spelling of each to compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from docsearch.orthography import LOWER
from docsearch.parse.folding import flatten
from docsearch.records import Span
from docsearch.vocabulary import bodies, document_types

_BLANK: Final = r"[^\S\n]"
# One part of a symbol: "KH", "TTg", "CTr", "QyĐ", "HĐND8". At most two small letters, and not
# before another one, so that a word glued to the symbol ("UBNDngày") is left out.
_PART: Final = rf"[A-ZĐÐƯ](?:[A-ZĐÐƯ]|[a-z]{{1,2}}(?![{LOWER}]))*+\d{{0,3}}+"
# Parts are joined by one sign. A hyphen between blanks joins the second part only ("KH - UBND"):
# later ones separate clauses ("36/KH-UBND - Phòng").
_SYMBOL: Final = (
    rf"{_PART}(?:{_BLANK}{{0,2}}[-‐‑–_/]{_BLANK}{{0,2}}{_PART}(?![{LOWER}]))?"
    rf"(?:[-‐‑–_/&.]{_PART})*"
)
_PRINTED: Final = re.compile(
    rf"(?<![\w/.,])(?P<serial>\d{{1,5}}[a-z]?)"
    rf"(?:{_BLANK}{{0,3}}/{_BLANK}{{0,3}}(?P<year>(?:19|20)\d\d))?"
    rf"{_BLANK}{{0,3}}(?P<sign>[-‐‑–/ ])(?P<break>{_BLANK}{{0,3}}\n)?"
    rf"{_BLANK}{{0,3}}(?P<symbol>{_SYMBOL})"
)
# A number as typed in a question, on folded text: "141/kh-ubnd", "141 kh ubnd", "02-nq/tu".
_TYPED: Final = re.compile(
    r"(?<![\w/.,])\d{1,5}(?: ?/ ?(?:19|20)\d\d)?(?P<sign> ?[-/] ?| )"
    r"(?P<first>[a-z]{1,8}\d{0,3})(?P<joint> ?[-_/] ?| )(?P<second>[a-z]{2,10}\d{0,3})"
    r"(?:-[a-z]{1,10}\d{0,3})*(?!\w)"
)
_LABEL: Final = re.compile(
    r"^\W{0,6}(?:luat |phap lenh |nghi quyet )?(?:so|s6)(?: van ban)?\s{0,3}[:.]?(?=[\W\d])"
)
# What stands for a number that was never filled in ("Số: …/KH-UBND"), or that a scan garbled.
_BLANK_NUMBER: Final = re.compile(
    rf"[\s._…|]{{0,60}}(?:[^\s/‐‑–-]{{1,6}}?[\s._…]{{0,9}})?"
    rf"(?:/\s?(?:19|20)\d\d\s{{0,3}})?(?P<sign>[-‐‑–/])\s{{0,3}}(?P<symbol>{_SYMBOL})"
)
_UNITS_AFTER: Final = re.compile(
    r"\s{0,3}(?:$|[;:)?!\n]|[,.](?!\d)|(?:cua|ngay|ve|nay|do|co|quy dinh|noi|ra|ban hanh"
    r"|phe duyet|ma)\b"
    r"|nam (?:19|20))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberMention:
    """A number as printed, without blanks ("203/TB-UBND"), and where it stands."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class BareNumber:
    """A type with a number that has no symbol: "Quyết định 281"."""

    type: str
    value: str
    span: Span  # from the type to the number


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLine:
    """What the line "Số: …" of a letterhead states; ``number`` is None when it is left blank."""

    number: NumberMention | None
    symbol: NumberMention | None


@cache
def _type_symbols() -> frozenset[str]:
    return frozenset(flatten(s) for entry in document_types() for s in entry.symbols)


@cache
def _body_symbols() -> frozenset[str]:
    return frozenset(flatten(a) for entry in bodies() for a in entry.abbreviations)


def _tidy(printed: str) -> str:
    value = re.sub(r"\s", "", printed)
    return re.sub("[‐‑–_]", "-", value).replace("Ð", "Đ")


def _is_number(match: re.Match[str], *, labelled: bool) -> bool:
    """Tell a number from "24/7", "5/HS", "1-TP": by the parts of its symbol."""
    parts = [
        part
        for part in re.split(r"[-‐‑–_/&.]", flatten(re.sub(r"\s", "", match["symbol"])))
        if part
    ]
    first = parts[0].rstrip("0123456789")
    if match["break"] and (match["sign"] != "/" or len(parts) < 2):
        return False
    if match["sign"] == " ":
        return len(parts) > 1 and first in _type_symbols()
    if match["sign"] != "/":  # Party: serial, type, body
        return (len(parts) > 1 or labelled) and first in _type_symbols() | _body_symbols()
    if match["year"] or len(parts) > 1:
        return True
    known = _body_symbols() | _type_symbols() if labelled else _body_symbols()
    return parts[0] in known or first in known


def _numbers_a_line(match: re.Match[str]) -> bool:
    """Tell the mark of a list ("1/ UBND các huyện", "- 2/UBND xã") from a number at a line's start.

    A number there is alone, or a line's that was broken: its date or its author comes next.
    """
    if match["sign"] != "/" or match["year"] or re.search(r"[-‐‑–_/&.]", match["symbol"]):
        return False
    line = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
    if line.strip(" \t-–+*•"):
        return False
    rest = match.string[match.end() : match.end() + 10]
    if re.match(r"\s{0,3}(?:ngay|cua)\b|\s*$", flatten(rest)):
        return False
    return "/ " in match[0] or rest.lstrip()[:1].islower()


def _is_symbol(symbol: str) -> bool:
    """Tell "UBND-VX" and "KH-STTTT" from words of an address ("Số 60 Trần Phú - Ba Đình")."""
    parts = re.split(r"[-‐‑–_/&.]", flatten(re.sub(r"\s", "", symbol)))
    known = {parts[0], parts[0].rstrip("0123456789")} & (_type_symbols() | _body_symbols())
    return bool(known) or (len(parts) > 1 and symbol.isupper())


def _labelled(text: str, position: int) -> bool:
    return flatten(text[max(0, position - 8) : position]).rstrip(" :.").endswith(("so", "so hieu"))


def find_numbers(text: str) -> tuple[NumberMention, ...]:
    """Find the document numbers of a text.

    Args:
        text: any text. Numbers typed in small letters or with blanks ("141 kh ubnd") are found
            when their symbol is made of known abbreviations.

    Returns:
        Mentions in order, not overlapping. Dates, fractions, rates ("2 buổi/ngày") and symbols
        without a number are not among them.
    """
    found = [
        NumberMention(value=_tidy(match[0]), span=Span(*match.span()))
        for match in _PRINTED.finditer(text)
        if _is_number(match, labelled=_labelled(text, match.start())) and not _numbers_a_line(match)
    ]
    taken = {i for mention in found for i in range(mention.span.start, mention.span.end)}
    for match in _TYPED.finditer(flatten(text)):
        if match.start() in taken or match.end() - 1 in taken or not _is_typed_number(match):
            continue
        value = _tidy(match["joint"].strip() and text[slice(*match.span())]) or _joined(text, match)
        found.append(NumberMention(value=value, span=Span(*match.span())))
    return tuple(sorted(found, key=lambda mention: mention.span))


def _is_typed_number(match: re.Match[str]) -> bool:
    second_known = match["second"].rstrip("0123456789") in _body_symbols()
    if match["first"] in _type_symbols():
        return second_known or bool(match["sign"].strip() and match["joint"].strip())
    return match["first"] in _body_symbols() and bool(
        match["joint"].strip() and match["sign"].strip()
    )


def _joined(text: str, match: re.Match[str]) -> str:
    """Return a number typed with blanks for signs in the State's form: "141/kh-ubnd"."""
    serial, first, second = text[match.start() :], match.start("first"), match.start("second")
    serial = re.split(r"[\s/-]", serial, maxsplit=1)[0]
    return f"{serial}/{text[first : match.end('first')]}-{text[second : match.end()]}"


def find_bare_numbers(text: str) -> tuple[BareNumber, ...]:
    """Find a document type with a number that has no symbol: "Quyết định 281 của …".

    Args:
        text: any text, with or without diacritics.

    Returns:
        Mentions in order. Without the word "số" the number must end the phrase or be followed
        by "của", "ngày", "về" and the like, so that "kế hoạch 5 năm", "báo cáo 6 tháng" and
        "Kế hoạch 2024" are not taken.
    """
    folded = flatten(text)
    found = []
    for match in _bare_pattern().finditer(folded):
        digits, end = match["digits"], match.end()
        year = len(digits) == 4 and digits[:2] in ("19", "20")
        if not match["so"] and (year or not _UNITS_AFTER.match(folded, end)):
            continue
        broken = "\n" in folded[match.end("type") : match.start("digits")]
        if not match["so"] and (broken or digits == "1"):
            continue  # a title, and the label of what is below it
        name = _types_by_folded_name()[re.sub(r"\s+", " ", match["type"])]
        found.append(BareNumber(type=name, value=digits, span=Span(match.start(), end)))
    return tuple(found)


# Types that are cited as "Nghị định 30/2020", where "Kế hoạch 5/2022" may name a month.
_WITH_YEAR: Final = frozenset(
    ("nghị định", "quyết định", "thông tư", "thông tư liên tịch", "nghị quyết", "chỉ thị")
)
# Words before "GM 186" that tell it from "TT 5" (thứ tự) and the like; on folded text.
_GOVERNS: Final = re.compile(
    r"(?<!\w)(?:theo|thuc hien|trien khai|can cu|tai|trong|cua|so|cung|va|cac|bai bo|thay the)"
    r"\s{1,3}$"
)


def find_short_numbers(text: str) -> tuple[BareNumber, ...]:
    """Find citations with the type's abbreviation, or with the year instead of the symbol.

    Args:
        text: any text, in its own case.

    Returns:
        "QĐ 15/2010", "NĐ số 30/2020", "theo GM 186", "Nghị định 30/2020" in order. Without "số"
        and a year, an abbreviation counts only behind a word that governs it. Figures ("tỷ lệ
        12/15", "50/2010 hộ") and months ("Kế hoạch 5/2022") are not among them.
    """
    flat = flatten(text)
    found = []
    for match in _abbreviated().finditer(text):
        kind = _types_by_symbol()[match["symbol"]]
        governed = _GOVERNS.search(flat, max(0, match.start() - 14), match.start())
        ends = _UNITS_AFTER.match(flat, match.end())
        dated = match["year"] and (kind in _WITH_YEAR or governed)
        if match["so"] or dated or (governed and ends and not match["year"]):
            value = re.sub(r"\s", "", match["digits"])
            found.append(BareNumber(type=kind, value=value, span=Span(*match.span())))
    for match in _dated_pattern().finditer(flat):
        kind = _types_by_folded_name()[re.sub(r"\s+", " ", match["type"])]
        if match["so"] or kind in _WITH_YEAR:
            found.append(BareNumber(type=kind, value=match["digits"], span=Span(*match.span())))
    return tuple(sorted(found, key=lambda bare: bare.span))


@cache
def _types_by_symbol() -> dict[str, str]:
    return {
        symbol: entry.name
        for entry in reversed(document_types())
        if "state" in entry.used_by or len(entry.used_by) == 1
        for symbol in entry.symbols
        if len(symbol) > 1
    }


@cache
def _abbreviated() -> re.Pattern[str]:
    symbols = "|".join(sorted(map(re.escape, _types_by_symbol()), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w/‐‑–.-])(?P<symbol>{symbols})(?P<so>\s{{1,3}}[Ss]ố)?\s{{0,2}}:?\s{{0,3}}"
        r"(?P<digits>\d{1,5}(?P<year>/(?:19|20)\d\d)?)(?![\w%]|[.,]\d|\s{0,3}[-–/]\s{0,3}\w)"
    )


@cache
def _dated_pattern() -> re.Pattern[str]:
    names = sorted(_types_by_folded_name(), key=len, reverse=True)
    alternatives = "|".join(re.escape(name).replace(r"\ ", r"\s{1,3}") for name in names)
    return re.compile(
        rf"(?<!\w)(?P<type>{alternatives})\s{{1,3}}(?P<so>so\s{{0,3}}:?\s{{0,3}})?"
        r"(?P<digits>\d{1,5}/(?:19|20)\d\d)(?![\w%]|[.,]\d|\s{0,3}[-/]\s{0,3}\w)"
    )


@cache
def _types_by_folded_name() -> dict[str, str]:
    return {flatten(entry.name): entry.name for entry in document_types() if entry.cited_bare}


@cache
def _bare_pattern() -> re.Pattern[str]:
    names = sorted(_types_by_folded_name(), key=len, reverse=True)
    alternatives = "|".join(re.escape(name).replace(r"\ ", r"\s{1,3}") for name in names)
    return re.compile(
        rf"(?<!\w)(?P<type>{alternatives})\s{{1,3}}(?P<so>so\s{{0,3}}:?\s{{0,3}})?"
        # not "25/2/2021", "16,5", "31-TB", "141 /KH", "30%"
        r"(?P<digits>\d{1,5})(?![\w%]|[.,]\d|\s{0,3}[-/]\s{0,3}[\w])"
    )


@lru_cache(maxsize=65_536)  # the numbers of a corpus are asked for by every question
def number_key(number: str) -> str:
    """Return the form of a number that equal numbers share: ``141-kh-ubnd``.

    Args:
        number: a number in any spelling, "Số:" before it or not.

    Returns:
        Small letters without diacritics; "/", "-", "_" and blanks are one separator; leading
        zeros are left out. Empty when there is no letter or digit.
    """
    folded = re.sub(r"^\W*so\b(?=\W*\d)", "", flatten(number))
    parts = [part for part in re.split(r"[\W_]+", folded) if part]
    return "-".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def symbol_of(number: str) -> str | None:
    """Return the symbol (ký hiệu) of a number: "KH-UBND", "NĐ-CP", "NQ/TU"."""
    match = re.match(r"\d+[a-z]?(?:/(?:19|20)\d\d)?[-/]?(?=\D)(.+)$", _tidy(number))
    return match[1] if match else None


def read_number_line(line: str) -> NumberLine | None:
    """Read a line of a letterhead that begins with "Số".

    Args:
        line: the line, from the label on; what follows the number does not matter.

    Returns:
        The number with its symbol; only the symbol where the number is blank or unreadable
        ("Số:      /UBND-VX"); None where the line is none or states neither.
    """
    label = _LABEL.match(flatten(line))
    if not label:
        return None
    rest = label.end()
    for match in _PRINTED.finditer(line, rest):
        if line[rest : match.start()].strip(" :.*_\t\u00a0") or not _is_number(
            match, labelled=True
        ):
            break
        start = match.start("symbol")
        stated, printed = _tidy(match[0]), _tidy(match["symbol"])
        if match["sign"] == " ":  # "1234 QĐ/UB": the old form of "1234/QĐ-UB"
            printed = printed.replace("/", "-")
            stated = f"{_tidy(match[0][: start - match.start()])}/{printed}"
        number = NumberMention(value=stated, span=Span(*match.span()))
        symbol = NumberMention(value=printed, span=Span(start, match.end()))
        return NumberLine(number=number, symbol=symbol)
    blank = _BLANK_NUMBER.match(line[rest:])
    if blank is None or not _is_symbol(blank["symbol"]):
        return None
    start, end = rest + blank.start("symbol"), rest + blank.end("symbol")
    symbol = NumberMention(value=_tidy(blank["symbol"]), span=Span(start, end))
    return NumberLine(number=None, symbol=symbol)
