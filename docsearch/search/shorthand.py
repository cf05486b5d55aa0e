"""Short forms that people type in questions and no document defines: "bc kq", "h. Kỳ Lâm", "ko".

Those that documents use are in ``vocabulary/abbreviations.json``, for questions and documents
alike; those of ``vocabulary/shorthand.json`` are read in questions alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from docsearch.orthography import canonical
from docsearch.parse.numbers import find_numbers
from docsearch.records import Span
from docsearch.vocabulary import load

_NUMBER_AROUND: Final = r"(?<![\w/.-])(?:(?:{})(?![\w/-])|{})"
"""A short form that is no part of a document's number, of a date or of a longer word."""

_SCHOOL_YEAR: Final = re.compile(r"(?i)(năm học |nam hoc |\bnh )(\d\d) ?[-–/] ?(\d\d)(?!\d)")


@cache
def _table() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table = {str(entry["short"]): str(entry["long"]) for entry in load("shorthand")}
    dotted = [short for short in table if short.endswith(".")]
    plain = sorted(set(table) - set(dotted), key=lambda short: (-len(short), short))
    before_name = "|".join(rf"{re.escape(short)}(?=\s?[a-zà-ỹđ]{{2}})" for short in dotted)
    words = "|".join(map(re.escape, plain))
    return re.compile(_NUMBER_AROUND.format(words, before_name)), table


def write_out(question: str, known: Mapping[str, str]) -> str:
    """Return a question with its shorthand written out.

    Args:
        question: as typed, in Vietnamese.
        known: the short forms that documents define, which mean what these say.

    Returns:
        The question; itself where it has no shorthand. A capital letter at the beginning of a
        question or of a short form is not kept.
    """
    question = _SCHOOL_YEAR.sub(r"\g<1>20\2-20\3", question)
    pattern, table = _table()
    read = canonical(question)
    if len(read) != len(question):
        return question
    numbers = [mention.span for mention in find_numbers(question)]  # "141 KH UBND"
    pieces: list[str] = []
    end = 0
    for match in pattern.finditer(read):
        short = match[0]
        around = read[match.start() - 1 : match.start()] + read[match.end() : match.end() + 1]
        if around == "()":
            continue  # "(b/c)" is how documents mark who gets a copy
        if short in known or any(span.overlaps(Span(*match.span())) for span in numbers):
            continue
        pieces += [question[end : match.start()], table[short]]
        end = match.end()
        if short.endswith(".") and not question[end : end + 1].isspace():
            pieces.append(" ")
    return "".join([*pieces, question[end:]])
