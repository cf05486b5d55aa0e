from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.index.tokens import (
    alike,
    alike_syllables,
    folded_tokens,
    spelled_tokens,
    with_bigrams,
    word_tokens,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("UBND huyện", "ủy ban nhân dân huyện", id="abbreviation"),
        pytest.param("Uỷ ban nhân dân", "ủy ban nhân dân", id="tone-mark"),
        pytest.param("Phòng GD&ĐT", "phòng giáo dục và đào tạo", id="ampersand"),
        pytest.param("Phòng GD-ĐT", "phòng giáo dục và đào tạo", id="hyphen"),
        pytest.param(
            "TT&TT, tttt", "thông tin và truyền thông, thông tin và truyền thông", id="twice"
        ),
        pytest.param("trường THCS.", "trường trung học cơ sở.", id="before-a-full-stop"),
        pytest.param("141/KH-UBND", "141/kh-ủy ban nhân dân", id="after-a-hyphen"),
        pytest.param("số 5/UBND", "số 5/ubnd", id="inside-a-document-number"),
        pytest.param("hsg", "hsg", id="only-whole-words"),
        pytest.param(
            "tỷ lệ, kỹ sư, lý do, sỹ số, mỹ thuật",
            "tỉ lệ, kĩ sư, lí do, sĩ số, mĩ thuật",
            id="y-to-i",
        ),
        pytest.param("quy, tay, yêu, thủy, xây", "quy, tay, yêu, thủy, xây", id="y-that-stays"),
        pytest.param("hàng năm, mỗi năm", "hằng năm, hằng năm", id="yearly"),
    ],
)
def test_alike(text: str, expected: str) -> None:
    assert alike(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND xã", "Uỷ ban nhân dân xã"),
        ("tỷ lệ", "tỉ lệ"),
        ("Phòng LĐ-TB&XH", "Phòng Lao động - Thương binh và Xã hội"),
        ("HĐND, MTTQ", "hội đồng nhân dân, mặt trận tổ quốc"),
    ],
    ids=["committee", "y-and-i", "labour", "list"],
)
def test_what_means_the_same_is_indexed_alike(one: str, other: str) -> None:
    assert spelled_tokens(one) == spelled_tokens(other)


def test_bigrams() -> None:
    assert with_bigrams([]) == []
    assert with_bigrams(["báo"]) == ["báo"]
    assert with_bigrams(["a", "b", "c"]) == ["a", "b", "c", "a_b", "b_c"]
    assert spelled_tokens("Báo cáo.") == ["báo", "cáo", "báo_cáo"]


def test_folded_tokens_are_what_is_typed_without_diacritics() -> None:
    assert folded_tokens("Đơn vị báo cáo") == folded_tokens("don vi bao cao")
    assert folded_tokens("UBND xã") == folded_tokens("uy ban nhan dan xa")


def test_words_of_several_syllables() -> None:
    found = word_tokens(["báo cáo", "và", "Giáo dục", "15/12", "UBND", "."])
    assert found == ["báo_cáo", "giáo_dục", "15_12", "ủy_ban_nhân_dân"]


@given(st.text(max_size=60))
def test_tokens_hold_no_white_space(text: str) -> None:
    for tokens in (spelled_tokens(text), folded_tokens(text), word_tokens([text])):
        assert all(token and not any(c.isspace() for c in token) for token in tokens)
    assert len(spelled_tokens(text)) == max(2 * len(alike_syllables(text)) - 1, 0)
