"""The files of a corpus."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from docsearch.errors import SourceError

MAX_BYTES: Final = 64 * 1024 * 1024
"""Largest file that is read. Arbitrary: a thousand times the largest of our corpus."""

MANIFEST: Final = "manifest.jsonl"
"""A file of this name describes a corpus and is not a document of it."""


def find_files(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """Return the files under ``paths`` and the name that each is known by.

    Args:
        paths: files and folders. A folder is walked to the bottom; hidden files, corpus
            manifests and links that lead out of the folder are left out.

    Returns:
        ``(file, source)`` sorted by source; ``source`` is the path below the folder that was
        given, with "/", or the name of a file that was given itself. A file appears once.

    Raises:
        SourceError: a path does not exist.
    """
    found: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            for file in _walk(path):
                found.setdefault(file.resolve(), file.relative_to(path).as_posix())
        elif path.exists():
            found.setdefault(path.resolve(), path.name)
        else:
            raise SourceError(str(path), "there is no such file or folder; name an existing one")
    return sorted(found.items(), key=lambda item: (item[1], str(item[0])))


def _walk(folder: Path) -> Iterable[Path]:
    top = folder.resolve()
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(root) / name
            if name.startswith(".") or name == MANIFEST:
                continue
            if file.is_symlink() and not file.resolve().is_relative_to(top):
                continue
            yield file
