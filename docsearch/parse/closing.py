"""The end of a document: who signed it (chữ ký) and who gets it (nơi nhận)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from docsearch.orthography import LOWER, UPPER, canonical
from docsearch.parse.bodies import body_at
from docsearch.parse.cells import Cell, cells
from docsearch.parse.folding import flatten, is_upper
from docsearch.parse.letterhead import cut, join
from docsearch.parse.view import View
from docsearch.records import Recipient, Signatory, Span
from docsearch.vocabulary import bodies

_ZONE_LIMIT: Final = 5000  # code points of a closing; long lists of recipients have about 2,000
_LABEL: Final = r"n[oae]i\s{1,3}nhan"  # scans give "Nai nhận"
_RECIPIENTS: Final = re.compile(
    rf"(?m)^[ \t\u00a0*_#|]*{_LABEL}\b|(?:[\t|][ \u00a0*_]{{0,80}}|[ ]{{3}}){_LABEL}\s*:"
)
# "TM.", "T/M", "KT.", "TL.", "TUQ.", "Q." before an office or a body, in capitals or in a file
# that lost them ("tm . ubnd"). On folded text.
_AUTHORITY: Final = re.compile(
    r"\W*(?:(?:tm|kt|tl|tuq|tun|q)\s{0,2}[./]|t\s?[./]\s?(?:m|l|uq)\b|k\s?[./]\s?t\b"
    r"|thay mat\b|thua lenh\b|thua uy quyen\b)[\s./]{0,4}[a-z]"
)
# The same where a column begins, to find the closing of a whole text. As printed.
_AUTHORITY_LINE: Final = re.compile(
    r"(?m)(?:^|[\t|]|\s{3})[ *_#]{0,6}"
    rf"(?:(?:(?:TM|KT|TL)\s{{0,2}}[./]|T\s?[./]\s?[ML]\b|K\s?[./]\s?T\b)"
    rf"[\s./*]{{0,5}}[{UPPER}{LOWER}]{{2}}"
    rf"|(?:TUQ|T\s?/\s?UQ|Q)\s{{0,2}}[./][\s./*]{{0,5}}[{UPPER}]{{2}})"
    r"|^[^\S\n]*tm\s?\.\s{0,2}(?:ubnd|ủy ban|uỷ ban|ban |hội đồng)"
)
_TRAILING: Final = re.compile(rf"[{LOWER}).;,] ([{UPPER}]{{2,}}(?: [{UPPER}]{{2,}}){{1,5}})\W*$")
_RANKS: Final = (
    r"GS|PGS|TS|ThS|Ths|BS|KS|CN|(?:Đại|Thượng|Trung|Thiếu) (?:tá|tướng|úy)|Đại úy|Bác sĩ|Luật sư"
)
_SYLLABLE: Final = rf"[{UPPER}](?:[{LOWER}]|['’][{UPPER}]?)*"
_NAME: Final = re.compile(
    rf"(?:(?:{_RANKS})\.?\s{{0,2}})*"
    rf"(?P<name>{_SYLLABLE}(?:\s{_SYLLABLE}){{1,5}})"
)
_CAPITALS: Final = re.compile(rf"(?P<name>[{UPPER}]+(?:\s[{UPPER}]+){{1,4}})")
# A name in capitals looks like a line of an office; one of these families begins most names.
_FAMILIES: Final = frozenset(
    re.findall(
        r"\w+",
        """
        an au ban bang be bo bui cam cao cha chau che chu cu cung dam dang danh dao dau dieu
        dinh do doan dong duong gia giang giap ha han hau ho hoa hoang hong hua huynh kha khang
        khong khuat khuc kieu kim la lai lam lang le leo lieu lo lu luc luong luu ly ma mac mai
        man mua ngac ngan nghiem ngo nguy nguyen ninh nong ong pham phan phi pho phung phuong
        quach quan quang sam sung ta tang thach thai than thao thieu tieu to ton tong tra tran
        trang trieu trinh truong tu ung uong van vang vi vien vo vu vuong xa y yen
        """,
    )
)
_NAMES: Final = re.compile(
    rf"{_SYLLABLE}(?:\s{_SYLLABLE}){{1,4}}\s(?P<rank>{_RANKS})?\.?\s{{0,2}}"
    rf"{_SYLLABLE}(?:\s{_SYLLABLE}){{1,4}}"
)
_TRAILING_NAME: Final = re.compile(rf"[\w).,;] (?P<family>{_SYLLABLE})(?:\s{_SYLLABLE}){{2,4}}\W*$")
_KEPT: Final = re.compile(r"\W*luu\b")  # the last line of a list of recipients
# The same authority twice on one line: two signatures side by side.
_TWICE: Final = re.compile(r"\W*(tm|kt|tl|tuq|q)\s?[./].{2,80}?\s(?=\1\s?[./])")
_BESIDE: Final = re.compile(r"\w\s+(?:TM|KT|TL|TUQ)\s?[./]\s?\w{2}")  # behind another office
_OFFICE_WORDS: Final = frozenset({"phó", "trưởng", "chủ", "chánh", "thư", "cục", "ủy"})
_PAIR_LIMIT: Final = 160  # code points of a line with two signatures
_SIGNED: Final = re.compile(r"\W*(?:da ky|ky ten|ky, |chu ky|da duoc ky|ky boi|signed)")
_SIGNED_AFTER: Final = re.compile(r"\s*\((?:da ky|ky)\)$")
_END: Final = re.compile(r"\W*(?:phu luc|tu khoa|chuong |dieu \d|page\b|mau so)")
_LISTED: Final = re.compile(rf"\W*{_LABEL}\b")
_BULLET: Final = re.compile(r"\W*[-+•·–—~]\s*|\*\s+")
# Where the right column begins on a line of the left one, with one blank between them.
_RIGHT: Final = re.compile(
    rf"(?:{_LABEL}\s?:|[;.)])(?P<after>[^\w\n(]{{1,8}})"
    r"|(?P<blank>\s)(?=(?:tm|kt|tl|tuq|q)\s?[./]\s?[a-z])"
)
_SHORT_PURPOSE: Final = r"b/c|t/h|đ/b|p/h|c/đ|k/t|th/h|báo cáo|biết|thực hiện"
# "(b/c)", "(để b/c)", "(đăng tin)", not "(Bộ Tư pháp)"; or bare: "Tỉnh ủy để b/c".
_PURPOSE: Final = re.compile(
    r"\s*\((?P<brackets>(?:để\s+)?[a-zđA-ZĐ]{1,2}/[a-zđ]{1,3}[^()]*|[a-zđ][^()]{1,60}"
    r"|(?:Để|Báo cáo)\b[^()]*)\)$"
    rf"|\s*,?\s+(?P<bare>(?:để\s+)?(?:{_SHORT_PURPOSE})(?:[,;]? [a-zđ]/[a-zđ])*)$"
)


@dataclass(slots=True)
class _Signing:
    """The lines of one signature as they come in."""

    authority: list[Cell] = field(default_factory=list)
    title: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The parts of the first closing of a text."""

    signatories: tuple[Signatory, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    start: int | None = None  # where it begins in the text


@cache
def _offices() -> re.Pattern[str]:
    names = sorted({flatten(e.name) for e in bodies() if e.kind == "office"}, key=len, reverse=True)
    return re.compile(r"\W*(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


def is_office(words: str) -> bool:
    """Return whether a line in capitals is an office and nothing else ("CHI CỤC TRƯỞNG")."""
    words = words.strip(" *_#|")
    return is_upper(words) and _offices().fullmatch(flatten(words)) is not None


def read_closing(text: str, start: int) -> Closing:
    """Read the first closing after ``start``.

    Args:
        text: the document; annexes with a signature of their own, or the whole document again,
            may follow the closing.
        start: where the body begins.

    Returns:
        Signatories in order, each with the lines from the authority to the name; recipients as
        listed, "Lưu" included. Empty where there is no closing.
    """
    zone = _find_zone(text, start)
    if zone is None:
        return Closing()
    begin, from_recipients = zone
    lines = list(_zone_cells(text, begin))
    listed = _recipient_cells(lines) if from_recipients else {}
    signatories = tuple(_signatories(lines, set(listed)))
    recipients = tuple(_recipients([lines[i] for i in sorted(listed)]))
    return Closing(signatories=signatories, recipients=recipients, start=begin)


def _find_zone(text: str, start: int) -> tuple[int, bool] | None:
    """Return where the closing begins, and whether it has a list of recipients."""
    flat = flatten(text[start:])
    listed = _RECIPIENTS.search(flat)
    authority = _AUTHORITY_LINE.search(text, start)
    if listed is None:
        if authority:
            return _line_start(text, authority.start() + 1), False
        return _lone_office(text, start)
    position = start + listed.start()
    near = authority is not None and abs(authority.start() - position) < _ZONE_LIMIT // 2
    begin = min(position, authority.start()) if authority and near else position
    begin = _line_start(text, begin + 1 if text[begin : begin + 1] == "\n" else begin)
    return _office_above(text, begin, start), True


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _office_above(text: str, begin: int, start: int) -> int:
    """Step back over an office and a name that stand above the list of recipients."""
    first = begin
    for line in reversed(list(re.finditer(r"[^\n]+", text[max(start, begin - 300) : begin]))[-8:]):
        words = line[0].strip(" *_#\t\u00a0")
        if words and is_upper(words) and _signs(words):
            first = max(start, begin - 300) + line.start()
        elif first != begin:
            break
    return first


def _signs(words: str) -> bool:
    """Tell a line in capitals that is an office, or the offices of two signatures."""
    if _offices().fullmatch(flatten(words)) or _second_post(words) is not None:
        return True
    return len(words) <= _PAIR_LIMIT and bool(_BESIDE.search(words))


def _second_post(words: str) -> int | None:
    """Return where the second of two offices begins ("THƯ KÝ CHỦ TỌA")."""
    first = _offices().match(flatten(words))
    if first and _is_post(words[first.end() :].strip(" .*_|")):
        return first.end() + 1
    return None


def _lone_office(text: str, start: int) -> tuple[int, bool] | None:
    """Return a line in capitals that is an office and nothing else, near the end of the text."""
    tail = max(start, len(text) - 1500)
    for line in re.finditer(r"[^\n]+", text[tail:]):
        parts = (part.strip(" *_#|\u00a0") for part in re.split(r"[\t|]| {3,}", line[0]))
        if any(_is_post(part) or (is_upper(part) and _second_post(part)) for part in parts):
            return tail + line.start(), False
        alone = _offices().fullmatch(flatten(line[0]).strip())
        if alone and _name_follows(text, tail + line.end()):
            return tail + line.start(), False
    return None


def _name_follows(text: str, end: int) -> bool:
    """Tell an office in small letters that a name, and nothing else, stands below."""
    lines = [line.strip(" ./*_\t") for line in text[end : end + 300].split("\n") if line.strip()]
    unsigned = [line for line in lines[:2] if not _SIGNED.match(flatten(line))]
    return bool(unsigned) and _NAME.fullmatch(unsigned[0]) is not None and len(lines) < 4


def _is_post(words: str) -> bool:
    """Tell "CHỦ TỊCH" and "CHỦ TỊCH QUỐC HỘI": an office, alone or of a body."""
    office = _offices().match(flatten(words)) if is_upper(words) else None
    if office is None:
        return False
    rest = words[office.end() :].strip()
    return not rest or (len(words) <= 80 and body_at(rest) is not None)


def _zone_cells(text: str, begin: int) -> Iterator[Cell]:
    end = min(len(text), begin + _ZONE_LIMIT)
    listed = paired = False
    for i, cell in enumerate(cells(text, begin, end)):
        if cell.kind == "nation" or (i > 3 and _END.match(cell.flat)):
            return
        if _LISTED.match(cell.flat):
            if listed:
                return
            listed = True
        found = tuple(_columns(cell, paired=paired))
        paired = paired or len(found) > 1
        yield from found


def _columns(cell: Cell, *, paired: bool) -> Iterator[Cell]:
    """Cut a line of a scan that has two columns: a recipient and the signature, two signatures.

    Args:
        cell: the line, or a part of it.
        paired: a line above had two columns, so that this one may have two names.

    Yields:
        Cell: the whole line, or its two parts.
    """
    at = None
    if cell.kind == "text":
        at = _right_column(cell) or _second_signature(cell)
        if at is None and paired:
            at = _second_name(cell.view.text)
    if at is None:
        yield cell
    else:
        yield _part(cell, 0, at, 0)
        yield _part(cell, at, len(cell.flat), 1)


def _right_column(cell: Cell) -> int | None:
    if _AUTHORITY.match(cell.flat):
        return None
    for match in _RIGHT.finditer(cell.flat):
        left, right = cell.view.text[: match.end()], cell.view.text[match.end() :]
        if left.strip() and _may_sign(right):
            return match.end()
    name = _TRAILING_NAME.search(cell.view.text) if _KEPT.match(cell.flat) else None
    if name and flatten(name["family"]) in _FAMILIES:
        return name.start("family")
    office = _TRAILING.search(cell.view.text)
    if office and _BULLET.match(cell.view.text) and _offices().match(flatten(office[1])):
        return office.start(1)
    return None


def _second_signature(cell: Cell) -> int | None:
    """Return where the second of two signatures begins: "KT. … KT. …", "THƯ KÝ CHỦ TỌA"."""
    words = cell.view.text
    if not is_upper(words) or len(words) > _PAIR_LIMIT:
        return None
    authority = _TWICE.match(cell.flat)
    if authority:
        return authority.end()
    return _second_post(words)


def _second_name(words: str) -> int | None:
    """Return where the second of two names on one line begins."""
    names = _NAMES.fullmatch(words.strip())
    syllables = list(re.finditer(r"\S+", words))
    if names is None or flatten(syllables[0][0]) not in _FAMILIES:
        return None
    if names["rank"]:
        return words.index(names["rank"])
    middle = len(syllables) / 2
    starts = [
        (abs(i - middle), syllables[i].start())
        for i in range(2, len(syllables) - 1)
        if flatten(syllables[i][0]) in _FAMILIES
    ]
    return min(starts)[1] if starts else None


def _part(cell: Cell, start: int, end: int, column: int) -> Cell:
    words = cut(cell.view, start, end)
    return replace(
        cell,
        view=words,
        flat=cell.flat[start:end],
        start=words.offsets[0],
        column=cell.column + column,
    )


def _may_sign(words: str) -> bool:
    words = words.strip(" ./*_")
    if _SIGNED.match(flatten(words)):
        return True
    if _AUTHORITY.match(flatten(words)) or _offices().match(flatten(words)):
        return is_upper(words)
    family = flatten(words).split()[:1]
    return bool(_NAME.fullmatch(words)) and bool(family) and family[0] in _FAMILIES


def _recipient_cells(lines: list[Cell]) -> dict[int, None]:
    """Return the indices of the cells that list recipients, the label among them."""
    found: dict[int, None] = {}
    label = next((i for i, c in enumerate(lines) if re.match(rf"\W*{_LABEL}\b", c.flat)), None)
    if label is None:
        return found
    found[label] = None
    column, last, done = lines[label].column, lines[label], False
    for i in range(label + 1, len(lines)):
        cell = lines[i]
        text = cell.view.text.strip()
        bullet = bool(_BULLET.match(text)) or bool(re.match(r"\W*(?:nhu |luu\b)", cell.flat))
        ends = text.endswith((";", "."))
        goes_on = not last.view.text.rstrip().endswith((";", ".", ":")) and text[0].islower()
        if done and (cell.row - last.row > 2 or _is_sentence(text)):
            break
        if done and not _BULLET.match(text) and _NAME.fullmatch(text):
            continue  # "Lưu Văn Thế" signs; "- Lưu: VP." stands above
        if bullet or (not done and (goes_on or (ends and cell.column == column))):
            if _AUTHORITY.match(cell.flat) or (
                goes_on and not bullet and _offices().match(cell.flat)
            ):
                continue
            found[i] = None
            last = cell
            done = done or bool(re.match(r"\W*luu\b", cell.flat))
    return found


def _is_sentence(text: str) -> bool:
    """Tell an annex's line from a recipient's, behind "Lưu"."""
    return text.endswith(":") or len(text) > 160


def _recipients(lines: list[Cell]) -> Iterator[Recipient]:
    pieces: list[View] = []
    for i, cell in enumerate(lines):
        words = cell.view
        if i == 0:
            label = re.match(rf"\W*{_LABEL}\W*", cell.flat)
            words = cut(words, label.end() if label else 0, len(words.text))
        for part in re.finditer(r"[^;]+;?", words.text):
            piece = cut(words, *part.span())
            ended = not pieces or pieces[-1].text.rstrip().endswith((";", "."))
            if ended or _BULLET.match(piece.text) or _starts_item(piece.text):
                pieces.append(piece)
            else:
                pieces[-1] = join([pieces[-1], piece])
    for piece in pieces:
        recipient = _recipient(piece)
        if recipient:
            yield recipient


def _starts_item(text: str) -> bool:
    return bool(re.match(r"\W*(?:nhu |luu\b)", flatten(text)))


def _recipient(words: View) -> Recipient | None:
    match = _BULLET.match(words.text)
    start = match.end() if match else 0
    name = words.text[start:].rstrip(" ;.,*_")
    name = name.lstrip(" *_")
    start = words.text.find(name, start) if name else start
    if not re.search(r"\w", name):
        return None
    span = words.span(start, start + len(name))
    kept = re.match(r"(?i:lưu)(?!\w)\s*:?\s*(?=\S)", name)
    if kept:
        return Recipient(name=name[kept.end() :], purpose="lưu", span=span)
    purpose = _PURPOSE.search(name)
    if purpose and purpose.start():
        stated = (purpose["brackets"] or purpose["bare"]).strip()
        return Recipient(name=name[: purpose.start()].strip(" ,"), purpose=stated, span=span)
    return Recipient(name=name, purpose=None, span=span)


def _signatories(lines: list[Cell], listed: set[int]) -> Iterator[Signatory]:
    """Read the signatures: in the order of the lines, or side by side, by column."""
    rest = [cell for i, cell in enumerate(lines) if i not in listed]
    signs = [cell for cell in rest if _AUTHORITY.match(cell.flat) or _offices().match(cell.flat)]
    rows = [cell.row for cell in signs]
    if len(set(rows)) < len(rows):  # two of them on one line
        first = min(cell.column for cell in signs)
        left = [cell for cell in rest if cell.column <= first]
        yield from _signatures(left)
        yield from _signatures([cell for cell in rest if cell.column > first])
    else:
        yield from _signatures(rest)


def _signatures(lines: list[Cell]) -> Iterator[Signatory]:
    signing = _Signing()
    for cell in lines:
        if cell.kind in ("rule", "date", "number") or _SIGNED.match(cell.flat):
            continue
        words = cell.view.text.strip(" ./*_")
        signed = _SIGNED_AFTER.search(flatten(words))
        words = words[: signed.start()] if signed else words
        if _AUTHORITY.match(cell.flat):
            if signing.title:
                signing = _Signing()
            signing.authority.append(cell)
        elif _is_office(words, signing):
            signing.title.append(cell)
        elif signing.title or signing.authority:
            name = _name(words)
            if name:
                yield _signatory(signing, cell, name)
                signing = _Signing()
            elif is_upper(words):
                _continue(signing, cell, words)


def _is_office(words: str, signing: _Signing) -> bool:
    office = _offices().match(flatten(words))
    if office is None:
        return False
    begins = bool(signing.authority) or (not signing.title and words[0].isupper())
    return is_upper(words) or (office.end() == len(words) and begins)


def _continue(signing: _Signing, cell: Cell, words: str) -> None:
    """Add a line in capitals: more of the body ("XÃ NA MÈO"), or of an office not in the list."""
    if signing.authority and not signing.title and body_at(words):
        signing.authority.append(cell)
    else:
        signing.title.append(cell)


def _name(words: str) -> str | None:
    match = _NAME.fullmatch(words)
    first = next(iter(words.split()), "")
    if match is None and flatten(first) in _FAMILIES and canonical(first) not in _OFFICE_WORDS:
        match = _CAPITALS.fullmatch(words)
    return match["name"] if match else None


def _signatory(signing: _Signing, cell: Cell, name: str) -> Signatory:
    printed = [*signing.authority, *signing.title]
    at = cell.view.text.index(name)
    end = cell.view.span(at, at + len(name)).end
    shown = name.title() if name.isupper() else name
    return Signatory(
        name=shown,
        title=_line(signing.title),
        authority=_line(signing.authority),
        span=Span(min(part.view.offsets[0] for part in printed), end),
    )


def _line(parts: list[Cell]) -> str | None:
    return " ".join(part.view.text.strip(" *_") for part in parts) or None
