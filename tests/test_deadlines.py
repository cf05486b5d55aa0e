from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.facts.deadlines import find_deadlines, find_labelled_deadlines
from docsearch.parse.view import View, view
from docsearch.records import Deadline, Span
from docsearch.vocabulary import load

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
needs_gold = pytest.mark.skipif(
    not (SHARED / "gold" / "obligations.jsonl").is_file(),
    reason="the gold set ../shared/data/gold is not here",
)


def whole(text: str) -> View:
    return view(text, [Span(0, len(text))]) if text else View("", ())


def found(text: str, issued_on: str | None = None) -> tuple[Deadline, ...]:
    return find_deadlines(whole(text), issued_on=issued_on)


def vocabulary_examples() -> Iterator[object]:
    for entry in load("deadlines"):
        examples = entry.get("examples")
        for example in examples if isinstance(examples, list) else ():
            assert isinstance(example, dict)
            yield pytest.param(example, id=f"{entry['name']}: {example['text']}")


@pytest.mark.parametrize("example", list(vocabulary_examples()))
def test_every_example_of_the_vocabulary(example: dict[str, str | None]) -> None:
    deadlines = [(d.text, d.value, d.bound, d.kind) for d in found(example["text"] or "")]
    if example["found"] is None:
        assert deadlines == []
    else:
        expected = (example["found"], example["value"], example["bound"], example["kind"])
        assert expected in deadlines


def test_every_rule_has_an_example() -> None:
    assert [entry["name"] for entry in load("deadlines") if entry.get("examples") == []] == []


ONE = [
    pytest.param("báo cáo trước ngày 24/3", "2024-03-24", True, id="year of issue"),
    pytest.param("báo cáo trước ngày 15/1", "2025-01-15", True, id="already over: next year"),
    pytest.param("báo cáo trước ngày 15/3", "2024-03-15", True, id="on the day of issue"),
    pytest.param("báo cáo trước ngày 24/3/2024", "2024-03-24", False, id="year stated"),
    pytest.param("báo cáo trước ngày 31/4", None, False, id="no such day"),
    pytest.param("hoàn thành trong tháng 2", "2025-02", True, id="month already over"),
    pytest.param("hoàn thành trong tháng 3", "2024-03", True, id="the month of issue"),
    pytest.param("ban hành trong quý I", "2024-Q1", True, id="the quarter of issue"),
    pytest.param("chậm nhất vào ngày 5 tháng 6", "2024-06-05", True, id="in words"),
    pytest.param("trước 17h00 ngày 20/6/2024", "2024-06-20", False, id="with the hour"),
    pytest.param("trước\nngày 22/\n12/ 2024", "2024-12-22", False, id="broken lines"),
    pytest.param("trước ngày 05.6.2024", "2024-06-05", False, id="dots"),
]


