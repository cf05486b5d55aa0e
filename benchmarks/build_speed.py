"""Passages a second of a whole build, beside what sentence-transformers alone takes to encode them.

The texts are those of the corpus and of a collection whose units become files of their own. The
other side encodes the same passages, each in one vector, sorted by length, in the better of 32 and
16 bits and the best size of a batch on this machine; it does not read, parse, segment or store
anything. Both run in one process, by turns. The exit status is 1 where the limit is missed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import docsearch
from docsearch.encode import OfflineE5, words
from docsearch.encode.e5 import PROMPTS, unpack
from docsearch.encode.e5_file import open_e5, weights_path

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

ROOT = Path(__file__).parents[1]
LIMIT = 0.8  # of the passages a second of encoding alone
BATCHES = (8, 16, 32, 64)
SAMPLE = 96  # texts to choose type and batch by
UNIT = 1_700  # code points of a unit, about four passages


def write_files(folder: Path, collection: Path | None, passages: int) -> None:
    """Write the corpus and, of a collection, as many units as make about so many passages."""
    shutil.copytree(ROOT / "corpus", folder)
    if collection is None:
        return
    left = (passages - 200) * UNIT // 4
    for number, line in enumerate(collection.open(encoding="utf-8")):
        unit = json.loads(line)
        text = f"{unit.get('law_id', '')}\n\nĐiều {unit.get('article_id', 1)}. {unit['text']}\n"
        (folder / f"unit-{number}.txt").write_text(text, encoding="utf-8")
        left -= len(text)
        if left <= 0:
            break


def encoded(model: SentenceTransformer, texts: Sequence[str], size: int) -> float:
    """Return the seconds that a model takes to encode texts; it sorts them by length itself."""
    started = time.perf_counter()
    model.encode(list(texts), prompt=PROMPTS["passage"], batch_size=size, show_progress_bar=False)
    return time.perf_counter() - started


def fastest(texts: Sequence[str]) -> tuple[SentenceTransformer, str, int]:
    """Return the model, the type and the size of a batch that take the least time here."""
    sample = texts[:: max(1, len(texts) // SAMPLE)]
    tried = []
    for bfloat16 in (False, True):
        model = unpack(open_e5(weights_path()), bfloat16=bfloat16)
        encoded(model, sample[:16], 16)
        name = "bf16" if bfloat16 else "fp32"
        tried += [(encoded(model, sample, size), name, size, model) for size in BATCHES]
    for seconds, name, size, _ in tried:
        print(f"{name}, batch {size}: {len(sample) / seconds:.1f} texts a second", file=sys.stderr)
    _, name, size, model = min(tried, key=lambda each: each[0])
    return model, name, size


def whole_texts(index: docsearch.Index) -> list[str]:
    """Return what somebody would encode of each passage: the headings above it and its words."""
    passages: Iterable[docsearch.Passage] = index.snapshot.store.passages().values()
    return [". ".join([*passage.path[-2:], passage.text]) for passage in passages]


def main() -> int:
    """Measure by turns and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collection", type=Path, nargs="?", help="JSON Lines with text")
    parser.add_argument("--passages", type=int, default=600)
    parser.add_argument("--turns", type=int, default=3)
    given = parser.parse_args()
    encoder = OfflineE5()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder / "files", given.collection, given.passages)
        words("Nạp mô hình tách từ.")
        encoder.encode_passages(["Nạp mô hình mã hoá. " * 200] * 20)
        docsearch.build(ROOT / "corpus", folder / "first", encoder=encoder)
        builds, alone = [], []
        for turn in range(given.turns):
            target = folder / f"index-{turn}"
            report = docsearch.build_report(folder / "files", target, encoder=encoder)
            builds.append(report.passages / report.seconds)
            if not turn:
                texts = whole_texts(docsearch.open(target, encoder=encoder))
                model, kind, size = fastest(texts)
            alone.append(len(texts) / encoded(model, texts, size))
    ratio = statistics.median(builds) / statistics.median(alone)
    print(f"{'passages':<52}{len(texts):>10}")
    print(f"{'sentence-transformers alone, ' + f'{kind}, batch {size}':<52}{_each(alone)}")
    print(f"{'docsearch build, everything included':<52}{_each(builds)}")
    print(f"{'ratio of the medians':<52}{ratio:>10.2f}   limit {LIMIT}")
    return int(ratio < LIMIT)


def _each(rates: Sequence[float]) -> str:
    return f"{statistics.median(rates):>10.1f} a second ({min(rates):.1f} to {max(rates):.1f})"


if __name__ == "__main__":
    sys.exit(main())
