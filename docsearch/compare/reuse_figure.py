"""Pictures of documents: who took text from whom, and who cites whom.

Each document has a line of its own, so no names overlap; kinds differ by form and thickness, so the
pictures read in grey too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from docsearch.compare.reuse import Flow
from docsearch.errors import QueryError
from docsearch.index.store import Entry
from docsearch.picture import Picture, drawing
from docsearch.provenance import Provenance
from docsearch.registers import origin_words, shortened
from docsearch.tables import Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH: Final = 11.0  # inches
LINE: Final = 0.42  # inches a document
MOST: Final = 120
"""Documents of one picture."""

NAME: Final = 62  # characters of a document's name
SIDE: Final = 60  # characters of a name at a side of the relations
_INK, _SOFT = "#1a1a1a", "#777777"


def reuse_picture(
    flows: Sequence[Flow], entries: Mapping[str, Entry], provenance: Provenance
) -> Picture:
    """Return the picture of who took text from whom.

    Args:
        flows: what documents share.
        entries: the documents.
        provenance: what the picture was made from.

    Returns:
        Documents by date, downwards; arrows from the earlier to the later, thick by the words that
        are shared; lines without a head where the order is not known.

    Raises:
        MissingDependencyError: matplotlib is not installed.
        QueryError: there are more documents than a picture holds.
    """
    ids = sorted({id for flow in flows for id in (flow.first, flow.second)})
    ids.sort(key=lambda each: _day(entries[each]) or date.max)
    _check(len(ids))
    with drawing() as new_figure:
        figure = new_figure(figsize=(WIDTH, max(len(ids), 1) * LINE + 0.9))
        axes = _canvas(figure, "Đoạn văn chung: ai lấy của ai")
        if not ids:
            axes.text(0.02, 0, "Không có đoạn chung nào.")
        _draw_flows(axes, flows, {each: entries[each] for each in ids})
    return Picture(figure, len(ids), provenance)


def _draw_flows(axes: Axes, flows: Sequence[Flow], entries: Mapping[str, Entry]) -> None:
    """Draw the documents in the order of ``entries``, downwards, and what they share."""
    days = [_day(entry) for entry in entries.values()]
    places = _places(days)
    for line, (entry, day) in enumerate(zip(entries.values(), days, strict=True)):
        when = f"{day.day}/{day.month}/{day.year}" if day else "không rõ ngày"
        axes.text(0.01, line, _name(entry), va="center", fontsize=9)
        axes.text(0.985, line, when, va="center", ha="right", fontsize=8, color=_SOFT)
        face = _INK if day else "white"
        axes.plot(places[line], line, "o", color=_INK, markerfacecolor=face, markersize=7, zorder=3)
    lines = {each: line for line, each in enumerate(entries)}
    most = max((flow.words for flow in flows), default=1)
    for flow in flows:
        a, b = lines[flow.first], lines[flow.second]
        _arrow(axes, (places[a], a), (places[b], b), flow, most)


def _places(days: Sequence[date | None]) -> list[float]:
    """Return where documents stand: by date, those without one at the right end."""
    known = [day.toordinal() for day in days if day]
    first, last = min(known, default=0), max(known, default=0)
    width = max(last - first, 1)
    return [0.52 + 0.24 * (day.toordinal() - first) / width if day else 0.82 for day in days]


def _arrow(
    axes: Axes, start: tuple[float, int], end: tuple[float, int], flow: Flow, most: int
) -> None:
    known = flow.order in ("dated", "cited")
    bend = -0.25 if start[0] <= end[0] else 0.25
    axes.annotate(
        "",
        xy=end,
        xytext=start,
        arrowprops={
            "arrowstyle": "-|>" if known else "-",
            "linestyle": "-" if known else (0, (4, 2)),
            "linewidth": 0.8 + 4.2 * flow.words / most,
            "color": "#555555",
            "alpha": 0.8,
            "shrinkA": 6,
            "shrinkB": 6,
            "connectionstyle": f"arc3,rad={bend}",
            "mutation_scale": 14,
        },
        zorder=2,
    )
    axes.text(
        *_middle(axes, start, end, bend),
        f"{flow.words} từ",
        fontsize=7.5,
        ha="center",
        va="center",
        color=_INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        zorder=4,
    )


def _middle(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], bend: float
) -> tuple[float, float]:
    """Return the middle of an arc: matplotlib's "arc3", a curve with one control point."""
    (a, b), (c, d) = axes.transData.transform([start, end])
    control = (a + c) / 2 + bend * (d - b), (b + d) / 2 - bend * (c - a)
    middle = (a + 2 * control[0] + c) / 4, (b + 2 * control[1] + d) / 4
    x, y = axes.transData.inverted().transform(middle)
    return float(x), float(y)


def _day(entry: Entry) -> date | None:
    stated = entry.header.issued_on
    if stated is None:
        return None
    padded = stated.value + "0000-01-01"[len(stated.value) :]
    return date.fromisoformat(padded)


