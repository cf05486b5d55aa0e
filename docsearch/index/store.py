"""The records of an index in SQLite: documents, passages with vectors, facts; read here."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar, get_args
from urllib.parse import quote

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Row, Select, Table, create_engine, func, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from docsearch.errors import DocumentNotFoundError, IndexFileError
from docsearch.index.schema import DOCUMENTS, FOREVER, GROUPS, PASSAGES, PIECES, STATE, VECTORS
from docsearch.records import Document, Facts, Header, Heading, Level, Passage, Span, Unit

LATEST = FOREVER - 1
"""The state that is the newest at any time."""

BUSY: float = 30.0
"""Seconds that a reader waits for a file that is locked for a moment; arbitrary."""

_AT_ONCE = 500  # values in one statement; SQLite takes 32,766

ROW_VECTORS = np.dtype("<f4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One document of an index without its text: who it is and what it says of itself."""

    id: str
    path: str
    source: str
    sha256: str
    pipeline: int
    header: Header
    part: int = 0  # which document of its file it is, 0-based
    format: str = "text"
    confidence: float | None = None  # of the character recognition, for scans
    group: str | None = None  # id of the document shown for its group; None without duplicates


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRow:
    """One passage as it is stored; the vectors of its pieces stand under ``encoded``."""

    passage: Passage
    words: tuple[str, ...]
    encoded: tuple[bytes, ...]


