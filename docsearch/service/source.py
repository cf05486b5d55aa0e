"""The index that requests are answered from."""

from __future__ import annotations

import os
import threading
from os import PathLike
from pathlib import Path
from typing import Final

from docsearch.errors import DocsearchError, IndexFileError
from docsearch.index import manifest
from docsearch.library import INDEX, Index, open_index

VARIABLE: Final = "DOCSEARCH_INDEX"
"""The environment variable that names the index where the program does not."""

Stamp = tuple[int, int, int]


class IndexSource:
    """An index that was handed over, or the one in a folder.

    A folder is opened when it is first needed and again when its manifest was replaced, so that a
    running service answers from the newest build. Safe to use from several threads.
    """

    def __init__(
        self,
        index: Index | None = None,
        *,
        folder: str | PathLike[str] | None = None,
        encoder: str | None = None,
    ) -> None:
        self.folder = Path(folder or os.environ.get(VARIABLE) or INDEX)
        self._given = index
        self._encoder = encoder
        self._opened: tuple[Stamp | None, Index] | None = None
        self._lock = threading.Lock()

    @property
    def opened(self) -> Index | None:
        """The index as it was last opened; None before that. Opens nothing."""
        if self._given is not None:
            return self._given
        return self._opened[1] if self._opened else None

    def current(self) -> Index:
        """Return the index, opened when that is needed.

        Returns:
            The index of the newest build.

        Raises:
            IndexFileError: there is none in the folder, or it cannot be opened here.
        """
        if self._given is not None:
            return self._given
        with self._lock:
            stamp = self._stamp()
            if self._opened is None or self._opened[0] != stamp:
                self._opened = None
                self._opened = (stamp, self._open())
            return self._opened[1]

    def _open(self) -> Index:
        try:
            return open_index(self.folder, encoder=self._encoder)
        except IndexFileError:
            raise
        except DocsearchError as error:  # its encoder is unknown or not installed
            raise IndexFileError(f"{self.folder}: {error}") from error

    def _stamp(self) -> Stamp | None:
        try:
            state = (self.folder / manifest.NAME).stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_ino, state.st_size
