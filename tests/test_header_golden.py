"""Headers against a golden file that was written by reading each document, field by field."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from docsearch.parse.header import parse_header
from docsearch.records import Header, Span, Stated

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "corpus", ROOT.parent / "shared" / "data" / "documents")
GOLDEN: list[dict[str, Any]] = json.loads(
    (ROOT / "tests" / "data" / "golden" / "headers.json").read_text(encoding="utf-8")
)
FIELDS: Final = (
    *("type", "number", "symbol", "issuer", "parent", "place", "unit", "since_2025", "date"),
    *("subject", "signatories", "addressees", "recipients"),
)


def _path(name: str) -> Path | None:
    return next((folder / name for folder in FOLDERS if (folder / name).exists()), None)


def _value(field: Stated | None) -> str | None:
    return field.value if field else None


def _found(text: str, header: Header) -> dict[str, object]:
    unit = header.unit
    return {
        "type": _value(header.type),
        "number": _value(header.number),
        "symbol": _value(header.symbol),
        "issuer": _value(header.issuer),
        "parent": _value(header.parent_body),
        "place": _value(header.place),
        "unit": [unit.unit.province, unit.unit.district, unit.unit.commune] if unit else None,
        "since_2025": sorted({u.commune or u.province for u in unit.since_2025}) if unit else None,
        "date": _value(header.issued_on),
        "subject": _words(text, header.subject.span) if header.subject else None,
        "signatories": [[s.name, s.title, s.authority] for s in header.signatories],
        "addressees": [addressee.text for addressee in header.addressees],
        "recipients": [[r.name, r.purpose] for r in header.recipients],
    }


def _words(text: str, span: Span) -> str:
    return " ".join(span.of(text).replace("*", "").split())


def measure_headers() -> tuple[dict[str, float], list[str]] | None:
    """Return the share of the documents whose field is right, by field, and what is wrong.

    None where the set of collected documents is not beside the project.
    """
    right: Counter[str] = Counter()
    wrong: list[str] = []
    read = 0
    for expected in GOLDEN:
        path = _path(expected["file"])
        if path is None:
            continue
        read += 1
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        found = _found(text, parse_header(text))
        for name in FIELDS:
            value = expected[name]
            if name == "subject" and value:
                value = _words(text, Span(*value))
            right[name] += found[name] == value
            if found[name] != value:
                wrong.append(f"{path.name}: {name}: {value!r}, found {found[name]!r}")
    if read < len(GOLDEN):
        return None
    return {name: right[name] / read for name in FIELDS}, wrong


def test_fields_are_right() -> None:
    measured = measure_headers()
    if measured is None:
        pytest.skip("the set of collected documents is not here")
    shares, wrong = measured
    assert min(shares.values()) >= 0.95, wrong
