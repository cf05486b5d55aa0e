"""Word's automatic numbers: "1.", "a)", "Điều 3." that stand in no text of the file.

Ecma-376, part 1, 17.9. A paragraph names a list (w:num) and a level; the list's abstract form
(w:abstractNum) says how the level counts and what it prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS: Final = 9

_MAX_ROMAN: Final = 3999
_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_PLACEHOLDER: Final = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLevel:
    """How one level of a list counts and what it prints."""

    format: str = "decimal"  # w:numFmt
    text: str = ""  # w:lvlText: "%1.%2."
    start: int = 1
    restart: int | None = None  # after which level it begins again; None means any above
    legal: bool = False  # w:isLgl: levels above are printed as digits
    between: str = " "  # w:suff: what stands before the paragraph's own words
    style: str | None = None  # the paragraph style that is numbered by this level


@dataclass(frozen=True, slots=True)
class ListForm:
    """A list: which abstract one it counts with, and its levels."""

    abstract: str
    levels: dict[int, ListLevel]
    starts: dict[int, int]  # w:startOverride


@dataclass(slots=True)
class Counters:
    """The lists of a document and how far each has counted."""

    forms: dict[str, ListForm]
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, number: str, style: str) -> int:
        """Return the level of a list that numbers a paragraph style, 0 where none says so."""
        form = self.forms.get(number)
        levels = form.levels.items() if form else ()
        return next((level for level, shape in levels if shape.style == style), 0)

    def next(self, number: str, level: int) -> str | None:
        """Count one paragraph and return what Word prints before it.

        Args:
            number: the list (w:numId).
            level: the level (w:ilvl), 0-based.

        Returns:
            The number with the blank after it, "- " or "+ " for a bullet, "" for a level that
            prints nothing, None where the document has no such list.
        """
        form = self.forms.get(number)
        if form is None or level not in form.levels:
            return None
        counts = self._counts.setdefault(form.abstract, [None] * LEVELS)
        if level in form.starts and (number, level) not in self._begun:
            counts[level] = None
        start = form.starts.get(level, form.levels[level].start)
        self._begun.add((number, level))
        count = counts[level]
        counts[level] = start if count is None else count + 1
        for deeper in range(level + 1, LEVELS):
            shape = form.levels.get(deeper)
            # w:lvlRestart 0: never; n: only after a paragraph of level n (1-based) or above
            if shape is None or shape.restart is None or level < shape.restart:
                counts[deeper] = None
        return _label(form, level, counts)


def _label(form: ListForm, level: int, counts: list[int | None]) -> str:
    shape = form.levels[level]
    if shape.format == "bullet":
        return f"{_bullet(shape.text, level)}{shape.between or ' '}"

    def count(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        other = form.levels.get(index, ListLevel())
        value = counts[index]
        value = other.start if value is None else value
        return format_number(value, "decimal" if shape.legal else other.format)

    label = _PLACEHOLDER.sub(count, shape.text)
    return label + shape.between if label.strip() else ""


def _bullet(text: str, level: int) -> str:
    """Return the bullet as documents are typed: "-", below it "+", whatever sign is drawn."""
    if text.strip() in ("-", "–", "—", "+", "*"):
        return "-" if text.strip() in "-–—" else "+"
    return "+" if level else "-"


def format_number(value: int, form: str) -> str:
    """Return a number as Word prints it.

    Args:
        value: the number.
        form: w:numFmt; an unknown one counts in digits.

    Returns:
        "3", "03", "c", "C", "iii", "III"; "" for "none". Letters go on with "aa", "bb".
    """
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{value:02d}"
    if form in ("lowerLetter", "upperLetter") and value > 0:
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 % 20 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < value <= _MAX_ROMAN:
        roman = "".join(_romans(value))
        return roman.upper() if form == "upperRoman" else roman
    return str(value)


def _romans(value: int) -> Iterator[str]:
    for size, letters in _ROMAN:
        while value >= size:
            yield letters
            value -= size


def read_numbering(root: etree._Element | None) -> Counters:
    """Return the lists of a document, none of them begun.

    Args:
        root: the root of numbering.xml; None where the document has none.

    Returns:
        The lists by their w:numId.
    """
    if root is None:
        return Counters({})
    shapes = {
        node.get(W + "abstractNumId", ""): _levels(node) for node in root.iter(W + "abstractNum")
    }
    linked = {
        value: node.get(W + "abstractNumId", "")
        for node in root.iter(W + "abstractNum")
        if (value := _value(node, "styleLink"))
    }
    borrowed = {
        node.get(W + "abstractNumId", ""): linked[value]
        for node in root.iter(W + "abstractNum")
        if (value := _value(node, "numStyleLink")) in linked
    }
    forms: dict[str, ListForm] = {}
    for node in root.iter(W + "num"):
        abstract = _value(node, "abstractNumId") or ""
        abstract = borrowed.get(abstract, abstract)
        levels, starts = dict(shapes.get(abstract, {})), {}
        for override in node.iter(W + "lvlOverride"):
            level = _number(override.get(W + "ilvl"), 0)
            shape = override.find(W + "lvl")
            if shape is not None:
                levels[level] = _level(shape)
            start = _value(override, "startOverride")
            if start is not None:
                starts[level] = _number(start, 1)
        forms[node.get(W + "numId", "")] = ListForm(abstract, levels, starts)
    return Counters(forms)


def _levels(node: etree._Element) -> dict[int, ListLevel]:
    return {
        level: _level(shape)
        for shape in node.iter(W + "lvl")
        if 0 <= (level := _number(shape.get(W + "ilvl"), 0)) < LEVELS
    }


def _level(node: etree._Element) -> ListLevel:
    restart = _value(node, "lvlRestart")
    suffix = _value(node, "suff")
    legal = node.find(W + "isLgl")
    return ListLevel(
        format=_value(node, "numFmt") or "decimal",
        text=_value(node, "lvlText") or "",
        start=_number(_value(node, "start"), 0),
        restart=None if restart is None else _number(restart, 0),
        legal=legal is not None and legal.get(W + "val") not in ("0", "false"),
        between="" if suffix == "nothing" else " ",
        style=_value(node, "pStyle"),
    )


def _value(node: etree._Element, tag: str) -> str | None:
    child = node.find(W + tag)
    return None if child is None else child.get(W + "val")


def _number(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise
