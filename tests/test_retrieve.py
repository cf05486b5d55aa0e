from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import docsearch
from docsearch.errors import QueryError
from docsearch.index import process as process_module
from docsearch.index.store import Entry
from docsearch.search.query import Filters
from docsearch.search.retrieve import Mode, allowed_documents, fuse
from tests.factories import HashEncoder, header


@pytest.mark.parametrize(
    ("lexical", "dense", "weight", "expected"),
    [
        pytest.param([], [], 0.35, [], id="nothing"),
        pytest.param([(1, 8.0)], [], 0.35, [(1, 0.65)], id="lexical-only"),
        pytest.param([], [(1, 0.9)], 0.35, [(1, 0.35)], id="dense-only"),
        pytest.param(
            # lexical 12, 6, 4 -> 1, 0.25, 0; dense 0.9, 0.8, 0.5 -> 1, 0.75, 0
            [(1, 12.0), (2, 6.0), (3, 4.0)],
            [(3, 0.9), (2, 0.8), (4, 0.5)],
            0.4,
            [(1, 0.6), (2, 0.25 * 0.6 + 0.75 * 0.4), (3, 0.4), (4, 0.0)],
            id="by-hand",
        ),
        pytest.param(
            [(7, 3.0), (5, 3.0)], [], 0.5, [(5, 0.5), (7, 0.5)], id="equal-scores-ties-by-row"
        ),
        pytest.param(
            [(1, 9.0), (2, 1.0)], [(2, 0.9), (1, 0.1)], 0.0, [(1, 1.0), (2, 0.0)], id="no-dense"
        ),
        pytest.param(
            [(1, 9.0), (2, 1.0)], [(2, 0.9), (1, 0.1)], 1.0, [(2, 1.0), (1, 0.0)], id="no-lexical"
        ),
    ],
)
def test_fusion(
    lexical: list[tuple[int, float]],
    dense: list[tuple[int, float]],
    weight: float,
    expected: list[tuple[int, float]],
) -> None:
    before = (list(lexical), list(dense))
    found = fuse(lexical, dense, weight=weight)
    assert [row for row, _ in found] == [row for row, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected])
    assert (lexical, dense) == before
    assert found == fuse(lexical[::-1], dense[::-1], weight=weight)


# Filters


def entry(id: str, **changes: str | None) -> Entry:
    return Entry(
        id=id, path=f"/{id}", source=f"{id}.txt", sha256="0", pipeline=1, header=header(**changes)
    )


ENTRIES = {
    found.id: found
    for found in (
        entry("plan"),
        entry(
            "notice",
            type="thông báo",
            number="203/TB-UBND",
            place="huyện Bình Sơn",
            issuer="UBND huyện Bình Sơn",
            issued_on="2024-06-18",
        ),
        entry(
            "letter",
            type="công văn",
            number=None,
            place="huyện Kon Rẫy",
            issuer="UBND huyện Kon Rẫy",
            issued_on=None,
        ),
        entry(
            "decree",
            type="nghị quyết",
            number="20-NQ/ĐU",
            place="xã Na Mèo",
            issuer="Đảng ủy xã Na Mèo",
            issued_on="2021-08",
        ),
    )
}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param(Filters(place="huyện Chi Lăng"), {"plan"}, id="place"),
        pytest.param(Filters(place="Chi Lăng"), {"plan"}, id="place-without-its-level"),
        pytest.param(Filters(place="chi lang"), {"plan"}, id="place-plain"),
        pytest.param(Filters(place="Lăng"), {"plan"}, id="whole-words-of-a-place"),
        pytest.param(Filters(place="Chi"), {"plan"}, id="first-word-of-a-place"),
        pytest.param(Filters(place="Lan"), set(), id="part-of-a-word"),
        pytest.param(Filters(place="xã Chi Lăng"), set(), id="another-level"),
        pytest.param(Filters(type="Thông báo"), {"notice"}, id="type"),
        pytest.param(Filters(issuer="UBND huyện Kon Rẫy"), {"letter"}, id="issuer"),
        pytest.param(Filters(number="141/KH-UBND"), {"plan"}, id="number"),
        pytest.param(Filters(number="số 141 /kh-ubnd"), {"plan"}, id="number-as-it-is-typed"),
        pytest.param(Filters(number="142/KH-UBND"), set(), id="another-number"),
        # 41 is not 141
        pytest.param(Filters(number="41/KH-UBND"), set(), id="the-end-of-a-number"),
        pytest.param(Filters(document="letter"), {"letter"}, id="id"),
        pytest.param(Filters(document="letter.txt"), {"letter"}, id="source"),
        pytest.param(Filters(issued_from="2022-04-29"), {"plan", "notice"}, id="from-that-day"),
        pytest.param(Filters(issued_from="2022-04-30"), {"notice"}, id="from-the-next-day"),
        pytest.param(Filters(issued_to="2022-04-29"), {"plan", "decree"}, id="to-that-day"),
        pytest.param(Filters(issued_to="2022-04-28"), {"decree"}, id="to-the-day-before"),
        pytest.param(Filters(issued_from="2022", issued_to="2022"), {"plan"}, id="a-year"),
        pytest.param(Filters(issued_to="2021-08"), {"decree"}, id="a-month"),
        pytest.param(Filters(place="Chi Lăng", type="thông báo"), set(), id="both-must-hold"),
        pytest.param(Filters(place=""), {"plan", "notice", "letter", "decree"}, id="empty-filter"),
    ],
)
def test_allowed_documents(filters: Filters, expected: set[str]) -> None:
    assert allowed_documents(ENTRIES, filters) == frozenset(expected)


