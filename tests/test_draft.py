from __future__ import annotations

import pytest

from docsearch.answer.draft import DraftItem, number_citations
from docsearch.answer.relevance import Layer, Relevance
from docsearch.index.language import Language, learn
from docsearch.records import Abstention, Answer, Citation, ItemFields, Span
from tests.factories import citation

A, B, C = citation("một", start=0), citation("hai", start=10), citation("ba", start=20)


def item(*citations: Citation) -> DraftItem:
    return DraftItem(text="mục", fields=ItemFields(), citations=citations)


def numbered(*items: DraftItem) -> tuple[list[tuple[int, ...]], list[str]]:
    found, order = number_citations(items)
    return [each.citations for each in found], [each.quote for each in order]


@pytest.mark.parametrize(
    ("items", "numbers", "quotes"),
    [
        pytest.param([], [], [], id="none"),
        pytest.param([item(A)], [(0,)], ["một"], id="one"),
        pytest.param(
            [item(A, B), item(C)],
            [(0, 2), (1,)],
            ["một", "ba", "hai"],
            id="the-first-of-each-first",
        ),
        pytest.param([item(A), item(A)], [(0,), (0,)], ["một"], id="the-same-words"),
        pytest.param(
            [item(A, B), item(B, A)], [(0, 1), (1, 0)], ["một", "hai"], id="the-same-crosswise"
        ),
        pytest.param([item(A, A)], [(0,)], ["một"], id="twice-in-one"),
        pytest.param([item(), item(B)], [(), (0,)], ["hai"], id="an-item-without"),
    ],
)
def test_numbers(items: list[DraftItem], numbers: list[tuple[int, ...]], quotes: list[str]) -> None:
    assert numbered(*items) == (numbers, quotes)


def test_every_item_leads_to_its_own_words() -> None:
    items = [item(A, B), item(C, A), item(B)]
    found, order = number_citations(items)
    for draft, each in zip(items, found, strict=True):
        assert {order[n].quote for n in each.citations} == {c.quote for c in draft.citations}
        assert order[each.citations[0]].quote == draft.citations[0].quote
        assert (each.text, each.fields) == (draft.text, draft.fields)


def test_marks_of_the_same_words_are_joined() -> None:
    one = citation("trước ngày 15/12", marks=[Span(11, 16)])
    two = citation("trước ngày 15/12", marks=[Span(0, 5), Span(11, 16)])
    _, (found,) = number_citations([item(one), item(two)])
    assert found.marks == (Span(0, 5), Span(11, 16))
    assert one.marks == (Span(11, 16),)


def test_the_same_place_in_two_documents_is_two() -> None:
    other = citation("một", document="other")
    assert numbered(item(A), item(other)) == ([(0,), (1,)], ["một", "một"])


def test_an_answer_has_citations() -> None:
    with pytest.raises(ValueError, match="an Answer has citations"):
        Answer(question="?", intent="who", text="", confidence=0.0, items=(), citations=())
    assert (
        Abstention(question="?", intent="who", reason="not_stated", text="", confidence=0).nearest
        == ()
    )


# How much of a question some words account for

LANGUAGE = learn(["báo cáo " * 50 + "phân luồng"], [])


def relevance(*topic: str) -> Relevance:
    return Relevance.of(topic, LANGUAGE)


def test_weights_add_up_to_one_and_rare_words_weigh_more() -> None:
    weights = relevance("báo", "cáo", "phân", "luồng").weights
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["phân"] > 2 * weights["báo"]
    assert set(weights) == {"báo", "cáo", "phân", "luồng", "báo_cáo", "cáo_phân", "phân_luồng"}


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ([], 0.0),
        ([Layer.of("phân luồng", 1.0)], 1.0),
        ([Layer.of("Phân luồng học sinh", 0.5)], 0.5),
        ([Layer.of("phân luồng", 0.5), Layer.of("phân luồng", 1.0)], 1.0),
        ([Layer.of("báo cáo", 1.0)], 0.0),
    ],
    ids=["nothing", "all", "in-a-weaker-layer", "the-best-layer", "other-words"],
)
def test_coverage(layers: list[Layer], expected: float) -> None:
    assert relevance("phân", "luồng").coverage(layers) == pytest.approx(expected)


def test_half_of_the_words() -> None:
    found = relevance("phân", "luồng")
    assert 0 < found.coverage([Layer.of("phân", 1.0)]) < 0.5  # the pair is missing too
    assert found.missing([Layer.of("phân", 1.0)]) == pytest.approx(0.5)
    assert found.missing([]) == pytest.approx(1)
    assert found.missing([Layer.of("luồng phân", 1.0)]) == 0


def test_an_empty_topic_is_covered_by_anything() -> None:
    assert relevance().coverage([]) == 1.0
    assert relevance().missing([]) == 0.0
    empty = Language(syllables={}, bigrams={}, words=frozenset())
    assert Relevance.of(["báo"], empty).coverage([Layer.of("báo", 1.0)]) == pytest.approx(1)


def test_order_of_layers_does_not_count() -> None:
    layers = [Layer.of("phân", 1.0), Layer.of("phân luồng", 0.5), Layer.of("luồng", 0.2)]
    found = relevance("phân", "luồng")
    assert found.coverage(layers) == pytest.approx(found.coverage(layers[::-1]))
