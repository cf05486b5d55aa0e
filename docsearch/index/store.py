"""The records of an index in SQLite: documents, passages with vectors, facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    Column,
    Connection,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    delete,
    insert,
    select,
)
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from docsearch.errors import DocumentNotFoundError, IndexFileError
from docsearch.records import Document, Facts, Header, Heading, Level, Passage, Span, Unit

_METADATA = MetaData()
_DOCUMENTS = Table(
    "documents",
    _METADATA,
    Column("id", Text, primary_key=True),
    Column("path", Text, nullable=False),  # the file, to know it again
    Column("part", Integer, nullable=False),  # which document of the file, 0-based
    Column("source", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("pipeline", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("pages", Text, nullable=False),
    Column("first_page", Integer, nullable=False),
    Column("format", Text, nullable=False),
    Column("confidence", Float),
    Column("notes", Text, nullable=False),
    Column("sketch", LargeBinary),  # of the text, to find others like it
    Column("group", Text),  # id of the document that is shown for it and its duplicates
    Column("header", Text, nullable=False),
    Column("outline", Text, nullable=False),
    Column("facts", Text, nullable=False),
)
_ALIKE = Table(  # pairs of documents with nearly the same text: what groups are made of
    "alike",
    _METADATA,
    Column("first", Text, ForeignKey("documents.id"), primary_key=True),
    Column("second", Text, ForeignKey("documents.id"), primary_key=True, index=True),
    Column("share", Float, nullable=False),
)
_PASSAGES = Table(
    "passages",
    _METADATA,
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("document_id", Text, ForeignKey("documents.id"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("level", Text, nullable=False),
    Column("text", Text, nullable=False),  # documents.text[start:end]
    Column("headings", Text, nullable=False),
    Column("words", Text, nullable=False),  # segmented words of the passage
    Column("encoded", Text, nullable=False),  # encoder and digest of the text it encoded
    Column("vector", LargeBinary, nullable=False),  # float32, little-endian
)


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
class Alike:
    """Two documents with nearly the same text, by id, and the share that they have in common."""

    first: str
    second: str
    share: float  # Jaccard index of their shingles, in [0, 1]

    @property
    def ids(self) -> tuple[str, str]:
        """The two ids."""
        return self.first, self.second


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRow:
    """One passage as it is stored."""

    passage: Passage
    words: tuple[str, ...]
    encoded: str
    vector: NDArray[np.float32]  # (dim,)


class Store:
    """The records of one index; one reader or writer object per process and file."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        if not create and not path.is_file():
            raise IndexFileError(f"{path}: the records are missing; run `docsearch build`")
        self.path = path
        self._engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
        if create:
            with self._connection() as connection:
                _METADATA.create_all(connection)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except msgspec.MsgspecError as error:
            raise IndexFileError(
                f"{self.path}: the records are of another version of docsearch ({error}); run "
                "`docsearch build` into a new folder"
            ) from error
        except DatabaseError as error:
            raise IndexFileError(
                f"{self.path}: the records cannot be read ({error.orig}); run `docsearch build` "
                "into a new folder"
            ) from error

    def entries(self) -> tuple[Entry, ...]:
        """Return all documents without their texts, by source, part and then id."""
        left_out = ("text", "pages", "first_page", "notes", "sketch", "outline", "facts")
        columns = [column for column in _DOCUMENTS.c if column.name not in left_out]
        query = select(*columns).order_by(*_ORDER)
        with self._connection() as connection:
            return tuple(
                Entry(
                    id=row.id,
                    path=row.path,
                    source=row.source,
                    sha256=row.sha256,
                    pipeline=row.pipeline,
                    header=msgspec.json.decode(row.header, type=Header),
                    part=row.part,
                    format=row.format,
                    confidence=row.confidence,
                    group=row.group,
                )
                for row in connection.execute(query)
            )

    def document(self, document_id: str) -> Document:
        """Return one document with its text.

        Args:
            document_id: its id.

        Returns:
            The document.

        Raises:
            DocumentNotFoundError: there is none with that id.
        """
        names = (
            "text",
            "source",
            "sha256",
            "pages",
            "first_page",
            "format",
            "part",
            "confidence",
            "notes",
        )
        columns = [_DOCUMENTS.c[name] for name in (*names, "confidence")]
        query = select(*columns).where(_DOCUMENTS.c.id == document_id)
        with self._connection() as connection:
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
        query = select(_DOCUMENTS.c.outline).where(_DOCUMENTS.c.id == document_id)
        with self._connection() as connection:
            return msgspec.json.decode(connection.execute(query).scalar_one(), type=Unit)

    def facts(self) -> dict[str, Facts]:
        """Return the facts of every document, by its id, in the order of ``entries``."""
        query = select(_DOCUMENTS.c.id, _DOCUMENTS.c.facts).order_by(*_ORDER)
        with self._connection() as connection:
            return {
                row.id: msgspec.json.decode(row.facts, type=Facts)
                for row in connection.execute(query)
            }

    def passages(self, rows: Sequence[int] | None = None) -> dict[int, Passage]:
        """Return passages by row; all of them when ``rows`` is None."""
        query = select(*_PASSAGE_COLUMNS)
        if rows is not None:
            query = query.where(_PASSAGES.c.row.in_(list(rows)))
        with self._connection() as connection:
            return {row.row: _passage(row) for row in connection.execute(query)}

    def passage_rows(self) -> list[tuple[int, PassageRow]]:
        """Return every passage with its vector, by row."""
        query = select(_PASSAGES).order_by(_PASSAGES.c.row)
        with self._connection() as connection:
            return [(row.row, _stored(row)) for row in connection.execute(query)]

    def rows_of(self, documents: Iterable[str]) -> list[int]:
        """Return the rows of the passages of ``documents``, ascending."""
        query = select(_PASSAGES.c.row).where(_PASSAGES.c.document_id.in_(list(documents)))
        with self._connection() as connection:
            return sorted(connection.execute(query).scalars())

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
            passages: its passages.
        """
        values = {
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
            "header": _json(header),
            "outline": _json(outline),
            "facts": _json(facts),
        }
        with self._connection() as connection:
            _remove(connection, document.id)
            connection.execute(insert(_DOCUMENTS).values(values))
            for row in passages:
                connection.execute(insert(_PASSAGES).values(_values(row)))

    def put_header(self, document_id: str, header: Header) -> None:
        """Replace the header of one document."""
        with self._connection() as connection:
            connection.execute(
                _DOCUMENTS.update()
                .where(_DOCUMENTS.c.id == document_id)
                .values(header=_json(header))
            )

    def put_vectors(self, vectors: Iterable[tuple[int, str, NDArray[np.float32]]]) -> None:
        """Replace the vectors of passages: ``(row, encoded, vector)`` each, in one transaction."""
        with self._connection() as connection:
            for row, encoded, vector in vectors:
                connection.execute(
                    _PASSAGES.update()
                    .where(_PASSAGES.c.row == row)
                    .values(encoded=encoded, vector=vector.astype("<f4").tobytes())
                )

    def texts(self, documents: Iterable[str]) -> dict[str, str]:
        """Return the texts of documents, by id."""
        query = select(_DOCUMENTS.c.id, _DOCUMENTS.c.text)
        query = query.where(_DOCUMENTS.c.id.in_(list(documents)))
        with self._connection() as connection:
            return {row.id: row.text for row in connection.execute(query)}

    def sketches(self) -> dict[str, bytes | None]:
        """Return the sketch of every document's text, by id; None where it is not made yet."""
        query = select(_DOCUMENTS.c.id, _DOCUMENTS.c.sketch).order_by(*_ORDER)
        with self._connection() as connection:
            return {row.id: row.sketch for row in connection.execute(query)}

    def put_sketches(self, sketches: Mapping[str, bytes]) -> None:
        """Store the sketches of documents, by id, in one transaction."""
        with self._connection() as connection:
            for document_id, sketch in sketches.items():
                connection.execute(
                    _DOCUMENTS.update().where(_DOCUMENTS.c.id == document_id).values(sketch=sketch)
                )

    def alike(self) -> tuple[Alike, ...]:
        """Return the pairs of documents with nearly the same text, by their ids."""
        query = select(_ALIKE).order_by(_ALIKE.c.first, _ALIKE.c.second)
        with self._connection() as connection:
            return tuple(
                Alike(first=row.first, second=row.second, share=row.share)
                for row in connection.execute(query)
            )

    def put_alike(self, pairs: Iterable[Alike]) -> None:
        """Store pairs of documents with nearly the same text, in one transaction."""
        with self._connection() as connection:
            for pair in pairs:
                connection.execute(
                    insert(_ALIKE).values(first=pair.first, second=pair.second, share=pair.share)
                )

    def put_groups(self, groups: Mapping[str, str]) -> None:
        """Replace all groups: the id of the document that is shown, by the id of each member."""
        with self._connection() as connection:
            connection.execute(_DOCUMENTS.update().values(group=None))
            for document_id, shown in groups.items():
                connection.execute(
                    _DOCUMENTS.update().where(_DOCUMENTS.c.id == document_id).values(group=shown)
                )

    def remove(self, document_id: str) -> None:
        """Remove one document and its passages."""
        with self._connection() as connection:
            _remove(connection, document_id)

    @cached_property
    def entry_by_id(self) -> dict[str, Entry]:
        """All documents without their texts, by id; read once."""
        return {entry.id: entry for entry in self.entries()}


