from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsearch.orthography import syllables
from docsearch.parse.passages import MAX_MERGED, MAX_PASSAGE, split
from docsearch.read import read
from docsearch.records import Document, Passage
from tests.factories import CORPUS, document, outline


def passages(text: str) -> list[Passage]:
    return split(document(text), outline(text))


SENTENCE = "Phòng Nội vụ chủ trì, phối hợp với các đơn vị liên quan rà soát và báo cáo kết quả. "


def long(sentences: int) -> str:
    return (SENTENCE * sentences).strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("\n\n", [], id="blank"),
        pytest.param("Một đoạn.\n", [((), "Một đoạn.")], id="one"),
        pytest.param(
            "I. MỤC TIÊU\n1. Phòng Nội vụ:\n- Chủ trì.\n",
            [(("I. MỤC TIÊU", "1. Phòng Nội vụ"), "- Chủ trì.")],
            id="a-heading-stands-above-and-is-no-passage",
        ),
        pytest.param(
            "I. MỤC TIÊU\n",
            [(("I. MỤC TIÊU",), "I. MỤC TIÊU")],
            id="a-heading-with-nothing-under-it",
        ),
        pytest.param(
            "2. Phòng Nội vụ: Chủ trì.\n",
            [(("2. Phòng Nội vụ",), "2. Phòng Nội vụ: Chủ trì.")],
            id="a-heading-in-the-line",
        ),
        pytest.param(
            "ỦY BAN NHÂN DÂN\n\nSố: 141/KH-UBND\n\nChi Lăng, ngày 29 tháng 4\n",
            [((), "ỦY BAN NHÂN DÂN\n\nSố: 141/KH-UBND\n\nChi Lăng, ngày 29 tháng 4")],
            id="short-lines-together",
        ),
        pytest.param(
            f"- {long(2)}\n- {long(2)}\n",
            [((), f"- {long(2)}")],
            id="words-that-stand-again",
        ),
        pytest.param(
            f"1. A:\n- {long(2)}\n2. B:\n- {long(2)}\n",
            [(("1. A",), f"- {long(2)}"), (("2. B",), f"- {long(2)}")],
            id="words-that-stand-again-under-another-heading",
        ),
        pytest.param(
            f"- {long(3)[:-1]},\n¹ {long(1)}\ntiếp theo: {long(1)}\n",
            [((), f"- {long(3)[:-1]},"), ((), f"¹ {long(1)}"), ((), f"tiếp theo: {long(1)}")],
            id="a-footnote-in-mid-sentence",
        ),
    ],
)
def test_split(text: str, expected: list[tuple[tuple[str, ...], str]]) -> None:
    found = [(passage.path, passage.text) for passage in passages(text)]
    assert found == expected


def test_a_long_unit_is_split_at_its_sentences() -> None:
    words = " ".join(f"{SENTENCE.strip(' .')} lần {number}." for number in range(40))
    text = f"1. Nhiệm vụ:\n- {words}\n"
    found = passages(text)
    assert len(found) > 2
    for passage in found:
        assert len(passage.text) <= MAX_PASSAGE
        assert re.search(r"kết quả lần \d+\.$", passage.text)
        assert passage.path == ("1. Nhiệm vụ",)
        assert passage.level == "dash"
    assert " ".join(passage.text for passage in found) == f"- {words}"


def test_a_sentence_is_never_cut() -> None:
    text = "rất dài " * 400
    (passage,) = passages(text)
    assert passage.text == text.strip()


def test_a_long_list_of_short_lines_is_cut() -> None:
    lines = [f"- Trường số {number};" for number in range(100)]
    found = passages("\n".join(lines))
    assert len(found) > 2
    assert all(len(passage.text) <= MAX_MERGED for passage in found)
    assert "\n".join(passage.text for passage in found) == "\n".join(lines)


def test_ids_tell_where_a_passage_stands() -> None:
    text = f"{long(3)}\n{long(4)}\n"
    first, second = passages(text)
    assert first.id == f"doc#0-{len(long(3))}"
    assert second.id == f"doc#{len(long(3)) + 1}-{len(text) - 1}"


def check(document: Document, found: list[Passage]) -> None:
    for passage in found:
        assert passage.text == passage.span.of(document.text)
        assert passage.text.strip() == passage.text != ""
        assert passage.document_id == document.id
        for heading in passage.headings:
            assert heading.span.start < passage.span.end
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert len({passage.id for passage in found}) == len(found)


LINES = st.lists(
    st.sampled_from(
        [
            "I. MỤC TIÊU",
            "1. Việc:",
            "a) Điểm;",
            "- Gạch",
            "¹ Ghi chú",
            "7",
            "",
            "Một đoạn.",
            "tiếp theo",
            "Nơi nhận:",
            "TM. ỦY BAN",
            "Thực hiện./.",
            long(3),
            long(14),
            long(5)[:-1] + ",",
            "\x85x",
        ]
    ),
    max_size=15,
)


@given(st.one_of(st.text(), LINES.map("\n".join)))
@settings(deadline=None)
def test_passages_are_in_order_and_do_not_overlap(text: str) -> None:
    check(document(text), passages(text))


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_passages_of_the_corpus_hold_every_word_once(path: Path) -> None:
    document = read(path)
    root = outline(document.text)
    found = split(document, root)
    check(document, found)
    held = {word for p in found for text in (p.text, *p.path) for word in syllables(text)}
    copies = [unit.span for unit in root.children if unit.level == "copy"]
    assert not any(copy.overlaps(p.span) for copy in copies for p in found)
    once = document.text
    for copy in reversed(copies):
        once = once[: copy.start] + once[copy.end :]
    assert set(syllables(once)) <= held
