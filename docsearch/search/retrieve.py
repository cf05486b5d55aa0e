"""Query → hits: filter, then lexical and dense, then fuse."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, Literal

from docsearch.index.lexical import WeightedField
from docsearch.index.snapshot import Snapshot
from docsearch.index.store import Entry
from docsearch.index.tokens import alike_syllables, folded_tokens, with_bigrams
from docsearch.orthography import fold
from docsearch.parse.numbers import number_key
from docsearch.records import Hit
from docsearch.search.query import Filters, Query

Mode = Literal["fused", "lexical", "dense"]

# Share of the dense score. Measured on ALQAC 2025 with scores brought to 0..1 over the best 100:
# 0.3 to 0.4 is best (nDCG@10 0.896) and flat; reciprocal rank fusion is worse (0.830).
DENSE_WEIGHT: Final = 0.35
DEPTH: Final = 100

# What a match counts by field. Arbitrary but for the order; tuned sets come with the benchmark.
BODY, HEADING, WORDS, FOLDED = 1.0, 0.5, 0.4, 0.6


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


def retrieve(
    query: Query,
    snapshot: Snapshot,
    *,
    k: int,
    documents: Collection[str] | None = None,
    mode: Mode = "fused",
) -> list[Hit]:
    """Return the ``k`` passages that answer the query best.

    Args:
        query: what is asked.
        snapshot: the index.
        k: number of hits wanted; fewer come back when fewer match. 0 gives none.
        documents: ids of the documents whose passages may be returned; None means all that the
            snapshot shows.
        mode: one of the two kinds of search, or both.

    Returns:
        Hits, best first, ties by passage id. Scores: BM25 ("lexical"), the cosine ("dense"), or
        in [0, 1] ("fused").
    """
    if k <= 0:
        return []
    if snapshot.left_out:
        shown = snapshot.entries
        documents = frozenset(shown if documents is None else shown.keys() & documents)
    depth = max(k, DEPTH)
    lexical = _lexical(query, snapshot, depth, documents) if mode != "dense" else []
    dense = _dense(query, snapshot, depth, documents) if mode != "lexical" else []
    if mode == "lexical":
        ranked = lexical
    elif mode == "dense":
        ranked = dense
    else:
        ranked = fuse(lexical, dense, weight=DENSE_WEIGHT)
    passages = snapshot.store.passages([row for row, _ in ranked])
    found = sorted(
        ((passages[row], score) for row, score in ranked), key=lambda pair: (-pair[1], pair[0].id)
    )[:k]
    return [
        Hit(passage=passage, rank=rank, score=score, scorer=mode)
        for rank, (passage, score) in enumerate(found, start=1)
    ]


def _lexical(
    query: Query, snapshot: Snapshot, k: int, documents: Collection[str] | None
) -> list[tuple[int, float]]:
    parts = alike_syllables(query.spelled)
    tokens = tuple(with_bigrams(parts))
    fields = [
        WeightedField("body", tokens, BODY),
        WeightedField("heading", tokens, HEADING),
        WeightedField("words", tuple(_known_words(parts, snapshot.language.words)), WORDS),
    ]
    if query.restored and query.language == "vi":
        fields.append(WeightedField("folded", tuple(folded_tokens(query.text)), FOLDED))
    return snapshot.lexical.search(fields, k=k, documents=documents)


def _known_words(parts: Sequence[str], words: frozenset[str], longest: int = 4) -> list[str]:
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


def _dense(
    query: Query, snapshot: Snapshot, k: int, documents: Collection[str] | None
) -> list[tuple[int, float]]:
    text = query.text if query.language == "en" else query.spelled
    vector = snapshot.encoder.encode_queries([text])[0]
    rows = None if documents is None else snapshot.store.rows_of(documents)
    return snapshot.vectors.search(vector, k=k, rows=rows)


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
