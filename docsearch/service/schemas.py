"""What goes over HTTP, as pydantic models: requests are checked by them, bodies described.

The bodies themselves come from ``docsearch.payloads``, so that they are those of the command line;
tests hold the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from docsearch.errors import QueryError
from docsearch.records import (
    AbstentionReason,
    Bound,
    Comparator,
    DeadlineKind,
    Intent,
    Level,
    TargetKind,
)
from docsearch.register.query import read_kind, read_period
from docsearch.register.times import read_day, read_time
from docsearch.search.query import Filters
from docsearch.search.retrieve import Mode

MAX_QUESTION: Final = 2000
"""Characters (code points) of the longest question; arbitrary."""

MAX_FILTER: Final = 200
"""Characters of the longest filter; arbitrary."""

MAX_HITS: Final = 1000
"""Most passages that one request returns; arbitrary."""

QUESTION: Final = "Đơn vị nào phải báo cáo trước ngày 15/12?"
_DOCUMENT: Final = "141-kh-ubnd-chi-lang-2022"
_SOURCE: Final = "001_97fd57f65c5eff66.txt"


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


def _understood(read: Callable[[str], object]) -> AfterValidator:
    """Return a check that a value is understood; the error says what is accepted."""

    def check(value: str) -> str:
        try:
            read(value)
        except QueryError as error:
            found = str(error).replace("{", "{{").replace("}", "}}")
            raise PydanticCustomError("understood", found) from error
        return value

    return AfterValidator(check)


Time = Annotated[
    Text,
    Field(
        description="15/12/2024, 15/12, 6/2024, quý II/2024, 2024, 2021-2025 or ISO 8601; without "
        "a year it is meant in every year",
        examples=["2024-12-15"],
    ),
    _understood(read_time),
]


class ObligationParameters(FilterFields):
    """Which obligations, and what documents are narrowed to."""

    before: Time | None = Field(None, description="due by then")
    after: Time | None = Field(None, description="due then or later")
    on: Time | None = Field(None, description="due on this day")
    within: Time | None = Field(
        None, alias="in", description="due in this month, quarter, year or period"
    )
    overdue_at: Annotated[Text, _understood(read_day)] | None = Field(
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
    period: Annotated[Text, _understood(read_period)] | None = Field(
        None, description="a year or period", examples=["2021-2025"]
    )
    kind: Annotated[Text, _understood(read_kind)] | None = Field(
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


class _Body(BaseModel):
    """A body of the service: nothing in it that is not described."""

    model_config = ConfigDict(extra="forbid")


class ItemFieldsBody(_Body):
    """The parts of one item of an answer that apply."""

    actors: list[str] | None = None
    action: str | None = None
    deadline: str | None = Field(None, description="ISO 8601; --12-15 is every year")
    recipient: str | None = None
    forwarded_to: list[str] | None = Field(None, description="whom the recipient reports it to")
    value: float | None = None
    unit: str | None = None
    comparator: str | None = None
    period: str | None = None
    place: str | None = None
    number: str | None = None
    date: str | None = None


class ItemBody(_Body):
    """One item of an answer."""

    text: str
    fields: ItemFieldsBody
    citations: list[int] = Field(description="positions in citations")


class CitationBody(_Body):
    """Words of a document: text[start:end] of GET /documents/{id} is the quote."""

    document: str
    source: str = Field(description="name of the file")
    number: str | None
    type: str | None
    place: str | None
    issued_on: str | None = Field(description="date of issue, ISO 8601")
    path: list[str] = Field(description="headings above, outermost first")
    page: int | None
    start: int = Field(description="code points of the document's text, 0-based")
    end: int
    quote: str
    marks: list[tuple[int, int]] = Field(
        description="[start, end) of the answer's own words; positions as in start and end"
    )
    duplicates: list[str] = Field(description="files that hold the same document")


_CITATION_EXAMPLE: Final[dict[str, Any]] = {
    "document": _DOCUMENT,
    "source": _SOURCE,
    "number": "141/KH-UBND",
    "type": "kế hoạch",
    "place": "huyện Chi Lăng",
    "issued_on": "2022-04-29",
    "path": [
        "IV. TỔ CHỨC THỰC HIỆN",
        "7. Các phòng, ban, các cơ quan, đơn vị liên quan",
    ],
    "page": None,
    "start": 19662,
    "end": 19697,
    "quote": "Định kỳ hằng năm (trước ngày 15/12)",
    "marks": [[19662, 19697]],
    "duplicates": [],
}


class DroppedBody(_Body):
    """A sentence of a model that does not stand in its quotations, and why."""

    text: str
    reason: str
    detail: str


class TokensBody(_Body):
    """Tokens that a model counted; None where it does not say."""

    input: int | None
    output: int | None


class ModelBody(_Body):
    """What a language model's part in an answer was."""

    name: str
    where: str | None = Field(description="where text went that it was given")
    used: bool = Field(description="whether the answer is the model's")
    problem: str | None = Field(description="why the answer is not the model's")
    detail: str
    kept: int = Field(description="sentences that stand")
    dropped: list[DroppedBody]
    withheld: list[str] = Field(description="passages that were not sent")
    left_out: int = Field(description="passages beyond the budget")
    structured: bool
    cached: bool
    seconds: float
    tokens: TokensBody
    cost: float | None


