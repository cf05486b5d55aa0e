"""What documents cite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from docsearch.index.relations import Citing, MissingDocument
from docsearch.index.store import Entry
from docsearch.library.table import Table
from docsearch.payloads import missing_row, relation_row
from docsearch.provenance import Provenance
from docsearch.render import (
    cited_title,
    missing_html,
    missing_text,
    relations_html,
    relations_text,
)

if TYPE_CHECKING:
    from docsearch.picture import Picture


class Relations(Table[Citing]):
    """What documents are based on, implement, amend, replace, cite."""

    def __init__(
        self,
        citations: Iterable[Citing],
        entries: Mapping[str, Entry],
        texts: Mapping[str, str],
        provenance: Provenance,
    ) -> None:
        super().__init__(citations)
        self._entries = entries
        self._texts = texts
        self._provenance = provenance

    def to_list(self) -> list[dict[str, Any]]:
        """Return one dict a citation, the same as ``docsearch relations --json`` prints."""
        return [
            relation_row(each, self._entries[each.document], self._texts[each.document])
            for each in self._rows
        ]

    def plot(self) -> Picture:
        """Return the picture of who is based on, implements, amends or replaces what.

        Returns:
            The picture, with the documents that are missing; ``save(path)`` writes it.

        Raises:
            MissingDependencyError: matplotlib is not installed.
            QueryError: there are more documents than a picture holds.
        """
        from docsearch.compare.reuse_figure import relations_picture

        rows = self.to_list()
        titles = [cited_title(row) for row in rows]
        return relations_picture(rows, titles, self._entries, self._provenance)

    def __repr__(self) -> str:
        return f"<docsearch.Relations: {len(self._rows)}>"

    def __str__(self) -> str:
        return relations_text(self.to_list())

    def _repr_html_(self) -> str:
        return relations_html(self.to_list())


class MissingDocuments(Table[MissingDocument]):
    """Documents that are cited and not in the index, the most cited first."""

    def __init__(self, documents: Iterable[MissingDocument]) -> None:
        super().__init__(documents)

    def to_list(self) -> list[dict[str, Any]]:
        """Return one dict a document, the same as ``docsearch relations --missing --json``."""
        return [missing_row(missing) for missing in self._rows]

    def __repr__(self) -> str:
        return f"<docsearch.MissingDocuments: {len(self._rows)}>"

    def __str__(self) -> str:
        return missing_text(self.to_list())

    def _repr_html_(self) -> str:
        return missing_html(self.to_list())
