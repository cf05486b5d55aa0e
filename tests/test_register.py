"""The register: what is found, in which order, and how it is shown."""

from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser

import pytest

from docsearch.errors import QueryError
from docsearch.register.query import ObligationQuery, TargetQuery, read_kind
from docsearch.registers import (
    OBLIGATION_COLUMNS,
    OBLIGATION_KEYS,
    TARGET_COLUMNS,
    TARGET_KEYS,
    figure_words,
    flat_obligations,
    page,
    period_words,
    readable_obligations,
    readable_targets,
    shortened,
)
from tests.register_factory import ENTRIES, NOTICE, PLAN, TEXTS, TODAY, obligations, targets

Q = ObligationQuery

OBLIGATION_CONTRACT = {
    *("document", "source", "actors", "with", "action", "deadline", "recipient", "strength"),
    *("path", "start", "end", "quote"),
}
TARGET_CONTRACT = {
    *("document", "source", "place", "subject", "indicator", "comparator", "value", "unit"),
    *("period", "kind", "path", "start", "end", "quote"),
}


def dues(query: ObligationQuery | None = None, *, today: date = TODAY) -> list[tuple[str, str]]:
    """Return when and what, for short: the day and the first word of what has to be done."""
    return [
        (str(each.due), each.obligation.action.text.split()[0])
        for each in obligations(query, today=today)
    ]


FOUND = [
    pytest.param(
        None,
        [
            ("2024-06-20", "gửi"),
            ("2024-06-28", "tuần"),
            ("2024-06-30", "rà"),
            ("2024-07-31", "nộp"),
            ("2024-12-15", "báo"),
            ("None", "công"),
        ],
        id="all, by due day, those without a day last",
    ),
    pytest.param(
        Q(within="2024-06"),
        [
            ("2024-06-20", "gửi"),
            ("2024-06-28", "tuần"),
            ("2024-06-30", "nộp"),
            ("2024-06-30", "rà"),
        ],
        id="a month; of one day, by actor",
    ),
    pytest.param(Q(on="15/12"), [("2024-12-15", "báo")], id="a day of every year"),
    pytest.param(Q(on="15/12/2030"), [("2030-12-15", "báo")], id="a day of a year"),
    pytest.param(Q(before="25/6/2024", after="20/6/2024"), [("2024-06-20", "gửi")], id="between"),
    pytest.param(
        Q(actor="Phòng Nội vụ"), [("2024-06-20", "gửi"), ("2024-06-30", "rà")], id="actor"
    ),
    pytest.param(Q(actor="ubnd xa"), [("2024-12-15", "báo")], id="a member of a group, unmarked"),
    pytest.param(Q(recipient="Phòng Giáo dục và Đào tạo"), [("2024-12-15", "báo")], id="recipient"),
    pytest.param(Q(action="BÁO CÁO"), [("2024-12-15", "báo")], id="words"),
    pytest.param(Q(action="cong khai so lieu"), [("None", "công")], id="words over two lines"),
    pytest.param(Q(action="cáo báo"), [], id="words in another order"),
    pytest.param(
        Q(overdue_at="1/7/2024"),
        [
            ("2023-12-15", "báo"),
            ("2024-06-20", "gửi"),
            ("2024-06-28", "tuần"),
            ("2024-06-30", "nộp"),
            ("2024-06-30", "rà"),
        ],
        id="overdue: once, and the last time",
    ),
    pytest.param(
        Q(overdue_at="20/6/2024"),
        [("2023-12-15", "báo"), ("2024-05-31", "nộp")],
        id="not overdue on its day",
    ),
    pytest.param(Q(overdue_at="1/6/2022"), [("2022-05-31", "nộp")], id="overdue after its issue"),
    pytest.param(Q(overdue_at="29/4/2022"), [], id="overdue before its issue"),
    pytest.param(
        Q(overdue_at="1/7/2024", within="2024-05"), [("2024-05-31", "nộp")], id="overdue in May"
    ),
]


@pytest.mark.parametrize(("query", "found"), FOUND)
def test_obligations(query: ObligationQuery | None, found: list[tuple[str, str]]) -> None:
    assert dues(query) == found


