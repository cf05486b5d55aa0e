"""A server on loopback that speaks OpenAI's protocol and says what a test tells it to."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Json = dict[str, Any]


@dataclass
class Behaviour:
    """What one request gets."""

    text: str = ""
    status: int = 200
    wait: float = 0.0  # seconds before the first word
    pause: float = 0.0  # seconds between two parts
    dies: bool = False  # the connection ends in the middle of the stream
    repeat: int = 1  # the text, so many times
    part: int = 24  # characters of a part


@dataclass
class Requests:
    """What the server was asked."""

    url: str
    bodies: list[Json] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def prompt(self, number: int = -1) -> str:
        """Return the words of one request."""
        return "\n".join(message["content"] for message in self.bodies[number]["messages"])


Say = Callable[[str, Json], Behaviour | str]
"""From the prompt and the whole request to the reply."""


@contextmanager
def model_server(say: Say) -> Iterator[Requests]:
    """Run a server in a thread; it stops with the block."""
    requests = Requests("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            self._json(200, {"object": "list", "data": [{"id": "tiny", "object": "model"}]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            requests.bodies.append(body)
            requests.keys.append(self.headers.get("Authorization", ""))
            answer = say(requests.prompt(), body)
            found = Behaviour(text=answer) if isinstance(answer, str) else answer
            if found.status != 200:
                self._json(found.status, {"error": {"message": found.text, "type": "error"}})
                return
            time.sleep(found.wait)
            try:
                self._stream(found) if body.get("stream") else self._whole(found)
            except OSError:
                self.close_connection = True  # the client has gone

        def _json(self, status: int, value: object) -> None:
            data = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _whole(self, found: Behaviour) -> None:
            message = {"role": "assistant", "content": found.text * found.repeat}
            self._json(
                200,
                {
                    **_HEAD,
                    "object": "chat.completion",
                    "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                    "usage": _USAGE,
                },
            )

        def _stream(self, found: Behaviour) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            parts = [found.text[n : n + found.part] for n in range(0, len(found.text), found.part)]
            for number, part in enumerate(parts * found.repeat):
                if found.dies and number >= len(parts) // 2:
                    return
                self._event({"delta": {"role": "assistant", "content": part}}, None)
                time.sleep(found.pause)
            self._event({"delta": {}, "finish_reason": "stop"}, None)
            self._event(None, _USAGE)
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, choice: Json | None, usage: Json | None) -> None:
            chunk = {
                **_HEAD,
                "object": "chat.completion.chunk",
                "choices": [{"index": 0, "finish_reason": None, **choice}] if choice else [],
                "usage": usage,
            }
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    requests.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield requests
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


_HEAD = {"id": "1", "created": 1, "model": "tiny"}
_USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


def written(*sentences: tuple[str, list[tuple[str, str]]]) -> str:
    """Return a reply in JSON: sentences with their quotations ``(passage, words)``."""
    return json.dumps(
        {
            "sentences": [
                {"text": text, "quotes": [{"passage": p, "text": words} for p, words in quotes]}
                for text, quotes in sentences
            ]
        },
        ensure_ascii=False,
    )


def passages(prompt: str) -> dict[str, str]:
    """Return the passages of a prompt by id, headings and words."""
    return {
        match[1]: match[2].strip()
        for match in re.finditer(
            r"\[(?:[0-9a-f]{16})\] (P\d+)\n(.*?)\[/[0-9a-f]{16}\]", prompt, re.S
        )
    }
