"""Documents that stand in the corpus more than once: the same text, or nearly the same.

1. Every text has a sketch (MinHash of its shingles) in the records, and the bands of the sketch.
2. Find pairs with a new document that may be alike by their bands (locality-sensitive hashing);
   leave out those whose headers contradict each other.
3. Compute the exact share of shingles that each pair has in common; keep the pairs that have
   enough.
4. Make groups of the pairs, the most alike first: connected components, but two documents whose
   headers contradict never come into one group, not by way of a third either. Only the components
   that new documents and those that are gone touch are made again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from docsearch.index.pairs import Pair, Pairs
from docsearch.index.preference import preference
from docsearch.index.sketches import jaccard, shingles
from docsearch.index.store import Entry
from docsearch.index.writing import Records
from docsearch.orthography import fold, syllables
from docsearch.parse.numbers import number_key
from docsearch.records import Header

ENOUGH: Final = 0.9
"""Share of their shingles (Jaccard index) from which two texts are one document."""

MAY_BE: Final = 0.78
"""Share by the sketches from which the exact one is computed: 0.9 less four and a half standard
deviations of an estimate from 128 values."""


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


def group_duplicates(records: Records, since: int = 0) -> None:
    """Bring the groups of duplicates up to date with the documents.

    Args:
        records: the records.
        since: number of a state whose groups were up to date.
    """
    pairs = Pairs(records)
    new = pairs.born_since(since)
    _find_alike(records, pairs, new)
    touched = pairs.component([*new, *pairs.left_since(since)])
    names = pairs.ids(touched)
    entries = {entry.id: entry for entry in records.entries(names.values())}
    alike = [
        Alike(first=names[pair.first], second=names[pair.second], share=pair.share)
        for pair in pairs.among(touched)
    ]
    lengths = {d: len(t) for d, t in records.texts({d for a in alike for d in a.ids}).items()}
    groups = make_groups(entries, alike, lengths)
    pairs.put_groups({key: groups.get(document) for key, document in names.items()})


def _find_alike(records: Records, pairs: Pairs, new: Collection[int]) -> None:
    """Store the pairs with at least one new document that have enough in common."""
    names: dict[int, str] = {}
    stated: dict[int, _Identity] = {}
    fresh = frozenset(new)

    @lru_cache(maxsize=512)
    def own_shingles(key: int) -> frozenset[str]:
        return shingles(records.texts([names[key]])[names[key]])

    for key in new:
        near = [other for other in pairs.near(key) if other < key or other not in fresh]
        likely = pairs.likely(key, near, MAY_BE)
        unknown = pairs.ids([each for each in (key, *likely) if likely and each not in names])
        names |= unknown
        headers = {entry.id: entry.header for entry in records.entries(unknown.values())}
        stated |= {each: _identity(headers[name]) for each, name in unknown.items()}
        found = []
        for other in likely:
            if _differ(stated[key], stated[other]):
                continue
            share = jaccard(own_shingles(key), own_shingles(other))
            if share >= ENOUGH:
                found.append(Pair(min(key, other), max(key, other), share))
        pairs.put(found)


def contradict(first: Header, second: Header) -> bool:
    """Tell whether two headers cannot be of one document.

    Args:
        first: a header.
        second: another.

    Returns:
        True when both state a number, symbol, date, issuer or place and it differs. A
        month does not contradict a day in it, nor "UBND huyện" "UBND huyện Chi Lăng". An issuer
        that is inferred is not stated; a place that is inferred counts.
    """
    return _differ(_identity(first), _identity(second))


_Identity = tuple[str | None, ...]  # number, symbol, date, issuer and place in one spelling


def _identity(header: Header) -> _Identity:
    # An issuer that is inferred is the first body that the text speaks of: a guess, no statement.
    issued_by = None if header.issuer and header.issuer.inferred else header.issuer
    stated = (header.number, header.symbol, header.issued_on, issued_by, header.place)
    number, symbol, date, issuer, place = (field.value if field else None for field in stated)
    return (
        number_key(number) if number else None,
        number_key(symbol) if symbol else None,
        date,
        _plain(issuer) if issuer else None,
        _plain(place) if place else None,
    )


def _differ(one: _Identity, other: _Identity) -> bool:
    for position, (a, b) in enumerate(zip(one, other, strict=True)):
        if a is None or b is None or a == b:
            continue
        if position < 2:
            return True
        if position == 2:
            if not (a.startswith(b) or b.startswith(a)):
                return True
        elif f" {a} " not in f" {b} " and f" {b} " not in f" {a} ":
            return True
    return False


def _plain(words: str) -> str:
    return " ".join(syllables(fold(words)))


def make_groups(
    entries: Mapping[str, Entry], pairs: Iterable[Alike], lengths: Mapping[str, int]
) -> dict[str, str]:
    """Return the documents that have duplicates, each with the document shown for its group.

    Args:
        entries: every document by its id.
        pairs: the documents that are alike.
        lengths: code points of the texts of those documents, by id.

    Returns:
        By the id of each member the id of the one shown: that with the most complete header,
        then the longest text, then the smallest source. The order of ``entries`` and ``pairs``
        does not matter.
    """
    groups: dict[str, list[str]] = {}  # shared by all members of a group
    for pair in sorted(pairs, key=lambda pair: (-pair.share, _keys(entries, pair))):
        one = groups.setdefault(pair.first, [pair.first])
        other = groups.setdefault(pair.second, [pair.second])
        if one is other or _any_contradict(entries, one, other):
            continue
        one += other
        for member in other:
            groups[member] = one
    shown = {}
    for member, group in groups.items():
        if len(group) > 1:
            shown[member] = min(group, key=lambda each: preference(entries[each], lengths[each]))
    return shown


def _keys(entries: Mapping[str, Entry], pair: Alike) -> list[tuple[str, str, int]]:
    both = (entries[pair.first], entries[pair.second])
    return sorted((entry.sha256, entry.source, entry.part) for entry in both)


def _any_contradict(entries: Mapping[str, Entry], one: Sequence[str], other: Sequence[str]) -> bool:
    return any(contradict(entries[a].header, entries[b].header) for a in one for b in other)
