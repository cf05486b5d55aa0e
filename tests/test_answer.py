"""Questions over the five documents: what is answered, from which words, and what is not."""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import docsearch as ds
from docsearch.answer.by_header import _find_in_force
from docsearch.answer.quoting import Quoter
from docsearch.errors import AlignmentError, QueryError
from docsearch.evaluate import GoldQuestion, read_gold
from docsearch.records import Citation, Heading, Span
from tests.factories import CORPUS, HashEncoder

MISSION = "Đơn vị nào phải báo cáo trước ngày 15/12?"
GOLD = read_gold(CORPUS.parent / "tests" / "quality" / "questions.jsonl")
KON_RAY, CHI_LANG, MEETING, BINH_SON, NA_MEO = "000", "001", "002", "003", "004"


def ask(index: ds.Index, question: str, **filters: str) -> dict[str, Any]:
    return index.ask(question, filters=ds.Filters(**filters) if filters else None).to_dict()


def sources(citations: list[dict[str, Any]]) -> set[str]:
    return {str(citation["source"])[:3] for citation in citations}


def values(payload: dict[str, Any]) -> list[float]:
    return [item["fields"]["value"] for item in payload["items"] if "value" in item["fields"]]


# The question that the program exists for


@pytest.mark.parametrize(
    ("question", "language"),
    [
        pytest.param(MISSION, "vi", id="vietnamese"),
        pytest.param("Don vi nao phai bao cao truoc ngay 15/12?", "vi", id="without-diacritics"),
        pytest.param("Which units must report before 15 December?", "en", id="english"),
        pytest.param("ĐƠN VỊ NÀO PHẢI BÁO CÁO TRƯỚC NGÀY 15/12", "vi", id="capitals"),
        pytest.param(unicodedata.normalize("NFD", MISSION), "vi", id="decomposed-accents"),
    ],
)
def test_the_mission_question(corpus_index: ds.Index, question: str, language: str) -> None:
    found = ask(corpus_index, question)
    assert (found["status"], found["reason"], found["intent"]) == ("answered", None, "who")
    [item] = found["items"]
    fields = item["fields"]
    assert fields["actors"] == [
        "Các phòng, ban, cơ quan",
        "UBND các xã, thị trấn",
        "các đơn vị liên quan",
    ]
    assert fields["deadline"] == "--12-15"
    assert fields["recipient"] == "Phòng Giáo dục và Đào tạo huyện"
    assert fields["place"] == "huyện Chi Lăng"
    assert ("— by: " in item["text"]) == (language == "en")
    assert ("— thời hạn: " in item["text"]) == (language == "vi")

    [citation] = found["citations"]
    assert item["citations"] == [0]
    assert found["nearest"] == []
    stated = [citation[name] for name in ("number", "type", "place", "issued_on", "page")]
    assert stated == ["141/KH-UBND", "kế hoạch", "huyện Chi Lăng", "2022-04-29", None]
    assert citation["source"] == "001_97fd57f65c5eff66.txt"
    assert [part.split(".")[0] for part in citation["path"]] == ["IV", "7"]


def test_a_commune_that_no_document_names_has_the_duties_of_its_kind(
    corpus_index: ds.Index,
) -> None:
    found = ask(corpus_index, "UBND xã Vân Thủy phải báo cáo trước ngày nào?")
    assert found["status"] == "answered"
    assert sources(found["citations"]) == {CHI_LANG}  # Vân Thủy lies in Chi Lăng
    [item] = found["items"]
    assert item["fields"]["deadline"] == "--12-15"
    assert item["fields"]["forwarded_to"] == ["UBND huyện"]


def test_a_commune_of_another_district_is_not_in_the_corpus(corpus_index: ds.Index) -> None:
    found = ask(corpus_index, "UBND xã Xuân Tín phải làm gì?")
    assert (found["status"], found["reason"]) == ("abstained", "place_not_in_corpus")


def test_the_marks_are_the_words_of_the_answer(corpus_index: ds.Index) -> None:
    found = ask(corpus_index, MISSION)
    [citation] = found["citations"]
    text = corpus_index.document(citation["document"]).text
    fields = found["items"][0]["fields"]
    marked = [text[start:end] for start, end in citation["marks"]]
    assert all(
        citation["start"] <= start < end <= citation["end"] for start, end in citation["marks"]
    )
    assert {*fields["actors"], fields["recipient"]} <= set(marked)
    assert any("15/12" in mark for mark in marked)
    assert all(mark in citation["quote"] for mark in marked)


# What is not answered, and why


