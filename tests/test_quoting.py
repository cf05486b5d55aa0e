from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.answer.quoting import Quoter, joined
from docsearch.errors import AlignmentError, DocumentNotFoundError
from docsearch.index.store import Entry
from docsearch.records import Document, Header, Heading, Span
from tests.factories import document, header, span_of

TEXT = "1. Phòng Nội vụ\n- Báo cáo về **UBND huyện**\ntrước ngày 15/12.\n"
PAGED = Document(
    id="paged",
    text="trang một trang hai",
    source="p.pdf",
    sha256="0",
    pages=(Span(0, 9), Span(9, 19)),
)


@dataclass
class Shelf:
    """Stands for the snapshot of an index: documents and their headers."""

    documents: dict[str, Document]
    read: list[str] = field(default_factory=list)

    @property
    def store(self) -> Shelf:
        return self

    @property
    def entries(self) -> dict[str, Entry]:
        return {
            id: Entry(
                id=id,
                path=id,
                source=found.source,
                sha256="0",
                pipeline=1,
                header=header() if id == "doc" else Header(),
            )
            for id, found in self.documents.items()
        }

    def others(self, id: str) -> tuple[str, ...]:
        return ("copy.txt",) if id == "doc" else ()

    def document(self, id: str) -> Document:
        self.read.append(id)
        if id not in self.documents:
            raise DocumentNotFoundError(id)
        return self.documents[id]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf({"doc": document(TEXT), "paged": PAGED})


@pytest.fixture
def quoter(shelf: Shelf) -> Quoter:
    return Quoter(shelf)  # type: ignore[arg-type]


def test_a_citation_is_words_of_the_document(quoter: Quoter) -> None:
    span = span_of(TEXT, "Báo cáo về **UBND huyện**\ntrước ngày 15/12.")
    found = quoter.cite("doc", span, [Heading(text="1. Phòng Nội vụ", span=Span(0, 15))])
    assert found.quote == span.of(TEXT)
    assert (found.document, found.source, found.span) == ("doc", "doc.txt", span)
    assert (found.number, found.type, found.place) == ("141/KH-UBND", "kế hoạch", "huyện Chi Lăng")
    assert found.issued_on == "2022-04-29"
    assert found.path == ("1. Phòng Nội vụ",)
    assert found.page is None


def test_what_the_header_leaves_blank_is_left_blank(quoter: Quoter) -> None:
    found = quoter.cite("paged", Span(0, 5))
    assert (found.number, found.type, found.place, found.issued_on) == (None, None, None, None)


@pytest.mark.parametrize(
    ("span", "page"), [(Span(0, 5), 1), (Span(8, 12), 1), (Span(9, 10), 2), (Span(18, 19), 2)]
)
def test_a_page_is_where_the_quotation_begins(quoter: Quoter, span: Span, page: int) -> None:
    assert quoter.cite("paged", span).page == page


@pytest.mark.parametrize(
    "span", [Span(0, len(TEXT) + 1), Span(len(TEXT), len(TEXT) + 1), Span(9999, 10000)]
)
def test_a_span_outside_the_document_is_refused(quoter: Quoter, span: Span) -> None:
    with pytest.raises(AlignmentError):
        quoter.cite("doc", span)


def test_the_last_character_can_be_quoted(quoter: Quoter) -> None:
    assert quoter.cite("doc", Span(0, len(TEXT))).quote == TEXT


def test_marks_lie_inside_and_are_sorted(quoter: Quoter) -> None:
    span = span_of(TEXT, "- Báo cáo về **UBND huyện**")
    unit, report = span_of(TEXT, "UBND huyện"), span_of(TEXT, "Báo cáo")
    outside, across = span_of(TEXT, "15/12"), span_of(TEXT, "huyện**\ntrước")
    found = quoter.cite("doc", span, marks=[unit, report, outside, across, unit])
    assert found.marks == (report, unit)


def test_a_document_is_read_once(quoter: Quoter, shelf: Shelf) -> None:
    for _ in range(3):
        quoter.cite("doc", Span(0, 3))
    assert shelf.read == ["doc"]
    with pytest.raises(DocumentNotFoundError):
        quoter.cite("gone", Span(0, 3))


def test_a_line_is_readable(quoter: Quoter) -> None:
    span = span_of(TEXT, "Báo cáo về **UBND huyện**\ntrước ngày 15/12.")
    assert quoter.line("doc", span) == "Báo cáo về UBND huyện trước ngày 15/12."


@pytest.mark.parametrize(
    ("spans", "gap", "expected"),
    [
        ([], 0, []),
        ([(0, 5), (9, 12)], 3, [(0, 5), (9, 12)]),
        ([(0, 5), (9, 12)], 4, [(0, 12)]),
        ([(9, 12), (0, 5)], 4, [(0, 12)]),
        ([(20, 30), (0, 5), (31, 40)], 1, [(20, 40), (0, 5)]),
        ([(0, 9), (2, 4)], 0, [(0, 9)]),
        ([(0, 5), (5, 9)], 0, [(0, 9)]),
    ],
    ids=["none", "too-far", "near", "backwards", "the-first-stays-first", "inside", "touching"],
)
def test_joined(spans: list[tuple[int, int]], gap: int, expected: list[tuple[int, int]]) -> None:
    found = joined([Span(*span) for span in spans], gap)
    assert found == [Span(*span) for span in expected]


SPANS = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 10)).map(lambda pair: Span(pair[0], sum(pair))),
    max_size=6,
)


@given(SPANS, st.integers(0, 5))
def test_joined_covers_what_was_given(spans: list[Span], gap: int) -> None:
    given_spans = list(spans)
    found = joined(spans, gap)
    assert spans == given_spans
    assert all(any(one.covers(span) for one in found) for span in spans)
    assert {one.start for one in found} <= {span.start for span in spans}
    assert {one.end for one in found} <= {span.end for span in spans}
    if spans:
        assert found[0].covers(spans[0])
