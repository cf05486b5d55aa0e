"""Whether the quotations of one passage carry what a sentence says: one check after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from docsearch.facts.actors import find_subject
from docsearch.generate.evidence import Evidence, Place, Run, align
from docsearch.generate.records import DropReason
from docsearch.generate.tokens import Token, tokenize
from docsearch.generate.wording import (
    BRIDGES,
    LABELS,
    UNITS,
    Qualifier,
    duties,
    find_qualifiers,
    framing,
)
from docsearch.parse.bodies import body_end
from docsearch.parse.view import View

Fault = tuple[DropReason, str]

REACH: Final = 5
"""Tokens before the words it qualifies in which a qualifier may stand."""

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
REPLACED: Final = 4
"""Tokens of the passage that other words may be put in the place of, to be seen as that."""

_NAME_BEGINS: Final = re.compile(r"(?<!\w)(?=[^\W\d_])")
_FILLERS: Final = frozenset(("và", "của", "các", "những", "với", "cho", "là"))


@dataclass(frozen=True)
class Claim:
    """A sentence beside the passage that it rests on."""

    text: str
    tokens: tuple[Token, ...]
    evidence: Evidence
    runs: tuple[Run, ...]
    framed: frozenset[int]  # positions of tokens that are in a framing phrase

    @classmethod
    def of(cls, text: str, evidence: Evidence) -> Claim:
        """Return a sentence, laid beside its quotations."""
        tokens = tokenize(text)
        framed = _framed(tokens)
        runs = tuple(
            run
            for run in align(tokens, evidence)
            if any(n not in framed for n in range(run.sentence, run.sentence + run.length))
            or run.length > 1
        )
        return cls(text, tokens, evidence, runs, framed)

    @cached_property
    def place_of(self) -> dict[int, int]:
        """Where each token of the sentence stands in the passage, as far as it does."""
        return {run.sentence + n: run.passage + n for run in self.runs for n in range(run.length)}

    @cached_property
    def used(self) -> frozenset[int]:
        """Positions in the passage of the sentence's words."""
        return frozenset(self.place_of.values())

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What the sentence's tokens say."""
        return tuple(token.key for token in self.tokens)

    @cached_property
    def passage_keys(self) -> tuple[str, ...]:
        """What the passage's tokens say."""
        return tuple(place.key for place in self.places)

    @property
    def places(self) -> tuple[Place, ...]:
        """The passage's tokens."""
        return self.evidence.places

    @cached_property
    def said(self) -> list[tuple[int, Qualifier]]:
        """The qualifiers of the sentence."""
        return find_qualifiers(self.keys)

    @cached_property
    def stated(self) -> list[tuple[int, Qualifier]]:
        """The qualifiers of the passage."""
        return find_qualifiers(self.passage_keys)

    def content_runs(self) -> Iterator[Run]:
        """Yield the runs that hold more than framing words."""
        for run in self.runs:
            if any(n not in self.framed for n in range(run.sentence, run.sentence + run.length)):
                yield run


def check_claims(text: str, evidence: Evidence) -> Fault | None:
    """Return the first thing that the quotations of a passage do not carry, or None."""
    claim = Claim.of(text, evidence)
    for check in _CHECKS:
        fault = check(claim)
        if fault:
            return fault
    return None


def _framed(tokens: Sequence[Token]) -> frozenset[int]:
    keys = [token.key for token in tokens]
    found: set[int] = set()
    for position in range(len(keys)):
        phrase = framing().at(keys, position)
        if phrase:
            found.update(range(position, position + len(phrase)))
    return frozenset(found)


# Each check returns what is wrong, or None.


def _says_something(claim: Claim) -> Fault | None:
    if not any(True for _ in claim.content_runs()):
        return "words_not_quoted", claim.text
    return None


