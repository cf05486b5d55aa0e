"""Letterheads of many bodies in the layouts that files give them: each says the same in all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

import pytest

from docsearch.parse.header import parse_header
from docsearch.records import Header, Stated

NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)


@dataclass(frozen=True, kw_only=True)
class Form:
    """A letterhead as two columns, what stands under it, and what it says."""

    left: tuple[str, ...]
    number: str
    date: str
    body: str  # title, subject and preamble, or the rest of a letter
    right: tuple[str, ...] = NATION
    about: tuple[str, ...] = ()
    type: str
    value: str | None = None
    symbol: str | None
    issuer: str
    parent: str | None = None
    place: str | None
    issued_on: str | None
    subject: str | None
    addressees: tuple[str, ...] = ()


def _rows(form: Form) -> list[tuple[str, str]]:
    rows = list(zip_longest(form.left, form.right, fillvalue=""))
    return [*rows, (form.number, form.date), *((line, "") for line in form.about)]


def stacked(form: Form) -> str:
    return "\n".join([*form.left, form.number, *form.about, "", *form.right, form.date])


def cell_by_cell(form: Form) -> str:
    return "\n".join(
        [*form.left, "-------", "", *form.right, "-----------", "", form.number, *form.about]
        + ["", form.date]
    )


def tabs(form: Form) -> str:
    return "\n".join(f"{left}\t{right}" for left, right in _rows(form))


def pipes(form: Form) -> str:
    rows = [f"| {left} | {right} |" for left, right in _rows(form)]
    return "\n".join([rows[0], "|---|---|", *rows[1:]])


def blanks(form: Form) -> str:
    return "\n".join(f"   {left:<48}      {right}".rstrip() for left, right in _rows(form))


def pairs(form: Form) -> str:
    """What a scan or a PDF gives: the two columns of a line with one blank between them."""
    return "\n".join(f"{left} {right}".strip() for left, right in _rows(form))


def glued(form: Form) -> str:
    return " ".join(part for row in _rows(form) for part in row if part)


def bold(form: Form) -> str:
    lines = [*form.left, *form.right]
    marked = "\n\n".join(f"**{line}**" for line in lines)
    about = "\n".join(f"*{line}*" for line in form.about)
    return f"{marked}\n\n{form.number}\n\n{about}\n\n*{form.date}*"


def centred(form: Form) -> str:
    return "\n\n".join(line.center(100).rstrip() for row in _rows(form) for line in row if line)


LAYOUTS: tuple[Callable[[Form], str], ...] = (
    *(stacked, cell_by_cell, tabs, pipes, blanks, pairs, glued, bold, centred),
)


def _body(
    title: str,
    subject: str,
    preamble: str = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;",
) -> str:
    return f"{title}\n{subject}\n\n{preamble}\n"


FORMS: dict[str, Form] = {
    "a ministry's circular": Form(
        left=("BỘ GIÁO DỤC VÀ ĐÀO TẠO",),
        number="Số: 27/2020/TT-BGDĐT",
        date="Hà Nội, ngày 04 tháng 9 năm 2020",
        body=_body(
            "THÔNG TƯ",
            "Ban hành Quy định đánh giá học sinh tiểu học",
            "Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019;",
        ),
        type="thông tư",
        value="27/2020/TT-BGDĐT",
        symbol="TT-BGDĐT",
        issuer="Bộ Giáo dục và Đào tạo",
        place="Hà Nội",
        issued_on="2020-09-04",
        subject="Ban hành Quy định đánh giá học sinh tiểu học",
    ),
    "the Government's decree": Form(
        left=("CHÍNH PHỦ",),
        number="Số: 30/2020/NĐ-CP",
        date="Hà Nội, ngày 05 tháng 3 năm 2020",
        body=_body(
            "NGHỊ ĐỊNH",
            "Về công tác văn thư",
            "Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;",
        ),
        type="nghị định",
        value="30/2020/NĐ-CP",
        symbol="NĐ-CP",
        issuer="Chính phủ",
        place="Hà Nội",
        issued_on="2020-03-05",
        subject="công tác văn thư",
    ),
    "the Prime Minister's decision": Form(
        left=("THỦ TƯỚNG CHÍNH PHỦ",),
        number="Số: 1895/QĐ-TTg",
        date="Hà Nội, ngày 17 tháng 12 năm 2012",
        body=_body(
            "QUYẾT ĐỊNH",
            "Phê duyệt Chương trình phát triển nông thôn",
            "Căn cứ Luật Tổ chức Chính phủ;",
        ),
        type="quyết định",
        value="1895/QĐ-TTg",
        symbol="QĐ-TTg",
        issuer="Thủ tướng Chính phủ",
        place="Hà Nội",
        issued_on="2012-12-17",
        subject="Phê duyệt Chương trình phát triển nông thôn",
    ),
    "a general department under its ministry": Form(
        left=("BỘ TÀI CHÍNH", "TỔNG CỤC THUẾ"),
        number="Số: 2354/TCT-CS",
        date="Hà Nội, ngày 14 tháng 6 năm 2023",
        about=("V/v hóa đơn điện tử",),
        body="Kính gửi: Cục Thuế tỉnh Phú Yên\n\nTổng cục Thuế nhận được công văn số 12/CT-TTHT.\n",
        type="công văn",
        value="2354/TCT-CS",
        symbol="TCT-CS",
        issuer="Tổng cục Thuế",
        parent="Bộ Tài chính",
        place="Hà Nội",
        issued_on="2023-06-14",
        subject="hóa đơn điện tử",
        addressees=("Cục Thuế tỉnh Phú Yên",),
    ),
    "a province": Form(
        left=("ỦY BAN NHÂN DÂN", "TỈNH SÓC TRĂNG"),
        number="Số: 15/KH-UBND",
        date="Sóc Trăng, ngày 02 tháng 02 năm 2021",
        body=_body("KẾ HOẠCH", "Phát triển giáo dục nghề nghiệp năm 2021"),
        type="kế hoạch",
        value="15/KH-UBND",
        symbol="KH-UBND",
        issuer="UBND tỉnh Sóc Trăng",
        place="tỉnh Sóc Trăng",
        issued_on="2021-02-02",
        subject="Phát triển giáo dục nghề nghiệp năm 2021",
    ),
    "a city of the centre, its old spelling of Uỷ": Form(
        left=("UỶ BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG"),
        number="Số: 201/2006/QĐ-UBND",
        date="Hải Phòng, ngày 31 tháng 01 năm 2006",
        body=_body(
            "QUYẾT ĐỊNH",
            "Về việc quy định mức thu phí vệ sinh",
            "UỶ BAN NHÂN DÂN THÀNH PHỐ\n\nCăn cứ Luật Tổ chức HĐND và UBND ngày 26/11/2003;",
        ),
        type="quyết định",
        value="201/2006/QĐ-UBND",
        symbol="QĐ-UBND",
        issuer="UBND thành phố Hải Phòng",
        place="thành phố Hải Phòng",
        issued_on="2006-01-31",
        subject="quy định mức thu phí vệ sinh",
    ),
    "the symbol UB of before 2004, one-digit day and month": Form(
        left=("UỶ BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG"),
        number="Số: 56/2003/QĐ-UB",
        date="Đà Lạt, ngày 2 tháng 5 năm 2003",
        body=_body(
            "QUYẾT ĐỊNH",
            "V/v ban hành quy chế làm việc",
            "UỶ BAN NHÂN DÂN TỈNH LÂM ĐỒNG\n\n- Căn cứ Luật Tổ chức HĐND và UBND ngày 21/6/1994;",
        ),
        type="quyết định",
        value="56/2003/QĐ-UB",
        symbol="QĐ-UB",
        issuer="UBND tỉnh Lâm Đồng",
        place="tỉnh Lâm Đồng",
        issued_on="2003-05-02",
        subject="ban hành quy chế làm việc",
    ),
    "a People's Council of a province": Form(
        left=("HỘI ĐỒNG NHÂN DÂN", "TỈNH TRÀ VINH"),
        number="Số: 01/2022/NQ-HĐND",
        date="Trà Vinh, ngày 18 tháng 3 năm 2022",
        body=_body(
            "NGHỊ QUYẾT",
            "Quy định mức chi hỗ trợ học nghề",
            "HỘI ĐỒNG NHÂN DÂN TỈNH TRÀ VINH\nKHÓA X - KỲ HỌP THỨ 5\n\nCăn cứ Luật Giáo dục"
            " nghề nghiệp;",
        ),
        type="nghị quyết",
        value="01/2022/NQ-HĐND",
        symbol="NQ-HĐND",
        issuer="HĐND tỉnh Trà Vinh",
        place="tỉnh Trà Vinh",
        issued_on="2022-03-18",
        subject="Quy định mức chi hỗ trợ học nghề",
    ),
    "a People's Council of a district": Form(
        left=("HỘI ĐỒNG NHÂN DÂN", "HUYỆN EA H’LEO"),
        number="Số: 36/NQ-HĐND",
        date="Ea H’leo, ngày 21 tháng 12 năm 2018",
        body=_body(
            "NGHỊ QUYẾT",
            "Về dự toán ngân sách huyện năm 2019",
            "HỘI ĐỒNG NHÂN DÂN HUYỆN EA H’LEO\nKHÓA III, KỲ HỌP THỨ BẢY\n\nCăn cứ Luật Ngân"
            " sách nhà nước;",
        ),
        type="nghị quyết",
        value="36/NQ-HĐND",
        symbol="NQ-HĐND",
        issuer="HĐND huyện Ea H’Leo",
        place="huyện Ea H’Leo",
        issued_on="2018-12-21",
        subject="dự toán ngân sách huyện năm 2019",
    ),
    "a People's Council of a commune": Form(
        left=("HỘI ĐỒNG NHÂN DÂN", "XÃ TÂN HƯNG"),
        number="Số: 12/NQ-HĐND",
        date="Tân Hưng, ngày 30 tháng 6 năm 2023",
        body=_body(
            "NGHỊ QUYẾT",
            "Về kế hoạch đầu tư công trung hạn",
            "HỘI ĐỒNG NHÂN DÂN XÃ TÂN HƯNG\nKHÓA XIX, KỲ HỌP THỨ TÁM\n\nCăn cứ Luật Đầu tư công;",
        ),
        type="nghị quyết",
        value="12/NQ-HĐND",
        symbol="NQ-HĐND",
        issuer="HĐND xã Tân Hưng",
        place="xã Tân Hưng",
        issued_on="2023-06-30",
        subject="kế hoạch đầu tư công trung hạn",
    ),
    "the standing body of a People's Council": Form(
        left=("HỘI ĐỒNG NHÂN DÂN", "TỈNH BẮC KẠN"),
        number="Số: 45/TTr-HĐND",
        date="Bắc Kạn, ngày 01 tháng 11 năm 2022",
        body=_body("TỜ TRÌNH", "Về chương trình giám sát năm 2023"),
        type="tờ trình",
        value="45/TTr-HĐND",
        symbol="TTr-HĐND",
        issuer="HĐND tỉnh Bắc Kạn",
        place="tỉnh Bắc Kạn",
        issued_on="2022-11-01",
        subject="chương trình giám sát năm 2023",
    ),
    "a district, UBND abbreviated": Form(
        left=("UBND HUYỆN MƯỜNG KHƯƠNG",),
        number="Số: 322/BC-UBND",
        date="Mường Khương, ngày 10 tháng 11 năm 2023",
        body=_body("BÁO CÁO", "Kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2023"),
        type="báo cáo",
        value="322/BC-UBND",
        symbol="BC-UBND",
        issuer="UBND huyện Mường Khương",
        place="huyện Mường Khương",
        issued_on="2023-11-10",
        subject="Kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2023",
    ),
    "an urban district with a number": Form(
        left=("ỦY BAN NHÂN DÂN", "QUẬN 3"),
        number="Số: 88/KH-UBND",
        date="Quận 3, ngày 12 tháng 4 năm 2019",
        body=_body("KẾ HOẠCH", "Kiểm tra cải cách hành chính năm 2019"),
        type="kế hoạch",
        value="88/KH-UBND",
        symbol="KH-UBND",
        issuer="UBND quận 3",
        place="quận 3",
        issued_on="2019-04-12",
        subject="Kiểm tra cải cách hành chính năm 2019",
    ),
    "a ward of a city district": Form(
        left=("ỦY BAN NHÂN DÂN", "PHƯỜNG BẾN NGHÉ"),
        number="Số: 41/TB-UBND",
        date="Bến Nghé, ngày 09 tháng 8 năm 2022",
        body=_body("THÔNG BÁO", "Về việc niêm yết công khai hồ sơ"),
        type="thông báo",
        value="41/TB-UBND",
        symbol="TB-UBND",
        issuer="UBND phường Bến Nghé",
        place="phường Bến Nghé",
        issued_on="2022-08-09",
        subject="niêm yết công khai hồ sơ",
    ),
    "a commune under its district": Form(
        left=("UBND HUYỆN YÊN MINH", "ỦY BAN NHÂN DÂN XÃ LŨNG HỒ"),
        number="Số: 07/BC-UBND",
        date="Lũng Hồ, ngày 15 tháng 01 năm 2020",
        body=_body("BÁO CÁO", "Công tác phòng, chống rét cho vật nuôi"),
        type="báo cáo",
        value="07/BC-UBND",
        symbol="BC-UBND",
        issuer="UBND xã Lũng Hồ",
        parent="UBND huyện Yên Minh",
        place="xã Lũng Hồ",
        issued_on="2020-01-15",
        subject="Công tác phòng, chống rét cho vật nuôi",
    ),
    "a town of a district": Form(
        left=("ỦY BAN NHÂN DÂN", "THỊ TRẤN SA RÀI"),
        number="Số: 19/QĐ-UBND",
        date="Sa Rài, ngày 03 tháng 3 năm 2017",
        body=_body(
            "QUYẾT ĐỊNH",
            "Về việc thành lập Tổ tiếp nhận và trả kết quả",
            "CHỦ TỊCH ỦY BAN NHÂN DÂN THỊ TRẤN\n\nCăn cứ Luật Tổ chức chính quyền địa phương;",
        ),
        type="quyết định",
        value="19/QĐ-UBND",
        symbol="QĐ-UBND",
        issuer="UBND thị trấn Sa Rài",
        place="thị trấn Sa Rài",
        issued_on="2017-03-03",
        subject="thành lập Tổ tiếp nhận và trả kết quả",
    ),
    "a special zone after the reform": Form(
        left=("ỦY BAN NHÂN DÂN", "ĐẶC KHU VÂN ĐỒN"),
        number="Số: 214/UBND-VHXH",
        date="Vân Đồn, ngày 18 tháng 8 năm 2025",
        about=("V/v chuẩn bị năm học mới",),
        body="Kính gửi: Các trường học trên địa bàn đặc khu.\n\nThực hiện Công văn số"
        " 77/SGDĐT-VP ngày 01/8/2025.\n",
        type="công văn",
        value="214/UBND-VHXH",
        symbol="UBND-VHXH",
        issuer="UBND đặc khu Vân Đồn",
        place="đặc khu Vân Đồn",
        issued_on="2025-08-18",
        subject="chuẩn bị năm học mới",
        addressees=("Các trường học trên địa bàn đặc khu",),
    ),
    "a department of a province": Form(
        left=("UBND TỈNH VĨNH LONG", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"),
        number="Số: 1203/SLĐTBXH-GDNN",
        date="Vĩnh Long, ngày 25 tháng 5 năm 2022",
        about=("V/v rà soát nhu cầu đào tạo nghề", "cho lao động nông thôn"),
        body="Kính gửi: Phòng Lao động - Thương binh và Xã hội các huyện, thị xã, thành"
        " phố\n\nThực hiện Kế hoạch số 15/KH-UBND.\n",
        type="công văn",
        value="1203/SLĐTBXH-GDNN",
        symbol="SLĐTBXH-GDNN",
        issuer="Sở Lao động - Thương binh và Xã hội tỉnh Vĩnh Long",
        parent="UBND tỉnh Vĩnh Long",
        place="tỉnh Vĩnh Long",
        issued_on="2022-05-25",
        subject="rà soát nhu cầu đào tạo nghề cho lao động nông thôn",
        addressees=("Phòng Lao động - Thương binh và Xã hội các huyện, thị xã, thành phố",),
    ),
    "a department with its parent on two lines": Form(
        left=("ỦY BAN NHÂN DÂN", "TỈNH HÀ GIANG", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
        number="Số: 98/KH-SGDĐT",
        date="Hà Giang, ngày 20 tháng 7 năm 2021",
        body=_body(
            "KẾ HOẠCH",
            "Tuyển sinh vào lớp 10 năm học 2021 - 2022",
            "Căn cứ Thông tư số 11/2014/TT-BGDĐT;",
        ),
        type="kế hoạch",
        value="98/KH-SGDĐT",
        symbol="KH-SGDĐT",
        issuer="Sở Giáo dục và Đào tạo tỉnh Hà Giang",
        parent="UBND tỉnh Hà Giang",
        place="tỉnh Hà Giang",
        issued_on="2021-07-20",
        subject="Tuyển sinh vào lớp 10 năm học 2021 - 2022",
    ),
    "a board of a province (Ban Dân tộc)": Form(
        left=("UBND TỈNH NINH THUẬN", "BAN DÂN TỘC"),
        number="Số: 311/BC-BDT",
        date="Ninh Thuận, ngày 16 tháng 6 năm 2020",
        body=_body("BÁO CÁO", "Tình hình thực hiện chính sách dân tộc 6 tháng đầu năm"),
        type="báo cáo",
        value="311/BC-BDT",
        symbol="BC-BDT",
        issuer="Ban Dân tộc tỉnh Ninh Thuận",
        parent="UBND tỉnh Ninh Thuận",
        place="tỉnh Ninh Thuận",
        issued_on="2020-06-16",
        subject="Tình hình thực hiện chính sách dân tộc 6 tháng đầu năm",
    ),
    "a management board, its name on two lines": Form(
        left=("UBND TỈNH TÂY NINH", "BAN QUẢN LÝ", "KHU KINH TẾ"),
        number="Số: 540/QĐ-BQLKKT",
        date="Tây Ninh, ngày 08 tháng 9 năm 2016",
        body=_body(
            "QUYẾT ĐỊNH",
            "Về việc phê duyệt kế hoạch đào tạo",
            "TRƯỞNG BAN QUẢN LÝ KHU KINH TẾ\n\nCăn cứ Luật Đầu tư;",
        ),
        type="quyết định",
        value="540/QĐ-BQLKKT",
        symbol="QĐ-BQLKKT",
        issuer="Ban Quản lý khu kinh tế tỉnh Tây Ninh",
        parent="UBND tỉnh Tây Ninh",
        place="tỉnh Tây Ninh",
        issued_on="2016-09-08",
        subject="phê duyệt kế hoạch đào tạo",
    ),
    "an office of a district": Form(
        left=("UBND HUYỆN CAO LÃNH", "PHÒNG NỘI VỤ"),
        number="Số: 127/PNV",
        date="Cao Lãnh, ngày 06 tháng 10 năm 2015",
        about=("V/v báo cáo số liệu cán bộ",),
        body="Kính gửi: Ủy ban nhân dân các xã, thị trấn.\n\nPhòng Nội vụ đề nghị các đơn"
        " vị báo cáo.\n",
        type="công văn",
        value="127/PNV",
        symbol="PNV",
        issuer="Phòng Nội vụ huyện Cao Lãnh",
        parent="UBND huyện Cao Lãnh",
        place="huyện Cao Lãnh",
        issued_on="2015-10-06",
        subject="báo cáo số liệu cán bộ",
        addressees=("Ủy ban nhân dân các xã, thị trấn",),
    ),
    "a school under its office": Form(
        left=("PHÒNG GD&ĐT HUYỆN PHÙ CỪ", "TRƯỜNG THCS MINH TÂN"),
        number="Số: 22/KH-THCS",
        date="Phù Cừ, ngày 12 tháng 9 năm 2022",
        body=_body(
            "KẾ HOẠCH",
            "Bồi dưỡng học sinh giỏi năm học 2022 - 2023",
            "Căn cứ Công văn số 12/PGDĐT;",
        ),
        type="kế hoạch",
        value="22/KH-THCS",
        symbol="KH-THCS",
        issuer="Trường THCS Minh Tân huyện Phù Cừ",
        parent="Phòng GD&ĐT huyện Phù Cừ",
        place="huyện Phù Cừ",
        issued_on="2022-09-12",
        subject="Bồi dưỡng học sinh giỏi năm học 2022 - 2023",
    ),
    "a high school under its department": Form(
        left=("SỞ GIÁO DỤC VÀ ĐÀO TẠO GIA LAI", "TRƯỜNG THPT NGUYỄN TRÃI"),
        number="Số: 63/QĐ-THPTNT",
        date="An Khê, ngày 22 tháng 8 năm 2023",
        body=_body(
            "QUYẾT ĐỊNH",
            "Về việc phân công giáo viên chủ nhiệm",
            "HIỆU TRƯỞNG TRƯỜNG THPT NGUYỄN TRÃI\n\nCăn cứ Thông tư số 32/2020/TT-BGDĐT;",
        ),
        type="quyết định",
        value="63/QĐ-THPTNT",
        symbol="QĐ-THPTNT",
        issuer="Trường THPT Nguyễn Trãi tỉnh Gia Lai",
        parent="Sở Giáo dục và Đào tạo Gia Lai",
        place="tỉnh Gia Lai",
        issued_on="2023-08-22",
        subject="phân công giáo viên chủ nhiệm",
    ),
    "a steering committee": Form(
        left=("UBND TỈNH BẾN TRE", "BAN CHỈ ĐẠO PHỔ CẬP GIÁO DỤC", "- XÓA MÙ CHỮ"),
        number="Số: 05/KH-BCĐ",
        date="Bến Tre, ngày 14 tháng 3 năm 2018",
        body=_body("KẾ HOẠCH", "Thực hiện phổ cập giáo dục năm 2018"),
        type="kế hoạch",
        value="05/KH-BCĐ",
        symbol="KH-BCĐ",
        issuer="Ban Chỉ đạo phổ cập giáo dục - xóa mù chữ tỉnh Bến Tre",
        parent="UBND tỉnh Bến Tre",
        place="tỉnh Bến Tre",
        issued_on="2018-03-14",
        subject="Thực hiện phổ cập giáo dục năm 2018",
    ),
    "the office of a People's Committee": Form(
        left=("ỦY BAN NHÂN DÂN", "TỈNH ĐIỆN BIÊN", "VĂN PHÒNG"),
        number="Số: 33/TB-VPUBND",
        date="Điện Biên, ngày 19 tháng 02 năm 2024",
        body=_body(
            "THÔNG BÁO",
            "Kết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp giao ban",
            "Ngày 16/02/2024, Phó Chủ tịch UBND tỉnh chủ trì cuộc họp.",
        ),
        type="thông báo",
        value="33/TB-VPUBND",
        symbol="TB-VPUBND",
        issuer="Văn phòng UBND tỉnh Điện Biên",
        parent="UBND tỉnh Điện Biên",
        place="tỉnh Điện Biên",
        issued_on="2024-02-19",
        subject="Kết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp giao ban",
    ),
    "the Fatherland Front": Form(
        left=("ỦY BAN MTTQ VIỆT NAM", "HUYỆN CẦN GIUỘC"),
        number="Số: 48/KH-MTTQ-BTT",
        date="Cần Giuộc, ngày 05 tháng 5 năm 2021",
        body=_body(
            "KẾ HOẠCH", "Giám sát công tác bầu cử", "Thực hiện Thông tri số 09/TT-MTTW-BTT;"
        ),
        type="kế hoạch",
        value="48/KH-MTTQ-BTT",
        symbol="KH-MTTQ-BTT",
        issuer="Ủy ban Mặt trận Tổ quốc Việt Nam huyện Cần Giuộc",
        place="huyện Cần Giuộc",
        issued_on="2021-05-05",
        subject="Giám sát công tác bầu cử",
    ),
    "the Youth Union, with its own formula": Form(
        left=("BAN CHẤP HÀNH ĐOÀN TỈNH TUYÊN QUANG", "***"),
        right=("ĐOÀN TNCS HỒ CHÍ MINH",),
        number="Số: 112-KH/TĐTN-TNNT",
        date="Tuyên Quang, ngày 27 tháng 4 năm 2022",
        body=_body(
            "KẾ HOẠCH",
            "Tổ chức Chiến dịch Thanh niên tình nguyện hè năm 2022",
            "Thực hiện Kế hoạch số 465-KH/TWĐTN-PT;",
        ),
        type="kế hoạch",
        value="112-KH/TĐTN-TNNT",
        symbol="KH/TĐTN-TNNT",
        issuer="Ban Chấp hành Đoàn tỉnh Tuyên Quang",
        place="tỉnh Tuyên Quang",
        issued_on="2022-04-27",
        subject="Tổ chức Chiến dịch Thanh niên tình nguyện hè năm 2022",
    ),
    "a labour federation under the general one": Form(
        left=("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH HÀ NAM"),
        number="Số: 77/HD-LĐLĐ",
        date="Hà Nam, ngày 10 tháng 01 năm 2023",
        body=_body(
            "HƯỚNG DẪN", "Tổ chức Đại hội công đoàn các cấp", "Thực hiện Kế hoạch số 226/KH-TLĐ;"
        ),
        type="hướng dẫn",
        value="77/HD-LĐLĐ",
        symbol="HD-LĐLĐ",
        issuer="Liên đoàn Lao động tỉnh Hà Nam",
        parent="Tổng Liên đoàn Lao động Việt Nam",
        place="tỉnh Hà Nam",
        issued_on="2023-01-10",
        subject="Tổ chức Đại hội công đoàn các cấp",
    ),
    "the police of a province": Form(
        left=("BỘ CÔNG AN", "CÔNG AN TỈNH NGHỆ AN"),
        number="Số: 150/KH-CAT-PV01",
        date="Nghệ An, ngày 11 tháng 3 năm 2022",
        body=_body("KẾ HOẠCH", "Cao điểm cấp căn cước công dân", "Thực hiện Đề án số 06/ĐA;"),
        type="kế hoạch",
        value="150/KH-CAT-PV01",
        symbol="KH-CAT-PV01",
        issuer="Công an tỉnh Nghệ An",
        parent="Bộ Công an",
        place="tỉnh Nghệ An",
        issued_on="2022-03-11",
        subject="Cao điểm cấp căn cước công dân",
    ),
    "a military command": Form(
        left=("QUÂN KHU 9", "BỘ CHỈ HUY QUÂN SỰ TỈNH CÀ MAU"),
        number="Số: 2031/KH-BCH",
        date="Cà Mau, ngày 02 tháng 6 năm 2021",
        body=_body(
            "KẾ HOẠCH",
            "Giáo dục quốc phòng và an ninh hè",
            "Căn cứ Luật Giáo dục quốc phòng và an ninh;",
        ),
        type="kế hoạch",
        value="2031/KH-BCH",
        symbol="KH-BCH",
        issuer="Bộ Chỉ huy Quân sự tỉnh Cà Mau",
        parent="Quân khu 9",
        place="tỉnh Cà Mau",
        issued_on="2021-06-02",
        subject="Giáo dục quốc phòng và an ninh hè",
    ),
    "a court": Form(
        left=("TÒA ÁN NHÂN DÂN", "TỈNH HẬU GIANG"),
        number="Số: 09/QĐ-TA",
        date="Hậu Giang, ngày 04 tháng 01 năm 2019",
        body=_body(
            "QUYẾT ĐỊNH",
            "Về việc phân công Thẩm phán",
            "CHÁNH ÁN TÒA ÁN NHÂN DÂN TỈNH HẬU GIANG\n\nCăn cứ Luật Tổ chức Tòa án nhân dân;",
        ),
        type="quyết định",
        value="09/QĐ-TA",
        symbol="QĐ-TA",
        issuer="Tòa án nhân dân tỉnh Hậu Giang",
        place="tỉnh Hậu Giang",
        issued_on="2019-01-04",
        subject="phân công Thẩm phán",
    ),
    "social insurance under its national body": Form(
        left=("BẢO HIỂM XÃ HỘI VIỆT NAM", "BẢO HIỂM XÃ HỘI TỈNH QUẢNG TRỊ"),
        number="Số: 871/BHXH-TST",
        date="Quảng Trị, ngày 29 tháng 8 năm 2023",
        about=("V/v thu bảo hiểm y tế học sinh, sinh viên",),
        body="Kính gửi:\n- Sở Giáo dục và Đào tạo;\n- Bảo hiểm xã hội các huyện, thị"
        " xã.\n\nThực hiện Luật Bảo hiểm y tế.\n",
        type="công văn",
        value="871/BHXH-TST",
        symbol="BHXH-TST",
        issuer="Bảo hiểm xã hội tỉnh Quảng Trị",
        parent="Bảo hiểm xã hội Việt Nam",
        place="tỉnh Quảng Trị",
        issued_on="2023-08-29",
        subject="thu bảo hiểm y tế học sinh, sinh viên",
        addressees=("Sở Giáo dục và Đào tạo", "Bảo hiểm xã hội các huyện, thị xã"),
    ),
    "a provincial Party committee": Form(
        left=("TỈNH ỦY HƯNG YÊN", "*"),
        right=PARTY,
        number="Số 15-CTr/TU",
        date="Hưng Yên, ngày 08 tháng 10 năm 2021",
        body=_body(
            "CHƯƠNG TRÌNH",
            "phát triển nguồn nhân lực giai đoạn 2021 - 2025",
            "Thực hiện Nghị quyết Đại hội Đảng bộ tỉnh,",
        ),
        type="chương trình",
        value="15-CTr/TU",
        symbol="CTr/TU",
        issuer="Tỉnh ủy Hưng Yên",
        place="tỉnh Hưng Yên",
        issued_on="2021-10-08",
        subject="phát triển nguồn nhân lực giai đoạn 2021 - 2025",
    ),
    "a city's Party committee, old Uỷ": Form(
        left=("THÀNH UỶ ĐÀ NẴNG", "*"),
        right=PARTY,
        number="Số 38-CT/TU",
        date="Đà Nẵng, ngày 03 tháng 4 năm 2014",
        body=_body(
            "CHỈ THỊ",
            "về tăng cường sự lãnh đạo của Đảng đối với công tác dân số",
            "Trong những năm qua, công tác dân số đã đạt kết quả.",
        ),
        type="chỉ thị",
        value="38-CT/TU",
        symbol="CT/TU",
        issuer="Thành ủy Đà Nẵng",
        place="thành phố Đà Nẵng",
        issued_on="2014-04-03",
        subject="tăng cường sự lãnh đạo của Đảng đối với công tác dân số",
    ),
    "a district's Party committee under its province": Form(
        left=("ĐẢNG BỘ TỈNH LẠNG SƠN", "HUYỆN ỦY VĂN QUAN", "*"),
        right=PARTY,
        number="Số 64-KH/HU",
        date="Văn Quan, ngày 17 tháng 5 năm 2022",
        body=_body(
            "KẾ HOẠCH",
            "thực hiện Nghị quyết số 18-NQ/TW về đất đai",
            "Thực hiện Nghị quyết số 18-NQ/TW ngày 16/6/2022,",
        ),
        type="kế hoạch",
        value="64-KH/HU",
        symbol="KH/HU",
        issuer="Huyện ủy Văn Quan",
        parent="Đảng bộ tỉnh Lạng Sơn",
        place="huyện Văn Quan",
        issued_on="2022-05-17",
        subject="thực hiện Nghị quyết số 18-NQ/TW về đất đai",
    ),
    "a commune's Party committee": Form(
        left=("HUYỆN ỦY SÌN HỒ", "ĐẢNG ỦY XÃ PA TẦN", "*"),
        right=PARTY,
        number="Số 05-KH/ĐU",
        date="Pa Tần, ngày 06 tháng 01 năm 2023",
        body=_body("KẾ HOẠCH", "kiểm tra, giám sát năm 2023", "Căn cứ Quy định số 22-QĐ/TW;"),
        type="kế hoạch",
        value="05-KH/ĐU",
        symbol="KH/ĐU",
        issuer="Đảng ủy xã Pa Tần",
        parent="Huyện ủy Sìn Hồ",
        place="xã Pa Tần",
        issued_on="2023-01-06",
        subject="kiểm tra, giám sát năm 2023",
    ),
    "an organisation board of a province's Party": Form(
        left=("TỈNH ỦY BÌNH THUẬN", "BAN TỔ CHỨC", "*"),
        right=PARTY,
        number="Số 12-HD/BTCTU",
        date="Phan Thiết, ngày 25 tháng 7 năm 2019",
        body=_body("HƯỚNG DẪN", "nghiệp vụ công tác đảng viên", "Căn cứ Hướng dẫn số 12-HD/BTCTW;"),
        type="hướng dẫn",
        value="12-HD/BTCTU",
        symbol="HD/BTCTU",
        issuer="Ban Tổ chức Tỉnh ủy Bình Thuận",
        parent="Tỉnh ủy Bình Thuận",
        place="tỉnh Bình Thuận",
        issued_on="2019-07-25",
        subject="nghiệp vụ công tác đảng viên",
    ),
    "an inspection committee of a district's Party": Form(
        left=("HUYỆN ỦY MỎ CÀY NAM", "ỦY BAN KIỂM TRA", "*"),
        right=PARTY,
        number="Số 31-BC/UBKTHU",
        date="Mỏ Cày Nam, ngày 15 tháng 12 năm 2020",
        body=_body(
            "BÁO CÁO", "kết quả công tác kiểm tra năm 2020", "Thực hiện Chương trình số 08-CTr/HU,"
        ),
        type="báo cáo",
        value="31-BC/UBKTHU",
        symbol="BC/UBKTHU",
        issuer="Ủy ban Kiểm tra Huyện ủy Mỏ Cày Nam",
        parent="Huyện ủy Mỏ Cày Nam",
        place="huyện Mỏ Cày Nam",
        issued_on="2020-12-15",
        subject="kết quả công tác kiểm tra năm 2020",
    ),
    "the Central Committee": Form(
        left=("BAN CHẤP HÀNH TRUNG ƯƠNG", "*"),
        right=PARTY,
        number="Số 29-NQ/TW",
        date="Hà Nội, ngày 04 tháng 11 năm 2013",
        body=_body(
            "NGHỊ QUYẾT",
            "về đổi mới căn bản, toàn diện giáo dục và đào tạo",
            "A - TÌNH HÌNH VÀ NGUYÊN NHÂN",
        ),
        type="nghị quyết",
        value="29-NQ/TW",
        symbol="NQ/TW",
        issuer="Ban Chấp hành Trung ương",
        place="Hà Nội",
        issued_on="2013-11-04",
        subject="đổi mới căn bản, toàn diện giáo dục và đào tạo",
    ),
    "number with dots, day with dots": Form(
        left=("UBND TỈNH LAI CHÂU", "SỞ TÀI CHÍNH"),
        number="Số: ......./STC-QLNS",
        date="Lai Châu, ngày ..... tháng 9 năm 2016",
        about=("V/v hướng dẫn lập dự toán",),
        body="Kính gửi: Các sở, ban, ngành tỉnh.\n\nThực hiện Chỉ thị số 22/CT-TTg ngày"
        " 03/6/2016.\n",
        type="công văn",
        symbol="STC-QLNS",
        issuer="Sở Tài chính tỉnh Lai Châu",
        parent="UBND tỉnh Lai Châu",
        place="tỉnh Lai Châu",
        issued_on="2016-09",
        subject="hướng dẫn lập dự toán",
        addressees=("Các sở, ban, ngành tỉnh",),
    ),
    "number blank, blanks round the hyphen, day and month blank": Form(
        left=("ỦY BAN NHÂN DÂN", "HUYỆN TÂN SƠN"),
        number="Số:         /KH - UBND",
        date="Tân Sơn, ngày      tháng      năm 2012",
        body=_body("KẾ HOẠCH", "Xây dựng trường chuẩn quốc gia"),
        type="kế hoạch",
        symbol="KH-UBND",
        issuer="UBND huyện Tân Sơn",
        place="huyện Tân Sơn",
        issued_on="2012",
        subject="Xây dựng trường chuẩn quốc gia",
    ),
    "no colon, blanks in the number": Form(
        left=("ỦY BAN NHÂN DÂN", "HUYỆN BA TƠ"),
        number="Số 1234 QĐ/UB",
        date="Ba Tơ, ngày 12 tháng 12 năm 2002",
        body=_body(
            "QUYẾT ĐỊNH",
            "V/v giao chỉ tiêu biên chế sự nghiệp",
            "UỶ BAN NHÂN DÂN HUYỆN BA TƠ\n\nCăn cứ Luật Tổ chức HĐND và UBND;",
        ),
        type="quyết định",
        value="1234/QĐ-UB",
        symbol="QĐ-UB",
        issuer="UBND huyện Ba Tơ",
        place="huyện Ba Tơ",
        issued_on="2002-12-12",
        subject="giao chỉ tiêu biên chế sự nghiệp",
    ),
    "an urgent telegram": Form(
        left=("ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NAM"),
        number="Số: 08/CĐ-UBND",
        date="Quảng Nam, ngày 26 tháng 9 năm 2022",
        body=_body(
            "CÔNG ĐIỆN", "Về việc ứng phó bão số 4", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM ĐIỆN:"
        ),
        type="công điện",
        value="08/CĐ-UBND",
        symbol="CĐ-UBND",
        issuer="UBND tỉnh Quảng Nam",
        place="tỉnh Quảng Nam",
        issued_on="2022-09-26",
        subject="ứng phó bão số 4",
    ),
    "an invitation": Form(
        left=("ỦY BAN NHÂN DÂN", "THỊ XÃ HỒNG LĨNH"),
        number="Số: 190/GM-UBND",
        date="Hồng Lĩnh, ngày 21 tháng 6 năm 2018",
        body="GIẤY MỜI\nHọp đánh giá công tác giải phóng mặt bằng\n\nỦy ban nhân dân thị xã"
        " trân trọng kính mời: Trưởng các phòng.\n",
        type="giấy mời",
        value="190/GM-UBND",
        symbol="GM-UBND",
        issuer="UBND thị xã Hồng Lĩnh",
        place="thị xã Hồng Lĩnh",
        issued_on="2018-06-21",
        subject="Họp đánh giá công tác giải phóng mặt bằng",
    ),
    "a provincial city": Form(
        left=("ỦY BAN NHÂN DÂN", "THÀNH PHỐ BẢO LỘC"),
        number="Số: 501/UBND-GDĐT",
        date="Bảo Lộc, ngày 04 tháng 4 năm 2017",
        about=("Về việc tuyển sinh lớp 6",),
        body="Kính gửi:\n- Phòng Giáo dục và Đào tạo;\n- Các trường THCS trên địa"
        " bàn.\n\nTheo đề nghị của Phòng Giáo dục và Đào tạo.\n",
        type="công văn",
        value="501/UBND-GDĐT",
        symbol="UBND-GDĐT",
        issuer="UBND thành phố Bảo Lộc",
        place="thành phố Bảo Lộc",
        issued_on="2017-04-04",
        subject="tuyển sinh lớp 6",
        addressees=("Phòng Giáo dục và Đào tạo", "Các trường THCS trên địa bàn"),
    ),
}
"""Every letterhead is written for this file, after the forms of decree 30/2020, circular 55/2005
and the Party's guidance 36-HD/VPTW."""

