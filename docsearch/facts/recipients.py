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
    r" bản|đơn))"
    r"|cung cấp (?:đầy đủ |kịp thời )?(?:số liệu|thông tin|tài liệu|hồ sơ|danh sách"
    r"|báo cáo|văn bản))"
)
_TO: Final = (
    re.compile(rf"(?<!\w){_HAND}(?!\w)[^.;]{{0,160}}? (?:cho|về|đến|tới)\s+"),
    re.compile(
        rf"(?<!\w)(?:gửi|gởi|báo cáo|{_SUBMIT}|nộp|đề xuất|kiến nghị|xin ý kiến)\s+(?:với )?"
        r"(?:về |cho |lên |đến )?"
    ),
    re.compile(r"(?<!\w)tham mưu\s+(?:cho |giúp |đề xuất |với )?"),
)
_SAID: Final = re.compile(rf"(?<!\w){_REPORT}(?!\w)")
MAX_THING: Final = 400  # code points of what is sent
_TO_WHOM: Final = re.compile(
    r"(?<!\w)(?:về|gửi|gởi|cho|đến|tới|lên|(?<!hợp )(?<!việc )(?<!đối )(?<!so )với|(?<!\()qua)\s+"
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
SENT: Final = re.compile(r"(?<!\w)(?:gửi|gởi|nộp|báo cáo|trình)(?!\w)")


def find_recipient(line: View, start: int, end: int) -> Mention | None:
    """Return who gets it: the first body that something is sent or reported to."""
    text = small(line.text)
    end = min(end, start + MAX_CLAUSE)
    *found, last = [_sent_to(line, text, pattern, start, end) for pattern in _TO]
    found.append(_sent_through(line, text, start, end))
    first = min(filter(None, found), key=lambda mention: mention.span.start, default=None)
    return first or last


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
    return names.actors[0] if names else None


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


def _named(line: View, start: int, end: int) -> Mention | None:
    """Return the names that stand at ``start``, with "(qua …)" after them."""
    names = find_names(line, start, end, acts=False)
    if names is None:
        return None
    via = _VIA.match(line.text, names.end - (line.text[names.end - 1] == " "), end)
    stop = via.end() if via else names.end
    while stop > start and line.text[stop - 1] in " ,;:.":
        stop -= 1
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
