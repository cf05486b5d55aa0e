"""What a question presumes of a duty, checked: the day on which it is due, the body that has it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docsearch.answer.asked_body import asked_receiver
from docsearch.answer.by_obligation import (
    AS_GOOD,
    ENOUGH,
    draft_of,
    is_enough,
    iso_of,
    of_limit_asked,
)
from docsearch.answer.by_target import answer_by_target
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft
from docsearch.answer.due import is_due_on
from docsearch.answer.which import gazetteer_of
from docsearch.answer.wording import Language, word
from docsearch.facts.actors import find_subject
from docsearch.facts.quantities import read_number
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import canonical
from docsearch.parse.view import View
from docsearch.records import Obligation
from docsearch.register.bodies import AskedBody
from docsearch.register.query import issued_of


def check_limit(context: Context) -> Draft | None:
    """Return whether a limit is the one that a question names, and else which it is.

    Args:
        context: the question and the index.

    Returns:
        "Đúng: …" or "Không phải 15/11: …" with the obligation; None when the question names no
        day, or no obligation with a limit is the one that it speaks of.
    """
    query = context.query
    if not query.dates:
        return None
    dated = [c for c in context.obligations() if iso_of(c.fact.deadline)]
    if not dated or not _is_clear(context, dated[0]):
        return None
    near = [c for c in dated if c.score >= AS_GOOD * dated[0].score]
    near = of_limit_asked(context, near)
    asked = [replace(date, bound=date.bound or "on") for date in query.dates]
    agreeing = [
        c
        for c in near
        if any(
            is_due_on(c.fact.deadline, day, issued_of(context.snapshot.entries[c.document]))
            for day in asked
        )
    ]
    language: Language = "en" if query.language == "en" else "vi"
    if agreeing:
        lead = word("yes", language)
    else:
        days = ", ".join(_printed(day.value) for day in asked)
        lead = f"{word('no', language)} {days}"
    draft = draft_of(context, (agreeing or near)[:1])
    first = replace(draft.items[0], text=f"{lead}: {draft.items[0].text}")
    return Draft(items=(first,), confidence=draft.confidence)


def check_actor(context: Context) -> Draft | None:
    """Return whether a duty is the body's that a question says it is given to.

    Args:
        context: the question and the index.

    Returns:
        "Đúng: …" or "Không phải Kế toán: …" with the duty; None when the question says of no
        body that the work is given to it, or no duty is the one that it speaks of.
    """
    query = context.query
    name = _given_to(query.spelled)
    if name is None or query.language == "en":
        return None
    own = set(alike_syllables(name))
    matter = replace(query, topic=tuple(word for word in query.topic if word not in own))
    found = [
        c
        for c in Context(matter, context.snapshot, context.documents, context.hits).obligations()
        if c.fact.actors
    ]
    if not found or not matter.topic or not _is_clear(context, found[0]):
        return None
    near = [c for c in found if c.score >= AS_GOOD * found[0].score]
    body = AskedBody(name, gazetteer_of(context.snapshot))
    agreeing = [
        c
        for c in near
        if any(body.matches(actor.text, c.document) for actor in (*c.fact.actors, *c.fact.with_))
    ]
    lead = word("yes", "vi") if agreeing else f"{word('no', 'vi')} {name}"
    draft = draft_of(context, (agreeing or near)[:1])
    first = replace(draft.items[0], text=f"{lead}: {draft.items[0].text}")
    return Draft(items=(first,), confidence=draft.confidence)


def _is_clear(context: Context, duty: Candidate[Obligation]) -> bool:
    """Return whether a duty is surely the one that is spoken of: its words say so themselves."""
    return is_enough(context, duty) and duty.coverage >= context.enough(ENOUGH)


def check_receiver(context: Context) -> Draft | None:
    """Return whether something is sent to the body that a question says gets it.

    Args:
        context: the question and the index.

    Returns:
        "Đúng: …" or "Không phải Phòng Nội vụ: …" with the duty; None when the question names no
        such body, or no duty is the one that it speaks of.
    """
    receiver = asked_receiver(context)
    if receiver is None:
        return None
    found = [c for c in context.obligations() if c.fact.recipient]
    if not found or not _is_clear(context, found[0]):
        return None
    near = [c for c in found if c.score >= AS_GOOD * found[0].score]
    agreeing = [c for c in near if receiver.gets(context, c)]
    lead = word("yes", "vi") if agreeing else f"{word('no', 'vi')} {receiver.name}"
    draft = draft_of(context, (agreeing or near)[:1])
    first = replace(draft.items[0], text=f"{lead}: {draft.items[0].text}")
    return Draft(items=(first, *draft.items[1:]), confidence=draft.confidence)


_FIGURE: Final = re.compile(
    r"(?<![\d/.,-])(\d[\d.,]*)\s?(%|(?:triệu|tỷ|tỉ|nghìn) đồng|(?:[a-zà-ỹđ]+ ?){1,2})"
)


def check_figure(context: Context) -> Draft | None:
    """Return whether a figure is the one that a question names, and else which it is.

    Args:
        context: the question and the index.

    Returns:
        "Đúng: …" or "Không phải 60 tỷ đồng: …" with the figure; None when the question names
        none, or the documents give none for what it speaks of.
    """
    query = context.query
    if query.language == "en" or query.dates:
        return None
    asked = _FIGURE.search(canonical(query.spelled))
    value = read_number(asked[1].rstrip(".,")) if asked else None
    if asked is None or value is None:
        return None
    unit = "đồng" if asked[2].endswith("đồng") else asked[2].strip()
    own = set(alike_syllables(asked[0]))
    matter = replace(
        query,
        intent="how_many",
        unit=unit,
        topic=tuple(word for word in query.topic if word not in own) or query.topic,
    )
    part = Context(matter, context.snapshot, context.documents, context.hits)
    found = answer_by_target(part)
    if not isinstance(found, Draft) or found.items[0].fields.value is None:
        return None
    agreeing = [item for item in found.items if item.fields.value == value]
    first = (agreeing or list(found.items))[0]
    lead = word("yes", "vi") if agreeing else f"{word('no', 'vi')} {asked[0].strip()}"
    return Draft(items=(replace(first, text=f"{lead}: {first.text}"),), confidence=found.confidence)


def _given_to(spelled: str) -> str | None:
    """Return the body that a question says has the work: "giao Kế toán kiểm tra …"."""
    line = View(spelled, tuple(range(len(spelled))))
    for match in _GIVEN.finditer(canonical(spelled)):
        subject = find_subject(line, match.end(), len(spelled))
        if subject and len(subject.actors) == 1:
            return subject.actors[0].text
    return None


_GIVEN: Final = re.compile(
    r"(?<!\w)(?:giao(?: nhiệm vụ)?(?: cho)?|phân công|do|yêu cầu|đề nghị|có phải)\s+"
)


def _printed(value: str) -> str:
    """Return a day as people write it: "--12-15" -> "15/12", "2024-06-28" -> "28/6/2024"."""
    parts = [part.lstrip("0") for part in value.strip("-").split("-")]
    return "/".join(reversed(parts))
