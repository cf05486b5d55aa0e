"""One document → all facts found in it."""

from __future__ import annotations

from collections.abc import Iterator

from docsearch.facts.obligations import find_obligations
from docsearch.facts.targets import find_document_targets
from docsearch.orthography import canonical
from docsearch.parse.references import find_references
from docsearch.records import Document, Facts, Header, Reference, Unit


def find_facts(document: Document, header: Header, outline: Unit) -> Facts:
    """Return the obligations, targets and cited documents of a document.

    Args:
        document: the document.
        header: what it says of itself.
        outline: its tree.

    Returns:
        Each kind in the order of the text, without copies of the document in the same text;
        what stands again word for word under the same headings is there once.
    """
    issued_on = header.issued_on.value if header.issued_on else None
    return Facts(
        obligations=tuple(find_obligations(document.text, outline, issued_on=issued_on)),
        targets=tuple(find_document_targets(document.text, outline, header=header)),
        references=tuple(_references(document.text, header, outline)),
    )


def _references(text: str, header: Header, outline: Unit) -> Iterator[Reference]:
    """Yield what a document cites, without what a copy of it cites again."""
    copies = [unit.span for unit in outline.children if unit.level == "copy"]
    seen: set[str] = set()
    for reference in find_references(text, header=header):
        key = canonical(reference.span.of(text))
        if key not in seen and not any(copy.covers(reference.span) for copy in copies):
            seen.add(key)
            yield reference
