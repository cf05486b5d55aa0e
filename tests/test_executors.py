"""Who carries a decision out: the whole list at its end."""

from __future__ import annotations

import pytest

from docsearch.facts.executors import find_executors
from docsearch.parse.view import View

LISTS = [
    (
        "Điều 4. Chánh Văn phòng UBND tỉnh, Giám đốc các Sở: Công Thương, Y tế, Giám đốc Công an "
        "tỉnh; Chủ tịch UBND các huyện, thị xã và các tổ chức, cá nhân liên quan chịu trách nhiệm "
        "thi hành Quyết định này.",
        [
            "Chánh Văn phòng UBND tỉnh",
            "Giám đốc các Sở: Công Thương, Y tế",
            "Giám đốc Công an tỉnh",
            "Chủ tịch UBND các huyện, thị xã",
            "các tổ chức, cá nhân liên quan",
        ],
        "the sectors of departments behind a colon",
    ),
    (
        "Các ông (bà) Chánh Văn phòng HĐND và UBND huyện, Trưởng các phòng: Y tế, Tư pháp, Thanh "
        "tra, Kho bạc Nhà nước huyện; ông Lò Văn Pành và các ông (bà) có tên tại Điều 2 chịu trách "
        "nhiệm thi hành quyết định này kể từ ngày ký./.",
        [
            "Chánh Văn phòng HĐND và UBND huyện",
            "Trưởng các phòng: Y tế, Tư pháp, Thanh tra",
            "Kho bạc Nhà nước huyện",
            "ông Lò Văn Pành",
            "các ông (bà) có tên tại Điều 2",
        ],
        "persons, and an office of two bodies",
    ),
    (
        "Quyết định này có hiệu lực kể từ ngày ký; Giám đốc: Sở Xây dựng, Sở Nội vụ; Thủ trưởng "
        "các Ban, Ngành, tổ chức và cá nhân có liên quan căn cứ Quyết định thi hành.",
        [
            "Giám đốc: Sở Xây dựng, Sở Nội vụ",
            "Thủ trưởng các Ban, Ngành, tổ chức và cá nhân có liên quan",
        ],
        "behind when it is in force",
    ),
    (
        "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ, Trưởng Ban Quản lý Khu kinh tế Bắc Lĩnh và các "
        "khu công nghiệp và người có tên tại Điều 1 có trách nhiệm thi hành Nghị quyết này.",
        [
            "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
            "Trưởng Ban Quản lý Khu kinh tế Bắc Lĩnh và các khu công nghiệp",
            "người có tên tại Điều 1",
        ],
        "two offices of one person, and a name with two places",
    ),
    (
        "UBND huyện Mường Sua, HĐND các xã thực hiện Nghị quyết này.",
        None,
        "who is not said to be responsible",
    ),
    (
        "Sở Y tế chủ trì, phối hợp với các sở chịu trách nhiệm thi hành Quyết định này.",
        None,
        "what is done besides",
    ),
    ("Bộ Ngoại giao chịu trách nhiệm hướng dẫn thi hành Nghị định này.", None, "other work"),
]


@pytest.mark.parametrize(
    ("text", "names"), [pytest.param(text, names, id=name) for text, names, name in LISTS]
)
def test_who_carries_a_document_out(text: str, names: list[str] | None) -> None:
    found = find_executors(View(text, tuple(range(len(text) + 1))), 0, len(text))
    assert (found and [name.text for name in found.actors]) == names
    assert found is None or "thi hành" in text[found.end :]


@pytest.mark.parametrize("piece", ["Giám đốc Sở, ", "các ban và ", "Sở (", "ông; "])
def test_hostile_lists_are_read(piece: str) -> None:
    text = piece * 2000 + "chịu trách nhiệm thi hành Quyết định này."
    assert find_executors(View(text, tuple(range(len(text) + 1))), 0, len(text)) is None
