"""The sides of a comparison: places, documents by number, kind and subject, or all of a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from docsearch.answer.asked_limit import asks_for_reports
from docsearch.answer.candidates import Context
from docsearch.answer.kind_words import kinds_pattern, types_named
from docsearch.answer.mentions import SUBJECT, find_mentions, side_text, without_mentions
from docsearch.answer.own_matters import of_others
from docsearch.answer.which import best_document
from docsearch.index.store import Entry
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import canonical
from docsearch.search.english import translate
from docsearch.search.query import Query
from docsearch.search.unknown_places import bare_name

_KINDS: Final = kinds_pattern(english=False)
_NAMED: Final = re.compile(
    rf"(?<!\w)(?:trong|theo|tại|ở|của|nêu tại) (?P<kind>{_KINDS})(?= (?:về|của|do|ở|tại|\w))"
    rf"(?P<subject>(?:(?!(?: và|,) (?:trong|theo|tại|ở|của|nêu tại|{_KINDS})(?!\w)| với )[^?;])*)"
)
"""One document of several: "trong kế hoạch phổ cập giáo dục của huyện Thạch Kiên"."""
_COMPARE: Final = re.compile(r"^\W*(?:hãy )?(?:so sánh|đối chiếu)(?: (?:giữa|các|những))*\s+")
_COUNTS: Final = {
    **{"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6},
    **{"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6},
}
_COUNTED: Final = re.compile(
    r"(?:^\W*|(?<!\w)(?:của|trong|giữa|theo|so sánh|ở|the|of|in|by|between|both|compare|do|did) )"
    r"(?:cả |các |the )?"
    rf"(?P<count>{'|'.join(_COUNTS)}) (?P<kind>{kinds_pattern()})(?!\w)"
    r"(?: kết luận| of conclusions?)?"
    r"(?: (?:của|do) (?P<issuer>(?:ubnd|hđnd|đảng ủy|huyện ủy|tỉnh ủy)(?: (?:huyện|xã|tỉnh))?))?"
)
_BODY: Final = (
    r"(?<!\w)(?P<body>(?:sở|phòng|ban|chi cục|cục|ubnd|hđnd|ủy ban|hội đồng|công an|hội|đoàn"
    r"|trung tâm|văn phòng)(?:,? (?!và |của )[^\W\d_]+){{0,7}}?) {}(?!\w)"
)
MOST_OF_SUBJECT: Final = 0.65
"""Share of the words behind a kind that the subject of a document meant has; arbitrary."""
_OWN_BODY: Final = re.compile(r"(?<!\w)(?:ubnd|hđnd|ủy ban|hội đồng|đảng|ủy)(?!\w)")
_YEAR_OF: Final = r"\W{{1,3}}(?:(?:vào |trong )?năm )?(?P<year>(?:19|20)\d\d)(?![\d/])"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a place, or a document that the question names."""

    label: str
    documents: tuple[str, ...]


def named_sides(context: Context) -> tuple[Query, list[Side]] | None:
    """Return what is asked of documents that are named by kind, subject and place, and those.

    Args:
        context: the question and the index.

    Returns:
        The question without what only names the documents, and a side a document in the order of
        the question; None unless at least two documents are named so and each is told apart.
    """
    query = context.query
    text = canonical(query.spelled)
    named = list(_NAMED.finditer(text))
    if query.language == "en" or len(query.places) < 2 or len(named) < 2:
        return None
    matter = _COMPARE.sub("", text[: named[0].start()])
    own = set(alike_syllables(matter))
    topic = tuple(word for word in query.topic if word in own)
    if not topic:
        return None
    sides = []
    for match in named:
        place = next((each for each in query.places if canonical(each) in match[0]), None)
        document = _of_kind(context, match["kind"], place, match["subject"]) if place else None
        if place is None or document is None:
            return None
        sides.append(Side(place, (document,)))
    if len({side.documents for side in sides}) < len(sides):
        return None
    return replace(query, text=matter, spelled=matter, topic=topic), sides


def _of_kind(context: Context, kind: str, place: str, subject: str) -> str | None:
    """Return the document of a kind and place whose subject is best told by some words."""
    entries = context.snapshot.entries
    here = [each for each in context.allowed if _stated(entries[each]) == (kind, place)]
    words = set(alike_syllables(subject.replace(canonical(place), " ")))
    topic = tuple(word for word in context.query.topic if word in words)
    narrowed = replace(context.query, topic=topic or context.query.topic)
    return best_document(narrowed, context.snapshot, here, ())[0]


