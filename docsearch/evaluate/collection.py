"""Collections for retrieval: units of text, questions, and which units answer each.

Read are the shapes in which such sets are given out: BEIR (``_id``, ``title``, ``text`` and a file
of judgements), and JSON Lines whose questions list their units themselves.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docsearch.errors import GoldError

_IDS: Final = ("_id", "id", "doc_id", "docid", "pid", "corpus-id")
_TEXTS: Final = ("text", "contents", "content", "body", "passage")
_QUERY_IDS: Final = ("_id", "id", "query_id", "qid", "query-id", "question_id")
_QUERY_TEXTS: Final = ("text", "query", "question")
_RELEVANT: Final = (
    *("relevant", "relevant_ids", "relevant_docs", "relevant_articles", "relevants", "qrels"),
    *("positives", "positive_ids", "gold", "gold_ids", "doc_ids"),
)
MAX_ABOUT: Final = 300
"""Code points of a field of a unit that counts as a heading; a longer one is another text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionUnit:
    """One unit of text."""

    id: str
    heading: str  # its title and what else the collection says of it, joined by ". "
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionQuery:
    """One question, and how well each unit that answers it does, > 0."""

    id: str
    text: str
    split: str  # "" where the collection has none
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Units and questions."""

    units: tuple[CollectionUnit, ...]
    queries: tuple[CollectionQuery, ...]

    @property
    def lost(self) -> tuple[str, ...]:
        """Ids of units that questions name and the collection lacks."""
        known = {unit.id for unit in self.units}
        named = dict.fromkeys(unit for query in self.queries for unit in query.relevant)
        return tuple(unit for unit in named if unit not in known)


def read_collection(
    corpus: Path, queries: Path, judgements: Path | None = None, *, split: str | None = None
) -> Collection:
    """Return the collection of two or three files.

    Args:
        corpus: JSON Lines, a unit a line: ``_id`` or ``id``, ``text``, and where there is one
            ``title``; other short fields of words count as headings.
        queries: JSON Lines, a question a line: ``_id`` or ``id``, ``text``, ``query`` or
            ``question``, and unless there are judgements the ids of the units that answer it:
            ``relevant`` (a list of ids, or grades by id).
        judgements: tab-separated as BEIR has them (question, unit, grade) or TREC (question, 0,
            unit, grade).
        split: only questions whose ``split`` is this.

    Returns:
        At least one unit and one question that some unit answers; those without any are left out.

    Raises:
        GoldError: a file cannot be read, or a line lacks what is needed; the line is named.
    """
    units = tuple(_unit(corpus, number, line) for number, line in _lines(corpus))
    twice = _first_twice([unit.id for unit in units])
    if twice is not None:
        raise GoldError(f"{corpus}: two units have the id {twice!r}; ids name one unit each")
    graded = _judgements(judgements) if judgements else None
    asked = [_query(queries, number, line, graded) for number, line in _lines(queries)]
    chosen = [query for query in asked if query.relevant and split in (None, query.split)]
    if not chosen:
        splits = sorted({query.split for query in asked if query.split})
        hint = f"; its splits are {', '.join(splits)}" if split and splits else ""
        raise GoldError(f"{queries}: no question names a unit that answers it{hint}")
    collection = Collection(units=units, queries=tuple(chosen))
    if len(collection.lost) == len({unit for query in chosen for unit in query.relevant}):
        raise GoldError(
            f"{queries}: none of the units that it names is in {corpus} "
            f"(the first is {collection.lost[0]!r}, there they are like {units[0].id!r})"
        )
    return collection


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read ({error}); name a .jsonl file") from error
    any_line = False
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise GoldError(f"{path}, line {number}: no JSON ({error})") from error
        if not isinstance(value, dict):
            raise GoldError(f"{path}, line {number}: a {type(value).__name__}, not an object")
        any_line = True
        yield number, value
    if not any_line:
        raise GoldError(f"{path}: there is no line in it")


def _field(path: Path, number: int, line: Mapping[str, Any], names: Sequence[str]) -> str:
    for name in names:
        if isinstance(line.get(name), str | int) and not isinstance(line[name], bool):
            return str(line[name])
    raise GoldError(
        f"{path}, line {number}: has none of {', '.join(names)}; its fields are "
        f"{', '.join(map(str, line)) or 'none'}"
    )


def _unit(path: Path, number: int, line: Mapping[str, Any]) -> CollectionUnit:
    text_name = next((name for name in _TEXTS if isinstance(line.get(name), str)), None)
    text = _field(path, number, line, _TEXTS)
    about = [
        value.strip()
        for name, value in line.items()
        if name not in (*_IDS, text_name)
        and isinstance(value, str)
        and any(character.isalpha() for character in value)
        and len(value) <= MAX_ABOUT
        and "://" not in value
    ]
    return CollectionUnit(
        id=_field(path, number, line, _IDS), heading=". ".join(dict.fromkeys(about)), text=text
    )


def _query(
    path: Path,
    number: int,
    line: Mapping[str, Any],
    graded: Mapping[str, Mapping[str, int]] | None,
) -> CollectionQuery:
    name = _field(path, number, line, _QUERY_IDS)
    relevant = _relevant(path, number, line) if graded is None else graded.get(name, {})
    split = line.get("split")
    return CollectionQuery(
        id=name,
        text=_field(path, number, line, _QUERY_TEXTS),
        split=split if isinstance(split, str) else "",
        relevant={unit: grade for unit, grade in relevant.items() if grade > 0},
    )


def _relevant(path: Path, number: int, line: Mapping[str, Any]) -> dict[str, int]:
    found = next((line[name] for name in _RELEVANT if name in line), None)
    if isinstance(found, str | int):
        found = [found]
    if isinstance(found, dict) and all(isinstance(grade, int) for grade in found.values()):
        return {str(unit): int(grade) for unit, grade in found.items()}
    if isinstance(found, list):
        return {_unit_id(path, number, item): 1 for item in found}
    raise GoldError(
        f"{path}, line {number}: does not say which units answer it; give a list of ids as "
        "'relevant', or a file of judgements with --qrels"
    )


def _unit_id(path: Path, number: int, item: object) -> str:
    if isinstance(item, dict):
        return _field(path, number, item, _IDS)
    return str(item)


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    graded: dict[str, dict[str, int]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file, delimiter="\t") if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GoldError(f"{path}: cannot be read ({error})") from error
    if rows and len(rows[0]) == 1:
        rows = [row[0].split() for row in rows]  # TREC separates by blanks
    for number, row in enumerate(rows, start=1):
        grade = row[-1].strip()
        if len(row) not in (3, 4) or not grade.lstrip("-").isdigit():
            if number == 1:
                continue  # the names of the columns
            raise GoldError(f"{path}, line {number}: not question, unit and grade: {row}")
        graded.setdefault(row[0], {})[row[-2]] = int(grade)
    return graded


def _first_twice(names: Sequence[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None
