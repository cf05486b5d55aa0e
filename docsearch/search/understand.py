"""Question → Query: what is asked for, about which documents, and by which words.

Patterns are matched on the folded question, so a question typed without diacritics is understood
like any other. What was recognised (dates, numbers, places, the question words) does not count as
topic.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, cast

from docsearch.errors import QueryError
from docsearch.index.tokens import alike, alike_syllables
from docsearch.orthography import UPPER, canonical, fold, has_diacritics
from docsearch.parse.dates import find_dates
from docsearch.parse.numbers import find_bare_numbers, find_numbers, number_key
from docsearch.records import Bound, Intent
from docsearch.search.diacritics import Restorer
from docsearch.search.english import english_words, translate
from docsearch.search.expansions import find_expansions
from docsearch.search.parts import depends, find_parts
from docsearch.search.patterns import Question, entries
from docsearch.search.query import AskedDate, Query
from docsearch.search.shorthand import write_out
from docsearch.search.typing_errors import correct
from docsearch.search.unknown_places import (
    find_doubtful_places,
    find_spoken_places,
    find_unknown_places,
)
from docsearch.vocabulary import document_types, load

MAX_QUESTION: Final = 2000
"""Code points of a question that are read; the rest is left out."""

_INTENTS: Final[tuple[Intent, ...]] = (
    "compare",
    "metadata",
    "to_whom",
    "which_document",
    "when",
    "how_many",
    "who",
    "list",
    "yes_no",
)
FREE: Final = 2
"""How many of these come first wherever they stand in the question."""
_SIDES: Final[tuple[tuple[Bound, re.Pattern[str]], ...]] = (
    (
        "before",
        re.compile(
            r"(?:truoc|cham nhat|han|den het|before|by|until|no later than|due)\W*"
            r"(?:la |vao |ngay |het )*$"
        ),
    ),
    ("from", re.compile(r"(?:sau|tu|ke tu|after|from|since)\W*(?:ngay )?$")),
    ("on", re.compile(r"(?:vao|dung|trong)\W*(?:ngay |thang )?$|(?:^|\W)(?:on|in|during)\W*$")),
)
_RECURRENCE: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("P1W", re.compile(r"h[aằà]ng tuan|moi tuan|bao cao tuan\b|weekly|every week|each week")),
    (
        "P1M",
        re.compile(
            r"bao cao thang\b(?! \d)|h[aằà]ng thang|moi thang|dinh ky thang"
            r"|monthly|every month|each month"
        ),
    ),
    ("P3M", re.compile(r"hang quy|moi quy|bao cao quy\b(?! [ivx\d])|quarterly|every quarter")),
    ("P6M", re.compile(r"(?:6|06|sau) thang|six months|half-year")),
    (
        "P1Y",
        re.compile(r"bao cao nam\b(?! \d)|hang nam|moi nam|annual|yearly|every year|each year"),
    ),
)
_YEARS: Final = re.compile(
    r"(?<!\d)(?<!\d:)((?:19|20)\d\d)(?:\s*[-–/]\s*((?:19|20)\d\d))?(?![\d/])"
)
_UNITS: Final = (
    ("%", re.compile(r"phan tram|t[iy] le|%|percent|share|proportion|rate\b")),
    (
        "đồng",
        re.compile(
            r"bao nhieu (?:tien|trieu|ty|dong|kinh phi)|kinh phi la bao nhieu"
            r"|\bmuc (?:xu )?phat\b|\bmuc (?:ho tro|tro cap|phu cap|thu phi|hoc phi)\b"
            r"|how much (?:money|funding)|budget"
        ),
    ),
)
_COUNTED: Final = re.compile(
    r"(?:bao nhiêu|\bmấy) (?!năm \d)(?!(?:ngày|tuần|tháng|quý|năm|giờ) (?:thì )?(?:một|1) lần\b)"
    r"(?!(?:một|mỗi|trong|thì|là|về|ở|vào|cho|để|so|của|trở|và|hoặc|đối|tại|theo|từ|đến)\b)"
    r"(\w+(?: (?!(?:và|với|hay|hoặc|là|thì|đạt|được|phải|cần|có|bị|đã|sẽ|đang|còn|ở|tại|vào"
    r"|làm|thuộc|tham|dự|đi|trong|từ|đến|khi|để)(?!\w))\w+)?)"
)
_OF_MONEY: Final = re.compile(
    r"\b(?:kinh phi|so tien|hoc phi|le phi|thu ngan sach|chi ngan sach|tong von|muc (?:ho tro|phat"
    r"|thu|chi|dong|khoan|luong))\b.{0,160}\bbao nhieu\b"
)
_PRICE: Final = re.compile(
    r"(?<!đánh )(?<!định )(?<!thẩm )(?<!\w)giá (?!trị)[^?]{0,80}?(?:bao nhiêu|mấy)(?!\w)"
)
_AREA: Final = re.compile(r"(?<!\w)diện tích(?!\w)[^?]{0,60}?(?<!\w)bao nhiêu(?!\w)")
_WITHIN: Final = r"(?:trong|theo|tại|ở|của)(?: các| những)?"
_OF_SOURCE: Final = (
    r"(?: (?:năm|của năm) \d{4})?(?: của (?:(?:ban thường vụ|ban chấp hành|thường trực) )?"
    r"(?:(?:tỉnh|huyện|thành|thị|đảng) ủy|(?:ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân)"
    r"(?: (?:tỉnh|huyện|xã|phường|thị trấn|thành phố|thị xã|quận))?))?"
)
_COUNTED_ENGLISH: Final = re.compile(
    r"how many ((?:(?!(?:must|should|will|shall|is|are|was|were|do|does|did|has|have|had|can|to|in"
    r"|of|at|on|by|under|for|per|from|with|and|there|that|which|who|[a-z]+ed)\b)[a-z'-]+ ?){1,5})"
)
_DATE_LEAD: Final = re.compile(
    r"(?:(?:truoc|sau|den|tu|vao|cham nhat|before|by|after|on) )?(?:(?:la|vao) )?(?:ngay )?$"
)
_MONTHLY_DAY: Final = re.compile(
    r"ngay (?:mung )?(\d{1,2}) (?:hang|moi|cua) thang"
    r"|(\d{1,2})(?:st|nd|rd|th)? of (?:each|every) month"
)
_QUOTED: Final = re.compile(
    r"[\"“”„«]([^\"“”„«»]{2,200})[\"“”»]|(?<!\w)'([^']{3,120})'(?!\w)"  # not "district's"
)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What understanding a question needs to know of the corpus."""

    places: tuple[str, ...]  # "huyện Chi Lăng"
    restorer: Restorer