class Store:
    """The records of one index as they were in one state, for reading."""

    def __init__(self, path: Path, *, at: int = LATEST) -> None:
        """Take the file.

        Args:
            path: the file.
            at: number of the state that is read.

        Raises:
            IndexFileError: there is no such file.
        """
        if not path.is_file():
            raise IndexFileError(
                f"{path}: this part of the index is missing; run `docsearch build`"
            )
        self.path = path
        self.at = at
        self._engine = create_engine("sqlite://", creator=self._connect, poolclass=NullPool)

    def _connect(self) -> sqlite3.Connection:
        mode = "mode=rw"
        if not os.access(self.path.parent, os.W_OK):
            # nobody writes here: without this SQLite would want to make its own files
            log = self.path.with_name(f"{self.path.name}-wal")
            mode = "mode=ro" if log.exists() else "immutable=1"
        uri = f"file:{quote(str(self.path))}?{mode}"
        return sqlite3.connect(uri, uri=True, timeout=BUSY, check_same_thread=False)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Yield a connection in one transaction; its errors are those of an index."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except msgspec.MsgspecError as error:
            raise IndexFileError(
                f"{self.path}: the records are of another version of docsearch ({error}); run "
                "`docsearch build` into a new folder"
            ) from error
        except DatabaseError as error:
            raise database_error(self.path, error) from error

    def _visible(self, table: Table = DOCUMENTS) -> ColumnElement[bool]:
        return (table.c.born <= self.at) & (table.c.died > self.at)

    def number(self) -> int:
        """Return the number of the newest state, whatever state is read here."""
        with self.connection() as connection:
            return int(connection.execute(select(STATE.c.number)).scalar_one())

    def count(self) -> tuple[int, int]:
        """Return the number of documents and of passages."""
        query = select(func.count(), func.coalesce(func.sum(DOCUMENTS.c.passages), 0))
        with self.connection() as connection:
            documents, passages = connection.execute(query.where(self._visible())).one()
            return documents, passages

    def entries(self, ids: Iterable[str] | None = None) -> tuple[Entry, ...]:
        """Return documents without their texts, by source, part and then id.

        Args:
            ids: which; None means all.

        Returns:
            Those of them that there are.
        """
        query = self._entries_query()
        found = [] if ids is not None else list(self._rows(query))
        for some in in_chunks(ids or ()):
            found += self._rows(query.where(DOCUMENTS.c.id.in_(some)))
        found.sort(key=lambda row: (row.source, row.part, row.id))
        with self.connection():  # a header that cannot be decoded is an error of this file
            return tuple(_entry(row) for row in found)

    def grouped(self) -> tuple[Entry, ...]:
        """Return the documents that have duplicates, in the order of ``entries``."""
        rows = self._rows(self._entries_query().where(GROUPS.c.shown.is_not(None)))
        return tuple(_entry(row) for row in sorted(rows, key=lambda r: (r.source, r.part, r.id)))

    def _entries_query(self) -> Select[tuple[object, ...]]:
        names = ("id", "path", "source", "sha256", "pipeline", "header", "part", "format")
        columns = [DOCUMENTS.c[name] for name in (*names, "confidence")]
        group = (GROUPS.c.document == DOCUMENTS.c.key) & self._visible(GROUPS)
        query: Select[tuple[object, ...]] = select(*columns, GROUPS.c.shown)
        return query.select_from(DOCUMENTS.outerjoin(GROUPS, group)).where(self._visible())

    def _rows(self, query: Select[tuple[object, ...]]) -> Sequence[Row[tuple[object, ...]]]:
        with self.connection() as connection:
            return connection.execute(query).all()

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all documents in the order of ``entries``; reads nothing else."""
        with self.connection() as connection:
            query = select(DOCUMENTS.c.id).where(self._visible()).order_by(*_ORDER)
            return tuple(connection.execute(query).scalars())

    def document(self, document_id: str) -> Document:
        """Return one document with its text.

        Args:
            document_id: its id.

        Returns:
            The document.

        Raises:
            DocumentNotFoundError: there is none with that id.
        """
        names = ("text", "source", "sha256", "pages", "first_page", "format", "part", "notes")
        columns = [DOCUMENTS.c[name] for name in (*names, "confidence")]
        query = select(*columns).where(DOCUMENTS.c.id == document_id, self._visible())
        with self.connection() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                raise DocumentNotFoundError(
                    f"there is no document {document_id!r}; `docsearch documents` lists them"
                )
            return Document(
                id=document_id,
                text=row.text,
                source=row.source,
                sha256=row.sha256,
                pages=msgspec.json.decode(row.pages, type=tuple[Span, ...]),
                first_page=row.first_page,
                format=row.format,
                part=row.part,
                confidence=row.confidence,
                notes=msgspec.json.decode(row.notes, type=tuple[str, ...]),
            )

    def outline(self, document_id: str) -> Unit:
        """Return the tree of one document."""
        query = select(DOCUMENTS.c.outline).where(DOCUMENTS.c.id == document_id, self._visible())
        with self.connection() as connection:
            return msgspec.json.decode(connection.execute(query).scalar_one(), type=Unit)

    def facts(self, ids: Iterable[str] | None = None) -> dict[str, Facts]:
        """Return the facts of documents, by id.

        Args:
            ids: which; None means all, in the order of ``entries``.

        Returns:
            Those of the documents that there are.
        """
        query = select(DOCUMENTS.c.id, DOCUMENTS.c.facts).where(self._visible()).order_by(*_ORDER)
        parts = (
            [query] if ids is None else [query.where(DOCUMENTS.c.id.in_(i)) for i in in_chunks(ids)]
        )
        with self.connection() as connection:
            return {
                row.id: msgspec.json.decode(row.facts, type=Facts)
                for part in parts
                for row in connection.execute(part)
            }

    def passages(self, rows: Sequence[int] | None = None) -> dict[int, Passage]:
        """Return passages by row; all of them when ``rows`` is None."""
        query = select(*_PASSAGE_COLUMNS).join_from(PASSAGES, DOCUMENTS).where(self._visible())
        parts = (
            [query]
            if rows is None
            else [query.where(PASSAGES.c.row.in_(r)) for r in in_chunks(rows)]
        )
        with self.connection() as connection:
            found = {
                row: _passage(*rest) for part in parts for row, *rest in connection.execute(part)
            }
        if rows is not None and len(found) < len(set(rows)):
            raise IndexFileError(
                f"{self.path}: the index has been built anew several times since it was opened; "
                "open it again"
            )
        return found

    def rows_of(self, documents: Iterable[str]) -> list[int]:
        """Return the rows of the passages of ``documents``, ascending."""
        query = select(PASSAGES.c.row).join_from(PASSAGES, DOCUMENTS).where(self._visible())
        rows: list[int] = []
        with self.connection() as connection:
            for ids in in_chunks(documents):
                rows += connection.execute(query.where(DOCUMENTS.c.id.in_(ids))).scalars()
        return sorted(rows)

    def all_rows(self) -> tuple[NDArray[np.int64], dict[str, tuple[int, int]]]:
        """Return the rows of all passages by document, and where each document's stand among them.

        Returns:
            Rows (n,), and by the id of each document the first and the one after its last place.
        """
        query = select(PASSAGES.c.row, DOCUMENTS.c.id).join_from(PASSAGES, DOCUMENTS)
        query = query.where(self._visible()).order_by(PASSAGES.c.document, PASSAGES.c.row)
        places: dict[str, tuple[int, int]] = {}
        rows: list[int] = []
        with self.connection() as connection:
            for row, document in connection.execute(query):
                places[document] = (places.get(document, (len(rows), 0))[0], len(rows) + 1)
                rows.append(row)
        return np.array(rows, dtype=np.int64), places

    def texts(self, documents: Iterable[str], *, longest: int | None = None) -> dict[str, str]:
        """Return the texts of documents, by id; of each at most its ``longest`` code points."""
        text = DOCUMENTS.c.text if longest is None else func.substr(DOCUMENTS.c.text, 1, longest)
        query = select(DOCUMENTS.c.id, text.label("text")).where(self._visible())
        with self.connection() as connection:
            return {
                row.id: row.text
                for ids in in_chunks(documents)
                for row in connection.execute(query.where(DOCUMENTS.c.id.in_(ids)))
            }

    @cached_property
    def entry_by_id(self) -> dict[str, Entry]:
        """All documents without their texts, by id; read once."""
        return {entry.id: entry for entry in self.entries()}

    # What a build derives the other parts from

    def gone_since(self, state: int) -> tuple[list[str], list[int]]:
        """Return what a state had and this one has not: ids of documents, rows of passages."""
        gone = (DOCUMENTS.c.died > state) & (DOCUMENTS.c.died <= self.at)
        gone &= DOCUMENTS.c.born <= state
        with self.connection() as connection:
            ids = connection.execute(select(DOCUMENTS.c.id).where(gone)).scalars()
            rows = select(PASSAGES.c.row).join_from(PASSAGES, DOCUMENTS).where(gone)
            return sorted(ids), sorted(connection.execute(rows).scalars())

    def passage_rows(self, since: int = 0) -> Iterator[tuple[int, PassageRow, Header]]:
        """Yield the passages that came after a state, by row, with the headers of their documents.

        Args:
            since: number of the state; 0 means all passages.

        Yields:
            tuple[int, PassageRow, Header]: row, passage, header.
        """
        keys = select(DOCUMENTS.c.key, DOCUMENTS.c.header)
        keys = keys.where(self._visible(), DOCUMENTS.c.born > since).order_by(DOCUMENTS.c.key)
        columns = (*_PASSAGE_COLUMNS, PASSAGES.c.words)
        query = select(*columns).join_from(PASSAGES, DOCUMENTS).order_by(PASSAGES.c.row)
        pieces = select(PIECES.c.row, PIECES.c.encoded).join_from(PIECES, PASSAGES)
        pieces = pieces.order_by(PIECES.c.row, PIECES.c.number)
        with self.connection() as connection:
            for document in connection.execute(keys).all():
                header = msgspec.json.decode(document.header, type=Header)
                encoded: dict[int, list[bytes]] = {}
                for row, key in connection.execute(
                    pieces.where(PASSAGES.c.document == document.key)
                ):
                    encoded.setdefault(row, []).append(key)
                own = query.where(PASSAGES.c.document == document.key)
                for row, *values, words in connection.execute(own):
                    stored = PassageRow(
                        passage=_passage(*values),
                        words=tuple(words.split()),
                        encoded=tuple(encoded.get(row, ())),
                    )
                    yield row, stored, header

    def vectors(
        self, dim: int, *, since: int = 0, rows: Sequence[int] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the vectors of the pieces of passages, by row.

        Args:
            dim: length of a vector.
            since: only of passages that came after this state.
            rows: only of these; None means all.

        Returns:
            Rows (n,), ascending, a row once for each of its pieces, and their vectors (n, dim).

        Raises:
            IndexFileError: a vector is missing or of another length.
        """
        query = select(PASSAGES.c.row, VECTORS.c.vector).select_from(
            PASSAGES.join(DOCUMENTS)
            .outerjoin(PIECES, PIECES.c.row == PASSAGES.c.row)
            .outerjoin(VECTORS, VECTORS.c.encoded == PIECES.c.encoded)
        )
        query = query.where(self._visible(), DOCUMENTS.c.born > since)
        # by an expression for what came since: in the order of their key all passages are read
        row = PASSAGES.c.row + 0 if since else PASSAGES.c.row
        query = query.order_by(row, PIECES.c.number)
        parts = (
            [query]
            if rows is None
            else [query.where(PASSAGES.c.row.in_(r)) for r in in_chunks(rows)]
        )
        numbers: list[int] = []
        data = bytearray()
        with self.connection() as connection:
            for part in parts:
                for row, vector in connection.execute(part):
                    if vector is None or len(vector) != dim * ROW_VECTORS.itemsize:
                        raise IndexFileError(
                            f"{self.path}: the vector of a passage is missing; run "
                            "`docsearch doctor --repair`"
                        )
                    numbers.append(row)
                    data += vector
        found = np.array(numbers, dtype=np.int64)
        values = np.frombuffer(data, dtype=ROW_VECTORS).reshape(len(numbers), dim)
        values = values.astype(np.float32, copy=False)
        if np.all(found[1:] >= found[:-1]):
            return found, values
        order = np.argsort(found, kind="stable")
        return found[order], values[order]