@pytest.mark.parametrize(
    ("question", "reason", "nearest"),
    [
        pytest.param(
            "Đơn vị nào của huyện Bình Sơn phải báo cáo trước ngày 15/12?",
            "not_stated",
            BINH_SON,
            id="a-date-of-another-place",
        ),
        pytest.param(
            "don vi nao cua huyen binh son phai bao cao truoc ngay 15/12",
            "not_stated",
            BINH_SON,
            id="without-diacritics",
        ),
        pytest.param(
            "Which unit of Bình Sơn district must report before 15 December?",
            "not_stated",
            BINH_SON,
            id="in-english",
        ),
        pytest.param(
            "Đơn vị nào phải báo cáo trước ngày 15/11?",
            "not_stated",
            CHI_LANG,
            id="a-month-earlier",
        ),
        pytest.param(
            "Đơn vị nào phải báo cáo sau ngày 15/12?",
            "not_stated",
            CHI_LANG,
            id="the-other-side-of-the-day",
        ),
        pytest.param(
            "Các trường ở huyện Kon Rẫy phải gửi đề xuất giải pháp trước ngày 28-6-2024 cho "
            "phòng nào?",
            "not_stated",
            None,
            id="the-duty-of-another-district",
        ),
        pytest.param(
            "Đơn vị nào của xã Thượng Lộc phải báo cáo trước ngày 15/12?",
            "place_not_in_corpus",
            None,
            id="unknown-place",
        ),
        pytest.param(
            "Đơn vị nào của huyện Đồng Hỷ phải báo cáo trước ngày 15/12?",
            "place_not_in_corpus",
            None,
            id="unknown-place-that-begins-with-d-stroke",
        ),
        pytest.param(
            "Huyện Ứng Hòa phấn đấu bao nhiêu trường đạt chuẩn quốc gia?",
            "place_not_in_corpus",
            None,
            id="unknown-place-that-begins-with-u-horn",
        ),
        pytest.param(
            "Kế hoạch 999/KH-UBND quy định gì?",
            "document_not_in_corpus",
            None,
            id="unknown-number",
        ),
        pytest.param(
            "Ai ký Quyết định số 15/2020/QĐ-UBND?",
            "document_not_in_corpus",
            None,
            id="unknown-number-with-a-year",
        ),
        pytest.param(
            "Ai ký Công văn 9595/UBND-KGVX?",
            "document_not_in_corpus",
            KON_RAY,
            id="signatory-of-a-cited-letter",
        ),
        pytest.param(
            "Ai ký Quyết định 522/QĐ-TTg?",
            "document_not_in_corpus",
            CHI_LANG,
            id="signatory-of-a-cited-decision",
        ),
        pytest.param(
            "Công văn của UBND huyện Kon Rẫy có số bao nhiêu?",
            "not_stated",
            KON_RAY,
            id="blank-number",
        ),
        pytest.param(
            "Số của công văn huyện Kon Rẫy là bao nhiêu?",
            "not_stated",
            KON_RAY,
            id="blank-number-asked-like-a-figure",
        ),
        pytest.param(
            "Công văn của UBND huyện Kon Rẫy ban hành ngày nào?",
            "not_stated",
            KON_RAY,
            id="blank-date",
        ),
        pytest.param(
            "Theo Phụ lục II kèm Kế hoạch 141, đề án rà soát sắp xếp trường lớp phải hoàn thành "
            "năm nào?",
            "not_stated",
            CHI_LANG,
            id="annex-that-is-not-in-the-file",
        ),
        pytest.param(
            "What does Annex I of Plan 141/KH-UBND contain?",
            "not_stated",
            CHI_LANG,
            id="annex-in-english",
        ),
        pytest.param(
            "Ai là Chủ tịch UBND huyện Kon Rẫy?",
            "not_stated",
            None,
            id="only-the-deputy-is-named",
        ),
        pytest.param(
            "Giá vé xe buýt ở thủ đô là bao nhiêu?",
            "not_in_corpus",
            None,
            id="something-else",
        ),
    ],
)
def test_abstentions(
    corpus_index: ds.Index, question: str, reason: str, nearest: str | None
) -> None:
    found = ask(corpus_index, question)
    assert (found["status"], found["reason"]) == ("abstained", reason)
    assert (found["items"], found["citations"]) == ([], [])
    assert found["answer"]
    if nearest:
        assert sources(found["nearest"]) == {nearest}


@pytest.mark.parametrize(
    ("question", "named"),
    [
        pytest.param("Đơn vị nào của xã Thượng Lộc phải báo cáo?", "xã Thượng Lộc", id="place"),
        pytest.param("Kế hoạch 999/KH-UBND quy định gì?", "999", id="number"),
    ],
)
def test_an_abstention_names_what_is_not_there(
    corpus_index: ds.Index, question: str, named: str
) -> None:
    assert named in ask(corpus_index, question)["answer"]


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("Đơn vị nào của huyện Bình Sơn phải báo cáo trước ngày 15/12?", "Văn bản có trong kho"),
        ("Which unit of Bình Sơn district must report before 15 December?", "The documents are"),
    ],
    ids=["vietnamese", "english"],
)
def test_an_abstention_is_in_the_language_of_the_question(
    corpus_index: ds.Index, question: str, beginning: str
) -> None:
    assert ask(corpus_index, question)["answer"].startswith(beginning)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("mấy", id="a-question-word"),
        pytest.param("0", id="a-digit"),
        pytest.param("_", id="an-underscore"),
        pytest.param("huyện A", id="a-level-and-a-letter"),
    ],
)
def test_a_question_about_nothing_is_not_answered_with_certainty(
    corpus_index: ds.Index, question: str
) -> None:
    try:
        found = ask(corpus_index, question)
    except QueryError:
        return
    assert found["status"] == "abstained"


