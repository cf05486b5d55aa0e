"""The kinds of documents as questions call them: "kế hoạch", "văn bản", "notice"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from docsearch.orthography import fold
from docsearch.vocabulary import document_types

ANY_KIND: Final = ("văn bản", "tài liệu", "document")
"""Words for a document of any kind."""


VERBS: Final = frozenset(
    ("báo cáo", "hướng dẫn", "quy định", "quy hoạch", "lệnh", "luật", "dự án", "report", "law")
)
"""Kinds that are other words, too: what somebody does, or what is planned."""


@cache
def kind_names() -> dict[str, tuple[str, ...]]:
    """Return the types that each word for a kind of document may mean; none for any kind.

    Returns:
        The types by word, small letters: "kế hoạch" -> ("kế hoạch",), "regulation" -> two of
        them, "văn bản" -> (); longer words first.
    """
    found: dict[str, tuple[str, ...]] = dict.fromkeys(ANY_KIND, ())
    for kind in document_types():
        for word in (kind.name, *kind.english):
            found[word] = (*found.get(word, ()), kind.name)
    return dict(sorted(found.items(), key=lambda each: (-len(each[0]), each[0])))


@cache
def kinds_pattern(*, english: bool = True, verbs: bool = True, folded: bool = False) -> str:
    """Return what matches the words for kinds of documents, canonical small letters.

    Args:
        english: those of questions in English, too, with their plurals.
        verbs: ``VERBS``, too.
        folded: without diacritics.

    Returns:
        A pattern without groups that are counted; longer words first.
    """
    own = {kind.name for kind in document_types()} | set(ANY_KIND[:2])
    words = [w for w in kind_names() if (english or w in own) and (verbs or w not in VERBS)]
    return f"(?:{'|'.join(_matching(w, folded=folded, plural=w not in own) for w in words)})"


def _matching(word: str, *, folded: bool, plural: bool) -> str:
    return re.escape(fold(word) if folded else word) + ("s?" if plural else "")


def types_named(word: str) -> tuple[str, ...] | None:
    """Return the types that a word for a kind of document means; () for any, None for no kind."""
    names = kind_names()
    return names.get(word, names.get(word.removesuffix("s")))
