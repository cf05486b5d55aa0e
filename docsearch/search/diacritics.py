"""Questions typed without diacritics → the spelling that the corpus makes most likely."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docsearch.index.language import Language
from docsearch.orthography import canonical, fold, syllable_spans

# Weight of a bigram that the corpus has, of the first of its syllables alone, and of anything:
# stupid backoff (Brants et al., EMNLP 2007, "Large Language Models in Machine Translation").
BACKOFF: Final = 0.4

# Who types some diacritics leaves few out: how much a syllable that stands without any is
# favoured, in units of log probability, times the share of syllables typed with some.
# Arbitrary; 12 keeps "bao nhiêu" and restores "huyen Chi Lăng".
AS_TYPED: Final = 12.0
QUESTION_BIGRAM: Final = 3
"""How often the corpus counts as having a bigram of the question words; arbitrary."""


@dataclass(frozen=True, slots=True)
class Restorer:
    """Restores diacritics by the syllables and bigrams of a corpus."""

    language: Language
    variants: Mapping[str, Sequence[str]]  # folded syllable -> spellings
    total: int

    @classmethod
    def of(cls, language: Language, vocabulary: Sequence[str]) -> Restorer:
        """Return a restorer that also knows the words of ``vocabulary`` (question words)."""
        counts = dict(language.syllables)
        bigrams = dict(language.bigrams)
        for phrase in vocabulary:
            parts = [canonical(phrase[start:end]) for start, end in syllable_spans(phrase)]
            for part in parts:
                counts[part] = counts.get(part, 0) + QUESTION_BIGRAM
            for first, second in zip(parts, parts[1:], strict=False):
                pair = f"{first} {second}"
                bigrams[pair] = bigrams.get(pair, 0) + QUESTION_BIGRAM
        variants: dict[str, list[str]] = defaultdict(list)
        for syllable in counts:
            variants[fold(syllable)].append(syllable)
        known = Language(syllables=counts, bigrams=bigrams, words=language.words)
        return cls(known, dict(variants), sum(counts.values()))

    def restore(self, text: str) -> str:
        """Return ``text`` with the diacritics that it most likely lacks.

        Args:
            text: a question; syllables that have diacritics keep them.

        Returns:
            Text of the same length; what the corpus does not know stays as it is. The best path
            of syllable bigrams, found by Viterbi's algorithm.
        """
        spans = syllable_spans(text)
        if not spans:
            return text
        typed = [canonical(text[start:end]) for start, end in spans]
        marked = sum(fold(word) != word for word in typed) / len(typed)
        lattice = [self._spellings(word) for word in typed]
        best = [{word: (self._start(word), "") for word in lattice[0]}]
        for plain, words in zip(typed[1:], lattice[1:], strict=True):
            last = best[-1]
            step = {}
            for word in words:
                scored = (
                    (score + self._follow(previous, word), previous)
                    for previous, (score, _) in last.items()
                )
                score, previous = max(scored)
                as_typed = AS_TYPED * marked if word == plain else 0.0
                step[word] = (score + as_typed, previous)
            best.append(step)
        path = [max(best[-1], key=lambda word: (best[-1][word][0], word))]
        for step in reversed(best[1:]):
            path.append(step[path[-1]][1])
        letters = list(text)
        for (start, end), word in zip(spans, reversed(path), strict=True):
            letters[start:end] = _cased(text[start:end], word)
        return "".join(letters)

    def _spellings(self, plain: str) -> list[str]:
        if fold(plain) != plain or plain[0].isdigit():
            return [plain]
        return sorted({*self.variants.get(plain, ()), plain})

    def _start(self, word: str) -> float:
        return math.log((self.language.syllables.get(word, 0) + 0.1) / (self.total + 1))

    def _follow(self, previous: str, word: str) -> float:
        pair = self.language.bigrams.get(f"{previous} {word}", 0)
        if pair:
            return math.log(pair / (self.language.syllables.get(previous, 0) + 1))
        return math.log(BACKOFF) + self._start(word)


def _cased(typed: str, word: str) -> str:
    if len(typed) != len(word):
        return typed
    return "".join(b.upper() if a.isupper() else b for a, b in zip(typed, word, strict=True))
