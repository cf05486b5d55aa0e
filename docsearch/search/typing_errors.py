"""Typing errors of one letter, in words that the corpus does not know.

A word that some document has is never touched, nor a name, an abbreviation, or a syllable of
Vietnamese that is typed with its diacritics. A correction needs a witness: together with the word
before or after it, it has to be in the corpus ("báo coa" -> "báo cáo"). What an
unswitched keyboard leaves ("baos caos", "bao1 cao1") is read as it was meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docsearch.index.tokens import short_forms
from docsearch.orthography import canonical, fold, syllable_spans
from docsearch.search.diacritics import Restorer
from docsearch.search.query import Correction

SHORTEST: Final = 3
"""Letters of a word that is corrected; with two almost every letter makes another word."""

LONGEST: Final = 12
"""Letters of a word that is corrected; two syllables that are typed together have at most 12."""

MOST: Final = 8
"""Words of a question that are corrected; beyond, it is in another language."""

WITNESSES: Final = 3
"""How often the corpus must have the pair where what was typed is a syllable too; arbitrary."""

SYLLABLE: Final = re.compile(
    r"(?:ngh?|[gknt]h|[cpt]h|tr|gi|qu|[bcdghklmnpqrstvx])?"
    r"(?:ieu|yeu|oa[iyo]|oeo|uay|uo[iu]|uy[aeu]|a[iouy]?|e[ou]?|i[aeu]?|o[aeio]?|u[aeiouy]?|ye?)"
    r"(?:ch|n[gh]|[cmnpt])?"
)
"""A syllable of Vietnamese without diacritics."""
_LETTERS: Final = "abcdeghiklmnopqrstuvxy"
_TELEX_TONES: Final = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES: Final = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_TELEX_LETTERS: Final = (
    *(("aa", "â"), ("aw", "ă"), ("ee", "ê"), ("oo", "ô"), ("ow", "ơ"), ("uw", "ư"), ("dd", "đ")),
)
_VNI_LETTERS: Final = (
    *(("a6", "â"), ("a8", "ă"), ("e6", "ê"), ("o6", "ô"), ("o7", "ơ"), ("u7", "ư"), ("d9", "đ")),
)
_VOWELS: Final = "aăâeêioôơuưy"
_LEVELS: Final = frozenset(("huyen", "xa", "tinh", "quan", "phuong", "tran", "pho", "thanh"))
_NAME: Final = 3  # words after a level that may be a name


def correct(text: str, restorer: Restorer) -> tuple[str, tuple[Correction, ...]]:
    """Return a question without the typing errors that the corpus gives away.

    Args:
        text: the question, in NFC.
        restorer: what the corpus knows of its language.

    Returns:
        The question, and what was corrected, in order. The very same text where nothing was.
    """
    spans = syllable_spans(text)
    words = [canonical(text[start:end]) for start, end in spans]
    protected = frozenset(_names(text, spans)) | frozenset(_after_levels(words))
    unknown = [
        at for at, word in enumerate(words) if at not in protected and _unknown(word, restorer)
    ]
    if not unknown or len(unknown) > MOST:
        return text, ()
    pieces, found, last = [], [], 0
    for at in unknown:
        start, end = spans[at]
        if _inside_number(text, start, end):
            continue
        meant = _meant(words, at, restorer)
        if meant:
            words[at] = meant.split()[-1]
            pieces += [text[last:start], meant]
            last = end
            found.append(Correction(typed=text[start:end], meant=meant))
    return "".join([*pieces, text[last:]]), tuple(found)


def _unknown(word: str, restorer: Restorer) -> bool:
    if not SHORTEST <= len(word) <= LONGEST or word in restorer.language.syllables:
        return False
    plain = fold(word)
    if plain in restorer.variants if plain == word else SYLLABLE.fullmatch(plain):
        return False
    if not any(letter in "aeiouy" for letter in plain) or plain in short_forms():
        return False
    return word[0].isalpha() and all(c.isalpha() or c in "123456789" for c in word)


def _names(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield the words with a capital, but the first of a sentence, and those of a quotation."""
    if text.isupper():
        return
    for at, (start, _) in enumerate(spans):
        before = text[:start].rstrip(" ")
        named = text[start].isupper() and bool(before) and before[-1] not in ".?!"
        quoted = before.count('"') % 2 == 1 or before.count("“") > before.count("”")
        if named or quoted:
            yield at


def _after_levels(words: Sequence[str]) -> Iterator[int]:
    """Yield the words after "huyện", "xã" and the like, which may be a name."""
    for at, word in enumerate(words):
        if fold(word) in _LEVELS:
            yield from range(at + 1, at + 1 + _NAME)


def _inside_number(text: str, start: int, end: int) -> bool:
    """Return whether a word is a part of a document number or an address."""
    return bool(re.match(r"[/&@_-]", text[end : end + 1])) or bool(
        re.search(r"[/&@_-]$", text[:start])
    )


