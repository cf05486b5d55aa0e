"""Answers from the numbers that documents set as targets or report as reached."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Final

from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.index.tokens import alike
from docsearch.orthography import fold
from docsearch.records import Hit, ItemFields, Target
from docsearch.search.query import Query

ENOUGH: Final = 0.5
AS_GOOD: Final = 0.97
MOST: Final = 4
MOST_MISSING: Final = 0.4

_ACHIEVED: Final = re.compile(
    r"\bda (?:dat|co|duoc|huy dong|giam|tang)|ket qua|dat duoc|thuc te|hien (?:nay|tai|co)"
    r"|achiev(?:e|ed)\b|reach(?:ed)?\b|so far|\b(?:was|were|did|had)\b(?! to\b)|result"
)
_SET: Final = re.compile(
    r"chi tieu|muc tieu|phan dau|ke hoach|\bde ra\b|dat ra|target|goal|should|must"
    r"|\b(?:plan|aim|intend|expect|hope|strive)(?:s|ed|ned)?\b|to be \w+ed\b"
)
_SHALL: Final = re.compile(
    r"\b(?:phai|can (?:phai|dat|co)|toi thieu|it nhat|tro len|den (?:het |cuoi )?nam|se|yeu cau"
    r"|will|shall|by 20\d\d)\b"
)
_COUNTABLE: Final = frozenset(("%", "đồng"))


def answer_by_target(context: Context) -> Draft | Refusal | None:
    """Return the figures that a question asks for.

    Args:
        context: the question and the index.

    Returns:
        The answer; None when no figure fits.
    """
    query = context.query
    fitting = _fitting(context, lambda target: _kind_fits(target, query))
    if not fitting and query.unit and query.unit not in _COUNTABLE:
        share = Context(replace(query, unit="%"), context.snapshot, context.documents, context.hits)
        fitting = [
            candidate
            for candidate in _fitting(share, lambda target: _kind_fits(target, query))
            if _counts_of(candidate.fact, query.unit)
        ]
    if not fitting and _leaves_kind_open(query):
        fitting = _fitting(context, lambda target: target.kind == "achieved")
    if not fitting:
        return _other_figure(context) or _by_number(context)
    best = fitting[0]
    chosen = [c for c in fitting if _rank(c, query) >= AS_GOOD * _rank(best, query)][:MOST]
    items = tuple(_item(context, candidate) for candidate in chosen)
    return Draft(items=items, confidence=best.coverage)


def asks_other_kind(one: str, other: str) -> bool:
    """Return whether one of two questions asks for a goal and the other for a result."""
    goals, results = (
        [bool(pattern.search(fold(text))) for text in (one, other)] for pattern in (_SET, _ACHIEVED)
    )
    return (goals[0] and results[1] and not goals[1]) or (results[0] and goals[1] and not goals[0])


def _fitting(context: Context, wanted: Callable[[Target], bool]) -> list[Candidate[Target]]:
    """Return the figures of a kind that answer the question, best first; none if none is close."""
    query = context.query
    found = [
        candidate
        for candidate in context.targets()
        if candidate.fact.value is not None
        and wanted(candidate.fact)
        and _says_what_is_counted(context, candidate)
        and _unit_fits(candidate.fact, query)
        and _period_fits(candidate.fact, query) is not False
    ]
    found.sort(key=lambda c: (-_rank(c, query), c.document, c.span.start))
    if not found or found[0].coverage < context.enough(ENOUGH):
        return []
    return found if found[0].missing <= context.tolerated(MOST_MISSING) else []


def _counts_of(target: Target, unit: str) -> bool:
    """Return whether a share is one of what a question counts: "bao nhiêu hộ", 85% số hộ."""
    of = alike(f"{target.subject} {target.indicator}")
    return bool(re.search(rf"(?<!\w){re.escape(_unit(unit))}(?!\w)", of))


_IDLE: Final = (
    r"(?:năm|tháng|quý|đến|vào|trong|cuối|hết|cả|của|ở|tại|là|được|đã|có|đạt|cho|với|khoảng|tối|thiểu"
    r"|thêm|mới|còn|lên|xuống|tới|thì|phải|cần|sẽ|ít|nhất|ước|tổng|số|[\d/.-]+)"
)
_BEFORE_COUNT: Final = re.compile(rf"(\w+) (\w+)(?: {_IDLE})* (?:bao nhiêu|mấy)(?!\w)")
_SETS: Final = frozenset(
    (
        *("phấn đấu", "đặt ra", "đề ra", "mục tiêu", "chỉ tiêu", "quy định", "qui định", "yêu cầu"),
        *("dự kiến", "hỗ trợ", "bố trí", "kế hoạch", "hằng năm", "tất cả", "toàn bộ", "bình quân"),
    )
)
"""Words before "bao nhiêu" that do not say what is counted."""


def _says_what_is_counted(context: Context, candidate: Candidate[Target] | Candidate[Hit]) -> bool:
    """Return whether a clause, or what stands around it, has the word before "bao nhiêu".

    "Kỷ luật bao nhiêu đảng viên" is not answered by how many were admitted, however much of the
    rest agrees; one of its two syllables is enough, or other words for it.
    """
    asked = _BEFORE_COUNT.search(alike(context.query.spelled))
    words = [word for word in (asked.groups() if asked else ()) if word in context.query.topic]
    if len(words) < 2 or " ".join(words) in _SETS:
        return True
    return context.has_any(words, candidate.document, candidate.span, candidate.headings)


def _leaves_kind_open(query: Query) -> bool:
    """Return whether a question asks how much something is, not how much it shall be."""
    folded = fold(query.text)
    return not (_SET.search(folded) or _ACHIEVED.search(folded) or _SHALL.search(folded))


def _other_figure(context: Context) -> Refusal | None:
    """Return a refusal when the documents give the figure only for another kind or period.

    A result that was reached never answers a question for a target, nor the reverse.
    """
    for candidate in context.targets():
        enough = candidate.coverage >= context.enough(ENOUGH)
        if (
            enough
            and candidate.missing <= context.tolerated(MOST_MISSING)
            and _unit_fits(candidate.fact, context.query)
        ):
            nearest = context.quoter.cite(candidate.document, candidate.span, candidate.headings)
            return Refusal(
                reason=context.silence, confidence=candidate.coverage, nearest=(nearest,)
            )
    return None


def _by_number(context: Context) -> Draft | Refusal:
    """Return the sentences that hold a number of the unit, where no target fits."""
    unit = context.query.unit
    words = context.snapshot.language.words
    counted = [
        candidate
        for candidate in context.sentences()
        if _counts(context.quoter.line(candidate.document, candidate.span), unit, words)
        and candidate.coverage >= context.enough(ENOUGH)
        and candidate.missing <= context.tolerated(MOST_MISSING)
        and _says_what_is_counted(context, candidate)
    ]
    if not counted:
        nearest = context.targets()[:1]
        return Refusal(
            reason=context.silence,
            confidence=nearest[0].coverage if nearest else 0.0,
            nearest=tuple(context.quoter.cite(c.document, c.span, c.headings) for c in nearest),
        )
    best = counted[0]
    return Draft(
        items=tuple(
            DraftItem(
                text=context.quoter.line(c.document, c.span),
                fields=ItemFields(),
                citations=(context.quoter.cite(c.document, c.span, c.headings, [c.span]),),
            )
            for c in counted
            if c.score >= AS_GOOD * best.score
        )[:MOST],
        confidence=best.coverage,
    )


def _counts(line: str, unit: str | None, words: Collection[str]) -> bool:
    """Return whether a line has a number before a unit: "học sinh" is one word, "trường" too."""
    if unit is None:
        return bool(re.search(r"\d", line))
    parts = _unit(unit).split()
    wanted = re.escape(" ".join(parts) if "_".join(parts) in words else parts[0])
    return bool(re.search(rf"\d[\d.,]*\s?(?:\w+ )?{wanted}", alike(line)))


def _rank(candidate: Candidate[Target], query: Query) -> float:
    bonus = 0.1 if _period_fits(candidate.fact, query) else 0.0
    return candidate.score + bonus


def _kind_fits(target: Target, query: Query) -> bool:
    """Return whether a figure is of the kind that is asked for: set as a goal, or reached.

    A question that says neither means a goal, unless it names the very period of a result.
    """
    folded = fold(query.text)
    if _SET.search(folded):
        return target.kind == "target"
    if _ACHIEVED.search(folded):
        return target.kind == "achieved"
    return target.kind == "target" or _period_fits(target, query) is True


def _unit_fits(target: Target, query: Query) -> bool:
    if query.unit is None:
        return True
    wanted, unit = _unit(query.unit), _unit(target.unit)
    if query.unit in _COUNTABLE or target.unit == "%":
        return wanted in unit
    if _CASES.match(wanted) and _CASES.match(unit):
        return True
    if wanted.split()[0] == "người" and _PEOPLE.match(unit):
        return True
    return bool(unit) and (
        wanted.startswith(unit) or unit.startswith(wanted) or wanted.split()[0] == unit.split()[0]
    )


_UNITS: Final = {
    "mét": "m",
    "met": "m",
    "ki lô mét": "km",
    "cây số": "km",
    "héc ta": "ha",
    "héc": "ha",
    "hecta": "ha",
}

_CASES: Final = re.compile(r"(?:ca|trường hợp)(?!\w)")
"""Two words for the same: "bao nhiêu ca tử vong" and "02 trường hợp tử vong"."""


_PEOPLE: Final = re.compile(
    r"(?:lao động|đảng viên|hội viên|đoàn viên|cán bộ|công chức|viên chức|giáo viên|học sinh|bác sĩ"
    r"|trẻ|em|cháu|người|lượt|nhân khẩu|thanh niên|phụ nữ|đại biểu|học viên|công dân|quân nhân)"
    r"(?!\w)"
)
"""What "bao nhiêu người" may count."""


def _unit(name: str) -> str:
    spelled = alike(name)
    return _UNITS.get(spelled, _UNITS.get(spelled.split()[0], spelled) if spelled else "")


def _period_fits(target: Target, query: Query) -> bool | None:
    """Return whether the periods agree; None when either is silent."""
    if not query.years or not target.period or not target.period[0].isdigit():
        return None
    asked = [tuple(int(year) for year in years.split("/")) for years in query.years]
    own = tuple(int(part[:4]) for part in target.period.split("/"))
    return any(
        years[0] <= own[-1] and own[0] <= years[-1]
        if len(years) == 1
        else (own == years or (len(own) == 1 and years[0] <= own[0] <= years[-1]))
        for years in asked
    )


def _item(context: Context, candidate: Candidate[Target]) -> DraftItem:
    target = candidate.fact
    place = context.snapshot.entries[candidate.document].header.place
    citation = context.quoter.cite(
        candidate.document, candidate.span, candidate.headings, [candidate.span]
    )
    return DraftItem(
        text=context.quoter.line(candidate.document, candidate.span),
        fields=target_fields(target, place.value if place else None),
        citations=(citation,),
    )


def target_fields(target: Target, place: str | None) -> ItemFields:
    """Return the parts of a target as fields of an item."""
    return ItemFields(
        action=f"{target.subject}: {target.indicator}".strip(": ") or None,
        value=target.value,
        unit=target.unit or None,
        comparator=target.comparator,
        period=target.period,
        place=place,
    )
