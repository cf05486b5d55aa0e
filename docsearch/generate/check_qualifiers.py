"""What limits the quoted words limits the sentence: negations, conditions, aims."""

from __future__ import annotations

from typing import Final

from docsearch.generate.claim import Claim, Fault
from docsearch.generate.wording import duties

REACH: Final = 5
"""Tokens before the words it qualifies in which a qualifier may stand."""


def check_qualifiers_kept(claim: Claim) -> Fault | None:
    """What limits the quoted words limits the sentence's."""
    touched = {claim.places[run.passage].clause for run in claim.content_runs()}
    said = {qualifier.of for _, qualifier in claim.said}
    for position, qualifier in claim.stated:
        span = range(position, position + len(qualifier.phrase))
        if all(n in claim.used for n in span):
            continue
        words = " ".join(qualifier.phrase)
        if qualifier.scope == "bound":  # beside figures; here one that was taken out of a row
            if qualifier.of not in said and {span[0] - 1, span[-1] + 1} <= claim.used:
                return "qualifier_lost", words
        elif qualifier.scope == "clause":
            if claim.places[position].clause in touched:
                return "qualifier_lost", words
        elif _governs(claim, span[-1], 1 if qualifier.scope == "rank" else REACH):
            return "qualifier_lost", words
    return None


def _governs(claim: Claim, position: int, reach: int) -> bool:
    """Tell whether the sentence uses words that stand close after a position, in its part."""
    part = claim.places[position].part
    for n in range(position + 1, min(position + 1 + reach, len(claim.places))):
        if claim.places[n].part != part:
            return False
        if n in claim.used:
            return True
    return False


def check_qualifiers_added(claim: Claim) -> Fault | None:
    """A negation, condition or aim of the sentence stands before the same words in the passage."""
    for position, qualifier in claim.said:
        if qualifier.scope == "bound":
            continue
        words = " ".join(qualifier.phrase)
        end = position + len(qualifier.phrase)
        place = claim.place_of.get(end - 1)
        if place is None:
            if all(n in claim.framed for n in range(position, end)):
                continue
            return "qualifier_added", words
        following = next((n for n in range(end, len(claim.tokens)) if n not in claim.framed), None)
        if following is None or qualifier.scope == "clause":
            continue
        target = claim.place_of.get(following)
        if target is not None and target - place == following - end + 1:
            continue  # in a row with what follows it there too
        if target is None or not place < target <= place + REACH + 1:
            return "qualifier_added", words
    return None


def check_duties(claim: Claim) -> Fault | None:
    """What is only aimed at or allowed is not made a duty: "phải khuyến khích"."""
    aims = {start: q for start, q in claim.said if q.of == "aim"}
    for n in range(len(claim.keys)):
        phrase = duties().at(claim.keys, n)
        end = n + len(phrase or ())
        if phrase is None or any(m in claim.place_of for m in range(n, end)):
            continue
        for start in (end, end + 1):
            if start in aims:
                return "qualifier_added", " ".join((*phrase, *aims[start].phrase))
    return None
