from __future__ import annotations

import pytest

from docsearch.answer.granularity import Granularity, gives
from docsearch.records import Deadline, DeadlineKind, Span


def deadline(text: str, value: str | None, kind: DeadlineKind = "date") -> Deadline:
    return Deadline(text=text, span=Span(0, len(text)), kind=kind, bound="before", value=value)


DAY = deadline("trước ngày 28/6/2024", "2024-06-28")
YEARLY = deadline("trước ngày 15/12 hằng năm", "--12-15", "recurring")
EVERY_YEAR = deadline("hằng năm", "P1Y", "recurring")
QUARTER = deadline("trong quý II năm 2004", "2004-Q2")
MONTH = deadline("trong tháng 6/2024", "2024-06")
YEAR = deadline("đến năm 2025", "2025")
PERIOD = deadline("giai đoạn 2021 - 2025", "2021/2025")
SCHOOL_YEAR = deadline("từ năm học 2021 - 2022", "2021/2022")
HOUR = deadline("trước 10 giờ ngày 28/6/2024", "2024-06-28")
URGENT = deadline("khẩn trương", None, "vague")
AFTER = deadline("sau khi có kết quả", None, "event")
ALL = (DAY, YEARLY, EVERY_YEAR, QUARTER, MONTH, YEAR, PERIOD, SCHOOL_YEAR, HOUR, URGENT, AFTER)


@pytest.mark.parametrize(
    ("wanted", "fitting"),
    [
        ("hour", (HOUR,)),
        ("day", (DAY, YEARLY, HOUR)),
        ("school year", (SCHOOL_YEAR,)),
        ("year", (DAY, QUARTER, MONTH, YEAR, PERIOD, SCHOOL_YEAR, HOUR)),
        ("month", (DAY, YEARLY, MONTH, HOUR)),
        ("quarter", (QUARTER,)),
        ("recurrence", (YEARLY, EVERY_YEAR)),
        ("period", (PERIOD, SCHOOL_YEAR)),
        ("any", tuple(each for each in ALL if each is not URGENT)),
    ],
)
def test_a_limit_answers_the_kind_of_time_that_is_asked_for(
    wanted: Granularity, fitting: tuple[Deadline, ...]
) -> None:
    assert tuple(each for each in ALL if gives(each, wanted)) == fitting
