"""stub"""

from __future__ import annotations
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    lines: tuple[str, ...]
    bold: bool = False
    head: bool = False
    columns: int = 1
    rows: int = 1


def render_table(rows: list[list[Cell]]) -> list[str]:
    out = []
    for r in rows:
        out.append("\t".join(" ".join(c.lines) for c in r))
    return out
