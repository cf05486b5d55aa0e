"""Short forms that are read in questions alone."""

from __future__ import annotations

import pytest

from docsearch.search.shorthand import write_out
from docsearch.vocabulary import load

EXAMPLES = [
    (str(entry["long"]), str(example))
    for entry in load("shorthand")
    for example in entry["examples"]  # type: ignore[union-attr]
]


@pytest.mark.parametrize(("long", "example"), EXAMPLES, ids=[text for _, text in EXAMPLES])
def test_an_example_is_written_out(long: str, example: str) -> None:
    assert long in write_out(example, {})


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("bc kq năm học 23-24", "báo cáo kết quả năm học 2023-2024"),
        ("UBND h.Kỳ Lâm", "UBND huyện Kỳ Lâm"),
        ("Kế hoạch 141/KH-UBND, Quyết định 5/QĐ-TTg", "Kế hoạch 141/KH-UBND, Quyết định 5/QĐ-TTg"),
        ("30 h. 15/12", "30 h. 15/12"),
    ],
)
def test_numbers_are_left_alone(question: str, read: str) -> None:
    assert write_out(question, {}) == read


def test_what_documents_define_is_theirs() -> None:
    assert write_out("PA nào", {"pa": "phòng ăn"}) == "PA nào"
