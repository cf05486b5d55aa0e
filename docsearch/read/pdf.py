"""PDF files → Reading: the text layer of each page, or what is recognised in its picture."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from docsearch.errors import MissingProgramError, SourceError
from docsearch.read.legacy import to_unicode
from docsearch.read.ocr import (
    DPI,
    Recognised,
    joined,
    mean_confidence,
    recognise,
    recognition_note,
    turn_needed,
)
from docsearch.read.reading import Reading
from docsearch.read.syllables import is_syllable, vietnamese_share
from docsearch.records import Span

PageDone = Callable[[int, int], None]
"""Called after each page with its number and how many there are."""

_PICTURE: Final = 0.4  # share of a page's area that a scan's picture covers at least
_STAMP: Final = 400  # letters; a signature's stamp has about 180, a page of text 1,000 to 3,000
# What the text layer of a signed scan says, line by line.
_STAMP_LINE: Final = re.compile(
    r"(?:người ký|ký bởi|ký số|cơ quan|tổ chức|thời gian ký|ngày ký|email|chức danh|lý do|địa điểm"
    r"|signed by|signature|digitally|date|reason|location|foxit|version)\b.*",
    re.IGNORECASE,
)
_BROKEN: Final = 0.5  # share of Vietnamese syllables below which a text layer may be garbled
_TORN: Final = 0.08  # share of words with one letter; 0.02 in ordinary pages
_TORN_LINE: Final = 0.3  # the same on a page of one or two lines, where chance weighs more
_WORD_GAP: Final = 0.12  # of the size of the letters; a blank is 0.25 wide
_DOUBTFUL_GAP: Final = 0.05  # a blank where only its two sides are syllables
_MAYBE: Final = "\ue000"  # stands for such a gap; of the private use area, in no text
_MAYBE_SPLIT: Final = re.compile(rf"[^\W_]{{0,12}}{_MAYBE}[^\s.,;:()/-]{{0,24}}")
_MAX_SIDE: Final = 6000  # pixels of a drawn page; a page of poster size is drawn smaller
_MAX_PAGES: Final = 5000
# A recognised page with fewer letters or less confidence may lie on its side.
_FEW_LETTERS: Final = 100
_DOUBTFUL: Final = 0.75
_LINE_END: Final = re.compile(r"\r\n?|[\u2028\u2029]")


@dataclass(slots=True)
class _Page:
    text: str
    bold: list[tuple[int, int]]  # of ``text``
    scanned: bool
    broken: bool


def read_pdf(path: Path, name: str, done: PageDone | None = None) -> Reading:
    """Return the text of a PDF file, page by page.

    Args:
        path: the file.
        name: the name it is known by.
        done: called after each page.

    Returns:
        The text with the span of each page. A page whose picture covers it and whose text is no
        more than a signature's stamp is recognised by tesseract, and so is one whose text layer
        is garbled; ``format`` is "scan" when most pages were.

    Raises:
        SourceError: the file is encrypted or damaged, or has no text.
        MissingProgramError: it is a scan and tesseract is not installed.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise SourceError(name, _damage(str(error))) from error
    try:
        count = len(document)
        if not 0 < count <= _MAX_PAGES:
            raise SourceError(name, f"a PDF of {count} pages; 1 to {_MAX_PAGES} are read")
        return _read(document, count, name, done)
    finally:
        document.close()


def _damage(said: str) -> str:
    if "assword" in said:
        return "an encrypted PDF; save it without its password"
    reason = said.removeprefix("Failed to load document (PDFium: ").rstrip(").")
    return f"a damaged PDF file ({reason or said}); save or print it as PDF again"


def _read(document: pdfium.PdfDocument, count: int, name: str, done: PageDone | None) -> Reading:
    texts: list[str] = []
    bold: list[list[tuple[int, int]]] = []
    seen: list[Recognised] = []
    notes: list[str] = []
    for number in range(count):
        text, lines, recognised = _page(document, number, name, notes)
        texts.append(text)
        bold.append(lines)
        seen += recognised
        if done:
            done(number + 1, count)
    if not any(map(str.isalnum, "".join(texts))):
        raise SourceError(name, "a PDF without text: its pages are blank or drawings")
    text, pages = joined(texts)
    confidence = mean_confidence(seen) if seen else None
    if confidence is not None:
        notes.append(recognition_note(len(seen), count, confidence))
    converted = to_unicode(text)
    if converted.encodings and len(converted.text) != len(text):
        pieces = [to_unicode(part).text for part in texts]
        text, pages = joined(pieces)
    elif converted.encodings:
        text = converted.text
    if converted.encodings:
        notes.append(f"converted from {', '.join(converted.encodings)}")
        bold = []
    return Reading(
        text=text,
        format="scan" if 2 * len(seen) > count else "pdf",
        pages=pages,
        bold=_bold(pages, bold, texts),
        confidence=confidence,
        notes=tuple(dict.fromkeys(notes)),
    )


