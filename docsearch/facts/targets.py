"""Numeric targets and reported results: "có trên 60% trẻ dưới 3 tuổi đến nhà trẻ".

A sentence is cut into segments at ; : . and at parentheses with figures, each segment into one
clause for each figure. A figure opens its clause ("100% giáo viên đạt chuẩn") or closes it ("tỷ lệ
lao động qua đào tạo đạt 55%"); what it counts stands on the other side. Whether it is set as a goal
or reported as reached is said by the words before it, else by what the paragraph said last, else by
the headings, else by the type of the document. The words that tell these apart are the cues of
``vocabulary/measures.json``.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, zip_longest
from typing import Final, Literal

from docsearch.facts.deadlines import find_deadlines
from docsearch.facts.indicator_tables import Row, find_rows
from docsearch.facts.quantities import (
    MARKS,
    Quantity,
    at_least,
    cue,
    find_quantities,
    lower,
    skip_leading,
    trim,
)
from docsearch.orthography import canonical
from docsearch.parse.outline import walk
from docsearch.parse.view import View, view
from docsearch.records import Header, Heading, Span, Target, TargetKind, Unit

_Region = Literal["goals", "plan", "results", "money", "norm", ""]

_FIGURE = re.compile(r"[0-9]|(?<!\w)(?:một nửa|hai|ba|bốn|sáu|bảy|tám|chín|mười) ", re.IGNORECASE)
_BOUNDARY = re.compile(r"[;:](?= |$)|\.(?= |$)| [-–+•] (?=[A-ZĐÀ-Ỹ])|(?<=[:;.,]) [-–+•] (?=\w)|\|")
_ENCLOSED = re.compile(r"\([^()]*\)|[“\"][^“”\"]*[”\"]")
_LIST_NUMBER = re.compile(r"\((?:[0-9]{1,2}|[a-zđ])\)")
_BESIDE = re.compile(r" (?:vào |đến |trong )?(?:cuối )?| ?\((?=năm [0-9]{4}\))")
_SEGMENT_END = re.compile(r"[;.](?= |$)|[|]")
_SENTENCE_END = re.compile(r"\.(?= |$)")
_COMMA = re.compile(r",? (?:và )?trong đó,? |, | và ")
_RATE = re.compile(r"(?<!\w)(?:t[ỷỉ] lệ|mức|số lượng|tổng số|số)(?: bình quân)? ")
_FOR = re.compile(r"(?<!\w)(?:cho|đối với) ")
_WITH_RATE = re.compile(r" với (?=t[ỷỉ] lệ|mức)")
_WHOLE = re.compile(r"(?<!\w)toàn (?:huyện|xã|tỉnh|thành phố|thị trấn|ngành)(?! hội|\w)")
_TIME = re.compile(r"(?:[0-9]{4}|(?:h[ằàâ]ng|mỗi) năm)$")
_AIM_VERB = re.compile(r"(?<!\w)(?:(?:để )?(?:đảm bảo|bảo đảm)|ph[ấầ]n đ[ấầ]u)(?!\w)")
_CLOSED = re.compile(r" ?(?:[,;:.)]|$)")
MAX_LINKS: Final = 6  # "đạt tỷ lệ", "giảm xuống còn": arbitrary, keeps a line of such words linear
MAX_SEPARATORS: Final = 40  # looked at before one figure: arbitrary, for the same reason
_LONGEST_NAME: Final = 80  # code points in quotation marks that are a name: arbitrary
_SCOPE: Final = 600  # code points before a figure that are searched for its cues: arbitrary
_YEAR = re.compile(
    r"(?<!so với )(?<!so với cùng kỳ )(?<!\w)năm (?P<year>(?:19|20)[0-9]{2})(?![0-9]| ?[-–] ?[0-9])"
)
_PART_YEAR = re.compile(
    r"(?<!\w)(?P<months>0?[369]) tháng(?: đầu)?(?: của)? năm(?: (?P<year>20[0-9]{2}))?"
)
_SINCE = re.compile(
    r" ?(?:từ|kể từ|từ đầu)?.{0,4}năm [0-9]{4} (?:đến|tới) nay|.{0,4}từ năm [0-9]{4} đến nay"
)
_EVERY = re.compile(r"(?:h[ằàâ]ng|mỗi) năm(?! ?,)")
_OPENING: Final = 40  # code points of a sentence that say what all of it is about: arbitrary
_NEAR: Final = 40  # code points before a figure: arbitrary
_NAMED_YEAR = re.compile(
    r"(?<!\w)(?:luật|pháp lệnh|hiến pháp|nghị định|thông tư|quyết định|nghị quyết|chỉ thị"
    r"|công văn|kế hoạch số)[^,;.:]{0,80}$"
)
_PERIOD = re.compile(
    r"[0-9]{4}(?:-(?:[0-9]{2}(?:-[0-9]{2})?|Q[1-4]))?(?:/[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)?$"
    r"|P[0-9]+[WMY]$"
)
_OF = re.compile(
    r"(?<!\w)(?:của|tại|ở|trên|trong|thuộc|cho|theo|với|giữa|cả|toàn|trên địa bàn|từ)"
    r"(?: cả| toàn bộ)? ?$"
)
_VALUE_VERB = re.compile(r"(?<!\w)(?:đạt|là|có|còn|chiếm|tăng|giảm|lên|xuống|bằng)(?!\w)|:")
_NONE_LEFT = re.compile(r"(?<!\w)không (?:còn|có|để)(?: [^ ,;.]+){1,6} ?$")
_TO_WHOM = re.compile(r"(?<!\w)(?:cho|đối với|đến|tới|với) ?$")
_PLACE = re.compile(r"(?<!\w)(?:của|tại|ở|trên|trên địa bàn|trong|thuộc|theo)(?: cả| toàn bộ)? ?$")
_PARTED = re.compile(r"[;:,.(]| và ")
_DEFINES = re.compile(r"(?: [^ ,;.]+){0,3} là ")
_HEAD_NUMBER = re.compile(
    r"(?:(?:phần|chương|mục|điều)(?: thứ)? (?:[0-9]+|[ivxlc]+|nhất|hai|ba|tư|bốn|năm|[a-zđ])(?!\w)"
    r" ?[.:\-–/]* ?"
    r"|[ivxlc]+ ?[.\-–/)]+ ?|[0-9]{1,2}(?:\.[0-9]{1,2})*[.\-–)/]* ?|[a-zđ] ?[.)\-–/] ?|[-+•*] ?)*"
)
_ARTICLE = re.compile(r"điều [0-9]+[a-zđ]?(?:[.:]| |$)")
_MIN_LEADS: Final = frozenset(("ít nhất", "tối thiểu", "không dưới", "chí ít"))


@dataclass(frozen=True, slots=True)
class _Clause:
    quantity: Quantity
    start: int
    end: int
    scope: int  # where the words begin that may say what kind of figure it is


def find_document_targets(text: str, outline: Unit, *, header: Header) -> tuple[Target, ...]:
    """Return the targets and results of a document, from its sentences and its tables.

    Args:
        text: ``Document.text``.
        outline: its tree.
        header: what it says of itself: a report looks back where it says nothing else, and a
            period that no words near a figure name is that of the subject ("Kế hoạch … năm 2024").

    Returns:
        In the order of the text, without copies of the document in the same text; what stands
        again word for word under the same headings is there once.
    """
    issued_on = header.issued_on.value if header.issued_on else None
    reports = header.type is not None and header.type.value == "báo cáo"
    period = _named_period(header.subject.value, issued_on) if header.subject else None
    table = find_rows(text, issued_on=issued_on, period=period, reports=reports)
    rows = [row.span for row in table]
    found: list[Target] = []
    for unit, headings in walk(outline):
        above = headings[:-1] if _only_heading(unit) else headings
        found += (replace(target, headings=headings) for target in _within(unit.pieces, table))
        for words in _apart(unit.pieces, rows):
            found += find_targets(
                view(text, words),
                headings=above,
                issued_on=issued_on,
                period=period,
                reports=reports,
            )
    seen: set[tuple[object, ...]] = set()
    targets = []
    for target in sorted(found, key=lambda target: target.span.start):
        above = tuple(heading.text for heading in target.headings)
        key = (above, canonical(target.span.of(text)), target.value, target.period)
        if key not in seen:
            seen.add(key)
            targets.append(target)
    return tuple(targets)


def _only_heading(unit: Unit) -> bool:
    return unit.heading is not None and unit.pieces[-1].end - unit.heading.span.end <= 6


def _within(pieces: tuple[Span, ...], table: Sequence[Row]) -> Iterator[Target]:
    for piece in pieces:
        begin = bisect_left(table, piece.start, key=lambda row: row.span.start)
        end = bisect_left(table, piece.end, key=lambda row: row.span.start)
        for row in table[begin:end]:
            yield from row.targets


def _apart(pieces: tuple[Span, ...], rows: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """Yield the pieces of a unit without rows of tables; a row parts what is around it."""
    group: list[Span] = []
    for piece in pieces:
        start = piece.start
        position = bisect_left(rows, start, key=lambda row: row.end)
        while position < len(rows) and rows[position].start < piece.end:
            if rows[position].start > start:
                group.append(Span(start, rows[position].start))
            if group:
                yield tuple(group)
            group = []
            start = rows[position].end
            position += 1
        if start < piece.end:
            group.append(Span(start, piece.end))
    if group:
        yield tuple(group)


def find_targets(
    view: View,
    *,
    headings: tuple[Heading, ...],
    issued_on: str | None,
    period: str | None = None,
    reports: bool = False,
) -> tuple[Target, ...]:
    """Return the figures that a sentence or paragraph sets as goals or reports as reached.

    Ages, class numbers, years, dates, document and list numbers are none, nor are rates of payment
    and conditions ("nếu giải ngân dưới 35%") outside a list of goals, nor what an article of a
    regulation lays down.

    Args:
        view: the words of one sentence or paragraph.
        headings: those above, outermost first: they give period and kind where the words do not.
        issued_on: the document's date of issue, ISO 8601: a period over by then is achieved.
        period: of the document as a whole, for figures under goals or results.
        reports: whether the document looks back where it says nothing else.

    Returns:
        One target for each figure, in order; ``indicator`` is empty where the clause has none.
    """
    if not _FIGURE.search(view.text):
        return ()
    lowered = lower(view.text)
    quantities = find_quantities(lowered)
    if not quantities:
        return ()
    quantities = _own(lowered, quantities)
    context = _Context.of(view, lowered, headings, issued_on, period, reports=reports)
    targets: list[Target] = []
    for clause in _clauses(view.text, quantities):
        kind, looks = context.read(clause)
        if not context.counts(clause, kind, looks=looks):
            continue
        quantity = clause.quantity
        subject, indicator = _measured(view.text, lowered, clause)
        subject = subject or (targets[-1].subject if targets else "")
        if not subject and not indicator:
            indicator = headings[-1].text if headings else view.text[clause.start : clause.end]
            indicator = " ".join(indicator.split())
        bounded = at_least(quantity, lowered[quantity.end : clause.end])
        targets.append(
            Target(
                subject=subject,
                indicator=indicator,
                comparator=">=" if bounded else quantity.comparator,
                value=quantity.value,
                unit=quantity.unit,
                period=context.period(clause, kind),
                kind=kind,
                span=view.span(clause.start, clause.end),
                headings=headings,
                value_to=quantity.value_to,
            )
        )
    return tuple(targets)


def _own(lowered: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Leave out names in quotation marks and what only qualifies another figure."""
    names = [
        match.span()
        for match in _ENCLOSED.finditer(lowered)
        if match[0][0] != "(" and len(match[0]) <= _LONGEST_NAME
    ]
    starts = [start for start, _ in names]
    own: list[Quantity] = []
    for quantity, following in zip_longest(quantities, quantities[1:]):
        name = bisect_right(starts, quantity.figure) - 1
        if name >= 0 and quantity.figure < names[name][1]:
            continue
        before = own[-1] if own else None
        if quantity.kind not in ("share", "money") and _qualifies(
            lowered, before, quantity, following
        ):
            continue
        if before and before.unit == quantity.unit and _spelled(lowered, before, quantity):
            continue
        own.append(quantity)
    return own