def _name(entry: Entry) -> str:
    header = entry.header
    row: Row = {"source": entry.source, "issued_on": None}
    for name in ("type", "number", "place"):
        stated = getattr(header, name)
        row[name] = stated.value if stated else None
    return shortened(f"{origin_words(row)} ({entry.source})", NAME)


def _check(documents: int) -> None:
    if documents > MOST:
        raise QueryError(
            f"{documents} documents do not fit a picture of {MOST}; narrow with --place, --type, "
            "or name one document"
        )


def _canvas(figure: Figure, title: str) -> Axes:
    height = figure.get_figheight()
    axes = figure.add_axes((0, 0.1 / height, 1, (height - 0.7) / height))
    axes.set_xlim(0, 1)
    axes.set_ylim((height - 0.9) / LINE - 0.5, -0.5)
    axes.set_axis_off()
    figure.text(0.01, 1 - 0.3 / height, title, fontsize=13, weight="bold", va="center")
    return axes


_LINES: Final = {
    "based_on": ("căn cứ", (0, (1, 1.5))),
    "implements": ("thực hiện", "-"),
    "amends": ("sửa đổi, bổ sung", (0, (5, 1.5))),
    "replaces": ("thay thế", (0, (5, 1.5, 1, 1.5))),
    "repeals": ("bãi bỏ", (0, (3, 3))),
    "attached": ("kèm theo", (0, (1, 4))),
}
"""The relations that are drawn, with their lines; mere mentions are not."""


def relations_picture(
    rows: Sequence[Row], titles: Sequence[str], entries: Mapping[str, Entry], provenance: Provenance
) -> Picture:
    """Return the picture of what documents are based on, implement, amend, replace, repeal.

    Args:
        rows: citations as ``docsearch relations --json`` prints them.
        titles: the name of the cited document of each.
        entries: the documents.
        provenance: what the picture was made from.

    Returns:
        Documents that cite at the left, the cited at the right: a filled circle for one that is in
        the corpus, an open one for one that is missing.

    Raises:
        MissingDependencyError: matplotlib is not installed.
        QueryError: there are more documents than a picture holds.
    """
    drawn = [
        (row, row["target"] or title)
        for row, title in zip(rows, titles, strict=True)
        if row["relation"] in _LINES
    ]
    left = list(dict.fromkeys(row["document"] for row, _ in drawn))
    right = list(dict.fromkeys(name for _, name in drawn))
    lines = max(len(left), len(right), 1)
    _check(lines)
    with drawing() as new_figure:
        figure = new_figure(figsize=(WIDTH, (lines + 2) * LINE + 0.9))
        axes = _canvas(figure, "Quan hệ giữa các văn bản")
        if not drawn:
            axes.text(0.02, 0, "Không dẫn văn bản nào.")
        _draw_relations(axes, drawn, _spread(left, lines), _spread(right, lines), entries)
    return Picture(figure, len(left) + len(right), provenance)


def _spread(names: Sequence[str], lines: int) -> dict[str, float]:
    """Return the line of each name, at equal distances over all the lines."""
    return {name: (number + 0.5) * lines / len(names) - 0.5 for number, name in enumerate(names)}


def _draw_relations(
    axes: Axes,
    drawn: Sequence[tuple[Row, str]],
    left: Mapping[str, float],
    right: Mapping[str, float],
    entries: Mapping[str, Entry],
) -> None:
    for name, y in left.items():
        axes.text(
            0.385, y, shortened(_name(entries[name]), SIDE), ha="right", va="center", fontsize=8
        )
        axes.plot(0.4, y, "o", color=_INK, markersize=6, zorder=3)
    for name, y in right.items():
        here = name in entries
        words = _name(entries[name]) if here else name
        axes.text(0.615, y, shortened(words, SIDE), va="center", fontsize=8)
        face = _INK if here else "white"
        axes.plot(0.6, y, "o", color=_INK, markerfacecolor=face, markersize=6, zorder=3)
    for document, relation, name in dict.fromkeys(
        (row["document"], row["relation"], name) for row, name in drawn
    ):
        axes.plot(
            [0.4, 0.6],
            [left[document], right[name]],
            linestyle=_LINES[relation][1],
            color="#555555",
            linewidth=1.2,
            zorder=2,
        )
    kinds = {row["relation"] for row, _ in drawn}
    _legend(axes, [relation for relation in _LINES if relation in kinds])


def _legend(axes: Axes, relations: Sequence[str]) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], color="#555555", linestyle=_LINES[each][1], label=_LINES[each][0])  # type: ignore[arg-type]
        for each in relations
    ]
    for face, label in ((_INK, "có trong kho"), ("white", "không có trong kho")):
        handles.append(
            Line2D([], [], marker="o", linestyle="", color=_INK, markerfacecolor=face, label=label)
        )
    axes.legend(handles=handles, loc="lower center", ncols=4, frameon=False, fontsize=8)