def understand(question: str, corpus: Corpus) -> Query:
    """Return what a question asks for.

    Args:
        question: in Vietnamese, with or without diacritics, or in English.
        corpus: what is known of the corpus.

    Returns:
        The query; nothing in it is looked up in documents yet.

    Raises:
        QueryError: the question is empty or has no letter or digit.
    """
    asked = _tidy(question)
    if not re.search(r"\w", asked):
        raise QueryError("the question is empty; ask one, such as: Đơn vị nào phải báo cáo?")
    english = _is_english(asked, corpus.restorer.variants)
    written = asked
    if not english:
        written = write_out(asked, corpus.restorer.language.abbreviations)
    text, corrections = (asked, ()) if english else correct(written, corpus.restorer)
    spelled = translate(text).text if english else corpus.restorer.restore(text)
    whole = replace(
        _read(text, spelled, corpus, english=english),
        asked=asked if text != asked else "",
        corrections=corrections,
        expansions=tuple(find_expansions(spelled, corpus.restorer.language.abbreviations)),
    )
    bounds = list(find_parts(text, spelled, english=english)) if whole.intent != "compare" else []
    if len(bounds) < 2:
        return whole
    pieces = [(text[start:end], start, end) for start, end in bounds]
    parts = [
        _read(
            piece,
            translate(piece).text if english else spelled[start:end],
            corpus,
            english=english,
        )
        for piece, start, end in pieces
    ]
    return replace(whole, parts=_in_context(whole, parts))


def find_recurrence(text: str) -> tuple[str, ...]:
    """Return how often something comes, as far as words say: "báo cáo năm", "monthly" -> "P1M"."""
    folded = fold(text)
    return tuple(value for value, found in _RECURRENCE if found.search(folded))