def _spelled(lowered: str, before: Quantity, quantity: Quantity) -> bool:
    """Return whether a figure is the one before it once more, in words: "90% (chín mươi …)"."""
    return lowered[quantity.figure].isalpha() and lowered.startswith(" (", before.end)


def _qualifies(
    lowered: str, before: Quantity | None, quantity: Quantity, following: Quantity | None
) -> bool:
    """Return whether a count says of what another figure is: "của 04 dự án", "tại 5 xã"."""
    start = quantity.start
    if _NONE_LEFT.search(lowered, max(0, quantity.figure - _LONGEST_NAME), start):
        return True
    if following:
        gap = lowered[quantity.end : following.start]
        if len(gap) < _LONGEST_NAME and not _PARTED.search(gap):
            of = _OF.search(lowered, max(0, quantity.figure - 24), quantity.figure)
            if (of and _VALUE_VERB.search(gap)) or _DEFINES.fullmatch(gap):
                return True
    if before is None or _PARTED.search(lowered, before.end, start):
        return False
    return quantity.unit == "điểm" or _PLACE.search(lowered, before.end, start) is not None


@dataclass(slots=True)
class _Context:
    """What a paragraph and the headings above it say of time and of goals or results.

    ``state`` is the kind that the paragraph said last; clauses have to be read in order.
    """

    lowered: str
    times: tuple[tuple[int, str], ...]  # position and period, in order
    enclosed: tuple[tuple[int, int], ...]  # in parentheses, in order
    region: _Region
    period_above: str | None
    issued_on: str
    state: TargetKind
    looks: bool = False  # whether the sentence said so of itself
    sentence: int = 0
    inner: tuple[int, TargetKind, bool] | None = None  # parentheses, and what they said last

    @classmethod
    def of(
        cls,
        view: View,
        lowered: str,
        headings: tuple[Heading, ...],
        issued_on: str | None,
        period: str | None,
        *,
        reports: bool,
    ) -> _Context:
        region: _Region = ""
        for heading in headings:
            region = _region(lower(heading.text), region)
        if reports and region == "":
            region = "results"
        above = _period_above(headings, issued_on)
        return cls(
            lowered,
            times=_times(view, lowered, issued_on),
            enclosed=tuple(m.span() for m in _ENCLOSED.finditer(lowered) if m[0][0] == "("),
            region=region,
            period_above=above or period,
            issued_on=issued_on if issued_on and issued_on[:4].isdecimal() else "",
            state="achieved" if region == "results" else "target",
        )

    def read(self, clause: _Clause) -> tuple[TargetKind, bool]:
        """Return whether a clause sets a goal or reports a result, and whether its words say so."""
        self._begin_sentence(clause)
        around = self._around(clause.quantity.figure)
        if around != -1 and (self.inner is None or self.inner[0] != around):
            self.inner = (around, self.state, self.looks)
        said = self._said(clause)
        if around == -1:
            self.inner = None
            if said is not None:
                self.state, self.looks = said, True
            return self.state, self.looks
        kind, looks = self.inner[1:] if self.inner else (self.state, self.looks)
        if said is not None:
            kind, looks = said, True
        self.inner = (around, kind, looks)
        return kind, looks

    def _begin_sentence(self, clause: _Clause) -> None:
        ends = list(_SENTENCE_END.finditer(self.lowered, clause.scope, clause.quantity.start))
        if ends and self._around(ends[-1].start()) == -1:
            self.sentence = ends[-1].end()
        elif clause.scope > 0:
            return
        opening = min(self.sentence + _OPENING, clause.quantity.start)
        self.looks = cue("reached").search(self.lowered, self.sentence, opening) is not None
        if self.looks:
            self.state = "achieved"

    def _around(self, position: int) -> int:
        """Return which parentheses a position is in, or -1."""
        nearest = bisect_right(self.enclosed, (position, len(self.lowered))) - 1
        inside = nearest >= 0 and position < self.enclosed[nearest][1]
        return nearest if inside else -1

    def _said(self, clause: _Clause) -> TargetKind | None:
        figure = clause.quantity.start
        scope = max(clause.scope, figure - _SCOPE)
        marks = [m.end() for m in _SEGMENT_END.finditer(self.lowered, scope, figure)]
        start = marks[-1] if marks else scope
        near = self.lowered[start:figure]
        if cue("strive").search(near):
            return "target"
        after = self.lowered[clause.quantity.end : clause.end]
        compared = self.region == "" and cue("reached-after").search(after) is not None
        if compared or cue("reached").search(near):
            return "achieved"
        if (past := self._past(start, clause)) is not None:
            return "achieved" if past else "target"
        if self.region != "results" and (cue("aim").search(near) or cue("aim").search(after)):
            return "target"
        for begin in reversed([scope, *marks[:-1]]):  # segments without a figure
            words = self.lowered[begin:start]
            if cue("strive").match(words.lstrip(MARKS)):
                return "target"
            if cue("reached").search(words):
                return "achieved"
            break
        return None

    def _past(self, start: int, clause: _Clause) -> bool | None:
        """Return whether the time that a clause names was over on the day of issue."""
        named = self._time(start, clause)
        if named is None or not self.issued_on or not named[:4].isdecimal():
            return None
        end = named.rpartition("/")[2]
        shortest = min(len(end), len(self.issued_on))
        if "Q" in end:
            end, shortest = f"{end[:4]}-{3 * int(end[6]):02}", min(7, len(self.issued_on))
        if end[:shortest] == self.issued_on[:shortest]:
            begun = "/" in named and named[:4] < self.issued_on[:4] and len(end) == 4
            return True if begun and self.region in ("", "results") else None
        return end[:shortest] < self.issued_on[:shortest]

    def _time(self, start: int, clause: _Clause) -> str | None:
        """Return the time named last before a figure, from ``start``, else first after it."""
        around = self._around(clause.quantity.figure)
        position = bisect_left(self.times, (clause.quantity.start, ""))
        times = clause.quantity.kind == "times"  # what follows is what it is compared with
        for at, value in () if times else self.times[position : position + 1]:
            if _BESIDE.fullmatch(self.lowered, clause.quantity.end, max(at, clause.quantity.end)):
                return value  # "51 triệu đồng năm 2020"
        for at, value in reversed(self.times[max(0, position - MAX_SEPARATORS) : position]):
            if at < start:
                break
            if self._around(at) in (-1, around):
                return value
        after = self.times[position] if position < len(self.times) and not times else None
        return after[1] if after and after[0] < clause.end else None

    def counts(self, clause: _Clause, kind: TargetKind, *, looks: bool) -> bool:
        """Return whether a figure is a goal or result, and not a sum to pay or a passing count."""
        words = self.lowered[clause.start : clause.end]
        quantity = clause.quantity
        near = self.lowered[max(clause.scope, quantity.start - 120) : quantity.start]
        if quantity.kind == "times" and not cue("times").search(near):
            return False
        if cue("often").search(near):
            return False
        if quantity.kind == "other" and not self._unlisted(clause, near):
            return False
        beside = self.lowered[
            max(clause.start, quantity.start - 60) : min(clause.end, quantity.end + 40)
        ]
        if self.region == "results" or (looks and kind == "achieved"):
            return quantity.kind == "count" or cue("payment").search(beside) is None
        strong = cue("strive").search(near) is not None
        if self.region == "goals":
            return True
        if not strong and (cue("condition").search(near) or cue("condition-after").search(words)):
            return False
        if self.region == "norm" and not strong:
            return False
        return strong or self._told(clause, words, beside, near, looks=looks)

    def _unlisted(self, clause: _Clause, near: str) -> bool:
        """Return whether a noun that is no known unit is counted as a goal or result."""
        quantity = clause.quantity
        if self.region not in ("goals", "results"):
            return quantity.lead in _MIN_LEADS
        return bool(quantity.lead) or cue("counted").search(near[-_NEAR:]) is not None

    def _told(self, clause: _Clause, words: str, beside: str, near: str, *, looks: bool) -> bool:
        """Return whether a figure outside lists of goals and results is a goal of its own."""
        quantity = clause.quantity
        if quantity.kind in ("share", "money") and cue("payment").search(beside):
            return False
        least = quantity.lead in _MIN_LEADS
        if quantity.kind == "share":
            said = cue("share").search(words) or cue("works").search(near)
            return self.region != "money" and (least or said is not None)
        if quantity.kind == "level":
            return looks
        if quantity.kind in ("count", "other") and (least or cue("each").search(near)):
            return quantity.unit not in ("m2", "m", "m3", "bản")
        if self.region == "plan" and quantity.kind == "count" and cue("works").search(near):
            return True
        return looks and self.region != "money" and cue("count").search(words) is not None

    def period(self, clause: _Clause, kind: TargetKind) -> str | None:
        """Return the period that the clause names, else its sentence before it, else a heading."""
        own = self._time(self.sentence, clause)
        if own == "P1Y" and self._stale(clause):
            own = None
        if own:
            return own
        above = self.period_above
        return None if kind == "achieved" and above and self._ahead(above) else above

    def _stale(self, clause: _Clause) -> bool:
        """Return whether "mỗi năm" belongs to another part of the sentence than a clause.

        With a comma after it ("Hằng năm, …; …") it goes for all of them.
        """
        position = bisect_left(self.times, (clause.quantity.start, "")) - 1
        if position < 0 or self.times[position][1] != "P1Y":
            return False
        start = self.times[position][0]
        between = _SEGMENT_END.search(self.lowered, start, clause.quantity.start)
        return between is not None and _EVERY.match(self.lowered, start) is not None

    def _ahead(self, period: str) -> bool:
        """Return whether a period ends after the year of issue."""
        end = period.rpartition("/")[2]
        return bool(self.issued_on) and end[:4].isdecimal() and end[:4] > self.issued_on[:4]


