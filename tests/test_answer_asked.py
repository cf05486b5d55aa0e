"""Questions as readers ask them: premises, what falls short, bans, reviews, several years."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import docsearch as ds
from tests.factories import HashEncoder

DATA = Path(__file__).parent / "data"
DOCUMENTS = (
    "gold/h01",
    "gold/h07",
    "gold/t03",
    "gold/p06",
    "unseen/v01",
    "unseen/u01",
    "unseen/u03",
    "unseen/u06",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("asked")
    for name in DOCUMENTS:
        shutil.copy(DATA / f"{name}.txt", folder)
    return ds.build(folder, folder / "index", encoder=HashEncoder())


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        pytest.param(
            "Sở Tài chính Lâm Hải báo cáo tiến độ giải ngân hằng tháng đúng không?",
            "Không phải hằng tháng: Sở Tài chính",
            id="another-interval",
        ),
        pytest.param(
            "Sở Tài chính Lâm Hải báo cáo tiến độ giải ngân hằng tuần đúng không?",
            "Đúng: Sở Tài chính",
            id="this-interval",
        ),
        pytest.param(
            "Giá vật liệu xây dựng ở Yên Lâm công bố hằng quý phải không?",
            "Không phải hằng quý: Sở Xây dựng",
            id="interval-without-a-body",
        ),
        pytest.param(
            "Must the communes of Lam Hai report every week?",
            "Not every week: UBND các xã, phường",
            id="interval-of-the-body-that-is-named-english",
        ),
        pytest.param(
            "Thanh tra Sở Y tế Vĩnh Đông trả lời dân trong 10 ngày làm việc đúng không?",
            "Không phải trong 10 ngày làm việc: Thanh tra Sở",
            id="another-length",
        ),
        pytest.param(
            "Thanh tra Sở Y tế Vĩnh Đông trả lời dân trong 7 ngày làm việc đúng không?",
            "Đúng: Thanh tra Sở",
            id="this-length",
        ),
        pytest.param(
            "UBND các xã ở Lâm Hải gửi phương án xử lý trụ sở cho Sở Nội vụ trước 15/10/2025"
            " phải không?",
            "Không phải Sở Nội vụ: UBND các xã, phường",
            id="right-day-wrong-receiver",
        ),
        pytest.param(
            "Các xã ở Sông Mây gửi kế hoạch cho Phòng Tài chính trước 20/3/2016 phải không?",
            "Không phải Phòng Tài chính: UBND các xã, thị trấn",
            id="the-receiver-does-not-lead-to-its-own-duties",
        ),
        pytest.param(
            "UBND các xã ở Lâm Hải gửi phương án xử lý trụ sở cho Sở Tài chính trước 15/10/2025"
            " phải không?",
            "Đúng: UBND các xã, phường",
            id="right-day-right-receiver",
        ),
        pytest.param(
            "Đề nghị điều chỉnh ở Sơn Hà Thượng gửi HĐND huyện trước 30/9/2022 phải không?",
            "Không phải HĐND huyện: cơ quan, đơn vị",
            id="right-day-wrong-council",
        ),
        pytest.param(
            "Những huyện nào có kế hoạch về giảm nghèo?",
            "huyện Sông Mây: ",
            id="places-with-a-document-on-a-matter",
        ),
        pytest.param(
            "Hạn chế trong vận hành chính quyền hai cấp ở Lâm Hải là gì?",
            "Tuy nhiên, còn 27 xã thiếu công chức",
            id="shortcomings",
        ),
        pytest.param(
            "What shortcomings of the two-tier local government does Lam Hai province name?",
            "Tuy nhiên, còn 27 xã thiếu công chức",
            id="shortcomings-english",
        ),
        pytest.param(
            "Chủ tịch tỉnh Yên Lâm cấm đề xuất gì khi chưa có ý kiến Thường trực HĐND?",
            "Không được đề xuất điều chỉnh tổng mức đầu tư",
            id="forbidden",
        ),
        pytest.param(
            "Công văn 1873/UBND-NN của Trường Sa Giang gửi những sở nào?",
            "kính gửi: Các Sở: Nông nghiệp",
            id="addressees-of-a-kind",
        ),
        pytest.param(
            "Đơn vị gửi báo cáo sau 25/5 ở Vĩnh Đông thì sao?",
            "- Báo cáo nhanh số liệu kiểm tra",
            id="what-follows",
        ),
        pytest.param(
            "Đoàn liên ngành ở Vĩnh Đông kiểm tra từ ngày nào đến ngày nào?",
            "02 đoàn liên ngành tuyến tỉnh",
            id="from-when-to-when",
        ),
        pytest.param(
            "Đề nghị điều chỉnh chỉ tiêu ở Sơn Hà Thượng quá hạn 30/9/2022 thì sao?",
            "6. Trường hợp cần điều chỉnh chỉ tiêu",
            id="what-follows-when-it-is-late",
        ),
        pytest.param(
            "Tổ trưởng Tổ kiểm tra liên ngành ở Vĩnh Thới là ai?",
            "Phạm Minh Dũng, Phó Chủ tịch",
            id="made-head-of-a-group",
        ),
        pytest.param(
            "Căn cứ nào để huyện Sông Mây ban hành kế hoạch giảm nghèo?",
            "Quyết định số 59/2015/QĐ-TTg",
            id="on-what-basis",
        ),
    ],
)
def test_the_first_item(index: ds.Index, question: str, begins: str) -> None:
    found = index.ask(question).to_dict()
    assert found["items"][0]["text"].startswith(begins)


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        pytest.param(
            "Tỷ lệ tiêm phòng ở Trường Sa Giang hiện nay và mục tiêu là bao nhiêu?",
            ("80%", "61%"),
            id="now-and-the-goal",
        ),
        pytest.param(
            "Tỷ lệ mẫu xét nghiệm nhanh đạt yêu cầu của Vĩnh Đông năm 2013 và năm 2012 là"
            " bao nhiêu?",
            ("90%", "mẫu xét nghiệm nhanh: năm 2012: 86,7%"),
            id="two-years",
        ),
        pytest.param(
            "Tỷ lệ hộ nghèo của Sơn Hà Thượng năm 2021 và kế hoạch năm 2022 là bao nhiêu?",
            ("Tỷ lệ hộ nghèo (chuẩn mới): 18,36 % (2021)", "14,50 % (2022)"),
            id="two-columns-of-a-row",
        ),
        pytest.param(
            "Trường hợp nào không phải ký số văn bản đi ở xã Nhơn Phú Tây?",
            ("trừ văn bản mật",),
            id="who-is-excepted",
        ),
        pytest.param(
            "Vĩnh Đông phạt bao nhiêu cơ sở, số tiền bao nhiêu năm 2012?",
            ("57 cơ sở", "148,5 triệu đồng"),
            id="how-many-and-how-much",
        ),
        pytest.param(
            "Thanh tra kiểm tra ở những huyện nào của Vĩnh Đông, từ ngày nào?",
            ("tại 9 huyện, thành phố", "18/4"),
            id="where-and-when",
        ),
    ],
)
def test_everything_that_is_asked(index: ds.Index, question: str, holds: tuple[str, ...]) -> None:
    answer = index.ask(question).to_dict()["answer"]
    assert [part for part in holds if part not in answer] == []


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        pytest.param("Giá thịt lợn ở Trường Sa Giang là bao nhiêu?", "not_stated", id="a-price"),
        pytest.param(
            "Số điện thoại của Sở Y tế Vĩnh Đông là gì?", "not_stated", id="no-number-to-call"
        ),
    ],
)
def test_what_is_not_there(index: ds.Index, question: str, reason: str) -> None:
    assert index.ask(question).to_dict()["reason"] == reason


def test_figures_count_up_to_a_day_that_is_no_limit(index: ds.Index) -> None:
    found = index.ask("Số liệu báo cáo tổng kết của Trung tâm Y tế ở Vĩnh Đông tính đến ngày nào?")
    assert found.to_dict()["items"][0]["fields"]["deadline"].endswith("05-15")


def test_a_review_is_of_the_plan_itself(index: ds.Index) -> None:
    found = index.ask("Kế hoạch liên tịch bảo vệ môi trường của Vĩnh Thới tổng kết khi nào?")
    assert "Tháng 11: tổng kết" in found.to_dict()["answer"]