def _tidy(question: str) -> str:
    """Return a question in NFC on one line, as much of it as is read.

    Control characters and half surrogates count as blanks.
    """
    read = question[: 2 * MAX_QUESTION]  # marks that stand alone may join their letters
    clean = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in read)
    return unicodedata.normalize("NFC", " ".join(clean.split()))[:MAX_QUESTION]


def _in_context(whole: Query, parts: Sequence[Query]) -> tuple[Query, ...]:
    """Return the parts of a question with what they leave to the others to say."""
    first = parts[0]
    if not (first.topic or first.numbers or first.places):
        return ()  # "Cơ quan nào, đơn vị nào phải …"
    found: list[Query] = []
    head = first
    for part in parts:
        alone = part is first or not depends(part.text, part.topic)
        years = part.years or head.years
        if alone:
            head = replace(part, years=years)
        found.append(
            replace(
                part,
                depends=not alone and years == head.years,
                topic=part.topic if alone else (*_but_days(head, part), *part.topic),
                places=part.places or whole.places,
                numbers=part.numbers or head.numbers or whole.numbers,
                types=part.types or whole.types,
                years=years,
                dates=part.dates or (() if alone or _sets_goal(part) else head.dates),
                recurrence=part.recurrence or (() if alone else head.recurrence),
                unit=part.unit if alone else part.unit or head.unit,
                restored=whole.restored,
            )
        )
    return tuple(found)


_GOAL: Final = re.compile(r"\b(?:muc tieu|chi tieu|phan dau|ke hoach|cuoi nam|target|goal)\b")


def _sets_goal(part: Query) -> bool:
    return bool(_GOAL.search(fold(part.text)))


def _but_days(head: Query, part: Query) -> tuple[str, ...]:
    """Return what a question is about, without the day of a result where a part asks the goal."""
    days = set(_days(head.dates)) if _sets_goal(part) else set()
    return tuple(word for word in head.topic if word not in days)


def _read(text: str, spelled: str, corpus: Corpus, *, english: bool) -> Query:
    """Return what a question, or a part of one, asks for by itself."""
    taken: list[tuple[int, int]] = []
    asked = Question.of(text, spelled)
    folded = asked.folded
    intents = _intents(asked, taken, english=english)
    if not english:
        taken.extend(_named_sources(canonical(spelled)))
    dates = tuple(_dates(text, folded, english, taken))
    known = len(taken)
    numbers = tuple(_numbers(text, taken, english=english))
    numbered = taken[known:]
    types = tuple(_types(canonical(spelled)))
    places = tuple(_spelled_so(text, tuple(_places(folded, corpus.places, taken))))
    unknown = find_unknown_places(
        text,
        spelled,
        [_bare(place) for place in corpus.places],
        corpus.restorer,
        english=english,
    )
    if english:  # a Vietnamese name is the topic where some document has it after all
        taken += [(at, at + len(name)) for name in unknown if (at := text.find(name)) >= 0]
    return Query(
        text=text,
        language="en" if english else "vi",
        spelled=spelled,
        intent=intents[0] if intents else "what",
        also=tuple(intents[1:]),
        dates=dates,
        recurrence=find_recurrence(text),
        years=tuple(_years(text)),
        numbers=numbers,
        types=types,
        free_types=tuple(_free_types(canonical(spelled), numbers, numbered)),
        places=places,
        unknown_places=unknown,
        doubtful_places=find_doubtful_places(
            text, [_bare(place) for place in corpus.places], corpus.restorer
        ),
        spoken_places=find_spoken_places(
            text, [_bare(place) for place in corpus.places], unknown, english=english
        ),
        unit=_unit(folded, spelled, english),
        topic=(*_topic(text, spelled, corpus, english, taken), *_days(dates)),
        synonyms=translate(text).synonyms if english else (),
        phrases=tuple((match[1] or match[2]).strip() for match in _QUOTED.finditer(text)),
        restored=canonical(spelled) != canonical(text),
    )


