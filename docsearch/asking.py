"""What ``docsearch ask --model`` does beside asking: prices, and sentences as they come."""

from __future__ import annotations

from math import inf

from docsearch.errors import QueryError
from docsearch.library import Reply, ReplyStream
from docsearch.render import citation_title
from docsearch.terminal import err, print_sentence


def read_prices(price: str | None) -> tuple[float, float] | None:
    """Return the prices of a million tokens in and out, typed as "0.25/2".

    Args:
        price: as typed; one number is meant for both.

    Returns:
        The two prices; None where none is given.

    Raises:
        QueryError: it is no price.
    """
    if price is None:
        return None
    try:
        numbers = [float(part) for part in price.split("/")]
    except ValueError as error:
        raise QueryError(f'{price!r}: give prices as "0.25/2"') from error
    if len(numbers) not in (1, 2) or not all(0 <= number < inf for number in numbers):
        raise QueryError(f'{price!r}: give prices as "0.25/2"')
    return numbers[0], numbers[-1]


def ask_model(stream: ReplyStream, *, show: bool) -> Reply:
    """Read a model's answer to its end.

    Args:
        stream: the answer as it comes.
        show: print each sentence as soon as it is verified.

    Returns:
        The whole answer.
    """
    console = err()
    if not show and console.is_terminal:
        with console.status("mô hình đang viết / the model is writing"):
            return stream.reply
    for sentence in stream:
        if show:
            titles = dict.fromkeys(citation_title(citation) for citation in sentence.citations)
            print_sentence(sentence.text, tuple(titles))
    if show:
        console.print()
    return stream.reply
