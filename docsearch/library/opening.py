"""Build an index, open one."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docsearch.encode import Encoder, load_encoder
from docsearch.index.snapshot import open_snapshot
from docsearch.library.index import Index, StrPath

if TYPE_CHECKING:
    from docsearch.index.build import BuildReport, Progress

CORPUS: Final = "corpus"
INDEX: Final = "index"


def build(
    paths: StrPath | Sequence[StrPath] = CORPUS,
    index: StrPath = INDEX,
    *,
    encoder: str | Encoder | None = None,
    prune: bool = False,
    progress: Progress | None = None,
) -> Index:
    """Read documents into an index and open it; only what changed is done again.

    Args:
        paths: files and folders.
        index: the folder of the index.
        encoder: its name, or the encoder itself; None means DOCSEARCH_ENCODER or the offline one.
        prune: remove documents that are not under ``paths``.
        progress: called with a step's name, how much is done and how much there is.

    Returns:
        The index. Files that could not be read are left out; ``build_report`` names them.

    Raises:
        DocsearchError: nothing could be read, or the index cannot be written.
    """
    model = _encoder(encoder)
    build_report(paths, index, encoder=model, prune=prune, progress=progress)
    return Index(open_snapshot(Path(index), model))


def build_report(
    paths: StrPath | Sequence[StrPath] = CORPUS,
    index: StrPath = INDEX,
    *,
    encoder: str | Encoder | None = None,
    prune: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Read documents into an index and return what was done; the arguments are ``build``'s."""
    from docsearch.index.build import build_index  # all the readers: not needed for asking

    given = [paths] if isinstance(paths, (str, PathLike)) else list(paths)
    return build_index(
        [Path(path) for path in given],
        Path(index),
        encoder=_encoder(encoder),
        prune=prune,
        progress=progress,
    )


def open_index(index: StrPath = INDEX, *, encoder: str | Encoder | None = None) -> Index:
    """Open an index; ``docsearch.open`` is this function.

    Args:
        index: its folder.
        encoder: as for ``build``; it must be the one that the index was built with.

    Returns:
        The index.

    Raises:
        IndexFileError: there is no index, it is damaged, or the encoder is another one.
    """
    return Index(open_snapshot(Path(index), _encoder(encoder)))


def _encoder(encoder: str | Encoder | None) -> Encoder:
    return load_encoder(encoder) if encoder is None or isinstance(encoder, str) else encoder
