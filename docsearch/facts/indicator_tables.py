"""Targets and results in tables: rows of cells, or of "label: value" pairs, on lines of their own.

    Chỉ tiêu: Tỷ lệ hộ nghèo | Đơn vị tính: % | Năm 2024: 3,5 | Năm 2025: 2,1
    |TT |Chỉ tiêu |ĐVT |TH 2024 |KH 2025 |

What a column holds is said by its label; the labels are the cues of ``vocabulary/measures.json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from docsearch.facts.quantities import cue, lower, read_figure, unit_at
from docsearch.records import Span, Target, TargetKind

_Role = Literal["name", "unit", "value", ""]

_LINE = re.compile(r"[^\n]+")
_CELL = re.compile(r"[^|\t]+|(?<=[|\t])(?=[|\t])")
_LABEL = re.compile(r"\s*([^:]{1,60}):(?=\s|$)")
_YEAR = re.compile(r"(?<![0-9/])((?:19|20)[0-9]{2})(?:\s?[-–]\s?((?:19|20)[0-9]{2}))?(?![0-9/])")
_DAY = re.compile(
    r"(?<![0-9/])([0-9]{1,2}) ?[/.-] ?([0-9]{1,2}) ?[/.-] ?((?:19|20)[0-9]{2})(?![0-9/])"
)
_MONTH = re.compile(
    r"(?<!\w)tháng (0?[1-9]|1[0-2])(?![0-9])(?: ?/ ?| năm )?((?:19|20)[0-9]{2})?(?! tháng)"
)
_QUARTER = re.compile(
    r"(?<!\w)qu[ýí] (i{1,3}|iv|[1-4])(?!\w)(?: ?[/-] ?| năm )?((?:19|20)[0-9]{2})?"
)
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_IN_NAME = re.compile(r"\(\s?(?:đvt:? |đơn vị(?: tính)?:? )?([^()0-9]{1,24})\s?\)\s*$")
# "Tỷ lệ hộ nghèo các xã (%):", "Đơn vị tính: triệu đồng": of all figures of the table below
_CAPTION = re.compile(
    r"(?:\(|^|[.;] )\s?(?:đvt|đơn vị(?: tính)?) ?: ?(?P<told>[^():;]{1,24}?)[\s).:]*$"
    r"|\(\s?(?P<unit>[^():;]{1,24}?)\s?\)[\s:.]*$"
)
MAX_CAPTION: Final = 300  # code points of the line above a table: arbitrary
_NUMBERING = re.compile(r"[IVXL]{1,6}[.)]?|[A-Za-zĐđ0-9](?:[0-9.]{0,8})[.)]?")
_COUNT = re.compile(r"(?:tổng )?số(?: lượng)?(?= )")
_AT_BEGIN = re.compile(r"(?<!\w)đầu năm ((?:19|20)[0-9]{2})")
# Whose figures stand in the rows
_BODY = re.compile(
    r"(?:tên )?(?:đơn vị|xã|phường|huyện|địa phương|trường|thôn|ấp|bản|cơ quan|phòng|ngành)"
    r"(?:,? (?:xã|phường|thị trấn|bản|tổ dân phố|ban|ngành)){0,2}"
)
_SAME = re.compile(r'["”″〃]|-?\s?nt\s?-?|như trên')
_COUNTED = re.compile(r"\(?(?:[A-ZĐa-zđ]|([0-9]{1,2})\)?(?: ?= ?[0-9/:x*+() %-]{1,12})?)\)?")
# "KH 2024/TH 2023", "2023/2022": one column in another
_RATIO = re.compile(
    r"(?<!\w)(?:kế hoạch|kh|thực hiện|th|ước|dự toán|dt|nghị quyết|nq|năm|[0-9]{4})[^/]{0,24}/ ?"
    r"(?:kế hoạch|kh|thực hiện|th|ước|dự toán|dt|nghị quyết|nq|cùng kỳ|năm)(?!\w)"
    r"|(?<!học )(?<!\w)([0-9]{4}) ?/ ?([0-9]{4})(?!\w)"
)
_PART_YEAR = re.compile(
    r"(?<![0-9])(0?[1-9]|1[01]) tháng(?! cuối)(?:[^0-9]{0,16}((?:19|20)[0-9]{2}))?"
)
_GIVEN = re.compile(r"(?<!\w)(?:giao|đăng ký|ph[ấầ]n đ[ấầ]u|nghị quyết|nq|đề ra)(?!\w)")
_COMPARES = re.compile(r"(?<!\w)(?:so|đạt|hoàn thành)(?!\w)|/")
_INSIDE = re.compile(r"^(?:[-–+•*] ?)?(?:trong đó ?:? ?)?(?:[-–+•*] ?)?", re.IGNORECASE)
MAX_CELLS: Final = 40  # of a row; longer ones are no table of indicators: arbitrary
MAX_CELL: Final = 400  # code points: arbitrary


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table and the targets in it."""

    span: Span
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell and where they stand in the text."""

    text: str  # without white space around it
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a table holds."""

    role: _Role
    period: str | None = None
    kind: TargetKind = "target"
    unit: str = ""  # "Chỉ tiêu giao năm 2024 (hộ)"
    label: str = ""  # of a column of figures, where the rows name bodies and not indicators


