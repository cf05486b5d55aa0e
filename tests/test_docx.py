from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from docsearch.errors import SourceError, UnsupportedFormatError
from docsearch.parse.closing import read_closing
from docsearch.parse.header import parse_header
from docsearch.parse.markers import find_marker
from docsearch.read import package as package_module
from docsearch.read.docx import read_docx
from docsearch.read.numbering import format_number
from tests.word import level, numbered, numbering, p, r, tbl, tc, tr, write_docx


def text_of(path: Path, body: str, **parts: str) -> str:
    return read_docx(write_docx(path / "x.docx", body, parts), "x.docx").text


def style(name: str, inside: str, *, based_on: str = "", kind: str = "paragraph") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{base}{inside}'
        "</w:style>"
    )


OFF = '<w:b w:val="0"/>'
RUN_STYLE = '<w:rStyle w:val="S"/>'
BOX = f"<w:txbxContent>{p('Trong khung')}</w:txbxContent>"


# Paragraphs


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(p("Điều 1."), "Điều 1.", id="a-paragraph"),
        pytest.param(p("Đie\u0302\u0300u 1."), "Điều 1.", id="decomposed"),
        pytest.param(f"<w:p>{r('Kế ho')}{r('ạch')}</w:p>", "Kế hoạch", id="a-word-in-two-runs"),
        pytest.param(p("một") + p() + p() + p("hai"), "một\n\nhai", id="blank-paragraphs-are-one"),
        pytest.param(
            "<w:p><w:r><w:t>Số: 5</w:t><w:tab/><w:t>Hà Nội</w:t></w:r></w:p>",
            "Số: 5\tHà Nội",
            id="tab",
        ),
        pytest.param(
            "<w:p><w:r><w:t>CỘNG HÒA</w:t><w:br/><w:t>Độc lập</w:t></w:r></w:p>",
            "CỘNG HÒA\nĐộc lập",
            id="line-break",
        ),
        pytest.param(
            "<w:p><w:r><w:t>36</w:t><w:noBreakHyphen/><w:t>HD/VPTW</w:t></w:r></w:p>",
            "36-HD/VPTW",
            id="no-break-hyphen",
        ),
        pytest.param(
            "<w:p><w:r><w:t>tuyên</w:t><w:softHyphen/><w:t>truyền\xa0viên</w:t></w:r></w:p>",
            "tuyêntruyền viên",
            id="soft-hyphen-and-no-break-space",
        ),
        pytest.param(
            '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t> Có</w:t></w:r></w:p>',
            "☑ Có",
            id="symbol",
        ),
        pytest.param(p("  \tthụt dòng "), "thụt dòng", id="indentation"),
        pytest.param(
            f"<w:p><w:ins>{r('thêm')}</w:ins><w:del><w:r><w:delText>bớt</w:delText></w:r></w:del>"
            f"<w:moveFrom>{r('cũ')}</w:moveFrom><w:moveTo>{r(' mới')}</w:moveTo></w:p>",
            "thêm mới",
            id="tracked-changes",
        ),
        pytest.param(
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('nửa câu')}</w:p>{p(' còn lại')}",
            "nửa câu còn lại",
            id="a-deleted-end-of-paragraph",
        ),
        pytest.param(
            f"<w:p><w:hyperlink>{r('liên kết')}</w:hyperlink><w:smartTag>{r(' và')}</w:smartTag>"
            f"<w:fldSimple>{r(' trường')}</w:fldSimple></w:p>",
            "liên kết và trường",
            id="links-tags-and-fields",
        ),
        pytest.param(
            "<w:p><w:r><w:instrText>DATE</w:instrText></w:r>"
            f"<w:r><w:fldChar/></w:r>{r('5/3/2024')}</w:p>",
            "5/3/2024",
            id="instruction-of-a-field",
        ),
        pytest.param(
            f"<w:sdt><w:sdtContent>{p('trong ô')}<w:sdt><w:sdtContent>{p('trong nữa')}"
            "</w:sdtContent></w:sdt></w:sdtContent></w:sdt>",
            "trong ô\ntrong nữa",
            id="content-controls",
        ),
        pytest.param(
            f"<w:p>{r('Tên: ')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            f"{r('Click here')}</w:sdtContent></w:sdt></w:p>",
            "Tên:",
            id="a-prompt-is-not-text",
        ),
        pytest.param(
            f"<w:p>{r('hiện')}{r(' ẩn', properties='<w:vanish/>')}</w:p>", "hiện", id="hidden"
        ),
        pytest.param(
            f"<w:p>{r('Ủy ban', properties='<w:caps/>')}</w:p>", "ỦY BAN", id="capitals-by-format"
        ),
        pytest.param(
            f"<w:p>{r('ngoài')}<w:r><mc:AlternateContent><mc:Choice><w:drawing>{BOX}</w:drawing>"
            f"</mc:Choice><mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent>"
            "</w:r></w:p>",
            "Trong khung\nngoài",
            id="a-text-box-once",
        ),
        pytest.param(
            f"<w:p><w:r><w:drawing><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>"
            f"{BOX}</mc:Fallback></mc:AlternateContent></w:drawing></w:r>{r('ngoài')}</w:p>",
            "Trong khung\nngoài",
            id="a-text-box-once-within-a-drawing",
        ),
        pytest.param(
            f"<w:p>{r('x = ')}<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></w:p>",
            "x = a+b",
            id="formula",
        ),
    ],
)
def test_paragraphs(tmp_path: Path, body: str, expected: str) -> None:
    assert text_of(tmp_path, body + p("hết")) == f"{expected}\nhết\n"


