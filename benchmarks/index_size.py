"""What an index of many passages costs: adding one document, searching, memory, recall.

Passages are made of the syllables of the corpus, and vectors of clusters with noise, so that no
model is needed: what is measured is the index and not the encoder. Prints one table. The exit
status is 1 where a limit is missed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

import docsearch
from docsearch.encode import Floats2d
from docsearch.index import process
from docsearch.index.vectors import VectorIndex
from docsearch.orthography import canonical, syllables

ROOT = Path(__file__).parents[1]
SMALL, LARGE = 1_000, 100_000  # passages
ADD_LIMIT = 2.0  # times the seconds that adding one document to SMALL takes
RECALL_LIMIT = 0.98
MEMORY_LIMIT = 1.5 * 2**30  # bytes
PARAGRAPHS = 50  # of one document
CLUSTERS = 400


class ClusterEncoder:
    """Vectors around centres that the first syllables of a text choose."""

    name, revision, dim = "clusters", "1", 384

    def __init__(self) -> None:
        self._centres = np.random.default_rng(0).normal(size=(CLUSTERS, self.dim))

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        """Return unit vectors (n, 384)."""
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            seed = sum(map(ord, text))
            noise = np.random.default_rng(seed).normal(size=self.dim)
            vectors[row] = self._centres[seed % CLUSTERS] + noise
        unit: Floats2d = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit.astype(np.float32)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> Floats2d:
        """Return the same vectors as for questions."""
        if progress:
            progress(len(texts))
        return self.encode_queries(texts)


def words_of_corpus() -> list[str]:
    """Return the syllables of the corpus in their order."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus").glob("*.txt")))
    return [part for text in texts for part in syllables(canonical(text))]


def write(folder: Path, documents: range, vocabulary: Sequence[str]) -> None:
    """Write documents of ``PARAGRAPHS`` paragraphs of 30 to 90 syllables."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in documents:
        choose = random.Random(number)
        lines = []
        for paragraph in range(PARAGRAPHS):
            start = choose.randrange(len(vocabulary) - 100)
            body = list(vocabulary[start : start + choose.randrange(30, 90)])
            choose.shuffle(body)
            lines.append(f"Điều {paragraph + 1}. {' '.join(body)}.")
        (folder / f"{number}.txt").write_text("\n".join(lines), encoding="utf-8")


def measure(folder: Path, passages: int, vocabulary: Sequence[str]) -> dict[str, float]:
    """Return what an index of about that many passages costs."""
    encoder = ClusterEncoder()
    write(folder / "corpus", range(passages // PARAGRAPHS), vocabulary)
    report = docsearch.build_report(folder / "corpus", folder / "index", encoder=encoder)
    found = {"passages": report.passages, "build": report.passages / report.seconds}
    index = docsearch.open(folder / "index", encoder=encoder)
    seconds = []
    for number in range(10**6, 10**6 + 5):
        write(folder / "more", range(number, number + 1), vocabulary)
        started = time.perf_counter()
        index.add(folder / "more" / f"{number}.txt")
        seconds.append(time.perf_counter() - started)
    found["add"] = statistics.median(seconds)
    started = time.perf_counter()
    index.remove(index.snapshot.store.ids()[3])
    found["remove"] = time.perf_counter() - started
    index = index.refreshed()
    rows, vectors = index.snapshot.store.vectors(encoder.dim)
    exact = VectorIndex.make(vectors, rows.tolist())
    shared, times = [], []
    for query in encoder.encode_queries([f"câu hỏi {number}" for number in range(200)]):
        started = time.perf_counter()
        near = index.snapshot.vectors.search(query, k=10)
        times.append(time.perf_counter() - started)
        shared.append(len(dict(near).keys() & dict(exact.search(query, k=10)).keys()))
    found["recall"] = sum(shared) / (10 * len(shared))
    found["dense"] = statistics.median(times)
    found["memory"] = float(
        subprocess.run(
            [sys.executable, __file__, "--serve", str(folder / "index")],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    )
    return found


def serve(folder: Path) -> None:
    """Print the bytes that a process which answers from an index holds at most."""
    index = docsearch.open(folder, encoder=ClusterEncoder())
    for number in range(20):
        index.search(f"báo cáo kết quả thực hiện {number}")
        index.search(f"báo cáo {number}", filters=docsearch.Filters(document=f"{number}.txt"))
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    print(int(line.split()[1]) * 1024)


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=LARGE)
    parser.add_argument("--serve", type=Path)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve)
        return 0
    process._words = lambda passage: ()  # the segmenter is no part of the index
    vocabulary = words_of_corpus()
    with tempfile.TemporaryDirectory() as name:
        small = measure(Path(name) / "small", SMALL, vocabulary)
        large = measure(Path(name) / "large", given.passages, vocabulary)
    print(f"{'':<34}{'small':>12}{'large':>12}")
    for title, key, unit in (
        ("passages", "passages", 1),
        ("build, passages a second", "build", 1),
        ("add one document, ms", "add", 1000),
        ("remove one document, ms", "remove", 1000),
        ("dense search, ms", "dense", 1000),
        ("recall@10 of exact", "recall", 1),
        ("serving, MB", "memory", 1 / 2**20),
    ):
        print(f"{title:<34}{small[key] * unit:>12,.2f}{large[key] * unit:>12,.2f}")
    ratio = large["add"] / small["add"]
    print(f"adding to the large index takes {ratio:.2f} times as long (limit {ADD_LIMIT})")
    missed = ratio > ADD_LIMIT or large["recall"] < RECALL_LIMIT
    return int(missed or large["memory"] > MEMORY_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
