from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from docsearch.encode.word_process import WordProcess, words_of

TEXTS = ["Phòng giáo dục\nhuyện", "", '141/KH-UBND \x00 "q"', "x" * 100_000]


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[WordProcess]:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    found = WordProcess()
    yield found
    found.close()


def test_words_are_the_same_beside(beside: WordProcess) -> None:
    beside.start()
    assert beside._process is not None
    number = beside._process.pid
    for texts in (TEXTS, [], TEXTS[::-1]):
        waiting = beside.find(texts)
        assert waiting() == words_of(texts)
        assert beside._process.pid == number
    assert words_of(TEXTS)[0][-1] == "huyện"


def test_a_process_that_ends_is_done_without(beside: WordProcess) -> None:
    beside.start()
    assert beside._process is not None
    waiting = beside.find(TEXTS)
    beside._process.kill()
    assert waiting() == words_of(TEXTS)
    assert beside._process is None
    assert beside.find(TEXTS[:1])() == words_of(TEXTS[:1])


def test_without_a_second_core_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    alone = WordProcess()
    alone.start()
    assert alone._process is None
    assert alone.find(TEXTS)() == words_of(TEXTS)
