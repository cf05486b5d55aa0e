"""The page of documents that are cited and not here (văn bản được nhắc đến mà chưa có)."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from docsearch.index.relations import MissingDocument
from docsearch.library import Index
from docsearch.payloads import document_row, missing_row
from docsearch.service.forms import MissingForm
from docsearch.service.pages import SiteDep
from docsearch.service.running import IndexDep
from docsearch.service.site import MISSING
from docsearch.service.tables import Part, kept, table_page

router = APIRouter(include_in_schema=False)

MOST_CITING: Final = 50
"""Documents that are named of those that cite one; the others are counted."""


@router.get(MISSING)
async def missing_page(request: Request, site: SiteDep, index: IndexDep) -> Response:
    """List documents that others cite and that are not here, the most cited first."""
    return await table_page(request, site, index, "missing.html", MissingForm, _found)


def _found(index: Index, form: MissingForm) -> dict[str, object]:
    filters = form.to_filters()
    found = kept(index, ("missing", filters), lambda: index.missing_documents(filters=filters))
    part = Part.of(found, form.page)
    rows = [_row(index, missing) for missing in part.rows]
    return {"rows": rows, "count": part.count, "pages_count": part.pages}


def _row(index: Index, missing: MissingDocument) -> dict[str, Any]:
    shown = missing.cited_by[:MOST_CITING]
    citing = [document_row(index.snapshot.entries[each]) for each in shown]
    return {**missing_row(missing), "citing": citing, "citing_count": len(missing.cited_by)}
