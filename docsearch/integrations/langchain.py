"""docsearch in LangChain: a retriever, a loader and embeddings.

>>> from docsearch.integrations.langchain import DocsearchRetriever
>>> retriever = DocsearchRetriever.from_folder("index/", k=3)
>>> retriever.invoke("phân luồng học sinh")
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import Any, Self

from docsearch.encode import Encoder, load_encoder
from docsearch.errors import MissingDependencyError
from docsearch.index.store import Entry
from docsearch.library import INDEX, Index, open_index
from docsearch.parse.header import parse_header
from docsearch.parse.outline import parse_outline
from docsearch.parse.parts import documents_of
from docsearch.parse.passages import split
from docsearch.read import Reader, find_files
from docsearch.records import Document as Whole
from docsearch.records import Hit, Stated
from docsearch.search.query import Filters
from docsearch.search.retrieve import Mode

try:
    from langchain_core.callbacks import (
        AsyncCallbackManagerForRetrieverRun,
        CallbackManagerForRetrieverRun,
    )
    from langchain_core.document_loaders import BaseLoader
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables.config import run_in_executor
    from pydantic import Field
except ModuleNotFoundError as error:
    raise MissingDependencyError(
        f"docsearch.integrations.langchain needs langchain-core ({error}); "
        "run: pip install 'docsearch[langchain]'"
    ) from error


class DocsearchRetriever(BaseRetriever):
    """Passages of an index as LangChain documents, best first.

    A document's ``page_content`` is the passage, verbatim; its metadata says where it stands:
    ``index.document(metadata["document"]).text[metadata["start"]:metadata["end"]]`` is the same
    words. ``k`` may be given for one call too: ``retriever.invoke(query, k=3)``.
    """

    index: Index
    k: int = Field(default=5, ge=0)
    mode: Mode = "fused"
    filters: Filters | None = None

    @classmethod
    def from_folder(
        cls,
        folder: str | PathLike[str] = INDEX,
        *,
        k: int = 5,
        mode: Mode = "fused",
        filters: Filters | None = None,
        encoder: str | None = None,
    ) -> Self:
        """Open an index and return a retriever over it.

        Args:
            folder: the folder of the index.
            k: how many documents; fewer come back when fewer match.
            mode: kind of retrieval.
            filters: what is narrowed to before the ``k`` best are taken.
            encoder: as for ``docsearch.open``.

        Returns:
            The retriever.

        Raises:
            IndexFileError: there is no index, it is damaged, or the encoder is another one.
        """
        return cls(index=open_index(folder, encoder=encoder), k=k, mode=mode, filters=filters)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        return self._retrieve(query, k)

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        return await run_in_executor(None, self._retrieve, query, k)

    def _retrieve(self, query: str, k: int | None) -> list[Document]:
        hits = self.index.search(
            query, k=self.k if k is None else k, filters=self.filters, mode=self.mode
        )
        return [_document(hit, hits.entries[hit.passage.document_id]) for hit in hits]


def _document(hit: Hit, entry: Entry) -> Document:
    passage, header = hit.passage, entry.header
    metadata: dict[str, Any] = {
        "source": entry.source,
        "document": entry.id,
        "number": _value(header.number),
        "type": _value(header.type),
        "place": _value(header.place),
        "path": list(passage.path),
        "start": passage.span.start,
        "end": passage.span.end,
        "score": hit.score,
        "scorer": hit.scorer,
        "rank": hit.rank,
    }
    return Document(id=passage.id, page_content=passage.text, metadata=metadata)


def _value(stated: Stated | None) -> str | None:
    return stated.value if stated else None


class DocsearchLoader(BaseLoader):
    """Files as docsearch reads them: one LangChain document a passage, with its place.

    PDF, scans, Word, Excel, web pages and text in any encoding are read by what they hold;
    ``page_content`` is verbatim. Nothing is indexed.
    """

    def __init__(self, paths: str | PathLike[str] | Iterable[str | PathLike[str]]) -> None:
        """Take what is to be read.

        Args:
            paths: files and folders.
        """
        given = [paths] if isinstance(paths, (str, PathLike)) else list(paths)
        self.paths = tuple(Path(path) for path in given)

    def lazy_load(self) -> Iterator[Document]:
        """Yield the passages file by file, in the order of the text.

        Yields:
            Documents whose metadata has source, number, type, place, path, start and end.

        Raises:
            SourceError: a file cannot be read; those before it have been yielded.
        """
        found = find_files(self.paths)
        if found.refused:
            raise found.refused[0]
        with Reader() as reader:
            for path, source in found.files:
                yield from self._of(reader.read(path, source))

    def _of(self, whole: Whole) -> Iterator[Document]:
        for document in documents_of(whole):
            header = parse_header(document.text)
            for passage in split(document, parse_outline(document.text, bold=document.bold)):
                yield Document(
                    page_content=passage.text,
                    metadata={
                        "source": document.source,
                        "number": _value(header.number),
                        "type": _value(header.type),
                        "place": _value(header.place),
                        "path": list(passage.path),
                        "start": passage.span.start,
                        "end": passage.span.end,
                    },
                )


class DocsearchEmbeddings(Embeddings):
    """The encoder of docsearch: by default the offline one, 384 dimensions, unit length."""

    def __init__(self, encoder: str | Encoder | None = None) -> None:
        """Load an encoder.

        Args:
            encoder: its name, or the encoder itself; None means the one that docsearch uses.

        Raises:
            EncoderError: there is none of that name, or it cannot be loaded.
        """
        if encoder is None or isinstance(encoder, str):
            encoder = load_encoder(encoder)
        self.encoder: Encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text."""
        if not texts:
            return []
        vectors: list[list[float]] = self.encoder.encode_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question, to be compared with those of texts."""
        vector: list[float] = self.encoder.encode_queries([text])[0].tolist()
        return vector
