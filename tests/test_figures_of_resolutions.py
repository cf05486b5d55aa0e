"""Figures as resolutions of councils and reports of communes state them, and their tables."""

from __future__ import annotations

import time

import pytest

from docsearch.facts.targets import find_document_targets
from docsearch.parse.header import parse_header
from docsearch.parse.outline import parse_outline
from docsearch.records import Target

HEAD = """ỦY BAN NHÂN DÂN
XÃ MINH TÂN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 47/KH-UBND
Minh Tân, ngày 18 tháng 12 năm 2021

KẾ HOẠCH
Phát triển kinh tế - xã hội năm 2022

"""
GOALS = "I. CHỈ TIÊU CHỦ YẾU\n"
RESULTS = "I. KẾT QUẢ THỰC HIỆN NĂM 2021\n"
TASKS = "III. NHIỆM VỤ VÀ GIẢI PHÁP\n"


def read(body: str) -> tuple[Target, ...]:
    text = f"{HEAD}{body}\n"
    return find_document_targets(text, parse_outline(text), header=parse_header(text))


def shown(target: Target) -> str:
    value = "None" if target.value is None else f"{target.value:.10g}"
    to = "" if target.value_to is None else f"..{target.value_to:g}"
    return f"{target.comparator} {value}{to} {target.unit}"


FIGURES = [
    (GOALS + "2. Định hướng đến năm 2030\n", "Tuổi thọ đạt 75 tuổi.", ["= 75 tuổi"]),
    (GOALS, "80% hộ được tập huấn ít nhất 3 kỹ năng.", ["= 80 %"]),
    (RESULTS, "Có 18 trường chưa đạt 60% tiêu chuẩn về thiết bị.", ["= 18 trường"]),
    (RESULTS, "Hồ sơ trực tuyến mức độ 3, 4 chiếm 27%.", ["= 27 %"]),
    (GOALS, "90% xã đạt chuẩn mức độ 3, tỷ lệ đi học đạt 98%.", ["= 90 %", "= 98 %"]),
    (GOALS, "Học sinh lớp 6 đến lớp 9 hoàn thành chương trình từ 98% trở lên.", [">= 98 %"]),
    (RESULTS, "Phí chợ 1,2 tỷ đồng (40%).", ["= 1.2 tỷ đồng", "= 40 %"]),
    (RESULTS, "Hộ nghèo giảm mạnh, từ 12,5% (năm 2016) xuống còn 4%.", ["= 4 %"]),
    ("Điều 1. Tán thành đánh giá kết quả năm 2021\n", "Kết nạp 12 hội viên.", ["= 12 hội viên"]),
    (TASKS, "94% dân số tham gia bảo hiểm y tế.", ["= 94 %"]),
    (TASKS, "Khởi công 02 công trình; mở 04 lớp xóa mù.", ["= 2 công trình", "= 4 lớp"]),
    (TASKS, "03 xã còn lại mỗi xã tăng ít nhất 02 tiêu chí.", [">= 2 tiêu chí"]),
    ("1. Phòng Nông nghiệp\n", "Chỉ đạo nạo vét 7 km kênh trước 31/3.", ["= 7 km"]),
    (GOALS, "Tuổi thọ bình quân của nhân dân đạt 72,8 tuổi.", ["= 72.8 tuổi"]),
    (GOALS, "Số năm sống khỏe tối thiểu 65 năm.", [">= 65 năm"]),
    (RESULTS, "Tỷ số giới tính khi sinh là 109,5 nam/100 nữ.", ["= 109.5 nam/100 nữ"]),
    (RESULTS, "Tỷ số giới tính khi sinh: 110,2.", ["= 110.2 bé trai/100 bé gái"]),
    (GOALS, "Tỷ số giới tính khi sinh còn 111/100.", ["= 111 bé trai/100 bé gái"]),
    (RESULTS, "Khoai lang cả năm 37,5 ha/40 ha kế hoạch, đạt 93,7%.", ["= 37.5 ha", "= 93.7 %"]),
    (RESULTS, "Hộ cận nghèo đầu năm 84 hộ, cuối năm còn 70 hộ.", ["= 84 hộ", "= 70 hộ"]),
    (RESULTS, "Trẻ mẫu giáo đến lớp 246/250 trẻ.", ["= 246 trẻ"]),
    (RESULTS, "Vận động ủng hộ được 14 triệu 250 nghìn đồng.", ["= 14.25 triệu đồng"]),
    (RESULTS, "Tiêm vắc xin Covid-19 mũi 2 đạt 96,4%.", ["= 96.4 %"]),
    (RESULTS, "Thu phí đạt 84%, thấp hơn 6% so với kế hoạch.", ["= 84 %", "= 6 %"]),
    (RESULTS, "Thu ngân sách 3,4 tỷ đồng, vượt 9%.", ["= 3.4 tỷ đồng", "= 9 %"]),
    (GOALS, "Thu nhập trên 1 ha vườn đồi 120 triệu đồng.", ["= 120 triệu đồng"]),
    (GOALS, "90% hộ chăn nuôi có 2 hố ủ phân hợp vệ sinh.", ["= 90 %"]),
    (GOALS, "Có 25% số thôn (3 thôn) đạt chuẩn kiểu mẫu.", ["= 25 %", "= 3 thôn"]),
    (TASKS, "Mở rộng diện tích quế đạt 400 ha; hồi 150 ha.", ["= 400 ha", "= 150 ha"]),
    (TASKS, "Đàn dê 2.400 con.", ["= 2400 con"]),
    (TASKS, "Mật độ thuê bao đạt 80 thuê bao trên 100 dân.", ["= 80 thuê bao/100 dân"]),
    (TASKS, "Bê tông hóa 100% đường trục thôn, 65% đường ngõ xóm.", ["= 100 %", "= 65 %"]),
    (TASKS, "Vận động hội viên hiến thêm 900 m2 đất.", ["= 900 m2"]),
    (
        RESULTS,
        "Có 12 đơn vị cấp xã và 04 UBND cấp huyện đạt.",
        ["= 12 đơn vị", "= 4 UBND cấp huyện"],
    ),
]