class ReplyBody(_Body):
    """An answer with its citations, or an abstention with its reason."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "question": QUESTION,
                    "status": "answered",
                    "reason": None,
                    "intent": "who",
                    "answer": "UBND các xã, thị trấn — thời hạn: trước ngày 15/12",
                    "confidence": 0.89,
                    "items": [
                        {
                            "text": "UBND các xã, thị trấn — thời hạn: trước ngày 15/12",
                            "fields": {
                                "actors": ["UBND các xã, thị trấn"],
                                "deadline": "--12-15",
                                "recipient": "Phòng Giáo dục và Đào tạo huyện",
                            },
                            "citations": [0],
                        }
                    ],
                    "citations": [_CITATION_EXAMPLE],
                    "nearest": [],
                },
                {
                    "question": "Học phí đại học là bao nhiêu?",
                    "status": "abstained",
                    "reason": "not_in_corpus",
                    "intent": "how_many",
                    "answer": "Không tìm thấy nội dung này trong các văn bản đã lập chỉ mục.",
                    "confidence": 0.2,
                    "items": [],
                    "citations": [],
                    "nearest": [],
                },
            ]
        },
    )

    question: str
    status: Literal["answered", "abstained"]
    reason: AbstentionReason | None
    intent: Intent
    answer: str
    confidence: float = Field(ge=0, le=1)
    items: list[ItemBody]
    citations: list[CitationBody] = Field(description="best first")
    nearest: list[CitationBody] = Field(
        description="when abstained: what stands nearest and does not answer"
    )
    model: ModelBody | None = Field(None, description="only where the service has a model")


class HitBody(_Body):
    """One passage that was found."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "rank": 1,
                    "score": 1.0,
                    "scorer": "fused",
                    "document": _DOCUMENT,
                    "source": _SOURCE,
                    "start": 11331,
                    "end": 11466,
                    "text": "- Tiếp tục thực hiện Đề án …",
                    "path": ["III. NỘI DUNG THỰC HIỆN"],
                    "place": "huyện Chi Lăng",
                    "duplicates": [],
                }
            ]
        },
    )

    rank: int = Field(ge=1)
    score: float = Field(description="higher is better; comparable within one scorer")
    scorer: Mode
    document: str
    source: str
    start: int
    end: int
    text: str
    path: list[str]
    place: str | None
    duplicates: list[str] = Field(description="files that hold the same document")


_HEADER_EXAMPLE: Final[dict[str, Any]] = {
    "type": "kế hoạch",
    "number": "141/KH-UBND",
    "issuer": "UBND huyện Chi Lăng",
    "place": "huyện Chi Lăng",
    "issued_on": "2022-04-29",
    "subject": "Tiếp tục thực hiện đổi mới căn bản …",
}


class DeadlineBody(_Body):
    """A time limit: its words, and its value in ISO 8601 where it has one."""

    text: str
    kind: DeadlineKind
    bound: Bound
    value: str | None = Field(description="2024-06-28; --12-15 is yearly; null for vague words")
    inferred: bool = Field(description="the year comes from the date of issue")


