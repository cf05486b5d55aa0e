"""Numeric targets and reported results: "có trên 60% trẻ dưới 3 tuổi đến nhà trẻ"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from docsearch.facts.indicator_tables import Row, find_rows
from docsearch.facts.quantities import at_least, find_quantities, lower
from docsearch.facts.stacked_indicators import find_stacked_indicators
from docsearch.facts.target_clauses import Clause, cut_clauses, measured, own_figures
from docsearch.facts.target_context import SIZES, Context, named_period, tells
from docsearch.orthography import canonical
from docsearch.parse.view import View, view
from docsearch.records import Header, Heading, Span, Target, Unit

_TITLE: Final = 300  # code points in which a text without a header names its year: arbitrary
_TITLE_LINE: Final = 120  # code points of a line that heads others: arbitrary
# "xã A 20 hộ, xã B 30 hộ": the figure of the next body
_NEXT_PLACE = re.compile(
    r"(?:,|;|, và| và) (?:xã|huyện|thôn|phường|thị trấn|thành phố|thị xã|bản|ấp|tổ|khu|trường)"
    r" [^,;.:()0-9]{1,30}:? ?"
)
_APART = re.compile(r"riêng [^,;.:()0-9]{1,60}(?<!\w)(?:đạt|là|còn|giảm|tăng|phải|trên|từ)(?!\w)")
_GLOSS = re.compile(r" ?\((?:bằng |tức |tương ứng |tương đương )?")
# "…; chè 8.000 ha", "trong đó cam 3.500 ha, bưởi 2.200 ha": the next crop or herd
_LISTED = re.compile(
    r"[^,;.:()0-9]{0,60}[,;:] (?:trong đó:? )?(?:vùng |diện tích |cây |đàn |sản lượng )?"
    r"[^\W\d_]+(?: [^\W\d_]+){0,3}:? "
)
_ASIDE = re.compile(r" ?\([^()]{0,80}\)")
_WORD: Final = re.compile(r"[^\W\d_]{2}")
_FIGURE = re.compile(r"[0-9]|(?<!\w)(?:một nửa|hai|ba|bốn|sáu|bảy|tám|chín|mười) ", re.IGNORECASE)


def find_document_targets(text: str, outline: Unit, *, header: Header) -> tuple[Target, ...]:
    """Return the targets and results of a document, from its sentences and its tables.

    Args:
        text: ``Document.text``.
        outline: its tree.
        header: what it says of itself: a report looks back where it says nothing else, and a
            period that no words near a figure name is that of the subject ("Kế hoạch … năm 2024").

    Returns:
        In the order of the text, without copies of the document in the same text; what stands
        again word for word under the same headings is there once.
    """
    issued_on = header.issued_on.value if header.issued_on else None
    reports = header.type is not None and header.type.value == "báo cáo"
    title = header.subject.value if header.subject else text[:_TITLE].strip().partition("\n")[0]
    period = named_period(title, issued_on)
    if issued_on is None and period and period[:4].isdecimal():  # a plan begins as it is issued
        issued_on = period.rpartition("/")[2][:4] if reports else period[:4]
    table = sorted(
        (
            *find_rows(text, issued_on=issued_on, period=period, reports=reports),
            *find_stacked_indicators(text, issued_on=issued_on, period=period, reports=reports),
        ),
        key=lambda row: row.span.start,
    )
    rows = [row.span for row in table]
    found: list[Target] = []
    for unit, headings in _walk(text, outline, ()):
        above = headings[:-1] if _only_heading(unit) else headings
        found += (replace(target, headings=headings) for target in _within(unit.pieces, table))
        for words in _apart(unit.pieces, rows):
            if not any(_FIGURE.search(text, span.start, span.end) for span in words):
                continue
            found += find_targets(
                view(text, words),
                headings=above,
                issued_on=issued_on,
                period=period,
                reports=reports,
            )
    seen: set[tuple[object, ...]] = set()
    targets = []
    for target in sorted(found, key=lambda target: target.span.start):
        path = tuple(heading.text for heading in target.headings)
        key = (path, canonical(target.span.of(text)), target.value, target.period)
        if key not in seen:
            seen.add(key)
            targets.append(target)
    return tuple(targets)


def _walk(
    text: str, unit: Unit, above: tuple[Heading, ...]
) -> Iterator[tuple[Unit, tuple[Heading, ...]]]:
    """Yield as ``outline.walk`` does; a first line that says "mục tiêu" or "kết quả" heads too."""
    if unit.level in ("closing", "copy"):
        return
    heading = unit.heading or _first_line(text, unit)
    headings = (*above, heading) if heading else above
    if unit.pieces:
        yield unit, headings
    for child in unit.children:
        yield from _walk(text, child, headings)


def _first_line(text: str, unit: Unit) -> Heading | None:
    if not unit.label or len(unit.pieces) < 2:
        return None
    span = unit.pieces[0]
    words = " ".join(span.of(text).split())
    heads = len(words) <= _TITLE_LINE and words[-1:] not in (".", ";", ",") and tells(words)
    return Heading(text=words, span=span) if heads else None


def _only_heading(unit: Unit) -> bool:
    return unit.heading is not None and unit.pieces[-1].end - unit.heading.span.end <= 6


def _within(pieces: tuple[Span, ...], table: Sequence[Row]) -> Iterator[Target]:
    for piece in pieces:
        begin = bisect_left(table, piece.start, key=lambda row: row.span.start)
        end = bisect_left(table, piece.end, key=lambda row: row.span.start)
        for row in table[begin:end]:
            yield from row.targets


def _apart(pieces: tuple[Span, ...], rows: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """Yield the pieces of a unit without rows of tables; a row parts what is around it."""
    group: list[Span] = []
    for piece in pieces:
        start = piece.start
        position = bisect_left(rows, start, key=lambda row: row.end)
        while position < len(rows) and rows[position].start < piece.end:
            if rows[position].start > start:
                group.append(Span(start, rows[position].start))
            if group:
                yield tuple(group)
            group = []
            start = rows[position].end
            position += 1
        if start < piece.end:
            group.append(Span(start, piece.end))
    if group:
        yield tuple(group)


def _names_places(text: str, clause: Clause) -> bool:
    """Return whether a number in words stands before names: "hai xã Thanh Vân, Hòa Lạc"."""
    quantity = clause.quantity
    named = text[quantity.end : quantity.end + 2].strip()[:1].isupper()
    return named and quantity.kind == "count" and text[quantity.figure].isalpha()


def _goes_on(lowered: str, last: Clause, clause: Clause) -> bool:
    """Return whether a list of counts goes on: "ít nhất 06 xã đạt chuẩn, 03 xã đạt nâng cao".

    So does one of shares with what is apart from the rest: "đạt 70% …; riêng xã A đạt 90%".
    """
    if clause.quantity.unit == last.quantity.unit and clause.quantity.kind == "share":
        apart = _APART.match(lowered, clause.start, clause.quantity.start) is not None
        return apart or lowered[last.end : clause.quantity.start].strip() in (",", "và", ", và")
    if clause.quantity.kind != "count":
        return False
    if _GLOSS.fullmatch(lowered, last.end, clause.quantity.start):
        return True  # "20% số xã (23 xã)"
    between = _ASIDE.sub("", lowered[last.end : clause.quantity.start])
    if clause.quantity.unit.rpartition(" ")[2] in SIZES and _LISTED.fullmatch(between):
        return True  # "mở rộng cao su 10.000 ha; chè 8.000 ha"
    same = clause.quantity.unit == last.quantity.unit
    listed = between.strip() in (",", "và", ", và") or _NEXT_PLACE.fullmatch(between) is not None
    return same and listed


def find_targets(
    view: View,
    *,
    headings: tuple[Heading, ...],
    issued_on: str | None,
    period: str | None = None,
    reports: bool = False,
) -> tuple[Target, ...]:
    """Return the figures that a sentence or paragraph sets as goals or reports as reached.

    Ages, class numbers, years, dates, document and list numbers are none, nor are rates of payment
    and conditions ("nếu giải ngân dưới 35%") outside a list of goals, nor what an article of a
    regulation lays down.

    Args:
        view: the words of one sentence or paragraph.
        headings: those above, outermost first: they give period and kind where the words do not.
        issued_on: the document's date of issue, ISO 8601: a period over by then is achieved.
        period: of the document as a whole, for figures under goals or results.
        reports: whether the document looks back where it says nothing else.

    Returns:
        One target for each figure, in order; ``indicator`` is empty where the clause has none.
    """
    if not _FIGURE.search(view.text) or not (headings or _WORD.search(view.text)):
        return ()  # nothing says what a lone "100%" is of
    lowered = lower(view.text)
    quantities = find_quantities(lowered)
    if not quantities:
        return ()
    context = Context.of(view, lowered, headings, issued_on, period, reports=reports)
    targets: list[Target] = []
    last: Clause | None = None  # the one before, where it is a goal or result
    carried, within = "", ""  # whom the clause before counts, outside and inside brackets
    for clause in cut_clauses(view.text, own_figures(lowered, quantities)):
        kind, looks = context.read(clause)
        listed = last is not None and _goes_on(lowered, last, clause)
        if _names_places(view.text, clause) or not (
            context.counts(clause, kind, looks=looks) or listed
        ):
            last = None
            continue
        quantity = clause.quantity
        aside = lowered[clause.start - 1 : clause.start] == "("
        last = last if aside and last else clause  # "87 hộ nghèo (5,6%), 112 hộ cận nghèo"
        subject, indicator = measured(view.text, lowered, clause)
        inside = lowered.rfind("(", 0, clause.start) > lowered.rfind(")", 0, clause.start)
        subject = subject or (within if inside and not aside else "") or carried
        carried, within = (carried, subject) if inside else (subject, "")
        if not subject and not indicator:
            indicator = headings[-1].text if headings else view.text[clause.start : clause.end]
            indicator = " ".join(indicator.split())
        bounded = at_least(quantity, lowered[quantity.end : clause.end])
        counts = listed and quantity.kind == "count"
        bounded = bounded or (counts and not quantity.lead and targets[-1].comparator == ">=")
        targets.append(
            Target(
                subject=subject,
                indicator=indicator,
                comparator=">=" if bounded else quantity.comparator,
                value=quantity.value,
                unit=quantity.unit,
                period=context.period(clause, kind),
                kind=kind,
                span=view.span(clause.start, clause.end),
                headings=headings,
                value_to=quantity.value_to,
            )
        )
    return tuple(targets)
