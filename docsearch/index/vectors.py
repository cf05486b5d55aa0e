"""Dense search: inner products by FAISS, filtered before the best are taken.

The vectors stand in a few files, each written once: what a build adds is a new small file, and
small files are put together when there are many. A large file has a second one beside it, with the
vectors in 8 bits and in lists (IVF): it gives candidates, which are then compared exactly.
Everything is mapped into memory, so several processes share it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import faiss
import numpy as np
from numpy.typing import NDArray

from docsearch.errors import IndexFileError

Floats1d = NDArray[np.float32]
Floats2d = NDArray[np.float32]
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

NAME: Final = "vectors"
"""Folder of the files in a generation."""

FEW: Final = 0.05
"""Share of the rows that may be returned below which all of them are compared exactly: candidates
from lists would miss too many. Arbitrary; exact search of that many costs less than of all."""

REFINE: Final = 4
"""Candidates that are compared exactly, for each that is wanted; arbitrary."""

DIGITS: Final = 6
"""Decimals of a score; beyond them the order of adding up shows."""

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of vectors; those of a passage, one for each of its pieces, stand together."""

    flat: faiss.Index
    rows: Rows  # (n,), ascending: the passage of each vector
    alive: Mask | None = None  # (n,); None means all
    lists: faiss.IndexIVF | None = None
    probes: int = 0  # lists to look into

    def pieces(self) -> int:
        """Return how many vectors the file holds that are there."""
        return len(self.rows) if self.alive is None else int(self.alive.sum())

    def passages(self) -> int:
        """Return how many passages the file holds that are there."""
        rows = self.rows if self.alive is None else self.rows[self.alive]
        return int(np.count_nonzero(rows[1:] != rows[:-1])) + 1 if len(rows) else 0

    def search(self, query: Floats2d, k: int, allowed: Mask | None) -> dict[int, float]:
        """Return the passages with the ``k`` best pieces of different passages, or some more.

        Args:
            query: (1, dim) float32.
            k: > 0.
            allowed: (n,), pieces that may be returned; None means all.

        Returns:
            The score of the best piece, by row, in any order. Fewer than ``k`` where fewer
            passages are allowed.
        """
        mask = self.alive if allowed is None else allowed
        if mask is not None and self.alive is not None and mask is not self.alive:
            mask = mask & self.alive
        count = len(self.rows) if mask is None else int(mask.sum())
        wanted = k
        while True:
            wanted = min(wanted, count)
            if wanted == 0:
                return {}
            scores, rows = self._nearest(query, wanted, mask, count)
            order = np.argsort(-scores, kind="stable")
            best: dict[int, float] = {}
            for row, score in zip(rows[order].tolist(), scores[order].tolist(), strict=True):
                best.setdefault(row, score)
            if len(best) >= k or wanted == count:
                return best
            wanted *= 3  # most passages have one or two pieces

    def _nearest(
        self, query: Floats2d, k: int, mask: Mask | None, count: int
    ) -> tuple[Floats1d, Rows]:
        """Return the scores and the passages of the ``k`` nearest pieces, or of some more."""
        if self.lists is None or count < FEW * len(self.rows):
            places = _select(mask)
            params = faiss.SearchParameters(sel=places) if places else None  # type: ignore[call-arg]  # SWIG
            scores, found = self.flat.search(query, k, params=params)
            return scores[0], self.rows[found[0]]
        return self._probe(query, k, mask, count)

    def _probe(
        self, query: Floats2d, k: int, mask: Mask | None, count: int
    ) -> tuple[Floats1d, Rows]:
        """Return the nearest of the candidates that the lists give."""
        assert self.lists is not None
        probes = min(self.lists.nlist, int(np.ceil(self.probes * len(self.rows) / count)))
        wanted = min(count, max(REFINE * k, 100))
        places = _select(mask)
        params = faiss.SearchParametersIVF(nprobe=probes, sel=places)  # type: ignore[call-arg]  # SWIG
        _, found = self.lists.search(query, wanted, params=params)
        near = np.sort(found[0][found[0] >= 0])
        if len(near) < k and probes < self.lists.nlist:  # the allowed ones lie in other lists
            params = faiss.SearchParametersIVF(nprobe=self.lists.nlist, sel=places)  # type: ignore[call-arg]  # SWIG
            _, found = self.lists.search(query, wanted, params=params)
            near = np.sort(found[0][found[0] >= 0])
        vectors = np.stack([self.flat.reconstruct(int(place)) for place in near])
        return vectors @ query[0], self.rows[near]


def _select(mask: Mask | None) -> faiss.IDSelector | None:
    if mask is None:
        return None
    bits = np.packbits(mask, bitorder="little")
    return faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]  # SWIG


