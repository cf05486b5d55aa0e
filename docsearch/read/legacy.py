"""Text in the encodings before Unicode (TCVN3, VNI, VISCII, VPS) → Unicode.

Files of 1995 to 2010 hold the codes of their fonts: "Céng hßa" is "Cộng hòa" in TCVN3. A font's
name tells the encoding where a file has fonts; elsewhere the text itself tells it: read in the
right encoding its words are Vietnamese syllables, read in any other they are not. The tables are
those of viparse, completed where a test shows a gap.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby, pairwise
from typing import Final, Literal

from docsearch.read.syllables import is_syllable

Encoding = Literal["TCVN3", "VNI", "VISCII", "VPS"]

ENCODINGS: Final[tuple[Encoding, ...]] = ("TCVN3", "VNI", "VISCII", "VPS")

# Distinct words that must become Vietnamese before a text counts as encoded: three words of a
# foreign language that happen to do so were not found in texts of French, German, Spanish and
# Portuguese; a title of four words is enough.
MIN_WORDS: Final = 3
MIN_SHARE: Final = 0.85  # of the words that an encoding changes, how many must be syllables
MIN_PLAIN: Final = 0.5  # of the words in plain letters around them, how many must be syllables

# What a Latin-1 code from 0x80 to 0x9F becomes when the file is taken for Windows-1252.
_WINDOWS: Final = {
    chr(code): bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_WINDOWS_1258: Final = {  # where Windows-1258, the Vietnamese code page, differs from 1252
    ord(bytes([code]).decode("cp1258")): bytes([code]).decode("cp1252")
    for code in range(0xC0, 0x100)
    if bytes([code]).decode("cp1258") != bytes([code]).decode("cp1252")
}
_QUOTES: Final = "‘’“”–—…•‚„‹›"  # Windows codes that are punctuation in any other text
_PRIVATE: Final = {0xF000 + code: code for code in range(0x20, 0x100)}  # of symbol fonts

# Gaps of viparse's table of VNI: "ẳ" (base "a" with the mark of "ú"), "ỵ" as one letter, and a
# capital with the mark of a small letter or the other way round ("Aùp duïng").
_VNI_GAPS: Final = {"aú": "ẳ", "AÚ": "Ẳ", "î": "ỵ", "Î": "Ỵ"}
# A PDF's fonts give these for the codes of "ư" and "ã".
_TCVN3_GAPS: Final = {"\u2212": "ư", "\u2219": "ã"}
_SHARED: Final = frozenset("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý")  # that an encoding may leave alone
_SIGNS: Final = frozenset("½¼¾×÷·©¹¸±°")  # alone, they are themselves in any encoding
_AFTER_UNITS: Final = "²³¹⁰⁴⁵⁶⁷⁸⁹ªº°"  # "m²", "2ª"
_VOWEL: Final = re.compile(r"(?i)[^\W\d_bcdđfghjklmnpqrstvwxz]")  # "QĐ", "HĐND" have none
_ONLY_UNICODE: Final = re.compile(
    r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)
_NON_ASCII: Final = re.compile(r"[^\x00-\x7f]|[\x01-\x08\x0b\x0c\x0e-\x1f]")
_FONT_TAG: Final = re.compile(r"^[A-Z]{6}\+")  # of a font that a PDF holds in part
_VISCII_FONTS: Final = re.compile(r"vi[ -](?:times|arial|courier|helv)|viscii")


@dataclass(frozen=True, slots=True)
class Converted:
    """A text in Unicode, and the encodings that parts of it were in, most frequent first."""

    text: str  # NFC; as many lines as before
    encodings: tuple[Encoding, ...]  # empty where nothing was converted


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one font, as a file holds it."""

    text: str
    font: str | None = None  # None where the file does not say
    fixed: bool = False  # True for text that the reader made itself


