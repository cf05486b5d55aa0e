"""Every figure stands with its unit, label and bounds, in the order of the document."""

from __future__ import annotations

from collections.abc import Sequence

from docsearch.generate.claim import Claim, Fault
from docsearch.generate.tokens import Token
from docsearch.generate.wording import BRIDGES, LABELS, UNITS, Qualifier


def check_figures(claim: Claim) -> Fault | None:
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


def _is_unit(key: str) -> bool:
    return key in UNITS or _is_figure(key)


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


def check_order(claim: Claim) -> Fault | None:
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


def _parts(tokens: Sequence[Token]) -> list[int]:
    return [token.part for token in tokens]


def _neighbour(keys: Sequence[str], parts: Sequence[int], position: int, step: int) -> str:
    other = position + step
    if not 0 <= other < len(keys) or parts[other] != parts[position]:
        return ""
    return keys[other]


def _is_figure(key: str) -> bool:
    return key[:1].isdigit()