def _words(claim: Claim) -> Fault | None:
    """Every word is quoted, or frames what is quoted; a bound may be worded as its class is."""
    bounds = _bounding(claim)
    for position, token in enumerate(claim.tokens):
        if position in claim.place_of or position in claim.framed or position in bounds:
            continue
        words = claim.text[token.start : token.end]
        if token.kind != "word":
            return "value_not_quoted", words
        named = any(a <= token.start < b for a, b in _bodies(claim.text))
        return ("body_not_quoted" if named else "words_not_quoted"), words
    return None


def _bounding(claim: Claim) -> frozenset[int]:
    """Return the positions of bounds that stand beside a figure; ``_figures`` compares them."""
    found: set[int] = set()
    for position, qualifier in claim.said:
        if qualifier.scope != "bound":
            continue
        end = position + len(qualifier.phrase)
        near = range(max(0, position - 4), min(len(claim.tokens), end + 3))
        if any(claim.tokens[n].kind != "word" for n in near):
            found.update(range(position, end))
    return frozenset(found)


def _replaced(claim: Claim) -> Fault | None:
    """No words stand in the place of others: "chủ trì" where the passage has "phối hợp"."""
    runs = claim.runs
    for position, run in enumerate(runs):
        end, after = run.sentence + run.length, run.passage + run.length
        for other in runs[position + 1 : position + 4]:
            gap = range(after, other.passage)
            inside = range(end, other.sentence)
            if not 0 < len(gap) <= REPLACED or not inside:
                continue
            new = [n for n in inside if n not in claim.framed or claim.tokens[n].kind != "word"]
            old = [n for n in gap if n not in claim.used and claim.places[n].key not in _FILLERS]
            if new and old and len(new) <= 2 * len(old) + 1:
                begin, last = claim.tokens[new[0]].start, claim.tokens[new[-1]].end
                return "words_not_quoted", claim.text[begin:last]
    return None


def _bound_swapped(claim: Claim) -> Fault | None:
    """No bound stands right where the passage has another: "sau" for "trước" before any words."""
    stated = {start + len(q.phrase) - 1: q for start, q in claim.stated if q.scope == "bound"}
    for position, qualifier in claim.said:
        place = claim.place_of.get(position + len(qualifier.phrase))
        if qualifier.scope != "bound" or position in claim.place_of or place is None:
            continue
        other = stated.get(place - 1)
        if other is not None and place - 1 not in claim.used and other.of != qualifier.of:
            return "qualifier_added", " ".join(qualifier.phrase)
    return None


def _repeated(claim: Claim) -> Fault | None:
    """Words that the quotations have once are not said twice."""
    runs = list(claim.content_runs())
    for run in runs:
        if run.length > 2:
            continue
        elsewhere = {
            other.passage + n for other in runs if other is not run for n in range(other.length)
        }
        for n in range(run.length):
            if run.passage + n in elsewhere and run.sentence + n not in claim.framed:
                token = claim.tokens[run.sentence + n]
                return "words_not_quoted", claim.text[token.start : token.end]
    return None


def _figures(claim: Claim) -> Fault | None:
    """Every figure stands with its unit, its label and its bounds somewhere in the quotations."""
    for position, token in enumerate(claim.tokens):
        if token.kind == "word":
            continue
        candidates = [
            place
            for place in claim.evidence.where.get(token.key, ())
            if claim.places[place].kind == token.kind
        ]
        words = _around(claim, position)
        fitting = [place for place in candidates if _same_neighbours(claim, position, place)]
        aligned = claim.place_of.get(position)
        if aligned in fitting:
            fitting = [aligned]
        if not fitting or _instead(claim, position):
            return "value_not_quoted", words
        said = _bounds(claim.keys, position, _parts(claim.tokens), claim.said)
        parts = [place.part for place in claim.places]
        stated = [_bounds(claim.passage_keys, place, parts, claim.stated) for place in fitting]
        if said not in stated:
            less = any(said < bounds for bounds in stated)
            return ("qualifier_lost" if less or not said else "qualifier_added"), words
    return None


