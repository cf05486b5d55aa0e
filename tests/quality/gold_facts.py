"""Obligations and targets of the documents of ``tests/data/gold``, as two sets of figures."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from docsearch.records import Obligation
from tests.quality import facts, targets

GOLD: Final = Path(__file__).parents[1] / "data" / "gold"
TARGETS: Final = ("recall", "precision", "value", "comparator", "unit", "period", "kind")
SETS: Final = {"": "htk", "rounds 4 and 5, ": "mn", "round 6, ": "p"}
"""What the names of measures begin with, and the first letters of the documents of each set."""


def measure_facts() -> dict[str, float]:
    """Return the measures over all documents of each set that lie in ``GOLD``, 0 to 1."""
    found = facts.measure(GOLD / "obligations.jsonl", [GOLD])
    measured: dict[str, float] = {}
    for prefix, letters in SETS.items():
        pairs: list[facts.Pair] = []
        extra: list[Obligation] = []
        for name, figures in found.items():
            if name[0] in letters:
                pairs += figures.pairs
                extra += figures.extra
        obligations = facts.Figures(tuple(pairs), tuple(extra))
        both: list[targets.Pair] = []
        for path in sorted(GOLD.glob(f"[{letters}][0-9]*.txt")):
            text, read = targets.find(path)
            both += targets.match(targets.load_gold(GOLD / "targets.jsonl", text, path.stem), read)
        numbers = targets.measure(both)
        measured |= {
            f"{prefix}obligations: {name}": obligations.of(name) for name in facts.MEASURES
        }
        measured |= {f"{prefix}targets: {name}": float(getattr(numbers, name)) for name in TARGETS}
    return {name: round(value, 4) for name, value in measured.items()}
