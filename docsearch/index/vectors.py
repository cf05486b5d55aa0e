"""Dense search: exact inner products by FAISS, filtered before the best are taken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from docsearch.errors import IndexFileError

Floats1d = NDArray[np.float32]
Floats2d = NDArray[np.float32]


class VectorIndex:
    """Unit vectors of the passages, by row."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index
        self.dim: int = index.d
        self.count: int = index.ntotal

    @classmethod
    def make(cls, vectors: Floats2d, rows: Sequence[int]) -> VectorIndex:
        """Return an index over ``vectors`` (n, dim), float32, unit rows, known by ``rows`` (n,)."""
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        if len(rows):
            index.add_with_ids(np.ascontiguousarray(vectors), np.asarray(rows, dtype=np.int64))
        return cls(index)

    @classmethod
    def open(cls, path: Path) -> VectorIndex:
        """Return the index that ``save`` wrote.

        Args:
            path: the file.

        Returns:
            The index.

        Raises:
            IndexFileError: the file is missing or damaged.
        """
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise IndexFileError(
                f"{path}: the vectors cannot be read; run `docsearch build`"
            ) from error

    def save(self, path: Path) -> None:
        """Write the index to ``path``."""
        faiss.write_index(self._index, str(path))

    def search(
        self, vector: Floats1d, *, k: int, rows: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return the ``k`` rows nearest to ``vector``.

        Args:
            vector: (dim,) float32, of length 1.
            k: number of rows wanted, > 0.
            rows: rows that may be returned; None means all. Applied before ranking, so fewer
                than ``k`` come back only when fewer are allowed.

        Returns:
            ``(row, cosine)``, best first, ties by row.
        """
        k = min(k, self.count if rows is None else len(rows))
        if k <= 0:
            return []
        params = None
        if rows is not None:
            selector = faiss.IDSelectorBatch(np.asarray(rows, dtype=np.int64))
            params = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # SWIG
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        threads = faiss.omp_get_max_threads()
        faiss.omp_set_num_threads(1)  # one question is too little for several
        try:
            scores, ids = self._index.search(query, k, params=params)
        finally:
            faiss.omp_set_num_threads(threads)
        found = [
            (int(row), float(score))
            for row, score in zip(ids[0], scores[0], strict=True)
            if row >= 0
        ]
        return sorted(found, key=lambda item: (-item[1], item[0]))
