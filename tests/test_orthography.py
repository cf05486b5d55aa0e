from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.orthography import (
    LOWER,
    UPPER,
    canonical,
    fold,
    has_diacritics,
    syllable_spans,
    syllables,
)

TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VOWELS = "aăâeêioôơuưy"
VIETNAMESE = sorted({unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES} | {"đ"})

nfc = st.text().map(lambda text: unicodedata.normalize("NFC", text))
vietnamese = st.text("".join(VIETNAMESE) + "bcdghkmnqtvxHOÀOÁUỶQĐ \n.-")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("HÒA BÌNH", "hòa bình", id="capitals"),
        pytest.param("hoà", "hòa", id="old-oa"),
        pytest.param("HOÀ", "hòa", id="old-oa-capitals"),
        pytest.param("khoẻ", "khỏe", id="old-oe"),
        pytest.param("Uỷ ban", "ủy ban", id="old-uy"),
        pytest.param("thuỷ lợi", "thủy lợi", id="old-uy-after-consonant"),
        pytest.param("hóa, xoá; loã", "hóa, xóa; lõa", id="before-punctuation"),
        pytest.param("quý, quỳ, quà", "quý, quỳ, quà", id="qu-is-a-consonant"),
        pytest.param("QUÝ", "quý", id="qu-capitals"),
        pytest.param("hoàn, toàn, huỳnh", "hoàn, toàn, huỳnh", id="vowels-inside-a-syllable"),
        pytest.param("khuya, khuỷu", "khuya, khuỷu", id="three-vowels"),
        pytest.param("hoà1", "hòa1", id="before-a-digit"),
        pytest.param("điểm Đ", "điểm đ", id="d-with-bar-stays"),
        pytest.param("İ", "İ", id="lower-case-would-be-longer"),
    ],
)
def test_canonical(text: str, expected: str) -> None:
    assert canonical(text) == expected


@pytest.mark.parametrize("pair", ["oa", "oe", "uy"])
@pytest.mark.parametrize("tone", TONES[1:], ids=["grave", "acute", "tilde", "hook", "dot"])
def test_both_places_of_every_tone_are_one(pair: str, tone: str) -> None:
    old = unicodedata.normalize("NFC", f"h{pair}{tone}")
    new = unicodedata.normalize("NFC", f"h{pair[0]}{tone}{pair[1]}")
    assert old != new
    assert canonical(old) == canonical(new) == new


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đơn vị nào phải báo cáo?", "don vi nao phai bao cao?"),
        ("ĐƯỜNG THUỶ", "duong thuy"),
        ("điểm đ", "diem d"),
        ("1.234 km²", "1.234 km²"),
        ("Å", "a"),
        ("İ", "i"),
        ("", ""),
    ],
    ids=["sentence", "capitals", "point-d", "not-letters", "other-marks", "turkish", "empty"],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_every_letter_folds_to_ascii() -> None:
    for letter in VIETNAMESE:
        assert fold(letter) == fold(letter.upper())
        assert fold(letter) in "abcdefghijklmnopqrstuvwxyz"


def test_letter_classes_hold_the_alphabet_by_case() -> None:
    for letter in [*VIETNAMESE, *"bcdghklmnpqrstvxfjwz"]:
        assert re.fullmatch(f"[{LOWER}]", letter)
        assert re.fullmatch(f"[{UPPER}]", letter.upper())
        assert not re.fullmatch(f"[{LOWER}]", letter.upper())
        assert not re.fullmatch(f"[{UPPER}]", letter)


@given(st.one_of(nfc, vietnamese))
def test_positions_stay(text: str) -> None:
    assert len(canonical(text)) == len(fold(text)) == len(text)


@given(st.one_of(nfc, vietnamese))
def test_canonical_and_fold_are_idempotent(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_fold_forgets_what_canonical_changes(text: str) -> None:
    assert fold(canonical(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \n./-", [], id="no-letter"),
        pytest.param("báo cáo", ["báo", "cáo"], id="words"),
        pytest.param("đạt 99,9%", ["đạt", "99,9"], id="decimal-comma"),
        pytest.param("1.234.567 đồng", ["1.234.567", "đồng"], id="thousands"),
        pytest.param("trước ngày 15/12.", ["trước", "ngày", "15", "12"], id="date-and-stop"),
        pytest.param("Điều 5a. Hiệu lực", ["Điều", "5a", "Hiệu", "lực"], id="article-5a"),
        pytest.param("GD&ĐT, TH&THCS", ["GD", "ĐT", "TH", "THCS"], id="ampersand"),
        pytest.param("báo_cáo", ["báo", "cáo"], id="underscore-separates"),
        pytest.param("năm 2021-2025", ["năm", "2021", "2025"], id="range"),
    ],
)
def test_syllables(text: str, expected: list[str]) -> None:
    assert syllables(text) == expected


@given(st.one_of(nfc, vietnamese))
def test_spans_of_syllables_are_their_places(text: str) -> None:
    spans = syllable_spans(text)
    assert [text[start:end] for start, end in spans] == syllables(text)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don vi nao", False),
        ("DON VI 15/12?", False),
        ("đơn", True),
        ("d đ", True),
        ("bao cáo", True),
        ("", False),
    ],
    ids=["none", "capitals", "all", "only-d", "one", "empty"],
)
def test_has_diacritics(text: str, expected: bool) -> None:
    assert has_diacritics(text) is expected
