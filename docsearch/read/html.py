"""Web pages → Reading: the page's main content, in its own order and with its tables.

trafilatura says which words are the content. The smallest element of the page that holds them is
then written out line by line, so that letterheads, tables and signatures, which look like menus to
a boilerplate remover, are not lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import trafilatura
from lxml import etree, html

from docsearch.errors import SourceError
from docsearch.read.legacy import to_unicode
from docsearch.read.numbering import format_number
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
from docsearch.read.text import decode, front_matter_title, split_front_matter
from docsearch.records import Span

_DROPPED: Final = frozenset(
    ("script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "canvas")
    + ("button", "input", "select", "option", "textarea", "nav", "head", "audio", "video", "map")
    + ("footer", "aside", "dialog", "menu")
)
_BLOCKS: Final = frozenset(
    ("p", "div", "section", "article", "main", "header", "figure", "figcaption")
    + ("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td")
    + ("th", "caption", "blockquote", "pre", "center", "form", "fieldset", "address", "body", "hr")
)
_INLINE: Final = frozenset(("span", "label", "b", "strong", "em", "font"))
_BOLD: Final = frozenset(("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD_STYLE: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE: Final = re.compile(r"[ \t\r\n\f\u00a0]+")
_MARK: Final = re.compile(r"(?:[-+•*]|\(?[\w.]{1,6}[.)])(?:\s|$)")
_SHINGLE: Final = 4  # words that have to agree with the extraction
_COVERED: Final = 0.97  # share of the content's letters that the chosen element holds
# What the types of a numbered list are called in Word, whose numbers are written alike.
_FORMS: Final = {
    **{"1": "decimal", "a": "lowerLetter", "A": "upperLetter"},
    **{"i": "lowerRoman", "I": "upperRoman"},
}
_MAX_CELLS: Final = 200_000
_RULED: Final = re.compile(r"border(?:-width)?\s*:\s*(?!0|none)\S", re.IGNORECASE)
_LINKS: Final = 0.6  # a line with more of its letters in links is a menu, unless it is content
_ENTRY_LINKS: Final = 0.75  # share of a menu's entry that is link; a date may stand beside it
_LEAST_ENTRIES: Final = 3
# What a document says of others, which pages make links of: no menu.
_BASIS: Final = re.compile(
    r"(?i)[\s\-+*]*(?:căn cứ|xét|theo|thực hiện|điều \d|chương [ivx\d]|mục \d|phụ lục)\b"
)
# What a page says of itself, where trafilatura does not count it as content.
_CHROME: Final = re.compile(
    r"(?i)\W*(?:(?:tin|bài|văn bản|các tin)(?: viết)?(?: khác| mới| cũ)?"
    r"(?: liên quan| cùng chuyên mục)"
    r"|bình luận|ý kiến bạn đọc|chưa có (?:bình luận|ý kiến)|chia sẻ|(?:số )?lượt (?:xem|truy cập)"
    r"|đăng (?:lúc|ngày)|cập nhật (?:lúc|ngày)|quay lại|về đầu trang|in trang|tải về|xem thêm"
    r"|các tin (?:khác|đã đưa)|tin (?:khác|mới hơn|cũ hơn)|gửi (?:bình luận|ý kiến))"
    r"[^.;]{0,60}$"
)
_DEPTH: Final = 400  # elements inside each other; deeper ones are flattened into their parent
# Labels of the table about a document that stands beside it on such pages.
_LABEL: Final = re.compile(
    r"(?:số (?:/\s?)?(?:ký )?hiệu(?: văn bản)?|loại văn bản|ngày ban hành|(?:cơ quan|nơi) ban hành"
    r"|người ký|chức danh|trích yếu(?: nội dung)?|lĩnh vực|ngày (?:có|hết) hiệu lực"
    r"|tình trạng hiệu lực)\s*:?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Line:
    element: etree._Element
    words: list[str] = field(default_factory=list)
    bold: int = 0  # letters in bold
    linked: int = 0  # letters in links
    rendered: bool = False  # a row of a table, already written out

    @property
    def text(self) -> str:
        joined = "".join(self.words)
        return joined if self.rendered else _SPACE.sub(" ", joined).strip()


def read_html(data: bytes, name: str) -> Reading:
    """Return the main content of a web page.

    Args:
        data: the bytes of the page.
        name: the file's name, for messages.

    Returns:
        The page's title where the content lacks it, what the page's table about the document
        states outside the content, and the content. ``notes`` count what was left out.

    Raises:
        SourceError: the page has no text, or only an error message of a server.
    """
    source, encoding = _decoded(data, name)
    title, source = _without_front_matter(source)
    root = _parse(source, name)
    lines = [line for line in _Writer().write(root) if line.text]
    if not lines:
        raise SourceError(name, "a web page without text; save it again when it has loaded")
    content = _extracted(source)
    kept = _content(lines, content)
    above = _above(lines, kept, title or _page_title(root))
    total = _all_letters(root)
    left_out = total - sum(_letters(line.text) for line in kept) - sum(map(_letters, above))
    notes = []
    if encoding:
        notes.append(f"decoded from {encoding}")
    if left_out > 0:
        notes.append(f"{left_out} letters of menus and other parts of the page left out")
    text, bold = _joined(above, kept)
    if _is_error_page(text):
        raise SourceError(name, f"an error page of a web server, not a document: {text[:60]!r}")
    converted = to_unicode(text)
    if converted.encodings:
        notes.append(f"converted from {', '.join(converted.encodings)}")
        text, bold = converted.text, ()
    return Reading(text=text, format="html", bold=bold, notes=tuple(notes))


def _decoded(data: bytes, name: str) -> tuple[str, str | None]:
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", data[:4096], re.IGNORECASE)
    label = declared[1].decode("ascii").lower() if declared else ""
    if label and label not in ("utf-8", "utf8", "iso-8859-1", "us-ascii", "utf-16"):
        try:
            return data.decode(label), label
        except (LookupError, UnicodeDecodeError):
            pass  # a wrong label: the bytes tell
    return decode(data, name)


def _without_front_matter(source: str) -> tuple[str | None, str]:
    body, rest = split_front_matter(source)
    return (front_matter_title(body), rest) if body else (None, source)


def _parse(source: str, name: str) -> etree._Element:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(name, f"a web page that cannot be parsed ({error})") from error
    body = root.find("body")
    return root if body is None else body


class _Writer:
    """Writes an element as lines, tables row by row."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self._current: _Line | None = None

    def write(self, element: etree._Element) -> list[_Line]:
        """Return the lines of an element, blank ones included."""
        self._element(element, bold=0, linked=0, depth=0)
        self._break()
        return self.lines

    def _break(self) -> None:
        if self._current is not None:
            self.lines.append(self._current)
        self._current = None

    def _add(self, words: str | None, element: etree._Element, bold: int, linked: int) -> None:
        if not words:
            return
        if self._current is None:
            if not words.strip():
                return
            block = element
            while block.tag not in _BLOCKS and block.getparent() is not None:
                block = block.getparent()
            self._current = _Line(block)
        self._current.words.append(words)
        count = _letters(words)
        self._current.bold += count if bold else 0
        self._current.linked += count if linked else 0

    def _element(self, element: etree._Element, *, bold: int, linked: int, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED or _is_hidden(element):
            return
        if depth > _DEPTH:
            self._add("".join(element.itertext()), element, bold, linked)
            return
        if tag == "table" and depth and _is_grid(element):
            self._break()
            self._table(element)
            return
        if tag == "br":
            self._break()
            return
        block = tag in _BLOCKS
        if block:
            self._break()
        if tag == "li":
            self._mark(element)
        heavy = bold + (tag in _BOLD or bool(_BOLD_STYLE.search(element.get("style") or "")))
        within = linked + (tag == "a")
        self._add(element.text, element, heavy, within)
        for child in element:
            self._element(child, bold=heavy, linked=within, depth=depth + 1)
            self._add(child.tail, element, heavy, within)
        if block:
            self._break()
        elif tag in _INLINE and self._current and _LABEL.fullmatch(self._current.text):
            self._current.words.append(" " if self._current.text.endswith(":") else ": ")

    def _mark(self, item: etree._Element) -> None:
        """Write the number or dash that a browser draws before a list item."""
        own = _SPACE.sub(" ", "".join(item.itertext())[:40]).strip()
        if own and not _MARK.match(own):
            parent = item.getparent()
            numbered = parent is not None and parent.tag == "ol"
            self._add(f"{_ordinal(item, parent)}. " if numbered else "- ", item, 0, 0)

    def _table(self, table: etree._Element) -> None:
        found = [row for row in table.iter("tr") if _table_of(row) is table]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in found]
        written = {id(cell): _written(cell) for row in cells for cell in row}
        if _is_data(table, cells, written):
            for line in table_lines(_grid(cells, written)):
                self._row(table, line.text, bold=line.bold)
            return
        for row in cells:
            columns = [written[id(cell)] for cell in row if written[id(cell)]]
            single = len(columns) > 1 and all(len(lines) == 1 for lines in columns)
            if single and not any(is_frame(lines[0].text) for lines in columns):
                self._row(table, "\t".join(lines[0].text for lines in columns), bold=False)
            else:
                self.lines += [line for lines in columns for line in lines]

    def _row(self, table: etree._Element, text: str, *, bold: bool) -> None:
        self.lines.append(_Line(table, [text], bold=_letters(text) if bold else 0, rendered=True))


