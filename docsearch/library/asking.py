"""Questions and searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docsearch.answer import answer
from docsearch.errors import QueryError
from docsearch.library.found import Hits
from docsearch.library.opened import Opened
from docsearch.library.reply import Reply, ReplyStream
from docsearch.search.query import Filters
from docsearch.search.rerank import CrossEncoderReranker, Reranker
from docsearch.search.retrieve import Mode, retrieve
from docsearch.search.understand import understand

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from docsearch.generate import Generator, Limits

MAX_K: Final = 10_000
"""Most passages that one search returns."""


class Asking(Opened):
    """Answers and passages."""

    def ask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        model: str | BaseChatModel | Generator | None = None,
        limits: Limits | None = None,
    ) -> Reply:
        """Answer a question.

        Args:
            question: in Vietnamese, with or without diacritics, or in English.
            filters: what the documents are narrowed to before anything is looked for.
            model: a language model that words the answer: "openai:gpt-5", "ollama:qwen3",
                "http://127.0.0.1:8080/v1", or a LangChain chat model. Only sentences that are
                verified come out; where none is, the answer without a model. The question and
                the passages are sent to it; without a model nothing is sent anywhere.
            limits: time, tokens and tries of the model (``docsearch.generate.Limits``).

        Returns:
            The answer with its citations, or a typed abstention.

        Raises:
            QueryError: the question is empty.
            ModelError: the model cannot be used: unknown, no key, a wrong key.
            MissingDependencyError: the model's package is not installed.
        """
        if model is not None:
            return self.ask_stream(question, filters=filters, model=model, limits=limits).reply
        query = understand(question, self.corpus)
        shown, allowed = self._shown(filters)
        return Reply(answer(query, shown, documents=allowed))

    def ask_stream(
        self,
        question: str,
        *,
        model: str | BaseChatModel | Generator,
        filters: Filters | None = None,
        limits: Limits | None = None,
    ) -> ReplyStream:
        """Answer a question with a language model, sentence by sentence as they are verified.

        Args:
            question: as for ``ask``.
            model: as for ``ask``.
            filters: as for ``ask``.
            limits: as for ``ask``.

        Returns:
            An iterator over the model's sentences that stand, each with its citations; then its
            ``reply`` is what ``ask`` returns.

        Raises:
            QueryError: the question is empty.
            ModelError: the model cannot be used.
            MissingDependencyError: the model's package is not installed.
        """
        from docsearch.generate import Limits
        from docsearch.generate.answering import Asked, answer_with_model
        from docsearch.generate.chat_model import open_model

        limits = limits or Limits()
        query = understand(question, self.corpus)
        shown, allowed = self._shown(filters)
        found = answer(query, shown, documents=allowed)
        asked = Asked(query=query, snapshot=shown, documents=allowed, found=found)
        return ReplyStream(answer_with_model(asked, open_model(model, limits), limits))

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        place: str | None = None,
        filters: Filters | None = None,
        mode: Mode = "fused",
        rerank: str | Reranker | None = None,
        explain: bool = False,
    ) -> Hits:
        """Return the ``k`` passages that fit a query best.

        Args:
            query: words or a question; words in quotation marks have to stand so in a passage.
            k: how many; fewer come back when fewer match.
            place: shorthand for ``Filters(place=...)``.
            filters: what is narrowed to before the ``k`` best are taken.
            mode: "fused", "lexical" or "dense".
            rerank: what orders the best hits again: a cross-encoder of sentence-transformers by
                name or folder, or any object with ``name`` and ``scores``.
            explain: tell what each hit's score is made of, in ``Hit.parts`` and ``to_list()``.

        Returns:
            Hits, best first.

        Raises:
            QueryError: the query is empty, ``k`` is negative or too large, or ``place`` and
                ``filters`` are both given.
            EncoderError: there is no such model to rerank with.
            MissingDependencyError: sentence-transformers, which reranks, is not installed.
        """
        if not 0 <= k <= MAX_K:
            raise QueryError(f"k is {k}; give a number from 0 to {MAX_K}")
        if mode not in ("fused", "lexical", "dense"):
            raise QueryError(f"mode is {mode!r}; give fused, lexical or dense")
        understood = understand(query, self.corpus)
        shown, allowed = self._shown(self._filters(place, filters))
        reranker = CrossEncoderReranker(rerank) if isinstance(rerank, str) else rerank
        hits = retrieve(
            understood,
            shown,
            k=k,
            documents=allowed,
            mode=mode,
            exact=True,
            reranker=reranker,
            explain=explain,
        )
        return Hits(query, tuple(hits), self.snapshot.entries, self._duplicates, understood)
