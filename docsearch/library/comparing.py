"""Documents beside each other: topics by place, shared text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from docsearch.errors import QueryError
from docsearch.index.snapshot import Snapshot
from docsearch.library.opened import Opened
from docsearch.search.query import Filters

if TYPE_CHECKING:
    from docsearch.compare.comparison import Comparison
    from docsearch.compare.coverage import Coverage
    from docsearch.compare.reuse_result import Reuse

MOST_SUBJECTS: Final = 100
"""Most subjects that are taken from headings."""


class Comparing(Opened):
    """Shared text, comparisons of places."""

    def reuse(
        self,
        document: str | None = None,
        *,
        with_document: str | None = None,
        min_words: int = 15,
        min_share: float = 0.75,
        within: bool = True,
        filters: Filters | None = None,
    ) -> Reuse:
        """Return the text that documents share: the same or nearly, and what was changed in it.

        Args:
            document: id or file name: only what it shares; None means all documents.
            with_document: only what ``document`` shares with this one.
            min_words: words that agree; letterheads, closings, names of cited documents and
                standard sentences do not count.
            min_share: share of the words of both parts that agree, in (0, 1].
            within: what one document has twice, too.
            filters: what the documents are narrowed to.

        Returns:
            The shared parts, those of two documents first, the most words first.

        Raises:
            DocumentNotFoundError: there is no document of that name.
            QueryError: ``min_words`` is below 8, or ``min_share`` is out of range.
        """
        from docsearch.compare.reuse import Wanted, find_reuse
        from docsearch.compare.reuse_result import Reuse

        if min_words < 8 or not 0 < min_share <= 1:
            raise QueryError("give 8 words or more, and a share above 0 and up to 1")
        shown, allowed = self._shown(filters)
        names = [name and self._representative(name, shown) for name in (document, with_document)]
        wanted = Wanted(
            document=names[0],
            other=names[1],
            min_words=min_words,
            min_share=min_share,
            within=within,
        )
        found = find_reuse(shown, wanted, allowed)
        parts = [part for each in found.shared for part in (each.first, each.second)]
        ids = {part.document for part in parts}
        pages = {each: self.snapshot.store.document(each).pages for each in sorted(ids)}
        texts = self.snapshot.store.texts(ids)
        return Reuse(found, wanted, self.snapshot.entries, texts, pages, self.provenance)

    def compare(
        self,
        topics: str | Sequence[str],
        places: str | Sequence[str] | None = None,
        aspects: str | Sequence[str] | None = None,
        *,
        filters: Filters | None = None,
    ) -> Comparison:
        """Return what the documents of each place say of one or several topics.

        Args:
            topics: "phân luồng học sinh sau THCS", with diacritics or without, or in English.
            places: "huyện Chi Lăng", "chi lang", "xã Tân Lập, tỉnh Bắc Kạn"; None means all that
                documents are of. One that the corpus has no document of is a column that says so.
            aspects: of a topic: "targets", "lead", "cooperating", "deadlines", "reporting",
                "budget", "measures" or "gist", or their Vietnamese names; None means all but the
                gist of one topic, and the gist of each of several.
            filters: what the documents are narrowed to.

        Returns:
            Rows of aspects or topics, columns of places. Every cell holds quotations, or says
            "không quy định" (searched and not found) or "chưa có văn bản" (no document of the
            place).

        Raises:
            QueryError: a topic has no word to look for, a place or aspect is not known, or a
                place is not the only one of its name.
        """
        from docsearch.compare.comparison import Comparison
        from docsearch.compare.matrix_build import compare

        shown, allowed = self._shown(filters)
        matrix = compare(
            shown,
            self.corpus,
            _listed(topics),
            places=None if places is None else _listed(places),
            aspects=None if aspects is None else _listed(aspects),
            documents=allowed,
        )
        return Comparison(matrix)

    def coverage(
        self,
        topics: Sequence[str] | None = None,
        *,
        most: int = 15,
        filters: Filters | None = None,
    ) -> Coverage:
        """Return which subjects the documents of each place speak of, and which not.

        Args:
            topics: the subjects; None means those of the documents' headings, put together by
                meaning and named in their own words.
            most: how many subjects are taken from the headings at most, from 1 to 100.
            filters: what the documents are narrowed to.

        Returns:
            Subjects × places. ``compare(coverage.topics)`` quotes what each says.

        Raises:
            QueryError: ``most`` is out of range, no heading names a subject, or as for
                ``compare``.
        """
        from docsearch.compare.coverage import Coverage
        from docsearch.compare.subjects import find_subjects

        if not 1 <= most <= MOST_SUBJECTS:
            raise QueryError(f"most is {most}; give a number from 1 to {MOST_SUBJECTS}")
        if topics is None:
            shown, allowed = self._shown(filters)
            entries = (e for e in shown.entries.values() if allowed is None or e.id in allowed)
            topics = find_subjects(shown, entries, most=most)
            if not topics:
                raise QueryError("no heading names a subject; name some with --topic TEXT")
        return Coverage(self.compare(topics, aspects=["gist"], filters=filters).matrix)

    def _representative(self, name: str, shown: Snapshot) -> str:
        """Return the document that stands for one of that name among those that are shown."""
        own = self.document(name).id
        members = self.snapshot.groups.get(own, ())
        return next((e.id for e in members if e.id in shown.entries), own)


def _listed(given: str | Sequence[str]) -> Sequence[str]:
    return [given] if isinstance(given, str) else given
