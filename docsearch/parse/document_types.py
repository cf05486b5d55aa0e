"""Which type of document (thể loại) words or a number's symbol name."""

from __future__ import annotations

import re
from functools import cache

from docsearch.parse.folding import flatten
from docsearch.vocabulary import document_types


@cache
def type_pattern() -> str:
    """Return a pattern for the name of any type in folded text, the longest name first."""
    names = sorted((flatten(entry.name) for entry in document_types()), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s{1,3}") for name in names) + ")"


@cache
def _by_name() -> dict[str, str]:
    return {flatten(entry.name): entry.name for entry in document_types()}


@cache
def _by_symbol() -> dict[tuple[str, str], str]:
    return {
        (user, spelled(symbol)): entry.name
        for spelled in (flatten, str.lower)  # the exact letters win: "DA" and "ĐA" are two types
        for entry in document_types()
        for user in entry.used_by
        for symbol in entry.symbols
    }


def type_named(words: str) -> str | None:
    """Return the type whose name is exactly these words, in any case and spacing."""
    return _by_name().get(re.sub(r"\s+", " ", flatten(words)).strip())


def type_of_symbol(symbol: str) -> str | None:
    """Return the type that a symbol begins with.

    Args:
        symbol: "KH-UBND", "NQ/TU". With "/" it is a Party number, where "TT" is a "thông tri".

    Returns:
        "kế hoạch"; None where the symbol begins with a body ("UBND-VX", a công văn) or with an
        abbreviation that is not known.
    """
    first = re.split(r"[-/]", symbol)[0]
    users = ("party", "state") if "/" in symbol else ("state", "party")
    known = _by_symbol()
    names = (known.get((user, key)) for key in (first.lower(), flatten(first)) for user in users)
    return next(filter(None, names), None)
