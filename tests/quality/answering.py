"""Measures of answering over documents beside the corpus.

``questions-more.jsonl`` asks the made-up documents of ``tests/data/gold``, ``questions-m.jsonl``,
``questions-n.jsonl`` and ``questions-p.jsonl`` those of the rounds 4 to 6,
``questions-documents.jsonl`` the collected documents beside the project, where they are. Each set
of documents is indexed for the occasion.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import docsearch as ds
from docsearch.evaluate import evaluate, read_gold
from tests.quality.reading import DOCUMENTS

HERE = Path(__file__).parent
MADE = HERE.parent / "data" / "gold"
SETS = {
    "made up": HERE / "questions-more.jsonl",
    "round 4": HERE / "questions-m.jsonl",
    "round 5": HERE / "questions-n.jsonl",
    "round 6": HERE / "questions-p.jsonl",
    "collected": HERE / "questions-documents.jsonl",
}


def measure_answering() -> dict[str, float]:
    """Return the measures of the sets that can be asked here, by name; higher is better.

    The collected documents are read as a plain extractor gives them, those in an old encoding as
    their true text.
    """
    figures = _measures("made up", sorted(MADE.glob("t*.txt")))
    figures |= _measures("round 4", sorted(MADE.glob("m*.txt")))
    figures |= _measures("round 5", sorted(MADE.glob("n*.txt")))
    figures |= _measures("round 6", sorted(MADE.glob("p*.txt")))
    if DOCUMENTS.exists():
        figures |= _measures("collected", _collected())
    return {name: round(value, 4) for name, value in figures.items()}


def _collected() -> Iterable[Path]:
    texts = {path.name.split(".")[0]: path for path in sorted(DOCUMENTS.glob("*.txt"))}
    texts |= {path.name.split(".")[0]: path for path in DOCUMENTS.glob("*.truth.txt")}
    return texts.values()


def _measures(name: str, paths: Iterable[Path]) -> dict[str, float]:
    questions = SETS[name]
    with TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for path in paths:
            shutil.copy(path, corpus)
        index = ds.build(str(corpus), str(Path(folder, "index")))
        found = evaluate(index, read_gold(questions))
    overall = found.overall
    measures = {
        "evidence_at_1": overall.evidence_at_1,
        "evidence_at_5": overall.evidence_at_5,
        "right": overall.right,
        "abstained_unanswerable": overall.abstained_unanswerable,
        "answered_answerable": 1 - (overall.abstained_answerable or 0.0),
        "quotes_verbatim": overall.quotes_verbatim,
    }
    reasons = _reasons(questions)
    given = {outcome.id: outcome.reason for outcome in found.outcomes}
    if reasons:
        right = sum(given[question] == reason for question, reason in reasons.items())
        measures["reasons"] = right / len(reasons)
    return {f"{name}: {key}": value for key, value in measures.items() if value is not None}


def _reasons(questions: Path) -> dict[str, str]:
    """Return why each question that has no answer has none."""
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: row["reason"] for row in rows if "reason" in row}
