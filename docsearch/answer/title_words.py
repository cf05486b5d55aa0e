"""What a question says only to name the document that it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from docsearch.answer.candidates import Candidate, Context
from docsearch.index.tokens import alike_syllables

_AROUND: Final = ("năm", "hạn", "mốc", "thời", "đúng", "xong", "hoàn", "thành", "theo", "trong")


def title_words(context: Context, found: Sequence[Candidate[Any]]) -> frozenset[str]:
    """Return the syllables by which a question says which document it means.

    "Những mốc thời hạn trong kế hoạch nước sạch của huyện …": every limit of that plan, not those
    that speak of water.

    Args:
        context: the question and the index.
        found: what was found.

    Returns:
        The syllables of the type and the subject of that document; none where the question may
        mean several.
    """
    documents = {candidate.document for candidate in found}
    if context.documents is None or len(documents) != 1:
        return frozenset()
    header = context.snapshot.entries[documents.pop()].header
    stated = [field.value for field in (header.type, header.subject) if field]
    return frozenset(alike_syllables(" ".join((*stated, *_AROUND))))
