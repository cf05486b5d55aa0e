"""Which subjects the documents of each place speak of, and which not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docsearch.compare.coverage_cell import score_of, shown
from docsearch.compare.matrix import Cell, Matrix
from docsearch.errors import QueryError
from docsearch.payloads import citation_payload
from docsearch.registers import page
from docsearch.tables import Column, Row, as_csv, as_html, as_markdown, write_workbook

if TYPE_CHECKING:
    import pandas as pd

    from docsearch.picture import Picture

KEYS: Final = (
    *("topic", "place", "tier", "status", "score"),
    *("source", "number", "start", "end", "quote"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Coverage:
    """Subjects and places; each pair is spoken of, or not.

    ``matrix`` has one row a subject; a cell's score is that of its best passage.
    """

    matrix: Matrix

    @property
    def topics(self) -> tuple[str, ...]:
        """The subjects, those of most documents first."""
        return self.matrix.topics

    def to_list(self) -> list[Row]:
        """Return one dict a pair, the same as ``docsearch coverage --json`` prints."""
        return [
            {"topic": row.topic, "place": place.label, "tier": place.tier, "status": cell.status}
            | {"score": score_of(cell)}
            | _best(cell)
            for row in self.matrix.rows
            for place, cell in zip(self.matrix.places, row.cells, strict=True)
        ]

    def to_pandas(self) -> pd.DataFrame:
        """Return subjects × places as a frame: the score where it is spoken of, else missing."""
        import pandas as pd

        return pd.DataFrame(
            [
                [score_of(cell) if cell.status == "stated" else None for cell in row.cells]
                for row in self.matrix.rows
            ],
            index=list(self.topics),
            columns=[place.label for place in self.matrix.places],
            dtype="float64",
        )

    def plot(self) -> Picture:
        """Return the heat map; a notebook shows it.

        Returns:
            The picture; ``save(path)`` writes it as PNG or SVG.

        Raises:
            MissingDependencyError: matplotlib is not installed.
            QueryError: there are more subjects or places than a picture holds.
        """
        from docsearch.compare.coverage_picture import heat_map

        return heat_map(self.matrix)

    def render(self, form: str) -> str:
        """Return the table in one of the text formats.

        Args:
            form: "json", "csv", "md", "html" (a whole page) or "table".

        Returns:
            The text of the file.

        Raises:
            QueryError: the format is a file's.
        """
        makers: dict[str, Callable[[], str]] = {
            "json": lambda: json.dumps(self.to_list(), ensure_ascii=False, indent=2) + "\n",
            "csv": lambda: as_csv(self.to_list(), KEYS),
            "md": lambda: as_markdown(self._wide()),
            "html": lambda: page("Chủ đề theo địa phương", as_html(self._wide())),
            "table": lambda: str(self),
        }
        if form not in makers:
            raise QueryError(f"--format {form} needs a file; name one with --output FILE")
        return makers[form]()

    def write(self, form: str, path: Path) -> None:
        """Write the table or its picture to a file.

        Args:
            form: as for ``render``, or "xlsx", "png", "svg".
            path: the file; replaced when it exists.

        Raises:
            QueryError: there is no such format.
            MissingDependencyError: a picture is wanted and matplotlib is not installed.
        """
        if form == "xlsx":
            columns = [Column("Chủ đề", "Chủ đề", 40)]
            columns += [Column(p.label, p.label, 18) for p in self.matrix.places]
            write_workbook(self._wide(), columns, path, title="Chủ đề")
        elif form in ("png", "svg"):
            path.write_bytes(self.plot().to_bytes("svg" if form == "svg" else "png"))
        else:
            encoding = "utf-8-sig" if form == "csv" else "utf-8"
            path.write_text(self.render(form), encoding=encoding, newline="")

    def _wide(self) -> list[Row]:
        return [
            {"Chủ đề": row.topic}
            | {
                place.label: shown(cell)
                for place, cell in zip(self.matrix.places, row.cells, strict=True)
            }
            for row in self.matrix.rows
        ]

    def __repr__(self) -> str:
        return f"<docsearch.Coverage: {len(self.topics)} topics, {len(self.matrix.places)} places>"

    def __str__(self) -> str:
        from docsearch.compare.coverage_text import coverage_text

        return coverage_text(self.matrix)

    def _repr_html_(self) -> str:
        return as_html(self._wide())


def _best(cell: Cell) -> dict[str, Any]:
    citation = cell.quotations[0].citations[0] if cell.quotations else None
    citation = citation or (cell.nearest.citation if cell.nearest else None)
    payload = citation_payload(citation) if citation else {}
    return {name: payload.get(name) for name in ("source", "number", "start", "end", "quote")}
