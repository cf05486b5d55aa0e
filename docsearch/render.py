"""Answers and hits as people read them: plain text for a terminal, HTML for a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, Final

from docsearch.generate.records import DROP_REASONS, PROBLEMS, ModelReport
from docsearch.parse.relations import relation_labels
from docsearch.parse.view import view
from docsearch.records import Abstention, Answer, Citation, Span

INDENT: Final = "    "


def citation_title(citation: Citation) -> str:
    """Return who a quotation is from: type, number, date, place, outline."""
    name = " ".join(part for part in (citation.type, citation.number) if part) or citation.source
    if citation.issued_on:
        name = f"{name}, {short_day(citation.issued_on)}"
    parts = [name[:1].upper() + name[1:]]
    if citation.place:
        parts.append(citation.place)
    parts.extend(citation.path)
    if citation.page:
        parts.append(f"tr. {citation.page}")
    return " › ".join(parts)


def short_day(iso: str) -> str:
    """Return a date as Vietnamese documents write it: 2022-04-29 -> 29/4/2022."""
    return "/".join(part.lstrip("0") for part in reversed(iso.split("-")))


def also_in(duplicates: Sequence[str]) -> str:
    """Return the words that name the other files which hold the same document."""
    return f"cũng ở / also in: {', '.join(duplicates)}"


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
        if citation.duplicates:
            lines.append(f"{INDENT}{also_in(citation.duplicates)}")
    return "\n".join(lines)


def model_text(report: ModelReport) -> str:
    """Return what a model's part in an answer was, for a terminal without colours."""
    lines = [model_line(report)]
    lines.extend(
        f"{INDENT}✗ {DROP_REASONS[dropped.reason]}: {dropped.text}"
        + (f" ‹{dropped.detail}›" if dropped.detail else "")
        for dropped in report.dropped
    )
    return "\n".join(lines)


def model_line(report: ModelReport) -> str:
    """Return in one line whether an answer is a model's, and what was kept of it."""
    if not report.used and report.problem is None:
        return f"Mô hình {report.model}: không được hỏi, vì không có câu trả lời để diễn đạt."
    counted = f"{report.kept} câu qua kiểm chứng, {len(report.dropped)} câu bị bỏ"
    if report.usage.input_tokens is not None or report.usage.output_tokens is not None:
        counted += f", {report.usage.input_tokens or 0} + {report.usage.output_tokens or 0} token"
    if report.usage.cost is not None:
        counted += f", chi phí {report.usage.cost:g}"
    counted += ", dùng lại trả lời đã có" if report.cached else f", {report.seconds:.1f} giây"
    if report.problem is None:
        return f"Mô hình {report.model}: {counted}."
    why = PROBLEMS[report.problem] + (f" ({report.detail})" if report.detail else "")
    if report.used:
        return f"Mô hình {report.model}: {counted}; chưa trọn vẹn: {why}."
    return f"Câu trả lời trên không dùng mô hình {report.model}: {why} ({counted})."


def model_html(report: ModelReport) -> str:
    """Return what a model's part in an answer was, for a notebook."""
    dropped = "".join(
        f"<li>{escape(each.text)}<br><small>✗ {escape(DROP_REASONS[each.reason])}"
        f"{': ' + escape(each.detail) if each.detail else ''}</small></li>"
        for each in report.dropped
    )
    listed = f"<ul>{dropped}</ul>" if dropped else ""
    return f"<div class='ds'><p><small>{escape(model_line(report))}</small></p>{listed}</div>"


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
        if hit["duplicates"]:
            lines.append(f"     {also_in(hit['duplicates'])}")
        if "explain" in hit:
            lines.append(f"     {explained(hit['explain'])}")
    return "\n".join(lines)


def explained(parts: dict[str, Any]) -> str:
    """Return what a hit's score is made of, on one line."""
    fields = " + ".join(f"{name} {score:.2f}" for name, score in parts["fields"].items())
    dense = "–" if parts["dense"] is None else f"{parts['dense']:.3f}"
    shares = parts["fused"]
    line = (
        f"lexical {parts['lexical']:.2f} ({fields or '–'}) → {shares['lexical']:.3f}"
        f" · dense {dense} → {shares['dense']:.3f}"
    )
    return f"{line} · number {parts['number']:.3f}" if parts["number"] else line


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
            f"<blockquote>{quote}</blockquote>"
            f"{_also_html(citation.duplicates)}</div>"
        )


