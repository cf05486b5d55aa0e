from __future__ import annotations

import pytest

from docsearch.read.rows import MAX_HEAD, GridCell, Row, head_rows, one_line, table_lines


def rows(*texts: str, bold: int = 0) -> list[Row]:
    """Return rows of cells written "a | b | c"; the first ``bold`` rows are bold."""
    return [
        Row(tuple(GridCell(cell.strip(), i < bold) for cell in text.split("|")))
        for i, text in enumerate(texts)
    ]


def lines(table: list[Row]) -> list[str]:
    return [line.text for line in table_lines(table)]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], ""),
        (["  một   dòng "], "một dòng"),
        (["- Báo cáo quý", "- Báo cáo năm"], "- Báo cáo quý; - Báo cáo năm"),
        (["Báo cáo quý;", "Báo cáo năm."], "Báo cáo quý; Báo cáo năm."),
        (["Phòng Giáo dục", "và Đào tạo"], "Phòng Giáo dục và Đào tạo"),
        (["Thời gian:", "Quý I"], "Thời gian: Quý I"),
    ],
)
def test_a_cell_is_one_line(parts: list[str], expected: str) -> None:
    assert one_line(parts) == expected


@pytest.mark.parametrize(
    ("table", "heads"),
    [
        pytest.param(rows("STT | Nội dung", "1 | A"), 1, id="ordinals"),
        pytest.param(rows("Số TT | Tên | Ghi chú", "1 | A |"), 1, id="ordinals-with-a-number"),
        pytest.param(rows("Đơn vị | Kết quả", "A | B", bold=1), 1, id="bold"),
        pytest.param(rows("Đơn vị | 2023 | 2024", "A | 5 | 6"), 1, id="years"),
        pytest.param(rows("Họ tên | Chức vụ | Nhiệm vụ", "A | B | C", "D | E | G"), 1, id="words"),
        pytest.param(rows("Tên trường | THCS", "Số lớp | 12"), 0, id="labels-at-the-left"),
        pytest.param(rows("1 | 2 | 3", "4 | 5 | 6"), 0, id="numbers"),
        pytest.param(rows("Đơn vị |  | ", "A | B | C"), 0, id="mostly-blank"),
        pytest.param(rows("Câu này dài. | Câu khác. | Hết.", "A | B | C", "D"), 0, id="sentences"),
        pytest.param(rows("STT | Nội dung"), 0, id="a-single-row"),
        pytest.param([], 0, id="nothing"),
    ],
)
def test_heads(table: list[Row], heads: int) -> None:
    assert head_rows(table) == heads


def test_blank_rows_and_rows_that_count_columns_are_left_out() -> None:
    table = rows("STT | Nội dung | Số", "(1) | (2) | (3)=(1)+(2)", " |  | ", "1 | A | 5")
    assert lines(table) == ["STT: 1 | Nội dung: A | Số: 5"]


def test_titles_over_all_columns() -> None:
    table = [
        Row((GridCell("DANH SÁCH", bold=True, columns=2),)),
        *rows("STT | Tên", "1 | A"),
        Row((GridCell("II. KHỐI XÃ", columns=2),)),
        *rows("2 | B"),
    ]
    assert lines(table) == ["DANH SÁCH", "STT: 1 | Tên: A", "II. KHỐI XÃ", "STT: 2 | Tên: B"]


def test_a_long_head_is_shortened() -> None:
    name = "tỷ lệ " * 40
    table = [Row((GridCell("STT"), GridCell(name)), head=True), *rows("1 | 5")]
    line = lines(table)[0]
    assert line.startswith("STT: 1 | tỷ lệ") and line.endswith("…: 5")
    assert len(line) < MAX_HEAD + 30


def test_a_head_of_three_levels() -> None:
    def cell(text: str, columns: int = 1, *, continued: bool = False) -> GridCell:
        return GridCell(text, columns=columns, continued=continued)

    table = [
        Row((cell("STT"), cell("Kinh phí", 3))),
        Row((cell("", continued=True), cell("Nhà nước", 2), cell("Khác"))),
        Row((cell("", continued=True), cell("TW"), cell("ĐP"), cell("", continued=True))),
        *rows("1 | 5 | 6 | 7"),
    ]
    assert lines(table) == [
        "STT: 1 | Kinh phí / Nhà nước / TW: 5 | Kinh phí / Nhà nước / ĐP: 6 | Kinh phí / Khác: 7"
    ]
