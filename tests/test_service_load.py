"""What keeps the service fast: connections shared between processes, tables that are kept."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

import docsearch as ds
from docsearch.service.limits import Spread
from docsearch.service.run import Listening
from docsearch.service.tables import KEPT, PAGE_ROWS, Part, kept


@pytest.fixture
def listening() -> Iterator[Listening]:
    made = socket.create_server(("127.0.0.1", 0))
    with Listening(made.family, made.type, made.proto, fileno=made.detach()) as shared:
        yield shared


def test_the_queue_stays_long_where_connections_are_taken_one_at_a_time(
    listening: Listening,
) -> None:
    listening.listen(1)  # as asyncio calls it
    waiting = [socket.create_connection(listening.getsockname()[:2], timeout=2) for _ in range(20)]
    for each in waiting:
        each.close()


def test_a_kept_connection_is_given_up_now_and_then() -> None:
    async def answer(_: object) -> PlainTextResponse:
        return PlainTextResponse("")

    app = Spread(Starlette(routes=[Route("/", answer)]), every=3)
    client = TestClient(app)
    closed = [client.get("/").headers.get("connection") for _ in range(7)]
    assert closed == [None, None, "close", None, None, "close", None]


@pytest.mark.parametrize(
    ("page", "rows"),
    [(1, (0, PAGE_ROWS)), (2, (PAGE_ROWS, PAGE_ROWS + 1)), (3, None)],
)
def test_a_page_of_a_table(page: int, rows: tuple[int, int] | None) -> None:
    part = Part.of(range(PAGE_ROWS + 1), page)
    assert (part.count, part.pages) == (PAGE_ROWS + 1, 2)
    assert list(part.rows) == (list(range(*rows)) if rows else [])
    assert Part.of([], 1).pages == 1


def test_a_table_is_made_once_until_others_take_its_place(hashed_index: ds.Index) -> None:
    made: list[int] = []

    def make(number: int) -> int:
        made.append(number)
        return number

    def table(number: int) -> int:
        return kept(hashed_index, ("test", number), lambda: make(number))

    assert [table(number) for number in (1, 2, 1)] == [1, 2, 1]
    assert made == [1, 2]
    for number in range(3, 3 + KEPT):
        table(number)
    assert table(1) == 1
    assert made.count(1) == 2
