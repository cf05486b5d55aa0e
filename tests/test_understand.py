from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsearch.errors import QueryError
from docsearch.index.language import learn
from docsearch.read import read
from docsearch.search.diacritics import Restorer
from docsearch.search.query import AskedDate, Query
from docsearch.search.understand import MAX_QUESTION, Corpus, understand
from docsearch.vocabulary import load
from tests.factories import CORPUS


def make() -> Corpus:
    texts = [read(path).text for path in sorted(CORPUS.glob("*.txt"))]
    restorer = Restorer.of(learn(texts, []), [str(entry["phrase"]) for entry in load("questions")])
    places = ("huyện Bình Sơn", "huyện Chi Lăng", "huyện Kon Rẫy", "xã Na Mèo")
    return Corpus(places=places, restorer=restorer)


KNOWN = make()


def ask(question: str) -> Query:
    return understand(question, KNOWN)


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        pytest.param("Đơn vị nào phải báo cáo trước ngày 15/12?", "who", id="which-unit"),
        pytest.param("don vi nao phai bao cao truoc ngay 15/12", "who", id="which-unit-plain"),
        pytest.param("Which units must report before 15 December?", "who", id="which-unit-english"),
        pytest.param("Ai chịu trách nhiệm phân luồng học sinh?", "who", id="who"),
        pytest.param("Hạn báo cáo của huyện Chi Lăng là ngày nào?", "when", id="deadline"),
        pytest.param("khi nao phai bao cao?", "when", id="when-plain"),
        pytest.param("What is the deadline for the annual report?", "when", id="deadline-english"),
        pytest.param("UBND các xã phải báo cáo về đâu?", "to_whom", id="where-to"),
        pytest.param("bao cao cho ai", "to_whom", id="to-whom-plain"),
        pytest.param(
            "To whom must the communes of Kon Ray report?", "to_whom", id="to-whom-english"
        ),
        pytest.param("Bao nhiêu trường đạt chuẩn quốc gia?", "how_many", id="how-many"),
        pytest.param("ty le huy dong tre 4 tuoi la bao nhieu", "how_many", id="share-plain"),
        pytest.param("How many schools must meet the standard?", "how_many", id="how-many-english"),
        pytest.param("Ai ký Kế hoạch số 141/KH-UBND?", "metadata", id="who-signed"),
        pytest.param("ai ky ke hoach 141/KH-UBND", "metadata", id="who-signed-plain"),
        pytest.param("Who signed the notice of Binh Son?", "metadata", id="who-signed-english"),
        pytest.param(
            "Những văn bản nào nhắc đến Nghị quyết số 02-NQ/TU?",
            "which_document",
            id="which-document",
        ),
        pytest.param("So sánh chỉ tiêu của huyện Chi Lăng và xã Na Mèo", "compare", id="compare"),
        pytest.param("How do Chi Lang and Na Meo differ?", "compare", id="compare-english"),
        pytest.param("Những việc nào phải hoàn thành trước ngày 28/6/2024?", "list", id="list"),
        pytest.param("UBND xã có phải báo cáo hằng tháng không?", "yes_no", id="yes-no"),
        pytest.param("phân luồng học sinh sau THCS", "what", id="words"),
        pytest.param("Phòng Nội vụ phải làm gì?", "what", id="what"),
        # "định kỳ" is no signature, "số trường" no document number
        pytest.param("Định kỳ sáu tháng báo cáo cho ai?", "to_whom", id="a-period-is-no-signature"),
        pytest.param(
            "Số trường đạt chuẩn quốc gia là bao nhiêu?", "how_many", id="a-count-is-no-number"
        ),
        pytest.param("Cán bộ nào phụ trách tập huấn?", "who", id="can-bo-is-no-english-can"),
        pytest.param("may truong dat chuan quoc gia", "how_many", id="may-is-no-english-may"),
        pytest.param(
            "Trong chương trình cải cách hành chính, sở nào lo việc một cửa?",
            "who",
            id="a-programme-is-no-submission",
        ),
        pytest.param("Which company trains the staff?", "who", id="a-company-acts"),
        pytest.param("Ở Hà Nội hành vi nào bị cấm?", "what", id="ha-noi-is-no-noi-nao"),
        pytest.param("nhập số liệu mấy ngày một lần", "when", id="how-often"),
        pytest.param("Thông báo 203/TB-UBND gửi những nơi nào?", "metadata", id="recipients"),
        pytest.param(
            "How many schools were there when the plan was issued?",
            "how_many",
            id="when-tells-the-time-of-a-count",
        ),
    ],
)
def test_intent(question: str, intent: str) -> None:
    assert ask(question).intent == intent


