"""What the corpus teaches about its own language: syllables, their neighbours, words.

Questions typed without diacritics are restored by it, and questions are segmented by it without
importing the segmenter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from docsearch.errors import IndexFileError
from docsearch.index.definitions import find_definitions
from docsearch.orthography import canonical, syllables

MAX_BIGRAMS: Final = 300_000
"""Bigrams kept, the most frequent; arbitrary, about 6 MB of JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """Counts over the texts of a corpus, spelled as ``orthography.canonical`` does."""

    syllables: dict[str, int]
    bigrams: dict[str, int]  # "báo cáo"
    words: frozenset[str]  # of two syllables and more, joined by "_"
    # Initials that texts define, by the short form: "kđclgd" -> "kiểm định chất lượng giáo dục"
    abbreviations: dict[str, str] = field(default_factory=dict)


Counts = dict[str, dict[str, int]]
"""How often each token stands in a corpus, by its kind: one of ``KINDS``."""

KINDS: Final = ("syllable", "bigram", "word", "definition")


def count(passages: Iterable[tuple[str, Iterable[str]]]) -> Counts:
    """Return the counts over passages.

    Args:
        passages: the text of each, and its segmented words.

    Returns:
        Numbers > 0. A definition is its short form, a tab and its long form.
    """
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for text, words in passages:
        defined = (f"{d.short}\t{d.long}" for d in find_definitions(text) if d.initials)
        counts["definition"].update(defined)
        counts["word"].update(word for word in words if "_" in word)
        for line in canonical(text).split("\n"):
            parts = [part for part in syllables(line) if not part[0].isdigit()]
            counts["syllable"].update(parts)
            pairs = (f"{a} {b}" for a, b in zip(parts, parts[1:], strict=False))
            counts["bigram"].update(pairs)
    return {kind: dict(found) for kind, found in counts.items()}


def language_of(counts: Counts) -> Language:
    """Return the language of a corpus by its counts."""
    bigrams = counts["bigram"]
    if len(bigrams) > MAX_BIGRAMS:
        bigrams = dict(sorted(bigrams.items(), key=lambda item: (-item[1], item[0]))[:MAX_BIGRAMS])
    return Language(
        syllables=dict(sorted(counts["syllable"].items())),
        bigrams=dict(sorted(bigrams.items())),
        words=frozenset(counts["word"]),
        abbreviations=_most_often(counts["definition"]),
    )


def learn(texts: Iterable[str], words: Iterable[str]) -> Language:
    """Return the language of ``texts`` with the segmented ``words``."""
    return language_of(count([*((text, ()) for text in texts), ("", words)]))


def _most_often(defined: Mapping[str, int]) -> dict[str, str]:
    """Return what each short form is said to mean most often, ties by the long form."""
    ordered = sorted(defined, key=lambda pair: (-defined[pair], pair))
    pairs = (pair.partition("\t")[::2] for pair in reversed(ordered))
    return dict(sorted(dict(pairs).items()))


def save_language(path: Path, language: Language) -> None:
    """Write ``language`` to ``path``."""
    path.write_bytes(msgspec.json.encode(language))


def load_language(path: Path) -> Language:
    """Return the language that ``save_language`` wrote.

    Args:
        path: the file.

    Returns:
        The counts and words.

    Raises:
        IndexFileError: the file is missing or damaged.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Language)
    except (OSError, msgspec.DecodeError) as error:
        raise IndexFileError(f"{path}: cannot be read; make it again") from error


def save_counts(path: Path, counts: Counts) -> None:
    """Write ``counts`` to ``path``; a number of 0 says that a token is gone."""
    path.write_bytes(msgspec.json.encode(counts))


def load_counts(path: Path, changes: Path | None = None) -> Counts:
    """Return the counts that ``save_counts`` wrote.

    Args:
        path: the file.
        changes: a file with the numbers that have changed since; None or a file that is not there
            means none.

    Returns:
        The counts.

    Raises:
        IndexFileError: a file is missing or damaged.
    """
    counts = _read_counts(path)
    if changes and changes.exists():
        for kind, numbers in _read_counts(changes).items():
            counts[kind] |= numbers
            for token, number in numbers.items():
                if not number:
                    del counts[kind][token]
    return counts


def _read_counts(path: Path) -> Counts:
    try:
        counts = msgspec.json.decode(path.read_bytes(), type=Counts)
    except (OSError, msgspec.DecodeError) as error:
        raise IndexFileError(f"{path}: cannot be read; run `docsearch doctor --repair`") from error
    return {kind: counts.get(kind, {}) for kind in KINDS}
