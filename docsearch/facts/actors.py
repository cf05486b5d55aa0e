"""Who has to do something: the bodies and office-holders that a sentence or heading names.

A name begins with a head ("Phòng", "UBND", "các đơn vị") and ends before the word that begins
what is done ("chủ trì", "tích cực", "báo cáo"). Heads, verbs and the words that lead in are data
(``vocabulary/actors.json``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from docsearch.orthography import LOWER, UPPER, canonical
from docsearch.parse.view import View
from docsearch.records import Mention
from docsearch.vocabulary import load

MAX_NAME: Final = 320  # code points of a list of names; longer is a sentence that lost its verb
MAX_WHICH: Final = 120  # code points of what says which bodies of a kind are meant
MAX_OPENING: Final = 500  # code points of what may stand before them; arbitrary, grounds are long

_LABEL: Final = re.compile(
    r"(?:[-–+•*]\s*|\d{1,2}(?:\.\d{1,2}){1,3}(?:[.)]\s*|\s+)"
    r"|(?:\d{1,2}|[ivxl]{1,6}|[a-zđ])\s?(?:[.)]\s*|/\s+|[-–]\s+)(?!\d)|điều\s+\d+[a-zđ]?[.:]?\s*)"
)
# What may stand before the one who acts: a time, a ground, the one who gives the order.
_BEFORE: Final = re.compile(
    r"(?:(?:hằng|hàng|mỗi) (?:năm|quý|tháng|tuần),? |định kỳ [^,.;]{0,40}, |đồng thời,? "
    r"|bên cạnh đó,? |ngoài ra,? |riêng |trước ngày [\d/ ]+,? |đến (?:hết |ngày |năm |tháng |quý )"
    r"[^,.;]{1,40}, |từ (?:ngày |năm |tháng |quý )[^,.;]{1,60}, "
    r"|trong (?:năm|quý|tháng) [^,.;]{1,30}, "
    r"|(?:ubnd|ủy ban nhân dân|chủ tịch ubnd|chủ tịch ủy ban nhân dân) (?:tỉnh|huyện|thành phố|xã|"
    r"quận|thị xã|phường|thị trấn) (?=yêu cầu|đề nghị|giao))"
)
# A sentence that begins so has its subject after a comma.
_OPENING: Final = re.compile(
    r"(?:căn cứ|trên cơ sở|để|nhằm|theo|trong|trước|sau|khi|nếu|trường hợp|từ|kể từ|tính từ"
    r"|đến|hằng"
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
_CASE: Final = re.compile(r"(?:trường hợp|nếu|khi|trong thời hạn|trong vòng)(?!\w)")
# "các cơ quan, đơn vị": the comma stands inside a name.
_LISTED: Final = re.compile(
    r"(?:cơ quan|đơn vị|tổ chức|phòng|ban|sở|ngành|huyện|xã|phường|thị trấn|địa phương|cấp|cá"
    r" nhân)$"
)
_AFTER_COMMA: Final = re.compile(r"[,:] ")
_ORDER: Final = re.compile(
    r"(?:kính |trân trọng )?(?:yêu cầu|đề nghị)(?: đối với)? "
    r"|(?:thống nhất |đồng ý |quyết định )?giao(?: trách nhiệm| nhiệm vụ)?(?: cho)? "
)
_LEVEL: Final = r"(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường|thị trấn)"
# "Chủ tịch UBND tỉnh tiến độ …": a body of one level ends with it, and its proper name.
_ENDS_WITH_LEVEL: Final = re.compile(
    rf"(?<![Cc]ác )(?<![Cc]ấp )(?<!ở )(?<![Tt]ác )(?<!\w){_LEVEL}"
    rf"(?: (?:- )?[{UPPER}][\w'’]*){{0,6}} (?=[{LOWER}])"
    r"(?!(?:và|cùng|thuộc|trực|liên|có|trên|quản|trong|hội|nơi|sở|nhà|phụ|chủ|hoặc|của|các|uỷ|ủy"
    r"|đoàn)(?!\w))"
    rf"(?!{_LEVEL}(?!\w))"
)
_NAME_END: Final = re.compile(
    rf"[.:]\s|[.:]$|;\s(?![{UPPER}])|;$|\s[-–]\s(?=[{LOWER}])(?!(?i:xã hội|kỹ thuật)(?!\w))"
    rf"|[“\"]|\((?!\s*(?i:ubnd|hđnd))"
)
_SEPARATOR: Final = re.compile(r"\s*(?:[,;]\s+(?:và\s+)?|\s(?:và|cùng với|cùng)\s+)")
_NO_BODY: Final = (
    "ban hành",
    "phòng chống",
    "phòng, chống",
    "phòng ngừa",
    "bộ máy",
    "hội nghị",
    "bộ phận",
)
# "Các hội thi", "hội nghị": what is held, and no body
_GATHERING: Final = re.compile(
    r"(?:các |những )?hội (?:thi|nghị|thảo|diễn|chợ|trại|xuân|họp|chẩn)(?!\w)"
)
# "gửi về Sở để tổng hợp": the body is named without its name
_ALONE: Final = re.compile(r"(?= (?:để|trước ngày|chậm nhất|tổng hợp)(?!\w)|[.,;)])")
_SHOUTED: Final = ("phòng", "sở", "ban", "bộ", "cục", "chi cục", "đài", "trạm", "hội", "vp", "tt")


# "các đơn vị trong huyện", "các trường tại địa bàn xã": where they are is part of the name.
_NOT_WITHIN: Final = (
    r"(?! (?:toàn |phạm vi |địa bàn |khu vực )*(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường"
    r"|thị trấn|ngành|địa bàn|địa phương|phạm vi|khu vực|cụm|khối)(?!\w))"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The names at the beginning of a sentence, and where the predicate begins in the view."""

    actors: tuple[Mention, ...]
    end: int
    ordered: bool = False  # "Giao …", "Đề nghị …", "UBND huyện yêu cầu …" stands before them


