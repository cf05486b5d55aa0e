"""Who issued a document, under whom, and for which place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from docsearch.orthography import UPPER, canonical
from docsearch.parse import confidence
from docsearch.parse.bodies import (
    LEVELS,
    Territory,
    body_at,
    body_end,
    level_of,
    normalise_body,
    territory_of,
)
from docsearch.parse.cells import Cell, PlaceDate, read_number
from docsearch.parse.folding import flatten, is_upper
from docsearch.parse.letterhead import Frame, join
from docsearch.parse.places import spelled_apart
from docsearch.parse.view import View
from docsearch.records import Span, Stated

_PREAMBLE_LIMIT: Final = 8000  # code points after the title in which the issuer introduces itself
_SENTENCE: Final = re.compile(r"(?:^|[\n.;,:])[ \t\u00a0]*[-+*]{0,3}[ \t\u00a0]*")
# What an issuer says of itself: "UBND huyện … xây dựng kế hoạch", "… đã làm việc với". Folded.
_ACTS: Final = re.compile(
    r"\s*(?:da |vua |tiep tuc )?(?:xay dung|ban hanh|de nghi|yeu cau|thong bao|bao cao|bao de"
    r"|lam viec|to chuc|trien khai|chi dao|giao|quyet dinh|huong dan|de ra|trinh|kinh|nhan duoc|lap"
    r"|phat dong|co y kien|thong nhat|nghi dinh|ra nghi quyet)\b"
)


_GLUED_LEVELS: Final = {re.sub(" ", "", flatten(level)): level for level in LEVELS.split("|")}
_GLUED: Final = re.compile(
    rf"(?<![^\W_])(?P<body>ubnd|hdnd|uybannhandan|hoidongnhandan)(?P<level>{'|'.join(_GLUED_LEVELS)})"
    r"(?P<name>[a-z]{4,24})(?!\w)"
)
_UNION_BEHIND: Final = re.compile(
    r"\bdoan\b.{0,60}?(\s+doan (?:tncs|thanh nien cong san) ho chi minh)\W*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuers:
    """The bodies of a letterhead."""

    issuer: Stated | None
    parent: Stated | None


def read_issuers(frame: Frame) -> Issuers:
    """Read the lines of a letterhead that name the issuer and the body above it.

    Args:
        frame: the document's frame.

    Returns:
        The last body named is the issuer; the one before it, its parent. An issuer without a
        territory takes its parent's ("Sở Nội vụ" under "UBND tỉnh Phú Thọ"), and its span then
        covers both. "CỦA BAN THƯỜNG VỤ …" under the title names the organ that decided.
    """
    segments = _segments(frame)
    if len(segments) > 1 and _is_joint(frame):
        return Issuers(issuer=_joined(segments), parent=None)
    names = [
        (join(segment), normalise_body(join(segment).text, shouted=True)) for segment in segments
    ]
    organ = frame.title.organ if frame.title else None
    if not names:
        return Issuers(issuer=_issuer_under_title(frame), parent=None)
    words, name = names[-1]
    span = words.span(0, len(words.text))
    parent = names[-2] if len(names) > 1 else None
    sure = confidence.PRINTED
    if parent and _is_part(name):
        name = f"{name} {parent[1]}"
        span = Span(parent[0].span(0, len(parent[0].text)).start, span.end)
        sure = confidence.COMPOSED
    elif parent and territory_of(name) is None and level_of(name) is None:
        territory = territory_of(parent[1])
        if territory and not name.startswith(("Bộ ", "Tổng cục")):
            name = f"{name} {territory}"
            span = Span(parent[0].span(0, len(parent[0].text)).start, span.end)
            sure = confidence.COMPOSED
    if organ:
        decided = _decided_by(_without_of(organ), name)
        if decided:
            name, sure = decided, confidence.COMPOSED
            span = Span(span.start, max(span.end, organ.span(0, len(organ.text)).end))
    stated_parent = None
    if parent:
        above = parent[0].span(0, len(parent[0].text))
        stated_parent = Stated(value=parent[1], span=above, confidence=confidence.PRINTED)
    issuer = Stated(value=name, span=span, confidence=sure)
    return Issuers(issuer=issuer, parent=stated_parent)


def _is_joint(frame: Frame) -> bool:
    """Tell a document of several bodies: by its type, or by its symbol ("TTLT-BGDĐT-BNV")."""
    if frame.title and re.search(r"liên (?:tịch|ngành)|phối hợp", frame.title.type):
        return True
    numbers = (read_number(cell) for cell in frame.cells[frame.first :] if cell.kind == "number")
    symbol = next((line.symbol.value for line in numbers if line and line.symbol), "")
    return bool(re.match(r"[A-ZĐ]*(?:LT|PH|LN)(?=[-/])", symbol))


def _joined(segments: list[list[View]]) -> Stated:
    """Return the bodies of a joint document as one issuer: "Bộ Nội vụ - Bộ Tài chính"."""
    lines = [join(segment) for segment in segments]
    names = " - ".join(normalise_body(line.text, shouted=True) for line in lines)
    spans = [line.span(0, len(line.text)) for line in lines]
    span = Span(min(part.start for part in spans), max(part.end for part in spans))
    return Stated(value=names, span=span, confidence=confidence.COMPOSED)


def _is_part(name: str) -> bool:
    """Tell an organ that is nothing without the body above it: "Ban Tổ chức" of a Tỉnh ủy."""
    entry = body_at(name)
    if entry is None or name != entry.name:
        return False
    return entry.kind == "organ" or entry.name in ("Văn phòng", "Ban Tổ chức")


def _decided_by(words: str, letterhead: str) -> str | None:
    """Complete the organ under the title by the letterhead: "Ban Thường vụ Đảng ủy xã Na Mèo"."""
    entry = body_at(words)
    if entry is None or entry.kind != "organ" or letterhead.startswith(entry.name):
        return None
    organ = normalise_body(words[: body_end(words, 0, names=False)], shouted=True)
    territory = territory_of(letterhead)
    if territory and organ.endswith(f" {territory.level}"):
        return f"{organ} {territory.name}"
    return f"{entry.name} {letterhead}"


def _without_of(words: View) -> str:
    return re.sub(r"^\W*(?i:của|hội nghị(?: lần thứ \w+)?)\s+", "", words.text)


def _issuer_under_title(frame: Frame) -> Stated | None:
    """Return the authority that a decision names between its subject and its preamble."""
    if frame.title is None:
        return None
    if frame.title.organ is not None:
        words = _without_of(frame.title.organ)
        entry = body_at(words)
        if entry and entry.kind == "body":
            organ = frame.title.organ
            start = len(organ.text) - len(words)
            name = normalise_body(words, shouted=is_upper(words) or None)
            span = organ.span(start, len(organ.text))
            return Stated(value=name, span=span, confidence=confidence.UNANCHORED)
    for cell in frame.cells[frame.title.end : frame.title.end + 2]:
        entry = body_at(cell.view.text.strip())
        if cell.kind == "text" and is_upper(cell.view.text) and entry and entry.kind == "body":
            name = normalise_body(cell.view.text)
            span = cell.view.span(0, len(cell.view.text))
            return Stated(value=name, span=span, confidence=confidence.UNANCHORED)
    return None


def _segments(frame: Frame) -> list[list[View]]:
    """Group the letterhead's lines by body: each known name opens one, the rest continue it."""
    segments: list[list[View]] = []
    row = -1
    last = -1
    rows = {cell.row for cell in frame.cells if cell.kind == "nation"}
    for index, cell in _letterhead_cells(frame):
        words = _trimmed(cell.view)
        shouted = is_upper(words.text)
        entry = body_at(words.text)
        lost_case = entry is not None and bool(rows & {cell.row - 1, cell.row, cell.row + 1})
        if not words.text or not (shouted or lost_case):
            continue
        so_far = normalise_body(join(segments[-1]).text, shouted=True) if segments else ""
        if entry and entry.kind in ("body", "organ") and not _wants_object(so_far):
            segments.append([words])
        elif segments and _goes_on(so_far, words, entry is not None):
            between = frame.cells[last + 1 : index]
            if cell.row - row > 3 and any(other.kind == "text" for other in between):
                continue
            segments[-1].append(_with_hyphen(words, cell.view))
        else:
            continue
        row, last = cell.row, index
    return _without_union(segments)


