"""Documents for the load test: letterheads, clauses of the corpus among shuffled syllables."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import docsearch
from benchmarks.index_size import ROOT, ClusterEncoder, words_of_corpus
from docsearch.index import process

PARAGRAPHS: Final = 50  # of one document
REAL: Final = 6  # one paragraph in so many is a line of the corpus, with what it obliges to
DISTRICTS: Final = (
    *("Chi Lăng", "Kon Rẫy", "Văn Lãng", "Tràng Định", "Bắc Sơn", "Lộc Bình", "Đắk Hà", "Sa Thầy"),
    *("Ngọc Hồi", "Hữu Lũng", "Cao Lộc", "Đình Lập", "Bình Gia", "Văn Quan", "Đắk Tô", "Ia H'Drai"),
)
_LETTER: Final = """**ỦY BAN NHÂN DÂN
HUYỆN {place}**

Số: {number}/KH-UBND

**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc**

{name}, ngày {day} tháng {month} năm {year}

**KẾ HOẠCH**

**{subject}**

Căn cứ Kế hoạch số {cited}/KH-UBND ngày {cited_day} của Ủy ban nhân dân huyện {cited_name};

{body}
"""


def lines_of_corpus() -> list[str]:
    """Return the lines of the corpus that name a day, a figure or a report."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus").glob("*.txt")))
    wanted = re.compile(r"trước ngày|hằng năm|báo cáo|\d\s?%|chậm nhất|chủ trì")
    lines = (line.strip() for text in texts for line in text.splitlines())
    return [line for line in lines if 60 < len(line) < 600 and wanted.search(line)]


def _place(number: int) -> str:
    return DISTRICTS[number % len(DISTRICTS)]


def _day(number: int) -> tuple[str, str, str]:
    """Return the date of a document: day, month, year."""
    return f"{1 + number % 28:02d}", f"{1 + number % 12:02d}", str(2015 + number % 11)


def _texts(count: int) -> Iterator[str]:
    syllables, lines = words_of_corpus(), lines_of_corpus()
    for number in range(1, count + 1):
        choose = random.Random(number)
        place, (day, month, year) = _place(number), _day(number)
        cited = choose.randint(1, count)
        yield _LETTER.format(
            place=place.upper(),
            name=place,
            number=number,
            day=day,
            month=month,
            year=year,
            cited=cited,
            cited_day="/".join(_day(cited)),
            cited_name=_place(cited),
            subject=f"Về {shuffled(choose, syllables, 12)}",
            body="\n\n".join(
                choose.choice(lines)
                if paragraph % REAL == 0
                else f"Điều {paragraph}. {shuffled(choose, syllables, choose.randint(30, 90))}."
                for paragraph in range(1, PARAGRAPHS + 1)
            ),
        )


def shuffled(choose: random.Random, syllables: Sequence[str], count: int) -> str:
    """Return so many neighbouring syllables of the corpus in another order."""
    start = choose.randrange(len(syllables) - count)
    words = list(syllables[start : start + count])
    choose.shuffle(words)
    return " ".join(words)


def build(folder: Path, passages: int) -> docsearch.Index:
    """Make an index of about so many passages in ``folder``; no model is needed for it."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    for number, text in enumerate(_texts(max(1, passages // PARAGRAPHS))):
        (corpus / f"{number:06d}.txt").write_text(text, encoding="utf-8")
    process.WORTH = 10**12  # type: ignore[attr-defined]  # the segmenter is no part of answering
    process.segmented = lambda text: ()
    return docsearch.build(corpus, folder / "index", encoder=ClusterEncoder())
