"""Headers: the project's own documents field by field, forms of letterhead, and rubbish."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsearch.orthography import fold
from docsearch.parse.bodies import normalise_body
from docsearch.parse.header import parse_header
from docsearch.records import Header, Recipient, Span, Stated

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ROOT.parent / "shared" / "data" / "documents"
STATED = ("type", "number", "symbol", "issuer", "parent_body", "place", "issued_on", "subject")


def stated(header: Header, name: str) -> Stated | None:
    field = getattr(header, name)
    assert field is None or isinstance(field, Stated)
    return field


def value(header: Header, name: str) -> str | None:
    field = stated(header, name)
    return field.value if field else None


def spans(header: Header) -> list[Span]:
    return [
        *(field.span for name in STATED if (field := stated(header, name))),
        *(signatory.span for signatory in header.signatories),
        *(addressee.span for addressee in header.addressees),
        *(recipient.span for recipient in header.recipients),
    ]


def corpus(prefix: str) -> str:
    return min((ROOT / "corpus").glob(f"{prefix}_*.txt")).read_text(encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Expected:
    """The values of one header, and the words that state them where these differ."""

    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    parent_body: str | None = None
    place: str | None = None
    issued_on: str | None = None
    subject: str | None = None
    signatories: tuple[tuple[str, str | None, str | None], ...] = ()
    inferred: frozenset[str] = frozenset()


SEEDS = {
    # blank number and date; a cited công văn has a number
    "000": Expected(
        type="công văn",
        symbol="UBND-VX",
        issuer="UBND huyện Kon Rẫy",
        place="huyện Kon Rẫy",
        subject="triển khai thực hiện Kết luận số 1364-KL/TU ngày 12/01/2024 của BCH Đảng bộ tỉnh"
        " về sơ kết Nghị quyết số 02-NQ/TU ngày 06/5/2021 về nâng cao chất lượng giáo dục đối với"
        " học sinh DTTS",
        signatories=(("Đinh Thị Hồng Thu", "PHÓ CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"),),
        inferred=frozenset({"type"}),
    ),
    # the issuer's lines are missing: it introduces itself in the preamble
    "001": Expected(
        type="kế hoạch",
        number="141/KH-UBND",
        symbol="KH-UBND",
        issuer="UBND huyện Chi Lăng",
        place="huyện Chi Lăng",
        issued_on="2022-04-29",
        subject="Tiếp tục thực hiện đổi mới căn bản, phát triển toàn diện giáo dục và đào tạo trên"
        " địa bàn huyện Chi Lăng giai đoạn 2021 - 2025, định hướng đến năm 2030",
        signatories=(("Vi Nông Trường", "CHỦ TỊCH", None),),
        inferred=frozenset({"issuer"}),
    ),
    # no letterhead, no district's name; the date under the subject is the meeting's
    "002": Expected(
        type="thông báo",
        issuer="UBND huyện",
        subject="Kết luận của Phó Chủ tịch UBND huyện, Đinh Thị Hồng Thu tại buổi làm việc về công"
        " tác phân luồng, nâng cao chất lượng giáo dục THCS trên địa bàn huyện",
        signatories=(
            ("Nguyễn Văn Chiên", "PHÓ CHÁNH VĂN PHÒNG", "TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG"),
        ),
        inferred=frozenset({"issuer"}),
    ),
    "003": Expected(
        type="thông báo",
        number="203/TB-UBND",
        symbol="TB-UBND",
        issuer="UBND huyện Bình Sơn",
        place="huyện Bình Sơn",
        issued_on="2024-06-18",
        subject="Kết luận của đồng chí Nguyễn Tường Duy, Chủ tịch UBND huyện, tại Hội nghị triển"
        " khai các kế hoạch chuyên đề ngành Giáo dục và Đào tạo",
        signatories=(("Nguyễn Thanh Thương", "CHÁNH VĂN PHÒNG", "TL. CHỦ TỊCH"),),
    ),
    # a web page with its own date and a misprinted number around the document
    "004": Expected(
        type="nghị quyết",
        number="20-NQ/ĐU",
        symbol="NQ/ĐU",
        issuer="Ban Thường vụ Đảng ủy xã Na Mèo",
        parent_body="Đảng bộ huyện Quan Sơn",
        place="xã Na Mèo",
        issued_on="2021-08-19",
        subject="phát triển, nâng cao chất lượng giáo dục và đào tạo xã Na Mèo đến năm 2025",
        signatories=(("Lữ Văn Hà", "BÍ THƯ", "T/M BAN THƯỜNG VỤ"),),
    ),
}


def check(text: str, expected: Expected) -> None:
    header = parse_header(text)
    assert {name: value(header, name) for name in STATED} == {
        name: getattr(expected, name) for name in STATED
    }
    inferred = {name for name in STATED if (field := stated(header, name)) and field.inferred}
    assert inferred == expected.inferred
    assert tuple((s.name, s.title, s.authority) for s in header.signatories) == expected.signatories
    check_spans(text, header)


def check_spans(text: str, header: Header) -> None:
    for span in spans(header):
        words = span.of(text)
        assert words and words == words.strip()
    for name in ("number", "symbol", "subject"):
        field = stated(header, name)
        if field:
            letters = re.sub(r"\W", "", fold(field.value))
            assert letters == re.sub(r"[\W_]", "", fold(field.span.of(text)))
    for name in ("issuer", "place"):
        field = stated(header, name)
        if field and not field.inferred:
            last = field.value.split()[-1]
            assert fold(last) in fold(field.span.of(text))
    for signatory in header.signatories:
        assert signatory.span.of(text).lower().endswith(signatory.name.lower())
    for recipient in header.recipients:
        assert recipient.name in re.sub(r"\s+", " ", recipient.span.of(text))


@pytest.mark.parametrize("prefix", SEEDS)
def test_seed(prefix: str) -> None:
    check(corpus(prefix), SEEDS[prefix])


@pytest.mark.parametrize(
    ("prefix", "name", "words"),
    [
        ("000", "issuer", "ỦY BAN NHÂN DÂN\nHUYỆN KON RẪY"),
        ("000", "symbol", "UBND-VX"),
        ("001", "number", "141 /KH-UBND"),
        ("001", "issuer", "Ủy ban nhân dân (UBND) huyện Chi Lăng"),
        ("001", "place", "Chi Lăng"),
        ("002", "issuer", "UBND huyện"),
        ("003", "issued_on", "ngày 18 tháng 6 năm 2024"),
        ("004", "number", "20-NQ/ĐU"),
        ("004", "parent_body", "ĐẢNG BỘ HUYỆN QUAN SƠN"),
    ],
)
def test_seed_words(prefix: str, name: str, words: str) -> None:
    text = corpus(prefix)
    field = stated(parse_header(text), name)
    assert field is not None
    assert field.span.of(text) == words


def test_seed_addressees_and_recipients() -> None:
    header = parse_header(corpus("000"))
    assert [addressee.text for addressee in header.addressees] == [
        "Các phòng, ban, ngành, đơn vị thuộc UBND huyện",
        "Ủy ban nhân dân các xã, thị trấn",
    ]
    assert [(r.name, r.purpose) for r in header.recipients] == [
        ("Như trên", "t/h"),
        ("Thường trực Huyện ủy", "b/c"),
        ("Thường trực HĐND huyện", "b/c"),
        ("Chủ tịch, các PCT UBND huyện", "đ/b"),
        ("Ban Tuyên giáo Huyện ủy", "đ/b"),
        ("Trang thông tin điện tử huyện", "đăng tin"),
        ("VT", "lưu"),
    ]


@pytest.mark.parametrize(
    ("prefix", "count", "last"),
    [("001", 12, "VT, GDĐT (NVĐ)"), ("002", 5, "VT"), ("003", 5, "VT"), ("004", 7, "VP Đảng ủy")],
)
def test_seed_recipients(prefix: str, count: int, last: str) -> None:
    recipients: tuple[Recipient, ...] = parse_header(corpus(prefix)).recipients
    assert len(recipients) == count
    assert (recipients[-1].name, recipients[-1].purpose) == (last, "lưu")


NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
FORMS = {
    "People's Council": (
        f"HỘI ĐỒNG NHÂN DÂN\nTỈNH KON TUM\n\nSố: 15/2022/NQ-HĐND\n\n{NATION}\n"
        "Kon Tum, ngày 12 tháng 7 năm 2022\n\nNGHỊ QUYẾT\n\nQuy định mức thu học phí\n\n"
        "HỘI ĐỒNG NHÂN DÂN TỈNH KON TUM\nKHÓA XII KỲ HỌP THỨ 2\n\nCăn cứ Luật Giáo dục;\n\n"
        "Nơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nDương Văn Trang\n",
        Expected(
            type="nghị quyết",
            number="15/2022/NQ-HĐND",
            symbol="NQ-HĐND",
            issuer="HĐND tỉnh Kon Tum",
            place="tỉnh Kon Tum",
            issued_on="2022-07-12",
            subject="Quy định mức thu học phí",
            signatories=(("Dương Văn Trang", "CHỦ TỊCH", None),),
        ),
    ),
    "Party, decided by a conference": (
        "TỈNH ỦY KON TUM\n*\nSố 02-NQ/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\n"
        "Kon Tum, ngày 06 tháng 5 năm 2021\n\nNGHỊ QUYẾT\nHỘI NGHỊ BAN CHẤP HÀNH ĐẢNG BỘ TỈNH\n"
        "về nâng cao chất lượng giáo dục\n-----\nThời gian qua, các cấp đã làm.\n\n"
        "T/M TỈNH ỦY\nBÍ THƯ\n(Đã ký)\nDương Văn Trang",
        Expected(
            type="nghị quyết",
            number="02-NQ/TU",
            symbol="NQ/TU",
            issuer="Ban Chấp hành Đảng bộ tỉnh Kon Tum",
            place="tỉnh Kon Tum",
            issued_on="2021-05-06",
            subject="nâng cao chất lượng giáo dục",
            signatories=(("Dương Văn Trang", "BÍ THƯ", "T/M TỈNH ỦY"),),
        ),
    ),
    "a Markdown table": (
        "| PHÒNG GD&ĐT HUYỆN CHI LĂNG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|---|\n"
        "| **TRƯỜNG TIỂU HỌC NGUYỄN HUỆ** | **Độc lập - Tự do - Hạnh phúc** |\n"
        "| Số: 12/KH-THNH | *Chi Lăng, ngày 05 tháng 9 năm 2023* |\n\n**KẾ HOẠCH**\n"
        "**Giáo dục nhà trường năm học 2023 - 2024**\n\nCăn cứ Thông tư số 32/2018/TT-BGDĐT;\n\n"
        "| **Nơi nhận:** | **HIỆU TRƯỞNG** |\n|---|---|\n| - Phòng GD&ĐT (b/c); | |\n"
        "| - Lưu: VT. | **Nguyễn Thị An** |\n",
        Expected(
            type="kế hoạch",
            number="12/KH-THNH",
            symbol="KH-THNH",
            issuer="Trường Tiểu học Nguyễn Huệ huyện Chi Lăng",
            parent_body="Phòng GD&ĐT huyện Chi Lăng",
            place="huyện Chi Lăng",
            issued_on="2023-09-05",
            subject="Giáo dục nhà trường năm học 2023 - 2024",
            signatories=(("Nguyễn Thị An", "HIỆU TRƯỞNG", None),),
        ),
    ),
    "a letter of a commune in two columns, without number and day": (
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ ĐẮK R'VE\tĐộc lập - Tự do - Hạnh"
        " phúc\n\tĐắk R'Ve, ngày      tháng 8 năm 2025\nSố:      /UBND-VHXH\nV/v báo cáo tình hình"
        " trẻ em\nbỏ học\n\nKính gửi: Các trường học trên địa bàn xã.\n\nThực hiện Công văn số"
        " 12/SGDĐT-GDTrH ngày 01/8/2025.\n\nNơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\tKT. CHỦ"
        " TỊCH\n- Lưu: VT.\tPHÓ CHỦ TỊCH\n\n\tA Nhẽ\n",
        Expected(
            type="công văn",
            symbol="UBND-VHXH",
            issuer="UBND xã Đắk R'Ve",
            place="xã Đắk R'Ve",
            issued_on="2025-08",
            subject="báo cáo tình hình trẻ em bỏ học",
            signatories=(("A Nhẽ", "PHÓ CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"),),
            inferred=frozenset({"type"}),
        ),
    ),
    "everything on one line": (
        "UBND TỈNH LẠNG SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM SỞ GIÁO DỤC VÀ ĐÀO TẠO Độc lập - Tự"
        " do - Hạnh phúc Số: 123/SGDĐT-VP Lạng Sơn, ngày 5 tháng 6 năm 2020 V/v tuyển sinh\n"
        "Kính gửi: Các trường.\n",
        Expected(
            type="công văn",
            number="123/SGDĐT-VP",
            symbol="SGDĐT-VP",
            issuer="Sở Giáo dục và Đào tạo tỉnh Lạng Sơn",
            parent_body="UBND tỉnh Lạng Sơn",
            place="tỉnh Lạng Sơn",
            issued_on="2020-06-05",
            subject="tuyển sinh",
            inferred=frozenset({"type"}),
        ),
    ),
    "a name in capitals, recipients below": (
        f"UBND HUYỆN CHI LĂNG\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 95/BC-PGDĐT\n{NATION}"
        "Chi Lăng, ngày 3 tháng 1 năm 2024\nBÁO CÁO\nSơ kết học kỳ I\n"
        "Kính gửi: Sở Giáo dục và Đào tạo\nTrong học kỳ I, ngành đã làm.\n"
        "KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG\nHOÀNG VĂN BÌNH\nNơi nhận:\n- Như trên;\n- Lưu VT.\n",
        Expected(
            type="báo cáo",
            number="95/BC-PGDĐT",
            symbol="BC-PGDĐT",
            issuer="Phòng Giáo dục và Đào tạo huyện Chi Lăng",
            parent_body="UBND huyện Chi Lăng",
            place="huyện Chi Lăng",
            issued_on="2024-01-03",
            subject="Sơ kết học kỳ I",
            signatories=(("Hoàng Văn Bình", "PHÓ TRƯỞNG PHÒNG", "KT. TRƯỞNG PHÒNG"),),
        ),
    ),
    "no title: the symbol has the type": (
        f"UBND HUYỆN CHI LĂNG\nSố: 12/TB-UBND\n{NATION}Chi Lăng, ngày 3 tháng 1 năm 2024\n\n"
        "Ngày 02/01/2024, UBND huyện họp.\n",
        Expected(
            type="thông báo",
            number="12/TB-UBND",
            symbol="TB-UBND",
            issuer="UBND huyện Chi Lăng",
            place="huyện Chi Lăng",
            issued_on="2024-01-03",
            inferred=frozenset({"type"}),
        ),
    ),
}


@pytest.mark.parametrize(("text", "expected"), FORMS.values(), ids=FORMS.keys())
def test_form(text: str, expected: Expected) -> None:
    check(text, expected)


def test_news_about_a_document_has_no_header() -> None:
    text = "UBND huyện vừa ban hành Kế hoạch số 48/KH-UBND ngày 20/3/2023 về phổ cập giáo dục.\n"
    assert parse_header(text) == Header()


# What the index of the set says and a header does not, by file and field.
DIFFERENT = {
    # the territory of the issuer, not the town that it sits in
    ("103.txt", "place"): "tỉnh Bình Dương",
    ("104.txt", "place"): "tỉnh Bình Dương",
    ("130.txt", "place"): "tỉnh Bình Phước",
    # stated by the letterhead or the subject, and not in the index
    ("172.txt", "place"): "xã Phú Mậu",
    ("199.txt", "place"): "huyện U Minh Thượng",
    # by the name of the web page
    ("192.txt", "place"): "xã Thạch Kim",
    # the month stands, the day is blank
    ("105.txt", "issued_on"): "2011-12",
    ("120.txt", "issued_on"): "2011-12",
    ("143.txt", "number"): "867/QĐ-QLTA",
    # scanned: the number is unreadable
    ("120.txt", "number"): None,
    # news about a document, not the document
    **{
        (file, name): None
        for file in ("160.txt", "185.txt", "200.txt")
        for name in ("type", "number", "issued_on", "issuer", "place")
    },
    # known from the address of the page only, or cut
    ("188.txt", "issuer"): None,
    ("192.txt", "issuer"): None,
    ("192.txt", "type"): None,
}
FIELDS = {
    "type": "type",
    "number": "number",
    "date": "issued_on",
    "issuing_body": "issuer",
    "place": "place",
}


@pytest.mark.skipif(not DOCUMENTS.exists(), reason="the set of collected documents is not here")
def test_collected_documents() -> None:
    wrong = []
    for line in (DOCUMENTS / "index.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        path = DOCUMENTS / entry["file"]
        true_text = path.with_suffix(".truth.txt")
        text = (true_text if true_text.exists() else path).read_text(encoding="utf-8")
        header = parse_header(text)
        check_spans(text, header)
        for key, name in FIELDS.items():
            expected = DIFFERENT.get((entry["file"], name), _indexed(entry[key], name))
            found = value(header, name)
            right = found == expected
            if name == "place" and expected and found:
                right = expected.removeprefix("TP.") in found
            if not right:
                wrong.append((entry["file"], name, expected, found))
    assert wrong == []


def _indexed(words: str | None, name: str) -> str | None:
    """Return a value of the index without its remarks: "(huyện …)", "+ chương trình"."""
    if words is None:
        return None
    if name == "type":
        return re.sub(r" [+(].*", "", words)
    return normalise_body(re.sub(r" \(.*|,.*", "", words)) if name == "issuer" else words


@pytest.mark.parametrize(
    "text",
    ["", " \n\t\n", "\x00\x01\x02\ufffd" * 500, "một dòng không có gì", "Số:", "KẾ HOẠCH", "***"],
    ids=["empty", "blank", "binary", "one line", "a label alone", "a title alone", "stars"],
)
def test_text_without_a_header(text: str) -> None:
    header = parse_header(text)
    assert header.number is None
    assert header.issuer is None
    assert header.signatories == ()


PARTS = st.sampled_from(
    [
        *("Số: ", "12/KH-UBND", "/UBND-VX", "\n", "\t", "|", "    ", " ", "**", "#", ";", "."),
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ỦY BAN NHÂN DÂN", "HUYỆN KON RẪY", "KẾ HOẠCH"),
        *("Chi Lăng, ngày 3 tháng 2 năm 2022", "V/v ", "Kính gửi:", "- Như trên (b/c);", "của "),
        *("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "Lữ Văn Hà", "Căn cứ Luật", "\u00ad"),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PARTS, max_size=40).map("".join)))
def test_any_text(text: str) -> None:
    for span in spans(parse_header(text)):
        assert span.end <= len(text)
        assert span.of(text).strip()


@pytest.mark.parametrize(
    "text",
    ["Số: \n" * 200_000, "Số: " * 250_000, "\n" * 1_000_000, "Nơi nhận:\n" + "- a;\n" * 200_000],
    ids=["labels", "labels on one line", "blank lines", "recipients"],
)
def test_a_megabyte_takes_seconds(text: str) -> None:
    started = time.perf_counter()
    parse_header(text)
    assert time.perf_counter() - started < 30  # linear: below 1 s; quadratic would take hours