def _meant(words: Sequence[str], at: int, restorer: Restorer) -> str | None:
    """Return the known word that the word at a place most likely stands for."""
    word = words[at]
    for typed in (_telex(word), _vni(word)):
        if typed != word and typed in restorer.language.syllables:
            return typed
    if not word.isalpha():
        return None
    neighbours = _Neighbours.of(words, at, restorer)
    best: tuple[int, str] = (WITNESSES - 1 if SYLLABLE.fullmatch(word) else 0, "")
    for candidate in _one_letter_away(fold(word), restorer.variants):
        for spelling in restorer.variants[candidate]:
            best = max(best, (neighbours.together(spelling), spelling))
    for first, second in _two_words(word, restorer):
        best = max(best, (neighbours.language.get(f"{first} {second}", 0), f"{first} {second}"))
    return best[1] or None


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """What may stand before and after a word, and the pairs of the corpus."""

    before: Sequence[str]
    after: Sequence[str]
    language: Mapping[str, int]

    @classmethod
    def of(cls, words: Sequence[str], at: int, restorer: Restorer) -> _Neighbours:
        def spellings(position: int) -> Sequence[str]:
            if not 0 <= position < len(words):
                return ()
            word = words[position]
            return (word,) if fold(word) != word else restorer.variants.get(word, ())

        return cls(spellings(at - 1), spellings(at + 1), restorer.language.bigrams)

    def together(self, word: str) -> int:
        """Return how often the word stands beside its neighbours."""
        before = max((self.language.get(f"{other} {word}", 0) for other in self.before), default=0)
        after = max((self.language.get(f"{word} {other}", 0) for other in self.after), default=0)
        return before + after


def _one_letter_away(word: str, known: Collection[str]) -> Iterable[str]:
    """Return the known words that one letter more, less, changed or swapped makes of a word."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {head + rest[1:] for head, rest in cuts if rest}
    found |= {head + rest[1] + rest[0] + rest[2:] for head, rest in cuts if len(rest) > 1}
    found |= {head + letter + rest[1:] for head, rest in cuts if rest for letter in _LETTERS}
    found |= {head + letter + rest for head, rest in cuts for letter in _LETTERS}
    return sorted(each for each in found - {word} if each in known)


def _two_words(word: str, restorer: Restorer) -> Iterator[tuple[str, str]]:
    """Yield the pairs of the corpus that a word is with a blank: "baocao" -> "báo cáo"."""
    plain = fold(word)
    for at in range(2, len(word) - 1):
        for first in restorer.variants.get(plain[:at], ()):
            for second in restorer.variants.get(plain[at:], ()):
                if f"{first} {second}" in restorer.language.bigrams:
                    yield first, second


def _telex(word: str) -> str:
    """Return what a word typed by the Telex rules means: "baos" -> "báo", "ddaof" -> "đào"."""
    if not word.isascii() or not word.isalpha():
        return word
    tone = _TELEX_TONES.get(word[-1])
    return _composed(word[:-1] if tone else word, _TELEX_LETTERS, tone)


def _vni(word: str) -> str:
    """Return what a word typed by the VNI rules means: "bao1" -> "báo", "d9ao2" -> "đào"."""
    if not word.isascii() or word.isalpha():
        return word
    digit = re.search(r"[1-5]", word)  # before or after the last consonants
    stem = word.replace(digit[0], "", 1) if digit else word
    return _composed(stem, _VNI_LETTERS, _VNI_TONES[digit[0]] if digit else None)


def _composed(stem: str, letters: Sequence[tuple[str, str]], tone: str | None) -> str:
    for typed, letter in (("uow", "ươ"), ("uo7", "ươ"), *letters):
        stem = stem.replace(typed, letter)
        if typed[0] != "d" and typed[-1] in "w678":  # the mark may come at the end of the syllable
            stem = re.sub(rf"{typed[:-1]}([a-zđ]{{1,2}}){typed[-1]}$", rf"{letter}\1", stem)
    return _with_tone(stem, tone) if tone else canonical(stem)


def _with_tone(stem: str, tone: str) -> str:
    """Return a syllable with a tone on the vowel that carries it."""
    start = 2 if stem[:2] in ("qu", "gi") and len(stem) > 2 and stem[2] in _VOWELS else 0
    places = [at for at, letter in enumerate(stem) if letter in _VOWELS and at >= start]
    if not places:
        return stem
    marked = [at for at in places if stem[at] in "ăâêôơư"]
    closed = places[-1] < len(stem) - 1
    at = (marked or places[-1:] if closed or len(places) < 2 else marked or places[-2:-1])[-1]
    joined = stem[: at + 1] + tone + stem[at + 1 :]
    return canonical(unicodedata.normalize("NFC", joined))
