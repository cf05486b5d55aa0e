"""The marks that open a unit of the outline: "Chương I", "Điều 5a.", "IV.", "2.1.", "đ)", "-".

Forms of Nghị định 30/2020/NĐ-CP (appendix I) and of Party documents ("I- … 1- … a- …"), with
what files make of them: Markdown around the mark, a blank before the dot, "3.1" without a dot at
the end. A mark is read from its line alone; whether it opens a unit there is for the outline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from docsearch.orthography import LOWER, UPPER
from docsearch.records import Level

RANK: Final[dict[Level, int]] = {
    "document": 0,
    "attached": 10,
    "copy": 10,
    "annex": 20,  # 22 for a form or table in an annex
    "closing": 25,
    "part": 30,
    "chapter": 40,
    "section": 50,  # 55 for a tiểu mục
    "roman": 60,  # 58 for "A." above it, 65 for "A." under it
    "article": 70,
    "number": 80,  # 90, 100, 110 for "1.1", "1.1.1", "1.1.1.1"
    "letter": 120,
    "dash": 140,
    "plus": 150,
    "paragraph": 160,
    "header": 160,
    "footnote": 170,
}
"""How deep a level stands: a unit ends where one of the same or a smaller rank begins."""

CAPITAL_RANK: Final = 58
"""Rank of "A.", "B." where no Roman number stands above them."""

INTRODUCTION_RANK: Final = 130
"""Rank of a paragraph that ends in ":" and introduces a list of dashes."""


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark at the beginning of a line."""

    level: Level
    label: str  # as printed, without its dot or bracket
    rank: int
    end: int  # where the words after the mark begin, counted in the line
    scheme: str = ""  # the style that its series is numbered in: "1.", "1)", "(1)", "a", "-", "•"


_LEAD = re.compile(r"[\s*_#>|]*")
_AFTER = rf"\b\**(?:\s*[.:–-]\**\s*|\s*$|\s+(?=[{UPPER}“\"(*]))"  # not "Chương I của Luật"
_NAMED: Final[tuple[tuple[Level, str, re.Pattern[str]], ...]] = (
    (
        "part",
        "part",
        re.compile(rf"(?:Phần|PHẦN)\s+(?:(?:thứ|THỨ)\s+)?([IVXLC]+|\d+|[A-ZĐ]|\w{{2,4}}){_AFTER}"),
    ),
    ("chapter", "chapter", re.compile(rf"(?:Ch[ưu][ơo]ng|CH[ƯU][ƠO]NG)\s+([IVXLC]+|\d+){_AFTER}")),
    ("section", "subsection", re.compile(rf"(?:Tiểu mục|TIỂU MỤC)\s+([IVXLC]+|\d+){_AFTER}")),
    ("section", "section", re.compile(rf"(?:Mục|MỤC)\s+([IVXLC]+|\d+){_AFTER}")),
    (
        "annex",
        "annex",
        re.compile(
            rf"(?:PHỤ LỤC|Phụ lục(?=\s+(?:số\s+)?[IVX\d]+\W*(?:$|\s[{UPPER}])))"
            r"(?:\s+(?:số\s+|SỐ\s+)?([IVXLC]+|\d+[a-zA-Z]?)\b)?[.:]?\s*"
        ),
    ),
    (
        "annex",
        "form",
        re.compile(
            r"(?:BIỂU MẪU|BIỂU|MẪU|Biểu mẫu|Biểu|Mẫu)\s+(?:số\s*:?\s*|SỐ\s*:?\s*)?"
            rf"([IVX]+|\d{{1,3}}[a-zA-Z]?)(?:\s*[.:–-]\s*|\s*$|\s+(?=[{UPPER}(]))"
        ),
    ),
    (
        "article",
        "article",
        re.compile(
            r"(?:[ĐÐ]i[ềêé]u|[ĐÐ]I[ỀÊÉ]U)\s+(\d{1,3}[a-zđ]?)\**(?:\s*[.:]\s*|\s+[-–]\s+|\s*$)"
        ),
    ),
)
_NAMED_LETTERS: Final = frozenset("PCTMBĐÐ")
# A Roman number or capital letter needs its dot and a capital (or a quotation) after it.
_ROMAN = re.compile(
    rf"([IVXL]{{1,6}})\s?(?:[.)]\**\s+|[/\-–]\**\s*|\.(?=[{UPPER}][{LOWER}]))"
    rf"(?=[{UPPER}“\"*])"
)
_CAPITAL = re.compile(rf"([A-HĐ])\s?(?:[.)]\**\s+|[/\-–]\**\s+)(?=[{UPPER}“\"*])")
# The same with a small letter after it ("B. nội dung"): only where "A." stands before.
# "iV. Tổ chức" is a slip of the typist or of a conversion from an old font.
_SERIAL = re.compile(
    rf"([IVXL]{{1,6}}|[B-HĐ])\s?[.)]\**\s+(?=[{LOWER}])|([IVXivx]{{2,6}})\s?[.)]\**\s+(?=[{UPPER}])"
)
# "2.1. đối với", "3.1 Về", "1.1- Mục"; "12.5 triệu" is a number
_DEEP_NUMBER = re.compile(
    rf"(\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\s?(?:[.)]\**\s*(?=[^\W\d_]|[“\"*(])"
    rf"|[-–]\s*(?=[{UPPER}“])|\**\s+(?=[{UPPER}“\"*(]))"
)
_NUMBER = re.compile(
    rf"(\d{{1,2}})\s?(?:([.)])\**\s*(?=[^\W\d_]|[“\"*(])|/\s+(?=[^\W\d_]|[“\"*(])"
    rf"|[-–]\s*(?=[{UPPER}][{LOWER}]))"
)
_BRACKETED = re.compile(r"\((\d{1,2})\)\s*(?=[^\W\d_])")
# "(i)", "ii)", "iv."; a single "i)", "v)", "x)" may be the letter
_SMALL_ROMAN = re.compile(r"(?:\(([ivx]{1,5})\)|([ivx]{2,5})\s?[).])\s*(?=[^\W\d_])")
_LETTER = re.compile(
    rf"([a-zđ])\s?(?:[).]\s+(?=\S)|\)(?=[^\W\d_])|[/–-]\s+(?=[{UPPER}]))|\(([a-zđ])\)\s+(?=\S)"
)
_DASH = re.compile(r"([-–—−•▪■●])\s*(?=[^\s\-–—−])")
_PLUS = re.compile(r"([+○o*])\s+(?=\S)|(\+)(?=\w)")
_FOOTNOTE = re.compile(r"([¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\d{1,3}\])\s*(?=\S)")
_PART_WORDS = {"nhất", "hai", "ba", "tư", "bốn", "năm", "sáu", "bảy", "tám"}


