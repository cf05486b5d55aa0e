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


def limits(text: str) -> list[tuple[tuple[str, ...], str | None, str | None]]:
    """Return actors, value and recipient of what has a time limit."""
    return [
        (
            tuple(actor.text for actor in found.actors),
            found.deadline.value,
            found.recipient.text if found.recipient else None,
        )
        for found in obligations(text)
        if found.deadline
    ]


XA = ("UBND xã",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "- Giao Phòng Y tế chủ trì, phối hợp với UBND các xã rà soát, báo cáo UBND huyện trước"
            " ngày 20/7/2024.\n",
            [(("Phòng Y tế",), "2024-07-20", "UBND huyện")],
            id="given-to",
        ),
        pytest.param(
            "- Kinh phí do Phòng Tài chính - Kế hoạch thẩm định, trình UBND huyện trước"
            " 30/8/2024.\n",
            [(("Phòng Tài chính - Kế hoạch",), "2024-08-30", "UBND huyện")],
            id="done-by",
        ),
        pytest.param(
            "- UBND xã họp dân trước ngày 05/7/2024 và gửi biên bản về Phòng Y tế trước ngày"
            " 10/7/2024.\n",
            [(XA, "2024-07-05", None), (XA, "2024-07-10", "Phòng Y tế")],
            id="each-part-its-limit",
        ),
        pytest.param(
            "- UBND xã trước ngày 10/6 và 10/12 hằng năm báo cáo Phòng Nội vụ.\n",
            [(XA, "--06-10", "Phòng Nội vụ"), (XA, "--12-10", "Phòng Nội vụ")],
            id="one-part-two-limits",
        ),
        pytest.param(
            "- UBND xã tổng hợp số liệu (các thôn gửi về UBND xã trước 05/12/2024), báo cáo Phòng"
            " Nội vụ trong tháng 12/2024.\n",
            [(("các thôn",), "2024-12-05", "UBND xã"), (XA, "2024-12", "Phòng Nội vụ")],
            id="others-in-brackets",
        ),
        pytest.param(
            "- UBND xã sơ kết vào quý II/2025 và tổng kết vào cuối nhiệm kỳ.\n",
            [(XA, "2025-Q2", None), (XA, None, None)],
            id="limits-of-two-ranks",
        ),
        pytest.param(
            "- Hằng tháng UBND xã rà soát, báo cáo Phòng Nội vụ trước ngày 25.\n",
            [(XA, "---25", "Phòng Nội vụ")],
            id="a-day-and-a-recurrence",
        ),
        pytest.param(
            "- UBND xã báo cáo về Phòng Nội vụ: quý I trước ngày 15/9/2024, cả năm trước ngày"
            " 15/11/2024.\n",
            [(XA, "2024-09-15", "Phòng Nội vụ"), (XA, "2024-11-15", "Phòng Nội vụ")],
            id="kinds-of-report",
        ),
        pytest.param(
            "- UBND xã báo cáo kết quả về Phòng Y tế trước ngày 15/11/2024 để tổng hợp, báo"
            " cáo UBND"
            " tỉnh.\n",
            [(XA, "2024-11-15", "Phòng Y tế")],
            id="who-collects-is-the-recipient",
        ),
        pytest.param(
            "- Trong quý III năm 2024 UBND xã báo cáo Chủ tịch UBND huyện tiến độ.\n",
            [(XA, "2024-Q3", "Chủ tịch UBND huyện")],
            id="time-before-the-name",
        ),
        pytest.param(
            "- Trên cơ sở nhiệm vụ được giao, chức năng của ngành, UBND xã báo cáo hằng quý.\n",
            [(XA, "P3M", None)],
            id="ground-before-the-name",
        ),
        pytest.param(
            "- Kho lưu trữ lịch sử có trách nhiệm báo cáo hằng quý.\n",
            [(("Kho lưu trữ lịch sử",), "P3M", None)],
            id="a-body-of-no-known-kind",
        ),
        pytest.param(
            "- UBND xã họp. Các cơ quan này phải gửi báo cáo trước ngày 20/7/2024.\n",
            [(XA, "2024-07-20", None)],
            id="these-bodies",
        ),
        pytest.param(
            "- UBND xã lập quy hoạch đến năm 2030, trình UBND huyện trong quý IV năm 2024.\n",
            [(XA, "2024-Q4", "UBND huyện")],
            id="the-years-of-a-plan",
        ),
        pytest.param(
            "- UBND xã tuyên truyền theo Quyết định số 12/QĐ-TTg về chương trình giai đoạn 2021 -"
            " 2030.\n",
            [],
            id="the-years-of-a-cited-document",
        ),
        pytest.param("- UBND xã hoàn thành trước ngày 01/3/2024.\n", [], id="over-at-the-issue"),
        pytest.param("- Phấn đấu đến năm 2025 đạt 90% trường chuẩn.\n", [], id="target"),
        pytest.param(
            "- Phấn đấu đến ngày 30/9/2024 giải ngân đạt trên 70%.\n", [], id="target-of-a-day"
        ),
        pytest.param("- UBND xã đã báo cáo trước ngày 30/9/2024.\n", [], id="done"),
        pytest.param("- Tổ chức kỷ niệm ngày 20/11 trang trọng.\n", [], id="feast"),
        pytest.param(
            "1. UBND xã gửi Sở Y tế:\na) Báo cáo quý: trước ngày 20 của tháng cuối quý;\n"
            "b) Báo cáo năm: trước ngày 20/12 hằng năm.\n",
            [(XA, "P3M", "Sở Y tế"), (XA, "--12-20", "Sở Y tế")],
            id="recipient-of-the-introduction",
        ),
        pytest.param(
            "1. Lập kế hoạch tuyên truyền\n- Cơ quan chủ trì: Phòng Nội vụ.\n"
            "- Cơ quan phối hợp: Các phòng, ban.\n- Thời gian hoàn thành: Quý III/2024.\n",
            [(("Phòng Nội vụ",), "2024-Q3", None)],
            id="labelled-lines",
        ),
        pytest.param(
            "1. Rà soát hạ tầng.\nĐơn vị thực hiện: UBND xã; Phòng Y tế\n"
            "Thời gian: trước ngày 30/9/2024\n2. Lập sổ.\n",
            [(("UBND xã", "Phòng Y tế"), "2024-09-30", None)],
            id="labelled-lines-after-a-task",
        ),
        pytest.param(
            "STT: 1 | Nội dung: Ban hành quy chế | Đơn vị chủ trì: Phòng Nội vụ | Thời gian: Tháng"
            " 9/2024\nSTT: 2 | Nội dung: Tập huấn | Đơn vị chủ trì: VNPT Kon Tum | Thời"
            " gian: Thường"
            " xuyên\n",
            [(("Phòng Nội vụ",), "2024-09", None), (("VNPT Kon Tum",), None, None)],
            id="rows",
        ),
        # a row is no head, though "Điểm" and "Ban … xây dựng" may begin heads of columns
        pytest.param(
            "STT | Công trình | Đơn vị thực hiện | Thời gian hoàn thành\n"
            "1 | Điểm tập kết rác | Ban Quản lý xây dựng nông thôn mới xã | Quý III/2024\n"
            "2 | Kết quả đo đạc thôn Bình | Thôn Bình | 30/9/2024\n",
            [
                (("Ban Quản lý xây dựng nông thôn mới xã",), "2024-Q3", None),
                (("Thôn Bình",), "2024-09-30", None),
            ],
            id="rows-of-works",
        ),
        pytest.param(
            "Hạng mục | Đơn vị thực hiện | Tiến độ\n"
            "Tiêu chí số 6 | Ban xây dựng đời sống văn hóa | Tháng 11/2024\n",
            [(("Ban xây dựng đời sống văn hóa",), "2024-11", None)],
            id="a-row-without-a-number",
        ),
        pytest.param(
            "|STT |Nội dung công việc |Đơn vị thực hiện |Thời gian |\n"
            "|1 |Xây dựng kế hoạch |Phòng Nội vụ |Trước 15/9/2024 |\n"
            "|2 |Tổ chức hội nghị sơ kết |Văn phòng |Quý IV |\n"
            "|  |và khen thưởng |Đảng ủy | |\n",
            [(("Phòng Nội vụ",), "2024-09-15", None), (("Văn phòng Đảng ủy",), "2024-Q4", None)],
            id="rows-below-a-head",
        ),
        pytest.param(
            "I. Tháng 7\n1. Báo cáo tình hình thu ngân sách.\nCơ quan chuẩn bị: Phòng Y tế.\n",
            [(("Phòng Y tế",), "2024-07", None)],
            id="a-month-as-heading",
        ),
        pytest.param(
            "2. Báo cáo quý: các trường gửi Phòng Y tế chậm nhất ngày 10/10/2024.\n",
            [(("các trường",), "2024-10-10", "Phòng Y tế")],
            id="what-it-is-about-before-a-colon",
        ),
        pytest.param(
            "- Phòng Nội vụ tham mưu đề án sáp nhập thôn; thời gian hoàn thành: tháng 9/2024.\n",
            [(("Phòng Nội vụ",), "2024-09", None)],
            id="limit-after-a-semicolon",
        ),
        pytest.param(
            "1. UBND xã:\n- Báo cáo sơ kết trước 10/7/2024, báo cáo tổng kết trước"
            " 05/12/2024 về Sở Y tế.\n",
            [(XA, "2024-07-10", "Sở Y tế"), (XA, "2024-12-05", "Sở Y tế")],
            id="recipient-of-all-at-the-end",
        ),
        pytest.param(
            "- UBND xã lập dự toán hằng năm trình UBND huyện vào tháng 8.\n",
            [(XA, "--08", "UBND huyện")],
            id="month-of-each-year",
        ),
        pytest.param(
            "- UBND xã tổ chức sơ kết vào tháng 6/2026 và tổng kết vào năm 2030.\n",
            [(XA, "2026-06", None), (XA, "2030", None)],
            id="month-and-year-in-one-clause",
        ),
        pytest.param(
            "Đợt 1: Từ ngày 01/8 đến 15/8/2024\n"
            "- UBND xã tổ chức điều tra.\n"
            "Đợt 2: Tháng 9/2024\n"
            "- Phòng Y tế tổng hợp kết quả.\n",
            [(XA, "2024-08-01/2024-08-15", None), (("Phòng Y tế",), "2024-09", None)],
            id="steps-with-a-time",
        ),
        pytest.param(
            "1. Căn cứ kế hoạch được giao, Thủ trưởng các đơn vị phân bổ dự toán trước"
            " ngày 31/12/2024.\n",
            [(("Thủ trưởng các đơn vị",), "2024-12-31", None)],
            id="ground-before-the-one-who-acts",
        ),
        pytest.param(
            "- Các đảng ủy, chi bộ trực thuộc gửi báo cáo về Huyện ủy trước ngày 20/7/2024.\n",
            [(("Các đảng ủy, chi bộ trực thuộc",), "2024-07-20", "Huyện ủy")],
            id="party-bodies",
        ),
        pytest.param(
            "- Các huyện ủy, thị ủy gửi báo cáo về Tỉnh ủy trước ngày 20/7/2024.\n",
            [(("Các huyện ủy, thị ủy",), "2024-07-20", "Tỉnh ủy")],
            id="party-committees-of-districts",
        ),
        pytest.param(
            "1. Hợp tác xã chăn nuôi Đồng Tâm:\n- Tiêm phòng đàn lợn trước ngày 15/9/2024.\n",
            [(("Hợp tác xã chăn nuôi Đồng Tâm",), "2024-09-15", None)],
            id="cooperative",
        ),
        pytest.param(
            "- Hằng tuần, UBND xã tổng hợp số liệu, gửi Phòng Y tế trước 15 giờ thứ Sáu.\n",
            [(XA, "P1W", "Phòng Y tế")],
            id="weekday-of-each-week",
        ),
    ],
)
def test_what_has_a_time_limit(
    text: str, expected: list[tuple[tuple[str, ...], str | None, str | None]]
) -> None:
    assert limits(TASKS + text) == expected


