"""Answers to "UBND các xã, thị trấn phải làm gì?": all that one body has to do."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from docsearch.answer.asked_body import body_names
from docsearch.answer.by_obligation import MOST_LISTED, draft_of, is_enough
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft, Refusal
from docsearch.answer.due import asked_quarters, is_due_on, is_due_within
from docsearch.answer.title_words import title_words
from docsearch.answer.which import gazetteer_of
from docsearch.facts.actors import find_subject, name_key
from docsearch.index.tokens import alike, alike_syllables
from docsearch.orthography import LOWER, UPPER, canonical, fold
from docsearch.parse.view import View
from docsearch.records import Obligation
from docsearch.register.bodies import AskedBody
from docsearch.register.query import issued_of
from docsearch.search.english import acting_bodies
from docsearch.search.query import Query

_ASKS: Final = re.compile(
    r"\b(?:lam|thuc hien|giao|duoc giao|phu trach|chu tri) (?:nhung )?"
    r"(?:gi|viec gi|nhung gi|nhiem vu gi|cong viec gi)\b"
    r"|(?:trach nhiem|nhiem vu|viec|cong viec) (?:gi|nao|la gi)\b"
    r"|nhung (?:nhiem vu|trach nhiem|viec)\b"
    r"|(?:liet ke|tat ca|neu)\b.{0,30}\b(?:nhiem vu|trach nhiem|viec|han|moc)\b"
    r"|\b(?:nhung|cac|moi) (?:moc|thoi han|han)\b"
)
_ASKS_ENGLISH: Final = re.compile(
    r"\b(?:tasks?|duties|duty|responsibilities|obligations|deadlines) (?:of|for|does|do|has|are)\b"
    r"|\bwhat (?:must|should|shall|does|do|has|have|is|are)\b.*\b(?:do|asked to do)\b"
    r"|\bwhat (?:is|are)\b.*\bresponsible for\b"
    r"|\blist\b.*\b(?:tasks|duties|responsibilities)\b"
)
# What a question says before the body: "Liệt kê các việc mà Phòng Nội vụ phải làm"
_BEFORE: Final = re.compile(
    r"(?<!\w)(?:mà|của"
    r"|(?:giao|phân công) (?:những |các )?(?:công việc|việc|nhiệm vụ)(?: gì| nào)? cho"
    r"|giao cho|giao|do|(?:những|các|mọi) (?:công )?việc)\s+"
    r"(?!(?:ai|đơn vị nào|cơ quan nào)(?!\w))"
)
_TOLD: Final = re.compile(
    r"(?<!\w)(?<!được )(?:yêu cầu|đề nghị|chỉ đạo|giao(?: cho)?|phân công) "
    r"(?!(?:làm|thực hiện|phụ trách|chủ trì|những|gì|nhiệm vụ|việc|công việc|báo cáo)(?!\w))"
)
"""Behind the body that a question begins with: "UBND huyện yêu cầu các trường làm gì?"."""
SAID: Final = 3
"""Syllables that tell one body from another: "Sở Y tế", "Phòng Nội vụ"."""
_IDLE: Final = frozenset(("làm", "việc", "thực", "hiện", "giao", "nhiệm", "vụ", "trách", "công"))
OWN: Final = 4
"""Syllables beside the body's name with which a question is about one matter."""
ENOUGH: Final = 0.5
AS_GOOD: Final = 0.85
MOST: Final = 4
_WITH_LIMIT: Final = re.compile(
    r"\b(?:(?:thoi|co|dung|nhung|cac|moi) han|han (?:nao|chot|cuoi|hoan thanh)|moc)\b(?! han)"
)


def answer_by_unit(context: Context) -> Draft | Refusal | None:
    """Return the obligations of the body that a question names.

    Args:
        context: the question and the index.

    Returns:
        Those that the register has of it, each with its own citation and limit, in the order of
        the text; the best of them when the question is about one matter, those with a limit when
        it asks for these; a refusal when no document names the body or its kind ("các sở"); None
        when the question names no body, or asks something else.
    """
    query = context.query
    folded = fold(query.text)
    if not (_ASKS_ENGLISH if query.language == "en" else _ASKS).search(folded):
        return None
    names = _asked_names(context)
    if not names:
        return None
    if _is_the_place(query, names) and (query.dates or any(asked_quarters(query))):
        return None  # what is due in a district by a day, whoever does it
    name, body = names[0], AskedBody("; ".join(names), gazetteer_of(context.snapshot))
    keys = {name_key(each) for each in names}
    of_it = {
        id(fact)
        for document, facts in context.snapshot.some_facts(_documents(context, name)).items()
        for fact in facts.obligations
        if any(
            name_key(actor.text) in keys
            or body.matches(actor.text, document)
            or any(_is_short(context, document, actor.text, each) for each in names)
            for actor in fact.actors
        )
        and (fact.deadline or not _WITH_LIMIT.search(folded))
    }
    found = context.obligations(lambda fact: id(fact) in of_it)
    if not any(_names_kind(candidate.fact, each) for candidate in found for each in names):
        named = any(_is_named(context, each) for each in names)
        return None if named else Refusal(reason="not_stated")
    due = _due_then(context, found)
    own = set(query.topic) - set(alike_syllables(name)) - _IDLE - title_words(context, due or found)
    if own and not due and _is_said_elsewhere(context, found):
        return None
    found = due or found
    topical = [c for c in found if c.coverage >= context.enough(0.6)] if own else []
    if topical and len(topical) < len(found) and topical[0].coverage > 1.3 * found[-1].coverage:
        return draft_of(context, topical[:MOST_LISTED])
    best = next((c for c in found if c.coverage >= context.enough(ENOUGH)), None)
    if len(own) >= OWN and best:
        return draft_of(context, [c for c in found if c.score >= AS_GOOD * best.score][:MOST])
    keys |= {
        name_key(actor.text)
        for c in found
        for actor in c.fact.actors
        if _is_short(context, c.document, actor.text, name)
    }
    ordered = sorted(found, key=lambda c: (not _is_own(c.fact, keys), c.document, c.span.start))
    return draft_of(context, ordered[:MOST_LISTED])


