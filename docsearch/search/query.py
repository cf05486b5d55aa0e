"""A question, understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from docsearch.records import Bound, Intent


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDate:
    """A day that a question names: ISO 8601 (``2024-06-28``, ``--12-15``), and on which side."""

    value: str
    bound: Bound | None  # None where the date only tells which document or meeting is meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a search is narrowed to before anything is ranked; None means no limit."""

    place: str | None = None
    type: str | None = None
    issuer: str | None = None
    number: str | None = None
    issued_from: str | None = None  # ISO 8601 date
    issued_to: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A word as it was typed, and what is looked for in its place."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """Words of a question that documents also say in another way."""

    typed: str
    also: str


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words of a question, and others that documents use for the same; syllables, spelled alike."""

    words: tuple[str, ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a question asks for. Texts are in Vietnamese with diacritics, small letters."""

    text: str  # as it was asked, without its typing errors
    language: Literal["vi", "en"]
    spelled: str  # with diacritics restored, or put into Vietnamese words
    intent: Intent
    also: tuple[Intent, ...]  # other things asked for in the same question
    dates: tuple[AskedDate, ...]
    recurrence: tuple[str, ...]  # "P1Y", "P1M" …: yearly, monthly
    years: tuple[str, ...]  # "2025", "2021/2025"
    numbers: tuple[str, ...]  # document numbers, as keys
    types: tuple[str, ...]  # document types that are named: "kế hoạch"
    free_types: tuple[str, ...]  # those of them that stand before no number
    places: tuple[str, ...]  # places of the corpus that are named
    unknown_places: tuple[str, ...]  # places that are named and not in the corpus
    doubtful_places: tuple[str, ...]  # the same, named without a level: "ở Bình Chánh"
    spoken_places: tuple[str, ...]  # named with a level, no document's own, and spoken of in some
    unit: str | None  # what is counted: "%", "trường"
    topic: tuple[str, ...]  # syllables of what it is about
    phrases: tuple[str, ...]  # quoted words, to be found exactly
    restored: bool  # whether ``spelled`` is a guess
    parts: tuple[Query, ...] = ()  # of a question that asks several things, in their order
    depends: bool = False  # a part that asks one more thing of what the one before is about
    asked: str = ""  # as it was typed, where it was corrected
    corrections: tuple[Correction, ...] = ()
    expansions: tuple[Expansion, ...] = ()  # short and long forms that documents define
    synonyms: tuple[Synonym, ...] = ()  # other translations of an English question's words
