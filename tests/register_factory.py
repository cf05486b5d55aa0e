"""A small register made by hand: what is found in it does not depend on how facts are found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docsearch.index.store import Entry
from docsearch.library import Obligations, Sources, Targets
from docsearch.records import (
    Deadline,
    Facts,
    Header,
    Heading,
    Mention,
    Obligation,
    Span,
    Target,
)
from docsearch.register.bodies import Gazetteer
from docsearch.register.query import ObligationQuery, Register, TargetQuery
from tests.factories import header, span_of

TODAY = date(2024, 7, 1)

PLAN = (
    "=IV. TỔ CHỨC THỰC HIỆN\n"
    "UBND các xã, thị trấn báo cáo kết quả thực hiện về Phòng GD&ĐT trước ngày 15/12 hằng năm.\n"
    "- Công an huyện tuần tra, lập biên bản trước ngày 28/6/2024.\n"
    "Phòng Nội vụ rà soát đội ngũ trong quý II/2024.\n"
    "Văn phòng khẩn trương công khai\nsố liệu.\n"
    "Các trường nộp số liệu ngày 31 hằng tháng.\n"
    "Đến năm 2025 có từ 19% giáo viên mầm non trên chuẩn; đã đạt 1.234,5 triệu đồng."
)
NOTICE = "Phòng Nội vụ gửi danh sách về UBND huyện trước ngày 20/6/2024."


def mention(text: str, words: str) -> Mention:
    return Mention(text=words, span=span_of(text, words))


def deadline(text: str, words: str, value: str | None, kind: str = "date") -> Deadline:
    return Deadline(
        text=words,
        span=span_of(text, words),
        kind=kind,  # type: ignore[arg-type]
        bound="before",
        value=value,
    )


def obligation(
    text: str,
    actors: Sequence[str],
    action: str,
    limit: Deadline | None,
    recipient: str | None = None,
) -> Obligation:
    start = text.index(action)
    line = text.rfind("\n", 0, start) + 1
    end = text.find(".", start) + 1
    return Obligation(
        actors=tuple(mention(text, actor) for actor in actors),
        with_=(),
        action=mention(text, action),
        deadline=limit,
        recipient=mention(text, recipient) if recipient else None,
        strength="must",
        evidence=(Span(line, max(end, start + 1)),),
        headings=(Heading(text="IV. TỔ CHỨC THỰC HIỆN", span=Span(0, 22)),),
    )


def target(text: str, words: str, value: float, unit: str, **fields: str) -> Target:
    return Target(
        subject=fields.get("subject", "giáo viên mầm non"),
        indicator=fields.get("indicator", "trên chuẩn"),
        comparator=fields.get("comparator", ">="),  # type: ignore[arg-type]
        value=value,
        unit=unit,
        period=fields.get("period", "2025"),
        kind=fields.get("kind", "target"),  # type: ignore[arg-type]
        span=span_of(text, words),
    )


FACTS = {
    "plan": Facts(
        obligations=(
            obligation(
                PLAN,
                ["UBND các xã, thị trấn"],
                "báo cáo kết quả thực hiện",
                deadline(PLAN, "trước ngày 15/12 hằng năm", "--12-15", "recurring"),
                "Phòng GD&ĐT",
            ),
            obligation(
                PLAN,
                ["Công an huyện"],
                "tuần tra, lập biên bản",
                deadline(PLAN, "trước ngày 28/6/2024", "2024-06-28"),
            ),
            obligation(
                PLAN,
                ["Phòng Nội vụ"],
                "rà soát đội ngũ",
                deadline(PLAN, "trong quý II/2024", "2024-Q2"),
            ),
            obligation(
                PLAN,
                ["Văn phòng"],
                "công khai\nsố liệu",
                deadline(PLAN, "khẩn trương", None, "vague"),
            ),
            obligation(
                PLAN,
                [],
                "nộp số liệu ngày",
                deadline(PLAN, "ngày 31 hằng tháng", "---31", "recurring"),
            ),
        ),
        targets=(
            target(PLAN, "từ 19% giáo viên mầm non trên chuẩn", 19, "%"),
            target(
                PLAN,
                "đã đạt 1.234,5 triệu đồng",
                1234.5,
                "triệu đồng",
                kind="achieved",
                comparator="=",
                subject="quỹ khuyến học",
                indicator="",
                period="2016/2021",
            ),
        ),
    ),
    "notice": Facts(
        obligations=(
            obligation(
                NOTICE,
                ["Phòng Nội vụ"],
                "gửi danh sách",
                deadline(NOTICE, "trước ngày 20/6/2024", "2024-06-20"),
                "UBND huyện",
            ),
        )
    ),
}
TEXTS = {"plan": PLAN, "notice": NOTICE}


def entry(id: str, found: Header) -> Entry:
    source = f"{id} số 1.txt"
    return Entry(id=id, path=source, source=source, sha256="0" * 64, pipeline=1, header=found)


ENTRIES = {
    "plan": entry("plan", header()),
    "notice": entry(
        "notice",
        header(
            type="thông báo",
            number="203/TB-UBND",
            place="huyện Bình Sơn",
            issuer="UBND huyện Bình Sơn",
            issued_on="2024-06-18",
        ),
    ),
}
SOURCES = Sources(ENTRIES, lambda: TEXTS, {"plan": ("copy.txt",)})


def register() -> Register:
    return Register(ENTRIES.values(), FACTS, Gazetteer(ENTRIES.values()))


def obligations(query: ObligationQuery | None = None, *, today: date = TODAY) -> Obligations:
    query = query or ObligationQuery()
    found = register().obligations(query, today=today)
    searched = None if found else register().searched_obligations(query, today=today)
    return Obligations(found, SOURCES, searched)


def targets(query: TargetQuery | None = None) -> Targets:
    query = query or TargetQuery()
    found = register().targets(query)
    return Targets(found, SOURCES, None if found else register().searched_targets(query))
