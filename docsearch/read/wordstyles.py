"""The styles of a Word document: what they say of font, weight, capitals and numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from docsearch.read.numbering import W

_MAX_CHAIN: Final = 20  # styles based on one another; Word allows eleven


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one place of a document says of its text; None where it says nothing."""

    font: str | None = None  # "" for a font of the document's theme, which is Unicode
    bold: bool | None = None
    capitals: bool | None = None  # w:caps: small letters are printed as capitals
    hidden: bool | None = None

    def over(self, other: Look) -> Look:
        """Return this look, with what it does not say taken from ``other``."""
        return Look(
            font=other.font if self.font is None else self.font,
            bold=other.bold if self.bold is None else self.bold,
            capitals=other.capitals if self.capitals is None else self.capitals,
            hidden=other.hidden if self.hidden is None else self.hidden,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """The list and level that a paragraph or a style names; None where it names none."""

    number: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str | None
    look: Look
    numbered: Numbered
    ruled: bool


@dataclass(slots=True)
class Styles:
    """The styles of one document."""

    _styles: dict[str, _Style]
    _paragraph: str | None  # the style of a paragraph that names none
    _defaults: Look
    _looks: dict[tuple[str | None, str | None], Look] = field(default_factory=dict)

    def look(self, paragraph: str | None, character: str | None) -> Look:
        """Return the look of a run that says nothing itself.

        Args:
            paragraph: the style of its paragraph; None for the document's usual one.
            character: its own style, or None.

        Returns:
            What the character style says, then the paragraph style, then the defaults.
        """
        key = (paragraph, character)
        if key not in self._looks:
            look = Look()
            for start in (character, paragraph or self._paragraph):
                for style in self._chain(start):
                    look = look.over(style.look)
            self._looks[key] = look.over(self._defaults)
        return self._looks[key]

    def numbered(self, paragraph: str | None) -> Numbered:
        """Return the list that numbers the paragraphs of a style."""
        number = level = None
        for style in self._chain(paragraph or self._paragraph):
            number = style.numbered.number if number is None else number
            level = style.numbered.level if level is None else level
        return Numbered(number=number, level=level)

    def is_contents(self, paragraph: str | None) -> bool:
        """Return whether a style is that of a table of contents ("toc 1")."""
        style = self._styles.get(paragraph or "")
        return style is not None and style.name.startswith("toc ")

    def is_ruled(self, table: str | None) -> bool:
        """Return whether a table style draws lines between cells."""
        return any(style.ruled for style in self._chain(table))

    def _chain(self, start: str | None) -> list[_Style]:
        found: list[_Style] = []
        while start is not None and len(found) < _MAX_CHAIN:
            style = self._styles.get(start)
            if style is None:
                break
            found.append(style)
            start = style.based_on
        return found


def read_styles(root: etree._Element | None) -> Styles:
    """Return the styles of a document.

    Args:
        root: the root of styles.xml; None where the document has none.

    Returns:
        The styles by their w:styleId.
    """
    if root is None:
        return Styles({}, None, Look())
    styles: dict[str, _Style] = {}
    usual = None
    for node in root.iter(W + "style"):
        id_ = node.get(W + "styleId", "")
        based_on, name = node.find(W + "basedOn"), node.find(W + "name")
        borders = node.find(f"{W}tblPr/{W}tblBorders")
        styles[id_] = _Style(
            name="" if name is None else name.get(W + "val", "").lower(),
            based_on=None if based_on is None else based_on.get(W + "val"),
            look=read_look(node.find(W + "rPr")),
            numbered=read_numbered(node.find(W + "pPr")),
            ruled=draws_lines(borders),
        )
        if node.get(W + "type") == "paragraph" and is_on(node.get(W + "default"), missing=False):
            usual = id_
    return Styles(styles, usual, read_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")))


def read_look(properties: etree._Element | None) -> Look:
    """Return what a w:rPr says."""
    if properties is None:
        return Look()
    fonts = properties.find(W + "rFonts")
    font = None
    if fonts is not None:
        # letters beyond ASCII, which all legacy letters are, are set in the hAnsi font
        font = fonts.get(W + "hAnsi") or fonts.get(W + "ascii")
        if font is None and (fonts.get(W + "hAnsiTheme") or fonts.get(W + "asciiTheme")):
            font = ""
    return Look(
        font=font,
        bold=_toggle(properties, "b"),
        capitals=_toggle(properties, "caps"),
        hidden=_toggle(properties, "vanish"),
    )


def read_numbered(properties: etree._Element | None) -> Numbered:
    """Return what a w:pPr says of numbering."""
    node = None if properties is None else properties.find(W + "numPr")
    if node is None:
        return Numbered()
    number, level = node.find(W + "numId"), node.find(W + "ilvl")
    stated = None if level is None else level.get(W + "val", "")
    return Numbered(
        number=None if number is None else number.get(W + "val"),
        level=int(stated) if stated and stated.isdecimal() and len(stated) < 3 else None,
    )


def draws_lines(borders: etree._Element | None) -> bool:
    """Return whether a w:tblBorders draws lines between cells."""
    if borders is None:
        return False
    return any(
        (line := borders.find(W + tag)) is not None and is_drawn(line)
        for tag in ("insideV", "insideH")
    )


def is_drawn(line: etree._Element) -> bool:
    """Return whether a border is visible."""
    return line.get(W + "val", "nil") not in ("nil", "none")


def is_on(value: str | None, *, missing: bool) -> bool:
    """Return whether an on-off attribute is on; ``missing`` is what no attribute means."""
    return missing if value is None else value not in ("0", "false", "off")


def _toggle(properties: etree._Element, tag: str) -> bool | None:
    node = properties.find(W + tag)
    return None if node is None else is_on(node.get(W + "val"), missing=True)
