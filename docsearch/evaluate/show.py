"""Measures as tables for a terminal."""

from __future__ import annotations

from rich.table import Table

from docsearch.evaluate.measure import Evaluation
from docsearch.evaluate.retrieval import MEASURES, RetrievalEvaluation


def answers_table(result: Evaluation, title: str) -> Table:
    """Return one row for all questions, each kind and each language; "–" where nothing counts."""
    table = Table(title=title)
    for name in ("", "n", "ev@1", "ev@5", "right", "abst–", "abst+", "quotes", "ms"):
        table.add_column(name, justify="left" if not name else "right", no_wrap=True)
    table.caption = (
        "ev@k: one of the first k citations is right; abst–, abst+: share of abstentions on "
        "the unanswerable and on the other questions; quotes: verbatim; ms: median a question"
    )
    for name, part in [
        ("all", result.overall),
        *result.by_kind.items(),
        *result.by_language.items(),
    ]:
        shares = (
            part.evidence_at_1,
            part.evidence_at_5,
            part.right,
            part.abstained_unanswerable,
            part.abstained_answerable,
            part.quotes_verbatim,
        )
        cells = ["–" if share is None else f"{share:.3f}" for share in shares]
        table.add_row(name, str(part.questions), *cells, f"{part.milliseconds:.0f}")
    return table


def retrieval_table(result: RetrievalEvaluation, title: str) -> Table:
    """Return one row a kind of search, split and way of typing; what differs is the caption."""
    table = Table(title=title)
    split = len({run.split for run in result.runs}) > 1
    names = [*(["split"] if split else []), "diacritics", "search", "n", *MEASURES, "ms"]
    for name in names:
        kind = name in ("split", "diacritics", "search")
        table.add_column(name, justify="left" if kind else "right", no_wrap=True)
    for run in result.runs:
        cells = [
            *([run.split or "all"] if split else []),
            *(run.diacritics, run.mode, str(run.queries)),
            *(f"{run.measures[name]:.3f}" for name in MEASURES),
            f"{run.milliseconds:.0f}",
        ]
        table.add_row(*cells, end_section=run.mode == "fused")
    compared = "\n".join(
        f"{each.first} − {each.second}: {each.difference:+.4f} nDCG@10, p = {each.p:.4f}"
        for each in result.comparisons
    )
    lost = f"; {result.lost} units that questions name are missing" if result.lost else ""
    table.caption = (
        f"{result.units} units in {result.pieces} pieces, {result.encoder}{lost}\n{compared}\n"
        "paired randomisation test over all questions, two-sided; ms: median of a whole search"
    )
    return table
