"""A year's time limits as a picture: one row an obligation, grouped by who has to act.

A filled circle is a single day, an open square a day that comes again every month or year, a bar
the period that ends with it: they differ by form, so the picture reads in grey too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from docsearch.errors import QueryError
from docsearch.picture import Picture, drawing
from docsearch.register.query import Due
from docsearch.register.times import FIRST_YEAR, LAST_YEAR, issued_day
from docsearch.registers import origin_words, shortened
from docsearch.render import one_line
from docsearch.tables import Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH: Final = 13.0  # inches
LABELS: Final = 0.46
"""Share of the width that the words take."""

LINE: Final = 0.17  # inches of a line of words at 8 points
MOST: Final = 400
"""Rows of one picture: 400 are some 4 m on paper."""

POINTS: Final = 72 * WIDTH * (LABELS - 0.03)
"""Width of a line of words."""

NAME, WORDS, SMALL = 8.5, 8.0, 7.0  # points: who acts, what is done, the words of the limit
_INK, _SOFT, _GROUP = "#1a1a1a", "#666666", "#e9e9e9"


@dataclass(frozen=True, slots=True)
class _Item:
    """One row: what has to be done, from which document, and when in the year."""

    lines: tuple[str, ...]
    days: tuple[date, ...]
    opens: date | None
    recurs: bool


def timeline_of(found: Sequence[Due], rows: Sequence[Row], year: int) -> Picture:
    """Return the picture of a year.

    Args:
        found: the obligations; what has no day in the year is left out.
        rows: the same as JSON values, in the same order.
        year: the year.

    Returns:
        The picture; with no rows it says so.

    Raises:
        MissingDependencyError: matplotlib is not installed.
        QueryError: the year is out of range, or there are more rows than a picture holds.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise QueryError(f"{year} is no year to draw; give {FIRST_YEAR} to {LAST_YEAR}")
    with drawing(8) as new_figure:
        groups = _groups(found, rows, year)
        count = sum(len(items) for items in groups.values())
        if count > MOST:
            raise QueryError(
                f"{count} rows do not fit a picture of {MOST}; narrow with --actor, --place"
            )
        heads = {name: _wrapped(name, NAME, 2, bold=True) for name in groups}
        lines = sum(
            len(heads[name]) + 0.6 + sum(len(item.lines) + 0.7 for item in items)
            for name, items in groups.items()
        )
        body = max(lines, 3) * LINE
        height = body + 1.0
        figure = new_figure(figsize=(WIDTH, height))
        axes = figure.add_axes((LABELS, 0.3 / height, 0.985 - LABELS, body / height))
        _frame(axes, year, max(lines, 3))
        figure.text(
            0.012, 1 - 0.3 / height, f"Thời hạn năm {year}", fontsize=13, va="center", weight="bold"
        )
        _legend(figure, height)
        if not groups:
            figure.text(0.012, 0.5, "Không có thời hạn nào trong năm.", va="center")
        _draw(axes, groups, heads, year)
    return Picture(figure, count)


