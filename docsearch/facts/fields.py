"""Tables and labelled lines that assign work: "Đơn vị chủ trì: … | Thời gian hoàn thành: …".

A row of a table is one line of the text: cells with the heads of their columns joined by " | ", or
the cells between bars with the head in a row of its own. Under a task the same fields stand as
lines of their own ("- Cơ quan chủ trì: Phòng Nội vụ").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from docsearch.facts.actors import find_names
from docsearch.facts.deadlines import find_labelled_deadlines
from docsearch.facts.duties import DO
from docsearch.facts.heads import small
from docsearch.facts.limits import without_bare
from docsearch.facts.stacked_tables import StackedRow
from docsearch.orthography import canonical
from docsearch.parse.view import View, view
from docsearch.records import Deadline, Mention, Span

FieldKind = Literal["task", "actor", "with", "time", "recipient", "other"]

MAX_LABEL: Final = 60  # code points of the head of a column; longer is a sentence

_BODY: Final = (
    r"(?:các )?(?:đơn vị|cơ quan|bộ phận|phòng|ban|ngành|tổ chức|cá nhân|người|đầu mối|địa phương)"
)
_KINDS: Final[tuple[tuple[FieldKind, re.Pattern[str]], ...]] = (
    (
        "other",
        re.compile(
            r"stt|tt|số tt|số thứ tự|ghi chú|địa điểm|thành phần|sản phẩm|kết quả|kinh phí"
            r"|nguồn|đối tượng"
            r"|số lượng|hình thức|đvt|đơn vị tính|phương pháp|căn cứ|mục tiêu|chỉ tiêu|tiêu"
            r" chí|điểm|lưu ý"
        ),
    ),
    ("with", re.compile(rf"(?:{_BODY} |cùng )?phối hợp(?: thực hiện)?")),
    (
        "time",
        re.compile(
            r"(?:dự kiến )?(?:thời (?:gian|hạn|điểm)|hạn|tiến độ|lịch|kỳ hạn|kỳ báo cáo|ngày"
            r" hoàn thành"
            r"|tháng|hoàn thành)"
        ),
    ),
    (
        "recipient",
        re.compile(
            r"(?:nơi|cơ quan|đơn vị|cấp|bộ phận|người) (?:nhận|trình|phê duyệt|thông qua|ban"
            r" hành|quyết định)"
            r"|cấp có thẩm quyền|gửi về|gửi"
        ),
    ),
    (
        "actor",
        re.compile(
            rf"{_BODY}(?: [^ :|]+){{0,2}}? ?(?:,|và|/|-)?\s?(?:chủ trì|thực hiện|chịu trách"
            rf" nhiệm|đầu mối"
            r"|phụ trách|tham mưu|chuẩn bị|soạn thảo|báo cáo|triển khai|được giao|được phân"
            r" công|chủ quản"
            r"|lập|đề xuất|xây dựng|trình|thường trực|chính)"
            r"|giao(?: cho)?$|(?:chủ trì|trách nhiệm|phân công|phụ trách|tổ chức thực hiện"
            r"|người phụ trách|chịu trách nhiệm)"
            r"(?: (?:chính|chủ trì|thực hiện|tham mưu|phụ trách))?$"
            rf"|{_BODY}$"
        ),
    ),
    (
        "task",
        re.compile(
            r"(?:tên |các )?(?:nội dung|nhiệm vụ|công việc|hoạt động|đề án|văn bản|giải pháp"
            r"|việc|báo cáo|tên"
            r"|chương trình|dự án|đề tài|hạng mục|chuyên đề|công trình|phần việc|mô hình|đầu việc"
            r"|loại (?:báo cáo|công việc|hồ sơ|văn bản)"
            r"|danh mục (?:công trình|dự án|công việc|nhiệm vụ))"
        ),
    ),
)
_TIME: Final = re.compile(r"(?:tháng|quý|tuần) (?:[0-9]|i)")  # no label: "Tháng 3/2024: kiểm tra …"
_TASK: Final = re.compile(
    r"(?:hoàn thành|tổ chức|xây dựng|thực hiện|triển khai|rà soát|gửi|nộp|báo cáo) "
    r"(?:việc |công tác )?"
    r"(?!xong|trước|trong|vào|từ|đến|hết|chậm|muộn|ngày|tháng|quý|quí|năm|tuần|kể|cuối|đầu|giữa|theo"
    r"|dứt|bắt|ngay|định|hằng|hàng|mỗi|đợt|về|thường)[^\W\d_]{2,} [^\W\d_]+ [^\W\d_]+"
)
_LINE: Final = re.compile(r"[^\n]+")
_LABELLED: Final = re.compile(rf"\s*[*_]*([^\W\d_][^:|]{{1,{MAX_LABEL}}}?)[*_]*\s*:[*_\s]*")
_RULE_LINE: Final = re.compile(r"[|\s:+=_-]+$")
# "3 | Điểm tập kết rác | Ban Quản lý xây dựng …": what no head of columns holds
_NUMBER: Final = re.compile(r"\(?(?:[0-9]{1,3}(?:\.[0-9]{1,2})*|[ivxl]{1,5})[.)]?$")
_WHEN: Final = re.compile(
    r"(?:(?:trước|đến|hết|trong|từ|ngày|xong) )*(?:[0-9]{1,2} ?[/-] ?[0-9]"
    r"|(?:tháng|quý|quí) [0-9iv]"
    r"|h[ằà]ng (?:năm|quý|quí|tháng|tuần)|thường xuyên)"
)
_BLANK_FIRST: Final = re.compile(r"\|[ \t]*\|")
# "nt", "như trên": the cell says what the one above it says
_SAME: Final = re.compile(r"[-–\s]*(?:n\.?t\.?|như trên|[\"”″〃])[-–.\s]*")
_PART: Final = re.compile(r"[IVXL]{1,5}|[A-ZĐ]")  # the number of a part of a table
_CUT: Final = re.compile(r"[|\t]")
_AND_WITH: Final = re.compile(r"[;,.]?\s*\(?(?:cơ quan |đơn vị )?phối hợp\s*:?\s*(?:với\s*:?\s*)?")
_LEADING: Final = re.compile(r"(?:cơ quan |đơn vị )?(?:chủ trì|thực hiện)\s*:\s*")


@dataclass(slots=True)
class Fields:
    """What the cells of one row, or the labelled lines under one task, say."""

    task: Mention | None = None
    actors: tuple[Mention, ...] = ()
    with_: tuple[Mention, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    recipient: Mention | None = None
    evidence: list[Span] = field(default_factory=list)
    continues: bool = False  # the row before goes on in this line; both are in these fields


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int


def field_kind(label: str) -> FieldKind | None:
    """Return what the head of a column or the words before a colon announce, or None.

    Args:
        label: "Thời gian hoàn thành", "Cơ quan chủ trì", "STT", in any case.

    Returns:
        The kind; None for a label that announces nothing of a task.
    """
    words = re.sub(r"[*_()]+", "", canonical(label)).strip(" .-–+•")
    if not words or len(words) > MAX_LABEL or _TIME.match(words):
        return None
    for kind, pattern in _KINDS:
        match = pattern.match(words)
        if match and not words[match.end() : match.end() + 1].isalnum():
            return kind
    return None


def read_field(line: View, start: int, end: int) -> tuple[FieldKind, str, int] | None:
    """Return the kind and label of a labelled line, and where its words begin in the view.

    Args:
        line: the words of a unit.
        start: where they begin, after "-" or "a)".
        end: one past their last.

    Returns:
        None where no label of a known kind stands before a colon. A task is announced by heads of
        columns alone: "Nội dung: …" is a line like others.
    """
    match = _LABELLED.match(line.text, start, end)
    kind = field_kind(match[1]) if match else None
    if match is None or kind is None or kind == "task" or match.end() >= end:
        return None
    if match[1].count("(") > match[1].count(")"):
        return None  # "Phòng Tài chính phân bổ vốn (đợt 1: trước 15/3; …)"
    if kind == "actor" and _goes_on_to_do(line, match.end(), end):
        return None
    if kind == "time" and _TASK.match(small(line.text), match.end(), end):
        return None  # "Thời gian: Hoàn thành việc thành lập tổ … trước ngày 30/4"
    return kind, match[1], match.end()


def _goes_on_to_do(line: View, start: int, end: int) -> bool:
    """Return whether a sentence follows a label: "Cơ quan chủ trì: Sở Y tế lập danh sách …"."""
    text = small(line.text)
    names = find_names(line, start, end)
    begin = names.end if names else start  # "Các đơn vị: báo cáo Sở về …"
    return DO.match(text, begin, end) is not None and end - start > SENTENCE


SENTENCE: Final = 40
"""Code points from which a body and what it does are a sentence; arbitrary."""


def add_field(
    fields: Fields, kind: FieldKind, label: str, words: View, *, issued_on: str | None
) -> None:
    """Add what one cell or labelled line says.

    Args:
        fields: what is known of the task, changed here.
        kind: what the label announces.
        label: the label as printed.
        words: the words after it, not blank.
        issued_on: the document's date of issue, ISO 8601.
    """
    if kind == "task" and fields.task is None:
        fields.task = words.mention(0, len(words.text))
    elif kind == "actor":
        actors, with_ = _actors(words)
        fields.actors, fields.with_ = fields.actors or actors, fields.with_ or with_
    elif kind == "with":
        fields.with_ = fields.with_ or _bodies(words, 0, len(words.text))
    elif kind == "recipient":
        names = _bodies(words, 0, len(words.text))
        fields.recipient = fields.recipient or (names[0] if names else None)
    elif kind == "time" and not fields.deadlines:
        stated = find_labelled_deadlines(words, label=label, issued_on=issued_on)
        fields.deadlines = tuple(without_bare(list(stated)))


def _actors(words: View) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Read "Phòng Nội vụ; phối hợp: các xã": who acts, and with whom."""
    text = small(words.text)
    lead = _LEADING.match(text)
    start = lead.end() if lead else 0
    together = _AND_WITH.search(text, start)
    if together and together.start() > 0 and together.end() < len(text):
        with_ = _bodies(words, together.end(), len(text))
        return _bodies(words, start, together.start()), with_
    return _bodies(words, start, len(text)), ()


