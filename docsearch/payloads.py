"""Records → JSON values, as the command line and the HTTP service give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docsearch.generate.records import ModelReport, VerifiedSentence
from docsearch.index.relations import Citing, MissingDocument
from docsearch.index.store import Entry
from docsearch.records import (
    Abstention,
    AdministrativeUnit,
    Answer,
    Citation,
    Deadline,
    Document,
    Header,
    Hit,
    HitParts,
    ItemFields,
    Mention,
    ResolvedPlace,
    Span,
    Stated,
    Unit,
)
from docsearch.register.query import Due
from docsearch.register.query import Stated as StatedTarget
from docsearch.search.query import Query

# JSON values of many shapes: ``Any`` here stands for str | int | float | bool | None | list | dict.
Json = dict[str, Any]


def answer_payload(result: Answer | Abstention) -> Json:
    """Return an answer or abstention as ``docsearch ask --json`` prints it."""
    if isinstance(result, Abstention):
        return {
            "question": result.question,
            "status": "abstained",
            "reason": result.reason,
            "intent": result.intent,
            "answer": result.text,
            "confidence": result.confidence,
            "items": [],
            "citations": [],
            "nearest": [citation_payload(citation) for citation in result.nearest],
        }
    return {
        "question": result.question,
        "status": "answered",
        "reason": None,
        "intent": result.intent,
        "answer": result.text,
        "confidence": result.confidence,
        "items": [
            {
                "text": item.text,
                "fields": fields_payload(item.fields),
                "citations": list(item.citations),
            }
            for item in result.items
        ],
        "citations": [citation_payload(citation) for citation in result.citations],
        "nearest": [],
    }


def model_payload(report: ModelReport) -> Json:
    """Return what a model's part in an answer was, as ``docsearch ask --model --json`` prints it.

    ``used`` says whether the answer is the model's; ``tokens`` are those that it counted.
    """
    usage = report.usage
    return {
        "name": report.model,
        "where": report.where,
        "used": report.used,
        "problem": report.problem,
        "detail": report.detail,
        "kept": report.kept,
        "dropped": [
            {"text": dropped.text, "reason": dropped.reason, "detail": dropped.detail}
            for dropped in report.dropped
        ],
        "withheld": list(report.withheld),
        "left_out": report.left_out,
        "structured": report.structured,
        "cached": report.cached,
        "seconds": report.seconds,
        "tokens": {"input": usage.input_tokens, "output": usage.output_tokens},
        "cost": usage.cost,
    }


def sentence_payload(sentence: VerifiedSentence) -> Json:
    """Return one verified sentence of a stream: its words, and its citations as in an answer."""
    return {
        "text": sentence.text,
        "citations": [citation_payload(citation) for citation in sentence.citations],
    }


def fields_payload(fields: ItemFields) -> Json:
    """Return the fields of an item that apply."""
    values = {
        "actors": list(fields.actors),
        "action": fields.action,
        "deadline": fields.deadline,
        "recipient": fields.recipient,
        "forwarded_to": list(fields.forwarded_to),
        "value": fields.value,
        "unit": fields.unit,
        "comparator": fields.comparator,
        "period": fields.period,
        "place": fields.place,
        "number": fields.number,
        "date": fields.date,
    }
    return {name: value for name, value in values.items() if value not in (None, [])}


def citation_payload(citation: Citation) -> Json:
    """Return a citation: its document, place, position and words."""
    return {
        "document": citation.document,
        "source": citation.source,
        "number": citation.number,
        "type": citation.type,
        "place": citation.place,
        "issued_on": citation.issued_on,
        "path": list(citation.path),
        "page": citation.page,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "marks": [[mark.start, mark.end] for mark in citation.marks],
        "duplicates": list(citation.duplicates),
    }


def hit_payload(
    hit: Hit, entry: Entry, duplicates: Sequence[str] = (), query: Query | None = None
) -> Json:
    """Return a hit as ``docsearch search --json`` prints it.

    Args:
        hit: the hit.
        entry: its document.
        duplicates: sources of the same document in other files.
        query: how the query was read.

    Returns:
        JSON values; with ``explain`` where the hit has its parts.
    """
    passage = hit.passage
    payload: Json = {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "scorer": hit.scorer,
        "document": passage.document_id,
        "source": entry.source,
        "start": passage.span.start,
        "end": passage.span.end,
        "text": passage.text,
        "path": list(passage.path),
        "place": entry.header.place.value if entry.header.place else None,
        "duplicates": list(duplicates),
    }
    if hit.parts:
        payload["explain"] = _parts_payload(hit.parts, query)
    return payload


def _parts_payload(parts: HitParts, query: Query | None) -> Json:
    return {
        "lexical": round(parts.lexical, 6),
        "fields": {name: round(score, 6) for name, score in parts.fields.items()},
        "dense": None if parts.dense is None else round(parts.dense, 6),
        "fused": {"lexical": round(parts.lexical_share, 6), "dense": round(parts.dense_share, 6)},
        "number": round(parts.number, 6),
        "query": reading_payload(query) if query else None,
    }


def reading_payload(query: Query) -> Json:
    """Return how a query was read: its spelling, what was corrected, what else is looked for."""
    return {
        "spelled": query.spelled,
        "restored": query.restored,
        "corrections": [{"typed": c.typed, "meant": c.meant} for c in query.corrections],
        "expansions": [{"typed": e.typed, "also": e.also} for e in query.expansions],
        "phrases": list(query.phrases),
        "numbers": list(query.numbers),
    }


def document_row(
    entry: Entry, duplicates: Sequence[str] = (), relations: Mapping[str, int] | None = None
) -> Json:
    """Return one line of the list of documents.

    Args:
        entry: the document.
        duplicates: sources of the same document in other files.
        relations: how many documents it cites, by how it cites them.

    Returns:
        JSON values; ``duplicate_of`` is the id of the document that is shown in its stead.
    """
    header = entry.header
    row: Json = {"document": entry.id, "source": entry.source}
    for name in ("type", "number", "issuer", "place", "issued_on", "subject"):
        stated: Stated | None = getattr(header, name)
        row[name] = stated.value if stated else None
    row["unit"] = _unit_line(header.unit.unit) if header.unit else None
    row["signatories"] = [signatory.name for signatory in header.signatories]
    row["duplicate_of"] = entry.group if entry.group != entry.id else None
    row["duplicates"] = list(duplicates)
    row["relations"] = dict(relations or {})
    row["format"] = entry.format
    row["confidence"] = None if entry.confidence is None else round(entry.confidence, 3)
    return row


def _unit_line(unit: AdministrativeUnit) -> str:
    """Return a unit on one line, the smallest part first: "huyện Chi Lăng, tỉnh Lạng Sơn"."""
    return ", ".join(name for name in (unit.commune, unit.district, unit.province) if name)


def relation_row(citing: Citing, entry: Entry, text: str) -> Json:
    """Return one citation as ``docsearch relations --json`` prints it.

    Args:
        citing: the citation.
        entry: the document that cites.
        text: its text.

    Returns:
        JSON values; ``text[start:end]`` is the quote, ``target`` None where the cited document is
        not in the corpus or cannot be told.
    """
    reference = citing.reference
    return {
        "document": citing.document,
        "source": entry.source,
        "relation": reference.relation,
        "type": reference.type,
        "number": reference.number,
        "issued_on": reference.issued_on,
        "issuer": reference.issuer,
        "subject": reference.subject,
        "target": reference.target,
        "quote": reference.span.of(text),
        **_span(reference.span),
    }


def missing_row(missing: MissingDocument) -> Json:
    """Return one missing document as ``docsearch relations --missing --json`` prints it."""
    return {
        "number": missing.number,
        "type": missing.type,
        "issuer": missing.issuer,
        "issued_on": missing.issued_on,
        "subject": missing.subject,
        "documents": len(missing.cited_by),
        "cited_by": list(missing.cited_by),
    }


def obligation_row(found: Due, entry: Entry, text: str, duplicates: Sequence[str] = ()) -> Json:
    """Return one obligation as ``docsearch obligations --json`` prints it.

    Args:
        found: the obligation.
        entry: its document.
        text: the document's text.
        duplicates: sources of the same document in other files.

    Returns:
        JSON values. ``text[start:end]`` is the quote; ``evidence`` are the words outside it that
        name the actors; ``spans`` says where each part stands; ``due`` is the day asked about.
    """
    fact = found.obligation
    first, *others = fact.evidence
    header = entry.header
    return {
        "document": found.document,
        "source": entry.source,
        "actors": [actor.text for actor in fact.actors],
        "with": [body.text for body in fact.with_],
        "action": fact.action.text,
        "deadline": _deadline(fact.deadline) if fact.deadline else None,
        "due": found.due.isoformat() if found.due else None,
        "recurs": bool(found.schedule and found.schedule.recurs),
        "recipient": fact.recipient.text if fact.recipient else None,
        "forwarded_to": [body.text for body in fact.forwarded_to],
        "strength": fact.strength,
        **_origin(header),
        "path": [heading.text for heading in fact.headings],
        **_span(first),
        "quote": first.of(text),
        "evidence": [{**_span(span), "quote": span.of(text)} for span in others],
        "spans": {
            "actors": _places(fact.actors),
            "with": _places(fact.with_),
            "deadline": _place(fact.deadline.span) if fact.deadline else None,
            "recipient": _place(fact.recipient.span) if fact.recipient else None,
            "forwarded_to": _places(fact.forwarded_to),
        },
        "duplicates": list(duplicates),
    }


def _deadline(deadline: Deadline) -> Json:
    return {
        "text": deadline.text,
        "kind": deadline.kind,
        "bound": deadline.bound,
        "value": deadline.value,
        "inferred": deadline.inferred,
    }


def _origin(header: Header) -> Json:
    return {
        name: stated.value if stated else None
        for name, stated in (
            ("type", header.type),
            ("number", header.number),
            ("issued_on", header.issued_on),
            ("place", header.place),
        )
    }


def _places(mentions: Sequence[Mention]) -> list[list[int]]:
    return [_place(mention.span) for mention in mentions]


def _place(span: Span) -> list[int]:
    return [span.start, span.end]


def target_row(
    found: StatedTarget, entry: Entry, text: str, duplicates: Sequence[str] = ()
) -> Json:
    """Return one figure as ``docsearch targets --json`` prints it.

    Args:
        found: the figure.
        entry: its document.
        text: the document's text.
        duplicates: sources of the same document in other files.

    Returns:
        JSON values; ``text[start:end]`` is the quote, ``place`` that of the document.
    """
    fact = found.target
    origin = _origin(entry.header)
    return {
        "document": found.document,
        "source": entry.source,
        "place": origin.pop("place"),
        "subject": fact.subject,
        "indicator": fact.indicator,
        "comparator": fact.comparator,
        "value": fact.value,
        "value_to": fact.value_to,
        "unit": fact.unit,
        "period": fact.period,
        "kind": fact.kind,
        **origin,
        "path": [heading.text for heading in fact.headings],
        **_span(fact.span),
        "quote": fact.span.of(text),
        "duplicates": list(duplicates),
    }


def document_payload(document: Document, header: Header, outline: Unit) -> Json:
    """Return a whole document as ``docsearch show --json`` prints it."""
    return {
        "document": document.id,
        "source": document.source,
        "format": document.format,
        "confidence": document.confidence,
        "notes": list(document.notes),
        "pages": [[page.start, page.end] for page in document.pages],
        "first_page": document.first_page,
        "text": document.text,
        "header": header_payload(header),
        "units": [unit_payload(unit) for unit in outline.children],
    }


def header_payload(header: Header) -> Json:
    """Return a header: plain values, and under ``spans`` where each stands."""
    payload: Json = {}
    spans: Json = {}
    inferred = []
    confidence: Json = {}
    for name in (
        "type",
        "number",
        "symbol",
        "issuer",
        "parent_body",
        "place",
        "issued_on",
        "subject",
    ):
        stated: Stated | None = getattr(header, name)
        payload[name] = stated.value if stated else None
        if stated:
            spans[name] = [stated.span.start, stated.span.end]
            confidence[name] = stated.confidence
            if stated.inferred:
                inferred.append(name)
    payload["signatories"] = [
        {"name": s.name, "title": s.title, "authority": s.authority, **_span(s.span)}
        for s in header.signatories
    ]
    payload["addressees"] = [{"text": a.text, **_span(a.span)} for a in header.addressees]
    payload["recipients"] = [
        {"name": r.name, "purpose": r.purpose, **_span(r.span)} for r in header.recipients
    ]
    payload["spans"] = spans
    payload["inferred"] = inferred
    payload["confidence"] = confidence
    payload["unit"] = place_payload(header.unit) if header.unit else None
    return payload


def place_payload(place: ResolvedPlace) -> Json:
    """Return a resolved place: the unit when the document was issued, and since 1 July 2025."""
    return {
        **_unit_names(place.unit),
        "inferred": place.inferred,
        "since_2025": [_unit_names(unit) for unit in place.since_2025],
    }


def _unit_names(unit: AdministrativeUnit) -> Json:
    return {"province": unit.province, "district": unit.district, "commune": unit.commune}


def unit_payload(unit: Unit) -> Json:
    """Return a unit of the outline with everything below it."""
    return {
        "level": unit.level,
        "label": unit.label,
        "heading": unit.heading.text if unit.heading else None,
        **_span(unit.span),
        "children": [unit_payload(child) for child in unit.children],
    }


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end}
