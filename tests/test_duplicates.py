"""Documents that stand in the corpus more than once."""

from __future__ import annotations

import itertools
import random
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import docsearch
from docsearch.index import process
from docsearch.index.duplicates import (
    ENOUGH,
    Alike,
    contradict,
    group_duplicates,
    make_groups,
)
from docsearch.index.pairs import Pairs
from docsearch.index.sketches import bands, jaccard, shingles, sketch
from docsearch.index.store import Entry, Store
from docsearch.index.writing import Records
from docsearch.records import Document, Facts, Header, Span, Unit
from tests.factories import CORPUS, HashEncoder, header, stated

DOCUMENTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "documents"
ENCODER = HashEncoder()
EMPTY = Unit(level="document", label="", span=Span(0, 1))
VOCABULARY = (
    "giáo dục đào tạo học sinh trường lớp xã thôn bản phổ cập mầm non tiểu học kế hoạch năm chỉ"
    " tiêu kinh phí cán bộ giáo viên quản lý chất lượng nâng cao cơ sở vật chất đầu tư xây dựng"
    " tuyên truyền vận động nhân dân phối hợp kiểm tra giám sát báo cáo kết quả thực hiện"
)


@pytest.fixture(autouse=True)
def no_segmenter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "words", lambda text: [])


def prose(seed: int, length: int = 400) -> str:
    """Return sentences of ten words; those of two seeds have next to no shingle in common."""
    chosen = random.Random(seed).choices(VOCABULARY.split(), k=length)
    return "\n".join(" ".join(chosen[i : i + 10]) + "." for i in range(0, length, 10))


def plan(
    number: str = "12/KH-UBND",
    *,
    place: str = "Chi Lăng",
    day: str = "15 tháng 3 năm 2021",
    body: str | None = None,
) -> str:
    return (
        f"ỦY BAN NHÂN DÂN\nHUYỆN {place.upper()}\n\nSố: {number}\n\n{place}, ngày {day}\n\n"
        f"KẾ HOẠCH\nPhổ cập giáo dục mầm non\n\n{body or prose(1)}\n\n"
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An\n"
    )


def noisy(text: str, seed: int, errors: int = 3) -> str:
    """Return a text in which a scan got some letters wrong, below the letterhead."""
    letters, chance = list(text), random.Random(seed)
    start = text.index("KẾ HOẠCH") + 40
    for _ in range(errors):
        position = chance.randrange(start, len(text) - 60)
        if letters[position].isalpha():
            letters[position] = chance.choice("lt1rnoóe")
    return "".join(letters)


def build(folder: Path, texts: dict[str, str | bytes]) -> docsearch.Index:
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for name, text in texts.items():
        data = text if isinstance(text, bytes) else text.encode()
        (corpus / name).write_bytes(data)
    return docsearch.build(corpus, folder / "index", encoder=ENCODER, prune=True)


def groups(index: docsearch.Index) -> list[list[str]]:
    """Return the sources of each group, the one that is shown first."""
    found = {members[0].id: members for members in index.snapshot.groups.values()}
    return sorted([entry.source for entry in members] for members in found.values())


TWINS: dict[str, tuple[str | bytes, str | bytes]] = {
    "the same bytes": (plan(), plan()),
    "decomposed letters": (plan(), unicodedata.normalize("NFD", plan())),
    "a byte order mark and other line ends": (
        plan(),
        b"\xef\xbb\xbf" + plan().replace("\n", "\r\n").encode(),
    ),
    "blanks and line breaks": (plan(), plan().replace(". ", ".\n").replace("\n\n", "\n \n\n")),
    "the errors of a scan": (plan(), noisy(plan(), 1)),
    "the number left blank": (plan(), plan("      /KH-UBND")),
    "the old place of tone marks": (plan(), plan().replace("hòa", "hoà")),
}


@pytest.mark.parametrize("texts", TWINS.values(), ids=TWINS.keys())
def test_duplicates(texts: tuple[str | bytes, str | bytes], tmp_path: Path) -> None:
    index = build(tmp_path, {"1.txt": texts[0], "2.txt": texts[1]})
    assert [sorted(group) for group in groups(index)] == [["1.txt", "2.txt"]]


