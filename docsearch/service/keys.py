"""Keys of the service: made once, shown once, kept as digests; sessions of browsers."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, get_args

import msgspec
from filelock import FileLock

from docsearch.errors import DocsearchError

Role = Literal["read", "write"]
ROLES: Final[tuple[str, ...]] = get_args(Role)
FORMAT: Final = 1
_KEY: Final = re.compile(r"ds_[A-Za-z0-9_-]{43}")
_ID: Final = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key without its secret: the key has 256 random bits, so one SHA-256 hides it."""

    id: str
    role: Role
    name: str  # whom it was made for
    created: str  # ISO 8601, UTC
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """All keys, and the secret that sessions are signed with."""

    format: int = FORMAT
    secret: str = ""
    keys: tuple[Key, ...] = ()

    def find(self, given: str) -> Key | None:
        """Return the key that was given; None when there is no such key.

        Takes the same time whichever key is compared and wherever it differs.
        """
        digest = _digest(given)
        found = None
        for key in self.keys:
            if hmac.compare_digest(key.sha256, digest):
                found = key
        return found

    def session(self, key: Key, *, hours: float, now: Callable[[], float] = time.time) -> str:
        """Return the value of the cookie that stands for ``key`` for some hours."""
        claim = f"{key.id}.{int(now() + hours * 3600)}"
        return f"{claim}.{self._signature(claim)}"

    def of_session(self, value: str, *, now: Callable[[], float] = time.time) -> Key | None:
        """Return the key that a cookie stands for; None when it is forged, old or revoked."""
        claim, _, signature = value.rpartition(".")
        if not self.secret or not hmac.compare_digest(
            self._signature(claim).encode(), signature.encode("utf-8", "replace")
        ):
            return None
        identifier, _, until = claim.partition(".")
        if float(until) < now():
            return None
        return next((key for key in self.keys if key.id == identifier), None)

    def _signature(self, claim: str) -> str:
        return hmac.new(
            self.secret.encode(), claim.encode("utf-8", "replace"), "sha256"
        ).hexdigest()


class KeyFile:
    """The keys of a service in a file, read again when it was changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[tuple[int, int, int], Ring] | None = None

    def ring(self) -> Ring:
        """Return the keys; none where there is no file.

        Returns:
            The keys of the file as it is now.

        Raises:
            DocsearchError: the file is damaged. It never counts as no keys.
        """
        try:
            state = self.path.stat()
        except FileNotFoundError:
            return Ring()
        stamp = state.st_mtime_ns, state.st_ino, state.st_size
        read = self._read
        if read is None or read[0] != stamp:
            read = self._read = stamp, self._load()
        return read[1]

    def create(self, role: Role, name: str) -> tuple[Key, str]:
        """Make a key and keep its digest.

        Args:
            role: what it may do; "write" may read too.
            name: whom it is for.

        Returns:
            The key, and the words that are given to whom it is for. They are kept nowhere.

        Raises:
            DocsearchError: the file is damaged or cannot be written.
        """
        given = f"ds_{secrets.token_urlsafe(32)}"
        key = Key(
            id=secrets.token_hex(4),
            role=role,
            name=name,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            sha256=_digest(given),
        )
        with self._locked():
            ring = self.ring()
            secret = ring.secret or secrets.token_hex(32)
            self._save(replace(ring, secret=secret, keys=(*ring.keys, key)))
        return key, given

    def revoke(self, identifier: str) -> Key:
        """Remove a key; its sessions end too.

        Args:
            identifier: the key's id.

        Returns:
            The key that was removed.

        Raises:
            DocsearchError: there is no such key, or the file cannot be read or written.
        """
        with self._locked():
            ring = self.ring()
            found = next((key for key in ring.keys if key.id == identifier), None)
            if found is None:
                raise DocsearchError(
                    f"{identifier}: there is no key with this id; `docsearch key list` lists them"
                )
            self._save(replace(ring, keys=tuple(key for key in ring.keys if key != found)))
        return found

    def _locked(self) -> FileLock:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error
        return FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=10)

    def _load(self) -> Ring:
        try:
            ring = msgspec.json.decode(self.path.read_bytes(), type=Ring)
        except (OSError, msgspec.MsgspecError) as error:
            raise DocsearchError(
                f"{self.path}: the keys cannot be read ({error}); mend the file or remove it and "
                "make keys again with `docsearch key create`"
            ) from error
        if ring.format != FORMAT:
            raise DocsearchError(f"{self.path}: keys of format {ring.format}; update docsearch")
        return ring

    def _save(self, ring: Ring) -> None:
        temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(asdict(ring), file, ensure_ascii=False, indent=1)
            temporary.replace(self.path)
        except OSError as error:
            raise self._unwritable(error) from error
        self._read = None

    def _unwritable(self, error: OSError) -> DocsearchError:
        return DocsearchError(
            f"{self.path}: the keys cannot be written ({error.strerror}); name another file with "
            "DOCSEARCH_KEYS"
        )


def is_key(given: str) -> bool:
    """Return whether something has the form of a key."""
    return bool(_KEY.fullmatch(given))


def key_lines(keys: Sequence[Key]) -> list[str]:
    """Return one line a key, without secrets."""
    return [f"{key.id}  {key.role:<5}  {key.created}  {key.name}" for key in keys]


def _digest(given: str) -> str:
    return hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()
