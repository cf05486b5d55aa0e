"""The person whom a question names, and what an answer says of others."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docsearch.answer.draft import Draft
from docsearch.orthography import LOWER, UPPER, canonical
from docsearch.search.query import Query

_PERSON: Final = re.compile(
    rf"(?i:\b(?:ông|bà|đồng chí|thầy|cô|anh|chị|ong|ba|dong chi))\s+"
    rf"((?:[{UPPER}][{LOWER}]+ ?){{2,5}})(?<! )"
)


def of_person(query: Query, draft: Draft) -> Draft:
    """Return an answer without the items that do not name the person whom a question names.

    Args:
        query: the question.
        draft: the answer.

    Returns:
        The items that name "ông Đặng Quốc Bảo"; all where none does, or the question names nobody.
    """
    asked = _PERSON.search(query.spelled)
    if asked is None:
        return draft
    name = canonical(asked[1])
    own = tuple(item for item in draft.items if name in canonical(item.text))
    return replace(draft, items=own) if own else draft
