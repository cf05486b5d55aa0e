"""Bodies of what the service says of itself, and of problems."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from docsearch.service.schemas.base import Body


class HealthBody(Body):
    """The process is up. The counts are null while no index is open."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"status": "ok", "version": "0.1.0", "documents": 5, "passages": 321}]
        },
    )

    status: Literal["ok"] = "ok"
    version: str
    documents: int | None
    passages: int | None


class ReadyBody(Body):
    """Questions can be answered."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "status": "ready",
                    "documents": 5,
                    "passages": 321,
                    "encoder": "multilingual-e5-small",
                }
            ]
        },
    )

    status: Literal["ready"] = "ready"
    documents: int
    passages: int
    encoder: str


class Problem(BaseModel):
    """An error, as RFC 9457 has it. ``errors`` lists every fault of a request."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:docsearch:error:document-not-found",
                    "title": "No such document",
                    "status": 404,
                    "detail": "there is no document 'x'; `docsearch documents` lists them",
                    "instance": "/documents/x",
                    "retryable": False,
                }
            ]
        },
    )

    type: str
    title: str
    status: int
    detail: str
    instance: str
    retryable: bool = False
    errors: list[dict[str, str]] = []
    request_id: str | None = None
