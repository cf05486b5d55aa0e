"""The records of an index, for writing: one transaction a document.

Everything that later builds need to know of a document without reading it again (its sketch, the
people it names, the words it counts) is written and taken away in the same transaction.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, create_engine, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from docsearch.errors import IndexVersionError
from docsearch.index.identity import Signed, name_starts, signed_places
from docsearch.index.language import KINDS, MAX_BIGRAMS, Counts, count
from docsearch.index.schema import (
    ALIKE,
    BANDS,
    COUNTS,
    DOCUMENTS,
    FOREVER,
    GROUPS,
    METADATA,
    NAMED,
    PASSAGES,
    PIECES,
    SIGNERS,
    STATE,
    UNSETTLED,
    VECTORS,
)
from docsearch.index.sketches import bands, sketch
from docsearch.index.store import BUSY, ROW_VECTORS, PassageRow, Store, in_chunks
from docsearch.records import Document, Facts, Header, Passage, Unit

TABLES: Final = 2
"""Version of the tables, kept in SQLite's ``user_version``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A document of the records as the next build knows it again."""

    key: int
    id: str
    path: str
    source: str
    sha256: str
    pipeline: int
    part: int


class Records(Store):
    """The newest state of the records; one object writes at a time."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Args:
            path: the file.

        Raises:
            IndexFileError: it cannot be read or written.
            IndexVersionError: another version of docsearch wrote it.
        """
        if not path.exists():
            path.touch()
        super().__init__(path)
        self._changed = False
        self._engine = create_engine("sqlite://", creator=self._connect, poolclass=StaticPool)
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _connect(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(self.path, timeout=BUSY, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.DatabaseError as error:
            raise DatabaseError("", None, error) from error
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def _open(self) -> None:
        with self.connection() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if version == 0:
                METADATA.create_all(connection)
                if connection.execute(select(STATE.c.number)).one_or_none() is None:
                    values = {"number": 0, "name": secrets.token_hex(8), "open": 1}
                    connection.execute(insert(STATE).values(values))
                connection.exec_driver_sql(f"PRAGMA user_version = {TABLES}")
            elif version != TABLES:
                raise IndexVersionError(
                    f"{self.path}: the records have version {version}, this docsearch reads "
                    f"{TABLES}; build into a new folder",
                    older=version < TABLES,
                )

    def close(self) -> None:
        """Close the file; the object is not used any more."""
        self._engine.dispose()

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """Yield a connection in one transaction that changes something."""
        with self.connection() as connection:
            if not self._changed:
                connection.execute(update(STATE).values(open=1))
                self._changed = True
            yield connection

    def settle(self) -> bool:
        """Note that a build is done, and bring everything that was written into the one file.

        Returns:
            Whether the file now holds all: not where a reader was in the way.
        """
        with self.connection() as connection:
            connection.execute(update(STATE).values(open=0))
        self._changed = False
        with self.connection() as connection:
            busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        return not busy

    # What is known of the files

    def name(self) -> str:
        """Return the name of these records, which no others have."""
        with self.connection() as connection:
            return str(connection.execute(select(STATE.c.name)).scalar_one())

    def of_file(self, path: str) -> tuple[Known, ...]:
        """Return the documents of a file, by their part."""
        return self._known(DOCUMENTS.c.path == path)

    def of_content(self, source: str, sha256: str) -> tuple[Known, ...]:
        """Return the documents of one file with this content, wherever it lay, by their part."""
        found = self._known((DOCUMENTS.c.sha256 == sha256) & (DOCUMENTS.c.source == source))
        return tuple(known for known in found if known.path == found[0].path)

    def known(self) -> tuple[Known, ...]:
        """Return all documents, by path and part."""
        return self._known()

    def _known(self, *conditions: object) -> tuple[Known, ...]:
        names = ("key", "id", "path", "source", "sha256", "pipeline", "part")
        query = select(*(DOCUMENTS.c[name] for name in names))
        query = query.where(self._visible(), *conditions)  # type: ignore[arg-type]
        query = query.order_by(DOCUMENTS.c.path, DOCUMENTS.c.part, DOCUMENTS.c.id)
        with self.connection() as connection:
            return tuple(Known(**row._mapping) for row in connection.execute(query))

    def __contains__(self, document_id: object) -> bool:
        """Tell whether there is a document of that id."""
        query = select(DOCUMENTS.c.key).where(DOCUMENTS.c.id == document_id, self._visible())
        with self.connection() as connection:
            return connection.execute(query).first() is not None

    # Documents

    def put(
        self,
        document: Document,
        *,
        path: str,
        pipeline: int,
        header: Header,
        outline: Unit,
        facts: Facts,
        passages: Sequence[PassageRow],
    ) -> None:
        """Store one document with everything found in it, in one transaction.

        Args:
            document: the document; one of the same id is replaced. Bold lines are not kept.
            path: the file it came from.
            pipeline: version of the stages that made the rest.
            header: what it says of itself.
            outline: its tree.
            facts: what was found in it.
            passages: its passages; their vectors are there.
        """
        made = sketch(document.text)
        with self.changing() as connection:
            state = next_state(connection)
            _remove(connection, document.id, state)
            values = {
                "born": state,
                "died": FOREVER,
                "id": document.id,
                "path": path,
                "part": document.part,
                "source": document.source,
                "sha256": document.sha256,
                "pipeline": pipeline,
                "text": document.text,
                "pages": _json(document.pages),
                "first_page": document.first_page,
                "format": document.format,
                "confidence": document.confidence,
                "notes": _json(document.notes),
                "sketch": made,
                "header": _json(header),
                "outline": _json(outline),
                "facts": _json(facts),
                "passages": len(passages),
            }
            connection.execute(insert(DOCUMENTS).values(values))
            key = int(connection.exec_driver_sql("SELECT last_insert_rowid()").scalar_one())
            _put_passages(connection, key, passages)
            _put_traces(connection, key, document.text, header, made)
            counts = count((row.passage.text, row.words) for row in passages)
            _add_counts(connection, counts, 1)

    def remove(self, document_id: str) -> None:
        """Remove one document and its passages, in one transaction; none of that id is no error."""
        with self.changing() as connection:
            _remove(connection, document_id, next_state(connection))

    # Vectors

    def put_vectors(self, encoded: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
        """Store vectors, in one transaction: row i of ``vectors`` (n, dim) under ``encoded[i]``."""
        rows = [
            {"encoded": key, "vector": vector.astype(ROW_VECTORS).tobytes()}
            for key, vector in zip(encoded, vectors, strict=True)
        ]
        with self.changing() as connection:
            if rows:
                connection.execute(upsert(VECTORS).prefix_with("OR IGNORE"), rows)

    def lacking(self, encoded: Iterable[bytes]) -> set[bytes]:
        """Return those of the keys under which no vector is stored."""
        wanted = set(encoded)
        with self.connection() as connection:
            for some in in_chunks(sorted(wanted)):
                query = select(VECTORS.c.encoded).where(VECTORS.c.encoded.in_(some))
                wanted.difference_update(connection.execute(query).scalars())
        return wanted

    def put_keys(self, keys: Mapping[int, Sequence[bytes]]) -> None:
        """Replace the keys of the vectors of passages, by row, in one transaction."""
        with self.changing() as connection:
            for some in in_chunks(keys):
                connection.execute(delete(PIECES).where(PIECES.c.row.in_(some)))
            _put_pieces(connection, keys)

    # Places

    def signed(self, starts: Collection[str]) -> frozenset[Signed]:
        """Return who signs for which place, of those whose names begin so (``name_starts``)."""
        found: set[Signed] = set()
        with self.connection() as connection:
            for some in in_chunks(sorted(starts)):
                query = select(SIGNERS.c.name, SIGNERS.c.place).where(SIGNERS.c.start.in_(some))
                found.update(Signed(row.name, row.place) for row in connection.execute(query))
        return frozenset(found)

    def unsettled(self) -> tuple[Known, ...]:
        """Return the documents whose place may be another since it was inferred."""
        return self._known(DOCUMENTS.c.key.in_(select(UNSETTLED.c.document)))

    def settled(self, key: int) -> None:
        """Note that the place of a document is right."""
        with self.changing() as connection:
            connection.execute(delete(UNSETTLED).where(UNSETTLED.c.document == key))

    # Counts

    def counts(self) -> Counts:
        """Return the counts over all passages; of the bigrams, the most frequent."""
        counts: Counts = {}
        query = select(COUNTS.c.token, COUNTS.c.number)
        query = query.order_by(COUNTS.c.number.desc(), COUNTS.c.token).limit(MAX_BIGRAMS)
        with self.connection() as connection:
            for kind in KINDS:
                whole = query.limit(None) if kind != "bigram" else query
                rows = connection.execute(whole.where(COUNTS.c.kind == kind))
                counts[kind] = {row.token: row.number for row in rows}
        return counts

    def numbers(self, tokens: Mapping[str, Iterable[str]]) -> Counts:
        """Return the numbers of some tokens, by kind; 0 for those that are gone."""
        found: Counts = {kind: dict.fromkeys(tokens.get(kind, ()), 0) for kind in KINDS}
        with self.connection() as connection:
            for kind, numbers in found.items():
                for some in in_chunks(list(numbers)):
                    query = select(COUNTS.c.token, COUNTS.c.number)
                    query = query.where(COUNTS.c.kind == kind, COUNTS.c.token.in_(some))
                    numbers |= {row.token: row.number for row in connection.execute(query)}
        return found

    def counted_since(self, state: int) -> Iterator[Counts]:
        """Yield the counts over each document that came or went after a state."""
        changed = (DOCUMENTS.c.born > state) | (DOCUMENTS.c.died != FOREVER)
        changed &= DOCUMENTS.c.died > state
        with self.connection() as connection:
            for key in connection.execute(select(DOCUMENTS.c.key).where(changed)).scalars().all():
                yield count(_passages(connection, key))

    # Housekeeping

    def forget(self, state: int) -> None:
        """Delete what no reader of ``state`` or a later one can see."""
        gone = select(DOCUMENTS.c.key).where(DOCUMENTS.c.died <= state)
        with self.changing() as connection:
            rows = select(PASSAGES.c.row).where(PASSAGES.c.document.in_(gone))
            old = select(PIECES.c.encoded).where(PIECES.c.row.in_(rows))
            encoded = set(connection.execute(old).scalars())
            connection.execute(delete(PIECES).where(PIECES.c.row.in_(rows)))
            connection.execute(delete(GROUPS).where(GROUPS.c.died <= state))
            connection.execute(delete(GROUPS).where(GROUPS.c.document.in_(gone)))
            connection.execute(delete(PASSAGES).where(PASSAGES.c.document.in_(gone)))
            connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.died <= state))
            for some in in_chunks(sorted(encoded)):
                used = select(PIECES.c.encoded).where(PIECES.c.encoded.in_(some))
                unused = set(some) - set(connection.execute(used).scalars())
                connection.execute(delete(VECTORS).where(VECTORS.c.encoded.in_(unused)))

    def forget_vectors(self) -> None:
        """Delete the vectors that no passage has: of builds that were stopped, of an encoder."""
        used = select(PIECES.c.encoded)
        with self.changing() as connection:
            connection.execute(delete(VECTORS).where(VECTORS.c.encoded.not_in(used)))


def _json(record: object) -> str:
    return msgspec.json.encode(record).decode()


def next_state(connection: Connection) -> int:
    """Return the number of the state that this transaction makes."""
    connection.execute(update(STATE).values(number=STATE.c.number + 1))
    return int(connection.execute(select(STATE.c.number)).scalar_one())


def _remove(connection: Connection, document_id: str, state: int) -> None:
    live = (DOCUMENTS.c.id == document_id) & (DOCUMENTS.c.died == FOREVER)
    key = connection.execute(select(DOCUMENTS.c.key).where(live)).scalar_one_or_none()
    if key is None:
        return
    _add_counts(connection, count(_passages(connection, key)), -1)
    starts = select(SIGNERS.c.start).where(SIGNERS.c.document == key)
    _unsettle(connection, set(connection.execute(starts).scalars()))
    for table in (SIGNERS, NAMED, BANDS, UNSETTLED):
        connection.execute(delete(table).where(table.c.document == key))
    connection.execute(delete(ALIKE).where((ALIKE.c.first == key) | (ALIKE.c.second == key)))
    connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.key == key).values(died=state))
    own = (GROUPS.c.document == key) & (GROUPS.c.died == FOREVER)
    connection.execute(update(GROUPS).where(own).values(died=state))


