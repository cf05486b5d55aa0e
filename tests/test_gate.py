"""The gate of the question set: figures against floors, floors that are not lowered."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import docsearch as ds
from tests.quality import gate
from tests.quality.gold_facts import measure_facts

FLOORS = {
    "evidence_at_1": 0.8,
    "evidence_at_5": 0.9,
    "right": 0.8,
    "abstained_unanswerable": 0.75,
    "quotes_verbatim": 1.0,
    "abstained_answerable": 0.1,
}


@pytest.mark.parametrize(
    ("changes", "short"),
    [
        pytest.param({}, [], id="the-same"),
        pytest.param(dict.fromkeys(gate.HIGHER, 1.0), [], id="better"),
        pytest.param({"abstained_answerable": 0.0}, [], id="abstains-less-often"),
        pytest.param({"right": 0.79}, ["right"], id="one-lower"),
        pytest.param({"abstained_answerable": 0.11}, ["abstained_answerable"], id="abstains-more"),
        pytest.param({"right": 0.8 - 1e-9}, [], id="rounding"),
        pytest.param({"quotes_verbatim": 0.999}, ["quotes_verbatim"], id="one-quotation"),
        pytest.param(
            {"evidence_at_1": 0.1, "right": 1.0, "abstained_answerable": 0.5},
            ["evidence_at_1", "abstained_answerable"],
            id="better-in-one-worse-in-two",
        ),
    ],
)
def test_what_falls_short(changes: dict[str, float], short: list[str]) -> None:
    assert gate.worse({**FLOORS, **changes}, FLOORS) == short


class Gate:
    """Runs the gate on given figures."""

    def __init__(self, index: ds.Index, baseline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.baseline = baseline
        self.figures = dict(FLOORS)
        self.reading = {"letters": 0.99, gate.SPEED: 30.0}
        self.answering = {"made up: right": 0.9}
        self.facts = {"obligations: recall": 0.95}
        self._patch = monkeypatch
        monkeypatch.setattr(gate, "BASELINE", baseline)
        monkeypatch.setattr(gate, "measure", lambda _: dict(self.figures))
        monkeypatch.setattr(gate, "measure_reading", lambda: dict(self.reading))
        monkeypatch.setattr(gate, "measure_answering", lambda: dict(self.answering))
        monkeypatch.setattr(gate, "measure_facts", lambda: dict(self.facts))
        monkeypatch.setattr(ds, "open", lambda _: index)

    def run(self, *arguments: str) -> int:
        self._patch.setattr(sys, "argv", ["gate.py", *arguments])
        return gate.main()

    @property
    def saved(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.baseline.read_text(encoding="utf-8"))
        return found


@pytest.fixture
def measured(hashed_index: ds.Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Return the gate with its floors in force."""
    found = Gate(hashed_index, tmp_path / "baseline.json", monkeypatch)
    assert found.run("--update") == 0
    return found


