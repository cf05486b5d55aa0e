from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.parse.sentences import clauses, sentences
from tests.factories import whole


def cut(text: str) -> list[str]:
    line = whole(text)
    return [line.text[start:end] for start, end in sentences(line)]


def parts(text: str) -> list[str]:
    line = whole(text)
    return [line.text[start:end] for start, end in clauses(line, 0, len(line.text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("Báo cáo", ["Báo cáo"], id="no-full-stop"),
        pytest.param(
            "Đã xong. Chưa xong! Xong chưa? Chưa xong… Đã xong",
            ["Đã xong.", "Chưa xong!", "Xong chưa?", "Chưa xong…", "Đã xong"],
            id="stops",
        ),
        pytest.param(
            "Thực hiện ngay. Đồng thời báo cáo.",
            ["Thực hiện ngay.", "Đồng thời báo cáo."],
            id="capital-with-bar",
        ),
        pytest.param(
            "Xong trước ngày 15/12. 100% đạt.",
            ["Xong trước ngày 15/12.", "100% đạt."],
            id="digit-after",
        ),
        pytest.param("đạt 99.9% và 1.234 em", ["đạt 99.9% và 1.234 em"], id="inside-a-number"),
        pytest.param(
            "doanh nghiệp... để đầu tư",
            ["doanh nghiệp... để đầu tư"],
            id="dots-before-a-small-letter",
        ),
        pytest.param(
            "Tại TP. Hồ Chí Minh. Hết", ["Tại TP. Hồ Chí Minh.", "Hết"], id="abbreviation"
        ),
        pytest.param("TM. ỦY BAN KT. CHỦ TỊCH", ["TM. ỦY BAN KT. CHỦ TỊCH"], id="signs-for"),
        pytest.param("sách, vở, v.v. Các trường", ["sách, vở, v.v. Các trường"], id="and-so-on"),
        pytest.param(
            "(GS. Nguyễn Văn A) dạy", ["(GS. Nguyễn Văn A) dạy"], id="abbreviation-in-brackets"
        ),
        pytest.param("1. Mục đích. Đạt", ["1. Mục đích.", "Đạt"], id="label-number"),
        pytest.param("IV. TỔ CHỨC", ["IV. TỔ CHỨC"], id="label-roman"),
        pytest.param("đ. Phối hợp", ["đ. Phối hợp"], id="label-letter"),
        pytest.param("Thực hiện./. Nơi nhận", ["Thực hiện./.", "Nơi nhận"], id="end-of-document"),
        pytest.param("Ông nói: “Đi.” Rồi đi", ["Ông nói: “Đi.”", "Rồi đi"], id="quotation-closes"),
        pytest.param("(Đã xong.) (Hết)", ["(Đã xong.)", "(Hết)"], id="brackets"),
        pytest.param("ngày 28/6. - Gửi", ["ngày 28/6.", "- Gửi"], id="dash-after"),
        pytest.param("**Hoàn thành.** Báo cáo", ["Hoàn thành.", "Báo cáo"], id="bold"),
        pytest.param(
            "năm học 2024-2025. Hiệu trưởng",
            ["năm học 2024-2025.", "Hiệu trưởng"],
            id="year-at-the-end",
        ),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("một", ["một"], id="one"),
        pytest.param("một; hai;  ba;", ["một", "hai", "ba;"], id="semicolons"),
        pytest.param(
            "đạt 90%, trong đó 19% trên chuẩn",
            ["đạt 90%", "trong đó 19% trên chuẩn"],
            id="of-which",
        ),
        pytest.param(
            "đạt chuẩn, phấn đấu 38 trường", ["đạt chuẩn", "phấn đấu 38 trường"], id="aims-at"
        ),
        pytest.param("a, b, c", ["a, b, c"], id="commas-alone"),
        pytest.param("một;hai", ["một;hai"], id="semicolon-without-a-blank"),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_clauses_of_one_sentence_only() -> None:
    line = whole("Một; hai. Ba; bốn.")
    (_, _), (start, end) = sentences(line)
    assert [line.text[a:b] for a, b in clauses(line, start, end)] == ["Ba", "bốn."]


TEXTS = st.one_of(st.text(), st.text('aĐT1.;:!?…/"”) -(\n', max_size=60))


@given(TEXTS)
def test_sentences_hold_everything_once(text: str) -> None:
    line = whole(text)
    bounds = sentences(line)
    assert all(a < b for a, b in bounds)
    assert all(before[1] <= after[0] for before, after in pairwise(bounds))
    held = "".join(line.text[a:b] for a, b in bounds)
    assert held.replace(" ", "") == line.text.replace(" ", "")


@given(TEXTS)
def test_clauses_lie_in_their_sentence(text: str) -> None:
    line = whole(text)
    for start, end in sentences(line):
        found = clauses(line, start, end)
        assert found
        assert all(start <= a < b <= end for a, b in found)
        assert all(before[1] <= after[0] for before, after in pairwise(found))
