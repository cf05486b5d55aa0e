"""Whether a time limit is the one, or among those, that a question names."""

from __future__ import annotations

from datetime import date

import pytest

from docsearch.answer.due import is_due_on, is_due_within
from docsearch.records import Bound, Deadline, DeadlineKind, Span
from docsearch.search.query import AskedDate

ISSUED = date(2024, 1, 10)


def limit(
    value: str | None, bound: Bound = "before", kind: DeadlineKind = "date", text: str = "hạn"
) -> Deadline:
    return Deadline(text=text, span=Span(0, 3), kind=kind, bound=bound, value=value)


@pytest.mark.parametrize(
    ("deadline", "asked", "on"),
    [
        pytest.param(limit("2024-06-28"), "2024-06-28", True, id="that-day"),
        pytest.param(limit("2024-06-28"), "2024-06-27", False, id="the-day-before"),
        pytest.param(limit("2024-06-28"), "--06-28", True, id="asked-in-any-year"),
        pytest.param(limit("--12-15", kind="recurring"), "--12-15", True, id="yearly"),
        pytest.param(limit("--12-15", kind="recurring"), "2024-12-15", True, id="yearly-in-one"),
        pytest.param(limit("--12-15", kind="recurring"), "2023-12-15", False, id="before-issue"),
        pytest.param(limit("--12-15", kind="recurring"), "--11-15", False, id="another-month"),
        pytest.param(limit("---25", kind="recurring"), "---25", True, id="monthly"),
        pytest.param(limit("2024", kind="period"), "2024-12-31", True, id="a-year-ends"),
        pytest.param(limit("P1M", kind="recurring"), "2024-06-30", False, id="every-month"),
        pytest.param(limit("2024-06-28", "from"), "2024-06-28", False, id="begins"),
        pytest.param(limit(None, kind="vague"), "2024-06-28", False, id="vague"),
    ],
)
def test_due_on(deadline: Deadline, asked: str, on: bool) -> None:
    assert is_due_on(deadline, AskedDate(value=asked, bound="before"), ISSUED) is on


def test_what_begins_agrees_with_a_question_for_beginnings() -> None:
    begins = limit("2024-09-05", "from")
    assert is_due_on(begins, AskedDate(value="2024-09-05", bound="from"), ISSUED)
    assert not is_due_on(limit("2024-09-05"), AskedDate(value="2024-09-05", bound="from"), ISSUED)


@pytest.mark.parametrize(
    ("deadline", "asked", "within"),
    [
        pytest.param(limit("2024-05-20"), ("2024-06-28", "before"), True, id="earlier"),
        pytest.param(limit("2024-06-29"), ("2024-06-28", "before"), False, id="later"),
        pytest.param(limit("2023-12-01"), ("2024-06-28", "before"), False, id="the-year-before"),
        pytest.param(limit("2024-05-20", "from"), ("2024-06-28", "before"), False, id="begins"),
        pytest.param(limit("2024-05", kind="period"), ("2024-06-28", "before"), True, id="month"),
        pytest.param(limit("2024-Q2"), ("2024-06-28", "before"), False, id="too-late"),
        pytest.param(
            limit("--05-15", kind="recurring"), ("2024-06-28", "before"), True, id="yearly"
        ),
        pytest.param(
            limit("---25", kind="recurring"), ("2024-06-28", "before"), False, id="monthly"
        ),
        pytest.param(limit("2024-07-01"), ("2024-06-28", "from"), True, id="after"),
        pytest.param(limit("2024-06-15"), ("2024-06", "on"), True, id="in-a-month"),
        pytest.param(limit("2024-07-15"), ("2024-06", "on"), False, id="in-another-month"),
        pytest.param(None, ("2024-06-28", "before"), False, id="no-limit"),
    ],
)
def test_due_within(deadline: Deadline | None, asked: tuple[str, Bound], within: bool) -> None:
    value, bound = asked
    assert is_due_within(deadline, AskedDate(value=value, bound=bound), ISSUED) is within