# Documents that are only cited


@pytest.mark.parametrize(
    ("question", "number", "date", "words", "source"),
    [
        pytest.param(
            "QĐ 522/QĐ-TTg ban hành ngày nào?",
            "522/QĐ-TTg",
            "2018-05-14",
            "ngày 14/5/2018 của Thủ tướng Chính phủ",
            CHI_LANG,
            id="date",
        ),
        pytest.param(
            "quyet dinh 1895/qd-ttg ban hanh ngay nao ve chuong trinh gi",
            "1895/QĐ-TTg",
            "2021-11-11",
            "Tăng cường giáo dục lý tưởng cách mạng",
            CHI_LANG,
            id="date-and-subject-without-diacritics",
        ),
        pytest.param(
            "Kế hoạch số 128/KH-UBND của Bình Sơn nói về vấn đề gì?",
            "128/KH-UBND",
            "2024-05-28",
            "an toàn trường học",
            BINH_SON,
            id="subject",
        ),
        pytest.param(
            "Quyết định 522/QĐ-TTg về việc gì?",
            "522/QĐ-TTg",
            "2018-05-14",
            "Giáo dục hướng nghiệp",
            CHI_LANG,
            id="subject-asked-with-ve-viec-gi",
        ),
        pytest.param(
            "Công văn 9595/UBND-KGVX do cơ quan nào ban hành, ngày nào?",
            "9595/UBND-KGVX",
            "2024-03-22",
            "Ủy ban nhân dân tỉnh",
            KON_RAY,
            id="issuer",
        ),
    ],
)
def test_a_cited_document(
    corpus_index: ds.Index, question: str, number: str, date: str, words: str, source: str
) -> None:
    found = ask(corpus_index, question)
    assert found["status"] == "answered"
    first = found["items"][0]
    assert (first["fields"].get("number"), first["fields"].get("date")) == (number, date)
    citation = found["citations"][first["citations"][0]]
    assert citation["source"].startswith(source)
    assert words in " ".join(citation["quote"].split())


# Headers and people


@pytest.mark.parametrize(
    ("question", "field", "expected"),
    [
        pytest.param(
            "Ai là người ký Thông báo số 203/TB-UBND?", "actors", "Nguyễn Thanh Thương", id="signed"
        ),
        pytest.param("Ai ký Kế hoạch 141/KH-UBND?", "actors", "Vi Nông Trường", id="signed-plan"),
        pytest.param(
            "Số của thông báo huyện Bình Sơn ngày 18/6/2024 là số mấy?",
            "number",
            "203/TB-UBND",
            id="number",
        ),
        pytest.param(
            "Ai là Chủ tịch UBND huyện Bình Sơn?", "actors", "Nguyễn Tường Duy", id="chairman"
        ),
        pytest.param(
            "Ai là Chủ tịch UBND huyện Chi Lăng?", "actors", "Vi Nông Trường", id="by-signature"
        ),
        pytest.param(
            "Ai là Phó Chủ tịch UBND huyện Kon Rẫy?", "actors", "Đinh Thị Hồng Thu", id="deputy"
        ),
        pytest.param(
            "ai la pho chu tich ubnd huyen kon ray", "actors", "Đinh Thị Hồng Thu", id="folded"
        ),
        pytest.param(
            "Ai là Bí thư Đảng ủy xã Na Mèo?", "actors", "Lữ Văn Hà", id="party-secretary"
        ),
        pytest.param(
            "Who is the chairman of Binh Son district?", "actors", "Nguyễn Tường Duy", id="english"
        ),
    ],
)
def test_headers_and_offices(
    corpus_index: ds.Index, question: str, field: str, expected: str
) -> None:
    found = ask(corpus_index, question)
    assert found["status"] == "answered"
    [item] = found["items"]
    value = item["fields"][field]
    assert value == (expected if field == "number" else [expected])
    quote = " ".join(found["citations"][item["citations"][0]]["quote"].split())
    assert expected.split("/")[0] in quote


# Several answers, several places


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Những việc nào phải hoàn thành trước ngày 28/6/2024?", id="list"),
        pytest.param("Đơn vị nào phải làm gì trước ngày 28/6/2024?", id="who"),
    ],
)
def test_both_duties_of_one_day_are_given(corpus_index: ds.Index, question: str) -> None:
    found = ask(corpus_index, question)
    assert {item["fields"]["deadline"] for item in found["items"]} == {"2024-06-28"}
    assert sorted(item["fields"]["actors"][0] for item in found["items"]) == [
        "Các trường học thuộc huyện",
        "Phòng Giáo dục và Đào tạo",
    ]
    assert sources(found["citations"]) == {BINH_SON}
    first = [item["citations"][0] for item in found["items"]]
    assert sorted(first) == [0, 1]  # the best evidence of each comes before the rest
    assert all("28/6/2024" in found["citations"][number]["quote"] for number in first)


