"""The MCP server, tried with the SDK's client: in a process of its own, and over HTTP."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

ROOT = Path(__file__).parent.parent
QUESTION = "Đơn vị nào phải báo cáo trước ngày 15/12?"
CHI_LANG = "141-kh-ubnd-chi-lang-2022"

pytestmark = pytest.mark.model


async def tried(server: StdioServerParameters | str) -> dict[str, Any]:
    """Use everything that the server offers, once."""
    async with Client(server, read_timeout_seconds=60) as client:
        tools = (await client.list_tools()).tools
        answer = await client.call_tool("ask_documents", {"question": QUESTION})
        hits = await client.call_tool("search_documents", {"query": "phân luồng", "k": 2})
        duties = await client.call_tool("list_obligations", {"before": "15/12", "limit": 1})
        matrix = await client.call_tool("compare_districts", {"topics": ["phân luồng học sinh"]})
        wrong = await client.call_tool("list_obligations", {"before": "hôm nào đó"})
        resources = (await client.list_resources()).resources
        text = await client.read_resource(f"docsearch://documents/{CHI_LANG}")
        return {
            "tools": tools,
            "answer": answer.structured_content,
            "hits": hits.structured_content,
            "duties": duties.structured_content,
            "matrix": matrix.structured_content,
            "wrong": wrong,
            "resources": [str(resource.uri) for resource in resources],
            "text": text.contents[0].text,  # type: ignore[union-attr]
        }


def check(found: dict[str, Any]) -> None:
    assert {tool.name for tool in found["tools"]} == {
        *("search_documents", "ask_documents", "list_obligations", "compare_districts")
    }
    for tool in found["tools"]:
        described = tool.input_schema["properties"].values()
        assert all("description" in argument or "enum" in argument for argument in described)
    assert found["answer"]["status"] == "answered"
    citation = found["answer"]["citations"][0]
    assert citation["document"] == CHI_LANG
    assert found["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert len(found["hits"]["result"]) == 2
    assert found["duties"]["total"] >= len(found["duties"]["obligations"]) == 1
    assert found["matrix"]["topics"] == ["phân luồng học sinh"]
    assert found["wrong"].is_error
    assert "hôm nào đó" in json.dumps(found["wrong"].content[0].model_dump(), ensure_ascii=False)
    assert len(found["resources"]) == 5
    assert f"docsearch://documents/{CHI_LANG}" in found["resources"]


def arguments(folder: Path, *more: str) -> list[str]:
    return ["-m", "docsearch", "mcp", "--index", str(folder), "--encoder", "default", *more]


def test_over_stdin_and_stdout(corpus_folder: Path) -> None:
    server = StdioServerParameters(
        command=sys.executable, args=arguments(corpus_folder), cwd=str(ROOT)
    )
    check(asyncio.run(tried(server)))


def test_over_streamable_http(corpus_folder: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, *arguments(corpus_folder, "--http", "--port", str(port))]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)
    try:
        for _ in range(120):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, process.stderr and process.stderr.read()
            time.sleep(0.25)
        check(asyncio.run(tried(f"http://127.0.0.1:{port}/mcp")))
    finally:
        process.terminate()
        process.communicate(timeout=10)


def test_without_an_index_it_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, *arguments(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "docsearch build" in done.stderr
    assert done.stdout == ""


def test_without_the_sdk_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['mcp.server.mcpserver'] = None\n"
        "from docsearch.errors import MissingDependencyError\n"
        "try:\n"
        "    import docsearch.integrations.mcp\n"
        "except MissingDependencyError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "pip install 'docsearch[mcp]'" in done.stdout
