"""What a question presumes of a duty, checked: how often it comes, how long there is for it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docsearch.answer.asked_body import Doer, body_names
from docsearch.answer.by_obligation import (
    ENOUGH,
    FACTS_FIRST,
    draft_of,
    duty_or_time,
    interval_of,
    is_enough,
)
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.answer.which import gazetteer_of
from docsearch.answer.wording import Language, word
from docsearch.facts.deadlines import find_deadlines
from docsearch.index.tokens import alike_syllables
from docsearch.parse.view import View
from docsearch.records import Deadline, DeadlineKind, Obligation
from docsearch.register.bodies import AskedBody
from docsearch.search.english import translate
from docsearch.search.query import Query
from docsearch.search.understand import find_recurrence

AS_GOOD: Final = 0.85
"""Share of the best score from which another clause may agree with a question; arbitrary."""
MOST_MISSING: Final = 0.1
"""Share of a question of how long that may stand nowhere near a clause; arbitrary."""
_DAYS: Final = {"P1W": "P7D", "P2W": "P14D", "PT24H": "P1D", "PT48H": "P2D", "PT72H": "P3D"}
_WITHIN: Final = re.compile(r"\bwithin (\d{1,3}) (?:working )?(day|hour|week|month)s?\b")
_LENGTHS: Final = {"day": "P{}D", "hour": "PT{}H", "week": "P{}W", "month": "P{}M"}
_OFTEN: Final = {
    "daily": "P1D",
    "every day": "P1D",
    "weekly": "P1W",
    "every week": "P1W",
    "monthly": "P1M",
    "every month": "P1M",
    "quarterly": "P3M",
    "every quarter": "P3M",
    "every six months": "P6M",
    "annually": "P1Y",
    "yearly": "P1Y",
    "every year": "P1Y",
}


_TAG: Final = re.compile(r"\s*(?:có )?(?:đúng|phải|hay|chứ)? ?không\W*$|\W+$", re.IGNORECASE)
"""What only asks behind a limit that is read to the end of its question."""


def check_interval(context: Context) -> Draft | None:
    """Return whether something comes as often, or may take as long, as a question says.

    Args:
        context: the question and the index.

    Returns:
        "Đúng: …" or "Không phải hằng tháng: …" with the duty; None when the question says
        neither, or no clause that says it is clearly the one that it speaks of.
    """
    query = context.query
    asked = _asked(query)
    if asked is None:
        return None
    text, kind, value = asked
    often = kind == "recurring"
    own = {*alike_syllables(text), *alike_syllables(translate(text).text)}
    matter = replace(query, topic=tuple(word for word in query.topic if word not in own))
    part = Context(matter, context.snapshot, context.documents, context.hits)
    if len(matter.topic) < 2:
        return None
    due = [c for c in part.obligations() if c.fact.deadline and _is_told(c.fact.deadline, kind)]
    timed = [c for c in part.timed() if _is_told(c.fact, kind)]
    doer = Doer.of(context)

    def is_meant(candidate: Candidate[Obligation] | Candidate[Deadline]) -> bool:
        told = often and context.documents is not None  # the document meant is the only one
        clear = _is_clear(part, candidate) and (told or candidate.missing <= MOST_MISSING)
        return clear and not (doer and doer.is_another(part, candidate))

    due = _of_body(part, list(filter(is_meant, due)))
    timed = list(filter(is_meant, timed))
    found = _best(part, due, timed, value)
    if found is None:
        return None
    item, agrees = found
    language: Language = "en" if query.language == "en" else "vi"
    said = _TAG.sub("", text).strip()
    lead = word("yes", language) if agrees else f"{word('no', language)} {said}"
    return Draft(items=(replace(item, text=f"{lead}: {item.text}"),), confidence=ENOUGH)


def _best(
    context: Context,
    due: list[Candidate[Obligation]],
    timed: list[Candidate[Deadline]],
    value: str,
) -> tuple[DraftItem, bool] | None:
    """Return the duty or clause that is spoken of, and whether it agrees with what is said."""
    if due and (not timed or due[0].score >= FACTS_FIRST * timed[0].score):
        near = [c for c in due if c.score >= AS_GOOD * due[0].score]
        agreeing = [c for c in near if c.fact.deadline and _agrees(c.fact.deadline, value)]
        return draft_of(context, (agreeing or near)[:1]).items[0], bool(agreeing)
    if timed:
        clauses = [c for c in timed if c.score >= AS_GOOD * timed[0].score]
        own = [c for c in clauses if _agrees(c.fact, value)]
        return duty_or_time(context, (own or clauses)[0]), bool(own)
    return None


def _of_body(context: Context, due: list[Candidate[Obligation]]) -> list[Candidate[Obligation]]:
    """Return the duties of the one body that a question names; all where it has none of them."""
    if context.query.language == "en":
        terms = translate(context.query.text).terms
        first = set(alike_syllables(terms[0].vietnamese)) if terms else set()
        own = [c for c in due if any(first <= set(alike_syllables(a.text)) for a in c.fact.actors)]
        return own or due
    names = body_names(context)
    if len(names) != 1:
        return due
    body = AskedBody(names[0], gazetteer_of(context.snapshot))
    own = [c for c in due if any(body.matches(a.text, c.document) for a in c.fact.actors)]
    return own or due


def _asked(query: Query) -> tuple[str, DeadlineKind, str] | None:
    """Return how often or how long a question says: its words, the kind and an ISO 8601 value."""
    if query.language == "en":
        text = query.text.lower()
        for often, value in _OFTEN.items():
            if re.search(rf"\b{often}\b", text):
                return often, "recurring", value
        within = _WITHIN.search(text)
        return (within[0], "relative", _LENGTHS[within[2]].format(within[1])) if within else None
    line = View(query.spelled, tuple(range(len(query.spelled))))
    for limit in find_deadlines(line, issued_on=None):
        value = limit.value or ""
        if limit.kind in ("recurring", "relative") and value.startswith("P"):
            return limit.text, limit.kind, value
    return None


def _is_told(limit: Deadline, kind: DeadlineKind) -> bool:
    often = kind == "recurring" and re.search(r"\d", limit.text)  # "03 giờ một lần"
    return limit.kind == kind and (limit.value is not None or bool(often))


def _agrees(limit: Deadline, value: str) -> bool:
    """Return whether a limit comes as often, or gives as long, as a value says."""
    told = {interval_of(limit), *find_recurrence(limit.text)}
    return _DAYS.get(value, value) in {_DAYS.get(each, each) for each in told}


def _is_clear(context: Context, candidate: Candidate[Obligation] | Candidate[Deadline]) -> bool:
    """Return whether a clause is surely the one spoken of: no other sentence fits better."""
    if candidate.coverage < context.enough(ENOUGH) or not is_enough(context, candidate):
        return False
    said = next(iter(context.sentences()), None)
    if said is None or candidate.score >= FACTS_FIRST * said.score:
        return True
    return said.document == candidate.document and said.span.overlaps(candidate.span)
