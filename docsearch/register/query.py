"""The register: which obligations and targets of a corpus fit what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Final, TypeVar

from docsearch.errors import QueryError
from docsearch.index.store import Entry
from docsearch.index.tokens import alike, alike_folded
from docsearch.orthography import canonical, fold, has_diacritics, syllables
from docsearch.records import Facts, Mention, Obligation, Target, TargetKind
from docsearch.register.bodies import AskedBody, Gazetteer
from docsearch.register.times import (
    Period,
    Schedule,
    Window,
    Yearly,
    issued_day,
    period_of,
    read_day,
    read_time,
    read_window,
    schedule_of,
)

KINDS: Final[tuple[TargetKind, ...]] = ("target", "achieved")
_KIND_NAMES: Final[Mapping[str, TargetKind]] = {
    **{"target": "target", "muc tieu": "target", "chi tieu": "target"},
    **{"achieved": "achieved", "ket qua": "achieved", "da dat": "achieved"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationQuery:
    """What obligations are asked for; None asks for all. Times are as in ``times.read_window``."""

    before: str | None = None  # due by the end of this
    after: str | None = None  # due from the beginning of this on
    on: str | None = None  # due on this day
    within: str | None = None  # due in this day, month, quarter, year or period
    overdue_at: str | None = None  # was due before this day
    actor: str | None = None  # who has to do it
    recipient: str | None = None  # who gets it
    action: str | None = None  # words, in a row, of what has to be done

    @property
    def asks_when(self) -> bool:
        """Whether only what has a day can fit."""
        return any((self.before, self.after, self.on, self.within, self.overdue_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetQuery:
    """What targets are asked for; None asks for all."""

    topic: str | None = None  # words, in any order, of the figure, its sentence or its headings
    period: str | None = None  # a time: periods in it, and those that end with it
    kind: str | None = None  # "target" or "achieved"
    unit: str | None = None  # "%", "trường"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An obligation in the register: of which document, and when it is due."""

    document: str  # id
    obligation: Obligation
    schedule: Schedule | None  # None where the document gives no day
    due: date | None  # the day asked about: the next one, or the last one that has passed


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A figure in the register: a target or a result, and of which document."""

    document: str  # id
    target: Target


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched, for telling why little or nothing was found."""

    documents: int
    records: int  # in these documents
    without_day: int = 0  # of them, where a time was asked for
    wider: Mapping[str, int] = field(default_factory=dict)  # found without one of the criteria


_Query = TypeVar("_Query", ObligationQuery, TargetQuery)


class Register:
    """The facts of the documents that are asked about."""

    def __init__(
        self, entries: Iterable[Entry], facts: Mapping[str, Facts], gazetteer: Gazetteer
    ) -> None:
        """Take the documents.

        Args:
            entries: those whose facts are asked about, one of each group of duplicates.
            facts: what was found in each, by its id.
            gazetteer: what all documents tell of places.
        """
        self._entries = {entry.id: entry for entry in entries}
        self._facts = facts
        self._gazetteer = gazetteer

    def obligations(self, query: ObligationQuery, *, today: date) -> list[Due]:
        """Return the obligations that fit, by the day on which they are due, then by actor.

        Args:
            query: what is asked for.
            today: of what recurs, the next day from it on is given, else the last before it.

        Returns:
            The obligations; those without a day come last, in the order of their documents.

        Raises:
            QueryError: a time is not understood.
        """
        return sorted(self._obligations(query, today), key=_by_day)

    def _obligations(self, query: ObligationQuery, today: date) -> Iterator[Due]:
        window = _window_of(query)
        near = read_day(query.overdue_at) if query.overdue_at else today
        actor = AskedBody(query.actor, self._gazetteer) if query.actor else None
        recipient = AskedBody(query.recipient, self._gazetteer) if query.recipient else None
        action = _Phrase(query.action) if query.action else None
        for document, obligation in self._all_obligations():
            if action and not action.stands_in(obligation.action.text):
                continue
            if actor and not _any(actor, obligation.actors, document):
                continue
            if recipient and not _any(recipient, (obligation.recipient,), document):
                continue
            found = self._due(document, obligation, window, near, overdue=bool(query.overdue_at))
            if window is None or found.due is not None:
                yield found

    def _due(
        self,
        document: str,
        obligation: Obligation,
        window: Window | None,
        near: date,
        *,
        overdue: bool,
    ) -> Due:
        issued = issued_of(self._entries[document])
        schedule = schedule_of(obligation.deadline)
        if schedule and overdue and window and issued:
            window = window.since(issued)  # what lay behind when it was written is no limit
        due = schedule.find(window or Window(), near, issued=issued) if schedule else None
        return Due(document=document, obligation=obligation, schedule=schedule, due=due)

    def _all_obligations(self) -> Iterator[tuple[str, Obligation]]:
        for document in self._entries:
            for obligation in self._facts[document].obligations:
                yield document, obligation

    def targets(self, query: TargetQuery) -> list[Stated]:
        """Return the figures that fit, in the order of their documents.

        Args:
            query: what is asked for.

        Returns:
            The figures.

        Raises:
            QueryError: the period is not understood, or there is no such kind.
        """
        topic = _Phrase(query.topic) if query.topic else None
        unit = _Phrase(query.unit) if query.unit else None
        asked = read_period(query.period) if query.period else None
        kind = read_kind(query.kind) if query.kind else None
        found = []
        for document, entry in self._entries.items():
            for target in self._facts[document].targets:
                if kind not in (None, target.kind) or (unit and not unit.stands_in(target.unit)):
                    continue
                if topic and not topic.is_spread_over(_topic_of(target)):
                    continue
                if asked is None or _is_of(target.period, asked, issued_of(entry)):
                    found.append(Stated(document=document, target=target))
        return found

    def searched_obligations(self, query: ObligationQuery, *, today: date) -> Searched:
        """Return what was searched and what each criterion leaves out.

        Args:
            query: what was asked for.
            today: as in ``obligations``.

        Returns:
            Counts; ``wider`` by the name of the criterion that is left out.
        """
        every = list(self._all_obligations())
        return Searched(
            documents=len(self._entries),
            records=len(every),
            without_day=sum(
                schedule_of(each.deadline) is None for _, each in every if query.asks_when
            ),
            wider={
                name: sum(1 for _ in self._obligations(wider, today))
                for name, wider in _without_one(query)
            },
        )

    def searched_targets(self, query: TargetQuery) -> Searched:
        """Return what was searched and what each criterion leaves out, as above."""
        return Searched(
            documents=len(self._entries),
            records=sum(len(self._facts[document].targets) for document in self._entries),
            wider={name: len(self.targets(wider)) for name, wider in _without_one(query)},
        )


