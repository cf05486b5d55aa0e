"""The matrix of topics and places: what its cells hold, and what those say that hold nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest

import docsearch
from docsearch.compare.aspects import ASPECTS, WITHIN_A_TOPIC, is_of, titles
from docsearch.compare.comparison import Comparison
from docsearch.compare.matrix import Aspect, Cell, Figure, Matrix
from docsearch.compare.matrix_aligned import same_indicator, shared
from docsearch.compare.topics import LIGHT
from docsearch.encode import Floats2d
from docsearch.errors import QueryError
from docsearch.records import Citation, Comparator
from docsearch.vocabulary import load
from tests.factories import HashEncoder

TOPICS = (
    "phân luồng học sinh sau THCS",
    "trường đạt chuẩn quốc gia",
    "giáo viên",
    "kinh phí",
    "báo cáo",
    "khám bệnh, chữa bệnh",
)


def cited(cell: Cell) -> Iterator[Citation]:
    for quotation in cell.quotations:
        yield from quotation.citations
    if cell.nearest:
        yield cell.nearest.citation


def cell_of(matrix: Matrix, place: str, aspect: str | None = None) -> Cell:
    column = [each.name for each in matrix.places].index(place)
    row = next(row for row in matrix.rows if aspect in (None, row.aspect))
    return row.cells[column]


# What stands in cells


def test_every_quotation_stands_in_its_document(corpus_index: docsearch.Index) -> None:
    found = corpus_index.compare(TOPICS, aspects=ASPECTS)
    citations = [c for row in found.matrix.rows for cell in row.cells for c in cited(cell)]
    assert len(citations) > 200
    for citation in citations:
        text = corpus_index.document(citation.document).text
        assert citation.quote
        assert text[citation.span.start : citation.span.end] == citation.quote


def test_a_cell_quotes_documents_of_its_place_alone(corpus_index: docsearch.Index) -> None:
    matrix = corpus_index.compare(TOPICS, aspects=ASPECTS).matrix
    for row in matrix.rows:
        for place, cell in zip(matrix.places, row.cells, strict=True):
            assert cell.searched == len(place.documents)
            assert {citation.document for citation in cited(cell)} <= set(place.documents)


def test_a_gist_is_words_of_its_quotations(corpus_index: docsearch.Index) -> None:
    matrix = corpus_index.compare(TOPICS[0], aspects=["targets", "measures", "budget"]).matrix
    for row in matrix.rows:
        for cell in row.cells:
            for quotation in cell.quotations:
                words = " ".join(quotation.citations[0].quote.replace("*", "").split())
                gist = quotation.gist.rstrip(" .;")
                assert " ".join(gist.split()) in words


@pytest.mark.parametrize(
    ("topic", "aspect", "place", "words"),
    [
        ("phân luồng học sinh sau THCS", "targets", "huyện Kon Rẫy", "70% học sinh"),
        ("phân luồng học sinh sau THCS", "targets", "huyện Chi Lăng", "Trên 90% thanh"),
        ("phân luồng học sinh sau THCS", "targets", "xã Na Mèo", "70% học sinh"),
        ("phan luong hoc sinh sau thcs", "lead", "huyện Kon Rẫy", "Phòng Giáo dục và Đào tạo"),
        ("phân luồng học sinh", "cooperating", "huyện Chi Lăng", "Lao động, Thương binh"),
        ("phân luồng", "deadlines", "huyện Chi Lăng", "giai đoạn 2018 - 2025"),
        ("tốt nghiệp THCS không tham gia", "reporting", "huyện Kon Rẫy", "ngày 25 hàng tháng"),
        ("báo cáo", "reporting", "huyện Bình Sơn", "26/7/2024"),
        ("quỹ khuyến học", "budget", "xã Na Mèo", "35 triệu đồng"),
        ("an toàn trường học", "gist", "huyện Bình Sơn", "an toàn trường học"),
        ("trường đạt chuẩn quốc gia", "targets", "huyện Chi Lăng", "33 trường"),
        ("national standard schools", "targets", "huyện Chi Lăng", "33 trường"),
    ],
)
def test_a_cell_says_what_the_document_says(
    corpus_index: docsearch.Index, topic: str, aspect: Aspect, place: str, words: str
) -> None:
    cell = cell_of(corpus_index.compare(topic, place, aspect).matrix, place)
    assert cell.status == "stated"
    assert any(words in quotation.gist for quotation in cell.quotations)


@pytest.mark.parametrize(
    ("topic", "aspect", "place", "speaks"),
    [
        ("phân luồng học sinh sau THCS", "targets", "huyện Bình Sơn", False),
        ("an toàn trường học", "gist", "huyện Chi Lăng", False),
        ("phân luồng học sinh sau THCS", "budget", "xã Na Mèo", True),
    ],
)
def test_what_is_not_stipulated_shows_what_comes_nearest(
    corpus_index: docsearch.Index, topic: str, aspect: Aspect, place: str, *, speaks: bool
) -> None:
    found = corpus_index.compare(topic, place, aspect)
    cell = cell_of(found.matrix, place)
    assert (cell.status, cell.quotations) == ("not_stipulated", ())
    assert cell.nearest is not None
    assert ("Có nói về chủ đề" if speaks else "Không nói về chủ đề") in found.to_html()


def test_a_topic_that_no_document_has_is_a_row_of_nothing(corpus_index: docsearch.Index) -> None:
    matrix = corpus_index.compare("giải phóng mặt bằng, tái định cư").matrix
    assert [row.aspect for row in matrix.rows] == list(WITHIN_A_TOPIC)
    assert {cell.status for row in matrix.rows for cell in row.cells} == {"not_stipulated"}
    assert not any(cell.quotations for row in matrix.rows for cell in row.cells)


def test_a_place_without_a_document_says_so(corpus_index: docsearch.Index) -> None:
    found = corpus_index.compare("phân luồng học sinh", ["huyện Lộc Bình", "chi lang"])
    statuses = {cell.status for row in found.matrix.rows for cell in row.cells[1:]}
    assert [place.label for place in found.matrix.places] == ["huyện Chi Lăng", "huyện Lộc Bình"]
    assert statuses == {"no_document"}
    assert "chưa có văn bản" in str(found)


def test_provinces_come_before_districts_and_communes(corpus_index: docsearch.Index) -> None:
    matrix = corpus_index.compare(
        "giáo dục", ["xã Na Mèo", "huyện Chi Lăng", "tỉnh Lạng Sơn"]
    ).matrix
    assert [place.tier for place in matrix.places] == ["province", "district", "commune"]


def test_several_topics_are_rows_of_their_gist(corpus_index: docsearch.Index) -> None:
    matrix = corpus_index.compare(["chuyển đổi số", "xóa mù chữ", "chuyển đổi số"]).matrix
    assert [(row.topic, row.aspect) for row in matrix.rows] == [
        ("chuyển đổi số", "gist"),
        ("xóa mù chữ", "gist"),
    ]


def test_the_same_comparison_is_the_same_byte_for_byte(corpus_index: docsearch.Index) -> None:
    first, second = (corpus_index.compare(TOPICS[:2], aspects=ASPECTS) for _ in range(2))
    assert first.matrix == second.matrix
    for form in ("json", "csv", "md", "html", "table"):
        assert first.render(form) == second.render(form)
    assert first.matrix.origin.corpus == corpus_index.corpus_hash


# Topics and places that are no good


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("", "no topic"),
        ("   ", "no topic"),
        ("và", "no word to look for"),
        ("các", "no word to look for"),
        ("về việc", "no word to look for"),
        ("!?", "empty"),
    ],
)
def test_a_topic_without_a_word(corpus_index: docsearch.Index, topic: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        corpus_index.compare(topic)


def test_no_topic_at_all(corpus_index: docsearch.Index) -> None:
    with pytest.raises(QueryError, match="no topic"):
        corpus_index.compare([])


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("huyện Chi Lắng", "did you mean: huyện Chi Lăng"),
        ("Kon Rãi Rẫy", "huyện Kon Rẫy"),
        ("Xyzzy", "documents are of: "),
        ("", "is empty"),
        ("huyện Na Mèo", "no place that is known; did you mean: xã Na Mèo"),
    ],
)
def test_a_place_that_does_not_exist(corpus_index: docsearch.Index, place: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        corpus_index.compare("giáo dục", place)


def test_an_aspect_that_does_not_exist(corpus_index: docsearch.Index) -> None:
    with pytest.raises(QueryError, match=r"lead \(Đơn vị chủ trì\)"):
        corpus_index.compare("giáo dục", aspects="ai làm")


@pytest.mark.parametrize("name", ["lead", "Đơn vị chủ trì", "don vi chu tri"])
def test_an_aspect_by_any_of_its_names(corpus_index: docsearch.Index, name: str) -> None:
    assert corpus_index.compare("giáo dục", "Chi Lăng", name).matrix.aspects == ("lead",)


# Small corpora


def plan(place: str, above: str, body: str, *, level: str = "XÃ") -> str:
    return (
        f"ỦY BAN NHÂN DÂN\n{level} {place.upper()}\n\nSố: 5/KH-UBND\n\n"
        f"{place}, ngày 4 tháng 5 năm 2022\n\nKẾ HOẠCH\nPhát triển giáo dục năm 2022\n\n"
        f"Thực hiện Kế hoạch số 1/KH-UBND của UBND {above}.\n\nI. NHIỆM VỤ\n\n{body}\n\n"
        f"Nơi nhận:\n- UBND {above};\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn A\n"
    )


def built(folder: Path, texts: Sequence[str]) -> docsearch.Index:
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    return docsearch.build(folder, folder / "index", encoder=HashEncoder())


def test_a_place_of_two_provinces_is_asked_for(tmp_path: Path) -> None:
    index = built(
        tmp_path,
        [
            plan("Đồng Tiến", "huyện Triệu Sơn, tỉnh Thanh Hóa", "1. Xây dựng trường học."),
            plan("Đồng Tiến", "thành phố Phổ Yên, tỉnh Thái Nguyên", "1. Xây dựng trường học."),
        ],
    )
    labels = [place.label for place in index.compare("trường học").matrix.places]
    assert labels == ["xã Đồng Tiến, tỉnh Thanh Hóa", "xã Đồng Tiến, tỉnh Thái Nguyên"]
    with pytest.raises(QueryError, match="several places; give one of: xã Đồng Tiến, huyện"):
        index.compare("trường học", "xã Đồng Tiến")
    one = index.compare("trường học", "xa dong tien, thanh hoa").matrix
    assert [place.label for place in one.places] == labels[:1]


def test_a_corpus_of_one_document(tmp_path: Path) -> None:
    index = built(tmp_path, [plan("Na Mèo", "huyện Quan Sơn", "1. Xây dựng trường học mới.")])
    found = index.compare("trường học")
    assert [place.label for place in found.matrix.places] == ["xã Na Mèo"]
    assert "Chỉ có một nơi" in str(found)


def test_documents_without_a_place_are_named(tmp_path: Path) -> None:
    loose = "Đề nghị các trường xây dựng kế hoạch năm học và gửi về trước ngày 1/6.\n"
    index = built(tmp_path, [plan("Na Mèo", "huyện Quan Sơn", "1. Xây dựng trường học."), loose])
    found = index.compare("trường học")
    assert found.matrix.without_place == ("1.txt",)
    assert "1 văn bản không nêu nơi ban hành" in str(found)


def test_a_corpus_without_any_place(tmp_path: Path) -> None:
    index = built(tmp_path, ["Đề nghị các trường xây dựng kế hoạch năm học.\n"])
    with pytest.raises(QueryError, match="no document states its place"):
        index.compare("trường học")
    matrix = index.compare("trường học", "huyện Chi Lăng").matrix
    assert {cell.status for row in matrix.rows for cell in row.cells} == {"no_document"}


def test_formulas_are_written_as_text(tmp_path: Path) -> None:
    body = "1. Xây dựng.\n\n- =1+1 trường học là của văn bản này.\n\n- +2 trường học xây mới.\n"
    index = built(tmp_path, [plan("Na Mèo", "huyện Quan Sơn", body)])
    found = index.compare("trường học", aspects="gist")
    gists = [q.gist for row in found.matrix.rows for c in row.cells for q in c.quotations]
    assert {gist[0] for gist in gists} == {"=", "+"}
    rows = list(csv.reader(io.StringIO(found.to_csv())))
    assert not any(cell.startswith(("=", "@")) for row in rows for cell in row)
    found.to_excel(tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert book.sheetnames == ["Ma trận", "Trích dẫn", "Chỉ tiêu đối chiếu", "Nguồn"]
    assert not any(c.data_type == "f" for sheet in book for row in sheet for c in row)


class CountingEncoder(HashEncoder):
    """Counts how many questions it is given at a time."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        self.asked.append(len(texts))
        return super().encode_queries(texts)


