"""Bodies of obligations and of figures."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from docsearch.records import Bound, Comparator, DeadlineKind, TargetKind
from docsearch.service.schemas.base import DOCUMENT, SOURCE, Body


class DeadlineBody(Body):
    """A time limit: its words, and its value in ISO 8601 where it has one."""

    text: str
    kind: DeadlineKind
    bound: Bound
    value: str | None = Field(description="2024-06-28; --12-15 is yearly; null for vague words")
    inferred: bool = Field(description="the year comes from the date of issue")


class EvidenceBody(Body):
    """Words of the document outside the quote that name the actors."""

    start: int
    end: int
    quote: str


class ObligationSpansBody(Body):
    """Where the parts of an obligation stand: [start, end) of the document's text."""

    actors: list[tuple[int, int]]
    with_: list[tuple[int, int]] = Field(alias="with")
    deadline: tuple[int, int] | None
    recipient: tuple[int, int] | None
    forwarded_to: list[tuple[int, int]]


class ObligationBody(Body):
    """What somebody has to do: text[start:end] of the document is the quote."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "document": DOCUMENT,
                    "source": SOURCE,
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


class TargetBody(Body):
    """A figure that a document sets as a target or reports as reached."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "document": DOCUMENT,
                    "source": SOURCE,
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
