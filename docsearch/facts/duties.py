"""Whether a clause tells somebody to do something, and how strongly."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import Final, Literal

from docsearch.facts.actors import Subject
from docsearch.facts.goals import is_ended, is_state
from docsearch.facts.heads import small, terms
from docsearch.facts.implied import (
    HAS_TO,
    is_allowed,
    is_passive,
    is_regular,
)
from docsearch.facts.ranks import DATED, PROGRAMME, rank
from docsearch.parse.view import View
from docsearch.records import Deadline

# A sentence that holds only a time limit says by when the one before it has to be done.
_ONLY_LIMIT: Final = re.compile(
    r"(?:các đơn vị |các cơ quan, đơn vị )?(?:(?:thời gian |thời hạn )?"
    r"(?:(?:hoàn thành|thực hiện)(?: xong)?|(?:báo cáo|gửi)(?= (?:trước|chậm|muộn|trong|vào|đến|hết"
    r"|từ|đúng|ngày|về|cho|gửi|gởi|xong|là)(?!\w)| ?:))|thời gian|thời hạn)(?!\w)"
)
MAX_LIMIT: Final = 70  # code points of such a sentence; arbitrary, "Hoàn thành trước ngày …" has 32
MAX_OCCASION: Final = 300  # code points of "Quá trình thực hiện nếu có vướng mắc, "
MAX_TIME: Final = 40  # code points of "từ năm học 2022 - 2023, "; arbitrary
_TASKS: Final = re.compile(
    r"nhiệm vụ|giải pháp|tổ chức thực hiện|nội dung|trách nhiệm|phân công|yêu cầu|biện pháp"
)
# "Thực hiện Kế hoạch số 43/KH-UBND …": on what the document stands, not what it tells to do.
_GROUND: Final = re.compile(
    r"(?:căn cứ|xét|theo|sau khi nghe|nay thông báo)\b"
    r"|(?:thực hiện|tiếp theo) (?:kế hoạch|công văn|nghị quyết|quyết định|chỉ thị|kết luận"
    r"|thông báo|chương trình|nghị định|thông tư|văn bản|hướng dẫn|luật|ý kiến)"
    r"(?: số| của| ngày|,? \d)"
)
# "Bổ sung vào điểm 2 mục 3 Quy hoạch … đến năm 2030": what a document changes in another
_AMENDS: Final = re.compile(
    r"(?:sửa đổi|bổ sung|bãi bỏ|thay thế|điều chỉnh)(?:, (?:sửa đổi|bổ sung|thay thế))*"
    r"(?: vào| một số)? (?:tiết|điểm|khoản|điều|mục|tiểu mục|phụ lục|nội dung (?:tại|của)"
    r"|các (?:điểm|khoản|điều))(?!\w)"
)
# "Quy định này áp dụng từ ngày 01/6 và thay thế …": since when a document is in force
_IN_FORCE: Final = re.compile(
    r"(?:bản )?(?:nghị quyết|chỉ thị|quyết định|kế hoạch|hướng dẫn|quy định|quy chế|thông tư"
    r"|thông báo|công văn|chương trình|văn bản|công điện|đề án|nội quy|quy trình|chế độ) này"
    r"(?: được)? (?:có hiệu lực|áp dụng|bắt đầu|thay thế|thay cho|hết hiệu lực)(?!\w)"
)
# What reports or describes, and tells nobody to do anything.
_REPORTS: Final = re.compile(
    r"(?:có (?:văn bản|công văn|tờ trình|quyết định|thông báo|báo cáo) số [0-9]"
    r"|dự báo|đã|đang|vẫn|còn|chưa|bị|ước|không còn|không phải|theo thống kê|nhận thấy|đạt)(?!\w)"
)
# "Quyết định số 9/QĐ-UBND ngày … phê duyệt Chương trình đến năm 2025": one of a list of grounds
_NAMES_DOCUMENT: Final = re.compile(
    r"(?:căn cứ(?: [^\W\d_]+){0,4} - )?(?:quyết định|nghị quyết|kế hoạch|công văn|chỉ thị|nghị định"
    r"|thông tư|kết luận|chương trình hành động) số [0-9]"
    r"|(?:bảng|biểu|hình|sơ đồ)(?: số)? [0-9]{1,2}(?:\.[0-9]{1,2})? ?[.:]"
    r"|tên (?:dự án|đề án|đồ án|nhiệm vụ|chương trình|quy hoạch)(?: [^\W\d_]+){0,4} ?:"
)
# "Thông qua Quy hoạch …", "Ban hành kèm theo Quyết định này Kế hoạch …": what the document does
_DECIDES: Final = re.compile(
    r"(?:(?:nay|nhất trí|thống nhất|đồng ý) )*(?:(?:ban hành|phê duyệt)(?: \w+)? kèm theo|thông qua"
    r"|phê chuẩn|xét duyệt|chấp thuận|xác nhận)(?!\w)(?! tại (?:kỳ|phiên))"
    r"|(?:cơ bản )?(?:nhất trí|thống nhất|đồng ý|tán thành) (?:với )?(?:các )?(?:nội dung )?"
    r"(?:tờ trình|báo cáo|đề nghị|đề xuất|chủ trương|đánh giá)(?!\w)"
)
# "có quyền kháng cáo trong 15 ngày", "Bản sao giấy khai sinh, được cấp …": no duties
_MAY: Final = re.compile(
    r"(?:[^.,;:()]{2,80}? )?(?:được (?:quyền|phép)|có quyền)(?!\w| hạn)|có thể(?!\w)"
    r"|(?:bản (?:sao|sơ yếu|kê khai)|sơ yếu|giấy (?:khám|chứng nhận|khai sinh)|phiếu lý lịch"
    r"|đơn (?:đề nghị|xin))(?!\w)"
)
_DESCRIBES: Final = re.compile(
    r"(?:được|có(?! (?:trách nhiệm|nhiệm vụ|kế hoạch|biện pháp|giải pháp|văn bản|ý kiến|báo cáo"
    r"|phương án|hình thức|chương trình))|là|gồm|bao gồm|kết quả"
    r"|ban hành (?:kế hoạch|chương trình|hướng dẫn|quy chế|thông tư|quy định|chỉ thị|quyết định)"
    r"[^.;]{0,200} (?:như sau|với (?:các|những) nội dung|quy định))(?!\w)"
)
OCCASION: Final = re.compile(
    r"(?:trong|quá trình|nếu|khi|trường hợp|sau|để|nhận được|hằng|hàng|định kỳ|ngoài|cùng với"
    r"|căn cứ"
    r"|trên cơ sở|kết thúc|riêng|đối với|từ|đến|trước|vào|theo)(?!\w)"
)
_NEXT: Final = re.compile(r"(?:[,:] | thì )(?:đề nghị |yêu cầu |phải |cần )?")
# "Là cơ quan thường trực, tham mưu …": what somebody is stands before what is done
_BEING: Final = re.compile(
    r"(?:là|với (?:vai trò|tư cách)(?: là)?|làm) (?:cơ quan|đơn vị|bộ phận|đầu mối|thành viên"
    r"|thường trực|chủ tịch|trưởng)[^.;:]{0,160}?(?:, | và )(?:có (?:trách nhiệm|nhiệm vụ) )?"
)
# "nơi nào thiếu phải báo cáo", "đơn vị nào chưa nộp thì nộp": whoever it is has to do it
_WHOEVER: Final = re.compile(
    r"[^\W\d_]+(?: [^\W\d_]+){0,2} nào(?!\w)[^.;:]{0,100}? (?:phải|thì) (?:phải )?"
)
MUST: Final = re.compile(r"(?<!\w)(?:phải|cần|đề nghị|yêu cầu)(?!\w)")
_OF_IT: Final = re.compile(r"(?:để|của|thuộc)(?!\w)")  # after a name that does nothing here
_FIGURE: Final = re.compile(r"[0-9](?:[.,][0-9]+)? ?%|đạt (?:từ |trên |ít nhất |tối thiểu )?[0-9]")
_COUNT: Final = re.compile(
    r"(?<![\w/])(?!(?:19|20)[0-9]{2}\b)[0-9][0-9.,]* ?(?!tháng|năm)(?=[^\W\d])"
    r"|(?<![\w/])[0-9]{1,3}/[0-9]{1,3} (?=(?:xã|phường|thị trấn|thôn|bản|ấp|khu|tổ|trường|huyện|hộ"
    r"|tiêu chí|chỉ tiêu|đơn vị|cơ quan|chi bộ)(?!\w))"
)
_DUTY: Final = re.compile(
    r"(?<!\w)(?:phải|hoàn thành|xong|gửi|gởi|nộp|báo cáo|trình|thực hiện|tổ chức|đề nghị|yêu cầu"
    r"|triển khai|hoàn tất|kết thúc|thông báo|đăng ký|họp|thời hạn|hạn|cập nhật|nhập|niêm yết|công"
    r" khai|nghiệm thu|bàn giao|khởi công|chi trả|giải ngân|phê duyệt|kiểm tra|rà soát|lập|xây dựng"
    r"|bố trí|lắp đặt|cung cấp|công bố|báo(?= (?:về|cho|lên|ngay)))(?!\w)"
)
# "Thời gian điều chỉnh dự toán đã giao hoàn thành trước ngày 15/11"
_TIME_OF: Final = re.compile(
    r"thời (?:gian|hạn) [^.;:]{3,160} (?:hoàn thành|kết thúc|xong|là|phải xong)(?: là)? $"
)
_AT_LEAST: Final = re.compile(
    r"(?<!\w)(?:ít nhất|tối thiểu|khoảng|hơn|trên) (?:là )?[0-9][0-9.,]* "
    r"(?!ngày|giờ|tháng|năm|lần|tuần|buổi|đợt|kỳ|phiên|%)"
)
# what stands in brackets, and the size or the part of what is built, are no figures of a goal
_ASIDES: Final = re.compile(
    r"\([^()]*\)|(?:công suất|quy mô|diện tích|chiều dài|trị giá|tổng mức đầu tư)[^,;()0-9]{0,20}"
    r"[0-9][0-9.,]* ?[^\W\d_]*(?: ?/ ?[^\W\d_]+)*"
    r"|(?:giai đoạn|đợt|khu|tuyến|cụm|lô) [0-9]{1,2}(?!\w)"
)
RECURS: Final = 4  # the rank of a month, a quarter, "hằng năm"
_SENDS: Final = re.compile(
    r"(?<!\w)(?:báo cáo|gửi|(?<!toàn )(?<!chương )(?<!công )(?<!quy )(?<!quá )(?<!lộ )trình"
    r"|(?<!được )nộp"
    r"|thông báo)(?!\w)"
)
_EVERY: Final = re.compile(
    r"(?:(?:theo )?định kỳ,? )?(?:h[ằà]ng|mỗi) (?:năm|quý|quí|tháng|tuần|ngày),? (?=[^\W\d_])"
)
_ASIDE: Final = re.compile(r" ?\([^()]{1,60}\)")
_MORE: Final = re.compile(
    r"(?:,| và|,? hoặc) (?:(?:cả|cuối|h[ằà]ng|mỗi|một|0?[1369]|sáu|chín) )?(?:năm|quý|quí|tháng)"
    r"(?= [^\W\d_])"
    r"|(?:,| và) (?:đầu |giữa |cuối )?(?:tháng [0-9]{1,2}|qu[ýí] [ivx0-9]{1,3})"
    r"(?: ?/ ?20[0-9]{2})?(?!\w)"
)
_CASE: Final = re.compile(r"(?:trường hợp|nếu|khi|đối với)(?!\w)")
_STATES: Final = re.compile(
    r"(?<!\w)(?:đã|chưa|vừa qua|thời gian qua|so với|còn \d|bằng \d|có hiệu lực|ước đạt|được tính"
    r"|tính từ|sinh)(?!\w)"
)
_STOPS: Final = re.compile(r"(?:không|không được|cấm|dừng|chưa)(?!\w)(?! để| còn)")
# "cơ sở không bổ sung hồ sơ sau 12 tháng …": what somebody does not do has no time
_REFRAINS: Final = re.compile(
    r"không(?! để| ngừng| quá| muộn| chậm| được| tổ chức| chỉ| những| còn)(?!\w)"
)
_FORBIDS: Final = re.compile(
    r"(?:tuyệt đối |kiên quyết |nghiêm )?"
    r"(?:không được|không cho phép|không để dồn|cấm|nghiêm cấm)(?!\w)"
)
# "cam kết tỷ lệ giải ngân đến 30/9 đạt 60%": a goal with a figure, whatever its day
_SETS_FIGURE: Final = re.compile(
    r"(?:cam kết|phấn đấu|bảo đảm|đảm bảo|duy trì|nâng|đưa|giảm|tăng)[^;]{0,80}?"
    r"(?:tỷ lệ|tỉ lệ|đạt|còn|lên|xuống)[^;]{0,80}?[0-9] ?%"
    r"|(?:bảo đảm|đảm bảo|phấn đấu)(?: có)? (?:tối thiểu |ít nhất |trên |từ )?[0-9][0-9,.]* ?%"
)
# "truy thu nợ, bảo đảm đến hết quý III thu tối thiểu 70% số nợ": the day is that of the figure
_SETS_LAST: Final = re.compile(
    r", (?:bảo đảm|đảm bảo|phấn đấu|cam kết|để) [^,;]{0,120}?[0-9] ?%[^,;]*$"
)
# "riêng ở ba xã vùng cao phải xong trong đêm", "các hộ còn lại trước ngày 30/9"
_REST: Final = re.compile(
    r"(?:(?:riêng|còn)(?: (?:đối với|với|ở|tại))? [^.;:]{2,100}?|đối với [^.;:]{2,100}?"
    r"|[^.;:,()]{2,80} (?:còn lại|khác)|cấp (?:huyện|xã|tỉnh|trường|cơ sở|cụm|thành phố|quận)"
    r"|(?:tuyến|khối|vòng|bậc|ngành học) [^.;:,()0-9]{2,30}?) "
    r"(?:(?:phải|cần|thì) )?(?:(?:hoàn thành|xong|là) )*"
)
# "Cân, đo, theo dõi …": verbs in a row, the last of which is known
_ACTS: Final = re.compile(r"(?:[^\W\d_]+, ){1,3}(?!báo cáo|biên|dự|kế hoạch|thống kê|quy|thông)")
# "trong Tháng hành động mỗi tuần thực hiện 02 phóng sự"
_LEADS_IN: Final = re.compile(r"(?:trong|vào|dịp|nhân dịp|suốt|qua)(?: [^\W\d_]+){1,8} ")
_TOPIC: Final = re.compile(r"[^.:;]{3,120}: (?=[^\W\d_])")
_GOALS: Final = re.compile(r"(?:^|\W)(?:mục tiêu|chỉ tiêu|quan điểm|mục đích)")
_SHOULD: Final = re.compile(r"\b(?:đề nghị|khuyến khích|nên|cần)\b")
_GOAL: Final = re.compile(
    r"\b(?:phấn đấu|hướng tới|(?<!chương trình )(?<!chương trình, )mục tiêu(?! quốc gia))\b"
)
# "task verb": words that begin what is done and may stand in names ("phòng khám")
_VERBS: Final = ("verb", "task verb")
DO: Final = re.compile(
    r"(?:(?:cơ bản|từng bước|đồng thời|trước mắt|sớm|nhanh chóng|chỉ|cùng|đều|cũng|phải|cần|sẽ),?"
    r" ){0,2}"
    rf"(?:{'|'.join(re.escape(term) for kind in _VERBS for term in terms(kind))})(?!\w)"
)


def says_to_do(
    line: View,
    start: int,
    end: int,
    own: Subject | None,
    limits: list[Deadline],
    path: str,
    *,
    titled: bool,
    sent: bool,
    listed: bool = False,
) -> bool:
    """Return whether a clause says to do something.

    Args:
        line: the words of a unit.
        start: where the clause begins, after the names of those who act.
        end: one past its last character.
        own: who acts, where the clause itself says so.
        limits: its time limits, the first is the one that counts.
        path: the headings above in one line, canonical.
        titled: whether it stands below a heading or in a list; else it may be a title or a ground.
        sent: whether the words above say to send somebody what stands here: "… báo cáo Sở: a) …".
        listed: whether it is one of the duties of somebody whom the words above name.

    Returns:
        False for what reports, describes, sets a figure as a goal or is a title.
    """
    text = small(line.text)
    while start < end and text[start] in " ,:":
        start += 1
    start = _past_being(text, start, end)
    limit = limits[0] if limits else None
    # "đ) Thông qua báo cáo tài chính hằng năm": a duty of somebody, not what the document does
    again = listed and limit is not None and limit.kind == "recurring"
    ended = limit is not None and is_ended(line, start, end, limit)
    if start >= end or (not ended and _tells(text, start, end, limit, own, again)):
        return False
    if _IN_FORCE.match(text, start, end) or (limit and _sets_figure(line, start, end, limit)):
        return False
    if limit and is_allowed(line, text, limit, end) and not MUST.search(text, start, end):
        return False
    level = rank(limit) if limit else 0
    aims = _is_of_aims(path)
    aim = level <= 3 or aims or _GOAL.search(text, start, end)
    if limit and aim and _FIGURE.search(text, start, end):
        return False  # "Phấn đấu đến năm 2025 đạt 90%" is a target
    strives = aims or (level <= 3 and _GOAL.search(text, start, end))
    if strives and level < DATED and _COUNT.search(_ASIDES.sub("", text[start:end])):
        return False
    begins = _begins_duty(line, text, start, end, limit)
    state = limit is not None and is_state(line, start, end, limit)
    begins = begins or state or _is_implied(line, start, end, limit, sent=sent)
    if level <= 3 and limit and _AT_LEAST.search(text, start, end):
        return False  # "từ nay đến năm 2020 cử ít nhất 150 cán bộ" is a target
    if own and _OF_IT.match(text, start, end) and not MUST.search(text, start, end):
        return False
    if own:
        return (begins or level >= RECURS) and (titled or level != PROGRAMME)
    if aims or not titled or _GROUND.match(text, start):
        # an aim, a title, a ground: only what somebody does by a time
        asked = limit is not None and bool(MUST.search(text, start, end))
        least = DATED if aims and "chỉ tiêu" in path else 3  # below "Chỉ tiêu" stand targets
        return (begins and (level >= least or asked or state)) or (
            level >= DATED and _is_duty(line, text, start, end, limits)
        )
    if level >= DATED and limit and _is_time_of(line, text, start, limit):
        return True
    exact = level >= DATED or (level == RECURS and limit is not None and limit.kind == "date")
    return begins or (exact and _is_duty(line, text, start, end, limits))


def _is_implied(line: View, start: int, end: int, limit: Deadline | None, *, sent: bool) -> bool:
    """Return whether a clause tells to do something that doesn't begin with what is done."""
    text = small(line.text)
    if limit is None:
        return False
    if is_passive(text, start, end, limit) or is_regular(line, text, start, limit):
        return True
    within = line.offsets[start] <= limit.span.start <= line.offsets[end - 1]
    return sent and within and rank(limit) >= DATED


