"""Whether a figure is that of a commune where a question asks for its district's."""

from __future__ import annotations

from typing import Final

from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft
from docsearch.orthography import fold
from docsearch.search.unknown_places import bare_name

_RANKS: Final = {
    **dict.fromkeys(("tinh", "thanh pho", "province", "city"), 3),
    **dict.fromkeys(("huyen", "quan", "thi xa", "district"), 2),
    **dict.fromkeys(("xa", "phuong", "thi tran", "commune", "ward", "town"), 1),
}
"""How high a level of territory is; a "thành phố" may also be one of a province."""


def is_of_part(context: Context, draft: Draft) -> bool:
    """Return whether all figures of an answer are those of a lower unit than the one asked for.

    The resolution of a commune names its district in its letterhead: what the commune has is no
    answer to what the district has, unless the words say so.

    Args:
        context: the question and the index.
        draft: the answer.

    Returns:
        True where a question for a figure names one place that no document is of, and every item
        is from a document of a lower unit and does not name the place.
    """
    query = context.query
    if query.intent != "how_many" or len(query.spoken_places) != 1 or query.places:
        return False
    asked = _rank(query.spoken_places[0])
    name = fold(bare_name(query.spoken_places[0]) or query.spoken_places[0])
    return asked is not None and all(
        _is_lower(context, citation.document, asked) and name not in fold(citation.quote)
        for item in draft.items
        for citation in item.citations[:1]
    )


def _is_lower(context: Context, document: str, asked: int) -> bool:
    place = context.snapshot.entries[document].header.place
    own = _rank(place.value) if place else None
    return own is not None and own < asked


def _rank(place: str) -> int | None:
    words = fold(place)
    return next(
        (
            rank
            for level, rank in _RANKS.items()
            if words.startswith(f"{level} ") or words.endswith(f" {level}")
        ),
        None,
    )
