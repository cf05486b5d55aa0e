"""A figure of a document as a part of an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docsearch.answer.by_passage import LABEL
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import DraftItem
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import canonical
from docsearch.records import ItemFields, Span, Target


def target_item(context: Context, candidate: Candidate[Target]) -> DraftItem:
    """Return a figure with its words, its row and its period as an item of an answer.

    Args:
        context: the question and the index.
        candidate: the figure.

    Returns:
        The item, with the quotation that it is taken from.
    """
    target, span = candidate.fact, candidate.span
    place = context.snapshot.entries[candidate.document].header.place
    line = context.quoter.line(candidate.document, span)
    if _HANGING.search(line):
        span = _to_the_end(context, candidate)
        line = context.quoter.line(candidate.document, span)
    citation = context.quoter.cite(candidate.document, span, candidate.headings, [span])
    cells = _CELL.split(context.quoter.words(candidate.document, span))
    if len(cells) > 1:
        line = _of_row(cells, target) or line
    elif target.subject and not set(alike_syllables(target.subject)) & set(alike_syllables(line)):
        line = f"{target.subject}: {line}"  # "(năm 2012: 86,7%)" behind the figure of this year
    heading = _of_period(candidate, line)
    return DraftItem(
        text=f"{line} ({heading})" if heading else line,
        fields=target_fields(target, place.value if place else None),
        citations=(citation,),
    )


_HANGING: Final = re.compile(r"(?<!\w)(?:với|với diện tích|gồm|bằng|tương ứng|trong đó)$")


def _to_the_end(context: Context, candidate: Candidate[Target]) -> Span:
    """Return a figure with what its clause goes on with: "84 tổ chức … với diện tích 612 ha"."""
    text = context.quoter.text(candidate.document)
    rest = re.match(r"[^;,\n]{0,60}?(?=[;,\n]|\.\s)", text[candidate.span.end :][:80])
    return Span(candidate.span.start, candidate.span.end + (len(rest[0]) if rest else 0))


_CELL: Final = re.compile(r"\s\|\s|\t")


def _of_row(cells: Sequence[str], target: Target) -> str | None:
    """Return a row of a table up to a figure as its name and the figure, with what it is of.

    "Hộ có Internet | % | 70 | 78", of 2023, is "Hộ có Internet: 78 % (2023)".
    """
    cells = [" ".join(cell.split()) for cell in cells]
    name = next((cell for cell in cells if re.search(r"[^\W\d_]{2}", cell)), cells[0])
    unit = f" {target.unit}" if target.unit and target.unit not in cells[-1] else ""
    period = f" ({target.period.replace('/', ' - ')})" if target.period else ""
    return f"{name}: {cells[-1]}{unit}{period}" if name != cells[-1] else None


def _of_period(candidate: Candidate[Target], line: str) -> str:
    """Return the heading that gives a figure its time; empty where its own words do."""
    years = re.findall(r"(?:19|20)\d\d", candidate.fact.period or "")
    if not years or all(year in line for year in years):
        return ""
    for heading in reversed(candidate.headings):
        words = LABEL.sub("", heading.text).strip(" :.*")
        if _TIME_HEADING.match(canonical(words)) and all(year in words for year in years):
            return words
    return ""


_TIME_HEADING: Final = re.compile(
    r"(?:(?:một số|các|mục tiêu|chỉ tiêu|chủ yếu|cụ thể|phấn đấu|kết quả)\s+)*"
    r"(?:giai đoạn|(?:tính )?đến|trong|năm|từ|thời kỳ|nhiệm kỳ)\b[^;:]{0,40}$"
)
"""A heading that is hardly more than a time: "Giai đoạn 2026 - 2030"."""


def target_fields(target: Target, place: str | None) -> ItemFields:
    """Return the parts of a target as fields of an item."""
    return ItemFields(
        action=f"{target.subject}: {target.indicator}".strip(": ") or None,
        value=target.value,
        unit=target.unit or None,
        comparator=target.comparator,
        period=target.period,
        place=place,
    )
