"""Citations for papers: a passage as text, BibTeX and CSL-JSON, and whether it still matches.

A citation carries the SHA-256 of the words that it quotes, so anyone can check later that the words
stand where it says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from docsearch.index.store import Entry
from docsearch.provenance import Provenance
from docsearch.records import Document, Span
from docsearch.render import short_day

CiteFormat = Literal["text", "bibtex", "csl"]
CITE_FORMATS: Final = ("text", "bibtex", "csl")
Status = Literal["matches", "moved", "changed", "missing"]

_STATUS: Final = {
    "matches": "khớp",
    "moved": "còn nguyên văn nhưng ở chỗ khác",
    "changed": "không còn khớp: lời văn đã khác",
    "missing": "không còn khớp: văn bản không có trong kho",
}
_LEGISLATION: Final = ("luật", "bộ luật", "pháp lệnh", "nghị định", "nghị quyết", "thông tư")
_ESCAPED: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{each: f"\\{each}" for each in "&%$#_"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One passage of a document, ready to be cited."""

    document: str  # id
    source: str
    sha256: str  # of the file
    type: str | None
    number: str | None
    issuer: str | None
    place: str | None
    issued_on: str | None  # ISO 8601
    subject: str | None
    path: tuple[str, ...]
    page: int | None
    span: Span
    quote: str
    provenance: Provenance

    @property
    def text_hash(self) -> str:
        """SHA-256 of the words quoted."""
        return text_hash(self.quote)

    @property
    def key(self) -> str:
        """The name of the citation in a bibliography."""
        return f"{self.document}-{self.span.start}-{self.span.end}"

    @property
    def title(self) -> str:
        """The document's name: its subject, or its type and number, or its file."""
        words = " ".join((self.subject or "").split())
        return words or " ".join(part for part in (self.type, self.number) if part) or self.source

    @property
    def where(self) -> str:
        """Where the passage stands: outline, page, position and the hash of its words."""
        parts = [*self.path]
        if self.page:
            parts.append(f"tr. {self.page}")
        parts.append(f"{self.source} [{self.span.start}:{self.span.end}]")
        parts.append(f"sha256:{self.text_hash}")
        return " › ".join(parts)

    def to_text(self) -> str:
        """Return the citation as one paragraph, the quotation last."""
        name = " ".join(part for part in (self.type, self.number and f"số {self.number}") if part)
        parts = [self.issuer or self.place, self.issued_on and f"({short_day(self.issued_on)})"]
        head = " ".join(part for part in parts if part)
        named = f"{name[:1].upper()}{name[1:]}" if name else ""
        title = " ".join((self.subject or "").split()) or ("" if name else self.source)
        words = [head, named, title, self.where]
        return f"{'. '.join(word for word in words if word)}. “{' '.join(self.quote.split())}”"

    def to_bibtex(self) -> str:
        """Return the citation as a BibTeX entry in UTF-8."""
        year, month, day = _parts(self.issued_on)
        name = " ".join(part for part in (self.type, self.number and f"số {self.number}") if part)
        author = self.issuer or self.place
        fields = {
            "author": f"{{{_escaped(author)}}}" if author else None,
            "title": f"{{{_escaped(self.title)}}}",
            "year": year,
            "month": month,
            "day": day,
            "number": _escaped(self.number) if self.number else None,
            "type": _escaped(self.type) if self.type else None,
            "howpublished": _escaped(name) or None,
            "address": _escaped(self.place) if self.place else None,
            "note": _escaped(self.where),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{self.key},", *lines, "}"])

    def to_csl(self) -> dict[str, Any]:
        """Return the citation as a CSL-JSON item; ``custom`` holds what a later check needs."""
        kind = "legislation" if self.type in _LEGISLATION else "document"
        kind = "report" if self.type == "báo cáo" else kind
        item: dict[str, Any] = {"id": self.key, "type": kind, "title": self.title}
        if self.issuer or self.place:
            item["author"] = [{"literal": self.issuer or self.place}]
        if self.issued_on:
            item["issued"] = {"date-parts": [[int(part) for part in self.issued_on.split("-")]]}
        for name, value in (("number", self.number), ("genre", self.type)):
            if value:
                item[name] = value
        if self.place:
            item["publisher-place"] = self.place
        if self.page:
            item["page"] = str(self.page)
        item["note"] = self.where
        item["language"] = "vi"
        item["custom"] = {
            "docsearch": {
                "document": self.document,
                "source": self.source,
                "sha256": self.sha256,
                "start": self.span.start,
                "end": self.span.end,
                "text_sha256": self.text_hash,
                "quote": self.quote,
                "corpus": self.provenance.to_dict(),
            }
        }
        return item