@pytest.mark.parametrize(
    ("question", "dates"),
    [
        pytest.param("báo cáo trước ngày 15/12", [("--12-15", "before")], id="before-a-day"),
        pytest.param("bao cao truoc 15/12", [("--12-15", "before")], id="before-plain"),
        pytest.param("trước ngày 15 tháng 12", [("--12-15", "before")], id="in-words"),
        pytest.param("trước ngày 28/6/2024", [("2024-06-28", "before")], id="before-a-date"),
        pytest.param("chậm nhất ngày 28/6/2024", [("2024-06-28", "before")], id="at-the-latest"),
        pytest.param("report before 15 December", [("--12-15", "before")], id="before-english"),
        pytest.param(
            "which schools must report by June 28, 2024",
            [("2024-06-28", "before")],
            id="by-english",
        ),
        pytest.param("sau ngày 1/7/2024", [("2024-07-01", "from")], id="after"),
        pytest.param("từ ngày 1/7/2024", [("2024-07-01", "from")], id="from"),
        pytest.param("vào ngày 1/7/2024", [("2024-07-01", "on")], id="on"),
        pytest.param("cuộc họp ngày 17/10/2023", [("2023-10-17", None)], id="which-meeting"),
        pytest.param("15/12", [("--12-15", None)], id="alone"),
        pytest.param(
            "từ ngày 1/7/2024 đến trước ngày 15/12/2024",
            [("2024-07-01", "from"), ("2024-12-15", "before")],
            id="two",
        ),
        pytest.param("Kế hoạch số 141/KH-UBND", [], id="a-number-is-no-date"),
        pytest.param("giai đoạn 2021-2025", [], id="years-are-no-date"),
        pytest.param("điểm đ, lớp 9, 99,9%", [], id="none"),
    ],
)
def test_dates(question: str, dates: list[tuple[str, str | None]]) -> None:
    assert [(date.value, date.bound) for date in ask(question).dates] == dates


@pytest.mark.parametrize(
    ("question", "years", "recurrence"),
    [
        ("đến năm 2025", ["2025"], []),
        ("giai đoạn 2021-2025", ["2021/2025"], []),
        ("giai đoạn 2021 – 2025", ["2021/2025"], []),
        ("báo cáo hằng năm", [], ["P1Y"]),
        ("bao cao hang thang", [], ["P1M"]),
        ("the quarterly report", [], ["P3M"]),
        ("dân số 20255 người", [], []),
    ],
    ids=["year", "period", "period-en-dash", "yearly", "monthly-plain", "quarterly", "five-digits"],
)
def test_years_and_recurrence(question: str, years: list[str], recurrence: list[str]) -> None:
    query = ask(question)
    assert list(query.years) == years
    assert list(query.recurrence) == recurrence


@pytest.mark.parametrize(
    ("question", "numbers", "types"),
    [
        ("Ai ký Kế hoạch số 141/KH-UBND?", ["141-kh-ubnd"], ["kế hoạch"]),
        ("ai ky ke hoach 141/kh-ubnd", ["141-kh-ubnd"], ["kế hoạch"]),
        ("Nghị quyết số 02-NQ/TU nói gì?", ["2-nq-tu"], ["nghị quyết"]),
        ("Kế hoạch 141 nói gì?", ["141"], ["kế hoạch"]),
        ("Kế hoạch của huyện", [], ["kế hoạch"]),
        ("33 trường đạt chuẩn", [], []),
    ],
    ids=["plan", "plain", "party", "number-alone", "type-alone", "a-count"],
)
def test_numbers_and_types(question: str, numbers: list[str], types: list[str]) -> None:
    query = ask(question)
    assert list(query.numbers) == numbers
    assert list(query.types) == types


