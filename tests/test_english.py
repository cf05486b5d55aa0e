"""English questions in Vietnamese words."""

from __future__ import annotations

import re
from typing import cast

import pytest

from docsearch.orthography import canonical
from docsearch.search.english import english_words, translate
from docsearch.vocabulary import load

BODIES = [
    (example["english"], example["vietnamese"])
    for entry in load("english_bodies")
    for example in cast("list[dict[str, str]]", entry["examples"])
]


@pytest.mark.parametrize(("english", "vietnamese"), BODIES, ids=[pair[0] for pair in BODIES])
def test_every_example_of_a_body(english: str, vietnamese: str) -> None:
    assert re.sub(r"^the ", "", translate(english).text) == vietnamese


def test_every_term_gives_its_own_translation() -> None:
    for entry in load("english"):
        if not re.search(r"\d", str(entry["english"])):  # digits: see below
            assert translate(str(entry["english"])).text == entry["vietnamese"], entry["english"]


def test_a_term_stands_in_one_file() -> None:
    bodies = {word for e in load("english_bodies") for word in cast("list[str]", e["english"])}
    assert not bodies & {str(entry["english"]) for entry in load("english")}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("the reports were submitted", "the báo cáo were gửi"),  # plural, past
        ("organising a contest", "tổ chức a hội thi"),  # -ing, British spelling
        ("the programme", "the chương trình"),
        ("policies", "chính sách"),
        ("the Department of Home Affairs", "the sở nội vụ"),
        ("Home Affairs Division", "phòng nội vụ"),
        ("the district's Health Department", "the huyện phòng y tế"),
        (
            "Department of Labour, Invalids and Social Affairs",
            "sở lao động - thương binh và xã hội",
        ),
        ("Sub-department of Animal Health", "chi cục thú y"),
        ("finance and health", "tài chính and y tế"),  # no body is named
        ("the office for the plan", "the văn phòng for the kế hoạch"),
        ("grade 9", "lớp 9"),
        ("a 6-year-old child", "a 6 tuổi trẻ"),
        ("within 24 hours", "trong vòng 24 giờ"),
        ("every ten days", "10 ngày"),
        ("in Dong Son Thuong district", "in dong son thuong huyện"),  # "dong" is money elsewhere
        ("ten million dong", "10 triệu đồng"),
        ("zebra", "zebra"),
    ],
)
def test_translate(question: str, expected: str) -> None:
    assert translate(question).text == expected


def test_a_kind_of_body_has_other_names() -> None:
    found = {" ".join(other.also) for other in translate("Department of Finance").synonyms}
    assert "phòng tài chính" in found


def test_words_of_the_glossary_tell_an_english_question() -> None:
    assert {"report", "poverty"} <= english_words()
    assert all(canonical(word) == word for word in english_words())
