"""A duty of the register as an item of an answer: who, what, by when, to whom, with citations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import DraftItem
from docsearch.answer.quoting import joined
from docsearch.answer.wording import Language, word
from docsearch.orthography import canonical
from docsearch.parse.dates import find_dates
from docsearch.records import (
    Citation,
    Deadline,
    Heading,
    ItemFields,
    Mention,
    Obligation,
    Span,
)

JOIN: Final = 420  # code points between two quotations that are shown as one


def duty_item(context: Context, candidate: Candidate[Obligation]) -> DraftItem:
    """Return a duty with its parts, and the words that it rests on."""
    fact = candidate.fact
    place = context.snapshot.entries[candidate.document].header.place
    return DraftItem(
        text=obligation_text(fact, context.query.language, place.value if place else None)
        + _along(context, fact)
        + _begins(context, candidate)
        + _addressed(context, candidate),
        fields=ItemFields(
            actors=tuple(actor.text for actor in (*fact.actors, *_cooperating(fact))),
            action=fact.action.text,
            deadline=limit_value(fact.deadline),
            recipient=fact.recipient.text if fact.recipient else None,
            forwarded_to=tuple(body.text for body in fact.forwarded_to),
            place=place.value if place else None,
        ),
        citations=(*cite_duty(context, candidate), *_cite_addressees(context, candidate)),
    )


MOST_ADDRESSEES: Final = 8
_ANYBODY: Final = re.compile(
    r"(?:thủ trưởng )?(?:các )?(?:cơ quan|đơn vị|địa phương|đồng chí)(?:(?:,| và) (?:cơ quan|đơn vị"
    r"|địa phương))*"
)


def _addressees(context: Context, candidate: Candidate[Obligation]) -> tuple[Mention, ...]:
    """Return whom a letter is addressed to, when a duty to report in it names nobody, or all."""
    fact = candidate.fact
    found = context.snapshot.entries[candidate.document].header.addressees
    named = any(not _ANYBODY.fullmatch(canonical(actor.text)) for actor in fact.actors)
    if named or not fact.recipient or len(found) > MOST_ADDRESSEES:
        return ()
    return found


def _addressed(context: Context, candidate: Candidate[Obligation]) -> str:
    names = "; ".join(body.text for body in _addressees(context, candidate))
    return f" — {word('addressees', context.query.language)}: {names}" if names else ""


def _cite_addressees(context: Context, candidate: Candidate[Obligation]) -> Iterator[Citation]:
    found = _addressees(context, candidate)
    if found:
        span = Span(found[0].span.start, found[-1].span.end)
        yield context.quoter.cite(candidate.document, span, (), [each.span for each in found])


_ALONG: Final = re.compile(
    r"(?<!\w)(?:phối hợp|cùng|hỗ trợ)(?!\w)|\b(?:cooperat|coordinat|together)"
)


def _along(context: Context, fact: Obligation) -> str:
    """Return who works along, when a question asks for it and the action does not say it."""
    query = context.query
    if not fact.with_ or not _ALONG.search(canonical(f"{query.text} {query.spelled}")):
        return ""
    names = "; ".join(body.text for body in fact.with_)
    return f" — {word('along', query.language)}: {names}"


def _begins(context: Context, candidate: Candidate[Obligation]) -> str:
    """Return the time before the one who acts that is no part of the limit: "Từ ngày 01/7, …"."""
    fact = candidate.fact
    start = candidate.span.start
    if not fact.actors or not start < fact.actors[0].span.start <= candidate.span.end:
        return ""
    lead = context.quoter.line(candidate.document, Span(start, fact.actors[0].span.start))
    lead = lead.strip(" ,;:-")
    known = bool(fact.deadline and lead and lead in fact.deadline.text)
    if known or not find_dates(lead) or _CITES.search(canonical(lead)):
        return ""
    return f" — {lead}"


_CITES: Final = re.compile(r"(?<!\w)(?:căn cứ|thực hiện|theo|số|tại)(?!\w)")


def _cooperating(fact: Obligation) -> tuple[Mention, ...]:
    """Return those who work along, when the clause is about working along with them."""
    begins = canonical(fact.action.text).startswith(
        ("phối hợp", "chủ trì, phối hợp", "chủ trì phối")
    )
    return fact.with_ if begins else ()


def limit_value(deadline: Deadline | None) -> str | None:
    """Return the value of a limit, or its words where it has none."""
    return (deadline.value or deadline.text) if deadline else None


def obligation_text(fact: Obligation, language: Language, place: str | None) -> str:
    """Return an obligation in one line: who, what, by when, to whom.

    Args:
        fact: the obligation.
        language: of the labels.
        place: of the document, when known.

    Returns:
        The words of the document with labels between them, joined by " — ".
    """
    who = "; ".join(actor.text for actor in fact.actors)
    if who and place:
        who = f"{who} ({place})"
    action = fact.action.text.rstrip(" :")
    parts = [f"{who}: {action}" if who else action]
    if fact.deadline:
        parts.append(f"{word('deadline', language)}: {fact.deadline.text}")
    if fact.recipient:
        parts.append(f"{word('recipient', language)}: {fact.recipient.text}")
    if fact.forwarded_to:
        onward = "; ".join(body.text for body in fact.forwarded_to)
        parts.append(f"{word('forwarded_to', language)}: {onward}")
    return " — ".join(parts)


def cite_duty(context: Context, candidate: Candidate[Obligation]) -> tuple[Citation, ...]:
    """Return the citations of a duty: its clause first, then what names who has it."""
    fact = candidate.fact
    marks = [
        mention.span
        for mention in (*fact.actors, *_cooperating(fact), fact.recipient, fact.deadline)
        if mention is not None
    ]
    headings = _above(fact.headings, fact)
    spans = [fact.evidence[0]]
    own = {heading.span for heading in fact.headings}
    spans += [span for span in fact.evidence[1:] if span not in own]
    quotes = joined(spans, JOIN) + [span for span in fact.evidence[1:] if span in own]
    return tuple(
        context.quoter.cite(
            candidate.document,
            quote,
            headings if quote not in own else _before(fact.headings, quote.start),
            marks,
        )
        for quote in quotes
    )


def _above(headings: Sequence[Heading], fact: Obligation) -> tuple[Heading, ...]:
    return tuple(heading for heading in headings if heading.span.start <= fact.evidence[0].start)


def _before(headings: Sequence[Heading], start: int) -> tuple[Heading, ...]:
    return tuple(heading for heading in headings if heading.span.start < start)
