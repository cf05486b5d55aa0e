"""Answers about a document itself: number, date, who signed, to whom it went."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.dated import names_day, of_day_named
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.answer.which import Cited, Meant, best_document
from docsearch.answer.wording import Language, word
from docsearch.orthography import canonical, fold
from docsearch.parse.dates import find_dates
from docsearch.records import Citation, Header, ItemFields, Span, Stated
from docsearch.search.patterns import Question, names
from docsearch.search.query import Query

_PURPOSE: Final = (
    ("b/c", re.compile(r"(?<![\w/])b/?c\b(?!-)|\(bao cao\)|de bao cao")),
    ("t/h", re.compile(r"(?<![\w/])t/?h\b(?!-)|de (?:t/?h|thuc hien)|\(thuc hien\)")),
    ("đăng tin", re.compile(r"\bdang tin\b")),
    ("đ/b", re.compile(r"(?<![\w/])d/?b\b(?!-)|de biet")),
)
_ISSUED: Final = re.compile(r"ban hanh|\bky\b|issued|signed|dated")
# "Thông tư này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025"; folded, in any lines.
_IN_FORCE: Final = re.compile(r"\bco\s{1,6}hieu\s{1,6}luc\b")
_AFTER: Final = re.compile(r"(?:[^.;\n]|\.(?=\d)|\n(?![\s\n])){0,200}")
_THIS: Final = re.compile(r"\bnay\b")
# "Chỉ thị có hiệu lực sau 10 ngày": a number would stand between were it another
_TYPE_ALONE: Final = re.compile(
    r"\b(?:chi thi|quyet dinh|nghi quyet|thong tu|nghi dinh|quy che|quy dinh|van ban)\s+$"
)
_WORD: Final = re.compile(r"\b\w")
_ON_SIGNING: Final = re.compile(r"(?:ngay|khi|duoc)\s+(?:duoc\s+)?(?:ky|ban hanh|thong qua)")


def asked_fields(query: Query) -> list[str]:
    """Return the names of the header fields that a question asks for, in a fixed order."""
    question = Question.of(query.text, query.spelled)
    fields = list(names("header_questions", "field", question))
    if "effective" in fields and not _ISSUED.search(question.folded):
        fields = [name for name in fields if name != "date"]  # "có hiệu lực từ ngày nào"
    return fields


def answer_by_header(context: Context, meant: Meant) -> Draft | Refusal | None:
    """Return what a document says of itself.

    Args:
        context: the question and the index.
        meant: the documents that the question means.

    Returns:
        The answer; a refusal when the document leaves the field blank, or is only cited and what
        is asked stands only in itself; None when the question asks for no such field.
    """
    fields = asked_fields(context.query)
    if not fields:
        return None
    if context.query.numbers and not meant.own and meant.cited:
        return _of_cited(context, meant.cited, fields)
    ranking = list(dict.fromkeys(hit.passage.document_id for hit in context.hits))
    dated = () if meant.own else of_day_named(context)
    document, covered = best_document(
        context.query, context.snapshot, meant.own or dated or context.allowed, ranking
    )
    if document is None:
        return None
    if not meant.own and not dated and names_day(context.query):
        return Refusal(reason="not_stated", nearest=(_top(context, document),))  # another day's
    told = not context.query.places or _is_news(context.snapshot.entries[document].header)
    if not meant.own and not dated and told and covered < 0.25:
        return _of_content(context, fields)
    named = _other_type(context, document)
    if (named and not meant.own) or _rests_on_numbered(context, document):
        return None  # "theo kế hoạch số mấy": one that the document cites
    header = context.snapshot.entries[document].header
    stated = (item for name in fields for item in _items(context, document, header, name))
    items = list({item.text: item for item in stated}.values())
    confidence = 1.0 if meant.own else max(covered, 0.5)
    if items:
        return Draft(items=tuple(items), confidence=confidence)
    return Refusal(
        reason="not_stated",
        confidence=confidence,
        nearest=(_top(context, document),),
    )


def _is_news(header: Header) -> bool:
    """Return whether a document says nothing of itself: a page that tells of another one."""
    stated = (header.type, header.number, header.issuer, header.subject, header.issued_on)
    return not any(stated)


_WHICH_OF: Final = re.compile(
    r"(?<!\w)(?:văn bản|tài liệu|công văn|kế hoạch|quyết định|nghị quyết|chỉ thị|thông báo"
    r"|chương trình) (?:nào|gì) (?:của|do|ở|tại)(?!\w)"
    r"|\bwhich (?:document|plan|decision|resolution|directive|notice|letter|programme?)s?"
    r" (?:of|by|from|issued)\b"
)
# "thực hiện kế hoạch nào của tỉnh": one that the document cites
_STANDS_ON: Final = re.compile(
    r"(?<!\w)(?:thực hiện|triển khai|căn cứ|theo|cụ thể hóa|dựa (?:vào|trên)|nhắc đến|xét)"
    r" (?:(?:những|các|vào) )*(?:\w+ ){1,2}(?:nào|gì) (?:của|do|ở|tại)(?!\w)"
)
OWN: Final = 0.55
"""Share of the question that a document's header accounts for when it is the one asked for."""


