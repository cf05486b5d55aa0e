"""How well "stated" and "not stipulated" are told apart, on pairs that were judged by reading."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docsearch.library import Index

PAIRS = Path(__file__).parent / "topics.jsonl"


@dataclass(frozen=True)
class Pair:
    """A topic and a place, and whether the documents of the place speak of the topic."""

    topic: str
    place: str
    stated: bool


@dataclass(frozen=True)
class Judged:
    """Pairs with what the matrix says."""

    right: int
    wrongly_stated: tuple[Pair, ...]
    missed: tuple[Pair, ...]

    @property
    def precision(self) -> float:
        """Share of the pairs called stated that are."""
        return self.right / max(self.right + len(self.wrongly_stated), 1)

    @property
    def recall(self) -> float:
        """Share of the pairs that are stated which are called so."""
        return self.right / max(self.right + len(self.missed), 1)


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """Return the pairs of a file, in its order."""
    return [Pair(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def judge(index: Index, pairs: Sequence[Pair]) -> Judged:
    """Compare what the matrix of every topic says with what was judged."""
    right, wrong, missed = 0, [], []
    for topic in dict.fromkeys(pair.topic for pair in pairs):
        of_topic = [pair for pair in pairs if pair.topic == topic]
        matrix = index.compare(
            topic, places=[pair.place for pair in of_topic], aspects=["gist"]
        ).matrix
        said = {
            place.name: cell.status == "stated"
            for place, cell in zip(matrix.places, matrix.rows[0].cells, strict=True)
        }
        for pair in of_topic:
            if said[pair.place] and pair.stated:
                right += 1
            elif said[pair.place]:
                wrong.append(pair)
            elif pair.stated:
                missed.append(pair)
    return Judged(right, tuple(wrong), tuple(missed))
