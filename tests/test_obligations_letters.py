"""What plans, letters, notices and conclusions of districts and communes tell somebody to do."""

from __future__ import annotations

import pytest

from docsearch.facts.obligations import find_obligations
from docsearch.parse.outline import parse_outline

HEADING = "IV. TỔ CHỨC THỰC HIỆN\n"

Limit = tuple[tuple[str, ...], str | None, str | None]  # who acts, by when, who gets it

FORMS: list[tuple[str, str, list[Limit]]] = [
    (
        "rounds of a year",
        "1. Trạm Thú y diệt chuột mỗi năm 02 đợt; đợt I xong trước ngày 25/3, đợt II xong trước "
        "ngày 20/9.\n2. Phòng Kinh tế kiểm tra chợ; đợt 1 trong tháng 7; đợt 2 trong tháng 11.",
        [
            (("Trạm Thú y",), "--03-25", None),
            (("Trạm Thú y",), "--09-20", None),
            (("Phòng Kinh tế",), "2024-07", None),
            (("Phòng Kinh tế",), "2024-11", None),
        ],
    ),
    (
        "how often beside from when",
        "1. Đài Truyền thanh xã phát bản tin cảnh báo từ ngày 01/8/2024, mỗi tuần ba buổi.",
        [(("Đài Truyền thanh xã",), "2024-08-01", None)],
    ),
    (
        "two days of each half year",
        "- Các chủ hồ: báo cáo Sở về tình hình an toàn hồ chứa 06 tháng/01 lần, trước ngày 10 "
        "tháng 5 và trước ngày 10 tháng 10.",
        [(("Các chủ hồ",), "--05-10", "Sở"), (("Các chủ hồ",), "--10-10", "Sở")],
    ),
    (
        "all that is sent stands below",
        "Điều 6. Thông tin\nCác trung tâm phải báo cáo Sở Y tế:\n1. Danh mục thuốc trước ngày "
        "10/9.\n"
        "2. Số liệu tiêm chủng trước ngày 25/12 hằng năm.",
        [
            (("Các trung tâm",), "2024-09-10", None),
            (("Các trung tâm",), "--12-25", None),
        ],
    ),
    (
        "the passive, and how often something is done",
        "1. Biên bản nghiệm thu phải được gửi về Phòng Tài chính trong quý III/2024.\n2. Việc kiểm "
        "định cầu treo được tiến hành định kỳ 06 tháng một lần.",
        [((), "2024-Q3", "Phòng Tài chính"), ((), "P6M", None)],
    ),
    (
        "a year before what is done",
        "1. Hỗ trợ sản xuất; năm 2025 mở 03 lớp nghề cho lao động nông thôn.",
        [((), "2025", None)],
    ),
    (
        "an aim with the size of what is built, and one of what is to be no more",
        "- Trong năm 2025, hoàn thành trạm bơm Cầu Gạo công suất 900 m3/giờ.\n"
        "- Không còn hộ dùng nước giếng khoan vào năm 2026.",
        [((), "2025", None), ((), "2026", None)],
    ),
    (
        "seasons and sessions",
        "1. UBND các xã ven sông, trước mùa lũ có trách nhiệm mua áo phao.\n2. Sau mỗi kỳ họp, "
        "Thường "
        "trực HĐND xã thông báo kết quả cho cử tri.",
        [(("UBND các xã ven sông",), None, None), (("Thường trực HĐND xã",), None, "cử tri")],
    ),
    (
        "who is told apart by work",
        "1. Trước ngày 05/8/2024, tổ chức quản lý chợ phải nộp phí cho UBND xã.\n2. Trong thời hạn "
        "10 ngày kể từ ngày nhận đơn, Chi cục Thuế nơi đăng ký kinh doanh thông báo cho người nộp "
        "thuế.",
        [
            (("tổ chức quản lý chợ",), "2024-08-05", "UBND xã"),
            (("Chi cục Thuế nơi đăng ký kinh doanh",), "P10D", "người nộp thuế"),
        ],
    ),
    (
        "of whom it is said, and who acts",
        "1. Đối với các hộ chưa ký cam kết, UBND xã ra thông báo trước ngày 02/7/2024.\n2. Đối với "
        "những hộ ở vùng sạt lở phải di dời trước 15 giờ ngày 20/9/2024.",
        [
            (("UBND xã",), "2024-07-02", None),
            (("những hộ ở vùng sạt lở",), "2024-09-20", None),
        ],
    ),
    (
        "whose duties a heading says",
        "1. Bảo tàng Quân khu có các chức năng, nhiệm vụ sau đây:\na) Hằng năm kiểm kê hiện vật.\n"
        "2. Nhà bia do Ủy ban nhân dân phường quản lý\na) Hằng quý tu sửa bồn hoa.",
        [(("Bảo tàng Quân khu",), "P1Y", None), (("Ủy ban nhân dân phường",), "P3M", None)],
    ),
    (
        "what a body decides again and again",
        "Điều 4. Ban Chấp hành có nhiệm vụ:\na) Thông qua dự toán thu chi hằng năm của Hội.",
        [(("Ban Chấp hành",), "P1Y", None)],
    ),
    (
        "a condition and a right have no limit",
        "1. Trường hợp không nhận được trả lời trong thời hạn 30 ngày, Phòng Tư pháp làm việc với "
        "hộ "
        "dân.\n2. Trong thời hạn 15 ngày kể từ ngày nhận được quyết định, người dân có quyền "
        "khiếu nại.",
        [],
    ),
    (
        "captions, cut-off days and what is agreed to",
        "1. Bảng 2: Nhu cầu vốn giai đoạn 2021 - 2025\n2. Tên dự án: Nâng cấp chợ huyện giai đoạn "
        "2022 "
        "- 2024\n3. Thống nhất Tờ trình số 12/TTr-UBND về quy hoạch chợ đến năm 2030.\n4. Kỳ lấy "
        "số "
        "liệu\na) Báo cáo quý: từ ngày 15/12 đến ngày 14/3 hằng năm.",
        [],
    ),
    (
        "how often is said once, and in which periods",
        "1. Hằng năm, Phòng Tài chính tham mưu UBND huyện bố trí trong dự toán chi hằng năm.\n2. "
        "Các "
        "xã báo cáo định kỳ (tuần, tháng, quý) về Phòng Nội vụ.",
        [
            (("Phòng Tài chính",), "P1Y", "UBND huyện"),
            (("Các xã",), "P1W", "Phòng Nội vụ"),
            (("Các xã",), "P1M", "Phòng Nội vụ"),
            (("Các xã",), "P3M", "Phòng Nội vụ"),
        ],
    ),
    (
        "what a report is about gets nothing",
        "1. Các cơ sở thông báo công khai số liệu về người lao động trước ngày 15/7/2024.",
        [(("Các cơ sở",), "2024-07-15", None)],
    ),
    (
        "a body told by its level or kind",
        "1. Hội thi: các cụm hoàn thành trước 30/8; huyện tổng kết trong tháng 9/2024.\n2. Cấp "
        "xã: tổ "
        "chức trước ngày 10/10/2024.\n3. Đồng ý chủ trương; giao phòng rà soát, xong trước 12/7.",
        [
            (("các cụm",), "2024-08-30", None),
            (("huyện",), "2024-09", None),
            (("Cấp xã",), "2024-10-10", None),
            (("phòng",), "2024-07-12", None),
        ],
    ),
    (
        "who is named in brackets, and times that end a line",
        "1. Lát gạch vỉa hè trước ngày 30/11/2024 (UBND thị trấn chủ trì).\n2. Khởi công: quý "
        "IV/2024.\n"
        "3. Phòng Y tế tập huấn cho nhân viên thôn (tháng 8/2024).\n4. Rà soát quy hoạch chợ - "
        "hoàn "
        "thành: 15/8/2024.",
        [
            (("UBND thị trấn",), "2024-11-30", None),
            ((), "2024-Q4", None),
            (("Phòng Y tế",), "2024-08", None),
            ((), "2024-08-15", None),
        ],
    ),
    (
        "a task behind the label of time, a part that is held elsewhere",
        "1. Thời gian: Hoàn thành việc cắm mốc các tuyến kênh trước ngày 19/8/2024.\n2. Thời gian "
        "thi: "
        "Cấp trường xong trước ngày 05/10; cấp huyện trong tháng 11.",
        [((), "2024-08-19", None), ((), "2024-10-05", None), ((), "2024-11", None)],
    ),
    (
        "an order behind a letter that came",
        "Nhận được Công văn này yêu cầu Chủ tịch UBND các xã, thủ trưởng các ngành báo cáo UBND "
        "huyện "
        "trước 10/7/2024.",
        [
            (
                ("Chủ tịch UBND các xã", "thủ trưởng các ngành"),
                "2024-07-10",
                "UBND huyện",
            )
        ],
    ),
    (
        "until an event, at an hour of a day",
        "1. Công an xã trực gác từ nay đến khi kết thúc lễ hội.\n2. Trạm Y tế lập danh sách, 9 "
        "giờ 30 "
        "ngày 02/7/2024 báo cáo tại cuộc họp.",
        [(("Công an xã",), None, None), (("Trạm Y tế",), "2024-07-02", None)],
    ),
    (
        "a stretch of months, a stage with its time in brackets",
        "- Tháng 7 - 8: lập danh sách hộ.\n- Giai đoạn 2 (quý IV/2024): nghiệm thu.\n- Các thôn "
        "họp "
        "dân, xong ngày 20/9.",
        [
            ((), "2024-07/2024-08", None),
            ((), "2024-Q4", None),
            (("Các thôn",), "2024-09-20", None),
        ],
    ),
    (
        "a limit that is only called so, days of one month",
        "1. Các trường nộp hồ sơ về Phòng Giáo dục, thời hạn 25/9/2024.\n2. Các xã gửi quyết toán "
        "về "
        "Phòng Tài chính từ 16-30/10/2024.\n3. Các cụm ra quân từ nay đến 30/8.",
        [
            (("Các trường",), "2024-09-25", "Phòng Giáo dục"),
            (("Các xã",), "2024-10-16/2024-10-30", "Phòng Tài chính"),
            (("Các cụm",), "2024-08-30", None),
        ],
    ),
    (
        "two days of every year with dashes",
        "1. Các chi bộ gửi báo cáo trước ngày 20-5 và ngày 20-11 hằng năm về Đảng ủy xã.",
        [
            (("Các chi bộ",), "--05-20", "Đảng ủy xã"),
            (("Các chi bộ",), "--11-20", "Đảng ủy xã"),
        ],
    ),
    (
        "who is led, and brackets behind a name",
        "1. Công chức Tư pháp (phụ trách hộ tịch) chủ trì cùng các thôn lập danh sách trước ngày "
        "12/8/2024.\n2. Chủ trì cùng Trạm Y tế xác minh các hộ phải di dời, trình UBND xã trước "
        "ngày 15/8/2024.",
        [(("Công chức Tư pháp",), "2024-08-12", None), ((), "2024-08-15", "UBND xã")],
    ),
    (
        "a team told apart by what it was founded for",
        "1. Tổ công tác tháo gỡ vướng mắc, giải phóng mặt bằng (thành lập theo Quyết định số 31/QĐ-"
        "UBND ngày 02/5/2024) họp mỗi tuần một lần.\n2. Mỗi đoàn thể đăng ký một phần việc với Ban "
        "Dân vận trong quý III/2024.",
        [
            (("Tổ công tác tháo gỡ vướng mắc, giải phóng mặt bằng",), "P1W", None),
            (("Mỗi đoàn thể",), "2024-Q3", "Ban Dân vận"),
        ],
    ),
    (
        "a body that is called by its kind",
        "1. Phòng Nội vụ\n- Hướng dẫn bầu trưởng thôn; các xã gửi danh sách về phòng trước ngày "
        "20/7/2024.",
        [(("các xã",), "2024-07-20", "Phòng Nội vụ")],
    ),
    (
        "what is prepared for, how a plan is laid out, what is not to pile up",
        "1. Các trường chuẩn bị tốt cơ sở vật chất khai giảng năm học mới vào ngày 05/9/2024.\n"
        "2. Các xã lập kế hoạch thu thuế chi tiết theo từng quý; không để dồn số thu vào cuối năm."
        "\n3. Phát huy thành quả giảm nghèo giai đoạn 2021-2023, các thôn giúp nhau làm nhà."
        "\n4. Phấn đấu đến hết năm 2025 có 6/9 bản đạt chuẩn văn hóa.",
        [],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=i) for i, t, e in FORMS])
def test_forms_of_letters_and_plans(text: str, expected: list[Limit]) -> None:
    whole = f"{HEADING}{text}\n"
    found = [
        (
            tuple(actor.text for actor in one.actors),
            one.deadline.value,
            one.recipient.text if one.recipient else None,
        )
        for one in find_obligations(whole, parse_outline(whole), issued_on="2024-06-18")
        if one.deadline
    ]
    assert found == expected