def _tells(
    text: str, start: int, end: int, limit: Deadline | None, own: Subject | None, again: bool
) -> bool:
    """Return whether a clause tells what was, is, may be or is decided here, and not what to do."""
    level = rank(limit) if limit else 0
    if level < DATED and _NAMES_DOCUMENT.match(text, start, end):
        return True
    if _REPORTS.match(text, start, end) or _MAY.match(text, start, end):
        return not MUST.search(text, start, end)
    if level < DATED and (_DESCRIBES.match(text, start, end) or _AMENDS.match(text, start, end)):
        return not HAS_TO.search(text, start, end)
    return level <= (3 if own or again else RECURS) and bool(_DECIDES.match(text, start, end))


def _sets_figure(line: View, start: int, end: int, limit: Deadline) -> bool:
    """Return whether a limit is that of a figure: "cam kết tỷ lệ giải ngân đến 30/9 đạt 60%"."""
    text = small(line.text)
    if _SENDS.search(text, start, end):
        return False
    last = _SETS_LAST.search(text, start, end)
    stated = bisect_left(line.offsets, limit.span.start)
    return bool(_SETS_FIGURE.match(text, start, end) or (last and last.start() < stated))


def _past_being(text: str, start: int, end: int) -> int:
    """Return where what is done begins, after what somebody is: "Là cơ quan thường trực, …"."""
    being = _BEING.match(text, start, end)
    return being.end() if being and DO.match(text, being.end(), end) else start


