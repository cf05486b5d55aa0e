"""The process in which files are taken apart, so that none of them can hang or crash a build.

Started by ``docsearch.read.isolated``. One JSON value a line: a job in, progress and then the
reading or the error out. It ends when its input does.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec

from docsearch.errors import MissingProgramError, SourceError, UnsupportedFormatError
from docsearch.read.formats import Format
from docsearch.read.reading import Reading

Message = dict[str, Any]

ERRORS: Final[dict[str, type[SourceError]]] = {
    error.__name__: error for error in (SourceError, UnsupportedFormatError, MissingProgramError)
}


def main() -> None:
    """Serve jobs from standard input until it ends; the memory limit is the first argument."""
    _limit_memory(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    for line in sys.stdin:
        job = json.loads(line)

        def say(message: Message) -> None:
            answers.write(json.dumps(message) + "\n")
            answers.flush()

        try:
            reading = read_as(
                job["format"],
                Path(os.fsdecode(bytes.fromhex(job["path"]))),
                job["name"],
                lambda page, pages: say({"page": page, "pages": pages}),
            )
        except SourceError as error:
            say({"error": type(error).__name__, "facts": facts_of(error)})
        else:
            say({"reading": msgspec.to_builtins(reading)})


def facts_of(error: SourceError) -> list[str]:
    """Return what an error of ``ERRORS`` is made from, so that it can be made again."""
    if isinstance(error, MissingProgramError):
        return [error.path, error.program, error.command]
    return [error.path, error.found]


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_as(form: Format, path: Path, name: str, done: Callable[[int, int], None]) -> Reading:
    """Return what a file of a known format holds; a reader is imported when it is needed."""
    match form:
        case "pdf":
            from docsearch.read.pdf import read_pdf

            return read_pdf(path, name, done)
        case "image":
            from docsearch.read.ocr import read_image

            return read_image(path, name)
        case "docx":
            from docsearch.read.docx import read_docx

            return read_docx(path, name)
        case "xlsx":
            from docsearch.read.sheets import read_xlsx

            return read_xlsx(path, name)
        case "office":
            from docsearch.read.office import read_office

            return read_office(path, name)
        case "html":
            from docsearch.read.html import read_html

            return read_html(path.read_bytes(), name)
        case "text":
            from docsearch.read.text import read_text

            return read_text(path.read_bytes(), name)


if __name__ == "__main__":
    main()
