"""Work that is done in rounds: "… mỗi năm 02 đợt; đợt I hoàn thành trước ngày 30/5, đợt II …"."""

from __future__ import annotations

import re
from typing import Final

from docsearch.facts.actors import skip_label
from docsearch.facts.duties import DO
from docsearch.facts.heads import small
from docsearch.facts.ranks import DATED, rank
from docsearch.orthography import canonical
from docsearch.parse.view import View
from docsearch.records import Deadline, Obligation

_ROUND: Final = re.compile(
    r"(?:đợt|lần|vòng|kỳ|học kỳ) (?:[0-9]{1,2}|[ivx]{1,4}|một|hai|ba|đầu(?: tiên)?|thứ \w+)[ :,]"
    r"(?! ?báo cáo| ?tổ chức| ?kiểm tra)"
)
_IN_ROUNDS: Final = re.compile(r"(?:đợt|lần|kỳ)$")


def is_round(line: View, start: int, end: int, limits: list[Deadline]) -> bool:
    """Return whether a clause says no more than when a round of the work before it is done."""
    text = small(line.text)
    if not _ROUND.match(text, skip_label(line, start, end), end) or DO.match(text, start, end):
        return False
    return bool(limits) and rank(limits[0]) >= DATED - 1


def names_round(one: Obligation) -> bool:
    """Return whether what is done names its round: "phân bổ vốn (đợt 1: trước 15/3"."""
    return _ROUND.search(canonical(one.action.text)) is not None


def is_often(limit: Deadline | None) -> bool:
    """Return whether a limit says in how many rounds work is done, or nothing says when."""
    return limit is None or (
        limit.kind == "recurring" and _IN_ROUNDS.search(limit.text.lower()) is not None
    )