def answer_by_own_subject(context: Context) -> Draft | None:
    """Return number, date and subject of the document that a question describes.

    "Văn bản nào của Huyện ủy bàn về …": a document itself, not one that it cites.

    Args:
        context: the question and the index.

    Returns:
        The answer; None when the question asks otherwise, or no header speaks of its matter.
    """
    query = context.query
    asked = f"{canonical(query.spelled)} {query.text.lower()}"
    if not _WHICH_OF.search(asked) or _STANDS_ON.search(asked):
        return None
    ranking = list(context.hits_by_document)
    document, covered = best_document(query, context.snapshot, context.allowed, ranking)
    if document is None or covered < OWN:
        return None
    header = context.snapshot.entries[document].header
    items = [
        item
        for name in ("number", "date", "subject")
        for item in _items(context, document, header, name)
    ]
    return Draft(items=tuple(items), confidence=covered) if items else None


def _of_content(context: Context, fields: Sequence[str]) -> Draft | Refusal | None:
    """Answer who signed, or is addressed by, the document that speaks of what is asked.

    For one whose header, where it has any, does not say what it is about.
    """
    best = next(iter(context.sentences()), None)
    wanted = next((name for name in fields if name in ("signatory", "addressees")), None)
    if wanted is None or best is None or best.coverage < context.enough(0.5):
        return None
    header = context.snapshot.entries[best.document].header
    items = tuple(_items(context, best.document, header, wanted))
    if items:
        return Draft(items=items, confidence=best.coverage)
    if fields != ["signatory"]:
        return None
    nearest = context.quoter.cite(best.document, best.span, best.headings)
    return Refusal(reason="not_stated", confidence=best.coverage, nearest=(nearest,))


def _other_type(context: Context, document: str) -> bool:
    """Return whether a question asks the number of a kind of document that this one cites."""
    query = context.query
    match = _NUMBERED.search(canonical(query.spelled))
    if match is None:
        return False
    header = context.snapshot.entries[document].header
    kinds = [kind for kind in query.types if match[1].endswith(kind)]
    own = header.type.value if header.type else ""
    subject = canonical(header.subject.value) if header.subject else ""
    cited = {reference.type for reference in context.snapshot.facts[document].references}
    return any(kind != own and not subject.startswith(kind) and kind in cited for kind in kinds)


def _rests_on_numbered(context: Context, document: str) -> bool:
    """Return whether a question asks the number of what a document stands on, and it cites one."""
    return bool(_BASED.search(canonical(context.query.spelled))) and any(
        reference.number for reference in context.snapshot.facts[document].references
    )


_BASED: Final = re.compile(
    r"(?<!\w)(?:theo|căn cứ(?: vào)?|dựa (?:trên|vào)) (?:\w+ ){1,4}?số (?:mấy|bao nhiêu|nào|gì)"
)
_NUMBERED: Final = re.compile(r"((?:\w+ ){1,3}?\w+) số (?:mấy|bao nhiêu|nào|gì|hiệu)")


def _of_cited(
    context: Context, cited: Sequence[Cited], fields: Sequence[str]
) -> Draft | Refusal | None:
    """Answer about a document that is not here from what others say of it."""
    if not {"signatory", "recipients", "addressees", "effective"}.isdisjoint(fields):
        return Refusal(
            reason="document_not_in_corpus",
            detail=f": {cited[0].reference.number}",
            nearest=(context.quoter.cite(cited[0].document, cited[0].reference.span),),
        )
    return None


def _items(context: Context, document: str, header: Header, name: str) -> Iterator[DraftItem]:
    makers: dict[str, Callable[[], Iterator[DraftItem]]] = {
        "signatory": lambda: _signatories(context, document, header),
        "addressees": lambda: _addressees(context, document, header),
        "recipients": lambda: _recipients(context, document, header),
        "date": lambda: _stated(context, document, header.issued_on, "date"),
        "number": lambda: _stated(context, document, header.number, "number"),
        "subject": lambda: _stated(context, document, header.subject, "subject"),
        "issuer": lambda: _stated(context, document, header.issuer, "issuer"),
        "effective": lambda: _effective(context, document, header),
    }
    yield from makers[name]()


def header_items(context: Context, document: str, fields: Sequence[str]) -> Iterator[DraftItem]:
    """Yield what a document says of itself, each behind its name: "Kế hoạch 141/KH-UBND: …".

    Args:
        context: the question and the index.
        document: its id.
        fields: names of fields of the header.

    Yields:
        The items, with the citation of the number too where the name gives it.
    """
    entry = context.snapshot.entries[document]
    header = entry.header
    number, kind = header.number, header.type
    name = " ".join(stated.value for stated in (kind, number) if stated) if number else ""
    place = f" ({header.place.value})" if header.place else ""
    for field in fields:
        for item in _items(context, document, header, field):
            yield replace(
                item,
                text=f"{name[:1].upper()}{name[1:]}{place}: {item.text}"
                if name
                else f"{entry.source}{place}: {item.text}",
                fields=replace(item.fields, place=header.place.value if header.place else None),
                citations=(
                    *item.citations,
                    *([_cite(context, document, number.span)] if number else []),
                ),
            )


