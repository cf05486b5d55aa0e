"""A client of the load test: plain HTTP/1.1 over kept connections, so that it costs little."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

BROKEN: Final = 0
"""The status of a request that got no response."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its bytes."""

    content: bytes

    @classmethod
    def get(cls, path: str, **query: str) -> Asked:
        """Return a GET request."""
        target = f"{path}?{urlencode(query)}" if query else path
        return cls(_head("GET", target) + b"\r\n")

    @classmethod
    def post(cls, path: str, body: object) -> Asked:
        """Return a POST request with a JSON body."""
        content = json.dumps(body, ensure_ascii=False).encode()
        more = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        return cls(_head("POST", path) + more.encode() + content)


def _head(method: str, target: str) -> bytes:
    return f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n".encode()


@dataclass(slots=True)
class Told:
    """What became of the requests."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)  # of those that were answered with 200
    wall: float = 0.0

    @property
    def rate(self) -> float:
        """Requests answered with 200, a second."""
        return self.statuses[200] / self.wall

    @property
    def errors(self) -> int:
        """Requests that got neither 200 nor 503."""
        return sum(count for status, count in self.statuses.items() if status not in (200, 503))

    def within(self, share: float) -> float:
        """Return the seconds in which that share of the requests was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Connection:
    """One kept connection; opened again where the server closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, asked: Asked) -> tuple[int, int]:
        """Send a request; return its status and the bytes of its body.

        A connection that the server closed while nothing was asked is opened again, as browsers do.
        """
        kept = self._streams is not None
        answer = await self._ask(asked)
        return await self._ask(asked) if answer[0] == BROKEN and kept else answer

    async def _ask(self, asked: Asked) -> tuple[int, int]:
        try:
            if self._streams is None:
                self._streams = await asyncio.open_connection("127.0.0.1", self._port)
            reader, writer = self._streams
            writer.write(asked.content)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            status = int(head.split(b" ", 2)[1])
            length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            await reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            self.close()
            return BROKEN, 0
        if b"\r\nconnection: close" in head:
            self.close()
        return status, length

    def close(self) -> None:
        """Close it."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def flood(port: int, requests: Iterator[Asked], *, connections: int, seconds: float) -> Told:
    """Ask as fast as the answers come, over so many connections."""
    told, started = Told(), time.perf_counter()

    async def go() -> None:
        connection = Connection(port)
        while time.perf_counter() - started < seconds:
            await _noted(connection, next(requests), told, time.perf_counter())
        connection.close()

    await asyncio.gather(*(go() for _ in range(connections)))
    told.wall = time.perf_counter() - started
    return told


async def stream(
    port: int,
    requests: Iterator[Asked],
    *,
    rate: float,
    seconds: float,
    every: Callable[[], None] = lambda: None,
) -> Told:
    """Ask at a steady rate whether answers come or not; time counts from when one was due.

    Args:
        port: of the server.
        requests: what is asked.
        rate: requests a second.
        seconds: how long.
        every: called once a second.

    Returns:
        What became of them.
    """
    told, started = Told(), time.perf_counter()
    free: list[Connection] = []
    running: set[asyncio.Task[None]] = set()

    async def one(due: float) -> None:
        connection = free.pop() if free else Connection(port)
        await _noted(connection, next(requests), told, due)
        free.append(connection)

    for number in range(int(rate * seconds)):
        due = started + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        if number % max(1, int(rate)) == 0:
            every()
        task = asyncio.create_task(one(due))
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)
    told.wall = time.perf_counter() - started
    for connection in free:
        connection.close()
    return told


async def _noted(connection: Connection, asked: Asked, told: Told, due: float) -> None:
    status, _ = await connection.ask(asked)
    told.statuses[status] += 1
    if status == 200:
        told.seconds.append(time.perf_counter() - due)
    elif status in (BROKEN, 503):
        await asyncio.sleep(0.05)  # a client that was refused waits, if only a little
