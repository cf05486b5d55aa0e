"""Answers to "mục đích của kế hoạch X là gì?": what stands below the heading that is asked for.

Documents of the State and the Party have sections of set names; which ones, and how questions ask
for them, is ``vocabulary/sections.json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, cast

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem
from docsearch.answer.relevance import Layer
from docsearch.answer.which import Meant
from docsearch.orthography import fold
from docsearch.parse.sentences import sentences
from docsearch.parse.view import view
from docsearch.records import Heading, ItemFields, Span, Unit
from docsearch.search.patterns import Question, names
from docsearch.vocabulary import load

MOST: Final = 5
"""Units below a heading that are quoted."""
MOST_READ: Final = 8
"""Documents that are looked through, those with the best hits."""
WHOLE: Final = 700
"""Code points up to which a unit is quoted whole; of a longer one its first sentence."""
OPEN: Final = 0.2
"""Share of the question that may stand neither in the heading nor in what the document is about:
with more of it, one statement is asked for and not a section."""
OWN: Final = 0.3
"""Share of the question that what the document is about has to account for, where the question
does not say by number or place which it means; arbitrary."""
_INTENTS: Final = frozenset(("what", "list", "who", "which_document", "how_many"))
_LABEL: Final = re.compile(
    r"\W*(?:(?:(?:phan|chuong|muc|dieu) )?(?:[ivx]{1,5}|[a-zđ]|\d{1,2})(?:\.\d{1,2})*[.)/:-]*\s+)?"
    r"(?:(?:cac|nhung|mot so|ve) )?(?:hanh vi )?"
)
_IDLE: Final = Layer.of(
    "thực hiện ban hành nêu đặt đề ra xây dựng lập kế hoạch triển khai tổ chức quy định lấy bảo "
    "đảm nội dung chính chủ yếu cụ thể áp dụng văn bản quyết định nghị quyết thông báo công văn "
    "nhằm làm",
    1.0,
)
"""Words that say nothing of what a section is about."""
_LEVELS: Final = frozenset(("closing", "footnote", "copy"))


@dataclass(frozen=True, slots=True)
class _Section:
    """A unit whose heading is asked for, and the headings above what stands below it."""

    unit: Unit
    headings: tuple[Heading, ...]
    rank: int  # place of the phrase that its heading has among those asked for
    exact: bool  # its heading says nothing else


def answer_by_section(context: Context, meant: Meant) -> Draft | None:
    """Return what stands below the heading that a question asks for.

    Args:
        context: the question and the index.
        meant: the documents that the question means.

    Returns:
        One item a unit below the heading, in the order of the text; None when the question asks
        for no section, for one statement of it, or no document that it means has such a heading.
    """
    query = context.query
    asked = _asked(context)
    if query.intent not in _INTENTS or query.dates or not asked:
        return None
    for document in documents_meant(context, meant):
        for phrases in asked:
            found = _sections(context.snapshot.store.outline(document), phrases)
            fitting = [each for each in found if _is_whole(context, document, each, phrases)]
            if fitting:
                chosen = min(fitting, key=lambda each: (each.rank, not each.exact))
                items = tuple(_items(context, document, chosen))
                return Draft(items=items[:MOST], confidence=0.8) if items else None
    return None


def answer_by_heading(context: Context, meant: Meant) -> Draft | None:
    """Return what stands below the heading that says what a question is about.

    "Người sử dụng dịch vụ phải làm gì?": "Điều 6. Các quy định đối với người sử dụng dịch vụ".

    Args:
        context: the question and the index.
        meant: the documents that the question means.

    Returns:
        One item a unit below the heading; None when the question asks otherwise, or no heading of
        a document that it means says all that it is about.
    """
    query = context.query
    if query.dates or not _CONTENTS.search(fold(query.text)):
        return None
    for document in documents_meant(context, meant):
        best, most = None, NAMED
        for section in _sections(context.snapshot.store.outline(document), ("",)):
            name = Layer.of(section.headings[-1].text, 1.0)
            share = context.relevance.coverage([name])
            if share > most and _is_whole(context, document, section, ()):
                best, most = section, share
        if best:
            items = tuple(_items(context, document, best))
            return Draft(items=items[:MOST], confidence=most) if items else None
    return None


_CONTENTS: Final = re.compile(
    r"\b(?:lam (?:nhung )?gi|(?:trach nhiem|nhiem vu|nghia vu|quyen|quyen han|quy dinh|noi dung"
    r"|yeu cau|dieu kien|tieu chuan|che do|viec|giai phap|hoat dong)(?: chinh)? (?:gi|nao)"
    r"|(?:gom|co|neu) (?:nhung )?(?:noi dung |quy dinh )?(?:gi|nao)"
    r"|(?:duoc )?quy dinh (?:the nao|ra sao|gi))\b"
)
"""What asks for all that is said of something."""
NAMED: Final = 0.6
"""Share of the question, beside what the document is about, that a heading has to say for that."""


@cache
def _headings() -> dict[str, tuple[str, ...]]:
    return {
        str(entry["section"]): tuple(cast("list[str]", entry["headings"]))
        for entry in load("sections")
    }


def _asked(context: Context) -> list[tuple[str, ...]]:
    """Return the headings that each section may have that a question asks for."""
    question = Question.of(context.query.text, context.query.spelled)
    return [_headings()[name] for name in names("sections", "section", question)]


def documents_meant(context: Context, meant: Meant) -> Sequence[str]:
    """Return the documents that a question means, the likeliest first.

    Args:
        context: the question and the index.
        meant: those that it names by number.

    Returns:
        Ids: those that it numbers; else of those that its place leads to the ones with the best
        hits; else the one whose subject says most of the question, if that is ``OWN`` of it.
    """
    if meant.own:
        return sorted(meant.own & context.allowed)
    near = [each for each in context.hits_by_document if each in context.allowed]
    narrowed = context.documents is not None
    if narrowed:
        near += sorted(context.allowed.difference(near))
    near = near[:MOST_READ]
    own = {each: context.subject_coverage(each) for each in near}
    near.sort(key=lambda each: -own[each])
    return near if narrowed else [each for each in near[:1] if own[each] >= OWN]


def _sections(
    unit: Unit, phrases: Sequence[str], above: tuple[Heading, ...] = ()
) -> Iterator[_Section]:
    """Yield the units whose heading begins with a phrase, innermost first where they nest."""
    if unit.level in _LEVELS:
        return
    within = (*above, unit.heading) if unit.heading else above
    for child in unit.children:
        yield from _sections(child, phrases, within)
    if unit.heading:
        name = " ".join(_LABEL.sub("", fold(" ".join(unit.heading.text.split())), count=1).split())
        for rank, phrase in enumerate(phrases):
            if _begins(name, phrase):
                yield _Section(unit, within, rank, name.strip(" .:") == phrase)
                break


def _begins(name: str, phrase: str) -> bool:
    """Return whether a heading says a phrase: first, or as the second of two ("…, yêu cầu")."""
    return bool(re.match(rf"(?:[\w ]{{1,30}}(?:,| va|;) )?(?:[\w ]{{0,20}})?{phrase}\b", name))


def _is_whole(context: Context, document: str, section: _Section, phrases: Sequence[str]) -> bool:
    """Return whether the question asks for a section as such, and not for one thing in it."""
    words = " ".join(heading.text for heading in section.headings)
    return says_nothing_else(context, document, f"{words} {' '.join(phrases)}")


def says_nothing_else(context: Context, document: str, words: str) -> bool:
    """Return whether some words and what a document is about say nearly all of the question."""
    said = {*Layer.of(words, 1.0).tokens, *context.about(document).tokens, *_IDLE.tokens}
    said |= {fold(token) for token in said}
    weights = context.relevance.singles
    lacking = sum(
        weight for token, weight in weights.items() if token not in said and fold(token) not in said
    )
    return lacking <= OPEN * sum(weights.values())


def _items(context: Context, document: str, section: _Section) -> Iterator[DraftItem]:
    header = context.snapshot.entries[document].header
    for unit, headings in _leaves(section.unit, section.headings):
        for span in _quoted(context, document, unit):
            yield DraftItem(
                text=context.quoter.line(document, span),
                fields=ItemFields(
                    place=header.place.value if header.place else None,
                    number=header.number.value if header.number else None,
                ),
                citations=(context.quoter.cite(document, span, headings, [span]),),
            )


def _leaves(
    unit: Unit, headings: tuple[Heading, ...]
) -> Iterator[tuple[Unit, tuple[Heading, ...]]]:
    """Yield what stands below a heading: the unit's own words, then those of its children."""
    if unit.pieces and not (unit.heading and _is_heading_alone(unit)):
        yield unit, headings
    for child in unit.children:
        if child.level not in _LEVELS:
            within = (*headings, child.heading) if child.heading else headings
            yield from _leaves(child, within)


def _is_heading_alone(unit: Unit) -> bool:
    heading = unit.heading
    return heading is not None and all(piece.end <= heading.span.end + 2 for piece in unit.pieces)


def _quoted(context: Context, document: str, unit: Unit) -> Iterator[Span]:
    """Yield what of a unit is quoted: its pieces, of long ones the first sentence."""
    text = context.quoter.document(document).text
    for piece in unit.pieces:
        start = piece.start
        if unit.heading and piece.start <= unit.heading.span.start < piece.end:
            start = max(start, min(unit.heading.span.end, piece.end))
        words = text[start : piece.end]
        start += len(words) - len(words.lstrip(" \t\n:.-\u00a0"))
        end = start + len(text[start : piece.end].rstrip())
        if end - start > WHOLE:
            first = next(iter(sentences(view(text, [Span(start, end)]))), None)
            end = start + first[1] if first else end
        if end > start:
            yield Span(start, end)
