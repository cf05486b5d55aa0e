from __future__ import annotations

import stat
import struct
import sys
import time
import zipfile
from pathlib import Path

import pytest

from docsearch.errors import MissingProgramError, SourceError, UnsupportedFormatError
from docsearch.parse.header import parse_header
from docsearch.read import office
from docsearch.read.office import has_office, read_office
from docsearch.read.ole import MAGIC, kind_of_ole

SOURCES = Path(__file__).parent / "data" / "sources"
SHARED = Path(__file__).parents[2] / "shared" / "data"

needs_office = pytest.mark.skipif(not has_office(), reason="needs LibreOffice")
RTF = (
    rb"{\rtf1\ansi{\fonttbl{\f0 .VnTime;}{\f1 Arial;}}"
    rb"\f1 S\u7889?: 5/KH-UBND\par\f0 C\'e9ng h\'dfa\par}"
)


def ole(*names: str, head: bytes = b"") -> bytes:
    """Return an Office 97 file whose directory names those streams, with ``head`` in the first."""
    entries = b""
    for name in names:
        encoded = name.encode("utf-16-le") + b"\0\0"
        entry = encoded.ljust(64, b"\0") + struct.pack("<HB", len(encoded), 2)
        entries += entry.ljust(116, b"\0") + struct.pack("<II", 1, 5000) + b"\0" * 4
    begin = (MAGIC + b"\0" * 22 + struct.pack("<H", 9)).ljust(512, b"\0")
    return begin + entries.ljust(512, b"\0") + head.ljust(512, b"\0")


def word_head(flags: int) -> bytes:
    return struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, flags)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(ole("WordDocument", head=word_head(0)), "doc", id="doc"),
        pytest.param(ole("WordDocument", head=word_head(0x100)), "encrypted", id="protected-doc"),
        pytest.param(ole("Workbook", head=struct.pack("<HHI", 0x809, 4, 0)), "xls", id="xls"),
        pytest.param(
            ole("Workbook", head=struct.pack("<HHIHH", 0x809, 4, 0, 0x2F, 6)),
            "encrypted",
            id="protected-xls",
        ),
        pytest.param(ole("EncryptedPackage", "EncryptionInfo"), "encrypted", id="protected-docx"),
        pytest.param(ole("PowerPoint Document"), "ppt", id="ppt"),
        pytest.param(ole("Other"), "other", id="other"),
        pytest.param(MAGIC, "other", id="cut"),
        pytest.param(ole("WordDocument")[:1024], "doc", id="cut-after-the-directory"),
    ],
)
def test_kinds_of_office_97_files(data: bytes, kind: str) -> None:
    assert kind_of_ole(data) == kind


@pytest.mark.parametrize(
    ("data", "error", "found"),
    [
        pytest.param(
            ole("EncryptedPackage"), SourceError, "protected by a password", id="protected"
        ),
        pytest.param(
            ole("PowerPoint Document"), UnsupportedFormatError, "a presentation", id="ppt"
        ),
        pytest.param(ole("X"), UnsupportedFormatError, "unknown kind", id="other"),
        pytest.param(b"x", UnsupportedFormatError, "no Office 97, RTF or OpenDocument", id="text"),
        pytest.param(b"", UnsupportedFormatError, "no Office 97", id="zero-bytes"),
        pytest.param(b"PK\x03\x04", SourceError, "broken or cut-off", id="cut-container"),
    ],
)
def test_what_is_not_converted(
    tmp_path: Path, data: bytes, error: type[SourceError], found: str
) -> None:
    (tmp_path / "x.doc").write_bytes(data)
    with pytest.raises(error, match=rf"^x\.doc: .*{found}"):
        read_office(tmp_path / "x.doc", "x.doc")


def open_document(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for part, data in parts.items():
            container.writestr(part.replace("__", "/").replace("_", "."), data)
    return path


def test_a_protected_open_document(tmp_path: Path) -> None:
    path = open_document(
        tmp_path / "x.odt", **{"META-INF__manifest_xml": b"<x><encryption-data/></x>"}
    )
    with pytest.raises(SourceError, match="protected by a password"):
        read_office(path, "x.odt")


def test_a_hostile_open_document(tmp_path: Path) -> None:
    path = open_document(tmp_path / "x.odt", content_xml=b'<!DOCTYPE x [<!ENTITY a "a">]><x/>')
    with pytest.raises(SourceError, match="content.xml declares a document type"):
        read_office(path, "x.odt")


def test_a_missing_program_is_named_with_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_PROGRAMS", ("no-such-program",))
    (tmp_path / "x.rtf").write_bytes(RTF)
    with pytest.raises(MissingProgramError, match="LibreOffice is needed to read it") as caught:
        read_office(tmp_path / "x.rtf", "x.rtf")
    assert caught.value.program == "LibreOffice"
    assert caught.value.command in str(caught.value)


@pytest.mark.parametrize(
    ("platform", "command"),
    [
        ("linux", "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"),
        ("darwin", "brew install --cask libreoffice"),
        ("win32", "winget install TheDocumentFoundation.LibreOffice"),
    ],
)
def test_commands_that_install(
    platform: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert office.install_command() == command


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize(
    ("script", "found"),
    [
        pytest.param("sleep 60 & sleep 60", "did not convert it in 0.5 seconds", id="hangs"),
        pytest.param("echo no filter; exit 1", r"cannot read it \(no filter\)", id="fails"),
        pytest.param("exit 0", "it does not say why", id="says-nothing"),
        pytest.param("env | grep -q SECRET || echo clean; exit 1", "clean", id="environment"),
    ],
)
def test_a_program_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, found: str
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(office, "_PROGRAMS", (str(program),))
    monkeypatch.setenv("SECRET", "x")
    (tmp_path / "x.rtf").write_bytes(RTF)
    begun = time.monotonic()
    with pytest.raises(SourceError, match=rf"^x\.rtf: LibreOffice .*{found}"):
        read_office(tmp_path / "x.rtf", "x.rtf", timeout=0.5)
    assert time.monotonic() - begun < 10


@needs_office
def test_a_word_97_document_in_vni() -> None:
    reading = read_office(SOURCES / "130.doc", "130.doc")
    assert reading.format == "doc"
    assert "Converted to Unicode from VNI." in reading.notes
    header = parse_header(reading.text)
    assert header.number and header.number.value == "991/QĐ-UBND"
    assert header.issuer and header.issuer.value == "UBND tỉnh Bình Phước"
    assert header.issued_on and header.issued_on.value == "2008-05-14"
    assert header.signatories[0].name == "Trương Tấn Thiệu"
    bold = [span.of(reading.text) for span in reading.bold]
    assert "QUYẾT ĐỊNH:" in bold
    assert "Điều 2. Tổ chức thực hiện:" in reading.text


@needs_office
def test_rich_text(tmp_path: Path) -> None:
    (tmp_path / "anything.doc").write_bytes(RTF)
    reading = read_office(tmp_path / "anything.doc", "anything.doc")
    assert (reading.format, reading.text) == ("rtf", "Số: 5/KH-UBND\nCộng hòa\n")


@needs_office
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data")
def test_a_word_97_document_named_docx() -> None:
    reading = read_office(SHARED / "files" / "word97-named.docx", "word97-named.docx")
    assert reading.format == "doc"
    assert reading.text.startswith("QUỐC HỘI\n")