def cited(
    document: Document, entry: Entry, span: Span, path: tuple[str, ...], provenance: Provenance
) -> Cited:
    """Return a passage of a document, ready to be cited.

    Args:
        document: the document.
        entry: what it says of itself.
        span: the passage.
        path: the headings above it.
        provenance: the corpus it is from.

    Returns:
        The citation; a field that the header leaves blank is None.
    """
    header = entry.header
    stated = (header.type, header.number, header.issuer, header.place, header.issued_on)
    kind, number, issuer, place, issued_on = (each.value if each else None for each in stated)
    pages = [n for n, each in enumerate(document.pages) if each.overlaps(span)]
    return Cited(
        document=document.id,
        source=document.source,
        sha256=document.sha256,
        type=kind,
        number=number,
        issuer=issuer,
        place=place,
        issued_on=issued_on,
        subject=header.subject.value if header.subject else None,
        path=path,
        page=document.first_page + pages[0] if pages else None,
        span=span,
        quote=span.of(document.text),
        provenance=provenance,
    )


def text_hash(words: str) -> str:
    """Return the SHA-256 of words, hexadecimal."""
    return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Whether a citation still matches."""

    key: str
    document: str
    status: Status
    start: int | None  # where the words stand now
    end: int | None

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as JSON values."""
        names = ("key", "document", "status", "start", "end")
        return {name: getattr(self, name) for name in names}

    def __str__(self) -> str:
        where = f" [{self.start}:{self.end}]" if self.start is not None else ""
        return f"{self.key}: {_STATUS[self.status]}{where}"


def check(item: Mapping[str, Any], find: Callable[[str, str], Document | None]) -> Check:
    """Compare a citation with the documents.

    Args:
        item: a CSL-JSON item of ``Cited.to_csl``.
        find: returns the document of an id, or else of a file's name, or None.

    Returns:
        Whether the words stand where it says, elsewhere in the document, or not at all.

    Raises:
        KeyError: the item is none of docsearch's.
    """
    own = item["custom"]["docsearch"]
    name, digest = str(own["document"]), str(own["text_sha256"])
    start, end = int(own["start"]), int(own["end"])
    key = str(item.get("id", name))
    document = find(name, str(own["source"]))
    if document is None:
        return Check(key=key, document=name, status="missing", start=None, end=None)
    if text_hash(document.text[start:end]) == digest:
        return Check(key=key, document=document.id, status="matches", start=start, end=end)
    quote = str(own.get("quote", ""))
    at = document.text.find(quote) if quote and text_hash(quote) == digest else -1
    if at >= 0:
        last = at + len(quote)
        return Check(key=key, document=document.id, status="moved", start=at, end=last)
    return Check(key=key, document=document.id, status="changed", start=None, end=None)


def bibliography(found: Iterable[Cited]) -> str:
    """Return citations as one BibTeX file; the same passage stands in it once."""
    return "\n\n".join(dict.fromkeys(each.to_bibtex() for each in found)) + "\n"


def _escaped(words: str) -> str:
    line = " ".join(words.split())
    return "".join(_ESCAPED.get(character, character) for character in line)


def _parts(iso: str | None) -> tuple[str | None, str | None, str | None]:
    parts: list[str | None] = [part.lstrip("0") for part in (iso or "").split("-") if part]
    year, month, day = (*parts, None, None, None)[:3]
    return year, month, day
