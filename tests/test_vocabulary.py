"""Every example of every entry of the vocabulary is a test."""

from __future__ import annotations

import pytest

from docsearch.parse.bodies import normalise_body
from docsearch.parse.closing import read_closing
from docsearch.parse.document_types import type_named, type_of_symbol
from docsearch.parse.numbers import find_numbers, symbol_of
from docsearch.vocabulary import Body, BodyExample, DocumentType, bodies, document_types, load

BODY_EXAMPLES = [(body, example) for body in bodies() for example in body.examples]
TYPE_EXAMPLES = [(entry, example) for entry in document_types() for example in entry.examples]


@pytest.mark.parametrize(
    ("body", "example"), BODY_EXAMPLES, ids=[e.text[:40] for _, e in BODY_EXAMPLES]
)
def test_body_example(body: Body, example: BodyExample) -> None:
    if body.kind == "office":
        closing = read_closing(f"Nơi nhận:\n- Lưu: VT.\n\n{example.text}\n\nNguyễn Văn An\n", 0)
        assert [signatory.title for signatory in closing.signatories] == [example.text]
    else:
        lost_case = True if example.text[0].islower() else None
        assert normalise_body(example.text, shouted=lost_case) == example.value


@pytest.mark.parametrize(("entry", "example"), TYPE_EXAMPLES, ids=[e for _, e in TYPE_EXAMPLES])
def test_type_example(entry: DocumentType, example: str) -> None:
    if example[0].isdigit():
        (number,) = find_numbers(example)
        symbol = symbol_of(number.value)
        assert symbol is not None
        assert type_of_symbol(symbol) == entry.name
    else:
        assert type_named(example) == entry.name


@pytest.mark.parametrize("name", ["bodies", "document_types"])
def test_entries_are_sorted_and_have_examples(name: str) -> None:
    entries = load(name)
    keys = [(str(entry.get("kind", "")), str(entry["name"])) for entry in entries]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert all(entry["examples"] for entry in entries)


def test_party_and_state_share_an_abbreviation() -> None:
    assert type_of_symbol("TT-BTTTT") == "thông tư"
    assert type_of_symbol("TT/TW") == "thông tri"


def test_loading_twice_gives_the_same_entries() -> None:
    assert load("bodies") is load("bodies")
    assert bodies() is bodies()
