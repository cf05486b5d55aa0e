"""Figures of one indicator over places.

Two figures are of one indicator only where what is measured, whom it counts, the unit and the
direction agree: 70 % of those who finish lower secondary school and 90 % of all between 15 and 18
are two. Words are compared without those that every indicator has; numbers in them ("5 tuổi",
"mức độ 2") have to be the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from docsearch.compare.matrix import Cell, Figure, Matrix
from docsearch.index.tokens import alike, alike_syllables
from docsearch.records import Citation, Comparator, TargetKind

Direction = Literal["up", "down", "level"]

ALIKE: Final = 0.6
"""Share of the words of two names, of both together, that they have in common; arbitrary."""
_UP: Final = frozenset((">=", ">"))
_DOWN: Final = frozenset(("<=", "<"))
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_REMARK: Final = re.compile(r"\([^()]{0,200}\)")  # "(bao gồm hệ GDTX)": the quotation shows it
_NO_WORDS: Final = frozenset(
    alike_syllables(
        "tỷ lệ mức số đạt được có của các những trong trên ở tại và là học từ địa bàn phấn đấu"
        " huyện xã tỉnh năm hằng hàng toàn tổng về đến"
    )
)
"""Syllables that say nothing of what an indicator is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedValue:
    """What one place sets or reports for an indicator."""

    place: str  # label of the place
    comparator: Comparator
    value: float
    value_to: float | None
    period: str | None
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """One indicator with its figures, in the order of the places."""

    subject: str
    indicator: str  # as the first place words it
    unit: str
    direction: Direction
    kind: TargetKind
    values: tuple[PlacedValue, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """The places that have it, each once."""
        return tuple(dict.fromkeys(value.place for value in self.values))


def aligned(matrix: Matrix) -> tuple[Aligned, ...]:
    """Return the indicators of a matrix.

    Args:
        matrix: the comparison; its figures are taken, of all topics together.

    Returns:
        The indicators, those of most places first, then as they come.
    """
    groups: list[tuple[Figure, list[PlacedValue]]] = []
    for place, figure, citation in _figures(matrix):
        assert figure.value is not None
        placed = PlacedValue(
            place=place,
            comparator=figure.comparator,
            value=figure.value,
            value_to=figure.value_to,
            period=figure.period,
            citation=citation,
        )
        for first, values in groups:
            if same_indicator(first, figure):
                values.append(placed)
                break
        else:
            groups.append((figure, [placed]))
    found = [
        Aligned(
            subject=first.subject,
            indicator=first.indicator,
            unit=first.unit,
            direction=_direction(first.comparator),
            kind=first.kind,
            values=tuple(values),
        )
        for first, values in groups
    ]
    return tuple(sorted(found, key=lambda each: -len(each.places)))


def _figures(matrix: Matrix) -> Iterator[tuple[str, Figure, Citation]]:
    seen = set()
    for row in matrix.rows:
        for place, cell in zip(matrix.places, row.cells, strict=True):
            for figure, citation in _of_cell(cell):
                key = (citation.document, citation.span)
                if key not in seen:
                    seen.add(key)
                    yield place.label, figure, citation


def _of_cell(cell: Cell) -> Iterator[tuple[Figure, Citation]]:
    for quotation in cell.quotations:
        if quotation.figure and quotation.figure.value is not None:
            yield quotation.figure, quotation.citations[0]


def same_indicator(one: Figure, other: Figure) -> bool:
    """Tell whether two figures measure the same of the same, in one unit and direction."""
    if one.kind != other.kind or alike(one.unit) != alike(other.unit):
        return False
    directions = {_direction(one.comparator), _direction(other.comparator)}
    if directions == {"up", "down"}:
        return False
    whole = [f"{figure.subject} {figure.indicator}" for figure in (one, other)]
    return _are_alike(one.subject, other.subject) and _are_alike(*whole)


def _direction(comparator: Comparator) -> Direction:
    if comparator in _UP:
        return "up"
    return "down" if comparator in _DOWN else "level"


def _are_alike(one: str, other: str) -> bool:
    if _numbers(one) != _numbers(other):
        return False
    first, second = _words(one), _words(other)
    if not first or not second:
        return first == second
    return len(first & second) / len(first | second) >= ALIKE


def _words(name: str) -> frozenset[str]:
    plain = _REMARK.sub(" ", name)
    return frozenset(word for word in alike_syllables(plain) if word not in _NO_WORDS)


def _numbers(name: str) -> Sequence[str]:
    return sorted(_NUMBER.findall(alike(name)))


def shared(found: Iterable[Aligned]) -> tuple[Aligned, ...]:
    """Return the indicators that more than one place has."""
    return tuple(each for each in found if len(each.places) > 1)
