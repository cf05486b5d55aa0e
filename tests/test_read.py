from __future__ import annotations

import hashlib
import io
import os
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docsearch.errors import SourceError, UnsupportedFormatError
from docsearch.read import Reader, files, find_files, read, reader
from docsearch.read.files import readable
from docsearch.read.formats import find_format
from docsearch.read.syllables import is_syllable, vietnamese_share
from tests.factories import CORPUS

PLAIN = "Số: 141/KH-UBND\nKẾ HOẠCH\n"


def write(path: Path, data: str | bytes = PLAIN) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def windows_1258(text: str) -> bytes:
    """Encode as Windows does: letters with a tone as a letter and a tone mark."""
    written = b""
    for character in text:
        plain = unicodedata.normalize("NFD", character)
        tones = "".join(mark for mark in plain if mark in "\u0300\u0301\u0303\u0309\u0323")
        rest = unicodedata.normalize("NFC", "".join(mark for mark in plain if mark not in tones))
        written += (rest + tones).encode("cp1258")
    return written


# One file


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(PLAIN.encode(), PLAIN, id="plain"),
        pytest.param(b"\xef\xbb\xbf" + PLAIN.encode(), PLAIN, id="byte-order-mark"),
        pytest.param(unicodedata.normalize("NFD", PLAIN).encode(), PLAIN, id="decomposed"),
        pytest.param(b"a\r\nb\rc\n", "a\r\nb\rc\n", id="line-ends-stay"),
        pytest.param("a\x85b\u2028c\x0cd".encode(), "a\x85b\u2028c\x0cd", id="odd-separators-stay"),
        pytest.param("điểm đ\u200b".encode(), "điểm đ\u200b", id="invisible-stays"),
        pytest.param(b"<b>x</b>", "<b>x</b>", id="a-tag-is-not-a-web-page"),
        pytest.param(b"PK is two letters", "PK is two letters", id="begins-like-a-container"),
    ],
)
def test_the_text_of_a_file(tmp_path: Path, data: bytes, expected: str) -> None:
    document = read(write(tmp_path / "x.txt", data))
    assert document.text == expected
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.source == "x.txt"
    assert document.pages == ()


def test_a_source_may_be_named(tmp_path: Path) -> None:
    assert read(write(tmp_path / "x.txt"), "2022/x.txt").source == "2022/x.txt"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_the_corpus_is_read_whole(path: Path) -> None:
    assert read(path).text == unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_in_nfc(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "any.txt", f"Kế hoạch {text}")
    assert read(path).text == unicodedata.normalize("NFC", f"Kế hoạch {text}")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \n\t\r\n", "empty", id="blank"),
        pytest.param(b"\xef\xbb\xbf", "empty", id="only-a-byte-order-mark"),
        pytest.param(PLAIN.encode("utf-16")[:-1], "damaged UTF-16", id="utf-16-cut-off"),
        pytest.param(b"caf\xe9 au lait, na\xefve fa\xe7ade", "no Vietnamese", id="latin-1"),
        pytest.param(b"\x00" * 5000, "empty", id="zero-bytes"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    path = write(tmp_path / "bad.txt", data)
    with pytest.raises(SourceError, match=rf"^bad\.txt: .*(?:{reason})") as caught:
        read(path)
    assert caught.value.path == "bad.txt"
    assert "\n" not in str(caught.value)


WORDS = "Ủy ban nhân dân huyện báo cáo trước ngày 15/12, gửi về Phòng Nội vụ."


@pytest.mark.parametrize(
    ("data", "note"),
    [
        pytest.param(WORDS.encode("utf-16"), "UTF-16", id="utf-16-with-its-mark"),
        pytest.param(("Ke hoach " * 9 + WORDS).encode("utf-16-le"), "UTF-16", id="utf-16-little"),
        pytest.param(("Ke hoach " * 9 + WORDS).encode("utf-16-be"), "UTF-16", id="utf-16-big"),
        pytest.param(windows_1258(WORDS), "Windows-1258", id="windows-1258"),
        pytest.param(WORDS.encode()[:-1] + b"\xe1", "damaged at byte", id="one-damaged-letter"),
    ],
)
def test_text_in_other_encodings_is_converted(tmp_path: Path, data: bytes, note: str) -> None:
    document = read(write(tmp_path / "x.txt", data))
    assert WORDS[:-1] in document.text
    assert note in document.notes[0]


FRONT = '---\ntitle: "Kế hoạch số 1"\ndate: 2020-02-16\n---\n'


def test_a_table_of_markdown_has_its_heads_in_each_row(tmp_path: Path) -> None:
    table = (
        "Phân công:\n"
        "| STT | Nội dung | Thời gian |\n|:---|---|---:|\n"
        "| 1 | Báo cáo \\| đề xuất | trước 15/12 |\n| 2 | Tổng kết |  |\nHết.\n"
    )
    assert read(write(tmp_path / "x.md", table)).text == (
        "Phân công:\nSTT: 1 | Nội dung: Báo cáo | đề xuất | Thời gian: trước 15/12\n"
        "STT: 2 | Nội dung: Tổng kết\nHết.\n"
    )
    bars = "| a | b |\n| c | d |\n"
    assert read(write(tmp_path / "y.md", bars)).text == bars, "without its line of dashes"


def test_front_matter_is_left_out_but_for_its_title(tmp_path: Path) -> None:
    document = read(write(tmp_path / "x.md", FRONT + "# I. Mục đích\n"))
    assert document.text == "Kế hoạch số 1\n\n# I. Mục đích\n"
    assert "front matter" in document.notes[0]
    only = read(write(tmp_path / "y.md", FRONT))
    assert only.text == FRONT, "a text of dashes alone is no front matter"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("nghiêng", True), ("Quyết", True), ("giường", True), ("ĐƯỢC", True), ("khuỷu", True),
     ("thuở", True), ("yêu", True), ("hoà", True), ("hòa", True), ("ủy", True), ("uỷ", True),
     ("ôtô", False), ("UBND", False), ("nhaân", False), ("Häi", False), ("street", False),
     ("ý", True), ("b", False), ("ngh", False), ("oong", True), ("quốc", True)],
)  # fmt: skip
def test_what_a_syllable_looks_like(word: str, expected: bool) -> None:
    assert is_syllable(word) is expected


