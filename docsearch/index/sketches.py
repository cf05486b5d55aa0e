"""Sketches of texts: by them texts that are nearly the same are found without comparing all."""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np

from docsearch.orthography import canonical, syllables

SHINGLE: Final = 5
"""Syllables of one shingle."""

PERMUTATIONS: Final = 128
SEED: Final = 42
BANDS: Final = 16
"""Bands of the hashing: at a share of 0.9 a pair is missed once in 8,000, at 0.5 found in 16."""


def shingles(text: str) -> frozenset[str]:
    """Return the shingles of a text: every five syllables in a row, in one spelling.

    Args:
        text: any text; case, the place of tone marks, punctuation and white space do not count.

    Returns:
        The shingles; those of fewer than five syllables are one shingle.
    """
    parts = syllables(canonical(text))
    count = max(len(parts) - SHINGLE + 1, 1)
    return frozenset(" ".join(parts[start : start + SHINGLE]) for start in range(count))


def jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the share of the shingles of two texts that both have, in [0, 1]."""
    common = len(first & second)
    return common / (len(first) + len(second) - common)


def sketch(text: str) -> bytes:
    """Return the MinHash of a text's shingles: 128 numbers of four bytes, little-endian."""
    from rensa import RMinHash

    hashed = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    hashed.update(sorted(shingles(text)))
    return np.array(hashed.digest(), dtype="<u4").tobytes()


def bands(made: bytes) -> tuple[int, ...]:
    """Return the bands of a sketch, one number of 63 bits each.

    Two sketches that have a number in common are of texts that may be alike (locality-sensitive
    hashing: Leskovec et al., "Mining of Massive Datasets", 3.4).
    """
    width = len(made) // BANDS
    digests = (
        hashlib.blake2b(
            made[start : start + width], digest_size=8, salt=(start // width).to_bytes(2, "little")
        )
        for start in range(0, len(made), width)
    )
    return tuple(int.from_bytes(digest.digest(), "little") >> 1 for digest in digests)
