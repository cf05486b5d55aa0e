from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsearch.facts.obligations import find_obligations
from docsearch.parse.outline import parse_outline
from docsearch.read import read
from docsearch.records import Obligation
from tests.factories import CORPUS

TASKS = "IV. TỔ CHỨC THỰC HIỆN\n"


def obligations(text: str, issued_on: str | None = "2024-06-18") -> list[Obligation]:
    return find_obligations(text, parse_outline(text), issued_on=issued_on)


@dataclass(frozen=True)
class Expected:
    actors: tuple[str, ...] = ("UBND xã",)
    action: str = "rà soát."
    with_: tuple[str, ...] = ()
    deadline: str | None = None
    recipient: str | None = None
    strength: Literal["must", "should", "goal"] = "must"


def summary(found: Obligation) -> Expected:
    return Expected(
        actors=tuple(actor.text for actor in found.actors),
        action=found.action.text,
        with_=tuple(name.text for name in found.with_),
        deadline=found.deadline.value if found.deadline else None,
        recipient=found.recipient.text if found.recipient else None,
        strength=found.strength,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("- UBND xã rà soát.\n", [Expected()], id="own-subject"),
        pytest.param("1. UBND xã:\n- Rà soát.\n", [Expected(action="Rà soát.")], id="heading"),
        pytest.param(
            "1. UBND xã\n- Một việc:\n+ Rà soát.\n",
            [Expected(action="Rà soát.")],
            id="heading-two-above",
        ),
        pytest.param(
            "1. UBND xã\nRà soát.\n", [Expected(action="Rà soát.")], id="paragraph-under-a-heading"
        ),
        # the colon after the name is not what is done
        pytest.param(
            "1. UBND xã: Rà soát.\n", [Expected(action="Rà soát.")], id="heading-in-the-line"
        ),
        pytest.param(
            "1. UBND xã\n- Phòng Y tế rà soát.\n- Rà soát trường.\n",
            [Expected(actors=("Phòng Y tế",)), Expected(action="Rà soát trường.")],
            id="own-subject-before-the-heading",
        ),
        pytest.param(
            "- UBND xã tích cực tuyên truyền. Định kỳ báo cáo.\n",
            [Expected(action="tích cực tuyên truyền."), Expected(action="Định kỳ báo cáo.")],
            id="subject-of-the-sentence-before",
        ),
        pytest.param(
            "- UBND xã rà soát; Phòng Y tế báo cáo.\n",
            [Expected(action="rà soát"), Expected(actors=("Phòng Y tế",), action="báo cáo.")],
            id="one-a-clause",
        ),
        pytest.param(
            "- Rà soát.\n", [Expected(actors=(), action="Rà soát.")], id="nobody-is-named"
        ),
        pytest.param(
            "- UBND xã báo cáo kết quả về UBND huyện trước ngày 28/6/2024.\n",
            [
                Expected(
                    action="báo cáo kết quả về UBND huyện trước ngày 28/6/2024.",
                    deadline="2024-06-28",
                    recipient="UBND huyện",
                )
            ],
            id="deadline-and-recipient",
        ),
        pytest.param(
            "- UBND xã báo cáo trước ngày 15/12 hằng năm.\n",
            [Expected(action="báo cáo trước ngày 15/12 hằng năm.", deadline="--12-15")],
            id="yearly",
        ),
        pytest.param(
            "- UBND xã rà soát. **Hoàn thành trước ngày 12/7/2024.**\n",
            [Expected(deadline="2024-07-12")],
            id="a-sentence-that-is-only-a-limit",
        ),
        pytest.param(
            "- UBND xã gửi danh sách về UBND huyện (qua Phòng Nội vụ).\n",
            [
                Expected(
                    action="gửi danh sách về UBND huyện (qua Phòng Nội vụ).",
                    recipient="UBND huyện (qua Phòng Nội vụ)",
                )
            ],
            id="by-way-of",
        ),
        pytest.param(
            "- UBND xã trình UBND huyện phê duyệt.\n",
            [Expected(action="trình UBND huyện phê duyệt.", recipient="UBND huyện")],
            id="submits-to",
        ),
        pytest.param(
            "- UBND xã đổi mới chương trình giáo dục.\n",
            [Expected(action="đổi mới chương trình giáo dục.")],
            id="a-programme-is-not-submitted",
        ),
        pytest.param(
            "- UBND xã phối hợp với Phòng Y tế, Công an huyện rà soát.\n",
            [
                Expected(
                    action="phối hợp với Phòng Y tế, Công an huyện rà soát.",
                    with_=("Phòng Y tế", "Công an huyện"),
                )
            ],
            id="with",
        ),
        pytest.param(
            "- Đề nghị UBND xã rà soát.\n", [Expected(strength="should")], id="is-asked-to"
        ),
        # "phấn đấu" is what is done, no part of the name
        pytest.param(
            "- UBND xã phấn đấu rà soát.\n",
            [Expected(action="phấn đấu rà soát.", strength="goal")],
            id="strives",
        ),
        pytest.param(
            "1. UBND xã\n- Rà soát.\n- Rà soát.\n",
            [Expected(action="Rà soát.")],
            id="words-that-stand-again",
        ),
        pytest.param(
            "1. UBND xã\n- Rà soát.\n2. Phòng Y tế\n- Rà soát.\n",
            [Expected(action="Rà soát."), Expected(actors=("Phòng Y tế",), action="Rà soát.")],
            id="words-that-stand-again-for-another",
        ),
        pytest.param(
            "- UBND xã rà soát,\n¹ Phòng Y tế báo cáo.\nvà rà soát.\n",
            [Expected(action="rà soát, và rà soát.")],
            id="a-footnote-obliges-nobody",
        ),
        pytest.param("Mạng lưới trường lớp còn nhỏ.\n", [], id="a-statement"),
        pytest.param(
            "- Rà soát.\nNơi nhận:\n- UBND xã thực hiện;\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n",
            [Expected(actors=(), action="Rà soát.")],
            id="closing",
        ),
        # the heading itself tells nobody anything
        pytest.param("", [], id="a-heading-with-nothing-under-it"),
    ],
)
def test_under_a_heading_of_tasks(text: str, expected: list[Expected]) -> None:
    assert [summary(found) for found in obligations(TASKS + text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n",
            id="legal-ground",
        ),
        pytest.param(
            "Thực hiện Kế hoạch số 43/KH-UBND ngày 23/02/2022 của UBND tỉnh;\n", id="ground"
        ),
        pytest.param("KẾ HOẠCH\nTRIỂN KHAI THỰC HIỆN NHIỆM VỤ\n", id="title"),
        pytest.param("II. MỤC TIÊU\n- Phấn đấu đạt 100%.\n- Nâng cao chất lượng.\n", id="aim"),
        pytest.param("I. Đánh giá kết quả thực hiện\nUBND xã rà soát.\n", id="review"),
        pytest.param("I. TÌNH HÌNH\nCác trường báo cáo kết quả.\n", id="situation"),
    ],
)
def test_what_obliges_nobody(text: str) -> None:
    assert obligations(text) == []


