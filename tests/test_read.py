from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docsearch.errors import SourceError, UnsupportedFormatError
from docsearch.read import find_files, read
from docsearch.read import text as text_module
from tests.factories import CORPUS

PLAIN = "Số: 141/KH-UBND\nKẾ HOẠCH\n"


def write(path: Path, data: str | bytes = PLAIN) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


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
        pytest.param(PLAIN.encode("utf-16"), "binary|not UTF-8", id="utf-16"),
        pytest.param("Kế hoạch".encode() + b" \xb5\xb8 x", "not UTF-8 at byte 13", id="tcvn3"),
        pytest.param("Kế".encode()[:-1], "not UTF-8 at byte 1", id="cut-inside-a-letter"),
        pytest.param(b"caf\xe9 au lait", "UTF-8", id="latin-1"),
    ],
)
def test_what_is_no_utf8_text_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    path = write(tmp_path / "bad.txt", data)
    with pytest.raises(SourceError, match=rf"^bad\.txt: .*(?:{reason})") as caught:
        read(path)
    assert caught.value.path == "bad.txt"
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "format"),
    [
        pytest.param(b"%PDF-1.7\n...", "a PDF file", id="pdf"),
        pytest.param(b"PK\x03\x04rest", "ZIP container", id="docx"),
        pytest.param(b"\xd0\xcf\x11\xe0rest", "Office 97", id="doc"),
        pytest.param(b"{\\rtf1 x}", "RTF", id="rtf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "a picture", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "a picture", id="jpeg"),
        pytest.param(b"\x1f\x8b\x08", "gzip", id="gzip"),
        pytest.param(b"\n <!DOCTYPE html><p>x", "a web page", id="html"),
        pytest.param(b"<html lang=vi>", "a web page", id="html-without-doctype"),
        pytest.param(b"\x00\xff\xfe\x80" * 20, "binary", id="no-text-at-all"),
        pytest.param(b"\x00\x01\x02\x03abcd" * 20, "binary", id="valid-utf8-of-control-codes"),
    ],
)
def test_other_formats_are_named(tmp_path: Path, data: bytes, format: str) -> None:
    path = write(tmp_path / "named.txt", data)  # the name says nothing
    with pytest.raises(UnsupportedFormatError, match=format):
        read(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="not a regular file"):
        read(tmp_path)
    with pytest.raises(SourceError, match=r"^gone\.txt: not a regular file"):
        read(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(SourceError, match="not a regular file"):
        read(tmp_path / "pipe.txt")  # does not wait for a writer


def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "locked.txt")
    if os.geteuid() == 0:  # root opens anything

        def refuse(self: Path) -> bytes:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_bytes", refuse)
    else:
        path.chmod(0)
    with pytest.raises(SourceError, match=r"^locked\.txt: cannot be opened \(Permission denied\)"):
        read(path)


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "large.txt", b"a" * 101)
    monkeypatch.setattr(text_module, "MAX_BYTES", 100)
    with pytest.raises(SourceError, match=r"^large\.txt: 101 bytes; at most 100 are read"):
        read(path)
    assert read(write(path, b"a" * 100)).text == "a" * 100


# The files of a corpus


def sources(*paths: Path) -> list[str]:
    return [source for _, source in find_files(paths)]


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
    assert find_files([tmp_path]) == [(path.resolve(), "sub/a.txt")]


def test_two_folders_may_hold_files_of_one_name(tmp_path: Path) -> None:
    one, two = write(tmp_path / "1/a.txt"), write(tmp_path / "2/a.txt")
    expected = [(one.resolve(), "a.txt"), (two.resolve(), "a.txt")]
    assert find_files([two.parent, one.parent]) == expected


def test_links_are_followed_inside_the_folder_only(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside.txt")
    folder = tmp_path / "corpus"
    write(folder / "real.txt")
    (folder / "inside.txt").symlink_to(folder / "real.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "away").symlink_to(tmp_path, target_is_directory=True)
    assert [file for file, _ in find_files([folder])] == [(folder / "real.txt").resolve()]


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone: there is no such file or folder"):
        find_files([tmp_path, tmp_path / "gone"])


def test_an_empty_folder_has_no_files(tmp_path: Path) -> None:
    assert find_files([tmp_path]) == []
    assert find_files([]) == []
