"""The register as people read it: lines for a terminal, HTML with the quotations, flat tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from docsearch.register.query import Searched
from docsearch.render import also_in, one_line, short_day
from docsearch.tables import Column, Row

_EVERY: Final = {"P1Y": "hằng năm", "P6M": "6 tháng", "P3M": "hằng quý", "P1M": "hằng tháng"}
_STRENGTH: Final = {"must": "phải", "should": "cần", "goal": "phấn đấu"}
KINDS: Final = {"target": "mục tiêu", "achieved": "đã đạt"}
"""The kinds of figures in the words of those who read them."""
_CRITERIA: Final = {
    "before": "--before",
    "after": "--after",
    "on": "--on",
    "within": "--in",
    "overdue_at": "--overdue-at",
    "actor": "--actor",
    "recipient": "--recipient",
    "action": "--action",
    "topic": "--topic",
    "period": "--period",
    "kind": "--kind",
    "unit": "--unit",
}

OBLIGATION_COLUMNS: Final = (
    Column("due", "Đến hạn", 12, "date"),
    Column("deadline", "Thời hạn", 24),
    Column("actors", "Đơn vị thực hiện", 34),
    Column("action", "Việc phải làm", 60),
    Column("recipient", "Gửi, báo cáo", 26),
    Column("forwarded_to", "Để báo cáo tiếp", 26),
    Column("with", "Phối hợp", 26),
    Column("strength", "Mức độ", 10),
    Column("number", "Số văn bản", 16),
    Column("issued_on", "Ngày ban hành", 14, "date"),
    Column("place", "Nơi", 18),
    Column("quote", "Nguyên văn", 70),
    Column("path", "Vị trí", 36),
    Column("source", "Tệp", 26, "file"),
)
OBLIGATION_KEYS: Final = (
    *("document", "source", "due", "deadline", "kind", "bound", "value", "inferred", "recurs"),
    *("actors", "with", "action", "recipient", "strength", "type", "number", "issued_on", "place"),
    "forwarded_to",
    *("path", "start", "end", "quote", "duplicates"),
)
"""Columns of CSV: names of the JSON values, the deadline's beside the others."""

TARGET_COLUMNS: Final = (
    Column("place", "Nơi", 18),
    Column("period", "Giai đoạn", 12),
    Column("subject", "Đối tượng", 34),
    Column("indicator", "Chỉ tiêu", 40),
    Column("comparator", "So sánh", 9),
    Column("value", "Giá trị", 10),
    Column("value_to", "Đến", 10),
    Column("unit", "Đơn vị tính", 12),
    Column("kind", "Loại", 11),
    Column("number", "Số văn bản", 16),
    Column("issued_on", "Ngày ban hành", 14, "date"),
    Column("quote", "Nguyên văn", 60),
    Column("path", "Vị trí", 36),
    Column("source", "Tệp", 26, "file"),
)
TARGET_KEYS: Final = (
    *("document", "source", "place", "subject", "indicator", "comparator", "value", "value_to"),
    *("unit", "period", "kind", "type", "number", "issued_on", "path", "start", "end", "quote"),
    "duplicates",
)


def flat_obligations(rows: Sequence[Row]) -> list[Row]:
    """Return obligations with plain cells: the deadline's words, and its parts beside them."""
    return [row | _parts(row["deadline"]) for row in rows]


def _parts(deadline: Mapping[str, Any] | None) -> Row:
    names = ("kind", "bound", "value", "inferred")
    if deadline is None:
        return dict.fromkeys(("deadline", *names))
    return {"deadline": one_line(deadline["text"])} | {name: deadline[name] for name in names}


def readable_obligations(rows: Sequence[Row]) -> list[Row]:
    """Return the cells of ``OBLIGATION_COLUMNS``, in the words of those who read them."""
    return [
        row
        | {"strength": _STRENGTH[row["strength"]], "path": " › ".join(row["path"])}
        | {"quote": " […] ".join(one_line(piece["quote"]) for piece in pieces_of(row))}
        for row in flat_obligations(rows)
    ]


def readable_targets(rows: Sequence[Row]) -> list[Row]:
    """Return the cells of ``TARGET_COLUMNS``, in the words of those who read them."""
    return [
        row
        | {"kind": KINDS[row["kind"]], "quote": one_line(row["quote"])}
        | {"period": period_words(row["period"]), "path": " › ".join(row["path"])}
        for row in rows
    ]


