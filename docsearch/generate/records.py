"""The records of answering with a language model: what it is given, what it wrote, what stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from docsearch.records import Citation, Heading, Span

DropReason = Literal[
    "no_quote",
    "unknown_passage",
    "not_verbatim",
    "cut_quote",
    "quotation_marks",
    "several_passages",
    "value_not_quoted",
    "body_not_quoted",
    "words_not_quoted",
    "qualifier_lost",
    "qualifier_added",
    "clauses_mixed",
    "roles_changed",
    "too_long",
]
"""Why a sentence does not stand.

``no_quote`` it quotes nothing; ``unknown_passage`` it cites a passage that was not given;
``not_verbatim`` a quotation does not stand in its passage; ``cut_quote`` it begins or ends inside a
word, number or name; ``quotation_marks`` words that it puts in quotation marks stand nowhere;
``several_passages`` no passage that it cites carries it alone; ``value_not_quoted`` a number, date
or document number, or its unit, is not that of the quotation; ``body_not_quoted`` the same of a
body's name; ``words_not_quoted`` it says what its quotations do not; ``qualifier_lost`` and
``qualifier_added`` a negation, condition, bound or aim was left out or put in; ``clauses_mixed``
it ties together what the document does not; ``roles_changed`` who does it and whom it is done to.
"""

Problem = Literal[
    "timed_out",
    "interrupted",
    "refused",
    "not_understood",
    "too_long",
    "nothing_stood",
    "beside_the_point",
    "no_answer",
]
"""Why there is no answer of the model, or not all of it.

``interrupted`` the connection broke; ``refused`` the server answered with an error;
``not_understood`` the reply is in neither protocol; ``too_long`` it was cut off; ``nothing_stood``
no sentence passed; ``beside_the_point`` what passed rests on nothing that docsearch found;
``no_answer`` the model wrote no sentence.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a document that may be quoted: a passage's words, or a heading above it."""

    text: str  # document.text[start : start + len(text)]
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One passage as the model gets it."""

    id: str  # "P1"; of this request only
    document: str
    title: str  # the document on one line, for the model to know it; not to be quoted
    pieces: tuple[Piece, ...]  # heads of the document and headings above first, the words last
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that the model says stand in a passage."""

    passage: str  # id of a ``Given``
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence that the model wrote, with what it rests on."""

    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A quotation where it stands."""

    given: Given
    piece: int  # position in ``given.pieces``
    start: int  # in the piece's text
    end: int

    @property
    def span(self) -> Span:
        """Where it stands in the document."""
        offset = self.given.pieces[self.piece].start
        return Span(offset + self.start, offset + self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A sentence that stands."""

    text: str
    quotes: tuple[Found, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A sentence that does not stand: the reason, and the words that show it."""

    text: str
    reason: DropReason
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedSentence:
    """A sentence of the model that stands, with its citations in the documents."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens that the model counted, and what they cost where prices were given."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    cost: float | None = None  # in the currency of the prices


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelReport:
    """What a model's part in an answer was."""

    model: str
    where: str | None  # where the text went; None where only the caller knows
    used: bool  # whether the answer is the model's
    problem: Problem | None = None
    detail: str = ""
    kept: int = 0
    dropped: tuple[Dropped, ...] = ()
    withheld: tuple[str, ...] = ()  # "document#start-end": they speak to a model
    left_out: int = 0  # passages that the token budget had no room for
    structured: bool = True  # False: the plain protocol
    cached: bool = False
    seconds: float = 0.0
    usage: Usage = Usage()


PROBLEMS: Final[dict[Problem, str]] = {
    "timed_out": "mô hình không trả lời kịp",
    "interrupted": "kết nối tới mô hình bị đứt",
    "refused": "máy chủ của mô hình báo lỗi",
    "not_understood": "trả lời của mô hình không đúng mẫu",
    "too_long": "trả lời của mô hình quá dài",
    "nothing_stood": "không câu nào của mô hình qua được kiểm chứng",
    "beside_the_point": "các câu của mô hình không dựa trên điều docsearch tìm thấy",
    "no_answer": "mô hình không viết câu nào",
}
"""Why there is no answer of the model, in words."""

DROP_REASONS: Final[dict[DropReason, str]] = {
    "no_quote": "không trích dẫn gì",
    "unknown_passage": "dẫn đoạn không được cho",
    "not_verbatim": "trích dẫn không có nguyên văn trong đoạn",
    "cut_quote": "trích dẫn cắt ngang từ, số hoặc tên",
    "quotation_marks": "chữ trong ngoặc kép không có nguyên văn",
    "several_passages": "ghép nhiều đoạn vào một câu",
    "value_not_quoted": "số, ngày hoặc số hiệu không đúng trích dẫn",
    "body_not_quoted": "tên cơ quan không đúng trích dẫn",
    "words_not_quoted": "có nội dung ngoài trích dẫn",
    "qualifier_lost": "mất từ hạn định của văn bản",
    "qualifier_added": "thêm từ hạn định mà văn bản không có",
    "clauses_mixed": "ghép những điều mà văn bản nói riêng",
    "roles_changed": "đổi vai đơn vị",
    "too_long": "quá dài",
}
"""Why a sentence was dropped, in words."""
