"""Questions that put places side by side, answered; and how well topics are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

import docsearch
from docsearch.evaluate.gold import read_gold
from docsearch.evaluate.measure import evaluate
from docsearch.records import Answer
from tests.quality.topics import judge, read_pairs

QUALITY = Path(__file__).parent / "quality"
SHARED = Path(__file__).parents[2] / "shared" / "data"
SEEDS = ("000", "001", "002", "003", "004")


def answer(index: docsearch.Index, question: str) -> Answer:
    result = index.ask(question).result
    assert isinstance(result, Answer)
    return result


@pytest.mark.parametrize(
    ("question", "places", "words"),
    [
        (
            "So sánh nhiệm vụ của Phòng Nội vụ ở Kon Rẫy và ở Chi Lăng.",
            {"huyện Kon Rẫy", "huyện Chi Lăng"},
            ("chuẩn hóa đội ngũ giáo viên", "giao số lượng người làm việc"),
        ),
        (
            "so sanh vai tro cua trung tam gdnn-gdtx o kon ray va chi lang",
            {"huyện Kon Rẫy", "huyện Chi Lăng"},
            ("đào tạo nghề nghiệp",),
        ),
        (
            "Chỉ tiêu giáo viên trên chuẩn của Chi Lăng giai đoạn 2021-2025 và giai đoạn 2026-2030 "
            "khác nhau thế nào?",
            {"huyện Chi Lăng"},
            ("19%", "21%"),
        ),
        (
            "So sánh người ký Thông báo 203/TB-UBND và Kế hoạch 141/KH-UBND",
            {"huyện Bình Sơn", "huyện Chi Lăng"},
            ("Nguyễn Thanh Thương", "Vi Nông Trường"),
        ),
        (
            "How do Kon Ray and Chi Lang differ in forecasting the labour market?",
            {"huyện Kon Rẫy", "huyện Chi Lăng"},
            ("dự báo",),
        ),
        (
            "Huyện nào đặt mục tiêu giảm số trường học, xã nào có quỹ khuyến học?",
            {"huyện Chi Lăng", "xã Na Mèo"},
            ("giảm từ 03", "quỹ khuyến học"),
        ),
    ],
)
def test_both_sides_are_cited(
    corpus_index: docsearch.Index, question: str, places: set[str], words: tuple[str, ...]
) -> None:
    found = answer(corpus_index, question)
    assert places <= {citation.place for citation in found.citations}
    assert all(word in found.text for word in words)


@pytest.mark.parametrize("places", [("Kon Rẫy", "Chi Lăng"), ("Chi Lăng", "Kon Rẫy")])
def test_places_come_as_the_question_names_them(
    corpus_index: docsearch.Index, places: tuple[str, str]
) -> None:
    found = answer(
        corpus_index, f"So sánh nhiệm vụ của Phòng Nội vụ ở {places[0]} và ở {places[1]}."
    )
    told = [item.fields.place for item in found.items if item.fields.place]
    assert told[0] is not None
    assert places[0] in told[0]


def test_a_place_that_says_nothing_is_named(corpus_index: docsearch.Index) -> None:
    found = answer(corpus_index, "So sánh quy định về an toàn trường học ở Bình Sơn và Chi Lăng")
    assert "huyện Chi Lăng: không quy định" in found.text
    assert {citation.place for citation in found.citations} == {"huyện Bình Sơn"}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            "Chuyển đổi số của huyện Chi Lăng và huyện Lộc Bình khác nhau thế nào?",
            "huyện Lộc Bình: chưa có văn bản trong kho",
        ),
        (
            "How do Chi Lang district and Loc Binh district differ in digital transformation?",
            "no document in the corpus",
        ),
    ],
)
def test_a_place_without_a_document_is_named(
    corpus_index: docsearch.Index, question: str, words: str
) -> None:
    assert words in answer(corpus_index, question).text


def test_our_own_comparisons_keep_their_floor(corpus_index: docsearch.Index) -> None:
    questions = [
        question
        for question in read_gold(QUALITY / "questions-compare.jsonl")
        if set(question.docs) <= set(SEEDS)
    ]
    measured = evaluate(corpus_index, questions).overall
    assert measured.questions >= 18
    assert measured.right is not None
    assert measured.right >= 0.85
    assert measured.quotes_verbatim == 1.0


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not there")
def test_the_comparisons_of_the_gold_are_right(corpus_index: docsearch.Index) -> None:
    gold = read_gold(SHARED / "gold" / "questions.jsonl")
    measured = evaluate(corpus_index, [q for q in gold if q.kind == "compare"]).overall
    assert measured.right == 1.0


@pytest.mark.parametrize(
    ("name", "floor"), [("topics.jsonl", 0.85), ("topics-held-out.jsonl", 0.8)]
)
def test_stated_and_not_stipulated_are_told_apart(
    corpus_index: docsearch.Index, name: str, floor: float
) -> None:
    here = {place.value for e in corpus_index.documents() if (place := e.header.place)}
    pairs = [pair for pair in read_pairs(QUALITY / name) if pair.place in here]
    assert len(pairs) >= 30
    judged = judge(corpus_index, pairs)
    assert judged.precision >= floor
    assert judged.recall >= floor


@pytest.mark.parametrize(
    ("topic", "aspect", "cells"),
    [
        (
            "báo cáo",
            "reporting",
            {
                "huyện Chi Lăng": "trước ngày 15/12",
                "huyện Kon Rẫy": "ngày 25 hàng tháng",
                "huyện Bình Sơn": "trước ngày 26/7/2024",
            },
        ),
        (
            "Trung tâm GDNN-GDTX",
            "gist",
            {
                "huyện Kon Rẫy": "Trung tâm GDNN-GDTX",
                "huyện Chi Lăng": "Phối hợp với Trung tâm GDNN-GDTX huyện",
            },
        ),
        (
            "trường đạt chuẩn quốc gia",
            "targets",
            {"huyện Chi Lăng": "33 trường", "xã Na Mèo": "1 trường mầm non"},
        ),
    ],
    ids=["s083", "s088", "s089"],
)
def test_the_matrix_answers_the_comparisons_of_the_gold(
    corpus_index: docsearch.Index, topic: str, aspect: str, cells: dict[str, str]
) -> None:
    matrix = corpus_index.compare(topic, list(cells), aspect).matrix
    assert {place.name for place in matrix.places} == set(cells)
    for place, cell in zip(matrix.places, matrix.rows[0].cells, strict=True):
        quotes = [c.quote for quotation in cell.quotations for c in quotation.citations]
        assert any(cells[place.name] in quote for quote in quotes)
