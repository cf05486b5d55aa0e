"""Files → index: what changed is read, parsed, encoded and stored; the rest is kept.

A build writes a new generation beside the one in force and puts it in force at the end, in one
step. A build that is stopped leaves the index that was there.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec
import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from docsearch.encode import Encoder, words
from docsearch.errors import IndexBusyError, IndexFileError, IndexVersionError, SourceError
from docsearch.facts.find import find_facts
from docsearch.index.duplicates import group_duplicates
from docsearch.index.identity import Signed, infer_place, make_id, signed_places
from docsearch.index.language import learn, save_language
from docsearch.index.lexical import LexicalIndex, LexicalRow
from docsearch.index.manifest import (
    FORMAT,
    LANGUAGE,
    LEXICAL,
    NAME,
    PIPELINE,
    RECORDS,
    TEXT,
    VECTORS,
    Manifest,
    check_files,
    describe_files,
    load_manifest,
    save_manifest,
)
from docsearch.index.store import Entry, PassageRow, Store
from docsearch.index.tokens import folded_tokens, spelled_tokens, word_tokens
from docsearch.index.vectors import VectorIndex
from docsearch.parse.header import find_unit, parse_header
from docsearch.parse.outline import parse_outline
from docsearch.parse.parts import documents_of
from docsearch.parse.passages import split
from docsearch.parse.view import view
from docsearch.read import MAX_BYTES, Found, Reader, find_files
from docsearch.read.files import readable
from docsearch.records import Document, Facts, Header, Passage, Span, Unit

GROUP: Final = 128
"""Documents that are parsed and encoded together; arbitrary, bounds the memory of a build."""

MAX_HEADING: Final = 160
"""Code points of a heading that are encoded with a passage; arbitrary."""

Progress = Callable[[str, int, int], None]
"""Called with the name of a step, how much is done and how much there is."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _New:
    """One document that is to be written: read once, and kept on disk until its turn."""

    path: str
    source: str
    part: int
    header: Header
    spooled: Path


@dataclass(slots=True)
class _Plan:
    """Which files were read and what becomes of the others; filled by ``_plan``."""

    new: list[_New] = field(default_factory=list)
    ids: dict[tuple[str, int], str] = field(default_factory=dict)  # path, part -> id it replaces
    gone: list[Entry] = field(default_factory=list)  # of files that are not there any more
    parts_gone: list[Entry] = field(default_factory=list)  # of files that hold fewer documents
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
    progress: Progress | None = None,
) -> BuildReport:
    """Bring the index in ``folder`` up to date with files.

    Args:
        paths: files and folders to read; their documents are added or replaced.
        folder: the index; made when it is missing.
        encoder: what passages are encoded with. When the index has another, all are encoded
            again.
        prune: remove documents that are not under ``paths``.
        progress: called as the steps go on.

    Returns:
        What was done; ``failed`` names every file that could not be read and why.

    Raises:
        SourceError: a path does not exist, or no file at all could be read.
        IndexBusyError: another process is building this index.
        IndexFileError: the folder holds something else.
    """
    started = time.perf_counter()
    report = progress or (lambda step, done, total: None)
    own = folder.resolve()
    found = find_files(paths)
    outside = tuple(file for file in found.files if not file[0].is_relative_to(own))
    found = replace(found, files=outside)
    _check_target(folder)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexBusyError(
            f"{folder}: another build is writing this index; wait until it is done"
        ) from error
    try:
        with TemporaryDirectory(dir=folder, prefix=".reading-") as spool:
            return _build(found, folder, encoder, prune, report, started, Path(spool))
    finally:
        lock.release()


