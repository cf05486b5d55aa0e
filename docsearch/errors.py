"""The errors of docsearch.

```text
DocsearchError
├─ SourceError                the file cannot become a Document
│  ├─ UnsupportedFormatError
│  └─ MissingProgramError
├─ AlignmentError             a derived text no longer matches Document.text
├─ IndexFileError             the folder on disk is not a usable index
│  ├─ IndexVersionError
│  ├─ IndexBusyError
│  └─ EncoderMismatchError
├─ EncoderError               the encoder cannot be loaded
├─ QueryError                 the question cannot be run
├─ DocumentNotFoundError      no document of the index has that id
├─ GoldError                  a question set cannot be read
├─ ModelError                 the language model that was named cannot be used
└─ MissingDependencyError     an optional package is not installed
```

A message says where, what was found and what to do. Nothing found and no answer are not errors:
they are an empty list and an ``Abstention``.
"""

from __future__ import annotations

from typing import ClassVar


class DocsearchError(Exception):
    """Something in the world, not in the caller's code, prevents the work."""

    http_status: ClassVar[int] = 500
    retryable: ClassVar[bool] = False
    title: ClassVar[str] = "docsearch could not do this"


class SourceError(DocsearchError):
    """A file cannot become a document: ``path`` and ``found`` say which and why."""

    http_status = 422
    title = "The file cannot be read as a document"

    def __init__(self, path: str, found: str) -> None:
        super().__init__(f"{path}: {found}")
        self.path = path
        self.found = found


class UnsupportedFormatError(SourceError):
    """A file is of a format that no reader takes."""

    http_status = 415
    title = "No reader takes this format"


class MissingProgramError(SourceError):
    """A file needs a program that is not installed; the message has the command to install it."""

    http_status = 501
    title = "A program that reads this format is not installed"

    def __init__(self, path: str, program: str, command: str) -> None:
        super().__init__(path, f"{program} is needed to read it; install it with: {command}")
        self.program = program
        self.command = command


class AlignmentError(DocsearchError):
    """A derived text no longer matches the text that it was made from, at ``position``."""

    title = "A derived text does not match its source"

    def __init__(self, position: int, found: str, expected: str) -> None:
        super().__init__(f"position {position}: found {found!r}, expected {expected!r}")
        self.position = position


class IndexFileError(DocsearchError):
    """A folder is not a usable index."""

    http_status = 503
    title = "There is no usable index"


class IndexVersionError(IndexFileError):
    """An index was written in a format that this version does not read: ``older`` or newer."""

    title = "The index has another format"

    def __init__(self, message: str, *, older: bool = False) -> None:
        super().__init__(message)
        self.older = older


class IndexBusyError(IndexFileError):
    """Another process is writing the index."""

    retryable = True
    title = "The index is being written"


class EncoderMismatchError(IndexFileError):
    """An index was built with another encoder than the one it is opened with."""

    title = "The index was built with another encoder"


class EncoderError(DocsearchError):
    """An encoder is unknown or cannot be loaded."""

    title = "The encoder cannot be loaded"


class QueryError(DocsearchError):
    """A question or a filter cannot be run."""

    http_status = 422
    title = "The question cannot be run"


class DocumentNotFoundError(DocsearchError):
    """No document of the index has the id that was asked for."""

    http_status = 404
    title = "No such document"


class GoldError(DocsearchError):
    """A question set cannot be read."""

    http_status = 422
    title = "The question set cannot be read"


class ModelError(DocsearchError):
    """A language model was named that cannot be used: unknown, no key, a wrong key."""

    http_status = 502
    title = "The language model cannot be used"


class MissingDependencyError(DocsearchError):
    """An optional package is needed and not installed."""

    http_status = 501
    title = "An optional package is not installed"
