"""Which documents of the corpus a question means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from weakref import WeakKeyDictionary

from docsearch.answer.relevance import Layer, Relevance
from docsearch.index.lexical import WeightedField
from docsearch.index.snapshot import Snapshot
from docsearch.index.store import Entry, Store
from docsearch.index.tokens import alike, alike_syllables, with_bigrams
from docsearch.orthography import fold, has_diacritics, syllables
from docsearch.parse.numbers import number_key
from docsearch.parse.posts import find_poster
from docsearch.records import Reference
from docsearch.register.bodies import Gazetteer
from docsearch.search.query import Query
from docsearch.search.synonyms import find_synonyms
from docsearch.search.unknown_places import bare_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A document that a document of the corpus cites."""

    document: str  # the one that cites
    reference: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a question's numbers and places lead to."""

    documents: frozenset[str] | None  # None: the question does not narrow them
    own: frozenset[str]  # documents that bear a number of the question
    cited: tuple[Cited, ...]  # citations of a document that bears one
    lost: tuple[str, ...]  # numbers of the question that stand nowhere


def find_meant(query: Query, snapshot: Snapshot, documents: Collection[str] | None) -> Meant:
    """Return the documents that a question is about.

    Args:
        query: the question.
        snapshot: the index.
        documents: what the caller's filters let through; None means all.

    Returns:
        Documents whose number the question names; else documents that cite it; narrowed to the
        places that it names. A document without a place is never taken for one of a place.
    """
    entries = snapshot.entries
    numbers = numbers_of(snapshot) if query.numbers else Numbers({}, {}, {})

    def is_open(document: str) -> bool:
        return document in entries and (documents is None or document in documents)

    own: set[str] = set()
    cited: list[Cited] = []
    lost: list[str] = []
    for number in query.numbers:
        bearing = [each for each in numbers.own.get(number, ()) if is_open(each)]
        bearing = _told_apart(query, entries, bearing)
        citing = [item for item in numbers.cited.get(number, ()) if is_open(item.document)]
        own.update(bearing)
        cited.extend(citing)
        if not bearing and not citing:
            lost.append(number)
    if not own and cited and query.free_types:
        # "Công văn triển khai Kết luận 1364-KL/TU": the letter is meant, not what it cites
        own.update(_of_type(entries, [item.document for item in cited], query.free_types))
    narrowed: set[str] | None = None
    if own:
        narrowed = set(own)
    elif cited:
        narrowed = {item.document for item in cited}
    several = query.intent == "compare" and len(own) > 1  # each numbered document is a side
    if query.places and not several:
        places = places_of(snapshot)
        here = {each for place in query.places for each in places.get(place, ()) if is_open(each)}
        narrowed = (narrowed & here or narrowed) if narrowed else here
    if query.spoken_places and not own:
        naming = [_naming(place, snapshot) for place in query.spoken_places]
        named = {each for each in frozenset.intersection(*naming) if is_open(each)}
        if named:
            narrowed = (narrowed & named or narrowed) if narrowed else named
    elif not query.places and narrowed is None and documents is not None:
        narrowed = set(documents)
    return Meant(
        documents=None if narrowed is None else frozenset(narrowed),
        own=frozenset(own),
        cited=tuple(cited),
        lost=tuple(lost),
    )


def _told_apart(query: Query, entries: Mapping[str, Entry], bearing: list[str]) -> list[str]:
    """Return of several documents with one number those of the type and place of a question."""
    if len(bearing) > 1:
        bearing = _of_type(entries, bearing, query.types) or bearing
    if len(bearing) > 1 and len(query.numbers) > 1 and query.places:
        places = {each: entries[each].header.place for each in bearing}
        here = [each for each, place in places.items() if place and place.value in query.places]
        bearing = here or bearing
    return bearing


def name_places(query: Query, snapshot: Snapshot) -> Query:
    """Return a question with the places that no document names taken for unknown ones.

    Args:
        query: the question; of the places that documents may speak of only the first two
            syllables are known to stand in one.
        snapshot: the index.

    Returns:
        The question; the same where every place is named somewhere.
    """
    if not query.spoken_places:
        return query
    unheard = tuple(place for place in query.spoken_places if not _naming(place, snapshot))
    return replace(
        query,
        spoken_places=tuple(place for place in query.spoken_places if place not in unheard),
        unknown_places=(*query.unknown_places, *unheard),
    )


MOST_NAMING: Final = 300
"""Passages that are read for the name of a place; arbitrary."""
_NAMING: Final[WeakKeyDictionary[Store, dict[str, frozenset[str]]]] = WeakKeyDictionary()
_REMEMBERED: Final = 256  # places


def _naming(place: str, snapshot: Snapshot) -> frozenset[str]:
    """Return the ids of the documents that name a place; the last that were asked for are kept."""
    known = _NAMING.setdefault(snapshot.store, {})
    if place not in known:
        if len(known) >= _REMEMBERED:
            known.clear()
        known[place] = _read_naming(place, snapshot)
    return known[place]


def _read_naming(place: str, snapshot: Snapshot) -> frozenset[str]:
    name = bare_name(place)
    field = "body" if has_diacritics(name) else "folded"
    parts = alike_syllables(name) if field == "body" else syllables(fold(alike(name)))
    phrase = [WeightedField(field, tuple(with_bigrams(parts)), 1.0)]
    rows = snapshot.lexical.holding([phrase])[:MOST_NAMING]
    named = re.compile(_AS_PLACE + r"\s+".join(map(re.escape, fold(name).split())) + r"(?!\w)")
    return frozenset(
        passage.document_id
        for passage in snapshot.store.passages(rows).values()
        if named.search(fold(passage.text))
    )


