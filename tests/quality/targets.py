"""How many numeric targets of hand-read documents are found, and with which fields right.

A gold file has one target on a line: ``id``, ``doc``, ``comparator``, ``value``, ``value_to`` (of
a range), ``unit``, ``period``, ``kind`` and ``evidence`` (``text`` and ``start``). A target is
found when a found one shares characters with its evidence and has its value; each found one counts
once.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeAlias

from docsearch.facts.targets import find_document_targets
from docsearch.parse.header import parse_header
from docsearch.parse.outline import parse_outline
from docsearch.read import read
from docsearch.records import Span, Target

Field: TypeAlias = "str | float | None"
FIELDS = ("comparator", "unit", "period", "kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One target as a reader wrote it down."""

    id: str
    span: Span
    value: float | None
    value_to: float | None
    comparator: str
    unit: str
    period: str | None
    kind: str
    borderline: bool  # a careful reader may leave it out: neither missed nor wrongly found


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold target with what was found for it; one of the two is missing where they differ."""

    gold: Gold | None
    found: Target | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Shares of the gold targets found, of the found that are gold, and of right fields."""

    gold: int
    found: int
    recall: float
    precision: float
    value: float  # also of what overlaps the evidence and has another value
    comparator: float
    unit: float
    period: float
    kind: float


def find(path: Path) -> tuple[str, tuple[Target, ...]]:
    """Return the text of a file and the targets found in it."""
    document = read(path)
    text = document.text
    return text, find_document_targets(text, parse_outline(text), header=parse_header(text))


def load_gold(path: Path, text: str, doc: str) -> list[Gold]:
    """Return the targets of one document of a gold file.

    Args:
        path: the file.
        text: the document's text, where the evidence is looked up.
        doc: the ``doc`` of its entries.

    Returns:
        The targets, in the file's order.

    Raises:
        ValueError: the evidence of an entry does not stand in the text.
    """
    gold = []
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        if entry["doc"] != doc or "indicator" not in entry:
            continue
        evidence = entry["evidence"][0]
        words = evidence["text"]
        start = evidence.get("start")
        if start is None or text[start : start + len(words)] != words:
            start = text.find(words)
        if start < 0:
            raise ValueError(f"{entry['id']}: {words!r} does not stand in {doc}")
        gold.append(
            Gold(
                id=entry["id"],
                span=Span(start, start + len(words)),
                value=entry["value"],
                value_to=entry.get("value_to"),
                comparator=entry["comparator"],
                unit=entry["unit"],
                period=entry["period"],
                kind=entry["kind"],
                borderline=(entry.get("notes") or "").startswith("borderline"),
            )
        )
    return gold


def match(gold: Sequence[Gold], found: Sequence[Target]) -> list[Pair]:
    """Pair gold and found targets: those with the same value first, the longest overlap first."""
    overlaps = [
        (entry.value == target.value, _shared(entry.span, target.span), -i, -j)
        for i, entry in enumerate(gold)
        for j, target in enumerate(found)
        if entry.span.overlaps(target.span)
    ]
    pairs: dict[int, int] = {}
    for _, _, i, j in sorted(overlaps, reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    both = [Pair(entry, found[pairs[i]] if i in pairs else None) for i, entry in enumerate(gold)]
    taken = set(pairs.values())
    return both + [Pair(None, target) for j, target in enumerate(found) if j not in taken]


def measure(pairs: Sequence[Pair]) -> Figures:
    """Return the figures over the pairs of any number of documents."""
    pairs = [pair for pair in pairs if not (pair.gold and pair.gold.borderline)]
    both = [(p.gold, p.found) for p in pairs if p.gold and p.found]
    right = [(gold, target) for gold, target in both if gold.value == target.value]
    golden = sum(pair.gold is not None for pair in pairs)
    found = sum(pair.found is not None for pair in pairs)

    def share(name: str) -> float:
        same = sum(_same(gold, target, name) for gold, target in right)
        return same / len(right) if right else 1.0

    return Figures(
        gold=golden,
        found=found,
        recall=len(right) / golden if golden else 1.0,
        precision=len(right) / found if found else 1.0,
        value=len(right) / len(both) if both else 1.0,
        comparator=share("comparator"),
        unit=share("unit"),
        period=share("period"),
        kind=share("kind"),
    )


def wrong(pair: Pair) -> list[str]:
    """Return what is wrong with a pair: "missed", "extra", or the names of the fields."""
    if pair.found is None:
        return [] if pair.gold and pair.gold.borderline else ["missed"]
    if pair.gold is None:
        return ["extra"]
    names = ("value", "value_to", *FIELDS)
    return [name for name in names if not _same(pair.gold, pair.found, name)]


def _same(gold: Gold, target: Target, name: str) -> bool:
    """Return whether a field is right: a unit may be told more or less closely ("tấn lúa")."""
    told, read = str(_field(gold, name)).lower(), str(_field(target, name)).lower()
    if name != "unit":
        return told == read
    shorter, longer = sorted((told, read), key=len)
    return longer == shorter or longer.startswith((f"{shorter} ", f"{shorter},", f"{shorter}/năm"))


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _field(of: Gold | Target, name: str) -> Field:
    value: Field = getattr(of, name)
    if name == "period" and isinstance(value, str) and value[:4].isdecimal():
        return value.replace("-", "/", 1) if value[4:5] == "-" and len(value) == 9 else value
    return float(value) if isinstance(value, int) else value


def main() -> int:
    """Print the figures of each document, of all, and what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("documents", type=Path, nargs="+", help="files named DOC.txt or DOC_….txt")
    given = parser.parse_args()
    every: list[Pair] = []
    names = [field.name for field in fields(Figures)]
    sys.stdout.write(" " * 12 + "".join(f"{name:>11}" for name in names) + "\n")
    for path in given.documents:
        text, found = find(path)
        doc = path.stem.split("_")[0]
        pairs = match(load_gold(given.gold, text, doc), found)
        every += pairs
        sys.stdout.write(_row(doc, measure(pairs)))
        for pair in pairs:
            if problems := wrong(pair):
                sys.stdout.write(f"    {', '.join(problems)}: {_shown(pair, text)}\n")
    sys.stdout.write(_row("all", measure(every)))
    return 0


def _row(name: str, figures: Figures) -> str:
    cells = (getattr(figures, field.name) for field in fields(figures))
    shown = (f"{cell:>11}" if isinstance(cell, int) else f"{cell:>11.3f}" for cell in cells)
    return f"{name:<12}{''.join(shown)}\n"


def _shown(pair: Pair, text: str) -> str:
    parts = []
    for name, of in (("gold", pair.gold), ("found", pair.found)):
        if of is not None:
            told = [str(_field(of, key)) for key in ("comparator", "value", "value_to", "unit")]
            told += [str(_field(of, "period")), str(_field(of, "kind"))]
            parts.append(f"{name} {' '.join(told)} «{' '.join(of.span.of(text).split())[:90]}»")
    return "\n        ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
