"""How well obligations with a time limit are found, against documents read by hand.

A gold file has one obligation a line: ``doc`` (prefix of the file's name), ``actors``,
``action``, ``deadline_text``, ``deadline`` (its parts), ``recipient`` and ``evidence`` (words of
the file; ``start`` says which of several places). The measure pairs each with at most one
obligation found: one whose evidence shares words with it and that states the same time limit.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docsearch.facts.actors import name_key
from docsearch.facts.obligations import find_obligations
from docsearch.orthography import canonical
from docsearch.parse.header import parse_header
from docsearch.parse.outline import parse_outline
from docsearch.read import read
from docsearch.records import Mention, Obligation, Span

MEASURES: Final = ("recall", "precision", "value", "actors", "recipient")
_UNITS: Final = {"day": "D", "working_day": "D", "week": "W", "month": "M", "year": "Y"}


@dataclass(frozen=True, slots=True)
class Pair:
    """One obligation of the gold file and what was found for it."""

    gold: Mapping[str, Any]
    found: Obligation | None

    @property
    def value_right(self) -> bool:
        """Whether the time limit has the value that the gold file states."""
        found = self.found.deadline.value if self.found and self.found.deadline else None
        return found in gold_values(self.gold)

    @property
    def actors_right(self) -> bool:
        """Whether the same bodies are named, no more and no fewer."""
        return self.found is not None and same_names(
            self.gold["actors"], [actor.text for actor in self.found.actors]
        )

    @property
    def recipient_right(self) -> bool:
        """Whether the same body gets it, or none on either side."""
        found = self.found.recipient if self.found else None
        return same_recipient(self.gold["recipient"], found)


@dataclass(frozen=True, slots=True)
class Figures:
    """Pairs of one document or of all, and what was found that nobody wrote down."""

    pairs: tuple[Pair, ...]
    extra: tuple[Obligation, ...]

    def of(self, measure: str) -> float:
        """Return one of ``MEASURES``, 0 to 1; value, actors and recipient are of the paired."""
        paired = [pair for pair in self.pairs if pair.found]
        if measure == "recall":
            return len(paired) / max(1, len(self.pairs))
        if measure == "precision":
            return len(paired) / max(1, len(paired) + len(self.extra))
        right = sum(bool(getattr(pair, f"{measure}_right")) for pair in paired)
        return right / max(1, len(paired))


def gold_values(gold: Mapping[str, Any]) -> tuple[str | None, ...]:
    """Return the ISO 8601 values that state the time limit of a gold entry.

    Args:
        gold: one entry; ``deadline`` is the value itself, or its parts.
    """
    if "value" in gold:
        return (gold["value"], *gold.get("also", ()))
    parts = gold["deadline"]
    if parts is None or isinstance(parts, str):
        return (parts,)
    if "value" in parts:
        return (parts["value"],)
    if "date" in parts:
        return (parts["date"],)
    if "recurrence" in parts:
        return (_recurring(parts),)
    if "from" in parts and "to" in parts:
        return (f"{parts['from']}/{parts['to']}",)
    if "from_year" in parts:
        return (str(parts["from_year"]),)
    for unit, letter in _UNITS.items():
        if f"{unit}s" in parts:
            return (f"P{parts[f'{unit}s']}{letter}",)
    return (None,)


def _recurring(parts: Mapping[str, Any]) -> str | None:
    every = parts["recurrence"]
    if every == "yearly" and "month" in parts:
        day = f"-{parts['day']:02}" if "day" in parts else ""
        return f"--{parts['month']:02}{day}"
    if every == "monthly" and "day" in parts:
        return f"---{parts['day']:02}"
    return {"yearly": "P1Y", "half-yearly": "P6M", "quarterly": "P3M", "monthly": "P1M",
            "weekly": "P1W"}.get(every)  # fmt: skip


def _names(names: Iterable[str]) -> set[str]:
    return {name_key(re.sub(r"\([^)]*\)?", "", name)) for name in names}


def same_names(stated: Iterable[str], found: Iterable[str]) -> bool:
    """Return whether two lists name the same bodies, whatever their order and spelling."""
    return _names(stated) == _names(found)


def same_recipient(stated: str | None, found: Mention | None) -> bool:
    """Return whether a recipient is the stated one, or one of several with ";" between them.

    What stands in brackets ("qua Phòng …", "để tổng hợp …") does not count.
    """
    if not stated or found is None:
        return not stated and found is None
    names = stated.split(";")
    together = name_key(" ".join(re.sub(r"\([^)]*\)?", "", name) for name in names))
    return bool({*_names(names), together} & _names([found.text]))


def find_evidence(text: str, words: str, near: int) -> Span | None:
    """Return the place of ``words`` in ``text`` that is nearest to ``near``, white space alike."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    places = [Span(*match.span()) for match in re.finditer(pattern, text)]
    return min(places, key=lambda span: abs(span.start - near), default=None)


def _alike(gold: Mapping[str, Any], found: Obligation, places: Sequence[Span]) -> float:
    """Return how well an obligation fits a gold entry; 0 when it is another."""
    if found.deadline is None:
        return 0.0
    near = any(span.overlaps(place) for span in found.evidence for place in places)
    if not near and not any(place.overlaps(found.deadline.span) for place in places):
        return 0.0
    one, other = canonical(gold["deadline_text"]), canonical(found.deadline.text)
    same_words = bool(set(re.findall(r"\w+", one)) & set(re.findall(r"\w+", other)))
    same_value = found.deadline.value is not None and found.deadline.value in gold_values(gold)
    if not (same_words or same_value):
        return 0.0
    wanted = set(re.findall(r"\w+", canonical(gold["action"])))
    shared = wanted & set(re.findall(r"\w+", canonical(found.action.text)))
    contained = one in other or other in one
    return 1.0 + 2 * same_value + contained + len(shared) / max(1, len(wanted))


