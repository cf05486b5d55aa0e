"""docsearch as tools for LangChain's agents.

>>> from docsearch.integrations.langchain_tools import docsearch_tools
>>> agent = create_agent("openai:gpt-5", docsearch_tools("index/"))
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from os import PathLike
from typing import Any

from docsearch.errors import DocsearchError, MissingDependencyError
from docsearch.integrations.tools import IndexTools
from docsearch.library import INDEX, Index, open_index

try:
    from langchain_core.tools import BaseTool, StructuredTool, ToolException
except ModuleNotFoundError as error:
    raise MissingDependencyError(
        f"docsearch.integrations.langchain_tools needs langchain-core ({error}); "
        "run: pip install 'docsearch[langchain]'"
    ) from error


def docsearch_tools(
    index: Index | str | PathLike[str] = INDEX, *, encoder: str | None = None
) -> list[BaseTool]:
    """Return the tools of an index: search, ask, obligations, compare.

    Args:
        index: the index, or its folder.
        encoder: as for ``docsearch.open``, where a folder is given.

    Returns:
        ``search_documents``, ``ask_documents``, ``list_obligations``, ``compare_districts``. Each
        returns JSON; an error of docsearch is told to the model as the tool's answer.

    Raises:
        IndexFileError: there is no index, it is damaged, or the encoder is another one.
    """
    opened = index if isinstance(index, Index) else open_index(index, encoder=encoder)
    return [_tool(function) for function in IndexTools(opened).functions]


def _tool(function: Callable[..., Any]) -> BaseTool:
    @functools.wraps(function)
    def call(**arguments: Any) -> str:  # noqa: ANN401  # checked by the tool's schema
        try:
            return json.dumps(function(**arguments), ensure_ascii=False)
        except DocsearchError as error:
            raise ToolException(f"{error.title}: {error}") from error

    return StructuredTool.from_function(
        call,
        name=function.__name__,
        description=" ".join((function.__doc__ or "").split()),
        handle_tool_error=True,
    )
