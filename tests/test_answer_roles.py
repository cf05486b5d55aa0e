"""Who holds an office, which offices a person holds, and what a question names a meeting by."""

from __future__ import annotations

import pytest

import docsearch as ds
from docsearch.answer.by_obligation import is_event


def texts(index: ds.Index, question: str) -> list[str]:
    return [item["text"] for item in index.ask(question).to_dict()["items"]]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Nguyễn Thanh Thương ký thông báo với chức danh gì?", "CHÁNH VĂN PHÒNG"),
        ("Đinh Thị Hồng Thu giữ chức vụ gì?", "Phó Chủ tịch UBND huyện"),
        ("Nguyen Tuong Duy la ai?", "Chủ tịch UBND huyện"),
        ("Who is Nguyen Tuong Duy?", "Chủ tịch UBND huyện"),
        ("Ai là Chủ tịch UBND huyện Bình Sơn?", "Nguyễn Tường Duy"),
        ("Ở Bình Sơn lĩnh vực nào cần tập trung xã hội hóa?", "“ngoại ngữ”"),
        ("Bình Sơn và Kon Rẫy giao việc gì cho Phòng Giáo dục và Đào tạo?", "đề cương chi tiết"),
    ],
)
def test_the_first_item_says_it(corpus_index: ds.Index, question: str, words: str) -> None:
    assert words in texts(corpus_index, question)[0]


def test_a_report_that_comes_otherwise_is_another(corpus_index: ds.Index) -> None:
    monthly = "Hạn nộp báo cáo hằng tháng của các xã huyện Kon Rẫy là ngày nào?"
    assert "25 hàng tháng" in texts(corpus_index, monthly)[0]
    halves = monthly.replace("hằng tháng", "6 tháng")
    assert corpus_index.ask(halves).to_dict()["status"] == "abstained"


@pytest.mark.parametrize(
    ("question", "event"),
    [
        ("Hội nghị ở Bình Sơn ngày nào?", True),
        ("Cuộc họp của huyện Kon Rẫy khi nào?", True),
        ("hoi nghi o Binh Son ngay nao", True),
        ("Hội nghị phải báo cáo ngày nào?", False),
        ("Kế hoạch xong ngày nào?", False),
    ],
)
def test_what_takes_place(question: str, event: bool) -> None:
    assert is_event(question) is event
