"""What an index of many passages costs: adding one document, searching, memory, recall.

Passages are made of the syllables of the corpus, and their vectors of clusters with noise, so that
no model is needed to build: what is measured is the index. Questions are encoded by the default
encoder, whose time a search is compared with. Prints one table with the limits; the exit status is
1 where one is missed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

import docsearch
from docsearch.encode import Floats2d, OfflineE5
from docsearch.facts.find import find_facts
from docsearch.index import process
from docsearch.index.vectors import VectorIndex
from docsearch.orthography import canonical, syllables
from docsearch.parse.header import parse_header
from docsearch.parse.outline import parse_outline
from docsearch.read import read
from docsearch.records import Facts

ROOT = Path(__file__).parents[1]
SIZES = (1_000, 8_000, 100_000)  # passages; the last can be given
ADD_LIMIT = 2.0  # times the seconds that adding one document to the smallest takes
SEARCH_LIMITS = (1.5, 1.5, 3.0)  # times the seconds that encoding the question alone takes
RECALL_LIMIT = 0.98
MEMORY_LIMIT = 1.5 * 2**30  # bytes
PARAGRAPHS = 50  # of one document
CLUSTERS = 400
QUESTIONS = 60


class ClusterEncoder:
    """Vectors around centres that the syllables of a text choose."""

    name, revision, dim = "clusters", "2", 384

    def __init__(self) -> None:
        self._centres = np.random.default_rng(0).normal(size=(CLUSTERS, self.dim))

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        """Return unit vectors (n, 384); the same text has the same."""
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            seed = zlib.crc32(text.encode())
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
        return ClusterEncoder.encode_queries(self, texts)


class AskingEncoder(ClusterEncoder):
    """The same vectors; a question takes the time that the default encoder takes."""

    def __init__(self) -> None:
        super().__init__()
        self.model = OfflineE5()

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        """Return unit vectors (n, 384)."""
        self.model.encode_queries(texts)
        return super().encode_queries(texts)


def words_of_corpus() -> list[str]:
    """Return the syllables of the corpus in their order."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus").glob("*.txt")))
    return [part for text in texts for part in syllables(canonical(text))]


def facts_of_corpus() -> Facts:
    """Return the facts of one document, which stand for those of every document."""
    document = read(max((ROOT / "corpus").glob("*.txt"), key=lambda path: path.stat().st_size))
    outline = parse_outline(document.text)
    return find_facts(document, parse_header(document.text), outline)


