"""The coverage of subjects as a picture: subjects down, places across.

The darker, the more of the subject's words the best passage has; the number says it too, so the
picture reads in grey. A subject that is not spoken of is an empty cell, a place without documents
a hatched column.
"""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

from docsearch.compare.coverage_cell import score_of, shown
from docsearch.compare.matrix import Matrix
from docsearch.compare.topics import ABOUT
from docsearch.errors import QueryError
from docsearch.picture import Picture, drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_ROWS, MOST_COLUMNS = 60, 60
ROW, COLUMN, LABELS = 0.42, 1.15, 3.6  # inches
NARROW: Final = 0.5
"""Inches of a column where there are more places than fit beside each other."""
WIDE: Final = 9
"""Places up to which the names stand upright over their columns."""


def heat_map(matrix: Matrix) -> Picture:
    """Return the picture of a coverage.

    Args:
        matrix: one row a subject.

    Returns:
        The picture.

    Raises:
        MissingDependencyError: matplotlib is not installed.
        QueryError: there are more subjects or places than a picture holds.
    """
    rows, columns = len(matrix.rows), len(matrix.places)
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise QueryError(
            f"{rows} topics and {columns} places; a picture holds {MOST_ROWS} and {MOST_COLUMNS}"
        )
    upright = columns <= WIDE
    column = COLUMN if upright else NARROW
    head = 0.75 if upright else 1.7
    width, height = LABELS + columns * column + 0.2, head + rows * ROW + 0.55
    with drawing(8.5) as new_figure:
        figure = new_figure(figsize=(width, height))
        axes = figure.add_axes(
            (LABELS / width, 0.5 / height, columns * column / width, rows * ROW / height)
        )
        _cells(axes, matrix, numbers=upright)
        _labels(axes, matrix, upright=upright)
        figure.text(
            0.1 / width,
            0.2 / height,
            "Đậm: đoạn hay nhất nêu đủ từ của chủ đề (1,00). Ô trắng: không quy định. "
            "Gạch chéo: chưa có văn bản.",
            fontsize=7,
            color="#444444",
        )
    return Picture(figure, rows)


def _cells(axes: Axes, matrix: Matrix, *, numbers: bool) -> None:
    from matplotlib.patches import Rectangle

    for y, row in enumerate(matrix.rows):
        for x, cell in enumerate(row.cells):
            score = score_of(cell) or 0.0
            stated = cell.status == "stated"
            share = min(max((score - ABOUT) / (1 - ABOUT), 0.0), 1.0)
            grey = 0.86 - 0.62 * share
            dark = (grey * 0.93, grey * 0.97, min(grey * 1.05, 1.0))
            axes.add_patch(
                Rectangle(
                    (x, y),
                    1,
                    1,
                    facecolor=dark if stated else "white",
                    edgecolor="#c4c4c4",
                    linewidth=0.7,
                    hatch="///" if cell.status == "no_document" else None,
                )
            )
            if numbers and stated:
                axes.text(
                    x + 0.5,
                    y + 0.5,
                    shown(cell),
                    ha="center",
                    va="center",
                    color="white" if grey < 0.55 else "#1a1a1a",
                )
    axes.set_xlim(0, len(matrix.places))
    axes.set_ylim(len(matrix.rows), 0)


def _labels(axes: Axes, matrix: Matrix, *, upright: bool) -> None:
    axes.set_yticks([y + 0.5 for y in range(len(matrix.rows))])
    axes.set_yticklabels([fill(_cut(row.topic, 88), 46) for row in matrix.rows])
    axes.set_xticks([x + 0.5 for x in range(len(matrix.places))])
    names = [fill(place.label, 13) if upright else _cut(place.label, 26) for place in matrix.places]
    axes.set_xticklabels(names, rotation=0 if upright else 90)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rpartition(" ")[0] + "…"
