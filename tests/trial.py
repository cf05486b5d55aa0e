"""Made-up documents with what they say of themselves, and the forms that files give them.

A file of ``tests/data/trial`` holds the truth as JSON, a line "=====" and the document: "= a || b"
is a row of two columns, "^" a centred line in bold, "2>" a unit of the outline at that depth ("2*>"
in bold), "|" a table's row; any other line is a paragraph.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import groupby
from pathlib import Path
from textwrap import wrap
from typing import Any, Final, Literal

from docsearch.orthography import canonical
from docsearch.parse.header import parse_header
from docsearch.parse.outline import parse_outline
from docsearch.parse.parts import documents_of
from docsearch.parse.references import find_references
from docsearch.records import Document, Header, Stated, Unit
from tests import word

FOLDER: Final = Path(__file__).parent / "data" / "trial"
_ROW: Final = re.compile(r"(?P<depth>\d)(?P<bold>\*?)> (?P<words>.+)")
_LABEL: Final = re.compile(r"(?i)(?:(?:điều|chương|mục) )?\(?[\w.]+|[-+]")

Kind = Literal["columns", "centre", "unit", "cells", "text"]


@dataclass(frozen=True)
class Line:
    """One line of a made-up document."""

    kind: Kind
    words: tuple[str, ...]  # two for columns, one for each cell
    bold: bool = False
    depth: int = 0


@dataclass(frozen=True)
class Made:
    """A made-up document with its truth."""

    name: str
    truth: dict[str, Any]
    lines: tuple[Line, ...]

    @property
    def words(self) -> list[str]:
        """All words of the document, in no particular order."""
        return _words("\n".join(word for line in self.lines for word in line.words))

    @property
    def outline(self) -> list[tuple[int, str]]:
        """Depth and beginning of every unit that has a mark or a heading."""
        return [(line.depth, _key(line.words[0])) for line in self.lines if line.kind == "unit"]


def made(path: Path) -> Made:
    """Read a made-up document."""
    truth, _, body = path.read_text(encoding="utf-8").partition("\n=====\n")
    return Made(path.stem, json.loads(truth), tuple(map(_line, body.splitlines())))


def all_made() -> list[Made]:
    """Read all of them, in the order of their names."""
    return [made(path) for path in sorted(FOLDER.glob("*.txt"))]


def _line(text: str) -> Line:
    if text.startswith("= "):
        left, _, right = text[2:].partition("||")
        return Line("columns", (left.strip(), right.strip()))
    if text.startswith("^ "):
        return Line("centre", (text[2:],), bold=True)
    if text.startswith("| "):
        return Line("cells", tuple(cell.strip() for cell in text.strip("| ").split(" | ")))
    unit = _ROW.fullmatch(text)
    if unit:
        return Line("unit", (unit["words"],), bool(unit["bold"]), int(unit["depth"]))
    return Line("text", (text,))


def blocks(document: Made) -> Iterator[tuple[Kind, list[Line]]]:
    """Yield the lines, those of one table or of one letterhead together."""
    for key, lines in groupby(
        enumerate(document.lines),
        lambda item: item[1].kind if item[1].kind in ("columns", "cells") else item[0],
    ):
        group = [line for _, line in lines]
        del key
        starts = [i for i, line in enumerate(group) if i and _begins(line)]
        for start, stop in zip([0, *starts], [*starts, len(group)], strict=True):
            yield group[0].kind, group[start:stop]


def _begins(line: Line) -> bool:
    return line.kind == "columns" and "CỘNG H" in line.words[-1]


# Forms of plain text


def stacked(document: Made) -> str:
    """The left column, then the right one: what a converter makes of a table's cells."""
    found: list[str] = []
    for kind, lines in blocks(document):
        if kind == "columns":
            for column in (0, 1):
                found += [line.words[column] for line in lines if line.words[column]]
            found.append("")
        else:
            found += [" | ".join(line.words) for line in lines]
    return "\n".join(found) + "\n"


