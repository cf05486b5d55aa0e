"""Files → index: what changed is read, parsed, encoded and stored; the rest is kept.

Every document is written into the records in one transaction; when all are there, the other parts
of the index are brought up to date beside those in force and put in force in one step. A build that
is stopped leaves the index that was there, and the next one goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec
from filelock import FileLock, Timeout

from docsearch.encode import Encoder
from docsearch.errors import (
    DocumentNotFoundError,
    IndexBusyError,
    IndexFileError,
    IndexVersionError,
    SourceError,
)
from docsearch.index.derive import PARTS, Progress, disk_errors, publish
from docsearch.index.duplicates import group_duplicates
from docsearch.index.manifest import (
    LEXICAL,
    LEXICAL_FIELDS,
    NAME,
    PIPELINE,
    RECORDS,
    VECTORS,
    Manifest,
    damaged_parts,
    load_manifest,
)
from docsearch.index.process import New, Processor
from docsearch.index.writing import Known, Records
from docsearch.parse.header import parse_header
from docsearch.parse.parts import documents_of
from docsearch.read import MAX_BYTES, Found, Reader, find_files
from docsearch.read.files import readable
from docsearch.records import Document

__all__ = ["BuildReport", "Progress", "build_index", "remove_documents", "repair_index"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did. Documents are named by their sources."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    failed: tuple[SourceError, ...] = ()
    documents: int = 0
    passages: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class _Plan:
    """Which files were read and what becomes of the others; filled by ``_plan``."""

    new: list[New] = field(default_factory=list)
    known: set[str] = field(default_factory=set)  # paths of files that were there before
    gone: list[Known] = field(default_factory=list)  # of files that are not there any more
    parts_gone: list[Known] = field(default_factory=list)  # of files that hold fewer documents
    unchanged: int = 0
    failed: list[SourceError] = field(default_factory=list)

    def files(self) -> dict[str, str]:
        """Return the source of every file that is written, by its path."""
        return {new.path: new.source for new in self.new}


def build_index(
    paths: Sequence[Path],
    folder: Path,
    *,
    encoder: Encoder,
    prune: bool = False,
    wait: float = 0.0,
    progress: Progress | None = None,
) -> BuildReport:
    """Bring the index in ``folder`` up to date with files.

    Args:
        paths: files and folders to read; their documents are added or replaced.
        folder: the index; made when it is missing.
        encoder: what passages are encoded with. When the index has another, all are encoded
            again.
        prune: remove documents that are not under ``paths``.
        wait: seconds to wait for another build.
        progress: called as the steps go on.

    Returns:
        What was done; ``failed`` names every file that could not be read and why.

    Raises:
        SourceError: a path does not exist, or no file at all could be read.
        IndexBusyError: another process is building this index.
        IndexFileError: the folder holds something else, or cannot be written.
    """
    started = time.perf_counter()
    report = progress or _silent
    own = folder.resolve()
    found = find_files(paths)
    outside = tuple(file for file in found.files if not file[0].is_relative_to(own))
    with _writing(folder, wait) as state:
        lost = [(Path(path), source) for path, source in state.lost if Path(path).is_file()]
        files = {**dict(lost), **dict(outside)}
        ordered = sorted(files.items(), key=lambda item: (item[1], str(item[0])))
        found = replace(found, files=tuple(ordered))
        with TemporaryDirectory(dir=folder, prefix=".reading-") as spool:
            plan = _plan(found, state.records, Path(spool), prune=prune, report=report)
            if not plan.new and state.records.count()[0] == 0:
                raise _nothing_read(plan)
            for known in (*plan.gone, *plan.parts_gone):
                state.records.remove(known.id)
            processor = Processor(state.records, encoder, report)
            processor.write(plan.new)
        manifest = _finish(folder, state, encoder, processor, report)
    return BuildReport(
        added=tuple(source for path, source in plan.files().items() if path not in plan.known),
        replaced=tuple(source for path, source in plan.files().items() if path in plan.known),
        removed=tuple(dict.fromkeys(known.source for known in plan.gone)),
        unchanged=plan.unchanged,
        failed=tuple(plan.failed),
        documents=manifest.documents,
        passages=manifest.passages,
        seconds=time.perf_counter() - started,
    )


def remove_documents(
    folder: Path, documents: Sequence[str], *, encoder: Encoder, wait: float = 0.0
) -> BuildReport:
    """Take documents out of an index.

    Args:
        folder: the index.
        documents: their ids.
        encoder: the one that the index was built with.
        wait: seconds to wait for another build.

    Returns:
        What was done.

    Raises:
        DocumentNotFoundError: there is none of an id; nothing is removed then.
        IndexBusyError: another process is building this index.
        IndexFileError: there is no index, or it cannot be written.
    """
    started = time.perf_counter()
    load_manifest(folder)
    with _writing(folder, wait) as state:
        known = {each.id: each for each in state.records.known()}
        for document in documents:
            if document not in known:
                raise DocumentNotFoundError(
                    f"there is no document {document!r}; `docsearch documents` lists them"
                )
        for document in documents:
            state.records.remove(document)
        processor = Processor(state.records, encoder, _silent)
        manifest = _finish(folder, state, encoder, processor, _silent)
    return BuildReport(
        removed=tuple(dict.fromkeys(known[document].source for document in documents)),
        unchanged=len(known) - len(set(documents)),
        documents=manifest.documents,
        passages=manifest.passages,
        seconds=time.perf_counter() - started,
    )


def repair_index(
    folder: Path, *, encoder: Encoder, wait: float = 0.0, progress: Progress | None = None
) -> tuple[str, ...]:
    """Make the damaged parts of an index again from its records.

    Args:
        folder: the index.
        encoder: the one that the index was built with; passages whose vectors are missing are
            encoded.
        wait: seconds to wait for another build.
        progress: called as the steps go on.

    Returns:
        What was wrong, one line a part.

    Raises:
        IndexBusyError: another process is building this index.
        IndexFileError: there is no index, or its records are damaged: `docsearch build` reads the
            documents again.
    """
    report = progress or _silent
    with _writing(folder, wait, full=True) as state:
        if state.lost or (state.manifest is None and state.records.count()[0] == 0):
            raise IndexFileError(
                f"{folder / RECORDS}: the records are damaged; run `docsearch build` with the "
                "documents' folder"
            )
        _finish(folder, state, encoder, Processor(state.records, encoder, report), report)
        return tuple(state.wrong.values())


@dataclass(slots=True)
class _State:
    """What a folder holds when a build begins."""

    records: Records
    manifest: Manifest | None  # in force; None where there is none that can be gone on with
    wrong: dict[str, str]  # damaged parts, and what is wrong with each
    lost: tuple[tuple[str, str], ...] = ()  # path and source of the files of damaged records


def _silent(step: str, done: int, total: int) -> None:
    """Report nothing."""


@contextmanager
def _writing(folder: Path, wait: float, *, full: bool | None = None) -> Iterator[_State]:
    """Yield the state of a folder, which nobody else writes meanwhile."""
    _check_target(folder)
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock")
        try:
            lock.acquire(timeout=wait)
        except Timeout as error:
            raise IndexBusyError(
                f"{folder}: another build is writing this index; wait until it is done"
            ) from error
    try:
        with disk_errors(folder):
            state = _state(folder, full=full)
        try:
            yield state
        finally:
            state.records.close()
    finally:
        lock.release()


def _state(folder: Path, *, full: bool | None) -> _State:
    manifest = _previous(folder)
    wrong = damaged_parts(folder, manifest, full=full) if manifest else {}
    if RECORDS in wrong:
        _remove_records(folder, keep=True)
        manifest = None
    lost = _files_of(folder / _DAMAGED)
    try:
        records = Records(folder / RECORDS)
    except IndexVersionError:
        raise
    except IndexFileError:
        if manifest is not None or not (folder / RECORDS).exists():
            raise
        _remove_records(folder)  # of a first build that was stopped, or another program's
        records = Records(folder / RECORDS)
    return _State(records, manifest, wrong, lost)


def _files_of(path: Path) -> tuple[tuple[str, str], ...]:
    """Return path and source of the documents of damaged records, as far as they can be read."""
    if not path.exists():
        return ()
    try:
        connection = sqlite3.connect(path)
        try:
            return tuple(connection.execute("SELECT DISTINCT path, source FROM documents"))
        finally:
            connection.close()
    except sqlite3.Error:
        return ()


_DAMAGED: Final = ".damaged.sqlite"
"""Damaged records are kept under this name until the index is made again."""


def _remove_records(folder: Path, *, keep: bool = False) -> None:
    if keep and (folder / RECORDS).exists():
        (folder / RECORDS).replace(folder / _DAMAGED)
    for end in ("", "-wal", "-shm"):
        (folder / f"{RECORDS}{end}").unlink(missing_ok=True)


def _finish(
    folder: Path, state: _State, encoder: Encoder, processor: Processor, report: Progress
) -> Manifest:
    """Bring everything that depends on several documents up to date, and put it in force."""
    manifest, records = state.manifest, state.records
    same = manifest is not None and (manifest.encoder, manifest.revision, manifest.dim) == (
        encoder.name,
        encoder.revision,
        encoder.dim,
    )
    sound = [part for part in PARTS if part not in state.wrong]
    if not same:
        sound = [part for part in sound if part != VECTORS]
    if manifest and manifest.fields != LEXICAL_FIELDS:
        sound = [part for part in sound if part != LEXICAL]
    processor.settle_places()
    if not same or VECTORS in state.wrong:
        processor.encode_missing()
    since = manifest.state if manifest else 0
    group_duplicates(records, since)
    if manifest and records.number() == since and len(sound) == len(PARTS):
        return manifest
    if records.number() > since + 1 or not same:
        records.forget_vectors()
    manifest = publish(folder, records, encoder, before=manifest, sound=sound, report=report)
    (folder / _DAMAGED).unlink(missing_ok=True)
    return manifest


def _check_target(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise IndexFileError(f"{folder}: this is a file; name a folder with --index")
    if folder.is_dir() and not (folder / NAME).exists():
        own = (".", "generation-", RECORDS)
        foreign = [path.name for path in folder.iterdir() if not path.name.startswith(own)]
        if foreign:
            raise IndexFileError(
                f"{folder}: this folder holds other files ({sorted(foreign)[0]} …); "
                "name an empty or new folder with --index"
            )


def _previous(folder: Path) -> Manifest | None:
    """Return the manifest in force; None when there is none that can be gone on with."""
    if not (folder / NAME).exists():
        return None
    try:
        return load_manifest(folder)
    except IndexVersionError as error:
        if not error.older:
            raise
        _remove_records(folder)
        return None  # everything is read again


def _nothing_read(plan: _Plan) -> SourceError:
    if len(plan.failed) == 1:
        return plan.failed[0]
    if plan.failed:
        reasons = "; ".join(str(error) for error in plan.failed[:20])
        return SourceError("no file could be read", reasons)
    return SourceError("no file found", "name a folder or files with documents")


def _plan(found: Found, records: Records, spool: Path, *, prune: bool, report: Progress) -> _Plan:
    """Read the files that changed into ``spool``; a file is a unit with one or more documents."""
    plan = _Plan(failed=list(found.refused))
    present: set[str] = set()
    pages = partial(report, "pages")
    with Reader() as reader:
        for number, (path, source) in enumerate(found.files, start=1):
            report("reading", number, len(found.files))
            digest, key = _digest(path), _key(path)
            known = records.of_file(key) or records.of_content(source, digest)
            present.update(each.id for each in known)
            if known and all(e.sha256 == digest and e.pipeline == PIPELINE for e in known):
                plan.unchanged += 1
                continue
            try:
                documents = documents_of(reader.read(path, source, pages))
            except SourceError as error:
                plan.failed.append(error)  # the file is there, only damaged
                continue
            if known:
                plan.known.add(key)
            ids = {each.part: each for each in known}
            for document in documents:
                replaced = ids.pop(document.part, None)
                spooled = _spooled(document, spool / str(len(plan.new)))
                plan.new.append(
                    New(
                        path=key,
                        source=source,
                        header=parse_header(document.text),
                        replaces=replaced.id if replaced else None,
                        spooled=spooled,
                        length=len(document.text),
                    )
                )
            plan.parts_gone += ids.values()
    if prune:
        plan.gone = [known for known in records.known() if known.id not in present]
    return plan


def _key(path: Path) -> str:
    """Return a file's path as it is kept in the records."""
    return readable(str(path))


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; "" where it cannot be opened, which reading it will tell."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _spooled(document: Document, spooled: Path) -> Path:
    spooled.write_bytes(msgspec.json.encode(document))
    return spooled
