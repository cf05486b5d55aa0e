"""Sides that a question names by kind, number, day, year or body, and that are asked one by one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import docsearch as ds
from docsearch.answer.kind_words import kinds_pattern, types_named
from docsearch.answer.mentions import find_mentions, without_mentions
from docsearch.answer.periods import of_each_period, puts_periods_together
from docsearch.records import Answer
from docsearch.search.understand import understand
from tests.test_answer_sides import CARE, FOOT, HEAD, MARKET, RABIES, WELLS

HERDS = (
    HEAD.format(
        place="XÃ HÒA KHƯƠNG BẮC",
        number="15/TB-UBND",
        town="Hòa Khương Bắc",
        day="14 tháng 11 năm 2022",
        kind="THÔNG BÁO",
        subject="Kết luận cuộc họp về chăn nuôi",
    )
    + """1. Năm 2021 tỷ lệ hộ có chuồng trại đạt 48%. Phấn đấu năm 2023 tỷ lệ hộ có chuồng trại \
đạt 65%.
2. Các thôn báo cáo số đàn về UBND xã trước ngày 20/12/2022."""
    + FOOT.format(role="CHỦ TỊCH", name="Mai Thị Lụa")
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("mentions")
    corpus = folder / "corpus"
    corpus.mkdir()
    texts = {"care": CARE, "wells": WELLS, "rabies": RABIES, "market": MARKET, "herds": HERDS}
    for name, text in texts.items():
        Path(corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    return ds.build(str(corpus), str(folder / "index"))


@pytest.mark.parametrize(
    ("question", "named", "rest"),
    [
        (
            "Kế hoạch 41/KH-UBND và Thông báo 22/TB-UBND do ai ký?",
            ["kế hoạch 41-kh-ubnd", "thông báo 22-tb-ubnd"],
            "Do ai ký?",
        ),
        (
            "So sánh hạn báo cáo giữa Tân Mỹ Đông và kế hoạch ngày 20/4/2021.",
            ["xã Tân Mỹ Đông", "kế hoạch 2021-04-20"],
            "So sánh hạn báo cáo.",
        ),
        (
            "Kế hoạch giếng khoan của huyện Lâm Bình Hạ và thông báo về chợ của xã Hòa Khương Bắc "
            "có gì chung?",
            ["kế hoạch huyện Lâm Bình Hạ giếng khoan", "thông báo xã Hòa Khương Bắc về chợ"],
            "Có gì chung?",
        ),
        (
            "Văn bản năm 2021 và văn bản năm 2023 quy định niêm yết thế nào?",
            ["văn bản 2021", "văn bản 2023"],
            "Quy định niêm yết thế nào?",
        ),
        (
            "What do the plan of Lam Binh Ha district and Tan My Dong's notice ask for?",
            ["plan huyện Lâm Bình Hạ", "notice xã Tân Mỹ Đông"],
            "What do ask for?",
        ),
        ("Huyện Lâm Bình Hạ và xã Tân Mỹ Đông phải báo cáo khi nào?", [], ""),
        ("Phòng Tài chính - Kế hoạch ở Lâm Bình Hạ và Tân Mỹ Đông làm gì?", [], ""),
        ("Gửi kế hoạch về huyện Lâm Bình Hạ và xã Tân Mỹ Đông trước ngày nào?", [], ""),
        ("Kế hoạch 41/KH-UBND triển khai Kế hoạch 12/KH-UBND nào?", [], ""),
    ],
)
def test_finds_what_is_put_side_by_side(
    index: ds.Index, question: str, named: list[str], rest: str
) -> None:
    query = understand(question, index.corpus)
    mentions = find_mentions(query)
    found = [
        " ".join(filter(None, (m.kind, m.number, m.day, m.place, m.year, m.subject)))
        for m in mentions
    ]
    assert found == named
    if named:
        assert without_mentions(query, mentions)[0] == rest


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        (
            "Kế hoạch 41/KH-UBND và Thông báo 22/TB-UBND yêu cầu báo cáo trước ngày nào?",
            ["Kế hoạch 41/KH-UBND: ", "20/11/2021", "Thông báo 22/TB-UBND: "],
            ["15/8/2021", "25/6/2023"],
        ),
        (
            "So sánh hạn báo cáo của xã Tân Mỹ Đông và kế hoạch ngày 20/4/2021.",
            ["25/6/2023", "15/8/2021"],
            ["20/11/2021", "20/12/2022"],
        ),
        (
            "Văn bản nào quy định báo cáo muộn hơn: Kế hoạch 58/KH-UBND hay Kế hoạch 41/KH-UBND?",
            ["Kế hoạch 58/KH-UBND: ", "15/8/2021", "Kế hoạch 41/KH-UBND: ", "20/11/2021"],
            ["25/6/2023"],
        ),
        (
            "Thông báo 15/TB-UBND xã Tân Mỹ Đông và Thông báo 15/TB-UBND xã Hòa Khương Bắc yêu cầu "
            "báo cáo trước ngày nào?",
            ["Thông báo 15/TB-UBND (xã Tân Mỹ Đông): ", "25/6/2023", "20/12/2022"],
            ["20/11/2021"],
        ),
        (
            "Phòng Lao động và Phòng Văn hóa huyện Lâm Bình Hạ được giao những việc gì khác nhau?",
            ["theo dõi, đôn đốc", "mừng thọ"],
            ["niêm yết"],
        ),
        (
            "Văn bản của Lâm Bình Hạ ngày 12/3/2021 và của Tân Mỹ Đông, cái nào ra sau?",
            ["02 tháng 6 năm 2023", "12 tháng 3 năm 2021"],
            ["20 tháng 4"],
        ),
        (
            "When must reports be sent under plan 58/KH-UBND and plan 41/KH-UBND?",
            ["15/8/2021", "20/11/2021"],
            ["25/6/2023"],
        ),
        (
            "Danh sách niêm yết bao lâu ở xã Tân Mỹ Đông và ở xã Phú Cường Hạ?",
            ["05 ngày làm việc", "xã Phú Cường Hạ: chưa có văn bản trong kho"],
            ["10 ngày"],
        ),
        (
            "Hạn tiêm phòng bệnh dại ở xã Tân Mỹ Đông và hạn kiểm kê quầy hàng ở xã Hòa Khương Bắc "
            "là ngày nào?",
            ["25/6/2023", "30/9/2022"],
            ["20/12/2022"],
        ),
        (
            "Hai kế hoạch về người cao tuổi và giếng khoan do ai ký?",
            ["Ma Văn Tình", "Hứa Thị Nga"],
            ["Mai Thị Lụa"],
        ),
        (
            "Tỷ lệ hộ có chuồng trại của xã Hòa Khương Bắc: kết quả năm 2021 và mục tiêu năm 2023 "
            "là bao nhiêu?",
            ["48%", "65%"],
            [],
        ),
        (
            "Ông Lưu Văn Kỳ có tên trong những văn bản nào và với vai trò gì?",
            ["Chủ tịch UBND xã chủ trì", "CHỦ TỊCH Lưu Văn Kỳ"],
            ["Trà Thị Sen"],
        ),
    ],
)
def test_asks_each_side(index: ds.Index, question: str, said: list[str], unsaid: list[str]) -> None:
    answer = index.ask(question).result
    assert isinstance(answer, Answer)
    assert [each for each in said if each not in answer.text] == []
    assert [each for each in unsaid if each in answer.text] == []


@pytest.mark.parametrize(
    ("question", "periods"),
    [
        ("Chỉ tiêu của Tân Mỹ Đông năm 2022 và năm 2025 là bao nhiêu?", ["2022", "2025"]),
        ("So với năm 2020 thì năm 2030 tăng bao nhiêu?", ["2020", "2030"]),
        ("Từ năm 2021 đến năm 2025 đạt bao nhiêu?", None),
        ("Năm học 2022 - 2023 có bao nhiêu lớp?", None),
    ],
)
def test_finds_periods(index: ds.Index, question: str, periods: list[str] | None) -> None:
    query = understand(question, index.corpus)
    assert puts_periods_together(query) == bool(periods)
    if periods:
        assert [each.years[0] for each in of_each_period(query)] == periods


def test_knows_the_kinds_of_documents() -> None:
    assert types_named("notices") == ("thông báo",)
    assert types_named("văn bản") == ()
    assert types_named("cuộc họp") is None
    assert re.fullmatch(kinds_pattern(folded=True), "ke hoach")
    assert not re.fullmatch(kinds_pattern(verbs=False), "báo cáo")
    assert not re.fullmatch(kinds_pattern(english=False), "notice")


def test_answers_from_no_third_document(index: ds.Index) -> None:
    question = "Kế hoạch 58/KH-UBND và Thông báo 22/TB-UBND giao ai tiêm phòng bệnh dại cho chó?"
    answer = index.ask(question).to_dict()
    assert "15/TB-UBND" not in str(answer["citations"])
    assert "tiêm phòng" not in (answer["answer"] or "")
