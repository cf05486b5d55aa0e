"""Who may do what: keys, roles, sessions, names, rates, time limits, and what is told of it."""

from __future__ import annotations

import gzip
import hmac
import json
import logging
import stat
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import docsearch as ds
from docsearch import errors
from docsearch.cli import app as cli
from docsearch.service import create_app
from docsearch.service.access import COOKIE, READING_POSTS, is_write
from docsearch.service.keys import KeyFile, Ring
from docsearch.service.logs import JsonLines, TextLines
from docsearch.service.problems import without_paths
from docsearch.service.run import guarded
from docsearch.service.running import get_index
from docsearch.service.sessions import own_address
from docsearch.service.settings import Settings, load_settings

PAGE = {"accept": "text/html"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(index=tmp_path / "index", rate=0)


@pytest.fixture
def keys(settings: Settings) -> dict[str, str]:
    """Return a read and a write key of the service."""
    file = KeyFile(settings.keys_file)
    return {"read": file.create("read", "đọc")[1], "write": file.create("write", "ghi")[1]}


@pytest.fixture
def client(settings: Settings, hashed_index: ds.Index) -> Iterator[TestClient]:
    with TestClient(create_app(hashed_index, settings=settings)) as client:
        yield client


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


# Keys


def test_a_key_is_shown_once_and_kept_as_a_digest(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys.json")
    key, given = file.create("read", "Phòng Nội vụ")
    assert given not in file.path.read_text("utf-8")
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert file.ring().find(given) == key
    assert file.ring().find(given[:-1]) is None
    assert file.revoke(key.id) == key
    assert file.ring().find(given) is None
    with pytest.raises(errors.DocsearchError, match="docsearch key list"):
        file.revoke(key.id)


def test_every_key_is_compared_and_in_constant_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = KeyFile(tmp_path / "keys.json")
    given = [file.create("read", str(n))[1] for n in range(3)]
    compared = []
    compare = hmac.compare_digest

    def counted(a: str, b: str) -> bool:
        compared.append((len(a), len(b)))
        return compare(a, b)

    monkeypatch.setattr("docsearch.service.keys.hmac.compare_digest", counted)
    assert file.ring().find(given[0])
    assert compared == [(64, 64)] * 3  # the first fits, and the others are compared too


def test_a_damaged_key_file_opens_nothing(settings: Settings, client: TestClient) -> None:
    settings.keys_file.write_text("{", "utf-8")
    response = client.get("/documents")
    assert response.status_code == 503
    assert str(settings.keys_file.parent) not in response.text


def test_sessions_end(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys.json")
    key, _ = file.create("read", "")
    ring = file.ring()
    cookie = ring.session(key, hours=1, now=lambda: 0)
    assert ring.of_session(cookie, now=lambda: 3599) == key
    assert ring.of_session(cookie, now=lambda: 3601) is None
    assert ring.of_session(cookie[:-1] + "x", now=lambda: 0) is None
    assert ring.of_session(cookie.replace(".3600.", ".9999."), now=lambda: 0) is None
    assert Ring().of_session(cookie) is None
    for forged in ("", ".", "a.b", "é.1.ß", "..."):
        assert ring.of_session(forged) is None


def test_the_command_makes_lists_and_revokes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCSEARCH_KEYS", str(tmp_path / "keys.json"))
    run = CliRunner().invoke
    made = json.loads(
        run(cli, ["key", "create", "--role", "write", "--name", "a", "--json"]).stdout
    )
    assert made[0]["role"] == "write"
    assert KeyFile(tmp_path / "keys.json").ring().find(made[0]["key"])
    listed = run(cli, ["key", "list"]).stdout
    assert made[0]["id"] in listed and made[0]["key"] not in listed
    assert "revoked" in run(cli, ["key", "revoke", made[0]["id"]]).stdout
    assert "no keys" in run(cli, ["key", "list"]).stdout
    for wrong in (["create", "--role", "admin"], ["revoke"], ["destroy"]):
        assert isinstance(run(cli, ["key", *wrong]).exception, errors.QueryError)


# Roles


def test_with_keys_everything_but_health_needs_one(
    client: TestClient, keys: dict[str, str]
) -> None:
    assert client.get("/health").status_code == 200
    assert client.get("/static/style.css").status_code == 200
    for path in ("/ready", "/metrics", "/documents", "/openapi.json", "/", "/nhiem-vu", "/nope"):
        response = client.get(path)
        assert response.status_code == 401, path
        assert response.headers["www-authenticate"].startswith("Bearer")
        assert client.get(path, headers=bearer("ds_" + "x" * 43)).status_code == 401
    assert client.get("/documents", headers=bearer(keys["read"])).status_code == 200


def test_a_read_key_cannot_write(client: TestClient, keys: dict[str, str]) -> None:
    file = {"file": ("a.txt", b"THONG BAO\n\nmot hai ba", "text/plain")}
    for method, path in (
        ("POST", "/documents"),
        ("DELETE", "/documents/a"),
        ("POST", "/van-ban"),
        ("POST", "/van-ban/a/xoa"),
    ):
        body = file if method == "POST" else None
        response = client.request(method, path, files=body, headers=bearer(keys["read"]))
        assert response.status_code == 403, path
        assert "write" in response.json()["detail"]
        assert client.request(method, path, files=body).status_code == 401


def test_without_keys_nothing_can_be_written(client: TestClient) -> None:
    assert client.get("/documents").status_code == 200
    file = {"file": ("a.txt", b"THONG BAO", "text/plain")}
    assert client.post("/documents", files=file).status_code == 403


def test_every_route_that_changes_something_is_for_writers(client: TestClient) -> None:
    from fastapi import FastAPI

    application = client.app
    assert isinstance(application, FastAPI)
    for route in application.routes:
        if isinstance(route, APIRoute) and (route.methods or set()) - {"GET", "HEAD"}:
            assert route.path in READING_POSTS or is_write(route.path), route.path


# Browsers


def test_a_browser_signs_in_and_out(client: TestClient, keys: dict[str, str]) -> None:
    response = client.get("/van-ban?place=x", headers=PAGE, follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == "/dang-nhap?next=%2Fvan-ban%3Fplace%3Dx"
    wrong = client.post("/dang-nhap", data={"key": "ds_wrong"}, headers=PAGE)
    assert wrong.status_code == 401 and COOKIE not in client.cookies
    signed = client.post(
        "/dang-nhap", data={"key": keys["write"], "next": "/van-ban"}, follow_redirects=False
    )
    assert signed.headers["location"] == "/van-ban"
    cookie = signed.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    assert client.get("/van-ban", headers=PAGE).status_code == 200
    assert keys["write"] not in client.cookies[COOKIE]
    client.post("/dang-xuat", follow_redirects=False)
    assert client.get("/van-ban", headers=PAGE, follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
def test_another_site_cannot_use_the_cookie(
    client: TestClient, keys: dict[str, str], headers: dict[str, str]
) -> None:
    client.post("/dang-nhap", data={"key": keys["write"]}, follow_redirects=False)
    response = client.post("/van-ban/a/xoa", headers=headers)
    assert response.status_code == 403
    assert response.json()["type"].endswith("other-site")
    foreign = client.post("/dang-nhap", data={"key": keys["read"]}, headers=headers)
    assert foreign.status_code == 403


@pytest.mark.parametrize(
    "given",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nX: y", "", "javascript:1"],
)
def test_signing_in_leads_to_no_other_site(given: str) -> None:
    assert own_address(given) == "/"
    assert own_address("/van-ban?a=b") == "/van-ban?a=b"


def test_a_name_that_is_not_its_own_is_refused(hashed_index: ds.Index, tmp_path: Path) -> None:
    settings = guarded(load_settings(index=tmp_path / "index"))
    client = TestClient(create_app(hashed_index, settings=settings))
    assert client.get("/health", headers={"host": "evil.example"}).status_code == 421
    for name in ("localhost:8000", "127.0.0.1", "[::1]:8000"):
        assert client.get("/health", headers={"host": name}).status_code == 200


def test_without_keys_only_this_machine_is_listened_to(tmp_path: Path) -> None:
    with pytest.raises(errors.DocsearchError, match="docsearch key create"):
        guarded(load_settings(index=tmp_path / "index", host="0.0.0.0"))


# Limits


def test_too_many_requests_wait(hashed_index: ds.Index, tmp_path: Path) -> None:
    settings = load_settings(index=tmp_path / "index", rate=3)
    with TestClient(create_app(hashed_index, settings=settings)) as client:
        statuses = [client.get("/ready").status_code for _ in range(5)]
        assert statuses == [200, 200, 200, 429, 429]
        response = client.get("/ready")
        assert 1 <= int(response.headers["retry-after"]) <= 21
        assert client.get("/health").status_code == 200


def slow_app(tmp_path: Path, **given: float) -> tuple[TestClient, threading.Event]:
    """Return a client of a service whose list of documents waits for an event."""
    finish = threading.Event()

    class SlowIndex:
        def documents(self, **_: object) -> ds.Documents:
            assert finish.wait(20)
            return ds.Documents([])

    app = create_app(settings=load_settings(index=tmp_path / "index", **given))
    app.dependency_overrides[get_index] = SlowIndex
    return TestClient(app), finish


def test_more_questions_than_allowed_are_told_to_wait(tmp_path: Path) -> None:
    client, finish = slow_app(tmp_path, questions=2)
    with client, ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(client.get, "/documents") for _ in range(8)]
        done = (future.result() for future in as_completed(asked))
        refused = [next(done) for _ in range(6)]
        assert {response.status_code for response in refused} == {503}
        assert all(r.headers["retry-after"] and r.json()["retryable"] for r in refused)
        finish.set()
        assert sorted(f.result().status_code for f in asked) == [200] * 2 + [503] * 6


def test_what_takes_too_long_is_given_up(tmp_path: Path) -> None:
    client, finish = slow_app(tmp_path, seconds=0.2)
    with client:
        response = client.get("/documents")
        assert response.status_code == 504
        assert response.json()["type"].endswith("timeout")
        finish.set()


# What is told


def test_every_response_has_its_id_and_headers(client: TestClient) -> None:
    response = client.get("/health", headers={"x-request-id": "abc-1"})
    assert response.headers["x-request-id"] == "abc-1"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    forged = client.get("/nope", headers={"x-request-id": "a b;<"})
    assert forged.headers["x-request-id"] == forged.json()["request_id"] != "a b;<"


def test_a_document_that_did_not_change_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/documents/141-kh-ubnd-chi-lang-2022")
    tag = first.headers["etag"]
    again = client.get(first.url.path, headers={"if-none-match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(first.url.path, headers={"if-none-match": '"x"'}).status_code == 200


def test_bodies_are_compressed_where_that_is_asked_for(client: TestClient) -> None:
    with client.stream("GET", "/documents", headers={"accept-encoding": "gzip"}) as response:
        raw = b"".join(response.iter_raw())
        assert response.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(raw)) == client.get("/documents").json()


def test_other_origins_are_let_in_only_where_they_are_named(
    hashed_index: ds.Index, settings: Settings
) -> None:
    origin = {"origin": "https://a.example"}
    named = settings.model_copy(update={"cors": ("https://a.example",)})
    allowed = "access-control-allow-origin"
    assert (
        allowed
        not in TestClient(create_app(hashed_index, settings=settings))
        .get("/health", headers=origin)
        .headers
    )
    response = TestClient(create_app(hashed_index, settings=named)).get("/health", headers=origin)
    assert response.headers[allowed] == "https://a.example"


def test_an_answer_is_streamed_with_its_passages_first(
    client: TestClient, hashed_index: ds.Index
) -> None:
    question = "Đơn vị nào phải báo cáo trước ngày 15/12?"
    response = client.post("/ask?stream=true", json={"question": question})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = [block.split("\n", 1) for block in response.text.strip().split("\n\n")]
    assert [name for name, _ in events] == ["event: hits", "event: answer", "event: done"]
    bodies = [json.loads(data.removeprefix("data: ")) for _, data in events]
    assert bodies[0] == hashed_index.search(question).to_list()
    assert bodies[1] == hashed_index.ask(question).to_dict()
    refused = client.post("/ask?stream=true", json={"question": "?!"})
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"


def test_the_figures_count_what_was_done(client: TestClient) -> None:
    client.post("/ask", json={"question": "Ai ký kế hoạch 141/KH-UBND?"})
    client.get("/documents/nope")
    text = client.get("/metrics").text
    assert 'docsearch_requests_total{method="POST",route="/ask",status="200"} 1.0' in text
    assert 'route="/documents/{id}",status="404"' in text
    assert "docsearch_replies_total{outcome=" in text
    assert "docsearch_documents 5.0" in text


@pytest.mark.parametrize("told", [False, True])
def test_the_log_has_questions_only_where_that_is_asked_for(
    hashed_index: ds.Index, settings: Settings, caplog: pytest.LogCaptureFixture, *, told: bool
) -> None:
    settings = settings.model_copy(update={"log_questions": told})
    question = "Ai ký kế hoạch 141/KH-UBND?"
    with caplog.at_level(logging.INFO, "docsearch.service"):
        client = TestClient(create_app(hashed_index, settings=settings))
        client.post("/ask", json={"question": question})
        client.get("/", params={"question": question})
        client.get("/search", params={"q": question})
    written = "\n".join(JsonLines().format(record) for record in caplog.records)
    assert ("141/KH-UBND" in written) is told
    assert all(json.loads(line) for line in written.split("\n"))
    line = json.loads(written.split("\n")[0])
    assert (line["route"], line["status"], line["method"]) == ("/ask", 200, "POST")
    assert line["request_id"] and line["ms"] >= 0
    assert "route=/ask" in TextLines().format(caplog.records[0])


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("/srv/kho/index/manifest.json: damaged", "manifest.json: damaged"),
        ("index: no index; run `docsearch build`", "index: no index; run `docsearch build`"),
        ("the number 141/KH-UBND of 29/4/2022", "the number 141/KH-UBND of 29/4/2022"),
        ("~/a/b.txt and ../c/d.txt", "b.txt and d.txt"),
        ("GET /documents lists them", "GET /documents lists them"),
    ],
)
def test_messages_name_no_path(message: str, left: str) -> None:
    assert without_paths(message) == left


def test_no_error_shows_where_the_index_lies(tmp_path: Path) -> None:
    folder = tmp_path / "bí mật" / "index"
    with TestClient(create_app(folder=folder)) as client:
        for path in ("/ready", "/documents", "/nhiem-vu", "/?question=a", "/van-ban/a"):
            for headers in ({}, PAGE):
                assert "bí mật" not in client.get(path, headers=headers).text, path


# Settings


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCSEARCH_PORT", "9000")
    monkeypatch.setenv("DOCSEARCH_CORS", "https://a.example, https://b.example")
    monkeypatch.setenv("DOCSEARCH_INDEX", "/kho/chung")
    settings = load_settings()
    assert settings.port == 9000
    assert settings.cors == ("https://a.example", "https://b.example")
    assert settings.keys_file == Path("/kho/chung.keys.json")
    assert settings.documents_folder == Path("/kho/chung.documents")
    assert load_settings(port=1).port == 1
    assert ("DOCSEARCH_PORT", "9000") in settings.lines()
    monkeypatch.setenv("DOCSEARCH_PORT", "many")
    with pytest.raises(errors.DocsearchError, match="DOCSEARCH_PORT: 'many' cannot be"):
        load_settings()
