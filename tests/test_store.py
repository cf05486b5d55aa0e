from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from docsearch.errors import DocumentNotFoundError, IndexFileError, IndexVersionError
from docsearch.facts.find import find_facts
from docsearch.index.language import count
from docsearch.index.store import PassageRow, Store
from docsearch.index.writing import Records
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
    return PassageRow(passage=stored, words=("báo_cáo", "kết_quả"), encoded=(key(seed),))


def key(seed: int) -> bytes:
    return bytes([seed]) * 16


def put(store: Records, stored: Document, *passages: Passage, header: Header | None = None) -> None:
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
def store(tmp_path: Path) -> Iterator[Records]:
    found = Records(tmp_path / "records.sqlite")
    yield found
    found.close()


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
def test_any_text_survives_saving(store: Records, text: str) -> None:
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
def test_any_name_survives_saving(store: Records, name: str) -> None:
    put(store, document(id=name, source=name), passage(document_id=name))
    assert store.document(name).source == name
    assert name in {entry.id for entry in store.entries()}
    assert len(store.rows_of([name])) == 1
    store.remove(name)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt"))[:4], ids=lambda path: path.name[:3])
def test_everything_found_in_a_document_survives_saving(store: Records, path: Path) -> None:
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


def test_pages_and_people_survive_saving(store: Records) -> None:
    stored = Document(id="d", text="ab", source="d.txt", sha256="0", pages=(Span(0, 1), Span(1, 2)))
    people = Header(
        signatories=(
            Signatory(name="Vi Nông Trường", title=None, authority="TM.", span=Span(0, 2)),
        )
    )
    put(store, stored, header=people)
    assert store.document("d") == stored
    assert store.entry_by_id["d"].header == people


def test_vectors_survive_saving(store: Records) -> None:
    put(store, document(), passage("một"), passage("hai", start=5))
    assert store.lacking([key(0), key(1), key(2)]) == {key(0), key(1), key(2)}
    with pytest.raises(IndexFileError, match="the vector of a passage is missing"):
        store.vectors(4)
    store.put_vectors([key(0), key(1)], np.stack([vector(0), vector(1)]))
    store.put_vectors([key(1)], vector(9)[None])  # what is there stays
    assert store.lacking([key(0), key(2)]) == {key(2)}
    rows = list(store.passage_rows())
    assert [stored.passage.text for _, stored, _ in rows] == ["một", "hai"]
    assert [stored.words for _, stored, _ in rows] == [("báo_cáo", "kết_quả")] * 2
    numbers, vectors = Store(store.path).vectors(4)
    assert numbers.tolist() == [number for number, _, _ in rows]
    assert vectors.tolist() == [vector(0).tolist(), vector(1).tolist()]
    with pytest.raises(IndexFileError):
        store.vectors(5)
    put(store, document(), passage("hai", start=5))
    store.forget(store.number())
    store.forget_vectors()
    assert store.lacking([key(0), key(1)]) == {key(1)}


def test_a_passage_has_as_many_vectors_as_pieces(store: Records) -> None:
    stored = [passage("một"), passage("hai", start=5)]
    keys = [(key(2), key(1), key(3)), (key(1),)]  # what stands twice has one vector
    rows = [
        PassageRow(passage=found, words=(), encoded=own)
        for found, own in zip(stored, keys, strict=True)
    ]
    store.put(
        document(),
        path="/a",
        pipeline=1,
        header=Header(),
        outline=EMPTY,
        facts=Facts(),
        passages=rows,
    )
    store.put_vectors([key(n) for n in range(5)], np.stack([vector(n) for n in range(5)]))
    first, second = store.passages()
    assert [found.encoded for _, found, _ in store.passage_rows()] == keys
    for wanted in (None, [second, first]):
        numbers, vectors = store.vectors(4, rows=wanted)
        assert numbers.tolist() == [first, first, first, second]
        assert vectors.tolist() == [vector(n).tolist() for n in (2, 1, 3, 1)]
    store.put_keys({first: (key(0), key(4)), second: (key(3),)})
    assert store.vectors(4)[1].tolist() == [vector(n).tolist() for n in (0, 4, 3)]
    store.forget_vectors()
    assert store.lacking([key(n) for n in range(5)]) == {key(1), key(2)}
    store.remove("doc")
    store.forget(store.number())
    assert store.lacking([key(n) for n in range(5)]) == {key(n) for n in range(5)}


# States