@pytest.mark.parametrize(
    ("question", "places", "unknown"),
    [
        pytest.param("báo cáo của huyện Chi Lăng", ["huyện Chi Lăng"], [], id="with-its-level"),
        pytest.param("Chi Lăng báo cáo khi nào", ["huyện Chi Lăng"], [], id="alone"),
        pytest.param("chi lang bao cao khi nao", ["huyện Chi Lăng"], [], id="plain"),
        pytest.param("reports of Kon Ray district", ["huyện Kon Rẫy"], [], id="english"),
        pytest.param("Na Mèo và Bình Sơn", ["huyện Bình Sơn", "xã Na Mèo"], [], id="two"),
        pytest.param(
            "Phòng Nội vụ huyện Hữu Lũng phải làm gì?",
            [],
            ["huyện Hữu Lũng"],
            id="not-in-the-corpus",
        ),
        # capitals with diacritics begin names too
        pytest.param(
            "thành phố Đà Nẵng và huyện Chi Lăng",
            ["huyện Chi Lăng"],
            ["thành phố Đà Nẵng"],
            id="one-of-each",
        ),
        pytest.param("của huyện và các xã", [], [], id="levels-alone"),
        pytest.param("tỉnh Lạng Sơn yêu cầu gì?", [], [], id="named-in-the-texts"),
    ],
)
def test_places(question: str, places: list[str], unknown: list[str]) -> None:
    query = ask(question)
    assert list(query.places) == places
    assert list(query.unknown_places) == unknown


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Đơn vị nào phải báo cáo?", "vi"),
        ("don vi nao phai bao cao?", "vi"),
        ("phan luong hoc sinh", "vi"),
        ("Which unit must report?", "en"),
        ("What does Chi Lăng plan for schools?", "en"),
        ("141/KH-UBND", "vi"),
        ("Which name replaces “Trung tâm Tin học và Thống kê”?", "en"),
    ],
    ids=[
        *("diacritics", "plain", "plain-words", "english", "english-with-a-name", "number"),
        "english-with-a-quotation",
    ],
)
def test_language(question: str, language: str) -> None:
    assert ask(question).language == language


@pytest.mark.parametrize(
    ("question", "spelled", "restored"),
    [
        pytest.param(
            "Đơn vị nào phải báo cáo?", "Đơn vị nào phải báo cáo?", False, id="nothing-lacks"
        ),
        pytest.param("phan luong hoc sinh", "phân luồng học sinh", True, id="plain"),
        # "bao" lacks no mark here
        pytest.param(
            "Bao nhiêu trường đạt chuẩn?", "Bao nhiêu trường đạt chuẩn?", False, id="bao-nhieu"
        ),
    ],
)
def test_spelling(question: str, spelled: str, restored: bool) -> None:
    query = ask(question)
    assert (query.spelled, query.restored) == (spelled, restored)


