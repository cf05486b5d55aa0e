"""Vietnamese numbers and the quantities that they state: "99,9%", "35 triệu đồng", "ba trường".

Units, and the words around figures that say what they are (cues), are data:
``vocabulary/measures.json``.

A comma stands before decimals and a dot between thousands. Documents also use a dot before
decimals: it is taken so only where it cannot stand between thousands ("90.14", "12.5"), so that
"1.234" is always one thousand two hundred and thirty-four. A figure with separators in an order
that is none of these ("1.2.3,4", "1,234.5") has no value.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest
from typing import Final

from docsearch.records import Comparator
from docsearch.vocabulary import Json, load

NUMBER_WORDS: Final = {
    "không": 0,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mươi": 10,
}
_PLAIN = re.compile(r"[0-9]+")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+)")
_DECIMAL = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+),([0-9]+)")
_POINT = re.compile(r"[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})")

_DIGITS = r"(?:[0-9]{1,3}(?: [0-9]{3})+(?![0-9.,])|[0-9]+(?:[.,][0-9]+)*)"
_WORD = (
    r"(?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười)(?: (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín|mươi))*"
)
_COMPARATORS: Final[dict[str, Comparator]] = {
    "trên": ">",
    "hơn": ">",
    "vượt": ">",
    "vượt mức": ">",
    "vượt trên": ">",
    "cao hơn": ">",
    "lớn hơn": ">",
    "nhiều hơn": ">",
    ">": ">",
    "ít nhất": ">=",
    "tối thiểu": ">=",
    "chí ít": ">=",
    "không dưới": ">=",
    "không thấp hơn": ">=",
    "không ít hơn": ">=",
    "không kém": ">=",
    "từ": ">=",
    "đạt và vượt": ">=",
    "đạt hoặc vượt": ">=",
    "≥": ">=",
    ">=": ">=",
    "dưới": "<",
    "thấp hơn": "<",
    "nhỏ hơn": "<",
    "ít hơn": "<",
    "chưa đến": "<",
    "chưa tới": "<",
    "<": "<",
    "không quá": "<=",
    "tối đa": "<=",
    "không vượt quá": "<=",
    "không vượt": "<=",
    "không cao hơn": "<=",
    "không lớn hơn": "<=",
    "không trên": "<=",
    "nhiều nhất": "<=",
    "≤": "<=",
    "<=": "<=",
    "khoảng": "~",
    "khoảng trên": ">",
    "gần": "~",
    "xấp xỉ": "~",
    "chừng": "~",
    "trên dưới": "~",
}
_LEADS = "|".join(re.escape(word) for word in sorted(_COMPARATORS, key=len, reverse=True))
_LEAD = re.compile(
    rf"(?<![\w<>])({_LEADS})"
    r"(?: (?:là|mức|còn|khoảng|phải đạt|đạt|từ))? ?$"
)
_CELL = re.compile(
    rf"(?:(?P<lead>{_LEADS}) ?)?"
    rf"(?P<number>{_DIGITS})(?: ?[-–] ?(?P<second>{_DIGITS}))?(?: (?P<suffix>trở lên|trở xuống))?"
    r"(?P<rest>.{0,40})"
)
_PART_OF = re.compile(rf"^ *({_DIGITS})/{_DIGITS} *$")  # "13/20": the part of a whole
_LONGEST_TAIL: Final = 24  # words after the unit in a cell: "33 trường đạt chuẩn"
_LEAD_WINDOW = 30  # the longest comparator with the words that may follow it
_NO_COUNT = re.compile(
    r"(?<!\w)(?:(?<!cả )(?<!đầu )(?<!cuối )(?<!mỗi )(?<!hằng )(?<!hàng )(?<![0-9] )năm|năm học"
    r"|(?<![0-9] )tháng|ngày|quý|số|(?<!ra )(?<!đến )lớp|khóa|khoá|điều|khoản|điểm|tầng|thứ|lần"
    r"|giai đoạn"
    r"|học kỳ|nhiệm kỳ|(?:trong|thuộc|vào)(?: nhóm)?(?: số)?(?: tốp| top)|(?:trong|thuộc|vào) nhóm"
    r"|tốp|top|xếp hạng|thứ hạng|vị trí|hạng|đứng thứ|buổi|mục|chương"
    r"|biểu|phụ lục|tuổi|quốc lộ|tiểu khu|quận|thế kỷ|chỉ thị"
    r"|nghị quyết|tuần|phần|bước|trang|[0-9] ?[-–—]) ?$"
)
_CLASS = re.compile(r"đến lớp $")  # "lớp 1 đến lớp 5", and not "đến lớp 246 trẻ"
_LABEL = re.compile(  # "vùng 1", "ấp 3": a single digit is the name of what stands before it
    r"(?<!\w)(?:loại|hạng|vùng|nhóm|tổ|ấp|khu|khu vực|khóm|phường|bậc|đợt|đội|trạm|vòng|bảng|mẫu) $"
)
_BY_DAY = re.compile(r"(?<!\w)(?:đến|trước|sau|từ|dịp|hết|lễ|vào|sáng|chiều) $")  # 5/9 is a day
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_AFTER_YEAR = re.compile(r"(?<!\w)(?:năm|năm (?:19|20)[0-9]{2}(?:,| và)) $")
# "tuổi thọ bình quân đạt 74,5 tuổi", "số năm sống khỏe đạt 67 năm"
_LIFE = re.compile(
    r"(?<!\w)(?:tuổi (?:thọ|đời|nghề)|(?:số năm|thời gian) sống|(?:bình quân|trung bình) tuổi"
    r"|tuổi (?:bình quân|trung bình))(?!\w)[^,;.]*$"
)
_LIFE_WINDOW: Final = 80  # code points between what is measured in years and its figure: arbitrary
_BY_SO_MUCH: Final = frozenset(("vượt", "vượt trên", "cao hơn", "thấp hơn", "nhiều hơn", "ít hơn"))
_ASIDE = re.compile(r"[,;(] ?(?:và )?$")  # "đạt 45 tỷ đồng, vượt 12%"

MARKS: Final = " ,;:.-–+•*…“”\"'(/|"
_NUMBERED = re.compile(
    r"(?:[-–+•*“\"…] ?|\(?[0-9]{1,2}(?:\.[0-9]{1,2})*[.)] |[0-9]{1,2}[-–] (?=[^\W\d_])"
    r"|\(?[a-zđ]\) )"
)
_CHANGE = re.compile(
    r"(?: \([^()]{0,40}\)| [^ ,;.()]+){0,6}?(?<! trở) (?:lên|xuống|còn|thành|đến|tới)(?!\w)"
)
_EACH = re.compile(r" (?:[^ ,;.]+ )?có (?:ít nhất |tối thiểu |từ |không dưới )?")
_NEW_CLAUSE = re.compile(r"[,;:.]| và ")
_RANGE_GAP = re.compile(r" ?(?:[-–—]|đến|tới) ?(?:dưới )?")
_LABELLED = re.compile(
    r"(?<!\w)(?:tổng )?số(?: lượng)?(?= )(?P<label>) [^:;,.()\n]{2,60}?(?:: | đạt | là |: đạt )"
    rf"(?:[a-zà-ỹ]+ ){{0,3}}(?<!năm )(?P<labelled>{_DIGITS})(?=[;)]|[,.](?: |$)|$| trở lên)"
)
_SEX_RATIO: Final = "tỷ số giới tính"
_SEXES = re.compile(
    rf"{_SEX_RATIO}[^;.:0-9]{{0,60}}(?:(?:năm [0-9]{{4}})[^;.:0-9]{{0,20}})?:? ?(?<!năm )"
    rf"(?P<labelled>{_DIGITS})(?:/100(?![\w/]))?(?=[;)(]|[,.](?: |$)|$)"
)
_PARTS: Final = "trong đó"
_NEAR: Final = 80  # code points between a sum and "trong đó": arbitrary
_PART = re.compile(
    rf"(?:(?<=[^\W\d_] )|(?<=[^\W\d_]: ))(?<!ngày )(?<!tháng )(?<!năm )"
    r"(?<!số )(?<!lớp )(?<!từ )(?<!điều )"
    rf"({_DIGITS})(?=[;)]|[,.](?: |$)| và |$)"
)
_SENTENCE_END = re.compile(r"\.(?= |$)")
_SUMS: Final = {"tỷ": "triệu", "tỷ đồng": "triệu", "triệu": "nghìn", "triệu đồng": "nghìn"}
_UP_TO_PLAN = re.compile(
    r" (?:so với |của )?(?:(?:số )?hộ (?:cận )?nghèo|kế hoạch|chỉ tiêu|dự toán|tổng số|số \w+)"
    r"(?: \w+){0,3}? trở lên(?!\w)"
)
_NO_UP = re.compile(
    r"(?:tuổi|lớp [0-9]+|trình độ|đại học|cao đẳng|trung cấp|sơ cấp|thạc sĩ|đào tạo|mức độ [0-9]"
    r"|từ [0-9][0-9.,]* ?[^\W\d_]+(?: [^\W\d_]+)?"  # "36 hộ nuôi từ 10 con trở lên"
    r"|loại \w+|hạng \w+|cấp \w+|bậc \w+|khá|tốt|giỏi|hoàn thành nhiệm vụ|sao)$"
)
_UP = re.compile(r" trở (?:lên|xuống)(?!\w)")
_OF_ALL = re.compile(
    r" (?:(?:tổng )?(?:số|dân số|diện tích|chiều dài|giá trị|kinh phí)|tổng|dân cư|cử tri)(?!\w)"
)
_PLAN = re.compile(r" (?:so |kế hoạch|kh(?!\w)|chỉ tiêu|dự toán|mức|nghị quyết|cùng kỳ|năm trước)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit, and how it bounds: "từ 45% trở lên". Positions in the given text."""

    value: float | None  # None where the figure cannot be read for certain
    value_to: float | None  # upper end of a range
    comparator: Comparator
    unit: str
    kind: str  # "share", "money", "level", "count", "times" or "other"
    start: int  # with the words that compare
    end: int  # with the unit, and "trở lên"
    lead: str  # the word that compares, as it stands before the number
    figure: int  # where the number itself begins


