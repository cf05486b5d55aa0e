"""Word documents (.docx, .docm) → text, in the order in which they are printed.

What stands in no text of the file is worked out: automatic numbers, capitals that a format or a
font makes, letters of the fonts before Unicode. What is not printed (deleted and hidden text,
comments, instructions of fields) is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

from docsearch.errors import SourceError, UnsupportedFormatError
from docsearch.orthography import fold
from docsearch.read.legacy import Run, convert_runs, encoding_of_font
from docsearch.read.numbering import Counters, W, read_numbering
from docsearch.read.package import Package
from docsearch.read.reading import Reading
from docsearch.read.rows import (
    FRAME_ROWS,
    GridCell,
    Row,
    head_rows,
    is_frame,
    one_line,
    table_lines,
)
from docsearch.read.wordstyles import (
    Look,
    Styles,
    draws_lines,
    is_drawn,
    read_look,
    read_numbered,
    read_styles,
)
from docsearch.records import Span

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_REFERENCE: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Elements whose children stand where they stand.
_TRANSPARENT: Final = frozenset(
    W + tag
    for tag in (
        *("customXml", "dir", "bdo", "fldSimple", "hyperlink", "ins", "moveTo", "ruby", "rubyBase"),
        *("sdtContent", "smartTag"),
    )
)
_SIGNS: Final = {  # elements of a run that stand for a character
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "\u00ad",
}
# Signs of Wingdings and Symbol that documents use as bullets, boxes and arrows.
_SYMBOLS: Final = {
    0x2D: "-",
    0xA7: "-",
    0xB7: "-",
    0xD8: "-",
    0x76: "-",
    0x6E: "-",
    0xFC: "✓",
    0xFE: "☑",
    0xFD: "☒",
    0x6F: "☐",
    0xA8: "☐",
    0xE0: "→",
    0xF0: "→",
}
_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_INVISIBLE: Final = {0xAD: None, 0x200B: None, 0xFEFF: None, 0xA0: " ", 0x2002: " ", 0x2003: " "}
_NATION: Final = re.compile(
    r"cong\s{1,3}hoa\s{1,3}xa\s{1,3}hoi|dang\s{1,3}cong\s{1,3}san\s{1,3}viet"
)
_LETTERHEAD: Final = 3000  # code points in which the letterhead of a text stands
_DOCUMENT_PARTS: Final = ("word/document.xml", "word/document2.xml")


@dataclass(slots=True)
class _Line:
    """A line in runs; the text is known when the encodings are."""

    runs: list[Run] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    text: str = ""
    bold: bool = False

    def add(self, run: Run, look: Look) -> None:
        self.runs.append(run)
        self.looks.append(look)


@dataclass(slots=True)
class _Cell:
    blocks: list[_Line | _Table]
    columns: int
    continued: bool


@dataclass(slots=True)
class _Table:
    rows: list[tuple[list[_Cell], bool]]  # with whether the file marks the row as a head
    ruled: bool


_Block = _Line | _Table


def read_docx(path: Path, name: str) -> Reading:
    """Read a Word document.

    Args:
        path: the file.
        name: the name it is known by, for messages.

    Returns:
        The text without page headers and footers, unless the letterhead stands there alone. A
        paragraph begins with its automatic number. A table of data reads row by row with the
        heads of its columns, a table that only lays out a page cell by cell. Footnotes stand at
        the end, each after its mark ("¹"), which also stands where it is referred to.

    Raises:
        UnsupportedFormatError: a container of another format.
        SourceError: broken, protected, hostile or larger than is read, or without any text.
    """
    with Package(path, name) as package:
        reader = _open(package)
        blocks = reader.blocks(reader.body)
        blocks += reader.note_lines()
        page_heads = reader.page_heads()
        lines = list(_lines(blocks)) + [line for head in page_heads for line in _lines(head)]
        encodings = _convert(lines)
        notes = list(reader.remarks())
    rendered = list(_render(blocks))
    top = "\n".join(line.text for line in rendered)[:_LETTERHEAD]
    letterhead = _letterhead(page_heads, top)
    if letterhead:
        rendered = letterhead + rendered
    elif any(line.text for head in page_heads for line in _render(head)):
        notes.append("The header and footer of the pages are left out.")
    if encodings:
        notes.append(f"Converted to Unicode from {', '.join(encodings)}.")
    text, bold = compose(rendered)
    if not text.strip():
        raise SourceError(name, "empty: there is no text in it; it may hold pictures only")
    return Reading(text=text, format="docx", bold=bold, notes=tuple(notes))


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a text, and whether it is printed bold throughout."""

    text: str
    bold: bool


