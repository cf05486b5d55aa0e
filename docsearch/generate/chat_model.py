"""A LangChain chat model as a ``Generator``: by name, by address, or the object itself.

The only module of this package that imports LangChain, and only when a model is named.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

from docsearch.errors import MissingDependencyError, ModelError
from docsearch.generate.limits import Limits
from docsearch.generate.prompt import SCHEMA, Prompt
from docsearch.generate.protocol import Chunk, Generator

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage
    from langchain_core.runnables import Runnable

KEY: Final = "DOCSEARCH_MODEL_KEY"
"""The environment variable with the key of a server that is named by its address."""

LOOSE: Final[Mapping[str, object]] = {"type": "json_object", "schema": SCHEMA}
"""The form of a reply for servers that know JSON but no "json_schema": llama-cpp-python, older ones
of llama.cpp. They hold the model to the schema; who does not know it writes any JSON."""

_HOSTED: Final[Mapping[str, str]] = {  # where packages send text when they name no address
    "anthropic": "https://api.anthropic.com",
    "google_genai": "https://generativelanguage.googleapis.com",
    "mistralai": "https://api.mistral.ai",
    "ollama": "http://127.0.0.1:11434",
    "openai": "https://api.openai.com/v1",
}


def open_model(model: str | BaseChatModel | Generator, limits: Limits) -> Generator:
    """Return a model that answers can be written with.

    Args:
        model: "openai:gpt-5", "ollama:qwen3" (any provider of ``init_chat_model``); the address
            of a server that speaks OpenAI's protocol, "http://127.0.0.1:8080/v1", with
            "#name" behind it where it has several models; a LangChain chat model; or a
            ``Generator``.
        limits: how long it may take, and how much it may write.

    Returns:
        The model. Nothing is sent yet, but that a server's models are asked for where an address
        names none.

    Raises:
        MissingDependencyError: LangChain, or the provider's package, is not installed.
        ModelError: no such provider, no key, or the address cannot be reached.
    """
    if not isinstance(model, str):
        return _from_object(model)
    if re.match(r"https?://", model):
        return _from_address(model, limits)
    provider, _, name = model.partition(":")
    if not provider or not name:
        raise ModelError(
            f'{model!r} names no model; write "openai:gpt-5", "ollama:qwen3" '
            'or an address, "http://127.0.0.1:8080/v1"'
        )
    return _from_provider(provider, name, limits)


def _from_object(model: BaseChatModel | Generator) -> Generator:
    if hasattr(model, "write") and hasattr(model, "where"):
        return cast("Generator", model)
    from langchain_core.language_models import BaseChatModel

    if not isinstance(model, BaseChatModel):
        raise ModelError(
            f"{type(model).__name__} is no chat model; give a LangChain chat model, a name "
            '("openai:gpt-5") or an address'
        )
    return ChatGenerator(model, _name(model), _where(model))


def _from_provider(provider: str, name: str, limits: Limits) -> Generator:
    try:
        from langchain.chat_models import init_chat_model
    except ModuleNotFoundError as error:
        raise _missing("langchain", error) from error
    options: dict[str, Any] = {
        "timeout": limits.timeout,
        "max_retries": 0,
        "max_tokens": limits.output_tokens,
    }
    if provider == "ollama":
        options = {
            "num_predict": limits.output_tokens,
            "client_kwargs": {"timeout": limits.timeout},
            "temperature": 0,
        }
    try:
        chat = init_chat_model(name, model_provider=provider, **options)
    except ImportError as error:
        package = re.search(r"pip install ([\w-]+)", str(error))
        raise _missing(package[1] if package else f"langchain-{provider}", error) from error
    except ValueError as error:
        if "provider" in str(error).lower():
            raise ModelError(
                f"{provider!r} is no provider that LangChain knows; for OpenAI, Ollama or "
                'Anthropic write "openai:…", "ollama:…", "anthropic:…" and install '
                "langchain-openai, langchain-ollama or langchain-anthropic; for a server of your "
                "own its address"
            ) from error
        raise ModelError(f"{provider}:{name}: {_first_line(error)}") from error
    except Exception as error:  # every client has its own error for "no key"
        raise ModelError(
            f"{provider}:{name}: {_first_line(error)}; set the key that the provider gave you, "
            f"{provider.upper()}_API_KEY"
        ) from error
    return ChatGenerator(chat, f"{provider}:{name}", _where(chat) or _HOSTED.get(provider))


def _from_address(address: str, limits: Limits) -> Generator:
    try:
        import openai
        from langchain_openai import ChatOpenAI
        from langchain_openai.chat_models.base import BaseChatOpenAI
    except ModuleNotFoundError as error:
        raise _missing("langchain-openai", error) from error
    url, _, name = address.partition("#")
    key = os.environ.get(KEY) or "none"  # never OPENAI_API_KEY: it belongs to another host
    if not name:
        try:
            with openai.OpenAI(
                base_url=url, api_key=key, timeout=min(10.0, limits.timeout), max_retries=0
            ) as client:
                name = next(iter(client.models.list()), None).id  # type: ignore[union-attr]
        except openai.AuthenticationError as error:
            raise ModelError(f"{url}: the key is not accepted; set {KEY}") from error
        except (openai.OpenAIError, AttributeError) as error:
            raise ModelError(
                f"{url}: no list of models there ({_first_line(error)}); start the server, or name "
                f"the model: {url}#NAME"
            ) from error
    # max_completion_tokens is known to OpenAI's own server and to few others
    kind = ChatOpenAI if urlsplit(url).hostname == "api.openai.com" else BaseChatOpenAI
    chat = kind(
        model=name,
        base_url=url,
        api_key=key,  # type: ignore[arg-type]  # a str is taken too
        timeout=limits.timeout,
        max_retries=0,
        max_tokens=limits.output_tokens,  # type: ignore[call-arg]  # by its alias
        temperature=0,
        stream_usage=True,
    )
    return ChatGenerator(chat, f"{url}#{name}", url, {"method": "json_schema"})


def _missing(package: str, error: Exception) -> MissingDependencyError:
    return MissingDependencyError(
        f"this model needs the package {package} ({_first_line(error)}); "
        f"run: pip install 'docsearch[models]' {package}"
    )


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(". ") if lines else type(error).__name__


def _name(model: BaseChatModel) -> str:
    for attribute in ("model_name", "model", "model_id"):
        found = getattr(model, attribute, None)
        if isinstance(found, str) and found:
            return f"{type(model).__name__}:{found}"
    return type(model).__name__


def _where(model: BaseChatModel) -> str | None:
    """Return the address that a model sends text to, as far as it tells."""
    for attribute in ("openai_api_base", "base_url", "anthropic_api_url", "endpoint"):
        found = getattr(model, attribute, None)
        if isinstance(found, str) and found:
            return found
    client = getattr(model, "root_client", None)
    address = getattr(client, "base_url", None)
    return str(address) if address else None


@dataclass(frozen=True)
class ChatGenerator:
    """A LangChain chat model."""

    model: BaseChatModel
    name: str
    where: str | None
    structured_by: Mapping[str, Any] = field(default_factory=dict)  # of with_structured_output

    @property
    def structured(self) -> bool:
        """Whether the model can be held to a schema."""
        return self._bound() is not None

    def write(self, prompt: Prompt, *, structured: bool) -> Iterator[Chunk]:
        """Yield the reply as it comes in; ``Generator.write`` says what the arguments are."""
        from langchain_core.messages import HumanMessage, SystemMessage

        messages: list[BaseMessage] = [
            SystemMessage(prompt.system(structured=structured)),
            HumanMessage(prompt.request),
        ]
        bound = self._bound() if structured else None
        if bound is None:
            yield from self._stream(self.model, messages)
            return
        began = False
        try:
            for chunk in self._stream(bound, messages):
                began = True
                yield chunk
        except Exception as error:
            if began or not _knows_no_schema(error):
                raise
            yield from self._stream(self.model.bind(response_format=dict(LOOSE)), messages)

    @staticmethod
    def _stream(
        model: Runnable[Any, BaseMessage], messages: Sequence[BaseMessage]
    ) -> Iterator[Chunk]:
        for chunk in model.stream(list(messages)):
            usage = _usage(chunk)
            yield Chunk(text=_text(chunk), input_tokens=usage[0], output_tokens=usage[1])

    def _bound(self) -> Runnable[list[BaseMessage], BaseMessage] | None:
        """Return the model held to the schema, without what parses its reply; None if it cannot."""
        from langchain_core.runnables import RunnableSequence

        try:
            held = self.model.with_structured_output(dict(SCHEMA), **self.structured_by)
        except (NotImplementedError, AttributeError, ValueError, TypeError):
            return None
        if isinstance(held, RunnableSequence):
            return cast("Runnable[list[BaseMessage], BaseMessage]", held.first)
        return None


def _knows_no_schema(error: Exception) -> bool:
    """Tell whether a server of OpenAI's protocol refused the form of the reply, not the rest."""
    return getattr(error, "status_code", None) in (400, 422, 500, 501) and any(
        word in str(error) for word in ("response_format", "json_schema")
    )


def _usage(chunk: object) -> tuple[int, int]:
    """Return the tokens in and out that a part of a reply states, 0 where it states none."""
    counted = getattr(chunk, "usage_metadata", None)
    if counted:
        return int(counted.get("input_tokens") or 0), int(counted.get("output_tokens") or 0)
    metadata = getattr(chunk, "response_metadata", None) or {}
    told = metadata.get("token_usage") or {}  # OpenAI's client, where it is held to a schema
    return int(told.get("prompt_tokens") or 0), int(told.get("completion_tokens") or 0)


def _text(chunk: object) -> str:
    """Return the words of a part of a reply: its content, or the arguments of the tool's call."""
    calls = getattr(chunk, "tool_call_chunks", None) or ()
    called = "".join(str(call.get("args") or "") for call in calls)
    if called:
        return called
    whole = getattr(chunk, "tool_calls", None) or ()
    if whole and not hasattr(chunk, "tool_call_chunks"):
        import json

        return json.dumps(whole[0].get("args"), ensure_ascii=False)
    content = getattr(chunk, "content", "")
    if isinstance(content, str):
        return content
    return "".join(
        str(block.get("text") or "") if isinstance(block, dict) else str(block) for block in content
    )