def _due_then(
    context: Context, found: Sequence[Candidate[Obligation]]
) -> list[Candidate[Obligation]]:
    """Return the duties that are due on or by the day that a question names: "trước 15/11"."""
    asked = [date for date in context.query.dates if date.bound] or [*asked_quarters(context.query)]
    kept = []
    for each in found:
        issued = issued_of(context.snapshot.entries[each.document])
        limit = each.fact.deadline
        if any(is_due_on(limit, d, issued) or is_due_within(limit, d, issued) for d in asked):
            kept.append(each)
    return kept


def _is_the_place(query: Query, names: Sequence[str]) -> bool:
    return all(fold(each) in map(fold, query.places) for each in names)


MUCH_WORSE: Final = 0.85
"""A duty with less than this share of the score of the best sentence is not what is asked."""


def _is_said_elsewhere(context: Context, found: Sequence[Candidate[Obligation]]) -> bool:
    """Return whether a sentence that is no duty of the body says more of the question."""
    said = next(iter(context.sentences()), None)
    if said is None or not found or not is_enough(context, said):
        return False
    duty = found[0]
    return duty.score < MUCH_WORSE * said.score and not said.span.overlaps(duty.span)


def _is_own(fact: Obligation, keys: Collection[str]) -> bool:
    """Return whether a duty names a body itself, not only a group that it belongs to."""
    return any(f" {key} " in f" {name_key(actor.text)} " for actor in fact.actors for key in keys)


def _is_short(context: Context, document: str, actor: str, name: str) -> bool:
    """Return whether an actor and an asked name are one, one of the two in short.

    "Chủ bến" of a regulation on river landings is "chủ bến khách ngang sông", "Công ty An Phú" is
    "Công ty Cổ phần Xây dựng An Phú".
    """
    if canonical(actor[:2]) != canonical(name[:2]):
        return False  # most are told by this
    parts, whole = alike_syllables(actor), alike_syllables(name)
    place = context.snapshot.entries[document].header.place
    ending = alike_syllables(place.value.split(" ", 1)[-1]) if place else []
    full = parts[: -len(ending)] if ending and parts[-len(ending) :] == ending else parts
    if len(whole) > SAID and _is_within(whole, full):
        return True
    rest = set(whole[len(parts) :])
    begun = len(parts) > 1 and whole[: len(parts)] == parts
    return begun and bool(rest) and rest <= context.about(document).tokens


def _is_within(short: Sequence[str], whole: Sequence[str]) -> bool:
    """Return whether a name begins and ends as another and has its words in that order."""
    left = iter(whole)
    in_order = all(any(word == other for other in left) for word in short)
    return in_order and short[:2] == list(whole[:2]) and short[-2:] == list(whole[-2:])


_PROPER: Final = re.compile(rf"(?: [{UPPER}][{LOWER}]+){{2,}}")
"""The name of its own in that of a body: "Trường THCS Lê Hồng Sơn"."""


def _documents(context: Context, name: str) -> frozenset[str]:
    """Return the documents that a body may have duties in: those that say its own name, if any.

    "Các đơn vị" of another document are not a school that has a name.
    """
    proper = _PROPER.search(name)
    if proper is None or context.documents is not None:
        return context.allowed
    own = " ".join(alike(proper[0]).split())
    naming = {
        document for document, text in context.texts() if own in " ".join(alike(text).split())
    }
    return frozenset(naming) or context.allowed


def _names_kind(fact: Obligation, name: str) -> bool:
    """Return whether an actor is of the kind of a body: "các sở, ngành" of "Sở Y tế".

    "Các đơn vị" may be any body, and alone says nothing of this one.
    """
    first = alike_syllables(name)[:1]
    return any(first[0] in alike_syllables(actor.text) for actor in fact.actors) if first else False


def _is_named(context: Context, name: str) -> bool:
    """Return whether a document has the beginning of a name, which may end with its place."""
    begins = " ".join(alike(name).split()[:SAID])
    return any(begins in " ".join(alike(text).split()) for _, text in context.texts())


def _asked_names(context: Context) -> tuple[str, ...]:
    """Return the names of the one body that a question is about; none where there is none."""
    if context.query.language == "en":
        found = acting_bodies(context.query.text)
        return found[0] if len(found) == 1 else ()
    name = _asked_unit(context)
    return (name,) if name else ()


def _asked_unit(context: Context) -> str | None:
    """Return the one body that is told to act, that the question begins with or gives work to."""
    names = body_names(context)
    spelled = context.query.spelled
    line = View(spelled, tuple(range(len(spelled))))
    told = _TOLD.search(canonical(spelled)) if names else None
    if told:
        subject = find_subject(line, told.end(), len(spelled))
        return subject.actors[0].text if subject and len(subject.actors) == 1 else None
    if names:
        return names[0] if len(names) == 1 else None
    for match in _BEFORE.finditer(canonical(spelled)):
        subject = find_subject(line, match.end(), len(spelled))
        if subject and len(subject.actors) == 1:
            return subject.actors[0].text
    return None
