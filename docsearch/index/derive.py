"""Records → the other parts of an index, put in force together.

What came and what went since the state in force is brought into the lexical index, the vectors and
the language; a part that is missing or damaged is made from the records alone. All of it is written
into a folder of its own, and the manifest that names it is replaced at the end, in one step.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

import numpy as np

from docsearch.encode import Encoder
from docsearch.errors import IndexFileError
from docsearch.index.definitions import Definition, find_definitions, names_meant
from docsearch.index.generations import (
    generations,
    kept_generations,
    link_part,
    new_generation,
    remove_generations,
    sync_files,
)
from docsearch.index.language import KINDS, Counts, load_counts, save_counts
from docsearch.index.lexical import LexicalIndex, LexicalRow
from docsearch.index.manifest import (
    CHANGES,
    FORMAT,
    LANGUAGE,
    LEXICAL,
    LEXICAL_FIELDS,
    PIPELINE,
    RECORDS,
    TEXT,
    VECTORS,
    Manifest,
    describe,
    describe_files,
    save_manifest,
)
from docsearch.index.store import PassageRow
from docsearch.index.tokens import alike, folded_tokens, spelled_tokens
from docsearch.index.vector_files import update_vectors, write_vectors
from docsearch.index.writing import Records
from docsearch.records import Header

Progress = Callable[[str, int, int], None]
"""Called with the name of a step, how much is done and how much there is."""

PARTS: Final = (LEXICAL, VECTORS, LANGUAGE)

# tantivy counts passages that were taken out in its statistics until it puts its files together.
# Up to the first number of passages the lexical index is therefore written again whenever some
# went: it takes 2 s. Beyond, when the second share of all has gone.
EXACT_UP_TO: Final = 10_000
GONE: Final = 0.02

CHANGED: Final = 0.1
"""Share of its bytes that changes may take before the language is written again; arbitrary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """One publication: from where, to where, and which parts can be gone on with."""

    folder: Path  # of the index
    generation: Path  # the new one
    before: Manifest | None
    sound: Collection[str]
    records: Records
    encoder: Encoder

    @property
    def since(self) -> int:
        return self.before.state if self.before else 0

    def old(self, part: str) -> Path | None:
        """Return a part of the generation in force; None where it has to be made anew."""
        if self.before is None or part not in self.sound:
            return None
        return self.folder / self.before.folder / part


def publish(
    folder: Path,
    records: Records,
    encoder: Encoder,
    *,
    before: Manifest | None,
    sound: Collection[str],
    report: Progress,
) -> Manifest:
    """Put the newest state of the records in force.

    Args:
        folder: the index folder.
        records: its records.
        encoder: what their vectors were made with.
        before: the manifest in force; None where there is none.
        sound: the parts of its generation that can be gone on with.
        report: called as the work goes on.

    Returns:
        The manifest that is now in force.

    Raises:
        IndexFileError: the disk is full or not writable; the index is as it was.
    """
    number = before.generation + 1 if before else max(generations(folder), default=0) + 1
    with disk_errors(folder):
        generation = new_generation(folder, number)
        change = _Change(
            folder=folder,
            generation=generation,
            before=before,
            sound=sound,
            records=records,
            encoder=encoder,
        )
        documents, passages = records.count()
        report("indexing", 0, passages)
        _derive_lexical(change, passages)
        _derive_vectors(change)
        _derive_language(change)
        sync_files(generation)
        kept = kept_generations(folder, before.generation) if before else []
        records.forget(_oldest_state(folder, kept, before))
        settled = records.settle()
        manifest = Manifest(
            format=FORMAT,
            pipeline=PIPELINE,
            fields=LEXICAL_FIELDS,
            generation=number,
            state=records.number(),
            name=records.name(),
            text=TEXT,
            encoder=encoder.name,
            revision=encoder.revision,
            dim=encoder.dim,
            documents=documents,
            passages=passages,
            records=describe(folder / RECORDS) if settled else None,
            files=describe_files(
                generation,
                folder / before.folder if before else None,
                before.files if before else None,
            ),
        )
        (generation / _STATE).write_text(json.dumps(manifest.state), encoding="utf-8")
        save_manifest(folder, manifest)
    remove_generations(folder, [*kept_generations(folder, number), number])
    report("indexing", passages, passages)
    return manifest


_STATE: Final = ".state"  # of a generation: which state of the records it is of


