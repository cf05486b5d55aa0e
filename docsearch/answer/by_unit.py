"""Answers to "UBND các xã, thị trấn phải làm gì?": what one body has to do."""

from __future__ import annotations

import re
from typing import Final

from docsearch.answer.asked_body import body_names
from docsearch.answer.by_obligation import draft_of
from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft
from docsearch.facts.actors import name_key
from docsearch.orthography import fold
from docsearch.records import Obligation

MOST: Final = 10

_ASKS: Final = re.compile(
    r"\b(?:lam|thuc hien|giao|duoc giao) (?:nhung )?(?:gi|viec gi|nhung gi|nhiem vu gi)\b"
    r"|(?:trach nhiem|nhiem vu|viec|cong viec) (?:gi|nao|la gi)\b"
    r"|nhung (?:nhiem vu|trach nhiem|viec)\b"
)


def answer_by_unit(context: Context) -> Draft | None:
    """Return the obligations of the body that a question begins with.

    Args:
        context: the question and the index.

    Returns:
        Its obligations in the order of the text, the best of them when the question is about
        one matter; None when the question names no body, or asks something else.
    """
    query = context.query
    if query.language == "en" or not _ASKS.search(fold(query.text)):
        return None
    key = _asked_unit(context)
    if key is None:
        return None
    found = context.obligations(lambda fact: _is_of(fact, key))
    if not found:
        return None
    topical = [c for c in found if c.coverage >= context.enough(0.6)]
    if topical and len(topical) < len(found) and topical[0].coverage > 1.3 * found[-1].coverage:
        return draft_of(context, topical[:MOST])
    ordered = sorted(found, key=lambda c: (c.document, c.span.start))
    return draft_of(context, ordered[:MOST])


def _asked_unit(context: Context) -> str | None:
    names = body_names(context)
    return name_key(names[0]) if len(names) == 1 else None


def _is_of(fact: Obligation, key: str) -> bool:
    return any(name_key(actor.text) == key for actor in fact.actors)
