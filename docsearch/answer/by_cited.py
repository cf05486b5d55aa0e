"""Answers about a document that others cite: its day, its matter, who issued it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from docsearch.answer.by_reference import cite_words, cited_item, fullest_citations, only_cited
from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.answer.relevance import Layer
from docsearch.answer.which import LAWS, Cited, Meant, law_key, numbers_of, places_of
from docsearch.orthography import UPPER, fold
from docsearch.parse.numbers import number_key
from docsearch.records import ItemFields, Reference, Span

MOST: Final = 4
MOST_READ: Final = 40
"""Citing documents that are read, those with the fullest citations; arbitrary."""
STRANGE: Final = 0.2
"""Share of a question that may stand neither in a citation nor in what the citing document says
that it is about; arbitrary."""
STRANGE_ENGLISH: Final = 0.45
"""The same for a translated question; arbitrary."""
BEFORE: Final = 160
"""Code points before a citation that say who issued it, at most; arbitrary."""
SENTENCE: Final = 300
"""Code points before a citation in which its sentence begins, at most; arbitrary."""
MOST_LISTED: Final = 6
"""Citations after the one asked for that may share what is said behind the last; arbitrary."""

_ASKED: Final = (
    (
        "issued_on",
        re.compile(
            r"\b(?:ngay|hom|thang|nam|luc) (?:nao|may|bao nhieu|gi)\b|\bkhi nao\b|\bbao gio\b"
            r"|\bngay (?:thang )?ban hanh\b|\b(?:when|date|dated|what (?:day|year))\b"
        ),
    ),
    (
        "subject",
        re.compile(
            r"\b(?:ve|noi|la) (?:(?:viec|van de|noi dung|dieu|cai|chuyen|chu de) )?gi\b"
            r"|\bnoi dung (?:gi|nao|la gi)|\btrich yeu\b|\bchu de\b"
            r"|\b(?:phe duyet|ban hanh|thong qua|cong bo|huong dan)"
            r" (?:(?!ngay|thang|nam|luc|khi)\w+ ){0,4}(?:gi|nao)\b"
            r"|\bquy dinh ve (?:\w+ ){0,3}(?:gi|nao)\b"
            r"|\babout\b|\bsubject\b|\b(?:deal|deals) with\b|\bconcern(?:s|ing)?\b"
            r"|\bwhat (?:matter|subject)|\b(?:what|which)\b.{0,60}\bapprov"
            r"|\bapprov\w* (?:what|which)"
            r"|\bwhat does\b.{0,60}\b(?:approve|cover|regulate)"
        ),
    ),
    (
        "issuer",
        re.compile(
            r"\b(?:cua|do|co quan|don vi|cap) (?:(?:co quan|don vi|cap|noi) )?(?:nao|ai)\b"
            r"|\bai ban hanh\b|\bwho issued\b|\bissued by (?:who|which)|\bwhich (?:body|agency)\b"
        ),
    ),
)
"""Fields of a citation, and the folded words that ask for them."""
_OF_WORK: Final = re.compile(
    r"\bhieu luc\b|\b(?:truoc|den|tu|sau|het) ngay\b|\bhan (?:cuoi|chot|nop|la)\b|\bthoi han\b"
    r"|\bphai\b|\bai\b.*(?<!dang )\bky\b|\bnguoi ky\b|\bin(?:to)? (?:force|effect)\b"
    r"|\bquy dinh (?:ngay|thoi|muc|bao)\b|\btakes? effect\b|\bsign(?:s|ed)?\b|\bdeadline\b"
    r"|\bdue\b|\bmust\b"
)
"""A time limit, what has to be done, or who signed: no citation says that."""
_RESTS_ON: Final = re.compile(
    r"\bcan cu\b|\bdua (?:tren|vao)\b|\bvien dan\b|\bnhac (?:den|toi)\b|\bdan chieu\b|\bma\b"
    r"|\bcit(?:ed|es|ing)\b|\bbased on\b"
)
"""Says that the number is that of what a document rests on: not "Công văn về Kết luận 1364 …"."""
_IDLE: Final = (
    "căn cứ thực hiện triển khai theo yêu cầu viện dẫn nhắc đến tới nêu nói trong được ban hành ký"
    " phê duyệt thông qua công bố quy định hướng dẫn văn bản ngày tháng năm việc vấn đề nội dung"
    " trích yếu cơ quan đơn vị cấp số hiệu ra đời cơ sở pháp lý dựa trên chủ đề của là gì nào bao"
    " giờ khi quyết định kế hoạch nghị quyết nghị định thông tư tờ trình công văn thông báo báo cáo"
    " chỉ thị kết luận chương trình luật pháp lệnh bộ điện quốc hội"
)
"""What a question about a cited document says beside its matter."""
_NEXT: Final = re.compile(r"\s{0,3}(?:,|;|-|va\b|và\b)\s{0,3}(?:-\s)?")


def answer_about_cited(context: Context, meant: Meant) -> Draft | Refusal | None:
    """Return what documents say of a document that they cite, where that is all a question asks.

    "Kế hoạch … của xã X căn cứ Quyết định số 15/QĐ-UBND ngày nào, về việc gì?": the citation says
    both.

    Args:
        context: the question and the index.
        meant: the documents that the question's number leads to.

    Returns:
        One item for each citing document, the fullest citation of each; a refusal where the day
        or the matter is asked and no citation has it; None where the document is here, or
        something else is asked.
    """
    fields = _asked_fields(context)
    if not fields:
        return None
    cited = _asked_about(context, meant) if context.query.numbers else _laws_named(context)
    fullest = _fullest(_narrowed(context, cited))[:MOST_READ]
    every = [(each, _item(context, each)) for each in fullest]
    if not any(_is_all(context, each, item) for each, item in every):
        return None
    said = [
        item for each, item in every if any(_says(item, each.reference, field) for field in fields)
    ]
    if said:
        return Draft(items=tuple(said[:MOST]), confidence=1.0)
    return only_cited(context, every[0][0]) if "issuer" not in fields else None


_REPLACED: Final = re.compile(
    r"\b(?:bi|duoc)\b.{0,60}\b(?:thay the|bai bo)\b|\bthay the boi\b|\b(?:con|het) hieu luc\b"
    r"|\bnao (?:thay the|bai bo)\b|\b(?:replaced|repealed|superseded)\b"
    r"|\b(?:what|which)\b.{0,30}\b(?:replaces|repeals|supersedes)\b|\bno longer in force\b"
)


def answer_by_successor(context: Context, meant: Meant) -> Draft | None:
    """Return which document puts an end to the one that a question numbers.

    Args:
        context: the question and the index.
        meant: the documents that the question's number leads to.

    Returns:
        The sentence that replaces or repeals it, with number and day of the document that says
        so; None when something else is asked, or no document of the question's place does.
    """
    if not meant.cited or not _REPLACED.search(fold(context.query.text)):
        return None
    ends = [
        cited
        for cited in _narrowed(context, meant.cited)
        if cited.reference.relation in ("replaces", "repeals")
    ]
    items = tuple(_ending(context, cited) for cited in fullest_citations(ends)[:MOST])
    return Draft(items=items, confidence=1.0) if items else None


def _ending(context: Context, cited: Cited) -> DraftItem:
    """Return the sentence with which a document ends another, and that document's own number."""
    document, span = cited.document, cited.reference.span
    text = context.quoter.text(document)
    start = max(text.rfind(mark, max(0, span.start - SENTENCE), span.start) for mark in ".;\n") + 1
    start += len(text[start : span.start]) - len(text[start : span.start].lstrip())
    sentence = Span(start, span.end)
    header = context.snapshot.entries[document].header
    stated = [field for field in (header.type, header.number, header.issued_on) if field]
    named = ", ".join(context.quoter.line(document, field.span) for field in stated)
    said = context.quoter.line(document, sentence)
    return DraftItem(
        text=f"{named}: {said}" if named else said,
        fields=ItemFields(
            number=header.number.value if header.number else None,
            date=header.issued_on.value if header.issued_on else None,
            place=header.place.value if header.place else None,
        ),
        citations=(
            cite_words(context, document, sentence),
            *(context.quoter.cite(document, field.span, (), [field.span]) for field in stated[1:]),
        ),
    )


