"""Which administrative unit a place's name stands for, before and after the reform of 2025.

On 1 July 2025 the provinces were merged from 63 to 34, the communes from some 10,000 to 3,321, and
the districts were abolished. The tables of both states, and which commune went where, are the data
files of the package ``vietnamadminunits``, read without importing it (its import loads geopy).
The first table is the state of early 2025: a commune or district that was merged or renamed
before is not in it. Provinces that were gone by then are in ``vocabulary/former_units.json``.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias, cast

from docsearch.orthography import canonical, fold
from docsearch.records import AdministrativeUnit, ResolvedPlace
from docsearch.vocabulary import load

Tier: TypeAlias = Literal["province", "district", "commune"]

REFORM: Final = "2025-07-01"  # Luật 72/2025/QH15: from this day on there are no districts
_TEXT_LIMIT: Final = 200_000  # code points of a document in which a province's name is looked for
_LEVELS: Final[dict[str, tuple[Tier, ...]]] = {
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    "huyện": ("district",),
    "quận": ("district",),
    "thị xã": ("district",),
    "xã": ("commune",),
    "phường": ("commune",),
    "thị trấn": ("commune",),
    "đặc khu": ("commune",),
}
_TIERS: Final[tuple[Tier, ...]] = ("province", "district", "commune")
_SHORT: Final = {
    **{"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "t": "tỉnh", "h": "huyện"},
    **{"q": "quận", "p": "phường", "x": "xã"},
}
_SHORT_LEVEL: Final = re.compile(r"(tp|tx|tt|[thqpx])\s?\.\s?|(tp|tx|tt)\s")
_LEVEL: Final = re.compile(rf"({'|'.join(_LEVELS)})(?!\w)\s*")
_FOLDED_LEVELS: Final = {fold(level): level for level in _LEVELS}
_FOLDED_LEVEL: Final = re.compile(rf"({'|'.join(_FOLDED_LEVELS)})(?!\w)\s*")
_HCM: Final = re.compile(r"^(?:hcm|hochiminh city)$")


class _Row(NamedTuple):
    """A unit of one of the two tables, by its full names."""

    province: str  # "tỉnh Lạng Sơn"
    district: str | None
    commune: str | None
    key: str  # of the tables: "tinhlangson_huyenchilang_xaquangson", new: "tinhlangson_xa…"
    is_new: bool = False

    @property
    def tier(self) -> Tier:
        if self.commune is not None:
            return "commune"
        return "province" if self.district is None else "district"

    @property
    def name(self) -> str:
        return self.commune or self.district or self.province

    def unit(self) -> AdministrativeUnit:
        return AdministrativeUnit(
            province=self.province, district=self.district, commune=self.commune
        )


@dataclass(frozen=True, slots=True)
class _Name:
    """What a place is called: its level where that is stated, and its bare name, canonical."""

    level: str | None
    bare: str

    @property
    def key(self) -> str:
        return _key(self.bare)


@dataclass(frozen=True, slots=True)
class _Former:
    """A province (or district of one) that was gone before the reform."""

    name: str
    until: str  # ISO 8601, the last day
    province: str | None  # of a former district
    within: str  # the province of the table that it is in
    remains: bool  # a smaller province of this name is in the table
    districts: frozenset[str]  # bare names, canonical; empty: all of ``within``
    variants: frozenset[str]


@dataclass(frozen=True)
class _Gazetteer:
    """Both tables by folded bare name, and what became of each commune."""

    old: dict[tuple[Tier, str], list[_Row]]
    new: dict[tuple[Tier, str], list[_Row]]
    moved: dict[str, list[_Row]]  # key of an old commune → the new ones
    province_after: dict[str, _Row]  # key of an old province → the new one

    @cached_property
    def provinces(self) -> tuple[_Row, ...]:
        """The provinces of both tables."""
        return tuple(
            row
            for table in (self.old, self.new)
            for (tier, _), rows in table.items()
            if tier == "province"
            for row in rows
        )

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        """The keys of the old communes of each old district."""
        found: dict[str, list[str]] = {}
        for key in self.moved:
            found.setdefault(key.rpartition("_")[0], []).append(key)
        return found

    def after(self, row: _Row) -> tuple[_Row, ...]:
        """Return the new communes that an old commune or district lies in, in their order."""
        if row.commune:
            return tuple(self.moved.get(row.key, ()))
        keys = self._below.get(row.key, ())
        return tuple(dict.fromkeys(new for key in keys for new in self.moved[key]))


_OldLine: TypeAlias = tuple[str, str, str | None, str, str, str | None]
_Moves: TypeAlias = dict[str, dict[str, dict[str, list[object]]]]
_LEVEL_KEY: Final = re.compile(r"(?:tinh|thanhpho|huyen|quan|thixa|xa|phuong|thitran|dackhu)")
_ALIKE: Final = {ord("y"): "i", ord("k"): "c"}


def _bare_key(key: str) -> str:
    """Return the key of a bare name for a key of the tables: "xatanlap" -> "tanlap"."""
    plain = key if key.isascii() else fold(key)
    match = _LEVEL_KEY.match(plain)
    return plain[match.end() if match else 0 :].translate(_ALIKE)


def _key(name: str) -> str:
    """Return a spelling that "Đắk Lắk", "Đắc Lắc" and "ĐAK LAK" share."""
    return re.sub(r"[^a-z0-9]", "", fold(name)).translate(_ALIKE)


def _lowered(name: str) -> str:
    """Return a full name as values write it: "tỉnh Lạng Sơn", "thành phố Hồ Chí Minh"."""
    return name[:1].lower() + name[1:]


def _bare(full: str) -> str:
    """Return "Lạng Sơn" of "tỉnh Lạng Sơn"."""
    match = _LEVEL.match(full)
    return full[match.end() :] if match else full


def _parse(name: str) -> _Name:
    """Split a name in any case into level and bare name: "TP. Cần Thơ", "quận 03", "Chi Lăng"."""
    words = re.sub(r"\s+", " ", canonical(name)).strip(" .,;:")
    level = None
    if match := _LEVEL.match(words):
        level, words = match[1], words[match.end() :]
    elif match := _SHORT_LEVEL.match(words):
        level, words = _SHORT[match[1] or match[2]], words[match.end() :]
    words = re.sub(r"^0+(?=\d)", "", words)
    if _HCM.match(_plain(words)):
        words = "hồ chí minh"
    return _Name(level, words)


def _plain(words: str) -> str:
    return re.sub(r"[\s.]", "", fold(words))


def _compared(name: str) -> str:
    """Return a bare name as two spellings of it are compared, marks included."""
    return re.sub(r"[\s'’‘`-]+", "", canonical(name))


def data_folder() -> Path | None:
    """Return where the tables are, None where the package is not installed."""
    spec = find_spec("vietnamadminunits")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(next(iter(spec.submodule_search_locations))) / "data"
    return folder if (folder / "dataset.db").is_file() else None


@cache
def _gazetteer() -> _Gazetteer | None:
    """Read both tables: some 70 ms and 10 MB, once in a process."""
    folder = data_folder()
    if folder is None:
        return None
    with closing(sqlite3.connect(f"{(folder / 'dataset.db').as_uri()}?mode=ro", uri=True)) as base:
        old = base.execute(
            "SELECT province, district, ward, provinceKey, districtKey, wardKey"
            " FROM admin_units_legacy ORDER BY wardCode"
        ).fetchall()
        new = base.execute(
            "SELECT province, ward, provinceKey, wardKey FROM admin_units ORDER BY wardCode"
        ).fetchall()
    moves = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    return _assemble(old, new, moves)


def _assemble(
    old: list[_OldLine], new: list[tuple[str, str, str, str]], moves: _Moves
) -> _Gazetteer:
    new_rows: dict[str, _Row] = {}
    new_names: dict[tuple[Tier, str], list[_Row]] = {}
    for province, commune, province_key, commune_key in new:
        full = _lowered(province)
        if province_key not in new_rows:
            row = new_rows[province_key] = _Row(full, None, None, province_key, is_new=True)
            new_names.setdefault(("province", _bare_key(province_key)), []).append(row)
        key = f"{province_key}_{commune_key}"
        row = new_rows[key] = _Row(full, None, _lowered(commune), key, is_new=True)
        new_names.setdefault(("commune", _bare_key(commune_key)), []).append(row)
    return _Gazetteer(
        old=_by_name(old),
        new=new_names,
        moved=_moved(moves, new_rows),
        province_after={
            part: new_rows[whole]
            for whole, parts in cast("dict[str, list[str]]", moves["DICT_PROVINCE"]).items()
            for part in parts
        },
    )


def _by_name(old: list[_OldLine]) -> dict[tuple[Tier, str], list[_Row]]:
    found: dict[tuple[Tier, str], list[_Row]] = {}
    seen: set[str] = set()
    for province, district, commune, province_key, district_key, commune_key in old:
        full, middle = _lowered(province), _lowered(district)
        above = f"{province_key}_{district_key}"
        if above not in seen:
            if province_key not in seen:
                row = _Row(full, None, None, province_key)
                found.setdefault(("province", _bare_key(province_key)), []).append(row)
            row = _Row(full, middle, None, above)
            found.setdefault(("district", _bare_key(district_key)), []).append(row)
            seen.update((province_key, above))
        if commune and commune_key:
            row = _Row(full, middle, _lowered(commune), f"{above}_{commune_key}")
            found.setdefault(("commune", _bare_key(commune_key)), []).append(row)
    return found


def _moved(moves: _Moves, new_rows: dict[str, _Row]) -> dict[str, list[_Row]]:
    """Return the new communes that hold each old one or a part of it."""
    found: dict[str, list[_Row]] = {}
    for province, communes in moves["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, sources in communes.items():
            row = new_rows[f"{province}_{commune}"]
            for source in sources:
                found.setdefault(str(source), []).append(row)
    for province, divided in moves["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, parts in divided.items():
            for part in parts:
                key = cast("dict[str, str]", part)["newWardKey"]
                found.setdefault(source, []).append(new_rows[f"{province}_{key}"])
    return found


@cache
def _former() -> tuple[_Former, ...]:
    def strings(value: object) -> frozenset[str]:
        return frozenset(map(str, value)) if isinstance(value, list) else frozenset()

    return tuple(
        _Former(
            name=str(entry["name"]),
            until=str(entry["until"]),
            province=str(entry["province"]) if entry["province"] else None,
            within=str(entry["within"]),
            remains=bool(entry["remains"]),
            districts=frozenset(map(_compared, strings(entry["districts"]))),
            variants=strings(entry["variants"]),
        )
        for entry in load("former_units")
    )


def known_places(names: Iterable[str]) -> frozenset[str]:
    """Return those of some names that are names of units of the country, old or new.

    Args:
        names: "huyện Chi Lăng", "Chi Lăng", "TP. Cần Thơ", in any case. Names without any
            diacritic are compared without.

    Returns:
        The names as given. A level that is stated must be one that the unit has or had
        ("thị xã" for what is a city today is right, "xã" for a district is not). Empty where
        the tables are not installed.
    """
    gazetteer = _gazetteer()
    if gazetteer is None:
        return frozenset()
    return frozenset(name for name in names if _exists(gazetteer, name))


def spelled_apart(level: str, glued: str) -> str | None:
    """Return the name of a unit that was printed or scanned without its blanks.

    Args:
        level: "tỉnh", "huyện".
        glued: "PHÚTHỌ".

    Returns:
        "Phú Thọ"; None where no unit of the level, or units of several names, are spelled so.
    """
    gazetteer = _gazetteer()
    if gazetteer is None or level not in _LEVELS:
        return None
    rows = [row for tier in _LEVELS[level] for row in gazetteer.old.get((tier, _key(glued)), ())]
    names = {_bare(row.name) for row in rows}
    exact = {name for name in names if _compared(name) == _compared(glued)}
    found = exact or names
    return next(iter(found)) if len(found) == 1 else None


def _exists(gazetteer: _Gazetteer, name: str) -> bool:
    parsed = _parse(name)
    if not parsed.bare:
        return False
    unmarked = fold(name) == name.lower()
    if unmarked and parsed.level is None and (match := _FOLDED_LEVEL.match(parsed.bare)):
        parsed = _Name(_FOLDED_LEVELS[match[1]], parsed.bare[match.end() :])
    for row in _rows(gazetteer.old, parsed) + _rows(gazetteer.new, parsed):
        if unmarked or _compared(_bare(row.name)) == _compared(parsed.bare):
            return True
    return any(
        _compared(former.name) == _compared(name) or _bare(former.name).lower() == parsed.bare
        for former in _former()
    )


def _rows(table: dict[tuple[Tier, str], list[_Row]], name: _Name) -> list[_Row]:
    tiers = _LEVELS[name.level] if name.level else _TIERS
    return [row for tier in tiers for row in table.get((tier, name.key), ())]


def resolve(
    place: str,
    *,
    above: str | None = None,
    stated: Sequence[str] = (),
    text: str = "",
    issued_on: str | None = None,
    inferred: bool = False,
) -> ResolvedPlace | None:
    """Return the administrative unit that a document's place is.

    Args:
        place: "huyện Chi Lăng", "TP. Cần Thơ", or a town alone.
        above: the territory of the body above the issuer: "huyện Quan Sơn" for a commune.
        stated: names in the document's frame that can tell units of one name apart: parent
            body, recipients, addressees, subject ("UBND tỉnh Lạng Sơn").
        text: the document; its mentions of provinces and districts decide where ``stated`` does
            not.
        issued_on: ISO 8601; a document of 1 July 2025 or later is of the new units.
        inferred: the document does not state the place itself.

    Returns:
        The unit with its full names, as it was when the document was issued, and what its area
        is in since 1 July 2025: the province for a province, the new communes for a district or
        commune. A unit that the tables lack, in a province that ``stated`` names, has that
        province's only. None where no unit or more than one fits.
    """
    gazetteer = _gazetteer()
    if gazetteer is None:
        return None
    name = _parse(place)
    clues = _Clues(stated, text)
    day = (issued_on if issued_on and len(issued_on) > 4 else None) or clues.day()
    if not name.bare:
        return None
    former = _of_former(gazetteer, place, day, inferred=inferred)
    if former:
        return former
    in_district = _in_district(gazetteer, name, above, clues, day, inferred=inferred)
    if in_district:
        return in_district
    is_new = day is not None and f"{day}-01"[:10] >= REFORM
    tables = [gazetteer.new] if is_new else [gazetteer.old, *([] if day else [gazetteer.new])]
    for table in tables:
        row = _choose(_fitting(table, name), clues)
        if row is not None:
            return _resolved(gazetteer, row, name, day, inferred=inferred)
        if _fitting(table, name):
            return None if is_new else _in_province(gazetteer, name, clues, day, inferred=inferred)
    return None if is_new else _in_province(gazetteer, name, clues, day, inferred=inferred)


class _Clues:
    """The words that can tell units of one name apart, spelled for comparing when asked for."""

    def __init__(self, stated: Sequence[str], text: str) -> None:
        self._stated, self._text = stated, text

    @cached_property
    def stated(self) -> str:
        return _spelled(" ; ".join(self._stated))

    def day(self) -> str | None:
        """Return the last day of a province that the frame names and that is gone."""
        gone = (former for former in _former() if not former.province and not former.remains)
        return next((f.until for f in gone if _is_named(f.name, self.stated, bare=False)), None)

    @cached_property
    def text(self) -> str:
        return _spelled(self._text[:_TEXT_LIMIT])


def _spelled(words: str) -> str:
    return re.sub(r" ?[-–] ?", "-", " ".join(canonical(words).split()))


def _fitting(table: dict[tuple[Tier, str], list[_Row]], name: _Name) -> list[_Row]:
    """Return the units of a name: by marks where one has them, of the stated level if any is."""
    rows = _rows(table, name)
    exact = [row for row in rows if _compared(_bare(row.name)) == _compared(name.bare)]
    rows = exact or rows
    if name.level is None:
        # The town of a date line: a province's name is its own before it is its capital's.
        tiers = [tier for tier in _TIERS if any(row.tier == tier for row in rows)]
        return [row for row in rows if row.tier == tiers[0]] if tiers else []
    same = [row for row in rows if row.name.startswith(f"{name.level} ")]
    return same or [row for row in rows if row.tier == _LEVELS[name.level][-1]]


def _choose(rows: list[_Row], clues: _Clues) -> _Row | None:
    """Return the only unit that fits, by what stands in the frame, then in the text."""
    if not rows or rows[0].tier == "province":
        return rows[0] if len(rows) == 1 else None
    if len(rows) == 1:
        return None if _elsewhere(rows[0], clues.stated) else rows[0]
    best = _best(rows, clues.stated, bare=True)
    if len(best) != 1:
        best = _best(best or rows, clues.text, bare=False)
    return best[0] if len(best) == 1 else None


def _best(rows: list[_Row], words: str, *, bare: bool) -> list[_Row]:
    """Return the units whose district and province are named; else one of the two; else none."""
    marks: dict[str, int] = {}
    for row in rows:
        above = {row.province, row.district} if row.commune else {row.province}
        marks[row.key] = sum(_is_named(unit, words, bare=bare) for unit in above if unit)
    most = max(marks.values())
    return [row for row in rows if marks[row.key] == most] if most else []


def _is_named(unit: str, words: str, *, bare: bool) -> bool:
    name = _spelled(_bare(unit))
    if name not in words:
        return False
    match = _LEVEL.match(unit)
    level = match[1] if match else ""
    before = "" if bare and len(name.split()) > 1 else rf"(?:{_before(level)})\s+"
    return bool(re.search(rf"(?<!\w){before}{re.escape(name)}(?!\w)", words))


def _before(level: str) -> str:
    party = {"tỉnh": "tỉnh ủy", "thành phố": "thành ủy", "huyện": "huyện ủy", "quận": "quận ủy"}
    short = {"thành phố": r"tp\.?", "thị xã": r"tx\.?"}
    return "|".join(filter(None, (level, party.get(level), short.get(level))))


def _elsewhere(row: _Row, stated: str) -> bool:
    """Tell whether the frame names a province by its level, and not this unit's."""
    named = _named_provinces(stated)
    return bool(named) and row.province not in named


