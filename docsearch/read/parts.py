"""One file → the documents in it."""

from __future__ import annotations

from pathlib import Path

from docsearch.read.text import read
from docsearch.records import Document


def read_file(path: Path, source: str | None = None) -> tuple[Document, ...]:
    """Return the documents that a file holds.

    Args:
        path: the file.
        source: the name it is known by; None means the file's name.

    Returns:
        At least one document, in the order of the file; ``part`` counts them from 0, and
        ``sha256`` is that of the file in each.

    Raises:
        SourceError: the file cannot be read as a document.
    """
    return (read(path, source),)
