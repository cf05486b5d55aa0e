"""Numeric targets and reported results: "có trên 60% trẻ dưới 3 tuổi đến nhà trẻ".

A sentence is cut into segments at ; : . and at parentheses with figures, each segment into one
clause for each figure. A figure opens its clause ("100% giáo viên đạt chuẩn") or closes it ("tỷ lệ
lao động qua đào tạo đạt 55%"); what it counts stands on the other side. The words that tell these
apart are the cues of ``vocabulary/measures.json``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, zip_longest
from operator import attrgetter

from docsearch.facts.deadlines import find_deadlines
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
from docsearch.parse.view import View
from docsearch.records import Heading, Target, TargetKind

_BOUNDARY = re.compile(r"[;:](?= |$)|\.(?= |$)| [-–+•] (?=[A-ZĐÀ-Ỹ])")
_ENCLOSED = re.compile(r"\([^()]*\)|[“\"][^“”\"]*[”\"]")
_SENTENCE_END = re.compile(r"\.(?= |$)")
_COMMA = re.compile(r",? (?:và )?trong đó,? |, | và ")
_RATE = re.compile(r"(?<!\w)(?:t[ỷỉ] lệ|mức|số lượng|tổng số|số)(?: bình quân)? ")
_FOR = re.compile(r"(?<!\w)(?:cho|đối với) ")
_WITH_RATE = re.compile(r" với (?=t[ỷỉ] lệ|mức)")
_WHOLE = re.compile(r"(?<!\w)toàn (?:huyện|xã|tỉnh|thành phố|thị trấn|ngành)(?! hội|\w)")
_TIME = re.compile(r"(?:[0-9]{4}|(?:h[ằà]ng|mỗi) năm)$")
_AIM_VERB = re.compile(r"(?<!\w)(?:(?:để )?(?:đảm bảo|bảo đảm)|ph[ấầ]n đ[ấầ]u)(?!\w)")
MAX_LINKS = 6  # "đạt tỷ lệ", "giảm xuống còn": arbitrary, keeps a line of such words linear
MAX_SEPARATORS = 40  # looked at before one figure: arbitrary, for the same reason
_STRIVE = re.compile(r"ph[ấầ]n đ[ấầ]u|chỉ tiêu")
_HAS_REACHED = re.compile(r"(?<!\w)đã đạt|hiện (?:nay|có)|ước đạt")
_YEAR = re.compile(r"(?<!so với )(?<!\w)năm ((?:19|20)[0-9]{2})(?![0-9]| ?[-–])")
_PERIOD = re.compile(
    r"([0-9]{4})-[0-9]{2}-[0-9]{2}$|[0-9]{4}(?:-(?:[0-9]{2}|Q[1-4]))?(?:/[0-9]{4})?$|P[0-9]+[WMY]$"
)


@dataclass(frozen=True, slots=True)
class _Clause:
    quantity: Quantity
    start: int
    end: int


def find_targets(
    view: View, *, headings: tuple[Heading, ...], issued_on: str | None
) -> tuple[Target, ...]:
    """Return the figures that a sentence or paragraph sets as goals or reports as reached.

    Ages, class numbers, years, dates, document and list numbers are none, nor are rates of payment
    outside a list of goals.

    Args:
        view: the words of one sentence or paragraph.
        headings: those above, outermost first: they give period and kind where the words do not.
        issued_on: the document's date of issue, ISO 8601: a period over by then is achieved.

    Returns:
        One target for each figure, in order; ``indicator`` is empty where the clause has none.
    """
    lowered = lower(view.text)
    quantities = find_quantities(lowered)
    if not quantities:
        return ()
    context = _Context.of(view, lowered, headings, issued_on)
    targets: list[Target] = []
    for clause in _clauses(view.text, quantities):
        if not context.counts(clause):
            continue
        quantity = clause.quantity
        subject, indicator = _measured(view.text, lowered, clause)
        subject = subject or (targets[-1].subject if targets else "")
        if not subject and not indicator:
            continue
        bounded = at_least(quantity, lowered[quantity.end : clause.end])
        targets.append(
            Target(
                subject=subject,
                indicator=indicator,
                comparator=">=" if bounded else quantity.comparator,
                value=quantity.value,
                unit=quantity.unit,
                period=context.period(clause),
                kind=context.kind(clause),
                span=view.span(clause.start, clause.end),
                headings=headings,
                value_to=quantity.value_to,
            )
        )
    return tuple(targets)


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    kind: TargetKind
    looks: bool  # says of itself that it sets a goal or looks back


@dataclass(frozen=True, slots=True)
class _Context:
    """What a paragraph and the headings above it say of time and of goals or results."""

    lowered: str
    times: tuple[tuple[int, str], ...]  # position and period, in order
    sentences: tuple[_Sentence, ...]
    period_above: str | None
    goals_above: bool
    results_above: bool

    @classmethod
    def of(
        cls, view: View, lowered: str, headings: tuple[Heading, ...], issued_on: str | None
    ) -> _Context:
        default: TargetKind = "target"
        above = [lower(heading.text) for heading in headings]
        for text in above:
            if cue("goal-heading").search(text) or cue("plan-heading").search(text):
                default = "target"
            elif cue("reached-heading").search(text):
                default = "achieved"
        goals = any(cue("goal-heading").search(text) for text in above)
        known = issued_on and issued_on[:4].isdecimal() and not goals
        year = int(issued_on[:4]) if issued_on and known else 0
        times = _times(view, lowered, issued_on)
        return cls(
            lowered,
            times,
            sentences=tuple(_sentences(lowered, times, default, year)),
            period_above=_period_above(headings, issued_on),
            goals_above=goals,
            results_above=default == "achieved",
        )

    def sentence(self, clause: _Clause) -> _Sentence:
        position = bisect_right(self.sentences, clause.start, key=attrgetter("start"))
        return self.sentences[position - 1]

    def kind(self, clause: _Clause) -> TargetKind:
        """Return whether a clause sets a goal or reports a result."""
        words = self.lowered[clause.start : clause.quantity.start]
        if _STRIVE.search(words):
            return "target"
        return "achieved" if _HAS_REACHED.search(words) else self.sentence(clause).kind

    def counts(self, clause: _Clause) -> bool:
        """Return whether a figure is a goal or result, and not a sum to pay or a passing count."""
        words = self.lowered[clause.start : clause.end]
        strong = self.goals_above or _STRIVE.search(words) is not None
        if not strong and cue("payment").search(words):
            return False
        if clause.quantity.kind == "share":
            return strong or cue("share").search(words) is not None
        cued = clause.quantity.kind == "level" or cue("count").search(words) is not None
        return cued and (strong or self.results_above or self.sentence(clause).looks)

    def period(self, clause: _Clause) -> str | None:
        """Return the period that the clause names, else its sentence before it, else a heading."""
        position = bisect_left(self.times, (clause.start, ""))
        if position < len(self.times) and self.times[position][0] < clause.end:
            return self.times[position][1]
        if position and self.times[position - 1][0] >= self.sentence(clause).start:
            return self.times[position - 1][1]
        return self.period_above


def _sentences(
    lowered: str, times: Sequence[tuple[int, str]], kind: TargetKind, issued: int
) -> Iterator[_Sentence]:
    """Tell the kind of each sentence; one that says nothing goes on with that before it."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(lowered))]
    for start, end in zip(starts, [*starts[1:], len(lowered)], strict=True):
        words = lowered[start:end]
        named = times[bisect_left(times, (start, "")) : bisect_left(times, (end, ""))]
        years = [int(v[-4:]) - ("/" in v) for _, v in named if v[-4:].isdecimal()]
        back = any(year < issued for year in years) or cue("reached").search(words) is not None
        aims = cue("aim").search(words) is not None
        if _STRIVE.search(words):
            kind = "target"
        elif back or aims:
            kind = "achieved" if back else "target"
        yield _Sentence(start, kind, back or aims)