def read_number(words: str) -> float | None:
    """Return the value of a number in digits or words, or None when it cannot be read for certain.

    Args:
        words: "1.234", "99,9", "03", "1.234,5", "ba", "mười hai", "hai mươi lăm".

    Returns:
        The value; None for "1.2.3,4", "1,234,567,8", an empty text and what is no number.
    """
    words = words.strip()
    if len(words) > 40:  # longer than any amount of money; float() would overflow
        return None
    if _PLAIN.fullmatch(words):
        return float(words)
    if _THOUSANDS.fullmatch(words):
        return float(words.replace(".", "").replace(" ", ""))
    if decimal := _DECIMAL.fullmatch(words):
        return float(f"{decimal[1].replace('.', '')}.{decimal[2]}")
    if _POINT.fullmatch(words):
        return float(words)
    return _read_words(words.lower())


def read_figure(words: str) -> Quantity | None:
    """Return what a cell of a table states, which is a figure and nothing else.

    Args:
        words: "2,1", "≥ 95%", "1.250 - 1.300", "từ 45 trở lên", "33/45 trường", in lower case.

    Returns:
        The quantity, with an empty unit where the cell has none; ``value`` is None for a figure
        that cannot be read for certain; None where there are other words.
    """
    words = _PART_OF.sub(r"\1", words)
    match = _CELL.fullmatch(words.strip())
    if match is None:
        return None
    if match["rest"].strip():
        found = find_quantities(words)
        whole = len(found) == 1 and found[0].end >= len(words.rstrip(" .")) - _LONGEST_TAIL
        return found[0] if whole else None
    values = _values(match["number"], match["second"], None, None, part=False)
    value, value_to = values or (None, None)
    comparator = _COMPARATORS[match["lead"]] if match["lead"] else "="
    if match["suffix"]:
        comparator = ">=" if match["suffix"] == "trở lên" else "<="
    return Quantity(
        value=value,
        value_to=value_to,
        comparator="range" if value_to is not None else comparator,
        unit="",
        kind="count",
        start=0,
        end=len(words),
        lead=match["lead"] or "",
        figure=match.start("number"),
    )


