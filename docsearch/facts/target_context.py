"""Whether a figure is set as a goal or reported as reached, and for when.

The words before a figure say so, else what the paragraph said last, else the headings, else the
type of the document. The words that tell these apart are cues of ``vocabulary/measures.json``.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

from docsearch.facts.deadlines import find_deadlines
from docsearch.facts.heads import pattern
from docsearch.facts.quantities import MARKS, cue, lower, skip_leading
from docsearch.facts.target_clauses import Clause
from docsearch.parse.view import View
from docsearch.records import Heading, TargetKind

_Region = Literal["goals", "plan", "results", "money", "norm", ""]
"""What stands below a heading: goals, work to come, results, money to spend, an article."""

_ENCLOSED = re.compile(r"\([^()]*\)|[“\"][^“”\"]*[”\"]")
_BESIDE = re.compile(r" (?:vào |đến |trong )?(?:cuối )?| ?\((?=năm [0-9]{4}\))")
_SEGMENT_END = re.compile(r"[;.](?= |$)|[|]")
_SENTENCE_END = re.compile(r"\.(?= |$)")
MAX_LIST: Final = 160  # code points between a figure and the time that closes its list: arbitrary
MAX_SEPARATORS: Final = 40  # looked at before one figure: arbitrary, for the same reason
_SCOPE: Final = 600  # code points before a figure that are searched for its cues: arbitrary
_YEAR = re.compile(
    r"(?<!so với )(?<!so với cùng kỳ )(?<!lần )(?<!\w)"
    r"năm (?P<year>(?:19|20)[0-9]{2})(?![0-9]| ?[-–] ?[0-9])"
)
_OPENS = re.compile(r"[-+• ]*(?:(?:trong|từ|vào|đến|trước|cuối|hết) ){0,2}")
_COUNTED = re.compile(
    r"(?: \(|(?<!\w))(?:tính (?:đến|tới)"
    r"|(?:đến|tới)(?=[^.;,()]{4,40}?(?: (?:đã|mới|vẫn|(?:được|còn) [0-9])|(?<=[0-9])\))))"
    r"(?: hết| thời điểm)?(?: [0-9]{1,2} ?(?:giờ|h)(?: ?[0-9]{1,2})?(?: phút)?,?)? (?:ngày )?"
    r"(?P<day>[0-9]{1,2})(?: ?/ ?| tháng )(?P<month>[0-9]{1,2})"
    r"(?:(?: ?/ ?| năm )(?P<year>[0-9]{4}))?(?![0-9])"
)
# "vụ đông 2019 - 2020", too
_TERM = re.compile(
    r"(?<!\w)(?:nhiệm kỳ|niên vụ|vụ (?:đông(?: xuân)?|mùa|xuân|hè thu|thu đông|chiêm)) \(?"
    r"(?P<start>[0-9]{4}) ?[-–—] ?(?P<finish>[0-9]{4})(?![0-9])"
)
# "đến hết niên độ ngân sách đạt trên 95%": the year of the issue
_BUDGET_YEAR = re.compile(
    r"(?<!\w)(?:hết|cuối) niên độ(?: ngân sách)?(?!\w| ngân sách| ?\(| (?:năm )?[0-9])"
)
# "thấp hơn cùng kỳ năm 2020 (42,1%)"
_YEAR_OF_BRACKETS = re.compile(r"(?<!\w)năm (?P<year>(?:19|20)[0-9]{2}) ?\((?:đạt |là )?$")
_PART_YEAR = re.compile(
    r"(?<!\w)(?P<months>0?[369]) tháng(?: đầu)?(?: của)? năm(?: (?P<year>20[0-9]{2}))?"
)
_LAST_HALF = re.compile(
    r"(?<!\w)(?P<months>0?6|sáu|0?3|ba) tháng cuối năm(?: (?P<year>20[0-9]{2}))?(?![0-9])"
)
# In a heading a quarter or month says what stands below it, with no word before it.
_HEADING_TIME = re.compile(
    r"(?<!\w)(?:qu(?:ý|í) (?P<quarter>i{1,3}|iv|[1-4])|tháng (?P<month>0?[1-9]|1[0-2]))"
    r"(?: ?/ ?|,? năm )(?P<year>20[0-9]{2})(?![0-9])"
)
_HALF = re.compile(r"[0-9]{4}-(01|07)/[0-9]{4}-(?:06|12)")
_NAMED_QUARTER = re.compile(
    r"(?<!\w)(?:phấn đấu|riêng|cả) (?:trong )?quý (?P<quarter>i{1,3}|iv|[1-4])(?!\w)"
    r"(?:(?: ?/ ?| năm )(?P<year>20[0-9]{2}))?"
)
# "quý I đạt 10%, quý II đạt 40%": a quarter with a figure of its own
_EACH_QUARTER = re.compile(
    r"(?<!\w)(?<!hết )(?<!đến )(?<!trong )(?<!trước )(?<!vào )qu[ýí] (?P<quarter>i{1,3}|iv|[1-4])"
    r"(?!\w)(?:(?: ?/ ?| năm )(?P<year>20[0-9]{2}))?"
    r"(?=:? (?:đạt|giải ngân|thu|hoàn thành|còn|phấn đấu|thực hiện|tối thiểu|ít nhất|trên|là|được)"
    r"(?!\w)[^,;.]{0,40}[0-9]|: [0-9])"
)
_IN_BRACKETS = re.compile(  # "đến hết niên độ ngân sách (31/01/2025)"
    r"(?<!\w)(?:đến|tới|hết|trước)(?: [^ ,.;:()0-9]+){1,5} \((?:ngày )?(?P<day>[0-9]{1,2}) ?/ ?"
    r"(?P<month>[0-9]{1,2}) ?/ ?(?P<year>[0-9]{4})\)"
)
# "Các trang trại có quy mô từ 200 con": which are meant
_MERGED = re.compile(r"(?<!\w)trên cơ sở (?:sáp nhập|nhập|hợp nhất|chia tách)[^;.]{0,40}$")
_SIZED = re.compile(r"(?<!\w)(?:có|với) (?:quy mô|công suất|tải trọng|dung tích|số vốn) ?$")
_NOW = re.compile(r"(?<!thực )(?<!phát )(?<!\w)hiện (?:nay|có|tại|còn) ?$")
_TERM_YEARS = re.compile(r"[0-9]{4}/[0-9]{4}")
_TERM_LONG = re.compile(r"(?<!\w)(?:cả|toàn) nhiệm kỳ(?! \(?[0-9])")
_YEARS = re.compile(r"[0-9]{4}(?:/[0-9]{4})?")
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_WHOLE_YEAR = re.compile(r"(?<!\w)cả năm(?! ?(?:học|[0-9]))")
# "Trong đợt cao điểm năm 2012 … Cả năm xảy ra 3 vụ": of the year that is told of
_TOLD_YEAR = re.compile(r"(?<!so với )(?<!cùng kỳ )năm (?P<year>(?:19|20)[0-9]{2})(?![0-9])")
# "(năm học trước 98,9%)"
_YEAR_BEFORE = re.compile(
    r"(?<!so với )(?<!cùng kỳ )(?<!hơn )(?<!bằng )(?<!\w)năm(?: học)? (?:trước|ngoái)"
    r"(?=:? (?:đạt |là |có |còn |mới đạt )?[0-9][0-9.,]*(?! ?[/0-9-]| tháng| giờ| ngày))"
)
# "Năm học này các trường phấn đấu": the one that has begun, or the next in summer
_THIS_SCHOOL_YEAR = re.compile(r"(?<!\w)năm học này(?!\w)")
# "đợt rét đậm tháng 02/2022 làm chết 92 con": when it happened
_HAPPENED = re.compile(
    r"(?<!\w)(?:đợt|trận|cơn|vụ) (?:[^\W\d_]+,? ){1,7}tháng (?P<month>0?[1-9]|1[0-2])"
    r"(?: ?/ ?| năm )(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
)
_OPENS_WITH_YEAR = re.compile(
    r"[-+• ]*(?:(?:trong|bước vào|tính đến|hết) )?năm (?:19|20)[0-9]{2}(?![0-9])"
)
_PAST_YEAR = re.compile(
    r"[-+• ]*(?:(?:trong|kết thúc|hết|tổng kết|kết quả) )?năm (?P<year>(?:19|20)[0-9]{2}),? (?!và )"
    r"(?![^.;]{0,60}(?:kế hoạch|chỉ tiêu|mục tiêu|phấn đấu))"
)
_PER_YEAR = re.compile(r"(?: trở lên)? (?:một|mỗi) năm(?! học| ?[0-9])(?!\w)")
_AIMS = re.compile(r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu|nhiệm vụ|quyết tâm|tập trung)(?!\w)")
_DAYS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}/([0-9]{4}-[0-9]{2}-[0-9]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LAST_TIME = re.compile(r"[0-9][^,]{0,80}$")  # another figure before the time
_ONE_TIME = re.compile(
    r"(?:(?:vào|đến|trong|hết|cuối|trước|tới) )*(?:ngày |tháng |quý |năm )?[0-9ivx/]+"
    r"(?:(?: năm |/)[0-9]{4})?[) ]*"
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
    r"|P(?:1Y|1M|3M)$"
)
_SCHOOL_YEAR = re.compile(r"(?<!\w)năm học [0-9]{4} ?[-–/] ?[0-9]{2,4}")
_SO_FAR = re.compile(r"(?<!\w)từ đầu năm (?:đến|tới) nay")
_TO_NOW = re.compile(r"(?:^|(?<=[-+•] )|(?<=[.;,] )|(?<=nhưng ))(?:cho )?đến nay(?!\w)")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_HEAD_NUMBER = re.compile(
    r"(?:(?:phần|chương|mục|điều)(?: thứ)? (?:[0-9]+|[ivxlc]+|nhất|hai|ba|tư|bốn|năm|[a-zđ])(?!\w)"
    r" ?[.:\-–/]* ?"
    r"|[ivxlc]+ ?[.\-–/)]+ ?|[0-9]{1,2}(?:\.[0-9]{1,2})*[.\-–)/]* ?|[a-zđ] ?[.)\-–/] ?|[-+•*] ?)*"
)
_ARTICLE = re.compile(r"điều [0-9]+[a-zđ]?(?:[.:]| |$)")
_ALLOTS = re.compile(
    r"(?<!\w)(?:dành|bố trí|phân bổ|cân đối|tạm ứng|trích|cấp)(?: [^ ,.;]+){0,3} ?$"
)
_REVENUE = re.compile(r"(?<!\w)(?:thuế|lệ phí|phí|tiền)(?!\w)[^,;.]*$")
_BY_YEAR = re.compile(r"(?<!\w)(?:đến|vào|hết|cuối) năm [0-9]{4}")
SIZES: Final = frozenset(
    ("ha", "km", "tấn", "con", "m3", "tạ", "tạ/ha", "kg", "mw", "MW", "cây", "quả")
)
_MIN_LEADS: Final = frozenset(("ít nhất", "tối thiểu", "không dưới", "chí ít"))


# "Đầu năm 2024 toàn xã có 87 hộ nghèo": how things were, whatever stands above
_BEGUN = re.compile(
    r"[-+• ]*(?:vào |tính đến |đến )?đầu năm (?P<year>(?:19|20)[0-9]{2}),? [^,;.:0-9]{0,60}(?<!\w)"
    r"(?:có|còn|là)(?!\w)"
)
# "bằng 102% năm 2023", "theo chuẩn nghèo giai đoạn 2022 - 2025": the time of something else
_OF_ANOTHER = re.compile(
    r"(?:(?<!\w)(?:bằng|gấp|cao hơn|thấp hơn) (?:khoảng |trên )?[0-9][0-9.,]* ?(?:%|‰|lần)"
    r"(?: so với)?(?: thực hiện| kết quả| mức)?|(?:chuẩn nghèo|bộ tiêu chí)[^,;.:()]{0,40}?"
    r"|(?<!\w)so với(?: [^,;.0-9]{1,40}?)?"
    r"|(?<!\w)từ [0-9][0-9.,]* ?(?:%|‰|[^\W\d_]+(?: [^\W\d_]+){0,2})? ?\(?(?:vào|trong|của|cuối)?"
    r"|(?<!\w)(?:thời hạn|hạn cuối|hạn)(?: [^ ,;.:()]+){0,4}?(?: là|:)?) ?$"
)
_DUE = re.compile(
    r"(?![^.;:0-9]*(?<!\w)(?:báo cáo|trong đó|sau đó|tiến tới|tạo))[^.;:0-9()]{0,120}?"
    r"(?P<done>(?:hoàn thành|xong|hoàn tất|dứt điểm)(?: xong)? ?)?"
)


def _of_another(lowered: str, position: int) -> bool:
    """Return whether a time is that of what a figure is compared with, or of a norm."""
    return _OF_ANOTHER.search(lowered, max(0, position - 80), position) is not None


@dataclass(slots=True)
class Context:
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
    last: str | None = None  # the time that the paragraph named last
    planned: bool = False  # whether ``period_above`` is that of a title, and still running
    over: bool = False  # whether the sentence begins with a year that was over: "Năm 2022, …"
    inner: tuple[int, TargetKind, bool] | None = None  # parentheses, and what they said last
    votes: bool = False  # whether the paragraph tells of a vote

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
    ) -> Context:
        """Return the context of a paragraph; see ``find_targets`` for the arguments."""
        region: _Region = ""
        for heading in headings:
            region = _region(lower(heading.text), region)
        if reports and region == "":
            region = "results"
        above = _period_above(headings, issued_on)
        year = above or period or ""
        ahead = year.isdecimal() and issued_on and year == str(int(issued_on[:4]) + 1)
        if ahead and region in ("goals", "plan"):  # the plan of a year is issued late in the last
            issued_on = f"{year}-01-01"
        times = _times(view, lowered, issued_on)
        times = tuple(time for time in times if not _of_another(lowered, time[0]))
        term = next((one for one in (above, period) if one and _TERM_YEARS.fullmatch(one)), None)
        if term:
            named = ((match.start(), term) for match in _TERM_LONG.finditer(lowered))
            times = tuple(sorted((*times, *named)))
        return cls(
            lowered,
            times=times,
            enclosed=tuple(m.span() for m in _ENCLOSED.finditer(lowered) if m[0][0] == "("),
            region=region,
            period_above=above or period,
            issued_on=issued_on if issued_on and issued_on[:4].isdecimal() else "",
            state="achieved" if region == "results" else "target",
            planned=bool(not above and not reports and _YEARS.fullmatch(period or ""))
            and (period or "")[:4] >= (issued_on or "9")[:4],
            votes=cue("vote").search(lowered) is not None,
        )

    def read(self, clause: Clause) -> tuple[TargetKind, bool]:
        """Return whether a clause sets a goal or reports a result, and whether its words say so."""
        self._begin_sentence(clause)
        around = self._around(clause.quantity.figure)
        if around != -1 and (self.inner is None or self.inner[0] != around):
            self.inner = (around, self.state, self.looks)
        said = self._said(clause)
        if around == -1:
            self.inner = None
            if (self.region, said) in (("goals", "achieved"), ("results", "target")):
                near = self.lowered[clause.scope : clause.quantity.start]
                planned = cue("planned").search(near) and not cue("strive").search(near)
                if self.region == "goals" or planned:
                    return said or self.state, True  # what follows is as the heading says
            if said is not None:
                self.state, self.looks = said, True
                self.over = self.over and said == "achieved"
            return self.state, self.looks
        kind, looks = self.inner[1:] if self.inner else (self.state, self.looks)
        if said is not None:
            kind, looks = said, True
        self.inner = (around, kind, looks)
        return kind, looks

    def _begin_sentence(self, clause: Clause) -> None:
        ends = list(_SENTENCE_END.finditer(self.lowered, clause.scope, clause.quantity.start))
        if ends and self._around(ends[-1].start()) == -1:
            self.sentence = ends[-1].end()
        elif clause.scope > 0:
            return
        opening = min(self.sentence + _OPENING, clause.quantity.start)
        begins = _PAST_YEAR.match(self.lowered, self.sentence, clause.quantity.start)
        was = self.over
        self.over = begins is not None and begins["year"] < self.issued_on[:4]
        if self.region == "goals":
            if was and not self.over:
                self.state, self.looks = "target", False
            return
        self.looks = (
            cue("reached").search(self.lowered, self.sentence, opening) is not None or self._begun()
        )
        if self.looks:
            self.state = "achieved"

    def _begun(self) -> bool:
        """Return whether a sentence says how a year begins: "Đầu năm 2024 toàn xã có 87 hộ …"."""
        begun = _BEGUN.match(self.lowered, self.sentence)
        return begun is not None and "" < begun["year"] <= self.issued_on[:4]

    def _around(self, position: int) -> int:
        """Return which parentheses a position is in, or -1."""
        nearest = bisect_right(self.enclosed, (position, len(self.lowered))) - 1
        inside = nearest >= 0 and position < self.enclosed[nearest][1]
        return nearest if inside else -1

    def _said(self, clause: Clause) -> TargetKind | None:
        figure = clause.quantity.start
        scope = max(clause.scope, figure - _SCOPE)
        marks = [m.end() for m in _SEGMENT_END.finditer(self.lowered, scope, figure)]
        start = marks[-1] if marks else scope
        near = self.lowered[start:figure]
        if cue("strive").search(near) or cue("planned").search(near):
            return "target"
        after = self.lowered[clause.quantity.end : clause.end]
        compared = self.region == "" and cue("reached-after").search(after) is not None
        reached = cue("reached-beside" if self.region == "goals" else "reached")
        if compared or reached.search(near):
            return "achieved"
        if (past := self._past(start, clause)) is not None:
            return "achieved" if past else "target"
        if self.over and self._time(start, clause) is None:
            return "achieved"  # "Năm 2022, … kiểm tra 96 tổ chức; thi hành kỷ luật 19 đảng viên"
        if self.region != "results" and (cue("aim").search(near) or cue("aim").search(after)):
            return "target"
        for begin in reversed([scope, *marks[:-1]]):  # segments without a figure
            words = self.lowered[begin:start]
            if cue("strive").match(words.lstrip(MARKS)):
                return "target"
            if self.region != "goals" and cue("reached").search(words):
                return "achieved"
            break
        return None

    def _past(self, start: int, clause: Clause) -> bool | None:
        """Return whether the time that a clause names was over on the day of issue."""
        named = self._time(start, clause)
        if named is None or not self.issued_on or not named[:4].isdecimal():
            return None
        end = named.rpartition("/")[2]
        if len(end) == 4 and _SCHOOL_YEAR.search(self.lowered, start, clause.quantity.end):
            end = f"{end}-07"  # a school year is over in summer
        shortest = min(len(end), len(self.issued_on))
        if "Q" in end:
            end, shortest = f"{end[:4]}-{3 * int(end[6]):02}", min(7, len(self.issued_on))
        if end[:shortest] == self.issued_on[:shortest]:
            begun = "/" in named and named[:4] < self.issued_on[:4] and len(end) == 4
            return True if begun and self.region in ("", "results") else None
        return end[:shortest] < self.issued_on[:shortest]

    def _time(self, start: int, clause: Clause) -> str | None:
        """Return the time named last before a figure, from ``start``, else first after it."""
        around = self._around(clause.quantity.figure)
        position = bisect_left(self.times, (clause.quantity.start, ""))
        times = clause.quantity.kind == "times"  # what follows is what it is compared with
        for at, value in () if times else self.times[position : position + 1]:
            if _BESIDE.fullmatch(self.lowered, clause.quantity.end, max(at, clause.quantity.end)):
                return value  # "51 triệu đồng năm 2020"
        after = self.times[position] if position < len(self.times) and not times else None
        if after and after[0] >= clause.end:
            after = None
        for at, value in reversed(self.times[max(0, position - MAX_SEPARATORS) : position]):
            if at < start:
                break
            if after and _SEGMENT_END.search(self.lowered, at, clause.quantity.start):
                break  # "…; 70% hồ sơ nộp trực tuyến trong quý IV": a time of its own
            if self._around(at) in (-1, around):
                return value
        return after[1] if after else None

    def counts(self, clause: Clause, kind: TargetKind, *, looks: bool) -> bool:
        """Return whether a figure is a goal or result, and not a sum to pay or a passing count."""
        words = self.lowered[clause.start : clause.end]
        quantity = clause.quantity
        near = self.lowered[max(clause.scope, quantity.start - 120) : quantity.start]
        if (quantity.kind == "times" and not cue("times").search(near)) or _MERGED.search(near):
            return False
        often = quantity.kind != "share" and cue("often").search(near)
        if often or cue("required").search(near):
            return False
        if quantity.kind == "other" and not self._unlisted(clause, near):
            return False
        if cue("defines").match(self.lowered[quantity.end : clause.end].lstrip()):
            return False
        strong = cue("strive").search(near) is not None
        begin = max(self.sentence, quantity.start - _SCOPE)
        if self.votes and cue("vote").search(self.lowered, begin, clause.end):
            return False
        counted = looks and kind == "achieved" and self._time(self.sentence, clause) is not None
        said = strong or counted
        if self.region in ("norm", "money") and not (said or _BY_YEAR.search(near)):
            return False
        if self.region == "results" or (looks and kind == "achieved"):
            return quantity.kind == "count" or not self._pays(clause)
        if self.region == "goals":
            return not (quantity.lead and _SIZED.search(near))
        here = near.rpartition("; ")[2]
        if not strong and (cue("condition").search(here) or cue("condition-after").search(words)):
            return False
        return strong or self._told(clause, words, near, looks=looks)

    def _unlisted(self, clause: Clause, near: str) -> bool:
        """Return whether a noun that is no known unit is counted as a goal or result."""
        quantity = clause.quantity
        if self.region not in ("goals", "results"):
            return quantity.lead in _MIN_LEADS
        return bool(quantity.lead) or cue("counted").search(near[-_NEAR:]) is not None

    def _pays(self, clause: Clause) -> bool:
        """Return whether a figure is a rate or sum to be paid."""
        start, end = clause.quantity.start, clause.quantity.end
        before = self.lowered[max(clause.start, start - 60) : start]
        after = self.lowered[end : min(clause.end, end + 40)]
        revenue = _REVENUE.search(before) if self.region == "results" else None
        if revenue and clause.quantity.unit.startswith(("tỷ", "triệu")):
            return False  # "lệ phí trước bạ 45 tỷ đồng"
        if cue("payment").search(before):  # "học phí 90.000 đồng", and not "thu học phí đạt 97%"
            return not (clause.quantity.kind == "share" and before.endswith("đạt "))
        if clause.quantity.kind == "share":  # "50% học phí", and not "100% trường thu học phí"
            return cue("payment-after").match(after.lstrip()) is not None
        return cue("payment-after").search(after) is not None

    def _told(self, clause: Clause, words: str, near: str, *, looks: bool) -> bool:
        """Return whether a figure outside lists of goals and results is a goal of its own."""
        quantity = clause.quantity
        if quantity.kind in ("share", "money") and self._pays(clause):
            return False
        if quantity.kind == "money" and _ALLOTS.search(near):
            return False
        least = quantity.lead in _MIN_LEADS
        if quantity.kind == "share":
            said = bool(cue("share").search(words) or cue("works").search(near))
            said = said or (self.region == "plan" and self._of_whom(clause))
            return self.region != "money" and (looks or least or said)
        if quantity.kind == "level":
            return looks
        if quantity.kind in ("count", "other") and (least or cue("each").search(near)):
            return quantity.unit not in ("m2", "m", "m3", "bản")
        sized = quantity.unit in SIZES and quantity.lead != "từ"
        if self.region == "" and sized and cue("works").search(near):
            return True
        if self.region == "plan" and quantity.kind == "count":
            sized = quantity.unit.rpartition(" ")[2] in SIZES and bool(cue("count").search(words))
            rated = ("/" in quantity.unit or quantity.unit == "tuổi") and cue("count").search(words)
            if sized or rated or cue("works").search(near):
                return True
        return looks and self.region != "money" and cue("count").search(words) is not None

    def _of_whom(self, clause: Clause) -> bool:
        """Return whether a share opens its clause and says whose it is: "96% dân số tham gia …"."""
        if skip_leading(self.lowered, clause.start, clause.quantity.start)[1]:
            return False
        return cue("predicate").search(self.lowered, clause.quantity.end, clause.end) is not None

    def period(self, clause: Clause, kind: TargetKind) -> str | None:
        """Return the period that the clause names, else its sentence before it, else a heading."""
        if _NOW.search(self.lowered, clause.start, clause.quantity.start):
            return None  # "(hiện nay 86%)": no time is named
        near = max(0, clause.quantity.start - _NEAR)
        if beside := _YEAR_OF_BRACKETS.search(self.lowered, near, clause.quantity.start):
            return beside["year"]
        named = any(clause.start <= at < clause.quantity.end for at, _ in self.times)
        if not named and _PER_YEAR.match(self.lowered, clause.quantity.end):
            return "P1Y"  # "từ 6 triệu đồng trở lên một năm"
        own = self._time(self.sentence, clause)
        if own and kind == "target" and self.region != "goals" and self._apart(clause, own):
            own = None
        if own and kind == "target" and _DAY.fullmatch(own) and own < self.issued_on[:10]:
            own = self._to_come(clause)  # "đến năm 2015 … 70% (đến 30/6/2012 …); riêng xã A 90%"
        if own == "P1Y" and self._stale(clause):
            own = None
        days = _DAYS.fullmatch(own or "") if kind == "achieved" else None
        own = days[1] if days else own  # "Từ 01/7 đến 15/9/2025 tiếp nhận …": counted on the last
        own = own or (self._closing_time(clause) if kind == "target" else None)
        if own:
            self.last = own
            return own
        if kind == "achieved" and self.region != "results":
            return self.last  # the title's period is that of the plan
        above = self.period_above
        if kind == "achieved" and above and (self.planned or self._ahead(above)):
            return self._opening()
        return above

    def _to_come(self, clause: Clause) -> str | None:
        """Return the time before a figure, in its sentence, that was still to come when issued."""
        before = self.times[: bisect_left(self.times, (clause.quantity.start, ""))]
        named = (value for at, value in reversed(before) if at >= self.sentence)
        return next(
            (
                value
                for value in named
                if value[:4] >= self.issued_on[:4]
                and not (_DAY.fullmatch(value) and value < self.issued_on)
            ),
            None,
        )

    def _apart(self, clause: Clause, period: str) -> bool:
        """Return whether a day is that of another task of the sentence: "…, xong 15/7; …"."""
        position = bisect_left(self.times, (clause.quantity.start, "")) - 1
        if _YEARS.fullmatch(period) or period.startswith("P") or position < 0:
            return False
        start, value = self.times[position]
        stop = self.lowered.rfind("; ", start, clause.quantity.start)
        acts = pattern("verb").match(self.lowered, stop + 2) if stop >= 0 else None
        return value == period and start >= self.sentence and acts is not None

    def _closing_time(self, clause: Clause) -> str | None:
        """Return the time that closes a list: "lên 98%, đạt tối thiểu 80% vào cuối năm 2025"."""
        position = bisect_left(self.times, (clause.quantity.end, ""))
        if position >= len(self.times):
            return None
        start, value = self.times[position]
        if start - clause.quantity.end > MAX_LIST:
            return None
        words = self.lowered[clause.quantity.end : start]
        around = self._around(clause.quantity.figure)
        due = _DUE.fullmatch(words) if self._around(start) == around else None
        if due and not value.startswith("P") and (due["done"] or not _YEARS.fullmatch(value)):
            return value  # "bảo đảm mỗi xã lấy ít nhất 50 phiếu, hoàn thành trong quý IV"
        if _SEGMENT_END.search(words) or not _LAST_TIME.search(words):
            return None
        end = min(len(self.lowered), start + _NEAR)
        stop = _SEGMENT_END.search(self.lowered, start, end)
        rest = self.lowered[start : stop.start() if stop else end]
        return value if _ONE_TIME.fullmatch(rest) and _YEARS.fullmatch(value) else None

    def _opening(self) -> str | None:
        """Return the time that the paragraph begins with: "Tính đến ngày 31/12/2002, …"."""
        if not self.times or not _OPENS.fullmatch(self.lowered, 0, self.times[0][0]):
            return None
        period = self.times[0][1]
        return None if period.startswith("P") or self._ahead(period) else period

    def _stale(self, clause: Clause) -> bool:
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
    if outer in ("plan", "goals") and cue("review-heading").match(heading, start):
        return outer  # "Đánh giá công tác …" among tasks is a task
    reached = cue("reached-heading").match(heading, start)
    if cue("reached-says").search(heading) or (reached and not cue("expected").search(heading)):
        return "results"
    if outer == "results" and not cue("turn-heading").match(heading, start):
        return outer  # "Các chỉ tiêu chủ yếu" among results are results
    goal, plan = cue("goal-heading").search(heading), cue("plan-heading").search(heading)
    if goal and (plan is None or goal.start() < plan.start()):
        return "goals"
    if plan:  # "Định hướng đến năm 2030" among goals goes on with them
        return "goals" if outer == "goals" and plan[0] == "định hướng" else "plan"
    if cue("money-heading").search(heading):
        return "money"
    return "norm" if not outer and _ARTICLE.match(heading) else outer


def tells(heading: str) -> bool:
    """Return whether a heading says of itself what stands below it: goals, results, work."""
    words = lower(heading)
    return _region(words, "") != "" and not _ARTICLE.match(words)


def _numbered(heading: str) -> int:
    match = _HEAD_NUMBER.match(heading)
    return match.end() if match else 0


def _dated(lowered: str, issued_on: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the parts of a year, quarters and days up to which something is counted."""
    this = issued_on[:4]
    for match in _PART_YEAR.finditer(lowered):
        if year := match["year"] or this:
            yield match, f"{year}-0{match['months'][-1]}"
    for match in _LAST_HALF.finditer(lowered):
        if year := match["year"] or this:
            yield match, year
    for match in (*_NAMED_QUARTER.finditer(lowered), *_EACH_QUARTER.finditer(lowered)):
        if year := match["year"] or this:
            yield match, f"{year}-Q{_ROMAN.get(match['quarter'], match['quarter'])}"
    for match in _HAPPENED.finditer(lowered):
        yield match, f"{match['year']}-{int(match['month']):02}"
    for match in (*_COUNTED.finditer(lowered), *_IN_BRACKETS.finditer(lowered)):
        day = f"{int(match['month']):02}-{int(match['day']):02}"
        year = match["year"] or this
        if year and not match["year"] and day > issued_on[5:] > "":
            year = f"{int(year) - 1}"  # what is counted is over
        if _is_day(f"{year}-{day}"):
            yield match, _shown(f"{year}-{day}")


