"""Plain text files → Document."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Final

from docsearch.errors import SourceError, UnsupportedFormatError
from docsearch.read.files import MAX_BYTES
from docsearch.records import Document

# What a file begins with tells its format; its name does not.
_SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP container (.docx, .xlsx, .odt …)"),
    (b"\xd0\xcf\x11\xe0", "a Microsoft Office 97 file (.doc, .xls)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
)
_HTML: Final = re.compile(rb"\s*(?:<!doctype html|<html|<head|<\?xml)", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read(path: Path, source: str | None = None) -> Document:
    """Return the document in a plain text file.

    Args:
        path: the file.
        source: the name it is known by; None means the file's name.

    Returns:
        The document: NFC text without byte order mark, line ends as they stand; ``id`` is made
        from the name and is made readable when the header is known.

    Raises:
        UnsupportedFormatError: the bytes are of another format, or binary.
        SourceError: the file is empty, too large, not UTF-8, or cannot be opened.
    """
    name = source or path.name
    data = _bytes(path, name)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise UnsupportedFormatError(
                name, f"{what}; only plain text is read: save it as UTF-8 text"
            )
    if _HTML.match(data):
        raise UnsupportedFormatError(
            name, "a web page; only plain text is read: save its text as UTF-8"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\x00" in data[:4096]:
            raise UnsupportedFormatError(name, "binary data, not text") from error
        raise SourceError(
            name, f"not UTF-8 at byte {error.start}; save it again in the encoding UTF-8"
        ) from error
    if len(_CONTROL.findall(text[:4096])) > len(text[:4096]) // 50:
        raise UnsupportedFormatError(name, "binary data, not text")
    text = unicodedata.normalize("NFC", text)
    if not text.strip():
        raise SourceError(name, "empty: there is no text in it")
    digest = hashlib.sha256(data).hexdigest()
    return Document(id=digest[:12], text=text, source=name, sha256=digest)


def _bytes(path: Path, name: str) -> bytes:
    try:
        if not path.is_file():
            raise SourceError(name, "not a regular file")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SourceError(name, f"{size} bytes; at most {MAX_BYTES} are read")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(name, f"cannot be opened ({error.strerror or error})") from error
