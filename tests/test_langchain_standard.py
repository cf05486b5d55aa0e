"""LangChain's own standard tests of the retriever, the embeddings and the tools; the loader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import Embeddings
from langchain_core.messages import ToolCall
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool
from langchain_tests.integration_tests import (
    EmbeddingsIntegrationTests,
    RetrieversIntegrationTests,
    ToolsIntegrationTests,
)
from langchain_tests.unit_tests import EmbeddingsUnitTests, ToolsUnitTests

import docsearch as ds
from docsearch.errors import SourceError
from docsearch.integrations.langchain import (
    DocsearchEmbeddings,
    DocsearchLoader,
    DocsearchRetriever,
)
from docsearch.integrations.langchain_tools import docsearch_tools
from tests.factories import CORPUS, HashEncoder


class _Index:
    """Gives the standard tests, which make their own objects, the index of the session."""

    opened: ds.Index

    @pytest.fixture(autouse=True)
    def _open(self, hashed_index: ds.Index) -> None:
        type(self).opened = hashed_index


class TestRetriever(_Index, RetrieversIntegrationTests):
    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return DocsearchRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"index": self.opened}

    @property
    def retriever_query_example(self) -> str:
        return "phân luồng học sinh"


class _Embeddings:
    @property
    def embeddings_class(self) -> type[Embeddings]:
        return DocsearchEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {"encoder": HashEncoder()}


class TestEmbeddingsUnit(_Embeddings, EmbeddingsUnitTests):
    pass


class TestEmbeddings(_Embeddings, EmbeddingsIntegrationTests):
    pass


EXAMPLES: dict[str, dict[str, Any]] = {
    "search_documents": {"query": "phân luồng học sinh", "k": 2},
    "ask_documents": {"question": "Đơn vị nào phải báo cáo trước ngày 15/12?"},
    "list_obligations": {"before": "15/12", "limit": 3},
    "compare_districts": {"topics": ["phân luồng học sinh"]},
}


class _Tool(_Index):
    name = ""

    @property
    def tool_constructor(self) -> BaseTool:
        return next(tool for tool in docsearch_tools(self.opened) if tool.name == self.name)

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return EXAMPLES[self.name]


class TestSearchUnit(_Tool, ToolsUnitTests):
    name = "search_documents"


class TestSearch(_Tool, ToolsIntegrationTests):
    name = "search_documents"


class TestAskUnit(_Tool, ToolsUnitTests):
    name = "ask_documents"


class TestAsk(_Tool, ToolsIntegrationTests):
    name = "ask_documents"


class TestObligationsUnit(_Tool, ToolsUnitTests):
    name = "list_obligations"


class TestObligations(_Tool, ToolsIntegrationTests):
    name = "list_obligations"


class TestCompareUnit(_Tool, ToolsUnitTests):
    name = "compare_districts"


class TestCompare(_Tool, ToolsIntegrationTests):
    name = "compare_districts"


def call(tools: list[BaseTool], name: str, **arguments: object) -> Any:  # noqa: ANN401
    tool = next(tool for tool in tools if tool.name == name)
    return tool.invoke(ToolCall(name=name, args=arguments, id="1", type="tool_call"))


def test_an_error_is_told_to_the_model(hashed_index: ds.Index) -> None:
    tools = docsearch_tools(hashed_index)
    message = call(tools, "list_obligations", before="hôm nào đó")
    assert message.status == "error"
    assert "hôm nào đó" in message.content
    assert call(tools, "search_documents", query="học sinh", k=1).status == "success"


def test_arguments_are_described(hashed_index: ds.Index) -> None:
    for tool in docsearch_tools(hashed_index):
        assert len(tool.description) > 60
        for argument in tool.args.values():
            assert argument.get("description") or argument.get("enum"), (tool.name, argument)


def test_the_loader_gives_passages_where_they_stand() -> None:
    documents = DocsearchLoader(CORPUS).load()
    assert len({document.metadata["source"] for document in documents}) == 5
    texts = {path.name: path.read_text("utf-8") for path in CORPUS.glob("*.txt")}
    found = [d for d in documents if d.metadata["source"].startswith("001")]
    assert found
    for document in found:
        stated = document.metadata
        words = texts[stated["source"]][stated["start"] : stated["end"]]
        assert words == document.page_content
        assert stated["number"] == "141/KH-UBND"


def test_the_loader_names_a_file_that_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(SourceError, match=r"empty\.txt"):
        DocsearchLoader(tmp_path / "empty.txt").load()
    with pytest.raises(SourceError, match="no such file"):
        DocsearchLoader(tmp_path / "missing").load()


def test_embeddings_are_those_of_the_encoder() -> None:
    encoder = HashEncoder()
    embeddings = DocsearchEmbeddings(encoder)
    assert (
        embeddings.embed_documents(["a b", "c"]) == encoder.encode_passages(["a b", "c"]).tolist()
    )
    assert embeddings.embed_documents([]) == []
    assert len(embeddings.embed_query("a")) == encoder.dim