_AS_PLACE: Final = (
    r"(?:^|[^\w\s]|\b(?:huyen|xa|tinh|quan|phuong|tran|pho|tp|thi xa|va|o|tai|cua|tu|den|ve|ban"
    r"|thon|ap|ubnd|hdnd|dan|uy|toan|tren|cho|noi|gom|la))\s*"
)
"""What stands before the name of a place, folded: not "tấm gương đạo đức Hồ Chí Minh"."""


_GAZETTEERS: Final[WeakKeyDictionary[Store, Gazetteer]] = WeakKeyDictionary()


def gazetteer_of(snapshot: Snapshot) -> Gazetteer:
    """Return what the documents of an index tell of places; made once for an index."""
    whole = snapshot.whole or snapshot
    if whole.store not in _GAZETTEERS:
        _GAZETTEERS[whole.store] = Gazetteer(whole.entries.values())
    return _GAZETTEERS[whole.store]


MOST_POSTS: Final = 2000
"""Documents without a place and issuer whose beginnings are read for one; arbitrary."""
POST: Final = 1500
"""Code points of such a document that are read."""
_PLACES: Final[WeakKeyDictionary[Store, Mapping[str, Sequence[str]]]] = WeakKeyDictionary()


def places_of(snapshot: Snapshot) -> Mapping[str, Sequence[str]]:
    """Return the ids of the documents of each place; made once for an index.

    A web page that tells of a document of a district is of that district too.
    """
    whole = snapshot.whole or snapshot
    if whole.store not in _PLACES:
        places: dict[str, list[str]] = defaultdict(list)
        silent = []
        for entry in whole.entries.values():
            if entry.header.place:
                places[entry.header.place.value].append(entry.id)
            elif entry.header.issuer is None:
                silent.append(entry.id)
        if len(silent) <= MOST_POSTS:
            for document, text in whole.store.texts(silent, longest=POST).items():
                _, place = find_poster(text)
                if place:
                    places[place.value].append(document)
        _PLACES[whole.store] = dict(places)
    return _PLACES[whole.store]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of an index, as ``number_key`` writes them and also without their symbols."""

    own: Mapping[str, Sequence[str]]  # ids of the documents that bear a number
    cited: Mapping[str, Sequence[Cited]]  # where it is cited; both in the order of the documents
    laws: Mapping[str, Sequence[Cited]]  # where a law is cited, by its folded type and name


_NUMBERS: Final[WeakKeyDictionary[Store, Numbers]] = WeakKeyDictionary()


def numbers_of(snapshot: Snapshot) -> Numbers:
    """Return the numbers of all documents of an index; made once for an index."""
    whole = snapshot.whole or snapshot
    if whole.store not in _NUMBERS:
        own: dict[str, list[str]] = defaultdict(list)
        cited: dict[str, list[Cited]] = defaultdict(list)
        laws: dict[str, list[Cited]] = defaultdict(list)
        facts = whole.some_facts(whole.entries)
        for document, entry in whole.entries.items():
            if entry.header.number:
                for key in _asked_as(entry.header.number.value):
                    own[key].append(document)
            for reference in facts[document].references:
                for key in _asked_as(reference.number) if reference.number else ():
                    cited[key].append(Cited(document=document, reference=reference))
                if reference.type in LAWS and reference.subject:
                    name = law_key(f"{reference.type} {reference.subject}")
                    laws[name].append(Cited(document=document, reference=reference))
        _NUMBERS[whole.store] = Numbers(dict(own), dict(cited), dict(laws))
    return _NUMBERS[whole.store]


LAWS: Final = frozenset(("luật", "bộ luật", "pháp lệnh"))


def law_key(words: str) -> str:
    """Return words as the names of laws are compared: folded, without signs between them."""
    return " ".join(syllables(fold(words)))


def _asked_as(printed: str) -> set[str]:
    """Return how a question may write a number: whole, or by what stands before its symbol."""
    key = number_key(printed)
    first = key.split("-")[0]
    return {key, first} if first.isdigit() else {key}


def _of_type(
    entries: Mapping[str, Entry], bearing: Sequence[str], types: Sequence[str]
) -> list[str]:
    kinds = {document: entries[document].header.type for document in bearing}
    return [document for document, kind in kinds.items() if kind and kind.value in types]


def best_document(
    query: Query, snapshot: Snapshot, candidates: Collection[str], ranking: Sequence[str]
) -> tuple[str | None, float]:
    """Return the one document that a question most likely means, and how sure that is.

    Args:
        query: the question.
        snapshot: the index.
        candidates: ids of documents to choose from.
        ranking: ids of documents by their best hit, best first.

    Returns:
        The document whose type and subject agree best, ties by ``ranking``; and the share of the
        topic that its header accounts for. None without candidates.
    """
    synonyms = (*query.synonyms, *find_synonyms(query.topic, snapshot.language.words))
    relevance = Relevance.of(query.topic, snapshot.language, synonyms)
    order = {document: rank for rank, document in reversed(list(enumerate(ranking)))}

    def key(document: str) -> tuple[float, int, str]:
        header = snapshot.entries[document].header
        typed = bool(header.type and header.type.value in query.types)
        return (
            -_covered(snapshot.entries[document], relevance) - 0.5 * typed,
            order.get(document, len(order)),
            document,
        )

    ordered = sorted(candidates, key=key)
    if not ordered:
        return None, 0.0
    return ordered[0], _covered(snapshot.entries[ordered[0]], relevance)


def _covered(entry: Entry, relevance: Relevance) -> float:
    header = entry.header
    stated = [header.type, header.number, header.place, header.issuer, header.subject]
    words = [item.value for item in stated if item]
    words += [signatory.name for signatory in header.signatories]
    return relevance.coverage([Layer.of("\n".join(words), 1.0)])
