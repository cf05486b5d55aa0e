"""Several documents in one file: independent ones, one that another issues, one that stands twice.

A decision and the regulation that it issues are one document with an "attached" part; two letters
in one PDF are two documents; a page that shows its document twice holds one document and a copy.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, Literal

from docsearch.orthography import UPPER
from docsearch.parse.bodies import body_at
from docsearch.parse.cells import cells, read_number, read_place_date
from docsearch.parse.closing import is_office
from docsearch.parse.document_types import type_pattern
from docsearch.parse.folding import flatten, is_upper
from docsearch.parse.markers import find_marker
from docsearch.records import Document, Span

_LINE: Final = re.compile(r"[^\n]+")
_FORMULA: Final = re.compile(
    r"(?i)x[ãa]\s{1,3}h[ộo]i\s{1,3}ch[ủu]\s{1,3}ngh[ĩi]a(?:\s{1,3}vi[ệe]t\s{1,3}nam|(?=\s*\n))"
    r"|[đð]ảng\s{1,3}cộng\s{1,3}sản\s{1,3}việt\s{1,3}nam"
)
_MOTTO: Final = re.compile(r"doc lap\W{1,7}tu do\W{1,7}hanh phuc")
_CLOSING: Final = re.compile(
    rf"(?m)^[\s*_#|]*(?:(?i:nơi nhận)\b|(?:TM|T/M|KT|TL|TUQ)\s?[./]?\s*[{UPPER}]{{2}}"
    r"|tm\s?\.\s{0,2}(?:ubnd|ủy ban|uỷ ban|hội đồng)"
    r"|(?:PHÓ )?(?:CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|BỘ TRƯỞNG|CHÁNH VĂN PHÒNG|HIỆU TRƯỞNG|TRƯỞNG PHÒNG"
    r"|TRƯỞNG BAN|CỤC TRƯỞNG)[ \t*_|]*$(?!\s{1,4}(?:[UỦ][ỶY] BAN|HỘI ĐỒNG)))"
)
_ARTICLE: Final = re.compile(r"(?m)^[ \t*_]*(?:Điều|ĐIỀU)\s+\d+\**\s*[.:]")
# "(Ban hành kèm theo Quyết định số …)", "(Kèm theo Công văn số …)" under a title
_ISSUED_WITH: Final = re.compile(
    r"(?mi)^[ \t\u00a0*_#|]*\(?[ *_]*(?:được\s+)?(?:ban hành|phê duyệt|kèm|đính kèm|gửi kèm)"
    r"(?:\s+kèm)?(?:\s+theo)?\s+(?:quyết định|nghị quyết|nghị định|thông tư|công văn|kế hoạch"
    r"|chỉ thị|tờ trình|hướng dẫn|thông báo|báo cáo|chương trình|văn bản|quy định|quy chế)\b"
    r"[^\n]{0,30}?(?:\bsố\b|\bngày\b|\bnày\b)"
)
_ATTACHABLE: Final = re.compile(
    r"\W*(?:(?:ban )?quy (?:dinh|che|trinh|tac|hoach|uoc|che phoi hop)|noi quy|dieu le|the le"
    r"|chuong trinh|ke hoach|de an|du an|phuong an|chien luoc|huong dan|(?:bo )?tieu chi)(?!\w)"
)
_TYPE: Final = re.compile(rf"\W*{type_pattern()}(?!\w)")
_MARKUP: Final = " \t\u00a0*_#|"
_MAX_LETTERHEADS: Final = 500  # in one file; more is no file of documents
_HEAD_LINES: Final = 8  # lines between a title and "(Ban hành kèm theo …)", at most
_LETTERHEAD_LINES: Final = 8  # lines of a letterhead above its title, at most
_SUBJECT_LIMIT: Final = 1200  # code points of a title with its subject, at most

# What repeats is a copy when nine of ten of its letters stand before, and it is at least half of
# what it repeats. A list that stands twice in a plan is less.
_COPIED: Final = 0.9
_LEAST_COPY: Final = 250  # letters
_LEAST_BARE_COPY: Final = 2000  # letters of one that repeats neither letterhead nor title
_HEAD_WITHOUT_BLANKS: Final = re.compile(
    r"xahoichunghiavietnam|dangcongsanvietnam|^so(?:vanban)?[:\d]|^kinhgui"
    rf"|^{type_pattern().replace(chr(92) + 's{1,3}', '')}(?:cua|$)"
)
_TRIALS: Final = 8  # places at which a copy may begin that are looked at
_LONG_LINE: Final = 25  # letters of a line that does not stand twice by chance


@dataclass(frozen=True, slots=True)
class Attachment:
    """The head of a part that a document issues: letterhead, title, "(Ban hành kèm theo …)"."""

    level: Literal["attached", "annex"]
    span: Span  # of its lines
    title: Span  # from the type to the end of the subject


@dataclass(frozen=True, slots=True)
class _Row:
    """One line that is not blank."""

    span: Span  # without white space at its ends
    words: str  # without markup at its ends


def _rows(text: str) -> list[_Row]:
    rows = []
    for match in _LINE.finditer(text):
        line = match[0]
        body = line.strip()
        if body:
            start = match.start() + line.index(body[0])
            rows.append(_Row(Span(start, start + len(body)), body.strip(_MARKUP)))
    return rows


# What a document issues


def find_attachments(text: str) -> tuple[Attachment, ...]:
    """Find the regulations, plans and lists that a document in this text issues with itself.

    Args:
        text: ``Document.text``.

    Returns:
        The heads, in order, not overlapping: a title that says with what it is issued, or that
        has a letterhead without a number, after the articles or the signature of a document. A
        numbered annex ("PHỤ LỤC I", "Mẫu số 02") is found by its mark and is not here.
    """
    marks = list(_ISSUED_WITH.finditer(text))
    formulas = list(_FORMULA.finditer(text))
    if not marks and len(formulas) < 2:
        return ()
    body = min((m.end() for p in (_CLOSING, _ARTICLE) if (m := p.search(text))), default=len(text))
    rows = _rows(text)
    starts = [row.span.start for row in rows]
    found: list[Attachment] = []
    for mark in marks:
        if mark.start() > body:
            at = bisect_right(starts, mark.end()) - 1
            _add(found, _issued(text, rows, at))
    signed = _CLOSING.search(text)
    if signed and re.search(r"(?i)kèm\s+theo", text[: signed.start()]):
        for formula in formulas:
            if formula.start() > signed.end():
                at = bisect_right(starts, formula.start()) - 1
                _add(found, _under_letterhead(rows, at))
    return tuple(sorted(found, key=lambda head: head.span))


def _add(found: list[Attachment], head: Attachment | None) -> None:
    if head and not any(head.span.overlaps(other.span) for other in found):
        found.append(head)


def _issued(text: str, rows: list[_Row], at: int) -> Attachment | None:
    """Return the head whose "(Ban hành kèm theo …)" is row ``at``."""
    title = _title_above(rows, at)
    if title is None or any(_is_annex(row) for row in rows[max(0, title - 2) : title + 1]):
        return None
    last = at
    if rows[at].words.startswith("("):
        while ")" not in rows[last].words and last < min(at + 4, len(rows) - 1):
            last += 1
    elif len(rows[at].words) > 300:
        return None
    level: Literal["attached", "annex"] = (
        "attached" if _ATTACHABLE.match(flatten(rows[title].words)) else "annex"
    )
    first = _letterhead_start(rows, title)
    return Attachment(
        level=level,
        span=Span(rows[first].span.start, rows[last].span.end),
        title=Span(rows[title].span.start, rows[at - 1].span.end),
    )


def _title_above(rows: list[_Row], at: int) -> int | None:
    """Return the row of the title above row ``at``: a type, or lines in capitals."""
    capitals = None
    for i in range(at - 1, max(-1, at - 1 - _HEAD_LINES), -1):
        words = rows[i].words
        if rows[at].span.start - rows[i].span.start > _SUBJECT_LIMIT:
            return None
        if _is_title(words):
            return i
        if find_marker(words):
            break
        if words.endswith((".", ";", ":", "./.")) or _CLOSING.match(words) or _ARTICLE.match(words):
            return capitals
        capitals = (
            i if is_upper(words) and len(words) > 8 and capitals in (None, i + 1) else capitals
        )
    return capitals if capitals == at - 1 or capitals is None else None


def _is_title(words: str) -> bool:
    flat = flatten(words)
    match = _ATTACHABLE.match(flat) or _TYPE.match(flat)
    if match is None:
        return False
    return not flat[match.end() :].strip(" .*_") or is_upper(words)


def _is_annex(row: _Row) -> bool:
    marker = find_marker(row.words)
    return marker is not None and marker.level == "annex"


def _under_letterhead(rows: list[_Row], at: int) -> Attachment | None:
    """Return the head of a part with the nation's formula in row ``at`` and no number."""
    title = next(
        (i for i in range(at + 1, min(at + 6, len(rows))) if _is_title(rows[i].words)), None
    )
    if title is None or not _ATTACHABLE.match(flatten(rows[title].words)):
        return None
    first = _letterhead_start(rows, title)
    if any(re.match(r"\W*so\W{0,3}[:\d]", flatten(row.words)) for row in rows[first:title]):
        return None
    if any(_is_annex(row) for row in rows[max(0, first - 3) : title]):
        return None
    last = title
    while last + 1 < len(rows) and last < title + 4 and _goes_on(rows[last], rows[last + 1]):
        last += 1
    return Attachment(
        level="attached",
        span=Span(rows[first].span.start, rows[last].span.end),
        title=Span(rows[title].span.start, rows[last].span.end),
    )


