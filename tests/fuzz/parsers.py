"""Coverage-guided fuzzing of what reads text: ``python tests/fuzz/parsers.py -max_total_time=600``.

Needs the package atheris, which is not among the requirements. What it finds becomes a row of
``tests/test_hostile_text.py``.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["docsearch"]):
    from docsearch.errors import SourceError
    from docsearch.facts.find import find_facts
    from docsearch.parse.header import parse_header
    from docsearch.parse.outline import parse_outline, walk
    from docsearch.parse.parts import documents_of
    from docsearch.parse.passages import split
    from docsearch.read.legacy import to_unicode
    from docsearch.read.text import decode
    from docsearch.records import Document

SIGNS = "\n \n\n \t : ; . , “ ” ( ) ** # | \f ¹ [1] 99 / -".replace(" ", "§").split("§")
WORDS = (
    """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
ỦY BAN NHÂN DÂN
HUYỆN CHI LĂNG
Số: 141/KH-UBND
Số:   /UBND-VX
ngày 29 tháng 4 năm 2022
KẾ HOẠCH
QUYẾT ĐỊNH
Căn cứ
Điều 1.
Chương I
I.
1.
1.1.
a)
đ)
Phụ lục
Nơi nhận:
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
Nguyễn Văn A
trước ngày 15/12
hằng năm
quý II/2024
báo cáo
về Phòng Giáo dục và Đào tạo
đạt 90% trở lên
đến năm 2025
từ 5 đến 10
1.234,5 triệu đồng
31/2
(Ban hành kèm theo Quyết định số 15/2010/QĐ-UBND)
Kính gửi:
V/v""".splitlines()
    + SIGNS
)


def text_of(data: bytes) -> str:
    """Return a text of words of such documents and of other characters, as the bytes choose."""
    provider = atheris.FuzzedDataProvider(data)
    parts = []
    for _ in range(provider.ConsumeIntInRange(0, 60)):
        if provider.ConsumeBool():
            parts.append(WORDS[provider.ConsumeIntInRange(0, len(WORDS) - 1)])
        else:
            parts.append(provider.ConsumeUnicodeNoSurrogates(provider.ConsumeIntInRange(0, 12)))
    return "".join(parts)


def check(data: bytes) -> None:
    """Read one text with every parser; every span lies in it, and it ends soon."""
    started = time.monotonic()
    with suppress(SourceError):
        decode(data, "x")
    text = to_unicode(text_of(data)).text
    if not text.strip():
        return
    whole = Document(id="x", text=text, source="x", sha256="0")
    for document in documents_of(whole):
        header = parse_header(document.text)
        outline = parse_outline(document.text)
        for unit, _ in walk(outline):
            for piece in unit.pieces:
                assert piece.end <= len(document.text)
        for passage in split(document, outline):
            assert passage.span.of(document.text) == passage.text
        facts = find_facts(document, header, outline)
        for obligation in facts.obligations:
            for mention in (*obligation.actors, obligation.action):
                assert mention.span.end <= len(document.text)
    assert time.monotonic() - started < 5.0, "too slow"


def main() -> None:
    """Run until the time given on the command line is over."""
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
