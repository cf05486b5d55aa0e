"""Questions that ask several things: "… trước ngày nào, gửi cho ai?".

Every part asks with a question word of its own. What stands before the first belongs to it, what
stands after the last too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docsearch.orthography import canonical, fold

MOST: Final = 4
"""Parts of a question that are answered; the rest is one with the last of them."""

BEGINS: Final = 28
"""Code points in which an English part comes to its question word: "and roughly how many …"."""

_ASKS: Final = re.compile(
    r"(?<!\w)(?:nào|gì|ai|đâu|mấy|bao nhiêu|bao giờ|bao lâu|ra sao|thế nào)(?!\w)"
)
_ASKS_ENGLISH: Final = re.compile(r"\b(?:who|whom|whose|which|what|when|where|how)\b")
_CUT: Final = re.compile(r"[?;,.]\s+(?:(?:và|còn|and|va)\s+)?|\s+(?:và|and|va|còn)\s+")
_POINTS_BACK: Final = re.compile(
    r"\b(?:do|nay|ay|no|tren|it|its|they|them|that|this|(?:tung|moi) (?:lan|dot|ky|dip))\b"
    r"|\beach (?:time|round|one)\b"
)
_OF_REPORTING: Final = frozenset(
    (
        *("báo", "cáo", "gửi", "gởi", "nộp", "trình", "giao", "lấy", "tổng", "hợp", "xuất"),
        *("xong", "hoàn", "thành", "thực", "hiện", "tổ", "chức", "diễn", "ban", "hành", "kí"),
        *("tính", "đạt", "kinh", "phí", "dự", "chậm", "nhất", "hạn", "thời", "gian", "trước"),
        *("sau", "ngày", "tháng", "năm", "kỳ", "kì", "định", "mục", "tiêu", "chỉ", "kế", "hoạch"),
        *("cuối", "đặt", "phấn", "đấu", "kết", "quả", "chủ", "trì", "địa", "điểm"),
    )
)
"""Words that say of an act only that it is done or reported, or of a figure that it is set."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_WHERE: Final = re.compile(
    r"(?<!\w)(?:(?:ở|tại) (?:đâu|chỗ nào|địa điểm nào|hội trường nào)|địa điểm|nơi (?:tổ chức|họp))"
    r"(?!\w)|\bwhere (?:is|was|are|were|will|did|does|do)\b(?!.{0,80}\b(?:sen[dt]|submit|report))"
)


def find_parts(text: str, spelled: str, *, english: bool) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a question stand in its text.

    Args:
        text: the question.
        spelled: the same with its diacritics; of the same length unless ``english``.
        english: whether it is asked in English.

    Yields:
        Start and end of each part, in order; one when the question asks one thing.
    """
    asks, seen = (_ASKS_ENGLISH, text.lower()) if english else (_ASKS, canonical(spelled))
    if len(seen) != len(text):
        seen = text.lower() if len(text.lower()) == len(text) else text
    starts = [0]
    for cut in _CUT.finditer(seen):
        own = asks.search(seen, starts[-1], cut.start())
        within = cut.end() + BEGINS if english else len(seen)
        if own and asks.search(seen, cut.end(), within) and len(starts) < MOST:
            starts.append(cut.end())
    bounds = [*starts[1:], len(text)]
    yield from zip(starts, bounds, strict=True)


def depends(text: str, topic: tuple[str, ...]) -> bool:
    """Return whether a part asks one more thing of what the part before it is about.

    Args:
        text: of the part.
        topic: its own syllables, question words left out.

    Returns:
        True for "nộp cho phòng nào", "nghị quyết đó về việc gì"; False for what has a matter of
        its own.
    """
    own = [word for word in topic if word not in _OF_REPORTING and not _YEAR.fullmatch(word)]
    return len(own) <= 1 or (len(own) <= 4 and bool(_POINTS_BACK.search(fold(text))))


def asks_where(text: str) -> bool:
    """Return whether a question, or a part of it, asks at what place something is done."""
    return bool(_WHERE.search(canonical(text)))
