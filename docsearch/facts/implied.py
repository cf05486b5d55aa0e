"""Clauses that tell somebody to do something and don't begin with what is done.

"Kết quả kiểm tra phải được gửi về Sở", "Việc đánh giá được thực hiện định kỳ 06 tháng một lần",
"a) Danh sách giáo viên trước ngày 15/9" below "Các trường phải báo cáo Phòng Giáo dục:".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from docsearch.facts.ranks import DATED, rank
from docsearch.parse.view import View
from docsearch.records import Deadline

_DONE: Final = (
    r"(?:gửi|nộp|báo cáo|trình|lập|hoàn thành|công khai|công bố|thông báo|cập nhật|rà soát|kiểm tra"
    r"|đánh giá|bàn giao|niêm yết|tổ chức|thực hiện|kiểm định|bảo dưỡng|đăng ký|xây dựng|khám)"
)
HAS_TO: Final = re.compile(rf"(?<!\w)phải (?:được )?(?:tổ chức )?{_DONE}(?!\w)")
_REGULAR: Final = re.compile(
    r"(?:việc|công tác) [^;:.]{3,160} (?:được |phải )*(?:thực hiện|tiến hành|tổ chức)(?: theo)?,? $"
)
_MAY: Final = re.compile(
    r"[ ,]*(?:[^.,;:()]{2,80} )?(?:được quyền|có quyền(?! hạn)|được phép"
    r"|có thể|thì được nộp dần)(?!\w)"
)


def is_passive(text: str, start: int, end: int, limit: Deadline) -> bool:
    """Return whether something has to be done: "Kết quả phải được gửi … hằng quý"."""
    exact = rank(limit) >= DATED - 1 and limit.value is not None
    before = limit.kind == "event" and limit.bound == "before"
    return (exact or before) and HAS_TO.search(text, start, end) is not None


def is_regular(line: View, text: str, start: int, limit: Deadline) -> bool:
    """Return whether words say how often something is done: "Việc … được thực hiện định kỳ …"."""
    stated = bisect_left(line.offsets, limit.span.start)
    return (
        limit.kind == "recurring"
        and bool(limit.value)
        and _REGULAR.match(text, start, stated) is not None
    )


def is_allowed(line: View, text: str, limit: Deadline, end: int) -> bool:
    """Return whether what follows a limit is a right: "trong thời hạn 30 ngày …, … có quyền"."""
    after = bisect_left(line.offsets, limit.span.end)
    return _MAY.match(text, after, end) is not None
