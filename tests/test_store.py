from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from docsearch.errors import DocumentNotFoundError, IndexFileError
from docsearch.facts.find import find_facts
from docsearch.index.store import PassageRow, Store
from docsearch.parse.header import parse_header
from docsearch.parse.outline import parse_outline
from docsearch.parse.passages import split
from docsearch.read import read
from docsearch.records import Document, Facts, Header, Passage, Signatory, Span, Unit
from tests.factories import CORPUS, document, header, passage

EMPTY = Unit(level="document", label="", span=Span(0, 1))


def vector(seed: int = 0) -> NDArray[np.float32]:
    found: NDArray[np.float32] = np.random.default_rng(seed).normal(size=4).astype(np.float32)
    return found


def row(stored: Passage, seed: int = 0) -> PassageRow:
    return PassageRow(
        passage=stored, words=("báo_cáo", "kết_quả"), encoded="hash@1:0", vector=vector(seed)
    )


def put(store: Store, stored: Document, *passages: Passage, header: Header | None = None) -> None:
    store.put(
        stored,
        path=f"/corpus/{stored.source}",
        pipeline=1,
        header=header or Header(),
        outline=EMPTY,
        facts=Facts(),
        passages=[row(found, seed) for seed, found in enumerate(passages)],
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    yield Store(tmp_path / "records.sqlite", create=True)


ANY = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.sampled_from(
        ["\x85", "\u2028", "\u2029", "\r\n", "\x00", "a\x00b", "\x1c", "\ufeff", "'\"\\", "%s :x ?"]
    ),
)


@given(ANY)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)
def test_any_text_survives_saving(store: Store, text: str) -> None:
    stored = document(text)
    found = passage(text, headings=[text, "I. MỤC TIÊU"])
    put(store, stored, found, header=header(number=text, place=text))
    again = Store(store.path)
    assert again.document("doc") == stored
    assert list(again.passages().values()) == [found]
    (entry,) = again.entries()
    assert entry.header == header(number=text, place=text)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)
def test_any_name_survives_saving(store: Store, name: str) -> None:
    put(store, document(id=name, source=name), passage(document_id=name))
    assert store.document(name).source == name
    assert name in {entry.id for entry in store.entries()}
    assert len(store.rows_of([name])) == 1
    store.remove(name)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt"))[:4], ids=lambda path: path.name[:3])
def test_everything_found_in_a_document_survives_saving(store: Store, path: Path) -> None:
    stored = read(path)
    found, tree = parse_header(stored.text), parse_outline(stored.text)
    facts = find_facts(stored, found, tree)
    passages = split(stored, tree)
    store.put(
        stored,
        path=str(path),
        pipeline=3,
        header=found,
        outline=tree,
        facts=facts,
        passages=[row(each, seed) for seed, each in enumerate(passages)],
    )
    again = Store(store.path)
    assert again.document(stored.id) == stored
    assert again.outline(stored.id) == tree
    assert again.facts() == {stored.id: facts}
    assert sorted(again.passages().values(), key=lambda p: p.span) == passages
    (entry,) = again.entries()
    assert (entry.path, entry.source, entry.sha256) == (str(path), path.name, stored.sha256)
    assert (entry.pipeline, entry.header) == (3, found)


def test_pages_and_people_survive_saving(store: Store) -> None:
    stored = Document(id="d", text="ab", source="d.txt", sha256="0", pages=(Span(0, 1), Span(1, 2)))
    people = Header(
        signatories=(
            Signatory(name="Vi Nông Trường", title=None, authority="TM.", span=Span(0, 2)),
        )
    )
    put(store, stored, header=people)
    assert store.document("d") == stored
    assert store.entry_by_id["d"].header == people


def test_vectors_survive_saving(store: Store) -> None:
    put(store, document(), passage("một"), passage("hai", start=5))
    rows = store.passage_rows()
    assert [stored.passage.text for _, stored in rows] == ["một", "hai"]
    for seed, (_, stored) in enumerate(rows):
        assert stored.vector.tolist() == vector(seed).tolist()
        assert stored.words == ("báo_cáo", "kết_quả")
        assert stored.encoded == "hash@1:0"
    store.put_vectors([(rows[1][0], "other@2:0", vector(9))])
    again = dict(Store(store.path).passage_rows())
    assert again[rows[1][0]].encoded == "other@2:0"
    assert again[rows[1][0]].vector.tolist() == vector(9).tolist()
    assert again[rows[0][0]].vector.tolist() == vector(0).tolist()


def test_a_document_is_replaced_with_its_passages(store: Store) -> None:
    put(store, document("cũ"), passage("cũ"), passage("hai", start=5))
    put(store, document("khác", id="other"), passage("khác", document_id="other"))
    put(store, document("mới"), passage("mới"))
    assert store.document("doc").text == "mới"
    assert sorted(found.text for found in store.passages().values()) == ["khác", "mới"]
    assert len(store.entries()) == 2


def test_a_document_is_removed_with_its_passages(store: Store) -> None:
    put(store, document(), passage())
    put(store, document(id="other"), passage(document_id="other"))
    store.remove("doc")
    store.remove("never there")
    assert [entry.id for entry in store.entries()] == ["other"]
    assert [found.document_id for found in store.passages().values()] == ["other"]


def test_a_header_is_replaced(store: Store) -> None:
    put(store, document(), header=header(place=None))
    store.put_header("doc", header(place="huyện Chi Lăng"))
    (entry,) = store.entries()
    assert entry.header == header(place="huyện Chi Lăng")


def test_rows_and_order(store: Store) -> None:
    put(store, document(id="b", source="1.txt"), passage(document_id="b"))
    put(
        store,
        document(id="a", source="2.txt"),
        passage(document_id="a"),
        passage("x", document_id="a", start=9),
    )
    assert [entry.id for entry in store.entries()] == ["b", "a"]
    rows = store.rows_of(["a"])
    assert rows == sorted(rows)
    assert {found.document_id for found in store.passages(rows).values()} == {"a"}
    assert store.rows_of(["b", "a"]) == sorted(store.passages())
    assert store.rows_of([]) == []
    assert store.passages([]) == {}
    assert list(store.facts()) == ["b", "a"]


def test_a_failed_put_changes_nothing(store: Store) -> None:
    put(store, document("cũ"), passage("cũ"))
    same = passage("mới")
    with pytest.raises(IndexFileError):
        put(store, document("mới"), same, same)  # two passages of one id
    assert store.document("doc").text == "cũ"
    assert [found.text for found in store.passages().values()] == ["cũ"]


def test_a_document_that_is_not_there(store: Store) -> None:
    with pytest.raises(DocumentNotFoundError, match="there is no document 'x'"):
        store.document("x")


def test_a_store_that_is_missing_or_damaged(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match="the records are missing"):
        Store(tmp_path / "records.sqlite")
    path = tmp_path / "bad.sqlite"
    path.write_bytes(b"no database" * 100)
    with pytest.raises(IndexFileError, match=r"bad\.sqlite: the records cannot be read"):
        Store(path).entries()


def test_records_of_another_version_are_named(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    Store(path, create=True)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO documents VALUES ('a', 'a', 0, 'a', 'a', 1, 'a', '[]', 1, 'text', NULL,"
            " '[]', NULL, NULL, '[1]', '{}', '{}')"
        )
    connection.close()
    with pytest.raises(IndexFileError, match="another version"):
        Store(path).entries()