def _instead(claim: Claim, position: int) -> bool:
    """Tell whether a figure stands where the passage has another one."""
    for step in (-1, 1):
        place = claim.place_of.get(position + step)
        if place is None or claim.tokens[position + step].kind != "word":
            continue
        there = place - step
        if 0 <= there < len(claim.places) and there not in claim.used:
            stated = claim.places[there]
            if stated.kind != "word" and stated.part == claim.places[place].part:
                return True
    return False


def _around(claim: Claim, position: int) -> str:
    last = min(position + 2, len(claim.tokens)) - 1
    return claim.text[claim.tokens[max(0, position - 1)].start : claim.tokens[last].end]


def _parts(tokens: Sequence[Token]) -> list[int]:
    return [token.part for token in tokens]


def _same_neighbours(claim: Claim, position: int, place: int) -> bool:
    """Tell whether a figure's unit and label are the same in the sentence and the passage."""
    kind = claim.tokens[position].kind
    after = _neighbour(claim.keys, _parts(claim.tokens), position, 1)
    before = _neighbour(claim.keys, _parts(claim.tokens), position, -1)
    parts = [each.part for each in claim.places]
    then = _neighbour(claim.passage_keys, parts, place, 1)
    label = _neighbour(claim.passage_keys, parts, place, -1)
    if kind == "number" and after != then and (_is_unit(after) or _is_unit(then)):
        return False
    if kind in ("date", "document"):
        return True
    return before == label or not (before in LABELS or label in LABELS or _is_figure(label))


def _neighbour(keys: Sequence[str], parts: Sequence[int], position: int, step: int) -> str:
    other = position + step
    if not 0 <= other < len(keys) or parts[other] != parts[position]:
        return ""
    return keys[other]


def _is_unit(key: str) -> bool:
    return key in UNITS or _is_figure(key)


def _is_figure(key: str) -> bool:
    return key[:1].isdigit()


def _bounds(
    keys: Sequence[str],
    position: int,
    parts: Sequence[int],
    found: Sequence[tuple[int, Qualifier]],
) -> frozenset[str]:
    """Return the classes of the bounds around a figure: "trước ngày" 15/12, 90% "trở lên"."""
    bounds = {start: qualifier for start, qualifier in found if qualifier.scope == "bound"}
    inside = {
        start + n: start
        for start, qualifier in bounds.items()
        for n in range(len(qualifier.phrase))
    }
    classes: set[str] = set()
    cursor = position - 1
    while cursor >= 0 and parts[cursor] == parts[position]:
        if cursor in inside:
            classes.add(bounds[inside[cursor]].of)
            cursor = inside[cursor] - 1
        elif keys[cursor] in BRIDGES:
            cursor -= 1
        else:
            break
    for cursor in range(position + 1, min(position + 5, len(keys))):
        if parts[cursor] != parts[position] or _is_figure(keys[cursor]):
            break
        if cursor in bounds and bounds[cursor].phrase[0] in ("trở", "làm"):
            classes.add(bounds[cursor].of)
    return frozenset(classes)


def _names(claim: Claim) -> Fault | None:
    """Every name of a body stands in one piece, and is not the beginning of a longer one."""
    for start, end in _bodies(claim.text):
        inside = [n for n, token in enumerate(claim.tokens) if start <= token.start < end]
        where = [claim.place_of.get(n) for n in inside if n not in claim.framed]
        known = [place for place in where if place is not None]
        if not known:
            continue  # framing alone: "cơ quan", "đơn vị"
        name = claim.text[start:end]
        gaps = range(min(known), max(known) + 1)
        between = [n for n in gaps if n not in claim.used]
        pieces = {claim.places[n].piece for n in known}
        if len(pieces) > 1 or any(claim.places[n].key not in _FILLERS for n in between):
            return "body_not_quoted", name
        if _goes_on(claim, min(known), max(known)):
            return "body_not_quoted", name
    return None


def _bodies(text: str) -> list[tuple[int, int]]:
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


