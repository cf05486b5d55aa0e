"""What the documents of one place say of one topic, aspect by aspect."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from docsearch.answer.quoting import Quoter
from docsearch.compare.aspects import is_of
from docsearch.compare.matrix import Aspect, Cell, ComparedPlace, Figure, Nearest, Quotation
from docsearch.compare.topics import ABOUT, Topic, Weighed
from docsearch.index.snapshot import Snapshot
from docsearch.index.store import Entry
from docsearch.orthography import canonical
from docsearch.records import Citation, Heading, Mention, Obligation, Span, Target

RELATED: Final = 0.45
"""Share of a topic that makes a figure one of the topic where the place speaks of it: what a figure
counts is often another name of the topic, so less than of other words has to agree."""
MOST: Final[dict[Aspect, int]] = {"targets": 6, "lead": 4, "gist": 3}
USUAL: Final = 3
"""Quotations of one cell."""


_BULLET: Final = re.compile(r"^[-+•*–]\s*")


@dataclass(frozen=True, slots=True)
class _Duty:
    """An obligation that has to do with the topic."""

    document: str
    fact: Obligation
    score: float


@dataclass
class PlaceOnTopic:
    """The documents of one place, asked about one topic."""

    topic: Topic
    place: ComparedPlace
    snapshot: Snapshot
    quoter: Quoter
    passages: Sequence[Weighed]  # what was found, best first

    def cell(self, aspect: Aspect) -> Cell:
        """Return the cell of one aspect."""
        searched = len(self.place.documents)
        if not searched:
            return Cell(status="no_document")
        quotations = tuple(self._quotations(aspect)) if self.speaks else ()
        if quotations:
            kept = list(distinct(sorted(quotations, key=lambda quotation: -quotation.score)))
            most = MOST.get(aspect, USUAL)
            return Cell(status="stated", quotations=tuple(kept[:most]), searched=searched)
        return Cell(status="not_stipulated", nearest=self.nearest, searched=searched)

    @property
    def speaks(self) -> bool:
        """Whether any passage or duty speaks of the topic."""
        return bool(self._spoken or self._duties)

    @cached_property
    def nearest(self) -> Nearest | None:
        """The passage that comes nearest to the topic."""
        best = max(self.passages, key=lambda weighed: weighed.score, default=None)
        if best is None or best.score <= 0:
            return None
        passage = best.passage
        citation = self._cite(passage.document_id, passage.span, passage.headings)
        return Nearest(citation=citation, score=round(best.score, 3))

    def _quotations(self, aspect: Aspect) -> Iterable[Quotation]:
        makers: dict[Aspect, Callable[[], Iterable[Quotation]]] = {
            "gist": self._gist,
            "targets": self._figures,
            "lead": self._lead,
            "cooperating": self._cooperating,
            "deadlines": self._deadlines,
            "reporting": self._reporting,
            "budget": lambda: self._sentences("budget"),
            "measures": self._measures,
        }
        return makers[aspect]()

    # What is there

    @cached_property
    def _spoken(self) -> list[Weighed]:
        return [weighed for weighed in self.passages if weighed.speaks]

    @cached_property
    def _whole(self) -> frozenset[str]:
        """The documents that are about the topic by their subject: all they say is of it."""
        return frozenset(
            document
            for document in self.place.documents
            if self._subject(self.snapshot.entries[document])
        )

    def _subject(self, entry: Entry) -> bool:
        return bool(entry.header.subject and self.topic.covers(entry.header.subject.value))

    def _passage(self, document: str, span: Span) -> Weighed | None:
        """Return the passage that was found where a fact begins."""
        starts, found = self._by_document.get(document, ((), ()))
        place = bisect_right(starts, span.start) - 1
        if place < 0 or span.start >= found[place].passage.span.end:
            return None
        return found[place]

    @cached_property
    def _by_document(self) -> dict[str, tuple[Sequence[int], Sequence[Weighed]]]:
        found: dict[str, list[Weighed]] = {}
        for weighed in self.passages:
            found.setdefault(weighed.passage.document_id, []).append(weighed)
        for each in found.values():
            each.sort(key=lambda weighed: weighed.passage.span)
        return {
            document: ([weighed.passage.span.start for weighed in each], each)
            for document, each in found.items()
        }

    @cached_property
    def _duties(self) -> list[_Duty]:
        found = []
        for document, facts in self.snapshot.some_facts(self.place.documents).items():
            for fact in facts.obligations:
                score = self._score(document, fact.evidence[0], fact.headings, fact.action.text)
                if score >= ABOUT:
                    found.append(_Duty(document, fact, score))
        return sorted(found, key=lambda duty: (-duty.score, duty.document, duty.fact.evidence[0]))

    def _score(self, document: str, span: Span, headings: Sequence[Heading], words: str) -> float:
        least = ABOUT if document in self._whole else 0.0
        weighed = self._passage(document, span)
        if weighed is None:
            return least
        line = f"{self.quoter.line(document, span)}\n{words}"
        if is_of("reporting", words):
            line += "\nbáo cáo"  # "báo kết quả … về UBND huyện"
        return max(self.topic.weigh(line, headings, weighed.passage.text), least)

    @cached_property
    def _targets(self) -> list[tuple[str, Target, float]]:
        found = []
        for document, facts in self.snapshot.some_facts(self.place.documents).items():
            for fact in facts.targets:
                weighed = self._passage(document, fact.span)
                if weighed is None:
                    continue
                line = self.quoter.line(document, fact.span)
                words = f"{line}\n{fact.subject}\n{fact.indicator}"
                around = next((w for at, w, _ in weighed.sentences if at.overlaps(fact.span)), "")
                score = self.topic.weigh(words, fact.headings, around=around)
                if score >= RELATED:
                    found.append((document, fact, score))
        return sorted(found, key=lambda item: (-item[2], item[0], item[1].span))

    # What of it is of an aspect

    def _gist(self) -> Iterator[Quotation]:
        strict = [figure for figure in self._figures() if figure.score >= ABOUT]
        yield from strict[:2]
        yield from self._measures()

    def _figures(self) -> Iterator[Quotation]:
        ordered = sorted(self._targets, key=lambda item: item[1].kind != "target")
        for document, fact, score in ordered:
            yield Quotation(
                gist=self.quoter.line(document, fact.span),
                citations=(self._cite(document, fact.span, fact.headings, [fact.span]),),
                score=round(score, 3),
                figure=_figure(fact),
            )

    def _lead(self) -> Iterator[Quotation]:
        for duty in self._duties:
            if duty.fact.actors and not is_of("cooperating", duty.fact.action.text):
                lead = is_of("lead", duty.fact.action.text)
                yield self._named(duty, duty.fact.actors, raised=lead)

    def _cooperating(self) -> Iterator[Quotation]:
        for duty in self._duties:
            fact = duty.fact
            if fact.actors and is_of("cooperating", fact.action.text):
                yield self._named(duty, fact.actors)
            elif fact.with_:
                yield self._named(duty, fact.with_)

    def _deadlines(self) -> Iterator[Quotation]:
        for duty in self._duties:
            limit = duty.fact.deadline
            if limit:
                gist = f"{' '.join(limit.text.split())}: {duty.fact.action.text}"
                yield self._quotation(duty, gist, [limit.span])

    def _reporting(self) -> Iterator[Quotation]:
        for duty in self._duties:
            fact = duty.fact
            if is_of("reporting", fact.action.text):
                marks = [fact.recipient.span] if fact.recipient else []
                yield self._quotation(duty, fact.action.text, marks)

    def _measures(self) -> Iterator[Quotation]:
        for duty in self._duties:
            yield self._quotation(duty, duty.fact.action.text, [duty.fact.action.span])
        held = [(duty.document, duty.fact.evidence[0]) for duty in self._duties]
        for quotation in self._sentences(None):
            first = quotation.citations[0]
            if not any(
                document == first.document and span.overlaps(first.span) for document, span in held
            ):
                yield quotation

    def _sentences(self, aspect: Aspect | None) -> Iterator[Quotation]:
        for weighed in self._spoken:
            passage = weighed.passage
            for span, words, score in weighed.sentences:
                if score >= ABOUT and (aspect is None or is_of(aspect, words)):
                    citation = self._cite(passage.document_id, span, passage.headings, [span])
                    yield Quotation(
                        gist=_BULLET.sub("", words), citations=(citation,), score=round(score, 3)
                    )

    # How it is quoted

    def _named(self, duty: _Duty, bodies: Sequence[Mention], *, raised: bool = False) -> Quotation:
        names = "; ".join(dict.fromkeys(body.text for body in bodies))
        return self._quotation(
            duty, f"{names}: {duty.fact.action.text}", [body.span for body in bodies], raised
        )

    def _quotation(
        self, duty: _Duty, gist: str, marks: Iterable[Span], raised: bool = False
    ) -> Quotation:
        fact = duty.fact
        first, *others = fact.evidence
        marked = list(marks)
        cited = [self._cite(duty.document, first, fact.headings, marked)]
        cited += [self._cite(duty.document, other, (), marked) for other in others]
        bonus = 0.1 if raised else 0.0
        return Quotation(
            gist=" ".join(gist.split()),
            citations=tuple(cited),
            score=round(min(duty.score + bonus, 1.0), 3),
        )

    def _cite(
        self,
        document: str,
        span: Span,
        headings: Sequence[Heading],
        marks: Iterable[Span] = (),
    ) -> Citation:
        text = span.of(self.quoter.document(document).text)
        start = span.start + len(text) - len(text.lstrip())
        stripped = Span(start, max(start + len(text.strip()), start + 1))
        return self.quoter.cite(document, stripped, headings, marks)


def _figure(fact: Target) -> Figure:
    return Figure(
        subject=fact.subject,
        indicator=fact.indicator,
        comparator=fact.comparator,
        value=fact.value,
        value_to=fact.value_to,
        unit=fact.unit,
        period=fact.period,
        kind=fact.kind,
    )


def distinct(quotations: Iterable[Quotation]) -> Iterator[Quotation]:
    """Yield quotations whose gist is not that of one before."""
    seen = set()
    for quotation in quotations:
        key = canonical(quotation.gist)
        if key not in seen:
            seen.add(key)
            yield quotation
