"""A picture that a notebook shows and ``save`` writes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS: Final = 150
NOTEBOOK_DOTS: Final = 64
"""Dots an inch in a notebook, which stores the picture with itself."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture. A notebook shows it; ``save`` writes it."""

    figure: Figure

    def save(self, path: Path) -> None:
        """Write the picture as the end of the file's name says: .png or .svg."""
        path.write_bytes(self.to_bytes("svg" if path.suffix.lower() == ".svg" else "png"))

    def to_bytes(self, form: Literal["png", "svg"], *, dots: int = DOTS) -> bytes:
        """Return the picture; the same bytes for the same comparison.

        Args:
            form: "png" or "svg".
            dots: an inch, of a PNG.

        Returns:
            The file.
        """
        from matplotlib import rc_context

        out = io.BytesIO()
        metadata = {"Date": None} if form == "svg" else {"Software": None}
        with rc_context({"svg.hashsalt": "docsearch", "font.family": "DejaVu Sans"}):
            self.figure.savefig(out, format=form, dpi=dots, metadata=metadata)
        return out.getvalue()

    def _repr_png_(self) -> bytes:
        return self.to_bytes("png", dots=NOTEBOOK_DOTS)
