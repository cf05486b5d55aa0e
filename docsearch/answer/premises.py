"""Every premise of a question that can be checked: it is right only where all of them are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from docsearch.answer.by_interval import check_interval
from docsearch.answer.by_premise import (
    check_actor,
    check_ended,
    check_figure,
    check_limit,
    check_period,
    check_receiver,
)
from docsearch.answer.candidates import Context
from docsearch.answer.draft import Draft
from docsearch.answer.which import Meant
from docsearch.answer.wording import word

_SURE: Final = (check_limit, check_interval, check_period, check_receiver)
"""What may deny a duty of which another premise is right."""


def check_premises(context: Context, meant: Meant) -> Draft | None:
    """Return whether what a question presumes is so.

    Args:
        context: the question and the index.
        meant: the documents that the question's number leads to.

    Returns:
        "Đúng: …" where a premise is right and no other is wrong of the same clause; "Không phải
        UBND tỉnh: …" where one is wrong; None when the question presumes nothing that can be
        checked.
    """
    first = next(_checked(context, meant), None)
    if first is None or not _says(first, "yes", context):
        return first
    for check in _SURE:
        other = check(context)
        if other and _says(other, "no", context) and _of_same_clause(first, other):
            return other
    return first


def _checked(context: Context, meant: Meant) -> Iterator[Draft]:
    checks: tuple[Callable[[], Draft | None], ...] = (
        partial(check_ended, context, meant),
        partial(check_limit, context),
        partial(check_interval, context),
        partial(check_period, context),
        partial(check_receiver, context),
        partial(check_actor, context),
        partial(check_figure, context),
    )
    for check in checks:
        if draft := check():
            yield draft


def _says(draft: Draft, lead: str, context: Context) -> bool:
    begins = word(lead, "en" if context.query.language == "en" else "vi")
    return draft.items[0].text.startswith((f"{begins} ", f"{begins}:"))


def _of_same_clause(one: Draft, other: Draft) -> bool:
    """Return whether the first items of two answers quote the same words."""
    first, second = one.items[0].citations[0], other.items[0].citations[0]
    return first.document == second.document and first.span.overlaps(second.span)
