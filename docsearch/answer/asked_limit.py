"""Which of the limits that fit a question are of the kind that it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeVar

from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.granularity import wanted_time
from docsearch.orthography import canonical
from docsearch.records import Deadline, Obligation

_Timed = TypeVar("_Timed", Candidate[Obligation], Candidate[Deadline])
NEARLY: Final = 0.75
"""Share of the best score from which a limit of the kind asked for comes first; arbitrary."""
_REPORTS: Final = re.compile(
    r"(?<!\w)(?:thời hạn|hạn|chế độ|kỳ hạn|mốc|thời gian) (?:gửi |nộp )?báo cáo(?!\w)"
    r"|(?<!\w)(?:gửi|nộp) (?:các )?báo cáo (?!.{0,60}(?:trước|sau) khi)"
    r"|(?<!\w)báo cáo [^,;:?]{1,80} (?:gửi|nộp)(?: (?:về|cho|lên) [^,;:?]{1,40})?"
    r" (?:vào |trước |chậm nhất |là )*(?:những |các )?(?:ngày|khi|lúc|hạn) (?:nào|mấy)(?!\w)"
)


_FROM_TO: Final = re.compile(
    r"(?<!\w)từ (?:ngày|tháng|năm|lúc|giờ|khi) (?:nào|mấy)(?!\w).{0,12}?"
    r"(?<!\w)(?:đến|tới) (?:hết )?(?:ngày|tháng|năm|lúc|giờ|khi) (?:nào|mấy)(?!\w)"
)


def asks_for_reports(spelled: str) -> bool:
    """Return whether a question asks for limits of reports: "hạn báo cáo quý III"."""
    return bool(_REPORTS.search(canonical(spelled)))


_REPORT: Final = re.compile(
    r"(?<!\w)báo cáo(?: (?!báo cáo)[\w-]+){0,10}? ?(?<!\w)"
    r"(quý (?:[ivx]+|\d)|(?:\d+|sáu|chín) tháng|tháng \d+|năm)(?! tháng)(?!\w)"
)
_ROMAN: Final = {"1": "i", "2": "ii", "3": "iii", "4": "iv"}
_DIGITS: Final = {"sáu": "6", "chín": "9"}


def report_named(text: str) -> str | None:
    """Return which report some words name by its period: "quý iii", "6 tháng", "năm"."""
    found = _REPORT.search(canonical(text))
    if found is None:
        return None
    first, *rest = found[1].split()
    if first == "quý":
        return f"quý {_ROMAN.get(rest[0], rest[0])}"
    return " ".join((_DIGITS.get(first, first), *rest))


def first_of_kind(
    context: Context, due: list[Candidate[Obligation]], timed: list[Candidate[Deadline]]
) -> tuple[list[Candidate[Obligation]], list[Candidate[Deadline]]]:
    """Return the limits of the kind asked for, where one fits nearly as well as any.

    Args:
        context: the question and the index.
        due: duties with a limit, best first.
        timed: clauses with a time, best first.

    Returns:
        Both without days where "bao lâu" asks how long, and periods alone where "từ ngày nào đến
        ngày nào" asks for one; duties without those that are no reports
        where the limit of a report is asked for. As they were where none of the kind fits.
    """
    kind: Callable[[Deadline | None], bool] | None = None
    if wanted_time(context.query) == "duration":
        kind = _lasts
    elif _FROM_TO.search(canonical(context.query.spelled)):
        kind = _is_period
    if kind:
        scores = [*(each.score for each in due[:1]), *(each.score for each in timed[:1])]
        best = max(scores, default=0.0)
        fitting = _kept(due, lambda each: kind(each.fact.deadline), best)
        clauses = _kept(timed, lambda each: kind(each.fact), best)
        if fitting or clauses:
            return fitting, clauses
    if asks_for_reports(context.query.spelled):
        best = max((each.score for each in due[:1]), default=0.0)
        reports = _kept(due, is_report, best)
        if not reports:
            return due, timed
        spoken = [each for each in timed if _speaks_of_report(context, each)]
        return reports, spoken
    return due, timed


def _kept(candidates: list[_Timed], fits: Callable[[_Timed], bool], best: float) -> list[_Timed]:
    return [each for each in candidates if fits(each) and each.score >= NEARLY * best]


def _is_period(deadline: Deadline | None) -> bool:
    return bool(deadline and "/" in (deadline.value or ""))


def _lasts(deadline: Deadline | None) -> bool:
    value = (deadline.value or "") if deadline else ""
    return value.startswith(("P", "T")) and not (deadline and deadline.kind == "recurring")


def _speaks_of_report(context: Context, candidate: Candidate[Deadline]) -> bool:
    return "báo cáo" in canonical(context.quoter.line(candidate.document, candidate.span))


def is_report(candidate: Candidate[Obligation]) -> bool:
    """Return whether a duty is to report."""
    action = candidate.fact.action
    return action is not None and "báo cáo" in canonical(action.text)