BEYOND: dict[tuple[str, str], str] = {}
"""(form, layout) → why it cannot be read."""

CASES = [
    pytest.param(
        form,
        layout,
        id=f"{name}, {layout.__name__}",
        marks=[pytest.mark.xfail(strict=True, reason=BEYOND[name, layout.__name__])]
        if (name, layout.__name__) in BEYOND
        else [],
    )
    for name, form in FORMS.items()
    for layout in LAYOUTS
]


def _value(field: Stated | None) -> str | None:
    return field.value if field else None


def _read(header: Header) -> dict[str, str | tuple[str, ...] | None]:
    return {
        "type": _value(header.type),
        "number": _value(header.number),
        "symbol": _value(header.symbol),
        "issuer": _value(header.issuer),
        "parent": _value(header.parent_body),
        "place": _value(header.place),
        "issued_on": _value(header.issued_on),
        "subject": _value(header.subject),
        "addressees": tuple(addressee.text for addressee in header.addressees),
    }


@pytest.mark.parametrize(("form", "layout"), CASES)
def test_a_letterhead_says_the_same_in_every_layout(
    form: Form, layout: Callable[[Form], str]
) -> None:
    text = f"{layout(form)}\n\n{form.body}"
    expected = {
        "type": form.type,
        "number": form.value,
        "symbol": form.symbol,
        "issuer": form.issuer,
        "parent": form.parent,
        "place": form.place,
        "issued_on": form.issued_on,
        "subject": form.subject,
        "addressees": form.addressees,
    }
    assert _read(parse_header(text)) == expected


