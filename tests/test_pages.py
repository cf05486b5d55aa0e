"""Every page in a browser: asking, following a quotation, filtering, taking along, uploading."""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import uvicorn
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

import docsearch as ds
from docsearch.service import create_app
from docsearch.service.keys import KeyFile
from docsearch.service.settings import load_settings
from docsearch.service.site import texts
from tests.conftest import ENCODER
from tests.test_service_hostile import XSS

CHROMIUM = shutil.which("chromium")
QUESTION = "Đơn vị nào phải báo cáo trước ngày 15/12?"
CHI_LANG = "141-kh-ubnd-chi-lang-2022"
MARKED = f"/van-ban/{CHI_LANG}?doan=19448-19867&dau=19662-19697"
STATIC = Path(ds.__file__).parent / "service" / "static"
TEMPLATES = Path(ds.__file__).parent / "service" / "templates"

pytestmark = [
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("DOCSEARCH_REQUIRE_PROGRAMS"),
        reason="chromium is not installed",
    ),
    pytest.mark.xdist_group("chromium"),
]

PAGES = {
    "ask": "/",
    "answer": f"/?question={quote(QUESTION)}",
    "abstention": f"/?question={quote('Lãi suất tiền gửi ngân hàng là bao nhiêu?')}",
    "duties": "/nhiem-vu?in=2024",
    "fault": "/nhiem-vu?before=31/2",
    "calendar": "/nhiem-vu/lich?month=2024-06",
    "compare": f"/so-sanh?topic={quote('phân luồng học sinh')}",
    "targets": "/chi-tieu",
    "documents": "/van-ban",
    "missing": "/chua-co",
    "reuse": "/dung-lai",
    "document": MARKED,
    "error": "/van-ban/khong-co",
    "login": "/dang-nhap",
    "api": "/api",
}


class Site:
    """A service on a port of this machine, and a key that may write."""

    def __init__(self, folder: Path, index: Path) -> None:
        shutil.copytree(index, folder / "index")
        settings = load_settings(index=folder / "index", encoder=ENCODER, rate=0)
        self.key = KeyFile(settings.keys_file).create("write", "")[1]
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        config = uvicorn.Config(create_app(settings=settings), log_level="warning")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [self._listening]}
        )
        self.thread.start()
        while not self.server.started:
            time.sleep(0.05)

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(30)
        self._listening.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("site"), corpus_folder)
    yield made
    made.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "chromium is not installed; run: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def signed_in(site: Site, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("/van-ban")
    page.get_by_label("Khóa truy cập").fill(site.key)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/van-ban")
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(site: Site, signed_in: BrowserContext) -> Iterator[Page]:
    """Return a page that fails the test on an error of the console or a foreign request."""
    page = signed_in.new_page()
    said: list[str] = []
    asked: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            said.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    yield page
    page.close()
    assert not said
    assert set(asked) <= {urlsplit(site.address).netloc, ""}


