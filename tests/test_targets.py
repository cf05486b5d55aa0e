from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.facts.quantities import find_quantities, read_count, read_number
from docsearch.facts.targets import find_targets
from docsearch.parse.view import View, view
from docsearch.records import Heading, Span, Target
from docsearch.vocabulary import load

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
needs_gold = pytest.mark.skipif(
    not (SHARED / "gold" / "targets.jsonl").is_file(),
    reason="the gold set ../shared/data/gold is not here",
)


def whole(text: str) -> View:
    return view(text, [Span(0, len(text))]) if text else View("", ())


def headings(*texts: str) -> tuple[Heading, ...]:
    return tuple(Heading(text=text, span=Span(0, 1)) for text in texts)


GOALS = headings("II. MỤC TIÊU", "1. Giai đoạn 2021 - 2025")


def found(
    text: str, above: tuple[Heading, ...] = GOALS, issued_on: str | None = "2021-08-19"
) -> tuple[Target, ...]:
    return find_targets(whole(text), headings=above, issued_on=issued_on)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        pytest.param("1.234", 1234, id="dot between thousands"),
        pytest.param("1.234.567,5", 1234567.5, id="both"),
        pytest.param("5 000", 5000, id="blank between thousands"),
        pytest.param("99,9", 99.9, id="comma before decimals"),
        pytest.param("90.14", 90.14, id="dot before decimals"),
        pytest.param("03", 3, id="leading zero"),
        pytest.param("ba", 3, id="word"),
        pytest.param("mười lăm", 15, id="teen"),
        pytest.param("Hai mươi lăm", 25, id="tens"),
        pytest.param("1.2.3,4", None, id="two separators"),
        pytest.param("1,234,567,8", None, id="commas"),
        pytest.param("", None, id="empty"),
        pytest.param("trường", None, id="no number"),
        pytest.param("9" * 400, None, id="too long"),
    ],
)
def test_numbers(words: str, value: float | None) -> None:
    assert read_number(words) == value


def test_a_count_is_whole() -> None:
    assert (read_count("06"), read_count("sáu"), read_count("1,5")) == (6, 6, None)


def measure_examples() -> Iterator[object]:
    for entry in load("measures"):
        examples = entry.get("examples")
        for example in examples if isinstance(examples, list) else ():
            assert isinstance(example, dict)
            yield pytest.param(example, id=f"{entry['name']}: {example['text']}")


@pytest.mark.parametrize("example", list(measure_examples()))
def test_every_example_of_the_measures(example: dict[str, str | float]) -> None:
    (quantity,) = find_quantities(str(example["text"]).lower())
    read = (quantity.value, quantity.unit, quantity.comparator)
    assert read == (example["value"], example["unit"], example["comparator"])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("thanh niên 15 - 18 tuổi", id="age"),
        pytest.param("từ 6 giờ đến 23 giờ", id="hours"),
        pytest.param("năm 2025 xã phấn đấu", id="year before a unit"),
        pytest.param("giai đoạn 2021 - 2025 huyện tập trung", id="period before a unit"),
        pytest.param("số 29-NQ/TW, lớp 9, buổi 2", id="numbers of things"),
    ],
)
def test_no_quantity(text: str) -> None:
    assert find_quantities(text) == ()


