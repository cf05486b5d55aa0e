from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.facts.actors import (
    find_names,
    find_subject,
    is_only_names,
    mentions_any,
    name_key,
    same_body,
    skip_label,
)
from docsearch.records import Mention, Span
from tests.factories import whole


def subject(text: str) -> tuple[list[str], str] | None:
    """Return the names that a text begins with, and the rest."""
    line = whole(text)
    found = find_subject(line, 0, len(line.text))
    if found is None:
        return None
    for actor in found.actors:
        assert actor.span.of(text) == actor.text
    return [actor.text for actor in found.actors], line.text[found.end :]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("UBND xã| bố trí kinh phí", ["UBND xã"], id="one"),
        pytest.param("Uỷ ban nhân dân xã| thực hiện", ["Uỷ ban nhân dân xã"], id="old-tone-mark"),
        pytest.param(
            "UBND các xã, thị trấn| báo cáo", ["UBND các xã, thị trấn"], id="a-comma-inside-a-name"
        ),
        pytest.param(
            "các trường Mầm non, Tiểu học, THCS| thực hiện",
            ["các trường Mầm non, Tiểu học, THCS"],
            id="kinds-of-school",
        ),
        pytest.param(
            "4. Phòng Lao động, Thương binh, Xã hội - Dân tộc huyện",
            ["Phòng Lao động, Thương binh, Xã hội - Dân tộc huyện"],
            id="commas-of-a-sector",
        ),
        pytest.param(
            "Các phòng, ban, cơ quan, UBND các xã, thị trấn và các đơn vị liên quan| tích cực",
            ["Các phòng, ban, cơ quan", "UBND các xã, thị trấn", "các đơn vị liên quan"],
            id="the-units-of-the-yearly-report",
        ),
        pytest.param(
            "Phòng Nội vụ huyện, Phòng Tài chính - Kế hoạch và UBND các xã| phối hợp",
            ["Phòng Nội vụ huyện", "Phòng Tài chính - Kế hoạch", "UBND các xã"],
            id="a-list",
        ),
        pytest.param(
            "Sở Y tế; Sở Giáo dục và Đào tạo| tham mưu",
            ["Sở Y tế", "Sở Giáo dục và Đào tạo"],
            id="semicolon",
        ),
        pytest.param(
            "2. Phòng Giáo dục và Đào tạo huyện|:",
            ["Phòng Giáo dục và Đào tạo huyện"],
            id="heading",
        ),
        pytest.param("2.4. UBND xã|:", ["UBND xã"], id="deep-label"),
        pytest.param("đ) UBND xã| lập", ["UBND xã"], id="letter-label"),
        pytest.param("Điều 5a. UBND xã| lập", ["UBND xã"], id="article-label"),
        pytest.param("- Hằng năm UBND xã| bố trí", ["UBND xã"], id="a-time-before"),
        pytest.param(
            "Trước ngày 15/12, các trường| báo cáo", ["các trường"], id="a-deadline-before"
        ),
        pytest.param("Giao Ủy ban MTTQ xã| chủ trì", ["Ủy ban MTTQ xã"], id="lead"),
        pytest.param(
            "5. Đề nghị Ban Tuyên giáo Huyện ủy",
            ["Ban Tuyên giáo Huyện ủy"],
            id="lead-in-a-heading",
        ),
        pytest.param(
            "UBND huyện giao Phòng Nội vụ| chủ trì",
            ["Phòng Nội vụ"],
            id="who-gives-the-order-does-not-act",
        ),
        pytest.param(
            "UBND huyện yêu cầu các phòng, ban", ["các phòng, ban"], id="who-requires-does-not-act"
        ),
        # who is directed does it, where nothing but the names stands between
        pytest.param(
            "UBND xã chỉ đạo Ban công an| kiểm soát", ["Ban công an"], id="who-is-directed-acts"
        ),
        pytest.param("UBND xã| chỉ đạo việc kiểm soát", ["UBND xã"], id="who-directs-work-acts"),
        pytest.param("UBND xã| phấn đấu xây dựng 2 trường", ["UBND xã"], id="who-strives-acts"),
        pytest.param("Đối với Sở Y tế|: Chủ trì", ["Sở Y tế"], id="as-for"),
        pytest.param(
            "Hiệu trưởng các đơn vị trường| chịu trách nhiệm",
            ["Hiệu trưởng các đơn vị trường"],
            id="office-holder",
        ),
        pytest.param(
            "Trường THCS Na Mèo| xây dựng", ["Trường THCS Na Mèo"], id="short-head-before-a-capital"
        ),
        pytest.param(
            "Công an huyện (qua Đội Cảnh sát) |chủ trì", ["Công an huyện"], id="bracket-ends"
        ),
        pytest.param(
            "các tổ chức chính trị xã hội| tham gia",
            ["các tổ chức chính trị xã hội"],
            id="a-verb-inside-a-head",
        ),
        pytest.param(
            "Phòng Giáo dục và Đào tạo| hướng dẫn",
            ["Phòng Giáo dục và Đào tạo"],
            id="a-verb-inside-a-name",
        ),
        pytest.param(
            "Văn phòng HĐND-UBND huyện| theo dõi", ["Văn phòng HĐND-UBND huyện"], id="joint-office"
        ),
    ],
)
def test_who_acts(text: str, names: list[str]) -> None:
    _, _, rest = text.partition("|")
    assert subject(text.replace("|", "")) == (names, rest.lstrip() if rest[:1] == " " else rest)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("Chủ trì, phối hợp với các phòng, ban", id="begins-with-the-verb"),
        pytest.param("đ) Phối hợp UBND các xã", id="label-and-verb"),
        pytest.param("Phòng ngừa, không để học sinh vi phạm", id="prevention-is-no-office"),
        pytest.param("Ban hành kế hoạch", id="issuing-is-no-board"),
        pytest.param("Trường hợp không thực hiện", id="a-case-is-no-school"),
        pytest.param("Bộ phận dân cư tiếp nhận", id="a-part-is-no-ministry"),
        pytest.param("2. Công tác giáo dục", id="heading-about-work"),
        pytest.param("100% số trường đạt chuẩn", id="figure"),
        pytest.param("Nâng cao chất lượng giáo dục", id="aim"),
        pytest.param(
            "Các đơn vị " + "và các đơn vị khác " * 30, id="a-sentence-that-lost-its-verb"
        ),
    ],
)
def test_nobody_acts(text: str) -> None:
    assert subject(text) is None


