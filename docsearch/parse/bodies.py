"""Names of bodies (cơ quan, tổ chức) in one readable spelling, and the territory in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from docsearch.orthography import UPPER, canonical
from docsearch.parse.folding import flatten, is_upper
from docsearch.vocabulary import Body, bodies, proper_names

LEVELS: Final = "|".join(
    sorted((e.name for e in bodies() if e.kind == "level"), key=len, reverse=True)
)  # for a pattern
# A territory inside a readable name: the level and the capitalised syllables after it.
_NAME: Final = rf"(?:[{UPPER}][\w'’]*|\d{{1,2}})(?:(?: | - |-)[{UPPER}][\w'’]*){{0,5}}"
_TERRITORY: Final = re.compile(rf"(?<!\w)(?P<level>{LEVELS}) (?P<name>{_NAME})")
_PARTY_LEVELS: Final = {
    "Tỉnh ủy": "tỉnh",
    "Thành ủy": "thành phố",
    "Huyện ủy": "huyện",
    "Quận ủy": "quận",
    "Thị ủy": "thị xã",
}
_YOUTH_LEVELS: Final = {
    "Tỉnh đoàn": "tỉnh",
    "Thành đoàn": "thành phố",
    "Huyện đoàn": "huyện",
    "Quận đoàn": "quận",
    "Thị đoàn": "thị xã",
}
_NAMED_LEVELS: Final = _PARTY_LEVELS | _YOUTH_LEVELS
_PARTY_TERRITORY: Final = re.compile(rf"(?P<body>{'|'.join(_NAMED_LEVELS)}) (?P<name>{_NAME})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """A unit of territory as values name it: level "huyện", name "Kon Rẫy"."""

    level: str
    name: str

    def __str__(self) -> str:
        return f"{self.level} {self.name}"


@cache
def _phrases() -> dict[str, Body]:
    kinds = ("body", "organ", "sector", "level")
    entries = [entry for entry in bodies() if entry.kind in kinds]
    return {
        flatten(words): entry
        for entry in entries
        for words in (entry.name, *entry.variants, *filter(None, [entry.short]))
    }


@cache
def _phrase_pattern() -> re.Pattern[str]:
    words = sorted(_phrases(), key=len, reverse=True)
    alternatives = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in words)
    return re.compile(rf"(?<![\w])(?:{alternatives})(?!\w)")


def _phrase_at(text: str, flat: str, position: int) -> tuple[Body, int] | None:
    """Return the entry that begins here and where it ends."""
    match = _phrase_pattern().match(flat, position)
    if match is None:
        return None
    entry = _phrases()[re.sub(r"\s+", " ", match[0])]
    # Folded, "phương" is "phường" and "xã hội" begins with a level: a level needs its marks.
    if entry.not_before:
        after = re.match(r"[\s,]+(\w+)", text[match.end() : match.end() + 20])
        if after and canonical(after[1]) in entry.not_before:
            return None
    marked = _is_spelled(text[position : match.end()], entry)
    if entry.kind == "level":
        if (
            not (marked or _is_misread(text, position, match.end()))
            or canonical(text[match.end() : match.end() + 4]) == " hội"
        ):
            return None
    # "Số" is no "Sở", "TRƯƠNG AN" no "Trường": one syllable needs its marks, or a field of work.
    elif entry.kind == "body" and not marked and " " not in match[0]:
        work = _phrase_pattern().match(flat, _after_blanks(flat, match.end()))
        if work is None or _phrases()[re.sub(r"\s+", " ", work[0])].kind != "sector":
            return None
    return entry, match.end()


def _is_misread(text: str, start: int, end: int) -> bool:
    """Tell "TĨNH", "HUYEN" of a scan's capitals; not the "TĨNH" of "HÀ TĨNH"."""
    words = text[start:end]
    return (
        words.isupper()
        and flatten(words) in ("tinh", "huyen")
        and not flatten(text[:start]).endswith("ha ")
        and text[end : end + 1].isspace()
    )


def _is_spelled(words: str, entry: Body) -> bool:
    return canonical(words) in {canonical(name) for name in (entry.name, *entry.variants)}


def body_at(text: str, position: int = 0) -> Body | None:
    """Return the vocabulary's entry that ``text`` names from ``position`` on, or None."""
    found = _phrase_at(text, flatten(text), position)
    return found[0] if found else None


_PROPER: Final = re.compile(_NAME)
_SHORT: Final = re.compile(r"\((?:UBND|HĐND)\)")


def body_end(text: str, position: int, *, names: bool = True) -> int | None:
    """Return where the name of a body that begins at ``position`` ends, None where none begins.

    Args:
        text: running text, in its own case.
        position: where the name would begin.
        names: also take the capitalised proper name after a level or a Party committee.

    Returns:
        The end of the known words in a row ("Ban Thường vụ" "Đảng ủy" "xã" "Na Mèo"). Words of
        a field of work that the vocabulary lacks are left out.
    """
    flat = flatten(text)
    end: int | None = None
    before: Body | None = None
    while found := _phrase_at(text, flat, position):
        entry, entry_end = found
        begins = before is None and entry.kind in ("level", "sector")
        if begins or (entry.kind == "sector" and before is not None and before.kind != "body"):
            break
        before, end = entry, entry_end
        position = _after_blanks(text, end)
        short = _SHORT.match(text, position)
        if short:
            end, position = short.end(), _after_blanks(text, short.end())
        if names and (entry.kind == "level" or entry.named):
            name = _PROPER.match(text, position)
            if name and not _phrase_at(text, flat, position):
                end, position = name.end(), _after_blanks(text, name.end())
    return end


