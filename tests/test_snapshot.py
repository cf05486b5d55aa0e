from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

import docsearch
from docsearch.index import process
from docsearch.index.snapshot import Snapshot
from docsearch.index.store import Store
from docsearch.records import Facts
from tests.factories import HashEncoder


@pytest.fixture
def snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    monkeypatch.setattr(process, "words", lambda text: ())
    for number in range(4):
        text = f"KẾ HOẠCH\nSố {number}\n\n1. Phòng Nội vụ báo cáo trước ngày {number + 1}/12.\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    return docsearch.build(tmp_path, tmp_path / "index", encoder=HashEncoder()).snapshot


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...] | None]:
    """Record which documents' facts are read; None means all."""
    found: list[tuple[str, ...] | None] = []
    real = Store.facts

    def facts(store: Store, ids: Iterable[str] | None = None) -> dict[str, Facts]:
        found.append(None if ids is None else tuple(ids))
        return real(store, found[-1])

    monkeypatch.setattr(Store, "facts", facts)
    return found


def test_facts_are_read_when_they_are_asked_for(
    snapshot: Snapshot, asked: list[tuple[str, ...] | None]
) -> None:
    first, second, third, fourth = snapshot.store.ids()
    facts = snapshot.facts
    assert asked == []
    assert facts[first].obligations
    assert snapshot.some_facts([first, second, "none"]).keys() == {first, second}
    assert snapshot.some_facts([second, first]).keys() == {first, second}
    assert asked == [(first,), (second, "none")]
    with pytest.raises(KeyError):
        facts["none"]
    assert list(facts) == [first, second, third, fourth]
    assert snapshot.some_facts([fourth, "none"]).keys() == {fourth}
    assert (len(facts), third in facts, "none" in facts) == (4, True, False)
    assert asked[-1] is None
    assert asked.count(None) == 1


def test_what_is_left_out_has_no_facts(snapshot: Snapshot) -> None:
    first, second, *others = snapshot.store.ids()
    shown = replace(snapshot, left_out=frozenset([second]), whole=snapshot)
    assert list(shown.facts) == [first, *others]
    assert len(shown.facts) == 3
    assert shown.some_facts([first, second]).keys() == {first}
    assert second not in shown.facts
    assert shown.hidden == set(snapshot.store.rows_of([second]))
    assert snapshot.hidden == frozenset()
