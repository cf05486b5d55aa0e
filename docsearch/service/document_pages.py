"""Pages of documents: the list, and each with its header, relations, outline and text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from docsearch.library import Index
from docsearch.parse.relations import relation_labels
from docsearch.payloads import document_row, header_payload
from docsearch.records import Span
from docsearch.service.api import DocumentName
from docsearch.service.forms import DocumentsForm
from docsearch.service.pages import SiteDep
from docsearch.service.reading import blocks_of, outline_of
from docsearch.service.running import IndexDep, run
from docsearch.service.site import DOCUMENTS
from docsearch.service.tables import Part, table_page

router = APIRouter(include_in_schema=False)

MAX_MARKS: Final = 100
_SPAN: Final = re.compile(r"(\d{1,9})-(\d{1,9})")


@router.get(DOCUMENTS)
async def documents_page(request: Request, site: SiteDep, index: IndexDep) -> Response:
    """List the documents with what their headers state."""
    return await table_page(request, site, index, "documents.html", DocumentsForm, _listed)


def _listed(index: Index, form: DocumentsForm) -> dict[str, object]:
    part = Part.of(index.documents(filters=form.to_filters()), form.page)
    rows = [document_row(entry, index.snapshot.others(entry.id)) for entry in part.rows]
    return {"rows": rows, "count": part.count, "pages_count": part.pages}


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a document is opened at: a quotation, and the answer's words in it."""

    span: Span | None
    marks: tuple[Span, ...]


def read_quotation(doan: str, dau: str, length: int) -> Quotation:
    """Return the places that an address names, as far as they are in the text.

    Args:
        doan: "start-end" of the quotation, in code points.
        dau: the same of the words that are marked, with commas between.
        length: code points of the text.

    Returns:
        The places; what is not one is left out.
    """
    found = [_span(part, length) for part in (doan, *dau.split(",")[:MAX_MARKS])]
    return Quotation(found[0], tuple(span for span in found[1:] if span))


def _span(given: str, length: int) -> Span | None:
    match = _SPAN.fullmatch(given)
    if not match or not int(match[1]) < int(match[2]) <= length:
        return None
    return Span(int(match[1]), int(match[2]))


@router.get(DOCUMENTS + "/{id}")
async def document_page(
    request: Request,
    name: DocumentName,
    site: SiteDep,
    index: IndexDep,
    doan: Annotated[str, Query(max_length=40)] = "",
    dau: Annotated[str, Query(max_length=4000)] = "",
) -> Response:
    """Show a document at a quotation, its outline beside it."""

    def find(asked: Index) -> dict[str, Any]:
        document = asked.document(name)
        entry = asked.snapshot.entries[document.id]
        outline = asked.outline(document.id)
        quotation = read_quotation(doan, dau, len(document.text))
        return {
            "document": document,
            "row": document_row(entry, asked.snapshot.others(entry.id)),
            "header": header_payload(entry.header),
            "relations": asked.relations(document.id).to_list(),
            "cited_by": cited_by(asked, document.id),
            "labels": relation_labels(),
            "blocks": blocks_of(document, outline, quotation.span, quotation.marks),
            "outline": outline_of(outline, quotation.span),
            "quotation": quotation.span,
        }

    return site.page(request, "document.html", **await run(request, index, find))


def cited_by(index: Index, document: str) -> list[dict[str, Any]]:
    """Return the documents of the index that cite a document, each once, and how."""
    found: dict[str, dict[str, Any]] = {}
    for each in index.cited_by(document):
        if each.document not in found:
            row = document_row(index.snapshot.entries[each.document])
            found[each.document] = {**row, "relation": each.reference.relation}
    return list(found.values())
