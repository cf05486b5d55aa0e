"""How much of what a question asks about some words account for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from docsearch.index.language import Language
from docsearch.index.tokens import alike_syllables, with_bigrams
from docsearch.search.query import Synonym

BIGRAM_SHARE = 0.6
"""What a matching pair of neighbours counts beside its two syllables; arbitrary."""

SYNONYM = 0.9
"""What other words for the same count beside the very words; arbitrary."""

HARDLY = 2
"""Times that a corpus has a syllable that it hardly has."""

_Tokens = frozenset[str]


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
    parts = alike_syllables(text)
    return frozenset(with_bigrams(parts)), tuple(sorted(set(parts)))


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
    others: Mapping[str, tuple[_Tokens, ...]] = field(default_factory=dict)
    """Token of the topic -> the tokens of other words, all of which stand for it."""
    _ways: tuple[_Tokens, ...] = ()  # all of them, each once

    @classmethod
    def of(
        cls, topic: Sequence[str], language: Language, synonyms: Sequence[Synonym] = ()
    ) -> Relevance:
        """Return the weights of a topic: rare syllables of the corpus weigh more.

        Args:
            topic: syllables.
            language: of the corpus.
            synonyms: other words for those of the topic.

        Returns:
            The weights; a word that the corpus hardly has weighs no more than the other word for
            it.
        """
        counts = _Weights(language)
        others = _others(synonyms)
        weights = {token: counts[token] for token in topic}
        for token, ways in others.items():
            if token in weights and language.syllables.get(token, 0) <= HARDLY:
                least = min(max(counts[o] for o in way if "_" not in o) for way in ways)
                weights[token] = min(weights[token], least)
        for first, second in zip(topic, topic[1:], strict=False):
            pair = (weights[first] + weights[second]) / 2
            weights[f"{first}_{second}"] = BIGRAM_SHARE * pair
        whole = sum(weights.values())
        shares = {token: weight / whole for token, weight in weights.items()} if whole else {}
        singles = {token: share for token, share in shares.items() if "_" not in token}
        ways = tuple(dict.fromkeys(way for each in others.values() for way in each))
        return cls(shares, singles, counts, others, ways)

    def coverage(self, layers: Iterable[Layer]) -> float:
        """Return the share of the topic's weight that the layers account for, in [0, 1].

        A token counts with the best layer that has it. An empty topic is covered by anything.
        """
        if not self.weights:
            return 1.0
        ordered = sorted(layers, key=lambda layer: -layer.weight)
        covered = 0.0
        for token, weight in self.weights.items():
            said = 0.0
            for layer in ordered:  # asked for thousands of times: no generator
                if token in layer.tokens:
                    said = layer.weight
                    break
            if token in self.others and ordered and said < SYNONYM * ordered[0].weight:
                said = max(said, SYNONYM * self._said_otherwise(token, ordered))
            covered += weight * said
        return covered

    def _said_otherwise(self, token: str, ordered: Sequence[Layer]) -> float:
        """Return the weight of the best layer that has other words for a token."""
        ways = self.others[token]
        for layer in ordered:
            for way in ways:
                if way <= layer.tokens:
                    return layer.weight
        return 0.0

    def has(self, token: str, layers: Sequence[Layer]) -> bool:
        """Return whether a layer has a token of the topic, or other words for it."""
        return any(token in layer.tokens for layer in layers) or (
            token in self.others and self._said_otherwise(token, layers) > 0
        )

    def tightness(self, layer: Layer) -> float:
        """Return the share of a layer's own weight that the topic accounts for, in [0, 1]."""
        whole = sum(map(self.counts.__getitem__, layer.singles))
        also = [token for way in self._ways if way <= layer.tokens for token in way]
        known = self.weights.keys() | also if also else self.weights.keys()
        common = sum(self.counts[token] for token in layer.singles if token in known)
        return common / whole if whole else 0.0

    def missing(self, layers: Iterable[Layer]) -> float:
        """Return the share of the weight of single syllables that no layer has, in [0, 1]."""
        whole = sum(self.singles.values())
        if not whole:
            return 0.0
        held = list(layers)
        lacking = 0.0
        for token, share in self.singles.items():
            for layer in held:
                if token in layer.tokens:
                    break
            else:
                if token not in self.others or not self._said_otherwise(token, held):
                    lacking += share
        return lacking / whole


def _others(synonyms: Sequence[Synonym]) -> dict[str, tuple[_Tokens, ...]]:
    found: dict[str, tuple[_Tokens, ...]] = {}
    for synonym in synonyms:
        way = frozenset(with_bigrams(synonym.also))
        for token in with_bigrams(synonym.words):
            found[token] = (*found.get(token, ()), way)
    return found
