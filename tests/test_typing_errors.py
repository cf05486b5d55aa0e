from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.index.language import learn
from docsearch.orthography import fold
from docsearch.read import read
from docsearch.search.diacritics import Restorer
from docsearch.search.typing_errors import correct
from docsearch.vocabulary import load
from tests.factories import CORPUS


@pytest.fixture(scope="module")
def corpus() -> Restorer:
    texts = [read(path).text for path in sorted(CORPUS.glob("*.txt"))]
    return Restorer.of(learn(texts, []), [str(entry["phrase"]) for entry in load("questions")])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("đơn vị nào báo cáoo", "đơn vị nào báo cáo", id="doubled"),
        pytest.param("don vi nao boa cao", "don vi nao báo cao", id="swapped"),
        pytest.param("phòng giáo dujc", "phòng giáo dục", id="telex-tone"),
        pytest.param("baos caos keets quar", "báo cáo kết quả", id="telex"),
        pytest.param("phongf giaos ducj vaf ddaof taoj", "phòng giáo dục và đào tạo",
                     id="telex-whole"),
        pytest.param("truowngf hocj", "trường học", id="telex-two-vowels"),
        pytest.param("bao1 cao1 ke61t qua3", "báo cáo kết quả", id="vni"),
        pytest.param("hoc sinh trung hcọ cơ sở", "hoc sinh trung học cơ sở", id="mark-swapped"),
        pytest.param("phân luồngg học sinh", "phân luồng học sinh", id="one-more"),
        pytest.param("baocao kết quả", "báo cáo kết quả", id="no-blank"),
        # what is not an error
        pytest.param("Đơn vị nào phải báo cáo?", "Đơn vị nào phải báo cáo?", id="right"),
        pytest.param("don vi nao phai bao cao", "don vi nao phai bao cao", id="plain"),
        pytest.param("xyz blockchain", "xyz blockchain", id="unknown-words"),
        pytest.param("huyện Krông Pa", "huyện Krông Pa", id="capital"),
        pytest.param("huyen krong pa bao cao", "huyen krong pa bao cao", id="after-a-level"),
        pytest.param("ubnd, gd&dt, thcs", "ubnd, gd&dt, thcs", id="abbreviations"),
        pytest.param("141/khubx-ubnd", "141/khubx-ubnd", id="number"),
        pytest.param('"báo cáoo"', '"báo cáoo"', id="quoted"),
        pytest.param("", "", id="empty"),
    ],
)  # fmt: skip
def test_correct(corpus: Restorer, typed: str, meant: str) -> None:
    found, corrections = correct(typed, corpus)
    assert fold(found) == fold(meant)
    assert corpus.restore(found) == corpus.restore(meant)
    assert bool(corrections) == (typed != meant)
    if typed == meant:
        assert found is typed


def test_each_correction_is_told(corpus: Restorer) -> None:
    _, corrections = correct("Phòng giáo dujc báo caos", corpus)
    assert [(each.typed, each.meant) for each in corrections] == [("dujc", "dục"), ("caos", "cáo")]


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    restorer = Restorer.of(learn(["báo cáo kết quả thực hiện"], []), [])
    found, corrections = correct(text, restorer)
    assert (found == text) or corrections
