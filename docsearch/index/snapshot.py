"""One state of an index, opened for reading.

The records are read as they were in that state, and the files of its generation do not change, so
that all parts belong together whatever is built meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from docsearch.encode import Encoder
from docsearch.errors import IndexFileError
from docsearch.index.language import Language, language_of, load_counts
from docsearch.index.lexical import LexicalIndex
from docsearch.index.manifest import (
    CHANGES,
    LANGUAGE,
    LEXICAL,
    RECORDS,
    VECTORS,
    Manifest,
    check_encoder,
    check_files,
    load_manifest,
)
from docsearch.index.preference import preference
from docsearch.index.store import Entry, Store
from docsearch.index.vectors import VectorIndex
from docsearch.records import Facts

_TRIES: Final = 5
_FEW: Final = 50  # documents whose rows are looked up one by one; arbitrary


@dataclass(frozen=True)
class Snapshot:
    """The parts of one generation; each is opened when it is first used and does not change.

    ``entries`` and ``facts`` leave out the documents in ``left_out``: what is searched and
    answered from holds one document of each group of duplicates.
    """

    folder: Path  # the index folder
    manifest: Manifest
    encoder: Encoder
    left_out: frozenset[str] = frozenset()  # ids
    whole: Snapshot | None = None  # the same with all documents, which holds the parts

    @property
    def generation(self) -> Path:
        """The folder of the generation."""
        return self.folder / self.manifest.folder

    @cached_property
    def store(self) -> Store:
        """The records."""
        if self.whole:
            return self.whole.store
        return Store(self.folder / RECORDS, at=self.manifest.state)

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The lexical index."""
        return self.whole.lexical if self.whole else LexicalIndex.open(self.generation / LEXICAL)

    @cached_property
    def vectors(self) -> VectorIndex:
        """The vectors."""
        return self.whole.vectors if self.whole else VectorIndex.open(self.generation / VECTORS)

    @cached_property
    def language(self) -> Language:
        """Syllables and words of the corpus."""
        if self.whole:
            return self.whole.language
        generation = self.generation
        return language_of(load_counts(generation / LANGUAGE, generation / CHANGES))

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The documents without their texts, by id; all are read when one is first asked for.

        100,000 documents take about 3 s; ``some_entries`` reads those that are needed.
        """
        if self.whole:
            whole = self.whole.entries
            return {key: entry for key, entry in whole.items() if key not in self.left_out}
        return {entry.id: entry for entry in self.store.entries()}

    @cached_property
    def facts(self) -> Mapping[str, Facts]:
        """The facts of every document, by its id; each is read when it is first asked for."""
        if self.whole:
            return _Shown(self.whole.facts, self.left_out)
        return DocumentFacts(self.store)

    @cached_property
    def groups(self) -> dict[str, tuple[Entry, ...]]:
        """The members of each group of duplicates, the preferred first, by the id of each."""
        if self.whole:
            return self.whole.groups
        return groups_of(self.store.grouped())

    def some_entries(self, documents: Collection[str]) -> dict[str, Entry]:
        """Return the documents of some ids, by id, without reading the others."""
        if self.whole:
            return self.whole.some_entries(documents)
        if "entries" in self.__dict__:
            return {each: self.entries[each] for each in documents if each in self.entries}
        return {entry.id: entry for entry in self.store.entries(documents)}

    def some_facts(self, documents: Collection[str]) -> dict[str, Facts]:
        """Return the facts of documents that are not left out, by id; others are not read."""
        if self.whole:
            return self.whole.some_facts([each for each in documents if each not in self.left_out])
        assert isinstance(self.facts, DocumentFacts)
        return self.facts.some(documents)

    def rows_of(self, documents: Collection[str]) -> NDArray[np.int64]:
        """Return the rows of the passages of documents, in no order.

        The rows of all documents are read when many are asked for first, and kept.
        """
        if self.whole:
            return self.whole.rows_of(documents)
        if len(documents) <= _FEW and "_all_rows" not in self.__dict__:
            return np.array(self.store.rows_of(documents), dtype=np.int64)
        rows, places = self._all_rows
        parts = [rows[slice(*places[each])] for each in documents if each in places]
        return np.concatenate(parts) if parts else rows[:0]

    @cached_property
    def hidden(self) -> frozenset[int]:
        """The rows of the passages of the documents that are left out."""
        return frozenset(self.rows_of(self.left_out).tolist())

    @cached_property
    def _all_rows(self) -> tuple[NDArray[np.int64], dict[str, tuple[int, int]]]:
        return self.store.all_rows()

    def others(self, document: str) -> tuple[str, ...]:
        """Return the other files that hold the same document, by their sources."""
        members = self.groups.get(document, ())
        own = {entry.source for entry in members if entry.id == document}
        return tuple(dict.fromkeys(e.source for e in members if e.source not in own))

    def one_of_each(self, documents: Collection[str] | None = None) -> Snapshot:
        """Return the snapshot with one document of each group of duplicates.

        Args:
            documents: ids of the documents that pass the filters; None means all. The document
                that stands for a group is chosen among them.

        Returns:
            This snapshot where nothing is left out.
        """
        whole = self.whole or self
        out: set[str] = set()
        for members in {members[0].id: members for members in self.groups.values()}.values():
            allowed = [m.id for m in members if documents is None or m.id in documents]
            out.update(entry.id for entry in members if entry.id not in allowed[:1])
        if not out:
            return whole
        return replace(whole, left_out=frozenset(out), whole=whole)


class DocumentFacts(Mapping[str, Facts]):
    """The facts of documents, by id: read when they are asked for, and kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[str, Facts] = {}
        self._all: dict[str, Facts] | None = None

    def __getitem__(self, document: str) -> Facts:
        return self.some([document])[document]

    def __iter__(self) -> Iterator[str]:
        return iter(self.load())

    def __len__(self) -> int:
        return len(self.load())

    def load(self) -> dict[str, Facts]:
        """Return the facts of all documents, in the order of the documents."""
        if self._all is None:
            self._all = self._store.facts()
            self._read = {}
        return self._all

    def some(self, documents: Collection[str]) -> dict[str, Facts]:
        """Return the facts of those of the documents that there are, by id."""
        known = self._read if self._all is None else self._all
        lacking = [each for each in documents if each not in known]
        if lacking and known is not self._all:
            known = self._read = {**known, **self._store.facts(lacking)}
        return {each: known[each] for each in documents if each in known}


