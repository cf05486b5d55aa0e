"""Outlines of texts in the forms of State and Party documents, and of what becomes of them."""

from __future__ import annotations

import textwrap
import time
from pathlib import Path

import pytest

from docsearch.parse.outline import parse_outline, walk
from docsearch.parse.view import view
from docsearch.read import read
from docsearch.records import Span, Unit
from tests.factories import CORPUS
from tests.sketch import sketch

FORMS = sorted((Path(__file__).parent / "data" / "forms").glob("*.txt"))


def text_of(path: Path) -> str:
    # bytes: a form feed must not end a line
    return path.read_bytes().decode("utf-8").split("=====\n")[0]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_the_outline_of_a_form(path: Path) -> None:
    expected = path.read_bytes().decode("utf-8").split("=====\n")[1]
    assert sketch(text_of(path)) == expected


# What becomes of texts: the same outline


def skeleton(text: str) -> list[tuple[int, str, str]]:
    """Return depth, level and label of the numbered units of a text."""
    found: list[tuple[int, str, str]] = []

    def add(unit: Unit, depth: int) -> None:
        if unit.level not in ("footnote", "paragraph", "copy", "closing", "document"):
            found.append((depth, unit.level, unit.label))
        for child in unit.children:
            add(child, depth + (unit.level != "paragraph"))

    add(parse_outline(text), 0)
    return found


def indented(text: str) -> str:
    return "".join(f"      {line}" for line in text.splitlines(keepends=True))


def in_windows_lines(text: str) -> str:
    return text.replace("\n", "\r\n")


def with_hard_blanks(text: str) -> str:
    return "\n".join(line.replace(" ", "\u00a0", 1) for line in text.split("\n"))


def with_blank_before_the_dot(text: str) -> str:
    return text.replace("I. ", "I . ").replace("1. ", "1 . ").replace("a) ", "a ) ")


UNCHANGED = [indented, in_windows_lines, with_hard_blanks, with_blank_before_the_dot]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
@pytest.mark.parametrize("change", UNCHANGED, ids=lambda change: change.__name__)
def test_blanks_do_not_change_an_outline(path: Path, change: object) -> None:
    assert callable(change)
    if path.stem == "markdown-headings" and change is indented:
        pytest.skip("an indented # is no Markdown heading")
    text = text_of(path)
    assert skeleton(change(text)) == skeleton(text)