def _goes_on(row: _Row, after: _Row) -> bool:
    """Return whether a line still belongs to the subject under a title."""
    words = after.words
    if find_marker(words) or len(words) > 160 or words.endswith((".", ";", ":")):
        return False
    return after.span.start - row.span.end <= 3 and any(c.isalpha() for c in words)


def _letterhead_start(rows: list[_Row], title: int) -> int:
    """Step back from a title over the letterhead above it: nation, issuer, rules."""
    first = title
    for i in range(title - 1, max(-1, title - 1 - _LETTERHEAD_LINES), -1):
        words = rows[i].words
        flat = flatten(words)
        nation = _FORMULA.search(words) or _MOTTO.search(flat)
        rule = not any(character.isalnum() for character in words)
        issuer = is_upper(words) and body_at(words) and not _CLOSING.match(words)
        split = _beside_motto(rows, i)
        if not (nation or rule or issuer or split):
            break
        first = i if not rule else first
    return first


def _beside_motto(rows: list[_Row], i: int) -> bool:
    """Return whether a line in capitals stands between the issuer and the nation's formula."""
    words = rows[i].words
    near = rows[i + 1 : i + 3]
    return is_upper(words) and len(words) < 60 and any(_FORMULA.search(row.words) for row in near)


# What stands twice