def test_all_limits_of_a_document_by_date(corpus_index: ds.Index) -> None:
    found = ask(
        corpus_index, "Liệt kê tất cả các mốc thời hạn giao việc trong Thông báo 203/TB-UBND."
    )
    assert [item["fields"]["deadline"] for item in found["items"]] == [
        "2024-06-28",
        "2024-06-28",
        "2024-07-12",
        "2024-07-26",
    ]


def test_a_comparison_has_every_place(corpus_index: ds.Index) -> None:
    found = ask(
        corpus_index, "So sánh chỉ tiêu giáo viên đạt chuẩn trình độ của Chi Lăng và Na Mèo"
    )
    assert found["intent"] == "compare"
    pairs = [(item["fields"]["place"], item["fields"]["value"]) for item in found["items"]]
    assert pairs[0] == ("huyện Chi Lăng", 90)
    assert pairs[1] == ("xã Na Mèo", 100)
    assert sources(found["citations"]) == {CHI_LANG, NA_MEO}


# Figures


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param(
            "Na Mèo phấn đấu bao nhiêu % trẻ dưới 3 tuổi đến nhà trẻ?", 60, id="nursery-target"
        ),
        pytest.param(
            "Tỷ lệ huy động ra nhóm trẻ mà Na Mèo đã đạt được là bao nhiêu?",
            54,
            id="nursery-achieved",
        ),
        pytest.param(
            "Đến năm 2025 tỷ lệ trẻ suy dinh dưỡng ở Na Mèo giảm xuống bao nhiêu?",
            6,
            id="malnutrition-target",
        ),
        pytest.param(
            "Tỷ lệ trẻ suy dinh dưỡng ở Na Mèo trong giai đoạn 2016-2021 là bao nhiêu?",
            9,
            id="malnutrition-achieved",
        ),
        pytest.param(
            "Tỷ lệ lao động qua đào tạo Na Mèo đã đạt được là bao nhiêu?", 40, id="labour-achieved"
        ),
        pytest.param(
            "Giai đoạn 2021-2025 Chi Lăng có bao nhiêu trường đạt chuẩn quốc gia?",
            33,
            id="first-period",
        ),
        pytest.param(
            "Giai đoạn 2026-2030 Chi Lăng phấn đấu bao nhiêu trường đạt chuẩn quốc gia?",
            38,
            id="second-period",
        ),
        pytest.param(
            "Đến năm 2025 huyện Chi Lăng nâng số trường đạt chuẩn quốc gia lên bao nhiêu trường?",
            33,
            id="end-of-the-first-period",
        ),
        pytest.param(
            "Đến năm 2030 huyện Chi Lăng phấn đấu bao nhiêu trường đạt chuẩn quốc gia?",
            38,
            id="end-of-the-second-period",
        ),
        pytest.param(
            "How many schools of Chi Lang should meet the national standard in 2026-2030?",
            38,
            id="english",
        ),
    ],
)
def test_one_figure(corpus_index: ds.Index, question: str, expected: float) -> None:
    assert values(ask(corpus_index, question)) == [expected]


@pytest.mark.parametrize(
    ("question", "other"),
    [
        pytest.param(
            "Chỉ tiêu tỷ lệ huy động ra nhóm trẻ của Na Mèo là bao nhiêu phần trăm?",
            "54%",
            id="achieved-for-a-target",
        ),
        pytest.param(
            "Na Mèo đã đạt bao nhiêu % trẻ dưới 3 tuổi đến nhà trẻ?",
            "60%",
            id="target-for-achieved",
        ),
        pytest.param(
            "Huyện Chi Lăng đã có bao nhiêu trường đạt chuẩn quốc gia?",
            "33 trường",
            id="target-for-what-there-is",
        ),
        pytest.param(
            "Giai đoạn 2031-2035 Chi Lăng phấn đấu bao nhiêu trường đạt chuẩn quốc gia?",
            "38 trường",
            id="a-later-period",
        ),
        pytest.param(
            "Giai đoạn 2016-2021 huyện Chi Lăng có bao nhiêu trường đạt chuẩn quốc gia?",
            "33 trường",
            id="an-earlier-period",
        ),
    ],
)
def test_a_figure_of_another_kind_or_period_is_no_answer(
    corpus_index: ds.Index, question: str, other: str
) -> None:
    assert other not in " ".join(str(i["text"]) for i in ask(corpus_index, question)["items"])


