"""Readers in a process of their own, with a limit of time and of memory."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from docsearch.errors import SourceError
from docsearch.read.formats import Format
from docsearch.read.reading import Reading
from docsearch.read.worker import ERRORS

PageDone = Callable[[int, int], None]

STARTUP: Final = 60.0
"""Seconds more for the first file: the process and its imports start."""

COMMAND: Final[tuple[str, ...]] = ("-m", "docsearch.read.worker")
"""What Python is started with."""

_LAST_WORDS: Final = 2000  # bytes of what a failed reader said that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may cost. All arbitrary: a hundred times what ordinary files need."""

    step_seconds: float = 120.0  # between two pages; a file without pages is one step
    file_seconds: float = 3600.0  # the whole file
    memory: int = 4 * 1024**3  # bytes of address space of the process and of each of its programs


class IsolatedReader:
    """Runs readers in one child process, which is started when it is first needed.

    A file that takes too long or too much memory ends the process and is a ``SourceError``; the
    next file gets a new one. Not for several threads at once.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._said: IO[bytes] | None = None

    def read(self, form: Format, path: Path, name: str, done: PageDone | None = None) -> Reading:
        """Return what a file holds.

        Args:
            form: its format.
            path: where it lies.
            name: the name it is known by.
            done: called after each page with its number and how many there are.

        Returns:
            The reading.

        Raises:
            SourceError: the reader refuses the file, takes too long or too much memory, or fails.
        """
        before = self.process
        process = self._started()
        fresh = self.process != before
        assert process.stdin is not None
        job = {"format": form, "path": os.fsencode(path).hex(), "name": name}
        try:
            process.stdin.write(json.dumps(job) + "\n")
            process.stdin.flush()
        except OSError as error:
            raise self._failure(name) from error
        end = time.monotonic() + self._limits.file_seconds
        while True:
            allowed = self._limits.step_seconds + (STARTUP if fresh else 0.0)
            message = self._next(name, min(allowed, end - time.monotonic()))
            fresh = False
            if "page" in message:
                if done:
                    done(message["page"], message["pages"])
            elif "error" in message:
                raise ERRORS[message["error"]](*message["facts"])
            else:
                return msgspec.convert(message["reading"], type=Reading)

    @property
    def process(self) -> int | None:
        """The number of the child process, None before the first file."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is None:
            return
        _kill(self._process)
        for stream in (self._process.stdin, self._process.stdout, self._said):
            if stream is not None:
                with suppress(BrokenPipeError):  # a job that it did not take
                    stream.close()
        self._process = None

    def __enter__(self) -> IsolatedReader:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.close()

    def _started(self) -> subprocess.Popen[str]:
        if self._process is not None and self._process.poll() is not None:
            self.close()  # it was killed between two files
        if self._process is None:
            self._said = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the process
            self._answers = queue.Queue()
            self._process = subprocess.Popen(
                [sys.executable, *COMMAND, str(self._limits.memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                text=True,
                encoding="utf-8",
                start_new_session=True,  # so that its programs end with it
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            arguments = (self._process, self._answers)
            threading.Thread(target=_pump, args=arguments, daemon=True).start()
        return self._process

    def _next(self, name: str, seconds: float) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=max(seconds, 0.01))
        except queue.Empty:
            self.close()
            raise SourceError(
                name, f"reading it took too long and was stopped after {max(seconds, 0):.0f} s"
            ) from None
        if line is None:
            raise self._failure(name)
        message: dict[str, Any] = json.loads(line)
        return message

    def _failure(self, name: str) -> SourceError:
        """Return the error for a process that ended, and forget the process."""
        said = ""
        if self._said is not None:
            size = self._said.seek(0, os.SEEK_END)
            self._said.seek(max(0, size - _LAST_WORDS))
            said = self._said.read().decode("utf-8", "replace").strip()
        self.close()
        last = said.split("\n")[-1][:300]
        if "MemoryError" in said or "bad_alloc" in said or "Cannot allocate" in said:
            limit = self._limits.memory / 1024**3
            return SourceError(name, f"reading it takes more than {limit:.1f} GiB of memory")
        return SourceError(name, f"its reader failed ({last or 'without a word'})")


def _pump(process: subprocess.Popen[str], answers: queue.Queue[str | None]) -> None:
    """Hand on what a process writes, and None when it ends."""
    assert process.stdout is not None
    try:
        for line in process.stdout:
            answers.put(line)
    except ValueError:
        pass  # closed while it was read
    answers.put(None)


def _kill(process: subprocess.Popen[str]) -> None:
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        pass  # it has ended by itself
    process.wait()