def test_a_year_that_the_date_of_issue_gives() -> None:
    text = "1. UBND xã báo cáo trước ngày 15/12.\n"
    (dated,) = obligations(text, "2024-06-18")
    assert dated.deadline is not None
    assert (dated.deadline.value, dated.deadline.inferred) == ("2024-12-15", True)
    (undated,) = obligations(text, None)
    assert undated.deadline is not None
    assert undated.deadline.value != "2024-12-15"


def test_evidence_holds_the_sentence_and_who_is_named() -> None:
    text = f"{TASKS}1. UBND xã:\n- Rà soát.\n- Phòng Y tế báo cáo. Định kỳ gửi danh sách.\n"
    quotes = [[span.of(text) for span in found.evidence] for found in obligations(text)]
    assert quotes == [
        ["- Rà soát.", "1. UBND xã:"],
        ["- Phòng Y tế báo cáo."],
        ["Định kỳ gửi danh sách.", "- Phòng Y tế"],
    ]


def test_a_limit_of_its_own_sentence_is_evidence() -> None:
    text = f"{TASKS}1. UBND xã:\n- Rà soát. Hoàn thành trước ngày 12/7/2024.\n"
    (found,) = obligations(text)
    quotes = [span.of(text) for span in found.evidence]
    assert quotes[:2] == ["Hoàn thành trước ngày 12/7/2024.", "- Rà soát."]


def test_headings_are_those_above() -> None:
    (found,) = obligations(f"{TASKS}1. UBND xã:\n- Rà soát.\n")
    assert [heading.text for heading in found.headings] == ["IV. TỔ CHỨC THỰC HIỆN", "1. UBND xã"]


# The project's own documents


