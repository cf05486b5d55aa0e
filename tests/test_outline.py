from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsearch.parse.markers import RANK, find_marker
from docsearch.parse.outline import is_heading, parse_outline
from docsearch.parse.view import view
from docsearch.read import read
from docsearch.records import Unit
from tests.factories import CORPUS

Tree: TypeAlias = "tuple[str, str, str | None, list[Tree]]"


def tree(text: str) -> list[Tree]:
    """Return the tree below the root: level, label, heading, children."""

    def node(unit: Unit) -> Tree:
        heading = unit.heading.text if unit.heading else None
        return (unit.level, unit.label, heading, [node(child) for child in unit.children])

    return [node(child) for child in parse_outline(text).children]


def paragraph(heading: str | None = None, *children: Tree) -> Tree:
    return ("paragraph", "", heading, list(children))


def dash(*children: Tree) -> Tree:
    return ("dash", "-", None, list(children))


# The mark at the beginning of a line


@pytest.mark.parametrize(
    ("line", "level", "label"),
    [
        pytest.param("Phần thứ nhất", "part", "nhất", id="part-in-words"),
        pytest.param("PHẦN II. NHIỆM VỤ", "part", "II", id="part-roman"),
        pytest.param("Phần A", "part", "A", id="part-letter"),
        pytest.param("Chương IV", "chapter", "IV", id="chapter"),
        pytest.param("CHƯƠNG 2", "chapter", "2", id="chapter-arabic"),
        pytest.param("Mục 3. Nguồn vốn", "section", "3", id="section"),
        pytest.param("IV. TỔ CHỨC THỰC HIỆN", "roman", "IV", id="roman"),
        pytest.param("I- Mục đích", "roman", "I", id="roman-with-a-dash"),
        pytest.param("II/ Nhiệm vụ", "roman", "II", id="roman-with-a-slash"),
        pytest.param("A. ĐÁNH GIÁ", "roman", "A", id="capital-letter"),
        pytest.param("Điều 5. Hiệu lực", "article", "5", id="article"),
        pytest.param("Điều 5a. Bổ sung", "article", "5a", id="article-with-a-letter"),
        pytest.param("Điều 12đ. Bổ sung", "article", "12đ", id="article-with-a-barred-d"),
        pytest.param("ĐIỀU 7: Thi hành", "article", "7", id="article-capitals-colon"),
        pytest.param("**Điều 1.** Phạm vi", "article", "1", id="article-bold"),
        pytest.param("1. Mục đích", "number", "1", id="number"),
        pytest.param("10/ Mục đích", "number", "10", id="number-with-a-slash"),
        pytest.param("2) Yêu cầu", "number", "2", id="number-with-a-bracket"),
        pytest.param("3 . Yêu cầu", "number", "3", id="number-blank-before-the-dot"),
        pytest.param("**4. Yêu cầu**", "number", "4", id="number-bold"),
        pytest.param("**4.** Yêu cầu", "number", "4", id="number-alone-bold"),
        pytest.param("## **2.2. Trung tâm:**", "number", "2.2", id="number-markdown"),
        pytest.param("3.1 Về Hội nghị", "number", "3.1", id="number-without-its-dot"),
        pytest.param("1.2.3.4. Sâu", "number", "1.2.3.4", id="number-four-deep"),
        pytest.param("(1) Xây dựng", "number", "1", id="number-in-brackets"),
        pytest.param("a) Điểm a", "letter", "a", id="letter"),
        pytest.param("d) Điểm d", "letter", "d", id="letter-d"),
        pytest.param("đ) Điểm đ", "letter", "đ", id="letter-barred-d"),
        pytest.param("b. Điểm b", "letter", "b", id="letter-with-a-dot"),
        pytest.param("- Gạch", "dash", "-", id="hyphen"),
        pytest.param("– Gạch", "dash", "-", id="en-dash"),
        pytest.param("-Gạch", "dash", "-", id="hyphen-without-a-blank"),
        pytest.param("    • Chấm", "dash", "-", id="bullet-indented"),
        pytest.param("**- Gạch đậm**", "dash", "-", id="hyphen-bold"),
        pytest.param("+ Cộng", "plus", "+", id="plus"),
        pytest.param("o Tròn", "plus", "+", id="ring"),
        pytest.param("¹ Ban hành kèm theo", "footnote", "¹", id="footnote"),
        pytest.param("[12] Ban hành kèm theo", "footnote", "[12]", id="footnote-in-brackets"),
    ],
)
def test_a_mark(line: str, level: str, label: str) -> None:
    marker = find_marker(line)
    assert marker is not None
    assert (marker.level, marker.label) == (level, label)
    words = line[marker.end :].strip("* .:")
    assert words in line
    assert not words or words[0].isalpha()


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("", id="empty"),
        pytest.param("\n", id="line-end"),
        pytest.param("15/12 là hạn báo cáo", id="day-and-month"),
        pytest.param("28/6/2024 phải xong", id="date"),
        pytest.param("28.6.2024 phải xong", id="date-with-dots"),
        pytest.param("100% số trường", id="percentage"),
        pytest.param("99,9% học sinh", id="decimal-comma"),
        pytest.param("2025 là năm cuối", id="year"),
        pytest.param("2021. Năm qua", id="year-before-a-full-stop"),
        pytest.param("2021-2025 là giai đoạn", id="years"),
        pytest.param("1.234 học sinh", id="thousands"),
        pytest.param("20.000 đồng", id="ten-thousands"),
        # a decimal point; the depth of an outline has a capital or a dot after it
        pytest.param("12.5 triệu đồng", id="decimal-point"),
        pytest.param("03 trường", id="number-of-things"),
        pytest.param("Phần lớn các trường", id="part-as-a-word"),
        pytest.param("Phần việc này", id="part-of-work"),
        pytest.param("Mục tiêu chung", id="section-as-a-word"),
        pytest.param("Chương trình này", id="chapter-as-a-word"),
        pytest.param("Điều kiện", id="article-as-a-word"),
        pytest.param("Điều này rõ", id="this-thing"),
        pytest.param("Điều 5 của Luật", id="article-that-is-cited"),
        pytest.param("“Điều 5. Hiệu lực", id="article-in-a-quotation"),
        pytest.param("I. và", id="roman-before-a-small-letter"),
        pytest.param("Vi Nông Trường", id="name"),
        pytest.param("-----", id="rule"),
        pytest.param("***", id="stars"),
        pytest.param("**bold**", id="bold"),
        pytest.param("a b c", id="letter-alone"),
        pytest.param("Số: 20-NQ/ĐU", id="document-number"),
    ],
)
def test_no_mark(line: str) -> None:
    assert find_marker(line) is None