@cache
def terms(kind: str) -> tuple[str, ...]:
    """Return the terms of ``vocabulary/actors.json`` of one kind, longest first."""
    found = (str(entry["term"]) for entry in load("actors") if entry["kind"] == kind)
    return tuple(sorted(found, key=lambda term: (-len(term), term)))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    joined = "|".join(re.escape(term) for term in terms(kind))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)")


@cache
def _ends_name() -> re.Pattern[str]:
    """Return what ends a name: what is done, and words that no name goes on with."""
    verbs = "|".join(re.escape(term) for term in terms("verb"))
    after = "|".join(re.escape(term) for term in terms("after"))
    return re.compile(rf"(?<!\w)(?:{verbs}|(?:{after}){_NOT_WITHIN})(?!\w)")


def _find_head(printed: str, text: str, position: int, end: int) -> re.Match[str] | None:
    """Return the head of a name at ``position``: "Phòng Nội vụ" has one, "Phòng ngừa" has none."""
    head = _pattern("head").match(text, position, end)
    if head:
        return None if _GATHERING.match(text, position) else head
    head = _pattern("short head").match(text, position, end)
    if head is None:
        return None
    shouted = printed[position : head.end()].isupper()
    if shouted and (head[0] not in _SHOUTED or text.startswith(_NO_BODY, position)):
        return None  # "ĐỘI NGŨ", "TỔ CHỨC": in capitals throughout, the case says nothing
    after = printed[head.end() : head.end() + 2].strip()
    alone = printed[position].isupper() and _ALONE.match(text, head.end(), end)
    return head if after[:1].isupper() or alone else None


@lru_cache(maxsize=64)
def small(text: str) -> str:
    """Return ``canonical(text)``; the few lines that were asked for last are kept."""
    return canonical(text)


def skip_label(view: View, start: int, end: int) -> int:
    """Return where the words begin after "-", "2.1." or "đ)" at ``start``."""
    match = _LABEL.match(small(view.text), start, end)
    return match.end() if match else start


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
    subject = _subject_at(view, text, begin, end)
    if subject is None and _OPENING.match(text, begin, end):
        for comma in _AFTER_COMMA.finditer(text, begin, min(end, begin + MAX_OPENING)):
            if _NOUN.match(text, comma.end(), end):
                continue
            found = _subject_at(view, text, comma.end(), end)
            case = _CASE.match(text, begin) and not _LISTED.search(text, begin, comma.start())
            named = case or _begins_name(view.text, text, comma.end(), end)
            if not found or not (found.ordered or named):
                continue
            if found.ordered or _pattern("verb").match(text, found.end, end):
                subject = found
                break
    if subject is None:
        return None
    order = _ORDER.match(text, subject.end, end)
    told = find_names(view, order.end(), end) if order else None
    return Subject(told.actors, told.end, ordered=True) if told else subject


