"""Right sentences as a careful model writes them, and wrong ones made of them.

Nothing here uses the verifier: words are split and replaced with regular expressions of its own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import docsearch as ds


@dataclass(frozen=True)
class Case:
    """One sentence with its quotations out of one passage; ``passage`` is index in the corpus."""

    text: str
    quotes: tuple[str, ...]
    pieces: tuple[str, ...]  # headings and words of the passage
    kind: str


STOP = re.compile(r"(?<=[a-zà-ỹ)])[.;]\s+(?=[A-ZĐÀ-Ỹ-])")
LEAD = re.compile(r"^[\s\-+*•]*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)-]\s*)?[\s\-+*•]*")
MARKUP = re.compile(r"[*#_]|\(\*|[¹²³⁴⁵⁶⁷⁸⁹⁰]")


def _sentences(text: str) -> list[str]:
    found = []
    for part in STOP.split(text):
        part = LEAD.sub("", part).strip(" .;:\n*")
        if 40 <= len(part) <= 400 and not MARKUP.search(part) and "\n\n" not in part:
            found.append(part)
    return found


def _small(text: str) -> str:
    """Return a sentence to go on with; a name or an abbreviation keeps its capital."""
    first = text.split()[0]
    return text if first.isupper() or text[:2].isupper() else text[0].lower() + text[1:]


FRAMES = (
    "Theo văn bản, {}.",
    "Văn bản nêu rõ: {}.",
    "Văn bản quy định {}.",
    "Nội dung cụ thể như sau: {}.",
    "Cụ thể, {}.",
    "{}.",
)


def _long_date(match: re.Match[str]) -> str:
    return f"{int(match[1])} tháng {int(match[2])}" + (f" năm {match[3]}" if match[3] else "")


FORMS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("written out", lambda t: re.sub(r"(?<![-/])\bUBND\b", "Ủy ban nhân dân", t)),
    ("short", lambda t: re.sub(r"(?i)ủy ban nhân dân", "UBND", t)),
    ("short", lambda t: t.replace("Giáo dục và Đào tạo", "GD&ĐT")),
    (
        "date",
        lambda t: re.sub(r"(?<=ngày )(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])", _long_date, t),
    ),
    ("blanks", lambda t: t.replace(" ", "  ", 3)),
    ("spelling", lambda t: t.replace("hòa", "hoà").replace("hóa", "hoá")),
)


def right_cases(index: ds.Index, seed: int) -> Iterator[Case]:
    """Yield right sentences over the documents of an index, varied by a seed."""
    chance = random.Random(seed)
    for passage in index.snapshot.store.passages().values():
        pieces = (*passage.path, passage.text)
        for words in _sentences(" ".join(passage.text.split())):
            frame = chance.choice(FRAMES)
            text = frame.format(_small(words) if frame[0] != "{" else words)
            kind = "copy" if frame == "{}." else "framed"
            form, change = chance.choice(FORMS)
            if chance.random() < 0.5 and change(text) != text:
                text, kind = change(text), form
            yield Case(text, (words,), pieces, kind)
            shorter = re.match(r"(.{40,}?)(?:, | )(?:để|nhằm|qua đó|góp phần) ", words)
            if shorter:
                yield Case(f"{shorter[1]}.", (words,), pieces, "shorter")
    yield from _duties(index, chance)


def _duties(index: ds.Index, chance: random.Random) -> Iterator[Case]:
    """Yield "who has to do what", out of the register."""
    modals = ("phải", "có trách nhiệm", "có nhiệm vụ", "cần", "được giao")
    passages = list(index.snapshot.store.passages().values())
    for due in index.obligations():
        duty, document = due.obligation, due.document
        span = duty.action.span
        text = index.document(document).text
        holding = [p for p in passages if p.document_id == document and p.span.covers(span)]
        if not duty.actors or not holding or MARKUP.search(span.of(text)):
            continue
        passage = holding[0]
        names = list(duty.actors[:3])
        pieces = (*passage.path, passage.text)
        if not all(_stands(name.text, pieces) for name in names):
            continue
        who = ", ".join(name.text for name in names)
        action = duty.action.text.strip(" .;")
        yield Case(
            f"{who[0].upper()}{who[1:]} {chance.choice(modals)} {_small(action)}.",
            (*(name.text for name in names), " ".join(span.of(text).split())),
            pieces,
            "duty",
        )


def _stands(words: str, pieces: tuple[str, ...]) -> bool:
    return any(words in " ".join(piece.split()) for piece in pieces)


# Wrong sentences. Each takes a right one and returns a wrong one, or None where it does not fit.

Mutate = Callable[[Case, random.Random, list[Case]], Case | None]
DIGITS = re.compile(r"\d+")


def _figure(text: str, chance: random.Random) -> str | None:
    """Return the text with one figure changed by a digit."""
    found = list(DIGITS.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    place = chance.randrange(match.start(), match.end())
    digit = chance.choice([d for d in "123456789" if d != text[place]])
    return text[:place] + digit + text[place + 1 :]


def sentence_by_a_digit(case: Case, chance: random.Random, _: list[Case]) -> Case | None:
    text = _figure(case.text, chance)
    return replace(case, text=text) if text else None


def quote_by_a_digit(case: Case, chance: random.Random, _: list[Case]) -> Case | None:
    quote = _figure(case.quotes[-1], chance)
    if not quote or _stands(quote, case.pieces):
        return None
    return replace(case, quotes=(*case.quotes[:-1], quote))


def both_by_a_digit(case: Case, chance: random.Random, _: list[Case]) -> Case | None:
    found = list(DIGITS.finditer(case.quotes[-1]))
    if not found:
        return None
    old = chance.choice(found)[0]
    new = str(int(old) + chance.choice((1, 2, 5, 10)))
    text, quote = case.text.replace(old, new), case.quotes[-1].replace(old, new)
    if text == case.text or _stands(quote, case.pieces):
        return None
    return replace(case, text=text, quotes=(*case.quotes[:-1], quote))


def number_of_a_document(case: Case, chance: random.Random, _: list[Case]) -> Case:
    number = (
        f"{chance.randint(2, 4999)}/{chance.choice(('QĐ-UBND', 'KH-UBND', 'NĐ-CP', 'TB-UBND'))}"
    )
    return replace(case, text=f"Theo văn bản số {number}, {_small(case.text)}")


def no_quote(case: Case, _: random.Random, __: list[Case]) -> Case:
    return replace(case, quotes=())


def word_left_out(case: Case, chance: random.Random, _: list[Case]) -> Case | None:
    words = case.quotes[-1].split()
    if len(words) < 6:
        return None
    place = chance.randrange(1, len(words) - 1)
    quote = " ".join(words[:place] + words[place + 1 :])
    return None if _stands(quote, case.pieces) else replace(case, quotes=(quote,))


def dots(case: Case, chance: random.Random, _: list[Case]) -> Case | None:
    words = case.quotes[-1].split()
    if len(words) < 8:
        return None
    place = chance.randrange(3, len(words) - 3)
    return replace(case, quotes=(f"{' '.join(words[:place])} … {' '.join(words[place + 2 :])}",))


def quote_of_another_passage(case: Case, chance: random.Random, all_: list[Case]) -> Case | None:
    other = chance.choice(all_)
    if other.pieces == case.pieces or any(_stands(q, case.pieces) for q in other.quotes):
        return None
    return replace(case, quotes=other.quotes)


def words_of_another_passage(case: Case, chance: random.Random, all_: list[Case]) -> Case | None:
    other = chance.choice(all_)
    if other.text == case.text or _stands(other.quotes[-1] if other.quotes else "", case.pieces):
        return None
    return replace(case, text=other.text)


def two_merged(case: Case, chance: random.Random, all_: list[Case]) -> Case | None:
    other = chance.choice(all_)
    if other.pieces == case.pieces or not other.quotes or _stands(other.quotes[-1], case.pieces):
        return None
    return replace(case, text=f"{case.text.rstrip('.')} và {_small(other.text)}")


SWAPS: tuple[tuple[str, str], ...] = (
    ("trước ngày", "sau ngày"),
    ("trước", "sau"),
    ("ngày", "tháng"),
    ("tháng", "năm"),
    ("%", " trường"),
    ("huyện", "tỉnh"),
    ("xã", "phường"),
    ("tiểu học", "đại học"),
    ("THCS", "THPT"),
    ("Giáo dục", "Nội vụ"),
    ("mầm non", "đại học"),
    ("báo cáo", "kiểm toán"),
    ("UBND", "HĐND"),
    ("Chi Lăng", "Bắc Sơn"),
    ("Bình Sơn", "Trà Bồng"),
    ("Na Mèo", "Tam Thanh"),
    ("học sinh", "giáo viên"),
    ("tăng", "giảm"),
    ("ít nhất", "tối đa"),
    ("trên", "dưới"),
    ("hằng năm", "hằng tháng"),
    ("triệu", "tỷ"),
    ("phối hợp", "chủ trì"),
    ("chủ trì", "phối hợp"),
    ("và", "hoặc"),
    ("phấn đấu", "đã"),
    ("phải", "có thể"),
)


def a_word_swapped(case: Case, chance: random.Random, _: list[Case]) -> Case | None:
    fitting = [
        (old, new)
        for old, new in SWAPS
        if re.search(rf"(?<!\w){re.escape(old)}(?!\w)", case.text) and not _stands(new, case.pieces)
    ]
    if not fitting:
        return None
    old, new = chance.choice(fitting)
    return replace(case, text=re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new, case.text, count=1))


def negated(case: Case, chance: random.Random, _: list[Case]) -> Case | None:
    verbs = [
        v
        for v in (
            " phải ",
            " có trách nhiệm ",
            " thực hiện ",
            " tổ chức ",
            " tham mưu ",
            " báo cáo ",
            " xây dựng ",
            " đảm bảo ",
            " chỉ đạo ",
        )
        if v in case.text
    ]
    if not verbs or " không " in case.text:
        return None
    verb = chance.choice(verbs)
    word = chance.choice((" không", " chưa", " không được"))
    return replace(case, text=case.text.replace(verb, f"{word}{verb}", 1))


def without_a_limit(case: Case, chance: random.Random, _: list[Case]) -> Case | None:
    limits = [
        w
        for w in (
            "không ",
            "chưa ",
            "ít nhất ",
            "tối thiểu ",
            "trên ",
            "dưới ",
            "nếu ",
            "phấn đấu ",
            "không quá ",
            "đã ",
            "có thể ",
            "trước ",
        )
        if re.search(rf"(?<!\w){w}", case.text)
    ]
    if not limits:
        return None
    word = chance.choice(limits)
    if word in ("trên ", "trước ", "dưới ") and not re.search(
        rf"{word}(?:ngày |tháng )?\d", case.text
    ):
        return None
    pattern = (
        rf"(?<!\w){word}(?=(?:ngày |tháng )?\d)"
        if word in ("trên ", "trước ", "dưới ")
        else (rf"(?<!\w){word}")
    )
    if word in ("trên ", "trước ", "dưới ") and re.search(r"(?:địa bàn|nói)", case.text):
        return None
    return replace(case, text=re.sub(pattern, "", case.text, count=1))


def another_year(case: Case, chance: random.Random, _: list[Case]) -> Case | None:
    if not re.search(r"\d{1,2}/\d{1,2}(?!\d|/)", case.text):
        return None
    year = chance.randint(2019, 2031)
    return replace(
        case, text=re.sub(r"(\d{1,2}/\d{1,2})(?!\d|/)", rf"\1/{year}", case.text, count=1)
    )


def another_body(case: Case, chance: random.Random, _: list[Case]) -> Case | None:
    body = chance.choice(
        (
            "Sở Tài chính",
            "Công an tỉnh",
            "Bộ Y tế",
            "Huyện ủy Bắc Sơn",
            "Phòng Tư pháp",
            "Thanh tra Chính phủ",
        )
    )
    if _stands(body, case.pieces):
        return None
    return replace(case, text=f"{body} phải {_small(case.text)}")


def added_claim(case: Case, chance: random.Random, _: list[Case]) -> Case:
    claim = chance.choice(
        (
            " và bị phạt nếu chậm",
            " bằng ngân sách tỉnh",
            " với 30 ngày gia hạn",
            " theo chỉ đạo của Thủ tướng",
            " trong vòng ba mươi ngày",
            " trước ngày 31/10",
            " cho 45 trường",
        )
    )
    return replace(case, text=case.text.rstrip(".") + claim + ".")


def cut_figure(case: Case, _: random.Random, __: list[Case]) -> Case | None:
    match = re.search(r"\d(\d+(?:/\d+)*(?: [^\s]+){2,6})", case.quotes[-1] if case.quotes else "")
    if not match:
        return None
    return replace(case, text=f"Văn bản nêu: {match[1]}.", quotes=(match[1],))


def english(case: Case, _: random.Random, __: list[Case]) -> Case:
    return replace(case, text="The departments have to report the results every year.")


def invented_marks(case: Case, _: random.Random, __: list[Case]) -> Case:
    return replace(case, text=f"Văn bản ghi “{case.text.rstrip('.')} ngay lập tức”.")


MUTATIONS: tuple[Mutate, ...] = (
    sentence_by_a_digit,
    quote_by_a_digit,
    both_by_a_digit,
    number_of_a_document,
    no_quote,
    word_left_out,
    dots,
    quote_of_another_passage,
    words_of_another_passage,
    two_merged,
    a_word_swapped,
    negated,
    without_a_limit,
    another_year,
    another_body,
    added_claim,
    cut_figure,
    english,
    invented_marks,
)


def wrong_cases(right: list[Case], seed: int, count: int) -> list[Case]:
    """Return so many wrong sentences, each mutation as often as the others."""
    chance = random.Random(seed)
    found: list[Case] = []
    tries = 0
    while len(found) < count and tries < count * 200:
        mutate = MUTATIONS[len(found) % len(MUTATIONS)]
        case = chance.choice(right)
        wrong = mutate(case, chance, right)
        tries += 1
        if wrong is not None and (wrong.text, wrong.quotes) != (case.text, case.quotes):
            found.append(replace(wrong, kind=mutate.__name__))
    return found
