"""Shared text against a brute-force alignment of all pairs of passages, and the time for 10,000.

Recall: of the pairs of passages that agree in enough words when every pair is aligned, how many the
search for shared text aligns too; with formulas discounted and without. Time: documents to shared
parts, the index open. Reads ../shared/data; the exit status is 1 when a limit is missed.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from docsearch.compare.reuse import MIN_SHARE, MIN_WORDS
from docsearch.compare.reuse_align import (
    Matches,
    align,
    align_near,
    aligner,
    promising,
    stretches,
)
from docsearch.compare.reuse_candidates import candidate_pairs
from docsearch.compare.reuse_words import Mask, Source, Text, Words, read_words
from docsearch.facts.find import find_facts
from docsearch.parse.header import parse_header
from docsearch.parse.outline import parse_outline
from docsearch.parse.passages import split
from docsearch.read import read
from docsearch.records import Document, Facts, Header, Span, Unit

DATA = Path(__file__).parents[2] / "shared" / "data"
RECALL, SECONDS, PASSAGES = 0.98, 60.0, 10_000


def sources() -> Iterator[Source]:
    """Yield the documents of documents/ and seeds/ with what is found in them."""
    for folder in ("documents", "seeds"):
        for path in sorted((DATA / folder).glob("*.txt")):
            document = read(path)
            outline, header = parse_outline(document.text), parse_header(document.text)
            yield Source(
                document=path.name,
                text=document.text,
                passages=split(document, outline),
                outline=outline,
                header=header,
                facts=find_facts(document, header, outline),
            )


def volume() -> Iterator[Source]:
    """Yield documents of retrieval/vbpl until there are enough passages."""
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    with (DATA / "retrieval" / "vbpl" / "articles.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            texts[row["so_hieu"], row["trich_yeu"]].append(row["text"])
    left = PASSAGES
    for number, ((source, _), parts) in enumerate(texts.items()):
        text = "\n\n".join(parts)
        document = Document(id=f"v{number}", text=text, source=source, sha256="0" * 64)
        passages = split(document, parse_outline(text))[:left]
        left -= len(passages)
        whole = Unit(level="document", label="", span=Span(0, len(text)))
        yield Source(
            document=document.id,
            text=text,
            passages=passages,
            outline=whole,
            header=Header(),
            facts=Facts(),
        )
        if left == 0:
            return


Part = tuple[Words, Mask]


def recall(texts: list[Text]) -> tuple[int, int]:
    """Return how many pairs of passages share text, and how many of them are found."""
    parts = [(t.words[a:b], t.counts[a:b]) for t in texts for a, b in t.passages]
    found = {
        (i, j)
        for i, j, at, there in candidate_pairs(texts).tolist()
        if promising(parts[i][0], parts[j][0], at, there)
        and enough(parts[i], parts[j], align_near(parts[i][0], parts[j][0], at, there))
    }
    pairs = set()
    for i, one in enumerate(parts):
        for j in range(i + 1, len(parts)):
            other = parts[j]
            if min(len(one[0]), len(other[0])) < MIN_WORDS:
                continue
            if aligner().score(one[0], other[0]) >= MIN_WORDS and enough(
                one, other, align(one[0], other[0])
            ):
                pairs.add((i, j))
    return len(pairs), len(pairs & found)


def enough(one: Part, other: Part, shared: list[Matches]) -> bool:
    """Tell whether a stretch has enough words that agree and count, in a share that is enough."""
    return any(
        (one[1][matches[:, 0]] & other[1][matches[:, 1]]).sum() >= MIN_WORDS
        and 2 * len(matches) >= MIN_SHARE * int((matches[-1] - matches[0] + 1).sum())
        for matches in shared
    )


def seconds(found: Iterable[Source]) -> tuple[float, int, int]:
    """Return how long shared text takes, the passages and the stretches."""
    given = list(found)
    started = time.perf_counter()
    texts = read_words(given)
    shared = sum(1 for _ in stretches(texts, candidate_pairs(texts)))
    return time.perf_counter() - started, sum(len(t.passages) for t in texts), shared


def main() -> int:
    """Print the measures and their limits."""
    if not DATA.is_dir():
        print(f"{DATA.name}: the data are not here; nothing measured")
        return 0
    missed = False
    texts = read_words(sources())
    for name in ("formulas discounted", "every word counts"):
        pairs, found = recall(texts)
        missed |= found < RECALL * pairs
        print(f"recall, {name}: {found}/{pairs} = {found / pairs:.4f} (limit {RECALL})")
        for text in texts:
            text.counts[:] = np.True_
    took, passages, shared = seconds(volume())
    missed |= took > SECONDS
    print(f"{passages} passages: {took:.1f} s (limit {SECONDS:.0f}), {shared} stretches")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
