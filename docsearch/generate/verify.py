"""Which sentences of a model stand: pure functions over what it was given and what it wrote.

A sentence stands when every quotation is found in its passage and the passage's quotations carry
all that the sentence says: its figures, dates, document numbers and names, every other word but
those of ``vocabulary/framing.json``, with the negations, conditions and bounds that go with
them, and tied together as the document ties them. Strict is safer: a right sentence that
is worded too freely is dropped, a wrong one must not pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from docsearch.generate.claims import check_claims
from docsearch.generate.evidence import Evidence
from docsearch.generate.quotes import clean, in_marks, is_whole, locate
from docsearch.generate.records import Dropped, DropReason, Found, Given, Kept, Quote, Sentence

MAX_SENTENCE: Final = 1_500
"""Characters of the longest sentence; a law's article is shorter."""

MAX_QUOTES: Final = 12
"""Quotations of one sentence."""

_LIST_MARK: Final = re.compile(r"^\s*(?:[-+•*–]\s+|\(?\d{1,2}[.)]\s+|[a-zđ]\)\s+)")
_CITED: Final = re.compile(r"\s*[\[(](?:đoạn\s+)?P\d+(?:\s*[,;]\s*(?:đoạn\s+)?P\d+)*[\])]", re.I)


def verify(sentence: Sentence, given: Mapping[str, Given]) -> Kept | Dropped:
    """Decide whether a sentence stands.

    Args:
        sentence: as the model wrote it.
        given: the passages that it was given, by id.

    Returns:
        The sentence with its quotations where they stand, or the reason for which it does not.
    """
    text = readable(sentence.text)
    if len(text) > MAX_SENTENCE or len(sentence.quotes) > MAX_QUOTES:
        return Dropped(text=text[:MAX_SENTENCE], reason="too_long")
    found: list[tuple[Found, ...]] = []
    for quote in sentence.quotes:
        places = _places(quote, given)
        if isinstance(places, str):
            return Dropped(text=text, reason=places, detail=clean(quote.text)[:MAX_SENTENCE])
        found.append(places)
    if not found or not text:
        return Dropped(text=text, reason="no_quote")
    for marked in in_marks(text):
        if not any(locate(places[0].given, marked) for places in found):
            return Dropped(text=text, reason="quotation_marks", detail=marked)
    return _carried(text, found)


def readable(text: str) -> str:
    """Return a sentence on one line, without a list's mark and without ids of passages."""
    return clean(_CITED.sub("", _LIST_MARK.sub("", clean(text))))


def _places(quote: Quote, given: Mapping[str, Given]) -> tuple[Found, ...] | DropReason:
    passage = given.get(quote.passage)
    if passage is None:
        return "unknown_passage"
    places = locate(passage, quote.text)
    if not places:
        return "not_verbatim"
    return tuple(place for place in places if is_whole(place)) or "cut_quote"


def _carried(text: str, found: Sequence[tuple[Found, ...]]) -> Kept | Dropped:
    """Decide whether each passage that is cited carries the sentence by itself."""
    passages = list(dict.fromkeys(places[0].given.id for places in found))
    kept: list[Found] = []
    for passage in passages:
        own = [places for places in found if places[0].given.id == passage]
        chosen = [places[0] for places in own]
        fault = check_claims(text, Evidence.of(chosen[0].given, list(_all(own))))
        if fault:
            reason, detail = fault
            return Dropped(
                text=text,
                reason="several_passages" if len(passages) > 1 else reason,
                detail=detail,
            )
        kept.extend(chosen)
    return Kept(text=text, quotes=tuple(kept))


def _all(places: Iterable[Sequence[Found]]) -> Iterable[Found]:
    for found in places:
        yield from found[:1]