def of_corpus(source: str, issued_on: str) -> tuple[str, list[Obligation]]:
    text = read(CORPUS / source).text
    return text, obligations(text, issued_on)


def test_the_units_that_must_report_before_15_december() -> None:
    text, found = of_corpus("001_97fd57f65c5eff66.txt", "2022-04-29")
    (yearly,) = [o for o in found if o.deadline and o.deadline.value == "--12-15"]
    assert summary(yearly) == Expected(
        actors=(
            "Các phòng, ban, cơ quan",
            "UBND các xã, thị trấn",
            "các đơn vị liên quan",
        ),
        action=yearly.action.text,
        deadline="--12-15",
        recipient="Phòng Giáo dục và Đào tạo huyện",
    )
    assert yearly.action.text.startswith("Định kỳ hằng năm (trước ngày 15/12) báo cáo kết quả")
    assert yearly.deadline is not None
    assert yearly.deadline.bound == "before"
    assert "trước ngày 15/12" in yearly.deadline.span.of(text)
    assert [heading.text for heading in yearly.headings] == [
        "IV. TỔ CHỨC THỰC HIỆN",
        "7. Các phòng, ban, các cơ quan, đơn vị liên quan",
    ]
    sentence, subject = yearly.evidence
    assert sentence.of(text).startswith("Định kỳ hằng năm (trước ngày 15/12)")
    assert subject.of(text).startswith("Các phòng, ban, cơ quan, UBND các xã, thị trấn")


def test_the_deadlines_of_binh_son() -> None:
    text, found = of_corpus("003_18e35584e7dafd68.txt", "2024-06-18")
    dated = [
        (
            o.deadline.value,
            tuple(a.text for a in o.actors),
            o.recipient.text if o.recipient else None,
        )
        for o in found
        if o.deadline and o.deadline.kind == "date"
    ]
    assert dated == [
        (
            "2024-06-28",
            ("Các trường học thuộc huyện",),
            "UBND huyện (qua Phòng Giáo dục và Đào tạo)",
        ),
        ("2024-06-28", ("Phòng Giáo dục và Đào tạo",), "UBND huyện"),
        ("2024-07-12", ("Phòng Giáo dục và Đào tạo",), "UBND huyện"),
        (
            "2024-07-26",
            ("các cơ quan, đơn vị, địa phương", "các trường học trực thuộc huyện"),
            "UBND huyện",
        ),
    ]


def test_the_monthly_report_of_kon_ray() -> None:
    _, found = of_corpus("002_1d6f7e26cffbb5e3.txt", "2023-10-17")
    (monthly,) = [o for o in found if o.deadline and o.deadline.value == "---25"]
    assert [actor.text for actor in monthly.actors] == ["UBND các xã, thị trấn"]
    assert monthly.recipient is not None
    assert monthly.recipient.text == "Phòng Giáo dục và Đào tạo"


def check(text: str, found: list[Obligation]) -> None:
    for o in found:
        assert o.action.text
        assert all(span.end <= len(text) for span in o.evidence)
        mentions = [*o.actors, *o.with_, o.action, *([o.recipient] if o.recipient else [])]
        for mention in mentions:
            assert mention.span.of(text)[:1] == mention.text[:1]
            assert " ".join(mention.text.split()) == mention.text
        named = [span for span in o.evidence if any(span.covers(a.span) for a in o.actors)]
        assert named or not o.actors or o.deadline


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_every_field_is_words_of_the_document(path: object) -> None:
    text, found = of_corpus(str(path), "2022-04-29")
    assert len(found) >= 10
    check(text, found)


LINES = st.lists(
    st.sampled_from(
        [
            "IV. TỔ CHỨC THỰC HIỆN",
            "1. UBND xã:",
            "- Rà soát.",
            "- Hoàn thành trước ngày 12/7/2024.",
            "¹ Phòng Y tế",
            "báo cáo về UBND huyện; gửi ngay.",
            "Định kỳ (trước ngày 15/12) báo cáo.",
            "2. Phòng Nội vụ: lập sổ.",
            "",
            "phối hợp với",
            "trình",
            "Các trường",
            "Đề nghị",
            "(qua Phòng Nội vụ)",
            "\x85\u2028",
            "đ) gửi cho",
        ]
    ),
    max_size=12,
)


@given(st.one_of(st.text(max_size=60), LINES.map("\n".join)))
@settings(deadline=None)
def test_any_text_can_be_searched(text: str) -> None:
    check(text, obligations(text))
