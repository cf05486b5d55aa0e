"""Who gets what is sent or reported, and with whom it is done."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from docsearch.facts.actors import find_names
from docsearch.facts.heads import small
from docsearch.parse.view import View
from docsearch.records import Deadline, Mention

MAX_CLAUSE: Final = 3000  # code points that are searched for a recipient; longer is no clause
_SUBMIT: Final = r"(?<!công )(?<!chương )(?<!quá )(?<!quy )(?<!lộ )(?<!giáo )trình"
_REPORT: Final = (
    rf"(?:báo cáo|báo(?! chí)|gửi|gởi|nộp|{_SUBMIT}|đăng ký|thông báo|phản ánh|trả lời|góp ý"
    r"|(?:tham gia|cho|xin) ý kiến)"
)
_HAND: Final = (
    r"(?:bàn giao|chuyển(?: giao)?(?= (?:hồ sơ|tài liệu|danh sách|kết quả|toàn bộ|văn bản|biên"
    r" bản|đơn|tiền|số tiền|kinh phí))"
    r"|trả (?:kết quả|hồ sơ|danh sách)"
    r"|cung cấp (?:đầy đủ |kịp thời )?(?:số liệu|dữ liệu|thông tin|tài liệu|hồ sơ"
    r"|danh sách|báo cáo|văn bản))"
)
_HANDS: Final = re.compile(rf"(?<!\w){_HAND}(?!\w)")
_TO_HANDS: Final = re.compile(r" (?:cho|về|đến|tới)\s+")
MAX_HANDED: Final = 160  # code points of what is handed over: arbitrary
_NEXT_SENT: Final = re.compile(
    rf"(?:,|;| và) (?:đồng thời )?(?:gửi|gởi|báo cáo|nộp|{_SUBMIT})\s+"
    r"(?:với )?(?:về |cho |lên |đến )?"
)
_PURPOSE: Final = re.compile(r"(?<!\w)(?:để|nhằm)(?!\w)")
_TO: Final = (
    re.compile(
        rf"(?<!\w)(?:gửi|gởi|báo cáo|{_SUBMIT}|nộp|đề xuất|kiến nghị|xin ý kiến)\s+(?:với )?"
        r"(?:về |cho |lên |đến )?"
    ),
    re.compile(r"(?:, |và )(?:thông qua|chuyển(?: (?:cho|đến|về|sang))?)\s+"),
    re.compile(r"(?<!\w)tham mưu\s+(?:cho |giúp |đề xuất |với )?"),
)
# "nộp vào tài khoản của đơn vị tại Kho bạc Nhà nước huyện"
_PAID_IN: Final = re.compile(
    r"(?<!\w)(?:nộp|chuyển)(?: [^\W\d_]+){0,4}? vào (?:tài khoản|quỹ)(?: [^\W\d_]+){0,8}? "
    r"(?:mở )?tại\s+"
)
_ASKS: Final = re.compile(r"(?<!\w)(?:văn bản|tờ trình|công văn) (?:đề nghị|kiến nghị|trình)\s+")
# "Báo cáo định kỳ theo yêu cầu của Sở Y tế": who asks for it, where nobody else is named
_REPORTS_TO: Final = re.compile(r"(?<!\w)báo cáo(?!\w)")
_ASKED_BY: Final = re.compile(r"(?<!\w)theo yêu cầu của ")
_SAID: Final = re.compile(rf"(?<!\w){_REPORT}(?!\w)")
MAX_THING: Final = 400  # code points of what is sent
_TO_WHOM: Final = re.compile(
    r"(?<!\w)(?:về(?! (?:các |những )?(?:doanh nghiệp|người|lao động|cán bộ|công chức|viên chức|hộ"
    r"|học sinh|sinh viên|tổ chức|cá nhân|cơ sở|giáo viên|hội viên|đảng viên|đối tượng)(?!\w))"
    r"|gửi|gởi|cho|đến|tới|lên|(?<!hợp )(?<!làm việc )(?<!đối )(?<!so )với|(?<!\()qua)\s+"
    r"(?:trực tiếp\s+)?(?:về\s+|cho\s+)?"
)
_FULL_STOP: Final = re.compile(r"[.;]")
_TO_BODY: Final = re.compile(
    r",? ?(?:(?:gửi |gởi )(?:về|cho|đến|lên) |(?:gửi|gởi|về|cho|đến|lên) )"
)
_WITH: Final = re.compile(
    r"(?<!\w)phối hợp\s+(?:chặt chẽ\s+|cụ thể\s+)?(?:với|cùng)?\s*(?:với\s+)?"
)
MAX_FORWARD: Final = 400  # code points of a recipient and what it does with what it gets
_FORWARD: Final = re.compile(
    rf"(?<!\w)(?:tổng hợp|tập hợp|theo dõi|nghiên cứu|thẩm định|xem xét|rà soát)[^.;]{{0,80}}?"
    rf"(?<!\w)(?:báo cáo|{_SUBMIT}|đề xuất|tham mưu|gửi)\s+(?:với |cho |về |lên )?"
)
_VIA: Final = re.compile(r"\s*\(\s*(?:qua|thông qua)\b[^)]{1,80}\)")
# "báo cáo … để Sở Xây dựng tổng hợp, báo cáo UBND tỉnh": who collects what is sent gets it
_FOR: Final = re.compile(r"(?<!\w)để ")
_COLLECTS: Final = re.compile(
    r"(?:tổng hợp|tập hợp|quản lý|theo dõi|xem xét|báo cáo|trình|thẩm định|chỉ đạo|phê duyệt|giải"
    r" quyết|xử lý|kiểm tra|cập nhật|công bố|biết)(?!\w)"
)
SENT: Final = re.compile(rf"(?<!\w)(?:gửi|gởi|nộp|báo cáo|{_SUBMIT})(?!\w)")


def find_recipient(line: View, start: int, end: int) -> Mention | None:
    """Return who gets it: the first body that something is sent or reported to."""
    text = small(line.text)
    end = min(end, start + MAX_CLAUSE)
    *found, last = [_sent_to(line, text, pattern, start, end) for pattern in _TO]
    found.append(_sent_through(line, text, start, end))
    found.append(_handed(line, text, start, end))
    found.append(_collecting(line, text, start, end))
    first = min(filter(None, found), key=lambda mention: mention.span.start, default=None)
    first = first or _sent_to(line, text, _PAID_IN, start, end)
    last = last or _sent_to(line, text, _ASKS, start, end)
    if first or last or not _REPORTS_TO.search(text, start, end):
        return first or last
    return _sent_to(line, text, _ASKED_BY, start, end)


def proposed_to(line: View, start: int, end: int) -> Mention | None:
    """Return whom all is proposed to: "tham mưu UBND huyện sơ kết …, tổng kết …"."""
    return _sent_to(line, small(line.text), _TO[-1], start, end)


def nearest_recipient(line: View, first: Mention, end: int) -> Mention:
    """Return the last who gets something before a limit: "trình UBND xã xem xét, gửi Sở trước …".

    Args:
        line: the words of a unit.
        first: who gets it first.
        end: where the time limit begins.

    Returns:
        ``first`` where nothing is sent on, or only for a purpose ("để tổng hợp, báo cáo …").
    """
    text = small(line.text)
    position = bisect_left(line.offsets, first.span.end)
    for match in _NEXT_SENT.finditer(text, position, end):
        if _PURPOSE.search(text, position, match.start()):
            return first
        if name := _named(line, match.end(), end):
            first, position = name, match.end()
    return first


def find_partners(line: View, start: int, end: int) -> tuple[Mention, ...]:
    """Return those that it is done with: "phối hợp với …"."""
    match = _WITH.search(small(line.text), start, end)
    names = find_names(line, match.end(), end, acts=False) if match else None
    return names.actors if names else ()


def find_forwarded(line: View, start: int, end: int) -> tuple[Mention, ...]:
    """Return who gets it from those who collect it: "gửi Sở Y tế để tổng hợp, báo cáo UBND tỉnh".

    Args:
        line: the words of a unit.
        start: where the one who collects it is named.
        end: one past the last character of the clause.

    Returns:
        The bodies in order; empty where the clause names none.
    """
    text = small(line.text)
    for match in _FORWARD.finditer(text, start, min(end, start + MAX_FORWARD)):
        names = find_names(line, match.end(), end, acts=False)
        if names:
            return names.actors
    return ()


def closing_recipient(
    line: View, parts: Sequence[tuple[int, int, Deadline | None]]
) -> Mention | None:
    """Return who gets all that a list says: "sơ kết trước …, tổng kết trước … về Sở Y tế"."""
    _, end, limit = parts[-1]
    if len(parts) < 2 or limit is None:
        return None
    text = small(line.text)
    about = _TO_BODY.match(text, bisect_left(line.offsets, limit.span.end), end)
    sends = about and SENT.search(text, parts[0][0], end)
    names = find_names(line, about.end(), end, acts=False) if about and sends else None
    if names:
        return names.actors[0]
    return _collecting(line, text, parts[0][0], end)


def _sent_through(line: View, text: str, start: int, end: int) -> Mention | None:
    """Return the first body after "về", "cho", "đến" behind a word that says to report or send."""
    said = _SAID.search(text, start, end)
    while said:
        stop = _FULL_STOP.search(text, said.end(), end)
        limit = min(stop.start() if stop else end, said.end() + MAX_THING)
        for to in _TO_WHOM.finditer(text, said.end(), limit):
            if name := _named(line, to.end(), end):
                return name
        said = _SAID.search(text, limit, end) if stop else None
    return None


def _handed(line: View, text: str, start: int, end: int) -> Mention | None:
    """Return who is given papers or figures: "cung cấp số liệu về đất đai cho Chi cục Thống kê"."""
    for hands in _HANDS.finditer(text, start, end):
        stop = _FULL_STOP.search(text, hands.end(), min(end, hands.end() + MAX_HANDED))
        limit = stop.start() if stop else min(end, hands.end() + MAX_HANDED)
        for to in _TO_HANDS.finditer(text, hands.end(), limit):
            if name := _named(line, to.end(), end):
                return name
    return None


def _collecting(line: View, text: str, start: int, end: int) -> Mention | None:
    """Return who collects what is reported: "báo cáo kết quả để Sở Y tế tổng hợp"."""
    said = SENT.search(text, start, end)
    for purpose in _FOR.finditer(text, said.end(), end) if said else ():
        names = find_names(line, purpose.end(), end)
        if names and _COLLECTS.match(text, names.end, end):
            return names.actors[0]
    return None


def _named(line: View, start: int, end: int) -> Mention | None:
    """Return the names that stand at ``start``, with "(qua …)" after them."""
    names = find_names(line, start, end, acts=False)
    if names is None:
        return None
    via = _VIA.match(line.text, names.end - (line.text[names.end - 1] == " "), end)
    stop = via.end() if via else names.end
    while stop > start and (
        line.text[stop - 1] in " ,;:." or line.text.endswith((" và", " nơi", " như"), start, stop)
    ):
        stop -= 1 if line.text[stop - 1] in " ,;:." else 1 + len(line.text[:stop].split()[-1])
    return line.mention(start, stop)


def _sent_to(
    line: View, text: str, pattern: re.Pattern[str], start: int, end: int
) -> Mention | None:
    position = start
    while match := pattern.search(text, position, end):
        if name := _named(line, match.end(), end):
            return name
        position = match.end()
    return None
