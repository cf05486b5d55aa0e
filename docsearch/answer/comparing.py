"""Answers that put places side by side: the same question to the documents of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from docsearch.answer.bodies_compared import MOST_DUTIES, bodies_compared, duties_of_bodies
from docsearch.answer.by_header import answer_by_header, header_items
from docsearch.answer.by_obligation import draft_of
from docsearch.answer.by_reference import GROUNDS, LEGAL_BASES
from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.answer.periods import of_each_period
from docsearch.answer.sides import (
    Side,
    about_reports,
    named_sides,
    of_side,
    without_asides,
    without_places,
    years_of,
)
from docsearch.answer.target_item import target_item
from docsearch.answer.which import Meant, places_of
from docsearch.index.store import Entry
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import fold
from docsearch.parse.numbers import number_key
from docsearch.records import Intent, ItemFields, Span
from docsearch.search.query import Query
from docsearch.search.retrieve import retrieve

EACH: Final = 4  # items for one place
DEPTH: Final = 30
MOST_ALONE: Final = 12
"""Documents of a place that are asked alone, too; arbitrary: each takes a search of its own."""
MOST_FIGURES: Final = 6
AS_MUCH: Final = 0.6
"""A place says something when it accounts for this share of what the best place does."""
AS_MUCH_OF_FACTS: Final = 0.45
"""The same for time limits and figures, which say in fewer words what they are of."""
AS_GOOD: Final = 0.85
"""Figures of one place up to this share of the score of the best."""
ALSO: Final = 0.8
"""The same for a further document of a place."""

_Ask = Callable[[Context], Draft | Refusal]

_BULLET: Final = re.compile(r"^[-+*•]\s+")
# "Huyện nào …, huyện nào …": two matters, each to be found somewhere
_WHICH: Final = re.compile(r"\b(?:huyen|xa|tinh|dia phuong|noi|phuong|quan|thanh pho) nao\b")
_WHICH_SIDE: Final = re.compile(
    r"\b(?:huyen|xa|tinh|dia phuong|noi|phuong|quan|thanh pho|ben|dau|van ban) nao\b"
)
_IN_FORCE: Final = re.compile(r"\bhieu luc\b|\b(?:take|takes|come|comes) (?:effect|into force)\b")
_GIVEN_TO: Final = re.compile(
    r"\b(?:viec|phan) (?:giao|phan cong|chi dinh)(?: cho)? (?:co quan|don vi|phong|so)\b"
    r"|\b(?:co quan|don vi) (?:duoc giao|dau moi|thuong truc|chu tri|theo doi|tham muu)\b"
)
_GIVING: Final = frozenset(
    ("việc", "phần", "giao", "phân", "công", "chỉ", "định", "cơ", "quan", "đơn", "vị", "được")
)
_OFTEN: Final = frozenset(("hằng", "mỗi", "tuần", "tháng", "quý", "năm", "lần", "kỳ"))
"""Syllables that say how often."""
_SET: Final = re.compile(r"muc tieu|chi tieu|phan dau")
_ALIKE: Final = re.compile(
    r"\b(?:som|muon|cao|thap|nhieu|it|lon|nho|dai|ngan) hon\b|\b(?:giong|khac|bang) nhau\b"
    r"|\b(?:cung|deu)\b"
    r"|\b(?:later|earlier|higher|lower|more|less|longer|shorter|fewer|sooner) than\b|\bthe same\b"
)
_FIGURES: Final = re.compile(r"\bdat (?:ra )?(?:nhung |cac )?(?:muc tieu|chi tieu)\b|\bt[iy] le\b")
"""Asks for figures where it asks what places or documents set."""
_REACHED: Final = re.compile(r"da dat|da co|ket qua|hien (?:nay|tai)")
_THAN: Final = re.compile(
    r"(?<!\w)(?:sớm|muộn|cao|thấp|nhiều|ít|lớn|nhỏ|nhanh|chậm|dài|ngắn) hơn(?!\w)"
)
_FILLING: Final = frozenset(
    (
        *("hai", "ba", "bốn", "nơi", "chỗ", "bên", "khác", "giống", "nhau", "sánh", "huyện", "xã"),
        *("tỉnh", "giữa", "còn", "giai", "đoạn", "sự", "điểm", "chung", "biệt"),
    )
)
"""Syllables of a comparison that say nothing of its matter."""


def compare_places(context: Context, ask: _Ask) -> Draft | Refusal | None:
    """Return what the documents of each place say about the question.

    Args:
        context: the question and the index.
        ask: how one part is answered.

    Returns:
        The items of each place, the places in turn, then the places that the question names and
        that say nothing of it or have no document; None when the documents of no place say
        anything.
    """
    clauses = _clauses(context.query)
    named = None if clauses else named_sides(context)
    groups = named[1] if named else _groups(context)
    if named:
        context = replace(context, query=named[0])
    years = years_of(context.query)
    if clauses:
        drafts = _where(context, clauses, groups, ask)
        return Draft(items=_in_turn(drafts), confidence=_best(drafts)) if drafts else None
    context = replace(context, query=without_asides(context.query))
    silent_too = bool(context.query.places)
    return compare_sides(context, groups, ask, years=years, silent_too=silent_too)


def compare_sides(
    context: Context,
    sides: Sequence[Side],
    ask: _Ask,
    *,
    years: Mapping[str, Sequence[str]] | None = None,
    silent_too: bool = True,
) -> Draft | None:
    """Return what each of some sides says about the question.

    Args:
        context: the question and the index.
        sides: places or documents.
        ask: how one part is answered.
        years: those that the question names for one side alone, by its label.
        silent_too: whether a side that says nothing is named.

    Returns:
        The items of each side, the sides in turn, then those that say nothing; None when none
        says anything.
    """
    kind = kind_compared(context.query)
    bodies = bodies_compared(context, kind)
    named = len(sides) > 1
    found: dict[str, Draft] = {}
    for side in sides:
        draft = duties_of_bodies(context, side, bodies, kind) if bodies else None
        if draft is None:
            own = (years or {}).get(side.label, ())
            put, asked = of_side(context.query, side, own, context.snapshot.entries)
            draft = _of_group(context, without_places(put), asked, ask)
        if draft and named:
            draft = labelled(draft, side.label)
        if draft:
            found[side.label] = draft
    most = _best(list(found.values()))
    which = _WHICH_SIDE.search(fold(context.query.spelled))
    least = most * (AS_MUCH if kind == "what" or which else AS_MUCH_OF_FACTS)
    said = {label: draft for label, draft in found.items() if draft.confidence >= least}
    if not said:
        return None
    others = [side.label for side in sides if side.label not in said and silent_too]
    each = MOST_DUTIES if bodies or kind == "which_document" else EACH
    items = (*_in_turn(list(said.values()), each), *_absent(context.query, others))
    return Draft(items=items, confidence=most)


def labelled(draft: Draft, label: str) -> Draft:
    """Return a draft whose items say which document they are of: "Quyết định này" is any."""
    items = tuple(
        item
        if label.lower() in item.text.lower()
        else replace(item, text=f"{label}: {_BULLET.sub('', item.text)}")
        for item in draft.items
    )
    return replace(draft, items=items)


def joined(drafts: Sequence[Draft]) -> Draft:
    """Return the items of several drafts in turn, at least one of each."""
    return Draft(items=_in_turn(drafts), confidence=_best(drafts))


def _best(drafts: Sequence[Draft]) -> float:
    return max((draft.confidence for draft in drafts), default=0.0)


def _in_turn(drafts: Sequence[Draft], most: int = EACH) -> tuple[DraftItem, ...]:
    """Return the first item of every place, then the second of every place, and so on."""
    return tuple(
        draft.items[level] for level in range(most) for draft in drafts if level < len(draft.items)
    )


def dates_of_sides(context: Context, sides: Sequence[Side]) -> Draft | None:
    """Return the day of issue of each side, and which of them state none; None where none does."""
    drafts = []
    for side in sides:
        items = [i for each in side.documents for i in header_items(context, each, ("date",))]
        said = Draft(items=tuple(items), confidence=0.9) if items else None
        drafts.append(said or silent(context.query, side.label))
    return joined(drafts) if any(draft.confidence for draft in drafts) else None


def silent(query: Query, label: str) -> Draft:
    """Return that a place or document says nothing of what is asked."""
    words = "not stated in its documents" if query.language == "en" else "không quy định"
    item = DraftItem(text=f"{label}: {words}", fields=ItemFields(place=label), citations=())
    return Draft(items=(item,), confidence=0.0)


def _absent(query: Query, silent_ones: Sequence[str]) -> Iterator[DraftItem]:
    """Yield the places without an answer: whether they say nothing, or have no document."""
    for label in silent_ones:
        yield from silent(query, label).items
    for label in query.unknown_places:
        english = query.language == "en"
        words = "no document in the corpus" if english else "chưa có văn bản trong kho"
        yield DraftItem(text=f"{label}: {words}", fields=ItemFields(place=label), citations=())


def _groups(context: Context) -> list[Side]:
    """Return the sides: the documents that the question numbers, else places as it names them."""
    entries = [e for e in context.snapshot.entries.values() if e.id in context.allowed]
    numbers = context.query.numbers
    if len(numbers) > 1 and 1 < len(entries) <= 2 * len(numbers):
        order = {number: position for position, number in enumerate(numbers)}

        def asked_at(entry: Entry) -> int:
            own = entry.header.number
            return order.get(number_key(own.value), len(order)) if own else len(order)

        return [
            Side(each.header.number.value if each.header.number else each.source, (each.id,))
            for each in sorted(entries, key=asked_at)
        ]
    found: dict[str, list[str]] = {}
    of = {each: place for place, ids in places_of(context.snapshot).items() for each in ids}
    for entry in entries:
        place = of.get(entry.id, entry.id)
        if context.query.places and place not in context.query.places:
            continue
        found.setdefault(place, []).append(entry.id)
    asked = fold(context.query.text)
    return [
        Side(label, tuple(found[label]))
        for label in sorted(found, key=lambda label: (_named_at(label, asked), label))
    ]


def _named_at(place: str, asked: str) -> int:
    """Return where a folded question names a place, with or without its level; else its end."""
    words = fold(place).split()
    names = (" ".join(words[level:]) for level in range(min(3, len(words))))  # "thành phố": two
    return next((at for name in names if (at := asked.find(name)) >= 0), len(asked))


# One side, asked


def _of_group(context: Context, whole: Query, group: Side, ask: _Ask) -> Draft | None:
    """Return what one side says: of each variant of the question, and of each of its documents."""
    drafts = []
    entries = [context.snapshot.entries[document] for document in group.documents]
    for query in _variants(about_reports(whole, entries)):
        draft = _asked(context, query, group.documents, ask)
        if draft is None:
            continue
        drafts.append(draft)
        cited = {c.document for item in draft.items[:EACH] for c in item.citations}
        for document in _alone_asked(context, query, group):
            if document in cited:
                continue
            other = _asked(context, query, (document,), ask)
            if other and other.confidence >= ALSO * draft.confidence:
                drafts.append(other)
    if not drafts:
        return None
    kept: dict[tuple[str, Span], DraftItem] = {}
    for item in _in_turn(drafts):
        first = item.citations[0]
        kept.setdefault((first.document, first.span), item)
    return Draft(items=tuple(kept.values()), confidence=_best(drafts))


def _alone_asked(context: Context, query: Query, group: Side) -> Sequence[str]:
    """Return the documents of a side that are asked alone, of many those with the best hits."""
    if len(group.documents) <= MOST_ALONE:
        return group.documents if len(group.documents) > 1 else ()
    hits = retrieve(query, context.snapshot, k=DEPTH, documents=group.documents)
    return list(dict.fromkeys(hit.passage.document_id for hit in hits))[:MOST_ALONE]


def _asked(context: Context, query: Query, documents: Sequence[str], ask: _Ask) -> Draft | None:
    hits = retrieve(query, context.snapshot, k=DEPTH, documents=documents)
    part = Context(query, context.snapshot, frozenset(documents), hits, lenient=True)
    draft: Draft | Refusal | None
    if query.intent == "metadata":
        alone = frozenset(documents)
        draft = answer_by_header(part, Meant(documents=alone, own=alone, cited=(), lost=()))
    else:
        draft = ask(part)
    if not isinstance(draft, Draft):
        return None
    items = tuple(item for item in draft.items if item.citations)
    if query.intent == "how_many" and items and items[0].fields.value is not None:
        items = (*items, *_more_figures(part, items))
    if query.intent == "when" and query.recurrence and items:
        items = (*items, *_more_limits(part, items))
    return replace(draft, items=items) if items else None


def _more_limits(part: Context, items: Sequence[DraftItem]) -> Sequence[DraftItem]:
    """Return the duties of a side that are nearly as good and come as often as is asked."""
    shown = {(c.document, c.span) for item in items for c in item.citations}
    often = part.query.recurrence
    timed = part.obligations(
        lambda fact: bool(fact.actors and fact.deadline and fact.deadline.value in often)
    )
    best = next((each.score for each in part.obligations()), 0.0)
    more = [c for c in timed if c.score >= AS_GOOD * best and (c.document, c.span) not in shown]
    return draft_of(part, more[:MOST_FIGURES]).items if more else ()


def _more_figures(part: Context, items: Sequence[DraftItem]) -> Iterator[DraftItem]:
    """Yield the figures of a place that are nearly as good as the best: other indicators."""
    shown = {(c.document, c.span) for item in items for c in item.citations}
    given = [each for each in part.targets() if (each.document, each.span) in shown]
    kinds = {each.fact.kind for each in given}
    best = max((each.score for each in given), default=0.0)
    years = {year for period in part.query.years for year in period.split("/")}
    for candidate in part.targets()[:MOST_FIGURES]:
        target = candidate.fact
        if (candidate.document, candidate.span) in shown or target.kind not in kinds:
            continue
        if years and target.period and not any(year in target.period for year in years):
            continue
        if target.value is not None and candidate.score >= AS_GOOD * best:
            yield target_item(part, candidate)


def _variants(query: Query) -> Iterator[Query]:
    """Yield the question for one side: once for each period, or for goal and result."""
    kind = kind_compared(query)
    than = (match[0] for match in _THAN.finditer(query.spelled.lower()))
    idle = _FILLING.union(alike_syllables(" ".join((*query.unknown_places, *than))))
    topic = tuple(word for word in query.topic if word not in idle) or query.topic
    folded = fold(query.spelled)
    if kind == "who" and _GIVEN_TO.search(folded):
        topic = tuple(word for word in topic if word not in _GIVING) or topic
    plain = replace(query, intent=kind, places=(), topic=topic)
    if len(query.years) > 1:
        yield from of_each_period(plain)
    elif len(query.recurrence) > 1 and kind == "when":
        rest = tuple(word for word in topic if word not in _OFTEN and not word.isdigit())
        for recurrence in query.recurrence:
            yield replace(plain, recurrence=(recurrence,), topic=rest or topic)
    elif kind == "how_many" and _SET.search(folded) and _REACHED.search(folded):
        for matter in _matters(query, topic):
            yield replace(plain, text="mục tiêu", topic=matter, years=())
            yield replace(plain, text="đã đạt", topic=matter, years=())
    else:
        yield plain


_ABOUT: Final = re.compile(
    r"(?<!\w)về (.+?)(?= (?:tăng|giảm|cao|thấp|hơn|thế nào|ra sao|khác)|\W*$)"
)


def _matters(query: Query, topic: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the topics of "… về trẻ ra nhà trẻ và lao động qua đào tạo tăng thế nào"."""
    about = _ABOUT.search(query.spelled.lower())
    parts = re.split(r",| và ", about[1]) if about else []
    found = []
    for part in parts:
        own = set(alike_syllables(part))
        found.append(tuple(word for word in topic if word in own))
    return found if found and all(len(each) > 1 for each in found) else [tuple(topic)]