def period_words(period: str | None) -> str:
    """Return a period as documents write it: "2021/2025" -> "2021-2025", "P1Y" -> "hằng năm"."""
    return _EVERY.get(period or "", (period or "").replace("/", "-"))


def due_words(row: Row) -> str:
    """Return when an obligation is due: "15/12/2024", and "↻" where it comes again."""
    if row["due"] is None:
        return "–"
    return f"{short_day(row['due'])}{' ↻' if row['recurs'] else ''}"


def origin_words(row: Row) -> str:
    """Return which document a row is from: number or type, date, place."""
    name = row["number"] or row["type"] or row["source"]
    parts = [name, short_day(row["issued_on"]) if row["issued_on"] else "", row["place"] or ""]
    return " · ".join(part for part in parts if part)


def figure_words(row: Row) -> str:
    """Return a figure with its comparator and unit: "≥ 19 %", "10–15 trường"."""
    if row["value"] is None:
        return f"? {row['unit']}".strip()
    value = _number(row["value"])
    if row["comparator"] == "range" and row["value_to"] is not None:
        return f"{value}–{_number(row['value_to'])} {row['unit']}".strip()
    sign = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ "}.get(row["comparator"], "")
    return f"{sign}{value} {row['unit']}".strip()


def _number(value: float) -> str:
    """Return a number as Vietnamese documents write it: 1234.5 -> "1.234,5"."""
    return f"{value:,.15g}".translate(str.maketrans(",.", ".,"))