OTHERS = {
    "two districts with one plan": (plan(), plan(place="Bình Gia")),
    "two numbers": (plan(), plan("13/KH-UBND")),
    "two months": (plan(), plan(day="15 tháng 4 năm 2021")),
    "two symbols without a number": (plan("      /KH-UBND"), plan("     /TB-UBND")),
    "another text": (plan(), plan(body=prose(2))),
    "four fifths of the text": (plan(), plan(body=prose(1)[:1500] + prose(3)[:500])),
}


@pytest.mark.parametrize("texts", OTHERS.values(), ids=OTHERS.keys())
def test_no_duplicates(texts: tuple[str, str], tmp_path: Path) -> None:
    index = build(tmp_path, {"1.txt": texts[0], "2.txt": texts[1]})
    assert groups(index) == []
    assert {entry.group for entry in index.documents()} == {None}


CONTRADICTIONS = [
    pytest.param(header(), header(), False, id="the same"),
    pytest.param(header(), Header(), False, id="nothing stated"),
    pytest.param(header(), header(issued_on="2022-04"), False, id="a month and a day in it"),
    pytest.param(header(), header(issuer="UBND huyện"), False, id="an issuer without its place"),
    pytest.param(header(), header(number="141 /kh-ubnd"), False, id="spelled differently"),
    pytest.param(
        header(),
        replace(header(), issuer=replace(stated("Phòng Nội vụ"), inferred=True)),
        False,
        id="an issuer that is a guess",
    ),
    pytest.param(
        header(),
        replace(header(), place=replace(stated("huyện Bình Gia"), inferred=True)),
        True,
        id="a place that the signatory gives away",
    ),
    pytest.param(header(), header(number="142/KH-UBND"), True, id="number"),
    pytest.param(header(), header(issued_on="2022-05"), True, id="date"),
    pytest.param(header(), header(place="huyện Bình Gia"), True, id="place"),
    pytest.param(header(), header(issuer="UBND tỉnh Lạng Sơn"), True, id="issuer"),
    pytest.param(
        replace(header(number=None), symbol=stated("KH-UBND")),
        replace(header(number=None), symbol=stated("TB-UBND")),
        True,
        id="symbol",
    ),
]


@pytest.mark.parametrize(("one", "other", "expected"), CONTRADICTIONS)
def test_contradict(one: Header, other: Header, expected: bool) -> None:
    assert contradict(one, other) is expected
    assert contradict(other, one) is expected


def test_shingles() -> None:
    assert shingles("Một, hai; ba bốn\n năm sáu") == {
        "một hai ba bốn năm",
        "hai ba bốn năm sáu",
    }
    assert shingles("hai") == {"hai"}
    assert jaccard(frozenset("abc"), frozenset("bcd")) == 0.5
    assert sketch(plan()) == sketch(plan())
    assert sketch(plan()) != sketch(plan(body=prose(2)))
    assert len(bands(sketch(plan()))) == 16
    assert set(bands(sketch(plan()))) & set(bands(sketch(noisy(plan(), 1))))
    assert not set(bands(sketch(plan()))) & set(bands(sketch(plan(body=prose(2)))))


# Groups


def entry(id: str, found: Header | None = None) -> Entry:
    return Entry(
        id=id,
        path=id,
        source=f"{id}.txt",
        sha256=id,
        pipeline=1,
        header=found or Header(),
    )


def alike(first: str, second: str, share: float = 0.95) -> Alike:
    return Alike(first=first, second=second, share=share)


def test_a_chain_is_one_group() -> None:
    entries = {name: entry(name) for name in "abcd"}
    lengths = dict.fromkeys("abcd", 10)
    found = make_groups(entries, [alike("a", "b"), alike("b", "c")], lengths)
    assert found == {"a": "a", "b": "a", "c": "a"}


