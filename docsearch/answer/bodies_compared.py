"""What bodies have to do, put side by side: "Nhiệm vụ của Phòng Nội vụ ở …"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from docsearch.answer.asked_limit import asks_for_reports, is_report
from docsearch.answer.by_obligation import draft_of
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft
from docsearch.answer.sides import Side
from docsearch.answer.which import gazetteer_of
from docsearch.facts.actors import find_names, name_words
from docsearch.orthography import canonical, fold
from docsearch.parse.view import View
from docsearch.records import Intent, Mention, Obligation
from docsearch.register.bodies import AskedBody
from docsearch.search.english import acting_bodies
from docsearch.search.query import Query
from docsearch.search.unknown_places import bare_name

MOST_DUTIES: Final = 6
EACH: Final = 4  # duties of one body, where several are compared

# "Nhiệm vụ của Phòng Nội vụ ở …": what one body has to do, by place
_DUTIES: Final = re.compile(
    r"\b(?:nhiem vu|vai tro|trach nhiem|cong viec|viec (?:duoc )?giao|duoc giao|phan cong|giao cho"
    r"|giao viec)\b"
)
_TWO: Final = re.compile(
    r"(?:sở|phòng|ban|chi cục|cục|công an|hội|đoàn|ubnd|văn phòng|trung tâm)(?!\w)", re.I
)
"""Bodies that are told apart by their names, two of which are compared."""
_OF_PLACE: Final = re.compile(
    r"\s+(?:của|ở|tại|với|theo|trong|giống|khác|có|là|gồm|thế|ra|như|cùng)(?!\w)"
)
_LEVELS: Final = frozenset(
    (
        *("huyện", "xã", "tỉnh", "quận", "phường", "thị", "trấn", "thành", "phố"),
        *("hai", "ba", "bốn", "các", "những", "địa", "phương"),
    )
)
_GROUP: Final = re.compile(r"(?:các|những|tất cả|mọi)(?!\w)", re.I)
_AT: Final = r"\s*(?:(?:của|ở|tại) )?(?:(?:huyện|xã|tỉnh|quận|phường|thị trấn|thành phố|thị xã) )?"
MOST_BEHIND: Final = 60
"""Characters behind the name of a body within which its place ends; arbitrary."""
_ANY_BODY: Final = frozenset(("cơ quan", "đơn vị", "cơ quan, đơn vị", "các cơ quan, đơn vị"))


@dataclass(frozen=True)
class Body:
    """A body whose duties are compared."""

    names: tuple[tuple[str, ...], ...]  # its syllables, of each name that it goes by
    asked: AskedBody
    place: str = ""  # where the question says it is

    def named(self, mentions: Sequence[Mention]) -> bool:
        """Tell whether one of some names begins as that of the body does."""
        own = [_kind_first(tuple(name_words(mention.text))) for mention in mentions]
        return any(each[: len(name)] == name for each in own for name in self.names)

    def meant(self, mentions: Sequence[Mention], document: str) -> bool:
        """Tell whether one of some names is the body, or a group that includes it."""
        return any(self.asked.matches(mention.text, document) for mention in mentions)

    def alone(self, mentions: Sequence[Mention], document: str) -> bool:
        """Tell whether one of some names that is no group is the body, written in another way."""
        return self.meant([m for m in mentions if not _GROUP.match(m.text)], document)


def _kind_first(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name without "đơn vị" before its kind: "các đơn vị trường THCS"."""
    return words[2:] if words[:2] == ("đơn", "vị") and len(words) > 2 else words


