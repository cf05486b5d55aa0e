"""Text → the spans of its words, by underthesea.

The segmenter is given a copy of the text that it cuts well: document numbers and dates are cut out
first, since it splits "30/2020/NĐ-CP", and the tone marks of open syllables stand as in "hoà",
"thuỷ", since it cuts more of those right than "hòa", "thủy" (38 against 34 of 40), and cuts the two
spellings alike. The spans point into the text as it was given.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from docsearch.errors import AlignmentError
from docsearch.orthography import LOWER, UPPER, fold
from docsearch.records import Span

_SYMBOL: Final = rf"[{UPPER}][{UPPER}{LOWER}0-9]*"
_WHOLE: Final = re.compile(
    rf"""
    (?<![\w/])(?:
      \d+[{UPPER}{LOWER}]?/\d{{4}}/{_SYMBOL}(?:[-/&]{_SYMBOL})*     # 30/2020/NĐ-CP, 43/2019/QH14
    | \d+[{UPPER}{LOWER}]?\ ?/\ ?{_SYMBOL}(?:[-/&]{_SYMBOL})+       # 141/KH-UBND, 141 /KH-UBND
    | \d+[{UPPER}{LOWER}]?-{_SYMBOL}/{_SYMBOL}(?:[-/&]{_SYMBOL})*   # 02-NQ/TU
    | \d{{1,2}}(?P<mark>[/.-])\d{{1,2}}(?P=mark)\d{{4}}            # 09/3/2022
    | \d{{1,2}}/\d{{4}}                                            # 6/2024
    | \d{{1,2}}/\d{{1,2}}                                          # 15/12
    )(?![\w/]|[.,]\d)
    """,
    re.VERBOSE,
)

_OPEN_SYLLABLE: Final = re.compile(
    r"([òóõỏọÒÓÕỎỌ])([aeAE])(?!\w)|(?<![qQ])([ùúũủụÙÚŨỦỤ])([yY])(?!\w)"
)

Segmenter = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class _View:
    """A line in NFC, and where each code point of it stands in the text."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def words(text: str) -> tuple[Span, ...]:
    """Return where the words of a text stand.

    Document numbers and dates are one word each. A word does not cross a line break. Punctuation
    marks are words.

    Args:
        text: any text, NFC or not.

    Returns:
        One span per word, in order, not overlapping; together they cover everything but white
        space. A word of several syllables has the white space between them.

    Raises:
        AlignmentError: the segmenter returned another letter than it was given.
    """
    spans: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line and not line.isspace():
            for span in _line_words(_view(line, start)):
                if spans and span.start < spans[-1].end:  # cut inside a letter with its marks
                    span = Span(spans.pop().start, span.end)
                spans.append(span)
        start += len(line)
    return tuple(spans)


def join_words(text: str) -> str:
    """Return the words of a text with one space between them and "_" inside them.

    "Phòng giáo dục" becomes "Phòng giáo_dục": what encoders on PhoBERT were trained on.

    Args:
        text: any text; line breaks become spaces.

    Returns:
        One line.
    """
    return " ".join("_".join(span.of(text).split()) for span in words(text))


def _view(line: str, start: int) -> _View:
    if unicodedata.is_normalized("NFC", line):
        positions = range(start, start + len(line))
        return _View(line, positions, range(start + 1, start + len(line) + 1))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for first, end in _clusters(line):
        composed = unicodedata.normalize("NFC", line[first:end])
        letters.append(composed)
        starts += [start + first] * len(composed)
        ends += [start + end] * len(composed)
    return _View("".join(letters), starts, ends)


def _clusters(line: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a line that NFC treats alone: a letter with the marks after it."""
    first = 0
    for position in range(1, len(line)):
        before, letter = line[first:position], line[position]
        apart = unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", letter)
        if unicodedata.combining(letter) == 0 and apart == unicodedata.normalize(
            "NFC", before + letter
        ):
            yield first, position
            first = position
    if line:
        yield first, len(line)


def _line_words(view: _View) -> Iterator[Span]:
    """Yield the words of one line: numbers and dates whole, the rest as the segmenter cuts it."""
    cursor = 0
    for match in _WHOLE.finditer(view.text):
        yield from _stretch_words(view, cursor, match.start())
        yield Span(view.starts[match.start()], view.ends[match.end() - 1])
        cursor = match.end()
    yield from _stretch_words(view, cursor, len(view.text))


def _stretch_words(view: _View, start: int, end: int) -> Iterator[Span]:
    stretch = view.text[start:end]
    if not stretch or stretch.isspace():
        return
    spelled = _OPEN_SYLLABLE.sub(_move_tone, stretch)
    for first, last in _align(spelled, _segmenter()(spelled), at=view.starts[start]):
        yield Span(view.starts[start + first], view.ends[start + last - 1])


def _move_tone(match: re.Match[str]) -> str:
    """Return the two vowels with the tone on the second: "òa" → "oà"."""
    marked = unicodedata.normalize("NFD", match[0])  # "o", the tone, "a"
    return marked[0] + unicodedata.normalize("NFC", marked[2] + marked[1])


def _align(text: str, found: Sequence[str], *, at: int) -> Iterator[tuple[int, int]]:
    """Yield where the segmenter's words stand in the text that it was given.

    ``at`` is where that text stands in the whole, for messages.
    """
    cursor = 0
    for word in found:
        start: int | None = None
        for syllable in word.split():
            while cursor < len(text) and text[cursor].isspace():
                cursor += 1
            start = cursor if start is None else start
            if text.startswith(syllable, cursor):
                cursor += len(syllable)
            else:
                cursor = _align_letters(text, cursor, syllable, at=at)
        if start is not None:
            yield start, cursor
    rest = text[cursor:].lstrip()
    if rest:
        raise AlignmentError(at + len(text) - len(rest), rest[0], "the end")


def _align_letters(text: str, cursor: int, syllable: str, *, at: int) -> int:
    """Return the position behind a syllable whose letters may differ in their marks."""
    for letter in syllable:
        while cursor < len(text) and text[cursor].isspace():
            cursor += 1
        here = text[cursor : cursor + 1]
        if not here or _fold(here) != _fold(letter):
            raise AlignmentError(at + cursor, here, letter)
        cursor += 1
    return cursor


def _fold(letter: str) -> str:
    """Return a letter without its marks; the segmenter takes "ð" (eth) for "đ"."""
    return fold(letter).replace("ð", "d")


@cache
def _segmenter() -> Segmenter:
    """Import underthesea, which takes seconds where torch is installed too."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from underthesea import word_tokenize

    def segment(text: str) -> list[str]:
        found: list[str] = word_tokenize(text, use_token_normalize=False)
        return found

    segment("tải mô hình")  # so that whatever loading says is said here
    return segment
