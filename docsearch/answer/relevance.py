"""How much of what a question asks about some words account for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from docsearch.index.language import Language
from docsearch.index.tokens import alike_syllables, with_bigrams

BIGRAM_SHARE = 0.6
"""What a matching pair of neighbours counts beside its two syllables; arbitrary."""


@dataclass(frozen=True, slots=True)
class _Counts:
    language: Language
    total: int

    def weight(self, token: str) -> float:
        count = self.language.syllables.get(token, 0)
        if not count and token.isdigit():
            count = 3  # numbers are not counted; neither rare nor common
        return math.log((self.total + 1) / (count + 0.5))


@lru_cache(maxsize=4096)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(with_bigrams(alike_syllables(text)))


@dataclass(frozen=True, slots=True)
class Layer:
    """Words that speak for a candidate, and how much a match in them counts, in [0, 1]."""

    tokens: frozenset[str]
    weight: float

    @classmethod
    def of(cls, text: str, weight: float) -> Layer:
        """Return the layer of a text."""
        return cls(_tokens(text), weight)


@dataclass(frozen=True, slots=True)
class Relevance:
    """Weighs candidates against the topic of one question."""

    weights: dict[str, float]  # token of the topic -> weight; adds up to 1 unless empty
    counts: _Counts

    @classmethod
    def of(cls, topic: Sequence[str], language: Language) -> Relevance:
        """Return the weights of a topic: rare syllables of the corpus weigh more."""
        total = sum(language.syllables.values()) + 1
        counts = _Counts(language, total)
        weights = {token: counts.weight(token) for token in topic}
        for first, second in zip(topic, topic[1:], strict=False):
            pair = (counts.weight(first) + counts.weight(second)) / 2
            weights[f"{first}_{second}"] = BIGRAM_SHARE * pair
        whole = sum(weights.values())
        shares = {token: weight / whole for token, weight in weights.items()} if whole else {}
        return cls(shares, counts)

    def coverage(self, layers: Iterable[Layer]) -> float:
        """Return the share of the topic's weight that the layers account for, in [0, 1].

        A token counts with the best layer that has it. An empty topic is covered by anything.
        """
        if not self.weights:
            return 1.0
        ordered = sorted(layers, key=lambda layer: -layer.weight)
        covered = 0.0
        for token, weight in self.weights.items():
            for layer in ordered:
                if token in layer.tokens:
                    covered += weight * layer.weight
                    break
        return covered

    def tightness(self, layer: Layer) -> float:
        """Return the share of a layer's own weight that the topic accounts for, in [0, 1]."""
        singles = [token for token in layer.tokens if "_" not in token]
        whole = sum(self.counts.weight(token) for token in singles)
        common = sum(self.counts.weight(token) for token in singles if token in self.weights)
        return common / whole if whole else 0.0

    def missing(self, layers: Iterable[Layer]) -> float:
        """Return the share of the weight of single syllables that no layer has, in [0, 1]."""
        singles = {token: weight for token, weight in self.weights.items() if "_" not in token}
        whole = sum(singles.values())
        if not whole:
            return 0.0
        held = frozenset[str]().union(*(layer.tokens for layer in layers))
        return sum(weight for token, weight in singles.items() if token not in held) / whole
