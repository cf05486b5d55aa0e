"""Pictures of pages → text, by tesseract."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docsearch.errors import MissingProgramError, SourceError
from docsearch.read.reading import Reading
from docsearch.records import Span

PROGRAM: Final = "tesseract"
LANGUAGE: Final = "vie"
DPI: Final = 300
"""Resolution at which a page is drawn: 200 is hardly quicker (1.3 s against 1.8 s a page) and
loses more marks (measured on two scans of letters)."""

PAGE_SECONDS: Final = 60.0
"""Longest that one page may take; a page of text takes one to five seconds."""

_COLUMN_GAP: Final = 1.6  # heights of a line between words that make columns; 0.3 to 1 in text
_SURE_TURN: Final = 1.0  # tesseract's confidence in an orientation; upright pages have 5 to 20
_SLASHES: Final = re.compile(r"\u2044/?|(?<=\d)/[/\u2044]+(?=\d)")  # "51/⁄2025"
_SURE_MARK: Final = 0.5  # signs that are read with less confidence are left out
_NOISE: Final = 0.25  # a line whose words are read with less confidence is a stain or a stamp


@dataclass(frozen=True, slots=True)
class Recognised:
    """The text of one page, and how certain its letters are."""

    text: str
    confidence: float  # 0 to 1, weighted by letters; 0 for a page without text
    letters: int


@dataclass(frozen=True, slots=True)
class _Word:
    line: tuple[int, int, int, int]  # page, block, paragraph, line
    left: int
    width: int
    height: int
    confidence: float
    text: str


def install_command() -> str:
    """Return the command that installs tesseract and its data for Vietnamese on this system."""
    if sys.platform == "darwin":
        return "brew install tesseract tesseract-lang"
    if sys.platform == "win32":
        return "winget install UB-Mannheim.TesseractOCR (choose Vietnamese among its languages)"
    return "apt-get install tesseract-ocr tesseract-ocr-vie"


def find_tesseract() -> str | None:
    """Return where tesseract is, None where it is not installed."""
    return shutil.which(PROGRAM)


def languages() -> tuple[str, ...]:
    """Return the languages that tesseract has data for; () where it is not installed."""
    program = find_tesseract()
    if program is None:
        return ()
    done = subprocess.run(
        [program, "--list-langs"], capture_output=True, timeout=20, check=False, text=True
    )
    return tuple(done.stdout.split("\n")[1:]) if done.returncode == 0 else ()


def recognise(image: bytes, name: str, *, dpi: int = DPI) -> list[Recognised]:
    """Return the text of the pages of one picture.

    Args:
        image: a picture in a format that tesseract reads (PNM, PNG, JPEG, TIFF, BMP, WebP).
        name: the file's name, for messages.
        dpi: dots per inch of the picture, which it may not state.

    Returns:
        The pages in order; TIFF may hold several. Words far apart on one line, as in the two
        columns of a letterhead, have a tab between them.

    Raises:
        MissingProgramError: tesseract, or its data for Vietnamese, is not installed.
        SourceError: the picture cannot be read, or takes too long.
    """
    done = _run(image, name, ["-l", LANGUAGE, "--dpi", str(dpi), "tsv"])
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        if f"{LANGUAGE}.traineddata" in said or "languages" in said:
            raise MissingProgramError(name, "tesseract's data for Vietnamese", install_command())
        raise SourceError(name, f"the picture cannot be read ({said[-160:] or done.returncode})")
    return _pages(done.stdout.decode("utf-8", "replace"))


def turn_needed(image: bytes) -> int:
    """Return by how many degrees clockwise a picture has to be turned to stand upright.

    Args:
        image: a picture in a format that tesseract reads.

    Returns:
        0, 90, 180 or 270; 0 where it cannot be told.
    """
    try:
        done = _run(image, "", ["--psm", "0", "-l", "osd"])
    except SourceError:
        return 0
    turn = re.search(rb"^Rotate: (90|180|270)$", done.stdout, re.MULTILINE)
    sure = re.search(rb"^Orientation confidence: ([\d.]+)$", done.stdout, re.MULTILINE)
    return int(turn[1]) if turn and sure and float(sure[1]) >= _SURE_TURN else 0


def _run(image: bytes, name: str, options: list[str]) -> subprocess.CompletedProcess[bytes]:
    program = find_tesseract()
    if program is None:
        raise MissingProgramError(name, PROGRAM, install_command())
    environment = {"PATH": os.environ.get("PATH", ""), "OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}
    prefix = os.environ.get("TESSDATA_PREFIX")
    if prefix:
        environment["TESSDATA_PREFIX"] = prefix
    try:
        return subprocess.run(
            [program, "stdin", "stdout", *options],
            input=image,
            capture_output=True,
            timeout=PAGE_SECONDS,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired as error:
        raise SourceError(
            name, f"recognising a page took longer than {PAGE_SECONDS:.0f} s"
        ) from error


def read_image(path: Path, name: str) -> Reading:
    """Return the text of a picture of pages (PNG, JPEG, TIFF, BMP, WebP).

    Args:
        path: the file.
        name: the name it is known by.

    Returns:
        The text, its pages, and the mean confidence.

    Raises:
        SourceError: it cannot be read, or holds no text.
        MissingProgramError: tesseract is not installed.
    """
    pages = recognise(path.read_bytes(), name)
    if not any(page.letters for page in pages):
        raise SourceError(name, "a picture in which no text was recognised")
    text, spans = joined([page.text for page in pages])
    confidence = mean_confidence(pages)
    return Reading(
        text=text,
        format="image",
        pages=spans,
        confidence=confidence,
        notes=(recognition_note(len(pages), len(pages), confidence),),
    )


def recognition_note(recognised: int, pages: int, confidence: float) -> str:
    """Return the sentence that tells people which pages were recognised, and how surely."""
    return f"{recognised} of {pages} pages recognised by tesseract, confidence {confidence:.2f}"


def mean_confidence(pages: list[Recognised]) -> float:
    """Return the mean confidence of pages, weighted by their letters; 0 without letters."""
    letters = sum(page.letters for page in pages)
    if not letters:
        return 0.0
    return sum(page.confidence * page.letters for page in pages) / letters


def joined(pages: list[str]) -> tuple[str, tuple[Span, ...]]:
    r"""Join the texts of pages.

    Args:
        pages: in order.

    Returns:
        The text in NFC, a form feed line ("\f\n") between pages, and the span of each page that
        has any text; a blank page has the span of its form feed.
    """
    text = ""
    spans = []
    for page in pages:
        start = len(text)
        text += unicodedata.normalize("NFC", page).strip("\n") + "\n\f\n"
        spans.append(Span(start, len(text)))
    return text, tuple(spans)


def _pages(table: str) -> list[Recognised]:
    words: dict[int, list[_Word]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        page = int(row["page_num"])
        words.setdefault(page, [])
        if row["level"] == "5" and (row["text"] or "").strip():
            words[page].append(
                _Word(
                    line=(page, int(row["block_num"]), int(row["par_num"]), int(row["line_num"])),
                    left=int(row["left"]),
                    width=int(row["width"]),
                    height=int(row["height"]),
                    confidence=max(float(row["conf"]), 0.0) / 100,
                    text=row["text"].strip(),
                )
            )
    return [_page(found) for _, found in sorted(words.items())]


def _page(words: list[_Word]) -> Recognised:
    lines: dict[tuple[int, int, int, int], list[_Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    kept: list[str] = []
    before: tuple[int, int, int, int] | None = None
    sure = letters = 0.0
    for key, found in lines.items():
        found = [word for word in found if not _is_stain(word)]
        count = sum(sum(map(str.isalnum, word.text)) for word in found)
        weight = sum(word.confidence * sum(map(str.isalnum, word.text)) for word in found)
        if not count or weight / count < _NOISE:
            continue
        if before and before[:3] != key[:3]:
            kept.append("")
        kept.append(_line(found))
        before = key
        sure, letters = sure + weight, letters + count
    return Recognised("\n".join(kept), sure / letters if letters else 0.0, int(letters))


def _is_stain(word: _Word) -> bool:
    """Tell marks that are no letters: rules, borders of tables, what is hardly certain."""
    if any(map(str.isalnum, word.text)):
        return False
    return word.confidence < _SURE_MARK or not set(word.text) - set("_|~^`°=«»‹›{}[]")


def _line(words: list[_Word]) -> str:
    """Return the words of a line, a tab between those that stand in two columns."""
    height = sorted(word.height for word in words)[len(words) // 2]
    written = words[0].text
    for left, right in zip(words, words[1:], strict=False):
        gap = right.left - left.left - left.width
        written += ("\t" if gap > _COLUMN_GAP * height else " ") + right.text
    return _SLASHES.sub("/", written)
