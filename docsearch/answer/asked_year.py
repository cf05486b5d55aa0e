"""The year that a question names, and whether what answers it is of that year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.search.query import Query

_YEAR: Final = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)")
_SPAN: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)\s{0,2}[-–]\s{0,2}((?:19|20)\d\d)(?!\d)")
_ONE: Final = re.compile(r"(?i)(?<!đến )(?<!tới )(?<!hết )(?<!từ )năm (?:19|20)\d\d")
_OF_DUTIES: Final = frozenset(("who", "when", "to_whom", "list", "what", "how_many"))


def is_of_another_year(context: Context, draft: Draft) -> bool:
    """Return whether a question names a year that no document of an answer speaks of.

    Args:
        context: the question and the index.
        draft: the answer.

    A plan of one year speaks of that year; the years of a period that it names are not its own.

    Returns:
        False where the question names no year, or where what answers comes again every year and
        the document is not younger.
    """
    query = context.query
    asked = set(_asked(query))
    if query.intent not in _OF_DUTIES or not asked:
        return False
    documents = {citation.document for item in draft.items for citation in item.citations}
    spoken: set[int] = set()
    for document in documents:
        header = context.snapshot.entries[document].header
        subject = header.subject.value if header.subject else ""
        of_one_year = bool(_ONE.search(subject)) and not _SPAN.search(subject)
        text = context.quoter.document(document).text
        spoken |= set(_spoken(_SPAN.sub(" ", text) if of_one_year else text))
        periods = {(match[1], match[2]) for match in _SPAN.finditer(text)}
        for period in query.years:
            if tuple(period.split("/")) in periods:
                spoken |= set(map(int, period.split("/")))
        if header.issued_on:
            spoken.add(int(header.issued_on.value[:4]))
    if asked <= spoken:
        return False
    return not (any(map(_recurs, draft.items)) and spoken and max(asked) >= min(spoken))


def _asked(query: Query) -> Iterator[int]:
    dated = {date.value[:4] for date in query.dates}
    for years in query.years:
        yield from (int(year) for year in years.split("/") if year not in dated)


def _spoken(text: str) -> Iterator[int]:
    yield from (int(match[0]) for match in _YEAR.finditer(text))
    for match in _SPAN.finditer(text):
        first, last = int(match[1]), int(match[2])
        yield from range(first, min(last, first + 50) + 1)


def _recurs(item: DraftItem) -> bool:
    return (item.fields.deadline or "").startswith(("-", "P")) and not re.fullmatch(
        r"P\d+D", item.fields.deadline or ""
    )
