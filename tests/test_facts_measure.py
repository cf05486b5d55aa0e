from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docsearch.facts.obligations import find_obligations
from docsearch.parse.outline import parse_outline
from tests.factories import CORPUS
from tests.quality import passages
from tests.quality.facts import gold_values, measure, pair, same_names, same_recipient

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
GOLD = SHARED / "gold" / "obligations.jsonl"

TEXT = (
    "IV. TỔ CHỨC THỰC HIỆN\n1. UBND xã báo cáo UBND huyện trước ngày 15/6/2024.\n"
    "2. Phòng Y tế báo cáo trước ngày 20/6/2024.\n"
)


def entry(**fields: object) -> dict[str, Any]:
    return {
        "id": "o1",
        "actors": ["UBND xã"],
        "action": "báo cáo",
        "deadline_text": "trước ngày 15/6/2024",
        "deadline": {"date": "2024-06-15"},
        "recipient": "UBND huyện",
        "evidence": [{"text": "UBND xã báo cáo UBND huyện trước ngày 15/6/2024", "start": 0}],
        **fields,
    }


def test_one_is_found_and_one_nobody_wrote_down() -> None:
    found = find_obligations(TEXT, parse_outline(TEXT), issued_on=None)
    figures = pair(TEXT, [entry()], found)
    assert [figures.of(name) for name in ("recall", "precision")] == [1.0, 0.5]
    assert [figures.of(name) for name in ("value", "actors", "recipient")] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("fields", "measure_name"),
    [
        pytest.param({"deadline": {"date": "2024-06-16"}}, "value", id="value"),
        pytest.param({"actors": ["UBND xã", "Phòng Y tế"]}, "actors", id="actors"),
        pytest.param({"recipient": None}, "recipient", id="recipient"),
    ],
)
def test_what_is_wrong_counts(fields: dict[str, Any], measure_name: str) -> None:
    found = find_obligations(TEXT, parse_outline(TEXT), issued_on=None)
    assert pair(TEXT, [entry(**fields)], found).of(measure_name) == 0.0


def test_another_sentence_is_no_pair() -> None:
    found = find_obligations(TEXT, parse_outline(TEXT), issued_on=None)
    other = entry(evidence=[{"text": "IV. TỔ CHỨC THỰC HIỆN"}])
    assert pair(TEXT, [other], found).of("recall") == 0.0


@pytest.mark.parametrize(
    ("deadline", "value"),
    [
        pytest.param({"date": "2024-06-28"}, "2024-06-28", id="date"),
        pytest.param({"recurrence": "yearly", "month": 12, "day": 15}, "--12-15", id="yearly"),
        pytest.param({"recurrence": "monthly", "day": 5}, "---05", id="monthly"),
        pytest.param({"recurrence": "periodic"}, None, id="periodic"),
        pytest.param({"from": 2021, "to": 2025}, "2021/2025", id="period"),
        pytest.param({"after_event": "hội nghị"}, None, id="event"),
    ],
)
def test_gold_values(deadline: dict[str, Any], value: str | None) -> None:
    assert gold_values({"deadline": deadline}) == (value,)


def test_names_and_recipients() -> None:
    assert same_names(["Phòng GD&ĐT", "UBND xã"], ["Ubnd xã", "Phòng Giáo dục và Đào tạo"])
    assert not same_names(["UBND xã"], [])
    assert same_recipient(None, None)
    assert not same_recipient("UBND xã", None)


@pytest.mark.skipif(not GOLD.is_file(), reason="the gold set ../shared/data/gold is not here")
def test_the_gold_of_two_documents() -> None:
    for figures in measure(GOLD, [CORPUS]).values():
        assert figures.of("recall") >= 0.95
        assert figures.of("value") >= 0.95
        assert figures.of("actors") >= 0.9
        assert figures.of("precision") >= 0.8


@pytest.mark.skipif(not passages.SOURCE.is_file(), reason="../shared/data/retrieval is not there")
def test_real_passages_read_by_hand() -> None:
    figures = passages.measure_passages()
    assert len(figures.pairs) >= 55
    floors = {"recall": 0.93, "precision": 0.95, "value": 0.95, "actors": 0.8, "recipient": 0.9}
    short = {name: figures.of(name) for name in floors if figures.of(name) < floors[name]}
    assert not short