def _with_hyphen(words: View, line: View) -> View:
    """Keep the hyphen that joins a line to the one above it ("- XÓA MÙ CHỮ")."""
    match = re.match(r"\s*[-–]\s(?=\w)", line.text)
    return View(line.text[match.start() :], line.offsets[match.start() :]) if match else words


def _without_union(segments: list[list[View]]) -> list[list[View]]:
    """Leave out "ĐOÀN TNCS HỒ CHÍ MINH" on the right, where another line names the issuer."""
    rest = [
        segment
        for segment in segments
        if not re.fullmatch(r"\W*doan [a-z ]{4,20}ho chi minh\W*", flatten(join(segment).text))
    ]
    union = any(re.search(r"\bdoan\b", flatten(join(segment).text)) for segment in rest)
    return rest if union else segments


def _goes_on(so_far: str, words: View, known: bool) -> bool:
    """Tell whether a line continues a name: no territory closes it yet, and it is no code."""
    return territory_of(so_far) is None and (known or not any(c.isdigit() for c in words.text))


def _wants_object(name: str) -> bool:
    """Tell a name that goes on in the next line: "VĂN PHÒNG" / "HĐND VÀ UBND"."""
    entry = body_at(name) if name else None
    return (
        entry is not None
        and (entry.kind == "organ" or entry.name == "Văn phòng")
        and name == entry.name
    )


