"""Places that a question names and the corpus does not know."""

from __future__ import annotations

import pytest

from tests.test_understand import ask


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        pytest.param("Huyện Thanh Chương báo cáo khi nào?", ["huyện Thanh Chương"], id="marked"),
        pytest.param("Huyen Thanh Chuong bao cao khi nao", ["huyện Thanh Chuong"], id="capitals"),
        pytest.param("huyen thanh chuong bao cao khi nao", ["huyện thanh chuong"], id="plain"),
        pytest.param(
            "When must Thanh Chuong district report?", ["Thanh Chuong district"], id="english"
        ),
        pytest.param("Xã Kim Bảng Thượng có mấy trường?", ["xã Kim Bảng Thượng"], id="in-no-table"),
        pytest.param("huyện Chi Lăng báo cáo khi nào?", [], id="of-the-corpus"),
        pytest.param("huyen chi lang bao cao khi nao", [], id="of-the-corpus-plain"),
        pytest.param("When must Chi Lang district report?", [], id="of-the-corpus-english"),
        pytest.param("xa hoi hoa giao duc la gi", [], id="words-that-begin-as-a-level"),
        pytest.param("tinh hinh phan luong hoc sinh the nao", [], id="tinh-hinh"),
        pytest.param("phuong an tuyen sinh lop 10", [], id="phuong-an"),
        pytest.param("huyen uy bao cao ai", [], id="huyen-uy"),
        pytest.param("UBND xã, thị trấn phải làm gì?", [], id="levels-alone"),
        pytest.param("huyen lo trang giao viec gi", ["huyen lo trang"], id="in-no-table-plain"),
        pytest.param("o huyen lo trang nam 2020", ["huyen lo trang"], id="after-a-word-of-place"),
        pytest.param("cac xa nhan tien ho tro khi nao", [], id="no-name-after-all-communes"),
        pytest.param("huyen co bao nhieu truong", [], id="a-verb-after-a-level"),
        pytest.param(
            "In Lo Trang district, who must report?", ["Lo Trang district"], id="in-is-no-name"
        ),
    ],
)
def test_unknown_places(question: str, unknown: list[str]) -> None:
    assert list(ask(question).unknown_places) == unknown


@pytest.mark.parametrize(
    ("question", "doubtful"),
    [
        pytest.param("Các trường ở Bình Chánh báo cáo khi nào?", ["Bình Chánh"], id="after-o"),
        pytest.param("How many schools in Thanh Chuong?", ["Thanh Chuong"], id="after-in"),
        pytest.param("Các trường ở Bình Sơn báo cáo khi nào?", [], id="of-the-corpus"),
        pytest.param("Bình Chánh báo cáo khi nào?", [], id="no-word-of-place-before"),
        pytest.param("Quy định tại Nghị Quyết này là gì?", [], id="no-place"),
    ],
)
def test_names_without_a_level_are_doubtful(question: str, doubtful: list[str]) -> None:
    assert list(ask(question).doubtful_places) == doubtful
