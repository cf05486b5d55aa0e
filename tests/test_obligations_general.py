"""Time limits, who acts and who gets it in the wordings of many kinds of documents and tables."""

from __future__ import annotations

import pytest

from docsearch.facts.obligations import find_obligations
from docsearch.parse.outline import parse_outline

HEADING = "IV. TỔ CHỨC THỰC HIỆN\n"

Limit = tuple[tuple[str, ...], str | None, str | None]  # who acts, by when, who gets it

FORMS: list[tuple[str, str, list[Limit]]] = [
    (
        "a report whose limits stand behind a colon",
        "2. UBND cấp huyện\na) Báo cáo Sở Công Thương về tình hình quản lý chợ: định kỳ 06 tháng "
        "(trước ngày 15/6), hằng năm (trước ngày 10/12).\n3. UBND cấp xã báo cáo UBND huyện: trước "
        "ngày 05/7.",
        [
            (("UBND cấp huyện",), "--06-15", "Sở Công Thương"),
            (("UBND cấp huyện",), "--12-10", "Sở Công Thương"),
            (("UBND cấp xã",), "2024-07-05", "UBND huyện"),
        ],
    ),
    (
        "who is told apart before a colon",
        "- Các hộ chưa đăng ký tham gia: nộp đơn về UBND xã trước ngày 20/7/2024.\n- Chủ bến nộp "
        "hồ sơ về Sở Giao thông vận tải trước ngày 25/7/2024.",
        [
            (("Các hộ chưa đăng ký tham gia",), "2024-07-20", "UBND xã"),
            (("Chủ bến",), "2024-07-25", "Sở Giao thông vận tải"),
        ],
    ),
    (
        "a sentence behind a label",
        "2. Phân công\n2.1. Nước sạch:\n- Cơ quan chủ trì: Sở Nông nghiệp lập danh mục công trình "
        "cấp nước, gởi Sở Tài chính trước ngày 15/8/2024.\n- Cơ quan phối hợp: UBND các huyện.",
        [(("Sở Nông nghiệp",), "2024-08-15", "Sở Tài chính")],
    ),
    (
        "a tab-separated table",
        "TT\tNội dung\tĐơn vị thực hiện\tThời gian hoàn thành\n1\tRà soát hộ nghèo\tUBND "
        "các xã\tTrước ngày 30/9/2024\n2\tTổng hợp, báo cáo\tPhòng LĐTBXH\t15/10/2024",
        [(("UBND các xã",), "2024-09-30", None), (("Phòng LĐTBXH",), "2024-10-15", None)],
    ),
    (
        "nt is the cell above",
        "STT | Nội dung | Chủ trì | Phối hợp | Thời hạn\n1 | Tập huấn | Phòng Nội vụ | "
        "Phòng Y tế | 31/5/2024\n2 | Kiểm tra | nt | | như trên",
        [(("Phòng Nội vụ",), "2024-05-31", None), (("Phòng Nội vụ",), "2024-05-31", None)],
    ),
    (
        "the head of the column says month",
        "Tháng | Công việc | Người thực hiện\n8/2024 | Phân công chuyên môn | Hiệu trưởng",
        [(("Hiệu trưởng",), "2024-08", None)],
    ),
    (
        "reports with who gets them",
        "Loại báo cáo | Thời hạn gửi | Nơi nhận\nBáo cáo tháng | Ngày 20 hằng tháng | Phòng Y tế",
        [((), "---20", "Phòng Y tế")],
    ),
    (
        "a part of a table is no task",
        "STT | Nội dung | Chủ trì | Thời hạn\nI | Công tác tuyên truyền | |\n1 | Mở "
        "chuyên mục | Đài Truyền thanh | Quý III/2024",
        [(("Đài Truyền thanh",), "2024-Q3", None)],
    ),
    (
        "a regulation's days of each round of the year",
        "Điều 3. Tu sửa\n1. Tổ vận hành nạo vét kênh theo ba đợt trong năm và báo cáo UBND xã: "
        "đợt 1 trước ngày 10 tháng 4.",
        [(("Tổ vận hành",), "--04-10", "UBND xã")],
    ),
    (
        "whom a heading is for, with which of them",
        "1. Đối với các doanh nghiệp có hoạt động xả thải\n- Gửi báo cáo về Phòng Tài nguyên và "
        "Môi trường trước ngày 15/8/2024.",
        [
            (
                ("các doanh nghiệp có hoạt động xả thải",),
                "2024-08-15",
                "Phòng Tài nguyên và Môi trường",
            )
        ],
    ),
    (
        "times of a report after a colon, each with its day",
        "1. Trạm Y tế báo cáo dịch bệnh cho UBND xã: hằng tháng, trước ngày 20; hằng năm, "
        "trước ngày 15 tháng 12.",
        [(("Trạm Y tế",), "---20", "UBND xã"), (("Trạm Y tế",), "--12-15", "UBND xã")],
    ),
    (
        "who is given data",
        "1. Công an xã rà soát, cung cấp dữ liệu cư trú cho UBND xã trước ngày 15/7/2024.",
        [(("Công an xã",), "2024-07-15", "UBND xã")],
    ),
    (
        "who is directed",
        "1. UBND huyện\n- Chỉ đạo các trạm y tế rà soát danh sách trong tháng 9/2024; "
        "công bố kết quả trước 15/10/2024.",
        [(("các trạm y tế",), "2024-09", None), (("UBND huyện",), "2024-10-15", None)],
    ),
    (
        "what somebody is",
        "1. Trung tâm Dân số\n- Là cơ quan thường trực, tham mưu UBND huyện giao chỉ tiêu "
        "trong tháng 3/2025.",
        [(("Trung tâm Dân số",), "2025-03", "UBND huyện")],
    ),
    (
        "whoever it is",
        "1. UBND các xã\n- Không để dân thiếu nước; nơi nào thiếu phải báo cáo ngay về UBND huyện.",
        [(("UBND các xã",), None, "UBND huyện")],
    ),
    (
        "a person in brackets",
        "- Kiểm kê thiết bị (cô Nhàn, thầy Tú), xong trước 30/11/2024.",
        [(("cô Nhàn", "thầy Tú"), "2024-11-30", None)],
    ),
    (
        "given to a person",
        "- Phân công ông Trần Văn Bình theo dõi, báo cáo hằng tháng.",
        [(("ông Trần Văn Bình",), "P1M", None)],
    ),
    (
        "who acts after a case",
        "Sau khi có quyết định của Chủ tịch UBND xã, công chức Văn hóa - Xã hội cấp giấy "
        "chứng nhận trong vòng 10 ngày.",
        [(("công chức Văn hóa - Xã hội",), "P10D", None)],
    ),
    (
        "a subset of those before",
        "Các phòng, ban báo cáo. Đề nghị UBND ba huyện nói trên gửi hồ sơ trước 30/9/2024.",
        [(("UBND ba huyện nói trên",), "2024-09-30", None)],
    ),
    (
        "reports whose recipient stands below",
        "3. Chế độ báo cáo\na) Báo cáo quý: trước ngày 25/9/2024.\nb) Báo cáo năm: trước "
        "ngày 05/12/2024.\nCác báo cáo gửi về Sở Nội vụ bằng văn bản điện tử.",
        [((), "2024-09-25", "Sở Nội vụ"), ((), "2024-12-05", "Sở Nội vụ")],
    ),
    (
        "a sentence of a limit with who gets it",
        "2. Sở Y tế\nRà soát trẻ em suy dinh dưỡng. Báo cáo gửi Sở Lao động trước ngày 30/9/2024.",
        [(("Sở Y tế",), "2024-09-30", "Sở Lao động")],
    ),
    (
        "the last who gets it before the limit",
        "- Phòng Kinh tế tổng hợp trình UBND huyện xem xét, gửi Sở Công thương trước ngày "
        "15/7/2024.",
        [(("Phòng Kinh tế",), "2024-07-15", "Sở Công thương")],
    ),
    (
        "what is given to somebody",
        "- Phòng Tài nguyên cung cấp số liệu về đất đai cho Chi cục Thống kê trước ngày 10/7/2024.",
        [(("Phòng Tài nguyên",), "2024-07-10", "Chi cục Thống kê")],
    ),
    (
        "proposed in all its parts",
        "- Văn phòng tham mưu Ban Thường vụ tổ chức sơ kết vào cuối năm 2025, tổng kết "
        "vào quý III năm 2026.",
        [(("Văn phòng",), "2025", "Ban Thường vụ"), (("Văn phòng",), "2026-Q3", "Ban Thường vụ")],
    ),
    (
        "submitted for adoption",
        "- Ban Chỉ huy Quân sự xây dựng phương án, thông qua UBND huyện trong tháng 7/2024.",
        [(("Ban Chỉ huy Quân sự",), "2024-07", "UBND huyện")],
    ),
    (
        "a day without a lead after who gets it",
        "- UBND phường vận động di dời xong trước 20/7, báo cáo UBND quận ngày 25/7.",
        [(("UBND phường",), "2024-07-20", None), (("UBND phường",), "2024-07-25", "UBND quận")],
    ),
    (
        "a decree before the limit",
        "Đề nghị các cơ quan rà soát theo Nghị định số 29/2023/NĐ-CP và các văn bản hướng "
        "dẫn, lập danh sách, gửi Sở Nội vụ trong tháng 10/2024.",
        [(("các cơ quan",), "2024-10", "Sở Nội vụ")],
    ),
    (
        "two reports of every year",
        "- Định kỳ 6 tháng (trước 15/6), năm (trước 15/12) báo cáo UBND tỉnh.",
        [((), "--06-15", None), ((), "--12-15", "UBND tỉnh")],
    ),
    (
        "every year is said of both",
        "- Báo cáo 6 tháng gửi trước ngày 05/6; báo cáo năm gửi trước ngày 05/12 hằng năm.",
        [((), "--06-05", None), ((), "--12-05", None)],
    ),
    (
        "a report of a quarter is one",
        "- Sở Y tế gửi báo cáo quý trước ngày 20 tháng cuối quý.",
        [(("Sở Y tế",), "P3M", None)],
    ),
    (
        "every Monday morning",
        "- Các trường sáng thứ Hai hằng tuần tổ chức chào cờ.",
        [(("Các trường",), "P1W", None)],
    ),
    (
        "every day before what is done",
        "- Đài Truyền thanh hằng ngày công khai kết quả.",
        [(("Đài Truyền thanh",), "P1D", None)],
    ),
    (
        "a holiday on which it is done",
        "- Huyện đoàn tổ chức hội thao vào dịp 26/3/2025.",
        [(("Huyện đoàn",), "2025-03-26", None)],
    ),
    (
        "before each round",
        "- Công ty Thủy lợi thông báo trước mỗi đợt tưới 3 ngày.",
        [(("Công ty Thủy lợi",), "P3D", None)],
    ),
    (
        "quarters that follow each other",
        "- Phòng Y tế tổ chức 06 buổi truyền thông trong quý III và quý IV.",
        [(("Phòng Y tế",), "2024-Q3/2024-Q4", None)],
    ),
    (
        "a condition is no limit",
        "- Chủ tịch UBND xã chịu trách nhiệm nếu đến hết ngày 30/9/2024 địa phương không đạt.",
        [],
    ),
    (
        "an expiry date is no limit",
        "- Trạm Y tế ưu tiên dùng trước các lô thuốc có hạn dùng đến ngày 30/9/2024.",
        [],
    ),
    (
        "from the day a decision is in force",
        "2. Việc gắn biển tên đường phải hoàn thành trong 30 ngày, kể từ ngày Nghị quyết "
        "này có hiệu lực.",
        [((), "P30D", None)],
    ),
    (
        "an amendment obliges nobody",
        "- Bổ sung vào điểm 2 mục 3 Quy hoạch khoáng sản của tỉnh đến năm 2030.",
        [],
    ),
    (
        "a meeting is no body",
        "- Tổ chức Hội nghị tổng kết trước 25/12/2024.",
        [((), "2024-12-25", None)],
    ),
    (
        "who acts behind a time acts in what follows",
        "Từ ngày 01/9 đến ngày 20/9/2024 các trường mầm non điều tra trẻ; việc nhập số "
        "liệu hoàn thành chậm nhất ngày 05/10/2024.",
        [
            (("các trường mầm non",), "2024-09-01/2024-09-20", None),
            (("các trường mầm non",), "2024-10-05", None),
        ],
    ),
    (
        "verbs in a row",
        "1. Các trường\n- Cân, đo, theo dõi biểu đồ tăng trưởng của trẻ mỗi quý một lần.",
        [(("Các trường",), "P3M", None)],
    ),
    ("no such day", "- UBND xã báo cáo trước ngày 31/2/2025.", [(("UBND xã",), None, None)]),
    (
        "years backwards",
        "- UBND xã xây dựng kế hoạch giai đoạn 2025 - 2021.",
        [(("UBND xã",), None, None)],
    ),
    (
        'a heading that ends with "trực thuộc"',
        "1- Đối với cấp xã và chi bộ trực thuộc\n1.1- Chi bộ trực thuộc đảng ủy cơ sở: tổ "
        "chức kiểm điểm xong trước ngày 05-12-2024.",
        [(("Chi bộ trực thuộc đảng ủy cơ sở",), "2024-12-05", None)],
    ),
    (
        "each part has its own subject",
        "- UBND cấp xã báo cáo UBND cấp huyện trước ngày 15/7, UBND cấp huyện báo cáo Sở "
        "Nội vụ trước ngày 20/7.",
        [
            (("UBND cấp xã",), "2024-07-15", "UBND cấp huyện"),
            (("UBND cấp huyện",), "2024-07-20", "Sở Nội vụ"),
        ],
    ),
    (
        "months that head clauses",
        "- Tháng 7: kiểm tra; tháng 8: hoàn thiện hồ sơ; quý IV: tổng kết.",
        [((), "2024-07", None), ((), "2024-08", None), ((), "2024-Q4", None)],
    ),
    (
        "reviews of half a year and of a year",
        "- Các Ban đảng hằng quý giao ban với cơ sở, 6 tháng sơ kết, cuối năm tổng kết.",
        [
            (("Các Ban đảng",), "P3M", None),
            (("Các Ban đảng",), "P6M", None),
            (("Các Ban đảng",), "P1Y", None),
        ],
    ),
    (
        "something else is reported in time",
        "1. Phòng Y tế\n- Giám sát, phát hiện sớm ca bệnh; báo cáo ca bệnh trong vòng 24 giờ.",
        [(("Phòng Y tế",), "PT24H", None)],
    ),
    (
        "quarters with a dash",
        "STT | Nội dung | Chủ trì | Thời gian\n1 | Tập huấn | Phòng Nội vụ | Quý I - IV/2025",
        [(("Phòng Nội vụ",), "2025-Q1/2025-Q4", None)],
    ),
    (
        "a count of days in words",
        "- Ủy ban bầu cử công bố danh sách chậm nhất là bảy mươi lăm ngày trước ngày bầu cử.",
        [(("Ủy ban bầu cử",), "P75D", None)],
    ),
    (
        "given inside a clause",
        "2. Những nội dung chưa phân bổ, giao Ủy ban nhân dân tỉnh thống nhất và báo cáo "
        "Hội đồng nhân dân tỉnh tại kỳ họp gần nhất.",
        [(("Ủy ban nhân dân tỉnh",), None, "Hội đồng nhân dân tỉnh")],
    ),
    (
        "a yearly report in an article",
        "Điều 7. Chế độ báo cáo\n1. Sở Y tế báo cáo 6 tháng trước ngày 15 tháng 6, báo "
        "cáo năm trước ngày 15 tháng 12.",
        [(("Sở Y tế",), "--06-15", None), (("Sở Y tế",), "--12-15", None)],
    ),
    (
        "staff of a school",
        "- Tổ trưởng nộp kế hoạch cho thầy Minh trước 15/9; GVCN báo cáo sĩ số trước 8h00 "
        "hằng ngày.",
        [(("Tổ trưởng",), "2024-09-15", "thầy Minh"), (("GVCN",), "P1D", None)],
    ),
    (
        "members of staff in a list act on nothing",
        "- Định kỳ rà soát đội ngũ; điều động cán bộ quản lý, giáo viên, nhân viên, ưu "
        "tiên bố trí cho vùng khó khăn.",
        [((), None, None)],
    ),
    (
        "a clerk of parliament",
        "Chậm nhất là 20 ngày trước ngày khai mạc phiên họp, Tổng thư ký Quốc hội thông "
        "báo ý kiến đến đại biểu Quốc hội.",
        [(("Tổng thư ký Quốc hội",), "P20D", "đại biểu Quốc hội")],
    ),
]


