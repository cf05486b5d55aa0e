"""Citations between documents: which document of the corpus is cited, and which is not here.

A document number is no identifier: every body issues its own 15/2020/QĐ-UBND. A citation leads to
a document only when number, date, issuer, type and place, as far as both state them, agree, and
exactly one document is left; duplicates are one document. Nothing of this is stored: a document
that is added later is found by the citations that were there before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from docsearch.index.store import Entry
from docsearch.orthography import fold, syllables
from docsearch.parse.bodies import level_of, territory_of
from docsearch.parse.numbers import number_key
from docsearch.records import Facts, Reference

_CENTRAL: Final = re.compile(
    r"-(?:ttg|cp|ctn|tw|vptw|vpcp|(?:ub)?tvqh\d*|qh\d*|b(?!ch|cd|ql|tv|tc-)\w+)$"
)
_ABOVE: Final = ("tỉnh", "thành phố")
_PARTY: Final = re.compile(
    r"(?:(?:ban chap hanh|ban thuong vu|thuong truc) )?(?:dang bo (tinh|huyen|quan|xa|phuong)|"
    r"(tinh|huyen|quan|thanh|thi|dang) uy)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """One citation: the document that cites, and what it says of the document that it cites."""

    document: str  # id
    reference: Reference  # ``target`` is the document it leads to, or None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingDocument:
    """A document that is cited and not in the corpus."""

    number: str | None
    type: str | None
    issued_on: str | None  # ISO 8601
    issuer: str | None
    subject: str | None
    cited_by: tuple[str, ...]  # ids of the documents that cite it, in their order


class Resolver:
    """Finds the documents of a corpus that citations lead to."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take the documents.

        Args:
            entries: all documents of the corpus, duplicates too.
        """
        self._entries = {entry.id: entry for entry in entries}
        self._by_serial: dict[str, list[Entry]] = defaultdict(list)
        self._by_date: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._entries.values():
            if entry.header.number:
                self._by_serial[_serial(entry.header.number.value)].append(entry)
            if entry.header.issued_on:
                self._by_date[entry.header.issued_on.value].append(entry)

    def resolve(self, document: str, references: Sequence[Reference]) -> tuple[Reference, ...]:
        """Return the citations of one document with the documents that they lead to.

        Args:
            document: the id of the document that cites.
            references: its citations. What one leaves out ("Kế hoạch số 5/KH-UBND") is taken
                from the others with the same number, where these agree.

        Returns:
            The same citations in their order, ``target`` set where exactly one document fits.
        """
        citing = self._entries[document]
        full = _completed(references)
        found = [self.candidates(citing, each) for each in full]
        return tuple(
            replace(reference, target=ids[0] if len(ids) == 1 else None)
            for reference, ids in zip(references, found, strict=True)
        )

    def candidates(self, citing: Entry, reference: Reference) -> tuple[str, ...]:
        """Return the ids of the documents that a citation can mean, one of each group.

        Args:
            citing: the document that cites.
            reference: the citation.

        Returns:
            Ids in the order of the corpus; empty where no document fits.
        """
        if reference.number:
            near: Sequence[Entry] = self._by_serial.get(_serial(reference.number), ())
        else:
            near = self._by_date.get(reference.issued_on or "", ())
        own = (citing.id, citing.group or citing.id)
        fitting = [entry for entry in near if fits(reference, entry, citing)]
        ids = dict.fromkeys(entry.group or entry.id for entry in fitting)
        return tuple(each for each in ids if each not in own)


def fits(reference: Reference, entry: Entry, citing: Entry) -> bool:
    """Tell whether a citation can mean a document.

    Args:
        reference: the citation.
        entry: the document.
        citing: the document that cites: "UBND huyện" in it is that of its own place.

    Returns:
        Whether what the citation says is enough, and nothing of it contradicts the document.
    """
    header = entry.header
    if reference.type and header.type and not _within(reference.type, header.type.value):
        return False
    dated = _dates(reference.issued_on, header.issued_on.value if header.issued_on else None)
    issued = _issuers(reference.issuer, entry, citing)
    if dated is False or issued is False or not _places(reference, entry, citing, dated=dated):
        return False
    if reference.number is None:
        named = reference.subject and header.subject
        same_name = (
            bool(named and _within(reference.subject or "", named.value)) if named else False
        )
        return dated is True and len(reference.issued_on or "") == 10 and bool(issued or same_name)
    if header.number is None:
        return False
    own, cited = number_key(header.number.value), number_key(reference.number)
    if own == cited:
        return True
    short = not re.search(r"[a-z]", cited) and own.startswith(f"{cited}-")
    return short and header.type is not None and bool(dated or issued)


def _within(one: str, other: str) -> bool:
    words, others = f" {_plain(one)} ", f" {_plain(other)} "
    return words in others or others in words


@cache
def _plain(words: str) -> str:
    return " ".join(syllables(fold(words)))


def _serial(number: str) -> str:
    return number_key(number).split("-", 1)[0]


def _dates(cited: str | None, own: str | None) -> bool | None:
    """Return whether two dates agree; None where one is not stated."""
    if cited is None or own is None:
        return None
    return cited.startswith(own) or own.startswith(cited)


def _issuers(cited: str | None, entry: Entry, citing: Entry) -> bool | None:
    """Return whether an issuer agrees with a document's; None where one is not stated."""
    own = entry.header.issuer
    if cited is None or own is None:
        return None
    one, other = territory_of(cited), territory_of(own.value)
    if one and other and (one.level, fold(one.name)) != (other.level, fold(other.name)):
        return False
    return _within(_body(cited), _body(own.value))


