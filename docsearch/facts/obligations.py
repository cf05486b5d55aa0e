"""The outline → what somebody has to do, by when and to whom.

One clause that says to do something is one obligation; one that states several time limits is one
for each. Who has to do it stands, in this order, at the beginning of the clause or of its
sentence, at the beginning of the sentence before, in the nearest heading above that names bodies,
or in the sentence that introduces the list ("UBND huyện yêu cầu các xã thực hiện:"); else the
obligation names nobody. A row of a table that has a task is an obligation, too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal

from docsearch.facts.actors import (
    Subject,
    find_names,
    find_subject,
    is_only_names,
    skip_label,
    small,
    terms,
)
from docsearch.facts.deadlines import find_deadlines, find_labelled_deadlines
from docsearch.facts.fields import FieldKind, Fields, Table, add_field, read_field
from docsearch.orthography import canonical
from docsearch.parse.sentences import clauses, sentences
from docsearch.parse.view import View, view
from docsearch.records import Deadline, Heading, Mention, Obligation, Span, Unit

# A sentence that holds only a time limit says by when the one before it has to be done.
_ONLY_LIMIT: Final = re.compile(
    r"(?:các đơn vị |các cơ quan, đơn vị )?(?:(?:thời gian |thời hạn )?"
    r"(?:hoàn thành|thực hiện|báo cáo|gửi)(?: xong)?|thời gian|thời hạn)\b"
)
MAX_OCCASION: Final = 300  # code points of "Quá trình thực hiện nếu có vướng mắc, "
PROGRAMME: Final = 2  # the rank of a period
MAX_FIELD: Final = 400  # code points of a labelled line
DATED: Final = 5  # the rank of a time limit with a day, or counted in days
MAX_LIMIT: Final = 70  # code points of such a sentence; arbitrary, "Hoàn thành trước ngày …" has 32

_SUBMIT: Final = r"(?<!công )(?<!chương )(?<!quá )(?<!quy )(?<!lộ )(?<!giáo )trình"
_REPORT: Final = rf"(?:báo cáo|báo(?! chí)|gửi|gởi|nộp|{_SUBMIT}|đăng ký|thông báo|phản ánh)"
_TO: Final = (
    re.compile(
        rf"(?<!\w){_REPORT}(?!\w)[^.;]{{0,400}}?(?<!\w)(?:về|gửi|gởi|cho|đến|tới|lên|với"
        rf"|(?<!\()qua)\s+(?:cho\s+)?"
    ),
    re.compile(rf"(?<!\w)(?:gửi|gởi|báo cáo|{_SUBMIT}|nộp)\s+(?:về |cho |lên |đến )?"),
    re.compile(r"(?<!\w)tham mưu\s+(?:cho |giúp |đề xuất |với )?"),
)
_TO_BODY: Final = re.compile(r" ?(?:gửi |gởi )?(?:về|cho|đến|lên) ")
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
MAX_CLAUSE: Final = 3000  # code points that are searched for a recipient; longer is no clause
MAX_GAP: Final = 45  # code points: " (đối với báo cáo 6 tháng) và "; arbitrary
MAX_PART: Final = 200  # code points of a part of a clause with its own year: arbitrary
MAX_TITLE: Final = 400  # code points of the title of a cited document
# "theo Quyết định số … phê duyệt …" up to the period in its title
_CITED: Final = re.compile(
    r"(?:theo|tại|căn cứ|thực hiện|nghị quyết|của) (?:nội dung )?(?:quyết định|nghị quyết|kế hoạch"
    r"|công văn|chỉ thị|nghị định|thông tư|chương trình hành động) (?:số )?[0-9][^;“”]*$"
    r"|^quyết định số [^;]*$"
)
_OF_PLAN: Final = re.compile(
    r"(?:quy hoạch|chiến lược|chương trình|đề án|kế hoạch|tầm nhìn|mục tiêu)[^,.;:]*$"
)
_PARTS: Final = ("document", "attached", "annex", "part", "chapter", "section", "roman", "article")
_TASK_LEVELS: Final = ("number", "letter", "dash", "plus", "paragraph")
# "… thực hiện các nội dung sau:" introduces what stands below.
_INTRODUCTION: Final = re.compile(
    r"(?::|(?:như sau|sau đây|có trách nhiệm|có nhiệm vụ)[.;]?)[*_\s]*$"
)
# "Bước 1: Từ ngày 15/6 đến 15/7/2003" heads what is done then
_STEP: Final = re.compile(
    r"(?:bước|đợt|giai đoạn|vòng) (?:[0-9]{1,2}|[ivx]{1,4}) ?[:.(–-] ?(?:thời gian:? )?"
)
_TIME_HEADING: Final = re.compile(r"(?:tháng|quý|quí|tuần|năm|từ|6 tháng|sáu tháng)\b")
_NO_COUNT: Final = re.compile(r"[0-9]+ (?:năm|tháng|tuần|lần|quý)|lần|/ ?0?1\b|0?1 ?lần")
# What goes on with a time limit of its own.
_PART: Final = re.compile(r"[,;)] (?:và |đồng thời )?(?=[^\W\d])| và (?=[^\W\d])")
_REPORTED: Final = re.compile(r"(?:báo cáo|quý|quí|6 tháng|0?6 tháng|cả năm|năm|tháng|đợt)(?!\w)")
_BEFORE_LIMIT: Final = re.compile(r"[,;] (?:và )?$|(?<=\w) và $|[,;] [^,;]{0,30}$")
_GIVEN: Final = re.compile(
    r"(?:(?<=[,;:(] )|(?<=\bvà ))(?:giao|yêu cầu|đề nghị)(?: cho)? |(?<= )do "
)
_LETTERHEAD: Final = re.compile(r"(?i)cộng h(?:òa|oà) xã hội chủ nghĩa|độc lập ?[-–] ?tự do")
_TO_WHOM: Final = re.compile(
    r"(?:[\w.]{1,5}[.)-] ?)?(?:các |những )?(?:nội dung|văn bản|báo cáo|đề án|công"
    r" việc)[^:]{0,60}? trình "
)
_RESPONSIBLE: Final = re.compile(
    r"([^\W\d_][^,.;:()]{2,80}?) (?=có (?:trách nhiệm|nhiệm vụ)(?!\w))"
)
# "Báo cáo tuần về bệnh truyền nhiễm: Trung tâm Y tế gửi …"
_TOPIC: Final = re.compile(r"[^.:;]{3,120}: (?=[^\W\d_])")
_CITES: Final = re.compile(r"(?:thực hiện|tiếp theo|xét|nay thông báo)\b")
_THESE: Final = re.compile(r" (?:này|đó|trên|nêu trên|nói trên)$")
_SENT: Final = re.compile(r"(?<!\w)(?:gửi|gởi|nộp|báo cáo|trình)(?!\w)")
# What reports or describes, and tells nobody to do anything.
_REPORTS: Final = re.compile(
    r"(?:đã|đang|vẫn|còn|chưa|bị|ước|không còn|không phải|theo thống kê|nhận thấy|đạt)(?!\w)"
)
_DESCRIBES: Final = re.compile(
    r"(?:được|có(?! (?:trách nhiệm|nhiệm vụ|kế hoạch|biện pháp|giải pháp|văn bản|ý kiến|báo cáo"
    r"|phương án|hình thức|chương trình))|là|gồm|bao gồm|kết quả"
    r"|ban hành (?:kế hoạch|chương trình|hướng dẫn|quy chế|thông tư|quy định|chỉ thị|quyết định)"
    r"[^.;]{0,200} (?:như sau|với các nội dung|quy định))(?!\w)"
)
_OCCASION: Final = re.compile(
    r"(?:trong|quá trình|nếu|khi|trường hợp|sau|để|nhận được|hằng|hàng|định kỳ|ngoài|cùng với"
    r"|căn cứ"
    r"|trên cơ sở|kết thúc|riêng|đối với|từ|đến|trước|vào|theo)(?!\w)"
)
_NEXT: Final = re.compile(r"[,:] (?:đề nghị |yêu cầu |phải |cần )?")
_MUST: Final = re.compile(r"(?<!\w)(?:phải|cần|đề nghị|yêu cầu)(?!\w)")
_FIGURE: Final = re.compile(r"[0-9](?:[.,][0-9]+)? ?%|đạt (?:từ |trên |ít nhất |tối thiểu )?[0-9]")
_COUNT: Final = re.compile(
    r"(?<![\w/])(?!(?:19|20)[0-9]{2}\b)[0-9][0-9.,]* ?(?!tháng|năm)(?=[^\W\d])"
)
_DUTY: Final = re.compile(
    r"(?<!\w)(?:phải|hoàn thành|xong|gửi|gởi|nộp|báo cáo|trình|thực hiện|tổ chức|đề nghị|yêu cầu"
    r"|triển khai|hoàn tất|kết thúc|thông báo|đăng ký|họp|thời hạn|hạn)(?!\w)"
)
_CASE: Final = re.compile(r"(?:trường hợp|nếu|khi|đối với)(?!\w)")
_STATES: Final = re.compile(
    r"(?<!\w)(?:đã|chưa|vừa qua|thời gian qua|so với|còn \d|bằng \d|có hiệu lực|ước đạt|được tính"
    r"|tính từ|sinh)(?!\w)"
)
_GOALS: Final = re.compile(r"(?:^|\W)(?:mục tiêu|chỉ tiêu|quan điểm|mục đích)")
_SHOULD: Final = re.compile(r"\b(?:đề nghị|khuyến khích|nên|cần)\b")
_GOAL: Final = re.compile(r"\b(?:phấn đấu|hướng tới|mục tiêu)\b")
_DO: Final = re.compile(
    r"(?:(?:cơ bản|từng bước|đồng thời|trước mắt|sớm|nhanh chóng|chỉ|cùng|phải|cần),? ){0,2}"
    rf"(?:{'|'.join(re.escape(term) for term in terms('verb'))})(?!\w)"
)


@dataclass(frozen=True, slots=True)
class _Actors:
    """Who acts, and the words that say so when they stand outside the clause."""

    names: tuple[Mention, ...] = ()
    span: Span | None = None
    recipient: Mention | None = None  # "Sở gửi Bộ:" says it for all that stands below


@dataclass(slots=True)
class _Place:
    """One unit and what the units around it say of it."""

    unit: Unit
    headings: tuple[Heading, ...]
    path: str  # the headings in one line, canonical
    inherited: _Actors
    limit: Deadline | None  # of a heading that is only a time: "Tháng 3", "Quý II"
    fields: Fields | None  # the labelled lines under it


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
        self._found: list[Obligation] = []
        self._seen: set[tuple[str, ...]] = set()
        self._row = 0  # where the obligations of the last row of a table begin

    def find(self, outline: Unit) -> list[Obligation]:
        for place in self._places(outline, (), _Actors(), None):
            self._take(place)
        return self._found

    def _take(self, place: _Place) -> None:
        raw = place.unit.pieces
        if any("|" in piece.of(self._text) for piece in raw):
            for span, fields in self._table.rows(raw):
                if fields:
                    if fields.continues:
                        del self._found[self._row :]
                    self._row = len(self._found)
                    self._add(self._of_fields(place, fields, span))
                elif "|" not in span.of(self._text):
                    self._prose(place, (span,))
            return
        self._table.leave()
        self._prose(place, raw)

    def _prose(self, place: _Place, pieces: tuple[Span, ...]) -> None:
        line = view(self._text, pieces)
        limited = self._limit_of_last(place, line)
        if limited:
            self._found[-1:] = limited
            return
        before = len(self._found)
        self._add(self._of_unit(place, line))
        if place.fields:
            self._complete(place, line, before)

    def _add(self, obligations: Iterable[Obligation]) -> None:
        for obligation in obligations:
            limit = obligation.deadline
            key = (
                *(heading.text for heading in obligation.headings),
                canonical(obligation.evidence[0].of(self._text)),
                canonical(obligation.action.text),
                limit.text if limit else "",
            )
            if key not in self._seen:
                self._seen.add(key)
                self._found.append(obligation)

    # The outline, with what is inherited in it

    def _places(
        self,
        unit: Unit,
        above: tuple[Heading, ...],
        inherited: _Actors,
        limit: Deadline | None,
        fields: Fields | None = None,
    ) -> Iterator[_Place]:
        if unit.level in ("closing", "copy", "footnote"):
            return
        headings = (*above, unit.heading) if unit.heading else above
        if unit.heading:
            named = view(self._text, [unit.heading.span])
            inherited = self._of_heading(named, unit.heading.span) or inherited
            addressed = self._addressed(named)
            inherited = replace(inherited, recipient=addressed) if addressed else inherited
            limit = self._limit_of_heading(named) or limit
        attached = self._labelled(unit)
        if unit.pieces:
            path = canonical(" / ".join(heading.text for heading in headings))
            own = attached.get(-1) or fields
            yield _Place(unit, headings, path, inherited, limit, own)
        if unit.children and not unit.heading and unit.pieces:
            inherited = self._introduces(unit) or inherited
        introduced: _Actors | None = None
        step: Deadline | None = None
        for number, child in enumerate(unit.children):
            if number in attached and attached[number] is None:
                continue
            passed = introduced if introduced and child.level not in _PARTS else inherited
            if child.level == "paragraph":
                step = self._limit_of_step(child)
            yield from self._places(child, headings, passed, step or limit, attached.get(number))
            if child.level == "paragraph" and not child.children:
                introduced = self._introduces(child) or introduced

    def _labelled(self, unit: Unit) -> dict[int, Fields | None]:
        """Return the labelled lines among a unit's children, by what they belong to.

        The keys are positions of children, -1 for the unit itself; a child that is itself a
        labelled line has None.
        """
        found: dict[int, Fields | None] = {}
        kinds = [self._field_of(child) for child in unit.children]
        if not any(kinds):
            return found
        for number, read in enumerate(kinds[1:], start=1):
            # "Thời hạn gửi báo cáo: …" after a task that has its own time is another task
            if not read or read[0] != "time" or kinds[number - 1]:
                continue
            if self._is_dated(unit.children[number - 1]):
                kinds[number] = None
        owner = -1
        for number, (child, read) in enumerate(zip(unit.children, kinds, strict=True)):
            if read is None:
                owner = number
                continue
            kind, label, words = read
            aside = owner >= 0 and unit.children[owner].level == child.level
            if unit.level in _PARTS or not unit.pieces:
                aside = False
            holder = -1 if aside else owner
            if holder < 0 and not unit.pieces:
                continue
            fields = found.get(holder) or Fields()
            add_field(fields, kind, label, words, issued_on=self._issued_on)
            fields.evidence.append(words.span(0, len(words.text)))
            found[holder] = fields
            found[number] = None
        return found

    def _is_dated(self, unit: Unit) -> bool:
        limits = find_deadlines(view(self._text, unit.pieces), issued_on=self._issued_on)
        return any(_rank(limit) >= DATED for limit in limits)

    def _field_of(self, unit: Unit) -> tuple[FieldKind, str, View] | None:
        if (
            unit.children
            or not unit.pieces
            or unit.pieces[0].end - unit.pieces[0].start > MAX_FIELD
        ):
            return None
        start = unit.pieces[0].start
        if ":" not in self._text[start : start + 80] or "|" in self._text[start : start + 80]:
            return None
        line = view(self._text, unit.pieces)
        read = read_field(line, skip_label(line, 0, len(line.text)), len(line.text))
        if read is None:
            return None
        kind, label, begin = read
        return kind, label, View(line.text[begin:], line.offsets[begin:])

    def _of_heading(self, named: View, span: Span) -> _Actors | None:
        """Return who a heading names: "3. Phòng Nội vụ", "Điều 5. Trách nhiệm của các sở"."""
        subject = is_only_names(named)
        if subject is None:
            found = find_subject(named, 0, len(named.text))
            says = found and _DO.match(small(named.text), found.end)
            following = self._text[span.end : span.end + 4].lstrip("*_ ")[:1]
            ends = following == ":" or _INTRODUCTION.search(named.text)
            subject = found if says and ends else None
        if subject is None:
            return None
        return _Actors(subject.actors, span, _recipient(named, subject.end, len(named.text)))

    def _addressed(self, named: View) -> Mention | None:
        """Return who gets what stands under a heading: "B. Nội dung trình UBND tỉnh"."""
        match = _TO_WHOM.match(small(named.text))
        names = find_names(named, match.end(), len(named.text)) if match else None
        return names.actors[0] if names else None

    def _limit_of_step(self, unit: Unit) -> Deadline | None:
        """Return when what stands below is done: "Bước 1: Từ ngày 15/6 đến 15/7/2003"."""
        start = unit.pieces[0].start if unit.pieces and not unit.heading else 0
        if not unit.pieces or not _STEP.match(self._text[start : start + 40].lower()):
            return None
        return self._limit_of_heading(view(self._text, unit.pieces))

    def _limit_of_heading(self, named: View) -> Deadline | None:
        begin = skip_label(named, 0, len(named.text))
        step = _STEP.match(small(named.text), begin)
        begin = step.end() if step else begin
        words = View(named.text[begin:].rstrip(" .:"), named.offsets[begin:])
        if not _TIME_HEADING.match(canonical(words.text)):
            return None
        words = View(words.text, words.offsets[: len(words.text)])
        limits = find_labelled_deadlines(words, label="", issued_on=self._issued_on)
        whole = limits and len(limits[0].text) == len(words.text)
        return limits[0] if whole else None

    def _introduces(self, unit: Unit) -> _Actors | None:
        """Return whom the last sentence of a unit tells to do what stands below it."""
        end = unit.pieces[-1].end
        if not _INTRODUCTION.search(self._text, max(unit.pieces[-1].start, end - 40), end):
            return None
        line = view(self._text, unit.pieces)
        start, end = sentences(line)[-1]
        subject = find_subject(line, start, end)
        if subject is None or not (subject.ordered or unit.children):
            return None
        recipient = _recipient(line, subject.end, end)
        return _Actors(subject.actors, line.span(start, subject.end), recipient)

    # Rows and labelled lines

    def _of_fields(self, place: _Place, fields: Fields, span: Span) -> Iterator[Obligation]:
        if fields.task is None or _NO_TASKS.search(place.path):
            return
        for limit in fields.deadlines or (place.limit,):
            yield Obligation(
                actors=fields.actors or (() if fields.deadlines else place.inherited.names),
                with_=fields.with_,
                action=fields.task,
                deadline=limit,
                recipient=fields.recipient or place.inherited.recipient,
                strength="must",
                evidence=(span,),
                headings=place.headings,
            )

    def _complete(self, place: _Place, line: View, before: int) -> None:
        """Give the obligations of a task what the labelled lines under it say."""
        fields = place.fields
        if fields is None or not (fields.deadlines or fields.actors):
            return
        own = self._found[before:]
        del self._found[before:]
        if not own:
            action = line.mention(skip_label(line, 0, len(line.text)), len(line.text))
            stated = _ranked(find_deadlines(line, issued_on=self._issued_on))[:1]
            if place.limit and all(_rank(limit) <= 3 for limit in stated):
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
                        or _recipient(line, 0, len(line.text))
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

    def _limit_of_last(self, place: _Place, line: View) -> list[Obligation]:
        """Return the last obligation with the time limits that a paragraph of its own gives it."""
        if not self._found or place.unit.children or self._found[-1].deadline:
            return []
        start = skip_label(line, 0, len(line.text))
        if len(line.text) - start > MAX_LIMIT or not _is_only_limit(line, start, len(line.text)):
            return []
        limits = find_deadlines(line, issued_on=self._issued_on)
        if not limits or place.headings[:-1] != self._found[-1].headings[: len(place.headings) - 1]:
            return []
        own = line.span(0, len(line.text))
        last = self._found[-1]
        return [replace(last, deadline=d, evidence=(own, *last.evidence)) for d in limits]

    # Sentences

    def _of_unit(self, place: _Place, line: View) -> Iterator[Obligation]:
        if _NO_TASKS.search(place.path) or _is_title(line, place.unit):
            return
        limits = find_deadlines(line, issued_on=self._issued_on) if line.text else ()
        if _is_bare_heading(place.unit) and not self._is_task(place, line, limits):
            return
        context = _Context(line, place, limits, self._issued_on)
        last: list[Obligation] = []
        for start, end in sentences(line):
            words = skip_label(line, start, end)
            inside = context.between(start, end)
            if last and inside and end - words <= MAX_LIMIT and _is_only_limit(line, words, end):
                own = line.span(start, end)
                one = last.pop()
                yield from last
                last = []
                for limit in inside:
                    yield replace(one, deadline=limit, evidence=(own, *one.evidence))
                continue
            yield from last
            last = list(context.sentence(start, end))
        yield from last

    def _is_task(self, place: _Place, line: View, limits: Sequence[Deadline]) -> bool:
        """Return whether a heading tells somebody to do something by a time."""
        if place.unit.level not in _TASK_LEVELS or place.limit or not limits:
            return False
        if any(_rank(limit) >= DATED for limit in limits):
            return True
        subject = find_subject(line, 0, len(line.text))
        return bool(subject and _DO.match(small(line.text), subject.end))


@dataclass(slots=True)
class _Context:
    """One unit's line, and who acts as far as it has been read."""

    line: View
    place: _Place
    limits: tuple[Deadline, ...]
    issued_on: str | None
    inherited: _Actors = field(init=False)

    def __post_init__(self) -> None:
        self.inherited = self.place.inherited

    def between(self, start: int, end: int) -> list[Deadline]:
        first, last = self.line.offsets[start], self.line.offsets[end - 1]
        return [limit for limit in self.limits if first <= limit.span.start <= last]

    def sentence(self, start: int, end: int) -> Iterator[Obligation]:
        line = self.line
        subject = self._known(find_subject(line, start, end))
        opens = self.place.unit.level == "paragraph" and not self.between(start, end)
        if subject and not subject.ordered and _is_ground(line, skip_label(line, start, end)):
            subject = None if opens or _CITES.match(small(line.text), start, end) else subject
        if subject:
            self.inherited = _Actors(subject.actors, line.span(start, subject.end))
        recipient: Mention | None = None
        last: list[Obligation] = []
        for number, (a, b) in enumerate(clauses(line, start, end)):
            own = subject if number == 0 else self._known(find_subject(line, a, b))
            if last and last[-1].deadline is None and (limits := self._only_limits(a, b)):
                one = last.pop()
                yield from last
                last = [replace(one, deadline=limit) for limit in limits]
                continue
            yield from last
            last = []
            for one in self.clause(a, b, own):
                if one.recipient is None and recipient and _SENT.search(canonical(one.action.text)):
                    last.append(replace(one, recipient=recipient))
                else:
                    recipient = one.recipient or recipient
                    last.append(one)
            if own:
                self.inherited = _Actors(own.actors, line.span(a, own.end))
        yield from last

    def _only_limits(self, start: int, end: int) -> list[Deadline]:
        """Return the limits of a clause that says no more: "…; thời gian hoàn thành: quý III"."""
        begin = skip_label(self.line, start, end)
        only = end - begin <= MAX_LIMIT and _is_only_limit(self.line, begin, end)
        if not only or _recipient(self.line, begin, end):
            return []
        return self._limits(start, end)

    def _after_colon(self, start: int, end: int) -> Subject | None:
        """Return who acts where what it is about stands first: "Báo cáo quý: các đơn vị gửi …"."""
        text = small(self.line.text)
        colon = _TOPIC.match(text, skip_label(self.line, start, end), end)
        found = find_subject(self.line, colon.end(), end) if colon else None
        acts = found and (_DO.match(text, found.end, end) or _MUST.match(text, found.end, end))
        return found if acts else None

    def _after_limit(self, start: int, end: int, limits: list[Deadline]) -> Subject | None:
        """Return who acts where the names follow a time at once: "Trong quý II UBND xã …"."""
        begin = skip_label(self.line, start, end)
        if not limits or limits[0].span.start != self.line.offsets[begin]:
            return None
        after = bisect_left(self.line.offsets, limits[0].span.end)
        while after < end and self.line.text[after] in " ,:)":
            after += 1
        found = find_subject(self.line, after, end) if after < end else None
        return found if found and _DO.match(small(self.line.text), found.end, end) else None

    def _known(self, subject: Subject | None) -> Subject | None:
        """Return a subject with the names that "Các đơn vị này" stands for."""
        if subject is None or len(subject.actors) != 1 or not self.inherited.names:
            return subject
        if not _THESE.search(canonical(subject.actors[0].text)):
            return subject
        return replace(subject, actors=self.inherited.names)

    def _limits(self, start: int, end: int) -> list[Deadline]:
        stated = [d for d in self.between(start, end) if not _is_over(d, self.issued_on)]
        limits = _own_limits(self.line, start, stated)
        by_heading = self.place.limit
        best = max((_rank(limit) for limit in limits), default=0)
        if by_heading and best <= 3 and _rank(by_heading) > best:
            return [by_heading]
        limits = _without_bare(limits)
        exact = [limit for limit in limits if _rank(limit) >= 4] or _ranked(limits)
        dated = [limit for limit in limits if limit.kind == "date" and _rank(limit) >= 3]
        if 1 <= len(exact) < len(dated) == len(limits) and all(map(_is_plain, dated)):
            parts = _parts(self.line, start, end, dated)
            if parts[0][1] < end and all(b - a < MAX_PART for a, b, _ in parts):
                return dated
        if len(exact) > 1 and _parts(self.line, start, end, exact)[0][1] < end:
            return exact
        return _listed(_ranked(limits))

    def clause(self, start: int, end: int, own: Subject | None) -> Iterator[Obligation]:
        line, place, text = self.line, self.place, small(self.line.text)
        limits = self._limits(start, end)
        own = own or self._after_limit(start, end, limits) or _responsible(line, start, end)
        own = own or self._after_colon(start, end)
        begin = own.end if own else skip_label(line, start, end)
        while begin < end and line.text[begin] in " :,;":
            begin += 1
        actors = _Actors(own.actors, None) if own else self.inherited
        if not own and (named := _named_inside(line, begin, end)):
            actors = _Actors(named.actors, None)
            own = named
        titled = bool(place.path) or place.unit.level != "paragraph"
        if not _says_to_do(line, begin, end, own, limits, place.path, titled=titled):
            return
        span = line.span(start, end)
        evidence = [span]
        if actors.span and not span.covers(actors.span):
            evidence.append(actors.span)
        recipient = _recipient(line, begin, end)
        if not own and recipient is None and _SENT.search(text, begin, end):
            recipient = self.inherited.recipient
        with_ = _with(line, begin, end)
        parts = _parts(line, begin, end, limits or [place.limit])
        closes = _closing_recipient(line, parts)
        for a, b, limit in parts:
            yield Obligation(
                actors=actors.names,
                with_=with_,
                action=line.mention(a, b),
                deadline=limit,
                recipient=_recipient(line, a, b)
                or (recipient if (a, b) == (begin, end) else closes),
                strength=_strength(line, start, end),
                evidence=tuple(evidence),
                headings=place.headings,
            )


