"""Answers that put places side by side: the same question to the documents of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.answer.wording import Language, word
from docsearch.orthography import fold
from docsearch.records import Header, Intent, ItemFields
from docsearch.search.retrieve import retrieve

EACH: Final = 3  # items for one place
DEPTH: Final = 30


def compare_places(
    context: Context, ask: Callable[[Context], Draft | Refusal]
) -> Draft | Refusal | None:
    """Return what the documents of each place say about the question.

    Args:
        context: the question and the index.
        ask: how one part is answered.

    Returns:
        The items of each place, the places in turn; None when fewer than two documents can be
        compared.
    """
    drafts = []
    for place, documents in _places(context).items():
        part = _part(context, documents)
        draft = ask(part)
        if isinstance(draft, Draft):
            drafts.append((place, draft))
    if not drafts:
        return None
    items = tuple(item for _, draft in drafts for item in draft.items[:EACH])
    best = max(draft.confidence for _, draft in drafts)
    return Draft(items=_in_turn([draft for _, draft in drafts], items), confidence=best)


def _in_turn(drafts: Sequence[Draft], items: Sequence[DraftItem]) -> tuple[DraftItem, ...]:
    """Return the first item of every place, then the second of every place, and so on."""
    turns = [
        draft.items[level] for level in range(EACH) for draft in drafts if level < len(draft.items)
    ]
    return tuple(turns) if turns else tuple(items)


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


def asks_for_kind(context: Context) -> bool:
    """Return whether a question asks which documents are of the Party and which of the State."""
    folded = fold(context.query.spelled)
    return "van ban" in folded and ("chinh quyen" in folded or "nha nuoc" in folded)


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
    issuer = fold(header.issuer.value) if header.issuer else ""
    return any(
        name in issuer
        for name in (
            "dang uy",
            "huyen uy",
            "tinh uy",
            "thanh uy",
            "thi uy",
            "dang bo",
            "ban thuong vu",
        )
    )
