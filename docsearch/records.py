"""The records that the stages hand to each other: frozen, typed, without behaviour of a stage.

Positions are code points of one ``Document.text`` (NFC), 0-based, half open. Every quotation in a
record is ``document.text[span.start:span.end]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal[
    "document",
    "header",
    "attached",
    "copy",
    "annex",
    "part",
    "chapter",
    "section",
    "roman",
    "article",
    "number",
    "letter",
    "dash",
    "plus",
    "paragraph",
    "footnote",
    "closing",
]
"""Levels of the outline: phần, chương, mục, "I.", điều, "1." and "1.1.", "a)", "-", "+".

"attached" is a whole document that the one before it in the file issues (a regulation with its
decision); "copy" is the document once more, which is read once.
"""

Relation = Literal[
    "based_on",
    "implements",
    "attached",
    "amends",
    "replaces",
    "repeals",
    "corrects",
    "assigned_by",
    "cites",
]
"""How a document cites another: căn cứ, thực hiện, kèm theo, sửa đổi bổ sung, thay thế, bãi bỏ,
đính chính, được giao tại; "cites" where it says none of these."""

Intent = Literal[
    "who",
    "when",
    "to_whom",
    "how_many",
    "what",
    "which_document",
    "metadata",
    "compare",
    "list",
    "yes_no",
]

AbstentionReason = Literal[
    "not_in_corpus",
    "document_not_in_corpus",
    "place_not_in_corpus",
    "not_stated",
    "conflicting",
    "ambiguous",
    "unreadable_source",
]

DeadlineKind = Literal["date", "recurring", "period", "relative", "event", "vague"]
Bound = Literal["before", "on", "during", "from"]
Comparator = Literal[">=", ">", "=", "<=", "<", "~", "range"]
TargetKind = Literal["target", "achieved"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points ``[start, end)`` of a ``Document.text``: 0-based, end excluded, never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """Return the part of ``text`` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Return whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words of a document, cleaned for reading (one line, no markup), and where they stand."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One fact of a header: a normalised value and the words that state it."""

    value: str
    span: Span
    inferred: bool = False  # True when the words imply it and do not say it
    confidence: float = 1.0  # 0 to 1: how sure it is that the words state this field


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministrativeUnit:
    """A unit of the State's administration, by its full names ("tỉnh Lạng Sơn").

    ``district`` is None for a unit after 1 July 2025, when districts were abolished, and a level
    below the unit is None.
    """

    province: str
    district: str | None = None
    commune: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedPlace:
    """The administrative unit that a place's name stands for, and what became of it."""

    unit: AdministrativeUnit  # as it was when the document was issued
    since_2025: tuple[AdministrativeUnit, ...]  # the unit, or those that its area lies in
    inferred: bool = False  # True when the document does not state the place itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """One who signed: name, title ("PHÓ CHỦ TỊCH") and authority ("KT. CHỦ TỊCH"), as printed."""

    name: str
    title: str | None
    authority: str | None
    span: Span  # from the authority to the name


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One line of "Nơi nhận": who gets the document and what for ("b/c", "t/h", "lưu")."""

    name: str
    purpose: str | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a document says of itself. A field is None where the document leaves it blank."""

    type: Stated | None = None  # "kế hoạch", lower case
    number: Stated | None = None  # số và ký hiệu: "141/KH-UBND"; not an identifier
    symbol: Stated | None = None  # ký hiệu: "KH-UBND"
    issuer: Stated | None = None  # "UBND huyện Chi Lăng"
    parent_body: Stated | None = None
    place: Stated | None = None  # "huyện Chi Lăng"
    unit: ResolvedPlace | None = None  # what the place is, where exactly one unit fits
    issued_on: Stated | None = None  # ISO 8601; a month alone where the day is blank
    subject: Stated | None = None  # trích yếu
    signatories: tuple[Signatory, ...] = ()
    addressees: tuple[Mention, ...] = ()  # kính gửi
    recipients: tuple[Recipient, ...] = ()  # nơi nhận


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One văn bản as read from one source file."""

    id: str  # URL-safe and readable: "141-kh-ubnd-chi-lang-2022"
    text: str  # NFC; the only text that spans point into
    source: str  # the file's name as it was given
    sha256: str  # of the file's bytes
    pages: tuple[Span, ...] = ()  # empty where the format has no pages
    first_page: int = 1  # number in the file of the page that ``pages`` begins with
    bold: tuple[Span, ...] = ()  # lines printed bold throughout, where the format tells
    format: str = "text"  # "text", "markdown", "html", "pdf", "scan", "docx", "doc", …
    part: int = 0  # which document of its file it is, 0-based
    confidence: float | None = None  # 0 to 1: mean of the character recognition, for scans
    notes: tuple[str, ...] = ()  # what the reader converted or left out, for people


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading as it reads on one line, and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One phần, chương, điều, khoản, điểm, bullet or paragraph with everything below it.

    ``pieces`` are the spans of the unit's own words, without its children and without what
    interrupts it (a footnote in mid-sentence); they are in order and do not overlap.
    """

    level: Level
    label: str  # as printed: "IV", "5a", "đ"; empty for a paragraph
    span: Span  # heading and body, children included
    pieces: tuple[Span, ...] = ()
    heading: Heading | None = None
    children: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The unit of retrieval: one stretch of one unit of one document."""

    id: str  # "<document id>#<start>-<end>"
    document_id: str
    span: Span
    text: str  # document.text[span], verbatim: what may be quoted
    headings: tuple[Heading, ...] = ()  # above it, outermost first: encoded with it, never quoted
    level: Level = "paragraph"

    @property
    def path(self) -> tuple[str, ...]:
        """The headings above the passage, outermost first."""
        return tuple(heading.text for heading in self.headings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A document that a document cites."""

    span: Span
    number: str | None
    type: str | None
    issued_on: str | None  # ISO 8601
    issuer: str | None
    subject: str | None
    relation: Relation = "cites"
    target: str | None = None  # id of the only document of the corpus that it can be


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A time limit: the words, and the value in ISO 8601 where it has one.

    ``value`` is ``2024-06-28``, ``--12-15`` (yearly), ``---25`` (monthly), ``2024-06``, ``2025``,
    ``2004-Q2``, ``2021/2025`` (a period or school year), ``P1Y``, ``P6M``, ``P3M``, ``P1M``,
    ``P1W``, ``P1D`` (every year, six months, quarter, month, week, day), ``P30D`` (that long after
    an event), or None.
    """

    text: str
    span: Span
    kind: DeadlineKind
    bound: Bound
    value: str | None
    inferred: bool = False  # True when the year comes from the date of issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What somebody has to do. Every field is words of the document, with their place."""

    actors: tuple[Mention, ...]  # empty when the document names none
    with_: tuple[Mention, ...]  # phối hợp với
    action: Mention
    deadline: Deadline | None
    recipient: Mention | None
    strength: Literal["must", "should", "goal"]
    evidence: tuple[Span, ...]  # the sentence first, then the heading or sentence naming the actors
    headings: tuple[Heading, ...]
    forwarded_to: tuple[Mention, ...] = ()  # "để tổng hợp, báo cáo UBND huyện": who gets it next


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A number that a document sets as a goal, or reports as reached."""

    subject: str  # whom or what it counts: "trẻ dưới 3 tuổi"
    indicator: str  # what is measured: "đến nhà trẻ"
    comparator: Comparator
    value: float | None  # None where the figure cannot be read for certain
    unit: str  # "%", "trường", "triệu đồng"
    period: str | None  # "2021/2025", "2025", "P1Y"
    kind: TargetKind
    span: Span  # the clause that states it
    headings: tuple[Heading, ...] = ()
    value_to: float | None = None  # upper end, when comparator is "range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was found in one document."""

    obligations: tuple[Obligation, ...] = ()
    targets: tuple[Target, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HitParts:
    """What the score of a hit is made of."""

    lexical: float  # BM25+, 0 where no token matched
    fields: Mapping[str, float]  # of it, by field: "body", "heading", "words", "folded"
    dense: float | None  # cosine; None where it is not among the best
    lexical_share: float  # of the fused score
    dense_share: float
    number: float = 0.0  # added because the query names the document's number


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One passage that a system returned for one query."""

    passage: Passage
    rank: int  # 1-based
    score: float  # higher is better; comparable only within one ``scorer``
    scorer: str  # "lexical", "dense", "fused", or a reranker's name
    parts: HitParts | None = None  # told when asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The words of a document that an answer rests on, and everything needed to find them."""

    document: str
    source: str
    number: str | None
    type: str | None
    place: str | None
    issued_on: str | None  # ISO 8601
    path: tuple[str, ...]
    page: int | None  # 1-based
    span: Span
    quote: str  # document.text[span]
    marks: tuple[Span, ...] = ()  # the answer's own words inside the quotation
    duplicates: tuple[str, ...] = ()  # sources of the same document in other files


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFields:
    """The parts of one item of an answer; what does not apply is empty or None."""

    actors: tuple[str, ...] = ()
    action: str | None = None
    deadline: str | None = None
    recipient: str | None = None
    forwarded_to: tuple[str, ...] = ()
    value: float | None = None
    unit: str | None = None
    comparator: str | None = None
    period: str | None = None
    place: str | None = None
    number: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of an answer: its words, its parts, and the citations that it rests on."""

    text: str
    fields: ItemFields = field(default_factory=ItemFields)
    citations: tuple[int, ...] = ()  # positions in ``Answer.citations``


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer with at least one citation."""

    question: str
    intent: Intent
    text: str
    confidence: float  # 0 to 1: share of the question's weight that the citations account for
    items: tuple[Item, ...]
    citations: tuple[Citation, ...]  # best first

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("an Answer has citations; return an Abstention instead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention:
    """No answer, and why: a result, not an error."""

    question: str
    intent: Intent
    reason: AbstentionReason
    text: str  # the reason in the question's language
    confidence: float  # of the best answer that was not given
    nearest: tuple[Citation, ...] = ()  # what stands nearest, which does not answer
