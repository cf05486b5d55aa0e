"""The tables of the records.

A document is never changed: a new version of it is a new row, and the old one is marked as gone.
``born`` and ``died`` are the states of the records in which a row came and went: a reader of
state N sees the rows with ``born <= N < died``, whatever is written meanwhile.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

FOREVER: Final = 2**62
"""``died`` of a row that is there."""

METADATA = MetaData()

STATE = Table(  # one row
    "state",
    METADATA,
    Column("number", Integer, nullable=False),  # of the newest state
    Column("name", Text, nullable=False),  # of these records, told by chance when they are made
    Column("open", Integer, nullable=False),  # 1 from the first change of a build to its end
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("key", Integer, primary_key=True),
    Column("born", Integer, nullable=False),
    Column("died", Integer, nullable=False),
    Column("id", Text, nullable=False, index=True),
    Column("path", Text, nullable=False, index=True),  # the file, to know it again
    Column("part", Integer, nullable=False),  # which document of the file, 0-based
    Column("source", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("pipeline", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("pages", Text, nullable=False),
    Column("first_page", Integer, nullable=False),
    Column("format", Text, nullable=False),
    Column("confidence", Float),
    Column("notes", Text, nullable=False),
    Column("sketch", LargeBinary, nullable=False),  # of the text, to find others like it
    Column("header", Text, nullable=False),
    Column("outline", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("passages", Integer, nullable=False),  # how many it has
    sqlite_autoincrement=True,  # a key is never used again
)
# Rows are large: what came, what went and how much there is are told by these alone.
Index("came", DOCUMENTS.c.born, DOCUMENTS.c.died, DOCUMENTS.c.passages)
Index("went", DOCUMENTS.c.died, DOCUMENTS.c.born, DOCUMENTS.c.passages)
Index("live", DOCUMENTS.c.id, unique=True, sqlite_where=DOCUMENTS.c.died == FOREVER)

PASSAGES = Table(
    "passages",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("documents.key"), nullable=False),
    Column("id", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("level", Text, nullable=False),
    Column("text", Text, nullable=False),  # documents.text[start:end]
    Column("headings", Text, nullable=False),
    Column("words", Text, nullable=False),  # segmented words of the passage
    sqlite_autoincrement=True,
)
Index("of_document", PASSAGES.c.document, PASSAGES.c.id, unique=True)

PIECES = Table(  # what is encoded of a passage: the whole of it, or a long one in pieces
    "pieces",
    METADATA,
    Column("row", Integer, ForeignKey("passages.row"), primary_key=True),
    Column("number", Integer, primary_key=True),  # of the piece, 0-based
    Column("encoded", LargeBinary, nullable=False, index=True),  # its vector
    sqlite_with_rowid=False,
)

VECTORS = Table(
    "vectors",
    METADATA,
    Column("encoded", LargeBinary, primary_key=True),  # digest of the encoder and the text
    Column("vector", LargeBinary, nullable=False),  # float32, little-endian
)

GROUPS = Table(  # documents that have duplicates
    "groups",
    METADATA,
    Column("document", Integer, ForeignKey("documents.key"), primary_key=True),
    Column("born", Integer, primary_key=True),
    Column("died", Integer, nullable=False, index=True),
    Column("shown", Text, nullable=False),  # id of the document that is shown for its group
)

# What follows serves the next build alone and is not versioned.

ALIKE = Table(  # pairs of documents with nearly the same text: what groups are made of
    "alike",
    METADATA,
    Column("first", Integer, ForeignKey("documents.key"), primary_key=True),
    Column("second", Integer, ForeignKey("documents.key"), primary_key=True, index=True),
    Column("share", Float, nullable=False),
)
BANDS = Table(  # parts of the sketches: what two documents that are alike have in common
    "bands",
    METADATA,
    Column("value", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("documents.key"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
SIGNERS = Table(  # who signs for which place, in documents that state it
    "signers",
    METADATA,
    Column("document", Integer, ForeignKey("documents.key"), nullable=False, index=True),
    Column("start", Text, nullable=False, index=True),  # first three syllables of the name
    Column("name", Text, nullable=False),
    Column("place", Text, nullable=False),
)
NAMED = Table(  # names in documents that do not state their place, by their first three syllables
    "named",
    METADATA,
    Column("start", Text, primary_key=True),
    Column("document", Integer, ForeignKey("documents.key"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
UNSETTLED = Table(  # documents whose place has to be inferred anew
    "unsettled",
    METADATA,
    Column("document", Integer, ForeignKey("documents.key"), primary_key=True),
)
COUNTS = Table(  # syllables, bigrams and words of all passages
    "counts",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("token", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)
