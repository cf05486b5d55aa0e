"""A readable view of parts of a text that knows where each of its characters comes from.

Documents break lines inside sentences, put footnotes between the halves of a sentence and carry
Markdown emphasis. Rules want one clean line. A ``View`` is that line; ``span`` leads back to
``Document.text``, which is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from docsearch.records import Mention, Span

# "500 m²", "3 km³": no footnote mark
_NOT_A_UNIT = r"(?<!\bm)(?<!\bkm)(?<!\bcm)(?<!\bdm)(?<!\bmm)"
_DROPPED = re.compile(
    r"\*+|(?m:^[ \t]*#{1,6}[ \t]+)|[\u200b\ufeff\u00ad]"
    rf"|(?<=[\w”\"’)\]]){_NOT_A_UNIT}[¹²³⁴⁵⁶⁷⁸⁹⁰]+"
)

_MAY_BE_DROPPED = re.compile("[*#\u200b\ufeff\u00ad¹²³⁴⁵⁶⁷⁸⁹⁰]")
_WORDS = re.compile(r"\S+(?: \S+)*")  # a single blank is kept as it stands


@dataclass(frozen=True, slots=True)
class View:
    """One line of text and, for each of its characters, its position in ``Document.text``."""

    text: str
    offsets: tuple[int, ...]  # same length as ``text``, never decreasing

    def span(self, start: int, end: int) -> Span:
        """Return the document's span of ``text[start:end]``, outer white space left out.

        Args:
            start: first character of the view, 0-based.
            end: one past the last character; ``text[start:end]`` is not blank.

        Returns:
            The smallest span of the document that holds those characters; it also holds what
            the view leaves out between them.

        Raises:
            ValueError: the part is blank.
        """
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start >= end:
            raise ValueError("a blank part of a view has no span")
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def mention(self, start: int, end: int) -> Mention:
        """Return the words ``text[start:end]`` with their span in the document."""
        return Mention(text=self.text[start:end].strip(), span=self.span(start, end))


def view(text: str, pieces: Iterable[Span]) -> View:
    """Join parts of a document into one readable line.

    Args:
        text: ``Document.text``.
        pieces: spans of it, in order, not overlapping.

    Returns:
        The pieces in order, runs of white space and line breaks as one space, without Markdown
        emphasis, heading marks, footnote marks and invisible characters. Empty for blank pieces.
    """
    words: list[str] = []
    offsets: list[int] = []
    gap: int | None = None  # where the white space before the next word begins
    for piece in pieces:
        part = piece.of(text)
        if offsets and gap is None:
            gap = offsets[-1]
        for start, end in _kept(part):
            cursor = start
            for run in _WORDS.finditer(part, start, end):
                if cursor < run.start() and gap is None:
                    gap = piece.start + cursor
                if gap is not None and offsets:
                    words.append(" ")
                    offsets.append(gap)
                gap = None
                words.append(run[0])
                cursor = run.end()
                offsets.extend(range(piece.start + run.start(), piece.start + cursor))
            if cursor < end and gap is None:
                gap = piece.start + cursor
    return View("".join(words), tuple(offsets))


def _kept(part: str) -> list[tuple[int, int]]:
    """Return the stretches of a piece that a view shows."""
    if not _MAY_BE_DROPPED.search(part):
        return [(0, len(part))]
    stretches = []
    cursor = 0
    for dropped in _DROPPED.finditer(part):
        stretches.append((cursor, dropped.start()))
        cursor = dropped.end()
    stretches.append((cursor, len(part)))
    return stretches
