"""Parts that a question names and a document only mentions: annexes that are not in the file."""

from __future__ import annotations

import re
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Refusal
from docsearch.orthography import fold
from docsearch.records import Span

_ASKED: Final = re.compile(
    r"\b(?:phu luc|annex|appendix|bieu mau|mau so)\s*(?:so\s*)?([ivx]+|\d+)?\b"
)


def refuse_missing_part(context: Context) -> Refusal | None:
    """Return a refusal when a question asks for an annex that no document holds.

    Args:
        context: the question and the index.

    Returns:
        The refusal, with the words that mention the annex; None when an annex begins a line in
        one of the documents, or none is asked for.
    """
    asked = _ASKED.search(fold(context.query.text))
    if asked is None:
        return None
    name = r"phu luc" if asked[0].startswith(("phu", "ann", "app")) else r"(?:bieu mau|mau so)"
    begins = re.compile(rf"(?m)^[\s*_#]*{name}\s*(?:so\s*)?{asked[1] or ''}\b(?![^\n]*kem theo\))")
    mention = None
    for document, text in context.texts():
        folded = fold(text)
        if begins.search(folded):
            return None
        found = re.search(name, folded)
        if found and mention is None:
            mention = context.quoter.cite(document, Span(found.start(), found.end()))
    return Refusal(reason="not_stated", nearest=(mention,) if mention else ())