def test_names_stand_where_they_are_printed() -> None:
    text = "- **Phòng Nội vụ\nhuyện**, UBND\nxã chủ trì"
    line = whole(text)
    found = find_subject(line, 0, len(line.text))
    assert found is not None
    assert [actor.text for actor in found.actors] == ["Phòng Nội vụ huyện", "UBND xã"]
    assert [actor.span.of(text) for actor in found.actors] == ["Phòng Nội vụ\nhuyện", "UBND\nxã"]


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("3. Phòng Nội vụ huyện:", True),
        ("7. UBND các xã, thị trấn theo chức năng, nhiệm vụ:", True),
        ("5. Đề nghị Ban Tuyên giáo Huyện ủy", True),
        ("1. Phòng Nội vụ chủ trì", False),
        ("IV. TỔ CHỨC THỰC HIỆN", False),
        ("Phòng, chống thiên tai", False),
        ("1. Mục đích", False),
    ],
    ids=["name", "by-its-function", "lead", "sentence", "no-name", "prevention", "purpose"],
)
def test_a_heading_that_is_only_names(text: str, only: bool) -> None:
    assert (is_only_names(whole(text)) is not None) is only


def test_names_at_a_place() -> None:
    line = whole("phối hợp với Phòng Y tế và UBND xã rà soát")
    found = find_names(line, len("phối hợp với "), len(line.text))
    assert found is not None
    assert [name.text for name in found.actors] == ["Phòng Y tế", "UBND xã"]
    assert find_names(line, 0, len(line.text)) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("- Gạch", "Gạch"),
        ("2.1. Số", "Số"),
        ("2.1 Số", "Số"),
        ("đ) Điểm", "Điểm"),
        ("IV. Mục", "Mục"),
        ("Điều 5a. Tên", "Tên"),
        ("15/12 là hạn", "15/12 là hạn"),
        ("100% số trường", "100% số trường"),
        ("Chữ", "Chữ"),
    ],
    ids=["dash", "deep", "deep-no-dot", "letter", "roman", "article", "date", "figure", "none"],
)
def test_skip_label(text: str, rest: str) -> None:
    line = whole(text)
    assert line.text[skip_label(line, 0, len(line.text)) :] == rest


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("Phòng GD&ĐT huyện", "Phòng Giáo dục và Đào tạo", True, id="abbreviation"),
        pytest.param("Ủy ban nhân dân các xã", "UBND xã", True, id="each-of-several"),
        pytest.param(
            "Uỷ ban nhân dân huyện", "ỦY BAN NHÂN DÂN HUYỆN", True, id="tone-mark-and-capitals"
        ),
        pytest.param(
            "Phòng LĐ-TB&XH", "Phòng Lao động - Thương binh và Xã hội huyện", True, id="labour"
        ),
        pytest.param(
            "Phòng Lao động-TB&XH huyện",
            "Phòng Lao động, Thương binh và Xã hội",
            True,
            id="labour-half-short",
        ),
        pytest.param("Phòng Nội vụ", "Phòng Y tế", False, id="two-offices"),
        pytest.param("huyện", "xã", False, id="levels-alone"),
        pytest.param("UBND các xã, thị trấn", "UBND huyện", False, id="communes-and-district"),
        # a committee has no other name than its level
        pytest.param("UBND huyện", "UBND xã", False, id="committees-of-two-levels"),
    ],
)
def test_same_body(one: str, other: str, same: bool) -> None:
    assert same_body(one, other) is same
    assert same_body(other, one) is same


def test_mentions_any() -> None:
    names = [Mention(text="Lãnh đạo Phòng GD&ĐT huyện", span=Span(0, 1))]
    assert mentions_any(names, name_key("Phòng Giáo dục và Đào tạo"))
    assert not mentions_any(names, "phòng gd")
    assert not mentions_any([], "phòng")


@given(st.text(max_size=80))
def test_any_text_has_actors_inside_it(text: str) -> None:
    line = whole(text)
    found = find_subject(line, 0, len(line.text))
    if found:
        assert all(actor.span.end <= len(text) for actor in found.actors)
        assert 0 < found.end <= len(line.text)
