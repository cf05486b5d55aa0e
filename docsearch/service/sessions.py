"""Signing in and out of the pages: a key is exchanged for a cookie."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from docsearch.service.access import COOKIE, LOGIN, LOGOUT
from docsearch.service.keys import KeyFile
from docsearch.service.pages import SiteDep

router = APIRouter(include_in_schema=False)


def own_address(given: str) -> str:
    """Return where to go after signing in: an address of this service, else its first page."""
    plain = given.isprintable() and "\\" not in given
    return given if plain and given.startswith("/") and not given.startswith("//") else "/"


@router.get(LOGIN)
async def login_page(request: Request, site: SiteDep, next: str = "/") -> Response:
    """Show the field for the key."""
    return site.page(request, "login.html", next=own_address(next), wrong=False)


@router.post(LOGIN)
async def login(
    request: Request,
    site: SiteDep,
    key: Annotated[str, Form(max_length=200)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Exchange a key for a cookie."""
    keys: KeyFile = request.app.state.keys
    ring = keys.ring()
    found = ring.find(key.strip())
    if found is None:
        return site.page(request, "login.html", 401, next=own_address(next), wrong=True)
    hours = request.app.state.settings.session_hours
    response = RedirectResponse(own_address(next), 303)
    response.set_cookie(
        COOKIE,
        ring.session(found, hours=hours),
        max_age=int(hours * 3600),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


@router.post(LOGOUT)
async def logout(request: Request) -> Response:
    """Forget the cookie."""
    response = RedirectResponse(LOGIN, 303)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return response
