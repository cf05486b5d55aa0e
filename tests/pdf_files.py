"""PDF files made byte by byte, for the tests of the reader."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

A4 = (595, 842)


def pdf(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """Return a file of numbered objects; the first one is the catalogue."""
    data = b"%PDF-1.5\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )


def stream(body: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(body), entries, body)


def text_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a file whose pages have lines of ASCII text."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for i, lines in enumerate(pages):
        shown = b" ".join(b"(%s) Tj T*" % line.encode("ascii") for line in lines)
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (*A4, 5 + 2 * i),
            stream(b"BT /F1 12 Tf 14 TL 72 770 Td %s ET" % shown),
        ]
    return pdf(objects)


def scan_pdf(pages: Sequence[NDArray[np.uint8]], *, stamp: str = "", rotate: int = 0) -> bytes:
    """Return a file whose pages are grey pictures, with a stamp as the only text."""
    kids = b" ".join(b"%d 0 R" % (4 + 3 * i) for i in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for i, pixels in enumerate(pages):
        turned = np.ascontiguousarray(np.rot90(pixels, rotate // 90))
        rows, columns = turned.shape
        width, height = columns * 72 / 200, rows * 72 / 200
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.1f %.1f]/Contents %d 0 R/Resources"
            b"<</XObject<</I %d 0 R>>/Font<</F1 3 0 R>>>>>>"
            % (width, height, 5 + 3 * i, 6 + 3 * i),
            stream(
                b"q %.1f 0 0 %.1f 0 0 cm /I Do Q BT /F1 6 Tf 20 20 Td (%s) Tj ET"
                % (width, height, stamp.encode("ascii"))
            ),
            stream(
                zlib.compress(turned.tobytes()),
                b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
                b"/BitsPerComponent 8/Filter/FlateDecode" % (columns, rows),
            ),
        ]
    return pdf(objects)


def pixels_of(picture: Path) -> NDArray[np.uint8]:
    """Return the pixels of a black-and-white PNG, one byte each."""
    data = picture.read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    packed, position = b"", 8
    while position < len(data):
        (length,) = struct.unpack(">I", data[position : position + 4])
        if data[position + 4 : position + 8] == b"IDAT":
            packed += data[position + 8 : position + 8 + length]
        position += length + 12
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, -1)[:, 1:]
    return np.unpackbits(rows, axis=1)[:, :width] * np.uint8(255)
