"""The calendar file: read back by icalendar, checked by its own rules, the same every time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from docsearch.ics import MAX_TITLE, recurrence
from docsearch.register.query import ObligationQuery
from docsearch.register.times import Schedule
from tests.register_factory import TODAY, obligations


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def by_title(title: str) -> Any:  # noqa: ANN401  # an event of icalendar
    found = events(obligations().to_ics().content)
    return next(event for event in found if str(event["summary"]).startswith(title))


def test_one_event_a_deadline() -> None:
    made = obligations().to_ics()
    assert (made.events, made.without_day) == (5, 1)
    found = events(made.content)
    assert [event["dtstart"].dt for event in found] == [
        date(2022, 4, 30),
        date(2022, 12, 15),
        date(2024, 6, 20),
        date(2024, 6, 28),
        date(2024, 6, 30),
    ]
    for event in found:
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert not event.errors
    assert len({str(event["uid"]) for event in found}) == 5


def test_what_an_event_says() -> None:
    event = by_title("UBND các xã")
    assert event["summary"] == "UBND các xã, thị trấn: báo cáo kết quả thực hiện"
    assert event["rrule"] == {"FREQ": ["YEARLY"]}
    assert event["dtstamp"].dt.isoformat() == "2022-04-29T00:00:00+00:00"
    lines = str(event["description"]).split("\n")
    assert lines[:2] == ["Thời hạn: trước ngày 15/12 hằng năm", "Gửi: Phòng GD&ĐT"]
    assert lines[2].startswith("“UBND các xã, thị trấn báo cáo kết quả")
    assert lines[3] == "141/KH-UBND · 29/4/2022 · huyện Chi Lăng › IV. TỔ CHỨC THỰC HIỆN"
    assert lines[4].startswith("plan số 1.txt [")
    assert [str(c) for c in event["categories"].cats] == ["docsearch", "huyện Chi Lăng", "kế hoạch"]


def test_an_event_without_an_actor() -> None:
    event = by_title("nộp số liệu")
    assert event["rrule"] == {"FREQ": ["MONTHLY"], "INTERVAL": [1], "BYMONTHDAY": [-1]}


def test_the_file_keeps_the_rules_of_its_format() -> None:
    content = obligations().to_ics().content
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:Công an huyện: tuần tra\\, lập biên bản\r\n" in unfolded
    assert "VERSION:2.0" in unfolded
    assert "PRODID:" in unfolded


def test_the_file_does_not_depend_on_when_it_is_made_nor_on_the_order() -> None:
    later = obligations(today=date(2031, 1, 1)).to_ics().content
    assert later == obligations(today=TODAY).to_ics().content


def test_a_narrower_calendar_has_the_same_identifiers() -> None:
    whole = {str(e["uid"]) for e in events(obligations().to_ics().content)}
    part = events(obligations(ObligationQuery(within="2024-06")).to_ics().content)
    assert {str(event["uid"]) for event in part} < whole


def test_a_calendar_without_events_is_one() -> None:
    made = obligations(ObligationQuery(actor="Sở Y tế")).to_ics()
    assert (made.events, made.without_day) == (0, 0)
    assert events(made.content) == []


def test_titles_are_short() -> None:
    assert all(len(e["summary"]) <= MAX_TITLE for e in events(obligations().to_ics().content))


MONTHS = [(month,) for month in range(1, 13)] + [tuple(range(n, 13, n)) for n in (1, 2, 3, 4, 6)]


@given(
    months=st.sampled_from(MONTHS),
    month_day=st.integers(1, 31),
    since=st.dates(date(2019, 1, 1), date(2025, 12, 31)),
)
@settings(max_examples=200, deadline=None)
def test_rules_give_the_days_of_the_register(
    months: tuple[int, ...], month_day: int, since: date
) -> None:
    schedule = Schedule(months=months, month_day=month_day)
    end = date(since.year + 6, 12, 31)
    days = list(schedule.days(since, end))
    parts = recurrence(schedule)
    assert parts is not None
    rule = ";".join(
        f"{name}={','.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in parts.items()
    )
    first = datetime(days[0].year, days[0].month, days[0].day)
    found = rrulestr(rule.upper(), dtstart=first).between(
        first, datetime(end.year, 12, 31), inc=True
    )
    assert [each.date() for each in found] == days


def test_a_weekly_rule() -> None:
    assert recurrence(Schedule(weekly=True)) == {"freq": "WEEKLY"}
    assert recurrence(Schedule(day=TODAY)) is None


@pytest.mark.parametrize("words", ["a;b,c\\d", "dòng một\ndòng hai", "“" * 100, "🎓" * 60])
def test_any_words_are_read_back(words: str) -> None:
    calendar, event = Calendar(), Event()
    event.add("description", words)
    calendar.add_component(event)
    [read] = events(calendar.to_ical())
    assert str(read["description"]) == words
