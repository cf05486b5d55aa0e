"""The folders of an index's derived parts: what changed is written, the rest is linked."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

GRACE: Final = 120.0
"""Seconds for which a generation is kept after the next one came; those who opened it may still
read it. The last but one is kept in any case. Arbitrary: a hundred times the longest question."""

_CHANGED_IN_PLACE: Final = ("meta.json", ".managed.json")  # tantivy; all else is written once


def new_generation(folder: Path, number: int) -> Path:
    """Make and return the folder of a generation."""
    generation = folder / f"generation-{number}"
    shutil.rmtree(generation, ignore_errors=True)
    generation.mkdir()
    return generation


def link_part(source: Path, target: Path) -> None:
    """Make a file or folder with the content of another, of links where the disk has links.

    Args:
        source: a file, or a folder of files.
        target: is not there yet; its parent is.
    """
    if source.is_dir():
        target.mkdir()
        for path in sorted(source.iterdir()):
            if not path.name.endswith(".lock"):
                link_part(path, target / path.name)
        return
    if source.name in _CHANGED_IN_PLACE:
        shutil.copyfile(source, target)
        return
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copyfile(source, target)


def sync_files(generation: Path) -> None:
    """Have the new files of a generation written to the disk."""
    for path in generation.rglob("*"):
        if path.is_file() and path.stat().st_nlink == 1:
            with path.open("rb") as file:
                os.fsync(file.fileno())


def kept_generations(folder: Path, current: int) -> list[int]:
    """Return the generations that somebody may be reading, ascending, the current one among them.

    Args:
        folder: the index folder.
        current: the number of the generation in force.

    Returns:
        Their numbers.
    """
    numbers = sorted(number for number in generations(folder) if number <= current)
    kept = []
    for number, following in zip(numbers, [*numbers[1:], current], strict=True):
        if (
            number == current
            or following == current
            or time.time() - (folder / f"generation-{following}").stat().st_mtime < GRACE
        ):
            kept.append(number)
    return kept


def generations(folder: Path) -> list[int]:
    """Return the numbers of the generations whose folders are there, ascending."""
    names = (path.name.removeprefix("generation-") for path in folder.glob("generation-*"))
    return sorted(int(name) for name in names if name.isdecimal())


def remove_generations(folder: Path, keep: Sequence[int]) -> None:
    """Remove the folders of all generations but those in ``keep``."""
    for number in generations(folder):
        if number not in keep:
            shutil.rmtree(folder / f"generation-{number}", ignore_errors=True)
