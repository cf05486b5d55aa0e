"""English question → Vietnamese words: a glossary, its inflections, and names of bodies.

The longest term that begins at a word counts. A term matches in any number ("reports"), form
("reporting") and spelling ("organise", "center") of its words. A kind of body and what it is for
are put together in the order of Vietnamese ("the Department of Home Affairs": "sở nội vụ").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, cast

from docsearch.index.tokens import alike_syllables
from docsearch.orthography import LOWER, UPPER
from docsearch.search.query import Synonym
from docsearch.search.typing_errors import SYLLABLE
from docsearch.vocabulary import load

LONGEST: Final = 9
"""Words of the longest term of the glossary that is looked for."""

_WORD: Final = re.compile(r"[^\W_]+(?:[-'/][^\W_]+)*")
_OF_PEOPLE: Final = r"(?= (?:should|must|to|in|who|go|goes|are|at|and|attend)\b|\?|$)"
_NUMBERED: Final = (
    (re.compile(r"\bgrades? (\d{1,2})\b"), "lớp {}"),
    (re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)[- ]grade(?:rs?)?\b"), "lớp {}"),
    (re.compile(r"\b(\d{1,3})[- ]years?[- ]olds?\b"), "{} tuổi"),
    (re.compile(r"\baged? (\d{1,3})\b"), "{} tuổi"),
    (re.compile(rf"\bunder (?:the age of )?(\d{{1,2}}){_OF_PEOPLE}"), "dưới {} tuổi"),
    (re.compile(r"\b(?:under|below) (\d{1,2})(?= months?\b)"), "dưới {}"),
    (re.compile(rf"\b(?:over|above) (?:the age of )?(\d\d){_OF_PEOPLE}"), "trên {} tuổi"),
    (re.compile(r"\blevels? (\d)\b"), "mức độ {}"),
    (re.compile(r"\bwithin (\w+)(?=[- ](?:hour|day|month|week)s?\b)"), "trong vòng {}"),
    (re.compile(r"\bevery (\w+)(?=[- ](?:hour|day|week|month|year)s\b)"), "{}"),
    (re.compile(r"\bround (\d)\b"), "đợt {}"),
    (re.compile(r"\bphase (\d|i{1,3})\b"), "giai đoạn {}"),
    (re.compile(r"\b(?:articles?) (\d{1,3})\b"), "điều {}"),
)
_COUNTS: Final = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "twelve": "12",
    "fifteen": "15",
    "twenty": "20",
    "thirty": "30",
}
_LINKS: Final = frozenset(("of", "for", "on", "the"))
_PROVINCE: Final = re.compile(r"\b(?:province|provincial|municipality)\b")
_DISTRICT: Final = re.compile(r"\b(?:district|districts|township|town|county)\b")


@dataclass(frozen=True, slots=True)
class Term:
    """Words of a question and what they are in Vietnamese."""

    start: int  # in the question
    end: int
    vietnamese: str  # "" where the glossary has none
    role: str = ""  # "head" for a kind of body, "sector" for what one is for
    also: tuple[str, ...] = ()  # other words for the same


@dataclass(frozen=True, slots=True)
class Translation:
    """A question in Vietnamese words, as far as the glossary goes."""

    text: str  # words without a translation stay as they are
    terms: tuple[Term, ...]

    @property
    def synonyms(self) -> tuple[Synonym, ...]:
        """Other words for those of the translation."""
        return tuple(
            Synonym(tuple(alike_syllables(term.vietnamese)), tuple(alike_syllables(other)))
            for term in self.terms
            for other in term.also
        )


def translate(question: str) -> Translation:
    """Return a question in Vietnamese words.

    Args:
        question: in English; names of places and bodies may be Vietnamese.

    Returns:
        The translation, whose terms are in order and do not overlap.
    """
    lowered = question.lower()
    if len(lowered) != len(question):
        lowered = question
    lowered = lowered.replace("’", "'")
    numbered = list(_numbered(lowered))
    read = lowered
    for term in numbered:
        read = f"{read[: term.start]}{' ' * (term.end - term.start)}{read[term.end :]}"
    found = sorted(
        [*numbered, *_joined(list(_terms(read, _heads_of(read), _in_names(question))), read)],
        key=lambda term: term.start,
    )
    pieces, end = [], 0
    for term in found:
        pieces += [lowered[end : term.start], term.vietnamese]
        end = term.end
    return Translation("".join([*pieces, lowered[end:]]), tuple(found))


def _numbered(lowered: str) -> Iterator[Term]:
    """Yield what stands in one order in English and in the other in Vietnamese: "grade 9"."""
    for pattern, words in _NUMBERED:
        for match in pattern.finditer(lowered):
            count = _COUNTS.get(match[1], match[1])
            yield Term(*match.span(), words.format(count))


_AFTER: Final = re.compile(r"\b(?:to|with|from|by|for|via|through)(?: the| its| their)? *$")


def acting_bodies(question: str) -> tuple[tuple[str, ...], ...]:
    """Return the bodies of a question that something is not only sent to or done with.

    Args:
        question: in English.

    Returns:
        For each body its possible names in Vietnamese, the usual one first: "the Department of
        Health": ("sở y tế", "phòng y tế", …).
    """
    lowered = question.lower()
    return tuple(
        (term.vietnamese, *term.also)
        for term in translate(question).terms
        if term.role == "body" and not _AFTER.search(lowered[: term.start])
    )


def english_words() -> frozenset[str]:
    """Return the single words that the glossary has, as it has them."""
    return frozenset(key[0] for key in _glossary()[0] if len(key) == 1)


_NAME: Final = re.compile(rf"(?<![^\s(\"'“])[{UPPER}][{LOWER}]*(?![^\W_])")


def _in_names(question: str) -> frozenset[int]:
    """Return where words of names begin that may be words of English too: "Dong", "Ban", "Ton".

    They begin with a capital and stand beside another such word that the glossary has not.
    """
    found = [(match.start(), match.end(), match[0]) for match in _NAME.finditer(question)]
    unknown = [_look_up([_spelled(word.lower())]) is None for _, _, word in found]
    return frozenset(
        found[at][0]
        for at in range(len(found))
        if any(
            0 <= other < len(found) and unknown[other] and _side_by_side(found, at, other)
            for other in (at - 1, at + 1)
        )
        and found[at][0] > 0
        and SYLLABLE.fullmatch(found[at][2].lower())
    )


def _side_by_side(found: Sequence[tuple[int, int, str]], one: int, other: int) -> bool:
    first, second = sorted((one, other))
    return found[second][0] - found[first][1] == 1


def _terms(lowered: str, heads: Mapping[str, Term], names: Collection[int]) -> Iterator[Term]:
    matches = list(_WORD.finditer(lowered))
    words = [_spelled(match[0]) for match in matches]
    position = 0
    while position < len(words):
        for length in range(min(LONGEST, len(words) - position), 0, -1):
            if length > 1 and _is_cut(lowered, matches[position : position + length]):
                continue
            found = _look_up(words[position : position + length])
            if found and not (length == 1 and matches[position].start() in names):
                if found.role == "head":
                    found = heads.get(found.vietnamese, found)
                start, end = matches[position].start(), matches[position + length - 1].end()
                yield replace(found, start=start, end=end)
                position += length
                break
        else:
            if words[position] in _COUNTS and matches[position].start() not in names:
                match = matches[position]
                yield Term(match.start(), match.end(), _COUNTS[words[position]])
            position += 1


def _is_cut(lowered: str, matches: Sequence[re.Match[str]]) -> bool:
    """Return whether a mark other than a comma stands between words of a term."""
    gaps = (
        lowered[first.end() : second.start()]
        for first, second in zip(matches, matches[1:], strict=False)
    )
    return any(re.search(r"[^\s,'-]", gap) for gap in gaps)


def _heads_of(lowered: str) -> Mapping[str, Term]:
    """Return the kinds of bodies whose usual name depends on the level that a question names."""
    found = {}
    district = _DISTRICT.search(lowered) and not _PROVINCE.search(lowered)
    for entry in load("english_bodies"):
        names = cast("list[str]", entry["vietnamese"])
        if entry["kind"] == "head" and names[0] == "sở" and district:
            others = tuple(name for name in names if name != "phòng")
            found[names[0]] = Term(0, 0, "phòng", "head", others)
    return found


def _joined(terms: list[Term], lowered: str) -> Iterator[Term]:
    """Yield terms, a kind of body and what it is for as one."""
    position = 0
    while position < len(terms):
        term = terms[position]
        if term.role == "head":
            sector, after = _sector(terms, position + 1, lowered, linked=term.end)
            if sector:
                yield _body(term, sector)
                position = after
                continue
        if term.role == "sector":
            sector, after = _sector(terms, position, lowered)
            head = terms[after] if after < len(terms) else None
            beside = sector and head and not lowered[sector.end : head.start].strip()
            if sector and head and head.role == "head" and beside:
                yield replace(_body(head, sector), start=sector.start, end=head.end)
                position = after + 1
                continue
        yield term
        position += 1


def _body(head: Term, sector: Term) -> Term:
    return Term(
        head.start,
        sector.end,
        f"{head.vietnamese} {sector.vietnamese}",
        "body",
        tuple(f"{other} {sector.vietnamese}" for other in head.also),
    )


def _sector(
    terms: Sequence[Term], position: int, lowered: str, *, linked: int | None = None
) -> tuple[Term | None, int]:
    """Return what a body is for, "A, B and C" as one, and the position after it."""
    if position >= len(terms) or terms[position].role != "sector":
        return None, position
    first = terms[position]
    if linked is not None:
        between = lowered[linked : first.start].split()
        if not set(between) <= _LINKS or not {"of", "for"} & set(between):
            return None, position
    joined = first
    position += 1
    while position < len(terms) and terms[position].role == "sector":
        link = lowered[joined.end : terms[position].start].strip()
        if link not in ("and", "&", ",", ", and"):
            break
        mark = " và " if "and" in link or link == "&" else ", "
        joined = Term(
            joined.start,
            terms[position].end,
            f"{joined.vietnamese}{mark}{terms[position].vietnamese}",
            "sector",
        )
        position += 1
    return joined, position


# The glossary


def _look_up(words: Sequence[str]) -> Term | None:
    exact, plural, inflected = _glossary()
    return (
        exact.get(tuple(words))
        or plural.get(tuple(map(_singular, words)))
        or inflected.get(tuple(map(_base, words)))
    )


_Table = Mapping[tuple[str, ...], Term]


@cache
def _glossary() -> tuple[_Table, _Table, _Table]:
    """Return the terms by their words: as they are, without plural, without any ending."""
    terms: dict[tuple[str, ...], Term] = {}
    for entry in load("english"):
        key = tuple(_spelled(match[0]) for match in _WORD.finditer(str(entry["english"])))
        terms[key] = Term(0, 0, str(entry["vietnamese"]))
    for entry in load("english_bodies"):
        names = cast("list[str]", entry["vietnamese"])
        for english in cast("list[str]", entry["english"]):
            key = tuple(_spelled(match[0]) for match in _WORD.finditer(english))
            terms[key] = Term(0, 0, names[0], str(entry["kind"]), tuple(names[1:]))
    return terms, _keyed(terms, _singular), _keyed(terms, _base)


def _keyed(terms: _Table, form: Callable[[str], str]) -> _Table:
    found: dict[tuple[str, ...], Term] = {}
    for key, term in sorted(terms.items(), key=lambda item: [len(word) for word in item[0]]):
        found.setdefault(tuple(map(form, key)), term)
    return found


_BRITISH: Final = (
    (re.compile(r"isation"), "ization"),
    (re.compile(r"is(e|es|ed|ing)$"), r"iz\1"),
    (re.compile(r"our(?=s?$|al|er|ed|ing)"), "or"),
    (re.compile(r"tre(s?)$"), r"ter\1"),
    (re.compile(r"mme(s?)$"), r"m\1"),
    (re.compile(r"ence(s?)$"), r"ense\1"),
    (re.compile(r"ll(?=ed$|ing$|ment)"), "l"),
    (re.compile(r"yse(d|s?)$"), r"yze\1"),
)


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(
        str(word)
        for entry in load("stopwords")
        if entry["language"] == "en"
        for word in cast("list[str]", entry["words"])
    )


@cache
def _spelled(word: str) -> str:
    """Return a word in one of its spellings: "programme", "program" -> "program"."""
    for pattern, instead in _BRITISH:
        word = pattern.sub(instead, word)
    return word


@cache
def _singular(word: str) -> str:
    """Return a noun without plural or genitive: "policies" -> "policy", "women's" -> "women"."""
    if word in _stopwords():
        return word  # "them" is no "theme"
    word = re.sub(r"'s?$", "", word)
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


@cache
def _base(word: str) -> str:
    """Return a verb without its ending, of a noun the singular: "submitted" -> "submit"."""
    word = _singular(word)
    if word in _stopwords():
        return word
    for ending in ("ing", "ed"):
        stem = word[: -len(ending)]
        if word.endswith("ied"):
            return f"{word[:-3]}y"
        if word.endswith(ending) and len(stem) > 2 and re.search(r"[aeiouy]", stem):
            doubled = stem[-1] == stem[-2] and stem[-1] not in "lsz"
            word = stem[:-1] if doubled else stem
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word
