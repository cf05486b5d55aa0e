"""Whose duty it is, every limit of one body, when something takes place, places told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

import docsearch as ds
from docsearch.answer.issuing import issued_before
from docsearch.records import Span
from docsearch.search.parts import find_parts
from docsearch.search.understand import understand

HEAD = """ỦY BAN NHÂN DÂN
{place}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
{town}, ngày {day}

KẾ HOẠCH
{subject}

"""
PLAN = (
    HEAD.format(
        place="HUYỆN VÂN LÂM HẠ",
        number="52/KH-UBND",
        town="Vân Lâm Hạ",
        day="10 tháng 02 năm 2024",
        subject="Bảo tồn làng nghề dệt thổ cẩm năm 2024",
    )
    + """Theo Công văn số 318/SCT-QLCN ngày 15/01/2024 của Sở Công Thương về việc khảo sát làng \
nghề;
Ủy ban nhân dân huyện xây dựng Kế hoạch như sau:
I. NỘI DUNG
1. Trong quý III năm 2024, tổ chức hội thi tay nghề dệt cho thợ trẻ các xã.
2. Trong năm 2025, tổ chức phiên chợ thổ cẩm tại trung tâm huyện.
II. TỔ CHỨC THỰC HIỆN
1. Phòng Văn hóa và Thông tin
- Xây dựng hồ sơ đề nghị công nhận làng nghề, trình UBND huyện trước ngày 20/5/2024.
- Lập danh sách nghệ nhân cao tuổi trước ngày 15/3/2024.
- Tuyên truyền về làng nghề trên đài truyền thanh.
2. Phòng Tài chính - Kế hoạch
- Bố trí kinh phí mua khung cửi trước ngày 30/4/2024.
3. UBND các xã
- Trong tháng 4 năm 2024 phải rà soát xong số hộ còn dệt và tiến hành thu mua nguyên liệu vào \
tháng 6 năm 2024.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lò Văn Nam
"""
)
OTHER = (
    HEAD.format(
        place="HUYỆN VÂN LÀM HẠ",
        number="17/KH-UBND",
        town="Vân Làm Hạ",
        day="03 tháng 3 năm 2024",
        subject="Phòng cháy rừng năm 2024",
    )
    + """I. NHIỆM VỤ
1. Hạt Kiểm lâm trực gác rừng hằng ngày.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Đỗ Thị Mai
"""
)
NEWS = """Trung tâm Văn hóa huyện Sa Pha chuẩn bị lễ hội

Ngày 12/3/2023, Trung tâm Văn hóa huyện Sa Pha đã ban hành Kế hoạch số 08/KH-TTVH, về việc tổ \
chức lễ hội xuống đồng.
Lễ hội có thi cấy và kéo co.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder: Path = tmp_path_factory.mktemp("named")
    for name, text in (("plan", PLAN), ("other", OTHER), ("news", NEWS)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return ds.build([folder], folder / "index")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param(
            "Năm nào huyện Vân Lâm Hạ tổ chức phiên chợ thổ cẩm?", ("Trong năm 2025",), id="a-year"
        ),
        pytest.param(
            "quy may huyen Van Lam Ha to chuc hoi thi tay nghe det?", ("quý III",), id="a-quarter"
        ),
        pytest.param(
            "Kế hoạch làng nghề của huyện Vân Lâm Hạ theo công văn số mấy, ngày nào?",
            ("318/SCT-QLCN", "15/01/2024"),
            id="what-it-stands-on",
        ),
        pytest.param(
            "Kế hoạch tổ chức lễ hội xuống đồng của Trung tâm Văn hóa huyện Sa Pha số mấy, "
            "ban hành ngày nào?",
            ("08/KH-TTVH", "12/3/2023"),
            id="the-day-a-report-gives",
        ),
        pytest.param(
            "Kế hoạch số 08/KH-TTVH được ban hành ngày nào?", ("12/3/2023",), id="by-its-number"
        ),
        pytest.param(
            "công văn 318 mà huyện Vân Lâm Hạ căn cứ là về việc gì?",
            ("khảo sát làng nghề",),
            id="a-bare-number-before-mà",
        ),
        pytest.param(
            "Các xã của huyện Vân Lâm Hạ phải rà soát xong số hộ còn dệt khi nào và tiến hành thu "
            "mua nguyên liệu khi nào?",
            ("tháng 4 năm 2024", "tháng 6 năm 2024"),
            id="two-times-of-one-clause",
        ),
        pytest.param(
            "Phòng Văn hóa và Thông tin huyện Vân Lâm Hạ phải trình hồ sơ đề nghị công nhận làng "
            "nghề trước ngày nào?",
            ("trước ngày 20/5/2024",),
            id="its-own-duty",
        ),
    ],
)
def test_answered(index: ds.Index, question: str, words: tuple[str, ...]) -> None:
    found = index.ask(question).to_dict()
    assert found["status"] == "answered"
    assert all(word in found["answer"] for word in words), found["answer"]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "Phòng Tài chính huyện Vân Lâm Hạ phải trình hồ sơ đề nghị công nhận làng nghề trước "
            "ngày nào?",
            id="the-duty-of-another",
        ),
        pytest.param("Ai sẽ được bổ nhiệm làm chủ tịch các xã huyện Vân Lâm Hạ?", id="appointed"),
        pytest.param("Who will be elected chairman of Van Lam Ha communes?", id="elected"),
    ],
)
def test_not_answered(index: ds.Index, question: str) -> None:
    assert index.ask(question).to_dict()["reason"] == "not_stated"