def _bold(
    pages: tuple[Span, ...], bold: list[list[tuple[int, int]]], texts: list[str]
) -> tuple[Span, ...]:
    """Return the bold lines as spans of the whole text; () where most lines seem to be bold."""
    spans = []
    for page, lines, text in zip(pages, bold, texts, strict=False):
        shift = page.start - (len(text) - len(text.lstrip("\n")))
        spans += [Span(shift + start, shift + end) for start, end in lines]
    weighed = sum(span.end - span.start for span in spans)
    if 2 * weighed > sum(map(len, texts)):  # the font does not tell its weight
        return ()
    return tuple(span for span in spans if span.start >= 0)


def _page(
    document: pdfium.PdfDocument, number: int, name: str, notes: list[str]
) -> tuple[str, list[tuple[int, int]], list[Recognised]]:
    """Return one page's text, its bold lines, and what was recognised of it."""
    try:
        page = document[number]
    except pdfium.PdfiumError as error:
        notes.append(f"page {number + 1} is damaged and left out ({error})")
        return "", [], []
    try:
        layer = _layer(page)
        if not layer.scanned and not layer.broken:
            return layer.text, layer.bold, []
        try:
            found = _recognised(page, name)
        except MissingProgramError:
            if layer.scanned:
                raise
            return layer.text, layer.bold, []  # a garbled layer is better than nothing
        if layer.broken and vietnamese_share(found.text) <= vietnamese_share(layer.text):
            return layer.text, layer.bold, []
        stamp = layer.text if layer.scanned else ""
        return (f"{found.text}\n{stamp}" if stamp.strip() else found.text), [], [found]
    finally:
        page.close()


def _layer(page: pdfium.PdfPage) -> _Page:
    content = page.get_textpage()
    try:
        raw = content.get_text_range()
        if _is_torn(raw) and content.count_chars() == len(raw):
            mended = _in_order(content, raw)
            text, lines = (mended, []) if _better(mended, raw) else (_clean(raw)[0], [])
        else:
            text, positions = _clean(raw)
            lines = [(positions[a], positions[b]) for a, b in _bold_lines(content, raw)]
    finally:
        content.close()
    letters = sum(map(str.isalnum, text))
    stamp = all(_STAMP_LINE.match(line.strip()) for line in text.split("\n") if line.strip())
    scanned = (letters < _STAMP or stamp) and _picture_share(page) >= _PICTURE
    drawn = not letters and not scanned and next(page.get_objects(max_depth=1), None) is not None
    readable = to_unicode(text).text if letters else ""
    broken = letters >= 40 and vietnamese_share(readable) < _BROKEN
    return _Page(text, [line for line in lines if line[0] < line[1]], scanned, broken or drawn)


def _clean(raw: str) -> tuple[str, list[int]]:
    """Return a text layer with plain line ends, and where each of its characters went."""
    written: list[str] = []
    positions: list[int] = []
    length = 0
    for i, character in enumerate(raw):
        positions.append(length)
        if character == "\r":
            piece = "" if raw[i + 1 : i + 2] == "\n" else "\n"
        elif character in "\u2028\u2029\x0b\x0c":
            piece = "\n"
        elif character in "\x02\ufffe":  # how PDFium gives a hyphen at a line's end
            piece = "-"
        elif character in "\x00\ufeff\uffff" or "\ud800" <= character <= "\udfff":
            piece = ""
        else:
            piece = character
        written.append(piece)
        length += len(piece)
    positions.append(length)
    return "".join(written), positions


def _is_torn(raw: str) -> bool:
    """Tell a page whose words are torn: many of them have one letter."""
    words = re.findall(r"[^\W\d_]+", raw)
    single = sum(len(word) == 1 for word in words)
    return single > (_TORN if len(words) > 10 else _TORN_LINE) * max(len(words), 3)