def _put_traces(connection: Connection, key: int, text: str, header: Header, made: bytes) -> None:
    connection.execute(
        upsert(BANDS).prefix_with("OR IGNORE"),
        [{"value": value, "document": key} for value in bands(made)],
    )
    signers = signed_places([header])
    if signers:
        rows = [
            {"document": key, "start": s.start, "name": s.name, "place": s.place}
            for s in sorted(signers, key=lambda s: (s.name, s.place))
        ]
        connection.execute(insert(SIGNERS), rows)
        _unsettle(connection, {signer.start for signer in signers})
    if header.place is None or header.place.inferred:
        names = [{"start": start, "document": key} for start in sorted(name_starts(text))]
        if names:
            connection.execute(insert(NAMED), names)


def _unsettle(connection: Connection, starts: Collection[str]) -> None:
    for some in in_chunks(sorted(starts)):
        named = select(NAMED.c.document).where(NAMED.c.start.in_(some)).distinct()
        statement = upsert(UNSETTLED).from_select(["document"], named)
        connection.execute(statement.prefix_with("OR IGNORE"))


def _passages(connection: Connection, key: int) -> list[tuple[str, list[str]]]:
    query = select(PASSAGES.c.text, PASSAGES.c.words).where(PASSAGES.c.document == key)
    return [(row.text, row.words.split()) for row in connection.execute(query)]


