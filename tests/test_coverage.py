"""Which subjects places speak of: subjects from headings, the table and its picture."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

import docsearch
from docsearch.compare.coverage import Coverage
from docsearch.compare.subjects import subject_name
from docsearch.errors import QueryError


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("3. Xây dựng đội ngũ nhà giáo", "xây dựng đội ngũ nhà giáo"),
        (
            "4. Thực hiện hiệu quả công tác phân luồng học sinh sau THCS. Đẩy mạnh giáo dục nghề",
            "phân luồng học sinh sau THCS",
        ),
        ("Phòng, chống thiên tai năm 2025 trên địa bàn xã Xuân Tín", "phòng, chống thiên tai"),
        ("II. CẢI CÁCH HÀNH CHÍNH", "cải cách hành chính"),
        ("Điều 5. Các quy định đối với đại lý Internet", "đại lý Internet"),
        ("IV. TỔ CHỨC THỰC HIỆN", None),
        ("I. MỤC ĐÍCH, YÊU CẦU", None),
        ("1. Giai đoạn 2021 - 2025", None),
        ("2. Phòng Tài chính - Kế hoạch huyện", None),
        ("8. UBND các xã, thị trấn", None),
        ("", None),
        ("***", None),
    ],
)
def test_the_name_of_a_subject(heading: str, name: str | None) -> None:
    assert subject_name(heading) == name


@pytest.fixture(scope="module")
def coverage(corpus_index: docsearch.Index) -> Coverage:
    return corpus_index.coverage(most=8)


def test_subjects_are_words_of_headings(coverage: Coverage, corpus_index: docsearch.Index) -> None:
    assert 4 <= len(coverage.topics) <= 8
    assert len(set(coverage.topics)) == len(coverage.topics)
    texts = [corpus_index.document(entry.id).text for entry in corpus_index.documents()]
    lowered = " ".join(" ".join(text.lower().split()) for text in texts)
    for topic in coverage.topics:
        assert topic.lower() in lowered


def test_every_subject_is_spoken_of_somewhere(coverage: Coverage) -> None:
    frame = coverage.to_pandas()
    assert frame.notna().any(axis=1).all()
    assert frame.max().max() <= 1.0


def test_what_is_not_spoken_of_is_empty(corpus_index: docsearch.Index) -> None:
    found = corpus_index.coverage(["an toàn trường học", "đóng tàu biển"])
    frame = found.to_pandas()
    said = frame.loc["an toàn trường học"].notna()
    assert said["huyện Bình Sơn"]
    assert not said["huyện Chi Lăng"]
    assert frame.loc["đóng tàu biển"].isna().all()


def test_the_formats(coverage: Coverage, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(coverage.render("csv"))))
    assert len(rows) == len(coverage.topics) * len(coverage.matrix.places)
    assert coverage.render("md").count("\n") == len(coverage.topics) + 2
    for form in ("xlsx", "png", "svg", "html"):
        coverage.write(form, tmp_path / f"c.{form}")
    assert (tmp_path / "c.png").read_bytes()[:4] == b"\x89PNG"
    assert coverage.plot().to_bytes("svg") == coverage.plot().to_bytes("svg")
    with pytest.raises(QueryError, match="name one with --output"):
        coverage.render("xlsx")


def test_the_labels_of_the_picture_are_whole_and_apart(coverage: Coverage) -> None:
    figure = coverage.plot().figure
    figure.canvas.draw()
    axes = figure.axes[0]
    for labels in (axes.get_yticklabels(), axes.get_xticklabels()):
        boxes = [label.get_window_extent() for label in labels]
        assert not any(
            one.overlaps(other) for n, one in enumerate(boxes) for other in boxes[n + 1 :]
        )
        assert all(box.x0 >= 0 and box.y1 <= figure.bbox.y1 for box in boxes)


@pytest.mark.parametrize("most", [0, 101])
def test_too_few_or_too_many(corpus_index: docsearch.Index, most: int) -> None:
    with pytest.raises(QueryError, match="from 1 to 100"):
        corpus_index.coverage(most=most)