def test_a_third_does_not_bring_together_what_contradicts() -> None:
    entries = {
        "a": entry("a", header(number="1/KH-UBND")),
        "b": entry("b"),
        "c": entry("c", header(number="2/KH-UBND")),
    }
    pairs = [alike("a", "b", 0.91), alike("b", "c", 0.97)]
    for order in itertools.permutations(pairs):
        assert make_groups(entries, order, dict.fromkeys("abc", 10)) == {"b": "c", "c": "c"}


def test_which_is_shown() -> None:
    pairs = [alike("a", "b"), alike("a", "c")]
    full, blank = header(), header(number=None)
    for headers, lengths, shown in (
        ((blank, full, blank), (30, 10, 20), "b"),  # the most complete header
        ((blank, blank, blank), (10, 20, 30), "c"),  # then the longest text
        ((blank, blank, blank), (10, 10, 10), "a"),  # then the first name
    ):
        entries = {n: entry(n, h) for n, h in zip("abc", headers, strict=True)}
        found = make_groups(entries, pairs, dict(zip("abc", lengths, strict=True)))
        assert set(found.values()) == {shown}


def put(store: Records, texts: Sequence[tuple[str, str, Header]]) -> None:
    for name, text, found in texts:
        store.put(
            Document(id=name, text=text, source=f"{name}.txt", sha256=name),
            path=name,
            pipeline=1,
            header=found,
            outline=EMPTY,
            facts=Facts(),
            passages=(),
        )


def stored_groups(store: Store) -> dict[str, str | None]:
    return {entry.id: entry.group for entry in store.entries()}


def test_the_order_does_not_matter(tmp_path: Path) -> None:
    texts = [(f"d{n}", noisy(plan(), n, 3), Header()) for n in range(4)]
    texts.append(("other", plan(body=prose(2)), Header()))
    found = []
    for number, order in enumerate(itertools.permutations(texts)):
        if number % 24 == 0:
            store = Records(tmp_path / f"{number}.sqlite")
            put(store, order)
            group_duplicates(store)
            found.append(stored_groups(store))
    assert len(found) == 5
    assert all(each == found[0] for each in found)
    assert found[0]["other"] is None
    assert len({found[0][f"d{n}"] for n in range(4)}) == 1


def test_one_by_one_is_as_all_at_once(tmp_path: Path) -> None:
    texts = [(f"d{n}", noisy(plan(), n, 1), Header()) for n in range(3)]
    once, each = (Records(tmp_path / name) for name in ("once", "each"))
    put(once, texts)
    group_duplicates(once)
    for text in texts:
        state = each.number()
        put(each, [text])
        group_duplicates(each, state)
    assert stored_groups(each) == stored_groups(once)
    assert Pairs(each).stored() == Pairs(once).stored()
    assert len(Pairs(each).stored()) == 3
    assert all(pair.share >= ENOUGH for pair in Pairs(each).stored())
    state = each.number()
    each.remove("d0")
    group_duplicates(each, state)
    assert stored_groups(each) in ({"d1": "d1", "d2": "d1"}, {"d1": "d2", "d2": "d2"})
    state = each.number()
    each.remove("d1")
    group_duplicates(each, state)
    assert stored_groups(each) == {"d2": None}


def test_two_thousand_documents_take_seconds(tmp_path: Path) -> None:
    store = Records(tmp_path / "records.sqlite")
    texts = [
        (f"d{n:04}", prose(n if n % 10 else n - 1 if n else 0, 120), header(number=None))
        for n in range(2000)
    ]
    put(store, texts)
    started = time.perf_counter()
    group_duplicates(store)
    assert time.perf_counter() - started < 30  # some seconds
    grouped = {name for name, group in stored_groups(store).items() if group}
    assert grouped == {f"d{n + k:04}" for n in range(9, 1999, 10) for k in (0, 1)}


def test_two_thousand_letters_of_one_form_take_seconds(tmp_path: Path) -> None:
    store = Records(tmp_path / "records.sqlite")
    form = prose(5, 120)
    put(store, [(f"d{n:04}", form, header(number=f"{n}/KH-UBND")) for n in range(2000)])
    started = time.perf_counter()
    group_duplicates(store)
    assert time.perf_counter() - started < 60
    assert set(stored_groups(store).values()) == {None}


