"""The files of a corpus."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docsearch.errors import SourceError

MAX_BYTES: Final = 512 * 1024 * 1024
"""Largest file that is read. Arbitrary: a scan of a thousand pages has half of it."""

MAX_TEXT_BYTES: Final = 64 * 1024 * 1024
"""Largest text file or web page. Arbitrary: a thousand times the largest of our corpus."""

MANIFEST: Final = "manifest.jsonl"
"""A file of this name describes a corpus and is not a document of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What lies under the paths that were given."""

    files: tuple[tuple[Path, str], ...]  # (file, source), sorted by source
    refused: tuple[SourceError, ...]  # what is not followed or not a file


def find_files(paths: Iterable[Path]) -> Found:
    """Return the files under ``paths`` and the name that each is known by.

    Args:
        paths: files and folders. A folder is walked to the bottom; hidden files and corpus
            manifests are left out. A link that leads out of the folder is refused.

    Returns:
        Each file once. ``source`` is the path below the folder that was given, with "/", or the
        name of a file that was given itself; bytes that are no text, and control characters, are
        written "%E1".

    Raises:
        SourceError: a path does not exist.
    """
    found: dict[Path, str] = {}
    refused: list[SourceError] = []
    for path in paths:
        if path.is_dir():
            for file in _walk(path, refused):
                found.setdefault(file.resolve(), readable(file.relative_to(path).as_posix()))
        elif path.exists():
            found.setdefault(path.resolve(), readable(path.name))
        else:
            raise SourceError(
                readable(str(path)), "there is no such file or folder; name an existing one"
            )
    files = sorted(found.items(), key=lambda item: (item[1], str(item[0])))
    return Found(files=tuple(files), refused=tuple(refused))


def readable(name: str) -> str:
    """Return a file's name as text that can be stored and printed.

    Args:
        name: as the system gives it; bytes that are no text stand in it as lone surrogates.

    Returns:
        The name; those bytes and control characters as "%" and two hexadecimal digits.
    """
    if name.isprintable():
        return name
    written = []
    for character in name:
        if character.isprintable():
            written.append(character)
        else:
            data = character.encode("utf-8", "surrogateescape")
            written.append("".join(f"%{byte:02X}" for byte in data))
    return "".join(written)


def _walk(folder: Path, refused: list[SourceError]) -> Iterator[Path]:
    top = folder.resolve()

    def failed(error: OSError) -> None:
        where = readable(os.path.relpath(error.filename, folder))
        refused.append(SourceError(where, f"cannot be opened ({error.strerror})"))

    for root, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for name in sorted([*names, *links]):
            file = Path(root) / name
            if name.startswith(".") or name == MANIFEST:
                continue
            if file.is_symlink():
                target = file.resolve()
                source = readable(file.relative_to(folder).as_posix())
                if not target.exists():
                    refused.append(SourceError(source, "a link to a file that is not there"))
                    continue
                if not target.is_relative_to(top):
                    refused.append(
                        SourceError(
                            source, "a link that leads out of the folder; name its target itself"
                        )
                    )
                    continue
                if target.is_dir():
                    continue  # its files are found where they lie
            yield file


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells that a file was changed."""

    size: int
    changed: int  # nanoseconds
    inode: int


def stamp(path: Path, name: str) -> Stamp:
    """Return the state of a regular file.

    Args:
        path: the file.
        name: the name it is known by, for messages.

    Returns:
        Its state.

    Raises:
        SourceError: it is no regular file, too large, or cannot be looked at.
    """
    try:
        state = path.stat()
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        raise SourceError(name, f"cannot be opened ({said})") from error
    if not stat.S_ISREG(state.st_mode):
        raise SourceError(name, "not a regular file")
    if state.st_size > MAX_BYTES:
        raise SourceError(name, f"{state.st_size} bytes; at most {MAX_BYTES} are read")
    return Stamp(state.st_size, state.st_mtime_ns, state.st_ino)