@cache
def _body(issuer: str) -> str:
    """Return the name of a body without its territory, the organs of a Party committee as one."""
    territory = territory_of(issuer)
    name = _plain(issuer)
    if territory:
        name = name.replace(f" {_plain(territory.name)}", "")
    return _PARTY.sub(lambda m: f"{'thanh' if m[1] == 'thanh pho' else m[1] or m[2]} uy", name)


def _places(reference: Reference, entry: Entry, citing: Entry, *, dated: bool | None) -> bool:
    """Tell whether a document can be meant where the citation does not say of which place."""
    if reference.issuer and territory_of(reference.issuer):
        return True  # it says so, and the issuers were compared
    own = entry.header.place
    if own is None or (reference.number and is_central(reference.number)):
        return True
    here = citing.header.place
    if here is None:
        return bool(dated)
    if _plain(own.value) == _plain(here.value):
        return True
    level, level_here = level_of(own.value), level_of(here.value)
    if level == level_here or level not in _ABOVE:
        return False
    provinces = [e.header.unit.unit.province for e in (entry, citing) if e.header.unit]
    if len(provinces) == 2:
        return provinces[0] == provinces[1]
    return bool(dated)


def is_central(number: str) -> bool:
    """Tell whether a number is of a body of the whole country: "30/2020/NĐ-CP", "29-NQ/TW"."""
    return _CENTRAL.search(f"-{number_key(number)}") is not None


def _completed(references: Sequence[Reference]) -> list[Reference]:
    """Return citations with the date and issuer that others of the same number state."""
    by_key: dict[str, list[Reference]] = defaultdict(list)
    for reference in references:
        by_key[_key(reference)].append(reference)
    completed = []
    for reference in references:
        same = by_key[_key(reference)]
        dates = {each.issued_on for each in same if each.issued_on}
        issuers = {each.issuer for each in same if each.issuer}
        date = next(iter(dates)) if len(dates) == 1 else None
        if reference.number and len(dates) <= 1:
            reference = replace(
                reference,
                issued_on=reference.issued_on or date,
                issuer=reference.issuer or (max(issuers, key=len) if issuers else None),
            )
        completed.append(reference)
    return completed


def _key(reference: Reference) -> str:
    if reference.number:
        return number_key(reference.number)
    return f"{reference.type} {_plain(reference.subject or '')}"


def resolved(
    entries: Iterable[Entry], facts: Mapping[str, Facts], documents: Collection[str] | None = None
) -> tuple[Citing, ...]:
    """Return the citations of documents with the documents that they lead to.

    Args:
        entries: all documents of the corpus.
        facts: what was found in each, by its id.
        documents: ids of the documents whose citations are wanted; None means all in ``facts``.

    Returns:
        The citations, by document in the order of ``facts``, and by their place in it.
    """
    resolver = Resolver(entries)
    return tuple(
        Citing(document=document, reference=reference)
        for document, found in facts.items()
        if documents is None or document in documents
        for reference in resolver.resolve(document, found.references)
    )


