"""Answers to "đề xuất với cơ quan nào?": to whom a sentence says that something is suggested."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docsearch.answer.by_obligation import duty_at
from docsearch.answer.by_passage import answer_by_passage
from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft
from docsearch.orthography import canonical

_VERB: Final = r"(?:đề xuất|kiến nghị|phản ánh|đề nghị)"
_WITH: Final = r"(?:với|lên|đến|tới)"
_ASKS: Final = re.compile(
    rf"(?<!\w)(?P<verb>{_VERB})(?: [^\s?;]+){{0,4}}? {_WITH} "
    r"(?:ai|(?:những )?(?:cơ quan|đơn vị|phòng|sở|ban|cấp|nơi) nào)(?!\w)"
)


def answer_by_suggestion(context: Context) -> Draft | None:
    """Return the sentence that says to whom something is suggested.

    Args:
        context: the question and the index.

    Returns:
        The best sentence with the verb of the question and whom it is put to ("đề xuất với tỉnh");
        None when the question asks otherwise, or no such sentence says enough of it.
    """
    asked = _ASKS.search(canonical(context.query.spelled))
    if asked is None:
        return None
    says = re.compile(rf"(?<!\w){asked['verb']}(?: [^\s.;]+){{0,6}}? {_WITH} \w")
    plain = replace(context, query=replace(context.query, intent="what"))  # the whole sentence
    found = answer_by_passage(plain, lambda line: bool(says.search(canonical(line))))
    if not isinstance(found, Draft):
        return None
    first = found.items[0].citations[0]
    duty = duty_at(
        context,
        first.document,
        first.span,
        lambda fact: bool(says.search(canonical(fact.action.text))),
    )
    return replace(found, items=(duty, *found.items[1:])) if duty else found
