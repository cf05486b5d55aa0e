from __future__ import annotations

import pytest

from docsearch.errors import SourceError
from docsearch.read.html import read_html

MENU = "<nav><a href=/>Trang chủ</a><a href=/vb>Văn bản</a></nav>"
ASIDE = "<div class=side>" + "".join(
    f"<p><a href=/{i}>Tin đọc nhiều số {i} trong tuần này</a></p>" for i in range(8)
) + "</div>"  # fmt: skip
BODY = """
<table><tr><td>ỦY BAN NHÂN DÂN<br>HUYỆN LẠC SƠN</td>
<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b>Độc lập - Tự do - Hạnh phúc</b></td></tr>
<tr><td>Số: 15/KH-UBND</td><td><i>Lạc Sơn, ngày 05 tháng 9 năm 2023</i></td></tr></table>
<p style="text-align:center"><strong>KẾ HOẠCH</strong></p>
<p><strong>Cải cách hành chính năm 2024 trên địa bàn huyện Lạc Sơn</strong></p>
<p>Thực hiện Kế hoạch số 18/KH-UBND ngày 10/01/2023 của Ủy ban nhân dân tỉnh về cải cách hành
chính, Ủy ban nhân dân huyện xây dựng kế hoạch cải cách hành chính năm 2024 như sau:</p>
<p><b>I. MỤC TIÊU</b></p>
<p>Nâng cao chất lượng phục vụ người dân, doanh nghiệp; tiếp tục đơn giản hóa thủ tục hành chính
trên các lĩnh vực; ít nhất 90% hồ sơ được giải quyết đúng hạn và được số hóa theo quy định.</p>
<p>1. Phòng Nội vụ chủ trì, phối hợp với các phòng, ban tham mưu Ủy ban nhân dân huyện tổ chức
thực hiện Kế hoạch này, báo cáo kết quả về Sở Nội vụ trước ngày 15/12 hằng năm.</p>
<p>2. Ủy ban nhân dân các xã, thị trấn căn cứ Kế hoạch này để triển khai tại địa phương mình.</p>
"""


def page(body: str, title: str = "Kế hoạch cải cách hành chính") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title><meta charset=utf-8>"
        f"<script>var a = 'không phải chữ';</script></head><body>{body}</body></html>"
    ).encode()


def lines(body: str) -> list[str]:
    return read_html(page(body), "x").text.splitlines()


def test_the_content_of_a_page_with_its_letterhead() -> None:
    reading = read_html(
        page(f"{MENU}<div class=main><article>{BODY}</article></div>{ASIDE}"
             "<footer>Bản quyền thuộc UBND huyện</footer>"),
        "x",
    )  # fmt: skip
    assert "HUYỆN LẠC SƠN" in reading.text
    assert "Số: 15/KH-UBND" in reading.text
    assert reading.text.rstrip().endswith("để triển khai tại địa phương mình.")
    for left_out in ("Trang chủ", "Tin đọc nhiều", "Bản quyền", "không phải chữ"):
        assert left_out not in reading.text
    assert "letters of menus" in reading.notes[0]
    assert reading.format == "html"


def test_bold_lines_are_told() -> None:
    reading = read_html(page(f"<article>{BODY}</article>"), "x")
    bold = [span.of(reading.text) for span in reading.bold]
    assert "KẾ HOẠCH" in bold
    assert "I. MỤC TIÊU" in bold
    assert not any(words.startswith("1. Phòng Nội vụ") for words in bold)


