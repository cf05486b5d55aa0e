"""Other words for the same."""

from __future__ import annotations

from typing import cast

import pytest

from docsearch.index.tokens import alike_syllables
from docsearch.search.synonyms import find_synonyms
from docsearch.vocabulary import load

EXAMPLES = [
    (example["asked"], example["said"])
    for entry in load("synonyms")
    for example in cast("list[dict[str, str]]", entry["examples"])
]


@pytest.mark.parametrize(("asked", "said"), EXAMPLES, ids=[pair[0] for pair in EXAMPLES])
def test_every_example(asked: str, said: str) -> None:
    words = f" {' '.join(alike_syllables(said))} "
    found = find_synonyms(alike_syllables(asked), ())
    assert any(f" {' '.join(synonym.also)} " in words for synonym in found)


def test_the_longest_words_count() -> None:
    found = find_synonyms(("hộ", "nghèo"), ())
    assert {synonym.words for synonym in found} == {("hộ", "nghèo")}


def test_a_syllable_inside_a_word_is_none_of_its_own() -> None:
    assert find_synonyms(("phát", "thuốc"), ())
    assert not find_synonyms(("phát", "sinh"), {"phát_sinh"})
