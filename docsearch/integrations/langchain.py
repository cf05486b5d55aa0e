"""docsearch as a LangChain retriever; the only module that imports LangChain.

>>> from docsearch.integrations.langchain import DocsearchRetriever
>>> retriever = DocsearchRetriever.from_folder("index/", k=3)
>>> retriever.invoke("phân luồng học sinh")
"""

from __future__ import annotations

from os import PathLike
from typing import Any, Self

from docsearch.errors import MissingDependencyError
from docsearch.index.store import Entry
from docsearch.library import INDEX, Index, open_index
from docsearch.records import Hit, Stated
from docsearch.search.query import Filters
from docsearch.search.retrieve import Mode

try:
    from langchain_core.callbacks import (
        AsyncCallbackManagerForRetrieverRun,
        CallbackManagerForRetrieverRun,
    )
    from langchain_core.documents import Document
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
