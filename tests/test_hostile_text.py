"""Texts that the parsers stumbled over, found by fuzzing (tests/fuzz/parsers.py) and kept."""

from __future__ import annotations

import pytest

from docsearch.facts.find import find_facts
from docsearch.parse.header import parse_header
from docsearch.parse.outline import parse_outline, walk
from docsearch.parse.parts import documents_of
from docsearch.parse.passages import split
from docsearch.read.legacy import to_unicode
from docsearch.records import Document

FOUND = [
    pytest.param("# **", id="a-heading-of-markup-alone"),
]


@pytest.mark.parametrize("text", FOUND)
def test_any_text_has_a_tree_and_facts(text: str) -> None:
    whole = Document(id="x", text=to_unicode(text).text, source="x", sha256="0")
    for document in documents_of(whole):
        outline = parse_outline(document.text)
        for unit, headings in walk(outline):
            assert all(piece.end <= len(document.text) for piece in unit.pieces)
            assert all(heading.text.strip() for heading in headings)
        for passage in split(document, outline):
            assert passage.span.of(document.text) == passage.text
        find_facts(document, parse_header(document.text), outline)
