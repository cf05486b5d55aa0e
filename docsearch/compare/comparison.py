"""A comparison as its users see it: printed, in a notebook, as a frame, as a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docsearch.compare.aspects import titles
from docsearch.compare.matrix import Matrix
from docsearch.compare.matrix_aligned import Aligned, aligned
from docsearch.compare.matrix_html import matrix_html
from docsearch.compare.matrix_payload import (
    FLAT,
    STATUS_WORDS,
    cell_text,
    flat_rows,
    matrix_payload,
)
from docsearch.compare.matrix_text import matrix_markdown, matrix_text
from docsearch.errors import QueryError
from docsearch.registers import KINDS, figure_words, page, period_words
from docsearch.tables import Column, Row, Sheet, as_csv, write_sheets

if TYPE_CHECKING:
    import pandas as pd

    from docsearch.picture import Picture

_CITED: Final = (
    Column("topic", "Chủ đề", 28),
    Column("aspect", "Nội dung", 16),
    Column("place", "Nơi", 20),
    Column("status", "Tình trạng", 16),
    Column("gist", "Tóm lược", 50),
    Column("quote", "Nguyên văn", 70),
    Column("score", "Điểm", 8),
    Column("number", "Số văn bản", 16),
    Column("issued_on", "Ngày ban hành", 14, "date"),
    Column("path", "Vị trí", 36),
    Column("source", "Tệp", 26, "file"),
    Column("start", "Từ", 9),
    Column("end", "Đến", 9),
)


@dataclass(frozen=True, slots=True, repr=False)
class Comparison:
    """What the documents of places say of topics; ``matrix`` is the record."""

    matrix: Matrix

    def aligned(self) -> tuple[Aligned, ...]:
        """Return the figures by indicator: two are one indicator only where all of it agrees."""
        return aligned(self.matrix)

    def aligned_to_pandas(self) -> pd.DataFrame:
        """Return the figures as a frame, one row a value; equal ``line`` is one indicator."""
        import pandas as pd

        rows = [
            {"line": line, "subject": each.subject, "indicator": each.indicator}
            | {"unit": each.unit, "kind": each.kind, "place": value.place}
            | {"comparator": value.comparator, "value": value.value, "value_to": value.value_to}
            | {"period": value.period, "quote": value.citation.quote}
            for line, each in enumerate(self.aligned())
            for value in each.values
        ]
        return pd.DataFrame(rows)

    def plot(self, *, unit: str = "%") -> Picture:
        """Return the figures of one unit as a dot plot; a notebook shows it.

        Args:
            unit: "%", "trường".

        Returns:
            The picture; ``save(path)`` writes it.

        Raises:
            MissingDependencyError: matplotlib is not installed.
            QueryError: there are more indicators or places than a picture holds.
        """
        from docsearch.compare.aligned_picture import dot_plot

        with_figures = {value.place for each in self.aligned() for value in each.values}
        places = [p.label for p in self.matrix.places if p.label in with_figures]
        return dot_plot(self.aligned(), places, unit=unit)

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON values, the same as ``docsearch compare --json``."""
        return matrix_payload(self.matrix)

    def to_list(self) -> list[Row]:
        """Return one dict a quotation, and one for every cell without any."""
        return flat_rows(self.matrix)

    def to_pandas(self) -> pd.DataFrame:
        """Return the matrix as a frame: topics and aspects down, places across, words in cells."""
        import pandas as pd

        rows = self._wide()
        names = ["topic", "aspect"]
        frame = pd.DataFrame(rows, columns=[*names, *(p.label for p in self.matrix.places)])
        return frame.set_index(names)

    def to_csv(self) -> str:
        """Return one line a quotation; words that begin as a formula does are kept as text."""
        return as_csv(self.to_list(), FLAT)

    def to_markdown(self) -> str:
        """Return the matrix as a Markdown table with its numbered quotations."""
        return matrix_markdown(self.matrix)

    def to_html(self) -> str:
        """Return the matrix as an HTML fragment with the quotations on demand."""
        return matrix_html(self.matrix)

    def to_excel(self, path: str | Path) -> None:
        """Write an Excel file: the matrix, its citations, the figures by indicator, the origin.

        Args:
            path: the file; replaced when it exists.
        """
        places = [Column(place.label, place.label, 44) for place in self.matrix.places]
        heads = [Column("topic", "Chủ đề", 28), Column("aspect", "Nội dung", 16)]
        cited = [
            row | {"aspect": titles()[row["aspect"]], "status": STATUS_WORDS[row["status"]]}
            for row in self.to_list()
        ]
        sheets = [
            Sheet("Ma trận", [*heads, *places], self._wide()),
            Sheet("Trích dẫn", _CITED, cited),
            Sheet("Chỉ tiêu đối chiếu", *self._indicators()),
            Sheet("Nguồn", [Column("name", "", 24), Column("value", "", 70)], self._origin()),
        ]
        write_sheets(sheets, Path(path))

    def write(self, form: str, path: Path) -> None:
        """Write the comparison to a file; CSV with a mark that tells Excel it is UTF-8.

        Args:
            form: "json", "csv", "md", "html", "table" or "xlsx".
            path: the file; replaced when it exists.

        Raises:
            QueryError: there is no such format.
        """
        if form == "xlsx":
            self.to_excel(path)
            return
        encoding = "utf-8-sig" if form == "csv" else "utf-8"
        path.write_text(self.render(form), encoding=encoding, newline="")

    def render(self, form: str) -> str:
        """Return the comparison in one of the text formats.

        Args:
            form: "json", "csv", "md", "html" (a whole page) or "table".

        Returns:
            The text of the file.

        Raises:
            QueryError: the format is a file's (xlsx), or there is no such format.
        """
        title = self.matrix.topics[0] if len(self.matrix.topics) == 1 else "So sánh"
        makers: dict[str, Callable[[], str]] = {
            "json": lambda: json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n",
            "csv": self.to_csv,
            "md": self.to_markdown,
            "html": lambda: page(title, self.to_html()),
            "table": lambda: str(self),
        }
        if form not in makers:
            raise QueryError(f"--format {form} needs a file; name one with --output FILE")
        return makers[form]()

    def _wide(self) -> list[Row]:
        return [
            {"topic": row.topic, "aspect": titles()[row.aspect]}
            | {
                place.label: cell_text(cell)
                for place, cell in zip(self.matrix.places, row.cells, strict=True)
            }
            for row in self.matrix.rows
        ]

    def _indicators(self) -> tuple[list[Column], list[Row]]:
        names = [("subject", "Đối tượng", 34), ("indicator", "Chỉ tiêu", 44), ("kind", "Loại", 12)]
        columns = [Column(*name) for name in names]
        columns += [Column(place.label, place.label, 26) for place in self.matrix.places]
        rows = []
        for each in self.aligned():
            row: Row = {"subject": each.subject, "indicator": each.indicator}
            row["kind"] = KINDS[each.kind]
            for value in each.values:
                parts = {"comparator": value.comparator, "value": value.value}
                words = figure_words(parts | {"value_to": value.value_to, "unit": each.unit})
                words += f" ({period_words(value.period)})" if value.period else ""
                row[value.place] = "; ".join(filter(None, (row.get(value.place), words)))
            rows.append(row)
        return columns, rows

    def _origin(self) -> list[Row]:
        origin = self.matrix.origin
        return [
            {"name": "Kho văn bản (SHA-256)", "value": origin.corpus},
            {"name": "Số văn bản", "value": origin.documents},
            {"name": "Bộ mã hóa", "value": origin.encoder},
            {"name": "docsearch", "value": origin.version},
            {"name": "Không nêu nơi", "value": "; ".join(self.matrix.without_place)},
        ]

    def __repr__(self) -> str:
        matrix = self.matrix
        return f"<docsearch.Comparison: {len(matrix.rows)} rows, {len(matrix.places)} places>"

    def __str__(self) -> str:
        return matrix_text(self.matrix)

    def _repr_html_(self) -> str:
        return self.to_html()
