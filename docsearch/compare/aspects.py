"""Which aspect of a topic a duty, a figure or a sentence belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, cast, get_args

from docsearch.compare.matrix import Aspect
from docsearch.errors import QueryError
from docsearch.orthography import canonical, fold
from docsearch.vocabulary import load

ASPECTS: Final[tuple[Aspect, ...]] = get_args(Aspect)
WITHIN_A_TOPIC: Final = ASPECTS[1:]
"""The aspects of one topic; several topics are compared by the gist of each."""


@cache
def titles() -> Mapping[Aspect, str]:
    """Return the Vietnamese name of every aspect."""
    return {cast("Aspect", entry["aspect"]): str(entry["title"]) for entry in load("aspects")}


@cache
def _patterns(aspect: Aspect) -> re.Pattern[str]:
    entry = next(entry for entry in load("aspects") if entry["aspect"] == aspect)
    alternatives = [str(pattern) for pattern in cast("list[str]", entry["patterns"])]
    return re.compile("|".join(f"(?:{pattern})" for pattern in alternatives) or r"(?!)")


def is_of(aspect: Aspect, words: str) -> bool:
    """Tell whether words are of an aspect, by the patterns of ``vocabulary/aspects.json``."""
    return bool(_patterns(aspect).search(canonical(words)))


def read_aspects(given: Sequence[str] | None, *, topics: int) -> tuple[Aspect, ...]:
    """Return the aspects that are asked for.

    Args:
        given: names in English or Vietnamese ("lead", "đơn vị chủ trì"); None means all of one
            topic, or the gist of each of several.
        topics: how many topics there are.

    Returns:
        The aspects in the order of ``ASPECTS``, each once.

    Raises:
        QueryError: there is no such aspect.
    """
    if given is None:
        return WITHIN_A_TOPIC if topics == 1 else ("gist",)
    names = {fold(title): aspect for aspect, title in titles().items()}
    found = set()
    for name in given:
        key = fold(" ".join(name.split()))
        aspect = names.get(key) or next((each for each in ASPECTS if each == key), None)
        if aspect is None:
            known = ", ".join(f"{each} ({title})" for each, title in titles().items())
            raise QueryError(f"{name!r} is no aspect; give one of: {known}")
        found.add(aspect)
    return tuple(aspect for aspect in ASPECTS if aspect in found) or WITHIN_A_TOPIC