def _region(heading: str, outer: _Region) -> _Region:
    """Return what stands below a heading (in lower case), given what stands below those above."""
    start = _numbered(heading)
    reached = cue("reached-heading").match(heading, start)
    if cue("reached-says").search(heading) or (reached and not cue("expected").search(heading)):
        return "results"
    if outer == "results" and not cue("turn-heading").match(heading, start):
        return outer  # "Các chỉ tiêu chủ yếu" among results are results
    goal, plan = cue("goal-heading").search(heading), cue("plan-heading").search(heading)
    if goal and (plan is None or goal.start() < plan.start()):
        return "goals"
    if plan:
        return "plan"
    if cue("money-heading").search(heading):
        return "money"
    return "norm" if not outer and _ARTICLE.match(heading) else outer


def _numbered(heading: str) -> int:
    match = _HEAD_NUMBER.match(heading)
    return match.end() if match else 0


def _times(view: View, lowered: str, issued_on: str | None) -> tuple[tuple[int, str], ...]:
    times = []
    ends = [(0, 0)]  # where each time that has been read begins and ends
    for match in _PART_YEAR.finditer(lowered):
        if year := match["year"] or (issued_on or "")[:4]:
            times.append((match.start(), f"{year}-01/{year}-0{match['months'][-1]}"))
            ends.append(match.span())
    end = 0
    for deadline in find_deadlines(view, issued_on=issued_on):
        start = view.text.index(deadline.text, end)
        end = start + len(deadline.text)
        if not _taken(ends, start) and _PERIOD.match(deadline.value or ""):
            times.append((start, _shown(deadline.value or "")))
        insort(ends, (start, end))
    times = [time for time in times if not _SINCE.match(lowered, max(0, time[0] - 4))]
    for match in _YEAR.finditer(lowered):
        if _SINCE.match(lowered, max(0, match.start() - 3)):
            continue
        taken = _taken(ends, match.start())
        named = _NAMED_YEAR.search(lowered, max(0, match.start() - 100), match.start())
        if not taken and not named:
            times.append((match.start(), match["year"]))
    return tuple(sorted(times))


