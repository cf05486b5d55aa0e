"""Builds that are killed at any moment: the index stays readable, nothing is lost or double."""

from __future__ import annotations

import os
import random
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import docsearch
from docsearch.errors import IndexFileError
from docsearch.index import generations, process
from docsearch.index.manifest import RECORDS, load_manifest
from docsearch.index.soundness import check_records
from tests.factories import HashEncoder

KILLS = 50
ENCODER = HashEncoder()
PLACES = ("Chi Lăng", "Bình Gia", "Văn Quan")


@pytest.fixture(autouse=True)
def no_segmenter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "words", lambda text: ())
    monkeypatch.setattr(process, "GROUP", 4)
    monkeypatch.setattr(generations, "GRACE", 0.0)


def letter(number: int, version: int) -> str:
    """Return a small document; some are alike, some have their place from who signs others."""
    place = PLACES[number % 3]
    named = f"UBND HUYỆN {place.upper()}\n" if number % 4 else ""
    signed = f"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn {place.split()[0]}\n"
    body = " ".join(f"việc {number % 5 if number % 7 else number} lần {n}" for n in range(12))
    return (
        f"{named}Số: {number}/KH-UBND\n\nKẾ HOẠCH\nVề việc {number} bản {version}\n\n"
        f"1. {body}.\n2. Ông Nguyễn Văn {place.split()[0]} báo cáo trước ngày 15/12.\n\n{signed}"
    )


def write(corpus: Path, documents: dict[int, int]) -> None:
    corpus.mkdir(exist_ok=True)
    for path in corpus.iterdir():
        if int(path.stem) not in documents:
            path.unlink()
    for number, version in documents.items():
        (corpus / f"{number}.txt").write_text(letter(number, version), encoding="utf-8")


def build(corpus: Path, folder: Path) -> docsearch.Index:
    return docsearch.build(corpus, folder, encoder=ENCODER, prune=True)


Answers = tuple[object, ...]


def answers(index: docsearch.Index) -> Answers:
    """Return what an index holds and finds, by the names of files: ids tell who came first."""
    entries = index.snapshot.entries
    found: list[object] = []
    for entry in sorted(entries.values(), key=lambda entry: entry.source):
        shown = entries[entry.group].source if entry.group else None
        place = entry.header.place.value if entry.header.place else None
        found.append((entry.source, index.document(entry.id).text, place, shown))
    for question in ("việc 3 lần 2", "bao cao truoc ngay 15/12"):
        hits = index.search(question, k=200).to_list()
        found.append(sorted((h["source"], h["start"], round(h["score"], 3)) for h in hits))
    return tuple(found)


def fork(corpus: Path, folder: Path) -> int:
    """Start a build in a copy of this process, which is quicker than a new one."""
    child = os.fork()
    if child:
        return child
    try:
        build(corpus, folder)
    except BaseException:  # noqa: BLE001  # the copy must not go on as the test
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def killed(corpus: Path, folder: Path, after: float) -> bool:
    """Build in another process and kill it; return whether it was killed before its end."""
    child = fork(corpus, folder)
    time.sleep(after)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return os.WIFSIGNALED(status)


def versions(choose: random.Random) -> Iterator[dict[int, int]]:
    """Yield what the corpus holds in turn: documents come, change and go."""
    documents = dict.fromkeys(range(12), 0)
    while True:
        yield dict(documents)
        for _ in range(4):
            number = choose.randrange(14)
            if number in documents and choose.random() < 0.4:
                del documents[number]
            else:
                documents[number] = documents.get(number, 0) + 1


def test_fifty_kills(tmp_path: Path) -> None:
    choose = random.Random(5)
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    before: Answers | None = None
    kills = rounds = 0
    for documents in versions(choose):
        write(corpus, documents)
        fresh = tmp_path / f"fresh-{rounds}"
        started = time.monotonic()
        after = answers(build(corpus, fresh))
        whole = time.monotonic() - started
        while kills < KILLS and killed(corpus, folder, choose.uniform(0, 1.1 * whole)):
            kills += 1
            try:
                opened = docsearch.open(folder, encoder=ENCODER)
            except IndexFileError as error:
                assert before is None, error  # of the first build nothing is there before its end
                continue
            assert answers(opened) in (before, after)
            if choose.random() < 0.3:
                break  # the files change before the build is done again
        if kills < KILLS and choose.random() < 0.4:
            before = None if before is None else answers(docsearch.open(folder, encoder=ENCODER))
            rounds += 1
            continue
        opened = build(corpus, folder)
        assert answers(opened) == after
        check_records(folder / RECORDS, load_manifest(folder))
        before, rounds = after, rounds + 1
        if kills >= KILLS:
            break
    assert kills == KILLS


def test_what_was_encoded_is_not_encoded_again(tmp_path: Path) -> None:
    class Stops(HashEncoder):
        left = 10
        texts: list[str] = []  # shared on purpose

        def encode_passages(self, texts, *, progress=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            if self.left == 0:
                raise KeyboardInterrupt
            self.left -= 1
            self.texts.extend(texts)
            return super().encode_passages(texts, progress=progress)

    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    write(corpus, dict.fromkeys(range(20), 0))
    for left in (3, 2, 99):
        encoder = Stops()
        encoder.left = left
        with suppress(KeyboardInterrupt):
            docsearch.build(corpus, folder, encoder=encoder)
    index = docsearch.open(folder, encoder=ENCODER)
    assert len(index.documents()) == 20
    assert len(Stops.texts) == len(set(Stops.texts)) > 20


def test_a_signer_that_comes_and_goes_settles_places(tmp_path: Path) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    write(corpus, {4: 0})  # names who signs, not its place
    assert build(corpus, folder).header("4.txt").place is None
    write(corpus, {4: 0, 1: 0, 7: 0})
    index = build(corpus, folder)
    place = index.header("4.txt").place
    assert place is not None
    assert (place.value, place.inferred) == ("huyện Bình Gia", True)
    assert answers(index) == answers(build(corpus, tmp_path / "fresh"))
    write(corpus, {4: 0})
    assert build(corpus, folder).header("4.txt").place is None