FORMS = [
    pytest.param("gửi báo cáo trước 17h00 ngày 20/6/2024", ["2024-06-20"], id="hour"),
    pytest.param("gửi trước 16 giờ 30 phút, ngày 05/4", ["2024-04-05"], id="hour in words"),
    pytest.param("chậm nhất là 17 giờ 00 phút thứ Sáu, ngày 12/4/2024", ["2024-04-12"], id="day"),
    pytest.param("hoàn thành trước 30/11", ["2024-11-30"], id="no 'ngày'"),
    pytest.param("nộp chậm nhất là ngày 10 tháng sau", ["---10"], id="next month"),
    pytest.param("chậm nhất 05 ngày làm việc kể từ ngày nhận được", ["P5D"], id="working days"),
    pytest.param("trong thời hạn ba mươi ngày", ["P30D"], id="days in words"),
    pytest.param("hoàn thành trong tháng 6", ["2024-06"], id="month"),
    pytest.param("thực hiện trong quý II, III", ["2024-Q2/2024-Q3"], id="quarters"),
    pytest.param(
        "hoàn thành trong quý II, quý IV năm 2024", ["2024-Q2", "2024-Q4"], id="quarters of a year"
    ),
    pytest.param("hoàn thành trong 6 tháng cuối năm", ["2024-07/2024-12"], id="half-year"),
    pytest.param(
        "báo cáo định kỳ 6 tháng (trước 15/6) và 1 năm (trước 15/12)",
        ["--06-15", "--12-15"],
        id="two dated recurrences",
    ),
    pytest.param("báo cáo hàng tháng, hàng quý và cả năm", ["P1M", "P3M", "P1Y"], id="each"),
    pytest.param(
        "báo cáo định kỳ tháng, quý, 6 tháng, năm", ["P1M", "P3M", "P6M", "P1Y"], id="by period"
    ),
    pytest.param("vào ngày 25 của tháng", ["---25"], id="day of the month"),
    pytest.param("trước ngày 15 của tháng cuối quý", ["P3M"], id="last month of the quarter"),
    pytest.param("vào chiều thứ 6 hàng tuần", ["P1W"], id="weekday"),
    pytest.param("mỗi năm 02 lần", ["P6M"], id="twice a year"),
    pytest.param("từ 01/6 đến 15/6/2024", ["2024-06-01/2024-06-15"], id="from-to, no 'ngày'"),
    pytest.param(
        "từ ngày 20/11/2024 đến ngày 15/01/2025", ["2024-11-20/2025-01-15"], id="over new year"
    ),
    pytest.param("giai đoạn 2021 - 2025", ["2021/2025"], id="period"),
    pytest.param("trong 02 năm (2024-2025)", ["2024/2025"], id="two years"),
    pytest.param("từ nay đến cuối năm", ["2024"], id="to the end of the year"),
    pytest.param("từ nay đến ngày 30/6", ["2024-06-30"], id="from now on"),
    pytest.param("hoàn thành trước mùa mưa bão", [None], id="before a season"),
    pytest.param("chi trả trước Tết Nguyên đán", [None], id="before a feast"),
    pytest.param("trước ngày 15 /12", ["2024-12-15"], id="blank before the stroke"),
    pytest.param("trước ngày 15\ntháng 12", ["2024-12-15"], id="line break"),
    pytest.param("trước ngày l5/12/2024", ["2024-12-15"], id="l for 1"),
    pytest.param("trước ngày 3O/6/2024", ["2024-06-30"], id="O for 0"),
    pytest.param("hạn cuối nộp hồ sơ là ngày 30/4/2024", ["2024-04-30"], id="last day"),
    pytest.param(
        "trước ngày 20/5 và 20/11 hàng năm", ["--05-20", "--11-20"], id="two days of a year"
    ),
    pytest.param("trước ngày 31/2/2024", [None], id="no such day"),
    pytest.param("giai đoạn 2025 - 2021", [None], id="backwards"),
    pytest.param("từ ngày 15/6/2024 đến ngày 01/6/2024", [None], id="days backwards"),
    pytest.param(
        "báo cáo 6 tháng trước ngày 10/6/2024", ["2024-06-10"], id="what it reports on is no span"
    ),
]


