"""Who acts where the names stand inside a clause: after "giao", "do", in brackets, before a part.

"…, giao Phòng Nội vụ tổng hợp", "Kiểm kê thiết bị (cô Nhàn, cô Thu)", "gửi Sở Nội vụ để tổng hợp,
báo cáo UBND tỉnh".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from docsearch.facts.actors import Subject, find_names, skip_label
from docsearch.facts.duties import DO, OCCASION
from docsearch.facts.heads import small
from docsearch.facts.recipients import find_recipient
from docsearch.parse.view import View
from docsearch.records import Mention

_GIVEN: Final = re.compile(
    r"(?:(?<=[,;:(] )|(?<=\bvà ))(?:giao|yêu cầu|đề nghị)(?: cho)? |(?<= )do "
)
# "văn bản do HĐND huyện ban hành": whose a thing is, not who does what the clause says
_MADE: Final = re.compile(
    r"(?:ban hành|quản lý|cấp|quyết định|phê duyệt|thành lập|công bố|giao|đầu tư|quy định|cung cấp"
    r"|tổ chức|làm)(?!\w)"
)
_RESPONSIBLE: Final = re.compile(
    r"([^\W\d_][^,.;:()]{2,80}?|(?i:bên|người|chủ|thành viên|hộ) [^.;:()]{2,160}?)"
    r" (?=có (?:trách nhiệm|nhiệm vụ)(?!\w))"
)
_COLLECTS: Final = re.compile(
    r"(?<!\w)(?:để|nhằm) (?:\w+ )?(?:tổng hợp|tập hợp|thẩm định|thẩm tra|xem xét)[^.;,()]{0,40}"
    r"(?:, | và |, đồng thời )$"
)
_TITLE: Final = r"(?:đ/c|đồng chí|thầy|cô|ông|bà)(?!\w)"
_PERSONS: Final = re.compile(rf"\(({_TITLE} [^()]{{1,120}})\)")
_PERSON: Final = re.compile(rf"({_TITLE} [^,;()]{{1,60}}?)(?:[,;] |(?<!–)(?<!-) và |(?=\)|$))")


def named_inside(line: View, start: int, end: int) -> Subject | None:
    """Return who does it where the names stand inside: "…, giao Phòng Nội vụ tổng hợp"."""
    text = small(line.text)
    for match in _GIVEN.finditer(text, start, end):
        names = find_names(line, match.end(), end)
        made = match[0].startswith("do ") and _MADE.match(text, names.end, end) if names else None
        if names and not made and DO.match(text, names.end, end):
            return names
    return None


def responsible(line: View, start: int, end: int) -> Subject | None:
    """Return who "… có trách nhiệm" names, when the vocabulary knows no such body."""
    begin = skip_label(line, start, end)
    match = _RESPONSIBLE.match(line.text, begin, end)
    if match is None or OCCASION.match(small(line.text), begin, end):
        return None
    return Subject((line.mention(*match.span(1)),), match.end(1) + 1)


def in_person(line: View, start: int, end: int) -> tuple[Mention, ...]:
    """Return the persons that brackets name: "Kiểm kê thiết bị (cô Nhàn, cô Thu)"."""
    text = small(line.text)
    match = _PERSONS.search(text, start, end)
    found: list[Mention] = []
    position = match.start(1) if match else end
    while match and (one := _PERSON.match(text, position, match.end(1))):
        found.append(line.mention(*one.span(1)))
        position = one.end()
    return tuple(found)


def collector(line: View, start: int, end: int) -> Mention | None:
    """Return who does the next part: "gửi Sở Nội vụ để tổng hợp, | báo cáo UBND tỉnh"."""
    collects = _COLLECTS.search(small(line.text), start, end)
    recipient = find_recipient(line, start, collects.start()) if collects else None
    names = recipient and find_names(
        line, bisect_left(line.offsets, recipient.span.start), end, acts=False
    )
    return names.actors[0] if names else None