def _is_over(limit: Deadline, issued_on: str | None) -> bool:
    """Return whether a time was over when the document was issued: then it tells what was."""
    value = (limit.value or "").rpartition("/")[2]
    if not issued_on or limit.bound == "from" or not re.match(r"\d{4}", value) or "Q" in value:
        return False
    shortest = min(len(value), len(issued_on))
    return value[:shortest] < issued_on[:shortest]


def _rank(limit: Deadline) -> int:
    """Return how exactly a time limit says by when: a day before a month before a programme."""
    value = limit.value or ""
    if limit.kind == "vague":
        return 0
    if limit.kind == "event":
        return 3 if limit.bound == "before" else 1
    if limit.kind == "period":
        return DATED if len(value) > 9 else 2 if limit.bound == "during" else 3
    if limit.kind == "recurring":
        dated = value.startswith("--") or bool(re.search(r"\d", _NO_COUNT.sub("", limit.text)))
        return DATED + 1 if dated else 4
    if limit.kind == "relative" or not value:
        return DATED
    if limit.bound == "from":
        return 3
    return {4: 3, 7: 4}.get(len(value), DATED)


def _is_plain(limit: Deadline) -> bool:
    """Return whether a limit says when work is done, and not how long or from when."""
    return limit.bound != "from" and limit.value is not None