def find_copies(text: str) -> tuple[Span, ...]:
    """Find where a text holds its document once more.

    Args:
        text: ``Document.text``.

    Returns:
        Spans of whole lines, in order, not overlapping: each repeats, but for blanks and a few
        words, at least half of what stands before the first of them, from its beginning on.
    """
    if len(text) < 2 * _LEAST_COPY:
        return ()
    rows = [(match.span(), "".join(match[0].split())) for match in _LINE.finditer(text)]
    rows = [row for row in rows if row[1]]
    for source, start in islice(_repeated(rows), _TRIALS):
        while source and start > source and rows[source - 1][1] == rows[start - 1][1]:
            source, start = source - 1, start - 1
        known = {key for _, key in rows[:start]}
        if _repeats(rows, source, start, known):
            return tuple(_cut_copies(rows, source, start, known))
    return ()


_Rows = list[tuple[tuple[int, int], str]]


def _repeated(rows: _Rows) -> Iterator[tuple[int, int]]:
    """Yield the long lines that stand again where a whole page of lines does, and where."""
    first: dict[str, int] = {}
    for i, (_, key) in enumerate(rows):
        if len(key) < _LONG_LINE:
            continue
        source = first.setdefault(key, i)
        if source < i and _goes_alike(rows, source, i, first):
            yield source, i


