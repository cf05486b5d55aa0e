from __future__ import annotations

import difflib
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsearch.read.legacy import (
    ENCODINGS,
    Converted,
    Encoding,
    Run,
    _table,
    convert_runs,
    encoding_of_font,
    is_capital_font,
    to_unicode,
)
from docsearch.read.syllables import is_syllable
from tests.factories import CORPUS

SHARED = Path(__file__).parents[2] / "shared" / "data" / "documents"
SEEDS = [
    unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    for path in sorted(CORPUS.glob("*.txt"))
]
LETTER = (
    "ỦY BAN NHÂN DÂN HUYỆN\nSố: 27/KH-UBND\nCăn cứ Luật Tổ chức chính quyền địa phương;\n"
    "Chủ tịch Ủy ban nhân dân huyện yêu cầu các phòng, ban, ngành thực hiện nghiêm túc./."
)


def encode(text: str, encoding: Encoding, *, windows: bool = False) -> str:
    """Return Vietnamese as a file in ``encoding`` shows it, read as Latin-1 or Windows-1252."""
    codes: dict[str, str] = {}
    for sequence, letter in _table(encoding).letters.items():
        if all(ord(code) < 256 for code in sequence):
            codes.setdefault(letter, sequence)
    shown = []
    for letter in unicodedata.normalize("NFC", text):
        code = codes.get(letter) or codes.get(letter.lower(), letter)
        if windows and len(code) == 1 and "\x80" <= code <= "\x9f":
            code = code.encode("latin-1").decode("cp1252", "ignore") or code
        shown.append(code)
    return "".join(shown)


def right_letters(expected: str, found: str) -> float:
    """Return the share of the letters with a diacritic that stand where they should.

    Words are aligned first, then the letters of words that differ. Capitals and small letters
    count as the same.
    """
    first, second = (" ".join(text.lower().split()).split(" ") for text in (expected, found))
    right = total = 0
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        left, other = " ".join(first[a:b]), " ".join(second[c:d])
        total += sum(map(_is_marked, left))
        if tag == "equal":
            right += sum(map(_is_marked, left))
            continue
        inner = difflib.SequenceMatcher(None, left, other, autojunk=False)
        for block in inner.get_matching_blocks():
            right += sum(map(_is_marked, left[block.a : block.a + block.size]))
    return right / total


def _is_marked(letter: str) -> bool:
    return letter == "đ" or (letter.isalpha() and len(unicodedata.normalize("NFD", letter)) > 1)


# Known words


@pytest.mark.parametrize(
    ("text", "expected", "encoding"),
    [
        pytest.param(
            "Céng hßa x· héi chñ nghÜa viÖt nam",
            "Cộng hòa xã hội chủ nghĩa việt nam",
            "TCVN3",
            id="tcvn3",
        ),
        pytest.param(
            "Ch­¬ng tr×nh cña Nhµ n­íc", "Chương trình của Nhà nước", "TCVN3", id="soft-hyphen"
        ),
        pytest.param(
            "Thñ t−íng, nhµ n−íc, Th«ng t−",
            "Thủ tướng, nhà nước, Thông tư",
            "TCVN3",
            id="minus-of-a-pdf",
        ),
        pytest.param(
            "QUYÕT §ÞNH vÒ viÖc phª duyÖt", "QUYẾT ĐỊNH về việc phê duyệt", "TCVN3", id="capitals"
        ),
        pytest.param(
            "ñY BAN NH¢N D¢N THµNH PHè HUÕ",
            "ỦY BAN NHÂN DÂN THÀNH PHỐ HUẾ",
            "TCVN3",
            id="capitals-after-a-small-one",
        ),
        pytest.param(
            "Hµ Néi, Bµ RÞa, §å S¬n, Tá",
            "Hà Nội, Bà Rịa, Đồ Sơn, Tỏ",
            "TCVN3",
            id="names-keep-their-case",
        ),
        pytest.param(
            "Ñoäc laäp - Töï do - Haïnh phuùc",
            "Độc lập - Tự do - Hạnh phúc",
            "VNI",
            id="vni",
        ),
        pytest.param(
            "Aùp duïng ñieàu naøy, kyù teân",
            "Áp dụng điều này, ký tên",
            "VNI",
            id="vni-capital-with-a-small-mark",
        ),
        pytest.param(
            "thaúng thaén, chaúng haïn, ñaïi hoäi",
            "thẳng thắn, chẳng hạn, đại hội",
            "VNI",
            id="vni-hook-on-a-breve",
        ),
        pytest.param(
            "lyù do, haï caáp, vaät tö, kî, uûy vieân",
            "lý do, hạ cấp, vật tư, kỵ, ủy viên",
            "VNI",
            id="vni-y",
        ),
    ],
)
def test_text_without_fonts(text: str, expected: str, encoding: Encoding) -> None:
    converted = to_unicode(text)
    assert converted.text == expected
    assert converted.encodings == (encoding,)


