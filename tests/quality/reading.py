"""Measures of reading: text, headers, outlines, duplicates, citations, speed."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from docsearch.parse.header import parse_header
from docsearch.parse.outline import parse_outline
from docsearch.parse.passages import split
from docsearch.read import Reader
from tests.factories import CORPUS
from tests.test_duplicates import measure_duplicates
from tests.test_header_golden import measure_headers
from tests.test_legacy import right_letters
from tests.test_outline_golden import measure_outlines, measure_paths
from tests.test_relations import GOLD, measure_references

DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "documents"

SPEED = "files a second"
"""Name of the measure of speed: files like those of the corpus, read and parsed on one core."""

_ROUNDS = 5  # of which the quickest counts


def measure_reading() -> dict[str, float]:
    """Return every measure that can be taken here, by name; all are better when higher.

    Those that need documents beside the project, or LibreOffice, are left out where it lacks.
    """
    figures = {"paths above evidences": measure_paths(), SPEED: _speed()}
    if DOCUMENTS.exists():
        figures |= _text()
        with TemporaryDirectory() as folder:
            found = measure_duplicates(Path(folder))
        figures["duplicates"] = float(["103.txt", "104.txt"] in found)
        figures["no false group"] = float(len(found) <= 1)
    outlines = measure_outlines()
    if outlines is not None:
        figures["units of outlines"] = outlines
    headers = measure_headers()
    if headers is not None:
        figures |= {f"header: {name}": share for name, share in headers[0].items()}
    if GOLD.exists():
        figures["citations: recall"], figures["citations: precision"] = measure_references()
    return {name: round(value, 4) for name, value in figures.items()}


def _text() -> dict[str, float]:
    """Return the share of the letters with a diacritic that are right, for files with a truth."""
    figures: dict[str, float] = {}
    with Reader() as reader:
        for truth in sorted(DOCUMENTS.glob("*.truth.txt")):
            name = truth.name.split(".")[0]
            forms = ["txt", *(["doc"] if shutil.which("soffice") else [])]
            for form in forms:
                text = reader.read(DOCUMENTS / f"{name}.{form}").text
                expected = truth.read_text(encoding="utf-8")
                figures[f"letters of {name}.{form}"] = right_letters(expected, text)
    return figures


def _speed() -> float:
    """Return how many files like those of the corpus are read and parsed in a second."""
    paths = sorted(CORPUS.glob("*.txt"))
    quickest = sys.float_info.max
    with Reader() as reader:
        for _ in range(_ROUNDS):
            started = time.process_time()
            for path in paths:
                document = reader.read(path)
                parse_header(document.text)
                split(document, parse_outline(document.text, bold=document.bold))
            quickest = min(quickest, time.process_time() - started)
    return len(paths) / quickest
