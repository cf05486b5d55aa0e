"""What the service is set by: environment variables whose names begin with DOCSEARCH_."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from docsearch.errors import DocsearchError
from docsearch.library import INDEX

PREFIX: Final = "DOCSEARCH_"

Names = Annotated[tuple[str, ...], NoDecode]  # "a, b" in the environment


class Settings(BaseSettings):
    """The settings of one service. What is given in Python comes before the environment."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore"
    )

    index: Path = Field(Path(INDEX), description="the index folder")
    encoder: str | None = Field(None, description="name of the encoder; unset: the offline one")
    model: str | None = Field(
        None, description="language model that words answers; unset: none, and nothing is sent away"
    )
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="port; 0 lets the system choose")
    workers: int = Field(1, ge=1, le=64, description="processes that answer")
    keys: Path | None = Field(None, description="file of the keys; unset: beside the index")
    documents: Path | None = Field(
        None, description="folder of the documents that are uploaded; unset: beside the index"
    )
    questions: int = Field(32, ge=1, description="questions at once in a process; more get 503")
    seconds: float = Field(30, gt=0, description="time limit of a request; beyond it 504")
    upload_seconds: float = Field(600, gt=0, description="time limit of an upload")
    rate: int = Field(1200, ge=0, description="requests a minute of one client; 0: no limit")
    max_body: int = Field(64 * 1024, ge=1024, description="bytes of the largest request body")
    max_upload: int = Field(64 * 1024**2, ge=1024, description="bytes of the largest upload")
    session_hours: float = Field(12, gt=0, description="hours that a browser stays signed in")
    cors: Names = Field((), description="origins whose pages may call the service; none: no CORS")
    hosts: Names = Field((), description="names that the service is called by; none: any")
    log: Literal["json", "text"] = Field("json", description="form of the log on stderr")
    log_questions: bool = Field(False, description="write the text of questions into the log")

    @field_validator("cors", "hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @property
    def keys_file(self) -> Path:
        """The file of the keys: ``index.keys.json`` beside the folder ``index``."""
        return self.keys or _beside(self.index, "keys.json")

    @property
    def documents_folder(self) -> Path:
        """The folder of uploaded documents: ``index.documents`` beside the folder ``index``."""
        return self.documents or _beside(self.index, "documents")

    def lines(self) -> list[tuple[str, str]]:
        """Return every setting as its variable and its value, as ``docsearch doctor`` shows it."""
        shown: dict[str, object] = {name: getattr(self, name) for name in type(self).model_fields}
        shown |= {"keys": self.keys_file, "documents": self.documents_folder}
        return [(f"{PREFIX}{name.upper()}", _shown(value)) for name, value in shown.items()]


def load_settings(**given: object) -> Settings:
    """Return the settings.

    Args:
        **given: values that come before those of the environment; None gives nothing.

    Returns:
        The settings.

    Raises:
        DocsearchError: a variable has a value that cannot be; the message names it.
    """
    try:
        chosen = {name: value for name, value in given.items() if value is not None}
        return Settings(**chosen)  # type: ignore[arg-type]  # checked by pydantic
    except ValidationError as error:
        fault = error.errors()[0]
        name = ".".join(str(part) for part in fault["loc"]) or "settings"
        raise DocsearchError(
            f"{PREFIX}{name.upper()}: {fault['input']!r} cannot be ({fault['msg']}); "
            "`docsearch doctor` lists the settings"
        ) from error


def _beside(index: Path, name: str) -> Path:
    folder = index.resolve()
    return folder.with_name(f"{folder.name}.{name}")


def _shown(value: object) -> str:
    if value is None or value == ():
        return "not set"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
