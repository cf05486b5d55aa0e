"""Passages of real legal documents read by hand: what each tells somebody to do, by when.

``tests/data/gold/passages.jsonl`` has one passage a line: ``doc`` (its id in the data set) and
``obligations`` in the form of ``obligations.jsonl``; many have none. The texts are those of
``../shared/data/retrieval/vbpl``, which has lost "/" and "%": no figures are taken from it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from docsearch.facts.obligations import find_obligations
from docsearch.parse.outline import parse_outline
from tests.quality.facts import Figures, misses, pair, row

GOLD: Final = Path(__file__).parents[1] / "data" / "gold" / "passages.jsonl"
SOURCE: Final = (
    Path(__file__).resolve().parents[3]
    / "shared"
    / "data"
    / "retrieval"
    / "vbpl"
    / "articles.jsonl"
)
_LINES: Final = re.compile(
    r"(?<=[.;:,\w)”\"]) (?=(?:\d{1,2}\. (?=[^\W\d_])|[a-zđ]\) |- (?=[A-ZĐÂÊÔƠƯÁÀ])))"
)


def passage_text(article: Mapping[str, Any]) -> str:
    """Return a passage from its article on, its points in lines of their own again."""
    text: str = article["text"]
    start = text.find(article["dieu_khoan"]) if article["dieu_khoan"] else -1
    return _LINES.sub("\n", text[max(start, 0) :]).replace("Điều\n", "Điều ")


def measure_passages(path: Path = GOLD) -> Figures:
    """Return the figures over all passages of a gold file; the data set has to be there."""
    gold = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    wanted = {entry["doc"] for entry in gold}
    texts = {}
    for line in SOURCE.read_text("utf-8").splitlines():
        article = json.loads(line)
        if article["id"] in wanted:
            texts[article["id"]] = passage_text(article)
    figures = [
        pair(
            texts[entry["doc"]],
            entry["obligations"],
            find_obligations(
                texts[entry["doc"]], parse_outline(texts[entry["doc"]]), issued_on=None
            ),
        )
        for entry in gold
    ]
    return Figures(
        tuple(one for each in figures for one in each.pairs),
        tuple(one for each in figures for one in each.extra),
    )


if __name__ == "__main__":
    for name in sys.argv[1:]:
        measured = measure_passages(Path(name))
        sys.stdout.writelines(f"{line}\n" for line in misses(measured))
        sys.stdout.write(row(Path(name).name, measured))