def broken(text: str, *, width: int, page: int | None) -> str:
    """Break the lines of a text at the edge of a page, with numbers between the pages."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        for line in textwrap.wrap(paragraph, width, break_on_hyphens=False) or [""]:
            lines.append(line)
            if page and len(lines) % page == 0:
                lines += ["", str(len(lines) // page), "\f"]
    return "\n".join(lines)


@pytest.mark.parametrize(("width", "page"), [(72, None), (84, 30), (98, 35)])
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_page_breaks_do_not_change_an_outline(path: Path, width: int, page: int | None) -> None:
    text = read(path).text
    assert skeleton(broken(text, width=width, page=page)) == skeleton(text)


def test_a_sentence_that_ends_at_the_edge_of_the_page_does_not_end_its_point() -> None:
    point = (
        "a) Phòng Nội vụ chủ trì tổng hợp, đánh giá và xếp loại các đơn vị trong toàn huyện. "
        "Định kỳ hằng quý báo cáo kết quả cho Ủy ban nhân dân huyện để theo dõi và chỉ đạo. "
        "Các xã gửi số liệu trước ngày 15 của tháng cuối quý qua phần mềm quản lý văn bản đã có."
    )
    text = "".join(f"{i}. Nhiệm vụ thứ {i}:\n{point}\n" for i in range(1, 6))
    for width in range(78, 96):
        for unit in parse_outline(broken(text, width=width, page=None)).children:
            (letter,) = unit.children
            assert letter.label == "a"


# Single rules


@pytest.mark.parametrize(
    ("before", "line"),
    [
        pytest.param("Các đơn vị gửi báo cáo trước ngày", "15. 12 hằng năm.", id="day"),
        pytest.param("Thực hiện theo quy định tại Điều", "5. của Nghị định này.", id="article"),
        pytest.param("Kế hoạch phát triển giai đoạn", "2021. Đến nay đã xong.", id="period"),
        pytest.param("Căn cứ Nghị định số", "30/2020/NĐ-CP của Chính phủ.", id="number"),
        pytest.param("Các trường hợp quy định tại khoản", "2. Điều này được miễn.", id="clause"),
        pytest.param("Hồ sơ gồm giấy tờ tại các điểm", "b) và c) nêu trên.", id="point"),
        pytest.param("Tổng kinh phí giai đoạn 2011", "- 2015 là 20 tỷ đồng.", id="years"),
        pytest.param(
            "Quy định tại khoản 1 và khoản 2", "Điều 7. Các đơn vị thực hiện.", id="cited"
        ),
        pytest.param("Thẩm quyền thuộc về Sở và", "1. Các phòng chuyên môn.", id="and"),
        pytest.param("Các hộ dân thuộc diện di dời trước tháng", "6. Sau đó cấp đất.", id="month"),
    ],
)
def test_a_number_inside_a_sentence_opens_no_unit(before: str, line: str) -> None:
    text = f"1. Việc một.\n- {before}\n{line}\n"
    (first,) = parse_outline(text).children
    (dash,) = first.children
    assert view(text, dash.pieces).text == f"- {before} {line}"


@pytest.mark.parametrize(
    "heading",
    [
        "II. Công tác dân tộc thiểu số",
        "II. Kết quả 6 tháng",
        "II. Quan điểm",
        "II. Những kết quả đạt được",
        "II. Danh mục",
        "II. Nhiệm vụ hằng ngày",
        "II. Chuyển đổi số",
        "II. Quản lý tài khoản",
    ],
)
def test_a_heading_may_end_with_such_a_word(heading: str) -> None:
    text = f"I. Mục đích\n1. Một.\n{heading}\n1. Hai.\n"
    assert skeleton(text)[2:] == [(1, "roman", "II"), (2, "number", "1")]


@pytest.mark.parametrize(
    ("words", "bold"),
    [
        pytest.param("Về công tác cán bộ", True, id="short"),
        pytest.param("Về công tác cán bộ:", True, id="with-a-colon"),
        pytest.param("Hoàn thành trước ngày 30/6.", False, id="a-sentence"),
        pytest.param("TT | Nội dung | Kinh phí", False, id="heads-of-a-table"),
        pytest.param("Về " + "công tác cán bộ " * 12, False, id="long"),
    ],
)
def test_a_bold_line_is_a_heading(words: str, bold: bool) -> None:
    text = f"1. Nhiệm vụ\nRà soát quy hoạch.\n{words}\nRà soát biên chế.\n2. Kinh phí\n"
    start = text.index(words)
    root = parse_outline(text, bold=[Span(start, start + len(words.rstrip()))])
    paths = {
        view(text, unit.pieces).text: tuple(heading.text for heading in headings)
        for unit, headings in walk(root)
    }
    above = ("1. Nhiệm vụ", words.strip(" :")) if bold else ("1. Nhiệm vụ",)
    (found,) = (path for words, path in paths.items() if words.endswith("Rà soát biên chế."))
    assert found == above
    assert paths["2. Kinh phí"] == ()


def test_a_bold_line_over_two_lines_is_one_heading() -> None:
    text = (
        "1. Nhiệm vụ\nỦy ban nhân dân xã chủ trì việc rà soát quy hoạch sử dụng đất của các thôn\n"
        "**Về công tác cán bộ, công chức và những người hoạt động không chuyên trách ở các**\n"
        "**thôn, bản**\nRà soát biên chế.\n"
    )
    (one,) = parse_outline(text).children
    first, second = one.children
    assert first.heading is None
    assert second.heading
    assert second.heading.text.endswith("không chuyên trách ở các thôn, bản")


HOSTILE = {
    "open-quotations-in-a-line": "“Điều 1. " * 12_000,
    "open-quotations-in-lines": "“Điều 1. \n" * 10_000,
    "colons": "abc:\n" * 12_000,
    "numbers": "1. a\n" * 12_000,
    "points-and-paragraphs": "a) abc\nb\n" * 6_000,
    "attached": "QUY ĐỊNH\n(Ban hành kèm theo Quyết định số 1)\n" * 2_000,
    "letterheads": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n" * 2_000,
    "one-line-again": "Ủy ban nhân dân huyện yêu cầu các đơn vị báo cáo kết quả\n" * 2_000,
    "bullets": "- a:\n+ b:\n• c:\n* d:\n" * 2_400,
    "marks": "“" * 80_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_take_linear_time(text: str) -> None:
    begun = time.process_time()
    parse_outline(text)
    assert time.process_time() - begun < 5  # 0.1 to 1 s on one core
