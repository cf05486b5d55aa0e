"""Question sets with answers: reading, and what counts as the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from docsearch.errors import GoldError

_RECURRING: Final = (
    (re.compile(r"yearly (\d\d)-(\d\d)$"), "--{}-{}"),
    (re.compile(r"monthly (\d{1,2})$"), "---{:0>2}"),
    (re.compile(r"school year (\d{4})-(\d{4})$"), "{}/{}"),
    (re.compile(r"(\d{4})-(\d{4})$"), "{}/{}"),
    (re.compile(r"every (\d+) days?$"), "P{}D"),
    (re.compile(r"every (\d+) weeks?$"), "P{}W"),
    (re.compile(r"every (\d+) months?$"), "P{}M"),
    (re.compile(r"quarterly"), "P3M"),
    (re.compile(r"daily$"), "P1D"),
    (re.compile(r"weekly$"), "P1W"),
    (re.compile(r"monthly$"), "P1M"),
    (re.compile(r"yearly$"), "P1Y"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvidence:
    """Words that support the answer, and the prefix of the file that they stand in."""

    doc: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldValue:
    """A number of the answer."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuestion:
    """One question with its answer; an unanswerable one has no documents."""

    id: str
    question: str
    lang: str
    kind: str
    docs: tuple[str, ...] = ()
    answer_units: tuple[str, ...] = ()
    answer_dates: tuple[str, ...] = ()
    answer_values: tuple[GoldValue, ...] = ()
    recipient: str | None = None
    evidence: tuple[GoldEvidence, ...] = field(default=())

    @property
    def answerable(self) -> bool:
        """Whether the documents answer it."""
        return self.kind != "unanswerable"


def read_gold(path: Path) -> tuple[GoldQuestion, ...]:
    """Return the questions of a JSON Lines file.

    Args:
        path: the file; one object a line with the fields of ``GoldQuestion``, others are left
            out.

    Returns:
        The questions in the order of the file, at least one.

    Raises:
        GoldError: the file cannot be read, or a line is no question; the line is named.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read ({error}); name a .jsonl file") from error
    questions = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(msgspec.json.decode(line, type=GoldQuestion))
        except msgspec.DecodeError as error:
            raise GoldError(f"{path}, line {number}: {error}") from error
    if not questions:
        raise GoldError(f"{path}: there is no question in it")
    return tuple(questions)


def iso_date(gold: str) -> str:
    """Return a gold date as answers state it: "yearly 12-15" -> "--12-15"."""
    for pattern, form in _RECURRING:
        match = pattern.match(gold)
        if match:
            return form.format(*match.groups())
    return gold
