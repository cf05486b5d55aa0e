from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from docsearch.errors import IndexFileError
from docsearch.index.lexical import LexicalIndex, LexicalRow, WeightedField
from docsearch.index.tokens import spelled_tokens

TEXTS = [
    "báo cáo kết quả thực hiện",
    "báo cáo kết quả về phòng giáo dục",
    "phòng giáo dục chủ trì phối hợp",
    "học sinh trung học cơ sở",
    "báo cáo báo cáo báo cáo",
    "kinh phí thực hiện kế hoạch của học sinh trung học cơ sở và các trường",
]


def row(number: int, body: str, document_id: str = "doc") -> LexicalRow:
    return LexicalRow(
        row=number, document_id=document_id, body=body, heading="", words="", folded=""
    )


def write(folder: Path, texts: Sequence[str], *, documents: int = 3) -> LexicalIndex:
    rows = [row(n, text, f"doc-{n % documents}") for n, text in enumerate(texts)]
    return LexicalIndex.write(folder, rows)


def body(*tokens: str, weight: float = 1.0) -> list[WeightedField]:
    return [WeightedField("body", tokens, weight)]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    return write(tmp_path / "lexical", TEXTS)


def bm25(
    query: Sequence[str], texts: Sequence[str], k1: float = 1.2, b: float = 0.75
) -> list[float]:
    """Return BM25+ as Lv and Zhai (2011) define it, delta 1, with the idf that Lucene uses."""
    documents = [Counter(text.split()) for text in texts]
    lengths = [sum(document.values()) for document in documents]
    average = sum(lengths) / len(lengths)
    scores = []
    for document, length in zip(documents, lengths, strict=True):
        score = 0.0
        for term in dict.fromkeys(query):
            containing = sum(term in other for other in documents)
            idf = math.log(1 + (len(documents) - containing + 0.5) / (containing + 0.5))
            frequency = document[term]
            norm = frequency + k1 * (1 - b + b * length / average)
            score += idf * (frequency * (k1 + 1) / norm + 1.0) if frequency else 0.0
        scores.append(score)
    return scores


@pytest.mark.parametrize(
    "query",
    [["báo"], ["báo", "cáo"], ["học", "sinh", "kế"], ["báo", "báo"], ["xyz", "phòng"]],
    ids=["one", "two", "three", "twice", "unknown"],
)
def test_scores_are_those_of_bm25(index: LexicalIndex, query: list[str]) -> None:
    expected = {n: score for n, score in enumerate(bm25(query, TEXTS)) if score > 0}
    found = dict(index.search(body(*query), k=10))
    assert found == pytest.approx(expected, rel=1e-4)


def test_agreement_on_random_texts(tmp_path: Path) -> None:
    choose = random.Random(7)
    vocabulary = [f"w{n}" for n in range(30)]
    # up to 39 tokens the length of a field is stored exactly
    texts = [" ".join(choose.choices(vocabulary, k=choose.randint(1, 39))) for _ in range(80)]
    index = write(tmp_path / "lexical", texts)
    for _ in range(25):
        query = choose.sample(vocabulary, 4)
        scores = bm25(query, texts)
        expected = sorted(
            ((n, score) for n, score in enumerate(scores) if score > 0),
            key=lambda item: (-item[1], item[0]),
        )
        found = index.search(body(*query), k=len(texts))
        assert dict(found) == pytest.approx(dict(expected), rel=1e-4)
        assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)


def test_the_filter_comes_before_the_best_are_taken(tmp_path: Path) -> None:
    texts = ["báo cáo"] * 50 + ["báo cáo và nhiều việc khác nữa của các trường"]
    rows = [row(n, text, "short" if n < 50 else "long") for n, text in enumerate(texts)]
    index = LexicalIndex.write(tmp_path / "lexical", rows)
    assert [n for n, _ in index.search(body("báo"), k=3, documents={"long"})] == [50]
    assert len(index.search(body("báo"), k=3, documents={"short"})) == 3


def test_a_filter_does_not_change_scores(index: LexicalIndex) -> None:
    everything = dict(index.search(body("báo", "cáo"), k=10))
    some = dict(index.search(body("báo", "cáo"), k=10, documents=["doc-0", "doc-1"]))
    assert some
    assert some == pytest.approx({n: everything[n] for n in everything if n % 3 < 2})


@pytest.mark.parametrize(
    ("documents", "rows"),
    [
        (None, {0, 1, 4}),
        (["doc-0"], {0}),
        (["doc-1"], {1, 4}),
        (["doc-2", "doc-0"], {0}),
        (["doc"], set()),
        ([], set()),
    ],
    ids=["all", "one", "other", "two", "begins-alike", "none"],
)
def test_allowed_documents(
    index: LexicalIndex, documents: list[str] | None, rows: set[int]
) -> None:
    assert {n for n, _ in index.search(body("báo"), k=10, documents=documents)} == rows