def test_the_title_of_a_page_that_lacks_it() -> None:
    body = BODY[BODY.index("<p>Thực hiện") :]
    found = lines(f"{MENU}<h1>Kế hoạch số 15/KH-UBND về cải cách hành chính</h1><div>{body}</div>")
    assert found[0] == "Kế hoạch số 15/KH-UBND về cải cách hành chính"
    assert found[1].startswith("Thực hiện Kế hoạch số 18/KH-UBND")


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(
            "<div class=box><span>Số hiệu</span><span>15/KH-UBND</span></div>"
            "<div><span>Ngày ban hành</span><span>05/09/2023</span></div>",
            id="spans",
        ),
        pytest.param(
            "<dl><dt>Số hiệu:</dt><dd>15/KH-UBND</dd>"
            "<dt>Ngày ban hành:</dt><dd>05/09/2023</dd></dl>",
            id="list",
        ),
    ],
)
def test_facts_beside_the_content_are_kept(facts: str) -> None:
    found = lines(f"{MENU}<div><div class=attributes>{facts}</div><article>{BODY}</article></div>")
    assert "Số hiệu: 15/KH-UBND" in found
    assert "Ngày ban hành: 05/09/2023" in found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<ol><li>Một việc</li><li>Hai việc</li></ol>", ["1. Một việc", "2. Hai việc"],
                     id="numbers"),
        pytest.param("<ol type=a start=3><li>Một việc</li><li>Hai việc</li></ol>",
                     ["c. Một việc", "d. Hai việc"], id="letters"),
        pytest.param("<ol type=I><li>Một việc</li><li value=4>Hai việc</li></ol>",
                     ["I. Một việc", "IV. Hai việc"], id="roman-with-a-value"),
        pytest.param("<ul><li>Một việc</li><li>- Hai việc</li></ul>",
                     ["- Một việc", "- Hai việc"], id="dashes-once"),
        pytest.param("<ol><li>1. Một việc</li><li>2. Hai việc</li></ol>",
                     ["1. Một việc", "2. Hai việc"], id="typed-numbers-once"),
        pytest.param("<p>Một <b>việc</b>\n cần<br>làm ngay</p>", ["Một việc cần", "làm ngay"],
                     id="break"),
        pytest.param("<p>Ng<span>ày</span> <span>15</span>/12</p>", ["Ngày 15/12"],
                     id="words-cut-by-spans"),
        pytest.param("<p>Kế hoạch</p><p style='display:none'>ẩn</p>", ["Kế hoạch"], id="hidden"),
        pytest.param("<p>Kế hoạch &nbsp; năm&#160;2024</p>", ["Kế hoạch năm 2024"], id="entities"),
    ],
)  # fmt: skip
def test_the_lines_of_a_page(body: str, expected: list[str]) -> None:
    assert [line for line in lines(body) if line != "Kế hoạch cải cách hành chính"] == expected


def test_a_page_in_another_encoding() -> None:
    data = page(f"<p>{BODY}</p>").replace(b"charset=utf-8", b"charset=utf-16")
    assert "Ủy ban nhân dân huyện" in read_html(data, "x").text
    assert "Sở Nội vụ" in read_html(page(BODY).decode().encode("utf-16"), "x").text


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param(page("<script>x</script>"), "without text", id="only-a-script"),
        pytest.param(page("<h2>404 - File or directory not found.</h2>"), "error page", id="404"),
        pytest.param(page("<h1>502 Bad Gateway</h1><hr>nginx"), "error page", id="502"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, found: str) -> None:
    with pytest.raises(SourceError, match=found):
        read_html(data, "x.html")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div>" * 20_000 + "sâu" + "</div>" * 20_000, id="deep"),
        pytest.param("<table><tr><td>" * 3_000 + "bảng", id="tables-in-tables"),
        pytest.param("<p>" + "Kế hoạch " * 100_000 + "</p>", id="long-paragraph"),
        pytest.param("<br>" * 100_000 + "Kế hoạch", id="many-breaks"),
        pytest.param("<a href=x>x</a>" * 30_000, id="many-links"),
        pytest.param('<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>&c;', id="entities"),
    ],
)
def test_hostile_pages_end(body: str) -> None:
    try:
        reading = read_html(page(body), "x")
    except SourceError:
        return
    assert reading.text.strip()
