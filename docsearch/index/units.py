"""Units of text that are no files → index: for measuring, on the way of the users' documents.

Each unit is one passage, however long it is; many units make a document of their own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from filelock import FileLock

from docsearch.encode import Encoder
from docsearch.index.derive import Progress, publish
from docsearch.index.manifest import NAME, RECORDS
from docsearch.index.process import Parsed, Processor
from docsearch.index.writing import Records
from docsearch.records import Document, Facts, Header, Heading, Passage, Span
from docsearch.records import Unit as Node

TOGETHER: Final = 100
"""Units of one document; arbitrary, a transaction for each would take longer."""


TextUnit = tuple[str, str]
"""A heading, and the text under it."""


def index_units(
    units: Sequence[TextUnit], folder: Path, *, encoder: Encoder, report: Progress
) -> None:
    """Make an index of units, or go on with one that was stopped.

    Args:
        units: at least one; the passage of each has its place among them as its id, from 0.
        folder: holds nothing, or what this function wrote of the same units and encoder.
        encoder: what they are encoded with.
        report: called as the steps go on.

    Raises:
        IndexFileError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        if (folder / NAME).exists():
            return
        records = Records(folder / RECORDS)
        try:
            processor = Processor(records, encoder, report)
            done = 0
            with processor.segmenting(sum(len(text) for _, text in units)):
                for start in range(0, len(units), TOGETHER):
                    some = units[start : start + TOGETHER]
                    if f"{start}" not in records:
                        read = start + len(some)
                        done += processor.put([_parsed(start, some)], done, read, len(units))
            publish(folder, records, encoder, before=None, sound=(), report=report)
        finally:
            records.close()


def _parsed(first: int, units: Sequence[TextUnit]) -> Parsed:
    """Return a document of units, whose first has the place ``first``."""
    name = f"{first}"
    texts = [_plain(text) or " " for _, text in units]
    passages = []
    start = 0
    for place, (text, (heading, _)) in enumerate(zip(texts, units, strict=True), start=first):
        above = (Heading(text=_plain(heading), span=Span(start, start + 1)),) if heading else ()
        passage = Passage(
            id=f"{place}",
            document_id=name,
            span=Span(start, start + len(text)),
            text=text,
            headings=above,
            level="article",
        )
        passages.append(passage)
        start += len(text) + 1
    whole = "\n".join(texts)
    return Parsed(
        document=Document(id=name, text=whole, source=name, sha256=""),
        path=name,
        header=Header(),
        outline=Node(level="document", label="", span=Span(0, len(whole))),
        facts=Facts(),
        passages=tuple(passages),
    )


def _plain(text: str) -> str:
    """Return a text as documents have theirs; half surrogates, which no file holds, become "?"."""
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
