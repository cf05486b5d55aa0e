"""Whether the quotations of one passage carry what a sentence says: one check after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from docsearch.generate.check_figures import check_figures, check_order
from docsearch.generate.check_names import check_names, check_roles
from docsearch.generate.check_qualifiers import (
    check_duties,
    check_qualifiers_added,
    check_qualifiers_kept,
)
from docsearch.generate.check_ties import check_ties
from docsearch.generate.check_words import (
    check_bounds_kept,
    check_content,
    check_repeated,
    check_replaced,
    check_words,
)
from docsearch.generate.claim import Claim, Fault
from docsearch.generate.evidence import Evidence


def check_claims(text: str, evidence: Evidence) -> Fault | None:
    """Return the first thing that the quotations of a passage do not carry, or None."""
    claim = Claim.of(text, evidence)
    for check in _CHECKS:
        fault = check(claim)
        if fault:
            return fault
    return None


_CHECKS: Final[tuple[Callable[[Claim], Fault | None], ...]] = (
    check_words,
    check_content,
    check_replaced,
    check_bounds_kept,
    check_repeated,
    check_figures,
    check_names,
    check_qualifiers_kept,
    check_qualifiers_added,
    check_duties,
    check_ties,
    check_order,
    check_roles,
)
