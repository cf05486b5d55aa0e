"""``evaluate``: measures on question sets and collections."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

import docsearch
from docsearch.cli.options import EncoderOption, IndexOption, JsonOption
from docsearch.cli.output import print_json
from docsearch.library import INDEX
from docsearch.progress import progress_bar
from docsearch.terminal import err, out

COLLECTIONS = ".collections"
"""Folder inside the index folder that keeps the collections of ``evaluate --retrieval``."""


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Question set, JSON Lines.")],
    retrieval: Annotated[
        Optional[Path],
        typer.Option(
            "--retrieval",
            metavar="CORPUS.jsonl",
            help="Measure how well the units of this collection are found by its questions.",
        ),
    ] = None,
    qrels: Annotated[
        Optional[Path], typer.Option("--qrels", help="Which units answer, tab-separated.")
    ] = None,
    split: Annotated[
        Optional[str], typer.Option("--split", help="Only questions of this split.")
    ] = None,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure the answers to a question set, or retrieval over a collection."""
    if retrieval is not None:
        _evaluate_retrieval(retrieval, gold, qrels, split, index / COLLECTIONS, encoder, as_json)
        return
    if qrels or split:
        raise typer.BadParameter("--qrels and --split go with --retrieval")
    from docsearch.evaluate import evaluate as measure
    from docsearch.evaluate import read_gold
    from docsearch.evaluate.show import answers_table

    questions = read_gold(gold)
    opened = docsearch.open(index, encoder=encoder)
    with progress_bar(err()) as report:
        result = measure(
            opened, questions, progress=lambda done, total: report("asking", done, total)
        )
    if as_json:
        print_json(result.to_dict())
        return
    out().print(answers_table(result, gold.name))


def _evaluate_retrieval(
    corpus: Path,
    queries: Path,
    qrels: Path | None,
    split: str | None,
    folder: Path,
    encoder: str | None,
    as_json: bool,
) -> None:
    from docsearch.encode import load_encoder
    from docsearch.evaluate.collection import read_collection
    from docsearch.evaluate.retrieval import evaluate_retrieval
    from docsearch.evaluate.show import retrieval_table

    collection = read_collection(corpus, queries, qrels, split=split)
    with progress_bar(err()) as report:
        result = evaluate_retrieval(
            collection, encoder=load_encoder(encoder), folder=folder, progress=report
        )
    if as_json:
        print_json(result.to_dict())
    else:
        out().print(retrieval_table(result, f"{corpus.name}, {queries.name}"))