def _taken(ends: Sequence[tuple[int, int]], position: int) -> bool:
    return ends[bisect_right(ends, (position, sys.maxsize)) - 1][1] > position


def _shown(value: str) -> str:
    """Return the last day of a year as the year."""
    return value[:4] if value[4:] == "-12-31" else value


def _period_above(headings: tuple[Heading, ...], issued_on: str | None) -> str | None:
    for heading in reversed(headings):
        if period := _named_period(heading.text, issued_on):
            return period
    return None


@cache
def _named_period(text: str, issued_on: str | None) -> str | None:
    words = " ".join(text.split())
    times = _times(View(words, tuple(range(len(words)))), lower(words), issued_on)
    return times[0][1] if times else None


def _clauses(text: str, quantities: Sequence[Quantity]) -> Iterator[_Clause]:
    shown = list(text)  # without the commas and stops inside enclosed words that hold no figure
    cuts = {0, len(text)}
    starts = [quantity.start for quantity in quantities]
    for match in _ENCLOSED.finditer(text):
        if _LIST_NUMBER.fullmatch(match[0]):
            continue
        if bisect_right(starts, match.end()) == bisect_right(starts, match.start()):
            shown[match.start() : match.end()] = "_" * (match.end() - match.start())
        elif match[0][0] == "(":
            cuts |= {match.start(), match.start() + 1, match.end() - 1, match.end()}
    masked = lower("".join(shown))
    for match in _BOUNDARY.finditer("".join(shown)):
        if not _labels(masked, match, quantities, starts):
            cuts.add(match.end())
    scope = 0
    for start, end in pairwise(sorted(cuts)):
        inside = quantities[bisect_left(starts, start) : bisect_left(starts, end)]
        for clause in _cut(masked, inside, start, end):
            yield replace(clause, scope=min(scope, clause.quantity.start))
            scope = clause.end


