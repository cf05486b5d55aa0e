"""Every word is quoted or frames what is quoted, and none stands in the place of another."""

from __future__ import annotations

from typing import Final

from docsearch.generate.check_names import find_bodies
from docsearch.generate.claim import FILLERS, Claim, Fault

REPLACED: Final = 4
"""Tokens of the passage that other words may be put in the place of, to be seen as that."""


def check_content(claim: Claim) -> Fault | None:
    """Something is said beside the framing."""
    if not any(True for _ in claim.content_runs()):
        return "words_not_quoted", claim.text
    return None


def check_words(claim: Claim) -> Fault | None:
    """Every word is quoted, or frames what is quoted; a bound may be worded as its class is."""
    bounds = _bounding(claim)
    for position, token in enumerate(claim.tokens):
        if position in claim.place_of or position in claim.framed or position in bounds:
            continue
        words = claim.text[token.start : token.end]
        if token.kind != "word":
            return "value_not_quoted", words
        named = any(a <= token.start < b for a, b in find_bodies(claim.text))
        return ("body_not_quoted" if named else "words_not_quoted"), words
    return None


def _bounding(claim: Claim) -> frozenset[int]:
    """Return where bounds stand beside a figure; ``check_figures`` compares them."""
    found: set[int] = set()
    for position, qualifier in claim.said:
        if qualifier.scope != "bound":
            continue
        end = position + len(qualifier.phrase)
        near = range(max(0, position - 4), min(len(claim.tokens), end + 3))
        if any(claim.tokens[n].kind != "word" for n in near):
            found.update(range(position, end))
    return frozenset(found)


def check_replaced(claim: Claim) -> Fault | None:
    """No words stand in the place of others: "chủ trì" where the passage has "phối hợp"."""
    runs = claim.runs
    for position, run in enumerate(runs):
        end, after = run.sentence + run.length, run.passage + run.length
        for other in runs[position + 1 : position + 4]:
            gap = range(after, other.passage)
            inside = range(end, other.sentence)
            if not 0 < len(gap) <= REPLACED or not inside:
                continue
            new = [n for n in inside if n not in claim.framed or claim.tokens[n].kind != "word"]
            old = [n for n in gap if n not in claim.used and claim.places[n].key not in FILLERS]
            if new and old and len(new) <= 2 * len(old) + 1:
                begin, last = claim.tokens[new[0]].start, claim.tokens[new[-1]].end
                return "words_not_quoted", claim.text[begin:last]
    return None


def check_bounds_kept(claim: Claim) -> Fault | None:
    """No bound stands right where the passage has another: "sau" for "trước" before any words."""
    stated = {start + len(q.phrase) - 1: q for start, q in claim.stated if q.scope == "bound"}
    for position, qualifier in claim.said:
        place = claim.place_of.get(position + len(qualifier.phrase))
        if qualifier.scope != "bound" or position in claim.place_of or place is None:
            continue
        other = stated.get(place - 1)
        if other is not None and place - 1 not in claim.used and other.of != qualifier.of:
            return "qualifier_added", " ".join(qualifier.phrase)
    return None


def check_repeated(claim: Claim) -> Fault | None:
    """Words that the quotations have once are not said twice."""
    runs = list(claim.content_runs())
    for run in runs:
        if run.length > 2:
            continue
        elsewhere = {
            other.passage + n for other in runs if other is not run for n in range(other.length)
        }
        for n in range(run.length):
            if run.passage + n in elsewhere and run.sentence + n not in claim.framed:
                token = claim.tokens[run.sentence + n]
                return "words_not_quoted", claim.text[token.start : token.end]
    return None
