"""What a commune that no document names has to do: the duties of "UBND các xã" of its district."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from docsearch.answer.which import gazetteer_of
from docsearch.index.snapshot import Snapshot
from docsearch.orthography import canonical
from docsearch.register.query import ObligationQuery, Register
from docsearch.search.query import Query

_LEVEL: Final = re.compile(r"(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh) ")
_BODY: Final = (
    r"(?:chủ tịch )?(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|đảng ủy|công an|trạm y tế"
    r"|ủy ban mttq|hội phụ nữ|đoàn thanh niên) "
)


@dataclass(frozen=True, slots=True)
class Member:
    """A question put to the class of a body ("UBND xã"), and the documents that it is in."""

    query: Query
    documents: tuple[str, ...]


def as_member(query: Query, snapshot: Snapshot, documents: Collection[str] | None) -> Member | None:
    """Return a question on a body of a place that is in no document as one on bodies of its kind.

    Args:
        query: one that names a place that the corpus has not: "UBND xã Vân Thủy phải làm gì?".
        snapshot: the index.
        documents: ids of those that may be answered from; None means all.

    Returns:
        None where no body of the place is named, or none has duties in a document of its district:
        by the units of the country, as the register matches them.
    """
    if len(query.unknown_places) != 1:
        return None
    place = canonical(query.unknown_places[0])
    level = _LEVEL.match(place)
    named = re.search(rf"(?<!\w)({_BODY}){re.escape(place)}(?!\w)", canonical(query.spelled))
    if level is None or named is None:
        return None
    entries = snapshot.entries
    asked_about = [e for id_, e in entries.items() if documents is None or id_ in documents]
    facts = snapshot.some_facts([entry.id for entry in asked_about])
    register = Register(asked_about, facts, gazetteer_of(snapshot))
    found = register.obligations(ObligationQuery(actor=named[0]), today=date.today())
    if not found:
        return None
    bare = place[level.end() :]
    spelled = re.sub(rf"(?i)(?<!\w){re.escape(bare)}(?!\w)", "", query.spelled)
    syllables = set(bare.split())
    asked = replace(
        query,
        spelled=" ".join(spelled.split()),
        unknown_places=(),
        topic=tuple(word for word in query.topic if word not in syllables),
    )
    return Member(asked, tuple(dict.fromkeys(due.document for due in found)))