# Forms of documents that were read blind, in other words and of other bodies
FORMS += [
    (
        "whom a paragraph below a heading tells to do what follows",
        "UBND các phường, thị trấn lập các báo cáo sau đây, gửi Phòng Y tế:\n"
        "1. Báo cáo tuần: trước 10 giờ thứ Năm hằng tuần, nêu rõ số ca mắc.\n"
        "2. Báo cáo vụ việc: gửi bằng văn bản trong vòng 24 giờ kể từ khi phát hiện.",
        [
            (("UBND các phường, thị trấn",), "P1W", "Phòng Y tế"),
            (("UBND các phường, thị trấn",), "PT24H", "Phòng Y tế"),
        ],
    ),
    (
        "a recurrence in what it is about, and again",
        "1. Công an xã\n- Báo cáo hằng tuần: đợt cao điểm gửi UBND xã vào thứ Sáu hằng tuần.",
        [(("Công an xã",), "P1W", "UBND xã")],
    ),
    (
        "a second name in brackets, and whose it is",
        "1. Phòng Kinh tế (Phòng Kinh tế và Hạ tầng) các huyện, thành phố\n"
        "- Lập danh mục công trình xong trước ngày 15/8/2024.",
        [(("Phòng Kinh tế (Phòng Kinh tế và Hạ tầng) các huyện, thành phố",), "2024-08-15", None)],
    ),
    (
        "a body without its name that will act",
        "Chi cục sẽ kiểm tra các cơ sở vào tháng 9/2024.",
        [(("Chi cục",), "2024-09", None)],
    ),
    ("since when a document is in force", "Quy chế này áp dụng từ ngày 01/7/2024.", []),
    (
        "papers that others send",
        "1. Sở Nội vụ trình UBND tỉnh danh sách trước 30/9/2024; có ý kiến đối với hồ sơ do các sở "
        "trình đến trong thời hạn 07 ngày làm việc.",
        [(("Sở Nội vụ",), "2024-09-30", "UBND tỉnh"), (("Sở Nội vụ",), "P7D", None)],
    ),
    (
        "who is told has the time to act",
        "1. Ban quản lý chợ khi có cháy nổ chập điện phải báo ngay cho Điện lực huyện để khắc phục "
        "trong vòng 02 giờ.",
        [(("Điện lực huyện",), "PT2H", None)],
    ),
    (
        "who sends keeps the day",
        "1. Các xã gửi danh sách về Phòng Nội vụ để xem xét trước ngày 15/8/2024.",
        [(("Các xã",), "2024-08-15", "Phòng Nội vụ")],
    ),
    (
        "who urges others and reports",
        "1. Giám đốc các trung tâm đôn đốc các trạm y tế, chậm nhất ngày 25/9/2024 báo cáo số trạm "
        "đạt chuẩn cho Sở Y tế.",
        [(("Giám đốc các trung tâm",), "2024-09-25", "Sở Y tế")],
    ),
    (
        "the day of a figure",
        "1. Sở Tài chính rà soát nợ tạm ứng, phấn đấu đến 31/12/2024 thu hồi trên 90% số nợ.",
        [],
    ),
    (
        "the rest of the same work",
        "1. Công ty Cấp nước khôi phục cấp nước cho bệnh viện trong vòng 03 giờ; các tuyến ống còn "
        "lại không quá 24 giờ.\n2. UBND các xã cấp giấy cho 120 hộ trước ngày 30/8/2024; riêng "
        "vùng cao phải xong trước ngày 30/9/2024.",
        [
            (("Công ty Cấp nước",), "PT3H", None),
            (("Công ty Cấp nước",), "PT24H", None),
            (("UBND các xã",), "2024-08-30", None),
            (("UBND các xã",), "2024-09-30", None),
        ],
    ),
    (
        "at one level and at another",
        "1. Sơ kết đợt thi đua: ở cấp huyện tổ chức trong tháng 9/2024, ở cấp xã hoàn thành trước "
        "ngày 20/8/2024.",
        [((), "2024-09", None), ((), "2024-08-20", None)],
    ),
    (
        "one piece of work from and until",
        "1. Kê khai thuế tổ chức từ tháng 9/2024, hoàn thành trước ngày 31/10/2024.",
        [((), "2024-10-31", None)],
    ),
    (
        "each year at a session",
        "1. UBND huyện\n- Hằng năm bố trí vốn, trình HĐND huyện tại kỳ họp cuối năm mức hỗ trợ.",
        [(("UBND huyện",), "P1Y", "HĐND huyện")],
    ),
    (
        "two documents by two times",
        "1. Văn phòng trình UBND xã ban hành kế hoạch trong tháng 7/2024 và quy chế làm việc chậm "
        "nhất 10 ngày sau khi thành lập.",
        [(("Văn phòng",), "2024-07", "UBND xã"), (("Văn phòng",), "P10D", "UBND xã")],
    ),
    (
        "a person who has to",
        "1. UBND xã kiểm tra các bến đò. Người điều khiển đò ngang phải dừng chạy trước 16 giờ "
        "ngày 20/7/2024.",
        [(("Người điều khiển đò ngang",), "2024-07-20", None)],
    ),
    (
        "what it is about, a time, and what is done",
        "1. Nhân lực: Từ năm học 2024 - 2025, mỗi năm cử 05 công chức đi học.",
        [((), "P1Y", None)],
    ),
    (
        "a programme of goals is no goal",
        "1. Hạ tầng: lồng ghép chương trình mục tiêu quốc gia, huy động vốn đạt 2 tỷ đồng, khởi "
        "công trạm y tế trong quý IV năm 2024.",
        [((), "2024-Q4", None)],
    ),
    (
        "teams that are counted",
        "1. Kiểm tra chéo: 03 tổ công tác của huyện kiểm tra các xã từ ngày 05/8 đến ngày "
        "20/8/2024.",
        [(("03 tổ công tác của huyện",), "2024-08-05/2024-08-20", None)],
    ),
    (
        "a stretch of time before how often",
        "1. Đài Truyền thanh huyện\nTrong đợt cao điểm mỗi tuần xây dựng 02 bản tin.",
        [(("Đài Truyền thanh huyện",), "P1W", None)],
    ),
    (
        "months over the turn of the year, and the day that ends a line",
        "Tháng 12/2024 và tháng 01/2025\n- Kiểm tra cuối kỳ.\n"
        "Tháng 3/2025\n- Thi tay nghề cấp huyện: 12/3.\n- Hội khỏe (từ ngày 20 đến ngày 22/3).",
        [
            ((), "2024-12/2025-01", None),
            ((), "2025-03-12", None),
            ((), "2025-03-20/2025-03-22", None),
        ],
    ),
    (
        "months from and to in a cell",
        "STT | Nội dung | Chủ trì | Thời gian\n1 | Mở lớp may | Hội Phụ nữ huyện | Tháng 7 đến "
        "tháng 9/2024",
        [(("Hội Phụ nữ huyện",), "2024-07/2024-09", None)],
    ),
    (
        "a year that heads a list of goals",
        "1. Đến năm 2030: tỷ lệ đô thị hóa đạt 45%; hoàn thành nâng cấp đê tả ngạn.",
        [((), "2030", None)],
    ),
    (
        "a name that goes on with a verb after và",
        "1. Quỹ Phát triển đất và bảo vệ rừng\n- Lập danh sách trước ngày 15/8/2024.\n"
        "2. Đề nghị Công ty Cấp nước và xây dựng báo cáo UBND huyện trước ngày 20/9/2024.\n"
        "3. Sở Y tế rà soát và báo cáo UBND tỉnh trước ngày 25/9/2024.",
        [
            (("Quỹ Phát triển đất và bảo vệ rừng",), "2024-08-15", None),
            (("Công ty Cấp nước và xây dựng",), "2024-09-20", "UBND huyện"),
            (("Sở Y tế",), "2024-09-25", "UBND tỉnh"),
        ],
    ),
    (
        "a name with a verb in it that gets something",
        "1. Các xã gửi mẫu về Chi cục An toàn vệ sinh thực phẩm trước ngày 15/8/2024.\n"
        "2. Các thôn nộp phiếu về Bộ phận Tiếp nhận và trả kết quả trước ngày 20/8/2024.",
        [
            (("Các xã",), "2024-08-15", "Chi cục An toàn vệ sinh thực phẩm"),
            (("Các thôn",), "2024-08-20", "Bộ phận Tiếp nhận và trả kết quả"),
        ],
    ),
    (
        "what was done in a time, and a goal",
        "1. Chăn nuôi: Từ đầu năm 2024, cơ quan chuyên môn đã kiểm tra, kiểm soát các trại.\n"
        "2. Chỉ tiêu 02: Hằng năm, 10 ý tưởng lập thân, lập nghiệp được kết nối.",
        [],
    ),
    ("a year that is over heads no work", "- Năm 2023: tổ chức 05 lớp tập huấn cho cán bộ.", []),
    (
        "all is proposed to one",
        "1. Văn phòng HĐND tham mưu Thường trực HĐND sơ kết nghị quyết vào cuối năm 2024, tổng kết "
        "vào quý IV năm 2026 và báo cáo HĐND tỉnh trong 10 ngày sau hội nghị.",
        [
            (("Văn phòng HĐND",), "2024", "Thường trực HĐND"),
            (("Văn phòng HĐND",), "2026-Q4", "Thường trực HĐND"),
            (("Văn phòng HĐND",), "P10D", "HĐND tỉnh"),
        ],
    ),
    (
        "what is found out is told",
        "1. Giao Hạt Kiểm lâm kiểm tra rừng; kết quả kiểm tra báo về Ban Chỉ huy vào 9 giờ ngày "
        "12/7/2024.",
        [(("Hạt Kiểm lâm",), "2024-07-12", "Ban Chỉ huy")],
    ),
    (
        "half days have no day",
        "1. Bộ phận Một cửa chuyển hồ sơ trong thời hạn 1,5 ngày làm việc kể từ khi tiếp nhận.",
        [(("Bộ phận Một cửa",), None, None)],
    ),
    (
        "who is named behind a time that ends the occasion",
        "2. Khi đơn vị có thay đổi nhân sự, trong thời hạn 07 ngày kể từ ngày có quyết định, Sở "
        "Nội vụ cập nhật hồ sơ.",
        [(("Sở Nội vụ",), "P7D", None)],
    ),
    (
        "who acts in a case",
        "3. Trường hợp hồ sơ bị lỗi thì Phòng Tư pháp thông báo cho UBND xã trong 02 ngày làm "
        "việc.",
        [(("Phòng Tư pháp",), "P2D", "UBND xã")],
    ),
    (
        "who is asked acts behind semicolons, too",
        "4. Về hộ tịch, yêu cầu các phòng chuyên môn rà soát số liệu; gửi Sở Tư pháp trước ngày "
        "30/8/2024.",
        [(("các phòng chuyên môn",), "2024-08-30", "Sở Tư pháp")],
    ),
    (
        "the body whose duties a heading lists",
        "Điều 6. Quyền và trách nhiệm của đơn vị quản lý bến xe\n1. Báo cáo Sở Giao thông vận tải "
        "định kỳ 6 tháng.",
        [(("đơn vị quản lý bến xe",), "P6M", "Sở Giao thông vận tải")],
    ),
    (
        "who collects what is reported",
        "5. UBND các xã báo cáo kết quả trước ngày 20/9/2024 để Phòng Y tế tổng hợp và báo cáo "
        "UBND huyện.",
        [(("UBND các xã",), "2024-09-20", "Phòng Y tế")],
    ),
    (
        "who asks for a report gets it",
        "6. Trạm Thú y báo cáo định kỳ 03 tháng và đột xuất theo yêu cầu của Chi cục Thú y.",
        [(("Trạm Thú y",), "P3M", "Chi cục Thú y")],
    ),
    (
        "a name ends before a number of days",
        "7. Công ty phải gửi thông báo đến Công an xã 3 ngày trước khi tổ chức hội chợ.",
        [(("Công ty",), "P3D", "Công an xã")],
    ),
    (
        "the first days of a month of the quarter",
        "8. Quỹ tín dụng nộp báo cáo trong 12 ngày làm việc đầu tiên của tháng đầu quý tiếp theo.",
        [(("Quỹ tín dụng",), "P3M", None)],
    ),
    (
        "what is for a benefit, a condition or a whole lasts, or is of others",
        "9. Miễn tiền thuê sạp trong thời hạn 02 năm kể từ ngày khai trương chợ.\n10. Đối với các "
        "hộ đã ký hợp đồng trước ngày 01/3/2024 thì tiếp tục thực hiện theo hợp đồng.\n11. Trên "
        "cơ sở dự toán hằng năm được giao, xây dựng phương án chi.\n12. Các chợ hoàn thành trước "
        "ngày 01/5/2023 thuộc ngân sách huyện: tổ chức quyết toán.",
        [],
    ),
    (
        "a document decides and allows",
        "1. Thông qua Đề án phát triển chợ giai đoạn 2021 - 2025.\n2. Phê duyệt kèm theo Quyết "
        "định này Kế hoạch đến năm 2030.\n3. Đương sự có quyền khiếu nại trong thời hạn 30 "
        "ngày.\n4. Bản sao bằng tốt nghiệp công chứng trong thời hạn 06 tháng.",
        [],
    ),
    (
        "an article of fines tells nobody to do it",
        "Điều 9. Hành vi vi phạm chế độ báo cáo\na) Nộp báo cáo chậm 10 ngày kể từ ngày hết hạn.",
        [],
    ),
    (
        "limited sale is no shortcoming",
        "Điều 7. Cấp phép mặt hàng hạn chế kinh doanh\n1. Trong thời hạn 10 ngày kể từ ngày nhận "
        "hồ sơ, Sở Công Thương cấp phép.",
        [(("Sở Công Thương",), "P10D", None)],
    ),
    (
        "a count in brackets is not the goal",
        "II. MỤC TIÊU\n- Hằng năm cử cán bộ đi bồi dưỡng (mỗi năm từ 5 - 7 người).",
        [((), "P1Y", None)],
    ),
    (
        "work told by a resolution that is cited",
        "1. Sở Y tế cập nhật nhiệm vụ theo Nghị quyết số 15-NQ/TU ngày 02/4/2021 của Tỉnh ủy (Nghị "
        "quyết số 15) tham mưu UBND tỉnh xây dựng kế hoạch hằng năm.",
        [(("Sở Y tế",), "P1Y", "UBND tỉnh")],
    ),
    (
        "the government's name ends before what it gets",
        "2. Bộ Y tế trình Thủ tướng Chính phủ kế hoạch tiêm chủng trước ngày 15/10/2024.",
        [(("Bộ Y tế",), "2024-10-15", "Thủ tướng Chính phủ")],
    ),
    (
        "who is empowered acts",
        "4. Hội đồng nhân dân tỉnh ủy quyền cho Thường trực Hội đồng nhân dân tỉnh quyết "
        "định và báo cáo Hội đồng nhân dân tỉnh tại kỳ họp gần nhất.",
        [(("Thường trực Hội đồng nhân dân tỉnh",), None, "Hội đồng nhân dân tỉnh")],
    ),
    (
        "partners in a list do not act",
        "1. Sở Du lịch\n- Hằng năm, phối hợp với Sở Y tế, các sở liên quan tổ chức đánh giá cơ "
        "sở lưu trú.",
        [(("Sở Du lịch",), "P1Y", None)],
    ),
    (
        "where money comes from and what is eaten every day",
        "1. Các trường hợp khác do đơn vị chi trả từ nguồn dự toán ngân sách hằng năm.\n2. Sở "
        "Ngoại vụ chi trả theo tiêu chuẩn ăn hàng ngày, tổ chức đón đoàn.",
        [],
    ),
    (
        "money that was given is spent by a day",
        "3. Chủ đầu tư giải ngân nguồn vốn đã bố trí chậm nhất cuối quý III năm 2024.",
        [(("Chủ đầu tư",), "2024-Q3", None)],
    ),
    (
        "brackets with a semicolon",
        "4. Sở Nội vụ gửi Bộ Nội vụ (qua Vụ Tổ chức; đồng thời gửi Vụ Pháp chế để theo dõi) báo "
        "cáo trước ngày 25/11/2024.",
        [
            (
                ("Sở Nội vụ",),
                "2024-11-25",
                "Bộ Nội vụ (qua Vụ Tổ chức; đồng thời gửi Vụ Pháp chế để theo dõi)",
            )
        ],
    ),
    (
        "a line that was joined to the name above it",
        "5. Sở Giáo dục và Đào tạo Tổ chức các lớp tập huấn trước ngày 15/9/2024.",
        [(("Sở Giáo dục và Đào tạo",), "2024-09-15", None)],
    ),
    (
        "a session comes before the period of a plan",
        "6. UBND tỉnh điều chỉnh vốn trong giai đoạn 2021 - 2025 và báo cáo HĐND tỉnh tại kỳ họp "
        "gần nhất.",
        [(("UBND tỉnh",), None, "HĐND tỉnh")],
    ),
    (
        "twice a year",
        "7. Hội đồng quản lý Quỹ họp định kỳ một năm hai lần.",
        [(("Hội đồng quản lý Quỹ",), "P6M", None)],
    ),
    (
        "a verb after a kind of people",
        "- Các hộ nuôi bò dự trữ thức ăn xong trước ngày 20/11/2024.",
        [(("Các hộ nuôi bò",), "2024-11-20", None)],
    ),
    (
        "bodies of the province, and the districts",
        "1. Các sở, ngành, huyện, thị xã gửi danh sách về Sở Nội vụ trước ngày 12/8/2024.",
        [(("Các sở, ngành", "huyện, thị xã"), "2024-08-12", "Sở Nội vụ")],
    ),
    (
        "whoever it is is no name",
        "1. Yêu cầu các xã kê khai. Xã nào chưa nộp thì phải nộp trước ngày 12/8/2024.",
        [(("các xã",), "2024-08-12", None)],
    ),
    (
        "a clause that says which are meant",
        "1. Các trường có học sinh nội trú lập phương án trực trước ngày 12/8/2024.",
        [(("Các trường có học sinh nội trú",), "2024-08-12", None)],
    ),
    (
        "who acts behind a time and its brackets",
        "1. Trường hợp phải cấp bổ sung, chậm nhất 05 ngày làm việc (kể từ ngày có thông báo), đơn "
        "vị dự toán cấp II phải phân bổ xong.",
        [(("đơn vị dự toán cấp II",), "P5D", None)],
    ),
    (
        "a sentence that only says by when, before the case",
        "1. Trong thời hạn 03 ngày kể từ ngày nhận được đơn. Trường hợp đơn hợp lệ: UBND cấp xã "
        "cấp giấy xác nhận.",
        [(("UBND cấp xã",), "P3D", None)],
    ),
    (
        "what somebody is in charge of, and a list of kinds of persons",
        "Điều 4. Trong thời hạn 02 ngày làm việc kể từ ngày nhận đơn, Thẩm phán phụ trách thụ lý, "
        "phân công thông báo cho Hòa giải viên, người yêu cầu, người bị kiện về kết quả.",
        [
            (
                ("Thẩm phán phụ trách thụ lý, phân công",),
                "P2D",
                "Hòa giải viên, người yêu cầu, người bị kiện",
            )
        ],
    ),
    (
        "where money is paid in",
        "1. Các xã nộp tiền ủng hộ vào tài khoản của quỹ tại Kho bạc Nhà nước tỉnh trước ngày "
        "15/9/2024, chuyển kinh phí còn lại về Phòng Tài chính trước ngày 20/9/2024.",
        [
            (("Các xã",), "2024-09-15", "Kho bạc Nhà nước tỉnh"),
            (("Các xã",), "2024-09-20", "Phòng Tài chính"),
        ],
    ),
    (
        "what is sent besides",
        "1. Các thôn gửi danh sách về UBND xã trước ngày 12/8/2024. Trưởng các thôn vùng sâu "
        "nộp thêm sơ đồ trước ngày 20/8/2024.",
        [
            (("Các thôn",), "2024-08-12", "UBND xã"),
            (("Trưởng các thôn vùng sâu",), "2024-08-20", "UBND xã"),
        ],
    ),
    (
        "money that is set aside each year",
        "1. UBND các xã cân đối nguồn vốn cho thư viện trong dự toán ngân sách hằng năm.",
        [(("UBND các xã",), "P1Y", None)],
    ),
    (
        "a goal without a figure",
        "1. Đến năm 2026, phong trào đọc sách của xã nằm trong nhóm khá của huyện.",
        [((), "2026", None)],
    ),
    (
        "the year in which a budget runs",
        "Điều 9. Điều chỉnh\n1. Thời gian điều chỉnh dự toán đã giao hoàn thành trước ngày 10 "
        "tháng 11 năm hiện hành.",
        [((), "--11-10", None)],
    ),
    (
        "the time of a purpose",
        "Để đạt chỉ tiêu trong năm 2024, đề nghị các xã tập trung thực hiện các việc sau:",
        [],
    ),
    (
        "the time in the name of a plan",
        "- Bố trí vốn cho các dự án có trong Kế hoạch đầu tư công giai đoạn 2021 - 2025 đã được "
        "phê duyệt.\n- Báo cáo tổng hợp Quy hoạch đất đến năm 2030 và Kế hoạch năm đầu.",
        [],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=i) for i, t, e in FORMS])
def test_forms_of_duties(text: str, expected: list[Limit]) -> None:
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
