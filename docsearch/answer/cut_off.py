"""A figure at the very end of a text that breaks off there is no figure: "đạt tỷ lệ trên 9"."""

from __future__ import annotations

import re
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft
from docsearch.answer.relevance import Layer

_CUT: Final = re.compile(r"(?<![\w/])(?!(?<=năm )\d{4}(?!\d))\d+(?:[.,]\d*)?[.…\s]*$")
_NUMBER: Final = re.compile(r"\d")
_LONGEST: Final = 400  # code points of a clause


def is_cut_off(context: Context, draft: Draft) -> bool:
    """Return whether all that an answer says of a figure is where its document breaks off.

    Args:
        context: the question, which asks how much, and the index.
        draft: the answer.

    Returns:
        True where the first quotation ends with the text, in digits without a unit, and its last
        clause has more of the question than the rest of it.
    """
    query = context.query
    if query.intent != "how_many" or not draft.items or not draft.items[0].citations:
        return False
    first = draft.items[0].citations[0]
    text = context.quoter.text(first.document)
    end = len(text.rstrip())
    if first.span.end < end or not _CUT.search(text, max(0, end - 12), end):
        return False
    begin = max(text.rfind(mark, max(first.span.start, end - _LONGEST), end) for mark in ";\n")
    begin = max(begin + 1, first.span.start)
    rest = text[first.span.start : begin]  # empty where the figure is all that is quoted
    said = [context.relevance.coverage([Layer.of(part, 1.0)]) for part in (text[begin:end], rest)]
    return said[0] > said[1] or not _NUMBER.search(rest)