def _better(mended: str, raw: str) -> bool:
    return vietnamese_share(mended) > vietnamese_share(_clean(raw)[0])


def _in_order(content: pdfium.PdfTextPage, raw: str) -> str:
    """Return the lines of a page with their letters from left to right.

    Programs that take a letter with its marks from another font write these letters after the
    rest of the line; PDFium gives them in that order.
    """
    box = pdfium_c.FS_RECTF()  # with the letter's own margins, unlike its outline
    lines: list[str] = []
    found: list[tuple[float, float, float, str]] = []
    for i, character in enumerate(raw + "\n"):
        if character in "\r\n":
            if found:
                lines.append(_spaced(sorted(found)))
            found = []
        elif not pdfium_c.FPDFText_IsGenerated(content.raw, i):
            pdfium_c.FPDFText_GetLooseCharBox(content.raw, i, box)
            size = pdfium_c.FPDFText_GetFontSize(content.raw, i)
            found.append((box.left, box.right, size, character))
    return "\n".join(lines)


def _spaced(letters: list[tuple[float, float, float, str]]) -> str:
    """Join letters that are in order, with a blank where there is a gap between two."""
    written = ""
    end: float | None = None
    for start, right, size, character in letters:
        if end is not None and start - end > _DOUBTFUL_GAP * size and not written.endswith(" "):
            written += " " if start - end > _WORD_GAP * size else _MAYBE
        written += "" if character == " " and written.endswith(" ") else character
        end = right if character != " " else None
    return _clean(_MAYBE_SPLIT.sub(_split_word, written))[0]


def _split_word(match: re.Match[str]) -> str:
    """Put a blank into a word where it has a small gap and only its parts are syllables."""
    parts = match[0].split(_MAYBE)
    whole = "".join(parts)
    apart = not is_syllable(whole.lower()) and all(is_syllable(part.lower()) for part in parts)
    return " ".join(parts) if apart else whole


def _bold_lines(content: pdfium.PdfTextPage, raw: str) -> list[tuple[int, int]]:
    """Return the lines whose first, middle and last letter are bold, as positions in ``raw``."""
    if content.count_chars() != len(raw):
        return []
    lines = []
    position = 0
    for line in re.split(r"\r\n|\r|\n", raw):
        letters = [position + i for i, character in enumerate(line) if character.isalpha()]
        if letters:
            probes = (letters[0], letters[len(letters) // 2], letters[-1])
            if all(_is_bold(content, probe) for probe in probes):
                lines.append((position, position + len(line.rstrip())))
        position += len(line)
        position += 2 if raw[position : position + 2] == "\r\n" else 1
    return lines


def _is_bold(content: pdfium.PdfTextPage, index: int) -> bool:
    return bool(pdfium_c.FPDFText_GetFontWeight(content.raw, index) >= 600)


def _picture_share(page: pdfium.PdfPage) -> float:
    """Return the share of a page's area that its pictures cover; scans may come in strips."""
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        return 0.0
    area: float = 0.0
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        area += max(min(right, width) - max(left, 0), 0) * max(min(top, height) - max(bottom, 0), 0)
    return float(min(area / (width * height), 1.0))


def _recognised(page: pdfium.PdfPage, name: str) -> Recognised:
    """Return what is recognised of a page, turned upright where it lies on its side."""
    found = _first(recognise(_drawn(page, turned=0), name))
    if found.letters >= _FEW_LETTERS and found.confidence >= _DOUBTFUL:
        return found
    turn = turn_needed(_drawn(page, turned=0))
    if not turn:
        return found
    again = _first(recognise(_drawn(page, turned=turn), name))
    return max(found, again, key=lambda result: result.confidence * result.letters)


def _first(pages: list[Recognised]) -> Recognised:
    return pages[0] if pages else Recognised("", 0.0, 0)


def _drawn(page: pdfium.PdfPage, *, turned: int) -> bytes:
    """Return a page as a grey picture in the format PGM, turned clockwise by degrees."""
    width, height = page.get_size()
    scale = min(DPI / 72, _MAX_SIDE / max(width, height, 1))
    bitmap = page.render(scale=scale, grayscale=True, rotation=turned)
    try:
        pixels = bitmap.to_numpy()
        rows, columns = pixels.shape[:2]
        drawn: bytes = pixels.reshape(rows, columns).tobytes()
        return b"P5 %d %d 255\n" % (columns, rows) + drawn
    finally:
        bitmap.close()
