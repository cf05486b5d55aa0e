"""Passages and documents that were found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from docsearch.index.store import Entry
from docsearch.library.table import Table
from docsearch.payloads import document_row, hit_payload
from docsearch.records import Facts, Hit
from docsearch.render import hits_html, hits_text
from docsearch.search.query import Query


class Hits(Table[Hit]):
    """Ranked passages, best first."""

    def __init__(
        self,
        query: str,
        hits: Iterable[Hit],
        entries: Mapping[str, Entry],
        duplicates: Mapping[str, tuple[str, ...]] | None = None,
        understood: Query | None = None,
    ) -> None:
        super().__init__(hits)
        self.query = query
        self.entries = entries
        self.duplicates = duplicates or {}  # the other files of a document, by its id
        self.understood = understood  # how the query was read

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The passages."""
        return self._rows

    def to_list(self) -> list[dict[str, Any]]:
        """Return the hits as JSON values, the same as ``docsearch search --json`` prints."""
        return [
            hit_payload(
                hit,
                self.entries[hit.passage.document_id],
                self.duplicates.get(hit.passage.document_id, ()),
                self.understood,
            )
            for hit in self._rows
        ]

    def __repr__(self) -> str:
        return f"<docsearch.Hits {self.query!r}: {len(self._rows)} passages>"

    def __str__(self) -> str:
        return hits_text(self.to_list())

    def _repr_html_(self) -> str:
        return hits_html(self.query, self.to_list())


class Documents(Table[Entry]):
    """The documents of an index, by file name, duplicates too."""

    def __init__(
        self,
        entries: Iterable[Entry],
        duplicates: Mapping[str, tuple[str, ...]] | None = None,
        facts: Mapping[str, Facts] | None = None,
    ) -> None:
        super().__init__(entries)
        self._duplicates = duplicates or {}
        self._facts = facts or {}

    def __repr__(self) -> str:
        return f"<docsearch.Documents: {len(self._rows)}>"

    def to_list(self) -> list[dict[str, Any]]:
        """Return one dict a document: id, source and what its header states."""
        return [
            document_row(entry, self._duplicates.get(entry.id, ()), self._relations(entry.id))
            for entry in self._rows
        ]

    def _relations(self, document: str) -> Mapping[str, int]:
        found = self._facts.get(document)
        return Counter(each.relation for each in found.references) if found else {}

    def _repr_html_(self) -> str:
        return str(self.to_pandas().to_html(index=False))