_ORDER = (DOCUMENTS.c.source, DOCUMENTS.c.part, DOCUMENTS.c.id)
_PASSAGE_COLUMNS = (
    *(PASSAGES.c[name] for name in ("row", "id", "start", "end", "level", "text", "headings")),
    DOCUMENTS.c.id.label("document_id"),
)

_Value = TypeVar("_Value")


def in_chunks(values: Iterable[_Value]) -> Iterator[list[_Value]]:
    """Yield values in lists that one statement takes."""
    listed = list(values)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]


def database_error(path: Path, error: DatabaseError) -> IndexFileError:
    """Return what an error of SQLite means for the user of an index."""
    found = str(error.orig)
    if "full" in found:
        return IndexFileError(
            f"{path}: the disk is full; make room and run `docsearch build` again. The index is as "
            "it was"
        )
    if "readonly" in found or "unable to open" in found:
        return IndexFileError(f"{path}: cannot be written ({found}); name another folder")
    return IndexFileError(
        f"{path}: this part of the index is damaged, the records cannot be read ({found}); run "
        "`docsearch build` with the documents' folder"
    )


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(
        id=row.id,
        path=row.path,
        source=row.source,
        sha256=row.sha256,
        pipeline=row.pipeline,
        header=msgspec.json.decode(row.header, type=Header),
        part=row.part,
        format=row.format,
        confidence=row.confidence,
        group=row.shown,
    )


_HEADINGS: Final = msgspec.json.Decoder(tuple[Heading, ...])
_LEVELS: Final[dict[str, Level]] = {level: level for level in get_args(Level)}


def _level(stored: str) -> Level:
    if stored not in _LEVELS:
        raise msgspec.ValidationError(f"a level {stored!r}")
    return _LEVELS[stored]


def _passage(
    id: str, start: int, end: int, level: str, text: str, headings: str, document_id: str
) -> Passage:
    """Return a passage of the values of ``_PASSAGE_COLUMNS``, but for its row."""
    return Passage(
        id=id,
        document_id=document_id,
        span=Span(start, end),
        text=text,
        headings=_HEADINGS.decode(headings),
        level=_level(level),
    )
