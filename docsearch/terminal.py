"""What the command line prints for people."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from docsearch.generate.records import DROP_REASONS, ModelReport
from docsearch.parse.relations import relation_labels
from docsearch.records import Abstention, Answer, Citation, Item, Unit
from docsearch.registers import (
    KINDS,
    due_words,
    figure_words,
    origin_words,
    period_words,
    shortened,
)
from docsearch.render import (
    NOT_HERE,
    also_in,
    citation_title,
    cited_title,
    explained,
    marked,
    model_line,
    one_line,
)
from docsearch.search.query import Query
from docsearch.tables import Row

WIDTH = 100
"""Columns of a table where there is no terminal to ask."""


def out() -> Console:
    """Return the console of the command's result."""
    return Console(file=sys.stdout, highlight=False, soft_wrap=not sys.stdout.isatty())


def err() -> Console:
    """Return the console of messages and progress."""
    return Console(file=sys.stderr, highlight=False, soft_wrap=not sys.stderr.isatty())


def print_answer(result: Answer | Abstention) -> None:
    """Print an answer with its citations, or an abstention with what stands nearest."""
    console = out()
    english = not any(character > "\u00bf" for character in result.text[:40])
    if isinstance(result, Abstention):
        console.print(Text(result.text, style="bold yellow"))
        if result.nearest:
            console.print("\nNearest:" if english else "\nGần nhất:", style="dim")
            _print_citations(console, result.nearest)
        return
    for item in result.items:
        _print_item(console, item)
    _print_citations(console, result.citations)


def print_model(report: ModelReport) -> None:
    """Print what a model's part in an answer was: what was dropped, and why."""
    console = out()
    console.print()
    console.print(Text(model_line(report), style="dim" if report.used else "yellow"))
    for each in report.dropped:
        line = Text(f"  ✗ {DROP_REASONS[each.reason]}", style="red")
        if each.detail:
            line.append(f" ‹{one_line(each.detail)}›")
        console.print(line)
        console.print(Text(f"    {one_line(each.text)}", style="dim"))


def print_sentence(text: str, titles: Sequence[str]) -> None:
    """Print one verified sentence of a stream, and whose words it rests on."""
    console = out()
    console.print(Text(f"✓ {text}", style="bold"))
    for title in titles:
        console.print(Text(f"    {title}", style="dim"))
    console.file.flush()


def _print_item(console: Console, item: Item) -> None:
    """Print one item: who on a line of its own, then what, by when, to whom."""
    parts = item.text.split(" — ")
    action = item.fields.action
    if item.fields.actors and action and parts[0].endswith(f": {action}"):
        parts[:1] = [parts[0].removesuffix(f": {action}"), action]
    references = "".join(f"[{number + 1}]" for number in item.citations)
    console.print(Text(f"{parts[0]} {references}", style="bold"))
    for part in parts[1:]:
        console.print(Text(f"  → {part}"))


def _print_citations(console: Console, citations: Sequence[Citation]) -> None:
    for number, citation in enumerate(citations, start=1):
        console.print()
        title = Text(f"[{number}] {citation_title(citation)}", style="cyan")
        console.print(title)
        quote = Text("    “")
        for part, mark in marked(citation):
            words = f"‹{_flat(part)}›" if mark and not console.is_terminal else _flat(part)
            quote.append(words, style="bold black on yellow" if mark else "")
        quote.append("”")
        console.print(quote)
        where = f"    {citation.source} [{citation.span.start}:{citation.span.end}]"
        console.print(Text(where, style="dim"))
        if citation.duplicates:
            console.print(Text(f"    {also_in(citation.duplicates)}", style="dim"))


def _flat(text: str) -> str:
    """Return words on one line, with the blanks at their ends that keep them apart."""
    flat = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and flat else ""
    return f"{before}{flat}{after}"