def test_a_letter_tells_those_whom_it_introduces() -> None:
    text = (
        "Để chuẩn bị năm học mới, UBND huyện yêu cầu các trường thực hiện các nội dung sau:\n"
        "1. Sửa chữa phòng học, hoàn thành trước ngày 15/8/2024.\n"
        "2. Phòng Y tế báo cáo ngay.\n"
    )
    assert limits(text) == [
        (("các trường",), "2024-08-15", None),
        (("Phòng Y tế",), None, None),
    ]


def test_what_must_not_be_done_is_kept() -> None:
    (found,) = obligations(f"{TASKS}- UBND xã không được thu thêm các khoản ngoài quy định.\n")
    assert found.action.text.startswith("không được thu")


def test_a_thousand_time_limits_in_a_line() -> None:
    text = f"{TASKS}- UBND xã báo cáo {'trước ngày 15/12 ' * 1000}{'(' * 1000}.\n"
    assert len(obligations(text)) <= 1000


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


def test_who_gets_a_report_next() -> None:
    (found,) = obligations(
        f"{TASKS}- UBND các xã báo cáo kết quả về Phòng Y tế trước ngày 10/6/2024 để tổng hợp, "
        "báo cáo UBND huyện, Sở Y tế.\n"
    )
    assert found.recipient is not None
    assert found.recipient.text == "Phòng Y tế"
    assert [body.text for body in found.forwarded_to] == ["UBND huyện", "Sở Y tế"]