def _stated(
    context: Context, document: str, stated: Stated | None, name: str
) -> Iterator[DraftItem]:
    if stated is None:
        return
    printed = context.quoter.line(document, stated.span)
    value = stated.value if name in ("number", "issuer", "subject") else printed
    citation = _cite(context, document, stated.span)
    fields = ItemFields(
        number=stated.value if name == "number" else None,
        date=stated.value if name == "date" else None,
        actors=(stated.value,) if name == "issuer" else (),
    )
    yield DraftItem(
        text=f"{word(name, _language(context))}: {value}", fields=fields, citations=(citation,)
    )


def _signatories(context: Context, document: str, header: Header) -> Iterator[DraftItem]:
    for signatory in header.signatories:
        roles = [role for role in (signatory.authority, signatory.title) if role]
        text = f"{word('signatory', _language(context))}: {', '.join([signatory.name, *roles])}"
        citations = [_cite(context, document, signatory.span)]
        if header.issued_on:
            printed = context.quoter.line(document, header.issued_on.span)
            text += f" — {word('date', _language(context))}: {printed}"
            citations.append(_cite(context, document, header.issued_on.span))
        yield DraftItem(
            text=text,
            fields=ItemFields(
                actors=(signatory.name,),
                date=header.issued_on.value if header.issued_on else None,
            ),
            citations=tuple(citations),
        )


def _effective(context: Context, document: str, header: Header) -> Iterator[DraftItem]:
    """Yield what a document says of when it comes into force.

    Counted from the day of signing, that day is given too.
    """
    folded = fold(context.quoter.document(document).text)
    span = _find_in_force(folded)
    if span is None:
        return
    line = context.quoter.line(document, span)
    named = next((date.value for date in find_dates(line)), None)
    yield DraftItem(
        text=line, fields=ItemFields(date=named), citations=(_cite(context, document, span),)
    )
    if named is None and _ON_SIGNING.search(span.of(folded)):
        yield from _stated(context, document, header.issued_on, "date")


def _find_in_force(folded: str) -> Span | None:
    """Return the clause of a folded text that says when the document itself comes into force."""
    for match in _IN_FORCE.finditer(folded):
        begin = max(0, match.start() - 280)
        cut = max(folded.rfind(mark, begin, match.start()) for mark in ".;:")
        this = _THIS.search(folded, max(begin, cut + 1), match.start()) or _TYPE_ALONE.search(
            folded, max(begin, cut + 1), match.start()
        )
        after = _AFTER.match(folded, match.end())
        if this and after:
            line = folded.rfind("\n", begin, this.start())
            first = _WORD.search(folded, max(begin, cut + 1, line + 1, this.start() - 80))
            start = first.start() if first else this.start()
            return Span(start, match.end() + len(after[0].rstrip()))
    return None


def _addressees(context: Context, document: str, header: Header) -> Iterator[DraftItem]:
    if not header.addressees:  # only letters have them
        yield from _recipients(context, document, header)
        return
    span = Span(header.addressees[0].span.start, header.addressees[-1].span.end)
    names = "; ".join(addressee.text for addressee in header.addressees)
    yield DraftItem(
        text=f"{word('addressees', _language(context))}: {names}",
        fields=ItemFields(
            actors=tuple(addressee.text for addressee in header.addressees), recipient=names
        ),
        citations=(
            _cite(context, document, span, [addressee.span for addressee in header.addressees]),
        ),
    )


def _recipients(context: Context, document: str, header: Header) -> Iterator[DraftItem]:
    folded = fold(context.query.text)
    purposes = [purpose for purpose, pattern in _PURPOSE if pattern.search(folded)]
    wanted = [r for r in header.recipients if not purposes or r.purpose in purposes]
    if not wanted:
        return
    span = Span(wanted[0].span.start, wanted[-1].span.end)
    names = "; ".join(recipient.name for recipient in wanted)
    yield DraftItem(
        text=f"{word('recipients', _language(context))}: {names}",
        fields=ItemFields(actors=tuple(recipient.name for recipient in wanted), recipient=names),
        citations=(_cite(context, document, span, [recipient.span for recipient in wanted]),),
    )


def _cite(context: Context, document: str, span: Span, marks: Sequence[Span] = ()) -> Citation:
    return context.quoter.cite(document, span, (), marks or [span])


def _top(context: Context, document: str) -> Citation:
    """Return the beginning of a document, where its header would stand."""
    text = context.quoter.document(document).text
    start = len(text) - len(text.lstrip())
    end = min(len(text), start + 200)
    return context.quoter.cite(document, Span(start, start + len(text[start:end].rstrip())))


def _language(context: Context) -> Language:
    return "en" if context.query.language == "en" else "vi"