def test_levels_are_ordered() -> None:
    order = ["document", "part", "chapter", "section", "roman", "article", "number", "letter"]
    order += ["dash", "plus", "paragraph", "footnote"]
    ranks = dict(RANK)
    values = [ranks[level] for level in ranks if level in order]
    assert len(values) == len(order)
    by_name = {str(level): rank for level, rank in ranks.items()}
    assert all(by_name[a] < by_name[b] for a, b in pairwise(order))


# The tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("\n \n", [], id="blank"),
        pytest.param("Một dòng.\n", [paragraph()], id="one-line"),
        pytest.param("Một dòng", [paragraph()], id="no-line-end"),
        pytest.param(
            "Chương I\nĐiều 1. Phạm vi\n1. Khoản một:\na) Điểm a:\n- Gạch:\n+ Cộng.\n"
            "Điều 2. Áp dụng\n",
            [
                (
                    "chapter",
                    "I",
                    "Chương I",
                    [
                        (
                            "article",
                            "1",
                            "Điều 1. Phạm vi",
                            [
                                (
                                    "number",
                                    "1",
                                    "1. Khoản một",
                                    [
                                        (
                                            "letter",
                                            "a",
                                            "a) Điểm a",
                                            [
                                                ("dash", "-", "- Gạch", [("plus", "+", None, [])]),
                                            ],
                                        ),
                                    ],
                                ),
                            ],
                        ),
                        ("article", "2", None, []),
                    ],
                ),
            ],
            id="every-level",
        ),
        pytest.param(
            "1. A:\n1.1. B:\n1.1.1. C.\n1.2. D.\n2. E.\n",
            [
                (
                    "number",
                    "1",
                    "1. A",
                    [
                        ("number", "1.1", "1.1. B", [("number", "1.1.1", None, [])]),
                        ("number", "1.2", None, []),
                    ],
                ),
                ("number", "2", None, []),
            ],
            id="numbers-by-depth",
        ),
        pytest.param(
            "A. PHẦN MỘT\nI. MỤC\n1. Việc.\nB. PHẦN HAI\nI. MỤC\n",
            [
                (
                    "roman",
                    "A",
                    "A. PHẦN MỘT",
                    [
                        ("roman", "I", "I. MỤC", [("number", "1", None, [])]),
                    ],
                ),
                ("roman", "B", "B. PHẦN HAI", [("roman", "I", "I. MỤC", [])]),
            ],
            id="capital-above-roman",
        ),
        pytest.param(
            "1. Việc:\nc) Một;\nd) Hai;\nđ) Ba;\ne) Bốn.\n",
            [("number", "1", "1. Việc", [("letter", x, None, []) for x in ("c", "d", "đ", "e")])],
            id="d-is-not-barred-d",
        ),
        pytest.param(
            "Điều 5. Hiệu lực\nNội dung.\nĐiều 5a. Bổ sung\nNội dung.\nĐiều 6. Khác\nNội dung.\n",
            [
                ("article", "5", "Điều 5. Hiệu lực", [paragraph()]),
                ("article", "5a", "Điều 5a. Bổ sung", [paragraph()]),
                ("article", "6", "Điều 6. Khác", [paragraph()]),
            ],
            id="article-5a-stands-beside-5",
        ),
        pytest.param(
            # the colon after the label does not end the title
            "PHẦN I: ĐÁNH GIÁ\nNội dung.\nĐiều 6: Hiệu lực\nNội dung.\n",
            [
                (
                    "part",
                    "I",
                    "PHẦN I: ĐÁNH GIÁ",
                    [
                        paragraph(),
                        ("article", "6", "Điều 6: Hiệu lực", [paragraph()]),
                    ],
                ),
            ],
            id="colon-after-the-label",
        ),
        pytest.param(
            "**I. MỤC TIÊU**\n\nĐạt chuẩn.\n\n"
            "## **2.2. Trung tâm GDNN-GDTX huyện:**\n\n- Tiếp tục.\n",
            [
                (
                    "roman",
                    "I",
                    "I. MỤC TIÊU",
                    [
                        paragraph(),
                        ("number", "2.2", "2.2. Trung tâm GDNN-GDTX huyện", [dash()]),
                    ],
                ),
            ],
            id="markdown-headings",
        ),
        pytest.param(
            "2. Phòng Nội vụ: Chủ trì việc.\n3. Công an huyện\n- Chủ trì.\n",
            [("number", "2", "2. Phòng Nội vụ", []), ("number", "3", "3. Công an huyện", [dash()])],
            id="heading-in-the-line",
        ),
        pytest.param(
            "Ủy ban nhân dân huyện yêu cầu:\n- Một;\n- Hai.\nMột đoạn.\n",
            [paragraph("Ủy ban nhân dân huyện yêu cầu", dash(), dash()), paragraph()],
            id="a-paragraph-introduces-dashes",
        ),
        pytest.param(
            "Kết quả:\n100% số trường đạt.\n28/6/2024 phải xong.\n"
            "2025 là năm cuối.\n1.234 học sinh.\n",
            [paragraph()] * 5,
            id="numbers-that-are-no-marks",
        ),
        pytest.param(
            "1. Phòng Nội vụ\n- Một.\nMột đoạn.\n",
            [("number", "1", "1. Phòng Nội vụ", [dash(), paragraph()])],
            id="a-paragraph-after-dashes-stands-under-the-heading",
        ),
        pytest.param(
            "IV. TỔ CHỨC\n1. UBND xã\nPhối hợp.\nCác đơn vị thực hiện./.\n",
            [
                ("roman", "IV", "IV. TỔ CHỨC", [("number", "1", "1. UBND xã", [paragraph()])]),
                paragraph(),
            ],
            id="the-last-sentence-stands-under-none",
        ),
    ],
)
def test_the_tree(text: str, expected: list[Tree]) -> None:
    assert tree(text) == expected