def test_no_filter_allows_all() -> None:
    assert allowed_documents(ENTRIES, Filters()) is None


# The whole way, without a model


def plan(number: int, place: str, *tasks: str) -> str:
    lines = "".join(
        f"- {task} trên địa bàn huyện theo đúng kế hoạch đã được phê duyệt.\n" for task in tasks
    )
    return (
        f"ỦY BAN NHÂN DÂN\nHUYỆN {place.upper()}\n\nSố: {number}/KH-UBND\n\n"
        f"{place}, ngày 29 tháng 4 năm 2022\n\nKẾ HOẠCH\n\nVề giáo dục\n\nI. NHIỆM VỤ\n{lines}"
    )


FILES = {
    "1.txt": plan(
        1, "Chi Lăng", "Phân luồng học sinh sau trung học cơ sở", "Phổ cập giáo dục mầm non"
    ),
    "2.txt": plan(
        2, "Bình Sơn", "Phân luồng học sinh sau trung học cơ sở", "Xây dựng nông thôn mới"
    ),
    "3.txt": plan(3, "Kon Rẫy", *(f"Phân luồng học sinh đợt {n}" for n in range(1, 30))),
}


def build(folder: Path, names: Sequence[str]) -> docsearch.Index:
    for name in names:
        path = folder / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FILES[name], encoding="utf-8")
        docsearch.build(path, folder / "index", encoder=HashEncoder())
    return docsearch.open(folder / "index", encoder=HashEncoder())


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> docsearch.Index:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process_module, "words", lambda text: [])
        return build(tmp_path_factory.mktemp("retrieve"), list(FILES))


MODES: list[Mode] = ["fused", "lexical", "dense"]


@pytest.mark.parametrize("mode", MODES)
def test_hits_are_ranked(index: docsearch.Index, mode: Mode) -> None:
    hits = index.search("phân luồng học sinh", k=20, mode=mode)
    assert [hit.rank for hit in hits] == list(range(1, 21))
    assert [hit.scorer for hit in hits] == [mode] * 20
    order = [(-hit.score, hit.passage.id) for hit in hits]
    assert order == sorted(order)
    assert len({hit.passage.id for hit in hits}) == 20
    for hit in hits:
        text = index.document(hit.passage.document_id).text
        assert hit.passage.text == hit.passage.span.of(text)
    if mode == "fused":
        assert all(0 <= hit.score <= 1 for hit in hits)


@pytest.mark.parametrize("mode", MODES)
def test_the_filter_comes_before_the_best_are_taken(index: docsearch.Index, mode: Mode) -> None:
    hits = index.search("phân luồng học sinh theo kế hoạch", k=2, place="Bình Sơn", mode=mode)
    assert len(hits) == 2
    assert {hit.passage.document_id for hit in hits} == {"2-kh-ubnd-binh-son-2022"}
    assert index.search("phân luồng", place="Nowhere", mode=mode).hits == ()


@pytest.mark.parametrize("mode", MODES)
def test_the_best_are_a_beginning_of_more(index: docsearch.Index, mode: Mode) -> None:
    more = index.search("phân luồng học sinh", k=15, mode=mode).hits
    assert index.search("phân luồng học sinh", k=5, mode=mode).hits == more[:5]
    assert index.search("phân luồng học sinh", k=0, mode=mode).hits == ()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("nông thôn mới", "Xây dựng nông thôn mới"),
        ("nong thon moi", "Xây dựng nông thôn mới"),
        ("phổ cập giáo dục mầm non", "Phổ cập giáo dục mầm non"),
        ("PHO CAP MAM NON", "Phổ cập giáo dục mầm non"),
        ("học sinh đợt 17", "đợt 17 "),
    ],
    ids=["words", "plain", "several", "plain-capitals", "number"],
)
def test_the_right_passage_is_first(index: docsearch.Index, query: str, words: str) -> None:
    assert words in index.search(query, k=1)[0].passage.text


def test_a_search_is_repeatable(index: docsearch.Index) -> None:
    again = docsearch.open(index.snapshot.folder, encoder=HashEncoder())
    assert again.search("phân luồng học sinh").hits == index.search("phân luồng học sinh").hits


def test_the_order_of_files_does_not_count(
    index: docsearch.Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_module, "words", lambda text: [])
    other = build(tmp_path, list(FILES)[::-1])
    for mode in MODES:
        for query in ("phân luồng học sinh", "nong thon moi", "kế hoạch"):
            expected = [(h.passage, h.score) for h in index.search(query, k=12, mode=mode)]
            found = [(h.passage, h.score) for h in other.search(query, k=12, mode=mode)]
            assert [p for p, _ in found] == [p for p, _ in expected], (mode, query)
            assert [s for _, s in found] == pytest.approx([s for _, s in expected], rel=1e-5)


@pytest.mark.parametrize("k", [-1, 10_001])
def test_a_number_of_hits_that_cannot_be(index: docsearch.Index, k: int) -> None:
    with pytest.raises(QueryError, match=f"k is {k}"):
        index.search("báo cáo", k=k)


def test_a_place_given_twice(index: docsearch.Index) -> None:
    with pytest.raises(QueryError, match="not both"):
        index.search("báo cáo", place="Chi Lăng", filters=Filters(type="kế hoạch"))
    with pytest.raises(QueryError, match="the question is empty"):
        index.search(" ")


def test_the_yearly_report_is_found(corpus_index: docsearch.Index) -> None:
    for query in (
        "Đơn vị nào phải báo cáo trước ngày 15/12?",
        "don vi nao phai bao cao truoc ngay 15/12",
    ):
        hits = corpus_index.search(query, k=5)
        assert any("trước ngày 15/12" in hit.passage.text for hit in hits), query
