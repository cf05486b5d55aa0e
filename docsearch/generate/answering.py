"""The answer without a model, put into a model's words where they stand."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from docsearch.answer.draft import DraftItem, number_citations
from docsearch.answer.quoting import Quoter
from docsearch.errors import AlignmentError
from docsearch.generate.cache import Reply, ReplyCache, reply_key
from docsearch.generate.limits import Limits
from docsearch.generate.prompt import Prompt, without_overlaps, write_prompt
from docsearch.generate.protocol import Generator as Model
from docsearch.generate.protocol import ReplyReader
from docsearch.generate.records import (
    Dropped,
    Found,
    Kept,
    ModelReport,
    Sentence,
    Usage,
    VerifiedSentence,
)
from docsearch.generate.reply import Told, read_reply
from docsearch.generate.verify import verify
from docsearch.index.snapshot import Snapshot
from docsearch.records import Abstention, Answer, Citation, ItemFields, Passage
from docsearch.search.query import Query
from docsearch.search.retrieve import retrieve

DEPTH: Final = 24
"""Passages of the search that are looked at beside those that the answer rests on."""

_log = logging.getLogger(__name__)

Written = tuple[Answer | Abstention, ModelReport]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question with its answer without a model, and where it came from."""

    query: Query
    snapshot: Snapshot
    documents: Collection[str] | None  # ids that may be answered from; None means all
    found: Answer | Abstention


def answer_with_model(
    asked: Asked, generator: Model, limits: Limits
) -> Generator[VerifiedSentence, None, Written]:
    """Answer in a model's words, as far as they stand.

    Args:
        asked: the question, answered without a model. An abstention stays one: the model is not
            asked.
        generator: the model.
        limits: time, tokens, tries.

    Returns:
        An iterator over the sentences that stand, from the first on that rests on what docsearch
        found. Its value in the end: the answer in the model's words, or the one without a model
        where nothing stands; and what the model's part was.

    Raises:
        ModelError: the model cannot be used.
    """
    started = time.perf_counter()
    report = ModelReport(model=generator.name, where=generator.where, used=False)
    if isinstance(asked.found, Abstention):
        return asked.found, replace(report, detail="abstained: the model was not asked")
    quoter = Quoter(asked.snapshot)
    prompt = write_prompt(
        asked.query.text,
        asked.found,
        _passages(asked, asked.found.citations),
        quoter,
        budget=limits.input_tokens,
    )
    report = replace(report, withheld=prompt.withheld, left_out=prompt.left_out)
    if not prompt.given:
        return asked.found, replace(report, problem="no_answer", detail="no passage to give")
    announce(generator)
    judged = _Judged(asked.found, quoter)
    told, cached = yield from _judge(judged, asked, prompt, generator, limits)
    problem, detail = told.problem, told.detail
    if problem is None and not judged.shown:
        problem = "beside_the_point" if judged.kept else "nothing_stood"
    report = replace(
        report,
        used=bool(judged.shown),
        problem=problem,
        detail=detail,
        kept=len(judged.shown),
        dropped=tuple(judged.dropped),
        structured=told.structured,
        cached=cached,
        usage=_usage(told, limits),
        seconds=round(time.perf_counter() - started, 3),
    )
    if not judged.shown:
        return asked.found, report
    return _answer(asked.found, judged.shown), report


@dataclass(slots=True)
class _Judged:
    """The sentences of one reply, as far as they came."""

    found: Answer
    quoter: Quoter
    kept: list[VerifiedSentence]
    shown: list[VerifiedSentence]
    dropped: list[Dropped]

    def __init__(self, found: Answer, quoter: Quoter) -> None:
        self.found, self.quoter = found, quoter
        self.kept, self.shown, self.dropped = [], [], []

    def take(self, result: Kept | Dropped) -> Iterator[VerifiedSentence]:
        """Take one sentence and yield what may be shown by now.

        What stands is held back until one sentence rests on the evidence that was found without
        the model: true sentences beside the point are no answer.
        """
        if isinstance(result, Dropped):
            self.dropped.append(result)
            return
        sentence = VerifiedSentence(
            text=result.text,
            citations=tuple(_citation(found, self.quoter) for found in result.quotes),
        )
        if any(sentence.text == other.text for other in self.kept):
            return
        self.kept.append(sentence)
        if self.shown or self._to_the_point(sentence):
            fresh = self.kept[len(self.shown) :]
            self.shown.extend(fresh)
            yield from fresh

    def _to_the_point(self, sentence: VerifiedSentence) -> bool:
        return any(
            own.document == found.document and own.span.overlaps(found.span)
            for own in sentence.citations
            for found in self.found.citations
        )


