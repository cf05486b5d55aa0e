"""Words of many texts, found by a process beside this one while this one encodes.

The segmenter uses one core and holds the interpreter; the encoder waits for it where both run in
one process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from docsearch.encode.segment import words

WORTH: Final = 1_000_000
"""Code points from which a process is started: finding their words takes some 7 s, starting it two
or three."""

Words = list[list[str]]


class WordProcess:
    """Finds the words of texts, in another process where it can; ends with it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process; without a second core, or where it does not start, there is none."""
        if self._process is None and (os.cpu_count() or 1) > 1:
            with suppress(OSError):
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "docsearch.encode.word_process"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )

    def find(self, texts: Sequence[str]) -> Callable[[], Words]:
        """Begin to find words.

        Args:
            texts: any.

        Returns:
            What waits for the words, and gives those of each text in their order. It is called
            before the next ``find``.
        """
        process = self._process
        if process is None or process.stdin is None:
            return lambda: words_of(texts)
        try:
            process.stdin.write(json.dumps(list(texts)).encode() + b"\n")
            process.stdin.flush()
        except OSError:
            self.close()
            return lambda: words_of(texts)
        return lambda: self._answer(texts)

    def _answer(self, texts: Sequence[str]) -> Words:
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):  # it has ended; what it failed at fails here too
            self.close()
            return words_of(texts)
        found: Words = json.loads(line)
        return found

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        process.wait()


def words_of(texts: Sequence[str]) -> Words:
    """Return the words of each text."""
    return [[span.of(text) for span in words(text)] for text in texts]


def main() -> None:
    """Answer each line, a list of texts, with a line; end with the input."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    words("Tải bộ tách từ.")  # takes seconds, before it is needed
    for line in sys.stdin.buffer:
        answers.write(json.dumps(words_of(json.loads(line))).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    main()
