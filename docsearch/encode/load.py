"""From a name to an encoder."""

from __future__ import annotations

import os
from typing import Final

from docsearch.encode.offline import NAME, OfflineE5
from docsearch.encode.protocol import Encoder
from docsearch.encode.sentence_transformer import SentenceTransformerEncoder

VARIABLE: Final = "DOCSEARCH_ENCODER"
"""The environment variable that names the encoder where the program does not."""


def load_encoder(name: str | None = None) -> Encoder:
    """Return the encoder of that name.

    Args:
        name: "multilingual-e5-small" or "default": the offline encoder; anything else: the name or
            the folder of a sentence-transformers model. None or "": what DOCSEARCH_ENCODER says,
            and the offline encoder where it says nothing.

    Returns:
        An encoder that is ready; the offline one has loaded nothing heavy yet.

    Raises:
        EncoderError: the encoder is unknown or cannot be loaded.
        MissingDependencyError: it needs sentence-transformers, which is not installed.
    """
    wanted = name or os.environ.get(VARIABLE) or NAME
    if wanted in {NAME, "default"}:
        return OfflineE5()
    return SentenceTransformerEncoder(wanted)
