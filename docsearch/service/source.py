"""The index that requests are answered from."""

from __future__ import annotations

import logging
import os
import threading
from os import PathLike
from pathlib import Path
from typing import Final

from docsearch.encode import Encoder
from docsearch.errors import DocsearchError, IndexFileError
from docsearch.index import manifest
from docsearch.library import INDEX, Index, open_index

VARIABLE: Final = "DOCSEARCH_INDEX"
"""The environment variable that names the index where the program does not."""

_log = logging.getLogger(__name__)

Stamp = tuple[int, int, int]


class IndexSource:
    """An index that was handed over, or the one in a folder.

    A folder is opened when it is first needed. When a build has put a new generation in force, the
    new one is opened aside and takes the place of the old one when all of it is loaded: until
    then requests are answered from the old one. Safe to use from several threads.
    """

    def __init__(
        self,
        index: Index | None = None,
        *,
        folder: str | PathLike[str] | None = None,
        encoder: str | Encoder | None = None,
    ) -> None:
        self.folder = Path(folder or os.environ.get(VARIABLE) or INDEX)
        self.reloads = 0
        self._given = index
        self._encoder = encoder
        self._opened: tuple[Stamp | None, Index] | None = None
        self._failed: Stamp | None = None  # a generation that could not be opened
        self._opening = threading.Lock()
        self._aside = threading.Lock()  # held while a thread opens a newer generation

    @property
    def opened(self) -> Index | None:
        """The index as it was last opened; None before that. Opens nothing."""
        if self._given is not None:
            return self._given
        return self._opened[1] if self._opened else None

    def at_hand(self) -> Index | None:
        """Return the index where that costs no time; None where it has to be opened.

        Returns:
            The newest index that is loaded; a newer one on disk begins to be loaded aside.
        """
        if self._given is not None:
            return self._given
        opened, stamp = self._opened, self._stamp()
        if opened is None or stamp is None:
            return None
        if opened[0] != stamp and stamp != self._failed and self._aside.acquire(blocking=False):
            threading.Thread(target=self._reload_aside, name="reload", daemon=True).start()
        return opened[1]

    def current(self) -> Index:
        """Return the index, opened when that is needed.

        Returns:
            The newest index that is loaded; the one that is in the folder when none is.

        Raises:
            IndexFileError: there is none in the folder, or it cannot be opened here.
        """
        return self.at_hand() or self.newest()

    def newest(self) -> Index:
        """Return the index of the newest build; waits until it is loaded.

        Returns:
            The index.

        Raises:
            IndexFileError: there is none in the folder, or it cannot be opened here.
        """
        if self._given is not None:
            return self._given
        with self._opening:
            stamp = self._stamp()
            opened = self._opened
            if opened is None or stamp is None or opened[0] != stamp:
                opened = stamp, self._open()
                self.reloads += self._opened is not None
                self._opened = opened
            return opened[1]

    def _reload_aside(self) -> None:
        stamp = self._stamp()
        try:
            self.newest()
        except DocsearchError as error:
            self._failed = stamp
            _log.warning("the newest index cannot be opened, the one before it stays: %s", error)
        finally:
            self._aside.release()

    def _open(self) -> Index:
        try:
            return open_index(self.folder, encoder=self._encoder).load()
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
