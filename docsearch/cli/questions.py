"""``ask`` and ``search``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional, cast

import typer

import docsearch
from docsearch.cli.options import (
    EVERYTHING,
    EncoderOption,
    FormatOption,
    IndexOption,
    JsonOption,
    ModelOption,
    OutputOption,
    checked,
    narrowed,
    wrong_usage,
)
from docsearch.cli.output import emit, print_json, sign
from docsearch.generate.limits import Limits
from docsearch.library import INDEX
from docsearch.search.query import Filters
from docsearch.search.retrieve import Mode
from docsearch.terminal import print_answer, print_hits, print_model, print_reading


@narrowed()
def ask(
    question: Annotated[str, typer.Argument(help="The question.")],
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    filters: Filters = EVERYTHING,
    model: ModelOption = None,
    stream: Annotated[
        bool, typer.Option("--stream", help="With --model: print each sentence once verified.")
    ] = False,
    timeout: Annotated[
        float, typer.Option("--timeout", help="With --model: seconds for the whole answer.")
    ] = 60.0,
    budget: Annotated[
        int, typer.Option("--budget", help="With --model: tokens of the request.", min=1)
    ] = 6_000,
    price: Annotated[
        Optional[str],
        typer.Option("--price", help='With --model: of a million tokens in and out: "0.25/2".'),
    ] = None,
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="With --model: reuse replies had before.")
    ] = True,
    as_json: JsonOption = False,
) -> None:
    """Answer a question with citations, or say why there is no answer."""
    if model is None and (stream or price):
        raise typer.BadParameter("--stream and --price go with --model")
    opened = docsearch.open(index, encoder=encoder)
    if model is None:
        reply = opened.ask(question, filters=filters)
    else:
        from docsearch.asking import ask_model, read_prices

        with wrong_usage():
            prices = read_prices(price)
        reply = ask_model(
            opened.ask_stream(
                question,
                filters=filters,
                model=model,
                limits=Limits(timeout=timeout, input_tokens=budget, prices=prices, cache=cache),
            ),
            show=stream and not as_json,
        )
    if as_json:
        print_json(reply.to_dict())
    else:
        print_answer(reply.result)
        if reply.model:
            print_model(reply.model)


@narrowed()
def search(
    query: Annotated[str, typer.Argument(help="Words or a question.")],
    k: Annotated[int, typer.Option("-k", "--k", help="How many passages.", min=0)] = 10,
    mode: Annotated[str, typer.Option("--mode", help="fused, lexical or dense.")] = "fused",
    rerank: Annotated[
        Optional[str],
        typer.Option("--rerank", help="Cross-encoder that orders the best hits again."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell what each score is made of.")
    ] = False,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    filters: Filters = EVERYTHING,
    form: FormatOption = "table",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the passages that fit best, ranked."""
    chosen = checked(form)
    if mode not in ("fused", "lexical", "dense"):
        raise typer.BadParameter(f"{mode!r}: --mode is one of fused, lexical, dense")
    opened = docsearch.open(index, encoder=encoder)
    hits = opened.search(
        query, k=k, filters=filters, mode=cast("Mode", mode), rerank=rerank, explain=explain
    )
    if not as_json and chosen == "table" and output is None:
        print_reading(hits.understood)
        print_hits(hits.to_list())
        return
    chosen = "json" if as_json else chosen
    emit(hits.to_list(), chosen, output)
    sign(opened, chosen, output)