def _build(
    found: Found,
    folder: Path,
    encoder: Encoder,
    prune: bool,
    report: Progress,
    started: float,
    spool: Path,
) -> BuildReport:
    manifest = _previous(folder)
    entries = _entries(folder, manifest)
    plan = _plan(found, entries, spool, prune=prune, report=report)
    if not plan.new and not entries:
        raise _nothing_read(plan)
    same = manifest is not None and (manifest.encoder, manifest.revision, manifest.dim) == (
        encoder.name,
        encoder.revision,
        encoder.dim,
    )
    if manifest and same and not (plan.new or plan.gone or plan.parts_gone):
        return BuildReport(
            unchanged=plan.unchanged,
            failed=tuple(plan.failed),
            documents=manifest.documents,
            passages=manifest.passages,
            seconds=time.perf_counter() - started,
        )
    number = manifest.generation + 1 if manifest else 1
    generation = _new_generation(folder, number, manifest)
    store = Store(generation / RECORDS, create=True)
    writer = _Writer(store, encoder, report, plan)
    known = {entry.path for entry in entries}
    documents = writer.write(same=same)
    passages = _derive(generation, store, encoder, report)
    save_manifest(
        folder,
        Manifest(
            format=FORMAT,
            pipeline=PIPELINE,
            generation=number,
            text=TEXT,
            encoder=encoder.name,
            revision=encoder.revision,
            dim=encoder.dim,
            documents=documents,
            passages=passages,
            files=describe_files(generation),
        ),
    )
    _remove_generations(folder, keep=(number, number - 1))
    return BuildReport(
        added=tuple(source for path, source in plan.files().items() if path not in known),
        replaced=tuple(source for path, source in plan.files().items() if path in known),
        removed=tuple(dict.fromkeys(entry.source for entry in plan.gone)),
        unchanged=plan.unchanged,
        failed=tuple(plan.failed),
        documents=documents,
        passages=passages,
        seconds=time.perf_counter() - started,
    )


