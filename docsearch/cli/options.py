"""The options that several commands have, each defined once."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Optional, cast

import typer

from docsearch.errors import QueryError
from docsearch.records import Span
from docsearch.search.query import Filters
from docsearch.tables import FORMATS, Format

PICTURE_FORMATS: Final = (*FORMATS, "png", "svg")

IndexOption = Annotated[
    Path, typer.Option("--index", envvar="DOCSEARCH_INDEX", help="Folder of the index.")
]
EncoderOption = Annotated[
    Optional[str],
    typer.Option(
        "--encoder",
        help="Name or folder of a sentence-transformers model; default: the offline encoder, "
        "or what DOCSEARCH_ENCODER says.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]
FormatOption = Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")]
OutputOption = Annotated[
    Optional[Path], typer.Option("--output", help="Write to this file instead of the terminal.")
]
ModelOption = Annotated[
    Optional[str],
    typer.Option(
        "--model",
        help="A language model that words the answer; only verified sentences come out. "
        '"openai:gpt-5", "ollama:qwen3", or an address: "http://127.0.0.1:8080/v1". The question '
        "and passages are sent to it.",
    ),
]
SpanOption = Annotated[
    Optional[str], typer.Option("--span", help="Only the code points A:B of the text.")
]
PictureFormatOption = Annotated[
    str, typer.Option("--format", help=f"One of {', '.join(PICTURE_FORMATS)}.")
]

FILTERS: Final[dict[str, object]] = {
    "place": Annotated[Optional[str], typer.Option("--place", help='Place: "huyện Chi Lăng".')],
    "type": Annotated[Optional[str], typer.Option("--type", help='Document type: "kế hoạch".')],
    "issuer": Annotated[Optional[str], typer.Option("--issuer", help="Issuing body.")],
    "number": Annotated[Optional[str], typer.Option("--number", help='Number: "141/KH-UBND".')],
    "issued_from": Annotated[
        Optional[str], typer.Option("--from", help="Issued on or after: 2022-01-31.")
    ],
    "issued_to": Annotated[
        Optional[str], typer.Option("--to", help="Issued on or before: 2022-12-31.")
    ],
    "document": Annotated[Optional[str], typer.Option("--document", help="Id or file name.")],
}
"""The options of ``narrowed``, by the fields of ``Filters``, in the order of the help."""

EVERYTHING: Final = Filters()


def narrowed(*, without: str = "") -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options that narrow the documents, where it takes ``filters``.

    Args:
        without: the option that the command lacks: it has an argument of its own for it.

    Returns:
        What makes the command ``f(filters=…, …)`` one with ``--place``, ``--type`` and so on.
    """
    names = [name for name in FILTERS if name != without]
    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=option)
        for name, option in FILTERS.items()
        if name in names
    ]

    def changed(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def run(**given: Any) -> None:  # noqa: ANN401  # what the command line gives
            filters = _filters({name: given.pop(name) for name in names})
            command(filters=filters, **given)

        own = inspect.signature(command, eval_str=True).parameters.values()
        parameters = [
            each.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            for parameter in own
            for each in (options if parameter.name == "filters" else (parameter,))
        ]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        return run

    return changed


def _filters(given: dict[str, str | None]) -> Filters:
    for day in (given["issued_from"], given["issued_to"]):
        if day is not None and not _is_date(day):
            raise typer.BadParameter(f"{day!r}: give a date as 2022-12-31, 2022-12 or 2022")
    return Filters(**given)


def _is_date(given: str) -> bool:
    """Return whether a date, month or year is written in ISO 8601 and exists."""
    try:
        date.fromisoformat(given + "0000-01-01"[len(given) :] if len(given) in (4, 7) else given)
    except ValueError:
        return False
    return len(given) in (4, 7, 10)


def checked(form: str) -> Format:
    """Return a format that there is; any other is wrong usage."""
    if form not in FORMATS:
        raise typer.BadParameter(f"{form!r}: --format is one of {', '.join(FORMATS)}")
    return cast("Format", form)


def span_of(given: str, length: int) -> Span:
    """Return the span that is typed as A:B; one that does not lie in the text is wrong usage."""
    start, _, end = given.partition(":")
    digits = re.fullmatch(r"[0-9]+:[0-9]+", given)
    if not (digits and int(start) < int(end) <= length):
        raise typer.BadParameter(f"{given!r}: give --span A:B with 0 <= A < B <= {length}")
    return Span(int(start), int(end))


@contextmanager
def wrong_usage() -> Iterator[None]:
    """Make a time or kind that is not understood wrong usage: exit status 2."""
    try:
        yield
    except QueryError as error:
        raise typer.BadParameter(str(error)) from error
