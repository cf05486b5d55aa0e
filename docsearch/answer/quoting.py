"""Citations: the words of a document, their place, and the check that they stand there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from docsearch.errors import AlignmentError
from docsearch.index.snapshot import Snapshot
from docsearch.parse.view import view
from docsearch.records import Citation, Document, Heading, Hit, Passage, Span

BEGINNING: Final = 400
"""Code points that say what a document is about, when its header does not."""


@dataclass(slots=True)
class Quoter:
    """Makes the citations of one answer; documents are read once, and where hits do not do."""

    snapshot: Snapshot
    hits: Sequence[Hit] = ()  # their words are at hand
    documents: dict[str, Document] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)
    _beginnings: dict[str, str] = field(default_factory=dict)
    _passages: dict[str, list[Passage]] = field(init=False)

    def __post_init__(self) -> None:
        self._passages = defaultdict(list)
        for hit in self.hits:
            self._passages[hit.passage.document_id].append(hit.passage)

    def document(self, document_id: str) -> Document:
        """Return a document of the index."""
        if document_id not in self.documents:
            self.documents[document_id] = self.snapshot.store.document(document_id)
        return self.documents[document_id]

    def read_texts(self, document_ids: Iterable[str]) -> None:
        """Read the texts of documents together: what is needed of many is needed at once."""
        wanted = {each for each in document_ids if each not in self._texts}
        self._texts |= self.snapshot.store.texts(wanted - self.documents.keys())

    def words(self, document_id: str, span: Span) -> str:
        """Return a stretch of a document as it stands there."""
        for passage in self._passages.get(document_id, ()):
            if passage.span.covers(span):
                start = passage.span.start
                return passage.text[span.start - start : span.end - start]
        return span.of(self.text(document_id))

    def text(self, document_id: str) -> str:
        """Return the text of a document."""
        known = self._texts.get(document_id)
        return self.document(document_id).text if known is None else known

    def beginning(self, document_id: str) -> str:
        """Return the first ``BEGINNING`` code points of a document.

        Those of all documents with hits are read together.
        """
        if document_id in self.documents:
            return self.documents[document_id].text[:BEGINNING]
        if document_id not in self._beginnings:
            wanted = {document_id, *self._passages}
            self._beginnings |= self.snapshot.store.texts(wanted, longest=BEGINNING)
        return self._beginnings[document_id]

    def cite(
        self,
        document_id: str,
        span: Span,
        headings: Sequence[Heading] = (),
        marks: Iterable[Span] = (),
    ) -> Citation:
        """Return the citation of one stretch of a document.

        Args:
            document_id: the document.
            span: what is quoted.
            headings: the headings above it, outermost first.
            marks: the answer's own words; those outside ``span`` are left out.

        Returns:
            The citation, whose quotation is ``document.text[span.start:span.end]``.

        Raises:
            AlignmentError: the span lies outside the document.
        """
        document = self.document(document_id)
        if span.end > len(document.text):
            raise AlignmentError(span.end, "the end of the document", "a quotation")
        header = self.snapshot.entries[document_id].header
        return Citation(
            document=document_id,
            source=document.source,
            number=header.number.value if header.number else None,
            type=header.type.value if header.type else None,
            place=header.place.value if header.place else None,
            issued_on=header.issued_on.value if header.issued_on else None,
            path=tuple(heading.text for heading in headings),
            page=_page(document, span),
            span=span,
            quote=span.of(document.text),
            marks=tuple(sorted({mark for mark in marks if span.covers(mark)})),
            duplicates=self.snapshot.others(document_id),
        )

    def line(self, document_id: str, span: Span) -> str:
        """Return a stretch of a document as one readable line."""
        words = self.words(document_id, span)
        return view(words, [Span(0, len(words))]).text


def _page(document: Document, span: Span) -> int | None:
    for number, page in enumerate(document.pages, start=document.first_page):
        if page.start <= span.start < page.end:
            return number
    return None


def joined(spans: Sequence[Span], gap: int) -> list[Span]:
    """Return ``spans`` with neighbours that are at most ``gap`` code points apart made one.

    The first stays first: what it was joined with takes its place.
    """
    result: list[Span] = []
    for span in spans:
        for position, other in enumerate(result):
            between = max(span.start, other.start) - min(span.end, other.end)
            if between <= gap:
                result[position] = Span(min(span.start, other.start), max(span.end, other.end))
                break
        else:
            result.append(span)
    return result
