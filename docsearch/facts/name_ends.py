"""Where the name of a body or office-holder ends, and what it does begins.

A name ends before the first verb ("Sở Y tế | báo cáo") that is no part of it. A verb is part of
the name where the vocabulary says so ("Trung tâm Dịch vụ việc làm"), where it stands in capitals,
and where without it the name says nothing of who is meant ("Cơ quan tiếp nhận hồ sơ | thẩm định",
"Phòng Quản lý đào tạo | báo cáo").
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from docsearch.facts.heads import LEVEL, pattern, terms
from docsearch.orthography import LOWER, UPPER

MAX_NAME: Final = 320  # code points of a list of names; longer is a sentence that lost its verb
MAX_WHICH: Final = 120  # code points of what says which bodies of a kind are meant
MAX_PHRASE: Final = 48  # code points around a verb that may be a phrase of a name: arbitrary

# "Chủ tịch UBND tỉnh tiến độ …": a body of one level ends with it, and its proper name.
_ENDS_WITH_LEVEL: Final = re.compile(
    rf"(?<![Cc]ác )(?<![Cc]ấp )(?<!ở )(?<![Tt]ác )(?<!\w){LEVEL}"
    rf"(?: (?:- )?[{UPPER}][\w'’]*){{0,6}} (?=[{LOWER}])"
    r"(?!(?:và|cùng|thuộc|trực|liên|có|trên|quản|trong|hội|nơi|sở|nhà|phụ|chủ|hoặc|của|các|uỷ|ủy"
    r"|đoàn|khác)(?!\w)|còn lại|nêu trên|nói trên|trên đây|có tên)"
    rf"(?!{LEVEL}(?!\w))"
)
# "Trình Thủ tướng Chính phủ | kế hoạch hằng năm": these, too, end with it
_ENDS_WITH_STATE: Final = re.compile(
    rf"(?<!\w)(?i:chính phủ|quốc hội) (?=[{LOWER}])"
    r"(?!(?:và|cùng|khóa|khoá|hoặc|của|các(?! (?:chương trình|kế hoạch|đề án|dự án|dự thảo|văn bản"
    r"|báo cáo|nội dung|vấn đề|giải pháp|chính sách|biện pháp))|nước)(?!\w))"
)
_STOP: Final = re.compile(
    rf"(?i:, (?:nơi|vốn|là|trường hợp) )|[.]\s|[.]$|(?P<colon>:)(?:\s|$)|;\s(?![{UPPER}])|;$"
    rf"|(?P<dash>\s[-–]\s(?=[{LOWER}]))|[“\"]"
    rf"| (?=[0-9]{{1,3}} (?:ngày|giờ|tuần|tháng|lần)(?!\w))"  # "gửi Công an xã | 5 ngày trước …"
    # "Phòng Nông nghiệp (Phòng Kinh tế) các huyện": another name of it, and whose it is
    rf"|\((?!\s*(?i:ubnd|hđnd)|[{UPPER}][^()]{{2,60}}\) (?i:(?:các )?{LEVEL})(?!\w))"
)
# "các đơn vị trong huyện", "các trường tại địa bàn xã": where they are is part of the name.
_NOT_WITHIN: Final = (
    r"(?! (?:toàn |phạm vi |địa bàn |khu vực )*(?:độ tuổi|tỉnh|huyện|thành phố|thị xã|quận|xã"
    r"|phường|thị trấn|ngành|địa bàn|địa phương|phạm vi|khu vực|cụm|khối)(?!\w))"
)
# "các cấp ủy, tổ chức đảng": those who act, where "tổ chức hội nghị" is what is done
_NOUN: Final = re.compile(r",? (?:cá nhân|đơn vị|cơ quan|doanh nghiệp)(?!\w)")  # after "tổ chức"
_ORGANISATIONS: Final = re.compile(
    r" (?:cơ sở )?(?:đảng|chính trị|đoàn thể|tín dụng|thành viên|xã hội|hội)"
    r"(?! nghị| thảo| thi)(?!\w)"
)
# "Sở Y tế - Căn cứ …": a capital after a dash begins what is done, where no sector is called so.
_NO_SECTOR: Final = (
    *("căn cứ", "chủ trì", "phối hợp", "tham mưu", "hướng dẫn", "rà soát", "tổng hợp"),
    *("niêm yết", "lập", "gửi", "báo cáo", "cử", "chỉ đạo", "phân công", "nộp", "cập nhật"),
)
# Bodies of a kind: what follows says which of the kind are meant.
_KINDS: Final = re.compile(
    r"(?:(?P<many>các |những |mọi |tất cả (?:các )?)|mỗi )?"
    r"(?:doanh nghiệp|đại lý|tổ chức, cá nhân|tổ chức|cơ quan|đơn vị|cá nhân|địa phương|nhà thầu"
    r"|cơ sở|(?P<whole>chủ đầu tư|xã|huyện|phường|thị trấn)|chủ thể|hộ gia đình|hộ"
    r"|hợp tác xã|hội đồng|tổ|đoàn|đội|bộ phận|người"
    r"|cán bộ|công chức|viên chức|chuyên viên|thành viên|trưởng đoàn|chủ cơ sở|ngân hàng|trường"
    r"|trung tâm|công ty|hội|trạm|ban|lực lượng)"
    r"(?:, (?:cơ quan|đơn vị|tổ chức|cá nhân|địa phương|doanh nghiệp))*"
)
_OF_THE_KIND: Final = re.compile(
    r"(?: sự nghiệp| trực thuộc| liên quan)?(?:,? (?:gia đình|đơn vị|tổ chức|cá nhân|địa phương"
    r"|doanh nghiệp|hộ gia đình|hộ)){0,3} "
    r"(?:(?:cung cấp|kinh doanh|sử dụng|sản xuất|tham gia|hoạt động|khai thác|chế biến|đào"
    r" tạo|thi công|tư vấn)(?!\w)"
    r"|(?P<which>(?:được \w+|bị \w+|có (?!trách nhiệm|nhiệm vụ|kế hoạch|biện pháp|văn bản|ý kiến"
    r"|giải pháp|báo cáo|phương án|hình thức|chương trình)\w+|chưa|đang|không(?! được| để| tổ"
    r"))(?!\w)))"
)
_MODAL: Final = re.compile(
    r"(?<= )(?<!chưa )(?<!không )(?<!đã )(?<!và )(?<!, )(?<!để )"
    r"(?:phải|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|cần|chủ trì|gửi|gởi|nộp)(?!\w)"
)
_RESPONSIBLE: Final = re.compile(
    r"(?<= )(?<!và )(?<!, )(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)(?!\w)"
)
# "tổ chức, cá nhân Việt Nam đầu tư ra nước ngoài | phải báo cáo"
_WORK: Final = re.compile(
    r"(?:đầu tư|nhận|quản lý|sử dụng|đánh giá|đăng ký|cung cấp|tiếp nhận|kinh doanh|sản xuất"
    r"|khai thác|vận hành|đề nghị|tham gia|thực hiện|tổ chức|thuê|vay|bán|mua|ký)(?!\w)"
)
_HAS_TO: Final = re.compile(r"(?<= )(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|phải (?!là))")
# "Cục Hải quan nơi đăng ký tờ khai | thực hiện": where something is done tells which is meant
_WHERE: Final = re.compile(r"(?<!\w)nơi (?:[^ ,.;:()]+ ){0,3}?(?:đã |đang |được )*$")
# "Các đồng chí được phân công phụ trách xã | dự sinh hoạt chi bộ"
_ASSIGNED: Final = re.compile(
    r"được (?:phân công|giao|giao nhiệm vụ) (?:phụ trách|theo dõi|giúp đỡ"
    r"|quản lý|chỉ đạo|làm)(?!\w)"
)
# "Các xã còn thiếu hồ sơ | nộp bổ sung": what is missing tells which are meant
_LACKS: Final = re.compile(
    r"(?<!\w)(?:các|những)(?!\w)[^.;:]* (?:(?:còn|đang|bị) (?:nợ|thiếu|chậm|tồn đọng|tồn|vướng)"
    r"(?: về)?|có tên) $"
)
# "Trung tâm Nước sạch và vệ sinh môi trường": no sentence goes on with "và" and what is done
_NAMED_SO: Final = re.compile(
    r"(?i:trung tâm|chi cục|công ty|viện|quỹ|trạm|bộ phận|phòng|ban|cục|vụ|khoa|xí nghiệp|tổ|đội)"
    rf" [{UPPER}][^.;:]*$"
)
# "Các Tổ công tác thúc đẩy tiến độ (thành lập theo Quyết định số …) | kiểm tra"
_FOUNDED: Final = re.compile(
    r"[^.;:()]{1,80}(?= \((?:được )?(?:thành lập|kiện toàn) (?:theo|tại)(?!\w))"
)
_TEAM: Final = re.compile(
    r"(?<!\w)(?:tổ công tác|tổ giúp việc|ban chỉ đạo|đoàn công tác|tổ chỉ đạo)"
    r"(?: [^\W\d_]+){0,2} $"
)
_PAUSE: Final = re.compile(r"[.,;:()]")
_FULL_PAUSE: Final = re.compile(r"[.;:()]")
# Between a verb of a name and the one that begins what is done, no time or purpose stands.
_ASIDE: Final = re.compile(
    r"(?<!\w)(?:trong|trước|sau|khi|để|từ|đến|theo|nếu|nhằm|chậm nhất|định kỳ|hằng|hàng|về|với|cho"
    r"|do|đã|sẽ|không|và|là)(?!\w)"
)
_REPORTS: Final = re.compile(
    r" ?[,.;]| (?:kết quả|về|tình hình|tiến độ|số liệu|nội dung|sở|trung tâm|chi cục|cơ quan"
    r"|với|cho|lên|bằng|cấp|h[ằà]ng|định kỳ|trước|chậm|ngay|kịp|số"
    r"|ubnd|ủy ban|phòng|chủ tịch|ban|hội đồng|bộ|chính phủ|lãnh đạo|giám đốc"
    r"|thường trực|trực tiếp|những|các|giải trình|thường xuyên)(?!\w)"
)
# A person is told apart by what he or she is there for: "đồng chí … phụ trách xã | báo cáo".
_PERSON: Final = re.compile(
    r"(?<!\w)(?:đồng chí|đ/c|ủy viên|phó|cán bộ|công chức|viên chức|chuyên viên|lãnh đạo|thành viên"
    r"|giáo viên|nhân viên|người|ông|bà|thẩm phán|kiểm sát viên|thanh tra viên|thư ký)(?!\w)"
    r"[^.;:()]*$"
)
# "phụ trách hòa giải, đối thoại | thông báo"
_CHARGE: Final = re.compile(r"(?: [^\W\d_]+){1,4}, [^\W\d_]+ [^\W\d_]+(?= )")
_COMPLETE: Final = (
    *("báo cáo", "chủ trì", "phối hợp", "tham mưu"),
    *("có trách nhiệm", "chịu trách nhiệm"),
)
# "Sở Y tế Chủ trì, phối hợp …": a line that was joined to the name above it
_NEXT_TASK: Final = re.compile(
    r"(?:Chủ trì|Phối hợp|Tham mưu|Hướng dẫn|Rà soát|Tổng hợp|Chỉ đạo|Thực hiện|Triển khai"
    r"|Tiếp tục|Tổ chức (?:triển khai|thực hiện|các|công tác|kiểm tra)"
    r"|Chịu trách nhiệm|Có trách nhiệm)(?!\w)"
)
_ORDERS: Final = ("giao", "yêu cầu", "đề nghị", "chỉ đạo", "hướng dẫn")
_APPLIES: Final = re.compile(r"đề nghị (?:cấp|được|hỗ trợ|xem xét|thẩm định)(?!\w)")
# What the name of a body may go on with after its sector: "Sở Tài chính và Sở Y tế".
_GOES_ON: Final = re.compile(
    r" ?[-–,;.:()&/]| (?:và|cùng|của|thuộc|các|cấp(?= (?:tỉnh|huyện|xã|trên|dưới))|trực|liên|có"
    rf"|trên|tại|nơi|khu|hoặc|{LEVEL}|sở|trung ương|địa phương|với)(?!\w)"
)
_OF_MANY: Final = re.compile(
    r"(?<!\w)(?:các|những)(?: đồng chí)? (?:sở|phòng|ban|ngành|cơ quan|đơn vị|bộ|huyện|xã|phường"
    r"|trường|thị trấn|thôn|ấp|công ty|chi cục|trung tâm|địa phương|chi bộ|khoa|tổ)[^:.;]{0,40}$"
)


@cache
def _ends_name() -> re.Pattern[str]:
    """Return what ends a name: what is done, and words that no name goes on with."""
    verbs = "|".join(re.escape(term) for term in terms("verb"))
    after = "|".join(re.escape(term) for term in terms("after"))
    return re.compile(rf"(?<!\w)(?:{verbs}|(?P<after>(?:{after}){_NOT_WITHIN}))(?!\w)")


@cache
def _needs_object() -> re.Pattern[str]:
    """Return what matches a verb in a name with its object to come: "Phòng Quản lý | đào tạo"."""
    verbs = "|".join(re.escape(term) for term in terms("object verb"))
    return re.compile(
        r"(?<!\w)(?:phòng|trung tâm|viện|cục|vụ|chi cục|khoa|quỹ|trạm|hạt|bộ phận|nhóm|công ty"
        rf"|xí nghiệp|hội đồng) (?:{verbs})(?:(?:(?:,| và| -) (?:{verbs}))*(?P<joined>,| và| -))? $"
    )


@cache
def _sector() -> re.Pattern[str]:
    sectors = "|".join(re.escape(term) for term in terms("sector"))
    return re.compile(rf"(?:(?<=sở)|(?<=phòng)|(?<=bộ)|(?<=vụ)(?<!thường vụ)) (?:{sectors})(?!\w)")


def name_end(printed: str, text: str, head: re.Match[str], end: int, *, acts: bool = True) -> int:
    """Return where the names end that begin with a head.

    Args:
        printed: the words as printed.
        text: the same in canonical spelling, of the same length.
        head: the head of the first name, in ``text``.
        end: one past the last character to look at.
        acts: whether those named do what follows; else something is done for or sent to them.

    Returns:
        One past the last name of the list; blanks and marks after it may be within.
    """
    position = head.end()
    kind = _KINDS.fullmatch(head[0])
    if kind:
        stop = _of_the_kind(printed, text, position, end)
        if printed[position : position + 2].strip().islower():
            stop = stop or _meant(kind, text, position, end, acts=acts)
        if stop:
            return stop
    stop = _first_verb(printed, text, head.start(), position, end, acts=acts)
    return _told_by_work(text, stop, end) if kind and acts else stop


def _told_by_work(text: str, stop: int, end: int) -> int:
    """Return where a name ends that goes on with its work: "cá nhân Việt Nam đầu tư … | phải"."""
    work = _WORK.match(text, stop, end)
    limit = min(end, stop + MAX_WHICH)
    modal = _HAS_TO.search(text, work.end(), limit) if work else None
    if modal is None or _PAUSE.search(text, stop, modal.start()):
        return stop
    return modal.start()


def _of_the_kind(printed: str, text: str, position: int, end: int) -> int | None:
    """Return where "các tổ chức, cá nhân được cấp phép | phải" ends: at what they have to do."""
    which = _OF_THE_KIND.match(text, position, end)
    if which is None:
        return None
    if which["which"]:
        modal = _MODAL.search(text, which.end(), min(end, which.end() + MAX_WHICH))
        if which["which"].startswith("có ") and (
            stop := _next_verb(
                text,
                max(which.end(), _phrase_end(text, which.end() - 1, position)),
                min(end, which.end() + MAX_WHICH),
            )
        ):
            return stop  # "Các trường có tổ chức bán trú | ký hợp đồng"
        if modal and not _FULL_PAUSE.search(text, which.end(), modal.start()):
            return modal.start()
        return None
    stop = _first_verb(printed, text, position, which.end(), end)
    return stop if stop < end and printed[stop - 1] == " " else None


def _meant(kind: re.Match[str], text: str, position: int, end: int, *, acts: bool) -> int | None:
    """Return where a body of a kind ends that is told by its work: "Cơ quan cấp phép | trả lời"."""
    limit = min(end, position + MAX_WHICH)
    verb = pattern("verb").match(text, position + 1, limit)
    if verb is None or (verb[0] in _ORDERS and not _APPLIES.match(text, position + 1)):
        return None
    responsible = _RESPONSIBLE.search(text, verb.end(), limit)
    if responsible and not _FULL_PAUSE.search(text, position, responsible.start()):
        return responsible.start()
    modal = None if kind["many"] else _MODAL.search(text, verb.end(), limit)
    if modal and modal[0] == "phải" and not _PAUSE.search(text, position, modal.start()):
        return modal.start()
    # what a single body of a kind is there for: "đơn vị thi công", "cơ quan chủ trì soạn thảo"
    one = not kind["whole"] and not (acts and kind["many"]) and text.startswith(" ", position)
    defines = pattern("work").match(text, position + 1, limit) if one else None
    if defines is None:
        return None
    if stop := _next_verb(text, defines.end(), limit):
        return stop
    if acts:
        return None
    ends = [_PAUSE.search(text, defines.end(), limit), _ASIDE.search(text, defines.end(), limit)]
    return min((mark.start() for mark in ends if mark), default=limit)


def _next_verb(text: str, position: int, end: int) -> int | None:
    """Return where the next thing that is done begins, with nothing but an object before it."""
    for verb in pattern("verb").finditer(text, position, min(end, position + MAX_PHRASE)):
        gap = text[position : verb.start()]
        if _PAUSE.search(gap) or _ASIDE.search(gap):
            return None
        if verb[0] == "báo cáo" and not _REPORTS.match(text, verb.end()):
            continue  # "Đơn vị tư vấn lập báo cáo đầu tư": a thing
        if not _phrase_end(text, verb.start(), position):
            return verb.start()
    return None


def _phrase_end(text: str, position: int, begin: int) -> int:
    """Return where a phrase of names ends that holds ``position`` ("dịch vụ việc làm"), or 0."""
    start = max(0, begin, position - MAX_PHRASE)
    while phrase := pattern("phrase").search(text, start, position + MAX_PHRASE):
        if phrase.start() > position:
            break
        if phrase.end() > position:
            return phrase.end()
        start = phrase.start() + 1
    return 0


def _stop(printed: str, text: str, position: int, limit: int) -> int:
    """Return where a mark ends the names: not the colon of "các Sở: Y tế, Tài chính"."""
    for mark in _STOP.finditer(printed, position, limit):
        after = mark.end()
        ends = mark["dash"] and _ends_name().match(text, after, limit)
        if mark["dash"] and (not ends or _phrase_end(text, after, position - MAX_PHRASE)):
            continue  # "Đội Cảnh sát giao thông - trật tự"
        many = mark["colon"] and _OF_MANY.search(text, max(0, position - 40), mark.start())
        listed = many and printed[after : after + 1].isupper()
        if listed and not pattern("verb").match(text, after, limit):
            continue
        return mark.start()
    return limit


def _first_verb(
    printed: str, text: str, begin: int, position: int, end: int, *, acts: bool = True
) -> int:
    limit = _stop(printed, text, position, min(end, position + MAX_NAME))
    level = _ENDS_WITH_LEVEL.search(printed, max(0, position - 12), limit)
    if level and level.end() > position:
        limit = level.end()
    state = _ENDS_WITH_STATE.search(printed, begin, limit)
    limit = state.end() if state else limit
    if sector := _ends_with_sector(printed, text, position, limit):
        return sector
    cursor = position
    while verb := _ends_name().search(text, cursor, limit):
        inside = _inside(text, verb, begin, limit)
        if acts and not inside and _LACKS.search(text, begin, verb.start()):
            inside = verb.end()
        opens = text.startswith("(", limit) or text.startswith(" (", limit)
        if not inside and opens and _TEAM.search(text, begin, verb.start()):
            founded = _FOUNDED.match(text, verb.start())
            inside = founded.end() if founded and founded.end() < end else 0
        if acts and not inside and _goes_on(printed, text, begin, verb):
            inside = verb.end()
        if acts and not inside and (assigned := _ASSIGNED.match(text, verb.start())):
            inside = _next_verb(text, assigned.end(), limit) or 0
        if acts and not inside and (where := _past_place(text, begin, verb, limit)):
            inside = where
        if not acts and verb[0] == "phụ trách" and _PERSON.search(text, begin, verb.start()):
            inside = verb.end()  # "nộp Phó Hiệu trưởng phụ trách chuyên môn"
        if not inside and not _is_capital(printed, text, verb):
            return verb.start()
        cursor = inside or verb.end()
    return limit


def _past_place(text: str, begin: int, verb: re.Match[str], limit: int) -> int:
    """Return where ends what is done at a place, before what is to be done, or 0."""
    near = text.endswith(("nơi ", "đang ", "đã "), begin, verb.start())
    if verb["after"] is not None or not near or not _WHERE.search(text, begin, verb.start()):
        return 0
    modal = _HAS_TO.search(text, verb.end(), min(limit, verb.end() + MAX_PHRASE))
    if modal and not _PAUSE.search(text, verb.end(), modal.start()):
        return modal.start()
    return _next_verb(text, verb.end(), limit) or 0


def _goes_on(printed: str, text: str, begin: int, verb: re.Match[str]) -> bool:
    """Return whether a name goes on with a verb after "và": "Trung tâm … và đổi mới sáng tạo"."""
    if verb["after"] is not None or verb[0] in (*_COMPLETE, "gửi", "nộp", "trình"):
        return False
    joined = text.endswith(" và ", begin, verb.start())
    return joined and _NAMED_SO.match(printed, begin, verb.start()) is not None


def _inside(text: str, verb: re.Match[str], begin: int, limit: int) -> int:
    """Say how far a name goes on for certain, where a verb is part of it.

    Args:
        text: the words in canonical spelling.
        verb: what may end the name.
        begin: where the name, or the first of a list of names, begins.
        limit: one past the last character that may belong to it.

    Returns:
        One past what belongs to the name; 0 where the verb ends it.
    """
    if verb[0] == "ủy quyền":
        return 0  # "HĐND tỉnh | ủy quyền cho UBND tỉnh" names no "Tỉnh ủy"
    heads = pattern("head").finditer(text, max(begin, verb.start() - 24), limit)
    inner = next((head for head in heads if head.start() < verb.start() < head.end()), None)
    if inner:
        return inner.end()  # "các tổ chức", "Thư ký hội đồng | gửi", not "đồng gửi"
    if verb[0] == "tổ chức" and _NOUN.match(text, verb.end()):
        return verb.end()
    if verb[0] == "tổ chức" and _ORGANISATIONS.match(text, verb.end()):
        return verb.end() if text.endswith((", ", " và "), begin, verb.start()) else 0
    if phrase := _phrase_end(text, verb.start(), begin):
        return phrase
    if text.endswith("chức năng ", begin, verb.start()):
        return verb.end()  # "Chi cục có chức năng quản lý chuyên ngành thú y"
    if verb[0] == "với" and text.endswith(" cùng ", begin, verb.start()):
        return verb.end()  # "Thường trực HĐND tỉnh cùng với Đoàn ĐBQH tỉnh"
    if verb["after"] is not None:
        return 0
    if text.endswith(", người ", begin, verb.start()):
        return verb.end()  # "người khởi kiện, người yêu cầu"
    if verb[0] == "phụ trách" and _PERSON.search(text, begin, verb.start()):
        return _charge_end(text, verb.end())
    object_of = _needs_object().search(text, begin, verb.start())
    known = object_of and (object_of["joined"] or verb[0] not in _COMPLETE)
    return verb.end() if known else 0


def _charge_end(text: str, position: int) -> int:
    """Return where ends what somebody is in charge of, or 0: "phụ trách hòa giải, đối thoại"."""
    charge = _CHARGE.match(text, position)
    if charge and _next_verb(text, charge.end(), len(text)) == charge.end() + 1:
        return charge.end()
    return position if _next_verb(text, position, len(text)) else 0


def _is_capital(printed: str, text: str, verb: re.Match[str]) -> bool:
    """Return whether a verb in capitals belongs to a name: "Giáo dục và Đào tạo"."""
    dashed = verb[0] in _NO_SECTOR and text.endswith(("- ", "– "), 0, verb.start())
    if verb[0] in ("báo cáo", "căn cứ"):
        return False  # "gửi cơ quan Hải quan | Báo cáo quyết toán", "Các bộ | Căn cứ kế hoạch"
    return printed[verb.start()].isupper() and not dashed


def _ends_with_sector(printed: str, text: str, position: int, end: int) -> int | None:
    """Return where a name ends with its sector: "Sở Tài chính | cấp bổ sung kinh phí"."""
    sector = _sector().match(text, position, end)
    if sector is None or sector.end() + 1 >= end or _GOES_ON.match(text, sector.end()):
        return None
    after = printed[sector.end() + 1]
    apart = after.islower() or _NEXT_TASK.match(printed, sector.end() + 1)
    return sector.end() + 1 if text[sector.end()] == " " and apart else None
