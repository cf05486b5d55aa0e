"""Measures of reading, of facts and of answering, compared with their floors.

The floors stand in ``baseline.json`` with a digest of the questions, the corpus and the encoder:
when one of them changes the floors have to be measured again (``--update``). An update does not
lower a floor unless ``--allow-regression`` is given. What needs documents beside the project is
measured where they are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import docsearch as ds
from docsearch.evaluate import evaluate, read_gold
from tests.quality.answering import MADE, SETS, measure_answering
from tests.quality.gold_facts import measure_facts
from tests.quality.reading import SPEED as SPEED
from tests.quality.reading import measure_reading

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BASELINE = HERE / "baseline.json"
EPSILON = 1e-6
HIGHER = ("evidence_at_1", "evidence_at_5", "right", "abstained_unanswerable", "quotes_verbatim")
LOWER = ("abstained_answerable",)


def digest(index: ds.Index) -> str:
    """Return a digest of everything that the figures depend on beside the code."""
    state = hashlib.sha256()
    questions = [HERE / "questions.jsonl", *SETS.values()]
    texts = [*sorted((ROOT / "corpus").glob("*.txt")), *sorted(MADE.glob("*.txt"))]
    for path in [*questions, *texts]:
        state.update(path.name.encode())
        state.update(path.read_bytes())
    manifest = index.snapshot.manifest
    state.update(f"{manifest.encoder}@{manifest.revision}".encode())
    return state.hexdigest()[:16]


def measure(index: ds.Index) -> dict[str, float]:
    """Return the measures over all questions."""
    overall = evaluate(index, read_gold(HERE / "questions.jsonl")).overall
    return {name: round(getattr(overall, name), 6) for name in (*HIGHER, *LOWER)}


def short_of(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Return the measures that were taken and fall short of their floors; higher is better."""
    return [name for name in figures if figures[name] < floors.get(name, 0.0) - EPSILON]


def show(title: str, figures: dict[str, float], floors: dict[str, float]) -> None:
    """Print a table of measures with their floors."""
    sys.stdout.write(f"{title}\n")
    for name in sorted({*figures, *floors}):
        found = f"{figures[name]:9.3f}" if name in figures else "not taken"
        floor = f"   floor {floors[name]:.3f}" if name in floors else ""
        sys.stdout.write(f"  {name:<26}{found}{floor}\n")


def measured_groups() -> list[tuple[str, str, dict[str, float]]]:
    """Return the measures for which higher is better: the name of each group, its title, them."""
    return [
        ("reading", "Reading", measure_reading()),
        ("facts", "Facts", measure_facts()),
        ("answering", "Answering other documents", measure_answering()),
    ]


def worse(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Return the measures that fall short of their floors."""
    low = [name for name in HIGHER if figures[name] < floors[name] - EPSILON]
    return low + [name for name in LOWER if figures[name] > floors[name] + EPSILON]


def main() -> int:
    """Print the table; return 1 when a measure falls short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", default="index")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    given = parser.parse_args()
    index = ds.open(given.index)
    figures, state = measure(index), digest(index)
    known: dict[str, Any] = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    floors: dict[str, float] = known.get("floors", figures)
    short = worse(figures, floors)
    kept: dict[str, dict[str, float]] = {}
    for group, title, taken in measured_groups():
        group_floors: dict[str, float] = known.get(group, {})
        show(title, taken, group_floors)
        short += short_of(taken, group_floors)
        taken.pop(SPEED, None)  # its floor is what users are promised, not what a machine does
        kept[group] = {**group_floors, **taken}
    show("Answering", figures, floors)
    if given.update:
        if short and not given.allow_regression:
            sys.stdout.write(f"not updated: {', '.join(short)} would be lowered\n")
            return 1
        state_of = {"digest": state, "floors": figures, **kept}
        BASELINE.write_text(json.dumps(state_of, indent=2, sort_keys=True) + "\n")
        return 0
    if known.get("digest") != state:
        sys.stdout.write("questions, corpus or encoder changed: run gate.py --update\n")
        return 1
    if short:
        sys.stdout.write(f"below the floor: {', '.join(short)}\n")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