STATE_TYPES = {
    **{"NGHỊ QUYẾT": "NQ", "QUYẾT ĐỊNH": "QĐ", "CHỈ THỊ": "CT", "QUY CHẾ": "QC"},
    **{"QUY ĐỊNH": "QyĐ", "THÔNG CÁO": "TC", "THÔNG BÁO": "TB", "HƯỚNG DẪN": "HD"},
    **{"CHƯƠNG TRÌNH": "CTr", "KẾ HOẠCH": "KH", "PHƯƠNG ÁN": "PA", "ĐỀ ÁN": "ĐA"},
    **{"DỰ ÁN": "DA", "BÁO CÁO": "BC", "BIÊN BẢN": "BB", "TỜ TRÌNH": "TTr"},
    **{"HỢP ĐỒNG": "HĐ", "CÔNG ĐIỆN": "CĐ", "BẢN GHI NHỚ": "BGN", "BẢN THỎA THUẬN": "BTT"},
    **{"GIẤY ỦY QUYỀN": "GUQ", "GIẤY MỜI": "GM", "GIẤY GIỚI THIỆU": "GGT"},
    **{"GIẤY NGHỈ PHÉP": "GNP", "PHIẾU GỬI": "PG", "PHIẾU CHUYỂN": "PC", "PHIẾU BÁO": "PB"},
    **{"THƯ CÔNG": ""},
}
PARTY_TYPES = {
    **{"NGHỊ QUYẾT": "NQ", "QUYẾT ĐỊNH": "QĐ", "CHỈ THỊ": "CT", "KẾT LUẬN": "KL"},
    **{"QUY CHẾ": "QC", "QUY ĐỊNH": "QĐi", "THÔNG TRI": "TT", "HƯỚNG DẪN": "HD"},
    **{"THÔNG BÁO": "TB", "THÔNG CÁO": "TC", "TUYÊN BỐ": "TBo", "LỜI KÊU GỌI": "LKG"},
    **{"BÁO CÁO": "BC", "KẾ HOẠCH": "KH", "QUY HOẠCH": "QH", "CHƯƠNG TRÌNH": "CTr"},
    **{"ĐỀ ÁN": "ĐA", "PHƯƠNG ÁN": "PA", "DỰ ÁN": "DA", "TỜ TRÌNH": "TTr", "BIÊN BẢN": "BB"},
}


