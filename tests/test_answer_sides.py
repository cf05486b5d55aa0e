"""Comparisons whose sides are documents named by kind and subject, counted, or each of a year."""

from __future__ import annotations

from pathlib import Path

import pytest

import docsearch as ds
from docsearch.records import Answer

HEAD = """ỦY BAN NHÂN DÂN
{place}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
{town}, ngày {day}

{kind}
{subject}

"""
FOOT = """

TM. ỦY BAN NHÂN DÂN
{role}
{name}
"""
CARE = (
    HEAD.format(
        place="HUYỆN LÂM BÌNH HẠ",
        number="41/KH-UBND",
        town="Lâm Bình Hạ",
        day="12 tháng 3 năm 2021",
        kind="KẾ HOẠCH",
        subject="Chăm sóc, phụng dưỡng người cao tuổi năm 2021",
    )
    + """1. Phòng Lao động huyện theo dõi, đôn đốc việc thực hiện Kế hoạch này.
2. UBND các xã báo cáo kết quả thực hiện về Phòng Lao động huyện trước ngày 20/11/2021.
3. Phòng Văn hóa huyện tổ chức mừng thọ trong Quý III/2021.
4. UBND các xã niêm yết công khai danh sách người được trợ cấp trong thời gian 10 ngày."""
    + FOOT.format(role="CHỦ TỊCH", name="Ma Văn Tình")
)
WELLS = (
    HEAD.format(
        place="HUYỆN LÂM BÌNH HẠ",
        number="58/KH-UBND",
        town="Lâm Bình Hạ",
        day="20 tháng 4 năm 2021",
        kind="KẾ HOẠCH",
        subject="Trám lấp giếng khoan không sử dụng",
    )
    + """1. UBND các xã báo cáo kết quả trám lấp về Phòng Tài nguyên huyện trước ngày 15/8/2021."""
    + FOOT.format(role="KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", name="Hứa Thị Nga")
)
RABIES = (
    HEAD.format(
        place="XÃ TÂN MỸ ĐÔNG",
        number="15/TB-UBND",
        town="Tân Mỹ Đông",
        day="02 tháng 6 năm 2023",
        kind="THÔNG BÁO",
        subject="Kết luận cuộc họp về phòng, chống bệnh dại",
    )
    + """Sáng ngày 30/5/2023, đồng chí Lưu Văn Kỳ, Chủ tịch UBND xã chủ trì cuộc họp về bệnh dại.
1. Trạm Y tế xã theo dõi, tổng hợp tình hình.
2. Các thôn báo cáo kết quả tiêm phòng về UBND xã trước ngày 25/6/2023.
3. Công chức Văn hóa khảo sát đàn chó trước ngày 10/6/2023.
4. Các thôn niêm yết công khai danh sách hộ nuôi chó trong 05 ngày làm việc."""
    + FOOT.format(role="CHỦ TỊCH", name="Lưu Văn Kỳ")
)
MARKET = (
    HEAD.format(
        place="XÃ HÒA KHƯƠNG BẮC",
        number="22/TB-UBND",
        town="Hòa Khương Bắc",
        day="09 tháng 9 năm 2022",
        kind="THÔNG BÁO",
        subject="Kết luận cuộc họp về di dời chợ tạm",
    )
    + """Chiều ngày 06/9/2022, đồng chí Trà Thị Sen, Phó Chủ tịch UBND xã chủ trì cuộc họp về chợ.
1. Ban Quản lý chợ hoàn thành kiểm kê quầy hàng trước ngày 30/9/2022."""
    + FOOT.format(role="KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", name="Trà Thị Sen")
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("sides")
    corpus = folder / "corpus"
    corpus.mkdir()
    texts = {"care": CARE, "wells": WELLS, "rabies": RABIES, "market": MARKET}
    for name, text in texts.items():
        Path(corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    return ds.build(str(corpus), str(folder / "index"))


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        (
            "So sánh chế độ báo cáo trong kế hoạch chăm sóc người cao tuổi của huyện Lâm Bình Hạ "
            "và trong thông báo về bệnh dại của xã Tân Mỹ Đông.",
            ["20/11/2021", "25/6/2023"],
            ["15/8/2021", "Quý III", "10/6/2023"],
        ),
        (
            "So sánh hạn báo cáo trong kế hoạch trám lấp giếng khoan của huyện Lâm Bình Hạ, "
            "trong thông báo về bệnh dại của xã Tân Mỹ Đông.",
            ["15/8/2021", "25/6/2023"],
            ["20/11/2021"],
        ),
        (
            "So sánh việc giao cơ quan theo dõi trong kế hoạch chăm sóc người cao tuổi của huyện "
            "Lâm Bình Hạ và trong thông báo về bệnh dại của xã Tân Mỹ Đông.",
            ["Phòng Lao động huyện", "Trạm Y tế xã"],
            ["Phòng Tài nguyên"],
        ),
        (
            "Danh sách phải niêm yết công khai bao lâu ở huyện Lâm Bình Hạ (2021) và ở xã Tân Mỹ "
            "Đông (2023)?",
            ["10 ngày", "05 ngày làm việc"],
            ["10/6/2023"],
        ),
        (
            "Hai thông báo kết luận do ai chủ trì, cuộc họp ngày nào?",
            ["Lưu Văn Kỳ", "Trà Thị Sen", "30/5/2023", "06/9/2022"],
            [],
        ),
        (
            "So sánh hai thông báo về hạn báo cáo kết quả tiêm phòng bệnh dại.",
            ["Thông báo 15/TB-UBND", "25/6/2023", "Thông báo 22/TB-UBND: không quy định"],
            ["20/11/2021"],
        ),
        (
            "Trong hai kế hoạch của UBND huyện, kế hoạch nào do Chủ tịch ký, kế hoạch nào ký thay?",
            ["Ma Văn Tình", "Hứa Thị Nga"],
            ["Lưu Văn Kỳ"],
        ),
    ],
)
def test_says_the_same_of_each_side(
    index: ds.Index, question: str, said: list[str], unsaid: list[str]
) -> None:
    answer = index.ask(question).result
    assert isinstance(answer, Answer)
    assert [each for each in said if each not in answer.text] == []
    assert [each for each in unsaid if each in answer.text] == []


