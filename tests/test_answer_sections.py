"""Questions for a section of a document, for how it is divided, and who is told to act."""

from __future__ import annotations

import pytest

import docsearch as ds
from tests.factories import HashEncoder

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN TAM NÔNG
Số: 21/KH-UBND
Tam Nông, ngày 3 tháng 2 năm 2021

KẾ HOẠCH
Phát triển du lịch cộng đồng năm 2021

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Khai thác tiềm năng vùng đất ngập nước.
- Tăng thu nhập cho người dân vùng đệm.
2. Yêu cầu
- Bảo đảm vệ sinh môi trường tại các điểm tham quan.
II. NỘI DUNG
1. Xây dựng điểm dừng chân
Mở hai điểm dừng chân tại xã Tân Công.
2. Đào tạo hướng dẫn viên
Mở ba lớp hướng dẫn viên tại chỗ.
III. KINH PHÍ THỰC HIỆN
Từ ngân sách huyện và nguồn xã hội hóa.
IV. TỔ CHỨC THỰC HIỆN
1. Phòng Văn hóa và Thông tin
Trình UBND huyện danh mục điểm đến trước ngày 31/3/2021.
"""
RULES = """ỦY BAN NHÂN DÂN
XÃ PHÚ LỘC
Số: 9/2015/QĐ-UBND
Phú Lộc, ngày 3 tháng 2 năm 2015

QUYẾT ĐỊNH
Ban hành Quy chế quản lý chợ Phú Lộc

Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý chợ Phú Lộc.
Điều 2. Quyết định có hiệu lực từ ngày ký.

QUY CHẾ
Quản lý chợ Phú Lộc
(Ban hành kèm theo Quyết định số 9/2015/QĐ-UBND ngày 3/2/2015)

Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quy chế này quy định việc quản lý chợ Phú Lộc.
Điều 2. Các hành vi bị nghiêm cấm
1. Bán hàng ở lối đi.
2. Tích trữ chất dễ cháy.
Chương II
QUY ĐỊNH CỤ THỂ
Điều 3. Đối với người bán hàng
Người bán hàng giữ vệ sinh sạp của mình.
Điều 4. Xử lý vi phạm
Ai vi phạm bị nhắc nhở, tái phạm thì bị thu hồi sạp.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("sections")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "rules.txt").write_text(RULES, encoding="utf-8")
    return ds.build([folder], tmp_path_factory.mktemp("index"), encoder=HashEncoder())


def texts(index: ds.Index, question: str) -> list[str]:
    return [item["text"] for item in index.ask(question).to_dict()["items"]]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Mục đích của Kế hoạch 21/KH-UBND là gì?", ["Khai thác tiềm năng", "Tăng thu nhập"]),
        ("Huyện Tam Nông xây dựng kế hoạch phát triển du lịch để làm gì?", ["Khai thác tiềm"]),
        ("Kế hoạch 21/KH-UBND đặt ra những yêu cầu gì?", ["vệ sinh môi trường"]),
        ("Kinh phí thực hiện kế hoạch du lịch huyện Tam Nông lấy từ đâu?", ["ngân sách huyện và"]),
        ("What is the purpose of Plan 21/KH-UBND of Tam Nong district?", ["Khai thác tiềm năng"]),
        ("muc dich cua ke hoach 21/KH-UBND la gi", ["Khai thác tiềm năng"]),
        ("Những hành vi nào bị nghiêm cấm ở chợ Phú Lộc?", ["lối đi", "chất dễ cháy"]),
        ("Phạm vi điều chỉnh của Quy chế quản lý chợ Phú Lộc là gì?", ["quản lý chợ Phú Lộc"]),
        ("Vi phạm quy chế chợ Phú Lộc bị xử lý thế nào?", ["nhắc nhở, tái phạm"]),
        ("Người bán hàng ở chợ Phú Lộc phải làm gì?", ["giữ vệ sinh sạp"]),
    ],
)
def test_what_stands_below_a_heading(index: ds.Index, question: str, expected: list[str]) -> None:
    found = texts(index, question)
    assert all(any(words in text for text in found) for words in expected), found
    assert len(found) == len(expected) or len(expected) == 1