def _is_english(text: str, folded: Collection[str]) -> bool:
    """Return whether a question is in English, given the corpus's syllables without marks.

    What it quotes does not count.
    """
    text = _QUOTED.sub(" ", text) or text
    if has_diacritics(text) and len(re.findall(r"[à-ỹđ]", text)) > 3:
        return False
    words = re.findall(r"[^\W\d_]+(?:'[a-z]+)?", text.lower().replace("’", "'"))
    stop = _stopwords("en")
    known = english_words()
    english = sum(word in stop or word in known for word in words)
    vietnamese = sum(
        has_diacritics(word) or (word in folded and word not in stop) for word in words
    )
    foreign = sum(
        not has_diacritics(word) and (len(word) > 6 or word not in folded) for word in words
    )
    return english >= 2 and english + foreign > vietnamese


@cache
def _stopwords(language: str) -> frozenset[str]:
    return frozenset(
        str(word)
        for entry in load("stopwords")
        if entry["language"] == language
        for word in cast("list[str]", entry["words"])
    )


_VERB: Final = re.compile(r"(?:can|do|may|is|had|has|will|was) ")
"""Begins an English question, and without marks a Vietnamese one: "Cán bộ nào", "Do ai"."""


def _intents(question: Question, taken: list[tuple[int, int]], *, english: bool) -> list[Intent]:
    """Return what is asked for: about the document first, then as it comes in the question.

    What only a noun suggests ("tỷ lệ") comes last.
    """
    found: list[tuple[bool, int, int, Intent]] = []
    no_verb = question
    if not english and (verb := _VERB.match(question.folded)):
        blanks = "_" * verb.end()
        no_verb = Question(blanks + question.folded[verb.end() :], question.spelled)
    for entry in entries("intents", "intent"):
        match = entry.search(no_verb if entry.name == "yes_no" else question)
        if match is None:
            continue
        intent = cast("Intent", entry.name)
        if (intent == "when" or entry.weak) and _CASE.search(question.folded):
            continue  # "hạn gửi trùng ngày nghỉ thì sao?" does not ask for the limit
        rank = _INTENTS.index(intent)
        place = match.start() if rank >= FREE else rank - FREE
        if intent == "yes_no" and _TAG.search(question.folded):
            place = -1  # "hạn cuối là 31/12 đúng không?" does not ask for the limit
        found.append((entry.weak, place, rank, intent))
        if intent in ("when", "who", "list", "which_document", "to_whom"):
            taken.extend(_question_words(question.folded, match))
    return list(dict.fromkeys(intent for _, _, _, intent in sorted(found)))


_CASE: Final = re.compile(
    r"\bthi (?:bi |phai )?(?:lam )?(?:gi|sao|the nao|ra sao|xu ly (?:the nao|ra sao))\W*$"
)
"""Asks what follows from a case that a question supposes."""
_TAG: Final = re.compile(r"\b(?:dung|phai) khong\W*$|^is it (?:true|correct)\b|\bright\?$")
"""Says of a whole question that it is to be confirmed."""
_ASKING: Final = re.compile(
    r"\b(?:(?:truoc|sau|tu|vao|den|cham nhat|theo) )?(?:(?:la|vao|het) )?"
    r"(?:(?:don vi|co quan|phong|ban|noi|ngay|luc|thang|nam|nguoi|viec|van ban|nhung) )?"
    r"(?:nao|gi|ai|dau|may)\b"
    r"|khi nao|bao gio|bao lau|thoi han|han (?:chot|cuoi)|nhung (?:viec|van ban)|\bphai\b"
)


_ASKING_ENGLISH: Final = re.compile(
    r"\b(?:by )?(?:which|what) (?:(?:is|are|was|were) the )?(?:(?:responsible|competent|lead) )?"
    r"(?:units?|bod(?:y|ies)|agenc(?:y|ies)|departments?|offices?|organi[sz]ations?|authorit(?:y|ies)"
    r"|divisions?|bureaus?|date|day|time|deadline|documents?|tasks?|things?)\b"
    r"|\b(?:deadline|due date|time limit|last day)\b|\bresponsible for\b|\bin charge of\b"
)


