"""How long the pages of the service take, beside the same calls in Python."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import docsearch
from benchmarks.index_size import AskingEncoder
from benchmarks.load_server import application
from docsearch.payloads import document_payload
from docsearch.service import tables
from docsearch.service.source import IndexSource

RATIO: Final = 1.3
AT_ONCE: Final = 30.0
"""Milliseconds; a page that takes no longer is fast enough whatever its call takes: there it is the
writing of the HTML that counts. It is measured against this limit instead."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    name: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def missed(self) -> bool:
        """Whether the limit is missed."""
        return self.value < self.limit if self.at_least else self.value > self.limit

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        end = "  MISSED" if self.missed else ""
        return f"{self.name:<58}{self.value:>12,.2f}  {sign} {self.limit:>9,.2f}{end}"


def pages(index: docsearch.Index) -> dict[str, Callable[[], object]]:
    """Return the pages by their addresses, each with the same call in Python."""
    document = next(iter(index.snapshot.entries))
    question = "Đơn vị nào phải báo cáo trước ngày 15/12?"
    topic = "phân luồng học sinh"
    return {
        f"/?question={question}": lambda: index.ask(question).to_dict(),
        "/nhiem-vu": lambda: index.obligations().to_list(),
        "/nhiem-vu?in=2024": lambda: index.obligations(within="2024").to_list(),
        "/nhiem-vu?actor=UBND xã": lambda: index.obligations(actor="UBND xã").to_list(),
        "/nhiem-vu/lich?month=2024-06": lambda: index.obligations(within="2024").to_list(),
        "/chi-tieu": lambda: index.targets().to_list(),
        "/van-ban": lambda: index.documents().to_list(),
        f"/van-ban/{document}": lambda: whole(index, document),
        "/chua-co": lambda: index.missing_documents().to_list(),
        f"/so-sanh?topic={topic}": lambda: index.compare(topic).to_dict(),
    }


def whole(index: docsearch.Index, name: str) -> list[object]:
    """Return all that the page of a document shows."""
    document = index.document(name)
    payload = document_payload(document, index.header(name), index.outline(name))
    return [payload, index.relations(name).to_list(), index.cited_by(name).to_list()]


def page_times(folder: Path) -> list[Row]:
    """Return how long each page takes in the server, over the same call in Python."""
    os.environ |= {"DOCSEARCH_INDEX": str(folder), "DOCSEARCH_RATE": "0"}
    index = docsearch.open(folder, encoder=AskingEncoder()).load()
    app = application()
    app.state.source = IndexSource(index)
    return asyncio.run(_rows(app, index))


async def _rows(app: Any, index: docsearch.Index) -> list[Row]:  # noqa: ANN401  # an application
    rows = []
    for path, call in pages(index).items():
        page, same = [], []
        for _ in range(7):
            tables._TABLES.clear()  # as for the first who asks for it
            started = time.perf_counter()
            status = await _served(app, path)
            page.append(1000 * (time.perf_counter() - started))
            assert status == 200, (path, status)
            started = time.perf_counter()
            call()
            same.append(1000 * (time.perf_counter() - started))
        fastest, ratio = min(page), min(page) / min(same)
        print(f"{path}: {fastest:.1f} ms, in Python {min(same):.1f} ms", file=sys.stderr)
        if ratio > RATIO and fastest <= AT_ONCE:
            rows.append(Row(f"{path[:38]}, ms", fastest, AT_ONCE))
        else:
            rows.append(Row(f"{path[:38]}, over Python", ratio, RATIO))
    return rows


async def _served(app: Any, target: str) -> int:  # noqa: ANN401
    """Ask an application for a page without a server between; return the status."""
    path, _, query = target.partition("?")
    name, _, value = query.partition("=")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": f"{name}={quote(value)}".encode() if query else b"",
        "headers": [(b"host", b"127.0.0.1"), (b"accept-encoding", b"gzip")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    status = 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)

    await app(scope, receive, send)
    return status
