"""Document → records: places, outline, facts, passages, vectors.

Documents that say where they are from are written first: by their signatories the places of the
others are inferred. What is encoded is kept at once, so that nothing is encoded twice when a build
is stopped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec

from docsearch.encode import Encoder, words
from docsearch.encode.pieces import pieces_of
from docsearch.encode.word_process import WORTH, WordProcess
from docsearch.facts.find import find_facts
from docsearch.index.derive import Progress
from docsearch.index.identity import infer_place, make_id, name_starts
from docsearch.index.manifest import PIPELINE
from docsearch.index.store import PassageRow
from docsearch.index.tokens import word_tokens
from docsearch.index.writing import Records
from docsearch.parse.header import find_unit, parse_header
from docsearch.parse.outline import parse_outline
from docsearch.parse.passages import split
from docsearch.parse.view import view
from docsearch.records import Document, Facts, Header, Passage, Span, Unit

GROUP: Final = 512
"""Pieces that are encoded together: enough to sort them by length, few enough to lose when a
build is stopped (4 s on 2 cores with AMX); arbitrary."""

MAX_HEADING: Final = 160
"""Code points of a heading that are encoded with a passage; arbitrary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """One document that is to be written: read once, and kept on disk until its turn."""

    path: str
    source: str
    header: Header
    replaces: str | None  # id of the document that it replaces
    spooled: Path
    length: int  # code points of its text


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """One document with everything that is stored of it but its vectors."""

    document: Document
    path: str
    header: Header
    outline: Unit
    facts: Facts
    passages: tuple[Passage, ...]

    @cached_property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """What is encoded of each passage: the whole of it, or its pieces."""
        return tuple(embedding_texts(passage, self.header) for passage in self.passages)


