"""Answers in the words of the best passages, when no fact answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from docsearch.answer.by_obligation import duty_at
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.answer.relevance import Layer
from docsearch.answer.within import best_within
from docsearch.facts.actors import find_subject
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import canonical
from docsearch.parse.view import View
from docsearch.records import Heading, Hit, ItemFields, Obligation, Passage, Span
from docsearch.search.parts import asks_where
from docsearch.search.query import Query

ENOUGH: Final = 0.5
MOST_MISSING: Final = 0.34
AS_GOOD: Final = 0.86
NAMING: Final = 0.8
"""A sentence that says who acts goes before one that does not, from this share of its score."""
MOST: Final = 3
LONGEST_TERM: Final = 8
"""Syllables of what a question asks the meaning of."""
LONGEST_NAME: Final = 120
"""Characters of a heading that is the name of who has to do what stands below it."""
_WHAT_IS: Final = re.compile(r"\b(?:là gì|nghĩa là gì|hiểu (?:là|như) (?:gì|thế nào))")
_MEANS: Final = frozenset(("hiểu", "nghĩa", "khái", "niệm"))
_ASSIGNS: Final = re.compile(r"tổ chức thực hiện|phân công|trách nhiệm|nhiệm vụ của")
LABEL: Final = re.compile(r"^\W*(?:(?:\d{1,2}|[a-zđ]|[IVX]{1,5})(?:\.\d{1,2})*[.)/-]\s*)?")
"""The mark of a list or heading at the beginning of its line: "2.1. ", "a) "."""
AS_MUCH: Final = 0.6
"""Share of what a sentence says of a question that a duty in it has to say too; arbitrary."""
WHOLE: Final = 420  # a passage up to this many code points is quoted whole


def answer_by_passage(
    context: Context, says: Callable[[str], bool] | None = None
) -> Draft | Refusal:
    """Return the sentences that speak of what is asked.

    Args:
        context: the question and the index.
        says: whether the words of a sentence may answer; None means that all may.

    Returns:
        The best sentences, each in its passage when that is short; a refusal when no sentence
        accounts for enough of the question, or a part of it stands nowhere near.
    """
    candidates = _with_definition(context, context.sentences())
    if says:
        candidates = [c for c in candidates if says(context.quoter.line(c.document, c.span))]
    if not candidates:
        return Refusal(reason="not_in_corpus")
    best = next((c for c in candidates if is_enough(context, c)), None)
    if best is None:
        best = candidates[0]
        nearest = context.quoter.cite(best.document, best.span, best.headings)
        return Refusal(reason=context.silence, confidence=best.coverage, nearest=(nearest,))
    if context.query.intent == "who":
        naming = (c for c in candidates if _names_somebody(context, c) and is_enough(context, c))
        named = next(naming, best)
        best = named if named.score >= NAMING * best.score else best
    if asks_where(context.query.text):
        placed = (c for c in candidates if _names_place(context, c) and is_enough(context, c))
        where = next(placed, best)
        best = where if where.score >= NAMING * best.score else best
        if not _names_place(context, best):
            best = next((c for c in candidates if _labels_place(context, c)), best)
    if context.query.language == "vi" and best not in _defining(context, candidates):
        best = best_within(context, best, candidates)
    near = [c for c in candidates if c is not best and c.score >= AS_GOOD * best.score]
    chosen = _chosen([best, *near])
    items = tuple(passage_item(context, candidate) for candidate in chosen)
    return Draft(items=items, confidence=best.coverage)


_WHO_IS: Final = re.compile(
    r"(?<!\w)(?:được )?(?:hiểu )?là (?:những )?(?:ai|đối tượng nào|người nào|tổ chức nào)\W*$"
)


def answer_by_definition(context: Context) -> Draft | None:
    """Return the sentence that says who is meant by a term: "X được hiểu là ai?".

    Args:
        context: the question and the index.

    Returns:
        The sentence; None when the question asks otherwise, or none begins with the term and
        "là".
    """
    topic = tuple(word for word in context.query.topic if word not in _MEANS)
    if not _WHO_IS.search(context.query.spelled.lower()) or not 2 <= len(topic) <= LONGEST_TERM:
        return None
    defining = (c for c in context.sentences() if _defines(context, c, topic))
    best = next(defining, None)
    return Draft(items=(passage_item(context, best),), confidence=best.coverage) if best else None


def _names_somebody(context: Context, candidate: Candidate[Hit]) -> bool:
    """Return whether a sentence, or a heading above it, says who acts."""
    text = context.quoter.line(candidate.document, candidate.span)
    return bool(_subject(text) or _responsible(candidate.headings, text)) or any(
        fact.actors and fact.evidence[0].overlaps(candidate.span)
        for fact in context.snapshot.facts[candidate.document].obligations
    )


def _names_place(context: Context, candidate: Candidate[Hit]) -> bool:
    return says_where(context.quoter.line(candidate.document, candidate.span))


def _labels_place(context: Context, candidate: Candidate[Hit]) -> bool:
    """Return whether a sentence is "Địa điểm: …" below what a question asks the place of."""
    line = canonical(context.quoter.line(candidate.document, candidate.span))
    return bool(_PLACE_LABEL.match(line)) and candidate.missing <= context.tolerated(MOST_MISSING)


_PLACE_LABEL: Final = re.compile(r"\W*(?:địa điểm|nơi (?:tổ chức|tập trung|họp))[^:]{0,30}:")


def says_where(text: str) -> bool:
    """Return whether a text says at what place something is done: "tại phòng họp tầng 2"."""
    return bool(_AT.search(canonical(text)))


_AT: Final = re.compile(
    r"(?<!\w)(?:(?:tại|ở) (?!các |mỗi |từng |những |địa phương|đơn vị|cơ sở)|địa điểm ?:? ?)\w"
)


def is_enough(context: Context, candidate: Candidate[Hit]) -> bool:
    """Return whether a sentence accounts for enough of the question to answer it."""
    if context.is_agreed(candidate):
        return True
    enough = candidate.coverage >= context.enough(ENOUGH)
    return enough and candidate.missing <= context.tolerated(MOST_MISSING)


def _with_definition(
    context: Context, candidates: Sequence[Candidate[Hit]]
) -> Sequence[Candidate[Hit]]:
    """Return sentences with those first that say what the thing asked for is: "… là …"."""
    defining = _defining(context, candidates)
    return [*defining, *(c for c in candidates if c not in defining)] if defining else candidates


def _defining(context: Context, candidates: Sequence[Candidate[Hit]]) -> list[Candidate[Hit]]:
    asked = _WHAT_IS.search(context.query.spelled.lower())
    topic = tuple(word for word in context.query.topic if word not in _MEANS)
    if asked is None or not 1 <= len(topic) <= LONGEST_TERM:
        return []
    return [c for c in candidates if _defines(context, c, topic)]


def _defines(context: Context, candidate: Candidate[Hit], topic: Sequence[str]) -> bool:
    """Return whether a sentence begins with the term and "là" soon after it."""
    words = alike_syllables(context.quoter.line(candidate.document, candidate.span))
    start = next((n for n, word in enumerate(words[:3]) if word == topic[0]), None)
    if start is None:
        return False
    after = words[start + len(topic) : start + len(topic) + 5]
    return list(words[start : start + len(topic)]) == list(topic) and "là" in after


def _chosen(candidates: Sequence[Candidate[Hit]]) -> list[Candidate[Hit]]:
    """Return the best sentences; one of a passage that is quoted whole."""
    seen = set()
    kept = []
    for candidate in candidates:
        passage = candidate.fact.passage
        inside = passage.span.overlaps(candidate.span)
        if inside and _is_short(passage) and passage.id in seen:
            continue
        if inside:
            seen.add(passage.id)
        kept.append(candidate)
    return kept[:MOST]


def _is_short(passage: Passage) -> bool:
    return passage.span.end - passage.span.start <= WHOLE


def _shown(candidate: Candidate[Hit]) -> Span:
    """Return what is quoted: the passage of a sentence when that is short, else the sentence."""
    passage = candidate.fact.passage
    whole = _is_short(passage) and passage.span.overlaps(candidate.span)
    return passage.span if whole else candidate.span


def passage_item(context: Context, candidate: Candidate[Hit]) -> DraftItem:
    """Return a sentence, in its passage when that is short, or as the duty that it sets."""
    passage = candidate.fact.passage
    whole = _shown(candidate)
    place = context.snapshot.entries[candidate.document].header.place
    citation = context.quoter.cite(
        candidate.document,
        _stripped(context, candidate.document, whole),
        passage.headings,
        [candidate.span],
    )
    text = context.quoter.line(candidate.document, whole)
    if context.query.intent == "which_document":
        return in_its_document(context, candidate)
    duty = _duty(context, candidate)
    if duty:
        return duty
    directed = asks_who_directs(context.query)
    named = None
    if context.query.intent == "who":
        named = _responsible(passage.headings, "" if directed else text)
    if named is None:
        actors = _actors_within(context, candidate) if context.query.intent == "who" else ()
        return DraftItem(
            text=text,
            fields=ItemFields(actors=actors, place=place.value if place else None),
            citations=(citation,),
        )
    heading, actors = named
    above = context.quoter.cite(candidate.document, heading.span, (), [heading.span])
    return DraftItem(
        text=f"{'; '.join(actors)}: {text}",
        fields=ItemFields(actors=actors, place=place.value if place else None),
        citations=(citation, above),
    )


_DIRECTS: Final = re.compile(
    r"(?<!\w)(?:ai|nào)(?: (?:phải|được giao|sẽ))? (?:chỉ đạo|đôn đốc)(?!\w)"
)


def asks_who_directs(query: Query) -> bool:
    """Return whether a question asks who directs others: not who has to do what is directed."""
    return bool(_DIRECTS.search(canonical(query.spelled)))


def _duty(context: Context, candidate: Candidate[Hit]) -> DraftItem | None:
    """Return a sentence as the duty that the register has of it, when it says what is asked."""
    asked = context.query.intent
    if asked == "who" and asks_who_directs(context.query):
        return None  # the duty is that of those who are directed
    if asked == "who":
        return duty_at(
            context,
            candidate.document,
            candidate.span,
            lambda fact: _says_as_much(context, candidate, fact),
        )
    if asked == "to_whom":
        return duty_at(
            context, candidate.document, candidate.span, lambda fact: fact.recipient is not None
        )
    return None


def _says_as_much(context: Context, candidate: Candidate[Hit], fact: Obligation) -> bool:
    """Return whether a duty says about as much of what is asked as the sentence that holds it.

    "… chủ trì rà soát hộ nghèo; hoàn thành xóa nhà tạm": the register may lack the one asked for.
    """
    document, span = candidate.document, candidate.span
    inside = Span(max(span.start, fact.evidence[0].start), min(span.end, fact.evidence[0].end))
    names = " ".join(actor.text for actor in fact.actors)
    own = Layer.of(f"{names} {context.quoter.words(document, inside)}", 1.0)
    said = Layer.of(f"{names} {context.quoter.words(document, span)}", 1.0)
    coverage = context.relevance.coverage
    return coverage([own]) >= AS_MUCH * coverage([said])


def _actors_within(context: Context, candidate: Candidate[Hit]) -> tuple[str, ...]:
    """Return who acts in a sentence, where all its duties in the register are of the same."""
    found = {
        tuple(actor.text for actor in fact.actors)
        for fact in context.snapshot.facts[candidate.document].obligations
        if fact.evidence[0].overlaps(candidate.span)
        and fact.actors
        and all(candidate.span.covers(actor.span) for actor in fact.actors)
    }
    return next(iter(found)) if len(found) == 1 else ()


def in_its_document(context: Context, candidate: Candidate[Hit]) -> DraftItem:
    """Return a sentence, in its passage when that is short, with what its document is called."""
    passage, document = candidate.fact.passage, candidate.document
    whole = _shown(candidate)
    text = context.quoter.line(document, whole)
    citation = context.quoter.cite(
        document, _stripped(context, document, whole), passage.headings, [candidate.span]
    )
    header = context.snapshot.entries[document].header
    stated = [field for field in (header.type, header.number, header.issued_on) if field]
    named = ", ".join(context.quoter.line(document, field.span) for field in stated)
    cited = [field for field in (header.number, header.issued_on) if field]
    return DraftItem(
        text=f"{named}: {text}" if named else text,
        fields=ItemFields(
            number=header.number.value if header.number else None,
            date=header.issued_on.value if header.issued_on else None,
            place=header.place.value if header.place else None,
        ),
        citations=(
            citation,
            *(context.quoter.cite(document, field.span, (), [field.span]) for field in cited),
        ),
    )


def _responsible(headings: Sequence[Heading], text: str) -> tuple[Heading, tuple[str, ...]] | None:
    """Return the nearest heading that names bodies, when a clause begins with none itself."""
    if _subject(text):
        return None
    for position, heading in reversed(list(enumerate(headings))):
        above = headings[position - 1] if position else None
        actors = _subject(heading.text)
        if actors:
            return heading, actors
        if above and _ASSIGNS.search(above.text.lower()):
            name = LABEL.sub("", heading.text).strip(" :.")
            if 0 < len(name) <= LONGEST_NAME:
                return heading, (name,)
    return None


def _subject(text: str) -> tuple[str, ...]:
    line = View(text, tuple(range(len(text))))
    subject = find_subject(line, 0, len(text))
    return tuple(actor.text for actor in subject.actors) if subject else ()


def _stripped(context: Context, document: str, span: Span) -> Span:
    text = span.of(context.quoter.document(document).text)
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))
