"""Numbers before what a question counts, in the words of a document."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from docsearch.answer.by_passage import LABEL
from docsearch.index.tokens import alike

_UNITS: Final = {
    "mét": "m",
    "met": "m",
    "ki lô mét": "km",
    "cây số": "km",
    "héc ta": "ha",
    "héc": "ha",
    "hecta": "ha",
}


def unit_name(name: str) -> str:
    """Return what is counted in one spelling: "héc ta" and "ha" are the same."""
    spelled = alike(name)
    return _UNITS.get(spelled, _UNITS.get(spelled.split()[0], spelled) if spelled else "")


def counts(line: str, *, money: bool) -> bool:
    """Return whether a line has a number that is no day and no year; or a sum of money."""
    return counts_unit(line, "đồng" if money else None, ())


def counts_unit(line: str, unit: str | None, words: Collection[str]) -> bool:
    """Return whether a line has a number before a unit: "học sinh" is one word, "trường" too."""
    if unit is None:
        return bool(_BARE.search(LABEL.sub("", line)))
    parts = unit_name(unit).split()
    if " ".join(parts) in ("dân", "người dân", "nhân khẩu", "dân số"):
        return bool(_PEOPLE_COUNTED.search(alike(line)))
    wanted = re.escape(" ".join(parts) if "_".join(parts) in words else parts[0])
    if parts[0] in _ROUNDS:
        wanted = rf"(?:{'|'.join(_ROUNDS)})"
    if parts == ["người"]:
        return bool(_PEOPLE_SENT.search(alike(line)))
    # "01 lần đối với 01 đại lý" and "1 bản có 1 mô hình" do not count them
    each = (
        rf"(?<!đối với )(?<!mỗi )(?<!cứ )(?<![\d.,])(?!0?1 {wanted} (?:có|được|ít nhất) (?:\d|một))"
    )
    held = rf"{each}(?:\d(?:[\d.,]*\d)?|{_IN_WORDS})\s?(?:\w+ )?{wanted}"
    return bool(re.search(held, alike(line)))


_ROUNDS: Final = ("lần", "đợt", "lượt", "kì")
"""Words for the times that something is done: "mấy lần" is answered by "02 đợt"."""
_PEOPLE_SENT: Final = re.compile(
    r"(?<![\d.,/])\d(?:[\d.,]*\d)? (?:\w+ )?(?:người|lãnh đạo|chuyên viên|nhân viên|thành viên"
    r"|đại biểu|cán bộ|công chức|viên chức|giáo viên|học sinh|học viên|đồng chí|lao động|em|cháu"
    r"|trẻ|hội viên|đoàn viên|đảng viên|bác sĩ|kỹ thuật viên|kĩ thuật viên)(?!\w)"
)
_IN_WORDS: Final = r"(?<!thứ )(?<!\w)(?:hai|ba|bốn|sáu|bảy|tám|chín|mười)(?= )"
_PEOPLE_COUNTED: Final = re.compile(
    r"(?:dân số|nhân khẩu)\D{0,20}\d|\d[\d.]* (?:người dân|nhân khẩu|dân)(?!\w)"
)
_BARE: Final = re.compile(
    r"(?<![\d/.,-])(?!(?:19|20)\d\d(?!\d))\d[\d.,]*(?![\d/]|[.,-]\d)"
    r"(?! ?(?:năm|tháng|ngày|giờ|quý)(?!\w))"
)
"""A number that is no day, no year and no length of time."""
