from __future__ import annotations

import datetime
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from docsearch.errors import SourceError, UnsupportedFormatError
from docsearch.read import sheets
from docsearch.read.sheets import read_xlsx, shown


def write(path: Path, *rows: Sequence[object], merged: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)
    return path


def repacked(path: Path, part: str, data: bytes) -> Path:
    """Replace a part of a container, or add it."""
    with zipfile.ZipFile(path) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    parts[part] = data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        ("chữ", "General", "chữ"),
        (5, "General", "5"),
        (0.1 + 0.2, "General", "0,3"),
        (99.9, "General", "99,9"),
        (12.0, "General", "12"),
        (1234567, "#,##0", "1.234.567"),
        (1234.5, "#,##0.0", "1.234,5"),
        (1234.5, "#,##0.###", "1.234,5"),
        (1234.5, "0.00", "1234,50"),
        (-5.25, "#,##0.00;(#,##0.00)", "-5,25"),
        (0.125, "0.0%", "12,5%"),
        (0.95, "0%", "95%"),
        (7, "000", "007"),
        (1500000, '#,##0 "đồng"', "1.500.000"),
        (1e20, "General", "1e+20"),
        (True, "General", "TRUE"),
        (datetime.datetime(2024, 3, 5), "dd/mm/yyyy", "05/03/2024"),
        (datetime.datetime(2024, 3, 5), "d/m/yyyy", "5/3/2024"),
        (datetime.datetime(2024, 3, 5), "mm-dd-yy", "05/03/2024"),
        (datetime.datetime(2024, 3, 5), "mm/yyyy", "03/2024"),
        (datetime.datetime(2024, 3, 5, 14, 30), "dd/mm/yyyy hh:mm", "05/03/2024 14:30"),
        (datetime.time(7, 5), "h:mm", "07:05"),
    ],
)
def test_values_as_they_are_shown(value: object, form: str, expected: str) -> None:
    assert shown(value, form) == expected


def test_a_sheet(tmp_path: Path) -> None:
    path = write(
        tmp_path / "x.xlsx",
        ["PHỤ LỤC"],
        ["Kèm theo Kế hoạch số 5/KH-UBND"],
        [],
        ["STT", "Nội dung", "Chỉ tiêu", None, "Thời hạn"],
        [None, None, 2024, 2025, None],
        [1, "Phổ cập", 0.95, 1, datetime.date(2024, 12, 15)],
        ["Khối xã", None, None, None, None],
        [2, "Trường chuẩn", 3, 4.5, None],
        ["Nơi nhận:", None, "TM. ỦY BAN NHÂN DÂN"],
        ["- Như trên", None, "CHỦ TỊCH"],
        merged=("A4:A5", "B4:B5", "C4:D4", "E4:E5", "A7:E7"),
    )
    reading = read_xlsx(path, "x.xlsx")
    assert reading.format == "xlsx"
    assert reading.text.splitlines() == [
        "PHỤ LỤC",
        "Kèm theo Kế hoạch số 5/KH-UBND",
        "STT: 1 | Nội dung: Phổ cập | Chỉ tiêu / 2024: 0,95 | Chỉ tiêu / 2025: 1"
        " | Thời hạn: 15/12/2024",
        "Khối xã",
        "STT: 2 | Nội dung: Trường chuẩn | Chỉ tiêu / 2024: 3 | Chỉ tiêu / 2025: 4,5",
        "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN",
        "- Như trên\tCHỦ TỊCH",
    ]


