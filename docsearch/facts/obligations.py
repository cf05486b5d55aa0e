"""The outline → what somebody has to do, by when and to whom.

One clause that says to do something is one obligation. Who has to do it stands, in this order, at
the beginning of the clause or of its sentence, at the beginning of the sentence before, or in the
nearest heading above that names bodies and nothing else; else the obligation names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from docsearch.facts.actors import (
    Subject,
    find_names,
    find_subject,
    is_only_names,
    skip_label,
    terms,
)
from docsearch.facts.deadlines import find_deadlines
from docsearch.orthography import canonical
from docsearch.parse.outline import walk
from docsearch.parse.sentences import clauses, sentences
from docsearch.parse.view import View, view
from docsearch.records import Deadline, Heading, Mention, Obligation, Span, Unit

# A sentence that holds only a time limit says by when the one before it has to be done.
_ONLY_LIMIT: Final = re.compile(
    r"(?:các đơn vị |các cơ quan, đơn vị )?(?:(?:thời gian |thời hạn )?"
    r"(?:hoàn thành|thực hiện|báo cáo|gửi)(?: xong)?|thời gian|thời hạn)\b"
)
MAX_LIMIT: Final = 70  # code points of such a sentence; arbitrary, "Hoàn thành trước ngày …" has 32

_SUBMIT: Final = r"(?<!công )(?<!chương )(?<!quá )(?<!quy )(?<!lộ )(?<!giáo )trình"
_REPORT: Final = rf"(?:báo cáo|báo(?! chí)|gửi|gởi|nộp|{_SUBMIT}|đăng ký|thông báo|phản ánh)"
_TO: Final = (
    re.compile(
        rf"(?<!\w){_REPORT}(?!\w)[^.;]*?(?<!\w)(?:về|gửi|gởi|cho|đến|tới|lên|với|qua)\s+(?:cho\s+)?"
    ),
    re.compile(rf"(?<!\w)(?:gửi|gởi|báo cáo|{_SUBMIT}|nộp)\s+(?:về |cho |lên |đến )?"),
    re.compile(r"(?<!\w)tham mưu\s+(?:cho |giúp |đề xuất |với )?"),
)
_WITH: Final = re.compile(
    r"(?<!\w)phối hợp\s+(?:chặt chẽ\s+|cụ thể\s+)?(?:với|cùng)?\s*(?:với\s+)?"
)
_VIA: Final = re.compile(r"\s*\(\s*(?:qua|thông qua)\b[^)]{1,80}\)")
_TASKS: Final = re.compile(
    r"nhiệm vụ|giải pháp|tổ chức thực hiện|nội dung|trách nhiệm|phân công|yêu cầu|biện pháp"
)
_NO_TASKS: Final = re.compile(
    r"(?:^|\s)(?:nơi nhận|kính gửi|căn cứ|đánh giá kết quả|kết quả đạt được|tình hình|hạn chế"
    r"|nguyên nhân)"
)
# "Thực hiện Kế hoạch số 43/KH-UBND …": on what the document stands, not what it tells to do.
_GROUND: Final = re.compile(
    r"(?:căn cứ|xét|theo|sau khi nghe|nay thông báo)\b"
    r"|(?:thực hiện|tiếp theo) (?:kế hoạch|công văn|nghị quyết|quyết định|chỉ thị|kết luận"
    r"|thông báo|chương trình|nghị định|thông tư|văn bản|hướng dẫn|luật|ý kiến)"
    r"(?: số| của| ngày|,? \d)"
)
_GOALS: Final = re.compile(r"(?:^|\W)(?:mục tiêu|chỉ tiêu|quan điểm|mục đích)")
_SHOULD: Final = re.compile(r"\b(?:đề nghị|khuyến khích|nên|cần)\b")
_GOAL: Final = re.compile(r"\b(?:phấn đấu|hướng tới|mục tiêu)\b")
_DO: Final = re.compile(rf"(?:{'|'.join(re.escape(term) for term in terms('verb'))})(?!\w)")


@dataclass(frozen=True, slots=True)
class _Actors:
    """Who acts, and the words that say so when they stand outside the clause."""

    names: tuple[Mention, ...] = ()
    span: Span | None = None


def find_obligations(text: str, outline: Unit, *, issued_on: str | None) -> list[Obligation]:
    """Return the obligations of a document, in the order of its text.

    Args:
        text: ``Document.text``.
        outline: its tree.
        issued_on: its date of issue in ISO 8601, for time limits without a year; None if unknown.

    Returns:
        One obligation a clause that says to do something, with or without a time limit. A clause
        that stands again word for word under the same headings is returned once.
    """
    found: list[Obligation] = []
    seen: set[tuple[str, ...]] = set()
    for unit, headings in walk(outline):
        if unit.level == "footnote":
            continue
        limited = _limit_of_last(text, unit, found, issued_on)
        if limited:
            found[-1] = limited
            continue
        for obligation in _of_unit(text, unit, headings, issued_on):
            key = (
                *(heading.text for heading in headings),
                canonical(obligation.evidence[0].of(text)),
            )
            if key not in seen:
                seen.add(key)
                found.append(obligation)
    return found


def _limit_of_last(
    text: str, unit: Unit, found: list[Obligation], issued_on: str | None
) -> Obligation | None:
    """Return the last obligation with the time limit that a paragraph of its own gives it."""
    if not found or not unit.pieces or unit.children or found[-1].deadline:
        return None
    line = view(text, unit.pieces)
    start = skip_label(line, 0, len(line.text))
    if len(line.text) - start > MAX_LIMIT or not _is_only_limit(line, start, len(line.text)):
        return None
    limits = find_deadlines(line, issued_on=issued_on)
    if not limits:
        return None
    own = line.span(0, len(line.text))
    return replace(found[-1], deadline=limits[0], evidence=(own, *found[-1].evidence))


def _of_unit(
    text: str, unit: Unit, headings: tuple[Heading, ...], issued_on: str | None
) -> Iterator[Obligation]:
    path = canonical(" / ".join(heading.text for heading in headings))
    if _NO_TASKS.search(path) or _is_bare_heading(unit) or _is_title(text, unit):
        return
    line = view(text, unit.pieces)
    inherited = _from_headings(text, headings)
    last: Obligation | None = None
    for start, end in sentences(line):
        words = skip_label(line, start, end)
        limits = [
            d for d in find_deadlines(line, issued_on=issued_on) if _inside(line, d, start, end)
        ]
        if last and limits and end - words <= MAX_LIMIT and _is_only_limit(line, words, end):
            yield replace(
                last, deadline=limits[0], evidence=(line.span(start, end), *last.evidence)
            )
            last = None
            continue
        subject = find_subject(line, start, end)
        if subject and _is_ground(line, words):
            subject = None
        if subject:
            inherited = _Actors(subject.actors, line.span(start, subject.end))
        found = list(_of_sentence(line, (start, end), subject, inherited, limits, headings, path))
        yield from found[:-1]
        if last:
            yield last
        last = found[-1] if found else None
    if last:
        yield last


def _of_sentence(
    line: View,
    bounds: tuple[int, int],
    subject: Subject | None,
    inherited: _Actors,
    limits: list[Deadline],
    headings: tuple[Heading, ...],
    path: str,
) -> Iterator[Obligation]:
    for number, (start, end) in enumerate(clauses(line, *bounds)):
        own = subject if number == 0 else find_subject(line, start, end)
        actors = _Actors(own.actors, None) if own else inherited
        begin = own.end if own else skip_label(line, start, end)
        while begin < end and line.text[begin] in " :,;":
            begin += 1
        limit = next((d for d in limits if _inside(line, d, start, end)), None)
        if not _says_to_do(line, begin, end, bool(own), limit, path):
            continue
        recipient = _recipient(line, begin, end)
        span = line.span(start, end)
        evidence = [span]
        if actors.span and not span.covers(actors.span):
            evidence.append(actors.span)
        yield Obligation(
            actors=actors.names,
            with_=_with(line, begin, end),
            action=line.mention(begin, end),
            deadline=limit,
            recipient=recipient,
            strength=_strength(line, start, end),
            evidence=tuple(evidence),
            headings=headings,
        )
        if own:
            inherited = _Actors(own.actors, line.span(start, own.end))


def _from_headings(text: str, headings: tuple[Heading, ...]) -> _Actors:
    for heading in reversed(headings):
        subject = is_only_names(view(text, [heading.span]))
        if subject:
            return _Actors(subject.actors, heading.span)
    return _Actors()


def _inside(line: View, deadline: Deadline, start: int, end: int) -> bool:
    return line.offsets[start] <= deadline.span.start < line.offsets[end - 1] + 1


def _is_bare_heading(unit: Unit) -> bool:
    """Return whether a unit's words are a heading, with something under it or not."""
    return unit.heading is not None and unit.pieces[-1].end - unit.heading.span.end <= 6


