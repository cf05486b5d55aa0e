"""Documents that are uploaded: kept in a folder beside the index, read and added by a build."""

from __future__ import annotations

import hashlib
import os
import shutil
import unicodedata
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, Final

from docsearch.errors import SourceError
from docsearch.read.files import MANIFEST, readable
from docsearch.service.problems import Refusal

MAX_NAME: Final = 200
"""Bytes (UTF-8) of the longest file name; file systems take 255."""

UNNAMED: Final = "van-ban"


def safe_name(given: str | None) -> str:
    """Return the name under which an uploaded file is kept.

    Args:
        given: as the client states it: anything.

    Returns:
        Its last part, NFC, without control characters and leading dots, not too long, never the
        name of a corpus manifest. A name without anything usable becomes "van-ban".
    """
    last = (given or "").replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", last)
        if unicodedata.category(character)[0] != "C"
    )
    name = readable(" ".join(kept.split())).lstrip(". ").rstrip()
    stem, dot, suffix = name.rpartition(".")
    room = MAX_NAME - len(dot + suffix)
    if dot and room > 0:
        name = stem.encode()[:room].decode("utf-8", "ignore") + dot + suffix
    name = name.encode()[:MAX_NAME].decode("utf-8", "ignore")
    return f"_{name}" if name == MANIFEST else name or UNNAMED


def store_upload(folder: Path, name: str, content: BinaryIO) -> tuple[Path, bool]:
    """Keep an uploaded file.

    Args:
        folder: where; made when it is not there.
        name: as ``safe_name`` returns it.
        content: what is in it.

    Returns:
        The file, and whether it is new; the same content under the same name is not.

    Raises:
        Refusal: 409, another file has that name.
        SourceError: it is empty.
    """
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with NamedTemporaryFile(dir=folder, prefix=".upload-", delete=False) as file:
        temporary = Path(file.name)
        while block := content.read(1024 * 1024):
            digest.update(block)
            file.write(block)
        size = file.tell()
    target = folder / name
    try:
        if not size:
            raise SourceError(name, "empty: there is no text in it")
        if target.exists():
            with target.open("rb") as known:
                if hashlib.file_digest(known, "sha256").digest() == digest.digest():
                    return target, False
            raise Refusal(
                409,
                f"{name}: another document of this name is here; remove it first, or give the "
                "file another name",
                kind="conflict",
                title="Another document has this name",
            )
        os.link(temporary, target)  # fails where another request was faster
    except FileExistsError:
        raise Refusal(
            409, f"{name}: this file is being uploaded twice", kind="conflict", title="Twice"
        ) from None
    finally:
        temporary.unlink()
    return target, True


def room_left(folder: Path) -> int:
    """Return the bytes that are free where uploaded documents are kept."""
    at = folder
    while not at.exists():
        at = at.parent
    return shutil.disk_usage(at).free