def find_marker(line: str) -> Marker | None:
    """Return the mark that opens ``line``, or None.

    Args:
        line: one line of a document, with its indentation and Markdown.

    Returns:
        The mark; ``end`` is the position in ``line`` after it. A date, a percentage or a year
        at the beginning of a line is no mark.
    """
    lead = _LEAD.match(line)
    start = lead.end() if lead else 0
    if "|" in line[:start] and line.count("|", start) >= 2:  # a table's row with two cells
        return None
    for level, scheme, pattern in _NAMED if line[start : start + 1] in _NAMED_LETTERS else ():
        match = pattern.match(line, start)
        if match and (level != "part" or _is_part_label(match[1])):
            rank = RANK[level] + {"subsection": 5, "form": 2}.get(scheme, 0)
            return Marker(level, match[1] or "", rank, match.end(), scheme)
    return _enumerated(line, start) or _bullet(line)


def find_serial_marker(line: str) -> Marker | None:
    """Return a Roman number or capital letter with its letters wrong ("B. nội dung", "iV. Tổ").

    Args:
        line: one line of a document.

    Returns:
        A mark only where the one before it in its series is open; None where there is none.
    """
    lead = _LEAD.match(line)
    match = _SERIAL.match(line, lead.end() if lead else 0)
    if match is None:
        return None
    label = (match[1] or match[2]).upper()
    roman = label[0] in "IVXL"
    rank = RANK["roman"] if roman else CAPITAL_RANK
    return Marker("roman", label, rank, match.end(), "I" if roman else "A")


def _enumerated(line: str, start: int) -> Marker | None:
    first = line[start : start + 1]
    if first.isupper():
        return _capital(line, start)
    if first.isdigit():
        return _number(line, start)
    if match := _BRACKETED.match(line, start):
        return Marker("number", match[1], RANK["letter"] - 3, match.end(), "(1)")
    if match := _SMALL_ROMAN.match(line, start):
        return Marker("letter", match[1] or match[2], RANK["letter"] + 8, match.end(), "i")
    if match := _LETTER.match(line, start):
        return Marker("letter", match[1] or match[2], RANK["letter"], match.end(), "a")
    return None


