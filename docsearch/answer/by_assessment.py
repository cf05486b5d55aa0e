"""Answers to what falls short ("Những hạn chế là gì?"), what is forbidden, what is excepted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

from docsearch.answer.by_passage import passage_item
from docsearch.answer.candidates import Candidate, Context
from docsearch.answer.draft import Draft
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import canonical
from docsearch.records import Hit

AS_GOOD: Final = 0.75
"""Share of the best score from which another sentence of the kind belongs to the answer."""
MOST: Final = 4
MOST_MISSING: Final = 0.34
OPEN: Final = 0.5
"""Share of a question that what its document is about accounts for, so that all of it is meant."""


class _Kind(NamedTuple):
    asked: re.Pattern[str]  # in a question, in small letters
    named: re.Pattern[str]  # what a sentence or the heading above it calls by its name
    told: re.Pattern[str]  # what a sentence says otherwise


_KINDS: Final = (
    _Kind(
        asked=re.compile(
            r"(?<!biện pháp )(?<!giải pháp )(?<!để )(?<!nhằm )(?<!khắc phục )(?<!\w)"
            r"(?:hạn chế|tồn tại|yếu kém|bất cập|khuyết điểm|thiếu sót|khó khăn|vướng mắc"
            r"|chưa (?:làm )?được)(?!\w)"
            r"(?!.{0,60}(?<!\w)(?:gửi|phản ánh|khi nào|trước ngày)(?!\w))"
            r".{0,80}(?<!\w)(?:gì|nào|ra sao)(?!\w)"
            r"|(?<!\w)(?:gì|nào)(?!\w).{0,30}(?<!\w)(?:còn|bị coi là|được nêu là)"
            r" (?:hạn chế|tồn tại|yếu kém)(?!\w)"
            r"|\b(?:shortcomings?|weakness(?:es)?|limitations?|drawbacks|difficulties)\b"
        ),
        named=re.compile(
            r"(?<!khắc phục )(?<!khắc phục những )(?<!khắc phục các )(?<!các tồn tại, )(?<!\w)"
            r"(?:(?:mặt|những|số|điểm)?\s?(?:hạn chế|tồn tại|yếu kém|bất cập|khuyết điểm)"
            r"|tuy nhiên|bên cạnh đó)(?!\w)"
        ),
        told=re.compile(
            r"(?<!\w)(?:chưa|mới chỉ|chỉ mới|mới (?:đạt|có|được)|chỉ đạt|còn (?:thấp|chậm|thiếu|ít"
            r"|nhiều|hạn chế|hình thức|lúng túng|yếu)|xuống cấp|thiếu|không kịp thời|quá hạn"
            r"|tồn đọng|nợ đọng)(?!\w)"
        ),
    ),
    _Kind(
        asked=re.compile(
            r"(?<!\w)(?:kết quả (?:đã )?(?:đạt được|nổi bật)|thành tích|ưu điểm)(?!\w)"
            r".{0,80}(?<!\w)(?:gì|nào|ra sao)(?!\w)|\b(?:achievements|accomplishments)\b"
        ),
        named=re.compile(
            r"(?<!\w)(?:kết quả (?:đã )?đạt được|ưu điểm|thành tích|kết quả (?:thực hiện|năm|giai"
            r" đoạn|nhiệm kỳ))(?!\w)"
        ),
        told=re.compile(r"(?<!\w)đã (?:đạt|hoàn thành|có|được|huy|tổ|xây|thu|giải|hỗ)"),
    ),
    _Kind(
        asked=re.compile(
            r"(?<!\w)(?:khi|lúc|trường hợp|điều kiện) (?:nào|gì)(?!\w).{0,80}(?<!\w)"
            r"(?:mới|thì|chỉ) (?:được|phải|có thể)(?!\w)|(?<!\w)điều kiện (?:gì|nào)(?!\w)"
            r"|(?<!\w)bao (?:lâu|nhiêu \w+) (?:thì )?mới (?:được|có thể)(?!\w)"
            r"|(?<!\w)(?:điều kiện)(?!\w).{0,60}(?<!\w)(?:là gì|gồm|thế nào)(?!\w)"
        ),
        named=re.compile(
            r"(?<!\w)chỉ (?:được )?\w+(?!\w)[^.;]{0,80}(?<!\w)(?:khi|nếu|trong trường hợp)(?!\w)"
            r"|(?<!\w)(?:với )?điều kiện(?!\w)"
        ),
        told=re.compile(
            r"(?<!\w)(?:từ|đủ) \d[\d.,]* (?:tháng|năm|ngày|tuổi) trở lên(?!\w)"
            r"|(?<!\w)(?:khi|nếu|trường hợp) (?:có|được|đã|đủ|không|phát hiện)(?!\w)"
        ),
    ),
    _Kind(
        asked=re.compile(
            r"(?<!\w)nào (?:là |được |sẽ )?(?:không (?:phải|thuộc|áp dụng|bắt buộc|bị)|miễn"
            r"|loại trừ|ngoại trừ|ngoại lệ)(?!\w)"
            r"|(?<!\w)(?:ngoại lệ|loại trừ|ngoại trừ) (?:là )?(?:gì|nào)"
            r"|\b(?:exempt(?:ed)?|excluded|exceptions?)\b"
        ),
        named=re.compile(
            r"(?<!\w)(?:(?<!ngoại )(?<!phòng )(?<!bù )(?<!khấu )(?<!giải )trừ(?! lãi| vào)"
            r"|ngoại trừ|không áp dụng|không thuộc|miễn)(?!\w)"
        ),
        told=re.compile(r"(?<!\w)không phải(?!\w)"),
    ),
    _Kind(
        asked=re.compile(
            r"(?<!\w)cấm(?!\w).{0,60}(?<!\w)(?:gì|nào)(?!\w)"
            r"|(?<!\w)không được (?:phép )?(?:làm )?(?:những )?(?:việc )?gì(?!\w)"
            r"|(?<!\w)không được(?!\w).{3,60}(?<!\w)làm (?:những )?gì(?!\w)"
            r"|\b(?:forbidden|prohibited|banned|not allowed)\b"
        ),
        named=re.compile(r"(?<!\w)(?:nghiêm cấm|bị cấm|cấm|không được|tuyệt đối không)(?!\w)"),
        told=re.compile(
            r"(?:^|[-–+;:,.]|(?<!\w)(?:và|phải|kiên quyết|dứt khoát))\s*"
            r"không (?!quá|dưới|còn|có|thấp hơn|chỉ|những|ngừng)\w"
        ),
    ),
)


_INTENTS: Final = ("what", "list", "who", "which_document", "when")


def answer_by_assessment(context: Context) -> Draft | None:
    """Return the sentences that say what falls short, is forbidden or excepted.

    Args:
        context: the question and the index.

    Returns:
        Those of the documents meant that fit best, in the order of the text; None when the
        question asks otherwise, or none says it of what the question is about.
    """
    english = context.query.language == "en"
    asked = context.query.text.lower() if english else canonical(context.query.spelled)
    found = next(((kind, match) for kind in _KINDS if (match := kind.asked.search(asked))), None)
    if found is None or context.query.intent not in _INTENTS:
        return None
    kind, match = found
    own = set(alike_syllables(context.query.spelled if english else match[0])) & _NAMES
    topic = tuple(word for word in context.query.topic if word not in own)
    if not topic and context.documents is None:
        return None
    part = Context(
        replace(context.query, topic=topic), context.snapshot, context.documents, context.hits
    )
    scored = [(_score(part, kind, each), each) for each in part.sentences()]
    kept = [(score, each) for score, each in scored if score > 0]
    if not kept:
        return None
    best = max(score for score, _ in kept)
    first = next(each for score, each in kept if score == best)
    chosen = [
        each
        for score, each in sorted(kept, key=lambda pair: -pair[0])
        if score >= AS_GOOD * best and each.document == first.document
    ][:MOST]
    chosen.sort(key=lambda each: each.span.start)
    items = {item.text: item for item in (passage_item(context, each) for each in chosen)}
    return Draft(items=tuple(items.values()), confidence=max(first.coverage, OPEN))


_NAMES: Final = frozenset(
    (
        *("hạn", "chế", "tồn", "tại", "yếu", "kém", "bất", "cập", "khuyết", "điểm", "thiếu", "sót"),
        *("khó", "khăn", "vướng", "mắc", "cấm", "nghiêm", "hành", "vi", "bị", "làm", "được"),
        *("điều", "kiện", "trường", "hợp", "khi", "mới", "chỉ", "thì"),
        *("kết", "quả", "đạt", "thành", "tích", "ưu", "nổi", "bật"),
        *("không", "phép", "những", "việc", "chưa", "mặt", "trừ", "ngoại", "lệ", "miễn", "phải"),
    )
)
"""Syllables by which a question only says which kind of sentence it wants."""


def _score(context: Context, kind: _Kind, candidate: Candidate[Hit]) -> float:
    """Return how well a sentence says what is asked; 0.0 when it is of another kind or matter."""
    line = canonical(context.quoter.line(candidate.document, candidate.span))
    above = candidate.headings[-1].text if candidate.headings else ""
    named = kind.named.search(line) or kind.named.search(canonical(above))
    if not named and not kind.told.search(line):
        return 0.0
    meant = context.documents is not None and context.subject_coverage(candidate.document) >= OPEN
    if not meant and candidate.missing > context.tolerated(MOST_MISSING):
        return 0.0
    return candidate.score + (0.5 if named else 0.0)
