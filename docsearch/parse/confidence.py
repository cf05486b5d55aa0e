"""How sure it is that the words that were read state a field of the header: one scale for all.

A figure says how a field was read, not how often it was right: it orders the ways of reading, and
a caller who wants only what is printed in its place takes what has 0.9 or more. A field that is
blank has no figure, and nothing raises one.
"""

from __future__ import annotations

from typing import Final

PRINTED: Final = 0.98
"""In its place, by its form: "Số: …" over the title, "…, ngày … tháng … năm …", the title itself.
Not 1: a letterhead that is quoted in a text looks the same."""

COMPOSED: Final = 0.92
"""Put together from two printed parts: "Sở Nội vụ" and the province of the line above it; the organ
under the title and the letterhead."""

UNANCHORED: Final = 0.85
"""In its form, but without the letterhead's formulas around it: a title in capitals alone, a
date above the signature, the authority's line above the preamble."""

FACTSHEET: Final = 0.85
"""In the table that a web page gives about the document: right, but typed by somebody else."""

BY_SYMBOL: Final = 0.8
"""The type that the number's symbol begins with; a symbol can be misprinted."""

PAGE_TITLE: Final = 0.75
"""In a title of the page that names the document's own type."""

BY_TOWN: Final = 0.75
"""The place of the date line: the seat of the issuer, which need not be its territory."""

BY_FORM: Final = 0.7
"""A letter, because it has "V/v" or "Kính gửi" and no title."""

PREAMBLE: Final = 0.7
"""The body that speaks of itself in the preamble, and its territory."""

BY_SUBJECT: Final = 0.6
"""The territory that the subject names at the issuer's level."""

BY_NEWS: Final = 0.6
"""Who issued the document that a page tells of, and its territory."""

BY_SITE: Final = 0.5
"""The commune or district whose own web page has a text that does not say where it is from."""

BY_SIGNATORY: Final = 0.5
"""The place for which a person signs in other documents: people move."""
