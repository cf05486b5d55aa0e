from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.index.language import Language, learn
from docsearch.orthography import canonical, fold
from docsearch.read import read
from docsearch.search.diacritics import Restorer
from docsearch.vocabulary import load
from tests.factories import CORPUS

QUESTION_WORDS = [str(entry["phrase"]) for entry in load("questions")]


def restorer(*texts: str, vocabulary: tuple[str, ...] = ()) -> Restorer:
    return Restorer.of(learn(texts, []), vocabulary)


@pytest.fixture(scope="module")
def corpus() -> Restorer:
    texts = [read(path).text for path in sorted(CORPUS.glob("*.txt"))]
    return Restorer.of(learn(texts, []), QUESTION_WORDS)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("?! 15/12", "?! 15/12", id="no-letter"),
        pytest.param("bao cao ket qua thuc hien", "báo cáo kết quả thực hiện", id="words"),
        pytest.param("phong giao duc va dao tao", "phòng giáo dục và đào tạo", id="barred-d"),
        pytest.param("truoc ngay 15/12 hang nam", "trước ngày 15/12 hằng năm", id="date-stays"),
        pytest.param("Don vi nao phai bao cao?", "Đơn vị nào phải báo cáo?", id="capital"),
        pytest.param("DON VI NAO", "ĐƠN VỊ NÀO", id="capitals"),
        pytest.param("phân luong hoc sinh", "phân luồng học sinh", id="half-typed"),
        pytest.param("hoc sinh lop 9", "học sinh lớp 9", id="homographs-by-their-neighbours"),
        pytest.param("Đơn vị nào phải báo cáo?", "Đơn vị nào phải báo cáo?", id="nothing-lacks"),
        pytest.param("xyz blockchain", "xyz blockchain", id="unknown"),
        # what is spelled out shows that diacritics are typed: "bao" and "so" lack none
        pytest.param("Bao nhiêu trường đạt chuẩn?", "Bao nhiêu trường đạt chuẩn?", id="bao-nhieu"),
        pytest.param(
            "So sánh chỉ tiêu của hai huyện", "So sánh chỉ tiêu của hai huyện", id="so-sanh"
        ),
    ],
)
def test_restore(corpus: Restorer, typed: str, expected: str) -> None:
    assert corpus.restore(typed) == expected


def test_the_spellings_of_two_syllables_are_those_of_the_corpus(corpus: Restorer) -> None:
    assert "báo cáo" in corpus.spellings("bao", "cao")
    assert corpus.spellings("cao", "xyz") == []
    bigrams = corpus.language.bigrams
    assert set(corpus.spellings("giao", "duc")) == {b for b in bigrams if fold(b) == "giao duc"}


def test_a_question_is_restored_whole(corpus: Restorer) -> None:
    question = (
        "Đơn vị nào phải báo cáo kết quả thực hiện về Phòng Giáo dục và Đào tạo trước ngày 15/12?"
    )
    typed = "".join(
        folded.upper() if letter.isupper() else folded
        for letter, folded in zip(question, fold(question), strict=True)
    )
    assert corpus.restore(typed) == question


def test_the_neighbours_decide() -> None:
    found = restorer(
        "giáo viên dạy học. giáo viên dạy học", "dây điện. dây điện. dây điện. dây điện"
    )
    assert found.restore("day hoc") == "dạy học"
    assert found.restore("day dien") == "dây điện"


def test_the_more_frequent_decides_where_neighbours_do_not() -> None:
    assert restorer("báo bão bão").restore("bao") == "bão"


def test_the_words_of_questions_are_known() -> None:
    assert restorer("ký", vocabulary=("khi nào",)).restore("khi nao") == "khi nào"
    # they stand together in the vocabulary, which counts for more than one that is frequent
    found = restorer("định kỳ. thời kỳ. định kỳ", vocabulary=("ai ký",))
    assert found.restore("ai ky") == "ai ký"


def test_a_corpus_without_words() -> None:
    assert (
        Restorer.of(Language(syllables={}, bigrams={}, words=frozenset()), ()).restore("bao cao")
        == "bao cao"
    )


def test_ties_are_broken_the_same_way() -> None:
    words = ["báo", "bảo", "bào", "bạo"]
    found = {restorer(*order).restore("bao") for order in (words, words[::-1])}
    assert len(found) == 1


@given(st.text(max_size=40).map(canonical))
def test_only_diacritics_change(text: str) -> None:
    found = restorer("đơn vị báo cáo kết quả ở hoà bình", vocabulary=("khi nào",)).restore(text)
    assert len(found) == len(text)
    assert fold(found) == fold(text)