def find_rows(
    text: str, *, issued_on: str | None, period: str | None, reports: bool
) -> tuple[Row, ...]:
    """Return the rows of the tables of indicators in a document.

    Args:
        text: ``Document.text``.
        issued_on: the document's date of issue, ISO 8601: tells past columns from those to come.
        period: of the document as a whole, for columns that name none.
        reports: whether the document looks back: a column of the year of issue is a result.

    Returns:
        The rows in order, those without a figure too; none for tables that have no column of
        names or none of figures.
    """
    rows: list[Row] = []
    columns: list[Column] = []
    unit, of_all, end = "", "", -1
    for line in _LINE.finditer(text):
        cells = _cells(line)
        if cells is None:
            continue
        if text.count("\n", end, line.start()) > 3 if end >= 0 else True:
            columns, unit = [], ""
        end = line.end()
        labelled = _labelled(cells)
        if labelled is not None:
            heads, cells = labelled
            columns = [_column(head, issued_on or "", period, reports=reports) for head in heads]
        elif not columns or _heads(cells):
            heads = [cell.text for cell in cells]
            above = line_above(text, line.start())
            columns = read_heads(
                heads, issued_on=issued_on, period=year_of(above) or period, reports=reports
            )
            of_all = unit_of(above)
            if columns:
                rows.append(Row(Span(line.start(), line.end()), ()))
            continue
        if not _is_table(columns):
            columns = []
            continue
        if _counts_columns(cells):
            rows.append(Row(Span(line.start(), line.end()), ()))
            continue
        unit, targets = read_row(cells, columns, unit, of_all if labelled is None else "")
        rows.append(Row(Span(line.start(), line.end()), targets))
        if labelled is not None:
            columns = []
    return tuple(rows)


def read_heads(
    heads: Sequence[str], *, issued_on: str | None, period: str | None, reports: bool
) -> list[Column]:
    """Return what the columns of a table hold, by their labels.

    Args:
        heads: the labels.
        issued_on: see ``find_rows``.
        period: for columns that name none.
        reports: see ``find_rows``.

    Returns:
        A column for each label; an empty list where they are no table of indicators.
    """
    issue = issued_on or ""
    columns = [_column(head, issue, period, reports=reports) for head in heads]
    columns = _one_name(heads, columns, period)
    columns = _of_bodies(heads, columns, issue)
    return columns if _is_table(columns) else []


def _one_name(heads: Sequence[str], columns: list[Column], period: str | None) -> list[Column]:
    """Return the columns with one of names: of "Nội dung | Mục tiêu" the last holds figures."""
    names = [at for at, column in enumerate(columns) if column.role == "name"]
    if len(names) < 2:
        return columns
    last = names[-1]
    valued = any(column.role == "value" for column in columns)
    aims = cue("column-planned").match(lower(heads[last])) is not None
    spare = Column("value", period, "target") if aims and not valued else Column("")
    named = names[0] if aims and not valued else last
    return [
        (column if at == named else spare) if at in names else column
        for at, column in enumerate(columns)
    ]


