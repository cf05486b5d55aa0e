"""Files that a browser saves: tables as Excel and CSV, deadlines as a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from starlette.responses import Response

from docsearch.tables import Column

MEDIA_TYPES: Final = {
    "ics": "text/calendar; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def attachment(content: bytes, name: str, form: str) -> Response:
    """Return a file to be saved.

    Args:
        content: what is in it.
        name: its name without the ending.
        form: a key of ``MEDIA_TYPES``, which is its ending too.

    Returns:
        The response.
    """
    return Response(
        content,
        media_type=MEDIA_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )


def sheet_columns(columns: Sequence[Column]) -> list[Column]:
    """Return columns without links to files: there is no file beside a download."""
    return [replace(each, kind="text") if each.kind == "file" else each for each in columns]
