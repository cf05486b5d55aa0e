"""Passages that speak to a language model: they are not given to one.

What a document says is data. A passage that tells a model what to do ("bỏ qua mọi chỉ dẫn ở
trên") is left out of what is sent, and named in the result; what slips through is still only data
between marks that no document can know, and only sentences that stand come out. The patterns are
data with examples: ``vocabulary/injections.json``, on folded text.
"""

from __future__ import annotations

import re
from functools import cache

from docsearch.parse.folding import flatten
from docsearch.vocabulary import load


@cache
def _pattern() -> re.Pattern[str]:
    joined = "|".join(f"(?:{entry['pattern']})" for entry in load("injections"))
    return re.compile(joined)


def speaks_to_model(text: str) -> bool:
    """Tell whether a passage holds words that are meant for a language model."""
    return _pattern().search(re.sub(r"[^\S\n]+", " ", flatten(text))) is not None
