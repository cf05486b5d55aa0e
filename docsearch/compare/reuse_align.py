"""Smith–Waterman alignment over words: which stretches of two passages are the same, or nearly.

The alignment is Biopython's ``PairwiseAligner`` (Gotoh's algorithm for local alignment with affine
gaps), which takes any sequence of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from docsearch.compare.reuse_words import Text, Words

if TYPE_CHECKING:
    from Bio.Align import PairwiseAligner

MATCH: Final = 2.0
MISMATCH: Final = -2.0
GAP_OPEN: Final = -3.0
GAP_LONGER: Final = -1.0
"""A word left out or put in costs as much as one and a half that agree gain: a stretch ends where
more than half of its words differ. Arbitrary within that; recall does not depend on it."""

PIECE: Final = 8
"""Words that agree in one stretch of two passages; stretches are joined before more is asked."""

WORTH: Final = 1.5
"""Score of a word from which passages are aligned: 2, less a gap in a stretch of six."""

NEAR: Final = 12
"""Words between two stretches that are joined: a short line of a list. Arbitrary."""

AROUND: Final = 64
PROMISING: Final = 16.0
"""Score within so many words before and after the densest place from which passages are aligned:
15 words that agree score 30, less what stands between them."""

EDGE: Final = 16
"""Words from the edge of what is looked at within which a stretch may go on beyond it."""

Matches = NDArray[np.int64]  # (n, 2): places of words that agree, ascending in both columns


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A part of one document that stands in another, or once more in the same."""

    first: int  # position of the document in the texts
    second: int
    matches: Matches  # words of each document

    def inside(self, other: Stretch) -> bool:
        """Tell whether both parts lie in another's."""
        (a, b, c, d), (e, f, g, h) = self.ends(), other.ends()
        return e <= a and f <= b and c <= g and d <= h

    def ends(self) -> tuple[int, int, int, int]:
        """Return the first words of both parts, then the last ones."""
        a, b, c, d = self.matches[[0, -1]].ravel().tolist()
        return a, b, c, d

    def share(self) -> float:
        """Return the share of the words of both parts that agree, in (0, 1]."""
        length = self.matches[-1] - self.matches[0] + 1
        return 2 * len(self.matches) / int(length.sum())


@cache
def aligner() -> PairwiseAligner:
    """Return the aligner; loading Biopython takes 0.05 s."""
    from Bio.Align import PairwiseAligner

    return PairwiseAligner(
        mode="local",
        match_score=MATCH,
        mismatch_score=MISMATCH,
        open_gap_score=GAP_OPEN,
        extend_gap_score=GAP_LONGER,
    )


def align(one: Words, other: Words, least: int = PIECE) -> list[Matches]:
    """Return the stretches that two sequences of words share.

    Args:
        one: words.
        other: words.
        least: words that agree in a stretch at least.

    Returns:
        The best stretch, then those before and after it in both, in the order of the text.
    """
    return _around(one, other, _best(one, other, least), least)


def align_near(one: Words, other: Words, at: int, there: int) -> list[Matches]:
    """Return the stretches that two passages share, like ``align`` and quicker.

    Args:
        one: words.
        other: words.
        at: a word of ``one`` near which they agree.
        there: the word of ``other``.

    Returns:
        The best stretch near that place, then those before and after it. Where the stretch goes
        on beyond ``AROUND`` words, the passages are aligned whole.
    """
    a, c = max(at - AROUND, 0), max(there - AROUND, 0)
    near = one[a : at + AROUND], other[c : there + AROUND]
    matches = _best(*near, PIECE)
    if matches is None:
        return []
    matches = matches + (a, c)
    first, last = matches[0], matches[-1]
    cut = (a and first[0] - a < EDGE) or (c and first[1] - c < EDGE)
    cut = cut or (at + AROUND < len(one) and at + AROUND - last[0] <= EDGE)
    if cut or (there + AROUND < len(other) and there + AROUND - last[1] <= EDGE):
        return align(one, other)
    return _around(one, other, matches, PIECE)