def test_topics_are_encoded_once_and_together(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    for number, name in enumerate(("Na Mèo", "Sơn Thủy")):
        text = plan(name, "huyện Quan Sơn", "1. Xây dựng trường học.")
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    index = docsearch.build(tmp_path, tmp_path / "index", encoder=encoder)
    encoder.asked.clear()
    index.compare(["trường học", "giáo viên", "học sinh"])
    assert encoder.asked == [3]


# Figures of one indicator


def figure(subject: str, indicator: str, comparator: Comparator = "=", unit: str = "%") -> Figure:
    return Figure(
        subject=subject,
        indicator=indicator,
        comparator=comparator,
        value=70,
        value_to=None,
        unit=unit,
        period=None,
        kind="target",
    )


GRADUATES = ("học sinh", "tốt nghiệp THCS tiếp tục học lên THPT")
YOUTH = ("thanh, thiếu niên trong độ tuổi 15 - 18", "học tiếp trung học phổ thông")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (figure(*GRADUATES), figure("học sinh", "tốt nghiệp THCS tiếp tục học cấp THPT"), True),
        (figure(*GRADUATES), figure(*YOUTH, ">"), False),
        (figure("trẻ 5 tuổi", "tỷ lệ huy động"), figure("trẻ 5 tuổi", "mức huy động"), True),
        (figure("trẻ 5 tuổi", "tỷ lệ huy động"), figure("trẻ 4 tuổi", "tỷ lệ huy động"), False),
        (figure("trường", "đạt chuẩn mức độ 1"), figure("trường", "đạt chuẩn mức độ 2"), False),
        (figure("hộ", "nghèo", "<="), figure("hộ", "nghèo", ">="), False),
        (figure("hộ", "nghèo", "<="), figure("hộ", "nghèo", "="), True),
        (figure("hộ", "nghèo"), figure("hộ", "nghèo", unit="hộ"), False),
        (figure("trẻ", "suy dinh dưỡng"), figure("trẻ", "đến trường"), False),
    ],
)  # fmt: skip
def test_figures_of_one_indicator(one: Figure, other: Figure, *, same: bool) -> None:
    assert same_indicator(one, other) is same
    assert same_indicator(other, one) is same


