"""Answers to "giao việc cho những phòng nào?": every body that a document gives work to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docsearch.answer.by_obligation import MOST_LISTED, draft_of
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft
from docsearch.answer.which import best_document
from docsearch.facts.actors import name_key
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import canonical
from docsearch.records import Obligation

OWN: Final = 0.55
"""Share of the question that the header of the document that it means accounts for; arbitrary."""
_ANY: Final = frozenset(("cơ quan", "đơn vị", "nơi", "bên", "tổ chức", "ban ngành", "ban, ngành"))
_ASKS: Final = re.compile(
    r"(?<!\w)(?:giao|phân|phân công)(?: (?:nhiệm vụ|công việc|việc|trách nhiệm))?"
    r" cho (?:những|các) ([a-zà-ỹđ]+(?:,? [a-zà-ỹđ]+){0,2}) nào(?!\w)[^,;]{0,12}$"
    r"|(?<!\w)những ([a-zà-ỹđ]+(?:,? [a-zà-ỹđ]+){0,2}) nào (?:được|có|nhận)"
    r" (?:giao |phân công )?(?:nhiệm vụ|công việc|việc|trách nhiệm)"
    r"(?: (?:trong|theo|tại|ở|của) [^,;]*)?\W*$"
)
_ASKS_ENGLISH: Final = re.compile(
    r"\bwhich (?:bodies|agencies|offices|departments|units|authorities|organi[sz]ations)"
    r" (?:got|get|are|were|have|had|has|receive[ds]?)(?: been)?(?: given| assigned)?"
    r" (?:work|tasks?|duties|jobs?|responsibilit(?:y|ies))\b"
)


def answer_by_bodies(context: Context) -> Draft | None:
    """Return every body of a kind that the document of a question gives work to.

    Args:
        context: the question and the index.

    Returns:
        One duty of each body, in the order of the document; None when the question asks
        otherwise, means no one document, or that names no body of the kind.
    """
    query = context.query
    asked = _ASKS.search(canonical(query.spelled))
    if asked is None and not _ASKS_ENGLISH.search(query.text.lower()):
        return None
    kind = (asked[1] or asked[2]).strip() if asked else "đơn vị"
    said = set(alike_syllables(asked[0])) if asked else set()
    about = replace(query, topic=tuple(word for word in query.topic if word not in said))
    ranking = list(context.hits_by_document)
    document, covered = best_document(about, context.snapshot, context.allowed, ranking)
    if document is None or covered < OWN:
        return None
    facts = context.snapshot.facts[document].obligations
    first: dict[str, int] = {}
    for fact in sorted(facts, key=lambda fact: fact.evidence[0]):
        for actor in fact.actors:
            if kind in _ANY or canonical(actor.text).startswith(kind):
                first.setdefault(name_key(actor.text), id(fact))
    wanted = set(first.values())
    found: list[Candidate[Obligation]] = context.obligations(lambda fact: id(fact) in wanted)
    found.sort(key=lambda candidate: candidate.span)
    return draft_of(context, found[:MOST_LISTED]) if len(first) > 1 else None
