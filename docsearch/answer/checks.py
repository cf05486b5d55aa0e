"""What an answer has to say beside what it was found by: a number, an event, the year asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from docsearch.answer.asked_contact import asked_contact
from docsearch.answer.asked_whole import is_of_part
from docsearch.answer.asked_year import is_of_another_year
from docsearch.answer.by_passage import answer_by_passage
from docsearch.answer.candidates import Context
from docsearch.answer.counting import counts
from docsearch.answer.cut_off import is_cut_off
from docsearch.answer.draft import Draft, Refusal
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import canonical
from docsearch.search.english import translate
from docsearch.search.query import Query


def checked(context: Context, draft: Draft) -> Draft | Refusal:
    """Return an answer when it says what the question wants to know.

    Args:
        context: the question and the index.
        draft: the answer.

    Returns:
        The answer; else the best sentence that says it, where the question is for what happened or
        for a number to call; else a refusal.
    """
    query = context.query
    if not _happened(query, draft):
        words = _undergone(query)
        return _said(context, draft, lambda line: words <= set(alike_syllables(line)))
    contact = asked_contact(query)
    if contact:
        return _said(context, draft, lambda line: bool(contact.search(line.lower())))
    if is_of_part(context, draft):
        return Refusal(reason="not_stated", nearest=draft.items[0].citations[:1])
    if not _says_how_much(query, draft) or is_cut_off(context, draft):
        return Refusal(reason="not_stated", nearest=draft.items[0].citations[:1])
    if is_of_another_year(context, draft):
        nearest = draft.items[0].citations[:1]
        return Refusal(reason="not_stated", confidence=draft.confidence, nearest=nearest)
    return draft


def _said(context: Context, draft: Draft, says: Callable[[str], bool]) -> Draft | Refusal:
    """Return the answer when its words may answer, else the best sentence whose words may."""
    if any(says(item.text) for item in draft.items):
        return draft
    said = answer_by_passage(context, says)
    if isinstance(said, Draft):
        return said
    return Refusal(reason="not_stated", nearest=draft.items[0].citations[:1])


_HOW_MUCH: Final = re.compile(r"(?<!\w)(?:bao nhiêu|mấy)(?!\w)")


def _says_how_much(query: Query, draft: Draft) -> bool:
    """Return whether an answer has a number where a question also asks how much.

    "Tổ chức nào không kê khai thì bị phạt bao nhiêu tiền": who it is alone is no answer.
    """
    if query.intent in ("how_many", "when") or "how_many" not in query.also:
        return True
    if query.unit is None:
        return True
    if query.parts or not _HOW_MUCH.search(canonical(query.spelled)):
        return True
    return any(
        item.fields.value is not None or counts(item.text, money=query.unit == "đồng")
        for item in draft.items
    )


_UNDERGONE_ENGLISH: Final = re.compile(
    r"\b(?:was|were|been|got) (criticised|criticized|praised|commended|fined|punished|disciplined"
    r"|rewarded|suspended|dismissed)\b"
)
_NOT_YET: Final = re.compile(r"(?<!\w)(?:nào|ai)(?!\w).{0,60}?(?<!\w)(chưa) (\w+)\b")
_UNDERGONE: Final = re.compile(
    r"(?<!\w)(?:nào|ai)(?!\w).{0,60}?(?<!\w)(?<!chuẩn )(?<!trang )(?<!thiết )bị "
    r"(?!nghiêm cấm|cấm)(\w+) (\w+)\b(?! (?:thế nào|ra sao|như thế nào|gì))"
)


def _happened(query: Query, draft: Draft) -> bool:
    """Return whether an answer says what a question says has happened: "xã nào bị kỷ luật".

    A duty with nearly the same words does not say that anything happened to anybody.
    """
    words = _undergone(query)
    cited = [citation for item in draft.items for citation in item.citations]
    return not words or any(words <= set(alike_syllables(citation.quote)) for citation in cited)


def _undergone(query: Query) -> frozenset[str]:
    """Return what a question says has happened to somebody; empty when it says no such thing."""
    spelled = canonical(query.spelled)
    asked = _UNDERGONE.search(spelled) or _NOT_YET.search(spelled)
    if asked is None and query.language == "en" and query.intent == "who":
        told = _UNDERGONE_ENGLISH.search(query.text.lower())
        return frozenset(alike_syllables(translate(told[1]).text)) if told else frozenset()
    return frozenset(alike_syllables(" ".join(asked.groups()))) if asked else frozenset()