@pytest.mark.parametrize(("title", "symbol"), STATE_TYPES.items(), ids=STATE_TYPES)
def test_types_of_the_state(title: str, symbol: str) -> None:
    number = f"Số: 12/{symbol}-UBND" if symbol else "Số: 12/UBND"
    text = (
        f"ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHUYỆN YÊN LẬP\tĐộc lập - Tự"
        f" do - Hạnh"
        f" phúc\n{number}\tYên Lập, ngày 05 tháng 6 năm 2021\n\n{title}\nVề công tác năm 2021\n\n"
        "Căn cứ Luật Tổ chức chính quyền địa phương;\n"
    )
    header = parse_header(text)
    assert _value(header.type) == title.lower()
    assert _value(header.number) == number.removeprefix("Số: ")
    assert _value(header.subject) == "công tác năm 2021"
    if symbol:  # the same from the symbol alone
        assert _value(parse_header(text.replace(f"{title}\n", "")).type) == title.lower()


@pytest.mark.parametrize(("title", "symbol"), PARTY_TYPES.items(), ids=PARTY_TYPES)
def test_types_of_the_party(title: str, symbol: str) -> None:
    text = (
        "HUYỆN ỦY YÊN LẬP\tĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố 12-"
        f"{symbol}/HU\tYên Lập, ngày 05 tháng 6 năm 2021\n\n{title}\nvề công tác năm"
        f" 2021\n-----\n\n"
        "Thời gian qua, các cấp ủy đã lãnh đạo thực hiện.\n"
    )
    header = parse_header(text)
    assert _value(header.type) == title.lower()
    assert _value(header.number) == f"12-{symbol}/HU"
    assert _value(header.subject) == "công tác năm 2021"


