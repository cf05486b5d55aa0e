"""Boring defaults for tests: no download, no model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from docsearch.encode import Floats2d
from docsearch.orthography import canonical, syllables


class HashEncoder:
    """An encoder without a model: texts that share syllables have like vectors."""

    name = "hash"
    revision = "1"
    dim = 64

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            for syllable in syllables(canonical(text)) or [""]:
                digest = hashlib.sha256(syllable.encode()).digest()
                vectors[row] += [1 if digest[i // 8] >> i % 8 & 1 else -1 for i in range(self.dim)]
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Floats2d = (vectors / np.maximum(norms, 1e-6)).astype(np.float32)
        return unit

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> Floats2d:
        vectors = self.encode_queries(texts)
        if progress is not None:
            progress(len(texts))
        return vectors
