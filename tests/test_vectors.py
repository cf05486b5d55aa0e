from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from docsearch.errors import IndexFileError
from docsearch.index.vectors import VectorIndex

DIM = 16


def unit(count: int, seed: int = 1) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(count, DIM))
    found: NDArray[np.float32] = (
        vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    ).astype(np.float32)
    return found


def brute(
    vectors: NDArray[np.float32],
    rows: list[int],
    query: NDArray[np.float32],
    k: int,
    allowed: set[int],
) -> list[int]:
    scores = {row: float(vectors[at] @ query) for at, row in enumerate(rows) if row in allowed}
    return sorted(scores, key=lambda row: (-scores[row], row))[:k]


VECTORS = unit(200)
ROWS = [3 * number + 5 for number in range(200)]
INDEX = VectorIndex.make(VECTORS, ROWS)


@given(
    st.integers(0, 10_000),
    st.integers(1, 250),
    st.one_of(st.none(), st.lists(st.sampled_from(ROWS), unique=True, max_size=40)),
)
@settings(deadline=None)
def test_faiss_finds_what_brute_force_finds(seed: int, k: int, allowed: list[int] | None) -> None:
    query = unit(1, seed)[0]
    found = INDEX.search(query, k=k, rows=allowed)
    expected = brute(VECTORS, ROWS, query, k, set(ROWS if allowed is None else allowed))
    assert [row for row, _ in found] == expected
    for row, score in found:
        assert score == pytest.approx(float(VECTORS[ROWS.index(row)] @ query), abs=1e-5)


def test_the_filter_comes_before_the_best_are_taken() -> None:
    query = VECTORS[0]
    farthest = brute(VECTORS, ROWS, -query, 4, set(ROWS))
    assert {row for row, _ in INDEX.search(query, k=4, rows=farthest)} == set(farthest)


@pytest.mark.parametrize(
    ("k", "rows", "count"),
    [(0, None, 0), (-1, None, 0), (3, [], 0), (3, [5], 1), (500, None, 200), (3, [1, 2, 5], 1)],
    ids=["zero", "negative", "nothing-allowed", "one-allowed", "more-than-all", "unknown-rows"],
)
def test_how_many_come_back(k: int, rows: list[int] | None, count: int) -> None:
    assert len(INDEX.search(VECTORS[0], k=k, rows=rows)) == count


def test_ties_by_row() -> None:
    index = VectorIndex.make(np.repeat(unit(1), 5, axis=0), [9, 2, 7, 4, 1])
    assert [row for row, _ in index.search(unit(1)[0], k=5)] == [1, 2, 4, 7, 9]


def test_a_vector_is_nearest_to_itself() -> None:
    for at in range(0, 200, 40):
        ((row, score), *_) = INDEX.search(VECTORS[at], k=2)
        assert row == ROWS[at]
        assert score == pytest.approx(1.0, abs=1e-5)


def test_saved_and_opened_again(tmp_path: Path) -> None:
    INDEX.save(tmp_path / "vectors.faiss")
    opened = VectorIndex.open(tmp_path / "vectors.faiss")
    assert (opened.dim, opened.count) == (DIM, 200)
    assert opened.search(VECTORS[3], k=9) == INDEX.search(VECTORS[3], k=9)


def test_an_empty_index(tmp_path: Path) -> None:
    empty = VectorIndex.make(np.zeros((0, DIM), dtype=np.float32), [])
    empty.save(tmp_path / "empty.faiss")
    opened = VectorIndex.open(tmp_path / "empty.faiss")
    assert opened.search(VECTORS[0], k=3) == []


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    with pytest.raises(IndexFileError, match="the vectors cannot be read"):
        VectorIndex.open(path)
    INDEX.save(path)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(IndexFileError, match="run `docsearch build`"):
        VectorIndex.open(path)