CLOSING = (
    "Nơi nhận:\n- Như trên (t/h);\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nVi Nông Trường\n"
)


def closing() -> list[Tree]:
    return [("closing", "", "Nơi nhận", [dash(), dash()]), ("closing", "", None, [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(CLOSING, closing(), id="alone"),
        pytest.param(
            f"1. Việc:\n- Con.\n{CLOSING}",
            [("number", "1", "1. Việc", [dash()]), *closing()],
            id="ends-every-unit",
        ),
        pytest.param(CLOSING.replace("Nơi nhận:", "#### **Nơi nhận:**"), closing(), id="markdown"),
        pytest.param(
            CLOSING.replace("TM. ", "**TL. ").replace("CHỦ TỊCH", "CHỦ TỊCH**"),
            closing(),
            id="bold-signature",
        ),
        pytest.param(CLOSING.replace("TM. ", "T/M "), closing(), id="party-signature"),
        pytest.param(
            CLOSING.replace("TM. ỦY BAN NHÂN DÂN\n", ""), closing(), id="title-without-authority"
        ),
        pytest.param(
            f"{CLOSING}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "KẾ HOẠCH\nVề việc khác\nI. MỤC TIÊU\n1. Việc.\n",
            [
                *closing(),
                paragraph(),
                paragraph(),
                ("roman", "I", "I. MỤC TIÊU", [("number", "1", None, [])]),
            ],
            id="a-second-document",
        ),
        pytest.param(
            # what is attached is part of the document, not of its signature
            f"{CLOSING}\nPHỤ LỤC\nI. DANH SÁCH\n1. Trường A.\n",
            [
                *closing(),
                (
                    "annex",
                    "",
                    "PHỤ LỤC",
                    [("roman", "I", "I. DANH SÁCH", [("number", "1", None, [])])],
                ),
            ],
            id="an-appendix",
        ),
    ],
)
def test_the_closing(text: str, expected: list[Tree]) -> None:
    assert tree(text) == expected


LONG = "thực hiện kế hoạch của Ủy ban nhân dân huyện về việc nâng cao chất"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            f"a) {LONG.capitalize()}\nLượng giáo dục.\n",
            [f"a) {LONG.capitalize()} Lượng giáo dục."],
            id="a-full-line-goes-on",
        ),
        pytest.param(
            "- Kế hoạch số 43/KH-UBND\n\ncủa UBND tỉnh.\n",
            ["- Kế hoạch số 43/KH-UBND của UBND tỉnh."],
            id="a-small-letter-goes-on",
        ),
        pytest.param(
            "- Đạt chuẩn;\n\n100% nhà giáo.\n",
            ["- Đạt chuẩn; 100% nhà giáo."],
            id="a-digit-after-a-semicolon",
        ),
        pytest.param("- Một việc,\n\nHai việc.\n", ["- Một việc, Hai việc."], id="a-comma-goes-on"),
        pytest.param(
            "Một việc\nHai việc\n", ["Một việc", "Hai việc"], id="short-lines-stand-alone"
        ),
        pytest.param("Một việc.\nHai việc.\n", ["Một việc.", "Hai việc."], id="a-full-stop-ends"),
        pytest.param(
            "ỦY BAN NHÂN DÂN\nHUYỆN KON RẪY\n\nSố: 1\n",
            ["ỦY BAN NHÂN DÂN HUYỆN KON RẪY", "Số: 1"],
            id="a-title-over-two-lines",
        ),
        pytest.param("- Một việc\n- Hai việc\n", ["- Một việc", "- Hai việc"], id="a-mark-ends"),
    ],
)
def test_broken_lines(text: str, words: list[str]) -> None:
    units = parse_outline(text).children
    assert [view(text, unit.pieces).text for unit in units] == words


