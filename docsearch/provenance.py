"""What an export was made from: the documents, as one hash, and the versions of the program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib import metadata

from docsearch.index.store import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The corpus and the versions behind a result: where they are equal, so is it."""

    corpus_hash: str  # SHA-256, hexadecimal
    documents: int
    passages: int
    docsearch: str  # version
    pipeline: int  # version of reading, parsing and facts
    encoder: str
    encoder_revision: str

    def to_dict(self) -> dict[str, str | int]:
        """Return the fields as JSON values."""
        return asdict(self)

    def __str__(self) -> str:
        return (
            f"docsearch {self.docsearch} · kho {self.corpus_hash[:16]} ({self.documents} văn bản, "
            f"{self.passages} đoạn) · pipeline {self.pipeline} · {self.encoder} "
            f"({self.encoder_revision})"
        )


def corpus_hash(entries: Iterable[Entry]) -> str:
    """Return one hash of the documents of a corpus.

    Args:
        entries: the documents, duplicates too.

    Returns:
        SHA-256 of the sorted lines "SHA-256 of the file, part in the file": neither the order nor
        the names of the files matter.
    """
    lines = sorted(f"{entry.sha256} {entry.part}" for entry in entries)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def version() -> str:
    """Return the version of docsearch that is installed."""
    return metadata.version("docsearch")