def _subject_at(view: View, text: str, position: int, end: int) -> Subject | None:
    led = False
    begin = position
    for _ in range(3):
        before = _BEFORE.match(text, position, end)
        lead = _pattern("lead").match(text, position, end)
        if before:
            position = before.end()
        elif lead:
            led = True
            position = lead.end()
        else:
            break
        while position < end and text[position] in " :,":
            position += 1
    head = _find_head(view.text, text, position, end)
    if head is None and position > begin:  # "UBND huyện giao chỉ tiêu …" gives no order to a body
        position, led = begin, False
        head = _find_head(view.text, text, position, end)
    if head is None:
        return None
    stop = _name_end(view.text, text, head.end(), end)
    if stop - position > MAX_NAME or (not led and stop >= end and stop - position > 200):
        return None
    actors = _names(view, text, position, stop)
    return Subject(actors, stop, ordered=led) if actors else None


def find_names(view: View, start: int, end: int) -> Subject | None:
    """Return the names that stand at ``start``, with nothing before them.

    Args:
        view: the words of a unit.
        start: where the first name must begin.
        end: one past the last character to look at.

    Returns:
        The names and where they end; None when no name stands there.
    """
    text = small(view.text)
    head = _find_head(view.text, text, start, end)
    if head is None:
        return None
    stop = _name_end(view.text, text, head.end(), end)
    actors = _names(view, text, start, stop)
    return Subject(actors, stop) if actors else None


def is_only_names(view: View) -> Subject | None:
    """Return the names of a heading that holds nothing else ("3. Phòng Nội vụ huyện:")."""
    subject = find_subject(view, 0, len(view.text))
    if subject is None:
        return None
    rest = canonical(view.text[subject.end :]).strip(" :.;,")
    return subject if not rest or rest.startswith("theo chức năng") else None


_OF_GIAO: Final = (" thông", " dịch", " lưu", " ban", " khoa")  # words that begin like a verb
# "các cấp ủy, tổ chức đảng": those who act, where "tổ chức hội nghị" is what is done
_ORGANISATIONS: Final = re.compile(
    r" (?:cơ sở )?(?:đảng|chính trị|đoàn thể|tín dụng|thành viên|xã hội|hội)"
    r"(?! nghị| thảo| thi)(?!\w)"
)
_PROGRAMME: Final = re.compile(r"(?:chương|công|quá|quy|qui|lộ|giáo) $")
_PROJECTS: Final = re.compile(
    r"(?:ban quản lý|bql)(?: các)?(?: dự án)?(?: đầu tư| phát triển)?(?: và)? $"
)
# "Sở Y tế - Căn cứ …": a capital after a dash begins what is done, where no sector is called so.
_NO_SECTOR: Final = (
    "căn cứ",
    "chủ trì",
    "phối hợp",
    "tham mưu",
    "hướng dẫn",
    "rà soát",
    "tổng hợp",
)
_BUILDS: Final = ("đầu tư", "xây dựng", "phát triển", "khai thác")
# Bodies of a kind, and what may follow to say which of the kind are meant.
_KINDS: Final = re.compile(
    r"(?:các |những |mọi )?(?:doanh nghiệp|đại lý|tổ chức, cá nhân|tổ chức|cơ quan|đơn vị|cá nhân"
    r"|địa phương|nhà thầu|cơ sở|chủ đầu tư|hộ|hợp tác xã)$"
)
_OF_THE_KIND: Final = re.compile(
    r"(?:, (?:đơn vị|tổ chức|cá nhân|địa phương|doanh nghiệp)){0,3} "
    r"(?:(?:cung cấp|kinh doanh|sử dụng|sản xuất|tham gia|hoạt động|khai thác|chế biến|đào"
    r" tạo)(?!\w)"
    r"|(?P<which>(?:được (?:lấy ý kiến|xin ý kiến|cấp|giao|phân công|hỗ trợ|đầu tư|thanh tra"
    r"|kiểm tra)"
    r"|có (?:nội dung|nhu cầu|hoạt động|chức năng|thẩm quyền|vi phạm)|chưa|không)(?!\w)))"
)
_MODAL: Final = re.compile(
    r"(?<= )(?<!chưa )(?<!không )(?<!đã )"
    r"(?:phải|có trách nhiệm|chịu trách nhiệm|cần|chủ trì|gửi|gởi|nộp)(?!\w)"
)
_OFFICE_OF: Final = re.compile(
    r"(?:văn phòng|vp) (?:(?:hđnd|hội đồng nhân dân|đoàn đbqh|đoàn đại biểu quốc hội)(?:, |"
    r" và )?){1,2}$"
)