@dataclass(frozen=True, slots=True)
class ConvertedLines:
    """Lines of runs in Unicode: for each line the texts of its runs, as many as it had."""

    lines: tuple[tuple[str, ...], ...]
    encodings: tuple[Encoding, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    letters: dict[str, str]
    sequence: re.Pattern[str]  # of a letter, longest first
    word: re.Pattern[str]
    foreign: re.Pattern[str]  # a character that no text of the encoding holds
    signs: bool  # whether what looks like a sign ("·") may be a word of one letter ("ở")


@dataclass(frozen=True, slots=True)
class _Block:
    """Text in one encoding: a line, or a cell of it."""

    text: str
    stated: Encoding | None  # by its font


def encoding_of_font(font: str | None) -> Encoding | None:
    """Return the encoding of the texts that are set in a font.

    Args:
        font: a font's name (".VnTimeH", "VNI-Times", "ABCDEF+.VnArial"), or None.

    Returns:
        None for a font of Unicode, and for one that was used for several encodings.
    """
    name = _FONT_TAG.sub("", font or "").strip().lower()
    if name.startswith(".vn"):
        return "TCVN3"
    if name.startswith("vni"):
        return "VNI"
    if name.startswith("vps"):
        return "VPS"
    return "VISCII" if _VISCII_FONTS.match(name) else None


def is_capital_font(font: str | None) -> bool:
    """Return whether a font shows small letters as capitals (".VnTimeH")."""
    return encoding_of_font(font) == "TCVN3" and (font or "").strip().lower().endswith("h")


def to_unicode(text: str) -> Converted:
    """Convert the parts of a text that are in an encoding before Unicode.

    Each line, and each cell of a line with tabs, is taken for itself, so a text may mix encodings
    with Unicode. What is Unicode, or another language, comes back as it was.

    Args:
        text: codes above 127 as Latin-1 or Windows-1252 shows them; with soft hyphens and
            control codes, which are letters in TCVN3, VISCII and VPS.

    Returns:
        The text in NFC, with as many lines as before.
    """
    if not _NON_ASCII.search(text):
        return Converted(text, ())
    parts = re.split(r"([\t\n]+)", text)
    blocks = [_Block(part, None) for part in parts[::2]]
    chosen = _choose(blocks)
    parts[::2] = [
        _write(block.text, encoding) for block, encoding in zip(blocks, chosen, strict=True)
    ]
    return Converted(unicodedata.normalize("NFC", "".join(parts)), _ranked(blocks, chosen))


def convert_runs(lines: Sequence[Sequence[Run]]) -> ConvertedLines:
    """Convert lines of runs, by their fonts and, where these do not tell, by their text.

    Args:
        lines: runs in order; a letter may be cut by the boundary of two runs in one encoding.

    Returns:
        As many lines, each with as many texts, in NFC. Text in a capital font is in capitals.
    """
    grouped = [list(_groups(line)) for line in lines]
    blocks = [block for groups in grouped for block, _ in groups]
    chosen = _choose(blocks)
    encodings = iter(chosen)
    done = tuple(
        tuple(text for block, runs in groups for text in _write_runs(block, runs, next(encodings)))
        for groups in grouped
    )
    return ConvertedLines(done, _ranked(blocks, chosen))


def _groups(line: Sequence[Run]) -> Iterator[tuple[_Block, list[Run]]]:
    """Join neighbouring runs in one encoding; what a reader made itself stands alone."""
    for (fixed, stated), group in groupby(
        line, lambda run: (run.fixed, encoding_of_font(run.font))
    ):
        runs = list(group)
        text = "" if fixed else "".join(run.text for run in runs)
        yield (_stated(text, stated) if stated and not fixed else _Block(text, None)), runs


def _stated(text: str, encoding: Encoding) -> _Block:
    """Return the block of a font, with codes that were taken for those of Windows-1258 restored."""
    block = _Block(text.translate(_PRIVATE), encoding)
    restored = _Block(block.text.translate(_WINDOWS_1258), encoding)
    if restored == block or _score(restored, encoding) <= max(_score(block, None), 0):
        return block
    return restored


def _write_runs(block: _Block, runs: list[Run], encoding: Encoding | None) -> Iterable[str]:
    if encoding is None or not block.text:
        return [unicodedata.normalize("NFC", run.text) for run in runs]
    pieces = _cut(block.text, encoding, [len(run.text) for run in runs])
    return [
        piece.upper() if is_capital_font(run.font) else piece
        for run, piece in zip(runs, pieces, strict=True)
    ]


def _cut(text: str, encoding: Encoding, lengths: list[int]) -> list[str]:
    """Convert a text of several runs and give each run its part."""
    ends = list(accumulate(lengths))
    written, cuts, start = "", [0], 0
    for source, letters in _pieces(text, _table(encoding)):
        while len(cuts) <= len(ends) and ends[len(cuts) - 1] < start + len(source):
            inside = ends[len(cuts) - 1] - start
            part = source[:inside]
            if letters != source:
                part = _word(part, _table(encoding))
            cuts.append(len(written) + min(len(part), len(letters)))
        written += letters
        start += len(source)
    cuts += [len(written)] * (len(ends) + 1 - len(cuts))
    if encoding == "TCVN3":
        written = _restore_capitals(written)
    return [written[first:last] for first, last in pairwise(cuts)]


def _ranked(blocks: list[_Block], chosen: list[Encoding | None]) -> tuple[Encoding, ...]:
    sizes: Counter[Encoding] = Counter()
    for block, encoding in zip(blocks, chosen, strict=True):
        if encoding and _table(encoding).sequence.search(block.text):
            sizes[encoding] += len(block.text)
    return tuple(encoding for encoding, _ in sizes.most_common())


# Which encoding


def _choose(blocks: list[_Block]) -> list[Encoding | None]:
    """Return the encoding of each block: by its font, by its words, or like its neighbour."""
    # a font that the words deny is no evidence: ".VnTime" over text that is VNI
    candidates = _accepted(
        [b for b in blocks if b.stated is None or _score(b, b.stated) < min(0, _score(b, None) + 1)]
    )
    chosen: list[Encoding | None] = []
    open_: list[int] = []  # undecided blocks since the last decided one
    last: Encoding | None = None
    instead: Encoding | None = None  # of the last block with a font
    decided = False
    for i, block in enumerate(blocks):
        if block.stated is not None:
            instead = _despite_font(block, candidates, instead)
            chosen.append(instead)
            continue
        best = _best(block, candidates)
        if len(best) == 1:
            last, decided = best[0], True
            for j in open_:
                chosen[j] = last if last in _best(blocks[j], candidates) else None
            open_.clear()
            chosen.append(last)
        elif decided:
            chosen.append(last if last in best else None)
        else:
            chosen.append(None)
            open_.append(i)
    return chosen


def _despite_font(
    block: _Block, candidates: Sequence[Encoding], before: Encoding | None
) -> Encoding | None:
    """Return what a font says unless the words read better otherwise, like those before."""
    others = [] if _score(block, block.stated) >= 0 else candidates
    options: list[Encoding | None] = [block.stated, None, *others]
    return max(
        options, key=lambda option: (_score(block, option), bool(others) and option == before)
    )


def _best(block: _Block, candidates: Sequence[Encoding]) -> list[Encoding | None]:
    """Return the encodings that fit a block best, Unicode (None) first."""
    if not candidates or _ONLY_UNICODE.search(block.text) or not _NON_ASCII.search(block.text):
        return [None] if not candidates or _ONLY_UNICODE.search(block.text) else [None, *candidates]
    scores: dict[Encoding | None, int] = {None: _score(block, None)}
    scores |= {encoding: _score(block, encoding) for encoding in candidates}
    highest = max(scores.values())
    return [encoding for encoding, score in scores.items() if score == highest]


def _accepted(blocks: list[_Block]) -> list[Encoding]:
    """Return the encodings that a text without fonts is certainly in, in part or whole."""
    good: dict[Encoding, set[str]] = {encoding: set() for encoding in ENCODINGS}
    counts = {encoding: [0, 0] for encoding in ENCODINGS}
    plain: dict[Encoding, Counter[bool]] = {encoding: Counter() for encoding in ENCODINGS}
    for block in blocks:
        if not _NON_ASCII.search(block.text) or _ONLY_UNICODE.search(block.text):
            continue
        winner = _winner(block)
        if winner is None:
            continue
        for word in _table(winner).word.findall(block.text):
            verdict = _verdict(word, winner)
            if verdict > 0:
                good[winner].add(word.lower())
            counts[winner][0] += verdict > 0
            counts[winner][1] += verdict < 0
            if word.isascii() and len(word) > 1 and not word.isupper():
                plain[winner][is_syllable(word)] += 1
    return [
        encoding
        for encoding in ENCODINGS
        if len(good[encoding]) >= MIN_WORDS
        and counts[encoding][0] >= MIN_SHARE * sum(counts[encoding])
        and plain[encoding][True] >= MIN_PLAIN * plain[encoding].total()
    ]


def _winner(block: _Block) -> Encoding | None:
    if all(_verdict(word, None) >= 0 for word in _words().findall(block.text)):
        return None  # it reads well as it is
    scores = {encoding: _score(block, encoding) for encoding in ENCODINGS}
    winner = max(ENCODINGS, key=lambda encoding: scores[encoding])
    return winner if scores[winner] > max(0, _score(block, None)) else None


def _score(block: _Block, encoding: Encoding | None) -> int:
    """Return how well a block reads: Vietnamese words count 1, what cannot be one counts -2."""
    words = (_words() if encoding is None else _table(encoding).word).findall(block.text)
    verdicts = Counter(_verdict(word, encoding) for word in words)
    return verdicts[1] - 2 * verdicts[-1]


_verdicts: dict[tuple[str, Encoding | None], int] = {}
_VERDICTS_LIMIT: Final = 200_000


def _verdict(word: str, encoding: Encoding | None) -> int:
    """Return 1 for a word that the encoding makes Vietnamese, -1 for none, 0 for no evidence."""
    key = (word, encoding)
    known = _verdicts.get(key)
    if known is None:
        if len(_verdicts) > _VERDICTS_LIMIT:
            _verdicts.clear()
        known = _verdicts[key] = _judge(word, encoding)
    return known


def _judge(word: str, encoding: Encoding | None) -> int:
    if word.isascii() and word.isprintable():
        return 0
    if encoding is None:
        word = unicodedata.normalize("NFC", word).rstrip(_AFTER_UNITS)
        if len(word) <= 1 or word.isascii() or not _VOWEL.search(word):
            return 0
        return 1 if is_syllable(word) else -1
    table = _table(encoding)
    if table.foreign.search(word):
        return -1
    written = _word(word, table)
    if len(written) == 1 or not _VOWEL.search(written):
        return 0
    return 1 if is_syllable(written) else -1


# Writing


def _write(text: str, encoding: Encoding | None) -> str:
    """Convert a text that is in ``encoding``, but for words that it cannot have."""
    if encoding is None:
        return text
    written = "".join(letters for _, letters in _pieces(text, _table(encoding)))
    return _restore_capitals(written) if encoding == "TCVN3" else written


def _pieces(text: str, table: _Table) -> Iterator[tuple[str, str]]:
    """Cut a text at its words and yield each part as it was and as it reads."""
    position = 0
    for match in table.word.finditer(text):
        word = match[0]
        if (word in _SIGNS and not table.signs) or _ONLY_UNICODE.search(word):
            continue
        before, after = _edges(word, table)
        start, end = match.start() + before, match.start() + after
        if position < start:
            yield text[position:start], text[position:start]
        yield text[start:end], _word(text[start:end], table)
        position = end
    if position < len(text):
        yield text[position:], text[position:]


def _edges(word: str, table: _Table) -> tuple[int, int]:
    """Return where a word begins and ends, quotation marks that are no letters of it left out."""
    start, end = 0, len(word)
    if len(word) > 1 and is_syllable(_word(word, table)):
        return start, end
    while start < end and word[start] in _QUOTES:
        start += 1
    while end > start and word[end - 1] in _QUOTES:
        end -= 1
    return start, end


def _word(word: str, table: _Table) -> str:
    return table.sequence.sub(lambda match: table.letters[match[0]], word)


_CAPITAL_WORD: Final = re.compile(r"[^\W\d_]+")


def _restore_capitals(text: str) -> str:
    """Give words in capitals the capital letters that TCVN3 has no codes for: "QUYếT"."""

    def restore(match: re.Match[str]) -> str:
        word = match[0]
        if word.islower() or word.isupper() or word.istitle():
            return word
        shouted = sum("A" <= letter <= "Z" for letter in word)
        small = any("a" <= letter <= "z" for letter in word)
        return word.upper() if not small and (shouted > 1 or word[0].islower()) else word

    return _CAPITAL_WORD.sub(restore, text)


# Tables


@cache
def _table(encoding: Encoding) -> _Table:
    from viparse.normalize.encodings import get_charmap

    charmap = get_charmap(encoding.lower())
    assert charmap is not None
    letters = dict(charmap.pairs)
    letters.pop("\u00a0", None)  # "Õ" of VISCII, which is rarer than the blank of any file
    if encoding == "TCVN3":
        letters |= _TCVN3_GAPS
    elif encoding == "VNI":
        letters |= _VNI_GAPS
        letters |= _mixed_case(letters)
    else:
        letters |= {_WINDOWS[code]: letter for code, letter in charmap.pairs if code in _WINDOWS}
    signs = "".join(sorted({c for key in letters for c in key if not c.isalpha()}))
    alphabet = {c for key in letters for c in key} | (_SHARED if encoding != "TCVN3" else set())
    if encoding == "VNI":
        alphabet = {c for key in letters for c in key} | set("ìíÌÍ")
    longest = sorted(letters, key=len, reverse=True)
    return _Table(
        letters=letters,
        sequence=re.compile("|".join(map(re.escape, longest))),
        signs=encoding in ("VISCII", "VPS"),
        word=re.compile(rf"(?:[^\W\d_]|[{re.escape(signs)}])+" if signs else r"[^\W\d_]+"),
        foreign=re.compile(rf"[^\x00-\x7f{re.escape(''.join(sorted(alphabet)))}]"),
    )


def _mixed_case(letters: dict[str, str]) -> dict[str, str]:
    mixed: dict[str, str] = {}
    for sequence, letter in letters.items():
        if len(sequence) == 2:
            mixed.setdefault(sequence[0].upper() + sequence[1].lower(), letter.upper())
            mixed.setdefault(sequence[0].lower() + sequence[1].upper(), letter.lower())
    return {sequence: letter for sequence, letter in mixed.items() if sequence not in letters}


@cache
def _words() -> re.Pattern[str]:
    """Return the pattern of a word as it stands, with the codes that are letters elsewhere."""
    codes = {
        c
        for encoding in ENCODINGS
        for key in _table(encoding).letters
        for c in key
        if not c.isalpha() and c not in _QUOTES
    }
    return re.compile(
        rf"(?:[^\W\d_]|[\u0300\u0301\u0303\u0309\u0323{re.escape(''.join(sorted(codes)))}])+"
    )
