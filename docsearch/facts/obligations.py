"""The outline → what somebody has to do, by when and to whom.

One clause that says to do something is one obligation; one that states several time limits is one
for each. Who has to do it stands, in this order, at the beginning of the clause or of its
sentence, at the beginning of the sentence before, in the nearest heading above that names bodies,
or in the sentence that introduces the list ("UBND huyện yêu cầu các xã thực hiện:"); else the
obligation names nobody. A row of a table that has a task is an obligation, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from docsearch.facts.actors import find_subject, skip_label
from docsearch.facts.clauses import ClauseReader
from docsearch.facts.deadlines import find_deadlines
from docsearch.facts.duties import DO, MAX_LIMIT, is_only_limit
from docsearch.facts.fields import Fields, Table, field_kind
from docsearch.facts.heads import small
from docsearch.facts.limits import ranked
from docsearch.facts.ranks import DATED, rank
from docsearch.facts.recipients import SENT, find_recipient
from docsearch.facts.stacked_tables import find_stacked_rows
from docsearch.facts.surroundings import STEP, Place, Surroundings
from docsearch.orthography import canonical
from docsearch.parse.sentences import sentences
from docsearch.parse.view import View, view
from docsearch.records import Deadline, Obligation, Span, Unit

_NO_TASKS: Final = re.compile(
    r"(?:^|\s)(?:nơi nhận|kính gửi|căn cứ|kết quả đạt được|tình hình"
    r"|hạn chế(?=$|[,.;:]| (?:/|và|yếu|tồn tại|còn|khuyết|trong|chủ yếu)(?!\w))"
    r"|nguyên nhân|phạm vi điều chỉnh|đối tượng áp dụng"
    r"|giải thích từ ngữ|hiệu lực thi hành)"
    r"|(?:^|/ )(?!điều)(?:[\w.]{1,6}[.)] )?(?:đánh giá kết quả(?!\w)"
    r"|(?:thời gian|thời điểm|kỳ) (?:chốt|lấy) số liệu(?: báo cáo)?(?= ?:?(?:$| /)))"
    r"|(?:^|/ )(?:điều \d+[a-z]?\. ?|\d+\. |)(?:xử phạt|hành vi vi phạm|vi phạm (?:các )?quy định"
    r"|phạt tiền|phạt cảnh cáo)"
)
# "2. Phòng Kinh tế báo cáo Sở tình hình …:" tells somebody to do something
_ASKED: Final = re.compile(
    r"[^\W\d_]{2,}(?: [^/]*)? (?:báo cáo|gửi|nộp|thông báo|theo dõi|nắm|cập nhật|khắc phục|rà soát"
    r"|kiểm tra|phân tích|làm rõ|thống kê)(?!\w)[^/]*$"
    r"|^(?:báo cáo|gửi|gởi|nộp|thông báo)(?: cho| về| lên)? (?:sở|ubnd|ủy ban|phòng|chi cục|bộ|ban"
    r"|huyện ủy|tỉnh ủy|đảng ủy|cấp|cơ quan|thường trực|hội đồng)(?!\w)[^/]*$"
)
# "Các báo cáo gửi về Sở Nội vụ …": who gets what the sentences before say to report
_ALL_SENT: Final = re.compile(
    r"(?:các |mọi |tất cả (?:các )?|toàn bộ )?(?:báo cáo|văn bản|hồ sơ|kết quả)"
    r"(?: (?:trên|nêu trên|nói trên|trên đây|định kỳ|này))* (?:được |đề nghị |phải )?gửi "
    r"(?:về|cho|đến)(?!\w)"
)
# In an article of a regulation "báo cáo năm trước ngày 15/12" is so every year.
_ARTICLE: Final = re.compile(r"(?i)điều [0-9]")
_WHOLE_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PERIODIC: Final = re.compile(
    r"(?<!\w)(?:báo cáo|sơ kết|tổng kết|quyết toán)(?: [^ ,.;:()]+){0,3}? "
    r"(?:(?:0?6|sáu) tháng|cả năm|năm)(?! ?[0-9]| học| nay)(?!\w)"
    r"|(?<!\w)(?:0?[2-6]|hai|ba|bốn|sáu) (?:kỳ|đợt) (?:trong|mỗi|một) năm"
    r"(?! ?[0-9]| học| nay)(?!\w)"
)
# "… kể từ ngày nhận được hồ sơ sau chỉnh sửa, bổ sung của chủ dự án"
_REST_OF_SINCE: Final = re.compile(
    r"(?:(?:,| và)? (?:bổ sung|hoàn thiện|sửa đổi|chỉnh sửa|hợp lệ|đầy đủ)){0,3}"
    r"(?: của(?: [^ ,.;:]+){1,6})?[ .,]*"
)
_LIST: Final = ("letter", "dash", "plus")
_LABEL: Final = re.compile(r"^(?:[ivxl]+|[0-9.]+|[a-zđ])[.)] ?|^[-+•] ")
_TASK_LEVELS: Final = ("number", "letter", "dash", "plus", "paragraph")
_LETTERHEAD: Final = re.compile(r"(?i)cộng h(?:òa|oà) xã hội chủ nghĩa|độc lập ?[-–] ?tự do")


def find_obligations(text: str, outline: Unit, *, issued_on: str | None) -> list[Obligation]:
    """Return the obligations of a document, in the order of its text.

    Args:
        text: ``Document.text``.
        outline: its tree.
        issued_on: its date of issue in ISO 8601, for time limits without a year; None if unknown.

    Returns:
        One obligation a clause that says to do something, with or without a time limit, and one
        for each of several time limits of a clause. A clause that stands again word for word
        under the same headings is returned once.
    """
    return _Finder(text, issued_on).find(outline)


class _Finder:
    """Finds the obligations of one document."""

    def __init__(self, text: str, issued_on: str | None) -> None:
        self._text = text
        self._issued_on = issued_on
        self._table = Table(text, issued_on=issued_on)
        self._around = Surroundings(text, issued_on=issued_on)
        self._found: list[Obligation] = []
        self._seen: set[tuple[str, ...]] = set()
        self._row = 0  # where the obligations of the last row of a table begin
        self._stacks, rows = find_stacked_rows(text, field_kind)
        self._stacked = {row.span.start: row for row in rows}

    def find(self, outline: Unit) -> list[Obligation]:
        for place in self._around.places(outline):
            self._take(place)
        return [self._standing(one) for one in self._found]

    def _standing(self, one: Obligation) -> Obligation:
        """Return a duty with the day of a yearly report in a regulation, which is so every year."""
        limit = one.deadline
        if limit is None or not (limit.inferred and _WHOLE_DAY.fullmatch(limit.value or "")):
            return one
        article = any(_ARTICLE.match(heading.text) for heading in one.headings)
        if not article or not _PERIODIC.search(canonical(one.evidence[0].of(self._text))):
            return one
        yearly = replace(limit, value=f"-{(limit.value or '')[4:]}", kind="recurring")
        return replace(one, deadline=replace(yearly, inferred=False))

    def _take(self, place: Place) -> None:
        raw = self._beside_stacks(place)
        if not raw:
            return
        if self._table.holds(raw):
            for span, fields in self._table.rows(raw):
                if fields:
                    if fields.continues:
                        del self._found[self._row :]
                    self._row = len(self._found)
                    self._add(self._of_fields(place, fields, span))
                elif not self._table.heads(span):
                    self._prose(place, (span,))
            return
        self._table.leave()
        self._prose(place, raw)

    def _beside_stacks(self, place: Place) -> tuple[Span, ...]:
        """Take the rows that begin in a unit with one cell a line; return its other pieces."""
        apart: list[Span] = []
        for piece in place.unit.pieces:
            if not any(s.start <= piece.start and piece.end <= s.end for s in self._stacks):
                apart.append(piece)
                continue
            row = self._stacked.get(piece.start)
            fields = self._table.of_stacked(row) if row else None
            if row and fields:
                self._add(self._of_fields(place, fields, row.span))
        return tuple(apart)

    def _prose(self, place: Place, pieces: tuple[Span, ...]) -> None:
        line = view(self._text, pieces)
        limited = self._limit_of_last(place, line)
        if limited:
            self._found[-1:] = limited
            return
        before = len(self._found)
        self._add(self._of_unit(place, line))
        self._address(place, line)
        if place.fields:
            self._complete(place, line, before)

    def _address(self, place: Place, line: View) -> None:
        """Give reports that name nobody who gets them the one that a sentence names for all.

        "a) Báo cáo quý: trước ngày 20; b) … Các báo cáo gửi về Sở Nội vụ bằng bản điện tử."
        """
        for start, end in sentences(line):
            sent = _ALL_SENT.match(small(line.text), skip_label(line, start, end), end)
            recipient = find_recipient(line, start, end) if sent else None
            if recipient is None:
                continue
            for number, one in enumerate(self._found):
                reports = SENT.search(canonical(one.action.text))
                if (
                    one.recipient is None
                    and one.headings[: len(place.headings)] == place.headings
                    and reports
                ):
                    self._found[number] = replace(one, recipient=recipient)

    def _add(self, obligations: Iterable[Obligation]) -> None:
        read = lru_cache(canonical)  # one clause may hold a thousand limits
        for obligation in obligations:
            limit = obligation.deadline
            key = (
                *(heading.text for heading in obligation.headings),
                read(obligation.evidence[0].of(self._text)),
                read(obligation.action.text),
                limit.text if limit else "",
            )
            if key not in self._seen:
                self._seen.add(key)
                self._found.append(obligation)

    # Rows and labelled lines

    def _of_fields(self, place: Place, fields: Fields, span: Span) -> Iterator[Obligation]:
        if fields.task is None or _tells_nobody(place.path):
            return
        task = view(self._text, (fields.task.span,))
        gets = fields.recipient or find_recipient(task, 0, len(task.text))
        for limit in fields.deadlines or (place.limit,):
            yield Obligation(
                actors=fields.actors or (() if fields.deadlines else place.inherited.names),
                with_=fields.with_,
                action=fields.task,
                deadline=limit,
                recipient=gets or place.inherited.recipient,
                strength="must",
                evidence=(span,),
                headings=place.headings,
            )

    def _complete(self, place: Place, line: View, before: int) -> None:
        """Give the obligations of a task what the labelled lines under it say."""
        fields = place.fields
        if fields is None or not (fields.deadlines or fields.actors):
            return
        own = self._found[before:]
        del self._found[before:]
        begin = skip_label(line, 0, len(line.text))
        if not own and not line.text[begin:].strip():
            return  # a number without words above the lines
        if not own:
            action = line.mention(begin, len(line.text))
            stated = ranked(find_deadlines(line, issued_on=self._issued_on))[:1]
            if place.limit and all(rank(limit) <= 3 for limit in stated):
                stated = [place.limit]
            limits = fields.deadlines or tuple(stated)
            evidence = (line.span(0, len(line.text)), *fields.evidence)
            for limit in limits or (place.limit,):
                self._found.append(
                    Obligation(
                        actors=fields.actors or place.inherited.names,
                        with_=fields.with_,
                        action=action,
                        deadline=limit,
                        recipient=fields.recipient
                        or find_recipient(line, 0, len(line.text))
                        or place.inherited.recipient,
                        strength="must",
                        evidence=evidence,
                        headings=place.headings,
                    )
                )
            return
        for number, one in enumerate(own):
            limits = fields.deadlines if number == len(own) - 1 and not one.deadline else ()
            for limit in limits or (one.deadline or place.limit,):
                self._found.append(
                    replace(
                        one,
                        actors=fields.actors or one.actors,
                        with_=fields.with_ or one.with_,
                        deadline=limit,
                        recipient=one.recipient or fields.recipient or place.inherited.recipient,
                        evidence=(*one.evidence, *fields.evidence),
                    )
                )

    def _limit_of_last(self, place: Place, line: View) -> list[Obligation]:
        """Return the last obligation with the time limits that a paragraph of its own gives it."""
        if not self._found or place.unit.children or self._found[-1].deadline:
            return []
        start = skip_label(line, 0, len(line.text))
        if len(line.text) - start > MAX_LIMIT or not is_only_limit(line, start, len(line.text)):
            return []
        limits = find_deadlines(line, issued_on=self._issued_on)
        if not limits or place.headings[:-1] != self._found[-1].headings[: len(place.headings) - 1]:
            return []
        own = line.span(0, len(line.text))
        last = self._found[-1]
        gets = last.recipient or find_recipient(line, start, len(line.text))
        last = replace(last, recipient=gets, evidence=(own, *last.evidence))
        return [replace(last, deadline=limit) for limit in limits]

    # Sentences

    def _of_unit(self, place: Place, line: View) -> Iterator[Obligation]:
        if _tells_nobody(place.path) or _is_title(line, place.unit):
            return
        limits = find_deadlines(line, issued_on=self._issued_on) if line.text else ()
        if _is_bare_heading(place.unit) and not self._is_task(place, line, limits):
            return
        if round_ := self._round(place, line, limits):
            yield round_
            return
        context = ClauseReader(line, place, limits, self._issued_on)
        last: list[Obligation] = []
        ahead: list[Obligation] = []  # a sentence that says only by when the next is done
        for start, end in sentences(line):
            words = skip_label(line, start, end)
            inside = context.between(start, end)
            if last and inside and end - words <= MAX_LIMIT and is_only_limit(line, words, end):
                own = line.span(start, end)
                one = last.pop()
                yield from last
                last = []
                gets = one.recipient or find_recipient(line, words, end)
                for limit in inside:
                    yield replace(
                        one, deadline=limit, recipient=gets, evidence=(own, *one.evidence)
                    )
                continue
            yield from last
            last = context.sentence(start, end)
            if ahead and len(last) and last[0].deadline is None:
                whole = (*last[0].evidence, *ahead[0].evidence)
                last[0] = replace(last[0], deadline=ahead[0].deadline, evidence=whole)
            else:
                yield from ahead
            ahead = []
            if len(last) == 1 and _is_bare_limit(last[0]):
                ahead, last = last, []
        yield from ahead
        yield from last

    def _round(self, place: Place, line: View, limits: Sequence[Deadline]) -> Obligation | None:
        """Return what "- Đợt 1: Từ ngày 15/3 đến ngày 15/4" says: when the work above is done."""
        start = skip_label(line, 0, len(line.text))
        step = STEP.match(small(line.text), start)
        if step is None or len(limits) != 1 or place.unit.children or place.unit.level not in _LIST:
            return None
        begins, ends = limits[0].span.start, limits[0].span.end
        rest = line.text[step.end() :].rstrip(" .;")
        if line.offsets[step.end()] != begins or begins + len(rest) > ends:
            return None
        return Obligation(
            actors=place.inherited.names,
            with_=(),
            action=line.mention(start, len(line.text)),
            deadline=limits[0],
            recipient=None,
            strength="must",
            evidence=(line.span(0, len(line.text)),),
            headings=place.headings,
        )

    def _is_task(self, place: Place, line: View, limits: Sequence[Deadline]) -> bool:
        """Return whether a heading tells somebody to do something by a time."""
        if place.unit.level not in _TASK_LEVELS or place.limit or not limits:
            return False
        if any(rank(limit) >= DATED for limit in limits):
            return True
        subject = find_subject(line, 0, len(line.text))
        return bool(subject and DO.match(small(line.text), subject.end))


def _is_bare_limit(one: Obligation) -> bool:
    """Return whether a sentence says by when and no more: "Trong thời hạn 04 ngày kể từ ngày …"."""
    limit = one.deadline
    if limit is None or limit.kind != "relative":
        return False
    rest = canonical(one.action.text.strip(" .,")).removeprefix(canonical(limit.text))
    return _REST_OF_SINCE.fullmatch(rest) is not None


@lru_cache(maxsize=64)
def _tells_nobody(path: str) -> bool:
    """Return whether the headings above, in one line, say that below them stand no tasks."""
    return any(
        not match[0].strip().startswith(("tình hình", "hạn chế", "nguyên nhân"))
        or not _ASKED.search(_LABEL.sub("", path[: match.start()].rpartition(" / ")[2]))
        for match in _NO_TASKS.finditer(path)
    )


def _is_bare_heading(unit: Unit) -> bool:
    """Return whether a unit's words are a heading, with something under it or not."""
    return unit.heading is not None and unit.pieces[-1].end - unit.heading.span.end <= 6


def _is_title(line: View, unit: Unit) -> bool:
    first = line.text[:300]
    if first.isupper():
        return True
    return unit.level == "paragraph" and bool(_LETTERHEAD.search(first))
