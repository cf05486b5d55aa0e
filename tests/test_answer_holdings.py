"""Questions for the documents themselves, and for who proposed one."""

from __future__ import annotations

from pathlib import Path

import pytest

import docsearch as ds
from tests.factories import HashEncoder

DECISION = """ỦY BAN NHÂN DÂN
HUYỆN TAM NÔNG
Số: 88/QĐ-UBND
Tam Nông, ngày 3 tháng 2 năm 2021

QUYẾT ĐỊNH
Về việc phê duyệt danh mục cây xanh

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;
Theo đề nghị của Phòng Kinh tế và Hạ tầng tại Tờ trình số 15/TTr-KTHT ngày 20/01/2021,
QUYẾT ĐỊNH:
Điều 1. Phê duyệt danh mục cây xanh trồng trên địa bàn huyện.
"""


def texts(index: ds.Index, question: str) -> list[str]:
    return [item["text"] for item in index.ask(question).to_dict()["items"]]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Huyện Chi Lăng có những văn bản nào?", ["141/KH-UBND"]),
        ("huyen Chi Lang co nhung van ban nao", ["141/KH-UBND"]),
        ("Liệt kê các văn bản của huyện Kon Rẫy.", ["thông báo huyện Kon Rẫy", "công văn huyện"]),
        ("Which documents are there from Kon Ray district?", ["thông báo", "công văn"]),
        ("Có bao nhiêu văn bản của cấp xã trong kho?", ["1 văn bản: nghị quyết xã Na Mèo"]),
        (
            "Huyện Chi Lăng và huyện Bình Sơn mỗi nơi có những văn bản nào?",
            ["203/TB-UBND", "141/KH-UBND"],
        ),
    ],
)
def test_documents_of_a_place(corpus_index: ds.Index, question: str, expected: list[str]) -> None:
    found = texts(corpus_index, question)
    assert len(found) == len(expected)
    assert all(words in text for words, text in zip(expected, found, strict=True))


@pytest.mark.parametrize(
    "question",
    [
        "Huyện Chi Lăng có những văn bản nào về học phí?",
        "Huyện Chi Lăng căn cứ những văn bản nào?",
        "Có những quyết định nào của huyện Chi Lăng?",  # it has none here
    ],
)
def test_what_is_no_question_for_documents_alone(corpus_index: ds.Index, question: str) -> None:
    assert not any("trích yếu" in text for text in texts(corpus_index, question))


@pytest.mark.parametrize(
    "question",
    [
        "Quyết định 88/QĐ-UBND ban hành theo đề nghị của ai, tại tờ trình nào?",
        "Phòng nào trình Quyết định 88/QĐ-UBND?",
        "Who proposed Decision 88/QD-UBND?",
    ],
)
def test_who_proposed_it(tmp_path: Path, question: str) -> None:
    (tmp_path / "decision.txt").write_text(DECISION, encoding="utf-8")
    index = ds.build([tmp_path / "decision.txt"], tmp_path / "index", encoder=HashEncoder())
    assert texts(index, question) == [
        "Theo đề nghị của Phòng Kinh tế và Hạ tầng tại Tờ trình số 15/TTr-KTHT ngày 20/01/2021"
    ]
