"""Whether the records of an index agree with themselves: slow, for ``docsearch doctor``."""

from __future__ import annotations

from pathlib import Path

from docsearch.errors import IndexFileError
from docsearch.index.manifest import Manifest
from docsearch.index.store import Store


def check_records(path: Path, manifest: Manifest) -> None:
    """Read all records of the state in force and compare them with one another.

    Args:
        path: the file.
        manifest: the manifest in force.

    Raises:
        IndexFileError: SQLite finds the file damaged, a record cannot be read, a passage is not
            the text of its document, or the numbers are not those of the manifest.
    """
    store = Store(path, at=manifest.state)
    with store.connection() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != "ok":
        raise _damaged(path, str(found))
    if store.count() != (manifest.documents, manifest.passages):
        raise _damaged(path, f"{store.count()[0]} documents, {store.count()[1]} passages")
    store.facts()
    rows = 0
    for ids in (store.ids()[start : start + 100] for start in range(0, manifest.documents, 100)):
        texts = store.texts(ids)
        for passage in store.passages(store.rows_of(ids)).values():
            rows += 1
            if passage.span.of(texts[passage.document_id]) != passage.text:
                raise _damaged(path, f"passage {passage.id} is not in its document")
    if rows != manifest.passages:
        raise _damaged(path, f"{rows} passages")
    store.vectors(manifest.dim)


def _damaged(path: Path, found: str) -> IndexFileError:
    return IndexFileError(
        f"{path}: this part of the index is damaged ({found}); run `docsearch build` with the "
        "documents' folder"
    )
