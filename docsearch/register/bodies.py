"""Whether a body that is asked for is one that a document names: by what they are.

A name is taken apart into what kind of body it is ("ủy ban nhân dân"), of which level ("xã") and of
which territory ("Vân Thủy"). What a document leaves out is that of the document: "UBND huyện" in a
document of huyện Chi Lăng is UBND huyện Chi Lăng. A group includes its members: "UBND các xã, thị
trấn" of a district every UBND xã in it, "các phòng, ban" every phòng. Who holds an office acts for
the body ("Chủ tịch UBND xã"). Groups, offices and other names are data
(``vocabulary/body_groups.json``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final, Literal, cast

from docsearch.facts.heads import terms
from docsearch.index.store import Entry
from docsearch.index.tokens import alike, alike_folded
from docsearch.orthography import fold, has_diacritics, syllables
from docsearch.parse import bodies as parsed
from docsearch.parse.places import resolve
from docsearch.records import AdministrativeUnit
from docsearch.vocabulary import load

Tier = Literal["province", "district", "commune"]
Words = tuple[str, ...]

_TIERS: Final[Mapping[str, frozenset[Tier]]] = {
    "tỉnh": frozenset(("province",)),
    "thành phố": frozenset(("province", "district")),
    "huyện": frozenset(("district",)),
    "quận": frozenset(("district",)),
    "thị xã": frozenset(("district",)),
    "xã": frozenset(("commune",)),
    "phường": frozenset(("commune",)),
    "thị trấn": frozenset(("commune",)),
    "đặc khu": frozenset(("commune",)),
}
_ORDER: Final[tuple[Tier, ...]] = ("province", "district", "commune")
_CLASSES: Final[Mapping[str, tuple[str, ...]]] = {  # "UBND cấp xã"
    "tỉnh": ("tỉnh", "thành phố"),
    "huyện": ("huyện", "quận", "thị xã", "thành phố"),
    "xã": ("xã", "phường", "thị trấn", "đặc khu"),
}
_IMPLIED: Final[Mapping[str, str]] = {  # "huyện ủy", "thành đoàn"
    "tỉnh": "tỉnh",
    "thành": "thành phố",
    "huyện": "huyện",
    "quận": "quận",
    "thị": "thị xã",
}
_LEADING: Final = ("tất cả", "toàn thể", "toàn bộ", "các", "những", "mọi", "từng", "mỗi", "một số")
"""What makes a name one of several bodies; "các" may stand inside it too."""
_FILLERS: Final = ("các", "những", "và", "của")
_CUTS: Final = (
    *("trên", "thuộc", "trong", "theo", "khác", "nói trên"),
    *("trực thuộc", "liên quan", "chuyên môn", "có liên", "có tên"),
)
"""Words from which on a name says which of the bodies are meant, not what they are."""
_MARKED_CUTS: Final = ("có", "tại", "ở", "nêu")  # without diacritics they are other words too
_NO_LEVEL: Final = (  # words in which the syllable of a level is none: before, level, after
    ("", "xã", "hội"),
    ("tác", "xã", ""),
    ("cơ", "quan", ""),
    ("địa", "phương", ""),
    ("", "tỉnh", "hình"),
)
_PARTS: Final = re.compile(r"[,;/]|(?<!\w)(?:và|va)(?!\w)")
_ENCLOSED: Final = re.compile(r"\([^()]{0,200}\)")
MAX_NAME: Final = 400
"""Characters of a name that are looked at; arbitrary."""


@dataclass(frozen=True, slots=True)
class _Name:
    """One name taken apart; all words in one spelling."""

    stem: Words  # "ủy ban nhân dân"; empty for a place alone
    levels: frozenset[Words] = frozenset()
    place: Words = ()  # the proper name after the last level
    group: bool = False
    office: bool = False


@dataclass(frozen=True, slots=True)
class Territory:
    """Where a document is of: folded bare names by tier, as far as they are known."""

    names: Mapping[Tier, str]

    @classmethod
    def of(cls, entry: Entry) -> Territory:
        """Return the territory of a document, from its place, unit, issuer and parent body."""
        header = entry.header
        unit = header.unit.unit if header.unit else None
        names = _names_of(unit) if unit else {}
        for stated in (header.place, header.issuer, header.parent_body):
            found = _territory(stated.value) if stated else None
            tiers = _TIERS.get(found.level, frozenset()) if found else frozenset()
            if found and len(tiers) == 1:
                names.setdefault(next(iter(tiers)), _key(found.name))
            elif found and unit is None:  # "thành phố": of a province, or of the country
                names.setdefault("district" if "commune" in names else "province", _key(found.name))
        return cls(names)

    def contradicts(self, other: Territory) -> bool:
        """Tell whether two territories differ at a tier that both state."""
        both = self.names.keys() & other.names.keys()
        return any(self.names[tier] != other.names[tier] for tier in both)


def _names_of(unit: AdministrativeUnit) -> dict[Tier, str]:
    full = (unit.province, unit.district, unit.commune)
    return {tier: _bare(name) for tier, name in zip(_ORDER, full, strict=True) if name}


_USUAL_LEVEL: Final[Mapping[Tier, str]] = {"district": "huyện", "commune": "xã"}


@lru_cache(maxsize=4096)
def _only_one(tier: Tier, name: str) -> Territory | None:
    """Return where the only place of a name lies; None where there are none or several."""
    level = _USUAL_LEVEL.get(tier)
    found = resolve(f"{level} {name}") if level else None
    names = _names_of(found.unit) if found else {}
    return Territory(names) if names.get(tier) == fold(name) else None


def _territory(name: str) -> parsed.Territory | None:
    return parsed.territory_of(name) or parsed.territory_of(name[:1].upper() + name[1:])


def _key(name: str) -> str:
    return " ".join(syllables(alike_folded(name)))


def _bare(full: str) -> str:
    found = _territory(full)
    return _key(found.name if found else full)


class Gazetteer:
    """What the documents of a corpus tell of where places are."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take the documents.

        Args:
            entries: all documents of the corpus.
        """
        self.of: dict[str, Territory] = {entry.id: Territory.of(entry) for entry in entries}

    def may_lie_in(self, tier: Tier, spelled: str, within: Territory) -> bool:
        """Tell whether a place may lie in a territory.

        Args:
            tier: of the place.
            spelled: its bare name, with its diacritics where they are known.
            within: the territory of a document.

        Returns:
            False when a document of that very place says it lies elsewhere, or the country has
            only one place of the name and that lies elsewhere; True when one says it lies there,
            or nothing is known of it and the territory has a tier above it.
        """
        name = fold(spelled)
        known = [each for each in self.of.values() if each.names.get(tier) == name]
        stated = [each for each in known if set(each.names) & set(within.names)]
        if stated:
            return any(not each.contradicts(within) for each in stated)
        only = _only_one(tier, spelled)
        if only and only.contradicts(within):
            return False
        return any(above in within.names for above in _ORDER[: _ORDER.index(tier)])


class _Spelling:
    """Takes names apart, with their diacritics or without."""

    def __init__(self, spelled: Callable[[str], str]) -> None:
        self._spelled = spelled
        entries = load("body_groups")
        self._aliases = [
            (self.words(str(entry["words"])), self.words(str(body)))
            for entry in entries
            if entry["kind"] == "alias"
            for body in cast("list[str]", entry["bodies"])
        ]
        self._aliases.sort(key=lambda pair: -len(pair[0]))
        self._offices = [self.words(str(e["words"])) for e in entries if e["kind"] == "office"]
        self._groups = {
            self.words(str(entry["words"])): [
                self.words(body) for body in cast("list[str]", entry["bodies"])
            ]
            for entry in entries
            if entry["kind"] == "group"
        }
        self._tiers = {self.words(level): tiers for level, tiers in _TIERS.items()}
        self._classes = {
            self.words(level): frozenset(map(self.words, levels))
            for level, levels in _CLASSES.items()
        }
        self._implied = {self._one(word): self.words(level) for word, level in _IMPLIED.items()}
        self._party = frozenset(self._one(word) for word in ("ủy", "đoàn"))
        self._fillers = frozenset(map(self._one, _FILLERS))
        self._several = frozenset(self._one(word) for word in _FILLERS[:2])
        self._leading = [self.words(words) for words in _LEADING]
        marked = spelled("có") != fold("có")
        self._cuts = [self.words(words) for words in (*_CUTS, *(_MARKED_CUTS if marked else ()))]
        self._class = self._one("cấp")
        self._no_level = frozenset(
            tuple(self._one(word) if word else "" for word in words) for words in _NO_LEVEL
        )
        self._committee = self.words("ủy ban nhân dân")
        self._office_of = self.words("văn phòng")
        self.department = self.words("sở")
        self._heads = frozenset(
            (
                *(self.words(term) for kind in ("head", "short head") for term in terms(kind)),
                *(words for words, _ in self._aliases),
                *self._groups,
                *self._offices,
                *self._tiers,
            )
        )
        self.names = lru_cache(maxsize=8192)(self._names)

    def words(self, text: str) -> Words:
        """Return the syllables of a text in this spelling."""
        return tuple(syllables(self._spelled(text)))

    def _one(self, word: str) -> str:
        return self.words(word)[0]

    def tiers(self, levels: Collection[Words]) -> frozenset[Tier]:
        """Return the tiers that levels are of; all where there is no level."""
        found = frozenset(tier for level in levels for tier in self._tiers.get(level, ()))
        return found or frozenset(_ORDER)

    def begins_a_name(self, words: Words) -> bool:
        """Tell whether words begin as the name of a body does."""
        rest = self._without_leading(words)
        return rest != words or any(rest[:length] in self._heads for length in range(1, 9))

    def includes(self, group: Words, member: Words) -> bool:
        """Tell whether "phòng" or "cơ quan" is a word for bodies that ``member`` is one of."""
        if group == member[: len(group)]:
            return True
        kinds = self._groups.get(group, ())
        return any(kind == member[: len(kind)] for kind in kinds)

    def _names(self, text: str) -> tuple[_Name, ...]:
        spelled = self._spelled(_ENCLOSED.sub(" ", text[:MAX_NAME]))
        whole = tuple(syllables(spelled))
        office, rest = self._without_office(whole)
        group = self._without_leading(rest) != rest
        parts = [tuple(syllables(part)) for part in _PARTS.split(spelled)]
        if rest[: len(self._office_of)] == self._office_of or not (group or self._is_list(parts)):
            return self._governed(self._one_name(whole, office=False, group=False))
        found: list[_Name] = []
        for part in parts:
            for name in self._one_name(part, office=office, group=group):
                if not name.stem and name.levels and found and found[-1].levels:
                    name = replace(name, stem=found[-1].stem)  # "UBND các xã, thị trấn"
                found.append(name)
        return self._governed(found)

    def _governed(self, names: Iterable[_Name]) -> tuple[_Name, ...]:
        """Return names with the committee of a place for the place alone ("các xã")."""
        return tuple(name if name.stem else replace(name, stem=self._committee) for name in names)

    def _is_list(self, parts: Sequence[Words]) -> bool:
        """Tell whether every part begins as a name does: "UBND huyện, thành phố"."""
        return len(parts) > 1 and all(self.begins_a_name(part) for part in parts)

    def _without_office(self, words: Words) -> tuple[bool, Words]:
        for office in self._offices:
            rest = words[len(office) :]
            if words[: len(office)] == office and rest:
                return True, rest
        return False, words

    def _one_name(self, words: Words, *, office: bool, group: bool) -> Iterator[_Name]:
        held, words = self._without_office(words)
        bare = self._without_leading(words)
        group = group or bare != words
        words = self._with_usual_name(bare)
        stem: list[str] = []
        levels: set[Words] = set()
        place: list[str] = []
        position = 0
        while position < len(words):
            level = self._level_at(words, position)
            if level:
                classed = position > 0 and words[position - 1] == self._class
                levels.update(self._classes.get(level, ()) if classed else (level,))
                place.clear()
                position += len(level)
                continue
            word = words[position]
            if any(words[position : position + len(cut)] == cut for cut in self._cuts):
                group = True  # "phòng ban liên quan", "trường học trên địa bàn"
                break
            if word in self._several:
                group = True
            elif word not in self._fillers and not self._names_a_class(words, position):
                (place if levels else stem).append(word)
            position += 1
        implied = self._implied.get(stem[0]) if len(stem) > 1 and stem[1] in self._party else None
        if implied and not levels:
            levels.add(implied)
            stem, place = stem[:2], stem[2:]
        if stem or levels:
            yield _Name(tuple(stem), frozenset(levels), tuple(place), group, office or held)

    def _names_a_class(self, words: Words, position: int) -> bool:
        after = self._level_at(words, position + 1)
        return words[position] == self._class and after is not None

    def _without_leading(self, words: Words) -> Words:
        start = 0
        while length := next(
            (len(each) for each in self._leading if words[start : start + len(each)] == each), 0
        ):
            start += length
        return words[start:]

    def _with_usual_name(self, words: Words) -> Words:
        for alias, body in self._aliases:
            if words[: len(alias)] == alias:
                rest = words[len(alias) :]
                core = self._without_leading(rest)  # "Hiệu trưởng các trường"
                return rest if core[: len(body)] == body else (*body, *rest)
        return words

    def _level_at(self, words: Words, position: int) -> Words | None:
        before = words[position - 1] if position else ""
        for length in (2, 1):
            level = words[position : position + length]
            after = words[position + length] if position + length < len(words) else ""
            if level not in self._tiers or after in self._party:
                continue
            around = {(before, level[0], ""), ("", level[0], after), (before, level[0], after)}
            if not around & self._no_level:
                return level
        return None


@cache
def _spelling(*, folded: bool) -> _Spelling:
    return _Spelling(alike_folded if folded else alike)


class AskedBody:
    """A body as somebody types it, to be compared with the names in documents."""

    def __init__(self, typed: str, gazetteer: Gazetteer) -> None:
        """Take the name.

        Args:
            typed: "UBND xã", "phong gd&dt", "các phòng, ban"; several with ";" between them.
                Without any diacritic, those of the documents do not count.
            gazetteer: what is known of places.
        """
        self._spelling = _spelling(folded=not has_diacritics(typed))
        self._gazetteer = gazetteer
        parts = [part for part in typed[:MAX_NAME].split(";") if part.strip()]
        self._names = [name for part in parts for name in self._spelling.names(part)]
        words = [self._spelling.words(part) for part in parts]
        self._plain = [each for each in words if not self._spelling.begins_a_name(each)]

    def matches(self, name: str, document: str) -> bool:
        """Tell whether a name in a document is the body that is asked for, or includes it.

        Args:
            name: the name in the document.
            document: the id of the document.

        Returns:
            Whether one of the bodies asked for is meant. Words that begin no name of a body
            ("giáo dục") have to stand in the name.
        """
        here = self._gazetteer.of.get(document, Territory({}))
        own = self._spelling.names(name)
        if any(self._is(asked, each, here) for asked in self._names for each in own):
            return True
        if not self._plain:
            return False
        words = f" {' '.join(self._spelling.words(name[:MAX_NAME]))} "
        return any(f" {' '.join(plain)} " in words for plain in self._plain)

    def _is(self, asked: _Name, own: _Name, here: Territory) -> bool:
        if asked.office and not own.office:
            return False
        if asked.levels and own.levels and not asked.levels & own.levels:
            return False
        if not self._same_kind(asked, own) or self._is_above(asked, own, here):
            return False
        return not asked.place or self._same_place(asked, own, here)

    def _same_kind(self, asked: _Name, own: _Name) -> bool:
        if own.stem[: len(asked.stem)] == asked.stem:
            return True
        includes = self._spelling.includes
        return (own.group and includes(own.stem, asked.stem)) or (
            asked.group and includes(asked.stem, own.stem)
        )

    def _is_above(self, asked: _Name, own: _Name, here: Territory) -> bool:
        """Tell whether a group of a district or commune is asked for a sở, which has a province."""
        department = self._spelling.department
        if asked.stem[:1] != department or own.stem[:1] == department:
            return False
        return "district" in here.names or "commune" in here.names

    def _same_place(self, asked: _Name, own: _Name, here: Territory) -> bool:
        if own.place:
            return asked.place == own.place
        spelled = " ".join(asked.place)
        name = fold(spelled)
        tiers = self._spelling.tiers(asked.levels)
        stated = [tier for tier in tiers if tier in here.names]
        if stated:
            return any(here.names[tier] == name for tier in stated)
        if own.group and not here.names:  # of a body of the whole country: "UBND các tỉnh"
            return "province" in tiers
        return any(self._gazetteer.may_lie_in(tier, spelled, here) for tier in tiers)
