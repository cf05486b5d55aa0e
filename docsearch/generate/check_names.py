"""Bodies: their names stand whole, and who acts in the sentence acts in the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docsearch.facts.actors import find_subject
from docsearch.generate.claim import FILLERS, Claim, Fault, on_one_line, without_fillers
from docsearch.generate.tokens import tokenize
from docsearch.parse.bodies import body_end

LONGEST_NAME: Final = 300
"""Characters of a body's name in a passage; the longest lists of headings are shorter."""

_LEVELS: Final = frozenset(
    ("tỉnh", "huyện", "xã", "phường", "thị", "thành", "quận", "cấp", "đặc", "khu")
)
# Words right before a name that make it the object: "trình" UBND huyện, "phối hợp với" Phòng A.
_OBJECTS: Final = frozenset(
    (word,)
    for word in (
        *("về", "với", "trình", "gửi", "gởi", "cho", "của", "cáo", "tới", "đến", "mưu", "giúp"),
        *("xuất", "từ", "nghị", "kiến", "xin", "hợp", "kiểm", "tra"),
    )
)
_ORDERS: Final = frozenset((word,) for word in ("giao", "công", "đề", "cầu", "đạo"))
_NAME_BEGINS: Final = re.compile(r"(?<!\w)(?=[^\W\d_])")


def check_names(claim: Claim) -> Fault | None:
    """Every name of a body stands in one piece, and is not the beginning of a longer one."""
    for start, end in find_bodies(claim.text):
        inside = [n for n, token in enumerate(claim.tokens) if start <= token.start < end]
        where = [claim.place_of.get(n) for n in inside if n not in claim.framed]
        known = [place for place in where if place is not None]
        if not known:
            continue  # framing alone: "cơ quan", "đơn vị"
        name = claim.text[start:end]
        gaps = range(min(known), max(known) + 1)
        between = [n for n in gaps if n not in claim.used]
        pieces = {claim.places[n].piece for n in known}
        if len(pieces) > 1 or any(claim.places[n].key not in FILLERS for n in between):
            return "body_not_quoted", name
        if _goes_on(claim, min(known), max(known)):
            return "body_not_quoted", name
    return None


def find_bodies(text: str) -> list[tuple[int, int]]:
    """Return where the names of bodies stand in a text."""
    found: list[tuple[int, int]] = []
    for match in _NAME_BEGINS.finditer(text):
        if found and match.start() < found[-1][1]:
            continue
        end = body_end(text, match.start())
        if end is not None:
            found.append((match.start(), end))
    return found


def _goes_on(claim: Claim, first: int, last: int) -> bool:
    """Tell whether the passage's name is longer: "Phòng Giáo dục" of "Phòng Giáo dục và Đào tạo".

    The level and territory that a name ends with may be left out ("Phòng Nội vụ" huyện).
    """
    place, end = claim.places[first], claim.places[last].end
    text = claim.evidence.given.pieces[place.piece].text
    whole = body_end(text[place.start : place.start + LONGEST_NAME], 0)
    if whole is None:
        return False
    rest = (
        n
        for n in range(last + 1, len(claim.places))
        if claim.places[n].piece == place.piece and claim.places[n].start < place.start + whole
    )
    missing = [
        claim.places[n].key for n in rest if n not in claim.used and claim.places[n].start >= end
    ]
    return bool(missing) and missing[0] not in _LEVELS


def check_roles(claim: Claim) -> Fault | None:
    """Who acts in the sentence acts in the document, where the name stands before what is done."""
    line = on_one_line(claim.text)
    subject = find_subject(line, 0, len(line.text))
    if subject is None or subject.ordered:
        return None
    qualified = {s + n for s, q in claim.said for n in range(len(q.phrase))}
    predicate = next(
        (
            claim.place_of[n]
            for n, token in enumerate(claim.tokens)
            if token.start >= subject.end
            and token.kind == "word"
            and n in claim.place_of
            and n not in claim.framed
            and n not in qualified
        ),
        None,
    )
    if predicate is None:
        return None
    for actor in subject.actors:
        words = without_fillers(token.key for token in tokenize(actor.text))
        if words and not _acts(claim, words, predicate):
            return "roles_changed", actor.text
    return None


def _acts(claim: Claim, name: Sequence[str], predicate: int) -> bool:
    """Tell whether a name stands before a place of the passage, and not as somebody's object."""
    row = [n for n in range(predicate) if claim.places[n].key not in FILLERS]
    keys = [claim.places[n].key for n in row]
    for position in range(len(keys) - len(name) + 1):
        if keys[position : position + len(name)] == list(name):
            before = _before(claim, row[position])
            if before[-1:] not in _OBJECTS or before[:1] in _ORDERS:
                return True
    return False


def _before(claim: Claim, place: int) -> tuple[str, ...]:
    """Return the two tokens before a place, in its part of the sentence."""
    part = claim.places[place].part
    near = range(max(0, place - 2), place)
    return tuple(claim.places[n].key for n in near if claim.places[n].part == part)
