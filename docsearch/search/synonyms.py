"""Other words for the same: what a question calls "chết", documents call "tử vong".

Groups are data (``vocabulary/synonyms.json``), each with examples of a question and the words of a
document. Words that are "asked" are not looked for in documents: one syllable is part of too many
words there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Final, cast

from docsearch.index.tokens import alike_syllables
from docsearch.search.query import Synonym
from docsearch.vocabulary import load

LONGEST: Final = 6
"""Syllables of the longest words of a group that are looked for."""


def find_synonyms(topic: Sequence[str], compounds: Collection[str]) -> tuple[Synonym, ...]:
    """Return the other words for those of a topic, the longest words at every place.

    Args:
        topic: syllables, spelled alike.
        compounds: words of several syllables that the corpus has, joined by "_"; a syllable inside
            one is no word of its own ("phát" of "phát sinh").

    Returns:
        One entry for each other word of a group.
    """
    table = _table()
    found: list[Synonym] = []
    position = 0
    while position < len(topic):
        for length in range(min(LONGEST, len(topic) - position), 0, -1):
            words = tuple(topic[position : position + length])
            if words in table:
                found += [Synonym(words, other) for other in table[words]]
            if words in table or (length == 2 and "_".join(words) in compounds):
                position += length - 1
                break
        position += 1
    return tuple(dict.fromkeys(found))


@cache
def _table() -> Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    table: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    stop = {  # topics are without them: "đích" of "về đích"
        syllable
        for entry in load("stopwords")
        if entry["language"] == "vi"
        for word in cast("list[str]", entry["words"])
        for syllable in alike_syllables(word)
    }
    for entry in load("synonyms"):
        group, asked = (
            [tuple(alike_syllables(words)) for words in cast("list[str]", entry[name])]
            for name in ("words", "asked")
        )
        for words in (*group, *asked):
            others = tuple(other for other in group if other != words)
            for key in {words, tuple(word for word in words if word not in stop)} - {()}:
                table[key] = tuple(dict.fromkeys((*table.get(key, ()), *others)))
    return table
