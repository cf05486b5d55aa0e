"""Which sentence of a document says what is asked, besides naming the document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.relevance import Layer
from docsearch.index.tokens import alike_syllables
from docsearch.records import Hit

NEAR: Final = 0.6
"""A sentence of the same document is looked at from this share of the best one's score."""
MORE: Final = 2
"""Pairs of neighbouring words of the question that it has to have more than the best one, where
that has some."""


def best_within(
    context: Context, best: Candidate[Hit], candidates: Sequence[Candidate[Hit]]
) -> Candidate[Hit]:
    """Return the sentence of the best one's document that has the question's own words.

    "Trung tâm … huyện Tam Nông yêu cầu học sinh làm gì trước khi vào lớp?": the title names the
    centre, and a sentence that does not says "trước khi vào lớp".

    Args:
        context: the question and the index.
        best: the best sentence.
        candidates: all, best first.

    Returns:
        The candidate with the most pairs of neighbouring words of the question that do not stand
        in what the document says it is about, of those that leave no more of the question out;
        ``best`` where none has ``MORE`` than it, or any where it has none.
    """
    about = context.about(best.document).tokens
    words = alike_syllables(context.query.spelled)
    pairs = {f"{one}_{two}" for one, two in zip(words, words[1:], strict=False)} - about

    def own(candidate: Candidate[Hit]) -> int:
        line = context.quoter.words(candidate.document, candidate.span)
        return len(pairs & Layer.of(line, 1.0).tokens)

    least = NEAR * best.score
    near = [c for c in candidates if c.document == best.document and c.score >= least]
    other = max((c for c in near if c.missing <= best.missing), key=own, default=best)
    more = MORE if own(best) else 1
    return other if own(other) >= own(best) + more else best
