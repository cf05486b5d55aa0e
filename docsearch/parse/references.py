"""The documents that a text cites, with what it says of each."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from docsearch.orthography import UPPER
from docsearch.parse.bodies import body_end, normalise_body
from docsearch.parse.dates import DateMention, find_dates
from docsearch.parse.document_types import type_named, type_of_symbol, type_pattern
from docsearch.parse.folding import flatten
from docsearch.parse.numbers import (
    NumberMention,
    find_bare_numbers,
    find_numbers,
    find_short_numbers,
    number_key,
    symbol_of,
)
from docsearch.parse.relations import find_relations, passive_after
from docsearch.records import Header, Reference, Span

_SUBJECT_LIMIT: Final = 300  # code points
_ISSUER_LIMIT: Final = 120
_TAIL_LIMIT: Final = 900  # code points after a number that date, issuer and subject can take
_S: Final = r"[\s*_]{0,4}"  # blanks, a line break or Markdown between two words
_DATE_LEAD: Final = re.compile(rf"{_S},?{_S}\(?(?:(?:de |ban hanh )?ngay{_S})?")
_YEAR: Final = re.compile(rf"{_S}nam{_S}(?P<year>(?:19|20)\d\d)(?!\d)")
_ISSUER_LEAD: Final = re.compile(
    rf"{_S},?{_S}(?:cua|cau|do){_S}(?:lien )?(?=[a-z])"
)  # "cảu": a typo
_GLUED: Final = (
    r"(?:phe duyet|ban hanh|quy dinh|huong dan|tang cuong|trien khai|thuc hien|sua doi)\b"
)
# What the words after a citation say of it begins so; in an enacting clause without "về".
_SUBJECT_LEAD: Final = re.compile(
    rf"{_S},?{_S}(?P<lead>ve viec\b|v\s?/\s?v\b|ve(?:\b|(?={_GLUED})))?{_S}(?P<quote>[“\"‘])?"
    r"(?P<verb>quy (?:dinh|chi tiet)|huong dan|ban hanh(?! kem)|phe duyet|sua doi|bai bo|cong bo"
    r"|giao chi tieu)?"
)
# Clauses of the citing sentence that end the subject, on folded text.
_CLAUSES: Final = (
    "nham|gop phan|trong do|sau day|thanh cac|den toan the|la co so|va thong qua|va y kien|nhu sau"
)
_CLAUSES_AFTER_COMMA: Final = (
    "uy ban nhan dan|ubnd|hdnd|chu tich|de nghi|yeu cau|giao|tham muu|phong|so gi|can cu|hien nay"
    "|thoi gian qua"
)
_SUBJECT_END: Final = re.compile(
    r"[.](?=\s|$|/)|;|\n\s{0,9}\n|\n\s{0,9}[-+•]\s|:\s|[)(]|[“”\"]"
    rf"|,?\s+(?:{_CLAUSES})(?!\w)|,\s+(?:{_CLAUSES_AFTER_COMMA})(?!\w)"
)
# "để" needs its marks: folded it is "đề" of "chuyên đề", "vấn đề".
_IN_ORDER_TO: Final = re.compile(r",?\s+để\s")
_CLOSING_QUOTE: Final = {"“": "”", "‘": "’", '"': '"'}
_NEXT: Final = r"(?:,|;|\s+va)\s+(?:cac\s+)?"
# The end of an issuer that the vocabulary knows only the beginning of.
_CITABLE: Final = "ke hoach|quyet dinh|nghi quyet|cong van|chi thi|thong tu|huong dan"
_ISSUER_END: Final = re.compile(
    r"[,;.()“”\"\n]|\s+(?:ve|v/v|quy dinh|huong dan|ban hanh|phe duyet|thanh cac|da|tai|tren|den"
    rf"|nham|la|gan|sua doi|bo sung|va (?:cac|{_CITABLE}))(?!\w)"
)
_NAME_GOES_ON: Final = ("tỉnh", "các", "khóa", "khoá", "và", "&", "-", "–")
# "của liên Bộ: Thông tin và Truyền thông – Công an về …"
_JOINT_ISSUERS: Final = re.compile(
    rf"\s{{0,3}}:?\s{{1,3}}([{UPPER}][^;:.()\n]{{3,120}}?)"
    r"(?=,?\s{1,3}(?:về|quy định|hướng dẫn)\s)"
)
_JOINT: Final = ("thông tư liên tịch", "nghị quyết liên tịch")
_ALSO: Final = re.compile(rf"{_S}(?:[,;-]|va(?!\w)){_S}(?=[a-z])")
_TERM: Final = re.compile(r"\s+(?:khoa|lan thu|nhiem ky)\s+[ivxlcd\d][\w-]*")
# Laws have names instead of numbers: "Luật Giáo dục ngày 14 tháng 6 năm 2019".
_LAW: Final = re.compile(
    r"(?<!\w)(?<!phap\s)(?<!\bky\s)(?:luat|bo luat|phap lenh|hien phap)\s+"
    r"(?!nay\b|cac\b|so\b)(?=\w)"
)
# A name may go on in the next line, where no other item or clause begins.
_DRAFT_END: Final = re.compile(
    r"[.;:\n()“”\"]|,\s+(?:lay y kien|trinh|bao cao|de|va)\b|\s+va\s+(?:cac )?y kien\b"
)
# What is still to be drafted is no document yet.
_DRAFTING: Final = re.compile(r"(?:xay dung|soan thao|lap|hoan thien|tham muu|chuan bi)\s+$")
_DRAFT_WORDS: Final = 4  # of its subject; fewer are "dự thảo Kế hoạch này"
_STOP: Final = re.compile(
    r"[;.:“”()]|\n\s{0,9}(?:\n|[-+•\d]|(?:can cu|xet|theo|thuc hien|luat)\b)"
    r"|(?:,|\sva)\s+(?:khoan|dieu|diem)\s"
)
_LAW_DATE: Final = re.compile(
    r"\s(?:ngay|nam)\s+\d|(?<!-)\s(?P<year>(?:19|20)\d\d)(?!\s{0,3}-\s{0,3}\d|[\w/-])"
)
_BASIS: Final = re.compile(r"(?<!\w)can\s{1,3}cu(?:\s{1,3}vao)?\s{1,3}$")
_UNDATED: Final = 20  # words of a law's name that is cited without a date; arbitrary
_LAW_LIMIT: Final = 220  # code points of a law's name, up to its date


@dataclass(slots=True)
class _Cited:
    """A citation as it is read, from its first word on."""

    start: int
    end: int
    type: str | None
    number: str | None
    issued_on: str | None = None
    issuer: str | None = None
    subject: str | None = None


def find_references(
    text: str, *, start: int = 0, header: Header | None = None
) -> tuple[Reference, ...]:
    """Find every document that a text cites.

    Args:
        text: a document's text, or a part of it.
        start: where ``text`` begins in ``Document.text``: it is added to every position.
        header: of the document; its own number is no reference, wherever it stands.

    Returns:
        References in order of their first word, one for each mention. A subject may cite other
        documents, so that spans overlap. ``target`` is None.
    """
    flat = flatten(text)
    dates = find_dates(text)
    cited = sorted(_anchors(text, flat), key=lambda item: (item.start, -item.end))
    for item in cited:
        _read_tail(text, flat, item, dates)
    spans = [Span(item.start, item.end) for item in cited]
    found: list[Reference] = []
    for item, relation in zip(cited, find_relations(text, flat, spans), strict=True):
        if header is None or not _is_own(item, start, header):
            found.append(
                Reference(
                    span=Span(item.start + start, item.end + start),
                    number=item.number,
                    type=item.type,
                    issued_on=item.issued_on,
                    issuer=item.issuer,
                    subject=item.subject,
                    relation=relation,
                )
            )
    return tuple(found)


def _is_own(item: _Cited, start: int, header: Header) -> bool:
    if header.number is None or item.number is None:
        return False
    if header.number.span.overlaps(Span(item.start + start, item.end + start)):
        return True
    same = number_key(item.number) == number_key(header.number.value)
    issued_on = header.issued_on.value if header.issued_on else None
    # Another body may have issued the same number, on another day.
    return same and item.issued_on in (None, issued_on)


@cache
def _type_before() -> re.Pattern[str]:
    # "Kế hoạch số: ", "Công văn chỉ đạo số ", "Nghị quyết "; at most two words between.
    return re.compile(
        rf"(?<!\w)(?P<type>{type_pattern()}|van ban)"
        rf"(?:{_S}(?:chi dao|hanh dong|phoi hop|cong tac|lien tich|lien nganh|lien bo|khan"
        r"|hoa toc))?"
        rf"{_S}(?:so{_S}:?{_S})?$"
    )


@cache
def _typed_next() -> re.Pattern[str]:
    return re.compile(rf"{_NEXT}(?:{type_pattern()}|van ban)\s+(?:so\b|\d)")


def _anchors(text: str, flat: str) -> Iterator[_Cited]:
    """Yield the citations with a number, with a type and bare number, and laws by name."""
    taken: list[Span] = []
    for mention in find_numbers(text):
        for item in _numbered(text, flat, mention):
            taken.append(Span(item.start, item.end))
            yield item
    taken.sort()
    for bare in (*find_short_numbers(text), *find_bare_numbers(text)):
        if not _overlap(taken, bare.span):
            insort(taken, bare.span)
            yield _Cited(
                start=bare.span.start, end=bare.span.end, type=bare.type, number=bare.value
            )
    for match in _LAW.finditer(flat):
        law = _law(text, flat, match)
        if law and not _overlap(taken, Span(law.start, law.end)):
            insort(taken, Span(law.start, law.end))
            yield law
    for draft in _drafts(text, flat):
        if not _overlap(taken, Span(draft.start, draft.end)):
            yield draft


def _drafts(text: str, flat: str) -> Iterator[_Cited]:
    """Yield the drafts that a text names by type and subject: they have no number and no date."""
    for match in _draft().finditer(flat):
        stop = _DRAFT_END.search(flat, match.end(), match.end() + _SUBJECT_LIMIT)
        end = stop.start() if stop else min(len(text), match.end() + _SUBJECT_LIMIT)
        subject = re.sub(r"[\s*_]+", " ", text[match.end() : end]).strip(" ,")
        if _DRAFTING.search(flat, max(0, match.start() - 12), match.start()):
            continue
        if text[match.start("type")].isupper() and len(subject.split()) >= _DRAFT_WORDS:
            kind = type_named(match["type"])
            words = len(text[match.end() : end].rstrip(" ,*_\n"))
            yield _Cited(match.start(), match.end() + words, kind, None, subject=subject)


@cache
def _draft() -> re.Pattern[str]:
    known = r"(?:nay|tren|neu|kem)\b"  # "dự thảo Kế hoạch này"
    return re.compile(
        rf"(?<!\w)du thao\s{{1,3}}(?P<type>{type_pattern()})\s{{1,3}}(?!{known})(?=[a-z])"
    )


def _numbered(text: str, flat: str, mention: NumberMention) -> Iterator[_Cited]:
    """Yield the citation with a full number, and those that share its symbol: "số 1, 2 và 3/QĐ"."""
    at, end = mention.span.start, mention.span.end
    symbol = symbol_of(mention.value)
    kind = (type_of_symbol(symbol) if symbol else None) or "công văn"
    before = _type_before().search(flat, max(0, at - 48), at)
    if before:
        kind = type_named(before["type"]) or kind
        yield _Cited(start=before.start(), end=end, type=kind, number=mention.value)
        return
    serials = _SERIALS.search(flat, max(0, at - 60), at)
    if serials and symbol:
        begin, tail = serials.start("all"), mention.value.removeprefix(_serial(mention.value))
        typed = _type_before().search(flat, max(0, begin - 48), begin)
        kind = (type_named(typed["type"]) if typed else None) or kind
        for serial in _SERIAL.finditer(flat, begin, serials.end("all")):
            start = typed.start() if typed and serial.start() == begin else serial.start()
            number = re.sub(r"\s", "", serial[0]) + tail
            yield _Cited(start=start, end=serial.end(), type=kind, number=number)
        yield _Cited(start=at, end=end, type=kind, number=mention.value)
        return
    named = _named_before(text, flat, at, symbol or "")
    if named:
        named.end, named.number = end, mention.value
        yield named
        return
    yield _Cited(start=_label_start(flat, at), end=end, type=kind, number=mention.value)


_SERIAL: Final = re.compile(r"\d{1,5}(?: ?/ ?(?:19|20)\d\d)?")
# The first numbers of "các Quyết định số 1, 2 và 3/QĐ-UBND", before the one with the symbol.
_SERIALS: Final = re.compile(
    rf"(?<!\w)so{_S}:?{_S}(?P<all>(?:{_SERIAL.pattern}\s{{0,3}}(?:[,;]|va)\s{{1,3}}(?:so\s{{1,3}})?){{1,6}})$"
)
_ABBREVIATED: Final = re.compile(
    r"(?<![\w/-])(?P<symbol>[A-ZĐ]{2,4}|TTr|CTr)\s{1,3}(?:số\s{0,3}:?\s{0,3})?$"
)
# "Nghị định của Chính phủ số 30/2020/NĐ-CP"
_ISSUED_BY: Final = rf"{_S}cua{_S}(?P<issuer>[a-z][^.;:\n()\d]{{2,90}}?)[\s,]{{1,4}}so{_S}:?{_S}$"
_LAW_WORD: Final = re.compile(r"(?<!\w)(?:bo luat|luat|phap lenh|nghi quyet)(?=\s)")
_LAW_SYMBOL: Final = re.compile(r"(?:[A-Z]{2}-)?(?:QH|UBTVQH)\d{0,2}")


@cache
def _issued_by() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<type>{type_pattern()}){_ISSUED_BY}")


def _serial(number: str) -> str:
    match = re.match(r"\d+[a-z]?(?:/(?:19|20)\d\d)?", number)
    return match[0] if match else ""


def _named_before(text: str, flat: str, at: int, symbol: str) -> _Cited | None:
    """Read what stands between the type and the number: "QĐ số", a body, the name of a law."""
    short = _ABBREVIATED.search(text, max(0, at - 16), at)
    kind = type_of_symbol(short["symbol"]) if short else None
    if short and kind:
        return _Cited(start=short.start(), end=at, type=kind, number=None)
    body = _issued_by().search(flat, max(0, at - 140), at)
    if body and body_end(text[body.start("issuer") : body.end("issuer")], 0) is not None:
        issuer = normalise_body(text[body.start("issuer") : body.end("issuer")])
        kind = type_named(body["type"])
        return _Cited(start=body.start(), end=at, type=kind, number=None, issuer=issuer)
    return _law_before(text, flat, at) if _LAW_SYMBOL.match(symbol) else None


def _law_before(text: str, flat: str, at: int) -> _Cited | None:
    """Read the name of a law that stands before its number: "Luật Đất đai số 31/2024/QH15"."""
    label = _label_start(flat, at)
    start = max(0, label - _LAW_LIMIT)
    stops = list(re.compile(r"[;:.()“”\d]|\n\s{0,9}\n").finditer(flat, start, label))
    start = stops[-1].end() if stops else start
    words = [m for m in _LAW_WORD.finditer(flat, start, label) if text[m.start()].isupper()]
    if not words:
        return None
    amending = re.compile(r"\s{1,4}sua doi")
    first = next((m for m in words if amending.match(flat, m.end())), words[-1])
    name = re.sub(r"[\s*_]+", " ", text[first.end() : label]).strip(" ,") or None
    if name and len(name.split()) > 40:
        return None
    kind = type_named(first[0])
    return _Cited(start=first.start(), end=at, type=kind, number=None, subject=name)


def _law(text: str, flat: str, match: re.Match[str]) -> _Cited | None:
    """Read a law cited by its name, up to the date that must follow the name."""
    start = match.end()
    stop = _STOP.search(flat, start, start + _LAW_LIMIT)
    limit = stop.start() if stop else min(len(flat), start + _LAW_LIMIT)
    other = _typed_next().search(flat, start, limit)
    limit = other.start() if other else limit
    day = _LAW_DATE.search(flat, start - 1, limit)
    if not text[match.start()].isupper():
        return None
    if day is None:
        return _undated(text, flat, match, limit) if stop and not other else None
    passed = flat.rfind(" duoc ", start, day.start())
    end = passed if passed > 0 else day.start()
    name = re.sub(r"\s+", " ", text[start:end]).strip(" ,")
    if not (name or match[0].startswith("hien phap")) or re.search(
        r"\b(?:truoc|den|tu|vao|sau)$", flatten(name)
    ):
        return None
    kind = type_named(match[0])
    cited = _Cited(
        start=match.start(), end=day.start(), type=kind, number=None, subject=name or None
    )
    if day["year"]:
        cited.issued_on, cited.end = day["year"], day.end()
    _read_date(flat, cited, find_dates(text[cited.end : cited.end + 60]), shift=cited.end)
    return cited if cited.issued_on else None


def _undated(text: str, flat: str, match: re.Match[str], end: int) -> _Cited | None:
    """Read a law that is cited without its date: "Căn cứ Luật Giáo dục;", and nowhere else."""
    if not _BASIS.search(flat, max(0, match.start() - 16), match.start()):
        return None
    name = re.sub(r"\s+", " ", text[match.end() : end]).strip(" ,")
    if not name or len(name.split()) > _UNDATED:
        return None
    end = match.end() + len(text[match.end() : end].rstrip(" ,\n"))
    kind = type_named(match[0])
    return _Cited(start=match.start(), end=end, type=kind, number=None, subject=name)


def _overlap(taken: list[Span], span: Span) -> bool:
    """Tell whether a span shares a code point with one of ``taken``, which are in order."""
    at = bisect_left(taken, span)
    return any(span.overlaps(other) for other in taken[max(0, at - 8) : at + 1])


def _label_start(flat: str, at: int) -> int:
    label = re.search(rf"(?<!\w)so{_S}:?{_S}$", flat[max(0, at - 12) : at])
    return max(0, at - 12) + label.start() if label else at


def _read_tail(text: str, flat: str, item: _Cited, dates: tuple[DateMention, ...]) -> None:
    """Read date, issuer and subject after the number, each where it follows directly."""
    limit = min(len(text), item.end + _TAIL_LIMIT)
    _read_date(flat, item, dates)
    for _ in range(2):  # "của … ngày …" as well as "ngày … của …"
        if item.issuer is None:
            _read_issuer(text, flat, item, limit)
        if item.issued_on is None:
            _read_date(flat, item, dates)
    if item.subject is None:
        _read_subject(text, flat, item, limit)


def _read_date(flat: str, item: _Cited, dates: tuple[DateMention, ...], *, shift: int = 0) -> None:
    lead = _DATE_LEAD.match(flat, item.end)
    at = lead.end() if lead else item.end
    date = _beginning_at(dates, at - shift)
    if date is not None:
        says_day = "ngay" in flat[item.end : at]
        dated = not date.value.startswith("--") and (says_day or len(date.value) == 10)
        if dated:
            item.issued_on, item.end = date.value, date.span.end + shift
        return
    year = _YEAR.match(flat, item.end)
    if year:
        item.issued_on, item.end = year["year"], year.end()


def _beginning_at(dates: tuple[DateMention, ...], position: int) -> DateMention | None:
    index = bisect_left(dates, position, key=lambda date: date.span.start)
    found = dates[index] if index < len(dates) else None
    return found if found and found.span.start == position else None


def _read_issuer(text: str, flat: str, item: _Cited, limit: int) -> None:
    lead = _ISSUER_LEAD.match(flat, item.end, limit)
    if lead is None:
        return
    window = text[lead.end() : lead.end() + _ISSUER_LIMIT]
    known = body_end(window, 0)
    if known is None:
        return
    stop = _ISSUER_END.search(flat, lead.end() + known, min(limit, lead.end() + _ISSUER_LIMIT))
    end = stop.start() if stop else lead.end() + known
    if item.type in _JOINT or not _one_name(text, lead.end() + known, end):
        end = lead.end() + known
    term = _TERM.match(flat, end)
    end = term.end() if term else end
    name = normalise_body(text[lead.end() : end])
    if name == "Bộ":
        joint = _JOINT_ISSUERS.match(text, lead.end() + known, limit)
        if joint:
            item.issuer, item.end = f"liên Bộ {' '.join(joint[1].split())}", joint.end(1)
        return
    item.issuer, item.end = name, end
    while item.type in _JOINT and (joint := _ALSO.match(flat, item.end, limit)):
        window = text[joint.end() : joint.end() + _ISSUER_LIMIT]
        known = body_end(window, 0)
        if known is None:
            return
        item.issuer += f", {normalise_body(window[:known])}"
        item.end = joint.end() + known


def _one_name(text: str, start: int, end: int) -> bool:
    """Tell whether the words up to ``end`` can still belong to a name that began in capitals."""
    rest = text[start:end].split()
    return not rest or (len(rest) <= 10 and (rest[0][0].isupper() or rest[0] in _NAME_GOES_ON))


def _read_subject(text: str, flat: str, item: _Cited, limit: int) -> None:
    lead = _SUBJECT_LEAD.match(flat, item.end, limit)
    if lead is None or not (lead["lead"] or lead["quote"] or lead["verb"]):
        return
    start = lead.start("verb") if lead["verb"] else lead.end()
    quoted = lead["quote"] is not None
    if quoted and not lead["lead"] and lead.end("quote") - item.end > 6:
        return
    if start >= limit:
        return
    passive = passive_after(flat, start, min(limit, start + _SUBJECT_LIMIT))
    limit = passive if passive is not None and not quoted else limit
    end = _subject_end(text, flat, start, min(limit, start + _SUBJECT_LIMIT), quoted=quoted)
    words = text[start:end].rstrip(" ,*_\n\u00a0")
    subject = re.sub(r"[\s*_]+", " ", words).strip()
    if subject:
        item.subject, item.end = subject, start + len(words)


def _subject_end(text: str, flat: str, start: int, limit: int, *, quoted: bool) -> int:
    if quoted:
        closing = re.compile(r"[”\"’]").search(flat, start, limit)
        if closing:
            return closing.start()
    stops = [m.start() for p in (_typed_next(),) if (m := p.search(flat, start, limit))]
    clause = _IN_ORDER_TO.search(text, start, limit)
    stops += [clause.start()] if clause else []
    end = _SUBJECT_END.search(flat, start, limit)
    if end and end.start() < min(stops, default=limit):
        # A title quoted inside the subject ends it, with its closing quote.
        close = _CLOSING_QUOTE.get(end[0])
        at = text.find(close, end.end(), limit) if close else -1
        return at + 1 if at > 0 else end.start()
    if stops:
        return min(stops)
    if limit - start < _SUBJECT_LIMIT:
        return limit
    return flat.rfind(" ", start, limit) if " " in flat[start:limit] else limit
