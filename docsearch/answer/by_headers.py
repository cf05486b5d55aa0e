"""Answers that put what documents say of themselves side by side: which is earlier, who signed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from docsearch.answer.by_header import header_items
from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.answer.kind_words import kinds_pattern
from docsearch.answer.sides import counted_sides
from docsearch.answer.which import Meant
from docsearch.index.store import Entry
from docsearch.orthography import canonical
from docsearch.search.query import Query

MOST: Final = 12
"""Documents that are put side by side; arbitrary."""

_KINDS: Final = kinds_pattern(verbs=False)
_EARLIER: Final = re.compile(
    rf"(?:{_KINDS}(?: nào| gì)?|(?:cái|bản) nào)[^?]{{0,40}}?"
    r"(?:ban hành|ký|ra đời|ra|có)[^?]{0,20}?"
    r"(?<!\w)(?P<way>trước(?! (?:ngày|tháng|năm|khi|\d))|sau(?! (?:ngày|tháng|năm|khi|\d))|sớm nhất"
    r"|sớm hơn|muộn nhất|muộn hơn|đầu tiên|cũ nhất|cũ hơn|mới nhất|mới hơn|gần (?:đây )?nhất)(?!\w)"
    rf"|which [^?]{{0,60}}?(?P<order>earlier|earliest|first|later|latest|last|most recent(?:ly)?"
    r"|newest|newer|oldest|older)\b"
    rf"|(?P<said>mới nhất|cũ nhất) (?:là )?{_KINDS} nào"
)
_ISSUED_ENGLISH: Final = re.compile(r"\b(?:issued|signed|dated|documents?|came out|adopted)\b")
_WITHIN: Final = re.compile(
    rf"(?:ban hành|ký) (?:những |các )?{_KINDS} (?:nào|gì)(?!\w)"
    rf"|{_KINDS} (?:nào|gì) (?:đã |được )*(?:ban hành|ký)"
    r" (?=(?:trước|sau|từ|trong|vào|năm|tháng|giữa|kể từ)(?!\w))"
    rf"|which {_KINDS} (?:were|was|are|is)"
    r" (?:issued|signed|adopted) (?=(?:before|after|since|in|between|by|on)\b)"
)
_SIDE_OF_YEAR: Final = re.compile(
    r"(?<!\w)(?:(?P<before>trước|before)|(?P<after>sau|after)|(?:kể )?từ|since|from) (?:năm )?"
    r"(?P<year>(?:19|20)\d\d)(?! ?[-–/]| đến| to)"
)
_LATE: Final = re.compile(r"sau|muộn|mới|gần|lat|last|recent|newe")
_SUPERLATIVE: Final = re.compile(r"nhất|đầu tiên|est\b|first|last|most recent")
_SIGNED: Final = re.compile(
    rf"(?:mỗi|từng|các|những|mấy) {_KINDS}(?: \w+){{0,6}}? do (?:những )?(?:ai|người nào) ký(?!\w)"
    rf"|{_KINDS} nào (?:là )?do .{{2,60}}? ký(?!\w).{{0,60}}?{_KINDS} nào (?:.{{0,60}}? )?ký(?!\w)"
    r"|who signed (?:each|every|the (?:two|three|four|five)|these|those)\b"
)


def asks_across_headers(query: Query) -> bool:
    """Return whether a question puts dates of issue or signatures of documents side by side."""
    return _field(query) is not None


def _field(query: Query) -> str | None:
    text = _said(query)
    if _SIGNED.search(text):
        return "signatory"
    if _WITHIN.search(text) and (query.dates or query.years) and not query.numbers:
        return "within"
    if _EARLIER.search(text) and not query.dates:
        english = query.language == "en"
        return "date" if not english or _ISSUED_ENGLISH.search(text) else None
    return None


def _said(query: Query) -> str:
    return query.text.lower() if query.language == "en" else canonical(query.spelled)


def answer_across_headers(context: Context, meant: Meant) -> Draft | None:
    """Return the dates or signatures of the documents that a question means.

    Args:
        context: the question and the index.
        meant: the documents that the question means.

    Returns:
        One item a document, those that the question numbers, else all that may be answered from;
        by date with the one asked for first, where it asks which is earlier or later. None when
        fewer than two documents say it, or the question asks otherwise.
    """
    field = _field(context.query)
    if field is None:
        return None
    entries = [context.snapshot.entries[each] for each in meant.own or context.allowed]
    if field == "within":
        kept = [e for e in _of_types(context, entries) if _is_within(context.query, _issued_on(e))]
        kept.sort(key=lambda entry: (_issued_on(entry), entry.id))
        items = _items(context, kept[:MOST], "date", "subject")
        return Draft(items=items, confidence=0.9) if kept else None
    if field == "date":
        return _by_date(context, entries, numbered=bool(meant.own))
    counted = counted_sides(context.query, entries)
    kept = _of_types(context, entries)[:MOST]
    if counted:
        kept = [context.snapshot.entries[side.documents[0]] for side in counted[1]]
    items = _items(context, kept, "signatory")
    return Draft(items=items, confidence=0.9) if len(items) > 1 else None


def _items(context: Context, entries: Iterable[Entry], *fields: str) -> tuple[DraftItem, ...]:
    """Return one item a document, with all of the fields that it states."""
    found = []
    for entry in entries:
        stated = list(header_items(context, entry.id, fields))
        if not stated:
            continue
        name, _, first = stated[0].text.partition(": ")
        rest = [item.text.removeprefix(f"{name}: ") for item in stated[1:]]
        cited = {citation.span: citation for item in stated for citation in item.citations}
        found.append(
            replace(
                stated[0],
                text=f"{name}: {' — '.join([first, *rest])}",
                citations=tuple(cited.values()),
            )
        )
    return tuple(found)


def _issued_on(entry: Entry) -> str:
    return entry.header.issued_on.value if entry.header.issued_on else ""


def _is_within(query: Query, issued_on: str) -> bool:
    """Return whether a day of issue is on the side of the days, and in the years, of a question."""
    years = [each.split("/") for each in query.years]
    if not query.dates and (sided := _SIDE_OF_YEAR.search(_said(query))):
        return bool(issued_on) and (
            issued_on[:4] < sided["year"]
            if sided["before"]
            else issued_on[:4] > sided["year"]
            if sided["after"]
            else issued_on[:4] >= sided["year"]
        )
    sides = [date for date in query.dates if not date.value.startswith("-")]
    return (
        bool(issued_on)
        and all(
            issued_on[: len(date.value)] < date.value
            if date.bound == "before"
            else issued_on[: len(date.value)] > date.value
            if date.bound in ("after", "from")
            else issued_on.startswith(date.value)
            for date in sides
        )
        and (bool(sides) or any(each[0] <= issued_on[:4] <= each[-1] for each in years))
    )


def _by_date(context: Context, entries: list[Entry], *, numbered: bool) -> Draft | None:
    query = context.query
    text = _said(query)
    match = _EARLIER.search(text)
    way = next(filter(None, match.groups())) if match else ""
    if not numbered:
        entries = _of_types(context, entries)
    dated = sorted(
        filter(_issued_on, entries),
        key=lambda entry: (_issued_on(entry), entry.id),
        reverse=bool(_LATE.search(way)),
    )
    if len(dated) < 2:
        return None
    most = 1 if _SUPERLATIVE.search(way) and not numbered else MOST
    return Draft(items=_items(context, dated[:most], "date"), confidence=0.9)


def _of_types(context: Context, entries: list[Entry]) -> list[Entry]:
    """Return the documents of the kinds that a question names; all where it names none."""
    wanted = set(context.query.free_types) - {"văn bản"}
    kept = [e for e in entries if e.header.type and e.header.type.value in wanted]
    return sorted(kept or entries, key=lambda entry: entry.source)