def write(folder: Path, documents: range, vocabulary: Sequence[str]) -> None:
    """Write documents of ``PARAGRAPHS`` paragraphs of 20 to 140 syllables: 400 code points."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in documents:
        choose = random.Random(number)
        lines = []
        for paragraph in range(PARAGRAPHS):
            start = choose.randrange(len(vocabulary) - 140)
            body = list(vocabulary[start : start + choose.randrange(20, 140)])
            choose.shuffle(body)
            lines.append(f"Điều {paragraph + 1}. {' '.join(body)}.")
        (folder / f"{number}.txt").write_text("\n".join(lines), encoding="utf-8")


def questions(vocabulary: Sequence[str]) -> list[str]:
    """Return questions of 6 to 16 syllables as they stand in the corpus."""
    choose = random.Random(1)
    starts = [choose.randrange(len(vocabulary) - 20) for _ in range(QUESTIONS)]
    return [" ".join(vocabulary[start : start + choose.randrange(6, 16)]) for start in starts]


def measure(folder: Path, passages: int, vocabulary: Sequence[str]) -> dict[str, float]:
    """Return what an index of about that many passages costs."""
    encoder = AskingEncoder()
    write(folder / "corpus", range(passages // PARAGRAPHS), vocabulary)
    report = docsearch.build_report(folder / "corpus", folder / "index", encoder=encoder)
    found = {"passages": report.passages, "build": report.passages / report.seconds}
    index = docsearch.open(folder / "index", encoder=encoder)
    found |= changing(index, folder, vocabulary)
    index = index.refreshed()
    found["vectors"] = index.snapshot.vectors.pieces
    found |= searching(index, encoder, vocabulary)
    found |= near(index, encoder)
    found["memory"] = float(
        subprocess.run(
            [sys.executable, __file__, "--serve", str(folder / "index")],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    )
    return found


def changing(index: docsearch.Index, folder: Path, vocabulary: Sequence[str]) -> dict[str, float]:
    """Return the seconds that adding and removing a document takes."""
    seconds = []
    for number in range(10**6, 10**6 + 5):
        write(folder / "more", range(number, number + 1), vocabulary)
        started = time.perf_counter()
        index.add(folder / "more" / f"{number}.txt")
        seconds.append(time.perf_counter() - started)
    started = time.perf_counter()
    index.remove(index.snapshot.store.ids()[3])
    return {"add": statistics.median(seconds), "remove": time.perf_counter() - started}


def searching(
    index: docsearch.Index, encoder: AskingEncoder, vocabulary: Sequence[str]
) -> dict[str, float]:
    """Return the seconds of a search, and of encoding its question alone, asked in turn."""
    index.load()
    index.search("báo cáo")
    whole, alone = [], []
    for question in questions(vocabulary):
        started = time.perf_counter()
        encoder.model.encode_queries([question])
        alone.append(time.perf_counter() - started)
        started = time.perf_counter()
        index.search(question)
        whole.append(time.perf_counter() - started)
    return {"search": statistics.median(whole), "encode": statistics.median(alone)}


def near(index: docsearch.Index, encoder: ClusterEncoder) -> dict[str, float]:
    """Return the seconds of a dense search, and which share of the exact ten nearest it finds."""
    rows, vectors = index.snapshot.store.vectors(encoder.dim)
    exact = VectorIndex.make(vectors, rows.tolist())
    shared, times = [], []
    for query in encoder.encode_passages([f"câu hỏi {number}" for number in range(200)]):
        started = time.perf_counter()
        found = index.snapshot.vectors.search(query, k=10)
        times.append(time.perf_counter() - started)
        last = exact.search(query, k=10)[-1][1]  # of rows that are as near any may be among the ten
        shared.append(sum(score >= last for _, score in found))
    return {"dense": statistics.median(times), "recall": sum(shared) / (10 * len(shared))}


def serve(folder: Path) -> None:
    """Print the bytes that a process which answers from an index holds at most."""
    index = docsearch.open(folder, encoder=AskingEncoder()).load()
    for number in range(20):
        index.search(f"báo cáo kết quả thực hiện {number}")
        index.search(f"báo cáo {number}", filters=docsearch.Filters(document=f"{number}.txt"))
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    print(int(line.split()[1]) * 1024)


ROWS = (
    ("passages", "passages", 1),
    ("vectors", "vectors", 1),
    ("build without encoding, passages a second", "build", 1),
    ("add one document, ms", "add", 1000),
    ("remove one document, ms", "remove", 1000),
    ("encode a question, ms", "encode", 1000),
    ("search with it, ms", "search", 1000),
    ("dense part of the search, ms", "dense", 1000),
)


def show(found: Sequence[dict[str, float]]) -> int:
    """Print the table; return 1 where a limit is missed."""
    for title, key, unit in ROWS:
        print(f"{title:<44}" + "".join(f"{each[key] * unit:>12,.1f}" for each in found))
    limited = [
        ("adding, times the smallest", [e["add"] / found[0]["add"] for e in found], ADD_LIMIT),
        ("serving, MB", [e["memory"] / 2**20 for e in found], MEMORY_LIMIT / 2**20),
        ("recall@10 of exact, at least", [e["recall"] for e in found], RECALL_LIMIT),
    ]
    searches = [each["search"] / each["encode"] for each in found]
    missed = any(taken > limit for taken, limit in zip(searches, SEARCH_LIMITS, strict=True))
    print(
        f"{'search, times encoding its question':<44}"
        + "".join(f"{taken:>12,.2f}" for taken in searches)
        + f"   limits {' '.join(map(str, SEARCH_LIMITS))}"
    )
    for title, values, limit in limited:
        print(f"{title:<44}" + "".join(f"{v:>12,.2f}" for v in values) + f"   limit {limit:,.2f}")
        wrong = [v < limit if "least" in title else v > limit for v in values]
        missed |= any(wrong)
    print("a limit is missed" if missed else "every limit is kept")
    return int(missed)


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=SIZES[-1], help="of the largest index")
    parser.add_argument("--serve", type=Path)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve)
        return 0
    # segmenting and parsing are no part of the index
    process.WORTH = 10**12  # type: ignore[attr-defined]
    process.segmented = lambda text: ()
    found_once = facts_of_corpus()
    process.find_facts = lambda *parsed: found_once  # type: ignore[attr-defined]
    vocabulary = words_of_corpus()
    found = []
    with tempfile.TemporaryDirectory() as name:
        for passages in (*SIZES[:-1], given.passages):
            found.append(measure(Path(name) / f"{passages}", passages, vocabulary))
            print(f"{passages} passages are measured", file=sys.stderr)
    return show(found)


if __name__ == "__main__":
    sys.exit(main())