def test_contents_are_left_out_and_noted(tmp_path: Path) -> None:
    body = p("Chương I\t3", properties='<w:pStyle w:val="TOC1"/>') + p("Chương I")
    styles = '<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    reading = read_docx(write_docx(tmp_path / "x.docx", body, {"styles": styles}), "x.docx")
    assert reading.text == "Chương I\n"
    assert reading.notes == ("The table of contents is left out.",)


def test_strict_open_xml(tmp_path: Path) -> None:
    body = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{p("Có")}</w:body></w:document>'
    path = write_docx(tmp_path / "x.docx", "", raw={"word/document.xml": body.encode()})
    assert read_docx(path, "x.docx").text == "Có\n"


# Bold lines


@pytest.mark.parametrize(
    ("body", "bold"),
    [
        pytest.param(p("đậm", bold=True), ["đậm"], id="all-runs"),
        pytest.param(f"<w:p>{r('đậm', bold=True)}{r(' thường')}</w:p>", [], id="a-part"),
        pytest.param(
            f"<w:p>{r('đậm', bold=True)}{r('  ')}</w:p>", ["đậm"], id="blanks-do-not-count"
        ),
        pytest.param(p("đậm", properties='<w:pStyle w:val="B"/>'), ["đậm"], id="paragraph-style"),
        pytest.param(p("đậm", properties='<w:pStyle w:val="C"/>'), ["đậm"], id="style-based-on-it"),
        pytest.param(
            f'<w:p><w:pPr><w:pStyle w:val="B"/></w:pPr>{r("x", properties=OFF)}</w:p>',
            [],
            id="switched-off",
        ),
        pytest.param(f"<w:p>{r('đậm', properties=RUN_STYLE)}</w:p>", ["đậm"], id="run-style"),
        pytest.param(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>một</w:t><w:br/></w:r>" + r("hai") + "</w:p>",
            ["một"],
            id="one-line-of-a-paragraph",
        ),
    ],
)
def test_bold_lines(tmp_path: Path, body: str, bold: list[str]) -> None:
    styles = (
        style("B", "<w:rPr><w:b/></w:rPr>")
        + style("C", "", based_on="B")
        + style("S", "<w:rPr><w:b/></w:rPr>", kind="character")
        + style("Loop", "", based_on="Loop")
    )
    path = write_docx(tmp_path / "x.docx", p("trước") + body + p("sau"), {"styles": styles})
    reading = read_docx(path, "x.docx")
    assert [span.of(reading.text) for span in reading.bold] == bold


