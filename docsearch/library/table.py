"""What every list of results can do."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    import pandas as pd

Row = TypeVar("Row", covariant=True)


class Table(Sequence[Row]):
    """Records in their order; they turn into dicts and into a frame."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = tuple(rows)

    @overload
    def __getitem__(self, position: int) -> Row: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[Row]: ...
    def __getitem__(self, position: int | slice) -> Row | Sequence[Row]:
        return self._rows[position]

    def __len__(self) -> int:
        return len(self._rows)

    @abstractmethod
    def to_list(self) -> list[dict[str, Any]]:
        """Return one dict a row, as ``--json`` prints them."""

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a frame."""
        import pandas as pd

        return pd.DataFrame(self.to_list())