def _without_bare(limits: list[Deadline]) -> list[Deadline]:
    """Return the limits without "hằng năm" where another says on which day or month of each."""
    closer = [limit.value for limit in limits if _rank(limit) > DATED]
    yearly = any(re.match(r"--\d", value or "") for value in closer)
    return [
        limit
        for limit in limits
        if _rank(limit) != 4 or not (limit.value in closer or (limit.value == "P1Y" and yearly))
    ]


def _ranked(limits: Sequence[Deadline]) -> list[Deadline]:
    """Return the time limits of a clause that say most exactly by when.

    "Kế hoạch giai đoạn 2021 - 2025" says when a programme runs; with "trước ngày 15/6" beside it
    the day is the limit.
    """
    best = max((_rank(limit) for limit in limits), default=0)
    return [limit for limit in limits if _rank(limit) == best]


def _listed(limits: list[Deadline]) -> list[Deadline]:
    """Return the first limit and those that a list goes on with: "trước ngày 15/6 và 15/12"."""
    kept = limits[:1]
    for limit in limits[1:]:
        if limit.span.start - kept[-1].span.end > MAX_GAP:
            break
        kept.append(limit)
    return kept


def _own_limits(line: View, start: int, limits: Sequence[Deadline]) -> list[Deadline]:
    """Return the limits of a clause without those of a plan or a document that it names.

    The year of "quy hoạch khoáng sản đến năm 2020" and the period of "theo Quyết định số 136 phê
    duyệt Chương trình giai đoạn 2001 - 2010" say nothing of when the work is done, where another
    limit does.
    """
    text = small(line.text)
    kept = []
    for limit in limits:
        place = bisect_left(line.offsets, limit.span.start)
        rank = _rank(limit)
        if 1 < rank <= 4 and _CITED.search(text, max(start, place - MAX_TITLE), place):
            continue
        if rank == 3 and len(limits) > 1 and _OF_PLAN.search(text, max(start, place - 80), place):
            continue
        kept.append(limit)
    return kept