@pytest.mark.parametrize(
    "question",
    [
        "Liệt kê những việc Phòng Văn hóa và Thông tin huyện Vân Lâm Hạ phải làm xong đúng hạn "
        "theo kế hoạch bảo tồn làng nghề dệt thổ cẩm năm 2024",
        "Những mốc thời hạn của Phòng Văn hóa và Thông tin huyện Vân Lâm Hạ trong kế hoạch 2024",
        "Phòng Văn hóa và Thông tin huyện Vân Lâm Hạ có những hạn nào?",
    ],
)
def test_every_limit_of_one_body(index: ds.Index, question: str) -> None:
    items = index.ask(question).to_dict()["items"]
    assert {item["fields"]["deadline"] for item in items} == {
        "2024-05-20",
        "2024-03-15",
    }


def test_every_limit_of_a_plan(index: ds.Index) -> None:
    answer = index.ask(
        "Liệt kê tất cả các mốc thời hạn trong kế hoạch làng nghề huyện Vân Lâm Hạ"
    ).to_dict()["answer"]
    assert all(day in answer for day in ("20/5/2024", "15/3/2024", "30/4/2024"))


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("Huyện Vân Lâm Hạ làm gì?", ("huyện Vân Lâm Hạ",)),
        ("Huyện Vân Làm Hạ làm gì?", ("huyện Vân Làm Hạ",)),
        ("huyen van lam ha lam gi?", ("huyện Vân Làm Hạ", "huyện Vân Lâm Hạ")),
        ("What must Van Lam Ha district do?", ("huyện Vân Làm Hạ", "huyện Vân Lâm Hạ")),
    ],
)
def test_places_that_differ_in_their_marks(
    index: ds.Index, question: str, places: tuple[str, ...]
) -> None:
    assert understand(question, index.corpus).places == places


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ngày 12/3/2023, Trung tâm đã ban hành Kế hoạch số 08/KH-TTVH", "2023-03-12"),
        ("Lễ đã xong. Ngày 02.4.2021, UBND xã ký Kế hoạch số 08/KH-TTVH", "2021-04-02"),
        ("Ngày 12/3/2023, Trung tâm đã họp bàn về Kế hoạch số 08/KH-TTVH", None),
        ("Ngày 1/2/2023 họp, ngày 5/2/2023 ban hành Kế hoạch số 08/KH-TTVH", None),
        ("Ngày 1/2/2023 họp xã. Huyện đã ban hành Kế hoạch số 08/KH-TTVH", None),
    ],
)
def test_the_day_on_which_a_report_says_it_was_issued(text: str, day: str | None) -> None:
    found = issued_before(text, Span(text.index("Kế hoạch"), len(text)))
    assert (found.day if found else None) == day


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("How many communes, wards and townships were there, and how many will be left?", 2),
        ("Who must report, and to whom?", 2),
        ("Which communes, wards and towns must report on fires to the office and how?", 2),
    ],
)
def test_a_list_of_things_is_no_question_of_its_own(question: str, parts: int) -> None:
    assert len(list(find_parts(question, question, english=True))) == parts