def test_counts_only_as_many_as_there_are(index: ds.Index) -> None:
    answer = index.ask("Ba thông báo kết luận do ai chủ trì, cuộc họp ngày nào?").to_dict()
    assert "Thông báo 15/TB-UBND: " not in (answer["answer"] or "")


NOTICE = (
    """Trang thông tin điện tử xã Hòa Khương Bắc
Ngày đăng: 14/10/2022
"""
    + HEAD.format(
        place="XÃ HÒA KHƯƠNG BẮC",
        number="31/CT-UBND",
        town="Hòa Khương Bắc",
        day="11 tháng 10 năm 2022",
        kind="CHỈ THỊ",
        subject="Số hóa hồ sơ theo Kết luận số 77-KL/HU ngày 05/10/2022 của Huyện ủy",
    )
    + """1. Phấn đấu đến năm 2024, ở cấp xã số hóa xong ít nhất 45% hồ sơ; ở cấp thôn số hóa \
xong ít nhất 20%.

Nơi nhận:
- Huyện ủy (b/c);
- Các thôn (t/h);
- Lưu: VT."""
    + FOOT.format(role="CHỦ TỊCH", name="Mai Thị Lụa")
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> ds.Index:
    folder = tmp_path_factory.mktemp("pages")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in {"notice": NOTICE, "rabies": RABIES, "care": CARE}.items():
        Path(corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    return ds.build(str(corpus), str(folder / "index"))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Chỉ thị 31/CT-UBND được đăng trên trang thông tin điện tử ngày nào?", "14/10/2022"),
        ("Thông báo 15/TB-UBND được đăng trên trang thông tin điện tử ngày nào?", None),
        ("Chỉ thị ngày 11/10/2022 gửi những nơi nào để thực hiện?", "Các thôn"),
        ("Nơi nhận của chỉ thị ngày 11/10/2022?", "Huyện ủy"),
        ("Ai ký thông báo ngày 02/6/2023?", "Lưu Văn Kỳ"),
        ("Ai ký thông báo ngày 03/6/2023?", None),
        ("Kết luận ngày 05/10/2022 do ai ký?", None),
        ("Đến năm 2024 xã Hòa Khương Bắc số hóa bao nhiêu phần trăm hồ sơ ở cấp thôn?", "20%"),
        ("Đến năm 2024 xã Hòa Khương Bắc số hóa bao nhiêu phần trăm hồ sơ ở cấp xã?", "45%"),
    ],
)
def test_says_what_a_dated_document_says(pages: ds.Index, question: str, said: str | None) -> None:
    reply = pages.ask(question).result
    if said is None:
        assert not isinstance(reply, Answer)
    else:
        assert isinstance(reply, Answer)
        assert said in reply.items[0].text


def test_the_number_of_a_report_asks_for_no_purpose(tmp_path: Path) -> None:
    head = HEAD.format(
        place="XÃ BẢN KHOANG",
        number="67/BC-UBND",
        town="Bản Khoang",
        day="09 tháng 12 năm 2022",
        kind="BÁO CÁO",
        subject="Kết quả tiêm phòng năm 2022",
    )
    body = "1. Tiêm phòng đạt 91%.\n\nNơi nhận:\n- UBND huyện (b/c);\n- Các bản;\n- Lưu: VP."
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    foot = FOOT.format(role="CHỦ TỊCH", name="Lý Thị Mây")
    (corpus / "report.txt").write_text(head + body + foot, encoding="utf-8")
    index = ds.build(str(corpus), str(tmp_path / "index"))
    reply = index.ask("Báo cáo 67/BC-UBND gửi những nơi nào (nơi nhận)?").result
    assert isinstance(reply, Answer)
    assert "UBND huyện; Các bản" in reply.items[0].text
