"""The measures of retrieval as a table for a terminal."""

from __future__ import annotations

from rich.table import Table

from docsearch.evaluate.retrieval import MEASURES, RetrievalEvaluation


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
