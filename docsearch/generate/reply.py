"""One reply of a model, within limits: tries, the time limit, and what its failures mean."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Final

from docsearch.errors import DocsearchError, ModelError
from docsearch.generate.limits import Limits
from docsearch.generate.prompt import Prompt
from docsearch.generate.protocol import Chunk, ReplyReader, TooLongError
from docsearch.generate.protocol import Generator as Model
from docsearch.generate.records import Problem, Sentence

PAUSE: Final = 0.5
"""Seconds before the second try; doubled before each further one."""

_KEY_REFUSED: Final = (401, 403)
_MAY_PASS: Final = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))


@dataclass(slots=True)
class Told:
    """How one reply went; filled while it is read."""

    structured: bool = True
    problem: Problem | None = None
    detail: str = ""
    text: str = ""  # the reply, where it came in whole
    sentences: int = 0
    input_tokens: int = 0
    output_tokens: int = 0


@dataclass(slots=True)
class _Ended:
    error: BaseException | None = None


@dataclass(slots=True)
class _Pump:
    """Reads a model's reply in a thread of its own, so that a model that hangs hangs nobody."""

    generator: Model
    prompt: Prompt
    structured: bool
    parts: queue.Queue[Chunk | _Ended] = field(default_factory=lambda: queue.Queue(maxsize=256))
    stopped: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        threading.Thread(target=self._run, name="docsearch-model", daemon=True).start()

    def _run(self) -> None:
        error: BaseException | None = None
        try:
            for chunk in self.generator.write(self.prompt, structured=self.structured):
                if not self._put(chunk):
                    return
        except BaseException as caught:  # noqa: BLE001  # it is raised or told by the one who reads
            error = caught
        self._put(_Ended(error))

    def _put(self, part: Chunk | _Ended) -> bool:
        while not self.stopped.is_set():
            try:
                self.parts.put(part, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False


def read_reply(generator: Model, prompt: Prompt, limits: Limits) -> Generator[Sentence, None, Told]:
    """Read the sentences of a model's reply as they become whole.

    Args:
        generator: the model.
        prompt: what is sent.
        limits: tries and time.

    Returns:
        An iterator over sentences; its value in the end is how it went. A try that fails after
        the first sentence is not repeated: what came is kept.

    Raises:
        ModelError: the model cannot be used: no such model, a wrong key.
    """
    deadline = time.monotonic() + limits.timeout
    told = Told(structured=generator.structured)
    left = limits.retries
    pause = PAUSE
    while True:
        told.problem, told.detail, told.text = None, "", ""
        error = yield from _one_try(generator, prompt, deadline, told)
        again = told.structured and told.problem in ("not_understood", "refused")
        again = again and not _is_busy(error)
        if told.sentences or told.problem is None or told.problem in ("timed_out", "too_long"):
            return told
        if again:
            told.structured = False  # the server, or the model, does not keep to a schema
        elif left > 0 and (told.problem == "interrupted" or _may_pass(error)):
            left -= 1
            if deadline - time.monotonic() <= pause:
                return told
            time.sleep(pause)
            pause *= 2
        else:
            return told


def _one_try(
    generator: Model, prompt: Prompt, deadline: float, told: Told
) -> Generator[Sentence, None, BaseException | None]:
    reader = ReplyReader()
    pump = _Pump(generator, prompt, told.structured)
    pump.start()
    try:
        while True:
            try:
                part = pump.parts.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                told.problem = "timed_out"
                return None
            if isinstance(part, _Ended):
                break
            told.input_tokens += part.input_tokens
            told.output_tokens += part.output_tokens
            for sentence in reader.feed(part.text):
                told.sentences += 1
                yield sentence
    except TooLongError:
        told.problem, told.detail = "too_long", f"more than {len(reader.text) - 1} characters"
        return None
    finally:
        pump.stopped.set()
    for sentence in reader.close():
        told.sentences += 1
        yield sentence
    told.text = reader.text
    if part.error is not None:
        told.text = ""
        told.problem, told.detail = _problem(part.error, generator)
    elif told.sentences and reader.is_cut:
        told.problem, told.detail = "interrupted", "the reply ends in the middle"
    elif not told.sentences and reader.text.strip():
        told.problem = "not_understood" if not _says_nothing(reader.text) else "no_answer"
    elif not told.sentences:
        told.problem = "no_answer"
    return part.error


def _says_nothing(text: str) -> bool:
    """Tell whether a reply is JSON with no sentence in it: the model has nothing to say."""
    return "".join(text.split()).strip("`").removeprefix("json") in ('{"sentences":[]}', "[]", "{}")


def _problem(error: BaseException, generator: Model) -> tuple[Problem, str]:
    """Return what an error of a model's client means for the answer.

    Args:
        error: whatever the client raised.
        generator: the model, for the message.

    Returns:
        The problem, and its words.

    Raises:
        ModelError: the user has to change something: the key, or the model's name.
        DocsearchError: it is one of ours.
    """
    if isinstance(error, DocsearchError):
        raise error
    if not isinstance(error, Exception):  # KeyboardInterrupt, SystemExit
        raise error
    status = getattr(error, "status_code", None)
    words = _words(error)
    if status in _KEY_REFUSED:
        raise ModelError(
            f"{generator.name}: the key is not accepted ({words}); set the right one"
        ) from error
    if status == 404:
        raise ModelError(
            f"{generator.name}: there is no such model at {generator.where or 'its server'} "
            f"({words}); name another"
        ) from error
    names = {each.__name__ for each in type(error).__mro__}
    if any("Timeout" in name for name in names):
        return "timed_out", words
    if "LengthFinishReasonError" in names:
        return "too_long", "the model stopped at its limit of tokens"
    if isinstance(status, int):
        return "refused", f"{status}: {words}"
    if names & {"APIConnectionError", "TransportError", "ConnectionError", "OSError", "APIError"}:
        return "interrupted", words
    return "refused", f"{type(error).__name__}: {words}"


def _words(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:300]


def _is_busy(error: BaseException | None) -> bool:
    """Tell a server that has no time from one that fails at the schema, with 400 or 500."""
    return _may_pass(error) and getattr(error, "status_code", None) != 500


def _may_pass(error: BaseException | None) -> bool:
    return getattr(error, "status_code", None) in _MAY_PASS
