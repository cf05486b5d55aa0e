"""Rows as CSV, Markdown, HTML, JSON and Excel."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from docsearch.errors import QueryError
from docsearch.tables import (
    FORMATS,
    Column,
    Row,
    as_csv,
    as_html,
    as_json,
    as_markdown,
    cell,
    render,
    write_workbook,
    write_xlsx,
)

ROWS: list[Row] = [
    {"place": "huyện Chi Lăng", "value": 33, "path": ["II. MỤC TIÊU", "1. Giai đoạn"]},
    {"place": None, "value": 0.5, "path": []},
]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("", ""),
        ("Kế hoạch", "Kế hoạch"),
        (0, "0"),
        (False, "False"),
        (99.9, "99.9"),
        ([], ""),
        (["a", None, 1], "a; ; 1"),
        (("a", ["b", "c"]), "a; b; c"),
        ({"ngày": "15/12"}, '{"ngày": "15/12"}'),
    ],
    ids=["none", "empty", "words", "zero", "no", "number", "no-list", "list", "nested", "object"],
)
def test_cells(value: object, words: str) -> None:
    assert cell(value) == words


def parsed(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize(
    ("value", "read"),
    [
        pytest.param('Đề án "Xây dựng"', 'Đề án "Xây dựng"', id="quotation-marks"),
        pytest.param("a, b", "a, b", id="comma"),
        pytest.param("dòng một\ndòng hai", "dòng một\ndòng hai", id="two-lines"),
        pytest.param("dòng một\r\ndòng hai", "dòng một\ndòng hai", id="carriage-return"),
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")', id="formula-with-link"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at-sign"),
        pytest.param("+84 20", "'+84 20", id="plus"),
        pytest.param("- Tăng cường", "'- Tăng cường", id="bullet"),
        pytest.param(-5, "-5", id="number-below-zero"),
        pytest.param("\x00=1", "'=1", id="formula-behind-a-control-character"),
        pytest.param("a=1", "a=1", id="equals-inside"),
        pytest.param("a\x1b[31m\x00b", "a[31mb", id="control-characters"),
        pytest.param(None, "", id="none"),
    ],
)
def test_csv_cells(value: object, read: str) -> None:
    assert parsed(as_csv([{"a": value, "b": "x"}])) == [["a", "b"], [read, "x"]]


def test_csv() -> None:
    text = as_csv(ROWS)
    assert text.startswith("place,value,path\r\n")
    assert parsed(text) == [
        ["place", "value", "path"],
        ["huyện Chi Lăng", "33", "II. MỤC TIÊU; 1. Giai đoạn"],
        ["", "0.5", ""],
    ]


def test_columns_are_those_of_the_first_row() -> None:
    rows: list[Row] = [{"a": 1, "b": 2}, {"b": 3, "c": 4}]
    assert parsed(as_csv(rows)) == [["a", "b"], ["1", "2"], ["", "3"]]
    assert as_markdown(rows).splitlines()[2:] == ["| 1 | 2 |", "|  | 3 |"]
    assert "<td></td><td>3</td>" in as_html(rows)


@pytest.mark.parametrize(
    ("value", "line"),
    [
        pytest.param("a|b", r"| a\|b |", id="pipe"),
        pytest.param("|", r"| \| |", id="only-a-pipe"),
        pytest.param("một\nhai\n\n  ba", "| một hai ba |", id="lines"),
        pytest.param(None, "|  |", id="none"),
        pytest.param(["a|", "b"], r"| a\|; b |", id="pipe-in-a-list"),
    ],
)
def test_markdown_cells(value: object, line: str) -> None:
    assert as_markdown([{"a": value}]) == f"| a |\n|---|\n{line}\n"


def test_markdown_has_a_line_for_each_row() -> None:
    lines = as_markdown(ROWS).splitlines()
    assert lines[0] == "| place | value | path |"
    assert lines[1] == "|---|---|---|"
    assert len(lines) == 4
    assert all(line.count("|") == 4 for line in lines)


class Cells(HTMLParser):
    """Collects the tags and the words of a table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.cells: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


@pytest.mark.parametrize(
    "value",
    ["<script>alert(1)</script>", "a & b", "</td></tr>", "\"'", "&lt;", "15 < 16"],
    ids=["script", "ampersand", "closing-tags", "quotes", "entity", "less-than"],
)
def test_html_is_escaped(value: str) -> None:
    found = Cells(as_html([{f"<b>{value}": value}]).rstrip("\n"))
    assert found.cells == [f"<b>{value}", value]
    assert found.tags == ["table", "thead", "tr", "th", "tbody", "tr", "td"]


def test_json_is_read_back() -> None:
    assert json.loads(as_json(ROWS)) == ROWS
    assert "Chi Lăng" in as_json(ROWS)  # not \u escapes
    assert json.loads(as_json([])) == []


@pytest.mark.parametrize("form", ["csv", "md", "html"])
def test_no_rows(form: str) -> None:
    assert render([], form).endswith("\n")  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["table", "xlsx"])
