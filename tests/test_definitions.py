from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.index.definitions import find_definitions, names_meant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(
            "giao cho Ủy ban nhân dân (UBND) các xã", [("ubnd", "ủy ban nhân dân")], id="initials"
        ),
        pytest.param(
            "Sở Giáo dục và Đào tạo (GD&ĐT) chủ trì",
            [("gd&đt", "giáo dục và đào tạo")],
            id="and-is-left-out",
        ),
        pytest.param(
            "Trung tâm Học tập cộng đồng (viết tắt là TTHTCĐ)",
            [("tthtcđ", "trung tâm học tập cộng đồng")],
            id="said-to-be-short",
        ),
        pytest.param(
            "Ban Chỉ đạo phân luồng học sinh huyện (sau đây gọi tắt là Ban Chỉ đạo) họp",
            [("ban chỉ đạo", "ban chỉ đạo phân luồng học sinh huyện")],
            id="a-shorter-name",
        ),
        pytest.param(
            "kiểm định chất lượng giáo dục (sau đây viết tắt là KĐCLGD).",
            [("kđclgd", "kiểm định chất lượng giáo dục")],
            id="hereafter",
        ),
        pytest.param("Phổ cập giáo dục (PCGD), học sinh (PCGD)", [("pcgd", "phổ cập giáo dục")],
                     id="the-first-counts"),
        pytest.param("học sinh lớp 9 (THCS)", [], id="other-initials"),
        pytest.param("báo cáo (trước ngày 15/12)", [], id="a-remark"),
        pytest.param("theo Quyết định 141 (UBND)", [], id="nothing-before-it"),
        pytest.param("các trường (gọi tắt là Dự án)", [], id="not-in-the-words-before"),
    ],
)  # fmt: skip
def test_definitions(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.short, each.long) for each in find_definitions(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ban Chỉ đạo họp hằng quý.", ["ban chỉ đạo phân luồng học sinh"]),
        ("Trưởng ban\nBan Chỉ\nđạo, TTHTCĐ", [
            "ban chỉ đạo phân luồng học sinh", "trung tâm học tập cộng đồng"]),
        ("Ban Chỉ đạo phân luồng học sinh (sau đây gọi tắt là Ban Chỉ đạo)", []),
        ("Ban Chỉ huy quân sự", []),
    ],
    ids=["named", "two-over-lines", "where-it-is-defined", "another"],
)  # fmt: skip
def test_what_short_forms_stand_for(text: str, expected: list[str]) -> None:
    defined = find_definitions(
        "Ban Chỉ đạo phân luồng học sinh (sau đây gọi tắt là Ban Chỉ đạo). "
        "Trung tâm Học tập cộng đồng (TTHTCĐ)"
    )
    assert list(names_meant(text, defined)) == expected


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for each in find_definitions(text):
        assert each.short
        assert each.long