def _add_counts(connection: Connection, counts: Counts, sign: int) -> None:
    rows = [(kind, token, sign * n) for kind in counts for token, n in counts[kind].items()]
    if not rows:
        return
    connection.exec_driver_sql(
        "INSERT INTO counts (kind, token, number) VALUES (?, ?, ?) "
        "ON CONFLICT (kind, token) DO UPDATE SET number = number + excluded.number",
        rows,
    )
    if sign < 0:
        gone = [(kind, token) for kind, token, _ in rows]
        statement = "DELETE FROM counts WHERE kind = ? AND token = ? AND number <= 0"
        connection.exec_driver_sql(statement, gone)


def _values(key: int, row: PassageRow) -> dict[str, object]:
    passage: Passage = row.passage
    return {
        "document": key,
        "id": passage.id,
        "start": passage.span.start,
        "end": passage.span.end,
        "level": passage.level,
        "text": passage.text,
        "headings": _json(passage.headings),
        "words": " ".join(row.words),
    }


def _put_passages(connection: Connection, key: int, passages: Sequence[PassageRow]) -> None:
    """Store the passages of a document; their rows are in their order."""
    if not passages:
        return
    connection.execute(insert(PASSAGES), [_values(key, row) for row in passages])
    own = select(PASSAGES.c.row).where(PASSAGES.c.document == key).order_by(PASSAGES.c.row)
    rows = connection.execute(own).scalars()
    encoded = {row: stored.encoded for row, stored in zip(rows, passages, strict=True)}
    _put_pieces(connection, encoded)


def _put_pieces(connection: Connection, encoded: Mapping[int, Sequence[bytes]]) -> None:
    pieces = [(row, number, key) for row in encoded for number, key in enumerate(encoded[row])]
    if pieces:
        statement = "INSERT INTO pieces (row, number, encoded) VALUES (?, ?, ?)"
        connection.exec_driver_sql(statement, pieces)