NUMBERS = {
    "Số: 30/2020/NĐ-CP": ("30/2020/NĐ-CP", "NĐ-CP"),
    "Số 12-NQ/TU": ("12-NQ/TU", "NQ/TU"),
    "Số 05-KH/ĐU": ("05-KH/ĐU", "KH/ĐU"),
    "Số: 123/UBND-GDĐT": ("123/UBND-GDĐT", "UBND-GDĐT"),
    "Số: 07/TTLT-BGDĐT-BNV": ("07/TTLT-BGDĐT-BNV", "TTLT-BGDĐT-BNV"),
    "Số: 15/QĐ-UB": ("15/QĐ-UB", "QĐ-UB"),
    "Số: 36 /KH - UBND": ("36/KH-UBND", "KH-UBND"),
    "Số: 36/ KH-UBND": ("36/KH-UBND", "KH-UBND"),
    "Số 1234 QĐ/UB": ("1234/QĐ-UB", "QĐ-UB"),
    "Số: 01/2022/NQ-HĐND": ("01/2022/NQ-HĐND", "NQ-HĐND"),
    "Số: 22/NQ-HĐND8": ("22/NQ-HĐND8", "NQ-HĐND8"),
    "Số: 12a/QĐ-UBND": ("12a/QĐ-UBND", "QĐ-UBND"),
    "Số:  256 /2004/QĐ-UB": ("256/2004/QĐ-UB", "QĐ-UB"),
    "Số: 4567/BGDĐT-GDTrH": ("4567/BGDĐT-GDTrH", "BGDĐT-GDTrH"),
    "Số: 89/TB-HĐTS": ("89/TB-HĐTS", "TB-HĐTS"),
    "Số: 3/CTr-SGD&ĐT": ("3/CTr-SGD&ĐT", "CTr-SGD&ĐT"),
    "Số : 77/BC-UBND.VX": ("77/BC-UBND.VX", "BC-UBND.VX"),
    "Số: 2403/QÐ-UBND": ("2403/QĐ-UBND", "QĐ-UBND"),
    "Số: 157/TB_UBND": ("157/TB-UBND", "TB-UBND"),
    "Số: 15–KH/TU": ("15-KH/TU", "KH/TU"),
    "Sô: 36/KH-UBND": ("36/KH-UBND", "KH-UBND"),
    "Só: 36/KH-UBND": ("36/KH-UBND", "KH-UBND"),
    "SỐ: 36/KH-UBND": ("36/KH-UBND", "KH-UBND"),
    "Số:36/KH-UBND": ("36/KH-UBND", "KH-UBND"),
    "**Số:** 36/KH-UBND": ("36/KH-UBND", "KH-UBND"),
    "Số:        /UBND-VX": (None, "UBND-VX"),
    "Số: ......../KH-UBND": (None, "KH-UBND"),
    "Số: ……/BC-PGDĐT": (None, "BC-PGDĐT"),
    "Số: ____/QĐ-UBND": (None, "QĐ-UBND"),
    "Số       -CV/HU": (None, "CV/HU"),
    "Số: ...-KH/ĐU": (None, "KH/ĐU"),
    "Số:": (None, None),
    "Số: ............": (None, None),
}


