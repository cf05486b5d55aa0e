"""A comparison for a browser and a notebook: the table, each quotation shown on demand."""

from __future__ import annotations

from html import escape
from typing import Final

from docsearch.compare.aspects import titles
from docsearch.compare.matrix import Cell, Matrix, MatrixRow, Quotation
from docsearch.compare.matrix_aligned import Aligned, aligned
from docsearch.compare.matrix_payload import STATUS_WORDS
from docsearch.compare.matrix_text import notes
from docsearch.compare.topics import ABOUT
from docsearch.records import Citation
from docsearch.registers import KINDS, figure_words, period_words
from docsearch.render import citation_title, marked

_STYLE: Final = """<style>
.ds-matrix{font:14px/1.45 system-ui,sans-serif;overflow-x:auto}
.ds-matrix table{border-collapse:collapse;width:100%;table-layout:fixed}
.ds-matrix caption{font-weight:600;font-size:1.1em;text-align:left;padding:.6em 0 .3em}
.ds-matrix th,.ds-matrix td{border:1px solid #b9b9b9;padding:.45em .55em;vertical-align:top;
text-align:left;overflow-wrap:break-word}
.ds-matrix thead th{background:#eef1f4;color:#111}
.ds-matrix thead small{display:block;font-weight:400;color:#444}
.ds-matrix tbody th{width:8.5em;font-weight:600}
.ds-matrix thead th:first-child{width:8.5em}
.ds-matrix details{margin:0 0 .35em}
.ds-matrix summary{cursor:pointer}
.ds-matrix blockquote{margin:.4em 0 .2em;padding:.35em .6em;border-left:3px solid #6b7a8c;
background:#f6f7f8;color:#111;white-space:pre-line}
.ds-matrix mark{background:#ffe58a;color:#111}
.ds-matrix .none summary{color:#8a5a00;font-style:italic}
.ds-matrix .absent{color:#666;font-style:italic}
.ds-matrix small{color:#555}
.ds-matrix .value{font-weight:600;white-space:nowrap}
</style>"""


def matrix_html(matrix: Matrix) -> str:
    """Return a comparison as one HTML fragment; all words of documents are escaped."""
    parts = [_STYLE, "<div class='ds-matrix'>"]
    if len(matrix.aspects) == 1:
        parts.append(_table(matrix, matrix.rows, titles()[matrix.aspects[0]], by_topic=True))
    else:
        for topic in matrix.topics:
            rows = tuple(row for row in matrix.rows if row.topic == topic)
            parts.append(_table(matrix, rows, topic, by_topic=False))
    indicators = aligned(matrix)
    if indicators:
        parts.append(_aligned_table(matrix, indicators))
    parts += [f"<p><small>{escape(note)}</small></p>" for note in notes(matrix)]
    origin = matrix.origin
    parts.append(
        f"<p><small>Kho văn bản {escape(origin.corpus[:16])} ({origin.documents} văn bản) · "
        f"docsearch {escape(origin.version)} · {escape(origin.encoder)}</small></p></div>"
    )
    return "\n".join(parts)


def _table(matrix: Matrix, rows: tuple[MatrixRow, ...], caption: str, *, by_topic: bool) -> str:
    head = "".join(
        f"<th scope='col'>{escape(place.name)}<small>{escape(', '.join(place.within))}</small></th>"
        for place in matrix.places
    )
    body = "".join(
        f"<tr><th scope='row'>{escape(row.topic if by_topic else titles()[row.aspect])}</th>"
        + "".join(f"<td>{_cell(cell, row)}</td>" for cell in row.cells)
        + "</tr>"
        for row in rows
    )
    first = "Chủ đề" if by_topic else ""
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr><th>{first}</th>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def _cell(cell: Cell, row: MatrixRow) -> str:
    if cell.status == "no_document":
        return f"<span class='absent'>{STATUS_WORDS['no_document']}</span>"
    if cell.quotations:
        return "".join(_quotation(quotation) for quotation in cell.quotations)
    searched = f"Đã tìm trong {cell.searched} văn bản."
    if cell.nearest is None:
        found = "Không có đoạn nào gần."
        return _none(f"{searched} {found}", "")
    score = f"{cell.nearest.score:.2f}".replace(".", ",")
    if cell.nearest.score >= ABOUT:
        why = f"Có nói về chủ đề, không nêu {titles()[row.aspect].lower()}."
    else:
        why = "Không nói về chủ đề."
    return _none(f"{searched} {why} Đoạn gần nhất ({score}):", _citation(cell.nearest.citation))


def _none(why: str, quoted: str) -> str:
    return (
        f"<details class='none'><summary>{STATUS_WORDS['not_stipulated']}</summary>"
        f"<small>{escape(why)}</small>{quoted}</details>"
    )


def _quotation(quotation: Quotation) -> str:
    quoted = "".join(_citation(citation) for citation in quotation.citations)
    return f"<details><summary>{escape(quotation.gist)}</summary>{quoted}</details>"


def _citation(citation: Citation) -> str:
    words = "".join(
        f"<mark>{escape(part)}</mark>" if mark else escape(part) for part, mark in marked(citation)
    )
    where = f"{citation.source}:{citation.span.start}–{citation.span.end}"
    return (
        f"<blockquote>{words}</blockquote>"
        f"<small>{escape(citation_title(citation))} — {escape(where)}</small>"
    )


def _aligned_table(matrix: Matrix, found: tuple[Aligned, ...]) -> str:
    """Return the figures by indicator: what stands in one line is the same indicator."""
    head = "".join(f"<th scope='col'>{escape(place.label)}</th>" for place in matrix.places)
    body = ""
    for each in found:
        name = f"{each.subject}: {each.indicator}".strip(": ")
        kind = KINDS[each.kind]
        cells = "".join(f"<td>{_values(each, place.label)}</td>" for place in matrix.places)
        body += f"<tr><th scope='row'>{escape(name)}<br><small>{kind}</small></th>{cells}</tr>"
    return (
        "<table><caption>Chỉ tiêu đối chiếu: mỗi dòng là một chỉ tiêu</caption>"
        f"<thead><tr><th></th>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _values(each: Aligned, place: str) -> str:
    shown = []
    for value in each.values:
        if value.place != place:
            continue
        row = {"comparator": value.comparator, "value": value.value, "value_to": value.value_to}
        words = figure_words(row | {"unit": each.unit})
        period = period_words(value.period)
        tail = f" <small>({escape(period)})</small>" if period else ""
        shown.append(
            f"<details><summary><span class='value'>{escape(words)}</span>{tail}</summary>"
            f"{_citation(value.citation)}</details>"
        )
    return "".join(shown) or "–"
