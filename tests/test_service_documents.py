"""Documents added and removed over HTTP, and builds under a stream of questions."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import docsearch as ds
from docsearch.service import create_app
from docsearch.service.settings import load_settings
from tests.conftest import ENCODER
from tests.test_service_hostile import Service

ROOT = Path(__file__).parents[1]
NOTICE = "THÔNG BÁO\n\nTrạm Y tế xã Tân Lập gửi báo cáo về UBND huyện trước ngày 20/11/2024.\n"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Iterator[Service]:
    made = Service(tmp_path_factory.mktemp("documents"), corpus_folder)
    with made.client:
        yield made


def post(service: Service, name: str, text: str) -> tuple[int, list[dict[str, str]]]:
    file = {"file": (name, text.encode(), "text/plain")}
    response = service.client.post("/documents", files=file, headers=service.write)
    return response.status_code, response.json()


def test_a_document_is_added_found_and_removed(service: Service) -> None:
    status, rows = post(service, "../them.txt", NOTICE)
    assert (status, [row["source"] for row in rows]) == (201, ["them.txt"])
    kept = service.settings.documents_folder / "them.txt"
    assert kept.read_text("utf-8") == NOTICE
    hits = service.client.get(
        "/search", params={"q": "trạm y tế xã Tân Lập"}, headers=service.read
    ).json()
    assert hits[0]["source"] == "them.txt"
    assert post(service, "them.txt", NOTICE)[0] == 200
    assert post(service, "them.txt", NOTICE + "Khác.")[0] == 409
    assert kept.read_text("utf-8") == NOTICE
    path = f"/documents/{rows[0]['document']}"
    assert service.client.delete(path, headers=service.read).status_code == 403
    assert service.client.delete(path, headers=service.write).status_code == 204
    assert service.client.get(path, headers=service.read).status_code == 404
    assert service.client.delete(path, headers=service.write).status_code == 404
    assert not kept.exists()
    assert len(service.sources()) == 5


def test_a_build_drops_no_question_and_mixes_no_answer(tmp_path: Path, corpus_folder: Path) -> None:
    """Questions go on while a second process builds: each answer is of one state or the other."""
    texts = tmp_path / "texts"
    texts.mkdir()
    file = texts / "mot.txt"
    words = "THÔNG BÁO\n\nTrạm Y tế xã gửi báo cáo về UBND huyện trước ngày {day}.\n"
    file.write_text(words.format(day="01/11/2024"), "utf-8")
    folder = tmp_path / "index"
    ds.build(texts, folder, encoder=ENCODER)
    settings = load_settings(index=folder, encoder=ENCODER, rate=0)
    seen: list[tuple[int, str, bool]] = []
    stop = threading.Event()

    def ask(client: TestClient) -> None:
        while not stop.is_set():
            response = client.post("/ask", json={"question": "Trạm Y tế xã báo cáo khi nào?"})
            body = response.json()
            cited = body.get("citations", [])
            whole = all(c["quote"] and c["end"] - c["start"] == len(c["quote"]) for c in cited)
            days = {day for day in ("01/11", "02/11", "03/11") if day in str(cited)}
            seen.append((response.status_code, ",".join(sorted(days)), whole))

    with TestClient(create_app(settings=settings)) as client:
        threads = [threading.Thread(target=ask, args=(client,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for day in ("02/11/2024", "03/11/2024"):
            file.write_text(words.format(day=day), "utf-8")
            subprocess.run(
                [sys.executable, "-m", "docsearch", "build", str(texts), "--index", str(folder)]
                + ["--encoder", ENCODER],
                cwd=ROOT,
                check=True,
                capture_output=True,
            )
        end = time.monotonic() + 30
        while seen[-1][1] != "03/11" and time.monotonic() < end:
            time.sleep(0.1)
        stop.set()
        for thread in threads:
            thread.join()
    assert {status for status, _, _ in seen} == {200}
    assert all(whole for _, _, whole in seen)
    assert {days for _, days, _ in seen} >= {"01/11", "03/11"}
    assert {days for _, days, _ in seen} <= {"01/11", "02/11", "03/11"}


def test_the_container_runs_without_privileges() -> None:
    lines = (ROOT / "deploy" / "Dockerfile").read_text("utf-8").splitlines()
    assert sum(line.startswith("FROM ") for line in lines) == 2
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users and not users[-1].startswith(("0", "root"))
    assert any(line.startswith("HEALTHCHECK ") for line in lines)
    variables = {name for name, _ in load_settings().lines()}
    for deployed in ("Dockerfile", "docsearch.service"):
        text = (ROOT / "deploy" / deployed).read_text("utf-8")
        named = {word.split("=")[0] for word in text.split() if "DOCSEARCH_" in word}
        assert {name.removeprefix("Environment=") for name in named if name[0] == "D"} <= variables
