"""The words with which the name of a body or office-holder begins: "Phòng", "UBND", "các đơn vị".

They are data (``vocabulary/actors.json``). A short head ("ban", "tổ") begins a name only before a
capital letter, or where its own stands in one and the words after it cannot be those of a sentence.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from docsearch.orthography import canonical
from docsearch.vocabulary import load

LEVEL: Final = r"(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường|thị trấn|đặc khu)"
_NO_BODY: Final = (
    *("ban hành", "phòng chống", "phòng, chống", "phòng ngừa", "bộ máy", "hội nghị"),
    *("tổ chức", "tổ quốc", "bà rịa", "bà nà", "khoa học", "khoa giáo", "nhóm trẻ"),
)
# "Các hội thi", "hội nghị": what is held, and no body
_GATHERING: Final = re.compile(
    r"(?:các |những |tổ chức )?hội (?:thi|nghị|thảo|diễn|chợ|trại|xuân|họp|chẩn)(?!\w)"
)
# "gửi về Sở để tổng hợp": the body is named without its name
# "cấp huyện phải xong trước …": all of a level; else it tells of what level something is
_LEVELS: Final = ("cấp huyện", "cấp xã", "cấp tỉnh")
_ACTS: Final = re.compile(
    r" (?:phải|cần|tổng hợp)(?!\w)|: ?(?:tổ chức|hoàn thành|xây dựng|lập|thành lập|ban hành)(?!\w)"
)
_ALONE: Final = re.compile(
    r"(?= về (?:tình hình|kết quả|việc|tiến độ)(?!\w)"
    r"| (?:để|trước|chậm nhất|muộn nhất|tổng hợp|theo|bằng|sẽ|phải|có (?:trách nhiệm|nhiệm vụ)"
    r"|báo cáo|xem xét|phê duyệt|quyết định)"
    r"(?!\w)| ?\(|[.,;)])"
)
# "huyện tổng kết trong tháng 12", "giao phòng hoàn thiện phương án"
_BY_KIND: Final = re.compile(
    r"(?:huyện|xã|tỉnh|thị xã|phường|thị trấn|thôn|ấp|phòng|sở|trạm)(?= (?:tổ chức|tổng kết|sơ kết"
    r"|tổng hợp|hoàn thành|hoàn thiện|tiến hành|kiểm tra|thẩm định|tham mưu|rà soát|khẩn trương"
    r"|ban hành|thành lập|bố trí|chủ trì|báo cáo|chỉ đạo|lập|xây dựng|nghiệm thu)(?!\w))"
)
# "Chi cục có chức năng quản lý chuyên ngành thú y": told by what it is there for
_OF_FUNCTION: Final = re.compile(r" có (?:chức năng|thẩm quyền)(?!\w)")
_SHOUTED: Final = ("phòng", "sở", "ban", "bộ", "cục", "chi cục", "đài", "trạm", "hội", "vp", "tt")


_OF_SECTOR: Final = ("phòng", "sở")  # no other word than these before a sector: "bộ công an" may be


@cache
def terms(kind: str) -> tuple[str, ...]:
    """Return the terms of ``vocabulary/actors.json`` of one kind, longest first."""
    found = (str(entry["term"]) for entry in load("actors") if entry["kind"] == kind)
    return tuple(sorted(found, key=lambda term: (-len(term), term)))


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """Return what matches a term of one kind as whole words, the longest first."""
    joined = "|".join(re.escape(term) for term in terms(kind))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)")


@lru_cache(maxsize=64)
def small(text: str) -> str:
    """Return ``canonical(text)``; the few lines that were asked for last are kept."""
    return canonical(text)


# "02 đoàn liên ngành": teams that are counted
_TEAMS: Final = re.compile(
    r"[0-9]{1,2} (?:đoàn|tổ|đội|nhóm) (?:liên ngành|công tác|xung kích)(?!\w)"
)
# "Thanh tra, kiểm tra: …" is what is done
_INSPECTS: Final = re.compile(r"thanh tra(?:, | và )(?:kiểm tra|giám sát|xử lý)(?!\w)")


def find_head(printed: str, text: str, position: int, end: int) -> re.Match[str] | None:
    """Return the head of a name at ``position``: "Phòng Nội vụ" has one, "Phòng ngừa" has none.

    Args:
        printed: the words as printed.
        text: the same in canonical spelling, of the same length.
        position: where the name must begin.
        end: one past the last character to look at.

    Returns:
        The head in ``text``; None where no name begins.
    """
    head = pattern("head").match(text, position, end)
    if head and head[0] in _LEVELS and not _ACTS.match(text, head.end()):
        return None
    if head and text.startswith(" hợp", head.end()) and head[0].endswith("trường"):
        return None  # "các trường hợp còn lại"
    if head:
        no_body = _GATHERING.match(text, position) or _INSPECTS.match(text, position)
        return None if no_body else head
    if teams := _TEAMS.match(text, position, end):
        return teams
    if kind := _BY_KIND.match(text, position, end):
        return kind
    head = pattern("short head").match(text, position, end)
    if head is None:
        return None
    shouted = printed[position : head.end()].isupper()
    if shouted and (head[0] not in _SHOUTED or text.startswith(_NO_BODY, position)):
        return None  # "ĐỘI NGŨ", "TỔ CHỨC": in capitals throughout, the case says nothing
    after = printed[head.end() : head.end() + 2].strip()
    named = printed[position].isupper() and not text.startswith(_NO_BODY, position)
    if named and _OF_FUNCTION.match(text, head.end(), end):
        return head
    if after[:1].isupper() or (named and _ALONE.match(text, head.end(), end)):
        return head
    sector = _sector().match(text, head.end(), end)  # "Sở kế hoạch và đầu tư", "phòng y tế"
    if sector and (named or head[0] in _OF_SECTOR):
        return head
    return head if named and pattern("phrase").match(text, position, end) else None


@cache
def _sector() -> re.Pattern[str]:
    sectors = "|".join(re.escape(term) for term in terms("sector"))
    return re.compile(
        rf"(?:(?<=sở)|(?<=phòng)|(?<=bộ)|(?<=vụ)(?<!thường vụ)|(?<=ban)) (?:{sectors})(?!\w)"
    )
