"""How much of a model is used for one answer."""

from __future__ import annotations

from dataclasses import dataclass

from docsearch.errors import QueryError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one answer; every one holds whatever the model does."""

    timeout: float = 60.0  # seconds for the whole answer, all tries together
    retries: int = 1  # further tries after a failure that may pass
    input_tokens: int = 6_000  # of a request, estimated; passages beyond are left out
    output_tokens: int = 1_500  # asked of the model; a reply is cut at 60,000 characters anyway
    prices: tuple[float, float] | None = None  # of a million tokens in and out, in one currency
    cache: bool = True  # reuse the reply to the same question over the same index

    def __post_init__(self) -> None:
        if not 0 < self.timeout <= 3_600:
            raise QueryError(f"timeout is {self.timeout}; give seconds up to 3600")
        if not 0 <= self.retries <= 5:
            raise QueryError(f"retries is {self.retries}; give 0 to 5")
        if min(self.input_tokens, self.output_tokens) < 1:
            raise QueryError("token budgets are numbers above 0")
        if self.prices is not None and min(self.prices) < 0:
            raise QueryError("prices are not below 0")
