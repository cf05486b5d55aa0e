"""Printed words without case, marks and kinds of blanks, one for one."""

from __future__ import annotations

from typing import Final

from docsearch.orthography import fold

# Old keyboards give the Icelandic "Ð" for "Đ"; dots stand for what is to be filled in.
_SIGNS: Final = str.maketrans(
    dict.fromkeys("ðÐ", "d")
    | dict.fromkeys("\u00a0\u2007\u202f\u3000", " ")
    | dict.fromkeys("‐‑‒–—−", "-")
    | {"…": "."}
)


def flatten(text: str) -> str:
    """Return ``text`` in small letters without diacritics, with one kind of blank and dash.

    Scans and typists get marks wrong ("CỘNG HÕA", "GIÁM ĐÓC") and questions leave them out;
    the letters still agree.

    Args:
        text: NFC text.

    Returns:
        As many code points as ``text`` has: a position in it is a position in ``text``.
    """
    return fold(text.translate(_SIGNS))


def is_upper(text: str) -> bool:
    """Return whether ``text`` is printed in capitals: at least two, and 4 of 5 letters."""
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return capitals >= 2 and capitals >= 0.8 * len(letters)
