"""An open index: its documents, and what is worked out of them once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache

from docsearch.answer.which import places_of
from docsearch.errors import QueryError
from docsearch.index.snapshot import Snapshot, is_changed
from docsearch.library.found import Documents
from docsearch.provenance import Provenance, corpus_hash, version
from docsearch.records import Document, Header, Unit
from docsearch.register.bodies import Gazetteer
from docsearch.search.diacritics import Restorer
from docsearch.search.query import Filters
from docsearch.search.retrieve import allowed_documents
from docsearch.search.understand import Corpus
from docsearch.vocabulary import load


class Opened:
    """The state of an index: it does not change while it is open."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def __repr__(self) -> str:
        manifest = self.snapshot.manifest
        return (
            f"<docsearch.Index {self.snapshot.folder}: {manifest.documents} documents, "
            f"{manifest.passages} passages, {manifest.encoder}>"
        )

    @property
    def changed(self) -> bool:
        """Whether the folder holds another state than this object; cheap to ask."""
        return is_changed(self.snapshot)

    @cached_property
    def corpus(self) -> Corpus:
        """What understanding a question needs to know of the documents."""
        phrases = [str(entry["phrase"]) for entry in load("questions")]
        counted = (str(entry["name"]) for entry in load("measures") if "name" in entry)
        phrases += [f"mấy {unit}" for unit in counted if len(unit) > 2]
        places = places_of(self.snapshot)
        restorer = Restorer.of(self.snapshot.language, phrases)
        return Corpus(places=tuple(sorted(places)), restorer=restorer)

    @cached_property
    def corpus_hash(self) -> str:
        """One hash of all documents: the same for the same files in any order."""
        return corpus_hash(self.snapshot.entries.values())

    @cached_property
    def provenance(self) -> Provenance:
        """The corpus and the versions behind every result of this index."""
        manifest = self.snapshot.manifest
        return Provenance(
            corpus_hash=self.corpus_hash,
            documents=manifest.documents,
            passages=manifest.passages,
            docsearch=version(),
            pipeline=manifest.pipeline,
            encoder=manifest.encoder,
            encoder_revision=manifest.revision,
        )

    def documents(self, *, filters: Filters | None = None) -> Documents:
        """Return the documents of the index, by file name; duplicates are among them."""
        allowed = self._allowed(filters)
        entries = self.snapshot.entries.values()
        return Documents(
            (e for e in entries if allowed is None or e.id in allowed),
            self._duplicates,
            self.snapshot.facts,
        )

    def document(self, document: str) -> Document:
        """Return one document with its text.

        Args:
            document: its id, or the name of its file.

        Returns:
            The document.

        Raises:
            DocumentNotFoundError: there is none of that name.
        """
        return self.snapshot.store.document(self._id(document))

    def header(self, document: str) -> Header:
        """Return what a document says of itself, by its id or the name of its file."""
        return self.snapshot.entries[self.document(document).id].header

    def outline(self, document: str) -> Unit:
        """Return the tree of a document, by its id or the name of its file."""
        return self.snapshot.store.outline(self.document(document).id)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer(self.snapshot.entries.values())

    def _id(self, name: str) -> str:
        if name in self.snapshot.entries:
            return name
        for entry in self.snapshot.entries.values():
            if entry.source == name:
                return entry.id
        return name

    def _shown(self, filters: Filters | None) -> tuple[Snapshot, frozenset[str] | None]:
        """Return one document of each group of those that pass, and their ids where narrowed."""
        return self._narrowed(filters or Filters())

    @cached_property
    def _narrowed(self) -> Callable[[Filters], tuple[Snapshot, frozenset[str] | None]]:
        """``_shown`` of filters; the last are kept, for comparing all headers takes a while."""

        @lru_cache(maxsize=16)
        def narrowed(filters: Filters) -> tuple[Snapshot, frozenset[str] | None]:
            allowed = self._allowed(filters)
            shown = self.snapshot.one_of_each(allowed) if allowed is not None else self._whole
            return shown, None if allowed is None else allowed - shown.left_out

        return narrowed

    @cached_property
    def _whole(self) -> Snapshot:
        return self.snapshot.one_of_each()

    @cached_property
    def _duplicates(self) -> dict[str, tuple[str, ...]]:
        return {document: self.snapshot.others(document) for document in self.snapshot.groups}

    def _allowed(self, filters: Filters | None) -> frozenset[str] | None:
        return allowed_documents(self.snapshot.entries, filters or Filters())

    def _filters(self, place: str | None, filters: Filters | None) -> Filters | None:
        """Return the filters; a place alone stands for some."""
        if place is not None and filters is not None:
            raise QueryError("give the place in filters, or as place, not both")
        return Filters(place=place) if place is not None else filters
