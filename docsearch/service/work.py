"""Work that takes a processor: off the event loop, so much at once, so long."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

from docsearch.service.problems import RETRY_AFTER, Refusal

_Result = TypeVar("_Result")

THREADS: Final = 4
"""Calls that run at the same time in a process, the others wait. Arbitrary: Python runs one at a
time anyway but where the engines compute; more threads only make each call longer."""


class Work:
    """Runs calls in threads; refuses those that are too many, gives up those that are too long.

    A call that was given up runs to its end in its thread and keeps its place until then.
    """

    def __init__(self, *, at_once: int, seconds: float, name: str, threads: int = THREADS) -> None:
        self.at_once = at_once
        self.seconds = seconds
        self.running = 0
        self._lock = threading.Lock()
        self._name = name
        self._threads = threads
        self._pool: ThreadPoolExecutor | None = None

    async def run(self, call: Callable[[], _Result]) -> _Result:
        """Return what ``call`` returns.

        Args:
            call: run in a thread, with the context of the request.

        Returns:
            Its result.

        Raises:
            Refusal: 503 when too many run or wait already, 504 when it takes too long.
        """
        with self._lock:
            if self.running >= self.at_once:
                raise Refusal(
                    503,
                    f"{self.at_once} requests are being worked on; try again in a few seconds",
                    kind="busy",
                    title="The service is busy",
                    headers={"Retry-After": RETRY_AFTER},
                )
            if self._pool is None:
                self._pool = ThreadPoolExecutor(min(self.at_once, self._threads), self._name)
            pool = self._pool
            self.running += 1
        context = contextvars.copy_context()
        future: Future[_Result] = pool.submit(context.run, call)
        future.add_done_callback(self._done)
        waiting = asyncio.wrap_future(future)
        waiting.add_done_callback(_seen)
        try:
            async with asyncio.timeout(self.seconds):
                return await asyncio.shield(waiting)
        except TimeoutError:
            raise Refusal(
                504,
                f"it took longer than {self.seconds:g} s and was given up; ask for less at once",
                kind="timeout",
                title="This took too long",
            ) from None

    def close(self) -> None:
        """Let what runs come to its end; what waits is given up."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)

    def _done(self, _: Future[_Result]) -> None:
        with self._lock:
            self.running -= 1


def _seen(future: asyncio.Future[_Result]) -> None:
    """Take the error of a call that nobody waits for any more."""
    if not future.cancelled():
        future.exception()
