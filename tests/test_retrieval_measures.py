from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from docsearch.encode import Floats2d
from docsearch.evaluate.collection import Collection, CollectionQuery, CollectionUnit
from docsearch.evaluate.retrieval import MODES, compare, evaluate_retrieval, measured
from docsearch.evaluate.show import retrieval_table
from docsearch.index import process, units
from tests.factories import HashEncoder

pytest.importorskip("ir_measures")


def query(id: str, text: str = "?", split: str = "", **relevant: int) -> CollectionQuery:
    return CollectionQuery(id=id, text=text, split=split, relevant=relevant)


def test_measures_are_those_of_the_books() -> None:
    # nDCG by Järvelin and Kekäläinen (2002) with the gain of trec_eval: the grade itself
    queries = [query("one", a=1, b=1), query("none", a=1), query("late", c=1)]
    run = {"one": {"a": 9.0, "x": 8.0, "b": 7.0}, "late": {f"u{n}": 99.0 - n for n in range(10)}}
    run["late"]["c"] = 1.0
    found = measured(queries, run)
    ideal = 1 + 1 / math.log2(3)
    assert found["one"]["nDCG@10"] == pytest.approx((1 + 1 / math.log2(4)) / ideal)
    assert (found["one"]["R@10"], found["one"]["RR@10"]) == (1.0, 1.0)
    assert found["none"] == {"nDCG@10": 0.0, "R@10": 0.0, "RR@10": 0.0}
    assert found["late"] == {"nDCG@10": 0.0, "R@10": 0.0, "RR@10": 0.0}


def values(*figures: float) -> dict[str, dict[str, float]]:
    return {str(n): {"nDCG@10": figure} for n, figure in enumerate(figures)}


def test_the_paired_test_counts_every_flip() -> None:
    first, second = [0.9, 0.8, 0.7, 0.9, 0.5, 1.0], [0.5, 0.6, 0.7, 0.1, 0.6, 0.2]
    differences = np.subtract(first, second)
    flips = [np.mean(differences * signs) for signs in itertools.product((1, -1), repeat=6)]
    expected = np.mean(np.abs(flips) >= abs(differences.mean()) - 1e-12)
    found = compare("a", values(*first), "b", values(*second))
    assert found.difference == pytest.approx(differences.mean())
    assert found.p == pytest.approx(expected, abs=0.02)
    assert compare("a", values(*first), "b", values(*first)).p == 1.0


SENTENCES = ("phân luồng học sinh", "nông thôn mới", "phổ cập giáo dục", "báo cáo kết quả")
COLLECTION = Collection(
    units=tuple(
        CollectionUnit(id=f"u{n}", heading="Điều", text=f"{text}.\n" + f"việc khác {n}. " * 60)
        for n, text in enumerate(SENTENCES)
    ),
    queries=tuple(
        query(f"q{n}", text, "train" if n else "test", **{f"u{n}": 1})
        for n, text in enumerate(SENTENCES)
    ),
)


class Counting(HashEncoder):
    """Counts what it encodes, and stops when told to."""

    encoded = 0
    stop_at = 10**9

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> Floats2d:
        if self.encoded >= self.stop_at:
            raise KeyboardInterrupt
        self.encoded += len(texts)
        return super().encode_passages(texts, progress=progress)


@pytest.fixture(autouse=True)
def whole_syllables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "words", lambda text: ())  # spares loading the segmenter


def test_a_collection_is_measured(tmp_path: Path) -> None:
    steps: list[str] = []
    result = evaluate_retrieval(
        COLLECTION,
        encoder=HashEncoder(),
        folder=tmp_path,
        progress=lambda step, done, total: steps.append(step),
    )
    assert (result.units, result.queries, result.lost) == (4, 4, 0)
    assert result.pieces > 8
    rows = {(run.split, run.diacritics, run.mode): run for run in result.runs}
    assert len(rows) == 3 * 2 * len(MODES)
    for typed in ("with", "without"):
        assert rows["", typed, "fused"].measures == {"nDCG@10": 1.0, "R@10": 1.0, "RR@10": 1.0}
    assert rows["train", "with", "fused"].queries == 3
    assert rows["test", "with", "lexical"].queries == 1
    assert {"encoding", "indexing", "asking with diacritics"} <= set(steps)
    assert [each.second for each in result.comparisons] == [
        *("lexical with", "dense with", "fused without")
    ]
    table = retrieval_table(result, "made up")
    assert table.row_count == len(result.runs)
    assert "4 units" in str(table.caption)


def test_what_is_encoded_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "TOGETHER", 1)
    stopped = Counting()
    stopped.stop_at = 3
    with pytest.raises(KeyboardInterrupt):
        evaluate_retrieval(COLLECTION, encoder=stopped, folder=tmp_path)
    resumed = Counting()
    result = evaluate_retrieval(COLLECTION, encoder=resumed, folder=tmp_path)
    assert 0 < stopped.encoded < resumed.encoded
    assert stopped.encoded + resumed.encoded == result.pieces
    again = Counting()
    same = evaluate_retrieval(COLLECTION, encoder=again, folder=tmp_path)
    assert again.encoded == 0
    assert [run.measures for run in same.runs] == [run.measures for run in result.runs]
    other = Collection(units=COLLECTION.units[:2], queries=COLLECTION.queries[:2])
    evaluate_retrieval(other, encoder=again, folder=tmp_path)
    assert again.encoded > 0
