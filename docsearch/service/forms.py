"""Forms of the pages: what a browser sends, checked as the routes check it."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from docsearch.service.schemas import (
    MAX_QUESTION,
    FilterFields,
    ObligationParameters,
    TargetParameters,
)

MAX_PAGE = 100_000


class _Form(BaseModel):
    """A form that may have been sent with fields that it does not have."""

    model_config = ConfigDict(extra="ignore")


class AskForm(_Form, FilterFields):
    """The form of a question; without a question it is only shown."""

    model_config = ConfigDict(extra="ignore")

    question: str = Field("", max_length=MAX_QUESTION)


class DocumentsForm(_Form, FilterFields):
    """The filters of the list of documents, and which page of it."""

    model_config = ConfigDict(extra="ignore")

    page: int = Field(1, ge=1, le=MAX_PAGE)


class DutiesForm(_Form, ObligationParameters):
    """What obligations are asked for, and which page of them."""

    model_config = ConfigDict(extra="ignore")

    page: int = Field(1, ge=1, le=MAX_PAGE)


class TargetsForm(_Form, TargetParameters):
    """What figures are asked for, and which page of them."""

    model_config = ConfigDict(extra="ignore")

    page: int = Field(1, ge=1, le=MAX_PAGE)


class MissingForm(_Form, FilterFields):
    """Which documents cite what is not here, and which page of it."""

    model_config = ConfigDict(extra="ignore")

    page: int = Field(1, ge=1, le=MAX_PAGE)


class ReuseForm(_Form, FilterFields):
    """Which documents are compared word for word, and which page of what they share."""

    model_config = ConfigDict(extra="ignore")

    page: int = Field(1, ge=1, le=MAX_PAGE)


class CalendarForm(_Form, FilterFields):
    """Which month of whose obligations."""

    model_config = ConfigDict(extra="ignore")

    month: str | None = Field(None, pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$")
    actor: str | None = Field(None, max_length=200)


class Fault(NamedTuple):
    """What is wrong with a field: a page says it in its language where it knows the kind."""

    kind: str
    words: str  # in English
    values: dict[str, Any]  # what the words of a language may name: the field's value, limits


Form = TypeVar("Form", bound=BaseModel)


def read_form(kind: type[Form], request: Request) -> tuple[Form, dict[str, Fault]]:
    """Return the fields that the address gives, and what is wrong with those that are left out.

    Args:
        kind: the form.
        request: what the browser asked for; fields that are empty say nothing.

    Returns:
        The form with the fields that are right, and by the names of the others what is wrong.
    """
    given = {name: value for name, value in request.query_params.items() if value.strip()}
    try:
        return kind.model_validate(given), {}
    except ValidationError as error:
        faults = {
            str(fault["loc"][0]): Fault(
                fault["type"], fault["msg"], {"given": fault["input"], **fault.get("ctx", {})}
            )
            for fault in error.errors()
        }
        right = {name: value for name, value in given.items() if name not in faults}
        return kind.model_validate(right), faults


def sent(request: Request) -> dict[str, str]:
    """Return what was typed into the fields of a form, to show it in them again."""
    return dict(request.query_params)
