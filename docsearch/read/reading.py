"""What a reader finds in a file."""

from __future__ import annotations

from dataclasses import dataclass

from docsearch.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One file as text."""

    text: str  # NFC; "\n" between lines
    format: str  # "docx", "xlsx", "doc", …
    pages: tuple[Span, ...] = ()  # spans of ``text``, in order; empty where there are none
    bold: tuple[Span, ...] = ()  # lines printed bold throughout
    confidence: float | None = None  # 0 to 1, of character recognition
    notes: tuple[str, ...] = ()  # what was converted or left out, one short sentence each
