"""Patterns of questions, from the vocabulary.

A pattern of plain letters is matched on the folded question, so that a question typed without
diacritics matches too. A pattern with a diacritic is matched on the spelled question: "ký" is not
"kỳ", "số" is not "sở".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from docsearch.orthography import canonical, fold
from docsearch.vocabulary import load


@dataclass(frozen=True, slots=True)
class Question:
    """A question as patterns see it; both texts have the same length."""

    folded: str
    spelled: str

    @classmethod
    def of(cls, text: str, spelled: str) -> Question:
        """Return a question as it was typed and as it is spelled.

        Where the two differ in length (an English question), only the first is looked at.
        """
        same = len(text) == len(spelled)
        return cls(fold(text), canonical(spelled if same else text))


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern of the vocabulary, compiled for the text that it is matched on."""

    pattern: re.Pattern[str]
    on_spelled: bool

    def search(self, question: Question) -> re.Match[str] | None:
        """Return the first match in the question."""
        return self.pattern.search(question.spelled if self.on_spelled else question.folded)


@dataclass(frozen=True, slots=True)
class Entry:
    """What some patterns stand for."""

    name: str
    weak: bool  # a noun that only suggests it
    patterns: tuple[Pattern, ...]

    def search(self, question: Question) -> re.Match[str] | None:
        """Return the earliest match of any pattern."""
        found = (pattern.search(question) for pattern in self.patterns)
        return min((match for match in found if match), key=lambda m: m.start(), default=None)


@cache
def entries(vocabulary: str, key: str) -> tuple[Entry, ...]:
    """Return the entries of a vocabulary, in its order.

    Args:
        vocabulary: name of a JSON file whose entries have ``patterns``.
        key: the field that names what an entry stands for.

    Returns:
        The entries; compiled once.
    """
    return tuple(
        Entry(
            str(entry[key]),
            bool(entry.get("weak")),
            tuple(_compiled(pattern) for pattern in cast("list[str]", entry["patterns"])),
        )
        for entry in load(vocabulary)
    )


def _compiled(pattern: str) -> Pattern:
    return Pattern(re.compile(pattern), on_spelled=not pattern.isascii())


def names(vocabulary: str, key: str, question: Question) -> Iterator[str]:
    """Return what a question matches, in the order of the vocabulary."""
    for entry in entries(vocabulary, key):
        if entry.search(question):
            yield entry.name