def _written(cell: etree._Element) -> list[_Line]:
    return [line for line in _Writer().write(cell) if line.text]


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _table_of(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors("table"), None)


def _is_grid(table: etree._Element) -> bool:
    """Tell a table of cells from one that lays out a page: no tables inside, several columns."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [len(row) for row in table.iter("tr")]
    return bool(rows) and max(rows) > 1 and sum(rows) <= _MAX_CELLS


def _is_data(
    table: etree._Element, cells: list[list[etree._Element]], written: dict[int, list[_Line]]
) -> bool:
    """Tell a table of data from a letterhead or signature: ruled or with a head."""
    if len(cells) < 2:
        return False
    texts = [line.text for row in cells[:FRAME_ROWS] for c in row for line in written[id(c)]]
    if len(cells) <= FRAME_ROWS and any(map(is_frame, texts)):
        return False
    ruled = (table.get("border") or "0") not in ("0", "0px", "none")
    ruled = ruled or bool(_RULED.search(table.get("style") or ""))
    headed = next(table.iterdescendants("th"), None) is not None
    return ruled or headed or head_rows(_grid(cells, written)) > 0


def _grid(cells: list[list[etree._Element]], written: dict[int, list[_Line]]) -> list[Row]:
    """Return the rows with a cell for every column, those that reach down marked below."""
    rows = []
    reaching: dict[int, tuple[int, int]] = {}  # column -> (rows still covered, columns)
    for row in cells:
        placed: list[GridCell] = []
        column = 0
        waiting = list(row)
        while waiting or column in reaching:
            if column in reaching:
                left, width = reaching.pop(column)
                if left > 1:
                    reaching[column] = (left - 1, width)
                    following = column + width
                else:
                    following = column + width
                placed.append(GridCell("", columns=width, continued=True))
                column = following
                continue
            cell = waiting.pop(0)
            width, height = _count(cell.get("colspan")), _count(cell.get("rowspan"))
            lines = written[id(cell)]
            text = one_line([line.text for line in lines])
            bold = bool(lines) and all(line.bold >= _letters(line.text) for line in lines)
            placed.append(GridCell(text, bold=bold, columns=width))
            if height > 1:
                reaching[column] = (height - 1, width)
            column += width
        rows.append(Row(tuple(placed), head=bool(row) and all(c.tag == "th" for c in row)))
    return rows


def _count(value: str | None) -> int:
    return min(int(value), 100) if value and value.isdigit() and int(value) > 0 else 1


def _ordinal(item: etree._Element, items: etree._Element) -> str:
    start = items.get("start") or "1"
    number = int(start) if start.isdigit() else 1
    for sibling in items.iterchildren("li"):
        value = sibling.get("value") or ""
        number = int(value) if value.isdigit() else number
        if sibling is item:
            break
        number += 1
    return format_number(number, _FORMS.get(items.get("type") or "1", "decimal"))


def _all_letters(root: etree._Element) -> int:
    """Return the letters of everything that a page holds, scripts and styles left aside."""
    unseen = ("script", "style", "head", "template")
    texts = (element.text or "" for element in root.iter() if element.tag not in unseen)
    return sum(map(_letters, texts)) + sum(_letters(e.tail or "") for e in root.iterdescendants())


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text))


def _extracted(source: str) -> set[tuple[str, ...]]:
    """Return the word shingles of what trafilatura takes for the page's content."""
    found = trafilatura.extract(
        source, include_comments=False, include_tables=True, favor_recall=True, output_format="txt"
    )
    shingles: set[tuple[str, ...]] = set()
    for line in (found or "").split("\n"):
        shingles.update(_shingles(_words(line)))
    return shingles


