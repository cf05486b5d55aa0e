"""Shared text as it is shown: rows, a terminal, a notebook, a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from docsearch.compare.reuse import Found, Part, Wanted
from docsearch.compare.reuse_changes import CHANGE_WORDS
from docsearch.index.store import Entry
from docsearch.provenance import Provenance
from docsearch.records import Span
from docsearch.registers import origin_words, page, shortened
from docsearch.render import also_in
from docsearch.tables import Column, Row

if TYPE_CHECKING:
    import pandas as pd

    from docsearch.picture import Picture

REUSE_COLUMNS: Final = (
    Column("words", "Số từ chung", 10),
    Column("share", "Tỷ lệ giống", 10),
    Column("order_words", "Trước – sau", 18),
    Column("first_origin", "Văn bản trước", 30),
    Column("first_quote", "Nguyên văn (trước)", 60),
    Column("second_origin", "Văn bản sau", 30),
    Column("second_quote", "Nguyên văn (sau)", 60),
    Column("changes_words", "Khác nhau", 40),
    Column("first_source", "Tệp trước", 24, "file"),
    Column("second_source", "Tệp sau", 24, "file"),
)
REUSE_KEYS: Final = (
    *("words", "share", "order"),
    *("first_document", "first_source", "first_start", "first_end", "first_quote"),
    *("second_document", "second_source", "second_start", "second_end", "second_quote"),
    "changes",
)
_ORDER: Final = {
    "dated": "theo ngày ban hành",
    "cited": "văn bản sau dẫn văn bản trước",
    "same_day": "cùng ngày",
    "unknown": "không rõ trước sau",
    "within": "trong một văn bản",
}
_MOST: Final = 400  # characters of a part in a terminal


@dataclass(frozen=True, slots=True, repr=False)
class Reuse:
    """What documents share; ``print``, a notebook, ``to_pandas`` and ``plot`` show it."""

    found: Found
    wanted: Wanted
    entries: Mapping[str, Entry]
    texts: Mapping[str, str]
    pages: Mapping[str, tuple[Span, ...]]
    provenance: Provenance

    def __len__(self) -> int:
        return len(self.found.shared)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON values, the same as ``docsearch reuse --json`` prints."""
        found = self.found
        return {
            "documents": found.documents,
            "passages": found.passages,
            "min_words": self.wanted.min_words,
            "min_share": self.wanted.min_share,
            "shared": self.to_list(),
            "duplicates": list(self._duplicates()),
            "flows": [
                {
                    "from": flow.first,
                    "to": flow.second,
                    "words": flow.words,
                    "parts": flow.parts,
                    "share": flow.share,
                    "order": flow.order,
                }
                for flow in found.flows
            ],
            "corpus": self.provenance.to_dict(),
        }

    def to_list(self) -> list[dict[str, Any]]:
        """Return one dict a shared part, with both quotations and what was changed."""
        return [
            {
                "words": each.words,
                "share": each.share,
                "order": each.order,
                "first": self._part(each.first),
                "second": self._part(each.second),
                "changes": [
                    {
                        "kind": change.kind,
                        "before": self._words(each.first.document, change.before),
                        "after": self._words(each.second.document, change.after),
                    }
                    for change in each.changes
                ],
            }
            for each in self.found.shared
        ]

    def flat(self) -> list[Row]:
        """Return one flat row a shared part, the columns of CSV and Excel."""
        return [_flat(row) for row in self.to_list()]

    def to_pandas(self) -> pd.DataFrame:
        """Return one row a shared part."""
        import pandas as pd

        return pd.DataFrame(self.flat(), columns=[*REUSE_KEYS, "first_origin", "second_origin"])

    def plot(self) -> Picture:
        """Return the picture of who took what from whom; a notebook shows it.

        Returns:
            The picture; ``save(path)`` writes it as PNG or SVG.

        Raises:
            MissingDependencyError: matplotlib is not installed.
            QueryError: there are more documents than a picture holds.
        """
        from docsearch.compare.reuse_figure import reuse_picture

        return reuse_picture(self.found.flows, self.entries, self.provenance)

    def to_html(self) -> str:
        """Return a page that can be read and printed alone."""
        return page("Văn bản chung giữa các văn bản", self._repr_html_())

    def __repr__(self) -> str:
        return f"<docsearch.Reuse: {len(self)} shared parts>"

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        for row in self._duplicates():
            yield _duplicate_words(row)
        rows = self.to_list()
        if not rows:
            yield (
                f"Không có đoạn chung nào từ {self.wanted.min_words} từ trở lên. / No shared text: "
                f"{self.found.passages} passages of {self.found.documents} documents compared."
            )
        for number, row in enumerate(rows, start=1):
            yield ""
            yield (
                f"[{number}] {row['words']} từ chung, giống {row['share']:.0%}; "
                f"{_ORDER[row['order']]}"
            )
            for name in ("first", "second"):
                part = row[name]
                yield f"  {origin_words(part)} — {part['source']} [{part['start']}:{part['end']}]"
                yield f"    “{shortened(part['quote'], _MOST)}”"
            for change in row["changes"]:
                yield f"    {change_words(change)}"

    def _repr_html_(self) -> str:
        rows = self.to_list()
        notes = "".join(f"<p>{escape(_duplicate_words(row))}</p>" for row in self._duplicates())
        body = "".join(_html_row(number, row) for number, row in enumerate(rows, start=1))
        table = (
            f"<table><tr><th></th><th>Văn bản trước</th><th>Văn bản sau</th></tr>{body}</table>"
            if rows
            else "<p>Không có đoạn chung nào.</p>"
        )
        foot = f"<p><small>{escape(str(self.provenance))}</small></p>"
        return f"{_STYLE}<div class='ds-reuse'>{notes}{table}{foot}</div>"

    def _part(self, part: Part) -> Row:
        entry = self.entries[part.document]
        header = entry.header
        row: Row = {"document": part.document, "source": entry.source}
        for name in ("type", "number", "issuer", "place", "issued_on"):
            stated = getattr(header, name)
            row[name] = stated.value if stated else None
        pages = self.pages.get(part.document, ())
        at = [n for n, each in enumerate(pages, start=1) if each.overlaps(part.span)]
        return row | {
            "path": [heading.text for heading in part.headings],
            "page": at[0] if at else None,
            "start": part.span.start,
            "end": part.span.end,
            "quote": part.span.of(self.texts[part.document]),
        }

    def _words(self, document: str, span: Span | None) -> Row | None:
        if span is None:
            return None
        return {"start": span.start, "end": span.end, "text": span.of(self.texts[document])}

    def _duplicates(self) -> Iterator[Row]:
        for each in self.found.duplicates:
            row: Row = {"document": each.document, "source": self.entries[each.document].source}
            if each.copy is None:
                yield {"kind": "file", **row, "others": list(each.others)}
            else:
                span = {"start": each.copy.start, "end": each.copy.end}
                yield {"kind": "copy", **row, **span, "words": each.words, "share": each.share}