# Filters


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param({"place": "huyện Chi Lăng"}, id="place"),
        pytest.param({"place": "chi lang"}, id="place-without-level-and-diacritics"),
        pytest.param({"type": "kế hoạch"}, id="type"),
        pytest.param({"issuer": "UBND huyện Chi Lăng"}, id="issuer"),
        pytest.param({"number": "141/KH-UBND"}, id="number"),
        pytest.param({"issued_from": "2022-04-29", "issued_to": "2022-04-29"}, id="the-very-day"),
        pytest.param({"issued_to": "2022"}, id="year"),
        pytest.param({"document": "001_97fd57f65c5eff66.txt"}, id="file-name"),
    ],
)
def test_filters_that_let_the_plan_through(corpus_index: ds.Index, filters: dict[str, str]) -> None:
    assert ask(corpus_index, MISSION, **filters) == ask(corpus_index, MISSION)


@pytest.mark.parametrize(
    ("filters", "allowed"),
    [
        pytest.param({"place": "huyện Bình Sơn"}, {BINH_SON}, id="place"),
        pytest.param({"place": "Kon Rẫy"}, {KON_RAY, MEETING}, id="place-of-two"),
        pytest.param({"type": "thông báo"}, {MEETING, BINH_SON}, id="type"),
        pytest.param({"issuer": "UBND huyện Bình Sơn"}, {BINH_SON}, id="issuer"),
        pytest.param({"number": "203/TB-UBND"}, {BINH_SON}, id="number"),
        pytest.param({"issued_from": "2023-01-01"}, {BINH_SON}, id="from"),
        pytest.param({"issued_to": "2021-12-31"}, {NA_MEO}, id="to"),
        pytest.param({"document": "20-nq-du-na-meo-2021"}, {NA_MEO}, id="id"),
        pytest.param({"place": "Thượng Lộc"}, set(), id="a-place-that-is-not-there"),
    ],
)
def test_filters_that_do_not(
    corpus_index: ds.Index, filters: dict[str, str], allowed: set[str]
) -> None:
    found = ask(corpus_index, MISSION, **filters)
    assert (found["status"], found["reason"]) == ("abstained", "not_stated")
    assert sources(found["nearest"]) <= allowed


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(MISSION, id="obligation"),
        pytest.param("Ai là Chủ tịch UBND huyện?", id="office"),
        pytest.param("Ai ký Kế hoạch 141/KH-UBND?", id="number-of-another"),
        pytest.param("QĐ 522/QĐ-TTg ban hành ngày nào?", id="number-that-another-cites"),
        pytest.param("Ai là Chủ tịch UBND huyện Chi Lăng?", id="place-of-another"),
        pytest.param("Chi Lăng phấn đấu bao nhiêu trường đạt chuẩn?", id="figure-of-another"),
        pytest.param("So sánh chỉ tiêu của Chi Lăng và Na Mèo", id="comparison"),
        pytest.param("Theo Phụ lục II kèm Kế hoạch 141 thì sao?", id="annex"),
    ],
)
def test_nothing_is_taken_from_what_the_filters_leave_out(
    corpus_index: ds.Index, question: str
) -> None:
    found = ask(corpus_index, question, place="Bình Sơn")
    assert sources(found["citations"] + found["nearest"]) <= {BINH_SON}


# What holds for every question


def cited(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from payload["citations"]
    yield from payload["nearest"]


def check(index: ds.Index, payload: dict[str, Any]) -> None:
    """Assert what every answer and every abstention promises."""
    for citation in cited(payload):
        start, end = citation["start"], citation["end"]
        assert index.document(citation["document"]).text[start:end] == citation["quote"] != ""
        for first, last in citation["marks"]:
            assert start <= first < last <= end
    numbers = [number for item in payload["items"] for number in item["citations"]]
    assert all(item["citations"] for item in payload["items"])
    assert set(numbers) == set(range(len(payload["citations"])))
    assert 0 <= payload["confidence"] <= 1
    if payload["status"] == "answered":
        assert payload["reason"] is None
        assert payload["items"]
        assert payload["nearest"] == []
    else:
        assert payload["status"] == "abstained"
        assert payload["reason"]
        assert (payload["items"], payload["citations"]) == ([], [])


@pytest.mark.parametrize("question", GOLD, ids=lambda question: question.id)
def test_every_question_of_the_set(corpus_index: ds.Index, question: GoldQuestion) -> None:
    found = ask(corpus_index, question.question)
    check(corpus_index, found)
    assert found["question"] == " ".join(question.question.split())
    again = ask(corpus_index, question.question)
    assert json.dumps(found, sort_keys=True) == json.dumps(again, sort_keys=True)


def test_the_order_of_questions_does_not_matter(corpus_folder: Path) -> None:
    questions = [question.question for question in GOLD[::6]]
    one = ds.open(corpus_folder, encoder="multilingual-e5-small")
    other = ds.open(corpus_folder, encoder="multilingual-e5-small")
    forward = {question: ask(one, question) for question in questions}
    backward = {question: ask(other, question) for question in reversed(questions)}
    assert forward == backward


WORDS = st.sampled_from(
    [
        *("Đơn", "vị", "nào", "phải", "báo", "cáo", "trước", "ngày", "hằng", "tháng", "năm", "quý"),
        *("bao", "nhiêu", "phần", "trăm", "phụ", "lục", "II", "ai", "ký", "số", "Kế", "hoạch"),
        *("huyện", "xã", "Đ", "Chi", "Lăng", "so", "sánh", "which", "when", "how", "many"),
        *("15/12", "31/02/2024", "00/00", "141/KH-UBND", "²/KH", "2021-2025", "٣", "½", "%", "?"),
        *("\x00", "\x85", "\u2028", "\ufeff", "\u0301", "\ud800", "“", '"', "(", "[", "*", "+"),
    ]
)
QUESTIONS = st.one_of(
    st.text(max_size=120),
    st.text(alphabet=st.characters(categories=["Cc", "Cf", "P", "S", "M", "Z"]), max_size=40),
    st.lists(WORDS, max_size=14).map(" ".join),
    st.lists(WORDS, max_size=14).map("".join),
)


@given(question=QUESTIONS)
@settings(max_examples=80, deadline=None)
def test_any_text_is_a_question_or_refused(corpus_index: ds.Index, question: str) -> None:
    try:
        reply = corpus_index.ask(question)
    except QueryError as error:
        assert "\n" not in str(error)
        return
    check(corpus_index, reply.to_dict())
    assert str(reply)
    assert reply._repr_html_()


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("a" * 100_000, id="one-long-word"),
        pytest.param("báo cáo " * 12_500, id="many-words"),
        pytest.param("trước ngày 15/12 " * 6_000, id="many-dates"),
        pytest.param("(" * 99_999 + "a", id="mostly-brackets"),
        pytest.param(MISSION + "\x00\x01\x1b[31m", id="control-characters"),
    ],
)
def test_long_and_odd_questions(corpus_index: ds.Index, question: str) -> None:
    try:
        found = ask(corpus_index, question)
    except QueryError:
        return
    check(corpus_index, found)
    assert len(found["question"]) <= 2000


