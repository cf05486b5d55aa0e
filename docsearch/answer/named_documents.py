"""Answers about documents that a question puts side by side by what tells each of them apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from docsearch.answer.by_reference import GROUNDS
from docsearch.answer.dated import own_days
from docsearch.answer.kind_words import kinds_pattern, types_named
from docsearch.answer.mentions import Mention, find_mentions, without_mentions
from docsearch.answer.missing import OPENING
from docsearch.answer.periods import puts_periods_together
from docsearch.answer.sides import Side, name_of
from docsearch.answer.which import best_document, numbers_of, places_of
from docsearch.index.snapshot import Snapshot
from docsearch.index.store import Entry
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import canonical, fold
from docsearch.search.english import translate
from docsearch.search.query import Query

MOST_OPENED: Final = 24
"""Documents without a day of issue whose beginnings are read for a day; arbitrary."""
MOST_WEIGHED: Final = 500
"""Documents of which the one that some words name is looked for; arbitrary."""
LEAST: Final = 0.5
"""Share of the words of a name that the header of its document accounts for; arbitrary."""


_WHICH: Final = re.compile(
    rf"(?<!\w)(?:{kinds_pattern()}|nơi|bên|đâu|huyện|xã|tỉnh|địa phương|cái) nào (?=\w)"
    r"|^which (?:one|of|document|plan|place|side|district|commune)"
)
"""Asks which of the sides says something: each is asked for it."""
_IDLE: Final = frozenset(("sự", "điểm", "chung", "giống", "khác", "nêu", "biệt"))
"""Syllables that only say that something is compared."""
_LIMITS: Final = re.compile(r"(?<!\w)(?:thời hạn|hạn (?:chót|cuối)|mốc)(?!\w)")
_CITED: Final = re.compile(
    r"\b(?:thay the|bai bo|sua doi|het hieu luc|vien dan|dan chieu|replaces?d?|cites?d?|repeals?)\b"
)


def named_documents(
    query: Query, snapshot: Snapshot, documents: Collection[str] | None
) -> tuple[Query, list[Side]] | None:
    """Return what a question asks of the documents that it puts side by side, and those.

    "Thông báo ngày 17/10/2023 và kế hoạch của huyện Chi Lăng giao việc gì cho các trường?"

    Args:
        query: the question.
        snapshot: the index.
        documents: ids of those that may be answered from; None means all.

    Returns:
        The question without the names of the documents, and a side for each in the order of the
        question; None unless it names at least two and each is one document, or a place.
    """
    mentions = find_mentions(query)
    if not mentions or _are_periods(query, mentions):
        return None
    found = [_documents_of(each, query, snapshot, documents) for each in mentions]
    if not all(found):
        return None
    sides: list[Side] = []
    single = {ids[0] for ids in found if len(ids) == 1}
    for mention, ids in zip(mentions, found, strict=True):
        own = ids if len(ids) == 1 else [each for each in ids if each not in single]
        if not own or any(set(own) & set(side.documents) for side in sides):
            return None
        alone = [each.place for each in mentions].count(mention.place) == 1
        by_place = alone and mention.place and not (mention.number or mention.day)
        sides.append(Side(_label(mention, own, snapshot, by_place=bool(by_place)), tuple(own)))
    return _asked_of_each(query, mentions), list(_told_apart(sides, snapshot))


def _are_periods(query: Query, mentions: Sequence[Mention]) -> bool:
    """Return whether a figure is asked of one place for two times: "năm 2021 và kế hoạch 2022"."""
    return (
        query.intent == "how_many"
        and puts_periods_together(query)
        and len({each.place for each in mentions if each.place}) < 2
        and not any(each.number or each.day for each in mentions)
    )


def _told_apart(sides: Sequence[Side], snapshot: Snapshot) -> Iterator[Side]:
    """Yield sides with labels that differ: "Kế hoạch 62/KH-UBND (xã Đồng Văn Thượng)"."""
    for side in sides:
        place = snapshot.entries[side.documents[0]].header.place
        same = [each.label for each in sides].count(side.label) > 1
        yield replace(side, label=f"{side.label} ({place.value})") if same and place else side


def _label(mention: Mention, ids: Sequence[str], snapshot: Snapshot, *, by_place: bool) -> str:
    """Return the place of a side where the question tells it by that, else its document's name."""
    return mention.place if by_place or len(ids) > 1 else name_of(snapshot.entries[ids[0]])


