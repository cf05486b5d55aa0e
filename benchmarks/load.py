"""The HTTP service under load: requests a second, waiting times, errors, memory, pages.

Makes an index of shuffled passages without a model, starts the service on it as ``docsearch serve``
does, with two workers, asks it from this process, and prints one table. It stops by itself; the
exit status is 1 where a limit is missed. Times mean something on an otherwise quiet machine only.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import docsearch  # noqa: E402
from benchmarks.index_size import ClusterEncoder, words_of_corpus  # noqa: E402
from benchmarks.load_client import Asked, Connection, flood, stream  # noqa: E402
from benchmarks.load_corpus import build, shuffled  # noqa: E402

PASSAGES, WORKERS = 200_000, 2
SEARCHES, ASKS = 200.0, 15.0  # requests a second
WAIT = 1.0  # seconds of the slowest of a hundred, at half of that
GROWTH = 1.05  # memory at the end over memory after the first fifth
PAGE_TIME, PAGE_BYTES = 1.3, 150_000
CONNECTIONS, MANY = 16, 160  # enough to keep two workers busy; more than they take

QUESTIONS: Final = ROOT / "tests" / "quality" / "questions.jsonl"


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


def searches() -> Iterator[Asked]:
    """Yield lexical searches that differ, of two to six syllables."""
    choose, syllables = random.Random(7), words_of_corpus()
    while True:
        yield Asked.get(
            "/search", q=shuffled(choose, syllables, choose.randint(2, 6)), mode="lexical"
        )


def questions() -> list[str]:
    """Return the questions of the question set."""
    return [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]


def asks() -> Iterator[Asked]:
    """Yield questions, all of the set in turn."""
    for question in itertools.cycle(questions()):
        yield Asked.post("/ask", {"question": question})


def mixed() -> Iterator[Asked]:
    """Yield what people do: mostly searches and questions, now and then a page."""
    paths = itertools.cycle(["/nhiem-vu?page=2", "/van-ban?page=3", "/?question=b%C3%A1o+c%C3%A1o"])
    search, ask = searches(), asks()
    for number in itertools.count():
        if number % 20 == 0:
            yield Asked.get(next(paths))
        else:
            yield next(ask if number % 14 == 0 else search)


@contextmanager
def serving(index: Path) -> Iterator[tuple[int, int]]:
    """Run the service; yield its port and its process."""
    command = [sys.executable, "-m", "benchmarks.load_server", str(index), str(WORKERS)]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process,
    ):
        assert process.stderr
        try:
            port = next(
                int(found[1]) for line in process.stderr if (found := re.search(r":(\d+)/", line))
            )
            drain = subprocess.Popen(["cat"], stdin=process.stderr, stdout=log)
            asyncio.run(_ready(port))
            yield port, process.pid
            drain.kill()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


async def _ready(port: int) -> None:
    """Wait until every worker answers: each connection is given to one of them."""
    end = time.monotonic() + 300
    while time.monotonic() < end:
        told = await flood(port, itertools.repeat(Asked.get("/ready")), connections=32, seconds=1)
        if told.statuses.keys() == {200}:
            return
    raise TimeoutError("the service was not ready after 300 s")


def memory(process: int) -> int:
    """Return the bytes of memory of its own that a process and those it started hold."""
    total, todo = 0, [process]
    while todo:
        folder = Path(f"/proc/{todo.pop()}")
        status = (folder / "status").read_text("ascii", "replace")
        total += 1024 * int(re.search(r"RssAnon:\s+(\d+)", status)[1])  # type: ignore[index]
        for task in (folder / "task").iterdir():
            todo += [int(child) for child in (task / "children").read_text("ascii").split()]
    return total


def loads(index: Path, *, seconds: float, minutes: float) -> list[Row]:
    """Return the rows of the service under load."""
    rows = []
    with serving(index) as (port, process):
        asyncio.run(flood(port, asks(), connections=CONNECTIONS, seconds=seconds / 3))
        for path, requests, least in (("/search", searches, SEARCHES), ("/ask", asks, ASKS)):
            told = asyncio.run(flood(port, requests(), connections=CONNECTIONS, seconds=seconds))
            rows.append(Row(f"{path}, requests a second", told.rate, least, at_least=True))
            half = asyncio.run(stream(port, requests(), rate=least / 2, seconds=seconds))
            rows.append(
                Row(f"{path}, s of 99 in 100 at {least / 2:g} a second", half.within(0.99), WAIT)
            )
            rows.append(Row(f"{path}, errors", told.errors + half.errors + half.statuses[503], 0))
        above = asyncio.run(flood(port, asks(), connections=MANY, seconds=seconds))
        print(f"/ask over {MANY} connections: {dict(above.statuses)}", file=sys.stderr)
        rows.append(Row(f"/ask over {MANY} connections, errors but 503", above.errors, 0))
        if minutes:
            held: list[int] = []
            told = asyncio.run(
                stream(
                    port,
                    mixed(),
                    rate=SEARCHES / 4,
                    seconds=minutes * 60,
                    every=lambda: held.append(memory(process)),
                )
            )
            after, end = held[len(held) // 5 :], held[-max(1, len(held) // 10) :]
            first = statistics.median(after[: max(1, len(held) // 10)])
            print(
                f"memory of the workers: {first / 2**20:.0f} MiB, then "
                f"{statistics.median(end) / 2**20:.0f} MiB; {dict(told.statuses)}",
                file=sys.stderr,
            )
            rows.append(
                Row(f"memory after {minutes:g} min, times", statistics.median(end) / first, GROWTH)
            )
            rows.append(Row("mixed requests, errors", told.errors, 0))
        rows.append(
            Row("heaviest page with its assets, bytes", asyncio.run(_heaviest(port)), PAGE_BYTES)
        )
    return rows


def pages(index: docsearch.Index) -> dict[str, Callable[[], object]]:
    """Return the pages by their addresses, each with the same call in Python."""
    document = next(iter(index.snapshot.entries))
    question = "Đơn vị nào phải báo cáo trước ngày 15/12?"
    topic = "phân luồng học sinh"
    return {
        f"/?question={question}": lambda: index.ask(question),
        "/nhiem-vu": index.obligations,
        "/nhiem-vu?in=2024": lambda: index.obligations(within="2024"),
        "/nhiem-vu?actor=UBND xã": lambda: index.obligations(actor="UBND xã"),
        "/nhiem-vu/lich?month=2024-06": lambda: index.obligations(within="2024"),
        "/chi-tieu": index.targets,
        "/van-ban": lambda: index.documents().to_list(),
        f"/van-ban/{document}": lambda: (index.outline(document), index.relations(document)),
        "/van-ban/chua-co": index.missing_documents,
        f"/so-sanh?topic={topic}": lambda: index.compare(topic, aspects=None).to_dict(),
    }


async def _heaviest(port: int) -> int:
    """Return the bytes of the heaviest page as a browser gets it, with its style and script."""
    connection = Connection(port)
    assets = [
        await connection.ask(Asked.get(f"/static/{n}"))
        for n in ("style.css", "page.js", "icon.svg")
    ]
    heaviest = 0
    for path in (
        "/?question=b%C3%A1o+c%C3%A1o",
        "/nhiem-vu",
        "/chi-tieu",
        "/van-ban",
        "/van-ban/chua-co",
    ):
        status, size = await connection.ask(Asked.get(path))
        assert status == 200, (path, status)
        heaviest = max(heaviest, size)
    connection.close()
    return heaviest + sum(size for _, size in assets)


def page_times(folder: Path) -> list[Row]:
    """Return how long each page takes in the server, over the same call in Python."""
    from benchmarks.load_server import application
    from docsearch.encode import Encoder

    os.environ |= {"DOCSEARCH_INDEX": str(folder), "DOCSEARCH_RATE": "0"}
    encoder: Encoder = ClusterEncoder()
    index = docsearch.open(folder, encoder=encoder).load()
    app = application()
    app.state.source = type(app.state.source)(index)
    return [
        Row(f"time of {path} over the call in Python", ratio, PAGE_TIME)
        for path, ratio in asyncio.run(_ratios(app, pages(index)))
    ]


async def _ratios(
    app: Any,  # noqa: ANN401  # an ASGI application
    calls: dict[str, Callable[[], object]],
) -> list[tuple[str, float]]:
    found = []
    for path, call in calls.items():
        page, same = [], []
        for _ in range(7):
            started = time.perf_counter()
            status = await _served(app, path)
            page.append(time.perf_counter() - started)
            assert status == 200, (path, status)
            started = time.perf_counter()
            call()
            same.append(time.perf_counter() - started)
        print(
            f"{path}: {1000 * min(page):.1f} ms, in Python {1000 * min(same):.1f} ms",
            file=sys.stderr,
        )
        found.append((path, min(page) / min(same)))
    return found


async def _served(app: Any, target: str) -> int:  # noqa: ANN401
    """Ask an application for a page without a server between; return the status."""
    path, _, query = target.partition("?")
    name, _, value = query.partition("=")
    from urllib.parse import quote

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


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=PASSAGES)
    parser.add_argument("--seconds", type=float, default=20, help="of each load")
    parser.add_argument("--minutes", type=float, default=10, help="over which memory is watched")
    parser.add_argument("--folder", type=Path, help="where the index is made, or was made")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        if not (folder / "index").exists():
            started = time.perf_counter()
            index = build(folder, given.passages)
            print(f"{index}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
        rows = loads(folder / "index", seconds=given.seconds, minutes=given.minutes)
        rows += page_times(folder / "index")
    for row in rows:
        print(row)
    return int(any(row.missed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
