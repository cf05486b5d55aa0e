"""Documents that others cite, replace or reword; who plays which part; texts that break off."""

from __future__ import annotations

from pathlib import Path

import pytest

import docsearch as ds
from docsearch.records import Abstention, Answer

HEAD = """ỦY BAN NHÂN DÂN
{place}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
{town}, ngày {day}

{kind}
{subject}

"""
PLAN = (
    HEAD.format(
        place="XÃ VÂN HẠ",
        number="36/KH-UBND",
        town="Vân Hạ",
        day="07 tháng 5 năm 2025",
        kind="KẾ HOẠCH",
        subject="Phòng, chống thiên tai năm 2025",
    )
    + """Căn cứ Luật Phòng, chống thiên tai ngày 19/6/2013;
Căn cứ Quyết định số 1597/QĐ-UBND ngày 08/5/2020 của Chủ tịch UBND tỉnh về việc ban hành Kế hoạch \
phòng thủ dân sự;
Căn cứ Thông tư liên tịch số 06/2008/TTLT-BTTTT-BCA ngày 28/11/2008 của liên Bộ: Thông tin và \
Truyền thông – Công an về bảo đảm an ninh thông tin;
Xét đề nghị của Ban Chỉ huy Quân sự xã tại Tờ trình số 66/TTr-BCH ngày 29/4/2025 về việc phê duyệt \
Kế hoạch năm 2025;
Ủy ban nhân dân xã xây dựng Kế hoạch như sau:
I. NỘI DUNG
1. Tuyên truyền về thiên tai tới các thôn trước ngày 30/6/2025.
Kế hoạch này thay thế Kế hoạch số 21/KH-UBND ngày 03/4/2024 của UBND xã.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lò Văn Nam
"""
)
OTHER = (
    HEAD.format(
        place="XÃ PHÚ ĐÀI",
        number="12/KH-UBND",
        town="Phú Đài",
        day="20 tháng 5 năm 2014",
        kind="KẾ HOẠCH",
        subject="Phòng, chống thiên tai năm 2014",
    )
    + """Căn cứ Luật Phòng, chống thiên tai ngày 19 tháng 6 năm 2013;
Theo Văn bản số 2731/UBND-NN ngày 20 tháng 4 năm 2014 của UBND tỉnh về việc tập huấn;
Ủy ban nhân dân xã xây dựng Kế hoạch như sau:
1. Chuẩn bị phương tiện cứu hộ.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Hồ Sỹ Lâm
"""
)
DECISION = (
    HEAD.format(
        place="THÀNH PHỐ HÀ BẮC",
        number="256/2004/QĐ-UB",
        town="Hà Bắc",
        day="01 tháng 7 năm 2004",
        kind="QUYẾT ĐỊNH",
        subject="Về việc ban hành Chương trình cải cách hành chính",
    )
    + """Điều 1. Ban hành Chương trình cải cách hành chính của thành phố Hà Bắc.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

I. PHÂN CÔNG TỔ CHỨC THỰC HIỆN
1. Cải cách thể chế hành chính:
- Cơ quan chủ trì: Sở Tư pháp.
- Cơ quan phối hợp: Văn phòng UBND thành phố; Sở Nội vụ.
2. Cải cách tài chính công:
- Sở Tài chính chủ trì và phối hợp với các Sở, Ban ngành có liên quan tổ chức thực hiện.
3. Tăng cường tuyên truyền về cải cách hành chính. Giao Sở Tư pháp chủ trì phối hợp cùng Ban Chỉ \
đạo cải cách hành chính, Đài Phát thanh tuyên truyền chủ trương cải cách hành chính.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Võ Thành Tâm
"""
)
CIRCULAR = """BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 22/2025/TT-BNNMT
Hà Nội, ngày 20 tháng 6 năm 2025

THÔNG TƯ
Sửa đổi, bổ sung một số điều của các Thông tư quy định chế độ báo cáo

Điều 1. Sửa đổi một số điều
1. Thay thế cụm từ “Trung tâm Tin học” bằng cụm từ “Cục Chuyển đổi số” tại khoản 3 Điều 9.
2. Thay thế cụm từ “Cục Thú y” bằng cụm từ “Cục Chăn nuôi và Thú y” trong toàn bộ Phụ lục I.
3. Biểu mẫu này dùng cho cơ quan bảo vệ thực vật cấp xã nhập số liệu báo cáo 7 ngày/lần.
Điều 2. Thông tư này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.
"""
PAGE = """Trang thông tin điện tử xã Thạch Sơnhttps://thachson.example/banner.jpg
Thứ hai - 11/11/2024 04:09
I. CĂN CỨ LẬP KẾ HOẠCH - Quyết định số 942/QĐ-TTg ngày 15/6/2021 của Thủ tướng Chính phủ vềphê \
duyệt Chiến lược phát triển Chính phủ số; - Kế hoạch số 194/KH-UBND
"""
POST = """Thông tin văn bản

Chủ tịch UBND huyện yêu cầu các đơn vị thực hiện Văn bản số 614/UBND-VX1 ngày 28/01/2021, Thông \
báo số 31/TB-UBND ngày 02/02/2021 của UBND tỉnh, Ban Chỉ đạo tỉnh về tăng cường công tác phòng dịch.
"""
LETTER = """Kính gửi:
- Hiệu trưởng các trường Tiểu học,
- Thủ trưởng các đơn vị trực thuộc.
Đề nghị Hiệu trưởng các trường rà soát lại đơn vị mình đã thu quỹ nhà vòm chưa.
Các đơn vị thực hiện trước ngày 24/3/2016.
"""
CUT = """UBND huyện ban hành Kế hoạch phổ cập giáo dục năm 2023

Kế hoạch đặt ra mục tiêu: trẻ đến lớp mẫu giáo đạt tỷ lệ trên 98,5%.

Về trung học: 100% số trẻ vào học lớp 6; số thanh niên tốt nghiệp phổ thông đạt tỷ lệ trên 9"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("cited")
    corpus = folder / "corpus"
    corpus.mkdir()
    texts = {
        "plan": PLAN,
        "other": OTHER,
        "decision": DECISION,
        "circular": CIRCULAR,
        "page": PAGE,
        "post": POST,
        "letter": LETTER,
        "cut": CUT,
    }
    for name, text in texts.items():
        Path(corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    return ds.build(str(corpus), str(folder / "index"))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        # the citation says both
        (
            "Kế hoạch phòng, chống thiên tai của xã Vân Hạ căn cứ Quyết định số 1597/QĐ-UBND ngày"
            " nào, về việc gì?",
            ("ngày 08/5/2020", "Kế hoạch phòng thủ dân sự"),
        ),
        ("When was Decision 1597/QĐ-UBND issued and what is it about?", ("08/5/2020",)),
        ("ke hoach 36/KH-UBND can cu quyet dinh 1597/QD-UBND ngay nao", ("ngày 08/5/2020",)),
        ("Thông tư liên tịch 06/2008/TTLT-BTTTT-BCA do ai ban hành?", ("liên Bộ: Thông tin",)),
        # a law by its name, and two that are only cited
        ("Luật Phòng, chống thiên tai ban hành ngày nào?", ("19/6/2013",)),
        (
            "Quyết định 1597/QĐ-UBND và Quyết định 942/QĐ-TTg khác nhau về nội dung gì?",
            ("Kế hoạch phòng thủ dân sự", "Chiến lược phát triển Chính phủ số"),
        ),
        ("What are the legal bases of the plan of Van Ha?", ("Luật Phòng", "1597/QĐ-UBND")),
        # who proposed it stands before it
        ("Tờ trình số 66/TTr-BCH của ai, ngày nào?", ("Ban Chỉ huy Quân sự xã", "29/4/2025")),
        # a web page says of which place it is in its own name alone, with an address glued to it
        (
            "quyet dinh 942/QD-TTg ma xa Thach Son can cu phe duyet chien luoc gi, ngay nao",
            ("ngày 15/6/2021", "Chiến lược phát triển Chính phủ số"),
        ),
        # the matter stands behind the last of several; the number decides, whatever the place
        (
            "Văn bản số 614/UBND-VX1 mà huyện Kim Bảng yêu cầu thực hiện ban hành ngày nào, về việc"
            " gì?",
            ("28/01/2021", "về tăng cường công tác phòng dịch"),
        ),
        # what puts an end to it
        ("Kế hoạch 21/KH-UBND bị văn bản nào thay thế?", ("36/KH-UBND", "thay thế Kế hoạch số 21")),
        ("Is Plan 21/KH-UBND replaced, and by which plan?", ("36/KH-UBND",)),
        # words that replace others
        (
            "Which name replaces “Trung tâm Tin học” under Circular 22/2025/TT-BNNMT?",
            ("Chuyển đổi",),
        ),
        ("tu Cuc Thu y duoc thay bang tu gi", ("“Cục Chăn nuôi và Thú y”",)),
        ("Cụm từ nào được thay bằng “Cục Chuyển đổi số”?", ("“Trung tâm Tin học”",)),
        # the section of the very subject
        (
            "Ở Hà Bắc cơ quan nào chủ trì cải cách thể chế hành chính, cơ quan nào phối hợp?",
            ("Sở Tư pháp", "Văn phòng UBND thành phố", "Sở Nội vụ"),
        ),
        (
            "Cơ quan nào chủ trì cải cách tài chính công ở Hà Bắc, phối hợp với ai?",
            ("Sở Tài chính",),
        ),
        # a letter whose header is lost
        (
            "Công văn về thu quỹ nhà vòm kính gửi những ai?",
            ("các trường Tiểu học", "đơn vị trực thuộc"),
        ),
        ("Who is the letter on the quỹ nhà vòm addressed to?", ("các trường Tiểu học",)),
        # one item a document
        (
            "So sánh thời điểm có hiệu lực của Quyết định 256/2004/QĐ-UB (Hà Bắc) và Thông tư"
            " 22/2025/TT-BNNMT",
            (
                "256/2004/QĐ-UB: Quyết định này có hiệu lực kể từ ngày ký",
                "22/2025/TT-BNNMT: Thông tư này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025",
            ),
        ),
        (
            "Kế hoạch của xã Vân Hạ và xã Phú Đài căn cứ những luật nào, khác nhau thế nào?",
            ("xã Vân Hạ: Luật", "xã Phú Đài: Luật"),
        ),
        ("may ngay mot lan co quan bao ve thuc vat cap xa nhap so lieu", ("7 ngày/lần",)),
        ("Năm 2023 trẻ đến lớp mẫu giáo đạt tỷ lệ bao nhiêu?", ("98,5%",)),
    ],
)
def test_answered(index: ds.Index, question: str, words: tuple[str, ...]) -> None:
    result = index.ask(question).result
    assert isinstance(result, Answer)
    for part in words:
        assert part in result.text


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Ai ký Quyết định 1597/QĐ-UBND?", "document_not_in_corpus"),
        ("Quyết định 1597/QĐ-UBND có hiệu lực từ ngày nào?", "document_not_in_corpus"),
        ("Theo Quyết định 1597/QĐ-UBND, báo cáo gửi trước ngày nào?", "document_not_in_corpus"),
        ("Kế hoạch 194/KH-UBND ban hành ngày nào?", "document_not_in_corpus"),
        ("Luật Giáo dục nghề nghiệp ban hành ngày nào?", "not_stated"),
        ("Huyện Kim Bảng phải báo cáo trước ngày nào?", "place_not_in_corpus"),
        ("Quyết định 256/2004/QĐ-UB thay thế văn bản nào?", "not_stated"),
        (
            "Theo Thông tư 22/2025/TT-BNNMT, cụm từ “Tổng cục Thống kê” được thay bằng cụm từ gì?",
            "not_stated",
        ),
        # the text breaks off in the figure
        ("Năm 2023 bao nhiêu phần trăm thanh niên tốt nghiệp phổ thông?", "not_stated"),
    ],
)
def test_not_answered(index: ds.Index, question: str, reason: str) -> None:
    result = index.ask(question).result
    assert isinstance(result, Abstention)
    assert result.reason == reason