def _asked_of_each(query: Query, mentions: Sequence[Mention]) -> Query:
    text, spelled = without_mentions(query, mentions)
    if query.language == "en":
        spelled = translate(text).text
    which = query.intent in ("which_document", "who") and _WHICH.search(f"{spelled} {text}".lower())
    cited = GROUNDS.search(fold(text)) or _CITED.search(fold(text))
    left = set(alike_syllables(spelled))
    topic = tuple(word for word in query.topic if word in left and word not in _IDLE)
    if not topic and _LIMITS.search(spelled.lower()):
        text = spelled = "Liệt kê các mốc thời hạn"
        query = replace(query, topic=())
    days = {each.day for each in mentions}
    named = " ".join(f"{each.year} {each.day[:4]} {each.subject}" for each in mentions)
    years = {each for each in query.years if each in named and each not in spelled}
    return replace(
        query,
        text=text,
        spelled=spelled,
        intent="compare" if which and not cited else query.intent,
        topic=topic or query.topic,
        dates=tuple(each for each in query.dates if each.value not in days),
        years=tuple(each for each in query.years if each not in years),
        numbers=(),
        free_types=(),
        types=(),
        places=(),
        parts=(),
    )


def _documents_of(
    mention: Mention, query: Query, snapshot: Snapshot, documents: Collection[str] | None
) -> list[str]:
    """Return the documents that a mention names: one, or all of a place; none where unclear."""
    entries = snapshot.entries

    def is_open(each: str) -> bool:
        return each in entries and (documents is None or each in documents)

    found: list[str]
    if mention.number:
        found = list(filter(is_open, numbers_of(snapshot).own.get(mention.number, ())))
        found = _narrowed(found, lambda each: _is_of_place(entries[each], mention.place))
        return _narrowed(found, lambda each: _is_of_kind(entries[each], mention.kind))[:2]
    if mention.place:
        found = list(filter(is_open, places_of(snapshot).get(mention.place, ())))
    elif mention.kind and (mention.day or mention.year or mention.subject):
        found = [each for each in entries if is_open(each)]
    else:
        return []
    if mention.kind:
        kept = [each for each in found if _is_of_kind(entries[each], mention.kind)]
        found = kept or (found if mention.place else [])
    if mention.day:
        found = _of_day(found, mention.day, snapshot)
    if mention.year:
        kept = _of_year(found, mention.year, snapshot)
        found = kept or (found if mention.place else [])
    if len(found) < 2 or len(found) > MOST_WEIGHED or not (mention.kind and mention.subject):
        return found if mention.place or len(found) == 1 else []
    words = tuple(alike_syllables(mention.subject))
    asked = replace(query, topic=words, types=(), synonyms=())
    document, covered = best_document(asked, snapshot, found, ())
    if document is not None and (covered >= LEAST or mention.place):
        return [document]
    return []


def _narrowed(found: list[str], fits: Callable[[str], bool]) -> list[str]:
    return [each for each in found if fits(each)] or found


def _is_of_place(entry: Entry, place: str) -> bool:
    return bool(entry.header.place and entry.header.place.value == place)


def _is_of_kind(entry: Entry, word: str) -> bool:
    """Return whether a document is of a kind, or puts something of that kind into force."""
    types = types_named(word)
    if not types:
        return types is not None
    header = entry.header
    if header.type and header.type.value in types:
        return True
    subject = canonical(header.subject.value) if header.subject else ""
    return any(
        subject.startswith((kind, f"ban hành {kind}", f"phê duyệt {kind}")) for kind in types
    )


def _of_year(found: Sequence[str], year: str, snapshot: Snapshot) -> list[str]:
    """Return the documents issued in a year; else those whose subject names it."""
    headers = {each: snapshot.entries[each].header for each in found}
    issued = [e for e, h in headers.items() if h.issued_on and h.issued_on.value[:4] == year]
    return issued or [e for e, h in headers.items() if h.subject and year in h.subject.value]


def _of_day(found: Sequence[str], day: str, snapshot: Snapshot) -> list[str]:
    """Return the documents issued on a day; else those whose beginning names it as their own."""
    entries = snapshot.entries
    issued = {each: entries[each].header.issued_on for each in found}
    own = [each for each, stated in issued.items() if stated and stated.value == day]
    unknown = [each for each in found if not issued[each]] or found
    texts = snapshot.store.texts(unknown[:MOST_OPENED]) if not own else {}
    return own or [each for each, text in texts.items() if day in set(own_days(text[:OPENING]))]
