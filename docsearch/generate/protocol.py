"""What a model is to docsearch, and how its reply is read: JSON, or lines of plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from docsearch.generate.prompt import Prompt
from docsearch.generate.records import Quote, Sentence

MAX_REPLY: Final = 60_000
"""Characters of a reply that are read; a long answer has 4,000."""

MAX_SENTENCES: Final = 30
"""Sentences of a reply that are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A part of a reply as it comes in, and what the model counted with it."""

    text: str = ""
    input_tokens: int = 0
    output_tokens: int = 0


class Generator(Protocol):
    """A language model."""

    @property
    def name(self) -> str:
        """What it is called in a report and in the cache: "openai:gpt-5"."""
        ...

    @property
    def where(self) -> str | None:
        """Where text goes that it is given; None where that is not known."""
        ...

    @property
    def structured(self) -> bool:
        """Whether it can be held to a JSON schema."""
        ...

    def write(self, prompt: Prompt, *, structured: bool) -> Iterator[Chunk]:
        """Yield the reply to a prompt as it comes in.

        Args:
            prompt: what is sent.
            structured: reply in JSON; otherwise in the plain protocol.

        Returns:
            The parts of the reply, in order.

        Raises:
            ModelError: the model cannot be used: no such model, a wrong key.
            Exception: whatever its client raises; the reply is then over.
        """
        ...


class TooLongError(Exception):
    """A reply is longer than is read; internal."""


class ReplyReader:
    """Reads a reply that comes in parts; a sentence comes out as soon as it is whole."""

    def __init__(self) -> None:
        self.text = ""
        self.found = 0
        self._cursor = 0  # in JSON: where the next sentence begins; in lines: the next line
        self._pending: list[str] = []  # lines of the sentence that is being read

    def feed(self, text: str) -> Iterator[Sentence]:
        """Take a part of the reply and yield the sentences that it completes.

        Args:
            text: the part.

        Yields:
            Sentences in order.

        Raises:
            TooLongError: the reply is longer than is read.
        """
        self.text += text[: MAX_REPLY + 1]
        if "}" in text or "\n" in text:
            yield from self._read()
        if len(self.text) > MAX_REPLY:
            raise TooLongError

    def close(self) -> Iterator[Sentence]:
        """Yield what is left when the reply is over."""
        yield from self._read()
        if not self._is_json():
            self.text += "\n"
            yield from self._read()
            yield from self._counted(_sentence_of_lines(self._pending))
            self._pending = []

    @property
    def is_cut(self) -> bool:
        """Whether the reply is JSON that does not end where it should."""
        if not self._is_json() or not self._cursor or self.found >= MAX_SENTENCES:
            return False
        return not self.text[self._cursor :].lstrip(" \t\r\n,").startswith("]")

    def _read(self) -> Iterator[Sentence]:
        if re.fullmatch(r"\s*(?:`{1,3}\w*\s*)?", self.text[:200]):
            return  # nothing yet but the mark of a block
        yield from self._read_json() if self._is_json() else self._read_lines()

    def _is_json(self) -> bool:
        begin = re.sub(r"^\s*(?:```\w*\s*)?", "", self.text[:200])
        return begin.startswith(("{", "["))

    def _read_json(self) -> Iterator[Sentence]:
        if not self._cursor:
            opening = re.search(r'"sentences"\s*:\s*\[', self.text)
            if opening is None:
                bare = re.match(r"\s*(?:```\w*\s*)?\[", self.text)
                if bare is None:
                    return
                opening = bare
            self._cursor = opening.end()
        while self.found < MAX_SENTENCES:
            start = _after(self.text, self._cursor, " \t\r\n,")
            try:
                value, end = json.JSONDecoder().raw_decode(self.text, start)
            except (json.JSONDecodeError, RecursionError):
                return
            self._cursor = end
            yield from self._counted(_sentence(value))

    def _read_lines(self) -> Iterator[Sentence]:
        while (end := self.text.find("\n", self._cursor)) >= 0:
            line = self.text[self._cursor : end]
            self._cursor = end + 1
            if _SAID.match(line) and self._pending:
                yield from self._counted(_sentence_of_lines(self._pending))
                self._pending = []
            if self._pending or _SAID.match(line):
                self._pending.append(line)

    def _counted(self, sentence: Sentence | None) -> Iterator[Sentence]:
        if sentence is not None and self.found < MAX_SENTENCES:
            self.found += 1
            yield sentence


def _after(text: str, position: int, characters: str) -> int:
    while position < len(text) and text[position] in characters:
        position += 1
    return position


def _sentence(value: object) -> Sentence | None:
    """Return a sentence out of JSON; None where it is none."""
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return None
    quotes = value.get("quotes")
    found = [_quote(quote) for quote in quotes] if isinstance(quotes, list) else []
    return Sentence(text=value["text"], quotes=tuple(filter(None, found)))


def _quote(value: object) -> Quote | None:
    if not isinstance(value, dict):
        return None
    passage, text = value.get("passage"), value.get("text")
    if not isinstance(text, str) or not text.strip():
        return None
    return Quote(passage=passage_id(str(passage)), text=text)


def passage_id(written: str) -> str:
    """Return the id of a passage as a model writes it: "[P1]", "p1", "1" are "P1"."""
    match = re.fullmatch(r"\W*[Pp]?(\d{1,3})\W*", written)
    return f"P{int(match[1])}" if match else written


_SAID: Final = re.compile(r"^[\s*#>-]*C[ÂA]U\s*\d*\s*[:.]\**\s*", re.IGNORECASE)
_QUOTED: Final = re.compile(
    r"^[\s*#>-]*TR[ÍI]CH\s*(?:D[ẪA]N\s*)?[\[(]?(?P<passage>P?\d{1,3})[\])]?\s*[:.]\**\s*",
    re.IGNORECASE,
)


def _sentence_of_lines(lines: list[str]) -> Sentence | None:
    """Return a sentence out of "CÂU: …" and its "TRÍCH P1: …"; other lines go on with the last."""
    if not lines:
        return None
    said = _SAID.sub("", lines[0])
    quotes: list[tuple[str, str]] = []
    for line in lines[1:]:
        quoted = _QUOTED.match(line)
        if quoted:
            quotes.append((passage_id(quoted["passage"]), line[quoted.end() :]))
        elif line.strip() and quotes:
            quotes[-1] = (quotes[-1][0], f"{quotes[-1][1]}\n{line}")
        elif line.strip():
            said = f"{said} {line.strip()}"
    return Sentence(
        text=said,
        quotes=tuple(
            Quote(passage=passage, text=_unmarked(text)) for passage, text in quotes if text.strip()
        ),
    )


def _unmarked(text: str) -> str:
    """Return a quotation without the marks around it."""
    text = text.strip()
    if len(text) > 1 and text[0] in '"“«' and text[-1] in '"”»':
        return text[1:-1]
    return text
