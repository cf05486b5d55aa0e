"""The HTTP service: every body against the contract, every error against its status."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, TypeAdapter, ValidationError

import docsearch as ds
from docsearch import errors
from docsearch.payloads import document_payload
from docsearch.service import create_app, schemas, serve
from docsearch.service.problems import problem_type, without_paths
from docsearch.service.run import is_loopback
from docsearch.service.running import get_index
from docsearch.service.source import IndexSource

ROOT = Path(__file__).parent.parent
QUESTION = "Đơn vị nào phải báo cáo trước ngày 15/12?"
UNANSWERABLE = "Lãi suất tiền gửi ngân hàng là bao nhiêu?"
CHI_LANG = "141-kh-ubnd-chi-lang-2022"
MAX_BODY = 64 * 1024


class Response(Protocol):
    """What the tests read of a response."""

    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    def json(self) -> Any: ...  # noqa: ANN401


def assert_problem(response: Response, status: int, *, instance: str) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    schemas.Problem.model_validate(body)
    assert body["status"] == status
    assert body["instance"] == instance
    assert body["title"] and body["detail"]
    assert "Traceback" not in json.dumps(body)
    return body


def wait_for(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def client(corpus_index: ds.Index) -> Iterator[TestClient]:
    with TestClient(create_app(corpus_index)) as client:
        yield client


@pytest.fixture
def app_without_index(tmp_path: Path) -> FastAPI:
    return create_app(folder=tmp_path / "nothing-here")


@pytest.fixture
def bare(app_without_index: FastAPI) -> Iterator[TestClient]:
    """Return a client of a service whose index is missing."""
    with TestClient(app_without_index, raise_server_exceptions=False) as client:
        yield client


# Bodies


@pytest.mark.model
@pytest.mark.parametrize("question", [QUESTION, UNANSWERABLE, "Ai ký kế hoạch 141/KH-UBND?"])
def test_ask_is_the_body_of_the_command_line(
    client: TestClient, corpus_index: ds.Index, question: str
) -> None:
    response = client.post("/ask", json={"question": question})
    assert response.status_code == 200
    assert response.json() == corpus_index.ask(question).to_dict()
    schemas.ReplyBody.model_validate(response.json())


@pytest.mark.model
def test_ask_has_the_fields_of_the_contract(client: TestClient) -> None:
    body = client.post("/ask", json={"question": QUESTION}).json()
    names = {"question", "status", "reason", "intent", "answer", "confidence", "items", "citations"}
    assert names <= body.keys()
    assert (body["status"], body["reason"], body["intent"]) == ("answered", None, "who")
    assert {"text", "fields", "citations"} <= body["items"][0].keys()
    assert body["items"][0]["fields"]["deadline"] == "--12-15"
    assert body["items"][0]["fields"]["recipient"] == "Phòng Giáo dục và Đào tạo huyện"
    place = {"document", "source", "number", "type", "place", "path", "page"}
    assert place | {"start", "end", "quote"} <= body["citations"][0].keys()
    assert body["citations"][0]["document"] == CHI_LANG


@pytest.mark.model
def test_every_quote_is_in_the_document_that_is_shown(client: TestClient) -> None:
    for question in (QUESTION, UNANSWERABLE):
        body = client.post("/ask", json={"question": question}).json()
        citations = body["citations"] + body["nearest"]
        assert citations
        for citation in citations:
            text = client.get(f"/documents/{citation['document']}").json()["text"]
            assert text[citation["start"] : citation["end"]] == citation["quote"]
            for start, end in citation["marks"]:
                assert citation["start"] <= start < end <= citation["end"]


@pytest.mark.model
def test_an_abstention_is_200_with_its_reason(client: TestClient) -> None:
    response = client.post("/ask", json={"question": UNANSWERABLE})
    assert response.status_code == 200
    body = response.json()
    assert body["status"] == "abstained"
    assert body["reason"] == "not_in_corpus"
    assert body["items"] == body["citations"] == []


@pytest.mark.model
def test_search_is_the_body_of_the_command_line(client: TestClient, corpus_index: ds.Index) -> None:
    query = "phân luồng học sinh"
    parameters = {"q": query, "k": "3", "mode": "lexical", "place": "Chi Lăng"}
    body = client.get("/search", params=parameters).json()
    filters = ds.Filters(place="Chi Lăng")
    assert body == corpus_index.search(query, k=3, mode="lexical", filters=filters).to_list()
    TypeAdapter(list[schemas.HitBody]).validate_python(body)
    assert [hit["rank"] for hit in body] == [1, 2, 3]
    assert {hit["document"] for hit in body} == {CHI_LANG}
    names = {"rank", "score", "scorer", "document", "source", "start", "end", "text", "path"}
    assert names | {"place", "duplicates"} == body[0].keys()


@pytest.mark.model
def test_search_gives_ten_fused_passages_unless_told_otherwise(client: TestClient) -> None:
    body = client.get("/search", params={"q": "phân luồng"}).json()
    assert len(body) == 10
    assert {hit["scorer"] for hit in body} == {"fused"}


@pytest.mark.model
def test_nothing_found_is_an_empty_list(client: TestClient) -> None:
    for path in ("/search?q=phân luồng&place=Hà Nội", "/documents?place=Hà Nội"):
        response = client.get(path)
        assert (response.status_code, response.json()) == (200, [])


@pytest.mark.model
def test_documents_are_all_listed(client: TestClient, corpus_index: ds.Index) -> None:
    body = client.get("/documents").json()
    assert len(body) == 5
    assert body == corpus_index.documents().to_list()
    TypeAdapter(list[schemas.DocumentRowBody]).validate_python(body)


FILTERS = [
    pytest.param({"place": "Chi Lăng"}, {"place": "Chi Lăng"}, id="place"),
    pytest.param({"type": "thông báo"}, {"type": "thông báo"}, id="type"),
    pytest.param({"issuer": "Đảng ủy"}, {"issuer": "Đảng ủy"}, id="issuer"),
    pytest.param({"number": "141/KH-UBND"}, {"number": "141/KH-UBND"}, id="number"),
    pytest.param({"from": "2022-01-01"}, {"issued_from": "2022-01-01"}, id="from"),
    pytest.param({"to": "2022-12"}, {"issued_to": "2022-12"}, id="to"),
    pytest.param({"document": CHI_LANG}, {"document": CHI_LANG}, id="document"),
]


@pytest.mark.model
@pytest.mark.parametrize(("given", "record"), FILTERS)
def test_filters_have_the_names_of_the_command_line(
    client: TestClient, corpus_index: ds.Index, given: dict[str, str], record: dict[str, str]
) -> None:
    filters = ds.Filters(**record)
    wanted = corpus_index.documents(filters=filters).to_list()
    assert 0 < len(wanted) < 5
    assert client.get("/documents", params=given).json() == wanted
    hits = client.get("/search", params={"q": "giáo dục", **given}).json()
    assert {hit["document"] for hit in hits} <= {row["document"] for row in wanted}
    assert hits
    reply = client.post("/ask", json={"question": QUESTION, **given}).json()
    assert reply == corpus_index.ask(QUESTION, filters=filters).to_dict()


@pytest.mark.model
def test_a_document_has_its_text_header_and_outline(
    client: TestClient, corpus_index: ds.Index
) -> None:
    body = client.get(f"/documents/{CHI_LANG}").json()
    outline = corpus_index.outline(CHI_LANG)
    header = corpus_index.header(CHI_LANG)
    assert body == json.loads(
        json.dumps(document_payload(corpus_index.document(CHI_LANG), header, outline))
    )
    assert {"document", "source", "text", "header", "units"} < body.keys()
    schemas.DocumentBody.model_validate(body)
    assert client.get(f"/documents/{body['source']}").json() == body


@pytest.mark.model
def test_health_and_ready_count_the_index(client: TestClient, corpus_index: ds.Index) -> None:
    manifest = corpus_index.snapshot.manifest
    counts = {"documents": 5, "passages": manifest.passages}
    health = client.get("/health").json()
    assert health == {"status": "ok", "version": ds.__version__, **counts}
    ready = client.get("/ready").json()
    assert ready == {"status": "ready", "encoder": manifest.encoder, **counts}


# Requests that cannot be run


@pytest.mark.model
@pytest.mark.parametrize("question", ["", "   ", "?!"])
def test_an_empty_question_is_422(client: TestClient, question: str) -> None:
    body = assert_problem(client.post("/ask", json={"question": question}), 422, instance="/ask")
    assert body["type"] == "urn:docsearch:error:query"
    assert_problem(client.get("/search", params={"q": question}), 422, instance="/search")


@pytest.mark.model
def test_an_unknown_document_is_404(client: TestClient) -> None:
    body = assert_problem(client.get("/documents/nope"), 404, instance="/documents/nope")
    assert body["type"] == "urn:docsearch:error:document-not-found"
    assert "nope" in body["detail"]


@pytest.mark.model
def test_the_longest_question_is_answered_and_a_longer_one_is_422(client: TestClient) -> None:
    longest = (QUESTION + " ") * 60
    assert client.post("/ask", json={"question": longest[:2000]}).status_code == 200
    response = client.post("/ask", json={"question": longest[:2001]})
    body = assert_problem(response, 422, instance="/ask")
    assert body["errors"][0]["where"] == "body.question"


WRONG = [
    pytest.param("/search?q=a&k=0", "query.k", id="k too small"),
    pytest.param("/search?q=a&k=1001", "query.k", id="k too large"),
    pytest.param("/search?q=a&k=-1", "query.k", id="k negative"),
    pytest.param("/search?q=a&k=ba", "query.k", id="k not a number"),
    pytest.param("/search?q=a&k=1.5", "query.k", id="k not whole"),
    pytest.param("/search", "query.q", id="no query"),
    pytest.param("/search?q=a&mode=magic", "query.mode", id="unknown mode"),
    pytest.param("/search?q=a&plcae=x", "query.plcae", id="misspelt filter"),
    pytest.param("/documents?from=15/12/2024", "query.from", id="Vietnamese date"),
    pytest.param("/documents?to=2024-02-30", "query.to", id="no such day"),
    pytest.param("/documents?to=2024-W01-1", "query.to", id="week date"),
    pytest.param("/documents?place=" + "x" * 201, "query.place", id="long filter"),
]


@pytest.mark.parametrize(("path", "where"), WRONG)
def test_a_wrong_parameter_is_422_and_named(path: str, where: str) -> None:
    app = create_app()
    app.dependency_overrides[get_index] = lambda: None
    response = TestClient(app).get(path)
    body = assert_problem(response, 422, instance=path.partition("?")[0])
    assert [fault["where"] for fault in body["errors"]] == [where]
    assert where in body["detail"]


@pytest.mark.parametrize(
    ("path", "vi", "en"),
    [
        ("/nhiem-vu?before=31/2", "không hiểu thời gian “31/2”", "“31/2” is not a time"),
        ("/nhiem-vu?from=hom-qua", "“hom-qua” không phải là một ngày", "“hom-qua” is no day"),
        ("/nhiem-vu?page=0", "ít nhất là 1", "at least 1"),
        ("/nhiem-vu?page=x", "“x” không phải là một số", "“x” is no number"),
        (f"/nhiem-vu?actor={'x' * 201}", "nhiều nhất 200 ký tự", "at most 200 characters"),
        ("/nhiem-vu/lich?month=2024", "viết tháng như 2024-06", "write a month as 2024-06"),
        ("/chi-tieu?period={sau}", "“{sau}” không có năm", "“{sau}” has no year"),
        ("/chi-tieu?kind=khac", "chọn mục tiêu hoặc đã đạt", "choose target or reached"),
    ],
)
def test_a_page_says_in_its_language_what_is_wrong(
    client: TestClient, path: str, vi: str, en: str
) -> None:
    for language, words in (("vi", vi), ("en", en)):
        response = client.get(path, headers={"Cookie": f"docsearch_lang={language}"})
        assert response.status_code == 422
        assert words in response.text


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="no body"),
        pytest.param(b"{", id="not JSON"),
        pytest.param(b"[]", id="not an object"),
        pytest.param(b"{}", id="no question"),
        pytest.param(b'{"question": 5}', id="a number"),
        pytest.param(b'{"question": "\\ud800"}', id="half a surrogate pair"),
        pytest.param(b'{"question": "a", "k": 3}', id="unknown field"),
        pytest.param(b'\xff{"question": "a"}', id="not UTF-8"),
    ],
)
def test_a_wrong_body_is_refused(content: bytes) -> None:
    app = create_app()
    app.dependency_overrides[get_index] = lambda: None
    response = TestClient(app, raise_server_exceptions=False).post(
        "/ask", content=content, headers={"content-type": "application/json"}
    )
    assert_problem(response, 400 if content.startswith(b"\xff") else 422, instance="/ask")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_above_64_kib_is_413(bare: TestClient, *, chunked: bool) -> None:
    too_long = json.dumps({"question": "x" * MAX_BODY}).encode()
    parts = (too_long[i : i + 4096] for i in range(0, len(too_long), 4096))
    response = bare.post(
        "/ask",
        content=parts if chunked else too_long,
        headers={"content-type": "application/json"},
    )
    assert_problem(response, 413, instance="/ask")


def test_a_body_of_64_kib_is_read() -> None:
    app = create_app()
    app.dependency_overrides[get_index] = lambda: None
    rest = len(json.dumps({"question": ""}))
    body = json.dumps({"question": "x" * (MAX_BODY - rest)}).encode()
    assert len(body) == MAX_BODY
    response = TestClient(app).post(
        "/ask", content=body, headers={"content-type": "application/json"}
    )
    assert_problem(response, 422, instance="/ask")


def test_an_unknown_route_is_404(bare: TestClient) -> None:
    body = assert_problem(bare.get("/không-có"), 404, instance="/không-có")
    assert body["type"] == "about:blank"


def test_a_wrong_method_is_405_and_says_the_right_one(bare: TestClient) -> None:
    response = bare.delete("/ask")
    body = assert_problem(response, 405, instance="/ask")
    assert response.headers["allow"] == "POST"
    assert "POST" in body["detail"]


# Errors of docsearch and others

STATUSES: dict[type[errors.DocsearchError], int] = {
    errors.DocsearchError: 500,
    errors.SourceError: 422,
    errors.UnsupportedFormatError: 415,
    errors.MissingProgramError: 501,
    errors.AlignmentError: 500,
    errors.IndexFileError: 503,
    errors.IndexVersionError: 503,
    errors.IndexBusyError: 503,
    errors.EncoderMismatchError: 503,
    errors.EncoderError: 500,
    errors.QueryError: 422,
    errors.DocumentNotFoundError: 404,
    errors.GoldError: 422,
    errors.ModelError: 502,
    errors.MissingDependencyError: 501,
}


def make_error(error: type[errors.DocsearchError]) -> errors.DocsearchError:
    if issubclass(error, errors.MissingProgramError):
        return error("a.doc", "LibreOffice", "apt-get install it")
    if issubclass(error, errors.SourceError):
        return error("a.txt", "it is empty")
    if issubclass(error, errors.AlignmentError):
        return error(3, "a", "b")
    return error("where, what was found, what to do")


def all_errors() -> list[type[errors.DocsearchError]]:
    found = [errors.DocsearchError]
    for error in found:
        found.extend(error.__subclasses__())
    return [error for error in found if error.__module__ == errors.__name__]


@pytest.mark.parametrize("error", all_errors(), ids=lambda error: error.__name__)
def test_every_error_has_its_status(error: type[errors.DocsearchError]) -> None:
    raised = make_error(error)

    def fail() -> None:
        raise raised

    app = create_app()
    app.dependency_overrides[get_index] = fail
    response = TestClient(app).get("/ready")
    body = assert_problem(response, STATUSES[error], instance="/ready")
    assert body["title"] == error.title
    assert body["detail"] == without_paths(str(raised))
    assert body["type"] == problem_type(error)
    assert body["retryable"] is error.retryable
    assert ("retry-after" in response.headers) is error.retryable


def test_problem_types_are_words() -> None:
    types = [problem_type(error) for error in all_errors()]
    assert len(set(types)) == len(types)
    assert all(re.fullmatch("urn:docsearch:error:[a-z-]+", found) for found in types)


def test_an_unforeseen_error_is_500_without_its_words() -> None:
    def fail() -> None:
        raise RuntimeError("the password is 1234")

    app = create_app()
    app.dependency_overrides[get_index] = fail
    response = TestClient(app, raise_server_exceptions=False).get("/ready")
    body = assert_problem(response, 500, instance="/ready")
    assert "1234" not in json.dumps(body)


# The index


@pytest.mark.parametrize("path", ["/ready", "/documents", "/documents/a", "/search?q=a"])
def test_without_an_index_it_is_503_with_what_to_do(bare: TestClient, path: str) -> None:
    body = assert_problem(bare.get(path), 503, instance=path.partition("?")[0])
    assert "docsearch build" in body["detail"]


def test_without_an_index_it_is_up_and_shows_its_page(bare: TestClient) -> None:
    health = bare.get("/health")
    assert health.status_code == 200
    assert health.json()["documents"] is None
    assert bare.get("/").status_code == 200
    assert_problem(bare.post("/ask", json={"question": QUESTION}), 503, instance="/ask")


@pytest.mark.model
def test_an_encoder_that_cannot_be_loaded_is_not_ready(corpus_folder: Path) -> None:
    app = create_app(folder=corpus_folder, encoder="no/such-encoder-anywhere")
    with TestClient(app) as client:
        assert_problem(client.get("/ready"), 503, instance="/ready")


@pytest.mark.model
def test_the_index_is_opened_at_the_start(corpus_folder: Path) -> None:
    with TestClient(create_app(folder=corpus_folder, encoder="default")) as client:
        assert client.get("/health").json()["documents"] == 5


def test_the_folder_is_taken_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DOCSEARCH_INDEX", str(tmp_path))
    assert IndexSource().folder == tmp_path
    assert IndexSource(folder="other").folder == Path("other")
    monkeypatch.delenv("DOCSEARCH_INDEX")
    assert IndexSource().folder == Path("index")


def test_requests_at_once_open_the_index_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened = []

    class Loaded:
        def load(self) -> Loaded:
            return self

    def open_slowly(folder: Path, *, encoder: str | None) -> object:
        opened.append(folder)
        time.sleep(0.1)
        return Loaded()

    monkeypatch.setattr("docsearch.service.source.open_index", open_slowly)
    (tmp_path / "manifest.json").write_text("{}", "utf-8")
    source = IndexSource(folder=tmp_path)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: source.current(), range(8)))
    assert opened == [tmp_path]
    assert len(set(map(id, found))) == 1


@pytest.mark.model
def test_a_running_service_answers_from_the_newest_build(
    corpus_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    with TestClient(create_app(folder=folder, encoder="default")) as client:
        assert client.get("/ready").status_code == 503
        shutil.copytree(corpus_folder, folder)
        assert client.get("/ready").json()["documents"] == 5
        file = tmp_path / "them.txt"
        file.write_text("THÔNG BÁO\n\nTrạm y tế xã gửi báo cáo trước ngày 20/11.\n", "utf-8")
        ds.build(file, folder, encoder="default")
        wait_for(lambda: client.get("/ready").json()["documents"] == 6)
        hits = client.get("/search", params={"q": "trạm y tế xã", "k": 1}).json()
        assert hits[0]["source"] == "them.txt"
        (folder / "manifest.json").unlink()
        assert client.get("/ready").status_code == 503


@pytest.mark.model
def test_twenty_asks_at_once_give_the_same_answers(
    corpus_index: ds.Index, corpus_folder: Path
) -> None:
    questions = [QUESTION, UNANSWERABLE, "Ai ký kế hoạch 141/KH-UBND?", "Who must report?"] * 5
    wanted = [corpus_index.ask(question).to_dict() for question in questions]
    app = create_app(folder=corpus_folder, encoder="default")  # nothing in it is loaded yet
    with TestClient(app) as client, ThreadPoolExecutor(20) as pool:
        asked = pool.map(
            lambda question: client.post("/ask", json={"question": question}), questions
        )
        assert [response.json() for response in asked] == wanted


def test_a_long_answer_does_not_stop_the_others() -> None:
    started, finish = threading.Event(), threading.Event()

    class SlowIndex:
        def documents(self, **_: object) -> ds.Documents:
            started.set()
            assert finish.wait(20)
            return ds.Documents([])

    app = create_app()
    app.dependency_overrides[get_index] = SlowIndex
    with TestClient(app) as client, ThreadPoolExecutor(1) as pool:
        slow = pool.submit(client.get, "/documents")
        assert started.wait(20)
        assert client.get("/health").status_code == 200
        assert not slow.done()
        finish.set()
        assert slow.result().json() == []


# Description and page


def test_every_body_is_described_with_examples(bare: TestClient) -> None:
    document = bare.get("/openapi.json").json()
    described = document["components"]["schemas"]
    assert {*document["paths"]} >= {
        *("/ask", "/search", "/obligations", "/targets", "/documents", "/documents/{id}"),
        *("/health", "/ready", "/metrics", "/obligations.{form}"),
    }
    for path, methods in document["paths"].items():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                content = response.get("content", {})
                if status.startswith(("4", "5")):
                    assert list(content) == ["application/problem+json"], path
                elif "application/json" in content:
                    schema = content["application/json"]["schema"]
                    reference = schema.get("items", schema)["$ref"]
                    assert described[reference.rpartition("/")[2]]["examples"], path
    assert described["AskRequest"]["examples"]
    assert "HTTPValidationError" not in described


@pytest.mark.parametrize(
    "model",
    [
        schemas.AskRequest,
        schemas.ReplyBody,
        schemas.HitBody,
        schemas.DocumentRowBody,
        schemas.DocumentBody,
        schemas.HealthBody,
        schemas.ReadyBody,
        schemas.Problem,
    ],
    ids=lambda model: model.__name__,
)
def test_every_example_is_valid(model: type[BaseModel]) -> None:
    for example in model.model_json_schema()["examples"]:
        model.model_validate(example)
        if "quote" in example:
            assert example["end"] - example["start"] == len(example["quote"])


def test_a_body_with_something_undescribed_is_not_valid() -> None:
    body = {"status": "ok", "version": "1", "documents": 1, "passages": 1, "new": 1}
    with pytest.raises(ValidationError):
        schemas.HealthBody.model_validate(body)


def test_the_page_without_an_index_says_what_to_do(bare: TestClient) -> None:
    response = bare.get("/")
    html = response.text
    assert response.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert '<html lang="vi">' in html
    assert "docsearch build" in html
    assert bare.get("/?question=ai").status_code == 503


# Running it


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("example.org", False),
    ],
)
def test_addresses_of_this_machine_alone(host: str, *, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_an_address_in_use_is_said_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(errors.DocsearchError, match=f"127.0.0.1:{port}: cannot listen"):
            serve(tmp_path, port=port)


@pytest.mark.parametrize("workers", [1, 2])
def test_serve_prints_its_address_and_stops_when_interrupted(tmp_path: Path, workers: int) -> None:
    code = (
        f"from docsearch.service import serve; serve({str(tmp_path)!r}, port=0, workers={workers})"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        lines = []
        for line in process.stderr:
            lines.append(line)
            if line.startswith("docsearch is at"):
                break
        found = re.search(r"http://[\d.]+:(\d+)/", lines[-1])
        assert found, lines
        with urllib.request.urlopen(f"http://127.0.0.1:{found[1]}/health", timeout=20) as answer:
            assert json.load(answer)["status"] == "ok"
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
    assert any("no keys: only this machine" in line for line in lines)
    assert "Traceback" not in rest
    assert process.returncode == 0


def test_without_keys_other_machines_are_not_listened_to(tmp_path: Path) -> None:
    with pytest.raises(errors.DocsearchError, match="docsearch key create"):
        serve(tmp_path / "index", "0.0.0.0", 0)


def test_without_fastapi_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['fastapi'] = None\n"
        "from docsearch.errors import MissingDependencyError\n"
        "from docsearch.service import create_app, serve\n"
        "for run in (create_app, serve):\n"
        "    try:\n"
        "        run()\n"
        "    except MissingDependencyError as error:\n"
        "        print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.count("pip install 'docsearch[service]'") == 2


def test_importing_the_package_imports_no_framework() -> None:
    code = (
        "import sys, docsearch.service\n"
        "print([m for m in ('fastapi', 'uvicorn', 'starlette') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


# The register


@pytest.mark.model
def test_the_register_is_that_of_the_command_line(
    client: TestClient, corpus_index: ds.Index
) -> None:
    response = client.get("/obligations", params={"in": "2024", "actor": "ubnd xa"})
    assert response.status_code == 200
    assert response.json() == corpus_index.obligations(within="2024", actor="ubnd xa").to_list()
    TypeAdapter(list[schemas.ObligationBody]).validate_python(response.json())
    response = client.get("/targets", params={"topic": "mầm non", "kind": "mục tiêu"})
    assert response.json() == corpus_index.targets(topic="mầm non", kind="target").to_list()
    TypeAdapter(list[schemas.TargetBody]).validate_python(response.json())
    assert client.get("/obligations", params={"actor": "Quỹ Không Có"}).json() == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("path", "parameters", "said"),
    [
        ("/obligations", {"before": "31/2"}, "15/12/2024"),
        ("/obligations", {"on": "2024-06"}, "not one day"),
        ("/obligations", {"overdue_at": "15/12"}, "one day of one year"),
        ("/obligations", {"within": "2024"}, "Extra inputs"),
        ("/obligations", {"action": "…"}, "holds no word"),
        ("/targets", {"kind": "planned {x}"}, "target, achieved"),
        ("/targets", {"period": "15/12"}, "no year"),
    ],
)
def test_parameters_of_the_register_that_are_not_understood(
    client: TestClient, path: str, parameters: dict[str, str], said: str
) -> None:
    body = assert_problem(client.get(path, params=parameters), 422, instance=path)
    assert said in body["detail"]
