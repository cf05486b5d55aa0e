"""Vietnamese spelling: letters, the two placements of the tone mark, folding, syllables.

``canonical`` is for comparing what is spelled alike ("hoà" = "hòa"), ``fold`` for comparing what
is typed without diacritics. Both keep the number of code points of an NFC text, so a position in
the result is a position in the text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LOWER: Final = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"  # for [...]
UPPER: Final = "A-Z" + LOWER[3:].upper()  # for [...]; [À-Ỹ] is a trap, "đ" and "ư" lie in it

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_SYLLABLE: Final = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_PAIRS: Final = ("oa", "oe", "uy")  # the tone stands on either letter of these at a word's end


def _tone_table() -> dict[str, str]:
    table = {}
    for first, second in _PAIRS:
        for tone in _TONES:
            old = unicodedata.normalize("NFC", first + second + tone)
            new = unicodedata.normalize("NFC", first + tone + second)
            table[old] = new
    return table


_TONE_PLACEMENT: Final = _tone_table()
# The letters first: a search that begins with a set of letters is quick. The third test looks
# behind both letters; at the beginning of a text nothing is there and it holds.
_OLD_PLACEMENT: Final = re.compile(r"[ou][àáảãạèéẻẽẹỳýỷỹỵ](?![^\W\d_])(?<![qQ]..)")


def _fold_character(character: str) -> str:
    if character in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", character)[0]
    lowered = base.lower()
    return lowered if len(lowered) == 1 else base


class _Folding(dict[int, str]):
    """Translation table that computes each character once."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold_character(chr(code))
        return self[code]


class _Lowering(dict[int, str]):
    """Like ``str.lower``, but never changing the number of code points."""

    def __missing__(self, code: int) -> str:
        lowered = chr(code).lower()
        self[code] = lowered if len(lowered) == 1 else chr(code)
        return self[code]


_FOLDING: Final = _Folding()
_LOWERING: Final = _Lowering()


def canonical(text: str) -> str:
    """Return ``text`` in small letters with the tone mark in its new place.

    Args:
        text: NFC text.

    Returns:
        As many code points as ``text`` has: "Hoà", "HÒA" -> "hòa"; "quý" stays. Idempotent.
    """
    lowered = text.lower()  # much quicker than translate, and the same for all but a few letters
    if len(lowered) != len(text):
        lowered = text.translate(_LOWERING)
    return _OLD_PLACEMENT.sub(lambda match: _TONE_PLACEMENT.get(match[0], match[0]), lowered)


def fold(text: str) -> str:
    """Return ``text`` in small letters without diacritics, "đ" as "d".

    Args:
        text: NFC text.

    Returns:
        As many code points as ``text`` has.
    """
    return text.translate(_FOLDING)


def syllables(text: str) -> list[str]:
    """Return the syllables and numbers of ``text`` as they stand, in order.

    Args:
        text: any text; give it through ``canonical`` or ``fold`` first to compare.

    Returns:
        Runs of letters and digits; "99,9" and "1.234" are one.
    """
    return _SYLLABLE.findall(text)


def syllable_spans(text: str) -> list[tuple[int, int]]:
    """Return the positions ``(start, end)`` of the syllables of ``text``, in order."""
    return [match.span() for match in _SYLLABLE.finditer(text)]


def has_diacritics(text: str) -> bool:
    """Return whether any letter of ``text`` carries a Vietnamese diacritic."""
    return fold(text) != text.translate(_LOWERING)
