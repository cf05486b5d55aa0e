"""What a question asks of each of its places alone: "tỷ lệ hộ nghèo của A và tảo hôn của B"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from docsearch.answer.kind_words import kinds_pattern
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import canonical
from docsearch.search.query import Query
from docsearch.search.unknown_places import bare_name

_LEVEL: Final = r"(?:(?:huyện|xã|tỉnh|quận|phường|thị trấn|thành phố|thị xã) )?"
_SECOND: Final = re.compile(
    rf"(?: và| còn| với|,) (?P<own>[^,;:?]{{3,80}}?) (?:của|ở|tại) {_LEVEL}"
)
_FIRST: Final = re.compile(rf" (?:của|ở|tại) {_LEVEL}$")
_KINDS: Final = kinds_pattern(english=False, verbs=False)
_MADE: Final = re.compile(rf"(?<!\w)(?:gửi|nộp|lập|trình|xây dựng) {_KINDS}(?!\w)")
_OTHER: Final = re.compile(
    rf"(?<!\w)(?:{_KINDS}|sở|phòng|ban|chi cục|cục|ubnd|hđnd|ủy ban|hội|đoàn"
    r"|công an|trung tâm|văn phòng|trạm|trường|đảng|(?:cả|cũng|nơi|bên))(?!\w)"
)
"""A document or body of the second place: what is asked is the same of both."""


def of_others(query: Query) -> Mapping[str, set[str]]:
    """Return the syllables of a question that are asked of its other places alone, by place.

    Args:
        query: the question.

    Returns:
        Syllables by place; none unless the question names two places, each behind a matter of its
        own.
    """
    text = canonical(query.spelled)
    at = {}
    for place in query.places:
        name = re.escape(canonical(bare_name(place)))
        if match := re.search(rf"(?<!\w){name}(?!\w)", text):
            at[match.span()] = place
    if len(at) != 2:
        return {}
    (first, one), (second, other) = sorted(at.items())
    between = _SECOND.fullmatch(text, first[1], second[0])
    before = text[: first[0]]
    if between is None or _OTHER.search(_MADE.sub("", between["own"])) or not _FIRST.search(before):
        return {}
    own, leading = set(alike_syllables(between["own"])), set(alike_syllables(before))
    topic = set(query.topic)
    if not (own & topic and (leading - own) & topic):
        return {}
    return {one: own - leading, other: leading - own}
