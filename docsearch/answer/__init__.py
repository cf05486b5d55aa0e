"""Query + index → Answer | Abstention."""

from docsearch.answer.answer import answer

__all__ = ["answer"]