@pytest.mark.parametrize(
    ("between", "label"),
    [
        ("\n² Quyết định số 1373/QĐ-TTg.\n\n", "²"),
        ("[2] Quyết định số 1373/QĐ-TTg.\n", "[2]"),
        ("\n12\n\n", ""),
    ],
    ids=["footnote", "footnote-in-brackets", "page-number"],
)
def test_what_interrupts_a_sentence_is_not_part_of_it(between: str, label: str) -> None:
    text = f"- Xây dựng kế hoạch chuyển đổi số,\n{between}tổ chức quản lý.\n- Hai.\n"
    first, second = parse_outline(text).children
    assert view(text, first.pieces).text == "- Xây dựng kế hoạch chuyển đổi số, tổ chức quản lý."
    assert view(text, second.pieces).text == "- Hai."
    (note,) = first.children
    assert (note.level, note.label) == ("footnote", label)
    assert note.span.of(text) == between.strip()


def test_an_inline_heading_is_not_the_unit() -> None:
    text = "1. Phòng Nội vụ: Chủ trì.\n2. Phòng Y tế:\n- Chủ trì.\n3. Công an huyện\n¹ Ghi chú.\n"
    assert [is_heading(unit) for unit in parse_outline(text).children] == [False, True, False]


@pytest.mark.parametrize(
    ("sentence", "heading"),
    [
        ("1. Phòng Nội vụ huyện", "1. Phòng Nội vụ huyện"),
        ("1. Phòng Nội vụ chủ trì.", None),
        ("1. " + "rất dài " * 60, None),
    ],
    ids=["title", "sentence", "too-long"],
)
def test_what_stands_above_others_is_a_heading_unless_it_is_a_sentence(
    sentence: str, heading: str | None
) -> None:
    ((_, _, found, _),) = tree(f"{sentence}\n- Một.\n")
    assert found == heading


