"""Pairs of documents with nearly the same text, and the groups made of them, in the records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from sqlalchemy import insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from docsearch.index.schema import ALIKE, BANDS, DOCUMENTS, FOREVER, GROUPS
from docsearch.index.sketches import bands
from docsearch.index.store import in_chunks
from docsearch.index.writing import Records, next_state

_KEPT: Final = 50_000  # sketches, of 0.5 KB, and members of bands that are kept; arbitrary
_LIVE = DOCUMENTS.c.died == FOREVER


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents by their keys, the smaller first, and the share that they have in common."""

    first: int
    second: int
    share: float


class Pairs:
    """The documents of the newest state by what their texts have in common."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._sketch = lru_cache(maxsize=_KEPT)(self._read_sketch)
        self._having = lru_cache(maxsize=_KEPT)(self._read_having)

    def born_since(self, state: int) -> list[int]:
        """Return the keys of the documents that came after a state, ascending."""
        query = select(DOCUMENTS.c.key).where(_LIVE, DOCUMENTS.c.born > state)
        with self._records.connection() as connection:
            return sorted(connection.execute(query).scalars())

    def left_since(self, state: int) -> list[int]:
        """Return the keys of the documents whose groups lost one after a state, ascending."""
        lost = select(GROUPS.c.shown).where(GROUPS.c.died != FOREVER, GROUPS.c.died > state)
        query = select(GROUPS.c.document).where(GROUPS.c.died == FOREVER, GROUPS.c.shown.in_(lost))
        with self._records.connection() as connection:
            return sorted(connection.execute(query).scalars())

    def near(self, key: int) -> list[int]:
        """Return the keys of the documents that have a band in common with one, ascending."""
        found = {each for value in bands(self._sketch(key)) for each in self._having(value)}
        return sorted(found - {key})

    def likely(self, key: int, others: Sequence[int], share: float) -> list[int]:
        """Return those of other documents whose sketches let expect a share in common."""
        if not others:
            return []
        own = np.frombuffer(self._sketch(key), dtype="<u4")
        values = np.frombuffer(b"".join(map(self._sketch, others)), dtype="<u4")
        same = (values.reshape(len(others), -1) == own).mean(axis=1) >= share
        return [other for other, enough in zip(others, same.tolist(), strict=True) if enough]

    def _read_sketch(self, key: int) -> bytes:
        query = select(DOCUMENTS.c.sketch).where(DOCUMENTS.c.key == key)
        with self._records.connection() as connection:
            return bytes(connection.execute(query).scalar_one())

    def _read_having(self, value: int) -> tuple[int, ...]:
        query = select(BANDS.c.document).where(BANDS.c.value == value)
        with self._records.connection() as connection:
            return tuple(connection.execute(query).scalars())

    def put(self, pairs: Iterable[Pair]) -> None:
        """Store pairs, in one transaction; those that are there stay."""
        rows = [
            dict(zip(("first", "second", "share"), astuple(pair), strict=True)) for pair in pairs
        ]
        if not rows:
            return
        with self._records.changing() as connection:
            connection.execute(upsert(ALIKE).prefix_with("OR IGNORE"), rows)

    def component(self, keys: Collection[int]) -> list[int]:
        """Return the keys of all documents that pairs lead to, those given included, ascending."""
        found = set(keys)
        ahead = list(found)
        while ahead:
            reached = {each for pair in self._pairs(ahead) for each in (pair.first, pair.second)}
            ahead = sorted(reached - found)
            found |= reached
        return sorted(found)

    def among(self, keys: Collection[int]) -> list[Pair]:
        """Return the pairs of documents of a whole component."""
        return sorted(set(self._pairs(keys)), key=lambda pair: (pair.first, pair.second))

    def _pairs(self, keys: Collection[int]) -> Iterator[Pair]:
        with self._records.connection() as connection:
            for some in in_chunks(keys):
                for column in (ALIKE.c.first, ALIKE.c.second):
                    for row in connection.execute(select(ALIKE).where(column.in_(some))):
                        yield Pair(row.first, row.second, row.share)

    def stored(self) -> list[Pair]:
        """Return all pairs."""
        with self._records.connection() as connection:
            query = select(ALIKE).order_by(ALIKE.c.first, ALIKE.c.second)
            return [Pair(row.first, row.second, row.share) for row in connection.execute(query)]

    def ids(self, keys: Collection[int]) -> dict[int, str]:
        """Return the ids of documents by their keys."""
        query = select(DOCUMENTS.c.key, DOCUMENTS.c.id)
        with self._records.connection() as connection:
            return {
                row.key: row.id
                for some in in_chunks(keys)
                for row in connection.execute(query.where(DOCUMENTS.c.key.in_(some)))
            }

    def put_groups(self, groups: Mapping[int, str | None]) -> None:
        """Store the groups of documents, in one transaction.

        Args:
            groups: by the key of each document the id of the one that is shown for its group;
                None for a document without duplicates.
        """
        if not groups:
            return
        live = GROUPS.c.died == FOREVER
        with self._records.changing() as connection:
            known: dict[int, str] = {}
            for some in in_chunks(groups):
                rows = connection.execute(select(GROUPS).where(live, GROUPS.c.document.in_(some)))
                known |= {row.document: row.shown for row in rows}
            changed = [key for key, shown in groups.items() if known.get(key) != shown]
            if not changed:
                return
            state = next_state(connection)
            for some in in_chunks(changed):
                old = update(GROUPS).where(live, GROUPS.c.document.in_(some))
                connection.execute(old.values(died=state))
            came = [
                {"document": key, "born": state, "died": FOREVER, "shown": groups[key]}
                for key in changed
                if groups[key] is not None
            ]
            if came:
                connection.execute(insert(GROUPS), came)
