"""Answers from the register of obligations: who, by when, to whom, what has to be done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

from docsearch.answer.asked_body import Doer, Receiver, asked_receiver
from docsearch.answer.asked_limit import first_of_kind, report_named
from docsearch.answer.candidates import MOST_READ, Candidate, Context
from docsearch.answer.draft import Draft, DraftItem, Refusal
from docsearch.answer.due import asked_quarters, is_due_on, is_due_within
from docsearch.answer.duty_item import cite_duty, duty_item, limit_value
from docsearch.answer.granularity import Granularity, gives, is_of_event, wanted_time
from docsearch.answer.title_words import title_words
from docsearch.facts.deadlines import find_deadlines
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import UPPER, canonical, fold
from docsearch.parse.view import view
from docsearch.records import (
    Deadline,
    Hit,
    Intent,
    ItemFields,
    Obligation,
    Span,
)
from docsearch.register.query import issued_of
from docsearch.search.query import AskedDate, Query
from docsearch.search.understand import find_recurrence
from docsearch.search.unknown_places import bare_name

_Timed = TypeVar("_Timed", Candidate[Obligation], Candidate[Deadline])

# Below this share of the question's weight an obligation does not answer it.
# Chosen on the two question sets of this repository, range tried 0.3 to 0.7.
ENOUGH: Final = 0.5
# With the very day that the question names, less has to agree besides.
ENOUGH_WITH_DATE: Final = 0.25
# Obligations within this share of the best one's score answer too.
AS_GOOD: Final = 0.94
# How much worse a limit may fit that comes as often as the question says; arbitrary.
NEARLY: Final = 0.75
REPORT_NAMED: Final = 0.6
"""How much worse the limit of the very report that a question names may fit; arbitrary."""
# Hours, and the report of one period, stand in few clauses: less has to agree besides.
SELDOM: Final = 0.8
MOST: Final = 8
MOST_LISTED: Final = 20
# A question of which more than this share stands nowhere near is about something else.
MOST_MISSING: Final = 0.4
# An obligation says who and to whom too, so it answers unless a clause fits clearly better.
FACTS_FIRST: Final = 0.93
AS_GOOD_LISTED: Final = 0.85
"""The same for a list; arbitrary."""
MOST_PLAIN: Final = 3
MUCH_WORSE: Final = 0.75
"""A duty with less than this share of the score of the best sentence does not answer; arbitrary."""

_OF_WORK: Final = frozenset(
    (
        *("xong", "hoàn", "thành", "làm", "thực", "hiện", "kết", "thúc", "công", "việc", "nhiệm"),
        *("vụ", "ngay", "tháng", "quý", "năm", "hạn", "đến", "giao", "thời", "trước", "sau"),
    )
)
"""Syllables of the topic that any work that is due has."""
_OF_TIME: Final = re.compile(r"[ivx]+|\d+")

_EVENT: Final = re.compile(
    r"\b(?:(?<!ban )(?<!cac )(?<!tung )(?<!moi )(?<!sap xep )(?<!co cau )(?<!kien toan )"
    r"to chuc(?!,? (?:dang|nao|bo may|bien che|can bo)\b)|dien ra"
    r"|khai mac|(?<!phoi )(?<!tong )(?<!truong )(?<!ket )(?<!tap )(?<!phu )hop"
    r"|^(?:hoi nghi|hoi thi|cuoc hop|buoi lam viec|le) (?:(?!phai|can|bao cao|gui|nop|xong|hoan"
    r"|trien khai)[\w-]+ ){0,12}(?:vao )?(?:ngay|khi|luc|hom) (?:nao|may)(?=\W*$)"
    r"|bat dau|be mac|held|take place|takes place|start)\b"
)
# What gives a time and hardly anything else.
_ONLY_TIME: Final = re.compile(
    r"\b(?:thời gian|thời hạn|thời điểm|hạn (?:cuối|chót|nộp|gửi))\b"
    r"|^\W*(?:(?:yêu cầu|đề nghị) )?(?:(?:các|những|thủ trưởng) [^,;:]{1,40} |việc này )?"
    r"(?:phải )?(?:thực hiện|triển khai|hoàn thành|báo cáo|gửi|nộp|xong)\b[^,;:]{0,30}"
    r"(?:trước|chậm nhất|trong|xong|đến|vào|từ)\b"
)
AFTER: Final = 900
"""Code points within which a later sentence gives the time of an earlier one; arbitrary."""
_TIME_ASKED: Final = re.compile(
    r"(?<!the )\b(?:nao|may)\b|bao (?:gio|lau)|\b(?:gi|when|what|which|how)\b"
    r"|\bhan\b.{0,40}\?"
)
_LIMIT_ASKED: Final = re.compile(
    r"(?<!\w)(?:phải|cần) (?:báo cáo|gửi|nộp|trình|hoàn thành|làm xong)(?!\w).*trước ngày nào"
)
"""Asks by when somebody has to be ready: the day of a meeting that took place is no answer."""
_ALL_LIMITS: Final = re.compile(
    r"(?:liet ke|tat ca|nhung|cac|all|list).*(?:moc|thoi han|\bhan\b|deadline)"
)
_LISTS: Final = re.compile(
    r"\b(?:nhung|liet ke|tat ca|all|tasks|what must)\b|\bcac (?:viec|nhiem vu|han|moc)\b"
)

# "Có mấy việc phải xong trong tháng 8/2025?"
_COUNTS_WORK: Final = re.compile(r"\b(?:may|bao nhieu) (?:viec|nhiem vu|cong viec)\b")


def answer_by_obligation(context: Context, intent: Intent) -> Draft | Refusal | None:
    """Return the obligations that a question asks for.

    Args:
        context: the question and the index.
        intent: what is asked for: who, when, to_whom, list or what.

    Returns:
        The answer; a refusal when the documents set no such obligation or limit; None when
        other ways of answering should be tried.
    """
    query = context.query
    counted = _COUNTS_WORK.search(fold(query.text))
    limits = [
        replace(date, bound=date.bound or "on") if counted else date
        for date in query.dates
        if counted or date.bound is not None
    ]
    if intent == "list" and not limits:
        limits = list(asked_quarters(query))
    if limits and not (intent == "when" and wanted_time(query) == "duration"):
        return _by_date(context, limits)
    if intent in ("list", "when") and _ALL_LIMITS.search(fold(query.text)):
        return _all_limits(context)
    doer = Doer.of(context) if intent in ("when", "to_whom") else None
    fitting = [c for c in context.obligations() if _fits(context, c, intent)]
    candidates = [c for c in fitting if not (doer and doer.is_another(context, c))]
    if doer and _is_of_others(context, fitting, candidates):
        return Refusal(reason="not_stated", nearest=cite_duty(context, fitting[0])[:1])
    receiver = asked_receiver(context)
    if receiver:
        candidates = [c for c in candidates if receiver.gets(context, c)]
        if not candidates:
            return Refusal(reason="not_stated")
    if intent == "when":
        return _by_time(context, candidates, doer, receiver)
    if not candidates:
        return None
    best = next((c for c in candidates if is_enough(context, c)), None)
    if best is None:
        return None
    said = next(iter(context.sentences()), None)
    if said and is_enough(context, said) and best.score < MUCH_WORSE * said.score:
        return None  # a sentence that the register lacks says it
    if intent == "list":
        listed = [c for c in candidates if c.score >= AS_GOOD_LISTED * best.score]
        listed.sort(key=lambda c: (c.document, c.span, iso_of(c.fact.deadline)))
        return draft_of(context, listed[:MOST_LISTED])
    near = [c for c in candidates if c.score >= AS_GOOD * best.score]
    return draft_of(context, _of_term_asked(context, near)[:MOST_PLAIN])


_NUMBERED_TERM: Final = re.compile(r"(?<!\w)(?:kỳ|kì|đợt|vòng|lần) (?:\d|[ivx]+)(?!\w)")
"""One of several limits that a question names by its number: "thủy lợi phí kỳ 2"."""


def _of_term_asked(
    context: Context, near: list[Candidate[Obligation]]
) -> list[Candidate[Obligation]]:
    named = _NUMBERED_TERM.search(canonical(context.query.spelled))
    return of_limit_asked(context, near) if named else near


def _is_of_others(
    context: Context,
    fitting: Sequence[Candidate[Obligation]],
    own: Sequence[Candidate[Obligation]],
) -> bool:
    """Return whether what a question asks for is clearly the duty of others than the body named.

    Args:
        context: the question and the index.
        fitting: duties that a question may mean, the best first.
        own: those of them that are not of others.

    Returns:
        True where the best is of others, and no duty or clause with a time comes near it.
    """
    if not fitting or (own and own[0] is fitting[0]) or not is_enough(context, fitting[0]):
        return False
    least = MUCH_WORSE * fitting[0].score
    others = {(c.document, c.span) for c in fitting} - {(c.document, c.span) for c in own}
    near = [c for c in context.timed() if (c.document, c.span) not in others]
    return max((*(c.score for c in own[:1]), *(c.score for c in near[:1])), default=0.0) < least


def _all_limits(context: Context) -> Draft | Refusal:
    """Return every dated obligation of the documents, by date: "tất cả các mốc thời hạn"."""
    found = context.obligations(
        lambda fact: bool(iso_of(fact.deadline)) and _kind(fact) in ("date", "recurring")
    )
    found = _of_the_matter(context, found)
    dated = [c for c in found if re.fullmatch(r"[\d-]{5,10}", iso_of(c.fact.deadline))]
    found = sorted(dated or found, key=lambda c: (iso_of(c.fact.deadline), c.span))
    if not found:
        return Refusal(reason="not_stated")
    return draft_of(context, found[:MOST_LISTED])


def _kind(fact: Obligation) -> str:
    return fact.deadline.kind if fact.deadline else ""


def iso_of(deadline: Deadline | None) -> str:
    """Return the value of a limit; empty without one."""
    return (deadline.value or "") if deadline else ""


def _by_time(
    context: Context,
    obligations: Sequence[Candidate[Obligation]],
    doer: Doer | None,
    receiver: Receiver | None,
) -> Draft | Refusal | None:
    """Return when something has to be done or happens: from obligations, else any clause."""
    wanted = wanted_time(context.query)
    event = is_event(context.query.text) and wanted not in ("recurrence", "duration")
    due = [
        candidate
        for candidate in obligations
        if candidate.fact.deadline
        and gives(candidate.fact.deadline, wanted)
        and (not event or is_of_event(candidate.fact.deadline))
    ]
    limit_asked = _LIMIT_ASKED.search(canonical(context.query.spelled))
    timed = [
        candidate
        for candidate in context.timed()
        if gives(candidate.fact, wanted)
        and (not event or is_of_event(candidate.fact))
        and not (doer and doer.is_another(context, candidate))
        and (receiver is None or receiver.gets(context, candidate))
        and not (limit_asked and candidate.fact.bound == "on")
    ]
    due = [c for c in due if not _has_own_time(c, timed)]
    due = of_limit_asked(context, _as_often_as_asked(context, due))
    timed = _as_often_as_asked(context, timed)
    named = context.documents is not None and any(_is_of_report(context, c) for c in due[:1])
    share = SELDOM if wanted == "hour" or named else 1.0
    due = [c for c in due if is_enough(context, c, share)]
    timed = [c for c in timed if is_enough(context, c, share)]
    due, timed = first_of_kind(context, due, timed)
    covered = [*(c.coverage for c in due[:1]), *(c.coverage for c in timed[:1])]
    if max(covered, default=0.0) < share * context.enough(ENOUGH):
        after = _time_after(context, wanted, event=event)
        if after:
            return after
    best_due = due[0].score if due else 0.0
    best_timed = timed[0].score if timed else 0.0
    if best_due and best_due >= FACTS_FIRST * best_timed:
        most = MOST if _SEVERAL_DAYS.search(canonical(context.query.spelled)) else MOST_PLAIN
        return draft_of(context, [c for c in due if c.score >= AS_GOOD * best_due][:most])
    if best_timed:
        near = [c for c in timed if c.score >= AS_GOOD * best_timed]
        kept = list({c.span: c for c in reversed(near)}.values())[::-1][:MOST_PLAIN]
        items = tuple(duty_or_time(context, candidate) for candidate in kept)
        return Draft(items=items, confidence=kept[0].coverage)
    after = _time_after(context, wanted, event=event)
    if after:
        return after
    if (context.documents is None and not obligations) or not _TIME_ASKED.search(
        fold(context.query.text)
    ):
        return None
    nearest = obligations[:1]
    return Refusal(
        reason="not_stated",
        confidence=nearest[0].coverage if nearest else 0.0,
        nearest=cite_duty(context, nearest[0])[:1] if nearest else (),
    )


_SEVERAL_DAYS: Final = re.compile(
    r"(?<!\w)(?:những|các) (?:ngày|mốc|thời điểm|hạn|thời hạn|kỳ)(?: \w+){0,2} (?:nào|gì)(?!\w)"
)


def _has_own_time(duty: Candidate[Obligation], timed: Sequence[Candidate[Deadline]]) -> bool:
    """Return whether a duty has its limit from another clause, and its own words give a time."""
    limit = duty.fact.deadline
    return bool(limit and not duty.span.overlaps(limit.span)) and any(
        duty.document == each.document and duty.span.covers(each.fact.span) for each in timed
    )


def _as_often_as_asked(context: Context, candidates: list[_Timed]) -> list[_Timed]:
    """Return those that come as often as the question says, when they fit nearly as well."""
    asked = context.query.recurrence
    agreeing = [c for c in candidates if interval_of(c.fact) in asked]
    reports = [c for c in candidates if _is_of_report(context, c)] if not agreeing else []
    if reports and reports[0].score >= REPORT_NAMED * candidates[0].score:
        return reports
    if agreeing and agreeing[0].score >= NEARLY * candidates[0].score:
        return agreeing
    if _PERIODIC_REPORT.search(canonical(context.query.spelled)):
        return [c for c in candidates if c in agreeing or not _comes_otherwise(c.fact, asked)]
    return candidates


def _is_of_report(context: Context, candidate: _Timed) -> bool:
    """Return whether what stands right before a limit names the report that is asked for.

    "Báo cáo quý I trước ngày 05/3, báo cáo 6 tháng trước ngày 05/6".
    """
    fact = candidate.fact
    limit = fact.deadline if isinstance(fact, Obligation) else fact
    asked = report_named(context.query.spelled)
    if asked is None or limit is None or limit.span.start <= candidate.span.start:
        return False
    before = Span(candidate.span.start, limit.span.start)
    words = f"{context.quoter.words(candidate.document, before)} {limit.text}"
    text = " ".join(canonical(words).split())
    return report_named(text[max(text.rfind("báo cáo"), 0) :]) == asked


_PERIODIC_REPORT: Final = re.compile(
    r"(?<!\w)báo cáo (?:định kỳ )?(?:(?:hằng|hàng|từng|mỗi) )?"
    r"(?:\d+ tháng|sáu tháng|ba tháng|tuần|tháng|quý|năm)(?! (?:\d|[ivx]+(?!\w)))(?!\w)"
)
"""A report that a question names by how often it comes: one that comes otherwise is another."""


def _comes_otherwise(fact: Obligation | Deadline, asked: Sequence[str]) -> bool:
    limit = fact.deadline if isinstance(fact, Obligation) else fact
    if limit and set(asked) & set(find_recurrence(limit.text)):
        return False  # "định kỳ 6 tháng (trước ngày 10/6)" has the day of every year as its value
    period = interval_of(fact)
    return bool(asked) and period.startswith("P") and period not in asked


def of_limit_asked(
    context: Context, candidates: list[Candidate[Obligation]]
) -> list[Candidate[Obligation]]:
    """Return them without the limits that a clause sets for another matter than the one asked.

    "Vụ chiêm chậm nhất 30/6, vụ mùa chậm nhất 30/11": what stands between two limits says what
    the second is for. A clause whose words do not tell its limits apart keeps all.
    """
    if not candidates:
        return candidates
    best = candidates[0]
    same = [c for c in candidates if (c.document, c.span) == (best.document, best.span)]
    limits = sorted({c.fact.deadline.span for c in same if c.fact.deadline})
    if len(limits) < 2:
        return candidates
    before: dict[Span, list[str]] = {}
    begun: list[Span] = []
    start = best.span.start
    for limit in limits:
        between = Span(start, limit.start) if start < limit.start else None
        text = context.quoter.line(best.document, between) if between else ""
        before[limit] = alike_syllables(text)
        if _does_what_is_asked(context, text):
            begun.append(limit)
        start = limit.end
    if len(begun) == 1:
        return [c for c in candidates if c not in same or _is_at(c.fact.deadline, begun[0])]
    shortest = min(map(len, before.values()))  # the first has the whole beginning before it
    words = {limit: set(own[len(own) - shortest :]) for limit, own in before.items()}
    asked = set(context.query.topic)
    asked = asked & set(alike_syllables(_before_purpose(context.query))) or asked
    told = {
        limit: len((asked & own).difference(*(words[each] for each in limits if each != limit)))
        for limit, own in words.items()
    }
    most = max(told.values())
    wanted = [limit for limit in limits if told[limit] == most]
    if len(wanted) > 1:
        return candidates
    return [c for c in candidates if c not in same or _is_at(c.fact.deadline, wanted[0])]


def _is_at(deadline: Deadline | None, span: Span) -> bool:
    return deadline is not None and deadline.span == span


_CLAUSE_LEAD: Final = re.compile(r"(?:[,;:]|(?<!\w)và(?!\w))(?!.*(?:[,;:]|(?<!\w)và(?!\w)))")


def _does_what_is_asked(context: Context, text: str) -> bool:
    """Return whether the clause that ends a text begins with words of the question.

    "…, khởi công nhà hiệu bộ trong quý III và đưa vào sử dụng trước tháng 9": what is asked is
    when it is put into use, whatever else the first clause shares with the question.
    """
    last = _CLAUSE_LEAD.search(text)
    lead = alike_syllables(text[last.end() :] if last else text)[:2]
    asked = alike_syllables(_before_purpose(context.query))
    return len(lead) > 1 and lead in [list(pair) for pair in zip(asked, asked[1:], strict=False)]


_PURPOSE: Final = re.compile(
    r"(?<=\w)(?:,? )(?:để|nhằm|phục vụ|kịp) (?=\w)(?!.*(?<!\w)(?:nào|mấy|bao giờ)(?!\w))"
)


def _before_purpose(query: Query) -> str:
    """Return a question without what it says at its end that something is done for."""
    spelled = canonical(query.spelled)
    purpose = _PURPOSE.search(spelled)
    return spelled[: purpose.start()] if purpose else spelled


def interval_of(fact: Obligation | Deadline) -> str:
    """Return how often a limit comes: "P1M" for ``---25``, "P1Y" for ``--12-15``."""
    value = iso_of(fact.deadline if isinstance(fact, Obligation) else fact)
    if value.startswith("---"):
        return "P1M"
    return "P1Y" if value.startswith("--") else value


def _time_after(context: Context, wanted: Granularity, *, event: bool) -> Draft | None:
    """Return the time that a later sentence gives for what a sentence speaks of.

    "Đề nghị các trường rà soát …. Các đơn vị thực hiện trước ngày 24/3."; "a) Khai mạc: …
    Thời gian: 8 giờ ngày 28/12." The later one is under the same headings and has no matter of
    its own.
    """
    base = next(iter(context.sentences()), None)
    if base is None or not is_enough(context, base):
        return None
    after = [
        timed
        for timed in context.timed()
        if timed.document == base.document
        and timed.headings == base.headings
        and 0 < timed.span.start - base.span.start < AFTER
        and gives(timed.fact, wanted)
        and (not event or timed.fact.bound == "on")
        and _ONLY_TIME.search(canonical(context.quoter.line(timed.document, timed.span)))
    ]
    if not after:
        return None
    first = min(after, key=lambda timed: (timed.span, timed.fact.span))
    item = _timed_item(context, first)
    said = context.quoter.cite(base.document, base.span, base.headings)
    text = f"{context.quoter.line(base.document, base.span)} — {item.text}"
    return Draft(
        items=(replace(item, text=text, citations=(*item.citations, said)),),
        confidence=base.coverage,
    )


def is_event(text: str) -> bool:
    """Return whether a question asks when something takes place, not by when it is due."""
    return bool(_EVENT.search(fold(text)))


def is_enough(
    context: Context,
    candidate: Candidate[Obligation] | Candidate[Deadline] | Candidate[Hit],
    share: float = 1.0,
) -> bool:
    """Return whether a candidate accounts for enough of a question, times a share of it."""
    enough = candidate.coverage >= share * context.enough(ENOUGH)
    return (enough and candidate.missing <= context.tolerated(MOST_MISSING)) or context.is_agreed(
        candidate
    )


def duty_or_time(context: Context, candidate: Candidate[Deadline]) -> DraftItem:
    """Return a clause with a time as the duty that the register has of it, if it has one.

    Args:
        context: the question and the index.
        candidate: the time, with its clause.

    Returns:
        The item of that duty, else of the clause.
    """
    duty = duty_at(
        context,
        candidate.document,
        candidate.span,
        lambda fact: bool(fact.deadline and fact.deadline.span.overlaps(candidate.fact.span)),
    )
    return duty or _timed_item(context, candidate)


def duty_at(
    context: Context, document: str, span: Span, wanted: Callable[[Obligation], bool]
) -> DraftItem | None:
    """Return the duty that stands in some words of a document.

    Args:
        context: the question and the index.
        document: its id.
        span: the words.
        wanted: which duties are looked for.

    Returns:
        The item of the one that begins first; None when the register has none there.
    """
    found = [
        fact
        for fact in context.snapshot.facts[document].obligations
        if fact.actors and fact.evidence[0].overlaps(span) and wanted(fact)
    ]
    if not found:
        return None
    first = min(found, key=lambda fact: fact.evidence[0])
    return duty_item(
        context,
        Candidate(
            fact=first,
            document=document,
            span=first.evidence[0],
            headings=first.headings,
            coverage=1.0,
            missing=0.0,
            score=1.0,
        ),
    )


def _timed_item(context: Context, candidate: Candidate[Deadline]) -> DraftItem:
    place = context.snapshot.entries[candidate.document].header.place
    return DraftItem(
        text=context.quoter.line(candidate.document, candidate.span),
        fields=ItemFields(
            deadline=limit_value(candidate.fact), place=place.value if place else None
        ),
        citations=(
            context.quoter.cite(
                candidate.document, candidate.span, candidate.headings, [candidate.fact.span]
            ),
        ),
    )


def _by_date(context: Context, limits: Sequence[AskedDate]) -> Draft | Refusal:
    query = context.query
    exact = _due(context, limits, is_due_on)
    counted = _COUNTS_WORK.search(fold(query.text))
    lists = query.intent == "list" or bool(counted or _LISTS.search(fold(query.text)))
    if lists:
        seen = {(c.document, c.span, c.fact.deadline) for c in exact}
        within = sorted(
            _due(context, limits, is_due_within),
            key=lambda c: (iso_of(c.fact.deadline)[:1] in "-P", iso_of(c.fact.deadline), c.span),
        )
        exact += [c for c in within if (c.document, c.span, c.fact.deadline) not in seen]
        exact = _of_the_matter(context, exact)
    found = [
        c
        for c in exact
        if lists
        or not query.topic
        or (c.coverage >= ENOUGH_WITH_DATE and c.missing <= context.tolerated(MOST_MISSING))
    ]
    if lists and found:
        draft = draft_of(context, found[:MOST_LISTED])
        return _counted(draft, len(draft.items)) if counted else draft
    if found:
        best = found[0].score
        return draft_of(context, [c for c in found if c.score >= 0.6 * best][:MOST])
    dated = [c for c in context.obligations() if iso_of(c.fact.deadline)]
    if not dated and len(context.allowed) <= MOST_READ:
        dated = context.obligations(lambda fact: bool(iso_of(fact.deadline)))
    nearest = dated[:1]
    return Refusal(
        reason="not_stated",
        confidence=nearest[0].coverage if nearest else 0.0,
        nearest=tuple(cite_duty(context, c)[0] for c in nearest),
    )


def counts_work(query: Query) -> bool:
    """Return whether a question asks how much work is due at a time, not for a figure."""
    return bool(query.dates and _COUNTS_WORK.search(fold(query.text)))


def _counted(draft: Draft, items: int) -> Draft:
    """Return a list with the number of its items before the first."""
    first = replace(draft.items[0], text=f"{items} việc: {draft.items[0].text}")
    return replace(draft, items=(first, *draft.items[1:]))


def _of_the_matter(
    context: Context, candidates: list[Candidate[Obligation]]
) -> list[Candidate[Obligation]]:
    """Return those of a list that speak of what the question names beside the time, if any do."""
    time = set(filter(_OF_TIME.fullmatch, context.query.topic))
    if not set(context.query.topic) - _OF_WORK - time - title_words(context, candidates):
        return candidates
    close = [c for c in candidates if is_enough(context, c)]
    return close or candidates


def _due(
    context: Context,
    limits: Sequence[AskedDate],
    agrees: Callable[[Deadline | None, AskedDate, date | None], bool],
) -> list[Candidate[Obligation]]:
    found = []
    for document in context.allowed:
        issued = issued_of(context.snapshot.entries[document])
        found += [
            fact
            for fact in context.snapshot.facts[document].obligations
            if any(agrees(fact.deadline, asked, issued) for asked in limits)
        ]
    wanted = {id(fact) for fact in found}
    return context.obligations(lambda fact: id(fact) in wanted)


def _fits(context: Context, candidate: Candidate[Obligation], intent: Intent) -> bool:
    fact = candidate.fact
    asked = context.query.recurrence
    if intent == "who" and not fact.actors:
        return False
    if intent != "list" and _is_elsewhere(context, candidate):
        return False
    if intent == "to_whom" and not fact.recipient:
        return False
    if intent == "when":
        if fact.deadline is None:
            return False
        if asked and not recurs(fact.deadline):
            said = context.quoter.line(candidate.document, candidate.span)
            return bool(set(asked) & set(find_recurrence(said)))
    return True


def _is_elsewhere(context: Context, candidate: Candidate[Obligation]) -> bool:
    """Return whether a duty is that of another place of the level that a question names.

    "Huyện Nam Khê …" is not answered by what "UBND huyện Đông Sơn" has to do.
    """
    asked = {fold(place): fold(bare_name(place)) for place in context.query.spoken_places}
    if not asked:
        return False
    said = fold(context.quoter.line(candidate.document, candidate.span))
    if any(name in said for name in asked.values()):
        return False
    named = [place for actor in candidate.fact.actors for place in _PLACE_OF.findall(actor.text)]
    return any(
        whole.startswith(f"{fold(level)} ") and fold(name) not in whole
        for whole in asked
        for level, name in named
    )


_PLACE_OF: Final = re.compile(
    rf"(huyện|xã|tỉnh|quận|phường|thị trấn|thành phố|thị xã) ([{UPPER}]\w*(?: [{UPPER}]\w*)*)"
)


def recurs(deadline: Deadline) -> bool:
    """Return whether a time limit comes again every year, month or so."""
    value = deadline.value or ""
    return deadline.kind == "recurring" or value.startswith(("--", "P"))


def draft_of(context: Context, candidates: Sequence[Candidate[Obligation]]) -> Draft:
    """Return obligations as items, in the order given; a clause repeated in a document is one."""
    kept = _without_copies(candidates)
    items = [duty_item(context, candidate) for candidate in kept]
    for candidate in kept:
        items += [duty_item(context, other) for other in _as_often(context, candidate)]
    return Draft(items=tuple(items), confidence=max(c.coverage for c in candidates))


def _as_often(
    context: Context, candidate: Candidate[Obligation]
) -> Iterator[Candidate[Obligation]]:
    """Yield an obligation once more for every other period that its sentence names.

    "Định kỳ 6 tháng và hằng năm": its other entries in the register, and what that lacks.
    """
    own = candidate.fact.deadline
    if own is None or not (own.value or "").startswith(("P", "---")) or own.kind != "recurring":
        return
    known = {own.value}
    for fact in context.snapshot.facts[candidate.document].obligations:
        limit = fact.deadline
        if limit is None or not fact.evidence[0].overlaps(candidate.span):
            continue
        same = canonical(fact.action.text) == canonical(candidate.fact.action.text)
        if same and limit.kind == "recurring" and limit.value not in known:
            yield replace(candidate, fact=fact)
        known.add(limit.value)
    line = view(context.quoter.document(candidate.document).text, [candidate.span])
    for other in find_deadlines(line, issued_on=None):
        period = _PERIOD.match(other.value or "")
        if other.kind == "recurring" and period and other.value not in known:
            known.add(other.value)
            yield replace(candidate, fact=replace(candidate.fact, deadline=other))


_PERIOD: Final = re.compile(r"P\d|---")


def _without_copies(
    candidates: Sequence[Candidate[Obligation]],
) -> list[Candidate[Obligation]]:
    seen = set()
    kept = []
    for candidate in candidates:
        fact = candidate.fact
        actors = tuple(canonical(actor.text) for actor in fact.actors)
        limit = iso_of(fact.deadline)
        once = "" if limit.startswith("P") else limit  # other periods are given by ``_as_often``
        key = (candidate.document, actors, canonical(fact.action.text), once)
        if key not in seen:
            seen.add(key)
            kept.append(candidate)
    return kept
