"""Goals without a figure: how things have to stand by a year."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from docsearch.facts.heads import small
from docsearch.facts.ranks import rank
from docsearch.parse.view import View
from docsearch.records import Deadline

# "Đến năm 2025, chăn nuôi của xã xếp trong nhóm dẫn đầu"
_STANDS: Final = re.compile(
    r"[ ,:]*(?!trong đó)[^.;:0-9]{3,100}? "
    r"(?:xếp(?= (?:trong|vào|thứ|hạng|loại))|nằm trong|thuộc nhóm"
    r"|đứng trong|trở thành|đều (?:có|được|đạt|hoàn thành|tham gia)|không còn|cơ bản (?:có|được"
    r"|hoàn thành))(?!\w)(?:[^0-9(]|\([^()]*\))*$"
)
# "Không còn nhà tạm, nhà dột nát vào năm 2025"
_ENDED: Final = re.compile(
    r"(?:phấn đấu |cơ bản )*(?:không còn|không để|xóa|xoá|xóa bỏ|chấm dứt|thanh toán)(?!\w)"
    r"[^.;:0-9]{3,120}$"
)
_BY_THE_END: Final = re.compile(r"(?:vào|đến|trước|trong|cho đến|tới)(?!\w)")


def is_state(line: View, start: int, end: int, limit: Deadline) -> bool:
    """Return whether words say how things have to stand by a year: "đến năm 2025 … xếp trong …"."""
    if rank(limit) > 3:
        return False
    text = small(line.text)
    stated = bisect_left(line.offsets, limit.span.start)
    after = bisect_left(line.offsets, limit.span.end)
    if stated <= start + 2:
        return limit.bound == "before" and _STANDS.match(text, after, end) is not None
    return is_ended(line, start, end, limit)


def is_ended(line: View, start: int, end: int, limit: Deadline) -> bool:
    """Return whether something is to be no more by a year that ends the clause."""
    if rank(limit) > 3:
        return False
    text = small(line.text)
    stated = bisect_left(line.offsets, limit.span.start)
    after = bisect_left(line.offsets, limit.span.end)
    ends = not text[after:end].strip(" .,;)") and _BY_THE_END.match(text, stated)
    return bool(ends and _ENDED.match(text, start, stated))