@pytest.mark.parametrize(("text", "values"), FORMS)
def test_forms_of_time_limits(text: str, values: list[str | None]) -> None:
    assert [deadline.value for deadline in found(text, "2024-03-15")] == values


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Công văn số 123/UBND-NV ngày 15/3/2024 của UBND tỉnh", id="letter"),
        pytest.param("Nghị quyết số 09-NQ/TW ngày 20 tháng 5 năm 2023", id="resolution"),
        pytest.param("tại cuộc họp ngày 12/3/2024", id="meeting"),
        pytest.param("ký ngày 15/3/2024", id="signature"),
        pytest.param("đã đăng trên cổng ngày 12/3/2024", id="posting"),
        pytest.param("có hiệu lực từ ngày 01/7/2024", id="in force"),
        pytest.param("hiệu lực đến hết ngày 31/12/2025", id="out of force"),
        pytest.param("thi đua chào mừng ngày 20/11", id="feast"),
        pytest.param("kỷ niệm 70 năm ngày 22/12", id="anniversary"),
        pytest.param("trẻ từ 3 tháng đến 5 tuổi", id="age"),
        pytest.param("2/3 số đại biểu", id="fraction"),
        pytest.param("điện thoại 0254.3852.401", id="telephone"),
        pytest.param("năm 2019 đã xây dựng 5 trường", id="history"),
        pytest.param("sinh ngày 01/01/1980", id="birth"),
        pytest.param("trong 5 năm qua, huyện đã đạt kết quả", id="past years"),
        pytest.param("trong quá trình thực hiện", id="course of work"),
        pytest.param("Tháng hành động vì trẻ em", id="month of action"),
        pytest.param("Ghi rõ ngày, tháng, năm sinh", id="fields of a form"),
        pytest.param("tính từ ngày 15/12/2023 đến ngày 14/3/2024", id="what is counted"),
    ],
)
def test_no_time_limit(text: str) -> None:
    assert found(text, "2024-03-15") == ()


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        pytest.param("15/8/2023", "Thời gian hoàn thành", ("2023-08-15", "before"), id="day"),
        pytest.param("15/8/2023", "Thời gian", ("2023-08-15", "on"), id="on a day"),
        pytest.param("Quý II/2023", "Thời gian hoàn thành", ("2023-Q2", "during"), id="quarter"),
        pytest.param("Tháng 3", "Thời gian", ("2023-03", "during"), id="month"),
        pytest.param("2023 - 2025", "Tiến độ", ("2023/2025", "during"), id="years"),
        pytest.param("Thường xuyên", "Thời gian", (None, "during"), id="always"),
        pytest.param("Hằng năm", "Thời gian", ("P1Y", "during"), id="yearly"),
    ],
)
def test_a_time_after_a_label(text: str, label: str, expected: tuple[str | None, str]) -> None:
    (deadline,) = find_labelled_deadlines(whole(text), label=label, issued_on="2023-03-01")
    assert (deadline.value, deadline.bound) == expected
    assert deadline.span.of(text) == deadline.text == text


@pytest.mark.parametrize(("text", "value", "inferred"), ONE)
def test_one_deadline(text: str, value: str | None, inferred: bool) -> None:
    (deadline,) = found(text, "2024-03-15")
    assert (deadline.value, deadline.inferred) == (value, inferred)


SEVERAL = [
    pytest.param("kế hoạch kiểm tra định kỳ 6 tháng, 1 năm", ["P6M", "P1Y"], id="list"),
    pytest.param("định kỳ hàng tháng, qúy, năm.", ["P1M", "P3M", "P1Y"], id="one word for all"),
    pytest.param("Định kỳ 6 tháng và hàng năm, các sở", ["P6M", "P1Y"], id="và"),
    pytest.param("Trong quý III và quý IV năm 2004:", ["2004-Q3/2004-Q4"], id="year at the end"),
    pytest.param(
        "Hằng năm các trường báo cáo về Phòng trước ngày 15/12.", ["P1Y", "--12-15"], id="hằng năm"
    ),
    pytest.param(
        "Hằng năm rà soát. Hoàn thành trước ngày 15/12.", ["P1Y", "2024-12-15"], id="new sentence"
    ),
    pytest.param("trước ngày 15/6 và 15/12/2024", ["2024-06-15", "2024-12-15"], id="year once"),
]


@pytest.mark.parametrize(("text", "values"), SEVERAL)
def test_several_deadlines(text: str, values: list[str]) -> None:
    assert [deadline.value for deadline in found(text, "2024-03-15")] == values


NONE = [
    pytest.param("Nghị quyết số 02-NQ/TU ngày 06/5/2021 của Tỉnh ủy", id="cited document"),
    pytest.param("Sáng ngày 11/6/2024, tại Hội trường UBND huyện", id="meeting"),
    pytest.param("Chiều ngày 17/10/2023, tại phòng họp tầng 2", id="meeting, afternoon"),
    pytest.param("Chi Lăng, ngày 29 tháng 4 năm 2022", id="signature"),
    pytest.param("Ngày 21/08/2021 00:00:00", id="web posting"),
    pytest.param("thanh, thiếu niên trong độ tuổi 15 - 18 học tiếp", id="age"),
    pytest.param("từ 45% trở lên, đến 1/2 số trường", id="fraction"),
    pytest.param("dạy học buổi 2, 100% học sinh học 2 buổi/ngày", id="sessions"),
    pytest.param("Sau khi nghe các đơn vị báo cáo, Chủ tịch kết luận", id="look back"),
    pytest.param("phân luồng học sinh sau khi tốt nghiệp THCS, THPT", id="after school"),
    pytest.param("Từ năm 2016 đến nay đã xây 2 trường", id="so far"),
    pytest.param("có hiệu lực kể từ ngày 01/7/2025", id="entry into force"),
    pytest.param("", id="empty"),
]


