from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

import docsearch
from docsearch.encode import Floats2d
from docsearch.errors import (
    DocumentNotFoundError,
    EncoderMismatchError,
    IndexBusyError,
    IndexFileError,
    IndexVersionError,
    SourceError,
)
from docsearch.index import build as build_module
from docsearch.index import derive, generations, process
from docsearch.index.build import BuildReport
from docsearch.index.identity import infer_place, make_id, signed_places
from docsearch.index.manifest import FORMAT, PIPELINE, load_manifest
from docsearch.index.process import embedding_texts
from docsearch.records import Document, Header, Signatory, Span
from tests.factories import CORPUS, HashEncoder, document, header, passage

ROOT = Path(__file__).parents[1]


class CountingEncoder(HashEncoder):
    """Remembers which texts were encoded."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> Floats2d:
        self.encoded.extend(texts)
        return super().encode_passages(texts, progress=progress)


class OtherEncoder(CountingEncoder):
    """Makes the same vectors under another name and revision."""

    name = "other"

    def __init__(self, revision: str = "1", dim: int = 64) -> None:
        super().__init__()
        self.revision = revision
        self.dim = dim

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        vectors: Floats2d = HashEncoder().encode_queries(texts)[:, : self.dim]
        return vectors


def plan(
    number: int, *, task: str = "rà soát mạng lưới trường lớp", body: str = "huyện Chi Lăng"
) -> str:
    """Return a small plan."""
    return (
        f"ỦY BAN NHÂN DÂN\n{body.upper()}\n\nSố: {number}/KH-UBND\n\n"
        f"Chi Lăng, ngày 29 tháng 4 năm 2022\n\nKẾ HOẠCH\n\nVề việc {task}\n\n"
        "I. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ\n"
        f"- Chủ trì {task}, báo cáo UBND huyện trước ngày 15/12.\n"
        "2. Phòng Y tế\n- Phối hợp với Phòng Nội vụ.\n"
    )


class Place:
    """A folder with documents and a folder for their index."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        self.index = folder / "index"
        self.encoder = CountingEncoder()
        self.write("1.txt", plan(1))
        self.write("2.txt", plan(2, task="phổ cập giáo dục mầm non"))

    def write(self, name: str, data: str | bytes) -> Path:
        path = self.corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def build(self, *paths: Path, prune: bool = False) -> BuildReport:
        self.encoder.encoded.clear()
        given = list(paths) or [self.corpus]
        return docsearch.build_report(given, self.index, encoder=self.encoder, prune=prune)

    def open(self) -> docsearch.Index:
        return docsearch.open(self.index, encoder=self.encoder)

    def sources(self) -> list[str]:
        return [entry.source for entry in self.open().documents()]

    def ids(self) -> dict[str, str]:
        return {entry.source: entry.id for entry in self.open().documents()}

    def files(self) -> dict[str, tuple[int, bytes]]:
        """Return the size and bytes of every file of the index, by name."""
        return {
            str(path.relative_to(self.index)): (path.stat().st_mtime_ns, path.read_bytes())
            for path in sorted(self.index.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }


@pytest.fixture(autouse=True)
def no_segmenter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the words out: what they are is tested with the encoders."""
    monkeypatch.setattr(process, "words", lambda text: [])


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def built(place: Place) -> Place:
    place.build()
    return place


# What changed is done, the rest is kept


def test_the_first_build(place: Place) -> None:
    report = place.build()
    assert (report.added, report.replaced, report.removed) == (("1.txt", "2.txt"), (), ())
    assert (report.unchanged, report.failed, report.documents) == (0, (), 2)
    assert (
        report.passages == len(place.open().snapshot.store.passages())
        and len(set(place.encoder.encoded)) == len(place.encoder.encoded) > 0
    )
    assert report.passages > 0
    assert report.seconds > 0
    assert place.sources() == ["1.txt", "2.txt"]


def test_a_second_build_does_nothing(built: Place) -> None:
    before = built.files()
    report = built.build()
    assert (report.added, report.replaced, report.removed, report.unchanged) == ((), (), (), 2)
    assert report.documents == 2
    assert report.passages == len(built.open().snapshot.store.passages())
    assert built.encoder.encoded == []
    assert built.files() == before


def test_a_new_file_is_added_and_the_others_are_not_encoded_again(built: Place) -> None:
    built.write("3.txt", plan(3, task="xây dựng nông thôn mới"))
    report = built.build()
    assert (report.added, report.unchanged, report.documents) == (("3.txt",), 2, 3)
    assert built.encoder.encoded
    assert all("phổ cập" not in text for text in built.encoder.encoded)
    assert built.sources() == ["1.txt", "2.txt", "3.txt"]
    assert built.open().search("nông thôn mới", k=1)[0].passage.document_id == built.ids()["3.txt"]


def test_a_changed_file_is_replaced(built: Place) -> None:
    ids = built.ids()
    built.write("2.txt", plan(2, task="tuyển sinh lớp mười"))
    report = built.build()
    assert (report.added, report.replaced, report.unchanged) == ((), ("2.txt",), 1)
    assert built.ids() == ids
    index = built.open()
    assert "tuyển sinh" in index.document("2.txt").text
    texts = [found.text for found in index.snapshot.store.passages().values()]
    assert not any("phổ cập" in text for text in texts)
    assert index.snapshot.vectors.count == len(texts)
    assert not any("phổ cập" in hit.passage.text for hit in index.search("phổ cập", mode="lexical"))


def test_a_file_that_is_gone_stays_until_it_is_pruned(built: Place) -> None:
    (built.corpus / "2.txt").unlink()
    assert built.build().documents == 2
    report = built.build(prune=True)
    assert (report.removed, report.unchanged, report.documents) == (("2.txt",), 1, 1)
    assert built.sources() == ["1.txt"]
    assert len(built.open().search("phổ cập mầm non", mode="lexical")) == 0


def test_other_paths_are_added_to_what_is_there(built: Place, tmp_path: Path) -> None:
    more = tmp_path / "more.txt"
    more.write_text(plan(9), encoding="utf-8")
    report = built.build(more)
    assert (report.added, report.documents) == (("more.txt",), 3)
    assert built.build(more, prune=True).removed == ("1.txt", "2.txt")


def test_a_folder_that_was_moved_is_known_again(built: Place, tmp_path: Path) -> None:
    ids = built.ids()
    moved = tmp_path / "moved"
    built.corpus.rename(moved)
    report = built.build(moved)
    assert (report.unchanged, report.documents) == (2, 2)
    assert built.ids() == ids


def test_another_version_of_the_stages_reads_again(
    built: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = built.ids()
    monkeypatch.setattr(build_module, "PIPELINE", PIPELINE + 1)
    monkeypatch.setattr(process, "PIPELINE", PIPELINE + 1)
    report = built.build()
    assert (report.replaced, report.unchanged) == (("1.txt", "2.txt"), 0)
    assert built.build().unchanged == 2
    assert built.ids() == ids


def test_progress_is_told(place: Place) -> None:
    told: list[tuple[str, int, int]] = []
    docsearch.build(
        place.corpus,
        place.index,
        encoder=place.encoder,
        progress=lambda step, done, total: told.append((step, done, total)),
    )
    assert {step for step, _, _ in told} == {"reading", "parsing", "encoding", "indexing"}
    assert all(0 <= done <= total for _, done, total in told)
    for step in ("reading", "parsing", "encoding", "indexing"):
        assert any(each == step and done == total > 0 for each, done, total in told)


def test_many_documents_are_parsed_in_groups(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        place.write(f"more-{number}.txt", plan(10 + number))
    monkeypatch.setattr(process, "GROUP", 2)
    assert place.build().documents == 9
    assert len(place.open().documents()) == 9


# Files that hold several documents


def cut_apart(whole: Document) -> tuple[Document, ...]:
    """Return a document for each part of a file between lines of "=====", as a reader would."""
    return tuple(
        replace(whole, text=text, part=number, format="docx", notes=("two letters",))
        for number, text in enumerate(whole.text.split("\n=====\n"))
    )


@pytest.fixture
def parts(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(build_module, "documents_of", cut_apart)
    place.write("2.txt", plan(2) + "\n=====\n" + plan(3, task="phổ cập giáo dục mầm non"))
    return place


def test_a_file_with_two_documents(parts: Place) -> None:
    report = parts.build()
    assert (report.added, report.documents) == (("1.txt", "2.txt"), 3)
    assert parts.build().unchanged == 2
    index = parts.open()
    found = [(entry.source, entry.part) for entry in index.documents()]
    assert found == [("1.txt", 0), ("2.txt", 0), ("2.txt", 1)]
    second = index.documents()[2]
    document = index.document(second.id)
    assert (document.part, document.format, document.notes) == (1, "docx", ("two letters",))
    assert second.header.number
    assert second.header.number.value == "3/KH-UBND"
    hit = index.search("phổ cập mầm non", k=1, mode="lexical")[0]
    assert hit.passage.document_id == second.id


def test_a_file_that_holds_fewer_documents(parts: Place) -> None:
    parts.build()
    ids = [entry.id for entry in parts.open().documents()]
    parts.write("2.txt", plan(2))
    report = parts.build()
    assert (report.replaced, report.removed, report.documents) == (("2.txt",), (), 2)
    assert [entry.id for entry in parts.open().documents()] == ids[:2]
    parts.write("2.txt", plan(2) + "\n=====\n" + plan(4, task="tuyển sinh"))
    report = parts.build(prune=True)
    assert (report.replaced, report.documents) == (("2.txt",), 3)
    (parts.corpus / "2.txt").unlink()
    report = parts.build(prune=True)
    assert (report.removed, report.documents) == (("2.txt",), 1)


def test_a_file_is_read_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []

    def counting(whole: Document) -> tuple[Document, ...]:
        names.append(whole.source)
        return (whole,)

    monkeypatch.setattr(build_module, "documents_of", counting)
    place.build()
    assert names == ["1.txt", "2.txt"]
    place.build()
    assert names == ["1.txt", "2.txt"]
    assert not [path for path in place.index.iterdir() if path.name.startswith(".reading")]


# Files that cannot be read


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n", "empty"),
    "binary.txt": (b"\x00\xff\xfe" * 50, "binary"),
    "scan.pdf": (b"%PDF-1.4", "PDF"),
    "tcvn3.txt": (b"K\xd5 ho\xb9ch", "not UTF-8"),
}


def test_files_that_cannot_be_read_are_named_and_the_rest_is_indexed(place: Place) -> None:
    for name, (data, _) in BAD.items():
        place.write(name, data)
    (place.corpus / "broken.txt").symlink_to(place.corpus / "nowhere")
    report = place.build()
    reasons = {error.path: error.found for error in report.failed}
    assert set(reasons) == {*BAD, "broken.txt"}
    for name, (_, reason) in BAD.items():
        assert reason in reasons[name]
    assert report.added == ("1.txt", "2.txt")
    assert place.sources() == ["1.txt", "2.txt"]


def test_a_file_that_cannot_be_opened_is_named(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_bytes = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self.name == "2.txt":
            raise PermissionError(13, "Permission denied")
        return read_bytes(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    report = place.build()
    (error,) = report.failed
    assert str(error) == "2.txt: cannot be opened (Permission denied)"
    assert report.added == ("1.txt",)


def test_a_build_that_failed_leaves_the_index_unlocked(place: Place) -> None:
    place.write("empty.txt", b"")
    report = place.build()
    assert len(report.failed) == 1  # the errors are kept
    assert place.build().unchanged == 2
    with pytest.raises(SourceError) as caught:
        docsearch.build_report(
            place.corpus / "empty.txt", place.index.with_name("x"), encoder=place.encoder
        )
    assert "empty" in str(caught.value)
    place.build(place.corpus)
    docsearch.build_report(place.corpus, place.index.with_name("x"), encoder=place.encoder)


def test_a_file_that_became_unreadable_keeps_its_document(built: Place) -> None:
    built.write("2.txt", b"")
    report = built.build(prune=True)
    assert [error.path for error in report.failed] == ["2.txt"]
    # what is on the disk is damaged, not gone
    assert report.removed == ()
    assert built.sources() == ["1.txt", "2.txt"]


def test_nothing_that_can_be_read(tmp_path: Path) -> None:
    place = Place(tmp_path)
    for path in place.corpus.iterdir():
        path.unlink()
    with pytest.raises(SourceError, match="no file found"):
        place.build()
    place.index = tmp_path / "second"
    place.write("empty.txt", b"")
    with pytest.raises(SourceError, match=r"^empty\.txt: empty"):
        place.build()
    place.index = tmp_path / "third"
    place.write("scan.pdf", b"%PDF")
    with pytest.raises(SourceError, match=r"empty\.txt: empty.*scan\.pdf: a damaged PDF") as caught:
        place.build()
    assert "\n" not in str(caught.value)
    with pytest.raises(IndexFileError, match="no index here"):
        place.open()


def test_a_path_that_does_not_exist(place: Place, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file or folder"):
        place.build(tmp_path / "gone")
    assert not place.index.exists()


# Folders that are no index, and indexes that are damaged


def test_a_folder_with_other_files_is_left_alone(place: Place) -> None:
    place.index.mkdir()
    (place.index / "thesis.docx").write_text("mine", encoding="utf-8")
    with pytest.raises(IndexFileError, match=r"holds other files \(thesis\.docx"):
        place.build()
    assert [path.name for path in place.index.iterdir()] == ["thesis.docx"]
    with pytest.raises(IndexFileError, match="there is no index here"):
        place.open()


def test_a_file_in_the_place_of_the_folder(place: Place) -> None:
    place.index.write_text("mine", encoding="utf-8")
    with pytest.raises(IndexFileError, match="this is a file"):
        place.build()
    with pytest.raises(IndexFileError, match="there is no index here"):
        place.open()


@pytest.mark.parametrize(
    "manifest",
    ["", "{", "[]", '"x"', '{"name": "another program"}', f'{{"format": {FORMAT}}}', "\x00\x01"],
    ids=["empty", "cut", "list", "text", "another-program", "half", "binary"],
)
def test_a_manifest_of_something_else(built: Place, manifest: str) -> None:
    (built.index / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(IndexFileError) as caught:
        built.open()
    assert "\n" not in str(caught.value)
    assert str(built.index) in str(caught.value)
    with pytest.raises(IndexFileError):
        built.build()


def test_an_older_format_is_built_again(built: Place) -> None:
    path = built.index / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({"format": 1, "generation": data["generation"]}), encoding="utf-8")
    with pytest.raises(IndexVersionError, match="run `docsearch build`"):
        built.open()
    report = built.build()
    assert (len(report.added), report.unchanged) == (report.documents, 0)
    built.open()


def test_a_newer_format_is_refused(built: Place) -> None:
    path = built.index / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(data | {"format": FORMAT + 1, "new": "field"}), encoding="utf-8")
    with pytest.raises(
        IndexVersionError, match=f"has format {FORMAT + 1}, this docsearch reads {FORMAT}"
    ):
        built.open()
    with pytest.raises(IndexVersionError):
        built.build()


PARTS = [
    "records.sqlite",
    *(f"generation-1/{name}" for name in ("vectors/000001.faiss", "vectors/000001.rows.npy")),
    *(f"generation-1/{name}" for name in ("vectors/files.json", "language.json")),
    "generation-1/lexical/meta.json",
]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def change(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("damage", [Path.unlink, cut, change], ids=["missing", "cut", "changed"])
def test_a_damaged_part_is_named(built: Place, part: str, damage: Callable[[Path], None]) -> None:
    path = built.index / part
    damage(path)
    with pytest.raises(IndexFileError, match="run `docsearch (build|doctor --repair)`") as caught:
        built.open()
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("part", PARTS)
def test_a_damaged_index_is_made_again(built: Place, part: str) -> None:
    ids = built.ids()
    change(built.index / part)
    built.build()
    assert built.ids() == ids
    assert len(built.open().search("phổ cập")) > 0


# The encoder


def test_another_encoder_is_refused_at_opening(built: Place) -> None:
    for other in (OtherEncoder(), OtherEncoder("2"), OtherEncoder(dim=32)):
        with pytest.raises(EncoderMismatchError, match=r"built with hash \(revision 1, 64 dim"):
            docsearch.open(built.index, encoder=other)


def test_another_encoder_encodes_everything_again(built: Place) -> None:
    ids, passages = built.ids(), built.open().snapshot.manifest.passages
    texts = passages - 1  # two passages have the same words
    for other in (OtherEncoder(), OtherEncoder("2"), OtherEncoder("3", dim=32)):
        built.encoder = other
        report = built.build()
        assert (report.added, report.replaced, report.unchanged) == ((), (), 2)
        assert len(other.encoded) == texts
        assert built.ids() == ids
        index = built.open()
        assert index.snapshot.vectors.dim == other.dim
        assert len(index.search("phổ cập giáo dục", mode="dense", k=99)) == passages
        built.build()
        assert other.encoded == []


def test_an_encoder_of_another_dimension_encodes_everything_again(built: Place) -> None:
    """What opening refuses, building mends."""
    built.encoder = OtherEncoder()
    built.build()
    built.encoder = OtherEncoder(dim=32)
    with pytest.raises(EncoderMismatchError):
        built.open()
    built.build()
    assert built.open().snapshot.vectors.dim == 32


def test_another_encoder_and_a_changed_file(built: Place) -> None:
    built.encoder = OtherEncoder()
    built.write("2.txt", plan(2, task="tuyển sinh lớp mười"))
    report = built.build()
    assert (report.replaced, report.unchanged) == (("2.txt",), 1)
    assert len(built.encoder.encoded) == report.passages - 1  # two have the same words


# Builds that are stopped, and two at once

CHILD = """
import os, signal, sys, time
from pathlib import Path

sys.path.insert(0, sys.argv[1])
import docsearch
from docsearch.index import build, derive, process
from tests.factories import HashEncoder

moment = sys.argv[4]
process.words = lambda text: []  # importing the segmenter takes seconds

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def progress(step, done, total):
    if step == moment:
        die()

if moment == "wait":
    def progress(step, done, total):
        Path(sys.argv[2], "ready").touch()
        time.sleep(60)
elif "." not in moment:
    pass
else:
    module, name = moment.split(".")
    setattr(globals()[module], name, die)

docsearch.build(Path(sys.argv[2]), Path(sys.argv[3]), encoder=HashEncoder(), progress=progress)
"""


def start_child(place: Place, moment: str) -> subprocess.Popen[bytes]:
    arguments = [str(ROOT), str(place.corpus), str(place.index), moment]
    return subprocess.Popen([sys.executable, "-c", CHILD, *arguments], cwd=ROOT)


MOMENTS = [
    "parsing",
    "encoding",
    "indexing",
    "build.group_duplicates",
    "derive.save_counts",
    "derive.save_manifest",
    "derive.remove_generations",
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_build_that_is_killed_leaves_the_index(built: Place, moment: str) -> None:
    before = built.open()
    asked = [hit.passage for hit in before.search("phổ cập giáo dục")]
    built.write("3.txt", plan(3, task="xây dựng nông thôn mới"))
    built.write("2.txt", plan(2, task="phổ cập giáo dục mầm non năm tuổi"))
    process = start_child(built, moment)
    assert process.wait(timeout=50) == -signal.SIGKILL
    done = moment == "derive.remove_generations"  # the manifest is in force
    assert built.sources() == (["1.txt", "2.txt", "3.txt"] if done else ["1.txt", "2.txt"])
    if not done:
        assert [hit.passage for hit in built.open().search("phổ cập giáo dục")] == asked
    assert [hit.passage for hit in before.search("phổ cập giáo dục")] == asked  # opened before
    report = built.build()
    assert report.documents == 3
    assert built.sources() == ["1.txt", "2.txt", "3.txt"]
    assert "năm tuổi" in built.open().document("2.txt").text


def test_a_first_build_that_is_killed_can_be_done_again(place: Place) -> None:
    assert start_child(place, "indexing").wait(timeout=50) == -signal.SIGKILL
    with pytest.raises(IndexFileError, match="there is no index here"):
        place.open()
    assert place.build().documents == 2


def test_two_builds_at_once(built: Place) -> None:
    with FileLock(built.index / ".lock"), pytest.raises(IndexBusyError, match="another build"):
        built.build()
    process = start_child(built, "wait")
    try:
        deadline = time.monotonic() + 50
        while not (built.corpus / "ready").exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        with pytest.raises(IndexBusyError) as caught:
            built.build()
        assert caught.value.retryable
        assert built.sources() == ["1.txt", "2.txt"]  # reading goes on
    finally:
        process.kill()
        process.wait()
    (built.corpus / "ready").unlink()
    assert built.build().unchanged == 2


def test_old_generations_are_removed(built: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generations, "GRACE", 0.0)
    for number in range(4):
        built.write("2.txt", plan(2, task=f"việc thứ {number}"))
        built.build()
    folders = sorted(path.name for path in built.index.iterdir() if path.is_dir())
    assert folders == ["generation-4", "generation-5"]
    assert load_manifest(built.index).generation == 5


def test_an_index_that_is_open_still_answers_after_a_build(built: Place) -> None:
    index = built.open()
    built.write("2.txt", plan(2, task="tuyển sinh lớp mười"))
    built.build()
    assert "phổ cập" in index.search("phổ cập giáo dục", k=1)[0].passage.text
    assert "phổ cập" in index.document("2.txt").text


def test_a_reader_goes_on_during_builds_and_is_told(built: Place) -> None:
    index = built.open()
    assert not index.changed
    assert index.refreshed() is index
    built.write("3.txt", plan(3, task="xây dựng nông thôn mới"))
    assert index.add(built.corpus / "3.txt").added == ("3.txt",)
    assert index.changed
    assert len(index.documents()) == 2
    newer = index.refreshed()
    assert len(newer.documents()) == 3
    assert newer.remove("3.txt").removed == ("3.txt",)
    with pytest.raises(DocumentNotFoundError):
        newer.refreshed().remove("3.txt")
    asked = [(hit.passage.id, hit.score) for hit in index.search("phổ cập")]
    assert [(h.passage.id, h.score) for h in newer.refreshed().search("phổ cập")] == asked


def test_damaged_records_are_read_again_from_all_their_files(built: Place) -> None:
    """Building one file does not lose the others."""
    change(built.index / "records.sqlite")
    assert built.build(built.corpus / "1.txt").documents == 2
    assert built.sources() == ["1.txt", "2.txt"]


def test_a_full_disk_leaves_the_index(built: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [hit.passage for hit in built.open().search("phổ cập")]
    built.write("3.txt", plan(3, task="xây dựng nông thôn mới"))

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(derive, "save_counts", full)
        with pytest.raises(IndexFileError, match="the disk is full; make room"):
            built.build()
    assert built.sources() == ["1.txt", "2.txt"]
    assert [hit.passage for hit in built.open().search("phổ cập")] == asked
    assert built.build().documents == 3


def test_a_folder_that_cannot_be_written_is_read(
    built: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    before = built.files()
    assert built.sources() == ["1.txt", "2.txt"]
    assert "phổ cập" in built.open().search("phổ cập", k=1)[0].passage.text
    assert built.files() == before

    def refuse(path: Path) -> FileLock:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(build_module, "FileLock", refuse)
    with pytest.raises(IndexFileError, match="cannot be written \\(Permission denied\\)"):
        built.build()
    assert built.files() == before


# Ids


def test_ids_are_the_same_in_another_folder(built: Place, tmp_path: Path) -> None:
    other = tmp_path / "other"
    docsearch.build(built.corpus, other, encoder=built.encoder)
    found = {e.source: e.id for e in docsearch.open(other, encoder=built.encoder).documents()}
    assert (
        found
        == built.ids()
        == {"1.txt": "1-kh-ubnd-chi-lang-2022", "2.txt": "2-kh-ubnd-chi-lang-2022"}
    )


def test_equal_headers_have_different_ids(place: Place) -> None:
    place.write("copy.txt", plan(1) + "\nPhụ lục.\n")
    place.build()
    ids = place.ids()
    assert len(set(ids.values())) == 3
    assert {ids["1.txt"], ids["copy.txt"]} > {"1-kh-ubnd-chi-lang-2022"}
    place.build()
    assert place.ids() == ids


def test_three_copies_of_one_file(place: Place) -> None:
    """Copies have equal headers and equal bytes: what makes them different is their name."""
    place.write("copy.txt", plan(1))
    place.write("more/1.txt", plan(1))
    place.build()
    assert len(set(place.ids().values())) == 4


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(header(), "141-kh-ubnd-chi-lang-2022", id="number-place-year"),
        pytest.param(header(number="15/QĐ-UBND"), "15-qd-ubnd-chi-lang-2022", id="barred-d"),
        pytest.param(header(issued_on=None), "141-kh-ubnd-chi-lang", id="no-date"),
        pytest.param(header(issued_on="2024-06"), "141-kh-ubnd-chi-lang-2024", id="month"),
        pytest.param(header(number=None), "ke-hoach-chi-lang-2022", id="no-number"),
        pytest.param(
            header(number=None, place=None, issued_on=None), "ke-hoach-scan-01", id="only-a-type"
        ),
        pytest.param(Header(), "scan-01", id="nothing-known"),
        pytest.param(header(place="TP. Hồ Chí Minh"), "141-kh-ubnd-tp-ho-chi-minh-2022", id="city"),
    ],
)
def test_make_id(found: Header, expected: str) -> None:
    assert make_id(document(source="Scan 01.txt"), found, ()) == expected


def test_an_id_that_is_taken() -> None:
    taken = make_id(document(), header(), ())
    other = make_id(document(), header(), {taken})
    assert other.startswith(f"{taken}-")
    assert other == make_id(document(), header(), {taken})


@pytest.mark.parametrize("source", ["…", "тест.txt", "💾"], ids=["dots", "cyrillic", "symbol"])
def test_a_name_without_latin_letters_has_an_id(source: str) -> None:
    found = make_id(document(source=source), Header(), ())
    assert found.startswith("document-")


# Places that only the signatories tell


def signs(name: str, place: str) -> Header:
    person = Signatory(name=name, title="CHỦ TỊCH", authority=None, span=Span(0, 1))
    return Header(place=header(place=place).place, signatories=(person,))


def test_a_place_is_inferred_from_who_signs_elsewhere() -> None:
    known = signed_places(
        [signs("Đinh Thị Hồng Thu", "huyện Kon Rẫy"), signs("Vi Nông Trường", "huyện Chi Lăng")]
    )
    text = "Kết luận của Phó Chủ tịch UBND huyện, Đinh Thị Hồng Thu"
    found = infer_place(text, known)
    assert found is not None
    assert (found.value, found.inferred) == ("huyện Kon Rẫy", True)
    assert found.span.of(text) == "Đinh Thị Hồng Thu"
    assert infer_place("Không có ai", known) is None
    assert infer_place(f"{text}, ông Vi Nông Trường", known) is None


def test_a_name_of_two_words_tells_no_place() -> None:
    assert signed_places([signs("Văn An", "huyện Kon Rẫy")]) == frozenset()
    assert signed_places([Header()]) == frozenset()


def test_the_notice_of_kon_ray_has_its_place(hashed_index: docsearch.Index) -> None:
    place = hashed_index.header("002_1d6f7e26cffbb5e3.txt").place
    assert place is not None
    assert (place.value, place.inferred) == ("huyện Kon Rẫy", True)


def test_what_is_encoded_of_a_passage() -> None:
    found = passage("- **Chủ trì**\nrà soát", headings=["I. A", "1. B", "a) " + "x" * 300])
    expected = f"kế hoạch huyện Chi Lăng. 1. B. a) {'x' * 157}. - Chủ trì rà soát"
    assert embedding_texts(found, header()) == (expected,)
    assert embedding_texts(passage("Chủ trì."), Header()) == ("Chủ trì.",)
    long = passage(f"{'việc một ' * 30}.\n{'việc hai ' * 30}.", headings=["1. B"])
    pieces = embedding_texts(long, Header())
    assert [piece[:15] for piece in pieces] == ["1. B. việc một ", "1. B. việc hai "]


def test_the_corpus_is_not_changed(tmp_path: Path) -> None:
    copy = shutil.copytree(CORPUS, tmp_path / "corpus")
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in copy.iterdir()}
    docsearch.build([copy / "000_eba29bdb91f8a10b.txt"], tmp_path / "index", encoder=HashEncoder())
    assert {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in copy.iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"corpus", "index"}