def _check_target(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise IndexFileError(f"{folder}: this is a file; name a folder with --index")
    if folder.is_dir() and not (folder / NAME).exists():
        foreign = [p.name for p in folder.iterdir() if not p.name.startswith((".", "generation-"))]
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
        manifest = load_manifest(folder)
    except IndexVersionError as error:
        if not error.older:
            raise
        return None  # everything is read again
    try:
        check_files(folder, manifest)
    except IndexFileError:
        return None
    return manifest


def _entries(folder: Path, manifest: Manifest | None) -> tuple[Entry, ...]:
    if manifest is None:
        return ()
    return Store(folder / manifest.folder / RECORDS).entries()


def _nothing_read(plan: _Plan) -> SourceError:
    if len(plan.failed) == 1:
        return plan.failed[0]
    if plan.failed:
        reasons = "; ".join(str(error) for error in plan.failed[:20])
        return SourceError("no file could be read", reasons)
    return SourceError("no file found", "name a folder or files with documents")


def _plan(
    found: Found,
    entries: Sequence[Entry],
    spool: Path,
    *,
    prune: bool,
    report: Progress,
) -> _Plan:
    """Read the files that changed into ``spool``; a file is a unit with one or more documents."""
    plan = _Plan(failed=list(found.refused))
    by_path: dict[str, list[Entry]] = {}
    by_content: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        by_path.setdefault(entry.path, []).append(entry)
    for of_file in by_path.values():
        by_content[of_file[0].source, of_file[0].sha256] = of_file
    present: set[str] = set()
    pages = partial(report, "pages")
    with Reader() as reader:
        for number, (path, source) in enumerate(found.files, start=1):
            report("reading", number, len(found.files))
            digest, key = _digest(path), _key(path)
            known = by_path.get(key) or by_content.get((source, digest)) or []
            if known and all(e.sha256 == digest and e.pipeline == PIPELINE for e in known):
                present.update(entry.id for entry in known)
                plan.unchanged += 1
                continue
            try:
                documents = documents_of(reader.read(path, source, pages))
            except SourceError as error:
                plan.failed.append(error)
                present.update(entry.id for entry in known)  # the file is there, only damaged
                continue
            ids = {entry.part: entry for entry in known}
            for document in documents:
                plan.new.append(_spooled(document, key, source, spool / str(len(plan.new))))
                if document.part in ids:
                    replaced = ids.pop(document.part)
                    plan.ids[key, document.part] = replaced.id
                    present.add(replaced.id)
            plan.parts_gone += ids.values()
            present.update(entry.id for entry in ids.values())
    if prune:
        plan.gone = [entry for entry in entries if entry.id not in present]
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


def _spooled(document: Document, path: str, source: str, spooled: Path) -> _New:
    spooled.write_bytes(msgspec.json.encode(document))
    header = parse_header(document.text)
    return _New(path=path, source=source, part=document.part, header=header, spooled=spooled)


def _new_generation(folder: Path, number: int, manifest: Manifest | None) -> Path:
    generation = folder / f"generation-{number}"
    shutil.rmtree(generation, ignore_errors=True)
    generation.mkdir()
    if manifest:
        shutil.copyfile(folder / manifest.folder / RECORDS, generation / RECORDS)
    return generation


def _remove_generations(folder: Path, keep: Sequence[int]) -> None:
    kept = {f"generation-{number}" for number in keep}
    for path in folder.glob("generation-*"):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


@dataclass(slots=True)
class _Parsed:
    document: Document
    path: str
    header: Header
    outline: Unit
    facts: Facts
    passages: list[Passage]
    words: list[tuple[str, ...]]


class _Writer:
    """Writes the changed documents of one build into its store."""

    def __init__(self, store: Store, encoder: Encoder, report: Progress, plan: _Plan) -> None:
        self._store = store
        self._encoder = encoder
        self._report = report
        self._plan = plan
        self._prefix = f"{encoder.name}@{encoder.revision}/{encoder.dim}:"

    def write(self, *, same: bool) -> int:
        """Store what changed.

        Args:
            same: whether the index has this encoder; else everything is encoded again.

        Returns:
            The number of documents in the store.
        """
        for entry in (*self._plan.gone, *self._plan.parts_gone):
            self._store.remove(entry.id)
        entries = self._store.entries()
        taken = {entry.id for entry in entries}
        headers = [entry.header for entry in entries]
        signed = signed_places([*headers, *(new.header for new in self._plan.new)])
        done = 0
        for group in _groups(self._plan.new):
            self._put([self._parse(new, signed, taken) for new in group])
            done += len(group)
            self._report("parsing", done, len(self._plan.new))
        self._infer_places(signed)
        group_duplicates(self._store)
        if not same:
            self._encode_again()
        return len(self._store.entries())

    def _parse(self, new: _New, signed: frozenset[Signed], taken: set[str]) -> _Parsed:
        document = msgspec.json.decode(new.spooled.read_bytes(), type=Document)
        header = new.header
        if header.place is None:
            header = _with_place(document.text, header, signed)
        document_id = self._plan.ids.get((new.path, new.part)) or make_id(document, header, taken)
        taken.add(document_id)
        document = replace(document, id=document_id)
        outline = parse_outline(document.text, bold=document.bold)
        passages = split(document, outline)
        facts = find_facts(document, header, outline)
        segmented = [_words(passage) for passage in passages]
        return _Parsed(document, new.path, header, outline, facts, passages, segmented)

    def _put(self, group: Sequence[_Parsed]) -> None:
        texts = [
            embedding_text(passage, parsed.header)
            for parsed in group
            for passage in parsed.passages
        ]
        vectors = iter(self._encode(texts))
        keys = iter(self._keys(texts))
        for parsed in group:
            rows = [
                PassageRow(passage=passage, words=found, encoded=next(keys), vector=next(vectors))
                for passage, found in zip(parsed.passages, parsed.words, strict=True)
            ]
            self._store.put(
                parsed.document,
                path=parsed.path,
                pipeline=PIPELINE,
                header=parsed.header,
                outline=parsed.outline,
                facts=parsed.facts,
                passages=rows,
            )

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        done = 0

        def count(finished: int) -> None:
            nonlocal done
            done += finished
            self._report("encoding", done, len(texts))

        return self._encoder.encode_passages(texts, progress=count)

    def _keys(self, texts: Iterable[str]) -> list[str]:
        return [self._prefix + hashlib.sha256(text.encode()).hexdigest()[:16] for text in texts]

    def _infer_places(self, signed: frozenset[Signed]) -> None:
        for entry in self._store.entries():
            if entry.header.place is None:
                text = self._store.document(entry.id).text
                header = _with_place(text, entry.header, signed)
                if header.place:
                    self._store.put_header(entry.id, header)

    def _encode_again(self) -> None:
        headers = {entry.id: entry.header for entry in self._store.entries()}
        stale = [
            (row, stored)
            for row, stored in self._store.passage_rows()
            if not stored.encoded.startswith(self._prefix)
        ]
        if not stale:
            return
        texts = [
            embedding_text(stored.passage, headers[stored.passage.document_id])
            for _, stored in stale
        ]
        vectors = self._encode(texts)
        keys = self._keys(texts)
        self._store.put_vectors(
            [(row, key, vector) for (row, _), key, vector in zip(stale, keys, vectors, strict=True)]
        )


def _with_place(text: str, header: Header, signed: frozenset[Signed]) -> Header:
    """Return a header without a place with the one that the people it names give away."""
    placed = replace(header, place=infer_place(text, signed))
    return replace(placed, unit=find_unit(text, placed))


def _groups(new: Sequence[_New]) -> Iterator[list[_New]]:
    rest = iter(new)
    while group := list(islice(rest, GROUP)):
        yield group


def _words(passage: Passage) -> tuple[str, ...]:
    found = (span.of(passage.text) for span in words(passage.text))
    return tuple(word_tokens(found))


def embedding_text(passage: Passage, header: Header) -> str:
    """Return what is encoded of a passage: kind and place of the document, headings, words.

    Args:
        passage: the passage.
        header: the header of its document.

    Returns:
        One line; it is never quoted.
    """
    about = [stated.value for stated in (header.type, header.place) if stated]
    above = [text[:MAX_HEADING] for text in passage.path[-2:]]
    text = view(passage.text, [Span(0, len(passage.text))]).text
    return ". ".join([*([" ".join(about)] if about else []), *above, text])


def _derive(generation: Path, store: Store, encoder: Encoder, report: Progress) -> int:
    """Write what is derived from the records; return the number of passages."""
    rows = store.passage_rows()
    entries = {entry.id: entry.header for entry in store.entries()}
    report("indexing", 0, len(rows))
    LexicalIndex.write(
        generation / LEXICAL,
        (_lexical_row(row, stored, entries[stored.passage.document_id]) for row, stored in rows),
    )
    vectors = np.zeros((len(rows), encoder.dim), dtype=np.float32)
    for position, (_, stored) in enumerate(rows):
        vectors[position] = stored.vector
    VectorIndex.make(vectors, [row for row, _ in rows]).save(generation / VECTORS)
    texts = (stored.passage.text for _, stored in rows)
    language = learn(texts, (word for _, stored in rows for word in stored.words))
    save_language(generation / LANGUAGE, language)
    report("indexing", len(rows), len(rows))
    return len(rows)


def _lexical_row(row: int, stored: PassageRow, header: Header) -> LexicalRow:
    about = [header.type, header.number, header.place, header.issuer, header.subject]
    heading = "\n".join([*(field.value for field in about if field), *stored.passage.path])
    text = stored.passage.text
    return LexicalRow(
        row=row,
        document_id=stored.passage.document_id,
        body=" ".join(spelled_tokens(text)),
        heading=" ".join(spelled_tokens(heading)),
        words=" ".join(stored.words),
        folded=" ".join(folded_tokens(f"{text}\n{heading}")),
    )