@lru_cache(maxsize=64)
def _is_of_aims(path: str) -> bool:
    """Return whether the nearest heading that says what stands below it says aims, not tasks."""
    aims = max((match.end() for match in _GOALS.finditer(path)), default=-1)
    tasks = max((match.end() for match in _TASKS.finditer(path)), default=-1)
    return aims > tasks


def _begins_duty(line: View, text: str, start: int, end: int, limit: Deadline | None) -> bool:
    """Return whether a clause begins with what is done, a time or an occasion before it apart."""
    if every := _EVERY.match(text, start, end):
        start = every.end()  # "hằng năm công bố … trước ngày 31 tháng 3"
    if DO.match(text, start, end):
        return True
    acts = _ACTS.match(text, start, end)
    if acts and DO.match(text, acts.end(), end):
        return True
    if limit is None:
        return False
    whoever = _WHOEVER.match(text, start, end)
    if whoever and DO.match(text, whoever.end(), end):
        return True
    stated = bisect_left(line.offsets, limit.span.start)
    if stated <= start + 2 or _LEADS_IN.fullmatch(text, start, stated):
        after = _behind(line, text, limit, end)  # "Định kỳ hằng năm (trước ngày 15/12) báo cáo"
        return bool(DO.match(text, after, end) or MUST.search(text, after, end))
    topic = _TOPIC.match(text, start, end)
    if topic and DO.match(text, topic.end(), end):
        return True  # "Hội thi cấp trường: tổ chức xong trong tháng 11"
    begin = topic.end() if topic else end  # "Nhân lực: từ năm 2023, mỗi năm cử …"
    first = _NEXT.search(text, begin, min(end, begin + MAX_TIME))
    if first and _follows_time(line, text, begin, first.end(), end, limit):
        return True
    return _follows_time(line, text, start, min(end, start + MAX_OCCASION), end, limit)