def _counts_columns(cells: Sequence[Cell]) -> bool:
    """Return whether a row numbers the columns: "A | B | 1 | 2 | 3=2/1"."""
    matches = [_COUNTED.fullmatch(cell.text) for cell in cells]
    if not all(matches):
        return False
    numbers = [int(match[1]) for match in matches if match and match[1]]
    return len(numbers) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _cells(line: re.Match[str]) -> list[Cell] | None:
    words = line[0]
    if words.count("|") + words.count("\t") < 2 and " | " not in words:
        return None
    cells = []
    body = words.strip().strip("|")
    offset = line.start() + words.find(body)
    for match in _CELL.finditer(body):
        shown = match[0].strip()
        start = offset + match.start() + (match[0].find(shown) if shown else 0)
        cells.append(Cell(" ".join(shown.split()), start, start + len(shown)))
    longest = max((len(cell.text) for cell in cells), default=0)
    return cells if 2 <= len(cells) <= MAX_CELLS and longest <= MAX_CELL else None


def _labelled(cells: Sequence[Cell]) -> tuple[list[str], list[Cell]] | None:
    """Return labels and values of a row of "label: value" cells."""
    labels, values = [], []
    for cell in cells:
        match = _LABEL.match(cell.text)
        if match is None:
            return None
        value = cell.text[match.end() :].strip()
        labels.append(match[1])
        values.append(Cell(value, cell.end - len(value), cell.end))
    return labels, values


def _column(label: str, issued_on: str, period: str | None, *, reports: bool) -> Column:
    year = int(issued_on[:4]) if issued_on[:4].isdecimal() else None
    words = lower(label).strip(" .*")
    if (ratio := _RATIO.search(words)) and not (ratio[1] and ratio[1] < ratio[2]):
        return Column("")
    if cue("column-none").match(words) and not _is_rate(words):
        return Column("")
    if cue("column-unit").fullmatch(words):
        return Column("unit")
    dates = list(_YEAR.finditer(words))
    reached = cue("column-reached").search(words) is not None
    planned = cue("column-planned").search(words) is not None
    if cue("column-name").match(words) and not dates and not _GIVEN.search(words):
        return Column("name")
    if (until := _time_of(words, year)) is not None:
        past = bool(issued_on) and until[: len(issued_on)] < issued_on[: len(until)]
        return Column("value", until, "achieved" if reached or (past and not planned) else "target")
    if not (dates or reached or planned):
        return Column("")
    last = dates[-1] if dates else None
    value = (f"{last[1]}/{last[2]}" if last[2] else last[1]) if last else period
    ends = int(last[2] or last[1]) if last else None
    past = ends is not None and year is not None and (ends < year or (reports and ends == year))
    kind: TargetKind = "achieved" if reached or (past and not planned) else "target"
    return Column("value", value, kind)


def _is_rate(words: str) -> bool:
    """Return whether a label names a rate of its own: "Tỷ lệ hộ nghèo năm 2024"."""
    named = words.startswith(("tỷ lệ ", "tỉ lệ ")) and _YEAR.search(words) is not None
    return named and not _COMPARES.search(words)


def _time_of(words: str, year: int | None) -> str | None:
    """Return the day, month or quarter that a label names: "đến 20/9/2021", "quý II"."""
    if match := _DAY.search(words):
        day = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
        return day[:4] if day.endswith("-12-31") else day
    if (match := _PART_YEAR.search(words)) and (of := match[2] or year):
        return f"{of}-{int(match[1]):02}"
    if match := _MONTH.search(words):
        of = match[2] or year
        return f"{of}-{int(match[1]):02}" if of else None
    if match := _QUARTER.search(words):
        of = match[2] or year
        return f"{of}-Q{_ROMAN.get(match[1], match[1])}" if of else None
    return None


def _counted(words: str) -> str:
    """Return the unit of a count that names it first: "Số hộ nghèo"."""
    named = _COUNT.match(lower(words))
    found = unit_at(lower(words), named.end()) if named else None
    return found or ""