def compose(lines: Sequence[TextLine]) -> tuple[str, tuple[Span, ...]]:
    """Join lines to a text.

    Args:
        lines: in order; a run of blank ones counts as one.

    Returns:
        The text in NFC, and the spans of its bold lines.
    """
    parts: list[str] = []
    bold: list[Span] = []
    position = 0
    for line in lines:
        words = unicodedata.normalize("NFC", line.text)
        if not words and (not parts or not parts[-1]):
            continue
        if line.bold and words:
            bold.append(Span(position, position + len(words)))
        parts.append(words)
        position += len(words) + 1
    return "\n".join(parts).rstrip("\n") + "\n", tuple(bold)


def _open(package: Package) -> _Reader:
    main = next(
        (r.target for r in package.relationships("") if r.kind == "officeDocument"),
        _DOCUMENT_PARTS[0],
    )
    root = package.xml(main)
    body = None if root is None else root.find(W + "body")
    if body is None:
        kept = next((part for part in _DOCUMENT_PARTS if part in package.parts), None)
        what = "a ZIP container" if kept is None else f"a container whose {kept} holds no text"
        raise UnsupportedFormatError(package.name, f"{what}, not a Word document")
    related = {r.id: r for r in package.relationships(main)}
    kinds = {r.kind: r.target for r in related.values()}
    return _Reader(
        package=package,
        body=body,
        styles=read_styles(_part(package, kinds.get("styles"))),
        counters=read_numbering(_part(package, kinds.get("numbering"))),
        parts={kind: kinds.get(kind) for kind in ("footnotes", "endnotes")},
        heads=tuple(r.target for r in related.values() if r.kind in ("header", "footer")),
        macros=any(part.endswith("vbaProject.bin") for part in package.parts),
    )


def _part(package: Package, part: str | None) -> etree._Element | None:
    return None if part is None else package.xml(part)


