"""Who was at a meeting, in which period, for whose knowledge, of which place."""

from __future__ import annotations

from pathlib import Path

import pytest

import docsearch as ds
from tests.factories import HashEncoder

NEWS = """Tin tức
UBND huyện vừa ban hành Kế hoạch số 7/KH-UBND ngày 12/3/2022 về trồng rừng trên địa bàn huyện Bảo \
Thành năm 2022.
Kế hoạch đặt mục tiêu trồng mới 350 ha rừng; tỷ lệ che phủ rừng đạt 52%.
"""
MEETING = """ỦY BAN NHÂN DÂN
XÃ KIM SƠN
Số: 31/TB-UBND
Kim Sơn, ngày 9 tháng 5 năm 2022

THÔNG BÁO
Kết luận cuộc họp về trồng rừng

Sáng ngày 6/5/2022, đồng chí Lê Văn Tám, Chủ tịch UBND xã chủ trì cuộc họp về trồng rừng. Dự \
họp có trưởng các thôn, cán bộ kiểm lâm địa bàn và đại diện Hội Nông dân xã.
I. Chỉ tiêu
1. Giai đoạn 2022 - 2025
- Trồng cây phân tán dọc đường liên thôn.
2. Giai đoạn 2026 - 2030
- Chuyển rừng keo sang rừng gỗ lớn trên diện tích 120 ha.
II. Nhiệm vụ
Các thôn đăng ký giống cây với UBND xã trước ngày 20/5/2022.

Nơi nhận:
- UBND huyện Bảo Thành (b/c);
- Các thôn (t/h);
- Hội Nông dân xã (đ/b);
- Lưu: VT.

CHỦ TỊCH
Lê Văn Tám
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("meetings")
    (folder / "news.txt").write_text(NEWS, encoding="utf-8")
    (folder / "meeting.txt").write_text(MEETING, encoding="utf-8")
    return ds.build([folder], tmp_path_factory.mktemp("index"), encoder=HashEncoder())


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Thành phần dự họp về trồng rừng ở Kim Sơn gồm những ai?", "Dự họp có trưởng các thôn"),
        ("Who attended the Kim Son meeting on planting forest?", "Dự họp có trưởng các thôn"),
        ("Kim Sơn chuyển rừng keo sang rừng gỗ lớn trong giai đoạn nào?", "Giai đoạn 2026 - 2030:"),
        ("Thông báo 31/TB-UBND gửi để biết cho những ai?", "nơi nhận: Hội Nông dân xã"),
        ("Huyện Bảo Thành đặt mục tiêu trồng mới bao nhiêu ha rừng?", "350 ha"),
    ],
)
def test_what_the_first_item_says(index: ds.Index, question: str, words: str) -> None:
    assert words in index.ask(question).to_dict()["items"][0]["text"]


def test_a_commune_does_not_answer_for_its_district(tmp_path: Path) -> None:
    (tmp_path / "meeting.txt").write_text(MEETING, encoding="utf-8")
    index = ds.build([tmp_path / "meeting.txt"], tmp_path / "index", encoder=HashEncoder())
    asked = "Huyện Bảo Thành chuyển bao nhiêu ha rừng keo sang rừng gỗ lớn?"
    assert index.ask(asked).to_dict()["status"] == "abstained"
    own = asked.replace("Huyện Bảo Thành", "Xã Kim Sơn")
    assert "120 ha" in index.ask(own).to_dict()["items"][0]["text"]