def test_the_first_floors(
    hashed_index: ds.Index,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = Gate(hashed_index, tmp_path / "baseline.json", monkeypatch)
    assert found.run() == 1
    assert "run gate.py --update" in capsys.readouterr().out
    assert not found.baseline.exists()
    assert found.run("--update") == 0
    assert found.saved == {
        "digest": gate.digest(hashed_index),
        "floors": FLOORS,
        "reading": {"letters": 0.99},
        "answering": {"made up: right": 0.9},
        "facts": {"obligations: recall": 0.95},
    }
    assert found.run() == 0


def test_figures_at_the_floors_pass(measured: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert measured.run() == 0
    lines = capsys.readouterr().out.splitlines()
    titles = [line for line in lines if not line.startswith(" ")]
    assert titles == ["Reading", "Facts", "Answering other documents", "Answering"]
    own = lines[lines.index("Answering") + 1 :]
    assert [line.split()[0] for line in own] == sorted([*gate.HIGHER, *gate.LOWER])
    others = lines[lines.index(titles[2]) + 1]
    assert others.split() == ["made", "up:", "right", "0.900", "floor", "0.900"]
    assert lines[1].split() == ["files", "a", "second", "30.000"]
    assert lines[2].split() == ["letters", "0.990", "floor", "0.990"]


def test_reading_below_its_floor_does_not_pass(
    measured: Gate, capsys: pytest.CaptureFixture[str]
) -> None:
    measured.reading["letters"] = 0.98
    assert measured.run() == 1
    assert "below the floor: letters" in capsys.readouterr().out
    assert measured.run("--update") == 1
    assert measured.saved["reading"] == {"letters": 0.99}


def test_answering_below_its_floor_does_not_pass(
    measured: Gate, capsys: pytest.CaptureFixture[str]
) -> None:
    measured.answering["made up: right"] = 0.8
    assert measured.run() == 1
    assert "below the floor: made up: right" in capsys.readouterr().out


def test_facts_below_their_floor_do_not_pass(
    measured: Gate, capsys: pytest.CaptureFixture[str]
) -> None:
    measured.facts["obligations: recall"] = 0.94
    assert measured.run() == 1
    assert "below the floor: obligations: recall" in capsys.readouterr().out
    assert measured.run("--update") == 1
    assert measured.saved["facts"] == {"obligations: recall": 0.95}
    measured.facts["obligations: recall"] = 0.96
    assert measured.run("--update") == 0
    assert measured.saved["facts"] == {"obligations: recall": 0.96}


def test_facts_are_measured_on_the_gold_documents() -> None:
    figures = measure_facts()
    assert set(figures) >= {"obligations: recall", "targets: precision"}
    floors = json.loads(gate.BASELINE.read_text(encoding="utf-8"))["facts"]
    assert gate.short_of(figures, floors) == []


def test_what_cannot_be_measured_keeps_its_floor(
    measured: Gate, capsys: pytest.CaptureFixture[str]
) -> None:
    del measured.reading["letters"]
    assert measured.run() == 0
    assert "letters" in capsys.readouterr().out, "it is shown as not taken"
    assert measured.run("--update") == 0
    assert measured.saved["reading"] == {"letters": 0.99}


@pytest.mark.parametrize(
    ("name", "value"), [("right", 0.7), ("abstained_answerable", 0.2)], ids=["lower", "higher"]
)
def test_figures_below_the_floors_do_not_pass(
    measured: Gate, capsys: pytest.CaptureFixture[str], name: str, value: float
) -> None:
    measured.figures[name] = value
    assert measured.run() == 1
    assert f"below the floor: {name}" in capsys.readouterr().out
    assert measured.saved["floors"] == FLOORS


@pytest.mark.parametrize(
    ("name", "value"), [("right", 0.7), ("abstained_answerable", 0.2)], ids=["lower", "higher"]
)
def test_floors_refuse_to_be_lowered(
    measured: Gate, capsys: pytest.CaptureFixture[str], name: str, value: float
) -> None:
    before = measured.baseline.read_bytes()
    measured.figures |= {name: value, "evidence_at_1": 1.0}
    assert measured.run("--update") == 1
    assert f"not updated: {name} would be lowered" in capsys.readouterr().out
    assert measured.baseline.read_bytes() == before
    assert measured.run("--update", "--allow-regression") == 0
    assert measured.saved["floors"] == {**FLOORS, name: value, "evidence_at_1": 1.0}


def test_floors_rise(measured: Gate) -> None:
    measured.figures["right"] = 0.95
    assert measured.run() == 0
    assert measured.saved["floors"]["right"] == 0.8  # only an update moves them
    assert measured.run("--update") == 0
    measured.figures["right"] = 0.9
    assert measured.run() == 1


def test_other_questions_need_other_floors(
    measured: Gate, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "digest", lambda _: "another")
    assert measured.run() == 1
    assert "changed: run gate.py --update" in capsys.readouterr().out
    measured.figures["right"] = 0.7
    assert measured.run("--update") == 1  # not even then do they fall unnoticed


def test_the_digest_covers_questions_corpus_and_encoder(
    hashed_index: ds.Index, corpus_index: ds.Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = gate.digest(hashed_index)
    assert gate.digest(hashed_index) == first
    assert gate.digest(corpus_index) != first  # another encoder

    (tmp_path / "corpus").mkdir()
    (tmp_path / "questions.jsonl").write_bytes((gate.HERE / "questions.jsonl").read_bytes())
    for path in (gate.ROOT / "corpus").glob("*.txt"):
        (tmp_path / "corpus" / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(gate, "HERE", tmp_path)
    monkeypatch.setattr(gate, "ROOT", tmp_path)
    assert gate.digest(hashed_index) == first

    document = min((tmp_path / "corpus").glob("*.txt"))
    content = document.read_bytes()
    document.write_bytes(content + b"\n")
    assert gate.digest(hashed_index) != first
    document.write_bytes(content)
    with (tmp_path / "questions.jsonl").open("ab") as file:
        file.write(b"\n")
    assert gate.digest(hashed_index) != first


def test_the_measures_are_those_of_the_whole_set(
    hashed_index: ds.Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (gate.HERE / "questions.jsonl").read_text(encoding="utf-8").split("\n")
    chosen = [line for line in lines if '"q045"' in line or '"q064"' in line]
    (tmp_path / "questions.jsonl").write_text("\n".join(chosen), encoding="utf-8")
    monkeypatch.setattr(gate, "HERE", tmp_path)
    figures = gate.measure(hashed_index)
    assert set(figures) == set(FLOORS)
    assert (figures["quotes_verbatim"], figures["abstained_answerable"]) == (1, 0)