@pytest.mark.parametrize(("above", "words", "expected"), FIGURES, ids=[f[1] for f in FIGURES])
def test_figures(above: str, words: str, expected: list[str]) -> None:
    assert [shown(target) for target in read(above + words)] == expected


SUBJECTS = [
    (RESULTS, "Tạo việc làm mới cho 240 lao động.", ["lao động"]),
    (RESULTS, "Đến ngày 30/11/2021 còn 18 hộ chưa có nhà.", ["hộ"]),
    (RESULTS, "Thu phí chợ 86 triệu đồng, đạt 104% dự toán.", ["Thu phí chợ", "Thu phí chợ"]),
    (RESULTS, "Đàn gà 9.200 con, tăng 4% so với cùng kỳ.", ["Đàn gà", "Đàn gà"]),
    (RESULTS, "Đàn dê, cừu 310 con (dê 280 con), tăng 6%.", ["Đàn dê, cừu", "dê", "Đàn dê, cừu"]),
    (GOALS, "Sản lượng cây có hạt đạt 1.900 tấn.", ["Sản lượng cây có hạt"]),
    (GOALS, "Tỷ lệ người dùng nước theo quy chuẩn 70%.", ["người"]),
    (GOALS, "Đến hết quý III thu phí đạt 75%.", ["thu phí"]),
    (TASKS, "Thu quỹ phấn đấu đạt 102% kế hoạch.", ["Thu quỹ"]),
]


@pytest.mark.parametrize(("above", "words", "expected"), SUBJECTS, ids=[s[1] for s in SUBJECTS])
def test_whom_a_figure_counts(above: str, words: str, expected: list[str]) -> None:
    assert [target.subject for target in read(above + words)] == expected


def test_the_vote_on_a_resolution_is_no_result() -> None:
    words = "Nghị quyết được thông qua với 28/28 đại biểu tán thành, đạt 100%."
    assert not read(TASKS + words)


def test_the_end_of_the_year_of_a_plan_issued_before_it() -> None:
    periods = [target.period for target in read(GOALS + "Đến cuối năm hộ nghèo còn dưới 4%.")]
    assert periods == ["2022"]


def test_the_first_item_below_part_of_a_year_is_an_item() -> None:
    body = "II. NHIỆM VỤ 6 THÁNG CUỐI NĂM\n1. Trồng 30 ha ngô trước ngày 20/8.\n2. Trồng 5 ha rau."
    headings = [target.headings[-1].text for target in read(body)]
    assert headings[-1] == "II. NHIỆM VỤ 6 THÁNG CUỐI NĂM"


Rows = list[tuple[str, str, str | None, str]]  # subject, figure, period, kind


def rows(body: str) -> Rows:
    return [(one.subject, shown(one), one.period, one.kind) for one in read(body)]