# Properties


def units(unit: Unit) -> Iterator[Unit]:
    yield unit
    for child in unit.children:
        yield from units(child)


LINES = st.lists(
    st.sampled_from(
        [
            "I. MỤC TIÊU",
            "1. Việc:",
            "1.1. Con",
            "a) Điểm;",
            "đ) Điểm;",
            "- Gạch",
            "+ Cộng",
            "Điều 5a. Hết",
            "¹ Ghi chú",
            "12",
            "",
            "  ",
            "Một đoạn.",
            "tiếp theo",
            "Nơi nhận:",
            "TM. ỦY BAN",
            "Nguyễn Văn A",
            "Thực hiện./.",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Chương I",
            LONG,
            "\x85x",
            "x\u2028y",
            "Kính gửi:",
        ]
    ),
    max_size=25,
)
TEXTS = st.one_of(st.text(), LINES.map("\n".join))


@given(TEXTS)
@settings(max_examples=300)
def test_every_line_lies_in_one_unit(text: str) -> None:
    root = parse_outline(text)
    pieces = sorted(piece for unit in units(root) for piece in unit.pieces)
    assert all(a.end <= b.start for a, b in pairwise(pieces))
    found = [line for piece in pieces for line in piece.of(text).split("\n")]
    assert found == [line.strip() for line in text.split("\n") if line.strip()]


@given(TEXTS)
@settings(max_examples=300)
def test_units_nest(text: str) -> None:
    for unit in units(parse_outline(text)):
        assert all(unit.span.covers(child.span) for child in unit.children)
        assert all(unit.span.covers(piece) for piece in unit.pieces)
        assert all(a.end <= b.start for a, b in pairwise(unit.pieces))
        spans = [child.span for child in unit.children]
        assert all(a.end <= b.start for a, b in pairwise(spans))
        if unit.heading:
            assert unit.span.covers(unit.heading.span)
            assert unit.heading.text


# The project's own documents


def paths(source: str) -> dict[str, tuple[str, ...]]:
    """Return the headings above every unit of a document of the corpus, by its words."""
    text = read(CORPUS / source).text
    found: dict[str, tuple[str, ...]] = {}

    def walk(unit: Unit, above: tuple[str, ...]) -> None:
        found.setdefault(view(text, unit.pieces).text, above)
        heading = (unit.heading.text,) if unit.heading else ()
        for child in unit.children:
            walk(child, (*above, *heading))

    walk(parse_outline(text), ())
    return found


