"""The web pages: templates, words in two languages, links, dates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal
from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

import docsearch
from docsearch.records import Span
from docsearch.registers import figure_words, period_words
from docsearch.render import cited_title, marked, one_line, short_day
from docsearch.service.access import LOGIN, LOGOUT, Caller
from docsearch.service.forms import Fault
from docsearch.service.problems import request_id

Language = Literal["vi", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")
LANGUAGE_COOKIE: Final = "docsearch_lang"
YEAR_SECONDS: Final = 365 * 24 * 3600

ASK, OBLIGATIONS, CALENDAR = "/", "/nhiem-vu", "/nhiem-vu/lich"
TARGETS, COMPARE, DOCUMENTS, API = "/chi-tieu", "/so-sanh", "/van-ban", "/api"
REUSE, MISSING = "/dung-lai", "/chua-co"


@cache
def texts() -> dict[str, tuple[str, str]]:
    """Return the words of the pages by their names: in Vietnamese and in English."""
    content = files("docsearch.service").joinpath("texts.json").read_text("utf-8")
    return {name: (vi, en) for name, (vi, en) in json.loads(content).items()}


class Words:
    """The words of the pages in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._position = LANGUAGES.index(language)

    def __call__(self, name: str, /, **values: object) -> str:
        """Return the words of that name, with ``values`` put in."""
        return texts()[name][self._position].format(**values)

    def maybe(self, name: str, otherwise: str) -> str:
        """Return the words of that name, or ``otherwise`` where there are none."""
        return self(name) if name in texts() else otherwise

    def fault(self, fault: Fault | str) -> str:
        """Return what is wrong with a field; in English where this language has no words for it."""
        if isinstance(fault, str):
            return fault
        name = f"fault_{fault.kind}"
        return self(name, **fault.values) if name in texts() else fault.words


class Site:
    """Makes pages from templates; everything that is put in is escaped."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._templates = Environment(
            loader=PackageLoader("docsearch.service"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(
            link=link,
            version=docsearch.__version__,
            pages={
                "ask": ASK,
                "obligations": OBLIGATIONS,
                "targets": TARGETS,
                "reuse": REUSE,
                "missing": MISSING,
                "calendar": CALENDAR,
                "compare": COMPARE,
                "documents": DOCUMENTS,
                "api": API,
                "login": LOGIN,
                "logout": LOGOUT,
            },
        )
        self._templates.filters.update(
            answer_example=answer_example,
            cited_title=cited_title,
            day=_day,
            figure=figure_words,
            period=period_words,
            number=_number,
            one_line=one_line,
            parts=marked,
            pick=_pick,
            plain=_plain,
            query=_query,
            request_example=request_example,
            sentence=sentence,
            spans=_spans,
        )

    def page(
        self, request: Request, template: str, status: int = 200, **values: object
    ) -> HTMLResponse:
        """Return a page.

        Args:
            request: what was asked; its language and caller show in the page.
            template: name of the template.
            status: of HTTP.
            **values: what the template shows.

        Returns:
            The page; a language chosen in the address is kept in a cookie.
        """
        words = Words(language_of(request))
        html = self._templates.get_template(template).render(
            t=words, lang=words.language, **self._frame(request), **values
        )
        response = HTMLResponse(html, status, {"Cache-Control": "private, no-cache"})
        response.headers["Vary"] = "Cookie"
        if request.query_params.get("lang") in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE,
                words.language,
                max_age=YEAR_SECONDS,
                samesite="lax",
                httponly=True,
                secure=request.url.scheme == "https",
            )
        return response

    def error(self, request: Request, problem: dict[str, Any]) -> HTMLResponse:
        """Return the page of a problem: what happened and what to do."""
        status = int(problem["status"])
        name = f"error_{status}"
        return self.page(
            request,
            "error.html",
            status,
            problem=problem,
            name=name if name in texts() else "error_other",
            request_id=request_id.get(),
        )

    def _frame(self, request: Request) -> dict[str, object]:
        """Return what the frame of every page shows."""
        state = request.scope.get("state", {})
        caller: Caller | None = state.get("caller")
        asked = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
        return {
            "path": request.url.path,
            "other_language": lambda code: link(request.url.path, **dict(asked), lang=code),
            "signed_in": bool(caller and caller.by_cookie),
            "can_write": bool(caller and caller.role == "write"),
            "static": lambda name: f"/static/{name}?v={_stamp(name)}",
        }


def language_of(request: Request) -> Language:
    """Return the language of the pages: that of the address, of the cookie, Vietnamese."""
    for given in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if given in LANGUAGES:
            return given
    return "vi"


def link(path: str, *parts: str, anchor: str = "", **query: object) -> str:
    """Return an address of the service.

    Args:
        path: of the page.
        *parts: further parts of the path, quoted.
        anchor: the place in the page.
        **query: parameters; those that are None or empty are left out, ``from_`` is "from".

    Returns:
        The address without the host.
    """
    address = path.rstrip("/") + "".join(f"/{quote(part, safe='')}" for part in parts) or "/"
    given = {k.rstrip("_"): v for k, v in query.items() if v not in (None, "", False)}
    if given:
        address += "?" + urlencode(given)
    return f"{address}#{anchor}" if anchor else address


def sentence(text: str) -> str:
    """Return words with a capital at the beginning."""
    return text[:1].upper() + text[1:]


@cache
def _stamp(name: str) -> str:
    """Return what changes with a static file, so that browsers may keep it."""
    from hashlib import sha256

    content = files("docsearch.service").joinpath("static", name).read_bytes()
    return sha256(content).hexdigest()[:12]


def _day(value: str | date | None) -> str:
    if value is None:
        return ""
    return short_day(value.isoformat() if isinstance(value, date) else value)


def _number(value: float | None) -> str:
    """Return a figure as Vietnamese documents write it: 12,5."""
    return "" if value is None else f"{value:g}".replace(".", ",")


def _plain(text: str) -> str:
    """Return words of a document without the signs of Markdown."""
    return text.replace("*", "")


def _spans(spans: Iterable[Span]) -> str:
    """Return places of a text as an address has them: "3-9,12-20"."""
    return ",".join(f"{span.start}-{span.end}" for span in spans)


def _query(pairs: Iterable[tuple[str, str]], places: Iterable[str]) -> str:
    """Return parameters of an address, one ``place`` for each place."""
    return urlencode([*pairs, *(("place", place) for place in places)])


def _pick(values: Mapping[str, object], *names: str) -> dict[str, object]:
    return {name: values[name] for name in names if name in values}


def request_example(operation: dict[str, Any], document: dict[str, Any]) -> str:
    """Return the first example of the body that a route takes; "" where there is none."""
    content = operation.get("requestBody", {}).get("content", {})
    return _example(content.get("application/json", {}).get("schema", {}), document)


def answer_example(operation: dict[str, Any], document: dict[str, Any]) -> str:
    """Return the first example of the body that a route answers with; "" where there is none."""
    for status in ("200", "201"):
        content = operation["responses"].get(status, {}).get("content", {})
        if found := _example(content.get("application/json", {}).get("schema", {}), document):
            return found
    return ""


def _example(schema: dict[str, Any], document: dict[str, Any]) -> str:
    listed = schema.get("type") == "array"
    name = (schema.get("items", {}) if listed else schema).get("$ref", "").rpartition("/")[2]
    examples = document["components"]["schemas"].get(name, {}).get("examples")
    if not examples:
        return ""
    return json.dumps([examples[0]] if listed else examples[0], ensure_ascii=False, indent=2)
