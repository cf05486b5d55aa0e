"""Spreadsheets (.xlsx, .xlsm) → text: each sheet row by row with the heads of its columns."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from lxml import etree

from docsearch.errors import SourceError, UnsupportedFormatError
from docsearch.orthography import fold
from docsearch.read.docx import TextLine, compose
from docsearch.read.legacy import Run, convert_runs
from docsearch.read.package import MAX_XML, Package
from docsearch.read.reading import Reading
from docsearch.read.rows import GridCell, Row, head_rows, is_frame, one_line, table_lines

MAX_CELLS: Final = 1_000_000  # cells of a workbook that are read, blank ones counted; arbitrary
MAX_COLUMNS: Final = 256  # of a sheet; arbitrary

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RANGE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # of a number format
_DOCTYPE: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Lines above a table that belong to no row of it: letterheads, titles, units of measure.
_HEAD_SEARCH: Final = 40  # rows in which the head of a table begins
_ORDINAL: Final = re.compile(r"(?:stt|tt|so tt|so thu tu)\W*$")
_SIGNIFICANT: Final = 11  # digits of a number in the format "General", as Excel shows them


@dataclass(frozen=True, slots=True)
class _Merged:
    """A merged range: 1-based columns and rows, both ends included."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(slots=True)
class _Value:
    text: str
    font: str | None
    bold: bool


@dataclass(slots=True)
class _Sheet:
    title: str
    part: str  # the name of its XML in the container
    rows: dict[int, list[_Value | None]] = field(default_factory=dict)  # by their number, 1-based
    cells: int = 0  # that were read
    last: int = 0  # number of the last row that was read
    cut: bool = False


def read_xlsx(path: Path, name: str) -> Reading:
    """Read a spreadsheet.

    Args:
        path: the file.
        name: the name it is known by, for messages.

    Returns:
        The sheets in order, each under its name where there are several. Values as they are
        shown: the last results of formulas, dates as d/m/yyyy, numbers with the Vietnamese signs
        (1.234,5). Hidden sheets are left out and named in the notes.

    Raises:
        UnsupportedFormatError: a container of another format.
        SourceError: broken, protected, hostile or larger than is read, or without any text.
    """
    notes: list[str] = []
    with Package(path, name) as package:
        if not any(part.startswith("xl/workbook") for part in package.parts):
            raise UnsupportedFormatError(name, "a ZIP container, not a spreadsheet")
        _check(package)
        if any(part.endswith("vbaProject.bin") for part in package.parts):
            notes.append("It holds macros, which are not read.")
        lines = _read(path, package, notes)
    text, bold = compose(lines)
    if not text.strip():
        raise SourceError(name, "empty: there is no text in it")
    return Reading(text=text, format="xlsx", bold=bold, notes=tuple(notes))


def _check(package: Package) -> None:
    """Read each XML part once: none is larger than is read, none declares entities."""
    for part in package.parts:
        if part.endswith((".xml", ".rels", ".vml")):
            data = package.read(part, MAX_XML)
            if data and _DOCTYPE.search(data.replace(b"\x00", b"")):
                raise SourceError(
                    package.name, f"{part} declares a document type or entities, which is not read"
                )


def _read(path: Path, package: Package, notes: list[str]) -> list[TextLine]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    sheets: list[_Sheet] = []
    hidden: list[str] = []
    try:
        # openpyxl judges a path by its name, and the content decides here
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            budget = MAX_CELLS
            for source in book.worksheets:
                if source.sheet_state != "visible":
                    hidden.append(source.title)
                    continue
                sheet = _values(source, budget)
                budget -= sheet.cells
                sheets.append(sheet)
            book.close()
    except (
        *(InvalidFileException, zipfile.BadZipFile, etree.XMLSyntaxError, SyntaxError, KeyError),
        *(ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, OverflowError),
    ) as error:
        raise SourceError(package.name, f"a broken spreadsheet ({error})") from error
    encodings = _convert(sheets)
    notes += [f"Sheet {s.title!r} is cut after row {s.last}." for s in sheets if s.cut]
    if encodings:
        notes.append(f"Converted to Unicode from {', '.join(encodings)}.")
    if hidden:
        notes.append(f"Hidden sheets are left out: {', '.join(hidden)}.")
    filled = [sheet for sheet in sheets if sheet.rows]
    lines: list[TextLine] = []
    for sheet in filled:
        if len(filled) > 1:
            lines += [TextLine("", bold=False), TextLine(sheet.title.strip(), bold=True)]
        lines += _lines(sheet, _merged(package, sheet))
    return lines


