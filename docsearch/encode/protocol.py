"""What every encoder offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats2d = NDArray[np.float32]


class Encoder(Protocol):
    """Texts in, one unit vector per text out.

    Vectors of two encoders are comparable only when ``name`` and ``revision`` are both equal.
    """

    @property
    def name(self) -> str:
        """The name of the model, as ``load_encoder`` takes it."""

    @property
    def revision(self) -> str:
        """What changes when the vectors change: weights, tokenizer, preparation of the text."""

    @property
    def dim(self) -> int:
        """The length of a vector."""

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        """Return the vectors of questions.

        Args:
            texts: questions; none, an empty one and a very long one are allowed.

        Returns:
            (n, dim) float32, rows of length 1, row i for text i.
        """

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> Floats2d:
        """Return the vectors of passages.

        Args:
            texts: passages; none, an empty one and a very long one are allowed.
            progress: called with the number of texts just finished; the numbers add up to n.

        Returns:
            (n, dim) float32, rows of length 1, row i for text i.
        """
