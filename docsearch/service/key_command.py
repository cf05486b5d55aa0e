"""``docsearch key``: making, listing and revoking the keys of the service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

from docsearch.errors import QueryError
from docsearch.service import service_packages
from docsearch.service.keys import ROLES, Key, KeyFile, Role, key_lines


@dataclass(frozen=True, slots=True)
class KeyResult:
    """What is printed: lines for people, rows for programs."""

    lines: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


def run_key(what: str, identifier: str | None, *, role: str, name: str, index: Path) -> KeyResult:
    """Do what ``docsearch key`` is asked for.

    Args:
        what: create, list or revoke.
        identifier: which key is revoked.
        role: of the key that is made.
        name: whom it is made for.
        index: the index folder; DOCSEARCH_KEYS or a file beside it has the keys.

    Returns:
        What is printed; a key itself only where it has just been made.

    Raises:
        QueryError: there is no such command, role or id.
        DocsearchError: the file of the keys cannot be read or written.
    """
    with service_packages():
        from docsearch.service.settings import load_settings
    keys = KeyFile(load_settings(index=index).keys_file)
    if what == "list":
        found = keys.ring().keys
        none = (f"no keys in {keys.path}; make one with `docsearch key create --role read`",)
        return KeyResult(tuple(key_lines(found)) or none, _rows(found))
    if what == "revoke" and identifier:
        gone = keys.revoke(identifier)
        return KeyResult((f"revoked: {key_lines([gone])[0]}",), _rows([gone]))
    if what == "create" and role in ROLES:
        made, given = keys.create(cast("Role", role), name)
        lines = (given, f"{made.role} key {made.id} in {keys.path}; it is not shown again")
        return KeyResult(lines, tuple(row | {"key": given} for row in _rows([made])))
    raise QueryError(
        "write `docsearch key create --role read|write`, `docsearch key list` or "
        "`docsearch key revoke ID`"
    )


def _rows(keys: Sequence[Key]) -> tuple[dict[str, str], ...]:
    return tuple(
        {name: value for name, value in asdict(key).items() if name != "sha256"} for key in keys
    )