def tabbed(document: Made) -> str:
    """The columns of a line with a tab between them, blank lines between the paragraphs."""
    found: list[str] = []
    for kind, lines in blocks(document):
        if kind == "columns":
            found += ["\t".join(line.words) for line in lines]
        else:
            found += ["\t".join(line.words) for line in lines]
        found.append("")
    return "\n".join(found) + "\n"


def laid_out(document: Made) -> str:
    """The layout of a page: columns side by side, centred titles, lines broken at the edge."""
    found: list[str] = []
    for kind, lines in blocks(document):
        if kind == "columns":
            for line in lines:
                left, right = (wrap(word, 40) or [""] for word in line.words)
                for i in range(max(len(left), len(right))):
                    first = left[i] if i < len(left) else ""
                    second = right[i] if i < len(right) else ""
                    found.append(f"{first:<46}{second}".rstrip())
        elif kind == "centre":
            found += [part.center(90).rstrip() for part in wrap(lines[0].words[0], 70)]
        else:
            for line in lines:
                found += wrap("   ".join(line.words), 90, initial_indent="      ")
    return "\n".join(found) + "\n"


def paired(document: Made) -> str:
    """What a PDF's text gives: columns with one blank between them, lines broken at the edge."""
    found: list[str] = []
    for number, line in enumerate(document.lines):
        if number and number % 30 == 0:
            found.append(str(number // 30 + 1))
        joined = " ".join(filter(None, line.words))
        found += wrap(joined, 84) if line.kind in ("unit", "text") else [joined]
    return " \n".join(found) + "\n"


def markdown(document: Made) -> str:
    """Markdown with bold lines and tables."""
    found: list[str] = []
    for kind, lines in blocks(document):
        if kind == "columns":
            found += [f"| {line.words[0]} | {line.words[1]} |" for line in lines]
            found.insert(len(found) - len(lines) + 1, "|---|---|")
        else:
            for line in lines:
                joined = " | ".join(line.words)
                found += [f"**{joined}**" if line.bold else joined, ""]
        found.append("")
    return "\n".join(found) + "\n"


TEXTS: Final[dict[str, Callable[[Made], str]]] = {
    "stacked": stacked,
    "tabbed": tabbed,
    "laid-out": laid_out,
    "paired": paired,
    "markdown": markdown,
}


# Forms of web pages


def word_html(document: Made, *, font: str = "", shown: Callable[[str], str] = str) -> str:
    """HTML as a word processor writes and reads it.

    Args:
        document: what to write.
        font: its font; none when empty.
        shown: what stands in the file for the words.

    Returns:
        A whole page.
    """
    face = f' face="{font}"' if font else ""

    def run(words: str, *, bold: bool = False) -> str:
        inside = f"<font{face}>{escape(shown(words)) or '&nbsp;'}</font>"
        return f"<b>{inside}</b>" if bold else inside

    found = []
    for kind, lines in blocks(document):
        if kind == "columns":
            cells = (
                "".join(
                    f'<p align="center">{run(line.words[column], bold=True)}</p>'
                    for line in lines
                    if line.words[column]
                )
                for column in (0, 1)
            )
            row = "".join(f'<td width="50%">{cell}</td>' for cell in cells)
            found.append(f'<table width="100%" border="0"><tr valign="top">{row}</tr></table>')
        elif kind == "cells":
            rows = ("".join(f"<td>{run(cell)}</td>" for cell in line.words) for line in lines)
            found.append(
                '<table border="1">' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
            )
        else:
            align = ' align="center"' if kind == "centre" else ""
            found += [f"<p{align}>{run(ln.words[0], bold=ln.bold)}</p>" for ln in lines]
    return (
        '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head>'
        f"<body>{''.join(found)}</body></html>"
    )


_MENU = "".join(
    f'<li><a href="/{i}">{words}</a></li>'
    for i, words in enumerate(
        ("Trang chủ", "Giới thiệu", "Tin tức - Sự kiện", "Văn bản chỉ đạo điều hành", "Công báo")
        + ("Thủ tục hành chính", "Kế hoạch", "Lịch công tác", "Liên hệ", "Sơ đồ cổng")
    )
)
_NEWS = "".join(
    f'<li><a href="/tin/{i}">{words}</a> <span class="date">({i + 2}/5/2024)</span></li>'
    for i, words in enumerate(
        (
            "Quyết định về việc công bố danh mục thủ tục hành chính lĩnh vực đất đai",
            "Hội nghị trực tuyến sơ kết 6 tháng đầu năm của khối các cơ quan tỉnh",
            "Thông báo số 12/TB-SNV về kết quả thi tuyển công chức năm 2024",
            "Lễ ra quân tổng vệ sinh môi trường hưởng ứng ngày Môi trường thế giới",
        )
    )
)


def portal(document: Made) -> str:
    """A portal's page: menus, sidebar and share buttons around what a word processor wrote."""
    body = word_html(document)
    body = body[body.index("<body>") + 6 : body.rindex("</body>")]
    body = body.replace("<p>", '<p class="MsoNormal" style="text-align:justify"><span>')
    body = body.replace("</p>", '</span><o:p></o:p></p><p class="MsoNormal">&nbsp;</p>')
    subject = escape(document.truth["subject"])
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{subject} | Cổng thông tin điện"
        f" tử</title></head><body><div id='header'><ul class='menu'>{_MENU}</ul></div>"
        "<div class='wrap'><div class='breadcrumb'><a href='/'>Trang chủ</a> » <a href='/vb'>Văn"
        f" bản</a></div><div class='content'><h1 class='title'>{subject}</h1><div class='meta'>"
        "Đăng lúc: 14:05, 03/06/2024 | Lượt xem: 1.245</div><div class='share'><a href='#'>Chia sẻ"
        " Facebook</a> <a href='#'>In trang</a></div><div class='detail'><div>"
        f"{body}</div></div><div class='related'><h3>Tin liên quan</h3><ul>{_NEWS}</ul></div>"
        "<div class='comment'><h3>Bình luận</h3><p>Chưa có bình luận nào.</p></div></div><div"
        f" class='sidebar'><h3>Văn bản mới</h3><ul>{_NEWS}</ul><p>Số lượt truy cập: 3.451.207</p>"
        "</div></div><div class='footer'><p>Bản quyền thuộc Cổng thông tin điện tử. Giấy phép số"
        " 12/GP-TTĐT ngày 5/3/2015. Điện thoại: 0203.3835.687</p></div></body></html>"
    )


def broken_lines(document: Made) -> str:
    """A page laid out by tables, whose paragraphs are lines with <br> in one element."""
    lines: list[str] = []
    for kind, group in blocks(document):
        if kind == "columns":
            for column in (0, 1):
                lines += [escape(ln.words[column]) for ln in group if ln.words[column]]
            lines.append("&nbsp;")
        else:
            for line in group:
                words = escape(", ".join(line.words))
                lines.append(f"<strong>{words}</strong>" if line.bold else words)
    box = "".join(
        f"<tr><td class='l'>{label}</td><td>{escape(value)}</td></tr>"
        for label, value in (
            ("Số hiệu", document.truth["number"] or ""),
            ("Loại văn bản", document.truth["type"].capitalize()),
            ("Trích yếu", document.truth["subject"]),
        )
    )
    return (
        "<html><head><meta http-equiv='Content-Type' content='text/html; charset=utf-8'><title>Văn"
        f" bản</title></head><body><table width='980'><tr><td colspan='3'><ul>{_MENU}</ul></td>"
        f"</tr><tr><td width='180'><ul>{_NEWS}</ul></td><td><table class='box'>{box}</table><div>"
        + "<br />\n".join(lines)
        + f"</div></td><td width='180'>Thời tiết: 27 độ<br>Tỷ giá: 25.410<ul>{_NEWS}</ul></td></tr>"
        "<tr><td colspan='3'>Ghi rõ nguồn khi sử dụng lại thông tin</td></tr></table></body></html>"
    )


PAGES: Final[dict[str, Callable[[Made], str]]] = {
    "word-html": word_html,
    "portal": portal,
    "broken-lines": broken_lines,
}


# Word documents

_AUTOMATIC: Final = (  # what Word draws itself, its level in the list, and the number's form
    (re.compile(r"[IVX]+\. "), "%1.", "upperRoman"),
    (re.compile(r"\d\. "), "%2.", "decimal"),
    (re.compile(r"[a-zđ]\) "), "%3)", "lowerLetter"),
    (re.compile(r"- "), "-", "bullet"),
)


def word_docx(document: Made, path: Path, *, numbers: bool) -> Path:
    """Write a Word document with its letterhead and signature in tables.

    Args:
        document: what to write.
        path: the file.
        numbers: "I.", "1.", "a)" and "-" are Word's own numbers, which are not in the text.

    Returns:
        ``path``.
    """
    automatic = numbers and _is_regular(document)
    body: list[str] = []
    for kind, lines in blocks(document):
        if kind == "columns":
            columns = (
                "".join(word.p(escape(ln.words[i]), bold=True) for ln in lines if ln.words[i])
                for i in (0, 1)
            )
            body.append(word.tbl(word.tr(*(word.tc(c or word.p()) for c in columns)), ruled=False))
        elif kind == "cells":
            body.append(word.tbl(*(word.tr(*map(escape, line.words)) for line in lines)))
        else:
            body += [_word_line(line, automatic=automatic) for line in lines]
    levels = [
        word.level(text, form, index=index) for index, (_, text, form) in enumerate(_AUTOMATIC)
    ]
    return word.write_docx(path, "".join(body), {"numbering": word.numbering(*levels)})


def _is_regular(document: Made) -> bool:
    """Return whether the numbers of a document are those that one list of Word gives."""
    counts = [0] * len(_AUTOMATIC)
    for line in document.lines:
        index, label = _automatic(line)
        if index is None or index == len(_AUTOMATIC) - 1:
            continue
        counts[index] += 1
        counts[index + 1 :] = [0] * (len(_AUTOMATIC) - index - 1)
        forms = (("I", "II", "III", "IV", "V", "VI"), "123456789", "abcd")
        if label.rstrip(".) ") != forms[index][counts[index] - 1]:
            return False
    return True


def _automatic(line: Line) -> tuple[int | None, str]:
    for index, (pattern, _, _) in enumerate(_AUTOMATIC):
        match = pattern.match(line.words[0]) if line.kind == "unit" else None
        if match:
            return index, match[0]
    return None, ""


def _word_line(line: Line, *, automatic: bool) -> str:
    index, label = _automatic(line) if automatic else (None, "")
    words = escape(line.words[0][len(label) :])
    if index is None:
        return word.p(words, bold=line.bold)
    place = f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="1"/></w:numPr>'
    return word.p(words, bold=line.bold, properties=place)


# What a reading is worth


@dataclass
class Score:
    """How many of how many are right, by field, and what is wrong."""

    right: Counter[str]
    total: Counter[str]
    wrong: list[str]

    @classmethod
    def empty(cls) -> Score:
        """Return a score of nothing."""
        return cls(Counter(), Counter(), [])

    def add(self, field: str, share: float, detail: str = "") -> None:
        """Count one field."""
        self.right[field] += share  # type: ignore[assignment]
        self.total[field] += 1
        if share < 1 and detail:
            self.wrong.append(detail)

    def shares(self) -> dict[str, float]:
        """Return the share that is right of each field."""
        return {field: self.right[field] / self.total[field] for field in self.total}


def judge(score: Score, document: Made, read: Document, form: str, *, scan: bool = False) -> None:
    """Compare what was read with the truth.

    Args:
        score: where to count.
        document: the truth.
        read: the file as it was read.
        form: its name, for messages.
        scan: recognised characters: the outline is compared by depth and label alone.
    """
    at = f"{document.name} {form}"
    score.add("text", _text_share(document.words, _words(read.text)), f"{at}: text")
    parts = documents_of(read)
    score.add("parts", float(len(parts) == document.truth["parts"]), f"{at}: {len(parts)} parts")
    _judge_header(score, document.truth, parse_header(parts[0].text), at)
    second = document.truth.get("second")
    if second and len(parts) == 2:
        _judge_header(score, second, parse_header(parts[1].text), f"{at}, second")
    found = [
        unit
        for part in parts
        for child in parse_outline(part.text, bold=part.bold).children
        for unit in _units(child, 1)
    ]
    expected = document.outline
    if scan:
        expected = [(depth, key.split(" ")[0]) for depth, key in expected]
        found = [(depth, key.split(" ")[0]) for depth, key in found]
    same = sum(
        b.size for b in SequenceMatcher(None, expected, found, autojunk=False).get_matching_blocks()
    )
    share = 2 * same / max(len(expected) + len(found), 1)
    lacking, added = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    score.add("outline", share, f"{at}: outline lacks {[*lacking]}, has {[*added]}")
    header = parse_header(parts[0].text)
    numbers = {r.number for p in parts for r in find_references(p.text, header=header) if r.number}
    cited = [n in numbers for n in document.truth["refs"]]
    if cited:
        detail = f"{at}: references {[n for n in document.truth['refs'] if n not in numbers]}"
        score.add("references", sum(cited) / len(cited), detail)


def _judge_header(score: Score, truth: dict[str, Any], header: Header, at: str) -> None:
    for field, value in _facts(header).items():
        if field in truth:
            same = _alike(value) == _alike(truth[field])
            detail = f"{at}: {field} {truth[field]!r}, found {value!r}"
            score.add(field, float(same), detail)


def _facts(header: Header) -> dict[str, object]:
    return {
        "type": _value(header.type),
        "number": _value(header.number),
        "symbol": _value(header.symbol),
        "date": _value(header.issued_on),
        "issuer": _value(header.issuer),
        "parent": _value(header.parent_body),
        "place": _value(header.place),
        "subject": _value(header.subject),
        "signatories": [[s.name, s.title, s.authority] for s in header.signatories],
        "addressees": [addressee.text for addressee in header.addressees],
        "recipients": [[r.name, r.purpose] for r in header.recipients],
    }


def _value(field: Stated | None) -> str | None:
    return field.value if field else None


def _alike(value: object) -> str:
    """Return a value with one spelling of what old and new spelling write differently."""
    text = json.dumps(value, ensure_ascii=False)
    return " ".join(canonical(unicodedata.normalize("NFC", text)).split())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", canonical(unicodedata.normalize("NFC", text)))


def _text_share(expected: list[str], found: list[str]) -> float:
    """Return the share of the letters with a diacritic whose words are found."""
    marked = Counter({word: n for word, n in Counter(expected).items() if _marks(word)})
    there = Counter(found)
    right = sum(min(n, there[word]) * _marks(word) for word, n in marked.items())
    return right / sum(n * _marks(word) for word, n in marked.items())


def _marks(word: str) -> int:
    return sum(letter == "đ" or unicodedata.normalize("NFD", letter) != letter for letter in word)


def _units(unit: Unit, depth: int) -> Iterator[tuple[int, str]]:
    if unit.level in ("closing", "copy", "footnote", "header"):
        return
    counted = unit.level != "paragraph" or unit.heading is not None
    if counted:
        yield depth, _key(_unit_words(unit))
    for child in unit.children:
        yield from _units(child, depth + counted)


def _unit_words(unit: Unit) -> str:
    if unit.heading:
        return unit.heading.text
    return {"article": f"điều {unit.label}", "plus": "+"}.get(unit.level, unit.label)


def _key(words: str) -> str:
    label = _LABEL.match(words.strip())
    return canonical(label[0]).strip("()./: ") if label and label[0] not in "-+" else words[:1]