def _asked_fields(context: Context) -> list[str]:
    """Return the fields of a citation that a question asks for, and nothing else."""
    query = context.query
    asked = fold(query.text)
    if (
        not (query.numbers or LAWS.intersection(query.types))
        or _OF_WORK.search(asked)
        or query.intent in ("how_many", "yes_no")
    ):
        return []
    return [field for field, words in _ASKED if words.search(asked)]


def _fullest(cited: Sequence[Cited]) -> list[Cited]:
    """Return the fullest citation of each number in each document, the fullest documents first."""
    numbers = dict.fromkeys(number_key(each.reference.number or "") for each in cited)
    return [
        each
        for number in numbers
        for each in fullest_citations(
            [item for item in cited if number_key(item.reference.number or "") == number]
        )
    ]


def _laws_named(context: Context) -> Sequence[Cited]:
    """Return the citations of the law that a question names: the longest of such names."""
    here = (context.snapshot.entries[each].header.type for each in context.hits_by_document)
    if any(kind and kind.value in LAWS for kind in here):
        return ()
    asked = f" {law_key(context.query.text)} "
    laws = numbers_of(context.snapshot).laws
    named = [name for name in laws if f" {name} " in asked]
    found = laws[max(named, key=len)] if named else ()
    return [cited for cited in found if cited.document in context.allowed]