def _capital(line: str, start: int) -> Marker | None:
    if match := _ROMAN.match(line, start):
        return Marker("roman", match[1], RANK["roman"], match.end(), "I")
    if match := _CAPITAL.match(line, start):
        return Marker("roman", match[1], CAPITAL_RANK, match.end(), "A")
    return None


def _number(line: str, start: int) -> Marker | None:
    if match := _DEEP_NUMBER.match(line, start):
        depth = match[1].count(".")
        scheme = "1" + ".1" * depth
        return Marker("number", match[1], RANK["number"] + 10 * depth, match.end(), scheme)
    if match := _NUMBER.match(line, start):
        scheme = "1)" if match[2] == ")" else "1."
        return Marker("number", match[1], RANK["number"], match.end(), scheme)
    return None


def _is_part_label(label: str) -> bool:
    return not label.isalpha() or label.isupper() or label.lower() in _PART_WORDS


def _bullet(line: str) -> Marker | None:
    first = line.lstrip()[:1]
    if first.isalpha() and first != "o":
        return None
    indent = len(line) - len(line.lstrip())
    # "**- bold bullet**" is a bullet, "**bold**" is not
    start = indent + (2 if line.startswith("**", indent) else 0)
    if match := _FOOTNOTE.match(line, indent):
        return Marker("footnote", match[1], RANK["footnote"], match.end(), "footnote")
    if match := _DASH.match(line, start):
        scheme = "-" if match[1] in "-–—−" else "•"
        return Marker("dash", "-", RANK["dash"], match.end(), scheme)
    if match := _PLUS.match(line, start):
        sign = match[1] or match[2]
        label = "*" if sign == "*" else "+"
        return Marker("plus", label, RANK["plus"], match.end(), sign)
    return None


# The order of the labels of a series

_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ALPHABETS: Final = ("abcdđeghiklmnopqrstuvxy", "abcdefghijklmnopqrstuvwxyz")
_WORDS: Final = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám")
_WORD_ORDER: Final = {word: i for i, word in enumerate(_WORDS, 1)} | {"bốn": 4}


def is_first(label: str, scheme: str) -> bool:
    """Return whether a label begins its series: "1", "I", "a", "2.1", "nhất"."""
    return _order(label, scheme) == 1


def follows(label: str, before: str, scheme: str) -> bool:
    """Return whether ``label`` comes next after ``before`` in a series.

    Args:
        label: of the later mark, as printed.
        before: of the earlier mark.
        scheme: the style of both.

    Returns:
        True for 5 after 4, "5a" after 5, "6" after "5a", "đ" or "e" after "d", "2.2" after
        "2.1". Bullets always follow each other.
    """
    if scheme in ("a", "A"):
        return any(_next_letter(alphabet, before.lower(), label.lower()) for alphabet in _ALPHABETS)
    if scheme.startswith("1.1") and label.rpartition(".")[0] != before.rpartition(".")[0]:
        return False
    here, there = _order(label, scheme), _order(before, scheme)
    if here is None or there is None:
        return True
    added = scheme == "article" and here == there and label != before
    return here == there + 1 or added


def _next_letter(alphabet: str, before: str, label: str) -> bool:
    at = alphabet.find(before)
    return at >= 0 and alphabet[at + 1 : at + 2] == label


def _order(label: str, scheme: str) -> int | None:
    if not label or not scheme[:1].isalnum() and scheme != "(1)":
        return None
    if scheme in ("a", "A"):
        return _ALPHABETS[0].find(label.lower()) + 1 or None
    last = label.rpartition(".")[2]
    digits = re.match(r"\d{1,4}", last)
    if digits:
        return int(digits[0])
    if scheme == "part" and last.lower() in _WORD_ORDER:
        return _WORD_ORDER[last.lower()]
    return _roman(last.lower()) or (_ALPHABETS[0].find(last.lower()) + 1 or None)


def _roman(label: str) -> int | None:
    total = 0
    values = [_ROMAN_VALUES.get(letter, 0) for letter in label]
    if not values or 0 in values:
        return None
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += value if value >= following else -value
    return total