def read_count(words: str) -> int | None:
    """Return a whole number in digits or words, or None."""
    value = read_number(words)
    return int(value) if value is not None and value.is_integer() else None


def _read_words(words: str) -> float | None:
    """Read numbers below one hundred in words: "hai mươi lăm", "mười hai", "sáu"."""
    values = [NUMBER_WORDS.get(word) for word in words.split()]
    if not values or None in values:
        return None
    digits = [value for value in values if value is not None]
    if len(digits) == 1:
        return float(digits[0])
    if digits[0] == 10 and len(digits) == 2 and 0 < digits[1] < 10:
        return 10.0 + digits[1]
    if 1 < digits[0] < 10 and digits[1] == 10 and len(digits) <= 3:
        last = digits[2] if len(digits) == 3 else 0
        return 10.0 * digits[0] + last if last < 10 else None
    return None


def find_quantities(lowered: str) -> tuple[Quantity, ...]:
    """Find the numbers with a unit of ``vocabulary/measures.json``.

    Ages, times of day, years, class and document numbers have no such unit and are none. Left out
    are the figure from which a change starts ("từ 10% xuống 5%"), a count that another is for each
    of ("1 bản có 1 mô hình") and a level that qualifies a figure ("1 trường đạt mức độ 2").
    A part of a whole is its first number ("33/45 trường" is 33 schools), and a share where the
    whole is named without a figure ("2/3 số hộ" is 66.67%, "một nửa số xã" is 50%).

    Args:
        lowered: text in lower case.

    Returns:
        The quantities in order, not overlapping.
    """
    measures = _measures()
    found = []
    position = 0
    while match := measures.number.search(lowered, position):
        quantity = _level(match) if match["level"] else _counted(lowered, match, measures)
        position = max(quantity.end if quantity else 0, match.end())
        second = match["second"]
        if quantity is None and second and _YEAR.fullmatch(match["number"]) and len(second) < 4:
            position = match.start("second")  # "đến năm 2023 - 100% văn bản"
        if quantity is not None:
            found.append(quantity)
    found = _with_labels(lowered, found, measures)
    if found and lowered.find(_PARTS, found[0].end) >= 0:
        found = _with_parts(lowered, found)
    return tuple(_final(lowered, _ranges(lowered, _sums(lowered, found))))


