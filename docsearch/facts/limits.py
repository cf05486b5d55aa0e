"""Which of the time limits that a clause states are those of what it says to do.

A limit has a rank: a day comes before a month, a month before the period of a programme. Several
of one rank are a list ("trước ngày 15/6 và 15/12"), or each belongs to a part of the clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from docsearch.facts.actors import find_names, skip_label
from docsearch.facts.duties import DO, RECURS
from docsearch.facts.heads import pattern, small
from docsearch.facts.ranks import DATED, rank
from docsearch.parse.view import View
from docsearch.records import Deadline

_OF_PLAN: Final = re.compile(
    r"(?:quy hoạch|chiến lược|chương trình|đề án|kế hoạch|tầm nhìn|mục tiêu)[^,.;:]*$"
)
# "phê duyệt Quy hoạch … đến năm 2020": for when a plan is that is approved, not when it is done
_SPAN: Final = re.compile(r"giai đoạn|thời kỳ|(?:cho )?(?:đến|tới) năm|0?5 năm|\(?[0-9]{4}|kỳ|năm")
_DRAWN: Final = re.compile(r"(?<!\w)(?:thông qua|phê duyệt|công bố|điều chỉnh|thẩm định)(?!\w)")
# "Kế hoạch đầu tư công giai đoạn 2021 - 2025 đã được duyệt": the name goes on, nothing is due
_PLAN_GOES_ON: Final = re.compile(
    r" (?:(?:đã )?được (?:duyệt|phê duyệt|ban hành|thông qua|giao|cấp có thẩm quyền)"
    r"|và (?:quy hoạch|kế hoạch|chương trình|đề án|chiến lược)|ban hành kèm theo|kèm theo)(?!\w)"
)
# "Để đạt chỉ tiêu 95% trong năm 2024, đề nghị …": when the purpose is reached
_PURPOSE: Final = re.compile(r"(?:để|nhằm)(?!\w| xuất)[^;:]*$")
_ASKS: Final = re.compile(r",? (?:đề nghị|yêu cầu|giao|ubnd|ủy ban|chủ tịch)(?!\w)")
_OF_LONG_PLAN: Final = re.compile(
    r"(?:quy hoạch|chiến lược|chương trình|đề án|kế hoạch)(?!\w)[^.;:]*$"
)
# "lập quy hoạch đến năm 2030, tầm nhìn đến năm 2050": how far the plan looks
_HORIZON: Final = re.compile(r"(?<!\w)tầm nhìn(?!\w)")
_TO_DRAW: Final = re.compile(r"(?<!\w)(?:lập|xây dựng) (?:quy hoạch|chiến lược|kế hoạch)")
_DONE: Final = re.compile(
    r"(?<!\w)đã (?:được )?\w+(?: \w+)?,? $"
)  # "xã đã phê duyệt trong năm 2008"
# "miễn phí … trong thời hạn 03 năm", "bảo quản trong 10 năm": for how long, not by when
_LASTS: Final = re.compile(
    r"(?<!\w)(?:miễn|giảm|hỗ trợ|ưu đãi|được hưởng|hưởng|trợ cấp|bảo quản|lưu trữ|lưu giữ|bảo hành"
    r"|có giá trị|bảo lưu|(?P<stops>đình chỉ|tạm đình chỉ|tước)|tạm dừng|cấm|cho vay|vay"
    r"|thuê)(?!\w)[^.;:]*$"
)
_DUE: Final = re.compile(
    r"(?<!\w)(?:phải|hoàn thành|xong|báo cáo|gửi|nộp|trình|có trách nhiệm)(?!\w)"
)
# "Đối với các dự án đã thi công trước ngày 01/7/2015 thì …": of which it is said
_OF_WHICH: Final = re.compile(
    r"(?:đối với|trường hợp|nếu|các|những|riêng) (?:[^.,;:]*(?<!\w))?(?:đã|chưa|được|đang|có"
    r"|thành lập|hoàn thành|phát sinh|ký|nộp|xảy ra)(?!\w)[^.;:]*$"
)
# "đối với các vi phạm xảy ra trước ngày 01/7/2013"
_BEFALL: Final = re.compile(r"(?<!\w)(?:xảy ra|phát sinh|được sinh ra) $")
# "chuẩn bị các điều kiện khai giảng vào ngày 05/9": the day of what is prepared for
_PREPARES: Final = re.compile(
    r"(?<!\w)chuẩn bị(?!\w)[^,.;:]*(?<!\w)(?:khai giảng|khánh thành|đại hội|lễ|hội nghị|kỳ họp"
    r"|khởi công|ngày hội|diễn tập)(?!\w)[^,.;:]* $"
)
# "Phát huy thành quả … giai đoạn 2010-2019", "các xã đạt chuẩn giai đoạn …": of what it is said
_PERIOD_OF: Final = re.compile(
    r"(?<!\w)(?:thành quả|thành tựu|thành tích|kết quả đạt được)(?!\w)[^,.;:]* $"
    r"|(?<!\w)(?:xã|huyện|đơn vị|thôn|trường) (?:đăng ký |đã )?(?:được công nhận )?đạt chuẩn"
    r"(?: nông thôn mới)? $"
)
# "kế hoạch giải ngân chi tiết theo từng tháng": how it is laid out
_LAID_OUT: Final = re.compile(
    r"(?<!\w)(?:kế hoạch|lịch|tiến độ|dự toán|chỉ tiêu)(?!\w)[^,.;:]*(?<!\w)theo $"
)
_STOOD: Final = re.compile(r",? (?:còn (?:thiếu|nợ|tồn)|vẫn còn|mới đạt)(?!\w)")
_THEN: Final = re.compile(
    r"[^.,;:]{0,80}?,? (?:thì|mà|nhưng|thuộc|vẫn|tiếp tục được|được tiếp tục)(?!\w)"
)
# "Trên cơ sở kế hoạch vốn hằng năm của dự án, Kho bạc …": of what something rests on
_RESTS_ON: Final = re.compile(
    r"(?:.*[:,;] )?(?P<on>căn cứ|trên cơ sở|dựa trên)(?! đó| các quy định này)(?!\w)[^.;:]*$"
)
_ACTS: Final = re.compile(r", (?:xây dựng|lập|tổng hợp|rà soát|báo cáo|tham mưu|tổ chức)(?!\w)")
_GOES_ON: Final = re.compile(r"[^.;:]{0,160}?, ")
_HOW_MANY: Final = re.compile(r" (?:từ |khoảng |ít nhất |tối thiểu )?[0-9]")
# "Trường hợp phải thực hiện ngay công việc, Hội đồng …"
_IN_CASE: Final = re.compile(r"(?:trong )?(?:trường hợp|nếu|khi)(?!\w)[^.,;:]*$")
# "Trường hợp nhận được kết quả trong thời hạn 60 ngày, …": of which case it is said
_IF: Final = re.compile(
    r"(?:trường hợp|nếu) (?:[^.;:,]{2,80} )?(?:nhận được|có|chưa|không|quá|gửi|nộp|trả lời)(?!\w)"
    r"[^.;:,]*$"
)
# "theo kế hoạch hằng năm của Bộ", "kế hoạch vốn hằng năm được duyệt": a plan that is there
_OF_PLANS: Final = re.compile(
    r"(?<!\w)theo (?:[^\W\d_]+ ){0,2}(?:kế hoạch|chương trình|dự toán|định mức)"
    r"(?: [^ ,.;:()]+){0,6} $"
)
_GIVEN: Final = re.compile(
    r" (?:của|(?:đã )?được (?:duyệt|phê duyệt|giao|cấp|ban hành|bố trí|phân bổ)|do)(?!\w)"
)
_BARE: Final = re.compile(r"(?:h[ằà]ng|mỗi) \w+$")
_LATEST: Final = re.compile(r"chậm nhất|muộn nhất|không quá")
# "được bố trí trong dự toán ngân sách hằng năm": where money comes from
_FUNDED: Final = re.compile(
    r"(?<!\w)(?:trong|từ) (?:phạm vi )?(?:dự toán|nguồn|ngân sách|kinh phí)(?: [^\W\d_]+){0,8} $"
)
# "bố trí kinh phí … trong dự toán ngân sách hằng năm": a duty of each year
_SETS_ASIDE: Final = re.compile(
    r"(?<!được )(?<!sẽ )(?<!\w)(?:bố trí|cân đối|dành|ghi)(?: [^\W\d_]+){0,2} "
    r"(?:kinh phí|vốn|nguồn)"
    r"(?! được| do)(?!\w)[^,;]*$"
)
# "mỗi năm 02 đợt: đợt 1 trong tháng 4, đợt 2 trong tháng 10": the rounds say when
_ROUNDS: Final = re.compile(r"(?:đợt|lần|kỳ)$")
# "phát sóng từ ngày 01/9, mỗi tuần hai buổi": how often, where another says from when
_HOW_OFTEN: Final = re.compile(r"(?:mỗi|h[ằà]ng) .*(?:đợt|lần|kỳ|buổi|số|phiên)$")
_SESSION: Final = re.compile(r"(?:vào|tại) ")
MAX_GAP: Final = 45  # code points: " (đối với báo cáo 6 tháng) và "; arbitrary
MAX_PAUSE: Final = 3  # code points of ", " between a limit and what is done by then
MAX_PART: Final = 200  # code points of a part of a clause with its own year: arbitrary
MAX_TITLE: Final = 400  # code points of the title of a cited document
# "theo Quyết định số … phê duyệt …" up to the period in its title
_CITED: Final = re.compile(
    r"(?:theo|tại|căn cứ|thực hiện|triển khai|nghị quyết|của|và) (?:nội dung )?"
    r"(?:quyết định|nghị quyết|kế hoạch|công văn|chỉ thị|nghị định|thông tư|chương trình hành động)"
    r" (?:số )?[0-9][^;“”]*$"
    r"|^quyết định số [^;]*$"
)
_AFTER_CITED: Final = re.compile(
    r", (?:và )?(?:(?P<sends>gửi|báo cáo|nộp|trình|hoàn thành)|lập|xong|rà soát|tổng hợp|tổ chức"
    r"|đăng ký|triển khai|ban hành|xây dựng|công bố)(?!\w)"
    r"|(?P<advises>[ )](?:để )?(?:phối hợp )?tham mưu(?: cho)? (?:ubnd|ủy ban|hđnd|lãnh đạo"
    r"|giám đốc))"
)
# What goes on with a time limit of its own.
_PART: Final = re.compile(r"[,;)] (?:và |đồng thời )?(?=[^\W\d])| và (?=[^\W\d])")
_REPORTED: Final = re.compile(r"(?:báo cáo|quý|quí|6 tháng|0?6 tháng|cả năm|năm|tháng|đợt)(?!\w)")
# "ở tuyến tỉnh tổ chức trong tháng 4, ở tuyến huyện hoàn thành trước ngày 12/4"
_ELSEWHERE: Final = re.compile(
    r"(?:riêng |còn )?(?:ở|tại|đối với) [^,.;:()]{2,60}? (?:phải |cần )?(?:hoàn thành|xong|tổ chức"
    r"|thực hiện|trước|trong|vào|chậm nhất|từ ngày|đến hết)(?!\w)"
)
# "ban hành quyết định trong tháng 4 và quy chế hoạt động chậm nhất 15 ngày sau …"
_ALSO: Final = re.compile(
    r"( và )(?!các (?:năm|tháng)|từ|đến)(?:[^\W\d_]+ ){2,12}(?:xong |hoàn thành )?$"
)
_UNTIL: Final = re.compile(
    r",? (?:và )?(?:phải )?(?:cơ bản )?(?:hoàn thành|xong|kết thúc|hoàn tất)(?: xong)? "
)
_BEFORE_LIMIT: Final = re.compile(r"[,;] (?:và )?$|(?<=\w) và $|[,;] [^,;]{0,30}$")


def is_plain(limit: Deadline) -> bool:
    """Return whether a limit says when work is done, and not how long or from when."""
    return limit.bound != "from" and limit.value is not None


def without_bare(limits: list[Deadline]) -> list[Deadline]:
    """Return the limits without "hằng năm" where another says on which day or month of each."""
    closer = [limit.value for limit in limits if rank(limit) > DATED]
    # "Hằng năm báo cáo … tại kỳ họp cuối năm": when each year
    held = [limit.value for limit in limits if limit.value and _SESSION.match(limit.text.lower())]
    yearly = any(re.match(r"--\d", value or "") for value in closer)
    begins = any(
        limit.bound == "from" and limit.value and limit.kind != "recurring" for limit in limits
    )
    monthly = any(re.match(r"---\d", value or "") for value in closer)
    return [
        limit
        for limit in limits
        if rank(limit) != 4
        or not (
            limit.value in closer
            or (limit.value == "P1Y" and yearly)
            or (begins and _HOW_OFTEN.search(limit.text.lower()))
            or (yearly and _ROUNDS.search(limit.text.lower()))
            or (limit.value == "P1M" and monthly)
            or (limit.value is None and held)  # "Định kỳ … vào kỳ họp cuối hằng năm"
            or (limit.value in held and not _SESSION.match(limit.text.lower()))
        )
    ]


def without_topic(line: View, start: int, limits: list[Deadline]) -> list[Deadline]:
    """Return the limits without a recurrence of the topic that is said again: "Báo cáo tuần: …".

    "Báo cáo hằng ngày: trong những ngày có bão gửi trước 15 giờ hằng ngày" states one limit.
    """
    if len(limits) < 2 or limits[0].kind != "recurring":
        return limits
    first, again = limits[0], [limit.value for limit in limits[1:]]
    begins = bisect_left(line.offsets, first.span.start)
    said = ":" not in line.text[start:begins] and line.text.startswith(
        ":", bisect_left(line.offsets, first.span.end)
    )
    return limits[1:] if said and first.value in again else limits


def without_begin(line: View, limits: list[Deadline]) -> list[Deadline]:
    """Return the limits without those from when work lasts that is done by the next one.

    "tổ chức từ tháng 1/2020, hoàn thành trước ngày 31/3/2020" is one piece of work.
    """
    text = small(line.text)
    kept = []
    for limit, after in zip_longest(limits, limits[1:]):
        if after and limit.bound == "from" and after.bound == "before":
            places = (limit.span.end, after.span.start)
            start, end = (bisect_left(line.offsets, place) for place in places)
            if _UNTIL.fullmatch(text, start, end):
                continue
        kept.append(limit)
    return kept


def without_conditions(line: View, start: int, limits: Sequence[Deadline]) -> list[Deadline]:
    """Return the limits without those of a condition: "nếu đến hết ngày 30/9 chưa đạt".

    "Trường hợp không nhận được kết quả trong thời hạn 60 ngày, Sở kiểm tra" has none, either.
    """
    text = small(line.text)
    kept = []
    for limit in limits:
        place = bisect_left(line.offsets, limit.span.start)
        case = limit.kind == "relative" and _IF.match(text, skip_label(line, start, place), place)
        after = bisect_left(line.offsets, limit.span.end)
        if not (text.endswith("nếu ", 0, place) or (case and text.startswith(", ", after))):
            kept.append(limit)
    return kept


def once_each(limits: Sequence[Deadline]) -> list[Deadline]:
    """Return the limits without those that say again how often: "hằng năm … phương án hằng năm"."""
    kept: list[Deadline] = []
    for limit in limits:
        again = limit.value and rank(limit) == RECURS and _BARE.match(limit.text.lower())
        if not again or limit.value not in [one.value for one in kept]:
            kept.append(limit)
    return kept


def ranked(limits: Sequence[Deadline]) -> list[Deadline]:
    """Return the time limits of a clause that say most exactly by when.

    "Kế hoạch giai đoạn 2021 - 2025" says when a programme runs; with "trước ngày 15/6" beside it
    the day is the limit.
    """
    best = max((rank(limit) for limit in limits), default=0)
    return [limit for limit in limits if rank(limit) == best]


def listed(limits: list[Deadline]) -> list[Deadline]:
    """Return the first limit and those that a list goes on with: "trước ngày 15/6 và 15/12"."""
    kept = limits[:1]
    for limit in limits[1:]:
        if limit.span.start - kept[-1].span.end > MAX_GAP:
            break
        kept.append(limit)
    return kept


def own_limits(line: View, start: int, limits: Sequence[Deadline]) -> list[Deadline]:
    """Return the limits of a clause without those of a plan or a document that it names.

    The year of "quy hoạch khoáng sản đến năm 2020" and the period of "theo Quyết định số 136 phê
    duyệt Chương trình giai đoạn 2001 - 2010" say nothing of when the work is done, where another
    limit does.
    """
    text = small(line.text)
    kept = []
    for limit in limits:
        place = bisect_left(line.offsets, limit.span.start)
        level = rank(limit)
        past = not _LATEST.match(text, place) and _DONE.search(text, start, place)
        if past or _is_aside(line, text, start, place, limit):
            continue
        cited = 1 < level <= 4 and _CITED.search(text, max(start, place - MAX_TITLE), place)
        if cited and _in_closed_brackets(text, cited.start(), place):
            cited = None  # "… (thành lập theo Quyết định số 12) họp mỗi tháng một lần"
        if cited and not _acts_by(text, cited.start(), place, limit):
            continue
        if _HORIZON.search(limit.text.lower()):
            near = text[max(start, place - 250) : place]
            if _OF_LONG_PLAN.search(near) or _TO_DRAW.search(near):
                continue
        if 1 < level <= 3 and _SPAN.match(limit.text.lower()):
            after = bisect_left(line.offsets, limit.span.end)
            named = _OF_PLAN.search(text, max(start, place - 80), place)
            if named and _PLAN_GOES_ON.match(text, after):
                continue
            plan = _OF_LONG_PLAN.search(text, max(start, place - 250), place)
            if plan and _DRAWN.search(text, start, plan.start()):
                continue
        if level == 3 and len(limits) > 1 and _OF_PLAN.search(text, max(start, place - 80), place):
            continue
        kept.append(limit)
    return kept


def _is_aside(line: View, text: str, start: int, place: int, limit: Deadline) -> bool:
    """Return whether a limit says how long, of what, or on what something rests, not by when."""
    begin = skip_label(line, start, place)
    if place - begin > MAX_TITLE:
        return False
    after = bisect_left(line.offsets, limit.span.end)
    if limit.kind == "relative":
        lasts = _LASTS.search(text, begin, place)
        long = lasts and (lasts["stops"] or (limit.value or "")[-1:] in ("Y", "M"))
        return bool(long) and not _DUE.search(text, begin, place)
    if limit.kind == "date" and limit.bound == "before":
        of_which = _OF_WHICH.match(text, begin, place) and _THEN.match(text, after)
        return bool(of_which or _STOOD.match(text, after) or _BEFALL.search(text, begin, place))
    purpose = rank(limit) <= 3 and _PURPOSE.match(text, begin, place)
    if _is_of_thing(text, begin, place, limit) or (purpose and _ASKS.match(text, after)):
        return True
    if limit.kind == "vague":
        return _IN_CASE.match(text, begin, place) is not None
    if limit.kind == "recurring" and rank(limit) == RECURS:
        if text.endswith("(", 0, place) and _HOW_MANY.match(text, after):
            return True  # "cử cán bộ đi đào tạo (mỗi năm từ 10 - 15 người)"
        if _OF_PLANS.search(text, begin, place) and _GIVEN.match(text, after):
            return True
        if _FUNDED.search(text, begin, place):
            if _SETS_ASIDE.search(text, begin, place):
                return False
            return not _acts_at(text, after)
        rests = _RESTS_ON.match(text, begin, place)
        if not rests or text[place - 2] in ",:" or _ACTS.search(text, rests.start("on"), place):
            return False
        return bool(_GOES_ON.match(text, after)) and not _acts_at(text, after)
    return False


def _is_of_thing(text: str, begin: int, place: int, limit: Deadline) -> bool:
    """Return whether a time is that of what is prepared, praised or laid out, and not a limit."""
    if limit.kind == "date":
        return limit.bound == "on" and _PREPARES.search(text, begin, place) is not None
    if limit.kind == "period":
        return _PERIOD_OF.search(text, begin, place) is not None
    laid_out = limit.text.lower().startswith("từng")
    return laid_out and _LAID_OUT.search(text, begin, place) is not None


def _acts_at(text: str, after: int) -> bool:
    return DO.match(text, after + (text[after : after + 1] == " ")) is not None


def _in_closed_brackets(text: str, start: int, end: int) -> bool:
    """Return whether ``start`` stands in brackets that are closed before ``end``."""
    closes = text.find(")", start, end)
    return closes >= 0 and "(" not in text[start:closes]


def _acts_by(text: str, start: int, end: int, limit: Deadline) -> bool:
    """Return whether something is done by a limit, after a document that is cited before it.

    "rà soát theo Nghị định số 29/2023/NĐ-CP, lập danh sách, gửi Sở Nội vụ trong tháng 10": the
    month is not in the title of the decree.
    """
    done = list(_AFTER_CITED.finditer(text, start, end))
    if not done:
        return False
    sends = any(one["sends"] or one["advises"] for one in done)
    return sends if limit.kind == "recurring" or rank(limit) < 4 else True


def parts_of(
    line: View, start: int, end: int, limits: Sequence[Deadline | None]
) -> list[tuple[int, int, Deadline | None]]:
    """Return the parts of what is done, each with its own time limit.

    "rà soát trước ngày 10/6, báo cáo trước ngày 15/6" has two; in "báo cáo trước ngày 15/6 và
    15/12" both limits are of all that is done.
    """
    whole = [(start, end, limit) for limit in limits]
    if len(limits) < 2:
        return whole
    text = small(line.text)
    position = {offset: i for i, offset in enumerate(line.offsets)}
    places = [
        (position[d.span.start], position[d.span.end - 1] + 1) for d in limits if d is not None
    ]
    cuts = [start]
    leading = places[0][0] - start <= 2
    for number, ((stated, before), (after, _)) in enumerate(zip(places, places[1:], strict=False)):
        cut = None
        joints = [m.end() for m in _PART.finditer(text, before - 1, after + 1)]
        pair = [limit for limit in limits[number : number + 2] if limit]
        times = all(rank(limit) == 4 for limit in pair)  # "kế hoạch hàng quý, hàng năm"
        verbs = [
            joint
            for joint in joints
            if not (times and joint == after) and _goes_on(line, text, joint, end)
        ]
        if not verbs and (also := _ALSO.match(text, before, after)):
            verbs = [also.end(1)]
        if leading and number == 0 and len(verbs) > 1 and verbs[0] - before <= MAX_PAUSE:
            del verbs[0]  # "Trước ngày 25, báo cáo Sở để tổng hợp, báo cáo tỉnh ngày 28"
        verb = next(iter(verbs), None)
        said = after in joints and not times and pattern("verb").search(text, cuts[-1], stated)
        opens = bool(said) and _acts_after(text, places, after, end)
        if leading and after - before > 12 and _BEFORE_LIMIT.search(text, before, after):
            cut = after if verb is None or _acts_after(text, places, after, end) else verb
        else:
            cut = after if opens else verb
        if cut is None:
            return whole
        cuts.append(cut)
    cuts.append(end)
    parts: list[tuple[int, int, Deadline | None]] = []
    for (a, b), limit in zip(zip(cuts, cuts[1:], strict=False), limits, strict=True):
        while b > a and (text[b - 1] in " ,;" or text.endswith(" và", a, b)):
            b -= 1 if text[b - 1] in " ,;" else 3
        if b <= a:
            return whole
        parts.append((a, b, limit))
    return parts


def _acts_after(text: str, places: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether something to do follows the limit at ``start`` at once."""
    after = next(stop for begin, stop in places if begin == start)
    while after < end and text[after] in " ,:)":
        after += 1
    return DO.match(text, after, end) is not None


def _goes_on(line: View, text: str, position: int, end: int) -> bool:
    """Return whether something else to do, or another part of a report, begins here."""
    if any(part.match(text, position, end) for part in (DO, _REPORTED, _ELSEWHERE)):
        return True
    names = find_names(line, position, end)
    return bool(names and DO.match(text, names.end, end))
