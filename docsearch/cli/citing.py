"""``cite``: citations for a paper."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.markup import escape

import docsearch
from docsearch.cite import CITE_FORMATS, Cited, bibliography
from docsearch.cli.options import (
    EncoderOption,
    IndexOption,
    JsonOption,
    OutputOption,
    SpanOption,
    span_of,
)
from docsearch.cli.output import emit_json, emit_text, print_json
from docsearch.errors import QueryError
from docsearch.library import INDEX
from docsearch.records import Abstention
from docsearch.terminal import err, out


def cite(
    document: Annotated[Optional[str], typer.Argument(help="Id or file name.")] = None,
    span: SpanOption = None,
    question: Annotated[
        Optional[str], typer.Option("--ask", help="Cite what the answer to a question rests on.")
    ] = None,
    query: Annotated[
        Optional[str], typer.Option("--search", help="Cite the passage that fits best.")
    ] = None,
    checked: Annotated[
        Optional[Path],
        typer.Option("--check", help="Tell whether the citations of a CSL-JSON file still match."),
    ] = None,
    index: IndexOption = Path(INDEX),
    encoder: EncoderOption = None,
    form: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(CITE_FORMATS)}.")
    ] = "text",
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the citation of a passage for a paper, or check one that was printed before."""
    if form not in CITE_FORMATS:
        raise typer.BadParameter(f"{form!r}: --format is one of {', '.join(CITE_FORMATS)}")
    if checked is not None and output is not None:
        raise typer.BadParameter("--check prints what it finds; leave out --output")
    given = [each for each in (document, question, query, checked) if each is not None]
    if len(given) != 1 or (span is not None and document is None):
        raise typer.BadParameter("give a DOCUMENT (with --span A:B), --ask, --search or --check")
    opened = docsearch.open(index, encoder=encoder)
    if checked is not None:
        _check_citations(opened, checked, as_json=as_json)
        return
    if question is not None:
        result = opened.ask(question).result
        found = [opened.cite(each) for each in getattr(result, "citations", ())]
        if isinstance(result, Abstention):
            err().print(escape(result.text))
    elif query is not None:
        found = [opened.cite(each) for each in opened.search(query, k=1)]
        if not found:
            err().print("Không có đoạn nào khớp. / No passage matches.")
    else:
        name = str(document)
        part = span_of(span, len(opened.document(name).text)) if span else None
        found = [opened.cite(name, part)]
    if form == "csl" or as_json:
        emit_json([each.to_csl() for each in found], output, len(found))
    elif found or output is not None:
        makers = {"bibtex": bibliography, "text": _paragraphs}
        emit_text(makers[form](found), form, output, len(found))


def _paragraphs(found: Sequence[Cited]) -> str:
    return "\n\n".join(each.to_text() for each in found)


def _check_citations(opened: docsearch.Index, path: Path, *, as_json: bool) -> None:
    """Print whether citations still match; exit status 1 where one does not."""
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise QueryError(f"{path}: this is no CSL-JSON file ({error})") from error
    items = items if isinstance(items, list) else [items]
    if not items:
        raise QueryError(f"{path}: there is no citation in it")
    found = [opened.check_citation(item) for item in items]
    if as_json:
        print_json([each.to_dict() for each in found])
    else:
        for each in found:
            out().print(escape(str(each)))
    if any(each.status != "matches" for each in found):
        raise typer.Exit(1)
