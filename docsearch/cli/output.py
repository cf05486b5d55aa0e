"""Where results go: stdout or a file, and what is said of it on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import docsearch
from docsearch.errors import QueryError
from docsearch.picture import Picture
from docsearch.tables import Format, Row, render, write_xlsx
from docsearch.terminal import err


def emit_json(value: object, output: Path | None, rows: int) -> None:
    """Write one JSON value of so many rows."""
    if output is None:
        print_json(value)
    else:
        emit_text(json.dumps(value, ensure_ascii=False, indent=2), "json", output, rows)


def print_json(value: object) -> None:
    """Print one JSON value; in a terminal that lacks Vietnamese letters, in ASCII."""
    unicode = "utf" in (sys.stdout.encoding or "").lower()
    sys.stdout.write(json.dumps(value, ensure_ascii=not unicode, indent=2) + "\n")


def emit(rows: Sequence[Row], form: Format, output: Path | None) -> None:
    """Write a table with the keys of its rows as columns; as a file "table" is Markdown."""
    if form == "json":
        emit_json(list(rows), output, len(rows))
    elif form == "xlsx" and output is not None:
        with writing(output):
            write_xlsx(rows, output)
        say_rows(output, len(rows))
    else:
        emit_text(render(rows, "md" if form == "table" else form), form, output, len(rows))


def say_rows(output: Path, rows: int) -> None:
    """Say on stderr which file was written."""
    err().print(f"{output}: {rows} rows")


def emit_text(text: str, form: str, output: Path | None, rows: int) -> None:
    """Write a text of so many rows; a CSV file has the mark that spreadsheets look for."""
    if output is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    with writing(output):
        output.write_text(text, "utf-8-sig" if form == "csv" else "utf-8", newline="")
    say_rows(output, rows)


def emit_bytes(content: bytes, output: Path | None) -> None:
    """Write a file of another kind."""
    if output is None:
        sys.stdout.buffer.write(content)
        return
    with writing(output):
        output.write_bytes(content)


def emit_picture(picture: Picture, form: str, output: Path | None, *, of: str) -> None:
    """Write a figure.

    Args:
        picture: the figure.
        form: png or svg.
        output: the file; None means stdout, which must be no terminal then.
        of: what it shows: "documents".
    """
    if output is None and sys.stdout.isatty():
        needs_file(form)
    emit_bytes(picture.to_bytes("svg" if form == "svg" else "png"), output)
    err().print(f"{f'{output}: ' if output else ''}{picture.items} {of}")


def needs_file(form: str) -> NoReturn:
    """Say that a format is one of files."""
    raise QueryError(f"--format {form} needs a file; name one with --output FILE")


@contextmanager
def writing(output: Path) -> Iterator[None]:
    """Make a file that cannot be written an error that says so."""
    try:
        yield
    except OSError as error:
        raise QueryError(
            f"{output}: cannot be written ({error.strerror or error}); name another file"
        ) from error


def sign(opened: docsearch.Index, form: str, output: Path | None) -> None:
    """Write into a file, or beside it, what it was made from."""
    if output is not None:
        from docsearch import signing

        with writing(output):
            signing.sign(output, form, opened.provenance)
