"""How documents cite others, and which of these are in the corpus."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

import docsearch
from docsearch.errors import DocumentNotFoundError
from docsearch.index.relations import Resolver, missing, resolved
from docsearch.index.store import Entry
from docsearch.parse.header import parse_header
from docsearch.parse.numbers import number_key
from docsearch.parse.references import find_references
from docsearch.records import AdministrativeUnit, Facts, Header, Reference, ResolvedPlace, Span
from tests.factories import CORPUS, HashEncoder, header

GOLD = Path(__file__).resolve().parents[2] / "shared" / "data" / "gold" / "metadata.jsonl"

# Each text with the relation of every citation in it, by its number or the law's name.

RELATIONS = {
    "every line its own cue": (
        "Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015;\n"
        "Căn cứ Nghị định số 163/2016/NĐ-CP ngày 21/12/2016 của Chính phủ;\n"
        "Xét Tờ trình số 75/TTr-UBND ngày 01 tháng 12 năm 2022;\n",
        {"Ngân sách nhà nước": "based_on", "163/2016/NĐ-CP": "based_on", "75/TTr-UBND": "cites"},
    ),
    "one cue, several documents": (
        "Thực hiện Nghị quyết số 11-NQ/TU ngày 03/3/2021 của Tỉnh ủy; Kế hoạch số 60/KH-UBND ngày"
        " 12/4/2021 của UBND tỉnh và Công văn số 812/SYT-NVY, UBND thị xã yêu cầu",
        {"11-NQ/TU": "implements", "60/KH-UBND": "implements", "812/SYT-NVY": "implements"},
    ),
    "a list shares number and cue": (
        "Bãi bỏ các Quyết định số 10, 11 và 12/QĐ-UBND của UBND quận.",
        {"10/QĐ-UBND": "repeals", "11/QĐ-UBND": "repeals", "12/QĐ-UBND": "repeals"},
    ),
    "what a cited document implements is its own business": (
        "Căn cứ Kế hoạch số 210/KH-UBND về thực hiện Nghị quyết số 05-NQ/TU của Tỉnh ủy;",
        {"210/KH-UBND": "based_on", "05-NQ/TU": "cites"},
    ),
    "what a cited document amends is its own business": (
        "Căn cứ Nghị định số 80/2021/NĐ-CP sửa đổi, bổ sung Nghị định số 39/2018/NĐ-CP;",
        {"80/2021/NĐ-CP": "based_on", "39/2018/NĐ-CP": "cites"},
    ),
    "as amended by": (
        "Căn cứ Nghị định số 59/2015/NĐ-CP đã được sửa đổi, bổ sung bởi Nghị định số"
        " 42/2017/NĐ-CP;",
        {"59/2015/NĐ-CP": "based_on", "42/2017/NĐ-CP": "cites"},
    ),
    "the end of force, after the subject": (
        "Điều 3. Quyết định số 22/2013/QĐ-UBND ngày 06/9/2013 của UBND thành phố về quản lý chợ"
        " hết hiệu lực thi hành kể từ ngày Quyết định này có hiệu lực.",
        {"22/2013/QĐ-UBND": "repeals"},
    ),
    "the end of force, of a list": (
        "Quyết định số 1/2013/QĐ-UBND, Quyết định số 2/2014/QĐ-UBND hết hiệu lực từ 01/01/2020.",
        {"1/2013/QĐ-UBND": "repeals", "2/2014/QĐ-UBND": "repeals"},
    ),
    "replaced by a third": (
        "Quyết định số 9/2010/QĐ-UBND được thay thế bằng Quyết định số 7/2015/QĐ-UBND.",
        {"9/2010/QĐ-UBND": "cites", "7/2015/QĐ-UBND": "cites"},
    ),
    "in force and in place of": (
        "Thông tư này có hiệu lực từ ngày 15/8/2021 và thay thế Thông tư số 05/2013/TT-BNV ngày"
        " 25/6/2013 của Bộ trưởng Bộ Nội vụ; bãi bỏ Thông tư số 1/2009/TT-BNV.",
        {"05/2013/TT-BNV": "replaces", "1/2009/TT-BNV": "repeals"},
    ),
    "a rule that was issued with a decision is amended": (
        "Sửa đổi, bổ sung một số điều của Quy chế phối hợp ban hành kèm theo Quyết định số"
        " 61/2017/QĐ-UBND:",
        {"61/2017/QĐ-UBND": "amends"},
    ),
    "an annex": (
        "PHỤ LỤC\n(Kèm theo Nghị quyết số 34/NQ-HĐND ngày 09/12/2021 của HĐND huyện Mù Cang Chải)",
        {"34/NQ-HĐND": "attached"},
    ),
    "a task given": (
        "Theo nhiệm vụ được giao tại điểm b khoản 2 Mục III Chương trình số 25-CTr/HU.",
        {"25-CTr/HU": "assigned_by"},
    ),
    "corrected": (
        "V/v đính chính Công văn số 77/PTCKH-NS ngày 02/2/2024",
        {"77/PTCKH-NS": "corrects"},
    ),
    "bullets under a heading": (
        "I. CĂN CỨ PHÁP LÝ\n- Luật số 15/2017/QH14;\n- Nghị định số 151/2017/NĐ-CP của Chính phủ\n"
        "quy định chi tiết một số điều;\n- Công văn số 1/STC-QLCS.\n\nII. NỘI DUNG\n\n"
        "- Công văn số 2/STC-QLCS.\n",
        {
            "15/2017/QH14": "based_on",
            "151/2017/NĐ-CP": "based_on",
            "1/STC-QLCS": "based_on",
            "2/STC-QLCS": "cites",
        },
    ),
    "numbered under a colon": (
        "Điều 2. Bãi bỏ các văn bản sau đây:\n1. Quyết định số 3/2008/QĐ-UB;\n"
        "2. Chỉ thị số 4/2009/CT-UB ngày 02/3/2009.\nĐiều 3. Chánh Văn phòng thi hành.\n",
        {"3/2008/QĐ-UB": "repeals", "4/2009/CT-UB": "repeals"},
    ),
    "by the rules of": (
        "Thực hiện chế độ báo cáo theo quy định tại Thông tư số 02/2017/TT-BYT.",
        {"02/2017/TT-BYT": "cites"},
    ),
    "another sentence": (
        "Căn cứ tình hình thực tế của địa phương. Kế hoạch số 8/KH-UBND đã hoàn thành.",
        {"8/KH-UBND": "cites"},
    ),
    "the place is no end of a sentence": (
        "Thực hiện ý kiến của UBND TP. Cần Thơ tại Công văn số 90/UBND-XDĐT;",
        {"90/UBND-XDĐT": "implements"},
    ),
    "a clause of its own": (
        "Căn cứ chức năng, nhiệm vụ, Phòng Y tế xây dựng Kế hoạch số 12/KH-PYT như sau",
        {"12/KH-PYT": "cites"},
    ),
    "scope is no amendment": (
        "Phạm vi điều chỉnh: Thông tư số 8/2018/TT-BYT.",
        {"8/2018/TT-BYT": "cites"},
    ),
    "a draft amends nothing": (
        "xây dựng dự thảo sửa đổi Nghị định số 8/2018/NĐ-CP.",
        {"8/2018/NĐ-CP": "cites"},
    ),
    "giáo is not giao": (
        "bồi dưỡng nhà giáo theo Thông tư số 20/2018/TT-BGDĐT.",
        {"20/2018/TT-BGDĐT": "cites"},
    ),
    "in keeping with the rules": (
        "Thực hiện quản lý dự án phù hợp với quy định của Nghị định số 15/2021/NĐ-CP.",
        {"15/2021/NĐ-CP": "cites"},
    ),
    "a list that lost its line breaks": (
        "6. Căn cứ pháp lý: - Luật Cư trú năm 2020. - Nghị định số 62/2021/NĐ-CP.",
        {"Cư trú": "based_on", "62/2021/NĐ-CP": "based_on"},
    ),
    "line breaks": (
        "Căn cứ\nNghị định số 120/\nNĐ-CP\nngày 30 tháng\n12 năm 2020;",
        {"120/NĐ-CP": "based_on"},
    ),
    "without diacritics": (
        "Can cu Quyet dinh so 5/QD-UBND ngay 3/4/2009;",
        {"5/QD-UBND": "based_on"},
    ),
}


@pytest.mark.parametrize(("text", "expected"), RELATIONS.values(), ids=RELATIONS.keys())
def test_relation(text: str, expected: dict[str, str]) -> None:
    found = find_references(text)
    assert {str(r.number or r.subject): r.relation for r in found} == expected


# Each text with type, number, date and issuer of every citation.

Cited = tuple[str | None, str | None, str | None, str | None]
CITED: dict[str, tuple[str, list[Cited]]] = {
    "Party": (
        "Nghị quyết số 07-NQ/HU ngày 15/10/2021 của Ban Chấp hành Đảng bộ huyện về cải cách",
        [("nghị quyết", "07-NQ/HU", "2021-10-15", "Ban Chấp hành Đảng bộ huyện")],
    ),
    "a law with its number after its name": (
        "Luật Bảo vệ môi trường số 72/2020/QH14 ngày 17 tháng 11 năm 2020",
        [("luật", "72/2020/QH14", "2020-11-17", None)],
    ),
    "a law that amends, with a number": (
        "Luật sửa đổi, bổ sung một số điều của Luật Cán bộ, công chức số 52/2019/QH14",
        [("luật", "52/2019/QH14", None, None)],
    ),
    "a law by its year": ("theo Luật Đất đai 2013.", [("luật", None, "2013", None)]),
    "a period is no year of a law": ("Luật Đầu tư công trung hạn 2016 - 2020", []),
    "pháp luật is no law": ("PHỔ BIẾN, GIÁO DỤC PHÁP LUẬT NĂM 2023; Kỷ luật năm 2020", []),
    "a law's name in two lines": (
        "Luật Tổ chức chính quyền\nđịa phương ngày 19 tháng 6\nnăm 2015;",
        [("luật", None, "2015-06-19", None)],
    ),
    "a law without a date": ("Căn cứ Luật Giáo dục;\n", [("luật", None, None, None)]),
    "a law that is only spoken of": ("theo Luật Giáo dục, Luật này", []),
    "a law beside another document": (
        "Pháp lệnh Xử lý vi phạm và Điều 7 của Nghị định số 128/2008/NĐ-CP ngày 16/12/2008",
        [("nghị định", "128/2008/NĐ-CP", "2008-12-16", None)],
    ),
    "the constitution": ("Căn cứ Hiến pháp năm 2013;", [("hiến pháp", None, "2013", None)]),
    "the issuer before the number": (
        "Nghị định của Chính phủ số 30/2020/NĐ-CP, ngày 05/3/2020",
        [("nghị định", "30/2020/NĐ-CP", "2020-03-05", "Chính phủ")],
    ),
    "an abbreviated type": (
        "theo QĐ 15/2010 và NĐ số 24/2014; QĐ số 7/QĐ-TTg",
        [
            ("quyết định", "15/2010", None, None),
            ("nghị định", "24/2014", None, None),
            ("quyết định", "7/QĐ-TTg", None, None),
        ],
    ),
    "an invitation": ("Thành phần theo GM 42;", [("giấy mời", "42", None, None)]),
    "a joint circular": (
        "Thông tư liên tịch số 11/2015/TTLT-BLĐTBXH-BTC ngày 02/3/2015 của Bộ Lao động - Thương"
        " binh và Xã hội và Bộ Tài chính hướng dẫn",
        [
            (
                "thông tư liên tịch",
                "11/2015/TTLT-BLĐTBXH-BTC",
                "2015-03-02",
                "Bộ Lao động - Thương binh và Xã hội, Bộ Tài chính",
            )
        ],
    ),
    "a programme of action": (
        "Chương trình hành động số 08-CTr/TU ngày 01/4/2022",
        [("chương trình", "08-CTr/TU", "2022-04-01", None)],
    ),
    "a document of no named type": (
        "Văn bản số 301/SXD-QLN ngày 9-5-2019",
        [("công văn", "301/SXD-QLN", "2019-05-09", None)],
    ),
    "blanks of a scan": (
        "Kế hoạch số  36 /KH - UBND ngày 12 / 5 / 2020",
        [("kế hoạch", "36/KH-UBND", "2020-05-12", None)],
    ),
    "figures": ("tỷ lệ 12/15, ngày 15/12, 50/2010 hộ, 3/2021 xã, Kế hoạch 5/2022", []),
    "the document itself": ("Kế hoạch này, Quyết định này có hiệu lực", []),
    "a title and the label below it": ("CĂN CỨ BAN HÀNH KẾ HOẠCH\n1. Mục đích", []),
    "a draft": (
        "cho ý kiến về dự thảo Nghị quyết quy định mức chi bồi dưỡng, và các ý kiến khác",
        [("nghị quyết", None, None, None)],
    ),
    "what is to be drafted": (
        "Phòng Nội vụ xây dựng dự thảo Chương trình công tác năm 2022 của huyện",
        [],
    ),
    "a draft without a subject": ("gửi dự thảo Kế hoạch này, dự thảo Quyết định.", []),
    "ordinals": ("TT 5, lớp 12/2020 em, CT 3 bậc, KH 7 người", []),
}


@pytest.mark.parametrize(("text", "expected"), CITED.values(), ids=CITED.keys())
def test_cited_document(text: str, expected: list[Cited]) -> None:
    found = find_references(text)
    assert [(r.type, r.number, r.issued_on, r.issuer) for r in found] == expected
    assert all(r.span.of(text) == r.span.of(text).strip() for r in found)


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ " * 140_000,
        "\n- Căn cứ\n" * 100_000,
        "số 1, 2, " * 110_000,
        "QĐ 5/KH-UBND, " * 20_000,
        "\n- Quyết định số 5/QĐ-UBND;" * 8_000,
        "Luật số 5/2010/QH12 " * 20_000,
    ],
    ids=["cues", "headings", "serials", "numbers", "bullets", "laws"],
)
def test_long_lines_take_seconds(text: str) -> None:
    started = time.perf_counter()
    find_references(text)
    assert time.perf_counter() - started < 60  # linear: some seconds


# Against what a person read


def same(one: dict[str, str | None], other: Reference) -> bool:
    """Tell whether a citation is the one of the gold; "GM 186" is the number with its type."""
    if one["number"] is None and other.number is None:  # a draft, by what it is about
        return bool(other.subject) and str(one["about"]).endswith(str(other.subject))
    key = number_key(str(one["number"])).removeprefix("gm-")
    dates = {one["date"], other.issued_on} - {None}
    return key == number_key(other.number or "") and len(dates) <= 1


def measure_references() -> tuple[float, float]:
    """Return recall and precision of the citations of the documents with gold references."""
    found = lost = extra = 0
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        wanted = gold["references"]
        text = min(CORPUS.glob(f"{gold['doc']}_*.txt")).read_text(encoding="utf-8")
        references = find_references(text, header=parse_header(text))
        hits = [any(same(each, r) for r in references) for each in wanted]
        found += sum(hits)
        lost += len(hits) - sum(hits)
        extra += sum(not any(same(each, r) for each in wanted) for r in references)
        for each in wanted:  # where both state the issuer, it is the same body
            issuers = {r.issuer for r in references if same(each, r) and r.issuer}
            assert not issuers or any(str(i).startswith(each["issuer"]) for i in issuers)
    return found / (found + lost), found / (found + extra)


@pytest.mark.skipif(not GOLD.exists(), reason="the gold references are not here")
def test_recall_and_precision_of_references() -> None:
    assert min(measure_references()) >= 0.95


# Resolving


def entry(
    id: str, found: Header | None = None, *, source: str | None = None, group: str | None = None
) -> Entry:
    return Entry(
        id=id,
        path=f"/{id}",
        source=source or f"{id}.txt",
        sha256=id,
        pipeline=1,
        header=found or header(),
        group=group,
    )


def reference(
    number: str | None = "43/KH-UBND",
    *,
    type: str | None = "kế hoạch",
    issued_on: str | None = None,
    issuer: str | None = None,
    subject: str | None = None,
) -> Reference:
    return Reference(
        span=Span(0, 1),
        number=number,
        type=type,
        issued_on=issued_on,
        issuer=issuer,
        subject=subject,
    )


def province(name: str, number: str = "43/KH-UBND", issued_on: str = "2022-02-23") -> Header:
    return header(
        number=number, place=f"tỉnh {name}", issuer=f"UBND tỉnh {name}", issued_on=issued_on
    )


def district(name: str, number: str = "43/KH-UBND", issued_on: str = "2022-02-23") -> Header:
    return header(
        number=number, place=f"huyện {name}", issuer=f"UBND huyện {name}", issued_on=issued_on
    )


CITING = entry("citing", district("Chi Lăng", "141/KH-UBND", "2022-04-29"))
RESOLVED: dict[str, tuple[Reference, list[Header], int | None]] = {
    "number, date and issuer": (
        reference(issued_on="2022-02-23", issuer="UBND tỉnh Lạng Sơn"),
        [province("Lạng Sơn"), province("Hà Giang")],
        0,
    ),
    "the same number of another province": (
        reference(issuer="UBND tỉnh Lạng Sơn"),
        [province("Hà Giang")],
        None,
    ),
    "another date": (
        reference(issued_on="2022-03-23", issuer="UBND tỉnh Lạng Sơn"),
        [province("Lạng Sơn")],
        None,
    ),
    "two that fit": (
        reference(issued_on="2022-02-23", issuer="UBND tỉnh"),
        [province("Lạng Sơn"), province("Hà Giang")],
        None,
    ),
    "its own place": (reference(), [district("Chi Lăng"), district("Bình Gia")], 0),
    "only another place": (reference(), [district("Bình Gia")], None),
    "only another place, with the date": (
        reference(issued_on="2022-02-23"),
        [district("Bình Gia")],
        None,
    ),
    "the province without a date": (reference(), [province("Lạng Sơn")], None),
    "the province with its date": (reference(issued_on="2022-02-23"), [province("Lạng Sơn")], 0),
    "another type": (reference(type="thông báo"), [district("Chi Lăng")], None),
    "a body of the whole country": (
        reference("30/2020/NĐ-CP", type="nghị định"),
        [header(type="nghị định", number="30/2020/NĐ-CP", place=None, issuer="Chính phủ")],
        0,
    ),
    "a Party committee by another name": (
        reference("02-NQ/TU", type="nghị quyết", issued_on="2021-05-06", issuer="Tỉnh ủy"),
        [
            header(
                type="nghị quyết",
                number="02-NQ/TU",
                place="tỉnh Kon Tum",
                issuer="Ban Chấp hành Đảng bộ tỉnh Kon Tum",
                issued_on="2021-05-06",
            )
        ],
        0,
    ),
    "a number left blank": (reference(), [header(number=None)], None),
    "a number without its symbol": (
        reference("281", type="quyết định", issuer="Thủ tướng Chính phủ"),
        [header(type="quyết định", number="281/QĐ-TTg", place=None, issuer="Thủ tướng Chính phủ")],
        0,
    ),
    "a number without its symbol, and nothing else": (
        reference("281", type="quyết định"),
        [header(type="quyết định", number="281/QĐ-TTg", place=None, issuer=None)],
        None,
    ),
    "no number, but type, issuer and date": (
        reference(None, issued_on="2022-02-23", issuer="UBND tỉnh Lạng Sơn"),
        [province("Lạng Sơn")],
        0,
    ),
    "no number and no issuer": (
        reference(None, issued_on="2022-02-23"),
        [province("Lạng Sơn")],
        None,
    ),
}


@pytest.mark.parametrize(("cited", "headers", "expected"), RESOLVED.values(), ids=RESOLVED.keys())
def test_resolve(cited: Reference, headers: list[Header], expected: int | None) -> None:
    entries = [entry(str(number), found) for number, found in enumerate(headers)]
    (found,) = Resolver([CITING, *entries]).resolve("citing", [cited])
    assert found.target == (None if expected is None else str(expected))
    assert replace(found, target=None) == cited


def test_what_one_citation_leaves_out_is_taken_from_another() -> None:
    full = reference(issued_on="2022-02-23", issuer="UBND tỉnh Lạng Sơn")
    entries = [CITING, entry("a", province("Lạng Sơn"))]
    assert [r.target for r in Resolver(entries).resolve("citing", [full, reference()])] == [
        "a",
        "a",
    ]


def test_a_document_does_not_cite_itself() -> None:
    own = reference("141/KH-UBND")
    twin = replace(CITING, id="twin", group="citing")
    entries = [replace(CITING, group="citing"), twin]
    assert Resolver(entries).resolve("citing", [own])[0].target is None


def test_duplicates_are_one_candidate() -> None:
    entries = [CITING, entry("a", province("Lạng Sơn"), group="b")]
    entries.append(entry("b", province("Lạng Sơn"), group="b"))
    assert Resolver(entries).resolve("citing", [reference(issued_on="2022-02-23")])[0].target == "b"


def test_the_provinces_of_the_units_are_compared() -> None:
    def unit(name: str) -> ResolvedPlace:
        return ResolvedPlace(unit=AdministrativeUnit(province=name), since_2025=())

    citing = replace(CITING, header=replace(CITING.header, unit=unit("tỉnh Lạng Sơn")))
    entries = [citing] + [
        entry(name, replace(province(name), unit=unit(f"tỉnh {name}")))
        for name in ("Lạng Sơn", "Hà Giang")
    ]
    cited = reference(issued_on="2022-02-23", issuer="UBND tỉnh")
    assert Resolver(entries).resolve("citing", [cited])[0].target == "Lạng Sơn"


def test_missing_documents_are_counted_once_each() -> None:
    entries = [
        entry("a", district("Chi Lăng", "1/KH-UBND")),
        entry("b", district("Bình Gia", "2/KH-UBND")),
    ]
    facts = {
        "a": Facts(
            references=(
                reference("05-CT/TW", type="chỉ thị"),
                reference("05-CT/TW", type="chỉ thị", issued_on="2016-05-15"),
                reference("9/KH-UBND"),
            )
        ),
        "b": Facts(
            references=(
                reference("05-CT/TW", type="chỉ thị", issuer="Bộ Chính trị"),
                reference("9/KH-UBND"),
                reference("1/KH-UBND", issuer="UBND huyện Chi Lăng"),
            )
        ),
    }
    found = missing(entries, facts)
    assert [(m.number, m.cited_by) for m in found] == [
        ("05-CT/TW", ("a", "b")),
        ("9/KH-UBND", ("a",)),
        ("9/KH-UBND", ("b",)),
    ]
    assert (found[0].issued_on, found[0].issuer) == ("2016-05-15", "Bộ Chính trị")
    assert [m.number for m in missing(entries, facts, {"a"})] == ["05-CT/TW", "9/KH-UBND"]
    assert [c.reference.target for c in resolved(entries, facts, {"b"})] == [None, None, "a"]


def test_missing_documents_of_many_that_cite_the_same_are_found_in_time() -> None:
    entries = [entry(f"{n}", district(f"Số {n % 60}", f"{n}/KH-UBND")) for n in range(4000)]
    facts = {
        each.id: Facts(
            references=(
                reference("163/2016/NĐ-CP", type="nghị định", issuer="Chính phủ"),
                reference(f"{each.id}/NQ-HĐND", type="nghị quyết"),
            )
        )
        for each in entries
    }
    start = time.perf_counter()
    found = missing(entries, facts)
    assert time.perf_counter() - start < 5  # comparing each with each takes a minute
    assert (found[0].number, len(found[0].cited_by)) == ("163/2016/NĐ-CP", 4000)
    assert len(found) == 4001


# In the index


def plan(number: str, province: str, body: str = "") -> str:
    return (
        f"ỦY BAN NHÂN DÂN\n{province}\n\nSố: {number}\n\nLạng Sơn, ngày 23 tháng 02 năm 2022\n\n"
        f"KẾ HOẠCH\n\nVề việc phổ cập giáo dục\n\n{body}\n\nI. MỤC TIÊU\n- Phổ cập giáo dục.\n"
    )


def test_a_document_that_is_added_later_is_found(tmp_path: Path) -> None:
    corpus, folder, encoder = tmp_path / "corpus", tmp_path / "index", HashEncoder()
    corpus.mkdir()
    body = "Thực hiện Kế hoạch số 43/KH-UBND ngày 23/02/2022 của UBND tỉnh Lạng Sơn;"
    (corpus / "1.txt").write_text(plan("5/KH-UBND", "HUYỆN CHI LĂNG", body), encoding="utf-8")
    index = docsearch.build(corpus, folder, encoder=encoder)
    (row,) = index.relations().to_list()
    assert (row["relation"], row["number"], row["target"]) == ("implements", "43/KH-UBND", None)
    assert index.document(row["document"]).text[row["start"] : row["end"]] == row["quote"]
    (lost,) = index.missing_documents().to_list()
    assert (lost["number"], lost["documents"], lost["cited_by"]) == (
        "43/KH-UBND",
        1,
        [row["document"]],
    )
    assert "43/KH-UBND" in str(index.relations())
    assert "43/KH-UBND" in index.missing_documents()._repr_html_()
    (corpus / "2.txt").write_text(plan("43/KH-UBND", "TỈNH LẠNG SƠN"), encoding="utf-8")
    index = docsearch.build(corpus, folder, encoder=encoder)
    (row,) = index.relations("1.txt").to_list()
    assert index.document(row["target"]).source == "2.txt"
    assert len(index.missing_documents()) == 0
    assert index.relations(relation="amends").to_list() == []
    assert f"→ {row['target']}" in str(index.relations())
    assert row["target"] in index.relations()._repr_html_()
    with pytest.raises(DocumentNotFoundError):
        index.relations("nope")


def test_words_in_a_picture_are_no_formulas(hashed_index: docsearch.Index) -> None:
    pytest.importorskip("matplotlib")
    for picture in (hashed_index.relations().plot(), hashed_index.reuse().plot()):
        words = picture.figure.axes[0].texts
        assert words
        assert not any(each.get_parse_math() for each in words)
