"""The comparison of places: the route, the matrix as a page, and as an Excel file."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from pydantic import ConfigDict, Field
from starlette.responses import Response

from docsearch.compare.comparison import Comparison
from docsearch.errors import QueryError
from docsearch.library import Index
from docsearch.records import Citation, Span
from docsearch.render import marked
from docsearch.service.api import COMMON
from docsearch.service.downloads import MEDIA_TYPES, attachment
from docsearch.service.facets import facets_of
from docsearch.service.pages import SiteDep
from docsearch.service.problems import problem_responses
from docsearch.service.quotations import citation_of
from docsearch.service.running import IndexDep, Json, note_question, run
from docsearch.service.schemas import CompareParameters, ComparisonBody
from docsearch.service.site import COMPARE

router = APIRouter()

EXAMPLES: Final = (
    "phân luồng học sinh sau THCS",
    "chuyển đổi số trong giáo dục",
    "đội ngũ giáo viên",
)


class CompareForm(CompareParameters):
    """The form of a comparison; without a topic it is only shown."""

    model_config = ConfigDict(extra="ignore")

    topic: list[str] = Field([], max_length=5)


def compared(index: Index, parameters: CompareParameters) -> Comparison:
    """Return the comparison that is asked for; columns without words in them are left out."""
    return index.compare(
        parameters.topic,
        parameters.place or None,
        parameters.aspect or None,
        filters=parameters.to_filters(),
    )


@router.get("/compare", response_model=ComparisonBody, responses=problem_responses(*COMMON))
async def compare(
    request: Request, parameters: Annotated[CompareParameters, Query()], index: IndexDep
) -> Response:
    """Return what the documents of each place say of one or several topics, side by side."""
    note_question(request, "; ".join(parameters.topic))
    return await run(request, index, lambda asked: Json(compared(asked, parameters).to_dict()))


@router.get(
    "/compare.xlsx",
    response_class=Response,
    responses={
        200: {"content": {MEDIA_TYPES["xlsx"]: {"schema": {"type": "string", "format": "binary"}}}},
        **problem_responses(*COMMON),
    },
)
async def download(
    request: Request, parameters: Annotated[CompareParameters, Query()], index: IndexDep
) -> Response:
    """Return the comparison as an Excel file."""

    def make(asked: Index) -> bytes:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "so-sanh.xlsx"
            compared(asked, parameters).to_excel(path)
            return path.read_bytes()

    return attachment(await run(request, index, make), "so-sanh", "xlsx")


@router.get(COMPARE, include_in_schema=False)
async def compare_page(request: Request, site: SiteDep, index: IndexDep) -> Response:
    """Show the matrix of a topic and places."""
    topics = [value for value in request.query_params.getlist("topic") if value.strip()]
    places = [value for value in request.query_params.getlist("place") if value.strip()]
    values: dict[str, Any] = {
        "given": {"topic": topics[0][:200] if topics else ""},
        "places": places,
        "facets": facets_of(index),
        "examples": EXAMPLES,
        "faults": {},
        "matrix": None,
    }
    if not topics:
        return site.page(request, "compare.html", **values)
    form = CompareForm.model_validate({"topic": topics[:5], "place": places[:50] or None})
    try:
        matrix = await run(request, index, lambda asked: compared(asked, form).to_dict())
    except QueryError as error:
        values["faults"] = {"topic": str(error)}
        return site.page(request, "compare.html", 422, **values)
    values["matrix"] = matrix
    values["citations"] = [_citation(cited) for cited in matrix["citations"]]
    return site.page(request, "compare.html", **values)


def _citation(cited: dict[str, Any]) -> tuple[Citation, list[tuple[str, bool]]]:
    """Return a citation and its quotation in marked parts."""
    citation = citation_of(cited, [Span(start, end) for start, end in cited["marks"]])
    return citation, list(marked(citation))