CLAUSES = [
    pytest.param(
        "Phấn đấu đến năm 2025, có trên 60% trẻ dưới 3 tuổi đến nhà trẻ.",
        "có trên 60% trẻ dưới 3 tuổi đến nhà trẻ",
        ("trẻ dưới 3 tuổi", "đến nhà trẻ", ">", 60, "%", "2025"),
        id="figure first",
    ),
    pytest.param(
        "tỷ lệ lao động qua đào tạo đạt 55%;",
        "tỷ lệ lao động qua đào tạo đạt 55%",
        ("lao động", "tỷ lệ lao động qua đào tạo", "=", 55, "%", "2021/2025"),
        id="figure last",
    ),
    pytest.param(
        "Tỷ lệ lao động qua đào tạo: 55%.",
        "Tỷ lệ lao động qua đào tạo: 55%",
        ("lao động", "Tỷ lệ lao động qua đào tạo", "=", 55, "%", "2021/2025"),
        id="colon",
    ),
    pytest.param(
        "nâng số trường học đạt chuẩn quốc gia lên 33 trường.",
        "nâng số trường học đạt chuẩn quốc gia lên 33 trường",
        ("trường học", "số trường học đạt chuẩn quốc gia", "=", 33, "trường", "2021/2025"),
        id="raise to",
    ),
    pytest.param(
        "phấn đấu từ 38 trường học đạt chuẩn quốc gia trở lên.",
        "phấn đấu từ 38 trường học đạt chuẩn quốc gia trở lên",
        ("trường học", "đạt chuẩn quốc gia", ">=", 38, "trường", "2021/2025"),
        id="trở lên at a distance",
    ),
    pytest.param(
        "giảm tỷ lệ hộ nghèo từ 10% xuống dưới 5%",
        "giảm tỷ lệ hộ nghèo từ 10% xuống dưới 5%",
        ("hộ nghèo", "tỷ lệ hộ nghèo", "<", 5, "%", "2021/2025"),
        id="from a figure down to another",
    ),
    pytest.param(
        "phấn đấu đến năm 2025 đạt chuẩn mức độ 1.",
        "phấn đấu đến năm 2025 đạt chuẩn mức độ 1",
        ("", "đạt chuẩn", "=", 1, "mức độ", "2025"),
        id="level",
    ),
    pytest.param(
        "Hằng năm, tỷ lệ học sinh “Hoàn thành tốt, xuất sắc” đạt từ 40% trở lên;",
        "tỷ lệ học sinh “Hoàn thành tốt, xuất sắc” đạt từ 40% trở lên",
        ("học sinh", "tỷ lệ học sinh “Hoàn thành tốt, xuất sắc", ">=", 40, "%", "P1Y"),
        id="comma in quotation marks",
    ),
    pytest.param(
        "Mỗi năm quỹ khuyến học của xã đạt 35 triệu đồng trở lên",
        "Mỗi năm quỹ khuyến học của xã đạt 35 triệu đồng trở lên",
        ("quỹ khuyến học của xã", "quỹ khuyến học của xã", ">=", 35, "triệu đồng", "P1Y"),
        id="money",
    ),
]


@pytest.mark.parametrize(("text", "words", "fields"), CLAUSES)
def test_one_target(text: str, words: str, fields: tuple[object, ...]) -> None:
    (t,) = found(text)
    assert t.span.of(text) == words
    assert (t.subject, t.indicator, t.comparator, t.value, t.unit, t.period) == fields
    assert t.kind == "target"


def test_neighbours_share_the_subject_and_not_the_words() -> None:
    text = "trên 90% giáo viên đạt chuẩn trình độ trở lên, trong đó 19% trở lên đạt trên chuẩn;"
    first, second = found(text)
    assert first.span.of(text) == "trên 90% giáo viên đạt chuẩn trình độ trở lên"
    assert second.span.of(text) == "19% trở lên đạt trên chuẩn"
    assert (first.subject, second.subject) == ("giáo viên", "giáo viên")
    assert (first.comparator, second.comparator) == (">", ">=")


def test_a_range_has_two_ends() -> None:
    (target,) = found("Tỷ lệ che phủ rừng đạt từ 45% đến 50%.")
    assert (target.comparator, target.value, target.value_to) == ("range", 45, 50)


def test_a_figure_that_cannot_be_read_has_no_value() -> None:
    (target,) = found("Tỷ lệ học sinh khá đạt 1.2.3,4%.")
    assert target.value is None


