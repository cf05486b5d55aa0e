"""Query → hits: filter, then lexical and dense, then fuse."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from docsearch.index.lexical import WeightedField
from docsearch.index.snapshot import Snapshot
from docsearch.index.store import Entry
from docsearch.index.tokens import (
    alike_folded,
    alike_syllables,
    alike_typed,
    folded_tokens,
    with_bigrams,
)
from docsearch.index.vectors import Floats1d
from docsearch.orthography import canonical, fold, has_diacritics, syllables
from docsearch.parse.numbers import number_key
from docsearch.records import Hit, HitParts, Passage
from docsearch.search.query import Filters, Query
from docsearch.search.rerank import Reranker, reranked

Mode = Literal["fused", "lexical", "dense"]

# Share of the dense score. Measured on ALQAC 2025 (train, nDCG@10) with scores brought to 0..1 over
# the best 100: 0.2, 0.3, 0.4, 0.5 give .920, .923, .927, .928; of five folds each is best at 0.4 or
# 0.5. Flat in the depth too: the best 20, 50, 100, 200, 500 give .925, .925, .927, .927, .928.
# Reciprocal rank fusion is worse than the better of its parts.
DENSE_WEIGHT: Final = 0.4
DEPTH: Final = 100

# What a match counts by field, beside the body's 1. Headings with 0.2, 0.25, 0.3, 0.5 give .911,
# .910, .907, .901 there (lexical alone; none: .895).
BODY, HEADING, WORDS, FOLDED = 1.0, 0.25, 0.2, 0.4
EXPANSION: Final = 0.5
"""What a match of another form of the question's words counts; arbitrary, below a word's own."""

FIELD_DEPTH: Final = 10_000
"""Rows that are looked through where some are left out afterwards, or told about field by field."""

MAX_ENCODED: Final = 600
"""Code points of a query that are encoded; each may be a token, and 512 tokens take a second."""

NUMBERED: Final = 0.3
"""What is added to the passages of a document whose number the question names; arbitrary."""


def allowed_documents(entries: Mapping[str, Entry], filters: Filters) -> frozenset[str] | None:
    """Return the ids of the documents that pass the filters; None when there is no filter.

    Places, types, issuers and numbers are compared without case, marks and punctuation, a place
    with or without its level ("Chi Lăng", "huyện Chi Lăng").
    """
    if filters == Filters():
        return None
    return frozenset(entry.id for entry in entries.values() if _passes(entry, filters))


def _passes(entry: Entry, filters: Filters) -> bool:
    header = entry.header
    if filters.document and filters.document not in (entry.id, entry.source):
        return False
    for wanted, stated in (
        (filters.place, header.place),
        (filters.type, header.type),
        (filters.issuer, header.issuer),
    ):
        if wanted and not (stated and _holds(stated.value, wanted)):
            return False
    if filters.number:
        key = number_key(filters.number)
        own = number_key(header.number.value) if header.number else ""
        if not key or not f"{own}-".startswith(f"{key}-"):
            return False
    date = header.issued_on.value if header.issued_on else None
    if filters.issued_from and (date is None or date < filters.issued_from[: len(date)]):
        return False
    return not (
        filters.issued_to and (date is None or date[: len(filters.issued_to)] > filters.issued_to)
    )


def _holds(value: str, wanted: str) -> bool:
    return f" {' '.join(fold(wanted).split())} " in f" {' '.join(fold(value).split())} "


Ranking = Sequence[tuple[int, float]]  # (row, score), best first


def retrieve(
    query: Query,
    snapshot: Snapshot,
    *,
    k: int,
    documents: Collection[str] | None = None,
    mode: Mode = "fused",
    exact: bool = False,
    reranker: Reranker | None = None,
    explain: bool = False,
) -> list[Hit]:
    """Return the ``k`` passages that answer the query best.

    Args:
        query: what is asked.
        snapshot: the index.
        k: number of hits wanted; fewer come back when fewer match. 0 gives none.
        documents: ids of the documents whose passages may be returned; None means all that the
            snapshot shows.
        mode: one of the two kinds of search, or both.
        exact: return only passages that hold every quoted phrase of the query.
        reranker: orders the best hits again.
        explain: tell the parts of each hit's score.

    Returns:
        Hits, best first, ties by passage id. Scores: BM25+ ("lexical"), the cosine ("dense"), in
        [0, 1] ("fused"; more where the query names the document's number), or the reranker's own.
    """
    if k <= 0:
        return []
    hidden: frozenset[int] = frozenset()
    if documents is not None:
        documents = frozenset(documents) - snapshot.left_out
    elif snapshot.left_out:  # few; naming all the others would take longer than the search
        hidden = snapshot.hidden
    rows = None
    if exact and query.phrases:
        rows = _rows_with_phrases(query, snapshot, documents) - hidden
        held = snapshot.store.passages(sorted(rows))
        documents = frozenset(passage.document_id for passage in held.values())
    found = _Search(_Asked(query, snapshot), max(k, DEPTH), documents, rows, hidden)
    many = max(k, DEPTH) if reranker else k
    ranked = _best(found.ranked(mode), many)
    passages = snapshot.store.passages([row for row, _ in ranked])
    known = [(row, score) for row, score in ranked if row in passages]
    ordered = sorted(known, key=lambda pair: (-pair[1], passages[pair[0]].id))
    hits = [
        Hit(
            passage=passages[row],
            rank=rank,
            score=score,
            scorer=mode,
            parts=found.parts(row, passages[row].document_id) if explain else None,
        )
        for rank, (row, score) in enumerate(ordered[:many], start=1)
    ]
    return reranked(hits, query.text, reranker)[:k] if reranker else hits


def rankings(query: Query, snapshot: Snapshot) -> dict[Mode, Ranking]:
    """Return the best rows of each kind of search among all passages.

    Args:
        query: what is asked.
        snapshot: the index.

    Returns:
        At least ``DEPTH`` rows by mode, fewer where fewer match.
    """
    found = _Search(_Asked(query, snapshot), DEPTH, None, None)
    return {mode: found.ranked(mode) for mode in get_args(Mode)}


def _best(ranking: Ranking, k: int) -> Ranking:
    """Return the ``k`` best of a ranking in any order, and those that score as the last of them."""
    if len(ranking) <= k:
        return ranking
    last = sorted((score for _, score in ranking), reverse=True)[k - 1]
    return [(row, score) for row, score in ranking if score >= last]


@dataclass(frozen=True)
class _Asked:
    """A query as the two kinds of search look for it."""

    query: Query
    snapshot: Snapshot

    @cached_property
    def fields(self) -> tuple[WeightedField, ...]:
        """What is looked for in the lexical index."""
        return lexical_fields(self.query, self.snapshot.language.words)

    @cached_property
    def vector(self) -> Floats1d:
        """What is looked for among the vectors."""
        query = self.query
        vector: Floats1d = self.snapshot.encoder.encode_queries([encoded_text(query)])[0]
        return vector


def encoded_text(query: Query) -> str:
    """Return the words of a query that are encoded: in English as asked, else as spelled."""
    return (query.text if query.language == "en" else query.spelled)[:MAX_ENCODED]


@dataclass(frozen=True)
class _Search:
    """One query over one index: its two rankings and what they are made of."""

    asked: _Asked
    depth: int
    documents: Collection[str] | None
    rows: frozenset[int] | None  # that may be returned; None means all of the documents
    hidden: frozenset[int] = frozenset()  # that may not, where all documents may

    @cached_property
    def lexical(self) -> Ranking:
        """The lexical ranking."""
        return self._lexical(self.asked.fields, self.depth)

    @cached_property
    def dense(self) -> Ranking:
        """The dense ranking."""
        snapshot = self.asked.snapshot
        allowed: Collection[int] | NDArray[np.int64] | None = self.rows
        if allowed is None and self.documents is not None:
            allowed = snapshot.rows_of(self.documents)
        return snapshot.vectors.search(
            self.asked.vector, k=self.depth, rows=allowed, without=self.hidden or None
        )

    @cached_property
    def numbered(self) -> frozenset[str]:
        """The documents whose numbers the query names."""
        return numbered_documents(self.asked.query, self.asked.snapshot.entries, self.documents)

    def ranked(self, mode: Mode) -> Ranking:
        """Return the ranking of a mode."""
        if mode == "lexical":
            return self.lexical
        if mode == "dense":
            return self.dense
        fused = fuse(self.lexical, self.dense, weight=DENSE_WEIGHT)
        if not self.numbered:
            return fused
        own = frozenset(self.asked.snapshot.rows_of(self.numbered).tolist())
        kept = None if self.rows is None else self.rows & own
        named = _Search(self.asked, self.depth, self.numbered, kept)
        scores = dict(fused)
        for row, score in fuse(named.lexical, named.dense, weight=DENSE_WEIGHT):
            scores[row] = max(scores.get(row, 0.0), (1 - NUMBERED) * score)
        return [(row, score + (NUMBERED if row in own else 0.0)) for row, score in scores.items()]

    def parts(self, row: int, document: str) -> HitParts:
        """Return what the score of a row is made of."""
        fields = {name: ranking[row] for name, ranking in self._by_field.items() if row in ranking}
        return HitParts(
            lexical=sum(fields.values()),
            dense=dict(self.dense).get(row),
            fields=fields,
            lexical_share=(1 - DENSE_WEIGHT) * dict(_scaled(self.lexical)).get(row, 0.0),
            dense_share=DENSE_WEIGHT * dict(_scaled(self.dense)).get(row, 0.0),
            number=NUMBERED if document in self.numbered else 0.0,
        )

    @cached_property
    def _by_field(self) -> Mapping[str, Mapping[int, float]]:
        fields = self.asked.fields
        names = dict.fromkeys(field.field for field in fields)
        return {
            name: dict(self._lexical([f for f in fields if f.field == name], FIELD_DEPTH))
            for name in names
        }

    def _lexical(self, fields: Sequence[WeightedField], depth: int) -> Ranking:
        many = depth + len(self.hidden) if self.rows is None else FIELD_DEPTH
        found = self.asked.snapshot.lexical.search(fields, k=many, documents=self.documents)
        return [
            (row, score)
            for row, score in found
            if row not in self.hidden and (self.rows is None or row in self.rows)
        ][:depth]


def lexical_fields(query: Query, words: Collection[str]) -> tuple[WeightedField, ...]:
    """Return what is looked for in the lexical index, field by field.

    Args:
        query: what is asked.
        words: words of several syllables that the corpus has, joined by "_".

    Returns:
        Tokens of the question as it is spelled, in body and heading; its words; its tokens
        without diacritics where it lacked some; the other forms of its words.
    """
    parts = syllables(alike_typed(query.spelled))
    tokens = tuple(with_bigrams(parts))
    fields = [
        WeightedField("body", tokens, BODY),
        WeightedField("heading", tokens, HEADING),
        WeightedField("words", tuple(_known_words(parts, words)), WORDS),
    ]
    if query.restored and query.language == "vi":
        plain = tuple(with_bigrams(syllables(alike_folded(query.text))))
        fields.append(WeightedField("folded", plain, FOLDED))
    for expansion in query.expansions:
        also = tuple(with_bigrams(alike_syllables(expansion.also)))
        fields.append(WeightedField("body", also, EXPANSION))
    return tuple(fields)


def numbered_documents(
    query: Query, entries: Mapping[str, Entry], documents: Collection[str] | None
) -> frozenset[str]:
    """Return the documents whose numbers a query names, however it is typed.

    Args:
        query: what is asked.
        entries: the documents, by id.
        documents: ids of those that may be returned; None means all.

    Returns:
        Ids. A number without its symbol ("Kế hoạch 141") is that of a document of a type named.
    """
    return frozenset(
        entry.id
        for entry in (entries.values() if query.numbers else ())
        if (documents is None or entry.id in documents) and _bears(entry, query)
    )


def _bears(entry: Entry, query: Query) -> bool:
    if entry.header.number is None:
        return False
    own = number_key(entry.header.number.value)
    kind = entry.header.type.value if entry.header.type else None
    return any(
        own == number
        or (f"{own}-".startswith(f"{number}-") and (not query.types or kind in query.types))
        for number in query.numbers
    )


def _rows_with_phrases(
    query: Query, snapshot: Snapshot, documents: Collection[str] | None
) -> frozenset[int]:
    """Return the rows of the passages that hold every quoted phrase word for word."""
    asked = [
        [
            WeightedField("folded", tuple(folded_tokens(phrase)), 1.0),
            WeightedField("folded", tuple(with_bigrams(syllables(alike_folded(phrase)))), 1.0),
        ]
        for phrase in query.phrases
    ]
    rows = snapshot.lexical.holding(asked, documents)
    patterns = [_Phrase(phrase) for phrase in query.phrases]
    return frozenset(
        row
        for row, passage in snapshot.store.passages(rows).items()
        if all(pattern.stands_in(passage) for pattern in patterns)
    )


class _Phrase:
    """Words that have to stand as they are, but for case, the tone mark's place and blanks."""

    def __init__(self, phrase: str) -> None:
        self._view = canonical if has_diacritics(phrase) else fold
        self._words = f" {' '.join(syllables(self._view(phrase)))} "

    def stands_in(self, passage: Passage) -> bool:
        """Return whether a passage or a heading above it holds the words."""
        return any(
            self._words in f" {' '.join(syllables(self._view(text)))} "
            for text in (passage.text, *passage.path)
        )


def _known_words(parts: Sequence[str], words: Collection[str], longest: int = 4) -> list[str]:
    """Return the words of the corpus in ``parts``, the longest first at every place."""
    found = []
    position = 0
    while position < len(parts):
        for length in range(min(longest, len(parts) - position), 1, -1):
            word = "_".join(parts[position : position + length])
            if word in words:
                found.append(word)
                position += length - 1
                break
        position += 1
    return found


def fuse(
    lexical: Sequence[tuple[int, float]], dense: Sequence[tuple[int, float]], *, weight: float
) -> list[tuple[int, float]]:
    """Fuse two rankings by the weighted sum of their scores, each brought to [0, 1].

    Args:
        lexical: ``(row, score)``, best first.
        dense: the same of the other ranking.
        weight: share of the dense score, in [0, 1].

    Returns:
        ``(row, score)`` of every row of either, best first, ties by row. A row that a ranking
        lacks has 0 there.
    """
    totals: dict[int, float] = {}
    for ranking, share in ((lexical, 1 - weight), (dense, weight)):
        for row, score in _scaled(ranking):
            totals[row] = totals.get(row, 0.0) + share * score
    return sorted(totals.items(), key=lambda item: (-item[1], item[0]))


def _scaled(ranking: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    if not ranking:
        return []
    scores = [score for _, score in ranking]
    low, high = min(scores), max(scores)
    if high <= low:
        return [(row, 1.0) for row, _ in ranking]
    return [(row, (score - low) / (high - low)) for row, score in ranking]
