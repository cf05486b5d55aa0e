"""Bodies are found by what they are: kind, level, territory, groups, offices."""

from __future__ import annotations

import time
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsearch.index.store import Entry
from docsearch.orthography import fold
from docsearch.records import AdministrativeUnit, Header, ResolvedPlace
from docsearch.register.bodies import AskedBody, Gazetteer, Territory, Tier
from docsearch.vocabulary import load
from tests.factories import header, stated


def entry(id: str, found: Header) -> Entry:
    source = f"{id}.txt"
    return Entry(id=id, path=source, source=source, sha256="0" * 64, pipeline=1, header=found)


def placed(issuer: str, place: str, parent: str | None = None) -> Header:
    found = header(issuer=issuer, place=place)
    return Header(
        issuer=found.issuer, place=found.place, parent_body=stated(parent) if parent else None
    )


GAZETTEER = Gazetteer(
    [
        entry("chi-lang", placed("UBND huyện Chi Lăng", "huyện Chi Lăng")),
        entry("kon-ray", placed("UBND huyện Kon Rẫy", "huyện Kon Rẫy")),
        entry("na-meo", placed("Đảng ủy xã Na Mèo", "xã Na Mèo", "Huyện ủy Quan Sơn")),
        entry("quan-son", placed("UBND huyện Quan Sơn", "huyện Quan Sơn")),
        entry("lang-son", placed("UBND tỉnh Lạng Sơn", "tỉnh Lạng Sơn")),
        entry("ministry", header(issuer="Bộ Nội vụ", place=None)),
    ]
)

MAY_LIE = [
    pytest.param("commune", "vân thủy", {"district": "kon ray"}, False, id="one in the country"),
    pytest.param("commune", "vân thủy", {"district": "chi lang"}, True, id="where it lies"),
    pytest.param("commune", "tân lập", {"district": "chi lang"}, True, id="a name of many"),
    pytest.param("commune", "tan lap", {"district": "chi lang"}, True, id="unmarked"),
    pytest.param("commune", "xyz", {"district": "chi lang"}, True, id="in no table"),
    pytest.param("commune", "na mèo", {"district": "kon ray"}, False, id="documents say where"),
    pytest.param("commune", "vân thủy", {}, False, id="of no territory"),
    pytest.param("district", "kon rẫy", {"province": "lang son"}, False, id="district"),
    pytest.param("district", "đắk song", {"province": "lang son"}, False, id="not in documents"),
]


@pytest.mark.parametrize(("tier", "name", "within", "may"), MAY_LIE)
def test_a_place_may_lie_in_a_territory(
    tier: Tier, name: str, within: dict[Tier, str], may: bool
) -> None:
    assert GAZETTEER.may_lie_in(tier, name, Territory(within)) is may


