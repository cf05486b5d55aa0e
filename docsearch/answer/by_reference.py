"""Answers about the documents that documents cite, and which documents speak of something."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.answer.issuing import issued_before
from docsearch.answer.relevance import Layer
from docsearch.answer.which import Cited, Meant, best_document
from docsearch.orthography import fold
from docsearch.parse.numbers import find_numbers, number_key
from docsearch.records import Citation, ItemFields, Passage, Reference, Span

ENOUGH: Final = 0.45
MOST: Final = 4


_INSIDE: Final = re.compile(
    r"\b(?:gom|co) (?:(?:nhung|cac|may|bao nhieu) )?(?:chuong|dieu|khoan|muc|phan)\b"
    r"|\b(?:gom|co|neu|dua ra|de ra|giao|dat ra|dat|quy dinh)"
    r" (?:nhung|cac|may|bao nhieu) (?:yeu cau|nhiem vu|giai phap"
    r"|noi dung|chi tieu|muc tieu|bien phap|viec|quy dinh)\b"
    r"|\b(?:may|bao nhieu) (?:chuong|dieu|khoan|muc)\b|noi dung (?:cu the|chi tiet)"
    r"|how many (?:articles|chapters|sections)|\bfull (?:text|content)"
)
"""What only the document itself can say, not one that cites it."""

_ORDERS: Final = re.compile(
    r"^(?:[^\w]*(?:cua|do|by|of|from|and|tinh|huyen|xa|the) [^,;?]{1,60}?)??[^\w]*"
    r"\b(?:giao|yeu cau|chi dao|phan cong|de nghi|quy dinh|dat ra|de ra|neu|noi (?!ve)|tells?"
    r"|orders?|asks?|requires?|sets?|says?|assigns?|instructs?|demands?)\b"
)
_DATED: Final = re.compile(
    r"^[^\w]*(?:(?:ngay|of|dated|on)? *\d{1,2}[/. -](?:\d{1,2}|[a-z]+)[/. -]\d{4}"
    r"|nam \d{4}|of \d{4})"
)
_ACCORDING: Final = re.compile(
    r"\b(?:theo|tai|thuc hien|trien khai|can cu|under|to|in)\W+(?:\w+ ){0,3}(?:so )?$"
)


def _asks_what_it_orders(text: str) -> bool:
    """Return whether a question has the document that it numbers say or order something.

    "Nghị quyết số 03-NQ/ĐU ngày 15/02/2017 của Đảng ủy giao việc gì cho …?": not "Theo Nghị quyết
    số 03-NQ/ĐU, …".
    """
    for mention in find_numbers(text):
        before, after = fold(text[: mention.span.start]), fold(text[mention.span.end :])
        dated = _DATED.match(after)
        after = after[dated.end() :] if dated else after
        if _ORDERS.match(after) and not _ACCORDING.search(before):
            return True
    return False


def answer_by_reference(
    context: Context, meant: Meant, *, close: bool = False
) -> Draft | Refusal | None:
    """Return what documents say of a cited document, or which documents cite it.

    Args:
        context: the question and the index.
        meant: the documents that the question's number leads to.
        close: whether the citation itself has to account for the question's topic.

    Returns:
        One item for each citing document, the fullest citation of each; a refusal when the
        question is for what only the document itself says; None when the question's number is
        not cited, or its citations do not say what it is about.
    """
    if not meant.cited:
        return None
    fullest = fullest_citations(meant.cited)
    if _INSIDE.search(fold(context.query.text)):
        return only_cited(context, fullest[0])
    if context.query.intent == "how_many":
        return None  # a citation gives no figure
    if context.query.intent in ("what", "list", "yes_no"):  # a number and a date do not say what
        fullest = [cited for cited in fullest if cited.reference.subject]
        if not fullest:
            return None
    if close and not any(_speaks_of_topic(context, cited) for cited in fullest):
        return None
    return Draft(items=tuple(_item(context, cited) for cited in fullest[:MOST]), confidence=1.0)


def refuse_only_cited(context: Context, meant: Meant) -> Refusal | None:
    """Return a refusal when a question asks what a document orders that others only cite.

    Args:
        context: the question and the index.
        meant: the documents that the question's number leads to.

    Returns:
        The refusal, with the fullest citation; None when the document is here, or something else
        is asked.
    """
    if meant.own or not meant.cited or not _asks_what_it_orders(context.query.text):
        return None
    return only_cited(context, fullest_citations(meant.cited)[0])


def only_cited(context: Context, cited: Cited) -> Refusal:
    """Return the refusal of what only a document itself says that others cite."""
    return Refusal(
        reason="document_not_in_corpus",
        detail=f": {cited.reference.number}",
        nearest=(cite_words(context, cited.document, cited.reference.span),),
    )


def _speaks_of_topic(context: Context, cited: Cited) -> bool:
    text = cited.reference.span.of(context.quoter.document(cited.document).text)
    return context.relevance.coverage([Layer.of(text, 1.0)]) >= ENOUGH


def fullest_citations(cited: Sequence[Cited]) -> list[Cited]:
    """Return the citation of each document that says most, the fullest first."""
    best: dict[str, Cited] = {}
    for item in cited:
        known = best.get(item.document)
        if known is None or _fullness(item.reference) > _fullness(known.reference):
            best[item.document] = item
    return sorted(best.values(), key=lambda item: (-_fullness(item.reference), item.document))


def _fullness(reference: Reference) -> int:
    stated = (reference.issued_on, reference.issuer, reference.subject)
    return sum(4 for part in stated if part) + min(len(reference.subject or "") // 50, 3)


def cited_item(context: Context, cited: Cited, span: Span) -> DraftItem:
    """Return a citation as an item of an answer.

    Args:
        context: the question and the index.
        cited: the citation.
        span: the words that are shown, which hold it; with the sentence before it where that
            says on which day the document was issued.

    Returns:
        The item, with number, day and issuer as the citing document states them.
    """
    reference = cited.reference
    day = reference.issued_on
    if day is None and (
        issued := issued_before(context.quoter.document(cited.document).text, reference.span)
    ):
        span, day = Span(issued.start, span.end), issued.day
    place = context.snapshot.entries[cited.document].header.place
    return DraftItem(
        text=context.quoter.line(cited.document, span),
        fields=ItemFields(
            number=reference.number,
            date=day,
            actors=(reference.issuer,) if reference.issuer else (),
            place=place.value if place else None,
        ),
        citations=(cite_words(context, cited.document, span),),
    )


def _item(context: Context, cited: Cited) -> DraftItem:
    return cited_item(context, cited, cited.reference.span)


def answer_by_citations_of(context: Context) -> Draft | Refusal | None:
    """Return the documents that the documents of the question cite for its topic.

    For "Kế hoạch này thực hiện nghị quyết nào?": the references of the documents that the
    question is about, narrowed by the type and the words that it names. A refusal where the one
    document that it numbers puts an end to none, and the question asks which it ends.
    """
    asked = fold(context.query.text)
    if (GROUNDS.search(asked) or LEGAL_BASES.search(asked)) and len(context.allowed) == 1:
        grounds = _grounds(context, next(iter(context.allowed)))
        if grounds:
            return Draft(items=tuple(_item(context, cited) for cited in grounds), confidence=0.9)
    found = []
    documents = context.allowed
    if context.documents is None:
        documents = documents & context.hits_by_document.keys()
    ended = _ended(context, documents)
    if ended:
        return Draft(items=tuple(_item(context, cited) for cited in ended[:MOST]), confidence=0.9)
    if context.query.numbers and len(context.allowed) == 1 and _ENDS.search(asked):
        return Refusal(reason="not_stated")
    context.quoter.read_texts(documents)
    for document in sorted(documents):
        for reference in context.snapshot.facts[document].references:
            around = _around(context, document, reference.span)
            covered = context.relevance.coverage(
                [
                    Layer.of(context.quoter.words(document, reference.span), 1.0),
                    Layer.of(around, 0.6),
                ]
            )
            typed = reference.type in context.query.types
            found.append((covered + 0.15 * typed, Cited(document=document, reference=reference)))
    found.sort(key=lambda pair: (-pair[0], pair[1].document, pair[1].reference.span.start))
    if not found or found[0][0] < ENOUGH:
        return None
    best = found[0][0]
    chosen = _one_each([cited for score, cited in found if score >= 0.9 * best])[:MOST]
    return Draft(items=tuple(_item(context, cited) for cited in chosen), confidence=min(best, 1.0))


_ENDS: Final = re.compile(
    r"het hieu luc|thay the|thay cho|bai bo|khong con (?:hieu luc|gia tri)|\bthoi ap dung"
    r"|\breplac|\brepeal|\babolish|no longer (?:valid|in force)|supersed"
)


def _ended(context: Context, documents: Collection[str]) -> list[Cited]:
    """Return what the document that a question means puts an end to: replaces or repeals."""
    if not _ENDS.search(fold(context.query.text)):
        return []
    ranking = list(context.hits_by_document)
    document, covered = best_document(context.query, context.snapshot, documents, ranking)
    if document is None or (covered < ENOUGH and len(documents) > 1):
        return []
    references = context.snapshot.facts[document].references
    return _one_each(
        [
            Cited(document=document, reference=reference)
            for reference in references
            if reference.relation in ("replaces", "repeals")
        ]
    )


GROUNDS: Final = re.compile(
    r"can cu|co so phap ly|dua (?:tren|vao)|based on"
    r"|\bbased? (?:its|their|the|this) [\w ]{1,40} on\b"
    r"|\btheo (?:nhung|cac) van ban (?:nao|gi)"
    r"|(?:thuc hien|trien khai|cu the hoa) (?:nhung|cac) (?:van ban|ke hoach|nghi quyet|quyet dinh)"
    r"|implements? (?:which|what)|which .* implement"
)
LEGAL_BASES: Final = re.compile(
    r"\b(?:co so|can cu) phap ly\b|\blegal (?:bas[ei]s|grounds?)\b|\bcan cu (?:cua|ban hanh)\b"
)
_ANY_DOCUMENT: Final = re.compile(r"\bvan ban (?:\w+ )?(?:nao|gi)\b")
MOST_GROUNDS: Final = 8


def _grounds(context: Context, document: str) -> list[Cited]:
    """Return what a document says it stands on, in its order: what it cites before its outline."""
    outline = context.snapshot.store.outline(document)
    first = next((unit.span.start for unit in outline.children if unit.label), outline.span.end)
    found = []
    end = 0
    types = [kind for kind in context.query.free_types if kind != "kế hoạch"]
    asked = fold(context.query.text)
    if _ANY_DOCUMENT.search(asked) or LEGAL_BASES.search(asked):
        types = []
    for reference in context.snapshot.facts[document].references:
        inside = reference.span.start < end  # cited in the title of another
        if reference.span.start < first and not inside:
            end = reference.span.end
            if not types or reference.type in types:
                found.append(Cited(document=document, reference=reference))
    return _one_each(found)[:MOST_GROUNDS]


def _one_each(cited: Sequence[Cited]) -> list[Cited]:
    seen = set()
    kept = []
    for item in cited:
        key = (item.document, number_key(item.reference.number or item.reference.subject or ""))
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return kept


def _around(context: Context, document: str, span: Span) -> str:
    text = context.quoter.text(document)
    start = max(0, text.rfind("\n", 0, span.start))
    end = text.find("\n", span.end)
    return text[start : end if end > 0 else len(text)]


def cite_words(context: Context, document: str, span: Span) -> Citation:
    """Return the citation of some words, with the headings above them where a hit has them."""
    passage = _passage(context, document, span)
    return context.quoter.cite(document, span, passage.headings if passage else (), [span])


def _passage(context: Context, document: str, span: Span) -> Passage | None:
    for hit in context.hits_by_document.get(document, ()):
        if hit.passage.span.overlaps(span):
            return hit.passage
    return None


def refuse_lost(meant: Meant) -> Refusal | None:
    """Return the refusal for a number that stands nowhere in the corpus."""
    if meant.lost and not meant.own and not meant.cited:
        return Refusal(reason="document_not_in_corpus", detail=f": {', '.join(meant.lost)}")
    return None