FOREIGN = {
    "english": "The café's naïve résumé © 2020 ® ™ at 5 µm ± 3 °C, § 12, “quoted” — ½ × ¼ · 7².",
    "french": "L'été dernier, à la fête où nous étions, le maître a créé une œuvre très réussie. "
    "Le thé né près du café. Façade, Noël, naïf, hôpital, élève, clé, blé, dès, ça, là.",
    "spanish": "El niño pequeño comió piña y mañana irá al jardín. ¿Cómo está, señor? Años."
    " Después.",
    "german": "Die Straße führt über die Brücke nach Köln. Größe, Äpfel, öffnen, schön, Vögel.",
    "portuguese": "A educação não é só para os irmãos. São João, coração, pão, mãe, avó, três.",
    "italian": "Perché è così? La città più bella è là. Però, già, né, sì, può, virtù.",
    "danish": "Blåbærgrød på øen, så går vi også hjem. Smør, brød, køb, år.",
    "swedish": "Får får får? Nej, får får lamm. På ön är det grönt. Kött och fläsk på sjön.",
    "polish": "Zażółć gęślą jaźń",
    "turkish": "Türkçe öğrenci güzel çocuk şehir",
    "vietnamese": LETTER,
    "only-latin-1-letters": "Và có là bà cô ba Hà Nam má lá. Có cá, có gà. Cô có hè tô bí ô.",
    "abbreviations": "QĐ-UBND, NĐ-CP, HĐND, TTHC, Số: 27/KH-UBND",
    "bullets-and-units": "· Diện tích 500 m² ± 5%; ¹ Theo Nghị quyết; 3 × 4 km²",
    "nothing": "",
}


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("shape", ["one-line", "sentences", "words", "five-times"])
def test_other_text_stays(language: str, shape: str) -> None:
    text = FOREIGN[language]
    text = {
        "one-line": text,
        "sentences": text.replace(". ", ".\n"),
        "words": text.replace(" ", "\n"),
        "five-times": text * 5,
    }[shape]
    assert to_unicode(text) == Converted(text, ())


@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_the_corpus_stays(seed: int) -> None:
    assert to_unicode(SEEDS[seed]).text == SEEDS[seed]


@given(st.text(max_size=200))
def test_any_text_keeps_its_lines(text: str) -> None:
    assert to_unicode(text).text.count("\n") == text.count("\n")


# Round trips


