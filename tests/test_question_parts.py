"""Questions that ask several things: where they are cut, and what each part is about."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.answer.in_parts import answer_in_parts
from docsearch.records import ItemFields
from docsearch.search.parts import depends, find_parts
from docsearch.search.query import Query
from tests.test_understand import ask

CUT = [
    pytest.param("Đơn vị nào phải báo cáo?", ["Đơn vị nào phải báo cáo?"], id="one-thing"),
    pytest.param(
        "Hồ sơ nộp trước ngày nào, gửi cho ai?",
        ["Hồ sơ nộp trước ngày nào, ", "gửi cho ai?"],
        id="comma",
    ),
    pytest.param(
        "Trường báo cáo ngày nào và về đâu?",
        ["Trường báo cáo ngày nào và ", "về đâu?"],
        id="and",
    ),
    pytest.param(
        "Mỗi năm bao nhiêu tiền? Đến 2025 thì bao nhiêu?",
        ["Mỗi năm bao nhiêu tiền? ", "Đến 2025 thì bao nhiêu?"],
        id="two-sentences",
    ),
    pytest.param(
        "Ở xã Phú Mậu, năm 2024, ai trực, mấy giờ?",
        ["Ở xã Phú Mậu, năm 2024, ai trực, ", "mấy giờ?"],
        id="what-stands-before-belongs-to-the-first",
    ),
    pytest.param(
        "Ai phải rà soát, tổng hợp và báo cáo?",
        ["Ai phải rà soát, tổng hợp và báo cáo?"],
        id="a-list-of-acts",
    ),
    pytest.param(
        "Phòng máy và đầu mối nào phụ trách?",
        ["Phòng máy và đầu mối nào phụ trách?"],
        id="words-like-question-words",
    ),
]


@pytest.mark.parametrize(("question", "parts"), CUT)
def test_a_question_is_cut_where_the_next_one_begins(question: str, parts: list[str]) -> None:
    bounds = list(find_parts(question, question, english=False))
    assert [question[start:end] for start, end in bounds] == parts


def test_an_english_question_is_cut() -> None:
    question = "Who must report, and by when?"
    bounds = list(find_parts(question, "", english=True))
    assert [question[start:end] for start, end in bounds] == ["Who must report, and ", "by when?"]


@given(st.text(max_size=200))
def test_the_parts_are_the_whole(question: str) -> None:
    bounds = list(find_parts(question, question, english=False))
    assert "".join(question[start:end] for start, end in bounds) == question


def test_a_long_question_is_cut_in_time() -> None:
    question = "ngày nào, " * 20_000
    start = time.perf_counter()
    assert len(list(find_parts(question, question, english=False))) == 4
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("text", "topic", "expected"),
    [
        pytest.param("nộp cho phòng nào?", ("nộp",), True, id="an-act-of-reporting"),
        pytest.param("theo kỳ nào?", (), True, id="nothing-of-its-own"),
        pytest.param("văn bản đó về việc gì?", ("văn", "bản", "việc"), True, id="points-back"),
        pytest.param(
            "what was the goal for 2013?", ("mục", "tiêu", "cuối", "2013"), True, id="its-goal"
        ),
        pytest.param("tiếp công dân ngày nào?", ("tiếp", "công", "dân"), False, id="another"),
    ],
)
def test_what_depends_on_the_part_before(text: str, topic: tuple[str, ...], expected: bool) -> None:
    assert depends(text, topic) is expected


# What the parts are understood to be


def test_a_part_takes_place_and_topic_from_the_one_before() -> None:
    query = ask("Các trường ở huyện Bình Sơn gửi đề xuất giải pháp trước ngày nào, nộp cho ai?")
    first, second = query.parts
    assert (first.intent, first.depends) == ("when", False)
    assert (second.intent, second.depends) == ("to_whom", True)
    assert second.places == first.places == ("huyện Bình Sơn",)
    assert set(first.topic) <= set(second.topic)


def test_a_part_with_a_matter_of_its_own_keeps_to_it() -> None:
    query = ask(
        "Na Mèo có bao nhiêu trẻ đến nhà trẻ, bao nhiêu phần trăm lao động qua đào tạo nghề?"
    )
    second = query.parts[1]
    assert not second.depends
    assert second.places == ("xã Na Mèo",)
    assert "trẻ" not in second.topic


def test_a_part_of_another_year_is_asked_for_itself() -> None:
    first, second = ask("Mỗi năm quỹ khuyến học Na Mèo bao nhiêu? Đến 2025 thì bao nhiêu?").parts
    assert (first.years, second.years) == ((), ("2025",))
    assert not second.depends
    assert set(first.topic) <= set(second.topic)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Huyện nào báo cáo hàng tháng, huyện nào hằng năm?", id="a-comparison"),
        pytest.param("Cơ quan nào, đơn vị nào phải báo cáo hằng năm?", id="one-asked-twice"),
    ],
)
def test_what_is_no_question_of_parts(question: str) -> None:
    assert ask(question).parts == ()


# How they are answered


def item(text: str, **fields: str) -> Draft:
    found = DraftItem(
        text=text,
        fields=ItemFields(deadline=fields.get("deadline"), recipient=fields.get("recipient")),
        citations=(),
    )
    return Draft(items=(found,), confidence=0.8)


TWO = ask("Các trường ở huyện Bình Sơn gửi đề xuất giải pháp trước ngày nào, nộp cho ai?")
APART = ask("Na Mèo có bao nhiêu trẻ đến nhà trẻ, bao nhiêu phần trăm lao động qua đào tạo nghề?")
NONE = Refusal(reason="not_stated")


def answered(query: Query, answers: dict[str, Draft | Refusal]) -> Draft | Refusal:
    return answer_in_parts(query, lambda part: answers.get(part.text, NONE))


def test_one_item_that_says_both_is_enough() -> None:
    both = item("a", deadline="2024-06-28", recipient="UBND huyện")
    assert answered(TWO, {TWO.text: both, TWO.parts[1].text: item("b")}) == both


def test_what_the_first_leaves_open_is_asked() -> None:
    found = answered(
        TWO,
        {TWO.text: item("a", deadline="2024-06-28"), TWO.parts[1].text: item("b", recipient="c")},
    )
    assert isinstance(found, Draft)
    assert [each.text for each in found.items] == ["a", "b"]


def test_parts_of_different_matters_are_answered_apart() -> None:
    first, second = APART.parts
    found = answered(APART, {first.text: item("a"), second.text: item("b")})
    assert isinstance(found, Draft)
    assert [each.text for each in found.items] == ["a", "b"]


def test_nothing_answered_is_the_refusal_of_the_whole() -> None:
    assert answered(APART, {}) is NONE
    assert answered(TWO, {TWO.parts[1].text: item("b", recipient="c")}) is NONE