def _labels(
    masked: str, mark: re.Match[str], quantities: Sequence[Quantity], starts: Sequence[int]
) -> bool:
    """Return whether a colon stands between what is measured and its figure: "Tỷ lệ …: 55%"."""
    following = bisect_right(starts, mark.start())
    if mark[0] != ":" or following == len(quantities):
        return False
    figure = quantities[following]
    opens = not skip_leading(masked, mark.end(), figure.start)[1]
    return opens and masked[figure.end : figure.end + 1] in ("", ",", ";", ".", "/", ")")


def _cut(masked: str, quantities: Sequence[Quantity], start: int, end: int) -> Iterator[_Clause]:
    """Cut one segment into a clause for each of its figures."""
    for quantity, following in zip_longest(quantities, quantities[1:]):
        opens = not skip_leading(masked, start, quantity.start)[1]
        if following:
            stop, begin = _between(masked, quantity.end, following.start, closed=not opens)
        else:
            stop, begin = _tail(masked, quantity.end, end, opens=opens), end
        begins = _lead_cut(masked, start, quantity)
        first, last = trim(masked, begins, max(stop, quantity.end))
        yield _Clause(quantity, min(first, quantity.start), max(last, quantity.end), start)
        start = begin


def _between(masked: str, start: int, end: int, *, closed: bool) -> tuple[int, int]:
    """Return where the clause of one figure ends and that of the next begins."""
    separators = [(m.start() + start, m.end() + start) for m in _COMMA.finditer(masked[start:end])]
    if not separators:
        return (start, start) if closed else (end, end)
    for stop, begin in reversed(separators[-MAX_SEPARATORS:]):
        if not skip_leading(masked, begin, end)[1]:  # the next figure opens its clause
            return stop, begin
    strong = [pair for pair in separators if cue("starter").match(masked, pair[1])]
    if closed:
        return (strong or separators)[0]
    commas = [pair for pair in separators if masked[pair[0]] == ","]
    return (strong or commas or separators)[-1]


