"""Bodies of answers and of passages that are found."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import ConfigDict, Field

from docsearch.records import AbstentionReason, Intent
from docsearch.search.retrieve import Mode
from docsearch.service.schemas.base import DOCUMENT, QUESTION, SOURCE, Body


class ItemFieldsBody(Body):
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


class ItemBody(Body):
    """One item of an answer."""

    text: str
    fields: ItemFieldsBody
    citations: list[int] = Field(description="positions in citations")


class CitationBody(Body):
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
    "document": DOCUMENT,
    "source": SOURCE,
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


class DroppedBody(Body):
    """A sentence of a model that does not stand in its quotations, and why."""

    text: str
    reason: str
    detail: str


class TokensBody(Body):
    """Tokens that a model counted; None where it does not say."""

    input: int | None
    output: int | None


class ModelBody(Body):
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


class ReplyBody(Body):
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


class HitBody(Body):
    """One passage that was found."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "rank": 1,
                    "score": 1.0,
                    "scorer": "fused",
                    "document": DOCUMENT,
                    "source": SOURCE,
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
