"""A paragraph → one clause for each of its figures, and what each clause measures.

A sentence is cut into segments at ; : . and at parentheses with figures, each segment into one
clause for each figure. A figure opens its clause ("100% giáo viên đạt chuẩn") or closes it ("tỷ lệ
lao động qua đào tạo đạt 55%"); what it counts stands on the other side.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, zip_longest
from typing import Final

from docsearch.facts.quantities import (
    MARKS,
    Quantity,
    at_least,
    cue,
    lower,
    skip_leading,
    trim,
)

_BOUNDARY = re.compile(r"[;:](?= |$)|\.(?= |$)| [-–+•] (?=[A-ZĐÀ-Ỹ])|(?<=[:;.,]) [-–+•] (?=\w)|\|")
_ENCLOSED = re.compile(r"\([^()]*\)|[“\"][^“”\"]*[”\"]")
_LIST_NUMBER = re.compile(r"\((?:[0-9]{1,2}|[a-zđ])\)")
# "90% số xã, thị trấn đạt chuẩn": one kind of body, and no new clause
_COMMA = re.compile(
    r",? (?:và )?trong đó,? |, (?!(?<=mức độ [0-9], )[0-9](?![0-9.,])"
    r"|(?:(?<= xã, )|(?<= huyện, )|(?<= phường, )"
    r"|(?<= quan, )|(?<= thôn, )|(?<= bản, ))(?:phường|thị trấn|thị xã|thành phố|quận|đơn vị"
    r"|địa phương|bản|ấp|khu phố|tổ dân phố) (?:đạt|có|được|hoàn thành|thực hiện|đăng ký"
    r"|triển khai)(?!\w))| và "
)
_RATE = re.compile(r"(?<!\w)(?:t[ỷỉ] lệ|mức(?! độ)|số lượng|tổng số|số)(?: bình quân)? ")
_FOR = re.compile(r"(?<!\w)(?:cho|đối với) ")
_WITH_RATE = re.compile(r" với (?=t[ỷỉ] lệ|mức)")
_WHOLE = re.compile(r"(?<!\w)toàn (?:huyện|xã|tỉnh|thành phố|thị trấn|ngành)(?! hội|\w)")
_TIME = re.compile(r"(?:[0-9]{4}|(?:h[ằàâ]ng|mỗi) năm)$")
_AIM_VERB = re.compile(r"(?<!\w)(?:(?:để )?(?:đảm bảo|bảo đảm)|ph[ấầ]n đ[ấầ]u)(?!\w)")
_CLOSED = re.compile(r" ?(?:[,;:.)]|$)")
MAX_LINKS: Final = 6  # "đạt tỷ lệ", "giảm xuống còn": arbitrary, keeps a line of such words linear
MAX_SEPARATORS: Final = 40  # looked at before one figure: arbitrary, for the same reason
_LONGEST_NAME: Final = 80  # code points in quotation marks that are a name: arbitrary
_OF = re.compile(
    r"(?<!\w)(?:của|tại|ở|trên|trong|thuộc|cho|theo|với|giữa|cả|toàn|trên địa bàn|từ)"
    r"(?: cả| toàn bộ)? ?$"
)
_VALUE_VERB = re.compile(r"(?<!\w)(?:đạt|là|có|còn|chiếm|tăng|giảm|lên|xuống|bằng)(?!\w)|:")
_NONE_LEFT = re.compile(r"(?<!\w)không (?:còn|có|để)(?: [^ ,;.]+){1,6} ?$")
_TO_WHOM = re.compile(r"(?<!\w)(?:cho|đối với|đến|tới|với) ?$")
_PLACE = re.compile(r"(?<!\w)(?:của|tại|ở|trên|trên địa bàn|trong|thuộc|theo)(?: cả| toàn bộ)? ?$")
_COMMAS = re.compile(r"[;,.(]| và ")
_PARTED = re.compile(r"[;:,.(]| và ")
_PER_ONE = re.compile(r"(?<!\w)(?:bình quân|tính trên|trên|mỗi)(?: mỗi)? ?$")
# "36 hộ nuôi từ 10 con trở lên", "5 trường thu đạt dưới 90%": which are meant
# "46 đơn vị chưa đạt 70% tiêu chuẩn về diện tích"
_FALLS_SHORT = re.compile(r"(?: [^\W\d_]+){0,3} (?:chưa|không) đạt ")
_WHICH = re.compile(
    r"(?: [^\W\d_]+){0,3} (?:có|nuôi|trồng|đạt|sử dụng|thu hoạch|thu)(?: [^\W\d_]+){0,6} $"
)
# "ưu tiên các xã có tỷ lệ tham gia dưới 90%"
_AMONG = re.compile(
    r"(?<!\w)(?:ưu tiên|tập trung|đối với|riêng|nhất là|cho|tại|ở)(?: [^\W\d_]+){0,4}? "
    r"(?:các|những) (?:hộ|xã|huyện|trường|thôn|bản|ấp|địa phương|đơn vị|cơ sở|doanh nghiệp"
    r"|dự án|khu vực|nơi|lớp)"
    r"(?: [^\W\d_]+){0,3} (?:có|đạt)(?: [^\W\d_]+){0,8} $"
)
# "xử lý trách nhiệm đối với chủ đầu tư giải ngân dưới 90%", "phê bình các xã thu dưới 50%"
_BELOW = re.compile(
    r"(?<!\w)(?:đối với|trách nhiệm|kiểm điểm|phê bình|xử lý|nhắc nhở|thu hồi|điều chuyển|của)"
    r"(?: vốn)?(?: của)?(?: (?:các|những))? "
    r"(?:chủ đầu tư|nhà thầu|xã|huyện|thôn|bản|ấp|trường|địa phương|đơn vị|cơ quan|tổ chức|cá nhân"
    r"|sở|ngành|phòng|ban|dự án|chủ dự án|người đứng đầu)(?:, [^\W\d_]+(?: [^\W\d_]+){0,3}){0,3}"
    r"(?: [^\W\d_]+){0,3} (?:có|đạt|giải ngân|thu|hoàn thành|thực hiện|nộp|tiêm|tham gia)"
    r"(?: [^\W\d_]+){0,6} $"
)
_BOUNDS: Final = frozenset((">=", ">", "<", "<="))
_GRADES: Final = ("tiêu chí", "sao", "chỉ tiêu")  # what a body is measured by
_AGAINST = re.compile(
    r"(?<!\w)so với (?:mục tiêu|kế hoạch|chỉ tiêu|dự toán|nghị quyết|yêu cầu|quy định)"
    r"[^,;.:()0-9]*$"
)
_DOSED = re.compile(r"^[^.;:(]*(?<!\w)(?:tiêm|đủ)(?: đủ| cả)? ?$")
_DOSES: Final = ("mũi", "mũi tiêm", "liều")
# "đạt 112% dự toán", "giảm 0,4 tạ/ha so với năm trước": what a figure is compared with
_BASE = re.compile(
    r" (?:(?:số |mức |tổng )?(?:kế hoạch|kh|dự toán|chỉ tiêu|nghị quyết|nq)|so (?:với|cùng)"
    r"|(?:cùng kỳ|năm) (?:năm )?(?:trước|ngoái|[0-9]{4}))(?!\w)"
)
_EACH = re.compile(r"(?<!\w)mỗi(?!\w)")
# "từ 21,8% (năm 2016) xuống còn", "gấp": nothing of what is measured
_CHANGES = re.compile(
    r"(?:từ [0-9][0-9.,]* ?%?(?: \([^()]*\))?(?: (?:lên|xuống|còn|đến))*|gấp|bằng|tăng|giảm)"
)
_HAS = re.compile(r"(?: [^\W\d_]+){1,8} (?:có|biết|được(?: [^\W\d_]+){1,3}) ")
_DEFINES = re.compile(r"(?: [^ ,;.]+){0,3} là ")


@dataclass(frozen=True, slots=True)
class Clause:
    """The words about one figure. Positions in the text that was cut."""

    quantity: Quantity
    start: int
    end: int
    scope: int  # where the words begin that may say what kind of figure it is


# "(xã được công nhận khi có ít nhất 95% trẻ ra lớp; …)": what brackets require
_NORM: Final = re.compile(
    r"\([^()]{0,80}(?:công nhận|đạt chuẩn|được tính|được xét|được xếp|hoàn thành)"
    r" (?:khi|nếu|với điều kiện)(?!\w)[^()]*\)"
)
_OF_SHARE: Final = re.compile(
    r"(?:(?:,| và|/) ?(?:mức độ )?[0-9])*[^,;.]{0,40}? (?:chiếm|đạt|là)[^,;.]{0,30}?"
    r"[0-9][0-9.,]* ?%"
)


def own_figures(lowered: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Leave out names in quotation marks and what only qualifies another figure."""
    names = [
        match.span()
        for match in _ENCLOSED.finditer(lowered)
        if match[0][0] != "(" and len(match[0]) <= _LONGEST_NAME
    ]
    starts = [start for start, _ in names]
    norms = [match.span() for match in _NORM.finditer(lowered)]
    own: list[Quantity] = []
    for quantity, following in zip_longest(quantities, quantities[1:]):
        if any(start < quantity.figure < end for start, end in norms):
            continue
        name = bisect_right(starts, quantity.figure) - 1
        if name >= 0 and quantity.figure < names[name][1]:
            continue
        before = own[-1] if own else None
        if quantity.kind == "level" and _OF_SHARE.match(lowered, quantity.end):
            continue  # "hồ sơ trực tuyến mức độ 3, 4 chiếm 22,4%"
        if quantity.kind not in ("share", "money") and _qualifies(
            lowered, before, quantity, following
        ):
            continue
        bounds = quantity.comparator in _BOUNDS or quantity.kind == "share"
        if bounds and _is_threshold(lowered, before, quantity):
            continue
        if before and before.unit == quantity.unit and _spelled(lowered, before, quantity):
            continue
        own.append(quantity)
    return own


