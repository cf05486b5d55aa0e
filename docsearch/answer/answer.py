"""Question → Answer | Abstention: facts first, passages otherwise, every quotation checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from docsearch.answer.asked_person import of_person
from docsearch.answer.by_assessment import answer_by_assessment
from docsearch.answer.by_attendance import answer_by_attendance
from docsearch.answer.by_bodies import answer_by_bodies
from docsearch.answer.by_cited import answer_about_cited, answer_by_successor
from docsearch.answer.by_contact import answer_by_contact
from docsearch.answer.by_cutoff import answer_by_cutoff
from docsearch.answer.by_header import answer_by_header, answer_by_own_subject
from docsearch.answer.by_headers import answer_across_headers, asks_across_headers
from docsearch.answer.by_holdings import answer_by_holdings
from docsearch.answer.by_kind import answer_by_kind, asks_for_kind
from docsearch.answer.by_matter import answer_by_matter
from docsearch.answer.by_member import as_member
from docsearch.answer.by_name import answer_by_name, asks_where_named
from docsearch.answer.by_obligation import (
    answer_by_obligation,
    counts_work,
    is_event,
)
from docsearch.answer.by_passage import (
    answer_by_definition,
    answer_by_passage,
    asks_who_directs,
)
from docsearch.answer.by_person import answer_by_person, answer_by_roles, asks_for_person
from docsearch.answer.by_posting import answer_by_posting
from docsearch.answer.by_proposer import answer_by_proposer
from docsearch.answer.by_reference import (
    answer_by_citations_of,
    answer_by_reference,
    refuse_lost,
    refuse_only_cited,
)
from docsearch.answer.by_review import answer_by_review
from docsearch.answer.by_rewording import answer_by_rewording
from docsearch.answer.by_role import answer_by_role
from docsearch.answer.by_section import answer_by_heading, answer_by_section
from docsearch.answer.by_stage import answer_by_stage
from docsearch.answer.by_structure import answer_by_structure
from docsearch.answer.by_suggestion import answer_by_suggestion
from docsearch.answer.by_table import answer_by_table, asks_for_rows
from docsearch.answer.by_target import answer_by_target
from docsearch.answer.by_unit import answer_by_unit
from docsearch.answer.candidates import Context
from docsearch.answer.checks import checked
from docsearch.answer.comparing import compare_places
from docsearch.answer.dated import tells_by_day
from docsearch.answer.draft import Draft, Refusal, number_citations
from docsearch.answer.in_parts import answer_in_parts
from docsearch.answer.missing import refuse_missing_part, refuse_other_meeting
from docsearch.answer.periods import puts_periods_together
from docsearch.answer.premises import check_premises
from docsearch.answer.quoting import Quoter
from docsearch.answer.side_by_side import answer_side_by_side
from docsearch.answer.sides import stands_beside_unknown
from docsearch.answer.which import Meant, find_meant, name_places
from docsearch.answer.wording import Language, reason_text
from docsearch.errors import AlignmentError
from docsearch.index.snapshot import Snapshot
from docsearch.orthography import canonical, fold
from docsearch.records import Abstention, Answer, Citation, Intent
from docsearch.search.encoded import with_vectors
from docsearch.search.parts import asks_where
from docsearch.search.query import Query
from docsearch.search.retrieve import retrieve

DEPTH: Final = 60
"""Passages that an answer is looked for in."""

_Way = Callable[[], Draft | Refusal | None]


def answer(
    query: Query, snapshot: Snapshot, *, documents: Collection[str] | None = None
) -> Answer | Abstention:
    """Answer a question from an index.

    Args:
        query: the question, understood.
        snapshot: the index.
        documents: ids of the documents that may be answered from; None means all.

    Returns:
        An answer whose quotations stand in their documents, or why there is none.
    """
    whole = (asks_for_kind, asks_for_rows, asks_across_headers, asks_where_named)
    if any(asks(query) for asks in whole):
        query = replace(query, parts=())
    draft = answer_side_by_side(
        query, snapshot, documents, ask=partial(_draft, snapshot=snapshot), first=_first
    )
    if draft is None:
        draft = answer_in_parts(query, lambda part: _draft(part, snapshot, documents))
    quoter = Quoter(snapshot)
    if isinstance(draft, Refusal):
        return _abstention(query, draft, quoter)
    draft = of_person(query, draft)
    items, citations = number_citations(draft.items)
    _check(quoter, citations)
    return Answer(
        question=query.asked or query.text,
        intent=query.intent,
        text="\n".join(item.text for item in items),
        confidence=round(min(draft.confidence, 1.0), 3),
        items=items,
        citations=citations,
    )


def _draft(query: Query, snapshot: Snapshot, documents: Collection[str] | None) -> Draft | Refusal:
    query = name_places(query, snapshot)
    meant = find_meant(query, snapshot, documents)
    lost = refuse_lost(meant)
    if lost:
        return lost
    beside = query.places and (query.intent == "compare" or stands_beside_unknown(query))
    if query.unknown_places and not beside:
        if member := as_member(query, snapshot, documents):
            return _answered(member.query, snapshot, meant, member.documents)
        if cited := _cited_without_place(query, snapshot, meant):
            return cited
        return Refusal(reason="place_not_in_corpus", detail=", ".join(query.unknown_places))
    if _asks_nothing(query):
        return Refusal(reason="ambiguous")
    allowed = meant.documents if meant.documents is not None else documents
    if query.doubtful_places and not query.places and not meant.own:
        # Only a document that does not say where it is of can be of a place that none names.
        entries = snapshot.entries
        allowed = [
            document
            for document in (entries if allowed is None else allowed)
            if entries[document].header.place is None
        ]
        result = _answered(query, snapshot, meant, allowed) if allowed else None
        if isinstance(result, Draft):
            return result
        return Refusal(reason="place_not_in_corpus", detail=", ".join(query.doubtful_places))
    return _answered(query, snapshot, meant, allowed)


def _cited_without_place(query: Query, snapshot: Snapshot, meant: Meant) -> Draft | None:
    """Return what is cited by a document that does not say of which place it is.

    It may be of the place that a question names and no document does: the number decides.
    """
    entries = snapshot.entries
    cited = tuple(c for c in meant.cited if entries[c.document].header.place is None)
    if meant.own or not cited:
        return None
    citing = frozenset(each.document for each in cited)
    hits = retrieve(query, snapshot, k=DEPTH, documents=citing)
    context = Context(query, snapshot, citing, hits)
    draft = answer_about_cited(context, replace(meant, documents=citing, cited=cited))
    return draft if isinstance(draft, Draft) else None


def _answered(
    query: Query, snapshot: Snapshot, meant: Meant, allowed: Collection[str] | None
) -> Draft | Refusal:
    compares = query.intent == "compare" or len({fold(place) for place in query.places}) > 1
    compares = compares or bool(query.unknown_places and stands_beside_unknown(query))
    if compares:  # the same words are looked for in the documents of every side
        snapshot = with_vectors(snapshot, [query])
    hits = retrieve(query, snapshot, k=DEPTH, documents=allowed)
    context = Context(query, snapshot, allowed, hits)
    if asks_for_kind(query):
        return answer_by_kind(context)
    if named := answer_by_name(context):
        return named
    if held := answer_by_holdings(context, meant):
        return held
    if asks_across_headers(query) and (across := answer_across_headers(context, meant)):
        return across
    if compares and len(query.numbers) > 1 and not meant.own:
        said = answer_about_cited(context, meant)
        if isinstance(said, Draft):
            return said
    if query.intent == "how_many" and allowed is not None and puts_periods_together(query):
        compares = True
    if compares:
        compared = compare_places(context, lambda part: _first(part, meant, part.query.intent))
        if compared:
            return compared
    result = _first(context, meant, query.intent)
    if isinstance(result, Refusal) and meant.cited and not meant.own:
        return replace(result, reason="document_not_in_corpus")
    return result


_CITED_BY_NUMBER: Final = re.compile(r"\bsố (?:mấy|bao nhiêu|nào|gì)\b")
_LEVELS: Final = frozenset(("huyện", "xã", "tỉnh", "thị", "trấn", "quận", "phường"))


def _asks_nothing(query: Query) -> bool:
    """Return whether nothing is left of a question that could be looked for."""
    said = query.numbers or query.dates or query.places or query.recurrence or query.years
    words = [word for word in query.topic if len(word) > 1 and word not in _LEVELS]
    return not (words or said or query.intent in ("list", "which_document", "compare"))


def _first(context: Context, meant: Meant, intent: Intent) -> Draft | Refusal:
    """Return what the first way of answering gives that has anything to say."""
    given = (way() for way in _ways(context, meant, intent))
    result = next((each for each in given if each is not None), None) or answer_by_passage(context)
    return checked(context, result) if isinstance(result, Draft) else result


_OF_CASE: Final = re.compile(r"\bthi (?:bi |phai )?(?:lam )?(?:gi|sao|the nao|ra sao|xu ly)\b")
"""Asks what follows from something: the day that it names says of what, not by when."""


def _ways(context: Context, meant: Meant, intent: Intent) -> Sequence[_Way]:
    query = context.query
    by_header = partial(answer_by_header, context, meant)
    by_unit = partial(answer_by_unit, context)
    by_matter = partial(answer_by_matter, context)
    obligation = partial(answer_by_obligation, context)
    cited: tuple[_Way, ...] = ()
    close: tuple[_Way, ...] = ()
    if not meant.own:
        cited = (partial(answer_by_reference, context, meant),)
        if not is_event(query.text):
            close = (partial(answer_by_reference, context, meant, close=True),)
    cites = (
        (partial(answer_by_citations_of, context),)
        if _CITED_BY_NUMBER.search(canonical(query.spelled))
        else ()
    )
    roles = partial(answer_by_roles, context)
    if asks_for_person(query):
        return (roles, partial(answer_by_person, context))
    dated = query.dates and not _OF_CASE.search(fold(query.text))
    dated = dated and not (asks_where(query.text) or tells_by_day(query))
    ways: dict[Intent, tuple[_Way, ...]] = {
        "metadata": (by_header, *cited, *cites),
        "who": (
            by_matter,
            partial(answer_by_definition, context),
            partial(answer_by_bodies, context),
            partial(answer_by_role, context),
            *(() if asks_who_directs(query) else (partial(obligation, "who"),)),
        ),
        "when": (
            *close,
            partial(answer_by_cutoff, context),
            partial(answer_by_review, context),
            partial(obligation, "when"),
        ),
        "to_whom": (
            partial(answer_by_suggestion, context),
            partial(obligation, "to_whom"),
        ),
        "list": (by_unit, partial(answer_by_bodies, context), partial(obligation, "list")),
        "how_many": (
            *((partial(obligation, "list"),) if counts_work(query) else ()),
            partial(answer_by_target, context),
        ),
        "yes_no": (partial(check_premises, context, meant),),
        "which_document": (
            *cited,
            partial(answer_by_own_subject, context),
            by_matter,
            partial(answer_by_citations_of, context),
        ),
        "what": (
            by_matter,
            by_unit,
            partial(answer_by_bodies, context),
            *((partial(obligation, "what"),) if dated else ()),
            partial(answer_by_heading, context, meant),
        ),
    }
    first = ways.get(intent, ())
    if query.numbers and intent in ("what", "yes_no", "list", "how_many"):
        first = (*cited, *first)
    return (
        partial(answer_by_rewording, context),
        roles,
        partial(refuse_missing_part, context),
        partial(refuse_other_meeting, context),
        partial(answer_by_successor, context, meant),
        partial(answer_by_proposer, context, meant),
        partial(answer_about_cited, context, meant),
        partial(refuse_only_cited, context, meant),
        partial(answer_by_posting, context, meant),
        partial(answer_by_table, context),
        partial(answer_by_attendance, context),
        partial(answer_by_stage, context),
        partial(answer_by_structure, context, meant),
        partial(answer_by_section, context, meant),
        partial(answer_by_contact, context),
        partial(answer_by_assessment, context),
        *first,
    )


def _abstention(query: Query, refusal: Refusal, quoter: Quoter) -> Abstention:
    _check(quoter, refusal.nearest)
    language: Language = "en" if query.language == "en" else "vi"
    return Abstention(
        question=query.asked or query.text,
        intent=query.intent,
        reason=refusal.reason,
        text=reason_text(refusal.reason, language, refusal.detail),
        confidence=round(min(refusal.confidence, 1.0), 3),
        nearest=refusal.nearest,
    )


def _check(quoter: Quoter, citations: Sequence[Citation]) -> None:
    """Compare every quotation with its document, independently of how it was made.

    Args:
        quoter: reads the documents.
        citations: what is to be shown.

    Raises:
        AlignmentError: a quotation does not stand where its citation says.
    """
    quoter.read_texts({citation.document for citation in citations})
    for citation in citations:
        text = quoter.text(citation.document)
        found = text[citation.span.start : citation.span.end]
        if found != citation.quote or not found:
            raise AlignmentError(citation.span.start, found, citation.quote)