def _stated(entry: Entry) -> tuple[str, str]:
    header = entry.header
    return (
        header.type.value if header.type else "",
        header.place.value if header.place else "",
    )


def counted_sides(query: Query, entries: Iterable[Entry]) -> tuple[Query, list[Side]] | None:
    """Return the documents that "hai thông báo" counts: all of their kind, when they are as many.

    Args:
        query: the question.
        entries: the documents that may be answered from.

    Returns:
        The question without what counts the documents, and a side a document in the order of
        their sources; None where the question counts no documents, or there are more or fewer.
    """
    text = side_text(query)
    match = _COUNTED.search(text)
    if match is None or query.numbers:
        return None
    issuer = canonical(match["issuer"] or "")
    types = types_named(match["kind"])
    kept = [
        each
        for each in entries
        if types is not None
        and (not types or _stated(each)[0] in types)
        and (not query.places or _stated(each)[1] in query.places)
        and (not issuer or _issued_by(each, issuer))
    ]
    if len(kept) > _COUNTS[match["count"]]:
        kept = _about(kept, text[match.end() :])
    if len(kept) != _COUNTS[match["count"]]:
        return None
    kept.sort(key=lambda entry: entry.source)
    rest = text[: match.start()] + " " + text[match.end() :]
    said = f"{match[0]} {' '.join(types or ())}"
    if query.language == "en":
        said, rest = f"{said} kết luận", translate(rest).text
    words = set(alike_syllables(said)) - set(alike_syllables(rest))
    topic = tuple(word for word in query.topic if word not in words)
    sides = [Side(name_of(each), (each.id,)) for each in kept]
    parts = tuple(
        replace(part, topic=tuple(word for word in part.topic if word not in words))
        for part in query.parts
    )
    if query.intent == "compare" and len(query.text) == len(text):
        cut = [f"{each[: match.start()]} {each[match.end() :]}" for each in (query.text, text)]
        query = replace(query, text=cut[0].strip())
        if query.language != "en":
            query = replace(query, spelled=cut[0].strip() if not query.restored else cut[1].strip())
    return replace(query, topic=topic or query.topic, parts=parts), sides


def _about(entries: Sequence[Entry], after: str) -> list[Entry]:
    """Return the documents about what stands behind their kind: "hai kế hoạch dân số khác …"."""
    subject = SUBJECT.match(after)
    words = set(alike_syllables(subject[0])) if subject else set()
    words -= {"về", "cấp", "của", "năm"}
    if len(words) < 2:
        return list(entries)
    shares = {
        each.id: len(words & set(alike_syllables(each.header.subject.value))) / len(words)
        for each in entries
        if each.header.subject
    }
    return [each for each in entries if shares.get(each.id, 0.0) >= MOST_OF_SUBJECT]


def _issued_by(entry: Entry, issuer: str) -> bool:
    return bool(entry.header.issuer and canonical(entry.header.issuer.value).startswith(issuer))


def name_of(entry: Entry) -> str:
    """Return what a document is called: "Thông báo 203/TB-UBND", "Thông báo (huyện Kon Rẫy)"."""
    kind, place = _stated(entry)
    number = entry.header.number
    if not kind:
        return entry.source
    name = kind[:1].upper() + kind[1:]
    return f"{name} {number.value}" if number else f"{name} ({place or entry.source})"


def years_of(query: Query) -> Mapping[str, tuple[str, ...]]:
    """Return the year that a question puts behind each of its places: "huyện Hòa Thuận (2019)".

    Args:
        query: the question.

    Returns:
        Years by place; none unless every place has one of its own.
    """
    text = canonical(query.spelled)
    found = {}
    for place in query.places:
        name = re.escape(canonical(bare_name(place)))
        if match := re.search(rf"(?<!\w){name}{_YEAR_OF.format()}", text):
            found[place] = (match["year"],)
    return found if len(found) == len(query.places) > 1 else {}


def stands_beside_unknown(query: Query) -> bool:
    """Return whether a place without a document is one side, and one with documents another."""
    both = replace(query, places=(*query.places, *query.unknown_places))
    chain = {each.place for each in find_mentions(both, places_alone=True)}
    return bool(chain & set(query.places) and chain & set(query.unknown_places))


