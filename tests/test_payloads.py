"""Records as JSON values: the keys that people script against, and spans that hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import docsearch as ds
from docsearch.index.store import Entry
from docsearch.payloads import (
    answer_payload,
    citation_payload,
    document_payload,
    document_row,
    fields_payload,
    header_payload,
    hit_payload,
    unit_payload,
)
from docsearch.records import (
    Abstention,
    AdministrativeUnit,
    Answer,
    Header,
    Heading,
    Hit,
    Item,
    ItemFields,
    Mention,
    Recipient,
    ResolvedPlace,
    Signatory,
    Span,
    Stated,
    Unit,
)
from tests.factories import citation, document, header, passage

ANSWER_KEYS = [
    "question",
    "status",
    "reason",
    "intent",
    "answer",
    "confidence",
    "items",
    "citations",
    "nearest",
]
STATED = ("type", "number", "symbol", "issuer", "parent_body", "place", "issued_on", "subject")


def entry(stated: Header) -> Entry:
    return Entry(id="doc", path="doc.txt", source="doc.txt", sha256="0", pipeline=1, header=stated)


def test_an_answer() -> None:
    item = Item(text="Phòng Nội vụ", fields=ItemFields(actors=("Phòng Nội vụ",)), citations=(0,))
    payload = answer_payload(
        Answer(
            question="Ai?",
            intent="who",
            text="Phòng Nội vụ",
            confidence=0.75,
            items=(item,),
            citations=(citation(),),
        )
    )
    assert list(payload) == ANSWER_KEYS
    assert payload == {
        "question": "Ai?",
        "status": "answered",
        "reason": None,
        "intent": "who",
        "answer": "Phòng Nội vụ",
        "confidence": 0.75,
        "items": [
            {"text": "Phòng Nội vụ", "fields": {"actors": ["Phòng Nội vụ"]}, "citations": [0]}
        ],
        "citations": [citation_payload(citation())],
        "nearest": [],
    }


def test_an_abstention_has_the_same_keys() -> None:
    payload = answer_payload(
        Abstention(
            question="Ai?",
            intent="who",
            reason="not_stated",
            text="Không nêu.",
            confidence=0.25,
            nearest=(citation(),),
        )
    )
    assert list(payload) == ANSWER_KEYS
    stated = (payload["status"], payload["reason"], payload["answer"], payload["confidence"])
    assert stated == ("abstained", "not_stated", "Không nêu.", 0.25)
    assert (payload["items"], payload["citations"]) == ([], [])
    assert payload["nearest"] == [citation_payload(citation())]


def test_a_citation() -> None:
    found = citation_payload(citation("trước ngày 15/12", start=700, marks=[Span(711, 716)]))
    assert found == {
        "document": "doc",
        "source": "doc.txt",
        "number": "141/KH-UBND",
        "type": "kế hoạch",
        "place": "huyện Chi Lăng",
        "issued_on": "2022-04-29",
        "path": [],
        "page": None,
        "start": 700,
        "end": 716,
        "quote": "trước ngày 15/12",
        "marks": [[711, 716]],
        "duplicates": [],
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(ItemFields(), {}, id="none"),
        pytest.param(
            ItemFields(actors=("a", "b"), deadline="--12-15"),
            {"actors": ["a", "b"], "deadline": "--12-15"},
            id="some",
        ),
        pytest.param(ItemFields(value=0.0, unit="%"), {"value": 0.0, "unit": "%"}, id="zero"),
        pytest.param(
            ItemFields(
                action="a",
                recipient="r",
                comparator=">=",
                period="2021/2025",
                place="p",
                number="1/KH",
                date="2022-04-29",
            ),
            {
                "action": "a",
                "recipient": "r",
                "comparator": ">=",
                "period": "2021/2025",
                "place": "p",
                "number": "1/KH",
                "date": "2022-04-29",
            },
            id="the-others",
        ),
    ],
)
def test_fields_that_apply(fields: ItemFields, expected: dict[str, Any]) -> None:
    assert fields_payload(fields) == expected


def test_a_hit() -> None:
    hit = Hit(
        passage=passage("Chủ trì.", start=5, headings=["I. MỤC TIÊU"]),
        rank=2,
        score=1 / 3,
        scorer="fused",
    )
    assert hit_payload(hit, entry(header())) == {
        "rank": 2,
        "score": 0.333333,
        "scorer": "fused",
        "document": "doc",
        "source": "doc.txt",
        "start": 5,
        "end": 13,
        "text": "Chủ trì.",
        "path": ["I. MỤC TIÊU"],
        "place": "huyện Chi Lăng",
        "duplicates": [],
    }
    assert hit_payload(hit, entry(Header()))["place"] is None
    assert hit_payload(hit, entry(Header()), ("2.txt",))["duplicates"] == ["2.txt"]


def test_a_row_of_the_list_of_documents() -> None:
    assert document_row(entry(header())) == {
        "document": "doc",
        "source": "doc.txt",
        "type": "kế hoạch",
        "number": "141/KH-UBND",
        "issuer": "UBND huyện Chi Lăng",
        "place": "huyện Chi Lăng",
        "issued_on": "2022-04-29",
        "subject": None,
        "signatories": [],
        "duplicate_of": None,
        "duplicates": [],
        "relations": {},
        "unit": None,
        "format": "text",
        "confidence": None,
    }


def test_a_row_of_a_scan_in_a_district() -> None:
    district = AdministrativeUnit(province="tỉnh Lạng Sơn", district="huyện Chi Lăng")
    placed = replace(header(), unit=ResolvedPlace(unit=district, since_2025=()))
    row = document_row(replace(entry(placed), format="scan", confidence=0.91234))
    assert (row["format"], row["confidence"]) == ("scan", 0.912)
    assert row["unit"] == "huyện Chi Lăng, tỉnh Lạng Sơn"


def test_a_row_of_a_duplicate() -> None:
    shown, other = entry(header()), replace(entry(header()), id="other", group="doc")
    row = document_row(other, ("doc.txt",), {"cites": 2})
    assert (row["duplicate_of"], row["duplicates"]) == ("doc", ["doc.txt"])
    assert row["relations"] == {"cites": 2}
    assert document_row(replace(shown, group="doc"))["duplicate_of"] is None


def test_a_header_says_how_sure_it_is_and_which_unit_its_place_is() -> None:
    district = AdministrativeUnit(province="tỉnh Lạng Sơn", district="huyện Chi Lăng")
    commune = AdministrativeUnit(province="tỉnh Lạng Sơn", commune="xã Chi Lăng")
    payload = header_payload(
        Header(
            place=Stated(value="huyện Chi Lăng", span=Span(0, 9), inferred=True, confidence=0.5),
            unit=ResolvedPlace(unit=district, since_2025=(commune,), inferred=True),
        )
    )
    assert payload["confidence"] == {"place": 0.5}
    assert payload["unit"] == {
        **{"province": "tỉnh Lạng Sơn", "district": "huyện Chi Lăng", "commune": None},
        "inferred": True,
        "since_2025": [{"province": "tỉnh Lạng Sơn", "district": None, "commune": "xã Chi Lăng"}],
    }
    assert header_payload(Header())["unit"] is None


def test_a_header_says_where_its_values_stand() -> None:
    payload = header_payload(
        Header(
            number=Stated(value="141/KH-UBND", span=Span(4, 16)),
            place=Stated(value="huyện Chi Lăng", span=Span(20, 29), inferred=True),
            signatories=(
                Signatory(
                    name="Vi Nông Trường", title="CHỦ TỊCH", authority=None, span=Span(90, 120)
                ),
            ),
            addressees=(Mention(text="Các phòng", span=Span(30, 39)),),
            recipients=(Recipient(name="Lưu: VT", purpose=None, span=Span(80, 87)),),
        )
    )
    assert payload["number"] == "141/KH-UBND"
    assert payload["spans"] == {"number": [4, 16], "place": [20, 29]}
    assert payload["inferred"] == ["place"]
    assert payload["signatories"] == [
        {"name": "Vi Nông Trường", "title": "CHỦ TỊCH", "authority": None, "start": 90, "end": 120}
    ]
    assert payload["addressees"] == [{"text": "Các phòng", "start": 30, "end": 39}]
    assert payload["recipients"] == [{"name": "Lưu: VT", "purpose": None, "start": 80, "end": 87}]
    blank = [name for name in STATED if payload[name] is None]
    assert blank == ["type", "symbol", "issuer", "parent_body", "issued_on", "subject"]


def test_a_unit_has_its_children() -> None:
    child = Unit(level="letter", label="đ", span=Span(5, 9))
    unit = Unit(
        level="number",
        label="1",
        span=Span(0, 9),
        heading=Heading(text="1. Chung", span=Span(0, 5)),
        children=(child,),
    )
    assert unit_payload(unit) == {
        "level": "number",
        "label": "1",
        "heading": "1. Chung",
        "start": 0,
        "end": 9,
        "children": [
            {"level": "letter", "label": "đ", "heading": None, "start": 5, "end": 9, "children": []}
        ],
    }


def test_a_document_leaves_out_the_root_of_its_outline() -> None:
    found = document("1. Một")
    child = Unit(level="number", label="1", span=Span(0, 6))
    root = Unit(level="document", label="", span=Span(0, 6), children=(child,))
    payload = document_payload(found, Header(), root)
    assert {"document", "source", "text", "header", "units"} < set(payload)
    assert (payload["document"], payload["source"], payload["text"]) == ("doc", "doc.txt", "1. Một")
    assert payload["units"] == [unit_payload(child)]


# The five documents


def spans(value: object) -> Iterator[tuple[int, int]]:
    """Return every start and end in a JSON value."""
    if isinstance(value, dict):
        if "start" in value and "end" in value:
            yield value["start"], value["end"]
        for name, part in value.items():
            if name == "spans":
                yield from ((start, end) for start, end in part.values())
            else:
                yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


def nested(unit: dict[str, Any]) -> bool:
    """Return whether the children of a unit lie inside it, in order, without overlapping."""
    bounds = [unit["start"]]
    for child in unit["children"]:
        bounds += [child["start"], child["end"]]
    bounds.append(unit["end"])
    return bounds == sorted(bounds) and all(nested(child) for child in unit["children"])


def test_whole_documents(hashed_index: ds.Index) -> None:
    for found in hashed_index.documents():
        text = hashed_index.document(found.id).text
        payload = document_payload(
            hashed_index.document(found.id), found.header, hashed_index.outline(found.id)
        )
        assert json.loads(json.dumps(payload, ensure_ascii=False)) == payload
        assert payload["text"] == text
        positions = list(spans(payload))
        assert positions
        assert all(0 <= start < end <= len(text) for start, end in positions)
        assert all(nested(unit) for unit in payload["units"])
        stated = payload["header"]
        assert set(stated["spans"]) == {name for name in STATED if stated[name] is not None}
        for signatory in stated["signatories"]:
            assert signatory["name"] in text[signatory["start"] : signatory["end"]]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("number", "141 /KH-UBND"),
        ("issued_on", "ngày 29 tháng 4 năm 2022"),
        ("type", "KẾ HOẠCH"),
    ],
)
def test_the_words_that_state_a_header(hashed_index: ds.Index, field: str, words: str) -> None:
    name = "001_97fd57f65c5eff66.txt"
    start, end = header_payload(hashed_index.header(name))["spans"][field]
    assert words in hashed_index.document(name).text[start:end]
    assert end - start <= len(words) + 12