@pytest.mark.parametrize(
    "question",
    ["", " ", "\n\t", "?", "!!! ...", "\x00\x01", "\u2028", "“”", "-", "?" * 100_000],
    ids=["empty", "blank", "lines", "mark", "marks", "nul", "separator", "quotes", "dash", "long"],
)
def test_a_question_without_words_is_refused(corpus_index: ds.Index, question: str) -> None:
    with pytest.raises(QueryError, match="the question is empty; ask one"):
        corpus_index.ask(question)
    with pytest.raises(QueryError, match="the question is empty"):
        corpus_index.search(question)


# Which documents are of the Party, which of the State


@pytest.mark.parametrize(
    "question",
    [
        "Văn bản nào là của Đảng, văn bản nào của chính quyền?",
        "van ban nao cua dang, van ban nao cua chinh quyen?",
        "Trong các văn bản này, văn bản nào do Đảng, văn bản nào do Nhà nước ban hành?",
        "Which documents are of the party and which of the government?",
    ],
)
def test_documents_are_told_apart_by_their_issuer(corpus_index: ds.Index, question: str) -> None:
    found = ask(corpus_index, question)
    party, state = "văn bản của Đảng", "văn bản của chính quyền"
    if question.startswith("Which"):
        party, state = "document of the Party", "document of the State"
    kinds = [item["text"].partition(": ")[2].partition(" (")[0] for item in found["items"]]
    assert kinds == [party, *[state] * 4]
    assert found["items"][0]["text"].startswith(NA_MEO)


@pytest.mark.parametrize(
    "question",
    [
        "Văn bản nào quy định về quản lý nhà nước về giáo dục?",
        "Văn bản nào nói về xây dựng chính quyền?",
        "Văn bản của Nhà nước về phổ cập giáo dục là những văn bản nào?",
    ],
)
def test_a_matter_of_state_is_not_a_kind_of_document(corpus_index: ds.Index, question: str) -> None:
    found = ask(corpus_index, question)
    assert not any("văn bản của chính quyền" in item["text"] for item in found["items"])


# The last check


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(MISSION, id="answer"),
        pytest.param("Đơn vị nào phải báo cáo trước ngày 3/3/2031?", id="abstention-with-nearest"),
    ],
)
def test_a_quotation_that_does_not_stand_in_its_document_is_never_given(
    corpus_index: ds.Index, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    assert ask(corpus_index, question)["status"]
    honest = Quoter.cite

    def altered(
        self: Quoter,
        document: str,
        span: Span,
        headings: Sequence[Heading] = (),
        marks: Iterable[Span] = (),
    ) -> Citation:
        citation = honest(self, document, span, headings, marks)
        return replace(citation, quote=f"{citation.quote[:-1]}…")

    monkeypatch.setattr(Quoter, "cite", altered)
    with pytest.raises(AlignmentError):
        ask(corpus_index, question)


# An annex that the file holds


def test_an_annex_in_the_file_is_answered_from(tmp_path: Path) -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nHUYỆN YÊN THÀNH\nSố: 12/KH-UBND\n"
        "Yên Thành, ngày 5 tháng 3 năm 2024\nKẾ HOẠCH\nThu gom rác thải năm 2024\n"
        "I. TỔ CHỨC THỰC HIỆN\n"
        "1. UBND các xã thực hiện theo Phụ lục I.\n"
        "{annex}"
        "1. Phòng Kinh tế báo cáo kết quả thu gom rác thải trước ngày 20/11/2024.\n"
    )
    question = "Theo Phụ lục I, đơn vị nào báo cáo kết quả thu gom rác thải?"
    statuses = []
    for name, annex in (("with", "PHỤ LỤC I\nPHÂN CÔNG NHIỆM VỤ\n"), ("without", "")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "plan.txt").write_text(text.format(annex=annex), encoding="utf-8")
        found = ask(ds.build(folder, tmp_path / f"{name}-index"), question)
        statuses.append((found["status"], found["reason"]))
    assert statuses == [("answered", None), ("abstained", "not_stated")]


