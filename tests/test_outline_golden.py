"""The outlines of whole documents, read line by line against their text, and kept."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TypeAlias

import pytest

from docsearch.parse.outline import parse_outline
from docsearch.parse.passages import split
from docsearch.parse.view import view
from docsearch.read import read
from docsearch.records import Unit
from tests.factories import CORPUS

Node: TypeAlias = "dict[str, str | int | None | list[Node]]"

GOLDEN = Path(__file__).parent / "data" / "golden"
SHARED = Path(__file__).parents[1] / ".." / "shared" / "data"
REGENERATE = os.environ.get("DOCSEARCH_REGENERATE") == "1"

SEEDS = sorted(path.name for path in CORPUS.glob("*.txt"))
OTHERS = ["100.txt", "103.txt", "105.txt", "130.truth.txt", "133.truth.txt", "140.txt"]

# Units of a golden tree that the outline does not find as a reader does, by document: a number
# that can only become smaller.
SHORTFALL: dict[str, int] = {}

SHOWN = 80  # code points of a heading that a golden file holds


def node(unit: Unit) -> Node:
    """Return a unit as a golden file holds it."""
    return {
        "level": unit.level,
        "label": unit.label,
        "heading": unit.heading.text[:SHOWN] if unit.heading else None,
        "start": unit.span.start,
        "children": [node(child) for child in unit.children],
    }


def shown(tree: Node, depth: int = 0) -> str:
    """Return a tree as JSON with one unit on a line."""
    own = json.dumps({k: v for k, v in tree.items() if k != "children"}, ensure_ascii=False)
    children = tree["children"]
    assert isinstance(children, list)
    if not children:
        return f'{" " * depth}{own[:-1]}, "children": []}}'
    below = ",\n".join(shown(child, depth + 1) for child in children)
    return f'{" " * depth}{own[:-1]}, "children": [\n{below}\n{" " * depth}]}}'


def lines(tree: Node, depth: int = 0) -> list[tuple[int, str, str, str | None, int]]:
    """Return the units of a tree in order, each with its depth."""
    level, label, heading, start = (tree[k] for k in ("level", "label", "heading", "start"))
    assert isinstance(level, str)
    assert isinstance(label, str)
    assert isinstance(start, int)
    assert heading is None or isinstance(heading, str)
    found = [(depth, level, label, heading, start)]
    children = tree["children"]
    assert isinstance(children, list)
    for child in children:
        found += lines(child, depth + 1)
    return found


def path_of(name: str) -> Path:
    return CORPUS / name if name in SEEDS else SHARED / "documents" / name


@pytest.mark.parametrize("name", [*SEEDS, *OTHERS])
def test_the_outline_of_a_document(name: str) -> None:
    path = path_of(name)
    if not path.exists():
        pytest.skip(f"{path} is not there: the documents beside the project are needed")
    tree = node(parse_outline(read(path).text))
    golden = GOLDEN / "outline" / f"{Path(name).stem}.json"
    if REGENERATE:
        golden.write_text(shown(tree) + "\n", encoding="utf-8")
    expected = lines(json.loads(golden.read_text(encoding="utf-8")))
    found = lines(tree)
    wrong = set(found) ^ set(expected)
    assert len(wrong) == SHORTFALL.get(name, 0), sorted(wrong, key=lambda line: line[-1])
    if not wrong:
        assert found == expected


def measure_outlines() -> float | None:
    """Return the share of the units of the golden trees that are right; None where texts lack."""
    if not all(path_of(name).exists() for name in OTHERS):
        return None
    right = total = 0
    for name in (*SEEDS, *OTHERS):
        golden = GOLDEN / "outline" / f"{Path(name).stem}.json"
        expected = lines(json.loads(golden.read_text(encoding="utf-8")))
        found = lines(node(parse_outline(read(path_of(name)).text)))
        right += len(set(expected) & set(found))
        total += len(set(expected) | set(found))
    return right / total


def measure_paths() -> float:
    """Return the share of the evidences of the seeds above which the path is right."""
    entries = json.loads((GOLDEN / "paths.json").read_text(encoding="utf-8"))
    right = 0
    for source in SEEDS:
        outline = parse_outline(read(CORPUS / source).text)
        right += sum(
            innermost(outline, entry["start"]) == tuple(entry["path"])
            for entry in entries
            if entry["doc"] == source[:3]
        )
    return right / len(entries)


def innermost(unit: Unit, start: int, above: tuple[str, ...] = ()) -> tuple[str, ...] | None:
    """Return the headings of the unit whose own words hold ``start``, outermost first."""
    headings = (*above, unit.heading.text) if unit.heading else above
    if any(piece.start <= start < piece.end for piece in unit.pieces):
        return headings
    for child in unit.children:
        if child.span.start <= start < child.span.end:
            found = innermost(child, start, headings)
            if found is not None:
                return found
    return None


def test_the_path_above_every_evidence() -> None:
    questions = SHARED / "gold" / "questions.jsonl"
    golden = GOLDEN / "paths.json"
    if REGENERATE and questions.exists():
        golden.write_text(_paths(questions), encoding="utf-8")
    entries = json.loads(golden.read_text(encoding="utf-8"))
    assert len(entries) > 50
    for source in SEEDS:
        document = read(CORPUS / source)
        outline = parse_outline(document.text)
        for entry in (entry for entry in entries if entry["doc"] == source[:3]):
            quote, path = entry["quote"], tuple(entry["path"])
            assert document.text[entry["start"] :].startswith(quote)
            assert innermost(outline, entry["start"]) == path, quote


def _paths(questions: Path) -> str:
    found: dict[tuple[str, int], Node | dict[str, object]] = {}
    for line in questions.read_text(encoding="utf-8").splitlines():
        for evidence in json.loads(line)["evidence"]:
            source = next(name for name in SEEDS if name.startswith(evidence["doc"]))
            document = read(CORPUS / source)
            start = document.text.find(evidence["text"])
            if start < 0:
                continue
            path = innermost(parse_outline(document.text), start)
            found[evidence["doc"], start] = {
                "doc": evidence["doc"],
                "start": start,
                "quote": evidence["text"][:SHOWN],
                "path": list(path or ()),
            }
    rows = [json.dumps(found[key], ensure_ascii=False) for key in sorted(found)]
    return "[\n" + ",\n".join(rows) + "\n]\n"


def test_a_copy_has_no_units_and_no_passages() -> None:
    document = read(CORPUS / SEEDS[4])
    outline = parse_outline(document.text)
    (copy,) = [unit for unit in outline.children if unit.level == "copy"]
    assert copy.children == ()
    assert view(document.text, copy.pieces).text.startswith("Nghị quyết của Ban thường vụ Đảng ủy")
    assert view(document.text, copy.pieces).text.endswith("Lữ Văn Hà")
    assert not any(passage.span.overlaps(copy.span) for passage in split(document, outline))
