"""Domain knowledge as data: document types, bodies and abbreviations, each entry with examples."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias, cast

Json: TypeAlias = "str | int | float | bool | None | list[Json] | dict[str, Json]"
BodyKind = Literal["body", "organ", "level", "office", "sector"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """One kind of document (thể loại văn bản) and the abbreviations that stand for it."""

    name: str  # "kế hoạch", lower case
    symbols: tuple[str, ...]  # "KH", as printed in document numbers
    used_by: tuple[str, ...]  # "state", "party"
    cited_bare: bool  # cited as "Quyết định 281"; "báo cáo số 3" is a form, not a document
    examples: tuple[str, ...]  # headings, and numbers whose symbol gives this type
    english: tuple[str, ...] = ()  # what questions in English call one, small letters, singular


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyExample:
    """Words of a document and the name that they give."""

    text: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One name that titles of bodies are made of.

    ``kind`` is ``body`` (begins the name of a body), ``organ`` (a part of a body, named before
    it: "Ban Thường vụ"), ``level`` (tỉnh, huyện, xã), ``office`` (a post that signs) or
    ``sector`` (what a ministry or department is for: "Giáo dục và Đào tạo").
    """

    name: str
    kind: BodyKind
    short: str | None  # the form that values use, when it is not ``name``: "UBND"
    variants: tuple[str, ...]  # other spellings that mean the same
    abbreviations: tuple[str, ...]  # in document numbers: "UBND", "TTg"
    named: bool  # a proper name follows it: "Tỉnh ủy Kon Tum", "Trường Tiểu học Lê Lợi"
    not_before: tuple[str, ...]  # words that make another word of it: "Phòng" before "chống"
    examples: tuple[BodyExample, ...]


@cache
def load(name: str) -> tuple[Mapping[str, Json], ...]:
    """Return the entries of the JSON file ``name`` (without ``.json``) of this folder, in order."""
    text = files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    return tuple(cast("list[dict[str, Json]]", json.loads(text)))


def _strings(value: Json) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


@cache
def document_types() -> tuple[DocumentType, ...]:
    """Return every document type, by name."""
    return tuple(
        DocumentType(
            name=str(entry["name"]),
            symbols=_strings(entry["symbols"]),
            used_by=_strings(entry["used_by"]),
            cited_bare=bool(entry["cited_bare"]),
            examples=_strings(entry["examples"]),
            english=_strings(entry["english"]),
        )
        for entry in load("document_types")
    )


def _examples(value: Json) -> tuple[BodyExample, ...]:
    pairs = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return tuple(BodyExample(text=str(p["text"]), value=str(p["value"])) for p in pairs)


def proper_names() -> tuple[Mapping[str, Json], ...]:
    """Return names that keep their capitals in a body's name: provinces, with their level."""
    return load("proper_names")


@cache
def bodies() -> tuple[Body, ...]:
    """Return every entry of ``bodies.json``, by kind and name."""
    return tuple(
        Body(
            name=str(entry["name"]),
            kind=cast("BodyKind", entry["kind"]),
            short=str(entry["short"]) if entry.get("short") else None,
            variants=_strings(entry["variants"]),
            abbreviations=_strings(entry["abbreviations"]),
            named=bool(entry.get("named")),
            not_before=_strings(entry.get("not_before")),
            examples=_examples(entry["examples"]),
        )
        for entry in load("bodies")
    )
