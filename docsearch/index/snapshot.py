"""One generation of an index, opened for reading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from docsearch.encode import Encoder
from docsearch.facts.find import Facts
from docsearch.index.build import LANGUAGE, LEXICAL, RECORDS, VECTORS
from docsearch.index.language import Language, load_language
from docsearch.index.lexical import LexicalIndex
from docsearch.index.manifest import Manifest, check_encoder, check_files, load_manifest
from docsearch.index.store import Entry, Store
from docsearch.index.vectors import VectorIndex


@dataclass(frozen=True)
class Snapshot:
    """The parts of one generation; each is opened when it is first used and does not change."""

    folder: Path  # the index folder
    manifest: Manifest
    encoder: Encoder

    @property
    def generation(self) -> Path:
        """The folder of the generation."""
        return self.folder / self.manifest.folder

    @cached_property
    def store(self) -> Store:
        """The records."""
        return Store(self.generation / RECORDS)

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The lexical index."""
        return LexicalIndex.open(self.generation / LEXICAL)

    @cached_property
    def vectors(self) -> VectorIndex:
        """The vectors."""
        return VectorIndex.open(self.generation / VECTORS)

    @cached_property
    def language(self) -> Language:
        """Syllables and words of the corpus."""
        return load_language(self.generation / LANGUAGE)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The documents without their texts, by id."""
        return {entry.id: entry for entry in self.store.entries()}

    @cached_property
    def facts(self) -> dict[str, Facts]:
        """The facts of every document, by its id."""
        return self.store.facts()


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
    manifest = load_manifest(folder)
    check_encoder(folder, manifest, encoder.name, encoder.revision, encoder.dim)
    check_files(folder, manifest)
    return Snapshot(folder, manifest, encoder)
