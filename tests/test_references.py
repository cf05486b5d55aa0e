"""Numbers, dates and citations in running text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsearch.parse.dates import find_dates
from docsearch.parse.header import parse_header
from docsearch.parse.numbers import (
    find_bare_numbers,
    find_numbers,
    number_key,
    read_number_line,
    symbol_of,
)
from docsearch.parse.references import find_references
from docsearch.records import Reference

ROOT = Path(__file__).resolve().parents[1]
HEADERS = ROOT.parent / "shared" / "data" / "headers" / "binhduong-ubnd.jsonl"

NUMBERS = {
    "plan": ("Kế hoạch số 141/KH-UBND ngày", ["141/KH-UBND"]),
    "with the year": ("Nghị định 30/2020/NĐ-CP", ["30/2020/NĐ-CP"]),
    "Party": ("Nghị quyết số 02-NQ/TU, ngày", ["02-NQ/TU"]),
    "Party, as web pages misprint it": ("số 20-NQ-ĐU ngày 19/8/2021", ["20-NQ-ĐU"]),
    "blank before the sign": ("Số: 203 /TB-UBND", ["203/TB-UBND"]),
    "blanks around the hyphen": ("Số: 36 /KH - UBND |", ["36/KH-UBND"]),
    "blank before the year": ("Số:  256 /2004/QĐ-UB", ["256/2004/QĐ-UB"]),
    "three parts": ("01/KH-GDNN-GDTX, về", ["01/KH-GDNN-GDTX"]),
    "a body first": ("9595/UBND-KGVX ngày", ["9595/UBND-KGVX"]),
    "a body alone": ("công văn số 498/UBND ngày 17/3/2016", ["498/UBND"]),
    "National Assembly": ("Nghị quyết số 190/2025/QH15 quy định", ["190/2025/QH15"]),
    "blank after the hyphen": ("01/2020/TT- BNNPTNT ngày", ["01/2020/TT-BNNPTNT"]),
    "Eth for Đ": ("2403/QÐ-UBND", ["2403/QĐ-UBND"]),
    "a clause after a hyphen": ("số 36/KH-UBND - Phòng Giáo dục", ["36/KH-UBND"]),
    "a word glued on": ("số 141/KH-UBNDngày 2", ["141/KH-UBND"]),
    "typed small": ("ke hoach 141/kh-ubnd", ["141/kh-ubnd"]),
    "typed with blanks": ("kế hoạch 141 kh ubnd có gì", ["141/kh-ubnd"]),
    "typed Party": ("nghi quyet 02-nq/tu", ["02-nq/tu"]),
    "dates": ("trước ngày 15/12, ngày 29/4/2022, 2021-2025", []),
    "rates and fractions": ("2 buổi/ngày, 1/2 số lớp, 35 học sinh/lớp, 5/HS, 24/7", []),
    "an invitation without a sign": ("Các thành phần theo GM 186 ;", []),
    "two in a row": ("số 5/KH-UBND và số 6/KH-UBND", ["5/KH-UBND", "6/KH-UBND"]),
    "no number": ("Số:      /UBND-VX", []),
    "marks of a list": ("1/ UBND các huyện:\n- 2/UBND xã báo cáo\n3/ HĐND tỉnh", []),
    "a line that was broken": ("theo công văn số\n15/UBND ngày 3/4/2004", ["15/UBND"]),
    "nothing but a number": ("12/UBND", ["12/UBND"]),
}


@pytest.mark.parametrize(("text", "expected"), NUMBERS.values(), ids=NUMBERS.keys())
def test_find_numbers(text: str, expected: list[str]) -> None:
    found = find_numbers(text)
    assert [mention.value for mention in found] == expected
    for mention in found:
        assert number_key(mention.span.of(text)) == number_key(mention.value)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("141/KH-UBND", "141 KH UBND"),
        ("141/KH-UBND", "Số: 141 /kh-ubnd"),
        ("30/2020/NĐ-CP", "30/2020/nd-cp"),
        ("02-NQ/TU", "2-NQ/TU"),
        ("20-NQ/ĐU", "20-NQ-ĐU"),
    ],
)
def test_number_key_agrees(first: str, second: str) -> None:
    assert number_key(first) == number_key(second)


def test_number_key_tells_apart() -> None:
    assert number_key("141/KH-UBND") != number_key("14/KH-UBND")
    assert number_key("15/2020/QĐ-UBND") != number_key("15/2021/QĐ-UBND")
    assert number_key(" - ") == ""


@pytest.mark.parametrize(
    ("number", "symbol"),
    [
        ("141/KH-UBND", "KH-UBND"),
        ("30/2020/NĐ-CP", "NĐ-CP"),
        ("20-NQ/ĐU", "NQ/ĐU"),
        ("57/2014/QH13", "QH13"),
        ("KH-UBND", None),
    ],
)
def test_symbol_of(number: str, symbol: str | None) -> None:
    assert symbol_of(number) == symbol


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        pytest.param("Số: 203 /TB-UBND", "203/TB-UBND", "TB-UBND", id="filled in"),
        pytest.param("Số:      /UBND-VX", None, "UBND-VX", id="blank"),
        pytest.param("Số: /UBND-VX", None, "UBND-VX", id="blank, squeezed"),
        pytest.param("Số: …../KH-UBND", None, "KH-UBND", id="dots"),
        pytest.param("Số:     -NQ/ĐU", None, "NQ/ĐU", id="Party, blank"),
        pytest.param("Số: 2Tý/STTTT-CNTT Phú Thọ", None, "STTTT-CNTT", id="garbled by OCR"),
        pytest.param("Số 02-NQ/TU", "02-NQ/TU", "NQ/TU", id="without a colon"),
    ],
)
def test_read_number_line(line: str, number: str | None, symbol: str | None) -> None:
    stated = read_number_line(line)
    assert stated is not None
    assert (stated.number and stated.number.value) == number
    assert (stated.symbol and stated.symbol.value) == symbol


@pytest.mark.parametrize(
    "line",
    ["Số lượng học sinh 5/6", "Số 60 Trần Phú - Ba Đình - Hà Nội", "Số: 12", "Kế hoạch 5/KH-UBND"],
)
def test_read_number_line_of_other_lines(line: str) -> None:
    assert read_number_line(line) is None


BARE = {
    "cited": ("Quyết định 281 của Thủ tướng", [("quyết định", "281")]),
    "with the label": ("Công văn số 498", [("công văn", "498")]),
    "without diacritics": ("quyet dinh 281?", [("quyết định", "281")]),
    "a period": ("kế hoạch 5 năm, báo cáo 6 tháng", []),
    "a year": ("Kế hoạch 2024, kế hoạch năm 2025", []),
    "a date": ("Thông báo số 25/2/2021 về", []),
    "a full number": ("Kế hoạch số 141/KH-UBND", []),
    "a form": ("mẫu báo cáo số 03", []),
}


@pytest.mark.parametrize(("text", "expected"), BARE.values(), ids=BARE.keys())
def test_find_bare_numbers(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(bare.type, bare.value) for bare in find_bare_numbers(text)] == expected


@pytest.mark.skipif(not HEADERS.exists(), reason="the records of one province are not here")
def test_numbers_of_one_province() -> None:
    with HEADERS.open(encoding="utf-8") as lines:
        numbers = [json.loads(line)["so_hieu"].strip() for line in lines]
    numbers = [number for number in numbers if number]
    read = [n for n in numbers if (m := find_numbers(n)) and m[0].span.start == 0]
    missed = sorted(set(numbers) - set(read))
    assert missed == ["251-BCĐ"]  # no type: only a label tells it from "5-KT"


DATES = {
    "in words": ("ngày 29 tháng 4 năm 2022", ["2022-04-29"]),
    "slashes": ("ngày 29/4/2022;", ["2022-04-29"]),
    "blanks inside": ("trước ngày 22/ 12/ 2011", ["2011-12-22"]),
    "dots": ("từ 01.7.2025", ["2025-07-01"]),
    "hyphens": ("29-4-2022", ["2022-04-29"]),
    "line breaks inside": ("ngày\n15\ntháng 12 năm\n2021", ["2021-12-15"]),
    "glued": ("ngày 14 tháng5 năm 2008", ["2008-05-14"]),
    "no year": ("trước ngày 15/12 hằng năm", ["--12-15"]),
    "no year, in words": ("trước ngày 15 tháng 12", ["--12-15"]),
    "no diacritics": ("truoc ngay 15 thang 12 nam 2024", ["2024-12-15"]),
    "a month": ("tháng 12 năm 2011 và tháng 6/2012", ["2011-12", "2012-06"]),
    "the 29th of February": ("29/2, 29/2/2024, 29/2/2023", ["--02-29", "2024-02-29"]),
    "not in the calendar": ("31/2, 31/4/2022, 15/13", []),
    "the end of a range": ("ngày 10-15/12/2024", ["2024-12-15"]),
    "a period": ("2021-2025, 12-15, 2 buổi/ngày, 6 tháng 1 lần", []),
    "a document number": ("05/2008/TT-BTTTT, 12/KH-UBND", []),
}


@pytest.mark.parametrize(("text", "expected"), DATES.values(), ids=DATES.keys())
def test_find_dates(text: str, expected: list[str]) -> None:
    assert [date.value for date in find_dates(text)] == expected


def test_find_english_dates() -> None:
    text = "26 July 2024, July 26, 2024; 15 December, the 5th of May, June 2024, may I, march on"
    values = [date.value for date in find_dates(text, english=True)]
    assert values == ["2024-07-26", "2024-07-26", "--12-15", "--05-05", "2024-06"]
    assert find_dates(text) == ()


REFERENCES = {
    "everything stated": (
        "Thực hiện Kế hoạch số 43/KH-UBND, ngày 23/02/2022 của Ủy ban nhân dân tỉnh Lạng Sơn về"
        " việc thực hiện phân luồng;",
        ("kế hoạch", "43/KH-UBND", "2022-02-23", "UBND tỉnh Lạng Sơn", "thực hiện phân luồng"),
    ),
    "a number without a symbol": (
        "theo Quyết định 281 của Thủ tướng Chính phủ.",
        ("quyết định", "281", None, "Thủ tướng Chính phủ", None),
    ),
    "Party": (
        "Nghị quyết số 02-NQ/TU, ngày 06/5/2021 của Tỉnh ủy về nâng cao chất lượng. Tiếp",
        ("nghị quyết", "02-NQ/TU", "2021-05-06", "Tỉnh ủy", "nâng cao chất lượng"),
    ),
    "a colon, and a word that only looks like để": (
        "Kế hoạch số: 113/KH-UBND ngày 08/5/2024 về Tổ chức Hội nghị chuyên đề mầm non; Kế hoạch",
        ("kế hoạch", "113/KH-UBND", "2024-05-08", None, "Tổ chức Hội nghị chuyên đề mầm non"),
    ),
    "a clause ends the subject": (
        "Chỉ thị số 5/CT-UBND về tiết kiệm điện để giảm chi phí",
        ("chỉ thị", "5/CT-UBND", None, None, "tiết kiệm điện"),
    ),
    "a term of office": (
        "Kết luận số 01-KL/TW ngày 18/5/2021 của Bộ Chính trị khóa XIII, yêu cầu",
        ("kết luận", "01-KL/TW", "2021-05-18", "Bộ Chính trị khóa XIII", None),
    ),
    "a quoted subject": (
        "Chỉ thị số 05-CT/TW của Bộ Chính trị “Về đẩy mạnh học tập”, trong",
        ("chỉ thị", "05-CT/TW", None, "Bộ Chính trị", "Về đẩy mạnh học tập"),
    ),
    "a quotation at the end of the subject": (
        'Quyết định số 522/QĐ-TTg ngày 14/5/2018 của Thủ tướng Chính phủ phê duyệt Đề án "Hướng'
        ' nghiệp, giai đoạn 2018 - 2025" và các',
        (
            "quyết định",
            "522/QĐ-TTg",
            "2018-05-14",
            "Thủ tướng Chính phủ",
            'phê duyệt Đề án "Hướng nghiệp, giai đoạn 2018 - 2025"',
        ),
    ),
    "a law by its name": (
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
        ("luật", None, "2015-06-19", None, "Tổ chức chính quyền địa phương"),
    ),
    "a law that was passed": (
        "Căn cứ Luật Phòng, chống thiên tai được Quốc hội thông qua ngày 19 tháng 6 năm 2013;",
        ("luật", None, "2013-06-19", None, "Phòng, chống thiên tai"),
    ),
    "the type in the symbol only": (
        "theo số 31/TB-VPCP ngày 25/02/2021.",
        ("thông báo", "31/TB-VPCP", "2021-02-25", None, None),
    ),
    "a name that the vocabulary lacks": (
        "Thông tư số 02/2022/TT-BNNPTNT của Bộ Nông nghiệp và Phát triển nông Xóm hướng dẫn lập",
        (
            "thông tư",
            "02/2022/TT-BNNPTNT",
            None,
            "Bộ Nông nghiệp và Phát triển nông Xóm",
            "hướng dẫn lập",
        ),
    ),
    "about, glued to what it is about": (
        "Quyết định số 942/QĐ-TTg ngày 15/6/2021 của Thủ tướng Chính phủ vềphê duyệt Chiến lược;",
        ("quyết định", "942/QĐ-TTg", "2021-06-15", "Thủ tướng Chính phủ", "phê duyệt Chiến lược"),
    ),
    "several ministries": (
        "Thông tư liên tịch số 06/2008/TTLT-BTTTT-BCA ngày 28/11/2008 của liên Bộ: Thông tin và"
        " Truyền thông – Công an về an ninh thông tin;",
        (
            "thông tư liên tịch",
            "06/2008/TTLT-BTTTT-BCA",
            "2008-11-28",
            "liên Bộ Thông tin và Truyền thông – Công an",
            "an ninh thông tin",
        ),
    ),
    "fixed spaces": (
        "Nghị định số\u00a009/2019/NĐ-CP\u00a0ngày 24 tháng 01 năm 2019\u00a0của Chính phủ",
        ("nghị định", "09/2019/NĐ-CP", "2019-01-24", "Chính phủ", None),
    ),
}


def fields(reference: Reference) -> tuple[str | None, ...]:
    return (
        reference.type,
        reference.number,
        reference.issued_on,
        reference.issuer,
        reference.subject,
    )


@pytest.mark.parametrize(("text", "expected"), REFERENCES.values(), ids=REFERENCES.keys())
def test_find_references(text: str, expected: tuple[str | None, ...]) -> None:
    reference = find_references(text)[0]
    assert fields(reference) == expected
    words = reference.span.of(text)
    assert words == words.strip()
    assert reference.number is None or reference.number in words.replace(" ", "")


def test_a_subject_may_cite() -> None:
    text = "Kế hoạch số 5/KH-UBND về thực hiện Nghị quyết số 02-NQ/TU ngày 06/5/2021."
    outer, inner = find_references(text)
    assert outer.subject == "thực hiện Nghị quyết số 02-NQ/TU ngày 06/5/2021"
    assert outer.span.covers(inner.span)


def test_a_law_without_a_date_is_not_cited() -> None:
    assert find_references("Luật Giáo dục, các văn bản khác; trước ngày 15/12 Luật này") == ()


def test_positions_count_from_start() -> None:
    text = "Thực hiện Kế hoạch số 5/KH-UBND."
    whole = find_references(text)[0].span
    part = find_references(text[10:], start=10)[0].span
    assert part == whole


def test_own_number_is_no_reference() -> None:
    text = (
        "Số: 5/KH-UBND\n\nChi Lăng, ngày 2 tháng 3 năm 2022\n\nKẾ HOẠCH\nPhân luồng\n\n"
        "(Kèm theo Kế hoạch số 5/KH-UBND ngày 02/3/2022)\n"
        "Thực hiện Kế hoạch số 5/KH-UBND ngày 01/02/2022 của UBND tỉnh;\n"
    )
    (reference,) = find_references(text, header=parse_header(text))
    assert (reference.number, reference.issued_on) == ("5/KH-UBND", "2022-02-01")


CITED_BY_001 = {
    ("43/KH-UBND", "2022-02-23", "UBND tỉnh Lạng Sơn"),
    ("63-NQ/TU", "2021-12-29", "Ban Thường vụ Tỉnh ủy"),
    ("96-KH/HU", "2022-03-09", "Ban Thường vụ Huyện ủy"),
    ("01-KL/TW", "2021-05-18", "Bộ Chính trị khóa XIII"),
    ("05-CT/TW", None, "Bộ Chính trị"),
    ("1895/QĐ-TTg", "2021-11-11", "Thủ tướng Chính phủ"),
    ("1373/QĐ-TTg", "2021-07-30", "Thủ tướng Chính phủ"),
    ("522/QĐ-TTg", "2018-05-14", "Thủ tướng Chính phủ"),
}


def test_references_of_a_plan() -> None:
    text = min((ROOT / "corpus").glob("001_*.txt")).read_text(encoding="utf-8")
    found = find_references(text, header=parse_header(text))
    assert {(r.number, r.issued_on, r.issuer) for r in found} == CITED_BY_001


def test_references_of_a_document_that_stands_there_twice() -> None:
    text = min((ROOT / "corpus").glob("004_*.txt")).read_text(encoding="utf-8")
    found = find_references(text, header=parse_header(text))
    assert "20-nq-du" not in {number_key(r.number or "") for r in found}
    assert {r.number for r in found} == {"08-NQ/HU", "281", "29-NQ/TW"}


ALPHABET = st.sampled_from(
    [*"aÁđ1 /-.,:;\n“”()", "số ", "Số: ", "/KH-UBND", "ngày ", "12/2", "Luật ", "của UBND ", "về "]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(ALPHABET, max_size=60).map("".join)))
def test_any_text(text: str) -> None:
    for reference in find_references(text):
        assert reference.span.end <= len(text)
    for number in find_numbers(text):
        assert number.span.of(text)
    for date in find_dates(text, english=True):
        assert date.span.of(text)
    find_bare_numbers(text)
    number_key(text)
    read_number_line(text)


@pytest.mark.parametrize(
    "text",
    ["Số: \n" * 200_000, "1-" + "A-" * 500_000, "Luật X ngày 1 " * 70_000, " " * 1_000_000],
    ids=["labels", "one endless symbol", "laws", "blanks"],
)
def test_a_megabyte_takes_seconds(text: str) -> None:
    started = time.perf_counter()
    find_references(text)
    assert time.perf_counter() - started < 60  # linear: 1-6 s; quadratic would take hours
