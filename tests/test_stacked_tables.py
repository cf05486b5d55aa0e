"""Tables whose cells stand one a line."""

from __future__ import annotations

import time

import pytest

from docsearch.facts.fields import field_kind
from docsearch.facts.obligations import find_obligations
from docsearch.facts.stacked_tables import find_stacked_rows
from docsearch.parse.outline import parse_outline

HEADS = ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn")

Read = tuple[tuple[str, ...], tuple[str, ...], str | None, str | None]  # who, with, when, to whom


def obligations(*lines: str) -> list[Read]:
    text = "\n".join(("II. NHIỆM VỤ", *lines))
    found = find_obligations(text, parse_outline(text), issued_on="2024-02-01")
    return [
        (
            tuple(actor.text for actor in one.actors),
            tuple(name.text for name in one.with_),
            one.deadline.value if one.deadline else None,
            one.recipient.text if one.recipient else None,
        )
        for one in found
    ]


FIRST = ("1", "Rà soát hộ nghèo, trình UBND huyện", "Phòng Nội vụ", "UBND các xã", "30/9/2024")
SECOND = ("2", "Tập huấn cho cán bộ thôn", "Trạm Y tế", "Hội Nông dân xã", "Quý III/2024")
READ_FIRST: Read = (("Phòng Nội vụ",), ("UBND các xã",), "2024-09-30", "UBND huyện")
READ_SECOND: Read = (("Trạm Y tế",), ("Hội Nông dân xã",), "2024-Q3", None)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param((*HEADS, *FIRST, *SECOND), [READ_FIRST, READ_SECOND], id="rows"),
        pytest.param(
            (*HEADS, "(1)", "(2)", "(3)", "(4)", "(5)", *FIRST), [READ_FIRST], id="columns counted"
        ),
        pytest.param(
            (*HEADS, *FIRST[:3], FIRST[4], *SECOND),
            [(("Phòng Nội vụ",), (), "2024-09-30", "UBND huyện"), READ_SECOND],
            id="a blank cell",
        ),
        pytest.param(
            (
                *HEADS,
                *SECOND[:0],
                "1",
                "Tập huấn",
                "- cho cán bộ thôn",
                *SECOND[2:],
                "2",
                *FIRST[1:],
            ),
            [READ_SECOND, READ_FIRST],
            id="a cell goes on in a line with a dash",
        ),
        pytest.param(
            (*HEADS, "I", "Công tác tuyên truyền", *FIRST, "II", "Kiểm tra", *SECOND),
            [READ_FIRST, READ_SECOND],
            id="parts of a table",
        ),
        pytest.param(
            ("\n\n".join((*HEADS, *FIRST, *SECOND)),),
            [READ_FIRST, READ_SECOND],
            id="blank lines between cells",
        ),
        pytest.param(
            (
                *HEADS,
                *FIRST,
                *SECOND[:2],
                "Như trên",
                *SECOND[3:],
                "III. KINH PHÍ",
                "Ngân sách xã.",
            ),
            [READ_FIRST, (("Phòng Nội vụ",), ("Hội Nông dân xã",), "2024-Q3", None)],
            id="as above, and a heading ends the table",
        ),
        pytest.param(
            ("TT", "Công việc", "Thời gian thực hiện", "1", "Họp dân", "Tháng 5/2024"),
            [((), (), "2024-05", None)],
            id="three columns",
        ),
    ],
)
def test_rows(lines: tuple[str, ...], expected: list[Read]) -> None:
    assert obligations(*lines) == expected


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(("TT", "Họ và tên", "Chức vụ", "1", "Nguyễn Văn A", "Chủ tịch"), id="people"),
        pytest.param((*HEADS, "Hồ sơ gồm có:"), id="no number"),
        pytest.param((*HEADS, "1", *(f"Ông {name}" for name in "ABCDEFGH")), id="other lines"),
    ],
)
def test_what_is_no_row(lines: tuple[str, ...]) -> None:
    _, rows = find_stacked_rows("\n".join(lines) + "\n2\nA", field_kind)
    assert rows == ()


def test_hostile_lines_are_read_in_time() -> None:
    begin = time.perf_counter()
    for piece in ("TT\n", "TT\nNhiệm vụ\nChủ trì\n1\n", "\n".join(HEADS) + "\n1\nA\nI\n", "I\n1\n"):
        find_stacked_rows("\n".join(HEADS) + "\n1\nA\n" + piece * 20_000, field_kind)
    assert time.perf_counter() - begin < 20
