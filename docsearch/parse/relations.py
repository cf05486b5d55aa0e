"""How a document cites another: the words that govern a citation, before it or after it.

1. What follows the citation: "… hết hiệu lực", "… được thay thế".
2. The nearest cue before it in its clause, with nothing between that breaks the hold: "Căn cứ",
   "Thực hiện ý kiến chỉ đạo của … tại". What is "ban hành kèm theo" a document is governed by the
   cue before that, where there is one.
3. The citation that it is listed with: "Căn cứ A; B và C".
4. The heading of its list: "Căn cứ:", "Bãi bỏ các văn bản sau đây:".

A document cited in the subject of another is the other's business: it is only cited here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, cast, get_args

from docsearch.orthography import canonical, fold
from docsearch.parse.folding import flatten
from docsearch.records import Relation, Span
from docsearch.vocabulary import load

_WINDOW: Final = 260  # code points before a citation in which its cue can stand
_S: Final = r"[\s*_]{1,4}"
# Where a clause begins: what is before does not govern what follows. A list's label does not end
# in a full stop alone: "1. ", "a) " and "- " begin lines.
_CLAUSE: Final = re.compile(
    r"(?<!\btp)(?<!\btx)(?<!\btt)[.!?;](?=[\s*_]|$)|\n[^\S\n]{0,9}\n"
    r"|\n[^\S\n]{0,9}(?=[-+•*][^\S\n]|\d{1,2}[.)]|[a-z]\)|dieu \d)"
)
# Words that take a citation out of the hold of a cue before them; on folded text.
_RELEASE: Final = re.compile(
    r"(?<!\w)(?:(?<!kem )(?<!can cu )(?<!chieu )theo|ve|v/v|nham|do|vi|neu|khi|xay dung"
    r"|ban hanh(?!\s+kem)|bao cao|tham muu|tra loi|phuc dap|phu hop|nay|quy dinh chi tiet"
    r"|(?:duoc|da) (?:quy dinh|huong dan|phe duyet|neu))(?!\w)"
)
_AS_RULED: Final = re.compile(
    r"[\s*_]{0,4}(?:dung )?(?:cac )?(?:quy dinh|huong dan|trinh tu)(?!\w)"
)
_NOUN: Final = re.compile(
    r"(?<!\w)(?:pham vi|doi tuong|du thao|lam|su|viec)\s{1,3}$"
)  # "phạm vi điều chỉnh"
_IN_ORDER_TO: Final = re.compile(r"(?<!\w)để(?!\w)")  # folded it is "đề" of "đề án"
_PASSIVE: Final = re.compile(r"(?<!\w)(?:duoc|bi)\s{1,3}(?:\w{1,8}\s{1,3}){0,1}$")
_JOIN: Final = re.compile(
    r"[\s*_]{0,6}(?:[,;]|[-+•]|\(|\)|(?<!\w)(?:va|cung|hoac|hay|dong thoi|cac|nhung|so)(?!\w)"
    r"|[\s*_]){0,8}[\s*_]{0,6}"
)
_BEFORE_AFTER: Final = r"[\s*_,)]{0,6}(?:nay |da |se |deu |\([^()]{0,80}\)[\s,]{0,3}){0,2}"
_BY: Final = re.compile(r"[\s*_]{1,4}(?:bang|boi|tai|theo|cho)(?!\w)")
_BY_THIS: Final = re.compile(r"[^.;\n]{0,60}?(?<!\w)nay(?!\w)")
_LABEL: Final = r"[\s*_]{0,9}(?:[-+•][\s*_]{0,4}|(?:\d{1,2}|[ivx]{1,5}|[a-z])[.)][\s*_]{0,4}){0,2}"
_ITEM: Final = re.compile(
    rf"^(?:[^\S\n]{{0,9}}(?:[-+•*]|(?:\d{{1,2}}|[a-z])[.)])){_LABEL}(?:cac |nhung |so |van ban )?$"
)
_BULLET: Final = re.compile(r"[^\S\n]{0,9}(?:[-+•]|\d{1,2}[.)]|[a-z]\))")
_SECTION: Final = re.compile(r"[\s*_#]{0,9}(?:[ivx]{1,5}[.)]|(?:dieu|chuong|phan|muc) [\divx])")
_ON_DOCUMENTS: Final = ("amends", "replaces", "repeals")
_LINES: Final = 60  # lines of a list that are looked over for its heading; arbitrary
_LINE: Final = 600  # code points of one such line; arbitrary
RELATIONS: Final[tuple[Relation, ...]] = get_args(Relation)


def relation_labels() -> dict[Relation, str]:
    """Return the Vietnamese words for every relation, in the order of ``Relation``."""
    labels = {str(entry["relation"]): str(entry["label"]) for entry in load("relations")}
    return {relation: labels[relation] for relation in RELATIONS}


@cache
def _cues(key: str) -> dict[str, Relation]:
    found: dict[str, Relation] = {}
    for entry in load("relations"):
        words = entry[key]
        for cue in words if isinstance(words, list) else []:
            found[flatten(str(cue))] = cast("Relation", entry["relation"])
    return found


@cache
def _cue_pattern(key: str) -> re.Pattern[str]:
    cues = sorted(_cues(key), key=len, reverse=True)
    words = "|".join(re.escape(cue).replace(r"\ ", _S) for cue in cues)
    before = r"(?<!\w)" if key != "after" else _BEFORE_AFTER
    return re.compile(rf"{before}(?P<cue>{words})(?!\w)")


def _named(match: re.Match[str], key: str) -> Relation:
    return _cues(key)[re.sub(r"[\s*_]+", " ", match["cue"])]


def passive_after(flat: str, start: int, end: int) -> int | None:
    """Return where words such as "hết hiệu lực" begin that govern the citation before them.

    Args:
        flat: folded text.
        start: where they may begin.
        end: where they must have begun.

    Returns:
        The position of the first of them in ``flat[start:end]``, None when there are none.
    """
    words = "|".join(
        re.escape(cue).replace(r"\ ", _S) for cue in sorted(_cues("after"), key=len, reverse=True)
    )
    found = re.compile(rf"(?:,?{_S}(?:da|se|deu))?,?{_S}(?:{words})(?!\w)").search(flat, start, end)
    return found.start() if found else None


def find_relations(text: str, flat: str, cited: Sequence[Span]) -> tuple[Relation, ...]:
    """Return how a text cites each of the documents that it cites.

    Args:
        text: the text.
        flat: the same, folded.
        cited: the citations with their subjects, by their first word.

    Returns:
        The relation of each citation, in their order.
    """
    found: list[Relation] = []
    after: list[bool] = []
    last = -1  # the citation before, outside of others
    end = 0
    for position, span in enumerate(cited):
        nested = span.start < end
        own = None if nested else _after(flat, span, cited[position + 1 :])
        relation = own or (None if nested else _before(text, flat, span, end))
        joined = last >= 0 and not nested and _joined(flat, cited[last], span)
        if joined and own and not after[last]:
            _spread(flat, cited, found, last, own)
        if relation is None and joined:
            relation = found[last]
        if relation is None and not nested:
            relation = _listed_under(flat, span)
        found.append(relation or "cites")
        after.append(own is not None)
        if not nested:
            last, end = position, span.end
    return tuple(found)


def _spread(
    flat: str, cited: Sequence[Span], found: list[Relation], last: int, relation: Relation
) -> None:
    """Give what follows a list of citations to those before the last one."""
    position = last
    while found[position] == "cites":
        found[position] = relation
        outer = [i for i in range(position) if not _inside(cited, i)]
        if not outer or not _joined(flat, cited[outer[-1]], cited[position]):
            return
        position = outer[-1]


def _inside(cited: Sequence[Span], position: int) -> bool:
    low = max(0, position - 5)
    return any(cited[i].end > cited[position].start for i in range(low, position))


def _joined(flat: str, before: Span, span: Span) -> bool:
    between = span.start - before.end
    if not 0 <= between <= 60:
        return False
    gap = flat[before.end : span.start]
    if re.search(r"\n\s{0,9}\n", gap):
        return False
    if re.fullmatch(r"\.\s{1,3}[-+•]\s{1,3}", gap):
        return True  # a list that lost its line breaks
    return _JOIN.fullmatch(flat, before.end, span.start) is not None


def _after(flat: str, span: Span, following: Sequence[Span]) -> Relation | None:
    match = _cue_pattern("after").match(flat, span.end)
    if match is None:
        return None
    by = _BY.match(flat, match.end())
    if by and not _BY_THIS.match(flat, by.end()):
        return None  # "được thay thế bằng Quyết định số …": the business of the other
    if by and following and following[0].start < by.end() + 60:
        this = _BY_THIS.match(flat, by.end())
        if this and following[0].start < this.end():
            return None
    return _named(match, "after")


def _before(text: str, flat: str, span: Span, floor: int) -> Relation | None:
    start = max(floor, span.start - _WINDOW)
    for clause in _CLAUSE.finditer(flat, start, span.start):
        if not _opens_list(flat, clause.start(), span.start):
            start = clause.end()
    attached: Relation | None = None
    for match in reversed(list(_cue_pattern("before").finditer(flat, start, span.start))):
        relation = _named(match, "before")
        if not _spelled(text, match):
            continue
        gap = Span(match.end(), span.start) if match.end() < span.start else None
        if relation in _ON_DOCUMENTS and _NOUN.search(
            flat, max(0, match.start() - 12), match.start()
        ):
            return attached
        if match["cue"].endswith("theo") and relation == "implements":
            if _AS_RULED.match(flat, match.end()):
                return attached
        if gap and (_RELEASE.search(gap.of(flat)) or _IN_ORDER_TO.search(gap.of(text))):
            return attached
        if _PASSIVE.search(flat, max(start, match.start() - 24), match.start()) and (
            relation not in ("attached", "assigned_by")
        ):
            return attached or "cites"
        if relation != "attached":
            return relation
        attached = relation
    return attached


def _spelled(text: str, match: re.Match[str]) -> bool:
    """Tell "giao theo" from "giáo theo": marks may be lost or garbled, but not be put in."""
    printed = re.split(r"[\s*_]+", canonical(text[match.start("cue") : match.end("cue")]))
    plain = _plain_words()
    return all(word == fold(word) for word in printed if fold(word) in plain)


@cache
def _plain_words() -> frozenset[str]:
    """Return the words of the cues that have no marks."""
    cues = [str(cue) for entry in load("relations") for cue in cast("list[str]", entry["before"])]
    return frozenset(word for cue in cues for word in cue.split() if word == fold(word))


def _opens_list(flat: str, position: int, start: int) -> bool:
    """Tell whether a line's end at ``position`` follows a colon and the citation comes next."""
    return flat[max(0, position - 1) : position] == ":" and start - position < 12


