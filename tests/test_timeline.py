"""The picture of a year: what is in it, that nothing overlaps, that it is always the same."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from docsearch.errors import MissingDependencyError, QueryError
from docsearch.register.query import ObligationQuery
from docsearch.timeline import NAME, POINTS, WORDS, _groups, _width, _wrapped, timeline_of
from tests.register_factory import obligations

pytest.importorskip("matplotlib")


def test_rows_are_grouped_by_actor() -> None:
    found = obligations()
    groups = _groups(tuple(found), found.to_list(), 2024)
    assert {name: len(items) for name, items in groups.items()} == {
        "Công an huyện (huyện Chi Lăng)": 1,
        "Phòng Nội vụ (huyện Bình Sơn)": 1,
        "Phòng Nội vụ (huyện Chi Lăng)": 1,
        "UBND các xã, thị trấn (huyện Chi Lăng)": 1,
        "(văn bản không nêu đơn vị)": 1,
    }
    assert list(groups)[-1] == "(văn bản không nêu đơn vị)"
    assert len(groups["(văn bản không nêu đơn vị)"][0].days) == 12


@pytest.mark.parametrize(("year", "items"), [(2024, 5), (2023, 2), (2022, 2), (2021, 0)])
def test_a_year_has_its_rows(year: int, items: int) -> None:
    assert obligations().plot(year=year).items == items


def test_pictures(tmp_path: Path) -> None:
    picture = obligations().plot(year=2024)
    picture.save(tmp_path / "year.png")
    picture.save(str(tmp_path / "year.svg"))
    with pytest.raises(QueryError, match=r"year\.pdf: .*\.png or \.svg"):
        picture.save(tmp_path / "year.pdf")
    assert (tmp_path / "year.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (tmp_path / "year.svg").read_bytes()
    assert picture._repr_png_().startswith(b"\x89PNG")


def test_the_same_obligations_give_the_same_picture() -> None:
    for form in ("svg", "png"):
        one, other = (obligations().plot(year=2024).to_bytes(form) for _ in range(2))
        assert one == other


def test_no_words_overlap() -> None:
    found = obligations()
    rows = found.to_list()
    rows[0]["actors"] = ["ỦY BAN NHÂN DÂN CÁC XÃ, THỊ TRẤN WWWWW " * 5]
    rows[1]["action"] = "W" * 400
    rows[2]["action"] = "$x_1$ \\alpha 100% " * 30
    figure = timeline_of(tuple(found), rows, 2024).figure
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
    [axes] = figure.axes
    boxes = [
        (text.get_text(), text.get_window_extent(renderer))
        for text in axes.texts
        if text.get_text()
    ]
    assert len(boxes) > 15
    for number, (words, box) in enumerate(boxes):
        for others, other in boxes[number + 1 :]:
            apart = (
                box.x1 <= other.x0 or other.x1 <= box.x0 or box.y1 <= other.y0 or other.y1 <= box.y0
            )
            assert apart or min(box.y1, other.y1) - max(box.y0, other.y0) < 4, (words, others)
    chart = axes.get_window_extent(renderer)
    assert all(box.x1 <= chart.x0 or box.x0 >= chart.x0 for _, box in boxes)


@pytest.mark.parametrize("points", [NAME, WORDS])
@pytest.mark.parametrize(
    "words", ["", "ngắn", "một hai ba " * 60, "W" * 500, "Ữ" * 300 + " a"], ids=lambda w: w[:8]
)
def test_lines_fit_their_column(words: str, points: float) -> None:
    for bold in (False, True):
        lines = _wrapped(words, points, 2, bold=bold)
        assert 1 <= len(lines) <= 2
        assert all(_width(line, points, bold=bold) <= POINTS for line in lines)
        assert any("…" in line for line in lines) == (" ".join(lines) != words.strip())


def test_years_and_rows_that_do_not_fit() -> None:
    with pytest.raises(QueryError, match="no year to draw"):
        obligations().plot(year=10000)
    found = obligations(ObligationQuery(on="15/12"))
    with pytest.raises(QueryError, match="401 rows"):
        timeline_of(tuple(found) * 401, found.to_list() * 401, 2024)


def test_without_matplotlib_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingDependencyError, match=r"docsearch\[figures\]"):
        obligations().plot(year=2024)