def test_nobody_gets_it_next_where_the_clause_does_not_say() -> None:
    (found,) = obligations(f"{TASKS}- UBND xã báo cáo UBND huyện trước ngày 10/6/2024.\n")
    assert found.forwarded_to == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Sở Tài chính cấp thêm kinh phí cho các xã trước ngày 5/7/2024.",
            [(("Sở Tài chính",), "2024-07-05")],
            id="a name ends with its sector",
        ),
        pytest.param(
            "Các phòng, ban, đơn vị; UBND các phường, xã gửi báo cáo trước ngày 28/6/2024.",
            [(("Các phòng, ban, đơn vị", "UBND các phường, xã"), "2024-06-28")],
            id="names before a semicolon",
        ),
        pytest.param(
            "UBND huyện giao chỉ tiêu cho các xã trước ngày 31/12/2024.",
            [(("UBND huyện",), "2024-12-31")],
            id="who gives figures acts",
        ),
        pytest.param(
            "UBND xã không được vận chuyển lợn ra khỏi vùng dịch trước ngày 30/6/2024.",
            [(("UBND xã",), None)],
            id="a prohibition is not due",
        ),
        pytest.param(
            "Hội thi cấp trường: tổ chức xong trong tháng 11/2024.",
            [((), "2024-11")],
            id="what it is about stands first",
        ),
        pytest.param(
            "Trung tâm Dịch vụ việc làm gửi số liệu về Sở để tổng hợp trước ngày 5/7/2024.",
            [(("Trung tâm Dịch vụ việc làm",), "2024-07-05")],
            id="a verb inside a name",
        ),
        pytest.param(
            "Rà soát văn bản do HĐND xã ban hành trước ngày 31/7/2024.",
            [((), "2024-07-31")],
            id="whose a thing is",
        ),
    ],
)
def test_who_acts_and_by_when(text: str, expected: list[tuple[object, ...]]) -> None:
    found = obligations(f"{TASKS}- {text}\n")
    told = [
        (
            tuple(actor.text for actor in one.actors),
            one.deadline.value if one.deadline else None,
        )
        for one in found
    ]
    assert told == expected