def _follows_time(line: View, text: str, start: int, last: int, end: int, limit: Deadline) -> bool:
    """Return whether what is done follows an occasion or a time, and a comma before ``last``."""
    for comma in _NEXT.finditer(text, start, last):
        if not OCCASION.match(text, start, end):
            return False
        after = comma.end()
        if limit.span.start == line.offsets[after]:
            after = _behind(line, text, limit, end)
        if DO.match(text, after, end):
            return True
    return False


def _behind(line: View, text: str, limit: Deadline, end: int) -> int:
    """Return where the words begin behind a limit, and brackets that go with it."""
    after = bisect_left(line.offsets, limit.span.end)
    while more := _MORE.match(text, after, end):
        after = more.end()  # "định kỳ 6 tháng và hàng năm báo cáo"
    if aside := _ASIDE.match(text, after, end):
        after = aside.end()  # "Cứ 3 tháng một lần (vào ngày 20 tháng cuối quý) báo cáo"
    while after < end and text[after] in " ,:);-–":
        after += 1
    return after


def _is_time_of(line: View, text: str, start: int, limit: Deadline) -> bool:
    """Return whether words say by when something named is done: "Thời gian … hoàn thành trước"."""
    stated = bisect_left(line.offsets, limit.span.start)
    return _TIME_OF.match(text, start, stated) is not None


