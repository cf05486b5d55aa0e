"""The ZIP container of .docx, .xlsx, .odt and their kin, opened within limits.

Nothing is unpacked to disk. Parts are read by name, each at most as large as it says it is.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from lxml import etree

from docsearch.errors import SourceError

# All arbitrary, a hundred times what the largest document of our corpora needs.
MAX_PARTS: Final = 10_000
MAX_UNPACKED: Final = 512 * 1024 * 1024  # bytes of all parts together
MAX_XML: Final = 64 * 1024 * 1024  # bytes of one part that is parsed whole

_STRICT: Final = (  # namespaces of "Strict Open XML", and those that every other file has
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_RELATIONSHIPS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ENCRYPTED: Final = 0x1
# What zipfile raises for containers that are not whole.
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error, lzma.LZMAError, EOFError, OSError),
    *(ValueError, RuntimeError, NotImplementedError),
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A part that another one names: its id, the last word of its type, and its path."""

    id: str
    kind: str  # "styles", "footnotes", …
    target: str


class Package:
    """An open container; use it in a ``with`` statement."""

    def __init__(self, path: Path, name: str) -> None:
        """Open a container and check what it says of itself.

        Args:
            path: the file.
            name: the name it is known by, for messages.

        Raises:
            SourceError: it is no whole ZIP file, is encrypted, or says that it holds more than is
                read; a part's name leads out of the container.
        """
        self.name = name
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise SourceError(name, f"cannot be opened ({error.strerror or error})") from error
        except _BROKEN as error:
            raise SourceError(name, f"a broken or cut-off ZIP container ({error})") from error
        try:
            self._check()
        except SourceError:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the parts, in order."""
        return tuple(self._zip.namelist())

    def read(self, part: str, limit: int = MAX_XML) -> bytes | None:
        """Return the bytes of a part, or None where there is no such part.

        Args:
            part: its name; "word/document.xml".
            limit: the largest number of bytes.

        Returns:
            All of them.

        Raises:
            SourceError: it is larger than ``limit`` or broken.
        """
        try:
            info = self._zip.getinfo(part)
        except KeyError:
            return None
        if info.file_size > limit:
            raise SourceError(
                self.name, f"{part} has {info.file_size} bytes; at most {limit} are read"
            )
        try:
            return self._zip.read(info)
        except _BROKEN as error:
            raise SourceError(self.name, f"{part} is broken ({error})") from error

    def xml(self, part: str) -> etree._Element | None:
        """Return the root of a part that is XML, or None where there is no such part.

        Args:
            part: its name.

        Returns:
            The root; entities are not resolved and nothing outside is read.

        Raises:
            SourceError: it is larger than is read, no XML, nested too deeply, or declares entities.
        """
        data = self.read(part)
        if data is None:
            return None
        if not data.strip(b"\x00 \t\r\n"):
            raise SourceError(self.name, f"{part} is empty")
        return parse_xml(data, part, self.name)

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """Return the parts that ``part`` names; "" stands for the container itself."""
        folder, _, base = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{base}.rels".lstrip("/") if part else "_rels/.rels")
        if root is None:
            return ()
        return tuple(
            Relationship(
                id=node.get("Id", ""),
                kind=node.get("Type", "").rpartition("/")[2],
                target=_resolve(folder, node.get("Target", "")),
            )
            for node in root.iter(_RELATIONSHIPS + "Relationship")
            if node.get("TargetMode") != "External"
        )

    def _check(self) -> None:
        infos = self._zip.infolist()
        if len(infos) > MAX_PARTS:
            raise SourceError(self.name, f"{len(infos)} parts; at most {MAX_PARTS} are read")
        total = sum(info.file_size for info in infos)
        if total > MAX_UNPACKED:
            raise SourceError(
                self.name, f"{total} bytes when unpacked; at most {MAX_UNPACKED} are read"
            )
        for info in infos:
            steps = info.filename.replace("\\", "/").split("/")
            if ".." in steps or steps[0] == "" or ":" in steps[0]:
                raise SourceError(
                    self.name, f"a part named {info.filename!r} leads out of the container"
                )
            if info.flag_bits & _ENCRYPTED:
                raise SourceError(self.name, "protected by a password; save it again without one")


def parse_xml(data: bytes, part: str, name: str) -> etree._Element:
    """Parse XML that may be hostile.

    Args:
        data: the bytes of a part.
        part: its name, for messages.
        name: the name of the file, for messages.

    Returns:
        The root, with the namespaces of Strict Open XML replaced by the usual ones.

    Raises:
        SourceError: no XML, nested deeper than 256 elements, or with a document type.
    """
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(name, f"{part} is no XML that can be read ({error.msg})") from error
    if root.getroottree().docinfo.doctype:
        raise SourceError(name, f"{part} declares a document type or entities, which is not read")
    return root


def _resolve(folder: str, target: str) -> str:
    """Return the name of a part that is named relative to a folder of the container."""
    if target.startswith("/"):
        return target[1:]
    steps = [step for step in folder.split("/") if step]
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
