"""Queries that are asked of several sets of documents: encoded once, all together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from docsearch.encode import Encoder, Floats2d
from docsearch.index.snapshot import Snapshot
from docsearch.search.query import Query
from docsearch.search.retrieve import encoded_text


def with_vectors(snapshot: Snapshot, queries: Iterable[Query]) -> Snapshot:
    """Return the same snapshot with an encoder that knows the vectors of some queries."""
    encoder = _Encoded(snapshot.encoder, [encoded_text(query) for query in queries])
    return replace(snapshot, encoder=encoder, whole=snapshot.whole or snapshot)


class _Encoded:
    """An encoder that knows the vectors of some questions, which were encoded together."""

    def __init__(self, encoder: Encoder, texts: Sequence[str]) -> None:
        self._encoder = encoder
        self.name, self.revision, self.dim = encoder.name, encoder.revision, encoder.dim
        self.encode_passages = encoder.encode_passages
        once = list(dict.fromkeys(texts))
        self._known = dict(zip(once, encoder.encode_queries(once), strict=True))

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        """Return the vectors of questions, known ones without encoding them again."""
        if all(text in self._known for text in texts):
            return np.stack([self._known[text] for text in texts])
        return self._encoder.encode_queries(texts)
