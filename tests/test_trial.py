"""Made-up documents read in many forms: what comes out is what stands in them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import pypdfium2
import pytest

from docsearch.read import Reader
from docsearch.read.legacy import Encoding
from tests.factories import needs_soffice, needs_tesseract
from tests.pdf_files import scan_pdf
from tests.test_legacy import encode
from tests.trial import PAGES, TEXTS, Made, Score, all_made, judge, word_docx, word_html

MADE = all_made()
FONTS: Final[dict[Encoding, str]] = {"TCVN3": ".VnTime", "VNI": "VNI-Times"}
FLOORS: Final = {
    **{"text": 0.98, "parts": 1.0, "type": 1.0, "number": 1.0, "symbol": 1.0, "date": 1.0},
    **{"issuer": 1.0, "parent": 1.0, "place": 1.0, "subject": 1.0, "signatories": 1.0},
    **{"addressees": 1.0, "recipients": 1.0, "outline": 0.99, "references": 1.0},
}
"""Share of each field that is right in every form; raised when it is reached, never lowered."""
SCANNED: Final = {
    **FLOORS,
    **{"text": 0.97, "subject": 0.6, "recipients": 0.6, "outline": 0.95},
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


def check(score: Score, floors: dict[str, float]) -> None:
    """Print the shares and what is wrong; fail below a floor."""
    shares = score.shares()
    table = [f"{field:12} {share:.3f}" for field, share in shares.items()]
    sys.stdout.write("\n".join([*table, *score.wrong, ""]))
    below = {field: share for field, share in shares.items() if share < floors[field]}
    assert below == {}, score.wrong


@pytest.mark.parametrize("form", TEXTS)
def test_plain_text(form: str, reader: Reader, tmp_path: Path) -> None:
    score = Score.empty()
    for document in MADE:
        path = tmp_path / f"{document.name}.txt"
        path.write_text(TEXTS[form](document), encoding="utf-8")
        judge(score, document, reader.read(path), form)
    check(score, FLOORS)


@pytest.mark.parametrize("form", PAGES)
def test_web_pages(form: str, reader: Reader, tmp_path: Path) -> None:
    score = Score.empty()
    for document in MADE:
        path = tmp_path / f"{document.name}.html"
        path.write_text(PAGES[form](document), encoding="utf-8")
        judge(score, document, reader.read(path), form)
    check(score, FLOORS)


@pytest.mark.parametrize("encoding", FONTS)
def test_pages_in_old_fonts(encoding: Encoding, reader: Reader, tmp_path: Path) -> None:
    score = Score.empty()
    for document in MADE:
        path = tmp_path / f"{document.name}.html"
        page = word_html(document, font=FONTS[encoding], shown=partial(encode, encoding=encoding))
        path.write_text(page, encoding="utf-8")
        judge(score, document, reader.read(path), encoding)
    check(score, FLOORS)


def converted(folder: Path, target: str, document: Made) -> Path:
    """Return the file that LibreOffice makes of a document."""
    page = folder / f"{document.name}.html"
    page.write_text(word_html(document, font="Liberation Serif"), encoding="utf-8")
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    for form, source in (
        ("odt:writer8", page),
        (target, page.with_suffix(".odt")),
    ):
        program = shutil.which("soffice") or "soffice"
        command = [program, "--headless", profile, "--convert-to", form, "--outdir", str(folder)]
        subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=60)
    return page.with_suffix("." + target.partition(":")[0])


@pytest.mark.parametrize("form", ["typed", "numbered"])
def test_word_documents(form: str, reader: Reader, tmp_path: Path) -> None:
    score = Score.empty()
    for document in MADE:
        path = word_docx(document, tmp_path / f"{document.name}.docx", numbers=form == "numbered")
        judge(score, document, reader.read(path), form)
    check(score, FLOORS)


@needs_soffice
@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("02-district-plan", "doc:MS Word 97"),
        ("16-party-committee-commune", "pdf:writer_pdf_Export"),
        ("18-ward-2025", "docx:MS Word 2007 XML"),
    ],
)
def test_files_of_a_word_processor(name: str, target: str, reader: Reader, tmp_path: Path) -> None:
    document = next(made for made in MADE if made.name == name)
    score = Score.empty()
    judge(score, document, reader.read(converted(tmp_path, target, document)), target)
    check(score, FLOORS)


@needs_soffice
@needs_tesseract
def test_a_scan(reader: Reader, tmp_path: Path) -> None:
    document = next(made for made in MADE if made.name == "10-telegram")
    printed = converted(tmp_path, "pdf:writer_pdf_Export", document)
    noise = np.random.default_rng(5)
    pages = []
    with pypdfium2.PdfDocument(printed) as opened:
        for page in opened:
            drawn = page.render(scale=200 / 72, grayscale=True).to_numpy()
            grey = drawn + noise.normal(0, 14, drawn.shape)
            pages.append(np.clip(grey, 0, 255).astype(np.uint8))
            page.close()
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(scan_pdf(pages, stamp="signed by"))
    score = Score.empty()
    judge(score, document, reader.read(scan), "scan", scan=True)
    check(score, SCANNED)
