"""When time limits are due, and which windows they fall into."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsearch.errors import QueryError
from docsearch.records import Bound, Deadline, DeadlineKind, Span
from docsearch.register.times import (
    Period,
    Schedule,
    Window,
    Yearly,
    issued_day,
    read_day,
    read_time,
    read_window,
    schedule_of,
)

ISSUED = date(2022, 4, 29)
NEAR = date(2024, 1, 1)


def limit(
    value: str | None,
    *,
    text: str = "thời hạn",
    kind: DeadlineKind = "date",
    bound: Bound = "before",
) -> Deadline:
    return Deadline(text=text, span=Span(0, len(text)), kind=kind, bound=bound, value=value)


def every(value: str, *, text: str = "hằng năm") -> Deadline:
    return limit(value, text=text, kind="recurring", bound="during")


def day(text: str) -> date:
    return date.fromisoformat(text)


ONCE = [
    pytest.param(limit("2024-06-28"), "2024-06-28", id="before a day"),
    pytest.param(limit("2024-06-28", bound="on"), "2024-06-28", id="on a day"),
    pytest.param(limit("2024-02"), "2024-02-29", id="month of a leap year"),
    pytest.param(limit("2023-02", bound="during"), "2023-02-28", id="month"),
    pytest.param(limit("2024-Q2", text="trong quý II/2024"), "2024-06-30", id="quarter"),
    pytest.param(limit("2004-Q4"), "2004-12-31", id="last quarter"),
    pytest.param(limit("2025", text="đến hết năm 2025"), "2025-12-31", id="year"),
    pytest.param(limit("2025", text="đến năm 2025"), "2025-12-31", id="up to a year"),
    pytest.param(limit("2025", text="trước năm 2025"), "2024-12-31", id="before a year"),
    pytest.param(limit("2024-09", text="Trước  tháng 9"), "2024-08-31", id="before a month"),
    pytest.param(limit("2024-Q1", text="trước quý I"), "2023-12-31", id="before a quarter"),
    pytest.param(limit("2024-09", text="trước cuối tháng 9"), "2024-09-30", id="before its end"),
    pytest.param(limit("2024-09-05", text="trước ngày 5 tháng 9"), "2024-09-05", id="a day in it"),
    pytest.param(
        limit("2021/2025", text="giai đoạn 2021 - 2025", kind="period", bound="during"),
        "2025-12-31",
        id="period",
    ),
    pytest.param(
        limit("2023/2024", text="năm học 2023-2024", kind="period", bound="during"),
        "2024-05-31",
        id="school year",
    ),
    pytest.param(
        limit("2023/2024", text="trước năm học 2023-2024"), "2023-08-31", id="before school begins"
    ),
    pytest.param(limit("2023/2024", text="trong 2 năm 2023-2024"), "2024-12-31", id="two years"),
    pytest.param(limit("2021/2025", text="năm học 2021-2025"), "2025-12-31", id="no school year"),
    pytest.param(limit("2024-06-01/2024-06-15", bound="during"), "2024-06-15", id="days"),
    pytest.param(limit("2024-03/2024-05", bound="during"), "2024-05-31", id="months"),
]


@pytest.mark.parametrize(("deadline", "due"), ONCE)
def test_a_limit_is_due_on_its_last_day(deadline: Deadline, due: str) -> None:
    schedule = schedule_of(deadline)
    assert schedule is not None
    assert (schedule.day, schedule.recurs) == (day(due), False)


NEVER = [
    pytest.param(None, id="no limit"),
    pytest.param(limit(None, text="khẩn trương", kind="vague"), id="vague"),
    pytest.param(limit(None, text="trước ngày 31/2"), id="no such day"),
    pytest.param(limit("P30D", text="trong 30 ngày kể từ", kind="relative"), id="relative"),
    pytest.param(limit("P1Y", text="trong 1 năm kể từ", kind="relative"), id="relative year"),
    pytest.param(limit("PT24H", kind="relative"), id="hours"),
    pytest.param(limit("2021/2022", bound="from"), id="from a school year"),
    pytest.param(limit("2024-06-01", bound="from"), id="from a day"),
    pytest.param(limit("--12-15", kind="recurring", bound="from"), id="from a day of every year"),
    pytest.param(every("P2Y"), id="every two years, from an unknown one"),
    pytest.param(every("P5M"), id="every five months"),
    pytest.param(every("P2W"), id="every two weeks"),
    pytest.param(every("P10D"), id="every ten days"),
    pytest.param(every("P0M"), id="every no month"),
    pytest.param(every("---00"), id="day 0"),
    pytest.param(every("---32"), id="day 32"),
    pytest.param(every("--13-01"), id="month 13"),
    pytest.param(every("--02-30"), id="30 February"),
    pytest.param(limit("2024-02-30"), id="30 February of a year"),
    pytest.param(limit("2024-13"), id="month 13 of a year"),
    pytest.param(limit("2024-Q5"), id="quarter 5"),
    pytest.param(limit("0000"), id="year 0"),
    pytest.param(limit("9999"), id="year 9999"),
    pytest.param(limit("2025/2021"), id="backwards"),
    pytest.param(limit("soon"), id="no value of a record"),
    pytest.param(limit(""), id="empty"),
]


@pytest.mark.parametrize("deadline", NEVER)
def test_a_limit_without_a_day(deadline: Deadline | None) -> None:
    assert schedule_of(deadline) is None


SERIES = [
    ("P1Y", "hằng năm", ["12-31"]),
    ("P12M", "12 tháng", ["12-31"]),
    ("P6M", "6 tháng", ["06-30", "12-31"]),
    ("P3M", "hằng quý", ["03-31", "06-30", "09-30", "12-31"]),
    ("--12-15", "hằng năm trước ngày 15/12", ["12-15"]),
    ("--06", "trong tháng 6 hằng năm", ["06-30"]),
    ("--06", "hằng năm, trước tháng 6", ["05-31"]),
    ("--01", "hằng năm, trước tháng 1", ["12-31"]),
    ("--06-01/--06-15", "từ 1/6 đến 15/6 hằng năm", ["06-15"]),
    ("--02-29", "29/2 hằng năm", ["02-28"]),
    ("--02", "tháng 2 hằng năm", ["02-28"]),
]


@pytest.mark.parametrize(("value", "text", "days"), SERIES, ids=[s[1] for s in SERIES])
def test_a_series_in_a_year(value: str, text: str, days: list[str]) -> None:
    deadline = limit(value, text=text, kind="recurring")
    schedule = schedule_of(deadline)
    assert schedule is not None
    found = schedule.days(date(2023, 1, 1), date(2023, 12, 31))
    assert [each.isoformat()[5:] for each in found] == days


@pytest.mark.parametrize(
    ("value", "month", "expected"),
    [("---25", 6, 25), ("---31", 6, 30), ("---31", 2, 29), ("---30", 2, 29), ("P1M", 2, 29)],
    ids=["25th", "31st of June", "31st of February", "30th of February", "end of month"],
)
def test_a_monthly_day(value: str, month: int, expected: int) -> None:
    schedule = schedule_of(every(value))
    assert schedule is not None
    found = list(schedule.days(date(2024, 1, 1), date(2024, 12, 31)))
    assert len(found) == 12
    assert found[month - 1] == date(2024, month, expected)


def test_a_weekly_limit_is_due_on_sundays() -> None:
    schedule = schedule_of(every("P1W"))
    assert schedule is not None
    found = list(schedule.days(date(2024, 6, 1), date(2024, 6, 30)))
    assert [each.day for each in found] == [2, 9, 16, 23, 30]


# Typed times

TYPED = [
    ("15/12/2024", Period(date(2024, 12, 15), date(2024, 12, 15))),
    ("15-12-2024", Period(date(2024, 12, 15), date(2024, 12, 15))),
    ("15.12.2024", Period(date(2024, 12, 15), date(2024, 12, 15))),
    ("2024-12-15", Period(date(2024, 12, 15), date(2024, 12, 15))),
    (" ngày 15 tháng 12 năm 2024 ", Period(date(2024, 12, 15), date(2024, 12, 15))),
    ("ngay 5/6/2024", Period(date(2024, 6, 5), date(2024, 6, 5))),
    ("15/12", Yearly((12, 15), (12, 15))),
    ("15 tháng 12", Yearly((12, 15), (12, 15))),
    ("29/2", Yearly((2, 29), (2, 29))),
    ("--12-15", Yearly((12, 15), (12, 15))),
    ("--12", Yearly((12, 1), (12, 31))),
    ("tháng 2", Yearly((2, 1), (2, 29))),
    ("6/2024", Period(date(2024, 6, 1), date(2024, 6, 30))),
    ("06-2024", Period(date(2024, 6, 1), date(2024, 6, 30))),
    ("tháng 6 năm 2024", Period(date(2024, 6, 1), date(2024, 6, 30))),
    ("thang 6/2024", Period(date(2024, 6, 1), date(2024, 6, 30))),
    ("2024-06", Period(date(2024, 6, 1), date(2024, 6, 30))),
    ("2024", Period(date(2024, 1, 1), date(2024, 12, 31))),
    ("năm 2024", Period(date(2024, 1, 1), date(2024, 12, 31))),
    ("quý II/2024", Period(date(2024, 4, 1), date(2024, 6, 30))),
    ("Quý 2 năm 2024", Period(date(2024, 4, 1), date(2024, 6, 30))),
    ("quy iv/2024", Period(date(2024, 10, 1), date(2024, 12, 31))),
    ("2024-Q2", Period(date(2024, 4, 1), date(2024, 6, 30))),
    ("q2/2024", Period(date(2024, 4, 1), date(2024, 6, 30))),
    ("quý III", Yearly((7, 1), (9, 30))),
    ("2021-2025", Period(date(2021, 1, 1), date(2025, 12, 31))),
    ("giai đoạn 2021 – 2025", Period(date(2021, 1, 1), date(2025, 12, 31))),
    ("2021/2025", Period(date(2021, 1, 1), date(2025, 12, 31))),
    ("năm học 2023-2024", Period(date(2023, 9, 1), date(2024, 5, 31))),
    ("2024-06-01/2024-06-15", Period(date(2024, 6, 1), date(2024, 6, 15))),
    ("2024-Q1/2024-Q2", Period(date(2024, 1, 1), date(2024, 6, 30))),
]


@pytest.mark.parametrize(("given_", "expected"), TYPED, ids=[typed[0] for typed in TYPED])
def test_typed_times(given_: str, expected: Period | Yearly) -> None:
    assert read_time(given_) == expected


@pytest.mark.parametrize(
    "given_",
    [
        *("", " ", "soon", "31/2/2024", "31/2", "0/5", "15/13", "13/2024", "2024-13", "2024-06-31"),
        *("quý V/2024", "quý 0", "q5/2024", "24", "15/12/24", "2025-2021", "1.000", "12/15/2024"),
        *("2024-06-15/2024-06-01", "0000", "9999", "15/12/2024 đến 16/12", "((((", "15/12/2024/1"),
    ],
)
def test_times_that_are_not_understood_say_what_is(given_: str) -> None:
    with pytest.raises(QueryError, match="15/12/2024, 15/12, 2024-12-15"):
        read_time(given_)


@given(st.text(max_size=30) | st.text("0123456789/-. quýnămthg", max_size=20))
@settings(max_examples=300)
def test_any_typed_text_is_a_time_or_an_error(text: str) -> None:
    try:
        asked = read_time(text)
    except QueryError:
        return
    assert isinstance(asked, Yearly) or asked.first <= asked.last


def test_a_day_needs_its_year() -> None:
    assert read_day("1/7/2024") == date(2024, 7, 1)
    for wrong in ("15/12", "2024", "tháng 6/2024"):
        with pytest.raises(QueryError, match="one day of one year"):
            read_day(wrong)


@pytest.mark.parametrize(
    ("stated", "first"),
    [("2022-04-29", "2022-04-29"), ("2022-04", "2022-04-01"), ("2022", "2022-01-01")],
)
def test_the_day_of_issue_is_the_first_it_can_be(stated: str, first: str) -> None:
    assert issued_day(stated) == day(first)
    assert issued_day(None) is None
    assert issued_day("soon") is None


# Windows

YEARLY = limit("--12-15", text="hằng năm trước ngày 15/12", kind="recurring")
JUNE = limit("2024-06-28")

WINDOWS = [
    pytest.param(JUNE, {"before": "28/6/2024"}, "2024-06-28", id="by that very day"),
    pytest.param(JUNE, {"before": "27/6/2024"}, None, id="by the day before"),
    pytest.param(JUNE, {"before": "6/2024"}, "2024-06-28", id="by the end of the month"),
    pytest.param(JUNE, {"before": "2024-05"}, None, id="by the end of the month before"),
    pytest.param(JUNE, {"after": "28/6/2024"}, "2024-06-28", id="from that very day"),
    pytest.param(JUNE, {"after": "29/6/2024"}, None, id="from the day after"),
    pytest.param(JUNE, {"after": "2024"}, "2024-06-28", id="from the beginning of the year"),
    pytest.param(JUNE, {"on": "28/6/2024"}, "2024-06-28", id="on the day"),
    pytest.param(JUNE, {"on": "28/6"}, "2024-06-28", id="on the day of any year"),
    pytest.param(JUNE, {"on": "27/6"}, None, id="on another day"),
    pytest.param(JUNE, {"within": "quý II/2024"}, "2024-06-28", id="in the quarter"),
    pytest.param(JUNE, {"within": "quý III/2024"}, None, id="in another quarter"),
    pytest.param(JUNE, {"within": "tháng 6"}, "2024-06-28", id="in June of any year"),
    pytest.param(JUNE, {"before": "15/12"}, "2024-06-28", id="by a day of its year"),
    pytest.param(JUNE, {"after": "1/7"}, None, id="after a day of its year"),
    pytest.param(JUNE, {"after": "1/6/2024", "before": "30/6/2024"}, "2024-06-28", id="between"),
    pytest.param(JUNE, {"after": "1/12", "before": "1/7"}, "2024-06-28", id="over new year"),
    pytest.param(JUNE, {"after": "1/12", "before": "1/2"}, None, id="not in that winter"),
    pytest.param(JUNE, {"before": "1/7", "within": "2025"}, None, id="a day, another year"),
    pytest.param(YEARLY, {"on": "15/12/2024"}, "2024-12-15", id="yearly, a year"),
    pytest.param(YEARLY, {"on": "15/12/2031"}, "2031-12-15", id="yearly, a later year"),
    pytest.param(YEARLY, {"on": "15/12/2021"}, None, id="yearly, before its issue"),
    pytest.param(YEARLY, {"on": "15/12"}, "2024-12-15", id="yearly, any year"),
    pytest.param(YEARLY, {"within": "2024"}, "2024-12-15", id="yearly, in a year"),
    pytest.param(YEARLY, {"within": "2024-11"}, None, id="yearly, another month"),
    pytest.param(YEARLY, {"before": "15/12"}, "2024-12-15", id="yearly, by that day"),
    pytest.param(YEARLY, {"before": "14/12"}, None, id="yearly, by the day before"),
    pytest.param(YEARLY, {"before": "1/1/2024"}, "2023-12-15", id="yearly, the last before"),
    pytest.param(YEARLY, {"before": "1/1/2022"}, None, id="yearly, all before its issue"),
    pytest.param(YEARLY, {"after": "2040"}, "2040-12-15", id="yearly, far ahead"),
    pytest.param(every("P1Y"), {"within": "2024"}, "2024-12-31", id="every year"),
    pytest.param(every("P1Y"), {"within": "2024-06"}, None, id="every year, not in June"),
    pytest.param(every("P1M"), {"within": "2024-06"}, "2024-06-30", id="every month"),
    pytest.param(every("P1W"), {"on": "29/2"}, "2032-02-29", id="every week, a rare day"),
    pytest.param(limit(None, kind="vague"), {"before": "2100"}, None, id="vague"),
    pytest.param(limit("2024", bound="from"), {"within": "2024"}, None, id="from"),
]


@pytest.mark.parametrize(("deadline", "asked", "due"), WINDOWS)
def test_windows(deadline: Deadline, asked: dict[str, str], due: str | None) -> None:
    window = read_window(**asked)
    assert window is not None
    schedule = schedule_of(deadline)
    found = schedule.find(window, NEAR, issued=ISSUED) if schedule else None
    assert (found.isoformat() if found else None) == due


def test_without_a_date_of_issue_a_series_has_no_beginning() -> None:
    schedule = schedule_of(YEARLY)
    window = read_window(within="1999")
    assert schedule and window
    assert schedule.find(window, NEAR) == date(1999, 12, 15)


def test_a_day_of_an_unknown_year_is_found_by_times_without_a_year() -> None:
    schedule = schedule_of(limit("--12-15"))
    assert schedule and not schedule.recurs
    for asked, due in (("15/12", date(2024, 12, 15)), ("15/12/2024", None), ("14/12", None)):
        window = read_window(on=asked)
        assert window
        assert schedule.find(window, NEAR) == due
    assert schedule.find(Window(), NEAR) is None


def test_without_a_time_there_is_no_window() -> None:
    assert read_window() is None


def test_windows_that_hold_no_day() -> None:
    with pytest.raises(QueryError, match="no day is from 2024-07-01 to 2024-06-30"):
        read_window(after="1/7/2024", before="6/2024")
    with pytest.raises(QueryError, match="not one day"):
        read_window(on="6/2024")


# The same by looking at every day

DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))
VALUES = st.sampled_from(
    ["--12-15", "--02-29", "--06", "---25", "---31", "P1Y", "P6M", "P3M", "P1M", "P1W", "P2M"]
)
DEADLINES = st.one_of(
    DAYS.map(lambda due: limit(due.isoformat())),
    DAYS.map(lambda due: limit(due.isoformat()[:7])),
    DAYS.map(lambda due: limit(f"{due.year}")),
    DAYS.map(lambda due: limit(f"{due.year}-Q{(due.month + 2) // 3}")),
    VALUES.map(every),
)


def due_days(schedule: Schedule, issued: date | None) -> set[date]:
    """Return every day from 2019 to 2027 on which something is due, from its definition."""
    found = set()
    day = date(2019, 1, 1)
    while day.year < 2028:
        if _is_due(schedule, day) and (not schedule.recurs or issued is None or day >= issued):
            found.add(day)
        day += timedelta(days=1)
    return found


def _is_due(schedule: Schedule, day: date) -> bool:
    if schedule.day:
        return day == schedule.day
    if schedule.weekly:
        return day.isoweekday() == 7
    last_of_month = (day + timedelta(days=1)).day == 1
    return day.month in schedule.months and (
        day.day == schedule.month_day or (last_of_month and day.day < schedule.month_day)
    )


@given(deadline=DEADLINES, one=DAYS, other=DAYS, issued=st.none() | DAYS)
@settings(max_examples=150, deadline=None)
def test_windows_agree_with_looking_at_every_day(
    deadline: Deadline, one: date, other: date, issued: date | None
) -> None:
    schedule = schedule_of(deadline)
    assert schedule is not None
    first, last = min(one, other), max(one, other)
    every_day = due_days(schedule, issued)
    asked: list[tuple[dict[str, str], set[date]]] = [
        ({"on": first.isoformat()}, {first}),
        ({"after": f"{first}", "before": f"{last}"}, {d for d in every_day if first <= d <= last}),
        ({"within": f"{first.year}"}, {d for d in every_day if d.year == first.year}),
        (
            {"within": f"{first:%Y-%m}"},
            {d for d in every_day if (d.year, d.month) == (first.year, first.month)},
        ),
        (
            {"within": f"{last.year}", "before": f"{first.day}/{first.month}"},
            {
                d
                for d in every_day
                if d.year == last.year and (d.month, d.day) <= (first.month, first.day)
            },
        ),
    ]
    for times, days in asked:
        window = read_window(**times)
        assert window is not None
        found = schedule.find(window, one, issued=issued)
        inside = every_day & days
        assert (found is not None) == bool(inside), times
        if found:
            ahead = [each for each in inside if each >= min(max(one, min(inside)), max(inside))]
            assert found in inside
            assert not schedule.recurs or found == (min(ahead) if ahead else max(inside))


def test_every_bound_is_known() -> None:
    for bound in get_args(Bound):
        assert (schedule_of(limit("2024-06-28", bound=bound)) is None) == (bound == "from")
