"""The quoted words of one passage as tokens, and which of them a sentence's words are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from docsearch.generate.records import Found, Given
from docsearch.generate.tokens import Kind, Token, tokenize


@dataclass(frozen=True, slots=True)
class Place:
    """One token of a passage."""

    key: str
    kind: Kind
    piece: int
    clause: int  # of the passage: no two pieces share one
    part: int
    quoted: bool
    start: int  # in the piece's text
    end: int


@dataclass(frozen=True)
class Evidence:
    """The tokens of all pieces of a passage in order; only quoted ones carry a sentence."""

    given: Given
    places: tuple[Place, ...]

    @classmethod
    def of(cls, given: Given, quotes: Sequence[Found]) -> Evidence:
        """Return the tokens of a passage, marked where ``quotes`` cover them."""
        places: list[Place] = []
        clause = part = 0
        for number, piece in enumerate(given.pieces):
            covers = [(found.start, found.end) for found in quotes if found.piece == number]
            last: Token | None = None
            for token in tokenize(piece.text):
                quoted = any(a <= token.start and token.end <= b for a, b in covers)
                places.append(
                    Place(
                        token.key,
                        token.kind,
                        number,
                        clause + token.clause,
                        part + token.part,
                        quoted,
                        token.start,
                        token.end,
                    )
                )
                last = token
            clause += (last.clause if last else 0) + 1
            part += (last.part if last else 0) + 1
        return cls(given, tuple(places))

    @cached_property
    def where(self) -> dict[str, list[int]]:
        """The positions of each quoted token, by what it says."""
        found: dict[str, list[int]] = {}
        for position, place in enumerate(self.places):
            if place.quoted:
                found.setdefault(place.key, []).append(position)
        return found

    def clause(self, number: int) -> str:
        """Return the words of a clause."""
        inside = [place for place in self.places if place.clause == number]
        text = self.given.pieces[inside[0].piece].text
        return text[inside[0].start : inside[-1].end]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a sentence that stand in a row in the passage: ``length`` tokens."""

    sentence: int  # position of the first token in the sentence
    passage: int  # and in the passage
    length: int


def align(tokens: Sequence[Token], evidence: Evidence) -> tuple[Run, ...]:
    """Return the longest runs of a sentence's tokens that stand in the quotations.

    Args:
        tokens: of the sentence.
        evidence: the passage.

    Returns:
        Runs in the sentence's order, not overlapping in it. Of runs of equal length the one that
        stands nearest after the run before is taken.
    """
    runs: list[Run] = []
    position = 0
    after = 0
    while position < len(tokens):
        best: tuple[int, int, int] | None = None
        for place in evidence.where.get(tokens[position].key, ()):
            length = _common(tokens, position, evidence.places, place)
            distance = place - after if place >= after else 1000 + after - place
            if best is None or (-length, distance) < (-best[0], best[1]):
                best = (length, distance, place)
        if best is None:
            position += 1
            continue
        runs.append(Run(position, best[2], best[0]))
        position += best[0]
        after = best[2] + best[0]
    return tuple(runs)


def _common(tokens: Sequence[Token], first: int, places: Sequence[Place], place: int) -> int:
    length = 0
    while (
        first + length < len(tokens)
        and place + length < len(places)
        and places[place + length].quoted
        and tokens[first + length].key == places[place + length].key
        and tokens[first + length].kind == places[place + length].kind
    ):
        length += 1
    return length