class EvidenceBody(_Body):
    """Words of the document outside the quote that name the actors."""

    start: int
    end: int
    quote: str


class ObligationSpansBody(_Body):
    """Where the parts of an obligation stand: [start, end) of the document's text."""

    actors: list[tuple[int, int]]
    with_: list[tuple[int, int]] = Field(alias="with")
    deadline: tuple[int, int] | None
    recipient: tuple[int, int] | None
    forwarded_to: list[tuple[int, int]]


class ObligationBody(_Body):
    """What somebody has to do: text[start:end] of the document is the quote."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "document": _DOCUMENT,
                    "source": _SOURCE,
                    "actors": ["UBND các xã, thị trấn"],
                    "with": [],
                    "action": "báo cáo kết quả thực hiện …",
                    "deadline": {
                        "text": "Định kỳ hằng năm (trước ngày 15/12)",
                        "kind": "recurring",
                        "bound": "before",
                        "value": "--12-15",
                        "inferred": False,
                    },
                    "due": "2024-12-15",
                    "recurs": True,
                    "recipient": "Phòng Giáo dục và Đào tạo huyện",
                    "forwarded_to": [],
                    "strength": "must",
                    "type": "kế hoạch",
                    "number": "141/KH-UBND",
                    "issued_on": "2022-04-29",
                    "place": "huyện Chi Lăng",
                    "path": ["IV. TỔ CHỨC THỰC HIỆN"],
                    "start": 19662,
                    "end": 19725,
                    "quote": "Định kỳ hằng năm (trước ngày 15/12) báo cáo kết quả thực hiện …",
                    "evidence": [],
                    "spans": {
                        "actors": [[19480, 19501]],
                        "with": [],
                        "deadline": [19662, 19697],
                        "recipient": [19790, 19821],
                        "forwarded_to": [],
                    },
                    "duplicates": [],
                }
            ]
        },
    )

    document: str
    source: str = Field(description="name of the file")
    actors: list[str] = Field(description="empty where the document names none")
    with_: list[str] = Field(alias="with", description="phối hợp với")
    action: str
    deadline: DeadlineBody | None
    due: str | None = Field(description="the day asked about: the next, or the last that passed")
    recurs: bool
    recipient: str | None
    forwarded_to: list[str] = Field(description="whom the recipient passes it on to")
    strength: Literal["must", "should", "goal"]
    type: str | None
    number: str | None
    issued_on: str | None
    place: str | None
    path: list[str] = Field(description="headings above, outermost first")
    start: int
    end: int
    quote: str
    evidence: list[EvidenceBody]
    spans: ObligationSpansBody
    duplicates: list[str] = Field(description="files that hold the same document")


class TargetBody(_Body):
    """A figure that a document sets as a target or reports as reached."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "document": _DOCUMENT,
                    "source": _SOURCE,
                    "place": "huyện Chi Lăng",
                    "subject": "giáo viên",
                    "indicator": "đạt trình độ trên chuẩn",
                    "comparator": ">=",
                    "value": 19.0,
                    "value_to": None,
                    "unit": "%",
                    "period": "2021/2025",
                    "kind": "target",
                    "type": "kế hoạch",
                    "number": "141/KH-UBND",
                    "issued_on": "2022-04-29",
                    "path": ["II. MỤC TIÊU"],
                    "start": 5500,
                    "end": 5548,
                    "quote": "giáo viên đạt trình độ trên chuẩn từ 19% trở lên",
                    "duplicates": [],
                }
            ]
        },
    )

    document: str
    source: str = Field(description="name of the file")
    place: str | None
    subject: str
    indicator: str
    comparator: Comparator
    value: float | None
    value_to: float | None = Field(description="upper end of a range")
    unit: str
    period: str | None
    kind: TargetKind
    type: str | None
    number: str | None
    issued_on: str | None
    path: list[str]
    start: int
    end: int
    quote: str
    duplicates: list[str] = Field(description="files that hold the same document")


