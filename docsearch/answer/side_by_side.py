"""Answers about documents that a question names, or counts, as the sides of what it asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from docsearch.answer.by_headers import answer_across_headers, asks_across_headers
from docsearch.answer.by_kind import asks_for_kind
from docsearch.answer.candidates import Context
from docsearch.answer.comparing import (
    compare_sides,
    dates_of_sides,
    joined,
    kind_compared,
    labelled,
)
from docsearch.answer.draft import Draft, Refusal
from docsearch.answer.in_parts import answer_in_parts
from docsearch.answer.named_documents import named_documents
from docsearch.answer.sides import Side, counted_sides
from docsearch.answer.which import Meant
from docsearch.index.snapshot import Snapshot
from docsearch.records import Intent
from docsearch.search.encoded import with_vectors
from docsearch.search.query import Query

_First = Callable[[Context, Meant, Intent], Draft | Refusal]


class _Ask(Protocol):
    """Answers one question from some documents."""

    def __call__(self, query: Query, *, documents: Collection[str] | None) -> Draft | Refusal:
        """Return the answer, or why there is none."""


def answer_side_by_side(
    query: Query,
    snapshot: Snapshot,
    documents: Collection[str] | None,
    *,
    ask: _Ask,
    first: _First,
) -> Draft | Refusal | None:
    """Return what each of the documents says that a question puts side by side, or counts.

    Args:
        query: the question.
        snapshot: the index.
        documents: ids of those that may be answered from; None means all.
        ask: answers one question from some documents.
        first: answers one part from its hits.

    Returns:
        The answer; None where the question names no documents so.
    """
    if asks_for_kind(query):
        return None
    named = named_documents(query, snapshot, documents)
    if named:
        return _of_named(query, snapshot, named, ask, first)
    return _of_counted(query, snapshot, documents, ask, first)


def _of_named(
    query: Query,
    snapshot: Snapshot,
    named: tuple[Query, Sequence[Side]],
    ask: _Ask,
    first: _First,
) -> Draft | Refusal | None:
    """Return what each named document says.

    Where none says anything, the whole question is asked of these documents, and of no other.
    """
    asked, sides = named
    every = frozenset(each for side in sides for each in side.documents)
    across = next(filter(asks_across_headers, (query, asked)), None)
    if across:
        context = Context(across, snapshot, every, ())
        return answer_across_headers(context, _meant_of(every)) or dates_of_sides(context, sides)
    compared = _compared(asked, snapshot, sides, first)
    return compared or answer_in_parts(query, partial(ask, documents=every))


def _compared(
    query: Query, snapshot: Snapshot, sides: Sequence[Side], first: _First
) -> Draft | None:
    every = frozenset(each for side in sides for each in side.documents)
    context = Context(query, with_vectors(snapshot, [query]), every, ())
    return compare_sides(
        context, sides, lambda part: first(part, _meant_of(part.allowed), part.query.intent)
    )


def _meant_of(documents: Collection[str]) -> Meant:
    alone = frozenset(documents)
    return Meant(documents=alone, own=alone, cited=(), lost=())


def _of_counted(
    query: Query,
    snapshot: Snapshot,
    documents: Collection[str] | None,
    ask: _Ask,
    first: _First,
) -> Draft | None:
    """Return what each of the documents says that a question counts: "hai thông báo …"."""
    if query.intent == "which_document" or asks_across_headers(query):
        return None
    allowed = snapshot.entries if documents is None else documents
    counted = counted_sides(query, (snapshot.entries[each] for each in allowed))
    if counted is None:
        return None
    query, sides = counted
    if query.intent == "compare":
        return _compared(query, snapshot, sides, first)
    drafts = []
    for side in sides:
        asked = replace(query, intent=kind_compared(query))
        draft = answer_in_parts(asked, partial(ask, documents=side.documents))
        if isinstance(draft, Draft):
            drafts.append(labelled(draft, side.label))
    return joined(drafts) if len(drafts) > 1 else None