TABLES: list[tuple[str, str, Rows]] = [
    (
        "a row that counts the columns, one column in another",
        "Nội dung | ĐVT | TH 2020 | KH 2021 | Ước TH 2021 | TH 2021/KH 2021\n"
        "A | B | 1 | 2 | 3 | 4=3/2\n"
        "Chè búp tươi | Tấn | 310 | 330 | 325 | 98,5",
        [
            ("Chè búp tươi", "= 310 tấn", "2020", "achieved"),
            ("Chè búp tươi", "= 330 tấn", "2021", "target"),
            ("Chè búp tươi", "= 325 tấn", "2021", "achieved"),
        ],
    ),
    (
        "a budget, and the months done",
        "Biểu 2 (ĐVT: triệu đồng)\n"
        "Nội dung | Dự toán 2021 | Thực hiện 9 tháng | Dự toán 2022\n"
        "- Thu phí, lệ phí | 140 | 98 | 150",
        [
            ("Thu phí, lệ phí", "= 140 triệu đồng", "2021", "target"),
            ("Thu phí, lệ phí", "= 98 triệu đồng", "2021-09", "achieved"),
            ("Thu phí, lệ phí", "= 150 triệu đồng", "2022", "target"),
        ],
    ),
    (
        "figures given to bodies, below another table",
        "Chỉ tiêu | KH 2022\nSố cây xanh (cây) | 800\nTên thôn | Tỷ lệ hộ nghèo năm 2022 (%)"
        " | Số hộ thoát nghèo năm 2022\nBản Lầu | 4,5 | 6",
        [
            ("Số cây xanh", "= 800 cây", "2022", "target"),
            ("Bản Lầu", "= 4.5 %", "2022", "target"),
            ("Bản Lầu", "= 6 hộ", "2022", "target"),
        ],
    ),
    (
        "a column of what is given, the year in the caption",
        "Bảng 1. Chỉ tiêu giao năm 2022\nTT | Nội dung | ĐVT | Chỉ tiêu giao | Ghi chú\n"
        "1 | Kết nạp hội viên | Hội viên | 35 | Các chi hội",
        [("Kết nạp hội viên", "= 35 hội viên", "2022", "target")],
    ),
    (
        "one cell a line",
        "TT\nChỉ tiêu\nĐơn vị tính\nThực hiện 2020\nKế hoạch 2022\n(1)\n(2)\n(3)\n(4)\n(5)\n"
        "1\nTrồng cây phân tán\nCây\n2\n3\n2\nTỷ lệ hộ nghèo\n%\n4,1\ndưới 3,5\n"
        "II. GIẢI PHÁP",
        [
            ("Trồng cây phân tán", "= 2 cây", "2020", "achieved"),
            ("Trồng cây phân tán", "= 3 cây", "2022", "target"),
            ("Tỷ lệ hộ nghèo", "= 4.1 %", "2020", "achieved"),
            ("Tỷ lệ hộ nghèo", "< 3.5 %", "2022", "target"),
        ],
    ),
    (
        "one cell a line, with parts and notes that may be missing",
        "STT\nNội dung\nMục tiêu năm 2022\nĐơn vị chủ trì\nI\nVăn hóa\n1\n"
        "Thôn văn hóa\n7 thôn\nHội Phụ nữ\nII\nY tế\n1\nTỷ lệ khám sức khỏe\n≥ 85%\nTrạm Y tế",
        [
            ("Thôn văn hóa", "= 7 thôn", "2022", "target"),
            ("Tỷ lệ khám sức khỏe", ">= 85 %", "2022", "target"),
        ],
    ),
]


@pytest.mark.parametrize(("body", "expected"), [t[1:] for t in TABLES], ids=[t[0] for t in TABLES])
def test_tables(body: str, expected: Rows) -> None:
    assert rows(GOALS + body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "TT\nChỉ tiêu\nKế hoạch 2022\n1\nTrồng cây\nxã giao sau\n2",
        "TT\nChỉ tiêu\n1\nTrồng cây phân tán\n2\nLàm đường",
        "TT\nChỉ tiêu\nĐVT\nKế hoạch 2022\n1\nTrồng cây\n25",
    ],
)
def test_lines_that_fit_no_columns(body: str) -> None:
    assert not rows(GOALS + body)


def test_hostile_stacked_lines_are_read_in_time() -> None:
    begin = time.process_time()
    read("TT\nChỉ tiêu\nKế hoạch 2022\n" * 3000 + "1\nTrồng cây\n25\n" * 3000)
    assert time.process_time() - begin < 20
