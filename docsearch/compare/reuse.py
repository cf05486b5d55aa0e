"""Shared text: which parts of a document stand, the same or nearly, in another.

1. Words: documents become sequences of numbers; formulas are marked (``reuse_words``).
2. Candidates: passages with four-word shingles in common, close together (``reuse_candidates``).
3. Alignment: Smith–Waterman over words; stretches that follow each other become one
   (``reuse_align``).
4. What agrees in at least ``MIN_WORDS`` words that count, and in a share of at least ``MIN_SHARE``,
   is shared text; who took it from whom is told by the dates, and by who cites whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from docsearch.compare.reuse_align import Stretch, align, stretches
from docsearch.compare.reuse_candidates import candidate_pairs
from docsearch.compare.reuse_changes import Change, changes
from docsearch.compare.reuse_words import Mask, Source, Text, read_words
from docsearch.index.relations import resolved
from docsearch.index.snapshot import Snapshot
from docsearch.index.store import Entry
from docsearch.orthography import canonical, syllables
from docsearch.records import Heading, Passage, Span, Unit

Order = Literal["dated", "cited", "same_day", "unknown", "within"]

MIN_WORDS: Final = 15
"""Words that agree, formulas not counted: a clause of a sentence. Read on the 25 documents: below
15 most are names and set phrases ("giữa gia đình, nhà trường và xã hội")."""

MIN_SHARE: Final = 0.75
"""Share of the words of both parts that agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a document that another shares."""

    document: str  # id
    span: Span
    headings: tuple[Heading, ...]  # above the passage that it begins in


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Text that two documents share, or one document has twice; ``first`` is the earlier."""

    first: Part
    second: Part
    words: int  # that agree and count
    share: float  # of the words of both parts, that agree; in (0, 1]
    order: Order  # why ``first`` comes first
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """All that one document shares with an earlier one."""

    first: str  # id
    second: str
    parts: int
    words: int  # of the later document that agree and count, each once
    share: float  # of all words of the later document that count
    order: Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A document that stands in several files, or once more in its own."""

    document: str  # id
    others: tuple[str, ...] = ()  # sources of the other files
    copy: Span | None = None  # where the document's text stands once more
    words: int = 0  # of the copy that agree
    share: float = 1.0  # of the words of the copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What documents share."""

    shared: tuple[Shared, ...]
    flows: tuple[Flow, ...]
    duplicates: tuple[Duplicate, ...]
    documents: int  # compared
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for."""

    document: str | None = None  # id: only what it shares
    other: str | None = None  # id: only what it shares with this one
    min_words: int = MIN_WORDS
    min_share: float = MIN_SHARE
    within: bool = True  # what one document has twice, too


def find_reuse(snapshot: Snapshot, wanted: Wanted, documents: Collection[str] | None) -> Found:
    """Return the text that the documents of an index share.

    Args:
        snapshot: the index, with one document of each group of duplicates.
        wanted: what is asked for.
        documents: ids of the documents that are compared; None means all.

    Returns:
        What is shared: between documents first, then inside them; the most words first.
    """
    entries = [e for e in snapshot.entries.values() if documents is None or e.id in documents]
    order = _Order(snapshot, entries)
    entries.sort(key=order.key)
    sources = list(_sources(snapshot, entries))
    texts = read_words(sources)
    pairs = candidate_pairs(texts)
    owner = np.repeat(np.arange(len(texts)), [len(text.passages) for text in texts])
    pairs = pairs[_asked(texts, owner[pairs[:, :2]], wanted)]
    kept = [each for each in stretches(texts, pairs) if _enough(texts, each, wanted)]
    headings = {source.document: source.passages for source in sources}
    shared = [_shared(texts, each, order, headings) for each in kept]
    shared.sort(key=_rank)
    return Found(
        shared=tuple(shared),
        flows=tuple(_flows(texts, kept, order)),
        duplicates=tuple(_duplicates(snapshot, sources, texts, wanted)),
        documents=len(texts),
        passages=sum(len(text.passages) for text in texts),
    )


def _sources(snapshot: Snapshot, entries: Sequence[Entry]) -> Iterator[Source]:
    ids = [entry.id for entry in entries]
    texts = snapshot.store.texts(ids)
    passages: dict[str, list[Passage]] = defaultdict(list)
    for passage in snapshot.store.passages(snapshot.store.rows_of(ids)).values():
        passages[passage.document_id].append(passage)
    facts = snapshot.some_facts(ids)
    for entry in entries:
        yield Source(
            document=entry.id,
            text=texts[entry.id],
            passages=sorted(passages[entry.id], key=lambda each: each.span),
            outline=snapshot.store.outline(entry.id),
            header=entry.header,
            facts=facts[entry.id],
        )


class _Order:
    """Who is earlier: by the dates of issue, or because the later one cites the earlier."""

    def __init__(self, snapshot: Snapshot, entries: Iterable[Entry]) -> None:
        self._days = {e.id: e.header.issued_on.value for e in entries if e.header.issued_on}
        found = resolved(snapshot.entries.values(), snapshot.facts)
        self._cites = {(each.document, each.reference.target) for each in found}

    def key(self, entry: Entry) -> tuple[bool, str, str, int, str]:
        """Return what documents are ordered by: date, those without one last, then file name."""
        day = self._days.get(entry.id)
        return (day is None, day or "", entry.source, entry.part, entry.id)

    def of(self, one: str, other: str) -> tuple[Order, bool]:
        """Return why one of two documents is earlier, and whether it is the other one."""
        if one == other:
            return "within", False
        first, second = self._days.get(one), self._days.get(other)
        if first and second:
            if first == second:
                return "same_day", False
            if not first.startswith(second) and not second.startswith(first):
                return "dated", second < first
        if (other, one) in self._cites:
            return "cited", False
        if (one, other) in self._cites:
            return "cited", True
        return "unknown", False


def _asked(texts: Sequence[Text], documents: np.ndarray, wanted: Wanted) -> np.ndarray:
    """Return which pairs of documents are asked for, (n,)."""
    asked = np.ones(len(documents), dtype=bool)
    numbers = {text.document: number for number, text in enumerate(texts)}
    for name in (wanted.document, wanted.other):
        if name is not None:
            asked &= (documents == numbers.get(name, -1)).any(axis=1)
    if not wanted.within or wanted.other is not None:
        asked &= documents[:, 0] != documents[:, 1]
    return asked


def _enough(texts: Sequence[Text], stretch: Stretch, wanted: Wanted) -> bool:
    if stretch.first == stretch.second and stretch.matches[0, 1] <= stretch.matches[-1, 0]:
        return False  # a text that repeats itself word by word: "10, 10, 10"
    return _counting(texts, stretch).sum() >= wanted.min_words and (
        stretch.share() >= wanted.min_share
    )


def _counting(texts: Sequence[Text], stretch: Stretch) -> Mask:
    """Return which of the words that agree count as shared text, (n,)."""
    one, other = stretch.matches.T
    counting: Mask = texts[stretch.first].counts[one] & texts[stretch.second].counts[other]
    return counting


def _turned(stretch: Stretch) -> Stretch:
    return Stretch(stretch.second, stretch.first, stretch.matches[:, ::-1])


def _shared(
    texts: Sequence[Text],
    stretch: Stretch,
    order: _Order,
    headings: Mapping[str, Sequence[Passage]],
) -> Shared:
    why, turn = order.of(texts[stretch.first].document, texts[stretch.second].document)
    stretch = _turned(stretch) if turn else stretch
    one, other = texts[stretch.first], texts[stretch.second]
    return Shared(
        first=_part(one, stretch.matches[:, 0], headings[one.document]),
        second=_part(other, stretch.matches[:, 1], headings[other.document]),
        words=int(_counting(texts, stretch).sum()),
        share=round(stretch.share(), 4),
        order=why,
        changes=changes(one, other, stretch),
    )


def _part(text: Text, places: np.ndarray, passages: Sequence[Passage]) -> Part:
    span = text.span(int(places[0]), int(places[-1]))
    above = next((p.headings for p in passages if p.span.overlaps(span)), ())
    return Part(document=text.document, span=span, headings=above)


def _rank(shared: Shared) -> tuple[bool, int, str, Span, str, Span]:
    first, second = shared.first, shared.second
    inside = first.document == second.document
    return (inside, -shared.words, first.document, first.span, second.document, second.span)


def _flows(texts: Sequence[Text], kept: Iterable[Stretch], order: _Order) -> list[Flow]:
    """Return what each two documents share altogether, the most words first."""
    found: dict[tuple[int, int, Order], list[Stretch]] = defaultdict(list)
    for stretch in kept:
        why, turn = order.of(texts[stretch.first].document, texts[stretch.second].document)
        if why != "within":
            stretch = _turned(stretch) if turn else stretch
            found[stretch.first, stretch.second, why].append(stretch)
    flows = []
    for (first, second, why), each in found.items():
        places = [s.matches[_counting(texts, s), 1] for s in each]
        words = len(np.unique(np.concatenate(places)))
        flows.append(
            Flow(
                first=texts[first].document,
                second=texts[second].document,
                parts=len(each),
                words=words,
                share=round(words / int(texts[second].counts.sum()), 4),
                order=why,
            )
        )
    return sorted(flows, key=lambda flow: (-flow.words, flow.first, flow.second))


def _duplicates(
    snapshot: Snapshot, sources: Sequence[Source], texts: Sequence[Text], wanted: Wanted
) -> Iterator[Duplicate]:
    for source, text in zip(sources, texts, strict=True):
        if wanted.document not in (None, source.document):
            continue
        if others := snapshot.others(source.document):
            yield Duplicate(document=source.document, others=others)
        for span in _copies(source.outline):
            words, share = _agreeing(text, span)
            yield Duplicate(document=source.document, copy=span, words=words, share=share)


def _copies(unit: Unit) -> Iterator[Span]:
    if unit.level == "copy":
        yield unit.span
        return
    for child in unit.children:
        yield from _copies(child)


def _agreeing(text: Text, span: Span) -> tuple[int, float]:
    """Return how many words of a copy agree with the rest of the document, and their share."""
    a = int(np.searchsorted(text.starts, span.start))
    b = int(np.searchsorted(text.ends, span.end, "right"))
    before = text.words[:a]
    lines = canonical(span.of(text.text)).splitlines()
    agreed, cursor, total = 0, a, b - a
    for line in lines:  # line by line: the alignment of a whole document takes n² memory
        length = len(syllables(line))
        if length:
            part = text.words[cursor : cursor + length]
            agreed += sum(len(each) for each in align(before, part, min(length, 3)))
            cursor += length
    return agreed, round(agreed / max(total, 1), 4)