def kind_compared(query: Query) -> Intent:
    """Return what a question compares: headers, time limits, numbers, or words."""
    folded = fold(query.spelled)
    if query.intent == "what" and _FIGURES.search(folded):
        return "how_many"
    alike = query.intent == "yes_no" and _ALIKE.search(fold(f"{query.text} {query.spelled}"))
    if query.intent != "compare" and not alike:
        return query.intent
    if "metadata" in query.also or _IN_FORCE.search(folded):
        return "metadata"
    grounds = "which_document" in query.also and GROUNDS.search(folded)
    if grounds or LEGAL_BASES.search(fold(f"{query.text} {query.spelled}")):
        return "which_document"
    if _GIVEN_TO.search(folded):
        return "who"
    if query.recurrence or "bao cao" in folded or "thoi han" in folded or "when" in query.also:
        return "when"
    if query.unit or any(part in folded for part in ("muc tieu", "chi tieu", "ti le", "ty le")):
        return "how_many"
    if "who" in query.also and "nao" not in folded:
        return "who"
    return "what"


# Which place: two matters in one question


def _clauses(query: Query) -> list[Query]:
    """Return the matters of "huyện nào …, huyện nào …", each with words of its own; else none."""
    starts = [match.start() for match in _WHICH.finditer(fold(query.spelled))]
    if len(starts) < 2 or query.places or len(query.text) != len(query.spelled):
        return []
    found = []
    for start, end in zip(starts, [*starts[1:], len(query.text)], strict=True):
        words = query.spelled[start:end]
        own = set(alike_syllables(words))
        topic = tuple(dict.fromkeys(w for w in query.topic if w in own and w not in _FILLING))
        clause = replace(query, text=query.text[start:end], spelled=words, topic=topic)
        if len(topic) < 2 or (query.recurrence and len(topic) < 3):
            return []
        found.append(replace(clause, intent="what", also=(), recurrence=()))
    return found


def _where(
    context: Context, clauses: Sequence[Query], groups: Sequence[Side], ask: _Ask
) -> list[Draft]:
    """Return for each matter what the places that say most of it say."""
    found = []
    for clause in clauses:
        drafts = [_asked(context, clause, group.documents, ask) for group in groups]
        said = [draft for draft in drafts if draft]
        most = _best(said)
        kept = [draft for draft in said if draft.confidence >= ALSO * most]
        kept.sort(key=lambda draft: -draft.confidence)
        if kept:
            items = _in_turn(kept)[:EACH]
            found.append(Draft(items=items, confidence=most))
    return found