_ORDER = (_DOCUMENTS.c.source, _DOCUMENTS.c.part, _DOCUMENTS.c.id)
_PASSAGE_COLUMNS = tuple(
    _PASSAGES.c[name]
    for name in ("row", "id", "document_id", "start", "end", "level", "text", "headings")
)


def _json(record: object) -> str:
    return msgspec.json.encode(record).decode()


def _remove(connection: Connection, document_id: str) -> None:
    connection.execute(delete(_PASSAGES).where(_PASSAGES.c.document_id == document_id))
    pairs = (_ALIKE.c.first == document_id) | (_ALIKE.c.second == document_id)
    connection.execute(delete(_ALIKE).where(pairs))
    connection.execute(delete(_DOCUMENTS).where(_DOCUMENTS.c.id == document_id))


def _values(row: PassageRow) -> dict[str, object]:
    passage = row.passage
    return {
        "id": passage.id,
        "document_id": passage.document_id,
        "start": passage.span.start,
        "end": passage.span.end,
        "level": passage.level,
        "text": passage.text,
        "headings": _json(passage.headings),
        "words": " ".join(row.words),
        "encoded": row.encoded,
        "vector": row.vector.astype("<f4").tobytes(),
    }


def _passage(row: object) -> Passage:
    found = row._mapping  # type: ignore[attr-defined]  # SQLAlchemy's Row
    return Passage(
        id=found["id"],
        document_id=found["document_id"],
        span=Span(found["start"], found["end"]),
        text=found["text"],
        headings=msgspec.json.decode(found["headings"], type=tuple[Heading, ...]),
        level=msgspec.convert(found["level"], type=Level),
    )


def _stored(row: object) -> PassageRow:
    found = row._mapping  # type: ignore[attr-defined]  # SQLAlchemy's Row
    return PassageRow(
        passage=_passage(row),
        words=tuple(found["words"].split()),
        encoded=found["encoded"],
        vector=np.frombuffer(found["vector"], dtype="<f4").astype(np.float32),
    )
