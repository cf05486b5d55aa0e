from __future__ import annotations

import time
from pathlib import Path

import pytest

from docsearch.errors import MissingProgramError, SourceError
from docsearch.read import Limits, Reader, ocr, read
from docsearch.read.pdf import read_pdf
from docsearch.read.syllables import vietnamese_share
from tests.factories import needs_tesseract
from tests.pdf_files import pdf, pixels_of, scan_pdf, stream, text_pdf

SOURCES = Path(__file__).parent / "data" / "sources"
SCAN = SOURCES / "letter-scan.png"


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_the_text_of_each_page(tmp_path: Path) -> None:
    path = write(tmp_path / "x.pdf", text_pdf([["KE HOACH", "1. Muc dich"], ["2. Yeu cau"]]))
    seen: list[tuple[int, int]] = []
    reading = read_pdf(path, "x.pdf", lambda page, pages: seen.append((page, pages)))
    assert [span.of(reading.text).strip() for span in reading.pages] == [
        "KE HOACH\n1. Muc dich",
        "2. Yeu cau",
    ]
    assert reading.pages[0].end == reading.pages[1].start
    assert (reading.format, reading.confidence, seen) == ("pdf", None, [(1, 2), (2, 2)])


def test_a_name_does_not_tell_the_format(tmp_path: Path) -> None:
    document = read(write(tmp_path / "x.txt", text_pdf([["KE HOACH"]])))
    assert (document.format, document.text.strip()) == ("pdf", "KE HOACH")


def test_letters_that_stand_behind_their_line_are_put_in_order() -> None:
    reading = read_pdf(SOURCES / "letter-torn.pdf", "x")
    assert "Độc lập - Tự do - Hạnh phúc\n" in reading.text
    assert "báo cáo kết\nquả thực hiện về Phòng Nội vụ trước ngày 20/9/2023" in reading.text
    assert vietnamese_share(reading.text) > 0.9


@needs_tesseract
def test_a_scan_is_recognised() -> None:
    document = read(SCAN)
    assert "trước ngày 20/9/2023" in document.text
    assert document.confidence is not None
    assert document.confidence > 0.8
    assert "UBND HUYỆN LẠC SƠN\tCỘNG HÒA" in document.text, "two columns have a tab between them"
    assert "1 of 1 pages recognised" in document.notes[0]


@needs_tesseract
@pytest.mark.parametrize("stamp", ["", "Signed by: UBND huyen Lac Son Email: ubnd@lacson.gov.vn"])
def test_a_page_whose_text_is_a_stamp_is_a_scan(tmp_path: Path, stamp: str) -> None:
    reading = read_pdf(write(tmp_path / "x.pdf", scan_pdf([pixels_of(SCAN)], stamp=stamp)), "x")
    assert reading.format == "scan"
    assert "trước ngày 20/9/2023" in reading.text
    assert stamp in reading.text


@needs_tesseract
@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_on_its_side_is_turned(tmp_path: Path, rotate: int) -> None:
    path = write(tmp_path / "x.pdf", scan_pdf([pixels_of(SCAN)], rotate=rotate))
    assert "trước ngày 20/9/2023" in read_pdf(path, "x").text


def test_a_scan_without_tesseract_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "find_tesseract", lambda: None)
    path = write(tmp_path / "x.pdf", scan_pdf([pixels_of(SCAN)]))
    with pytest.raises(MissingProgramError, match="apt-get install tesseract-ocr") as caught:
        read_pdf(path, "quet.pdf")
    assert (caught.value.path, caught.value.program) == ("quet.pdf", "tesseract")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param(text_pdf([["KE HOACH"]])[:200], "damaged", id="cut-off"),
        pytest.param(b"%PDF-1.7\n" + b"\x00\xff" * 400, "damaged", id="noise"),
        pytest.param(
            pdf(
                [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"],
                trailer=b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O("
                + b"a" * 32
                + b")/U("
                + b"b" * 32
                + b")>>/ID[(0123456789abcdef)(0123456789abcdef)]",
            ),
            "encrypted",
            id="encrypted",
        ),
        pytest.param(
            pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]),
            "damaged",
            id="no-pages",
        ),
        pytest.param(text_pdf([[]]), "without text", id="blank-page"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, data: bytes, found: str) -> None:
    with pytest.raises(SourceError, match=found) as caught:
        read(write(tmp_path / "x.pdf", data))
    assert caught.value.path == "x.pdf"


@pytest.mark.parametrize(
    "objects",
    [
        pytest.param(
            [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>"],
            id="pages-in-themselves",
        ),
        pytest.param(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R"
                b"/Resources<</XObject<</F 5 0 R>>>>>>",
                stream(b"/F Do"),
                stream(
                    b"/F Do /F Do /F Do",
                    b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>",
                ),
            ],
            id="a-form-that-draws-itself",
        ),
    ],
)
def test_a_file_that_goes_in_circles_ends(tmp_path: Path, objects: list[bytes]) -> None:
    path = write(tmp_path / "x.pdf", pdf(objects))
    started = time.monotonic()
    with Reader(Limits(step_seconds=20)) as reader, pytest.raises(SourceError):
        reader.read(path)
    assert time.monotonic() - started < 60
