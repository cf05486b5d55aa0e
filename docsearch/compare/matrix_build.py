"""Topics and places → matrix: one search for each pair, the topics encoded together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from docsearch.answer.quoting import Quoter
from docsearch.compare.aspects import read_aspects
from docsearch.compare.matrix import Aspect, ComparedPlace, Matrix, MatrixRow, Origin
from docsearch.compare.matrix_cells import PlaceOnTopic
from docsearch.compare.matrix_places import asked_places, places_of
from docsearch.compare.topics import Topic, Weighed
from docsearch.errors import QueryError
from docsearch.index.snapshot import Snapshot
from docsearch.provenance import corpus_hash, version
from docsearch.search.encoded import with_vectors
from docsearch.search.retrieve import retrieve
from docsearch.search.understand import Corpus

CANDIDATES: Final = 24
"""Passages of one place that are looked at for one topic."""
MOST_TOPICS: Final = 200
MOST_CELLS: Final = 100_000


def compare(
    snapshot: Snapshot,
    corpus: Corpus,
    topics: Sequence[str],
    *,
    places: Sequence[str] | None = None,
    aspects: Sequence[str] | None = None,
    documents: Collection[str] | None = None,
) -> Matrix:
    """Return what the documents of each place say of each topic.

    Args:
        snapshot: the index, one document of each group of duplicates.
        corpus: what understanding a topic needs to know of the documents.
        topics: what is compared, in the order of the rows; one that is given twice counts once.
        places: names of places; None means all that documents are of.
        aspects: names of aspects; None means all of one topic, or the gist of each of several.
        documents: ids of the documents that may be quoted; None means all.

    Returns:
        The matrix. A place that the country has and the corpus has not is a column of
        "no_document"; a topic that no document has is a row of "not_stipulated".

    Raises:
        QueryError: there is no topic, one without a word to look for, a place or aspect that is
            not known or not the only one of its name, or more than fits one matrix.
    """
    asked = _topics(topics, corpus, snapshot)
    entries = [e for e in snapshot.entries.values() if documents is None or e.id in documents]
    known, homeless = places_of(entries)
    columns = known if places is None else asked_places(places, known)
    wanted = read_aspects(aspects, topics=len(asked))
    if not columns:
        raise QueryError(
            "no document states its place, so there is nothing to compare; "
            "`docsearch documents` shows what each states"
        )
    if len(asked) * len(wanted) * len(columns) > MOST_CELLS:
        raise QueryError(f"more than {MOST_CELLS} cells; name fewer topics or places")
    ready = with_vectors(snapshot, [topic.query for topic in asked])
    quoter = Quoter(ready)
    return Matrix(
        topics=tuple(topic.text for topic in asked),
        aspects=wanted,
        places=columns,
        rows=tuple(row for topic in asked for row in _rows(topic, wanted, columns, ready, quoter)),
        without_place=homeless,
        origin=Origin(
            corpus=corpus_hash((snapshot.whole or snapshot).entries.values()),
            documents=len(entries),
            encoder=snapshot.encoder.name,
            version=version(),
        ),
    )


def _rows(
    topic: Topic,
    aspects: Sequence[Aspect],
    places: Sequence[ComparedPlace],
    snapshot: Snapshot,
    quoter: Quoter,
) -> Iterator[MatrixRow]:
    found = [_on_topic(topic, place, snapshot, quoter) for place in places]
    for aspect in aspects:
        cells = tuple(each.cell(aspect) for each in found)
        yield MatrixRow(topic=topic.text, aspect=aspect, cells=cells)


def _topics(given: Sequence[str], corpus: Corpus, snapshot: Snapshot) -> list[Topic]:
    """Return the topics, each once."""
    texts = list(dict.fromkeys(" ".join(topic.split()) for topic in given)) or [""]
    if len(texts) > MOST_TOPICS:
        raise QueryError(f"{len(texts)} topics; a matrix takes {MOST_TOPICS}")
    return [Topic.of(text, corpus, snapshot.language) for text in texts]


def _on_topic(
    topic: Topic, place: ComparedPlace, snapshot: Snapshot, quoter: Quoter
) -> PlaceOnTopic:
    hits = (
        retrieve(topic.query, snapshot, k=CANDIDATES, documents=place.documents)
        if place.documents
        else []
    )
    weighed = sorted(
        (Weighed(topic, hit) for hit in hits), key=lambda each: (-each.score, each.hit.rank)
    )
    return PlaceOnTopic(topic, place, snapshot, quoter, weighed)
