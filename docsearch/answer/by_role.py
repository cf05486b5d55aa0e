"""Answers to "cơ quan nào chủ trì X, cơ quan nào phối hợp?": who plays which part in one matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docsearch.answer.by_obligation import draft_of
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft
from docsearch.answer.relevance import Layer, Relevance
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import fold
from docsearch.records import Obligation, Span
from docsearch.search.synonyms import find_synonyms

MOST: Final = 3
MOST_READ: Final = 8  # documents whose duties are looked through, those with the best hits
LACKING: Final = 0.05
"""Share of a matter that may stand neither in the heading nor in the action of who has it."""
LEAST: Final = 2  # syllables of a matter

_PARTS: Final = {
    "chu tri": re.compile(r"\b(?:nao|ai) (?:duoc giao )?chu tri\b|\b(?:leads?|in charge of)\b"),
    "phoi hop": re.compile(
        r"\b(?:nao|ai) (?:tham gia )?phoi hop\b|\bphoi hop (?:voi|cung) (?:\w+ ){0,3}(?:nao|ai)\b"
        r"|\b(?:coordinates?|cooperates?|assists?)\b"
    ),
}
_IDLE: Final = frozenset(alike_syllables("chủ trì phối hợp cơ quan đơn vị được giao tham gia cùng"))
_LABEL: Final = re.compile(r"^\W*(?:co quan|don vi|bo phan)? ?(?:chu tri|phoi hop|thuc hien)\W*$")


def answer_by_role(context: Context) -> Draft | None:
    """Return who leads, or works along in, the very matter that a question names.

    A section that is headed by the matter, or a clause that is all of it, goes before a clause
    that has more words of the question.

    Args:
        context: the question and the index.

    Returns:
        The duties of that section; None when the question asks for no such part, or no heading
        and no action has all of its matter.
    """
    asked = fold(f"{context.query.text} {context.query.spelled}")
    parts = [part for part, words in _PARTS.items() if words.search(asked)]
    topic = tuple(word for word in context.query.topic if word not in _IDLE)
    if not parts or len(topic) < LEAST:
        return None
    language = context.snapshot.language
    synonyms = (*context.query.synonyms, *find_synonyms(topic, language.words))
    matter = Relevance.of(topic, language, synonyms)
    near = list(context.hits_by_document)[:MOST_READ]
    tight = {
        id(fact): max(matter.tightness(layer) for layer in own)
        for document, facts in context.snapshot.some_facts(near).items()
        for fact in facts.obligations
        if fact.actors
        and (own := _own_layers(fact, matter))
        and _plays(context, document, fact, parts)
    }
    if not tight:
        return None
    alone = Context(context.query, context.snapshot, frozenset(near), context.hits)
    found = alone.obligations(lambda fact: id(fact) in tight)
    best = max(found, key=lambda candidate: (tight[id(candidate.fact)], candidate.score))
    least = tight[id(best.fact)]
    same = [each for each in found if tight[id(each.fact)] == least and _is_beside(each, best)]
    same.sort(key=lambda candidate: candidate.span)
    return draft_of(context, same[:MOST])


def _plays(context: Context, document: str, fact: Obligation, parts: Sequence[str]) -> bool:
    """Return whether a duty says who leads or who works along, as asked."""
    said = [context.quoter.line(document, span) for span in fact.evidence]
    words = fold("\n".join([*said, *(heading.text for heading in fact.headings[-1:])]))
    return any(part in words or (part == "phoi hop" and fact.with_) for part in parts)


def _own_layers(fact: Obligation, matter: Relevance) -> list[Layer]:
    """Return the heading and the action of a duty, those that have all of a matter."""
    texts = [fact.action.text, *(_matter_heading(fact) or ())]
    layers = [Layer.of(text, 1.0) for text in texts]
    return [layer for layer in layers if matter.missing([layer]) <= LACKING]


def _matter_heading(fact: Obligation) -> tuple[str] | None:
    """Return the nearest heading above a duty that names a matter: not "Cơ quan chủ trì"."""
    named = [heading.text for heading in fact.headings if not _LABEL.match(fold(heading.text))]
    return (named[-1],) if named else None


def _is_beside(candidate: Candidate[Obligation], best: Candidate[Obligation]) -> bool:
    return candidate.document == best.document and _section(candidate) == _section(best)


def _section(candidate: Candidate[Obligation]) -> Span | None:
    named = [h.span for h in candidate.fact.headings if not _LABEL.match(fold(h.text))]
    return named[-1] if named else None
