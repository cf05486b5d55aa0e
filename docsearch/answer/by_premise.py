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
    duty_or_time,
    is_enough,
    iso_of,
    of_limit_asked,
)
from docsearch.answer.by_target import answer_by_target
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.answer.due import is_due_on
from docsearch.answer.which import Meant, gazetteer_of
from docsearch.answer.wording import Language, word
from docsearch.facts.actors import find_subject
from docsearch.facts.quantities import read_number
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import canonical
from docsearch.parse.view import View
from docsearch.records import ItemFields, Obligation
from docsearch.register.bodies import AskedBody
from docsearch.register.query import issued_of

NEARLY: Final = 0.85
"""Share of the best score from which a clause that says more of a question's words denies it."""


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
    context = _without_receiver(context)
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
    of_others = [c for c in agreeing if not _says_as_much(context, c, near[0])]
    agreeing = [c for c in agreeing if c not in of_others]
    language: Language = "en" if query.language == "en" else "vi"
    if agreeing:
        lead = word("yes", language)
    else:
        days = ", ".join(_printed(day.value) for day in asked)
        lead = f"{word('no', language)} {days}"
    if of_others and not agreeing:
        beside = [c for c in dated if c.score >= NEARLY * dated[0].score and c not in of_others]
        near = sorted(of_limit_asked(context, beside), key=lambda c: -_own_words(context, c))
    draft = draft_of(context, (agreeing or near)[:1])
    first = replace(draft.items[0], text=f"{lead}: {draft.items[0].text}")
    return Draft(items=(first,), confidence=draft.confidence)


def _own_words(context: Context, candidate: Candidate[Obligation]) -> int:
    """Return how many of the question's words a clause says itself."""
    said = alike_syllables(context.quoter.line(candidate.document, candidate.span))
    return len(set(context.query.topic) & set(said))


def _says_as_much(
    context: Context, candidate: Candidate[Obligation], best: Candidate[Obligation]
) -> bool:
    """Return whether a clause says as many of the question's words itself as the best one does.

    "Kiểm tra cuối học kì I … đến 30/12" is not the day for "Giáo viên vào điểm".
    """
    return _own_words(context, candidate) >= _own_words(context, best)


_PERIOD: Final = re.compile(
    r"(?<!\w)(?:tháng (\d{1,2})|quý ([1-4]|iv|i{1,3}))(?!\w)(?![/.-]\d{1,2}(?!\d))"
    r"(?! (?:năm|của) \d)"
)
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def check_period(context: Context) -> Draft | None:
    """Return whether something is in the month or quarter that a question names, and else when.

    Args:
        context: the question and the index.

    Returns:
        "Đúng: …" or "Không phải tháng 12: …" with the clause that gives the time; None when the
        question names no month or quarter without its year, or no clause gives a time for it.
    """
    query = context.query
    asked = _PERIOD.search(canonical(query.spelled))
    if asked is None or query.dates or query.language == "en":
        return None
    own = set(alike_syllables(asked[0]))
    matter = replace(query, topic=tuple(word for word in query.topic if word not in own))
    part = Context(matter, context.snapshot, context.documents, context.hits)
    timed = [c for c in part.timed() if _months(c.fact.value)]
    if not matter.topic or not timed or not is_enough(part, timed[0]):
        return None
    near = [c for c in timed if c.score >= AS_GOOD * timed[0].score]
    if asked[1]:
        wanted = {int(asked[1])}
    else:
        last = 3 * (_QUARTERS.get(asked[2]) or int(asked[2]))
        wanted = {last - 2, last - 1, last}
    agreeing = [c for c in near if _months(c.fact.value) & wanted]
    said = query.spelled[asked.start() : asked.end()]
    lead = word("yes", "vi") if agreeing else f"{word('no', 'vi')} {said}"
    item = duty_or_time(part, (agreeing or near)[0])
    return Draft(items=(replace(item, text=f"{lead}: {item.text}"),), confidence=near[0].coverage)


def _months(value: str | None) -> set[int]:
    """Return the months of a time: "2024-11-11/2024-12-02" -> {11, 12}; none of a whole year."""
    found = []
    for part in (value or "").split("/"):
        quarter = re.fullmatch(r"\d{4}-Q([1-4])", part)
        month = re.fullmatch(r"(?:\d{4}|-)-(\d\d)(?:-\d\d)?", part)
        if quarter:
            found += [3 * int(quarter[1]) - 2, 3 * int(quarter[1])]
        elif month:
            found.append(int(month[1]))
    if not found:
        return set()
    first, last = found[0], found[-1]
    return {first, last} if last < first else set(range(first, last + 1))


def check_ended(context: Context, meant: Meant) -> Draft | None:
    """Return whether a document puts an end to the one that a question numbers.

    Args:
        context: the question and the index.
        meant: the documents that the question's number leads to.

    Returns:
        "Đúng: …" with the clause; None when the question asks otherwise, or none does.
    """
    query = context.query
    if not _ENDS.search(f"{canonical(query.spelled)} {query.text.lower()}"):
        return None
    ended = [
        cited
        for cited in meant.cited
        if cited.reference.relation in ("replaces", "repeals") and cited.document in context.allowed
    ]
    if not ended:
        return None
    first = ended[0]
    quote = context.quoter.line(first.document, first.reference.span)
    language: Language = "en" if query.language == "en" else "vi"
    item = DraftItem(
        text=f"{word('yes', language)}: {quote}",
        fields=ItemFields(number=first.reference.number, date=first.reference.issued_on),
        citations=(context.quoter.cite(first.document, first.reference.span),),
    )
    return Draft(items=(item,), confidence=1.0)


_ENDS: Final = re.compile(
    r"(?<!\w)(?:thay|bãi bỏ|huỷ bỏ|hủy bỏ|replac\w*|repeal\w*|supersed\w*|abolish\w*)(?!\w)"
)


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
    part = _without_receiver(context)
    found = [c for c in part.obligations() if c.fact.recipient]
    if not found or not _is_clear(part, found[0]):
        return None
    near = [c for c in found if c.score >= AS_GOOD * found[0].score]
    agreeing = [c for c in near if receiver.gets(context, c)]
    lead = word("yes", "vi") if agreeing else f"{word('no', 'vi')} {receiver.name}"
    draft = draft_of(context, (agreeing or near)[:1])
    first = replace(draft.items[0], text=f"{lead}: {draft.items[0].text}")
    return Draft(items=(first, *draft.items[1:]), confidence=draft.confidence)


def _without_receiver(context: Context) -> Context:
    """Return a question without the body that it says gets something: that is what is checked."""
    receiver = asked_receiver(context)
    if receiver is None:
        return context
    own = set(alike_syllables(receiver.name))
    topic = tuple(word for word in context.query.topic if word not in own)
    if not topic:
        return context
    matter = replace(context.query, topic=topic)
    return Context(matter, context.snapshot, context.documents, context.hits)


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
