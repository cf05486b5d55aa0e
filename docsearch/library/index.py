"""``Index``: everything that can be asked of an index, and how it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docsearch.cite import Check, Cited, check, cited
from docsearch.errors import QueryError
from docsearch.index.snapshot import open_snapshot
from docsearch.library.asking import Asking
from docsearch.library.comparing import Comparing
from docsearch.library.registers import Registers
from docsearch.library.relating import Relating
from docsearch.records import Citation, Document, Hit, Span

if TYPE_CHECKING:
    from docsearch.index.build import BuildReport, Progress

StrPath = str | PathLike[str]


class Index(Asking, Registers, Relating, Comparing):
    """An index opened for questions. It does not change while it is open."""

    def load(self) -> Index:
        """Load every part now instead of when it is first needed; return the index itself."""
        snapshot = self.snapshot
        _ = snapshot.store, snapshot.lexical, snapshot.vectors, snapshot.language
        _ = snapshot.entries, len(snapshot.facts), snapshot.groups
        _ = self.corpus, self._whole, self._gazetteer, self._duplicates
        return self

    def refreshed(self) -> Index:
        """Return the index as it is in its folder now: this object while nothing changed."""
        if not self.changed:
            return self
        return Index(open_snapshot(self.snapshot.folder, self.snapshot.encoder))

    def add(
        self,
        paths: StrPath | Sequence[StrPath],
        *,
        wait: float = 0.0,
        progress: Progress | None = None,
    ) -> BuildReport:
        """Read files into the folder of this index; go on with ``refreshed()``.

        Args:
            paths: files and folders; documents that are there are replaced, none is removed.
            wait: seconds to wait for another build.
            progress: as for ``build``.

        Returns:
            What was done.

        Raises:
            SourceError: a path does not exist.
            IndexBusyError: another process or thread is writing the index.
        """
        from docsearch.index.build import build_index  # all the readers: not needed for asking

        given = [paths] if isinstance(paths, (str, PathLike)) else list(paths)
        return build_index(
            [Path(path) for path in given],
            self.snapshot.folder,
            encoder=self.snapshot.encoder,
            wait=wait,
            progress=progress,
        )

    def remove(self, document: str, *, wait: float = 0.0) -> BuildReport:
        """Take a document out of the folder of this index; go on with ``refreshed()``.

        Args:
            document: its id, or the name of its file.
            wait: seconds to wait for another build.

        Returns:
            What was done.

        Raises:
            DocumentNotFoundError: there is none of that name.
            IndexBusyError: another process or thread is writing the index.
        """
        from docsearch.index.build import remove_documents

        snapshot = self.snapshot
        return remove_documents(
            snapshot.folder, [self._id(document)], encoder=snapshot.encoder, wait=wait
        )

    def cite(self, what: str | Citation | Hit, span: tuple[int, int] | Span | None = None) -> Cited:
        """Return a passage ready to be cited: as text, BibTeX, CSL-JSON.

        Args:
            what: id or file name of a document, or a citation of an answer, or a hit.
            span: code points of the document's text; only with a document's name, None means all.

        Returns:
            The citation; ``to_text()``, ``to_bibtex()``, ``to_csl()`` write it.

        Raises:
            DocumentNotFoundError: there is no document of that name.
            QueryError: the span does not lie in the text.
        """
        if isinstance(what, Citation):
            name, part = what.document, what.span
        elif isinstance(what, Hit):
            name, part = what.passage.document_id, what.passage.span
        else:
            length = len(self.document(what).text)
            start, end = (0, length) if span is None else _ends(span)
            if not 0 <= start < end <= length:
                raise QueryError(f"{what}: give a span A:B with 0 <= A < B <= {length}")
            name, part = what, Span(start, end)
        document = self.document(name)
        passages = self.snapshot.store.passages(self.snapshot.store.rows_of([document.id]))
        ordered = sorted(passages.values(), key=lambda each: each.span)
        whole = part == Span(0, len(document.text))
        path = next((p.path for p in ordered if p.span.overlaps(part)), ())
        entry = self.snapshot.entries[document.id]
        return cited(document, entry, part, () if whole else path, self.provenance)

    def check_citation(self, item: Mapping[str, Any]) -> Check:
        """Tell whether a citation still matches: a CSL-JSON item of ``cite(…).to_csl()``.

        Args:
            item: the item.

        Returns:
            "matches", "moved", "changed" or "missing".

        Raises:
            QueryError: the item is none of docsearch's.
        """
        try:
            return check(item, self._find)
        except (KeyError, TypeError, ValueError) as error:
            raise QueryError(
                "this is no citation of docsearch: custom.docsearch with document, start, end and "
                "text_sha256 is missing; make one with `docsearch cite … --format csl`"
            ) from error

    def _find(self, document: str, source: str) -> Document | None:
        for name in (document, source):
            found = self._id(name)
            if found in self.snapshot.entries:
                return self.document(found)
        return None


def _ends(span: tuple[int, int] | Span) -> tuple[int, int]:
    return (span.start, span.end) if isinstance(span, Span) else span
