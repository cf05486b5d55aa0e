"""What an index folder was made from; compared before it is used.

```text
index/
├─ manifest.json     names the generation in force; replaced in one step when a build is done
├─ .lock             held by the process that builds
├─ records.sqlite    documents, passages, facts and vectors: the index; the rest is derived
└─ generation-N/     files that do not change; those that a build left as they were are links
   ├─ lexical/       tantivy
   ├─ vectors/       faiss
   ├─ language.json  syllables and words of the corpus
   └─ language.changes.json
```
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

import msgspec
import xxhash

from docsearch.errors import EncoderMismatchError, IndexFileError, IndexVersionError

FORMAT: Final = 5
"""Format of the folder; raised when an older docsearch could not read a newer index."""

PIPELINE: Final = 8
"""Version of reading, parsing and facts; documents of another version are read again."""

LEXICAL_FIELDS: Final = 2
"""Version of what is indexed of a passage (tokens, fields); another is indexed again."""

NAME: Final = "manifest.json"

# The files of an index, and of a generation.
RECORDS: Final = "records.sqlite"
LEXICAL: Final = "lexical"
VECTORS: Final = "vectors"
LANGUAGE: Final = "language.json"
CHANGES: Final = "language.changes.json"

TEXT: Final = "NFC"
_BUSY: Final = 30.0  # seconds to wait for records that are locked for a moment; arbitrary
FULL_CHECK: Final = 64 * 1024 * 1024
"""Bytes up to which every file's checksum is compared at opening; beyond, the sizes are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """Size in bytes and checksum (XXH3, 128 bits) of one file.

    It tells damage, not forgery, and is fast: every change of an index reads its records whole.
    """

    bytes: int
    xxh3: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the files beside it contain."""

    format: int
    pipeline: int
    fields: int  # version of what is indexed of a passage
    generation: int
    state: int  # of the records, in force
    name: str  # of the records
    text: str  # normalisation of the documents' texts
    encoder: str
    revision: str
    dim: int
    documents: int
    passages: int
    records: FileState | None  # None where they could not be brought into one file
    files: dict[str, FileState]

    @property
    def folder(self) -> str:
        """The name of the generation's folder."""
        return f"generation-{self.generation}"


def load_manifest(folder: Path) -> Manifest:
    """Return the manifest in force.

    Args:
        folder: the index folder.

    Returns:
        The manifest; the files that it names are not looked at.

    Raises:
        IndexFileError: there is none, or it is damaged.
        IndexVersionError: the folder has another format.
    """
    path = folder / NAME
    try:
        data = path.read_bytes()
    except OSError as error:
        raise IndexFileError(
            f"{folder}: there is no index here; make one with `docsearch build`, "
            "or name another folder with --index"
        ) from error
    try:
        found = msgspec.json.decode(data, type=dict[str, object]).get("format")
        if found != FORMAT:
            older = isinstance(found, int) and found < FORMAT
            what = "run" if older else "update docsearch, or name a new folder for"
            raise IndexVersionError(
                f"{folder}: the index has format {found!r}, this docsearch reads {FORMAT}; "
                f"{what} `docsearch build`",
                older=older,
            )
        return msgspec.json.decode(data, type=Manifest)
    except msgspec.DecodeError as error:
        raise IndexFileError(
            f"{path}: this is not a docsearch manifest; remove the folder and run "
            "`docsearch build`, or name another with --index"
        ) from error


def save_manifest(folder: Path, manifest: Manifest) -> None:
    """Put ``manifest`` in force: in one step, after everything it names is on disk."""
    temporary = folder / f".{NAME}.{os.getpid()}"
    try:
        with temporary.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(asdict(manifest)), indent=1))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / NAME)
    finally:
        temporary.unlink(missing_ok=True)


def describe(path: Path) -> FileState:
    """Return the state of one file."""
    return FileState(bytes=path.stat().st_size, xxh3=_checksum(path))