def _oldest_state(folder: Path, kept: Iterable[int], before: Manifest | None) -> int:
    """Return the oldest state of the records that somebody may be reading."""
    states = [before.state] if before else []
    for number in kept:
        try:
            states.append(int((folder / f"generation-{number}" / _STATE).read_text()))
        except (OSError, ValueError):
            continue
    return min(states, default=0)


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Make what the disk refuses an error of the index."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        what = "the disk is full; make room" if full else f"cannot be written ({error.strerror})"
        raise IndexFileError(
            f"{folder}: {what} and run `docsearch build` again. The index is as it was"
            if full
            else f"{folder}: {what}; name another folder with --index"
        ) from error
    except RuntimeError as error:  # faiss
        raise IndexFileError(f"{folder}: cannot be written ({error}); is the disk full?") from error


def _derive_lexical(change: _Change, passages: int) -> None:
    target = change.generation / LEXICAL
    gone, gone_rows = change.records.gone_since(change.since)
    old = change.old(LEXICAL)
    if old is not None:
        had = change.before.passages if change.before else 0
        dead = _deleted(old) + len(gone_rows)
        again = dead and (had <= EXACT_UP_TO or dead > GONE * max(passages, 1))
        if not again:
            link_part(old, target)
            new = change.records.passage_rows(change.since)
            LexicalIndex.update(target, gone, _lexical_rows(new))
            return
    LexicalIndex.write(target, _lexical_rows(change.records.passage_rows()))


def _deleted(lexical: Path) -> int:
    """Return how many passages tantivy has taken out and still counts."""
    segments = json.loads((lexical / "meta.json").read_text(encoding="utf-8"))["segments"]
    return sum((each.get("deletes") or {}).get("num_deleted_docs", 0) for each in segments)


def _lexical_rows(rows: Iterable[tuple[int, PassageRow, Header]]) -> Iterator[LexicalRow]:
    """Yield what is indexed of passages, which come document by document."""
    for _, group in groupby(rows, key=lambda each: each[1].passage.document_id):
        own = list(group)
        defined: dict[str, Definition] = {}
        for _, stored, _ in own:
            for each in find_definitions(stored.passage.text):
                if alike(each.short) != alike(each.long):  # else it is written out everywhere
                    defined.setdefault(each.short, each)
        for row, stored, header in own:
            yield _lexical_row(
                row, stored, header, names_meant(stored.passage.text, defined.values())
            )


def _lexical_row(row: int, stored: PassageRow, header: Header, names: Sequence[str]) -> LexicalRow:
    about = [header.type, header.number, header.place, header.issuer, header.subject]
    heading = "\n".join([*(field.value for field in about if field), *stored.passage.path, *names])
    text = stored.passage.text
    return LexicalRow(
        row=row,
        document_id=stored.passage.document_id,
        body=" ".join(spelled_tokens(text)),
        heading=" ".join(spelled_tokens(heading)),
        words=" ".join(stored.words),
        folded=" ".join(folded_tokens(f"{text}\n{heading}")),
    )


def _derive_vectors(change: _Change) -> None:
    target = change.generation / VECTORS
    records, dim = change.records, change.encoder.dim
    old = change.old(VECTORS)
    if old is None:
        write_vectors(target, *records.vectors(dim))
        return
    link_part(old, target)
    _, gone = records.gone_since(change.since)
    rows, vectors = records.vectors(dim, since=change.since)
    if gone or len(rows):
        update_vectors(
            target, gone, rows, vectors, lambda kept: records.vectors(dim, rows=_listed(kept))
        )


def _listed(rows: np.ndarray[tuple[int], np.dtype[np.int64]] | None) -> list[int] | None:
    return None if rows is None else [int(row) for row in rows]


def _derive_language(change: _Change) -> None:
    old = change.old(LANGUAGE)
    target = change.generation
    if old is not None:
        touched: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for counts in change.records.counted_since(change.since):
            for kind, numbers in counts.items():
                touched[kind].update(numbers)
        changes = old.with_name(CHANGES)
        earlier: Counts = load_counts(changes) if changes.exists() else {}
        new = change.records.numbers(touched)
        link_part(old, target / LANGUAGE)
        save_counts(target / CHANGES, {k: earlier.get(k, {}) | new[k] for k in KINDS})
        if (target / CHANGES).stat().st_size <= CHANGED * old.stat().st_size:
            return
        (target / CHANGES).unlink()
        (target / LANGUAGE).unlink()
    save_counts(target / LANGUAGE, change.records.counts())
