"""Which administrative unit a place is: before and after 1 July 2025, and where none is meant."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping

import pytest

from docsearch.parse.bodies import normalise_body, territory_of
from docsearch.parse.header import parse_header
from docsearch.parse.places import data_folder, known_places, resolve
from docsearch.records import AdministrativeUnit
from docsearch.vocabulary import Json, load

pytestmark = pytest.mark.skipif(data_folder() is None, reason="vietnamadminunits is not installed")

Unit = tuple[str, str | None, str | None]


def _names(unit: AdministrativeUnit) -> Unit:
    return unit.province, unit.district, unit.commune


ONE: dict[str, tuple[str, tuple[str, ...], str | None, Unit]] = {
    "a province": ("tỉnh Yên Bái", (), "2020-01-01", ("tỉnh Yên Bái", None, None)),
    "a district of one name": (
        *("huyện Sìn Hồ", (), "2020-01-01"),
        ("tỉnh Lai Châu", "huyện Sìn Hồ", None),
    ),
    "a district of several, told by the parent": (
        *("huyện Châu Thành", ("UBND tỉnh Trà Vinh",), None),
        ("tỉnh Trà Vinh", "huyện Châu Thành", None),
    ),
    "a district of several, told by a Party committee": (
        *("huyện Tam Nông", ("Tỉnh ủy Phú Thọ (b/c)",), None),
        ("tỉnh Phú Thọ", "huyện Tam Nông", None),
    ),
    "a commune told by its district": (
        *("xã Tân Hưng", ("Huyện ủy Hớn Quản",), None),
        ("tỉnh Bình Phước", "huyện Hớn Quản", "xã Tân Hưng"),
    ),
    "a ward with a number": (
        *("phường 7", ("UBND thành phố Cà Mau",), None),
        ("tỉnh Cà Mau", "thành phố Cà Mau", "phường 7"),
    ),
    "a city of the centre": ("thành phố Cần Thơ", (), None, ("thành phố Cần Thơ", None, None)),
    "its short form": ("TP. Cần Thơ", (), None, ("thành phố Cần Thơ", None, None)),
    "a shorter one": ("TP.HCM", (), None, ("thành phố Hồ Chí Minh", None, None)),
    "a district with a number": ("Q. 3", (), None, ("thành phố Hồ Chí Minh", "quận 3", None)),
    "a town of a district": (
        *("TT. Cao Lộc", (), None),
        ("tỉnh Lạng Sơn", "huyện Cao Lộc", "thị trấn Cao Lộc"),
    ),
    "a town that became a city": (
        *("thị xã Gia Nghĩa", (), "2013-03-14"),
        ("tỉnh Đắk Nông", "thị xã Gia Nghĩa", None),
    ),
    "one name, two levels": (
        *("thị xã Kỳ Anh", (), "2020-01-01"),
        ("tỉnh Hà Tĩnh", "thị xã Kỳ Anh", None),
    ),
    "another spelling": ("tỉnh Đắc Lắc", (), "2010-01-01", ("tỉnh Đắk Lắk", None, None)),
    "without a level": (
        "Thủ Dầu Một",
        (),
        None,
        ("tỉnh Bình Dương", "thành phố Thủ Dầu Một", None),
    ),
    "a province's name alone": ("Lạng Sơn", (), None, ("tỉnh Lạng Sơn", None, None)),
    "a province of old": ("tỉnh Hà Tây", (), "2005-06-01", ("tỉnh Hà Tây", None, None)),
    "a district of a province of old": (
        *("huyện Chương Mỹ", (), "2005-06-01"),
        ("tỉnh Hà Tây", "huyện Chương Mỹ", None),
    ),
    "the same district later": (
        *("huyện Chương Mỹ", (), "2015-06-01"),
        ("thành phố Hà Nội", "huyện Chương Mỹ", None),
    ),
    "Huế before 2025": (
        *("thành phố Huế", (), "2019-06-01"),
        ("tỉnh Thừa Thiên Huế", "thành phố Huế", None),
    ),
    "Huế since": ("thành phố Huế", (), "2025-03-01", ("thành phố Huế", None, None)),
    "a district before 2025 of Huế": (
        *("huyện Phú Vang", (), "2019-06-01"),
        ("tỉnh Thừa Thiên Huế", "huyện Phú Vang", None),
    ),
    "a commune that is gone, in a province that is stated": (
        *("xã Phú Mậu", ("UBND tỉnh Thừa Thiên Huế",), "2014-05-20"),
        ("tỉnh Thừa Thiên Huế", None, "xã Phú Mậu"),
    ),
    "after the reform": (
        *("xã Đăk Rve", (), "2025-08-01"),
        ("tỉnh Quảng Ngãi", None, "xã Đăk Rve"),
    ),
    "after the reform, told by the province": (
        *("xã Tân Hưng", ("UBND tỉnh Cà Mau",), "2025-09"),
        ("tỉnh Cà Mau", None, "xã Tân Hưng"),
    ),
    "a special zone": (
        "đặc khu Vân Đồn",
        (),
        "2025-08-18",
        ("tỉnh Quảng Ninh", None, "đặc khu Vân Đồn"),
    ),
}


@pytest.mark.parametrize(
    ("place", "above", "unit", "since"),
    [
        (
            "xã Na Mèo",
            "huyện Quan Sơn",
            ("tỉnh Thanh Hóa", "huyện Quan Sơn", "xã Na Mèo"),
            "xã Na Mèo",
        ),
        # the district was merged into Thạch Hà in 2025
        (
            "xã Thạch Kim",
            "huyện Lộc Hà",
            ("tỉnh Hà Tĩnh", "huyện Lộc Hà", "xã Thạch Kim"),
            "xã Lộc Hà",
        ),
        # the commune was merged in 2020; others of its name are elsewhere
        ("xã Thanh Bình", "huyện Sìn Hồ", ("tỉnh Lai Châu", "huyện Sìn Hồ", "xã Thanh Bình"), None),
    ],
    ids=["both are there", "the district is gone", "the commune is gone"],
)
def test_a_commune_under_its_district(
    place: str, above: str, unit: Unit, since: str | None
) -> None:
    found = resolve(place, above=above, issued_on="2019-05-05")
    assert found is not None
    assert _names(found.unit) == unit
    assert [new.commune for new in found.since_2025] == [since]


@pytest.mark.parametrize(("place", "stated", "day", "unit"), ONE.values(), ids=ONE)
def test_one_unit_fits(place: str, stated: tuple[str, ...], day: str | None, unit: Unit) -> None:
    found = resolve(place, stated=stated, issued_on=day)
    assert found is not None
    assert _names(found.unit) == unit
    assert found.since_2025
    assert all(new.district is None for new in found.since_2025)


NONE: dict[str, tuple[str, tuple[str, ...], str | None]] = {
    "a district of several": ("huyện Châu Thành", (), None),
    "a commune of several": ("xã Tân Lập", (), "2020-01-01"),
    "a name of nothing": ("huyện Ngọc Hoàng", (), None),
    "a level that the name never had": ("tỉnh Chi Lăng", (), None),
    "a district after the reform": ("huyện Kon Rẫy", (), "2025-09-01"),
    "a level alone": ("huyện", (), None),
    "empty": ("", (), None),
    "the only one lies elsewhere": ("xã Na Mèo", ("UBND tỉnh Cà Mau", "UBND tỉnh Nghệ An"), None),
}


@pytest.mark.parametrize(("place", "stated", "day"), NONE.values(), ids=NONE)
def test_not_exactly_one_unit_fits(place: str, stated: tuple[str, ...], day: str | None) -> None:
    assert resolve(place, stated=stated, issued_on=day) is None


@pytest.mark.parametrize(
    ("place", "day", "since"),
    [
        ("tỉnh Kon Tum", "2020-01-01", {"tỉnh Quảng Ngãi"}),
        ("tỉnh Hà Tây", "2005-01-01", {"thành phố Hà Nội"}),
        ("tỉnh Cần Thơ", "2002-01-01", {"thành phố Cần Thơ"}),
        ("huyện Kon Rẫy", "2020-01-01", {"xã Kon Braih", "xã Đăk Kôi", "xã Đăk Rve"}),
        ("xã Na Mèo", "2021-08-19", {"xã Na Mèo"}),
        ("huyện Côn Đảo", "2021-08-19", {"đặc khu Côn Đảo"}),
        ("xã Đăk Rve", "2025-08-19", {"xã Đăk Rve"}),
    ],
)
def test_what_a_unit_is_since_the_reform(place: str, day: str, since: set[str]) -> None:
    found = resolve(place, issued_on=day)
    assert found is not None
    assert {unit.commune or unit.province for unit in found.since_2025} == since


def test_the_text_tells_units_of_one_name_apart() -> None:
    text = "Thực hiện Kế hoạch của UBND huyện Lộc Bình, tỉnh Lạng Sơn về giảm nghèo."
    found = resolve("xã Thống Nhất", text=text, issued_on="2022-01-01")
    assert found is not None
    assert _names(found.unit) == ("tỉnh Lạng Sơn", "huyện Lộc Bình", "xã Thống Nhất")


def test_known_places() -> None:
    names = {
        *("huyện Sơn Dương", "Sơn Dương", "SƠN DƯƠNG", "huyen son duong", "Ha Noi", "TP. Cần Thơ"),
        *("thị xã Thủ Dầu Một", "tỉnh Hà Tây", "phường 7", "xã Na Mèo"),
    }
    others = {"huyện Không Có", "tỉnh Chi Lăng", "phân luồng", "giáo dục", "", "huyện"}
    assert known_places(names | others) == names


def test_importing_docsearch_reads_no_tables() -> None:
    code = (
        "import sys, docsearch; from docsearch.parse import places; "
        "print(places._gazetteer.cache_info().currsize, 'vietnamadminunits' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "False"]


def test_a_long_text_takes_no_time() -> None:
    text = "huyện Châu Thành tỉnh " * 50_000
    started = time.perf_counter()
    resolve("huyện Châu Thành", text=text)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("entry", load("former_units"), ids=lambda entry: str(entry["within"]))
def test_a_former_unit(entry: Mapping[str, Json]) -> None:
    examples = entry["examples"]
    assert isinstance(examples, list)
    for example in examples:
        found = resolve(str(example), issued_on=str(entry["until"]))
        assert found is not None
        assert found.unit.province == (entry["province"] or entry["name"])


@pytest.mark.parametrize("entry", load("proper_names"), ids=lambda entry: str(entry["name"]))
def test_a_proper_name(entry: Mapping[str, Json]) -> None:
    examples = entry["examples"]
    assert isinstance(examples, list)
    for example in examples:
        name = normalise_body(str(example))
        assert name.endswith(str(entry["name"]))
        if entry["level"]:
            assert str(territory_of(name)) == f"{entry['level']} {entry['name']}"


def test_a_header_has_the_unit_of_its_place() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nXÃ TÂN SƠN\nSố: 12/BC-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Tân Sơn, ngày 3 tháng 1 năm 2021\n\nBÁO CÁO\nCông tác giáo dục\n\nNội dung báo cáo.\n\n"
        "Nơi nhận:\n- UBND huyện Chợ Mới (b/c);\n- Lưu: VT.\n\nCHỦ TỊCH\nHà Văn An\n"
    )
    unit = parse_header(text).unit
    assert unit is not None
    assert _names(unit.unit) == ("tỉnh Bắc Kạn", "huyện Chợ Mới", "xã Tân Sơn")
    assert not unit.inferred
