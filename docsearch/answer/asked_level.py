"""Figures that a clause sets for one level of administration each: "cấp tỉnh …; cấp huyện …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docsearch.answer.candidates import Candidate, Context
from docsearch.orthography import canonical
from docsearch.records import Target

_LEVEL: Final = re.compile(r"(?<!\w)cấp (trung ương|tỉnh|huyện|xã|thôn|cơ sở)(?!\w)")


def of_level_asked(
    context: Context, candidates: Sequence[Candidate[Target]]
) -> list[Candidate[Target]]:
    """Return figures without those of another level than the one that a question names.

    Args:
        context: the question and the index.
        candidates: figures, best first.

    Returns:
        Those whose words name the level, or none; all where the question names no level or
        several, or no figure's words name it.
    """
    asked = set(_LEVEL.findall(canonical(context.query.spelled)))
    if len(asked) != 1:
        return list(candidates)
    said = [
        set(_LEVEL.findall(canonical(context.quoter.words(each.document, each.span))))
        for each in candidates
    ]
    if not any(asked <= levels for levels in said):
        return list(candidates)
    return [each for each, own in zip(candidates, said, strict=True) if not own or asked <= own]