# The same words in two districts


def test_every_district_that_has_to_report_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    for town, office in (("Yên Thành", "Phòng Kinh tế"), ("Con Cuông", "Phòng Nông nghiệp")):
        (folder / f"{office}.txt").write_text(
            f"ỦY BAN NHÂN DÂN\nHUYỆN {town.upper()}\nSố: 12/KH-UBND\n"
            f"{town}, ngày 5 tháng 3 năm 2024\nKẾ HOẠCH\nThu gom rác thải năm 2024\n"
            "I. TỔ CHỨC THỰC HIỆN\n"
            f"1. {office} báo cáo kết quả thu gom rác thải trước ngày 20/11/2024.\n",
            encoding="utf-8",
        )
    index = ds.build(folder, tmp_path / "index")
    found = ask(index, "Đơn vị nào phải báo cáo kết quả thu gom rác thải trước ngày 20/11/2024?")
    named = {(item["fields"]["place"], *item["fields"]["actors"]) for item in found["items"]}
    assert named == {
        ("huyện Yên Thành", "Phòng Kinh tế"),
        ("huyện Con Cuông", "Phòng Nông nghiệp"),
    }


# What is asked beside the register


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        pytest.param(
            "Huyện Chi Lăng báo cáo trước ngày 15/11 phải không?", "Không phải 15/11: ", id="wrong"
        ),
        pytest.param("Huyện Chi Lăng báo cáo trước ngày 15/12, đúng không?", "Đúng: ", id="right"),
        pytest.param("Is it true that Chi Lang must report by 15/11?", "Not 15/11: ", id="english"),
    ],
)
def test_a_day_that_a_question_supposes_is_checked(
    corpus_index: ds.Index, question: str, begins: str
) -> None:
    found = ask(corpus_index, question)
    assert found["answer"].startswith(begins)
    assert found["items"][0]["fields"]["deadline"] == "--12-15"


@pytest.mark.parametrize(
    ("question", "says"),
    [
        pytest.param("UBND xã Vân Thủy phải làm gì?", "UBND các xã, thị trấn", id="a-member"),
        pytest.param(
            "Phòng Nội vụ huyện Chi Lăng có nhiệm vụ gì?", "Phòng Nội vụ huyện", id="one-body"
        ),
        pytest.param(
            "Liệt kê các nhiệm vụ của Phòng Nội vụ huyện Chi Lăng", "Phòng Nội vụ", id="listed"
        ),
    ],
)
def test_all_duties_of_a_body_are_those_of_the_register(
    corpus_index: ds.Index, question: str, says: str
) -> None:
    found = ask(corpus_index, question)
    assert len(found["items"]) > 1
    assert all(item["fields"]["actors"] and item["citations"] for item in found["items"])
    assert any(says in actor for item in found["items"] for actor in item["fields"]["actors"])


def test_a_body_that_no_document_names_has_no_duties(corpus_index: ds.Index) -> None:
    found = ask(corpus_index, "Cục Hàng hải có trách nhiệm gì?")
    assert found["reason"] == "not_stated"


LIMITS = """UỶ BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ HÒA TÂN Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND Hòa Tân, ngày 05 tháng 01 năm 2016
KẾ HOẠCH
Thu quỹ năm 2016
1. Các thôn nộp dứt điểm quỹ vụ chiêm chậm nhất 30/6, vụ mùa chậm nhất 30/11.
2. Phó Chủ tịch UBND xã kiểm tra sổ quỹ 2 tuần một lần.
3. Các thôn báo cáo kết quả thu quỹ về Ban Tài chính xã trước ngày 15/12.
4. Ban Tài chính xã lập sổ thu;
định kỳ 6 tháng và một năm báo cáo Hội đồng nhân dân xã về quỹ.
"""


@pytest.fixture(scope="module")
def limits_index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("limits")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "12.txt").write_text(LIMITS, encoding="utf-8")
    return ds.build(str(folder / "corpus"), str(folder / "index"))


