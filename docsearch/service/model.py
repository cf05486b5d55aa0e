"""The language model that words the answers of the service, where one is set."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Final

from fastapi import Request

from docsearch.errors import ModelError
from docsearch.library import Index, Reply
from docsearch.payloads import sentence_payload
from docsearch.search.query import Filters
from docsearch.service.running import run_asking
from docsearch.service.settings import Settings

if TYPE_CHECKING:
    from docsearch.generate import Generator, Limits

SHARE: Final = 0.8
"""Of a request's seconds that the model may take; the rest is for the answer without it."""

Told = tuple[Reply, dict[str, Any]]
"""A reply and its JSON."""


class ServiceModel:
    """The model that the settings name, opened once; ``generator`` is None where they name none."""

    def __init__(self, settings: Settings) -> None:
        self.generator: Generator | None = None
        self.limits: Limits | None = None
        if settings.model is not None:
            from docsearch.generate import Limits
            from docsearch.generate.chat_model import open_model

            self.limits = Limits(timeout=min(settings.seconds * SHARE, 3_600))
            self.generator = open_model(settings.model, self.limits)

    def ask(self, index: Index, question: str, filters: Filters) -> Told:
        """Return the reply to a question, worded by the model where there is one."""
        reply = index.ask(question, filters=filters, model=self.generator, limits=self.limits)
        return reply, reply.to_dict()

    def ask_anyway(self, index: Index, question: str, filters: Filters) -> tuple[Reply, str | None]:
        """Return a reply also where the model cannot be used, and then why it cannot."""
        try:
            return self.ask(index, question, filters)[0], None
        except ModelError as error:
            return index.ask(question, filters=filters), str(error)


def get_model(request: Request) -> ServiceModel:
    """Return the model of the service."""
    model: ServiceModel = request.app.state.model
    return model


async def sentences(
    request: Request, index: Index, question: str, filters: Filters
) -> AsyncIterator[dict[str, Any] | Told]:
    """Yield the model's sentences as they are verified, then the reply.

    Without a model the reply comes alone.

    Args:
        request: the request that they are for.
        index: the index of the request.
        question: what is asked.
        filters: what the documents are narrowed to.

    Yields:
        The JSON of each sentence, and at the end the reply and its JSON.
    """
    model = get_model(request)
    generator = model.generator
    if generator is None:
        yield await run_asking(request, index, lambda asked: model.ask(asked, question, filters))
        return
    loop = asyncio.get_running_loop()
    verified: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    def told(asked: Index) -> Told:
        stream = asked.ask_stream(question, model=generator, filters=filters, limits=model.limits)
        for sentence in stream:
            loop.call_soon_threadsafe(verified.put_nowait, sentence_payload(sentence))
        return stream.reply, stream.reply.to_dict()

    task = asyncio.create_task(run_asking(request, index, told))
    task.add_done_callback(lambda _: verified.put_nowait(None))
    while (sentence := await verified.get()) is not None:
        yield sentence
    yield await task