def cited_title(row: dict[str, Any]) -> str:
    """Return a cited document on one line: type, number, date, issuer."""
    own = row["number"] or (row["subject"] if row["type"] in _BY_NAME else None)
    name = " ".join(part for part in (row["type"], own) if part)
    parts = [name[:1].upper() + name[1:] if name else "–"]
    if row["issued_on"]:
        parts.append(short_day(row["issued_on"]))
    if row["issuer"]:
        parts.append(row["issuer"])
    return ", ".join(parts)


_BY_NAME: Final = ("luật", "bộ luật", "pháp lệnh", "hiến pháp")  # cited by their names
NOT_HERE: Final = "không có trong kho"


def relations_text(rows: Sequence[dict[str, Any]]) -> str:
    """Return relations for a terminal without colours, one line each under its document."""
    labels = relation_labels()
    lines: list[str] = []
    document = None
    for row in rows:
        if row["document"] != document:
            document = row["document"]
            lines.append(f"{document} ({row['source']})")
        target = row["target"] or NOT_HERE
        lines.append(f"{INDENT}{labels[row['relation']]:<18} {cited_title(row)} → {target}")
    return "\n".join(lines)


def missing_text(rows: Sequence[dict[str, Any]]) -> str:
    """Return missing documents for a terminal without colours."""
    return "\n".join(
        f"{row['documents']:>4}  {cited_title(row)} ← {', '.join(row['cited_by'])}" for row in rows
    )


def relations_html(rows: Sequence[dict[str, Any]]) -> str:
    """Return relations for a notebook."""
    labels = relation_labels()
    body = "".join(
        f"<tr><td>{escape(row['document'])}</td><td>{escape(labels[row['relation']])}</td>"
        f"<td>{escape(cited_title(row))}<br><small>{escape(row['subject'] or '')}</small></td>"
        f"<td>{escape(row['target'] or NOT_HERE)}</td></tr>"
        for row in rows
    )
    head = "<tr><th>văn bản</th><th>quan hệ</th><th>văn bản được dẫn</th><th>trong kho</th></tr>"
    return f"{_STYLE}<div class='ds'><table>{head}{body}</table></div>"


def missing_html(rows: Sequence[dict[str, Any]]) -> str:
    """Return missing documents for a notebook."""
    body = "".join(
        f"<tr><td>{row['documents']}</td><td>{escape(cited_title(row))}<br>"
        f"<small>{escape(row['subject'] or '')}</small></td>"
        f"<td>{escape(', '.join(row['cited_by']))}</td></tr>"
        for row in rows
    )
    head = "<tr><th>được dẫn</th><th>văn bản không có trong kho</th><th>dẫn bởi</th></tr>"
    return f"{_STYLE}<div class='ds'><table>{head}{body}</table></div>"


def _also_html(duplicates: Sequence[str]) -> str:
    return f"<br><small>{escape(also_in(duplicates))}</small>" if duplicates else ""


def _explained_html(hit: dict[str, Any]) -> str:
    return f"<br><small>{escape(explained(hit['explain']))}</small>" if "explain" in hit else ""


def hits_html(query: str, hits: Sequence[dict[str, Any]]) -> str:
    """Return hits for a notebook."""
    rows = "".join(
        f"<tr><td>{hit['rank']}</td><td>{hit['score']:.3f}</td>"
        f"<td>{escape(hit['place'] or hit['source'])}</td>"
        f"<td><small>{escape(' › '.join(hit['path']))}</small><br>"
        f"{escape(one_line(hit['text']))}{_also_html(hit['duplicates'])}"
        f"{_explained_html(hit)}</td></tr>"
        for hit in hits
    )
    head = "<tr><th></th><th>điểm</th><th>nơi</th><th>đoạn văn</th></tr>"
    return (
        f"{_STYLE}<div class='ds'><p><strong>{escape(query)}</strong></p>"
        f"<table>{head}{rows}</table></div>"
    )
