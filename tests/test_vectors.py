from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import faiss
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from docsearch.errors import IndexFileError
from docsearch.index import vector_files
from docsearch.index.vector_files import MOST_FILES, make_lists, update_vectors, write_vectors
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
@example(346, 146, None)  # two scores that differ in the last bit
@settings(deadline=None)
def test_faiss_finds_what_brute_force_finds(seed: int, k: int, allowed: list[int] | None) -> None:
    query = unit(1, seed)[0]
    found = INDEX.search(query, k=k, rows=allowed)
    expected = brute(VECTORS, ROWS, query, k, set(ROWS if allowed is None else allowed))
    exact = dict(zip(ROWS, (VECTORS @ query).tolist(), strict=True))
    # Rows whose scores differ by less than float32 holds may change places, so scores are compared.
    assert len({row for row, _ in found}) == len(found) == len(expected)
    for (row, score), should in zip(found, expected, strict=True):
        assert allowed is None or row in allowed
        assert score == pytest.approx(exact[row], abs=1e-5)
        assert score == pytest.approx(exact[should], abs=1e-5)


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


def saved(folder: Path, count: int = 200) -> VectorIndex:
    write_vectors(folder, np.array(ROWS[:count], dtype=np.int64), VECTORS[:count])
    return VectorIndex.open(folder)


def test_saved_and_opened_again(tmp_path: Path) -> None:
    opened = saved(tmp_path / "vectors")
    assert (opened.dim, opened.count) == (DIM, 200)
    assert opened.search(VECTORS[3], k=9) == INDEX.search(VECTORS[3], k=9)


def test_an_empty_index(tmp_path: Path) -> None:
    assert saved(tmp_path / "vectors", 0).search(VECTORS[0], k=3) == []


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "vectors"
    with pytest.raises(IndexFileError, match="the vectors cannot be read"):
        VectorIndex.open(folder)
    saved(folder)
    path = folder / "000001.faiss"
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(IndexFileError, match="run `docsearch doctor --repair`"):
        VectorIndex.open(folder)


PIECES = [row for row in ROWS for _ in range(1 + row % 3)]
PIECE_VECTORS = unit(len(PIECES), 7)


def best_pieces(query: NDArray[np.float32], k: int, allowed: set[int]) -> list[tuple[int, float]]:
    """Return the score of the best piece of each row, the best rows first."""
    best: dict[int, float] = {}
    for row, vector in zip(PIECES, PIECE_VECTORS, strict=True):
        if row in allowed:
            best[row] = max(best.get(row, -1.0), float(vector @ query))
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:k]


@given(st.integers(0, 10_000), st.integers(1, 250), st.sets(st.sampled_from(ROWS), max_size=190))
@settings(deadline=None)
def test_a_passage_is_as_near_as_its_best_piece(seed: int, k: int, some: set[int]) -> None:
    index = VectorIndex.make(PIECE_VECTORS, PIECES)
    assert (index.count, index.pieces) == (len(ROWS), len(PIECES))
    query = unit(1, seed)[0]
    for narrowed, allowed in (
        ({}, set(ROWS)),
        ({"rows": some}, some),
        ({"without": some}, set(ROWS) - some),
    ):
        found = index.search(query, k=k, **narrowed)
        expected = best_pieces(query, k, allowed)
        exact = dict(best_pieces(query, len(ROWS), allowed))
        assert len({row for row, _ in found}) == len(found) == len(expected)
        assert [score for _, score in found] == pytest.approx([s for _, s in expected], abs=1e-5)
        assert [score for _, score in found] == pytest.approx(
            [exact[r] for r, _ in found], abs=1e-5
        )


def test_many_pieces_of_one_passage_leave_room_for_others() -> None:
    vectors = np.concatenate([np.repeat(unit(1), 500, axis=0), unit(3, 5)])
    found = VectorIndex.make(vectors, [1] * 500 + [2, 3, 4]).search(unit(1)[0], k=3)
    assert found[0] == (1, 1.0)
    assert len({row for row, _ in found}) == 3


