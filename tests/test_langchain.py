"""The LangChain retriever, alone and in chains."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda
from pydantic import ValidationError

import docsearch as ds
from docsearch.errors import IndexFileError, QueryError
from docsearch.integrations.langchain import DocsearchRetriever
from docsearch.search.retrieve import Mode

ROOT = Path(__file__).parent.parent
QUERY = "phân luồng học sinh"
CHI_LANG = "141-kh-ubnd-chi-lang-2022"

pytestmark = pytest.mark.model


@pytest.fixture
def retriever(corpus_index: ds.Index) -> DocsearchRetriever:
    return DocsearchRetriever(index=corpus_index, k=4)


def test_documents_say_where_they_stand(
    retriever: DocsearchRetriever, corpus_index: ds.Index
) -> None:
    assert isinstance(retriever, BaseRetriever)
    documents = retriever.invoke(QUERY)
    hits = corpus_index.search(QUERY, k=4)
    assert len(documents) == 4
    for document, hit in zip(documents, hits, strict=True):
        found = document.metadata
        assert document.id == hit.passage.id
        text = corpus_index.document(found["document"]).text
        assert text[found["start"] : found["end"]] == document.page_content
        assert found["path"] == list(hit.passage.path)
        assert (found["rank"], found["score"], found["scorer"]) == (hit.rank, hit.score, "fused")


def test_metadata_has_what_a_citation_needs(corpus_index: ds.Index) -> None:
    filters = ds.Filters(document=CHI_LANG)
    [document] = DocsearchRetriever(index=corpus_index, k=1, filters=filters).invoke(QUERY)
    stated = {name: document.metadata[name] for name in ("source", "number", "type", "place")}
    assert stated == {
        "source": "001_97fd57f65c5eff66.txt",
        "number": "141/KH-UBND",
        "type": "kế hoạch",
        "place": "huyện Chi Lăng",
    }


def test_a_blank_number_is_none(corpus_index: ds.Index) -> None:
    filters = ds.Filters(document="ubnd-vx-kon-ray")
    [document] = DocsearchRetriever(index=corpus_index, k=1, filters=filters).invoke(QUERY)
    assert document.metadata["number"] is None


def test_filters_come_before_the_k_best(corpus_index: ds.Index) -> None:
    filters = ds.Filters(place="xã Na Mèo")
    documents = DocsearchRetriever(index=corpus_index, k=6, filters=filters).invoke(QUERY)
    assert [document.metadata["place"] for document in documents] == ["xã Na Mèo"] * 6


@pytest.mark.parametrize("mode", ["fused", "lexical", "dense"])
def test_modes(corpus_index: ds.Index, mode: Mode) -> None:
    documents = DocsearchRetriever(index=corpus_index, mode=mode).invoke(QUERY)
    assert {document.metadata["scorer"] for document in documents} == {mode}


def test_async_and_batch_give_the_same(retriever: DocsearchRetriever) -> None:
    queries = [QUERY, "báo cáo trước ngày 15/12"]
    wanted = [retriever.invoke(query) for query in queries]

    async def gather() -> list[list[Document]]:
        return list(await asyncio.gather(*(retriever.ainvoke(query) for query in queries)))

    assert asyncio.run(gather()) == wanted
    assert retriever.batch(queries) == wanted
    assert asyncio.run(retriever.abatch(queries)) == wanted


def test_k_of_one_call(retriever: DocsearchRetriever) -> None:
    assert len(retriever.invoke(QUERY, k=2)) == 2
    assert len(asyncio.run(retriever.ainvoke(QUERY, k=2))) == 2
    assert retriever.invoke(QUERY, k=0) == []
    assert len(retriever.invoke(QUERY)) == 4


def test_the_event_loop_is_not_blocked(corpus_index: ds.Index) -> None:
    loop_is_free = threading.Event()

    class WaitingIndex(ds.Index):
        def search(self, *args: Any, **kwargs: Any) -> ds.Hits:  # noqa: ANN401
            assert loop_is_free.wait(20)  # set by the loop while the search is running
            return super().search(*args, **kwargs)

    retriever = DocsearchRetriever(index=WaitingIndex(corpus_index.snapshot), k=1)

    async def run() -> list[Document]:
        task = asyncio.create_task(retriever.ainvoke(QUERY))
        await asyncio.sleep(0.05)
        loop_is_free.set()
        return await task

    assert len(asyncio.run(run())) == 1


def test_in_a_chain(retriever: DocsearchRetriever) -> None:
    def quotes(documents: list[Document]) -> str:
        return "\n".join(f"[{d.metadata['source']}] {d.page_content}" for d in documents)

    chain = retriever | RunnableLambda(quotes)
    text = chain.invoke(QUERY)
    assert text.count("[00") >= 4
    assert asyncio.run(chain.ainvoke(QUERY)) == text
    assert list(chain.stream(QUERY)) == [text]


def test_from_folder(corpus_folder: Path) -> None:
    retriever = DocsearchRetriever.from_folder(corpus_folder, k=2, encoder="default")
    assert len(retriever.invoke(QUERY)) == 2


def test_errors_are_those_of_docsearch(retriever: DocsearchRetriever, tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        retriever.invoke("")
    with pytest.raises(IndexFileError, match="docsearch build"):
        DocsearchRetriever.from_folder(tmp_path, encoder="default")
    with pytest.raises(ValidationError):
        DocsearchRetriever(index=retriever.index, k=-1)


def test_without_langchain_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['langchain_core'] = None\n"
        "from docsearch.errors import MissingDependencyError\n"
        "try:\n"
        "    import docsearch.integrations.langchain\n"
        "except MissingDependencyError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "pip install 'docsearch[langchain]'" in done.stdout
