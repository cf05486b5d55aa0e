"""News of a document says who issued it."""

import pytest

from docsearch.parse.header import parse_header
from docsearch.parse.posts import find_poster


@pytest.mark.parametrize(
    ("text", "issuer", "place"),
    [
        (
            "Ngày 12/3/2021, Trung tâm GDNN-GDTX huyện Tam Nông đã ban hành Kế hoạch số 05/KH",
            "Trung tâm GDNN-GDTX huyện Tam Nông",
            "huyện Tam Nông",
        ),
        (
            "Tin tức\nUBND huyện vừa ban hành Kế hoạch số 9/KH-UBND về thi đua trên địa bàn huyện "
            "Phù Cừ năm 2023.",
            "UBND huyện Phù Cừ",
            "huyện Phù Cừ",
        ),
        ("Chủ tịch UBND huyện Ba Bể có Công điện số 3.", "UBND huyện Ba Bể", "huyện Ba Bể"),
        (
            "Sở Y tế tỉnh Hà Giang có công văn gửi bệnh viện",
            "Sở Y tế tỉnh Hà Giang",
            "tỉnh Hà Giang",
        ),
    ],
)
def test_who_issued_what_a_page_tells_of(text: str, issuer: str, place: str) -> None:
    by, territory = find_poster(text)
    assert by is not None
    assert territory is not None
    assert (by.value, territory.value) == (issuer, place)
    assert territory.span.of(text).endswith(place.split(" ", 1)[1])
    header = parse_header(text)  # the page is not the document
    assert (header.issuer, header.place) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "UBND huyện vừa có công văn yêu cầu các cơ quan thực hiện nghiêm.",  # of which district?
        "UBND huyện Xây dựng Kế hoạch tổ chức rà soát hộ nghèo",
        "Học sinh trường A, huyện Ba Vì thi đấu. Kế hoạch của đội là thắng.",
        "",
    ],
)
def test_a_page_that_does_not_say_whose(text: str) -> None:
    assert find_poster(text) == (None, None)