KINDS = [
    pytest.param(
        "Trong giai đoạn 2016- 2021, tỷ lệ phổ cập trẻ 5 tuổi đạt 100%; tỉ lệ huy động đạt 54%.",
        (),
        ["achieved", "achieved"],
        id="period up to the issue",
    ),
    pytest.param("Toàn xã đã đạt 9% hộ khá.", (), ["achieved"], id="đã đạt"),
    pytest.param(
        "Tỷ lệ huy động đạt 98%.", headings("I. Kết quả thực hiện"), ["achieved"], id="heading"
    ),
    pytest.param(
        "Tỷ lệ huy động đạt 98%.",
        headings("I. Đánh giá kết quả", "2. Mục tiêu đến năm 2025"),
        ["target"],
        id="inner heading",
    ),
    pytest.param(
        "Năm 2020 đạt 90% kế hoạch. Phấn đấu đến năm 2025 đạt 95% kế hoạch.",
        (),
        ["achieved", "target"],
        id="each sentence for itself",
    ),
]


@pytest.mark.parametrize(("text", "above", "kinds"), KINDS)
def test_kinds(text: str, above: tuple[Heading, ...], kinds: list[str]) -> None:
    assert [target.kind for target in found(text, above)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ngân sách hỗ trợ 70% kinh phí mua sắm.", id="payment"),
        pytest.param("cử 01 cán bộ dự họp", id="passing count"),
        pytest.param("học sinh 5 tuổi, lớp 9, năm 2024, theo mô hình 9+", id="no measures"),
        pytest.param("", id="empty"),
    ],
)
def test_no_target(text: str) -> None:
    assert found(text, ()) == ()


def gold_targets() -> Iterator[tuple[dict[str, object], Target | None]]:
    """Yield each gold target with the found one that shares most of its words and its value."""
    (path,) = (SHARED / "seeds").glob("001_*.txt")
    text = path.read_text("utf-8")
    targets: list[Target] = []
    above: tuple[Heading, ...] = ()
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            span = Span(start, start + len(line))
            if line.startswith(("I. ", "II. ", "III. ", "IV. ")):
                above = (Heading(text=line.strip(), span=span),)
            elif re.match(r"\d+\. ", line):
                above = (*above[:1], Heading(text=line.strip(), span=span))
            targets += find_targets(view(text, [span]), headings=above, issued_on="2022-04-29")
        start += len(line)
    for line in (SHARED / "gold" / "targets.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        evidence = gold["evidence"][0]
        span = Span(evidence["start"], evidence["start"] + len(evidence["text"]))
        same = [t for t in targets if t.span.overlaps(span) and t.value == gold["value"]]
        yield gold, max(same, key=lambda t: shared(t.span, span), default=None)
    yield {"found": len(targets)}, None


def shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


@needs_gold
def test_gold_targets_are_found_with_their_fields() -> None:
    *pairs, (counts, _) = gold_targets()
    assert [gold["id"] for gold, target in pairs if target is None] == []
    assert counts["found"] == len(pairs)  # and nothing else
    for gold, target in pairs:
        assert target is not None
        period = str(gold["period"]).replace("-", "/")
        expected = (gold["comparator"], gold["unit"], period, gold["kind"])
        assert (target.comparator, target.unit, target.period, target.kind) == expected, gold["id"]


@given(st.text(max_size=200), st.none() | st.dates().map(str))
def test_any_text_is_read(text: str, issued_on: str | None) -> None:
    assert all(target.span.of(text) for target in found(text, (), issued_on))


PIECES = (
    "phấn đấu đạt 100% 5 % trường 33 trường, trẻ dưới 3 tuổi trở lên từ đến 45% ( ) “ ” ; : . và "
    "mức độ 3 tỷ lệ năm 2025 hằng năm, có trong đó, İ 1.2.3,4% cho với giảm xuống nâng lên - -"
)


@given(st.lists(st.sampled_from(PIECES.split()), max_size=40).map(" ".join))
def test_any_order_of_the_words_of_targets_is_read(text: str) -> None:
    for target in found(text, GOALS):
        assert target.span.of(text)
        assert target.subject or target.indicator


@pytest.mark.parametrize("piece", ["(", "5% , ", "và ", "đạt ", "mức độ 3 ", "từ 5% ", "5% ( "])
def test_a_long_line_is_read_in_time(piece: str) -> None:
    line = whole(piece * 10_000)
    start = time.perf_counter()
    find_targets(line, headings=GOALS, issued_on="2024-01-01")
    assert time.perf_counter() - start < 5  # seconds; measured below 1
