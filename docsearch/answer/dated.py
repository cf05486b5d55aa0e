"""Documents that a question names by a day: "thông báo kết luận ngày 17/10/2023"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.kind_words import kinds_pattern
from docsearch.answer.missing import OPENING
from docsearch.orthography import fold
from docsearch.parse.dates import find_dates
from docsearch.search.query import Query

_KINDS: Final = kinds_pattern(folded=True)
_NAMED: Final = re.compile(rf"\b{_KINDS}(?: ket luan)?(?: so \S+)? (?:ngay|of|dated) \d")
_MEETING: Final = r"(?:hop|lam viec|hoi nghi|meeting)"
_TELLING: Final = re.compile(
    rf"\b(?:{_KINDS}|{_MEETING})(?: so \S+)?(?: \w+)?"
    r" (?:(?:vao )?ngay|of|on|dated|held on) \d{1,2}\b(?! (?:hang|moi) thang)"
)
"""A day by which a question names a document or a meeting, not one on which something is due."""

_CITED: Final = re.compile(r"\d+[\w/-]*[/-][^\W\d_][\w/-]*,?\s+(?:ngày\s*)?$")
"""Stands before the day of another document: "Kết luận số 1364-KL/TU ngày"."""


def names_day(query: Query) -> bool:
    """Return whether a question names a document by a day."""
    return bool(_days(query))


def tells_by_day(query: Query) -> bool:
    """Return whether a question names a document or a meeting by its day."""
    return bool(_TELLING.search(fold(query.text)))


def _days(query: Query) -> set[str]:
    if not _NAMED.search(fold(query.text)):
        return set()
    return {each.value for each in query.dates if each.bound is None and len(each.value) == 10}


def of_day_named(context: Context) -> Sequence[str]:
    """Return the documents of the day by which a question names one.

    Args:
        context: the question and the index.

    Returns:
        Ids of those issued on the day; else, of those that the search finds, those whose
        beginning names it, as the day of a meeting; none where the question names no day so.
    """
    query = context.query
    days = _days(query)
    if not days:
        return ()
    entries = context.snapshot.entries
    found = list(dict.fromkeys(hit.passage.document_id for hit in context.hits))
    issued = {each: entries[each].header.issued_on for each in found}
    own = [each for each, day in issued.items() if day and day.value in days]
    if own:
        return own
    texts = ((each, context.quoter.document(each).text[:OPENING]) for each in found)
    return [document for document, text in texts if days & set(own_days(text))]


def own_days(opening: str) -> Iterator[str]:
    """Yield the days that a beginning names, but for those of other documents that it cites."""
    for mention in find_dates(opening):
        if not _CITED.search(opening[: mention.span.start][-60:]):
            yield mention.value
