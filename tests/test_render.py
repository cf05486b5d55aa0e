"""Answers and hits as text and as HTML: marks, escaping, titles."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.records import Abstention, Answer, Citation, Item, Span
from docsearch.render import (
    answer_html,
    answer_text,
    citation_title,
    hits_html,
    hits_text,
    marked,
    one_line,
)
from tests.factories import citation

QUOTE = "Phòng Nội vụ báo cáo trước ngày 15/12"


def mark(words: str, start: int = 0) -> Span:
    """Return where some words of the quotation stand, in a document where it begins at start."""
    return Span(start + QUOTE.index(words), start + QUOTE.index(words) + len(words))


def parts(*marks: Span, start: int = 0) -> list[tuple[str, bool]]:
    return list(marked(citation(QUOTE, start=start, marks=marks)))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        pytest.param([], [(QUOTE, False)], id="none"),
        pytest.param([Span(0, len(QUOTE))], [(QUOTE, True)], id="everything"),
        pytest.param(
            [Span(0, 12)], [("Phòng Nội vụ", True), (QUOTE[12:], False)], id="the-beginning"
        ),
        pytest.param(
            [mark("15/12")],
            [("Phòng Nội vụ báo cáo trước ngày ", False), ("15/12", True)],
            id="the-end",
        ),
        pytest.param(
            [mark("15/12"), mark("Phòng Nội vụ")],
            [("Phòng Nội vụ", True), (" báo cáo trước ngày ", False), ("15/12", True)],
            id="out-of-order",
        ),
        pytest.param(
            [mark("trước ngày"), mark("ngày 15/12")],
            [("Phòng Nội vụ báo cáo ", False), ("trước ngày 15/12", True)],
            id="overlapping",
        ),
        pytest.param(
            [mark("trước ngày 15/12"), mark("ngày")],
            [("Phòng Nội vụ báo cáo ", False), ("trước ngày 15/12", True)],
            id="one-inside-another",
        ),
        pytest.param(
            [mark("trước "), mark("ngày 15/12")],
            [("Phòng Nội vụ báo cáo ", False), ("trước ngày 15/12", True)],
            id="touching",
        ),
        pytest.param(
            [mark("15/12"), mark("15/12")],
            [("Phòng Nội vụ báo cáo trước ngày ", False), ("15/12", True)],
            id="the-same-twice",
        ),
    ],
)
def test_marks(marks: list[Span], expected: list[tuple[str, bool]]) -> None:
    assert parts(*marks) == expected
    moved = [Span(span.start + 700, span.end + 700) for span in marks]
    assert parts(*moved, start=700) == expected


@given(data=st.data())
def test_the_parts_are_the_quotation(data: st.DataObject) -> None:
    quote = data.draw(st.text(min_size=1, max_size=30))
    start = data.draw(st.integers(0, 50))
    bounds = st.tuples(st.integers(0, len(quote) - 1), st.integers(1, len(quote)))
    marks = [
        Span(start + a, start + b)
        for a, b in data.draw(st.lists(bounds.filter(lambda pair: pair[0] < pair[1]), max_size=5))
    ]
    found = list(marked(citation(quote, start=start, marks=marks)))
    assert "".join(part for part, _ in found) == quote
    assert all(part for part, _ in found)
    assert all(a[1] != b[1] for a, b in zip(found, found[1:], strict=False))  # merged
    flags = [flag for part, flag in found for _ in part]
    assert flags == [
        any(span.start <= start + i < span.end for span in marks) for i in range(len(quote))
    ]


# Titles


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        pytest.param({}, "Kế hoạch 141/KH-UBND, 29/4/2022 › huyện Chi Lăng", id="all"),
        pytest.param(
            {"path": ("IV. TỔ CHỨC", "7. Các phòng"), "page": 3},
            "Kế hoạch 141/KH-UBND, 29/4/2022 › huyện Chi Lăng › IV. TỔ CHỨC › 7. Các phòng › tr. 3",
            id="path-and-page",
        ),
        pytest.param({"number": None}, "Kế hoạch, 29/4/2022 › huyện Chi Lăng", id="blank-number"),
        pytest.param({"type": None}, "141/KH-UBND, 29/4/2022 › huyện Chi Lăng", id="blank-type"),
        pytest.param(
            {"type": None, "number": None, "issued_on": None, "place": None},
            "Doc.txt",
            id="only-the-file",
        ),
        pytest.param(
            {"issued_on": "2022-10"}, "Kế hoạch 141/KH-UBND, 10/2022 › huyện Chi Lăng", id="month"
        ),
        pytest.param(
            {"issued_on": "2020-10-20"},
            "Kế hoạch 141/KH-UBND, 20/10/2020 › huyện Chi Lăng",
            id="zeros-at-the-end",
        ),
    ],
)
def test_titles(changes: dict[str, Any], title: str) -> None:
    if title == "Doc.txt":
        changes = {**changes, "source": "doc.txt"}
    assert citation_title(replace(citation(), **changes)) == title


# Answers


def answer(*citations: Citation, text: str = "Phòng Nội vụ") -> Answer:
    item = Item(text=text, citations=tuple(range(len(citations))))
    return Answer(
        question="?", intent="who", text=text, confidence=1, items=(item,), citations=citations
    )


def abstention(*nearest: Citation, text: str = "Không nêu.") -> Abstention:
    return Abstention(
        question="?", intent="who", reason="not_stated", text=text, confidence=0, nearest=nearest
    )


def test_text_of_an_answer() -> None:
    one = citation(QUOTE, start=700, marks=[mark("15/12", 700)])
    other = citation("dòng một\n  dòng hai", document="other")
    assert answer_text(answer(one, other)).split("\n") == [
        "Phòng Nội vụ [1, 2]",
        "",
        "[1] Kế hoạch 141/KH-UBND, 29/4/2022 › huyện Chi Lăng",
        "    “Phòng Nội vụ báo cáo trước ngày ‹15/12›”",
        f"    doc.txt:700-{700 + len(QUOTE)}",
        "",
        "[2] Kế hoạch 141/KH-UBND, 29/4/2022 › huyện Chi Lăng",
        "    “dòng một dòng hai”",
        "    other.txt:0-19",
    ]


def test_text_of_an_abstention() -> None:
    assert answer_text(abstention()) == "Không nêu."
    lines = answer_text(abstention(citation(QUOTE))).split("\n")
    assert lines[0] == "Không nêu."
    assert f"    “{QUOTE}”" in lines


class Page(HTMLParser):
    """Collects the tags, the words and the marked words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marked: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.words += data
        if self.tags and self.tags[-1] == "mark":
            self.marked[-1] += data


