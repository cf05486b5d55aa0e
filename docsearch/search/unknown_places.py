"""Places that a question names and the corpus does not know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from docsearch.orthography import UPPER, canonical, fold, has_diacritics
from docsearch.parse.places import known_places
from docsearch.search.diacritics import Restorer

_NAMED: Final = re.compile(
    r"\b([Hh]uyện|[Xx]ã|[Tt]ỉnh|[Qq]uận|[Pp]hường|[Tt]hị trấn|[Tt]hành phố|[Tt]hị xã|TP\.?"
    r"|huyen|xa|tinh|quan|phuong|thi tran|thanh pho|thi xa)\s+"
    rf"((?:[{UPPER}]\w*)(?:\s+[{UPPER}]\w*){{0,3}})"
)
_NAMED_ENGLISH: Final = re.compile(
    r"(?!(?:In|At|On|Of|For|From|To|By|The|Does|Do|Did|Is|Are|Was|Were|Has|Have|Had|Can|Must|Should"
    r"|Within|Which|What|Who|Under|According|And|Until|Since) )"
    rf"\b([{UPPER}]\w+(?: [{UPPER}]\w+){{1,2}}) (district|commune|province|city|town|ward)s?\b"
)
# Without capitals or marks a level is told by its spelling once the marks are restored.
_LEVEL: Final = re.compile(
    r"(?<!\w)(huyện|xã|tỉnh|quận|phường|thị trấn|thành phố|thị xã)((?: \w+){1,4})"
)
# A bare name may be that of something else than a place.
_IN: Final = re.compile(rf"(?<!\w)(?:ở|tại|o|tai|in|at) ((?:[{UPPER}]\w+)(?: [{UPPER}]\w+){{1,2}})")


@dataclass(frozen=True, slots=True)
class _Texts:
    """What the corpus says of names."""

    places: frozenset[str]  # bare names, folded
    restorer: Restorer

    def has_place(self, name: str) -> bool:
        """Return whether a name begins as that of a place which documents are of."""
        return any(f"{fold(name)} ".startswith(f"{place} ") for place in self.places)

    def speak_of(self, name: str, *, folded: bool) -> bool:
        """Return whether the first two syllables of a name stand side by side in a document."""
        parts = name.split()
        language = self.restorer.language
        if len(parts) == 1:
            return parts[0] in language.syllables or (folded and parts[0] in self.restorer.variants)
        if not folded:
            return " ".join(parts[:2]) in language.bigrams
        spellings = self.restorer.spellings(*parts[:2])
        if spellings and len(parts) == 2 and known_places([name]):
            return bool(known_places(spellings))  # "hoàn thành chương trình" names no place
        return bool(spellings)


def find_unknown_places(
    text: str, spelled: str, places: Collection[str], restorer: Restorer, *, english: bool
) -> tuple[str, ...]:
    """Return the places that a question names and no document speaks of.

    Args:
        text: the question.
        spelled: the same with its diacritics.
        places: bare names of the places that documents are of ("Chi Lăng").
        restorer: of the corpus.
        english: whether the question is in English.

    Returns:
        The names with their levels, as typed. With a capital letter and a level every name is
        one ("huyện Kim Bảng"); otherwise a name has to be that of a unit of the country.
    """
    texts = _Texts(frozenset(fold(place) for place in places), restorer)
    found = list(_named(text, texts, english=english))
    if not found and not english and len(text) == len(spelled):
        found = _existing(_with_levels(text, spelled, restorer), texts)
        found = found or list(_strange(text, texts))
    return tuple(dict.fromkeys(found))


def find_doubtful_places(text: str, places: Collection[str], restorer: Restorer) -> tuple[str, ...]:
    """Return names after "ở", "tại" or "in" that are of the country and in no document.

    Args:
        text: the question.
        places: bare names of the places that documents are of.
        restorer: of the corpus.

    Returns:
        The names, which may also be those of places whose documents do not name them.
    """
    texts = _Texts(frozenset(fold(place) for place in places), restorer)
    return tuple(_existing([match[1] for match in _IN.finditer(text)], texts))


def find_spoken_places(
    text: str, places: Collection[str], unknown: Collection[str], *, english: bool
) -> tuple[str, ...]:
    """Return names with a level that no document is of and that documents may speak of.

    Args:
        text: the question.
        places: bare names of the places that documents are of.
        unknown: names of the question that no document speaks of.
        english: whether the question is in English.

    Returns:
        The names with their levels, as typed: "huyện Nam Khê". The first two syllables of each
        stand in a document.
    """
    known = [fold(place) for place in places]
    strange = {canonical(name) for name in unknown}
    found: dict[str, None] = {}
    for match in (_NAMED_ENGLISH if english else _NAMED).finditer(text):
        name = f"{fold(match[1 if english else 2])} "
        if canonical(match[0]) not in strange and not any(
            name.startswith(f"{place} ") for place in known
        ):
            found[match[0]] = None
    return tuple(found)


def bare_name(place: str) -> str:
    """Return the name of a place without its level: "xã Vân Thủy", "Van Thuy commune"."""
    return " ".join(word for word in place.split() if word[0].isupper() and word != "TP")


def _named(text: str, texts: _Texts, *, english: bool) -> Iterator[str]:
    pattern = _NAMED_ENGLISH if english else _NAMED
    for match in pattern.finditer(text):
        name, level = (match[1], match[2]) if english else (match[2], match[1])
        name = canonical(name)
        folded = not has_diacritics(name)
        if texts.has_place(name) or texts.speak_of(name, folded=folded):
            continue
        yield match[0] if english else f"{level.lower()} {match[2]}"


def _with_levels(text: str, spelled: str, restorer: Restorer) -> list[str]:
    candidates = []
    for match in _LEVEL.finditer(canonical(spelled)):
        first = match[2].split()[0]
        if f"{match[1].split()[-1]} {first}" in restorer.language.bigrams:
            continue  # "xã hội", "tỉnh ủy"
        typed = text[match.start(2) : match.end(2)].split()
        candidates += [
            f"{match[1]} {' '.join(typed[:length])}" for length in range(len(typed), 1, -1)
        ]
    return candidates


# "huyen lam kieu giao …": a level where a name follows, typed without marks and capitals, and what
# comes after a name
_STRANGE: Final = re.compile(
    r"(?:^|(?<=[,;.] )|(?<!\w)(?:cua|o|tai|thuoc|cho|tu) )(huyen|xa|tinh|quan|phuong|thi tran"
    r"|thi xa|thanh pho) ([a-z']+ [a-z']+)"
    r"(?=[,?]| (?:giao|phai|co|nam|dat|yeu cau|den|muon|da|se|ban hanh|quy dinh|bao nhieu|may|duoc"
    r"|trong|thi|ai|ngay|thang|quy|don vi nao|co quan nao|phong nao)\b|[ ?]*$)"
)
_NO_NAME: Final = re.compile(
    r"\b(?:o|cua|tai|nao|gi|ai|co|phai|da|se|duoc|can|bao|may|de|ve|trong|va|hay|theo|khi|thi|moi|nay|do"
    r"|nhung|cac|deu|con|cho|den|tu|noi|khong|nam|ngay|thang|quy)\b"
)


def _strange(text: str, texts: _Texts) -> Iterator[str]:
    """Yield names after a level whose two syllables never stand side by side in a document.

    A question that names a place of the corpus says "huyện" of that.
    """
    if has_diacritics(text):
        return
    for match in _STRANGE.finditer(fold(text)):
        name = match[2]
        if _NO_NAME.search(name) or texts.restorer.spellings(*name.split()):
            continue
        said = " ".join(re.findall(r"[^\W_]+", fold(text)))
        if not any(f" {place} " in f" {said} " for place in texts.places):
            yield f"{match[1]} {name}"


def _existing(candidates: Sequence[str], texts: _Texts) -> list[str]:
    """Return the first of some names that is of a unit of the country and in no document."""
    unheard = [name for name in candidates if not _heard(name, texts)]
    known = known_places(_asked(name) for name in unheard) if unheard else frozenset()
    return [name for name in unheard if _asked(name) in known][:1]


def _asked(candidate: str) -> str:
    """Return a candidate as it is looked up: without any mark where the name has none."""
    level = re.match(r"(?:huyện|xã|tỉnh|quận|phường|thị trấn|thành phố|thị xã) ", candidate)
    bare = candidate[level.end() :] if level else candidate
    return candidate if has_diacritics(bare) or not level else f"{fold(level[0])}{bare}"


def _heard(candidate: str, texts: _Texts) -> bool:
    level = re.match(r"(?:huyện|xã|tỉnh|quận|phường|thị trấn|thành phố|thị xã) ", candidate)
    bare = canonical(candidate[level.end() :] if level else candidate)
    return texts.has_place(bare) or texts.speak_of(bare, folded=not has_diacritics(bare))