def _letterhead_cells(frame: Frame) -> list[tuple[int, Cell]]:
    """Return the text cells with their index, from the capitals above the first formula on."""
    start = frame.first
    while start > 0:
        above, below = frame.cells[start - 1], frame.cells[start]
        near = below.row - above.row <= 4
        if not near or not (
            above.kind == "rule" or (above.kind == "text" and _may_name(above, below))
        ):
            break
        start -= 1
    title = frame.title.index if frame.title else frame.end
    stop = title if frame.address is None else min(title, frame.address)
    cells = enumerate(frame.cells[start:stop], start)
    return [(index, cell) for index, cell in cells if cell.kind == "text"]


def _may_name(cell: Cell, below: Cell) -> bool:
    if is_upper(cell.view.text):
        return len(cell.view.text) <= 160
    return cell.row == below.row and body_at(cell.view.text) is not None


def _trimmed(words: View) -> View:
    """Leave out what a scan or a table left before and after the words of a cell."""
    match = re.search(r"[^\W\d_].*[\w.]|[^\W\d_]", words.text)
    if match is None:
        return View("", ())
    start, end = match.span()
    # The Youth Union's own formula, from the right column, behind the issuer's name.
    union = _UNION_BEHIND.search(flatten(words.text), start, end)
    end = union.start(1) if union else end
    stain = re.match(r"(?:\w|\w{0,2}(?:[^\w\s]|_)\S{0,2})\s+", words.text[start:end])
    if stain and body_at(words.text, start) is None and body_at(words.text, start + stain.end()):
        start += stain.end()
    return _spelled_apart(View(words.text[start:end], words.offsets[start:end]))


