"""Answers from the numbers that documents set as targets or report as reached."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from docsearch.answer.asked_level import of_level_asked
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.counting import counts_unit, unit_name
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.answer.target_item import target_item
from docsearch.index.tokens import alike, alike_syllables
from docsearch.orthography import canonical, fold
from docsearch.records import Hit, ItemFields, Span, Target
from docsearch.search.english import translate
from docsearch.search.query import Query

ENOUGH: Final = 0.5
AS_GOOD: Final = 0.97
MOST: Final = 4
VERB: Final = 0.5
"""Least weight of what names another figure beside the weight of a verb left out; arbitrary."""
LEAD: Final = 120
"""Code points before a figure in brackets that say what it is part of; arbitrary."""
NEAR: Final = 400
"""Code points within which a figure is said again for another time; arbitrary."""
MOST_MISSING: Final = 0.4
OF_DAY: Final = 0.15
"""How much better a figure fits that is for the very day that a question names; arbitrary."""
OWN_VERB: Final = 0.1
"""How much better a figure fits whose own words say what happens to what is counted; arbitrary."""

_ACHIEVED: Final = re.compile(
    r"\bda (?:dat|co|duoc|huy dong|giam|tang)|ket qua|dat duoc|thuc te|hien (?:nay|tai|co)|^hien "
    r"|\b(?:have|has) (?!to\b)(?:[\w'-]+ ){0,6}?(?:been|done|built|made|\w{2,}ed)\b(?! to\b)"
    r"|achiev(?:e|ed)\b|reach(?:ed)?\b|so far|\b(?:was|were|did|had)\b(?! to\b)|result"
)
_SET: Final = re.compile(
    r"chi tieu|muc tieu|phan dau|ke hoach|\bde ra\b|dat ra|duoc giao|\bmuon\b"
    r"|target|goal|should|must|\b(?:plan|aim|intend|expect|hope|strive|want)(?:s|ed|ned)?\b"
    r"|to be \w+ed\b"
)
_OF_BASE: Final = re.compile(
    r"\b(?:phan tram|%)(?: so voi| cua)? (?:ke hoach|du toan|chi tieu|muc tieu)\b"
)
"""What a share is of: "đạt bao nhiêu phần trăm kế hoạch" asks for no goal."""
_SHALL: Final = re.compile(
    r"\b(?:phai|can (?:phai|dat|co)|toi thieu|it nhat|tro len|(?:den|toi) (?:het |cuoi )?nam|se"
    r"|yeu cau|will|shall|by 20\d\d)\b"
)
_HAS_DONE: Final = re.compile(
    r"(?<!\w)đã (?:phải |bị |tiến hành |tổ chức )*(?!(?:được |dự )?(?:giao|đặt|đề|phê"
    r"|duyệt|ban hành|quy định|đăng ký|cam kết|nêu|định|kiến|bố trí|phân bổ|thống nhất|thông qua)"
    r"(?!\w))\w"
)
"""What has been done: "đã phải tiêu hủy bao nhiêu con", not "đã được giao bao nhiêu"."""
_LEFT: Final = re.compile(r"(?<!\w)(?<!giảm )(?<!xuống )còn (?:bao nhiêu|mấy)(?!\w)")
"""What asks how much there is left, unless it names a time to come."""
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
    if not fitting and query.unit and query.unit not in _COUNTABLE and _says_which(query):
        share = Context(replace(query, unit="%"), context.snapshot, context.documents, context.hits)
        fitting = [
            candidate
            for candidate in _fitting(share, lambda target: _kind_fits(target, query))
            if _counts_of(candidate.fact, query.unit)
        ]
    if _leaves_kind_open(query):
        reached = _fitting(context, lambda target: target.kind == "achieved")
        if reached and (not fitting or fitting[0].score < WORSE * reached[0].score):
            fitting = reached
    if not fitting:
        return _whole_cost(context) or _of_measure(context) or _by_number_if_of_kind(context)
    first = of_level_asked(context, fitting)
    fitting = _but_verb(context, first)
    best = fitting[0]
    counted = _counted(context) if query.unit and best is first[0] else []
    if counted and best.score < MUCH_WORSE * counted[0].score:
        return _by_number(context)  # a sentence of which the register lacks the figure
    chosen = [c for c in fitting if _rank(c, query) >= AS_GOOD * _rank(best, query)]
    if not query.years:
        chosen += [c for c in context.targets() if c not in chosen and _of_other_period(best, c)]
    if _TWO.search(canonical(query.spelled)):
        chosen += [c for c in context.targets() if c not in chosen and _beside(context, best, c)]
    if _asks_both(query):
        chosen += [c for c in _of_other_kind(context, best) if c not in chosen]
    chosen = _in_order(chosen[:MOST])
    items = tuple(target_item(context, candidate) for candidate in chosen)
    return Draft(items=items, confidence=best.coverage)


def _but_verb(context: Context, fitting: list[Candidate[Target]]) -> list[Candidate[Target]]:
    """Return figures with the one first that leaves out only the verb of the ones before it.

    "Vốn địa phương giải ngân đạt 44,8%; vốn nước ngoài (ODA) mới đạt 9,7%": what is asked of ODA
    is answered by the second, though the first alone says "giải ngân".
    """
    best, *others = fitting
    asked = set(context.query.topic)
    had = set(alike_syllables(_said_of(context, best)))
    for other in others:
        if other.document != best.document or other.span.start <= best.span.start:
            continue
        between = Span(best.span.start, max(best.span.end, other.span.end))
        words = context.quoter.words(best.document, between)
        if len(words) > NEAR or ";" not in words or re.search(r"[.\n] ?[A-ZĐ\n-]", words):
            continue
        named = set(alike_syllables(f"{other.fact.subject} {other.fact.indicator}"))
        own, lost = (asked & named) - had, (asked & had) - named
        weights = context.relevance.singles
        if own and lost and _weight(own, weights) >= VERB * _weight(lost, weights):
            line = [c for c in fitting if c.document == best.document and c.span.overlaps(between)]
            return [other, *(c for c in others if c not in line)]
    return fitting


def _weight(words: set[str], weights: dict[str, float]) -> float:
    return sum(weights.get(word, 0.0) for word in words)


_BEFORE_THAT: Final = re.compile(
    r"\bnam (?:hoc )?(?:truoc|ngoai|lien truoc)\b|\btruoc do\b|\bhien (?:nay|tai|la|co|dat|moi)\b"
    r"|\b(?:the )?(?:year|school year) before\b|\bprevious year\b|\bcurrent(?:ly)?\b|\bat present\b"
)


def _asks_both(query: Query) -> bool:
    """Return whether a question asks for a goal and what has been reached, or for two years."""
    folded = fold(query.text)
    return len(query.years) > 1 or bool(
        (_SET.search(folded) or _SHALL.search(folded)) and _BEFORE_THAT.search(folded)
    )


def _of_other_kind(context: Context, best: Candidate[Target]) -> list[Candidate[Target]]:
    """Return the figure of the same document that says what has been reached, or is the goal."""
    own = set(alike_syllables(f"{best.fact.subject} {best.fact.indicator}"))
    asked = (own & set(context.query.topic)) - {"tỉ", "lệ", "đạt", "số"}
    return [
        other
        for other in context.targets()
        if other.document == best.document
        and (other.fact.kind != best.fact.kind or _period_fits(other.fact, context.query))
        and (other.fact.kind, other.fact.period) != (best.fact.kind, best.fact.period)
        and unit_name(other.fact.unit) == unit_name(best.fact.unit)
        and _is_of_same(context, asked, other)
    ][:1]


def _is_of_same(context: Context, asked: set[str], other: Candidate[Target]) -> bool:
    """Return whether a figure is of the same thing as the one that a question leads to first.

    One for the very year that the question names may say it in fewer words: "tổng đàn".
    """
    common = asked & set(alike_syllables(_said_of(context, other)))
    years = {year for year in context.query.years if len(year) == 4}
    exactly = (other.fact.period or "")[:4] in years and len(years) > 1
    return common == asked or (exactly and 2 * len(common) >= len(asked) > 1)


def _said_of(context: Context, candidate: Candidate[Target]) -> str:
    words = context.quoter.words(candidate.document, candidate.span)
    return f"{words} {candidate.fact.subject} {candidate.fact.indicator}"


_TWO: Final = re.compile(
    r"(?<!\w)(?:tỷ lệ|tỉ lệ|phần trăm|số)(?!\w).{3,80}?"
    r"(?:,| và| cùng) (?:tỷ lệ|tỉ lệ|số|bao nhiêu|mấy)(?!\w)"
)
"""A question for two figures: "tỷ lệ trẻ đến trường và số phòng học xây mới là bao nhiêu"."""


def _beside(context: Context, best: Candidate[Target], other: Candidate[Target]) -> bool:
    """Return whether a figure of another unit stands in the same line: "18%; 22 phòng"."""
    if best.document != other.document or best.fact.unit == other.fact.unit:
        return False
    first, last = sorted((best.fact.span, other.fact.span), key=lambda span: span.start)
    between = context.quoter.words(best.document, Span(first.start, last.end))
    return best.fact.kind == other.fact.kind and "\n" not in between


def _in_order(chosen: list[Candidate[Target]]) -> list[Candidate[Target]]:
    """Return figures in the order of their text where they are of one thing at several times."""
    alike_ones = {(c.document, canonical(c.fact.subject), c.fact.kind) for c in chosen}
    return sorted(chosen, key=lambda c: c.span.start) if len(alike_ones) == 1 else chosen


def _of_other_period(best: Candidate[Target], other: Candidate[Target]) -> bool:
    """Return whether a figure is the same one as another for another time.

    "Mỗi năm đạt 35 triệu đồng trở lên, đến năm 2025 từ 50 triệu đồng": a question that names no
    time gets both.
    """
    one, two = best.fact, other.fact
    near = abs(best.span.start - other.span.start) <= NEAR
    return (
        best.document == other.document
        and near
        and (one.kind, one.unit) == (two.kind, two.unit)
        and one.period != two.period
        and bool(one.subject)
        and canonical(one.subject) == canonical(two.subject)
        and canonical(two.indicator) in ("", canonical(one.indicator))
    )


def _by_number_if_of_kind(context: Context) -> Draft | Refusal:
    return _other_figure(context) or _by_number(context)


_COST: Final = re.compile(
    r"(?i)(?:kinh phí|chi phí|tổng vốn|nguồn vốn|ngân sách)[^.;]{0,80}?"
    r"\d[\d.,]*\s*(?:triệu|tỷ|tỉ|nghìn)?\s*đồng"
)


def _whole_cost(context: Context) -> Draft | None:
    """Return what the document that a question is about says of its own cost.

    "Phòng dịch gia súc năm 2010 hết bao nhiêu tiền?": the question says what the document as a
    whole is about, and one clause gives the sum.
    """
    query = context.query
    if query.unit != "đồng" or not query.places:
        return None
    found = []
    for candidate in context.sentences():
        line = context.quoter.line(candidate.document, candidate.span)
        if _COST.search(line) and context.subject_coverage(candidate.document) >= ENOUGH:
            found.append(_in_words(context, candidate, line))
    return Draft(items=tuple(found[:1]), confidence=ENOUGH) if found else None


_MEASURES: Final = frozenset(("ha", "km", "m", "m2", "tấn", "tạ", "kg"))


def _of_measure(context: Context) -> Draft | None:
    """Return the only figure in hectares or the like of the passage that a question leads to."""
    unit = unit_name(context.query.unit or "")
    hit = context.first_of_both
    if unit not in _MEASURES or hit is None:
        return None
    figures = [
        candidate
        for candidate in context.targets()
        if hit.passage.span.covers(candidate.span)
        and candidate.document == hit.passage.document_id
        and unit_name(candidate.fact.unit) == unit
    ]
    if figures:
        return Draft(items=(target_item(context, figures[0]),), confidence=figures[0].coverage)
    lines = [
        (candidate, context.quoter.line(candidate.document, candidate.span))
        for candidate in context.sentences()
        if candidate.fact.passage.id == hit.passage.id
    ]
    held = [pair for pair in lines if re.search(rf"\d[\d.,]* ?{unit}(?!\w)", pair[1])]
    if len(held) != 1:
        return None
    return Draft(items=(_in_words(context, *held[0]),), confidence=held[0][0].coverage)


def _in_words(context: Context, candidate: Candidate[Hit], line: str) -> DraftItem:
    citation = context.quoter.cite(
        candidate.document, candidate.span, candidate.headings, [candidate.span]
    )
    return DraftItem(text=line, fields=ItemFields(), citations=(citation,))


def asks_other_kind(one: str, other: str) -> bool:
    """Return whether one of two questions asks for a goal and the other for a result."""
    goals, results = (
        [bool(pattern.search(fold(text))) for text in (one, other)] for pattern in (_SET, _ACHIEVED)
    )
    return (goals[0] and results[1] and not goals[1]) or (goals[1] and not goals[0])


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
    verb = _counted_words(query)[-1:] if query.language == "vi" else []
    verb = [word for word in verb if word not in _OF_ANY]

    def rank(candidate: Candidate[Target]) -> float:
        said = alike_syllables(_with_lead(context, candidate))
        return _rank(candidate, query) + (OWN_VERB if verb and verb[0] in said else 0.0)

    def is_close(candidate: Candidate[Target]) -> bool:
        enough = candidate.coverage >= context.enough(ENOUGH)
        return enough and candidate.missing <= context.tolerated(MOST_MISSING)

    found.sort(key=lambda c: (-rank(c), c.document, c.span.start))
    found.sort(key=lambda c: not is_close(c))
    return found if found and is_close(found[0]) else []


def _with_lead(context: Context, candidate: Candidate[Target]) -> str:
    """Return the words of a figure, with those before the bracket that it stands in."""
    span = candidate.span
    lead = Span(max(0, span.start - LEAD), span.start)
    before = context.quoter.words(candidate.document, lead)
    own = context.quoter.words(candidate.document, span)
    opened = re.search(r"([^.;\n()]*)\([^()]*$", before)
    return f"{opened[1]} {own}" if opened else own


def _says_which(query: Query) -> bool:
    """Return whether a question says more of what it counts than its name: "hộ có nước sạch"."""
    return len(set(query.topic) - set(alike_syllables(query.unit or ""))) > 1


def _counts_of(target: Target, unit: str) -> bool:
    """Return whether a share is one of what a question counts: "bao nhiêu hộ", 85% số hộ."""
    of = alike(f"{target.subject} {target.indicator}")
    return bool(re.search(rf"(?<!\w){re.escape(unit_name(unit))}(?!\w)", of))


_IDLE: Final = (
    r"(?:năm|tháng|quý|đến|vào|trong|cuối|hết|cả|của|ở|tại|là|được|đã|có|đạt|cho|với|khoảng|tối|thiểu"
    r"|thêm|mới|còn|lên|xuống|tới|thì|phải|cần|sẽ|ít|nhất|ước|tổng|số|[\d/.-]+)"
)
_BEFORE_COUNT: Final = re.compile(rf"(\w+) (\w+)(?: {_IDLE})* (?:bao nhiêu|mấy)(?!\w)")
_SETS: Final = frozenset(
    (
        *("phấn đấu", "đặt ra", "đề ra", "mục tiêu", "chỉ tiêu", "quy định", "qui định", "yêu cầu"),
        *("huy động", "vận động", "thu hút"),
        *("dự kiến", "hỗ trợ", "bố trí", "kế hoạch", "hằng năm", "tất cả", "toàn bộ", "bình quân"),
    )
)
"""Words before "bao nhiêu" that do not say what is counted."""


_OF_ANY: Final = frozenset(("đảm", "bảo", "đạt", "đấu", "hiện", "giao", "đặt", "kiến", "bố", "trí"))
"""Verbs before "bao nhiêu" that any figure may have."""
_TIMES: Final = (["buổi"], ["lần"], ["lượt"], ["tiết"])


def _says_what_is_counted(context: Context, candidate: Candidate[Target] | Candidate[Hit]) -> bool:
    """Return whether a clause, or what stands around it, has the word before "bao nhiêu".

    "Kỷ luật bao nhiêu đảng viên" is not answered by how many were admitted, however much of the
    rest agrees; one of its two syllables is enough, or other words for it.
    """
    rate = _RATE.search(alike(context.query.spelled)) if context.query.language == "vi" else None
    asked = [word for word in rate.groups() if word in context.query.topic] if rate else []
    if len(asked) > 1 and not all(
        context.has_any([word], candidate.document, candidate.span, candidate.headings)
        for word in asked
    ):
        return False  # "tỷ lệ thất nghiệp" is no "tỷ lệ hộ nghèo"
    said = alike(context.quoter.words(candidate.document, candidate.span))
    if len(asked) > 1 and _RATE.search(said) and not set(asked) & set(said.split()):
        return False  # another rate of the same paragraph
    words = _counted_words(context.query)
    if (context.query.unit or "").split()[:1] in _TIMES:
        return True  # "phát tin mấy buổi": how often, whatever the act is called
    if len(words) < (1 if context.query.language == "en" else 2) or " ".join(words) in _SETS:
        return True
    return context.has_any(words, candidate.document, candidate.span, candidate.headings)


_RATE: Final = re.compile(
    r"(?<!\w)tỉ (?:lệ|số|suất) (?!huy động|vận động|thu hút|thực hiện|tham gia)"
    r"(\w+) (\w+)(?!\w)"
)
_RATE_ENGLISH: Final = re.compile(
    r"\b(?:the|what|which) ([a-z' -]{3,60}?) (?:rate|ratio|index|level|coverage)\b"
    r"|\b(?:share|percentage|proportion|rate|number) of (?:the )?([a-z' -]{3,60})"
    r"|\bhow many (?:new |more |additional )?([a-z' -]{3,60}?)"
    r" (?:do(?:es)?|did|are|is|were|was|must|should|shall|will|have|has|had|in|of|at|live|per|by)\b"
)


def _counted_words(query: Query) -> list[str]:
    """Return the syllables of the topic that say what is counted, as far as its words tell."""
    if query.language == "en":
        told = _RATE_ENGLISH.search(query.text.lower())
        terms = translate(told[1] or told[2] or told[3]).terms if told else ()
        if not terms:
            return []
        said = alike_syllables(terms[-1 if told and told[1] else 0].vietnamese)
    else:
        asked = _BEFORE_COUNT.search(alike(query.spelled))
        said = list(asked.groups()) if asked else []
    return [word for word in said if word in query.topic]


def _asks_for_goal(folded: str) -> bool:
    return bool(_SET.search(_OF_BASE.sub(" ", folded)))


def _leaves_kind_open(query: Query) -> bool:
    """Return whether a question asks how much something is, not how much it shall be."""
    folded = fold(query.text)
    return not (_asks_for_goal(folded) or _SHALL.search(folded) or _asks_for_result(query))


def _asks_for_result(query: Query) -> bool:
    """Return whether a question asks what was reached, or what there is left."""
    folded, spelled = fold(query.text), canonical(query.spelled)
    left = _LEFT.search(spelled) and not _SHALL.search(folded)
    return bool(_ACHIEVED.search(folded) or left or _HAS_DONE.search(spelled))


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


WORSE: Final = 0.93
"""A goal with less than this share of the score of the best result gives way to that, where a
question asks for neither; arbitrary."""
MUCH_WORSE: Final = 0.85
"""A figure with less than this share of the score of the best counting sentence does not answer."""


def _counted(context: Context) -> list[Candidate[Hit]]:
    """Return the sentences that hold a number of the unit and answer the question, best first."""
    unit = context.query.unit
    words = context.snapshot.language.words
    return [
        candidate
        for candidate in context.sentences()
        if counts_unit(context.quoter.line(candidate.document, candidate.span), unit, words)
        and candidate.coverage >= context.enough(ENOUGH)
        and candidate.missing <= context.tolerated(MOST_MISSING)
        and _says_what_is_counted(context, candidate)
        and not _is_of_other_kind(context, candidate)
    ]


def _is_of_other_kind(context: Context, candidate: Candidate[Hit]) -> bool:
    """Return whether the register has the figures of a sentence, none of the kind or time asked."""
    figures = [
        target
        for target in context.snapshot.facts[candidate.document].targets
        if target.span.overlaps(candidate.span)
    ]
    kinds = {target.kind for target in figures}
    query = context.query
    if figures and all(_period_fits(target, query) is False for target in figures):
        return True
    return bool(kinds) and not (
        any(_kind_fits(target, query) for target in figures)
        or ("achieved" in kinds and _leaves_kind_open(query))
    )


def _by_number(context: Context) -> Draft | Refusal:
    """Return the sentences that hold a number of the unit, where no target fits."""
    counted = _counted(context)
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
            _in_words(context, c, context.quoter.line(c.document, c.span))
            for c in counted
            if c.score >= AS_GOOD * best.score
        )[:MOST],
        confidence=best.coverage,
    )


NAMED: Final = 0.04
"""What a figure whose subject a question names is preferred by; arbitrary."""


def _rank(candidate: Candidate[Target], query: Query) -> float:
    bonus = 0.1 if _period_fits(candidate.fact, query) else 0.0
    if candidate.fact.period in {each.value for each in query.dates}:
        bonus += OF_DAY
    if candidate.fact.kind == "target" and _SHALL.search(fold(query.text)):
        bonus += 0.1
    subject = alike_syllables(candidate.fact.subject)
    named = len(subject) > 1 and f" {' '.join(subject)} " in f" {' '.join(query.topic)} "
    return candidate.score + bonus + (NAMED if named else 0.0)


def _kind_fits(target: Target, query: Query) -> bool:
    """Return whether a figure is of the kind that is asked for: set as a goal, or reached.

    A question that says neither means a goal, unless it names the very period of a result.
    """
    folded = fold(query.text)
    if _asks_for_goal(folded):
        return target.kind == "target"
    if _asks_for_result(query):
        return target.kind == "achieved"
    return target.kind == "target" or _period_fits(target, query) is True


_POWER: Final = re.compile(r"^(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ) (?!đồng)")
"""What a unit counts by: "300 nghìn lượt khách" are "lượt khách"."""


def _unit_fits(target: Target, query: Query) -> bool:
    if query.unit is None:
        return True
    wanted, unit = unit_name(query.unit), unit_name(_POWER.sub("", target.unit))
    if query.unit in _COUNTABLE or target.unit == "%":
        return wanted in unit
    if _CASES.match(wanted) and _CASES.match(unit):
        return True
    if (
        unit in _CLASSIFIERS
        and wanted.split()[0] in alike(f"{target.subject} {target.indicator}").split()
    ):
        return True
    if wanted.split()[0] == "người" and _PEOPLE.match(unit):
        return True
    return bool(unit) and (
        wanted.startswith(unit) or unit.startswith(wanted) or wanted.split()[0] == unit.split()[0]
    )


_CASES: Final = re.compile(r"(?:ca|vụ|vụ việc|trường hợp)(?!\w)")
"""Two words for the same: "bao nhiêu ca tử vong" and "02 trường hợp tử vong"."""


_CLASSIFIERS: Final = frozenset(("chiếc", "cái", "bộ", "chỗ", "đơn vị", "cơ sở", "điểm"))
"""Units that leave it to the clause to say of what: "số tàu … là 127 chiếc"."""
_PEOPLE: Final = re.compile(
    r"(?:lao động|đảng viên|hội viên|đoàn viên|cán bộ|công chức|viên chức|giáo viên|học sinh|bác sĩ"
    r"|trẻ|em|cháu|người|lượt|nhân khẩu|thanh niên|phụ nữ|đại biểu|học viên|công dân|quân nhân)"
    r"(?!\w)"
)
"""What "bao nhiêu người" may count."""


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