def _named_provinces(words: str) -> set[str]:
    gazetteer = _gazetteer()
    found: set[str] = set()
    if gazetteer is None or not words:
        return found
    for row in gazetteer.provinces:
        if row.province not in found and _is_named(row.province, words, bare=False):
            found.add(row.province)
    for former in _former():
        names = (former.name, *former.variants)
        if not former.province and any(_is_named(name, words, bare=False) for name in names):
            found.add(former.within)
    return found


def _resolved(
    gazetteer: _Gazetteer, row: _Row, name: _Name, day: str | None, *, inferred: bool
) -> ResolvedPlace:
    if row.is_new:
        return ResolvedPlace(unit=row.unit(), since_2025=(row.unit(),), inferred=inferred)
    unit = row.unit()
    if name.level and not row.name.startswith(f"{name.level} "):  # it was raised to a city since
        raised = f"{name.level} {_bare(row.name)}"
        commune = raised if row.tier == "commune" else None
        district = raised if row.tier == "district" else row.district
        unit = AdministrativeUnit(province=row.province, district=district, commune=commune)
    if row.tier == "province":
        since: tuple[_Row, ...] = (gazetteer.province_after[row.key],)
    else:
        since = gazetteer.after(row)
    if row.tier != "province":
        unit = _as_of(unit, day)
    return ResolvedPlace(
        unit=unit, since_2025=tuple(part.unit() for part in since), inferred=inferred
    )


