"""Where a quotation stands in a passage: exactly, but for NFC and white space."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from docsearch.generate.records import Found, Given

MIN_LETTERS: Final = 2
"""Letters and digits of the shortest quotation."""

_MARKED: Final = re.compile(r"[“\"«]([^“”\"«»]{1,2000})[”\"»]")


def clean(text: str) -> str:
    """Return a text in NFC with runs of white space as one blank, none at its ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=256)
def _flat(text: str) -> tuple[str, tuple[int, ...]]:
    """Return NFC text with one blank for white space, and where each character stands."""
    characters: list[str] = []
    offsets: list[int] = []
    blank = True
    for position, character in enumerate(text):
        if not character.isspace():
            characters.append(character)
            offsets.append(position)
            blank = False
        elif not blank:
            characters.append(" ")
            offsets.append(position)
            blank = True
    return "".join(characters), tuple(offsets)


def locate(given: Given, quote: str) -> tuple[Found, ...]:
    """Return every place where a quotation stands in a passage.

    Args:
        given: the passage; its pieces are NFC.
        quote: the words, as the model wrote them.

    Returns:
        The places in order, overlapping ones too; none where the words do not stand there.
    """
    wanted = clean(quote)
    if sum(character.isalnum() for character in wanted) < MIN_LETTERS:
        return ()
    return tuple(
        Found(given=given, piece=number, start=start, end=end)
        for number, piece in enumerate(given.pieces)
        for start, end in _places(piece.text, wanted)
    )


def _places(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    flat, offsets = _flat(text)
    start = flat.find(wanted)
    while start >= 0:
        yield offsets[start], offsets[start + len(wanted) - 1] + 1
        start = flat.find(wanted, start + 1)


def is_whole(found: Found) -> bool:
    """Tell whether a quotation begins and ends where words and figures do.

    "0 ngày" of "10 ngày", "12/2024" of "15/12/2024" and "141/KH" of "141/KH-UBND" do not.
    """
    text = found.given.pieces[found.piece].text
    return not (
        _joined(text[: found.start][-2:], text[found.start : found.start + 2])
        or _joined(text[found.end - 2 : found.end], text[found.end : found.end + 2])
    )


def _joined(before: str, after: str) -> bool:
    """Tell whether one word or figure goes on from ``before`` to ``after``."""
    if not before or not after:
        return False
    if before[-1].isalnum() and after[0].isalnum():
        return True
    if before[-1].isdigit() and after[0] in "%‰":
        return True
    signs = ".,/-–&"
    if after[0] in signs and before[-1].isalnum():
        return after[1:2].isalnum() and (after[0] in "/-&" or after[1].isdigit())
    if before[-1] in signs and after[0].isalnum():
        return before[:-1].isalnum() and (before[-1] in "/-&" or before[-2].isdigit())
    return False


def in_marks(text: str) -> tuple[str, ...]:
    """Return the words that a sentence puts in quotation marks."""
    return tuple(match[1] for match in _MARKED.finditer(text))
