"""Answers to a question for a telephone number, an e-mail address or an account."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from docsearch.answer.asked_contact import asked_contact
from docsearch.answer.by_passage import answer_by_passage
from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft

_NAMES: Final = frozenset(
    (
        *("số", "điện", "thoại", "fax", "máy", "đường", "dây", "nóng", "hotline", "thư", "tử"),
        *("email", "hộp", "địa", "chỉ", "tài", "khoản", "liên", "hệ"),
    )
)
"""Syllables by which a question only says what it wants to know of a body."""


def answer_by_contact(context: Context) -> Draft | None:
    """Return the sentence that gives the number or address of the body that is asked about.

    Args:
        context: the question and the index.

    Returns:
        The best sentence that holds one; None when the question asks otherwise, or no sentence
        with one speaks of the body.
    """
    contact = asked_contact(context.query)
    topic = tuple(word for word in context.query.topic if word not in _NAMES)
    if contact is None or not topic:
        return None
    body = replace(context.query, topic=topic)
    part = Context(body, context.snapshot, context.documents, context.hits)
    said = answer_by_passage(part, lambda line: bool(contact.search(line.lower())))
    return said if isinstance(said, Draft) else None
