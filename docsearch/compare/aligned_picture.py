"""The figures of a comparison as a dot plot: one line an indicator, one sign a place.

Places differ by the form of their sign, goals are filled and results are open, so the picture reads
in grey. Only figures of one unit stand on one axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Final

from docsearch.compare.matrix_aligned import Aligned
from docsearch.errors import QueryError
from docsearch.picture import Picture, drawing
from docsearch.registers import figure_words, period_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIGNS: Final = "osD^vPX*<>"
MOST: Final = 40
WIDTH, LABELS = 10.5, 4.3  # inches
LINE: Final = 0.24  # inches of a value
"""Values of one indicator stand below each other, so that none covers another."""
_INK: Final = "#1a1a1a"


def dot_plot(found: Sequence[Aligned], places: Sequence[str], *, unit: str) -> Picture:
    """Return the picture of the figures of one unit.

    Args:
        found: the indicators; those of other units are left out.
        places: labels of the places, at most ten.
        unit: "%", "trường".

    Returns:
        The picture; without figures of the unit it says so.

    Raises:
        MissingDependencyError: matplotlib is not installed.
        QueryError: there are more indicators or places than a picture holds.
    """
    lines = [each for each in found if each.unit == unit]
    if len(lines) > MOST or len(places) > len(SIGNS):
        raise QueryError(
            f"{len(lines)} indicators of {len(places)} places; a picture holds {MOST} of "
            f"{len(SIGNS)}; narrow with places or a topic"
        )
    body = max(sum(max(len(each.values), 2) + 0.6 for each in lines), 3) * LINE
    height = body + 1.05
    with drawing(8.5) as new_figure:
        figure = new_figure(figsize=(WIDTH, height))
        axes = figure.add_axes(
            (LABELS / WIDTH, 0.35 / height, 1 - (LABELS + 0.9) / WIDTH, body / height)
        )
        _draw(axes, lines, places)
        axes.set_title(f"Chỉ tiêu ({unit})", loc="left", fontsize=10, pad=26)
        _legend(axes, places)
        if not lines:
            axes.text(0.5, 0.5, "Không có chỉ tiêu nào.", ha="center", transform=axes.transAxes)
    return Picture(figure, len(lines))


def _draw(axes: Axes, lines: Sequence[Aligned], places: Sequence[str]) -> None:
    y, ticks = 0.0, []
    for number, each in enumerate(lines):
        rows = max(len(each.values), 2) + 0.6
        if number % 2 == 0:
            axes.axhspan(y, y + rows, color="#f1f1f1", zorder=0)
        ticks.append(y + rows / 2)
        top = y + (rows - len(each.values)) / 2 + 0.5
        for value in each.values:
            axes.plot(
                value.value,
                top,
                marker=SIGNS[places.index(value.place)],
                markersize=7,
                markerfacecolor=_INK if each.kind == "target" else "white",
                markeredgecolor=_INK,
                linestyle="",
                zorder=2,
            )
            parts = {"comparator": value.comparator, "value": value.value}
            words = figure_words(parts | {"value_to": value.value_to, "unit": each.unit})
            period = period_words(value.period)
            axes.annotate(
                f"{words} ({period})" if period else words,
                (value.value, top),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                fontsize=7.5,
            )
            top += 1
        y += rows
    axes.set_ylim(max(y, 1), 0)
    axes.set_yticks(ticks)
    axes.set_yticklabels([_label(each) for each in lines])
    axes.tick_params(length=0)
    axes.margins(x=0.08)
    axes.grid(axis="x", color="#d9d9d9", linewidth=0.6)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _label(each: Aligned) -> str:
    words = f"{each.subject}: {each.indicator}" if each.indicator != each.subject else each.subject
    lines = fill(words, 58).split("\n")
    return "\n".join(lines[:2]) + ("…" if len(lines) > 2 else "")


def _legend(axes: Axes, places: Sequence[str]) -> None:
    from matplotlib.lines import Line2D

    def sign(marker: str, face: str, label: str) -> Line2D:
        return Line2D(
            [],
            [],
            marker=marker,
            linestyle="",
            markerfacecolor=face,
            markeredgecolor=_INK,
            label=label,
        )

    handles = [sign(SIGNS[n], _INK, place) for n, place in enumerate(places)]
    handles += [sign("o", "#777777", "đặc: mục tiêu"), sign("o", "white", "rỗng: đã đạt")]
    axes.legend(
        handles=handles,
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=min(len(handles), 6),
        frameon=False,
        fontsize=7.5,
        handletextpad=0.2,
        columnspacing=1.0,
    )
