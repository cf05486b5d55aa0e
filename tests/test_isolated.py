"""The process in which files are taken apart: what happens to one that hangs, crashes or swells.

A reader that misbehaves is put in place of the real one by a module that the child process
imports before it starts (``sitecustomize``).
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from docsearch.errors import SourceError
from docsearch.read.isolated import IsolatedReader, Limits
from tests.pdf_files import text_pdf

BEHAVIOUR = """
import docsearch.read.worker as worker
real = worker.read_as
def read_as(form, path, name, done):
    said = path.read_bytes()
    if b"hang" in said:
        import time; time.sleep(600)
    if b"swell" in said:
        held = bytearray(8 * 1024**3)
    if b"crash" in said:
        import os; os.abort()
    if b"raise" in said:
        raise KeyError("a mistake of a reader")
    if b"print" in said:
        print("noise on standard output", flush=True)
    if b"slowly" in said:
        import time
        for page in range(1, 5):
            time.sleep(0.4); done(page, 4)
    return real("text", path, name, done)
worker.read_as = read_as
worker.main()
"""


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> IsolatedReader:
    (tmp_path / "worker.py").write_text(BEHAVIOUR)
    limits = Limits(step_seconds=1.0, file_seconds=60.0, memory=2 * 1024**3)
    isolated = IsolatedReader(limits)
    monkeypatch.setattr("docsearch.read.isolated.COMMAND", (str(tmp_path / "worker.py"),))
    monkeypatch.setattr("docsearch.read.isolated.STARTUP", 30.0)
    return isolated


def file(tmp_path: Path, said: str) -> Path:
    path = tmp_path / "x.txt"
    path.write_text(f"Kế hoạch {said}")
    return path


@pytest.mark.parametrize(
    ("said", "found"),
    [
        pytest.param("hang", "took too long and was stopped after 1 s", id="hangs"),
        pytest.param("swell", r"takes more than 2\.0 GiB of memory", id="swells"),
        pytest.param("crash", "its reader failed", id="crashes"),
        pytest.param("raise", "its reader failed .*KeyError: 'a mistake of a reader'", id="raises"),
    ],
)
def test_a_bad_file_is_one_error_and_the_next_is_read(
    tmp_path: Path, reader: IsolatedReader, said: str, found: str
) -> None:
    with reader:
        assert reader.read("text", file(tmp_path, "first"), "x").text == "Kế hoạch first"
        with pytest.raises(SourceError, match=rf"^bad\.txt: reading it {found}|{found}") as caught:
            reader.read("text", file(tmp_path, said), "bad.txt")
        assert caught.value.path == "bad.txt"
        assert reader.read("text", file(tmp_path, "next"), "x").text == "Kế hoạch next"


def test_what_a_library_prints_is_no_answer(tmp_path: Path, reader: IsolatedReader) -> None:
    with reader:
        assert reader.read("text", file(tmp_path, "print"), "x").text == "Kế hoạch print"


def test_each_page_has_its_own_time(tmp_path: Path, reader: IsolatedReader) -> None:
    seen: list[tuple[int, int]] = []
    with reader:
        path = file(tmp_path, "slowly")
        reader.read("text", path, "x", lambda page, pages: seen.append((page, pages)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_reader_that_was_killed_is_started_again(tmp_path: Path, reader: IsolatedReader) -> None:
    with reader:
        reader.read("text", file(tmp_path, "first"), "x")
        assert reader.process is not None
        os.kill(reader.process, signal.SIGKILL)
        time.sleep(0.2)
        assert reader.read("text", file(tmp_path, "next"), "x").text == "Kế hoạch next"


def test_nothing_is_left_running(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(text_pdf([["KE HOACH"]]))
    reader = IsolatedReader()
    assert reader.process is None, "started when it is needed"
    assert reader.read("pdf", path, "x").text.strip() == "KE HOACH"
    process = reader.process
    assert process is not None
    reader.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
