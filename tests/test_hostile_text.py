"""Texts that the parsers stumbled over, found by fuzzing (tests/fuzz/parsers.py) and kept."""

from __future__ import annotations

import pytest

from docsearch.facts.find import find_facts
from docsearch.parse.header import parse_header
from docsearch.parse.outline import parse_outline, walk
from docsearch.parse.parts import documents_of
from docsearch.parse.passages import split
from docsearch.read.legacy import to_unicode
from docsearch.records import Document, Facts

FOUND = [
    pytest.param("# **", id="a-heading-of-markup-alone"),
    pytest.param("IV. NHIỆM VỤ\n1.\n- Thời gian: quý II\n", id="a-number-above-a-labelled-line"),
    pytest.param(
        "Tháng 9/2024\nUBND xã:\n1.\nSTT | Nội dung | Chủ trì | Thời hạn\n2. \n",
        id="a-number-below-a-month",
    ),
    pytest.param("- UBND xã báo cáo " + "trước ngày 15/12 " * 1000, id="a-thousand-limits"),
    pytest.param(
        "- UBND xã báo cáo " + "(" * 2000 + "trước ngày 15/12", id="brackets-never-closed"
    ),
    pytest.param("II. MỤC TIÊU\n- " + "(đạt 5% " * 1000, id="figures-in-brackets-never-closed"),
    pytest.param("STT\tNội dung\tChủ trì\n" + "nt\tnt\tnt\n" * 300, id="as-above-throughout"),
]


@pytest.mark.parametrize("text", FOUND)
def test_any_text_has_a_tree_and_facts(text: str) -> None:
    whole = Document(id="x", text=to_unicode(text).text, source="x", sha256="0")
    for document in documents_of(whole):
        outline = parse_outline(document.text)
        for unit, headings in walk(outline):
            assert all(piece.end <= len(document.text) for piece in unit.pieces)
            assert all(heading.text.strip() for heading in headings)
        for passage in split(document, outline):
            assert passage.span.of(document.text) == passage.text
        find_facts(document, parse_header(document.text), outline)


def facts(text: str) -> Facts:
    document = Document(id="x", text=text, source="x", sha256="0")
    return find_facts(document, parse_header(text), parse_outline(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("trước ngày 31/2/2025", "trước ngày 31/2/2025", id="no-such-day"),
        pytest.param("trước ngày 45/13/2025", "trước ngày 45/13/2025", id="no-such-month"),
        pytest.param("giai đoạn 2025 - 2021", "giai đoạn 2025 - 2021", id="years-backwards"),
        pytest.param(
            "từ ngày 15/6/2025 đến ngày 01/6/2025",
            "từ ngày 15/6/2025 đến ngày 01/6/2025",
            id="days-backwards",
        ),
    ],
)
def test_a_time_that_is_none_is_kept_as_text(text: str, words: str) -> None:
    (found,) = facts(f"IV. NHIỆM VỤ\n- UBND xã rà soát {text}.\n").obligations
    assert found.deadline is not None
    assert (found.deadline.text, found.deadline.value) == (words, None)


@pytest.mark.parametrize("figure", ["1.2.3,4", "1,234.5", "1,2,3"])
def test_a_number_with_separators_in_no_order_has_no_value(figure: str) -> None:
    text = f"II. MỤC TIÊU\n- Thu ngân sách đạt {figure} tỷ đồng.\n"
    (found,) = facts(text).targets
    assert (found.value, found.unit) == (None, "tỷ đồng")
    assert figure in found.span.of(text)