def _of_bodies(heads: Sequence[str], columns: list[Column], issued_on: str) -> list[Column]:
    """Return the columns of a table whose rows are bodies: "Đơn vị | Chỉ tiêu năm 2024 (hộ)"."""
    if any(column.role == "name" for column in columns):
        return columns
    place = next((i for i, head in enumerate(heads) if _BODY.fullmatch(lower(head))), None)
    if place is None or not any(column.role == "value" for column in columns):
        return columns
    found = []
    for number, (head, column) in enumerate(zip(heads, columns, strict=True)):
        stated = _IN_NAME.search(head)
        unit = stated[1].strip() if stated else ""
        said = cue("column-planned").match(lower(unit)) or cue("column-reached").match(lower(unit))
        unit = "" if said else unit  # "Năm học 2024 - 2025 (kế hoạch)"
        label = head[: stated.start()].strip() if stated else head
        unit = unit or _counted(label)
        begun = _AT_BEGIN.search(lower(label)) if issued_on else None
        if begun and begun[1] <= issued_on[:4]:
            column = replace(column, kind="achieved")
        found.append(
            Column("name")
            if number == place
            else replace(column, unit=lower(unit), label=label)
            if column.role == "value"
            else column
        )
    return found


def _is_table(columns: Sequence[Column]) -> bool:
    roles = [column.role for column in columns]
    return roles.count("name") == 1 and "value" in roles


def _heads(cells: Sequence[Cell]) -> bool:
    named = [cell for cell in cells if cell.text and not _NUMBERING.fullmatch(cell.text)]
    if len(named) < 2:  # "II | Chỉ tiêu xã hội | | |" heads a part of the table, not its columns
        return False
    words = [lower(cell.text) for cell in named]
    if any(cue("column-name").fullmatch(one) for one in words):
        return True
    of_bodies = any(_BODY.fullmatch(one) for one in words)
    said = any(_YEAR.search(one) or cue("column-planned").search(one) for one in words)
    return of_bodies and said and all(read_figure(one) is None for one in words)


def line_above(text: str, start: int) -> str:
    """Return the line above a position, at most ``MAX_CAPTION`` code points of it."""
    above = text[max(0, start - MAX_CAPTION) : start].rstrip()
    return above[above.rfind("\n") + 1 :]


def year_of(caption: str) -> str | None:
    """Return the only year that a caption names."""
    years = {match[0] for match in _YEAR.finditer(caption)}
    return years.pop() if len(years) == 1 and len(min(years)) == 4 else None


def unit_of(above: str) -> str:
    """Return the unit that the line above a table names for all of it, or an empty string."""
    match = _CAPTION.search(lower(above))
    if match is None:
        return ""
    unit = (match["told"] or match["unit"]).strip()
    figure = read_figure(f"1 {unit}")
    known = figure is not None and figure.unit == unit and figure.kind != "other"
    said = cue("column-planned").match(unit) or cue("column-reached").match(unit)
    return unit if match["told"] or (known and not said) else ""


def read_row(
    cells: Sequence[Cell], columns: Sequence[Column], above: str, of_all: str
) -> tuple[str, tuple[Target, ...]]:
    """Return the unit of a row, which one below may refer to, and its targets.

    Args:
        cells: one for each column; further ones are not read.
        columns: what they hold.
        above: the unit of the row above.
        of_all: the unit of rows that name none.

    Returns:
        The unit, and a target for each figure.
    """
    pairs = list(zip(cells, columns, strict=False))
    name = next((cell for cell, column in pairs if column.role == "name"), None)
    if name is None or not name.text:
        return above, ()
    unit = next((cell.text for cell, column in pairs if column.role == "unit"), "")
    if _SAME.fullmatch(unit):
        unit = above
    words = _INSIDE.sub("", name.text, count=1) or name.text
    if unit[1:].islower():
        unit = lower(unit)
    if not unit and (stated := _IN_NAME.search(words)) is not None:
        unit, words = stated[1].strip(), words[: stated.start()].strip()
    unit = unit or _counted(words)
    return unit, tuple(_targets(pairs, name, words, unit or of_all))


def _targets(
    pairs: Sequence[tuple[Cell, Column]], name: Cell, words: str, unit: str
) -> Iterator[Target]:
    for cell, column in pairs:
        figure = read_figure(lower(cell.text)) if column.role == "value" else None
        if figure is None:
            continue
        yield Target(
            subject=words,
            indicator=column.label or words,
            comparator=figure.comparator,
            value=figure.value,
            unit=figure.unit or column.unit or unit,
            period=column.period,
            kind=column.kind,
            span=Span(min(name.start, cell.start), max(name.end, cell.end)),
            value_to=figure.value_to,
        )