def print_reading(query: Query | None) -> None:
    """Print how a query was read, where it was not as it was typed."""
    if query is None:
        return
    lines = []
    if query.restored or query.corrections:
        lines.append(f"Tìm / searching: {query.spelled}")
    lines += [f"{each.typed} = {each.also}" for each in query.expansions]
    lines += [f"Nguyên văn / word for word: “{phrase}”" for phrase in query.phrases]
    for line in lines:
        out().print(Text(line, style="dim italic"))


def print_hits(hits: Sequence[Row]) -> None:
    """Print ranked passages."""
    console = out()
    if not hits:
        console.print(Text("Không có đoạn nào khớp. / No passage matches.", style="yellow"))
    for hit in hits:
        head = f"{hit['rank']:>3}. {hit['score']:.3f}  {hit['place'] or ''}  {hit['source']}"
        console.print(Text(head, style="cyan"))
        if hit["path"]:
            console.print(Text("     " + " › ".join(hit["path"]), style="dim"))
        console.print(Text("     " + one_line(hit["text"])))
        if hit["duplicates"]:
            console.print(Text(f"     {also_in(hit['duplicates'])}", style="dim"))
        if "explain" in hit:
            console.print(Text(f"     {explained(hit['explain'])}", style="magenta"))


def print_documents(rows: Sequence[Row]) -> None:
    """Print the documents of an index, three lines each."""
    console = out()
    if not rows:
        console.print(Text("Không có văn bản nào. / No document.", style="yellow"))
    for row in rows:
        known = [row["type"], row["number"], row["issued_on"], row["place"]]
        console.print(
            Text(f"{row['document']:<28}", style="cyan"),
            Text(" · ".join(part for part in known if part), style="bold"),
        )
        console.print(Text(f"    {row['subject'] or '–'}"))
        where = [row["issuer"] or "–", *([row["unit"]] if row["unit"] != row["place"] else [])]
        read = row["source"]
        if row["confidence"] is not None:
            read += f" (bản quét / scan {row['confidence']:.2f})"
        console.print(Text(f"    {' · '.join(filter(None, where))}; {read}", style="dim"))
        if row["duplicate_of"]:
            same = f"    trùng với / the same as: {row['duplicate_of']}"
            console.print(Text(same, style="yellow"))
        elif row["duplicates"]:
            console.print(Text(f"    {also_in(row['duplicates'])}", style="dim"))
        cited = [
            f"{label} {row['relations'][name]}"
            for name, label in relation_labels().items()
            if name in row["relations"]
        ]
        if cited:
            console.print(Text(f"    {' · '.join(cited)}", style="dim"))


def print_relations(rows: Sequence[Row]) -> None:
    """Print the relations of documents, each under the document that cites."""
    console = out()
    if not rows:
        console.print(Text("Không dẫn văn bản nào. / No document is cited.", style="yellow"))
    labels = relation_labels()
    width = max(console.width if console.is_terminal else 100, 60)
    cited = Counter(map(_cited, rows))
    document = None
    for row in rows:
        if row["document"] != document:
            document = row["document"]
            console.print(Text(f"{document} ({row['source']})", style="cyan"))
        times = cited.pop(_cited(row), 0)
        if not times:
            continue  # said before, in the same way
        line = Text(f"  {labels[row['relation']]:<17} ", style="bold")
        line.append(cited_title(row), style="not bold")
        line.append(f" (×{times})" if times > 1 else "", style="not bold dim")
        target = row["target"] or NOT_HERE
        line.append(f" → {target}", style="not bold green" if row["target"] else "not bold dim")
        console.print(line)
        if row["subject"]:
            words = Text(f"{' ' * 20}{one_line(row['subject'])}", style="dim")
            words.truncate(width, overflow="ellipsis")
            console.print(words)


def _cited(row: Row) -> tuple[str, ...]:
    keys = ("document", "relation", "type", "number", "target")
    name = row["number"] or row["subject"]
    return (*(str(row[key]) for key in keys), str(name))


