"""Patterns of questions, from the vocabulary."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from docsearch.vocabulary import load


@cache
def patterns(vocabulary: str, key: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the patterns of a vocabulary, in its order.

    Args:
        vocabulary: name of a JSON file whose entries have ``patterns``, for folded text.
        key: the field that names what an entry stands for.

    Returns:
        The name and one pattern of each entry.
    """
    return tuple(
        (
            str(entry[key]),
            re.compile("|".join(f"(?:{p})" for p in cast("list[str]", entry["patterns"]))),
        )
        for entry in load(vocabulary)
    )
