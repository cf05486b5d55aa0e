"""Replies of models that were had before, in a file beside the index.

A reply is kept as the model wrote it and verified again each time; a folder that cannot be
written only means that nothing is kept.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docsearch.generate.prompt import VERSION, Prompt
from docsearch.index.manifest import NAME

FILE: Final = ".model-replies.sqlite"
MOST: Final = 2_000
"""Replies that are kept; the oldest go first."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One reply as it was written; passages are named as in its prompt."""

    text: str
    structured: bool


def reply_key(question: str, folder: Path, prompt: Prompt, model: str) -> str:
    """Return what a reply is kept under: question, index, model, version and passages given."""
    digest = hashlib.sha256()
    try:
        index = (folder / NAME).read_bytes()
    except OSError:
        index = b""
    given = "\n".join(
        f"{each.document}#{each.pieces[-1].start}+{len(each.pieces[-1].text)}"
        for each in prompt.given
    )
    for part in (question, model, VERSION, given):
        digest.update(part.encode() + b"\0")
    digest.update(index)
    return digest.hexdigest()


class ReplyCache:
    """The replies in one index folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def get(self, key: str) -> Reply | None:
        """Return the reply that is kept under a key."""
        if not self.path.is_file():
            return None
        try:
            with self._connection() as connection:
                row = connection.execute(
                    "SELECT text, structured FROM replies WHERE key = ?", (key,)
                ).fetchone()
        except sqlite3.Error as error:
            _log.info("%s: not read (%s)", self.path, error)
            return None
        return Reply(text=row[0], structured=bool(row[1])) if row else None

    def put(self, key: str, reply: Reply) -> None:
        """Keep a reply."""
        try:
            with self._connection() as connection:
                connection.execute(
                    "INSERT OR REPLACE INTO replies (key, text, structured) VALUES (?, ?, ?)",
                    (key, reply.text, int(reply.structured)),
                )
                connection.execute(
                    "DELETE FROM replies WHERE rowid <= (SELECT max(rowid) FROM replies) - ?",
                    (MOST,),
                )
        except sqlite3.Error as error:
            _log.info("%s: not kept (%s)", self.path, error)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=2.0)) as connection, connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS replies "
                "(key TEXT PRIMARY KEY, text TEXT NOT NULL, structured INTEGER NOT NULL)"
            )
            yield connection