@pytest.mark.parametrize(("line", "expected"), NUMBERS.items(), ids=NUMBERS)
def test_a_number_line(line: str, expected: tuple[str | None, str | None]) -> None:
    text = (
        f"ỦY BAN NHÂN DÂN\nHUYỆN YÊN LẬP\n\n{line}\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\n\nYên Lập, ngày 05 tháng 6 năm 2021\n\n"
        "Kính gửi: Sở Nội vụ\n\nThực hiện Công văn số 99/SNV-CCVC ngày 01/6/2021 của Sở Nội vụ.\n"
    )
    header = parse_header(text)
    assert (_value(header.number), _value(header.symbol)) == expected
    assert _value(header.issued_on) == "2021-06-05"


JOINT = {
    "a joint circular": (
        "BỘ GIÁO DỤC VÀ ĐÀO TẠO\nBỘ NỘI VỤ\n\nSố: 07/2009/TTLT-BGDĐT-BNV",
        "THÔNG TƯ LIÊN TỊCH",
        ("thông tư liên tịch", "07/2009/TTLT-BGDĐT-BNV", "Bộ Giáo dục và Đào tạo - Bộ Nội vụ"),
    ),
    "a joint circular of three": (
        "BỘ TÀI CHÍNH - BỘ Y TẾ - BỘ QUỐC PHÒNG\n\nSố: 22/2013/TTLT-BTC-BYT-BQP",
        "THÔNG TƯ LIÊN TỊCH",
        (
            "thông tư liên tịch",
            "22/2013/TTLT-BTC-BYT-BQP",
            "Bộ Tài chính - Bộ Y tế - Bộ Quốc phòng",
        ),
    ),
    "a joint plan of two departments": (
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO\nCÔNG AN TỈNH HÀ NAM\n\nSố: 15/KHLT-SGDĐT-CAT",
        "KẾ HOẠCH LIÊN TỊCH",
        (
            "kế hoạch liên tịch",
            "15/KHLT-SGDĐT-CAT",
            "Sở Giáo dục và Đào tạo - Công an tỉnh Hà Nam",
        ),
    ),
}


@pytest.mark.parametrize(("head", "title", "expected"), JOINT.values(), ids=JOINT)
def test_a_joint_document_has_all_its_issuers(
    head: str, title: str, expected: tuple[str, str, str]
) -> None:
    text = (
        f"{head}\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nHà"
        f" Nội, ngày 14"
        f" tháng 4 năm 2013\n\n{title}\nHướng dẫn thực hiện chế độ phối hợp\n\nCăn cứ Luật"
        f" Giáo dục;\n"
    )
    header = parse_header(text)
    found = (_value(header.type), _value(header.number), _value(header.issuer))
    assert found == expected
    assert header.parent_body is None


SCANNED = {
    "the nation's name": ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "CỘNG HOÀ XÃ HỌI CHỦ NGHĨA"),
    "the nation's name glued": (NATION[0], "CỘNGHÒA XÃHỘI CHỦ NGHĨA VIỆTNAM"),
    "the motto": (NATION[1], "Độc lập - Tự do - Hạnh phúe"),
    "the motto's beginning": (NATION[1], "Đậc lập — Tự do — Hạnh phúc"),
    "the label": ("Số:", "Sô:"),
    "the label without a colon": ("Số:", "Só"),
    "a sign between number and date": ("UBND\tSóc", "UBND „ Sóc"),
    "a tone": ("ỦY BAN NHÂN DÂN", "ÙY BAN NHÂN DÂN"),
    "another tone": ("TỈNH SÓC TRĂNG", "TỈNH SÓC TRẲNG"),
    "stains before the issuer": ("ỦY BAN", "Ö_ ỦY BAN"),
    "no comma before the day": ("Sóc Trăng, ngày", "Sóc Trăng ngày"),
    "stains in the date": ("ngày 02 tháng", "ngày 02. tháng"),
    "the day glued": ("ngày 02 tháng 02 năm", "ngày02 tháng02 năm"),
}


@pytest.mark.parametrize(("printed", "seen"), SCANNED.values(), ids=SCANNED)
def test_a_scan_s_misreadings(printed: str, seen: str) -> None:
    form = FORMS["a province"]
    text = f"{tabs(form)}\n\n{form.body}"
    assert printed in text
    header = parse_header(text.replace(printed, seen))
    assert _value(header.type) == form.type
    assert _value(header.number) == form.value
    assert _value(header.issued_on) == form.issued_on
    assert (_value(header.issuer) or "").casefold().startswith("ubnd tỉnh sóc")


def test_a_line_without_blanks_is_spelled_apart() -> None:
    text = (
        "Ö_ UBNDTỈNHPHÚTHỌ CỘNG HOÀ XÃ HỌI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ Độc lập - Tự do -"
        " Hạnh phúc\n"
        "Số: 12/SNV-CCVC Phú Thọ, ngày 3 tháng 12 năm 2011\nV/v báo cáo biên chế\n\n"
        "Kính gửi: Các huyện\n"
    )
    header = parse_header(text)
    assert _value(header.parent_body) == "UBND tỉnh Phú Thọ"
    assert _value(header.issuer) == "Sở Nội vụ tỉnh Phú Thọ"