def _is_threshold(lowered: str, before: Quantity | None, quantity: Quantity) -> bool:
    """Return whether a figure says which of something are meant: "36 hộ nuôi từ 10 con"."""
    if quantity.lead and _AMONG.search(lowered, max(0, quantity.start - 120), quantity.start):
        return True
    if quantity.lead == "dưới" and _BELOW.search(
        lowered, max(0, quantity.start - 160), quantity.start
    ):
        return True
    if before is None or before.kind != "count":
        return False
    if quantity.kind == "share" and _FALLS_SHORT.fullmatch(lowered, before.end, quantity.start):
        return True
    if quantity.lead not in ("từ", "trên", "dưới"):
        return False
    return _WHICH.fullmatch(lowered, before.end, quantity.start) is not None


def _spelled(lowered: str, before: Quantity, quantity: Quantity) -> bool:
    """Return whether a figure is the one before it once more, in words: "90% (chín mươi …)"."""
    return lowered[quantity.figure].isalpha() and lowered.startswith(" (", before.end)


def _qualifies(
    lowered: str, before: Quantity | None, quantity: Quantity, following: Quantity | None
) -> bool:
    """Return whether a count says of what another figure is: "của 04 dự án", "tại 5 xã"."""
    start = quantity.start
    figure = quantity.figure
    if following and quantity.value == 1 and _PER_ONE.search(lowered, max(0, figure - 16), figure):
        return not _COMMAS.search(lowered, quantity.end, following.start)
    if _AGAINST.search(lowered, max(0, start - _LONGEST_NAME), start):
        return True  # "đạt 75% so với mục tiêu 20 km"
    if _NONE_LEFT.search(lowered, max(0, quantity.figure - _LONGEST_NAME), start):
        return True
    if following:
        gap = lowered[quantity.end : following.start]
        if len(gap) < _LONGEST_NAME and not _COMMAS.search(gap):
            of = _OF.search(lowered, max(0, quantity.figure - 24), quantity.figure)
            if (of and _VALUE_VERB.search(gap)) or _DEFINES.fullmatch(gap):
                return True
    if before and quantity.unit in _DOSES and _DOSED.search(lowered[before.end : start]):
        return before.kind == "share"  # "12,7% đã tiêm đủ hai mũi"
    if before is None or _PARTED.search(lowered, before.end, start):
        return False
    if (
        quantity.unit in _GRADES
        and not _EACH.search(lowered, before.end, start)
        and _VALUE_VERB.search(lowered, before.end, start)
    ):
        return True  # "70% số hộ đạt 8 tiêu chí"
    if before.kind == "share" and _HAS.fullmatch(lowered, before.end, start):
        return True  # "85% hộ có 3 công trình vệ sinh"
    return quantity.unit == "điểm" or _PLACE.search(lowered, before.end, start) is not None