def _asked_about(context: Context, meant: Meant) -> Sequence[Cited]:
    """Return the citations of the document that a question asks about, where it is not here.

    Of "Kế hoạch 36 căn cứ Quyết định 15 ngày nào?" the one that is not here. Every body has
    numbers of its own: what a document of the question's place stands on is another one than the
    document of the same number of another place.
    """
    query, numbers = context.query, numbers_of(context.snapshot)
    own = {number: meant.own.intersection(numbers.own.get(number, ())) for number in query.numbers}
    if not meant.own:
        return meant.cited
    if not _RESTS_ON.search(fold(query.text)):
        return ()
    here = _of_places(context)
    away = [
        number for number, bearing in own.items() if not bearing or (here and not bearing & here)
    ]
    asked = {item.reference.span for number in away for item in numbers.cited.get(number, ())}
    citing = frozenset().union(*(own[n] for n in own if n not in away)) or here or meant.own
    return [c for c in meant.cited if c.reference.span in asked and c.document in citing]


def _of_places(context: Context) -> frozenset[str]:
    places = places_of(context.snapshot)
    return frozenset(each for place in context.query.places for each in places.get(place, ()))


def _narrowed(context: Context, cited: Sequence[Cited]) -> Sequence[Cited]:
    """Return the citations of the day and in the documents that a question names, if there are."""
    here = _of_places(context) if context.query.places else context.allowed
    cited = [item for item in cited if item.document in here] or cited
    days = {date.value for date in context.query.dates}
    return [item for item in cited if item.reference.issued_on in days] or cited


def _says(item: DraftItem, reference: Reference, field: str) -> bool:
    if field == "subject" and reference.subject is None:
        return len(item.citations[0].quote) > reference.span.end - reference.span.start
    if field == "issued_on":
        return item.fields.date is not None
    return getattr(reference, field) is not None


def _is_all(context: Context, cited: Cited, item: DraftItem) -> bool:
    """Return whether a citation and its document account for all that a question speaks of."""
    query = context.query
    places = (*query.unknown_places, *query.spoken_places, *query.doubtful_places)
    layers = [
        Layer.of(f"{_before(context, cited)}\n{item.text}\n{' '.join(places)}\n{_IDLE}", 1.0),
        replace(context.about(cited.document), weight=1.0),
    ]
    strange = STRANGE_ENGLISH if query.language == "en" else STRANGE
    return context.relevance.missing(layers) <= strange


def _before(context: Context, cited: Cited) -> str:
    """Return what the citing sentence says before a citation: "Xét đề nghị của Sở … tại"."""
    text, end = context.quoter.text(cited.document), cited.reference.span.start
    said = text[max(0, end - BEFORE) : end]
    return re.split(r"[;\n]", said)[-1]


def _item(context: Context, cited: Cited) -> DraftItem:
    reference = cited.reference
    span = _shared_end(context, cited)
    if reference.issuer is None:
        span = Span(_proposer_at(context, cited), span.end)
    return cited_item(context, cited, span)


_PROPOSED: Final = re.compile(r"(?:[Đđ]ề nghị|[Bb]áo cáo) của [^;:\n]{3,120}? (?:tại|theo)\s+$")


def _proposer_at(context: Context, cited: Cited) -> int:
    """Return where "đề nghị của Sở … tại" before a citation begins, else where that begins."""
    start = cited.reference.span.start
    before = context.quoter.text(cited.document)[max(0, start - BEFORE) : start]
    proposed = _PROPOSED.search(before)
    return start - len(before) + proposed.start() if proposed else start


def _shared_end(context: Context, cited: Cited) -> Span:
    """Return the words of a citation, with those of the ones listed behind it up to their matter.

    "Văn bản số 614/…, Thông báo số 31/… của UBND tỉnh về …": the matter is that of both.
    """
    span = cited.reference.span
    if cited.reference.subject is not None:
        return span
    text = context.quoter.text(cited.document)
    later = [
        reference
        for reference in context.snapshot.facts[cited.document].references
        if reference.span.start >= span.end
    ]
    end = span.end
    for reference in later[:MOST_LISTED]:
        if not _NEXT.fullmatch(text, end, reference.span.start):
            break
        end = reference.span.end
        if reference.subject is not None:
            return Span(span.start, end)
    behind = _BEHIND.match(text, end)
    return Span(span.start, behind.end()) if behind else span


_BEHIND: Final = re.compile(
    rf"(?:,?\s+(?:(?:của|và)\s+)?[{UPPER}][^;:.()\n]{{1,120}}?)?,?\s+(?:về|v/v)\s?(?=\w)"
    r"(?:[^;:.()\n]|\.(?=\d)){4,300}"
)
"""The matter behind a list of citations, after who else issued them."""