def _spelled_apart(words: View) -> View:
    """Put the blanks back into "UBNDTỈNHPHÚTHỌ", where a unit has that name."""
    match = _GLUED.search(flatten(words.text))
    if match is None or len(flatten(words.text).split()) > 2:
        return words
    name = spelled_apart(_GLUED_LEVELS[match["level"]], words.text[slice(*match.span("name"))])
    if name is None or len(name.replace(" ", "")) != len(match["name"]):
        return words
    breaks = {match.end("body"), match.end("level")}
    at = match.start("name")
    for part in name.split()[:-1]:
        at += len(part)
        breaks.add(at)
    text: list[str] = []
    offsets: list[int] = []
    for i in range(match.start(), match.end()):
        if i in breaks:
            text.append(" ")
            offsets.append(words.offsets[i])
        text.append(words.text[i])
        offsets.append(words.offsets[i])
    return View("".join(text), tuple(offsets))


def infer_issuer(text: str, start: int, subject: Stated | None) -> Stated | None:
    """Return the body that speaks of itself in the preamble, where the letterhead is missing.

    Args:
        text: the document.
        start: where the preamble begins.
        subject: the document's subject; a level without a name ("UBND huyện") takes its name
            from it ("trên địa bàn huyện U Minh Thượng").

    Returns:
        An inferred issuer: the first body that begins a clause and is followed by what an
        issuer does; None where there is none.
    """
    part = text[start : start + _PREAMBLE_LIMIT]
    flat = flatten(part)
    for match in _SENTENCE.finditer(flat):
        position = match.end()
        for names in (False, True):
            end = _clause_end(part, position, names=names)
            if end is not None and _ACTS.match(flat, end):
                name = normalise_body(part[position:end]).removeprefix("Bộ trưởng ")
                return Stated(
                    value=named_after(name, subject.value if subject else ""),
                    span=Span(start + position, start + end),
                    inferred=True,
                    confidence=confidence.PREAMBLE,
                )
    return None


def _clause_end(part: str, position: int, *, names: bool) -> int | None:
    """Return where the body ends that begins here; a window keeps this linear."""
    window = part[position : position + 160]
    entry = body_at(window)
    if entry is None or entry.kind not in ("body", "organ"):
        return None
    end = body_end(window, 0, names=names)
    return None if end is None else position + end


def named_after(name: str, words: str) -> str:
    """Return the name of a body with its territory, where it lacks it and some words say it.

    Args:
        name: readable, "UBND huyện".
        words: "… trên địa bàn huyện U Minh Thượng".

    Returns:
        "UBND huyện U Minh Thượng"; ``name`` where the words name no territory of its level.
    """
    territory = territory_of(_lower_levels(words))
    if territory and territory_of(name) is None and name.endswith(f" {territory.level}"):
        return f"{name} {territory.name}"
    return name


def _lower_levels(words: str) -> str:
    """Return running text with "Thành phố", "Xã" before a name in small letters."""
    return re.sub(rf"(?<!\w)(?i:{LEVELS})(?=\s+[{UPPER}])", lambda match: match[0].lower(), words)


def find_place(
    text: str, issuers: Issuers, date: PlaceDate | None, subject: Stated | None
) -> Stated | None:
    """Return the territory that a document is for.

    Args:
        text: the document.
        issuers: the bodies of the letterhead, or the inferred issuer.
        date: place and date of issue.
        subject: the document's subject.

    Returns:
        The issuer's territory; else its parent's; else the town of the date line, with the
        level that the text gives it; else the territory that the subject names at the level of
        the issuer, inferred. None where the document names none.
    """
    for body in (issuers.issuer, issuers.parent):
        territory = territory_of(body.value) if body else None
        if body and territory and not body.inferred:
            span = territory_span(text, body.span, territory)
            return Stated(value=str(territory), span=span, confidence=body.confidence)
    town = _town(text, issuers.issuer, date)
    issuer = issuers.issuer
    territory = territory_of(issuer.value) if issuer else None
    if issuer and territory:  # inferred
        if town and town.value == str(territory):
            return town
        named = _names(text, issuer.span, territory)
        span = territory_span(text, issuer.span if named else (subject or issuer).span, territory)
        sure = confidence.PREAMBLE if named else confidence.BY_SUBJECT
        return Stated(value=str(territory), span=span, inferred=True, confidence=sure)
    if town:
        return town
    territory = territory_of(_lower_levels(subject.value)) if subject and issuer else None
    if subject and issuer and territory and territory.level == level_of(issuer.value):
        span = territory_span(text, subject.span, territory)
        return Stated(
            value=str(territory), span=span, inferred=True, confidence=confidence.BY_SUBJECT
        )
    return None


