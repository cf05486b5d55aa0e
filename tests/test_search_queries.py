"""Queries as people type them, over the seeds with the encoder that the package carries."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import docsearch
from docsearch.errors import EncoderError, QueryError
from docsearch.search.query import Filters
from tests.factories import HashEncoder

CHI_LANG, NA_MEO = "001_97fd57f65c5eff66.txt", "004_51d59cd3eefeb0a9.txt"
REPORT = "Định kỳ hằng năm (trước ngày 15/12) báo cáo kết quả thực hiện"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        pytest.param("báo cáo trước ngày 15/12", REPORT, id="words"),
        pytest.param("bao cao truoc ngay 15/12", REPORT, id="plain"),
        pytest.param("báo cao trươc ngay 15/12", REPORT, id="half-typed"),
        pytest.param("baos caos truowcs ngayf 15/12", REPORT, id="telex-off"),
        pytest.param("báo cáoo truoc nagy 15/12", REPORT, id="typing-errors"),
        pytest.param("BÁO CÁO TRƯỚC NGÀY 15/12", REPORT, id="capitals"),
        pytest.param("who must report before 15/12", REPORT, id="english"),
        pytest.param("truong dtts noi tru", "dân tộc thiểu số", id="abbreviation-plain"),
        pytest.param("lđ-tb&xh đào tạo nghề", "đào tạo nghề", id="abbreviation"),
        pytest.param("02-NQ/TU", "02-NQ/TU", id="party-number"),
        pytest.param("nghi quyet 02 nq tu", "02-NQ/TU", id="party-number-plain"),
    ],
)
def test_what_is_meant_is_found(corpus_index: docsearch.Index, query: str, words: str) -> None:
    texts = [" ".join(hit.passage.text.split()) for hit in corpus_index.search(query, k=3)]
    assert any(words.lower() in text.lower() for text in texts), texts


@pytest.mark.parametrize(
    "query",
    ["141/KH-UBND", "141 KH UBND", "141/kh-ubnd", "Kế hoạch 141", "ke hoach so 141"],
)
def test_a_documents_number_however_typed(corpus_index: docsearch.Index, query: str) -> None:
    hits = corpus_index.search(query, k=5, explain=True)
    assert [hit["source"] for hit in hits.to_list()] == [CHI_LANG] * 5
    assert hits[0].parts is not None
    assert hits[0].parts.number > 0


BOARDS = ("Phòng chống thiên tai", "Giảm nghèo bền vững", "Chuyển đổi số")


def test_a_name_that_each_document_shortens_for_itself(tmp_path: Path) -> None:
    for number, board in enumerate(BOARDS):
        (tmp_path / f"{number}.txt").write_text(
            f"KẾ HOẠCH\nNăm {2020 + number}\n\n1. Thành lập Ban Chỉ đạo {board} "
            "(sau đây gọi tắt là Ban Chỉ đạo) gồm đại diện của các phòng, ban và đoàn thể.\n"
            "2. Các đơn vị chịu trách nhiệm về những việc được giao trong kế hoạch này hằng năm.\n"
            "3. Ban Chỉ đạo họp định kỳ ba tháng một lần để nghe các đơn vị báo cáo việc đã làm.\n",
            encoding="utf-8",
        )
    index = docsearch.build(tmp_path, tmp_path / "index", encoder=HashEncoder())
    for number, board in enumerate(BOARDS):
        hits = index.search(f"Ban Chỉ đạo {board} họp định kỳ", mode="lexical").to_list()
        short = [hit["source"] for hit in hits if hit["text"].startswith("3. Ban Chỉ đạo")]
        assert (len(short), short[0]) == (len(BOARDS), f"{number}.txt")


@pytest.mark.parametrize("one, other", [("khoá XVI", "khóa XVI"), ("tỷ lệ", "tỉ lệ")])
def test_two_spellings_find_the_same(corpus_index: docsearch.Index, one: str, other: str) -> None:
    first, second = (
        [hit.passage.id for hit in corpus_index.search(query, mode="lexical")]
        for query in (one, other)
    )
    assert first == second
    assert first


# Quotation marks


def test_quoted_words_stand_so(corpus_index: docsearch.Index) -> None:
    for query in ('"phân luồng học sinh"', "“phan luong hoc sinh” trách nhiệm"):
        hits = corpus_index.search(query, k=50)
        assert hits
        for hit in hits:
            words = " ".join([*hit.passage.path, hit.passage.text]).lower().split()
            assert "phân luồng học sinh" in " ".join(words)
    everything = corpus_index.search("phân luồng học sinh", k=50)
    assert len(everything) > len(corpus_index.search('"phân luồng học sinh"', k=50))


def test_quoted_words_that_stand_nowhere(corpus_index: docsearch.Index) -> None:
    for query in ('"học sinh phân luồng học"', '"trồng cây gây rừng"', '"phản luồng học sinh"'):
        for mode in ("fused", "lexical", "dense"):
            assert corpus_index.search(query, mode=mode).hits == ()


def test_an_apostrophe_is_no_quotation(corpus_index: docsearch.Index) -> None:
    hits = corpus_index.search("the district's report and the people's committee")
    assert hits.understood is not None
    assert hits.understood.phrases == ()
    assert hits.hits


# What the scores are made of


def test_parts_add_up(corpus_index: docsearch.Index) -> None:
    hits = corpus_index.search("bao cao ket qua thuc hien", k=20, explain=True)
    for hit in hits:
        parts = hit.parts
        assert parts is not None
        assert sum(parts.fields.values()) == pytest.approx(parts.lexical, rel=1e-4)
        assert parts.lexical_share + parts.dense_share == pytest.approx(hit.score, abs=1e-6)
        assert set(parts.fields) <= {"body", "heading", "words", "folded"}
    assert {"body", "folded"} <= set(hits[0].parts.fields if hits[0].parts else ())
    shown = hits.to_list()[0]["explain"]
    assert shown["query"]["spelled"] == "báo cáo kết quả thực hiện"
    assert shown["query"]["restored"] is True
    assert "lexical" in str(hits)
    assert "dense" in hits._repr_html_()


def test_nothing_is_told_unasked(corpus_index: docsearch.Index) -> None:
    hits = corpus_index.search("báo cáo")
    assert all(hit.parts is None for hit in hits)
    assert "explain" not in hits.to_list()[0]


def test_corrections_are_told(corpus_index: docsearch.Index) -> None:
    (hit, *_) = corpus_index.search("phòng giáo dujc", explain=True).to_list()
    assert hit["explain"]["query"]["corrections"] == [{"typed": "dujc", "meant": "dục"}]
    assert corpus_index.ask("Phòng giáo dujc phải làm gì?").result.question == (
        "Phòng giáo dujc phải làm gì?"
    )


# A second look


class ByLength:
    """Ranks the shortest passage first."""

    name = "by-length"

    def scores(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        return [-len(text) for text in texts]


def test_a_reranker_has_the_last_word(corpus_index: docsearch.Index) -> None:
    before = corpus_index.search("báo cáo", k=100)
    after = corpus_index.search("báo cáo", k=5, rerank=ByLength())
    assert {hit.scorer for hit in after} == {"by-length"}
    assert [hit.rank for hit in after] == [1, 2, 3, 4, 5]
    scores = [hit.score for hit in after]
    assert scores == sorted(scores, reverse=True)
    assert {hit.passage.id for hit in after} <= {hit.passage.id for hit in before}
    filtered = corpus_index.search("báo cáo", k=5, place="xã Na Mèo", rerank=ByLength())
    assert {hit["source"] for hit in filtered.to_list()} == {NA_MEO}


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a cross-encoder with random weights, letters as tokens."""
    import torch
    from sentence_transformers import CrossEncoder
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("models")
    letters = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"aáàbcdđeêghiklmnoôpqrstuvxy"]
    tokenizer = Tokenizer(models.WordLevel({t: i for i, t in enumerate(letters)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=64
    )
    fast.save_pretrained(folder / "bert")
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(letters),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        num_labels=1,  # type: ignore[call-arg]  # a parameter of the class above it
    )
    BertForSequenceClassification(config).save_pretrained(folder / "bert")
    CrossEncoder(str(folder / "bert"), device="cpu").save_pretrained(str(folder / "tiny"))
    return folder / "tiny"


def test_a_cross_encoder_by_folder(corpus_index: docsearch.Index, cross_encoder: Path) -> None:
    from sentence_transformers import CrossEncoder

    hits = corpus_index.search("báo cáo kết quả", k=4, rerank=str(cross_encoder))
    assert {hit.scorer for hit in hits} == {"tiny"}
    model = CrossEncoder(str(cross_encoder), device="cpu")
    texts = [". ".join((*hit.passage.path[-2:], hit.passage.text)) for hit in hits]
    expected = model.predict([("báo cáo kết quả", text) for text in texts])
    assert [hit.score for hit in hits] == pytest.approx(np.asarray(expected).tolist(), abs=1e-5)


def test_no_such_reranker(corpus_index: docsearch.Index, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderError, match="reranker 'no-such-owner/no-such-model'"):
        corpus_index.search("báo cáo", rerank="no-such-owner/no-such-model")


# What is no query


LONG = {
    "one-letter": "a" * 100_000,
    "words": "báo cáo kết quả thực hiện " * 4000,
    "plain": "bao cao ket qua thuc hien " * 4000,
    "marks": "?" * 100_000,
    "blanks-and-a-word": " " * 99_990 + "báo cáo",
    "quotation-marks": '"' * 100_000 + "báo cáo",
    "unknown-words": "qwrt zxcv " * 10_000,
    "numbers": "141/KH-UBND " * 9000,
    "brackets": "(" * 50_000 + "a" + ")" * 50_000,
    "accents": "e\u0301" * 50_000,
}


@pytest.mark.parametrize("query", LONG.values(), ids=LONG)
def test_a_long_query_takes_little_time(corpus_index: docsearch.Index, query: str) -> None:
    corpus_index.search("báo cáo")  # whatever is loaded at first
    started = time.perf_counter()
    for call in (corpus_index.search, corpus_index.ask):
        try:
            call(query)
        except QueryError as error:
            assert "the question is empty" in str(error)
    assert time.perf_counter() - started < 10  # what grows with the square takes minutes


@pytest.mark.parametrize(
    "query",
    [
        "a AND (", "*", "body:báo", "báo~2", "+báo -cáo", "báo^3 OR cáo", "[a TO z]", "báo*",
        "\\", "NOT", "row:1", "document:x", "/ba.o/", "'", '"', '""', "()", "báo && cáo",
        "là và của", "những gì", "?!.,;", "\x00\x01\x02", "báo\x00cáo", "\ud800", "báo \u202e cáo",
        "\u200b", "💯", "%s %d", "'; DROP TABLE passages; --", "<script>", "1", "ư",
    ],
)  # fmt: skip
def test_signs_mean_nothing(corpus_index: docsearch.Index, query: str) -> None:
    for mode in ("fused", "lexical", "dense"):
        try:
            hits = corpus_index.search(query, mode=mode)
        except QueryError as error:
            assert "the question is empty" in str(error)
        else:
            assert len(hits) <= 10
    try:
        assert corpus_index.ask(query).result.question
    except QueryError as error:
        assert "the question is empty" in str(error)


def test_signs_of_an_engine_are_not_read(corpus_index: docsearch.Index) -> None:
    bare = [hit.passage.id for hit in corpus_index.search("báo cáo", mode="lexical")]
    for query in ("+báo +cáo", "(báo cáo)", "báo* cáo*", "body: báo cáo"[6:]):
        found = [hit.passage.id for hit in corpus_index.search(query, mode="lexical")]
        assert found == bare, query


def test_control_characters_are_blanks(corpus_index: docsearch.Index) -> None:
    bare = corpus_index.search("báo cáo")
    assert corpus_index.search("báo\x00\x1bcáo").hits == bare.hits


def test_a_filter_that_matches_nothing(corpus_index: docsearch.Index) -> None:
    filters = Filters(place="huyện Nơi Nào Đó")
    assert corpus_index.search("báo cáo", filters=filters).hits == ()
    assert not corpus_index.ask("Ai phải báo cáo?", filters=filters).answered


def test_a_number_of_hits(corpus_index: docsearch.Index) -> None:
    assert corpus_index.search("báo cáo", k=0).hits == ()
    for k in (-1, 10**9):
        with pytest.raises(QueryError, match="give a number from 0 to 10000"):
            corpus_index.search("báo cáo", k=k)
    assert 100 < len(corpus_index.search("báo cáo", k=10_000)) <= 300