def cut_clauses(text: str, quantities: Sequence[Quantity]) -> Iterator[Clause]:
    """Cut a paragraph into a clause for each figure.

    Args:
        text: the paragraph on one line.
        quantities: its figures, in order.

    Yields:
        Clause: one for each figure, in order, not overlapping but for figures in parentheses.
    """
    shown = list(text)  # without the commas and stops inside enclosed words that hold no figure
    cuts = {0, len(text)}
    starts = [quantity.start for quantity in quantities]
    for match in _ENCLOSED.finditer(text):
        if _LIST_NUMBER.fullmatch(match[0]):
            continue
        if bisect_right(starts, match.end()) == bisect_right(starts, match.start()):
            shown[match.start() : match.end()] = "_" * (match.end() - match.start())
        elif match[0][0] == "(":
            cuts |= {match.start(), match.start() + 1, match.end() - 1, match.end()}
    masked = lower("".join(shown))
    for match in _BOUNDARY.finditer("".join(shown)):
        if not _labels(masked, match, quantities, starts):
            cuts.add(match.end())
    scope = 0
    for start, end in pairwise(sorted(cuts)):
        inside = quantities[bisect_left(starts, start) : bisect_left(starts, end)]
        for clause in _cut(masked, inside, start, end):
            yield replace(clause, scope=min(scope, clause.quantity.start))
            scope = clause.end