@pytest.mark.parametrize(
    ("question", "says"),
    [
        pytest.param("Các thôn nộp quỹ vụ mùa chậm nhất ngày nào?", "chậm nhất 30/11", id="2nd"),
        pytest.param("Các thôn nộp quỹ vụ chiêm chậm nhất ngày nào?", "chậm nhất 30/6", id="1st"),
        pytest.param("bc kq thu quỹ gửi đv nào, hạn ngày nào?", "Ban Tài chính xã", id="shorthand"),
        pytest.param(
            "Kế hoạch giao Kế toán kiểm tra sổ quỹ 2 tuần một lần phải không?",
            "Không phải Kế toán: Phó Chủ tịch UBND xã",
            id="another-body",
        ),
        pytest.param(
            "Văn bản nào yêu cầu các thôn nộp dứt điểm quỹ vụ chiêm?", "12/KH-UBND", id="document"
        ),
        pytest.param(
            "Khi nào báo cáo Hội đồng nhân dân xã về quỹ?", "định kỳ 6 tháng", id="at-the-beginning"
        ),
    ],
)
def test_the_limit_the_body_and_the_document_that_are_asked_for(
    limits_index: ds.Index, question: str, says: str
) -> None:
    found = ask(limits_index, question)
    first = found["items"][0]["text"]
    assert says in (first.rsplit("thời hạn: ", 1)[-1] if says.startswith("chậm") else first)


def test_a_duty_does_not_say_what_happened(limits_index: ds.Index) -> None:
    found = ask(limits_index, "Thôn nào bị phê bình vì nộp quỹ vụ chiêm chậm?")
    assert found["reason"] == "not_stated"


def test_both_halves_of_a_question_are_answered(corpus_index: ds.Index) -> None:
    found = ask(
        corpus_index,
        "Mỗi năm quỹ khuyến học cấp xã của Na Mèo phải đạt bao nhiêu tiền? Đến 2025 thì bao nhiêu?",
    )
    assert {35.0, 50.0} <= set(values(found))


def test_a_document_that_is_only_cited_does_not_say_what_is_in_it(corpus_index: ds.Index) -> None:
    found = ask(corpus_index, "Nghị quyết 63-NQ/TU gồm những chương, mục nào?")
    assert (found["status"], found["reason"]) == ("abstained", "document_not_in_corpus")


MADE = {
    "plan.txt": """UBND HUYỆN HÒA THUẬN
Số: 12/KH-UBND
Hòa Thuận, ngày 10 tháng 01 năm 2022

KẾ HOẠCH
Tập huấn nghiệp vụ văn thư

I. NỘI DUNG

1. Lớp tập huấn văn thư lưu trữ cho công chức các xã do Trung tâm Chính trị huyện mở. Các đơn vị \
thực hiện xong trước ngày 20/3/2022.

2. Hồ sơ lưu trữ là tập tài liệu về một việc, một đối tượng cụ thể.

II. TỔ CHỨC THỰC HIỆN

1. Công ty TNHH Lưu trữ Số Việt Á

- Cung cấp giá kệ, hộp đựng tài liệu cho kho lưu trữ.

Kế hoạch này có hiệu lực từ ngày 15 tháng 01 năm 2022./.

CHỦ TỊCH
Đặng Thị Mỹ
""",
}


@pytest.fixture(scope="module")
def made_index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("made")
    for name, text in MADE.items():
        (folder / name).write_text(text, encoding="utf-8")
    return ds.build(folder, folder / "index", encoder=HashEncoder())


@pytest.mark.parametrize(
    ("question", "field", "value"),
    [
        pytest.param(
            "Lớp tập huấn văn thư lưu trữ cho công chức xã phải xong trước ngày nào?",
            "deadline",
            "2022-03-20",
            id="a-time-in-the-sentence-after",
        ),
        pytest.param(
            "Ai cung cấp giá kệ, hộp đựng tài liệu cho kho lưu trữ?",
            "actors",
            ["Công ty TNHH Lưu trữ Số Việt Á"],
            id="a-heading-that-is-a-name",
        ),
        pytest.param(
            "Kế hoạch 12/KH-UBND có hiệu lực từ ngày nào?", "date", "2022-01-15", id="in-force"
        ),
        pytest.param(
            "Ai ký Kế hoạch 12/KH-UBND, ký ngày nào?", "date", "2022-01-10", id="signed-when"
        ),
    ],
)
def test_what_stands_around_answers(
    made_index: ds.Index, question: str, field: str, value: object
) -> None:
    found = ask(made_index, question)
    assert found["items"][0]["fields"][field] == value


@pytest.mark.parametrize(
    "text", ["nay " * 50_000, "co hieu luc " * 20_000, "a nay b" * 30_000 + " co hieu luc"]
)
def test_when_in_force_is_found_in_time(text: str) -> None:
    start = time.perf_counter()
    _find_in_force(text)
    assert time.perf_counter() - start < 2


def test_a_definition_comes_first(made_index: ds.Index) -> None:
    found = ask(made_index, "Hồ sơ lưu trữ là gì?")
    assert "Hồ sơ lưu trữ là tập tài liệu" in found["citations"][0]["quote"]
