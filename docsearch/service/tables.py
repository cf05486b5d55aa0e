"""Pages that show a long table: its form, the rows of one page of it, what is kept for the next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from weakref import WeakKeyDictionary

from fastapi import Request
from starlette.responses import Response

from docsearch.library import Index
from docsearch.service.facets import facets_of
from docsearch.service.forms import Form, read_form, sent
from docsearch.service.running import run
from docsearch.service.site import Site

PAGE_ROWS: Final = 50
"""Rows on a page of a table; arbitrary, about ten screens."""

KEPT: Final = 8
"""Tables that are kept for an index while it is open, the last ones that were asked for.
Arbitrary: who turns pages asks for the same table again, and one of 30,000 rows takes 5 MB."""

_Row = TypeVar("_Row")
_Value = TypeVar("_Value")
_SHOWN_ONLY: Final = {"page", "month"}  # fields of forms that narrow nothing

_TABLES: Final[WeakKeyDictionary[Index, OrderedDict[Hashable, Any]]] = WeakKeyDictionary()
_LOCK: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Part(Generic[_Row]):
    """The rows of one page of a table."""

    rows: Sequence[_Row]
    count: int  # of the whole table
    pages: int

    @classmethod
    def of(cls, found: Sequence[_Row], page: int) -> Part[_Row]:
        """Return the rows of a page, counted from 1."""
        first = (page - 1) * PAGE_ROWS
        pages = max(1, -(-len(found) // PAGE_ROWS))
        return cls(found[first : first + PAGE_ROWS], len(found), pages)


def kept(index: Index, key: Hashable, make: Callable[[], _Value]) -> _Value:
    """Return what was made for an index before, or make it.

    Args:
        index: what it is made from; it does not change.
        key: says what is made.
        make: makes it.

    Returns:
        The value; the one that was not asked for longest is forgotten where there are many.
    """
    with _LOCK:
        tables = _TABLES.setdefault(index, OrderedDict())
        if key in tables:
            tables.move_to_end(key)
            found: _Value = tables[key]
            return found
    value = make()
    with _LOCK:
        tables[key] = value
        while len(tables) > KEPT:
            tables.popitem(last=False)
    return value


async def table_page(
    request: Request,
    site: Site,
    index: Index,
    template: str,
    kind: type[Form],
    find: Callable[[Index, Form], dict[str, object]],
) -> Response:
    """Return the page of a form and of what it finds.

    Args:
        request: what the browser asked for.
        site: makes the page.
        index: the index of the request.
        template: name of the template.
        kind: the form.
        find: returns what the template shows of what is found.

    Returns:
        The page; 422 where a field of the form is not right, which is then left out.
    """
    form, faults = read_form(kind, request)
    shown = await run(
        request, index, lambda asked: find(asked, form) | {"facets": facets_of(asked)}
    )
    criteria = form.model_dump(by_alias=True, exclude=_SHOWN_ONLY, exclude_none=True)
    return site.page(
        request,
        template,
        422 if faults else 200,
        given=sent(request),
        faults=faults,
        page=getattr(form, "page", 1),
        criteria=criteria,
        **shown,
    )