def print_missing(rows: Sequence[Row]) -> None:
    """Print the documents that are cited and not in the index, the most cited first."""
    console = out()
    if not rows:
        nothing = "Không thiếu văn bản nào. / No cited document is missing."
        console.print(Text(nothing, style="yellow"))
    for row in rows:
        console.print(Text(f"{row['documents']:>4}  {cited_title(row)}", style="bold"))
        console.print(Text(f"      ← {', '.join(row['cited_by'])}", style="dim"))


MAX_ACTION = 180
"""Characters of an action in a terminal; the whole is in every other format."""


def print_obligations(rows: Sequence[Row], nothing: str | None) -> None:
    """Print obligations as a table: when, who, what, to whom; or why there is none."""
    console = _table_console()
    if nothing:
        console.print(Text(nothing, style="yellow"))
        return
    table = Table(box=SIMPLE_HEAD, show_lines=False, pad_edge=False, expand=True, leading=1)
    table.add_column("Đến hạn", no_wrap=True, width=12)
    table.add_column("Đơn vị", ratio=5)
    table.add_column("Việc phải làm", ratio=10)
    table.add_column("Gửi", ratio=4)
    for row in rows:
        what = Text(shortened(row["action"], MAX_ACTION))
        if row["deadline"]:
            words = row["deadline"]["text"] + (
                " (năm suy ra)" if row["deadline"]["inferred"] else ""
            )
            what.append(f"\n{words}", style="bold")
        what.append(f"\n{origin_words(row)} [{row['start']}:{row['end']}]", style="dim")
        if row["duplicates"]:
            what.append(f"\n{also_in(row['duplicates'])}", style="dim")
        who = Text("; ".join(row["actors"]) or "–", style="bold")
        table.add_row(due_words(row), who, what, Text(row["recipient"] or ""))
    console.print(table)
    without = sum(row["due"] is None for row in rows)
    note = f"{len(rows)} nhiệm vụ"
    note += f", trong đó {without} không nêu ngày (–)" if without else ""
    note += "; ↻ định kỳ" if any(row["recurs"] for row in rows) else ""
    console.print(Text(note, style="dim"))


def print_targets(rows: Sequence[Row], nothing: str | None) -> None:
    """Print figures as a table: where, how much, of what, when; or why there is none."""
    console = _table_console()
    if nothing:
        console.print(Text(nothing, style="yellow"))
        return
    table = Table(box=SIMPLE_HEAD, show_lines=False, pad_edge=False, expand=True, leading=1)
    table.add_column("Giá trị", ratio=4, justify="right")
    table.add_column("Đối tượng, chỉ tiêu", ratio=12)
    table.add_column("Giai đoạn", width=11)
    table.add_column("Loại", width=9)
    for row in rows:
        what = Text(shortened(row["subject"], MAX_ACTION), style="bold")
        if row["indicator"] and row["indicator"] != row["subject"]:
            what.append(f"\n{shortened(row['indicator'], MAX_ACTION)}", style="not bold")
        what.append(f"\n{origin_words(row)} [{row['start']}:{row['end']}]", style="not bold dim")
        if row["duplicates"]:
            what.append(f"\n{also_in(row['duplicates'])}", style="not bold dim")
        kind = KINDS[row["kind"]]
        table.add_row(figure_words(row), what, period_words(row["period"]) or "–", kind)
    console.print(table)
    console.print(Text(f"{len(rows)} chỉ tiêu, kết quả", style="dim"))


def _table_console() -> Console:
    """Return a console that breaks lines where the table's columns end, in a pipe too."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH
    return Console(file=sys.stdout, highlight=False, width=width)


def print_unit(console: Console, unit: Unit, text: str, depth: int) -> None:
    """Print a unit of an outline and everything below it, indented by depth."""
    own = unit.heading.text if unit.heading else one_line(unit.pieces[0].of(text))
    line = own if len(own) <= 100 else own[:97] + "…"
    console.print(Text(f"{'  ' * depth}{line}", style="bold" if unit.heading else ""))
    for child in unit.children:
        print_unit(console, child, text, depth + 1)