def test_ids_are_compared_whole(tmp_path: Path) -> None:
    rows = [row(0, "báo", "141-kh-ubnd"), row(1, "báo", "kh"), row(2, "báo", "Số 1 / a b")]
    index = LexicalIndex.write(tmp_path / "lexical", rows)
    assert [n for n, _ in index.search(body("báo"), k=9, documents=["kh"])] == [1]
    assert [n for n, _ in index.search(body("báo"), k=9, documents=["Số 1 / a b"])] == [2]


def test_weights_and_fields_add_up(tmp_path: Path) -> None:
    found = LexicalRow(
        row=0, document_id="d", body="báo cáo", heading="báo", words="báo_cáo", folded="bao cao"
    )
    index = LexicalIndex.write(tmp_path / "lexical", [found, row(1, "khác")])

    def score(*fields: WeightedField) -> float:
        ((_, score),) = index.search(fields, k=5)
        return score

    one = WeightedField("body", ("báo",), 1.0)
    two = WeightedField("heading", ("báo",), 0.5)
    assert score(WeightedField("body", ("báo",), 2.5)) == pytest.approx(2.5 * score(one))
    assert score(one, two) == pytest.approx(score(one) + score(two))
    assert score(WeightedField("words", ("báo_cáo",), 1.0)) > 0
    assert score(WeightedField("folded", ("bao",), 1.0)) > 0
    assert index.search([WeightedField("heading", ("cáo",), 1.0)], k=5) == []


@pytest.mark.parametrize("k", [0, -1])
def test_none_wanted(index: LexicalIndex, k: int) -> None:
    assert index.search(body("báo"), k=k) == []


def test_nothing_to_look_for(index: LexicalIndex) -> None:
    assert index.search([], k=5) == []
    assert index.search(body(), k=5) == []
    assert index.search(body("xyz"), k=5) == []


def test_ties_by_row(tmp_path: Path) -> None:
    index = write(tmp_path / "lexical", ["báo"] * 9)
    assert [n for n, _ in index.search(body("báo"), k=9)] == list(range(9))


def test_an_empty_index_and_opening_again(tmp_path: Path) -> None:
    empty = LexicalIndex.write(tmp_path / "empty", [])
    assert empty.search(body("báo"), k=5) == []
    written = write(tmp_path / "full", TEXTS)
    opened = LexicalIndex.open(tmp_path / "full")
    assert opened.search(body("báo"), k=5) == written.search(body("báo"), k=5)


def test_tokens_of_real_words_are_found(tmp_path: Path) -> None:
    odd = "Điều 5a, 141/KH-UBND: 99,9% “tỷ lệ” đ) d) HOÀ"
    index = write(tmp_path / "lexical", [" ".join(spelled_tokens(odd))])
    for token in spelled_tokens(odd):
        assert index.search(body(token), k=1), token


def test_passages_come_and_go(tmp_path: Path) -> None:
    folder = tmp_path / "lexical"
    write(folder, TEXTS, documents=len(TEXTS))
    before = LexicalIndex.open(folder)
    asked = before.search(body("báo"), k=9)
    changed = LexicalIndex.update(folder, ["doc-0", "doc-3"], [row(9, "báo cáo mới", "doc-0")])
    assert {n for n, _ in changed.search(body("báo"), k=9)} == {1, 4, 9}
    assert {n for n, _ in LexicalIndex.open(folder).search(body("báo"), k=9)} == {1, 4, 9}
    assert before.search(body("báo"), k=9) == asked


def test_adding_one_by_one_scores_as_all_at_once(tmp_path: Path) -> None:
    once = write(tmp_path / "once", TEXTS * 5)
    folder = tmp_path / "each"
    write(folder, [])
    for number, text in enumerate(TEXTS * 5):
        each = LexicalIndex.update(folder, [], [row(number, text, f"doc-{number % 3}")])
    for query in (["báo", "cáo"], ["phòng"], ["học", "sinh", "kế", "hoạch"]):
        found = dict(each.search(body(*query), k=99))
        assert found == pytest.approx(dict(once.search(body(*query), k=99)), rel=1e-5)


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match="lexical index cannot be opened"):
        LexicalIndex.open(tmp_path / "missing")
    write(tmp_path / "lexical", TEXTS)
    (tmp_path / "lexical" / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(IndexFileError, match="run `docsearch doctor --repair`"):
        LexicalIndex.open(tmp_path / "lexical")
