"""Answers that put places side by side: the same question to the documents of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.answer.wording import Language, word
from docsearch.orthography import canonical, fold
from docsearch.records import Header, Intent, ItemFields
from docsearch.search.query import Query
from docsearch.search.retrieve import retrieve

EACH: Final = 3  # items for one place
DEPTH: Final = 30

# "Văn bản nào là của Đảng, văn bản nào của chính quyền?"; both sides have to be named, since
# "quản lý nhà nước" and "xây dựng chính quyền" are matters that documents speak of.
_DOCUMENTS: Final = re.compile(r"\b(?:văn bản|documents?)\b")
_OF: Final = (
    r"\b(?:là|của|thuộc|do|bên|về phía|(?:of|from)(?: the)?)"
    r" (?:(?:các )?(?:cơ quan|tổ chức|cấp|khối) )?"
)
_PARTY_SIDE: Final = re.compile(rf"{_OF}đảng\b")
_STATE_SIDE: Final = re.compile(rf"{_OF}(?:chính quyền|nhà nước|state)\b")
_PARTY_BODY: Final = re.compile(
    r"\b(?:dang|tinh|thanh|quan|huyen|thi) uy\b|\b(?:dang|chi) bo\b|\bban thuong vu\b"
)


def compare_places(
    context: Context, ask: Callable[[Context], Draft | Refusal]
) -> Draft | Refusal | None:
    """Return what the documents of each place say about the question.

    Args:
        context: the question and the index.
        ask: how one part is answered.

    Returns:
        The items of each place, the places in turn; None when the documents of no place say
        anything.
    """
    parts = [ask(_part(context, documents)) for documents in _places(context).values()]
    drafts = [part for part in parts if isinstance(part, Draft)]
    if not drafts:
        return None
    return Draft(items=_in_turn(drafts), confidence=max(draft.confidence for draft in drafts))


def _in_turn(drafts: Sequence[Draft]) -> tuple[DraftItem, ...]:
    """Return the first item of every place, then the second of every place, and so on."""
    return tuple(
        draft.items[level] for level in range(EACH) for draft in drafts if level < len(draft.items)
    )


def _places(context: Context) -> dict[str, list[str]]:
    """Return the documents of each place that the question names, or of every place."""
    found: dict[str, list[str]] = {}
    for entry in context.snapshot.entries.values():
        if entry.id not in context.allowed:
            continue
        place = entry.header.place.value if entry.header.place else entry.id
        if context.query.places and place not in context.query.places:
            continue
        found.setdefault(place, []).append(entry.id)
    return dict(sorted(found.items()))


def _part(context: Context, documents: Sequence[str]) -> Context:
    query = replace(context.query, intent=_kind(context), places=())
    hits = retrieve(query, context.snapshot, k=DEPTH, documents=documents)
    return Context(query, context.snapshot, frozenset(documents), hits, lenient=True)


def _kind(context: Context) -> Intent:
    """Return what is compared: time limits, numbers, or words."""
    query = context.query
    folded = fold(query.spelled)
    if query.recurrence or "bao cao" in folded or "thoi han" in folded or "when" in query.also:
        return "when"
    if query.unit or any(part in folded for part in ("muc tieu", "chi tieu", "ti le", "ty le")):
        return "how_many"
    if "who" in query.also and "nao" not in folded:
        return "who"
    return "what"


def asks_for_kind(query: Query) -> bool:
    """Return whether a question asks which documents are of the Party and which of the State."""
    spelled = canonical(query.spelled)
    return all(side.search(spelled) for side in (_DOCUMENTS, _PARTY_SIDE, _STATE_SIDE))


def answer_by_kind(context: Context) -> Draft:
    """Return which documents are of the Party and which of the State."""
    language: Language = "en" if context.query.language == "en" else "vi"
    items = []
    for entry in context.snapshot.entries.values():
        header = entry.header
        stated = header.issuer or header.type or header.subject
        if entry.id not in context.allowed or stated is None:
            continue
        kind = word("party" if _of_party(header) else "state", language)
        name = header.issuer.value if header.issuer else entry.source
        items.append(
            DraftItem(
                text=f"{entry.source}: {kind} ({name})",
                fields=ItemFields(
                    actors=(name,),
                    number=header.number.value if header.number else None,
                    place=header.place.value if header.place else None,
                ),
                citations=(context.quoter.cite(entry.id, stated.span, (), [stated.span]),),
            )
        )
    items.sort(key=lambda item: (word("party", language) not in item.text, item.text))
    return Draft(items=tuple(items), confidence=0.9)


def _of_party(header: Header) -> bool:
    return bool(header.issuer and _PARTY_BODY.search(fold(header.issuer.value)))