def _parts(
    line: View, start: int, end: int, limits: Sequence[Deadline | None]
) -> list[tuple[int, int, Deadline | None]]:
    """Return the parts of what is done, each with its own time limit.

    "rà soát trước ngày 10/6, báo cáo trước ngày 15/6" has two; in "báo cáo trước ngày 15/6 và
    15/12" both limits are of all that is done.
    """
    whole = [(start, end, limit) for limit in limits]
    if len(limits) < 2:
        return whole
    text = small(line.text)
    position = {offset: i for i, offset in enumerate(line.offsets)}
    places = [
        (position[d.span.start], position[d.span.end - 1] + 1) for d in limits if d is not None
    ]
    cuts = [start]
    leading = places[0][0] - start <= 2
    for (_, before), (after, _) in zip(places, places[1:], strict=False):
        cut = None
        if leading and after - before > 12 and _BEFORE_LIMIT.search(text, before, after):
            cut = after
        else:
            joints = _PART.finditer(text, before - 1, after + 1)
            cut = next((m.end() for m in joints if _goes_on(line, text, m.end(), end)), None)
        if cut is None:
            return whole
        cuts.append(cut)
    cuts.append(end)
    parts: list[tuple[int, int, Deadline | None]] = []
    for (a, b), limit in zip(zip(cuts, cuts[1:], strict=False), limits, strict=True):
        while b > a and (text[b - 1] in " ,;" or text.endswith(" và", a, b)):
            b -= 1 if text[b - 1] in " ,;" else 3
        parts.append((a, b, limit))
    return parts