class DocumentRowBody(_Body):
    """One document of the list. What it leaves blank is null."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "document": _DOCUMENT,
                    "source": _SOURCE,
                    **_HEADER_EXAMPLE,
                    "signatories": ["Vi Nông Trường"],
                    "duplicate_of": None,
                    "duplicates": [],
                    "relations": {"implements": 2, "cites": 6},
                    "unit": "huyện Chi Lăng, tỉnh Lạng Sơn",
                    "format": "text",
                    "confidence": None,
                }
            ]
        },
    )

    document: str
    source: str
    type: str | None
    number: str | None
    issuer: str | None
    place: str | None
    issued_on: str | None
    subject: str | None
    signatories: list[str]
    duplicate_of: str | None = Field(description="the document that is shown in its stead")
    duplicates: list[str] = Field(description="files that hold the same document")
    relations: dict[str, int] = Field(description="how many citations, by how it cites")
    unit: str | None = Field(description="the administrative unit of its place, with those above")
    format: str = Field(description="what the file is: text, html, pdf, scan, docx, doc …")
    confidence: float | None = Field(description="0 to 1, of the character recognition of a scan")


class SignatoryBody(_Body):
    """One who signed (người ký)."""

    name: str
    title: str | None
    authority: str | None
    start: int
    end: int


class AddresseeBody(_Body):
    """One whom the document is addressed to (kính gửi)."""

    text: str
    start: int
    end: int


class RecipientBody(_Body):
    """One who gets the document (nơi nhận)."""

    name: str
    purpose: str | None
    start: int
    end: int


class AdministrativeUnitBody(_Body):
    """A unit of the State's administration; district is null since 1 July 2025."""

    province: str
    district: str | None
    commune: str | None


class PlaceBody(_Body):
    """The unit that the place is, as it was at the date of issue, and what became of it."""

    province: str
    district: str | None
    commune: str | None
    inferred: bool = Field(description="whether the document does not state the place itself")
    since_2025: list[AdministrativeUnitBody] = Field(
        description="since 1 July 2025: the province of a province, the communes that the area"
        " of a district or commune lies in"
    )


class HeaderBody(_Body):
    """What a document says of itself; spans has where each value stands."""

    type: str | None
    number: str | None
    symbol: str | None
    issuer: str | None
    parent_body: str | None
    place: str | None
    issued_on: str | None
    subject: str | None
    signatories: list[SignatoryBody]
    addressees: list[AddresseeBody]
    recipients: list[RecipientBody]
    spans: dict[str, tuple[int, int]]
    inferred: list[str] = Field(description="names of the values that the words only imply")
    confidence: dict[str, float] = Field(
        description="0 to 1, for each value that is not null: how it was read"
    )
    unit: PlaceBody | None


class UnitBody(_Body):
    """One part of a document with everything below it."""

    level: Level
    label: str = Field(description="as printed: IV, 5a, đ; empty for a paragraph")
    heading: str | None
    start: int
    end: int
    children: list[UnitBody]


class DocumentBody(_Body):
    """A document with its text, header and outline."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "document": _DOCUMENT,
                    "source": _SOURCE,
                    "format": "text",
                    "confidence": None,
                    "notes": [],
                    "pages": [],
                    "first_page": 1,
                    "text": "**ỦY BAN NHÂN DÂN** …",
                    "header": {
                        **_HEADER_EXAMPLE,
                        "symbol": "KH-UBND",
                        "parent_body": None,
                        "signatories": [],
                        "addressees": [],
                        "recipients": [],
                        "spans": {"number": [44, 55]},
                        "inferred": [],
                        "confidence": {"number": 0.98},
                        "unit": None,
                    },
                    "units": [
                        {
                            "level": "roman",
                            "label": "IV",
                            "heading": "IV. TỔ CHỨC THỰC HIỆN",
                            "start": 16500,
                            "end": 20100,
                            "children": [],
                        }
                    ],
                }
            ]
        },
    )

    document: str
    source: str
    format: str = Field(description="what the file is: text, html, pdf, scan, docx, doc …")
    confidence: float | None = Field(description="0 to 1, of the character recognition of a scan")
    notes: list[str] = Field(description="what the reader converted or left out")
    pages: list[tuple[int, int]] = Field(description="where each page stands; [] without pages")
    first_page: int = Field(description="number of the page that pages begins with")
    text: str = Field(description="NFC; what all positions count in")
    header: HeaderBody
    units: list[UnitBody]


class AspectBody(_Body):
    """One row of a topic."""

    aspect: str
    title: str


class PlaceColumnBody(_Body):
    """One column of a comparison."""

    name: str
    label: str = Field(description="its name, with the province where two have it")
    tier: Literal["province", "district", "commune"] | None
    within: list[str]
    documents: list[str]


class FigureBody(BaseModel):
    """A figure of a quotation."""

    subject: str
    indicator: str
    comparator: str
    value: float | None
    value_to: float | None
    unit: str
    period: str | None
    kind: str


class CellQuotationBody(_Body):
    """One thing that a place's documents say of a topic."""

    gist: str
    score: float
    figure: FigureBody | None
    citations: list[int] = Field(description="positions in citations")


