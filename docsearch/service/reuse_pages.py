"""The page of text that documents share (văn bản dùng lại): both places, and what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from docsearch.library import Index
from docsearch.records import Span
from docsearch.render import marked
from docsearch.service.forms import ReuseForm
from docsearch.service.pages import SiteDep
from docsearch.service.quotations import citation_of
from docsearch.service.running import IndexDep
from docsearch.service.site import REUSE
from docsearch.service.tables import Part, kept, table_page

router = APIRouter(include_in_schema=False)

MOST: Final = 300
"""Documents that are compared at once; of more the page asks to choose. Arbitrary: a page is waited
for."""


@router.get(REUSE)
async def reuse_page(request: Request, site: SiteDep, index: IndexDep) -> Response:
    """Show the text that documents share, the longest first; of one document, what it shares."""
    return await table_page(request, site, index, "reuse.html", ReuseForm, _found)


def _found(index: Index, form: ReuseForm) -> dict[str, object]:
    filters = replace(form.to_filters(), document=None)
    among = len(index.documents(filters=filters))
    shown: dict[str, object] = {"among": among, "most": MOST, "rows": [], "about": None}
    if form.document:
        shown["about"] = index.snapshot.entries[index.document(form.document).id]
    if among > MOST:
        return shown | {"count": 0, "pages_count": 1}
    found = kept(
        index,
        ("reuse", form.document, filters),
        lambda: index.reuse(form.document, filters=filters).to_list(),
    )
    part = Part.of(found, form.page)
    rows = [_row(row) for row in part.rows]
    return shown | {"rows": rows, "count": part.count, "pages_count": part.pages}


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a shared part with the words of both places, those that differ marked."""
    sides = []
    for name, side in (("first", "before"), ("second", "after")):
        marks = [change[side] for change in row["changes"] if change[side]]
        sides.append(_side(row[name], [Span(mark["start"], mark["end"]) for mark in marks]))
    return {**row, "sides": sides}


def _side(part: Mapping[str, Any], changed: list[Span]) -> dict[str, Any]:
    citation = citation_of(part, changed)
    return {"citation": citation, "parts": list(marked(citation))}