def _shingles(words: list[str]) -> Iterator[tuple[str, ...]]:
    if 0 < len(words) < _SHINGLE:
        yield tuple(words)
    for i in range(len(words) - _SHINGLE + 1):
        yield tuple(words[i : i + _SHINGLE])


def _content(lines: list[_Line], content: set[tuple[str, ...]]) -> list[_Line]:
    """Return the lines of the smallest element that holds nearly all of the content."""
    menus = _menus(lines)
    main = [line for line in lines if id(line) not in menus and _is_main(line, content)]
    if not main:
        return lines
    held: Counter[etree._Element] = Counter()
    depth: dict[etree._Element, int] = {}
    for line in main:
        ancestors = [line.element, *line.element.iterancestors()]
        for distance, element in enumerate(ancestors):
            held[element] += _letters(line.text)
            depth[element] = len(ancestors) - distance
    enough = _COVERED * sum(_letters(line.text) for line in main)
    chosen = max((element for element in held if held[element] >= enough), key=depth.__getitem__)
    kept = []
    chosen_mains = set(map(id, main))
    for line in lines:
        inside = line.element is chosen or chosen in line.element.iterancestors()
        menu = line.linked > _LINKS * max(_letters(line.text), 1) or id(line) in menus
        if inside and (id(line) in chosen_mains or not (menu or _CHROME.match(line.text))):
            kept.append(line)
    return kept


