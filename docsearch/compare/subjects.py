"""What the documents of a corpus are about: its headings, put together by meaning.

A heading that names a body or only orders the text ("TỔ CHỨC THỰC HIỆN") is none. What is left is
encoded, clustered (average linkage of the cosine distance), and each cluster is named by the
heading in its middle, in its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from docsearch.compare.topics import LIGHT
from docsearch.encode import Encoder, Floats2d
from docsearch.errors import MissingDependencyError
from docsearch.facts.actors import is_only_names
from docsearch.index.snapshot import Snapshot
from docsearch.index.store import Entry
from docsearch.index.tokens import alike_syllables
from docsearch.orthography import canonical
from docsearch.parse.view import View

APART: Final = 0.6
"""Cosine distance up to which two clusters become one, of vectors whose mean was taken out:
encoders put all texts of a language into a narrow cone. Measured by reading the clusters of the
development documents, 0.5 to 0.9 tried."""
MOST_HEADINGS: Final = 600
"""Headings that are encoded; of a larger corpus those of most documents."""
LONGEST: Final = 13
"""Syllables of a subject's name."""
FEWEST: Final = 3
"""Syllables of a name that say what it is about."""

_LABEL: Final = re.compile(
    r"^\W*(?:(?:phần|chương|mục|điều|phụ lục)\s+[\w.]+|[IVXLC]{1,6}(?=[.\s)-])|\d+(?:\.\d+)*"
    r"|[a-zđ](?=[.)]))"
    r"[\s.)/:-]*",
    re.IGNORECASE,
)
_CLAUSES: Final = (re.compile(r"[.;:(]|\s[–-]\s"), re.compile(r"[.;:(,]|\s[–-]\s"))
_LEADING: Final = re.compile(
    r"^(?:tiếp tục|thực hiện|tăng cường|đẩy mạnh|có hiệu quả|hiệu quả|tích cực|công tác|về|đối với"
    r"|một số|việc|triển khai|tổ chức|tốt|trong|các|những|ban hành|v/v|kế hoạch"
    r"|phê duyệt|chỉ tiêu|quy định)\s+"
)
_OF_PLACE: Final = re.compile(
    r"\s+(?:trên địa bàn|của huyện|của tỉnh|của xã|tại|huyện|tỉnh|xã|thành phố|giai đoạn|đến năm"
    r"|năm)\b.*$"
)
_ORDERING: Final = frozenset(
    alike_syllables(
        "mục đích yêu cầu tổ chức thực hiện nhiệm vụ giải pháp nội dung chủ yếu chung tiêu giai"
        " đoạn phần điều chương khoản quy định năm kết quả đánh giá thời gian quan điểm chỉ đạo"
        " trọng tâm đạo và các của về đến trong kế hoạch văn bản phạm vi đối tượng căn cứ nơi nhận"
        " kính gửi khác số bậc trách nhiệm hiệu lực thi hành phương án ban một thông tin hai thường"
        " huyện xã tỉnh thành phố ủy ban nhân dân phó chủ tịch đồng chí luận"
    )
)
"""Syllables of headings that order a text and say nothing of its matter."""


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    documents: frozenset[str]


def find_subjects(snapshot: Snapshot, entries: Iterable[Entry], *, most: int) -> tuple[str, ...]:
    """Return what the documents are about, in their own words.

    Args:
        snapshot: the index.
        entries: the documents, one of each group of duplicates.
        most: how many subjects are wanted at most, > 0.

    Returns:
        The names, those of most documents first; fewer where the headings say less.

    Raises:
        MissingDependencyError: scipy is not installed.
    """
    found: dict[str, tuple[str, set[str]]] = {}
    for entry in entries:
        for name in _names(snapshot, entry):
            found.setdefault(canonical(name), (name, set()))[1].add(entry.id)
    named = [_Named(name, frozenset(documents)) for name, documents in found.values()]
    named.sort(key=lambda each: (-len(each.documents), canonical(each.name)))
    named = named[:MOST_HEADINGS]
    if not named:
        return ()
    vectors = _vectors(snapshot.encoder, [each.name for each in named])
    clusters = _clusters(vectors)
    ranked = sorted(clusters, key=lambda rows: (-_documents(named, rows), -len(rows), rows))
    return tuple(named[_middle(vectors, rows)].name for rows in ranked[:most])


def _vectors(encoder: Encoder, names: list[str]) -> Floats2d:
    """Return unit vectors of names, what all have in common taken out."""
    vectors = encoder.encode_passages(names)
    if len(names) > 2:
        vectors = vectors - vectors.mean(axis=0)
    unit: Floats2d = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return unit


def _documents(named: list[_Named], rows: list[int]) -> int:
    return len(frozenset[str]().union(*(named[row].documents for row in rows)))


def _clusters(vectors: Floats2d) -> list[list[int]]:
    """Return the rows of each cluster."""
    if len(vectors) == 1:
        return [[0]]
    try:
        from scipy.cluster.hierarchy import fcluster, linkage
        from scipy.spatial.distance import pdist
    except ImportError as error:
        raise MissingDependencyError(
            "subjects of headings need scipy; run: pip install 'docsearch[compare]', "
            "or name them with --topic TEXT"
        ) from error

    distances = np.clip(pdist(vectors.astype(np.float64), "cosine"), 0.0, None)
    labels = fcluster(linkage(distances, "average"), APART, "distance")
    groups: dict[int, list[int]] = {}
    for row, label in enumerate(labels):
        groups.setdefault(int(label), []).append(row)
    return list(groups.values())


def _middle(vectors: Floats2d, rows: list[int]) -> int:
    """Return the row nearest to all of its cluster."""
    near = vectors[rows] @ vectors[rows].sum(axis=0)
    return rows[int(np.argmax(near))]


def _names(snapshot: Snapshot, entry: Entry) -> Iterator[str]:
    """Yield the headings of a document and its subject, as names."""
    outline = snapshot.store.passages(snapshot.store.rows_of([entry.id]))
    headings = {heading.text for passage in outline.values() for heading in passage.headings}
    subject = entry.header.subject
    for words in (*sorted(headings), *((subject.value,) if subject else ())):
        name = subject_name(words)
        if name:
            yield name


def subject_name(heading: str) -> str | None:
    """Return what a heading is about, in its own words.

    Args:
        heading: as it is printed, with its label.

    Returns:
        "4. Thực hiện hiệu quả công tác phân luồng học sinh sau THCS, THPT. Đẩy mạnh …" -> "phân
        luồng học sinh sau THCS"; None for the name of a body, and for what only orders a text.
    """
    bare = _LABEL.sub("", " ".join(heading.split())).strip(' *:.-“”"')
    line = View(bare, tuple(range(len(bare))))
    if not bare or is_only_names(line):
        return None
    clauses = [clause for pattern in _CLAUSES for clause in pattern.split(bare)]
    for clause in clauses:
        name = clause.strip(' *“”"')
        name = name[:1].lower() + name[1:] if not name[:2].isupper() else canonical(name)
        shorter = ""
        while shorter != name:
            shorter, name = name, _LEADING.sub("", name)
        name = " ".join(_OF_PLACE.sub("", name).split())
        words = [w for w in alike_syllables(name) if w not in _ORDERING and w not in LIGHT]
        fits = len(set(words)) >= FEWEST and len(name.split()) <= LONGEST
        if fits and not any(word[0].isdigit() for word in words):
            return name
    return None
