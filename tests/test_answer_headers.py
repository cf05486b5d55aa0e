"""Questions that put headers side by side, ask where, for a number to call, for several times."""

from __future__ import annotations

from pathlib import Path

import pytest

import docsearch as ds
from docsearch.answer.asked_contact import asked_contact
from docsearch.answer.by_headers import asks_across_headers
from docsearch.search.parts import asks_where
from tests.factories import HashEncoder
from tests.test_understand import ask as understood


def texts(index: ds.Index, question: str) -> list[str]:
    return [item["text"] for item in index.ask(question).to_dict()["items"]]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("Văn bản nào được ban hành sớm nhất?", ["20-NQ/ĐU"], id="earliest"),
        pytest.param("Which document was issued most recently?", ["203/TB-UBND"], id="latest"),
        pytest.param(
            "Kế hoạch 141/KH-UBND và Thông báo 203/TB-UBND, văn bản nào ban hành sau?",
            ["203/TB-UBND", "141/KH-UBND"],
            id="later-of-two",
        ),
        pytest.param(
            "Văn bản nào ban hành trước ngày 1/1/2023?",
            ["20-NQ/ĐU", "141/KH-UBND"],
            id="before-a-day",
        ),
        pytest.param("Which documents were issued after 2022?", ["203/TB-UBND"], id="after-a-year"),
        pytest.param("Kế hoạch nào được ban hành năm 2022?", ["141/KH-UBND"], id="in-a-year"),
        pytest.param(
            "Ngày 18/6/2024 huyện Bình Sơn ban hành văn bản gì?",
            ["ngày 18 tháng 6 năm 2024 — trích yếu: Kết luận của đồng chí Nguyễn Tường Duy"],
            id="on-a-day",
        ),
        pytest.param(
            "Huyện nào nói đến phân luồng học sinh?",
            ["huyện Kon Rẫy: ", "huyện Chi Lăng: "],
            id="who-speaks-of-it",
        ),
        pytest.param(
            "What percentage of children under 3 should attend nursery in Na Meo?",
            ["trên 60% trẻ dưới 3 tuổi đến nhà trẻ"],
            id="under-an-age",
        ),
        pytest.param(
            "Mỗi văn bản do ai ký?",
            [
                "Đinh Thị Hồng Thu",
                "Vi Nông Trường",
                "Nguyễn Văn Chiên",
                "Thanh Thương",
                "Lữ Văn Hà",
            ],
            id="who-signed-each",
        ),
        pytest.param(
            "Nghị quyết 20-NQ/ĐU được gửi đến những nơi nào?", ["Chi bộ trực thuộc"], id="sent-to"
        ),
        pytest.param(
            "Cuộc họp ngày 17/10/2023 về phân luồng tổ chức ở đâu, ai chủ trì?",
            ["tại phòng họp tầng 2", "Đinh Thị Hồng Thu"],
            id="where-and-who",
        ),
        pytest.param(
            "Where was the meeting of 17 October 2023 held?", ["tại phòng họp tầng 2"], id="where"
        ),
        pytest.param(
            "Học sinh thi lớp 10 cần ôn tập những môn nào theo thông báo kết luận ngày 17/10/2023?",
            ["Toán, Ngữ văn, Tiếng Anh"],
            id="a-day-of-a-document-is-no-limit",
        ),
        pytest.param(
            "Quỹ khuyến học của xã Na Mèo mỗi năm phải đạt bao nhiêu tiền?",
            ["35 triệu đồng", "50 triệu đồng"],
            id="the-same-for-another-time",
        ),
        pytest.param(
            "So với kết quả 2016-2021, mục tiêu của Na Mèo về lao động qua đào tạo tăng thế nào?",
            ["đạt 55%", "đạt 40%"],
            id="goal-beside-result",
        ),
    ],
)
def test_answers_in_their_order(corpus_index: ds.Index, question: str, expected: list[str]) -> None:
    found = texts(corpus_index, question)
    assert len(found) >= len(expected)
    for text, words in zip(found, expected, strict=False):
        assert words in text


def test_a_figure_says_of_what_time_it_is(corpus_index: ds.Index) -> None:
    found = texts(
        corpus_index, "Chi Lăng đặt mục tiêu bao nhiêu phần trăm thanh niên học tiếp THPT?"
    )
    assert [text.rpartition("(")[2] for text in found] == [
        "Giai đoạn 2021 - 2025)",
        "Giai đoạn 2026 - 2030)",
    ]


@pytest.mark.parametrize(
    ("question", "across"),
    [
        ("Báo cáo nào phải gửi trước ngày 15/12?", False),
        ("Văn bản nào phải được ban hành sau khi rà soát?", False),
        ("Which report must be submitted first?", False),
        ("Ai ký Kế hoạch 141/KH-UBND?", False),
        ("Nghị quyết nào mới nhất?", False),
        ("Nghị quyết nào ban hành gần đây nhất?", True),
        ("Which of the two plans is older, by the date they were issued?", True),
        ("Who signed each document?", True),
    ],
)
def test_what_is_put_side_by_side(question: str, across: bool) -> None:
    assert asks_across_headers(understood(question)) is across


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Số điện thoại của phòng Nội vụ là gì?", "điện thoại 0912.345.678"),
        ("so dien thoai truc ban", "gọi số (0251) 3821-456"),
        ("What is the e-mail address for reports?", "hộp thư noivu@x.vn"),
        ("Đơn vị nào gửi số điện thoại trước ngày 5/5?", None),
        ("Có bao nhiêu máy điện thoại?", None),
    ],
)
def test_what_holds_a_number_to_call(question: str, words: str | None) -> None:
    held = asked_contact(understood(question))
    assert bool(held) is (words is not None)
    if held and words:
        assert held.search(words)
        assert not held.search("các phòng: giáo dục và đào tạo, ngày 12/05/2024")


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Na Mèo có bao nhiêu bản?", id="a-ratio"),
        pytest.param("Tỷ lệ thất nghiệp của xã Na Mèo?", id="another-rate"),
        pytest.param("Tỷ lệ hộ nghèo của huyện Chi Lăng năm 2025?", id="a-rate-of-another-matter"),
    ],
)
def test_a_figure_of_something_else_is_no_answer(corpus_index: ds.Index, question: str) -> None:
    assert corpus_index.ask(question).to_dict()["status"] == "abstained"