def _is_duty(line: View, text: str, start: int, end: int, limits: list[Deadline]) -> bool:
    if not _DUTY.search(text, start, end):
        return False
    if _CASE.match(text, start, end):
        return True
    places = [line.offsets[state.start()] for state in _STATES.finditer(text, start, end)]
    return all(  # "… trong 30 ngày kể từ ngày Nghị quyết này có hiệu lực"
        any(limit.span.start <= place < limit.span.end for limit in limits) for place in places
    )


def is_only_limit(line: View, start: int, end: int) -> bool:
    """Return whether words say no more than by when: "Thời gian hoàn thành: trước …"."""
    return bool(_ONLY_LIMIT.match(small(line.text), start, end))


def is_rest(line: View, start: int, end: int, limit: Deadline) -> bool:
    """Return whether words say by when the rest of the same work is done.

    "khôi phục cấp điện … trong vòng 06 giờ; các phụ tải còn lại không quá 48 giờ".
    """
    text = small(line.text)
    rest = _REST.match(text, start, end)
    stated = bisect_left(line.offsets, limit.span.start)
    after = bisect_left(line.offsets, limit.span.end)
    return bool(rest and rest.end() == stated and not text[after:end].strip(" .,;)"))


def forbids(text: str, start: int, end: int) -> bool:
    """Return whether a clause, in canonical spelling, says what must not be done."""
    return bool(_FORBIDS.match(text, start, end))


def refrains(text: str, start: int, end: int) -> bool:
    """Return whether words after a name say what it does not do, and nothing that it has to."""
    return bool(_REFRAINS.match(text, start, end)) and not MUST.search(text, start, end)


def forbids_after(line: View, limit: Deadline, end: int) -> bool:
    """Return whether what is forbidden follows a limit: "từ ngày 01/9 không tiếp nhận bản sao"."""
    text = small(line.text)
    after = bisect_left(line.offsets, limit.span.end)
    while after < end and text[after] in " ,:)":
        after += 1
    return _STOPS.match(text, after, end) is not None


def is_ground(line: View, start: int) -> bool:
    """Return whether words begin with what a document stands on: "Căn cứ …"."""
    return bool(_GROUND.match(small(line.text), start))


def strength(line: View, start: int, end: int) -> Literal["must", "should", "goal"]:
    """Return how strongly a clause says to do something."""
    text = small(line.text)
    if _GOAL.search(text, start, end):
        return "goal"
    return "should" if _SHOULD.search(text, start, end) else "must"
