"""Parts that a question names and a document only mentions: annexes that are not in the file."""

from __future__ import annotations

import re
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Refusal
from docsearch.orthography import fold
from docsearch.parse.dates import find_dates
from docsearch.records import Span

_ASKED: Final = re.compile(
    r"\b(?:phu luc|annex|appendix|bieu mau|mau so)\s*(?:so\s*)?([ivx]+|\d+)?\b"
)
_ATTACHED: Final = re.compile(
    r"\b(?P<part>mau phieu|phieu|bieu mau|mau bao cao|mau|danh sach|de cuong|bang bieu|bang|so do"
    r"|form|list|outline|template)\b[^?]{0,60}?"
    r"\b(?:dinh kem|kem theo|gui kem|di kem|attached|enclosed)\b"
    r"[^?]*\b(?:gom|co|noi dung|muc|cot|chi tieu|gi|items?|contain|include|list)\b"
)
"""What an attachment holds: only the attachment says it, not the letter that names it."""


def refuse_missing_part(context: Context) -> Refusal | None:
    """Return a refusal when a question asks for an annex that no document holds.

    Args:
        context: the question and the index.

    Returns:
        The refusal, with the words that mention the annex; None when an annex begins a line in
        one of the documents, or none is asked for.
    """
    folded_question = fold(context.query.text)
    asked = _ASKED.search(folded_question)
    if asked is None:
        attached = _ATTACHED.search(folded_question)
        return _unless_attached(context, attached["part"]) if attached else None
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


def _unless_attached(context: Context, part: str) -> Refusal | None:
    """Return a refusal unless a document has the attachment below a title of its own."""
    name = _ENGLISH.get(part, part)
    title = re.compile(rf"(?m)^[\s*_#|]*{name}\b(?![^\n]*(?:kem theo|dinh kem))[^\n.;,:]{{0,100}}$")
    mention = None
    for document, text in context.texts():
        folded = fold(text)
        if title.search(folded):
            return None
        found = re.search(rf"\b{name}\b", folded)
        if found and mention is None:
            mention = context.quoter.cite(document, Span(found.start(), found.end()))
    return Refusal(reason="not_stated", nearest=(mention,) if mention else ())


_ENGLISH: Final = {
    "form": "(?:mau|bieu mau|phieu)",
    "template": "(?:mau|bieu mau)",
    "list": "danh sach",
    "outline": "de cuong",
}


_CONCLUDED: Final = re.compile(
    r"\b(?:hop|hoi nghi|phien hop|lam viec|giao ban)(?: \w+){0,3}? ngay \d[^?]*"
    r"\b(?:ket luan|thong nhat|quyet dinh|chi dao|da ban|noi dung)\b"
)
OPENING: Final = 1_500
"""Code points within which a document names the meeting that it is of; arbitrary."""


def refuse_other_meeting(context: Context) -> Refusal | None:
    """Return a refusal when no document is of the meeting whose conclusions are asked for.

    "Cuộc họp tiếp theo dự kiến tổ chức ngày 24/6" says nothing of what was concluded on that day.

    Args:
        context: the question and the index.

    Returns:
        The refusal; None when the beginning of a document names the day, or none is asked for.
    """
    days = {date.value for date in context.query.dates if len(date.value) == len("2024-06-28")}
    if not days or not _CONCLUDED.search(fold(context.query.text)):
        return None
    for _, text in context.texts():
        if days & {mention.value for mention in find_dates(text[:OPENING])}:
            return None
    return Refusal(reason="not_stated")