def _goes_alike(rows: _Rows, source: int, start: int, first: dict[str, int]) -> bool:
    following = [key for _, key in rows[start : start + 24] if len(key) >= _LONG_LINE][:6]
    known = [key for key in following if source <= first.get(key, len(rows)) < start]
    return len(known) >= max(2, 0.6 * len(following))


def _repeats(rows: _Rows, source: int, start: int, known: set[str]) -> bool:
    """Return whether the lines from ``start`` on repeat most of those before, to their end."""
    last = _last_known(rows, start, len(rows), known)
    size = sum(len(key) for _, key in rows[start : last + 1])
    same = sum(len(key) for _, key in rows[start : last + 1] if key in known)
    before = sum(len(key) for _, key in rows[source:start])
    ahead = sum(len(key) for _, key in rows[:source])
    if size < _LEAST_COPY or same < _COPIED * size or ahead > 0.3 * (ahead + before):
        return False
    if any(_begins_a_document(key) for _, key in rows[start : last + 1] if key in known):
        return size >= 0.5 * before
    return size >= max(_LEAST_BARE_COPY, 0.8 * before)


def _begins_a_document(key: str) -> bool:
    """Return whether a line, given without blanks, is one of a letterhead or a title."""
    return len(key) < 200 and bool(_HEAD_WITHOUT_BLANKS.search(flatten(key.strip("*_#|"))))


def _last_known(rows: _Rows, start: int, stop: int, known: set[str]) -> int:
    """Return the last row of what repeats: the last long line, and known short ones after it."""
    last = start
    for i in range(start, stop):
        if len(rows[i][1]) >= _LONG_LINE and rows[i][1] in known:
            last = i
    for i in range(last + 1, stop):
        if rows[i][1] in known:
            last = i
        elif not rows[i][1].isdigit():  # a page number
            break
    return last


def _cut_copies(rows: _Rows, source: int, start: int, known: set[str]) -> Iterator[Span]:
    """Yield one span for every time that the first long line begins the document again."""
    opening = next(key for _, key in rows[start:] if len(key) >= _LONG_LINE)
    shift = next(i for i in range(start, len(rows)) if rows[i][1] == opening) - start
    begins = [i - shift for i in range(start, len(rows)) if rows[i][1] == opening]
    least = 0.5 * (start - source)
    kept: list[int] = []
    for begin in begins:
        if not kept or begin - kept[-1] >= least:
            kept.append(begin)
    for begin, stop in zip(kept, [*kept[1:], len(rows)], strict=True):
        last = _last_known(rows, begin, stop, known)
        yield Span(rows[begin][0][0], rows[last][0][1])


# Independent documents


@dataclass(frozen=True, slots=True)
class _Letterhead:
    """A letterhead with what it states."""

    start: int  # of its first line
    end: int  # of the line with the nation's formula
    number: str | None  # where it is filled in
    dated: bool  # whether the day, month and year are
    titled: bool  # whether a title, "V/v" or "Kính gửi" follows
    issued_with: bool  # "(Ban hành kèm theo …)"


def documents_of(document: Document) -> tuple[Document, ...]:
    """Cut what was read from one file into the independent documents that it holds.

    Args:
        document: a whole file.

    Returns:
        The document itself where it is one; else one for each part, with its own text, pages and
        bold lines, ``part`` counted from 0.
    """
    spans = find_parts(document.text)
    if len(spans) < 2:
        return (document,)
    return tuple(_part(document, number, span) for number, span in enumerate(spans))


def _part(document: Document, number: int, span: Span) -> Document:
    inside = [i for i, page in enumerate(document.pages) if page.overlaps(span)]
    return replace(
        document,
        text=span.of(document.text),
        part=number,
        pages=tuple(_within(document.pages[i], span) for i in inside),
        first_page=document.first_page + (inside[0] if inside else 0),
        bold=tuple(_within(line, span) for line in document.bold if span.covers(line)),
    )


