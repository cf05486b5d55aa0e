"""The body that a question says has to act, and whether an obligation is another's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.which import gazetteer_of
from docsearch.facts.actors import find_subject
from docsearch.orthography import canonical
from docsearch.parse.view import View
from docsearch.records import Deadline, Obligation
from docsearch.register.bodies import AskedBody

_OF_PLACE: Final = re.compile(r"\s+(?:của|ở|tại|thuộc)\s*$")
# Bodies that are told apart by their names; "các trường", "đơn vị" may be any.
_ONE: Final = re.compile(r"^(?:sở|phòng|cục|chi cục|vụ|ban quản lý|trung tâm|hội|công an)\b", re.I)


def body_names(context: Context) -> tuple[str, ...]:
    """Return the bodies that a question begins with, without the places that it names."""
    text = context.query.spelled
    for place in context.query.places:
        text = re.sub(re.escape(place), "", text, flags=re.IGNORECASE)
        bare = place.split(maxsplit=1)[-1]
        text = re.sub(rf"(?<!\w){re.escape(bare)}(?!\w)", "", text, flags=re.IGNORECASE)
    line = View(text, tuple(range(len(text))))
    subject = find_subject(line, 0, len(text))
    return tuple(_OF_PLACE.sub("", name.text) for name in subject.actors) if subject else ()


@dataclass(frozen=True, slots=True)
class Doer:
    """The one body that a question says has to act."""

    name: str
    body: AskedBody

    @classmethod
    def of(cls, context: Context) -> Doer | None:
        """Return the body; None when the question names none, several, or only a kind."""
        if context.query.language == "en":
            return None
        names = body_names(context)
        if len(names) != 1 or not _ONE.match(names[0]):
            return None
        return cls(names[0], AskedBody(names[0], gazetteer_of(context.snapshot)))

    def is_another(
        self, context: Context, candidate: Candidate[Obligation] | Candidate[Deadline]
    ) -> bool:
        """Return whether a clause is the duty of other bodies and does not name this one."""
        said = context.quoter.words(candidate.document, candidate.span)
        words = [said, *(heading.text for heading in candidate.headings)]
        if any(canonical(self.name) in canonical(" ".join(part.split())) for part in words):
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
