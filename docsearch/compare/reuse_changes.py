"""What was changed inside a shared part: numbers, dates, places, bodies, other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from docsearch.compare.reuse_align import Stretch
from docsearch.compare.reuse_words import Text
from docsearch.facts.quantities import read_number
from docsearch.orthography import canonical
from docsearch.parse.bodies import body_at, body_end
from docsearch.parse.dates import find_dates
from docsearch.parse.numbers import find_numbers
from docsearch.records import Span

ChangeKind = Literal["number", "date", "place", "body", "words"]

CHANGE_WORDS: Final = {
    "number": "số",
    "date": "ngày",
    "place": "nơi",
    "body": "đơn vị",
    "words": "từ ngữ",
}
"""Kinds in the words of those who read them."""

_LEVEL: Final = re.compile(
    r"(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|thôn|bản)(?=\s+(\w))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Words of one part and what stands in their place in the other."""

    kind: ChangeKind
    before: Span | None  # of the first document; None where words were put in
    after: Span | None  # of the second; None where words were left out


@dataclass(frozen=True, slots=True)
class _Marked:
    """Where dates, numbers, bodies and places stand in a part of a text."""

    dates: tuple[Span, ...]
    numbers: tuple[Span, ...]  # of documents
    places: tuple[Span, ...]
    bodies: tuple[Span, ...]


def changes(first: Text, second: Text, stretch: Stretch) -> tuple[Change, ...]:
    """Return what differs inside a shared part, in the order of the text.

    Args:
        first: the document before.
        second: the document after.
        stretch: words of both that agree.

    Returns:
        One change for every run of words that do not agree. A change inside a date, a document's
        number, a place or a body shows the whole of it.
    """
    marked = tuple(
        _mark(text, text.span(*_ends(stretch, side))) for side, text in enumerate((first, second))
    )
    found = []
    for before, after in _runs(first, second, stretch):
        found.append(_change((first, second), marked, before, after))
    return tuple(_unique(found))


def _ends(stretch: Stretch, side: int) -> tuple[int, int]:
    return int(stretch.matches[0, side]), int(stretch.matches[-1, side])


def _runs(first: Text, second: Text, stretch: Stretch) -> Iterator[tuple[Span | None, Span | None]]:
    for (a, c), (b, d) in zip(stretch.matches[:-1], stretch.matches[1:], strict=True):
        before = first.span(int(a) + 1, int(b) - 1) if b - a > 1 else None
        after = second.span(int(c) + 1, int(d) - 1) if d - c > 1 else None
        if before or after:
            yield before, after


def _mark(text: Text, part: Span) -> _Marked:
    words = part.of(text.text)
    dates = tuple(_moved(found.span, part.start) for found in find_dates(words))
    numbers = tuple(_moved(found.span, part.start) for found in find_numbers(words))
    bodies, places = [], []
    position = 0
    for match in re.finditer(r"(?<!\w)\w", words):
        if match.start() < position:
            continue
        if body_at(words, match.start()) and (end := body_end(words, match.start())):
            bodies.append(Span(part.start + match.start(), part.start + end))
            position = end
        elif (level := _LEVEL.match(words, match.start())) and level[1].isupper():
            end = _name_end(words, level.end())
            places.append(Span(part.start + match.start(), part.start + end))
            position = end
    return _Marked(dates, numbers, tuple(places), tuple(bodies))


def _name_end(words: str, position: int) -> int:
    """Return where a name of words with capitals ends."""
    end = position
    for match in re.finditer(r"[ \t\n-]+(\w+)", words[position:]):
        if match.start() + position != end or not match[1][0].isupper():
            break
        end = position + match.end()
    return end


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _change(
    texts: tuple[Text, Text],
    marked: tuple[_Marked, ...],
    before: Span | None,
    after: Span | None,
) -> Change:
    sides = (before, after)
    for kind, name in (("date", "dates"), ("number", "numbers"), ("place", "places")):
        whole = [_around(getattr(m, name), s) for m, s in zip(marked, sides, strict=True)]
        if all(whole):
            return Change(kind=kind, before=whole[0], after=whole[1])  # type: ignore[arg-type]
    words = [side.of(text.text) if side else "" for text, side in zip(texts, sides, strict=True)]
    if any(words) and all(_is_number(each) for each in words if each):
        return Change(kind="number", before=before, after=after)
    if all(re.search(r"(?<!\w)\d", each) for each in words):
        return Change(kind="number", before=before, after=after)
    whole = [_around(m.bodies, s) for m, s in zip(marked, sides, strict=True)]
    if all(whole):
        return Change(kind="body", before=whole[0], after=whole[1])
    for kind, name in (("date", "dates"), ("place", "places"), ("body", "bodies")):
        if all(_is_one(getattr(m, name), s) for m, s in zip(marked, sides, strict=True) if s):
            return Change(kind=kind, before=before, after=after)  # type: ignore[arg-type]
    return Change(kind="words", before=before, after=after)


def _around(spans: tuple[Span, ...], part: Span | None) -> Span | None:
    """Return the span that a part lies in."""
    return next((span for span in spans if part and span.covers(part)), None)


def _is_one(spans: tuple[Span, ...], part: Span) -> bool:
    """Tell whether a part is one of the spans, or lies in it."""
    return any(span.covers(part) or part == span for span in spans)


def _is_number(words: str) -> bool:
    figure = re.sub(r"[%\s]|trên|dưới|khoảng", "", canonical(words))
    return bool(figure) and figure[0].isdigit() and read_number(figure) is not None


def _unique(found: list[Change]) -> Iterator[Change]:
    """Yield changes once: two words of one date give the same date twice."""
    last: Change | None = None
    for change in found:
        if change != last:
            yield change
        last = change