_SITE: Final = re.compile(
    r"(?<!\w)(?:trang|cong)\s(?:thong\stin\sdien\stu|ttdt|web|website)(?:\stong\shop)?(?:\scua)?\s"
    r"(?:(?:ubnd|uy\sban\snhan\sdan)\s)?(?=(?:xa|phuong|thi\stran|huyen|quan|thi\sxa)\s)"
)
_SITE_NAME: Final = 60  # code points of the place in a site's name, at most
_TOP: Final = 600  # code points of a web page in which its site's name stands


def find_site_place(text: str) -> Stated | None:
    """Return the commune or district whose web page a text is from.

    Args:
        text: of a document that does not say itself whose it is.

    Returns:
        "xã Thạch Kim" of "Trang thông tin điện tử xã Thạch Kim" at the top of the page, inferred,
        an address that is glued to it left out; None without such a line.
    """
    match = _SITE.search(flatten(text[:_TOP]))
    if match is None:
        return None
    name = re.split(r"https?:|www\.|[\n|,;(]| [-–] ", text[match.end() : match.end() + _SITE_NAME])[
        0
    ]
    territory = territory_of(_lower_levels(name.title() if is_upper(name) else name))
    if territory is None:
        return None
    within = Span(match.end(), match.end() + len(name.rstrip()))
    span = territory_span(text, within, territory)
    return Stated(value=str(territory), span=span, inferred=True, confidence=confidence.BY_SITE)


def _town(text: str, issuer: Stated | None, date: PlaceDate | None) -> Stated | None:
    if date is None or date.town is None:
        return None
    level = level_of(issuer.value) if issuer else None
    printed = date.town.of(text)
    if named := territory_of(_lower_levels(printed)):  # "Quận 3, ngày …"
        return Stated(value=str(named), span=date.town, confidence=confidence.BY_TOWN)
    value = _with_level(text, date.town.of(text), level)
    return Stated(value=value, span=date.town, confidence=confidence.BY_TOWN)


def _names(text: str, span: Span, territory: Territory) -> bool:
    return canonical(territory.name) in re.sub(r"\s+", " ", canonical(span.of(text)))


def territory_span(text: str, within: Span, territory: Territory) -> Span:
    """Return the territory's words inside the span that states them; the span where that fails."""
    words = r"[\s*_#|]+".join(map(re.escape, canonical(territory.name).split()))
    level = r"[\s*_#|]+".join(map(re.escape, territory.level.split()))
    part = canonical(within.of(text))
    match = re.search(rf"(?:{level}[\s*_#|]+)?{words}", part)
    return Span(within.start + match.start(), within.start + match.end()) if match else within


def _with_level(text: str, town: str, level: str | None) -> str:
    """Return "huyện Chi Lăng" for the town "Chi Lăng": the level that the text most often gives.

    Args:
        text: the document.
        town: as the date line prints it.
        level: of the issuer where it is known; only this one is taken then.

    Returns:
        The town alone where the text gives it no level.
    """
    words = re.sub(r"\s+", " ", town).strip()
    short = re.match(r"(?:TP|Tp|tp)\s?\.?\s?(?=\S)(.+)", words)
    if short and words[:2].lower() == "tp":
        return f"thành phố {short[1].strip()}"
    name = words.title() if is_upper(words) else words
    escaped = r"\s+".join(map(re.escape, canonical(name).split()))
    pattern = re.compile(rf"(?<!\w)({LEVELS})\s+{escaped}(?!\w)")
    levels = Counter(match[1] for match in pattern.finditer(canonical(text[:60_000])))
    if level:
        return f"{level} {name}" if levels[level] else name
    return f"{levels.most_common(1)[0][0]} {name}" if levels else name