SAME = [
    ("UBND xã", "Ủy ban nhân dân xã"),
    ("ủy ban nhân dân xã", "UBND xã"),
    ("Uỷ ban nhân dân huyện", "UBND huyện Chi Lăng"),
    ("UBND xã", "UBND các xã, thị trấn"),
    ("UBND thị trấn", "UBND các xã, thị trấn"),
    ("UBND xã", "Chủ tịch UBND các xã, thị trấn"),
    ("UBND cấp xã", "UBND các phường, thị trấn"),
    ("UBND các xã", "UBND xã Vân Thủy"),
    ("UBND", "Ủy ban nhân dân (UBND) huyện Chi Lăng"),
    ("xã Vân Thủy", "UBND các xã, thị trấn"),
    ("UBND xã Vân Thủy", "các xã, thị trấn"),
    ("UBND xã Vân Thủy", "Các cơ quan, đơn vị, địa phương"),
    ("UBND huyện Chi Lăng", "UBND huyện"),
    ("Phòng GD&ĐT", "Phòng Giáo dục và Đào tạo"),
    ("Phòng Giáo dục và Đào tạo", "Phòng GD-ĐT huyện"),
    ("Phòng Giáo dục và Đào tạo huyện Chi Lăng", "Phòng GDĐT"),
    ("Phòng Nội vụ", "Các phòng, ban, cơ quan"),
    ("Phòng Nội vụ huyện", "các phòng, ban, ngành, đơn vị liên quan"),
    ("Phòng Nội vụ", "Trưởng phòng Nội vụ"),
    ("Phòng Nội vụ", "Thủ trưởng các phòng, ban"),
    ("các phòng, ban", "Phòng Nội vụ"),
    ("Phòng Lao động", "Phòng Lao động, Thương binh, Xã hội - Dân tộc huyện"),
    ("Phòng LĐ-TB&XH", "Phòng Lao động - Thương binh và Xã hội huyện"),
    ("Công an xã", "Trưởng Công an các xã, thị trấn"),
    ("Sở Y tế", "các sở của tỉnh"),
    ("Ban Dân tộc", "các Sở, Ban ngành thành phố"),
    ("Trung tâm GDNN-GDTX", "Trung tâm giáo dục nghề nghiệp - giáo dục thường xuyên huyện"),
    ("Trường THCS Lê Lợi", "Hiệu trưởng các trường học trên địa bàn"),
    ("Trường Tiểu học Nguyễn Huệ", "các trường tiểu học"),
    ("Hội Nông dân", "các đoàn thể xã"),
    ("Liên đoàn Lao động", "Liên đoàn Lao động huyện"),
    ("Sở Tài nguyên và Môi trường", "Sở TN&MT"),
    ("Huyện ủy", "Huyện ủy Chi Lăng"),
    ("Huyện ủy Chi Lăng", "Huyện ủy"),
    ("Văn phòng HĐND và UBND huyện", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện"),
    ("Phòng Nội vụ; Công an huyện", "Công an huyện"),
    ("giáo dục", "Phòng Giáo dục và Đào tạo"),
]


@pytest.mark.parametrize(("asked", "name"), SAME, ids=[f"{a} | {b}" for a, b in SAME])
def test_a_body_is_found(asked: str, name: str) -> None:
    assert AskedBody(asked, GAZETTEER).matches(name, "chi-lang")


@pytest.mark.parametrize(("asked", "name"), SAME, ids=[f"{fold(a)} | {b}" for a, b in SAME])
def test_a_body_is_found_without_diacritics(asked: str, name: str) -> None:
    assert AskedBody(fold(asked), GAZETTEER).matches(name, "chi-lang")


OTHER = [
    ("UBND huyện", "UBND các xã, thị trấn", "chi-lang", "another level"),
    ("UBND tỉnh", "UBND các huyện", "chi-lang", "another level, a group"),
    ("UBND phường", "UBND các xã, thị trấn", "chi-lang", "a level that the group lacks"),
    ("UBND huyện", "Văn phòng HĐND và UBND huyện", "chi-lang", "its office"),
    ("HĐND huyện", "Văn phòng HĐND và UBND huyện", "chi-lang", "its office, first named"),
    ("UBND xã", "HĐND xã", "chi-lang", "another body of the place"),
    ("Chủ tịch UBND huyện", "UBND huyện", "chi-lang", "the office of it"),
    ("Phòng Nội vụ", "các sở, ban, ngành", "none", "a group of the province's bodies"),
    ("Phòng Nội vụ", "Phòng Tài chính", "chi-lang", "another field"),
    ("Phòng Nội vụ", "các trường học", "chi-lang", "a group of schools"),
    ("Sở Y tế", "Trạm Y tế xã", "chi-lang", "the same field"),
    ("Sở Y tế", "các cơ quan, đơn vị", "chi-lang", "a body of the province, a district's group"),
    ("UBND huyện Chi Lăng", "UBND huyện", "kon-ray", "the document is of another district"),
    ("UBND huyện Chi Lăng", "UBND huyện Kon Rẫy", "chi-lang", "another name"),
    ("Phòng Nội vụ huyện Chi Lăng", "các phòng, ban", "kon-ray", "another district's bodies"),
    ("UBND xã Na Mèo", "UBND các xã, thị trấn", "chi-lang", "known to lie elsewhere"),
    ("UBND huyện Chi Lăng", "UBND huyện", "na-meo", "the commune is of another district"),
    ("UBND xã Vân Thủy", "UBND xã", "na-meo", "another commune"),
    ("UBND xã Vân Thủy", "UBND các xã", "ministry", "nobody knows where"),
    ("xã hội", "UBND xã", "chi-lang", "no level"),
    ("co quan", "UBND quận", "none", "no level without diacritics"),
]


@pytest.mark.parametrize(
    ("asked", "name", "document"), [row[:3] for row in OTHER], ids=[row[3] for row in OTHER]
)
def test_another_body_is_not_found(asked: str, name: str, document: str) -> None:
    assert not AskedBody(asked, GAZETTEER).matches(name, document)


def test_what_is_known_of_places_decides_on_members() -> None:
    asked = AskedBody("UBND xã Na Mèo", GAZETTEER)
    assert asked.matches("UBND các xã, thị trấn", "quan-son")
    assert asked.matches("UBND xã", "na-meo")
    assert not asked.matches("UBND các xã, thị trấn", "kon-ray")


def test_a_group_of_the_province_includes_its_departments() -> None:
    asked = AskedBody("Sở Y tế", GAZETTEER)
    for name in ("các sở, ban, ngành", "các cơ quan, đơn vị liên quan", "Thủ trưởng các ban ngành"):
        assert asked.matches(name, "lang-son")


def test_groups_of_the_whole_country_include_every_province() -> None:
    asked = AskedBody("UBND tỉnh Lạng Sơn", GAZETTEER)
    assert asked.matches("UBND các tỉnh, thành phố", "ministry")
    assert not asked.matches("UBND tỉnh", "ministry")
    assert asked.matches("UBND tỉnh", "lang-son")


def test_a_resolved_unit_gives_every_tier() -> None:
    unit = AdministrativeUnit(
        province="tỉnh Thanh Hóa", district="huyện Quan Sơn", commune="xã Na Mèo"
    )
    found = Header(place=stated("xã Na Mèo"), unit=ResolvedPlace(unit=unit, since_2025=()))
    territory = Territory.of(entry("x", found))
    assert territory.names == {
        "province": "thanh hoa",
        "district": "quan son",
        "commune": "na meo",
    }


GROUPS = [
    (str(entry["words"]), example)
    for entry in load("body_groups")
    for example in cast("list[dict[str, str]]", entry["examples"])
]


@pytest.mark.parametrize(("words", "example"), GROUPS, ids=[e["name"] for _, e in GROUPS])
def test_a_group_includes_its_example(words: str, example: dict[str, str]) -> None:
    assert fold(words.split()[0]) in fold(example["name"])
    document = "lang-son" if example["includes"].startswith("Sở") else "chi-lang"
    for typed in (example["includes"], fold(example["includes"])):
        assert AskedBody(typed, GAZETTEER).matches(example["name"], document)


def test_the_groups_are_sorted_and_have_examples() -> None:
    keys = [(str(entry["kind"]), str(entry["words"])) for entry in load("body_groups")]
    assert keys == sorted(set(keys))
    assert {kind for kind, _ in keys} == {"alias", "group", "office"}
    assert all(entry["examples"] for entry in load("body_groups"))


@given(asked=st.text(max_size=40), name=st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_name_or_none(asked: str, name: str) -> None:
    body = AskedBody(asked, GAZETTEER)
    body.matches(name, "chi-lang")
    body.matches("UBND các xã", "no-such-document")


@pytest.mark.parametrize("piece", ["các ", "UBND xã, ", "(", "và ", "chủ tịch "])
def test_long_names_take_no_time(piece: str) -> None:
    begun = time.perf_counter()
    AskedBody(piece * 20_000, GAZETTEER).matches(piece * 20_000, "chi-lang")
    assert time.perf_counter() - begun < 5
