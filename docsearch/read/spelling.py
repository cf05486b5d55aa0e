"""Whether words are Vietnamese syllables: what tells a right reading of bytes from a wrong one."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Onsets and rimes of the Vietnamese syllable, without tone marks (Đoàn Thiện Thuật, "Ngữ âm
# tiếng Việt", the usual tables).
_ONSET: Final = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x|"
_RIME: Final = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây"
    "|e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên|ênh|êp|êt|êu|i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu"
    "|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng"
    "|oăt|oc|oe|oen|oeo|oet|oi|om|on|ong|oong|oc|ooc|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt"
    "|u|ua|uân|uâng|uât|uây|uc|uê|uênh|uêch|ui|um|un|ung|uôc|uôi|uôm|uôn|uông|uôt|uơ|up|ut|uy|uya"
    "|uych|uyên|uyêt|uynh|uyt|uyu|ư|ưa|ưc|ưi|ưm|ưn|ưng|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|ưt|ưu|y"
    "|yêm|yên|yêng|yêt|yêu|ym|yn|ynh|yt|ach|uyn|uynh"
)
_SYLLABLE: Final = re.compile(rf"(?:{_ONSET})(?:{_RIME})")
_TONES: Final = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_WORD: Final = re.compile(
    r"[^\W\d_]+(?:['’`~^¨´­][^\W\d_]+)*|[^\W\d_]*[\u0080-\u009f\u00ad]+[^\W\d_]*"
)
_SAMPLE: Final = 20_000  # code points that are looked at


def is_syllable(word: str) -> bool:
    """Return whether a word has the form of a Vietnamese syllable, its tone left aside."""
    plain = unicodedata.normalize(
        "NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONES)
    )
    return _SYLLABLE.fullmatch(plain) is not None


def vietnamese_share(text: str) -> float:
    """Return the share of the words of a text that have the form of a Vietnamese syllable.

    Args:
        text: NFC text; its first 20,000 code points are looked at.

    Returns:
        0 to 1; 0 for a text without words. Documents have 0.9 and more, what is left being
        abbreviations; words torn apart by a bad layout and wrongly decoded ones have less.
    """
    words = [match[0] for match in _WORD.finditer(text[:_SAMPLE])]
    if not words:
        return 0.0
    return sum(is_syllable(word) for word in words) / len(words)
