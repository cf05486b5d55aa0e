"""Answer + language model → an answer in the model's words, as far as they stand."""

from docsearch.generate.limits import Limits
from docsearch.generate.protocol import Chunk, Generator
from docsearch.generate.records import PROBLEMS, Dropped, ModelReport, Usage, VerifiedSentence

__all__ = [
    "PROBLEMS",
    "Chunk",
    "Dropped",
    "Generator",
    "Limits",
    "ModelReport",
    "Usage",
    "VerifiedSentence",
]