def bodies_compared(context: Context, kind: Intent) -> list[Body]:
    """Return the bodies whose duties are compared, or whose limits where there are several.

    Args:
        context: the question and the index.
        kind: what is compared.

    Returns:
        The bodies in the order of the question; none where it names none.
    """
    query = context.query
    duties = _DUTIES.search(fold(query.spelled))
    if not (duties or kind == "when"):
        return []
    gazetteer = gazetteer_of(context.snapshot)
    if query.language == "en":
        bodies = acting_bodies(query.text)
        return [
            Body(tuple(tuple(name_words(n)) for n in each), AskedBody("; ".join(each), gazetteer))
            for each in bodies
            if duties or len(bodies) > 1
        ]
    line = View(query.spelled, tuple(range(len(query.spelled))))
    names: dict[str, str] = {}
    cursor = 0
    for match in re.finditer(r"\w+", query.spelled):
        if match.start() < cursor:
            continue
        subject = find_names(line, match.start(), len(query.spelled))
        if subject:
            for actor in subject.actors:
                name = _alone(actor.text, query.places)
                names.setdefault(name, _place_of(query, actor.span.start, subject.end))
            cursor = subject.end
    kept = [each for each in names if name_words(each) and each not in _ANY_BODY]
    kept = [
        each for each in kept if " nào" not in each and not _LEVELS.issuperset(name_words(each))
    ]
    several = len(kept) > 1 and all(map(_TWO.match, kept[:2]))
    if not kept or not (duties or several):
        return []
    return [Body((tuple(name_words(n)),), AskedBody(n, gazetteer), names[n]) for n in kept]


def _place_of(query: Query, start: int, end: int) -> str:
    """Return the place that stands in or right behind the name of a body."""
    text = canonical(query.spelled)[start : end + MOST_BEHIND]
    found = {}
    for place in query.places:
        bare = re.escape(canonical(bare_name(place)))
        before = rf"^(?:(?! và |,).){{0,{end - start}}}{_AT}{bare}(?!\w)"
        if match := re.search(before, text):
            found[match.end()] = place
    return found[min(found)] if found else ""


def _alone(name: str, places: Sequence[str]) -> str:
    """Return the name of a body without that of a place: "Phòng Nội vụ huyện"."""
    for place in places:
        bare = bare_name(place)
        name = re.sub(rf"\s*(?<!\w){re.escape(bare)}(?!\w)", "", name, flags=re.IGNORECASE)
    return _OF_PLACE.split(name)[0]


def duties_of_bodies(
    context: Context, group: Side, bodies: Sequence[Body], kind: Intent
) -> Draft | None:
    """Return the duties of the bodies in each document of a side, the bodies in turn.

    Args:
        context: the question and the index.
        group: the side.
        bodies: at least one.
        kind: what is compared; of limits, duties with one, of reports where these are asked for.

    Returns:
        The duties; None where the documents give none to any of the bodies.
    """
    part = Context(context.query, context.snapshot, frozenset(group.documents), (), lenient=True)
    every = part.obligations(lambda fact: bool(fact.actors))
    if kind == "when":
        every = [each for each in every if each.fact.deadline]
        if asks_for_reports(context.query.spelled):
            every = list(filter(is_report, every))
    every.sort(key=lambda candidate: (candidate.document, candidate.span))
    own = [body for body in bodies if body.place in ("", group.label)] or bodies
    found = [_of_body(every, body) for body in own]
    by_document = [
        [each for each in fitting if each.document == document]
        for fitting in found
        for document in group.documents
    ]
    longest = max(map(len, by_document))
    chosen = [each[n] for n in range(longest) for each in by_document if n < len(each)]
    if not chosen:
        return None
    most = MOST_DUTIES if len(bodies) == 1 else EACH * len(bodies)
    draft = draft_of(part, list(dict.fromkeys(chosen))[:most])
    return replace(draft, items=draft.items[:most], confidence=1.0)


def _of_body(every: Sequence[Candidate[Obligation]], body: Body) -> list[Candidate[Obligation]]:
    """Return the duties of one body: its own, else those it helps with, else those of a group."""
    ways: tuple[Callable[[Candidate[Obligation]], bool], ...] = (
        lambda each: body.named(each.fact.actors),
        lambda each: body.alone(each.fact.actors, each.document),
        lambda each: body.named(each.fact.with_),
        lambda each: body.meant(each.fact.actors, each.document),
    )
    fitting = ([candidate for candidate in every if way(candidate)] for way in ways)
    return next(filter(None, fitting), [])