def test_documents_are_syllables_and_mojibake_is_not() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    assert min(map(vietnamese_share, texts)) > 0.9
    assert vietnamese_share("UÛY BAN NHAÂN DAÂN TÆNH Ñoäc laäp - Töï do - Haïnh phuùc") < 0.5
    assert vietnamese_share("T o r n  w o r d s") < 0.5
    assert vietnamese_share("2024 15/12 %") == 0.0


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.text")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"%PDF-1.7\n...", "pdf", id="pdf"),
        pytest.param(b"\xef\xbb\xbf\n%PDF-1.4\n", "pdf", id="pdf-after-a-mark"),
        pytest.param(zipped("word/document.xml"), "docx", id="docx"),
        pytest.param(zipped("xl/workbook.xml"), "xlsx", id="xlsx"),
        pytest.param(zipped("mimetype", "content.xml"), "office", id="odt"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "office", id="doc"),
        pytest.param(b"{\\rtf1 x}", "office", id="rtf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "image", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "image", id="jpeg"),
        pytest.param(b"II*\x00\x08", "image", id="tiff"),
        pytest.param(b"\n <!DOCTYPE html><p>x", "html", id="html"),
        pytest.param(b"<html lang=vi>", "html", id="html-without-doctype"),
        pytest.param(b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x">', "html", id="xhtml"),
        pytest.param(b"<p>a</p><p>b</p><p>c</p><p>d</p>", "html", id="html-without-a-frame"),
        pytest.param(b"BM la Ban Mai", "text", id="letters-that-begin-a-bitmap"),
        pytest.param(b"# Ke hoach\n* a < b", "text", id="markdown"),
    ],
)
def test_the_format_is_told_by_the_content(tmp_path: Path, data: bytes, expected: str) -> None:
    path = write(tmp_path / "named.txt", data)  # the name says nothing
    assert find_format(data, path, "named.txt") == expected


@pytest.mark.parametrize(
    ("data", "format"),
    [
        pytest.param(b"\x1f\x8b\x08\x00\x00\x00", "gzip", id="gzip"),
        pytest.param(b"Rar!\x1a\x07\x01\x00", "RAR", id="rar"),
        pytest.param(zipped("a.docx", "b.pdf"), "ZIP archive; unpack", id="zip"),
        pytest.param(zipped("ppt/presentation.xml"), "presentation", id="slides"),
        pytest.param(b"<?xml version='1.0'?><records/>", "an XML file", id="xml"),
        pytest.param(b"MIME-Version: 1.0\nContent-Type: multipart/related", ".mht", id="mht"),
        pytest.param(b"\x00\xff\xfe\x80" * 20, "binary", id="no-text-at-all"),
        pytest.param(b"\x00\x01\x02\x03abcd" * 20, "binary", id="valid-utf8-of-control-codes"),
    ],
)
def test_other_formats_are_named(tmp_path: Path, data: bytes, format: str) -> None:
    path = write(tmp_path / "named.txt", data)  # the name says nothing
    with pytest.raises(UnsupportedFormatError, match=format):
        read(path)


