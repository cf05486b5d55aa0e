"""What documents want done, and the figures that they state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docsearch.index.store import Entry
from docsearch.library.table import Table
from docsearch.payloads import obligation_row, target_row
from docsearch.register.query import Due, Searched, Stated
from docsearch.registers import (
    flat_obligations,
    nothing_found,
    nothing_html,
    obligations_html,
    obligations_text,
    targets_html,
    targets_text,
)

if TYPE_CHECKING:
    import pandas as pd

    from docsearch.ics import CalendarFile
    from docsearch.picture import Picture


@dataclass(frozen=True)
class Sources:
    """What the rows of a register need to know of their documents; texts are read when needed."""

    entries: Mapping[str, Entry]
    read: Callable[[], Mapping[str, str]]
    duplicates: Mapping[str, tuple[str, ...]]

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The texts by the ids of their documents."""
        return self.read()


class Obligations(Table[Due]):
    """Obligations by the day on which they are due, those without a day last."""

    def __init__(self, found: Iterable[Due], sources: Sources, searched: Searched | None) -> None:
        super().__init__(found)
        self._sources = sources
        self._searched = searched

    @property
    def nothing(self) -> str | None:
        """Where there is none: what was searched, and what would widen it."""
        return nothing_found(self._searched) if self._searched else None

    def to_list(self) -> list[dict[str, Any]]:
        """Return one dict an obligation, the same as ``docsearch obligations --json`` prints."""
        return [
            obligation_row(
                each,
                self._sources.entries[each.document],
                self._sources.texts[each.document],
                self._sources.duplicates.get(each.document, ()),
            )
            for each in self._rows
        ]

    def to_pandas(self) -> pd.DataFrame:
        """Return one row an obligation; the deadline's words and its parts are columns."""
        import pandas as pd

        return pd.DataFrame(flat_obligations(self.to_list()))

    def to_ics(self) -> CalendarFile:
        """Return the deadlines as a calendar file, and how many obligations have no day."""
        from docsearch.ics import calendar_of

        return calendar_of(self._rows, self.to_list())

    def plot(self, *, year: int) -> Picture:
        """Return the picture of a year's deadlines by actor; a notebook shows it.

        Args:
            year: the year.

        Returns:
            The picture; ``save(path)`` writes it as PNG or SVG.

        Raises:
            MissingDependencyError: matplotlib is not installed.
            QueryError: the year is out of range, or the rows are too many for a picture.
        """
        from docsearch.timeline import timeline_of

        return timeline_of(self._rows, self.to_list(), year)

    def __repr__(self) -> str:
        return f"<docsearch.Obligations: {len(self._rows)}>"

    def __str__(self) -> str:
        return self.nothing or obligations_text(self.to_list())

    def _repr_html_(self) -> str:
        return nothing_html(self.nothing) or obligations_html(self.to_list())


class Targets(Table[Stated]):
    """Figures that documents set as targets or report as reached, by document."""

    def __init__(
        self, found: Iterable[Stated], sources: Sources, searched: Searched | None
    ) -> None:
        super().__init__(found)
        self._sources = sources
        self._searched = searched

    @property
    def nothing(self) -> str | None:
        """Where there is none: what was searched, and what would widen it."""
        return nothing_found(self._searched, what="chỉ tiêu") if self._searched else None

    def to_list(self) -> list[dict[str, Any]]:
        """Return one dict a figure, the same as ``docsearch targets --json`` prints."""
        return [
            target_row(
                each,
                self._sources.entries[each.document],
                self._sources.texts[each.document],
                self._sources.duplicates.get(each.document, ()),
            )
            for each in self._rows
        ]

    def __repr__(self) -> str:
        return f"<docsearch.Targets: {len(self._rows)}>"

    def __str__(self) -> str:
        return self.nothing or targets_text(self.to_list())

    def _repr_html_(self) -> str:
        return nothing_html(self.nothing) or targets_html(self.to_list())