def without_asides(query: Query) -> Query:
    """Return a question without what brackets behind a place add: "tỉnh A (công văn năm 2014)".

    Args:
        query: the question.

    Returns:
        The question without the syllables and years that stand in such brackets alone.
    """
    text = canonical(query.spelled)
    names = "|".join(re.escape(canonical(bare_name(place))) for place in query.places)
    asides = list(re.finditer(rf"(?<!\w)(?:{names})\s*\(([^()]*)\)", text)) if names else []
    if not asides:
        return query
    said = " ".join(match[1] for match in asides)
    rest = re.sub(r"\([^()]*\)", " ", text)
    words = set(alike_syllables(said)) - set(alike_syllables(rest))
    topic = tuple(word for word in query.topic if word not in words)
    years = tuple(each for each in query.years if each in rest or each not in said)
    return replace(query, topic=topic or query.topic, years=years)


def without_places(query: Query) -> Query:
    """Return a question as it is put to one side: without the places that it puts side by side.

    Args:
        query: the question.

    Returns:
        The question with its text cut; the same where bodies of its own stand before a place.
    """
    mentions = find_mentions(query, places_alone=True)
    text = side_text(query)
    between = (
        text[each.end : after.start] for each, after in zip(mentions, mentions[1:], strict=False)
    )
    if not mentions or any(_OWN_BODY.search(words) for words in between):
        return query
    cut, spelled = without_mentions(query, mentions)
    return replace(query, text=cut, spelled=query.spelled if query.language == "en" else spelled)


def of_side(
    query: Query, side: Side, years: Sequence[str], entries: Mapping[str, Entry]
) -> tuple[Query, Side]:
    """Return a question as it is put to one side, and the documents that are asked.

    Args:
        query: the whole question.
        side: whose documents are asked.
        years: those that the question names for this side alone.
        entries: the documents of the index.

    Returns:
        The question without the bodies of other places, and the documents of the side's own
        years; these years stay in the question where no document is of them.
    """
    away = _elsewhere(query, side) | of_others(query).get(side.label, set())
    topic = tuple(word for word in query.topic if word not in away)
    if not years:
        return (replace(query, topic=topic) if topic else query), side
    every = {part for period in query.years for part in period.split("/")}
    topic = tuple(word for word in topic if word not in every)
    kept = tuple(each for each in side.documents if _is_of(entries[each], years))
    query = replace(query, years=() if kept else tuple(years), topic=topic or query.topic)
    return query, replace(side, documents=kept or side.documents)


def _is_of(entry: Entry, years: Sequence[str]) -> bool:
    """Return whether a document was issued in one of some years, or its subject names one."""
    issued = entry.header.issued_on.value[:4] if entry.header.issued_on else ""
    subject = entry.header.subject.value if entry.header.subject else ""
    return issued in years or any(year in subject for year in years)


def _elsewhere(query: Query, side: Side) -> set[str]:
    """Return the syllables of bodies of other places: "của Sở Nội vụ tỉnh Bắc Hải"."""
    text = canonical(query.spelled)
    found: set[str] = set()
    for place in query.places:
        for match in re.finditer(_BODY.format(re.escape(canonical(place))), text):
            words = set(alike_syllables(match["body"]))
            rest = set(alike_syllables(text[: match.start()] + " " + text[match.end() :]))
            if place == side.label:
                return set()
            found |= words - rest
    return found


def about_reports(query: Query, entries: Sequence[Entry]) -> Query:
    """Return a question about reports without what a side's documents say in their headings.

    "Hạn báo cáo cải cách hành chính quý III năm 2022", of a plan that is all about the reform in
    that year: what it says of reports names neither.

    Args:
        query: the question.
        entries: the documents of one side.

    Returns:
        The question; the same where it asks no limit of a report, or no word of it would be left.
    """
    if not asks_for_reports(query.spelled):
        return query
    subjects = [each.header.subject.value for each in entries if each.header.subject]
    said = set(alike_syllables(" ".join(subjects))) - {"báo", "cáo", "quý", "tháng", "tuần"}
    topic = tuple(word for word in query.topic if word not in said)
    years = tuple(each for each in query.years if not said.issuperset(each.split("/")))
    return replace(query, topic=topic, years=years) if {"báo", "cáo"} < set(topic) else query
