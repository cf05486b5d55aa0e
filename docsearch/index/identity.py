"""Ids of documents, and what one document of a corpus says about another's place."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import chain, count
from typing import Final

from docsearch.orthography import UPPER, canonical, fold
from docsearch.parse.confidence import BY_SIGNATORY
from docsearch.records import Document, Header, Span, Stated

_CAPITAL: Final = f"(?:[{UPPER}][^\\W\\d_]*)"
_NAME_START: Final = re.compile(rf"(?<!\w)(?=({_CAPITAL} {_CAPITAL} {_CAPITAL})(?!\w))")


def make_id(document: Document, header: Header, taken: Container[str]) -> str:
    """Return a readable id: number, place and year, or what of these is known.

    Args:
        document: the document.
        header: its header.
        taken: ids of other documents.

    Returns:
        Small letters, digits and "-": "141-kh-ubnd-chi-lang-2022". Where another document has
        it, the first digits of the file's SHA-256 follow, and a number for further copies.
    """
    name = header.number or header.symbol or header.type
    parts = [
        name.value if name else "",
        _bare_place(header.place.value) if header.place else "",
        header.issued_on.value[:4] if header.issued_on else "",
    ]
    if sum(map(bool, parts)) < 2:
        parts.append(re.sub(r"\.\w{1,5}$", "", document.source))
    base = re.sub(r"[^a-z0-9]+", "-", fold(" ".join(parts))).strip("-")[:80]
    base = base or f"document-{document.sha256[:8]}"
    names = [base, f"{base}-{document.sha256[:8]}"]
    copies = (f"{names[1]}-{number}" for number in count(2))
    return next(name for name in chain(names, copies) if name not in taken)


def _bare_place(place: str) -> str:
    words = place.split()
    return " ".join(word for word in words if word[:1].isupper()) or place


@dataclass(frozen=True, slots=True)
class Signed:
    """A person who signs for a place."""

    name: str  # as ``orthography.canonical`` spells it
    place: str

    @property
    def start(self) -> str:
        """The first three syllables of the name, by which it is looked for."""
        return " ".join(self.name.split()[:3])


def signed_places(headers: Iterable[Header]) -> frozenset[Signed]:
    """Return who signs for which place in documents that state their place."""
    return frozenset(
        Signed(canonical(signatory.name), header.place.value)
        for header in headers
        if header.place and not header.place.inferred
        for signatory in header.signatories
        if len(signatory.name.split()) >= 3
    )


def name_starts(text: str) -> frozenset[str]:
    """Return every three syllables in a row that can begin a person's name in a text.

    Args:
        text: ``Document.text``.

    Returns:
        Those that begin with capitals and stand between single spaces, as
        ``orthography.canonical`` spells them: "đinh thị hồng".
    """
    return frozenset(canonical(found[1]) for found in _NAME_START.finditer(text))


def infer_place(text: str, signed: Iterable[Signed]) -> Stated | None:
    """Return the place of a document that does not name it, from the people it names.

    Args:
        text: ``Document.text``.
        signed: who signs for which place elsewhere in the corpus.

    Returns:
        The place with the span of the name, marked inferred; None when nobody is named, or
        people of several places are.
    """
    lowered = canonical(text)
    found: dict[str, Stated] = {}
    for person in sorted(signed, key=lambda person: (person.place, person.name)):
        position = lowered.find(person.name)
        if position >= 0:
            span = Span(position, position + len(person.name))
            stated = Stated(value=person.place, span=span, inferred=True, confidence=BY_SIGNATORY)
            found.setdefault(person.place, stated)
    return next(iter(found.values())) if len(found) == 1 else None