# Automatic numbers


@pytest.mark.parametrize(
    ("levels", "paragraphs", "expected"),
    [
        pytest.param(
            [level("%1.")], [(0, "A"), (0, "B"), (0, "C")], ["1. A", "2. B", "3. C"], id="decimal"
        ),
        pytest.param(
            [level("%1."), level("%1.%2.", index=1)],
            [(0, "A"), (1, "B"), (1, "C"), (0, "D"), (1, "E")],
            ["1. A", "1.1. B", "1.2. C", "2. D", "2.1. E"],
            id="a-higher-level-restarts-a-lower",
        ),
        pytest.param(
            [level("%1.", "upperRoman"), level("%2)", "lowerLetter", index=1)],
            [(0, "A"), (1, "B"), (1, "C")],
            ["I. A", "a) B", "b) C"],
            id="romans-and-letters",
        ),
        pytest.param(
            [
                level("%1.", "upperRoman"),
                level("%2.", index=1, more='<w:lvlRestart w:val="0"/>'),
            ],
            [(0, "A"), (1, "B"), (0, "C"), (1, "D")],
            ["I. A", "1. B", "II. C", "2. D"],
            id="never-restarted",
        ),
        pytest.param(
            [
                level("%1.", "upperRoman"),
                level("%2.", index=1),
                level("%3)", "lowerLetter", index=2, more='<w:lvlRestart w:val="1"/>'),
            ],
            [(0, "A"), (1, "B"), (2, "C"), (1, "D"), (2, "E"), (0, "F"), (2, "G")],
            ["I. A", "1. B", "a) C", "2. D", "b) E", "II. F", "a) G"],
            id="restarted-by-the-first-level-only",
        ),
        pytest.param(
            [
                level("%1.", "upperRoman"),
                level("%1.%2.", index=1, more="<w:isLgl/>"),
            ],
            [(0, "A"), (1, "B")],
            ["I. A", "1.1. B"],
            id="legal",
        ),
        pytest.param(
            [level("Điều %1.")],
            [(0, "Phạm vi"), (0, "Đối tượng")],
            ["Điều 1. Phạm vi", "Điều 2. Đối tượng"],
            id="article",
        ),
        pytest.param(
            [level("Chương %1", "upperRoman")],
            [(0, "QUY ĐỊNH")],
            ["Chương I QUY ĐỊNH"],
            id="chapter",
        ),
        pytest.param(
            [level("%1", "decimalZero", start=9)],
            [(0, "A"), (0, "B")],
            ["09 A", "10 B"],
            id="begins-at-nine",
        ),
        pytest.param(
            [level("\uf0b7", "bullet"), level("o", "bullet", index=1)],
            [(0, "A"), (1, "B")],
            ["- A", "+ B"],
            id="bullets",
        ),
        pytest.param([level("+", "bullet")], [(0, "A")], ["+ A"], id="a-plus-stays"),
        pytest.param([level("", "none")], [(0, "A")], ["A"], id="none"),
        pytest.param(
            [level("(%1)", more='<w:suff w:val="nothing"/>')],
            [(0, "A")],
            ["(1)A"],
            id="nothing-between",
        ),
        pytest.param(
            [level("%1."), level("%1.%2.", index=1)],
            [(1, "A")],
            ["1.1. A"],
            id="a-level-above-that-never-came",
        ),
    ],
)
def test_automatic_numbers(
    tmp_path: Path, levels: list[str], paragraphs: list[tuple[int, str]], expected: list[str]
) -> None:
    body = "".join(numbered(text, level=index) for index, text in paragraphs)
    assert text_of(tmp_path, body, numbering=numbering(*levels)).splitlines() == expected


