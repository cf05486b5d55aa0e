"""What a sentence ties together belongs together in the document."""

from __future__ import annotations

from collections.abc import Sequence

from docsearch.facts.actors import find_subject
from docsearch.generate.check_names import find_bodies
from docsearch.generate.claim import FILLERS, Claim, Fault, on_one_line, without_fillers
from docsearch.generate.tokens import tokenize
from docsearch.generate.wording import BRIDGES


def check_ties(claim: Claim) -> Fault | None:
    """What the sentence ties together out of several clauses belongs together in the document."""
    runs = list(claim.content_runs())
    if len(runs) == 1:  # words in a row are tied together as they stand
        return None
    clauses = sorted(
        {claim.places[run.passage + n].clause for run in runs for n in range(run.length)}
    )
    if len(clauses) < 2 or not find_bodies(claim.text):
        return _loose_values(claim, clauses)
    for clause in clauses:
        words = claim.evidence.clause(clause)
        subject = find_subject(on_one_line(words), 0, len(words))
        if subject and not any(_is_named(claim, actor.text) for actor in subject.actors):
            return "clauses_mixed", "; ".join(actor.text for actor in subject.actors)
    return _loose_values(claim, clauses)


def _is_named(claim: Claim, name: str) -> bool:
    """Tell whether the sentence names a body, or a part of it that stands in the passage."""
    words = without_fillers(token.key for token in tokenize(name))
    row = without_fillers(claim.keys)
    return any(row[n : n + len(words)] == words for n in range(len(row) - len(words) + 1))


def _loose_values(claim: Claim, clauses: Sequence[int]) -> Fault | None:
    """A figure or date out of another clause comes with words of that clause."""
    if len(clauses) < 2:
        return None
    for position, token in enumerate(claim.tokens):
        place = claim.place_of.get(position)
        if token.kind not in ("number", "date") or place is None:
            continue
        clause = claim.places[place].clause
        if claim.places[place].piece != len(claim.evidence.given.pieces) - 1:
            continue
        words = [
            n
            for n in claim.used
            if claim.places[n].clause == clause
            and claim.places[n].kind == "word"
            and claim.places[n].key not in BRIDGES
            and n != place + 1
            and claim.places[n].key not in FILLERS
            and not _is_bound(claim, n)
        ]
        if len(words) < 2:
            return "clauses_mixed", claim.text[token.start : token.end]
    return None


def _is_bound(claim: Claim, place: int) -> bool:
    return any(
        start <= place < start + len(qualifier.phrase)
        for start, qualifier in claim.stated
        if qualifier.scope == "bound"
    )