def test_reports_of_a_list_go_to_the_one_named_last() -> None:
    found = obligations(
        f"{TASKS}- UBND xã thực hiện: báo cáo quý I trước ngày 10/3/2024; báo cáo năm trước ngày "
        "05/12/2024 gửi Phòng Nội vụ.\n"
    )
    assert [one.recipient.text if one.recipient else None for one in found] == ["Phòng Nội vụ"] * 2


DAY = "2024-09-30"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "1. Các sở còn nợ báo cáo: khẩn trương nộp trước ngày 30/9/2024.\n"
            "2. Các xã còn thiếu hồ sơ nộp bổ sung trước ngày 30/9/2024.\n"
            "3. Các trường có tên tại Phụ lục 2 gửi giải trình trước ngày 30/9/2024.\n",
            [
                (("Các sở còn nợ báo cáo",), DAY, None),
                (("Các xã còn thiếu hồ sơ",), DAY, None),
                (("Các trường có tên tại Phụ lục 2",), DAY, None),
            ],
            id="told-by-what-they-lack",
        ),
        pytest.param(
            "1. UBND xã Hòa Bình, nơi có khu tái định cư, bàn giao đất trước ngày 30/9/2024.\n"
            "2. Riêng các xã Tân Hội, Phú Cát, nơi hay ngập lụt (17 thôn), phải rà soát xong"
            " trước ngày 30/9/2024.\n"
            "3. UBND các xã, phường còn lại hoàn thành kiểm kê trước ngày 30/9/2024.\n",
            [
                (("UBND xã Hòa Bình",), DAY, None),
                (("các xã Tân Hội, Phú Cát",), DAY, None),
                (("UBND các xã, phường còn lại",), DAY, None),
            ],
            id="what-is-said-beside-a-name",
        ),
        pytest.param(
            "1. Các đoàn kiểm tra, giám sát\nTrình dự thảo kết luận trước ngày 30/9/2024.\n"
            "2. Đoàn thanh tra\nGửi kết luận về Thanh tra tỉnh trước ngày 30/9/2024.\n"
            "3. Đơn vị thực hiện đề án báo cáo tiến độ trước ngày 30/9/2024.\n"
            "4. Đối với các đề án đã được duyệt, đơn vị thực hiện hoàn thành thủ tục trước ngày"
            " 30/9/2024.\n",
            [
                (("Các đoàn kiểm tra, giám sát",), DAY, None),
                (("Đoàn thanh tra",), DAY, "Thanh tra tỉnh"),
                (("Đơn vị thực hiện đề án",), DAY, None),
                (("đơn vị thực hiện",), DAY, None),
            ],
            id="a-verb-inside-the-name",
        ),
        pytest.param(
            "1. Phòng Kinh tế báo cáo Sở Công Thương tình hình hoạt động khuyến công:\n"
            "a) Báo cáo quý: trước ngày 15 của tháng cuối quý;\n"
            "b) Báo cáo đột xuất: trước ngày 30/9/2024.\n",
            [
                (("Phòng Kinh tế",), "P3M", "Sở Công Thương"),
                (("Phòng Kinh tế",), DAY, "Sở Công Thương"),
            ],
            id="a-list-of-reports",
        ),
        pytest.param(
            "I. TÌNH HÌNH\n- Các xã báo cáo trước ngày 30/9/2024.\n"
            "II. BÁO CÁO TÌNH HÌNH\n- Các xã báo cáo trước ngày 30/9/2024.\n",
            [],
            id="a-look-back",
        ),
        pytest.param(
            "1. UBND xã\n- Từ năm 2025, định kỳ 6 tháng và hằng năm báo cáo UBND huyện.\n"
            "- Từ quý IV/2024, hằng tháng, hằng quý rà soát hộ nghèo.\n",
            [(XA, "P6M", "UBND huyện"), (XA, "P1Y", "UBND huyện"), (XA, "P1M", None)]
            + [(XA, "P3M", None)],
            id="two-recurrences-behind-a-beginning",
        ),
        pytest.param(
            "1. UBND xã\n- Định kỳ hằng tháng, trước ngày 25, báo cáo Sở Nội vụ để tổng hợp, báo"
            " cáo UBND tỉnh vào ngày 28.\n"
            "- Gửi danh sách về Phòng Y tế trước ngày 10/9/2024 để thẩm định, trình UBND huyện"
            " trước ngày 30/9/2024.\n"
            "- Rà soát hồ sơ trước ngày 10/9/2024 để tổng hợp, báo cáo UBND huyện trước ngày"
            " 30/9/2024.\n",
            [
                (XA, "---25", "Sở Nội vụ"),
                (("Sở Nội vụ",), "---28", "UBND tỉnh"),
                (XA, "2024-09-10", "Phòng Y tế"),
                (("Phòng Y tế",), DAY, "UBND huyện"),
                (XA, "2024-09-10", None),
                (XA, DAY, "UBND huyện"),
            ],
            id="who-collects-reports-on",
        ),
    ],
)
def test_forms_of_ordinary_documents(
    text: str, expected: list[tuple[tuple[str, ...], str | None, str | None]]
) -> None:
    assert limits(TASKS + text if text[0] != "I" else text) == expected