def change_words(change: Mapping[str, Any]) -> str:
    """Return a change on one line: "số: 93 → 96"."""
    before, after = (
        shortened(change[side]["text"], 120) if change[side] else "∅"
        for side in ("before", "after")
    )
    return f"{CHANGE_WORDS[change['kind']]}: {before} → {after}"


def _duplicate_words(row: Row) -> str:
    if row["kind"] == "file":
        return f"{row['source']}: trùng cả văn bản; {also_in(row['others'])}"
    return (
        f"{row['source']}: tệp chứa văn bản hai lần; bản thứ hai ở [{row['start']}:{row['end']}], "
        f"giống {row['share']:.0%}"
    )


def _flat(row: Row) -> Row:
    flat: Row = {name: row[name] for name in ("words", "share", "order")}
    flat["order_words"] = _ORDER[row["order"]]
    for side in ("first", "second"):
        part = row[side]
        flat[f"{side}_origin"] = origin_words(part)
        for name in ("document", "source", "start", "end", "quote"):
            flat[f"{side}_{name}"] = part[name]
    flat["changes"] = flat["changes_words"] = "; ".join(map(change_words, row["changes"]))
    return flat


_STYLE: Final = """<style>
.ds-reuse{font-family:system-ui,sans-serif;line-height:1.45;color:#111;background:#fff}
.ds-reuse table{border-collapse:collapse;width:100%;table-layout:fixed}
.ds-reuse th{text-align:left;border-bottom:2px solid #555;padding:.3em .6em}
.ds-reuse th:first-child,.ds-reuse td:first-child{width:7.5em}
.ds-reuse td{vertical-align:top;border-bottom:1px solid #ccc;padding:.4em .6em;text-align:left}
.ds-reuse mark{background:#ffe08a;color:#000;text-decoration:underline}
.ds-reuse small{color:#555}
@media print{.ds-reuse tr{break-inside:avoid}}
</style>"""


def _html_row(number: int, row: Row) -> str:
    words = f"[{number}]<br>{row['words']} từ<br>giống {row['share']:.0%}"
    return (
        f"<tr><td>{words}<br><small>{escape(_ORDER[row['order']])}</small></td>"
        f"<td>{_html_part(row['first'], row['changes'], 'before')}</td>"
        f"<td>{_html_part(row['second'], row['changes'], 'after')}</td></tr>"
    )


def _html_part(part: Row, changes: Sequence[Row], side: str) -> str:
    """Return a quotation with the words that differ marked; a label says what kind they are."""
    offset, words = part["start"], part["quote"]
    cursor, pieces = 0, []
    for change in changes:
        found = change[side]
        if found and found["start"] - offset >= cursor:
            a, b = found["start"] - offset, found["end"] - offset
            kind = CHANGE_WORDS[change["kind"]]
            pieces += [escape(words[cursor:a])]
            pieces += [f"<mark title='{kind}'>{escape(words[a:b])}</mark>"]
            cursor = b
    pieces.append(escape(words[cursor:]))
    where = " › ".join(part["path"])
    return (
        f"{''.join(pieces)}<br><small>{escape(origin_words(part))}"
        f"{' — ' + escape(where) if where else ''} — {escape(part['source'])}:"
        f"{part['start']}–{part['end']}</small>"
    )