def _labels(
    masked: str, mark: re.Match[str], quantities: Sequence[Quantity], starts: Sequence[int]
) -> bool:
    """Return whether a colon stands between what is measured and its figure: "Tỷ lệ …: 55%"."""
    following = bisect_right(starts, mark.start())
    if mark[0] != ":" or following == len(quantities):
        return False
    figure = quantities[following]
    opens = not skip_leading(masked, mark.end(), figure.start)[1]
    return opens and masked[figure.end : figure.end + 1] in ("", ",", ";", ".", "/", ")")


def _cut(masked: str, quantities: Sequence[Quantity], start: int, end: int) -> Iterator[Clause]:
    """Cut one segment into a clause for each of its figures."""
    for quantity, following in zip_longest(quantities, quantities[1:]):
        opens = not skip_leading(masked, start, quantity.start)[1]
        if following:
            stop, begin = _between(masked, quantity.end, following.start, closed=not opens)
        else:
            stop, begin = _tail(masked, quantity.end, end, opens=opens), end
        begins = _lead_cut(masked, start, quantity)
        first, last = trim(masked, begins, max(stop, quantity.end))
        yield Clause(quantity, min(first, quantity.start), max(last, quantity.end), start)
        start = begin


def _between(masked: str, start: int, end: int, *, closed: bool) -> tuple[int, int]:
    """Return where the clause of one figure ends and that of the next begins."""
    separators = [(m.start() + start, m.end() + start) for m in _COMMA.finditer(masked[start:end])]
    if not separators:
        return (start, start) if closed else (end, end)
    for stop, begin in reversed(separators[-MAX_SEPARATORS:]):
        if not skip_leading(masked, begin, end)[1]:  # the next figure opens its clause
            return stop, begin
    strong = [pair for pair in separators if cue("starter").match(masked, pair[1])]
    if closed:
        return (strong or separators)[0]
    commas = [pair for pair in separators if masked[pair[0]] == ","]
    return (strong or commas or separators)[-1]


def _tail(masked: str, start: int, end: int, *, opens: bool) -> int:
    commas = (m for m in _COMMA.finditer(masked, start, end) if m[0] != " và ")
    ends = (m.start() for m in commas if not opens or cue("starter").match(masked, m.end()))
    return next(ends, end)