def test_what_a_goal_is_of_finds_it(corpus_index: ds.Index) -> None:
    found = texts(corpus_index, "Chi Lăng phấn đấu giai đoạn 2026-2030 bao nhiêu trường chuẩn?")
    assert found == ["phấn đấu từ 38 trường học đạt chuẩn quốc gia trở lên (Giai đoạn 2026 - 2030)"]


def test_a_number_to_call_that_no_document_gives(corpus_index: ds.Index) -> None:
    question = "so dien thoai cua Phong Giao duc va Dao tao huyen Binh Son"
    assert corpus_index.ask(question).to_dict()["reason"] == "not_stated"


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("hội nghị tổ chức ở đâu?", True),
        ("địa điểm tập huấn", True),
        ("Where will the training be held?", True),
        ("báo cáo gửi về đâu?", False),
        ("Where must the communes send their report?", False),
    ],
)
def test_questions_for_a_place(question: str, where: bool) -> None:
    assert asks_where(question) is where


LIST = """ỦY BAN NHÂN DÂN
HUYỆN ĐỒNG XANH
Số: 12/KH-UBND
Đồng Xanh, ngày 05 tháng 3 năm 2022

KẾ HOẠCH
Trồng cây phân tán năm 2022

I. TỔ CHỨC THỰC HIỆN
Trên cơ sở Kế hoạch này, UBND các xã, thị trấn đăng ký số lượng cây giống, gửi về Phòng Nông nghiệp
và PTNT (qua Hạt Kiểm lâm huyện) chậm nhất ngày 20/3/2022; trong đó cần nêu rõ:
- Loài cây, số lượng từng loài;
- Diện tích trồng tập trung, trồng phân tán;
- Kinh phí của xã.
"""


@pytest.fixture(scope="module")
def list_index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("list")
    (folder / "a.txt").write_text(LIST, encoding="utf-8")
    return ds.build(folder, folder / "index", encoder=HashEncoder())


@pytest.mark.parametrize(
    "question",
    [
        "UBND các xã đăng ký cây giống chậm nhất ngày nào, gửi về đâu?",
        "Đơn vị nào phải đăng ký số lượng cây giống?",
        "Số lượng cây giống đăng ký với cơ quan nào?",
    ],
)
def test_the_sentence_that_opens_a_list_answers(list_index: ds.Index, question: str) -> None:
    [item] = list_index.ask(question).to_dict()["items"]
    assert item["fields"]["deadline"] == "2022-03-20"
    assert item["fields"]["recipient"].startswith("Phòng Nông nghiệp và PTNT")


def test_an_attachment_that_is_not_here(list_index: ds.Index) -> None:
    question = "Mẫu đăng ký kèm theo Kế hoạch 12/KH-UBND gồm những cột nào?"
    assert list_index.ask(question).to_dict()["reason"] == "not_stated"


MEETING = """ỦY BAN NHÂN DÂN
HUYỆN ĐỒNG XANH
Số: 40/TB-UBND
Đồng Xanh, ngày 12 tháng 5 năm 2023

THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp ngày 10/5/2023 về trường lớp

1. Các xã sắp xếp trường lớp theo quy hoạch.
2. Các phòng, ban thực hiện nghiêm kết luận này.
{filling}
3. Cuộc họp tiếp theo dự kiến tổ chức ngày 24/6/2023; các xã gửi báo cáo về Văn phòng, kết luận sau.
"""


@pytest.fixture(scope="module")
def meeting_index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("meeting")
    filling = "\n".join(f"- Trường số {n} sửa chữa mái nhà, lát sân, trồng cây." for n in range(40))
    (folder / "a.txt").write_text(MEETING.format(filling=filling), encoding="utf-8")
    return ds.build(folder, folder / "index", encoder=HashEncoder())


def test_a_meeting_that_is_still_to_come_has_no_conclusions(meeting_index: ds.Index) -> None:
    question = "Cuộc họp ngày {}/2023 của huyện Đồng Xanh kết luận những gì?"
    assert meeting_index.ask(question.format("24/6")).to_dict()["reason"] == "not_stated"
    assert meeting_index.ask(question.format("10/5")).to_dict()["status"] == "answered"


def test_two_figures_of_one_line(tmp_path: Path) -> None:
    document = Path(__file__).parent / "data" / "unseen" / "s01.txt"
    index = ds.build(document, tmp_path / "index", encoder=HashEncoder())
    question = "Huyện Bản Luông được giao tỷ lệ trẻ nhà trẻ và số phòng học xây mới bao nhiêu?"
    items = index.ask(question).to_dict()["items"]
    assert [item["fields"]["value"] for item in items] == [18, 22]
