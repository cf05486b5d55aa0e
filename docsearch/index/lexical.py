"""Lexical search: BM25 by tantivy over syllables, bigrams, words and folded syllables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import tantivy

from docsearch.errors import IndexFileError

FIELDS: Final = ("body", "heading", "words", "folded")
WRITER_MEMORY: Final = 64 * 1024 * 1024  # bytes of tantivy's writer; its own minimum is 15 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalRow:
    """What is indexed of one passage: tokens by field, joined by spaces."""

    row: int
    document_id: str
    body: str
    heading: str
    words: str
    folded: str


@dataclass(frozen=True, slots=True)
class WeightedField:
    """Tokens to look for in one field, and how much a match there counts."""

    field: str
    tokens: tuple[str, ...]
    weight: float


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=True, indexed=False)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class LexicalIndex:
    """BM25 over the passages of an index."""

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self._searcher = index.searcher()

    @classmethod
    def write(cls, folder: Path, rows: Iterable[LexicalRow]) -> LexicalIndex:
        """Write a new index into an empty folder and open it."""
        folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(_schema(), path=str(folder))
        writer = index.writer(heap_size=WRITER_MEMORY, num_threads=1)
        for row in rows:
            document = tantivy.Document(
                row=row.row,
                document=[row.document_id],
                body=[row.body],
                heading=[row.heading],
                words=[row.words],
                folded=[row.folded],
            )
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(index)

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Return the index that ``write`` made.

        Args:
            folder: where it was written.

        Returns:
            The index, open for searching.

        Raises:
            IndexFileError: it is missing or damaged.
        """
        try:
            return cls(tantivy.Index.open(str(folder)))
        except ValueError as error:
            raise IndexFileError(
                f"{folder}: the lexical index cannot be opened; run `docsearch build`"
            ) from error

    def search(
        self,
        fields: Sequence[WeightedField],
        *,
        k: int,
        documents: Collection[str] | None = None,
    ) -> list[tuple[int, float]]:
        """Return the ``k`` best rows and their BM25 scores.

        Args:
            fields: what to look for and where; the scores of all fields add up.
            k: number of rows wanted, > 0.
            documents: ids of the documents whose passages may be returned; None means all.
                Applied before ranking.

        Returns:
            ``(row, score)``, best first, ties by row; scores are > 0 and not bounded.
        """
        query = self._query(fields, documents)
        if query is None or k <= 0:
            return []
        hits = self._searcher.search(query, k).hits
        found = [(int(self._searcher.doc(at)["row"][0]), float(score)) for score, at in hits]
        return sorted(found, key=lambda item: (-item[1], item[0]))

    def _query(
        self, fields: Sequence[WeightedField], documents: Collection[str] | None
    ) -> tantivy.Query | None:
        schema = self._index.schema
        terms = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(schema, field.field, token, "freq"), field.weight
                ),
            )
            for field in fields
            for token in dict.fromkeys(field.tokens)
        ]
        if not terms:
            return None
        query = tantivy.Query.boolean_query(terms)
        if documents is None:
            return query
        if not documents:
            return None
        allowed = tantivy.Query.term_set_query(schema, "document", sorted(documents))
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, query),
                (tantivy.Occur.Must, tantivy.Query.const_score_query(allowed, 0.0)),
            ]
        )
