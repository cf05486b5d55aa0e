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


class _Weights(dict[str, float]):
    """The weight of each token that was asked for: rare syllables of the corpus weigh more."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._counts = language.syllables
        self._total = sum(self._counts.values()) + 1

    def __missing__(self, token: str) -> float:
        count = self._counts.get(token, 0)
        if not count and token.isdigit():
            count = 3  # numbers are not counted; neither rare nor common
        self[token] = weight = math.log((self._total + 1) / (count + 0.5))
        return weight


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the tokens of a text, and those of them that are single syllables."""
    tokens = frozenset(with_bigrams(alike_syllables(text)))
    return tokens, tuple(sorted(token for token in tokens if "_" not in token))


@dataclass(frozen=True, slots=True)
class Layer:
    """Words that speak for a candidate, and how much a match in them counts, in [0, 1]."""

    tokens: frozenset[str]
    singles: tuple[str, ...]  # those of them that are single syllables
    weight: float

    @classmethod
    def of(cls, text: str, weight: float) -> Layer:
        """Return the layer of a text."""
        return cls(*_tokens(text), weight)


@dataclass(frozen=True, slots=True)
class Relevance:
    """Weighs candidates against the topic of one question."""

    weights: dict[str, float]  # token of the topic -> weight; adds up to 1 unless empty
    singles: dict[str, float]  # those of single syllables
    counts: _Weights

    @classmethod
    def of(cls, topic: Sequence[str], language: Language) -> Relevance:
        """Return the weights of a topic: rare syllables of the corpus weigh more."""
        counts = _Weights(language)
        weights = {token: counts[token] for token in topic}
        for first, second in zip(topic, topic[1:], strict=False):
            pair = (counts[first] + counts[second]) / 2
            weights[f"{first}_{second}"] = BIGRAM_SHARE * pair
        whole = sum(weights.values())
        shares = {token: weight / whole for token, weight in weights.items()} if whole else {}
        singles = {token: share for token, share in shares.items() if "_" not in token}
        return cls(shares, singles, counts)

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
        whole = sum(map(self.counts.__getitem__, layer.singles))
        common = sum(self.counts[token] for token in layer.singles if token in self.weights)
        return common / whole if whole else 0.0

    def missing(self, layers: Iterable[Layer]) -> float:
        """Return the share of the weight of single syllables that no layer has, in [0, 1]."""
        whole = sum(self.singles.values())
        if not whole:
            return 0.0
        held: frozenset[str] = frozenset().union(*(layer.tokens for layer in layers))
        return sum(share for token, share in self.singles.items() if token not in held) / whole
