"""A sentence laid beside the passage that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from docsearch.generate.evidence import Evidence, Place, Run, align
from docsearch.generate.records import DropReason
from docsearch.generate.tokens import Token, tokenize
from docsearch.generate.wording import Qualifier, find_qualifiers, framing
from docsearch.parse.view import View

Fault = tuple[DropReason, str]
"""Why a sentence does not stand, and the words that are at fault. A check returns it, or None."""

FILLERS: Final = frozenset(("và", "của", "các", "những", "với", "cho", "là"))
"""Words that carry nothing between two names or two quoted words."""


@dataclass(frozen=True)
class Claim:
    """A sentence beside the passage that it rests on."""

    text: str
    tokens: tuple[Token, ...]
    evidence: Evidence
    runs: tuple[Run, ...]
    framed: frozenset[int]  # positions of tokens that are in a framing phrase

    @classmethod
    def of(cls, text: str, evidence: Evidence) -> Claim:
        """Return a sentence, laid beside its quotations."""
        tokens = tokenize(text)
        framed = _framed(tokens)
        runs = tuple(
            run
            for run in align(tokens, evidence)
            if any(n not in framed for n in range(run.sentence, run.sentence + run.length))
            or run.length > 1
        )
        return cls(text, tokens, evidence, runs, framed)

    @cached_property
    def place_of(self) -> dict[int, int]:
        """Where each token of the sentence stands in the passage, as far as it does."""
        return {run.sentence + n: run.passage + n for run in self.runs for n in range(run.length)}

    @cached_property
    def used(self) -> frozenset[int]:
        """Positions in the passage of the sentence's words."""
        return frozenset(self.place_of.values())

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What the sentence's tokens say."""
        return tuple(token.key for token in self.tokens)

    @cached_property
    def passage_keys(self) -> tuple[str, ...]:
        """What the passage's tokens say."""
        return tuple(place.key for place in self.places)

    @property
    def places(self) -> tuple[Place, ...]:
        """The passage's tokens."""
        return self.evidence.places

    @cached_property
    def said(self) -> list[tuple[int, Qualifier]]:
        """The qualifiers of the sentence."""
        return find_qualifiers(self.keys)

    @cached_property
    def stated(self) -> list[tuple[int, Qualifier]]:
        """The qualifiers of the passage."""
        return find_qualifiers(self.passage_keys)

    def content_runs(self) -> Iterator[Run]:
        """Yield the runs that hold more than framing words."""
        for run in self.runs:
            if any(n not in self.framed for n in range(run.sentence, run.sentence + run.length)):
                yield run


def _framed(tokens: Sequence[Token]) -> frozenset[int]:
    keys = [token.key for token in tokens]
    found: set[int] = set()
    for position in range(len(keys)):
        phrase = framing().at(keys, position)
        if phrase:
            found.update(range(position, position + len(phrase)))
    return frozenset(found)


def without_fillers(keys: Iterable[str]) -> list[str]:
    """Return what tokens say, without words that carry nothing."""
    return [key for key in keys if key not in FILLERS]


def on_one_line(words: str) -> View:
    """Return words with a blank for each white space, for what reads sentences of one line."""
    flat = re.sub(r"\s", " ", words)
    return View(flat, tuple(range(len(flat))))