def test_a_reader_stays_in_its_state(store: Records) -> None:
    put(store, document("một"), passage("một"))
    put(store, document("khác", id="other"), passage("khác", document_id="other"))
    before = Store(store.path, at=store.number())
    rows = before.passages()
    put(store, document("hai"), passage("hai"))
    store.remove("other")
    put(store, document("ba", id="third"), passage("ba", document_id="third"))
    assert before.passages() == rows
    assert before.document("doc").text == "một"
    assert [entry.id for entry in before.entries()] == ["doc", "other"]
    assert before.count() == (2, 2)
    assert before.rows_of(["doc", "other", "third"]) == sorted(rows)
    assert list(before.facts()) == ["doc", "other"]
    assert Store(store.path).document("doc").text == "hai"
    assert Store(store.path).count() == (2, 2)
    gone, gone_rows = store.gone_since(before.at)
    assert (gone, gone_rows) == (["doc", "other"], sorted(rows))
    came = [stored.passage.text for _, stored, _ in store.passage_rows(before.at)]
    assert came == ["hai", "ba"]
    store.forget(before.at)
    assert before.passages() == rows
    store.forget(store.number())
    with pytest.raises(IndexFileError, match="open it again"):
        before.passages(list(rows))
    assert Store(store.path).count() == (2, 2)


def test_rows_are_never_used_again(store: Records) -> None:
    seen: set[int] = set()
    for number in range(3):
        put(store, document(f"lần {number}"), passage(f"lần {number}"))
        assert not seen & store.passages().keys()
        seen |= store.passages().keys()
        store.remove("doc")
        store.forget(store.number())


DOCUMENTS = st.dictionaries(
    st.sampled_from("abcd"),
    st.text(alphabet="áo báo cáo UBND (Ủy ban nhân dân)\n", min_size=1, max_size=30),
)


@given(st.lists(DOCUMENTS, max_size=4), DOCUMENTS)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
def test_counts_are_those_of_the_documents_that_are_there(
    store: Records, before: list[dict[str, str]], last: dict[str, str]
) -> None:
    for texts in (*before, last):
        for known in store.known():
            if known.id not in texts:
                store.remove(known.id)
        for name, text in texts.items():
            put(store, document(text, id=name), passage(text, document_id=name))
    expected = count((text, ["báo_cáo", "kết_quả"]) for text in last.values())
    assert store.counts() == expected
    tokens = {kind: [*numbers, "never"] for kind, numbers in expected.items()}
    assert store.numbers(tokens) == {k: v | {"never": 0} for k, v in expected.items()}


def test_a_document_is_replaced_with_its_passages(store: Records) -> None:
    put(store, document("cũ"), passage("cũ"), passage("hai", start=5))
    put(store, document("khác", id="other"), passage("khác", document_id="other"))
    put(store, document("mới"), passage("mới"))
    assert store.document("doc").text == "mới"
    assert sorted(found.text for found in store.passages().values()) == ["khác", "mới"]
    assert len(store.entries()) == 2


def test_a_document_is_removed_with_its_passages(store: Records) -> None:
    put(store, document(), passage())
    put(store, document(id="other"), passage(document_id="other"))
    store.remove("doc")
    store.remove("never there")
    assert [entry.id for entry in store.entries()] == ["other"]
    assert [found.document_id for found in store.passages().values()] == ["other"]


def test_rows_and_order(store: Records) -> None:
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


def test_texts_are_read_whole_or_their_beginnings(store: Records) -> None:
    put(store, document("Ủy ban nhân dân xã"))
    [key] = store.ids()
    assert store.texts([key, "none"]) == {key: "Ủy ban nhân dân xã"}
    assert store.texts([key], longest=6) == {key: "Ủy ban"}


def test_a_failed_put_changes_nothing(store: Records) -> None:
    put(store, document("cũ"), passage("cũ"))
    same = passage("mới")
    with pytest.raises(IndexFileError):
        put(store, document("mới"), same, same)  # two passages of one id
    assert store.document("doc").text == "cũ"
    assert [found.text for found in store.passages().values()] == ["cũ"]


def test_a_document_that_is_not_there(store: Records) -> None:
    with pytest.raises(DocumentNotFoundError, match="there is no document 'x'"):
        store.document("x")


def test_a_store_that_is_missing_or_damaged(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match="this part of the index is missing"):
        Store(tmp_path / "records.sqlite")
    path = tmp_path / "bad.sqlite"
    path.write_bytes(b"no database" * 100)
    with pytest.raises(IndexFileError, match=r"bad\.sqlite: this part of the index is damaged"):
        Store(path).entries()


def test_records_of_another_version_are_named(store: Records) -> None:
    put(store, document())
    with sqlite3.connect(store.path) as connection:
        connection.execute("UPDATE documents SET header = '[1]'")
    with pytest.raises(IndexFileError, match="another version"):
        Store(store.path).entries()
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(IndexVersionError, match="version 99"):
        Records(store.path)


def test_a_full_disk_changes_nothing(store: Records) -> None:
    put(store, document("cũ"), passage("cũ"))
    with store.connection() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(IndexFileError, match="the disk is full"):
        put(store, document("mới " * 100_000), passage("mới"))
    assert store.document("doc").text == "cũ"
    assert [found.text for found in store.passages().values()] == ["cũ"]
