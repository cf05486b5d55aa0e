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
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.index_size import words_of_corpus  # noqa: E402
from benchmarks.load_client import Asked, flood, stream  # noqa: E402
from benchmarks.load_corpus import build, shuffled  # noqa: E402
from benchmarks.load_pages import Row, page_times  # noqa: E402

PASSAGES, WORKERS = 200_000, 2
SEARCHES, ASKS = 200.0, 15.0  # requests a second
WAIT = 1.0  # seconds of the slowest of a hundred, at half of that
GROWTH = 1.05  # memory at the end over memory after the first fifth
PAGE_BYTES = 150_000
TABLES = ("/nhiem-vu", "/chi-tieu", "/van-ban", "/chua-co")
CONNECTIONS, MANY = 16, 160  # enough to keep two workers busy; more than they take

QUESTIONS: Final = ROOT / "tests" / "quality" / "questions.jsonl"


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


def loads(index: Path, *, seconds: float, minutes: float) -> Iterator[Row]:
    """Yield the rows of the service under load, each as it is measured."""
    with serving(index) as (port, process):
        asyncio.run(flood(port, asks(), connections=CONNECTIONS, seconds=seconds / 3))
        for path, requests, least in (("/search", searches, SEARCHES), ("/ask", asks, ASKS)):
            told = asyncio.run(flood(port, requests(), connections=CONNECTIONS, seconds=seconds))
            yield (Row(f"{path}, requests a second", told.rate, least, at_least=True))
            half = asyncio.run(stream(port, requests(), rate=least / 2, seconds=seconds))
            yield (
                Row(f"{path}, s of 99 in 100 at {least / 2:g} a second", half.within(0.99), WAIT)
            )
            yield (Row(f"{path}, errors", told.errors + half.errors + half.statuses[503], 0))
        above = asyncio.run(flood(port, asks(), connections=MANY, seconds=seconds))
        print(f"/ask over {MANY} connections: {dict(above.statuses)}", file=sys.stderr)
        yield (Row(f"/ask over {MANY} connections, errors but 503", above.errors, 0))
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
            yield (
                Row(f"memory after {minutes:g} min, times", statistics.median(end) / first, GROWTH)
            )
            yield (Row("mixed requests, errors", told.errors, 0))
        yield (Row("heaviest page with its assets, bytes", heaviest(port), PAGE_BYTES))


def heaviest(port: int) -> int:
    """Return the bytes of the heaviest page as a browser gets it, with its style and script."""

    def size(path: str) -> int:
        asked = Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "gzip"})
        try:
            with urlopen(asked, timeout=60) as response:
                return len(response.read())
        except HTTPError as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 0

    assets = sum(size(f"/static/{name}") for name in ("style.css", "page.js", "icon.svg"))
    return assets + max(map(size, ("/?question=b%C3%A1o+c%C3%A1o", *TABLES)))


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
        missed = False
        found = loads(folder / "index", seconds=given.seconds, minutes=given.minutes)
        for row in found:
            print(row, flush=True)
            missed |= row.missed
        for row in page_times(folder / "index"):
            print(row)
            missed |= row.missed
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