def _bodies(words: View, start: int, end: int) -> tuple[Mention, ...]:
    """Return the bodies that a cell names; a name of an unknown kind is taken as it stands."""
    while end > start and words.text[end - 1] in " .;,:)":
        end -= 1
    if start >= end or not any(c.isalpha() for c in words.text[start:end]):
        return ()
    whole = find_names(words, start, end, acts=False)
    if whole and whole.end >= end - 1:
        return whole.actors
    found: list[Mention] = []
    for match in re.finditer(r"[^;]+?(?=;|, (?=[^\W\d_]?[A-ZĐÂĂÊÔƠƯ])|$)", words.text[start:end]):
        a, b = start + match.start(), start + match.end()
        while a < b and words.text[a] in " ,;.-–+":
            a += 1
        names = find_names(words, a, b, acts=False) if a < b else None
        if names and names.end >= b - 1:
            found.extend(names.actors)
        elif a < b and words.text[a:b].strip():
            found.append(words.mention(a, b))
    return tuple(found)


class Table:
    """The rows of a document's tables, one after the other: a head stands before its rows."""

    def __init__(self, text: str, *, issued_on: str | None) -> None:
        self._text = text
        self._issued_on = issued_on
        self._heads: tuple[str, ...] = ()
        self._above = Fields()  # what the row before says
        self._last: list[Span] = []  # the lines of the row before, where they stand between bars

    def leave(self) -> None:
        """Forget the head: other words stand between this table and the next."""
        self._heads = ()
        self._above = Fields()
        self._last = []

    def holds(self, pieces: Sequence[Span]) -> bool:
        """Return whether some line of a unit may be a row: it has bars, or tabs as its head has."""
        lines = [line for piece in pieces for line in piece.of(self._text).splitlines()]
        if any("|" in line for line in lines):
            return True
        tabbed = [line for line in lines if "\t" in line.strip()]
        return bool(tabbed) and (bool(self._heads) or any(map(_heads_tabbed, tabbed)))

    def heads(self, line: Span) -> bool:
        """Return whether a line is the head of a table, between bars or tabs, or a rule."""
        words = line.of(self._text)
        return "|" in words or ("\t" in words.strip() and _heads_tabbed(words))

    def rows(self, pieces: Sequence[Span]) -> Iterator[tuple[Span, Fields | None]]:
        """Yield each line of a unit and what it says as a row of a table.

        Args:
            pieces: spans of the unit's own words, some line of which may hold bars.

        Yields:
            The line, and its fields; None for a line that is no row, for a head and for a rule.
        """
        lines = [
            Span(piece.start + m.start(), piece.start + m.end())
            for piece in pieces
            for m in _LINE.finditer(piece.of(self._text))
            if m[0].strip()
        ]
        for group in self._joined(lines):
            fields = self._row(group)
            if fields:
                fields.continues = bool(self._last) and group[: len(self._last)] == self._last
            barred = group[0].of(self._text).lstrip().startswith("|")
            self._last = group if barred and (fields or group[0] in self._last) else []
            yield Span(group[0].start, group[-1].end), fields

    def of_stacked(self, row: StackedRow) -> Fields | None:
        """Return what a row with one cell a line says; None for one without a task."""
        cells = [(head, [_Cell(s.start, s.end) for s in spans]) for head, spans in row.cells]
        return self._read(cells)

    def _joined(self, lines: Sequence[Span]) -> Iterator[list[Span]]:
        """Yield the lines of each row: one, or more where the first cell of the next is blank."""
        group: list[Span] = list(self._last)
        fresh = False  # whether the group holds a line that was not there before
        for line in lines:
            if group and self._goes_on(line):
                group.append(line)
                fresh = True
                continue
            if fresh:
                yield group
            group, fresh = [line], True
        if fresh:
            yield group

    def _goes_on(self, line: Span) -> bool:
        words = line.of(self._text).strip()
        return bool(_BLANK_FIRST.match(words)) and not _RULE_LINE.match(words)

    def _row(self, group: Sequence[Span]) -> Fields | None:
        first = group[0].of(self._text).strip()
        if not _CUT.search(first) or _RULE_LINE.match(first):
            return None
        columns = self._columns(group)
        if first.startswith("|") or not any(self._label(cells) for cells in columns):
            return self._of_heads(columns)
        return self._read([(self._label(cells), cells) for cells in columns])

    def _columns(self, group: Sequence[Span]) -> list[list[_Cell]]:
        columns: list[list[_Cell]] = []
        for line in group:
            words = line.of(self._text)
            begin = len(words) - len(words.lstrip())
            if words[begin : begin + 1] == "|":
                begin += 1
            last = len(words.rstrip())
            cuts = [begin - 1, *(m.start() for m in _CUT.finditer(words, begin, last))]
            if words.rstrip()[-1:] != "|":
                cuts.append(len(words))
            for number, (a, b) in enumerate(zip(cuts, cuts[1:], strict=False)):
                if number >= len(columns):
                    columns.append([])
                if words[a + 1 : b].strip():
                    columns[number].append(_Cell(line.start + a + 1, line.start + b))
        return columns

    def _label(self, cells: Sequence[_Cell]) -> str | None:
        """Return the label with which a cell begins ("Thời gian: …"), if any is known."""
        if not cells:
            return None
        match = _LABELLED.match(self._text, cells[0].start, cells[0].end)
        return match[1] if match and field_kind(match[1]) else None

    def _of_heads(self, columns: list[list[_Cell]]) -> Fields | None:
        words = [
            " ".join(self._text[cell.start : cell.end].strip() for cell in cells)
            for cells in columns
        ]
        kinds = [field_kind(word) for word in words]
        if _PART.fullmatch(words[0]) and len([word for word in words if word]) <= 2:
            return None
        if (
            len({kind for kind in kinds if kind}) >= 2
            and ("task" in kinds or "actor" in kinds or "time" in kinds)
            and not self._is_row(words)
        ):
            self._heads = tuple(words)
            return None
        if not self._heads or len(columns) > len(self._heads) + 1:
            return None
        return self._read(list(zip(self._heads, columns, strict=False)))

    def _is_row(self, words: Sequence[str]) -> bool:
        """Return whether cells are those of a row, whatever words they begin with."""
        if _NUMBER.match(canonical(words[0])):
            return True
        same = len(words) == len(self._heads)
        return same and any(_WHEN.match(canonical(word)) for word in words)

    def _read(self, labelled: Sequence[tuple[str | None, list[_Cell]]]) -> Fields | None:
        fields = Fields()
        for label, cells in labelled:
            kind = field_kind(label) if label else None
            if kind is None or kind == "other" or label is None:
                continue
            spans = [Span(cell.start, cell.end) for cell in cells]
            words = view(self._text, spans)
            if _SAME.fullmatch(small(words.text)):
                _repeat(fields, kind, self._above)
                continue
            match = _LABELLED.match(words.text)
            start = match.end() if match and match[1].strip() == label.strip() else 0
            if start < len(words.text):
                part = View(words.text[start:], words.offsets[start:])
                add_field(fields, kind, label, part, issued_on=self._issued_on)
        self._above = fields
        return fields if fields.task else None


def _heads_tabbed(line: str) -> bool:
    return len({field_kind(cell) for cell in line.split("\t")} - {None}) > 1


def _repeat(fields: Fields, kind: FieldKind, above: Fields) -> None:
    """Let a cell say what the row above says of its kind."""
    if kind == "actor":
        fields.actors = above.actors
    elif kind == "with":
        fields.with_ = above.with_
    elif kind == "time":
        fields.deadlines = above.deadlines
    elif kind == "recipient":
        fields.recipient = above.recipient
