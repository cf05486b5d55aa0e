"""Answers to "được đăng trên Trang thông tin điện tử ngày nào": what a web page says of itself."""

from __future__ import annotations

import re
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.answer.which import Meant
from docsearch.orthography import fold
from docsearch.parse.dates import find_dates
from docsearch.records import ItemFields, Span

_ASKED: Final = re.compile(
    r"\b(?:dang(?: tai)?|dua|cong bo) (?:len|tren|o)\b[^?]{0,60}?\b(?:website|web|trang|cong|mang)"
    r"\b[^?]{0,60}?\b(?:ngay|khi|luc|hom|gio) (?:nao|may)\b"
    r"|\b(?:ngay|khi|luc|hom) (?:nao|may)\b[^?]{0,60}?\bdang (?:len|tren)\b"
    r"|\b(?:trang|cong thong tin|website|bai viet|tin)\b[^?]{0,200}? (?:duoc )?dang\b[^?]{0,80}?"
    r"\b(?:ngay|khi|luc|hom) (?:nao|may)\b"
    r"|\b(?:ngay dang|dang (?:tai )?(?:vao )?(?:ngay|luc|khi|hom)) (?:nao|may|la)\b"
    r"|\bwhen (?:was|were)\b[^?]{0,80}?\b(?:posted|published|uploaded)\b"
)
_DUTY: Final = re.compile(r"\b(?:phai|can|truoc|cham nhat|yeu cau|must|should|before|by)\b")
_OUTRIGHT: Final = re.compile(
    r"\b(?:tin|bai|bai viet|trang)\b.{0,200}\b(?:duoc )?dang (?:tai )?(?:vao )?"
    r"(?:ngay|luc|khi|hom) (?:nao|may)"
)
"""Asks for it of a post, whose title may say that something has to be done."""
_POSTED: Final = re.compile(
    r"(?m)^[\s*_|]*(?:dang luc|dang ngay|ngay dang(?: tai| tin)?|thoi gian dang|posted(?: on)?"
    r"|ngay xuat ban|xuat ban)\s*:?\s*(?P<when>[^\n]{6,60})$"
)
_WEEKDAY: Final = re.compile(
    r"(?m)^[\s*_|]*(?:thu (?:hai|ba|tu|nam|sau|bay)|chu nhat)(?:,| ?-| ngay) ?[^\n]{6,40}$"
)
"""How many pages date a post above or below its title: "Thứ Ba, 5 tháng 10, 2021"."""
TOP: Final = 600
"""Code points at the beginning of a page in which such a line stands."""


def answer_by_posting(context: Context, meant: Meant) -> Draft | None:
    """Return when the page of a document was put on the web, as it says itself.

    Args:
        context: the question and the index.
        meant: the documents that the question means.

    Returns:
        The line that says it; None when the question asks otherwise, or the page says nothing.
    """
    asked = fold(context.query.text)
    if not _ASKED.search(asked) or (_DUTY.search(asked) and not _OUTRIGHT.search(asked)):
        return None
    near = [each for each in context.hits_by_document if each in context.allowed]
    document = max(meant.own or near, key=context.subject_coverage, default=None)
    covered = context.subject_coverage(document) if document else 0.0
    if document is None or not (meant.own or covered >= context.enough(0.25)):
        return None
    text = context.quoter.document(document).text
    folded = fold(text)
    for match in (*_POSTED.finditer(folded), *_WEEKDAY.finditer(folded[:TOP])):
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