def _best(one: Words, other: Words, least: int) -> Matches | None:
    """Return the best stretch, or None where it has too few words that agree."""
    if min(len(one), len(other)) < least or aligner().score(one, other) < WORTH * least:
        return None
    path = aligner().align(one, other)[0].coordinates
    blocks = []
    for (a, c), (b, d) in zip(path.T[:-1].tolist(), path.T[1:].tolist(), strict=True):
        if a < b and c < d:
            same = np.flatnonzero(one[a:b] == other[c:d])
            blocks.append(np.stack([same + a, same + c], axis=1))
    matches = np.concatenate(blocks)
    return matches if len(matches) >= least else None


def _around(one: Words, other: Words, matches: Matches | None, least: int) -> list[Matches]:
    """Return a stretch with those before and after it in both."""
    if matches is None:
        return []
    (a, c), (b, d) = matches[0], matches[-1]
    before = align(one[:a], other[:c], least)
    after = [rest + (b + 1, d + 1) for rest in align(one[b + 1 :], other[d + 1 :], least)]
    return [*before, matches, *after]


def promising(one: Words, other: Words, at: int, there: int) -> bool:
    """Tell whether passages agree enough around a place of each; much quicker than aligning."""
    near = one[max(at - AROUND, 0) : at + AROUND], other[max(there - AROUND, 0) : there + AROUND]
    return bool(aligner().score(*near) >= PROMISING)


def _bridged(one: Words, other: Words, before: Matches, after: Matches) -> Matches:
    """Return two stretches as one, with the words between them that agree."""
    (a, c), (b, d) = before[-1] + 1, after[0]
    between = [each + (a, c) for each in align(one[a:b], other[c:d], 1)]
    return np.concatenate([before, *between, after])


def stretches(texts: Sequence[Text], pairs: NDArray[np.int64]) -> Iterator[Stretch]:
    """Yield what pairs of passages share, joined where passages follow each other in both.

    Args:
        texts: the documents.
        pairs: of passages, from ``candidate_pairs``.

    Yields:
        Stretches by documents, then by place.
    """
    owner = np.repeat(np.arange(len(texts)), [len(text.passages) for text in texts])
    ranges = [each for text in texts for each in text.passages]
    documents = owner[pairs[:, :2]]
    order = np.lexsort((pairs[:, 1], pairs[:, 0], documents[:, 1], documents[:, 0]))
    keyed = ((tuple(documents[row].tolist()), row) for row in order)
    for (first, second), rows in groupby(keyed, key=lambda each: each[0]):
        one, other = texts[first], texts[second]
        found = []
        for _, row in rows:
            (a, b), (c, d) = ranges[pairs[row, 0]], ranges[pairs[row, 1]]
            parts = one.words[a:b], other.words[c:d]
            at = pairs[row, 2:].tolist()
            if promising(*parts, *at):
                found += [Stretch(first, second, each + (a, c)) for each in align_near(*parts, *at)]
        yield from _joined(found, one.words, other.words)


def _joined(found: list[Stretch], one: Words, other: Words) -> list[Stretch]:
    """Return stretches of two documents, those joined that follow each other in both.

    Args:
        found: the stretches.
        one: the words of the first document.
        other: the words of the second.

    Returns:
        The longest first; none lies inside another.
    """
    found.sort(key=lambda each: each.matches[0].tolist())
    joined: list[Stretch] = []
    open_: list[Stretch] = []  # those that another can follow
    for stretch in found:
        begins = stretch.matches[0]
        open_ = [each for each in open_ if begins[0] - each.matches[-1, 0] - 1 <= NEAR]
        for last in open_:
            gap = begins - last.matches[-1] - 1
            if np.all(gap >= 0) and np.all(gap <= NEAR):
                both = _bridged(one, other, last.matches, stretch.matches)
                joined[joined.index(last)] = stretch = Stretch(last.first, last.second, both)
                open_.remove(last)
                break
        else:
            joined.append(stretch)
        open_.append(stretch)
    joined.sort(key=lambda each: (-len(each.matches), *each.matches[0].tolist()))
    kept: list[Stretch] = []
    for stretch in joined:
        if not any(stretch.inside(other) for other in kept):
            kept.append(stretch)
    return kept
