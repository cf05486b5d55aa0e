"""A text as tokens that compare by what they say: "ba mươi ngày" and "30 ngày" are the same.

Numbers, dates and document numbers are one token each, by value; words are single syllables in one
spelling, abbreviations written out ("UBND" is four). A date with a year is not the same as
one without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from docsearch.facts.quantities import read_number
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import canonical
from docsearch.parse.dates import find_dates
from docsearch.parse.numbers import find_numbers, number_key

Kind = Literal["word", "number", "date", "document"]


@dataclass(frozen=True, slots=True)
class Token:
    """One token; positions are those of the text."""

    key: str  # what it says: "báo", "30", "--12-15", "141-kh-ubnd"
    kind: Kind
    start: int
    end: int
    clause: int  # counts sentences and list items of the text
    part: int  # counts what commas and brackets set apart too


_DIGITS: Final = r"\d+(?:[.,]\d+)*"
_NUMBER: Final = re.compile(rf"(?<![^\W_])(?<!\d[.,/]){_DIGITS}(?![^\W_])")
_UNITS: Final = (
    r"ngày|tuần|tháng|năm|quý|giờ|phút|lần|buổi|kỳ|khóa|nghìn|ngàn|triệu|tỷ|tỉ|đồng|phần trăm|%"
    r"|trường|lớp|nhóm|điểm|phòng|giáo viên|học sinh|người|em|trẻ|cháu|hộ|xã|huyện|phường|tỉnh"
    r"|bản|bộ|cuốn|đợt|cuộc|hội nghị|đơn vị|cơ sở|mô hình|dự án|thôn|công trình|cán bộ|đồng chí"
)
_ONES: Final = {
    **{"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5},
    **{"sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9},
}
_ONE: Final = "|".join(_ONES)
_SPELLED: Final = re.compile(
    rf"(?<!\w)(?:(?:{_ONE}) (?:trăm|mươi)|mười)"
    rf"(?: (?:linh|lẻ) (?:{_ONE})| (?:{_ONE})(?: mươi)?(?: (?:{_ONE}))?| mươi(?: (?:{_ONE}))?"
    rf"| mười(?: (?:{_ONE}))?)?(?!\w)"
    rf"|(?<!\w)(?:{_ONE})(?= (?:{_UNITS})(?!\w))"
)
_WORD: Final = re.compile(r"\S+")
_ENDS: Final = ".;!?…"
_TAIL: Final = ".…\"”“’'*»«/"
_HEAD: Final = "\"“”‘'*«#_"
_SETS_APART: Final = ",:()[]–—"
_ITEM: Final = re.compile(r"\n\s*(?:[-+•*–]|[a-zđ]\)|\d{1,2}(?:\.\d{1,2})*[.)])\s")


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, in order.

    Args:
        text: NFC text.

    Returns:
        Tokens; those of an abbreviation share their position.
    """
    return _tokenize(text) if len(text) > 4000 else _remembered(text)


@lru_cache(maxsize=512)
def _remembered(text: str) -> tuple[Token, ...]:
    return _tokenize(text)


def _tokenize(text: str) -> tuple[Token, ...]:
    values = _values(text)
    items = [match.start() for match in _ITEM.finditer(text)]
    found: list[Token] = []
    clause = part = 0
    for start, end, key, kind in _chunks(text, values):
        while items and items[0] <= start:
            items.pop(0)
            clause, part = clause + 1, part + 1
        if kind == "end":
            clause, part = clause + 1, part + 1
        elif kind == "apart":
            part += 1
        elif kind == "word":
            found.extend(
                Token(word, _kind(word), start, end, clause, part) for word in _spelled(key)
            )
        else:
            found.append(Token(key, kind, start, end, clause, part))
    return tuple(found)


def _kind(word: str) -> Kind:
    return "number" if word[0].isdigit() else "word"


@lru_cache(maxsize=16384)
def _spelled(word: str) -> tuple[str, ...]:
    return ("%",) if word == "%" else tuple(alike_syllables(word))


_Mark = Literal["end", "apart"]


def _chunks(
    text: str, values: list[tuple[int, int, str, Kind]]
) -> Iterator[tuple[int, int, str, Kind | _Mark]]:
    cursor = 0
    for start, end, key, kind in values:
        yield from _words(text, cursor, start)
        yield start, end, key, kind
        cursor = end
    yield from _words(text, cursor, len(text))


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, Kind | _Mark]]:
    """Yield the words of a stretch without values, and the marks that end clauses."""
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        if word[0] in _SETS_APART:
            yield match.start(), match.start(), "", "apart"
        for inner in re.finditer(r"%|[^%,;:()\[\]–—…!?]+", word):
            if inner.start() and inner[0] != "%" and word[inner.start() - 1] != "%":
                yield match.start(), match.start(), "", _mark(word[inner.start() - 1])
            bare = inner[0].rstrip(_TAIL) or inner[0]
            head = len(bare) - len(bare.lstrip(_HEAD))
            begin = match.start() + inner.start()
            yield begin + head, begin + len(bare), inner[0], "word"
        if word[-1] in _ENDS:
            yield match.end(), match.end(), "", "end"
        elif word[-1] in _SETS_APART:
            yield match.end(), match.end(), "", "apart"


def _mark(character: str) -> _Mark:
    return "end" if character in _ENDS else "apart"


def _values(text: str) -> list[tuple[int, int, str, Kind]]:
    found: list[tuple[int, int, str, Kind]] = [
        (mention.span.start, mention.span.end, number_key(mention.value), "document")
        for mention in find_numbers(text)
    ]
    dates = [(d.span.start, d.span.end, d.value, "date") for d in find_dates(text)]
    for start, end, key, _ in dates:
        if _free(found, start, end):
            found.append((start, end, key, "date"))
    for match in _NUMBER.finditer(text):
        if _free(found, *match.span()):
            found.append((*match.span(), _number(match[0]), "number"))
    small = canonical(text)
    for match in _SPELLED.finditer(re.sub(r"\s", " ", small)):
        if _free(found, *match.span()):
            found.append((*match.span(), str(read_spelled(match[0])), "number"))
    return sorted(found)


def _free(found: list[tuple[int, int, str, Kind]], start: int, end: int) -> bool:
    return all(end <= a or b <= start for a, b, _, _ in found)


def _number(words: str) -> str:
    value = read_number(words)
    return words if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def read_spelled(words: str) -> int:
    """Return the value of a number below one thousand in words: "một trăm hai mươi lăm" -> 125."""
    total = 0
    pending = 0
    for word in words.split():
        if word == "trăm":
            total, pending = total + 100 * max(pending, 1), 0
        elif word == "mươi":
            total, pending = total + 10 * max(pending, 1), 0
        elif word == "mười":
            total, pending = total + 10, 0
        elif word in _ONES:
            pending = _ONES[word]
    return total + pending
