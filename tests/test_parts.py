"""Several documents in one file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsearch.facts.find import find_facts
from docsearch.parse.header import parse_header
from docsearch.parse.outline import parse_outline, walk
from docsearch.parse.parts import find_attachments, find_copies, find_parts
from docsearch.parse.passages import split
from docsearch.parse.quotations import closing_lines, unclosed
from docsearch.parse.view import view
from docsearch.read import read
from docsearch.records import Unit
from tests.factories import CORPUS, document

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def letter(number: str = "101", day: str = "3", about: str = "phòng cháy, chữa cháy") -> str:
    return (
        f"ỦY BAN NHÂN DÂN\nHUYỆN ĐẦM HÀ\n\nSố: {number}/UBND-VP\nV/v {about}\n\n{NATION}\n"
        f"Đầm Hà, ngày {day} tháng 5 năm 2023\n\nKính gửi: Các phòng, ban thuộc huyện\n\n"
        f"1. Các đơn vị rà soát công tác {about} tại trụ sở làm việc.\n"
        f"2. Gửi báo cáo về {about} trước ngày 20/5/2023.\n\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nHoàng Thị Lan\n\n"
    )


def decision(number: str = "12/QĐ-UBND", says: str = "") -> str:
    return (
        f"ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"THÀNH PHỐ SÓC TRĂNG\tĐộc lập - Tự do - Hạnh phúc\n"
        f"Số: {number}\tSóc Trăng, ngày 9 tháng 2 năm 2015\n\nQUYẾT ĐỊNH\nVề việc giao nhiệm vụ\n\n"
        "Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân năm 2003;\n\nQUYẾT ĐỊNH:\n\n"
        f"Điều 1. Giao nhiệm vụ cho các đơn vị{says}.\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.\n\n"
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n\n"
        "Lâm Văn Tuấn\n\n"
    )


def party_notice(number: str) -> str:
    return (
        "HUYỆN ỦY SÌN HỒ\nVĂN PHÒNG\n*\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        f"Số {number}-TB/VPHU\nSìn Hồ, ngày 7 tháng 8 năm 2019\nTHÔNG BÁO\n"
        f"kết luận số {number} của Thường trực Huyện ủy\n"
        "1- Các chi bộ báo cáo kết quả.\n\nNơi nhận:\n- Các chi bộ;\n\nT/L BAN THƯỜNG VỤ\n"
        "CHÁNH VĂN PHÒNG\n\nGiàng A Páo\n\n"
    )


ISSUED = "(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 9/2/2015 của UBND thành phố)\n"
REGULATION = (
    f"QUY CHẾ\nLàm việc của Tổ công tác\n{ISSUED}\nChương I\nQUY ĐỊNH CHUNG\n"
    "Điều 1. Phạm vi\n1. Quy chế này quy định cách làm việc.\nĐiều 2. Nguyên tắc\nTập trung.\n"
)
FORM = (
    f"Mẫu số 01\n{NATION}……, ngày … tháng … năm …\nĐƠN ĐỀ NGHỊ\nKính gửi: …………\n1. Họ và tên:\n"
    "NGƯỜI LÀM ĐƠN\n(Ký, ghi rõ họ tên)\n"
)


@pytest.mark.parametrize(
    ("pieces", "cuts"),
    [
        pytest.param([], 0, id="empty"),
        pytest.param(["Một dòng.\n"], 1, id="no-document"),
        pytest.param([letter()], 1, id="one-letter"),
        pytest.param([letter(), letter("102", "4", "thu gom rác")], 2, id="two-letters"),
        pytest.param([decision(), decision("13/QĐ-UBND"), letter()], 3, id="a-bulletin"),
        pytest.param([party_notice("5"), party_notice("6")], 2, id="party-notices"),
        pytest.param([letter(), letter()], 1, id="a-copy"),
        pytest.param([letter(), letter().replace(" ", "  ")], 1, id="a-copy-with-other-blanks"),
        pytest.param([letter(), letter("", "4", "thu gom rác")], 1, id="blank-number"),
        pytest.param([letter(), letter("102", "", "thu gom rác")], 1, id="blank-day"),
        pytest.param([decision(), REGULATION], 1, id="a-regulation"),
        pytest.param([decision(), NATION + REGULATION], 1, id="a-regulation-with-a-letterhead"),
        pytest.param([decision(), "PHỤ LỤC I\nDANH SÁCH\n1. Một\n"], 1, id="an-annex"),
        pytest.param([decision(), "PHỤ LỤC\n", FORM, FORM], 1, id="forms-in-an-annex"),
        pytest.param([decision(), REGULATION, decision("13/QĐ-UBND")], 2, id="with-a-regulation"),
        pytest.param(
            [letter(), f"“{letter('102', '4', 'rác').split('Nơi nhận')[0]}”\n"], 1, id="quoted"
        ),
    ],
)
def test_find_parts(pieces: list[str], cuts: int) -> None:
    text = "".join(pieces)
    parts = find_parts(text)
    assert len(parts) == cuts
    assert "".join(part.of(text) for part in parts) == text


def test_every_part_has_its_own_header() -> None:
    text = letter() + letter("102", "4", "thu gom rác") + decision()
    headers = [parse_header(part.of(text)) for part in find_parts(text)]
    assert [header.number.value for header in headers if header.number] == [
        "101/UBND-VP",
        "102/UBND-VP",
        "12/QĐ-UBND",
    ]
    assert [len(header.signatories) for header in headers] == [1, 1, 1]


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_a_document_of_the_corpus_is_one(path: Path) -> None:
    assert len(find_parts(read(path).text)) == 1


@pytest.mark.parametrize(
    ("title", "level", "heading"),
    [
        pytest.param("QUY CHẾ\nLàm việc\n", "attached", "QUY CHẾ Làm việc", id="regulation"),
        pytest.param("**QUY ĐỊNH**\nVề giá đất\n", "attached", "QUY ĐỊNH Về giá đất", id="bold"),
        pytest.param("Chương trình\nHành động\n", "attached", "Chương trình Hành động", id="small"),
        pytest.param("KẾ HOẠCH PHÒNG DỊCH\n", "attached", "KẾ HOẠCH PHÒNG DỊCH", id="one-line"),
        pytest.param(NATION + "ĐỀ ÁN\nCứng hóa\n", "attached", "ĐỀ ÁN Cứng hóa", id="letterhead"),
        pytest.param("DANH SÁCH CÁC XÃ\n", "annex", "DANH SÁCH CÁC XÃ", id="list"),
        pytest.param("BẢNG PHÂN CÔNG\nNhân sự\n", "annex", "BẢNG PHÂN CÔNG Nhân sự", id="table"),
        pytest.param("Nhiệm vụ của các tổ.\n", None, None, id="a-sentence"),
    ],
)
def test_what_a_decision_issues(title: str, level: str | None, heading: str | None) -> None:
    text = f"{decision()}{title}{ISSUED}Điều 1. Phạm vi\nÁp dụng cho các xã.\n"
    heads = find_attachments(text)
    assert [head.level for head in heads] == ([level] if level else [])
    if level:
        part = parse_outline(text).children[-1]
        assert part.level == level
        assert part.heading
        assert part.heading.text == heading
        paths = [tuple(h.text for h in above) for _, above in walk(part)]
        assert paths[-1] == (heading, "Điều 1. Phạm vi")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(REGULATION, id="a-regulation-alone"),
        pytest.param(
            f"Điều 1. Việc\nBan hành kèm theo Quyết định này {ISSUED}", id="in-a-sentence"
        ),
        pytest.param(decision() + "PHỤ LỤC II\nKẾ HOẠCH VỐN\n" + ISSUED, id="a-numbered-annex"),
        pytest.param(decision() + "Phòng Nội vụ theo dõi.\n" + ISSUED, id="no-title"),
    ],
)
def test_what_is_no_attached_document(text: str) -> None:
    assert find_attachments(text) == ()


def test_articles_of_a_regulation_are_told_from_those_of_its_decision() -> None:
    text = decision(says=", kèm theo Quy chế") + REGULATION
    places = {
        (unit.label, tuple(heading.text for heading in above)[:1])
        for unit, above in walk(parse_outline(text))
        if unit.level == "article"
    }
    assert ("1", ()) in places
    assert ("1", ("QUY CHẾ Làm việc của Tổ công tác",)) in places


# Copies

BODY = "".join(
    f"{i}. Phòng chuyên môn thứ {i} rà soát, tổng hợp số liệu và báo cáo trước ngày {i}/6/2023.\n"
    for i in range(1, 13)
)
PLAN = letter().replace("Nơi nhận", BODY + "Nơi nhận", 1)


def double_blanks(text: str) -> str:
    return text.replace(" ", "  ")


def without_blank_lines(text: str) -> str:
    return re.sub(r"\n+", "\n", text)


def with_tabs(text: str) -> str:
    return "\t" + text.replace("\n", " \n\t")


def without_one_line(text: str) -> str:
    return text.replace(BODY.split("\n")[4] + "\n", "")


CHANGES = [str, double_blanks, without_blank_lines, with_tabs, without_one_line]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_copy_is_counted_once(change: Callable[[str], str]) -> None:
    text = f"{PLAN}\nTừ khóa:\n{change(PLAN)}\nBài viết khác:\n"
    (copy,) = find_copies(text)
    assert copy.start >= len(PLAN)
    assert text[copy.end :].strip() == "Bài viết khác:"
    outline = parse_outline(text)
    assert [unit.level for unit in outline.children].count("copy") == 1
    once = split(document(PLAN), parse_outline(PLAN))
    found = split(document(text), outline)
    held = "\n".join(passage.text for passage in found)
    assert all(passage.text in held for passage in once)
    assert not any(passage.span.overlaps(copy) for passage in found)
    facts = find_facts(document(text), parse_header(text), outline)
    alone = find_facts(document(PLAN), parse_header(PLAN), parse_outline(PLAN))
    assert len(facts.obligations) == len(alone.obligations)


def test_three_times_the_same_plan_are_two_copies() -> None:
    text = f"{PLAN}\n{PLAN}\n{PLAN}"
    assert len(find_copies(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PLAN, id="once"),
        pytest.param(PLAN + BODY[:200], id="a-few-lines"),
        pytest.param(letter() + letter("102", "4", "thu gom rác thải"), id="two-letters"),
        pytest.param(PLAN + "PHỤ LỤC\n" + BODY.replace("rà soát", "kiểm kê tài sản"), id="annex"),
        pytest.param(BODY + BODY, id="the-same-duties-twice"),
        pytest.param(f"1. Xã A:\n{BODY}2. Xã B:\n{BODY}3. Xã C:\n{BODY}", id="for-every-unit"),
        pytest.param("Một dòng dài hơn bốn mươi chữ cái trong văn bản này.\n" * 4, id="short"),
    ],
)
def test_what_is_no_copy(text: str) -> None:
    assert find_copies(text) == ()


# Quotations


@pytest.mark.parametrize(
    ("line", "balance"),
    [
        ("không có gì", 0),
        ("“Điều 5. Phạm vi", 1),
        ("hết.”", -1),
        ('"Điều 5. Phạm vi', 1),
        ('hết hiệu lực".', -1),
        ("cơ chế “một cửa“ tại", 0),
        ('cơ chế "một cửa", "liên thông"', 0),
        ("giai đoạn 2018 - 2025”³.", -1),
        ("Đề án “*Xây dựng*” và “*Phát triển", 1),
        ("«Quy chế» và «Quy", 1),
    ],
)
def test_what_a_line_leaves_open(line: str, balance: int) -> None:
    assert unclosed(line)[0] == balance


@pytest.mark.parametrize(
    ("balances", "expected"),
    [
        ([], []),
        ([0, 0], [None, None]),
        ([1, 0, -1], [2, None, None]),
        ([1, 1, -1, -1], [3, 2, None, None]),
        ([1, 0, 0], [None, None, None]),
        ([-1, 1, -1], [None, 2, None]),
        ([2, -1, -1], [2, None, None]),
    ],
)
def test_which_line_closes_a_quotation(balances: list[int], expected: list[int | None]) -> None:
    assert closing_lines(balances) == expected


@pytest.mark.parametrize(
    ("quoted", "kept"),
    [
        pytest.param("“2. Đối tượng:\na) Cán bộ;\nb) Công chức.”", True, id="points"),
        pytest.param('"2. Đối tượng:\na) Cán bộ;\nb) Công chức."', True, id="straight"),
        pytest.param("“Chương II\nTỔ CHỨC\nĐiều 9. Bộ máy\n1. Tổ.”", True, id="chapter"),
        pytest.param("“2. Đối tượng:\na) Cán bộ;\nb) Công chức.", True, id="never-closed"),
        pytest.param("Mục này không còn.", False, id="nothing-quoted"),
    ],
)
def test_quoted_articles_are_no_units(quoted: str, kept: bool) -> None:
    text = (
        f"Điều 1. Sửa đổi Quy định như sau:\n1. Sửa đổi khoản 2 Điều 3 như sau:\n{quoted}\n"
        "2. Bãi bỏ khoản 5 Điều 8.\nĐiều 2. Hiệu lực\nTừ ngày ký.\n"
    )
    first, second = parse_outline(text).children
    assert (first.label, second.label) == ("1", "2")
    one, two = first.children
    assert (one.label, two.label) == ("1", "2")
    assert one.heading
    assert one.heading.text == "1. Sửa đổi khoản 2 Điều 3 như sau"
    if kept:
        (quotation,) = one.children
        words = view(text, quotation.pieces).text
        assert words == quoted.replace("\n", " ")
        assert quotation.heading is None


# Properties


def everything(unit: Unit) -> Iterator[Unit]:
    yield unit
    for child in unit.children:
        yield from everything(child)


LINES = st.lists(
    st.sampled_from(
        [
            *letter().split("\n"),
            *decision().split("\n"),
            *REGULATION.split("\n"),
            "PHỤ LỤC II",
            "Mẫu số 02",
            "“Điều 5. Phạm vi",
            "hết.”",
            "# Kế hoạch",
            "**Về nhân sự**",
            "\f- 3 -",
            "iV. Tổ chức",
            "* Mục tiêu:",
            *BODY.split("\n")[:6],
        ]
    ),
    max_size=60,
)


@given(st.one_of(st.text(), LINES.map("\n".join), LINES.map(lambda x: "\n".join([*x, *x]))))
@settings(max_examples=200, deadline=None)
def test_the_parts_of_any_text(text: str) -> None:
    parts = find_parts(text)
    assert "".join(part.of(text) for part in parts) == text
    for spans in (find_copies(text), tuple(head.span for head in find_attachments(text))):
        assert all(a.end <= b.start for a, b in pairwise(spans))
    outline = parse_outline(text)
    for unit in outline.children:
        assert unit.level != "copy" or not unit.children
    pieces = sorted(piece for unit in everything(outline) for piece in unit.pieces)
    assert all(a.end <= b.start for a, b in pairwise(pieces))
    found = [line.strip() for piece in pieces for line in piece.of(text).split("\n")]
    assert found == [line.strip() for line in text.split("\n") if line.strip()]
    split(document(text), outline)
