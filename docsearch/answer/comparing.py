"""Answers that put places side by side: the same question to the documents of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from docsearch.answer.by_header import answer_by_header
from docsearch.answer.by_obligation import draft_of
from docsearch.answer.by_reference import GROUNDS, LEGAL_BASES
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.answer.sides import Side, about_reports, named_sides, of_side, years_of
from docsearch.answer.target_item import target_fields
from docsearch.answer.which import Meant, gazetteer_of
from docsearch.facts.actors import find_names, name_words
from docsearch.index.store import Entry
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import fold
from docsearch.parse.numbers import number_key
from docsearch.parse.view import View
from docsearch.records import Intent, ItemFields, Mention, Obligation, Span
from docsearch.register.bodies import AskedBody
from docsearch.search.query import Query
from docsearch.search.retrieve import retrieve
from docsearch.search.unknown_places import bare_name

EACH: Final = 4  # items for one place
DEPTH: Final = 30
MOST_ALONE: Final = 12
"""Documents of a place that are asked alone, too; arbitrary: each takes a search of its own."""
MOST_FIGURES: Final = 6
MOST_DUTIES: Final = 6
AS_MUCH: Final = 0.6
"""A place says something when it accounts for this share of what the best place does."""
AS_MUCH_OF_FACTS: Final = 0.45
"""The same for time limits and figures, which say in fewer words what they are of."""
AS_GOOD: Final = 0.85
"""Figures of one place up to this share of the score of the best."""
ALSO: Final = 0.8
"""The same for a further document of a place."""

_Ask = Callable[[Context], Draft | Refusal]

# "Nhiệm vụ của Phòng Nội vụ ở …": what one body has to do, by place
_DUTIES: Final = re.compile(
    r"\b(?:nhiem vu|vai tro|trach nhiem|cong viec|viec (?:duoc )?giao|duoc giao|phan cong|giao cho)"
    r"\b"
)
_OF_PLACE: Final = re.compile(r"\s+(?:của|ở|tại|với)(?!\w)")
# "Huyện nào …, huyện nào …": two matters, each to be found somewhere
_WHICH: Final = re.compile(r"\b(?:huyen|xa|tinh|dia phuong|noi|phuong|quan|thanh pho) nao\b")
_IN_FORCE: Final = re.compile(r"\bhieu luc\b|\b(?:take|takes|come|comes) (?:effect|into force)\b")
_GIVEN_TO: Final = re.compile(
    r"\b(?:viec|phan) (?:giao|phan cong|chi dinh)(?: cho)? (?:co quan|don vi|phong|so)\b"
    r"|\b(?:co quan|don vi) (?:duoc giao|dau moi|thuong truc|chu tri|theo doi|tham muu)\b"
)
_GIVING: Final = frozenset(
    ("việc", "phần", "giao", "phân", "công", "chỉ", "định", "cơ", "quan", "đơn", "vị", "được")
)
_ANY_BODY: Final = frozenset(("cơ quan", "đơn vị", "cơ quan, đơn vị", "các cơ quan, đơn vị"))
_SET: Final = re.compile(r"muc tieu|chi tieu|phan dau")
_REACHED: Final = re.compile(r"da dat|da co|ket qua|hien (?:nay|tai)")
_FILLING: Final = frozenset(
    (
        *("hai", "ba", "bốn", "nơi", "chỗ", "bên", "khác", "giống", "nhau", "sánh", "huyện", "xã"),
        *("tỉnh", "giữa", "còn", "giai", "đoạn"),
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
    bodies = _bodies(context)
    kind = kind_compared(context.query)
    found: dict[str, Draft] = {}
    for group in groups:
        draft = _of_bodies(context, group, bodies) if bodies else None
        if draft is None:
            own = years.get(group.label, ())
            put, asked = of_side(context.query, group, own, context.snapshot.entries)
            draft = _of_group(context, put, asked, ask)
        if draft and (context.query.numbers or kind == "which_document"):
            draft = labelled(draft, group.label)
        if draft:
            found[group.label] = draft
    most = _best(list(found.values()))
    least = most * (AS_MUCH if kind == "what" else AS_MUCH_OF_FACTS)
    said = {label: draft for label, draft in found.items() if draft.confidence >= least}
    if not said:
        return None
    others = [g.label for g in groups if g.label not in said and context.query.places]
    each = MOST_DUTIES if bodies or kind == "which_document" else EACH
    items = (*_in_turn(list(said.values()), each), *_absent(context.query, others))
    return Draft(items=items, confidence=most)


def labelled(draft: Draft, label: str) -> Draft:
    """Return a draft whose items say which document they are of: "Quyết định này" is any."""
    items = tuple(
        item if label.lower() in item.text.lower() else replace(item, text=f"{label}: {item.text}")
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
    for entry in entries:
        place = entry.header.place.value if entry.header.place else entry.id
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
    return replace(draft, items=items) if items else None


def _more_figures(part: Context, items: Sequence[DraftItem]) -> Iterator[DraftItem]:
    """Yield the figures of a place that are nearly as good as the best: other indicators."""
    shown = {(c.document, c.span) for item in items for c in item.citations}
    best = next(iter(part.targets()))
    for candidate in part.targets()[:MOST_FIGURES]:
        target, place = candidate.fact, part.snapshot.entries[candidate.document].header.place
        if (candidate.document, candidate.span) in shown or target.kind != best.fact.kind:
            continue
        if target.value is not None and candidate.score >= AS_GOOD * best.score:
            yield DraftItem(
                text=part.quoter.line(candidate.document, candidate.span),
                fields=target_fields(target, place.value if place else None),
                citations=(
                    part.quoter.cite(
                        candidate.document, candidate.span, candidate.headings, [candidate.span]
                    ),
                ),
            )


def _variants(query: Query) -> Iterator[Query]:
    """Yield the question for one side: once for each period, or for goal and result."""
    kind = kind_compared(query)
    idle = _FILLING.union(alike_syllables(" ".join(query.unknown_places)))
    topic = tuple(word for word in query.topic if word not in idle) or query.topic
    folded = fold(query.spelled)
    if kind == "who" and _GIVEN_TO.search(folded):
        topic = tuple(word for word in topic if word not in _GIVING) or topic
    plain = replace(query, intent=kind, places=(), topic=topic)
    if len(query.years) > 1:
        years = {part for period in query.years for part in period.split("/")}
        rest = tuple(word for word in topic if word not in years)
        for period in query.years:
            yield replace(plain, years=(period,), topic=rest)
    elif len(query.recurrence) > 1 and kind == "when":
        for recurrence in query.recurrence:
            yield replace(plain, recurrence=(recurrence,))
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
    if query.intent != "compare":
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


# What one body has to do


@dataclass(frozen=True)
class _Bodies:
    """The bodies whose duties are compared."""

    names: tuple[tuple[str, ...], ...]  # syllables of each
    asked: AskedBody

    def named(self, mentions: Sequence[Mention]) -> bool:
        """Tell whether one of some names begins as one of the bodies does."""
        own = [_kind_first(tuple(name_words(mention.text))) for mention in mentions]
        return any(each[: len(name)] == name for each in own for name in self.names)

    def meant(self, mentions: Sequence[Mention], document: str) -> bool:
        """Tell whether one of some names is one of the bodies, or a group that includes it."""
        return any(self.asked.matches(mention.text, document) for mention in mentions)


def _kind_first(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name without "đơn vị" before its kind: "các đơn vị trường THCS"."""
    return words[2:] if words[:2] == ("đơn", "vị") and len(words) > 2 else words


