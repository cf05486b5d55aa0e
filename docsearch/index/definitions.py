"""Short forms that a document defines itself: "Ủy ban nhân dân (UBND)", "(sau đây gọi tắt là …)".

A short form made of initials is checked against the words before it. Any other ("Ban Chỉ đạo") is
taken where the document says so in as many words and the long form has all of its syllables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from docsearch.orthography import canonical, fold, syllables

_SAYS: Final = (
    r"(?:sau đây|dưới đây|từ đây|sau đâу)?\s*(?:được\s+)?(?:gọi|viết)\s+(?:tắt|chung|tắt chung)"
    r"(?:\s+là)?\s*:?\s*"
)
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]\n]{2,90})[)\]]")
_SAID: Final = re.compile(rf"^\s*{_SAYS}[\"“”']?([^\"“”'.;,]{{2,60}})", re.IGNORECASE)
_INITIALS: Final = re.compile(r"^(?=(?:[^A-ZĐƯ]*[A-ZĐƯ]){2})[A-ZĐƯa-zđư&\-–.0-9]{2,14}$")
_BEFORE: Final = 160  # code points that a long form is looked for in; arbitrary
_JOINING: Final = frozenset(("va", "cua", "cac", "ve", "cho", "doi", "voi", "trong", "theo", "tai"))
MOST_WORDS: Final = 14
"""Words of a long form; arbitrary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A short form and what it stands for, spelled as ``canonical`` does."""

    short: str  # "ubnd", "ban chỉ đạo"
    long: str  # "ủy ban nhân dân"
    initials: bool  # whether the short form is made of the initials of the long one


def find_definitions(text: str) -> tuple[Definition, ...]:
    """Return the short forms that a text defines.

    Args:
        text: of a document or a part of one.

    Returns:
        Definitions in the order of the text, each short form once: what it is first said to be.
    """
    found: dict[str, Definition] = {}
    for definition in _definitions(text):
        found.setdefault(definition.short, definition)
    return tuple(found.values())


def names_meant(text: str, definitions: Iterable[Definition]) -> tuple[str, ...]:
    """Return the long forms that the short forms in a text stand for in its document.

    Args:
        text: a part of the document.
        definitions: what the document defines.

    Returns:
        Long forms as ``Definition`` has them, in the order of the definitions; none that the text
        has itself.
    """
    spelled = f" {' '.join(syllables(canonical(text)))} "
    return tuple(
        each.long
        for each in definitions
        if f" {' '.join(syllables(each.short))} " in spelled
        and f" {' '.join(syllables(each.long))} " not in spelled
    )


def _definitions(text: str) -> Iterator[Definition]:
    for match in _BRACKETS.finditer(text):
        said = _SAID.match(match[1])
        short = (said[1] if said else match[1]).strip()
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        words = re.split(r"[.;:()\[\]\n]", before)[-1].split()[-MOST_WORDS:]
        if _INITIALS.match(short):
            long = _with_initials(words, short)
            if long:
                yield _definition(short, long, initials=True)
        elif said:
            long = _holding(words, short)
            if long:
                yield _definition(short, long, initials=False)


def _definition(short: str, long: Sequence[str], *, initials: bool) -> Definition:
    spelled = canonical(" ".join(long)).strip(" ,–-\"“”'")
    return Definition(short=canonical(short).strip(), long=spelled, initials=initials)


def _with_initials(words: Sequence[str], short: str) -> Sequence[str]:
    """Return the last words whose initials a short form is made of; none where they are not."""
    letters = [letter for letter in fold(short) if letter.isalpha()]
    position = len(words)
    for letter in reversed(letters):
        position -= 1
        while position >= 0 and not _begins(words[position], letter):
            if fold(words[position]) not in _JOINING and syllables(words[position]):
                return ()
            position -= 1
        if position < 0:
            return ()
    return words[position:] if len(letters) > 1 else ()


def _begins(word: str, letter: str) -> bool:
    parts = syllables(fold(word))
    return bool(parts) and parts[0].startswith(letter)


def _holding(words: Sequence[str], short: str) -> Sequence[str]:
    """Return the words from the first of a short form on, if all of it is among them in order."""
    wanted = syllables(canonical(short))
    had = [syllables(canonical(word)) for word in words]
    for start in range(len(words)):
        if had[start][:1] != wanted[:1]:
            continue
        rest = iter([part for parts in had[start:] for part in parts])
        if len(words) - start > len(wanted) >= 2 and all(part in rest for part in wanted):
            return words[start:]
    return ()
