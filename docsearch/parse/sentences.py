"""Sentences and clauses of a view, without a model.

A full stop inside a number, an abbreviation ("TP.", "TM.") or after a label does not end a
sentence; a line of dots does not either.
"""

from __future__ import annotations

import re
from typing import Final

from docsearch.orthography import UPPER
from docsearch.parse.view import View

_ABBREVIATIONS: Final = frozenset(
    [
        "tp",
        "tx",
        "tt",
        "th",
        "tm",
        "kt",
        "tl",
        "tuq",
        "q",
        "gs",
        "pgs",
        "ts",
        "ths",
        "bs",
        "cn",
        "ks",
        "đ/c",
        "st",
        "tr",
        "vv",
        "v.v",
        "art",
        "no",
        "vd",
    ]
)
_STOP = re.compile(rf"(?:[.!?…]+|\./\.)[\"”’)\]]*\s+(?=[{UPPER}\d“\"(\-–+])")
_CLAUSE = re.compile(r";\s+|(?<=[^\d]),\s+(?=(?:trong đó|phấn đấu|tỷ lệ|tỉ lệ)\b)")

_ASIDE = re.compile(r"; (?:và )?(?:đồng thời|qua|sao gửi|đồng gửi)(?!\w)[^()]{1,200}\)")


def sentences(view: View) -> list[tuple[int, int]]:
    """Return the sentences of a view.

    Args:
        view: the words of one unit.

    Returns:
        ``(start, end)`` positions in ``view.text``, in order, not overlapping; together they
        hold every character that is not white space.
    """
    bounds: list[tuple[int, int]] = []
    start = 0
    for match in _STOP.finditer(view.text):
        if _is_abbreviation(view.text, start, match.start()):
            continue
        bounds.append((start, match.end()))
        start = match.end()
    bounds.append((start, len(view.text)))
    return [trimmed for a, b in bounds if (trimmed := _trim(view.text, a, b))]


def clauses(view: View, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of one sentence between semicolons.

    Args:
        view: the words of one unit.
        start: first character of the sentence in ``view.text``.
        end: one past its last.

    Returns:
        ``(start, end)`` positions in ``view.text``, in order.
    """
    parts = []
    cursor = start
    for match in _CLAUSE.finditer(view.text, start, end):
        if _ASIDE.match(view.text, match.start(), end) and _opened(view.text, cursor, match):
            continue  # "gửi UBND (qua Sở Nội vụ; đồng thời gửi Văn phòng) báo cáo quý"
        parts.append((cursor, match.start()))
        cursor = match.end()
    parts.append((cursor, end))
    return [trimmed for a, b in parts if (trimmed := _trim(view.text, a, b))]


def _opened(text: str, start: int, match: re.Match[str]) -> bool:
    return text.count("(", start, match.start()) > text.count(")", start, match.start())


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    word = text[start:stop].rsplit(" ", 1)[-1].casefold().lstrip("(“\"'")
    if word in _ABBREVIATIONS:
        return True
    # a label ("1", "IV", "a") at the beginning of the unit
    return stop - start <= 4 and " " not in text[start:stop] and len(word) <= 4


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