KON_RAY, CHI_LANG = "000_eba29bdb91f8a10b.txt", "001_97fd57f65c5eff66.txt"
NOTICE, BINH_SON, NA_MEO = (
    "002_1d6f7e26cffbb5e3.txt",
    "003_18e35584e7dafd68.txt",
    "004_51d59cd3eefeb0a9.txt",
)


@pytest.mark.parametrize(
    ("source", "words", "path"),
    [
        pytest.param(
            KON_RAY,
            "- Đẩy mạnh xã hội hóa giáo dục",
            ("2. Phòng Giáo dục và Đào tạo huyện",),
            id="000-dash",
        ),
        pytest.param(
            KON_RAY,
            "- Các phòng, ban, ngành, đơn vị thuộc UBND huyện;",
            ("Kính gửi",),
            id="000-addressee",
        ),
        pytest.param(
            KON_RAY,
            "¹ Chương trình mục tiêu quốc gia",
            ("4. Phòng Tài chính - Kế hoạch huyện",),
            id="000-footnote",
        ),
        pytest.param(KON_RAY, "- Lưu: VT.", ("Nơi nhận",), id="000-recipient"),
        pytest.param(
            CHI_LANG,
            "đ) Phối hợp UBND các xã",
            ("IV. TỔ CHỨC THỰC HIỆN", "1. Phòng Giáo dục và Đào tạo huyện"),
            id="001-point-d",
        ),
        pytest.param(
            CHI_LANG,
            "Các phòng, ban, cơ quan, UBND các xã, thị trấn và các đơn vị liên quan tích cực",
            ("IV. TỔ CHỨC THỰC HIỆN", "7. Các phòng, ban, các cơ quan, đơn vị liên quan"),
            id="001-the-yearly-report",
        ),
        pytest.param(CHI_LANG, "UBND huyện yêu cầu các phòng", (), id="001-the-last-sentence"),
        pytest.param(
            NOTICE,
            "- Tiếp tục chỉ đạo, tổ chức điều tra",
            (
                "2. Để thực hiện hiệu quả công tác phân luồng và nâng cao chất lượng giáo dục THCS "
                "trong năm học "
                "2023-2024 và các năm tiếp theo, UBND huyện đề nghị",
                "2.4. UBND các xã, thị trấn",
            ),
            id="002-the-monthly-report",
        ),
        pytest.param(
            BINH_SON,
            "- Tham gia đề xuất",
            ("II. Nhiệm vụ trọng tâm trong thời gian đến", "2. Các trường học thuộc huyện"),
            id="003-by-28-6",
        ),
        pytest.param(
            BINH_SON,
            "- Hoàn thiện dự thảo Kế hoạch",
            (
                "II. Nhiệm vụ trọng tâm trong thời gian đến",
                "3. Phòng Giáo dục và Đào tạo",
                "3.2 Về Kế hoạch thực hiện đẩy mạnh xã hội hóa giáo dục trên địa bàn huyện "
                "Bình Sơn giai đoạn 2025-2030",
            ),
            id="003-by-12-7",
        ),
        pytest.param(
            NA_MEO, "4. Giao Ủy ban MTTQ xã chủ trì", ("III. TỔ CHỨC THỰC HIỆN",), id="004-task"
        ),
        pytest.param(
            NA_MEO,
            "- Mỗi năm xây dựng quỹ khuyến học",
            (
                "I. QUAN ĐIỂM CHỈ ĐẠO VÀ MỤC TIÊU",
                "3. Một số chỉ tiêu chủ yếu đến năm 2025",
                "3.6. Một số chỉ tiêu khác",
            ),
            id="004-target",
        ),
    ],
)
def test_the_path_above(source: str, words: str, path: tuple[str, ...]) -> None:
    above = [found for unit, found in paths(source).items() if unit.startswith(words)]
    assert above
    assert set(above) == {path}


def test_a_sentence_over_a_page_of_footnotes_is_whole() -> None:
    (sentence,) = (
        words for words in paths(CHI_LANG) if "Thực hiện hiệu quả kế hoạch chuyển đổi số" in words
    )
    assert "chuyển đổi số, tổ chức quản lý nhà trường" in sentence
    assert "1373/QĐ-TTg" not in sentence