def _goes_on(line: View, text: str, position: int, end: int) -> bool:
    """Return whether something else to do, or another part of a report, begins here."""
    if _DO.match(text, position, end) or _REPORTED.match(text, position, end):
        return True
    names = find_names(line, position, end)
    return bool(names and _DO.match(text, names.end, end))


def _responsible(line: View, start: int, end: int) -> Subject | None:
    """Return who "… có trách nhiệm" names, when the vocabulary knows no such body."""
    begin = skip_label(line, start, end)
    match = _RESPONSIBLE.match(line.text, begin, end)
    if match is None or _OCCASION.match(small(line.text), begin, end):
        return None
    return Subject((line.mention(*match.span(1)),), match.end(1) + 1)


def _named_inside(line: View, start: int, end: int) -> Subject | None:
    """Return who does it where the names stand inside: "…, giao Phòng Nội vụ tổng hợp"."""
    text = small(line.text)
    for match in _GIVEN.finditer(text, start, end):
        names = find_names(line, match.end(), end)
        if names and _DO.match(text, names.end, end):
            return names
    return None


def _is_bare_heading(unit: Unit) -> bool:
    """Return whether a unit's words are a heading, with something under it or not."""
    return unit.heading is not None and unit.pieces[-1].end - unit.heading.span.end <= 6


