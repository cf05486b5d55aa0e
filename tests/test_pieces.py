from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.encode.pieces import cut, pieces_of


@pytest.mark.parametrize(
    ("text", "size", "expected"),
    [
        pytest.param("", 10, ("",), id="empty"),
        pytest.param(" \n ", 10, ("",), id="blank"),
        pytest.param("một hai", 10, ("một hai",), id="short"),
        pytest.param("một.\nhai.\nba.", 8, ("một.", "hai. ba."), id="lines-are-joined"),
        pytest.param("Một hai. Ba bốn; năm", 9, ("Một hai.", "Ba bốn;", "năm"), id="sentences"),
        pytest.param("a b c d e f g h i j", 5, ("a b c", "d e f", "g h i j"), id="no-sentence"),
        pytest.param("x" * 20, 6, ("x" * 6, "x" * 6, "x" * 8), id="no-blank"),
    ],
)
def test_cut(text: str, size: int, expected: tuple[str, ...]) -> None:
    assert cut(text, size) == expected


@given(st.text(max_size=300), st.integers(4, 60))
def test_nothing_is_lost_and_no_piece_is_long(text: str, size: int) -> None:
    pieces = cut(text, size)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(2 * len(piece) <= 3 * size for piece in pieces)
    assert all(pieces) or pieces == ("",)


def test_what_stands_above() -> None:
    assert pieces_of("một. hai.", "Điều 1", size=5) == ("Điều 1. một.", "Điều 1. hai.")
    assert pieces_of("một.") == ("một.",)
