"""Plain text and Markdown files → Reading."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Final

from docsearch.errors import SourceError, UnsupportedFormatError
from docsearch.read.legacy import to_unicode
from docsearch.read.reading import Reading
from docsearch.read.rows import GridCell, Row, is_frame, table_lines
from docsearch.read.syllables import vietnamese_share

_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE: Final = 4096  # bytes or code points that are looked at to tell text from data
_SHORTEST: Final = 16  # bytes of a text in UTF-16 that its zero bytes tell
_VIETNAMESE: Final = 0.7  # share of syllables that a text in a right encoding has at least
# "---", "---json" or "+++" around what a content system keeps beside a page.
_FRONT_MATTER: Final = re.compile(
    r"\A(?P<fence>---|\+\+\+)(?:json|yaml|toml)?[ \t]*\r?\n(?P<body>.*?)\r?\n(?P=fence)[ \t]*"
    r"(?:\r?\n|\Z)",
    re.DOTALL,
)
# A head between bars, a line of dashes, rows: a table of Markdown.
_PIPE_TABLE: Final = re.compile(
    r"^[ \t]*\|[^\n]{1,2000}\n[ \t]*\|?[ \t]*:?-{3,}[-:| \t]{0,500}\n"
    r"(?:[ \t]*\|[^\n]{0,20000}(?:\n|\Z))+",
    re.MULTILINE,
)
# A table with fewer columns and rows lays out a page: what Markdown has for signatures.
_DATA_COLUMNS: Final = 3
_DATA_ROWS: Final = 4
_BREAK: Final = re.compile(r"<br ?/?>")
_TITLE: Final = re.compile(r"^\s*title\s*[:=]\s*(?P<title>.+?)\s*$", re.MULTILINE)


def read_text(data: bytes, name: str) -> Reading:
    """Return what a plain text or Markdown file holds.

    Args:
        data: the bytes of the file.
        name: the file's name, for messages.

    Returns:
        The text in NFC without byte order mark, line ends as they stand. Text in UTF-16,
        Windows-1258 or a legacy Vietnamese encoding is converted, and ``notes`` say so. Front
        matter is left out but for its title. A table of Markdown becomes a line for each row, each
        cell with its column's head.

    Raises:
        UnsupportedFormatError: the bytes are not text.
    """
    text, encoding = decode(data, name)
    if len(_CONTROL.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 50:
        raise UnsupportedFormatError(name, "binary data, not text")
    notes = [f"decoded from {encoding}"] if encoding else []
    matter, rest = split_front_matter(text)
    if matter:
        title = front_matter_title(matter)
        notes.append(f"{len(text) - len(rest)} characters of front matter left out")
        text = f"{title}\n\n{rest}" if title and title not in rest else rest
    text = _PIPE_TABLE.sub(_rows_with_heads, text)
    converted = to_unicode(unicodedata.normalize("NFC", text))
    if converted.encodings:
        notes.append(f"converted from {', '.join(converted.encodings)}")
    return Reading(
        text=unicodedata.normalize("NFC", converted.text), format="text", notes=tuple(notes)
    )


def _rows_with_heads(table: re.Match[str]) -> str:
    lines = [line for line in table[0].split("\n") if line.strip()]
    cells = [_cells(line) for line in (lines[0], *lines[2:])]
    if any(is_frame(part) for row in cells for cell in row for part in _BREAK.split(cell)):
        return table[0]  # a letterhead or a signature block
    if max(map(len, cells)) < _DATA_COLUMNS and len(cells) < _DATA_ROWS:
        return table[0]  # two columns side by side
    rows = [Row(tuple(map(GridCell, row))) for row in cells]
    end = "\n" if table[0].endswith("\n") else ""
    return "\n".join(line.text for line in table_lines(rows, heads=1)) + end


def _cells(line: str) -> list[str]:
    """Return the cells of a row between bars; an escaped bar is part of its cell."""
    inside = line.strip().removeprefix("|").removesuffix("|")
    return [part.replace("\\|", "|").strip() for part in re.split(r"(?<!\\)\|", inside)]


def split_front_matter(text: str) -> tuple[str, str]:
    """Return the front matter of a text and the rest; "" and the text where it has none."""
    found = _FRONT_MATTER.match(text)
    if found is None or not text[found.end() :].strip():
        return "", text
    return found["body"], text[found.end() :]


def front_matter_title(body: str) -> str | None:
    """Return the title that front matter states (JSON, YAML or TOML), None where it has none."""
    if body.lstrip().startswith("{"):
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            return None
        title = value.get("title") if isinstance(value, dict) else None
        return title.strip() or None if isinstance(title, str) else None
    found = _TITLE.search(body)
    return found["title"].strip("\"' ") or None if found else None


def decode(data: bytes, name: str) -> tuple[str, str | None]:
    """Return bytes as text, and the encoding where it is not UTF-8.

    Args:
        data: the bytes of a text file.
        name: the file's name, for messages.

    Returns:
        The text, and None for UTF-8 and ASCII. Bytes that are neither UTF-8 nor UTF-16 are read
        as Windows-1258 or, one code a byte, as legacy Vietnamese fonts expect it: the way in
        which most words are Vietnamese syllables.

    Raises:
        UnsupportedFormatError: the bytes are not text.
        SourceError: the bytes break off inside a character.
    """
    utf16 = _utf16(data)
    if utf16:
        try:
            return data.decode(utf16).removeprefix("\ufeff"), "UTF-16"
        except UnicodeDecodeError as error:
            raise SourceError(
                name, f"damaged UTF-16 at byte {error.start}; save it again as UTF-8"
            ) from error
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        if b"\x00" in data[:_SAMPLE]:
            raise UnsupportedFormatError(name, "binary data, not text") from error
        return _eight_bit(data, name, error.start)


def _utf16(data: bytes) -> str | None:
    """Tell UTF-16 by its mark, or by the zero bytes that ASCII has in it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(len(sample) // 2, 1)
    if len(sample) < _SHORTEST:
        return None
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high > half * 0.3 and low < half * 0.02:
            text = sample[: 2 * half].decode(encoding, "replace")
            latin = sum(ord(character) < 0x2100 for character in text)
            return encoding if latin > 0.95 * len(text) else None
    return None


def _eight_bit(data: bytes, name: str, position: int) -> tuple[str, str]:
    """Read bytes that are not quite UTF-8: damaged UTF-8, Windows-1258, or a font's own codes."""
    mended = data.decode("utf-8", errors="replace")
    broken = mended.count("\ufffd")
    if 10 * broken <= sum(ord(character) > 127 for character in mended) - broken:
        return mended, f"UTF-8 damaged at byte {position}"
    windows = unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))
    codes = data.decode("latin-1")
    by_windows, by_font = vietnamese_share(windows), vietnamese_share(to_unicode(codes).text)
    if max(by_windows, by_font) < _VIETNAMESE:
        raise SourceError(
            name,
            f"not UTF-8 at byte {position} and no Vietnamese encoding that is known; "
            "save it again in the encoding UTF-8",
        )
    return (windows, "Windows-1258") if by_windows >= by_font else (codes, "the codes of a font")