def _with_labels(lowered: str, found: list[Quantity], measures: _Measures) -> list[Quantity]:
    """Add figures whose unit is the head of what they measure: "Số bác sĩ/vạn dân: 8,5"."""
    added = []
    sexes = _SEXES.finditer(lowered) if _SEX_RATIO in lowered else ()
    for match in (*_LABELLED.finditer(lowered), *sexes):
        start, end = match.span("labelled")
        if match.re is _SEXES:
            named: tuple[str, str, int] | None = ("bé trai/100 bé gái", "count", end)
        else:
            named = measures.unit(lowered, match.start("label"))
        position = bisect_left(found, end, key=lambda quantity: quantity.start)
        if named and (position == 0 or found[position - 1].end <= start):
            lead = _LEAD.search(lowered, max(0, start - _LEAD_WINDOW), start)
            added.append(
                Quantity(
                    value=read_number(match["labelled"]),
                    value_to=None,
                    comparator=_COMPARATORS[lead[1]] if lead else "=",
                    unit=named[0],
                    kind=named[1],
                    start=lead.start() if lead else start,
                    end=end,
                    lead=lead[1] if lead else "",
                    figure=start,
                )
            )
    return sorted([*found, *added], key=lambda quantity: quantity.start) if added else found


def _with_parts(lowered: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Add the parts that a sum has without a unit: "162 trường hợp (trong đó nghỉ hưu: 28)"."""
    joined: list[Quantity] = []
    for quantity, following in zip_longest(found, found[1:]):
        joined.append(quantity)
        if quantity.kind != "count":
            continue
        end = following.start if following else len(lowered)
        begin = lowered.find(_PARTS, quantity.end, min(end, quantity.end + _NEAR))
        stop = _SENTENCE_END.search(lowered, quantity.end, end)
        if begin < 0 or (stop and stop.start() < begin):
            continue
        for match in _PART.finditer(lowered, begin, stop.start() + 1 if stop else end):
            joined.append(
                replace(
                    quantity,
                    value=read_number(match[1]),
                    value_to=None,
                    comparator="=",
                    start=match.start(1),
                    end=match.end(1),
                    lead="",
                    figure=match.start(1),
                )
            )
    return joined


def _level(match: re.Match[str]) -> Quantity:
    at_least = match["suffix_level"] is not None
    return Quantity(
        value=read_number(match["level"]) or float(len(match["level"])),  # "ii" is 2
        value_to=None,
        comparator=">=" if at_least else "=",
        unit="mức độ",
        kind="level",
        start=match.start(),
        end=match.end(),
        lead="",
        figure=match.start(),
    )


def _sums(lowered: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Join "45 tỷ" and "600 triệu đồng", "32 triệu" and "500 nghìn đồng" to one amount."""
    joined: list[Quantity] = []
    for quantity in quantities:
        last = joined[-1] if joined else None
        if (
            last is not None
            and _SUMS.get(last.unit) == quantity.unit.removesuffix(" đồng")
            and last.value is not None
            and quantity.value is not None
            and quantity.value < 1000
            and last.value_to is quantity.value_to is None
            and lowered[last.end : quantity.start] == " "
        ):
            value = round(last.value + quantity.value / 1000, 6)
            unit = f"{last.unit.removesuffix(' đồng')} đồng"
            joined[-1] = replace(last, value=value, unit=unit, end=quantity.end)
        else:
            joined.append(quantity)
    return joined


def _ranges(lowered: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Join "từ 10 triệu đồng" and "đến 15 triệu đồng" to one range."""
    joined: list[Quantity] = []
    for quantity in quantities:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.unit == quantity.unit
            and last.lead in ("từ", "")
            and last.value_to is None
            and last.value is not None
            and quantity.value is not None
            and quantity.value_to is None
            and last.value < quantity.value
            and _RANGE_GAP.fullmatch(lowered, last.end, quantity.figure)
        ):
            joined[-1] = replace(
                last, value_to=quantity.value, comparator="range", end=quantity.end
            )
        else:
            joined.append(quantity)
    return joined


def _final(lowered: str, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    for position, quantity in enumerate(quantities):
        previous = quantities[position - 1] if position else None
        following = quantities[position + 1] if position + 1 < len(quantities) else None
        if quantity.lead == "từ" and quantity.comparator == ">=":
            change = _CHANGE.match(lowered, quantity.end)
            if change and (following is None or change.end() <= following.figure):
                continue
        counted = following is not None and quantity.kind == "count"
        if counted and following and _EACH.fullmatch(lowered, quantity.end, following.start):
            continue
        if quantity.kind == "level" and _qualifies(lowered, previous, quantity, following):
            continue
        yield quantity


def _qualifies(
    lowered: str, previous: Quantity | None, level: Quantity, following: Quantity | None
) -> bool:
    """Return whether a level belongs to the figure before or after it, in the same clause."""
    if previous and not _NEW_CLAUSE.search(lowered, previous.end, level.start):
        return True
    if following is None or following.kind == "level" or following.start - level.end > 60:
        return False
    gap = lowered[level.end : following.start]
    if re.match(r", (?:t[ỷỉ] lệ|số|tổng số|mức)(?!\w)", gap):
        return False  # "đạt chuẩn chống mù chữ mức độ 2, tỷ lệ lao động qua đào tạo đạt 55%"
    return not re.search(r"[;:.]", gap) and bool(re.search(r"(?<!\w)(?:đạt|là|chiếm)(?!\w)", gap))


def at_least(quantity: Quantity, rest: str) -> bool:
    """Tell whether a quantity is a lower bound.

    Args:
        quantity: the quantity.
        rest: what its clause says after it, in lower case.

    Returns:
        True for a comparator that says so, and where "trở lên" stands at a distance from its
        count ("38 trường học đạt chuẩn quốc gia trở lên") or near its share ("95% kế hoạch trở
        lên").
    """
    if quantity.kind == "share" and quantity.comparator == "=":
        return _UP_TO_PLAN.match(rest) is not None
    if quantity.kind != "count" or quantity.comparator != "=":
        return quantity.comparator == ">="
    words, up, _ = rest.partition(" trở lên")
    return bool(up) and not _NO_UP.search(words)


@cache
def cue(name: str) -> re.Pattern[str]:
    """Return the pattern of one of the lists of cues of ``vocabulary/measures.json``."""
    entry = _entry(name)
    joined = "|".join(_words(entry))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if entry["whole"] else joined)


def _entry(name: str) -> Mapping[str, Json]:
    return next(entry for entry in load("measures") if entry.get("cue") == name)


def _words(entry: Mapping[str, Json]) -> list[str]:
    words = entry["words"]
    return [str(word) for word in words] if isinstance(words, list) else []


def _counted(lowered: str, match: re.Match[str], measures: _Measures) -> Quantity | None:
    first, second, whole = match["number"], match["second"], match["whole"]
    half = match["half"] is not None
    if half or (whole and _OF_ALL.match(lowered, match.end()) and not match["gloss"]):
        unit, kind, end = "%", "share", match.end()
    else:
        named = (
            measures.unit(lowered, match.end())
            or _years_of_life(lowered, match)
            or _unlisted(lowered, match.end())
        )
        if named is None:
            return None
        unit, kind, end = named
    before = lowered[max(0, match.start() - _LEAD_WINDOW) : match.start()]
    lead = _LEAD.search(before)
    if kind not in ("share", "money") and not _countable(match, before, lead):
        return None
    if first and _YEAR.fullmatch(first) and _AFTER_YEAR.search(before):
        return None  # "năm 2004 và 2005 xây dựng …"
    if unit == "ca" and before.endswith("học "):
        return None  # "phòng học 3 ca"
    values = _values(first, second, whole, match["spread"], part=unit == "%" and bool(whole))
    if half:
        values = (50.0, None)
    if values is None:
        return None
    comparator: Comparator = _COMPARATORS[lead[1]] if lead else "="
    if lead and lead[1] in _BY_SO_MUCH and _is_difference(before[: lead.start()], lowered, end):
        comparator = "="  # "vượt 5% kế hoạch": by so much
    if up := _UP.match(lowered, end):
        end = up.end()
        comparator = ">=" if "lên" in up[0] else "<="
    if values[1] is not None:
        comparator = "range"
    elif second is not None:
        comparator = "="  # a range that runs backwards has no value
    return Quantity(
        value=values[0],
        value_to=values[1],
        comparator=comparator,
        unit=unit,
        kind=kind,
        start=match.start() - len(lead[0]) if lead else match.start(),
        end=end,
        lead=lead[1] if lead else "",
        figure=match.start(),
    )


def _is_difference(before: str, lowered: str, end: int) -> bool:
    """Return whether a figure says by how much another differs: "cao hơn 3% so với cùng kỳ"."""
    closed = end == len(lowered) or lowered[end] in ",;.)"
    return _PLAN.match(lowered, end) is not None or bool(closed and _ASIDE.search(before))


def _years_of_life(lowered: str, match: re.Match[str]) -> tuple[str, str, int] | None:
    """Return years as a unit where a length of life is measured: "tuổi thọ đạt 74,5 tuổi"."""
    unit = next((u for u in ("tuổi", "năm") if lowered.startswith(f" {u}", match.end())), None)
    start = match.start()
    if unit is None or not _LIFE.search(lowered, max(0, start - _LIFE_WINDOW), start):
        return None
    return unit, "count", match.end() + len(unit) + 1


def _unlisted(lowered: str, start: int) -> tuple[str, str, int] | None:
    """Return a noun that is no unit of the vocabulary: "433,3 chỉ vàng"."""
    match = _noun().match(lowered, start)
    return (match[1], "other", match.end()) if match else None


@cache
def _noun() -> re.Pattern[str]:
    none, ends = ("|".join(_words(_entry(name))) for name in ("no-unit", "no-noun"))
    word = r"[a-zà-ỹđ]+"
    return re.compile(
        rf" (?!(?:{none})(?!\w))({word}(?: (?!(?:{ends}|{none})(?!\w)){word})?)(?!\w)"
    )


def _countable(match: re.Match[str], before: str, lead: re.Match[str] | None) -> bool:
    """Return whether a number before a noun counts it: not a label, a year or an article."""
    first, second, whole = match["number"], match["second"], match["whole"]
    if before[-1:] == "-" and before[-2:-1].isalpha():
        return False  # "Covid-19 mũi 3"
    labels = _LABEL if first and len(first) == 1 else _CLASS
    if _NO_COUNT.search(before) or (first and len(first) < 3 and labels.search(before)):
        return False
    if first == "một" and (lead is None or lead[1] not in ("ít nhất", "tối thiểu", "không dưới")):
        return False
    if _YEAR.fullmatch(first) and second and _YEAR.fullmatch(second):
        return False
    if whole and len(first) <= 2 and len(whole) <= 2 and _BY_DAY.search(before):
        return False
    return not (whole and _YEAR.fullmatch(whole) and len(first) <= 2)


def _values(
    first: str | None, second: str | None, whole: str | None, spread: str | None, *, part: bool
) -> tuple[float | None, float | None] | None:
    """Return the value and the upper end; None for what is no quantity ("15/12", "5-3%")."""
    if first is None:
        return None, None
    value = read_number(first)
    if whole is not None:
        of = read_number(whole)
        if value is None or not of or (value > of and (part or (value <= 31 and of <= 12))):
            return None
        return (round(100 * value / of, 2) if part else value), None
    if second is not None:
        end = read_number(second)
        if value is None or end is None or value > end:
            return None if _YEAR.fullmatch(first) else (None, None)
        return value, end
    if spread is not None:
        by = read_number(spread)
        return None if value is None or by is None else (value - by, value + by)
    return value, None


@dataclass(frozen=True, slots=True)
class _Measures:
    """The compiled vocabulary of units."""

    number: re.Pattern[str]
    units: Mapping[str, re.Pattern[str]]  # those that begin with a character
    names: Mapping[str, tuple[str, str]]  # name and kind of each group of ``units``

    def unit(self, lowered: str, start: int) -> tuple[str, str, int] | None:
        """Return name and kind of the unit that stands at ``start``, and where it ends."""
        start += lowered.startswith(" ", start)
        scale = _SCALE.match(lowered, start)
        match = self._match(lowered, scale.end()) if scale else None
        if match is None:
            scale, match = None, self._match(lowered, start)
        if match is None or match.lastgroup is None:
            return None
        name, kind = self.names[match.lastgroup]
        if scale and kind not in ("money", "count"):
            return None
        shown = scale[0].replace("tỉ", "tỷ") if scale else ""
        tail = _TAIL.match(lowered, match.end())
        return f"{shown}{name}{_per(tail[0] if tail else '')}", kind, (tail or match).end()

    def _match(self, lowered: str, start: int) -> re.Match[str] | None:
        units = self.units.get(lowered[start : start + 1])
        return units.match(lowered, start) if units else None


def _per(tail: str) -> str:
    """Return "/người/năm" for " /người/ năm" and " trên 1 vạn dân"."""
    parts = re.split(r"/| trên ", tail)
    shown = (re.sub(r"^(?:01|1|một) (?=vạn)", "", " ".join(part.split())) for part in parts)
    return "".join(f"/{part}" for part in shown if part)


_PER = (
    r"(?:(?:01|một|10{0,5}|10{0,2}\.000) )?(?:vạn dân|vạn người|nghìn dân|dân(?! số| cư)|người"
    r"|năm|tháng|ngày(?: đêm)?|hộ|ha|xã"
    r"|vụ|lượt|trường|lớp|học sinh|giáo viên|km2?|thôn|bản|ấp|lao động|cán bộ|đơn vị|m2|m3|tấn|giờ"
    r"|giường|căn|phòng(?! ban)|khẩu|suất|vạn|triệu dân|trẻ(?: đẻ| sinh) (?:ra )?sống"
    r"|(?:bé|trẻ em|trẻ|cháu|em) gái|nữ|trẻ|máy|sản phẩm|bác sĩ|nhóm|trạm|con|cây|buồng|huyện"
    r"|đêm)(?!\w)"
)


_TAIL = re.compile(rf"(?: ?/ ?{_PER}| trên {_PER})+")
_SCALE = re.compile(r"(?:nghìn|ngàn|vạn|triệu|t[ỷỉ]) ")
_FIRST = re.compile(r"(?:^|\||\(\?:|\)\?)([^(|\\\[?)])")  # what a pattern may begin with, and more


@cache
def _measures() -> _Measures:
    names: dict[str, tuple[str, str]] = {}
    branches: dict[str, list[str]] = {}
    entries = [entry for entry in load("measures") if "kind" in entry and entry["name"] != "mức độ"]
    # Longest first, so that "phòng học" is not read as "phòng".
    for position, entry in enumerate(sorted(entries, key=lambda e: -len(str(e["name"])))):
        group = f"u{position}"
        names[group] = (str(entry["name"]), str(entry["kind"]))
        pattern = str(entry["pattern"])
        for first in set(_FIRST.findall(pattern)):
            branches.setdefault(first, []).append(f"(?P<{group}>{pattern})")
    between = r"(?: ?[%‰]| (?:nghìn |triệu |t[ỷỉ] )?đồng| t[ỷỉ]| triệu)?"
    number = (
        rf"(?<![\w.,/])(?:(?:(?P<half>một nửa)|(?P<number>{_DIGITS}|{_WORD}(?!\w))"
        rf"(?P<gloss> ?\([a-zà-ỹ ]{{2,24}}\))?"
        rf"(?:/(?P<whole>[0-9]+(?:[.,][0-9]+)*)(?![/\w])"
        rf"|{between} ?(?:[-–—÷]|đến|tới) ?(?P<second>{_DIGITS})| ?± ?(?P<spread>{_DIGITS}))?)"
        r"|mức độ (?P<level>[1-4]|i{1,3})(?!\w)(?: (?P<suffix_level>trở lên))?)"
    )
    units = {
        first: re.compile(rf"(?:{'|'.join(patterns)})(?!\w)")
        for first, patterns in branches.items()
    }
    return _Measures(re.compile(number), units, names)


def unit_at(lowered: str, start: int) -> str | None:
    """Return the unit of the vocabulary that stands at ``start``, after a blank or not."""
    found = _measures().unit(lowered, start)
    return found[0] if found else None


def lower(text: str) -> str:
    """Return ``text`` in lower case, of the same length, so that positions stay."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def skip_leading(lowered: str, start: int, figure: int) -> tuple[int, bool]:
    """Skip the words before a figure that say nothing of what it counts.

    Args:
        lowered: text in lower case.
        start: where the clause begins.
        figure: where its figure begins.

    Returns:
        Where the first word that says something begins, and whether there is one.
    """
    position = start
    while match := _leading().match(lowered, position, figure):
        position = match.end()
    return position, position < figure and bool(lowered[position:figure].strip(MARKS))


@cache
def _leading() -> re.Pattern[str]:
    words = f"{cue('leading').pattern}|{cue('verb').pattern}"
    return re.compile(rf"[ ,]*(?:{_NUMBERED.pattern}|(?:{words})(?!\w),?) ?|[ ,]+")


def trim(lowered: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without the marks and list numbers around it."""
    while start < end and lowered[start] in MARKS:
        start += 1
    if numbered := _NUMBERED.match(lowered, start, end):
        start = numbered.end()
    while end > start and lowered[end - 1] in MARKS:
        end -= 1
    return start, end
