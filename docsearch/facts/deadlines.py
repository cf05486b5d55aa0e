"""Time limits of a sentence: the words that state them and their value in ISO 8601.

The phrases are data (``vocabulary/deadlines.json``): ordered rules, matched in lower case at the
start of a word; the first that fits wins. What a rule captures makes its value (``day``, ``month``,
``year``, ``quarter``, ``start`` and ``finish``, ``count`` and ``unit``); ``before``, ``on``,
``during`` or ``from`` says on which side of the time the work lies.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Final, cast

from docsearch.facts.quantities import lower, read_count
from docsearch.orthography import canonical
from docsearch.parse.view import View
from docsearch.records import Bound, Deadline, DeadlineKind
from docsearch.vocabulary import load

MAX_WORDS: Final = 80  # code points of a cell that says when in other words; longer is a remark
MAX_KEPT: Final = 4000  # code points of a line that is kept, so that all kept ones are few MB
_BOUNDS: Final[tuple[Bound, ...]] = ("before", "on", "during", "from")
_UNITS: Final = {"ngày": "D", "tuần": "W", "tháng": "M", "năm": "Y"}
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MISREAD: Final = str.maketrans("liıo|", "11101")  # what scans make of the figures 1 and 0
_YEAR_NAMES: Final = ("year", "yearly")
_PART = re.compile(r"\{([a-z_]+)\}")
_GROUP = re.compile(r"\(\?P<[a-z0-9_]+>")
_SENTENCE_END = re.compile(r"[.;!?](?= |$)")
_CLAUSE_START = re.compile(r"(?:^|[.,;:!?…()“\"/–•+-] ?|\bvà )$")
_WORDS = re.compile(r"[^\W\d_]{2}")
_ROUND = re.compile(r"(?<!\w)(?:đợt|lần|vòng|kỳ|giai đoạn) [0-9]{1,2} ?:? ?([^;]+)")
_THEN = re.compile(r",? ?")
_ONCE = re.compile(r"(?:0?6|sáu) tháng")
_PAUSE = re.compile(r"[.:!?]|; (?:h[ằà]ng|mỗi)")
_LIST_GAP = re.compile(r"(?:,|;)? ?(?:và|hoặc|đến|[-–])? ?(?:trước )?")
# "báo cáo 6 tháng trước ngày 05/6; báo cáo năm trước ngày 05/12 hằng năm": said of both
_REPORTS_GAP: Final = re.compile(
    r"\)?(?:,|;| và)[^.!?]{0,12}(?:báo cáo|sơ kết|tổng kết|quyết toán|kết quả|kỳ|đợt|lần)[^.;!?]*"
)
MAX_GAP: Final = 60  # code points between two days of such a list: arbitrary
# "mỗi năm 02 đợt; đợt I trước ngày 30/5": the rounds of what comes back
_ROUNDS: Final = re.compile(
    r" ?(?:đợt|lần|kỳ|vòng) (?:[0-9]{1,2}|[ivx]{1,4}|một|hai|ba|đầu|thứ|sau)(?!\w)"
)
_COMES_BACK: Final = re.compile(
    r"(?:theo )?(?:định kỳ|h[ằà]ng|mỗi)(?!\w)|(?:[0-9]{1,2}|ba|sáu) tháng ?/? ?(?:0?1|một) lần"
)

_RECURRENCES: Final = ("every", "every-months", "regularly", "times-every", "times-per", "times")

_Groups = Mapping[str, str | None]
_Issued = tuple[int, ...]  # year, month, day, as far as known
_Value = tuple[str | None, bool]  # ISO 8601, and whether the year was inferred


@dataclass(frozen=True, slots=True)
class _Rule:
    """One entry of the vocabulary. ``kind`` is None for what is no deadline and hides its words."""

    name: str
    pattern: re.Pattern[str]
    kind: DeadlineKind | None
    bound: Bound | None
    value: str | None  # a name of _BUILDERS, a fixed value, or None
    then: tuple[str, ...]  # rules that may go on with a list: "15/6 và 15/12"
    clause: bool  # only at the start of a clause
    ahead: bool  # only when the time is not over on the day of issue


@dataclass(frozen=True, slots=True)
class _Match:
    rule: _Rule
    start: int
    end: int
    groups: _Groups
    bound: Bound


@dataclass(frozen=True, slots=True)
class _Rules:
    scanner: re.Pattern[str]
    by_name: Mapping[str, _Rule]


@dataclass(frozen=True, slots=True)
class _Limit:
    """A deadline by its place in a line: what does not depend on the document."""

    start: int
    end: int
    kind: DeadlineKind
    bound: Bound
    value: str | None
    inferred: bool

    def of(self, view: View, shift: int) -> Deadline:
        start, end = self.start - shift, self.end - shift
        return Deadline(
            text=view.text[start:end],
            span=view.span(start, end),
            kind=self.kind,
            bound=self.bound,
            value=self.value,
            inferred=self.inferred,
        )


def find_deadlines(view: View, *, issued_on: str | None) -> tuple[Deadline, ...]:
    """Return the time limits that a sentence or paragraph states.

    The date of a cited document, of a meeting or a signature is none; neither are ages, fractions
    and the day on which a document enters into force.

    Args:
        view: the words of one sentence or paragraph.
        issued_on: the document's date of issue, ISO 8601, also without day or month. A date
            without a year gets its year, or the next where it would lie before it.

    Returns:
        The deadlines in order, not overlapping. A date that does not exist and a period that
        runs backwards keep their words and have no value.
    """
    return tuple(limit.of(view, 0) for limit in _limits(lower(view.text), issued_on))


def find_labelled_deadlines(
    view: View, *, label: str, issued_on: str | None
) -> tuple[Deadline, ...]:
    """Return the time limits of a cell or of the words after a label: "Quý II", "15/8/2023".

    Args:
        view: the words of the cell, without its label.
        label: the head of its column, or the words before the colon: "Thời gian hoàn thành".
        issued_on: the document's date of issue, as for ``find_deadlines``.

    Returns:
        The deadlines in order. Words that no rule knows ("Thường xuyên", "Theo lịch") are one
        without value: the cell says when.
    """
    limits = "hạn" in canonical(label) or "hoàn thành" in canonical(label)
    prefix = "thời hạn: " if limits else "thời gian: "
    least = len(prefix)
    if canonical(label).strip() == "tháng" and view.text[:1].isdigit():
        prefix += "tháng "  # the head of the column says it for all cells: "9/2024"
    found = _limits(prefix + lower(view.text), issued_on)
    found = tuple(
        replace(limit, start=max(limit.start, len(prefix)))
        for limit in found
        if limit.start >= least and limit.end > len(prefix)
    )
    deadlines = [limit.of(view, len(prefix)) for limit in found]
    for part in (
        () if deadlines else _ROUND.finditer(lower(view.text))
    ):  # "Đợt 1: tháng 9; đợt 2: …"
        shift = len(prefix) - part.start(1)
        found = _limits(prefix + part[1], issued_on)
        deadlines += [limit.of(view, shift) for limit in found if limit.start >= len(prefix)]
    if not deadlines and _WORDS.match(view.text) and len(view.text) <= MAX_WORDS:
        end = len(view.text.rstrip(" .;"))
        deadlines = [_Limit(0, end, "vague", "during", None, inferred=False).of(view, 0)]
    return tuple(deadlines)


def _limits(lowered: str, issued_on: str | None) -> tuple[_Limit, ...]:
    """Return the time limits of a line; the same line is read for obligations and for targets."""
    return (_kept_limits if len(lowered) <= MAX_KEPT else _new_limits)(lowered, issued_on)


@lru_cache(maxsize=1024)
def _kept_limits(lowered: str, issued_on: str | None) -> tuple[_Limit, ...]:
    return _new_limits(lowered, issued_on)


def _new_limits(lowered: str, issued_on: str | None) -> tuple[_Limit, ...]:
    issued = _read_issued(issued_on)
    limits = []
    for match in _in_context(lowered, list(_scan(lowered))):
        kind = match.rule.kind
        if kind is None:
            continue
        value, inferred = _value_of(match, issued)
        if match.rule.ahead and value and issued and _over(value, issued):
            continue
        if match.groups.get("yearly") is not None:
            kind = "recurring"
        elif kind == "date" and value and "/" in value:
            kind = "period"
        limits.append(_Limit(match.start, match.end, kind, match.bound, value, inferred))
    return tuple(limits)


@cache
def _rules() -> _Rules:
    entries = load("deadlines")
    parts = {str(entry["part"]): str(entry["pattern"]) for entry in entries if "part" in entry}
    by_name: dict[str, _Rule] = {}
    branches = []
    for entry in entries:
        if "part" in entry:
            continue
        pattern = _expand(str(entry["pattern"]), parts)
        then = entry.get("then")
        rule = _Rule(
            name=str(entry["name"]),
            pattern=re.compile(pattern),
            kind=cast("DeadlineKind | None", entry["kind"]),
            bound=cast("Bound | None", entry["bound"]),
            value=cast("str | None", entry["value"]),
            then=tuple(str(name) for name in then) if isinstance(then, list) else (),
            clause=bool(entry.get("clause")),
            ahead=bool(entry.get("ahead")),
        )
        by_name[rule.name] = rule
        if not entry.get("listed"):
            group = rule.name.replace("-", "_")
            branches.append(f"(?P<{group}>{_GROUP.sub('(?:', pattern)})")
    # One pass with nameless groups says which rule fits; that rule alone then names its groups.
    # Few words can begin a time limit: a look at the first keeps the search quick.
    begins = rf"(?<!\w)(?<![0-9][.,](?=[0-9]))(?={parts['opens']})"  # not within "4,5 ngày"
    return _Rules(re.compile(rf"{begins}(?:{'|'.join(branches)})"), by_name)


def _expand(pattern: str, parts: Mapping[str, str]) -> str:
    while _PART.search(pattern):
        pattern = _PART.sub(lambda part: parts[part[1]], pattern)
    return re.sub(r"(?<=[ (|])([kK])ỳ(?=[ )|?])", r"\1[ỳì]", pattern)  # "học kì", "kì họp"


def _scan(lowered: str) -> Iterator[_Match]:
    rules = _rules()
    position = 0
    while hit := rules.scanner.search(lowered, position):
        rule = rules.by_name[(hit.lastgroup or "").replace("_", "-")]
        position = hit.end()
        if rule.clause and not _CLAUSE_START.search(lowered, max(0, hit.start() - 4), hit.start()):
            position = hit.start() + 1  # "UBND huyện báo cáo Sở: trước ngày 15/6" holds another
            continue
        named = rule.pattern.match(lowered, hit.start())
        if named and not _adjoining(named.groupdict()):
            ways = (rules.by_name[name] for name in ("month", "months-first"))
            rule, named = next(
                (
                    (one, found)
                    for one in ways
                    if (found := one.pattern.match(lowered, hit.start()))
                ),
                (rule, None),
            )
        while named is not None:
            match = _matched(rule, named)
            yield match
            position = match.end
            following = (rules.by_name[name] for name in rule.then)
            named = None
            for after in following:
                if found := after.pattern.match(lowered, position):
                    bound, kind = match.bound, after.kind
                    rule, named = replace(after, bound=bound, kind=kind), found
                    break


def _adjoining(groups: _Groups) -> bool:
    """Return whether two months with a comma between are a stretch of time: not 3 and 9."""
    if groups.get("next") is None:
        return True
    first, last = _number(groups, "month") or 0, _number(groups, "month2")
    turns = groups.get("year") is not None and groups.get("year2") is not None
    return last == (first % 12 if turns else first) + 1  # "tháng 12/2024 và tháng 01/2025"


def _matched(rule: _Rule, named: re.Match[str]) -> _Match:
    groups = named.groupdict()
    start, end = named.span("words") if groups.get("words") is not None else named.span()
    text = named.string
    if text[end - 1] == ")" and text.count(")", start, end) > text.count("(", start, end):
        end -= 1
    stated = next((bound for bound in _BOUNDS if groups.get(bound) is not None), None)
    if groups.get("open") is not None:
        stated = "from"
    return _Match(rule, start, end, groups, stated or rule.bound or "during")


def _in_context(lowered: str, matches: list[_Match]) -> list[_Match]:
    """Give a time without a year what its sentence says: the year of the list, or "every year"."""
    completed: list[_Match] = []
    for match, following in zip_longest(matches, matches[1:]):
        groups = match.groups
        if following and _yearless(groups) and _alike(match.rule, following.rule):
            gap = lowered[match.end : min(following.start, match.end + MAX_GAP)]
            yearly = following.groups.get("yearly") is not None
            if _LIST_GAP.fullmatch(gap) or (yearly and _REPORTS_GAP.fullmatch(gap)):
                groups = {**groups, **{name: following.groups.get(name) for name in _YEAR_NAMES}}
        completed.append(replace(match, groups=groups))
    completed = _quarters_joined(lowered, _lasting(lowered, completed))
    every = weekly = -1  # where the sentence last said that the work comes back
    for position, match in enumerate(completed):
        if match.rule.value in ("date", "month") and match.rule.kind == "date":
            if not _yearless(match.groups):
                continue
            if every >= 0 and not _pauses(lowered, every, match.start):
                completed[position] = replace(match, groups={**match.groups, "yearly": ""})
        elif match.rule.name == "weekday-hour":
            if weekly >= 0 and not _SENTENCE_END.search(lowered, weekly, match.start):
                rule = replace(match.rule, kind="recurring", value="P1W")
                completed[position] = replace(match, rule=rule)
        elif match.rule.name == "yearly-dated":
            every = match.end if _COMES_BACK.match(lowered, match.start) else every
        elif match.rule.name in _RECURRENCES:
            every = match.end if match.groups.get("unit") in (None, "năm", "tháng") else every
            weekly = match.end if match.groups.get("unit") == "tuần" else weekly
    return [match for match in completed if not _of_no_month(lowered, match, completed)]


def _alike(one: _Rule, other: _Rule) -> bool:
    """Return whether two rules read the same kind of time: "ngày 10-6 và ngày 10-12 hằng năm"."""
    return one.value == other.value or (one.value == "date" and other.value == "yearly")


def _pauses(lowered: str, every: int, start: int) -> bool:
    """Return whether a sentence ends between how often and when, and no round of it begins."""
    stops = list(_SENTENCE_END.finditer(lowered, every, start))
    return any(
        lowered[stop.start()] != ";" or not _ROUNDS.match(lowered, stop.end()) for stop in stops
    )


def _lasting(lowered: str, matches: Sequence[_Match]) -> list[_Match]:
    """Read limits that explain each other.

    "trong thời gian 02 tháng, bắt đầu từ ngày 01/10/2025" is one stretch of time; in "kết quả 6
    tháng trước ngày 15/6, kết quả năm trước ngày 30/11/2017" both days are of that year.
    """
    found: list[_Match] = []
    for match in matches:
        last = found[-1] if found else None
        gap = lowered[last.end : match.start] if last else ""
        begins = match.bound == "from" and match.rule.value in ("date", "month")
        if last and begins and last.rule.value == "duration" and _THEN.fullmatch(gap):
            rule = replace(match.rule, value="lasting")
            counted = {name: last.groups.get(name) for name in ("count", "unit")}
            groups = {**match.groups, **counted}
            found[-1] = replace(match, rule=rule, start=last.start, groups=groups, bound="during")
            continue
        year = match.groups.get("year")
        once = last and last.rule.name == "yearly-dated" and _ONCE.match(lowered, last.start)
        if last and once and year and match.rule.value == "date" and not _PAUSE.search(gap):
            rule = replace(last.rule, value="date", kind="date")
            found[-1] = replace(last, rule=rule, groups={**last.groups, "year": year})
        found.append(match)
    return found


def _quarters_joined(lowered: str, matches: Sequence[_Match]) -> list[_Match]:
    """Join quarters that follow each other to one stretch of time: "trong quý II và quý III"."""
    joined: list[_Match] = []
    for match in matches:
        last = joined[-1] if joined else None
        if (
            last is not None
            and match.rule.name == "listed-quarter"
            and last.rule.value in ("quarter", "quarters")
            and match.groups.get("year") == last.groups.get("year")
            and "hoặc" not in lowered[last.end : match.start]
            and _follows(lowered, last, match)
        ):
            groups = {**last.groups, "last": str(_quarter_of(match.groups))}
            rule = replace(last.rule, value="quarters")
            joined[-1] = replace(last, rule=rule, end=match.end, groups=groups)
            continue
        joined.append(match)
    return joined


def _follows(lowered: str, last: _Match, match: _Match) -> bool:
    """Return whether a quarter is the next, or ends a stretch of several: "quý I - IV"."""
    ends = int(last.groups.get("last") or _quarter_of(last.groups))
    between = lowered[last.end : match.start]
    return ends < _quarter_of(match.groups) and (
        _quarter_of(match.groups) == ends + 1 or any(mark in between for mark in "-–")
    )


def _of_no_month(lowered: str, match: _Match, matches: Sequence[_Match]) -> bool:
    """Return whether a day alone ("trước ngày 28") stands where nothing says "every month"."""
    if match.rule.name != "day-of-every-month":
        return False
    return not any(
        (other.groups.get("unit") == "tháng" or other.rule.name == "monthly-dated")
        and other is not match
        and other.end <= match.start
        and not _SENTENCE_END.search(lowered, other.end, match.start)
        for other in matches
    )


def _yearless(groups: _Groups) -> bool:
    return groups.get("year") is None and groups.get("yearly") is None


def _read_issued(issued_on: str | None) -> _Issued | None:
    known = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", issued_on or "")
    return tuple(int(number) for number in known.groups() if number) if known else None


def _over(value: str, issued: _Issued) -> bool:
    """Return whether a date, month or year lies before the date of issue."""
    stated = tuple(int(number) for number in re.findall(r"\d+", value))
    shortest = min(len(stated), len(issued))
    return stated[:shortest] < issued[:shortest]


def _value_of(match: _Match, issued: _Issued | None) -> _Value:
    builder = _BUILDERS.get(match.rule.value or "")
    return builder(match.groups, issued) if builder else (match.rule.value, False)


def _number(groups: _Groups, name: str) -> int | None:
    words = groups.get(name)
    if words and words[-1:].isdigit() != words[:1].isdigit():
        words = words.translate(_MISREAD)
    return read_count(words) if words else None


def _year(groups: _Groups, name: str) -> int | None:
    year = _number(groups, name)
    return 2000 + year if year is not None and year < 100 else year


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _next(issued: _Issued, *stated: int) -> int:
    """Return the first year in which the month, or month and day, is not over at the issue."""
    known = issued[1 : 1 + len(stated)]
    return issued[0] + (stated[: len(known)] < known)


def _date(groups: _Groups, issued: _Issued | None) -> _Value:
    day, month = _number(groups, "day") or 0, _number(groups, "month") or 0
    year = _year(groups, "year")
    inferred = False
    if year is None and groups.get("yearly") is None and issued:
        year, inferred = _next(issued, month, day), True
    if not _exists(year or 2000, month, day):  # 2000 has a 29 February
        return None, False
    return f"{'-' if year is None else f'{year:04}'}-{month:02}-{day:02}", inferred


def _dates(groups: _Groups, issued: _Issued | None) -> _Value:
    year, yearly = groups.get("year2"), groups.get("yearly")
    later = {"day": groups["day2"], "month": groups["month2"], "year": year, "yearly": yearly}
    earlier = {
        "day": groups.get("day"),
        "month": groups.get("month") or groups["month2"],
        "year": groups.get("year") or year,
        "yearly": yearly,
    }
    (first, guessed), (last, inferred) = _date(earlier, issued), _date(later, issued)
    if first is None or last is None or (first > last and not inferred):
        return None, False
    return f"{first}/{last}", guessed or inferred


def _monthly(groups: _Groups, _issued: _Issued | None) -> _Value:
    if groups.get("of_quarter") is not None:
        return "P3M", False
    day = _number(groups, "day") or 0
    return (f"---{day:02}" if 1 <= day <= 31 else None), False


def _month(groups: _Groups, issued: _Issued | None) -> _Value:
    months = [_number(groups, name) for name in ("month", "month2") if groups.get(name)]
    year, inferred = _year(groups, "year2") or _year(groups, "year"), False
    if any(month is None or not 1 <= month <= 12 for month in months):
        return None, False
    if year is None and groups.get("yearly") is None and issued:
        year, inferred = _next(issued, months[-1] or 0), True
    begins = (_year(groups, "year") or year) if groups.get("year2") else year
    values = [
        f"-{'-' if of is None else ''}{month:02}" if of is None else f"{of:04}-{month:02}"
        for of, month in zip((begins, year), months, strict=False)
    ]
    if values != sorted(values):
        return None, False
    return "/".join(values), inferred


def _half(groups: _Groups, issued: _Issued | None) -> _Value:
    """Read "6 tháng đầu năm": the first or last six months of a year."""
    year, inferred = _year(groups, "year"), False
    if year is None and issued:
        last = 6 if groups.get("half") == "đầu" else 12
        year, inferred = _next(issued, last), True
    first = 1 if groups.get("half") == "đầu" else 7
    return (None if year is None else f"{year}-{first:02}/{year}-{first + 5:02}"), inferred


def _this_year(_groups: _Groups, issued: _Issued | None) -> _Value:
    return (str(issued[0]), True) if issued else (None, False)


def _today(_groups: _Groups, issued: _Issued | None) -> _Value:
    if issued is None or len(issued) < 3:
        return None, False
    return f"{issued[0]:04}-{issued[1]:02}-{issued[2]:02}", True


def _quarter(groups: _Groups, issued: _Issued | None) -> _Value:
    if groups.get("yearly") is not None:
        return "P1Y", False
    quarter = _quarter_of(groups)
    year, inferred = _year(groups, "year"), False
    if year is None and issued:
        year, inferred = _next(issued, 3 * quarter), True
    return (None, False) if year is None else (f"{year:04}-Q{quarter}", inferred)


def _quarter_of(groups: _Groups) -> int:
    words = groups.get("quarter") or groups.get("roman") or ""
    return _QUARTERS.get(words) or read_count(words) or 0


def _quarters(groups: _Groups, issued: _Issued | None) -> _Value:
    """Read "quý II và quý III": the first and the last of them."""
    first, last = _quarter_of(groups), _number(groups, "last") or 0
    year, inferred = _year(groups, "year"), False
    if year is None and issued:
        year, inferred = _next(issued, 3 * last), True
    if year is None or groups.get("yearly") is not None:
        return ("P1Y" if year is None and groups.get("yearly") is not None else None), False
    return f"{year:04}-Q{first}/{year:04}-Q{last}", inferred


def _years(groups: _Groups, _issued: _Issued | None) -> _Value:
    start, finish = _year(groups, "start"), _year(groups, "finish")
    if start is None or finish is None or start > finish:
        return None, False
    return f"{start}/{finish}", False


def _duration(groups: _Groups, _issued: _Issued | None) -> _Value:
    count, unit = _number(groups, "count"), groups.get("unit") or ""
    if not count:
        return None, False
    if unit.startswith(("giờ", "phút")):
        return f"PT{count}{'H' if unit.startswith('giờ') else 'M'}", False
    return f"P{count}{_UNITS.get(unit, 'D')}", False


def _lasting_value(groups: _Groups, issued: _Issued | None) -> _Value:
    """Read "02 tháng, bắt đầu từ ngày 01/10/2025": the first and the last day, or month."""
    begins, inferred = _date(groups, issued) if groups.get("day") else _month(groups, issued)
    count, unit = _number(groups, "count"), groups.get("unit") or ""
    if not begins or not count or not begins[:4].isdecimal() or unit[:4] in ("giờ", "phút"):
        return begins, inferred
    year, month, *days = map(int, begins.split("-"))
    if unit in ("tháng", "năm"):
        months = 12 * year + month - 1 + count * (12 if unit == "năm" else 1)
        if not days:
            return f"{begins}/{(months - 1) // 12:04}-{(months - 1) % 12 + 1:02}", inferred
        last = min(days[0], monthrange(months // 12, months % 12 + 1)[1])
        end = date(months // 12, months % 12 + 1, last) - timedelta(days=1)
    elif not days:
        return begins, inferred
    else:
        end = date(year, month, days[0]) + timedelta(days=count * (7 if unit == "tuần" else 1) - 1)
    return f"{begins}/{end.isoformat()}", inferred


def _every(groups: _Groups, _issued: _Issued | None) -> _Value:
    count = _number(groups, "count") if groups.get("count") else 1
    unit = (groups.get("unit") or groups.get("unit2") or "").removesuffix(" học")
    if not count:
        return None, False
    if unit not in _UNITS:
        return f"P{3 * count}M", False  # quý
    return f"P{count}{_UNITS[unit]}", False


def _times(groups: _Groups, _issued: _Issued | None) -> _Value:
    """Read "02 lần/năm": the time between two, where it is whole months."""
    count = _number(groups, "count")
    months = {"năm": 12, "tháng": 1}.get(groups.get("unit") or "", 3)
    if groups.get("unit") == "tuần":
        return ("P1W" if count == 1 else None), False
    if not count or months % count:
        return None, False
    each = months // count
    return ("P1Y" if each == 12 else f"P{each}M"), False


_BUILDERS: Final[Mapping[str, Callable[[_Groups, _Issued | None], _Value]]] = {
    "date": _date,
    "yearly": lambda groups, issued: _date({**groups, "yearly": ""}, issued),
    "dates": _dates,
    "monthly": _monthly,
    "month": _month,
    "quarter": _quarter,
    "quarters": _quarters,
    "half": _half,
    "this-year": _this_year,
    "today": _today,
    "year": lambda groups, _issued: (groups.get("year"), False),
    "years": _years,
    "duration": _duration,
    "lasting": _lasting_value,
    "every": _every,
    "times": _times,
}
