"""Questions with answers → how good the index answers them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Final

from docsearch.evaluate.gold import GoldQuestion, GoldValue, iso_date
from docsearch.facts.actors import name_key, name_words
from docsearch.index.tokens import alike
from docsearch.library import Index
from docsearch.parse.dates import find_dates
from docsearch.records import Answer, Citation, Span

_NUMBER: Final = re.compile(r"(?<![\d.,])\d+(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one question."""

    id: str
    kind: str
    lang: str
    answerable: bool
    status: str
    reason: str | None
    evidence_at_1: bool
    evidence_at_5: bool
    right: bool
    quotes: int
    quotes_verbatim: int
    milliseconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Means over some questions; a share is None where no question counts for it."""

    questions: int
    evidence_at_1: float | None  # of the answerable
    evidence_at_5: float | None
    right: float | None
    abstained_unanswerable: float | None
    abstained_answerable: float | None
    quotes_verbatim: float | None
    milliseconds: float  # median a question


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The measures of one question set."""

    overall: Summary
    by_kind: dict[str, Summary]
    by_language: dict[str, Summary]
    outcomes: tuple[Outcome, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the evaluation as JSON values."""
        return asdict(self)


def evaluate(
    index: Index,
    questions: Sequence[GoldQuestion],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Ask every question and compare the answers with the gold.

    Args:
        index: the index.
        questions: with their answers.
        progress: called with how many are done and how many there are.

    Returns:
        evidence@k: one of the first k citations overlaps a gold evidence in the right document,
        or in another file that holds the same document.
        right: every unit, date and value of the gold (and for ``to_whom`` its recipient) is in
        the answer; where the gold has none of these, every document of the gold is cited at one
        of its evidences. Both of the answerable questions; an abstention is not right.
    """
    outcomes = []
    for number, question in enumerate(questions, start=1):
        outcomes.append(_ask(index, question))
        if progress:
            progress(number, len(questions))
    return Evaluation(
        overall=_summary(outcomes),
        by_kind=_grouped(outcomes, lambda outcome: outcome.kind),
        by_language=_grouped(outcomes, lambda outcome: outcome.lang),
        outcomes=tuple(outcomes),
    )


def _ask(index: Index, question: GoldQuestion) -> Outcome:
    started = time.perf_counter()
    result = index.ask(question.question).result
    spent = (time.perf_counter() - started) * 1000
    answered = isinstance(result, Answer)
    citations = result.citations if isinstance(result, Answer) else result.nearest
    texts = {c.document: index.document(c.document).text for c in citations}
    verbatim = sum(texts[c.document][c.span.start : c.span.end] == c.quote for c in citations)
    hits = [_supports(c, question, texts[c.document]) for c in citations] if answered else []
    right = isinstance(result, Answer) and (
        _says(result, question)
        if _has_parts(question)
        else _cites_every_document(result.citations, question, texts)
    )
    return Outcome(
        id=question.id,
        kind=question.kind,
        lang=question.lang,
        answerable=question.answerable,
        status="answered" if answered else "abstained",
        reason=None if isinstance(result, Answer) else result.reason,
        evidence_at_1=any(hits[:1]),
        evidence_at_5=any(hits[:5]),
        right=question.answerable and right,
        quotes=len(citations),
        quotes_verbatim=verbatim,
        milliseconds=spent,
    )


def _supports(citation: Citation, question: GoldQuestion, text: str) -> bool:
    return any(
        any(source.startswith(evidence.doc) for source in (citation.source, *citation.duplicates))
        and any(citation.span.overlaps(span) for span in _places_of(text, evidence.text))
        for evidence in question.evidence
    )


def _places_of(text: str, words: str) -> Iterable[Span]:
    """Yield where words stand in a text; of a row of a table, the line that has all its cells."""
    found = list(_occurrences(text, words))
    cells = [cell.strip() for cell in words.split(" | ") if cell.strip()]
    if found or len(cells) < 2:
        return found
    lines = (Span(*match.span()) for match in re.finditer(r"[^\n]+", text))
    return [line for line in lines if all(cell in line.of(text) for cell in cells)]


def _occurrences(text: str, words: str) -> Iterable[Span]:
    position = text.find(words)
    while position >= 0:
        yield Span(position, position + len(words))
        position = text.find(words, position + 1)


def _cites_every_document(
    citations: Sequence[Citation], question: GoldQuestion, texts: dict[str, str]
) -> bool:
    return all(
        any(
            any(source.startswith(doc) for source in (citation.source, *citation.duplicates))
            and _supports(citation, question, texts[citation.document])
            for citation in citations
        )
        for doc in question.docs
    )


def _has_parts(question: GoldQuestion) -> bool:
    return bool(
        question.answer_units
        or question.answer_dates
        or question.answer_values
        or (question.kind == "to_whom" and question.recipient)
    )


def _says(result: Answer, question: GoldQuestion) -> bool:
    words = [result.text]
    for item in result.items:
        words += [*item.fields.actors, item.fields.recipient or ""]
    named = " ".join(f" {' '.join(name_words(part))} " for part in words)
    units = list(question.answer_units)
    if question.kind == "to_whom" and question.recipient:
        units += re.split(r"\s*;\s*", re.sub(r"\s*\(.*?\)", "", question.recipient))
    return (
        all(f" {name_key(unit)} " in named for unit in units)
        and all(_has_date(result, gold) for gold in question.answer_dates)
        and all(_has_value(result, value) for value in question.answer_values)
    )


def _has_date(result: Answer, gold: str) -> bool:
    value = iso_date(gold)
    stated = {
        part
        for item in result.items
        for part in (item.fields.deadline, item.fields.date, item.fields.period)
        if part
    }
    return value in stated or _is_written(value, result.text, stated)


_OFTEN: Final = {
    "P1D": r"h[ằà]ng ngày|mỗi ngày|ngày nào cũng",
    "P1W": r"h[ằà]ng tuần|mỗi tuần|tuần nào cũng",
    "P1M": r"h[ằà]ng tháng|mỗi tháng",
    "P3M": r"h[ằà]ng quý|mỗi quý|3 tháng một lần",
    "P6M": r"(?:6|06|sáu) tháng",
    "P1Y": r"h[ằà]ng năm|mỗi năm",
}
_DAYS: Final = re.compile(
    r"(?<![\d/])(\d{1,2})"
    r"(?= ?(?:và|,|-|–|đến(?: hết)?) ?(?:ngày )?\d{1,2}([/.-]\d{1,2}(?:[/.-]\d{4})?)(?!\d))"
)


def _is_written(value: str, text: str, stated: Collection[str]) -> bool:
    """Return whether an answer's words give a time, as documents write it.

    "Từ ngày 15/11 đến hết ngày 30/11/2022" gives both days, "28 và 29/10/2020" too; a day whose
    year the words leave out is given by day and month, a month by its name where the year stands
    anywhere in the answer.
    """
    lowered = text.lower()
    written = {mention.value for mention in find_dates(text)}
    written |= {
        mention.value
        for match in _DAYS.finditer(text)
        for mention in find_dates(f"{match[1]}{match[2]}")
    }
    if value in written:
        return True
    years = re.fullmatch(r"(\d{4})/(\d{4})", value)
    if years:
        return bool(re.search(rf"{years[1]}\s*[-–]\s*{years[2]}", text))
    if value in _OFTEN:
        return bool(re.search(_OFTEN[value], lowered))
    if value.startswith("---"):
        return bool(
            re.search(rf"ngày 0?{int(value[3:])}(?!\d).{{0,30}}?(?:h[ằà]ng|mỗi) tháng", lowered)
        )
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return f"-{value[4:]}" in written - set(stated)  # a day of every year is another answer
    if re.fullmatch(r"\d{4}-\d\d", value):
        said = re.search(rf"tháng 0?{int(value[5:])}(?!\d)", lowered)
        return bool(said) and (value[:4] in text or any(each[:4] == value[:4] for each in stated))
    return bool(re.fullmatch(r"\d{4}", value)) and value in text


def _has_value(result: Answer, gold: GoldValue) -> bool:
    unit = alike(gold.unit)
    for item in result.items:
        fields = item.fields
        if fields.value is not None and abs(fields.value - gold.value) < 1e-9:
            return True
        for match in _NUMBER.finditer(item.text):
            number = float(match[0].replace(".", "").replace(",", "."))
            after = alike(item.text[match.end() : match.end() + 30])
            if abs(number - gold.value) < 1e-9 and (unit in after):
                return True
    return False


def _grouped(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> dict[str, Summary]:
    return {
        name: _summary([outcome for outcome in outcomes if key(outcome) == name])
        for name in sorted({key(outcome) for outcome in outcomes})
    }


def _summary(outcomes: Sequence[Outcome]) -> Summary:
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    unanswerable = [outcome for outcome in outcomes if not outcome.answerable]
    quotes = sum(outcome.quotes for outcome in outcomes)
    times = [outcome.milliseconds for outcome in outcomes]
    return Summary(
        questions=len(outcomes),
        evidence_at_1=_share(outcome.evidence_at_1 for outcome in answerable),
        evidence_at_5=_share(outcome.evidence_at_5 for outcome in answerable),
        right=_share(outcome.right for outcome in answerable),
        abstained_unanswerable=_share(o.status == "abstained" for o in unanswerable),
        abstained_answerable=_share(o.status == "abstained" for o in answerable),
        quotes_verbatim=sum(o.quotes_verbatim for o in outcomes) / quotes if quotes else None,
        milliseconds=median(times) if times else 0.0,
    )


def _share(values: Iterable[bool]) -> float | None:
    counted = list(values)
    return sum(counted) / len(counted) if counted else None
