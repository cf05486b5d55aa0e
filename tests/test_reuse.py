"""Shared text: what is found, that every quotation is verbatim, what is discounted."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import docsearch
from docsearch.compare.reuse_align import align, aligner
from docsearch.compare.reuse_candidates import candidate_pairs
from docsearch.compare.reuse_changes import CHANGE_WORDS
from docsearch.compare.reuse_result import Reuse, change_words
from docsearch.compare.reuse_words import Source, read_words, standard_sentences
from docsearch.errors import DocumentNotFoundError, QueryError
from docsearch.records import Facts, Header, Span
from docsearch.vocabulary import load
from tests.factories import HashEncoder, outline, passage

TASK = (
    "Phối hợp với Trường Cao đẳng tổ chức tuyển sinh, đào tạo trình độ trung cấp, sơ cấp các "
    "ngành, nghề theo yêu cầu của doanh nghiệp; bảo đảm 70% học sinh tốt nghiệp trước ngày "
    "15/12/2023 và được giới thiệu việc làm ổn định tại huyện Kon Rẫy, trong đó các nội dung "
    "tuyên truyền, hướng nghiệp do Phòng Nội vụ chủ trì, báo cáo kết quả cuối năm"
)
LETTERHEAD = (
    "ỦY BAN NHÂN DÂN\nHUYỆN {name}\n\nSố: {number}\n\n{name}, ngày {day}\n\nKẾ HOẠCH\n\n"
    "Công tác {topic}\n\n"
)
FORMULA = (
    "Trong quá trình triển khai thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị kịp "
    "thời phản ánh về Ủy ban nhân dân huyện để xem xét, giải quyết theo quy định."
)


def written(folder: Path, texts: Sequence[str]) -> docsearch.Index:
    """Return an index of texts; each has a file."""
    source = folder / "source"
    source.mkdir()
    for number, text in enumerate(texts):
        (source / f"{number}.txt").write_text(text, encoding="utf-8")
    return docsearch.build(source, folder / "index", encoder=HashEncoder())


def plan(name: str, number: str, day: str, topic: str, *lines: str) -> str:
    head = LETTERHEAD.format(name=name, number=number, day=day, topic=topic)
    body = "\n\n".join(f"{n}. {line}." for n, line in enumerate(lines, start=1))
    return f"{head}{body}\n\n{FORMULA}\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> docsearch.Index:
    """Return an index of a plan and one that took a task from it, and changed it."""
    changed = (
        TASK.replace("70%", "85%").replace("15/12/2023", "31/3/2024").replace("Kon Rẫy", "Đăk Hà")
    ).replace("Phòng Nội vụ", "Phòng Tài chính")
    return written(
        tmp_path_factory.mktemp("two"),
        [
            plan("ĐĂK HÀ", "20/KH-UBND", "05 tháng 01 năm 2024", "nghề nghiệp", changed, "Mua sắm"),
            plan("KON RẪY", "10/KH-UBND", "03 tháng 02 năm 2023", "phân luồng", "Họp", TASK),
        ],
    )


def test_a_task_that_was_taken_over_is_found(two: docsearch.Index) -> None:
    [found] = two.reuse().to_list()
    assert found["order"] == "dated"
    assert (found["first"]["source"], found["second"]["source"]) == ("1.txt", "0.txt")
    assert found["first"]["quote"].endswith("báo cáo kết quả cuối năm")
    assert found["words"] >= 40
    assert [flow["from"] for flow in two.reuse().to_dict()["flows"]] == [found["first"]["document"]]


def test_what_was_changed_is_listed(two: docsearch.Index) -> None:
    [found] = two.reuse().to_list()
    kinds = {
        change["kind"]: (change["before"]["text"], change["after"]["text"])
        for change in found["changes"]
    }
    assert kinds["number"] == ("70", "85")
    assert kinds["date"] == ("15/12/2023", "31/3/2024")
    assert kinds["place"] == ("huyện Kon Rẫy", "huyện Đăk Hà")
    assert kinds["body"] == ("Phòng Nội vụ", "Phòng Tài chính")
    assert "số: 70 → 85" in [change_words(change) for change in found["changes"]]


def check_quotes(index: docsearch.Index, reuse: Reuse) -> int:
    """Check every quotation and change against the texts; return how many there are."""
    count = 0
    for row in reuse.to_list():
        pieces = [
            (row["first"]["document"], row["first"]),
            (row["second"]["document"], row["second"]),
        ]
        for change in row["changes"]:
            assert change["kind"] in CHANGE_WORDS
            for side, part in (("before", "first"), ("after", "second")):
                if change[side]:
                    pieces.append((row[part]["document"], change[side]))
        for document, piece in pieces:
            text = index.document(document).text
            assert text[piece["start"] : piece["end"]] == piece.get("quote", piece.get("text"))
            count += 1
    return count


def test_quotations_are_verbatim(two: docsearch.Index, hashed_index: docsearch.Index) -> None:
    assert check_quotes(two, two.reuse()) >= 10
    assert check_quotes(hashed_index, hashed_index.reuse()) > 60


def test_the_seeds_of_one_district_share_a_task(hashed_index: docsearch.Index) -> None:
    found = hashed_index.reuse("000_eba29bdb91f8a10b.txt", with_document="002_1d6f7e26cffbb5e3.txt")
    [row] = found.to_list()
    assert row["words"] == 48
    assert "Trường Cao đẳng Kon Tum" in row["first"]["quote"]
    assert row["order"] == "unknown"
    assert row["changes"][0]["before"]["text"] == "từng"


def test_the_two_halves_of_a_page_are_one_document(hashed_index: docsearch.Index) -> None:
    [found] = hashed_index.reuse("004_51d59cd3eefeb0a9.txt").to_dict()["duplicates"]
    assert found["kind"] == "copy"
    assert found["share"] > 0.99
    text = hashed_index.document(found["document"]).text
    assert "Na Mèo" in text[found["start"] : found["end"]]
    shared = hashed_index.reuse("004_51d59cd3eefeb0a9.txt").to_list()
    assert all(row["words"] < 40 for row in shared)  # not passage by passage once more


def test_the_same_document_in_two_files_is_said_once(tmp_path: Path) -> None:
    text = plan("KON RẪY", "10/KH-UBND", "03 tháng 02 năm 2023", "phân luồng", "Họp", TASK)
    found = written(tmp_path, [text, text]).reuse("1.txt")
    assert found.to_list() == []
    [duplicate] = found.to_dict()["duplicates"]
    assert (duplicate["kind"], duplicate["others"]) == ("file", ["1.txt"])


def test_formulas_are_no_shared_text(tmp_path: Path) -> None:
    one = plan("KON RẪY", "10/KH-UBND", "03 tháng 02 năm 2023", "phân luồng", "Họp giao ban")
    other = plan("ĐĂK HÀ", "20/KH-UBND", "05 tháng 01 năm 2024", "xây dựng trường", "Mua sắm")
    found = written(tmp_path, [one, other]).reuse()
    assert found.to_list() == []
    assert "Không có đoạn chung nào" in str(found)


@pytest.mark.parametrize(
    ("entry", "example"),
    [(entry, str(each)) for entry in load("formulas") for each in entry["examples"]],  # type: ignore[union-attr]
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_formula_examples(entry: object, example: str) -> None:
    text = f"Phòng Giáo dục chủ trì thực hiện. {example}."
    spans = list(standard_sentences(text, Span(0, len(text))))
    assert any(span.of(text).strip() == example for span in spans) or any(
        len(span.of(text)) > 0.6 * len(example) for span in spans
    )
    assert all(span.start >= len("Phòng Giáo dục chủ trì thực hiện.") for span in spans)


@pytest.mark.parametrize(
    "words",
    [
        "Khắc phục khó khăn về cơ sở vật chất cho các trường vùng sâu",
        "Yêu cầu cần đạt của chương trình là học sinh thực hiện được các phép tính",
    ],
)
def test_plain_sentences_are_no_formulas(words: str) -> None:
    assert list(standard_sentences(words, Span(0, len(words)))) == []


def test_a_phrase_of_very_many_documents_does_not_count() -> None:
    phrase = "việc này giao cho bộ phận một cửa tiếp nhận và trả kết quả đúng hẹn cho công dân"
    sources = []
    for number in range(30):
        rng = random.Random(number)
        text = f"{phrase} " + " ".join(f"từ{rng.randrange(9999)}" for _ in range(20))
        sources.append(
            Source(
                document=f"d{number}",
                text=text,
                passages=[passage(text, document_id=f"d{number}")],
                outline=outline(text),
                header=Header(),
                facts=Facts(),
            )
        )
    assert not read_words(sources)[0].counts[: len(phrase.split())].any()
    assert read_words(sources[:20])[0].counts.all()


words_ = st.lists(st.integers(0, 30), min_size=0, max_size=60)


@settings(max_examples=60, deadline=None)
@given(words_, words_)
def test_alignments_agree_and_ascend(one: list[int], other: list[int]) -> None:
    first, second = np.array(one, dtype=np.int32), np.array(other, dtype=np.int32)
    last = (-1, -1)
    for matches in align(first, second, 3):
        assert (first[matches[:, 0]] == second[matches[:, 1]]).all()
        for a, b in matches.tolist():
            assert a > last[0]
            assert b > last[1]
            last = (a, b)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 3))
def test_a_copy_with_changes_is_a_candidate(seed: int, changed: int) -> None:
    rng = random.Random(seed)
    taken = [f"t{rng.randrange(10_000)}" for _ in range(24)]
    copy = list(taken)
    for _ in range(changed):
        copy[rng.randrange(len(copy))] = f"x{rng.randrange(10_000)}"
    texts = []
    for number, words in enumerate((taken, copy)):
        own = [f"{'ab'[number]}{rng.randrange(10_000)}" for _ in range(30)]
        texts.append(" ".join(own[:15] + words + own[15:]))
    sources = [
        Source(
            document=str(number),
            text=text,
            passages=[passage(text, document_id=str(number))],
            outline=outline(text),
            header=Header(),
            facts=Facts(),
        )
        for number, text in enumerate(texts)
    ]
    read = read_words(sources)
    assert len(candidate_pairs(read)) == 1
    assert aligner().score(read[0].words, read[1].words) >= 30


def test_order_of_files_changes_nothing(tmp_path: Path, two: docsearch.Index) -> None:
    (tmp_path / "b").mkdir()
    texts = [two.document(f"{number}.txt").text for number in (1, 0)]
    turned = written(tmp_path / "b", texts)
    assert two.corpus_hash == turned.corpus_hash
    [one], [other] = two.reuse().to_list(), turned.reuse().to_list()
    assert one["first"]["quote"] == other["first"]["quote"]
    assert hashlib.sha256(b"").hexdigest() != two.corpus_hash


@pytest.mark.parametrize(("words", "share"), [(3, 0.75), (15, 0.0), (15, 1.5)])
def test_what_cannot_be_asked(two: docsearch.Index, words: int, share: float) -> None:
    with pytest.raises(QueryError):
        two.reuse(min_words=words, min_share=share)
    with pytest.raises(DocumentNotFoundError):
        two.reuse("nothing.txt")


def test_shown_everywhere(two: docsearch.Index) -> None:
    found = two.reuse()
    assert "theo ngày ban hành" in str(found)
    page = found.to_html()
    assert "<mark title='số'>70</mark>" in page
    assert two.corpus_hash[:16] in page
    assert list(found.to_pandas()["words"]) == [found.to_list()[0]["words"]]


def test_one_document_alone(tmp_path: Path) -> None:
    found = written(tmp_path, [f"1. {TASK}."]).reuse()
    assert found.to_dict()["shared"] == []
    assert found.to_dict()["documents"] == 1