def pair(text: str, gold: Sequence[Mapping[str, Any]], found: Sequence[Obligation]) -> Figures:
    """Pair the gold entries of one document with what was found in it, the best fit first.

    Args:
        text: the document's text.
        gold: the entries of this document.
        found: its obligations; those without a time limit are left out, and those with one that
            no calendar can hold ("khẩn trương") where they are not in the gold file.

    Returns:
        The pairs, without entries whose ``notes`` begin with "borderline": a careful reader may
        leave them out, so that they are neither missed nor wrongly found.
    """
    limited = [o for o in found if o.deadline]
    fits = []
    for i, entry in enumerate(gold):
        stated = [find_evidence(text, e["text"], e.get("start", 0)) for e in entry["evidence"]]
        if not any(stated):  # the row of a table, which the reader writes in another way
            words = (entry["action"], entry["deadline_text"])
            stated = [find_evidence(text, each, 0) for each in words]
        places = [place for place in stated if place]
        for j, obligation in enumerate(limited):
            if fit := _alike(entry, obligation, places):
                fits.append((fit, i, j))
    taken: dict[int, int] = {}
    for _, i, j in sorted(fits, key=lambda item: (-item[0], item[1], item[2])):
        if i not in taken and j not in taken.values():
            taken[i] = j
    pairs = [Pair(e, limited[taken[i]] if i in taken else None) for i, e in enumerate(gold)]
    vague = {j for j, o in enumerate(limited) if o.deadline and o.deadline.kind == "vague"}
    used = vague | set(taken.values())
    pairs = [one for one in pairs if not (one.gold.get("notes") or "").startswith("borderline")]
    extra = [o for j, o in enumerate(limited) if j not in used]
    return Figures(tuple(pairs), tuple(extra))


def _file_of(name: str, folders: Sequence[Path]) -> Path | None:
    patterns = (f"{name}.truth.txt", f"{name}.txt", f"{name}_*.txt")
    return next((p for f in folders for pattern in patterns for p in sorted(f.glob(pattern))), None)


def measure(gold: Path, folders: Sequence[Path]) -> dict[str, Figures]:
    """Measure every document of a gold file.

    Args:
        gold: the gold file.
        folders: where the documents may be, ``<doc>.txt``, ``<doc>_….txt``.

    Returns:
        The figures by document, in the order of the file; without documents that are not there.
    """
    by_document: dict[str, list[Mapping[str, Any]]] = {}
    for line in gold.read_text(encoding="utf-8").splitlines():
        if line.strip():
            entry = json.loads(line)
            by_document.setdefault(entry["doc"], []).append(entry)
    figures = {}
    for name, entries in by_document.items():
        path = _file_of(name, folders)
        if path is None:
            continue
        document = read(path)
        issued = parse_header(document.text).issued_on
        found = find_obligations(
            document.text,
            parse_outline(document.text),
            issued_on=issued.value if issued else None,
        )
        figures[name] = pair(document.text, entries, found)
    return figures


def row(name: str, figures: Figures) -> str:
    """Return a line of a table: the name and the figures in the order of ``MEASURES``."""
    shown = "".join(f"{figures.of(measure):>10.3f}" for measure in MEASURES)
    return f"{name:<24}{len(figures.pairs):>4}{shown}\n"


def misses(figures: Figures) -> Iterable[str]:
    """Yield what was missed, what is wrong, and what nobody wrote down."""
    for one in figures.pairs:
        label = f"{one.gold['id']}: {one.gold['deadline_text']} | {one.gold['action'][:90]}"
        if one.found is None:
            yield f"  missed {label}"
            continue
        names = [actor.text for actor in one.found.actors]
        if not one.value_right:
            yield f"  value {label}: {one.found.deadline} not {gold_values(one.gold)}"
        if not one.actors_right:
            yield f"  actors {label}: {names} not {one.gold['actors']}"
        if not one.recipient_right:
            got = one.found.recipient.text if one.found.recipient else None
            yield f"  recipient {label}: {got} not {one.gold['recipient']}"
    for extra in figures.extra:
        limit = extra.deadline.text if extra.deadline else None
        yield f"  extra {limit} | {[a.text for a in extra.actors]} {extra.action.text[:140]}"


def main() -> int:
    """Print the figures of each document, and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+", help="gold files")
    parser.add_argument("--documents", type=Path, nargs="*", default=[], help="their folders")
    parser.add_argument("--misses", action="store_true", help="name what is wrong")
    given = parser.parse_args()
    sys.stdout.write(f"{'':<24}{'n':>4}{''.join(f'{name:>10}' for name in MEASURES)}\n")
    all_pairs: list[Pair] = []
    all_extra: list[Obligation] = []
    for path in given.gold:
        for name, figures in measure(path, [path.parent, *given.documents]).items():
            sys.stdout.write(row(name, figures))
            if given.misses:
                sys.stdout.writelines(f"{line}\n" for line in misses(figures))
            all_pairs.extend(figures.pairs)
            all_extra.extend(figures.extra)
    sys.stdout.write(row("all", Figures(tuple(all_pairs), tuple(all_extra))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
