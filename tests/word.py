"""Word documents for tests, from the XML of their parts."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = ("styles", "numbering", "footnotes", "endnotes", "header", "footer")
BORDERS = (
    '<w:tblPr><w:tblBorders><w:insideH w:val="single"/><w:insideV w:val="single"/>'
    "</w:tblBorders></w:tblPr>"
)


def p(text: str = "", *, properties: str = "", bold: bool = False, font: str = "") -> str:
    """Return a paragraph of one run; ``properties`` stand in its w:pPr."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text, bold=bold, font=font)}</w:p>"


def r(text: str, *, bold: bool = False, font: str = "", properties: str = "") -> str:
    """Return a run."""
    weight = "<w:b/>" if bold else ""
    face = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    return (
        f"<w:r><w:rPr>{face}{weight}{properties}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r>'
    )


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    """Return a paragraph of a list."""
    return p(
        text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def tc(content: str, *, span: int = 1, merge: str = "", bold: bool = False) -> str:
    """Return a cell; ``merge`` is "restart" or "continue". Text without markup is a paragraph."""
    inside = content if content.startswith("<") else p(content, bold=bold)
    vertical = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{vertical}</w:tcPr>{inside}</w:tc>'


def tr(*cells: str, head: bool = False) -> str:
    """Return a row of cells, or of their texts."""
    inside = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{'<w:tblHeader/>' if head else ''}</w:trPr>{inside}</w:tr>"


def tbl(*rows: str, ruled: bool = True) -> str:
    """Return a table."""
    return f"<w:tbl>{BORDERS if ruled else ''}{''.join(rows)}</w:tbl>"


def level(
    text: str, form: str = "decimal", *, index: int = 0, start: int = 1, more: str = ""
) -> str:
    """Return a level of a list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, more: str = "") -> str:
    """Return the content of numbering.xml: one list, number 1, of those levels, and ``more``."""
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}'
    )


def write_docx(
    path: Path,
    body: str,
    parts: Mapping[str, str] | None = None,
    raw: Mapping[str, bytes] | None = None,
) -> Path:
    """Write a Word document.

    Args:
        path: the file.
        body: what stands in w:body.
        parts: the content of "styles", "numbering", "footnotes", "header" …
        raw: other parts, or those that stand in the place of the usual ones.

    Returns:
        ``path``.
    """
    content = dict(parts or {})
    roots = {"header": "hdr", "footer": "ftr"}
    files = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": _relationships({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relationships({kind: f"{kind}.xml" for kind in content}),
        "word/document.xml": f"<w:document {NS}><w:body>{body}</w:body></w:document>".encode(),
    }
    for kind, inside in content.items():
        assert kind in _PARTS
        root = roots.get(kind, kind)
        files[f"word/{kind}.xml"] = f"<w:{root} {NS}>{inside}</w:{root}>".encode()
    files |= raw or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for part, data in files.items():
            container.writestr(part, data)
    return path


def _relationships(targets: Mapping[str, str]) -> bytes:
    inside = "".join(
        f'<Relationship Id="{kind}" Type="{_KINDS}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inside}</Relationships>"
    ).encode()
