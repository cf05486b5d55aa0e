"""Who carries a document out: "Chánh Văn phòng, Giám đốc các Sở: … chịu trách nhiệm thi hành".

Decisions end so. All that stands before "chịu trách nhiệm" is a list of names, however long, with
colons, brackets and semicolons in it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from docsearch.facts.actors import OFFICE_OF, Subject, skip_label
from docsearch.facts.heads import find_head, small
from docsearch.parse.view import View

MAX_LIST: Final = 2000  # code points of the names; arbitrary, the longest seen has about 900

_DOCUMENT: Final = (
    r"(?:nội dung )?(?:bản )?(?:quyết định|nghị quyết|chỉ thị|quy định|quy chế|kế hoạch|thông tư"
    r"|quy hoạch|văn bản)"
)
# What the names end before.
_DOES: Final = re.compile(
    r"(?<=[\w)])(?:,)? (?=(?:(?:căn cứ|theo|chịu trách nhiệm|có trách nhiệm|có nhiệm vụ)(?!\w)"
    r"(?: (?:tổ chức|triển khai|phối hợp|căn cứ|theo))* )"
    rf"(?:{_DOCUMENT} (?:này )?(?:chịu trách nhiệm |có trách nhiệm )?(?:để )?(?:tổ chức )?thi hành"
    rf"|thi hành|thực hiện {_DOCUMENT} này)(?!\w))"
)
# "Quyết định này có hiệu lực kể từ ngày ký; Chánh Văn phòng …"
_IN_FORCE: Final = re.compile(rf"{_DOCUMENT} này [^.;:]{{0,160}}[;:] ?")
_LEAD: Final = re.compile(
    r"(?:giao (?:cho )?)?(?:các )?(?:ông|đồng chí|đ/c)(?:,? ?\(? ?bà ?\)?)?"
    r"(?: ?: ?| (?=chánh|giám|chủ tịch|trưởng|thủ|phó|cục|vụ|viện|tổng|hiệu))"
    r"|(?:các )?ông(?:,| và)? \(?bà\)? ?: ?"
    r"|giao (?:cho )?"
)
# What says that more than a list of names stands there.
_NO_LIST: Final = re.compile(
    r"(?<!\w)(?:chủ trì|phối hợp|hướng dẫn|tham mưu|báo cáo|phải|đã|gửi|giúp|đôn đốc|nếu|khi"
    r"|trường hợp)(?!\w)"
)
_SEPARATOR: Final = re.compile(r" ?; ?(?:và )?|, (?:và |cùng )?| (?:và|cùng) ")
# Those who hold an office begin a name wherever they stand.
_OFFICE: Final = re.compile(
    r"(?:các )?(?:phó )?(?:chánh|giám đ[ốô]c|tổng giám đốc|chủ tịch|chủ nhiệm|trưởng|thủ trưởng"
    r"|người đứng đầu|hiệu trưởng|bí thư|cục trưởng|chi cục trưởng|vụ trưởng|viện trưởng"
    r"|tổng cục trưởng|đội trưởng|trạm trưởng|hạt trưởng|chỉ huy trưởng|tư lệnh"
    r"|ông|bà|đồng chí|đ/c|tổng biên tập|bộ trưởng|thứ trưởng|tổng tham mưu trưởng|thống đốc"
    r"|thường trực|ủy viên|thành viên)(?!\w)"
)
# "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ": one person
_TWO_OFFICES: Final = re.compile(r"(?:chủ nhiệm|trưởng ban)(?!\w)")
# "… và tổ chức, cá nhân có liên quan" behind names that are not of the kind
_OTHERS: Final = re.compile(r"(?:tổ chức|cá nhân|cơ quan|đơn vị|người|công dân|hộ)(?!\w)")
_OF_ALL: Final = re.compile(
    r"(?:thủ trưởng|người đứng đầu|lãnh đạo|trưởng các) |(?:các |những )?"
    r"(?:cơ quan|đơn vị|tổ chức|doanh nghiệp)(?!\w)"
)
# "Chủ tịch UBND các huyện và các xã", "Ban Quản lý Khu kinh tế và các khu công nghiệp"
_WHERE: Final = re.compile(r"các (?:huyện|quận|xã|phường|thị|thành phố|thôn|bản|khu)(?!\w)")
# "thủ trưởng các Ban, Ngành, tổ chức và cá nhân có liên quan": one name
_KIND: Final = re.compile(
    r"(?:cơ quan|đơn vị|tổ chức|phòng|ban|sở|ngành|hội|huyện|quận|xã|phường|thị trấn|thành phố"
    r"|thị xã|đặc khu|địa phương|cấp|cá nhân|đoàn thể|doanh nghiệp|hộ gia đình|trường|bộ)"
    r"(?=[,;]| (?:và|có|thuộc|liên quan|trực thuộc|của|trong|trên|trung ương|tỉnh|huyện)(?!\w)|$)"
)
_COLON: Final = re.compile(r": ")


def find_executors(line: View, start: int, end: int) -> Subject | None:
    """Return who has to carry the document out, where a sentence says no more.

    Args:
        line: the words of a unit.
        start: first character of a sentence in ``line.text``.
        end: one past its last.

    Returns:
        All that the list names, in order, and where "chịu trách nhiệm thi hành" begins; a list
        behind a colon ("Giám đốc các Sở: Y tế, Nội vụ") is one name. None for other sentences.
    """
    text = small(line.text)
    if text.find("thi hành", start, end) < 0 and text.find("trách nhiệm thực", start, end) < 0:
        return None  # most sentences
    does = _DOES.search(text, start, end)
    if does is None or does.start() - start > MAX_LIST:
        return None
    begin = skip_label(line, start, end)
    if force := _IN_FORCE.match(text, begin, does.start()):
        begin = force.end()
    if lead := _LEAD.match(text, begin, does.start()):
        begin = lead.end()
    known = _OFFICE.match(text, begin) or find_head(line.text, text, begin, does.start())
    if (
        not known
        or _NO_LIST.search(text, begin, does.start())
        or ". " in text[begin : does.start()]
    ):
        return None
    cuts = [(begin, begin)]
    for mark in _SEPARATOR.finditer(text, begin, does.start()):
        depth = text.count("(", begin, mark.start()) - text.count(")", begin, mark.start())
        if depth <= 0 and _begins(line.text, text, cuts[-1][1], mark, does.start()):
            cuts.append(mark.span())
    cuts.append((does.start(), does.start()))
    spans = [(a, b) for (_, a), (b, _) in pairwise(cuts) if b - a > 1]
    return Subject(tuple(line.mention(a, b) for a, b in spans), does.end())


def _begins(printed: str, text: str, start: int, mark: re.Match[str], end: int) -> bool:
    """Return whether another name begins behind a comma, a semicolon or "và"."""
    position = mark.end()
    if OFFICE_OF.search(text, start, mark.start()):
        return False  # "Văn phòng HĐND và UBND huyện"
    if ";" in mark[0]:
        return True
    if _OFFICE.match(text, position, end):
        same = text[start : mark.start()] == "bộ trưởng" and _TWO_OFFICES.match(text, position)
        return not same
    if "và" in mark[0] and _OTHERS.match(text, position, end):
        return _OF_ALL.match(text, start, end) is None
    if _KIND.match(text, position, end):
        return False
    if text.startswith("các ", position):
        return _WHERE.match(text, position, end) is None
    head = find_head(printed, text, position, end)
    colon = _COLON.search(text, start, mark.start())
    if head is None or colon is None:
        return head is not None and printed[position].isupper()
    first = find_head(printed, text, colon.end(), mark.start())
    if text.endswith(head[0], start, colon.start()) or (first and first[0] == head[0]):
        return False  # "Giám đốc: Sở Y tế, Sở Nội vụ"
    after = text[head.end() : head.end() + 1]
    return first is not None or after not in (",", ";", "")  # "các phòng: Tư pháp, Thanh tra"