def _menus(lines: list[_Line]) -> set[int]:
    """Return the lines, by id, of menus and lists of other pages: three or more links in a row.

    Empty where they are half of the page: then the links are its content.
    """
    found: set[int] = set()
    run: list[_Line] = []
    for line in [*lines, None]:
        if line is not None and _is_entry(line):
            run.append(line)
            continue
        if len(run) >= _LEAST_ENTRIES:
            found.update(map(id, run))
        run = []
    size = sum(_letters(line.text) for line in lines if id(line) in found)
    return found if size < 0.5 * sum(_letters(line.text) for line in lines) else set()


def _is_entry(line: _Line) -> bool:
    """Tell a line of a menu: a link, and nothing that a document says."""
    if line.rendered or line.linked < _ENTRY_LINKS * max(_letters(line.text), 1):
        return False
    return _BASIS.match(line.text) is None


def _is_main(line: _Line, content: set[tuple[str, ...]]) -> bool:
    found = list(_shingles(_words(line.text)))
    return bool(found) and sum(shingle in content for shingle in found) >= 0.8 * len(found)


def _page_title(body: etree._Element) -> str | None:
    title = body.getroottree().getroot().findtext("head/title") or ""
    heading = next(body.iter("h1"), None)
    shown = "".join(heading.itertext()) if heading is not None else ""
    return _SPACE.sub(" ", shown or title).strip() or None


def _above(lines: list[_Line], kept: list[_Line], title: str | None) -> list[str]:
    """Return the title and the facts about the document that the content does not hold."""
    held = {id(line) for line in kept}
    words = {_SPACE.sub(" ", line.text) for line in kept}
    above = [title] if title and title not in words and _letters(title) > 12 else []
    facts: list[str] = []
    for i, line in enumerate(lines):
        label = _LABEL.match(line.text)
        if id(line) in held or label is None:
            continue
        value = line.text[label.end() :].strip()
        if not value and i + 1 < len(lines) and not _LABEL.match(lines[i + 1].text):
            value = lines[i + 1].text
        if value and len(value) <= 300:
            fact = f"{label[0].rstrip(' :')}: {value}"
            facts += [] if fact in facts else [fact]
    return above + (facts if len(facts) > 1 else [])


def _joined(above: list[str], kept: list[_Line]) -> tuple[str, tuple[Span, ...]]:
    parts = [unicodedata.normalize("NFC", line) for line in above]
    bold: list[Span] = []
    position = sum(len(part) + 1 for part in parts)
    for line in kept:
        text = unicodedata.normalize("NFC", line.text)
        letters = _letters(text)
        if letters and line.bold >= letters:
            bold.append(Span(position, position + len(text)))
        parts.append(text)
        position += len(text) + 1
    return "\n".join(parts) + "\n", tuple(bold)


def _is_error_page(text: str) -> bool:
    """Tell what a server sends instead of a page: a few words with a status code."""
    return len(text) < 600 and bool(
        re.search(
            r"\b(?:40[0134]|50[0234])\b.{0,40}(?:error|not found|forbidden|unauthori[sz]ed"
            r"|bad gateway|unavailable)|không tìm thấy trang",
            text,
            re.IGNORECASE,
        )
    )
