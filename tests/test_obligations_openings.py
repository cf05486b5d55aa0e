"""How often all of a sentence is done, and times that are no limits of what it says to do."""

from __future__ import annotations

import pytest

from docsearch.facts.obligations import find_obligations
from docsearch.parse.outline import parse_outline

Limit = tuple[tuple[str, ...], str | None]  # who acts, by when

CASES: list[tuple[str, list[Limit]]] = [
    (
        "Hằng quý, Sở Nội vụ báo cáo UBND tỉnh; UBND các huyện rà soát, đối chiếu số liệu.",
        [(("Sở Nội vụ",), "P3M"), (("UBND các huyện",), "P3M")],
    ),
    (
        "Hằng quý, Sở Nội vụ báo cáo UBND tỉnh; UBND các huyện gửi số liệu trước ngày 05/4/2024.",
        [(("Sở Nội vụ",), "P3M"), (("UBND các huyện",), "2024-04-05")],
    ),
    (
        "Định kỳ hằng năm, trước thời hạn 20 tháng 01, Sở Tài chính báo cáo UBND tỉnh.",
        [(("Sở Tài chính",), "--01-20")],
    ),
    (
        "Xét tặng danh hiệu Lao động tiên tiến: nhận hồ sơ trước ngày 10 tháng 6 hằng năm.",
        [((), "--06-10")],
    ),
    ("Áp dụng mức mới đối với các vụ việc phát sinh trước ngày 01 tháng 5 năm 2024.", []),
    ("Kết quả xét tuyển được bảo lưu trong thời hạn 02 năm, kể từ ngày công bố.", []),
    ("Sở Xây dựng lập quy hoạch vùng đến năm 2035, tầm nhìn đến năm 2050.", []),
    (
        "Trong thời hạn 07 ngày, Phòng Y tế huyện, trường hợp không có thì Văn phòng phải trả lời.",
        [(("Văn phòng",), "P7D")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_openings(text: str, expected: list[Limit]) -> None:
    found = find_obligations(text, parse_outline(text), issued_on="2024-02-01")
    limits = [
        (tuple(actor.text for actor in one.actors), one.deadline.value)
        for one in found
        if one.deadline
    ]
    assert limits == expected
