"""Adding and removing documents: for writers only, under the lock of the index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from docsearch.errors import DocsearchError, DocumentNotFoundError
from docsearch.index.store import Entry
from docsearch.library import Index
from docsearch.service.api import COMMON, DocumentName
from docsearch.service.documents import room_left, safe_name, store_upload
from docsearch.service.problems import Refusal, problem_responses
from docsearch.service.running import IndexDep, Json
from docsearch.service.schemas import DocumentRowBody
from docsearch.service.settings import Settings
from docsearch.service.site import DOCUMENTS, link
from docsearch.service.source import IndexSource

router = APIRouter()

WAIT_SECONDS = 60.0
"""Seconds that an upload waits for another one, or for a build; arbitrary."""

SPARE_BYTES = 256 * 1024**2
"""Room that has to be left on the disk after an upload; arbitrary."""

Upload = Annotated[UploadFile, File(description="text, web page, PDF, Word, Excel or a scan")]


@router.post(
    "/documents",
    status_code=201,
    response_model=list[DocumentRowBody],
    responses={
        200: {"model": list[DocumentRowBody], "description": "This file is here already"},
        **problem_responses(400, 403, 409, 415, 501, 507, *COMMON),
    },
)
async def upload(request: Request, file: Upload, index: IndexDep) -> Response:
    """Add a file to the index; what is in it can be asked for when this has returned.

    It is read as ``docsearch build`` reads files, in a process of its own with limits, and kept
    in a folder beside the index.
    """
    rows, new = await _add(request, file, index)
    return Json(rows, status_code=201 if new else 200)


@router.post(DOCUMENTS, include_in_schema=False)
async def upload_page(request: Request, file: Upload, index: IndexDep) -> Response:
    """Add a file by the form of the page; then show the document."""
    rows, _ = await _add(request, file, index)
    return RedirectResponse(link(DOCUMENTS, str(rows[0]["document"])), 303)


@router.delete(
    "/documents/{id}",
    status_code=204,
    response_class=Response,
    responses=problem_responses(403, 404, *COMMON),
)
async def delete(request: Request, name: DocumentName, index: IndexDep) -> Response:
    """Remove a document from the index, and its file where it was uploaded.

    A file of the corpus stays where it is: ``docsearch build`` adds it again.
    """
    await _remove(request, name, index)
    return Response(status_code=204)


@router.post(DOCUMENTS + "/{id}/xoa", include_in_schema=False)
async def delete_page(request: Request, name: DocumentName, index: IndexDep) -> Response:
    """Remove a document by the form of its page; then show the list."""
    await _remove(request, name, index)
    return RedirectResponse(DOCUMENTS, 303)


async def _add(
    request: Request, file: UploadFile, index: Index
) -> tuple[list[dict[str, object]], bool]:
    settings: Settings = request.app.state.settings
    folder = settings.documents_folder
    name = safe_name(file.filename)

    def add() -> tuple[list[dict[str, object]], bool]:
        if room_left(folder) < SPARE_BYTES + (file.size or 0):
            raise Refusal(
                507,
                "the disk of the service is nearly full; nothing was added",
                kind="storage",
                title="No room for the file",
            )
        path, new = store_upload(folder, name, file.file)
        try:
            report = index.add([path], wait=WAIT_SECONDS)
            if report.failed:
                raise report.failed[0]
        except DocsearchError:
            if new:
                path.unlink(missing_ok=True)
            raise
        newest = _newest(request)
        return [
            row for row in newest.documents().to_list() if row["document"] in _of(newest, path)
        ], new

    rows, new = await request.app.state.writing.run(add)
    request.scope["state"]["log"]["added"] = [row["document"] for row in rows]
    return rows, new


async def _remove(request: Request, name: str, index: Index) -> None:
    folder = request.app.state.settings.documents_folder.resolve()

    def remove() -> None:
        entry = _entry(index, name)
        index.remove(entry.id, wait=WAIT_SECONDS)
        newest = _newest(request)
        path = Path(entry.path)
        if path.parent == folder and not _of(newest, path):
            path.unlink(missing_ok=True)

    await request.app.state.writing.run(remove)
    request.scope["state"]["log"]["removed"] = name


def _newest(request: Request) -> Index:
    source: IndexSource = request.app.state.source
    return source.newest()


def _of(index: Index, path: Path) -> frozenset[str]:
    """Return the ids of the documents that came from a file."""
    key = str(path.resolve())
    return frozenset(e.id for e in index.snapshot.entries.values() if e.path == key)


def _entry(index: Index, name: str) -> Entry:
    """Return a document by its id or the name of its file."""
    for entry in index.snapshot.entries.values():
        if name in (entry.id, entry.source):
            return entry
    raise DocumentNotFoundError(f"there is no document {name!r}; GET /documents lists them")
