"""Signatures and recipients in the columns that files make of them."""

from __future__ import annotations

import pytest

from docsearch.parse.closing import is_office, read_closing
from docsearch.parse.header import parse_header
from docsearch.parse.outline import parse_outline

Signed = list[tuple[str, str | None, str | None]]

CLOSINGS: dict[str, tuple[str, Signed, list[str]]] = {
    "a name behind the last recipient": (
        "Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT, KHTC (5b) Giàng Seo Vần\n",
        [("Giàng Seo Vần", "PHÓ GIÁM ĐỐC", "KT. GIÁM ĐỐC")],
        ["Như trên", "VT, KHTC (5b)"],
    ),
    "a remark behind a recipient": (
        "Nơi nhận: CHỦ TỊCH\n- Như Điều 3 (T/h); (đã ký)\n- Lưu: VT. Hà Thị Na\n",
        [("Hà Thị Na", "CHỦ TỊCH", None)],
        ["Như Điều 3", "VT"],
    ),
    "two signatures, two lines each with both": (
        "KT. BỘ TRƯỞNG BỘ NỘI VỤ KT. BỘ TRƯỞNG BỘ TÀI CHÍNH\nTHỨ TRƯỞNG THỨ TRƯỞNG\n"
        "Lê Minh Tú Thiếu tướng Phạm Văn Lộc\n",
        [
            ("Lê Minh Tú", "THỨ TRƯỞNG", "KT. BỘ TRƯỞNG BỘ NỘI VỤ"),
            ("Phạm Văn Lộc", "THỨ TRƯỞNG", "KT. BỘ TRƯỞNG BỘ TÀI CHÍNH"),
        ],
        [],
    ),
    "minutes": (
        "THƯ KÝ CHỦ TỌA\nTrần Lệ Vũ Quang Vinh\n",
        [("Trần Lệ", "THƯ KÝ", None), ("Vũ Quang Vinh", "CHỦ TỌA", None)],
        [],
    ),
    "recipients below two signatures": (
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLò Văn Ún\nTM. HỘI CỰU CHIẾN BINH\nCHỦ TỊCH\nMùa A Sử\n"
        "Nơi nhận:\n- Huyện ủy (b/c);\n- Lưu: VT.\n",
        [
            ("Lò Văn Ún", "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN"),
            ("Mùa A Sử", "CHỦ TỊCH", "TM. HỘI CỰU CHIẾN BINH"),
        ],
        ["Huyện ủy", "VT"],
    ),
    "a name that begins like the last recipient": (
        "Nơi nhận:                 TM. ỦY BAN NHÂN DÂN\n- HĐND huyện (b/c);            CHỦ TỊCH\n"
        "- Các thôn;\n- Lưu: VP.\n                          Lưu Thị Sen\n",
        [("Lưu Thị Sen", "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN")],
        ["HĐND huyện", "Các thôn", "VP"],
    ),
    "an office in small letters": (
        "Các đơn vị thực hiện./.\n          Giám đốc\n         (Đã ký)\n      Cao Thị Mùi\n",
        [("Cao Thị Mùi", "Giám đốc", None)],
        [],
    ),
    "a list of offices is no signature": (
        "Thành phần:\n- Giám đốc\n- Phó Giám đốc\nCác phòng thực hiện.\n",
        [],
        [],
    ),
}


@pytest.mark.parametrize(("text", "signed", "recipients"), CLOSINGS.values(), ids=CLOSINGS.keys())
def test_a_closing(text: str, signed: Signed, recipients: list[str]) -> None:
    closing = read_closing(text, 0)
    assert [(s.name, s.title, s.authority) for s in closing.signatories] == signed
    assert [recipient.name for recipient in closing.recipients] == recipients


@pytest.mark.parametrize(
    ("words", "expected"),
    [("CHI CỤC TRƯỞNG", True), ("CHI CỤC KIỂM LÂM", False), ("Chi cục trưởng", False)],
)
def test_an_office(words: str, *, expected: bool) -> None:
    assert is_office(words) is expected


def test_a_law_is_dated_by_its_last_sentence() -> None:
    header = parse_header(
        "QUỐC HỘI\nPháp lệnh số: 07/2011/UBTVQH12\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM\n\n"
        "PHÁP LỆNH\nHỢP NHẤT VĂN BẢN\n\nCăn cứ Luật ngày 3 tháng 6 năm 2008;\n\nĐiều 1. Hiệu lực\n"
        "Pháp lệnh này có hiệu lực từ ngày 01 tháng 7 năm 2012.\n"
        "Pháp lệnh này đã được Ủy ban thường vụ Quốc hội khóa XII thông\nqua ngày 22 tháng 3 năm "
        "2011.\nCHỦ TỊCH QUỐC HỘI\nNguyễn Văn An\n"
    )
    assert header.issued_on is not None
    assert header.issued_on.value == "2011-03-22"
    assert header.issuer is not None
    assert header.issuer.value == "Quốc hội"


@pytest.mark.parametrize(
    ("text", "dashes"),
    [
        pytest.param("1. Mục tiêu đến năm 2030\n- 100% hồ sơ trực tuyến.\n", 1, id="a-share"),
        pytest.param("1. Kế hoạch giai đoạn 2021\n- 2025 của huyện.\n", 0, id="a-period"),
        pytest.param("1. Chỉ tiêu năm 2025\n- 1200 ha rừng.\n", 1, id="a-smaller-number"),
    ],
)
def test_a_dash_under_a_year(text: str, dashes: int) -> None:
    (point,) = parse_outline(text).children
    assert len(point.children) == dashes
