"""What the filters of the pages offer: the values that the headers of an index hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from docsearch.library import Index
from docsearch.orthography import fold


@dataclass(frozen=True, slots=True)
class Facets:
    """Values with how many documents have each, and how many documents there are."""

    places: tuple[tuple[str, int], ...]
    types: tuple[tuple[str, int], ...]
    documents: int


_KNOWN: WeakKeyDictionary[Index, Facets] = WeakKeyDictionary()


def facets_of(index: Index) -> Facets:
    """Return what the filters offer, by the letters; made once an index."""
    found = _KNOWN.get(index)
    if found is None:
        headers = [entry.header for entry in index.snapshot.entries.values()]
        found = _KNOWN[index] = Facets(
            places=_counted(header.place.value for header in headers if header.place),
            types=_counted(header.type.value for header in headers if header.type),
            documents=len(headers),
        )
    return found


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(values)
    return tuple(sorted(counts.items(), key=lambda pair: fold(pair[0])))