class _Shown(Mapping[str, Facts]):
    """The facts of all documents but some."""

    def __init__(self, facts: Mapping[str, Facts], left_out: frozenset[str]) -> None:
        self._facts = facts
        self._left_out = left_out

    def __getitem__(self, document: str) -> Facts:
        if document in self._left_out:
            raise KeyError(document)
        return self._facts[document]

    def __iter__(self) -> Iterator[str]:
        return (document for document in self._facts if document not in self._left_out)

    def __len__(self) -> int:
        return len(self._facts) - len(self._left_out)


def groups_of(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Return the members of each group of duplicates, the preferred first, by the id of each."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.group is not None:
            groups.setdefault(entry.group, []).append(entry)
    found = {}
    for shown, members in groups.items():
        ordered = tuple(sorted(members, key=lambda e: (e.id != shown, *preference(e, 0))))
        found.update(dict.fromkeys((entry.id for entry in members), ordered))
    return found


def open_snapshot(folder: Path, encoder: Encoder) -> Snapshot:
    """Open the index in ``folder``.

    Args:
        folder: the index folder.
        encoder: what questions are encoded with; the one that the index was built with.

    Returns:
        The generation in force.

    Raises:
        IndexFileError: there is no index, it is damaged, or the encoder is another one.
    """
    for _ in range(_TRIES):
        manifest = load_manifest(folder)
        check_encoder(folder, manifest, encoder.name, encoder.revision, encoder.dim)
        try:
            check_files(folder, manifest)
        except IndexFileError:
            if load_manifest(folder).generation == manifest.generation:
                raise
            continue  # another build was put in force meanwhile
        break
    return Snapshot(folder, manifest, encoder)


def is_changed(snapshot: Snapshot) -> bool:
    """Tell whether another state of a snapshot's index is in force; reads one small file."""
    try:
        manifest = load_manifest(snapshot.folder)
    except IndexFileError:
        return True
    return manifest != snapshot.manifest