@given(
    st.lists(st.tuples(st.sets(st.sampled_from(ROWS), max_size=30), st.booleans()), max_size=12),
    st.integers(0, 10_000),
    st.sets(st.sampled_from(ROWS), max_size=150),
)
@settings(deadline=None, max_examples=30)
def test_files_that_come_and_go_are_as_one(
    steps: list[tuple[set[int], bool]], seed: int, allowed: set[int]
) -> None:
    """Adding and taking out in any order gives what writing everything at once gives."""

    def load(wanted: NDArray[np.int64] | None) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        assert wanted is not None
        places = np.flatnonzero(np.isin(PIECES, wanted))
        return np.array(PIECES, dtype=np.int64)[places], PIECE_VECTORS[places]

    there: set[int] = set()
    used: set[int] = set()
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_vectors(folder, np.zeros(0, dtype=np.int64), np.zeros((0, DIM), dtype=np.float32))
        for rows, add in steps:
            new = np.array(sorted(rows - used) if add else [], dtype=np.int64)
            gone = [] if add else sorted(rows & there)
            update_vectors(folder, gone, *load(new), load)
            there = (there - set(gone)) | set(new.tolist())
            used |= there
        opened = VectorIndex.open(folder)
        query = unit(1, seed)[0]
        assert opened.count == len(there)
        for narrowed, kept in (
            ({}, there),
            ({"rows": allowed}, there & allowed),
            ({"without": allowed}, there - allowed),
        ):
            found = opened.search(query, k=10, **narrowed)
            assert [row for row, _ in found] == [row for row, _ in best_pieces(query, 10, kept)]
        assert len(list(folder.glob("*.faiss"))) <= MOST_FILES


def clustered(count: int, dim: int = 32) -> NDArray[np.float32]:
    """Return unit vectors around some hundred centres, as those of texts are."""
    choose = np.random.default_rng(3)
    centres = choose.normal(size=(200, dim))
    vectors = centres[choose.integers(0, 200, count)] + 0.6 * choose.normal(size=(count, dim))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found: NDArray[np.float32] = vectors.astype(np.float32)
    return found


def test_lists_give_nearly_what_all_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = clustered(20_000)
    rows = np.sort(np.r_[np.arange(15_000), np.arange(5_000) * 3]) * 2  # some have two
    exact = VectorIndex.make(vectors, rows.tolist())
    monkeypatch.setattr(vector_files, "LISTS_FROM", 10_000)
    monkeypatch.setattr(vector_files, "_timed", slow_exact(vector_files._timed))
    write_vectors(tmp_path / "v", rows, vectors)
    assert (tmp_path / "v" / "000001.lists").exists()
    opened = VectorIndex.open(tmp_path / "v")
    choose = np.random.default_rng(4)
    for allowed in (None, rows[::2], rows[::9], rows[:300], rows[:5], rows[:0]):
        found = wanted = 0
        for query in vectors[choose.integers(0, 20_000, 40)] * 0.8 + 0.2 * clustered(40):
            query = query / np.linalg.norm(query)
            near = opened.search(query, k=10, rows=allowed)
            true = exact.search(query, k=10, rows=allowed)
            most = 10 if allowed is None else min(10, len(set(allowed.tolist())))
            assert len(near) == len(true) == most
            assert dict(near).keys() <= set(rows.tolist() if allowed is None else allowed.tolist())
            found += len(dict(near).keys() & dict(true).keys())
            wanted += len(true)
        assert found >= 0.98 * wanted


Timed = tuple[NDArray[np.int64], float]


def slow_exact(timed: Callable[..., Timed]) -> Callable[..., Timed]:
    """Make comparing all look slow, as it is with many vectors."""

    def stand_in(index: faiss.Index, sample: NDArray[np.float32], k: int, params: object) -> Timed:
        places, seconds = timed(index, sample, k, params)
        return places, seconds + (100 if params is None else 0)

    return stand_in


def test_lists_that_do_not_pay_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = clustered(2_000)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    monkeypatch.setattr(vector_files, "RECALL", 2.0)
    assert make_lists(vectors, flat) is None