@dataclass(slots=True)
class _Reader:
    package: Package
    body: etree._Element
    styles: Styles
    counters: Counters
    parts: dict[str, str | None]
    heads: tuple[str, ...]
    macros: bool
    noted: list[tuple[str, str]] = field(default_factory=list)  # kind and id of the notes, in order
    contents: bool = False  # whether a table of contents was left out
    hidden: bool = False
    deleted: bool = False
    embedded: bool = False

    def remarks(self) -> Iterator[str]:
        """Yield what was left out, for people."""
        if self.macros:
            yield "It holds macros, which are not read."
        if self.contents:
            yield "The table of contents is left out."
        if self.deleted:
            yield "Changes are tracked: what they delete is left out, what they insert is kept."
        if self.hidden:
            yield "Hidden text is left out."
        if self.embedded:
            yield "An embedded document is left out."

    def blocks(self, parent: etree._Element) -> list[_Block]:
        """Return the paragraphs and tables of a body, a cell, a note or a text box."""
        found: list[_Block] = []
        open_: list[_Line] = []  # lines of paragraphs whose end is deleted
        for node in self._children(parent):
            if node.tag == W + "tbl":
                found += [*open_, self._table(node)]
                open_ = []
            elif node.tag == W + "p":
                boxes, lines = self._paragraph(node, goes_on=bool(open_))
                if open_ and lines:
                    for run, look in zip(lines[0].runs, lines[0].looks, strict=True):
                        open_[-1].add(run, look)
                    lines = [*open_, *lines[1:]]
                open_ = lines if _loses_end(node) else []
                found += boxes if open_ else [*boxes, *lines]
        return found + open_

    def _children(self, parent: etree._Element) -> Iterator[etree._Element]:
        for node in parent:
            if node.tag in _TRANSPARENT:
                yield from self._children(node)
            elif node.tag == W + "sdt":
                yield from self._control(node)
            elif node.tag in (W + "del", W + "moveFrom"):
                self.deleted = True
            elif node.tag == W + "altChunk":
                self.embedded = True
            elif node.tag == _MC + "AlternateContent":
                yield from self._children(_alternative(node))
            elif isinstance(node.tag, str):
                yield node

    def _control(self, node: etree._Element) -> Iterator[etree._Element]:
        """Return what a content control holds, but for its prompt and a table of contents."""
        properties, content = node.find(W + "sdtPr"), node.find(W + "sdtContent")
        if content is None:
            return
        if properties is not None:
            if properties.find(W + "showingPlcHdr") is not None:
                return
            gallery = properties.find(f"{W}docPartObj/{W}docPartGallery")
            if gallery is not None and gallery.get(W + "val") == "Table of Contents":
                self.contents = True
                return
        yield from self._children(content)

    def _paragraph(
        self, node: etree._Element, *, goes_on: bool
    ) -> tuple[list[_Block], list[_Line]]:
        """Return the blocks of the text boxes of a paragraph, and its own lines."""
        properties = node.find(W + "pPr")
        style = _style(properties, "pStyle")
        if self.styles.is_contents(style):
            self.contents = True
            return [], []
        boxes: list[_Block] = []
        lines = [_Line()]
        for run in self._children(node):
            self._run(run, style, lines, boxes)
        if not goes_on and not (_loses_end(node) and not lines[0].runs):
            self._number(properties, style, lines[0])
        return boxes, lines

    def _number(self, properties: etree._Element | None, style: str | None, line: _Line) -> None:
        """Put the automatic number before the first line of a paragraph."""
        own, inherited = read_numbered(properties), self.styles.numbered(style)
        number = own.number or inherited.number
        if number in (None, "0"):
            return
        level = own.level if own.number or own.level is not None else None
        if level is None and own.number is None and number is not None:
            level = self.counters.level_of_style(number, style or "") or inherited.level
        label = self.counters.next(number or "", level or 0)
        if not label:
            return
        blank = not any(run.text.strip() for run in line.runs)
        if blank and label[:1] in "-+":
            return
        while line.runs and not line.runs[0].text.strip():
            del line.runs[0], line.looks[0]
        if line.runs:
            first = line.runs[0]
            line.runs[0] = Run(first.text.lstrip(), first.font, first.fixed)
        look = self.styles.look(style, None)
        font = line.runs[0].font if line.runs else look.font
        line.runs.insert(0, Run(label, font, fixed=label.isascii()))
        line.looks.insert(0, Look())

    def _run(
        self, node: etree._Element, style: str | None, lines: list[_Line], boxes: list[_Block]
    ) -> None:
        """Add what a run prints to the last line; a line break begins another."""
        if node.tag != W + "r":
            for text in node.iter(_MATH_TEXT):
                lines[-1].add(Run(text.text or ""), Look())
            return
        properties = node.find(W + "rPr")
        look = read_look(properties).over(self.styles.look(style, _style(properties, "rStyle")))
        if look.hidden:
            self.hidden = self.hidden or any(text.text for text in node.iter(W + "t"))
            return
        for part in self._children(node):
            if part.tag in (W + "footnoteReference", W + "endnoteReference"):
                self._refer(part, lines[-1])
            elif part.tag in (W + "drawing", W + "pict", W + "object"):
                for box in part.iter(W + "txbxContent"):
                    if not _inside_fallback(box, part):
                        boxes += self.blocks(box)
            else:
                words = _words(part)
                words = words.upper() if look.capitals else words
                for i, piece in enumerate(words.split("\n")):
                    if i:
                        lines.append(_Line())
                    if piece:
                        lines[-1].add(Run(piece, look.font), look)

    def _refer(self, node: etree._Element, line: _Line) -> None:
        kind = "footnotes" if node.tag == W + "footnoteReference" else "endnotes"
        self.noted.append((kind, node.get(W + "id", "")))
        mark = str(len(self.noted)).translate(_SUPERSCRIPT)
        line.add(Run(mark, fixed=True), Look())

    def note_lines(self) -> list[_Block]:
        """Return the lines of the footnotes and endnotes, in the order of their marks."""
        nodes: dict[tuple[str, str], etree._Element] = {}
        for kind, part in self.parts.items():
            root = _part(self.package, part)
            for node in [] if root is None else root:
                nodes[kind, node.get(W + "id", "")] = node
        found: list[_Block] = []
        # a note may hold a mark of another: what stands there is not followed
        for i, key in enumerate(list(self.noted)):
            if key not in nodes:
                continue
            blocks = [b for b in self.blocks(nodes[key]) if isinstance(b, _Table) or b.runs]
            if blocks and isinstance(blocks[0], _Line):
                mark = str(i + 1).translate(_SUPERSCRIPT)
                first = blocks[0].runs[0]
                blocks[0].runs[0] = Run(first.text.lstrip(), first.font, first.fixed)
                blocks[0].runs.insert(0, Run(f"{mark} ", fixed=True))
                blocks[0].looks.insert(0, Look())
            found += blocks
        return found

    def page_heads(self) -> list[list[_Block]]:
        """Return the blocks of the headers and footers of the pages."""
        found = []
        for part in self.heads:
            root = self.package.xml(part)
            if root is not None:
                found.append(self.blocks(root))
        return found

    def _table(self, node: etree._Element) -> _Table:
        rows: list[tuple[list[_Cell], bool]] = []
        lined = cells = 0
        for row in self._children(node):
            if row.tag != W + "tr":
                continue
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self.deleted = True
                continue
            placed = [_gap(properties, "gridBefore")]
            for cell in self._children(row):
                if cell.tag == W + "tc":
                    placed.append(self._cell(cell))
                    cells += 1
                    lined += _is_lined(cell)
            head = properties is not None and properties.find(W + "tblHeader") is not None
            rows.append(([cell for cell in placed if cell is not None], head))
        table = node.find(W + "tblPr")
        borders = None if table is None else table.find(W + "tblBorders")
        ruled = draws_lines(borders) if borders is not None else False
        ruled = ruled or self.styles.is_ruled(_style(table, "tblStyle"))
        return _Table(rows, ruled or lined * 2 > cells)

    def _cell(self, node: etree._Element) -> _Cell:
        properties = node.find(W + "tcPr")
        columns, continued = 1, False
        if properties is not None:
            columns = _count(properties.find(W + "gridSpan"))
            merge = properties.find(W + "vMerge")
            continued = merge is not None and merge.get(W + "val", "continue") == "continue"
        return _Cell(self.blocks(node), columns, continued)


