"""Which of several limits, reports, ranks and quarters a question asks for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import docsearch as ds
from docsearch.answer.asked_limit import asks_for_reports, report_named
from docsearch.answer.by_target import _HAS_DONE
from docsearch.answer.checks import _RANK
from tests.factories import HashEncoder

DATA = Path(__file__).parent / "data"
DOCUMENTS = ("gold/h08", "unseen/r03", "unseen/x01", "unseen/x03", "unseen/y02")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("limits")
    for name in DOCUMENTS:
        shutil.copy(DATA / f"{name}.txt", folder)
    return ds.build(folder, folder / "index", encoder=HashEncoder())


@pytest.mark.parametrize(
    ("question", "limits"),
    [
        pytest.param(
            "Hạn nộp báo cáo cải cách hành chính 6 tháng đầu năm 2022 của các xã huyện Hòa Thượng"
            " là ngày nào?",
            ["--06-10"],
            id="half-year-of-a-list",
        ),
        pytest.param(
            "Hòa Thượng: báo cáo quý III gửi trước ngày nào?", ["2022-09-10"], id="a-quarter"
        ),
        pytest.param(
            "Báo cáo năm 2022 về cải cách hành chính của Hòa Thượng gửi trước ngày nào?",
            ["2022-12-05"],
            id="the-year-not-another-act",
        ),
        pytest.param(
            "Hội LHPN các xã ở Sơn Bằng gửi báo cáo 6 tháng trước ngày nào?",
            ["2020-06-05"],
            id="the-limit-begins-with-the-period",
        ),
        pytest.param(
            "Trưởng thôn nộp thủy lợi phí kỳ 2 cho ai, trước ngày nào ở Phước Thuận Đông?",
            ["--11-30"],
            id="to-whom-and-when-of-the-second-term",
        ),
        pytest.param(
            "Hạt Kiểm lâm Ea Mrông phải làm gì trước ngày 15/11/2023?",
            ["2023-11-15"],
            id="what-a-body-has-to-do-by-a-day",
        ),
        pytest.param(
            "Những việc nào ở Sơn Bằng phải xong trong quý I/2020?",
            ["2020-03", "2020-03-08", "2020-03-10"],
            id="due-in-a-quarter",
        ),
        pytest.param(
            "Những việc nào của huyện Ea Mrông phải xong trong quý IV năm 2023?",
            ["2023-10-31", "2023-11", "2023-11-15", "2023-12-05"],
            id="due-in-a-quarter-in-a-district",
        ),
    ],
)
def test_the_limits_that_are_asked_for(index: ds.Index, question: str, limits: list[str]) -> None:
    items = index.ask(question).to_dict()["items"]
    assert sorted(item["fields"]["deadline"] for item in items) == limits


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        pytest.param(
            "Năm 2021 huyện Hòa Thượng xếp thứ mấy về cải cách hành chính?",
            "Năm 2021, chỉ số cải cách hành chính của huyện xếp thứ 5/11",
            id="a-rank",
        ),
        pytest.param("Huyện Ea Mrông đứng thứ mấy về bảo vệ rừng?", None, id="no-rank"),
        pytest.param(
            "lam thuy da ho tro bao nhieu em tro lai truong",
            "đã hỗ trợ 127 em",
            id="what-has-been-done",
        ),
        pytest.param(
            "How many households in Ea Mrong have signed forest protection commitments?",
            "Từ đầu năm đến nay, toàn huyện đã có 1.375 hộ",
            id="what-has-been-done-english",
        ),
    ],
)
def test_what_an_answer_has_to_say(index: ds.Index, question: str, begins: str | None) -> None:
    found = index.ask(question).to_dict()
    assert (found["answer"] or "").startswith(begins or "")
    assert (found["status"] == "answered") == bool(begins)


HEADER = """ỦY BAN NHÂN DÂN
{place}
Số: {number}
{name}, ngày 05 tháng 3 năm 2021

{title}

"""
PLAN = (
    HEADER.format(
        place="HUYỆN BÌNH XUYÊN",
        number="31/KH-UBND",
        name="Bình Xuyên",
        title="KẾ HOẠCH\nThực hiện Nghị quyết 12 về giảm nghèo và phát triển du lịch",
    )
    + """Thực hiện Nghị quyết số 12-NQ/TU ngày 12/01/2021 của Tỉnh ủy về giảm nghèo.