# What is shown


def test_one_of_a_group_is_found_and_names_the_others(tmp_path: Path) -> None:
    full, bare = plan(), plan().split("\n\n", 2)[2]  # the second has lost its letterhead
    task = "Phòng Nội vụ báo cáo UBND huyện trước ngày 20/11."
    texts: dict[str, str | bytes] = {
        "a.txt": bare.replace("\n\nTM.", f"\n\n1. {task}\n\nTM."),
        "b.txt": full.replace("\n\nTM.", f"\n\n1. {task}\n\nTM."),
        "c.txt": plan("99/KH-UBND", body=prose(9)),
    }
    index = build(tmp_path, texts)
    assert groups(index) == [["b.txt", "a.txt"]]
    hits = index.search("báo cáo trước ngày 20/11", k=100)
    assert {hit["source"] for hit in hits.to_list()} == {"b.txt", "c.txt"}
    named = {hit["source"]: hit["duplicates"] for hit in hits.to_list()}
    assert named == {"b.txt": ["a.txt"], "c.txt": []}
    assert "also in: a.txt" in str(hits)
    reply = index.ask("Đơn vị nào phải báo cáo trước ngày 20/11?").to_dict()
    assert reply["status"] == "answered"
    assert len(reply["items"]) == 1
    (citation,) = reply["citations"]
    assert (citation["source"], citation["duplicates"]) == ("b.txt", ["a.txt"])
    rows = {row["source"]: row for row in index.documents().to_list()}
    assert rows["a.txt"]["duplicate_of"] == rows["b.txt"]["document"]
    assert rows["b.txt"]["duplicate_of"] is None
    assert rows["b.txt"]["duplicates"] == ["a.txt"]


def test_filters_come_first(tmp_path: Path) -> None:
    index = build(tmp_path, {"a.txt": plan(), "b.txt": plan(), "c.txt": plan("9/KH-UBND")})
    only = docsearch.Filters(document="b.txt")
    hits = index.search("phổ cập giáo dục", filters=only).to_list()
    assert {hit["source"] for hit in hits} == {"b.txt"}
    assert hits[0]["duplicates"] == ["a.txt"]
    reply = index.ask("Số của kế hoạch phổ cập giáo dục là gì?", filters=only).to_dict()
    assert {each["source"] for each in reply["citations"]} <= {"b.txt"}
    assert len(index.documents(filters=docsearch.Filters(number="12/KH-UBND"))) == 2


def test_groups_follow_the_files(tmp_path: Path) -> None:
    index = build(tmp_path, {"a.txt": plan()})
    assert groups(index) == []
    index = build(tmp_path, {"b.txt": plan()})
    assert groups(index) == [["a.txt", "b.txt"]]
    index = build(tmp_path, {"a.txt": plan(body=prose(7))})
    assert groups(index) == []
    index = build(tmp_path, {"a.txt": plan(), "c.txt": plan()})
    assert groups(index) == [["a.txt", "b.txt", "c.txt"]]
    (tmp_path / "corpus" / "a.txt").unlink()
    assert groups(build(tmp_path, {})) == [["b.txt", "c.txt"]]


def measure_duplicates(folder: Path) -> list[list[str]]:
    """Return the groups of the collected documents and the corpus, built in an empty folder."""
    texts: dict[str, str | bytes] = {
        path.name: path.read_bytes()
        for path in [*sorted(DOCUMENTS.glob("*.txt")), *sorted(CORPUS.glob("*.txt"))]
        if not path.name.endswith(".truth.txt")
    }
    return groups(build(folder, texts))


@pytest.mark.skipif(not DOCUMENTS.exists(), reason="the collected documents are not here")
def test_collected_documents(tmp_path: Path) -> None:
    assert measure_duplicates(tmp_path) == [["103.txt", "104.txt"]]
    same = [(DOCUMENTS / name).read_bytes() for name in ("103.doc", "104.doc")]
    assert same[0] == same[1]  # one document whichever of its files is read
