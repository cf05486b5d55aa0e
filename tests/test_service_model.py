"""Answers of the service in the words of a language model."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

import docsearch as ds
from docsearch.errors import ModelError
from docsearch.service import create_app
from docsearch.service.settings import load_settings
from tests.model_server import Behaviour, Say, model_server, written
from tests.test_generate_models import DUE, GOOD, QUESTION, WHO, right

Events = list[tuple[str, Any]]


def asked(index: ds.Index, say: Say) -> tuple[dict[str, Any], Events]:
    """Return the body and the events of one question to a service with a model."""
    with model_server(say) as server:
        settings = load_settings(index=index.snapshot.folder, model=f"{server.url}#tiny")
        with TestClient(create_app(index, settings=settings)) as client:
            body = client.post("/ask", json={"question": QUESTION}).json()
            stream = client.post("/ask?stream=true", json={"question": QUESTION}).text
    blocks = [block.split("\n") for block in stream.strip().split("\n\n")]
    return body, [(name[7:], json.loads(data[6:])) for name, data in blocks]


def test_the_model_of_the_service_words_the_answer(hashed_index: ds.Index) -> None:
    body, events = asked(hashed_index, lambda prompt, _: written(right(prompt)))
    assert body["answer"] == GOOD
    assert body["model"]["used"] is True
    assert [name for name, _ in events] == ["hits", "sentence", "answer", "done"]
    sentence = events[1][1]
    assert sentence["text"] == GOOD
    assert [citation["quote"] for citation in sentence["citations"]] == [WHO, DUE]
    assert events[2][1]["answer"] == GOOD


def test_what_does_not_stand_comes_out_nowhere(hashed_index: ds.Index) -> None:
    wrong = GOOD.replace("15/12", "25/12")
    body, events = asked(hashed_index, lambda p, _: written((wrong, right(p)[1])))
    assert body["model"]["used"] is False
    assert body["model"]["dropped"][0]["text"] == wrong
    assert [name for name, _ in events] == ["hits", "answer", "done"]
    plain = hashed_index.ask(QUESTION).to_dict()
    assert {name: body[name] for name in plain} == plain


def test_without_a_model_there_is_no_report(hashed_index: ds.Index) -> None:
    client = TestClient(create_app(hashed_index))
    body = client.post("/ask", json={"question": QUESTION}).json()
    assert body == hashed_index.ask(QUESTION).to_dict()
    assert "model" not in body


def shown(index: ds.Index, say: Say) -> str:
    """Return the page of one question to a service with a model."""
    with model_server(say) as server:
        settings = load_settings(index=index.snapshot.folder, model=f"{server.url}#tiny")
        with TestClient(create_app(index, settings=settings)) as client:
            response = client.get("/", params={"question": QUESTION})
    assert response.status_code == 200
    return unescape(response.text)


def words_of(html: str, element: str) -> list[str]:
    """Return the words of every element of that class, without what is marked in them."""
    found = re.findall(rf'<p class="{element}"[^>]*>(.*?)</p>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", part).split()) for part in found]


def test_the_page_tells_the_models_sentences_from_others(hashed_index: ds.Index) -> None:
    html = shown(hashed_index, lambda prompt, _: written(right(prompt)))
    assert words_of(html, "words") == [f"mô hình viết {GOOD} 1 2"]
    assert f"<mark>{WHO}</mark>" in html
    assert "mô hình ngôn ngữ tiny viết" in html


WRONG = GOOD.replace("15/12", "25/12")


@pytest.mark.parametrize(
    ("say", "notice"),
    [
        pytest.param(
            lambda p, _: written((WRONG, right(p)[1])), "không câu nào", id="nothing stands"
        ),
        pytest.param(
            lambda *_: Behaviour(status=401, text="no"), "không gọi được mô hình", id="wrong key"
        ),
        pytest.param(lambda *_: Behaviour(status=400, text="no"), "báo lỗi", id="refused"),
    ],
)
def test_the_page_answers_without_a_model_that_fails(
    hashed_index: ds.Index, say: Say, notice: str
) -> None:
    html = shown(hashed_index, say)
    plain = TestClient(create_app(hashed_index)).get("/", params={"question": QUESTION}).text
    assert words_of(html, "words") == words_of(unescape(plain), "words")
    assert any(notice in words for words in words_of(html, "notice"))
    assert words_of(plain, "notice") == []


def test_a_model_that_cannot_be_used_is_told_at_the_start(hashed_index: ds.Index) -> None:
    settings = load_settings(index=hashed_index.snapshot.folder, model="nonsense")
    with pytest.raises(ModelError, match="nonsense"):
        create_app(hashed_index, settings=settings)
