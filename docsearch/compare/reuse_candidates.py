"""Pairs of passages that may share text: those with shingles in common.

Exact, not by sampling: an inverted index of every four words in a row. A shingle that many
passages have leads from each of them to the first few only, those of the earliest documents, so
the work stays proportional to the corpus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from docsearch.compare.reuse_words import Text, shingles

Ints = NDArray[np.int64]
Pairs = NDArray[np.int64]
"""(n, 4): numbers of two passages, the smaller first, and a word of each, from its beginning, where
the most that they have in common begins."""

_LONGEST: Final = 1 << 20  # more words than a passage has

SHINGLE: Final = 4
"""Words of a shingle. Of 692 pairs of passages that share 15 words or more (documents and seeds)
every one has three of four words in common; of five words five pairs have one, of six 7 none."""

LEAST: Final = 3
"""Shingles that two passages have in common close together, at least."""

WINDOW: Final = 24
"""Words within which they stand: 15 that agree at a share of 0.75 are in 25 at most."""

DRIFT: Final = 10
"""Words by which the distance between the two passages changes within that window."""

RARE: Final = 2
"""Of the shingles in common so many are not frequent."""

FREQUENT: Final = 48
"""Passages that one shingle leads to; beyond, only to those of the earliest documents."""

OFTEN: Final = 8
"""Shingles in common from which frequent ones are enough: a passage that hundreds have."""


@dataclass(frozen=True, slots=True)
class _Postings:
    """Each shingle with each passage that has it, once, by shingle and passage."""

    hashes: NDArray[np.uint64]  # (n,)
    owners: Ints  # (n,): passages
    places: Ints  # (n,): words from the passage's beginning


def candidate_pairs(texts: Sequence[Text]) -> Pairs:
    """Return the pairs of passages that have enough shingles in common.

    Args:
        texts: the documents, the earliest first. Their passages are numbered through.

    Returns:
        The pairs, sorted. A shingle with a word that does not count is left out.
    """
    postings = _postings(texts)
    total = sum(len(text.passages) for text in texts)
    if len(postings.hashes) == 0:
        return np.zeros((0, 4), dtype=np.int64)
    hashes = postings.hashes
    begins = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    lengths = np.diff(np.append(begins, len(hashes)))
    group = np.repeat(np.arange(len(begins)), lengths)
    shared = np.flatnonzero(lengths[group] > 1)
    order = shared[np.argsort(postings.owners[shared], kind="stable")]
    bounds = np.searchsorted(postings.owners[order], np.arange(total + 1))
    found = []
    for passage in range(total):
        rows = order[bounds[passage] : bounds[passage + 1]]
        if len(rows) >= LEAST:
            mine = group[rows]
            near = _near(postings, rows, begins[mine], lengths[mine])
            found.append(np.insert(near, 1, passage, axis=1))
    return np.concatenate(found) if found else np.zeros((0, 4), dtype=np.int64)


def _near(postings: _Postings, rows: Ints, begins: Ints, lengths: Ints) -> Ints:
    """Return the earlier passages that have enough of one passage's shingles.

    Args:
        postings: all shingles.
        rows: those of the passage.
        begins: where the passages of each of them begin in ``postings``.
        lengths: how many there are.

    Returns:
        (n, 3): a passage, and where in it and in the later one the most stand close together.
    """
    reach = np.minimum(lengths, FREQUENT)
    offsets = np.arange(int(reach.sum())) - np.repeat(np.cumsum(reach) - reach, reach)
    others = np.repeat(begins, reach) + offsets
    earlier = postings.owners[others] < postings.owners[rows[0]]
    own = np.repeat(postings.places[rows], reach)[earlier]
    rare = np.repeat(lengths <= FREQUENT, reach)[earlier]
    owners, places = postings.owners[others[earlier]], postings.places[others[earlier]]
    order = np.lexsort((own, owners))
    owners, own, places, rare = owners[order], own[order], places[order], rare[order]
    shift, later = places - own, LEAST - 1
    together = (
        (owners[later:] == owners[:-later])
        & (own[later:] - own[:-later] <= WINDOW)
        & (np.abs(shift[later:] - shift[:-later]) <= DRIFT)
    )
    close, group, counts = np.unique(owners, return_inverse=True, return_counts=True)
    enough = (np.bincount(group, rare) >= RARE) | (counts >= OFTEN)
    at = np.flatnonzero(together & enough[group[later:]])
    key = owners * _LONGEST + own
    density = np.searchsorted(key, key[at] + WINDOW, "right") - at
    best = at[np.lexsort((-density, owners[at]))]
    best = best[np.concatenate([[True], owners[best][1:] != owners[best][:-1]])[: len(best)]]
    return np.stack([owners[best], places[best], own[best]], axis=1)


def _postings(texts: Sequence[Text]) -> _Postings:
    hashes, owners, places = [], [], []
    number = 0
    for text in texts:
        hashed = shingles(text.words, SHINGLE)
        counted = np.concatenate([[0], np.cumsum(text.counts)])
        whole = counted[SHINGLE:] - counted[:-SHINGLE] == SHINGLE
        for start, end in text.passages:
            last = max(end - SHINGLE + 1, start)
            at = np.flatnonzero(whole[start:last])
            own, first = np.unique(hashed[start:last][at], return_index=True)
            hashes.append(own)
            owners.append(np.full(len(own), number, dtype=np.int64))
            places.append(at[first])
            number += 1
    if not hashes:
        empty = np.zeros(0, dtype=np.int64)
        return _Postings(empty.astype(np.uint64), empty, empty)
    every, owning = np.concatenate(hashes), np.concatenate(owners)
    order = np.lexsort((owning, every))
    return _Postings(every[order], owning[order], np.concatenate(places)[order])
