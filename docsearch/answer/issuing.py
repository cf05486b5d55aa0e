"""The day on which a report says that a document was issued: "Ngày 10/02/2020, … đã ban hành …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from docsearch.parse.dates import find_dates
from docsearch.records import Span

BEFORE: Final = 250
"""Code points between the day and the document that was issued on it, at most; arbitrary."""

_ISSUED: Final = re.compile(
    r"(?:(?<=[.;:\n])|^)\s*(?P<said>(?:Vào |Hôm )?(?:[Ss]áng |[Cc]hiều )?[Nn]gày [^.;\n]{6,240}?"
    r"(?:ban hành|ký|có|gửi|ra)\s+(?:(?:văn bản|bản)\s+)?)$"
)
_END: Final = re.compile(r"(?<!\d)\d{1,2}\.(?=\d)")


@dataclass(frozen=True, slots=True)
class Issued:
    """Where a sentence that says that a document was issued begins, and its day."""

    start: int
    day: str  # ISO 8601


def issued_before(text: str, cited: Span) -> Issued | None:
    """Return the day on which the sentence before a citation says that the cited was issued.

    "Ngày 10/02/2020, Trung tâm … đã ban hành Kế hoạch số 01/KH-…": the only day of that sentence.

    Args:
        text: the text of the citing document.
        cited: the citation.

    Returns:
        The beginning of the sentence and its day; None where it does not say so.
    """
    begin = max(0, cited.start - BEFORE)
    before = _END.sub(lambda match: match[0].replace(".", "/"), text[begin : cited.start])
    found = _ISSUED.search(before)
    if found is None:
        return None
    days = [each.value for each in find_dates(found["said"])]
    if len(days) != 1:
        return None
    return Issued(start=begin + found.start("said"), day=days[0])
