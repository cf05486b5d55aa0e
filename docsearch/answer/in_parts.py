"""Answers to questions that ask several things."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from docsearch.answer.by_passage import says_where
from docsearch.answer.by_target import asks_other_kind
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.index.tokens import alike
from docsearch.orthography import canonical
from docsearch.records import ItemFields
from docsearch.search.parts import asks_where
from docsearch.search.query import Query

EACH = 3  # items for one part


def answer_in_parts(query: Query, ask: Callable[[Query], Draft | Refusal]) -> Draft | Refusal:
    """Return the answer to every part of a question, in its order.

    Args:
        query: the question, with its parts.
        ask: answers one question.

    Returns:
        The answer to the whole question where it says everything that the parts ask; else the
        answers to the parts, those that there are. A refusal when no part that has a matter of
        its own is answered, and the whole is not either.
    """
    whole = ask(query)
    parts = query.parts
    if len(parts) < 2 or all(part.intent == "metadata" for part in (query, *parts)):
        return whole
    own = [part for part in parts if not part.depends]
    if len(own) > 1:
        answers = [ask(part) for part in own]
        found = [answer for answer in answers if isinstance(answer, Draft)]
        if isinstance(whole, Draft) and len(found) < len(own):
            found = [whole, *found]
        if not found:
            return whole
        draft = _joined([*(answer.items[:EACH] for answer in found)], found)
    elif isinstance(whole, Draft):
        draft = _with_place(whole, own, ask)
    else:
        first = ask(parts[0])
        if isinstance(first, Refusal):
            return whole
        draft = first
    for part in parts:
        other = part.intent == "how_many" and asks_other_kind(parts[0].text, part.text)
        if part.depends and (other or not _said(draft, query, part)):
            answer = ask(part)
            if isinstance(answer, Draft):
                draft = _joined([draft.items, answer.items[:EACH]], [draft, answer])
    return draft


def _said(draft: Draft, query: Query, part: Query) -> bool:
    """Return whether the best items say what a part asks that depends on the one before it."""
    if part.intent == "metadata":
        return query.intent == "metadata"
    best = [item.fields for item in draft.items[:2]]
    if query.intent == "metadata" and part.intent == "when":
        return any(item.fields.date for item in draft.items)
    if query.intent == "metadata":
        best = []  # who signed is not who has to do it
    checks: dict[str, Callable[[ItemFields], bool]] = {
        "who": lambda fields: bool(fields.actors),
        "when": lambda fields: bool(fields.deadline or fields.date or fields.period),
        "to_whom": lambda fields: bool(fields.recipient),
        "how_many": lambda fields: fields.value is not None and _is_counted(fields, part),
    }
    if asks_where(part.text):
        return _says_where(draft)
    check = checks.get(part.intent)
    if check is None:
        return True
    if part.intent == "when" and query.intent == "when" and query.parts[0].intent == "when":
        return len({item.fields.deadline or item.fields.date for item in draft.items}) > 1
    return any(check(fields) for fields in best)


def _with_place(
    whole: Draft, own: Sequence[Query], ask: Callable[[Query], Draft | Refusal]
) -> Draft:
    """Return the answer to the whole behind where it is done, when the first part asks that."""
    if not own or not _asks_place(own[0]) or _says_where(whole):
        return whole
    place = ask(own[0])
    if isinstance(place, Refusal):
        return whole
    return _joined([place.items[:1], whole.items], [place, whole])


_PLACES: Final = re.compile(
    r"(?<!\w)(?:ở|tại|đến|kiểm tra|thanh tra|giám sát|hỗ trợ|đối với)"
    r" (?:những |các |mấy )?(?:huyện|xã|thôn|bản|ấp|phường|tỉnh|trường|nơi)"
    r"(?:, \w+)* nào(?!\w)"
)


def _asks_place(part: Query) -> bool:
    return asks_where(part.text) or bool(_PLACES.search(canonical(part.spelled)))


def _says_where(draft: Draft) -> bool:
    return any(says_where(item.text) for item in draft.items[:2])


def _is_counted(fields: ItemFields, part: Query) -> bool:
    """Return whether a figure is of what a part counts: "bao nhiêu ca tử vong" is no "ca mắc"."""
    if not part.unit or part.unit in ("%", "đồng"):
        return True
    said = alike(f"{fields.unit or ''} {fields.action or ''}")
    return all(word in said.split() for word in alike(part.unit).split())


def _joined(items: Sequence[Sequence[DraftItem]], drafts: Sequence[Draft]) -> Draft:
    """Return all items, each once; the first of every draft before the second of any."""
    longest = max(len(each) for each in items)
    level = [each[n] for n in range(longest) for each in items if n < len(each)]
    kept: dict[str, DraftItem] = {}
    for item in level:
        kept.setdefault(item.text, item)
    return Draft(items=tuple(kept.values()), confidence=min(draft.confidence for draft in drafts))