def _name_end(printed: str, text: str, position: int, end: int) -> int:
    which = _OF_THE_KIND.match(text, position, end)
    if which and _KINDS.search(text, max(0, position - 40), position):
        if which["which"]:
            modal = _MODAL.search(text, which.end(), min(end, which.end() + MAX_WHICH))
            if modal and not re.search(r"[.;:]", text[which.end() : modal.start()]):
                return modal.start()
        else:
            stop = _first_verb(printed, text, which.end(), end)
            if stop < end and printed[stop - 1] == " ":
                return stop
    return _first_verb(printed, text, position, end)


def _first_verb(printed: str, text: str, position: int, end: int) -> int:
    limit = min(end, position + MAX_NAME)
    stop = _NAME_END.search(printed, position, limit)
    limit = stop.start() if stop else limit
    level = _ENDS_WITH_LEVEL.search(printed, max(0, position - 12), limit)
    if level and level.end() > position:
        limit = level.end()
    if sector := _ends_with_sector(printed, text, position, limit):
        return sector
    cursor = position
    while verb := _ends_name().search(text, cursor, limit):
        heads = _pattern("head").finditer(text, max(position, verb.start() - 24), limit)
        inside = any(head.start() < verb.start() < head.end() for head in heads)
        if verb[0] == "giao" and text.startswith(_OF_GIAO, verb.end()):
            inside = True
        if verb[0] == "tổ chức" and _ORGANISATIONS.match(text, verb.end()):
            inside = inside or text.endswith((", ", " và "), position, verb.start())
        if verb[0] == "trình" and _PROGRAMME.search(text, position, verb.start()):
            inside = True  # "chương trình"
        if text.startswith("việc làm", verb.start()) or text.endswith(
            "việc ", position, verb.start()
        ):
            inside = inside or verb[0] in ("việc", "làm")  # "Trung tâm Dịch vụ việc làm"
        if verb[0] in _BUILDS and _PROJECTS.search(text, max(0, position - 14), verb.start()):
            inside = True  # "Ban Quản lý dự án đầu tư xây dựng các công trình"
        # "các tổ chức", "Giáo dục và Đào tạo": a verb inside the name
        dashed = verb[0] in _NO_SECTOR and text.endswith(("- ", "– "), position, verb.start())
        if inside or (printed[verb.start()].isupper() and not dashed):
            cursor = verb.end()
            continue
        return verb.start()
    return limit


# What the name of a body may go on with after its sector: "Sở Tài chính và Sở Y tế".
_GOES_ON: Final = re.compile(
    r" ?[-–,;.:()&/]| (?:và|cùng|của|thuộc|các|cấp(?= (?:tỉnh|huyện|xã|trên|dưới))|trực|liên|có"
    rf"|trên|tại|nơi|khu|hoặc|{_LEVEL}|sở|trung ương|địa phương|với)(?!\w)"
)


@cache
def _sector() -> re.Pattern[str]:
    sectors = "|".join(re.escape(term) for term in terms("sector"))
    return re.compile(rf"(?:(?<=sở)|(?<=phòng)|(?<=bộ)|(?<=vụ)) (?:{sectors})(?!\w)")


def _ends_with_sector(printed: str, text: str, position: int, end: int) -> int | None:
    """Return where a name ends with its sector: "Sở Tài chính | cấp bổ sung kinh phí"."""
    sector = _sector().match(text, position, end)
    if sector is None or sector.end() + 1 >= end or _GOES_ON.match(text, sector.end()):
        return None
    after = printed[sector.end() + 1]
    return sector.end() + 1 if text[sector.end()] == " " and after.islower() else None


def _names(view: View, text: str, start: int, end: int) -> tuple[Mention, ...]:
    cuts = [start]
    for separator in _SEPARATOR.finditer(text, start, end):
        joint = _OFFICE_OF.search(text, max(start, cuts[-1]), separator.start())
        if not joint and _begins_name(view.text, text, separator.end(), end):
            cuts.extend((separator.start(), separator.end()))
    cuts.append(end)
    names = []
    for a, b in zip(cuts[::2], cuts[1::2], strict=True):
        while b > a and text[b - 1] in " ,;:-–":
            b -= 1
        if b > a and len(text[a:b]) > 1:
            names.append(view.mention(a, b))
    return tuple(names)


_BEGIN_NAMES: Final = (
    *("các ", "tất cả ", "ubnd", "hđnd", "mttq", "ủy ban nhân dân", "hội đồng nhân dân"),
    *("chủ tịch", "giám đốc", "thủ trưởng"),
)


def _begins_name(printed: str, text: str, position: int, end: int) -> bool:
    """Whether what follows a comma is a name of its own and not one more word of the last.

    "các phòng, ban, cơ quan" is one name; ", UBND xã", ", các trường", ", Sở Y tế" begin another.
    """
    head = _find_head(printed, text, position, end)
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
