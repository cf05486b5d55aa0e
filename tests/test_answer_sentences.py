"""Which sentence answers: the one that says it, of whom, by whose direction, and no past day."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

import docsearch as ds
from docsearch.answer.by_obligation import _LIMIT_ASKED
from docsearch.answer.by_posting import _WEEKDAY
from docsearch.answer.by_target import _unit_fits
from docsearch.records import Target
from tests.factories import HashEncoder
from tests.test_understand import ask as understood

NEWS = """Thứ Tư, 9 tháng 3, 2022
Trung tâm Y tế huyện Tam Phú lập kế hoạch tiêm chủng
Ngày 08/3/2022, Trung tâm Y tế huyện Tam Phú đã ban hành Kế hoạch số 14/KH-TTYT về tiêm chủng.
Chuẩn bị đầy đủ tủ lạnh, hộp xốp và phiếu theo dõi.
Yêu cầu phụ huynh cho trẻ ăn nhẹ trước khi vào phòng tiêm.
"""
RULES = """ỦY BAN NHÂN DÂN
TỈNH ĐÔNG KHÊ
Số: 12/2016/QĐ-UBND
Đông Khê, ngày 4 tháng 5 năm 2016

QUYẾT ĐỊNH
Về quản lý bến than thủ công

Điều 1. Chủ bến
Chủ bến nộp báo cáo sản lượng về UBND cấp xã trước ngày 25 hàng tháng.
Điều 2. Công an tỉnh
Chỉ đạo công an các huyện kiểm tra việc vận chuyển than.
Điều 3. Công ty Cổ phần Vật liệu xây dựng Hòa Bình
Công ty Cổ phần Vật liệu xây dựng Hòa Bình hướng dẫn kỹ thuật cho chủ bến trước ngày 30/9/2016.
Điều 4. UBND các huyện
UBND các huyện báo cáo UBND tỉnh số bến trước ngày 30/11/2016; đề xuất với Thanh tra Sở Xây dựng \
những bến phải kiểm tra.
Điều 5. Tham quan
Đón 300 nghìn lượt khách tham quan làng nghề vào năm 2020.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("sentences")
    (folder / "news.txt").write_text(NEWS, encoding="utf-8")
    (folder / "rules.txt").write_text(RULES, encoding="utf-8")
    return ds.build([folder], tmp_path_factory.mktemp("index"), encoder=HashEncoder())


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param(
            "Trung tâm Y tế huyện Tam Phú yêu cầu phụ huynh làm gì trước khi vào phòng tiêm?",
            "cho trẻ ăn nhẹ",
            id="whom-it-tells",
        ),
        pytest.param(
            "UBND các huyện ở Đông Khê yêu cầu chủ bến làm gì?",
            "nộp báo cáo sản lượng",
            id="who-is-told",
        ),
        pytest.param(
            "Trung tâm Y tế Tam Phú chuẩn bị những gì theo kế hoạch tiêm chủng?",
            "tủ lạnh, hộp xốp",
            id="not-the-title",
        ),
        pytest.param(
            "Tin về kế hoạch tiêm chủng của huyện Tam Phú đăng ngày nào?",
            "Thứ Tư, 9 tháng 3, 2022",
            id="weekday-above-the-title",
        ),
        pytest.param(
            "Cơ quan nào chỉ đạo công an các huyện kiểm tra việc vận chuyển than?",
            "Công an tỉnh",
            id="who-directs",
        ),
        pytest.param(
            "Công ty Vật liệu xây dựng Hòa Bình phải làm gì?",
            "hướng dẫn kỹ thuật",
            id="short-name",
        ),
        pytest.param(
            "Chủ bến than thủ công có trách nhiệm gì?", "báo cáo sản lượng", id="name-in-full"
        ),
        pytest.param(
            "UBND các huyện ở Đông Khê đề xuất với cơ quan nào về bến phải kiểm tra?",
            "Thanh tra Sở Xây dựng",
            id="to-whom-it-suggests",
        ),
    ],
)
def test_the_first_item_says_it(index: ds.Index, question: str, words: str) -> None:
    items = index.ask(question).to_dict()["items"]
    assert items, "no answer"
    assert words in items[0]["text"]


@pytest.mark.parametrize(
    ("question", "limit"),
    [
        ("phòng nội vụ phải báo cáo kết quả trước ngày nào", True),
        ("cuộc họp diễn ra ngày nào", False),
        ("văn bản nào ban hành trước ngày 1/1/2023", False),
    ],
)
def test_what_asks_for_a_limit(question: str, limit: bool) -> None:
    assert bool(_LIMIT_ASKED.search(question)) is limit


@pytest.mark.parametrize(
    ("line", "dated"),
    [("thu hai - 11/11/2024 04:09", True), ("chu nhat, 3/4/2022", True), ("thu hai cua xa", False)],
)
def test_how_a_page_dates_a_post(line: str, dated: bool) -> None:
    assert bool(_WEEKDAY.search(line)) is dated


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("Đông Khê đón bao nhiêu lượt khách tham quan?", True),
        ("Đông Khê có bao nhiêu bến than?", False),
    ],
)
def test_what_is_counted_by_thousands(question: str, fits: bool) -> None:
    query = understood(question)
    assert query.unit
    target = SimpleNamespace(unit="nghìn lượt khách", subject="", indicator="")
    assert _unit_fits(cast(Target, target), query) is fits


def test_a_figure_that_ends_a_document_with_its_year(index: ds.Index) -> None:
    asked = "Đông Khê đón bao nhiêu lượt khách tham quan làng nghề?"
    assert "300 nghìn lượt khách" in index.ask(asked).to_dict()["items"][0]["text"]
