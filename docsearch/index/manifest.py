"""What an index folder was made from; compared before it is used.

```text
index/
├─ manifest.json     names the generation in force; replaced in one step when a build is done
├─ .lock             held by the process that builds
└─ generation-N/
   ├─ records.sqlite documents, passages, facts and vectors: the index; the rest is derived
   ├─ lexical/       tantivy
   ├─ vectors.faiss
   └─ language.json  syllables and words of the corpus
```
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import msgspec

from docsearch.errors import EncoderMismatchError, IndexFileError, IndexVersionError

FORMAT: Final = 2
"""Format of the folder; raised when an older docsearch could not read a newer index."""

PIPELINE: Final = 5
"""Version of reading, parsing and facts; documents of another version are read again."""

NAME: Final = "manifest.json"

# The files of a generation.
RECORDS: Final = "records.sqlite"
LEXICAL: Final = "lexical"
VECTORS: Final = "vectors.faiss"
LANGUAGE: Final = "language.json"

TEXT: Final = "NFC"
FULL_CHECK: Final = 64 * 1024 * 1024
"""Bytes up to which every file's checksum is compared at opening; beyond, the sizes are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """Size in bytes and SHA-256 of one file of a generation."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the files beside it contain."""

    format: int
    pipeline: int
    generation: int
    text: str  # normalisation of the documents' texts
    encoder: str
    revision: str
    dim: int
    documents: int
    passages: int
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
    with temporary.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(asdict(manifest)), indent=1))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / NAME)


def describe_files(generation: Path) -> dict[str, FileState]:
    """Return the state of every file below ``generation``, by its path below it."""
    return {
        path.relative_to(generation).as_posix(): FileState(
            bytes=path.stat().st_size, sha256=_sha256(path)
        )
        for path in sorted(generation.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def check_files(folder: Path, manifest: Manifest, *, full: bool | None = None) -> None:
    """Compare the files of the generation in force with the manifest.

    Args:
        folder: the index folder.
        manifest: its manifest.
        full: compare checksums; None means only when the index is small.

    Raises:
        IndexFileError: a file is missing or differs; the first is named.
    """
    total = sum(state.bytes for state in manifest.files.values())
    full = total <= FULL_CHECK if full is None else full
    for name, state in manifest.files.items():
        path = folder / manifest.folder / name
        if not path.is_file():
            raise IndexFileError(f"{path}: this part of the index is missing; {_REPAIR}")
        if path.stat().st_size != state.bytes or (full and _sha256(path) != state.sha256):
            raise IndexFileError(f"{path}: this part of the index is damaged; {_REPAIR}")


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


_REPAIR: Final = "run `docsearch build` to make the index again"


def _encoder(name: str, revision: str, dim: int) -> str:
    return f"{name} (revision {revision}, {dim} dimensions)"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
