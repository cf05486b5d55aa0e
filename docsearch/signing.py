"""Written files say what they were made from: the hash of the corpus and the versions.

Excel gets a sheet, Markdown and HTML a last line, a picture metadata, a calendar a property. CSV
and JSON are data that others read, so what they were made from stands in a file beside them, named
as CSV on the Web does it: ``table.csv-metadata.json``.
"""

from __future__ import annotations

import json
import struct
import zlib
from html import escape
from pathlib import Path
from typing import Final

from docsearch.provenance import Provenance

SHEET: Final = "Nguồn gốc"
_LABELS: Final = {
    "corpus_hash": "Mã băm của kho văn bản (SHA-256)",
    "documents": "Số văn bản",
    "passages": "Số đoạn",
    "docsearch": "Phiên bản docsearch",
    "pipeline": "Phiên bản đọc và phân tích",
    "encoder": "Bộ mã hóa",
    "encoder_revision": "Phiên bản bộ mã hóa",
}
_PNG: Final = 33  # bytes of a PNG's signature and first chunk


def sign(path: Path, form: str, provenance: Provenance) -> None:
    """Write what a file was made from into it, or beside it.

    Args:
        path: a file that was just written.
        form: table, md, html, csv, json, xlsx, ics, png or svg.
        provenance: what it was made from.
    """
    if form == "xlsx":
        _sign_workbook(path, provenance)
    elif form in ("csv", "json"):
        beside = path.with_name(f"{path.name}-metadata.json")
        content = {
            "@context": "http://www.w3.org/ns/csvw",
            "url": path.name,
            "dc:source": provenance.to_dict(),
        }
        beside.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
    else:
        path.write_bytes(signed(path.read_bytes(), form, provenance))


def signed(content: bytes, form: str, provenance: Provenance) -> bytes:
    """Return the content of a file with what it was made from.

    Args:
        content: the file.
        form: table, md, html, ics, png or svg.
        provenance: what it was made from.

    Returns:
        The file, still one of its kind.
    """
    line = str(provenance)
    if form == "png":
        words = b"Source\0\0\0\0\0" + f"{line} {provenance.corpus_hash}".encode()
        chunk = b"iTXt" + words
        packed = struct.pack(">I", len(words)) + chunk + struct.pack(">I", zlib.crc32(chunk))
        return content[:_PNG] + packed + content[_PNG:]
    if form == "ics":
        begin, rest = content.split(b"\r\n", 1)
        full = provenance.corpus_hash.encode()
        return (
            begin + b"\r\nX-DOCSEARCH-CORPUS:" + full[:40] + b"\r\n " + full[40:] + b"\r\n" + rest
        )
    if form in ("html", "svg"):
        shown = form == "svg" or escape(line).encode() in content
        note = "" if shown else f"<p><small>{escape(line)}</small></p>\n"
        note += f"<!-- {provenance.corpus_hash} {escape(line).replace('--', '- -')} -->\n"
        end = b"</body>" if form == "html" else b"</svg>"
        at = content.rfind(end)
        at = len(content) if at < 0 else at
        return content[:at] + note.encode() + content[at:]
    return content.rstrip(b"\n") + f"\n\n{line}\n{provenance.corpus_hash}\n".encode()


def _sign_workbook(path: Path, provenance: Provenance) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book.create_sheet(SHEET)
    for name, value in provenance.to_dict().items():
        sheet.append([_LABELS[name], value])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 36, 70
    book.properties.description = str(provenance)
    book.save(path)