def test_a_damaged_container_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a damaged Word, Excel or ZIP file"):
        read(write(tmp_path / "x.docx", b"PK\x03\x04rest"))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="not a regular file"):
        read(tmp_path)
    with pytest.raises(SourceError, match=r"^gone\.txt: cannot be opened"):
        read(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(SourceError, match="not a regular file"):
        read(tmp_path / "pipe.txt")  # does not wait for a writer


def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "locked.txt")
    if os.geteuid() == 0:  # root opens anything

        def refuse(self: Path, mode: str) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    else:
        path.chmod(0)
    with pytest.raises(SourceError, match=r"^locked\.txt: cannot be opened \(Permission denied\)"):
        read(path)


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(4 * 1024**3)  # four gigabytes that take no room
    with pytest.raises(SourceError, match=r"^large\.txt: 4294967296 bytes; at most"):
        read(path)
    monkeypatch.setattr(reader, "MAX_TEXT_BYTES", 100)
    with pytest.raises(SourceError, match=r"^large\.txt: 101 bytes of text; at most 100 are read"):
        read(write(path, b"a" * 101))
    assert read(write(path, b"a" * 100)).text == "a" * 100


def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "x.txt")
    before = files.stamp

    def change(file: Path, name: str) -> files.Stamp:
        found = before(file, name)
        write(path, PLAIN * 2)
        return found

    monkeypatch.setattr(reader, "stamp", change)
    with Reader() as opened, pytest.raises(SourceError, match=r"^x\.txt: it was changed while"):
        opened.read(path)


# The files of a corpus


def sources(*paths: Path) -> list[str]:
    return [source for _, source in find_files(paths).files]


def test_a_folder_is_walked_to_the_bottom(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "2022/q1/c.txt", "no-extension", "d.docx"):
        write(tmp_path / name)
    for name in (".hidden", ".git/config", "manifest.jsonl", "2022/manifest.jsonl"):
        write(tmp_path / name)
    assert sources(tmp_path) == ["2022/q1/c.txt", "a.txt", "b.txt", "d.docx", "no-extension"]


def test_a_file_that_is_given_itself(tmp_path: Path) -> None:
    assert sources(write(tmp_path / "x/.hidden.txt")) == [".hidden.txt"]
    assert sources(write(tmp_path / "x/manifest.jsonl")) == ["manifest.jsonl"]


def test_a_file_appears_once(tmp_path: Path) -> None:
    path = write(tmp_path / "sub/a.txt")
    assert sources(tmp_path, tmp_path / "sub", path) == ["sub/a.txt"]
    assert find_files([tmp_path]).files == ((path.resolve(), "sub/a.txt"),)


def test_two_folders_may_hold_files_of_one_name(tmp_path: Path) -> None:
    one, two = write(tmp_path / "1/a.txt"), write(tmp_path / "2/a.txt")
    expected = ((one.resolve(), "a.txt"), (two.resolve(), "a.txt"))
    assert find_files([two.parent, one.parent]).files == expected


def test_links_are_followed_inside_the_folder_only(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside.txt")
    folder = tmp_path / "corpus"
    write(folder / "real.txt")
    (folder / "inside.txt").symlink_to(folder / "real.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "away").symlink_to(tmp_path, target_is_directory=True)
    (folder / "broken.txt").symlink_to(folder / "gone.txt")
    found = find_files([folder])
    assert [file for file, _ in found.files] == [(folder / "real.txt").resolve()]
    assert sorted(map(str, found.refused)) == [
        "away: a link that leads out of the folder; name its target itself",
        "broken.txt: a link to a file that is not there",
        "out.txt: a link that leads out of the folder; name its target itself",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Kế hoạch 141.txt", "Kế hoạch 141.txt", id="vietnamese"),
        pytest.param(os.fsdecode(b"b\xe1o c\xe1o.txt"), "b%E1o c%E1o.txt", id="no-utf-8"),
        pytest.param("a\nb\x1b[31m.txt", "a%0Ab%1B[31m.txt", id="control-characters"),
        pytest.param("100%.txt", "100%.txt", id="a-per-cent-sign-stays"),
    ],
)
def test_names_can_be_stored_and_printed(tmp_path: Path, name: str, expected: str) -> None:
    assert readable(name) == expected
    assert sources(write(tmp_path / "x" / name).parent) == [expected]
    assert read(tmp_path / "x" / name).source == expected


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone: there is no such file or folder"):
        find_files([tmp_path, tmp_path / "gone"])


def test_an_empty_folder_has_no_files(tmp_path: Path) -> None:
    assert find_files([tmp_path]).files == ()
    assert find_files([]).files == ()