def _qualifiers_kept(claim: Claim) -> Fault | None:
    """What limits the quoted words limits the sentence's."""
    touched = {claim.places[run.passage].clause for run in claim.content_runs()}
    said = {qualifier.of for _, qualifier in claim.said}
    for position, qualifier in claim.stated:
        span = range(position, position + len(qualifier.phrase))
        if all(n in claim.used for n in span):
            continue
        words = " ".join(qualifier.phrase)
        if qualifier.scope == "bound":  # beside figures; here one that was taken out of a row
            if qualifier.of not in said and {span[0] - 1, span[-1] + 1} <= claim.used:
                return "qualifier_lost", words
        elif qualifier.scope == "clause":
            if claim.places[position].clause in touched:
                return "qualifier_lost", words
        elif _governs(claim, span[-1], 1 if qualifier.scope == "rank" else REACH):
            return "qualifier_lost", words
    return None


def _governs(claim: Claim, position: int, reach: int) -> bool:
    """Tell whether the sentence uses words that stand close after a position, in its part."""
    part = claim.places[position].part
    for n in range(position + 1, min(position + 1 + reach, len(claim.places))):
        if claim.places[n].part != part:
            return False
        if n in claim.used:
            return True
    return False


def _qualifiers_added(claim: Claim) -> Fault | None:
    """A negation, condition or aim of the sentence stands before the same words in the passage."""
    for position, qualifier in claim.said:
        if qualifier.scope == "bound":
            continue
        words = " ".join(qualifier.phrase)
        end = position + len(qualifier.phrase)
        place = claim.place_of.get(end - 1)
        if place is None:
            if all(n in claim.framed for n in range(position, end)):
                continue
            return "qualifier_added", words
        following = next((n for n in range(end, len(claim.tokens)) if n not in claim.framed), None)
        if following is None or qualifier.scope == "clause":
            continue
        target = claim.place_of.get(following)
        if target is not None and target - place == following - end + 1:
            continue  # in a row with what follows it there too
        if target is None or not place < target <= place + REACH + 1:
            return "qualifier_added", words
    return None


def _duty(claim: Claim) -> Fault | None:
    """What is only aimed at or allowed is not made a duty: "phải khuyến khích"."""
    aims = {start: q for start, q in claim.said if q.of == "aim"}
    for n in range(len(claim.keys)):
        phrase = duties().at(claim.keys, n)
        end = n + len(phrase or ())
        if phrase is None or any(m in claim.place_of for m in range(n, end)):
            continue
        for start in (end, end + 1):
            if start in aims:
                return "qualifier_added", " ".join((*phrase, *aims[start].phrase))
    return None


def _ties(claim: Claim) -> Fault | None:
    """What the sentence ties together out of several clauses belongs together in the document."""
    runs = list(claim.content_runs())
    if len(runs) == 1:  # words in a row are tied together as they stand
        return None
    clauses = sorted(
        {claim.places[run.passage + n].clause for run in runs for n in range(run.length)}
    )
    if len(clauses) < 2 or not _bodies(claim.text):
        return _loose_values(claim, clauses)
    for clause in clauses:
        words = claim.evidence.clause(clause)
        subject = find_subject(_line(words), 0, len(words))
        if subject and not any(_is_named(claim, actor.text) for actor in subject.actors):
            return "clauses_mixed", "; ".join(actor.text for actor in subject.actors)
    return _loose_values(claim, clauses)


def _is_named(claim: Claim, name: str) -> bool:
    """Tell whether the sentence names a body, or a part of it that stands in the passage."""
    words = _unfilled(token.key for token in tokenize(name))
    row = _unfilled(claim.keys)
    return any(row[n : n + len(words)] == words for n in range(len(row) - len(words) + 1))


def _line(words: str) -> View:
    flat = re.sub(r"\s", " ", words)
    return View(flat, tuple(range(len(flat))))


