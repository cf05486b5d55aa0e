"""Answers to when a document's own work is reviewed: "Kế hoạch … tổng kết khi nào?"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docsearch.answer.by_obligation import ENOUGH, duty_or_time
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft
from docsearch.answer.granularity import gives, wanted_time
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import canonical
from docsearch.records import Deadline, Span
from docsearch.search.query import Query

_ACT: Final = re.compile(r"(?<!\w)(?:sơ kết|tổng kết)(?!\w)")
_OTHER: Final = re.compile(r"(?<!\w)(?:báo cáo|hội nghị|kết quả) (?:sơ kết|tổng kết)(?!\w)")
AFTER: Final = 60
"""Code points after the act within which its time stands; arbitrary."""


def answer_by_review(context: Context) -> Draft | None:
    """Return when the work that a document as a whole is about is reviewed.

    Its clause says hardly more than "sơ kết vào năm 2018, tổng kết vào quý II-2020": the rest of
    the question stands in the title.

    Args:
        context: the question and the index.

    Returns:
        The time of each act that the question names; None when it names none, or the only
        documents that are about its matter give no time for it.
    """
    query = context.query
    spelled = canonical(query.spelled)
    if query.intent != "when" or context.documents is None or _OTHER.search(spelled):
        return None
    acts = list(dict.fromkeys(match[0] for match in _ACT.finditer(spelled)))
    if not acts:
        return None
    part = _without(context, acts)
    if part is None:
        return None
    found = [each for act in acts if (each := _time_of(part, act))]
    if not found:
        return None
    items = tuple(duty_or_time(context, each) for each in found)
    return Draft(items=items, confidence=max(ENOUGH, found[0].coverage))


def _without(context: Context, acts: list[str]) -> Context | None:
    """Return the question without the acts, which the title does not say."""
    own = {word for act in acts for word in alike_syllables(act)}
    topic = tuple(word for word in context.query.topic if word not in own)
    about: Query = replace(context.query, topic=topic)
    if not topic:
        return None
    return Context(about, context.snapshot, context.documents, context.hits)


def _time_of(context: Context, act: str) -> Candidate[Deadline] | None:
    """Return the clause whose time stands behind an act, in the document that is most about it."""
    wanted = wanted_time(context.query)
    found: list[tuple[float, Candidate[Deadline]]] = []
    for candidate in context.timed():
        about = context.subject_coverage(candidate.document)
        if about < ENOUGH or not gives(candidate.fact, wanted):
            continue
        start = candidate.span.start
        if candidate.fact.span.start <= start:
            continue
        before = context.quoter.words(candidate.document, Span(start, candidate.fact.span.start))
        said = list(_ACT.finditer(canonical(before)))
        near = said and said[-1][0] == act and len(before) - said[-1].end() <= AFTER
        if near and not _OTHER.search(canonical(before)):
            found.append((about, candidate))
    return max(found, key=lambda pair: pair[0])[1] if found else None
