"""Documents and places that a question puts side by side, as it names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final, Literal

from docsearch.answer.kind_words import VERBS, kinds_pattern
from docsearch.orthography import canonical, fold
from docsearch.parse.dates import find_dates
from docsearch.parse.numbers import find_bare_numbers, find_numbers, number_key
from docsearch.records import Span
from docsearch.search.query import Query
from docsearch.search.unknown_places import bare_name

Said = Literal["kind", "number", "day", "place", "year"]
MOST_WORDS: Final = 90
"""Characters between the kind of a document and what tells which one; arbitrary."""

_LEVEL: Final = (
    r"(?:huyện|xã|tỉnh|quận|phường|thị trấn|thành phố|thị xã|district|commune|province|city|town"
    r"|ward)"
)
_LEVEL_AFTER: Final = r"(?: (?:district|commune|province|city|town|ward)(?!\w))?"
_ISSUER: Final = (
    r"(?:ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|ban thường vụ|ban chấp hành|đảng bộ|đảng ủy"
    r"|huyện ủy|tỉnh ủy|thành ủy|thị ủy|people's committee)"
)
_LINK: Final = (
    rf"(?:số|no\.?|number|ngày|dated|of|ký|ban hành|năm|của|do|ở|tại|from|in|the|{_LEVEL}|{_ISSUER}"
    r"|vào|trong)"
)
_BETWEEN: Final = re.compile(rf"[\s(]*(?:{_LINK}[\s(]+)*(?:{_LINK})?[\s(]*")
"""What stands between the parts of one name: "kế hoạch số 12 ngày 3/4/2020 của UBND huyện A"."""
SUBJECT: Final = re.compile(
    r"(?!\W*(?:nào|gì|này|mấy|which|what)(?!\w))"
    r"(?:(?!(?<!\w)(?:và|với|hay|hoặc|còn|so|nào|gì|đặt|giao|yêu cầu|khác|căn cứ|phải|có|and|or"
    r"|with|than|versus|differ|ask|asks|set|sets|say|says|require|requires|implement)(?!\w))"
    r"[^?;:,()])*"
)
"""Words behind the kind of a document that say what it is about."""
_TRAILING: Final = re.compile(
    rf"(?:(?<!\w)(?:của|do|ở|tại|từ|năm|ngày|of|from|in|the|{_LEVEL}|{_ISSUER})\W*)+$"
)
_AFTER: Final = re.compile(
    r"\s*\((?P<in>[^()]*)\)|(?P<about> (?:về|on|about) [^?;:,()]{2,80}?)(?=,| và | and )"
)
_OF_OWNER: Final = re.compile(r"['’]s? ")
"""Between a place and a kind: "Chi Lang's plan"."""
_JOIN: Final = (
    r"\W*(?:,|và|với|hay|hoặc|còn|cùng|so với|khác(?: gì)?(?: (?:so )?với)?|and|or|with|versus"
    r"|vs\.?|than|to)"
    r"(?:\W+(?:và|với|cả|của|trong|ở|tại|theo|giữa|nêu|in|under|of|the|one|that|from|with|by"
    r"|(?:người|ai|ngày|ngày và người) ký|ngày ban hành|số hiệu"
    rf"|{_LEVEL}|{_ISSUER}))*"
)
_JOINS: Final = re.compile(rf"{_JOIN}\W*")
"""What stands between two sides: "… và trong …"."""
_BODY_JOINS: Final = re.compile(
    rf"{_JOIN}\W+(?:sở|phòng|ban|chi cục|cục|trung tâm|công an)(?: [^\W\d_]+){{1,8}}?\W*"
)
"""The same between two documents of a kind: "văn bản của Sở Y tế A và của Sở Y tế B"."""
_LEAD: Final = re.compile(
    r"(?:(?:hãy )?(?:so sánh|đối chiếu|compare) )?"
    r"(?:(?:giữa|của|trong|ở|tại|theo|với|cả|các|hai|ba|nêu|in|under|of|the|between|both)[\s(]+)*"
    rf"(?<!, )(?:(?:{_LEVEL}|{_ISSUER})[\s(]+)*$"
)
"""What stands before the first side and goes with it."""
_DONE: Final = re.compile(
    r"(?:[-–] |(?<!\w)(?:gửi|lập|xây dựng|ban hành|trình|nộp|làm|phê duyệt|duyệt|hoàn thành) )$"
)
"""Before a kind: the document is still to be made, or part of a body's name."""
_SPELLED_OUT: Final = re.compile(r"\W*(?:thứ (?:nhất|hai|ba)|first|second|third)(?!\w)")
_DIGITS: Final = re.compile(
    r" (?:số )?(?P<digits>\d{1,5})(?![\d/.,%-]\S|\d|%)"
    r"(?! (?:năm|tháng|tuần|ngày|tuổi|quý|giờ|lần|-)(?!\w))"
)
"""The number of a document without its symbol: "thông báo 203 giao …"."""
_YEAR: Final = re.compile(r"(?<![\d/.,-])(?:19|20)\d\d(?![\d/]|\s*[-–]\s*\d)")