def _is_title(text: str, unit: Unit) -> bool:
    first = unit.pieces[0].of(text).strip("*#_ ")
    return unit.level == "paragraph" and first.isupper()


def _is_only_limit(line: View, start: int, end: int) -> bool:
    return bool(_ONLY_LIMIT.match(canonical(line.text), start, end))


def _is_ground(line: View, start: int) -> bool:
    return bool(_GROUND.match(canonical(line.text), start))


def _says_to_do(
    line: View, start: int, end: int, named: bool, limit: Deadline | None, path: str
) -> bool:
    text = canonical(line.text)
    while start < end and text[start] in " ,:":
        start += 1
    if start >= end:
        return False
    begins = bool(_DO.match(text, start, end))
    if limit and limit.span.start == line.offsets[start]:
        begins = True  # "Định kỳ hằng năm (trước ngày 15/12) báo cáo …"
    if named:
        return begins
    dated = limit is not None and limit.kind in ("date", "recurring")
    if (_GOALS.search(path) or not path or _GROUND.match(text, start)) and not dated:
        return False  # an aim, a title, a ground
    return begins and bool(limit or _TASKS.search(path) or not _GROUND.match(text, start))


def _with(line: View, start: int, end: int) -> tuple[Mention, ...]:
    text = canonical(line.text)
    match = _WITH.search(text, start, end)
    names = find_names(line, match.end(), end) if match else None
    return names.actors if names else ()


def _recipient(line: View, start: int, end: int) -> Mention | None:
    text = canonical(line.text)
    for pattern in _TO:
        position = start
        while match := pattern.search(text, position, end):
            names = find_names(line, match.end(), end)
            if names:
                via = _VIA.match(line.text, names.end - (line.text[names.end - 1] == " "), end)
                stop = via.end() if via else names.end
                while stop > match.end() and text[stop - 1] in " ,;:.":
                    stop -= 1
                return line.mention(match.end(), stop)
            position = match.end()
    return None


def _strength(line: View, start: int, end: int) -> Literal["must", "should", "goal"]:
    text = canonical(line.text[start:end])
    if _GOAL.search(text):
        return "goal"
    return "should" if _SHOULD.search(text) else "must"
