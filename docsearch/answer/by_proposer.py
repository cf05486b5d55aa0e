"""Answers to "Quyết định X ban hành theo đề nghị của ai?": who proposed a document, as it says."""

from __future__ import annotations

import re
from typing import Final

from docsearch.answer.by_section import documents_meant
from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.answer.which import Meant
from docsearch.orthography import canonical, fold
from docsearch.records import ItemFields, Span

TOP: Final = 6000
"""Code points at the beginning of a document in which its grounds stand."""
_WHO: Final = r"(?:ai|(?:co quan|don vi|so|phong|ban|nganh|noi) nao)"
_ASKS: Final = re.compile(
    rf"\bde nghi cua {_WHO}\b|\b{_WHO} (?:da )?(?:de nghi|trinh|de xuat|tham muu)"
    r" (?:ban hanh |phe duyet |ky )?(?:ke hoach|quyet dinh|nghi quyet|chi thi|quy dinh|quy che)\b"
    r"|\bdo (?:ai|(?:so|phong|co quan|don vi) nao) (?:trinh|de nghi|tham muu)\b"
    r"|\b(?:to trinh|cong van) (?:so )?(?:nao|may)\b.*\bde nghi\b"
    r"|\bban hanh theo to trinh (?:so )?(?:nao|may)\b|\bwho proposed\b"
    r"|\b(?:at|on) (?:the )?(?:proposal|request) of (?:whom|which|what)\b"
)
_PROPOSAL: Final = re.compile(
    r"(?:theo|xét|trên cơ sở)\s+(?:đề nghị|tờ trình|đề xuất)(?:\s+số\s+\S+)?(?:\s+ngày\s+[\d/.-]+)?"
    r"\s+của\s+(?P<who>[^,;\n]{3,120}?)"
    r"(?=\s+(?:tại|theo|về việc|về|trong|ngày)\s|[,;.\n]|$)(?P<rest>[^;\n]*)"
)


def answer_by_proposer(context: Context, meant: Meant) -> Draft | None:
    """Return who proposed the document that a question means, and by what.

    Args:
        context: the question and the index.
        meant: the documents that the question means.

    Returns:
        The words of the grounds ("Theo đề nghị của Sở Tài chính tại Tờ trình số 5/TTr-STC …");
        None when the question asks otherwise, means no document here, or that names nobody.
    """
    if not _ASKS.search(fold(context.query.text)):
        return None
    items = []
    for document in documents_meant(context, meant)[: len(meant.own) or 1]:
        text = context.quoter.document(document).text[:TOP]
        match = _PROPOSAL.search(canonical(text))
        if match is None:
            continue
        span = Span(match.start(), match.start() + len(match[0].rstrip(" ,.:;")))
        who = context.quoter.line(document, Span(*match.span("who")))
        items.append(
            DraftItem(
                text=context.quoter.line(document, span),
                fields=ItemFields(actors=(who,)),
                citations=(context.quoter.cite(document, span),),
            )
        )
    return Draft(items=tuple(items), confidence=1.0) if items else None