def _is_title(line: View, unit: Unit) -> bool:
    if unit.level != "paragraph":
        return False
    first = line.text[:300]
    return first.isupper() or bool(_LETTERHEAD.search(first))


def _is_only_limit(line: View, start: int, end: int) -> bool:
    return bool(_ONLY_LIMIT.match(small(line.text), start, end))


def _is_ground(line: View, start: int) -> bool:
    return bool(_GROUND.match(small(line.text), start))


def _says_to_do(
    line: View,
    start: int,
    end: int,
    own: Subject | None,
    limits: list[Deadline],
    path: str,
    *,
    titled: bool,
) -> bool:
    text = small(line.text)
    while start < end and text[start] in " ,:":
        start += 1
    if start >= end or (_REPORTS.match(text, start, end) and not _MUST.search(text, start, end)):
        return False
    limit = limits[0] if limits else None
    rank = _rank(limit) if limit else 0
    if rank < DATED and _DESCRIBES.match(text, start, end):
        return False
    aims = _is_of_aims(path)
    aim = rank <= 3 or aims or _GOAL.search(text, start, end)
    if limit and aim and _FIGURE.search(text, start, end):
        return False  # "Phấn đấu đến năm 2025 đạt 90%" is a target
    strives = aims or (rank <= 3 and _GOAL.search(text, start, end))
    if strives and rank < DATED and _COUNT.search(text, start, end):
        return False
    begins = _begins_duty(line, text, start, end, limit)
    if own:
        return (begins or rank >= DATED) and (titled or rank != PROGRAMME)
    if aims or not titled or _GROUND.match(text, start):
        # an aim, a title, a ground: only what somebody does by a time
        asked = limit is not None and bool(_MUST.search(text, start, end))
        least = DATED if aims and "chỉ tiêu" in path else 3  # below "Chỉ tiêu" stand targets
        return (begins and (rank >= least or asked)) or (
            rank >= DATED and _is_duty(text, start, end)
        )
    return begins or (rank >= DATED and _is_duty(text, start, end))


