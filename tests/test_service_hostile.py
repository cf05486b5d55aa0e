"""Requests that mean harm or make no sense: 4xx, nothing changed, no path told."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
import uvicorn
from fastapi.testclient import TestClient
from schemathesis.checks import CHECKS
from schemathesis.core.result import Ok

import docsearch as ds
from docsearch.service import create_app, run
from docsearch.service.documents import MAX_NAME, safe_name
from docsearch.service.keys import KeyFile
from docsearch.service.settings import load_settings
from tests.conftest import ENCODER

XSS = (
    "<script>window.hacked=1</script>",
    '"><img src=x onerror="window.hacked=1">',
    "'-window.hacked=1-'",
    "<svg/onload=window.hacked=1>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "javascript:window.hacked=1",
    "</textarea><script>window.hacked=1</script>",
    "]]><!--<script>window.hacked=1</script>-->",
)


class Service:
    """A service with a read and a write key over a copy of the corpus' index."""

    def __init__(self, folder: Path, index: Path) -> None:
        shutil.copytree(index, folder / "index")
        self.settings = load_settings(
            index=folder / "index", encoder=ENCODER, rate=0, max_upload=1024 * 1024
        )
        keys = KeyFile(self.settings.keys_file)
        self.read = {"Authorization": f"Bearer {keys.create('read', '')[1]}"}
        self.write = {"Authorization": f"Bearer {keys.create('write', '')[1]}"}
        self.app = create_app(settings=self.settings)
        self.client = TestClient(self.app, raise_server_exceptions=False)

    def sources(self) -> list[str]:
        rows = self.client.get("/documents", headers=self.read).json()
        return [row["source"] for row in rows]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Iterator[Service]:
    made = Service(tmp_path_factory.mktemp("hostile"), corpus_folder)
    with made.client:
        yield made


# Requests made from the description


def test_requests_made_from_the_description(service: Service) -> None:
    """At least 2,000 cases: no 5xx, and nothing that the description does not say."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", service.app, headers=service.read)
    results = list(schema.get_all_operations())
    operations = [result.ok() for result in results if isinstance(result, Ok)]
    assert len(operations) == len(results)
    asked = [o for o in operations if o.path not in ("/metrics",) and o.method != "delete"]
    checks = CHECKS.get_by_names(
        ["not_a_server_error", "status_code_conformance", "content_type_conformance"]
        + ["response_schema_conformance"]
    )
    cases = 0

    for operation in asked:
        modes = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]
        for mode in modes:

            @hypothesis.settings(
                max_examples=max(100, 2400 // (len(asked) * 2)),
                deadline=None,
                database=None,
                derandomize=True,
                phases=[hypothesis.Phase.generate],
                suppress_health_check=list(hypothesis.HealthCheck),
            )
            @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
            def check(case: schemathesis.Case[Any]) -> None:
                nonlocal cases
                cases += 1
                case.call_and_validate(headers=service.read, checks=checks)  # type: ignore[arg-type]

            try:
                check()
            except hypothesis.errors.Unsatisfiable:
                continue  # every request of this kind is a right one
    assert cases >= 2000
    assert len(service.sources()) == 5


# Bodies


BODIES = [
    pytest.param(b"[" * 50_000, id="deeply nested"),
    pytest.param(b'{"question":' * 5000, id="deeply nested objects"),
    pytest.param(b'{"question": "\xff\xfe"}', id="not UTF-8"),
    pytest.param(b'{"question": "a", "question": {"a": 1}}', id="twice"),
    pytest.param(b'{"question": "\\u0000"}', id="a null character"),
    pytest.param(b'{"question": 1e999}', id="infinite"),
    pytest.param(gzip.compress(b"0" * 10_000_000), id="a bomb that is not JSON"),
    pytest.param("question=a".encode("utf-16"), id="another encoding"),
]


@pytest.mark.parametrize("body", BODIES)
def test_bodies_that_make_no_sense(service: Service, body: bytes) -> None:
    response = service.client.post(
        "/ask", content=body, headers={**service.read, "content-type": "application/json"}
    )
    assert 400 <= response.status_code < 500, response.text
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["text/plain", "text/xml", "application/x-www-form-urlencoded"])
def test_another_content_type(service: Service, kind: str) -> None:
    response = service.client.post(
        "/ask", content=b'{"question": "a"}', headers={**service.read, "content-type": kind}
    )
    assert response.status_code in (415, 422)


SYNTAX = [
    "' OR 1=1 --",
    "a; DROP TABLE documents",
    "body:* AND (folded:[a TO z]",
    '+"a" -b ^2 ~ \\',
    "%' UNION SELECT text FROM documents --",
    "\x00\x01\x02",
    "a" * 1999,
    "\u202e\u200b\ufeff",
]


@pytest.mark.parametrize("text", SYNTAX)
@pytest.mark.parametrize(
    ("path", "name"),
    [
        *[("/search", "q"), ("/documents", "place"), ("/obligations", "actor")],
        *[("/targets", "topic"), ("/", "question"), ("/nhiem-vu", "actor"), ("/so-sanh", "topic")],
    ],
)
def test_the_syntax_of_engines_is_only_words(
    service: Service, path: str, name: str, text: str
) -> None:
    response = service.client.get(path, params={name: text}, headers=service.read)
    assert response.status_code in (200, 422), response.text


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e",
        "/etc/passwd",
        "a%00b",
        "x" * 301,
    ]
    + ["manifest.json", "....//....//etc", "%ff%fe", "a%0d%0aSet-Cookie:x=1"],
)
def test_no_id_leads_out_of_the_index(service: Service, name: str) -> None:
    for path in ("/documents/", "/van-ban/", "/static/"):
        response = service.client.get(path + name, headers=service.read)
        assert response.status_code in (404, 422), (path, response.status_code)
        assert "root:" not in response.text
        assert "set-cookie" not in response.headers


def test_headers_cannot_be_put_in(service: Service) -> None:
    response = service.client.get(
        "/van-ban?lang=en%0d%0aX-Bad:1", headers={**service.read, "x-request-id": "a%0d%0aX-Bad: 1"}
    )
    assert "x-bad" not in response.headers


# Uploads


def upload(service: Service, name: str, content: bytes) -> tuple[int, object]:
    response = service.client.post(
        "/documents",
        files={"file": (name, content, "application/octet-stream")},
        headers=service.write,
    )
    assert str(service.settings.index.parent) not in response.text
    return response.status_code, response.json()


def bomb() -> bytes:
    """Return a small .docx whose text is a gigabyte of blanks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(b" " * 1024 * 1024)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "statuses"),
    [
        pytest.param("rong.txt", b"", (422,), id="empty"),
        pytest.param("a.exe", b"MZ\x90\x00" * 100, (415,), id="a program"),
        pytest.param("a.gz", gzip.compress(b"a" * 10**7), (415,), id="an archive"),
        pytest.param("a.pdf", b"%PDF-1.7\n" + b"\x00" * 500, (422,), id="a damaged PDF"),
        pytest.param("to.txt", b"a" * (1024 * 1024 + 1), (413,), id="too large"),
    ],
)
def test_uploads_that_cannot_be_read_change_nothing(
    service: Service, name: str, content: bytes, statuses: tuple[int, ...]
) -> None:
    before = service.sources()
    status, body = upload(service, name, content)
    assert status in statuses, body
    assert service.sources() == before
    folder = service.settings.documents_folder
    assert not folder.exists() or not list(folder.iterdir())


