"""Questions in other words than the documents', over three made-up documents."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import docsearch as ds
from docsearch.records import Abstention, Answer

GOLD = Path(__file__).parent / "data" / "gold"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("made")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name in ("h02", "h05", "k03"):
        shutil.copy(GOLD / f"{name}.txt", corpus)
    return ds.build(str(corpus), str(folder / "index"))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        # hardly a word of the document's own
        ("Who has to clean up after the water recedes in Cam Trung?", "Trạm Y tế xã"),
        ("Ai phải sắm máy bơm dã chiến cho xã Cẩm Trung?", "Hợp tác xã nông nghiệp Trung Thành"),
        # the verb before "bao nhiêu", and a figure that the register lacks
        ("Cẩm Trung trích bao nhiêu tiền từ quỹ phòng chống thiên tai?", "80 triệu đồng"),
        # a document that another puts an end to
        ("Chỉ thị của Đông Triều ra đời thì văn bản nào hết hiệu lực?", "14/CT-UBND"),
        # an English name of a body that acts
        (
            "By when must the forest ranger unit of Binh Son Dong submit its plan?",
            "Hạt Kiểm lâm",
        ),
        ("List the tasks of the Department of Home Affairs of Dong Trieu.", "SỞ NỘI VỤ"),
        # premises
        ("Cẩm Trung có phải nộp quyết toán quỹ cho Phòng Nội vụ huyện không?", "Không phải Phòng"),
        ("Có đúng là Đông Triều giảm học sinh bỏ học xuống dưới 2% không?", "Không phải 2%"),
        # two places in one question
        (
            "Đài truyền thanh ở Cẩm Trung và ở Bình Sơn Đông phải phát tin mấy buổi?",
            "ít nhất 2 buổi trong tuần",
        ),
    ],
)
def test_answered(index: ds.Index, question: str, words: str) -> None:
    result = index.ask(question).result
    assert isinstance(result, Answer)
    said = [result.text, *(citation.quote for citation in result.citations)]
    assert any(words in text for text in said)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Năm 2031 Đông Triều gửi báo cáo sơ kết học kỳ I trước ngày nào?", "not_stated"),
        ("Huyện Nậm Tráng có bao nhiêu hộ nghèo?", "place_not_in_corpus"),
        ("Đông Triều kỷ luật bao nhiêu học sinh?", "not_stated"),
        ("Trước ngày nào các huyện của Đông Triều báo cáo Cục Thú y?", "not_stated"),
        ("Xã nào của Cẩm Trung bị phê bình?", "not_stated"),
    ],
)
def test_not_answered(index: ds.Index, question: str, reason: str) -> None:
    result = index.ask(question).result
    assert isinstance(result, Abstention)
    assert result.reason == reason
