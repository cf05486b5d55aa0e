"""What the corpus teaches about its own language: syllables, their neighbours, words.

Questions typed without diacritics are restored by it, and questions are segmented by it without
importing the segmenter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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


def learn(texts: Iterable[str], words: Iterable[str]) -> Language:
    """Return the counts of ``texts`` with the segmented ``words``."""
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    defined: Counter[tuple[str, str]] = Counter()
    for text in texts:
        defined.update((d.short, d.long) for d in find_definitions(text) if d.initials)
        for line in canonical(text).split("\n"):
            parts = [part for part in syllables(line) if not part[0].isdigit()]
            singles.update(parts)
            pairs.update(f"{a} {b}" for a, b in zip(parts, parts[1:], strict=False))
    kept = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:MAX_BIGRAMS]
    return Language(
        syllables=dict(sorted(singles.items())),
        bigrams=dict(sorted(kept)),
        words=frozenset(word for word in words if "_" in word),
        abbreviations=_most_often(defined),
    )


def _most_often(defined: Counter[tuple[str, str]]) -> dict[str, str]:
    """Return what each short form is said to mean most often, ties by the long form."""
    ordered = sorted(defined, key=lambda pair: (-defined[pair], pair))
    return dict(sorted(dict(reversed(ordered)).items()))


def save_language(path: Path, language: Language) -> None:
    """Write ``language`` to ``path``."""
    data = {
        "syllables": language.syllables,
        "bigrams": language.bigrams,
        "words": sorted(language.words),
        "abbreviations": language.abbreviations,
    }
    path.write_bytes(msgspec.json.encode(data))


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
        raise IndexFileError(f"{path}: cannot be read; run `docsearch build`") from error