Signed = tuple[str, str | None, str | None]
Got = tuple[str, str | None]
ENDINGS: dict[str, tuple[str, tuple[Signed, ...], tuple[Got, ...]]] = {
    "side by side with tabs": (
        "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- UBND tỉnh (b/c);\tCHỦ TỊCH\n- Lưu: VT.\t\n\t\n\t"
        "Hà Văn Sơn\n",
        (("Hà Văn Sơn", "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN"),),
        (("UBND tỉnh", "b/c"), ("VT", "lưu")),
    ),
    "a table": (
        "| **Nơi nhận:** | **KT. GIÁM ĐỐC** |\n|---|---|\n| - Như trên; | **PHÓ GIÁM ĐỐC** |\n"
        "| - Lưu: VT, VP. | **Lò Thị Mai** |\n",
        (("Lò Thị Mai", "PHÓ GIÁM ĐỐC", "KT. GIÁM ĐỐC"),),
        (("Như trên", None), ("VT, VP", "lưu")),
    ),
    "one blank between the columns": (
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Thường trực Huyện ủy (b/c); KT. CHỦ TỊCH\n"
        "- Các phòng, ban; PHÓ CHỦ TỊCH\n- Lưu: VT.\n\nPhạm Thị Hoa\n",
        (("Phạm Thị Hoa", "PHÓ CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"),),
        (("Thường trực Huyện ủy", "b/c"), ("Các phòng, ban", None), ("VT", "lưu")),
    ),
    "the name behind a recipient": (
        "Nơi nhận: KT. BỘ TRƯỞNG\n- Văn phòng Chính phủ; THỨ TRƯỞNG\n- Công báo; Vũ Thị Mai\n"
        "- Lưu: VT.\n",
        (("Vũ Thị Mai", "THỨ TRƯỞNG", "KT. BỘ TRƯỞNG"),),
        (("Văn phòng Chính phủ", None), ("Công báo", None), ("VT", "lưu")),
    ),
    "blanks between the columns": (
        "Nơi nhận:                                TL. CHỦ TỊCH\n"
        "- Như trên;                              CHÁNH VĂN PHÒNG\n"
        "- CT, các PCT (b/c);\n- Lưu: VT.\n\n                                  Nông Văn Tuấn\n",
        (("Nông Văn Tuấn", "CHÁNH VĂN PHÒNG", "TL. CHỦ TỊCH"),),
        (("Như trên", None), ("CT, các PCT", "b/c"), ("VT", "lưu")),
    ),
    "the Party: T/M": (
        "Nơi nhận:\n- Thường trực Tỉnh ủy (để b/c),\n- Các chi bộ (để t/h),\n- Lưu Văn phòng.\n\n"
        "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\n\nĐặng Quốc Khánh\n",
        (("Đặng Quốc Khánh", "PHÓ BÍ THƯ", "T/M BAN THƯỜNG VỤ"),),
        (("Thường trực Tỉnh ủy", "để b/c"), ("Các chi bộ", "để t/h"), ("Văn phòng", "lưu")),
    ),
    "the Party: K/T on a line of its own": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VPHU.\n\nK/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\n\nMa Thị Thúy\n",
        (("Ma Thị Thúy", "PHÓ TRƯỞNG BAN", "K/T TRƯỞNG BAN"),),
        (("Như trên", None), ("VPHU", "lưu")),
    ),
    "acting (Q.)": (
        "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\n\nQ. CHỦ TỊCH\n\n(Đã ký)\n\nHồ Quang Bửu\n",
        (("Hồ Quang Bửu", None, "Q. CHỦ TỊCH"),),
        (("Như Điều 3", None), ("VT", "lưu")),
    ),
    "under authority (TUQ.)": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ NỘI VỤ\n\nBùi Văn"
        " Thắng\n",
        (("Bùi Văn Thắng", "GIÁM ĐỐC SỞ NỘI VỤ", "TUQ. CHỦ TỊCH"),),
        (("Như trên", None), ("VT", "lưu")),
    ),
    "T.M and K.T with dots": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nT.M ỦY BAN NHÂN DÂN\nK.T CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n"
        "Cao Thị Lan\n",
        (("Cao Thị Lan", "PHÓ CHỦ TỊCH", "T.M ỦY BAN NHÂN DÂN K.T CHỦ TỊCH"),),
        (("Như trên", None), ("VT", "lưu")),
    ),
    "dashes of another kind": (
        "Nơi nhận:\n– Như trên;\n– Sở Tài chính (p/h);\n– Lưu: VT.\n\nHIỆU TRƯỞNG\n\nVõ Thị Sáu\n",
        (("Võ Thị Sáu", "HIỆU TRƯỞNG", None),),
        (("Như trên", None), ("Sở Tài chính", "p/h"), ("VT", "lưu")),
    ),
    "two signatures side by side": (
        "Nơi nhận:\n- Các trường;\n- Lưu: VT.\n\nGIÁM ĐỐC CÔNG AN TỈNH\tGIÁM ĐỐC SỞ GD&ĐT\n\n\n"
        "Trần Văn Bé\tLê Thị Tư\n",
        (
            ("Trần Văn Bé", "GIÁM ĐỐC CÔNG AN TỈNH", None),
            ("Lê Thị Tư", "GIÁM ĐỐC SỞ GD&ĐT", None),
        ),
        (("Các trường", None), ("VT", "lưu")),
    ),
    "two signatures with authorities side by side": (
        "Nơi nhận:\n- Các xã;\n- Lưu: VT.\n\n| TM. BAN THƯỜNG TRỰC | TM. ỦY BAN NHÂN DÂN |\n"
        "| CHỦ TỊCH | KT. CHỦ TỊCH |\n| | PHÓ CHỦ TỊCH |\n| Đỗ Văn Hai | Lâm Thị Ba |\n",
        (
            ("Đỗ Văn Hai", "CHỦ TỊCH", "TM. BAN THƯỜNG TRỰC"),
            ("Lâm Thị Ba", "PHÓ CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"),
        ),
        (("Các xã", None), ("VT", "lưu")),
    ),
    "a digital signature's lines": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTRƯỞNG PHÒNG\n\nKý bởi: Phòng Nội vụ\nNgày ký:"
        " 05/6/2021\n\nTrịnh Văn Quyết\n",
        (("Trịnh Văn Quyết", "TRƯỞNG PHÒNG", None),),
        (("Như trên", None), ("VT", "lưu")),
    ),
    "a rank and a degree before the name": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. CHỈ HUY TRƯỞNG\nPHÓ CHỈ HUY TRƯỞNG\n\nTrung tá"
        " Y Bhem Niê\n",
        (("Y Bhem Niê", "PHÓ CHỈ HUY TRƯỞNG", "KT. CHỈ HUY TRƯỞNG"),),
        (("Như trên", None), ("VT", "lưu")),
    ),
    "a name with signs of the highlands": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nRơ Chăm H'Hồng\n",
        (("Rơ Chăm H'Hồng", "CHỦ TỊCH", None),),
        (("Như trên", None), ("VT", "lưu")),
    ),
    "an annex behind the closing": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nMai Văn Huy\n\n\n\nMẫu báo cáo\n"
        "- Tình hình chấp hành quy định:\n- Những vấn đề tồn tại;\n",
        (("Mai Văn Huy", "GIÁM ĐỐC", None),),
        (("Như trên", None), ("VT", "lưu")),
    ),
    "the label misread": (
        "Nai nhận: KT. CỤC TRƯỞNG\n- Như trên;\n- Đ/c Cục trưởng (để báo cáo);\n- Lưu: VT, P6.\n\n"
        "Đại tá Nguyễn Văn Tám\n",
        (("Nguyễn Văn Tám", None, "KT. CỤC TRƯỞNG"),),
        (("Như trên", None), ("Đ/c Cục trưởng", "để báo cáo"), ("VT, P6", "lưu")),
    ),
}


@pytest.mark.parametrize(("ending", "signed", "got"), ENDINGS.values(), ids=ENDINGS)
def test_an_ending(ending: str, signed: tuple[Signed, ...], got: tuple[Got, ...]) -> None:
    form = FORMS["a province"]
    body = "I. MỤC ĐÍCH\n1. Nâng cao chất lượng đào tạo nghề.\n2. Các đơn vị báo cáo./.\n\n"
    header = parse_header(f"{tabs(form)}\n\n{form.body}\n{body}{ending}")
    assert tuple((s.name, s.title, s.authority) for s in header.signatories) == signed
    assert tuple((r.name, r.purpose) for r in header.recipients) == got


