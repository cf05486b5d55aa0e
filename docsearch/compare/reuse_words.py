"""Documents as sequences of words: numbers instead of spellings, and which words count.

A word is a syllable or a number in one spelling ("Hoà" = "hòa"). Words that every document has do
not count as shared text: letterheads and closings, names of cited documents and the document's
own name, standard sentences (``vocabulary/formulas.json``), and phrases that very many documents
of the corpus have. They stay in the sequence, so an alignment goes through them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from docsearch.orthography import canonical, syllable_spans
from docsearch.records import Facts, Header, Level, Passage, Span, Unit
from docsearch.vocabulary import load

Words = NDArray[np.int32]  # (n,): one number a word, the same for the same word
Mask = NDArray[np.bool_]  # (n,)
Hashes = NDArray[np.uint64]  # (n,)

PHRASE: Final = 8
"""Words of a phrase whose frequency is counted. Shorter ones are names: "Ủy ban nhân dân tỉnh" is
in a tenth of 6,583 documents of retrieval/vbpl, and no phrase of eight words in more than 4 %."""

COMMON: Final = 25
COMMON_SHARE: Final = 0.01
"""A phrase in this many documents, and in this share of them, counts as a formula. On
retrieval/vbpl these are the clauses of coming into force, of amending and of supervision."""

_ALWAYS: Final[frozenset[Level]] = frozenset({"header", "closing"})


@dataclass(frozen=True, slots=True)
class Text:
    """One document as words."""

    document: str  # id
    text: str
    words: Words
    starts: NDArray[np.int64]  # (n,): where each word begins in ``text``
    ends: NDArray[np.int64]  # (n,)
    counts: Mask  # whether a word counts as shared text
    passages: tuple[tuple[int, int], ...]  # ranges of words, in the order of the text

    def span(self, first: int, last: int) -> Span:
        """Return the span from one word to another, both included."""
        return Span(int(self.starts[first]), int(self.ends[last]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One document with what was found in it."""

    document: str  # id
    text: str
    passages: Sequence[Passage]
    outline: Unit
    header: Header
    facts: Facts


def read_words(sources: Iterable[Source]) -> list[Text]:
    """Return documents as words.

    Args:
        sources: the documents.

    Returns:
        One text a document, in the same order. The order changes the numbers of the words and
        nothing else.
    """
    numbers: dict[str, int] = {}
    texts = [_text(source, numbers) for source in sources]
    for text, common in zip(texts, _common(texts), strict=True):
        text.counts[common] = False
    return texts


def _text(source: Source, numbers: dict[str, int]) -> Text:
    spelled = canonical(source.text)
    spans = syllable_spans(spelled)
    words = np.array(
        [numbers.setdefault(spelled[a:b], len(numbers)) for a, b in spans], dtype=np.int32
    )
    starts = np.array([a for a, _ in spans], dtype=np.int64)
    ends = np.array([b for _, b in spans], dtype=np.int64)
    counts = np.ones(len(spans), dtype=bool)
    for span in formulas(source):
        counts[np.searchsorted(starts, span.start) : np.searchsorted(ends, span.end, "right")] = 0
    ranges = sorted(
        {
            (
                int(np.searchsorted(starts, passage.span.start)),
                int(np.searchsorted(ends, passage.span.end, "right")),
            )
            for passage in source.passages
        }
    )
    kept = tuple((a, b) for a, b in ranges if a < b)
    return Text(source.document, source.text, words, starts, ends, counts, kept)


def formulas(source: Source) -> Iterator[Span]:
    """Yield the parts of a document that do not count as shared text, in any order.

    Args:
        source: the document.

    Yields:
        Letterhead, closings, the names of cited documents, its own name, standard sentences.
    """
    yield from _levels(source.outline)
    yield from (reference.span for reference in source.facts.references)
    if source.header.subject:
        yield from _own_name(source.text, source.header.subject.span)
    for passage in source.passages:
        if passage.level in _ALWAYS:
            yield passage.span
        yield from standard_sentences(source.text, passage.span)


def _levels(unit: Unit) -> Iterator[Span]:
    if unit.level in _ALWAYS:
        yield unit.span
        return
    for child in unit.children:
        yield from _levels(child)


def _own_name(text: str, subject: Span) -> Iterator[Span]:
    """Yield every place where a document's own name stands, in any spacing and case."""
    words = canonical(subject.of(text)).split()
    if len(words) < 4:
        yield subject
        return
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    for match in pattern.finditer(canonical(text)):
        yield Span(*match.span())


def standard_sentences(text: str, within: Span) -> Iterator[Span]:
    """Yield the standard sentences of a part of a text.

    Args:
        text: a document's text.
        within: the part.

    Yields:
        Their spans; they may overlap.
    """
    part = canonical(within.of(text))
    for pattern, extent in _patterns():
        for match in pattern.finditer(part):
            start, end = match.span()
            if extent == "sentence":
                start = max((each.end() for each in _STOP.finditer(part, 0, start)), default=0)
            if extent != "phrase":
                stop = _STOP.search(part, end)
                end = stop.start() if stop else len(part)
            if start < end:
                yield Span(within.start + start, within.start + end)


_STOP: Final = re.compile(r"[.:](?=\s)|;|\.?/\.|\n\s*\n")
"""Where a standard sentence ends; "15.000" and "01.7.2025" do not end one."""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(str(entry["pattern"]).replace(" ", r"\s{1,3}")), str(entry["extent"]))
        for entry in load("formulas")
    )


def shingles(words: Words, size: int) -> Hashes:
    """Return a number for every ``size`` words in a row, the same for the same words.

    Args:
        words: the words, (n,).
        size: how many make one.

    Returns:
        (n - size + 1,), or nothing where there are fewer words. Different words give the same
        number once in 2**64 cases.
    """
    count = len(words) - size + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    mixed = (words.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    hashed = np.zeros(count, dtype=np.uint64)
    for offset in range(size):
        hashed = hashed * np.uint64(0xBF58476D1CE4E5B9) + mixed[offset : offset + count]
        hashed ^= hashed >> np.uint64(31)
    return hashed


def _common(texts: Sequence[Text]) -> list[Mask]:
    """Return which words of each document are in a phrase that very many documents have."""
    least = max(COMMON, int(COMMON_SHARE * len(texts)))
    masks = [np.zeros(len(text.words), dtype=bool) for text in texts]
    if len(texts) < least:
        return masks
    hashed = [shingles(text.words, PHRASE) for text in texts]
    every = np.concatenate([np.unique(each) for each in hashed])
    values, counts = np.unique(every, return_counts=True)
    frequent = values[counts >= least]
    for mask, own in zip(masks, hashed, strict=True):
        for start in np.flatnonzero(np.isin(own, frequent)):
            mask[start : start + PHRASE] = True
    return masks
