"""The places that can be compared: those that documents are of, and those that are asked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

from docsearch.compare.matrix import ComparedPlace, Tier
from docsearch.errors import QueryError
from docsearch.index.store import Entry
from docsearch.orthography import canonical, fold
from docsearch.parse.places import known_places
from docsearch.records import AdministrativeUnit

_TIERS: Final[dict[str, Tier | None]] = {
    "tỉnh": "province",
    "thành phố": None,  # of a province or of the country
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
}
_ORDER: Final[dict[Tier | None, int]] = {"province": 0, "district": 1, "commune": 2, None: 3}
NEAR: Final = 0.6
"""How alike a name must be to be offered, as difflib measures it; arbitrary."""
OFFERED: Final = 3


def places_of(entries: Iterable[Entry]) -> tuple[tuple[ComparedPlace, ...], tuple[str, ...]]:
    """Return the places that documents are of.

    Args:
        entries: the documents, one of each group of duplicates.

    Returns:
        The places, provinces first, then districts, communes and those of unknown level, each by
        name; and the sources of the documents that state no place.
    """
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    tiers: dict[tuple[str, ...], Tier | None] = {}
    homeless = []
    for entry in entries:
        header = entry.header
        if header.place is None:
            homeless.append(entry.source)
            continue
        unit = header.unit.unit if header.unit else None
        names = _names(unit) if unit else (header.place.value,)
        tiers[names] = _tier_of(unit) if unit else _tier(header.place.value)
        found[names].append(entry.id)
    found = _joined(found)
    times = Counter(names[0] for names in found)
    places = [
        ComparedPlace(
            name=names[0],
            label=names[0] if times[names[0]] == 1 else ", ".join((names[0], *names[-1:])),
            tier=tiers[names],
            within=names[1:],
            documents=tuple(sorted(documents)),
        )
        for names, documents in found.items()
    ]
    return tuple(sorted(places, key=_key)), tuple(sorted(homeless))


def _joined(found: dict[tuple[str, ...], list[str]]) -> dict[tuple[str, ...], list[str]]:
    """Put documents of a name alone to the only place of that name whose units are known."""
    joined = {names: list(documents) for names, documents in found.items() if len(names) > 1}
    for names, documents in found.items():
        if len(names) > 1:
            continue
        same = [known for known in joined if known[0] == names[0] and len(known) > 1]
        joined.setdefault(same[0] if len(same) == 1 else names, []).extend(documents)
    return joined


def _names(unit: AdministrativeUnit) -> tuple[str, ...]:
    return tuple(name for name in (unit.commune, unit.district, unit.province) if name)


def _tier_of(unit: AdministrativeUnit) -> Tier:
    if unit.commune:
        return "commune"
    return "district" if unit.district else "province"


def _tier(name: str) -> Tier | None:
    level = next((level for level in _TIERS if canonical(name).startswith(f"{level} ")), None)
    return _TIERS[level] if level else None


def _key(place: ComparedPlace) -> tuple[int, str, tuple[str, ...]]:
    return _ORDER[place.tier], fold(_bare(place.name)), place.within


def _bare(name: str) -> str:
    """Return a name without its level, small letters: "huyện Chi Lăng" -> "chi lăng"."""
    lowered = canonical(name.strip())
    for level in sorted(_TIERS, key=len, reverse=True):
        for spelled in (level, fold(level)):
            if lowered.startswith(f"{spelled} "):
                return lowered[len(spelled) + 1 :]
    return lowered


def asked_places(asked: Sequence[str], known: Sequence[ComparedPlace]) -> tuple[ComparedPlace, ...]:
    """Return the places that are asked for, in the order of ``places_of``.

    Args:
        asked: names as they are typed: "huyện Chi Lăng", "chi lang", "xã Tân Lập, tỉnh Bắc Kạn".
        known: the places that documents are of.

    Returns:
        The places; one that the country has and the corpus has not is there without documents.

    Raises:
        QueryError: a name is that of no place, and the message offers the nearest; or of several,
            and the message asks which.
    """
    found: dict[str, ComparedPlace] = {}
    for name in asked:
        place = _asked(name, known)
        found.setdefault(place.label, place)
    return tuple(sorted(found.values(), key=_key))


def _asked(name: str, known: Sequence[ComparedPlace]) -> ComparedPlace:
    wanted = " ".join(name.split()).strip(" ,")
    if not wanted:
        raise QueryError("the name of a place is empty; give one such as: huyện Chi Lăng")
    fitting = [place for place in known if _is(place, wanted)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        full = "; ".join(", ".join((place.name, *place.within)) for place in fitting)
        raise QueryError(f"{wanted!r} is the name of several places; give one of: {full}")
    first, _, above = wanted.partition(",")
    if known_places([wanted.partition(",")[0]]):
        within = tuple(part.strip() for part in above.split(",") if part.strip())
        title = _titled(first.strip())
        return ComparedPlace(name=title, label=title, tier=_tier(title), within=within)
    raise QueryError(f"{wanted!r} is no place that is known{_offer(wanted, known)}")


def _titled(name: str) -> str:
    """Return a name as it is printed: a level in small letters, the rest as it is typed."""
    bare = name[len(name) - len(_bare(name)) :]
    level = canonical(name[: len(name) - len(bare)])
    return f"{level}{bare}"


def _is(place: ComparedPlace, wanted: str) -> bool:
    """Tell whether a typed name is that of a place: with its level and the units above, or not."""
    first, *above = (part.strip() for part in wanted.split(","))
    spelled = fold if fold(wanted) == canonical(wanted) else canonical
    if spelled(_bare(first)) != spelled(_bare(place.name)):
        return False
    if _bare(first) != canonical(first) and spelled(first) != spelled(place.name):
        return False  # the level is stated, and is another one
    units = {spelled(_bare(unit)) for unit in place.within}
    return all(spelled(_bare(unit)) in units for unit in above)


def _offer(wanted: str, known: Sequence[ComparedPlace]) -> str:
    names = {fold(_bare(place.name)): place.label for place in known}
    near = get_close_matches(fold(_bare(wanted)), names, n=OFFERED, cutoff=NEAR)
    if near:
        return f"; did you mean: {', '.join(names[each] for each in near)}?"
    some = ", ".join(place.label for place in known[:10])
    return f"; documents are of: {some}" if some else "; no document states its place"
