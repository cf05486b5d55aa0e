"""Which documents cite which, and which cited ones are missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property

from docsearch.index.relations import Citing, Resolver, missing
from docsearch.library.cited import MissingDocuments, Relations
from docsearch.library.opened import Opened
from docsearch.records import Relation
from docsearch.search.query import Filters


class Relating(Opened):
    """Relations between documents."""

    def relations(
        self,
        document: str | None = None,
        *,
        relation: Relation | None = None,
        filters: Filters | None = None,
    ) -> Relations:
        """Return the documents that documents cite, how, and which of them are in the index.

        Args:
            document: id or file name of the document that cites; None means all.
            relation: only citations of this kind.
            filters: what the documents that cite are narrowed to.

        Returns:
            The citations, by document and place; of duplicates those of one.

        Raises:
            DocumentNotFoundError: there is no document of that name.
        """
        wanted = self._citing(document, filters)
        facts = self.snapshot.facts
        found = (
            each
            for citing in (wanted if len(wanted) == 1 else facts)
            if citing in wanted
            for each in self._resolved(citing)
        )
        return self._relations(
            [each for each in found if relation in (None, each.reference.relation)]
        )

    def cited_by(self, document: str) -> Relations:
        """Return how the other documents of the index cite one, by document and place.

        Args:
            document: its id or file name; its duplicates count as the same.

        Returns:
            The citations, those of the documents that cite it; of duplicates those of each.

        Raises:
            DocumentNotFoundError: there is no document of that name.
        """
        own = self.document(document).id
        members = self.snapshot.groups.get(own, ())
        names = dict.fromkeys((own, *(entry.id for entry in members)))
        found = [each for name in names for each in self._cited.get(name, ())]
        return self._relations([each for each in found if each.document not in names])

    def _relations(self, found: Collection[Citing]) -> Relations:
        texts = self.snapshot.store.texts({each.document for each in found})
        return Relations(found, self.snapshot.entries, texts, self.provenance)

    def _resolved(self, document: str) -> Iterator[Citing]:
        references = self.snapshot.facts[document].references
        for reference in self._resolver.resolve(document, references):
            yield Citing(document=document, reference=reference)

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self.snapshot.entries.values())

    @cached_property
    def _cited(self) -> dict[str, list[Citing]]:
        """The citations of each document by others, by its id."""
        found: dict[str, list[Citing]] = {}
        for document in self.snapshot.facts:
            for each in self._resolved(document):
                if each.reference.target:
                    found.setdefault(each.reference.target, []).append(each)
        return found

    def missing_documents(
        self, document: str | None = None, *, filters: Filters | None = None
    ) -> MissingDocuments:
        """Return the documents that are cited and not in the index, the most cited first.

        Args:
            document: id or file name of the document that cites; None means all.
            filters: what the documents that cite are narrowed to.

        Returns:
            The documents with those that cite them.

        Raises:
            DocumentNotFoundError: there is no document of that name.
        """
        if document is None and filters in (None, Filters()):
            return self._missing
        return self._lacking(self._citing(document, filters))

    @cached_property
    def _missing(self) -> MissingDocuments:
        return self._lacking(self._citing(None, None))

    def _lacking(self, wanted: Collection[str]) -> MissingDocuments:
        return MissingDocuments(
            missing(self.snapshot.entries.values(), self.snapshot.facts, wanted)
        )

    def _citing(self, document: str | None, filters: Filters | None) -> frozenset[str]:
        if document is not None:
            return frozenset((self.document(document).id,))
        shown, allowed = self._shown(filters)
        return frozenset(shown.entries if allowed is None else allowed)
