"""The sentences of one unit → what each clause tells somebody to do.

Who has to do it stands at the beginning of the clause or of its sentence, or inside it ("…, giao
Phòng Nội vụ tổng hợp"); else it is whom the sentence before or the headings above name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Final

from docsearch.facts.actors import Subject, find_names, find_subject, skip_label
from docsearch.facts.duties import (
    DO,
    MAX_LIMIT,
    MUST,
    OCCASION,
    RECURS,
    forbids,
    forbids_after,
    is_ground,
    is_only_limit,
    is_rest,
    refrains,
    says_to_do,
    strength,
)
from docsearch.facts.executors import find_executors
from docsearch.facts.goals import is_state
from docsearch.facts.heads import pattern, small
from docsearch.facts.limits import (
    MAX_PART,
    is_plain,
    listed,
    once_each,
    own_limits,
    parts_of,
    ranked,
    without_bare,
    without_begin,
    without_conditions,
    without_topic,
)
from docsearch.facts.named_inside import (
    collector,
    in_person,
    named_inside,
    responsible,
    told_to_act,
)
from docsearch.facts.quantities import read_count
from docsearch.facts.ranks import PROGRAMME, is_over, rank
from docsearch.facts.recipients import (
    SENT,
    closing_recipient,
    find_forwarded,
    find_partners,
    find_recipient,
    nearest_recipient,
    proposed_to,
)
from docsearch.facts.rounds import is_often, is_round, names_round
from docsearch.facts.surroundings import Actors, Place
from docsearch.facts.tails import limits_of_tail
from docsearch.orthography import canonical
from docsearch.parse.sentences import clauses
from docsearch.parse.view import View
from docsearch.records import Deadline, Mention, Obligation, Span

# "báo cáo quý trước ngày …; báo cáo năm trước ngày … gửi Phòng Nội vụ": one of a list of reports
_LISTED: Final = re.compile(
    r"(?:[^,;:]{0,60}: )?(?:gửi |nộp )?báo cáo (?:quý|quí|tháng|tuần|ngày|năm|0?[369] tháng|cả năm"
    r"|sơ|tổng|nhanh|kết quả|định kỳ|chính thức|đột xuất|tiến độ|đầu|cuối|giữa)"
)
# "Báo cáo tuần về bệnh truyền nhiễm: Trung tâm Y tế gửi …"
_TOPIC: Final = re.compile(r"[^.:;]{3,120}: (?=[^\W\d_]|[0-9]{1,2} (?:đoàn|tổ|đội|nhóm) )")
_CITES: Final = re.compile(r"(?:thực hiện|tiếp theo|xét|nay thông báo)\b")
_PARTNERS: Final = re.compile(r"(?<!\w)phối hợp(?: chặt chẽ)? (?:với|cùng) (?:với )?")
# "thẩm định hồ sơ do các xã gửi đến": others send it
_SENT_BY: Final = re.compile(
    r"(?<!\w)do [^,.;:()]{2,80}? (?:gửi|gởi|nộp|trình|báo cáo|chuyển)(?: đến| tới| lên| về)?(?!\w)"
)
# "Hội thi giáo viên dạy giỏi cấp huyện": what is held in the month of a heading
_HELD: Final = re.compile(
    r"(?:hội (?:thi|nghị|thảo|diễn|thao|trại|chợ|khỏe)|ngày hội|lễ|cuộc thi|kỳ thi|chiến dịch"
    r"|tuần lễ|tọa đàm|đại hội|lớp tập huấn|cuộc họp|thi(?! (?:đua|công|hành|đấu)))(?!\w)"
)
# "Riêng các trường ngoài công lập gửi thêm bảng kê"
_BESIDES: Final = re.compile(
    r"(?<!\w)(?:gửi|nộp|báo cáo|cung cấp) (?:thêm|bổ sung|kèm(?! theo))(?!\w)"
)
_ITEMS: Final = ("number", "letter", "dash", "plus")
_AFTER_LIMIT: Final = re.compile(r" ?\([^()]{1,120}\)(?=, )")
_BRACKETS: Final = re.compile(r"\(([^()]{12,200})\)")
# "2. Phòng Nội vụ: … các đơn vị gửi danh sách về phòng trước ngày 20/8"
_TO_KIND: Final = re.compile(
    r"(?<!\w)(?:gửi|gởi|nộp|báo cáo)(?: [^ ,.;:()]+){0,8}? (?:về|cho) "
    r"(?P<kind>phòng|sở|ban|trạm|chi cục|văn phòng|trung tâm|thanh tra|hạt|đội)"
    r"(?=[,.;]| (?:trước|chậm nhất|muộn nhất|trong|để|theo|bằng|vào|qua|hằng|hàng)(?!\w)|$)"
)
_THESE: Final = re.compile(r" (?:này|đó|trên|nêu trên|nói trên)$")


@dataclass(slots=True)
class ClauseReader:
    """One unit's line, and who acts as far as it has been read."""

    line: View
    place: Place
    limits: tuple[Deadline, ...]
    issued_on: str | None
    inherited: Actors = field(init=False)
    aside: list[tuple[int, int]] = field(default_factory=list)  # brackets with a duty of others
    gets: Mention | None = None  # who gets what the sentences before say to send
    in_rounds: bool = False  # whether the clause before said when a round of work is done
    told: bool = False  # whether the clause before said to do something by a time

    def __post_init__(self) -> None:
        self.inherited = self.place.inherited

    def between(self, start: int, end: int) -> list[Deadline]:
        """Return the limits that begin in a part of the line."""
        first, last = self.line.offsets[start], self.line.offsets[end - 1]
        return [limit for limit in self.limits if first <= limit.span.start <= last]

    def sentence(self, start: int, end: int) -> list[Obligation]:
        """Return what a sentence says to do, clause by clause; who acts is kept for the next."""
        executors = find_executors(self.line, start, end)
        told = self.clause(start, end, executors) if executors else self._clauses(start, end)
        said = self._further_papers(list(told))
        gets = said[-1].recipient if said else None
        if gets is None or not _LISTED.match(canonical(said[-1].action.text)):
            return said
        listed = (
            one.recipient is None and _LISTED.match(canonical(one.action.text)) for one in said
        )
        return [
            replace(one, recipient=gets) if same else one
            for one, same in zip(said, listed, strict=True)
        ]

    def _further_papers(self, said: list[Obligation]) -> list[Obligation]:
        """Give what is sent besides to whom the sentence before said: "gửi thêm bảng kê"."""
        gets = self.gets
        self.gets = next((one.recipient for one in reversed(said) if one.recipient), gets)
        return [
            replace(one, recipient=gets)
            if gets and one.recipient is None and _BESIDES.search(canonical(one.action.text))
            else one
            for one in said
        ]

    def _clauses(self, start: int, end: int) -> Iterator[Obligation]:
        line = self.line
        subject = self._known(find_subject(line, start, end))
        opens = self.place.unit.level == "paragraph" and not self.between(start, end)
        if subject and not subject.ordered and is_ground(line, skip_label(line, start, end)):
            subject = None if opens or _CITES.match(small(line.text), start, end) else subject
        if subject and not subject.directed:
            self.inherited = Actors(subject.actors, line.span(start, subject.end))
        recipient: Mention | None = None
        last: list[Obligation] = []
        said: list[Obligation] = []  # by the clause before
        before: Subject | None = None  # "Các phòng, ban; UBND các xã gửi …": names and no more
        for number, (a, b) in enumerate(clauses(line, start, end)):
            own = subject if number == 0 else self._known(find_subject(line, a, b))
            own = own or self._after_colon(a, b)
            own = None if own and self._with_others(start, a) else own
            if own and before:
                own = replace(own, actors=(*before.actors, *own.actors))
            before = None
            if own and own.end >= b and b < end:
                stop = line.offsets[b - 1] + 1
                within = tuple(name for name in own.actors if name.span.end <= stop)
                before = replace(own, actors=within)
                continue
            if last and last[-1].deadline is None and (limits := self._only_limits(a, b)):
                one = last.pop()
                yield from last
                last = [replace(one, deadline=limit) for limit in limits]
                continue
            if last and (more := self._further(last[-1], a, b) or self._rounds(last, a, b)):
                last = [*last[:-1], *more]
                continue
            yield from last
            self.in_rounds = False
            said, last = last, []
            last.extend(self._in_brackets(a, b))
            self.told = bool(said and said[-1].deadline)
            for one in self._with_opening(start, a, b, own):
                shared = recipient if one.recipient is None else None
                if shared and number and own:
                    shared = None  # others send something of their own
                if shared and SENT.search(_SENT_BY.sub("", canonical(one.action.text))):
                    last.append(replace(one, recipient=shared))
                else:
                    recipient = one.recipient or recipient
                    last.append(one)
            if own and not own.directed:
                self.inherited = Actors(own.by or own.actors, line.span(a, own.end))
        yield from last

    def _with_opening(
        self, sentence: int, start: int, end: int, own: Subject | None
    ) -> Iterator[Obligation]:
        """Yield what a clause says, as often as its sentence: "Hằng năm, A báo cáo …; B …"."""
        each = None
        if start > sentence and own and not self.between(start, end):
            each = self._opening_recurrence(sentence, start)
        for one in self.clause(start, end, own):
            if each and one.deadline is None:
                yield replace(one, deadline=each, evidence=(*one.evidence, each.span))
            else:
                yield one

    def _opening_recurrence(self, start: int, end: int) -> Deadline | None:
        """Return how often all of a sentence is done, where it begins so: "Hằng quý, …"."""
        begin = skip_label(self.line, start, end)
        inside = self.between(start, end)
        if len(inside) != 1 or rank(inside[0]) != RECURS:
            return None
        stands = self.line.offsets[begin] == inside[0].span.start
        after = bisect_left(self.line.offsets, inside[0].span.end)
        return inside[0] if stands and self.line.text.startswith(", ", after) else None

    def _in_brackets(self, start: int, end: int) -> Iterator[Obligation]:
        """Yield what brackets say that others do: "(các xã gửi về Phòng Nội vụ trước 05/12)"."""
        text = small(self.line.text)
        for match in _BRACKETS.finditer(text, start, end):
            a, b = match.span(1)
            inside = self.between(a, b)
            subject = find_subject(self.line, a, b) if inside else None
            if subject is None or not DO.match(text, subject.end, b):
                continue
            yield from self.clause(a, b, subject)
            self.aside.append((a, b))
            self.limits = tuple(limit for limit in self.limits if limit not in inside)

    def _with_others(self, start: int, end: int) -> bool:
        """Return whether the names after a semicolon go on with "phối hợp với các sở; …"."""
        text = small(self.line.text)
        partners = list(_PARTNERS.finditer(text, start, end))
        if not partners or text[end - 2 : end] != "; ":
            return False
        names = find_names(self.line, partners[-1].end(), end, acts=False)
        return names is not None and not text[names.end : end].strip(" ;,")

    def _only_limits(self, start: int, end: int) -> list[Deadline]:
        """Return the limits of a clause that says no more: "…; thời gian hoàn thành: quý III"."""
        begin = skip_label(self.line, start, end)
        only = end - begin <= MAX_LIMIT and is_only_limit(self.line, begin, end)
        if not only or find_recipient(self.line, begin, end):
            return []
        return self._limits(start, end)

    def _further(self, one: Obligation, start: int, end: int) -> list[Obligation]:
        """Return work and the same in the next of its times: ": hằng quý, …; hằng năm, …"."""
        if one.deadline is None or one.deadline.kind != "recurring":
            return []
        stated = bisect_left(self.line.offsets, one.deadline.span.start)
        limits = self._limits(start, end) if self.line.text.endswith(": ", 0, stated) else []
        last = start + len(self.line.text[start:end].rstrip(" .;,)")) - 1
        whole = Span(self.line.offsets[start], self.line.offsets[last] + 1)
        if len(limits) != 1 or limits[0].kind != "recurring" or not limits[0].span.covers(whole):
            return []
        evidence = (self.line.span(start, end), *one.evidence)
        return [one, *(replace(one, deadline=limit, evidence=evidence) for limit in limits)]

    def _rounds(self, last: list[Obligation], start: int, end: int) -> list[Obligation]:
        """Return work that is done in rounds with when: "… mỗi năm 02 đợt; đợt I trước …"."""
        limits = self._limits(start, end)
        if not is_round(self.line, start, end, limits):
            return []
        one = last[-1]
        evidence = (self.line.span(start, end), *one.evidence)
        done = [replace(one, deadline=limit, evidence=evidence) for limit in limits]
        if not is_often(one.deadline):
            return [one, *done] if self.in_rounds or names_round(one) else []
        self.in_rounds = True
        return done

    def _after_colon(self, start: int, end: int) -> Subject | None:
        """Return who acts where what it is about stands first: "Báo cáo quý: các đơn vị gửi …"."""
        text = small(self.line.text)
        colon = _TOPIC.match(text, skip_label(self.line, start, end), end)
        found = find_subject(self.line, colon.end(), end) if colon else None
        if found is None or found.end >= end:
            return None
        begins = self.line.offsets[found.end]
        timed = any(limit.span.start == begins for limit in self.limits)
        acts = timed or DO.match(text, found.end, end) or MUST.match(text, found.end, end)
        return found if acts else None

    def _after_limit(self, start: int, end: int, limits: list[Deadline]) -> Subject | None:
        """Return who acts where the names follow a time at once: "Trong quý II UBND xã …"."""
        begin = skip_label(self.line, start, end)
        if not limits or begin >= end:
            return None
        stated = bisect_left(self.line.offsets, limits[0].span.start)
        after = bisect_left(self.line.offsets, limits[0].span.end)
        if aside := _AFTER_LIMIT.match(self.line.text, after):
            after = aside.end()  # "chậm nhất 10 ngày (kể từ ngày nhận được), đơn vị phải …"
        pause = self.line.text.startswith((", ", "), "), after)
        if stated != begin and not (pause and limits[0].kind == "relative"):
            before = self.line.text[:stated]
            if not (before.endswith(", ") and OCCASION.match(small(self.line.text), begin, end)):
                return None
        while after < end and self.line.text[after] in " ,:)":
            after += 1
        found = find_subject(self.line, after, end) if after < end else None
        if found and DO.match(small(self.line.text), found.end, end):
            return found
        return responsible(self.line, after, end, timed=True) if pause else None

    def _known(self, subject: Subject | None) -> Subject | None:
        """Return a subject with the names that "Các đơn vị này" stands for."""
        if subject is None or len(subject.actors) != 1 or not self.inherited.names:
            return subject
        named = canonical(subject.actors[0].text)
        if not _THESE.search(named):
            return subject
        counted = next((word for word in named.split() if read_count(word)), None)
        if counted and read_count(counted) != len(self.inherited.names):
            return subject  # "UBND ba huyện nói trên": not all that were told before
        return replace(subject, actors=self.inherited.names)

    def _limits(self, start: int, end: int) -> list[Deadline]:
        limits = self._stated(start, end)
        whole = len(limits) > 1 and parts_of(self.line, start, end, limits)[0][1] >= end
        return once_each(limits) if whole else limits

    def _stated(self, start: int, end: int) -> list[Deadline]:
        stated = self.between(start, end)
        if not stated and (tail := limits_of_tail(self.line, start, end, self.issued_on)):
            return tail
        stated = [d for d in stated if not is_over(d, self.issued_on)]
        limits = own_limits(self.line, start, without_conditions(self.line, start, stated))
        limits = without_begin(self.line, without_topic(self.line, start, limits))
        by_heading = self.place.limit
        best = max((rank(limit) for limit in limits), default=0)
        if by_heading and best <= 3 and rank(by_heading) > best:
            return [by_heading]
        limits = [
            limit
            for limit, after in zip_longest(limits, limits[1:])
            if not (limit and after and _reported(limit, after))
        ]
        apart = [limit for limit in limits if limit.kind != "vague" and rank(limit) != PROGRAMME]
        if len({rank(limit) for limit in apart}) > 1 and self._apart(start, end, apart):
            return apart
        limits = without_bare(limits)
        exact = [limit for limit in limits if rank(limit) >= 4] or ranked(limits)
        dated = [limit for limit in limits if limit.kind == "date" and rank(limit) >= 3]
        if 1 <= len(exact) < len(dated) == len(limits) and all(map(is_plain, dated)):
            parts = parts_of(self.line, start, end, dated)
            if parts[0][1] < end and all(b - a < MAX_PART for a, b, _ in parts):
                return dated
        if len(exact) > 1 and parts_of(self.line, start, end, exact)[0][1] < end:
            return exact
        return listed(ranked(limits))

    def _apart(self, start: int, end: int, limits: list[Deadline]) -> bool:
        """Return whether each limit has something of its own to do, however exact it is.

        "sơ kết vào quý II-2023 và tổng kết vào cuối nhiệm kỳ" are two; "Hằng tháng rà soát, báo
        cáo trước ngày 25" and "xây dựng kế hoạch hằng năm, trình trước ngày 15/12" are one.
        """
        parts = parts_of(self.line, start, end, limits)
        if parts[0][1] >= end:
            return False
        best = max(map(rank, limits))
        for number, (begin, _, limit) in enumerate(parts):
            if not self._says_more(*parts[number]):
                return False
            if limit is None or rank(limit) == best or limit.kind != "recurring":
                continue
            if number == 0 or limit.span.start > self.line.offsets[begin] + 1:
                return False
        return True

    def _says_more(self, start: int, end: int, limit: Deadline | None) -> bool:
        """Return whether a part says something to do beside its limit."""
        if limit and small(self.line.text).endswith(" và ", 0, start):
            return self.line.offsets[start] < limit.span.start  # "… và quy chế chậm nhất …"
        for verb in pattern("verb").finditer(small(self.line.text), start, end):
            offset = self.line.offsets[verb.start()]
            if limit is None or not limit.span.start <= offset < limit.span.end:
                return True
        return False

    def clause(self, start: int, end: int, own: Subject | None) -> Iterator[Obligation]:
        """Yield what one clause says to do, one for each of its limits.

        Args:
            start: where it begins in the line.
            end: one past its last character.
            own: who acts, where the clause begins with it.
        """
        line, place, text = self.line, self.place, small(self.line.text)
        limits = self._limits(start, end)
        own = self._acts(start, end, limits, own)
        begin = own.end if own else skip_label(line, start, end)
        while begin < end and line.text[begin] in " :,;":
            begin += 1
        actors = Actors(own.actors, None) if own else self.inherited
        stops = len(limits) == 1 and limits[0].bound == "from"
        stops_to = forbids(text, begin, end) or (own and refrains(text, begin, end))
        if stops_to or (stops and forbids_after(line, limits[0], end)):
            limits = []  # until when something may not be done is not when it is due
        if not own and (named := named_inside(line, begin, end)):
            actors = Actors(named.actors, None)
            own = named
            if named.ordered:  # who acts in what follows behind semicolons, too
                self.inherited = Actors(named.actors, line.span(begin, named.end))
        if not own and not actors.names and (persons := in_person(line, begin, end)):
            actors = Actors(persons, None)
        titled = bool(place.path) or place.unit.level != "paragraph"
        sent = place.inherited.recipient is not None
        listed = place.unit.level in _ITEMS and bool(place.inherited.names)
        starts = [begin, *([own.end] if own and own.end > begin else [])]  # behind "…, giao Sở"
        rest = self.told and len(limits) == 1 and is_rest(line, begin, end, limits[0])
        held = place.limit and _HELD.match(text, begin, end)  # under "Tháng 11/2024"
        if not (rest or held) and not any(
            says_to_do(
                line, told, end, own, limits, place.path, titled=titled, sent=sent, listed=listed
            )
            for told in starts
        ):
            return
        span = line.span(start, end)
        evidence = [span]
        if actors.span and not span.covers(actors.span):
            evidence.append(actors.span)
        recipient = self._recipient(begin, end, limits, own=own is not None)
        if len(limits) == 1 and (told := told_to_act(line, recipient, limits[0])):
            actors, recipient = Actors(told.actors, None), None
        with_ = find_partners(line, begin, end)
        forwarded = (
            find_forwarded(line, bisect_left(line.offsets, recipient.span.start), end)
            if recipient
            else ()
        )
        parts = parts_of(line, begin, end, limits or [place.limit])
        closes = closing_recipient(line, parts)
        proposed = proposed_to(line, begin, parts[0][1])
        whole = parts[0][:2] == (begin, end)
        how = strength(line, start, end)
        if limits and not own and is_state(line, begin, end, limits[0]):
            how, actors = "goal", self.place.inherited
        for number, (a, b, limit) in enumerate(parts):
            others = self._others(a, b) if number else None
            a = others.end if others else a
            collects = collector(line, parts[number - 1][0], a) if number else None
            yield Obligation(
                actors=others.actors if others else (collects,) if collects else actors.names,
                with_=with_,
                action=line.mention(a, b),
                deadline=limit,
                recipient=recipient
                if whole
                else self._of_part(a, b, closes)
                or proposed
                or (recipient if self._shares(recipient, a, b) else None),
                strength=how,
                evidence=tuple(evidence),
                headings=place.headings,
                forwarded_to=forwarded,
            )

    def _recipient(
        self, begin: int, end: int, limits: list[Deadline], *, own: bool
    ) -> Mention | None:
        """Return who gets what a clause says to send, not what brackets say that others send."""
        line = self.line
        if limits and limits[0].kind == "relative":  # "kể từ ngày được thông báo, …"
            stated = bisect_left(line.offsets, limits[0].span.start)
            after = bisect_left(line.offsets, limits[0].span.end)
            begin = after if stated <= begin < after < end else begin
        recipient = find_recipient(line, begin, end)
        for a, b in self.aside:
            if (
                recipient
                and begin < a
                and line.offsets[a] <= recipient.span.start < line.offsets[b]
            ):
                recipient = find_recipient(line, b, end)
        above = self.place.inherited.names if recipient is None else ()
        if above and (kind := _TO_KIND.search(small(line.text), begin, end)):
            above = tuple(name for name in above if _is_kind(name, kind["kind"]))
            return above[0] if len(above) == 1 else None
        if not own and recipient is None and SENT.search(small(line.text), begin, end):
            return self.inherited.recipient
        if recipient and limits and not self.aside:
            stated = bisect_left(line.offsets, limits[-1].span.start)
            recipient = nearest_recipient(line, recipient, min(max(stated, begin), end))
        return recipient

    def _acts(
        self, start: int, end: int, limits: list[Deadline], own: Subject | None
    ) -> Subject | None:
        """Return who acts: those at the beginning, behind a time, or behind what it is about."""
        if own is not None:
            return own
        own = self._after_limit(start, end, limits) or responsible(
            self.line, start, end, timed=bool(limits)
        )
        own = own or self._after_colon(start, end)
        if own and not own.directed:  # who acts in what follows, too
            self.inherited = Actors(own.actors, self.line.span(start, own.end))
        return own

    def _others(self, start: int, end: int) -> Subject | None:
        """Return who does a part of a clause: "…, UBND cấp huyện báo cáo Sở trước ngày 20/6"."""
        found = find_subject(self.line, start, end)
        return found if found and DO.match(small(self.line.text), found.end, end) else None

    def _of_part(self, start: int, end: int, closes: Mention | None) -> Mention | None:
        """Return who gets a part: one that it names, unless the end of the list says it before."""
        found = None if self.aside else find_recipient(self.line, start, end)
        if found and closes and closes.span.start < found.span.start:
            return closes
        return found or closes

    def _shares(self, recipient: Mention | None, start: int, end: int) -> bool:
        """Return whether a part goes on with what is sent: "…, đợt 2 trong tháng 9"."""
        if recipient is None or self.line.offsets[start] < recipient.span.start:
            return False
        return not DO.match(small(self.line.text), start, end)


def _is_kind(name: Mention, kind: str) -> bool:
    """Return whether a body is of a kind: "Phòng Nội vụ" is a "phòng"."""
    return canonical(name.text).startswith(f"{kind} ")


def _reported(limit: Deadline, after: Deadline) -> bool:
    """Return whether a limit only says what is reported: "sơ kết 6 tháng trong tháng 7"."""
    near = 0 <= after.span.start - limit.span.end <= 2
    return near and limit.value == "P6M" and after.kind == "date"
