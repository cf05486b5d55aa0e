"""Check the gold entries of this folder: each quotation stands where it says, each value parses.

    python tests/data/gold/check.py

Entries on documents of ../shared/data/documents are checked where that folder is there.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DOCUMENTS = HERE.parents[3] / "shared" / "data" / "documents"
REAL = {
    "103": "103.txt",
    "120": "120.txt",
    "185": "185.txt",
    "188": "188.txt",
    "105": "105.txt",
    "133": "133.truth.txt",
}
LONGEST = 200  # characters of one quotation

COMPARATORS = {">=", ">", "=", "<=", "<", "~", "range"}
BOUNDS = {"before", "on", "during", "from"}
KINDS = {"date", "recurring", "period", "programme_period", "relative", "event", "vague"}
STRENGTHS = {"must", "soft", "goal", "programme"}
REPEATED = {"P1D", "P1W", "P2W", "P1M", "P3M", "P6M", "P1Y", "P2Y", "P5Y", "P10D", "P15D"}
POINT = re.compile(r"([0-9]{4})(?:-(?:Q[1-4]|(0[1-9]|1[0-2])(?:-([0-9]{2}))?))?")
YEARLY = re.compile(r"--(0[1-9]|1[0-2])(?:-([0-9]{2}))?")
MONTHLY = re.compile(r"---(0[1-9]|[12][0-9]|3[01])")
AFTER = re.compile(r"P[0-9]+[DWMY]|PT[0-9]+H")


def is_point(value: str) -> bool:
    """Say whether ``value`` is a year, quarter, month or day of the calendar."""
    match = POINT.fullmatch(value)
    if not match:
        return False
    year, month, day = match.groups()
    return not day or is_day(int(year), int(month), int(day))


def is_day(year: int, month: int, day: int) -> bool:
    """Say whether the calendar has that day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_time(value: str) -> bool:
    """Say whether ``value`` has a form of ``Deadline.value``: a point, a range, a recurrence."""
    ends = value.split("/")
    if len(ends) == 2:
        return all(is_point(end) for end in ends) and ends[0] < ends[1]
    yearly = YEARLY.fullmatch(value)
    if yearly:
        return not yearly[2] or is_day(2024, int(yearly[1]), int(yearly[2]))
    return is_point(value) or bool(MONTHLY.fullmatch(value) or AFTER.fullmatch(value))


def is_period(value: str) -> bool:
    """Say whether ``value`` is the period of a target: as a time, years joined by "-"."""
    years = re.fullmatch(r"([0-9]{4})-([0-9]{4})", value)
    return years[1] < years[2] if years else is_time(value)


def read(doc: str) -> str | None:
    """Return the text of a document, or None where the real documents are not here."""
    path = DOCUMENTS / REAL[doc] if doc in REAL else HERE / f"{doc}.txt"
    if doc in REAL and not path.is_file():
        return None
    return path.read_bytes().decode("utf-8")


def wrong_evidence(entry: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the quotations of an entry."""
    if not entry["evidence"]:
        yield "no evidence"
    for quotation in entry["evidence"]:
        words, start = quotation["text"], quotation["start"]
        if quotation["doc"] != entry["doc"]:
            yield f"evidence of another document: {quotation['doc']}"
        if len(words) > LONGEST:
            yield f"{len(words)} characters: {words!r}"
        text = read(quotation["doc"])
        if text is None:
            continue
        if text[start : start + len(words)] != words:
            yield f"not at {start}: {words!r}"
        if text.count(words) != quotation["count"]:
            yield f"{text.count(words)} times, not {quotation['count']}: {words!r}"


def wrong_obligation(entry: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the fields of an obligation."""
    value, kind = entry["value"], entry["deadline_kind"]
    if kind not in KINDS or entry["bound"] not in BOUNDS or entry["strength"] not in STRENGTHS:
        yield f"unknown: {kind}, {entry['bound']}, {entry['strength']}"
    for each in (value, *entry.get("also", ())):
        if each is not None and not is_time(each):
            yield f"not a time: {each}"
    if value is None and kind not in {"event", "vague", "recurring"}:
        yield f"{kind} without a value"
    repeats = value is not None and (value in REPEATED or value.startswith("--"))
    if value is not None and kind != "relative" and repeats != (kind == "recurring"):
        yield f"{kind} is not the kind of {value}"
    if not isinstance(entry["actors"], list) or not entry["action"] or not entry["deadline"]:
        yield "actors, action or deadline is missing"


def wrong_target(entry: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the fields of a target."""
    if entry["comparator"] not in COMPARATORS or entry["kind"] not in {"target", "achieved"}:
        yield f"unknown: {entry['comparator']}, {entry['kind']}"
    if not isinstance(entry["value"], int | float) or not entry["unit"]:
        yield "value or unit is missing"
    if (entry["comparator"] == "range") != ("value_to" in entry):
        yield "a range, and only a range, has value_to"
    elif "value_to" in entry and not entry["value"] < entry["value_to"]:
        yield "the range runs backwards"
    if entry["period"] is not None and not is_period(entry["period"]):
        yield f"not a period: {entry['period']}"


def wrong() -> Iterator[str]:
    """Yield all that is wrong, each with the entry that it is about."""
    ids: Counter[str] = Counter()
    for name, fields in (("obligations", wrong_obligation), ("targets", wrong_target)):
        for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines():
            entry = json.loads(line)
            ids[entry["id"]] += 1
            for fault in (*wrong_evidence(entry), *fields(entry)):
                yield f"{entry['id']}: {fault}"
    yield from (f"{identifier}: {n} times" for identifier, n in ids.items() if n > 1)
    for path in sorted(HERE.glob("[hkmnpt][0-9]*.txt")):
        text = path.read_bytes().decode("utf-8")
        if "\r" in text or not unicodedata.is_normalized("NFC", text):
            yield f"{path.name}: carriage returns, or not NFC"


def main() -> int:
    """Write what is wrong; 1 where something is."""
    faults = list(wrong())
    sys.stdout.write("".join(f"{fault}\n" for fault in faults) or "nothing is wrong\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