def _times(view: View, lowered: str, issued_on: str | None) -> tuple[tuple[int, str], ...]:
    times = []
    ends = [(0, 0)]  # where each time limit begins and ends
    for deadline in find_deadlines(view, issued_on=issued_on):
        start = view.text.index(deadline.text, ends[-1][1])
        ends.append((start, start + len(deadline.text)))
        if period := _PERIOD.match(deadline.value or ""):
            times.append((start, period[1] or period[0]))
    for match in _YEAR.finditer(lowered):
        if ends[bisect_right(ends, (match.start(), len(lowered))) - 1][1] <= match.start():
            times.append((match.start(), match[1]))
    return tuple(sorted(times))


def _period_above(headings: tuple[Heading, ...], issued_on: str | None) -> str | None:
    for heading in reversed(headings):
        words = " ".join(heading.text.split())
        if times := _times(View(words, tuple(range(len(words)))), lower(words), issued_on):
            return times[0][1]
    return None


def _clauses(text: str, quantities: Sequence[Quantity]) -> Iterator[_Clause]:
    shown = list(text)  # without the commas and stops inside enclosed words that hold no figure
    cuts = {0, len(text)}
    starts = [quantity.start for quantity in quantities]
    for match in _ENCLOSED.finditer(text):
        if bisect_right(starts, match.end()) == bisect_right(starts, match.start()):
            shown[match.start() : match.end()] = "_" * (match.end() - match.start())
        elif match[0][0] == "(":
            cuts |= {match.start(), match.start() + 1, match.end() - 1, match.end()}
    masked = lower("".join(shown))
    for match in _BOUNDARY.finditer("".join(shown)):
        if not _labels(masked, match, quantities, starts):
            cuts.add(match.end())
    for start, end in pairwise(sorted(cuts)):
        inside = quantities[bisect_left(starts, start) : bisect_left(starts, end)]
        yield from _cut(masked, inside, start, end)


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
        begins = _lead_cut(masked, start, quantity.start)
        first, last = trim(masked, begins, max(stop, quantity.end))
        yield _Clause(quantity, min(first, quantity.start), max(last, quantity.end))
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


def _lead_cut(masked: str, start: int, figure: int) -> int:
    """Return where the clause of a figure begins, after clauses of its segment without figures."""
    commas = [m for m in _COMMA.finditer(masked, start, figure) if m[0] != " và "]
    for match in reversed(commas[-MAX_SEPARATORS:]):
        dated = _TIME.search(masked, max(start, match.start() - 8), match.start())
        opens = dated or cue("starter").match(masked, match.end())
        if opens or not skip_leading(masked, match.end(), figure)[1]:
            start = match.end()
            break
    verbs = list(_AIM_VERB.finditer(masked, start, figure))
    if verbs and skip_leading(masked, start, verbs[-1].start())[1]:
        return verbs[-1].start()
    return start


def _measured(text: str, lowered: str, clause: _Clause) -> tuple[str, str]:
    """Return whom or what the figure of a clause counts, and what of it is measured."""
    quantity = clause.quantity
    begin, closes = skip_leading(lowered, clause.start, quantity.start)
    if quantity.kind == "level" and lowered.endswith("đạt ", clause.start, begin):
        begin -= len("đạt ")
    if closes:
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
