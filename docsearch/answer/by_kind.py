"""Answers to "Văn bản nào là của Đảng, văn bản nào của chính quyền?"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.answer.wording import Language, word
from docsearch.orthography import canonical, fold
from docsearch.records import Header, ItemFields, Span
from docsearch.search.query import Query

# Both sides have to be named, since "quản lý nhà nước" and "xây dựng chính quyền" are matters that
# documents speak of.
_DOCUMENTS: Final = re.compile(r"\b(?:văn bản|documents?)\b")
_OF: Final = (
    r"\b(?:là|của|thuộc|do|bên|về phía|(?:of|from)(?: the)?)"
    r" (?:(?:các )?(?:cơ quan|tổ chức|cấp|khối) )?"
)
_PARTY_SIDE: Final = re.compile(rf"{_OF}đảng\b")
_STATE_SIDE: Final = re.compile(rf"{_OF}(?:chính quyền|nhà nước|state)\b")
_PARTY_BODY: Final = re.compile(
    r"\b(?:dang|tinh|thanh|quan|huyen|thi) uy\b|\b(?:dang|chi) bo\b|\bban thuong vu\b"
)


def asks_for_kind(query: Query) -> bool:
    """Return whether a question asks which documents are of the Party and which of the State."""
    spelled = canonical(query.spelled)
    return all(side.search(spelled) for side in (_DOCUMENTS, _PARTY_SIDE, _STATE_SIDE))


def answer_by_kind(context: Context) -> Draft:
    """Return which documents are of the Party and which of the State."""
    language: Language = "en" if context.query.language == "en" else "vi"
    items = []
    for entry in context.snapshot.entries.values():
        header = entry.header
        stated = header.issuer or header.type or header.subject
        if entry.id not in context.allowed or stated is None:
            continue
        kind = word("party" if _of_party(header) else "state", language)
        name = header.issuer.value if header.issuer else entry.source
        shown = [stated.span, *_signed(header), *_speaking(context, entry.id, header)]
        items.append(
            DraftItem(
                text=f"{entry.source}: {kind} ({name})",
                fields=ItemFields(
                    actors=(name,),
                    number=header.number.value if header.number else None,
                    place=header.place.value if header.place else None,
                ),
                citations=tuple(context.quoter.cite(entry.id, span, (), [span]) for span in shown),
            )
        )
    items.sort(key=lambda item: (word("party", language) not in item.text, item.text))
    return Draft(items=tuple(items), confidence=0.9)


def _signed(header: Header) -> Iterator[Span]:
    """Yield where a document is signed, with for whom: "TM. ỦY BAN NHÂN DÂN"."""
    for signatory in header.signatories[:1]:
        if signatory.authority or signatory.title:
            yield signatory.span


def _speaking(context: Context, document: str, header: Header) -> Iterator[Span]:
    """Yield the last clause in which the issuer itself speaks: "UBND huyện báo để … biết"."""
    if header.issuer is None:
        return
    text = context.quoter.document(document).text
    name = re.escape(header.issuer.span.of(text).split("\n")[0].strip(" *"))
    spoken = [*re.finditer(rf"(?m)^[ \t]*({name}[^\n]{{20,300}})$", text)]
    if spoken:
        yield Span(*spoken[-1].span(1))


def _of_party(header: Header) -> bool:
    return bool(header.issuer and _PARTY_BODY.search(fold(header.issuer.value)))