def _phrases(
    lowered: str, issued_on: str | None
) -> tuple[list[tuple[int, str]], list[tuple[int, int]]]:
    """Return the times that no time limit says, and where they stand in the line."""
    times: list[tuple[int, str]] = []
    ends = [(0, 0)]  # where each time that has been read begins and ends
    for match, period in _dated(lowered, issued_on or ""):
        times.append((match.start(), period))
        ends.append(match.span())
    for match in _TERM.finditer(lowered):
        named = _NAMED_YEAR.search(lowered, max(0, match.start() - 100), match.start())
        if match["start"] < match["finish"] and not named:
            times.append((match.start(), f"{match['start']}/{match['finish']}"))
            ends.append(match.span())
    if issued_on:
        told = [(match.start(), match["year"]) for match in _TOLD_YEAR.finditer(lowered)]
        ways = (_WHOLE_YEAR, _SO_FAR, _TO_NOW, _BUDGET_YEAR)
        for match in (match for way in ways for match in way.finditer(lowered)):
            before = bisect_left(told, (match.start(), "")) if match.re is _WHOLE_YEAR else 0
            times.append((match.start(), told[before - 1][1] if before else issued_on[:4]))
            ends.append(match.span())
        for match in _YEAR_BEFORE.finditer(lowered):
            times.append((match.start(), _year_before(issued_on, school="học" in match[0])))
            ends.append(match.span())
        for match in _THIS_SCHOOL_YEAR.finditer(lowered) if issued_on[5:7] else ():
            begun = int(issued_on[:4]) - (issued_on[5:7] < "07")
            times.append((match.start(), f"{begun}/{begun + 1}"))
            ends.append(match.span())
    return times, ends


