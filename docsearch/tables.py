"""Rows → a table for a terminal, JSON, CSV, Excel, Markdown or HTML."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, Final, Literal

from docsearch.errors import QueryError

Format = Literal["table", "json", "csv", "xlsx", "md", "html"]
FORMATS: Final = ("table", "json", "csv", "xlsx", "md", "html")

# Characters that XML 1.0, and so a spreadsheet, cannot hold.
_NO_CELL: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Row = dict[str, Any]  # JSON values


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


def as_csv(rows: Sequence[Row]) -> str:
    """Return the rows as CSV (RFC 4180) with a header line."""
    out = io.StringIO()
    columns = list(rows[0]) if rows else []
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_safe(cell(row.get(name))) for name in columns] for row in rows])
    return out.getvalue()


def as_markdown(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    columns = list(rows[0]) if rows else []
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

    Args:
        rows: the rows; the first gives the columns.
        path: the file; replaced when it exists.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.worksheets[0]
    columns = list(rows[0]) if rows else []
    sheet.append(columns)
    for row in rows:
        sheet.append([_excel(row.get(name)) for name in columns])
    for title in sheet[1]:
        title.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    book.save(path)


def _excel(value: object) -> str | int | float:
    """Return a JSON value as an Excel cell: a number as a number, anything else as text."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return _safe(cell(value))[:32_767]


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


def _safe(text: str) -> str:
    """Return text that a spreadsheet does not take for a formula; control characters dropped."""
    kept = _NO_CELL.sub("", text)
    return f"'{kept}" if kept[:1] in ("=", "@") else kept