PROSE = (
    "Trong thời gian qua, các cấp, các ngành đã tập trung lãnh đạo, chỉ đạo thực hiện tốt các nhiệm"
    " vụ được giao trên địa bàn.\n"
)
HEAD = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
OTHERS: dict[str, tuple[str, dict[str, str | None]]] = {
    "a draft of a regulation: number blank, year printed": (
        "DỰ THẢO\nỦY BAN NHÂN DÂN\nTỈNH SƠN LA\n\nSố:      /2023/QĐ-UBND\n" + HEAD + "Sơn"
        " La, ngày   "
        " tháng    năm 2023\n\nQUYẾT ĐỊNH\nBan hành Quy định về dạy thêm\n\nỦY BAN NHÂN DÂN"
        " TỈNH SƠN"
        " LA\n\nCăn cứ Luật Giáo dục;\n",
        {
            **{"number": None, "symbol": "QĐ-UBND", "issuer": "UBND tỉnh Sơn La"},
            **{"issued_on": "2023", "subject": "Ban hành Quy định về dạy thêm"},
        },
    ),
    "Markdown headings, the issuer in the preamble": (
        "# KẾ HOẠCH\n\n## Triển khai chuyển đổi số năm 2024\n\nSố: 12/KH-UBND\n\nThực hiện"
        " Kế hoạch số"
        " 5/KH-UBND ngày 3/1/2024 của UBND tỉnh Gia Lai, UBND huyện Ia Grai xây dựng kế hoạch như"
        " sau:\n",
        {
            **{"type": "kế hoạch", "number": "12/KH-UBND", "issuer": "UBND huyện Ia Grai"},
            **{"subject": "Triển khai chuyển đổi số năm 2024", "issued_on": None},
        },
    ),
    "a web page's menu above, the date in figures": (
        "Trang chủ\nTin tức\nKẾ HOẠCH\nVăn bản\n\nUBND HUYỆN HÒA AN\t"
        + HEAD.split("\n")[0]
        + "\nPHÒNG"
        " GIÁO DỤC VÀ ĐÀO TẠO\tĐộc lập - Tự do - Hạnh phúc\n\nSố: 402/PGDĐT\tHòa An, ngày"
        " 12/9/2022\n"
        "V/v hướng dẫn nhiệm vụ\n\nKính gửi: Hiệu trưởng các trường\n\n" + PROSE,
        {
            **{"type": "công văn", "number": "402/PGDĐT", "issued_on": "2022-09-12"},
            **{"issuer": "Phòng Giáo dục và Đào tạo huyện Hòa An"},
        },
    ),
    "the date above the signature": (
        "UBND XÃ HƯƠNG LIÊN\nBÁO CÁO\nTổng kết công tác năm 2019\n\n" + PROSE + "\nHương"
        " Liên, ngày 20"
        " tháng 12 năm 2019\nTM. UBND XÃ\nCHỦ TỊCH\nĐinh Văn Sánh\n",
        {
            **{"type": "báo cáo", "issuer": "UBND xã Hương Liên", "issued_on": "2019-12-20"},
            **{"number": None, "place": "xã Hương Liên"},
        },
    ),
    "the authority in the title": (
        "QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH BẮC GIANG\nVề việc ban hành Quy chế\n\nỦY BAN NHÂN DÂN"
        " TỈNH BẮC GIANG\n\nCăn cứ Luật Nhà ở;\n" + PROSE,
        {"type": "quyết định", "issuer": "UBND tỉnh Bắc Giang", "subject": "ban hành Quy chế"},
    ),
    "a law": (
        "QUỐC HỘI\n-------\n" + HEAD + "Luật số: 43/2019/QH14\nHà Nội, ngày 14 tháng 6 năm"
        " 2019\n\nLUẬT\n"
        "GIÁO DỤC\nCăn cứ Hiến pháp;\n" + PROSE,
        {
            **{"type": "luật", "number": "43/2019/QH14", "issuer": "Quốc hội"},
            **{"issued_on": "2019-06-14", "subject": "GIÁO DỤC"},
        },
    ),
    "a law on Phòng cháy, which is no Phòng": (
        "QUỐC HỘI\n-------\nLuật số: 27/2001/QH10\n" + HEAD + "\nLUẬT\nPHÒNG CHÁY VÀ CHỮA"
        " CHÁY\n\n" + PROSE,
        {"issuer": "Quốc hội", "number": "27/2001/QH10", "subject": "PHÒNG CHÁY VÀ CHỮA CHÁY"},
    ),
    "two bodies on one line": (
        "UBND - ỦY BAN MTTQ VIỆT NAM\nHUYỆN TRẢNG BOM\nSố: 05/CTrPH-UBND-MTTQ\n"
        + HEAD
        + "Trảng Bom,"
        " ngày 3 tháng 2 năm 2020\nCHƯƠNG TRÌNH PHỐI HỢP\nThực hiện quy chế dân chủ\n\nCăn"
        " cứ Luật;\n",
        {
            "issuer": "UBND - Ủy ban Mặt trận Tổ quốc Việt Nam huyện Trảng Bom",
            "type": "chương trình phối hợp",
        },
    ),
    "the town with its level": (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\nSố:"
        " 3115/SGDĐT-GDTrH\n"
        + HEAD
        + "Thành phố Hồ Chí Minh, ngày 5 tháng 6 năm 2023\nV/v tổ chức kỳ thi\nKính gửi:"
        " Các trường.\n",
        {
            **{"issuer": "Sở Giáo dục và Đào tạo thành phố Hồ Chí Minh"},
            **{"issued_on": "2023-06-05", "place": "thành phố Hồ Chí Minh"},
        },
    ),
    "a province's Youth Union": (
        "TỈNH ĐOÀN QUẢNG BÌNH\n***\nSố: 12-CV/TĐTN-BTG\nĐOÀN TNCS HỒ CHÍ MINH\nĐồng Hới,"
        " ngày 1 tháng"
        " 6 năm 2021\nV/v tuyên truyền bầu cử\nKính gửi: Ban Thường vụ các huyện đoàn\n" + PROSE,
        {
            **{"issuer": "Tỉnh đoàn Quảng Bình", "place": "tỉnh Quảng Bình", "type": "công văn"},
            **{"number": "12-CV/TĐTN-BTG", "issued_on": "2021-06-01"},
        },
    ),
    "a commune under its province after the reform": (
        "UBND TỈNH QUẢNG NGÃI\nỦY BAN NHÂN DÂN XÃ KON BRAIH\nSố: 12/KH-UBND\n"
        + HEAD
        + "Kon Braih, ngày"
        " 12 tháng 8 năm 2025\nKẾ HOẠCH\nTuyên truyền năm học mới\n\nCăn cứ Luật;\n",
        {"issuer": "UBND xã Kon Braih", "parent_body": "UBND tỉnh Quảng Ngãi"},
    ),
    "an office of a ward after the reform": (
        "UBND PHƯỜNG KON TUM\nPHÒNG VĂN HÓA - XÃ HỘI\nSố: 12/BC-VHXH\n" + HEAD + "Kon Tum,"
        " ngày 12 tháng"
        " 8 năm 2025\nBÁO CÁO\nKết quả tuyển sinh\n\n" + PROSE,
        {"issuer": "Phòng Văn hóa - Xã hội phường Kon Tum", "place": "phường Kon Tum"},
    ),
    "a committee of a People's Council": (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH KIÊN GIANG\nBAN VĂN HÓA - XÃ HỘI\nSố: 14/BC-HĐND\n" + HEAD + "Kiên"
        " Giang, ngày 1 tháng 7 năm 2021\nBÁO CÁO\nThẩm tra dự thảo nghị quyết\n\n" + PROSE,
        {"issuer": "Ban Văn hóa - Xã hội HĐND tỉnh Kiên Giang"},
    ),
    "a command with a comma in its name": (
        "UBND HUYỆN VĂN LÃNG\nBAN CHỈ HUY PHÒNG, CHỐNG THIÊN TAI\nVÀ TÌM KIẾM CỨU NẠN\nSố:"
        " 03/QĐ-BCH\n"
        + HEAD
        + "Văn Lãng, ngày 15 tháng 4 năm 2020\nQUYẾT ĐỊNH\nPhân công nhiệm vụ\n\nCăn cứ Luật;\n",
        {
            "issuer": "Ban Chỉ huy phòng, chống thiên tai và tìm kiếm cứu nạn huyện Văn Lãng",
        },
    ),
    "a university; its rector decides": (
        "BỘ GIÁO DỤC VÀ ĐÀO TẠO\nTRƯỜNG ĐẠI HỌC TÂY NGUYÊN\nSố: 1234/QĐ-ĐHTN\n"
        + HEAD
        + "Đắk Lắk, ngày"
        " 15 tháng 4 năm 2020\nQUYẾT ĐỊNH\nVề việc công nhận tốt nghiệp\nHIỆU TRƯỞNG TRƯỜNG ĐẠI HỌC"
        " TÂY NGUYÊN\n\nCăn cứ Luật;\n" + PROSE,
        {"issuer": "Trường Đại học Tây Nguyên", "subject": "công nhận tốt nghiệp"},
    ),
    "a commune's web page, an address glued to its name": (
        "Trang thông tin điện tử xã Thạch Kimhttps://thachkim.example/banner.jpg\nThứ hai\n"
        + PROSE,
        {"place": "xã Thạch Kim", "issuer": None, "type": None},
    ),
    "a district's web page in capitals": (
        "CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN ÂN THI\nTin tức\n" + PROSE,
        {"place": "huyện Ân Thi"},
    ),
    "a province's web page has documents of all its districts": (
        "Cổng thông tin điện tử tỉnh Hà Tĩnh\nTin tức\n" + PROSE,
        {"place": None},
    ),
    "a page with the table about a document and its title alone": (
        "Trang chủ\nQuyết định số 867/QĐ-QLTA Về việc phân bổ số lượng hội thẩm\nThuộc tính\nSố"
        " hiệu867/QĐ-QLTA\nLoại văn bảnQuyết định\nNgày ban hành07/10/1994\n",
        {"number": "867/QĐ-QLTA", "subject": "phân bổ số lượng hội thẩm"},
    ),
    "small letters, as old fonts leave them": (
        "Uỷ ban nhân dân                Cộng hoà xã hội chủ nghĩa Việt Nam\n tỉnh Quảng"
        " Ninh           "
        "       Độc lập - Tự do - Hạnh phúc\n\n Số: 1234/QĐ-UB                    Hạ Long, ngày 5"
        " tháng 6 năm 2003\n\nQuyết định của uỷ ban nhân dân tỉnh Quảng Ninh\nV/v phê duyệt quy"
        " hoạch\n\nUỷ ban nhân dân tỉnh Quảng Ninh\n- Căn cứ Luật;\n" + PROSE,
        {
            **{"type": "quyết định", "number": "1234/QĐ-UB", "issuer": "UBND tỉnh Quảng Ninh"},
            **{"issued_on": "2003-06-05", "subject": "phê duyệt quy hoạch"},
        },
    ),
}


@pytest.mark.parametrize(("text", "expected"), OTHERS.values(), ids=OTHERS)
def test_another_form(text: str, expected: dict[str, str | None]) -> None:
    header = parse_header(text)
    assert {name: _value(getattr(header, name)) for name in expected} == expected