def test_the_same_target_of_two_places_stands_in_one_line(corpus_index: docsearch.Index) -> None:
    found = corpus_index.compare("phân luồng học sinh sau THCS", aspects="targets").aligned()
    both = shared(found)
    assert [set(each.places) for each in both] == [{"huyện Kon Rẫy", "xã Na Mèo"}]
    assert {value.value for value in both[0].values} == {70.0}
    youth = next(each for each in found if "15 - 18" in each.subject)
    assert youth.places == ("huyện Chi Lăng",)


# Formats


@pytest.fixture(scope="module")
def found(corpus_index: docsearch.Index) -> Comparison:
    return corpus_index.compare("phân luồng học sinh sau THCS")


def test_the_json_refers_to_citations_that_are_there(found: Comparison) -> None:
    payload = json.loads(found.render("json"))
    assert payload == found.to_dict()
    count = len(payload["citations"])
    for row in payload["rows"]:
        assert [cell["place"] for cell in row["cells"]] == [p["label"] for p in payload["places"]]
        for cell in row["cells"]:
            numbers = [n for q in cell["quotations"] for n in q["citations"]]
            numbers += [cell["nearest"]["citation"]] if cell["nearest"] else []
            assert all(0 <= number < count for number in numbers)
            assert bool(cell["quotations"]) == (cell["status"] == "stated")