def test_what_comes_again_is_shown_on_its_next_day() -> None:
    assert ("2026-12-15", "báo") in dues(today=date(2026, 1, 1))
    assert ("2026-12-15", "báo") in dues(today=date(2026, 12, 15))
    assert ("2027-12-15", "báo") in dues(today=date(2026, 12, 16))
    assert ("2022-12-15", "báo") in dues(today=date(2000, 1, 1))


@pytest.mark.parametrize(
    "query",
    [Q(before="31/2"), Q(overdue_at="15/12"), Q(on="2024"), Q(action="…")],
    ids=["no day", "a day without a year", "a year as a day", "no word"],
)
def test_queries_that_cannot_be_run(query: ObligationQuery) -> None:
    with pytest.raises(QueryError):
        obligations(query)


def test_nothing_found_says_what_was_searched_and_what_would_widen_it() -> None:
    said = obligations(Q(within="2024-06", actor="Sở Y tế", action="báo cáo")).nothing
    assert said is not None
    assert "6 in 2 documents" in said
    assert "1 of them name no day" in said
    assert "leave out two" in said
    said = obligations(Q(within="2024-01-01", actor="Phòng Nội vụ")).nothing
    assert said is not None
    assert "Without --in: 2." in said
    assert obligations().nothing is None
    assert "Without --topic: 2." in str(targets(TargetQuery(topic="cầu đường")).nothing)


# Rows


def test_rows_keep_the_contract() -> None:
    rows = obligations().to_list()
    assert json.loads(json.dumps(rows)) == rows
    for row in rows:
        assert set(row) >= OBLIGATION_CONTRACT
        text = TEXTS[row["document"]]
        assert text[row["start"] : row["end"]] == row["quote"]
        for (start, end), name in zip(row["spans"]["actors"], row["actors"], strict=True):
            assert text[start:end] == name
        assert set(row["deadline"]) == {"text", "kind", "bound", "value", "inferred"}
    yearly = next(row for row in rows if row["deadline"]["value"] == "--12-15")
    assert yearly["actors"] == ["UBND các xã, thị trấn"]
    assert yearly["recipient"] == "Phòng GD&ĐT"
    assert (yearly["due"], yearly["recurs"]) == ("2024-12-15", True)
    assert (yearly["number"], yearly["issued_on"]) == ("141/KH-UBND", "2022-04-29")
    assert yearly["duplicates"] == ["copy.txt"]
    assert next(row for row in rows if row["due"] is None)["deadline"]["value"] is None


def test_rows_of_targets_keep_the_contract() -> None:
    rows = targets().to_list()
    assert json.loads(json.dumps(rows)) == rows
    for row in rows:
        assert set(row) >= TARGET_CONTRACT
        assert PLAN[row["start"] : row["end"]] == row["quote"]
    assert rows[0]["place"] == ENTRIES["plan"].header.place.value  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "units"),
    [
        (TargetQuery(topic="giáo viên mầm non"), ["%"]),
        (TargetQuery(topic="MAM NON giao vien"), ["%"]),
        (TargetQuery(kind="mục tiêu"), ["%"]),
        (TargetQuery(kind="achieved"), ["triệu đồng"]),
        (TargetQuery(unit="%"), ["%"]),
        (TargetQuery(unit="triệu"), ["triệu đồng"]),
        (TargetQuery(period="2025"), ["%"]),
        (TargetQuery(period="2021-2025"), ["%"]),
        (TargetQuery(period="giai đoạn 2016 - 2021"), ["triệu đồng"]),
        (TargetQuery(period="2021"), ["triệu đồng"]),
        (TargetQuery(period="2018"), []),
        (TargetQuery(), ["%", "triệu đồng"]),
    ],
    ids=lambda value: str(value)[:60],
)
def test_targets(query: TargetQuery, units: list[str]) -> None:
    assert [each.target.unit for each in targets(query)] == units


def test_kinds_of_figures() -> None:
    assert read_kind("Kết quả") == "achieved"
    with pytest.raises(QueryError, match="target, achieved"):
        read_kind("planned")
    with pytest.raises(QueryError, match="has no year"):
        targets(TargetQuery(period="15/12"))


# For people


