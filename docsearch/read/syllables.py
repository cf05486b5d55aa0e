"""Which words are syllables of Vietnamese: what tells a right reading of bytes from a wrong one.

Initials, rimes and the rule of the stopped rimes (only sắc and nặng before c, ch, p, t) are those
of the standard orthography.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_INITIALS: Final = tuple(
    """
    ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x
    """.split()  # noqa: SIM905
)
_RIMES: Final = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong ooc oong op ot oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt uân uât uâng uây uê uêch uên uênh uơ
    uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu ych ynh yt
    """.split()  # noqa: SIM905
)
_AFTER_QU: Final = frozenset(
    """
    a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât ây e en eng eo et ê êch ên
    ênh êt êu i in inh it iu ơ ơn ơt y ych yên yêt ynh yt yu ôc
    """.split()  # noqa: SIM905
)
_BEFORE_Y: Final = frozenset(("", "h", "k", "l", "m", "s", "t", "v"))
_TONES: Final = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_SHARP: Final = "\u0301\u0323"  # the tones of stopped rimes
_TONE_ON_CONSONANT: Final = re.compile(r"[^aeiouy\u0302\u0306\u031b][\u0300\u0301\u0303\u0309]")
_WORD: Final = re.compile(r"(?:[^\W\d_]|[\u0080-\u009f\u00ad])+")
_SAMPLE: Final = 20_000  # code points that are looked at
_STOPPED: Final = re.compile(r"(?:c|ch|p|t)$")


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Return whether a word can be a Vietnamese syllable with its diacritics.

    Args:
        word: letters, in any case and normal form.

    Returns:
        False for two words written as one, and for what no syllable of the language sounds like.
        A tone on the wrong letter of its rime ("qúy") and a stopped rime without a tone ("cac")
        are taken, as both are typed.
    """
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in parts if ord(mark) in _TONES]
    if len(tones) > 1 or _TONE_ON_CONSONANT.search(parts):
        return False
    bare = unicodedata.normalize("NFC", parts.translate(_TONES))
    if tones and tones[0] not in _SHARP and _STOPPED.search(bare):
        return False
    initial = next((initial for initial in _INITIALS if bare.startswith(initial)), "")
    rime = bare[len(initial) :]
    if initial == "qu":
        return rime in _AFTER_QU
    if initial == "gi" and (rime in ("", "n", "êng", "êt", "ên", "êc", "êm", "êu")):
        return True
    if initial == "ngh" and rime[:1] not in ("e", "ê", "i"):
        return False
    if rime.startswith("y") and initial not in _BEFORE_Y:
        return False
    return rime in _RIMES


def vietnamese_share(text: str) -> float:
    """Return the share of the words of a text that can be Vietnamese syllables.

    Args:
        text: NFC text; its first 20,000 code points are looked at.

    Returns:
        0 to 1; 0 for a text without words. Documents have 0.9 and more, what is left being
        abbreviations; words torn apart by a bad layout and wrongly decoded ones have less.
    """
    words = [match[0] for match in _WORD.finditer(text[:_SAMPLE])]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
