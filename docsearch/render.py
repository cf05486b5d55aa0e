"""Answers and hits as people read them: plain text for a terminal, HTML for a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, Final

from docsearch.parse.view import view
from docsearch.records import Abstention, Answer, Citation, Span

INDENT: Final = "    "


def citation_title(citation: Citation) -> str:
    """Return who a quotation is from: type, number, date, place, outline."""
    name = " ".join(part for part in (citation.type, citation.number) if part) or citation.source
    if citation.issued_on:
        name = f"{name}, {_day(citation.issued_on)}"
    parts = [name[:1].upper() + name[1:]]
    if citation.place:
        parts.append(citation.place)
    parts.extend(citation.path)
    if citation.page:
        parts.append(f"tr. {citation.page}")
    return " › ".join(parts)


def _day(iso: str) -> str:
    """Return a date as Vietnamese documents write it: 2022-04-29 -> 29/4/2022."""
    return "/".join(part.lstrip("0") for part in reversed(iso.split("-")))


def marked(citation: Citation) -> Iterator[tuple[str, bool]]:
    """Return the parts of a quotation in order, and whether each is the answer's own words."""
    cursor = citation.span.start
    for mark in _merged(citation.marks):
        start, end = max(mark.start, cursor), mark.end
        if start >= end:
            continue
        if start > cursor:
            yield _part(citation, cursor, start), False
        yield _part(citation, start, end), True
        cursor = end
    if cursor < citation.span.end:
        yield _part(citation, cursor, citation.span.end), False


def _merged(marks: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for mark in sorted(marks):
        if merged and mark.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, mark.end))
        else:
            merged.append(mark)
    return merged


def _part(citation: Citation, start: int, end: int) -> str:
    return citation.quote[start - citation.span.start : end - citation.span.start]


def one_line(text: str) -> str:
    """Return words of a document on one line, without markup; not for quoting."""
    return view(text, [Span(0, len(text))]).text if text.strip() else ""


def answer_text(result: Answer | Abstention) -> str:
    """Return an answer for a terminal without colours; the answer's words stand in ‹ ›."""
    lines = []
    if isinstance(result, Abstention):
        lines.append(result.text)
        citations: Sequence[Citation] = result.nearest
    else:
        lines.extend(
            f"{item.text} [{', '.join(str(n + 1) for n in item.citations)}]"
            for item in result.items
        )
        citations = result.citations
    for number, citation in enumerate(citations, start=1):
        quote = "".join(f"‹{part}›" if mark else part for part, mark in marked(citation))
        lines.append(f"\n[{number}] {citation_title(citation)}")
        lines.append(f"{INDENT}“{' '.join(quote.split())}”")
        lines.append(f"{INDENT}{citation.source}:{citation.span.start}-{citation.span.end}")
    return "\n".join(lines)


def hits_text(hits: Sequence[dict[str, Any]]) -> str:
    """Return hits for a terminal without colours."""
    lines = []
    for hit in hits:
        place = f" · {hit['place']}" if hit["place"] else ""
        path = " › ".join(hit["path"])
        lines.append(f"{hit['rank']:>3}. {hit['score']:.3f} {hit['source']}{place}")
        if path:
            lines.append(f"     {path}")
        lines.append(f"     {one_line(hit['text'])}")
    return "\n".join(lines)


_STYLE: Final = (
    "<style>.ds{font-family:sans-serif;max-width:60em;line-height:1.45}"
    ".ds blockquote{margin:.3em 0 .8em 1em;padding-left:.8em;border-left:3px solid #888}"
    ".ds mark{background:#ffe58a;color:#000}.ds small{opacity:.75}</style>"
)


def answer_html(result: Answer | Abstention) -> str:
    """Return an answer for a notebook, with the answer's words marked in the quotations."""
    if isinstance(result, Abstention):
        body = f"<p><em>{escape(result.text)}</em></p>"
        citations: Sequence[Citation] = result.nearest
    else:
        items = "".join(
            f"<li>{escape(item.text)} <small>[{', '.join(str(n + 1) for n in item.citations)}]"
            "</small></li>"
            for item in result.items
        )
        body = f"<ul>{items}</ul>"
        citations = result.citations
    return f"{_STYLE}<div class='ds'>{body}{''.join(_citations_html(citations))}</div>"


def _citations_html(citations: Sequence[Citation]) -> Iterator[str]:
    for number, citation in enumerate(citations, start=1):
        quote = "".join(
            f"<mark>{escape(part)}</mark>" if mark else escape(part)
            for part, mark in marked(citation)
        )
        yield (
            f"<div><small>[{number}] {escape(citation_title(citation))} — "
            f"{escape(citation.source)}:{citation.span.start}–{citation.span.end}</small>"
            f"<blockquote>{quote}</blockquote></div>"
        )


def hits_html(query: str, hits: Sequence[dict[str, Any]]) -> str:
    """Return hits for a notebook."""
    rows = "".join(
        f"<tr><td>{hit['rank']}</td><td>{hit['score']:.3f}</td>"
        f"<td>{escape(hit['place'] or hit['source'])}</td>"
        f"<td><small>{escape(' › '.join(hit['path']))}</small><br>"
        f"{escape(one_line(hit['text']))}</td></tr>"
        for hit in hits
    )
    head = "<tr><th></th><th>điểm</th><th>nơi</th><th>đoạn văn</th></tr>"
    return (
        f"{_STYLE}<div class='ds'><p><strong>{escape(query)}</strong></p>"
        f"<table>{head}{rows}</table></div>"
    )