def test_flat_rows_have_the_columns_of_csv() -> None:
    for row in flat_obligations(obligations().to_list()):
        assert set(OBLIGATION_KEYS) <= set(row)
        assert not isinstance(row["deadline"], dict)
    assert all(set(TARGET_KEYS) <= set(row) for row in targets().to_list())
    columns = [row for row in readable_obligations(obligations().to_list())]  # noqa: C416
    assert all(column.key in row for row in columns for column in OBLIGATION_COLUMNS)
    readable = readable_targets(targets().to_list())
    assert all(column.key in row for row in readable for column in TARGET_COLUMNS)
    assert [row["kind"] for row in readable] == ["mục tiêu", "đã đạt"]


def test_text() -> None:
    lines = str(obligations(Q(on="15/12")))
    assert "15/12/2024 ↻  UBND các xã, thị trấn: báo cáo kết quả thực hiện" in lines
    assert "gửi: Phòng GD&ĐT" in lines
    assert "141/KH-UBND · 29/4/2022 · huyện Chi Lăng [plan số 1.txt:" in lines
    assert "≥ 19 %" in str(targets())
    assert str(obligations(Q(actor="Sở Y tế"))).startswith("Không có nhiệm vụ nào khớp.")
    assert repr(obligations()) == "<docsearch.Obligations: 6>"


class Marks(HTMLParser):
    """Collects the marked words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.marked: list[tuple[str, str]] = []
        self.css: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.css = dict(attrs).get("class") if tag == "mark" else self.css

    def handle_endtag(self, tag: str) -> None:
        self.css = None if tag == "mark" else self.css

    def handle_data(self, data: str) -> None:
        if self.css:
            self.marked.append((self.css, data))


def test_a_notebook_marks_who_when_and_to_whom() -> None:
    found = Marks(obligations(Q(on="15/12"))._repr_html_())
    assert found.marked == [
        ("who", "UBND các xã, thị trấn"),
        ("to", "Phòng GD&ĐT"),
        ("when", "trước ngày 15/12 hằng năm"),
    ]
    assert "PLAN" not in targets()._repr_html_()
    whole = page("Nhiệm vụ <1>", obligations()._repr_html_())
    assert whole.startswith("<!doctype html>")
    assert "charset='utf-8'" in whole
    assert "Nhiệm vụ &lt;1&gt;" in whole
    assert "GD&amp;ĐT" in whole


def test_a_notebook_says_why_a_table_is_empty() -> None:
    assert "Không có nhiệm vụ" in obligations(ObligationQuery(actor="Sở Y tế"))._repr_html_()
    assert "Không có chỉ tiêu" in targets(TargetQuery(topic="đường sắt"))._repr_html_()


def test_frames() -> None:
    pytest.importorskip("pandas")
    frame = obligations().to_pandas()
    assert len(frame) == 6
    assert list(frame["value"])[:2] == ["2024-06-20", "2024-06-28"]
    assert len(targets().to_pandas()) == 2


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"value": 19.0, "value_to": None, "unit": "%", "comparator": ">="}, "≥ 19 %"),
        ({"value": 99.9, "value_to": None, "unit": "%", "comparator": "="}, "99,9 %"),
        (
            {"value": 1234567.0, "value_to": None, "unit": "đồng", "comparator": "<"},
            "< 1.234.567 đồng",
        ),
        (
            {"value": 1234567890123.0, "value_to": None, "unit": "đồng", "comparator": "="},
            "1.234.567.890.123 đồng",
        ),
        (
            {"value": 10.0, "value_to": 15.0, "unit": "trường", "comparator": "range"},
            "10–15 trường",
        ),
        ({"value": None, "value_to": None, "unit": "%", "comparator": "="}, "? %"),
        ({"value": 3.0, "value_to": None, "unit": "", "comparator": "~"}, "≈ 3"),
    ],
    ids=["at least", "comma", "thousands", "billions", "range", "unknown", "no unit"],
)
def test_figures(row: dict[str, object], words: str) -> None:
    assert figure_words(row) == words


def test_periods_and_short_words() -> None:
    assert period_words("2021/2025") == "2021-2025"
    assert period_words("P1Y") == "hằng năm"
    assert period_words(None) == ""
    assert shortened("một hai ba", 8) == "một hai…"
    assert shortened("một hai", 7) == "một hai"
    assert len(shortened("x" * 50, 10)) <= 10
    assert NOTICE  # the other document
