"""Answers to "được đăng trên Trang thông tin điện tử ngày nào": what a web page says of itself."""

from __future__ import annotations

import re
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.answer.which import Meant, best_document
from docsearch.orthography import fold
from docsearch.parse.dates import find_dates
from docsearch.records import ItemFields, Span

_ASKED: Final = re.compile(
    r"\b(?:dang(?: tai)?|dua|cong bo) (?:len|tren|o)\b[^?]{0,60}?\b(?:website|web|trang|cong|mang)"
    r"\b[^?]{0,60}?\b(?:ngay|khi|luc|hom|gio) (?:nao|may)\b"
    r"|\b(?:ngay|khi|luc|hom) (?:nao|may)\b[^?]{0,60}?\bdang (?:len|tren)\b"
    r"|\b(?:ngay dang|dang (?:tai )?(?:vao )?(?:ngay|luc|khi|hom)) (?:nao|may|la)\b"
    r"|\bwhen (?:was|were)\b[^?]{0,80}?\b(?:posted|published|uploaded)\b"
)
_DUTY: Final = re.compile(r"\b(?:phai|can|truoc|cham nhat|yeu cau|must|should|before|by)\b")
_POSTED: Final = re.compile(
    r"(?m)^[\s*_|]*(?:dang luc|dang ngay|ngay dang(?: tai| tin)?|thoi gian dang|posted(?: on)?"
    r"|ngay xuat ban|xuat ban)\s*:?\s*(?P<when>[^\n]{6,60})$"
)


def answer_by_posting(context: Context, meant: Meant) -> Draft | None:
    """Return when the page of a document was put on the web, as it says itself.

    Args:
        context: the question and the index.
        meant: the documents that the question means.

    Returns:
        The line that says it; None when the question asks otherwise, or the page says nothing.
    """
    asked = fold(context.query.text)
    if not _ASKED.search(asked) or _DUTY.search(asked):
        return None
    ranking = list(context.hits_by_document)
    open_ones = meant.own or context.allowed
    document, covered = best_document(context.query, context.snapshot, open_ones, ranking)
    if document is None or not (meant.own or covered >= context.enough(0.25)):
        return None
    text = context.quoter.document(document).text
    for match in _POSTED.finditer(fold(text)):
        line = text[match.start() : match.end()]
        day = next((date.value for date in find_dates(line)), None)
        if day is None:
            continue
        start = match.end() - len(line.lstrip("\n\t *_|"))
        span = Span(start, match.start() + len(line.rstrip()))
        item = DraftItem(
            text=context.quoter.line(document, span),
            fields=ItemFields(date=day),
            citations=(context.quoter.cite(document, span, (), [span]),),
        )
        return Draft(items=(item,), confidence=1.0 if meant.own else covered)
    return None