def _style(properties: etree._Element | None, tag: str) -> str | None:
    node = None if properties is None else properties.find(W + tag)
    return None if node is None else node.get(W + "val")


def _count(node: etree._Element | None) -> int:
    """Return a number of columns, at most as many as Word has."""
    value = "" if node is None else node.get(W + "val", "")
    return max(1, min(63, int(value))) if value.isdecimal() and len(value) < 6 else 1


def _gap(properties: etree._Element | None, tag: str) -> _Cell | None:
    node = None if properties is None else properties.find(W + tag)
    return None if node is None else _Cell([], _count(node), continued=False)


def _is_lined(cell: etree._Element) -> bool:
    """Return whether a cell draws lines of its own beside and below or above it."""
    borders = cell.find(f"{W}tcPr/{W}tcBorders")
    if borders is None:
        return False
    drawn = {line.tag for line in borders if is_drawn(line)}
    return bool(drawn & {W + "left", W + "right", W + "start", W + "end"}) and bool(
        drawn & {W + "top", W + "bottom"}
    )


def _loses_end(paragraph: etree._Element) -> bool:
    """Return whether the end of a paragraph is deleted, so that the next one goes on in it."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return properties is not None and (
        properties.find(W + "del") is not None or properties.find(W + "moveFrom") is not None
    )


def _alternative(node: etree._Element) -> etree._Element:
    """Return the first of several forms of the same content that has text."""
    for choice in node:
        if any(text.text for text in choice.iter(W + "t")):
            return choice
    return node[0] if len(node) else node


def _inside_fallback(box: etree._Element, top: etree._Element) -> bool:
    """Return whether a text box stands in another one, or repeats one, below ``top``."""
    node = box.getparent()
    while node is not None and node is not top:
        if node.tag == W + "txbxContent":
            return True
        if node.tag == _MC + "AlternateContent" and _child_towards(box, node) is not _alternative(
            node
        ):
            return True
        node = node.getparent()
    return False


def _child_towards(node: etree._Element, above: etree._Element) -> etree._Element:
    child = node
    while (parent := child.getparent()) is not above and parent is not None:
        child = parent
    return child


def _words(part: etree._Element) -> str:
    """Return what an element of a run prints; a line break is a newline."""
    if part.tag == W + "t":
        return re.sub(r"[\r\n]", " ", part.text or "")
    if part.tag == W + "sym":
        return _symbol(part)
    return _SIGNS.get(part.tag, "")


def _symbol(node: etree._Element) -> str:
    try:
        code = int(node.get(W + "char", ""), 16)
    except ValueError:
        return ""
    font = node.get(W + "font", "")
    if code >= 0xF000:
        code -= 0xF000
    if encoding_of_font(font):
        return chr(code)
    if code in _SYMBOLS and re.match(r"(?i)wingdings|symbol|webdings", font):
        return _SYMBOLS[code]
    return chr(code) if 0x20 <= code < 0x7F else "•"


# From blocks to lines


def _lines(blocks: Sequence[_Block]) -> Iterator[_Line]:
    for block in blocks:
        if isinstance(block, _Line):
            yield block
        else:
            for cells, _ in block.rows:
                for cell in cells:
                    yield from _lines(cell.blocks)


def _convert(lines: Sequence[_Line]) -> tuple[str, ...]:
    """Give each line its text; return the encodings that were converted."""
    converted = convert_runs([line.runs for line in lines])
    for line, texts in zip(lines, converted.lines, strict=True):
        line.text = "".join(texts).translate(_INVISIBLE).strip()
        printed = [
            look.bold
            for text, look, run in zip(texts, line.looks, line.runs, strict=True)
            if text.strip() and not run.fixed
        ]
        line.bold = bool(printed) and all(printed)
    return converted.encodings


def _render(blocks: Sequence[_Block]) -> Iterator[TextLine]:
    for block in blocks:
        if isinstance(block, _Line):
            yield TextLine(block.text, block.bold)
        elif _is_data(block):
            yield from (TextLine(line.text, line.bold) for line in table_lines(_grid(block)))
        else:
            laid_out = [line for cells, _ in block.rows for line in _layout(cells)]
            if any(is_frame(line.text) for line in laid_out):
                yield TextLine("", bold=False)  # a letterhead or a signature goes on nothing above
            yield from laid_out


def _layout(cells: Sequence[_Cell]) -> Iterator[TextLine]:
    """Return a row that only lays out a page: its cells in order, or on one line if they fit."""
    columns = [[line for line in _render(cell.blocks) if line.text] for cell in cells]
    columns = [lines for lines in columns if lines]
    framed = any(is_frame(line.text) for lines in columns for line in lines)
    if len(columns) > 1 and not framed and all(len(lines) == 1 for lines in columns):
        bold = all(lines[0].bold for lines in columns)
        yield TextLine("\t".join(lines[0].text for lines in columns), bold)
        return
    for lines in columns:
        yield from lines


def _is_data(table: _Table) -> bool:
    """Return whether a table holds data: ruled or with a head, and no letterhead or signature."""
    width = max((sum(1 for cell in cells if cell.blocks) for cells, _ in table.rows), default=0)
    if len(table.rows) < 2 or width < 2:
        return False
    if len(table.rows) <= FRAME_ROWS and any(
        is_frame(line.text)
        for cells, _ in table.rows
        for cell in cells
        for line in _lines(cell.blocks)
    ):
        return False
    return table.ruled or (width > 2 and head_rows(_grid(table)) > 0)


def _grid(table: _Table) -> list[Row]:
    return [Row(tuple(_grid_cell(cell) for cell in cells), head=head) for cells, head in table.rows]


def _grid_cell(cell: _Cell) -> GridCell:
    lines = [line for line in _render(cell.blocks) if line.text]
    return GridCell(
        text=one_line([line.text for line in lines]),
        bold=bool(lines) and all(line.bold for line in lines),
        columns=cell.columns,
        continued=cell.continued,
    )


def _letterhead(page_heads: Sequence[Sequence[_Block]], top: str) -> list[TextLine]:
    """Return the page header that holds the letterhead, where the text itself has none."""
    if _NATION.search(fold(top)):
        return []
    for blocks in page_heads:
        lines = [line for line in _render(blocks) if line.text]
        if any(_NATION.search(fold(line.text)) for line in lines):
            return lines
    return []
