"""Answers in the words of the best passages, when no fact answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.facts.actors import find_subject
from docsearch.parse.view import View
from docsearch.records import Heading, Hit, ItemFields, Passage, Span

ENOUGH: Final = 0.5
MOST_MISSING: Final = 0.34
AS_GOOD: Final = 0.86
MOST: Final = 3
WHOLE: Final = 420  # a passage up to this many code points is quoted whole


def answer_by_passage(context: Context) -> Draft | Refusal:
    """Return the sentences that speak of what is asked.

    Args:
        context: the question and the index.

    Returns:
        The best sentences, each in its passage when that is short; a refusal when no sentence
        accounts for enough of the question, or a part of it stands nowhere near.
    """
    candidates = context.sentences()
    if not candidates:
        return Refusal(reason="not_in_corpus")
    best = candidates[0]
    if best.coverage < context.enough(ENOUGH) or best.missing > context.tolerated(MOST_MISSING):
        nearest = context.quoter.cite(best.document, best.span, best.headings)
        return Refusal(reason=context.silence, confidence=best.coverage, nearest=(nearest,))
    chosen = _chosen([c for c in candidates if c.score >= AS_GOOD * best.score])
    items = tuple(_item(context, candidate) for candidate in chosen)
    return Draft(items=items, confidence=best.coverage)


def _chosen(candidates: Sequence[Candidate[Hit]]) -> list[Candidate[Hit]]:
    """Return the best sentences; one of a passage that is quoted whole."""
    seen = set()
    kept = []
    for candidate in candidates:
        passage = candidate.fact.passage
        if _is_short(passage) and passage.id in seen:
            continue
        seen.add(passage.id)
        kept.append(candidate)
    return kept[:MOST]


def _is_short(passage: Passage) -> bool:
    return passage.span.end - passage.span.start <= WHOLE


def _item(context: Context, candidate: Candidate[Hit]) -> DraftItem:
    passage = candidate.fact.passage
    whole = passage.span if _is_short(passage) else candidate.span
    place = context.snapshot.entries[candidate.document].header.place
    citation = context.quoter.cite(
        candidate.document,
        _stripped(context, candidate.document, whole),
        passage.headings,
        [candidate.span],
    )
    text = context.quoter.line(candidate.document, whole)
    named = _responsible(passage.headings, text) if context.query.intent == "who" else None
    if named is None:
        return DraftItem(
            text=text,
            fields=ItemFields(place=place.value if place else None),
            citations=(citation,),
        )
    heading, actors = named
    above = context.quoter.cite(candidate.document, heading.span, (), [heading.span])
    return DraftItem(
        text=f"{'; '.join(actors)}: {text}",
        fields=ItemFields(actors=actors, place=place.value if place else None),
        citations=(citation, above),
    )


def _responsible(headings: Sequence[Heading], text: str) -> tuple[Heading, tuple[str, ...]] | None:
    """Return the nearest heading that names bodies, when a clause begins with none itself."""
    if _subject(text):
        return None
    for heading in reversed(headings):
        actors = _subject(heading.text)
        if actors:
            return heading, actors
    return None


def _subject(text: str) -> tuple[str, ...]:
    line = View(text, tuple(range(len(text))))
    subject = find_subject(line, 0, len(text))
    return tuple(actor.text for actor in subject.actors) if subject else ()


def _stripped(context: Context, document: str, span: Span) -> Span:
    text = span.of(context.quoter.document(document).text)
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))