def _groups(found: Sequence[Due], rows: Sequence[Row], year: int) -> dict[str, list[_Item]]:
    """Return the rows of each actor, by their first day; actors by their name, none last."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    groups: dict[str, list[_Item]] = {}
    for due, row in zip(found, rows, strict=True):
        if due.schedule is None:
            continue
        issued = issued_day(row["issued_on"])
        begin = max(first, issued) if issued and due.schedule.recurs else first
        days = tuple(due.schedule.days(begin, last))
        if days:
            item = _Item(_label(row), days, due.schedule.opens, due.schedule.recurs)
            groups.setdefault(_who(row), []).append(item)
    for items in groups.values():
        items.sort(key=lambda item: (item.days, item.lines))
    return dict(sorted(groups.items(), key=lambda pair: (pair[0] == NOBODY, pair[0].casefold())))


NOBODY: Final = "(văn bản không nêu đơn vị)"


def _who(row: Row) -> str:
    if not row["actors"]:
        return NOBODY
    place = f" ({row['place']})" if row["place"] else ""
    return f"{'; '.join(row['actors'])}{place}"


def _label(row: Row) -> tuple[str, ...]:
    action = _wrapped(one_line(row["action"]), WORDS, 2)
    when = shortened(one_line(row["deadline"]["text"]), 60)
    return (*action, *_wrapped(f"{when} — {origin_words(row)}", SMALL, 1))


def _wrapped(words: str, points: float, lines: int, *, bold: bool = False) -> list[str]:
    """Return words in lines that are no wider than the column, the last cut where needed."""
    wrapped = [""]
    for word in words.split():
        longer = f"{wrapped[-1]} {word}".strip()
        if _width(longer, points, bold=bold) <= POINTS:
            wrapped[-1] = longer
        elif not wrapped[-1]:
            wrapped[-1] = _cut(word, points, bold=bold)
        elif len(wrapped) < lines:
            wrapped.append(_cut(word, points, bold=bold))
        else:
            wrapped[-1] = _cut(f"{longer} ", points, bold=bold)
            break
    return wrapped


def _cut(words: str, points: float, *, bold: bool) -> str:
    """Return words as far as they fit, with "…" where they do not."""
    if _width(words, points, bold=bold) <= POINTS and not words.endswith(" "):
        return words
    kept = words.rstrip()
    while kept and _width(f"{kept} …", points, bold=bold) > POINTS:
        kept = kept.rpartition(" ")[0] or kept[:-8]
    return f"{kept} …"


def _width(words: str, points: float, *, bold: bool) -> float:
    """Return how wide words are in DejaVu Sans, in points."""
    return points * sum(_advance(character, bold=bold) for character in words)


@cache
def _advance(character: str, *, bold: bool) -> float:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    weight = "bold" if bold else "normal"
    font = get_font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
    font.set_size(100, 72)
    return float(font.load_char(ord(character)).linearHoriAdvance) / 65536 / 100


def _frame(axes: Axes, year: int, lines: float) -> None:
    """Draw the months; x is the day of the year, y the line of words, downwards."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    axes.set_xlim(first.toordinal() - 1, after.toordinal() + 1)
    axes.set_ylim(lines, 0)
    begins = [date(year, month, 1) for month in range(1, 13)]
    for begin in (*begins, after):
        axes.axvline(begin.toordinal(), color="#d0d0d0", linewidth=0.6, zorder=0)
    axes.set_xticks([begin.toordinal() + 15 for begin in begins])
    axes.set_xticklabels([f"T{begin.month}" for begin in begins])
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelsize=9)
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_visible(False)


def _legend(figure: Figure, height: float) -> None:
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

    figure.legend(
        handles=[
            sign("o", _INK, "một lần"),
            sign("s", "white", "định kỳ"),
            Line2D([], [], color=_SOFT, linewidth=4, label="giai đoạn"),
        ],
        loc="center right",
        bbox_to_anchor=(0.985, 1 - 0.22 / height),
        ncols=3,
        frameon=False,
        fontsize=8,
    )


def _draw(
    axes: Axes, groups: dict[str, list[_Item]], heads: dict[str, list[str]], year: int
) -> None:
    from matplotlib.transforms import blended_transform_factory

    across = blended_transform_factory(axes.figure.transFigure, axes.transData)
    y = 0.0
    for name, items in groups.items():
        axes.axhspan(y, y + len(heads[name]) + 0.3, color=_GROUP, zorder=-1)
        axes.fill_between(
            [0.008, LABELS],
            y,
            y + len(heads[name]) + 0.3,
            color=_GROUP,
            transform=across,
            clip_on=False,
            linewidth=0,
            zorder=-1,
        )
        for line in heads[name]:
            axes.text(
                0.012, y + 0.65, line, transform=across, weight="bold", va="center", fontsize=NAME
            )
            y += 1
        y += 0.6
        for item in items:
            _row(axes, item, y, year)
            for number, line in enumerate(item.lines):
                last = number == len(item.lines) - 1
                axes.text(
                    0.022,
                    y + 0.5,
                    line,
                    transform=across,
                    va="center",
                    color=_SOFT if last else _INK,
                    fontsize=SMALL if last else WORDS,
                )
                y += 1
            y += 0.7


def _row(axes: Axes, item: _Item, y: float, year: int) -> None:
    middle = y + len(item.lines) / 2
    if item.opens is not None:
        begin = max(item.opens, date(year, 1, 1)).toordinal()
        axes.plot([begin, item.days[-1].toordinal()], [middle, middle], color=_SOFT, linewidth=4,
                  solid_capstyle="butt", zorder=1)  # fmt: skip
    axes.plot(
        [day.toordinal() for day in item.days],
        [middle] * len(item.days),
        linestyle="",
        marker="s" if item.recurs else "o",
        markersize=6,
        markerfacecolor="white" if item.recurs else _INK,
        markeredgecolor=_INK,
        zorder=2,
    )
    if len(item.days) > 4:
        return  # every month: the axis says it
    half = date(year, 1, 1) + timedelta(days=334)
    for day in item.days:
        left = day > half
        axes.annotate(
            f"{day.day}/{day.month}",
            (day.toordinal(), middle),
            xytext=(-7 if left else 7, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            fontsize=8,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
            zorder=3,
        )
