"""What a sentence may add to its quotations, and words that no sentence may add or leave out.

Both are data: ``vocabulary/framing.json`` and ``vocabulary/qualifiers.json``, each entry with
examples, each example a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, cast

from docsearch.index.tokens import alike_syllables
from docsearch.vocabulary import load

Scope = Literal["near", "clause", "rank", "bound"]
"""How far a qualifier reaches: over the words after it ("near"), its whole clause, the name that
it stands before ("rank"), or the figure or date beside it ("bound")."""

Phrase = tuple[str, ...]

NONE: Final = "none"
"""The class of longer words that only begin like a qualifier: "chỉ đạo", "không gian"."""


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A word or phrase that changes what the words beside it say."""

    phrase: Phrase
    of: str  # "negation", "at_least": phrases of one class say the same
    scope: Scope


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their first syllable, the longest first."""

    by_first: dict[str, tuple[Phrase, ...]]

    @classmethod
    def of(cls, phrases: Sequence[Phrase]) -> Phrases:
        """Return the phrases, sorted."""
        by_first: dict[str, list[Phrase]] = {}
        for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
            by_first.setdefault(phrase[0], []).append(phrase)
        return cls({first: tuple(found) for first, found in by_first.items()})

    def at(self, keys: Sequence[str], position: int) -> Phrase | None:
        """Return the longest phrase that begins at a position."""
        for phrase in self.by_first.get(keys[position], ()):
            if tuple(keys[position : position + len(phrase)]) == phrase:
                return phrase
        return None


def _phrases(entry_words: object) -> Iterator[Phrase]:
    for words in cast("list[str]", entry_words):
        yield tuple(alike_syllables(words))


@cache
def framing() -> Phrases:
    """Return what a sentence may add."""
    return Phrases.of([p for entry in load("framing") for p in _phrases(entry["words"])])


@cache
def duties() -> Phrases:
    """Return what says that something has to be done."""
    entries = [entry for entry in load("framing") if entry["kind"] == "duty"]
    return Phrases.of([p for entry in entries for p in _phrases(entry["words"])])


@cache
def qualifiers() -> tuple[Phrases, dict[Phrase, Qualifier]]:
    """Return what changes the words beside it: the phrases, and what each is."""
    found = {
        phrase: Qualifier(phrase, str(entry["class"]), cast("Scope", entry["scope"]))
        for entry in load("qualifiers")
        for phrase in _phrases(entry["words"])
    }
    return Phrases.of(list(found)), found


def find_qualifiers(keys: Sequence[str]) -> list[tuple[int, Qualifier]]:
    """Return the qualifiers of a row of tokens, with the position of each, not overlapping."""
    phrases, by_phrase = qualifiers()
    found = []
    position = 0
    while position < len(keys):
        phrase = phrases.at(keys, position)
        if phrase:
            if by_phrase[phrase].of != NONE:
                found.append((position, by_phrase[phrase]))
            position += len(phrase)
        else:
            position += 1
    return found


UNITS: Final = frozenset(
    (
        *("%", "ngày", "tuần", "tháng", "năm", "quý", "quí", "giờ", "phút", "lần", "buổi", "kì"),
        *("nghìn", "ngàn", "triệu", "tỉ", "đồng", "phần", "trường", "lớp", "nhóm", "điểm", "phòng"),
        *("giáo", "học", "người", "em", "trẻ", "cháu", "hộ", "xã", "huyện", "phường", "tỉnh"),
        *("bản", "bộ", "cuốn", "đợt", "cuộc", "hội", "đơn", "cơ", "mô", "dự", "thôn", "công"),
        *("cán", "chỗ", "tiết", "m2", "km", "ha", "kg", "tấn", "suất", "chiếc", "cái", "tuổi"),
    )
)
"""First syllables of what is counted or measured; after a figure they are part of it."""

LABELS: Final = frozenset(
    (
        *("điều", "khoản", "điểm", "mục", "chương", "phần", "lục", "biểu", "mẫu", "số", "lớp"),
        *("khóa", "khoá", "mức", "vùng", "loại", "hạng", "cấp", "bậc", "đợt", "tháng", "năm"),
        *("quý", "quí", "tỉ", "triệu", "nghìn", "độ", "thứ", "tuổi", "nhóm", "khối", "tuần", "giờ"),
    )
)
"""Last syllables of what a figure numbers, or goes on with ("45 tỷ 600 triệu")."""

BRIDGES: Final = frozenset(
    (
        *("ngày", "là", "đạt", "mức", "tháng", "năm", "quí", "quý", "học", "còn", "phải", "có"),
        *("lên", "mỗi"),
    )
)
"""What may stand between a bound and its figure: "trước ngày 15/12", "ít nhất phải có 3"."""
