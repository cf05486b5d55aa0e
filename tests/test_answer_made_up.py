"""Questions over made-up documents: premises, figures, whom work is given to, what is not here."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import docsearch as ds
from docsearch.answer.by_premise import _months
from docsearch.answer.by_reference import _asks_what_it_orders
from docsearch.answer.by_table import _rows
from docsearch.records import Span
from tests.factories import HashEncoder

GOLD = Path(__file__).parent / "data" / "gold"
DOCUMENTS = ("h02", "k03", "m01", "n04", "p04", "p05", "t06")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("made-up")
    for name in DOCUMENTS:
        shutil.copy(GOLD / f"{name}.txt", folder)
    return ds.build(folder, folder / "index", encoder=HashEncoder())


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        pytest.param(
            "Sở Nội vụ Đông Triều trình biên chế giáo dục vào tháng 11 đúng không?",
            "Không phải tháng 11: SỞ NỘI VỤ",
            id="another-month",
        ),
        pytest.param(
            "Sở Nội vụ Đông Triều trình biên chế giáo dục vào tháng 10 đúng không?",
            "Đúng: SỞ NỘI VỤ",
            id="this-month",
        ),
        pytest.param(
            "Sở Tài chính Đông Triều phân bổ vốn kiên cố hóa trường lớp vào quý II phải không?",
            "Không phải quý II: ",
            id="another-quarter",
        ),
        pytest.param(
            "Trường THCS Lê Hồng Sơn kiểm tra cuối học kì I vào tháng 12 phải không?",
            "Đúng: ",
            id="an-event",
        ),
        pytest.param(
            "Có đúng là chỉ thị về khoáng sản của Bắc Sơn Hà thay Chỉ thị 05/CT-UBND không?",
            "Đúng: Chỉ thị số 05/CT-UBND",
            id="puts-an-end-to",
        ),
        pytest.param(
            "truong thcs le hong son nam hoc 2023-2024 co may lop va bao nhieu hoc sinh",
            "Năm học 2023 – 2024 trường có 20 lớp với 782 học sinh",
            id="two-counts-without-diacritics",
        ),
        pytest.param(
            "Chương trình 09-CTr/HU muốn năm 2025 bao nhiêu phần trăm trưởng thôn là đảng viên?",
            "85% trưởng thôn",
            id="wants-a-goal",
        ),
        pytest.param(
            "Tỉnh Bắc Sơn Hà đã phạt mấy vụ khai thác khoáng sản trong 4 tháng đầu năm 2012?",
            "riêng 4 tháng đầu năm 2012 xử phạt 38 trường hợp",
            id="cases-by-another-name",
        ),
    ],
)
def test_the_first_item(index: ds.Index, question: str, begins: str) -> None:
    found = index.ask(question).to_dict()
    assert found["items"][0]["text"].startswith(begins)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        pytest.param(
            "Chỉ thị 14/CT-UBND ngày 30/8/2016 của tỉnh Đông Triều yêu cầu các huyện làm gì?",
            "document_not_in_corpus",
            id="only-replaced",
        ),
        pytest.param(
            "What does Directive 02/CT-TTg of 9 January 2012 tell the provinces to do?",
            "document_not_in_corpus",
            id="only-cited-english",
        ),
        pytest.param(
            "Chỉ thị số 02/CT-TTg ngày 09/01/2012 giao bộ nào báo cáo?",
            "document_not_in_corpus",
            id="only-cited-who",
        ),
        pytest.param(
            "huyen lo trang nam 2005 mat trang bao nhieu ha lua",
            "place_not_in_corpus",
            id="a-name-without-capitals",
        ),
        pytest.param(
            "In Lo Trang district, by when must communes report fires?",
            "place_not_in_corpus",
            id="a-name-after-in",
        ),
        pytest.param(
            "Hộ nào ở Bình Sơn Đông đốt nương thì bị phạt bao nhiêu tiền?",
            "not_stated",
            id="who-it-is-alone-does-not-say-how-much",
        ),
    ],
)
def test_what_is_not_there(index: ds.Index, question: str, reason: str) -> None:
    assert index.ask(question).to_dict()["reason"] == reason


def test_a_name_in_a_question_is_the_place_alone(index: ds.Index) -> None:
    answer = index.ask("In Lo Trang district, by when must communes report fires?")
    assert "In Lo Trang" not in answer.to_dict()["answer"]


def test_every_body_of_a_kind_that_is_given_work(index: ds.Index) -> None:
    found = index.ask("Chỉ thị năm học của tỉnh Đông Triều giao việc cho những sở nào?").to_dict()
    actors = {actor for item in found["items"] for actor in item["fields"]["actors"]}
    assert actors >= {"SỞ GIÁO DỤC VÀ ĐÀO TẠO", "SỞ NỘI VỤ", "SỞ TÀI CHÍNH"}


@pytest.mark.parametrize(
    ("value", "months"),
    [
        ("2024-11-11/2024-12-02", {11, 12}),
        ("2024-Q3", {7, 8, 9}),
        ("--12-15", {12}),
        ("2024-05", {5}),
        ("2024", set()),
        ("P1M", set()),
        (None, set()),
    ],
)
def test_the_months_of_a_time(value: str | None, months: set[int]) -> None:
    assert _months(value) == months


@pytest.mark.parametrize(
    ("question", "orders"),
    [
        ("Nghị quyết số 04-NQ/HU ngày 15-02-2017 của Huyện ủy giao việc gì cho các xã?", True),
        ("chi thi 38/2005/CT-TTg yeu cau gi", True),
        ("What does Decision 60/QD-TTg of 2003 require?", True),
        ("Theo Kế hoạch số 63/KH-UBND, huyện giao việc gì?", False),
        ("Thực hiện Chỉ thị số 38/2005/CT-TTg, ai phải rà soát?", False),
        ("Kết luận số 1364-KL/TU nói về việc gì?", False),
    ],
)
def test_what_a_numbered_document_orders(question: str, orders: bool) -> None:
    assert _asks_what_it_orders(question) is orders


def test_the_rows_of_a_table_are_counted_and_listed(index: ds.Index) -> None:
    found = index.ask(
        "Bảng tiến độ của xã Vĩnh Trạch Hạ có mấy công trình, công trình nào xong sớm nhất?"
    ).to_dict()
    assert found["items"][0]["text"].startswith("4 công trình: 1 | Điểm tập kết rác")
    assert "30/6/2017" in found["answer"]
    assert "STT" not in found["answer"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Việc | Hạn\nHọp dân | 15/10\nTổng hợp kết quả | 20/10\nTổng cộng | 2", 2),
        ("1 | Rãnh | 650 m\n2 | Ống | 300 m\nTổng số | 950 m", 2),
    ],
)
def test_names_of_columns_and_sums_are_no_rows(text: str, rows: int) -> None:
    assert len(_rows(text, Span(0, len(text)))) == rows


def test_a_school_that_has_a_name_is_not_any_school(index: ds.Index) -> None:
    found = index.ask("Trường THCS Lê Hồng Sơn làm gì với học sinh yếu?").to_dict()
    assert {citation["source"] for citation in found["citations"]} == {"n04.txt"}


def test_a_persons_name_is_no_place(index: ds.Index) -> None:
    found = index.ask("Trường học nào ở huyện Lê Hồng Sơn phải báo cáo?").to_dict()
    assert found["reason"] == "place_not_in_corpus"