def test_formats_that_are_no_text(form: str) -> None:
    with pytest.raises(QueryError, match=f"--format {form} needs a file; name one with --output"):
        render(ROWS, form)  # type: ignore[arg-type]


def test_every_format_has_a_name() -> None:
    assert FORMATS == ("table", "json", "csv", "xlsx", "md", "html")


# Excel


def excel(rows: list[Row], folder: Path) -> list[list[object]]:
    path = folder / "rows.xlsx"
    write_xlsx(rows, path)
    sheet = load_workbook(path).worksheets[0]
    return [[found.value for found in line] for line in sheet.iter_rows()]


def test_excel(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    path.write_text("what was there before", encoding="utf-8")
    write_xlsx(ROWS, path)
    sheet = load_workbook(path).worksheets[0]
    assert [found.value for found in sheet[1]] == ["place", "value", "path"]
    assert all(found.font.bold for found in sheet[1])
    assert not any(found.font.bold for found in sheet[2])
    assert sheet["A2"].value == "huyện Chi Lăng"
    assert sheet["C2"].value == "II. MỤC TIÊU; 1. Giai đoạn"
    assert sheet["A3"].value in (None, "")
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C3"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        pytest.param("=1+1", "=1+1", id="formula"),
        pytest.param("@SUM(A1)", "@SUM(A1)", id="at-sign"),
        pytest.param("- Tăng cường", "- Tăng cường", id="bullet"),
        pytest.param("a\x00\x0b\x1fb", "ab", id="control-characters"),
        pytest.param("một\nhai", "một\nhai", id="lines"),
        pytest.param("<&>", "<&>", id="markup"),
        pytest.param("ă" * 40_000, "ă" * 32_767, id="longer-than-a-cell"),
        pytest.param("a\uffffb", "ab", id="no-character"),
        pytest.param("a\ufffeb", "ab", id="no-character-either"),
    ],
)
def test_excel_cells(tmp_path: Path, value: str, read: str) -> None:
    assert excel([{"a": value}], tmp_path) == [["a"], [read]]


def test_excel_holds_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    write_xlsx([{"a": "=1+1"}], path)
    found = load_workbook(path).worksheets[0]["A2"]
    assert (found.data_type, found.quotePrefix) == ("s", True)


def test_excel_without_rows(tmp_path: Path) -> None:
    write_xlsx([], tmp_path / "rows.xlsx")
    assert load_workbook(tmp_path / "rows.xlsx").worksheets[0].max_row == 1


@given(texts=st.lists(st.text(max_size=20), min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
def test_any_text_makes_one_row(texts: list[str]) -> None:
    rows: list[Row] = [{"a": text, "b": "end"} for text in texts]
    lines = parsed(as_csv(rows))
    assert [line[-1] for line in lines] == ["b", *["end"] * len(texts)]
    assert all(len(line) == 2 and line[0][:1] not in ("=", "+", "-", "@") for line in lines)
    assert Cells(as_html(rows)).tags.count("td") == 2 * len(texts)
    assert len(as_markdown(rows).split("\n")) == len(texts) + 3
    assert [row["a"] for row in json.loads(as_json(rows))] == texts


# Tables for people


def test_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    columns = [
        Column("due", "Đến hạn", 12, "date"),
        Column("action", "Việc", 60),
        Column("source", "Tệp", 20, "file"),
    ]
    rows: list[Row] = [
        {"due": "2024-12-15", "action": "=1+1", "source": "số 1.txt"},
        {"due": None, "action": "- Tăng cường", "source": "b.txt"},
        {"due": "2024-06", "action": None, "source": None},
    ]
    write_workbook(rows, columns, path, title="Nhiệm vụ")
    sheet = load_workbook(path).worksheets[0]
    assert sheet.title == "Nhiệm vụ"
    assert [found.value for found in sheet[1]] == ["Đến hạn", "Việc", "Tệp"]
    assert sheet["A2"].value == datetime(2024, 12, 15)
    assert sheet["A2"].number_format == "dd/mm/yyyy"
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert sheet["B3"].value == "- Tăng cường"
    assert sheet["C2"].hyperlink.target == "s%E1%BB%91%201.txt"
    assert sheet["A3"].value is None
    assert sheet["A4"].value == "2024-06"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C4")
    assert sheet.column_dimensions["B"].width == 60


def test_csv_has_its_columns_without_rows() -> None:
    assert as_csv([], ["a", "b"]) == "a,b\r\n"
    assert as_csv([{"b": 1, "c": 2}], ["a", "b"]) == "a,b\r\n,1\r\n"


def test_markdown_has_its_columns_without_rows() -> None:
    assert as_markdown([], ["a", "b"]) == "| a | b |\n|---|---|\n"


def test_columns_are_as_wide_as_their_words(tmp_path: Path) -> None:
    rows = [{"a": "x", "text": "chữ " * 100, "source": "001_97fd57f65c5eff66.txt"}]
    write_xlsx(rows, tmp_path / "w.xlsx")
    sheet = load_workbook(tmp_path / "w.xlsx").worksheets[0]
    assert [sheet.column_dimensions[name].width for name in "ABC"] == [10, 60, 26]
    assert sheet["B2"].alignment.wrap_text