def _tail(masked: str, start: int, end: int, *, opens: bool) -> int:
    commas = (m for m in _COMMA.finditer(masked, start, end) if m[0] != " và ")
    ends = (m.start() for m in commas if not opens or cue("starter").match(masked, m.end()))
    return next(ends, end)


def _lead_cut(masked: str, start: int, quantity: Quantity) -> int:
    """Return where the clause of a figure begins, after clauses of its segment without figures."""
    figure = quantity.start
    commas = [m for m in _COMMA.finditer(masked, start, figure) if m[0] != " và "]
    for match in reversed(commas[-MAX_SEPARATORS:]):
        dated = _TIME.search(masked, max(start, match.start() - 8), match.start())
        opens = dated or cue("starter").match(masked, match.end())
        if opens or not skip_leading(masked, match.end(), figure)[1]:
            start = match.end()
            break
    verbs = list(_AIM_VERB.finditer(masked, start, figure))
    if verbs and skip_leading(masked, start, verbs[-1].start())[1]:
        closes = _CLOSED.match(masked, quantity.end) is not None
        if not closes or skip_leading(masked, verbs[-1].start(), figure)[1]:
            return verbs[-1].start()
    return start


def _measured(text: str, lowered: str, clause: _Clause) -> tuple[str, str]:
    """Return whom or what the figure of a clause counts, and what of it is measured."""
    quantity = clause.quantity
    begin, closes = skip_leading(lowered, clause.start, quantity.start)
    if quantity.kind == "level" and lowered.endswith("đạt ", clause.start, begin):
        begin -= len("đạt ")
    if closes and not (
        quantity.kind == "share" and _TO_WHOM.search(lowered, begin, quantity.start)
    ):
        return _closing(text, lowered, begin, quantity.start)
    start = quantity.end
    if quantity.kind == "count":  # the unit is the head of the subject: "33 trường học"
        start = lowered.rfind(quantity.unit.lower(), quantity.start, quantity.end)
        start = quantity.end if start < 0 else start
    start += len("số ") * lowered.startswith(" số ", start) + lowered.startswith(" ", start)
    words = "" if quantity.kind == "money" else text[start : clause.end]
    bounded = at_least(quantity, lowered[quantity.end : clause.end])
    words = (words.split(" trở lên")[0] if bounded else words.removesuffix(" trở lên")).strip(MARKS)
    low = lower(words)
    predicate, beneficiary = cue("predicate").search(low), _FOR.search(low)
    if beneficiary and (predicate is None or beneficiary.start() < predicate.start()):
        return words[beneficiary.end() :], words[: beneficiary.start()].strip(MARKS)
    if predicate:
        return words[: predicate.start()].strip(MARKS), words[predicate.start() :].strip(MARKS)
    verbs = list(cue("verb").finditer(lowered, clause.start, quantity.start))
    return words, text[verbs[-1].start() : verbs[-1].end()] if verbs else ""


def _closing(text: str, lowered: str, start: int, end: int) -> tuple[str, str]:
    """Read the words before a figure: "tỷ lệ huy động trẻ 5 tuổi", "số trường đạt chuẩn"."""
    words = text[start:end].strip(MARKS)
    for _ in range(MAX_LINKS):
        if (link := _link().search(lower(words))) and link.start() > 0:
            words = words[: link.start()].rstrip(MARKS)
    low = lower(words)
    if split := _WITH_RATE.search(low):
        beneficiary = _FOR.search(low, 0, split.start())
        return words[beneficiary.end() if beneficiary else 0 : split.start()], words[split.end() :]
    if whole := _WHOLE.search(low):
        return words[whole.start() : whole.end()], words
    rate = _RATE.search(low)
    head = words[rate.end() :] if rate else words
    if rate and (process := cue("process").match(lower(head))):
        return head[process.end() :].strip(), words
    predicate = cue("predicate").search(lower(head))
    return head[: predicate.start() if predicate else None].strip(MARKS), words


@cache
def _link() -> re.Pattern[str]:
    return re.compile(rf"(?: (?:{cue('link').pattern})|,)$")
