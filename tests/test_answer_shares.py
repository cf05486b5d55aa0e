"""Figures of a list: each with the name that stands before it in its part."""

from __future__ import annotations

from pathlib import Path

import pytest

import docsearch as ds

PLAN = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN ĐÔNG LẠC
Số: 27/KH-UBND Đông Lạc, ngày 10 tháng 02 năm 2022
KẾ HOẠCH
Thu gom rác thải nông thôn năm 2022
1. Chỉ tiêu rác được thu gom giao cho các xã năm 2022
- Xã Tân Thịnh: 81% (năm 2021: 76,5%);
- Xã Lộc Yên: 64% (năm 2021: 52%);
- Xã Phú Hội: 70% (năm 2021: 61%).
2. Giảm tỷ lệ thất thoát nước xuống dưới 18%.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("shares")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "27.txt").write_text(PLAN, encoding="utf-8")
    return ds.build(str(folder / "corpus"), str(folder / "index"))


@pytest.mark.parametrize(
    ("question", "answer", "value"),
    [
        pytest.param(
            "Năm 2022 xã Lộc Yên của huyện Đông Lạc được giao thu gom bao nhiêu phần trăm rác?",
            "Xã Lộc Yên: 64%",
            64,
            id="the-place-asked-for",
        ),
        pytest.param(
            "Xã Phú Hội huyện Đông Lạc năm 2021 thu gom được bao nhiêu phần trăm rác?",
            "Xã Phú Hội: 70% (năm 2021: 61%)",
            61,
            id="the-year-before-in-brackets",
        ),
        pytest.param(
            "How low does Dong Lac district want to bring its water losses?",
            "Giảm tỷ lệ thất thoát nước xuống dưới 18%",
            18,
            id="how-low",
        ),
    ],
)
def test_the_figure_comes_with_what_it_is_of(
    index: ds.Index, question: str, answer: str, value: float
) -> None:
    found = index.ask(question).to_dict()
    assert (found["items"][0]["text"], found["items"][0]["fields"]["value"]) == (answer, value)
    assert [citation["quote"] for citation in found["citations"]] == [answer]


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Xã Lộc Yên phải nộp báo cáo trước ngày bao nhiêu?", "when"),
        ("Xã Lộc Yên thu gom bao nhiêu phần trăm rác?", "how_many"),
    ],
)
def test_a_day_is_no_figure(index: ds.Index, question: str, intent: str) -> None:
    assert index.ask(question).to_dict()["intent"] == intent


@pytest.mark.parametrize(
    "question",
    [
        "Kế hoạch thu gom rác thải năm 2022 ở xã Lộc Yên giao việc cho những phòng nào?",
        "Văn bản nào nói về thu gom rác thải ở xã Lộc Yên?",
        "Kế hoạch thu gom rác thải ở xã Lộc Yên số mấy, ngày nào?",
        "Những việc nào phải xong trước 1/7/2022 ở xã Lộc Yên?",
    ],
)
def test_a_copy_that_names_the_place_is_not_answered_from(tmp_path: Path, question: str) -> None:
    (tmp_path / "corpus").mkdir()
    duty = "3. Phòng Tài nguyên kiểm tra xã Lộc Yên, báo cáo UBND huyện trước ngày 15/6/2022.\n"
    for name in ("27.txt", "27-copy.txt"):
        (tmp_path / "corpus" / name).write_text(PLAN + duty + "\n" * len(name), encoding="utf-8")
    index = ds.build(str(tmp_path / "corpus"), str(tmp_path / "index"))
    found = index.ask(question).to_dict()
    assert len({citation["document"] for citation in found["citations"]}) == 1