class NearestBody(_Body):
    """What stands nearest where nothing is stipulated."""

    citation: int
    score: float


class CellBody(_Body):
    """What the documents of one place say."""

    place: str = Field(description="label of a column")
    status: Literal["stated", "not_stipulated", "no_document"]
    text: str
    searched: int = Field(description="documents that were searched")
    quotations: list[CellQuotationBody]
    nearest: NearestBody | None


class RowBody(_Body):
    """One row of a comparison: a topic, or an aspect of it."""

    topic: str
    aspect: str
    title: str
    cells: list[CellBody]


class ComparisonBody(BaseModel):
    """Topics and places, side by side."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "topics": ["phân luồng học sinh sau THCS"],
                    "aspects": [{"aspect": "targets", "title": "Chỉ tiêu"}],
                    "places": [
                        {
                            "name": "huyện Chi Lăng",
                            "label": "huyện Chi Lăng",
                            "tier": "district",
                            "within": ["tỉnh Lạng Sơn"],
                            "documents": [_DOCUMENT],
                        }
                    ],
                    "rows": [
                        {
                            "topic": "phân luồng học sinh sau THCS",
                            "aspect": "targets",
                            "title": "Chỉ tiêu",
                            "cells": [
                                {
                                    "place": "huyện Chi Lăng",
                                    "status": "not_stipulated",
                                    "text": "không quy định",
                                    "searched": 1,
                                    "quotations": [],
                                    "nearest": None,
                                }
                            ],
                        }
                    ],
                    "aligned": [],
                    "citations": [],
                    "without_place": [],
                    "origin": {"documents": 5},
                }
            ]
        },
    )

    topics: list[str]
    aspects: list[AspectBody]
    places: list[PlaceColumnBody]
    rows: list[RowBody]
    aligned: list[dict[str, Any]] = Field(description="figures of one indicator, by place")
    citations: list[CitationBody]
    without_place: list[str] = Field(description="files whose place is not known")
    origin: dict[str, Any] = Field(description="what the comparison was made from")


class HealthBody(_Body):
    """The process is up. The counts are null while no index is open."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"status": "ok", "version": "0.1.0", "documents": 5, "passages": 321}]
        },
    )

    status: Literal["ok"] = "ok"
    version: str
    documents: int | None
    passages: int | None


class ReadyBody(_Body):
    """Questions can be answered."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "status": "ready",
                    "documents": 5,
                    "passages": 321,
                    "encoder": "multilingual-e5-small",
                }
            ]
        },
    )

    status: Literal["ready"] = "ready"
    documents: int
    passages: int
    encoder: str


class Problem(BaseModel):
    """An error, as RFC 9457 has it. ``errors`` lists every fault of a request."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:docsearch:error:document-not-found",
                    "title": "No such document",
                    "status": 404,
                    "detail": "there is no document 'x'; `docsearch documents` lists them",
                    "instance": "/documents/x",
                    "retryable": False,
                }
            ]
        },
    )

    type: str
    title: str
    status: int
    detail: str
    instance: str
    retryable: bool = False
    errors: list[dict[str, str]] = []
    request_id: str | None = None