@pytest.mark.parametrize("text", NONE)
def test_no_deadline(text: str) -> None:
    assert found(text, "2024-03-15") == ()


@pytest.mark.parametrize("issued_on", ["", "2024", "2024-06", "soon", "2024-6-1"])
def test_a_date_of_issue_may_be_incomplete(issued_on: str) -> None:
    (deadline,) = found("báo cáo trước ngày 15/12", issued_on)
    assert deadline.value == ("2024-12-15" if deadline.inferred else "--12-15")


def gold_deadlines() -> Iterator[tuple[dict[str, object], list[Deadline]]]:
    """Yield each gold deadline with what is found in the paragraphs of its evidence."""
    for line in (SHARED / "gold" / "obligations.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        if not gold["deadline_text"]:
            continue
        (path,) = (SHARED / "seeds").glob(f"{gold['doc']}_*.txt")
        text = path.read_text("utf-8")
        near: list[Deadline] = []
        for evidence in gold["evidence"]:
            start = text.rfind("\n\n", 0, evidence["start"]) + 1
            end = text.find("\n\n", evidence["start"])
            near += find_deadlines(view(text, [Span(start, end)]), issued_on=None)
        yield gold, near


def letters(text: str) -> str:
    return re.sub(r"\W", "", text.lower())


def gold_value(gold: dict[str, object]) -> str | None:
    deadline = gold["deadline"]
    assert isinstance(deadline, dict)
    if "short" in deadline:
        return str(deadline["short"]).replace("yearly ", "--")
    if "from" in deadline:
        return f"{deadline['from']}/{deadline['to']}"
    if deadline.get("recurrence") == "yearly":
        return "P1Y"
    value = deadline.get("date") or deadline.get("from_year")
    return str(value) if value else None


@needs_gold
def test_gold_deadlines_are_found_with_their_value() -> None:
    missed = []
    total = 0
    for gold, near in gold_deadlines():
        total += 1
        words = letters(str(gold["deadline_text"]))
        values = [d.value for d in near if letters(d.text) in words or words in letters(d.text)]
        if gold_value(gold) not in values:
            missed.append(gold["id"])
    assert total >= 17
    assert missed == []


@given(st.text(max_size=200), st.none() | st.dates().map(str))
def test_any_text_is_read(text: str, issued_on: str | None) -> None:
    spans = [deadline.span for deadline in found(text, issued_on)]
    assert all(span.of(text) for span in spans)
    assert all(not a.overlaps(b) for a, b in zip(spans, spans[1:], strict=False))


PIECES = (
    "trước ngày 15/12 đến hết quý II năm 2024 hằng năm định kỳ 6 tháng ( ) , ; . và 31/2 từ 99 "
    "giai đoạn 2025 - 2021 tháng 13 kể từ ngày ký trong thời hạn 30 ngày năm học İ “ ” - / 0"
)


@given(
    st.lists(st.sampled_from(PIECES.split()), max_size=30).map(" ".join),
    st.none() | st.sampled_from(["2024-02-29", "2024-02", "9999"]),
)
def test_any_order_of_the_words_of_deadlines_is_read(text: str, issued_on: str | None) -> None:
    for deadline in found(text, issued_on):
        assert whole(deadline.span.of(text)).text == deadline.text


@pytest.mark.parametrize("piece", ["trước ngày ", "(", "từ ", "sau khi ", "hằng năm, ", "“"])
def test_a_long_line_is_read_in_time(piece: str) -> None:
    line = whole(piece * 20_000)
    start = time.perf_counter()
    find_deadlines(line, issued_on=None)
    assert time.perf_counter() - start < 5  # seconds; measured below 0.3
