"""Who acts where the names stand inside a clause: after "giao", "do", in brackets, before a part.

"…, giao Phòng Nội vụ tổng hợp", "Kiểm kê thiết bị (cô Nhàn, cô Thu)", "gửi Sở Nội vụ để tổng hợp,
báo cáo UBND tỉnh".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import Final

from docsearch.facts.actors import Subject, find_names, skip_label
from docsearch.facts.duties import DO, OCCASION
from docsearch.facts.heads import small
from docsearch.facts.recipients import find_recipient
from docsearch.parse.view import View
from docsearch.records import Deadline, Mention

_GIVEN: Final = re.compile(
    r"(?:(?<=[,;:(] )|(?<=\bvà ))(?:giao|yêu cầu|đề nghị|ủy quyền)(?: cho)? |(?<= )do "
    r"|(?<=[^\W\d_] )giao (?=(?:ủy ban nhân dân|ubnd|thường trực) (?:tỉnh|huyện|xã|thành phố|hđnd))"
)
# "văn bản do HĐND huyện ban hành": whose a thing is, not who does what the clause says
_MADE: Final = re.compile(
    r"(?:ban hành|quản lý|cấp|quyết định|phê duyệt|thành lập|công bố|giao|đầu tư|quy định|cung cấp"
    r"|tổ chức|làm)(?!\w)"
)
_RESPONSIBLE: Final = re.compile(
    r"([^\W\d_][^,.;:()]{2,80}?|(?i:bên|người|chủ(?! trì| động)|thành viên|hộ) [^.;:()]{2,160}?)"
    r" (?=có (?:trách nhiệm|nhiệm vụ)(?!\w))"
)
_TWICE: Final = re.compile(r"(?<!\w)([^\W\d_][^,.;:()]{4,60}) (?=\1$)")
# "Người trông coi lồng bè phải lên bờ trước 17 giờ"
_HAS_TO: Final = re.compile(
    r"(?:các |mọi |mỗi |những )?(?:người|chủ(?! trì| động| yếu)|hộ|bên|tổ chức|cá nhân|doanh nghiệp"
    r"|cơ sở|cơ quan|đơn vị|hội đồng|ngân hàng|thành viên|nhà đầu tư|nhà thầu|công ty|hợp tác xã"
    r"|đại diện|đối tượng|hội viên)(?! nào)(?:, (?:cá nhân|hộ gia đình|doanh nghiệp|đơn vị))? "
    r"[^.;:(),]{2,100}? "
    r"(?=phải (?!là))"
)
_OF_WHOM: Final = re.compile(
    r"(?:riêng )?đối với (?=(?:các |những |mọi )?(?:người|chủ|hộ|cơ sở"
    r"|tổ chức|cá nhân|doanh nghiệp)"
    r"(?!\w)[^.;:,()]{2,100} phải (?!là))"
)
_COLLECTS: Final = re.compile(
    r"(?<!\w)(?:để|nhằm) (?:\w+ )?(?:tổng hợp|tập hợp|thẩm định|thẩm tra|xem xét)[^.;,()]{0,40}"
    r"(?:, | và |, đồng thời )$"
)
# "thông báo cho UBND xã để xử lý trong vòng 48 giờ": who is told has that time to act
_FOR_ACTION: Final = re.compile(
    r" (?:để|nhằm) (?:kịp thời |chủ động |được )?(?:xử lý|giải quyết|khắc phục|sửa chữa|thẩm định"
    r"|xem xét|trả lời|phê duyệt|quyết định|xác minh|làm rõ|tháo gỡ|cấp)(?!\w)[^.,;:()]{0,60}$"
)
_TITLE: Final = r"(?:đ/c|đồng chí|thầy|cô|ông|bà)(?!\w)"
_PERSONS: Final = re.compile(rf"\(({_TITLE} [^()]{{1,120}})\)")
# "… (UBND xã Hòa Bình chủ trì)", "(giao Phòng Nội vụ tham mưu)"
_LED: Final = re.compile(r"\((?:giao(?: cho)? |do )?(?=[^\W\d_])")
_IN_CHARGE: Final = re.compile(
    r"(?:chủ trì|thực hiện|phụ trách|chịu trách nhiệm|tham mưu|đảm nhiệm)(?: [^()]{1,40})?\)"
)
_PERSON: Final = re.compile(rf"({_TITLE} [^,;()]{{1,60}}?)(?:[,;] |(?<!–)(?<!-) và |(?=\)|$))")


# "thẩm định hồ sơ do các xã gửi đến": whose the papers are, where the clause says what is done
_SENT_BY: Final = re.compile(
    r"(?:gửi|gởi|trình|nộp|chuyển|lập|đề nghị|đề xuất|cung cấp|báo cáo)"
    r"(?: đến| tới| lên| về)?(?!\w)"
)


def named_inside(line: View, start: int, end: int) -> Subject | None:
    """Return who does it where the names stand inside: "…, giao Phòng Nội vụ tổng hợp"."""
    text = small(line.text)
    for match in _GIVEN.finditer(text, start, end):
        names = find_names(line, match.end(), end)
        made = match[0].startswith("do ") and _MADE.match(text, names.end, end) if names else None
        if names and match[0].startswith("do ") and DO.match(text, start, end):
            made = made or _SENT_BY.match(text, names.end, end)
        if names and not made and DO.match(text, names.end, end):
            return replace(names, ordered=not match[0].startswith("do "))
    return None


def responsible(line: View, start: int, end: int, *, timed: bool) -> Subject | None:
    """Return who "… có trách nhiệm" names, when the vocabulary knows no such body.

    Args:
        line: the words of a unit.
        start: where a clause begins.
        end: one past its last character.
        timed: whether it has a time limit: then also "Người … phải" says who.

    Returns:
        The name and where what is done begins; None where no such words stand there.
    """
    begin = skip_label(line, start, end)
    text = small(line.text)
    if whom := _OF_WHOM.match(text, begin, end):
        begin = whom.end()  # "Đối với những hộ dân có nhà ở không an toàn phải di dời"
    elif OCCASION.match(text, begin, end):
        return None
    if match := _RESPONSIBLE.match(line.text, begin, end):
        first, last = match.span(1)
        if twice := _TWICE.search(line.text, first, last):
            first = twice.end()  # "Tiếp dân của UBND xã UBND xã có trách nhiệm": a heading before
        return Subject((line.mention(first, last),), last + 1)
    has_to = _HAS_TO.match(text, begin, end) if timed else None
    if has_to is None:
        return None
    return Subject((line.mention(begin, has_to.end() - 1),), has_to.end())


def in_person(line: View, start: int, end: int) -> tuple[Mention, ...]:
    """Return whom brackets name: "Kiểm kê thiết bị (cô Nhàn, cô Thu)", "(UBND xã chủ trì)"."""
    text = small(line.text)
    for led in _LED.finditer(text, start, end):
        names = find_names(line, led.end(), end)
        if names and _IN_CHARGE.match(text, names.end, end):
            return names.actors
    match = _PERSONS.search(text, start, end)
    found: list[Mention] = []
    position = match.start(1) if match else end
    while match and (one := _PERSON.match(text, position, match.end(1))):
        found.append(line.mention(*one.span(1)))
        position = one.end()
    return tuple(found)


def told_to_act(line: View, recipient: Mention | None, limit: Deadline) -> Subject | None:
    """Return who is told of something to deal with it in a number of hours or days."""
    if recipient is None or limit.kind != "relative" or recipient.span.end > limit.span.start:
        return None
    start = bisect_left(line.offsets, recipient.span.start)
    names = find_names(line, start, bisect_left(line.offsets, recipient.span.end), acts=False)
    stated = bisect_left(line.offsets, limit.span.start)
    acts = names and _FOR_ACTION.match(small(line.text), names.end - 1, stated)
    acts = acts or (names and _FOR_ACTION.match(small(line.text), names.end, stated))
    return names if acts else None


def collector(line: View, start: int, end: int) -> Mention | None:
    """Return who does the next part: "gửi Sở Nội vụ để tổng hợp, | báo cáo UBND tỉnh"."""
    collects = _COLLECTS.search(small(line.text), start, end)
    recipient = find_recipient(line, start, collects.start()) if collects else None
    names = recipient and find_names(
        line, bisect_left(line.offsets, recipient.span.start), end, acts=False
    )
    return names.actors[0] if names else None