def _as_of(unit: AdministrativeUnit, day: str | None) -> AdministrativeUnit:
    """Put the province that a unit was in on a day, where that province is gone."""
    bare = _compared(_bare(unit.district)) if unit.district else ""
    for former in _former():
        if former.province or not day or day > former.until or former.within != unit.province:
            continue
        if not former.districts or bare in former.districts:
            return AdministrativeUnit(
                province=former.name, district=unit.district, commune=unit.commune
            )
    return unit


def _of_former(
    gazetteer: _Gazetteer, place: str, day: str | None, *, inferred: bool
) -> ResolvedPlace | None:
    """Return a province that was gone before 2025, named while it was there or without a date."""
    wanted = _compared(place)
    since: dict[str, AdministrativeUnit] = {}
    unit = None
    for former in _former():
        names = (former.name, *former.variants)
        # Without a date, "thành phố Huế" is the province of today.
        unsure = day is None and former.province is not None
        if wanted not in map(_compared, names) or unsure or (day and day > former.until):
            continue
        if former.remains:
            continue
        unit = AdministrativeUnit(
            province=former.province or former.name,
            district=former.name if former.province else None,
        )
        for row in gazetteer.old.get(("province", _key(_bare(former.within))), ()):
            after = gazetteer.province_after[row.key].unit()
            since[after.province] = after
    if unit is None:
        return None
    return ResolvedPlace(unit=unit, since_2025=tuple(since.values()), inferred=inferred)


