"""The body that a question says has to act, and whether an obligation is another's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.which import gazetteer_of
from docsearch.facts.actors import find_names, find_subject
from docsearch.orthography import canonical
from docsearch.parse.view import View
from docsearch.records import Deadline, Obligation
from docsearch.register.bodies import AskedBody
from docsearch.search.english import acting_bodies
from docsearch.search.unknown_places import bare_name

_OF_PLACE: Final = re.compile(r"\s+(?:của|ở|tại|thuộc)\s*$")
_OF_OTHER: Final = re.compile(
    r"(?<!trực)\s+(?:của|thuộc)\s+(?=(?:sở|cục|bộ|ubnd|ủy ban|uỷ ban|huyện|tỉnh|xã|thành)(?!\w))",
    re.I,
)
"""What a body is a part of: "Phòng Bảo trợ xã hội của Sở Lao động …"."""
_ASKS: Final = re.compile(
    r"\s+(?:bao lâu|bao giờ|khi nào|bao nhiêu|mấy|nào|gì|ai|hôm nào|lúc nào)(?!\w)"
)
# Bodies that are told apart by their names; "các trường", "đơn vị" may be any.
_ONE: Final = re.compile(r"^(?:sở|phòng|cục|chi cục|vụ|ban quản lý|trung tâm|hội|công an)\b", re.I)


def body_names(context: Context) -> tuple[str, ...]:
    """Return the bodies that a question begins with, without the places that it names."""
    text = context.query.spelled
    for place in context.query.places:
        text = re.sub(re.escape(place), "", text, flags=re.IGNORECASE)
        bare = bare_name(place)
        text = re.sub(rf"(?<!\w){re.escape(bare)}(?!\w)", "", text, flags=re.IGNORECASE)
    line = View(text, tuple(range(len(text))))
    subject = find_subject(line, 0, len(text))
    names = [_ASKS.split(name.text)[0] for name in subject.actors] if subject else []
    # A place is left out with its blanks: "Công an  cấp căn cước" ends where it stood.
    names = [_OF_OTHER.split(re.split(r"\s{2,}", name)[0])[0] for name in names]
    return tuple(_OF_PLACE.sub("", name) for name in names if name)


@dataclass(frozen=True, slots=True)
class Doer:
    """The one body that a question says has to act."""

    names: tuple[str, ...]  # several for a body that goes by several
    body: AskedBody

    @classmethod
    def of(cls, context: Context) -> Doer | None:
        """Return the body; None when the question names none, several, or only a kind."""
        if context.query.language == "en":
            found = acting_bodies(context.query.text)
            names = found[0] if len(found) == 1 else ()
        else:
            begun = body_names(context)
            names = begun if len(begun) == 1 and _ONE.match(begun[0]) else ()
        if not names:
            return None
        return cls(names, AskedBody("; ".join(names), gazetteer_of(context.snapshot)))

    def is_another(
        self, context: Context, candidate: Candidate[Obligation] | Candidate[Deadline]
    ) -> bool:
        """Return whether a clause is the duty of other bodies and does not name this one."""
        said = context.quoter.words(candidate.document, candidate.span)
        words = [said, *(heading.text for heading in candidate.headings)]
        spelled = [canonical(" ".join(part.split())) for part in words]
        if any(canonical(name) in part for name in self.names for part in spelled):
            return False
        actors = [
            actor
            for fact in context.snapshot.facts[candidate.document].obligations
            if fact.evidence[0].overlaps(candidate.span)
            for actor in (*fact.actors, *fact.with_)
        ]
        return bool(actors) and not any(
            self.body.matches(actor.text, candidate.document) for actor in actors
        )


_SENT: Final = re.compile(
    r"(?<!\w)(?:báo cáo|gửi|gởi|nộp|trình|báo)(?: (?!cho|về|đến|lên|với|ai|đâu)[\w/.-]+){0,10}?"
    r" (?:cho|về|đến|lên|với)?\s*"
    r"(?<!của )(?<!do )(?=(?:Sở|Bộ|Cục|Chi cục|Phòng|Ban|Viện|UBND|Ủy ban|Huyện ủy|Tỉnh ủy)\s)"
)
_SENT_TO_ANY: Final = re.compile(
    r"(?<!\w)(?:báo cáo|gửi|gởi|nộp|trình|báo)(?: (?!cho|về|đến|lên|với|ai|đâu)[\w/.-]+){0,10}?"
    r" (?:cho|về|đến|lên|với)?\s*(?=(?:HĐND|Hội đồng nhân dân|Thường trực|Văn phòng|Trung tâm"
    r"|Công an|Hội|Thanh tra|Bảo hiểm|Kho bạc|Đảng ủy|Thành ủy|Thị ủy|Đoàn"
    r"|Mặt trận|Liên đoàn|Trạm|Viện)\s)"
)
"""Wider: whom only a premise that is denied names as the one who gets something."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """The one body that a question says gets a report or papers."""

    name: str
    body: AskedBody

    def gets(
        self, context: Context, candidate: Candidate[Obligation] | Candidate[Deadline]
    ) -> bool:
        """Return whether a duty sends something to this body, or its words name it."""
        fact = candidate.fact
        duties = (
            [fact]
            if isinstance(fact, Obligation)
            else [
                duty
                for duty in context.snapshot.facts[candidate.document].obligations
                if duty.evidence[0].overlaps(candidate.span)
            ]
        )
        to = [body for duty in duties for body in (*duty.forwarded_to, duty.recipient) if body]
        if any(self.body.matches(body.text, candidate.document) for body in to):
            return True
        said = canonical(context.quoter.line(candidate.document, candidate.span))
        return canonical(self.name) in said


def asked_receiver(context: Context) -> Receiver | None:
    """Return the body that a question says something is sent to; None when it names none."""
    query = context.query
    if query.language == "en" or query.intent not in ("when", "who", "yes_no"):
        return None
    line = View(query.spelled, tuple(range(len(query.spelled))))
    matches = [*_SENT.finditer(query.spelled)]
    if query.intent == "yes_no":
        matches += _SENT_TO_ANY.finditer(query.spelled)
    for match in matches:
        found = find_names(line, match.end(), len(query.spelled), acts=False)
        if found and len(found.actors) == 1:
            name = _ASKS.split(found.actors[0].text)[0].strip(" ?")
            return Receiver(name, AskedBody(name, gazetteer_of(context.snapshot)))
    return None