def test_the_numbers_are_marks_of_the_outline(tmp_path: Path) -> None:
    levels = [level("Điều %1."), level("%2.", index=1), level("%3)", "lowerLetter", index=2)]
    body = numbered("Phạm vi") + numbered("Quy định này", level=1) + numbered("tổ chức;", level=2)
    lines = text_of(tmp_path, body, numbering=numbering(*levels)).splitlines()
    marks = [find_marker(line) for line in lines]
    assert [(m.level, m.label) for m in marks if m] == [
        ("article", "1"),
        ("number", "1"),
        ("letter", "a"),
    ]


def test_lists_of_one_form_count_on_and_an_override_restarts(tmp_path: Path) -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        f"{level('%1)', 'lowerLetter')}</w:lvlOverride></w:num>"
    )
    body = "".join(numbered("x", number) for number in (1, 2, 3, 3, 1, 4, 99))
    text = text_of(tmp_path, body, numbering=numbering(level("%1."), more=more))
    assert text.splitlines() == ["1. x", "2. x", "1. x", "2. x", "3. x", "d) x", "x"]


def test_styles_are_numbered(tmp_path: Path) -> None:
    styles = (
        style("H1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("H2", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("Child", "", based_on="H1")
    )
    levels = numbering(
        level("%1.", more='<w:pStyle w:val="H1"/>'),
        level("%1.%2.", index=1, more='<w:pStyle w:val="H2"/>'),
    )
    none = '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = "".join(
        p("x", properties=properties)
        for properties in (
            '<w:pStyle w:val="H1"/>',
            '<w:pStyle w:val="H2"/>',
            '<w:pStyle w:val="Child"/>',
            none,
        )
    )
    text = text_of(tmp_path, body, styles=styles, numbering=levels)
    assert text.splitlines() == ["1. x", "1.1. x", "2. x", "x"]


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (4, "lowerLetter", "d"),
        (28, "upperLetter", "BB"),
        (14, "lowerRoman", "xiv"),
        (1999, "upperRoman", "MCMXCIX"),
        (0, "upperRoman", "0"),
        (5, "thaiCounting", "5"),
        (7, "decimalZero", "07"),
        (3, "none", ""),
    ],
)
def test_numbers_as_word_prints_them(value: int, form: str, expected: str) -> None:
    assert format_number(value, form) == expected


# Footnotes, headers


def test_footnotes_stand_at_the_end_after_their_marks(tmp_path: Path) -> None:
    body = (
        f'<w:p>{r("Quyết định")}<w:r><w:footnoteReference w:id="5"/></w:r>{r(" này")}'
        '<w:r><w:endnoteReference w:id="2"/></w:r></w:p>' + p("./.")
    )
    notes = (
        f'<w:footnote w:id="0">{p("—")}</w:footnote><w:footnote w:id="5">{p(" Số 5")}</w:footnote>'
    )
    ends = f'<w:endnote w:id="2">{p("Số 6")}</w:endnote>'
    text = text_of(tmp_path, body, footnotes=notes, endnotes=ends)
    assert text == "Quyết định¹ này²\n./.\n¹ Số 5\n² Số 6\n"
    assert find_marker("¹ Số 5")


NATION = p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")


def test_a_page_header_is_left_out_and_noted(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "x.docx", NATION + p("thân"), {"header": p("Trang 1")})
    reading = read_docx(path, "x.docx")
    assert reading.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nthân\n"
    assert reading.notes == ("The header and footer of the pages are left out.",)


def test_a_letterhead_in_the_page_header_comes_first(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "x.docx", p("KẾ HOẠCH"), {"header": NATION + p("Số: 5/KH-UBND")})
    reading = read_docx(path, "x.docx")
    assert reading.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/KH-UBND\nKẾ HOẠCH\n"
    assert reading.notes == ()


