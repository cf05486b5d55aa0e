"""Text → vectors, and text → words."""

from __future__ import annotations

from docsearch.encode.load import load_encoder
from docsearch.encode.offline import OfflineE5
from docsearch.encode.protocol import Encoder, Floats2d
from docsearch.encode.segment import join_words, words
from docsearch.encode.sentence_transformer import SentenceTransformerEncoder

__all__ = [
    "Encoder",
    "Floats2d",
    "OfflineE5",
    "SentenceTransformerEncoder",
    "join_words",
    "load_encoder",
    "words",
]
