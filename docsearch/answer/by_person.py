"""Answers to "Ai là Chủ tịch UBND huyện …?": the people whom documents name with an office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.index.tokens import alike
from docsearch.orthography import LOWER, UPPER, fold
from docsearch.records import ItemFields, Span
from docsearch.search.query import Query

_OFFICE: Final = (
    r"(?:phó )?(?:chủ tịch|bí thư|giám đốc|trưởng (?:phòng|ban)|chánh văn phòng|hiệu trưởng|"
    r"viện trưởng|cục trưởng|chủ nhiệm|tổ trưởng|trưởng đoàn|tổ phó)"
)
_FOLDED_OFFICE: Final = re.compile(
    r"(?:pho )?(?:chu tich|bi thu|giam doc|truong (?:phong|ban)|chanh van phong|hieu truong|"
    r"vien truong|cuc truong|chu nhiem|to truong|truong doan|to pho)"
)
_ASKS: Final = re.compile(
    r"\bai (?:la|giu|dang|chu tri|lam)\b|\bla ai\b|ten (?:gi|la gi)|giu chuc|chuc (?:vu|danh)"
    r"|\bai (?:\w+ ){0,2}duoc (?:bo nhiem|bau|cu|chi dinh|phe chuan)\b"
    r"|\b(?:bo nhiem|bau|chi dinh) ai (?:lam|giu)\b"
    r"|\bwho (?:is|was|chaired|chairs)\b"
    r"|\bwho (?:will be|has been|have been|were|are) (?:appointed|elected|named|made)\b"
)
_TO_COME: Final = re.compile(r"\bai (?:\w+ ){0,2}se\b|\bai se\b|\bse la ai\b|\bwho will\b")
"""Asks for whoever comes next: not for the one who signs."""
_NAME: Final = rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{1,4}}"
# "đồng chí Nguyễn Tường Duy, Chủ tịch UBND huyện", "Đinh Thị Hồng Thu - Phó Chủ tịch UBND huyện"
_NAME_FIRST: Final = re.compile(
    rf"(?:(?:đồng chí|đ/c|ông|bà)\s+)?(?P<name>{_NAME})\s*[,–-]\s*"
    rf"(?P<office>(?i:{_OFFICE})(?:[^,.;:()–\n]{{0,60}}))"
)
# "ông Phạm Minh Dũng, Phó Chủ tịch Ủy ban MTTQ huyện làm Tổ trưởng"
_MADE: Final = re.compile(
    rf"(?P<name>{_NAME})[^.;()\n]{{0,80}}?\s(?:làm|là|giữ chức(?: vụ)?)\s+"
    rf"(?P<office>(?i:{_OFFICE})(?:[^,.;:()–\n]{{0,60}}))"
)
# "Phó Chủ tịch UBND huyện, Đinh Thị Hồng Thu"
_OFFICE_FIRST: Final = re.compile(
    rf"(?P<office>(?i:{_OFFICE})(?:[^,.;:()–\n]{{0,40}}?)),?\s+(?:đồng chí\s+)?"
    rf"(?P<name>{_NAME})(?=\s+(?:chủ trì|tại|kết luận)|[,.;])"
)


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    office: str
    document: str
    span: Span
    of: str = ""  # what stands before the name: "Tổ kiểm tra (ông …"


_CHAIR_ASKED: Final = re.compile(r"\bai\b.*chu tri|chu tri\b.*\bla ai\b|who chaired|chaired by")
_MEETING: Final = re.compile(r"hoi nghi|hop|buoi|thong bao ket luan|meeting|conference")
_CHAIRED: Final = re.compile(rf"(?P<name>{_NAME})(?P<office>[^.;:\n]{{0,80}}?chủ trì)")


def asks_for_person(query: Query) -> bool:
    """Return whether a question asks who holds an office, or who chaired a meeting."""
    office = _ASKS.search(fold(query.text)) and _FOLDED_OFFICE.search(fold(query.spelled))
    return bool(office) or _asks_for_chair(query.text)


def _asks_for_chair(text: str) -> bool:
    folded = fold(text)
    return bool(_CHAIR_ASKED.search(folded) and _MEETING.search(folded))


_ROLE_ASKED: Final = re.compile(
    r"\bchuc (?:vu|danh) (?:gi|nao|la gi)|\bla ai\b"
    r"|\bgiu (?:chuc|chuc vu|cuong vi|vai tro) (?:gi|nao)"
    r"|\b(?:vai tro|cuong vi|tu cach) (?:gi|nao|la gi)|\bwho is\b"
    r"|\b(?:what|which) (?:capacity|title|position|office|role|post)\b"
)


def answer_by_roles(context: Context) -> Draft | None:
    """Return the offices that documents give to the person whom a question names.

    "Nguyễn Văn An ký thông báo với chức danh gì?", "Ông An giữ những chức vụ gì?".

    Args:
        context: the question and the index.

    Returns:
        One item an office, in the order of the documents; None when the question asks otherwise or
        names nobody whom a document names with an office.
    """
    asked = fold(context.query.text)
    if not _ROLE_ASKED.search(asked):
        return None
    found: dict[tuple[str, str], _Person] = {}
    for document, text in context.texts():
        for person in _people(context, document, text):
            if re.search(rf"(?<!\w){re.escape(fold(person.name))}(?!\w)", asked):
                found.setdefault((fold(person.name), fold(person.office)), person)
    items = tuple(_item(context, person) for person in found.values())
    return Draft(items=items[:MOST_ROLES], confidence=0.9) if items else None


MOST_ROLES: Final = 6
"""Offices of one person that are shown."""


_OF_A_TEAM: Final = re.compile(r"\b(?:to truong|truong doan|to pho)\b")
"""Offices that a sentence gives in any words: "Đoàn số 2 do đồng chí … làm Trưởng đoàn"."""


def answer_by_person(context: Context) -> Draft | Refusal | None:
    """Return who holds the office that a question names, where a document says so.

    Args:
        context: the question and the index.

    Returns:
        The names with the words that give them the office; a refusal when no document of the
        places that the question names does; None where that is the head of a team.
    """
    if _asks_for_chair(context.query.text):
        return _chair(context)
    office = _asked_office(context)
    found: dict[str, _Person] = {}
    yet_to_come = _TO_COME.search(fold(context.query.text))
    for document, text in context.texts():
        header = context.snapshot.entries[document].header
        signing = {signatory.span for signatory in header.signatories}
        for person in _people(context, document, text):
            if yet_to_come and person.span in signing:
                continue
            if _agrees(office, alike(f"{person.office} {person.of}")):
                found.setdefault(person.name, person)
    if not found and _OF_A_TEAM.search(fold(context.query.spelled)):
        return None
    if not found:
        return Refusal(reason=context.silence)
    items = tuple(_item(context, person) for person in found.values())
    return Draft(items=items[:3], confidence=0.9)


def _chair(context: Context) -> Draft | Refusal:
    """Return who chaired the meeting that a question means."""
    found = []
    for document, text in context.texts():
        for match in _CHAIRED.finditer(text):
            span = Span(match.start(), match.end())
            around = Span(max(0, span.start - 200), min(len(text), span.end + 200))
            person = _Person(match["name"], match["office"], document, span)
            found.append((context.weigh(document, around, ())[0], person))
    found.sort(key=lambda pair: (-pair[0], pair[1].document, pair[1].span.start))
    if not found or found[0][0] < 0.4:
        return Refusal(reason=context.silence)
    return Draft(items=(_item(context, found[0][1]),), confidence=found[0][0])


def _asked_office(context: Context) -> frozenset[str]:
    spelled = context.query.spelled.lower()
    places = {
        word
        for place in context.query.places
        for spelling in (alike(place), fold(place))
        for word in spelling.split()[1:]
    }
    match = re.search(rf"{_OFFICE}[^?,.]*", spelled)
    words = alike(match[0]).split() if match else []
    stop = {"là", "ai", "của", "ở", "tại", "xã", "huyện", "tỉnh", "năm", "nào", "of", "the", "in"}
    return frozenset(word for word in words if word not in places | stop)


def _agrees(asked: frozenset[str], office: str) -> bool:
    """Whether an office is the one asked for: all its words, and "phó" only where asked."""
    words = frozenset(office.split())
    return bool(asked) and asked <= words and ("phó" in words) == ("phó" in asked)


def _people(context: Context, document: str, text: str) -> Iterator[_Person]:
    for pattern in (_NAME_FIRST, _OFFICE_FIRST):
        for match in pattern.finditer(text):
            office = match["office"].strip()
            span = (
                Span(*sorted((match.start("name"), match.end("office"))))
                if match.start("name") < match.start("office")
                else Span(match.start("office"), match.end("name"))
            )
            yield _Person(match["name"], office, document, span)
    for match in _MADE.finditer(text):
        before = re.search(r"[^.;\n]{0,80}$", text[: match.start()])
        span = Span(match.start("name"), match.end("office"))
        yield _Person(match["name"], match["office"], document, span, before[0] if before else "")
    header = context.snapshot.entries[document].header
    for signatory in header.signatories:
        issuer = header.issuer.value if header.issuer else ""
        if signatory.title:
            yield _Person(signatory.name, f"{signatory.title} {issuer}", document, signatory.span)


def _item(context: Context, person: _Person) -> DraftItem:
    return DraftItem(
        text=context.quoter.line(person.document, person.span),
        fields=ItemFields(actors=(person.name,)),
        citations=(context.quoter.cite(person.document, person.span, (), [person.span]),),
    )
