"""The tree of units → passages, the unit of retrieval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from docsearch.orthography import canonical
from docsearch.parse.outline import is_heading
from docsearch.parse.sentences import sentences
from docsearch.parse.view import view
from docsearch.records import Document, Heading, Level, Passage, Span, Unit

# A longer unit is split at its sentences: an encoder reads 512 tokens, which is 1,200 to 1,800
# code points of these documents, and a short passage is easier to read in an answer.
MAX_PASSAGE: Final = 1000

# Neighbouring lines shorter than this (a letterhead, a list of recipients) become one passage.
SHORT: Final = 80
MAX_MERGED: Final = 500


@dataclass(frozen=True, slots=True)
class _Stretch:
    span: Span
    headings: tuple[Heading, ...]
    level: Level


def split(document: Document, outline: Unit) -> list[Passage]:
    """Return the passages of a document.

    Args:
        document: the document.
        outline: its tree, from ``parse_outline``.

    Returns:
        Passages in the order of the text, not overlapping, each of one unit or of a unit and
        short lines after it. A heading with something under it is no passage, it is in the
        ``headings`` of what stands under it. A copy of the document has no passages, and words
        that stand again later under the same headings are kept once.
    """
    passages = []
    seen: set[tuple[tuple[str, ...], str]] = set()
    for stretch in _merged(list(_stretches(document.text, outline, ()))):
        passage = Passage(
            id=f"{document.id}#{stretch.span.start}-{stretch.span.end}",
            document_id=document.id,
            span=stretch.span,
            text=stretch.span.of(document.text),
            headings=stretch.headings,
            level=stretch.level,
        )
        key = (passage.path, " ".join(canonical(passage.text).split()))
        if key not in seen:
            seen.add(key)
            passages.append(passage)
    return passages


def _stretches(text: str, unit: Unit, above: tuple[Heading, ...]) -> Iterator[_Stretch]:
    if unit.level == "copy":
        return
    headings = (*above, unit.heading) if unit.heading else above
    stretches: list[_Stretch] = []
    if unit.pieces and not is_heading(unit):
        for span in _parts(text, unit):
            stretches.append(_Stretch(span, headings, unit.level))
    for child in unit.children:
        if child.level == "footnote":  # it stands inside its unit
            stretches.extend(_Stretch(piece, headings, "footnote") for piece in _parts(text, child))
        else:
            stretches.extend(_stretches(text, child, headings))
    yield from sorted(stretches, key=lambda stretch: (stretch.span.start, stretch.span.end))


def _parts(text: str, unit: Unit) -> list[Span]:
    spans: list[Span] = []
    for piece in unit.pieces:  # a footnote between two pieces is not part of either
        joined = spans and not text[spans[-1].end : piece.start].strip()
        if joined and piece.end - spans[-1].start <= MAX_PASSAGE:
            spans[-1] = Span(spans[-1].start, piece.end)
        else:
            spans.append(piece)
    return [part for span in spans for part in _at_sentences(text, span)]


def _at_sentences(text: str, span: Span) -> Iterator[Span]:
    if span.end - span.start <= MAX_PASSAGE:
        yield span
        return
    line = view(text, [span])
    start = end = None
    for a, b in sentences(line):
        sentence = line.span(a, b)
        if start is not None and end is not None and sentence.end - start > MAX_PASSAGE:
            yield Span(start, end)
            start = None
        start = sentence.start if start is None else start
        end = sentence.end
    if start is not None and end is not None:
        yield Span(start, end)


def _merged(stretches: list[_Stretch]) -> list[_Stretch]:
    merged: list[_Stretch] = []
    for stretch in stretches:
        if merged and _mergeable(merged[-1], stretch):
            last = merged[-1]
            span = Span(last.span.start, stretch.span.end)
            merged[-1] = _Stretch(span, last.headings, last.level)
        else:
            merged.append(stretch)
    return merged


def _mergeable(last: _Stretch, this: _Stretch) -> bool:
    short = this.span.end - this.span.start <= SHORT
    small = this.span.end - last.span.start <= MAX_MERGED
    return short and small and last.headings == this.headings and last.span.end <= this.span.start
