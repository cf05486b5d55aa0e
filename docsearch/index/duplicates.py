"""Documents that stand in the corpus more than once: the same text, or nearly the same.

1. Sketch every new text (MinHash of its shingles) and keep the sketch with the document.
2. Find pairs that may be alike by locality-sensitive hashing; leave out those whose headers
   contradict each other.
3. Compute the exact share of shingles that each pair has in common; keep the pairs that have
   enough.
4. Make groups of the pairs, the most alike first: connected components, but two documents whose
   headers contradict never come into one group, not by way of a third either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from docsearch.index.store import Alike, Entry, Store
from docsearch.orthography import canonical, fold, syllables
from docsearch.parse.numbers import number_key
from docsearch.records import Header

SHINGLE: Final = 5
"""Syllables of one shingle."""

ENOUGH: Final = 0.9
"""Share of their shingles (Jaccard index) from which two texts are one document."""

PERMUTATIONS: Final = 128
SEED: Final = 42
BANDS: Final = 16
"""Bands of the hashing: at a share of 0.9 a pair is missed once in 8,000, at 0.5 found in 16."""

_AT_ONCE: Final = 64  # texts that are held together; arbitrary
MAY_BE: Final = 0.78
"""Share by the sketches from which the exact one is computed: 0.9 less four and a half standard
deviations of an estimate from 128 values."""


def group_duplicates(store: Store) -> None:
    """Bring the groups of duplicates in a store up to date with its documents.

    Args:
        store: the records; documents without a sketch are taken for new, and only they are
            compared with the others.
    """
    sketches = store.sketches()
    new = [document for document, made in sketches.items() if not _is_sketch(made)]
    if new:
        texts = _Texts(store)
        made = {document: made for document, made in sketches.items() if made}
        made |= {document: sketch(text) for document, text in texts.each(new)}
        store.put_sketches({document: made[document] for document in new})
        entries = {entry.id: entry for entry in store.entries()}
        store.put_alike(_alike(made, new, entries, texts))
    entries = {entry.id: entry for entry in store.entries()}
    pairs = store.alike()
    lengths = {d: len(t) for d, t in store.texts({d for p in pairs for d in p.ids}).items()}
    store.put_groups(make_groups(entries, pairs, lengths))


class _Texts:
    """The texts of a store, the last ones kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.shingles = lru_cache(maxsize=512)(self._shingles)

    def each(self, documents: Sequence[str]) -> Iterator[tuple[str, str]]:
        for start in range(0, len(documents), _AT_ONCE):
            yield from self._store.texts(documents[start : start + _AT_ONCE]).items()

    def _shingles(self, document: str) -> frozenset[str]:
        return shingles(self._store.texts([document])[document])


def shingles(text: str) -> frozenset[str]:
    """Return the shingles of a text: every five syllables in a row, in one spelling.

    Args:
        text: any text; case, the place of tone marks, punctuation and white space do not count.

    Returns:
        The shingles; those of fewer than five syllables are one shingle.
    """
    parts = syllables(canonical(text))
    count = max(len(parts) - SHINGLE + 1, 1)
    return frozenset(" ".join(parts[start : start + SHINGLE]) for start in range(count))


def jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the share of the shingles of two texts that both have, in [0, 1]."""
    common = len(first & second)
    return common / (len(first) + len(second) - common)


def sketch(text: str) -> bytes:
    """Return the MinHash of a text's shingles, as rensa writes it: with its own version."""
    from rensa import RMinHash

    hashed = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    hashed.update(sorted(shingles(text)))
    return bytes(hashed.__getstate__())


def _is_sketch(state: bytes | None) -> bool:
    """Tell whether a stored sketch is of this version of the hashing."""
    from rensa import RMinHash

    return bool(state) and bytes(state or b"").startswith(
        f"Rensa:RMinHash:{RMinHash.ALGORITHM_VERSION}\0".encode()
    )


def _alike(
    sketches: Mapping[str, bytes],
    new: Iterable[str],
    entries: Mapping[str, Entry],
    texts: _Texts,
) -> list[Alike]:
    """Return the pairs with at least one new document that have enough in common."""
    found = []
    stated = {document: _identity(entry.header) for document, entry in entries.items()}
    for first, second in _candidates(sketches, frozenset(new)):
        if _differ(stated[first], stated[second]):
            continue
        share = jaccard(texts.shingles(first), texts.shingles(second))
        if share >= ENOUGH:
            found.append(Alike(first=first, second=second, share=share))
    return found


def _candidates(sketches: Mapping[str, bytes], new: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of ids, the smaller first, whose sketches let expect enough in common."""
    from rensa import RMinHash, RMinHashLSH

    ids = sorted(sketches)
    hashed = []
    for document in ids:
        restored = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        restored.__setstate__(sketches[document])
        hashed.append(restored)
    table = RMinHashLSH(threshold=ENOUGH, num_perm=PERMUTATIONS, num_bands=BANDS)
    table.insert_many(hashed)
    values: NDArray[np.uint32] = np.array([each.digest() for each in hashed], dtype=np.uint32)
    for row, document in enumerate(ids):
        if document not in new:
            continue
        near = np.array(sorted(table.query(hashed[row])), dtype=np.intp)
        shares = (values[near] == values[row]).mean(axis=1)
        for other in near[shares >= MAY_BE].tolist():
            if row < other or ids[other] not in new:  # two new ones meet twice
                yield min(document, ids[other]), max(document, ids[other])


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


def preference(entry: Entry, length: int) -> tuple[int, int, str, int]:
    """Return what the members of a group are ordered by, the one to be shown first.

    Args:
        entry: a member.
        length: code points of its text.

    Returns:
        Fields of the header that it lacks; the text's length, negative; its source and part.
    """
    header = entry.header
    stated = [header.type, header.number, header.issuer, header.place, header.issued_on]
    stated += [header.subject, header.symbol, header.parent_body]
    lists = [header.signatories, header.recipients, header.addressees]
    missing = sum(field is None for field in stated) + sum(not each for each in lists)
    return (missing, -length, entry.source, entry.part)
