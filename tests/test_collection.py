from __future__ import annotations

import json
from pathlib import Path

import pytest

from docsearch.errors import GoldError
from docsearch.evaluate.collection import read_collection

UNITS = [
    {"_id": "a", "title": "Báo cáo", "text": "Nội dung một"},
    {"_id": "b", "title": "", "text": "Nội dung hai"},
]


def write(folder: Path, name: str, lines: list[object]) -> Path:
    path = folder / name
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("query", "relevant"),
    [
        pytest.param({"_id": "q", "text": "?", "relevant": ["a"]}, {"a": 1}, id="list"),
        pytest.param({"id": 7, "query": "?", "positives": {"a": 2, "b": 0}}, {"a": 2}, id="grades"),
        pytest.param({"qid": "q", "question": "?", "gold": "b"}, {"b": 1}, id="one-id"),
        pytest.param(
            {"id": "q", "text": "?", "relevant_docs": [{"id": "b", "score": 3}]},
            {"b": 1},
            id="dict",
        ),
    ],
)
def test_questions_that_name_their_units(
    tmp_path: Path, query: dict[str, object], relevant: dict[str, int]
) -> None:
    found = read_collection(write(tmp_path, "c", [*UNITS]), write(tmp_path, "q", [query]))
    assert [dict(each.relevant) for each in found.queries] == [relevant]
    assert [unit.id for unit in found.units] == ["a", "b"]
    assert [unit.heading for unit in found.units] == ["Báo cáo", ""]


@pytest.mark.parametrize(
    "judgements",
    ["query-id\tcorpus-id\tscore\nq\ta\t1\nq\tb\t0\n", "q\t0\ta\t1\n", "q 0 a 1\nq 0 b 0\n"],
    ids=["beir", "trec-tabs", "trec"],
)
def test_judgements_in_a_file(tmp_path: Path, judgements: str) -> None:
    path = tmp_path / "qrels.tsv"
    path.write_text(judgements, encoding="utf-8")
    queries = write(tmp_path, "q", [{"_id": "q", "text": "?"}, {"_id": "r", "text": "!"}])
    found = read_collection(write(tmp_path, "c", [*UNITS]), queries, path)
    assert [(each.id, dict(each.relevant)) for each in found.queries] == [("q", {"a": 1})]


def test_other_words_of_a_unit_are_headings(tmp_path: Path) -> None:
    unit = {
        "id": "x", "law_id": "Luật Giá", "article_id": "1", "title": "Phạm vi", "text": "Nội dung",
        "url": "https://example.org", "tags": ["a"], "long": "dài " * 100, "again": "Luật Giá",
    }  # fmt: skip
    queries = write(tmp_path, "q", [{"id": "q", "text": "?", "relevant": ["x"]}])
    (found,) = read_collection(write(tmp_path, "c", [unit]), queries).units
    assert (found.heading, found.text) == ("Luật Giá. Phạm vi", "Nội dung")


def test_splits_and_what_is_lost(tmp_path: Path) -> None:
    corpus = write(tmp_path, "c", [*UNITS])
    queries = write(
        tmp_path,
        "q",
        [
            {"id": "1", "text": "?", "split": "train", "relevant": ["a", "gone"]},
            {"id": "2", "text": "?", "split": "test", "relevant": ["b"]},
            {"id": "3", "text": "?", "split": "test", "relevant": []},
        ],
    )
    assert [query.id for query in read_collection(corpus, queries).queries] == ["1", "2"]
    assert read_collection(corpus, queries).lost == ("gone",)
    assert [q.id for q in read_collection(corpus, queries, split="test").queries] == ["2"]
    with pytest.raises(GoldError, match="its splits are test, train"):
        read_collection(corpus, queries, split="dev")


@pytest.mark.parametrize(
    ("units", "queries", "message"),
    [
        pytest.param("", "{}", "c: there is no line in it", id="empty"),
        pytest.param("{", "{}", "c, line 1: no JSON", id="no-json"),
        pytest.param("[1]", "{}", "c, line 1: a list, not an object", id="list"),
        pytest.param('{"id": "a"}', "{}", "line 1: has none of text, .* fields are id", id="text"),
        pytest.param('{"text": "a"}', "{}", "c, line 1: has none of _id, id", id="no-id"),
        pytest.param(
            '{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}', "{}", "two units have the id 'a'",
            id="twice",
        ),
        pytest.param(
            '{"id": "a", "text": "x"}', '{"id": "q", "text": "?"}',
            "q, line 1: does not say which units answer it.*--qrels", id="no-gold",
        ),
        pytest.param(
            '{"id": "a", "text": "x"}', '{"id": "q", "text": "?", "relevant": ["z"]}',
            "none of the units that it names is in .*'z'.*'a'", id="other-ids",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(
    tmp_path: Path, units: str, queries: str, message: str
) -> None:
    (tmp_path / "c").write_text(units, encoding="utf-8")
    (tmp_path / "q").write_text(queries, encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        read_collection(tmp_path / "c", tmp_path / "q")


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="cannot be read"):
        read_collection(tmp_path / "none", tmp_path / "none")
    corpus = write(tmp_path, "c", [*UNITS])
    queries = write(tmp_path, "q", [{"id": "q", "text": "?"}])
    with pytest.raises(GoldError, match="cannot be read"):
        read_collection(corpus, queries, tmp_path / "none")
    (tmp_path / "bad").write_text("q\ta\t1\nq\ta\tgood\n", encoding="utf-8")
    with pytest.raises(GoldError, match="bad, line 2: not question, unit and grade"):
        read_collection(corpus, queries, tmp_path / "bad")