def _year_before(issued_on: str, *, school: bool) -> str:
    """Return the year before that of the issue; a school year begins in summer."""
    year = int(issued_on[:4]) - 1
    if not school:
        return str(year)
    begun = issued_on[5:7] >= "07"
    return f"{year}/{year + 1}" if begun else f"{year - 1}/{year}"


def _times(view: View, lowered: str, issued_on: str | None) -> tuple[tuple[int, str], ...]:
    times, ends = _phrases(lowered, issued_on)
    ends.sort()
    end = 0
    of_year = _OPENS_WITH_YEAR.match(lowered) is not None
    for deadline in find_deadlines(view, issued_on=issued_on):
        start = view.text.index(deadline.text, end)
        end = start + len(deadline.text)
        aside = of_year and deadline.inferred and bool(_MONTH.fullmatch(deadline.value or ""))
        if not aside and not _taken(ends, start) and _PERIOD.match(deadline.value or ""):
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


def _is_day(value: str) -> bool:
    """Return whether the calendar has that day."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _taken(ends: Sequence[tuple[int, int]], position: int) -> bool:
    return ends[bisect_right(ends, (position, sys.maxsize)) - 1][1] > position


def _shown(value: str) -> str:
    """Return the time by which it is counted: the last day of a year is the year."""
    if half := _HALF.fullmatch(value):
        return value[-7:] if half[1] == "01" else value[:4]
    return value[:4] if value[4:] == "-12-31" else value


def _period_above(headings: tuple[Heading, ...], issued_on: str | None) -> str | None:
    for heading in reversed(headings):
        if period := named_period(heading.text, issued_on):
            return period
    return None


@cache
def named_period(text: str, issued_on: str | None) -> str | None:
    """Return the first period that a heading or title names, ISO 8601, or None."""
    words = " ".join(text.split())
    last = words.rpartition(". ")[2]
    if last != words and _AIMS.search(lower(last)) and (said := named_period(last, issued_on)):
        return said  # "Năm 2022 đã kiểm tra 96 tổ chức. Năm 2023, phấn đấu:"
    lowered = lower(words)
    times = _times(View(words, tuple(range(len(words)))), lowered, issued_on)
    found = [*times[:1]]
    if match := _HEADING_TIME.search(lowered):
        quarter, month = match["quarter"], match["month"]
        value = f"Q{_ROMAN.get(quarter, quarter)}" if quarter else f"{int(month):02}"
        found.append((match.start(), f"{match['year']}-{value}"))
    return min(found, key=lambda time: time[0])[1] if found else None