def _question_words(folded: str, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    for words in _ASKING.finditer(folded, match.start(), match.end()):
        yield words.span()
    for words in _ASKING_ENGLISH.finditer(folded):
        yield words.span()


def _dates(
    text: str, folded: str, english: bool, taken: list[tuple[int, int]]
) -> Iterator[AskedDate]:
    for mention in find_dates(text, english=english):
        start, end = mention.span.start, mention.span.end
        if mention.value is None or any(a < end and start < b for a, b in taken):
            continue
        before = folded[max(0, start - 24) : start]
        bound = next((side for side, pattern in _SIDES if pattern.search(before)), None)
        lead = _DATE_LEAD.search(before)
        taken.append((start - len(lead[0]) if lead else start, end))
        yield AskedDate(value=mention.value, bound=bound)
    for match in _MONTHLY_DAY.finditer(folded):
        taken.append(match.span())
        yield AskedDate(value=f"---{int(match[1] or match[2]):02}", bound="on")


_NUMBERED_ENGLISH: Final = re.compile(
    r"\b(?:decision|resolution|directive|circular|decree|plan|notice|conclusion|dispatch|letter)"
    r" (?:no\.? ?|number )?(?P<digits>\d{1,5})"
    r"(?!\d|[/.,-]?\d|%|[- ](?:year|month|day|week|point)s?\b)"
)
"""A document by its number alone: "Decision 281"; a year is none."""


def _numbers(text: str, taken: list[tuple[int, int]], *, english: bool) -> Iterator[str]:
    for mention in find_numbers(text):
        taken.append((mention.span.start, mention.span.end))
        yield number_key(mention.value)
    for bare in find_bare_numbers(text):
        if not any(a < bare.span.end and bare.span.start < b for a, b in taken):
            taken.append((bare.span.start, bare.span.end))
            yield number_key(bare.value)
    for match in _NUMBERED_ENGLISH.finditer(text.lower()) if english else ():
        start, end = match.span()
        year = re.fullmatch(r"(?:19|20)\d\d", match["digits"])
        if not year and not any(a < end and start < b for a, b in taken):
            taken.append((start, end))
            yield number_key(match["digits"])


def _types(spelled: str) -> Iterator[str]:
    for kind in document_types():
        if re.search(rf"(?<!\w){re.escape(kind.name)}(?!\w)", spelled):
            yield kind.name


def _named_sources(spelled: str) -> Iterator[tuple[int, int]]:
    """Return where a question only says which kind of document it means: "theo thông báo"."""
    kinds = "|".join(re.escape(kind.name) for kind in document_types())
    for match in re.finditer(rf"(?<!\w){_WITHIN}((?: (?:{kinds}))+)(?!\w){_OF_SOURCE}", spelled):
        yield match.span()


def _free_types(
    spelled: str, numbers: Sequence[str], taken: Sequence[tuple[int, int]]
) -> Iterator[str]:
    """Return the types that stand before no number: in "công văn triển khai Kết luận 1364" one."""
    for kind in document_types():
        for match in re.finditer(rf"(?<!\w){re.escape(kind.name)}(?!\w)", spelled):
            after = spelled[match.end() : match.end() + 4].strip()
            numbered = bool(numbers) and any(
                start - match.end() <= 4 and match.start() < end and start >= match.start()
                for start, end in taken
            )
            if not numbered and not after[:1].isdigit():
                yield kind.name
                break


def _places(folded: str, places: Collection[str], taken: list[tuple[int, int]]) -> Iterator[str]:
    names = {place: fold(_bare(place)) for place in places}
    said: dict[str, list[re.Match[str]]] = {}
    for place, name in names.items():
        if name not in folded:
            continue  # of thousands of places few are named: no pattern is made for the others
        if found := list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", folded)):
            said[place] = found
    for place in sorted(said):
        longer = [
            each.span()
            for other, found in said.items()
            if len(names[other]) > len(names[place])
            for each in found
        ]
        match = next((m for m in said[place] if not _is_within(m.span(), longer)), None)
        if match is None:
            continue  # "tỉnh Vĩnh Thạnh" of "xã Vĩnh Thạnh Đông"
        name = names[place]
        level = fold(place)[: -len(name)].strip()
        start = match.start()
        if level and folded[:start].endswith(f"{level} "):
            start -= len(level) + 1
        after = _ENGLISH_LEVEL.match(folded, match.end())
        taken.append((start, after.end() if after else match.end()))
        yield place


def _spelled_so(text: str, places: Sequence[str]) -> Iterator[str]:
    """Yield places without those that one spelled as the question does is told apart from.

    "tỉnh Quảng Lâm" is not "tỉnh Quảng Lam", which is what "tỉnh Quang Lam" may be too.
    """
    said = canonical(text)
    marked = {place for place in places if canonical(_bare(place)) in said}
    told = {fold(_bare(place)) for place in marked if fold(_bare(place)) != canonical(_bare(place))}
    for place in places:
        if place in marked or fold(_bare(place)) not in told:
            yield place


def _is_within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


_ENGLISH_LEVEL: Final = re.compile(
    r"(?:'s)? (?:district|province|commune|city|town|township|ward)(?:'s)?(?!\w)"
)


def _bare(place: str) -> str:
    """Return the name of a place without its level: "huyện Chi Lăng" -> "Chi Lăng"."""
    words = place.split()
    return " ".join(words[next((i for i, w in enumerate(words) if w[0].isupper()), 0) :])


def _years(text: str) -> Iterator[str]:
    for match in _YEARS.finditer(text):
        yield f"{match[1]}/{match[2]}" if match[2] else match[1]


def _unit(folded: str, spelled: str, english: bool) -> str | None:
    for unit, pattern in _UNITS:
        if pattern.search(folded):
            return unit
    if english:
        counted = _COUNTED_ENGLISH.search(folded)
        named = [term.vietnamese for term in translate(counted[1]).terms] if counted else []
        return named[-1] if named else None
    match = _COUNTED.search(canonical(spelled))
    if match is None and (_OF_MONEY.search(folded) or _PRICE.search(canonical(spelled))):
        return "đồng"
    if match is None and _AREA.search(canonical(spelled)):
        return "ha"
    return match[1] if match else None


_CAPITALS: Final = re.compile(rf"[{UPPER}]\w*(?: [{UPPER}]\w*)*")


def _english_topic(text: str, corpus: Corpus) -> Iterator[str]:
    """Yield the syllables of a question's translation, and of the names that it has.

    A name is Vietnamese where the corpus has its syllables; a word that is neither in the glossary
    nor in the corpus says nothing.
    """
    ignored = _stopwords("en") | _stopwords("vi")
    only_asks = {alike(phrase) for phrase in _stopwords("vi-question")}
    terms = [(term.start, term.end, term.vietnamese) for term in translate(text).terms]
    free = _blanked(text, [(start, end) for start, end, _ in terms])
    for match in _CAPITALS.finditer(free):
        if match[0].lower() in ignored:
            continue  # "To" begins the question
        name = corpus.restorer.restore(match[0])
        if all(canonical(part) in corpus.restorer.language.syllables for part in name.split()):
            terms.append((match.start(), match.end(), name))
    terms += [(match.start(), match.end(), match[0]) for match in re.finditer(r"\d[\d.,]*", free)]
    for _, _, words in sorted(terms):
        if alike(words) in only_asks:
            continue
        yield from (word for word in alike_syllables(words) if word not in ignored)


def _topic(
    text: str, spelled: str, corpus: Corpus, english: bool, taken: Sequence[tuple[int, int]]
) -> tuple[str, ...]:
    if english:
        return tuple(_english_topic(_blanked(text, taken), corpus))
    rest = alike(_blanked(spelled, taken))
    for phrase in sorted(_stopwords("vi-question"), key=len, reverse=True):
        rest = re.sub(rf"(?<!\w){re.escape(alike(phrase))}(?!\w)", " | ", rest)
    stop = {alike(word) for word in _stopwords("vi")}
    topic = tuple(word for word in alike_syllables(rest) if word not in stop)
    return topic[:-1] if topic[-1:] == ("không",) else topic  # "…không?" only asks


def _days(dates: Sequence[AskedDate]) -> Iterator[str]:
    """Return day, month and year of the dates that tell which meeting or document is meant."""
    for date in dates:
        if date.bound is None:
            yield from (part.lstrip("0") for part in reversed(date.value.split("-")) if part)


def _blanked(text: str, taken: Sequence[tuple[int, int]]) -> str:
    """Return ``text`` with what was recognised blanked out."""
    letters = list(text)
    for start, end in taken:
        for position in range(max(start, 0), min(end, len(letters))):
            letters[position] = " "
    return "".join(letters)
