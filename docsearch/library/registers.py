"""The registers: what has to be done, and which figures are set or reached."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial

from docsearch.library.opened import Opened
from docsearch.library.stated import Obligations, Sources, Targets
from docsearch.register.query import ObligationQuery, Register, TargetQuery
from docsearch.search.query import Filters


class Registers(Opened):
    """Obligations and figures."""

    def obligations(
        self,
        *,
        before: str | date | None = None,
        after: str | date | None = None,
        on: str | date | None = None,
        within: str | None = None,
        overdue_at: str | date | None = None,
        actor: str | None = None,
        recipient: str | None = None,
        action: str | None = None,
        place: str | None = None,
        filters: Filters | None = None,
        today: date | None = None,
    ) -> Obligations:
        """Return what has to be done, by whom and by when.

        Times are typed as 15/12/2024, 15/12, 6/2024, "quý II/2024", 2024, 2021-2025 or in ISO
        8601; a time without a year is meant in every year. ``docsearch.register.times`` says on
        which days a limit falls: what comes again each year or month falls into every window
        from the document's date of issue on, a period on its last day; "khẩn trương" and "30 ngày
        kể từ …" name no day, and no time finds them.

        Args:
            before: due by then, that day (or the month's last) included.
            after: due then or later.
            on: due on this day.
            within: due in this day, month, quarter, year or period.
            overdue_at: was due before this day: what is due once, after its document was issued;
                of what comes again the last time.
            actor: who has to do it, by what it is: "UBND xã" finds "Ủy ban nhân dân các xã";
                several with ";".
            recipient: who gets it, compared in the same way.
            action: words, in a row, of what has to be done.
            place: shorthand for ``Filters(place=...)``.
            filters: what the documents are narrowed to.
            today: of what comes again the next day from then on is shown; None means today.

        Returns:
            The obligations by due day, then by actor; of duplicates those of one document.

        Raises:
            QueryError: a time is not understood, or ``place`` and ``filters`` are both given.
        """
        query = ObligationQuery(
            before=_typed(before),
            after=_typed(after),
            on=_typed(on),
            within=within,
            overdue_at=_typed(overdue_at),
            actor=actor,
            recipient=recipient,
            action=action,
        )
        register = self._register(place, filters)
        near = today or date.today()
        found = register.obligations(query, today=near)
        searched = None if found else register.searched_obligations(query, today=near)
        return Obligations(found, self._sources({each.document for each in found}), searched)

    def targets(
        self,
        *,
        topic: str | None = None,
        place: str | None = None,
        period: str | None = None,
        kind: str | None = None,
        unit: str | None = None,
        filters: Filters | None = None,
    ) -> Targets:
        """Return the figures that documents set as targets or report as reached.

        Args:
            topic: words, in any order, of what is counted, its measure or the headings above.
            place: shorthand for ``Filters(place=...)``.
            period: a year or period; figures for periods in it, and for those that end with it.
            kind: "target" or "achieved"; None means both.
            unit: "%", "trường".
            filters: what the documents are narrowed to.

        Returns:
            The figures, by document and place in it; of duplicates those of one document.

        Raises:
            QueryError: the period or kind is not understood, or ``place`` and ``filters`` are
                both given.
        """
        query = TargetQuery(topic=topic, period=period, kind=kind, unit=unit)
        register = self._register(place, filters)
        found = register.targets(query)
        searched = None if found else register.searched_targets(query)
        return Targets(found, self._sources({each.document for each in found}), searched)

    def _register(self, place: str | None, filters: Filters | None) -> Register:
        shown, allowed = self._shown(self._filters(place, filters))
        entries = [e for e in shown.entries.values() if allowed is None or e.id in allowed]
        return Register(entries, shown.some_facts([e.id for e in entries]), self._gazetteer)

    def _sources(self, documents: Collection[str]) -> Sources:
        read = partial(self.snapshot.store.texts, documents)
        return Sources(self.snapshot.entries, read, self._duplicates)


def _typed(time: str | date | None) -> str | None:
    return time.isoformat() if isinstance(time, date) else time