@pytest.mark.parametrize("windows", [False, True], ids=["latin-1", "windows"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_texts_come_back(seed: int, encoding: Encoding, windows: bool) -> None:
    text = SEEDS[seed][:6000]
    converted = to_unicode(encode(text, encoding, windows=windows))
    assert converted.encodings == (encoding,)
    assert right_letters(text, converted.text) >= 0.995


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_short_letter_comes_back(encoding: Encoding) -> None:
    # TCVN3 has one code for "ủ" and "Ủ"
    assert to_unicode(encode(LETTER, encoding)).text.lower() == LETTER.lower()


def test_encodings_may_change_from_paragraph_to_paragraph() -> None:
    lines = [line for line in SEEDS[2].split("\n") if len(line) > 60][:24]
    cycle: tuple[Encoding | None, ...] = ("TCVN3", None, "VNI", None)
    shown = [encode(line, e) if (e := cycle[i // 2 % 4]) else line for i, line in enumerate(lines)]
    converted = to_unicode("\n".join(shown))
    assert converted.text.lower() == "\n".join(lines).lower()
    assert set(converted.encodings) == {"TCVN3", "VNI"}


def test_the_halves_of_a_line_may_differ() -> None:
    vni = encode("Ủy ban nhân dân huyện Đồng Phú", "VNI")
    converted = to_unicode(f"{vni}\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert converted.text == "Ủy ban nhân dân huyện Đồng Phú\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_a_long_line_takes_linear_time() -> None:
    line = encode("Căn cứ Nghị quyết của Hội đồng nhân dân ", "TCVN3") * 25_000
    begun = time.monotonic()
    to_unicode(line)
    to_unicode("é" * 1_000_000)
    assert time.monotonic() - begun < 20


# Fonts


@pytest.mark.parametrize(
    ("font", "encoding", "capital"),
    [
        (".VnTime", "TCVN3", False),
        (".VnTimeH", "TCVN3", True),
        (".vnarial narrowh", "TCVN3", True),
        ("ABCDEF+.VnTime", "TCVN3", False),
        ("VNI-Times", "VNI", False),
        ("VNI-Helve-Condense", "VNI", False),
        ("VPS Times", "VPS", False),
        ("VI Times", "VISCII", False),
        ("Times New Roman", None, False),
        ("VNSTCVN3", None, False),
        ("Verdana", None, False),
        ("", None, False),
        (None, None, False),
    ],
)
def test_fonts(font: str | None, encoding: Encoding | None, capital: bool) -> None:
    assert encoding_of_font(font) == encoding
    assert is_capital_font(font) == capital


def test_runs_of_a_line() -> None:
    lines = [
        [Run("Sè: ", ".VnTime"), Run("5", "Arial"), Run("§iÒu", ".VnTimeH"), Run("¹", fixed=True)],
        [Run("Coa", "VNI-Times"), Run("ùng", "VNI-Times"), Run("Đủ", ".VnTime")],
        [],
    ]
    converted = convert_runs(lines)
    assert converted.lines == (("Số: ", "5", "ĐIỀU", "¹"), ("Coá", "ng", "Đủ"), ())
    assert converted.encodings == ("TCVN3", "VNI")


@pytest.mark.parametrize(("font", "encoding"), [("VNI-Times", "VNI"), (".VnTime", "TCVN3")])
def test_codes_taken_for_the_vietnamese_code_page(font: str, encoding: Encoding) -> None:
    text = "Đồng chí phụ trách đã xử lý, thị trấn Ngã Bảy nghỉ lễ đủ"
    shown = encode(text, encoding).encode("cp1252").decode("cp1258")
    assert convert_runs([[Run(shown, font)]]).lines == ((text,),)
    assert convert_runs([[Run(text, font)]]).lines == ((text,),)


def test_a_font_that_the_words_deny() -> None:
    lines = [[Run(encode(line, "VNI"), ".VnTime")] for line in LETTER.split("\n")]
    assert "\n".join(texts[0] for texts in convert_runs(lines).lines) == LETTER


def test_text_in_an_unknown_font_is_told_by_its_words() -> None:
    text = encode("Căn cứ Nghị quyết của Hội đồng nhân dân tỉnh", "TCVN3")
    assert convert_runs([[Run(text, "VNSTCVN3")]]).lines == (
        ("Căn cứ Nghị quyết của Hội đồng nhân dân tỉnh",),
    )


# Real documents


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/documents")
@pytest.mark.parametrize("number", [130, 133])
def test_real_documents(number: int) -> None:
    shown = (SHARED / f"{number}.txt").read_text(encoding="utf-8")
    truth = (SHARED / f"{number}.truth.txt").read_text(encoding="utf-8")
    assert right_letters(truth, to_unicode(shown).text) >= 0.999


# Syllables


@pytest.mark.parametrize(
    "word",
    [
        *("nghiêng", "Quyết", "quốc", "giường", "gì", "gìn", "khuya", "ước", "yêu", "kỷ", "qúy"),
        *("hòa", "hoà", "thuở", "đoàn", "ngoằn", "ương", "Oanh"),
    ],
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        "cấn̉",
        "cảc",
        "nộp̀",
        "fiên",
        "ngha",
        "Ñu",
        "été",
        "trốs",
        "đàm\xa0",
        "ýt̀",
        "rưng" * 2,
        "",
        "Köln",
    ],
)
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)
