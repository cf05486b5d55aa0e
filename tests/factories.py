"""Boring defaults for tests: no download, no model."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from docsearch.encode import Floats2d
from docsearch.orthography import canonical, syllables
from docsearch.parse.outline import parse_outline
from docsearch.parse.view import View, view
from docsearch.records import (
    Citation,
    Document,
    Header,
    Heading,
    Level,
    Passage,
    Span,
    Stated,
    Unit,
)

CORPUS = Path(__file__).parents[1] / "corpus"


def _needs(program: str) -> pytest.MarkDecorator:
    """Skip where a system program is missing, unless DOCSEARCH_REQUIRE_PROGRAMS is set."""
    missing = shutil.which(program) is None and not os.environ.get("DOCSEARCH_REQUIRE_PROGRAMS")
    return pytest.mark.skipif(missing, reason=f"{program} is not installed")


needs_tesseract = _needs("tesseract")
needs_soffice = _needs("soffice")


@cache
def _syllable_vector(syllable: str) -> tuple[int, ...]:
    digest = hashlib.sha256(syllable.encode()).digest()
    return tuple(1 if digest[i // 8] >> i % 8 & 1 else -1 for i in range(HashEncoder.dim))


class HashEncoder:
    """An encoder without a model: texts that share syllables have like vectors."""

    name = "hash"
    revision = "1"
    dim = 64

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            for syllable in syllables(canonical(text)) or [""]:
                vectors[row] += _syllable_vector(syllable)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Floats2d = (vectors / np.maximum(norms, 1e-6)).astype(np.float32)
        return unit

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> Floats2d:
        vectors = self.encode_queries(texts)
        if progress is not None:
            progress(len(texts))
        return vectors


def document(
    text: str = "1. Phòng Nội vụ: Chủ trì.", *, id: str = "doc", source: str = "doc.txt"
) -> Document:
    """Return a document of that text."""
    return Document(
        id=id, text=text, source=source, sha256=hashlib.sha256(text.encode()).hexdigest()
    )


def span_of(text: str, words: str) -> Span:
    """Return the span of the only occurrence of ``words`` in ``text``."""
    assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times"
    start = text.index(words)
    return Span(start, start + len(words))


def whole(text: str) -> View:
    """Return the view of a whole text."""
    return view(text, [Span(0, len(text))]) if text else view(text, [])


def passage(
    text: str = "Chủ trì.",
    *,
    document_id: str = "doc",
    start: int = 0,
    headings: Sequence[str] = (),
    level: Level = "paragraph",
) -> Passage:
    """Return a passage that stands at ``start``."""
    span = Span(start, start + len(text))
    return Passage(
        id=f"{document_id}#{span.start}-{span.end}",
        document_id=document_id,
        span=span,
        text=text,
        headings=tuple(Heading(text=heading, span=Span(0, 1)) for heading in headings),
        level=level,
    )


def stated(value: str) -> Stated:
    """Return a fact of a header that stands at the beginning of the text."""
    return Stated(value=value, span=Span(0, max(len(value), 1)))


def header(
    *,
    type: str | None = "kế hoạch",
    number: str | None = "141/KH-UBND",
    place: str | None = "huyện Chi Lăng",
    issuer: str | None = "UBND huyện Chi Lăng",
    issued_on: str | None = "2022-04-29",
) -> Header:
    """Return a header; None leaves a field out."""
    return Header(
        type=stated(type) if type else None,
        number=stated(number) if number else None,
        place=stated(place) if place else None,
        issuer=stated(issuer) if issuer else None,
        issued_on=stated(issued_on) if issued_on else None,
    )


def citation(
    quote: str = "trước ngày 15/12",
    *,
    document: str = "doc",
    start: int = 0,
    marks: Sequence[Span] = (),
) -> Citation:
    """Return a citation of ``quote`` at ``start``."""
    return Citation(
        document=document,
        source=f"{document}.txt",
        number="141/KH-UBND",
        type="kế hoạch",
        place="huyện Chi Lăng",
        issued_on="2022-04-29",
        path=(),
        page=None,
        span=Span(start, start + len(quote)),
        quote=quote,
        marks=tuple(marks),
    )


def outline(text: str) -> Unit:
    """Return the tree of a text."""
    return parse_outline(text)