def shortened(words: str, most: int) -> str:
    """Return words on one line, cut after a whole word where they are longer than ``most``."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    if line[most - 1] != " ":
        cut = cut.rpartition(" ")[0] or cut
    return f"{cut.rstrip(' ,;:')}…"


def obligations_text(rows: Sequence[Row]) -> str:
    """Return obligations for a terminal without colours."""
    lines = []
    for row in rows:
        who = "; ".join(row["actors"]) or "(không nêu đơn vị)"
        lines.append(f"{due_words(row):>12}  {who}: {one_line(row['action'])}")
        if row["deadline"]:
            lines.append(f"{' ' * 14}thời hạn: {one_line(row['deadline']['text'])}")
        if row["recipient"]:
            onward = "; ".join(row["forwarded_to"])
            onward = f" (để báo cáo {onward})" if onward else ""
            lines.append(f"{' ' * 14}gửi: {row['recipient']}{onward}")
        lines.append(f"{' ' * 14}{origin_words(row)} [{row['source']}:{row['start']}-{row['end']}]")
    return "\n".join(lines)


def targets_text(rows: Sequence[Row]) -> str:
    """Return figures for a terminal without colours."""
    lines = []
    for row in rows:
        what = " – ".join(part for part in (row["subject"], row["indicator"]) if part)
        kind = KINDS[row["kind"]]
        period = period_words(row["period"]) or "–"
        lines.append(f"{figure_words(row):>16}  {what} ({kind}, {period})")
        lines.append(f"{' ' * 18}{origin_words(row)} [{row['source']}:{row['start']}-{row['end']}]")
    return "\n".join(lines)


def nothing_found(searched: Searched, *, what: str = "nhiệm vụ") -> str:
    """Return why a table is empty and what would widen it.

    Args:
        searched: what was searched.
        what: what the records are called.

    Returns:
        One or more lines.
    """
    lines = [
        f"Không có {what} nào khớp. / Nothing fits: {searched.records} in "
        f"{searched.documents} documents were searched."
    ]
    if searched.without_day:
        lines.append(f"{searched.without_day} of them name no day, so no time finds them.")
    wider = [(name, count) for name, count in searched.wider.items() if count]
    lines += [f"Without {_CRITERIA[name]}: {count}." for name, count in wider]
    if not searched.documents:
        lines.append("No document passes --place, --type, --issuer, --number, --from, --to.")
    elif searched.records and not wider and len(searched.wider) > 1:
        lines.append("Leaving out one of the criteria is not enough; leave out two.")
    return "\n".join(lines)


# HTML


def nothing_html(words: str | None) -> str:
    """Return why a table is empty, for a notebook; nothing where it is not."""
    lines = "<br>".join(escape(line) for line in (words or "").splitlines())
    return f"<p>{lines}</p>" if lines else ""


_STYLE: Final = """<style>
.ds-register{font-family:system-ui,sans-serif;line-height:1.4;color:#111;background:#fff}
.ds-register table{border-collapse:collapse;width:100%}
.ds-register th{text-align:left;border-bottom:2px solid #555;padding:.3em .6em}
.ds-register td{vertical-align:top;border-bottom:1px solid #ccc;padding:.4em .6em;text-align:left}
.ds-register td.day{white-space:nowrap;font-variant-numeric:tabular-nums}
.ds-register blockquote{margin:.3em 0;padding-left:.6em;border-left:3px solid #999}
.ds-register mark{background:#ffe58a;color:#000}
.ds-register mark.when{background:#bfe3ff}
.ds-register mark.to{background:#d6f0c4}
.ds-register small{color:#555}
@media print{.ds-register tr{break-inside:avoid}}
</style>"""

_Mark = tuple[int, int, str]


def obligations_html(rows: Sequence[Row]) -> str:
    """Return obligations for a notebook: who, when and to whom marked in the quotations."""
    body = "".join(
        f"<tr><td class='day'>{escape(due_words(row))}</td>"
        f"<td>{escape('; '.join(row['actors']) or '–')}</td>"
        f"<td>{_quotes(row)}<small>{escape(origin_words(row))} — {escape(' › '.join(row['path']))}"
        f" — {escape(row['source'])}:{row['start']}–{row['end']}{_also(row)}</small></td>"
        f"<td>{escape(row['recipient'] or '')}</td></tr>"
        for row in rows
    )
    head = "<tr><th>Đến hạn</th><th>Đơn vị</th><th>Nguyên văn</th><th>Gửi</th></tr>"
    return _table(head, body)


def targets_html(rows: Sequence[Row]) -> str:
    """Return figures for a notebook, with their quotations."""
    body = "".join(
        f"<tr><td>{escape(row['place'] or '–')}</td>"
        f"<td class='day'>{escape(figure_words(row))}</td>"
        f"<td>{escape(row['subject'])}<br>{escape(row['indicator'])}</td>"
        f"<td>{escape(period_words(row['period']) or '–')}<br>{escape(KINDS[row['kind']])}</td>"
        f"<td><blockquote>{escape(one_line(row['quote']))}</blockquote>"
        f"<small>{escape(origin_words(row))} — {escape(' › '.join(row['path']))} — "
        f"{escape(row['source'])}:{row['start']}–{row['end']}{_also(row)}</small></td></tr>"
        for row in rows
    )
    head = (
        "<tr><th>Nơi</th><th>Giá trị</th><th>Đối tượng, chỉ tiêu</th><th>Giai đoạn</th>"
        "<th>Nguyên văn</th></tr>"
    )
    return _table(head, body)


def page(title: str, table: str) -> str:
    """Return a table as a page that can be read and printed alone."""
    return (
        "<!doctype html>\n<html lang='vi'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>{escape(title)}</title></head>\n<body style='margin:2em'>"
        f"<h1 style='font:600 1.3em system-ui,sans-serif'>{escape(title)}</h1>\n"
        f"{table}\n</body></html>\n"
    )


def _table(head: str, body: str) -> str:
    return (
        f"{_STYLE}<div class='ds-register'><table><thead>{head}</thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _also(row: Row) -> str:
    return f"<br>{escape(also_in(row['duplicates']))}" if row["duplicates"] else ""


def _quotes(row: Row) -> str:
    """Return the quotations of an obligation in the order of the text, its parts marked."""
    spans = row["spans"]
    marks: list[_Mark] = [(start, end, "who") for start, end in spans["actors"]]
    marks += [
        (*spans[name], css)
        for name, css in (("deadline", "when"), ("recipient", "to"))
        if spans[name]
    ]
    return "".join(
        f"<blockquote>{''.join(_marked(piece, marks))}</blockquote>" for piece in pieces_of(row)
    )


def pieces_of(row: Row) -> list[Row]:
    """Return the quotations of an obligation in the order of the text."""
    return sorted([row, *row["evidence"]], key=lambda piece: int(piece["start"]))


def _marked(piece: Row, marks: Sequence[_Mark]) -> Iterator[str]:
    offset, words = int(piece["start"]), str(piece["quote"])
    cursor = 0
    for start, end, css in sorted(marks):
        a, b = max(start - offset, cursor), min(end - offset, len(words))
        if a < b:
            yield escape(words[cursor:a])
            yield f"<mark class='{css}'>{escape(words[a:b])}</mark>"
            cursor = b
    yield escape(words[cursor:])
