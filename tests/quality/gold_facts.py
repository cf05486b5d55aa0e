"""Obligations and targets of the documents of ``tests/data/gold``, as one set of figures."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from docsearch.records import Obligation
from tests.quality import facts, targets

GOLD: Final = Path(__file__).parents[1] / "data" / "gold"
TARGETS: Final = ("recall", "precision", "value", "comparator", "unit", "period", "kind")


def measure_facts() -> dict[str, float]:
    """Return the measures over all documents that lie in ``GOLD``, 0 to 1."""
    pairs: list[facts.Pair] = []
    extra: list[Obligation] = []
    for figures in facts.measure(GOLD / "obligations.jsonl", [GOLD]).values():
        pairs += figures.pairs
        extra += figures.extra
    obligations = facts.Figures(tuple(pairs), tuple(extra))
    both: list[targets.Pair] = []
    for path in sorted(GOLD.glob("[a-z][0-9]*.txt")):
        text, found = targets.find(path)
        both += targets.match(targets.load_gold(GOLD / "targets.jsonl", text, path.stem), found)
    numbers = targets.measure(both)
    measured = {f"obligations: {name}": obligations.of(name) for name in facts.MEASURES}
    measured |= {f"targets: {name}": float(getattr(numbers, name)) for name in TARGETS}
    return {name: round(value, 4) for name, value in measured.items()}