def test_the_frame_has_places_across(found: Comparison) -> None:
    frame = found.to_pandas()
    assert list(frame.columns) == [place.label for place in found.matrix.places]
    assert frame.loc[("phân luồng học sinh sau THCS", "Kinh phí"), "xã Na Mèo"] == "không quy định"


def test_the_csv_has_a_line_for_every_cell(found: Comparison) -> None:
    rows = list(csv.DictReader(io.StringIO(found.to_csv())))
    cells = {(row["aspect"], row["place"]) for row in rows}
    assert len(cells) == len(found.matrix.rows) * len(found.matrix.places)


def test_the_table_fits_a_terminal(found: Comparison) -> None:
    lines = str(found).splitlines()
    table = [line for line in lines if line.startswith(("│", "┌", "├", "└"))]
    assert table
    assert max(map(len, table)) <= 110


def test_markdown_and_html_escape_the_words_of_documents(tmp_path: Path) -> None:
    body = "1. Xây dựng trường học <script>alert(1)</script> | *đẹp* [x](http://y).\n"
    found = built(tmp_path, [plan("Na Mèo", "huyện Quan Sơn", body)]).compare("trường học")
    assert "<script>" not in found.to_html() + found.to_markdown()
    assert "\\|" in found.to_markdown()


def test_a_file_format_without_a_file(found: Comparison) -> None:
    with pytest.raises(QueryError, match="name one with --output"):
        found.render("xlsx")


# The vocabulary


@pytest.mark.parametrize("entry", load("aspects"), ids=lambda entry: str(entry["aspect"]))
def test_the_examples_of_an_aspect(entry: dict[str, object]) -> None:
    examples = entry["examples"]
    assert isinstance(examples, list)
    assert bool(examples) == bool(entry["patterns"])
    for example in examples:
        assert is_of(str(entry["aspect"]), str(example))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("aspect", "words"),
    [
        ("reporting", "Thống nhất các nội dung báo cáo và ý kiến tham gia"),
        ("cooperating", "Chủ trì, phối hợp với các cơ quan liên quan"),
        ("budget", "Trên 90% thanh, thiếu niên"),
    ],
)
def test_words_of_another_aspect(aspect: Aspect, words: str) -> None:
    assert not is_of(aspect, words)


def test_every_aspect_has_a_title() -> None:
    assert tuple(titles()) == ASPECTS


def test_light_syllables_are_spelled_alike() -> None:
    from docsearch.index.tokens import alike

    assert {alike(word) for word in LIGHT} == LIGHT