Năm 2020 huyện đón 90 nghìn lượt khách (khách quốc tế 4.100 lượt).
Đến ngày 31/12/2020 vốn đường giao thông giải ngân đạt 61,5%; vốn thủy lợi mới đạt 18,2%.
Đến ngày 31/12/2020 đã phải di dời 215 hộ dân ở vùng sạt lở.
1. Phòng Lao động tham mưu sơ kết Nghị quyết 12 vào cuối năm 2022.
2. Công chức Văn hóa cùng các thôn rà soát hộ nghèo từ ngày 01/9; báo cáo xong trước 30/10/2021.
3. Phòng Giáo dục chỉ đạo các trường hoàn thành sửa chữa lớp học trước ngày 20/8/2021, \
chuẩn bị tốt lễ khai giảng vào ngày 05/9/2021.

Nơi nhận:
- UBND tỉnh (b/c);
- Các xã;
- Lưu: VT.
"""
)
OTHER = (
    HEADER.format(
        place="HUYỆN TAM ĐÀI",
        number="12/NQ-HĐND",
        name="Tam Đài",
        title="NGHỊ QUYẾT\nVề phát triển kinh tế",
    )
    + "1. UBND huyện sơ kết Nghị quyết này vào cuối năm 2023.\n"
)


@pytest.mark.parametrize(
    ("question", "said", "left_out"),
    [
        ("Cơ quan nào của huyện Bình Xuyên sơ kết Nghị quyết 12?", "Phòng Lao động", "2023"),
        ("Năm 2020 Bình Xuyên đón bao nhiêu lượt khách nước ngoài?", "4.100", "90 nghìn"),
        ("How many foreign visitors came to Binh Xuyen district in 2020?", "4.100", "90 nghìn"),
        ("Vốn thủy lợi của Bình Xuyên giải ngân đạt bao nhiêu phần trăm?", "18,2%", "61,5%"),
        ("Bình Xuyên đã phải di dời bao nhiêu hộ dân?", "215 hộ", "%"),
        ("Công chức nào ở Bình Xuyên rà soát hộ nghèo?", "Công chức Văn hóa", "Phòng"),
        (
            "Các trường ở Bình Xuyên sửa chữa xong lớp học trước ngày nào để chuẩn bị khai giảng?",
            "thời hạn: trước ngày 20/8/2021",
            "thời hạn: vào ngày 05/9",
        ),
        ("Kế hoạch 31/KH-UBND của Bình Xuyên gửi cho những nơi nào?", "Các xã", "Phòng"),
    ],
)
def test_the_one_that_is_asked_for(tmp_path: Path, question: str, said: str, left_out: str) -> None:
    for name, text in (("plan", PLAN), ("other", OTHER)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    index = ds.build(tmp_path, tmp_path / "index", encoder=HashEncoder())
    answer = index.ask(question).to_dict()["answer"] or ""
    assert said in answer
    assert left_out not in answer


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hạn gửi báo cáo quý III về cải cách hành chính", "quý iii"),
        ("báo cáo quý 2 gửi khi nào", "quý ii"),
        ("báo cáo cải cách hành chính 6 tháng đầu năm 2023", "6 tháng"),
        ("báo cáo sáu tháng", "6 tháng"),
        ("báo cáo năm trước ngày 05/12", "năm"),
        ("báo cáo tháng 8 của các xã", "tháng 8"),
        ("báo cáo kết quả về huyện", None),
    ],
)
def test_which_report_some_words_name(text: str, named: str | None) -> None:
    assert report_named(text) == named


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Hạn nộp báo cáo của các xã là ngày nào?", True),
        ("Các xã gửi báo cáo quý về đâu, khi nào?", True),
        ("Báo cáo năm về lao động gửi về Sở trước ngày nào?", True),
        ("Các trường khai giảng ngày nào?", False),
    ],
)
def test_a_question_for_the_limits_of_reports(text: str, asks: bool) -> None:
    assert asks_for_reports(text) == asks


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("đã phải tiêu hủy bao nhiêu con lợn", True),
        ("đã sắp xếp bao nhiêu đơn vị", True),
        ("đã được giao bao nhiêu chỉ tiêu", False),
        ("đã đề ra bao nhiêu mục tiêu", False),
    ],
)
def test_what_has_been_done(text: str, done: bool) -> None:
    assert bool(_HAS_DONE.search(text)) == done


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        ("chỉ số của huyện xếp thứ 5/11 đơn vị", True),
        ("đứng đầu khối thi đua", True),
        ("xếp hạng nhì toàn tỉnh", True),
        ("công bố kết quả xếp hạng trong tháng 3", False),
        ("kỳ họp thứ năm", False),
    ],
)
def test_words_that_give_a_rank(text: str, ranks: bool) -> None:
    assert bool(_RANK.search(text)) == ranks