@dataclass(frozen=True, slots=True)
class _Part:
    said: Said
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Mention:
    """What a question says of one document or place; where it stands in ``side_text``."""

    start: int
    end: int
    kind: str = ""  # as it is written: "kế hoạch"
    number: str = ""  # a key
    day: str = ""  # ISO 8601
    place: str = ""  # one of the corpus
    year: str = ""
    subject: str = ""  # further words
    names_itself: bool = field(default=True, compare=False)  # whether the kind stands here


def side_text(query: Query) -> str:
    """Return the text of a question that mentions are found in, small letters."""
    return query.text.lower() if query.language == "en" else canonical(query.spelled)


def find_mentions(query: Query, *, places_alone: bool = False) -> tuple[Mention, ...]:
    """Return the documents and places that a question puts side by side.

    Args:
        query: the question.
        places_alone: whether places without any document count.

    Returns:
        At least two, joined by "và", "với", "hay" or a comma, in order, one of which is told by
        what a document is told by (kind, number, day); what the last one says for all ("của
        huyện A") stands in each. None where the question names them otherwise.
    """
    text = side_text(query)
    chains: list[list[Mention]] = [[]]
    for mention in _with_subjects(text, list(_grouped(text, list(_parts(query, text))))):
        last = chains[-1][-1] if chains[-1] else None
        joins = (_JOINS, _BODY_JOINS) if last and last.kind else (_JOINS,)
        joined = last and any(each.fullmatch(text, last.end, mention.start) for each in joins)
        if last is None or joined:
            chains[-1].append(mention)
        else:
            chains.append([mention])
    chain = max(chains, key=len)
    told = (each.kind or each.number or each.day or each.subject for each in chain)
    if len(chain) < 2 or not (places_alone or any(told)):
        return ()
    return tuple(_shared(chain))


def without_mentions(query: Query, mentions: Sequence[Mention]) -> tuple[str, str]:
    """Return the text of a question, and its spelling, without the sides that it names."""
    text = side_text(query)
    start = mentions[0].start
    lead = _LEAD.search(text, 0, start)
    start = lead.start() if lead else start
    end = mentions[-1].end
    cut = [_cut(each, start, end) for each in (query.text, query.spelled)]
    return cut[0], cut[1] if len(query.text) == len(query.spelled) else cut[0]


def _cut(text: str, start: int, end: int) -> str:
    rest = f"{text[:start].rstrip(' ,:')} {text[end:].lstrip(' ,:')}".strip()
    rest = re.sub(r" (?=[?.!])", "", rest)
    return rest[:1].upper() + rest[1:]


@cache
def _kind_pattern() -> re.Pattern[str]:
    kinds = kinds_pattern()
    return re.compile(
        rf"(?<!\w)(?P<kind>{kinds})(?: {kinds})?(?!\w)(?! (?:nào|gì|này|mấy|thế nào))"
    )