def describe_files(
    generation: Path, before: Path | None = None, known: dict[str, FileState] | None = None
) -> dict[str, FileState]:
    """Return the state of every file below ``generation``, by its path below it.

    Args:
        generation: the folder.
        before: another, whose files ``known`` describes.
        known: of files that are the same there, the state is taken over and not computed.

    Returns:
        The states, by name.
    """
    states = {}
    for path in sorted(generation.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        name = path.relative_to(generation).as_posix()
        other = before / name if before else None
        same = known and name in known and other and other.exists() and other.samefile(path)
        states[name] = known[name] if known and same else describe(path)
    return states


def damaged_parts(folder: Path, manifest: Manifest, *, full: bool | None = None) -> dict[str, str]:
    """Compare the files of the generation in force with the manifest.

    Args:
        folder: the index folder.
        manifest: its manifest.
        full: compare checksums; None means only when the index is small.

    Returns:
        What is wrong, by the part (``LEXICAL``, ``VECTORS``, ``LANGUAGE`` or ``RECORDS``).
    """
    total = sum(state.bytes for state in manifest.files.values())
    total += manifest.records.bytes if manifest.records else 0
    full = total <= FULL_CHECK if full is None else full
    found: dict[str, str] = {}
    wanted = {LEXICAL: "lexical/meta.json", VECTORS: "vectors/files.json", LANGUAGE: LANGUAGE}
    for part, name in wanted.items():
        if name not in manifest.files:
            found[part] = f"{folder / manifest.folder / name}: this part of the index is missing"
    for name, state in manifest.files.items():
        part = LANGUAGE if name == CHANGES else name.split("/", 1)[0]
        wrong = _compare(folder / manifest.folder / name, state, full=full)
        if wrong:
            found.setdefault(part, wrong)
    wrong = _damaged_records(folder / RECORDS, manifest, full=full)
    return found | ({RECORDS: wrong} if wrong else {})


def _compare(path: Path, state: FileState, *, full: bool) -> str | None:
    try:
        size = path.stat().st_size
    except OSError:
        return f"{path}: this part of the index is missing"
    if size != state.bytes or (full and _checksum(path) != state.xxh3):
        return f"{path}: this part of the index is damaged"
    return None


def _damaged_records(path: Path, manifest: Manifest, *, full: bool) -> str | None:
    """Say what is wrong with the records; while they are written, only whether they can be read."""
    if not path.is_file():
        return f"{path}: this part of the index is missing"
    damaged = f"{path}: this part of the index is damaged"
    try:
        name, number, changed = _state_of(path)
    except (sqlite3.Error, TypeError):
        return damaged
    if name != manifest.name:
        return f"{path}: these are not the records of the manifest"
    if changed or number != manifest.state or manifest.records is None:
        return None if number >= manifest.state else damaged
    wrong = _compare(path, manifest.records, full=full)
    if wrong and _state_of(path) != (name, number, changed):
        return None  # a build has begun meanwhile
    return wrong


def _state_of(path: Path) -> tuple[str, int, bool]:
    """Return the name of records, the number of their newest state, and whether a build is open."""
    log = path.with_name(f"{path.name}-wal")
    written = log.exists() and log.stat().st_size > 0
    mode = "mode=rw" if written and os.access(path.parent, os.W_OK) else "immutable=1"
    connection = sqlite3.connect(f"file:{quote(str(path))}?{mode}", uri=True, timeout=_BUSY)
    try:
        name, number, changed = connection.execute(
            "SELECT name, number, open FROM state"
        ).fetchone()
        return str(name), int(number), bool(changed or written)
    finally:
        connection.close()


def check_files(folder: Path, manifest: Manifest, *, full: bool | None = None) -> None:
    """Compare the files of the generation in force with the manifest.

    Args:
        folder: the index folder.
        manifest: its manifest.
        full: compare checksums; None means only when the index is small.

    Raises:
        IndexFileError: a file is missing or differs; it is named.
    """
    for part, wrong in damaged_parts(folder, manifest, full=full).items():
        what = "`docsearch build`" if part == RECORDS else "`docsearch doctor --repair`"
        raise IndexFileError(f"{wrong}; run {what} to make it again")


def check_encoder(folder: Path, manifest: Manifest, name: str, revision: str, dim: int) -> None:
    """Compare an encoder with the one that the index was built with.

    Args:
        folder: the index folder, for the message.
        manifest: its manifest.
        name: of the encoder that is to be used.
        revision: of that encoder.
        dim: length of its vectors.

    Raises:
        EncoderMismatchError: name, revision or dimension differ.
    """
    built = (manifest.encoder, manifest.revision, manifest.dim)
    given = (name, revision, dim)
    if built != given:
        raise EncoderMismatchError(
            f"{folder}: built with {_encoder(*built)}, opened with {_encoder(*given)}; open it "
            "with the encoder it was built with, or build it again"
        )


def _encoder(name: str, revision: str, dim: int) -> str:
    return f"{name} (revision {revision}, {dim} dimensions)"


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, xxhash.xxh3_128).hexdigest()