def test_marks_in_html() -> None:
    spans = [mark("trước ngày"), mark("ngày 15/12"), mark("Phòng Nội vụ")]
    page = Page(answer_html(answer(citation(QUOTE, marks=spans))))
    assert page.marked == ["Phòng Nội vụ", "trước ngày 15/12"]
    assert QUOTE in page.words
    assert page.tags.count("mark") == page.tags.count("/mark") == 2


HOSTILE = "<script>alert('x')</script> & <mark>"


@pytest.mark.parametrize("kind", ["answer", "abstention"])
def test_html_is_escaped(kind: str) -> None:
    quoted = replace(
        citation(HOSTILE, marks=[Span(0, 8)]),
        path=(HOSTILE,),
        source=HOSTILE,
        place=HOSTILE,
        type=HOSTILE,
        number=HOSTILE,
    )
    given = answer(quoted, text=HOSTILE) if kind == "answer" else abstention(quoted, text=HOSTILE)
    page = Page(answer_html(given))
    assert "script" not in page.tags
    assert page.tags.count("mark") == 1  # the answer's own
    assert page.marked == [HOSTILE[:8]]
    assert page.words.count(HOSTILE) == 7  # text, title of four parts, source, quotation


def test_every_tag_is_closed() -> None:
    for result in (answer(citation(QUOTE, marks=[mark("15/12")])), abstention(citation(QUOTE))):
        tags = Page(answer_html(result)).tags
        opened = sorted(tag for tag in tags if not tag.startswith("/"))
        assert opened == sorted(tag[1:] for tag in tags if tag.startswith("/"))


# Hits

HIT: dict[str, Any] = {
    "rank": 1,
    "score": 0.98765,
    "scorer": "fused",
    "document": "doc",
    "source": "doc.txt",
    "start": 0,
    "end": 10,
    "text": "- **Báo cáo**\nhằng năm",
    "path": ["I. MỤC TIÊU", "1. Chung"],
    "place": "huyện Chi Lăng",
    "duplicates": [],
}


def test_text_of_hits() -> None:
    assert hits_text([]) == ""
    assert hits_text([HIT, {**HIT, "rank": 12, "place": None, "path": []}]).split("\n") == [
        "  1. 0.988 doc.txt · huyện Chi Lăng",
        "     I. MỤC TIÊU › 1. Chung",
        "     - Báo cáo hằng năm",
        " 12. 0.988 doc.txt",
        "     - Báo cáo hằng năm",
    ]


def test_html_of_hits_is_escaped() -> None:
    hit = {**HIT, "text": HOSTILE, "path": [HOSTILE], "place": HOSTILE}
    page = Page(hits_html(HOSTILE, [hit]))
    assert "script" not in page.tags
    assert "mark" not in page.tags
    assert page.words.count("<script>") == 4
    assert Page(hits_html("?", [])).tags.count("tr") == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        (" \n\t", ""),
        ("một dòng", "một dòng"),
        ("một\nhai", "một hai"),
        ("**Phòng** *Nội vụ*", "Phòng Nội vụ"),
    ],
    ids=["empty", "blank", "one", "two", "markup"],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line