@lru_cache(maxsize=64)
def _is_of_aims(path: str) -> bool:
    """Return whether the nearest heading that says what stands below it says aims, not tasks."""
    aims = max((match.end() for match in _GOALS.finditer(path)), default=-1)
    tasks = max((match.end() for match in _TASKS.finditer(path)), default=-1)
    return aims > tasks


def _begins_duty(line: View, text: str, start: int, end: int, limit: Deadline | None) -> bool:
    """Return whether a clause begins with what is done, a time or an occasion before it apart."""
    if _DO.match(text, start, end):
        return True
    if limit is None:
        return False
    if limit.span.start <= line.offsets[start] + 2:  # "Định kỳ hằng năm (trước ngày 15/12) báo cáo"
        after = bisect_left(line.offsets, limit.span.end)
        while after < end and text[after] in " ,:);-–":
            after += 1
        return bool(_DO.match(text, after, end) or _MUST.search(text, after, end))
    for comma in _NEXT.finditer(text, start, min(end, start + MAX_OCCASION)):
        if not _OCCASION.match(text, start, end):
            return False
        after = comma.end()
        if limit.span.start == line.offsets[after]:
            after = bisect_left(line.offsets, limit.span.end)
            while after < end and text[after] in " ,:);-–":
                after += 1
        if _DO.match(text, after, end):
            return True
    return False