@pytest.mark.parametrize(
    ("question", "first", "count"),
    [
        ("Kế hoạch 21/KH-UBND gồm mấy phần?", "4 phần: I. MỤC ĐÍCH, YÊU CẦU", 4),
        ("Kế hoạch 21/KH-UBND gồm những nội dung gì?", "I. MỤC ĐÍCH, YÊU CẦU", 4),
        ("Quyết định 9/2015/QĐ-UBND có bao nhiêu điều?", "2 điều: Điều 1. Ban hành", 2),
        ("Quy chế quản lý chợ Phú Lộc có bao nhiêu điều?", "4 điều: Điều 1. Phạm vi", 4),
        ("Quy chế quản lý chợ Phú Lộc gồm mấy chương?", "2 chương: Chương I", 2),
        ("How many articles does Decision 9/2015/QD-UBND have?", "2 điều: Điều 1. Ban hành", 2),
    ],
)
def test_how_a_document_is_divided(index: ds.Index, question: str, first: str, count: int) -> None:
    found = texts(index, question)
    assert found[0].startswith(first)
    assert len(found) == count


@pytest.mark.parametrize(
    "question",
    [
        "Kế hoạch 21/KH-UBND gồm mấy chương?",  # it has none
        "Nguyên tắc của Kế hoạch 21/KH-UBND là gì?",
    ],
)
def test_a_document_without_such_parts(index: ds.Index, question: str) -> None:
    assert index.ask(question).to_dict()["status"] == "abstained"


def test_one_thing_that_a_document_does_not_say_is_not_its_section(index: ds.Index) -> None:
    asked = "Mục đích của việc thu phí bãi đỗ xe trong Kế hoạch 21/KH-UBND là gì?"
    assert index.ask(asked).to_dict()["status"] == "abstained"


SCHOOLS = """ĐẢNG BỘ HUYỆN THANH HÒA
ĐẢNG ỦY XÃ MƯỜNG LÁT
Số 05-NQ/ĐU
Mường Lát, ngày 2 tháng 4 năm 2022

NGHỊ QUYẾT
về phát triển giáo dục xã Mường Lát giai đoạn 2022 - 2025

I. TÌNH HÌNH
Đến hết năm 2021, toàn xã có 2/5 trường đạt chuẩn quốc gia. Tuy nhiên, toàn xã còn 14 phòng học tạm.
II. CHỈ TIÊU ĐẾN NĂM 2025
1. Có 5/5 trường đạt chuẩn quốc gia.
2. Năm 2024 xóa 14 phòng học tạm.
III. GIẢI PHÁP
Huy động vốn, khởi công nhà đa năng trường tiểu học trong quý III năm 2022 và đưa vào sử dụng \
trước tháng 9-2023.
"""


@pytest.fixture(scope="module")
def schools(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("schools")
    (folder / "schools.txt").write_text(SCHOOLS, encoding="utf-8")
    return ds.build([folder], tmp_path_factory.mktemp("index"), encoder=HashEncoder())


@pytest.mark.parametrize(
    ("question", "words", "count"),
    [
        ("Hiện xã Mường Lát có mấy trường đạt chuẩn quốc gia?", "2/5 trường", 1),
        ("Đến năm 2025 xã Mường Lát có mấy trường đạt chuẩn quốc gia?", "5/5 trường", 1),
        ("Xã Mường Lát còn bao nhiêu phòng học tạm?", "còn 14 phòng học tạm", 1),
        ("Nghị quyết 05-NQ/ĐU đề ra những chỉ tiêu nào?", "5/5 trường", 2),
        ("Nhà đa năng trường tiểu học khi nào đưa vào sử dụng?", "trước tháng 9-2023", 1),
        ("Nhà đa năng trường tiểu học khi nào khởi công?", "trong quý III năm 2022", 1),
    ],
)
def test_what_is_and_what_shall_be(
    schools: ds.Index, question: str, words: str, count: int
) -> None:
    found = texts(schools, question)
    assert words in found[0]
    assert len(found) == count
