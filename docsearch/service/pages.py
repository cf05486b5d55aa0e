"""The page on which one asks: the answer with its quotations, or why there is none."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from docsearch.errors import IndexFileError, QueryError
from docsearch.library import Index
from docsearch.service.facets import facets_of
from docsearch.service.forms import AskForm, read_form, sent
from docsearch.service.model import get_model
from docsearch.service.running import SourceDep, get_index, note_reply, run_asking
from docsearch.service.site import API, ASK, Site

router = APIRouter(include_in_schema=False)

EXAMPLES: Final = (
    "Đơn vị nào phải báo cáo trước ngày 15/12?",
    "Những việc nào phải hoàn thành trước ngày 28/6/2024?",
    "Ai ký kế hoạch 141/KH-UBND?",
)


async def get_site(request: Request) -> Site:
    """Return what makes pages."""
    site: Site = request.app.state.site
    return site


async def get_index_or_none(source: SourceDep) -> Index | None:
    """Return the index of a page that is shown without one too."""
    try:
        return await get_index(source)
    except IndexFileError:
        return None


SiteDep = Annotated[Site, Depends(get_site)]
MaybeIndex = Annotated[Index | None, Depends(get_index_or_none)]


@router.get(ASK)
async def ask_page(request: Request, site: SiteDep, index: MaybeIndex) -> Response:
    """Show the form, and the answer where something is asked."""
    form, faults = read_form(AskForm, request)
    values: dict[str, Any] = {
        "given": sent(request),
        "faults": faults,
        "examples": EXAMPLES,
        "filtered": form.model_dump(exclude={"question"}, exclude_none=True),
        "answer": None,
        "abstention": None,
        "facets": None,
        "model": None,
        "unusable": False,
    }
    if index is None:
        return site.page(request, "ask.html", 503 if form.question else 200, **values)
    values["facets"] = facets_of(index)
    if not form.question or faults:
        return site.page(request, "ask.html", 422 if faults else 200, **values)
    model, filters = get_model(request), form.to_filters()
    try:
        reply, unusable = await run_asking(
            request, index, lambda asked: model.ask_anyway(asked, form.question, filters)
        )
    except QueryError as error:
        values["faults"] = {"question": str(error)}
        return site.page(request, "ask.html", 422, **values)
    note_reply(request, reply)
    kind = "answer" if reply.answered else "abstention"
    values[kind] = reply.result
    values["model"] = reply.model
    values["unusable"] = unusable is not None
    if unusable:
        request.scope["state"]["log"]["model"] = unusable
    return site.page(request, "ask.html", **values)


@router.get(API)
async def api_page(request: Request, site: SiteDep) -> Response:
    """Show the routes for programs with their examples, from the OpenAPI document."""
    return site.page(request, "api.html", document=request.app.openapi())