class VectorIndex:
    """Unit vectors of the pieces of passages, by row: a passage is as near as its best piece."""

    def __init__(self, segments: Sequence[Segment], dim: int) -> None:
        self._segments = tuple(segments)
        self.dim: int = dim
        self.pieces: int = sum(segment.pieces() for segment in segments)
        self.count: int = sum(segment.passages() for segment in segments)

    @classmethod
    def make(cls, vectors: Floats2d, rows: Sequence[int]) -> VectorIndex:
        """Return an index over ``vectors`` (n, dim), float32, unit rows, known by ``rows`` (n,).

        A row that stands several times has several vectors.
        """
        numbers = np.asarray(rows, dtype=np.int64)
        order = np.argsort(numbers, kind="stable")
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(np.ascontiguousarray(vectors[order], dtype=np.float32))
        return cls([Segment(flat, numbers[order])], vectors.shape[1])

    @classmethod
    def open(cls, folder: Path) -> VectorIndex:
        """Return the index whose files lie in ``folder``.

        Args:
            folder: where ``vector_files`` wrote.

        Returns:
            The index; its files are mapped, not read.

        Raises:
            IndexFileError: a file is missing or damaged.
        """
        try:
            about = json.loads((folder / "files.json").read_text(encoding="utf-8"))
            segments = [_open(folder, name, about["probes"].get(name)) for name in about["files"]]
            return cls(segments, int(about["dim"]))
        except (OSError, RuntimeError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexFileError(
                f"{folder}: the vectors cannot be read; run `docsearch doctor --repair`"
            ) from error

    def search(
        self,
        vector: Floats1d,
        *,
        k: int,
        rows: Iterable[int] | Rows | None = None,
        without: Iterable[int] | Rows | None = None,
    ) -> list[tuple[int, float]]:
        """Return the ``k`` rows nearest to ``vector``.

        Args:
            vector: (dim,) float32, of length 1.
            k: number of rows wanted, > 0.
            rows: rows that may be returned; None means all. Applied before ranking, so fewer
                than ``k`` come back only when fewer are allowed.
            without: rows that may not be returned, applied in the same way.

        Returns:
            ``(row, cosine)`` of the nearest vector of each row, best first, ties by row.
        """
        k = min(k, self.count)
        if k <= 0:
            return []
        wanted = None if rows is None else _flags(rows)
        unwanted = None if without is None else _flags(without)
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        found: list[tuple[int, float]] = []
        with _lock:  # the number of threads is the library's own, for the whole process
            threads = faiss.omp_get_max_threads()
            faiss.omp_set_num_threads(1)  # one question is too little for several
            try:
                for segment in self._segments:
                    allowed = _allowed(segment.rows, wanted, unwanted)
                    found += segment.search(query, k, allowed).items()
            finally:
                faiss.omp_set_num_threads(threads)
        rounded = [(row, round(score, DIGITS)) for row, score in found]
        return sorted(rounded, key=lambda item: (-item[1], item[0]))[:k]


def _flags(rows: Iterable[int] | Rows) -> Mask:
    """Return, for every number up to the greatest of some rows, whether it is one of them."""
    numbers = rows if isinstance(rows, np.ndarray) else np.fromiter(rows, dtype=np.int64)
    flags = np.zeros(int(numbers.max()) + 1 if len(numbers) else 0, dtype=np.bool_)
    flags[numbers] = True
    return flags


def _allowed(own: Rows, wanted: Mask | None, unwanted: Mask | None) -> Mask | None:
    """Return which of a file's rows may be returned; None means all."""
    if wanted is None and (unwanted is None or not len(unwanted)):
        return None
    mask = np.ones(len(own), dtype=np.bool_) if wanted is None else _flagged(own, wanted)
    if unwanted is not None and len(unwanted):
        mask &= ~_flagged(own, unwanted)
    return mask


def _flagged(own: Rows, flags: Mask) -> Mask:
    """Return which rows of a file, ascending, have their flag set."""
    known = int(np.searchsorted(own, len(flags)))
    mask = np.zeros(len(own), dtype=np.bool_)
    mask[:known] = flags[own[:known]]
    return mask


def _open(folder: Path, name: str, probes: int | None) -> Segment:
    flat = faiss.read_index(str(folder / f"{name}.faiss"), faiss.IO_FLAG_MMAP_IFC)
    rows = np.load(folder / f"{name}.rows.npy", mmap_mode="r")
    if rows.shape != (flat.ntotal,):
        raise ValueError(f"{name}: {rows.shape} rows, {flat.ntotal} vectors")
    gone = folder / f"{name}.gone.npy"
    alive = None
    if gone.exists():
        alive = np.ones(len(rows), dtype=np.bool_)
        alive[np.load(gone)] = False
    lists: faiss.IndexIVF | None = None
    if probes:
        lists = faiss.read_index(  # type: ignore[assignment]  # the kind that was written
            str(folder / f"{name}.lists"), faiss.IO_FLAG_MMAP_IFC
        )
    return Segment(flat, rows, alive, lists, probes or 0)