def test_a_bomb_is_refused(service: Service) -> None:
    content = bomb()
    assert len(content) < 1024 * 1024
    status, body = upload(service, "bom.docx", content)
    assert status == 422, body
    assert not list(service.settings.documents_folder.iterdir())


def test_no_file_is_422(service: Service) -> None:
    response = service.client.post("/documents", headers=service.write)
    assert response.status_code == 422
    response = service.client.post(
        "/documents",
        content=b"--x\r\nbroken",
        headers={**service.write, "content-type": "multipart/form-data; boundary=x"},
    )
    assert 400 <= response.status_code < 500


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\kế hoạch.docx", "kế hoạch.docx"),
        (".htaccess", "htaccess"),
        ("manifest.jsonl", "_manifest.jsonl"),
        ("a\r\nb\x00c\u202e.txt", "abc.txt"),
        ("", "van-ban"),
        ("...", "van-ban"),
        (None, "van-ban"),
        ("<script>.txt", "<script>.txt"),
    ],
)
def test_names_of_files_are_made_safe(given: str | None, kept: str) -> None:
    assert safe_name(given) == kept


@hypothesis.given(hypothesis.strategies.text(max_size=400))
def test_every_name_can_be_kept(given: str) -> None:
    name = safe_name(given)
    assert name and len(name.encode()) <= MAX_NAME
    assert not name.startswith(".") and not set(name) & set("/\\\x00\n\r")


# A real server


@pytest.fixture
def port(hashed_index: ds.Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Return the port of a server that has little patience."""
    monkeypatch.setattr(run, "HEADER_SECONDS", 0.5)
    monkeypatch.setattr("docsearch.service.limits.BODY_SECONDS", 0.5)
    app = create_app(hashed_index, settings=load_settings(index=tmp_path / "index"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(run._config(app))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(20)


def test_slow_clients_are_hung_up_on(port: int) -> None:
    for begin in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "):
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.settimeout(10)
            client.sendall(begin)
            assert client.recv(1000) == b""


def test_a_slow_body_is_408(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(10)
        head = b"POST /ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        client.sendall(head + b"Content-Length: 100\r\n\r\n{")
        assert b" 408 " in client.recv(4000).split(b"\r\n")[0]


def test_a_patient_connection_is_kept(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.connect()
    first = connection.sock
    for _ in range(4):
        connection.request("GET", "/health")
        response = connection.getresponse()
        assert (response.status, bool(response.read())) == (200, True)
        time.sleep(0.3)
    assert connection.sock is first
    connection.close()


def test_rubbish_is_400(port: int) -> None:
    for rubbish in (b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"A" * 100_000):
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.settimeout(10)
            client.sendall(rubbish + b"\r\n\r\n")
            assert client.recv(4000).startswith(b"HTTP/1.1 4")


def test_the_words_of_attacks_are_json_strings(service: Service) -> None:
    for words in XSS:
        body = service.client.post("/ask", json={"question": words}, headers=service.read)
        assert body.headers["content-type"].startswith("application/")
        json.loads(body.text)
