"""The files of the vectors: written once, put together when there are many small ones."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import faiss
import numpy as np

from docsearch.index.vectors import Floats2d, Rows

MOST_FILES: Final = 8
"""Files beyond which the small ones are put together; arbitrary."""

GONE: Final = 0.2
"""Share of rows that are gone from which a file is written again; arbitrary."""

LISTS_FROM: Final = 50_000
"""Vectors from which lists are tried: below, comparing all takes a few milliseconds."""

RECALL: Final = 0.99
"""Share of the exact ten nearest that lists must give on a sample; the index promises 0.98."""

_SAMPLE: Final = 256  # questions of the sample
_TRAINED: Final = 40  # vectors a list that the lists are trained on; faiss wants 39
_NOISE: Final = 0.5  # length of what is added to a passage to make a question of it

Load = Callable[[Rows | None], tuple[Rows, Floats2d]]
"""Gives the rows asked for, or all, with their vectors, by row."""


def write_vectors(folder: Path, rows: Rows, vectors: Floats2d) -> None:
    """Write all vectors into an empty folder.

    Args:
        folder: made when it is missing.
        rows: (n,), ascending.
        vectors: (n, dim) float32.
    """
    folder.mkdir(parents=True, exist_ok=True)
    about = {"dim": vectors.shape[1], "next": 1, "files": [], "probes": {}}
    if len(rows):
        _write(folder, about, rows, vectors)
    _save(folder, about)


def update_vectors(
    folder: Path, gone: Sequence[int], rows: Rows, vectors: Floats2d, load: Load
) -> None:
    """Bring the files in a folder up to date.

    Args:
        folder: holds the files of the state before, which may be links and are not changed.
        gone: rows that are gone, ascending.
        rows: rows that are new, (n,), ascending.
        vectors: theirs, (n, dim) float32.
        load: gives vectors that are there, for files that are put together.
    """
    about = json.loads((folder / "files.json").read_text(encoding="utf-8"))
    alive = {name: _mark_gone(folder, name, gone) for name in about["files"]}
    if len(rows):
        _write(folder, about, rows, vectors)
        alive[about["files"][-1]] = rows
    sizes = {name: len(np.load(folder / f"{name}.rows.npy", mmap_mode="r")) for name in alive}
    again = [name for name in alive if len(alive[name]) < (1 - GONE) * sizes[name]]
    if len(alive) > MOST_FILES:
        largest = max(alive, key=lambda name: len(alive[name]))
        small = sum(len(alive[name]) for name in alive if name != largest)
        again += [name for name in alive if name != largest and name not in again]
        if small > GONE * len(alive[largest]) and largest not in again:
            again.append(largest)
    if again:
        kept = np.unique(np.concatenate([alive[name] for name in again]))
        for name in again:
            _remove(folder, about, name)
        if len(kept):
            _write(folder, about, *load(kept))
    _save(folder, about)


def _mark_gone(folder: Path, name: str, gone: Sequence[int]) -> Rows:
    """Note which rows of a file are gone; return those that are not."""
    rows = np.load(folder / f"{name}.rows.npy")
    path = folder / f"{name}.gone.npy"
    places = np.flatnonzero(np.isin(rows, np.asarray(gone, dtype=np.int64)))
    before = np.load(path) if path.exists() else np.zeros(0, dtype=np.int64)
    both = np.union1d(before, places)
    if len(both) > len(before):
        path.unlink(missing_ok=True)  # a link: what it leads to stays as it is
        np.save(path, both)
    return np.delete(rows, both)


def _write(folder: Path, about: dict[str, object], rows: Rows, vectors: Floats2d) -> None:
    name = f"{about['next']:06d}"
    about["next"] = int(str(about["next"])) + 1
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    faiss.write_index(flat, str(folder / f"{name}.faiss"))
    np.save(folder / f"{name}.rows.npy", rows)
    files, probes = about["files"], about["probes"]
    assert isinstance(files, list)
    assert isinstance(probes, dict)
    files.append(name)
    found = make_lists(vectors, flat) if len(rows) >= LISTS_FROM else None
    if found:
        faiss.write_index(found[0], str(folder / f"{name}.lists"))
        probes[name] = found[1]


def _remove(folder: Path, about: dict[str, object], name: str) -> None:
    for end in ("faiss", "rows.npy", "gone.npy", "lists"):
        (folder / f"{name}.{end}").unlink(missing_ok=True)
    files, probes = about["files"], about["probes"]
    assert isinstance(files, list)
    assert isinstance(probes, dict)
    files.remove(name)
    probes.pop(name, None)


def _save(folder: Path, about: dict[str, object]) -> None:
    path = folder / "files.json"
    path.unlink(missing_ok=True)
    path.write_text(json.dumps(about), encoding="utf-8")


def make_lists(vectors: Floats2d, flat: faiss.Index) -> tuple[faiss.Index, int] | None:
    """Return vectors in 8 bits and in lists, where that pays.

    Args:
        vectors: (n, dim) float32, unit rows.
        flat: the same vectors, for exact search.

    Returns:
        The lists, and how many of them have to be looked into for ``RECALL`` of the exact ten
        nearest on a sample; None where that takes no less time than the exact search. The sample
        are vectors with noise: questions are near to passages and not among them.
    """
    count, dim = vectors.shape
    number = int(np.sqrt(count)) * 2
    choose = np.random.default_rng(0)
    lists = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dim),
        dim,
        number,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    trained = choose.choice(count, min(count, number * _TRAINED), replace=False)
    lists.train(np.ascontiguousarray(vectors[np.sort(trained)]))
    lists.add(vectors)
    sample = vectors[np.sort(choose.choice(count, _SAMPLE, replace=False))]
    noise = choose.normal(size=sample.shape).astype(np.float32)
    noise *= _NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
    sample = np.ascontiguousarray(sample + noise)
    sample /= np.linalg.norm(sample, axis=1, keepdims=True)
    exact, exact_seconds = _timed(flat, sample, 10, None)
    probes = 4
    while probes <= number:
        params = faiss.SearchParametersIVF(nprobe=probes)  # type: ignore[call-arg]  # SWIG
        found, seconds = _timed(lists, sample, 100, params)
        shared = [len(set(a) & set(b)) for a, b in zip(exact.tolist(), found.tolist(), strict=True)]
        if sum(shared) / exact.size >= RECALL:
            return (lists, probes) if seconds < exact_seconds / 2 else None
        probes *= 2
    return None


def _timed(
    index: faiss.Index, sample: Floats2d, k: int, params: faiss.SearchParameters | None
) -> tuple[Rows, float]:
    """Return the places of the ``k`` nearest to each of the sample, asked one by one."""
    started = time.perf_counter()
    places = [
        index.search(sample[at : at + 1], k, params=params)[1][0] for at in range(len(sample))
    ]
    return np.stack(places), time.perf_counter() - started
