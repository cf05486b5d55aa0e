"""Questions for a telephone number or an address: only words that hold one answer them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from docsearch.orthography import fold
from docsearch.search.query import Query


class _Contact(NamedTuple):
    asked: re.Pattern[str]
    given: re.Pattern[str]


_CONTACTS: Final = (
    _Contact(
        re.compile(r"\bso (?:dien thoai|dt|fax)\b|duong day nong|hotline|\b(?:phone|fax) num"),
        re.compile(r"(?<![\d/.])(?:\(?0\d|\+84|1[89]00)[\d ().-]{6,}\d(?![\d/])"),
    ),
    _Contact(
        re.compile(r"\be-?mail\b|\bthu dien tu\b|\bhop thu(?: cong vu)?\b"), re.compile(r"\w@\w")
    ),
    _Contact(
        re.compile(r"\b(?:so tai khoan|tai khoan so|account num)"),
        re.compile(r"(?:tài khoản|stk)\D{0,60}\d{4}"),
    ),
)
"""What is asked for, in a folded question, and what gives it, in small letters of a document."""


def asked_contact(query: Query) -> re.Pattern[str] | None:
    """Return what the words of an answer have to hold.

    Args:
        query: the question.

    Returns:
        A pattern for text in small letters where the question asks for a number to call, an
        e-mail address or an account; None where it asks for anything else, such as who has to
        send telephone numbers by when.
    """
    if query.intent not in ("what", "how_many", "metadata"):
        return None
    asked = fold(query.text)
    return next((c.given for c in _CONTACTS if c.asked.search(asked)), None)