def test_sheets_stand_under_their_names_and_hidden_ones_are_noted(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Biểu 1"
    book.active.append(["Một"])
    book.create_sheet("Biểu 2").append(["Hai"])
    book.create_sheet("Trống")
    secret = book.create_sheet("Nháp")
    secret.append(["Ba"])
    secret.sheet_state = "hidden"
    book.save(tmp_path / "x.xlsx")
    reading = read_xlsx(tmp_path / "x.xlsx", "x.xlsx")
    assert reading.text == "Biểu 1\nMột\n\nBiểu 2\nHai\n"
    assert [span.of(reading.text) for span in reading.bold] == ["Biểu 1", "Biểu 2"]
    assert reading.notes == ("Hidden sheets are left out: Nháp.",)


def test_fonts_before_unicode(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Céng hßa"])
    book.active["A1"].font = Font(name=".VnTimeH", bold=True)
    book.save(tmp_path / "x.xlsx")
    reading = read_xlsx(tmp_path / "x.xlsx", "x.xlsx")
    assert reading.text == "CỘNG HÒA\n"
    assert [span.of(reading.text) for span in reading.bold] == ["CỘNG HÒA"]
    assert reading.notes == ("Converted to Unicode from TCVN3.",)


def test_a_declared_size_is_not_believed(tmp_path: Path) -> None:
    path = write(tmp_path / "x.xlsx", ["Một"])
    with zipfile.ZipFile(path) as container:
        xml = container.read("xl/worksheets/sheet1.xml")
    xml = xml.replace(b'<dimension ref="A1:A1"', b'<dimension ref="A1:XFD1048576"')
    assert b"XFD" in xml
    repacked(path, "xl/worksheets/sheet1.xml", xml)
    begun = time.monotonic()
    assert read_xlsx(path, "x.xlsx").text == "Một\n"
    assert time.monotonic() - begun < 5


def test_a_merged_range_over_everything(tmp_path: Path) -> None:
    path = write(tmp_path / "x.xlsx", ["Một"], ["Hai"], merged=("A1:B2",))
    with zipfile.ZipFile(path) as container:
        xml = container.read("xl/worksheets/sheet1.xml").replace(b"A1:B2", b"A1:XFD1048576")
    assert b"XFD" in xml
    repacked(path, "xl/worksheets/sheet1.xml", xml)
    begun = time.monotonic()
    assert read_xlsx(path, "x.xlsx").text.startswith("Một")
    assert time.monotonic() - begun < 5


def test_too_many_cells_are_cut_and_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_CELLS", 10)
    row: list[object] = ["a", "b"]
    reading = read_xlsx(write(tmp_path / "x.xlsx", *[row] * 20), "x.xlsx")
    assert reading.text.count("\n") == 5
    assert reading.notes == ("Sheet 'Sheet' is cut after row 5.",)


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'


@pytest.mark.parametrize(
    ("part", "data", "found"),
    [
        pytest.param("xl/sharedStrings.xml", BOMB, "declares a document type", id="entities"),
        pytest.param(
            "xl/sharedStrings.xml",
            BOMB.decode().encode("utf-16"),
            "declares a document type",
            id="entities-in-utf-16",
        ),
        pytest.param("xl/workbook.xml", b"<workbook", "a broken spreadsheet", id="cut-xml"),
        pytest.param("xl/workbook.xml", b"", "a broken spreadsheet", id="zero-bytes"),
        pytest.param("xl/worksheets/sheet1.xml", b"<x/>", "empty", id="no-rows"),
        pytest.param("../x.xml", b"", "leads out of the container", id="path-upwards"),
    ],
)
def test_hostile_spreadsheets_are_refused(
    tmp_path: Path, part: str, data: bytes, found: str
) -> None:
    path = repacked(write(tmp_path / "x.xlsx", ["Một"]), part, data)
    with pytest.raises(SourceError, match=rf"^2022/x\.xlsx: .*{found}"):
        read_xlsx(path, "2022/x.xlsx")


def test_macros_are_named(tmp_path: Path) -> None:
    path = repacked(write(tmp_path / "x.xlsm", ["Một"]), "xl/vbaProject.bin", b"Sub")
    assert read_xlsx(path, "x.xlsm").notes == ("It holds macros, which are not read.",)


def test_another_container(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as container:
        container.writestr("a.txt", "x")
    with pytest.raises(UnsupportedFormatError, match="a ZIP container, not a spreadsheet"):
        read_xlsx(tmp_path / "x.xlsx", "x.xlsx")
