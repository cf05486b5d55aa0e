"""Which sentences stand on their quotations: the vocabulary's examples, tables, generated cases."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

import docsearch as ds
from docsearch.generate.injected import speaks_to_model
from docsearch.generate.quotes import locate
from docsearch.generate.records import Dropped, Given, Kept, Piece, Quote, Sentence
from docsearch.generate.tokens import tokenize
from docsearch.generate.verify import verify
from docsearch.vocabulary import Json, load
from tests.factories import HashEncoder
from tests.model_cases import Case, right_cases, wrong_cases

GOLD = Path(__file__).with_name("data") / "gold"


def passage(*pieces: str, name: str = "P1") -> Given:
    return Given(
        id=name,
        document="d",
        title="",
        pieces=tuple(Piece(text=piece, start=0) for piece in pieces),
    )


def judge(text: str, quotes: Sequence[str], *pieces: str) -> str:
    """Return "kept", or why a sentence about one passage is dropped."""
    sentence = Sentence(text=text, quotes=tuple(Quote(passage="P1", text=q) for q in quotes))
    result = verify(sentence, {"P1": passage(*pieces)})
    return result.reason if isinstance(result, Dropped) else "kept"


def pairs(name: str) -> list[tuple[str, str]]:
    found = []
    for entry in load(name):
        examples = entry["examples"]
        assert isinstance(examples, list)
        for example in examples:
            assert isinstance(example, dict)
            found.append((str(example["quote"]), str(example["sentence"])))
    return found


@pytest.mark.parametrize(("quote", "sentence"), pairs("framing"))
def test_framing_may_be_added(quote: str, sentence: str) -> None:
    assert judge(sentence, [quote], quote) == "kept"


@pytest.mark.parametrize(("quote", "sentence"), pairs("qualifiers"))
def test_a_qualifier_is_not_left_out(quote: str, sentence: str) -> None:
    assert judge(sentence, [quote], quote) == "qualifier_lost"
    assert judge(quote, [quote], quote) == "kept"


NO_QUALIFIERS = [
    (str(example["quote"]), str(example["sentence"]))
    for entry in load("qualifiers")
    if entry["class"] == "none"
    for example in cast("list[dict[str, str]]", entry["not"])
]


@pytest.mark.parametrize(("quote", "sentence"), NO_QUALIFIERS)
def test_longer_words_are_no_qualifiers(quote: str, sentence: str) -> None:
    assert judge(sentence, [quote], quote) == "kept"


LIST = "Mỗi xã cử ít nhất mỗi thôn 2 người. Trước hết tiến hành rà soát hồ sơ."
ITEMS = "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.\nĐiều 4. Các xã thi hành."
PARTY = "Các huyện ủy xây dựng chương trình, gửi về Tỉnh ủy (qua Văn phòng Tỉnh ủy)."
INCOME = "Dưới mức chuẩn các hộ được hỗ trợ."
RIGHTS = "Rà soát chức năng, nhiệm vụ, quyền hạn của cơ quan; theo thứ tự ưu tiên nêu trên."


@pytest.mark.parametrize(
    ("sentence", "passage", "reason"),
    [
        ("Văn bản nêu rõ: điều 3. Quyết định này có hiệu lực kể từ ngày ký.", ITEMS, "kept"),
        ("Điều 4. Các xã thi hành.", ITEMS, "kept"),
        ("Rà soát chức năng, nhiệm vụ, quyền hạn của cơ quan.", RIGHTS, "kept"),
        ("Theo thứ tự ưu tiên nêu trên.", RIGHTS, "kept"),
        ("Mỗi xã cử mỗi thôn 2 người.", LIST, "qualifier_lost"),
        ("Sau hết tiến hành rà soát hồ sơ.", LIST, "words_not_quoted"),
        ("Các tỉnh ủy xây dựng chương trình, gửi về Tỉnh ủy.", PARTY, "words_not_quoted"),
        ("Trên mức chuẩn các hộ được hỗ trợ.", INCOME, "qualifier_added"),
    ],
)
def test_words_in_a_row_stand_and_words_in_the_place_of_others_do_not(
    sentence: str, passage: str, reason: str
) -> None:
    assert judge(sentence, [passage], passage) == reason


@pytest.mark.parametrize("entry", load("injections"), ids=lambda entry: str(entry["examples"])[:40])
def test_words_to_a_model_are_known(entry: Mapping[str, Json]) -> None:
    examples, others = entry["examples"], entry["not"]
    assert isinstance(examples, list)
    assert isinstance(others, list)
    assert all(speaks_to_model(str(example)) for example in examples)
    assert not any(speaks_to_model(str(other)) for other in others)


def test_no_passage_of_the_corpus_speaks_to_a_model(hashed_index: ds.Index) -> None:
    passages = hashed_index.snapshot.store.passages().values()
    assert not [p.text for p in passages if speaks_to_model(p.text)]


HEAD = "7. Các phòng, ban, các cơ quan, đơn vị liên quan"
BODY = (
    "Các phòng, ban, cơ quan, UBND các xã, thị trấn và các đơn vị liên quan tích cực, chủ động cụ "
    "thể hóa Kế hoạch này trong các chương trình, kế hoạch hằng năm. Định kỳ hằng năm (trước ngày "
    "15/12) báo cáo kết quả thực hiện về Phòng Giáo dục và Đào tạo huyện để tổng hợp, báo cáo UBND "
    "huyện trong thời hạn 10 ngày làm việc."
)
TWO = (
    "a) Phòng Nội vụ: nộp kế hoạch trước ngày 1/6.\n"
    "b) Phòng Tài chính: nộp dự toán trước ngày 15/9."
)
TABLE = [
    ("Các phòng, ban, cơ quan phải báo cáo kết quả thực hiện trước ngày 15/12.", [BODY], "kept"),
    ("UBND các xã, thị trấn báo cáo trước ngày 15 tháng 12 hằng năm.", [BODY], "kept"),
    ("Báo cáo được gửi về Phòng GD&ĐT huyện để tổng hợp.", [BODY], "kept"),
    ("Thời hạn là mười ngày làm việc.", ["trong thời hạn 10 ngày làm việc"], "kept"),
    ("Thời hạn là 10 tháng làm việc.", ["trong thời hạn 10 ngày làm việc"], "words_not_quoted"),
    ("Thời hạn là 30 ngày làm việc.", ["trong thời hạn 10 ngày làm việc"], "value_not_quoted"),
    ("Thời hạn là 30 ngày làm việc.", ["trong thời hạn 30 ngày làm việc"], "not_verbatim"),
    ("Thời hạn là 10 ngày.", ["trong thời hạn 10 ngày"], "qualifier_lost"),
    ("Báo cáo trước ngày 15/12/2024.", [BODY], "value_not_quoted"),
    ("Báo cáo ngày 15/12.", ["ngày 15/12"], "words_not_quoted"),
    ("Báo cáo sau ngày 15/12.", [BODY], "qualifier_added"),
    ("UBND huyện báo cáo các phòng, ban.", [BODY], "clauses_mixed"),
    ("Phòng Giáo dục và Đào tạo huyện báo cáo kết quả thực hiện.", [BODY], "roles_changed"),
    ("Các phòng, ban không báo cáo kết quả.", [BODY], "words_not_quoted"),
    ("Các phòng, ban báo cáo về Phòng Giáo dục.", [BODY], "body_not_quoted"),
    ("Các phòng, ban báo cáo Sở Tài chính.", [BODY], "body_not_quoted"),
    ("Theo Kế hoạch 141/KH-UBND, UBND các xã báo cáo.", [BODY], "value_not_quoted"),
    ("Các phòng, ban báo cáo.", [], "no_quote"),
    ("Các phòng, ban báo cáo.", ["ác phòng, ban, cơ qu"], "cut_quote"),
    ("Thời hạn là 0 ngày làm việc.", ["0 ngày làm việc"], "cut_quote"),
    ("Văn bản ghi “báo cáo kết quả thực hiện về”.", [BODY], "kept"),
    ("Văn bản ghi “báo cáo kết quả về”.", [BODY], "quotation_marks"),
    ("Departments report before 15/12.", [BODY], "words_not_quoted"),
]


@pytest.mark.parametrize(("text", "quotes", "expected"), TABLE, ids=[row[0][:50] for row in TABLE])
def test_a_sentence(text: str, quotes: list[str], expected: str) -> None:
    assert judge(text, quotes, HEAD, BODY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phòng Nội vụ nộp kế hoạch trước ngày 1/6.", "kept"),
        ("Phòng Nội vụ nộp dự toán trước ngày 15/9.", "clauses_mixed"),
        ("Phòng Nội vụ nộp kế hoạch trước ngày 15/9.", "value_not_quoted"),
        ("Phòng Tài chính nộp kế hoạch trước ngày 1/6.", "clauses_mixed"),
    ],
)
def test_clauses_are_not_mixed(text: str, expected: str) -> None:
    result = judge(text, [TWO], TWO)
    assert (result == "kept") == (expected == "kept"), result


def test_a_sentence_rests_on_each_passage_that_it_cites() -> None:
    given = {"P1": passage(BODY), "P2": passage("Phòng Nội vụ chủ trì.", name="P2")}
    text = "Các phòng, ban, cơ quan báo cáo kết quả thực hiện."
    quotes = (Quote(passage="P1", text=BODY), Quote(passage="P2", text="Phòng Nội vụ chủ trì"))
    result = verify(Sentence(text=text, quotes=quotes), given)
    assert isinstance(result, Dropped)
    assert result.reason == "several_passages"
    elsewhere = (Quote(passage="P2", text="báo cáo kết quả thực hiện"),)
    result = verify(Sentence(text=text, quotes=elsewhere), given)
    assert isinstance(result, Dropped)
    assert result.reason == "not_verbatim"
    result = verify(Sentence(text=text, quotes=(Quote(passage="P9", text=BODY),)), given)
    assert isinstance(result, Dropped)
    assert result.reason == "unknown_passage"


def test_marks_of_lists_and_passages_are_no_part_of_a_sentence() -> None:
    sentence = Sentence(
        text="1. Các phòng, ban, cơ quan báo cáo kết quả thực hiện [P1].",
        quotes=(Quote(passage="P1", text=BODY),),
    )
    result = verify(sentence, {"P1": passage(BODY)})
    assert isinstance(result, Kept)
    assert result.text == "Các phòng, ban, cơ quan báo cáo kết quả thực hiện."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ba mươi ngày", "30 ngày"),
        ("ngày 15 tháng 12 năm 2024", "ngày 15/12/2024"),
        ("1.234 trường", "1234 trường"),
        ("99,9%", "99,90 %"),
        ("một trăm hai mươi lăm trường", "125 trường"),
        ("141/KH-UBND", "141 /KH-UBND"),
        ("UBND huyện", "Ủy ban nhân dân huyện"),
    ],
)
def test_values_compare_by_what_they_say(one: str, other: str) -> None:
    keys = [[(token.key, token.kind) for token in tokenize(text)] for text in (one, other)]
    assert keys[0] == keys[1]


@drawn(st.text(alphabet="aáàảãạ 0123456789.,/%-\n()đĐ“”", max_size=60))
def test_tokens_lie_in_the_text(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    for token in tokenize(text):
        assert 0 <= token.start < token.end <= len(text)


@drawn(st.text(max_size=40), st.text(min_size=2, max_size=20), st.text(max_size=40))
def test_a_quotation_is_found_where_it_stands(before: str, words: str, after: str) -> None:
    text = unicodedata.normalize("NFC", f"{before} {words} {after}")
    for found in locate(passage(text), words):
        wanted = "".join(unicodedata.normalize("NFC", words).split())
        assert "".join(text[found.start : found.end].split()) == wanted


def judged(case: Case) -> str:
    return judge(case.text, list(case.quotes), *case.pieces)


def test_right_sentences_are_kept_and_wrong_ones_are_not(hashed_index: ds.Index) -> None:
    right = list(right_cases(hashed_index, seed=3))
    assert len(right) > 300
    kept = [case for case in right if judged(case) == "kept"]
    assert len(kept) / len(right) >= 0.98, [c.text for c in right if c not in kept][:5]
    wrong = wrong_cases(right, seed=3, count=1_000)
    assert len(Counter(case.kind for case in wrong)) >= 18
    assert [(case.kind, case.text) for case in wrong if judged(case) == "kept"] == []


def test_verifying_an_answer_takes_less_than_20_ms(hashed_index: ds.Index) -> None:
    right = list(right_cases(hashed_index, seed=5))
    answers = [right[n : n + 4] for n in range(0, len(right), 4)]  # of four sentences
    times = []
    for answer in answers:
        started = time.perf_counter()
        for case in answer:
            judged(case)
        times.append(time.perf_counter() - started)
    assert sorted(times)[len(times) // 2] < 0.020 * 4  # four times the limit: machines are loaded


def test_generated_cases_of_other_documents(tmp_path: Path) -> None:
    index = ds.build(sorted(GOLD.glob("*.txt")), tmp_path / "index", encoder=HashEncoder())
    right = list(right_cases(index, seed=31))
    wrong = wrong_cases(right, seed=31, count=600)
    assert [case for case in wrong if judge(case.text, case.quotes, *case.pieces) == "kept"] == []
    kept = sum(judge(case.text, case.quotes, *case.pieces) == "kept" for case in right)
    assert kept / len(right) >= 0.96  # sentences that leave out "nếu …" are dropped with reason
