"""``import docsearch``: build, open, ask, search, documents, and how results print."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import docsearch as ds
from docsearch.errors import (
    DocumentNotFoundError,
    EncoderMismatchError,
    IndexFileError,
    QueryError,
    SourceError,
)
from docsearch.library import MAX_K
from docsearch.search.retrieve import Mode
from tests.factories import CORPUS, HashEncoder

MISSION = "Đơn vị nào phải báo cáo trước ngày 15/12?"
FALSE_PREMISE = "Đơn vị nào của huyện Bình Sơn phải báo cáo trước ngày 15/12?"
CHI_LANG = "141-kh-ubnd-chi-lang-2022"
PLAN = "001_97fd57f65c5eff66.txt"
IDS = [
    "ubnd-vx-kon-ray",
    CHI_LANG,
    "thong-bao-kon-ray",
    "203-tb-ubnd-binh-son-2024",
    "20-nq-du-na-meo-2021",
]


class OtherEncoder(HashEncoder):
    """The same vectors under another name."""

    name = "other"


# Building and opening


def test_build_then_open(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    built = ds.build(
        CORPUS / "003_18e35584e7dafd68.txt",
        tmp_path / "index",
        encoder=HashEncoder(),
        progress=lambda *step: steps.append(step),
    )
    assert [entry.source for entry in built.documents()] == ["003_18e35584e7dafd68.txt"]
    assert {name for name, _, _ in steps} >= {"reading", "encoding"}
    assert all(0 <= done <= total for _, done, total in steps)

    opened = ds.open(str(tmp_path / "index"), encoder=HashEncoder())
    assert opened.documents().to_list() == built.documents().to_list()
    assert opened.ask(MISSION).to_dict() == built.ask(MISSION).to_dict()

    with pytest.raises(EncoderMismatchError, match="built with hash .* opened with other"):
        ds.open(tmp_path / "index", encoder=OtherEncoder())


def test_a_report_of_what_was_done(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "empty.txt").touch()
    (folder / "plan.txt").write_text("KẾ HOẠCH\n\n1. Phòng Nội vụ: Chủ trì.", encoding="utf-8")
    report = ds.build_report([folder], tmp_path / "index", encoder=HashEncoder())
    assert (len(report.added), report.documents, report.unchanged) == (1, 1, 0)
    assert [(error.path, error.found.split(":")[0]) for error in report.failed] == [
        ("empty.txt", "empty")
    ]
    again = ds.build_report([folder], tmp_path / "index", encoder=HashEncoder())
    assert (again.added, again.unchanged) == ((), 1)


def test_an_index_beside_the_documents_is_not_one_of_them(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("KẾ HOẠCH\n\n1. Phòng Nội vụ: Chủ trì.", encoding="utf-8")
    for _ in range(2):
        report = ds.build_report(tmp_path, tmp_path / "index", encoder=HashEncoder())
        assert (report.documents, report.failed) == (1, ())


@pytest.mark.parametrize("kind", ["missing", "empty-file"])
def test_nothing_to_build_from(tmp_path: Path, kind: str) -> None:
    source = tmp_path / "source.txt"
    if kind == "empty-file":
        source.touch()
    with pytest.raises(SourceError):
        ds.build(source, tmp_path / "index", encoder=HashEncoder())
    assert not (tmp_path / "index" / "manifest.json").exists()


def test_no_index_to_open(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match="there is no index here; make one with"):
        ds.open(tmp_path, encoder=HashEncoder())


# Questions


def test_an_answer(corpus_index: ds.Index) -> None:
    reply = corpus_index.ask(MISSION)
    assert reply.answered
    assert isinstance(reply.result, ds.Answer)
    assert str(reply).startswith("Các phòng, ban, cơ quan")
    assert "‹UBND các xã, thị trấn›" in str(reply)
    html = reply._repr_html_()
    assert "<mark>UBND các xã, thị trấn</mark>" in html
    assert reply.to_dict()["citations"][0]["document"] == CHI_LANG


def test_an_abstention(corpus_index: ds.Index) -> None:
    reply = corpus_index.ask(FALSE_PREMISE)
    assert not reply.answered
    assert isinstance(reply.result, ds.Abstention)
    assert reply.result.text in str(reply)
    assert "<em>" in reply._repr_html_()
    assert len(reply.to_pandas()) == 0


def test_an_answer_as_a_frame(corpus_index: ds.Index) -> None:
    frame = corpus_index.ask(MISSION).to_pandas()
    assert len(frame) == 1
    row = frame.iloc[0]
    assert row["deadline"] == "--12-15"
    assert row["actors"][1] == "UBND các xã, thị trấn"
    assert (row["source"], row["place"]) == (PLAN, "huyện Chi Lăng")
    assert "(trước ngày 15/12)" in row["quote"]


def test_a_frame_keeps_the_number_that_was_asked_for(corpus_index: ds.Index) -> None:
    reply = corpus_index.ask("QĐ 522/QĐ-TTg ban hành ngày nào?")
    assert reply.to_dict()["items"][0]["fields"]["number"] == "522/QĐ-TTg"
    assert reply.to_pandas().iloc[0]["number"] == "522/QĐ-TTg"


@pytest.mark.parametrize("question", ["", "  \n", "?!"])
def test_an_empty_question(hashed_index: ds.Index, question: str) -> None:
    with pytest.raises(QueryError, match="the question is empty"):
        hashed_index.ask(question)
    with pytest.raises(QueryError, match="the question is empty"):
        hashed_index.search(question)


# Search


def test_hits_are_a_sequence(hashed_index: ds.Index) -> None:
    hits = hashed_index.search("phân luồng học sinh", k=5)
    assert len(hits) == 5
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert hits[0].rank == 1
    assert [hit.rank for hit in hits[1:3]] == [2, 3]
    assert hits[-1] in hits
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    for hit in hits:
        text = hashed_index.document(hit.passage.document_id).text
        assert hit.passage.span.of(text) == hit.passage.text
    rows = hits.to_list()
    assert [row["rank"] for row in rows] == [1, 2, 3, 4, 5]
    frame = hits.to_pandas()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == list(rows[0])
    assert len(frame) == 5
    assert str(hits).startswith("  1. ")
    assert hits._repr_html_().count("<tr>") == 6


@pytest.mark.parametrize(("k", "count"), [(0, 0), (1, 1), (7, 7)])
def test_as_many_as_wanted(hashed_index: ds.Index, k: int, count: int) -> None:
    assert len(hashed_index.search("giáo dục", k=k)) == count


def test_never_more_than_there_are(hashed_index: ds.Index) -> None:
    hits = hashed_index.search("giáo dục", k=MAX_K)
    assert len({hit.passage.id for hit in hits}) == len(hits) <= 1000


@pytest.mark.parametrize("mode", ["fused", "lexical", "dense"])
def test_a_place_narrows_before_the_best_are_taken(hashed_index: ds.Index, mode: Mode) -> None:
    hits = hashed_index.search("giáo dục", k=6, place="Bình Sơn", mode=mode)
    assert len(hits) == 6
    assert {row["place"] for row in hits.to_list()} == {"huyện Bình Sơn"}
    assert {hit.scorer for hit in hits} == {mode}
    same = hashed_index.search("giáo dục", k=6, filters=ds.Filters(place="Bình Sơn"), mode=mode)
    assert list(same) == list(hits)


def test_a_place_without_documents_has_no_hits(hashed_index: ds.Index) -> None:
    hits = hashed_index.search("giáo dục", place="Thượng Lộc")
    assert len(hits) == 0
    assert (hits.to_list(), str(hits)) == ([], "")
    assert len(hits.to_pandas()) == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"k": -1}, "k is -1; give a number from 0 to"),
        ({"k": MAX_K + 1}, f"k is {MAX_K + 1}; give a number from 0 to {MAX_K}"),
        ({"place": "Chi Lăng", "filters": ds.Filters(type="kế hoạch")}, "not both"),
    ],
    ids=["negative", "too-many", "place-twice"],
)
def test_searches_that_cannot_be_run(
    hashed_index: ds.Index, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        hashed_index.search("giáo dục", **changes)


# Documents


def test_documents(hashed_index: ds.Index) -> None:
    documents = hashed_index.documents()
    assert len(documents) == 5
    assert [entry.id for entry in documents] == IDS
    assert documents[0].id == IDS[0]
    assert [entry.id for entry in documents[3:]] == IDS[3:]
    rows = documents.to_list()
    assert [row["source"] for row in rows] == sorted(path.name for path in CORPUS.glob("*.txt"))
    assert [row["number"] for row in rows] == [None, "141/KH-UBND", None, "203/TB-UBND", "20-NQ/ĐU"]
    frame = documents.to_pandas()
    assert list(frame["document"]) == IDS
    assert "141/KH-UBND" in documents._repr_html_()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, IDS),
        ({"place": "Kon Rẫy"}, [IDS[0], IDS[2]]),
        ({"type": "thông báo"}, IDS[2:4]),
        ({"issued_from": "2022-04-29"}, [IDS[1], IDS[3]]),
        ({"issued_to": "2022"}, [IDS[1], IDS[4]]),
        ({"number": "20-NQ/ĐU"}, [IDS[4]]),
        ({"document": PLAN}, [CHI_LANG]),
        ({"place": "Kon Rẫy", "type": "thông báo"}, [IDS[2]]),
        ({"place": "Thượng Lộc"}, []),
    ],
    ids=["none", "place", "type", "from", "to", "number", "document", "both", "nothing"],
)
def test_filtered_documents(
    hashed_index: ds.Index, filters: dict[str, str], expected: list[str]
) -> None:
    found = hashed_index.documents(filters=ds.Filters(**filters))
    assert [entry.id for entry in found] == expected


@pytest.mark.parametrize("name", [CHI_LANG, PLAN], ids=["id", "file-name"])
def test_one_document(hashed_index: ds.Index, name: str) -> None:
    document = hashed_index.document(name)
    assert (document.id, document.source) == (CHI_LANG, PLAN)
    assert document.text == (CORPUS / PLAN).read_text(encoding="utf-8")
    stated = hashed_index.header(name).number
    assert stated is not None
    assert stated.value == "141/KH-UBND"
    assert hashed_index.outline(name).level == "document"


@pytest.mark.parametrize("ask_for", ["document", "header", "outline"])
def test_a_document_that_is_not_there(hashed_index: ds.Index, ask_for: str) -> None:
    with pytest.raises(DocumentNotFoundError, match="there is no document 'nope'"):
        getattr(hashed_index, ask_for)("nope")


# How things print


def test_short_representations(corpus_index: ds.Index) -> None:
    hits = corpus_index.search("phân luồng", k=3)
    answered, abstained = corpus_index.ask(MISSION), corpus_index.ask(FALSE_PREMISE)
    assert repr(hits) == "<docsearch.Hits 'phân luồng': 3 passages>"
    assert repr(answered).startswith("<docsearch.Reply answered: 'Các phòng, ban, cơ quan")
    assert repr(abstained).startswith("<docsearch.Reply abstained: 'Văn bản có trong kho")
    assert repr(corpus_index).startswith("<docsearch.Index ")
    assert "5 documents" in repr(corpus_index)
    for value in (hits, answered, abstained):
        assert len(repr(value)) <= 120
        assert "\n" not in repr(value)


def test_the_list_of_documents_prints_shortly(hashed_index: ds.Index) -> None:
    shown = repr(hashed_index.documents())
    assert "5" in shown
    assert " at 0x" not in shown
    assert len(shown) <= 120


def test_results_do_not_change(corpus_index: ds.Index) -> None:
    reply = corpus_index.ask(MISSION)
    with pytest.raises(dataclasses.FrozenInstanceError):
        reply.result = None  # type: ignore[assignment, misc]
    reply.to_dict()["items"].clear()
    assert len(reply.to_dict()["items"]) == 1
