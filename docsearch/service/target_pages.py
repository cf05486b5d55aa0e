"""Figures that documents set or report (chỉ tiêu, kết quả): the page, and files to take along."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from docsearch.library import Index
from docsearch.payloads import target_row
from docsearch.register.query import Stated
from docsearch.registers import TARGET_COLUMNS, TARGET_KEYS, readable_targets
from docsearch.service.api import COMMON
from docsearch.service.downloads import MEDIA_TYPES, attachment, sheet_columns
from docsearch.service.forms import TargetsForm
from docsearch.service.pages import SiteDep
from docsearch.service.problems import problem_responses
from docsearch.service.running import IndexDep, run
from docsearch.service.schemas import TargetParameters
from docsearch.service.site import TARGETS
from docsearch.service.tables import Part, kept, table_page
from docsearch.tables import as_csv, write_workbook

router = APIRouter()

NAME: Final = "chi-tieu"


@router.get(TARGETS, include_in_schema=False)
async def targets_page(request: Request, site: SiteDep, index: IndexDep) -> Response:
    """Show figures as a table, by document."""
    return await table_page(request, site, index, "targets.html", TargetsForm, _found)


def _found(index: Index, form: TargetsForm) -> dict[str, object]:
    criteria = form.criteria()
    found = kept(index, ("targets", repr(criteria)), lambda: index.targets(**criteria))
    part = Part.of(found, form.page)
    return {"rows": rows_of(index, part.rows), "count": part.count, "pages_count": part.pages}


def rows_of(index: Index, found: Sequence[Stated]) -> list[dict[str, Any]]:
    """Return figures as JSON values."""
    texts = index.snapshot.store.texts({each.document for each in found})
    entries = index.snapshot.entries
    return [target_row(each, entries[each.document], texts[each.document]) for each in found]


@router.get(
    "/targets.{form}",
    response_class=Response,
    responses={
        200: {
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                MEDIA_TYPES["xlsx"]: {"schema": {"type": "string", "format": "binary"}},
            }
        },
        **problem_responses(*COMMON),
    },
)
async def download(
    request: Request,
    form: Literal["xlsx", "csv"],
    parameters: Annotated[TargetParameters, Query()],
    index: IndexDep,
) -> Response:
    """Return figures as an Excel file or CSV."""
    content = await run(request, index, lambda asked: _file(asked, form, parameters.criteria()))
    return attachment(content, NAME, form)


def _file(index: Index, form: str, criteria: dict[str, Any]) -> bytes:
    rows = index.targets(**criteria).to_list()
    if form == "csv":
        return as_csv(rows, TARGET_KEYS).encode("utf-8-sig")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{NAME}.xlsx"
        columns = sheet_columns(TARGET_COLUMNS)
        write_workbook(readable_targets(rows), columns, path, title="Chỉ tiêu")
        return path.read_bytes()