def _bodies(context: Context) -> _Bodies | None:
    """Return the bodies whose duties are compared; None where the question names none."""
    query = context.query
    if query.language == "en" or not _DUTIES.search(fold(query.spelled)):
        return None
    line = View(query.spelled, tuple(range(len(query.spelled))))
    names: list[str] = []
    cursor = 0
    for match in re.finditer(r"\w+", query.spelled):
        if match.start() < cursor:
            continue
        subject = find_names(line, match.start(), len(query.spelled))
        if subject:
            names += [_alone(actor.text, query.places) for actor in subject.actors]
            cursor = subject.end
    names = [each for each in dict.fromkeys(names) if name_words(each) and each not in _ANY_BODY]
    if not names:
        return None
    gazetteer = gazetteer_of(context.snapshot)
    words = tuple(tuple(name_words(name)) for name in names)
    return _Bodies(words, AskedBody("; ".join(names), gazetteer))


def _alone(name: str, places: Sequence[str]) -> str:
    """Return the name of a body without that of a place: "Phòng Nội vụ huyện"."""
    for place in places:
        bare = bare_name(place)
        name = re.sub(rf"\s*(?<!\w){re.escape(bare)}(?!\w)", "", name, flags=re.IGNORECASE)
    return _OF_PLACE.split(name)[0]


def _of_bodies(context: Context, group: Side, bodies: _Bodies) -> Draft | None:
    """Return the duties of the bodies in each document of a side.

    Those of the very body come first; else those that others have together with it; else those
    of a group that includes it.
    """
    part = Context(context.query, context.snapshot, frozenset(group.documents), (), lenient=True)
    every = part.obligations(lambda fact: bool(fact.actors))
    every.sort(key=lambda candidate: (candidate.document, candidate.span))
    ways: tuple[Callable[[Candidate[Obligation]], bool], ...] = (
        lambda each: bodies.named(each.fact.actors),
        lambda each: bodies.named(each.fact.with_),
        lambda each: bodies.meant(each.fact.actors, each.document),
    )
    for way in ways:
        fitting = [candidate for candidate in every if way(candidate)]
        if fitting:
            break
    else:
        return None
    by_document = [
        [each for each in fitting if each.document == document] for document in group.documents
    ]
    longest = max(len(each) for each in by_document)
    chosen = [each[n] for n in range(longest) for each in by_document if n < len(each)]
    draft = draft_of(part, chosen[:MOST_DUTIES])
    return replace(draft, items=draft.items[:MOST_DUTIES], confidence=1.0)
