"""Short and long forms that documents define themselves, both ways.

Those of the vocabulary are written out in documents and questions alike and need no expansion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docsearch.index.tokens import alike, alike_typed
from docsearch.orthography import fold
from docsearch.search.query import Expansion


def find_expansions(spelled: str, abbreviations: Mapping[str, str]) -> Iterator[Expansion]:
    """Yield the other form of each short or long form that a question has.

    Args:
        spelled: the question with its diacritics.
        abbreviations: long forms by their short forms, as the corpus defines them.

    Yields:
        Expansions in the order of the short forms: "kđclgd" also "kiểm định chất lượng giáo dục",
        and the other way round. A short form typed without diacritics counts.
    """
    if not abbreviations:
        return
    question = alike_typed(spelled)
    words = set(re.findall(r"[^\s,;:?!()\"]+", question))
    for short, long in abbreviations.items():
        if alike(short) == alike(long):
            continue
        if short in words or fold(short) in words:
            yield Expansion(typed=short, also=long)
        elif " " in long and re.search(rf"(?<!\w){re.escape(alike(long))}(?!\w)", question):
            yield Expansion(typed=long, also=short)