def missing(
    entries: Iterable[Entry], facts: Mapping[str, Facts], documents: Collection[str] | None = None
) -> tuple[MissingDocument, ...]:
    """Return the documents that are cited and that no document of the corpus can be.

    Args:
        entries: all documents of the corpus.
        facts: what was found in each, by its id.
        documents: ids of the documents whose citations count; None means all in ``facts``.

    Returns:
        Cited by the most documents first, then by number. What a citation leaves out is taken
        from others of the same document.
    """
    by_id = {entry.id: entry for entry in entries}
    resolver = Resolver(by_id.values())
    lacking = [
        (by_id[document], reference)
        for document, found in facts.items()
        if documents is None or document in documents
        for reference in _completed(found.references)
        if not resolver.candidates(by_id[document], reference)
        and not _is_itself(by_id[document], reference)
    ]
    lacking.sort(key=lambda pair: -_fullness(pair[1]))  # the fuller say which are the same
    found = [_missing(cluster) for cluster in _clusters(lacking)]
    return tuple(sorted(found, key=lambda m: (-len(m.cited_by), m.number or "~", m.type or "")))


def _is_itself(entry: Entry, reference: Reference) -> bool:
    return fits(reference, entry, entry)


def _fullness(reference: Reference) -> int:
    stated = (reference.issued_on, reference.issuer, reference.number, reference.subject)
    return sum(part is not None for part in stated) + len(reference.issued_on or "") // 5


_Pair = tuple[Entry, Reference]


def _clusters(pairs: Iterable[_Pair]) -> Iterator[list[_Pair]]:
    """Yield the citations of each document that is not here."""
    by_serial: dict[str, list[_Cluster]] = defaultdict(list)
    for citing, reference in pairs:
        key = _serial(reference.number) if reference.number else _key(reference)
        for cluster in by_serial[key]:
            if cluster.takes(citing, reference):
                break
        else:
            by_serial[key].append(_Cluster(citing, reference))
    for clusters in by_serial.values():
        yield from (cluster.pairs for cluster in clusters)


class _Cluster:
    """Citations of one document. Those that say the same are compared once: laws have thousands."""

    def __init__(self, citing: Entry, reference: Reference) -> None:
        self.pairs: list[_Pair] = []
        self._different: dict[Hashable, _Pair] = {}
        self._add(citing, reference)

    def takes(self, citing: Entry, reference: Reference) -> bool:
        """Take a citation that can be of the same document as all others; tell whether it was."""
        known = citing.header.place and self._said(citing, reference) in self._different
        if not known and not all(
            _same(citing, reference, *other) for other in self._different.values()
        ):
            return False
        self._add(citing, reference)
        return True

    def _add(self, citing: Entry, reference: Reference) -> None:
        self.pairs.append((citing, reference))
        self._different.setdefault(self._said(citing, reference), (citing, reference))

    @staticmethod
    def _said(citing: Entry, reference: Reference) -> Hashable:
        """Return all that ``_same`` looks at; where no place is stated the document counts."""
        place = citing.header.place
        where = _plain(place.value) if place else citing.id
        number = number_key(reference.number or "")
        return number, reference.type, reference.issued_on, reference.issuer, where


def _same(citing: Entry, one: Reference, other_citing: Entry, other: Reference) -> bool:
    """Tell whether two citations are of one document."""
    keys = sorted((number_key(one.number or ""), number_key(other.number or "")), key=len)
    short = keys[0] != keys[1] and not re.search(r"[a-z]", keys[0])
    if keys[0] != keys[1] and not (short and keys[1].startswith(f"{keys[0]}-")):
        return False
    if one.type != other.type:
        return False
    dated = _dates(one.issued_on, other.issued_on)
    if dated is False or not _issuers_agree(one.issuer, other.issuer):
        return False
    if dated or one.number is None or is_central(one.number) or citing.id == other_citing.id:
        return True
    places = [entry.header.place.value for entry in (citing, other_citing) if entry.header.place]
    return len(places) == 2 and _plain(places[0]) == _plain(places[1])


def _issuers_agree(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return True
    first, second = territory_of(one), territory_of(other)
    if first and second and (first.level, fold(first.name)) != (second.level, fold(second.name)):
        return False
    return _within(_body(one), _body(other))


def _missing(cluster: Sequence[_Pair]) -> MissingDocument:
    references = [reference for _, reference in cluster]

    def longest(values: Iterable[str | None]) -> str | None:
        return max(filter(None, values), key=len, default=None)

    return MissingDocument(
        number=longest(reference.number for reference in references),
        type=references[0].type,
        issued_on=longest(reference.issued_on for reference in references),
        issuer=longest(reference.issuer for reference in references),
        subject=longest(reference.subject for reference in references),
        cited_by=tuple(
            dict.fromkeys(
                entry.id
                for entry in sorted(
                    (entry for entry, _ in cluster), key=lambda entry: (entry.source, entry.part)
                )
            )
        ),
    )