def _within(part: Span, span: Span) -> Span:
    """Return a span of the whole text as one of the text of ``span``, cut at its borders."""
    return Span(max(part.start, span.start) - span.start, min(part.end, span.end) - span.start)


def find_parts(text: str) -> tuple[Span, ...]:
    """Cut a text into the independent documents that it holds.

    A document is cut off where it has a letterhead of its own with the nation's or the Party's
    formula, a number that is filled in and no other document of the text has, a whole date, a
    title or subject, and a signature or list of recipients, and so has the one before it. What
    is attached to a document, annexes, forms and copies stay with it.

    Args:
        text: the text of one file.

    Returns:
        Spans that together are the whole text, in order; one where there is nothing to cut or
        where it is not certain, none for an empty text.
    """
    if not text:
        return ()
    found = list(islice(_letterheads(text), _MAX_LETTERHEADS))
    heads = [head for head in found if head.number and head.dated and head.titled]
    heads = [head for head in heads if not head.issued_with]
    if len(heads) < 2 or len(found) == _MAX_LETTERHEADS:
        return (Span(0, len(text)),)
    signed = [match.start() for match in _CLOSING.finditer(text)]
    cuts = [0]
    numbers = {heads[0].number}
    for i, head in enumerate(heads[1:], 1):
        stop = heads[i + 1].start if i + 1 < len(heads) else len(text)
        own = any(head.end < at < stop for at in signed)
        before = any(heads[i - 1].end < at < head.start for at in signed)
        if own and before and head.number not in numbers:
            cuts.append(head.start)
            numbers.add(head.number)
    return tuple(Span(a, b) for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True))


def _letterheads(text: str) -> Iterator[_Letterhead]:
    formulas = [match.start() for match in _FORMULA.finditer(text)]
    if len(formulas) < 2:
        return
    rows = _rows(text)
    starts = [row.span.start for row in rows]
    before = -1
    for formula in formulas:
        at = max(0, bisect_right(starts, formula) - 1)
        apart = before < 0 or at > before + 2
        if apart and len(rows[at].words) < 200 and _states_nation(text, rows[at]):
            yield _read_letterhead(text, rows, at, before)
            before = at


def _states_nation(text: str, row: _Row) -> bool:
    line = text.rfind("\n", 0, row.span.start) + 1
    return any(cell.kind == "nation" for cell in cells(text, line, row.span.end))


def _read_letterhead(text: str, rows: list[_Row], at: int, before: int) -> _Letterhead:
    first = _above_formula(text, rows, at, before)
    stop = min(len(rows), at + 8)
    found = list(cells(text, _line_start(text, rows[first]), rows[stop - 1].span.end))
    stated = [read_number(cell) for cell in found if cell.kind == "number"]
    number = next((line.number.value for line in stated if line and line.number), None)
    dates = [date for cell in found if cell.kind == "date" and (date := read_place_date(cell))]
    below = rows[at + 1 : at + 16]
    titled = any(
        _is_title(row.words) or re.match(r"\W*(?:v\s?/\s?v|kinh gui)", flatten(row.words))
        for row in (*rows[first:at], *below)
    )
    return _Letterhead(
        start=_line_start(text, rows[first]),
        end=rows[at].span.end,
        number=number,
        dated=any(date.value and len(date.value) == 10 for date in dates),
        titled=titled,
        issued_with=any(_ISSUED_WITH.match(row.words) for row in below),
    )


def _line_start(text: str, row: _Row) -> int:
    return text.rfind("\n", 0, row.span.start) + 1


def _above_formula(text: str, rows: list[_Row], at: int, before: int) -> int:
    """Return the first row of the letterhead whose formula is in row ``at``."""
    first = at
    for i in range(at - 1, max(before, at - 1 - _LETTERHEAD_LINES), -1):
        words = rows[i].words
        if _CLOSING.match(words) or is_office(words) or words.endswith("./."):
            break
        found = list(cells(text, _line_start(text, rows[i]), rows[i].span.end))
        stated = any(cell.kind in ("number", "about", "date") for cell in found)
        issuer = is_upper(words) and body_at(words) is not None
        if stated or issuer or _beside_motto(rows, i):
            first = i
    return first
