"""A collection → how well its units are found: lexical, dense, fused; with diacritics, without.

The collection goes the way of documents, from the passages on: its units are the passages of an
index like any other, which is searched like any other.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from docsearch.encode import Encoder
from docsearch.encode.pieces import PIECE
from docsearch.errors import MissingDependencyError
from docsearch.evaluate.collection import Collection, CollectionQuery
from docsearch.index.manifest import FORMAT, LEXICAL_FIELDS
from docsearch.index.snapshot import open_snapshot
from docsearch.index.units import index_units
from docsearch.library import Index
from docsearch.orthography import fold
from docsearch.search.retrieve import rankings
from docsearch.search.understand import understand

MEASURES: Final = ("nDCG@10", "R@10", "RR@10")
MODES: Final = ("lexical", "dense", "fused")
TYPED: Final = ("with", "without")  # diacritics
RESAMPLES: Final = 10_000
"""Random sign flips of the paired test; its smallest p is 1/10,001."""

Progress = Callable[[str, int, int], None]
Run = dict[str, dict[str, float]]  # question -> unit -> score


@dataclass(frozen=True, slots=True, kw_only=True)
class RunMeasures:
    """One kind of search over some questions, typed one way."""

    mode: str  # of MODES
    diacritics: str  # of TYPED
    split: str  # "" for all questions
    queries: int
    measures: dict[str, float]
    milliseconds: float  # median a question, its reading and encoding included


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two kinds of search over the same questions, on nDCG@10."""

    first: str
    second: str
    difference: float  # mean of first - second
    p: float  # two-sided, paired randomisation test


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalEvaluation:
    """What came of one collection."""

    units: int
    pieces: int
    queries: int
    lost: int  # units that questions name and the collection lacks
    encoder: str
    runs: tuple[RunMeasures, ...]
    comparisons: tuple[Comparison, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the evaluation as JSON values."""
        return asdict(self)


class CollectionIndex:
    """A collection, indexed."""

    def __init__(self, collection: Collection, encoder: Encoder, folder: Path) -> None:
        """Take what ``make_index`` wrote.

        Args:
            collection: the collection.
            encoder: what it was encoded with.
            folder: where it was written.
        """
        self.collection = collection
        self.index = Index(open_snapshot(folder, encoder)).load()
        passages = self.index.snapshot.store.passages()
        self._places = {row: int(passage.id) for row, passage in passages.items()}

    def search(self, question: str) -> dict[str, list[tuple[int, float]]]:
        """Return the best units of a question by mode: places and scores, best first."""
        found = rankings(understand(question, self.index.corpus), self.index.snapshot)
        return {
            mode: [(self._places[row], score) for row, score in ranking]
            for mode, ranking in found.items()
        }


def evaluate_retrieval(
    collection: Collection,
    *,
    encoder: Encoder,
    folder: Path,
    progress: Progress | None = None,
) -> RetrievalEvaluation:
    """Index a collection, ask all of its questions, and measure.

    Args:
        collection: units and questions.
        encoder: what both are encoded with.
        folder: where the index is kept; what is there already is not encoded again.
        progress: called as the steps go on.

    Returns:
        Means over the questions, of each split and of all: as they were typed and without
        diacritics; and whether the kinds of search differ.

    Raises:
        MissingDependencyError: ir-measures or scipy is not installed.
    """
    _require()
    report = progress or (lambda step, done, total: None)
    index = make_index(collection, encoder=encoder, folder=folder, progress=report)
    runs: dict[tuple[str, str], Run] = {}
    times: dict[str, list[float]] = {}
    for typed in TYPED:
        for number, query in enumerate(collection.queries, start=1):
            started = time.perf_counter()
            found = index.search(fold(query.text) if typed == "without" else query.text)
            times.setdefault(typed, []).append((time.perf_counter() - started) * 1000)
            for mode in MODES:
                ranked = {collection.units[row].id: score for row, score in found[mode]}
                runs.setdefault((mode, typed), {})[query.id] = ranked
            report(f"asking {typed} diacritics", number, len(collection.queries))
    per_query = {key: measured(collection.queries, run) for key, run in runs.items()}
    splits = ["", *sorted({query.split for query in collection.queries if query.split})]
    return RetrievalEvaluation(
        units=len(collection.units),
        pieces=index.index.snapshot.vectors.pieces,
        queries=len(collection.queries),
        lost=len(collection.lost),
        encoder=f"{encoder.name}@{encoder.revision}",
        runs=tuple(
            _means(collection, per_query[mode, typed], mode, typed, split, times[typed])
            for split in (splits if len(splits) > 2 else splits[:1])
            for typed in TYPED
            for mode in MODES
        ),
        comparisons=tuple(
            compare(one, per_query[_key(one)], other, per_query[_key(other)])
            for one, other in (
                ("fused with", "lexical with"),
                ("fused with", "dense with"),
                ("fused with", "fused without"),
            )
        ),
    )


def _key(name: str) -> tuple[str, str]:
    mode, typed = name.split()
    return mode, typed


def _require() -> None:
    try:
        import ir_measures  # noqa: F401
        import scipy.stats  # noqa: F401
    except ImportError as error:
        raise MissingDependencyError(
            f"measuring retrieval needs {error.name}; run: pip install 'docsearch[evaluation]'"
        ) from error


def measured(queries: Sequence[CollectionQuery], run: Run) -> dict[str, dict[str, float]]:
    """Return the measures of each question, by its id; a question without any hit has 0."""
    import ir_measures

    wanted = [ir_measures.parse_measure(name) for name in MEASURES]
    judged = [
        ir_measures.Qrel(query.id, unit, grade)
        for query in queries
        for unit, grade in query.relevant.items()
    ]
    found = [
        ir_measures.ScoredDoc(query, unit, score)
        for query, units in run.items()
        for unit, score in units.items()
    ]
    values = {query.id: dict.fromkeys(MEASURES, 0.0) for query in queries}
    for metric in ir_measures.iter_calc(wanted, judged, found):
        values[metric.query_id][str(metric.measure)] = float(metric.value)
    return values


def compare(
    first: str,
    first_values: Mapping[str, Mapping[str, float]],
    second: str,
    second_values: Mapping[str, Mapping[str, float]],
    *,
    measure: str = "nDCG@10",
) -> Comparison:
    """Return how two runs over the same questions differ, and how likely chance does it.

    Args:
        first: name of a run.
        first_values: its measures by question.
        second: name of another run.
        second_values: its measures by question.
        measure: what is compared.

    Returns:
        The mean difference and the p of the paired randomisation test (Smucker, Allan and
        Carterette, CIKM 2007): the signs of the differences are flipped at random.
    """
    from scipy import stats

    pairs = [
        (first_values[query][measure], second_values[query][measure]) for query in first_values
    ]
    differences: NDArray[np.float64] = np.array([a - b for a, b in pairs])
    if not differences.any():
        return Comparison(first=first, second=second, difference=0.0, p=1.0)
    test = stats.permutation_test(
        (differences,),
        lambda values, axis: np.mean(values, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=1000,
        rng=np.random.default_rng(0),
    )
    difference = float(differences.mean())
    return Comparison(first=first, second=second, difference=difference, p=float(test.pvalue))


def _means(
    collection: Collection,
    values: Mapping[str, Mapping[str, float]],
    mode: str,
    typed: str,
    split: str,
    times: Sequence[float],
) -> RunMeasures:
    chosen = [query.id for query in collection.queries if split in ("", query.split)]
    return RunMeasures(
        mode=mode,
        diacritics=typed,
        split=split,
        queries=len(chosen),
        measures={
            name: float(np.mean([values[query][name] for query in chosen])) for name in MEASURES
        },
        milliseconds=float(np.median(times)),
    )


def make_index(
    collection: Collection, *, encoder: Encoder, folder: Path, progress: Progress
) -> CollectionIndex:
    """Index a collection, or open the index that is there of the same collection and encoder.

    Args:
        collection: the collection.
        encoder: what its pieces are encoded with.
        folder: holds one index a collection and encoder, by digest.
        progress: called as the steps go on.

    Returns:
        The index. One that was stopped goes on with the pieces that it had encoded.
    """
    own = folder / _digest(collection, encoder)
    units = [(unit.heading, unit.text) for unit in collection.units]
    index_units(units, own, encoder=encoder, report=progress)
    return CollectionIndex(collection, encoder, own)


def _digest(collection: Collection, encoder: Encoder) -> str:
    recipe = f"{FORMAT}/{LEXICAL_FIELDS}/{PIECE}/{encoder.name}@{encoder.revision}"
    state = hashlib.sha256(recipe.encode())
    for unit in collection.units:
        state.update("\0".join((unit.id, unit.heading, unit.text, "")).encode("utf-8", "replace"))
    return state.hexdigest()[:16]