def _loose_values(claim: Claim, clauses: Sequence[int]) -> Fault | None:
    """A figure or date out of another clause comes with words of that clause."""
    if len(clauses) < 2:
        return None
    for position, token in enumerate(claim.tokens):
        place = claim.place_of.get(position)
        if token.kind not in ("number", "date") or place is None:
            continue
        clause = claim.places[place].clause
        if claim.places[place].piece != len(claim.evidence.given.pieces) - 1:
            continue
        words = [
            n
            for n in claim.used
            if claim.places[n].clause == clause
            and claim.places[n].kind == "word"
            and claim.places[n].key not in BRIDGES
            and n != place + 1
            and claim.places[n].key not in _FILLERS
            and not _is_bound(claim, n)
        ]
        if len(words) < 2:
            return "clauses_mixed", claim.text[token.start : token.end]
    return None


def _is_bound(claim: Claim, place: int) -> bool:
    return any(
        start <= place < start + len(qualifier.phrase)
        for start, qualifier in claim.stated
        if qualifier.scope == "bound"
    )


def _order(claim: Claim) -> Fault | None:
    """Figures of one kind come in the document's order, and each with its own pair."""
    values = [
        (claim.place_of[n], _class(claim, claim.place_of[n]))
        for n, token in enumerate(claim.tokens)
        if token.kind in ("number", "date") and n in claim.place_of
    ]
    for (place, kind), (other, kind_of_other) in zip(values, values[1:], strict=False):
        if kind != kind_of_other and not _paired(claim, (place, kind), (other, kind_of_other)):
            return "clauses_mixed", f"{claim.places[place].key}, {claim.places[other].key}"
    by_kind: dict[str, list[int]] = {}
    for place, kind in values:
        by_kind.setdefault(kind, []).append(place)
    for kind, found in by_kind.items():
        if found != sorted(found):
            return "clauses_mixed", kind
    return None


def _class(claim: Claim, place: int) -> str:
    if claim.places[place].kind == "date":
        return "date"
    parts = [each.part for each in claim.places]
    unit = _neighbour(claim.passage_keys, parts, place, 1)
    label = _neighbour(claim.passage_keys, parts, place, -1)
    return unit if unit in UNITS else label


def _paired(claim: Claim, first: tuple[int, str], second: tuple[int, str]) -> bool:
    """Tell whether two figures belong together where the passage pairs such figures in a row."""
    row = [
        (n, kind)
        for n, place in enumerate(claim.places)
        if place.kind in ("number", "date")
        and (kind := _class(claim, n)) in (first[1], second[1])
        and place.clause == claim.places[first[0]].clause
    ]
    kinds = [kind for _, kind in row]
    pairs = len(kinds) // 2
    if pairs < 2 or len(kinds) % 2 or kinds != kinds[:2] * pairs or kinds[0] == kinds[1]:
        return True
    places = [n for n, _ in row]
    if any(
        run.passage <= min(first[0], second[0])
        and max(first[0], second[0]) < run.passage + run.length
        for run in claim.runs
    ):
        return True
    if first[0] not in places or second[0] not in places:
        return True
    return places.index(first[0]) // 2 == places.index(second[0]) // 2


def _roles(claim: Claim) -> Fault | None:
    """Who acts in the sentence acts in the document, where the name stands before what is done."""
    line = _line(claim.text)
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
        words = _unfilled(token.key for token in tokenize(actor.text))
        if words and not _acts(claim, words, predicate):
            return "roles_changed", actor.text
    return None


def _unfilled(keys: Iterable[str]) -> list[str]:
    return [key for key in keys if key not in _FILLERS]


def _acts(claim: Claim, name: Sequence[str], predicate: int) -> bool:
    """Tell whether a name stands before a place of the passage, and not as somebody's object."""
    row = [n for n in range(predicate) if claim.places[n].key not in _FILLERS]
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


_CHECKS: Final[tuple[Callable[[Claim], Fault | None], ...]] = (
    _words,
    _says_something,
    _replaced,
    _bound_swapped,
    _repeated,
    _figures,
    _names,
    _qualifiers_kept,
    _qualifiers_added,
    _duty,
    _ties,
    _order,
    _roles,
)
