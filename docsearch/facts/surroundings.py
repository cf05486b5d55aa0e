"""What the outline says around a unit: who acts, by when, and the labelled lines under a task."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from docsearch.facts.actors import find_names, find_subject, is_only_names, skip_label
from docsearch.facts.deadlines import find_deadlines, find_labelled_deadlines
from docsearch.facts.duties import DO, OCCASION
from docsearch.facts.fields import FieldKind, Fields, add_field, read_field
from docsearch.facts.heads import small
from docsearch.facts.ranks import DATED, is_over, rank
from docsearch.facts.recipients import find_recipient
from docsearch.orthography import canonical
from docsearch.parse.sentences import sentences
from docsearch.parse.view import View, view
from docsearch.records import Deadline, Heading, Mention, Span, Unit

MAX_FIELD: Final = 400  # code points of a labelled line
PARTS: Final = ("document", "attached", "annex", "part", "chapter", "section", "roman", "article")
# "… thực hiện các nội dung sau:" introduces what stands below.
_INTRODUCTION: Final = re.compile(
    r"(?::|(?:như sau|sau đây|có trách nhiệm|có nhiệm vụ)[.;]?)[*_\s]*$"
)
# "Bước 1: Từ ngày 15/6 đến 15/7/2003" heads what is done then
STEP: Final = re.compile(
    r"(?:bước|đợt|giai đoạn|vòng) (?:[0-9]{1,2}|[ivx]{1,4}) ?[:.(–-] ?(?:thời gian:? )?"
)
# "UBND huyện ban hành Kế hoạch … như sau:": who issues a document does not do all it says
_ISSUES: Final = re.compile(
    r"(?:ban hành|xây dựng|thông báo|hướng dẫn|triển khai|báo cáo|kết luận|quyết định|quy định"
    r"|đề ra)(?!\w)"
)
# "UBND các xã thực hiện các báo cáo sau đây, gửi Sở:" tells those bodies to do what follows
_TASKED: Final = re.compile(
    r"(?:phải |cần |có trách nhiệm |có nhiệm vụ )?(?:thực hiện|gửi|nộp|lập|tập trung|triển khai"
    r"|làm)(?!\w)[^.]*(?<!\w)(?:sau|sau đây|dưới đây)(?!\w)"
    r"|(?:phải|có trách nhiệm) (?:báo cáo|gửi|nộp|cung cấp)(?!\w)"
)
_TIME_HEADING: Final = re.compile(r"(?:tháng|quý|quí|tuần|năm|từ|6 tháng|sáu tháng)\b")
MAX_TIME: Final = 32  # code points of a line that is only a time: "Tháng 12/2024 và tháng 01/2025"
_MONTH: Final = re.compile(r"(?:tháng|quý|quí|tuần|năm) [0-9ivx]")
_TOPIC: Final = re.compile(
    r"(?:(?:giai đoạn|đợt|bước|vòng) (?:[0-9]{1,2}|[ivx]{1,4}) ?\()?"
    r"((?:(?:tháng [0-9]{1,2}(?: ?[-–] ?(?:tháng )?[0-9]{1,2})?|qu[ýí] (?:i{1,3}|iv|[1-4]))"
    r"|từ tháng [0-9]{1,2} đến tháng [0-9]{1,2})"
    r"(?:(?: ?/ ?| năm )20[0-9]{2})?|(?:đến |đến hết |trong )?năm 20[0-9]{2}"
    r"|ngày [0-9]{1,2} ?/ ?[0-9]{1,2}(?: ?/ ?20[0-9]{2})?)\)? ?: (?=\w)"
)
_IN_MONTH: Final = re.compile(r"[0-9]{4}-[0-9]{2}")
_DAY: Final = re.compile(
    r"(?:: ?|\()((?:ngày )?[0-9]{1,2} ?/ ?[0-9]{1,2}(?: ?/ ?20[0-9]{2})?)\)?[ .;]*$"
)
_AIMED: Final = re.compile(r"(?:về phía |đối với )(?=(?:các |những )?\w)")
_WHICH: Final = re.compile(r"[^.;:0-9]{3,80}? (?:có|đang|chưa|nằm)(?: [^ .;:]+){2,14}[ :.;]*")
_TO_WHOM: Final = re.compile(
    r"(?:[\w.]{1,5}[.)-] ?)?(?:các |những )?(?:nội dung|văn bản|báo cáo|đề án|công"
    r" việc)[^:]{0,60}? trình "
)


# "1. Viện pháp y tâm thần có các chức năng, nhiệm vụ sau đây:"
_HAS_DUTIES: Final = re.compile(
    r"(?P<who>[^\W\d_][^.;:()/]{3,90}?) có (?:các |những )?"
    r"(?:chức năng|nhiệm vụ|trách nhiệm|quyền hạn|nghĩa vụ)"
    r"(?:,? (?:và )?(?:chức năng|nhiệm vụ|trách nhiệm|quyền hạn|quyền|nghĩa vụ))*"
    r"(?: chủ yếu| chính| cụ thể)?(?: sau(?: đây)?| như sau)?[ .:;]*$"
)
# "2. Nghĩa trang liệt sĩ do Ủy ban nhân dân cấp huyện quản lý"
_RUN_BY: Final = re.compile(
    r" do (?P<who>[^.;:()/]{3,80}?) (?:trực tiếp )?(?:quản lý|phụ trách|thực hiện|chủ trì)[ .:;]*$"
)


@dataclass(frozen=True, slots=True)
class Actors:
    """Who acts, and the words that say so when they stand outside the clause."""

    names: tuple[Mention, ...] = ()
    span: Span | None = None
    recipient: Mention | None = None  # "Sở gửi Bộ:" says it for all that stands below


@dataclass(slots=True)
class Place:
    """One unit and what the units around it say of it."""

    unit: Unit
    headings: tuple[Heading, ...]
    path: str  # the headings in one line, canonical
    inherited: Actors
    limit: Deadline | None  # of a heading that is only a time: "Tháng 3", "Quý II"
    fields: Fields | None  # the labelled lines under it


def _whose_duties(line: View, start: int, end: int) -> Mention | None:
    """Return whose duties stand below: "Viện có các nhiệm vụ sau", "… do UBND xã quản lý"."""
    text = small(line.text)
    begin = skip_label(line, start, end)
    has = _HAS_DUTIES.match(text, begin, end)
    if has and not OCCASION.match(text, begin, end):
        return line.mention(*has.span("who"))
    run = _RUN_BY.search(text, begin, end)
    names = find_names(line, run.start("who"), run.end("who")) if run else None
    return names.actors[0] if names and len(names.actors) == 1 else None


class Surroundings:
    """Walks the outline of one document and says what surrounds each of its units."""

    def __init__(self, text: str, *, issued_on: str | None) -> None:
        self._text = text
        self._issued_on = issued_on

    def places(self, outline: Unit) -> Iterator[Place]:
        """Yield each unit that has words of its own, in the order of the text."""
        yield from self._places(outline, (), Actors(), None)

    def _places(
        self,
        unit: Unit,
        above: tuple[Heading, ...],
        inherited: Actors,
        limit: Deadline | None,
        fields: Fields | None = None,
    ) -> Iterator[Place]:
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
            timed = self._limit_of_topic(unit) or self._limit_of_tail(unit, limit) or limit
            yield Place(unit, headings, path, inherited, timed, own)
        if unit.children and not unit.heading and unit.pieces:
            inherited = self._introduces(unit) or inherited
        introduced: Actors | None = None
        step: Deadline | None = None
        for number, child in enumerate(unit.children):
            if number in attached and attached[number] is None:
                continue
            passed = introduced if introduced and child.level not in PARTS else inherited
            if child.level == "paragraph":
                step = self._limit_of_step(child)
            yield from self._places(child, headings, passed, step or limit, attached.get(number))
            if child.level == "paragraph" and not child.children:
                introduced = self._introduces(child, below=bool(headings)) or introduced

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
            if unit.level in PARTS or not unit.pieces:
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
        return any(rank(limit) >= DATED for limit in limits)

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

    def _of_heading(self, named: View, span: Span) -> Actors | None:
        """Return who a heading names: "3. Phòng Nội vụ", "Điều 5. Trách nhiệm của các sở"."""
        subject = is_only_names(named)
        aimed = None if subject else self._aimed_at(named)
        if aimed:
            return Actors((aimed,), span)
        if subject is None:
            found = find_subject(named, 0, len(named.text))
            says = found and DO.match(small(named.text), found.end)
            following = self._text[span.end : span.end + 4].lstrip("*_ ")[:1]
            ends = following == ":" or _INTRODUCTION.search(named.text)
            subject = found if says and ends else None
        if subject is None:
            whose = _whose_duties(named, 0, len(named.text))
            return Actors((whose,), span) if whose else None
        return Actors(subject.actors, span, find_recipient(named, subject.end, len(named.text)))

    def _aimed_at(self, named: View) -> Mention | None:
        """Return whom a heading is for: "1. Đối với các cơ sở có sử dụng lao động"."""
        text = small(named.text)
        aimed = _AIMED.match(text, skip_label(named, 0, len(text)))
        names = find_names(named, aimed.end(), len(text)) if aimed else None
        if aimed is None or names is None or not _WHICH.fullmatch(text, aimed.end()):
            return None
        return named.mention(aimed.end(), len(text.rstrip(" :.;")))

    def _addressed(self, named: View) -> Mention | None:
        """Return who gets what stands under a heading: "B. Nội dung trình UBND tỉnh"."""
        match = _TO_WHOM.match(small(named.text))
        names = find_names(named, match.end(), len(named.text)) if match else None
        return names.actors[0] if names else None

    def _limit_of_step(self, unit: Unit) -> Deadline | None:
        """Return when what stands below is done: "Bước 1: Từ ngày 15/6 đến 15/7/2003"."""
        start = unit.pieces[0].start if unit.pieces and not unit.heading else 0
        opening = self._text[start : start + 40].lower()
        alone = unit.pieces and unit.pieces[-1].end - start <= MAX_TIME
        if not unit.pieces or not (STEP.match(opening) or (alone and _MONTH.match(opening))):
            return None
        return self._limit_of_heading(view(self._text, unit.pieces))

    def _limit_of_topic(self, unit: Unit) -> Deadline | None:
        """Return when all of a unit is done that begins with a time: "Tháng 3/2024: kiểm tra …"."""
        line = view(self._text, unit.pieces)
        topic = _TOPIC.match(small(line.text), skip_label(line, 0, len(line.text)))
        if topic is None:
            return None
        words = View(line.text[topic.start(1) : topic.end(1)], line.offsets[slice(*topic.span(1))])
        found = find_labelled_deadlines(words, label="", issued_on=self._issued_on)
        known = found and found[0].kind != "vague" and not is_over(found[0], self._issued_on)
        return found[0] if known else None

    def _limit_of_tail(self, unit: Unit, above: Deadline | None) -> Deadline | None:
        """Return the day that ends a line under a month: "Thi học sinh giỏi cấp huyện: 25/02"."""
        if above is None or not _IN_MONTH.fullmatch(above.value or ""):
            return None
        line = view(self._text, unit.pieces)
        tail = _DAY.search(small(line.text))
        if tail is None:
            return None
        words = View(line.text[tail.start(1) : tail.end(1)], line.offsets[slice(*tail.span(1))])
        found = find_labelled_deadlines(words, label="", issued_on=f"{above.value}"[:7])
        return found[0] if found and (found[0].value or "").startswith(above.value or "") else None

    def _limit_of_heading(self, named: View) -> Deadline | None:
        begin = skip_label(named, 0, len(named.text))
        step = STEP.match(small(named.text), begin)
        begin = step.end() if step else begin
        words = View(named.text[begin:].rstrip(" .:"), named.offsets[begin:])
        if not _TIME_HEADING.match(canonical(words.text)):
            return None
        words = View(words.text, words.offsets[: len(words.text)])
        limits = find_labelled_deadlines(words, label="", issued_on=self._issued_on)
        whole = limits and len(limits[0].text) == len(words.text)
        return limits[0] if whole else None

    def _introduces(self, unit: Unit, *, below: bool = False) -> Actors | None:
        """Return whom the last sentence of a unit tells to do what stands below it.

        Args:
            unit: what ends with "… sau:", or names those that the list below it tells to act.
            below: whether it stands below a heading: else the one who issues the document speaks.

        Returns:
            Who acts, and who gets it; None where the sentence tells nobody.
        """
        end = unit.pieces[-1].end
        if not _INTRODUCTION.search(self._text, max(unit.pieces[-1].start, end - 40), end):
            return None
        line = view(self._text, unit.pieces)
        start, end = sentences(line)[-1]
        subject = find_subject(line, start, end)
        if subject is None:
            whose = _whose_duties(line, start, end)
            return Actors((whose,), line.span(start, end)) if whose else None
        tasked = below and _TASKED.match(small(line.text), subject.end, end)
        if not (subject.ordered or unit.children or tasked):
            return None
        if not subject.ordered and _ISSUES.match(small(line.text), subject.end, end):
            return None
        recipient = find_recipient(line, subject.end, end)
        return Actors(subject.actors, line.span(start, subject.end), recipient)
