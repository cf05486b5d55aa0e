"""Files that would hang, crash or fill a reader: each ends in one line of the summary."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import docsearch as ds
from docsearch.errors import SourceError
from docsearch.read import Limits, Reader
from docsearch.read.formats import HEAD, find_format
from docsearch.read.worker import read_as
from tests.factories import HashEncoder
from tests.pdf_files import pdf, stream, text_pdf

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats"
TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="{OFFICE}-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    f'ContentType="{OFFICE}-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def word(body: str, *, declared: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """Return a .docx file with this XML as its body."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{declared}<w:document xmlns:w="{WORD}"><w:body>{body}'
            "</w:body></w:document>",
        )
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha ha ha ha'>" + "".join(
    f"<!ENTITY {this} '{f'&{before};' * 10}'>"
    for before, this in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
BOMB = paragraph("Kế hoạch ") * 4_000_000  # some hundred megabytes, a megabyte when packed

HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "zeros.doc": (b"\x00" * 4096, "empty"),
    "cut.pdf": (text_pdf([["KE HOACH"]])[:150], "damaged"),
    "circles.pdf": (
        pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>"]),
        "",
    ),
    "xref-circles.pdf": (
        pdf([b"<</Type/Catalog/Pages 2 0 R>>"], trailer=b"/Prev 9"),
        "",
    ),
    "laughs.docx": (word(paragraph("&i;"), declared=LAUGHS), ""),
    "outside.docx": (word(paragraph("&a;"), declared=OUTSIDE), ""),
    "deep.docx": (word("<w:p>" * 200_000 + "</w:p>" * 200_000), ""),
    "cut.docx": (word(paragraph("Kế hoạch"))[:-40], "damaged"),
    "archive.zip": (b"", ""),
    "program.txt": (b"MZ\x90\x00\x03\x00\x00\x00" * 20, "a program"),
    "noise.bin": (bytes(range(256)) * 40, ""),
}


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../etc/x.txt", "Kế hoạch")
    return buffer.getvalue()


HOSTILE["archive.zip"] = (zipped(), "unpack it")


@pytest.fixture(scope="module")
def bomb() -> bytes:
    return word(BOMB)


def test_a_folder_of_them_is_named_file_by_file(tmp_path: Path, bomb: bytes) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, (data, _) in HOSTILE.items():
        (folder / name).write_bytes(data)
    (folder / "bomb.docx").write_bytes(bomb)
    (folder / "good.txt").write_text("KẾ HOẠCH\n1. Phòng Nội vụ báo cáo trước ngày 15/12.\n")
    (folder / os.fsdecode(b"k\xe9 ho\x1b[31mch.txt")).write_text("KẾ HOẠCH\nBáo cáo.\n")
    (folder / "out.txt").symlink_to("/etc/hostname")
    os.mkfifo(folder / "pipe")
    with (folder / "huge.pdf").open("wb") as file:
        file.truncate(4 * 1024**3)
    started = time.monotonic()
    report = ds.build_report(folder, tmp_path / "index", encoder=HashEncoder())
    assert time.monotonic() - started < 120
    failed = {error.path: error.found for error in report.failed}
    assert set(failed) == {*HOSTILE, "bomb.docx", "out.txt", "pipe", "huge.pdf"}
    for name, (_, found) in HOSTILE.items():
        assert found in failed[name], name
    assert sorted(report.added) == ["good.txt", "k%E9 ho%1B[31mch.txt"]
    for line in map(str, report.failed):
        assert line.isprintable(), line
        assert len(line) < 400


def test_the_secret_of_another_file_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật")
    declared = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
    (tmp_path / "x.docx").write_bytes(word(paragraph("Kế hoạch &a;"), declared=declared))
    page = f"{declared}<html><body><p>Kế hoạch &a;</p></body></html>"
    (tmp_path / "x.html").write_text(page)
    with Reader() as reader:
        for name in ("x.docx", "x.html"):
            try:
                text = reader.read(tmp_path / name).text
            except SourceError:
                continue
            assert "bí mật" not in text


def test_a_page_that_draws_for_ever_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    operators = b"0 0 m 9 9 l S " * 200_000 + b"BT /F1 9 Tf (x) Tj ET " * 100_000
    path.write_bytes(
        pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
                stream(operators),
            ]
        )
    )
    started = time.monotonic()
    with Reader(Limits(step_seconds=15.0)) as reader:
        try:
            reader.read(path)
        except SourceError as error:
            assert error.path == "x.pdf"
    assert time.monotonic() - started < 100


@given(data=st.binary(max_size=600))
@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_are_a_document_or_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    try:
        form = find_format(data[:HEAD], path, "x")
        if form in ("text", "html", "docx", "xlsx", "pdf"):
            read_as(form, path, "x", lambda page, pages: None)
    except SourceError as error:
        assert error.path == "x"
        assert str(error).isprintable()


SAMPLES = {
    "docx": word(paragraph("KẾ HOẠCH") + paragraph("1. Báo cáo trước ngày 15/12")),
    "pdf": text_pdf([["KE HOACH", "1. Bao cao"], ["2. Ngay 15/12"]]),
    "html": b"<html><body><table><tr><td>a<td>b</table><p>KE HOACH</p></body></html>",
    "text": "KẾ HOẠCH\n1. Báo cáo trước ngày 15/12\n".encode("utf-16"),
}


@given(
    form=st.sampled_from(sorted(SAMPLES)),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12),
    cut=st.floats(0.2, 1),
)
@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_damaged_files_are_read_or_named(
    tmp_path: Path, form: str, changes: list[tuple[float, int]], cut: float
) -> None:
    data = bytearray(SAMPLES[form])
    for where, value in changes:
        data[min(int(where * len(data)), len(data) - 1)] = value
    path = tmp_path / "x"
    path.write_bytes(data[: max(1, int(cut * len(data)))])
    try:
        found = find_format(path.read_bytes()[:HEAD], path, "x")
        if found != "office":
            read_as(found, path, "x", lambda page, pages: None)
    except SourceError as error:
        assert error.path == "x"
