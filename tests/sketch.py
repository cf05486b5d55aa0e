"""An outline as text, to compare and to read."""

from __future__ import annotations

from docsearch.parse.outline import parse_outline
from docsearch.parse.view import view
from docsearch.records import Unit

SHOWN = 44  # code points of a unit's words


def sketch(text: str) -> str:
    """Return the tree below the root: a unit a line, with its level, label and heading or words.

    A heading stands between « and »; words are cut after some.
    """
    lines: list[str] = []

    def add(unit: Unit, depth: int) -> None:
        words = view(text, unit.pieces).text
        shown = f"«{unit.heading.text}»" if unit.heading else words
        shown = shown if len(shown) <= 2 * SHOWN else f"{shown[:SHOWN]} … {shown[-SHOWN:]}"
        label = f" {unit.label}" if unit.label else ""
        lines.append(f"{'  ' * depth}{unit.level}{label} {shown}")
        for child in unit.children:
            add(child, depth + 1)

    for unit in parse_outline(text).children:
        add(unit, 0)
    return "\n".join(lines) + "\n" if lines else ""
