"""Who has to do something: the bodies and office-holders that a sentence or heading names.

A name begins with a head ("Phòng", "UBND", "các đơn vị") and ends before the word that begins
what is done ("chủ trì", "tích cực", "báo cáo"). Heads, verbs and the words that lead in are data
(``vocabulary/actors.json``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from docsearch.facts.heads import LEVEL, find_head, pattern, small, terms
from docsearch.facts.name_ends import MAX_NAME, name_end
from docsearch.orthography import LOWER, UPPER, canonical
from docsearch.parse.view import View
from docsearch.records import Mention

MAX_OPENING: Final = 500  # code points of what may stand before them; arbitrary, grounds are long

_LABEL: Final = re.compile(
    r"(?:[-–+•*]\s*|\d{1,2}(?:\.\d{1,2}){1,3}(?:[.)]\s*|\s+)"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}[-–]\s+|(?:\d{1,2}|[ivxl]{1,6}|[a-zđ])\s?(?:[.)]\s*|/\s+|[-–]\s+)(?!\d)|điều\s+\d+[a-zđ]?[.:]?\s*(?:[-–]\s*)?)"
)
# What may stand before the one who acts: a time, a ground, the one who gives the order.
_BEFORE: Final = re.compile(
    r"(?:(?:hằng|hàng|mỗi) (?:năm|quý|tháng|tuần),? |định kỳ [^,.;]{0,40}, |đồng thời,? "
    r"|bên cạnh đó,? |ngoài ra,? |riêng |trước ngày [\d/ ]+,? |đến (?:hết |ngày |năm |tháng |quý )"
    r"[^,.;]{1,40}, |từ (?:ngày |năm |tháng |quý )[^,.;]{1,60}, "
    r"|trong (?:năm|quý|tháng) [^,.;]{1,30}, "
    r"|thời (?:hạn|gian) (?=(?:các |những )?(?:đơn vị|cơ quan|tổ chức|địa phương|ubnd|ủy ban|sở"
    r"|phòng|trường|chủ đầu tư) )"
    r"|(?:ubnd|ủy ban nhân dân|chủ tịch ubnd|chủ tịch ủy ban nhân dân) (?:tỉnh|huyện|thành phố|xã|"
    r"quận|thị xã|phường|thị trấn) (?=yêu cầu|đề nghị|giao))"
)
# A sentence that begins so has its subject after a comma.
_OPENING: Final = re.compile(
    r"(?:căn cứ|trên cơ sở|để|nhằm|theo|trong|trước|sau|khi|nếu|trường hợp|từ|kể từ|tính từ"
    r"|đến|hằng|đối với"
    r"|hàng|mỗi|định kỳ|với|ngoài|cùng với|bên cạnh|vào|chậm nhất|muộn nhất|đồng thời|riêng"
    r"|nhận được|tiếp theo|xét|qua|do|ngay|tùy|song song|nhân dịp|xuất phát|quý|quí|tháng|năm"
    r"|giai đoạn"
    r"|cuối|đầu|giữa|hết|tại|quá trình|kết thúc|thời gian|thời hạn|ngày"
    r"|(?:tiếp tục )?(?:thực hiện|triển khai|quán triệt)(?: thực hiện)? (?:tinh thần |nội dung )?"
    r"(?:kế hoạch|công văn|nghị quyết|quyết định|chỉ thị|kết luận|thông báo|chương trình|nghị định"
    r"|thông tư|văn bản|hướng dẫn|luật|ý kiến|sự chỉ đạo|công điện|đề án|quy định)"
    r"|về việc|liên quan|như vậy|tuy nhiên|do đó|vì vậy|[0-9])(?!\w)"
)
_NOUN: Final = re.compile(r"(?:nhiệm vụ|trách nhiệm) của|riêng|đối với")
_CASE: Final = re.compile(
    r"(?:trường hợp|nếu|sau khi|khi|đối với|trong thời hạn|trong thời gian|trong vòng|chậm nhất"
    r"|muộn nhất)(?!\w)"
)
# "các cơ quan, đơn vị": the comma stands inside a name.
_LISTED: Final = re.compile(
    r"(?:cơ quan|đơn vị|tổ chức|phòng|ban|sở|ngành|huyện|xã|phường|thị trấn|địa phương|cấp|cá"
    r" nhân)$"
)
_IN_LIST: Final = re.compile(
    r"(?:các )?(?:cơ quan|đơn vị|tổ chức|phòng|ban|sở|ngành|huyện|xã|phường|thị trấn|thành phố"
    r"|thị xã|địa phương|cấp(?! [uủ][ỷy])|cá nhân|đoàn thể|doanh nghiệp|hợp tác xã|trường)(?!\w)"
)
_STAFF: Final = re.compile(
    r"(?:cán bộ(?: quản lý)?|công chức|viên chức|giáo viên|nhân viên|học sinh|sinh viên|phụ huynh"
    r"|người lao động|người dân|đảng viên|đoàn viên|hội viên|nhân dân)(?!\w)"
)
_WITH_LIST: Final = re.compile(
    r"(?<!\w)phối hợp (?:chặt chẽ )?(?:với|cùng)"
    r"(?: (?!tổ chức|xây dựng|thực hiện|triển khai|báo cáo|tham mưu|hướng dẫn|rà soát|kiểm tra)"
    r"[^.,;:() ]{1,30}){1,20}$"
)
_AFTER_COMMA: Final = re.compile(r"[,:] | thì |(?<= này) (?=(?:đề nghị|yêu cầu) )")
_ORDER: Final = re.compile(
    r"(?:kính |trân trọng )?(?:yêu cầu|đề nghị|chỉ đạo|đôn đốc)(?: đối với)? "
    r"|(?:thống nhất |đồng ý |quyết định )?(?:giao(?: trách nhiệm| nhiệm vụ)?|ủy quyền)(?: cho)? "
)
_APART: Final = re.compile(
    r"[ ,]*(?:(?:trước|chậm nhất|định kỳ|h[ằà]ng|trong|vào|đến|cuối)(?!\w)[^,.;:()]{0,40}? "
    r"(?:tổng hợp|báo cáo|gửi)(?!\w))"
)
_DIRECTS: Final = re.compile(r"(?:lãnh đạo, )?chỉ đạo ")
# "Công chức Văn hóa (phụ trách trẻ em) | rà soát"
_BRACKETS: Final = re.compile(r" ?\([^()]{2,140}\),? ")
_ASIDE: Final = re.compile(r" ?, (?:nơi|vốn|là)(?!\w)")
MAX_ASIDE: Final = 200  # code points of what is said of a body between commas: arbitrary
_MODAL: Final = re.compile(r"(?:phải|cần|có trách nhiệm|khẩn trương|tập trung)(?!\w)")
_OF_WHOM: Final = re.compile(
    r"(?:riêng )?đối với [^,.;:]{2,120}? (?:chưa|không|đã|đang|còn|thuộc|có|vi phạm|bị|được)(?!\w)"
    r"(?! trách nhiệm| nhiệm vụ)[^,.;:]{1,120}, (?=(?:ubnd|ủy ban|sở|phòng|ban"
    r"|công an|hội|trạm|các xã"
    r"|chủ tịch|giao|yêu cầu|đề nghị)(?!\w))"
)
_OFTEN: Final = re.compile(r"(?:định kỳ )?(?:h[ằà]ng|mỗi) (?:năm|quý|tháng|tuần|ngày),? ")
_SEPARATOR: Final = re.compile(r"\s*(?:[,;]\s+(?:và\s+)?|\s(?:và|cùng với|cùng)\s+)")


@dataclass(frozen=True, slots=True)
class Subject:
    """The names at the beginning of a sentence, and where the predicate begins in the view."""

    actors: tuple[Mention, ...]
    end: int
    by: tuple[Mention, ...] = ()  # who directs them, and acts in what follows
    ordered: bool = False  # "Giao …", "Đề nghị …", "UBND huyện yêu cầu …" stands before them
    directed: bool = False  # "Chỉ đạo các trường …": who directs them does what follows


_ROLE: Final = re.compile(
    r"(?:cơ quan|đơn vị) (?:chủ trì|thực hiện|đầu mối|chịu trách nhiệm)\s*:\s*(?=\w)"
)
"""A label before a sentence: "Cơ quan chủ trì: Sở Y tế lập danh sách …"."""


def skip_label(view: View, start: int, end: int) -> int:
    """Return where the words begin after "-", "2.1." or "đ)" at ``start``."""
    match = _LABEL.match(small(view.text), start, end)
    return match.end() if match else start


# "Các đơn vị chưa được cấp giấy chứng nhận: thành lập Ban Chỉ đạo …"
_WHICH: Final = re.compile(
    r"(?:các|những|mọi|mỗi) [^,;.:()]{2,50}? (?:đã|chưa|được|có|đang|thuộc|không|nằm|bị)"
    r" [^,;.:()]{2,60}(?P<colon>:)\s+"
)


def _narrowed(view: View, text: str, start: int, end: int) -> Subject | None:
    """Return those of a kind that words before a colon tell apart, where what they do follows."""
    match = _WHICH.match(text, start, end)
    if match is None or not pattern("verb").match(text, match.end(), end):
        return None
    if find_head(view.text, text, start, end) is None:
        return None
    return Subject((view.mention(start, match.start("colon")),), match.end())


def find_subject(view: View, start: int, end: int) -> Subject | None:
    """Return who acts, when the part of a view begins with it.

    Before the names may stand a time, a ground, a purpose ("Căn cứ …, UBND xã báo cáo"), and the
    one who gives the order ("UBND huyện yêu cầu các xã báo cáo"), who does not act.

    Args:
        view: the words of a unit or of a heading.
        start: first character of a sentence or clause in ``view.text``.
        end: one past its last.

    Returns:
        The names in order, each as a mention; None when the part does not begin with a name, as
        in "Chủ trì, phối hợp với …", where a heading above says who.
    """
    text = small(view.text)
    begin = skip_label(view, start, end)
    if role := _ROLE.match(text, begin, end):
        begin = role.end()
    subject = _narrowed(view, text, begin, end) or _subject_at(view, text, begin, end)
    if subject and (other := _behind_case(view, text, begin, end)):
        return other
    if subject is None and _OPENING.match(text, begin, end):
        for comma in _AFTER_COMMA.finditer(text, begin, min(end, begin + MAX_OPENING)):
            if _NOUN.match(text, comma.end(), end):
                continue
            found = _subject_at(view, text, comma.end(), end)
            if _WITH_LIST.search(text, begin, comma.start()):
                continue  # "phối hợp với Sở Y tế, các sở liên quan tổ chức …"
            list_ = _is_list(text, begin, comma)
            case = _CASE.match(text, begin) and not list_
            named = case or _begins_name(view.text, text, comma.end(), end)
            head = find_head(view.text, text, comma.end(), end)
            known = (
                head
                and ";" not in text[begin : comma.start()]
                and head[0] in terms("head")
                and not _IN_LIST.match(head[0])
            )
            named = named or bool(known and not list_)
            if not found or not (found.ordered or named):
                continue
            often = _OFTEN.match(text, found.end, end)
            if found.ordered or pattern("verb").match(
                text, often.end() if often else found.end, end
            ):
                subject = found
                break
    if subject is None:
        return _directed(view, text, begin, end)
    order = _ORDER.match(text, subject.end, end)
    told = find_names(view, order.end(), end) if order else None
    if order is None or told is None:
        return subject
    urges = "đạo" in order[0] or "đôn" in order[0]
    if urges and _APART.match(text, told.end, end):
        return subject  # "đôn đốc các đơn vị trực thuộc, trước ngày 20/7 báo cáo"
    by = subject.actors if urges else ()
    return Subject(told.actors, told.end, ordered=True, by=by)


def _behind_case(view: View, text: str, begin: int, end: int) -> Subject | None:
    """Return who acts behind those of whom it is said: "Đối với các hộ chưa …, UBND xã báo"."""
    case = _OF_WHOM.match(text, begin, end)
    found = _subject_at(view, text, case.end(), end) if case else None
    acts = found and pattern("verb").match(text, found.end, end)
    return found if acts and find_head(view.text, text, case.end() if case else end, end) else None


def _is_list(text: str, begin: int, comma: re.Match[str]) -> bool:
    """Return whether a comma stands inside a list of bodies of a kind, or of members of staff."""
    before, after = comma.start(), comma.end()
    bodies = _LISTED.search(text, begin, before) and _IN_LIST.match(text, after)
    return bool(
        bodies
        or (_STAFF.search(text, max(begin, before - 15), before) and _STAFF.match(text, after))
    )


def _directed(view: View, text: str, begin: int, end: int) -> Subject | None:
    """Return whom a sentence without a subject directs: "Chỉ đạo các trạm y tế rà soát"."""
    order = _DIRECTS.match(text, begin, end)
    told = find_names(view, order.end(), end) if order else None
    if told is None or not pattern("verb").match(text, told.end, end):
        return None
    return Subject(told.actors, told.end, ordered=True, directed=True)


def _subject_at(view: View, text: str, position: int, end: int) -> Subject | None:
    led = chosen = False
    begin = position
    for _ in range(3):
        before = _BEFORE.match(text, position, end)
        lead = pattern("lead").match(text, position, end)
        if before:
            position = before.end()
        elif lead:
            led, chosen = True, lead[0].startswith("phân công")
            position = lead.end()
        else:
            break
        while position < end and text[position] in " :,":
            position += 1
    head = find_head(view.text, text, position, end)
    if head is None and position > begin:  # "UBND huyện giao chỉ tiêu …" gives no order to a body
        position, led, chosen = begin, False, False
        head = find_head(view.text, text, position, end)
    if head is None or (chosen and not _is_chosen(view.text, head)):
        return None
    if text.startswith(" nào ", head.end()):
        return None  # "Đơn vị nào chưa công khai thì …": whoever it is, no name
    stop = name_end(view.text, text, head, end)
    after = _past_aside(text, stop, end)
    if stop - position > MAX_NAME or (not led and stop >= end and stop - position > 200):
        return None
    actors = _names(view, text, position, stop)
    return Subject(actors, after, ordered=led) if actors else None


def _past_aside(text: str, position: int, end: int) -> int:
    """Return where what is done begins, after ", nơi xảy ra nhiều vụ cháy," behind a name."""
    brackets = _BRACKETS.match(text, position - (text[position - 1 : position] == " "), end)
    if brackets and pattern("verb").match(text, brackets.end(), end):
        return brackets.end()
    aside = _ASIDE.match(text, position, end)
    if aside is None:
        return position
    for comma in re.finditer(", ", text[aside.end() : min(end, aside.end() + MAX_ASIDE)]):
        after = aside.end() + comma.end()
        if _MODAL.match(text, after, end) or pattern("verb").match(text, after, end):
            return after
    return position


def _is_chosen(printed: str, head: re.Match[str]) -> bool:
    """Return whether work is given to a body ("Phân công Phòng Nội vụ"), not "cán bộ trực"."""
    return printed[head.start()].isupper() or head[0].startswith(
        ("các ", "đồng chí", "đ/c", "ông", "bà")
    )


def find_names(view: View, start: int, end: int, *, acts: bool = True) -> Subject | None:
    """Return the names that stand at ``start``, with nothing before them.

    Args:
        view: the words of a unit.
        start: where the first name must begin.
        end: one past the last character to look at.
        acts: whether those named do what follows; else something is sent to or done with them.

    Returns:
        The names and where they end; None when no name stands there.
    """
    text = small(view.text)
    head = find_head(view.text, text, start, end)
    if head is None:
        return None
    stop = name_end(view.text, text, head, end, acts=acts)
    actors = _names(view, text, start, stop)
    return Subject(actors, stop) if actors else None


# "Điều 8. Quyền và trách nhiệm của đơn vị quản lý, vận hành chợ": all that follows is the name
_DUTIES_OF: Final = re.compile(
    r"(?:quyền|quyền hạn|trách nhiệm|nhiệm vụ|nghĩa vụ|chức năng)(?:,? (?:và )?(?:quyền hạn|quyền"
    r"|trách nhiệm|nhiệm vụ|nghĩa vụ))* của "
)
_ABOUT: Final = re.compile(
    r" (?:trong|đối với|khi|về|theo|tại|để|như|sau|phải|có trách nhiệm|có nhiệm vụ)(?!\w)"
    r"|[:;(.]| [0-9]+[.)]"
)


def is_only_names(view: View) -> Subject | None:
    """Return the names of a heading that holds nothing else ("3. Phòng Nội vụ huyện:")."""
    if told := _duties_of(view):
        return told
    subject = find_subject(view, 0, len(view.text))
    if subject is None:
        return None
    rest = canonical(view.text[subject.end :]).strip(" :.;,")
    rest = re.sub(r"^\([^()]{1,80}\)$", "", rest)  # "1. Phòng Nông nghiệp (cơ quan thường trực)"
    return subject if not rest or rest.startswith("theo chức năng") else None


def _duties_of(view: View) -> Subject | None:
    """Return whose duties a heading says that stand below it, up to what they are about."""
    text = small(view.text)
    of = _DUTIES_OF.match(text, skip_label(view, 0, len(text)))
    head = find_head(view.text, text, of.end(), len(text)) if of else None
    if of is None or head is None:
        return None
    about = _ABOUT.search(text, head.end())
    stop = about.start() if about else len(text)
    actors = _names(view, text, of.end(), stop) if stop - of.end() <= MAX_NAME else ()
    return Subject(actors, stop) if actors else None


OFFICE_OF: Final = re.compile(
    r"(?:văn phòng|vp) (?:(?:hđnd|hội đồng nhân dân|đoàn đbqh|đoàn đại biểu quốc hội)(?:, |"
    r" và )?){1,2}$"
)


def _names(view: View, text: str, start: int, end: int) -> tuple[Mention, ...]:
    cuts = [start]
    for separator in _SEPARATOR.finditer(text, start, end):
        if _parts(view.text, text, cuts[-1], separator, end):
            cuts.extend((separator.start(), separator.end()))
    cuts.append(end)
    names = []
    for a, b in zip(cuts[::2], cuts[1::2], strict=True):
        while b > a and text[b - 1] in " ,;:-–":
            b -= 1
        if idle := _IDLE.search(text, a, b):
            b = idle.start()
        half = (b - a) // 2
        if text[a : a + half] == text[b - half : b] and text[a + half : a + half + 1] == " ":
            b = a + half  # "Điều 18. Sở Nội vụ Sở Nội vụ hướng dẫn": the heading stands before it
        colon = text.find(": ", a, b)
        if colon > 0 and find_head(view.text, text, colon + 2, b):
            a = colon + 2  # "Các phòng thuộc Sở: Phòng Nghiệp vụ Y"
        if b > a and len(text[a:b]) > 1:
            names.append(view.mention(a, b))
    return tuple(names)


_IDLE: Final = re.compile(r"(?: (?:nơi có|có|cũng|thì|đồng thời|đang|vẫn|và|của))+$")
# "UBND các xã Vân Thượng, Bản Hồ": names of places, whatever word they begin with
_PLACES: Final = re.compile(rf"(?i:các {LEVEL}|các thôn|các bản) [{UPPER}]")
_PLACE_WORDS: Final = (
    "bản",
    "đồn",
    "đội",
    "hội",
    "đoàn",
    "đài",
    "trạm",
    "viện",
    "ông",
    "bà",
    "khoa",
)
_BEGIN_NAMES: Final = (
    *("các ", "tất cả ", "ubnd", "hđnd", "mttq", "ủy ban nhân dân", "hội đồng nhân dân"),
    *("chủ tịch", "giám đốc", "thủ trưởng", "hai "),
)
# "Lực lượng Công an, Quân sự", "Hiệu trưởng trường A, trường B": said of all that follows
_OF_ALL: Final = (
    *("các ", "những ", "lực lượng", "hiệu trưởng", "giám đốc", "thủ trưởng", "chủ tịch", "trưởng"),
    *("lãnh đạo", "bí thư", "người đứng đầu"),
)
_PERSON: Final = re.compile(rf"(?i:đồng chí|đ/c|ông|bà)(?: [{UPPER}][{LOWER}]+){{2,5}}")
_OFFICE: Final = re.compile(
    r"(?:ủy viên|phó|chủ tịch|trưởng|giám đốc|bí thư|chánh|kế toán|công chức|hiệu trưởng|tổ trưởng"
    r"|chuyên viên|cán bộ|chỉ huy|đội trưởng)(?!\w)"
)
_PLACE: Final = re.compile(rf"(?:{LEVEL}|thôn|ấp|bản|khu|cụm|khối|tổ|nhóm|đội)(?!\w)")


# "Các sở, ban, ngành, huyện, thị xã": bodies of the province, and the districts
_OF_SECTORS: Final = re.compile(r"(?<!\w)(?:sở|ban|ngành|đoàn thể)$")
_OF_DISTRICTS: Final = re.compile(
    r"(?:các )?(?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn)"
    r"(?:(?:,| và|, và) (?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn))+[ ,]*"
)


def _parts(printed: str, text: str, start: int, separator: re.Match[str], end: int) -> bool:
    """Return whether what stands on both sides of a comma or "và" are two names."""
    position = separator.end()
    if OFFICE_OF.search(text, start, separator.start()):
        return False
    if _PERSON.fullmatch(printed, start, separator.start()) and _OFFICE.match(text, position):
        return False  # "Đồng chí Lê Thị Hoa, Phó Chủ tịch UBND xã"
    if _OF_SECTORS.search(text, start, separator.start()) and _OF_DISTRICTS.fullmatch(
        text, position, end
    ):
        return True
    head = find_head(printed, text, position, end)
    if head and head[0] in _PLACE_WORDS and _PLACES.search(printed, start, separator.start()):
        return False
    if head is None or text.startswith(("lực lượng", "các lực lượng"), start):
        return False
    named = any(letter.isupper() for letter in printed[position + 1 : head.end() + 2])
    first = find_head(printed, text, start, separator.start())
    if first and first[0].startswith("các ") and first.end() == separator.start() and not named:
        return head[0].startswith(_BEGIN_NAMES)  # "Các trung đoàn, Tiểu đoàn trực thuộc"
    if _begins_name(printed, text, position, end):
        return True
    whose = text.startswith(_OF_ALL, start) or _PLACE.match(text, position)
    return not whose and printed[head.end() + 1 : head.end() + 2].isupper()


def _begins_name(printed: str, text: str, position: int, end: int) -> bool:
    """Whether what follows a comma is a name of its own and not one more word of the last.

    "các phòng, ban, cơ quan" is one name; ", UBND xã", ", các trường", ", Sở Y tế" begin another.
    """
    head = find_head(printed, text, position, end)
    if head is None:
        return False
    word = head[0]
    return word.startswith(_BEGIN_NAMES) or printed[position].isupper()


def same_body(one: str, other: str) -> bool:
    """Return whether two names are of the same body, as far as their words tell.

    Abbreviations, tone marks, capitals and the words "huyện", "xã" at the end do not count.
    """
    return name_key(one) == name_key(other)


_SHORT: Final = (
    ("ủy ban nhân dân", "ubnd"),
    ("hội đồng nhân dân", "hđnd"),
    ("mặt trận tổ quốc", "mttq"),
    ("giáo dục và đào tạo", "gdđt"),
    ("giáo dục & đào tạo", "gdđt"),
    ("gd&đt", "gdđt"),
    ("gd-đt", "gdđt"),
    ("gd và đt", "gdđt"),
    ("giáo dục nghề nghiệp", "gdnn"),
    ("giáo dục thường xuyên", "gdtx"),
    ("trung học cơ sở", "thcs"),
    ("trung học phổ thông", "thpt"),
)


_FORM_OF_ADDRESS: Final = re.compile(r"(?i)^\s*(?:(?:các )?đồng chí|đ/c|ông|bà)\s+(?=\w)")
_LEVELS: Final = ("huyện", "tỉnh", "xã")
_OF_EVERY_LEVEL: Final = ("ubnd", "hđnd", "mttq", "đảng", "chủ", "bí", "ban", "thường")


def name_words(name: str) -> list[str]:
    """Return the words of a body's name in one spelling, known abbreviations made short."""
    key = canonical(name)
    for long, short in _SHORT:
        key = key.replace(long, short)
    key = re.sub(
        r"\blao động[\s,–-]*(?:thương binh|tb)\s*(?:và|&|,)?\s*(?:xã hội|xh)", "lđtbxh", key
    )
    key = re.sub(r"\blđ\s*-\s*tb\s*&\s*xh\b", "lđtbxh", key)
    return [word for word in re.findall(r"\w+", key) if word not in ("và", "của", "các")]


def name_key(name: str) -> str:
    """Return a form of a body's name that its spellings share.

    Args:
        name: "Phòng GD&ĐT huyện", "Phòng Giáo dục và Đào tạo".

    Returns:
        Small letters, known abbreviations, no punctuation; no trailing "huyện", "tỉnh", "xã",
        but for bodies that every level has ("UBND huyện").
    """
    words = name_words(_FORM_OF_ADDRESS.sub("", name))
    while len(words) > 1 and words[-1] in _LEVELS and words[0] not in _OF_EVERY_LEVEL:
        words.pop()
    return " ".join(words)


def mentions_any(names: Iterable[Mention], key: str) -> bool:
    """Return whether one of ``names`` has the key ``key`` or holds it as whole words."""
    return any(f" {key} " in f" {name_key(name.text)} " for name in names)