def issued_of(entry: Entry) -> date | None:
    """Return the day on which a document was issued, the first it can be; None if unknown."""
    stated = entry.header.issued_on
    return issued_day(stated.value) if stated else None


def _window_of(query: ObligationQuery) -> Window | None:
    window = read_window(before=query.before, after=query.after, on=query.on, within=query.within)
    if query.overdue_at is None:
        return window
    day = read_day(query.overdue_at)
    return (window or Window()).until(date.fromordinal(day.toordinal() - 1))


def _without_one(query: _Query) -> Iterator[tuple[str, _Query]]:
    names = [each.name for each in fields(query) if getattr(query, each.name) is not None]
    for name in names:
        yield name, replace(query, **{name: None})


def _by_day(found: Due) -> tuple[bool, date, str]:
    if found.due is None:
        return True, date.max, ""
    actors = "; ".join(canonical(actor.text) for actor in found.obligation.actors)
    return False, found.due, actors


def _any(asked: AskedBody, names: Iterable[Mention | None], document: str) -> bool:
    return any(name is not None and asked.matches(name.text, document) for name in names)


class _Phrase:
    """Words as somebody types them, with diacritics or without."""

    def __init__(self, typed: str) -> None:
        self._spelled = alike if has_diacritics(typed) else alike_folded
        self._words = self._read(typed)
        if not self._words:
            raise QueryError(f"{typed!r} holds no word; give words to look for")

    def _read(self, text: str) -> list[str]:
        return syllables(self._spelled(text.replace("%", " phần trăm ")))

    def stands_in(self, text: str) -> bool:
        """Tell whether the words stand in a text, in a row."""
        return f" {' '.join(self._words)} " in f" {' '.join(self._read(text))} "

    def is_spread_over(self, text: str) -> bool:
        """Tell whether every word stands in a text."""
        return set(self._words) <= set(self._read(text))


def _topic_of(target: Target) -> str:
    above = " ".join(heading.text for heading in target.headings)
    return f"{target.subject} {target.indicator} {target.unit} {above}"


def read_kind(given: str) -> TargetKind:
    """Return a kind of figure.

    Args:
        given: "target", "achieved", "mục tiêu", "chỉ tiêu", "kết quả", "đã đạt".

    Returns:
        The kind.

    Raises:
        QueryError: there is no such kind.
    """
    kind = _KIND_NAMES.get(" ".join(fold(given).split()))
    if kind is None:
        raise QueryError(f"{given!r}: the kind is one of {', '.join(KINDS)} (mục tiêu, kết quả)")
    return kind


def read_period(given: str) -> Period:
    """Return the days of a period that is asked for.

    Args:
        given: a time with its year, as ``times.read_time`` takes it.

    Returns:
        Its days.

    Raises:
        QueryError: it is not understood, or has no year.
    """
    asked = read_time(given)
    if isinstance(asked, Yearly):
        raise QueryError(f"{given!r} has no year; give a period such as 2025 or 2021-2025")
    return asked


def _is_of(period: str | None, asked: Period, issued: date | None) -> bool:
    """Tell whether a figure's period lies in the one asked for, or ends with it.

    What is meant for every year or month counts from the date of issue on.
    """
    if period is None:
        return False
    if period.startswith("P"):
        return issued is None or asked.last >= issued
    own = period_of(period)
    if own is None:
        return False
    within = asked.first <= own.first and own.last <= asked.last
    return within or (own.first <= asked.first and own.last == asked.last)
