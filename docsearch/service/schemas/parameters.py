"""Requests: what is asked for, and what documents are narrowed to."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from docsearch.errors import QueryError
from docsearch.register.query import read_kind, read_period
from docsearch.register.times import read_day, read_time
from docsearch.search.query import Filters
from docsearch.search.retrieve import Mode
from docsearch.service.schemas.base import QUESTION

MAX_QUESTION: Final = 2000
"""Characters (code points) of the longest question; arbitrary."""

MAX_FILTER: Final = 200
"""Characters of the longest filter; arbitrary."""

MAX_HITS: Final = 1000
"""Most passages that one request returns; arbitrary."""


def _check_day(value: str) -> str:
    try:
        if not re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", value):
            raise ValueError(value)
        date.fromisoformat(value + "yyyy-01-01"[len(value) :])
    except ValueError as error:
        raise PydanticCustomError(
            "day", "write a day as 2024-06-28, a month as 2024-06 or a year as 2024"
        ) from error
    return value


Text = Annotated[str, Field(max_length=MAX_FILTER)]
Day = Annotated[
    str,
    Field(description="ISO 8601: a day, a month or a year", examples=["2024-06-28"]),
    AfterValidator(_check_day),
]
Question = Annotated[
    str,
    Field(
        max_length=MAX_QUESTION,
        description="in Vietnamese, with or without diacritics, or in English",
    ),
]


class FilterFields(BaseModel):
    """What documents are narrowed to before anything is looked for."""

    model_config = ConfigDict(extra="forbid")

    place: Text | None = Field(None, description="huyện, xã, tỉnh; the level may be left out")
    type: Text | None = Field(None, description="loại văn bản: kế hoạch, thông báo …")
    issuer: Text | None = Field(None, description="cơ quan ban hành")
    number: Text | None = Field(None, description="số, ký hiệu, or a part of it")
    issued_from: Day | None = Field(None, alias="from")
    issued_to: Day | None = Field(None, alias="to")
    document: Text | None = Field(None, description="id of a document, or the name of its file")

    def to_filters(self) -> Filters:
        """Return the record."""
        return Filters(
            place=self.place,
            type=self.type,
            issuer=self.issuer,
            number=self.number,
            issued_from=self.issued_from,
            issued_to=self.issued_to,
            document=self.document,
        )


class AskRequest(FilterFields):
    """A question, and what it is narrowed to."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"question": QUESTION}, {"question": QUESTION, "place": "huyện Chi Lăng"}]
        },
    )

    question: Question


class SearchParameters(FilterFields):
    """A query, and what it is narrowed to."""

    q: Question = Field(description="words or a question", examples=["phân luồng học sinh"])
    k: int = Field(10, ge=1, le=MAX_HITS, description="how many passages")
    mode: Mode = Field("fused", description="kind of retrieval")


def _understood(read: Callable[[str], object], kind: str) -> AfterValidator:
    """Return a check that a value is understood; the error says what is accepted.

    Args:
        read: raises QueryError for a value that is not understood.
        kind: the error's type, by which a page says it in its language.

    Returns:
        The check.
    """

    def check(value: str) -> str:
        try:
            read(value)
        except QueryError as error:
            found = str(error).replace("{", "{{").replace("}", "}}")
            raise PydanticCustomError(kind, found) from error
        return value

    return AfterValidator(check)


Time = Annotated[
    Text,
    Field(
        description="15/12/2024, 15/12, 6/2024, quý II/2024, 2024, 2021-2025 or ISO 8601; without "
        "a year it is meant in every year",
        examples=["2024-12-15"],
    ),
    _understood(read_time, "time"),
]


class ObligationParameters(FilterFields):
    """Which obligations, and what documents are narrowed to."""

    before: Time | None = Field(None, description="due by then")
    after: Time | None = Field(None, description="due then or later")
    on: Time | None = Field(None, description="due on this day")
    within: Time | None = Field(
        None, alias="in", description="due in this month, quarter, year or period"
    )
    overdue_at: Annotated[Text, _understood(read_day, "one_day")] | None = Field(
        None, description="was due before this day"
    )
    actor: Text | None = Field(None, description="who has to do it; groups include their members")
    recipient: Text | None = Field(None, description="who gets it")
    action: Text | None = Field(None, description="words of what has to be done")

    def criteria(self) -> dict[str, Any]:
        """Return the arguments of ``Index.obligations``."""
        names = ("before", "after", "on", "within", "overdue_at", "actor", "recipient", "action")
        return {**{name: getattr(self, name) for name in names}, "filters": self.to_filters()}


class TargetParameters(FilterFields):
    """Which figures, and what documents are narrowed to."""

    topic: Text | None = Field(None, description="words of what is counted")
    period: Annotated[Text, _understood(read_period, "period")] | None = Field(
        None, description="a year or period", examples=["2021-2025"]
    )
    kind: Annotated[Text, _understood(read_kind, "kind")] | None = Field(
        None, description="target or achieved"
    )
    unit: Text | None = Field(None, description="unit: %, trường")

    def criteria(self) -> dict[str, Any]:
        """Return the arguments of ``Index.targets``."""
        names = ("topic", "period", "kind", "unit")
        return {**{name: getattr(self, name) for name in names}, "filters": self.to_filters()}


class CompareParameters(FilterFields):
    """Which topics are compared in which places, and what documents are narrowed to."""

    topic: Annotated[list[Text], Field(min_length=1, max_length=5)] = Field(
        description="what is compared; several give one row each",
        examples=[["phân luồng học sinh sau THCS"]],
    )
    place: Annotated[list[Text], Field(max_length=50)] | None = Field(  # type: ignore[assignment]
        None, description="columns; without any all places of the documents"
    )
    aspect: Annotated[list[Text], Field(max_length=8)] | None = Field(
        None,
        description="rows of a topic: targets, lead, cooperating, deadlines, reporting, budget, "
        "measures or gist",
    )

    def to_filters(self) -> Filters:
        """Return the record; places are columns here and filter nothing."""
        return Filters(
            type=self.type,
            issuer=self.issuer,
            number=self.number,
            issued_from=self.issued_from,
            issued_to=self.issued_to,
            document=self.document,
        )