def _after_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _capitalised(word: str) -> str:
    """Return "Đắk", "R'Lấp", "Rịa-Vũng" for a word of a proper name in capitals."""
    return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), word)


def _is_abbreviation(word: str) -> bool:
    letters = re.sub(r"[^a-z]", "", flatten(word))
    return bool(re.search(r"[&\d]", word)) or not re.search(r"[aeiouy]", letters)


def normalise_body(words: str, *, shouted: bool | None = None) -> str:
    """Return the readable name of a body: "ỦY BAN NHÂN DÂN HUYỆN KON RẪY" -> "UBND huyện Kon Rẫy".

    Args:
        words: the name as printed, in any case; line breaks count as blanks.
        shouted: the case of the words says nothing (a letterhead in capitals, or in a file
            that lost them). None: decided by the words.

    Returns:
        One line: "UBND" and "HĐND" for the long forms, levels in small letters, proper names
        with capitals, known fields of work ("Giáo dục và Đào tạo") as they are written.
    """
    text = re.sub(r"\s*\((?:UBND|HĐND)\)", "", re.sub(r"\s+", " ", words)).strip(" .,;:*-–_")
    flat = flatten(text)
    shouted = is_upper(text) if shouted is None else shouted
    parts: list[str] = []
    last: Body | None = None
    position = 0
    while position < len(text):
        found = _phrase_at(text, flat, position)
        proper = _proper_at(text, position) if shouted and last else None
        if proper and (not found or last and last.kind == "level"):
            parts.append(proper[0])
            end = proper[1]
        elif found and (found[0].kind != "sector" or (last is not None and last.kind == "body")):
            last, end = found
            parts.append(last.short or last.name)
        else:
            end = flat.find(" ", position)
            end = len(text) if end == -1 else end
            word = text[position:end]
            parts.append(_recased(word, last) if shouted else word)
            if last and last.kind == "body" and not last.named:
                last = None
        position = end
        while position < len(text) and flat[position] == " ":
            position += 1
    return re.sub(r" (?=[,;])", "", " ".join(parts))


@cache
def _proper() -> tuple[dict[str, str], re.Pattern[str]]:
    names = {canonical(str(entry["name"])): str(entry["name"]) for entry in proper_names()}
    longest = sorted(names, key=len, reverse=True)
    pattern = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in longest)
    return names, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


def _proper_at(text: str, position: int) -> tuple[str, int] | None:
    """Return the proper name that begins here, as it is written, and its end."""
    names, pattern = _proper()
    match = pattern.match(canonical(text), position)
    return (names[re.sub(r"\s", " ", match[0])], match.end()) if match else None


def _recased(word: str, last: Body | None) -> str:
    """Return one shouted word in the case that it has after ``last``, the name before it."""
    if last and (last.kind == "level" or last.named):
        return _capitalised(word)
    if _is_abbreviation(word):
        return word
    opens = last is not None and last.kind == "body" and len(last.name.split()) <= 2
    return word.capitalize() if opens else word.lower()


def territory_of(name: str) -> Territory | None:
    """Return the first territory that a readable name holds.

    Args:
        name: the result of ``normalise_body``, or running text.

    Returns:
        "huyện Kon Rẫy" of "UBND huyện Kon Rẫy" and of "Huyện ủy Kon Rẫy"; None for "UBND huyện".
    """
    match = _TERRITORY.search(name)
    if match:
        return Territory(level=match["level"], name=_own_name(name, *match.span("name")))
    match = _PARTY_TERRITORY.search(name)
    if match:
        return Territory(level=_NAMED_LEVELS[match["body"]], name=match["name"])
    return _province_after(name)


def _own_name(words: str, start: int, end: int) -> str:
    """Cut a territory's name before the next body: "Công an huyện Đại Từ - Phòng Giáo dục"."""
    dash = words.find(" - ", start, end)
    if dash >= 0 and (entry := body_at(words, dash + 3)) and entry.kind in ("body", "organ"):
        return words[start:dash]
    return words[start:end]


# Bodies of a province whose name can follow at once: "Sở Nội vụ Gia Lai", "Công an Nghệ An".
_OF_PROVINCES: Final = re.compile(
    r"(?:Sở|Ban|Cục|Bảo hiểm xã hội|Kho bạc|Liên đoàn Lao động|Công an|Hội|Đài|Đoàn|Thanh tra"
    r"|Ngân hàng|Tòa án|Viện kiểm sát|HĐND|UBND)(?!\w)"
)


@cache
def _provinces() -> dict[str, str]:
    """Return the level of each province by its bare name."""
    return {str(entry["name"]): str(entry["level"]) for entry in proper_names() if entry["level"]}


def _province_after(name: str) -> Territory | None:
    if not _OF_PROVINCES.match(name):
        return None
    words = name.split()
    for count in range(5, 0, -1):
        bare = " ".join(words[-count:])
        if count < len(words) and bare in _provinces():
            return Territory(level=_provinces()[bare], name=bare)
    return None


def level_of(name: str) -> str | None:
    """Return the level that a readable name ends its body with: "huyện" of "UBND huyện"."""
    territory = territory_of(name)
    if territory:
        return territory.level
    match = re.search(rf"(?<!\w)({LEVELS})(?!\w)", name)
    if match:
        return match[1]
    return next((level for body, level in _NAMED_LEVELS.items() if body in name), None)
