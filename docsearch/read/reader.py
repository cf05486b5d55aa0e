"""One file → Document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from docsearch.errors import SourceError
from docsearch.read.files import MAX_TEXT_BYTES, readable, stamp
from docsearch.read.formats import HEAD, Format, find_format
from docsearch.read.isolated import IsolatedReader, Limits
from docsearch.read.reading import Reading
from docsearch.read.text import read_text
from docsearch.records import Document

_WHOLE: Final[tuple[Format, ...]] = ("text", "html")  # limited in size, for they are read at once


class Reader:
    """Reads files of every format that is known; holds the process that takes them apart."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._isolated = IsolatedReader(limits)

    def read(
        self, path: Path, source: str | None = None, done: Callable[[int, int], None] | None = None
    ) -> Document:
        """Return the document in a file.

        Args:
            path: the file.
            source: the name it is known by; None means the file's name.
            done: called after each page with its number and how many there are.

        Returns:
            The document: NFC text, the spans of its pages, what was converted or left out as
            ``notes``; ``id`` is made from the content and is made readable when the header is
            known.

        Raises:
            SourceError: the file cannot be read; the message says what was found and what to do.
        """
        name = source or readable(path.name)
        before = stamp(path, name)
        try:
            with path.open("rb") as file:
                head = file.read(HEAD)
                form = find_format(head, path, name)
                if form in _WHOLE and before.size > MAX_TEXT_BYTES:
                    found = f"{before.size} bytes of text; at most {MAX_TEXT_BYTES} are read"
                    raise SourceError(name, found)
                file.seek(0)
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            data = path.read_bytes() if form == "text" else b""
        except OSError as error:
            raise SourceError(name, f"cannot be opened ({error.strerror or error})") from error
        if form == "text":
            reading = read_text(data, name)
        else:
            reading = self._isolated.read(form, path, name, done)
        if stamp(path, name) != before:
            raise SourceError(name, "it was changed while it was read; build again")
        return _document(reading, name, digest)

    def close(self) -> None:
        """End the process of the readers."""
        self._isolated.close()

    def __enter__(self) -> Reader:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process of the readers."""
        self.close()


def read(path: Path, source: str | None = None) -> Document:
    """Return the document in a file; for many files keep a ``Reader``.

    Args:
        path: the file.
        source: the name it is known by; None means the file's name.

    Returns:
        The document, as ``Reader.read`` gives it.

    Raises:
        SourceError: the file cannot be read; the message says what was found and what to do.
    """
    with Reader() as reader:
        return reader.read(path, source)


def _document(reading: Reading, name: str, digest: str) -> Document:
    if not reading.text.strip():
        raise SourceError(name, "empty: there is no text in it")
    return Document(
        id=digest[:12],
        text=reading.text,
        source=name,
        sha256=digest,
        pages=reading.pages,
        bold=reading.bold,
        format=reading.format,
        confidence=reading.confidence,
        notes=reading.notes,
    )
