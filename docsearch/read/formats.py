"""The format of a file, by what it holds and not by its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Final, Literal

from docsearch.errors import SourceError, UnsupportedFormatError

HEAD: Final = 256 * 1024
"""Bytes of a file that its format is told by."""

Format = Literal["text", "html", "pdf", "image", "docx", "xlsx", "office"]
"""What a reader takes; "office" is everything that LibreOffice has to convert first."""

_SIGNATURES: Final[tuple[tuple[bytes, Format], ...]] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),  # Word and Excel 97, encrypted Word
    (b"{\\rtf", "office"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"),
    (b"RIFF", "image"),
)
# What no reader takes, and what to do about it.
_REFUSED: Final[tuple[tuple[bytes, str], ...]] = (
    (b"Rar!", "a RAR archive; unpack it and name the folder"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it and name the folder"),
    (b"\x1f\x8b", "a gzip archive; unpack it and name the file"),
    (b"SQLite format 3", "a database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"GIF8", "a GIF picture; save it as PNG"),
    (b"ID3", "a sound file"),
)
_ZIPPED: Final[tuple[tuple[str, Format], ...]] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
)
_OPEN_DOCUMENT: Final = re.compile(rb"application/vnd\.oasis\.opendocument\.(?:text|spreadsheet)")
_PDF_WINDOW: Final = 1024  # bytes in which "%PDF-" may stand (ISO 32000, implementation notes)
_HTML: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)?"
    rb"(?:<\?xml[^>]{0,300}\?>\s*)?(?:<!doctype\s+html|<html|<head|<body)",
    re.IGNORECASE | re.DOTALL,
)
_WORD_XML: Final = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*\?>.{0,400}?progid=\"Word", re.DOTALL
)
_XML: Final = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml\b")
_MIME: Final = re.compile(rb"\s*(?:mime-version:|from: <saved by)", re.IGNORECASE)
# A text file whose body is HTML without <html>: what content systems export.
_BLOCK_TAG: Final = re.compile(rb"<(?:p|div|br|table|span|h[1-6]|ul|ol)\b[^>]{0,400}/?>", re.I)
_FEW_TAGS: Final = 4


def find_format(data: bytes, path: Path, name: str) -> Format:
    """Return the format of a file.

    Args:
        data: the beginning of the file, ``HEAD`` bytes or all of it.
        path: the file; looked into where it is a container.
        name: the name it is known by, for messages.

    Returns:
        The format by the file's content: a web page named ``.pdf`` is "html".

    Raises:
        UnsupportedFormatError: no reader takes it; the message says what it is.
        SourceError: it is empty.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise SourceError(name, "empty: there is no text in it")
    found = _by_signature(data, path, name)
    if found:
        return found
    if _HTML.match(data[:4096]):
        return "html"
    if _WORD_XML.match(data[:2048]):
        return "office"
    if _XML.match(data[:200]):
        raise UnsupportedFormatError(name, "an XML file; save the document as text, PDF or Word")
    if _MIME.match(data[:200]) and b"multipart/related" in data[:2048]:
        raise UnsupportedFormatError(
            name, "a web archive (.mht); save the page as HTML in your browser"
        )
    tags = _BLOCK_TAG.findall(data[:200_000])
    if len(tags) >= _FEW_TAGS and b"</" in data:
        return "html"
    return "text"


def _by_signature(data: bytes, path: Path, name: str) -> Format | None:
    if data.startswith(b"PK\x03\x04"):
        return _zipped(path, name)
    if data.startswith(b"%PDF") or b"%PDF-" in data[:_PDF_WINDOW]:
        return "pdf"
    for signature, form in _SIGNATURES:
        if data.startswith(signature) and (len(signature) > 2 or _is_binary(data)):
            return form
    for signature, what in _REFUSED:
        if data.startswith(signature) and _is_binary(data):
            raise UnsupportedFormatError(name, what)
    return None


def _is_binary(data: bytes) -> bool:
    return any(byte < 9 for byte in data[:512])


def _zipped(path: Path, name: str) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = b""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mimetype = archive.read("mimetype")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise SourceError(name, f"a damaged Word, Excel or ZIP file ({error})") from error
    for member, form in _ZIPPED:
        if member in names:
            return form
    if _OPEN_DOCUMENT.match(mimetype):
        return "office"
    if any(member.startswith("ppt/") for member in names):
        raise UnsupportedFormatError(name, "a presentation; save it as PDF")
    raise UnsupportedFormatError(name, "a ZIP archive; unpack it and name the folder")
