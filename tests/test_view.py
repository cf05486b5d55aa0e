from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.parse.view import view
from docsearch.records import Span
from tests.factories import span_of, whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "", id="empty"),
        pytest.param(" \n\t", "", id="blank"),
        pytest.param("  báo   cáo \n", "báo cáo", id="white-space"),
        pytest.param(
            "không có điểm 0 trong kỳ thi\n\ntuyển sinh",
            "không có điểm 0 trong kỳ thi tuyển sinh",
            id="broken-line",
        ),
        pytest.param("a\u00a0b\u2028c\x85d\r\ne", "a b c d e", id="odd-white-space"),
        pytest.param("**trước ngày 28/6/2024**.", "trước ngày 28/6/2024.", id="bold"),
        pytest.param("“*Đầu tư*” ***x***", "“Đầu tư” x", id="italics"),
        pytest.param("## **2.2. Trung tâm:**", "2.2. Trung tâm:", id="markdown-heading"),
        pytest.param("\n   #### Nơi nhận", "Nơi nhận", id="markdown-heading-indented"),
        pytest.param("số #1, C# và ####", "số #1, C# và ####", id="number-sign-inside"),
        pytest.param(
            "mục tiêu quốc gia¹, lồng ghép", "mục tiêu quốc gia, lồng ghép", id="footnote-mark"
        ),
        pytest.param("giai đoạn 2030¹²", "giai đoạn 2030", id="footnote-mark-of-two-digits"),
        # the mark stands after what ends the words: "2030”¹"
        pytest.param(
            "“giai đoạn 2030”² trên", "“giai đoạn 2030” trên", id="footnote-mark-after-a-quotation"
        ),
        # a unit of measure is no footnote mark
        pytest.param(
            "xây dựng 500 m² nhà, 3 km³", "xây dựng 500 m² nhà, 3 km³", id="square-metres"
        ),
        pytest.param("¹ Ban hành kèm theo", "¹ Ban hành kèm theo", id="the-footnote-itself"),
        pytest.param("học\u200b si\u00adnh\ufeff", "học sinh", id="invisible"),
    ],
)
def test_what_a_view_shows(text: str, expected: str) -> None:
    assert whole(text).text == expected


def test_pieces_become_one_line() -> None:
    text = "chuyển đổi số,\n² Quyết định số 1373\ntổ chức quản lý\n"
    pieces = [span_of(text, "chuyển đổi số,"), span_of(text, "tổ chức quản lý")]
    line = view(text, pieces)
    assert line.text == "chuyển đổi số, tổ chức quản lý"
    assert (
        line.span(0, len("chuyển đổi số, tổ")).of(text)
        == "chuyển đổi số,\n² Quyết định số 1373\ntổ"
    )


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param("gửi về\nUBND huyện", "về UBND", "về\nUBND", id="over-a-line-end"),
        pytest.param(
            "gửi **trước ngày 28/6**.", "trước ngày 28/6", "trước ngày 28/6", id="inside-bold"
        ),
        pytest.param(
            "gửi **trước** ngày", "gửi trước ngày", "gửi **trước** ngày", id="around-bold"
        ),
        pytest.param("gửi **trước** ngày", " trước ", "trước", id="outer-white-space"),
        pytest.param("quốc gia¹, lồng", "gia, lồng", "gia¹, lồng", id="around-a-footnote-mark"),
    ],
)
def test_a_part_of_a_view_leads_back(text: str, words: str, expected: str) -> None:
    line = whole(text)
    start = line.text.index(words)
    assert line.span(start, start + len(words)).of(text) == expected


def test_a_mention_is_clean_and_its_span_is_not() -> None:
    text = "gửi  về\n**UBND huyện** ngay"
    mention = whole(text).mention(4, len("gửi về UBND huyện "))
    assert mention.text == "về UBND huyện"
    assert mention.span.of(text) == "về\n**UBND huyện"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 3), (3, 4), (5, 2)])
def test_a_blank_part_has_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="blank"):
        whole("gửi về").span(start, end)


MARKED = st.text("ab Đ\n\t*#¹²\u200b\u2028x.", max_size=40)


@given(st.lists(st.one_of(MARKED, st.text(max_size=20)), max_size=4))
def test_every_character_knows_its_place(parts: list[str]) -> None:
    text = "|".join(parts)
    pieces, position = [], 0
    for part in parts:
        if part:
            pieces.append(Span(position, position + len(part)))
        position += len(part) + 1
    line = view(text, pieces)
    assert len(line.offsets) == len(line.text)
    assert all(a <= b for a, b in pairwise(line.offsets))
    assert line.text == " ".join(line.text.split())
    for character, offset in zip(line.text, line.offsets, strict=True):
        assert character in (" ", text[offset])
    kept = set(line.offsets)
    for offset, character in enumerate(text):
        if character in "abĐx." and any(p.start <= offset < p.end for p in pieces):
            assert offset in kept


@given(MARKED)
def test_the_whole_view_spans_its_first_to_its_last_character(text: str) -> None:
    line = whole(text)
    if line.text:
        assert line.span(0, len(line.text)) == Span(line.offsets[0], line.offsets[-1] + 1)