# Fonts before Unicode


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(p("Céng hßa", font=".VnTime"), "Cộng hòa", id="tcvn3"),
        pytest.param(p("Céng hßa", font=".VnTimeH"), "CỘNG HÒA", id="capital-font"),
        pytest.param(p("Coäng hoøa", font="VNI-Times"), "Cộng hòa", id="vni"),
        pytest.param(
            "<w:p>" + r("Coa", font="VNI-Times") + r("ùng", font="VNI-Times", bold=True) + "</w:p>",
            "Coáng",
            id="a-letter-in-two-runs",
        ),
        pytest.param(
            '<w:p><w:r><w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr><w:t>n</w:t><w:softHyphen/>'
            "<w:t>íc</w:t></w:r></w:p>",
            "nước",
            id="the-soft-hyphen-is-a-letter",
        ),
        pytest.param(p("Kế hoạch số", font=".VnTime"), "Kế hoạch số", id="unicode-in-that-font"),
        pytest.param(
            "<w:p>" + r("Sè ", font=".VnTime") + r("Độc lập, có", font="Arial") + "</w:p>",
            "Số Độc lập, có",
            id="both-in-a-line",
        ),
        pytest.param(
            p("ñy ban", properties='<w:pStyle w:val="Abc"/>'), "ủy ban", id="font-of-a-style"
        ),
    ],
)
def test_fonts_before_unicode(tmp_path: Path, body: str, expected: str) -> None:
    styles = style("Abc", '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>')
    assert text_of(tmp_path, body, styles=styles) == expected + "\n"


# Tables


def lines_of(path: Path, *tables: str) -> list[str]:
    return text_of(path, "".join(tables)).splitlines()


def test_a_table_of_data_has_its_heads_in_each_row(tmp_path: Path) -> None:
    table = tbl(
        tr("STT", "Nội dung", "Thời gian"),
        tr("(1)", "(2)", "(3)"),
        tr("1", p("Báo cáo") + p("- quý") + p("- năm"), "15/12/2024"),
        tr(tc("Các trường", span=3)),
        tr("2", "Tổng kết", ""),
    )
    assert lines_of(tmp_path, table) == [
        "STT: 1 | Nội dung: Báo cáo; - quý; - năm | Thời gian: 15/12/2024",
        "Các trường",
        "STT: 2 | Nội dung: Tổng kết",
    ]


def test_merged_heads_and_merged_cells(tmp_path: Path) -> None:
    table = tbl(
        tr(tc("Đơn vị", merge="restart"), tc("Chỉ tiêu", span=2)),
        tr(tc("", merge="continue"), "2024", "2025"),
        tr(tc("Phòng GDĐT", merge="restart"), "90%", "95%"),
        tr(tc("", merge="continue"), "80", "85"),
    )
    assert lines_of(tmp_path, table) == [
        "Đơn vị: Phòng GDĐT | Chỉ tiêu / 2024: 90% | Chỉ tiêu / 2025: 95%",
        "Đơn vị: Phòng GDĐT | Chỉ tiêu / 2024: 80 | Chỉ tiêu / 2025: 85",
    ]


def test_a_column_of_automatic_numbers(tmp_path: Path) -> None:
    table = tbl(tr("TT", "Tên"), tr(tc(numbered("")), "A"), tr(tc(numbered("")), "B"))
    text = text_of(tmp_path, table, numbering=numbering(level("%1")))
    assert text.splitlines() == ["TT: 1 | Tên: A", "TT: 2 | Tên: B"]


def test_a_row_that_the_file_marks_is_the_head(tmp_path: Path) -> None:
    table = tbl(tr("a", "1", head=True), tr("b", "2"), tr("c", "3"))
    assert lines_of(tmp_path, table) == ["a: b | 1: 2", "a: c | 1: 3"]


def test_a_form_keeps_its_heads(tmp_path: Path) -> None:
    table = tbl(tr("STT", "Đề xuất"), tr("1", ""), tr("2", ""))
    assert lines_of(tmp_path, table) == ["STT | Đề xuất", "STT: 1", "STT: 2"]