def test_ask_and_follow_the_quotation_to_its_words(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Câu hỏi của bạn").fill(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_url("**/?question=*")
    assert page.locator(".answers").inner_text().count("15/12") >= 1
    marks = page.locator(".quotation").first.locator("mark").all_inner_texts()
    assert "Định kỳ hằng năm (trước ngày 15/12)" in marks
    page.get_by_role("link", name="Mở văn bản tại đoạn này").first.click()
    page.wait_for_url("**/van-ban/**")
    mark = page.locator(".paper mark", has_text="trước ngày 15/12")
    assert mark.inner_text() == "Định kỳ hằng năm (trước ngày 15/12)"
    assert 0 < mark.bounding_box()["y"] < 900  # type: ignore[index]  # it is in view
    outline = page.get_by_role("navigation", name="Mục lục")
    assert "7. Các phòng, ban" in outline.locator(".within").all_inner_texts()[-1]


def test_an_abstention_says_why_and_what_is_nearest(page: Page) -> None:
    page.goto(PAGES["abstention"])
    reasons = {vi for name, (vi, _) in texts().items() if name.startswith("reason_")}
    assert page.locator(".abstained h2").inner_text() in reasons
    page.goto(f"/?question={quote('Học phí đại học là bao nhiêu?')}")
    assert page.locator(".abstained").count() == 1


def test_filters_narrow_the_answer_and_the_lists(page: Page) -> None:
    page.goto("/van-ban")
    assert page.locator(".documents tbody tr").count() >= 5
    page.get_by_label("Địa phương", exact=True).select_option(label="huyện Chi Lăng (1)")
    page.get_by_role("button", name="Lọc").click()
    page.wait_for_url("**place=*")
    assert page.locator(".documents tbody tr").count() == 1
    assert "type=" not in page.url  # empty fields stay out of the address
    page.goto("/nhiem-vu?in=2024&place=huyện Chi Lăng")
    assert set(page.locator(".duties .place").all_inner_texts()) == {"huyện Chi Lăng"}
    page.goto("/nhiem-vu?before=31/2")
    assert "15/12/2024" in page.get_by_role("alert").inner_text()


def test_a_month_and_what_is_taken_along(page: Page) -> None:
    page.goto("/nhiem-vu/lich?month=2024-06")
    day = page.locator("td.has", has=page.locator("time[datetime='2024-06-28']"))
    assert day.locator("li").count() == 2
    page.get_by_role("link", name=re.compile("^7 ")).click()
    page.wait_for_url("**month=2024-07")
    page.goto("/nhiem-vu?in=2024")
    for name, begin in (("Tệp lịch (.ics)", b"BEGIN:VCALENDAR"), ("Excel (.xlsx)", b"PK")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.path().read_bytes().startswith(begin)


def test_the_matrix_leads_to_the_words(page: Page) -> None:
    page.goto("/so-sanh")
    page.get_by_label("Chủ đề").fill("phân luồng học sinh")
    page.get_by_role("button", name="So sánh").click()
    page.wait_for_url("**topic=*")
    assert page.locator(".matrix thead th").count() == 5
    cell = page.locator("td.stated").first
    cell.locator("summary").first.click()
    cell.locator(".limit a").first.click()
    page.wait_for_url("**/van-ban/**")
    assert page.locator("#trich").count() == 1


def test_a_document_is_uploaded_shown_as_text_and_removed(page: Page, tmp_path: Path) -> None:
    words = "\n\n".join(f"{n}. Trạm Y tế xã {text} gửi báo cáo." for n, text in enumerate(XSS, 1))
    file = tmp_path / "<img src=x onerror=window.hacked=1>.txt"
    file.write_text(f"THÔNG BÁO\n\n{words}\n", "utf-8")
    page.goto("/van-ban")
    page.get_by_text("Thêm văn bản").click()
    page.get_by_label("Chọn tệp").set_input_files(file)
    page.get_by_role("button", name="Tải lên").click()
    page.wait_for_url("**/van-ban/*", timeout=90_000)
    text = page.locator(".paper").inner_text()
    assert "<svg/onload=window.hacked=1>" in text
    assert page.locator(".facts-card .file").inner_text() == file.name
    assert page.evaluate("window.hacked") is None
    page.goto("/van-ban")
    page.get_by_text("Thêm văn bản").click()
    page.get_by_label("Chọn tệp").set_input_files(
        {"name": "a.exe", "mimeType": "text/plain", "buffer": b"MZ\x90\x00" * 100}
    )
    page.get_by_role("button", name="Tải lên").click()
    page.locator("#upload-status.bad").wait_for(timeout=60_000)
    assert "a program" in page.get_by_role("alert").inner_text()


def test_a_writer_removes_a_document(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "se-xoa.txt"
    file.write_text("THÔNG BÁO\n\n1. Trạm Y tế xã gửi báo cáo trước ngày 20/3.\n", "utf-8")
    page.goto("/van-ban")
    page.get_by_text("Thêm văn bản").click()
    page.get_by_label("Chọn tệp").set_input_files(file)
    page.get_by_role("button", name="Tải lên").click()
    page.wait_for_url("**/van-ban/*", timeout=90_000)
    address = page.url
    page.get_by_text("Xóa văn bản này").click()
    page.get_by_role("button", name="Xóa khỏi kho").click()
    page.wait_for_url("**/van-ban", timeout=90_000)
    assert page.locator(".documents tbody tr").count() >= 5
    assert page.locator(".documents .file", has_text=file.name).count() == 0
    page.goto(address)
    assert page.get_by_role("heading", level=1).inner_text() == "Không tìm thấy"


def test_figures_lead_to_their_words_and_are_taken_along(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Chỉ tiêu", exact=True).click()
    page.wait_for_url("**/chi-tieu")
    page.get_by_label("Chủ đề").fill("mẫu giáo")
    page.get_by_label("Loại số liệu").select_option("target")
    page.get_by_role("button", name="Lọc").click()
    page.wait_for_url("**kind=target*")
    rows = page.locator(".targets tbody tr")
    assert 0 < rows.count() < 50
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel (.xlsx)").click()
    assert download.value.path().read_bytes().startswith(b"PK")
    rows.first.locator(".origin a").click()
    page.wait_for_url("**/van-ban/**")
    assert page.locator("#trich").count() == 1


def test_what_is_not_here_and_what_is_shared_belong_to_the_documents(page: Page) -> None:
    page.goto(f"/van-ban/{CHI_LANG}")
    page.get_by_text("Văn bản được viện dẫn").click()
    page.get_by_role("link", name="chưa có trong kho").first.click()
    page.wait_for_url("**/chua-co?document=*")
    assert page.locator(".missing tbody tr").count() >= 5
    cited = page.locator(".missing .citing").all_inner_texts()
    assert all("141/KH-UBND" in words for words in cited)
    page.get_by_role("link", name="Nội dung dùng lại").click()
    page.wait_for_url("**/dung-lai")
    assert page.locator(".shared").count() >= 5
    assert page.locator(".shared mark").count() >= 5
    page.locator(".shared h3 a").first.click()
    page.wait_for_url("**/van-ban/**")
    assert page.locator("#trich").count() == 1


@pytest.mark.parametrize("words", XSS)
def test_what_is_typed_is_shown_as_text(page: Page, words: str) -> None:
    for path in (
        *("/?question=", "/nhiem-vu?actor=", "/so-sanh?topic=", "/van-ban?place="),
        *("/chi-tieu?topic=", "/chua-co?number=", "/dung-lai?place="),
    ):
        page.goto(path + quote(words))
        assert page.evaluate("window.hacked") is None
        assert page.locator("main img, main script").count() == 0
    page.goto("/?question=" + quote(words))
    assert page.get_by_label("Câu hỏi của bạn").input_value() == words


def test_an_error_says_what_to_do(page: Page) -> None:
    page.goto("/van-ban/khong-co")
    assert page.get_by_role("heading", level=1).inner_text() == "Không tìm thấy"
    page.get_by_role("link", name="Về trang hỏi đáp").click()
    page.wait_for_url("**/")


def test_english_by_a_switch_that_is_kept(page: Page) -> None:
    page.goto("/nhiem-vu")
    page.get_by_role("link", name="EN").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Duties and deadlines"
    page.goto("/van-ban")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="VI").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kho văn bản"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_fits_a_phone(page: Page, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 1280 if scheme == "light" else 360, "height": 800})
    page.goto(PAGES[name])
    found = Axe().run(page)
    serious = [
        (fault["id"], [node["target"] for node in fault["nodes"]][:3])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
    assert not serious
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_keyboard_reaches_the_answer(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "question"
    page.keyboard.type("Ai ký kế hoạch 141/KH-UBND?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?question=*")
    page.locator("h2:focus").wait_for()
    assert page.locator("h2:focus").inner_text().startswith("Trả lời")


def test_a_page_is_light(page: Page) -> None:
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(PAGES["answer"], wait_until="networkidle")
    assert 0 < sum(sizes) <= 150_000


def test_print_leaves_the_frame_out(page: Page) -> None:
    page.goto(MARKED)
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert page.locator(".paper").is_visible()
    page.emulate_media(media="screen")


def test_what_only_tests_need_is_not_in_the_package() -> None:
    assert not list(Path(ds.__file__).parent.rglob("*axe*"))


def test_the_words_of_the_pages_are_all_there() -> None:
    used = set()
    for template in TEMPLATES.iterdir():
        used |= set(re.findall(r"""\bt\(["'](\w+)["'][,)]""", template.read_text("utf-8")))
    assert used <= texts().keys()
    assert all(vi and en for vi, en in texts().values())
    for vi, en in texts().values():
        assert set(re.findall(r"\{\w*\}", vi)) == set(re.findall(r"\{\w*\}", en)), vi
    assert sum(file.stat().st_size for file in STATIC.iterdir()) < 60_000
