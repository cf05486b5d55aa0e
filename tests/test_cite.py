"""Citations: as text, BibTeX and CSL-JSON, and whether they still match; what exports say."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from pybtex.database import parse_string

import docsearch
from docsearch.cite import bibliography, text_hash
from docsearch.errors import QueryError
from docsearch.records import Answer
from docsearch.signing import SHEET, sign, signed

CSL = {
    "type": "object",
    "required": ["type", "id"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": ["string", "number"]},
        "type": {"enum": ["document", "legislation", "report"]},
        **{
            name: {"type": "string"}
            for name in ("title", "number", "genre", "publisher-place", "page", "note", "language")
        },
        "author": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"literal": {"type": "string"}},
            },
        },
        "issued": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "date-parts": {
                    "type": "array",
                    "maxItems": 2,
                    "items": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 3,
                        "items": {"type": ["string", "number"]},
                    },
                }
            },
        },
        "custom": {"type": "object"},
    },
}
"""The types that csl-data.json (CSL 1.0.2) gives the fields that are written."""

SOURCES = ["000_eba29bdb91f8a10b.txt", "001_97fd57f65c5eff66.txt", "004_51d59cd3eefeb0a9.txt"]


@pytest.mark.parametrize("source", SOURCES)
def test_bibtex_can_be_parsed(hashed_index: docsearch.Index, source: str) -> None:
    cited = hashed_index.cite(source, (100, 300))
    [entry] = parse_string(bibliography([cited, cited]), "bibtex").entries.values()
    assert entry.type == "misc"
    assert entry.key == cited.key
    assert cited.text_hash in entry.fields["note"]
    assert entry.fields.get("year") == (cited.issued_on or "")[:4] or not cited.issued_on
    assert entry.fields["title"].strip("{}") == cited.title


def test_what_bibtex_would_read_is_escaped(hashed_index: docsearch.Index) -> None:
    cited = replace(hashed_index.cite(SOURCES[1], (0, 10)), subject="50% & $x_1 {a} #2 ~ ^ \\")
    [entry] = parse_string(cited.to_bibtex(), "bibtex").entries.values()
    assert r"50\% \& \$x\_1 \{a\} \#2" in entry.fields["title"]


@pytest.mark.parametrize("source", SOURCES)
def test_csl_has_the_types_of_its_schema(hashed_index: docsearch.Index, source: str) -> None:
    item = hashed_index.cite(source, (100, 300)).to_csl()
    jsonschema.validate(item, CSL)
    assert json.loads(json.dumps(item)) == item


def test_the_fields_are_those_of_the_header(hashed_index: docsearch.Index) -> None:
    cited = hashed_index.cite(SOURCES[1], (19448, 19867))
    assert cited.to_csl()["author"] == [{"literal": "UBND huyện Chi Lăng"}]
    assert cited.to_csl()["issued"] == {"date-parts": [[2022, 4, 29]]}
    assert "Kế hoạch số 141/KH-UBND" in cited.to_text()
    assert "IV. TỔ CHỨC THỰC HIỆN" in cited.where
    assert cited.quote == hashed_index.document(SOURCES[1]).text[19448:19867]
    assert hashed_index.cite(SOURCES[0], (0, 100)).to_csl().get("issued") is None


def test_the_type_and_number_stand_once(hashed_index: docsearch.Index) -> None:
    cited = replace(hashed_index.cite(SOURCES[1], (19448, 19867)), subject=None)
    assert cited.to_text().count("141/KH-UBND") == 1
    unnamed = replace(cited, type=None, number=None)
    assert f"(29/4/2022). {SOURCES[1]}. IV." in unnamed.to_text()


def test_hits_and_citations_are_cited(hashed_index: docsearch.Index) -> None:
    [hit] = hashed_index.search("phân luồng học sinh", k=1)
    assert hashed_index.cite(hit).quote == hit.passage.text
    result = hashed_index.ask("Ai ký Kế hoạch số 141/KH-UBND?").result
    assert isinstance(result, Answer)
    assert hashed_index.cite(result.citations[0]).quote == result.citations[0].quote


def test_a_citation_is_checked(hashed_index: docsearch.Index) -> None:
    item = hashed_index.cite(SOURCES[1], (19448, 19867)).to_csl()
    own = item["custom"]["docsearch"]
    assert hashed_index.check_citation(item).status == "matches"
    own["start"], own["end"] = own["start"] - 5, own["end"] - 5
    moved = hashed_index.check_citation(item)
    assert (moved.status, moved.start, moved.end) == ("moved", 19448, 19867)
    own["quote"] = own["quote"].replace("15/12", "15/11")
    own["text_sha256"] = text_hash(own["quote"])
    assert hashed_index.check_citation(item).status == "changed"
    assert "không còn khớp" in str(hashed_index.check_citation(item))
    own["document"] = own["source"] = "gone"
    assert hashed_index.check_citation(item).status == "missing"


@pytest.mark.parametrize("item", [{}, {"custom": {}}, {"custom": {"docsearch": {"document": 1}}}])
def test_another_citation_is_refused(
    hashed_index: docsearch.Index, item: dict[str, object]
) -> None:
    with pytest.raises(QueryError, match="no citation of docsearch"):
        hashed_index.check_citation(item)


@pytest.mark.parametrize("span", [(5, 5), (-1, 4), (0, 10**9)])
def test_a_span_outside_the_text_is_refused(
    hashed_index: docsearch.Index, span: tuple[int, int]
) -> None:
    with pytest.raises(QueryError):
        hashed_index.cite(SOURCES[0], span)


# What exports say of their corpus


def test_every_file_names_its_corpus(hashed_index: docsearch.Index, tmp_path: Path) -> None:
    provenance = hashed_index.provenance
    table = tmp_path / "t.csv"
    table.write_text("a,b\r\n1,2\r\n", newline="")
    sign(table, "csv", provenance)
    assert list(csv.reader(io.StringIO(table.read_text()))) == [["a", "b"], ["1", "2"]]
    beside = json.loads((tmp_path / "t.csv-metadata.json").read_text("utf-8"))
    assert beside["dc:source"]["corpus_hash"] == hashed_index.corpus_hash
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "=1+1"
    book.worksheets[0]["A1"].data_type = "s"
    book.save(tmp_path / "t.xlsx")
    sign(tmp_path / "t.xlsx", "xlsx", provenance)
    read = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert read[SHEET]["B1"].value == hashed_index.corpus_hash
    assert read.worksheets[0]["A1"].data_type == "s"
    for form, content in (
        ("md", b"| a |\n"),
        ("html", b"<html><body>x</body></html>"),
        ("svg", b"<svg></svg>"),
    ):
        once = signed(content, form, provenance)
        assert hashed_index.corpus_hash.encode() in once
        if form == "html":  # the line is shown once
            assert signed(once, form, provenance).count(b"<small>") == 1


def test_a_signed_picture_and_calendar_can_be_read(hashed_index: docsearch.Index) -> None:
    from icalendar import Calendar
    from PIL import Image

    picture = signed(
        hashed_index.obligations().plot(year=2024).to_bytes("png"), "png", hashed_index.provenance
    )
    image = Image.open(io.BytesIO(picture))
    image.load()
    assert hashed_index.corpus_hash in image.info["Source"]
    calendar = signed(hashed_index.obligations().to_ics().content, "ics", hashed_index.provenance)
    assert Calendar.from_ical(calendar)["X-DOCSEARCH-CORPUS"] == hashed_index.corpus_hash


PROGRAM = """
import json, sys, docsearch
index = docsearch.open(sys.argv[1], encoder="multilingual-e5-small")
reply = index.ask("Đơn vị nào phải báo cáo trước ngày 15/12?")
found = index.reuse()
print(json.dumps([
    reply.to_dict(), index.search("phân luồng học sinh", k=10).to_list(),
    index.obligations(within="2024").to_list(), index.targets().to_list(),
    index.relations().to_list(), index.missing_documents().to_list(), found.to_dict(),
    str(found), found.to_html(), index.documents().to_list(), index.corpus_hash,
    [index.cite(each).to_bibtex() for each in reply.result.citations],
], ensure_ascii=False))
"""


@pytest.mark.model
def test_the_same_question_gives_the_same_bytes(corpus_folder: Path) -> None:
    printed = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(corpus_folder)],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            cwd=Path(__file__).parents[1],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "4242")
    ]
    assert len(printed[0]) > 10_000
    assert printed[0] == printed[1]