def _judge(
    judged: _Judged, asked: Asked, prompt: Prompt, generator: Model, limits: Limits
) -> Generator[VerifiedSentence, None, tuple[Told, bool]]:
    given = {each.id: each for each in prompt.given}
    store = ReplyCache(asked.snapshot.folder)
    key = reply_key(asked.query.text, asked.snapshot.folder, prompt, generator.name)
    old = store.get(key) if limits.cache else None
    if old is not None:
        for sentence in _read(old.text):
            yield from judged.take(verify(sentence, given))
        return Told(structured=old.structured), True
    reply = read_reply(generator, prompt, limits)
    while True:
        try:
            sentence = next(reply)
        except StopIteration as stop:
            told: Told = stop.value
            break
        yield from judged.take(verify(sentence, given))
    if limits.cache and told.problem is None:
        store.put(key, Reply(text=told.text, structured=told.structured))
    return told, False


def _read(text: str) -> Iterator[Sentence]:
    reader = ReplyReader()
    yield from reader.feed(text)
    yield from reader.close()


def _passages(asked: Asked, citations: Iterable[Citation]) -> tuple[Passage, ...]:
    """Return the passages that may be quoted: those the answer rests on, then the best hits."""
    hits = retrieve(asked.query, asked.snapshot, k=DEPTH, documents=asked.documents)
    found = [hit.passage for hit in hits]
    first: list[Passage] = []
    for citation in citations:
        near = [p for p in found if _holds(p, citation)]
        first.extend(near or _passages_of(asked.snapshot, citation))
    return without_overlaps([*first, *found])


def _holds(passage: Passage, citation: Citation) -> bool:
    return passage.document_id == citation.document and passage.span.overlaps(citation.span)


def _passages_of(snapshot: Snapshot, citation: Citation) -> Iterable[Passage]:
    rows = snapshot.store.rows_of([citation.document])
    passages = snapshot.store.passages(rows).values()
    holding = [passage for passage in passages if _holds(passage, citation)]
    return sorted(holding, key=lambda passage: passage.span)


def _citation(found: Found, quoter: Quoter) -> Citation:
    citation = quoter.cite(found.given.document, found.span, found.given.headings, [found.span])
    piece = found.given.pieces[found.piece].text[found.start : found.end]
    if citation.quote != piece:  # how it was found, and what the document holds there
        raise AlignmentError(found.span.start, citation.quote, piece)
    return citation


def _answer(found: Answer, sentences: Iterable[VerifiedSentence]) -> Answer:
    drafts = tuple(
        DraftItem(
            text=sentence.text,
            fields=ItemFields(place=sentence.citations[0].place),
            citations=sentence.citations,
        )
        for sentence in sentences
    )
    items, citations = number_citations(drafts)
    return replace(
        found,
        text="\n".join(item.text for item in items),
        items=items,
        citations=citations,
    )


def _usage(told: Told, limits: Limits) -> Usage:
    if not told.input_tokens and not told.output_tokens:
        return Usage()
    cost = None
    if limits.prices is not None:
        price_in, price_out = limits.prices
        cost = round((told.input_tokens * price_in + told.output_tokens * price_out) / 1e6, 8)
    return Usage(input_tokens=told.input_tokens, output_tokens=told.output_tokens, cost=cost)


@cache
def _announced(name: str, where: str | None) -> None:
    name = name.removeprefix(f"{where}#")
    place = where or "nơi mà đối tượng mô hình đó gửi"
    _log.warning(
        "docsearch: câu hỏi và các đoạn văn bản được gửi tới %s (mô hình %s). "
        "/ The question and passages are sent to %s.",
        place,
        name,
        where or "wherever that model sends them",
    )


def announce(generator: Model) -> None:
    """Say where text goes, once for each model of this process, before anything is sent."""
    _announced(generator.name, generator.where)