def _lead_cut(masked: str, start: int, quantity: Quantity) -> int:
    """Return where the clause of a figure begins, after clauses of its segment without figures."""
    figure = quantity.start
    commas = [m for m in _COMMA.finditer(masked, start, figure) if m[0] != " và "]
    for match in reversed(commas[-MAX_SEPARATORS:]):
        dated = _TIME.search(masked, max(start, match.start() - 8), match.start())
        opens = dated or cue("starter").match(masked, match.end())
        if opens or not skip_leading(masked, match.end(), figure)[1]:
            start = match.end()
            break
    verbs = list(_AIM_VERB.finditer(masked, start, figure))
    if verbs and skip_leading(masked, start, verbs[-1].start())[1]:
        closes = bool(_CLOSED.match(masked, quantity.end) or _BASE.match(masked, quantity.end))
        if not closes or skip_leading(masked, verbs[-1].start(), figure)[1]:
            return verbs[-1].start()
    return start


def measured(text: str, lowered: str, clause: Clause) -> tuple[str, str]:
    """Return whom or what the figure of a clause counts, and what of it is measured."""
    quantity = clause.quantity
    begin, closes = skip_leading(lowered, clause.start, quantity.start)
    if quantity.kind == "level" and lowered.endswith("đạt ", clause.start, begin):
        begin -= len("đạt ")
    to_whom = _TO_WHOM.search(lowered, begin, quantity.start) if closes else None
    if quantity.kind == "count" and to_whom and to_whom[0].startswith("cho"):
        begin = lowered.rfind(quantity.unit, quantity.start, quantity.end)
        whom = text[begin if begin >= 0 else quantity.figure : clause.end].strip(MARKS)
        return whom, text[clause.start : to_whom.start()].strip(MARKS)
    if closes and not (quantity.kind == "share" and to_whom):
        return _closing(text, lowered, begin, quantity.start)
    start = quantity.end
    if quantity.kind == "count":  # the unit is the head of the subject: "33 trường học"
        unit = quantity.unit.lower().partition("/")[0]
        start = lowered.rfind(unit, quantity.start, quantity.end)
        start = quantity.end if start < 0 else start
    start += len("số ") * lowered.startswith(" số ", start) + lowered.startswith(" ", start)
    compared = quantity.kind == "money" or _BASE.match(lowered, quantity.end, clause.end)
    words = "" if compared else text[start : clause.end]
    bounded = at_least(quantity, lowered[quantity.end : clause.end])
    words = (words.split(" trở lên")[0] if bounded else words.removesuffix(" trở lên")).strip(MARKS)
    low = lower(words)
    predicate = cue("predicate").search(low, low.startswith("tổ chức "))  # "tổ chức đảng …"
    beneficiary = _FOR.search(low)
    if beneficiary and (predicate is None or beneficiary.start() < predicate.start()):
        return words[beneficiary.end() :], words[: beneficiary.start()].strip(MARKS)
    if predicate:
        return words[: predicate.start()].strip(MARKS), words[predicate.start() :].strip(MARKS)
    verbs = list(cue("verb").finditer(lowered, clause.start, quantity.start))
    return words, text[verbs[-1].start() : verbs[-1].end()] if verbs else ""


def _closing(text: str, lowered: str, start: int, end: int) -> tuple[str, str]:
    """Read the words before a figure: "tỷ lệ huy động trẻ 5 tuổi", "số trường đạt chuẩn"."""
    words = text[start:end].strip(MARKS)
    if _CHANGES.fullmatch(lower(words)):
        return "", words
    for _ in range(MAX_LINKS):
        if (link := _link().search(lower(words))) and link.start() > 0:
            words = words[: link.start()].rstrip(MARKS)
    low = lower(words)
    if split := _WITH_RATE.search(low):
        beneficiary = _FOR.search(low, 0, split.start())
        return words[beneficiary.end() if beneficiary else 0 : split.start()], words[split.end() :]
    if whole := _WHOLE.search(low):
        return words[whole.start() : whole.end()], words
    rate = _RATE.search(low)
    head = words[rate.end() :] if rate else words
    if rate and (process := cue("process").match(lower(head))):
        return head[process.end() :].strip(), words
    predicate = cue("predicate").search(lower(head))
    return head[: predicate.start() if predicate else None].strip(MARKS), words


@cache
def _link() -> re.Pattern[str]:
    return re.compile(rf"(?: (?:{cue('link').pattern})|,)$")