def _values(source: Any, budget: int) -> _Sheet:  # noqa: ANN401  # openpyxl has no types
    """Return the values of a sheet, as far as the limit of cells goes."""
    sheet = _Sheet(source.title, str(getattr(source, "_worksheet_path", "")))
    source.reset_dimensions()  # what a sheet says of its own size is not believed
    for number, cells in enumerate(source.iter_rows(), start=1):
        sheet.cells += max(len(cells), 1)
        if sheet.cells > budget:
            sheet.cut = True
            break
        sheet.last = number
        values = [_value(cell) for cell in cells[:MAX_COLUMNS]]
        while values and values[-1] is None:
            values.pop()
        if values:
            sheet.rows[number] = values
    return sheet


def _value(cell: Any) -> _Value | None:  # noqa: ANN401
    value = cell.value
    if value is None:
        return None
    text = shown(value, str(cell.number_format or "General"))
    if not text.strip():
        return None
    font = cell.font
    return _Value(text, font.name if font else None, bool(font and font.bold))


def shown(value: object, form: str) -> str:
    """Return a value as a Vietnamese Excel shows it.

    Args:
        value: of a cell.
        form: its number format: "General", "#,##0.0", "0%", "dd/mm/yyyy".

    Returns:
        "1.234,5" for 1234.5 in "#,##0.0", "12,5%" for 0.125 in "0.0%", "5/3/2024" for a date. A
        number in "General" has at most eleven digits.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return _date(value, _LITERAL.sub("", form).lower())
    if isinstance(value, int | float):
        return _number(float(value) if isinstance(value, float) else value, form)
    return str(value)


def _date(value: datetime.datetime | datetime.date | datetime.time, form: str) -> str:
    parts = []
    if isinstance(value, datetime.date):
        # a format without a day shows a month
        day = f"{value.day:02d}/" if "dd" in form else f"{value.day}/"
        month = f"{value.month:02d}" if "mm" in form else str(value.month)
        with_day = "d" in form or not re.search("[my]", form)
        with_month = with_day or "m" in form
        parts.append(f"{day if with_day else ''}{f'{month}/' if with_month else ''}{value.year}")
    if isinstance(value, datetime.datetime | datetime.time) and (
        "h" in form or isinstance(value, datetime.time)
    ):
        parts.append(f"{value.hour:02d}:{value.minute:02d}")
    return " ".join(parts)


def _number(value: float, form: str) -> str:
    pattern = _LITERAL.sub("", form).split(";")[0]
    if isinstance(value, float) and (value != value or abs(value) == float("inf")):
        return str(value)
    if not re.search("[0#?]", pattern) or "e" in pattern.lower() or "/" in pattern:
        return _plain(value)
    percent = "%" in pattern
    decimals = re.search(r"\.([0#?]*)", pattern)
    most = min(len(decimals[1]) if decimals else 0, 15)
    least = decimals[1].count("0") if decimals else 0
    number = f"{value * 100 if percent else value:,.{most}f}"
    whole, _, rest = number.partition(".")
    rest = rest[:least] + rest[least:].rstrip("0")
    whole = whole.replace(",", "." if "," in pattern else "")
    leading = re.match(r"[#?,]*(0+)(?:\.|%|$|[^0#?,.])", pattern)
    if leading and len(leading[1]) > 1:  # "000" shows 7 as "007"
        whole = whole.zfill(len(leading[1]))
    return whole + ("," + rest if rest else "") + ("%" if percent else "")


def _plain(value: float) -> str:
    """Return a number of the format "General": no trailing noise of binary fractions."""
    if isinstance(value, int) or value.is_integer():
        return str(int(value)) if abs(value) < 1e15 else repr(value)
    return f"{value:.{_SIGNIFICANT}g}".replace(".", ",")


def _convert(sheets: Sequence[_Sheet]) -> tuple[str, ...]:
    """Convert the values by their fonts and words; return the encodings that they were in."""
    values = [v for sheet in sheets for row in sheet.rows.values() for v in row if v is not None]
    converted = convert_runs([[Run(value.text, value.font)] for value in values])
    for value, texts in zip(values, converted.lines, strict=True):
        value.text = one_line("".join(texts).splitlines())
    return converted.encodings


def _merged(package: Package, sheet: _Sheet) -> list[_Merged]:
    """Return the merged ranges of a sheet, within the columns and rows that are read."""
    part = sheet.part.lstrip("/")
    root = package.xml(part) if part in package.parts else None
    if root is None:
        return []
    found = []
    for node in root.iter(_MAIN + "mergeCell"):
        match = _RANGE.fullmatch(node.get("ref", ""))
        if match:
            left, right = _column(match[1]), min(_column(match[3]), MAX_COLUMNS)
            top, bottom = int(match[2]), min(int(match[4]), sheet.last)
            if left <= right and top <= bottom and top in sheet.rows:
                found.append(_Merged(left, top, right, bottom))
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _lines(sheet: _Sheet, merged: Sequence[_Merged]) -> Iterator[TextLine]:
    """Return what stands above the table, the table, and what stands below it."""
    rows = _grid(sheet, merged)
    first = _first_head(rows)
    last = next((i for i in range(first, len(rows)) if _closes(rows[i])), len(rows))
    for row in rows[:first]:
        yield _loose(row)
    yield from (TextLine(line.text, line.bold) for line in table_lines(rows[first:last]))
    for row in rows[last:]:
        yield _loose(row)


def _loose(row: Row) -> TextLine:
    named = [cell for cell in row.cells if cell.text]
    return TextLine("\t".join(cell.text for cell in named), all(cell.bold for cell in named))


def _grid(sheet: _Sheet, merged: Sequence[_Merged]) -> list[Row]:
    width = max((len(row) for row in sheet.rows.values()), default=0)
    spans = {(area.top, area.left): area for area in merged}
    below: dict[int, list[_Merged]] = {}
    for area in merged:
        for number in range(area.top + 1, area.bottom + 1):
            if number in sheet.rows:
                below.setdefault(number, []).append(area)
    return [
        Row(tuple(_cells(number, row, width, spans, below.get(number, []))))
        for number, row in sheet.rows.items()
    ]


def _cells(
    number: int,
    row: Sequence[_Value | None],
    width: int,
    spans: dict[tuple[int, int], _Merged],
    above: Sequence[_Merged],
) -> Iterator[GridCell]:
    covered = {area.left: area for area in above}
    column = 1
    while column <= width:
        value = row[column - 1] if column <= len(row) else None
        area = spans.get((number, column)) or covered.get(column)
        columns = min(area.right, width) - column + 1 if area else 1
        yield GridCell(
            text=value.text if value else "",
            bold=bool(value and value.bold),
            columns=columns,
            continued=column in covered,
        )
        column += columns


def _first_head(rows: Sequence[Row]) -> int:
    """Return the index of the row where the table begins: its head, 0 where none is found."""
    for i, row in enumerate(rows[:_HEAD_SEARCH]):
        if any(_ORDINAL.match(fold(cell.text)) for cell in row.cells):
            return i
    for i in range(min(len(rows) - 1, _HEAD_SEARCH)):
        named = [cell for cell in rows[i].cells if cell.text]
        below = sum(1 for cell in rows[i + 1].cells if cell.text)
        full = len(named) > 1 and len(named) * 2 > below
        if full and head_rows(rows[i:]) and not _closes(rows[i]):
            return i
    return 0


def _closes(row: Row) -> bool:
    """Return whether a row belongs to a letterhead or a signature and to no table."""
    return any(is_frame(cell.text) for cell in row.cells if cell.text)