def _in_district(
    gazetteer: _Gazetteer,
    name: _Name,
    above: str | None,
    clues: _Clues,
    day: str | None,
    *,
    inferred: bool,
) -> ResolvedPlace | None:
    """Return a commune of the district that its letterhead names, whichever is in the tables."""
    over = _parse(above) if above else None
    if over is None or over.level is None or name.level is None or (day and day >= REFORM):
        return None
    if "district" not in _LEVELS[over.level] or _LEVELS[name.level] != ("commune",):
        return None
    districts = [row for row in _fitting(gazetteer.old, over) if row.tier == "district"]
    rows = _fitting(gazetteer.old, name)
    inside = [row for row in rows for d in districts if row.key.startswith(f"{d.key}_")]
    if len(inside) == 1:
        return _resolved(gazetteer, inside[0], name, day, inferred=inferred)
    row = _choose(districts if districts else rows, clues)
    if row is None or inside:
        return None
    printed = f"{name.level} {_titled(name.bare)}"
    if districts:  # the commune is gone
        since: tuple[_Row, ...] = (gazetteer.province_after[row.key.partition("_")[0]],)
    else:  # the district is
        since = gazetteer.after(row)
    unit = AdministrativeUnit(
        province=row.province,
        district=row.district if districts else f"{over.level} {_titled(over.bare)}",
        commune=printed,
    )
    return ResolvedPlace(
        unit=_as_of(unit, day),
        since_2025=tuple(part.unit() for part in since),
        inferred=inferred,
    )


def _in_province(
    gazetteer: _Gazetteer, name: _Name, clues: _Clues, day: str | None, *, inferred: bool
) -> ResolvedPlace | None:
    """Return a unit that the tables lack, in the one province that the frame names."""
    if name.level is None or _LEVELS[name.level][-1] == "province":
        return None
    named = _named_provinces(clues.stated)
    rows = [row for row in gazetteer.provinces if row.province in named and not row.is_new]
    if len(rows) != 1 or len(named) != 1:
        return None
    printed = f"{name.level} {_titled(name.bare)}"
    if _LEVELS[name.level][-1] == "district":
        unit = AdministrativeUnit(province=rows[0].province, district=printed)
    else:
        unit = AdministrativeUnit(province=rows[0].province, commune=printed)
    unit = _as_of(unit, day)
    since = gazetteer.province_after[rows[0].key].unit()
    return ResolvedPlace(unit=unit, since_2025=(since,), inferred=inferred)


def _titled(bare: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), bare)
