"""Rows → a table for a terminal, JSON, CSV, Excel, Markdown or HTML."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote

from docsearch.errors import QueryError

Format = Literal["table", "json", "csv", "xlsx", "md", "html"]
FORMATS: Final = ("table", "json", "csv", "xlsx", "md", "html")

# Characters that XML 1.0, and so a spreadsheet, cannot hold.
_NO_CELL: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

WIDEST: Final = 60
"""Characters of an Excel column; arbitrary, three of them fit a screen."""

Row = dict[str, Any]  # JSON values


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table for people."""

    key: str  # of the rows
    title: str
    width: int  # characters
    kind: Literal["text", "date", "file"] = "text"  # "file": its words are a link


def cell(value: object) -> str:
    """Return a JSON value as the words of one cell; lists are joined with "; "."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "; ".join(cell(item) for item in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def as_json(rows: Sequence[Row]) -> str:
    """Return the rows as one JSON array."""
    return json.dumps(list(rows), ensure_ascii=False, indent=2)


def as_csv(rows: Sequence[Row], names: Sequence[str] = ()) -> str:
    """Return the rows as CSV (RFC 4180) with a header line.

    Args:
        rows: the rows; the first gives the columns.
        names: the columns, where they are known without rows too.

    Returns:
        The text. Words that begin as a formula does ("=", "+", "-", "@") have an apostrophe
        before them; numbers have none.
    """
    out = io.StringIO()
    columns = list(names) or (list(rows[0]) if rows else [])
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_csv_cell(row.get(name)) for name in columns] for row in rows])
    return out.getvalue()


def as_markdown(rows: Sequence[Row], names: Sequence[str] = ()) -> str:
    """Return the rows as a Markdown table; ``names`` as for ``as_csv``."""
    columns = list(names) or (list(rows[0]) if rows else [])
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    for row in rows:
        cells = (" ".join(cell(row.get(name)).replace("|", "\\|").split()) for name in columns)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def as_html(rows: Sequence[Row]) -> str:
    """Return the rows as an HTML table."""
    columns = list(rows[0]) if rows else []
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell(row.get(name)))}</td>" for name in columns) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>\n"


def write_xlsx(rows: Sequence[Row], path: Path) -> None:
    """Write the rows to an Excel file with a frozen, filterable header line.

    Columns are as wide as their longest words, up to a bound, beyond which lines are broken.

    Args:
        rows: the rows; the first gives the columns.
        path: the file; replaced when it exists.
    """
    names = list(rows[0]) if rows else []
    write_workbook(rows, [Column(name, name, _width(rows, name)) for name in names], path)


def _width(rows: Sequence[Row], name: str) -> int:
    """Return the characters of a column: those of its longest cell, from 10 to ``WIDEST``."""
    longest = max((len(cell(row.get(name))) for row in rows), default=0)
    return min(max(longest + 2, len(name) + 4, 10), WIDEST)  # the filter's button takes some


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of an Excel file."""

    title: str  # at most 31 characters
    columns: Sequence[Column]  # where the width is 0 it is Excel's own
    rows: Sequence[Row]  # dates in ISO 8601


def write_workbook(
    rows: Sequence[Row], columns: Sequence[Column], path: Path, *, title: str = "Sheet"
) -> None:
    """Write a table for people to an Excel file of one sheet.

    Args:
        rows: the rows; dates in ISO 8601.
        columns: the columns in order; where the width is 0 it is Excel's own.
        path: the file; replaced when it exists.
        title: of the sheet, at most 31 characters.
    """
    write_sheets([Sheet(title, columns, rows)], path)


def write_sheets(sheets: Sequence[Sheet], path: Path) -> None:
    """Write tables for people to an Excel file, one sheet each.

    Args:
        sheets: the sheets in order, at least one.
        path: the file; replaced when it exists.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill_sheet(book.create_sheet(sheet.title), sheet)
    book.save(path)


def _fill_sheet(page: Any, sheet: Sheet) -> None:  # noqa: ANN401  # openpyxl's worksheet
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    page.append([_printable(column.title) for column in sheet.columns])
    for place, column in enumerate(sheet.columns, start=1):
        head = page.cell(1, place)
        head.data_type, head.font = "s", Font(bold=True)
        if column.width:
            page.column_dimensions[get_column_letter(place)].width = column.width
    for line, row in enumerate(sheet.rows, start=2):
        for place, column in enumerate(sheet.columns, start=1):
            found = page.cell(line, place)
            _fill(found, row.get(column.key), column)
            if column.width:
                found.alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    if any(column.width for column in sheet.columns):
        page.page_setup.orientation = "landscape"
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_title_rows = "1:1"


def _fill(found: Any, value: object, column: Column) -> None:  # noqa: ANN401  # openpyxl's cell
    """Put a JSON value into an Excel cell: a number as a number, a date as a date, else text."""
    from openpyxl.styles import Font

    if column.kind == "date" and (day := _day(value)):
        found.value, found.number_format = day, "dd/mm/yyyy"
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        found.value = value
    elif words := _printable(cell(value))[:32_767]:
        found.value, found.data_type = words, "s"  # never a formula
        found.quotePrefix = words[:1] in _FORMULA
    if column.kind == "file" and value:
        found.hyperlink = quote(str(value))
        found.font = Font(underline="single", color="0563C1")


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def render(rows: Sequence[Row], form: Format) -> str:
    """Return the rows in one of the text formats.

    Args:
        rows: the rows; the first gives the columns.
        form: json, csv, md or html.

    Returns:
        The text of the file.

    Raises:
        QueryError: the format is a file's (xlsx) or a terminal's (table).
    """
    makers = {"json": as_json, "csv": as_csv, "md": as_markdown, "html": as_html}
    if form not in makers:
        raise QueryError(f"--format {form} needs a file; name one with --output FILE")
    return makers[form](rows)


def _csv_cell(value: object) -> str:
    text = _printable(cell(value))
    number = isinstance(value, (int, float))
    return f"'{text}" if text[:1] in _FORMULA and not number else text


def _printable(text: str) -> str:
    """Return text without the characters that a spreadsheet cannot hold."""
    return _NO_CELL.sub("", text)