class Processor:
    """Writes the changed documents of one build into its records."""

    def __init__(self, records: Records, encoder: Encoder, report: Progress) -> None:
        self._records = records
        self._encoder = encoder
        self._report = report
        self._prefix = f"{encoder.name}@{encoder.revision}/{encoder.dim}:"
        self._beside: WordProcess | None = None

    @contextmanager
    def segmenting(self, length: int) -> Iterator[None]:
        """Find words beside encoding where there are as many code points as make that pay."""
        if length >= WORTH:
            self._beside = WordProcess()
            self._beside.start()
        try:
            yield
        finally:
            if self._beside:
                self._beside.close()
            self._beside = None

    def write(self, new: Sequence[New]) -> None:
        """Store documents.

        Args:
            new: the documents, in the order in which ids are given.
        """
        with self.segmenting(sum(each.length for each in new)):
            self._write(new)

    def _write(self, new: Sequence[New]) -> None:
        ordered = sorted(new, key=lambda each: each.header.place is None)
        total = sum(each.length for each in new)
        read = done = 0
        waiting: list[Parsed] = []
        for number, each in enumerate(ordered, start=1):
            if each.header.place is None and waiting and waiting[-1].header.place:
                done += self.put(waiting, done, read, total)  # the last who sign for a place
                waiting = []
            waiting.append(self._parse(each, taken={p.document.id for p in waiting}))
            read += each.length
            self._report("parsing", number, len(ordered))
            if sum(len(texts) for parsed in waiting for texts in parsed.texts) >= GROUP:
                done += self.put(waiting, done, read, total)
                waiting = []
        self.put(waiting, done, read, total)

    def _parse(self, new: New, taken: set[str]) -> Parsed:
        document = msgspec.json.decode(new.spooled.read_bytes(), type=Document)
        header = self._placed(document.text, new.header)
        document_id = new.replaces or make_id(document, header, _Taken(self._records, taken))
        document = replace(document, id=document_id)
        outline = parse_outline(document.text, bold=document.bold)
        return self._parsed(document, new.path, header, outline)

    def _parsed(self, document: Document, path: str, header: Header, outline: Unit) -> Parsed:
        return Parsed(
            document=document,
            path=path,
            header=header,
            outline=outline,
            facts=find_facts(document, header, outline),
            passages=tuple(split(document, outline)),
        )

    def _placed(self, text: str, header: Header) -> Header:
        """Return a header without a place with the one that the people it names give away."""
        if header.place is not None:
            return header
        signed = self._records.signed(name_starts(text))
        placed = replace(header, place=infer_place(text, signed))
        return replace(placed, unit=find_unit(text, placed))

    def put(self, group: Sequence[Parsed], done: int, read: int, total: int) -> int:
        """Encode and store documents.

        Args:
            group: the documents.
            done: how many pieces were stored before.
            read: how much of all was parsed, these included, in any unit.
            total: how much there is.

        Returns:
            How many pieces they have.
        """
        texts = [text for parsed in group for pieces in parsed.texts for text in pieces]
        # how many pieces there will be is told by the share of the text that was parsed
        expected = round((done + len(texts)) * total / read) if read else 0
        segmented = self._words([passage.text for parsed in group for passage in parsed.passages])
        self._encode(texts, done, max(expected, done + len(texts)))
        found = iter(segmented())
        for parsed in group:
            rows = [
                PassageRow(passage=passage, words=next(found), encoded=self._keys(own))
                for passage, own in zip(parsed.passages, parsed.texts, strict=True)
            ]
            self._records.put(
                parsed.document,
                path=parsed.path,
                pipeline=PIPELINE,
                header=parsed.header,
                outline=parsed.outline,
                facts=parsed.facts,
                passages=rows,
            )
        return len(texts)

    def _words(self, texts: Sequence[str]) -> Callable[[], list[tuple[str, ...]]]:
        """Begin to find the words of passages; return what gives those of each."""
        if self._beside is None:
            return lambda: [segmented(text) for text in texts]
        waiting = self._beside.find(texts)
        return lambda: [tuple(word_tokens(found)) for found in waiting()]

    def _encode(self, texts: Sequence[str], done: int, total: int) -> None:
        """Store the vectors of texts that have none yet.

        Args:
            texts: what is encoded.
            done: how many texts were encoded before.
            total: how many there will be.
        """
        keyed = {self._key(text): text for text in texts}
        lacking = self._records.lacking(keyed)
        known = done + sum(self._key(text) not in lacking for text in texts)

        def count(finished: int) -> None:
            nonlocal known
            known = min(known + finished, done + len(texts))
            self._report("encoding", known, total)

        wanted = [key for key in keyed if key in lacking]
        for start in range(0, len(wanted), GROUP):
            keys = wanted[start : start + GROUP]
            vectors = self._encoder.encode_passages([keyed[key] for key in keys], progress=count)
            self._records.put_vectors(keys, vectors)
        if texts:
            self._report("encoding", done + len(texts), total)

    def _keys(self, texts: Sequence[str]) -> tuple[bytes, ...]:
        return tuple(self._key(text) for text in texts)

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self._prefix}{text}".encode()).digest()[:16]

    def settle_places(self) -> None:
        """Infer the places anew that documents which came or went may have changed."""
        for known in self._records.unsettled():
            document = self._records.document(known.id)
            (entry,) = self._records.entries([known.id])
            header = self._placed(document.text, parse_header(document.text))
            if header != entry.header:
                outline = self._records.outline(known.id)
                parsed = self._parsed(document, known.path, header, outline)
                self.put([parsed], 0, 1, 1)
            self._records.settled(known.key)

    def encode_missing(self) -> None:
        """Encode the pieces that have no vector of this encoder."""
        total = self._records.count()[1]
        passages = done = 0
        for some in _groups(self._records.passage_rows()):
            texts = {row: embedding_texts(stored.passage, header) for row, stored, header in some}
            pieces = [text for own in texts.values() for text in own]
            passages += len(some)
            self._encode(pieces, done, round((done + len(pieces)) * total / passages))
            keys = {row: self._keys(own) for row, own in texts.items()}
            old = {row: stored.encoded for row, stored, _ in some}
            self._records.put_keys({row: own for row, own in keys.items() if own != old[row]})
            done += len(pieces)


class _Taken:
    """The ids that a new document cannot have."""

    def __init__(self, records: Records, waiting: set[str]) -> None:
        self._records = records
        self._waiting = waiting

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._waiting or document_id in self._records


_Row = tuple[int, PassageRow, Header]


def _groups(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    group: list[_Row] = []
    for row in list(rows):
        group.append(row)
        if len(group) == GROUP:
            yield group
            group = []
    if group:
        yield group


def segmented(text: str) -> tuple[str, ...]:
    """Return the words of a passage that are indexed."""
    return tuple(word_tokens(span.of(text) for span in words(text)))


def embedding_texts(passage: Passage, header: Header) -> tuple[str, ...]:
    """Return what is encoded of a passage: kind and place of the document, headings, words.

    Args:
        passage: the passage.
        header: the header of its document.

    Returns:
        One line for each piece of its words; they are never quoted.
    """
    about = [stated.value for stated in (header.type, header.place) if stated]
    above = [text[:MAX_HEADING] for text in passage.path[-2:]]
    text = view(passage.text, [Span(0, len(passage.text))]).text
    return pieces_of(text, ". ".join([*([" ".join(about)] if about else []), *above]))