def test_a_table_without_a_head(tmp_path: Path) -> None:
    table = tbl(tr("Tên trường", "THCS Chu Văn An."), tr("Số lớp", "12"))
    assert lines_of(tmp_path, table) == ["Tên trường | THCS Chu Văn An.", "Số lớp | 12"]


def test_a_frame_around_text(tmp_path: Path) -> None:
    assert lines_of(tmp_path, tbl(tr(tc(p("một") + p("hai"))))) == ["một", "hai"]


def test_a_table_in_a_table(tmp_path: Path) -> None:
    inner = tbl(tr("STT", "Tên"), tr("1", "A"))
    assert lines_of(tmp_path, tbl(tr(tc(p("Danh sách") + inner)), ruled=False)) == [
        "Danh sách",
        "STT: 1 | Tên: A",
    ]


@pytest.mark.parametrize("ruled", [True, False])
def test_letterhead_and_signature_are_no_data(tmp_path: Path, ruled: bool) -> None:
    head = tbl(
        tr(
            tc(p("UBND TỈNH CÀ MAU") + p("SỞ NỘI VỤ", bold=True)),
            tc(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập - Tự do - Hạnh phúc")),
        ),
        tr("Số: 27/KH-SNV", "Cà Mau, ngày 08 tháng 3 năm 2023"),
        ruled=ruled,
    )
    foot = tbl(
        tr(
            tc(p("Nơi nhận:") + p("- UBND tỉnh (b/c);") + p("- Lưu: VT.")),
            tc(p("KT. GIÁM ĐỐC") + p("PHÓ GIÁM ĐỐC") + p("Trần Thị Bé")),
        ),
        ruled=ruled,
    )
    body = p("KẾ HOẠCH") + p("Tuyển dụng viên chức năm 2023") + p("1. Mục đích.")
    text = text_of(tmp_path, head + body + foot)
    header = parse_header(text)
    assert header.number and header.number.value == "27/KH-SNV"
    assert header.issuer and header.issuer.value == "Sở Nội vụ tỉnh Cà Mau"
    assert header.issued_on and header.issued_on.value == "2023-03-08"
    assert header.type and header.type.value == "kế hoạch"
    closing = read_closing(text, text.index("1. Mục đích"))
    assert [(s.name, s.title, s.authority) for s in closing.signatories] == [
        ("Trần Thị Bé", "PHÓ GIÁM ĐỐC", "KT. GIÁM ĐỐC")
    ]
    assert [recipient.name for recipient in closing.recipients] == ["UBND tỉnh", "VT"]


def test_columns_of_short_lines_stay_together(tmp_path: Path) -> None:
    table = tbl(tr("Ông Lê A", "Trưởng ban"), tr("Bà Ma B", "Phó ban"), ruled=False)
    assert lines_of(tmp_path, table) == ["Ông Lê A\tTrưởng ban", "Bà Ma B\tPhó ban"]


def test_a_huge_table_in_bounded_time(tmp_path: Path) -> None:
    rows = [tr(str(i), *[f"ô {i}.{j}" for j in range(9)]) for i in range(2_000)]
    head = tr("STT", *[f"Cột {j}" for j in range(9)])
    path = write_docx(tmp_path / "x.docx", tbl(head, *rows))
    begun = time.monotonic()
    text = read_docx(path, "x.docx").text
    assert time.monotonic() - begun < 15
    assert text.count("\n") == 2_000
    assert "STT: 1999 | Cột 0: ô 1999.0 | " in text


# Bad input

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def document(inside: str, before: str = "") -> dict[str, bytes]:
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    xml = f"{before}<w:document {ns}><w:body>{inside}</w:body></w:document>"
    return {"word/document.xml": xml.encode()}


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        pytest.param(document(p("&b;"), BOMB), "declares a document type", id="entities"),
        pytest.param(document(p("&e;"), OUTSIDE), "declares a document type", id="outside-entity"),
        pytest.param({"word/document.xml": b""}, "word/document.xml is empty", id="zero-bytes"),
        pytest.param({"word/document.xml": b"\0" * 9}, "is empty", id="only-zeros"),
        pytest.param({"word/document.xml": b"<w:document"}, "no XML", id="cut-xml"),
        pytest.param(document("<w:p>" * 5000), "no XML", id="deep-and-open"),
        pytest.param(
            document("<w:tbl><w:tr><w:tc>" * 2000 + "</w:tc></w:tr></w:tbl>" * 2000),
            "no XML that can be read",
            id="tables-in-tables",
        ),
        pytest.param({"../../evil.xml": b"x"}, "leads out of the container", id="path-upwards"),
        pytest.param({"/etc/x.xml": b"x"}, "leads out of the container", id="absolute-path"),
        pytest.param(document(p("")), "empty: there is no text", id="no-text"),
    ],
)
def test_hostile_documents_are_refused(tmp_path: Path, raw: dict[str, bytes], found: str) -> None:
    path = write_docx(tmp_path / "bad.docx", p("x"), raw=raw)
    with pytest.raises(SourceError, match=rf"^2022/bad\.docx: .*{found}"):
        read_docx(path, "2022/bad.docx")


