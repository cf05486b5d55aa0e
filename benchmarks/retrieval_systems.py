"""What the retrieval benchmark compares: each system makes an index of units and ranks them.

All get the same units (heading and text as one string), the same questions and, where they encode,
the same weights of multilingual-e5-small through sentence-transformers with its prompts. Settings
are the defaults of each project or what its documentation shows; where a default would hurt
Vietnamese (txtai's tokenizer drops words with diacritics) it is replaced by what suits it better.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from docsearch.encode.e5 import PROMPTS, unpack
from docsearch.encode.e5_file import open_e5, weights_path
from docsearch.encode.offline import OfflineE5, fast_bfloat16
from docsearch.evaluate.collection import Collection
from docsearch.evaluate.retrieval import CollectionIndex, make_index
from docsearch.orthography import canonical, syllables

DEPTH: Final = 100  # units that a system returns
AT_ONCE: Final = 1024  # texts between two saves

Ranked = list[tuple[int, float]]  # unit, score; best first


class System(Protocol):
    """One way to find units."""

    settings: str

    def index(self, collection: Collection) -> None:
        """Make the index."""

    def search(self, question: str) -> Ranked:
        """Return the best units of a question."""


class SharedEncoder:
    """The same weights for every system; what was encoded once is kept on disk."""

    def __init__(self, cache: Path | None) -> None:
        self._model = unpack(open_e5(weights_path()), bfloat16=fast_bfloat16())
        self._cache = cache
        self.dim = int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, dim) unit vectors of texts that have their prompts."""
        parts = [
            self._part(texts[start : start + AT_ONCE]) for start in range(0, len(texts), AT_ONCE)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, self.dim), dtype=np.float32)

    def _part(self, texts: Sequence[str]) -> NDArray[np.float32]:
        kept = None
        if self._cache is not None and len(texts) > 1:
            digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:24]
            kept = self._cache / f"{digest}.npy"
            if kept.exists():
                return np.asarray(np.load(kept), dtype=np.float32)
        found = self._model.encode(
            list(texts), prompt="", batch_size=16, show_progress_bar=False, convert_to_numpy=True
        )
        vectors = np.asarray(found, dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            np.save(kept, vectors)
        return vectors


def whole_texts(collection: Collection) -> list[str]:
    """Return heading and text of every unit as one string."""
    return [f"{unit.heading}\n{unit.text}" if unit.heading else unit.text
            for unit in collection.units]  # fmt: skip


def _by_best(ranked: Sequence[tuple[int, float]]) -> Ranked:
    best: dict[int, float] = {}
    for unit, score in ranked:
        best[unit] = max(score, best.get(unit, score))
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:DEPTH]


class LangChain:
    """A plain LangChain pipeline."""

    settings = (
        "RecursiveCharacterTextSplitter(1000, 200), FAISS store, "
        "similarity_search of 400 chunks, best chunk a unit"
    )

    def __init__(self, cache: Path | None) -> None:
        self._encoder = SharedEncoder(cache)

    def index(self, collection: Collection) -> None:
        """Split, encode and store."""
        from langchain_community.vectorstores import FAISS
        from langchain_core.embeddings import Embeddings
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        encoder = self._encoder

        class E5(Embeddings):
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return encoder.encode([PROMPTS["passage"] + text for text in texts]).tolist()  # type: ignore[no-any-return]

            def embed_query(self, text: str) -> list[float]:
                return encoder.encode([PROMPTS["query"] + text])[0].tolist()  # type: ignore[no-any-return]

        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        documents = splitter.create_documents(
            whole_texts(collection), [{"unit": row} for row in range(len(collection.units))]
        )
        self._store = FAISS.from_documents(documents, E5())

    def search(self, question: str) -> Ranked:
        """Return the best units; the store gives distances."""
        found = self._store.similarity_search_with_score(question, k=4 * DEPTH)
        return _by_best([(document.metadata["unit"], -float(d)) for document, d in found])