def _parts(query: Query, text: str) -> Iterator[_Part]:
    """Yield what may tell a document, in order; nothing overlaps."""
    found: list[_Part] = []
    english = query.language == "en"
    source = query.text if english or len(query.text) == len(text) else text
    for number in find_numbers(source):
        found.append(_Part("number", *_bounds(number.span), number_key(number.value)))
    for date in find_dates(source, english=english):
        if date.value and len(date.value) == len("2024-06-28"):
            found.append(_Part("day", *_bounds(date.span), date.value))
    for bare in find_bare_numbers(source):
        at = re.compile(rf"(?<!\d){bare.value}(?!\d)").search(source, *_bounds(bare.span))
        if at:
            found.append(_Part("number", *at.span(), number_key(bare.value)))
    folded = fold(text)
    for place in sorted(query.places, key=lambda each: -len(each)):
        name = re.escape(fold(bare_name(place)))
        for match in re.finditer(rf"(?<!\w){name}(?!\w){_LEVEL_AFTER}", folded):
            found.append(_Part("place", *match.span(), place))
    found += [_Part("year", *match.span(), match[0]) for match in _YEAR.finditer(text)]
    for match in _kind_pattern().finditer(text):
        told = re.match(r" (?:số |ngày |no\.? ?)?\d", text[match.end() :])
        if told or not (match["kind"] in VERBS or _DONE.search(text, 0, match.start())):
            found.append(_Part("kind", *match.span(), match["kind"]))
    found += [
        _Part("number", *told.span("digits"), number_key(told["digits"]))
        for part in found
        if part.said == "kind"
        and (told := _DIGITS.match(text, part.end))
        and not re.fullmatch(r"(?:19|20)\d\d", told["digits"])
    ]
    kept: list[_Part] = []
    for part in found:  # what is told by more comes first
        if not any(part.start < each.end and each.start < part.end for each in kept):
            kept.append(part)
    yield from sorted(kept, key=lambda each: each.start)


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _grouped(text: str, parts: Sequence[_Part]) -> Iterator[Mention]:
    """Yield the parts as mentions: a kind with what tells which document of it is meant."""
    current: Mention | None = None
    told = False
    for part in parts:
        if current is not None and part.said != "kind" and not getattr(current, part.said):
            close = _BETWEEN.fullmatch(text, current.end, part.start)
            about = (
                bool(current.kind)
                and not told
                and part.start - current.end <= MOST_WORDS
                and SUBJECT.fullmatch(text, current.end, part.start)
            )
            if close or about:
                subject = "" if close else _TRAILING.sub("", text[current.end : part.start])
                current = replace(
                    _with(current, part),
                    end=part.end,
                    subject=f"{current.subject} {subject}".strip(),
                )
                told = True
                continue
        owner = current is not None and part.said == "kind" and not current.kind
        if current is not None and owner and _OF_OWNER.fullmatch(text, current.end, part.start):
            current = replace(_with(current, part), end=part.end)
            continue
        if current is not None:
            yield current
        current = _with(Mention(part.start, part.end), part)
        told = part.said != "kind"
    if current is not None:
        yield current


def _with(mention: Mention, part: _Part) -> Mention:
    if part.said == "kind":
        return replace(mention, kind=part.value)
    if part.said == "number":
        return replace(mention, number=part.value)
    if part.said == "day":
        return replace(mention, day=part.value)
    if part.said == "place":
        return replace(mention, place=part.value)
    return replace(mention, year=part.value)


def _with_subjects(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield mentions with what follows them: "của huyện A (dân số)", "của năm 2013 về dân số"."""
    about = ""
    for mention in mentions:
        end = mention.end
        if ordinal := _SPELLED_OUT.match(text, end):
            end = ordinal.end()
        subject = mention.subject
        if about and text.startswith(about, end):
            subject = f"{subject} {about}".strip()
            end += len(about)
        elif after := _AFTER.match(text, end):
            about = after["about"] or ""
            subject = f"{subject} {after['in'] or about}".strip()
            end = after.end()
        yield replace(mention, end=end, subject=subject)


def _shared(chain: Sequence[Mention]) -> Iterator[Mention]:
    """Yield mentions with the kind that the first, and the place that one, says for all."""
    kinds = [each.kind for each in chain if each.kind]
    alone = any(each.place and not (each.kind or each.number or each.day) for each in chain)
    places = set() if alone else {each.place for each in chain if each.place}
    kind = kinds[0] if chain[0].kind and len(kinds) == 1 else ""
    for each in chain:
        shared = kind if kind and not each.kind else each.kind
        place = each.place
        if not place and len(places) == 1 and shared and not each.number:
            place = next(iter(places))
        yield replace(each, kind=shared, place=place, names_itself=bool(each.kind))