def test_tables_in_tables_that_are_still_read(tmp_path: Path) -> None:
    depth = 60
    body = f"<w:tbl><w:tr><w:tc>{p('x')}" * depth + f"{p('y')}" + "</w:tc></w:tr></w:tbl>" * depth
    assert text_of(tmp_path, body).splitlines() == ["x"] * depth + ["y"]


def test_a_container_that_unpacks_to_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_docx(tmp_path / "x.docx", p("x"), raw={"word/media/a.png": b"\0" * 5_000_000})
    assert path.stat().st_size < 20_000
    assert read_docx(path, "x.docx").text == "x\n"
    monkeypatch.setattr(package_module, "MAX_UNPACKED", 4_000_000)
    with pytest.raises(SourceError, match=r"^x\.docx: \d+ bytes when unpacked; at most 4000000"):
        read_docx(path, "x.docx")


def test_a_part_that_is_too_large(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "x.docx", p("x" * 100))
    found = pytest.raises(SourceError, match=r"word/document.xml has \d+ bytes; at most 10")
    with package_module.Package(path, "x") as package, found:
        package.read("word/document.xml", 10)


def test_too_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "MAX_PARTS", 3)
    with pytest.raises(SourceError, match="4 parts; at most 3 are read"):
        read_docx(write_docx(tmp_path / "x.docx", p("x")), "x.docx")


@pytest.mark.parametrize("kept", [0, 4, 100, -40])
def test_a_cut_container(tmp_path: Path, kept: int) -> None:
    path = write_docx(tmp_path / "x.docx", p("x"))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(SourceError, match=r"^x\.docx: a broken or cut-off ZIP container"):
        read_docx(path, "x.docx")


def test_a_broken_part(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "x.docx", p("x" * 2000))
    data = bytearray(path.read_bytes())
    at = data.index(b"word/document.xml") + 60
    data[at : at + 20] = b"\xff" * 20
    path.write_bytes(data)
    with pytest.raises(SourceError, match=r"^x\.docx: word/document\.xml is broken"):
        read_docx(path, "x.docx")


def test_another_container(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("a.txt", "x")
    with pytest.raises(UnsupportedFormatError, match="a ZIP container, not a Word document"):
        read_docx(path, "x.docx")


def test_macros_are_named_and_not_read(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "x.docm", p("x"), raw={"word/vbaProject.bin": b"Sub Evil()"})
    reading = read_docx(path, "x.docm")
    assert reading.text == "x\n"
    assert reading.notes == ("It holds macros, which are not read.",)
