"""Every example of the vocabulary that no other file tests, and the form of every file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import docsearch
from docsearch.facts.actors import find_names, find_subject
from docsearch.facts.duties import DO
from docsearch.index.language import learn
from docsearch.index.tokens import alike
from docsearch.orthography import canonical, fold
from docsearch.parse.references import find_references
from docsearch.read import read
from docsearch.search.diacritics import Restorer
from docsearch.search.understand import Corpus, understand
from docsearch.vocabulary import Json, load
from tests.factories import CORPUS, whole

FOLDER = Path(docsearch.__file__).parent / "vocabulary"
FILES = sorted(path.stem for path in FOLDER.glob("*.json"))
KEYS = {
    "abbreviations": "long",
    "actors": "kind term",
    "bodies": "kind name",
    "english": "english",
    "questions": "phrase",
    "document_types": "name",
    "encoders": "name",
    "relations": "relation",
    "shorthand": "short",
}
"""What the entries of a file are sorted by; files in an order of meaning are not here."""


def strings(entry: Mapping[str, Json], key: str) -> list[str]:
    found = entry[key]
    assert isinstance(found, list)
    return [str(item) for item in found]


def examples(name: str, **kind: str) -> list[tuple[Mapping[str, Json], str]]:
    return [
        (entry, example)
        for entry in load(name)
        if all(entry[key] == value for key, value in kind.items())
        for example in strings(entry, "examples")
    ]


def ids(pairs: list[tuple[Mapping[str, Json], str]]) -> list[str]:
    return [example for _, example in pairs]


# The form of the files


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_a_list_of_entries(name: str) -> None:
    entries = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert isinstance(entries, list)
    assert entries
    assert all(isinstance(entry, dict) and entry for entry in entries)
    assert tuple(entries) == load(name)


@pytest.mark.parametrize("name", sorted({*KEYS, "intents", "stopwords"}))
def test_every_entry_has_examples(name: str) -> None:
    fields = set(load(name)[0])
    for entry in load(name):
        assert strings(entry, "examples") if name != "bodies" else entry["examples"]
        assert "bodies" in name or set(entry) - {"note"} == fields - {"note"}


@pytest.mark.parametrize("name", sorted(KEYS))
def test_entries_are_sorted_and_unique(name: str) -> None:
    keys = [tuple(str(entry[key]) for key in KEYS[name].split()) for entry in load(name)]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", ["abbreviations", "actors", "questions"])
def test_terms_are_spelled_as_they_are_compared(name: str) -> None:
    for entry in load(name):
        terms = strings(entry, "short") if name == "abbreviations" else []
        terms += [str(entry[key]) for key in KEYS[name].split()]
        assert [canonical(term) for term in terms] == terms


def test_an_abbreviation_stands_for_one_thing() -> None:
    shorts = [short for entry in load("abbreviations") for short in strings(entry, "short")]
    assert len(set(shorts)) == len(shorts)


# Who acts

HEADS = examples("actors", kind="head") + examples("actors", kind="short head")
LEADS = examples("actors", kind="lead")
VERBS = examples("actors", kind="verb")


@pytest.mark.parametrize(("entry", "example"), HEADS, ids=ids(HEADS))
def test_a_head_begins_a_name(entry: Mapping[str, Json], example: str) -> None:
    assert canonical(example).startswith(str(entry["term"]))
    line = whole(example)
    found = find_names(line, 0, len(line.text))
    assert found is not None
    assert found.actors[0].text[0] == example[0]
    begun = find_subject(whole(f"{example} báo cáo"), 0, len(example) + 8)
    assert begun is not None
    assert begun.actors[0].span.start == 0


@pytest.mark.parametrize(("entry", "example"), LEADS, ids=ids(LEADS))
def test_a_lead_stands_before_a_name(entry: Mapping[str, Json], example: str) -> None:
    line = whole(example)
    found = find_subject(line, 0, len(line.text))
    assert found is not None
    assert found.actors[0].span.start == len(str(entry["term"])) + 1


@pytest.mark.parametrize(("entry", "example"), VERBS, ids=ids(VERBS))
def test_a_verb_ends_a_name(entry: Mapping[str, Json], example: str) -> None:
    term = str(entry["term"])
    positions = [
        match.start() for match in re.finditer(rf"(?<!\w){term}(?!\w)", canonical(example))
    ]
    assert positions
    before = example[: positions[-1]].rstrip()
    name = before if find_names(whole(before), 0, len(before)) else "UBND xã"
    sentence = f"{name} {example[positions[-1] :]}"
    found = find_names(whole(sentence), 0, len(sentence))
    assert found is not None
    assert found.end <= len(name) + 1, sentence[: found.end]


TASK_VERBS = examples("actors", kind="task verb")


@pytest.mark.parametrize(("entry", "example"), TASK_VERBS, ids=ids(TASK_VERBS))
def test_task_verbs_begin_what_is_done(entry: Mapping[str, Json], example: str) -> None:
    begun = DO.match(canonical(example))
    assert begun
    assert begun[0] == entry["term"]


WORK = examples("actors", kind="work") + examples("actors", kind="object verb")


@pytest.mark.parametrize(("entry", "example"), WORK, ids=ids(WORK))
def test_a_name_goes_on_with_what_a_body_is_there_for(
    entry: Mapping[str, Json], example: str
) -> None:
    assert str(entry["term"]) in canonical(example)
    found = find_subject(whole(example), 0, len(example))
    assert found is not None
    assert [actor.text for actor in found.actors] == [example.removesuffix(" rà soát")]


PHRASES = examples("actors", kind="phrase")


@pytest.mark.parametrize(("entry", "example"), PHRASES, ids=ids(PHRASES))
def test_a_phrase_is_part_of_a_name(entry: Mapping[str, Json], example: str) -> None:
    assert re.search(rf"(?<!\w){re.escape(str(entry['term']))}(?!\w)", canonical(example))
    sentence = f"{example} báo cáo kết quả"
    found = find_names(whole(sentence), 0, len(sentence))
    assert found is not None
    assert [actor.text for actor in found.actors] == [example]


# How documents cite

RELATIONS = examples("relations")


@pytest.mark.parametrize(("entry", "example"), RELATIONS, ids=ids(RELATIONS))
def test_a_citation_is_governed_by_its_words(entry: Mapping[str, Json], example: str) -> None:
    found = find_references(example)
    assert found
    assert {reference.relation for reference in found} == {entry["relation"]}


# Words that mean the same

SHORTS = examples("abbreviations")


@pytest.mark.parametrize(("entry", "example"), SHORTS, ids=ids(SHORTS))
def test_an_abbreviation_is_written_out(entry: Mapping[str, Json], example: str) -> None:
    assert alike(str(entry["long"])) in alike(example)


@pytest.mark.parametrize("entry", load("abbreviations"), ids=lambda entry: str(entry["long"]))
def test_every_short_form_is_written_out(entry: Mapping[str, Json]) -> None:
    expected = f"của {alike(str(entry['long']))}."
    for short in strings(entry, "short"):
        assert alike(f"của {short}.") == expected
        assert alike(f"Của {short.upper()}.") == expected


# Questions


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    texts = [read(path).text for path in sorted(CORPUS.glob("*.txt"))]
    phrases = [str(entry["phrase"]) for entry in load("questions")]
    return Corpus(places=(), restorer=Restorer.of(learn(texts, []), phrases))


INTENTS = examples("intents")
ENGLISH = examples("english")
QUESTIONS = examples("questions")


@pytest.mark.parametrize(("entry", "example"), INTENTS, ids=ids(INTENTS))
def test_an_intent_is_recognised(entry: Mapping[str, Json], example: str, corpus: Corpus) -> None:
    assert understand(example, corpus).intent == entry["intent"]
    assert understand(fold(example), corpus).intent == entry["intent"]


def test_patterns_of_intents_can_be_compiled() -> None:
    for entry in load("intents"):
        for pattern in strings(entry, "patterns"):
            re.compile(pattern)


@pytest.mark.parametrize(("entry", "example"), ENGLISH, ids=ids(ENGLISH))
def test_an_english_term_is_put_into_vietnamese(
    entry: Mapping[str, Json], example: str, corpus: Corpus
) -> None:
    query = understand(f"What should the {example} of them be?", corpus)
    assert query.language == "en"
    assert str(entry["vietnamese"]) in query.spelled


@pytest.mark.parametrize(("entry", "example"), QUESTIONS, ids=ids(QUESTIONS))
def test_a_question_word_is_restored(
    entry: Mapping[str, Json], example: str, corpus: Corpus
) -> None:
    assert corpus.restorer.restore(fold(example)) == example


def test_stopwords_are_no_topic(corpus: Corpus) -> None:
    for entry in load("stopwords"):
        if entry["language"] == "vi":
            for word in strings(entry, "words"):
                topic = understand(f"phân luồng {word}", corpus).topic
                assert set(topic) <= {"phân", "luồng"}, word
