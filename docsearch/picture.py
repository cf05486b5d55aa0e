"""A picture that a notebook shows and ``save`` writes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from docsearch.errors import MissingDependencyError, QueryError
from docsearch.provenance import Provenance

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PictureFormat = Literal["png", "svg"]

DOTS: Final = 150
NOTEBOOK_DOTS: Final = 80
"""Dots an inch in a notebook, which stores the picture with itself."""

_STYLE: Final[Any] = {"font.family": "DejaVu Sans", "text.parse_math": False}
"""A font that has Vietnamese; words of documents are no formulas, whatever is in them."""


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A picture. A notebook shows it; ``save`` writes it."""

    figure: Figure
    items: int  # rows or documents that it shows
    provenance: Provenance | None = None  # what it was made from, where it says so itself

    def save(self, path: str | Path) -> None:
        """Write the picture as the end of the file's name says: .png or .svg.

        Args:
            path: the file; replaced when it exists.

        Raises:
            QueryError: the name ends otherwise.
        """
        path = Path(path)
        form = path.suffix.lower().removeprefix(".")
        if form not in ("png", "svg"):
            raise QueryError(f"{path}: a picture is written as .png or .svg; name such a file")
        path.write_bytes(self.to_bytes(cast("PictureFormat", form)))

    def to_bytes(self, form: PictureFormat, *, dots: int = DOTS) -> bytes:
        """Return the picture; the same bytes for the same results.

        Args:
            form: "png" or "svg".
            dots: an inch, of a PNG.

        Returns:
            The file; where there is a provenance its metadata name the corpus and the versions.
        """
        from matplotlib import rc_context

        out = io.BytesIO()
        metadata: dict[str, Any] = {"Date": None} if form == "svg" else {"Software": None}
        if self.provenance is not None:
            metadata["Source"] = str(self.provenance)
        with rc_context({**_STYLE, "svg.hashsalt": "docsearch"}):
            self.figure.savefig(out, format=form, dpi=dots, metadata=metadata)
        return out.getvalue()

    def __repr__(self) -> str:
        return f"<docsearch.Picture: {self.items}>"

    def _repr_png_(self) -> bytes:
        return self.to_bytes("png", dots=NOTEBOOK_DOTS)


@contextmanager
def drawing(points: float = 10.0) -> Iterator[type[Figure]]:
    """Set the style that pictures are drawn in, and give the class of figures.

    Args:
        points: size of words that say none.

    Yields:
        The class of figures.

    Raises:
        MissingDependencyError: matplotlib is not installed.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingDependencyError(
            "pictures need matplotlib; run: pip install 'docsearch[figures]'"
        ) from error
    with rc_context({**_STYLE, "font.size": points}):
        yield Figure
