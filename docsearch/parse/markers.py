"""The marks that open a unit of the outline: "Chương I", "Điều 5a.", "IV.", "2.1.", "đ)", "-".

Forms of Nghị định 30/2020/NĐ-CP (appendix I) and of Party documents, with what files make of
them: Markdown around the mark, a blank before the dot, "3.1" without a dot at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from docsearch.orthography import UPPER
from docsearch.records import Level

RANK: Final[dict[Level, int]] = {
    "document": 0,
    "annex": 1,
    "part": 1,
    "chapter": 2,
    "section": 3,
    "roman": 5,
    "article": 6,
    "number": 7,  # 8, 9, 10 for "1.1", "1.1.1", "1.1.1.1"
    "letter": 12,
    "dash": 14,
    "plus": 15,
    "paragraph": 16,
    "header": 16,
    "closing": 1,
    "footnote": 17,
}
"""How deep a level stands: a unit ends where one of the same or a smaller rank begins."""

INTRODUCTION_RANK: Final = 13
"""Rank of a paragraph that ends in ":" and introduces a list of dashes."""


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark at the beginning of a line."""

    level: Level
    label: str  # as printed, without its dot or bracket
    rank: int
    end: int  # where the words after the mark begin, counted in the line


_LEAD = re.compile(r"[\s*_#>|]*")
_NAMED: Final[tuple[tuple[Level, re.Pattern[str]], ...]] = (
    ("part", re.compile(r"(?:Phần|PHẦN)\s+(?:thứ\s+)?([IVXLC]+|\d+|[A-ZĐ]|\w{2,4})\b[.:]?\s*")),
    ("chapter", re.compile(r"(?:Chương|CHƯƠNG)\s+([IVXLC]+|\d+)\b[.:]?\s*")),
    ("section", re.compile(r"(?:Mục|MỤC)\s+([IVXLC]+|\d+)\b[.:]?\s*")),
    (
        "annex",
        re.compile(
            rf"(?:PHỤ LỤC|Phụ lục(?=\s+(?:số\s+)?[IVX\d]+\W*(?:$|\s[{UPPER}])))"
            r"(?:\s+(?:số\s+)?([IVXLC]+|\d+)\b)?[.:]?\s*"
        ),
    ),
    ("article", re.compile(r"(?:Điều|ĐIỀU)\s+(\d+[a-zđ]?)\s*[.:]\s*")),
)
# A Roman number or capital letter needs its dot and a capital (or a quotation) after it.
_ROMAN = re.compile(rf"([IVXL]{{1,6}})\s?[.)/\-–]\**\s+(?=[{UPPER}“\"*])")
_CAPITAL = re.compile(rf"([A-HĐ])\s?[.)]\**\s+(?=[{UPPER}“\"*])")
# "2.1. đối với", "3.1 Về"; "12.5 triệu" is a number
_DEEP_NUMBER = re.compile(
    rf"(\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?:[.)]\**\s+(?=[^\W\d_]|[“\"*(])|\**\s+(?=[{UPPER}“\"*(]))"
)
_NUMBER = re.compile(r"(\d{1,2})\s?(?:[.)]\**\s*|/\s+)(?=[^\W\d_]|[“\"*(])")
_BRACKETED = re.compile(r"\((\d{1,2})\)\s+(?=\S)")
_LETTER = re.compile(r"([a-zđ])\s?[).]\s+(?=\S)")
_DASH = re.compile(r"[-–—−•]\s*(?=[^\s\-–—−])")
_PLUS = re.compile(r"[+○o*]\s+(?=\S)|\+(?=\w)")
_FOOTNOTE = re.compile(r"([¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\d{1,3}\])\s*(?=\S)")
_PART_WORDS = {"nhất", "hai", "ba", "tư", "bốn", "năm", "sáu", "NHẤT", "HAI", "BA", "TƯ"}


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
    for level, pattern in _NAMED:
        match = pattern.match(line, start)
        if match and (level != "part" or _is_part_label(match[1])):
            return Marker(level, match[1] or "", RANK[level], match.end())
    if match := _ROMAN.match(line, start):
        return Marker("roman", match[1], RANK["roman"], match.end())
    if match := _CAPITAL.match(line, start):
        return Marker("roman", match[1], RANK["roman"] - 1, match.end())
    if match := _DEEP_NUMBER.match(line, start):
        depth = match[1].count(".")
        return Marker("number", match[1], RANK["number"] + depth, match.end())
    if match := _NUMBER.match(line, start):
        return Marker("number", match[1], RANK["number"], match.end())
    if match := _BRACKETED.match(line, start):
        return Marker("number", match[1], RANK["letter"] - 1, match.end())
    if match := _LETTER.match(line, start):
        return Marker("letter", match[1], RANK["letter"], match.end())
    return _bullet(line)


def _is_part_label(label: str) -> bool:
    return not label.isalpha() or label.isupper() or label in _PART_WORDS


def _bullet(line: str) -> Marker | None:
    indent = len(line) - len(line.lstrip())
    # "**- bold bullet**" is a bullet, "**bold**" is not
    start = indent + (2 if line.startswith("**", indent) else 0)
    if match := _FOOTNOTE.match(line, indent):
        return Marker("footnote", match[1], RANK["footnote"], match.end())
    if match := _DASH.match(line, start):
        return Marker("dash", "-", RANK["dash"], match.end())
    if match := _PLUS.match(line, start):
        return Marker("plus", "+", RANK["plus"], match.end())
    return None