def _listed_under(flat: str, span: Span) -> Relation | None:
    """Return the relation that the heading of a list gives to a citation that begins an item."""
    line = flat.rfind("\n", max(0, span.start - 40), span.start) + 1
    if line == 0 or not _ITEM.match(flat[line : span.start]):
        return None
    begun = False  # whether the line below begins a paragraph that is no item of a list
    for _ in range(_LINES):
        if line <= 0:
            return None
        above = max(flat.rfind("\n", max(0, line - 1 - _LINE), line - 1) + 1, line - 1 - _LINE, 0)
        words = flat[above : line - 1]
        heading = _heading(words)
        if heading is not None or words.rstrip(" *_").endswith(":"):
            return heading
        if begun and not words.strip(" *_") or _SECTION.match(words):
            return None
        begun = bool(words.strip(" *_")) and not _BULLET.match(words)
        line = above
    return None


def _heading(words: str) -> Relation | None:
    """Return the relation that a line gives to the list below it."""
    bare = re.sub(rf"^{_LABEL}", "", words).strip(" *_:.#")
    match = re.match(r"(?:cac |nhung )?(?P<cue>.{1,40})", bare)
    if match and len(bare) <= 90 and words.rstrip(" *_")[-1] not in ";,.":
        for cue, relation in _cues("headings").items():
            if re.match(rf"(?:cac |nhung )?{re.escape(cue)}(?!\w)", bare):
                return relation
    if not words.rstrip(" *_").endswith(":"):
        return None
    found = list(_cue_pattern("before").finditer(words))
    if not found or _RELEASE.search(words, found[-1].end()):
        return None
    return _named(found[-1], "before")