@pytest.mark.parametrize(
    ("question", "inside", "outside"),
    [
        pytest.param(
            "Hạn báo cáo của huyện Chi Lăng là ngày nào?",
            {"báo", "cáo"},
            {"chi", "lăng", "nào", "của"},
            id="places-and-question-words",
        ),
        pytest.param(
            "Nhiệm vụ của Phòng GD&ĐT?",
            {"nhiệm", "vụ", "giáo", "dục", "đào", "tạo"},
            {"gd", "đt", "của"},
            id="abbreviation-written-out",
        ),
        pytest.param(
            "Kế hoạch số 141/KH-UBND về phân luồng",
            {"phân", "luồng"},
            {"141", "kh", "ubnd", "số"},
            id="number",
        ),
        pytest.param(
            "Đơn vị nào phải báo cáo trước ngày 15/12?",
            {"báo", "cáo"},
            {"15", "12", "đơn", "vị"},
            id="date",
        ),
        pytest.param(
            "nhiem vu phan luong hoc sinh",
            {"nhiệm", "vụ", "phân", "luồng", "học", "sinh"},
            {"phan"},
            id="plain",
        ),
        pytest.param(
            "How many schools meet the national standard?",
            {"trường", "đạt", "chuẩn", "quốc", "gia"},
            {"how", "many", "the"},
            id="english",
        ),
    ],
)
def test_topic(question: str, inside: set[str], outside: set[str]) -> None:
    topic = set(ask(question).topic)
    assert inside <= topic
    assert not outside & topic


def test_quoted_words_are_kept_whole() -> None:
    assert ask("Kế hoạch nào nói về “phân luồng học sinh”?").phrases == ("phân luồng học sinh",)
    assert ask('tìm "xã hội hóa" và “chuyển đổi số”').phrases == ("xã hội hóa", "chuyển đổi số")


def test_what_is_counted() -> None:
    assert ask("Tỷ lệ huy động trẻ 4 tuổi là bao nhiêu?").unit == "%"
    assert ask("What percentage of schools?").unit == "%"
    assert ask("bao nhiêu tiền mỗi năm").unit == "đồng"
    assert (ask("bao nhiêu trường đạt chuẩn quốc gia?").unit or "").startswith("trường")
    assert (ask("How many schools must be built?").unit or "").startswith("trường")
    assert ask("Đơn vị nào phải báo cáo?").unit is None
    assert ask("có mấy trường đạt chuẩn?").unit == "trường"
    assert ask("còn mấy lớp và bao nhiêu học sinh?").unit == "lớp"


def test_other_things_asked_for() -> None:
    query = ask("Đơn vị nào phải báo cáo, khi nào và báo cáo về đâu?")
    assert {query.intent, *query.also} >= {"who", "when", "to_whom"}
    assert query.intent not in query.also


@pytest.mark.parametrize(
    "question", ["", " \n", "?!", "…"], ids=["empty", "blank", "marks", "dots"]
)
def test_an_empty_question(question: str) -> None:
    with pytest.raises(QueryError, match="the question is empty"):
        ask(question)


def test_a_long_question_is_cut() -> None:
    assert len(ask("báo cáo " * 1000).text) == MAX_QUESTION


def test_white_space_does_not_count() -> None:
    assert ask("Đơn vị nào\n phải  báo cáo?") == ask("Đơn vị nào phải báo cáo?")


def test_a_place_inside_the_name_of_another_is_not_named() -> None:
    corpus = Corpus(places=("tỉnh Vĩnh Thạnh", "xã Vĩnh Thạnh Đông"), restorer=KNOWN.restorer)
    inside = understand("Kế hoạch của xã Vĩnh Thạnh Đông", corpus)
    both = understand("Kế hoạch của xã Vĩnh Thạnh Đông và tỉnh Vĩnh Thạnh", corpus)
    assert inside.places == ("xã Vĩnh Thạnh Đông",)
    assert both.places == ("tỉnh Vĩnh Thạnh", "xã Vĩnh Thạnh Đông")


def test_order_of_places_does_not_count() -> None:
    other = Corpus(places=KNOWN.places[::-1], restorer=KNOWN.restorer)
    question = "Chi Lăng và Na Mèo báo cáo khi nào?"
    assert understand(question, other) == ask(question)


@given(st.text(max_size=80))
@settings(deadline=None)
def test_any_question_is_understood_or_empty(text: str) -> None:
    try:
        query = ask(text)
    except QueryError:
        return
    visible = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    asked = query.asked or query.text
    assert asked == unicodedata.normalize("NFC", " ".join(visible.split()))
    assert all(isinstance(date, AskedDate) for date in query.dates)
    assert all(syllable.strip() for syllable in query.topic)
