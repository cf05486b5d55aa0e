"""Lexical search: BM25 by tantivy over syllables, bigrams, words and folded syllables.

The scores are those of BM25+ (Lv and Zhai, CIKM 2011, "Lower-Bounding Term Frequency
Normalization"): what a passage has at all counts, however long it is. It is BM25 with k1 = 1.2 and
b = 0.75, tantivy's own, and ``PRESENCE`` times the idf for every token that is there.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import tantivy

from docsearch.errors import IndexFileError

FIELDS: Final = ("body", "heading", "words", "folded")

# Delta of BM25+; 1 is what its authors recommend. Measured on ALQAC 2025 (train, lexical part
# alone, nDCG@10) with 0, 0.5, 1, 1.5: .885, .895, .895, .895; with headings .895, .904, .912, .912.
PRESENCE: Final = 1.0

# A token that stands in a larger share of the passages tells nothing: leaving out those above 0.2,
# 0.3, 0.5 and 1 gave .904, .907, .907, .907 there. It is looked for all the same in an index of
# fewer passages, and where a question has no other.
COMMON: Final = 0.3
COMMON_FROM: Final = 1000

WRITER_MEMORY: Final = 64 * 1024 * 1024  # bytes of tantivy's writer; its own minimum is 15 MB
_LITTLE_MEMORY: Final = 15_000_000  # for a few documents


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


def _change(
    index: tantivy.Index, gone: Iterable[str], rows: Iterable[LexicalRow], *, memory: int
) -> None:
    try:
        writer = index.writer(heap_size=memory, num_threads=1)
        for document_id in gone:
            writer.delete_documents_by_term("document", document_id)
        for row in rows:
            writer.add_document(
                tantivy.Document(
                    row=row.row,
                    document=[row.document_id],
                    body=[row.body],
                    heading=[row.heading],
                    words=[row.words],
                    folded=[row.folded],
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
    except (OSError, ValueError) as error:
        raise IndexFileError(
            f"the lexical index cannot be written ({error}); the index is as it was"
        ) from error


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
        _change(index, (), rows, memory=WRITER_MEMORY)
        return cls(index)

    @classmethod
    def update(cls, folder: Path, gone: Iterable[str], rows: Iterable[LexicalRow]) -> LexicalIndex:
        """Bring the index in a folder up to date and open it.

        Args:
            folder: where it is; of its files only those that tantivy replaces are changed, so the
                others may be links.
            gone: ids of the documents whose passages are taken out first.
            rows: passages that are put in.

        Returns:
            The index, open for searching.

        Raises:
            IndexFileError: it is missing or damaged.
        """
        opened = cls.open(folder)
        _change(opened._index, gone, rows, memory=_LITTLE_MEMORY)
        return cls(opened._index)

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
                f"{folder}: the lexical index cannot be opened; run `docsearch doctor --repair`"
            ) from error

    def search(
        self,
        fields: Sequence[WeightedField],
        *,
        k: int,
        documents: Collection[str] | None = None,
    ) -> list[tuple[int, float]]:
        """Return the ``k`` best rows and their BM25+ scores.

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

    def holding(
        self, phrases: Sequence[Sequence[WeightedField]], documents: Collection[str] | None = None
    ) -> list[int]:
        """Return the rows that hold every token of each phrase in one field.

        Args:
            phrases: each the fields that it may stand in, with all of its tokens; weights do not
                count.
            documents: as in ``search``.

        Returns:
            Rows, ascending. None for phrases without a token.
        """
        every = []
        for fields in phrases:
            places = [self._all_of(field) for field in fields if field.tokens]
            if places:
                every.append((tantivy.Occur.Must, tantivy.Query.boolean_query(places)))
        query = self._narrowed(tantivy.Query.boolean_query(every), documents) if every else None
        if query is None:
            return []
        hits = self._searcher.search(query, max(self._searcher.num_docs, 1)).hits
        return sorted(int(self._searcher.doc(at)["row"][0]) for _, at in hits)

    def _all_of(self, field: WeightedField) -> tuple[tantivy.Occur, tantivy.Query]:
        terms = [
            (tantivy.Occur.Must, self._term(field.field, token))
            for token in dict.fromkeys(field.tokens)
        ]
        return tantivy.Occur.Should, tantivy.Query.boolean_query(terms)

    def _term(self, field: str, token: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._index.schema, field, token, "freq")

    def _query(
        self, fields: Sequence[WeightedField], documents: Collection[str] | None
    ) -> tantivy.Query | None:
        found = [
            (field, token, frequency)
            for field in fields
            for token in dict.fromkeys(field.tokens)
            if (frequency := self._searcher.doc_freq(field.field, token))
        ]
        total = self._searcher.num_docs
        telling = [each for each in found if total < COMMON_FROM or each[2] <= COMMON * total]
        terms: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for field, token, frequency in telling or found:
            query = self._term(field.field, token)
            idf = math.log1p((total - frequency + 0.5) / (frequency + 0.5))
            there = tantivy.Query.const_score_query(query, field.weight * PRESENCE * idf)
            terms.append((tantivy.Occur.Should, tantivy.Query.boost_query(query, field.weight)))
            terms.append((tantivy.Occur.Should, there))
        return self._narrowed(tantivy.Query.boolean_query(terms), documents) if terms else None

    def _narrowed(
        self, query: tantivy.Query, documents: Collection[str] | None
    ) -> tantivy.Query | None:
        if documents is None:
            return query
        if not documents:
            return None
        schema = self._index.schema
        allowed = tantivy.Query.term_set_query(schema, "document", sorted(documents))
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, query),
                (tantivy.Occur.Must, tantivy.Query.const_score_query(allowed, 0.0)),
            ]
        )
