"""The records of a comparison: topics and aspects in rows, places in columns, quotations in cells.

A cell that holds something holds quotations. One that holds nothing says which of two it is: the
place's documents do not stipulate it, or there is no document of the place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from docsearch.records import Citation, Comparator, TargetKind

Tier = Literal["province", "district", "commune"]
Status = Literal["stated", "not_stipulated", "no_document"]
Aspect = Literal[
    "gist", "targets", "lead", "cooperating", "deadlines", "reporting", "budget", "measures"
]
"""What of a topic a row is about: chỉ tiêu, đơn vị chủ trì, đơn vị phối hợp, thời hạn, báo cáo,
kinh phí, biện pháp; "gist" is the figures, else what the documents say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPlace:
    """One column: a province, district or commune and the documents of it."""

    name: str  # "huyện Chi Lăng"
    label: str  # the name, with the province where two places have it
    tier: Tier | None  # None where the level is not known
    within: tuple[str, ...] = ()  # the units above it, nearest first: "tỉnh Lạng Sơn"
    documents: tuple[str, ...] = ()  # ids; empty where the corpus has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that a quotation states."""

    subject: str  # whom or what it counts
    indicator: str  # what is measured
    comparator: Comparator
    value: float | None  # None where the figure cannot be read for certain
    value_to: float | None  # upper end of a range
    unit: str
    period: str | None  # "2021/2025", "2025", "P1Y"
    kind: TargetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """What one stretch of a document says of a row, shortened to a line, and the words."""

    gist: str  # words of the document on one line
    citations: tuple[Citation, ...]  # the sentence, then words elsewhere that name who it is for
    score: float  # how much of the topic it accounts for, in [0, 1]
    figure: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The passage that comes nearest to what is not stipulated."""

    citation: Citation
    score: float  # in [0, 1], less than what counts as speaking of the topic, or of another aspect


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What the documents of one place say of one row."""

    status: Status
    quotations: tuple[Quotation, ...] = ()  # best first; empty unless ``status`` is "stated"
    nearest: Nearest | None = None  # of "not_stipulated"; None where no passage shares a word
    searched: int = 0  # documents of the place


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One aspect of one topic over all places."""

    topic: str
    aspect: Aspect
    cells: tuple[Cell, ...]  # in the order of ``Matrix.places``


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a comparison was made from: the same gives the same result."""

    corpus: str  # hash of all documents of the index, as ``Index.corpus_hash``
    documents: int  # those that may be quoted
    encoder: str
    version: str  # of docsearch


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Topics and aspects in rows, places in columns."""

    topics: tuple[str, ...]
    aspects: tuple[Aspect, ...]
    places: tuple[ComparedPlace, ...]  # provinces, districts, communes, then by name
    rows: tuple[MatrixRow, ...]  # topic by topic
    without_place: tuple[str, ...]  # sources of the documents that belong to no column
    origin: Origin