def _is_duty(text: str, start: int, end: int) -> bool:
    if not _DUTY.search(text, start, end):
        return False
    return bool(_CASE.match(text, start, end)) or not _STATES.search(text, start, end)


def _with(line: View, start: int, end: int) -> tuple[Mention, ...]:
    match = _WITH.search(small(line.text), start, end)
    names = find_names(line, match.end(), end) if match else None
    return names.actors if names else ()


def _recipient(line: View, start: int, end: int) -> Mention | None:
    """Return who gets it: the first body that something is sent or reported to."""
    text = small(line.text)
    end = min(end, start + MAX_CLAUSE)
    found = [_sent_to(line, text, pattern, start, end) for pattern in _TO]
    first = min(filter(None, found[:2]), key=lambda mention: mention.span.start, default=None)
    return first or found[2]


def _sent_to(
    line: View, text: str, pattern: re.Pattern[str], start: int, end: int
) -> Mention | None:
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


def _closing_recipient(
    line: View, parts: Sequence[tuple[int, int, Deadline | None]]
) -> Mention | None:
    """Return who gets all that a list says: "sơ kết trước …, tổng kết trước … về Sở Y tế"."""
    _, end, limit = parts[-1]
    if len(parts) < 2 or limit is None:
        return None
    text = small(line.text)
    about = _TO_BODY.match(text, bisect_left(line.offsets, limit.span.end), end)
    sends = about and _SENT.search(text, parts[0][0], end)
    names = find_names(line, about.end(), end) if about and sends else None
    return names.actors[0] if names else None


def _strength(line: View, start: int, end: int) -> Literal["must", "should", "goal"]:
    text = small(line.text)
    if _GOAL.search(text, start, end):
        return "goal"
    return "should" if _SHOULD.search(text, start, end) else "must"
