"""What a Microsoft Office 97 file ([MS-CFB]) holds: a document, a table, or an encrypted file.

Only the names of its streams and the first bytes of one are looked at; LibreOffice reads the rest.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final, Literal

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

OleKind = Literal["doc", "xls", "ppt", "wps", "encrypted", "other"]

_ENTRY: Final = 128  # bytes of an entry of the directory
_NAME: Final = 64
_STREAM: Final = 2  # the type of an entry that is a stream
_WORD_ENCRYPTED: Final = 0x0100  # fEncrypted of the FIB, [MS-DOC] 2.5.1
_FILE_PASS: Final = 0x002F  # the record that begins an encrypted workbook, [MS-XLS] 2.4.117
_BEGIN: Final = (0x0809, 0x0009, 0x0209, 0x0409)  # BOF records
_NAMES: Final[dict[str, OleKind]] = {
    "EncryptedPackage": "encrypted",
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
    "MatOST": "wps",
    "CONTENTS": "wps",
}


@dataclass(frozen=True, slots=True)
class _Stream:
    name: str
    start: int  # its first sector
    size: int


def kind_of_ole(data: bytes) -> OleKind:
    """Return what an Office 97 file holds.

    Args:
        data: the whole file, beginning with ``MAGIC``; it may be cut off or broken.

    Returns:
        "encrypted" for a file that needs a password; "other" for one that holds none of these.
    """
    streams = {stream.name: stream for stream in _streams(data)}
    kind: OleKind = next((kind for name, kind in _NAMES.items() if name in streams), "other")
    if kind == "doc":
        head = _head(data, streams["WordDocument"])
        flags = struct.unpack_from("<H", head, 10)[0] if len(head) >= 12 else 0
        return "encrypted" if flags & _WORD_ENCRYPTED else "doc"
    if kind == "xls":
        head = _head(data, streams.get("Workbook") or streams["Book"])
        return "encrypted" if _is_protected(head) else "xls"
    return kind


def _streams(data: bytes) -> list[_Stream]:
    """Return the streams that the directory names, wherever its sectors lie."""
    found = []
    for position in range(512, len(data) - _ENTRY + 1, _ENTRY):
        length, type_ = struct.unpack_from("<HB", data, position + _NAME)
        if type_ != _STREAM or not 4 <= length <= _NAME or length % 2:
            continue
        name = data[position : position + length - 2].decode("utf-16-le", "replace")
        if name in _NAMES:
            start, size = struct.unpack_from("<II", data, position + 116)
            found.append(_Stream(name, start, size))
    return found


def _head(data: bytes, stream: _Stream) -> bytes:
    """Return the first sector of a stream, empty where it lies outside the file."""
    if stream.size < 4096 or len(data) < 32:
        return b""  # in the small sectors of the root: too short for a document of Office 97
    shift = min(struct.unpack_from("<H", data, 30)[0], 16)
    position = (stream.start + 1) << shift
    return data[position : position + (1 << shift)]


def _is_protected(head: bytes) -> bool:
    position = 0
    for _ in range(8):
        if position + 4 > len(head):
            return False
        record, size = struct.unpack_from("<HH", head, position)
        if record == _FILE_PASS:
            return True
        if position == 0 and record not in _BEGIN:
            return False
        position += 4 + size
    return False