class Bm25s:
    """bm25s over syllables."""

    settings = "method lucene, k1 1.5, b 0.75, small letters, syllables"

    def __init__(self, cache: Path | None) -> None:
        pass

    def index(self, collection: Collection) -> None:
        """Count the syllables."""
        import bm25s

        self._index = bm25s.BM25()
        self._index.index(
            [syllables(canonical(text)) for text in whole_texts(collection)], show_progress=False
        )
        self._count = len(collection.units)

    def search(self, question: str) -> Ranked:
        """Return the best units."""
        rows, scores = self._index.retrieve(
            [syllables(canonical(question))], k=min(DEPTH, self._count), show_progress=False
        )
        return [(int(r), float(s)) for r, s in zip(rows[0], scores[0], strict=True) if s > 0]


class Txtai:
    """txtai's hybrid index."""

    settings = (
        "hybrid, weights 0.5, units whole (512 tokens), e5 prompts as instructions, BM25 with "
        "normalised scores, tokenizer that keeps letters with diacritics"
    )

    def __init__(self, cache: Path | None) -> None:
        self._encoder = SharedEncoder(cache)

    def index(self, collection: Collection) -> None:
        """Encode and count."""
        from txtai.embeddings import Embeddings

        encoder = self._encoder

        def transform(texts: Sequence[str]) -> NDArray[np.float32]:
            return encoder.encode(list(texts))

        self._index = Embeddings(
            method="external",
            transform=transform,
            instructions={"query": PROMPTS["query"], "data": PROMPTS["passage"]},
            encodebatch=AT_ONCE,
            hybrid=True,
            scoring={
                "method": "bm25",
                "normalize": True,
                "terms": True,
                "tokenizer": {"alphanum": False, "stopwords": False},
            },
            content=False,
        )
        self._index.index((row, text, None) for row, text in enumerate(whole_texts(collection)))

    def search(self, question: str) -> Ranked:
        """Return the best units."""
        return [(int(row), float(score)) for row, score in self._index.search(question, DEPTH)]


class NomVn:
    """The retrieval part of nom-vn's RAG."""

    settings = (
        "smart_chunk(512, 64), BM25Retriever and DenseRetriever, 400 chunks each, "
        "hybrid_score by reciprocal ranks (its default), best chunk a unit"
    )

    def __init__(self, cache: Path | None) -> None:
        self._encoder = SharedEncoder(cache)

    def index(self, collection: Collection) -> None:
        """Cut, encode and count."""
        from nom.chunking import smart_chunk
        from nom.retrieve import BM25Retriever, DenseRetriever

        chunks: list[str] = []
        self._owners: list[int] = []
        for row, text in enumerate(whole_texts(collection)):
            found = [chunk.text for chunk in smart_chunk(text, max_tokens=512, overlap=64)]
            chunks += found
            self._owners += [row] * len(found)
        vectors = self._encoder.encode([PROMPTS["passage"] + chunk for chunk in chunks])
        self._dense = DenseRetriever(vectors, documents=chunks)
        self._bm25 = BM25Retriever.fit(chunks)

    def search(self, question: str) -> Ranked:
        """Return the best units."""
        from nom.retrieve import hybrid_score

        vector = self._encoder.encode([PROMPTS["query"] + question])[0]
        many = 4 * DEPTH
        lists = [
            self._bm25.search(question, top_k=many), self._dense.search(vector, top_k=many)
        ]  # fmt: skip
        fused = hybrid_score(lists, top_k=many)
        return _by_best([(self._owners[hit.idx], float(hit.score)) for hit in fused])


class Docsearch:
    """docsearch, as ``docsearch evaluate --retrieval`` runs it."""

    settings = "its defaults: pieces of 400 code points, BM25+ over syllables and bigrams, fused"

    def __init__(self, cache: Path | None) -> None:
        self._folder = cache
        self._encoder = OfflineE5()

    def index(self, collection: Collection) -> None:
        """Index the collection, or open what is there."""
        import tempfile

        folder = self._folder or Path(tempfile.mkdtemp())
        self._index: CollectionIndex = make_index(
            collection, encoder=self._encoder, folder=folder, progress=lambda *_: None
        )

    def search(self, question: str) -> Ranked:
        """Return the best units."""
        return self._index.search(question)["fused"]


SYSTEMS: Final[dict[str, tuple[str, Callable[[Path | None], System]]]] = {
    "langchain": ("LangChain", LangChain),
    "bm25s": ("bm25s", Bm25s),
    "txtai": ("txtai", Txtai),
    "nom-vn": ("nom-vn", NomVn),
    "docsearch": ("docsearch", Docsearch),
}


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what some work returns, and its seconds of wall time."""
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started
