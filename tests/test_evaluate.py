"""Question sets, and measures whose right figures are computed by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import docsearch as ds
from docsearch.errors import GoldError
from docsearch.evaluate import Evaluation, GoldQuestion, evaluate, read_gold
from docsearch.evaluate.gold import GoldEvidence, GoldValue, iso_date
from docsearch.evaluate.measure import _summary
from docsearch.records import Abstention, Answer, Citation, Document, Item, ItemFields, Span
from tests.factories import citation, document

MISSION = "Đơn vị nào phải báo cáo trước ngày 15/12?"

# Reading

LINE = {"id": "q1", "question": "Ai?", "lang": "vi", "kind": "who_must"}


def written(folder: Path, *lines: str) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_question(tmp_path: Path) -> None:
    line = {
        **LINE,
        "docs": ["001"],
        "answer_units": ["Phòng Nội vụ"],
        "answer_dates": ["yearly 12-15"],
        "answer_values": [{"value": 6, "unit": "%"}],
        "recipient": "UBND huyện",
        "evidence": [{"doc": "001", "text": "báo cáo", "start": 4, "count": 1}],
        "notes": None,
        "distractors": ["something"],
    }
    [question] = read_gold(written(tmp_path, json.dumps(line, ensure_ascii=False)))
    assert question == GoldQuestion(
        id="q1",
        question="Ai?",
        lang="vi",
        kind="who_must",
        docs=("001",),
        answer_units=("Phòng Nội vụ",),
        answer_dates=("yearly 12-15",),
        answer_values=(GoldValue(value=6, unit="%"),),
        recipient="UBND huyện",
        evidence=(GoldEvidence(doc="001", text="báo cáo"),),
    )
    assert question.answerable
    assert not replace(question, kind="unanswerable").answerable


def test_blank_lines_and_separators_inside_a_line(tmp_path: Path) -> None:
    first = json.dumps({**LINE, "question": "a\u2028b\x85c"}, ensure_ascii=False)
    path = written(tmp_path, "", first, "  ", json.dumps({**LINE, "id": "q2"}), "")
    assert [question.id for question in read_gold(path)] == ["q1", "q2"]
    assert read_gold(path)[0].question == "a\u2028b\x85c"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param(["{"], "line 1: ", id="no-json"),
        pytest.param([json.dumps(LINE), "", "[]"], "line 3: ", id="no-object-after-a-blank-line"),
        pytest.param([json.dumps(LINE), '{"id": "q2"}'], "line 2: .*question", id="field-missing"),
        pytest.param([json.dumps({**LINE, "id": 1})], r"line 1: .*\$\.id", id="wrong-type"),
        pytest.param(
            [json.dumps({**LINE, "answer_values": [{"value": "six", "unit": "%"}]})],
            "line 1: .*value",
            id="a-number-in-words",
        ),
        pytest.param([""], "there is no question in it", id="empty"),
        pytest.param(["", "  ", ""], "there is no question in it", id="blank"),
    ],
)
def test_errors_name_the_line(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(GoldError, match=message) as error:
        read_gold(written(tmp_path, *lines))
    assert "gold.jsonl" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="cannot be read .*; name a .jsonl file"):
        read_gold(tmp_path / "none.jsonl")
    with pytest.raises(GoldError, match="cannot be read"):
        read_gold(tmp_path)
    (tmp_path / "gold.jsonl").write_bytes(b'{"id": "\xff"}')
    with pytest.raises(GoldError, match="cannot be read"):
        read_gold(tmp_path / "gold.jsonl")


@pytest.mark.parametrize(
    ("gold", "value"),
    [
        ("2024-06-28", "2024-06-28"),
        ("2025", "2025"),
        ("2022-02", "2022-02"),
        ("yearly 12-15", "--12-15"),
        ("monthly 25", "---25"),
        ("monthly 5", "---05"),
        ("school year 2021-2022", "2021/2022"),
        ("2021-2025", "2021/2025"),
        ("every 6 months", "P6M"),
        ("every 1 month", "P1M"),
        ("quarterly", "P3M"),
        ("monthly", "P1M"),
        ("yearly", "P1Y"),
        ("", ""),
        ("soon", "soon"),
    ],
)
def test_dates_of_the_gold(gold: str, value: str) -> None:
    assert iso_date(gold) == value


# Measures over answers that are written down here

TEXT = "Phòng Nội vụ báo cáo UBND huyện trước ngày 15/12, đạt 6%. Sở Y tế chủ trì."


@dataclass
class Answers:
    """Stands for an index: the answer to every question is given."""

    results: dict[str, Answer | Abstention]
    documents: dict[str, Document]

    def ask(self, question: str) -> ds.Reply:
        return ds.Reply(self.results[question])

    def document(self, name: str) -> Document:
        return self.documents[name]


def cite(words: str, *, id: str = "001", quote: str | None = None) -> Citation:
    start = TEXT.index(words)
    found = citation(words, document=id, start=start)
    return replace(found, source=f"{id}_abc.txt", quote=quote or words)


def answer(*citations: Citation, text: str = "", **fields: object) -> Answer:
    item = Item(text=text, fields=ItemFields(**fields), citations=(0,))  # type: ignore[arg-type]
    return Answer(
        question="?", intent="who", text=text, confidence=1, items=(item,), citations=citations
    )


ABSTAINED = Abstention(
    question="?", intent="who", reason="not_stated", text="Không nêu.", confidence=0
)
REPORT = GoldQuestion(
    id="q1",
    question="q1",
    lang="vi",
    kind="who_must",
    docs=("001",),
    answer_units=("Phòng Nội vụ",),
    answer_dates=("yearly 12-15",),
    evidence=(GoldEvidence(doc="001", text="Phòng Nội vụ báo cáo"),),
)
RIGHT = answer(
    cite("Phòng Nội vụ báo cáo UBND huyện"), actors=("Phòng Nội vụ",), deadline="--12-15"
)


def measured(*cases: tuple[GoldQuestion, Answer | Abstention]) -> Evaluation:
    questions = [
        replace(question, id=f"q{n}", question=f"q{n}") for n, (question, _) in enumerate(cases)
    ]
    stand_in = Answers(
        results={f"q{n}": result for n, (_, result) in enumerate(cases)},
        documents={id: document(TEXT, id=id) for id in ("001", "002")},
    )
    return evaluate(stand_in, questions)  # type: ignore[arg-type]


def right(question: GoldQuestion, result: Answer | Abstention) -> bool:
    return measured((question, result)).outcomes[0].right


def test_a_small_set() -> None:
    wrong_date = replace(REPORT, answer_dates=("yearly 11-15",))
    unanswerable = replace(REPORT, kind="unanswerable", docs=(), evidence=())
    elsewhere = answer(cite("Sở Y tế"), actors=("Phòng Nội vụ",), deadline="--12-15")
    second = answer(cite("Sở Y tế"), cite("báo cáo"), actors=("Phòng Nội vụ",), deadline="--12-15")
    nearest = replace(ABSTAINED, nearest=(cite("15/12"),))
    found = measured(
        (REPORT, RIGHT),  # right at the first citation
        (wrong_date, RIGHT),  # the evidence is right, the answer is not
        (REPORT, elsewhere),  # right words, quoted from somewhere else
        (replace(REPORT, lang="en"), second),  # the evidence comes second
        (REPORT, nearest),  # abstains where there is an answer
        (unanswerable, ABSTAINED),
        (replace(unanswerable, lang="en"), RIGHT),  # answers where there is none
    )
    overall = found.overall
    assert overall.questions == 7
    assert overall.evidence_at_1 == pytest.approx(2 / 5)
    assert overall.evidence_at_5 == pytest.approx(3 / 5)
    assert overall.right == pytest.approx(3 / 5)
    assert overall.abstained_unanswerable == pytest.approx(1 / 2)
    assert overall.abstained_answerable == pytest.approx(1 / 5)
    assert overall.quotes_verbatim == 1
    assert overall.milliseconds >= 0

    assert list(found.by_kind) == ["unanswerable", "who_must"]
    refused = found.by_kind["unanswerable"]
    assert (refused.questions, refused.abstained_unanswerable) == (2, 0.5)
    assert (refused.evidence_at_1, refused.right, refused.abstained_answerable) == (None,) * 3
    assert found.by_kind["who_must"].abstained_unanswerable is None
    assert list(found.by_language) == ["en", "vi"]
    assert found.by_language["en"].right == 1  # of the one that has an answer
    assert found.by_language["vi"].right == pytest.approx(2 / 4)

    assert [outcome.status for outcome in found.outcomes].count("abstained") == 2
    assert [outcome.right for outcome in found.outcomes] == [1, 0, 1, 1, 0, 0, 0]
    assert [outcome.reason for outcome in found.outcomes[4:6]] == ["not_stated"] * 2
    assert [outcome.quotes for outcome in found.outcomes] == [1, 1, 1, 2, 1, 0, 1]
    assert json.loads(json.dumps(found.to_dict()))["overall"]["questions"] == 7


@pytest.mark.parametrize(
    ("position", "at_1", "at_5"),
    [(1, True, True), (2, False, True), (5, False, True), (6, False, False)],
)
def test_the_rank_of_the_evidence(position: int, at_1: bool, at_5: bool) -> None:
    others = [cite("Sở Y tế")] * (position - 1)
    outcome = measured((REPORT, answer(*others, cite("báo cáo")))).outcomes[0]
    assert (outcome.evidence_at_1, outcome.evidence_at_5) == (at_1, at_5)


@pytest.mark.parametrize(
    ("quoted", "supports"),
    [
        pytest.param(cite("Nội vụ"), True, id="inside-the-evidence"),
        pytest.param(cite("cáo UBND huyện trước"), True, id="overlapping"),
        pytest.param(cite(TEXT), True, id="around"),
        pytest.param(cite(" UBND huyện"), False, id="beside"),
        pytest.param(cite("Nội vụ", id="002"), False, id="the-same-words-of-another-document"),
    ],
)
def test_what_counts_as_evidence(quoted: Citation, supports: bool) -> None:
    assert measured((REPORT, answer(quoted))).outcomes[0].evidence_at_1 is supports


def test_a_quotation_that_is_not_verbatim() -> None:
    wrong = answer(cite("15/12", quote="15/11"), cite("báo cáo"), actors=("Phòng Nội vụ",))
    found = measured((REPORT, wrong), (REPORT, RIGHT))
    assert [outcome.quotes_verbatim for outcome in found.outcomes] == [1, 1]
    assert found.overall.quotes_verbatim == pytest.approx(2 / 3)
    assert measured((REPORT, ABSTAINED)).overall.quotes_verbatim is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, True, id="all-of-it"),
        pytest.param({"answer_units": ("PHÒNG  NỘI VỤ",)}, True, id="other-case"),
        pytest.param({"answer_units": ("Phòng Nội",)}, True, id="words-in-a-row"),
        pytest.param({"answer_units": ("Phòng Nội vụ", "Sở Y tế")}, False, id="a-unit-missing"),
        pytest.param({"answer_units": ("hòng Nội vụ",)}, False, id="part-of-a-word"),
        pytest.param({"answer_dates": ("yearly 11-15",)}, False, id="wrong-date"),
        pytest.param({"answer_dates": ("yearly 12-15", "2025")}, False, id="a-date-missing"),
        pytest.param({"answer_values": (GoldValue(value=6, unit="%"),)}, False, id="no-figure"),
        pytest.param({"kind": "to_whom", "recipient": "UBND huyện"}, False, id="no-recipient"),
        pytest.param({"recipient": "UBND huyện"}, True, id="recipient-that-is-not-asked-for"),
    ],
)
def test_right_parts(changes: dict[str, Any], expected: bool) -> None:
    assert right(replace(REPORT, **changes), RIGHT) is expected


@pytest.mark.parametrize(
    ("recipient", "given", "expected"),
    [
        ("UBND huyện", "UBND huyện", True),
        ("UBND huyện (qua Phòng Nội vụ)", "UBND huyện", True),
        ("UBND huyện; Sở Y tế", "UBND huyện", False),
        ("UBND huyện; Sở Y tế", "UBND huyện và Sở Y tế", True),
        ("UBND huyện; Sở Y tế", "Sở Y tế và UBND huyện", True),
    ],
    ids=["one", "with-a-remark", "one-of-two", "both", "both-the-other-way-round"],
)
def test_recipients(recipient: str, given: str, expected: bool) -> None:
    question = replace(
        REPORT, kind="to_whom", answer_units=(), answer_dates=(), recipient=recipient
    )
    assert right(question, answer(cite("UBND huyện"), recipient=given)) is expected


@pytest.mark.parametrize(
    ("gold", "text", "fields", "expected"),
    [
        pytest.param("2024-06-28", "trước ngày 28/6/2024", {}, True, id="written"),
        pytest.param("2024-06-28", "", {"deadline": "2024-06-28"}, True, id="deadline"),
        pytest.param("2024-06-28", "", {"date": "2024-06-28"}, True, id="date"),
        pytest.param("2024-06-28", "trước ngày 28/7/2024", {}, False, id="another-month"),
        pytest.param("2021-2025", "giai đoạn 2021 - 2025", {}, True, id="period-in-words"),
        pytest.param("2021-2025", "", {"period": "2021/2025"}, True, id="period"),
        pytest.param("2021-2025", "giai đoạn 2026 - 2030", {}, False, id="another-period"),
        pytest.param("2024", "vào năm 2024", {}, True, id="year"),
        pytest.param("2024", "vào năm 2025", {}, False, id="another-year"),
        ("2022-11-15", "từ ngày 15/11 đến hết ngày 30/11/2022", {}, True),
        ("2020-10-28", "trong hai ngày 28 và 29/10/2020", {}, True),
        ("2020-11-02", "chậm nhất ngày 02/11", {}, True),
        ("2020-11-02", "chậm nhất ngày 02/11/2019", {}, False),
        ("2022-09", "từ tháng 9 đến tháng 10/2022", {}, True),
        ("2022-09", "trong tháng 9", {}, False),
        ("daily", "trước 16 giờ hằng ngày", {}, True),
        ("monthly", "mỗi tháng một lần", {}, True),
        ("monthly", "mỗi quý một lần", {}, False),
        ("monthly 25", "vào ngày 10 và ngày 25 hằng tháng", {}, True),
    ],
)
def test_right_dates(gold: str, text: str, fields: dict[str, Any], expected: bool) -> None:
    question = replace(REPORT, answer_units=(), answer_dates=(gold,))
    assert right(question, answer(cite("15/12"), text=text, **fields)) is expected


@pytest.mark.parametrize(
    ("value", "unit", "text", "fields", "expected"),
    [
        pytest.param(6, "%", "", {"value": 6.0}, True, id="field"),
        pytest.param(6, "%", "đạt 6%", {}, True, id="in-words"),
        pytest.param(6, "%", "đạt 60%", {}, False, id="part-of-a-number"),
        pytest.param(6, "%", "đạt 6 trường", {}, False, id="another-unit"),
        pytest.param(90.14, "%", "đạt 90,14%", {}, True, id="decimal-comma"),
        pytest.param(3, "đơn vị", "giảm 03 đơn vị", {}, True, id="leading-zero"),
        pytest.param(1500, "học sinh", "có 1.500 học sinh", {}, True, id="thousands"),
        pytest.param(
            1.5, "học sinh", "có 1.500 học sinh", {}, False, id="thousands-are-no-decimals"
        ),
        pytest.param(6, "%", "", {"value": 7.0}, False, id="another-value"),
    ],
)
def test_right_values(
    value: float, unit: str, text: str, fields: dict[str, Any], expected: bool
) -> None:
    gold = GoldValue(value=value, unit=unit)
    question = replace(REPORT, answer_units=(), answer_dates=(), answer_values=(gold,))
    assert right(question, answer(cite("6%"), text=text, **fields)) is expected


def test_without_parts_every_document_is_cited_at_its_evidence() -> None:
    evidence = tuple(GoldEvidence(doc=doc, text="Sở Y tế chủ trì") for doc in ("001", "002"))
    question = replace(
        REPORT, answer_units=(), answer_dates=(), docs=("001", "002"), evidence=evidence
    )
    both = answer(cite("Sở Y tế"), cite("chủ trì", id="002"))
    assert right(question, both)
    assert not right(question, answer(cite("Sở Y tế")))
    assert not right(question, answer(cite("Sở Y tế"), cite("15/12", id="002")))
    assert not right(question, ABSTAINED)


def test_progress_is_told() -> None:
    steps: list[tuple[int, int]] = []
    stand_in = Answers(results={"q1": ABSTAINED}, documents={})
    evaluate(stand_in, [REPORT] * 3, progress=lambda *step: steps.append(step))  # type: ignore[arg-type]
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_the_time_is_the_median() -> None:
    stand_in = Answers(results={"q1": ABSTAINED}, documents={})
    [done] = evaluate(stand_in, [REPORT]).outcomes  # type: ignore[arg-type]
    times = [replace(done, milliseconds=each) for each in (4.0, 1.0)]
    assert _summary(times).milliseconds == 2.5


def test_no_questions() -> None:
    overall = measured().overall
    assert (overall.questions, overall.right, overall.milliseconds) == (0, None, 0)


def test_over_an_index(corpus_index: ds.Index) -> None:
    evidence = (GoldEvidence(doc="001", text="Định kỳ hằng năm (trước ngày 15/12) báo cáo"),)
    question = GoldQuestion(
        id="mission",
        question=MISSION,
        lang="vi",
        kind="who_must",
        docs=("001",),
        answer_units=("UBND các xã, thị trấn",),
        answer_dates=("yearly 12-15",),
        evidence=evidence,
    )
    wrong = replace(question, id="wrong", answer_dates=("2022-12-15",))
    other = replace(
        question,
        id="other",
        question="Đơn vị nào của huyện Bình Sơn phải báo cáo trước ngày 15/12?",
        kind="unanswerable",
    )
    found = evaluate(corpus_index, [question, wrong, other]).overall
    assert (found.evidence_at_1, found.evidence_at_5, found.right) == (1, 1, 0.5)
    assert (found.abstained_unanswerable, found.abstained_answerable) == (1, 0)
    assert found.quotes_verbatim == 1
    assert found.milliseconds > 0


def test_spans_of_evidence_are_found_every_time() -> None:
    repeated = "báo cáo. báo cáo."
    question = replace(REPORT, evidence=(GoldEvidence(doc="001", text="báo cáo"),))
    quoted = replace(citation("báo cáo", document="001", start=9), source="001.txt")
    assert quoted.span == Span(9, 16)
    stand_in = Answers(
        results={"q1": answer(quoted)}, documents={"001": document(repeated, id="001")}
    )
    found = evaluate(stand_in, [question])  # type: ignore[arg-type]
    assert found.outcomes[0].evidence_at_1
