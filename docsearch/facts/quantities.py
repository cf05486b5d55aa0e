"""Vietnamese numbers and the quantities that they state: "99,9%", "35 triệu đồng", "ba trường".

Units, and the words around figures that say what they are (cues), are data:
``vocabulary/measures.json``.

A comma stands before decimals and a dot between thousands; documents also use a dot before
decimals, which is taken so only where it cannot stand between thousands ("90.14").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Final

from docsearch.records import Comparator
from docsearch.vocabulary import load

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
_WORD = r"(?:hai|ba|bốn|sáu|bảy|tám|chín|mười)(?: (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín|mươi))*"
_COMPARATORS: Final[dict[str, Comparator]] = {
    "trên": ">",
    "hơn": ">",
    "vượt": ">",
    "vượt mức": ">",
    "cao hơn": ">",
    "ít nhất": ">=",
    "tối thiểu": ">=",
    "không dưới": ">=",
    "không thấp hơn": ">=",
    "không ít hơn": ">=",
    "từ": ">=",
    "dưới": "<",
    "thấp hơn": "<",
    "nhỏ hơn": "<",
    "chưa đến": "<",
    "không quá": "<=",
    "tối đa": "<=",
    "không vượt quá": "<=",
    "không cao hơn": "<=",
    "khoảng": "~",
    "gần": "~",
    "xấp xỉ": "~",
    "ước": "~",
}
_LEAD = re.compile(
    rf"(?<!\w)({'|'.join(sorted(_COMPARATORS, key=len, reverse=True))})"
    r"(?: (?:là|mức|khoảng|đạt|từ))? ?$"
)
_LEAD_WINDOW = 26  # the longest comparator with the words that may follow it
_NO_COUNT = re.compile(
    r"(?:năm|năm học|tháng|ngày|quý|số|lớp|khóa|khoá|điều|khoản|điểm|tầng|thứ|lần|giai đoạn|học kỳ"
    r"|nhiệm kỳ|buổi|[0-9] ?[-–—]) ?$"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


MARKS: Final = " ,;:.-–+•*…“”\"'(/"
_NUMBERED = re.compile(r"(?:[-–+•*“\"…] ?|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)] |[a-zđ]\) )")
_CHANGE = re.compile(r"(?: [^ ,;.]+){0,5}?(?<! trở) (?:lên|xuống)(?!\w)")
_EACH = re.compile(r" (?:[^ ,;.]+ )?có ")
_NEW_CLAUSE = re.compile(r"[,;:.]| và ")
_NO_UP = re.compile(
    r"(?:tuổi|lớp [0-9]+|trình độ|đại học|cao đẳng|trung cấp|đào tạo|mức độ [0-9]|loại \w+)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit, and how it bounds: "từ 45% trở lên". Positions in the given text."""

    value: float | None  # None where the figure cannot be read for certain
    value_to: float | None  # upper end of a range
    comparator: Comparator
    unit: str
    kind: str  # "share", "money", "level" or "count"
    start: int  # with the words that compare
    end: int  # with the unit, and "trở lên"
    lead: str  # the word that compares, as it stands before the number


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

    Args:
        lowered: text in lower case.

    Returns:
        The quantities in order, not overlapping.
    """
    found = []
    pattern, units = _measures()
    for match in pattern.finditer(lowered):
        if match["level"] is None:
            quantity = _counted(lowered, match, units)
        else:
            value = read_number(match["level"]) or float(len(match["level"]))  # "ii" is 2
            at_least = match["suffix_level"] is not None
            quantity = Quantity(
                value=value,
                value_to=None,
                comparator=">=" if at_least else "=",
                unit="mức độ",
                kind="level",
                start=match.start(),
                end=match.end(),
                lead="",
            )
        if quantity is not None:
            found.append(quantity)
    return tuple(_final(lowered, found))


def _final(lowered: str, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    before: Quantity | None = None
    for quantity, following in zip_longest(quantities, quantities[1:]):
        previous, before = before, quantity
        if quantity.lead == "từ" and _CHANGE.match(lowered, quantity.end):
            continue
        counted = following is not None and quantity.kind == "count"
        if counted and _EACH.fullmatch(lowered, quantity.end, following.start):
            continue
        level = quantity.kind == "level"
        if level and previous and not _NEW_CLAUSE.search(lowered, previous.end, quantity.start):
            continue
        yield quantity


def at_least(quantity: Quantity, rest: str) -> bool:
    """Tell whether a quantity is a lower bound.

    Args:
        quantity: the quantity.
        rest: what its clause says after it, in lower case.

    Returns:
        True for a comparator that says so, and where "trở lên" stands at a distance from its
        count: "38 trường học đạt chuẩn quốc gia trở lên".
    """
    if quantity.kind != "count" or quantity.comparator != "=":
        return quantity.comparator == ">="
    words, up, _ = rest.partition(" trở lên")
    return bool(up) and not _NO_UP.search(words)


@cache
def cue(name: str) -> re.Pattern[str]:
    """Return the pattern of one of the lists of cues of ``vocabulary/measures.json``."""
    entry = next(entry for entry in load("measures") if entry.get("cue") == name)
    words = entry["words"]
    joined = "|".join(str(word) for word in words) if isinstance(words, list) else ""
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if entry["whole"] else joined)


def _counted(
    lowered: str, match: re.Match[str], units: dict[str, tuple[str, str]]
) -> Quantity | None:
    name, kind = next(units[g] for g, words in match.groupdict().items() if g in units and words)
    before = lowered[max(0, match.start() - _LEAD_WINDOW) : match.start()]
    lead = _LEAD.search(before)
    first, second = match["number"], match["second"]
    if kind not in ("share", "money"):
        if _NO_COUNT.search(before):
            return None
        if second and _YEAR.fullmatch(first) and _YEAR.fullmatch(second):
            return None
    comparator: Comparator = _COMPARATORS[lead[1]] if lead else "="
    if match["suffix"] == "trở lên":
        comparator = ">="
    elif match["suffix"] == "trở xuống":
        comparator = "<="
    value = read_number(first)
    value_to = read_number(second) if second else None
    if second:
        if value is None or value_to is None or value > value_to:
            return None
        comparator = "range"
    return Quantity(
        value=value,
        value_to=value_to,
        comparator=comparator,
        unit=name,
        kind=kind,
        start=match.start() - len(lead[0]) if lead else match.start(),
        end=match.end(),
        lead=lead[1] if lead else "",
    )


@cache
def _measures() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    units: dict[str, tuple[str, str]] = {}
    branches = []
    entries = [entry for entry in load("measures") if entry.get("kind") not in (None, "level")]
    # Longest first, so that "phòng học" is not read as "phòng".
    for position, entry in enumerate(sorted(entries, key=lambda e: -len(str(e["name"])))):
        group = f"unit{position}"
        units[group] = (str(entry["name"]), str(entry["kind"]))
        branches.append(f"(?P<{group}>{entry['pattern']})")
    number = rf"(?P<number>{_DIGITS}|{_WORD})"
    second = rf"(?:(?: ?%| (?:triệu |tỷ )?đồng)? ?(?:[-–—]|đến) ?(?P<second>{_DIGITS}))?"
    pattern = (
        rf"(?<![\w.,/])(?:{number}{second} ?(?:{'|'.join(branches)})(?!\w)"
        r"(?: (?P<suffix>trở lên|trở xuống))?"
        r"|mức độ (?P<level>[1-4]|i{1,3})(?!\w)(?: (?P<suffix_level>trở lên))?)"
    )
    return re.compile(pattern), units


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
